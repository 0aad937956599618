"""Outlines of font programs of every kind, and the hash by which a glyph is known again in another file.

The hash does not depend on where a producer puts the glyph (moved sideways), on the units of the em, on the order of the
contours and on where each begins; it keeps every point. So equal hashes mean the same drawing.
"""

from __future__ import annotations

import hashlib
import io
import logging
import math
import struct
from typing import Any, Protocol

from congvan.read.glyf import BadGlyph, Contours, Glyf, tables_of

logging.getLogger("fontTools").addHandler(logging.NullHandler())  # a library must not print on standard error

_EM = 2048  # outlines are compared in units of 1/2048 em
_UNICODE = ((3, 10), (3, 1), (0, 6), (0, 4), (0, 3), (0, 2), (0, 1), (0, 0))  # cmaps that give Unicode, best first
_MAX_CFF_POINTS = 5000


class Program(Protocol):
    """A font program: its glyphs by number."""

    @property
    def em(self) -> float:
        """Units in an em."""
        ...

    @property
    def count(self) -> int:
        """Number of glyphs."""
        ...

    def contours(self, glyph: int) -> Contours:
        """Contours of a glyph in units of the font; none for a space. Raises BadGlyph."""
        ...

    def is_empty(self, glyph: int) -> bool:
        """True for a glyph without outline."""
        ...

    def advance(self, glyph: int) -> float | None:
        """Advance width in 1/1000 em."""
        ...


class Cmaps:
    """The tables of an OpenType file that lead from characters to glyphs.

    Attributes:
        tables: (platform, encoding) -> character code -> glyph.
    """

    def __init__(self, tables: dict[str, bytes]) -> None:
        self.tables: dict[tuple[int, int], dict[int, int]] = {}
        data = tables.get("cmap", b"")
        if len(data) < 4:
            return
        from fontTools.ttLib.tables import _c_m_a_p as module  # type: ignore[import-untyped,unused-ignore]

        for n in range(min(int.from_bytes(data[2:4]), 64)):
            try:
                platform, encoding, start = struct.unpack_from(">HHL", data, 4 + 8 * n)
                found = self._subtable(module, data, platform, encoding, start)
            except Exception:  # fontTools raises all kinds of exceptions on malformed tables
                continue
            if found:
                self.tables[platform, encoding] = found

    @staticmethod
    def _subtable(module: Any, data: bytes, platform: int, encoding: int, start: int) -> dict[int, int]:
        kind = int.from_bytes(data[start : start + 2])
        if kind not in (0, 2, 4, 6, 10, 12, 13):
            return {}
        size = int.from_bytes(data[start + 4 : start + 8]) if kind >= 8 else int.from_bytes(data[start + 2 : start + 4])
        if size > len(data) - start or not size:
            size = len(data) - start
        table = module.CmapSubtable.newSubtable(kind)
        table.platformID, table.platEncID = platform, encoding
        table.decompile(data[start : start + size], _Numbers())
        return {int(code): int(glyph) for code, glyph in table.cmap.items()}

    @property
    def unicode(self) -> dict[int, int] | None:
        """Unicode -> glyph, None where the font has no such table."""
        return next((self.tables[key] for key in _UNICODE if self.tables.get(key)), None)


class _Numbers:
    """Stands for a font whose glyphs have their numbers for names: names are never needed, and subsets have none."""

    lazy = False

    def getGlyphName(self, glyph: int) -> int:  # noqa: N802  # fontTools' own name
        return glyph

    def getGlyphNameMany(self, glyphs: list[int]) -> list[int]:  # noqa: N802
        return list(glyphs)

    def getGlyphOrder(self) -> range:  # noqa: N802
        return range(0x10000)


