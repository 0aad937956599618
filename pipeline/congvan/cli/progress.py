"""A bar for long work on one input."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager


@contextmanager
def bytes_bar(total: int | None) -> Iterator[Callable[[int], None]]:
    """A bar on stderr that counts bytes; none where that is no terminal, or where the output goes to one too.

    Args:
        total: bytes in all, None where that is not known.

    Yields:
        A function to call with the number of bytes that are done.
    """
    if not sys.stderr.isatty() or sys.stdout.isatty():
        yield lambda done: None
        return
    from rich.console import Console
    from rich.progress import BarColumn, DownloadColumn, Progress, TimeRemainingColumn

    columns = (BarColumn(), DownloadColumn(), TimeRemainingColumn())
    with Progress(*columns, console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task("repair", total=total)
        yield lambda done: bar.update(task, completed=done)
