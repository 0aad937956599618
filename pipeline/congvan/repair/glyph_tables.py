"""Glyph ids of fonts that are known by name: what a code draws where the file has no outline that can be compared.

Microsoft Word's codes are glyph ids. Those of Times New Roman are known from its documents, those of free fonts from the fonts;
the first 258 glyphs of the fonts of Windows stand in one order.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache

import regex

from congvan.document import FontFacts
from congvan.language.glyph_ids import characters
from congvan.language.glyph_index import glyph_index

_TAG = regex.compile(r"[A-Z]{6}\+")  # accepts the tag of a subset: "ABCDEF+"
# accepts Times New Roman as files call it: "TimesNewRomanPSMT", "TimesNewRomanPS-BoldMT", "Times New Roman,Bold"
_TIMES = regex.compile(r"times ?new ?roman", regex.IGNORECASE)
_MIN_FIT = 5  # values of the file's map that must be as the table says
_FIT = 0.9  # and this part of those that can be compared
_WIDTH = 2.0  # 1/1000 em
_WIDTHS_FIT = 0.97  # part of the advances that must be those of the table's letters


@dataclass(frozen=True, slots=True)
class KnownIds:
    """Glyph id -> character, of a font that fits; empty where none does."""

    name: str = ""
    letters: Mapping[int, str] = field(default_factory=dict)


def known_ids(font: FontFacts, shown: Mapping[int, str], without: tuple[str, ...] = ()) -> KnownIds:
    """The table of glyph ids of a font: chosen by its name, and only where values or advances bear it out."""
    if font.kind != "Type0" or not font.glyph_ids:
        return KnownIds()
    bare = _TAG.sub("", font.name, count=1)
    tables = list(glyph_index(without).glyph_ids(bare))
    if _TIMES.search(bare):
        tables.append(_times())
    for table in tables:
        if _values_fit(font, shown, table) or (_TIMES.search(bare) and _widths_fit(font, table)):
            return KnownIds(bare, table)
    return KnownIds()


@cache
def _times() -> dict[int, str]:
    return {ord(glyph): character for glyph, character in characters().items()}


def _values_fit(font: FontFacts, shown: Mapping[int, str], table: Mapping[int, str]) -> bool:
    """The letters and figures of ASCII, which most damage spares, are where the table has them."""
    right = wrong = 0
    for code, glyph in font.glyph_ids.items():
        value, known = shown.get(code, ""), table.get(glyph)
        if known is not None and len(value) == 1 and known.isascii() and known.isalnum():
            right += value == known
            wrong += value != known
    return right >= _MIN_FIT and right >= _FIT * (right + wrong)


def _widths_fit(font: FontFacts, table: Mapping[int, str]) -> bool:
    """The advances are those of Liberation Serif, which has the advances of Times New Roman."""
    style = ("Bold" if "old" in font.name else "") + ("Italic" if "talic" in font.name else "")
    known = glyph_index().advances(f"LiberationSerif-{style or 'Regular'}")
    pairs = [
        (font.widths[code], known[table[glyph]])
        for code, glyph in font.glyph_ids.items()
        if glyph in table and code in font.widths and table[glyph] in known
    ]
    fitting = sum(abs(a - b) <= _WIDTH for a, b in pairs)
    return len(pairs) >= _MIN_FIT and fitting >= _WIDTHS_FIT * len(pairs)
