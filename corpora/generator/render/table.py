"""Tables with borders over pages: merged cells, header rows on every page, rows that break where they are long."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Final

from corpora.generator.model import Cell, Table
from corpora.generator.render.flow import Flow
from corpora.generator.render.lines import Note, SetLine, Text, set_text
from corpora.generator.render.page import Box, baseline, printed
from corpora.generator.render.shape import grid

SIZES: Final = tuple(printed(size) for size in (13, 12, 11, 10, 9))
SPACING: Final = 1.15
PAD: Final = 5.4  # left and right of a cell's text, Word's 0.19 cm
ABOVE: Final = 2.4  # above and below it
EDGE: Final = 0.48
TALL: Final = 6  # a row of more lines may break over pages


@dataclass(slots=True, eq=False)
class _Cell:
    """A cell from row ``first`` to ``last`` and column ``left`` to before ``right``; ``lines`` are those not drawn yet."""

    cell: Cell
    lines: list[SetLine]
    first: int
    last: int
    left: int
    right: int
    broken: bool = False


class TableItem:
    """A table, drawn page by page."""

    def __init__(self, flow: Flow, block: Table, texts: Sequence[Text]) -> None:
        measure, left = flow.frame.measure, flow.frame.left
        self._edges = [left + measure * sum(block.widths[:n]) for n in range(len(block.widths) + 1)]
        self._head = max(min(block.head, len(block.rows) - 1), 0)
        cells: list[_Cell] = []
        for row, places in enumerate(grid(block)):
            for place in places:
                if place.top:
                    last = min(row + place.cell.rows, len(block.rows)) - 1
                    last = min(last, self._head - 1) if row < self._head else last
                    right = min(place.column + place.cell.columns, len(block.widths))
                    cells.append(_Cell(place.cell, [], row, last, place.column, right))
        self._size = next((size for size in SIZES if all(self._holds(flow, c, size) for c in cells)), SIZES[-2])
        self._pitch = self._size * SPACING
        for cell, text in zip(cells, texts, strict=True):
            cell.lines = set_text(text, flow.face, self._size, self._width(cell), bold=cell.cell.bold)
        self._cells = cells
        self._noted = any(text.notes for text in texts)
        self._heights = [self._pitch + 2 * ABOVE] * len(block.rows)
        for cell in sorted(cells, key=lambda c: c.last - c.first):
            self._grow(cell, cell.first)
        if sum(self._heights[: self._head]) > (flow.frame.bottom - flow.frame.top) / 2:
            self._head = 0  # rows are to fit below

    def lead(self, following: float) -> float:
        """The header rows and the first row under them, or its beginning."""
        first = self._heights[self._head] if self._head < len(self._heights) else 0.0
        return sum(self._heights[: self._head]) + min(first, 4 * self._pitch)

    def place(self, flow: Flow, following: float, *, ending: bool) -> None:
        """Draws as many rows as fit below the header rows, page by page."""
        row = self._head
        while row < len(self._heights):
            end = self._fitting(flow, row)
            if end == row and not flow.empty:
                flow.next_page()
                continue
            self._draw(flow, row, max(end, row + 1))
            row = max(end, row + 1)
            if row < len(self._heights):
                flow.next_page()
        flow.y += 8

    def _holds(self, flow: Flow, cell: _Cell, size: float) -> bool:
        """Whether each word of a cell fits its width."""
        widths = flow.face.style(cell.cell.bold, False).widths
        longest = max((sum(widths[c] for c in word) for word in cell.cell.text.text.split(" ")), default=0)
        return longest * size / 1000 <= self._width(cell)

    def _width(self, cell: _Cell) -> float:
        return self._edges[cell.right] - self._edges[cell.left] - 2 * PAD

    def _grow(self, cell: _Cell, first: int) -> None:
        """Makes the last row of a cell higher if its lines do not fit the rows from ``first``."""
        need = len(cell.lines) * self._pitch + 2 * ABOVE
        self._heights[cell.last] += max(need - sum(self._heights[first : cell.last + 1]), 0.0)

    def _notes(self, start: int, end: int) -> list[Note]:
        """The footnotes of rows ``start`` to before ``end``."""
        if not self._noted:  # most tables; looking through all cells for each row takes long
            return []
        cells = (cell for cell in self._cells if start <= cell.first < end)
        return [note for cell in cells for line in cell.lines for note in line.notes]

    def _fitting(self, flow: Flow, start: int) -> int:
        """Up to which row the page has room; a long row is broken where the page ends."""
        height = sum(self._heights[: self._head])
        head = [] if start > self._head else self._notes(0, self._head)
        end = start
        while end < len(self._heights):
            room = flow.room([*head, *self._notes(start, end + 1)]) - height
            if self._heights[end] > room:
                tall = self._heights[end] > TALL * self._pitch
                return end + 1 if (tall or (flow.empty and end == start)) and self._break(end, room) else end
            height += self._heights[end]
            end += 1
        return end

    def _break(self, row: int, room: float) -> bool:
        """Breaks a row in two, the first as high as there is room. Tells whether it could."""
        mine = [cell for cell in self._cells if cell.first == cell.last == row]
        count = int((room - 2 * ABOVE) / self._pitch)
        longest = max((len(cell.lines) for cell in mine), default=0)
        if self._heights[row] < (longest + 1) * self._pitch:  # not higher for the sake of a cell that began above
            count = min(count, longest - 2)  # no line alone, neither above nor below
        if count < 2:
            return False
        for cell in self._cells:
            if cell not in mine:
                cell.first += cell.first > row
                cell.last += cell.last >= row
        rest = [replace(cell, lines=cell.lines[count:], first=row + 1, last=row + 1, broken=True) for cell in mine]
        for cell in mine:
            cell.lines = cell.lines[:count]
            cell.broken = True
        self._cells = sorted([*self._cells, *rest], key=lambda cell: (cell.first, cell.left))
        self._heights[row] = count * self._pitch + 2 * ABOVE
        self._heights.insert(row + 1, self._pitch + 2 * ABOVE)
        for cell in rest:
            self._grow(cell, row + 1)
        return True

    def _draw(self, flow: Flow, start: int, end: int) -> None:
        """Draws the header rows and rows ``start`` to before ``end``."""
        repeated = start > self._head
        rows = [*range(self._head), *range(start, end)]
        notes = self._notes(start, end) if repeated else [*self._notes(0, self._head), *self._notes(start, end)]
        top = flow.take(sum(self._heights[row] for row in rows), notes)
        tops: dict[int, float] = {}
        for row in rows:
            tops[row] = top
            top += self._heights[row]
        edges: dict[Box, None] = {}
        for cell in self._cells:
            if cell.last < self._head:
                self._draw_cell(flow, cell, cell.first, cell.last, tops, repeat=repeated)
                edges |= self._outline(cell, cell.first, cell.last, tops)
            elif cell.last >= start and cell.first < end:
                low, high = max(cell.first, start), min(cell.last, end - 1)
                self._draw_cell(flow, cell, low, high, tops)
                edges |= self._outline(cell, low, high, tops)
        flow.sheets.pages[-1].boxes.extend(edges)

    def _draw_cell(
        self, flow: Flow, cell: _Cell, low: int, high: int, tops: dict[int, float], *, repeat: bool = False
    ) -> None:
        """The lines of a cell in rows ``low`` to ``high``; what does not fit goes on with the rows on the next page."""
        height = sum(self._heights[row] for row in range(low, high + 1))
        lines = cell.lines
        if high < cell.last:
            lines = lines[: max(int((height - 2 * ABOVE) / self._pitch), 0)]
            cell.broken = True
        top = tops[low] + (ABOVE if cell.broken else (height - len(lines) * self._pitch) / 2)
        for line in lines:
            at = baseline(top, self._pitch, self._size)
            x0, x1 = self._edges[cell.left] + PAD, self._edges[cell.right] - PAD
            flow.sheets.line(line, x0, x1, at, cell.cell.align, repeat=repeat)
            top += self._pitch
        if high < cell.last:
            cell.lines = cell.lines[len(lines) :]
            self._grow(cell, high + 1)

    def _outline(self, cell: _Cell, low: int, high: int, tops: dict[int, float]) -> dict[Box, None]:
        """The edges of a cell in pieces of one row or column, so that neighbours share them."""
        rows = range(low, high + 1)
        under = tops[high] + self._heights[high]
        columns: Iterable[int] = range(cell.left, cell.right)
        flat = [
            Box(self._edges[n], y, self._edges[n + 1] - self._edges[n] + EDGE, EDGE)
            for n in columns
            for y in (tops[low], under)
        ]
        upright = [
            Box(self._edges[n], tops[row], EDGE, self._heights[row]) for row in rows for n in (cell.left, cell.right)
        ]
        return dict.fromkeys([*flat, *upright])
