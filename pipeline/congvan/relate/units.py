"""Bodies that no list knows, by the grammar of their names: "Bộ phận Tài chính - Kế toán xã", "Phòng Nghiệp vụ tổng hợp".

A name begins with the noun of a kind of body or of an office. Each word of it is written with a first capital ("Kế toán"), hyphens,
commas and "và" may join such words, and the level and the place end it. What follows is the verb of the task, which tells where
a name ends that goes on in small letters.
"""

from __future__ import annotations

import regex

from congvan.relate.subjects import JOIN, Mention, Mentions, Words, chain, unknown_between

# accepts the noun that a name begins with: "Phòng", "Bộ phận", "Trung tâm", "các Ban", "Trưởng"
_HEAD = regex.compile(
    r"(?:(?:[Cc]ác|[Mm]ỗi|[Tt]ừng|[Tt]oàn thể) )?(?:đồng chí )?"
    r"(?:Sở|Ban(?! hành| bố)|Phòng(?! chống| ngừa)|Bộ phận|Bộ(?! luật| đội| máy)|Thanh tra(?=[ ,]\p{Lu})|Trung tâm|Văn phòng|Chi cục|Cục|Tổng cục|Vụ|Viện|Học viện|Tổ(?! chức)|Tiểu ban|Đội(?! ngũ)|Trạm|Hạt|"
    r"Hội(?! nghị| thảo| thi| nhập)|Đoàn(?! kết)|Liên đoàn|Liên minh|Hiệp hội|Công an|Ủy ban|Uỷ ban|Hội đồng|Đài|Trường(?! hợp)|Đại học|Bệnh viện|Kho bạc|Ngân hàng|Công ty|Tổng công ty|Tập đoàn|"
    r"Quỹ|Cảng vụ|Đồn|Bảo hiểm xã hội|Mặt trận|Tòa án|Viện kiểm sát|Nhà (?=máy|văn hóa|thiếu nhi|xuất bản)|Hợp tác xã|Điện lực|Cơ quan|Đơn vị(?! tính)|Chi nhánh|Xí nghiệp|"
    r"Trưởng|Phó|Chánh|Giám đốc|Tổng Giám đốc|Chủ tịch|Chủ nhiệm|Bí thư|Thủ trưởng|Hiệu trưởng|Chỉ huy trưởng|Tổ trưởng|Người đứng đầu|[Đđ]ại biểu(?= \p{Lu}))\b(?!:)"
)
# accepts a word of a name behind its noun, with what may join it: " Kế hoạch", " - Tài chính", ", Thể thao", " và Dịch vụ"
_WORD = regex.compile(r"(?: [-–] |[-–]| |, | và )(?=\p{Lu}|(?<=Phòng, )chống )[\p{L}\d'’.]*[\p{L}\d]")
# accepts a word in small letters
_SMALL = regex.compile(
    r" (?P<word>(?!(?:các|những|mọi|nào|này|đó|trên|dưới|đã|đang|sẽ|được|bị|là|có|còn|vẫn|cũng|đều|tự|không|chưa|phải|theo|tại|trong|từ|đến|để|cho|với|về|của|và|nếu|khi|thì|mà|do|vì|như|trực tiếp|trước|sau|vào|hằng|hàng)\b)\p{Ll}+)"
)
# accepts a back reference or a question, which is no name: "Đơn vị nào", "Cơ quan này"
_NO_NAME = regex.compile(r" (?:nào|này|đó|trên|nêu trên)\b")
# accepts a level or the noun of a group, which may follow anywhere in a name: " xã", " cấp huyện", " các thôn", ", làng"
_LEVEL = regex.compile(
    r"(?: (?:các |cấp |thuộc |trực thuộc |của )*|, )(?:xã|phường|thị trấn|đặc khu|huyện|quận|thị xã|thành phố|tỉnh|trung ương|khu vực|liên huyện|thôn|làng|bản|buôn|ấp|khóm|khu phố|tổ dân phố|"
    r"sở|ban|ngành|phòng|đơn vị|cơ quan|đoàn thể|địa phương|trường|hội|chuyên môn|trực thuộc)(?=$|[ ,.;:()])"
)
# accepts what is a whole word in one syllable: " Sở", of "Thanh tra Sở"
_SHORT = regex.compile(r"(?: [-–] |[-–]| |, | và )(?:Sở|Bộ|Cục|Ban|Tỉnh|Huyện|Xã)$")
# accepts the end of what is surely a name: a stop, a bracket, or what joins the next one
_END = regex.compile(
    r"\s*(?:$|[,;:.(])| (?:và|trước|trong|sau|vào|để|tại|từ|về|hằng|hàng|chậm nhất|muộn nhất|định kỳ)\b"
)
# accepts what shows that the verb before it ended a name: a colon, a bracket, the end
_ENDS_NAME = regex.compile(r"\s*(?:$|[:;.)(])")
# verbs that are a part of names as well: of one only where a verb follows it
_NAME_VERBS = frozenset(
    {
        "tổng hợp",
        "quản lý",
        "hành chính",
        "thanh tra",
        "kiểm tra",
        "đào tạo",
        "điều hành",
        "thẩm định",
        "cứu nạn",
        "cứu hộ",
        "tìm kiếm",
    }
)
_SMALL_WORDS = 6  # words in small letters that may stand in a name together
_KINDS = ("act", "lead", "coordinate", "must")


