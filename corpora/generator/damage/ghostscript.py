"""The ToUnicode bug of Ghostscript 9.56 to 10.00, done to a PDF by formula: only the CMaps of its fonts change.

Found by trying each form of entry on Ghostscript 10.00.0:

- A ``bfrange`` is read from the OR of all bytes of its start and counts up from there (:func:`garbled`); an element of an
  array is a range of one.
- A ``bfchar`` of one UTF-16 unit stays. A longer one is summed up with each byte shifted one byte too far, within 32 bits:
  a + hook above (0061 0309) becomes 6103 0900.
- pdfwrite writes each code back as a range of one, so the same program damages what was right when it meets the file again.
- Simple fonts are left alone here: pdfwrite takes their CMap away or makes it anew from glyph names.
"""

from __future__ import annotations

from functools import reduce
from operator import or_

from congvan.language.ghostscript import garbled
from corpora.generator.damage.tounicode import Entry, Font, as_pdfwrite, change_maps


def gs_bug(pdf: bytes) -> bytes:
    """The PDF with the ToUnicode CMaps that pdfwrite of Ghostscript 10.00.0 would give it; the pages look the same."""
    return change_maps(pdf, buggy_map)


def gs_bug_twice(pdf: bytes) -> bytes:
    """The bug on its own output: now every entry is a range of one, so letters that were spared are hit."""
    return gs_bug(gs_bug(pdf))


def one_entry_ranges(pdf: bytes) -> bytes:
    """The bug on a file whose writer makes each code a range of one (iTextSharp 5, older pdfwrite)."""
    return gs_bug(change_maps(pdf, _ranges_of_one))


def buggy_map(number: int, font: Font) -> bytes:
    """The CMap of a font as pdfwrite leaves it; ``number`` becomes part of its name, as there."""
    if not font.composite:
        return font.cmap
    return as_pdfwrite([Entry(e.code, _misread(e)) for e in font.entries], f"R{number}")


def _ranges_of_one(number: int, font: Font) -> bytes:
    return as_pdfwrite(font.entries, f"R{number}") if font.composite else font.cmap


def _misread(entry: Entry) -> bytes:
    size = len(entry.start)
    if entry.step is None:
        if size <= 2:
            return entry.start
        total = sum(byte << (8 * (size - i) % 32) for i, byte in enumerate(entry.start))
        return (total % (1 << 32)).to_bytes(4)
    units = [int.from_bytes(entry.start[i : i + 2]) for i in range(0, size, 2)]
    return ord(garbled(chr(reduce(or_, units) + entry.step), entry.step)).to_bytes(2)
