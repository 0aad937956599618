"""The objects of a PDF file in the notation of Word, with its cross-reference table."""

from __future__ import annotations

import hashlib
import zlib
from typing import Final

_LEVEL: Final = 6  # of zlib; a fixed one, for the bytes are compared


class Objects:
    """Numbered objects, written in their order."""

    def __init__(self) -> None:
        """No objects yet."""
        self._bodies: list[bytes] = []

    def reserve(self) -> int:
        """A number for an object that others point to before it is known."""
        self._bodies.append(b"null")
        return len(self._bodies)

    def set(self, number: int, body: str) -> None:
        """The object of a reserved number."""
        self._bodies[number - 1] = body.encode("latin-1")

    def add(self, body: str) -> int:
        """An object; returns its number."""
        number = self.reserve()
        self.set(number, body)
        return number

    def stream(self, data: bytes, entries: str = "") -> int:
        """A compressed stream with further entries of its dictionary; returns its number."""
        packed = zlib.compress(data, _LEVEL)
        head = f"<</Filter/FlateDecode/Length {len(packed)}{entries}>>\nstream\r\n".encode("latin-1")
        self._bodies.append(b"".join([head, packed, b"\r\nendstream"]))
        return len(self._bodies)

    def file(self, root: int, info: int) -> bytes:
        """The whole file; its id is a digest of what it holds."""
        parts = [b"%PDF-1.7\r\n%\xb5\xb5\xb5\xb5\r\n"]
        at = len(parts[0])
        rows = ["0000000000 65535 f\r\n"]
        for number, body in enumerate(self._bodies, 1):
            part = b"%d 0 obj\r\n%b\r\nendobj\r\n" % (number, body)
            rows.append(f"{at:010} 00000 n\r\n")
            parts.append(part)
            at += len(part)
        digest = hashlib.md5(b"".join(parts), usedforsecurity=False).hexdigest().upper()
        table = f"xref\r\n0 {len(rows)}\r\n{''.join(rows)}"
        trailer = f"trailer\r\n<</Size {len(rows)}/Root {root} 0 R/Info {info} 0 R/ID[<{digest}><{digest}>] >>\r\n"
        parts.append(f"{table}{trailer}startxref\r\n{at}\r\n%%EOF".encode("latin-1"))
        return b"".join(parts)
