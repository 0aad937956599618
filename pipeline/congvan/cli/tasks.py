"""`congvan tasks`: the tasks of documents as a follow-up register, a calendar or a worksheet."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal

import typer

from congvan.cli.failures import exit_code
from congvan.cli.inputs import PasswordOption, RulesOption, with_password, with_rules
from congvan.cli.records import records_of
from congvan.cli.writing import output_file, write_bytes, write_text
from congvan.config import load_config
from congvan.errors import CongvanError, UsageError

if TYPE_CHECKING:
    from congvan.run.register import Row

TaskFormat = Literal["table", "csv", "json", "jsonl", "md", "ics", "xlsx"]
# columns that a person looks at on a terminal
_SHOWN = ("no", "document", "task", "lead", "coordinating", "due", "amount", "basis")


def tasks(
    files: Annotated[list[Path], typer.Argument(metavar="FILE", help='Documents; "-" is standard input.')],
    format_: Annotated[
        TaskFormat, typer.Option("--format", help="For people, programs, calendars or Excel.")
    ] = "table",
    language: Annotated[
        Literal["vi", "en"], typer.Option("--language", help="Language of the labels (the content stays as it is).")
    ] = "vi",
    remind: Annotated[
        str, typer.Option(metavar="DAYS", help="Days before a deadline on which the calendar reminds.")
    ] = "3,1",
    output: Annotated[Path | None, typer.Option("--output", "-o", metavar="FILE", help="Write to a file.")] = None,
    password: PasswordOption = None,
    rules: RulesOption = None,
) -> None:
    """Print the tasks of documents as a follow-up register: who has to do what, with whom, by when, for how much, on which basis.

    The columns are those of Decree 30/2020, Annex IV; arrival number, progress and reply are left for the office. A calendar (ics) has an
    event for each deadline with a day or a recurrence. ics and xlsx need the extra: pip install "congvan[office]".

    \b
    Examples:
      congvan tasks directive.pdf
      congvan tasks inbox/*.pdf --format xlsx -o register.xlsx
      congvan tasks notice.docx --format ics -o deadlines.ics --remind 7,2
    """
    config = with_rules(with_password(load_config(), password), rules)
    days = _days(remind)
    errors: list[CongvanError] = []
    from congvan.run.register import rows

    found = list(rows(records_of(files, config, errors)))
    if format_ in ("ics", "xlsx"):
        _binary(_made(found, format_, language, days), format_, output)
    else:
        _text(found, format_, language, output)
    raise typer.Exit(exit_code(errors, len(files)))


def _days(text: str) -> list[int]:
    """The days of reminders, checked."""
    try:
        days = [int(part) for part in text.split(",") if part.strip()]
    except ValueError as err:
        raise UsageError(f"--remind {text!r} is no list of days.", "Write it as 3,1.") from err
    if any(not 0 <= day <= 366 for day in days):
        raise UsageError(f"--remind {text!r} is out of range.", "Days before the deadline: 0 to 366.")
    return days


def _made(found: list[Row], format_: str, language: Literal["vi", "en"], days: list[int]) -> bytes:
    if format_ == "xlsx":
        from congvan.run.worksheet import worksheet

        return worksheet(found, language=language)
    from congvan.run.agenda import calendar

    made, left = calendar(found, remind=days)
    if left:
        print(f"congvan: {len(left)} of {len(found)} tasks name no day and are not in the calendar.", file=sys.stderr)
    return made


def _binary(made: bytes, format_: str, output: Path | None) -> None:
    if output is not None:
        write_bytes(output, made)
    elif format_ == "xlsx" and sys.stdout.isatty():
        raise UsageError("A worksheet is no text for a terminal.", "Name a file: -o register.xlsx.")
    else:
        write_text(made)


def _text(found: list[Row], format_: str, language: Literal["vi", "en"], output: Path | None) -> None:
    import json

    from congvan.cli.output import cell, show, table, write_csv, write_json
    from congvan.run.register import labels

    names = labels(language)
    with output_file(output) as out:
        if format_ == "json":
            write_json((row.as_json() for row in found), out, indent=2)
        elif format_ == "jsonl":
            for row in found:
                out.write(json.dumps(row.as_json(), ensure_ascii=False) + "\n")
        elif format_ == "csv":
            write_csv(list(names.values()), ({names[k]: v for k, v in row.values().items()} for row in found), out)
        elif format_ == "md":
            out.write("| " + " | ".join(names.values()) + " |\n" + "|---" * len(names) + "|\n")
            for row in found:
                cells = (cell(value).replace("|", "\\|") for value in row.values().values())
                out.write("| " + " | ".join(cells) + " |\n")
        elif found:
            names = labels(language, short=True)
            kept = [key for key in _SHOWN if any(row.values()[key] not in (None, "") for row in found)]
            show(table([names[k] for k in kept], ({names[k]: row.values()[k] for k in kept} for row in found)), out)
        else:
            print("No tasks were found.", file=sys.stderr)