class Drawn:
    """A program of cubic outlines: CFF or Type 1, by fontTools.

    Attributes:
        names: glyph names in the order of the program. encoding: the program's own code -> glyph name.
        cids: character identifier -> glyph, None for a font that is not keyed by them.
    """

    def __init__(self, glyphs: Any, names: list[str], em: float) -> None:
        self.em, self.names, self.count = em, names, len(names)
        self._glyphs = glyphs
        self.encoding: dict[int, str] = {}
        self.cids: dict[int, int] | None = None
        self._drawn: dict[int, tuple[Contours, float | None]] = {}

    def contours(self, glyph: int) -> Contours:
        """Contours of a glyph in units of the font."""
        return self._draw(glyph)[0]

    def is_empty(self, glyph: int) -> bool:
        """True for a glyph without outline."""
        try:
            return not self._draw(glyph)[0]
        except BadGlyph:
            return True

    def advance(self, glyph: int) -> float | None:
        """Advance width in 1/1000 em."""
        try:
            width = self._draw(glyph)[1]
        except BadGlyph:
            return None
        return None if width is None else 1000.0 * width / self.em

    def _draw(self, glyph: int) -> tuple[Contours, float | None]:
        if glyph not in self._drawn:
            if not 0 <= glyph < self.count:
                raise BadGlyph(f"no glyph {glyph}")
            from fontTools.pens.recordingPen import DecomposingRecordingPen  # type: ignore[import-untyped,unused-ignore]

            pen = DecomposingRecordingPen(self._glyphs)
            try:
                outline = self._glyphs[self.names[glyph]]
                outline.draw(pen)
                width = getattr(outline, "width", None)
            except Exception as err:  # fontTools raises all kinds of exceptions on malformed programs
                raise BadGlyph(f"glyph {glyph} cannot be drawn") from err
            self._drawn[glyph] = _recorded(pen.value), None if width is None else float(width)
        return self._drawn[glyph]


def _recorded(calls: list[tuple[str, tuple[Any, ...]]]) -> Contours:
    """What a pen was told, as contours."""
    out: Contours = []
    total = 0
    for call, given in calls:
        points = [(round(float(x), 2), round(float(y), 2)) for x, y in given]  # sums of fractions do not close exactly
        total += len(points)
        if total > _MAX_CFF_POINTS:
            raise BadGlyph("too many points")
        if call == "moveTo":
            out.append([(*points[0], 1)])
        elif call == "lineTo" and out:
            out[-1].append((*points[0], 1))
        elif call == "curveTo" and out:
            out[-1] += [(*p, 2) for p in points[:-1]]
            out[-1].append((*points[-1], 1))
        elif call == "qCurveTo" and out:
            out[-1] += [(*p, 0) for p in points[:-1]]
            out[-1].append((*points[-1], 1))
    for contour in out:
        if len(contour) > 1 and contour[0] == contour[-1]:
            contour.pop()
    return [contour for contour in out if len(contour) > 1]


def open_program(data: bytes) -> tuple[Program, Cmaps]:
    """A font program of any kind, and its cmaps (none for bare CFF and Type 1).

    Raises:
        BadGlyph: it is none, or so damaged that nothing can be read.
    """
    if data[:4] in (b"\0\1\0\0", b"true", b"ttcf", b"OTTO"):
        tables = tables_of(data)
        cmaps = Cmaps(tables)
        if "CFF " in tables:
            return _cff(tables["CFF "]), cmaps
        return Glyf(tables), cmaps
    no_cmaps = Cmaps({})
    if data[:1] == b"\1" and len(data) > 4 and data[1] in (0, 1):
        return _cff(data), no_cmaps
    if data[:2] in (b"%!", b"\x80\x01"):
        return _type1(data), no_cmaps
    raise BadGlyph("no font program")


def characters_of(program: Program, cmaps: Cmaps) -> dict[int, int]:
    """Unicode -> glyph of a font file: by its cmap, or where it has none by the names of its glyphs."""
    if cmaps.unicode:
        return cmaps.unicode
    if not isinstance(program, Drawn):
        return {}
    from fontTools import agl  # type: ignore[import-untyped,unused-ignore]

    texts = ((n, agl.toUnicode(name)) for n, name in enumerate(program.names))
    return {ord(text): n for n, text in texts if len(text) == 1}


def _cff(data: bytes) -> Drawn:
    from fontTools.cffLib import CFFFontSet  # type: ignore[import-untyped,unused-ignore]

    try:
        fonts = CFFFontSet()
        fonts.decompile(io.BytesIO(data), None, isCFF2=False)
        top = fonts[0]
        strings, names = top.CharStrings, list(top.charset)
        matrix = getattr(top, "FontMatrix", None) or [0.001]
        program = Drawn(strings, names, 1 / matrix[0] if matrix[0] else 1000.0)
        if hasattr(top, "ROS"):
            program.cids = {
                int(name[3:]): n for n, name in enumerate(names) if name[:3] == "cid" and name[3:].isdigit()
            }
        elif isinstance(encoding := getattr(top, "Encoding", None), list):
            program.encoding = {code: name for code, name in enumerate(encoding) if name != ".notdef"}
    except Exception as err:
        raise BadGlyph("no CFF") from err
    return program


