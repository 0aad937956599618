"""Bare figures in the cells of tables: their unit stands in the head of the column, in a column of units, or above the table."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

import regex

from congvan.document import Layout, Paragraph
from congvan.extract.found import Found
from congvan.extract.values import find_values
from congvan.language.table_heads import column_unit, heads_other, heads_units, spoken, stated_unit

# accepts a cell that holds a figure, a range or a bounded figure and nothing else: "1.234,5", "85 - 90", "≥ 95", "-3,2"
_FIGURES = regex.compile(
    r"(?:[≥≤<>~-] ?|(?:trên|dưới|khoảng) )?\d[\d., ]{0,20}(?: ?[-–] ?\d[\d.,]{0,20})?", regex.IGNORECASE
)
# accepts the number of a column: "1", "(2)", "A", "3=1+2"
_COLUMN_NUMBER = regex.compile(r"\(?(?:\d{1,2}|[A-ZĐ])\)?(?: ?= ?[\d()+/*x:.% -]+)?")
_HEAD_ROWS = 3
_KINDS = ("percentages", "amounts", "quantities")
Cells = Mapping[tuple[int, int], Sequence[int]]


def units_of_cells(layout: Layout) -> dict[int, str]:
    """The unit of every paragraph that is a cell with figures alone, by its index."""
    tables: dict[int, dict[tuple[int, int], list[int]]] = {}
    above: dict[int, str] = {}
    last = ""
    for i, p in enumerate(layout.paragraphs):
        if p.kind == "cell" and p.table is not None and p.row is not None and p.column is not None:
            above.setdefault(p.table, last)
            tables.setdefault(p.table, {}).setdefault((p.row, p.column), []).append(i)
        elif p.kind != "running":
            last = p.text
    out: dict[int, str] = {}
    for number, cells in tables.items():
        out |= _units(layout.paragraphs, cells, stated_unit(above[number]))
    return out


def _units(paragraphs: Sequence[Paragraph], cells: Cells, unit: str | None) -> dict[int, str]:
    """Units of one table; ``unit`` is the one stated above it."""
    texts = {at: " ".join(paragraphs[i].text for i in part) for at, part in cells.items()}
    titles: dict[int, str] = {}
    body = 0
    for row in sorted({row for row, _ in cells})[:_HEAD_ROWS]:
        own = {c: t for (r, c), t in texts.items() if r == row}
        if row and any(_FIGURES.fullmatch(t) and not _COLUMN_NUMBER.fullmatch(t) for t in own.values()):
            break
        if all(_COLUMN_NUMBER.fullmatch(t) or not t for t in own.values()) and row:
            body = row + 1  # the row of the numbers of the columns ends the head
            break
        if row and own.get(0, "").strip(" .").isdecimal():
            break
        for c, t in own.items():
            titles[c] = f"{titles.get(c, '')} {t}".strip()
        body = row + 1
    unit = unit or next((found for t in titles.values() if (found := stated_unit(t)) is not None), None)
    by_column = {c: column_unit(t) for c, t in titles.items()}
    own_units = next((c for c, t in titles.items() if heads_units(t)), None)
    out: dict[int, str] = {}
    for (row, c), part in cells.items():
        title = titles.get(c, "")
        if row < body or len(part) != 1 or not _FIGURES.fullmatch(texts[row, c]) or not title:
            continue
        of_row = texts.get((row, own_units)) if own_units is not None and c > own_units else None
        of_table = None if unit is None or heads_other(title) else spoken(unit)
        of_cell = by_column.get(c) or (of_row if not heads_other(title) else None) or of_table
        if of_cell:
            out[part[0]] = of_cell
    return out


def find_in_cell(text: str, unit: str) -> list[Found]:
    """The values of a cell with figures alone, in the unit of its head."""
    found = find_values(f"{text} {unit}")
    return [
        replace(f, end=min(f.end, len(text)))
        for f in found
        if f.kind in _KINDS and f.start < len(text) and f.end > len(text)
    ]
