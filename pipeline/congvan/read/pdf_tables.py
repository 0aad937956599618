"""Tables of a whole document: numbered through, and a table that goes on over the end of a page is one."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from congvan.document import Block, RawPage

_HEAD_ROWS = 3  # rows at most that a program repeats on each page
_FILLED = 0.6  # of the rows have a first cell where a row without one goes on from the page before
_APART = frozenset({"running", "stamp", "footnote"})

Row = tuple[tuple[int, str], ...]  # columns with their text, white space apart


@dataclass(slots=True)
class _Table:
    """A table so far: its number, the width and the text of its rows."""

    number: int
    columns: int
    rows: list[Row] = field(default_factory=list)


def join_tables(pages: Sequence[RawPage]) -> tuple[RawPage, ...]:
    """Number the tables of all pages; join what goes on.

    A table goes on where it is the first thing on a page, another one was the last thing on the page before, and both have as many
    columns. Head rows that it repeats become running heads; a first row without its first cell belongs to the row before.
    """
    out: list[RawPage] = []
    count = 0
    open_: _Table | None = None
    for page in pages:
        flow = [b for b in page.blocks if b.kind not in _APART]
        tables = sorted({b.table for b in flow if b.table is not None})
        if not tables:
            open_ = None if flow else open_
            out.append(page)
            continue
        found: dict[int, _Table] = {}
        blocks = list(page.blocks)
        for local in tables:
            rows = _rows([b for b in flow if b.table == local])
            columns = 1 + max(column for row in rows.values() for column, _ in row)
            goes_on = open_ is not None and flow[0].table == local and open_.columns == columns
            if open_ is None or not goes_on:
                found[local] = _Table(count, columns, [rows[r] for r in sorted(rows)])
                count += 1
                blocks = [replace(b, table=found[local].number) if _of(b, local) else b for b in blocks]
            else:
                blocks = _continued(blocks, local, rows, open_)
                found[local] = open_
        last = flow[-1].table
        open_ = found[last] if last is not None else None
        out.append(replace(page, blocks=tuple(blocks)))
    return tuple(out)


def _of(block: Block, table: int) -> bool:
    """The block is a cell of a table of its page."""
    return block.table == table and block.kind == "cell"


def _rows(cells: Sequence[Block]) -> dict[int, Row]:
    rows: dict[int, dict[int, str]] = {}
    for block in cells:
        if block.row is not None and block.column is not None:
            row = rows.setdefault(block.row, {})
            row[block.column] = row.get(block.column, "") + "".join(block.text.split())
    return {number: tuple(sorted(row.items())) for number, row in rows.items()}


def _continued(blocks: list[Block], local: int, rows: dict[int, Row], table: _Table) -> list[Block]:
    """The blocks of a page with the rows of its first table put behind those of the page before."""
    order = sorted(rows)
    repeated = 0
    while repeated < min(_HEAD_ROWS, len(order), len(table.rows)) and rows[order[repeated]] == table.rows[repeated]:
        repeated += 1
    rest = order[repeated:]
    numbers: dict[int, int] = {}
    begins = len(table.rows)
    firsts = sum(any(column == 0 for column, _ in row) for row in table.rows)
    if rest and firsts >= _FILLED * begins and not any(column == 0 for column, _ in rows[rest[0]]):
        numbers[rest[0]] = begins - 1
        rest = rest[1:]
    for place, number in enumerate(rest):
        numbers[number] = begins + place
        table.rows.append(rows[number])
    out: list[Block] = []
    for b in blocks:
        if not _of(b, local):
            out.append(b)
        elif b.row in numbers:
            out.append(replace(b, table=table.number, row=numbers[b.row]))
        else:
            out.append(replace(b, kind="running", table=None, row=None, column=None))
    return out
