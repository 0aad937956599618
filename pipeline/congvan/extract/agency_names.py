"""Where the name of a body ends that no list knows.

A name is a head noun ("Phòng", "Trung tâm") and its matter in words, each of which begins with a capital and may go on in small
letters ("Nghiệp vụ tổng hợp", "Giáo dục nghề nghiệp"). The clause goes on in small letters too, nearly always with a verb.
So a name ends before the first verb, but for verbs that names are made of, where the clause's own verb follows those.
"""

from __future__ import annotations

import regex

from congvan.language.verbs import is_verb

# accepts a word, or a sign that is set between words of a name
_WORD = regex.compile(r"[\p{L}\p{M}]+|\S")
# accepts what may be left over before the place where a name is cut: " và", " -", ","
_REST = regex.compile(r"(?: và| [-–]|,)+$")
# verbs that names are made of, in small letters behind a word with a capital: "Hành chính tổng hợp", "Y tế dự phòng"
_IN_NAMES = frozenset(
    regex.split(
        ", |\n",
        """tổng hợp, điều hành, điều phối, quản trị, bảo vệ, hỗ trợ, tư vấn, bảo trợ, bảo tồn, kiểm nghiệm, kiểm định
giám định, đăng kiểm, xúc tiến, ứng dụng, chuyển giao, cung ứng, khai thác, giới thiệu, dịch vụ, đấu giá
phòng chống, kiểm soát, tìm kiếm, cứu nạn, cứu hộ, chăm sóc, điều trị, phục hồi, huấn luyện, bồi dưỡng, đào tạo
quản lý, thẩm định, thanh tra, kiểm tra, giám sát, nghiên cứu, phát triển, đầu tư, xây dựng, hợp tác""",
    )
)
# accepts what shows that a verb still belongs to the name before it: the end, a sign, a level, a conjunction
_STILL = regex.compile(
    r"\s*(?:$|[,;:.()/”\"])| (?:tỉnh|huyện|thành phố|thị xã|quận|xã(?! hội)|phường|cấp|thuộc|và|khu vực|Trung ương|chủ trì|phối hợp|có|là|đã|sẽ|được|phải|tại|theo)(?!\p{L})"
)
# accepts what is summed up, where "tổng hợp" is the verb: "tổng hợp kết quả", "tổng hợp, báo cáo"
_OBJECT = regex.compile(
    r",? (?:kết quả|tình hình|số liệu|ý kiến|báo cáo|trình|nhu cầu|danh sách|danh mục|đề xuất|chung|hồ sơ|dự toán|kinh phí|vào|để|thông tin|khó khăn|nội dung|tham mưu|theo dõi)(?!\p{L})"
)
# words whose second half "tổng hợp" is, as a name: "Phòng Kế hoạch tổng hợp"; then only what is surely summed up makes it a verb
_GENERAL = ("Nghiệp vụ", "Hành chính", "Kế hoạch", "Tổ chức", "Kinh tế", "Quản trị", "Thư ký")
_SUMMED = regex.compile(r" (?:kết quả|tình hình|số liệu|ý kiến|nhu cầu|danh sách|chung|dự toán)(?!\p{L})")


def name_end(text: str, start: int, end: int) -> int:
    """End of the name that starts at ``start`` and is at most ``text[start:end]``: cut before the verb of the clause.

    Of names in proper nouns ("Trường THCS Vĩnh Hanh | phát động") the first word in small letters can be that verb; behind a single
    capital it is the second half of its word ("Kế hoạch").
    """
    words = [*_WORD.finditer(text, start, end)]
    for i, word in enumerate(words):
        if i < 2 or not word[0][0].islower():
            continue
        before, following = words[i - 1], _WORD.match(text, word.end() + 1)
        if following is None or text[word.end()] != " " or not is_verb(word[0], following[0]):
            continue
        if before[0][0].isupper() and not (words[i - 2][0][0].isupper() and i > 2) and not before[0].isupper():
            continue
        pair = f"{word[0]} {following[0]}"
        if pair == "tổng hợp":
            summed = _SUMMED if text[: word.start() - 1].endswith(_GENERAL) else _OBJECT
            if not summed.match(text, following.end()):
                continue
        elif pair in _IN_NAMES and (_STILL.match(text, following.end()) or _verb_at(text, following.end() + 1)):
            continue
        cut = text[start : word.start()].rstrip()
        rest = _REST.search(cut)
        return start + (len(cut) if rest is None else rest.start())
    return end


def _verb_at(text: str, at: int) -> bool:
    first = _WORD.match(text, at)
    second = _WORD.match(text, first.end() + 1) if first is not None else None
    return first is not None and second is not None and is_verb(first[0], second[0])
