"""Ids of findings that survive re-parsing: made from kind, quote and what stands around it, never from offsets."""

from __future__ import annotations

import hashlib
from collections import Counter

CONTEXT = 32  # characters of quote kept on either side (RECORD.md)

_PREFIX = {
    "agencies": "agency",
    "percentages": "percentage",
    "amounts": "amount",
    "quantities": "quantity",
    "dates": "date",
    "deadlines": "deadline",
    "citations": "citation",
    "obligations": "obligation",
    "targets": "target",
    "results": "result",
    "checks": "check",
}


class Anchors:
    """Gives ids within one document. The same words in the same surroundings a second time get "-2"."""

    def __init__(self) -> None:
        self._seen: Counter[str] = Counter()

    def id_of(self, kind: str, quote: str, before: str, after: str) -> str:
        """A new id, as "deadline-3f2a9c81d0"."""
        parts = (kind, *("".join(c for c in part.casefold() if c.isalnum()) for part in (quote, before, after)))
        name = f"{_PREFIX[kind]}-{hashlib.blake2s('|'.join(parts).encode(), digest_size=5).hexdigest()}"
        self._seen[name] += 1
        return name if self._seen[name] == 1 else f"{name}-{self._seen[name]}"


def around(text: str, start: int, end: int) -> tuple[str, str]:
    """What stands before and after a quote, up to :data:`CONTEXT` characters each."""
    return text[max(0, start - CONTEXT) : start], text[end : end + CONTEXT]
