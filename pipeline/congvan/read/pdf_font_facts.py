"""What a PDF says of a font, for the codes that are drawn: ToUnicode, the program's own cmap, glyph ids, widths."""

from __future__ import annotations

import io
from collections.abc import Mapping
from typing import Any

from pdfminer.pdffont import PDFCIDFont, PDFFont
from pdfminer.pdftypes import PDFStream, resolve1
from pdfminer.psparser import PSLiteral, literal_name

from congvan.document import FontFacts
from congvan.read.surrogates import without_surrogates

_UNICODE = ((3, 10), (3, 1), (0, 6), (0, 4), (0, 3), (0, 2), (0, 1), (0, 0))  # cmaps that give Unicode, best first
_SYMBOL = 0xF000  # a symbol font's cmap holds its codes from here on


def font_name(font: PDFFont, spec: Mapping[str, Any]) -> str:
    """The font's name with its subset prefix; "" where it has none (Type 3)."""
    return _name(resolve1(spec.get("BaseFont"))) or _name(getattr(font, "fontname", ""))


def font_facts(font: PDFFont, spec: Mapping[str, Any], name: str, drawn: set[int]) -> FontFacts:
    """Facts of one font. A font program that cannot be parsed leaves its facts empty; the rest stands."""
    codes = sorted(drawn)
    descriptor = _descriptor(spec)
    program = next((f for key in ("FontFile2", "FontFile3", "FontFile") if (f := _stream(descriptor, key))), None)
    glyphs: dict[int, int] = {}
    cmap: dict[int, str] | None = None
    if program is not None:
        try:
            glyphs, cmap = _program_facts(program.get_data(), font, spec, codes)
        except ImportError:
            raise
        except Exception:  # fontTools raises all kinds of exceptions on malformed programs
            glyphs, cmap = {}, None
    return FontFacts(
        name,
        kind=_name(resolve1(spec.get("Subtype"))),
        to_unicode=_to_unicode(font, spec, codes),
        own_cmap=cmap,
        glyph_ids=glyphs,
        widths={code: 1000.0 * float(font.char_width(code)) for code in codes},
        embedded=program is not None,
    )


def _name(value: object) -> str:
    if isinstance(value, PSLiteral):
        value = literal_name(value)
    if isinstance(value, bytes):
        return value.decode("utf-8", errors="replace")
    return value if isinstance(value, str) else ""


def _descendant(spec: Mapping[str, Any]) -> Mapping[str, Any]:
    """The font that holds the program: itself, or the one below a Type 0 font."""
    below = resolve1(spec.get("DescendantFonts"))
    first = resolve1(below[0]) if isinstance(below, list) and below else None
    return first if isinstance(first, dict) else spec


def _descriptor(spec: Mapping[str, Any]) -> Mapping[str, Any]:
    found = resolve1(_descendant(spec).get("FontDescriptor"))
    return found if isinstance(found, dict) else {}


def _stream(descriptor: Mapping[str, Any], key: str) -> PDFStream | None:
    found = resolve1(descriptor.get(key))
    return found if isinstance(found, PDFStream) else None


def _to_unicode(font: PDFFont, spec: Mapping[str, Any], codes: list[int]) -> dict[int, str] | None:
    """The ToUnicode map of the drawn codes; None where the file has none."""
    unicode_map = getattr(font, "unicode_map", None)
    if "ToUnicode" not in spec or unicode_map is None:
        return None
    found: dict[int, str] = {}
    for code in codes:
        try:
            found[code], _ = without_surrogates(unicode_map.get_unichr(code))
        except KeyError:
            continue
    return found


def _program_facts(
    data: bytes, font: PDFFont, spec: Mapping[str, Any], codes: list[int]
) -> tuple[dict[int, int], dict[int, str] | None]:
    """Glyph ids of codes, and code to text by the program's own Unicode cmap (None where it has none)."""
    if not data.startswith((b"\0\1\0\0", b"true", b"OTTO", b"ttcf")):
        return {}, None  # bare CFF or Type 1: no cmap inside
    from fontTools.ttLib import TTFont  # type: ignore[import-untyped,unused-ignore]

    program = TTFont(io.BytesIO(data), lazy=True)
    # subsets leave out the name tables; glyph names are never needed, so give each glyph its number for a name
    program.setGlyphOrder([str(i) for i in range(program["maxp"].numGlyphs)])
    tables = {(t.platformID, t.platEncID): t.cmap for t in program["cmap"].tables} if "cmap" in program else {}
    unicode_table = next((tables[key] for key in _UNICODE if tables.get(key)), None)
    is_cid = isinstance(font, PDFCIDFont)
    glyphs = _glyphs_of_cids(spec, codes) if is_cid else _glyphs_of_codes(font, tables, codes)
    if unicode_table is None:
        return glyphs, None
    letters: dict[int, str] = {}
    for value, glyph in sorted(unicode_table.items(), reverse=True):
        letters[int(glyph)], _ = without_surrogates(
            chr(value)
        )  # where several letters share a glyph the lowest code point wins
    return glyphs, {code: letters[glyph] for code, glyph in glyphs.items() if glyph in letters}


def _glyphs_of_cids(spec: Mapping[str, Any], codes: list[int]) -> dict[int, int]:
    """CIDToGIDMap: identity, or a stream of two bytes for each CID."""
    found = resolve1(_descendant(spec).get("CIDToGIDMap"))
    if not isinstance(found, PDFStream):
        return {code: code for code in codes}
    data = found.get_data()
    return {code: int.from_bytes(data[2 * code : 2 * code + 2], "big") for code in codes if 2 * code + 1 < len(data)}


def _glyphs_of_codes(
    font: PDFFont, tables: Mapping[tuple[int, int], Mapping[int, str]], codes: list[int]
) -> dict[int, int]:
    """Simple TrueType (PDF 32000-1, 9.6.6.4): the symbol cmap, the Macintosh cmap, or Unicode by the encoding."""
    symbol, macintosh, unicode_table = tables.get((3, 0)), tables.get((1, 0)), tables.get((3, 1))
    encoding = getattr(font, "cid2unicode", {})
    found: dict[int, int] = {}
    for code in codes:
        glyph: str | None = None
        if symbol is not None:
            glyph = symbol.get(_SYMBOL + code) or symbol.get(code)
        if glyph is None and unicode_table is not None and len(letter := encoding.get(code, "")) == 1:
            glyph = unicode_table.get(ord(letter))
        if glyph is None and macintosh is not None:
            glyph = macintosh.get(code)
        if glyph is not None:
            found[code] = int(glyph)
    return found
