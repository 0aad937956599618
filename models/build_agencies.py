"""Build ``agencies.json``, the gazetteers and their succession: ``python models/build_agencies.py [shared folder]``.

The bodies below are written by hand; ministries and their successors are checked against ``data/agencies.json`` and
``data/agency_successors.json`` of the shared folder: a name there that is missing here ends the build.

A line of a table is ``name | levels | options``. Levels: C central, P province, D district, M commune. Options:
``slug=``, ``aka=A; B`` (other spellings), ``abbr=A; B`` (acronyms), ``form=bare`` (the place without "tỉnh"), ``part`` (a name
that needs its place or another name to mean one body), ``generic`` (never one body by itself), ``person`` (an office held by one person), ``since=``, ``until=`` (ISO dates),
``central=`` (there is a central one since that day).
"""

from __future__ import annotations

import csv
import gzip
import io
import json
import sys
from pathlib import Path
from typing import Any

import regex

from congvan.language.folding import strip_marks
from congvan.language.gazetteer import fold_place

MODELS = Path(__file__).parent
GAZETTEERS = {
    "63": "gazetteer_63_before_2025-07-01.csv.gz",
    "34": "gazetteer_34_from_2025-07-01.csv.gz",
}

CENTRAL = """
Bộ Quốc phòng | C | abbr=BQP
Bộ Công an | C | abbr=BCA
Bộ Ngoại giao | C | abbr=BNG
Bộ Nội vụ | C | abbr=BNV
Bộ Tư pháp | C | abbr=BTP
Bộ Tài chính | C | abbr=BTC
Bộ Công Thương | C | abbr=BCT
Bộ Nông nghiệp và Môi trường | C | abbr=BNNMT; since=2025-03-01
Bộ Xây dựng | C | abbr=BXD
Bộ Văn hóa, Thể thao và Du lịch | C | abbr=BVHTTDL
Bộ Khoa học và Công nghệ | C | abbr=BKHCN
Bộ Giáo dục và Đào tạo | C | abbr=BGDĐT
Bộ Y tế | C | abbr=BYT
Bộ Dân tộc và Tôn giáo | C | abbr=BDTTG; since=2025-03-01
Bộ Kế hoạch và Đầu tư | C | abbr=BKHĐT; until=2025-02-28
Bộ Giao thông vận tải | C | abbr=BGTVT; until=2025-02-28
Bộ Thông tin và Truyền thông | C | abbr=BTTTT; until=2025-02-28
Bộ Lao động - Thương binh và Xã hội | C | abbr=BLĐTBXH; until=2025-02-28
Bộ Tài nguyên và Môi trường | C | abbr=BTNMT; until=2025-02-28
Bộ Nông nghiệp và Phát triển nông thôn | C | abbr=BNNPTNT; until=2025-02-28
Ủy ban Dân tộc | C | abbr=UBDT; until=2025-02-28
Văn phòng Chính phủ | C | abbr=VPCP
Thanh tra Chính phủ | C | abbr=TTCP
Ngân hàng Nhà nước Việt Nam | C | abbr=NHNN; aka=Ngân hàng Nhà nước
Chính phủ | C |
Thủ tướng Chính phủ | C | person; aka=Thủ tướng
Phó Thủ tướng Chính phủ | C | person; aka=Phó Thủ tướng
Quốc hội | C |
Ủy ban Thường vụ Quốc hội | C | abbr=UBTVQH
Chủ tịch Quốc hội | C | person
Chủ tịch nước | C | person; abbr=CTN
Hội đồng Thẩm phán Tòa án nhân dân tối cao | C |
Tòa án nhân dân tối cao | C | abbr=TANDTC
Tòa án | C | generic
Viện kiểm sát | C | generic
Tòa án quân sự | C | generic
Tòa án quân sự Trung ương | C |
Tòa án nhân dân cấp cao | C | generic
Viện kiểm sát quân sự | C | generic
Viện kiểm sát quân sự Trung ương | C |
Viện kiểm sát nhân dân cấp cao | C | generic
Ban Cơ yếu Chính phủ | C |
Viện kiểm sát nhân dân tối cao | C | abbr=VKSNDTC
Kiểm toán nhà nước | C | abbr=KTNN
Văn phòng Quốc hội | C | abbr=VPQH
Văn phòng Chủ tịch nước | C |
Văn phòng Trung ương Đảng | C |
Văn phòng Trung ương | C | generic
Bộ Chính trị | C |
Ban Bí thư | C | aka=Ban Bí thư Trung ương Đảng
Ban Chấp hành Trung ương Đảng | C | aka=Ban Chấp hành Trung ương; Trung ương Đảng; Ban Chấp hành Trung ương Đảng Cộng sản Việt Nam
Ban Tổ chức Trung ương | C |
Ban Tuyên giáo Trung ương | C |
Ban Tuyên giáo và Dân vận Trung ương | C | since=2025-02-01
Ban Dân vận Trung ương | C |
Ban Nội chính Trung ương | C |
Ban Kinh tế Trung ương | C |
Ủy ban Kiểm tra Trung ương | C |
Ban Chỉ đạo Trung ương | C | generic
Ban Chỉ đạo Trung ương các chương trình mục tiêu quốc gia | C |
Hội đồng Dân tộc | C | aka=Hội đồng Dân tộc của Quốc hội
Đoàn giám sát Quốc hội | C | aka=Đoàn giám sát của Quốc hội
Đài Truyền hình Việt Nam | C | abbr=VTV
Đài Tiếng nói Việt Nam | C | abbr=VOV
Thông tấn xã Việt Nam | C | abbr=TTXVN
Bảo hiểm xã hội Việt Nam | C |
Viện Hàn lâm Khoa học và Công nghệ Việt Nam | C |
Viện Hàn lâm Khoa học xã hội Việt Nam | C |
Mặt trận Tổ quốc Việt Nam | C | generic; aka=Mặt trận Tổ quốc; Mặt trận; abbr=MTTQVN
Ủy ban Trung ương Mặt trận Tổ quốc Việt Nam | C |
Tổng Liên đoàn Lao động Việt Nam | C |
Trung ương Đoàn Thanh niên Cộng sản Hồ Chí Minh | C | aka=Trung ương Đoàn TNCS Hồ Chí Minh; Trung ương Đoàn
Hội Liên hiệp Phụ nữ Việt Nam | C |
Hội Nông dân Việt Nam | C |
Hội Cựu chiến binh Việt Nam | C |
Hội Chữ thập đỏ Việt Nam | C |
Hội đồng Bầu cử quốc gia | C |
Học viện Chính trị quốc gia Hồ Chí Minh | C |
Học viện Hành chính Quốc gia | C |
Ủy ban Chứng khoán Nhà nước | C |
Tổng cục Thuế | C | until=2025-02-28
Tổng cục Hải quan | C | until=2025-02-28
Tổng cục Thống kê | C | until=2025-02-28
Tổng cục Dân số | C | until=2025-02-28
Ngân hàng Chính sách xã hội Việt Nam | C |
Ngân hàng Phát triển Việt Nam | C |
Ủy ban Quản lý vốn nhà nước tại doanh nghiệp | C | until=2025-02-28
Liên minh Hợp tác xã Việt Nam | C |
Phòng Thương mại và Công nghiệp Việt Nam | C | aka=Liên đoàn Thương mại và Công nghiệp Việt Nam
Hội đồng nhân dân và Ủy ban nhân dân | PDM | generic
Ủy ban An toàn giao thông Quốc gia | C |
Ban Chỉ đạo Quốc gia phòng, chống thiên tai | C |
Công an nhân dân | C | generic
Quân đội nhân dân Việt Nam | C | generic; aka=Quân đội nhân dân
Văn phòng Tổng Bí thư | C |
Cơ quan Trung ương của các đoàn thể | C | generic
Bộ trưởng, Chủ nhiệm Văn phòng Chính phủ | C | person
Tổng Kiểm toán nhà nước | C | person
Chánh án Tòa án nhân dân tối cao | C | person
Viện trưởng Viện kiểm sát nhân dân tối cao | C | person
Tổng Bí thư | C | person
Quân khu 5 | C | aka=Quân khu V
Tập đoàn Điện lực Việt Nam | C | abbr=EVN
"""

