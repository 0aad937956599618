"""Documents of several files for the verbs that parse and show: errors go to stderr, the others go on."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from congvan.cli.failures import nothing_read, show
from congvan.cli.inputs import content
from congvan.config import Config
from congvan.errors import CongvanError

if TYPE_CHECKING:
    from congvan.record import Record


def records_of(files: list[Path], config: Config, errors: list[CongvanError]) -> Iterator[Record]:
    """The documents of all files; errors are shown and collected."""
    from congvan.run.discover import printable
    from congvan.run.document import Task, parse_document
    from congvan.run.executor import Serial

    tasks = (Task(content(file, config), printable(file), config) for file in files)
    for parsed in Serial().map(parse_document, tasks):
        if parsed.error is not None:
            show(parsed.error)
            errors.append(parsed.error)
        elif (error := nothing_read(parsed.records)) is not None:
            show(error)
            errors.append(error)
        yield from parsed.records
