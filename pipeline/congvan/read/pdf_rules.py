"""Rules of a page: the horizontal and vertical strokes that tables are drawn with.

Programs draw them as lines, as thin filled rectangles, as outlines of cells, one by one or many in one path.
"""

from __future__ import annotations

import ctypes
from collections.abc import Iterator
from itertools import pairwise
from typing import Any

from congvan.read.pdf_chars import THIN, Frame, Rules

_MOST_PATHS = 20_000  # of one page; a map or a chart has more, and no table that could be read
_MOST_SEGMENTS = 2_000  # of one path


def rules_of(page: Any) -> Rules:
    """The rules of an open pypdfium2 page."""
    import pypdfium2.raw as raw_module

    raw: Any = raw_module
    frame = Frame(page.get_rotation(), page.get_cropbox())
    rules = Rules()
    handle = page.raw
    count = raw.FPDFPage_CountObjects(handle)
    paths = 0
    for i in range(count):
        drawn = raw.FPDFPage_GetObject(handle, i)
        if raw.FPDFPageObj_GetType(drawn) != raw.FPDF_PAGEOBJ_PATH:
            continue
        paths += 1
        if paths > _MOST_PATHS:
            break
        for x0, y0, x1, y1 in _boxes(raw, drawn):
            ax, ay = frame.point(x0, y0)
            bx, by = frame.point(x1, y1)
            rules.add(min(ax, bx), min(ay, by), max(ax, bx), max(ay, by))
    return rules


def _boxes(raw: Any, drawn: Any) -> Iterator[tuple[float, float, float, float]]:
    """Boxes of the strokes of one path, in user space."""
    edges = [ctypes.c_float() for _ in range(4)]
    if not raw.FPDFPageObj_GetBounds(drawn, *(ctypes.byref(e) for e in edges)):
        return
    x0, y0, x1, y1 = (e.value for e in edges)
    if min(x1 - x0, y1 - y0) <= THIN:
        yield x0, y0, x1, y1
        return
    count = raw.FPDFPath_CountSegments(drawn)
    if not 2 <= count <= _MOST_SEGMENTS:
        return
    fill, stroke = ctypes.c_int(), ctypes.c_int()
    raw.FPDFPath_GetDrawMode(drawn, ctypes.byref(fill), ctypes.byref(stroke))
    for points in _subpaths(raw, drawn, count):
        xs, ys = [x for x, _ in points], [y for _, y in points]
        box = min(xs), min(ys), max(xs), max(ys)
        if min(box[2] - box[0], box[3] - box[1]) <= THIN:
            yield box
        elif stroke.value:
            for (ax, ay), (bx, by) in pairwise(points):
                if min(abs(ax - bx), abs(ay - by)) <= THIN / 2:
                    yield min(ax, bx), min(ay, by), max(ax, bx), max(ay, by)


def _subpaths(raw: Any, drawn: Any, count: int) -> Iterator[list[tuple[float, float]]]:
    """The points of each part of a path, in user space; a part with a curve is left out."""
    matrix = raw.FS_MATRIX()
    raw.FPDFPageObj_GetMatrix(drawn, ctypes.byref(matrix))
    a, b, c, d, e, f = (getattr(matrix, name) for name in "abcdef")
    points: list[tuple[float, float]] = []
    straight = True
    x, y = ctypes.c_float(), ctypes.c_float()
    for i in range(count):
        segment = raw.FPDFPath_GetPathSegment(drawn, i)
        kind = raw.FPDFPathSegment_GetType(segment)
        if kind == raw.FPDF_SEGMENT_MOVETO:
            if len(points) > 1 and straight:
                yield points
            points, straight = [], True
        elif kind == raw.FPDF_SEGMENT_BEZIERTO:
            straight = False
        raw.FPDFPathSegment_GetPoint(segment, ctypes.byref(x), ctypes.byref(y))
        points.append((a * x.value + c * y.value + e, b * x.value + d * y.value + f))
        if raw.FPDFPathSegment_GetClose(segment) and points[0] != points[-1]:
            points.append(points[0])
    if len(points) > 1 and straight:
        yield points
