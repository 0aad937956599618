"""Documents that a bank writes down whole: an outline, line by line, with slots and tags.

A line is: two spaces for each level, flags, a marker, a template. Markers are written as the first of their kind ("1.", "a)", "I.",
"Điều 1.", "1.1.", "-") and counted. Flags: ``>`` the line governs the deeper ones: who leads, the order, partners
and deadline hold for them; ``#`` a heading; ``=`` centred; ``~`` căn cứ; ``?`` left out in half of the documents; ``&`` the line tells more of the task of the line before ("- Cơ quan chủ trì: ..."). ``|head``, ``|row``
(``|row*4`` four times) are a table, ``|unit`` the line above it; the cell with ``<o>`` carries the row's obligation. ``@`` calls for what
lists and tables make: ``@tasks 3-5``, ``@facts result 2-4 -``, ``@sum triệu đồng|ngân sách tỉnh|vốn huy động``.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from random import Random
from typing import Any

import regex

from corpora.generator import counts
from corpora.generator.bank import bank as load_bank
from corpora.generator.heads import head
from corpora.generator.houses import frame, settle
from corpora.generator.lists import LETTERS, Numbers, facts, tasks
from corpora.generator.model import Block, Cell, Document, File, Gold, Node, Paragraph, Role, Table, node
from corpora.generator.numerals import roman
from corpora.generator.places import Era, literal, office
from corpora.generator.tables import money_table, target_table, task_table
from corpora.generator.task import Task
from corpora.generator.writer import Writer, capitalised

# accepts the marker that begins a line of a form: "Điều 1.", "Chương I", "I.", "1.1.", "1.", "1)", "a)", "(1)", "-", "+", "*"
_MARKER = regex.compile(
    r"(?:Điều 1\.|Chương I|Phần I|Mục 1\.|[IA]\.|1(?:\.1)+\.?|1[.)/]|a[.)]|\(1\)|\(a\)|[-+*•])(?= |$)"
)
# accepts the counting part at the end of a marker: the "1" of "Điều 1.", the "I" of "Chương I", the "a" of "a)", the "A" of "A."
_COUNTED = regex.compile(r"[1aIA](?=[.)/]*$)")
# accepts the flags of a line: "#>", "?-"
_FLAGS = regex.compile(r"[#>=~?&]{1,4}")


@dataclass(slots=True)
class _Outline:
    """Where a line stands: markers above it, and what the lines above say for it."""

    counts: dict[tuple[str, str], int] = field(default_factory=dict)
    stack: list[tuple[int, str, str]] = field(default_factory=list)
    governing: list[tuple[int, Task]] = field(default_factory=list)

    def enter(self, level: int, marked: bool) -> None:
        """Leave all that is as deep as this level or deeper; a line without a marker leaves the outline as it is."""
        while marked and self.stack and self.stack[-1][0] >= level:
            self.stack.pop()
        while self.governing and self.governing[-1][0] >= level:
            self.governing.pop()

    def section(self, level: int) -> str | None:
        """What a line of this level stands in."""
        return next((path for above, path, _ in reversed(self.stack) if above < level), None)

    @property
    def task(self) -> Task | None:
        return self.governing[-1][1] if self.governing else None

    def marker(self, pattern: str, level: int) -> str:
        """The next marker of a kind; those that count become the section."""
        if not _COUNTED.search(pattern):
            return pattern
        above, number = (self.stack[-1][1], self.stack[-1][2]) if self.stack else ("", "")
        key = ("" if pattern.startswith("Điều") else above, pattern)  # articles run through all chapters
        self.counts[key] = n = self.counts.get(key, 0) + 1
        if ".1" in pattern:
            shown, own = f"{number}.{n}{'.' if pattern.endswith('.') else ''}", str(n)
            number = f"{number}.{n}"
        else:
            shown = _COUNTED.sub(
                lambda m: {"1": str(n), "a": LETTERS[(n - 1) % len(LETTERS)], "I": roman(n), "A": "ABCDEGH"[n - 1]}[
                    m[0]
                ],
                pattern,
            )
            own = number = shown.rstrip(".)/").lstrip("(")
        self.stack.append((level, f"{above}.{own}" if above else own, number))
        return shown


def blocks(writer: Writer, text: str) -> Iterator[Block]:
    """The blocks of a form, written by a writer who has settled in its office."""
    outline = _Outline()
    table: list[str] = []
    task: list[str] = []
    for line in (*text.strip("\n").splitlines(), ""):
        told = line.strip()
        if task and not told.startswith("&"):
            yield from _spread(writer, outline, task)
            task = []
        if told.startswith("&"):
            task.append(line)
            continue
        if table and not told.startswith("|"):
            yield from _table(writer, table)
            table = []
        if told.startswith("|"):
            table.append(told[1:])
        elif told:
            yield from _line(writer, outline, (len(line) - len(line.lstrip())) // 2, told)
    writer.inherited = None


def _line(writer: Writer, outline: _Outline, level: int, told: str) -> Iterator[Block]:
    flags = m[0] if (m := _FLAGS.match(told)) else ""
    told = told[len(flags) :].lstrip()
    if "?" in flags and writer.rng.random() < 0.5:
        return
    found = _MARKER.match(told)
    outline.enter(level, found is not None)
    writer.section, writer.inherited = outline.section(level), outline.task
    if told.startswith("@"):
        writer.inherited = None
        yield from _called(writer, outline, level, told[1:])
        return
    marker = ""
    if found:
        marker = outline.marker(found[0], level)
        told = told[found.end() :].lstrip()
        writer.section = outline.section(level + 1)
    if ">" in flags:
        made, task = writer.introduce(told, outline.task)
        outline.governing.append((level, task))
    else:
        made = writer.write(told)
    heading = "#" in flags
    role: Role = "heading" if heading else "enact" if "=" in flags else "basis" if "~" in flags else "item" if marker else "body"  # fmt: skip
    gap = " " if marker and told else ""
    text = node(f"{marker}{gap}", capitalised(made), bold=heading or "=" in flags, italic="~" in flags)
    yield Paragraph(role, text, marker, level, centred="=" in flags)


def _spread(writer: Writer, outline: _Outline, lines: Sequence[str]) -> Iterator[Block]:
    """A task told by several paragraphs; the first carries the obligation."""
    writer.inherited = None
    task: Task | None = None
    made: list[tuple[int, str, Node]] = []
    for line in lines:
        level, told = (len(line) - len(line.lstrip())) // 2, line.strip()[1:].lstrip()
        found = _MARKER.match(told)
        outline.enter(level, found is not None)
        marker = outline.marker(found[0], level) if found else ""
        told = told[found.end() :].lstrip() if found else told
        task = writer.task = task or Task(section=outline.section(level + 1))
        made.append((level, marker, capitalised(writer.write(told))))
    writer.task = None
    assert task is not None
    for n, (level, marker, text) in enumerate(made):
        carrying = Node((text,), task.gold()) if n == 0 else text
        yield Paragraph("item" if marker else "body", node(f"{marker} " if marker else "", carrying), marker, level)


def _called(writer: Writer, outline: _Outline, level: int, call: str) -> Iterator[Block]:
    """What lists and tables make at this place."""
    name, _, rest = call.partition(" ")
    under = Numbers("1.", outline.section(level) or "", level)
    if name == "sum":
        unit, *parts = rest.split("|")
        total, *lines = counts.sum_of_money(writer.rng, parts, unit)
        lead = writer.rng.choice(("Tổng kinh phí thực hiện: ", "Tổng nhu cầu kinh phí là ", "Tổng số: "))
        yield Paragraph("body", node(lead, writer.kept(total), ", trong đó:"), level=level)
        for n, part in enumerate(lines, 1):
            end = "." if n == len(lines) else ";"
            yield Paragraph("item", node("- ", capitalised(writer.kept(part)), end), "-", level + 1)
        return
    words = rest.split()
    low, _, high = (words[1] if name == "facts" else words[0]).partition("-")
    count = writer.rng.randint(int(low), int(high or low))
    if name == "facts":
        under.pattern = words[2]
        yield from facts(writer, count, under, lists=(words[0],))
    elif name == "tasks":
        yield from tasks(writer, count, under)
    else:
        makers = {"money_table": money_table, "task_table": task_table, "target_table": target_table}
        yield from makers[name](writer, count)


def _table(writer: Writer, lines: Sequence[str]) -> Iterator[Block]:
    rows: list[tuple[Cell, ...]] = []
    widths: tuple[float, ...] = ()
    for line in lines:
        name, _, rest = line.partition(" ")
        cells = rest.split("|")
        if name == "unit":
            yield Paragraph("unit", node(f"Đơn vị tính: {rest}", italic=True))
        elif name == "caption":
            yield Paragraph("heading", node(capitalised(writer.write(rest)), bold=True), centred=True)
        elif name == "head":
            rows.append(tuple(Cell(writer.write(cell), align="centre", bold=True) for cell in cells))
            shares = [1.0 if len(cell) < 5 else 5.0 if len(cell) > 40 or "Nội dung" in cell or "Nhiệm vụ" in cell else 2.5 for cell in cells]  # fmt: skip
            widths = tuple(share / sum(shares) for share in shares)
        else:
            for _ in range(int(name.partition("*")[2] or 1)):
                rows.append(_row(writer, cells, len(rows)))
    yield Table(tuple(rows), widths)


def _row(writer: Writer, cells: Sequence[str], n: int) -> tuple[Cell, ...]:
    """A row of a table: one task, told by its cells together; the cell with ``<o>`` carries the obligation."""
    carries = next((c for c, cell in enumerate(cells) if cell.startswith("<o>")), None)
    writer.inherited, writer.section = None, None
    writer.task = task = Task(section=None) if carries is not None else None
    bare = [cell.replace("<o>", "").replace("</o>", "").replace("{n}", str(n)) for cell in cells]
    made = [capitalised(writer.write(cell)) if "{" in cell else node(cell) for cell in bare]
    made = [_named(cell, made[1].text) for cell in made]
    writer.task = None
    if carries is not None and task is not None:
        made[carries] = Node((made[carries],), task.gold())
    return tuple(
        Cell(cell, align="centre" if text == "{n}" else "left") for cell, text in zip(made, cells, strict=True)
    )


def _named(cell: Node, indicator: str) -> Node:
    """A target or result of a row has its indicator in the second cell."""
    gold = cell.gold
    if gold is not None and gold.kind in ("targets", "results") and not gold.values["indicator"]:
        gold = Gold(gold.kind, {**gold.values, "indicator": indicator})
    parts = tuple(_named(part, indicator) if isinstance(part, Node) else part for part in cell.parts)
    return replace(cell, gold=gold, parts=parts)


def fitting(bank: Mapping[str, Any], kind: str) -> list[Mapping[str, Any]]:
    """The forms of a bank, of one type of document only where it is told."""
    return [form for form in bank.get("forms", ()) if not kind or form["kind"] == kind]


def _with_mentions(writer: Writer, text: list[Block]) -> list[Block]:
    """The text with a sentence or two that hold values, before a closing line that follows a list."""
    last = text[-2:]
    roles = [block.role for block in last if isinstance(block, Paragraph)]
    if roles != ["item", "body"]:
        return text
    told = [Paragraph("body", capitalised(writer.phrase("mention"))) for _ in range(writer.rng.randint(1, 3))]
    return [*text[:-1], *told, text[-1]]


def formed(rng: Random, seed: int, bank_name: str, form: Mapping[str, Any], day: Callable[[Random, Era], date]) -> File:
    """The file of a form: of one of its offices, issued on a ``day`` of its era."""
    bank = load_bank(bank_name)
    house = next((h for h in bank["houses"] if h["name"] == form["house"]), None) if "house" in form else None
    level, era = rng.choice((house or form)["offices"]).split()
    place, issued = office(rng, level, era), day(rng, era)
    topics = [t for t in bank["topics"] if t["name"] == form.get("topic", t["name"])]
    writer = Writer(rng, bank, place, rng.choice(topics), issued)
    if house:
        settle(writer, house)
    elif level != "department":  # how an office speaks of itself
        writer.us = replace(place.committee, text=f"Ủy ban nhân dân {place.seat.kind}")
    kind = form["kind"]
    subject = writer.write(rng.choice(form["subjects"])) if "subjects" in form else writer.phrase("subjects")
    to = [literal(text) for text in form.get("to", ())]
    made = frame(writer, house, kind, issued, subject, to) if house else head(writer, kind, issued, subject)
    whole: list[Block] = [made.letterhead, *([made.title] if made.title else []), *made.addressees]
    whole += [*_with_mentions(writer, list(blocks(writer, form["text"]))), made.ending]
    about = {
        "seed": seed, "bank": bank_name, "type": kind, "level": level, "era": era, "topic": writer.topic["name"], "bundle": False,
        "form": form["name"],
    }  # fmt: skip
    return File(f"{bank_name}{seed:05}", (Document(tuple(whole), made.fields),), about)
