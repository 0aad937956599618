"""Type 3 fonts whose glyphs are drawn by paths: their outlines, as if they were in a font program.

Browsers write fonts of cubic outlines so. A glyph that is a picture has no outline here.
"""

from __future__ import annotations

from typing import Any

from pikepdf import Dictionary, Stream, parse_content_stream

from congvan.read.glyf import BadGlyph, Contours, Point

_EM = 1000.0
_MOST = 5_000  # operators of one glyph
_PICTURES = frozenset({"Do", "BI", "INLINE IMAGE", "Tj", "TJ", "sh"})


class Type3:
    """The glyphs of a Type 3 font, in 1/1000 em.

    Attributes:
        em: units in an em. names: glyph names. count: number of glyphs.
    """

    def __init__(self, spec: Any) -> None:
        self.em = _EM
        drawn = spec.get("/CharProcs")
        self._drawn: dict[str, Any] = {}
        if isinstance(drawn, Dictionary):
            self._drawn = {name[1:]: stream for name, stream in drawn.items() if isinstance(stream, Stream)}
        self.names = list(self._drawn)
        self.count = len(self.names)
        self.matrix = _matrix(spec.get("/FontMatrix"))
        self._contours: dict[int, Contours | None] = {}

    def contours(self, glyph: int) -> Contours:
        """Contours of a glyph; none for a space."""
        if glyph not in self._contours:
            try:
                self._contours[glyph] = self._read(self._drawn[self.names[glyph]])
            except BadGlyph:
                self._contours[glyph] = None
            except Exception as err:  # qpdf raises all kinds of exceptions on malformed streams
                self._contours[glyph] = None
                raise BadGlyph(f"glyph {glyph} cannot be read") from err
        found = self._contours[glyph]
        if found is None:
            raise BadGlyph(f"glyph {glyph} is no outline")
        return found

    def is_empty(self, glyph: int) -> bool:
        """True for a glyph that draws nothing."""
        try:
            return not self.contours(glyph)
        except BadGlyph:
            return False

    def advance(self, glyph: int) -> float | None:
        """Advance widths stand in the font dictionary."""
        return None

    def _read(self, stream: Any) -> Contours:
        matrix = self.matrix
        kept: list[tuple[float, ...]] = []
        out: Contours = []
        for n, instruction in enumerate(parse_content_stream(stream)):
            operator = str(instruction.operator)
            if n > _MOST or operator in _PICTURES:
                raise BadGlyph("drawn by pictures")
            values = [float(v) for v in instruction.operands] if operator in _PATH else []
            if operator == "q":
                kept.append(matrix)
            elif operator == "Q" and kept:
                matrix = kept.pop()
            elif operator == "cm" and len(values) == 6:
                matrix = _times(values, matrix)
            elif values and operator != "cm":
                _extend(out, operator, values, matrix)
        for contour in out:
            if len(contour) > 1 and contour[0] == contour[-1]:
                contour.pop()
        return [contour for contour in out if len(contour) > 1]


_PATH = frozenset({"m", "l", "c", "v", "y", "re", "cm"})


def _extend(out: Contours, operator: str, values: list[float], matrix: tuple[float, ...]) -> None:
    """Add what a path operator draws."""

    def at(i: int, kind: int = 1) -> Point:
        return _moved(values[i], values[i + 1], kind, matrix)

    if operator == "m":
        out.append([at(0)])
    elif operator == "re":
        x, y, width, height = values
        corners = ((x, y), (x + width, y), (x + width, y + height), (x, y + height))
        out.append([_moved(a, b, 1, matrix) for a, b in corners])
    elif out and operator == "l":
        out[-1].append(at(0))
    elif out and operator == "c":
        out[-1] += [at(0, 2), at(2, 2), at(4)]
    elif out and operator == "v":
        x, y, _ = out[-1][-1]
        out[-1] += [(x, y, 2), at(0, 2), at(2)]
    elif out and operator == "y":
        out[-1] += [at(0, 2), at(2, 2), at(2)]


def _moved(x: float, y: float, kind: int, matrix: tuple[float, ...]) -> Point:
    a, b, c, d, e, f = matrix
    return (a * x + c * y + e, b * x + d * y + f, kind)


def _matrix(listed: Any) -> tuple[float, ...]:
    """The font matrix, from glyph space to 1/1000 em."""
    try:
        values = [_EM * float(v) for v in listed]
    except (TypeError, ValueError):
        values = []
    return tuple(values) if len(values) == 6 and values[0] else (1.0, 0.0, 0.0, 1.0, 0.0, 0.0)


def _times(first: list[float], second: tuple[float, ...]) -> tuple[float, ...]:
    a, b, c, d, e, f = first
    g, h, i, j, k, m = second
    return (a * g + b * i, a * h + b * j, c * g + d * i, c * h + d * j, e * g + f * i + k, e * h + f * j + m)