# departments and other bodies of the province; P where there is one in each
PROVINCIAL = """
Sở Nội vụ | P |
Sở Tư pháp | P |
Sở Tài chính | P |
Sở Công Thương | P |
Sở Nông nghiệp và Môi trường | P | since=2025-03-01
Sở Xây dựng | P |
Sở Văn hóa, Thể thao và Du lịch | P |
Sở Văn hóa và Thể thao | P |
Sở Văn hóa, Thông tin, Thể thao và Du lịch | P |
Sở Du lịch | P |
Sở Khoa học và Công nghệ | P |
Sở Giáo dục và Đào tạo | P |
Sở Y tế | P |
Sở Dân tộc và Tôn giáo | P | since=2025-03-01
Sở Ngoại vụ | P |
Sở Quy hoạch - Kiến trúc | P |
Sở An toàn thực phẩm | P |
Sở Kế hoạch và Đầu tư | P | until=2025-02-28
Sở Giao thông vận tải | P | until=2025-02-28
Sở Giao thông vận tải - Xây dựng | P | until=2025-02-28
Sở Thông tin và Truyền thông | P | until=2025-02-28
Sở Lao động - Thương binh và Xã hội | P | until=2025-02-28
Sở Tài nguyên và Môi trường | P | until=2025-02-28
Sở Nông nghiệp và Phát triển nông thôn | P | until=2025-02-28
Ban Dân tộc | P | until=2025-02-28
Ban Dân tộc và Tôn giáo | P |
Ban Tôn giáo | P |
Ban Thi đua - Khen thưởng | P |
Ban Quản lý Khu kinh tế | P | abbr=BQLKKT; aka=Ban QLKKT; BQL Khu kinh tế; Ban Quản lý KKT; BQL KKT
Ban Quản lý các Khu công nghiệp | P |
Ban Quản lý các khu công nghiệp, khu kinh tế | P |
Ban Quản lý các dự án đầu tư xây dựng | P |
Ban Quản lý dự án đầu tư xây dựng | PD | aka=Ban QLDA ĐTXD; Ban QLDA đầu tư xây dựng; BQL dự án đầu tư xây dựng; Ban Quản lý dự án ĐTXD; BQLDA ĐTXD; Ban Quản lý dự án Đầu tư xây dựng; Ban Quản lý dự án Đầu tư và Xây dựng
Ban Quản lý dự án đầu tư xây dựng các công trình dân dụng và công nghiệp | P |
Ban Quản lý dự án đầu tư xây dựng các công trình giao thông | P |
Ban Quản lý dự án đầu tư xây dựng các công trình nông nghiệp và phát triển nông thôn | P |
Ban An toàn giao thông | PD | abbr=BATGT
Ban Chỉ huy Phòng, chống thiên tai và Tìm kiếm cứu nạn | PDM | aka=Ban Chỉ huy Phòng chống thiên tai và Tìm kiếm cứu nạn; Ban Chỉ huy phòng, chống thiên tai; Ban Chỉ huy phòng chống thiên tai; Ban Chỉ huy PCTT; Ban Chỉ huy PCTT và TKCN; Ban Chỉ huy PCTT&TKCN
Ban Chỉ huy Phòng thủ dân sự | PDM |
Thanh tra | PD | part
Thư viện | P | part
Bảo tàng | P | part
Nhà Thiếu nhi | PD | part
Công an | PDM | part
Bộ Chỉ huy Quân sự | P | abbr=BCHQS; aka=Bộ CHQS; BCH Quân sự
Bộ Tư lệnh Thủ đô Hà Nội | P | part
Ban Chỉ huy Quân sự | DM | aka=Ban CHQS
Bộ Chỉ huy Bộ đội Biên phòng | P | abbr=BCHBĐBP; BĐBP; aka=Bộ CHBĐBP; BCH BĐBP; Bộ Chỉ huy BĐBP; BCH Bộ đội Biên phòng; Bộ đội Biên phòng
Tòa án nhân dân | PD | abbr=TAND
Tòa án nhân dân khu vực | P | since=2025-07-01
Viện kiểm sát nhân dân | PD | abbr=VKSND
Viện kiểm sát nhân dân khu vực | P | since=2025-07-01
Cục Thi hành án dân sự | P | aka=Cục THADS
Thi hành án dân sự | P | since=2025-07-01
Chi cục Thi hành án dân sự | D | aka=Chi cục THADS
Cục Thuế | CP | central=2025-03-01
Thuế | P | part; since=2025-07-01
Chi cục Thuế | D |
Chi cục Thuế khu vực | P |
Cục Hải quan | CP | central=2025-03-01
Chi cục Hải quan | P |
Chi cục Hải quan khu vực | P | since=2025-03-01
Cục Thống kê | CP | central=2025-03-01
Chi cục Thống kê | PD |
Cục Quản lý thị trường | P | aka=Cục QLTT
Chi cục Quản lý thị trường | P |
Cục Dự trữ Nhà nước khu vực | P |
Chi cục Kiểm lâm | P |
Chi cục Trồng trọt và Bảo vệ thực vật | P |
Chi cục Chăn nuôi và Thú y | P |
Chi cục Thủy lợi | P |
Chi cục Phát triển nông thôn | P |
Chi cục Bảo vệ môi trường | P |
Chi cục Dân số - Kế hoạch hóa gia đình | P |
Chi cục An toàn vệ sinh thực phẩm | P |
Chi cục Tiêu chuẩn Đo lường Chất lượng | P |
Chi cục Văn thư - Lưu trữ | P |
Kho bạc Nhà nước | CPD | form=bare; abbr=KBNN; aka=Kho bạc NN; Kho bạc
Kho bạc Nhà nước khu vực | P | since=2025-03-01
Bảo hiểm xã hội | PD | abbr=BHXH
Bảo hiểm xã hội khu vực | P | since=2025-03-01
Ngân hàng Nhà nước Việt Nam Chi nhánh | P | slug=ngan-hang-nha-nuoc; part; aka=Chi nhánh Ngân hàng Nhà nước; Ngân hàng Nhà nước Chi nhánh; Ngân hàng Nhà nước - Chi nhánh; Ngân hàng Nhà nước Việt Nam - Chi nhánh
Ngân hàng Chính sách xã hội | CPD | abbr=NHCSXH; generic; aka=Ngân hàng CSXH; Ngân hàng Chính sách
Ngân hàng Chính sách xã hội Chi nhánh | P | slug=ngan-hang-chinh-sach-xa-hoi; part; aka=Ngân hàng Chính sách xã hội - Chi nhánh; Chi nhánh Ngân hàng Chính sách xã hội
Ngân hàng Phát triển Việt Nam Chi nhánh | P | slug=ngan-hang-phat-trien; part; aka=Chi nhánh Ngân hàng Phát triển
Phòng giao dịch Ngân hàng Chính sách xã hội | D |
Đoàn đại biểu Quốc hội | P | abbr=ĐĐBQH; aka=Đoàn ĐBQH
Đoàn đại biểu Quốc hội và Hội đồng nhân dân | P | aka=Đoàn ĐBQH và HĐND
Hội đồng nhân dân | PDM | slug=hdnd; abbr=HĐND
Ủy ban nhân dân | PDM | slug=ubnd; abbr=UBND
Thường trực Hội đồng nhân dân | PDM | abbr=TTHĐND; aka=TT HĐND
Văn phòng Ủy ban nhân dân | PDM | abbr=VPUBND; aka=VP UBND
Văn phòng Hội đồng nhân dân | P | aka=VP HĐND
Văn phòng Hội đồng nhân dân và Ủy ban nhân dân | DM | aka=VP HĐND-UBND; Văn phòng HĐND&UBND; Văn phòng HĐND và UBND; Văn phòng HĐND-UBND; Văn phòng Hội đồng nhân dân - Ủy ban nhân dân
Văn phòng Đoàn đại biểu Quốc hội và Hội đồng nhân dân | P | aka=Văn phòng Đoàn ĐBQH và HĐND; VP Đoàn ĐBQH và HĐND; Văn phòng Đoàn ĐBQH&HĐND
Văn phòng Đoàn đại biểu Quốc hội | P | aka=Văn phòng Đoàn ĐBQH
Văn phòng Đoàn đại biểu Quốc hội, Hội đồng nhân dân và Ủy ban nhân dân | P |
Văn phòng Đăng ký đất đai | P |
Chi nhánh Văn phòng Đăng ký đất đai | D |
Văn phòng Điều phối nông thôn mới | PD | aka=Văn phòng Điều phối Chương trình mục tiêu quốc gia xây dựng nông thôn mới; Văn phòng Điều phối Chương trình nông thôn mới
Văn phòng | PDM | generic
Thường trực | PDM | generic
Ban Kinh tế - Ngân sách Hội đồng nhân dân | P | aka=Ban Kinh tế - Ngân sách HĐND; Ban Kinh tế - Ngân sách
Ban Văn hóa - Xã hội Hội đồng nhân dân | P | aka=Ban Văn hóa - Xã hội HĐND; Ban Văn hóa - Xã hội
Ban Pháp chế Hội đồng nhân dân | PD | aka=Ban Pháp chế HĐND; Ban Pháp chế
Ban Dân tộc Hội đồng nhân dân | PD | aka=Ban Dân tộc HĐND
Ban Kinh tế - Xã hội Hội đồng nhân dân | D | aka=Ban Kinh tế - Xã hội HĐND; Ban Kinh tế - Xã hội
Đoàn giám sát Hội đồng nhân dân | P | aka=Đoàn giám sát HĐND; Đoàn giám sát của HĐND; generic
Trung tâm Phục vụ hành chính công | PM | aka=Trung tâm Phục vụ Hành chính công; Trung tâm Hành chính công
Trung tâm Xúc tiến đầu tư | P |
Trung tâm Khuyến nông | P |
Trung tâm Kiểm soát bệnh tật | P | abbr=CDC
Trung tâm Phát triển quỹ đất | PD |
Trung tâm Dịch vụ nông nghiệp | D |
Trung tâm Y tế | D |
Trạm Y tế | M | aka=Trạm y tế
Trung tâm Văn hóa - Thể thao - Du lịch và Truyền thông | D |
Trung tâm Giáo dục nghề nghiệp - Giáo dục thường xuyên | D |
Trung tâm Môi trường và Dịch vụ đô thị | D |
Trung tâm Chính trị | D | aka=Trung tâm Bồi dưỡng chính trị
Bệnh viện đa khoa | P |
Trường Chính trị | P |
Trường Cao đẳng | P | generic
Trường Cao đẳng Cộng đồng | P |
Đài Phát thanh và Truyền hình | P | slug=dai-phat-thanh-truyen-hinh
Đài Phát thanh - Truyền hình | P | aka=Đài PT-TH; Đài PTTH
Đài Phát thanh | D |
Bưu điện | PD | part
Viễn thông | P | form=bare
Viettel | P | part; form=bare
VNPT | P | part; form=bare
Đài Khí tượng Thủy văn | P | aka=Đài Khí tượng - Thủy văn; Đài KTTV
Phòng Công chức, viên chức | P | generic
Báo | P | generic; form=bare
Báo và Đài Phát thanh, Truyền hình | P | since=2025-03-01; aka=Báo và Đài Phát thanh - Truyền hình; Báo và Phát thanh, Truyền hình; Báo và phát thanh, truyền hình
Cổng Thông tin điện tử | P | aka=Cổng TTĐT
Hạt Kiểm lâm | D | aka=Hạt kiểm lâm
Ngân hàng Nông nghiệp và Phát triển nông thôn Chi nhánh | P | slug=ngan-hang-nong-nghiep; part; aka=Ngân hàng Nông nghiệp và Phát triển nông thôn chi nhánh; Ngân hàng Nông nghiệp và Phát triển nông thôn Việt Nam Chi nhánh; Agribank Chi nhánh; Agribank chi nhánh
Quỹ Bảo vệ và Phát triển rừng | P |
Quỹ Đầu tư phát triển | P |
Liên minh Hợp tác xã | P |
Hội Chữ thập đỏ | PDM |
Hội Khuyến học | PDM |
Hội Người cao tuổi | PDM |
Hội Văn học - Nghệ thuật | P |
Hội Nhà báo | P |
Hội Luật gia | P |
Hội Đông y | PD |
Hội Người mù | PD |
Hội Bảo trợ người khuyết tật và trẻ em mồ côi | P |
Hội Nạn nhân chất độc da cam/dioxin | PD |
Hội Cựu thanh niên xung phong | PD |
Hiệp hội Doanh nghiệp | P |
Liên hiệp các Hội Khoa học và Kỹ thuật | P |
Liên hiệp các tổ chức hữu nghị | P |
"""