def unit(text: str, at: int, end: int, words: Words) -> Mention | None:
    """The name that starts at a place by its grammar alone, None where none does.

    A name is believed where a verb of a task, a stop or another name follows, or where it has a word in capitals.
    """
    head = _HEAD.match(text, at, end)
    if head is None:
        return None
    stop = at = head.end()  # where the name ends for certain, and where we look
    named, small_words = False, 0
    while small_words <= _SMALL_WORDS:
        word = _WORD.match(text, at, end) if _joins_name(text, at, end) else None
        part = word or _LEVEL.match(text, at, end)
        if part is not None:
            at, named, small_words = part.end(), True, 0
            second = _SMALL.match(text, at, end)  # the second syllable of "Kế hoạch"
            whole = word is None or _SHORT.match(word[0]) is not None
            if not whole and second is not None and not _is_verb(text, second.start("word"), words, end):
                at = second.end()
            stop = at
            continue
        if _END.match(text, at, end) or (text[at : at + 1] == " " and _is_verb(text, at + 1, words, end)):
            stop = at
            break
        small = _SMALL.match(text, at, end)
        if small is None:
            break
        at, small_words = small.end(), small_words + 1
    if _NO_NAME.match(text, stop, end):
        return None
    return Mention(head.start(), stop, known=False) if named or stop > head.end() else None


def units(text: str, mentions: Mentions, at: int, end: int, words: Words) -> list[Mention]:
    """The list of names that starts at a place: agencies that were found, and names known by their grammar.

    A name goes before a found agency whose end is a guess.
    """
    out: list[Mention] = []
    while True:
        here = mentions.at(at)
        if here is None or not here.known:
            guess = unit(text, at, end, words)
            if guess is not None and (here is None or here.end != guess.end):
                here = guess
        if here is None and out:
            here = unknown_between(text, mentions, at)
        if here is None or here.end > end:
            return out
        out.append(here)
        gap = JOIN.match(text, here.end, end)
        if gap is None:
            return out
        at = gap.end()


def listed(text: str, mentions: Mentions, at: int, end: int, words: Words) -> list[Mention]:
    """The list of bodies at a place, found or known by the grammar of their names: whichever reading reaches further."""
    found = chain(text, mentions, at)
    named = units(text, mentions, at, end, words)
    further = bool(found) and (not named or named[-1].end < found[-1].end) and all(m.known for m in found)
    return found if further or not named else named


def _joins_name(text: str, at: int, end: int) -> bool:
    """False for a comma or "và" before the next name of a list."""
    gap = next((gap for gap in (", ", " và ") if text.startswith(gap, at)), None)
    return gap is None or _HEAD.match(text, at + len(gap), end) is None


def _is_verb(text: str, at: int, words: Words, end: int) -> bool:
    """True for a verb of a task; one that names have too only where no other verb follows it."""
    if text.startswith("Hậu cần", at - 4):
        return False
    stop = next((s for kind in _KINDS if (s := words.at(kind, at)) is not None), None)
    if stop is None or not text[at:stop].islower():
        return False
    if text[at:stop] not in _NAME_VERBS:
        return True
    if _ENDS_NAME.match(text, stop, end) or _LEVEL.match(text, stop, end):
        return False
    following = JOIN.match(text, stop, end)
    if following is not None and _HEAD.match(text, following.end(), end):
        return False
    return not any(words.at(kind, stop + 1) is not None for kind in _KINDS)
