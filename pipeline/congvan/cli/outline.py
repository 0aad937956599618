"""`congvan outline`: the tree of headings, articles and items of a document."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal, TextIO

import typer

from congvan.cli.failures import exit_code
from congvan.cli.inputs import PasswordOption, with_password
from congvan.cli.records import records_of
from congvan.cli.writing import output_file
from congvan.config import load_config
from congvan.errors import CongvanError

if TYPE_CHECKING:
    from congvan.record import OutlineNode, Record

_TITLE = 100  # characters of a title that are shown


def outline(
    files: Annotated[list[Path], typer.Argument(metavar="FILE", help='Documents; "-" is standard input.')],
    format_: Annotated[Literal["tree", "json"], typer.Option("--format", help="To read, or for programs.")] = "tree",
    depth: Annotated[int | None, typer.Option(min=1, metavar="N", help="Levels to show; all when left out.")] = None,
    output: Annotated[Path | None, typer.Option("--output", "-o", metavar="FILE", help="Write to a file.")] = None,
    password: PasswordOption = None,
) -> None:
    """Print the outline of documents: their parts, articles, clauses and items, each with the id that obligations name as section.

    \b
    Examples:
      congvan outline directive.pdf
      congvan outline decision.docx --depth 2
    """
    config = with_password(load_config(), password)
    errors: list[CongvanError] = []
    with output_file(output) as out:
        records = records_of(files, config, errors)
        if format_ == "json":
            from congvan.cli.output import write_json

            trees = (
                {"path": r.source.path, "id": r.id, "outline": [n.model_dump(mode="json") for n in r.outline]}
                for r in records
            )
            write_json(trees, out, indent=2)
        else:
            for record in records:
                _show(record, depth, out)
    raise typer.Exit(exit_code(errors, len(files)))


def _show(record: Record, depth: int | None, out: TextIO) -> None:
    """The tree of one document, drawn with lines."""
    from congvan.cli.output import cell

    children: dict[str | None, list[OutlineNode]] = {}
    known = {node.id for node in record.outline}
    for node in record.outline:
        children.setdefault(node.parent if node.parent in known else None, []).append(node)
    out.write(f"{_name(record)}\n")

    def draw(parent: str | None, before: str, level: int) -> None:
        if depth is not None and level > depth:
            return
        below = children.get(parent, [])
        for n, node in enumerate(below, 1):
            last = n == len(below)
            title = cell(node.title)
            title = title if len(title) <= _TITLE else title[: _TITLE - 1] + "…"
            out.write(f"{before}{'└─ ' if last else '├─ '}{node.id}  {title}".rstrip() + "\n")
            draw(node.id, before + ("   " if last else "│  "), level + 1)

    draw(None, "", 1)


def _name(record: Record) -> str:
    said = [record.document_type, record.number, record.subject]
    return " ".join(part for part in said if part) or record.source.path