# the party, the front and mass organisations at all levels
PARTY = """
Tỉnh ủy | P | abbr=TU; form=bare
Thành ủy | PD | form=bare
Huyện ủy | D | abbr=HU; form=bare
Quận ủy | D | form=bare
Thị ủy | D | form=bare
Đảng ủy | PDM |
Đảng bộ | PDM | generic
Tỉnh đoàn | P | form=bare; aka=Tỉnh Đoàn
Thành đoàn | PD | form=bare; aka=Thành Đoàn
Huyện đoàn | D | form=bare; aka=Huyện Đoàn
Ban Thường vụ | PDM | generic; abbr=BTV
Ban Chấp hành | PDM | generic; abbr=BCH
Ban Thường vụ Tỉnh ủy | P | form=bare
Ban Thường vụ Thành ủy | PD | form=bare
Ban Thường vụ Huyện ủy | D | form=bare
Thường trực Tỉnh ủy | P | form=bare; aka=TTTU
Thường trực Thành ủy | PD | form=bare
Thường trực Huyện ủy | D | form=bare
Ban Chấp hành Đảng bộ | PDM |
Văn phòng Tỉnh ủy | P | form=bare
Văn phòng Thành ủy | PD | form=bare
Văn phòng Huyện ủy | D | form=bare
Ban Tổ chức Tỉnh ủy | P | form=bare
Ban Tuyên giáo Tỉnh ủy | P | form=bare
Ban Tuyên giáo và Dân vận Tỉnh ủy | P | form=bare; since=2025-02-01
Ban Dân vận Tỉnh ủy | P | form=bare
Ban Nội chính Tỉnh ủy | P | form=bare
Ủy ban Kiểm tra Tỉnh ủy | P | form=bare; aka=UBKT Tỉnh ủy
Ban Tổ chức Thành ủy | PD | form=bare
Ban Tuyên giáo Thành ủy | PD | form=bare
Ban Dân vận Thành ủy | PD | form=bare
Ban Nội chính Thành ủy | P | form=bare
Ủy ban Kiểm tra Thành ủy | PD | form=bare; aka=UBKT Thành ủy
Ban Tổ chức Huyện ủy | D | form=bare
Ban Tuyên giáo Huyện ủy | D | form=bare
Ban Dân vận Huyện ủy | D | form=bare
Ủy ban Kiểm tra Huyện ủy | D | form=bare; aka=UBKT Huyện ủy
Ban Tổ chức | PD | part
Ban Tuyên giáo | PD | part
Ban Dân vận | PD | part
Ban Nội chính | P | part
Ủy ban Kiểm tra | PDM | part; abbr=UBKT
Đảng ủy Khối các cơ quan và doanh nghiệp | P |
Đảng ủy các cơ quan Đảng | P | since=2025-02-01
Đảng ủy Ủy ban nhân dân | PM | since=2025-02-01
Đảng ủy Công an | PD | part
Đảng ủy Quân sự | PD |
Đảng đoàn Hội đồng nhân dân | P |
Ban cán sự đảng Ủy ban nhân dân | P | aka=Ban Cán sự đảng UBND
Ủy ban Mặt trận Tổ quốc Việt Nam | PDM | abbr=UBMTTQVN; aka=UBMTTQ; Ủy ban Mặt trận Tổ quốc; Ủy ban MTTQ; Ủy ban MTTQ Việt Nam; Ủy ban MTTQVN; UBMTTQ Việt Nam; UB MTTQ Việt Nam; UB MTTQ
Ban Thường trực Ủy ban Mặt trận Tổ quốc Việt Nam | PDM | aka=Ban Thường trực UBMTTQVN; Ban Thường trực Ủy ban MTTQ Việt Nam; Ban Thường trực UBMTTQ Việt Nam
Liên đoàn Lao động | PD | abbr=LĐLĐ
Công đoàn Viên chức | P |
Đoàn Thanh niên Cộng sản Hồ Chí Minh | PDM | aka=Đoàn TNCS Hồ Chí Minh; Đoàn TNCSHCM; Đoàn TNCS HCM; Đoàn Thanh niên CSHCM; Đoàn Thanh niên
Hội Liên hiệp Phụ nữ | PDM | aka=Hội LHPN; Hội Phụ nữ; abbr=HLHPN
Hội Nông dân | PDM | abbr=HND
Hội Cựu chiến binh | PDM | aka=Hội CCB; abbr=HCCB
Hội Liên hiệp Thanh niên | PD |
"""

