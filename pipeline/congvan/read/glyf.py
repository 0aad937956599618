"""Outlines of TrueType glyphs, read straight from the tables: quick, and content with what subsets leave of a font."""

from __future__ import annotations

import struct
from collections.abc import Mapping
from typing import TypeAlias

# (x, y, kind): kind 1 is a point on the curve, 0 a quadratic control point, 2 a cubic one
Point: TypeAlias = tuple[float, float, int]
Contours: TypeAlias = list[list[Point]]

_MAX_DEPTH = 6  # composites of composites
_MAX_POINTS = 5000  # of one glyph; real ones have some hundred
# flags of a component of a composite glyph
_WORDS, _OFFSETS, _SCALE, _MORE, _TWO_SCALES, _MATRIX = 0x0001, 0x0002, 0x0008, 0x0020, 0x0040, 0x0080


class BadGlyph(ValueError):
    """The bytes of a glyph, or of a table that leads to it, break the format."""


def tables_of(data: bytes) -> dict[str, bytes]:
    """The tables of a TrueType or OpenType file by tag; of a collection those of its first font.

    Raises:
        BadGlyph: no such file.
    """
    at = 0
    if data[:4] == b"ttcf" and len(data) > 16:
        at = int.from_bytes(data[12:16])
    if len(data) < at + 12:
        raise BadGlyph("no font")
    found: dict[str, bytes] = {}
    for n in range(int.from_bytes(data[at + 4 : at + 6])):
        entry = data[at + 12 + 16 * n : at + 28 + 16 * n]
        if len(entry) < 16:
            break
        start, size = struct.unpack(">LL", entry[8:])
        found[entry[:4].decode("latin-1")] = data[start : start + size]
    return found


