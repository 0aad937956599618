"""Rules to tables: which strokes make one grid, which of its places are one cell, which characters stand in it."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from congvan.read.pdf_chars import Rule, Rules, Stretch

_NEAR = 2.5  # points: strokes this close touch, and are one where they run side by side
_MOST_PLACES = 20_000  # of one grid


@dataclass(slots=True)
class Grid:
    """A table as drawn.

    Attributes:
        xs, ys: its column and row borders in points, ascending. cells: for each place (row, column) the place where its cell
            begins; a cell over several columns or rows is known by its upper left place.
    """

    xs: list[float]
    ys: list[float]
    cells: dict[tuple[int, int], tuple[int, int]]

    @property
    def top(self) -> float:
        """Its upper edge."""
        return self.ys[0]

    @property
    def bottom(self) -> float:
        """Its lower edge."""
        return self.ys[-1]

    def place(self, x: float, y: float) -> tuple[int, int] | None:
        """The cell that a point lies in."""
        if not (self.xs[0] <= x <= self.xs[-1] and self.ys[0] <= y <= self.ys[-1]):
            return None
        column = min(bisect_right(self.xs, x) - 1, len(self.xs) - 2)
        row = min(bisect_right(self.ys, y) - 1, len(self.ys) - 2)
        return self.cells[row, column]

    def extent(self, cell: tuple[int, int]) -> tuple[float, float]:
        """Left and right edge of a cell."""
        columns = [column for (_, column), start in self.cells.items() if start == cell]
        return self.xs[min(columns)], self.xs[max(columns) + 1]


def grids_of(rules: Rules) -> list[Grid]:
    """The tables of a page, top to bottom. A frame around text, and rules that no others cross, are none."""
    if len(rules.across) < 2 or not rules.down:
        return []
    across, down = _joined(rules.across), _joined(rules.down)
    grids = [grid for group in _touching(across, down) if (grid := _grid(*group)) is not None]
    grids.sort(key=lambda g: g.top)
    out: list[Grid] = []
    for grid in grids:
        inside = any(g.top - _NEAR <= grid.top and grid.bottom <= g.bottom + _NEAR for g in out)
        if not inside:
            out.append(grid)
    return out


def _joined(rules: Sequence[Rule]) -> list[Rule]:
    """Rules on one line that touch, as one."""
    out: list[Rule] = []
    lines: list[list[Rule]] = []
    for rule in sorted(rules, key=lambda r: r.at):
        if lines and rule.at - lines[-1][-1].at <= _NEAR and rule.at - lines[-1][0].at <= 2 * _NEAR:
            lines[-1].append(rule)
        else:
            lines.append([rule])
    for line in lines:
        at = sum(r.at for r in line) / len(line)
        open_: Rule | None = None
        for rule in sorted(line, key=lambda r: r.start):
            if open_ is not None and rule.start <= open_.end + _NEAR:
                open_ = replace(open_, end=max(open_.end, rule.end))
            else:
                if open_ is not None:
                    out.append(open_)
                open_ = Rule(at, rule.start, rule.end)
        if open_ is not None:
            out.append(open_)
    return out


def _touching(across: list[Rule], down: list[Rule]) -> list[tuple[list[Rule], list[Rule]]]:
    """Groups of rules that hang together by crossings."""
    owner = list(range(len(across) + len(down)))

    def root(i: int) -> int:
        while owner[i] != i:
            owner[i] = owner[owner[i]]
            i = owner[i]
        return i

    ats = [h.at for h in across]
    for j, v in enumerate(down):
        first = bisect_right(ats, v.start - _NEAR)
        for i in range(first, len(across)):
            h = across[i]
            if h.at > v.end + _NEAR:
                break
            if h.start - _NEAR <= v.at <= h.end + _NEAR:
                owner[root(i)] = root(len(across) + j)
    groups: dict[int, tuple[list[Rule], list[Rule]]] = {}
    for i, h in enumerate(across):
        groups.setdefault(root(i), ([], []))[0].append(h)
    for j, v in enumerate(down):
        groups.setdefault(root(len(across) + j), ([], []))[1].append(v)
    return [group for group in groups.values() if len(group[0]) > 1 and group[1]]


def _grid(across: list[Rule], down: list[Rule]) -> Grid | None:
    """The grid of rules that hang together; an open side is closed where the rules across end."""
    ys = _steps([h.at for h in across])
    left, right = min(h.start for h in across), max(h.end for h in across)
    xs = _steps([left, *(v.at for v in down), right])
    if len(xs) < 3 or len(ys) < 2 or (len(xs) - 1) * (len(ys) - 1) > _MOST_PLACES:
        return None
    across = [*across, Rule(ys[0], left, right), Rule(ys[-1], left, right)]
    down = [*down, Rule(xs[0], ys[0], ys[-1]), Rule(xs[-1], ys[0], ys[-1])]
    return Grid(xs, ys, _cells(xs, ys, across, down))


def _steps(values: list[float]) -> list[float]:
    """Values apart from each other, ascending; close ones are one."""
    out: list[float] = []
    for value in sorted(values):
        if not out or value - out[-1] > 2 * _NEAR:
            out.append(value)
    return out


def _cells(
    xs: list[float], ys: list[float], across: list[Rule], down: list[Rule]
) -> dict[tuple[int, int], tuple[int, int]]:
    """For each place the upper left place of its cell: places without a rule between them are one cell."""
    owner = {(r, c): (r, c) for r in range(len(ys) - 1) for c in range(len(xs) - 1)}

    def root(place: tuple[int, int]) -> tuple[int, int]:
        while owner[place] != place:
            place = owner[place]
        return place

    def join(a: tuple[int, int], b: tuple[int, int]) -> None:
        first, second = sorted((root(a), root(b)))
        owner[second] = first

    walls = {x: [v for v in down if abs(v.at - x) <= 2 * _NEAR] for x in xs}
    floors = {y: [h for h in across if abs(h.at - y) <= 2 * _NEAR] for y in ys}
    for r in range(len(ys) - 1):
        middle = (ys[r] + ys[r + 1]) / 2
        for c in range(1, len(xs) - 1):
            if not any(v.start <= middle <= v.end for v in walls[xs[c]]):
                join((r, c - 1), (r, c))
    for c in range(len(xs) - 1):
        middle = (xs[c] + xs[c + 1]) / 2
        for r in range(1, len(ys) - 1):
            if not any(h.start <= middle <= h.end for h in floors[ys[r]]):
                join((r - 1, c), (r, c))
    return {place: root(place) for place in owner}


@dataclass(slots=True)
class Parted:
    """Text of a page parted by its tables.

    Attributes:
        flows: upright text outside of tables: above the first table, between the tables, below the last one.
        cells: for each table the text of each cell.
    """

    flows: list[list[Stretch]]
    cells: list[dict[tuple[int, int], list[Stretch]]] = field(default_factory=list)


def part(stretches: Sequence[Stretch], grids: Sequence[Grid]) -> Parted:
    """Part the upright text of a page by its tables; a stretch that runs over a border is cut there."""
    parted = Parted([[] for _ in range(len(grids) + 1)], [{} for _ in grids])
    for s in stretches:
        if not s.upright:
            continue
        middle = s.base - 0.25 * s.size
        near = next((i for i, g in enumerate(grids) if g.top <= middle <= g.bottom), None)
        if near is None:
            parted.flows[sum(g.bottom < middle for g in grids)].append(s)
            continue
        grid = grids[near]
        start = 0
        places = [grid.place((a + b) / 2, middle) for a, b in zip(s.x0, s.x1, strict=True)]
        for i in range(1, len(places) + 1):
            if i < len(places) and places[i] == places[start]:
                continue
            place = places[start]
            piece = _cut(s, start, i)
            if place is None:
                parted.flows[near].append(piece)
            else:
                parted.cells[near].setdefault(place, []).append(piece)
            start = i
    return parted


def _cut(s: Stretch, start: int, end: int) -> Stretch:
    if start == 0 and end == len(s.text):
        return s
    codes = s.codes[start:end] if s.codes else []
    return replace(s, text=s.text[start:end], x0=s.x0[start:end], x1=s.x1[start:end], codes=codes)