DISTRICT = """
Phòng Tài chính - Kế hoạch | D | aka=Phòng TC-KH; Phòng Tài chính Kế hoạch
Phòng Nông nghiệp và Phát triển nông thôn | D |
Phòng Nông nghiệp và Môi trường | D | since=2025-02-01
Phòng Tài nguyên và Môi trường | D |
Phòng Kinh tế và Hạ tầng | D | aka=Phòng Kinh tế - Hạ tầng; Phòng KT-HT; Phòng KT&HT
Phòng Kinh tế, Hạ tầng và Đô thị | DM |
Phòng Kinh tế | DM |
Phòng Quản lý đô thị | D |
Phòng Giáo dục và Đào tạo | D |
Phòng Văn hóa và Thông tin | D | aka=Phòng Văn hóa - Thông tin; Phòng VH-TT; Phòng VH&TT
Phòng Văn hóa, Khoa học và Thông tin | D |
Phòng Văn hóa - Xã hội | M |
Phòng Lao động - Thương binh và Xã hội | D |
Phòng Nội vụ | D |
Phòng Nội vụ - Lao động - Thương binh và Xã hội | D |
Phòng Tư pháp | D |
Phòng Y tế | D |
Phòng Dân tộc | D |
Phòng Dân tộc và Tôn giáo | D |
"""

