"""Where the repaired text and the repair plan go, and what is said of what stays damaged."""

from __future__ import annotations

import hashlib
import sys
from pathlib import Path
from typing import TYPE_CHECKING, TextIO

from congvan.cli.writing import write_text

if TYPE_CHECKING:
    from congvan.repair.planfile import Repaired


class Sinks:
    """The text to standard output, or the plan there; the plan to a file as well."""

    def __init__(self, plan_file: TextIO | None, explain: bool) -> None:
        self._plan_file, self._explain = plan_file, explain
        self._written = hashlib.sha256()

    def put(self, repaired: Repaired, bom: bytes = b"", raw_at: int = 0, clean_at: int = 0) -> None:
        """Write a repaired text, or a piece of one that stands so far into the text before and after repair."""
        from congvan.repair.planfile import as_line, explained

        text = bom + repaired.text.encode("utf-8", errors="surrogatepass")
        self._written.update(text)
        if self._explain or self._plan_file is not None:
            self._write("".join(map(as_line, explained(repaired, raw_at, clean_at))))
        if not self._explain:
            write_text(text)

    def end(self, media_type: str, encoding: str, read: bytes | str, exact: bool, bom: bytes = b"") -> None:
        """Write the last line of the plan.

        Args:
            media_type, encoding, exact, bom: as of :class:`congvan.repair.planfile.Origin`.
            read: the bytes that were read, or their SHA-256.
        """
        from congvan.repair.planfile import Origin, as_line, end_line

        before = read if isinstance(read, str) else hashlib.sha256(read).hexdigest()
        origin = Origin(media_type, encoding, bom.hex(), exact, before, self._written.hexdigest())
        if self._explain or self._plan_file is not None:
            self._write(as_line(end_line(origin)))

    def _write(self, lines: str) -> None:
        if self._plan_file is not None:
            self._plan_file.write(lines)
        if self._explain:
            write_text(lines.encode("utf-8"))


def say_unresolved(places: int, name: str, explain: bool, written: Path | None) -> None:
    """Say on stderr how many places stay damaged, and where they are listed; nothing where there are none."""
    if not places:
        return
    where = "" if explain else f": see {written}" if written is not None else ": see --explain"
    looks = "1 place looks" if places == 1 else f"{places} places look"
    print(f"congvan: {name}: {looks} damaged and could not be repaired{where}", file=sys.stderr)
