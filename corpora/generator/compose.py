"""Whole documents: what stands in a document of a type, in which order, and how it is numbered."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from random import Random
from typing import Any

import regex
from corpora.generator.bank import bank as load_bank
from corpora.generator.heads import TYPES, Head, head
from corpora.generator.lists import Numbers, facts, tasks
from corpora.generator.model import Block, Document, File, Gold, Line, Node, PageBreak, Paragraph, Title, node
from corpora.generator.places import office
from corpora.generator.tables import money_table, task_table
from corpora.generator.writer import Writer, capitalised

# what each level may issue; a decision may carry its plan
LEVELS = (("province", "63"), ("province", "34"), ("department", "63"), ("department", "34"), ("district", "63"), ("commune", "63"), ("commune", "34"))  # fmt: skip
REFORM = date(2025, 7, 1)
# accepts the stop at the end of a paragraph: "." ";" ":" or "./."
_STOP = regex.compile(r"(?:\./\.|[.;:])$")


def compose(seed: int, bank_name: str = "a", kind: str = "") -> File:
    """The file of a seed: the same always.

    Args:
        seed: any integer; types, levels and eras follow from it so that a few dozen files have all of them.
        bank_name: phrase bank, "a" or "b".
        kind: type of document ("CHỈ THỊ"), empty for that of the seed.

    Raises:
        BankError: where the bank lacks what a document needs.
    """
    rng = Random(f"{bank_name}/{seed}")
    kind = kind or list(TYPES)[seed % len(TYPES)]
    # runs through the levels at another pace than through the types: seven levels, ten types
    level, era = LEVELS[(seed // len(TYPES) + seed) % len(LEVELS)]
    place = office(rng, level, era)  # type: ignore[arg-type]
    issued = _day(rng, era)
    bank = load_bank(bank_name)
    writer = Writer(rng, bank, place, rng.choice(bank["topics"]), issued)
    subject = writer.phrase("subjects")
    frame = head(writer, kind, issued, subject)
    documents = [_document(writer, kind, frame)]
    bundled = kind == "QUYẾT ĐỊNH" and seed // len(TYPES) % 3 == 1  # one decision in three issues a plan
    if bundled:
        documents.append(_issued_plan(writer, frame, subject))
    about = {
        "seed": seed,
        "bank": bank_name,
        "type": kind,
        "level": level,
        "era": era,
        "topic": writer.topic["name"],
        "bundle": bundled,
    }
    return File(f"{bank_name}{seed:05}", tuple(documents), about)


def _day(rng: Random, era: str) -> date:
    """A day of issue in the era: 2021 to June 2025, or July 2025 to autumn 2026."""
    first, last = (date(2021, 1, 4), REFORM - timedelta(days=1)) if era == "63" else (REFORM, date(2026, 10, 30))
    return first + timedelta(days=rng.randrange((last - first).days))


def _paragraph(writer: Writer, name: str, role: str = "body") -> Paragraph:
    return Paragraph(role, capitalised(writer.phrase(name)))  # type: ignore[arg-type]


def _document(writer: Writer, kind: str, frame: Head) -> Document:
    rng = writer.rng
    body = {
        "CÔNG VĂN": _letter, "CÔNG ĐIỆN": _letter, "CHỈ THỊ": _letter, "THÔNG BÁO": _notice, "QUYẾT ĐỊNH": _decision,
        "NGHỊ QUYẾT": _decision, "KẾ HOẠCH": _plan, "CHƯƠNG TRÌNH": _plan, "BÁO CÁO": _report, "TỜ TRÌNH": _proposal,
    }[kind]  # fmt: skip
    # a letter has its addressees right under the letterhead, other documents under their title
    blocks: list[Block] = [frame.letterhead, *([frame.title] if frame.title else []), *frame.addressees]
    blocks += _noted(writer, list(body(writer, kind)))
    blocks.append(frame.ending)
    if rng.random() < 0.3:
        blocks += _annex(writer)
    return Document(tuple(blocks), frame.fields)


def _noted(writer: Writer, blocks: list[Block]) -> list[Block]:
    """One document in three has a footnote or two; the mark stands at the end of a paragraph, before its stop."""
    if writer.rng.random() > 1 / 3:
        return blocks
    places = [n for n, b in enumerate(blocks) if isinstance(b, Paragraph) and b.role in ("body", "item")]
    for number, n in enumerate(sorted(writer.rng.sample(places, min(len(places), writer.rng.randint(1, 2)))), 1):
        old = blocks[n]
        assert isinstance(old, Paragraph)
        mark = Node((f"({number})",), note=writer.phrase("note"))
        last = old.text.parts[-1] if old.text.parts else ""
        blocks[n] = replace(old, text=_before_stop(old.text, mark, last))
    return blocks


def _before_stop(text: Node, mark: Node, last: str | Node) -> Node:
    """The text with a mark before the stop ("." ";" ":" or "./.") that ends it, or behind it where there is none of its own."""
    if isinstance(last, str) and (stop := _STOP.search(last)):
        return replace(text, parts=(*text.parts[:-1], last[: stop.start()], mark, stop[0]))
    return replace(text, parts=(*text.parts, mark))


# ---------------------------------------------------------------- bodies


def _letter(writer: Writer, kind: str) -> Iterator[Block]:
    """Công văn, công điện, chỉ thị: an opening, then tasks."""
    yield _paragraph(writer, "opening")
    if writer.rng.random() < 0.4:
        yield from facts(writer, writer.rng.randint(1, 2), Numbers())
    yield from tasks(writer, writer.rng.randint(3, 7), Numbers())
    yield from _asides(writer)
    yield _paragraph(writer, "closing")


def _notice(writer: Writer, kind: str) -> Iterator[Block]:
    """Thông báo of conclusions: a meeting, its judgement, the tasks."""
    yield _paragraph(writer, "opening_notice")
    numbers = Numbers()
    yield _heading(writer, "heading_results", numbers)
    yield from facts(writer, writer.rng.randint(2, 4), numbers.below("-"))
    yield _heading(writer, "heading_tasks", numbers)
    yield from tasks(writer, writer.rng.randint(3, 6), numbers.below())
    yield from _asides(writer)
    yield _paragraph(writer, "closing")


def _heading(writer: Writer, name: str, numbers: Numbers) -> Paragraph:
    """A numbered bold heading; what follows stands in its section."""
    marker = numbers.next()
    writer.section = numbers.section
    text = capitalised(writer.phrase(name))
    return Paragraph("heading", Node((f"{marker} ", text), bold=True), marker=marker, level=numbers.level)


def _plan(writer: Writer, kind: str) -> Iterator[Block]:
    """Kế hoạch, chương trình: aims and targets, tasks, money, who does what, a table."""
    rng = writer.rng
    yield _paragraph(writer, "opening")
    numbers = Numbers("I.")
    yield _heading(writer, "heading_general", numbers)
    yield from facts(writer, rng.randint(2, 4), numbers.below("1."), lists=("target",))
    yield _heading(writer, "heading_tasks", numbers)
    yield from tasks(writer, rng.randint(3, 6), numbers.below())
    yield _heading(writer, "heading_money", numbers)
    yield from facts(writer, 1, numbers.below("-"), lists=("result",))
    if rng.random() < 0.5:
        yield from task_table(writer, rng.randint(3, 6))
    yield from _asides(writer)
    yield _paragraph(writer, "closing")


def _report(writer: Writer, kind: str) -> Iterator[Block]:
    """Báo cáo: results, faults, tasks to come; few obligations among many facts."""
    rng = writer.rng
    yield _paragraph(writer, "opening_report")
    numbers = Numbers("I.")
    yield _heading(writer, "heading_results", numbers)
    yield from facts(writer, rng.randint(4, 7), numbers.below("1."))
    if rng.random() < 0.7:
        yield from money_table(writer, rng.randint(4, 8))
    yield _heading(writer, "heading_faults", numbers)
    yield from facts(writer, rng.randint(2, 3), numbers.below("-"), lists=("judgement", "result"))
    yield _heading(writer, "heading_tasks", numbers)
    yield from tasks(writer, rng.randint(2, 4), numbers.below())
    yield _paragraph(writer, "closing_report")


def _proposal(writer: Writer, kind: str) -> Iterator[Block]:
    """Tờ trình: reasons, figures, what is asked."""
    yield _paragraph(writer, "opening_proposal")
    numbers = Numbers()
    yield _heading(writer, "heading_results", numbers)
    yield from facts(writer, writer.rng.randint(3, 5), numbers.below("-"))
    yield _heading(writer, "heading_money", numbers)
    yield from facts(writer, 2, numbers.below("-"), lists=("result",))
    yield from money_table(writer, writer.rng.randint(3, 5))
    yield _paragraph(writer, "closing_proposal")


def _decision(writer: Writer, kind: str) -> Iterator[Block]:
    """Quyết định, nghị quyết: căn cứ, "QUYẾT ĐỊNH:", articles."""
    rng = writer.rng
    for _ in range(rng.randint(2, 4)):
        yield Paragraph("basis", node(writer.phrase("basis"), italic=True))
    yield Paragraph("basis", node(writer.phrase("basis_proposal"), italic=True))
    yield Paragraph("enact", node(f"{kind}:", bold=True), centred=True)
    about = writer.phrase("subjects")
    for n, text in enumerate(_articles(writer, kind, about), 1):
        marker = f"Điều {n}."
        yield Paragraph("item", node(node(f"{marker} ", bold=True), text), marker=marker)


def _articles(writer: Writer, kind: str, about: Node) -> Iterator[Node]:
    yield node(f"Ban hành kèm theo {kind.capitalize()} này nội dung ", about, ".")
    for n in range(writer.rng.randint(2, 4)):
        writer.section = f"Điều {n + 2}"
        yield capitalised(writer.phrase("articles"))
    writer.section = None
    yield writer.phrase("in_force" if kind == "QUYẾT ĐỊNH" else "in_force_resolution")
    if kind == "QUYẾT ĐỊNH":
        yield writer.phrase("carry_out")


def _asides(writer: Writer) -> Iterator[Block]:
    """What looks like a finding and is none; and a deadline without a task."""
    if writer.rng.random() < 0.5:
        yield _paragraph(writer, "distractor")
    if writer.rng.random() < 0.2:
        yield _paragraph(writer, "loose_deadline")


def _annex(writer: Writer) -> list[Block]:
    """A landscape annex with a table of tasks or of money."""
    rows = (
        task_table(writer, writer.rng.randint(4, 9))
        if writer.rng.random() < 0.5
        else money_table(writer, writer.rng.randint(6, 14))
    )
    title = Title(
        (Line(node("PHỤ LỤC"), bold=True), Line(capitalised(writer.phrase("subjects")), bold=True, rule=True))
    )
    return [PageBreak(landscape=True), title, *rows]


def _issued_plan(writer: Writer, frame: Head, subject: Node) -> Document:
    """The plan that a decision issues: its own title under "(Ban hành kèm theo ...)", no letterhead of its own."""
    number, issued_on = frame.fields["number"], frame.fields["issued_on"]
    y, m, d = issued_on.split("-")
    symbol = frame.fields["symbol"]
    values: dict[str, Any] = {"number": number, "document_type": "QUYẾT ĐỊNH", "issued_on": issued_on}
    shown = number or f"     /{symbol}"
    cited = Node((f"Quyết định số {shown} ngày {d}/{m}/{y}",), Gold("citations", values))
    lines = (
        Line(node("KẾ HOẠCH"), bold=True),
        Line(capitalised(subject), bold=True),
        Line(node("(Ban hành kèm theo ", cited, f" của {frame.fields['issuer']})"), italic=True, rule=True),
    )
    blocks: list[Block] = [Title(lines), *_plan(writer, "KẾ HOẠCH")]
    fields = {
        "document_type": "KẾ HOẠCH",
        "subject": subject.text,
        "issued_with": {"number": number, "issued_on": issued_on},
    }
    return Document(tuple(blocks), fields)