STEERING = """
Ban Chỉ đạo | CPDM | generic; abbr=BCĐ
Ban Chỉ đạo các Chương trình mục tiêu quốc gia | CPDM | aka=Ban Chỉ đạo các Chương trình MTQG; Ban Chỉ đạo các CTMTQG; BCĐ các Chương trình MTQG; BCĐ các CTMTQG; BCĐ các Chương trình mục tiêu quốc gia; Ban Chỉ đạo Chương trình mục tiêu quốc gia; Ban Chỉ đạo Chương trình MTQG
Ban Quản lý các Chương trình mục tiêu quốc gia | M | aka=Ban Quản lý các Chương trình MTQG
Ban Chỉ đạo cải cách hành chính | CPD |
Ban Chỉ đạo chuyển đổi số | CPD | aka=Ban Chỉ đạo về chuyển đổi số
Ban Chỉ đạo 389 | CPD |
Ban Chỉ đạo 35 | PD |
Ban Chỉ đạo phòng, chống tham nhũng, tiêu cực | CP |
Ban Chỉ đạo phòng, chống dịch bệnh | PDM |
Ban Chỉ đạo phòng, chống dịch COVID-19 | CPDM |
Ban Chỉ đạo phát triển khoa học, công nghệ, đổi mới sáng tạo và chuyển đổi số | CP |
Ban Chỉ đạo thi hành án dân sự | PD |
Ban Chỉ đạo phát triển du lịch | P |
Ban Chỉ đạo giảm nghèo | PD |
Ban Chỉ đạo xây dựng nông thôn mới | PDM |
Hội đồng Thi đua - Khen thưởng | CPD |
Hội đồng nghĩa vụ quân sự | PDM |
Hội đồng thẩm định giá đất | PD |
Hội đồng thẩm định giá đất cụ thể | PD |
Hội đồng thẩm định | PD | generic
Tổ công tác | PD | generic
Tổ giúp việc | PD | generic
Cơ quan giúp việc Ban Chỉ đạo | PD | generic
"""

