"""Outlines that this user's fonts and archive have taught: a small SQLite file beside the program's own index.

``added`` outlines come from font files (`congvan fonts add`) and are as good as the index. ``learned`` ones come from healthy
documents at import: each document is a vote, and an outline counts once enough of them agree.
"""

from __future__ import annotations

import json
import os
import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from congvan.document import Lesson
from congvan.errors import UsageError
from congvan.language.glyph_index import Drawing

ENOUGH_VOTES = 2  # documents that must agree on a learned outline
LEAD = 4  # times as many as say otherwise
FULL = 50  # votes from which on no more are counted
_FORMAT = "congvan-glyphs-1"
_TABLES = """
CREATE TABLE IF NOT EXISTS glyphs (
  outline INTEGER NOT NULL, character TEXT NOT NULL, kind TEXT NOT NULL, font TEXT NOT NULL, advance REAL NOT NULL,
  votes INTEGER NOT NULL, source TEXT NOT NULL, PRIMARY KEY (outline, character, kind)
) WITHOUT ROWID
"""


def default_place() -> Path:
    """Where the file lies if no setting says otherwise."""
    base = os.environ.get("XDG_DATA_HOME") or "~/.local/share"
    return Path(base).expanduser() / "congvan" / "glyphs.sqlite"


class OwnGlyphs:
    """The file of outlines. Made when the first outline is written; one that is not there knows nothing."""

    def __init__(self, place: Path) -> None:
        self.place = place
        self._found: dict[int, list[Drawing]] = {}
        self._reader: sqlite3.Connection | None = None

    def drawings(self, outline: int) -> list[Drawing]:
        """The characters that an outline draws; of what was learned only that on which documents agree."""
        if outline not in self._found:
            self._found[outline] = self._look_up(outline)
        return self._found[outline]

    def _look_up(self, outline: int) -> list[Drawing]:
        if self._reader is None:
            if not self.place.is_file():
                return []
            self._reader = self._connect()
        try:
            rows = self._reader.execute(
                "SELECT character, kind, font, advance, votes FROM glyphs WHERE outline = ? ORDER BY votes DESC",
                (_signed(outline),),
            ).fetchall()
        except sqlite3.Error as err:
            raise self._broken(err) from err
        added = [Drawing(character, font, advance) for character, kind, font, advance, _ in rows if kind == "added"]
        learned = [row for row in rows if row[1] == "learned"]
        if added or not learned:
            return added
        votes = sum(row[4] for row in learned[1:])
        best = learned[0]
        if best[4] < ENOUGH_VOTES or best[4] < LEAD * votes:
            return []
        return [Drawing(best[0], f"{best[2]}, learned from {best[4]} documents", best[3])]

    def add(self, lessons: Iterable[Lesson], kind: str, source: str) -> int:
        """Write outlines; the number of those that were new. ``kind``: "added" or "learned"; ``source``: file or hash."""
        new = 0
        with self._writing() as db:
            for lesson in lessons:
                row = (_signed(lesson.outline), lesson.character, kind)
                known = db.execute(
                    "SELECT votes FROM glyphs WHERE outline = ? AND character = ? AND kind = ?", row
                ).fetchone()
                if known is None:
                    new += 1
                    db.execute(
                        "INSERT INTO glyphs VALUES (?, ?, ?, ?, ?, 1, ?)", (*row, lesson.font, lesson.advance, source)
                    )
                elif kind == "learned" and known[0] < FULL:
                    db.execute(
                        "UPDATE glyphs SET votes = votes + 1, source = ? "
                        "WHERE outline = ? AND character = ? AND kind = ? AND source != ?",
                        (source, *row, source),
                    )
        self._found.clear()
        return new

    def fonts(self) -> list[tuple[str, str, int, int]]:
        """Font, kind, number of outlines and most votes, of all that the file holds."""
        return [
            (str(font), str(kind), int(count), int(votes))
            for font, kind, count, votes in self._rows(
                "SELECT font, kind, count(*), max(votes) FROM glyphs GROUP BY font, kind ORDER BY kind, font"
            )
        ]

    def export(self) -> Iterator[str]:
        """Lines of JSON: what this is, then an outline a line."""
        yield json.dumps({"format": _FORMAT})
        for row in self._rows(
            "SELECT outline, character, kind, font, advance, votes, source FROM glyphs ORDER BY 3, 4, 2, 1"
        ):
            outline, character, kind, font, advance, votes, source = row
            entry = {
                "outline": f"{outline & 0xFFFFFFFFFFFFFFFF:016x}",
                "character": character,
                "kind": kind,
                "font": font,
            }
            yield json.dumps({**entry, "advance": advance, "votes": votes, "source": source}, ensure_ascii=False)

    def take_in(self, lines: Sequence[str], name: str) -> int:
        """Take in what another user exported: votes add up, the rest is kept once. The number of outlines that were new.

        Raises:
            UsageError: it is no such file.
        """
        new = 0
        try:
            if not lines or json.loads(lines[0]).get("format") != _FORMAT:
                raise ValueError("no export of outlines")
            rows = [_row(json.loads(line)) for line in lines[1:] if line.strip()]
        except (ValueError, KeyError, TypeError, AttributeError) as err:
            raise UsageError(
                f"{name} is no export of outlines ({err}).", "Make one with `congvan fonts export`."
            ) from err
        with self._writing() as db:
            for row in rows:
                before = db.total_changes
                db.execute("INSERT OR IGNORE INTO glyphs VALUES (?, ?, ?, ?, ?, ?, ?)", row)
                if db.total_changes > before:
                    new += 1
                elif row[2] == "learned":
                    db.execute(
                        "UPDATE glyphs SET votes = min(votes + ?, ?) "
                        "WHERE outline = ? AND character = ? AND kind = ? AND source != ?",
                        (row[5], FULL, *row[:3], row[6]),
                    )
        self._found.clear()
        return new

    def _rows(self, query: str) -> list[Any]:
        if not self.place.is_file():
            return []
        try:
            if self._reader is None:
                self._reader = self._connect()
            return self._reader.execute(query).fetchall()
        except sqlite3.Error as err:
            raise self._broken(err) from err

    def _connect(self) -> sqlite3.Connection:
        return sqlite3.connect(self.place, timeout=30.0, check_same_thread=False)

    @contextmanager
    def _writing(self) -> Iterator[sqlite3.Connection]:
        try:
            self.place.parent.mkdir(parents=True, exist_ok=True)
            db = self._connect()
        except (OSError, sqlite3.Error) as err:
            raise self._broken(err) from err
        try:
            with db:
                db.execute(_TABLES)
                yield db
        except sqlite3.Error as err:
            raise self._broken(err) from err
        finally:
            db.close()

    def _broken(self, err: Exception) -> UsageError:
        return UsageError(
            f"The file of outlines {self.place} cannot be used: {err}.",
            "Move it away, or name another one in the setting glyphs (environment variable CONGVAN_GLYPHS).",
        )


