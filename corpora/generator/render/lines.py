"""Breaks text into lines as Word does without hyphenation: at spaces, as many words as fit."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import accumulate
from typing import Final, NamedTuple

from corpora.generator.model import Block, Node, Run, texts
from corpora.generator.render.fonts import Face, FontFile

RAISED: Final = 0.65  # size of a footnote's mark beside the text
RISE: Final = 0.35  # how high it stands, in sizes of the text

# accepts a word with the spaces after it, or spaces that begin a text; a no-break space is part of its word: "ngân  "
_WORD: Final = re.compile(r"[^ ]+ *| +")


class Note(NamedTuple):
    """A footnote: the leaf that its text is, its mark, its text."""

    leaf: int
    mark: str
    text: Node


class Text(NamedTuple):
    """A leaf of a block with the leaves of the footnotes whose marks it holds."""

    leaf: int
    node: Node
    notes: tuple[tuple[int, Node], ...]


class Span(NamedTuple):
    """A stretch of one font and size inside a line."""

    font: FontFile
    size: float
    rise: float
    text: str
    width: float


@dataclass(slots=True)
class SetLine:
    """A line: characters [start, end) of a leaf.

    Attributes:
        width: without the spaces at the end. spaces: how many may be stretched.
        ends: it is the last one of its paragraph. notes: the footnotes whose marks stand in it.
    """

    leaf: int
    start: int
    end: int
    spans: list[Span]
    width: float
    spaces: int
    indent: float
    ends: bool
    notes: tuple[Note, ...]


class _Stretch(NamedTuple):
    start: int
    end: int
    font: FontFile
    size: float
    rise: float


def numbered(block: Block, first: int) -> list[Text]:
    """The texts of a block, the leaf ``first`` and those that follow it in :meth:`File.leaves`."""
    found: list[Text] = []
    for _, node in texts(block):
        notes = tuple(enumerate(node.notes(), first + 1))
        found.append(Text(first, node, notes))
        first += 1 + len(notes)
    return found


def set_text(
    text: Text,
    face: Face,
    size: float,
    width: float,
    *,
    bold: bool = False,
    italic: bool = False,
    first: float = 0.0,
    hanging: float = 0.0,
) -> list[SetLine]:
    """The lines of a text.

    Args:
        text: what to set; an empty one gives one empty line.
        size: in points, as it is printed.
        width: of the column. first, hanging: indent of the first line and of the others.
        bold, italic: hold for all of it.
    """
    whole = text.node.text
    stretches: list[_Stretch] = []
    notes: list[tuple[int, Note]] = []
    advances: list[float] = []
    waiting = iter(text.notes)
    marked: Run | None = None
    for run in text.node.runs(bold, italic):
        font = face.style(run.bold, run.italic)
        start = len(advances)
        if run.note is None:
            stretch = _Stretch(start, start + len(run.text), font, size, 0.0)
        else:
            stretch = _Stretch(start, start + len(run.text), font, size * RAISED, size * RISE)
            if marked is None or marked.note is not run.note:  # a mark may be made of several runs
                leaf, note = next(waiting)
                notes.append((start, Note(leaf, run.text, note)))
        marked = run if run.note is not None else None
        stretches.append(stretch)
        scale = stretch.size / 1000
        advances.extend([scale * font.widths[c] for c in run.text])
    ends = [0.0, *accumulate(advances)]
    lines: list[SetLine] = []
    for start, end in _breaks(whole, ends, width - first, width - hanging):
        visible = start + len(whole[start:end].rstrip(" "))
        lines.append(
            SetLine(
                leaf=text.leaf,
                start=start,
                end=end,
                spans=list(_spans(whole, stretches, ends, start, end)),
                width=ends[visible] - ends[start],
                spaces=whole.count(" ", start, visible),
                indent=hanging if lines else first,
                ends=end == len(whole),
                notes=tuple(note for at, note in notes if start <= at < end),
            )
        )
    return lines


def _breaks(text: str, ends: list[float], first: float, width: float) -> Iterator[tuple[int, int]]:
    """Start and end of each line; a word longer than a line is broken where the line is full."""
    start = 0
    room = first
    for word in _WORD.finditer(text):
        last = word.start() + len(word.group().rstrip(" "))
        if ends[last] - ends[start] <= room + 0.01:
            continue
        if word.start() > start:
            yield start, word.start()
            start, room = word.start(), width
        while ends[last] - ends[start] > room + 0.01:
            cut = max(bisect_right(ends, ends[start] + room) - 1, start + 1)
            if cut >= last:
                break
            yield start, cut
            start, room = cut, width
    yield start, len(text)


def _spans(text: str, stretches: list[_Stretch], ends: list[float], start: int, end: int) -> Iterator[Span]:
    for stretch in stretches:
        low, high = max(start, stretch.start), min(end, stretch.end)
        if low < high:
            yield Span(stretch.font, stretch.size, stretch.rise, text[low:high], ends[high] - ends[low])