# acronyms of the fields that stand after a head noun ("Sở NN&PTNT", "BLĐTBXH"), without separators
FIELDS = {
    "NNPTNT": "Nông nghiệp và Phát triển nông thôn",
    "NNMT": "Nông nghiệp và Môi trường",
    "LĐTBXH": "Lao động - Thương binh và Xã hội",
    "KHĐT": "Kế hoạch và Đầu tư",
    "KHCN": "Khoa học và Công nghệ",
    "GDĐT": "Giáo dục và Đào tạo",
    "TNMT": "Tài nguyên và Môi trường",
    "VHTTDL": "Văn hóa, Thể thao và Du lịch",
    "VHTT": "Văn hóa và Thể thao",
    "TTTT": "Thông tin và Truyền thông",
    "GTVT": "Giao thông vận tải",
    "DTTG": "Dân tộc và Tôn giáo",
    "TCKH": "Tài chính - Kế hoạch",
    "KTHT": "Kinh tế và Hạ tầng",
    "XD": "Xây dựng",
    "TC": "Tài chính",
    "NV": "Nội vụ",
    "TP": "Tư pháp",
    "CT": "Công Thương",
    "YT": "Y tế",
    "NgV": "Ngoại vụ",
    "DL": "Du lịch",
}

# words inside names; the acronyms of the bodies come from their lines
WORDS = {
    "PTNT": "Phát triển nông thôn",
    "TBXH": "Thương binh và Xã hội",
    "MTTQ": "Mặt trận Tổ quốc",
    "UBMTTQ": "Ủy ban Mặt trận Tổ quốc",
    "UB": "Ủy ban",
    "TP": "thành phố",
    "TX": "thị xã",
    "TTr": "thị trấn",
    "MTQG": "mục tiêu quốc gia",
    "CTMTQG": "Chương trình mục tiêu quốc gia",
    "MTV": "một thành viên",
    "ĐBQH": "đại biểu Quốc hội",
    "TNCS": "Thanh niên Cộng sản",
    "LHPN": "Liên hiệp Phụ nữ",
    "CCB": "Cựu chiến binh",
    "HTX": "hợp tác xã",
    "DN": "doanh nghiệp",
    "HCSN": "hành chính sự nghiệp",
    "PCT": "Phó Chủ tịch",
    "CVP": "Chánh Văn phòng",
    "PCVP": "Phó Chánh Văn phòng",
    "VP": "Văn phòng",
    "BQL": "Ban Quản lý",
    "TTĐT": "thông tin điện tử",
    "XDNTM": "xây dựng nông thôn mới",
    "NTM": "nông thôn mới",
    "DTTS": "dân tộc thiểu số",
    "QLDA": "quản lý dự án",
    "ĐTXD": "đầu tư xây dựng",
    "KKT": "Khu kinh tế",
    "KCN": "khu công nghiệp",
    "THADS": "Thi hành án dân sự",
    "QLTT": "Quản lý thị trường",
}


