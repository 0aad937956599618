"""Repair of a long text, piece by piece as it is read."""

from __future__ import annotations

import codecs
import hashlib
import sys
from collections.abc import Iterator
from pathlib import Path

from congvan.cli.progress import bytes_bar
from congvan.cli.repair_output import Sinks


def repair_parts(head: bytes, parts: Iterator[bytes], name: str, sinks: Sinks, file: Path | None) -> int:
    """Repair a text of any length; the number of places that stay damaged.

    Args:
        head: its first bytes. parts: the others. name: how messages call it. file: where it has a size to be seen.
    """
    from congvan.read.sniff import PLAIN
    from congvan.repair.stream import repair_pieces

    text = _Text(head, parts)
    size = file.stat().st_size if file is not None and file.is_file() else None
    for problem in text.problems:
        print(f"congvan: {name}: {problem.message} {problem.hint}", file=sys.stderr)
    left = 0
    kept = text.bom if text.bom == codecs.BOM_UTF8 else b""
    with bytes_bar(size) as show:
        for piece in repair_pieces(text):
            sinks.put(piece.repaired, b"" if piece.raw_at else kept, piece.raw_at, piece.clean_at)
            left += len(piece.repaired.unresolved)
            show(text.read)
    if not text.exact:
        print(f"congvan: {name}: {text.problem}", file=sys.stderr)
    sinks.end(PLAIN, text.encoding, text.sha256, text.exact, text.bom)
    return left


class _Text:
    """The text of bytes that come in parts.

    Attributes:
        encoding: that of the first part, and what has to be said of it. bom: the byte order mark before the text.
        read: bytes so far.
        sha256: of all bytes. exact: no byte was lost; both are known at the end.
    """

    def __init__(self, head: bytes, parts: Iterator[bytes]) -> None:
        from congvan.read.encoding import Decoder, decode

        decoded = decode(head)
        assert decoded is not None  # it was told to be text
        self.problems = [p for p in decoded.problems if p.category != "invalid-bytes"]  # the last letter may be cut off
        self._decoder = Decoder(head, decoded.encoding)
        self._head, self._parts = head, parts
        self._bytes = hashlib.sha256()
        self._again = hashlib.sha256(self._decoder.bom)  # of the text, written as it was read
        self.encoding, self.bom = decoded.encoding, self._decoder.bom
        self.read = 0

    def __iter__(self) -> Iterator[str]:
        from congvan.read.encoding import encoded

        part = self._head
        while part:
            self.read += len(part)
            self._bytes.update(part)
            following = next(self._parts, b"")
            text = self._decoder.text(part, final=not following)
            self._again.update(encoded(text, self.encoding) or b"")
            yield text
            part = following

    @property
    def sha256(self) -> str:
        return self._bytes.hexdigest()

    @property
    def exact(self) -> bool:
        return self._bytes.digest() == self._again.digest()

    @property
    def problem(self) -> str:
        return f"Some bytes are not valid {self.encoding.upper()}; they read as U+FFFD. Save the file again as UTF-8."
