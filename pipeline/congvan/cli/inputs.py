"""What the verbs share on the way in: settings, the catalogue option, standard input."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated

import typer

from congvan.config import Config
from congvan.errors import InputError, UsageError
from congvan.read import at_most

STDIN = Path("-")

CatalogueOption = Annotated[
    str | None,
    typer.Option(
        "--catalogue",
        metavar="URL",
        help="File of an SQLite catalogue, or an SQLAlchemy address. Default: the setting catalogue (congvan.sqlite).",
    ),
]


def read_stdin(config: Config) -> bytes:
    """Standard input, at most one byte more than the limit, so that the reader can tell.

    Raises:
        UsageError: it is a terminal. InputError: it cannot be read.
    """
    if sys.stdin.isatty():
        raise UsageError("There is no input.", "Name a file, or pipe one in (congvan … < letter.txt).")
    try:
        return at_most(sys.stdin.buffer, config.max_bytes + 1)
    except OSError as err:
        raise InputError(f"Standard input cannot be read: {err.strerror}.", "Pipe in a file.") from err


def content(file: Path, config: Config) -> Path | bytes:
    """The file, or for "-" the bytes of standard input."""
    return read_stdin(config) if file == STDIN else file
