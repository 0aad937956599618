"""A record as a person reads it: the letterhead, then tables of what was found."""

from __future__ import annotations

from typing import Any, TextIO

from rich.text import Text

from congvan.cli.output import cell, console, show, table
from congvan.record import AgencyRef, Record, flat_row

#: columns that a person looks at, for each kind of finding; lists and summaries show these
COLUMNS: dict[str, tuple[str, ...]] = {
    "agencies": ("text", "name", "key", "role"),
    "percentages": ("text", "operator", "value", "low", "high", "per"),
    "amounts": ("text", "operator", "value", "low", "high", "currency"),
    "quantities": ("text", "operator", "value", "low", "high", "unit"),
    "dates": ("text", "start", "end", "grain", "duration"),
    "deadlines": ("text", "due", "inclusive", "recurrence", "event", "offset"),
    "citations": ("text", "document_type", "number", "issued_on", "issuer", "provision", "relation"),
    "obligations": ("deadline", "lead", "coordinating", "headline", "section"),
    "targets": ("indicator", "owner", "change", "operator", "value", "low", "high", "unit", "period", "section"),
    "results": ("indicator", "owner", "change", "operator", "value", "low", "high", "unit", "period", "difference"),
    "checks": ("kind", "stated", "computed", "verdict"),
}
#: what a summary shows, in this order
_SHOWN = ("obligations", "deadlines", "amounts", "percentages", "targets", "results", "citations", "checks")


def show_record(record: Record, out: TextIO) -> None:
    """Print the summary of a record."""
    screen = console(out)
    for name, value in _letterhead(record):
        if value:
            screen.print(Text.assemble((f"{name:<14}", "bold"), cell(value)))
    for problem in record.problems:
        where = f" (page {problem.page})" if problem.page else ""
        screen.print(Text(f"! {problem.message}{where} {problem.hint}".rstrip(), style="yellow"))
    for kind in _SHOWN:
        rows = [flat_row(finding) for finding in record.findings(kind)]
        if rows:
            columns = [name for name in COLUMNS[kind] if any(row[name] not in (None, "") for row in rows)]
            screen.print()
            show(table(columns, rows, title=f"{kind} ({len(rows)})"), out)
    screen.print()


def _letterhead(record: Record) -> list[tuple[str, Any]]:
    signatory = record.signatory
    signed = [*signatory.authority, signatory.position, signatory.name] if signatory else []
    repair = record.repair
    return [
        ("Document", record.source.path),
        ("Type", record.document_type),
        ("Number", record.number or record.symbol),
        ("Issued", ", ".join(filter(None, (record.issued_at, record.issued_on)))),
        ("Issuer", _name(record.issuer)),
        ("Parent agency", _name(record.parent_agency)),
        ("Subject", record.subject),
        ("Urgency", record.urgency),
        ("Secrecy", record.secrecy),
        ("Addressees", "; ".join(filter(None, map(_name, record.addressees)))),
        ("Signed", " ".join(filter(None, signed))),
        ("Issued with", record.issued_with),
        ("Repair", f"{repair.edits} replacements, {len(repair.unresolved)} places unresolved"),
        ("Status", record.status if record.status != "ok" else None),
    ]


def _name(agency: AgencyRef | None) -> str | None:
    return (agency.name or agency.text) if agency else None
