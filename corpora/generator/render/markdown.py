"""Markdown as converters of PDF and Word write it: headings, bold, pipe tables, footnotes at the end."""

from __future__ import annotations

import zlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import groupby

import regex

from corpora.generator.model import Block, Ending, File, Letterhead, Line, Node, PageBreak, Paragraph, Run, Table, Title
from corpora.generator.render.shape import Place, grid, marks

# accepts what Markdown would take for markup inside a line: "*", "_", "`", "\"
_MARKUP = regex.compile(r"[\\`*_]")
# accepts what begins an HTML tag or a quotation: the "<" of "<a" and of "</b>"; not that of "< 5%"
_TAG = regex.compile(r"<(?=[\p{L}/!?])")


@dataclass(frozen=True, slots=True)
class Dialect:
    """Where converters differ.

    Attributes:
        columns: letterhead and ending are a table of two columns; else their lines stand one under the other.
        repeated: a merged cell's text stands again in each place that it covers; else those are blank.
    """

    columns: bool
    repeated: bool


def dialect(file: File) -> Dialect:
    """One of the four dialects, always the same for a file."""
    n = zlib.crc32(file.name.encode())
    return Dialect(columns=bool(n & 1), repeated=bool(n & 2))


def markdown(file: File, form: Dialect | None = None) -> bytes:
    """The file as a converter writes it, UTF-8; ``form`` is :func:`dialect` of the file unless told."""
    form = form or dialect(file)
    pieces = [piece for document in file.documents for block in document.blocks for piece in _block(block, form)]
    notes = [f"<sup>{_escaped(mark)}</sup> {_inline(note.runs())}" for mark, note in marks(file)]
    if notes:
        pieces += ["---", *notes]
    return ("\n\n".join(pieces) + "\n").encode()


def _block(block: Block, form: Dialect) -> Iterator[str]:
    match block:
        case Letterhead(left, right):
            yield from _columns(left, right, form)
        case Ending(recipients, signature):
            yield from _columns(recipients, signature, form)
        case Title(lines):
            yield "# " + _heading(lines[0].text)
            yield from (_line(line) for line in lines[1:])
        case Paragraph(role="heading"):
            yield "#" * min(block.level + 2, 6) + " " + _heading(block.text)
        case Paragraph():
            yield _inline(block.text.runs(bold=block.role == "enact", italic=block.role in ("basis", "unit")))
        case Table():
            yield "\n".join(_rows(block, form))
        case PageBreak():
            pass


def _columns(left: tuple[Line, ...], right: tuple[Line, ...], form: Dialect) -> Iterator[str]:
    if form.columns:
        yield _row("<br>".join(_line(line, cell=True) for line in side) for side in (left, right)) + "\n|---|---|"
    else:
        yield from (_line(line) for line in (*left, *right))


def _line(line: Line, *, cell: bool = False) -> str:
    return _inline(line.text.runs(line.bold, line.italic), cell=cell)


def _heading(text: Node) -> str:
    """A heading is bold of itself, so that no stars stand in it."""
    return _inline(Run(run.text, note=run.note) for run in text.runs())


def _rows(table: Table, form: Dialect) -> Iterator[str]:
    for n, places in enumerate(grid(table)):
        yield _row(text for place in places for text in _places(place, form))
        if n == 0:
            yield "|" + "---|" * len(table.widths)


def _places(place: Place, form: Dialect) -> list[str]:
    """The text of a cell, and what stands in the further columns that it covers."""
    cell = place.cell
    text = _inline(cell.text.runs(cell.bold), cell=True)
    again = text if form.repeated else ""
    return [text if place.top else again] + [again] * (cell.columns - 1)


def _row(cells: Iterable[str]) -> str:
    return "| " + " | ".join(cells) + " |"


def _inline(runs: Iterable[Run], *, cell: bool = False) -> str:
    """Text with its markup; stars stand close to the letters, since "**text **" would not be bold."""
    out = []
    for (strong, slanted, raised), group in groupby(runs, lambda run: (run.bold, run.italic, run.note is not None)):
        text = _escaped("".join(run.text for run in group), cell=cell)
        stars = "*" * (2 * strong + slanted)
        core = text.strip()
        if raised:
            text = f"<sup>{text}</sup>"
        elif core and stars:
            before, _, after = text.partition(core)
            text = f"{before}{stars}{core}{stars}{after}"
        out.append(text)
    return "".join(out)


def _escaped(text: str, *, cell: bool = False) -> str:
    text = _TAG.sub("&lt;", _MARKUP.sub(r"\\\g<0>", text))
    if cell:
        text = text.replace("|", r"\|")
    return text.replace("\n", "<br>" if cell else "  \n")