class Glyf:
    """The glyphs of a TrueType font.

    Attributes:
        em: units in an em. count: number of glyphs.
    """

    def __init__(self, tables: Mapping[str, bytes]) -> None:
        try:
            head, maxp = tables["head"], tables["maxp"]
            self.em: int = struct.unpack_from(">H", head, 18)[0] or 1000
            long = struct.unpack_from(">h", head, 50)[0] != 0
            declared: int = struct.unpack_from(">H", maxp, 4)[0]
            self._glyf, loca = tables["glyf"], tables["loca"]
        except (KeyError, struct.error) as err:
            raise BadGlyph("a table is missing or short") from err
        entries = len(loca) // (4 if long else 2)
        places = struct.unpack(f">{entries}{'L' if long else 'H'}", loca[: entries * (4 if long else 2)])
        self._loca: tuple[int, ...] = places if long else tuple(2 * p for p in places)
        self.count = max(min(declared, entries - 1), 0)
        metrics = tables.get("hmtx", b"")
        pairs = int.from_bytes(tables.get("hhea", b"")[34:36])
        self._advances: tuple[int, ...] = struct.unpack(f">{min(pairs, len(metrics) // 4) * 2}H", metrics[: min(pairs, len(metrics) // 4) * 4])[::2]  # fmt: skip

    def advance(self, glyph: int) -> float | None:
        """Advance width in 1/1000 em, None where the font does not say."""
        if not self._advances:
            return None
        return 1000.0 * self._advances[min(glyph, len(self._advances) - 1)] / self.em

    def is_empty(self, glyph: int) -> bool:
        """True for a glyph without outline: a space, or one that the subset left out."""
        return not 0 <= glyph < self.count or self._loca[glyph + 1] - self._loca[glyph] < 10

    def key(self, glyph: int) -> bytes:
        """The bytes that a glyph is drawn from, those of its parts included: equal bytes, equal drawing.

        Raises:
            BadGlyph: the bytes make no sense.
        """
        try:
            return self._key(glyph, 0)
        except (struct.error, IndexError) as err:
            raise BadGlyph(f"glyph {glyph} is cut off") from err

    def _key(self, glyph: int, depth: int) -> bytes:
        if self.is_empty(glyph) or depth >= _MAX_DEPTH:
            return b""
        data = self._glyf[self._loca[glyph] : self._loca[glyph + 1]]
        if data[0] & 0x80 == 0:
            return data
        kept, at, flags = [data], 10, _MORE
        while flags & _MORE:
            flags, part = struct.unpack_from(">HH", data, at)
            at += 8 if flags & _WORDS else 6
            at += 2 if flags & _SCALE else 4 if flags & _TWO_SCALES else 8 if flags & _MATRIX else 0
            kept.append(self._key(part, depth + 1))
            if len(kept) > _MAX_POINTS:
                raise BadGlyph("too many parts")
        return b"".join(kept)

    def contours(self, glyph: int) -> Contours:
        """The contours of a glyph in units of the font; none for a space.

        Raises:
            BadGlyph: the bytes make no sense.
        """
        try:
            return self._contours(glyph, 0)
        except (struct.error, IndexError) as err:
            raise BadGlyph(f"glyph {glyph} is cut off") from err

    def _contours(self, glyph: int, depth: int) -> Contours:
        if self.is_empty(glyph):
            return []
        data = self._glyf[self._loca[glyph] : self._loca[glyph + 1]]
        count = struct.unpack_from(">h", data, 0)[0]
        if count >= 0:
            return _simple(data, count)
        if depth >= _MAX_DEPTH:
            raise BadGlyph(f"glyph {glyph} is nested too deeply")
        return self._composite(data, depth)

    def _composite(self, data: bytes, depth: int) -> Contours:
        out: Contours = []
        at, flags, points = 10, _MORE, 0
        while flags & _MORE:
            flags, part = struct.unpack_from(">HH", data, at)
            at += 4
            if flags & _WORDS:
                dx, dy = struct.unpack_from(">hh", data, at)
                at += 4
            else:
                dx, dy = struct.unpack_from(">bb", data, at)
                at += 2
            a, b, c, d = 1.0, 0.0, 0.0, 1.0
            if flags & _SCALE:
                a = d = struct.unpack_from(">h", data, at)[0] / 16384
                at += 2
            elif flags & _TWO_SCALES:
                a, d = (v / 16384 for v in struct.unpack_from(">hh", data, at))
                at += 4
            elif flags & _MATRIX:
                a, b, c, d = (v / 16384 for v in struct.unpack_from(">4h", data, at))
                at += 8
            inner = self._contours(part, depth + 1)
            points += sum(map(len, inner))
            if points > _MAX_POINTS:
                raise BadGlyph("too many points")
            if not flags & _OFFSETS:  # placed by matching two points
                old = [p for contour in out for p in contour]
                new = [p for contour in inner for p in contour]
                first, second = dx & 0xFFFF, dy & 0xFFFF
                x, y, _ = new[second]
                dx, dy = old[first][0] - (a * x + c * y), old[first][1] - (b * x + d * y)
            for contour in inner:
                out.append([(a * x + c * y + dx, b * x + d * y + dy, kind) for x, y, kind in contour])
        return out


def _simple(data: bytes, count: int) -> Contours:
    """Decode a glyph that is made of contours (OpenType specification, "glyf")."""
    if not count:
        return []
    ends = struct.unpack_from(f">{count}H", data, 10)
    total = ends[-1] + 1
    if total > _MAX_POINTS:
        raise BadGlyph("too many points")
    at = 10 + 2 * count
    at += 2 + int.from_bytes(data[at : at + 2])
    flags: list[int] = []
    while len(flags) < total:
        flag = data[at]
        at += 1
        if flag & 8:
            flags += [flag] * (data[at] + 1)
            at += 1
        else:
            flags.append(flag)
    columns: list[list[int]] = []
    for short, same in ((2, 16), (4, 32)):
        value, column = 0, []
        for flag in flags[:total]:
            if flag & short:
                value += data[at] if flag & same else -data[at]
                at += 1
            elif not flag & same:
                value += struct.unpack_from(">h", data, at)[0]
                at += 2
            column.append(value)
        columns.append(column)
    points = [(x, y, flag & 1) for x, y, flag in zip(*columns, flags, strict=False)]
    out: Contours = []
    start = 0
    for end in ends:
        if end + 1 > start:
            out.append(points[start : end + 1])
        start = end + 1
    return out
