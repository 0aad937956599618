"""Figures that a misprinted space has parted: "12 500 000", "12.500 .000", "8, 3 tỷ"."""

from __future__ import annotations

import regex

_LONGEST = 30  # signs of a figure: more are no sum of money and no count
# accepts the first groups of a figure: "12", "12.500"
_FIRST = regex.compile(r"[1-9]\d{0,2}(?:\.\d{3})*")
# accepts further groups: "500", "500.000", "770,5"
_GROUPS = regex.compile(r"\d{3}(?:\.\d{3})*(?:,\d+)?")
# accepts a third group behind a space: " 000" in "12 500 000"
_THIRD = regex.compile(r" \d{3}(?!\d|\.\d)")
# accepts the unit that shows that both are one figure: " đồng", " tỷ", "%"
_UNIT = regex.compile(
    r" ?(?:(?:nghìn|ngàn|triệu|tỷ|tỉ|tr|đồng|phần trăm|VN[ĐD]|USD|EUR|đ)(?!\p{L})|%)", regex.IGNORECASE
)
# accepts a word in small letters before a figure, and one behind it
_WORD = regex.compile(r"(?r)\p{Ll}\p{M}* ?[(:]? ?")
_NOUN = regex.compile(r" \p{Ll}")
# accepts the word before a figure that makes it a number of something: "tháng " in "tháng 12 500 đồng"
_NUMBERED = regex.compile(
    r"(?r)(?<!\p{L})(?:tháng|ngày|năm|quý|điều|khoản|điểm|mục|số|thứ|lần|kỳ|phụ lục|biểu|bảng|mẫu|tiết|chương|phần|tiêu chí"
    r"|nhóm|loại|cấp|thôn|xã|phường|tổ|khu|bản|giai đoạn|dự án|đợt|khóa|lô|trang|giờ|km|vụ) ",
    regex.IGNORECASE,
)


def mended(text: str, first_start: int, first_end: int, first: str, start: int, end: int) -> str | None:
    """The one figure that two make, without the space; None where they are two.

    Args:
        text: the flow. first_start, first_end: the place of what stands before, ``first`` its figure as mended so far.
        start, end: the place of the figure behind it.
    """
    if len(first) > _LONGEST:
        return None
    gap, figure = text[first_end:start], text[start:end]
    if gap in (" .", " . ", ". ", " "):
        if not _FIRST.fullmatch(first) or not _GROUPS.fullmatch(figure):
            return None
        if gap == ". ":  # a full stop, but inside a longer row of groups, or between a word and a unit
            one = "." in first or "." in figure or _in_sentence(text, first_start, end)
        elif gap == " ":
            one = "." not in figure and _spaced(text, first_start, first_end, first, end)
        else:
            one = True
        return f"{first}.{figure}" if one else None
    if gap in (", ", " ,"):
        if not figure.isdecimal() or len(figure) > 2 or "," in first or _UNIT.match(text, end) is None:
            return None
        return f"{first},{figure}" if gap == " ," or _no_list(text, first_start, first, figure) else None
    return None


def _spaced(text: str, first_start: int, first_end: int, first: str, end: int) -> bool:
    """Whether a space parts thousands: three groups, or two before money that no word numbers."""
    if " " in text[first_start:first_end]:
        return True
    if "." in first:
        return False
    if _THIRD.match(text, end) is not None:
        return True
    return _in_sentence(text, first_start, end) or (_NOUN.match(text, end) is not None and _counted(text, first_start))


def _in_sentence(text: str, first_start: int, end: int) -> bool:
    """Whether a unit follows, and a word stands before that does not number: "chi 300. 000 đồng"."""
    return _UNIT.match(text, end) is not None and _counted(text, first_start)


def _counted(text: str, first_start: int) -> bool:
    """Whether a word in small letters stands before that does not number."""
    return _WORD.match(text, 0, first_start) is not None and not _NUMBERED.match(text, 0, first_start)


def _no_list(text: str, first_start: int, first: str, figure: str) -> bool:
    """Whether "8, 3" is one figure: two neighbours are a guess ("3, 4 triệu"), and a list of more goes on before them."""
    if (
        not first.isdecimal()
        or len(first) > 3
        or int(figure) == int(first) + 1
        or _NUMBERED.match(text, 0, first_start)
    ):
        return False
    return not text[max(0, first_start - 2) : first_start].endswith((", ", "; ", "à "))
