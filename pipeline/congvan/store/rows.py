"""A record as rows of the catalogue, and back."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator
from datetime import datetime
from decimal import Decimal
from typing import Any

import regex

from congvan.errors import CatalogueError
from congvan.language.folding import strip_marks
from congvan.record import FINDING_MODELS, KINDS, AgencyMention, AgencyRef, FindingInfo, Record
from congvan.store.tables import DocumentRow

# accepts everything that is neither letter nor digit: " – ", "\n", "_"
_NOT_CONTENT = regex.compile(r"[\W_]+")

# columns of the findings that are keys of the finding itself; a kind without the key leaves the column empty
_PLAIN = (
    "operator", "value", "low", "high", "per", "due", "start", "end", "recurrence",
    "event", "number", "title", "document_type", "issued_on", "relation", "resolved", "name", "key",
    "role", "action", "headline", "modality", "section", "indicator", "period", "verdict",
)  # fmt: skip


def fold(text: str) -> str:
    """Text for search: without marks, đ as d, lower case (``Đường`` becomes ``duong``)."""
    return strip_marks(text).lower()


def content_id(text: str) -> str | None:
    """Identity of a content whatever the container: SHA-256 of its folded letters and digits, None without any."""
    letters = _NOT_CONTENT.sub("", fold(text))
    return hashlib.sha256(letters.encode()).hexdigest() if letters else None


def to_json(value: Any) -> str:
    """JSON text with exact numbers: a ``Decimal`` becomes the string of its digits."""
    return json.dumps(value, ensure_ascii=False, default=_digits)


def _digits(value: object) -> str:
    if isinstance(value, Decimal):
        return str(value)
    raise TypeError(f"{type(value).__name__} is no JSON value")


def produced_by(record: Record) -> dict[str, str]:
    """What made a record, as the catalogue keeps it."""
    return record.produced_by.model_dump()


def document_values(record: Record, source_id: int, ordinal: int, now: datetime) -> dict[str, Any]:
    """Columns of a document but ``seq`` and those set by archivists."""
    issuer, signatory = record.issuer, record.signatory
    return {
        "id": record.id,
        "source_id": source_id,
        "ordinal": ordinal,
        "content_id": content_id(record.text),
        "schema_version": record.schema_version,
        "produced_by": produced_by(record),
        "status": record.status,
        "number": record.number,
        "symbol": record.symbol,
        "document_type": record.document_type,
        "issued_on": record.issued_on,
        "issued_at": record.issued_at,
        "issuer": issuer.name or issuer.text if issuer else None,
        "issuer_key": issuer.key if issuer else None,
        "issuer_search": _search([issuer] if issuer else []),
        "subject": record.subject,
        "urgency": record.urgency,
        "secrecy": record.secrecy,
        "signatory": signatory.name if signatory else None,
        "signatory_position": signatory.position if signatory else None,
        "language": "vi",
        "pages": record.source.pages,
        "text": record.text,
        "folded": fold(record.text),
        "record": record.model_dump(exclude={"text", *KINDS}, exclude_defaults=True),
        "imported_at": now,
    }


def record_of(row: DocumentRow, findings: Iterable[tuple[str, Any]]) -> Record:
    """The record of a document, equal to the one that was added.

    Args:
        findings: kind and ``data`` of its findings, in order.
    """
    lists: dict[str, list[Any]] = {}
    for kind, data in findings:
        lists.setdefault(kind, []).append(data)
    return Record.model_validate({**row.record, "text": row.text, **lists})


def problem_values(record: Record) -> list[dict[str, Any]]:
    """Rows of the problems of a document."""
    return [{"document_id": record.id, "position": i, **p.model_dump()} for i, p in enumerate(record.problems)]


def finding_values(record: Record) -> Iterator[dict[str, Any]]:
    """Rows of all findings of a document.

    Raises:
        CatalogueError: two findings of the document have the same id.
    """
    seen: set[str] = set()
    for position, (kind, finding) in enumerate(record.all_findings()):
        if finding.id in seen:
            raise CatalogueError(
                f"{record.source.path}: two findings have the id {finding.id}.", "This is a bug of congvan; report it."
            )
        seen.add(finding.id)
        yield {"document_id": record.id, "kind": kind, "position": position, **_finding(finding)}


def _finding(finding: FindingInfo) -> dict[str, Any]:
    get = finding.__dict__.get
    deadline = get("deadline")
    lead, others = get("lead") or [], (get("coordinating") or [], get("reports_to") or [])
    one = get("issuer") or get("owner")
    values: dict[str, Any] = {name: get(name) for name in _PLAIN}
    if deadline is not None:
        values.update(due=deadline.due, start=deadline.start, recurrence=deadline.recurrence, event=deadline.event)
    if one is not None:
        values.update(name=one.name or one.text, key=one.key)
    return values | {
        "id": finding.id,
        "span_start": finding.span[0],
        "span_end": finding.span[1],
        "page": finding.places[0].page if finding.places else None,
        "text": finding.text,
        "rule": finding.rule,
        "confidence": finding.confidence,
        "unit": get("unit") or get("currency"),
        "lead": _names(lead),
        "coordinating": _names(others[0]),
        "reports_to": _names(others[1]),
        "search": fold(" ".join(filter(None, (finding.text, get("indicator"), get("title"))))),
        "lead_search": _search(lead),
        "agency_search": _search(_agencies(finding)),
        "data": finding.model_dump(exclude_defaults=True),
    }


def finding_of(kind: str, data: Any) -> FindingInfo:
    """The finding of a row, equal to the one that was added."""
    return FINDING_MODELS[kind].model_validate(data)


def _agencies(finding: FindingInfo) -> Iterator[AgencyRef]:
    """All references to agencies in a finding; a mention of an agency is one itself."""
    if isinstance(finding, AgencyMention):
        yield AgencyRef(text=finding.text, name=finding.name, key=finding.key, span=finding.span)
    for name in type(finding).model_fields:
        value = getattr(finding, name)
        for item in value if isinstance(value, list) else (value,):
            if isinstance(item, AgencyRef):
                yield item


def _names(refs: list[AgencyRef]) -> str | None:
    return "; ".join(ref.name or ref.text for ref in refs) or None


def _search(refs: Iterable[AgencyRef]) -> str:
    return fold("\n".join(part for ref in refs for part in (ref.text, ref.name, ref.key) if part))
