"""Rows to tables for people, CSV and JSON for programs."""

from __future__ import annotations

import csv
import json
import sys
from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Any, Literal, TextIO

if TYPE_CHECKING:
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

Format = Literal["table", "csv", "json"]
Row = Mapping[str, Any]

_PIPED_WIDTH = 1_000_000  # wider than any row: a table that is piped is not cut
_GAP = 3  # blanks between columns
_NARROWEST = 6


def console(out: TextIO | None = None) -> Console:
    """A rich console: as wide as the terminal, or without limit and without colour where the output is piped."""
    from rich.console import Console

    stream = out or sys.stdout
    terminal = stream.isatty()
    return Console(file=stream, width=None if terminal else _PIPED_WIDTH, highlight=False, soft_wrap=False)


def table(columns: Sequence[str], rows: Iterable[Row], *, title: str | None = None) -> Table:
    """A table of some columns of the rows; cells too long for the terminal go on in further lines, nothing is cut.

    Args:
        columns: keys of the rows; the head shows them with blanks for "_".
        rows: cells may be rich Text.
    """
    from rich import box
    from rich.table import Table

    given = [[row.get(name) for name in columns] for row in rows]
    cells = [[_styled(value) for value in line] for line in given]
    widths = [max([len(name), *(line[i].cell_len for line in cells)]) for i, name in enumerate(columns)]
    figures = [any(_is_number(line[i]) for line in given) for i in range(len(columns))]  # a figure is never broken
    room = console().width - _GAP * len(columns) - sum(w for w, whole in zip(widths, figures, strict=True) if whole)
    text = [w for w, whole in zip(widths, figures, strict=True) if not whole]
    apart = 1 if sum(text) > room else 0  # a blank line between rows of several lines
    made = Table(
        box=box.SIMPLE_HEAD, title=title, title_justify="left", title_style="bold", pad_edge=False, leading=apart
    )
    most = _widest(text, room)
    for name, width, whole in zip(columns, widths, figures, strict=True):
        made.add_column(
            name.replace("_", " "),
            overflow="fold",
            no_wrap=whole,
            min_width=width if whole else None,
            max_width=width if whole else most,
        )
    for line in cells:
        made.add_row(*line)
    return made


def _widest(widths: Sequence[int], room: int) -> int:
    """The greatest width of a column so that all columns fit: the long ones are broken into lines, the short ones are not."""
    left, open_columns = room, len(widths)
    for width in sorted(widths):
        if width * open_columns > left:
            return max(left // open_columns, _NARROWEST)
        left -= width
        open_columns -= 1
    return max(widths, default=_NARROWEST)


def _styled(value: Any) -> Text:
    """A cell; what is styled already stays so, and nothing in it is taken for markup."""
    from rich.text import Text

    return value if isinstance(value, Text) else Text(cell(value), justify="right" if _is_number(value) else "left")


def show(made: Table, out: TextIO | None = None) -> None:
    """Print a table; without blanks at the end of lines where the output is piped."""
    screen = console(out)
    if screen.is_terminal:
        screen.print(made)
        return
    with screen.capture() as text:
        screen.print(made)
    lines = (line.rstrip() for line in text.get().splitlines())
    (out or sys.stdout).write("".join(line + "\n" for line in lines if line))


def cell(value: Any) -> str:
    """A value as a person reads it: line ends as blanks, figures in groups."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if _is_number(value):
        return f"{value:,}"
    return " ".join(str(value).split())


def _is_number(value: Any) -> bool:
    return isinstance(value, (int, float)) and not isinstance(value, bool)


def write_csv(columns: Sequence[str], rows: Iterable[Row], out: TextIO | None = None) -> None:
    """Rows as CSV with a header; None is an empty cell."""
    writer = csv.DictWriter(out or sys.stdout, columns, extrasaction="ignore", lineterminator="\n")
    writer.writeheader()
    writer.writerows(rows)


def write_json(values: Iterable[Any], out: TextIO | None = None, *, indent: int | None = None) -> None:
    """Values as a JSON array, written one by one."""
    stream = out or sys.stdout
    empty = True
    for value in values:
        stream.write("[\n" if empty else ",\n")
        stream.write(json.dumps(value, ensure_ascii=False, indent=indent))
        empty = False
    stream.write("[]\n" if empty else "\n]\n")
