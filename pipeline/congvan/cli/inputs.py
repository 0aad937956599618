"""What the verbs share on the way in: settings, the catalogue option, standard input."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Annotated

import typer

from congvan.config import Config
from congvan.errors import InputError, UsageError
from congvan.read import blocks

STDIN = Path("-")
_PART = 1 << 18  # bytes that are read at a time

CatalogueOption = Annotated[
    str | None,
    typer.Option(
        "--catalogue",
        metavar="URL",
        help="File of an SQLite catalogue, or an SQLAlchemy address. Default: the setting catalogue (congvan.sqlite).",
    ),
]

PasswordOption = Annotated[
    str | None,
    typer.Option("--password", metavar="PASSWORD", help="Opens encrypted PDF files. Default: the setting password."),
]


RulesOption = Annotated[
    list[Path] | None,
    typer.Option(
        "--rules", metavar="DIR", help="Folder of rules of your own; may be given again. Default: the setting rules."
    ),
]


def with_rules(config: Config, folders: list[Path] | None) -> Config:
    """The settings, with the folders of rules that the call names.

    Raises:
        RuleError: a folder is missing, or a rule in it is wrong.
    """
    from congvan.rules.own import folders_of, use_rules

    config = config if not folders else replace(config, rules=os.pathsep.join(map(str, folders)))
    with use_rules(folders_of(config.rules)):  # a mistake is told before the first document
        return config


def with_password(config: Config, password: str | None) -> Config:
    """The settings, with the password that the call names."""
    return config if password is None else replace(config, password=password)


def read_stdin(config: Config) -> bytes:
    """Standard input, at most one byte more than the limit, so that the reader can tell.

    Raises:
        UsageError: it is a terminal. InputError: it cannot be read.
    """
    most = config.max_bytes + 1
    parts: list[bytes] = []
    for part in parts_of(STDIN):
        parts.append(part[:most])
        most -= len(parts[-1])
        if not most:
            break
    return b"".join(parts)


def parts_of(file: Path) -> Iterator[bytes]:
    """The bytes of a file, or for "-" of standard input, in parts, however many there are.

    Raises:
        UsageError: standard input is a terminal. InputError: it cannot be read.
    """
    if file != STDIN:
        yield from blocks(file, _PART)
        return
    if sys.stdin.isatty():
        raise UsageError("There is no input.", "Name a file, or pipe one in (congvan … < letter.txt).")
    try:
        while part := sys.stdin.buffer.read(_PART):
            yield part
    except OSError as err:
        raise InputError(f"Standard input cannot be read: {err.strerror}.", "Pipe in a file.") from err


def content(file: Path, config: Config) -> Path | bytes:
    """The file, or for "-" the bytes of standard input."""
    return read_stdin(config) if file == STDIN else file
