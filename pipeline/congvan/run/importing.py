"""Import many files into a catalogue: each by itself, so that one bad file costs only itself."""

from __future__ import annotations

import hashlib
import os
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from congvan.config import Config
from congvan.document import Source
from congvan.errors import CongvanError, UnsupportedInput
from congvan.record import Record
from congvan.run.discover import Found, Refused, discover, printable
from congvan.run.document import Parsed, Task, parse_document, unexpected
from congvan.run.executor import Executor, Serial
from congvan.run.limits import kept_interrupt

if TYPE_CHECKING:
    from congvan.store.catalogue import Catalogue

#: called after each file: files done, files in all, name of the file
Progress = Callable[[int, int, str], None]


@dataclass(slots=True)
class ImportReport:
    """What became of the files: ``found`` = ``imported`` + ``unchanged`` + the length of ``failed``.

    Attributes:
        found: files met, and names given that lead to nothing. imported: new, or made again by another version.
        unchanged: their content was there. failed: path and error of each that failed.
        documents: number of documents in the files imported.
        skipped: files in the folders that were left because of their suffix, by suffix ("" for none).
        incomplete: path and record of each document that was imported without text, or with only a part of it.
    """

    found: int = 0
    imported: int = 0
    unchanged: int = 0
    failed: list[tuple[str, CongvanError]] = field(default_factory=list)
    documents: int = 0
    incomplete: list[tuple[str, Record]] = field(default_factory=list)
    skipped: Counter[str] = field(default_factory=Counter)

    @property
    def done(self) -> int:
        """Number of files dealt with so far."""
        return self.imported + self.unchanged + len(self.failed)


def import_paths(
    paths: Iterable[Path],
    catalogue: Catalogue,
    config: Config,
    progress: Progress | None = None,
    executor: Executor | None = None,
) -> ImportReport:
    """Parse files and folders into a catalogue.

    Each file is a transaction of its own. An error of one file is in the report and the others go on. Content that
    this version of the program has in the catalogue is not parsed again.

    Args:
        paths: files and folders. progress: told of each file when it is done. executor: where parsing runs.
    """
    report = ImportReport()
    things = discover(paths, report.skipped)
    report.found = len(things)

    def done(name: str) -> None:
        if progress is not None:
            progress(report.done, report.found, name)

    def to_parse() -> Iterator[Task]:
        """What has to be parsed; the rest is reported on the way."""
        made_by = _made_by(config)
        for one in things:
            error = one.error if isinstance(one, Refused) else None
            if isinstance(one, Found):
                try:
                    if not _known(one, catalogue, config, made_by):
                        yield Task(one.path, one.name, config)
                        continue
                    report.unchanged += 1
                except CongvanError as err:
                    error = err
            if error is not None:
                report.failed.append((_given(one), error))
            done(one.name)

    with kept_interrupt() as check:
        for parsed in (executor or Serial()).map(parse_document, to_parse()):
            check()
            error = parsed.error or _add(parsed, catalogue, report) or _learn(parsed, config)
            if error is not None:
                report.failed.append((_path(parsed), error))
            done(parsed.task.name)
            check()
    return report


def _made_by(config: Config) -> dict[str, str]:
    from congvan.parse import versions

    return versions(config).model_dump()


def _place(path: Path) -> str:
    """The path by which the catalogue knows a file: absolute, links kept."""
    return printable(Path(os.path.abspath(path)))  # noqa: PTH100  # resolve() would follow links


def _known(file: Found, catalogue: Catalogue, config: Config, made_by: dict[str, str]) -> bool:
    """True where parsing would change nothing. What cannot be read here is left to the reader, which says why."""
    try:
        if file.path.exists() and not file.path.is_file():
            raise UnsupportedInput(f"{file.name} is not a regular file.", "Copy its content to a file first.")
        size = file.path.stat().st_size
        if size > config.max_bytes:
            return False
        with file.path.open("rb") as opened:
            sha256 = hashlib.file_digest(opened, "sha256").hexdigest()
    except (OSError, ValueError):  # ValueError: a NUL in the name
        return False
    return catalogue.met(Source(_place(file.path), sha256, size, ""), made_by)


def _given(one: Found | Refused) -> str:
    return printable(one.path) if isinstance(one, Found) else one.name


def _path(parsed: Parsed) -> str:
    """The path of a file as it was reached from what was given."""
    content = parsed.task.content
    return printable(content) if isinstance(content, Path) else parsed.task.name


def _learn(parsed: Parsed, config: Config) -> CongvanError | None:
    """Keep what a document teaches of its fonts; the error where that fails."""
    if not parsed.lessons:
        return None
    from congvan.language.own_glyphs import learn

    try:
        learn(config.glyphs, parsed.lessons, parsed.records[0].source.sha256[:16])
    except CongvanError as err:
        return err
    return None


def _add(parsed: Parsed, catalogue: Catalogue, report: ImportReport) -> CongvanError | None:
    """Write the documents of one file; the error where that fails."""
    of = parsed.records[0].source
    path = parsed.task.content
    place = _place(path) if isinstance(path, Path) else parsed.task.name
    try:
        outcome = catalogue.add(parsed.records, Source(place, of.sha256, of.size, of.media_type))
    except CongvanError as err:
        return err
    except Exception as err:
        return unexpected(parsed.task.name, err)
    if outcome == "imported":
        report.imported += 1
        report.documents += len(parsed.records)
        report.incomplete += [(_path(parsed), record) for record in parsed.records if record.status != "ok"]
    else:
        report.unchanged += 1
    return None
