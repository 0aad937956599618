"""Lines above each other in a column: letterhead, title, recipients, signature. They never break over pages."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final, NamedTuple

from corpora.generator.model import Ending, Letterhead, Line, Title
from corpora.generator.render.flow import Flow
from corpora.generator.render.lines import Note, SetLine, Text, set_text
from corpora.generator.render.page import Align, baseline, printed

HEAD_LEFT: Final = 0.405  # share of the agency's column; the national motto needs the rest
ENDING_LEFT: Final = 0.45
TITLE_WIDTH: Final = 0.86
RULE_ROOM: Final = 6.0
SINGLE: Final = 1.15  # single line spacing


class _Sizes(NamedTuple):
    normal: float
    small: float
    ruled: float


HEAD: Final = _Sizes(printed(13), printed(12), printed(13))
NATION: Final = _Sizes(printed(13), printed(12), printed(14))  # the motto is one point larger
TITLE: Final = _Sizes(printed(14), printed(13), printed(14))
RECIPIENTS: Final = _Sizes(printed(12), printed(11), printed(12))
SIGNATURE: Final = _Sizes(printed(14), printed(13), printed(14))


@dataclass(frozen=True, slots=True)
class _Row:
    """A line of the model as set: it may need several lines of the column."""

    lines: list[SetLine]
    size: float
    gap: float
    rule: float  # how much of the last line's width the rule has; 0 for none

    @property
    def height(self) -> float:
        return self.gap + len(self.lines) * self.size * SINGLE + (RULE_ROOM if self.rule else 0.0)


@dataclass(frozen=True, slots=True)
class _Stack:
    rows: list[_Row]

    @property
    def height(self) -> float:
        return sum(row.height for row in self.rows)

    @property
    def notes(self) -> list[Note]:
        return [note for row in self.rows for line in row.lines for note in line.notes]

    def draw(self, flow: Flow, x0: float, x1: float, top: float, align: Align) -> None:
        for row in self.rows:
            top += row.gap
            pitch = row.size * SINGLE
            for line in row.lines:
                left, right = flow.sheets.line(line, x0, x1, baseline(top, pitch, row.size), align)
                top += pitch
            if row.rule:
                short = (right - left) * (1 - row.rule) / 2
                flow.sheets.rule(left + short, right - short, top + 2.0)
                top += RULE_ROOM


def _stack(
    flow: Flow, lines: Iterable[Line], texts: Sequence[Text], width: float, sizes: _Sizes, rule: float = 0.4
) -> _Stack:
    rows: list[_Row] = []
    for line, text in zip(lines, texts, strict=True):
        size = sizes.small if line.small else sizes.ruled if line.rule else sizes.normal
        lines_set = set_text(text, flow.face, size, width, bold=line.bold, italic=line.italic)
        rows.append(_Row(lines_set, size, line.gap * sizes.normal * SINGLE, rule if line.rule else 0.0))
    return _Stack(rows)


class HeadItem:
    """The two columns of a letterhead; number and place with date stand at one height under the ruled names."""

    def __init__(self, flow: Flow, block: Letterhead, texts: Sequence[Text]) -> None:
        left, right = texts[: len(block.left)], texts[len(block.left) :]
        self._edge = flow.frame.measure * HEAD_LEFT
        widths = self._edge - 6, flow.frame.measure - self._edge
        self._quarters: list[tuple[_Stack, _Stack]] = []
        low, lower = _names(block.left), _names(block.right)
        for one, other in ((slice(0, low), slice(0, lower)), (slice(low, None), slice(lower, None))):
            pair = (
                _stack(flow, block.left[one], left[one], widths[0], HEAD, 0.45),
                _stack(flow, block.right[other], right[other], widths[1], NATION, 1.0),
            )
            self._quarters.append(pair)

    def lead(self, following: float) -> float:
        """What stands above a letterhead need not stay with it."""
        return 0.0

    def place(self, flow: Flow, following: float, *, ending: bool) -> None:
        """Draws it at the head of the page."""
        frame = flow.frame
        for left, right in self._quarters:
            top = flow.take(max(left.height, right.height) + 4, [*left.notes, *right.notes])
            left.draw(flow, frame.left, frame.left + self._edge - 6, top, "centre")
            right.draw(flow, frame.left + self._edge, frame.right, top, "centre")
        flow.y += 10


def _names(lines: tuple[Line, ...]) -> int:
    """How many lines a column has before number or date: up to the ruled one, or the line "Số ..." where none is ruled."""
    ruled = [n for n, line in enumerate(lines, 1) if line.rule]
    if ruled:
        return ruled[-1]
    numbered = [n for n, line in enumerate(lines) if line.text.text.startswith("Số")]
    return numbered[0] if numbered else len(lines) - 1


class TitleItem:
    """Type and trích yếu, centred."""

    def __init__(self, flow: Flow, block: Title, texts: Sequence[Text]) -> None:
        self._margin = flow.frame.measure * (1 - TITLE_WIDTH) / 2
        width = flow.frame.measure * TITLE_WIDTH
        self._stack = _stack(flow, block.lines, texts, width, TITLE, 0.33)

    def lead(self, following: float) -> float:
        """A title stays with the beginning of what it is the title of."""
        return 8 + self._stack.height + 10 + following

    def place(self, flow: Flow, following: float, *, ending: bool) -> None:
        """Draws it, on the next page if what follows would not begin on this one."""
        notes = self._stack.notes
        if not flow.empty and flow.room(notes) < self.lead(following):
            flow.next_page()
        if not flow.empty:
            flow.y += 8
        top = flow.take(self._stack.height + 10, notes)
        self._stack.draw(flow, flow.frame.left + self._margin, flow.frame.right - self._margin, top, "centre")


class EndingItem:
    """Nơi nhận and signature side by side."""

    def __init__(self, flow: Flow, block: Ending, texts: Sequence[Text]) -> None:
        count = len(block.recipients)
        self._edge = flow.frame.measure * ENDING_LEFT
        self._left = _stack(flow, block.recipients, texts[:count], self._edge - 6, RECIPIENTS)
        self._right = _stack(flow, block.signature, texts[count:], flow.frame.measure - self._edge, SIGNATURE)

    def lead(self, following: float) -> float:
        """All of it: a signature does not stand alone on a page."""
        return 10 + max(self._left.height, self._right.height)

    def place(self, flow: Flow, following: float, *, ending: bool) -> None:
        """Draws it, on the next page if it does not fit."""
        notes = [*self._left.notes, *self._right.notes]
        if not flow.empty and flow.room(notes) < self.lead(following):
            flow.next_page()
        if not flow.empty:
            flow.y += 10
        frame = flow.frame
        top = flow.take(max(self._left.height, self._right.height), notes)
        self._left.draw(flow, frame.left, frame.left + self._edge - 6, top, "left")
        self._right.draw(flow, frame.left + self._edge, frame.right, top, "centre")
        flow.y += 10
