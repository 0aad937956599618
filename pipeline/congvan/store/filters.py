"""Filters of the lists: one frozen object, the same for documents and findings; each says what it applies to."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, fields
from decimal import Decimal
from typing import Any

from sqlalchemy import ColumnElement, Numeric, Select, String, cast, func, literal, or_
from sqlalchemy.orm import InstrumentedAttribute

from congvan.errors import UsageError
from congvan.language.succession import earlier_names
from congvan.record import FINDING_MODELS
from congvan.store.rows import fold
from congvan.store.tables import DocumentRow, FindingRow

DOCUMENTS = "documents"
_WITH_AGENCIES = {"agencies", "citations", "obligations", "targets", "results", DOCUMENTS}
_WITH_VALUE = {"percentages", "amounts", "quantities", "targets", "results"}
#: which column --from and --to look at, where it is not the date of issue of the document
_DATES: dict[str, tuple[InstrumentedAttribute[str | None], InstrumentedAttribute[str | None]]] = {
    "deadlines": (FindingRow.due, FindingRow.due),
    "obligations": (FindingRow.due, FindingRow.due),
    "dates": (FindingRow.end, FindingRow.start),
    "citations": (FindingRow.issued_on, FindingRow.issued_on),
}


@dataclass(frozen=True, slots=True)
class Filters:
    """What a list shows; None means no restriction. Letters with and without marks are the same, case is ignored.

    Attributes:
        document: id of a document, its beginning, or the number of the document ("549/SKHĐT-KT").
        type: document type ("thông báo").
        issuer: part of the name or key of the issuer of the document.
        lead: part of the name or key of an agency in charge (obligations).
        agency: part of the name or key of any agency of the finding; of the issuer (documents).
        since, until: ISO dates, both included. Of ``due`` for deadlines and obligations, of the period for dates, of the
            date of issue of the cited document for citations; else of the date of issue of the document.
        low, high: bounds of the value in base units, both included; a range that reaches into them counts.
        text: part of the finding's text, indicator or title; of the document's text.
        sort: name of a column, "-" before it for descending order; empty values come last.
        limit: most rows.
        with_predecessors: names of issuer, lead and agency also mean the bodies that became them ("Sở Nông nghiệp và Môi trường" finds
            Sở Tài nguyên và Môi trường).
        superseded: also documents whose file was replaced by another content (kept for history).
    """

    document: str | None = None
    type: str | None = None
    issuer: str | None = None
    lead: str | None = None
    agency: str | None = None
    since: str | None = None
    until: str | None = None
    low: Decimal | None = None
    high: Decimal | None = None
    text: str | None = None
    sort: str | None = None
    limit: int | None = None
    with_predecessors: bool = False
    superseded: bool = False


def check(kind: str, filters: Filters) -> None:
    """Reject an unknown kind, and filters that mean nothing for a kind.

    Raises:
        UsageError: as said.
    """
    if kind != DOCUMENTS and kind not in FINDING_MODELS:
        raise UsageError(f"There is no kind {kind!r}.", f"Kinds: {', '.join((DOCUMENTS, *FINDING_MODELS))}.")
    allowed = {
        "lead": {"obligations"},
        "agency": _WITH_AGENCIES,
        "low": _WITH_VALUE,
        "high": _WITH_VALUE,
    }
    for name in (field.name for field in fields(filters)):
        if name in allowed and getattr(filters, name) is not None and kind not in allowed[name]:
            raise UsageError(
                f"The filter {OPTIONS[name]} does not apply to {kind}.",
                f"It applies to {', '.join(sorted(allowed[name]))}.",
            )


#: the options of the command line that set the filters
OPTIONS = {"lead": "--lead", "agency": "--agency", "low": "--min", "high": "--max"}


def on_documents(query: Select[Any], filters: Filters, types: Callable[[], Iterable[str]]) -> Select[Any]:
    """Restrict a query by what is asked of the document. ``types`` gives the document types of the catalogue."""
    if not filters.superseded:
        query = query.where(DocumentRow.superseded_at.is_(None))
    if filters.document is not None:
        starts = DocumentRow.id.startswith(filters.document, autoescape=True)
        query = query.where(or_(starts, DocumentRow.number == filters.document))
    if filters.type is not None:
        wanted = fold(filters.type)
        query = query.where(DocumentRow.document_type.in_([t for t in types() if fold(t) == wanted]))
    if filters.issuer is not None:
        query = query.where(_body(DocumentRow.issuer_search, filters.issuer, filters))
    return query


def documents_only(query: Select[Any], filters: Filters) -> Select[Any]:
    """The remaining filters, for a list of documents."""
    if filters.agency is not None:
        query = query.where(_body(DocumentRow.issuer_search, filters.agency, filters))
    if filters.text is not None:
        query = query.where(_contains(DocumentRow.folded, filters.text))
    query = _between(query, DocumentRow.issued_on, DocumentRow.issued_on, filters)
    return _ordered(query, filters, DocumentRow, DocumentRow.seq)


def on_findings(query: Select[Any], kind: str, filters: Filters) -> Select[Any]:
    """The remaining filters, for a list of findings of one kind."""
    query = query.where(FindingRow.kind == kind)
    if filters.lead is not None:
        query = query.where(_body(FindingRow.lead_search, filters.lead, filters))
    if filters.agency is not None:
        query = query.where(_body(FindingRow.agency_search, filters.agency, filters))
    if filters.text is not None:
        query = query.where(_contains(FindingRow.search, filters.text))
    if filters.low is not None:
        query = query.where(_number(func.coalesce(FindingRow.high, FindingRow.value)) >= _given(filters.low))
    if filters.high is not None:
        query = query.where(_number(func.coalesce(FindingRow.low, FindingRow.value)) <= _given(filters.high))
    query = _between(query, *_DATES.get(kind, (DocumentRow.issued_on, DocumentRow.issued_on)), filters)
    return _ordered(query, filters, FindingRow, DocumentRow.seq, FindingRow.position)


def _contains(column: InstrumentedAttribute[str], part: str) -> ColumnElement[bool]:
    return column.contains(fold(part), autoescape=True)


def _body(column: InstrumentedAttribute[str], part: str, filters: Filters) -> ColumnElement[bool]:
    """A body by part of its name or key; with its predecessors where that is asked."""
    names = (part, *earlier_names(part)) if filters.with_predecessors else (part,)
    return or_(*(_contains(column, name) for name in names))


def _number(value: Any) -> ColumnElement[Decimal]:
    """A number to compare and sort by, whatever the database keeps it as."""
    return cast(value, Numeric)


def _given(value: Decimal) -> ColumnElement[Decimal]:
    return cast(literal(str(value), String), Numeric)


def _between(
    query: Select[Any],
    last: InstrumentedAttribute[str | None],
    first: InstrumentedAttribute[str | None],
    filters: Filters,
) -> Select[Any]:
    """Periods that touch [since, until]; ISO dates sort as text. An open end of a period is its start."""
    if filters.since is not None:
        query = query.where(func.coalesce(last, first) >= filters.since)
    if filters.until is not None:
        query = query.where(func.coalesce(first, last) <= filters.until)
    return query


def _ordered(
    query: Select[Any], filters: Filters, table: type[DocumentRow] | type[FindingRow], *usual: Any
) -> Select[Any]:
    if filters.sort is not None:
        name = filters.sort.removeprefix("-")
        sortable = {c.key: getattr(table, c.key) for c in table.__table__.columns if c.key not in _NOT_SORTABLE}
        if name not in sortable:
            raise UsageError(f"There is no column {name!r} to sort by.", f"Columns: {', '.join(sortable)}.")
        column = sortable[name]
        key = _number(column) if name in ("value", "low", "high") else column
        query = query.order_by(column.is_(None), key.desc() if filters.sort.startswith("-") else key)
    query = query.order_by(*usual)
    return query if filters.limit is None else query.limit(filters.limit)


_NOT_SORTABLE = {"data", "record", "produced_by", "folded", "search", "lead_search", "agency_search", "issuer_search"}
