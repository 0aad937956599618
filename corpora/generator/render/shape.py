"""What every renderer must know of a block's shape: where cells stand in a table, what stands in the middle, where sheets turn."""

from __future__ import annotations

from typing import NamedTuple

from corpora.generator.model import Block, Cell, Document, File, Line, Node, PageBreak, Paragraph, Table


class Place(NamedTuple):
    """A cell on a row of the grid: ``top`` is false where it only reaches down into the row from above."""

    cell: Cell
    column: int
    top: bool


def grid(table: Table) -> list[list[Place]]:
    """The places of each row from left to right, also those that a cell of an earlier row covers.

    HTML leaves covered places out, but Word wants a cell there, and Markdown knows no spans at all.
    """
    rows: list[list[Place]] = []
    hanging: dict[int, tuple[Cell, int]] = {}  # column -> the cell that reaches down here, rows that it still covers
    for row in table.rows:
        places: list[Place] = []
        own = iter(row)
        column = 0
        while column < len(table.widths):
            if column in hanging:
                cell, left = hanging.pop(column)
                places.append(Place(cell, column, top=False))
            elif (following := next(own, None)) is not None:
                cell, left = following, following.rows
                places.append(Place(cell, column, top=True))
            else:
                break
            if left > 1:
                hanging[column] = (cell, left - 1)
            column += cell.columns
        rows.append(places)
    return rows


class Part(NamedTuple):
    """The blocks ``start`` to before ``end`` of a document that stand on sheets of one kind, between two page breaks."""

    start: int
    end: int
    landscape: bool


def parts(document: Document) -> list[Part]:
    """A document cut at its page breaks; the breaks themselves are in no part."""
    found: list[Part] = []
    start, landscape = 0, False
    for n, block in enumerate((*document.blocks, PageBreak())):
        if isinstance(block, PageBreak):
            if n > start:
                found.append(Part(start, n, landscape))
            start, landscape = n + 1, block.landscape
    return found


def stands_centred(blocks: tuple[Block, ...], n: int) -> bool:
    """Whether paragraph ``n`` stands in the middle: "QUYẾT ĐỊNH:", what says so, and "Kính gửi: ..." of a single addressee.

    Under "Kính gửi:" with several addressees stands their list, so that it does not stand in the middle.
    """
    block = blocks[n]
    if not isinstance(block, Paragraph) or block.centred or block.role == "enact":
        return True
    near = (blocks[i] for i in (n - 1, n + 1) if 0 <= i < len(blocks))
    alone = not any(isinstance(other, Paragraph) and other.role == "addressee" for other in near)
    return block.role == "addressee" and alone


def padding(mine: tuple[Line, ...], other: tuple[Line, ...]) -> int:
    """Empty lines to put under the ruled name of a letterhead's column so that number and date stand at one height."""
    heights = [next((n for n, line in enumerate(lines, 1) if line.rule), 0) for lines in (mine, other)]
    return max(heights[1] - heights[0], 0) if all(heights) else 0


def marks(file: File) -> list[tuple[str, Node]]:
    """Mark and text of each footnote of a file in reading order."""
    leaves = (leaf for leaf in file.leaves() if leaf.role != "footnote")
    return [(run.text, run.note) for leaf in leaves for run in leaf.text.runs() if run.note is not None]
