"""`congvan find`: full-text search."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from congvan.cli.inputs import CatalogueOption
from congvan.cli.output import Format, show, table, write_csv, write_json
from congvan.config import load_config

if TYPE_CHECKING:
    from rich.text import Text

    from congvan.store.search import Hit

_SHOWN = ("document", "issued_on", "document_type", "snippet")
_ALL = ("document", "number", "issued_on", "document_type", "issuer", "subject", "path", "snippet")


def find(
    query: Annotated[list[str], typer.Argument(metavar="QUERY", help='Words, and "phrases in quotes".')],
    limit: Annotated[int, typer.Option("--limit", min=1, help="Most documents.")] = 20,
    format_: Annotated[Format, typer.Option("--format", help="For people or for programs.")] = "table",
    catalogue: CatalogueOption = None,
) -> None:
    """Find documents of the catalogue by words of their text, best first.

    All words must be there. Marks may be left out: "giai ngan" finds "giải ngân"; what is written exactly as typed
    comes first.

    \b
    Examples:
      congvan find giải ngân vốn đầu tư công
      congvan find '"sở tài chính" ngân sách' --format json
      congvan find 549/SKHĐT-KT
    """
    from congvan.store.catalogue import Catalogue

    with Catalogue(catalogue or load_config().catalogue, create=False) as opened:
        hits = opened.find(" ".join(query), limit)
    rows = [{name: getattr(hit, name) for name in _ALL} | {"snippet": hit.marked("", "")} for hit in hits]
    if format_ == "csv":
        write_csv(_ALL, rows)
    elif format_ == "json":
        write_json(rows)
    elif hits:
        for row, hit in zip(rows, hits, strict=True):
            row |= {"document": hit.number or Path(hit.path or "").name, "snippet": _bold(hit)}
        show(table(_SHOWN, rows))
    else:
        print("No document matches.", file=sys.stderr)


def _bold(hit: Hit) -> Text:
    """The snippet with its hits in bold."""
    from rich.text import Text

    from congvan.store.search import CLOSE, OPEN

    text = Text()
    for piece in hit.snippet.split(OPEN):
        marked, _, rest = piece.rpartition(CLOSE)
        text.append(marked, "bold").append(rest)
    return text
