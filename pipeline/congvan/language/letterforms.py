"""The fixed words of a letter (thể thức): what its head, its end and its annexes are recognised by. Source: Decree 30/2020, Annex I."""

from __future__ import annotations

import regex

# accepts the name of a type of document in capitals at the start of a line: "THÔNG BÁO", "BÁO CÁO TÌNH HÌNH"
TYPE_LINE = regex.compile(
    r"(?P<type>NGHỊ QUYẾT|QUYẾT ĐỊNH|CHỈ THỊ|QUY CHẾ|QUY ĐỊNH|THÔNG CÁO|THÔNG BÁO|HƯỚNG DẪN|CHƯƠNG TRÌNH|KẾ HOẠCH|PHƯƠNG ÁN|"
    r"ĐỀ ÁN|DỰ ÁN|BÁO CÁO|BIÊN BẢN|TỜ TRÌNH|HỢP ĐỒNG|CÔNG ĐIỆN|BẢN GHI NHỚ|BẢN TH[OỎ][ẢA] THUẬN|GIẤY [UỦ][ỶY] QUYỀN|GIẤY MỜI|"
    r"GIẤY GIỚI THIỆU|GIẤY NGHỈ PHÉP|PHIẾU GỬI|PHIẾU CHUYỂN|PHIẾU BÁO|THƯ CÔNG|THÔNG TƯ LIÊN TỊCH|THÔNG TƯ|NGHỊ ĐỊNH|PHÁP LỆNH|"
    r"KẾT LUẬN|LỆNH|LUẬT|CÔNG VĂN)(?=$|[ :]|\n)"
)
# accepts quốc hiệu and tiêu ngữ: "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "Độc lập - Tự do - Hạnh phúc"
MOTTO = regex.compile(
    r"CỘNG H(?:ÒA|OÀ) XÃ HỘI CHỦ NGHĨA VIỆT NAM|Độc lập ?[-–] ?Tự do ?[-–] ?Hạnh phúc|ĐẢNG CỘNG SẢN VIỆT NAM",
    regex.IGNORECASE,
)
# accepts the line of number and symbol: "Số: 549/SKHĐT-KT", "Số: /BC-UBND", "Số 71/CĐ-TTg"
NUMBER_LINE = regex.compile(r"Số ?:? ?[\d.…_ ]*/ ?\p{Lu}|Số ?:? ?[\d.…_]+ ?[-/] ?[\p{L}\d]", regex.IGNORECASE)
# accepts the line of place and date: "Kon Tum, ngày 16 tháng 3 năm 2023", "Kon Rẫy, ngày tháng năm"
DATE_LINE = regex.compile(r"[\p{L} .'’-]{2,40}, ?ngày\s[\d. …]{0,6}\s?tháng\s[\d. …]{0,6}\s?năm", regex.IGNORECASE)
# accepts the subject of a letter without a type: "V/v triển khai", "Về việc tháo gỡ"
SUBJECT_LINE = regex.compile(r"(?:V/v|Về việc)\b", regex.IGNORECASE)
# accepts the addressees: "Kính gửi:", "KÍNH GỬI", and of a công điện "CHỦ TỊCH ỦY BAN NHÂN DÂN TỈNH ĐIỆN:"
ADDRESS_LINE = regex.compile(r"(?i:Kính gửi)\b|(?:[\p{Lu} ,]+ )?(?:ĐIỆN|(?<=\p{Lu} )điện) ?:")
# accepts the line above the list of recipients: "Nơi nhận:", "Nơi nhận : TM. ỦY BAN"
RECIPIENTS_LINE = regex.compile(r"Nơi nhận ?:?", regex.IGNORECASE)
# accepts an annex: "PHỤ LỤC I", "Phụ lục 02"
ANNEX_LINE = regex.compile(r"(?:PHỤ LỤC|Phụ lục|PHỤ BIỂU|Phụ biểu)(?: (?:số )?[IVX\d]+)?(?=$|[ :.\n(])")
# accepts marks of urgency and secrecy that stand alone: "HỎA TỐC", "KHẨN", "MẬT"
MARK_LINE = regex.compile(r"(?:HỎA TỐC|HOẢ TỐC|THƯỢNG KHẨN|KHẨN|TUYỆT MẬT|TỐI MẬT|MẬT)(?: ?[-:] ?\d+ ?[Hh]?)?")
# accepts the note below a title: "(Ban hành kèm theo Quyết định số: 23 /QĐ-UBND ...)"
ISSUED_WITH = regex.compile(r"\((?:Ban hành )?kèm theo\b", regex.IGNORECASE)
# accepts the beginning of the first paragraph of the body or of the legal basis
BODY_START = regex.compile(
    r"(?:Căn cứ|Thực hiện|Để |Theo |Thi hành|Xét |Nhằm |Trên cơ sở|Sau khi|Tiếp theo|Ngày \d|Trong |Qua |Năm \d)"
)
# accepts the position of a signatory in capitals: "PHÓ CHỦ TỊCH", "GIÁM ĐỐC", "CHÁNH VĂN PHÒNG"
POSITION = regex.compile(
    r"(?:Q\. ?|QUYỀN )?(?:PHÓ )?(?:CHỦ TỊCH|CHỦ NHIỆM|GIÁM ĐỐC|TỔNG GIÁM ĐỐC|BÍ THƯ|CHÁNH VĂN PHÒNG|CHÁNH THANH TRA|TRƯỞNG BAN|TRƯỞNG PHÒNG|"
    r"BỘ TRƯỞNG|THỨ TRƯỞNG|THỦ TƯỚNG|CỤC TRƯỞNG|CHI CỤC TRƯỞNG|VỤ TRƯỞNG|VIỆN TRƯỞNG|HIỆU TRƯỞNG|CHỈ HUY TRƯỞNG|TỔNG CỤC TRƯỞNG|"
    r"TRƯỞNG ĐOÀN|CHÁNH ÁN|TỔ TRƯỞNG|CHỦ TỌA|THƯ KÝ)\b.{0,60}"
)
# accepts the first line of a signature: "TM. ỦY BAN NHÂN DÂN", "KT. CHỦ TỊCH"
SIGNING = regex.compile(r"(?:(?:TM|KT|TL|TUQ|T/M|K/T|T/L)(?:\. ?| )|Q\. ?)\p{Lu}")
# accepts white space that parts two columns set side by side: "Nơi nhận:            KT. CHỦ TỊCH"
COLUMN_GAP = regex.compile(r"(?<=\S)(?<!ngày|tháng|năm|[Ss]ố ?:)(?: {3,}|[ ]*\t[ \t]*)(?=\S)(?!tháng|năm\b|/)")
