"""A page cut into pictures of single lines: by white space between rows and between columns, over and over; tables by their cells.

Tesseract's own cutting loses lines where two columns do not share their base lines, as in the ending of every letter.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from congvan.read.pdf_chars import Rules
from congvan.read.pdf_grid import Grid, grids_of

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Boxes = NDArray[np.int32]  # rows of x, y, width, height, area

_DEEPEST = 16  # cuts within cuts
_COLUMNS = 1.3  # heights of letters: white space that parts two columns
_ONE_ROW = 4.0  # the same within one row, where it parts what has nothing to do with each other
_TALL = 2.3  # heights of letters: what is higher is more than one line
_LETTER = 1.0  # millimetres: what is lower is a mark or a sign
_RULE = 7.0  # millimetres: a stroke of this length is a rule


@dataclass(slots=True)
class Cut:
    """A line (or a few that touch) in pixels. ``boxes``: the letters, marks and signs in it."""

    x0: int
    y0: int
    x1: int
    y1: int
    boxes: Any
    single: bool = True


@dataclass(slots=True)
class Page:
    """A page in cuts. ``letter``: usual height of letters in pixels. ``rules``: in pixels."""

    cuts: list[Cut]
    letter: float
    rules: Rules = field(default_factory=Rules)


def cut(ink: Any, dpi: int) -> Page:
    """Cut a page into lines.

    Args:
        ink: 1 where there is ink (rows, columns).
    """
    import numpy as np

    rules = _rules(ink, dpi)
    boxes = _boxes(ink, dpi)
    high = boxes[boxes[:, 3] > _LETTER / 25.4 * dpi][:, 3]
    letter = float(np.median(high)) if len(high) else 3 / 25.4 * dpi
    cuts: list[Cut] = []
    grids = grids_of(_in_points(rules, dpi))
    inside = np.zeros(len(boxes), bool)
    for grid in grids:
        cuts += _of_cells(boxes, grid, letter, dpi, inside)
    edges = [g.top * dpi / 72 for g in grids]
    rest = boxes[~inside]
    bands = np.searchsorted(np.array(edges), rest[:, 1]) if edges else np.zeros(len(rest), int)
    for band in range(len(edges) + 1):
        _cut(rest[bands == band], letter, cuts, 0)
    return Page(_joined(cuts, letter), letter, rules)


def _in_points(rules: Rules, dpi: int) -> Rules:
    out = Rules()
    by = 72 / dpi
    for name in ("across", "down"):
        for rule in getattr(rules, name):
            getattr(out, name).append(type(rule)(rule.at * by, rule.start * by, rule.end * by))
    return out


def _boxes(ink: Any, dpi: int) -> Boxes:
    """Boxes of letters, marks and signs; dirt, rules, pictures and the edge of the sheet are left out."""
    import cv2

    rows, columns = ink.shape
    mm = dpi / 25.4
    _, _, stats, _ = cv2.connectedComponentsWithStats(ink, connectivity=8)
    stats = stats[1:]
    x, y, wide, high, area = stats.T
    large = (
        (high > 12 * mm)
        | (wide > 30 * mm)
        | ((wide > 6 * mm) & (high < 0.8 * mm))
        | ((high > 6 * mm) & (wide < 0.8 * mm))
    )
    dirt = (area < max(4, 0.02 * mm * mm)) | ((wide < 0.15 * mm) | (high < 0.1 * mm))
    edge = (x <= 1) | (y <= 1) | (x + wide >= columns - 1) | (y + high >= rows - 1)
    found: Boxes = stats[~(large | dirt | edge)]
    return found


def _rules(ink: Any, dpi: int) -> Rules:
    """Horizontal and vertical strokes in pixels."""
    import cv2
    import numpy as np

    small = cv2.resize(ink, None, fx=0.5, fy=0.5, interpolation=cv2.INTER_AREA)
    small = (cv2.resize(ink * 255, (small.shape[1], small.shape[0]), interpolation=cv2.INTER_AREA) > 60).astype(
        np.uint8
    )
    length = round(_RULE / 25.4 * dpi / 2)
    thick = 1.2 / 25.4 * dpi
    rules = Rules()
    for shape, across in (((1, length), True), ((length, 1), False)):
        found = cv2.morphologyEx(small, cv2.MORPH_OPEN, np.ones(shape, np.uint8))
        found = cv2.dilate(found, np.ones((3, 3), np.uint8))
        _, _, stats, _ = cv2.connectedComponentsWithStats(found, connectivity=8)
        for x, y, wide, high, _area in (2 * stats[1:]).tolist():
            if across and high <= thick:
                rules.across.append(_rule(y + high / 2, x, x + wide))
            elif not across and wide <= thick:
                rules.down.append(_rule(x + wide / 2, y, y + high))
    return rules


def _rule(at: float, start: float, end: float) -> Any:
    from congvan.read.pdf_chars import Rule

    return Rule(at, start, end)


def _of_cells(boxes: Boxes, grid: Grid, letter: float, dpi: int, inside: Any) -> list[Cut]:
    """The lines of the cells of a table; marks in ``inside`` which boxes they take."""
    import numpy as np

    by = 72 / dpi
    cells: dict[tuple[int, int], list[int]] = {}
    for i, (x, y, wide, high, _) in enumerate(boxes.tolist()):
        place = grid.place((x + wide / 2) * by, (y + high / 2) * by)
        if place is not None:
            cells.setdefault(place, []).append(i)
            inside[i] = True
    out: list[Cut] = []
    for members in cells.values():
        found: list[Cut] = []
        _cut(boxes[np.array(members)], letter, found, 0)
        out += _joined(found, letter)
    return out


def _cut(boxes: Boxes, letter: float, out: list[Cut], depth: int) -> None:
    """Cut boxes at white rows, then at white columns, until neither is left."""
    if not len(boxes):
        return
    x0, y0 = int(boxes[:, 0].min()), int(boxes[:, 1].min())
    x1, y1 = int((boxes[:, 0] + boxes[:, 2]).max()), int((boxes[:, 1] + boxes[:, 3]).max())
    if depth < _DEEPEST and len(boxes) > 1:
        for parts in (_stretches(boxes, 1, 0.0), _stretches(boxes, 0, _gap(y1 - y0, letter))):
            if len(parts) > 1:
                for part in parts:
                    _cut(part, letter, out, depth + 1)
                return
    out.append(Cut(x0, y0, x1, y1, boxes))


def _gap(height: int, letter: float) -> float:
    return (_COLUMNS if height > _TALL * letter else _ONE_ROW) * letter


def _stretches(boxes: Boxes, axis: int, gap: float) -> list[Boxes]:
    """The boxes parted where more than ``gap`` pixels of one axis (0 across, 1 down) are white."""
    import numpy as np

    order = np.argsort(boxes[:, axis], kind="stable")
    ordered = boxes[order]
    ends = np.maximum.accumulate(ordered[:, axis] + ordered[:, axis + 2])
    cuts = np.flatnonzero(ordered[1:, axis] - ends[:-1] > gap) + 1
    return list(np.split(ordered, cuts)) if len(cuts) else [boxes]


def _joined(cuts: list[Cut], letter: float) -> list[Cut]:
    """Cuts of marks alone put to the line that they belong to; those that are higher than a line are no single lines."""
    import numpy as np

    lines = [c for c in cuts if c.boxes[:, 3].max() > 0.6 * letter]
    for mark in cuts:
        if mark.boxes[:, 3].max() > 0.6 * letter:
            continue
        near = [
            (max(c.y0 - mark.y1, mark.y0 - c.y1, 0), c)
            for c in lines
            if min(c.x1, mark.x1) - max(c.x0, mark.x0) > -letter
        ]
        distance, line = min(near, key=lambda n: n[0], default=(letter, None))
        if line is not None and distance < 0.6 * letter:
            line.x0, line.y0 = min(line.x0, mark.x0), min(line.y0, mark.y0)
            line.x1, line.y1 = max(line.x1, mark.x1), max(line.y1, mark.y1)
            line.boxes = np.concatenate((line.boxes, mark.boxes))
        elif mark.x1 - mark.x0 > 0.3 * letter and mark.y1 - mark.y0 > 0.05 * letter:
            lines.append(mark)
    for c in lines:
        c.single = c.y1 - c.y0 <= _TALL * max(letter, float(np.percentile(c.boxes[:, 3], 80)))
    return lines
