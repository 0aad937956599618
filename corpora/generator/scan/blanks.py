"""Number and day left to the pen: the file as printed, with room to write, and what the pen writes into it.

Offices print the letter before it has a number; the clerk who registers it writes number and day by hand.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace

from corpora.generator.model import Block, Document, Ending, File, Letterhead, Line, Node, Paragraph, Title

ROOM = "\u00a0"  # no renderer folds or breaks no-break spaces
# A number and its suffix: "Số: 1186/UBND-KTTH", "số 05-KH/TU"; "figure" is what the clerk writes, group 1 the whole
# number.
NUMBER = re.compile(r"[Ss]ố:? *((?P<figure>\d+[a-zđ]?)[/-][^\s,;.)]+)")
# A full date: "ngày 15 tháng 3 năm 2024", "ngày 15/3/2024".
DATE = re.compile(r"ngày *(?P<day>\d{1,2})(?: *tháng *|/)(?P<month>\d{1,2})(?: *năm *|/)(?P<year>\d{4})")


@dataclass(frozen=True, slots=True)
class Fill:
    """What the pen writes into one blank. ``field``: ``number``, ``day`` or ``month``; ``value``: the record's value
    of it."""

    document: int
    field: str
    text: str
    value: str


@dataclass(frozen=True, slots=True)
class _Cut:
    """A stretch of a leaf that is left to the pen."""

    start: int
    end: int
    fill: Fill


def _cuts(file: File, n: int, text: str, head: bool, month: bool) -> Iterator[_Cut]:
    """The cuts of a leaf: in a letterhead its own number and date, elsewhere where a number of this file is
    repeated."""
    own = {str(d.fields.get("number")): d for d in file.documents if d.fields.get("number")}
    found = [m for m in NUMBER.finditer(text) if head or m.group(1) in own]
    for match in found:
        yield _Cut(*match.span("figure"), Fill(n, "number", match.group("figure"), match.group(1)))
    for match in DATE.finditer(text):
        value = f"{match.group('year')}-{int(match.group('month')):02}-{int(match.group('day')):02}"
        if head or (found and value == own[found[0].group(1)].fields.get("issued_on")):
            yield _Cut(*match.span("day"), Fill(n, "day", match.group("day"), value))
            if month:
                yield _Cut(*match.span("month"), Fill(n, "month", match.group("month"), value))


def _without(text: Node, cuts: list[_Cut]) -> Node:
    """The same tree with room instead of the cut stretches."""

    def walk(node: Node, at: int) -> Node:
        parts: list[str | Node] = []
        for part in node.parts:
            length = len(part) if isinstance(part, str) else len(part.text)
            parts.append(cleared(part, at) if isinstance(part, str) else walk(part, at))
            at += length
        return replace(node, parts=tuple(parts))

    def cleared(part: str, at: int) -> str:
        for cut in sorted(cuts, key=lambda c: -c.start):
            start, end = max(0, cut.start - at), min(len(part), cut.end - at)
            if start < end:
                # a written figure takes about three spaces of print, and nobody writes without room around
                room = ROOM * (3 * len(cut.fill.text) + 2) if cut.start >= at else ""
                # the blank holds its two neighbours on one line: nobody writes around a corner
                before, after = part[:start], part[end:]
                before = f"{before[:-1]}{ROOM}" if before.endswith(" ") else before
                after = f"{ROOM}{after[1:]}" if after.startswith(" ") else after
                part = before + room + after
        return part

    return walk(text, 0)


def _visited(file: File, change: Callable[[int, Node, bool], Node]) -> File:
    """The file with every text of letterheads, titles and paragraphs changed, in reading order."""

    def lines(n: int, given: tuple[Line, ...], head: bool) -> tuple[Line, ...]:
        return tuple(replace(line, text=change(n, line.text, head)) for line in given)

    def block(n: int, given: Block) -> Block:
        match given:
            case Letterhead(left, right):
                return Letterhead(lines(n, left, True), lines(n, right, True))
            case Title(given_lines):
                return Title(lines(n, given_lines, False))
            case Paragraph():
                return replace(given, text=change(n, given.text, False))
            case Ending(recipients, signature):
                return Ending(lines(n, recipients, False), lines(n, signature, False))
            case _:
                return given

    documents = tuple(
        Document(tuple(block(n, b) for b in document.blocks), document.fields)
        for n, document in enumerate(file.documents)
    )
    return replace(file, documents=documents)


def blank_number_and_date(file: File, *, month: bool = False) -> File:
    """The file as it is printed before it has a number: "Số:      /UBND-KTTH", "ngày      tháng 3 năm 2024".

    Gold stays on the nodes, with the text that is left. Where the file repeats its own number ("Kèm theo Quyết định
    số …"), number and day are left out there too, so that they are nowhere in print.

    Args:
        month: leave out the month as well.
    """
    return _visited(file, lambda n, text, head: _without(text, list(_cuts(file, n, text.text, head, month))))


def fills(file: File, *, month: bool = False) -> tuple[Fill, ...]:
    """What the pen writes into the blanks of :func:`blank_number_and_date`, in reading order. Give it the whole
    file."""
    found: list[Fill] = []

    def note(n: int, text: Node, head: bool) -> Node:
        found.extend(cut.fill for cut in _cuts(file, n, text.text, head, month))
        return text

    _visited(file, note)
    return tuple(found)
