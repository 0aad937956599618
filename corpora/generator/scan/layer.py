"""The invisible text that OCR software lays over a picture: word by word, stretched to its box, in a font without
glyphs."""

from __future__ import annotations

import io
from collections.abc import Sequence
from functools import lru_cache
from typing import Any

import numpy as np
from fontTools import fontBuilder, ttLib  # type: ignore[import-untyped,unused-ignore]
from pikepdf import Array, Dictionary, Name, Pdf, Stream, String

from corpora.generator.scan.degrade import Matrix
from corpora.generator.scan.places import Word

ADVANCE = 500  # of the one glyph, in 1/1000 em; words are stretched to their boxes anyway


@lru_cache(maxsize=1)
def _font_program() -> bytes:
    """A TrueType font of one empty glyph. Its dates are fixed: the same bytes each time."""
    builder = fontBuilder.FontBuilder(1000, isTTF=True)
    builder.setupGlyphOrder([".notdef", "blank"])
    empty = ttLib.getTableModule("glyf").Glyph
    builder.setupGlyf({".notdef": empty(), "blank": empty()})
    builder.setupHorizontalMetrics({".notdef": (ADVANCE, 0), "blank": (ADVANCE, 0)})
    builder.setupHorizontalHeader(ascent=1000, descent=0)
    builder.setupMaxp()
    builder.setupPost(keepGlyphNames=False)
    builder.updateHead(created=0, modified=0)
    builder.font.recalcTimestamp = False
    out = io.BytesIO()
    builder.font.save(out)
    return out.getvalue()


def layer_font(pdf: Pdf) -> Any:
    """The font object, made once for a file: codes are UTF-16, every one draws the empty glyph."""
    name = Name("/GlyphLessFont")
    program = Stream(pdf, _font_program())
    program.Length1 = len(_font_program())
    to_unicode = (
        b"/CIDInit /ProcSet findresource begin\n12 dict begin\nbegincmap\n/CMapName /Adobe-Identity-UCS def\n"
        b"/CMapType 2 def\n1 begincodespacerange\n<0000> <FFFF>\nendcodespacerange\n"
        b"1 beginbfrange\n<0000> <FFFF> <0000>\nendbfrange\nendcmap\nend\nend\n"
    )
    descriptor = Dictionary(
        Type=Name.FontDescriptor, FontName=name, Flags=5, ItalicAngle=0, Ascent=1000, Descent=-1, CapHeight=1000,
        StemV=80,
        FontBBox=Array([0, 0, ADVANCE, 1000]), FontFile2=pdf.make_indirect(program),
    )  # fmt: skip
    descendant = Dictionary(
        Type=Name.Font, Subtype=Name.CIDFontType2, BaseFont=name, DW=ADVANCE,
        CIDToGIDMap=pdf.make_indirect(Stream(pdf, b"\0\1" * 0x10000)),
        CIDSystemInfo=Dictionary(Registry=String("Adobe"), Ordering=String("Identity"), Supplement=0),
        FontDescriptor=pdf.make_indirect(descriptor),
    )  # fmt: skip
    return pdf.make_indirect(
        Dictionary(
            Type=Name.Font, Subtype=Name.Type0, BaseFont=name, Encoding=Name("/Identity-H"),
            DescendantFonts=Array([pdf.make_indirect(descendant)]),
            ToUnicode=pdf.make_indirect(Stream(pdf, to_unicode)),
        )
    )  # fmt: skip


def on_scan(dpi: int, clean_rows: int, matrix: Matrix, sheet_rows: int) -> Matrix:
    """From points of the clean page to points of the scanned one (2 x 3): the words lie where the picture shows
    them."""
    scale = dpi / 72
    to_pixels = np.array([[scale, 0, 0], [0, -scale, clean_rows], [0, 0, 1]])
    to_points = np.array([[1 / scale, 0, 0], [0, -1 / scale, sheet_rows / scale]])
    moved: Matrix = to_points @ np.vstack((matrix, [0, 0, 1])) @ to_pixels
    return moved


def layer_stream(words: Sequence[Word], place: Matrix) -> str:
    """The drawing of the words in render mode 3. Each word ends in a space of its own, as OCR software writes it."""
    cos, sin = place[0, 0], place[1, 0]
    rows = ["BT 3 Tr"]
    for word in words:
        size = 0.9 * word.height
        stretch = 100 * (word.right - word.left) / (size * ADVANCE / 1000 * len(word.text))
        x, y = place[:, :2] @ (word.left, word.bottom + 0.1 * word.height) + place[:, 2]
        codes = f"{word.text} ".encode("utf-16-be").hex()
        turned = f"{cos:.5f} {sin:.5f} {-sin:.5f} {cos:.5f} {x:.2f} {y:.2f} Tm"
        rows.append(f"/ocr {size:.2f} Tf {turned} {stretch:.2f} Tz <{codes}> Tj")
    return "\n".join((*rows, "ET"))
