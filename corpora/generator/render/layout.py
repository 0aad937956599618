"""Lays a file out on pages as the offices do with Word: paragraphs, and the order of the blocks."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final, Protocol

from corpora.generator.model import Block, Document, Ending, File, Letterhead, Paragraph, Table, Title
from corpora.generator.render.flow import Flow
from corpora.generator.render.fonts import Face
from corpora.generator.render.lines import SetLine, Text, numbered, set_text
from corpora.generator.render.page import LANDSCAPE, MM, UPRIGHT, Align, Sheets, printed
from corpora.generator.render.shape import parts, stands_centred
from corpora.generator.render.stack import EndingItem, HeadItem, TitleItem
from corpora.generator.render.table import TableItem

BODY: Final = printed(14)
UNIT: Final = printed(13)
PITCH: Final = 1.15 * 1.1  # of the size: 1.1 lines
AFTER: Final = 6.0
INDENT: Final = 12.7 * MM
KEPT: Final = 220.0  # of a chain of headings no more than this is kept together


class Item(Protocol):
    """A block that knows its lines."""

    def lead(self, following: float) -> float:
        """The least height of its beginning, if ``following`` is that of the next block."""

    def place(self, flow: Flow, following: float, *, ending: bool) -> None:
        """Puts it on the page and further ones. ``ending``: recipients and signature follow."""


class ParagraphItem:
    """A paragraph: no single line of it stands alone on a page, a heading stays with what it heads."""

    def __init__(self, flow: Flow, block: Paragraph, text: Text, *, centred: bool, alone: bool) -> None:
        """``centred``: in the middle. ``alone``: no further addressee follows."""
        heads = block.role in ("heading", "enact")
        self._keeps = heads or block.role == "unit" or block.text.text.endswith(":")
        self._size = UNIT if block.role == "unit" else BODY
        self._pitch = self._size * PITCH
        self._before = AFTER if block.role in ("enact", "addressee") else 0.0
        self._after = AFTER
        self._align: Align = "justify"
        first, hanging = INDENT, 0.0
        if centred:
            self._align, first = "centre", 0.0
        elif block.role == "unit":
            self._align, first = "right", 0.0
        elif block.role == "addressee":
            self._align, self._before = "left", 0.0
            self._after = AFTER if alone else 0.0
            first, hanging = (3 * INDENT, 3.3 * INDENT)
            if block.text.text.startswith("Kính gửi"):
                first, hanging, self._before = 2 * INDENT, 3.6 * INDENT, AFTER
        italic = block.role in ("basis", "unit")
        width = flow.frame.measure
        self._lines = set_text(
            text, flow.face, self._size, width, bold=heads, italic=italic, first=first, hanging=hanging
        )

    def lead(self, following: float) -> float:
        """The first two lines; all of it and the next block's beginning for what introduces something."""
        if self._keeps and len(self._lines) <= 4:
            return min(self._before + self._height(self._lines) + self._after + following, KEPT)
        return self._before + self._height(self._lines[:2])

    def place(self, flow: Flow, following: float, *, ending: bool) -> None:
        """Puts it line by line; before an ending that needs a new page its last two lines go with it."""
        lines = self._lines
        while lines:
            if not flow.empty:
                flow.y += self._before if lines is self._lines else 0.0
            count = self._fitting(flow, lines)
            if count == len(lines):
                keeps = self._keeps or ending
                if keeps and not flow.empty and not self._leaves_room(flow, lines, following):
                    count = len(lines) - 2 if ending and len(lines) > 3 else 0
            else:
                count -= len(lines) - count == 1  # no last line alone
                count = 0 if count == 1 else count  # no first line alone
            if count <= 0 and flow.empty:
                count = max(self._fitting(flow, lines), 1)
            for line in lines[:count]:
                flow.line(line, self._pitch, self._size, self._align)
            lines = lines[count:]
            if lines:
                flow.next_page()
        flow.y += self._after

    def _height(self, lines: Sequence[SetLine]) -> float:
        return len(lines) * self._pitch

    def _fitting(self, flow: Flow, lines: Sequence[SetLine]) -> int:
        for count in range(len(lines), 0, -1):
            notes = [note for line in lines[:count] for note in line.notes]
            if self._height(lines[:count]) <= flow.room(notes):
                return count
        return 0

    def _leaves_room(self, flow: Flow, lines: Sequence[SetLine], following: float) -> bool:
        notes = [note for line in lines for note in line.notes]
        return self._height(lines) + self._after + following <= flow.room(notes)


def lay_out(file: File, face: Face) -> Sheets:
    """The pages of a file: each document begins on a new page, each page break turns the sheet as it says."""
    leaves = file.leaves()
    firsts: dict[tuple[int, int], int] = {}
    for n, leaf in enumerate(leaves):
        firsts.setdefault((leaf.document, leaf.block), n)
    flow = Flow(face, len(leaves))
    for d, document in enumerate(file.documents):
        flow.begin_document()
        for part in parts(document):
            flow.begin_page(LANDSCAPE if part.landscape else UPRIGHT)
            blocks = range(part.start, part.end)
            items = [_item(flow, document, b, firsts.get((d, b), 0)) for b in blocks]
            leads = [0.0]
            for item in reversed(items):
                leads.append(item.lead(leads[-1]))
            leads.reverse()
            for item, after, following in zip(items, [*items[1:], None], leads[1:], strict=True):
                item.place(flow, following, ending=isinstance(after, EndingItem))
    flow.end_page()
    return flow.sheets


def _item(flow: Flow, document: Document, n: int, first: int) -> Item:
    blocks = document.blocks
    block = blocks[n]
    found = numbered(block, first)
    match block:
        case Letterhead():
            return HeadItem(flow, block, found)
        case Title():
            return TitleItem(flow, block, found)
        case Table():
            return TableItem(flow, block, found)
        case Ending():
            return EndingItem(flow, block, found)
        case Paragraph():
            alone = not (n + 1 < len(blocks) and _is_addressee(blocks[n + 1]))
            return ParagraphItem(flow, block, found[0], centred=stands_centred(blocks, n), alone=alone)
        case _:
            raise TypeError(f"{type(block).__name__} does not stand on a page")


def _is_addressee(block: Block) -> bool:
    return isinstance(block, Paragraph) and block.role == "addressee"
