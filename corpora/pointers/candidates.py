"""What of a document can be chosen: its sentences, which of them are fit for labelling, and to what stratum each belongs.

The cut into sentences is kept apart from the program's own on purpose: a change there must never move the gold.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from typing import Literal, NamedTuple

import regex

Stratum = Literal["measures", "figures", "agencies"]
SHORTEST, LONGEST = 60, 500  # code points

# accepts the gap between two sentences of a line: the space in "… năm 2023. Hoàn thành …"
_GAP = regex.compile(r'(?<=[.!?…]["”»)]?)\s+(?=["“«(]?\p{Lu})')
# accepts what looks like an end of a sentence and is none: a marker alone, an initial or an abbreviation ("1.", "TP.", "v.v.")
_NO_END = regex.compile(
    r"^\W*(?:\d+|[IVX]+)\.$|(?:^|[\s(\"“])(?:\p{L}|TP|Tp|TX|KT|TM|TL|TUQ|GS|PGS|TS|ThS|BS|Mr|Mrs|Dr|St|tr|No|v\.v)\.$"
)
# accepts signs of a list or a quotation before a sentence, which are no part of it: "- ", "> "
_BULLET = regex.compile(r"[\s>*•–+-]+")
# accepts the end of a sentence or of an item of a list: ".", ";", ":", "./.", a stop and a closing quotation mark
_ENDED = regex.compile(r'[.;:!?…]["”»)]?$')
# accepts lines by which a codification refers to its sources ("(Điều này có nội dung liên quan đến …") and its headings
# ("Điều 14.3.LQ.2. Đối tượng áp dụng"): one formula, thousands of times
_CODIFIED = regex.compile(r"\(\s*(?:Điều|Khoản|khoản|Điểm|điểm)\b|Điều \d+\.\d|\(Xem ")
# accepts marks of damage or of markup: look-alike letters, "Công ¿ an", "[[", "==", "|", "http://", control characters, dots
# to write on; and what a codification sets into its sentences ("Điều 14.3.LQ.2", "có nội dung liên quan đến")
_SPOILT = regex.compile(
    r"[ÐƢƣ¿ÿþß¢¯\uFFFD\p{Cc}\p{Co}|<{}]|\[\[|==|\*\*|__|https?:|\.{4}|…{2}|Điều \d+\.\d|có nội dung liên quan| ; Điều "
)
# accepts a syllable that is torn ("h ợp nhất") or two that are glued ("chínhsách": more than seven letters)
_TORN = regex.compile(
    r"\s(?:[bcghklmnpqrstvxđ]|ch|gh|gi|kh|ng|nh|ph|th|tr) [à-ỹ--[đ]]\p{Ll}*|\b(?=\p{Ll}*[à-ỹ])\p{Ll}{8,}\b"
    r"|\s[ắằẳẵặấầẩẫậếềểễệốồổỗộớờởỡợứừửữự]\s",
    regex.VERSION1,
)
# accepts the start of a sentence or item: "Trong …", "“Hàng …", "(Trừ …", "12. …", "a1) …"
_BEGUN = regex.compile(r'["“«(]*(?:\p{Lu}|\d|\p{Ll}{1,2}\d?[).] ?)')
# accepts figures that only number a place in a document: "Điều 5", "khoản 1, 2 và 3", a marker at the start ("12. ")
_PLACES = regex.compile(
    r"^\W*\d+(?:\.\d+)*[.)]\s"
    r"|\b(?:điều|khoản|điểm|mục|chương|phần|phụ lục|tiết|đoạn)\s+\d[\d.]*(?:(?:,| và| hoặc| đến)\s+\d[\d.]*\b(?!\s*%))*",
    regex.IGNORECASE,
)
# accepts a share or money: "14,58%", "38 phần trăm", "1.700 tỷ", "200.000 đồng", "15 USD"
_MEASURES = regex.compile(
    r"\d\s*%|\d\s*(?:phần trăm|(?:nghìn |triệu |tỷ |tỉ )?đồng|triệu|tỷ|tỉ|USD|đô la|euro)\b", regex.IGNORECASE
)
_DIGIT = regex.compile(r"\d")
# accepts words that stand in names of bodies: "Ủy ban nhân dân", "Bộ Tài chính", "các sở", "Thủ tướng"
_AGENCY = regex.compile(
    r"\b(?:Ủy ban|Uỷ ban|UBND|HĐND|Hội đồng|Chính phủ|Quốc hội|Thủ tướng|Tòa án|Toà án|Viện kiểm sát|Ngân hàng Nhà nước"
    r"|Công an|Kho bạc|Mặt trận|Bảo hiểm xã hội|Thanh tra|Liên Hợp Quốc|[Cc]ác (?:sở|bộ)"
    r"|(?:Bộ|Sở|Cục|Vụ|Ban|Viện|Phòng|Chi cục|Tổng cục) \p{Lu}\p{Ll}+)\b"
)


class Candidate(NamedTuple):
    """A sentence that may be chosen; ``offset`` in code points of the document's text."""

    offset: int
    text: str
    stratum: Stratum


def candidates(text: str) -> Iterator[Candidate]:
    """The sentences of a document that are fit for labelling."""
    start = 0
    for line in text.split("\n"):
        if len(line) >= SHORTEST and not _CODIFIED.match(line):
            for offset, sentence in _sentences(line):
                if SHORTEST <= len(sentence) <= LONGEST and _fit(sentence):
                    stratum = stratum_of(sentence)
                    if stratum:
                        yield Candidate(start + offset, sentence, stratum)
        start += len(line) + 1


def _sentences(line: str) -> Iterator[tuple[int, str]]:
    """(offset, sentence) of a line, without bullets before and spaces around."""
    begin = 0
    ends = [(gap.start(), gap.end()) for gap in _GAP.finditer(line)]
    for stop, then in [*ends, (len(line), len(line))]:
        piece = line[begin:stop]
        if stop < len(line) and _NO_END.search(piece):
            continue
        bullet = _BULLET.match(piece)
        skip = bullet.end() if bullet else 0
        yield begin + skip, piece[skip:].rstrip()
        begin = then


def _fit(sentence: str) -> bool:
    return (
        _ENDED.search(sentence) is not None
        and _BEGUN.match(sentence) is not None
        and _SPOILT.search(sentence) is None
        and _TORN.search(sentence) is None
        and unicodedata.is_normalized("NFC", sentence)
        and sum(c.isalpha() for c in sentence) > len(sentence) / 2
    )


def stratum_of(sentence: str) -> Stratum | None:
    """``measures`` (money or shares), ``figures`` (other digits than places in a document), ``agencies``; None for the rest."""
    rest = _PLACES.sub(" ", sentence)
    if _MEASURES.search(rest):
        return "measures"
    if _DIGIT.search(rest):
        return "figures"
    return "agencies" if _AGENCY.search(sentence) else None
