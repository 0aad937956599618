"""Blocks of a document as HTML elements; how they look is the caller's matter (classes here, inline styles there)."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from html import escape
from itertools import groupby
from typing import Protocol

from corpora.generator.model import (
    Block,
    Cell,
    Document,
    Ending,
    Letterhead,
    Line,
    Node,
    PageBreak,
    Paragraph,
    Run,
    Table,
    Title,
)
from corpora.generator.render.shape import Part, padding, stands_centred


class Look(Protocol):
    """The attributes of an element, with a blank before them, by what it is: ``look("cell", "right")``."""

    def __call__(self, *names: str) -> str:
        """Attributes for these names, the first of which is the kind of element."""


@dataclass(slots=True)
class HtmlBlocks:
    """Writes blocks.

    Attributes:
        look: writes the attributes of elements.
        note: what stands at the mark of a footnote; it gets the mark and the note's text.
        rule: the short line under names and titles.
    """

    look: Look
    note: Callable[[str, Node], str]
    rule: str

    def part(self, document: Document, part: Part) -> str:
        """The blocks of a part of a document."""
        return "\n".join(self.block(document.blocks, n) for n in range(part.start, part.end))

    def block(self, blocks: tuple[Block, ...], n: int) -> str:
        """Block ``n`` as HTML."""
        block = blocks[n]
        match block:
            case Letterhead(left, right):
                gaps = padding(left, right), padding(right, left)
                columns = (self.lines(side, "head", gap) for side, gap in zip((left, right), gaps, strict=True))
                return self.pair("letterhead", columns)
            case Ending(recipients, signature):
                return self.pair("ending", (self.lines(recipients, "recipient"), self.lines(signature, "signature")))
            case Title(lines):
                return "\n".join(self.lines(lines, "title"))
            case Paragraph():
                place = ["centred"] if stands_centred(blocks, n) else []
                if block.role == "addressee" and block.text.text.startswith("-"):
                    place.append("entry")
                heavy, slanted = block.role in ("heading", "enact"), block.role in ("basis", "unit")
                return self.paragraph(block.text.runs(heavy, slanted), block.role, *place)
            case Table():
                return self.table(block)
            case PageBreak():
                return ""

    def pair(self, name: str, columns: Iterable[Iterable[str]]) -> str:
        """Two columns without borders."""
        cells = "".join(
            f"<td{self.look(side)}>\n" + "\n".join(lines) + "\n</td>"
            for side, lines in zip(("left", "right"), columns, strict=True)
        )
        return f"<table{self.look(name)}><tbody><tr>{cells}</tr></tbody></table>"

    def lines(self, lines: tuple[Line, ...], name: str, padding: int = 0) -> Iterator[str]:
        """Lines of a letterhead, title or ending."""
        named = next((n for n, line in enumerate(lines) if line.rule), -1) if name == "head" else -1
        for n, line in enumerate(lines):
            for _ in range(line.gap):
                yield f"<p{self.look(name)}>&nbsp;</p>"
            more = [word for word, holds in (("small", line.small), ("name", n <= named)) if holds]
            yield self.paragraph(line.text.runs(line.bold, line.italic), name, *more)
            if line.rule:
                yield self.rule
                for _ in range(padding):
                    yield f"<p{self.look(name)}>&nbsp;</p>"

    def paragraph(self, runs: Iterable[Run], *names: str) -> str:
        """A paragraph."""
        return f"<p{self.look(*names)}>{self.inline(runs)}</p>"

    def table(self, table: Table) -> str:
        """A table with borders, its head in ``thead``."""
        shares = "".join(f'<col style="width: {100 * width:.4g}%">' for width in table.widths)
        head, body = table.rows[: table.head], table.rows[table.head :]
        parts = [f"<colgroup>{shares}</colgroup>"]
        if head:
            parts.append("<thead>\n" + "\n".join(map(self.row, head)) + "\n</thead>")
        parts.append("<tbody>\n" + "\n".join(map(self.row, body)) + "\n</tbody>")
        return f"<table{self.look('table')}>\n" + "\n".join(parts) + "\n</table>"

    def row(self, row: Iterable[Cell]) -> str:
        """A row of a table."""
        out = []
        for cell in row:
            spans = "".join(
                f' {name}="{n}"' for name, n in (("colspan", cell.columns), ("rowspan", cell.rows)) if n > 1
            )
            out.append(f"<td{spans}{self.look('cell', cell.align)}>{self.inline(cell.text.runs(cell.bold))}</td>")
        return "<tr>" + "".join(out) + "</tr>"

    def inline(self, runs: Iterable[Run]) -> str:
        """Text with its markup."""
        out = []
        for (bold, italic, note), group in groupby(runs, lambda run: (run.bold, run.italic, run.note)):
            text = "".join(run.text for run in group)
            piece = self.note(text, note) if note is not None else escape(text, quote=False).replace("\n", "<br>")
            if italic:
                piece = f"<em>{piece}</em>"
            if bold:
                piece = f"<strong>{piece}</strong>"
            out.append(piece)
        return "".join(out)
