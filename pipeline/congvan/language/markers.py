"""Markers of the outline (bố cục): I. 1. 1.1. a) đ) - + * (1), Phần, Chương, Mục, Điều, Khoản, Điểm. Source: Decree 30/2020, Annex I."""

from __future__ import annotations

from dataclasses import dataclass

import regex

LETTERS = "abcdđeghiklmnopqrstuvxy"  # the order in which points of a list are lettered
_ROMAN = {"i": 1, "v": 5, "x": 10, "l": 50, "c": 100}

# accepts the marker of a line, its text following:
_MARKER = regex.compile(
    r"""
    (?P<named>Phần|Chương|Mục|Tiểu\ mục|Điều|Khoản|Điểm|PHẦN|CHƯƠNG|MỤC|TIỂU\ MỤC|ĐIỀU|KHOẢN|ĐIỂM)
        \ (?P<named_number>[IVXLC]+|\d{1,3}[a-zđ]?|(?i:thứ)\ \p{L}+|[a-zđ])
        (?:[.:)]|$|(?=\ \p{Lu}{2}))                      # "Điều 5.", "Chương II", "PHẦN THỨ NHẤT"
  | (?P<roman>[IVXL]{1,7})(?:[.)/](?=\s|$|\p{Lu})|-(?=\ \p{Lu}))  # "II.", "IV)", "I- MỤC TIÊU"
  | (?P<upper>[A-ZĐ])[.)](?=\s)                          # "A."
  | (?P<dotted>\d{1,2}(?:\.\d{1,2}){1,4})(?:\.?(?=\s)|-(?=\ \p{L}))  # "1.1", "2.3.1.", "1.1- Tham"
  | (?P<number>\d{1,3})(?:[.)](?=\s|$|\p{L})|/(?=\s)|-(?=\ \p{Lu}))  # "1.", "2)", "3/ ", "4- Đề nghị"
  | (?P<letter>[a-zđ])[.)](?=\s|$|\p{Lu})                # "a)", "đ)", "b."
  | \((?P<bracket>\d{1,2}|[a-zđ]|[ivx]{1,4})\)(?=\s|\p{L})  # "(1)"
  | (?P<dash>[-–—•])(?=\s|\p{Lu})                        # "- "
  | (?P<plus>\+)(?=\s|\p{L})                             # "+ "
  | (?P<star>\*{1,3})(?=\s|\p{Lu})                       # "* "
    """,
    regex.VERBOSE,
)
_NAMED = {
    "phần": "part", "chương": "chapter", "mục": "section", "tiểu mục": "subsection",
    "điều": "article", "khoản": "clause", "điểm": "point",
}  # fmt: skip
ENUMERATED = frozenset(
    {
        "part",
        "chapter",
        "section",
        "subsection",
        "article",
        "clause",
        "point",
        "roman",
        "upper",
        "dotted",
        "number",
        "letter",
        "bracket",
    }
)


@dataclass(frozen=True, slots=True)
class Marker:
    """A marker at the start of a line: its ``kind``, its ``number`` as written without brackets and dots, and its length
    with the space after it. ``closed``: a bracket stands behind the number, as in "1)"."""

    kind: str
    number: str
    length: int
    closed: bool = False

    @property
    def ordinal(self) -> int | None:
        """Its place in the sequence of its kind, from 1; None for dashes and words."""
        low = self.number.lower()
        if self.kind in {"number", "bracket", "article", "clause"} and low.rstrip("abcđ").isdigit():
            return int(low.rstrip("abcđ"))
        if self.kind == "dotted":
            return int(low.rsplit(".", 1)[1])
        if self.kind in {"letter", "upper", "point"} and low in LETTERS:
            return LETTERS.index(low) + 1
        if self.kind in {"roman", "part", "chapter", "section", "bracket"} and all(c in _ROMAN for c in low):
            return roman(low)
        return None


def roman(text: str) -> int:
    """Value of a Roman number, as "XIV"."""
    values = [_ROMAN[c] for c in text.lower()]
    return sum(-v if i + 1 < len(values) and v < values[i + 1] else v for i, v in enumerate(values))


def marker_of(text: str) -> Marker | None:
    """The marker that a line or paragraph starts with, or None."""
    m = _MARKER.match(text)
    if m is None:
        return None
    length = m.end() + len(text[m.end() :]) - len(text[m.end() :].lstrip())
    if m["named"]:
        return Marker(_NAMED[m["named"].lower()], m["named_number"], length)
    kind = str(m.lastgroup)
    number = "-" if kind == "dash" else str(m[kind])
    if kind == "upper" and number in "IVX":
        kind = "roman"
    return Marker(kind, number, length, closed=kind == "number" and m[0].endswith(")"))