def slug(name: str) -> str:
    """``Sở Lao động - Thương binh và Xã hội`` becomes ``so-lao-dong-thuong-binh-va-xa-hoi``."""
    # accepts a run of other than ASCII letters and digits (" - ", ", ")
    return regex.sub(r"[^a-z0-9]+", "-", strip_marks(name).lower()).strip("-")


def bodies() -> list[dict[str, Any]]:
    """The bodies of all tables, each once."""
    out: list[dict[str, Any]] = []
    for table in (CENTRAL, PROVINCIAL, PARTY, DISTRICT, STEERING):
        for line in table.strip().splitlines():
            name, levels, options = (cell.strip() for cell in line.split("|"))
            body: dict[str, Any] = {"slug": slug(name), "name": name, "levels": levels}
            key = ""
            for option in filter(None, (o.strip() for o in options.split(";"))):
                if "=" in option:
                    key, value = option.split("=", 1)
                    body[key] = [value] if key in ("aka", "abbr") else value
                elif option in ("part", "person", "generic"):
                    body[option] = True
                else:
                    body[key].append(option)
            out.append(body)
    return out


def main(shared: Path) -> None:
    """Write ``agencies.json``, the two gazetteers and what became of their units next to this program."""
    known = bodies()
    names = {b["name"] for b in known} | {a for b in known for a in b.get("aka", ())}
    data = json.loads((shared / "data/agencies.json").read_text(encoding="utf-8"))
    folded = {n.lower() for n in names}
    listed = [n.removesuffix(" tỉnh") for group in data["groups"].values() for n, _ in group]
    missing = [n for n in listed if n.lower() not in folded]
    if missing:
        raise SystemExit(f"missing in the tables above: {', '.join(missing)}")
    successors = json.loads((shared / "data/agency_successors.json").read_text(encoding="utf-8"))
    changes = []
    for kind, firm in (("ministries", True), ("departments", False)):
        for change in successors[kind]:
            changes.append(
                {
                    "before": [slug(n) for n in change["before"]],
                    "after": slug(change["after"]),
                    "since": change.get("since", "2025-03-01"),
                    "firm": firm,
                    "note": change.get("part") or change.get("note"),
                }
            )
    out = {
        "about": "Authority file of agencies; built by build_agencies.py, described in agencies.md",
        "bodies": known,
        "changes": changes,
        "fields": FIELDS,
        "words": WORDS,
    }
    text = json.dumps(out, ensure_ascii=False, indent=1)
    (MODELS / "agencies.json").write_text(text + "\n", encoding="utf-8")
    print(f"agencies.json: {len(known)} bodies, {len(changes)} changes")
    for era, name in GAZETTEERS.items():
        _gazetteer(shared / "data" / name, era)
    _succession(shared / "data")


