"""Readings of pictures kept in a folder: a picture that was read once is not read again."""

from __future__ import annotations

import gzip
import hashlib
import json
import os
from pathlib import Path

from congvan.read.scan.seen import SeenPage, from_plain, to_plain

#: changes with what is done to a picture and how it is read, so that older readings are not taken
WAY = "3"


class Readings:
    """A folder of readings; without a folder nothing is kept.

    Args:
        folder: made when it is needed; "" keeps nothing. engine: its version, which readings depend on.
    """

    def __init__(self, folder: str, engine: str) -> None:
        self._folder = Path(folder) if folder else None
        self._engine = engine

    @property
    def keeps(self) -> bool:
        """True where readings are kept."""
        return self._folder is not None

    def _path(self, key: str) -> Path | None:
        if self._folder is None:
            return None
        name = hashlib.sha256(f"{WAY} {self._engine} {key}".encode()).hexdigest()
        return self._folder / name[:2] / f"{name}.json.gz"

    def get(self, key: str) -> SeenPage | None:
        """The reading of a picture, None where there is none or it cannot be used."""
        path = self._path(key)
        if path is None:
            return None
        try:
            return from_plain(json.loads(gzip.decompress(path.read_bytes())))
        except (OSError, EOFError, ValueError, KeyError, TypeError):  # absent, cut off, or of another version
            return None

    def put(self, key: str, page: SeenPage) -> None:
        """Keep a reading; a folder that cannot be written costs time later, and nothing else."""
        path = self._path(key)
        if path is None:
            return
        content = gzip.compress(json.dumps(to_plain(page), ensure_ascii=False).encode(), 6, mtime=0)
        own = path.with_name(f"{path.name}.{os.getpid()}")
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            own.write_bytes(content)
            own.replace(path)
        except OSError:
            return
