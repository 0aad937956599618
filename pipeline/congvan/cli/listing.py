"""`congvan list`: documents and findings of the catalogue."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from datetime import date
from decimal import Decimal, InvalidOperation
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, Literal

import typer

from congvan.cli.inputs import CatalogueOption
from congvan.cli.output import Format, show, table, write_csv, write_json
from congvan.config import load_config
from congvan.errors import UsageError

if TYPE_CHECKING:
    from congvan.store.catalogue import Catalogue
    from congvan.store.filters import Filters

Kind = Literal[
    "documents", "agencies", "percentages", "amounts", "quantities", "dates", "deadlines", "citations", "obligations",
    "targets", "results", "checks",
]  # fmt: skip

_DOCUMENTS = ("number", "issued_on", "document_type", "issuer", "subject", "status", "path")


#: what names the document of a finding
_HEAD = ("document", "document_number", "document_issued_on", "path")


def list_(
    kind: Annotated[Kind, typer.Argument(metavar="KIND", help="What to list.")],
    document: Annotated[str | None, typer.Option(metavar="ID", help="One document: its id, or its number.")] = None,
    type_: Annotated[str | None, typer.Option("--type", metavar="TYPE", help='Document type, as "thông báo".')] = None,
    issuer: Annotated[str | None, typer.Option(metavar="NAME", help="Part of the issuer's name or key.")] = None,
    lead: Annotated[str | None, typer.Option(metavar="NAME", help="Agency in charge (obligations).")] = None,
    agency: Annotated[str | None, typer.Option(metavar="NAME", help="Any agency named in the finding.")] = None,
    since: Annotated[str | None, typer.Option("--from", metavar="DATE", help="Not before, as 2024-01-31.")] = None,
    until: Annotated[str | None, typer.Option("--to", metavar="DATE", help="Not after.")] = None,
    low: Annotated[
        str | None, typer.Option("--min", metavar="NUMBER", help="Least value, in base units (đồng).")
    ] = None,
    high: Annotated[str | None, typer.Option("--max", metavar="NUMBER", help="Greatest value.")] = None,
    text: Annotated[str | None, typer.Option(metavar="PART", help="Part of the text.")] = None,
    sort: Annotated[
        str | None, typer.Option(metavar="COLUMN", help='Column to sort by; "-due" for descending.')
    ] = None,
    limit: Annotated[int | None, typer.Option(min=1, help="Most rows.")] = None,
    with_predecessors: Annotated[
        bool,
        typer.Option(
            "--with-predecessors", help="Agencies of today also under the names and places they had before 2025."
        ),
    ] = False,
    superseded: Annotated[
        bool, typer.Option("--superseded", help="Also documents whose file was replaced by another version.")
    ] = False,
    format_: Annotated[Format, typer.Option("--format", help="For people or for programs.")] = "table",
    catalogue: CatalogueOption = None,
) -> None:
    """List documents or findings of the catalogue.

    Names are found with or without marks, in any case. --from and --to look at the due date of deadlines and
    obligations, at the period of dates, at the cited document's date for citations, else at the date of issue.
    Tables show the main columns; csv and json have all. Of a citation, "cites" is the document of the catalogue that
    it means, where that is certain.

    \b
    Examples:
      congvan list documents --issuer "kon tum" --from 2023-01-01
      congvan list obligations --lead "sở tài chính" --sort due
      congvan list obligations --lead "Sở Nông nghiệp và Môi trường" --with-predecessors
      congvan list amounts --min 1000000000 --format csv > amounts.csv
      congvan list deadlines --from 2024-01-01 --to 2024-03-31 --format json
    """
    from congvan.store.catalogue import Catalogue
    from congvan.store.filters import Filters

    filters = Filters(
        document=document,
        type=type_,
        issuer=issuer,
        lead=lead,
        agency=agency,
        since=_date(since),
        until=_date(until),
        low=_number(low),
        high=_number(high),
        text=text,
        sort=sort,
        limit=limit,
        with_predecessors=with_predecessors,
        superseded=superseded,
    )
    with Catalogue(catalogue or load_config().catalogue, create=False) as opened:
        if kind == "documents":
            _print_documents(opened, filters, format_)
        else:
            _print_findings(opened, kind, filters, format_)


def _print_documents(catalogue: Catalogue, filters: Filters, format_: Format) -> None:
    from congvan.store.catalogue import DOCUMENT_COLUMNS

    moments = ("imported_at", "superseded_at")
    rows = (
        row | {name: row[name].isoformat() for name in moments if row[name] is not None}
        for row in catalogue.documents(filters)
    )
    _print("documents", rows, _DOCUMENTS, (*DOCUMENT_COLUMNS, "path"), format_)


def _print_findings(catalogue: Catalogue, kind: str, filters: Filters, format_: Format) -> None:
    from congvan.cli.summary import COLUMNS
    from congvan.record import FINDING_MODELS, flat_row

    every = (*_HEAD, "cites") if kind == "citations" else _HEAD

    def rows() -> Iterator[dict[str, Any]]:
        for found in catalogue.findings(kind, filters):
            head = {name: getattr(found, name) for name in every}
            if format_ == "json":
                yield head | found.finding.model_dump(mode="json")
            elif format_ == "csv":
                yield head | flat_row(found.finding)
            else:
                called = found.document_number or Path(found.path or "").name
                yield {"document": called, "cites": found.cites} | flat_row(found.finding)

    main = ("document", *COLUMNS[kind], *every[len(_HEAD) :])
    _print(kind, rows(), main, (*every, *FINDING_MODELS[kind].model_fields), format_)


def _print(
    kind: str, rows: Iterator[dict[str, Any]], main: tuple[str, ...], every: tuple[str, ...], format_: Format
) -> None:
    if format_ == "csv":
        write_csv(every, rows)
    elif format_ == "json":
        write_json(rows)
    else:
        kept = list(rows)
        if not kept:
            print(f"No {kind} match.", file=sys.stderr)
            return
        shown = [name for name in main if any(row[name] not in (None, "") for row in kept)]
        show(table(shown, kept))


def _date(text: str | None) -> str | None:
    """An ISO date, checked."""
    if text is None:
        return None
    try:
        return date.fromisoformat(text).isoformat()
    except ValueError as err:
        raise UsageError(f"{text!r} is not a date.", "Write it as 2024-01-31.") from err


def _number(text: str | None) -> Decimal | None:
    """A number, checked."""
    if text is None:
        return None
    try:
        number = Decimal(text)
    except InvalidOperation as err:
        raise UsageError(f"{text!r} is not a number.", "Write it as 1500000000 or 12.5.") from err
    if not number.is_finite():
        raise UsageError(f"{text!r} is not a number.", "Write it as 1500000000 or 12.5.")
    return number
