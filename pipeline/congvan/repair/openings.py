"""Whether a word whose case is lost has a capital: where a sentence opens, in names of bodies, places and people."""

from __future__ import annotations

import regex

from congvan.language.folding import fold_word
from congvan.language.ngrams import model

NOT_A_PAIR = -4.0  # log P of a word after another that are no word together ("Tổ chức" is one, "Xuân Cảnh" is not)
SHORT = 45  # letters of a line that is not broken because it is full

# accepts the end of what stands before the first word of a sentence: nothing, a stop, an opening quote
_STOP = regex.compile(r"(?:^|[.!?…])[\s“\"(\[]*$")
# accepts the end of what stands before the first word of a line that opens something: the line before ends in a sign, or there
# is none, or a marker stands between ("- ", "a) ", "1. ")
_LINE = regex.compile(r"(?:^|[;:,.!?…/]|\n)[ \t]*\n\s*$|\n[ \t]*(?:[-–+•*]|\(?[\p{L}\p{Nd}]{1,3}[.)/])[ \t]*$")
# accepts a line and the line end after it
_BROKEN = regex.compile(r"([^\n]*)\n[ \t]*$")
# accepts what has a capital inside a sentence: officers and bodies, documents with a number, cities
_NAME = regex.compile(
    r"(?:công an|công thương|công đoàn|chính phủ|chi cục|cổng (?:dịch|thông)|cộng (?:hòa|hoà|sản)|"
    r"chủ tịch (?:ủy|uỷ|UBND|HĐND|nước|hội đồng|quốc)|cục \p{Lu}|chánh (?:văn|thanh|án)|chương trình (?:mục tiêu quốc|số)|"
    r"(?:chỉ thị|công điện|công văn) số|cao bằng|cà mau|cần thơ)",
    regex.IGNORECASE,
)
# accepts the words before such a name that are part of it
_HEAD = regex.compile(
    r"(?:(?:\bBan|\bBộ)\s+(?=chỉ (?:huy|đạo)|chấp hành|cán sự)|\bPhó\s+(?=chủ|chánh|cục|chi)|\bHồ\s+(?=chí))",
    regex.IGNORECASE,
)
# accepts a word before the name of a place or of a person, or a name itself ("xã", "ông", "Xuân")
_BEFORE_NAME = regex.compile(
    r"(?:\b(?:xã|phường|huyện|tỉnh|quận|thôn|bản|buôn|làng|ấp|trấn|đường|sông|ông|bà)|(?<=[^\s.;:!?…]\s)\p{Lu}\p{Ll}+)\s+$"
)
# words that follow a name and are none
_PLAIN = frozenset(
    {
        "có", "các", "của", "cho", "cần", "cùng", "chủ", "chưa", "căn", "chỉ", "chịu",
        "cấp", "chi", "công", "chính", "chậm", "cũng", "còn", "cụ", "chuyển", "chuẩn",
    }
)  # fmt: skip


def opens_sentence(before: str) -> bool:
    """True where a sentence, a point of a list or a heading opens after ``before``."""
    if _STOP.search(before) or _LINE.search(before):
        return True
    line = _BROKEN.search(before)
    return line is not None and len(line[1].strip()) < SHORT


def in_a_name(word: str, before: str, after: str) -> bool:
    """True for a word in small letters that has a capital inside a sentence, as the words around it tell."""
    head = _HEAD.search(before + word + after, max(len(before) - 8, 0))
    if _NAME.match(word + after) or (head is not None and head.end() == len(before)):
        return True
    name = _BEFORE_NAME.search(before)
    if name is None or word in _PLAIN:
        return False
    lm = model()
    return lm.score(lm.unknown, lm.number(fold_word(name[0].strip())), lm.number(fold_word(word))) < NOT_A_PAIR
