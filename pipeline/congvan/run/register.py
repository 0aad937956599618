"""The follow-up register: a row a task, in the columns of Decree 30/2020, Annex IV (form VII and the register of follow-up)."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cache
from typing import Any, Literal

from congvan.config import models_dir
from congvan.record import AgencyRef, Amount, Citation, DeadlineValue, Obligation, Record

Language = Literal["vi", "en"]


@dataclass(frozen=True, slots=True)
class Row:
    """A task of the register. The columns that an office fills by hand (arrival number, progress, reply) have no field.

    Attributes:
        no: from 1. document: type, number, date and issuer. lead, coordinating: names. due: the day, None for what recurs or
            hangs on an event. term: the deadline as written. deadline: all that is known of it. amount: đồng, where one exact sum is
            named; amounts: as written. basis: documents that the task is based on. remarks: condition, section.
    """

    no: int
    document: str
    path: str
    document_id: str
    issued_on: str | None
    obligation: str
    task: str
    headline: str
    lead: str
    coordinating: str
    due: date | None
    term: str | None
    deadline: DeadlineValue | None
    amount: Decimal | None
    amounts: str
    basis: str
    remarks: str

    def values(self) -> dict[str, Any]:
        """The columns of the register as plain values, by key."""
        return {
            "no": self.no,
            "arrival_number": None,
            "document": self.document,
            "task": self.task,
            "lead": self.lead or None,
            "coordinating": self.coordinating or None,
            "due": self.due.isoformat() if self.due is not None else self.term,
            "amount": int(self.amount) if self.amount is not None else self.amounts or None,
            "basis": self.basis or None,
            "progress": None,
            "reply": None,
            "remarks": self.remarks or None,
        }

    def as_json(self) -> dict[str, Any]:
        """The same for programs: also the deadline as in the record, and where the task comes from."""
        more = {
            "term": self.term,
            "deadline": self.deadline.model_dump(mode="json") if self.deadline is not None else None,
            "headline": self.headline,
            "path": self.path,
            "document_id": self.document_id,
            "obligation": self.obligation,
        }
        return {key: value for key, value in self.values().items() if key not in _BY_HAND} | more


_BY_HAND = frozenset({"arrival_number", "progress", "reply"})


@cache
def form() -> dict[str, Any]:
    """Titles, columns and groups of the register with their labels in Vietnamese and English, and their source."""
    found: dict[str, Any] = json.loads((models_dir() / "register.json").read_text(encoding="utf-8"))
    return found


def labels(language: Language, *, short: bool = False) -> dict[str, str]:
    """Column key -> label; ``short`` for a terminal, where the form's own labels are too long."""
    pick = "short" if short and language == "vi" else language
    return {column["key"]: column.get(pick, column[language]) for column in form()["columns"]}


def rows(records: Iterable[Record]) -> Iterator[Row]:
    """A row for each obligation of the documents, numbered through."""
    no = 0
    for record in records:
        document = document_of(record)
        for task in record.obligations:
            no += 1
            yield _row(no, record, document, task)


def document_of(record: Record) -> str:
    """A document as a register names it: "Chỉ thị số 03/CT-UBND ngày 05/01/2024 của Ủy ban nhân dân tỉnh Kon Tum"."""
    kind = (record.document_type or "Văn bản").capitalize()
    said = [kind]
    if record.number or record.symbol:
        said.append(f"số {record.number or f'…/{record.symbol}'}")
    if record.issued_on:
        said.append(f"ngày {date.fromisoformat(record.issued_on):%d/%m/%Y}")
    if record.issuer is not None:
        said.append(f"của {record.issuer.name or record.issuer.text}")
    if record.subject and not (record.number or record.symbol):
        said.append(record.subject)
    return " ".join(said)


def _row(no: int, record: Record, document: str, task: Obligation) -> Row:
    amounts = [a for a in record.amounts if a.id in task.amounts]
    citations = [c for c in record.citations if c.id in task.citations]
    due = date.fromisoformat(task.deadline.due) if task.deadline is not None and task.deadline.due is not None else None
    return Row(
        no=no,
        document=document,
        path=record.source.path,
        document_id=record.id,
        issued_on=record.issued_on,
        obligation=task.id,
        task=_sentence(task.action or task.text),
        headline=task.headline or task.action,
        lead=_names(task.lead),
        coordinating=_names(task.coordinating),
        due=due,
        term=_term(record, task),
        deadline=task.deadline,
        amount=_one(amounts),
        amounts="; ".join(a.text for a in amounts),
        basis="; ".join(dict.fromkeys(_cited(c) for c in citations)),
        remarks="; ".join(part for part in (task.condition, _section(task.section), _reports(task)) if part),
    )


def _names(refs: Iterable[AgencyRef]) -> str:
    return "; ".join(ref.text for ref in refs)


def _one(amounts: list[Amount]) -> Decimal | None:
    """The amount, where one exact sum of đồng is named."""
    exact = [a for a in amounts if a.operator == "=" and a.currency == "VND" and a.per is None]
    return exact[0].value if len(amounts) == 1 and exact else None


def _cited(c: Citation) -> str:
    return f"{c.document_type.capitalize()} số {c.number}" if c.document_type and c.number else c.text


def _section(section: str | None) -> str:
    if not section:
        return ""
    return section if section.startswith("Điều") else f"mục {section}"


def _sentence(text: str) -> str:
    return text[:1].upper() + text[1:]


def _reports(task: Obligation) -> str:
    return f"báo cáo {_names(task.reports_to)}" if task.reports_to else ""


def _term(record: Record, task: Obligation) -> str | None:
    """The deadline as written: the finding that has its values, nearest to the task; in words where there is none."""
    if task.deadline is None:
        return None
    wanted = task.deadline.model_dump()
    same = [d for d in record.deadlines if {k: getattr(d, k) for k in wanted} == wanted]
    start, end = task.span
    near = min(same, key=lambda d: 0 if start <= d.span[0] < end else abs(d.span[0] - start), default=None)
    return near.text if near is not None else task.deadline.in_words()