def learn(setting: str, lessons: Iterable[Lesson], source: str) -> None:
    """Count a document's vote for the outlines that it teaches; ``source`` tells it from others."""
    OwnGlyphs(_place(setting)).add(lessons, "learned", source)


def _place(setting: str) -> Path:
    return Path(setting).expanduser() if setting else default_place()


def own_glyphs(setting: str = "") -> tuple[OwnGlyphs, ...]:
    """The user's outlines: of the file that the setting names, else of the user's own; none where there is no file."""
    glyphs = OwnGlyphs(_place(setting))
    return (glyphs,) if glyphs.place.is_file() else ()


def _signed(outline: int) -> int:
    """64 bits as SQLite keeps them."""
    return outline - (1 << 64) if outline >= 1 << 63 else outline


def _row(entry: dict[str, Any]) -> tuple[int, str, str, str, float, int, str]:
    kind, character = str(entry["kind"]), str(entry["character"])
    if kind not in ("added", "learned") or not 0 < len(character) <= 8:
        raise ValueError("an outline of another kind")
    outline = _signed(int(str(entry["outline"]), 16) & 0xFFFFFFFFFFFFFFFF)
    votes = max(min(int(entry["votes"]), FULL), 1)
    return outline, character, kind, str(entry["font"]), float(entry["advance"]), votes, str(entry["source"])
