"""`congvan parse`: documents to records."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal, TextIO

import typer

from congvan.cli.failures import exit_code
from congvan.cli.inputs import PasswordOption, RulesOption, with_password, with_rules
from congvan.cli.records import records_of
from congvan.cli.writing import output_file
from congvan.config import load_config
from congvan.errors import CongvanError

if TYPE_CHECKING:
    from congvan.record import Record


def parse(
    files: Annotated[list[Path], typer.Argument(metavar="FILE", help='Documents to parse; "-" is standard input.')],
    format_: Annotated[
        Literal["json", "jsonl", "table"],
        typer.Option("--format", help="An array, an object a line, or a summary to read."),
    ] = "json",
    output: Annotated[Path | None, typer.Option("--output", "-o", metavar="FILE", help="Write to a file.")] = None,
    password: PasswordOption = None,
    rules: RulesOption = None,
) -> None:
    """Parse documents into records (JSON; `congvan schema` describes it).

    A file that cannot be parsed gives a message on stderr; the others go on.

    \b
    Examples:
      congvan parse directive.pdf
      congvan parse --format table letter.docx
      congvan parse inbox/*.pdf --format jsonl --output records.jsonl
      cat notice.txt | congvan parse -
    """
    config = with_rules(with_password(load_config(), password), rules)
    errors: list[CongvanError] = []
    records = records_of(files, config, errors)
    with output_file(output) as out:
        if format_ == "json":
            _write_array(records, out)
        elif format_ == "jsonl":
            for record in records:
                out.write(record.to_json() + "\n")
        else:
            from congvan.cli.summary import show_record

            for record in records:
                show_record(record, out)
    raise typer.Exit(exit_code(errors, len(files)))


def _write_array(records: Iterator[Record], out: TextIO) -> None:
    """A JSON array, written document by document."""
    empty = True
    for record in records:
        out.write("[\n" if empty else ",\n")
        out.write(record.to_json(indent=2))
        empty = False
    out.write("[]\n" if empty else "\n]\n")
