"""The program `congvan`: its verbs, and what becomes of errors."""

from __future__ import annotations

import errno
import io
import os
import sys
from pathlib import Path
from typing import Annotated, Any

import typer
from typer.core import TyperGroup

from congvan._version import __version__
from congvan.cli import (
    archive,
    doctor,
    explain,
    find,
    fonts,
    importing,
    listing,
    outline,
    parse,
    repair,
    rules,
    schema,
    tasks,
    tokens,
)
from congvan.cli.failures import show, unwritten
from congvan.errors import CongvanError, ExitCode


class _Verbs(TyperGroup):
    """Turns errors of congvan into a message on stderr and their exit code."""

    def invoke(self, ctx: Any) -> Any:
        try:
            return super().invoke(ctx)
        except CongvanError as err:
            show(err)
            raise typer.Exit(err.exit_code) from err


app = typer.Typer(
    name="congvan",
    cls=_Verbs,
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
    context_settings={"help_option_names": ["-h", "--help"]},
    help="Read Vietnamese administrative documents: repair garbled text, extract obligations, deadlines, amounts, "
    "percentages and citations, keep them in a catalogue.",
    epilog="Exit codes: 0 done; 1 output cannot be written; 2 wrong call; 3 input cannot be read (4 not found, 5 empty, 6 unsupported, 7 damaged, "
    "8 encrypted, 9 too large); 10 part missing; 11 catalogue; 12 rules; 13 some inputs failed, the others are done; 14 digitally signed.",
)
app.command("parse")(parse.parse)
app.command("tasks")(tasks.tasks)
app.command("outline")(outline.outline)
app.command("repair")(repair.repair)
app.command("import")(importing.import_)
app.command("find")(find.find)
app.command("list")(listing.list_)
app.command("explain")(explain.explain)
app.command("archive")(archive.archive)
app.command("tokens")(tokens.tokens)
app.add_typer(rules.app, name="rules")
app.add_typer(fonts.app, name="fonts")
app.command("schema")(schema.schema)
app.command("doctor")(doctor.doctor)


def _version(wanted: bool) -> None:
    if wanted:
        print(f"congvan {__version__}")
        raise typer.Exit


@app.callback()
def _options(
    version: Annotated[
        bool, typer.Option("--version", callback=_version, is_eager=True, help="Print the version.")
    ] = False,
) -> None:
    pass


def main() -> None:
    """Entry point of the program. Output is UTF-8 whatever the locale says."""
    if sys.stderr is None:  # closed by who started the program
        sys.stderr = Path(os.devnull).open("w", encoding="utf-8")  # noqa: SIM115  # for as long as the program runs
    if sys.stdout is None:
        sys.exit("congvan: There is no standard output.\n  Send it to a file or a pipe.")
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")
    try:
        try:
            app()
        finally:
            sys.stdout.flush()  # so that a closed pipe or a full disk shows here
    except OSError as err:
        if err.filename is not None:
            raise  # not of a stream: a bug
        if err.errno != errno.EPIPE:  # a reader that has seen enough is no error
            show(unwritten(err))
        nowhere = os.open(os.devnull, os.O_WRONLY)  # what is still to be written goes there when Python ends
        os.dup2(nowhere, sys.stdout.fileno())
        sys.exit(ExitCode.ERROR)
