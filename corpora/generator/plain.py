"""Bare text, as extractors leave it, with the place of every character: spans of the gold hold for it.

A file is printed as pages of lines: letterhead side by side or one column after the other, paragraphs broken at a width, cells of
tables one after another, footnotes at the end of their page and the number of the next page behind them.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import groupby

from corpora.generator.model import Block, Ending, File, Leaf, Letterhead, Line, Paragraph, Run, Table, Title

WIDTH = 88  # characters a line, as a page of Times 14 has them
LINES = 44  # lines a page, set close
HALF = 42  # where the right column begins


@dataclass(frozen=True, slots=True)
class Style:
    """How a file is printed.

    Attributes:
        beside: the two columns of letterhead and ending on the same lines, as layout-keeping extractors print them.
        wrapped: paragraphs broken into lines; else one paragraph a line.
        paged: footnotes and page numbers stand at page ends; else footnotes stand at the end of the file.
        blank: an empty line after every line.
        lines: how many lines a page has.
    """

    beside: bool = False
    wrapped: bool = True
    paged: bool = True
    blank: bool = False
    lines: int = LINES


@dataclass(slots=True)
class Printed:
    """The text, and for each leaf the offset of each of its characters."""

    text: str
    offsets: dict[int, list[int]]

    def span(self, leaf: int, start: int, end: int) -> tuple[int, int]:
        """Where a stretch of a leaf stands in the text."""
        places = self.offsets[leaf]
        return places[start], places[end - 1] + 1


# a piece of a line: bare text, or the characters [start, end) of a leaf
Piece = str | tuple[int, int, int]


@dataclass(slots=True)
class _Press:
    """Puts lines on pages and notes where characters come to stand."""

    leaves: Sequence[Leaf]
    style: Style
    out: list[str] = field(default_factory=list)
    at: int = 0
    lines: int = 0
    page: int = 1
    offsets: dict[int, list[int]] = field(default_factory=dict)
    waiting: list[int] = field(default_factory=list)

    def put(self, text: str) -> None:
        self.out.append(text)
        self.at += len(text)

    def line(self, *pieces: Piece) -> None:
        """One line of pieces."""
        for piece in pieces:
            if isinstance(piece, str):
                self.put(piece)
                continue
            leaf, start, end = piece
            text = self.leaves[leaf].text.text
            places = self.offsets.setdefault(leaf, [])
            places += [self.at - 1] * (start - len(places))  # the space where the line was broken
            places += range(self.at, self.at + end - start)
            self.put(text[start:end])
        self.put("\n\n" if self.style.blank else "\n")
        self.lines += 1
        if self.style.paged and self.lines >= self.style.lines:
            self.turn()

    def turn(self) -> None:
        """The page ends: its footnotes, then the number of the next page."""
        self.lines = 0
        notes, self.waiting = self.waiting, []
        for note in notes:
            self.paragraph(note, mark=f"({self._number(note)}) ")
        self.page += 1
        self.put(f"{self.page}\n")
        self.lines = 1

    def _number(self, leaf: int) -> int:
        """The number of a footnote within its document."""
        document = self.leaves[leaf].document
        return sum(1 for other in self.leaves[: leaf + 1] if other.role == "footnote" and other.document == document)

    def finish(self) -> None:
        """Footnotes that still wait."""
        notes, self.waiting = self.waiting, []
        if notes:
            self.line()
        for note in notes:
            self.paragraph(note, mark=f"({self._number(note)}) ")

    def paragraph(self, leaf: int, mark: str = "", width: int = WIDTH) -> None:
        """A leaf over as many lines as it needs."""
        text = self.leaves[leaf].text.text
        rows = wrap(text, width) if self.style.wrapped else [(0, len(text))]
        for n, (start, end) in enumerate(rows):
            before: list[Piece] = [mark] if n == 0 and mark else []
            self.line(*before, (leaf, start, end))

    def columns(self, left: Sequence[int], right: Sequence[int]) -> None:
        """Two columns, on the same lines or one after the other."""
        if not self.style.beside:
            for leaf in (*left, *right):
                self.paragraph(leaf)
            return
        rows = [self._rows(side) for side in (left, right)]
        for n in range(max(map(len, rows))):
            a, b = (side[n] if n < len(side) else None for side in rows)
            line: list[Piece] = [a] if a else []
            if b:
                line += [" " * (HALF + 2 - (a[2] - a[1] if a else 0)), b]
            self.line(*line)

    def _rows(self, leaves: Sequence[int]) -> list[tuple[int, int, int]]:
        return [(leaf, a, b) for leaf in leaves for a, b in wrap(self.leaves[leaf].text.text, HALF)]


def styled(file: File, printed: Printed) -> list[Run]:
    """The printed text as stretches of one style, each with the characters between them upright: joined they are the text."""
    styles: dict[int, tuple[bool, bool]] = {}
    for n, leaf in enumerate(file.leaves()):
        line = _line_style(file, leaf)
        at = 0
        for run in leaf.text.runs(*line):
            for place in printed.offsets[n][at : at + len(run.text)]:
                styles[place] = run.bold, run.italic
            at += len(run.text)
    out: list[Run] = []
    for style, places in groupby(range(len(printed.text)), lambda place: styles.get(place, (False, False))):
        start, *rest = places
        out.append(Run(printed.text[start : (rest[-1] if rest else start) + 1], *style))
    return out


def _line_style(file: File, leaf: Leaf) -> tuple[bool, bool]:
    """What a line of a letterhead, title or ending, or a cell, sets for its whole text."""
    block = file.documents[leaf.document].blocks[leaf.block]
    match block:
        case Letterhead(left, right):
            lines: tuple[Line, ...] = (*left, *right)
        case Title(lines):
            pass
        case Ending(recipients, signature):
            lines = (*recipients, *signature)
        case Table(rows):
            return any(cell.bold for row in rows for cell in row if cell.text is leaf.text), False
        case Paragraph(role):
            return role in ("heading", "enact"), role in ("basis", "unit")
        case _:
            return False, False
    return next(((line.bold, line.italic) for line in lines if line.text is leaf.text), (False, False))


def wrap(text: str, width: int) -> list[tuple[int, int]]:
    """(start, end) of each line of a text broken at spaces; the space at a break belongs to no line."""
    rows: list[tuple[int, int]] = []
    start = 0
    while len(text) - start > width:
        cut = text.rfind(" ", start + 1, start + width + 1)
        if cut < 0:
            cut = text.find(" ", start + width)
            if cut < 0:
                break
        rows.append((start, cut))
        start = cut + 1
    return [*rows, (start, len(text))]


def plain(file: File, style: Style | None = None) -> Printed:
    """Print a file as bare text."""
    leaves = file.leaves()
    press = _Press(leaves, style or Style())
    blocks: dict[tuple[int, int], list[int]] = {}
    for n, leaf in enumerate(leaves):
        blocks.setdefault((leaf.document, leaf.block), []).append(n)
    for d, document in enumerate(file.documents):
        if d:
            press.finish()
            press.line()
        for b, block in enumerate(document.blocks):
            _block(press, block, blocks.get((d, b), []))
    press.finish()
    return Printed("".join(press.out), press.offsets)


def _block(press: _Press, block: Block, mine: Sequence[int]) -> None:
    """One block; footnotes of its text wait for the end of the page."""
    shown = [n for n in mine if press.leaves[n].role != "footnote"]
    press.waiting += [n for n in mine if press.leaves[n].role == "footnote"]
    match block:
        case Letterhead(left, _):
            press.columns(shown[: len(left)], shown[len(left) :])
            press.line()
        case Ending(recipients, _):
            press.line()
            press.columns(shown[: len(recipients)], shown[len(recipients) :])
        case Title():
            for n in shown:
                press.paragraph(n, width=WIDTH - 20)
            press.line()
        case Paragraph():
            press.paragraph(shown[0])
        case Table():
            for n in shown:
                press.paragraph(n)
        case _:
            press.line()
