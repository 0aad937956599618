"""Where a predicate begins: the verb of a task, the word of a role or of duty, or what makes the clause a fact.

Verbs are those of ``rules/vi/roles.toml`` and the verbs of two syllables that were counted in laws (``models/verbs.txt``).
"""

from __future__ import annotations

import regex

from congvan.language.verbs import is_verb
from congvan.relate.subjects import Words

# accepts a word in small letters and the one behind it: "rà soát"
_PAIR = regex.compile(r"(?P<first>\p{L}+)(?: (?P<second>\p{Ll}+))?")
# words of the counted list that head nouns as well, which name who acts or what is acted on
_NOUNS = frozenset(
    regex.split(
        ", |\n",
        """hồ sơ, chủ hộ, thủ trưởng, đa số, tiền của, tĩnh mạch, đồ dùng, bên có, chức năng, chức vụ, công an, công dân, công nhân
công ty, công trình, cơ quan, cơ sở, chế độ, chi bộ, chi nhánh, chính quyền, chương trình, dự án, dự thảo, đại biểu, đại diện, đảng viên
địa phương, địa bàn, điều kiện, đoàn thể, đoàn viên, giáo dục, giáo viên, giao thông, hành chính, hành khách, hội đồng, hội viên, hợp tác
kế hoạch, kế toán, khách hàng, kỹ thuật, liên quan, lực lượng, mặt trận, môi trường, nhân dân, nhân viên, nhà nước, nhiệm vụ, phương án
quốc gia, sự nghiệp, tài chính, tài nguyên, tài sản, tập thể, thành phố, thành viên, thông tin, thư ký, thường trực, tổ trưởng, trưởng phòng
trực thuộc, văn hóa, văn phòng, viên chức, xã hội, y tế, lãnh đạo, chỉ huy, chuyên môn, nghiệp vụ, đầu mối, phụ nữ, thanh niên, nông dân
cựu chiến, chiến binh, dân quân, quân sự, dịch vụ, khí tượng, thủy văn, nông nghiệp, công nghiệp, thương mại, du lịch, thể thao, khoa học
công nghệ, lao động, thương binh, xây lắp, lập phương, vô tư, có một, bắt được, cả nước, trong đó, bao gồm, nước sạch, thoát nước
công văn, văn bản, tờ trình, đại hội, đại sứ, nguyên nhân, hiệu quả, hiệu trưởng, gia súc, kim loại, lương thực, dư luận, danh tính, cuộc sống
hình sự, quân y, bình thường, chuyên trách, kiêm nhiệm, có công, có liên, tại chỗ, tại ngũ, với nhau, trong khi, ít nhất, tất cả, trong khoảng, sau đây, có nhu
có mặt, mặc dù, có con, cha mẹ, thành niên, hữu hạn, đường lối, chức danh, đề tài, nước ngoài, tự do, tự chủ, tự quản, đầy đủ, cấp dưới, cấp trên, cấp xã
cấp huyện, cấp tỉnh, cấp ủy, cấp uỷ, cấp phó, cấp trưởng, chi hội, chi đoàn, thu nhập, thi đua, thu chi, trực tuyến, tra soát, làm đầu, tổ chức đảng, nổi bật""",
    )
)
# verbs that names are made of, in small letters behind a word with a capital: "Phòng Kế hoạch tổng hợp", "Phòng Nghiệp vụ quản lý"
NAME_VERBS = frozenset(
    regex.split(
        ", |\n",
        """tổng hợp, quản lý, hành chính, thanh tra, kiểm tra, giám sát, đào tạo, điều hành, thẩm định, cứu nạn, cứu hộ, tìm kiếm, quản trị
bảo trợ, phòng chống, kiểm soát, kiểm định, giám định, điều phối, điều độ, tư vấn, dự phòng, nghiên cứu, chăm sóc, điều trị, giúp việc, bồi dưỡng""",
    )
)
# accepts a verb of one syllable with its object: "lập danh sách", "cử cán bộ", "mở lớp"
_SHORT = regex.compile(
    r"(?:lập|cử|mở|treo|trồng|dựng|xây|sửa|thay|lắp|đặt|soạn|ký|họp|chọn|mua|bán|thuê|thu|chi|nộp|trả|đóng|góp|gom|dọn|quét|nạo|vét|khơi|đắp|đào|phun|tiêm|khám|chữa|dạy|chấm|"
    r"ghi|chép|viết|vẽ|đo|đếm|kê|nắm|giữ|canh|bắt|phạt|cấm|ngừng|dừng|hoãn|kéo|đẩy|nâng|hạ|giảm|tăng|thêm|bớt|bỏ|xóa|hủy|gỡ|dỡ|phá|dời|đưa|đón|gửi|nhận|hỏi|nêu|trình|xin|mời|gọi|"
    r"nhắc|khen|thưởng|trao|tặng|thăm|gặp|làm|tạo|lấy|dùng|giúp|coi|tự|cho|ra|để|đi|tính|in|dán|vá|rải|phát|phân|chia|khoanh|rút|tách|gộp|nối|tiếp|xếp|chốt|trực|rà|đôn|siết|thi|tra|xét|cấp|gây|vứt|vớt|đốt|chở|ra|hiến|bàn|lo|nuôi|thả|đánh|chặt|đổ|xả|chạy|nhường)"
    r"(?: (?!(?:của|các bên|trưởng|phó|viên|năm|tháng|thôn|xã|huyện|tỉnh|dân)\b)\p{Ll}|(?= [\d\p{Lu}]))",
    regex.IGNORECASE,
)
# accepts a verb of making something so: "cụ thể hóa", "hiện đại hóa", "đa dạng hóa"
_MAKING = regex.compile(r"\p{L}+ (?!văn )\p{Ll}+ hóa\b")
_NO_MAKING = frozenset({"văn", "hàng", "tiêu"})
# accepts "lãnh đạo" and "chỉ huy" at the head of a task: "Lãnh đạo, điều hành", "Chỉ huy các lực lượng"
_LEADS = regex.compile(r"(?:Lãnh đạo|Chỉ huy)(?:,| (?:các|toàn|việc|công tác|thực hiện|công an|chính quyền|hoạt động))")
# accepts an adverb or auxiliary before a verb: "chủ động", "nghiêm túc", "không để", "tiếp tục"
_ADVERB = regex.compile(
    r"(?:chủ động|nghiêm túc|nghiêm|khẩn trương|kịp thời|thường xuyên|trực tiếp|tiếp tục|tích cực|kiên quyết|quyết liệt|tuyệt đối|không (?:để|được|ngừng)|sớm|nhanh chóng|định kỳ|hằng|hàng|cùng|đồng thời|"
    r"một mặt|mặt khác|thực sự|chú trọng|quan tâm|tập trung|ưu tiên|tự|luôn|hãy|xin|chấm dứt|cấm|nghiêm cấm|ngay|đặc biệt|thống nhất|bước đầu|trước mắt|thật sự|nêu cao|đề cao|phát huy|gương mẫu|tự giác)\b",
    regex.IGNORECASE,
)
# accepts the word that makes a clause a fact, a power or a definition: " đã", " chưa", " được", " có quyền", " là"
FACT = regex.compile(
    r"(?:(?:đến nay |vừa qua |thời gian qua |cơ bản |hiện |mới |vừa |luôn |hầu hết |bước đầu )*(?:đã|đang|được|bị|vẫn|còn|chưa|sẽ (?:bị|được|không được)|không còn|(?:được )?có quyền|được quyền|có thể|ghi nhận|thuộc|bao gồm|gồm|trở thành|đạt|chiếm|quá tải|chậm|hưởng ứng tích cực)"
    r"|là(?! (?:(?:cơ quan|đơn vị|bộ phận) (?:thường trực|đầu mối|chủ trì|tham mưu|giúp việc)|đầu mối|thường trực))|cơ bản|tự giải thể|trân trọng|xin (?:trân trọng|cảm ơn|báo cáo)|kính (?:báo cáo|chúc|mời|gửi|trình)|rất mong|mong nhận)\b",
    regex.IGNORECASE,
)
_ROLES = ("lead", "must", "coordinate")


