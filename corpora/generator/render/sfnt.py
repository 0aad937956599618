"""Cuts a font down to the glyphs that a document uses; the glyphs keep their ids.

A PDF of Word has the ids of the full font as its codes, so the subset may not number anew. fontTools can do that too, but
takes some tenths of a second for each font; copying the bytes of the used glyphs takes a few milliseconds.
"""

from __future__ import annotations

import struct
import sys
from array import array
from collections.abc import Iterable

from corpora.generator.render.fonts import Outlines

# flags of a component of a composite glyph
_WORDS, _SCALE, _MORE, _TWO_SCALES, _MATRIX = 0x0001, 0x0008, 0x0020, 0x0040, 0x0080


def subset(font: Outlines, glyphs: Iterable[int]) -> bytes:
    """A TrueType file with these glyphs, their components and ``.notdef``; no ``cmap``, as in a PDF of Word."""
    used = _closure(font, glyphs)
    glyf = font.tables["glyf"]
    count = len(font.loca) - 1
    offsets = array("L", bytes(array("L").itemsize * (count + 1)))
    kept: list[bytes] = []
    at = 0
    previous = 0
    for glyph in sorted(used):
        for n in range(previous, glyph + 1):
            offsets[n] = at
        outline = glyf[font.loca[glyph] : font.loca[glyph + 1]]
        outline += bytes(-len(outline) % 4)
        kept.append(outline)
        at += len(outline)
        previous = glyph + 1
    for n in range(previous, count + 1):
        offsets[n] = at
    tables = dict(font.tables)
    tables["glyf"] = b"".join(kept)
    tables["loca"] = struct.pack(f">{count + 1}L", *offsets)
    tables["hmtx"] = _metrics(font, used)
    head = bytearray(tables["head"])
    head[8:12] = bytes(4)  # the check sum of the file, below
    head[50:52] = b"\0\1"  # long offsets
    tables["head"] = bytes(head)
    return _file(tables)


def _closure(font: Outlines, glyphs: Iterable[int]) -> set[int]:
    glyf = font.tables["glyf"]
    used: set[int] = set()
    waiting = [0, *glyphs]
    while waiting:
        glyph = waiting.pop()
        if glyph in used:
            continue
        used.add(glyph)
        start, end = font.loca[glyph], font.loca[glyph + 1]
        if end - start > 10 and glyf[start] & 0x80:  # a negative number of contours: made of others
            waiting.extend(_components(glyf, start + 10))
    return used


def _components(glyf: bytes, at: int) -> list[int]:
    found: list[int] = []
    flags = _MORE
    while flags & _MORE:
        flags, glyph = struct.unpack_from(">HH", glyf, at)
        found.append(glyph)
        at += 8 if flags & _WORDS else 6
        at += 8 if flags & _MATRIX else 4 if flags & _TWO_SCALES else 2 if flags & _SCALE else 0
    return found


def _metrics(font: Outlines, used: set[int]) -> bytes:
    """``hmtx`` with zeros where a glyph is gone: the zeros compress well."""
    full = font.tables["hmtx"]
    out = bytearray(len(full))
    pairs = 4 * font.metrics
    for glyph in used:
        place = slice(4 * glyph, 4 * glyph + 4)
        if glyph >= font.metrics:
            place = slice(pairs + 2 * (glyph - font.metrics), pairs + 2 * (glyph - font.metrics) + 2)
        out[place] = full[place]
    out[pairs - 4 : pairs] = full[pairs - 4 : pairs]  # the last pair gives its advance to all that follow
    return bytes(out)


def _sum(data: bytes) -> int:
    words = array("I", data + bytes(-len(data) % 4))
    if sys.byteorder == "little":
        words.byteswap()
    return sum(words) & 0xFFFFFFFF


def _file(tables: dict[str, bytes]) -> bytes:
    tags = sorted(tables)
    power = len(tags).bit_length() - 1
    header = struct.pack(">LHHHH", 0x00010000, len(tags), 16 << power, power, 16 * len(tags) - (16 << power))
    directory: list[bytes] = []
    body: list[bytes] = []
    at = len(header) + 16 * len(tags)
    for tag in tags:
        data = tables[tag]
        directory.append(struct.pack(">4sLLL", tag.encode(), _sum(data), at, len(data)))
        padded = data + bytes(-len(data) % 4)
        body.append(padded)
        at += len(padded)
    made = bytearray(b"".join([header, *directory, *body]))
    head = sum(len(part) for part in [header, *directory, *body[: tags.index("head")]])
    struct.pack_into(">L", made, head + 8, (0xB1B0AFBA - _sum(bytes(made))) & 0xFFFFFFFF)
    return bytes(made)
