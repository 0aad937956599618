"""Output to a file: whole or not at all; and to standard output at once."""

from __future__ import annotations

import os
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TextIO

from congvan.cli.failures import unwritten
from congvan.errors import UsageError


class NoStandardOutput(OSError):
    """Standard output cannot be written; told apart from errors of a file that is open at the same time."""


def write_text(text: bytes) -> None:
    """Write to standard output now, so that a reader need not wait.

    Raises:
        NoStandardOutput: it cannot be written.
    """
    try:
        sys.stdout.flush()
        sys.stdout.buffer.write(text)
        sys.stdout.buffer.flush()
    except OSError as err:
        raise NoStandardOutput(err.errno, err.strerror) from err


@contextmanager
def output_file(output: Path | None, option: str = "--output") -> Iterator[TextIO]:
    """Standard output, or a file that is there only when all of it is written; a device or a pipe is written to.

    Args:
        output: the file, None for standard output. option: the option that named it, for messages.

    Raises:
        UsageError: there can be no such file. CongvanError: it cannot be written to the end.
    """
    if output is None:
        yield sys.stdout
        return
    if output.exists() and not output.is_file():
        try:
            with output.open("w", encoding="utf-8") as out:
                yield out
        except NoStandardOutput:
            raise
        except OSError as err:
            raise unwritten(err, str(output)) from err
        return
    try:
        handle, name = tempfile.mkstemp(prefix=f".{output.name}.", dir=output.parent)
    except OSError as err:
        raise UsageError(f"{output} cannot be written: {err.strerror}.", f"Check {option}.") from err
    try:
        with os.fdopen(handle, "w", encoding="utf-8") as out:
            yield out
        umask = os.umask(0)
        os.umask(umask)
        Path(name).chmod(0o666 & ~umask)
        Path(name).replace(output)
    except BaseException as err:
        Path(name).unlink(missing_ok=True)
        if isinstance(err, OSError) and not isinstance(err, NoStandardOutput):
            raise unwritten(err, str(output)) from err
        raise


def write_bytes(output: Path, data: bytes, option: str = "--output") -> None:
    """Write a file that is there only when all of it is written.

    Raises:
        UsageError: there can be no such file. CongvanError: it cannot be written to the end.
    """
    try:
        handle, name = tempfile.mkstemp(prefix=f".{output.name}.", dir=output.parent)
    except OSError as err:
        raise UsageError(f"{output} cannot be written: {err.strerror}.", f"Check {option}.") from err
    try:
        with os.fdopen(handle, "wb") as out:
            out.write(data)
        umask = os.umask(0)
        os.umask(umask)
        Path(name).chmod(0o666 & ~umask)
        Path(name).replace(output)
    except BaseException as err:
        Path(name).unlink(missing_ok=True)
        if isinstance(err, OSError):
            raise unwritten(err, str(output)) from err
        raise
