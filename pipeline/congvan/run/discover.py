"""Which files an import takes: those named, and those with a readable suffix in the folders named."""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from congvan.errors import CongvanError, InputError, InputNotFound
from congvan.read import READABLE


@dataclass(frozen=True, slots=True)
class Found:
    """A file to read. ``name`` is its path relative to the folder that was given, or as given; it can be printed."""

    path: Path
    name: str


@dataclass(frozen=True, slots=True)
class Refused:
    """A file or folder that gives nothing to read, and why."""

    name: str
    error: CongvanError


def discover(paths: Iterable[Path], skipped: Counter[str] | None = None) -> list[Found | Refused]:
    """Files to import, each once, in the order given, inside folders sorted by name.

    Folders are walked to the bottom; hidden entries are skipped, a folder that is met again (links) is not walked
    twice. In folders the suffix decides; a file that is named is always tried. ``skipped`` counts the files of the folders
    that are left, by suffix ("" for none).
    """
    taken: set[str] = set()
    found: list[Found | Refused] = []
    for given in paths:
        for one in _folder(given, skipped) if given.is_dir() else [Found(given, printable(given))]:
            if isinstance(one, Found):
                place = os.path.abspath(one.path)  # noqa: PTH100  # resolve() would follow links
                if place in taken:
                    continue
                taken.add(place)
            found.append(one)
    return found


def printable(path: Path) -> str:
    """A path as text for messages and the catalogue; bytes that are not UTF-8 become U+FFFD."""
    return os.fsencode(path).decode("utf-8", errors="replace")


def _folder(root: Path, skipped: Counter[str] | None) -> Iterator[Found | Refused]:
    empty = True
    for one in _walk(root, skipped):
        empty = False
        yield one
    if empty:
        suffixes = " ".join(sorted(READABLE))
        yield Refused(
            printable(root),
            InputNotFound(
                f"{printable(root)} holds no document.", f"congvan looks for {suffixes}; name other files one by one."
            ),
        )


def _walk(root: Path, skipped: Counter[str] | None) -> Iterator[Found | Refused]:
    waiting = [root]
    walked: set[tuple[int, int]] = set()
    while waiting:
        folder = waiting.pop()
        try:
            status = folder.stat()
            if (status.st_dev, status.st_ino) in walked:
                continue
            walked.add((status.st_dev, status.st_ino))
            entries = sorted(folder.iterdir())
        except OSError as err:
            error = InputError(
                f"{printable(folder)} cannot be listed: {err.strerror}.", "Check the permissions of the folder."
            )
            yield Refused(printable(folder), error)
            continue
        inner = []
        for entry in entries:
            if entry.name.startswith("."):
                continue
            if entry.is_dir():
                inner.append(entry)
            elif entry.suffix.lower() in READABLE:
                yield Found(entry, printable(entry.relative_to(root)))
            elif skipped is not None:
                skipped[entry.suffix.lower()] += 1
        waiting.extend(reversed(inner))
