"""`congvan archive`: a scan as a searchable PDF/A."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated

import typer

from congvan.cli.inputs import STDIN, PasswordOption, read_stdin, with_password
from congvan.cli.writing import write_bytes
from congvan.config import load_config
from congvan.errors import UsageError


def archive(
    file: Annotated[Path, typer.Argument(metavar="FILE", help='A PDF, TIFF, PNG or JPEG; "-" is standard input.')],
    output: Annotated[Path, typer.Option("--output", "-o", metavar="PDF", help="The PDF/A to write.")],
    break_signature: Annotated[
        bool, typer.Option("--break-signature", help="Archive a copy even of a digitally signed PDF.")
    ] = False,
    password: PasswordOption = None,
) -> None:
    """Write a scan as a searchable PDF/A: its pictures as they are, the corrected text over them, metadata from the letterhead.

    Pages that have sound text keep it. A digitally signed file is not changed unless asked for. Needs the extra `ocr`
    and Tesseract's Vietnamese model (`congvan doctor`); Ghostscript is never used.

    \b
    Examples:
      congvan archive scan.pdf -o archived.pdf
      congvan archive pages.tiff -o archived.pdf
    """
    from congvan.read import load
    from congvan.run.archive import archive as archived

    config = with_password(load_config(), password)
    name = "standard input" if file == STDIN else str(file)
    if file != STDIN and output.exists() and file.exists() and output.samefile(file):
        raise UsageError(f"--output would overwrite the input {file}.", "Name another file.")
    data = read_stdin(config) if file == STDIN else load(file, config, name=name)
    done = archived(data, name, config, break_signature)
    write_bytes(output, done.data)
    what = f"text of {len(done.pages)} pages read from their pictures" if done.pages else "its text is kept"
    print(f"congvan: {output}: PDF/A, {what}{f'; title: {done.title}' if done.title else ''}", file=sys.stderr)
