"""Which character a glyph draws, by the hash of its outline: free fonts whose letters are known (``models/glyphs.npz``).

Equal hashes are equal drawings, so the answer is certain up to characters that look the same in that font: those of other
scripts are no candidates here, and are known as look-alikes (``A`` and Cyrillic ``А``).
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Mapping
from functools import cache
from typing import Any, NamedTuple

from congvan.config import models_dir
from congvan.language.ghostscript import LETTER_BLOCKS

_LETTERS = [c for first, last in LETTER_BLOCKS for c in range(first, last + 1)]
# what an administrative document is written with: ASCII, Latin-1, the Vietnamese letters, signs of typesetting
USUAL = frozenset(
    chr(c)
    for c in (
        *range(0x21, 0x7F),
        *(c for c in range(0xA1, 0x100) if c != 0xAD),
        *_LETTERS,
        *(0x2013, 0x2014, 0x2018, 0x2019, 0x201C, 0x201D, 0x2022, 0x2026, 0x2030, 0x20AB, 0x20AC),
    )
) - frozenset("ÐðÞþĿŀ")
# the rest of Latin, marks, and signs that such documents have now and then
RARE = frozenset(
    chr(c)
    for c in (
        *range(0x100, 0x180), *range(0x300, 0x30A), 0x30B, 0x30C, 0x31B, 0x323, 0x1A2, 0x1A3, 0xD0, 0xDE, 0xF0, 0xFE, 0x192,
        0x2010, 0x201A, 0x201E, 0x2020, 0x2021, 0x2032, 0x2033, 0x2039, 0x203A, 0x2044, 0x2070, *range(0x2074, 0x207A),
        *range(0x2080, 0x208A), 0x2116, 0x2122, *range(0x2153, 0x215F), *range(0x2190, 0x2196), 0x2206, 0x220F, 0x2211, 0x2212,
        0x221A, 0x221E, 0x222B, 0x2248, 0x2260, 0x2264, 0x2265, 0x25A0, 0x25A1, 0x25AA, 0x25AB, 0x25B2, 0x25BA, 0x25BC,
        0x25CA, 0x25CB, 0x25CF, 0x25E6, 0x2713, 0xFB00, 0xFB01, 0xFB02, 0xFB03, 0xFB04,
    )
) - USUAL  # fmt: skip

_PRIVATE = 0xE000  # from here on a character of the file is the number of a ligature


class Drawing(NamedTuple):
    """A character (of a ligature several) that an outline draws: the font that it is known from, and its advance there in 1/1000 em."""

    character: str
    font: str
    advance: float


class GlyphIndex:
    """Outlines of known fonts.

    Args:
        columns: ``hash`` (ascending), ``character``, ``face``, ``advance`` in step; ``faces``: names of the fonts;
            ``glyph_ids``: for each font the id of each of ``repertoire``; ``alike``: pairs of characters that some font
            draws alike; ``ligatures``: what the characters from U+E000 on stand for.
        without: fonts to leave out, by the beginning of their names ("FreeSerif").
    """

    def __init__(self, columns: Mapping[str, Any], without: Iterable[str] = ()) -> None:
        self.faces = [str(name) for name in columns["faces"]]
        left_out = {n for n, name in enumerate(self.faces) if name.startswith(tuple(without))}
        self._rows: dict[int, list[Drawing]] = {}
        ligatures = [str(text) for text in columns["ligatures"]]
        rows = zip(*(columns[name].tolist() for name in ("hash", "character", "face", "advance")), strict=True)
        for key, character, face, advance in rows:
            if face not in left_out:
                n = character - _PRIVATE
                text = ligatures[n] if 0 <= n < len(ligatures) else chr(character)
                self._rows.setdefault(key, []).append(Drawing(text, self.faces[face], advance))
        self._ids = {
            name: ids
            for n, (name, ids) in enumerate(zip(self.faces, columns["glyph_ids"], strict=True))
            if n not in left_out
        }
        self._repertoire = [chr(c) for c in columns["repertoire"].tolist()]
        self._alike: dict[str, set[str]] = {}
        for one, other in columns["alike"].tolist():
            self._alike.setdefault(chr(one), set()).add(chr(other))

    def drawings(self, outline: int) -> list[Drawing]:
        """The characters that an outline draws in known fonts, the usual ones first."""
        return self._rows.get(outline, [])

    def alike(self, character: str, other: str) -> bool:
        """True where some font draws both characters with one outline, or the other is the first in another form (ﬁ, fi)."""
        if character == other or other in self._alike.get(character, ()):
            return True
        return unicodedata.normalize("NFKC", character) == unicodedata.normalize("NFKC", other)

    def advances(self, face: str) -> dict[str, float]:
        """Character -> advance in 1/1000 em in a font, as far as its outlines are not those of an earlier one."""
        return {d.character: d.advance for row in self._rows.values() for d in row if d.font == face}

    def glyph_ids(self, name: str) -> list[dict[int, str]]:
        """Glyph id -> character for each version of a font, by its PostScript name without the tag of the subset."""
        found = []
        for face, ids in self._ids.items():
            if face.partition(" ")[0] == name:
                pairs = zip(ids.tolist(), self._repertoire, strict=True)
                found.append({glyph: character for glyph, character in reversed(list(pairs)) if glyph})
        return found


@cache
def glyph_index(without: tuple[str, ...] = ()) -> GlyphIndex:
    """The index that is shipped; loaded once."""
    import numpy as np

    with np.load(models_dir() / "glyphs.npz") as columns:
        return GlyphIndex(dict(columns), without)
