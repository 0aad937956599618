"""TrueType fonts of one byte per letter, as .VnTime and VNI-Times are, made from a free font that has all of Vietnamese."""

from __future__ import annotations

import io
from collections.abc import Iterable, Mapping
from functools import cache

from fontTools.ttLib import TTFont, newTable  # type: ignore[import-untyped,unused-ignore]
from fontTools.ttLib.tables._c_m_a_p import cmap_format_4, cmap_format_6  # type: ignore[import-untyped,unused-ignore]
from fontTools.ttLib.tables._g_l_y_f import Glyph, GlyphComponent  # type: ignore[import-untyped,unused-ignore]

from corpora.generator.damage.encodings import table
from corpora.generator.render.fonts import FontFile
from corpora.generator.render.sfnt import subset

# where fonts of signs have their codes in the table for Windows
_PRIVATE = 0xF000


@cache
def marks(encoding: str) -> Mapping[str, tuple[str, str]]:
    """Sign of a mark -> a letter that has it and that letter without it: "ù" -> ("á", "a").

    Only encodings with two bytes for a letter have such signs; "A" and "a" take every mark there is.
    """
    found: dict[str, tuple[str, str]] = {}
    for letter, code in table(encoding).items():
        if len(code) == 2 and code[0] in "Aa":
            found[code[1]] = (letter, code[0])
    return found


def simple_font(font: FontFile, drawn: Mapping[int, str], marked: Mapping[int, tuple[str, str]]) -> bytes:
    """A TrueType program that draws characters of a font by codes of one byte.

    Args:
        font: where the outlines come from.
        drawn: code -> the character that it draws.
        marked: code -> a letter and the same without its mark: the code draws the mark over the letter before it.
    """
    base = {code: font.glyphs[c] for code, c in drawn.items()}
    needed = [font.glyphs[c] for pair in marked.values() for c in pair]
    made = TTFont(io.BytesIO(subset(font.outlines, [*base.values(), *needed])), recalcTimestamp=False)
    order = made.getGlyphOrder()
    names = {code: order[glyph] for code, glyph in base.items()}
    glyf, metrics = made["glyf"], made["hmtx"].metrics
    for code, (letter, plain) in sorted(marked.items()):
        name = f"mark{code:02X}"
        glyf[name] = _mark(glyf[order[font.glyphs[letter]]], metrics[order[font.glyphs[plain]]][0])
        glyf[name].recalcBounds(glyf)
        metrics[name] = (0, glyf[name].xMin)
        names[code] = name
    made.setGlyphOrder(glyf.glyphOrder)
    made["cmap"] = _cmap(names)
    out = io.BytesIO()
    made.save(out)
    return out.getvalue()


def widths(font: FontFile, drawn: Mapping[int, str], codes: Iterable[int]) -> list[int]:
    """Advances in 1/1000 em; a mark has none."""
    return [font.widths[drawn[code]] if code in drawn else 0 for code in codes]


def _mark(letter: Glyph, advance: int) -> Glyph:
    """All parts of a composite letter but the first, moved to the left by the letter that has been drawn."""
    made = Glyph()
    made.numberOfContours = -1
    made.components = []
    for part in letter.components[1:]:
        moved = GlyphComponent()
        moved.glyphName, moved.x, moved.y, moved.flags = part.glyphName, part.x - advance, part.y, part.flags
        made.components.append(moved)
    return made


def _cmap(names: Mapping[int, str]) -> object:
    """The codes as they are, for Macintosh, and in the private area, for Windows: what readers ask in fonts of signs."""
    made = newTable("cmap")
    made.tableVersion = 0
    mac, windows = cmap_format_6(6), cmap_format_4(4)
    mac.platformID, mac.platEncID, mac.language = 1, 0, 0
    windows.platformID, windows.platEncID, windows.language = 3, 0, 0
    mac.cmap = dict(names)
    windows.cmap = {_PRIVATE + code: name for code, name in names.items()}
    made.tables = [mac, windows]
    return made
