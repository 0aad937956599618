"""Generated pages read back: order of reading, cells of tables, running heads and page numbers, lines joined to paragraphs.

The truth is the file that was rendered: its leaves in reading order, the rows of its tables, the ends of its paragraphs. All is
compared without white space, so that what counts is which character follows which.
"""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from congvan.document import CleanDocument, Layout, Paragraph
from congvan.parse import clean_bytes
from congvan.relate.tables import tables_of
from congvan.segment.bundle import documents_in
from congvan.segment.layout import segment
from corpora.generator.compose import compose
from corpora.generator.model import File, Table
from corpora.generator.renderings import renderings
from measuring import Bench, per_thousand, table

WAYS = ("pdf-word-liberation", "pdf-web-liberation", "pdf-office-liberation")
# leaves whose ends are ends of paragraphs: those of heads and endings are lines
_FLOWING = frozenset({"basis", "body", "item", "heading"})
_LONG = 12  # characters: a shorter leaf ("1", "x") occurs anywhere and tells no order


@dataclass
class Seen:
    """Counts over all pages of one rendering. ``examples``: what is wrong, for who works on the layout."""

    pages: int = 0
    disordered: int = 0
    cells: int = 0
    wrong_cells: int = 0
    tables: int = 0
    running: int = 0
    lines: int = 0
    joins: int = 0
    examples: list[str] = field(default_factory=list)


def bare(text: str) -> str:
    """The characters that are no white space."""
    return "".join(text.split())


def look(file: File, data: bytes, seen: Seen) -> None:
    """Read a rendered file and count what is wrong."""
    clean = clean_bytes(data, f"{file.name}.pdf")
    parts = [(part, segment(part)) for part in documents_in(clean)]
    _order(file, clean, parts, seen)
    _cells(file, parts, seen)
    _joins(file, parts, seen)


def _flows(parts: Sequence[tuple[CleanDocument, Layout]]) -> list[Paragraph]:
    """What is left to read: paragraphs without running heads, page numbers and footnotes."""
    return [p for _, layout in parts for p in layout.paragraphs if p.kind not in {"running", "footnote"}]


def _order(file: File, clean: CleanDocument, parts: Sequence[tuple[CleanDocument, Layout]], seen: Seen) -> None:
    """A page is wrong where a leaf does not stand behind the one before it, or stands nowhere in one piece; and where a
    paragraph is a page number that was not taken out."""
    pages: list[int] = []
    starts: list[int] = []
    pieces: list[str] = []
    length = 0
    for p in _flows(parts):
        piece = bare(p.text)
        starts.append(length)
        pages.append(p.page or 1)
        pieces.append(piece)
        length += len(piece)
        if piece.isdigit() and p.kind not in {"cell", "head"}:
            seen.running += 1
            seen.examples.append(f"{file.name} page {p.page}: number {p.text!r} in the text")
    text = "".join(pieces)
    wrong: set[int] = set()
    at = 0
    for leaf in file.leaves():
        want = bare(leaf.text.text)
        if leaf.role == "footnote" or len(want) < _LONG:
            continue
        found = text.find(want, at)
        if found >= 0:
            at = found + 1
            continue
        elsewhere = text.find(want)
        place = elsewhere if elsewhere >= 0 else at
        page = pages[max(bisect_right(starts, place) - 1, 0)] if pages else 1
        wrong.add(page)
        how = "out of order" if elsewhere >= 0 else "not in one piece"
        seen.examples.append(f"{file.name} page {page} {leaf.role}: {how}: {leaf.text.text[:90]!r}")
    seen.pages += clean.pages or 0
    seen.disordered += len(wrong)


def _placed(found: Table) -> Iterator[tuple[int, int, str]]:
    """Row, column and text of each cell, with the places that others cover left out."""
    covered: set[tuple[int, int]] = set()
    for r, row in enumerate(found.rows):
        column = 0
        for cell in row:
            while (r, column) in covered:
                column += 1
            covered |= {(r + i, column + j) for i in range(cell.rows) for j in range(cell.columns)}
            yield r, column, bare(cell.text.text)
            column += cell.columns


def _cells(file: File, parts: Sequence[tuple[CleanDocument, Layout]], seen: Seen) -> None:
    wanted = [b for d in file.documents for b in d.blocks if isinstance(b, Table)]
    found = [t for clean, layout in parts for t in tables_of(clean, layout)]
    seen.tables += abs(len(wanted) - len(found))
    if len(wanted) != len(found):
        seen.examples.append(f"{file.name}: {len(found)} tables for {len(wanted)}")
    for i, want in enumerate(wanted):
        truth = Counter(cell for cell in _placed(want) if cell[2])
        rows = found[i].rows if i < len(found) else []
        shown = Counter((r, c, bare(cell)) for r, row in enumerate(rows) for c, cell in enumerate(row) if cell)
        lacking = (truth - shown).total()
        seen.cells += truth.total()
        seen.wrong_cells += lacking
        if lacking and i < len(found):
            examples = list((truth - shown).items())[:2]
            seen.examples.append(f"{file.name} table {i}: {lacking} of {truth.total()} cells: {examples}")


def _joins(file: File, parts: Sequence[tuple[CleanDocument, Layout]], seen: Seen) -> None:
    """Ends of paragraphs that are none, and ends that were not seen, among running text; white space apart."""
    ends: set[int] = set()
    length = 0
    pieces = []
    for p in _flows(parts):
        piece = bare(p.text)
        pieces.append(piece)
        length += len(piece)
        ends.add(length)
    text = "".join(pieces)
    at = 0
    for leaf in file.leaves():
        if leaf.role not in _FLOWING:
            continue
        want = bare(leaf.text.text)
        found = text.find(want, at)
        if found < 0:
            continue
        at = found + len(want)
        inner = [e for e in ends if found < e < at]
        wrong = len(inner) + (at not in ends) + (found not in ends and found > 0)
        if wrong:
            seen.examples.append(
                f"{file.name} {leaf.role}: {len(inner)} ends inside, joined {at not in ends}: {leaf.text.text[-80:]!r}"
            )
        seen.joins += wrong
    seen.lines += sum(p.flow.text.count(" ") // 14 + 1 for p in _flows(parts))


def pages(bench: Bench) -> list[str]:
    """Order, cells and joins of generated pages of both banks in three ways of making a PDF."""
    rows: list[Sequence[object]] = []
    for way in WAYS:
        for bank in ("a", "b"):
            count = bench.size(40, 4) if way != "pdf-office-liberation" else bench.size(12, 1)
            seen = Seen()
            for seed in range(count):
                file = compose(seed, bank)
                look(file, renderings()[way].make(file), seen)
            rows.append(
                (f"{way}, bank {bank}", seen.pages, seen.disordered, seen.running, seen.cells,
                 per_thousand(seen.wrong_cells, seen.cells), seen.tables, seen.lines, per_thousand(seen.joins, seen.lines))
            )  # fmt: skip
            bench.keep(f"layout/{way}/{bank}", seen.disordered + seen.wrong_cells + seen.joins)
    head = ("rendering", "pages", "out of order", "page numbers left", "cells", "wrong cells per 1,000", "tables too many or few",
            "lines", "wrong joins per 1,000 lines")  # fmt: skip
    return [
        "## Pages",
        "",
        "Generated pages read back: order, tables as cells, page numbers out of the text, lines joined to paragraphs.",
        "",
        *table(head, rows),
    ]
