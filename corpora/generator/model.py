"""A file as its writer means it, before any rendering: text with gold inside, blocks, documents.

The text of a block is a tree: a :class:`Node` holds strings and nodes, and may carry gold (what this stretch truly is), a
style, or a footnote. Renderers ask for :meth:`Node.runs`; the gold asks for :meth:`Node.marks`. Every leaf of text of a file
stands in :meth:`File.leaves`, in reading order: a rendering that knows where it put character i of leaf n knows where every
finding is.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, Literal, NamedTuple


@dataclass(frozen=True, slots=True)
class Gold:
    """What a stretch of text truly is.

    Attributes:
        kind: the key of the record it stands under: ``amounts``, ``deadlines``, ``obligations`` ...; ``field:number`` and
            the like for parts of the letterhead.
        values: the keys of RECORD.md with their true values.
        ref: a name inside the file by which others point here ("amount 3"); empty where nobody does.
    """

    kind: str
    values: Mapping[str, Any] = field(default_factory=dict)
    ref: str = ""


@dataclass(frozen=True, slots=True)
class Run:
    """A stretch of one style: what a renderer sets. ``note`` is the footnote whose mark stands here (``text`` is the mark)."""

    text: str
    bold: bool = False
    italic: bool = False
    note: Node | None = None


@dataclass(frozen=True, slots=True)
class Node:
    """Text with meaning. ``bold`` and ``italic`` hold for all that is inside; ``note`` makes this a footnote's mark."""

    parts: tuple[str | Node, ...]
    gold: Gold | None = None
    bold: bool = False
    italic: bool = False
    note: Node | None = None

    @property
    def text(self) -> str:
        """The characters, without style and meaning. A footnote's mark is "(1)"."""
        return "".join(part if isinstance(part, str) else part.text for part in self.parts)

    def runs(self, bold: bool = False, italic: bool = False) -> Iterator[Run]:
        """The text as stretches of one style; their texts joined are :attr:`text`."""
        bold, italic = bold or self.bold, italic or self.italic
        for part in self.parts:
            if isinstance(part, Node):
                yield from part.runs(bold, italic)
            elif part:
                yield Run(part, bold, italic, self.note)

    def marks(self, start: int = 0) -> Iterator[tuple[Gold, int, int]]:
        """Every gold inside with its span in :attr:`text`, outer before inner."""
        if self.gold is not None:
            yield self.gold, start, start + len(self.text)
        for part in self.parts:
            if isinstance(part, Node):
                yield from part.marks(start)
                start += len(part.text)
            else:
                start += len(part)

    def notes(self) -> Iterator[Node]:
        """The footnotes whose marks stand in the text, in order."""
        if self.note is not None:
            yield self.note
        for part in self.parts:
            if isinstance(part, Node):
                yield from part.notes()


def node(*parts: str | Node, bold: bool = False, italic: bool = False) -> Node:
    """Text without gold of its own."""
    return Node(parts, bold=bold, italic=italic)


@dataclass(frozen=True, slots=True)
class Line:
    """A line of a letterhead, title or signature; ``rule`` draws the short line that offices put under it.

    ``gap``: empty lines above (room for the signature). ``small``: one or two points smaller (recipients, urgency marks).
    """

    text: Node
    bold: bool = False
    italic: bool = False
    rule: bool = False
    gap: int = 0
    small: bool = False


@dataclass(frozen=True, slots=True)
class Letterhead:
    """Two columns: the agency left, quốc hiệu right. The last line of each is number and date (or trích yếu under the number)."""

    left: tuple[Line, ...]
    right: tuple[Line, ...]


@dataclass(frozen=True, slots=True)
class Title:
    """Type and trích yếu, centred."""

    lines: tuple[Line, ...]


Role = Literal["addressee", "basis", "enact", "heading", "body", "item", "unit"]


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph.

    ``role``: ``addressee`` (kính gửi and its list), ``basis`` (căn cứ, italic), ``enact`` ("QUYẾT ĐỊNH:", centred, bold),
    ``heading`` (bold), ``item`` (begins with its marker), ``unit`` ("Đơn vị tính", right, italic), ``body``.
    ``marker``: the marker that the text begins with ("1.", "a)", "-", "Điều 3."), empty without. It is part of the text.
    ``level``: depth in the outline from 0, for indents and for ``#`` of Markdown.
    """

    role: Role
    text: Node
    marker: str = ""
    level: int = 0
    centred: bool = False


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell; ``columns`` and ``rows`` tell over how many it runs (covered places have no cell of their own)."""

    text: Node
    columns: int = 1
    rows: int = 1
    align: Literal["left", "centre", "right"] = "left"
    bold: bool = False


@dataclass(frozen=True, slots=True)
class Table:
    """A table with borders; the first ``head`` rows repeat on each page. ``widths``: shares of the page's width, sum 1."""

    rows: tuple[tuple[Cell, ...], ...]
    widths: tuple[float, ...]
    head: int = 1


@dataclass(frozen=True, slots=True)
class Ending:
    """Nơi nhận left ("Nơi nhận:" and a line each), the signature right (authority, position, room, name)."""

    recipients: tuple[Line, ...]
    signature: tuple[Line, ...]


@dataclass(frozen=True, slots=True)
class PageBreak:
    """What follows begins on a new page, upright or landscape."""

    landscape: bool = False


Block = Letterhead | Title | Paragraph | Table | Ending | PageBreak


@dataclass(frozen=True, slots=True)
class Document:
    """One document: blocks, and the fields of its letterhead and ending as the record has them.

    ``fields``: document_type, number, symbol, issued_on, issued_at, issuer, parent_agency, subject, urgency, secrecy,
    addressees, recipients, signatory, issued_with.
    """

    blocks: tuple[Block, ...]
    fields: Mapping[str, Any]


class Leaf(NamedTuple):
    """A piece of text of a file in reading order: where it stands, what it is, its text."""

    document: int
    block: int
    role: str
    text: Node


@dataclass(frozen=True, slots=True)
class File:
    """A file: one document, or a decision with the plan it issues. ``about``: seed, bank, type, level, era and the like."""

    name: str
    documents: tuple[Document, ...]
    about: Mapping[str, Any]

    def leaves(self) -> list[Leaf]:
        """All text in reading order: head left, head right, title, paragraphs, cells row by row, ending left, then right.

        A footnote follows the leaf that holds its mark, role ``footnote``; its text has no number of its own.
        """
        return [leaf for n, document in enumerate(self.documents) for leaf in _leaves(n, document)]


def texts(block: Block) -> Iterator[tuple[str, Node]]:
    """(role, text) of each piece of text of a block in reading order, without footnotes."""
    match block:
        case Letterhead(left, right):
            yield from (("head-left", line.text) for line in left)
            yield from (("head-right", line.text) for line in right)
        case Title(lines):
            yield from (("title", line.text) for line in lines)
        case Paragraph(role, text):
            yield role, text
        case Table(rows):
            yield from (("cell", cell.text) for row in rows for cell in row)
        case Ending(recipients, signature):
            yield from (("recipient", line.text) for line in recipients)
            yield from (("signature", line.text) for line in signature)


def _leaves(n: int, document: Document) -> Iterator[Leaf]:
    for b, block in enumerate(document.blocks):
        for role, text in texts(block):
            yield Leaf(n, b, role, text)
            for note in text.notes():
                yield Leaf(n, b, "footnote", note)
