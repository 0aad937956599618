"""Lists: how items are numbered, tasks in the shapes of the bank, and facts."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import regex

from corpora.generator.model import Block, Node, Paragraph, node
from corpora.generator.numerals import roman
from corpora.generator.task import Task
from corpora.generator.writer import Writer, capitalised

LETTERS = "abcdđeghiklmnopqrstuvxy"
# accepts the counting part of a marker: the "1" of "1.", the "a" of "a)", the "I" of "I."
_COUNTED = regex.compile(r"[1aI]")


@dataclass(slots=True)
class Numbers:
    """The markers of one list: "1.", "a)", "I.", "-", "+", or "1.1." under its parent's number."""

    pattern: str = "1."
    parent: str = ""
    level: int = 0
    count: int = 0

    def next(self) -> str:
        """The next item's marker."""
        self.count += 1
        if self.pattern == "1.1.":
            return f"{self.parent.rpartition('.')[2]}.{self.count}."
        return _COUNTED.sub(self._counted, self.pattern, count=1)

    def _counted(self, m: regex.Match[str]) -> str:
        return {"1": str(self.count), "a": LETTERS[(self.count - 1) % len(LETTERS)], "I": roman(self.count)}[m[0]]

    @property
    def section(self) -> str | None:
        """The id of the current item in the outline ("II.3.a"); items with dashes have their parent's."""
        if not _COUNTED.search(self.pattern):
            return self.parent or None
        own = _COUNTED.sub(self._counted, self.pattern.rstrip(".)"), count=1).lstrip("(")
        if self.pattern == "1.1.":  # "2.1." under "2." is cited as 2.1: its marker names the parent already
            own = str(self.count)
        return f"{self.parent}.{own}" if self.parent else own

    def below(self, pattern: str = "") -> Numbers:
        """A list inside the current item."""
        return Numbers(pattern or "1.", self.section or "", self.level + 1)


def _item(marker: str, text: Node, level: int) -> Paragraph:
    return Paragraph("item", node(f"{marker} ", capitalised(text)) if marker else capitalised(text), marker, level)


def facts(
    writer: Writer, count: int, numbers: Numbers, lists: Sequence[str] = ("result", "result", "judgement")
) -> Iterator[Block]:
    """Sentences that task nobody: results, judgements, targets."""
    if writer.wide and "judgement" in lists:
        lists = (*lists, "told", "told", "mention", "mention", "mention")
    for _ in range(count):
        marker = numbers.next()
        writer.section = numbers.section
        yield _item(marker, writer.phrase(writer.rng.choice(list(lists))), numbers.level)


def tasks(writer: Writer, count: int, numbers: Numbers) -> Iterator[Block]:
    """About so many tasks in one of the bank's shapes.

    ``sentences``: each a sentence with its own subject. ``intro``: the subject in an introductory line, the tasks below it.
    ``head``: the subject as a bold heading. ``plain``: sentences without markers. ``order``: a line that orders, below it bodies with
    their tasks. ``areas``: fields of work as headings over sentences. Without an outer marker the lines stand as they are.
    """
    shape = writer.rng.choice(writer.bank["shapes"])
    markers = list(shape["markers"])
    if markers and markers[0] == "1." and numbers.parent.rpartition(".")[2].isdigit():
        markers[0] = "1.1."  # "2.1." under "2.": a second "1." would not tell where it stands
    outer = Numbers(markers[0] if markers else "", numbers.parent, numbers.level)
    if shape["kind"] in ("sentences", "plain"):
        for _ in range(count):
            marker = outer.next() if markers else ""
            writer.section = outer.section if markers else numbers.parent or None
            name = writer.rng.choices(("sentence", "double", "conditional"), (8, 1, 1))[0]
            yield (
                _item(marker, writer.phrase(name), outer.level)
                if marker
                else Paragraph("body", capitalised(writer.phrase(name)))
            )
        return
    if shape["kind"] in ("order", "areas"):
        yield from _grouped(writer, shape["kind"], count, outer, markers)
        return
    left, named = count, set[str]()
    while left > 0:
        marker = outer.next() if markers[0] else ""
        writer.section = outer.section if marker else numbers.parent or None
        for _ in range(8):  # a body is named once, where there are enough of them
            line, task = writer.introduce(writer.pick("head" if shape["kind"] == "head" else "intro"))
            if not {a.text for a in task.lead} & named:
                break
        named |= {a.text for a in task.lead}
        bold = shape["kind"] == "head"
        text = node(f"{marker} " if marker else "", capitalised(line), bold=bold)
        yield Paragraph("heading" if bold else "item", text, marker, outer.level)
        inner = outer.below(markers[1]) if marker else Numbers(markers[1], numbers.parent, numbers.level)
        size = min(left, writer.rng.randint(1, 4))
        yield from _items(writer, task, inner, size)
        left -= size


def _grouped(writer: Writer, kind: str, count: int, outer: Numbers, markers: Sequence[str]) -> Iterator[Block]:
    """``order``: a line that orders over bodies with their tasks. ``areas``: a field of work over sentences."""
    left = count
    while left > 0:
        marker = outer.next() if markers[0] else ""
        writer.section = outer.section if marker else outer.parent or None
        line, task = writer.introduce(writer.pick("order" if kind == "order" else "area"))
        inner = outer.below(markers[1]) if marker else Numbers(markers[1], outer.parent, outer.level)
        end = "" if kind == "order" else writer.rng.choice(("", ":"))
        text = node(f"{marker} " if marker else "", capitalised(line), end, bold=kind == "areas")
        yield Paragraph("heading" if kind == "areas" else "item", text, marker, outer.level)
        size = min(left, writer.rng.randint(2, 4))
        writer.inherited = task if kind == "order" else None
        for _ in range(size):
            under = inner.next()
            writer.section = inner.section
            name = "under_order" if kind == "order" else writer.rng.choices(("sentence", "double"), (6, 1))[0]
            yield _item(under, writer.phrase(name), inner.level)
        writer.inherited = None
        left -= size


def _items(writer: Writer, task: Task, numbers: Numbers, size: int) -> Iterator[Block]:
    """The tasks under one subject."""
    writer.inherited = task
    for _ in range(size):
        marker = numbers.next()
        writer.section = numbers.section
        text = writer.pick("item")
        for _ in range(20):  # partners that the introductory line names are not named again
            if not task.coordinating or "{partners" not in text:
                break
            text = writer.pick("item")
        yield _item(marker, writer.write(text), numbers.level)
    writer.inherited = None
