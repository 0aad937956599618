"""Whole documents: what stands in a document of a type, in which order, and how it is numbered."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date, timedelta
from functools import partial
from random import Random
from typing import Any

import regex

from corpora.generator.bank import bank as load_bank
from corpora.generator.forms import fitting, formed
from corpora.generator.heads import TYPES, Head, head
from corpora.generator.lists import Numbers, facts, tasks
from corpora.generator.model import Block, Document, File, Gold, Line, Node, PageBreak, Paragraph, Role, Title, node
from corpora.generator.places import Agency, Era, Level, office
from corpora.generator.tables import money_table, target_table, task_table
from corpora.generator.writer import Writer, capitalised

# what each level may issue; a decision may carry its plan
LEVELS: tuple[tuple[Level, Era], ...] = (("province", "63"), ("province", "34"), ("department", "63"), ("department", "34"), ("district", "63"), ("commune", "63"), ("commune", "34"))  # fmt: skip
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
    bank = load_bank(bank_name)
    chance = Random(f"{bank_name}/{seed}/form")
    if (forms := fitting(bank, kind)) and chance.random() < 0.5:
        return formed(chance, seed, bank_name, chance.choice(forms), _day)
    rng = Random(f"{bank_name}/{seed}")
    kind = kind or list(TYPES)[seed % len(TYPES)]
    # runs through the levels at another pace than through the types: seven levels, ten types
    level, era = LEVELS[(seed // len(TYPES) + seed) % len(LEVELS)]
    if level == "department" and kind in ("NGHỊ QUYẾT", "CÔNG ĐIỆN"):  # departments issue none
        level = "province"
    place = office(rng, level, era)
    issued = _day(rng, era)
    topics = bank["topics"]
    if level == "department":  # on what is its own business
        topics = [t for t in topics if any(w in place.body.text for w in t["bodies"])] or topics
    writer = Writer(rng, bank, place, rng.choice(topics), issued)
    subject = writer.phrase("subjects")
    frame = head(writer, kind, issued, subject)
    bundled = kind == "QUYẾT ĐỊNH" and seed // len(TYPES) % 3 == 1  # one decision in three issues a plan
    documents = [_document(writer, kind, frame, subject, bundled)]
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
    day = first + timedelta(days=rng.randrange((last - first).days))
    return day - timedelta(days=max(0, day.weekday() - 4))  # offices are closed at the end of the week


def _paragraph(writer: Writer, name: str, role: Role = "body") -> Paragraph:
    return Paragraph(role, capitalised(writer.phrase(name)))


def _has(writer: Writer, *names: str) -> str:
    """The first of some lists of phrases that the bank has; the last is one that every bank has."""
    return next((name for name in names[:-1] if name in writer.bank["phrases"]), names[-1])


def _spoken(writer: Writer, name: str, by: Agency | None = None) -> Paragraph:
    """A paragraph in which the office speaks of itself.

    Phrases call the speaker the people's committee. For a department it is the department (or ``by``); the committee behind
    "của", as issuer of what is cited, stays itself.
    """
    made = _paragraph(writer, name)
    if by is None and writer.office.level == "department":
        by = writer.office.body
    return replace(made, text=_renamed(made.text, writer.office.committee, by)) if by else made


def _renamed(text: Node, old: Agency, new: Agency) -> Node:
    out: list[str | Node] = []
    for part in text.parts:
        if isinstance(part, Node):
            mention = part.gold is not None and part.gold.kind == "agencies" and part.gold.values["name"] == old.name
            cited = bool(out) and isinstance(out[-1], str) and out[-1].endswith("của ")
            part = part if mention and cited else new.node() if mention else _renamed(part, old, new)
        out.append(part)
    return replace(text, parts=tuple(out))


def _document(writer: Writer, kind: str, frame: Head, subject: Node, bundled: bool) -> Document:
    rng = writer.rng
    bodies: dict[str, Callable[[Writer, str], Iterator[Block]]] = {
        "CÔNG VĂN": _letter, "CÔNG ĐIỆN": _letter, "CHỈ THỊ": _letter, "THÔNG BÁO": _notice, "KẾ HOẠCH": _plan,
        "CHƯƠNG TRÌNH": _plan, "BÁO CÁO": _report, "TỜ TRÌNH": _proposal,
        "QUYẾT ĐỊNH": partial(_decision, subject=subject, bundled=bundled), "NGHỊ QUYẾT": partial(_decision, subject=subject),
    }  # fmt: skip
    # a letter has its addressees right under the letterhead, other documents under their title
    blocks: list[Block] = [frame.letterhead, *([frame.title] if frame.title else []), *frame.addressees]
    blocks += _noted(writer, list(bodies[kind](writer, kind)))
    blocks.append(frame.ending)
    if rng.random() < 0.3:
        blocks += _annex(writer, kind, frame)
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
    """The text with a mark before the stop ("." ";" ":" or "./.") that ends it, or behind it where the stop is inside a finding."""
    if isinstance(last, Node) and last.gold is None and last.note is None and last.parts:
        return replace(text, parts=(*text.parts[:-1], _before_stop(last, mark, last.parts[-1])))
    if isinstance(last, str) and (stop := _STOP.search(last)):
        return replace(text, parts=(*text.parts[:-1], last[: stop.start()], mark, stop[0]))
    return replace(text, parts=(*text.parts, mark))


# ---------------------------------------------------------------- bodies


def _letter(writer: Writer, kind: str) -> Iterator[Block]:
    """Công văn, công điện, chỉ thị: what was found, an opening, then tasks."""
    if writer.rng.random() < 0.4:
        for _ in range(writer.rng.randint(1, 2)):
            yield _paragraph(
                writer, writer.rng.choice(("result", "judgement", "told") if writer.wide else ("result", "judgement"))
            )
    yield _spoken(writer, "opening")
    yield from tasks(writer, writer.rng.randint(4, 9), Numbers())
    yield from _asides(writer)
    yield _paragraph(writer, "closing")


def _notice(writer: Writer, kind: str) -> Iterator[Block]:
    """Thông báo of conclusions: a meeting, its judgement, the tasks."""
    yield _spoken(writer, "opening_notice")
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
    yield _spoken(writer, _has(writer, "opening_plan", "opening"))
    numbers = Numbers("I.")
    yield _heading(writer, "heading_general", numbers)
    yield from facts(writer, rng.randint(2, 4), numbers.below("1."), lists=("target",))
    if writer.wide and rng.random() < 0.35:
        yield from target_table(writer, 4)
    yield _heading(writer, "heading_tasks", numbers)
    yield from tasks(writer, rng.randint(3, 6), numbers.below())
    if rng.random() < 0.5:
        yield from task_table(writer, rng.randint(3, 6))
    yield _heading(writer, "heading_money", numbers)
    yield from facts(writer, rng.randint(1, 2), numbers.below("-"), lists=(_has(writer, "money", "result"),))
    yield from _asides(writer)
    yield _paragraph(writer, "closing")


def _report(writer: Writer, kind: str) -> Iterator[Block]:
    """Báo cáo: results, faults, tasks to come; few obligations among many facts."""
    rng = writer.rng
    yield _spoken(writer, "opening_report")
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
    """Tờ trình: reasons, figures, what is asked of the body above."""
    office = writer.office
    above = office.parent if office.level != "department" else None
    if above is None and office.level == "province":
        name = f"Hội đồng nhân dân {office.seat}"
        above = Agency(f"Hội đồng nhân dân {office.seat.kind}", name)
    # a department proposes to the committee, which the phrases name; a committee to its council or to the one above
    propose = partial(_spoken, writer, by=above or office.committee)
    yield propose("opening_proposal")
    numbers = Numbers()
    yield _heading(writer, "heading_results", numbers)
    yield from facts(writer, writer.rng.randint(3, 5), numbers.below("-"))
    yield _heading(writer, "heading_money", numbers)
    yield from facts(writer, 2, numbers.below("-"), lists=(_has(writer, "money", "result"),))
    yield from money_table(writer, writer.rng.randint(3, 5))
    yield propose("closing_proposal")


# how high what a document is based on stands: laws first, then the state's, then the office's own
_RANKS = ("LUẬT", "BỘ", "NGHỊ ĐỊNH", "THÔNG TƯ")


def _rank(basis: Node) -> int:
    cited = next((gold.values["document_type"] for gold, _, _ in basis.marks() if gold.kind == "citations"), "")
    return _RANKS.index(cited) if cited in _RANKS else len(_RANKS)


def _decision(writer: Writer, kind: str, subject: Node, bundled: bool = False) -> Iterator[Block]:
    """Quyết định, nghị quyết: who decides, căn cứ, "QUYẾT ĐỊNH:", articles."""
    rng, office = writer.rng, writer.office
    council = kind == "NGHỊ QUYẾT"
    body = f"Hội đồng nhân dân {office.seat}" if council else office.body.name or office.body.text
    if council or office.level != "department":
        who = Node((body.upper(),), Gold("agencies", {"name": body, "optional": True}))
    else:
        who = node("GIÁM ĐỐC ", Node((office.body.text.upper(),), Gold("agencies", {"name": body, "optional": True})))
    yield Paragraph("enact", node(who, bold=True), centred=True)
    for basis in sorted((writer.phrase("basis") for _ in range(rng.randint(2, 4))), key=_rank):
        yield Paragraph("basis", node(basis, italic=True))
    proposal = writer.phrase("basis_proposal")
    if council:
        committee = replace(office.committee, text=f"Ủy ban nhân dân {office.seat.kind}")
        proposal = node("Xét đề nghị của ", committee.node(), "; ý kiến thảo luận của đại biểu tại kỳ họp.")
    yield Paragraph("basis", node(proposal, italic=True))
    yield Paragraph("enact", node("QUYẾT NGHỊ:" if council else f"{kind}:", bold=True), centred=True)
    for n, text in enumerate(_articles(writer, kind, subject, bundled), 1):
        marker = f"Điều {n}."
        yield Paragraph("item", node(node(f"{marker} ", bold=True), _pointed_back(text, kind)), marker=marker)


def _articles(writer: Writer, kind: str, about: Node, bundled: bool) -> Iterator[Node]:
    if bundled:
        yield node(f"Ban hành kèm theo {kind.capitalize()} này Kế hoạch ", about, ".")
    else:
        yield node(
            writer.rng.choice(("Phê duyệt phương án ", "Thông qua nội dung ", "Phê duyệt chủ trương ")), about, "."
        )
    for n in range(writer.rng.randint(2, 4)):
        writer.section = f"Điều {n + 2}"
        yield capitalised(writer.phrase("articles"))
    writer.section = None
    yield writer.phrase("in_force" if kind == "QUYẾT ĐỊNH" else "in_force_resolution")
    if kind == "QUYẾT ĐỊNH":
        yield _chancellery(_spoken(writer, "carry_out").text)


def _pointed_back(text: Node, kind: str) -> Node:
    """The text with each "Quyết định này" a citation that may be found or not."""
    this = f"{kind.capitalize()} này"
    mention = Node((this,), Gold("citations", {"number": None, "optional": True}))
    out: list[str | Node] = []
    for part in text.parts:
        if isinstance(part, Node):
            out.append(_pointed_back(part, kind))
            continue
        before, *others = part.split(this)
        out += [before, *(piece for other in others for piece in (mention, other))]
    return replace(text, parts=tuple(piece for piece in out if piece != ""))


def _chancellery(text: Node) -> Node:
    """In "Chánh Văn phòng Ủy ban nhân dân tỉnh" the body that is named is the chancellery, not the committee."""
    out: list[str | Node] = []
    for part in text.parts:
        if isinstance(part, Node):
            before = out[-1] if out else None
            named = next((gold for gold, _, _ in part.marks() if gold.kind == "agencies"), None)
            if named and isinstance(before, str) and before.endswith("Văn phòng "):
                out[-1] = before.removesuffix("Văn phòng ")
                part = Agency(f"Văn phòng {part.text}", f"Văn phòng {named.values['name']}").node()
            else:
                part = _chancellery(part)
        out.append(part)
    return replace(text, parts=tuple(out))


def _asides(writer: Writer) -> Iterator[Block]:
    """What looks like a finding and is none; and a deadline without a task."""
    if writer.wide:
        for _ in range(writer.rng.randint(2, 4)):
            yield _paragraph(writer, "mention")
    if writer.rng.random() < 0.5:
        yield _paragraph(writer, "distractor")
    if writer.rng.random() < 0.2:
        yield _paragraph(writer, "loose_deadline")
    if writer.wide and writer.rng.random() < 0.15:
        yield _paragraph(writer, "kindly")


def _source(kind: str, frame: Head, issuer: Agency) -> Node:
    """What an annex or plan belongs to: type, number, date and issuer of the document before it."""
    number, issued_on = frame.fields["number"], frame.fields["issued_on"]
    y, m, d = issued_on.split("-")
    values: dict[str, Any] = {"number": number, "document_type": kind, "issued_on": issued_on}
    if not number and kind != "QUYẾT ĐỊNH":
        values["optional"] = True  # nobody can tell which document it is
    # without a number: room for the pen where the plan is issued, dots elsewhere
    shown = number or f"{'     ' if kind == 'QUYẾT ĐỊNH' else '.....'}/{frame.fields['symbol']}"
    name = capitalised(node(kind.lower())).text
    cited = Node((f"{name} số {shown} ngày {d}/{m}/{y}",), Gold("citations", values))
    return node(cited, " của ", issuer.node())


def _annex(writer: Writer, kind: str, frame: Head) -> list[Block]:
    """A landscape annex with a table of tasks or of money: what the table is, and what it belongs to, stand in its title."""
    rows = (
        task_table(writer, writer.rng.randint(4, 9))
        if writer.rng.random() < 0.5
        else money_table(writer, writer.rng.randint(6, 14))
    )
    caption = next(block for block in rows if isinstance(block, Paragraph))
    issuer = writer.office.body
    if kind == "NGHỊ QUYẾT":
        issuer = Agency(f"Hội đồng nhân dân {writer.office.seat}", f"Hội đồng nhân dân {writer.office.seat}")
    lines = (
        Line(node("PHỤ LỤC"), bold=True),
        Line(caption.text, bold=True),
        Line(node("(Kèm theo ", _source(kind, frame, issuer), ")"), italic=True),
    )
    return [PageBreak(landscape=True), Title(lines), *(block for block in rows if block is not caption)]


def _issued_plan(writer: Writer, frame: Head, subject: Node) -> Document:
    """The plan that a decision issues: its own title under "(Ban hành kèm theo ...)", no letterhead of its own."""
    lines = (
        Line(node("KẾ HOẠCH"), bold=True),
        Line(capitalised(subject), bold=True),
        Line(
            node("(Ban hành kèm theo ", _source("QUYẾT ĐỊNH", frame, writer.office.body), ")"), italic=True, rule=True
        ),
    )
    blocks: list[Block] = [Title(lines), *_plan(writer, "KẾ HOẠCH")]
    fields = {
        "document_type": "KẾ HOẠCH",
        "subject": subject.text,
        "issued_with": {"number": frame.fields["number"], "issued_on": frame.fields["issued_on"]},
    }
    return Document(tuple(blocks), fields)