def _gazetteer(source: Path, era: str) -> None:
    """Write ``gazetteer_<era>.csv.gz``: code, full name; the code is the path of province, district and commune."""
    with gzip.open(source, "rt", encoding="utf-8", newline="") as lines:
        rows = list(csv.DictReader(lines))
    units: dict[str, str] = {}
    for row in rows:
        code = row["province_code"]
        units[code] = row["province"]
        if era == "63":
            code += "." + row["district_code"]
            units[code] = row["district"]
        if row["commune_code"]:
            units[code + "." + row["commune_code"]] = row["commune"]
    text = io.StringIO(newline="")
    csv.writer(text, lineterminator="\n").writerows(sorted(units.items()))
    packed = gzip.compress(text.getvalue().encode(), 9, mtime=0)
    (MODELS / f"gazetteer_{era}.csv.gz").write_bytes(packed)
    print(f"gazetteer_{era}.csv.gz: {len(units)} units, {len(packed)} bytes")


def _succession(data: Path) -> None:
    """Write ``succession.csv.gz``: code of a province or commune until June 2025, code of the one that it went to, "1" where it went to
    several (``gazetteer_map_63_to_34``, ``provinces_34_from_63``). Units that the map names otherwise than the gazetteers are left out."""
    old, new = (_codes(data / GAZETTEERS[era], era) for era in ("63", "34"))
    rows: set[tuple[str, str, str]] = set()
    merged = json.loads((data / "provinces_34_from_63.json").read_text(encoding="utf-8"))
    for province, parts in merged.items():
        rows.update((old[_folded(part)], new[_folded(province)], "") for part in parts)
    lost = 0
    with gzip.open(data / "gazetteer_map_63_to_34.csv.gz", "rt", encoding="utf-8", newline="") as lines:
        for row in csv.DictReader(lines):
            before = old.get(_folded(row["old_province"], row["old_district"], row["old_commune"]))
            after = new.get(_folded(row["new_province"], row["new_commune"]))
            if before is None or after is None:
                lost += 1
            else:
                rows.add((before, after, "1" if row["is_divided"] == "True" else ""))
    text = io.StringIO(newline="")
    csv.writer(text, lineterminator="\n").writerows(sorted(rows))
    packed = gzip.compress(text.getvalue().encode(), 9, mtime=0)
    (MODELS / "succession.csv.gz").write_bytes(packed)
    print(f"succession.csv.gz: {len(rows)} steps, {lost} left out, {len(packed)} bytes")


def _folded(*names: str) -> tuple[str, ...]:
    """Names of units without differences of spelling ("Hoà Bình", "Hòa Bình")."""
    return tuple(fold_place(name) for name in names)


def _codes(source: Path, era: str) -> dict[tuple[str, ...], str]:
    """Code of each province and commune by its full names."""
    out: dict[tuple[str, ...], str] = {}
    with gzip.open(source, "rt", encoding="utf-8", newline="") as lines:
        for row in csv.DictReader(lines):
            out[_folded(row["province"])] = row["province_code"]
            if row["commune_code"]:
                names = (row["province"], *((row["district"],) if era == "63" else ()), row["commune"])
                codes = (row["province_code"], *((row["district_code"],) if era == "63" else ()), row["commune_code"])
                out[_folded(*names)] = ".".join(codes)
    return out


if __name__ == "__main__":
    main(Path(sys.argv[1] if len(sys.argv) > 1 else MODELS.parent.parent / "shared"))