def role_at(text: str, at: int, words: Words) -> bool:
    """True where a word of a role or of duty begins: "chủ trì", "phải", "phối hợp với"."""
    return any(words.at(kind, at) is not None for kind in _ROLES) and not text.endswith("Hậu ", 0, at)


def verb_at(text: str, at: int, end: int, words: Words, *, capital: bool = False, short: bool = True) -> bool:
    """True where the verb of a task begins, or an adverb before one; one written with a capital only where ``capital``,
    one of a single syllable only where ``short``."""
    pair = _PAIR.match(text, at, end)
    if pair is None or not (capital or text[at].islower()):
        return False
    if (pair["second"] == "hóa" and pair["first"].lower() not in _NO_MAKING) or _MAKING.match(text, at, end):
        return True
    first, second = pair["first"].lower(), pair["second"]
    if second is not None and f"{first} {second}" in _NOUNS and not (capital and _LEADS.match(text, at, end)):
        return False
    if words.at("act", at) is not None or _ADVERB.match(text, at, end):
        return True
    return (second is not None and is_verb(first, second)) or (short and _SHORT.match(text, at, end) is not None)


def predicate_at(text: str, at: int, end: int, words: Words, *, surely: bool = False) -> bool:
    """True where what is said of a subject begins: a role, a duty, the verb of a task, or a fact.

    ``surely``: the verb must be one of the rules, or an adverb before a verb.
    """
    if role_at(text, at, words) or FACT.match(text, at, end) is not None:
        return True
    if surely:
        return text[at : at + 1].islower() and (
            words.at("act", at) is not None or _ADVERB.match(text, at, end) is not None
        )
    return verb_at(text, at, end, words)
