"""Pictures of glyphs, small enough to be compared: what an outline looks like, whatever font it is of."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING, Any

from congvan.read.glyf import Contours, Point

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt

    Picture = npt.NDArray[np.float32]

ROWS, COLS = 40, 32  # of a picture
LOW, HIGH = -0.30, 1.10  # em: what a picture shows, from below g to the marks over capitals
_WIDE = 1.12  # em: from left to right, the glyph in the middle
_FINE = 3  # samples for each row and column
_STEPS = 5  # straight pieces of a curve


def picture(contours: Contours, em: float) -> Picture:
    """Grey values of an outline by row, from below, blurred; all rows as one vector of length 1."""
    import numpy as np

    lines = np.array([line for contour in contours for line in _lines(contour)], dtype=np.float64) / em
    x0, y0, x1, y1 = lines.T
    middle = (min(x0.min(), x1.min()) + max(x0.max(), x1.max())) / 2
    rows, cols = ROWS * _FINE, COLS * _FINE
    heights = LOW + (np.arange(rows) + 0.5) * (HIGH - LOW) / rows
    crosses = (y0[:, None] <= heights) != (y1[:, None] <= heights)
    line, row = np.nonzero(crosses)
    at = x0[line] + (heights[row] - y0[line]) * (x1[line] - x0[line]) / (y1[line] - y0[line])
    col = np.clip(np.ceil((at - middle + _WIDE / 2) / _WIDE * cols - 0.5), 0, cols).astype(np.int64)
    winding = np.zeros((rows, cols + 1), np.int64)
    np.add.at(winding, (row, col), np.where(y1[line] > y0[line], 1, -1))
    inside = (np.cumsum(winding, axis=1)[:, :cols] != 0).astype(np.float32)
    grey = inside.reshape(ROWS, _FINE, COLS, _FINE).mean(axis=(1, 3))
    found: Picture = _unit(_blurred(grey).ravel())
    return found


def packed(contours: Contours, em: float) -> bytes:
    """A picture in a byte for each value; empty where nothing of it can be seen."""
    import numpy as np

    grey = picture(contours, em)
    if not np.isfinite(grey).all() or not grey.max() > 0:
        return b""
    return np.round(255 * grey / max(float(grey.max()), 1e-6)).astype(np.uint8).tobytes()


def _blurred(grey: Any) -> Any:
    import numpy as np

    for axis in (0, 1):
        padded = np.pad(grey, [(1, 1) if a == axis else (0, 0) for a in (0, 1)])
        grey = padded.take(range(grey.shape[axis]), axis) + 2 * grey + padded.take(range(2, grey.shape[axis] + 2), axis)
    return grey


def _unit(values: Any) -> Any:
    import numpy as np

    length = float(np.sqrt((values * values).sum()))
    return (values / length if length else values).astype(np.float32)


def _lines(contour: list[Point]) -> list[tuple[float, float, float, float]]:
    """A contour as straight lines."""
    start = next((n for n, p in enumerate(contour) if p[2] == 1), None)
    if start is None:  # only control points: the curve passes between them
        (x0, y0, _), (x1, y1, _) = contour[-1], contour[0]
        points: list[Point] = [((x0 + x1) / 2, (y0 + y1) / 2, 1), *contour]
    else:
        points = contour[start:] + contour[:start]
    out: list[tuple[float, float, float, float]] = []
    at = points[0]
    waiting: list[Point] = []
    for point in [*points[1:], points[0]]:
        if point[2] == 0 and waiting and waiting[-1][2] == 0:
            (x0, y0, _), (x1, y1, _) = waiting[-1], point
            at = _curve(out, at, waiting, ((x0 + x1) / 2, (y0 + y1) / 2, 1))
            waiting = []
        if point[2] == 1:
            at = _curve(out, at, waiting, point)
            waiting = []
        else:
            waiting.append(point)
    return out


def _curve(out: list[tuple[float, float, float, float]], start: Point, control: list[Point], end: Point) -> Point:
    """Add a line, or a curve by its control points; gives back the end."""
    points = [start, *control, end]
    if len(points) == 2:
        out.append((start[0], start[1], end[0], end[1]))
        return end
    x, y = start[0], start[1]
    for n in range(1, _STEPS + 1):
        t = n / _STEPS
        level = [(p[0], p[1]) for p in points]
        while len(level) > 1:
            level = [(a + (c - a) * t, b + (d - b) * t) for (a, b), (c, d) in pairwise(level)]
        out.append((x, y, *level[0]))
        x, y = level[0]
    return end