def _type1(data: bytes) -> Drawn:
    from fontTools.t1Lib import T1Font  # type: ignore[import-untyped,unused-ignore]

    try:
        font = T1Font.__new__(T1Font)
        font.data, font.encoding = _type1_parts(data), "ascii"
        font.parse()
        matrix = list(font.font.get("FontMatrix", [0.001]))
        strings = font.getGlyphSet()
        program = Drawn(strings, sorted(strings.keys()), 1 / matrix[0] if matrix[0] else 1000.0)
        encoding = font.font.get("Encoding")
        if isinstance(encoding, list):
            program.encoding = {code: str(name) for code, name in enumerate(encoding) if name != ".notdef"}
    except Exception as err:
        raise BadGlyph("no Type 1 program") from err
    return program


def _type1_parts(data: bytes) -> bytes:
    """A Type 1 program of a PDF (clear, encrypted, zeros) or of a PFB file, decrypted."""
    from fontTools.t1Lib import decryptType1, findEncryptedChunks, isHex  # type: ignore[import-untyped,unused-ignore]

    if data[:1] == b"\x80":
        clear, at = b"", 0
        while data[at : at + 1] == b"\x80" and data[at + 1] in (1, 2):
            size = int.from_bytes(data[at + 2 : at + 6], "little")
            clear += data[at + 6 : at + 6 + size]
            at += 6 + size
        data = clear
    out: list[bytes] = []
    for encrypted, chunk in findEncryptedChunks(data) if b"cleartomark" in data else _parted(data):
        if encrypted:
            out.append(decryptType1(bytes.fromhex(chunk.decode("ascii")) if isHex(chunk[:4]) else chunk))
            if not out[-1].endswith(b"\n"):
                out.append(b"\n")
        else:
            out.append(chunk)
    return b"".join(out)


def _parted(data: bytes) -> list[tuple[bool, bytes]]:
    """A program without the zeros at its end: what stands before ``eexec``, and behind it."""
    at = data.index(b"eexec") + 5
    return [(False, data[:at]), (True, data[at:].lstrip(b" \t\r\n"))]


_met: dict[bytes, int] = {}  # bytes of a TrueType glyph -> hash of its outline
_MOST_MET = 50_000


def glyph_hash(program: Program, glyph: int) -> int | None:
    """:func:`outline_hash` of a glyph, None for one that draws nothing; glyphs that were met before cost little.

    Raises:
        BadGlyph: the glyph cannot be read.
    """
    if not isinstance(program, Glyf):
        contours = program.contours(glyph)
        return outline_hash(contours, program.em) if contours else None
    if program.is_empty(glyph):
        return None
    key = hashlib.blake2b(program.key(glyph), digest_size=16, salt=program.em.to_bytes(2)).digest()
    if key not in _met:
        if len(_met) > _MOST_MET:
            _met.clear()
        contours = program.contours(glyph)
        if not contours:
            return None
        _met[key] = outline_hash(contours, program.em)
    return _met[key]


def outline_hash(contours: Contours, em: float) -> int:
    """64 bits of a hash of an outline.

    Raises:
        BadGlyph: it has no points, or points that are no numbers.
    """
    scale = _EM / em
    drawn = [contour for contour in contours if contour]
    if not drawn or not all(math.isfinite(v) for contour in drawn for x, y, _ in contour for v in (x, y)):
        raise BadGlyph("no outline")
    left = min(x for contour in drawn for x, _, _ in contour)
    rings: list[bytes] = []
    for contour in drawn:
        points = [(round((x - left) * scale), round(y * scale), kind) for x, y, kind in contour]
        first = points.index(min(points))
        flat = [v for p in points[first:] + points[:first] for v in p]
        rings.append(struct.pack(f">{len(flat)}i", *(max(min(v, 0x7FFFFFFF), -0x80000000) for v in flat)))
    rings.sort()
    digest = hashlib.blake2b(b"|".join(rings), digest_size=8).digest()
    return int.from_bytes(digest)
