"""Unicode normal form C, as edits."""

from __future__ import annotations

import unicodedata

import regex

from congvan.document import Edit, Span
from congvan.language.folding import nfc

# accepts one ASCII character and what follows it that is not ASCII: normal forms never reach over an ASCII character
_CHUNK = regex.compile(r"[\x00-\x7f]?[^\x00-\x7f]+")


def nfc_edits(text: str) -> tuple[Edit, ...]:
    """The edits that bring a text into NFC; none where it is."""
    if unicodedata.is_normalized("NFC", text):
        return ()
    found: list[Edit] = []
    for m in _CHUNK.finditer(text):
        old, new = m[0], nfc(m[0])
        if old == new:
            continue
        head = 0
        while head < min(len(old), len(new)) and old[head] == new[head]:
            head += 1
        tail = 0
        while tail < min(len(old), len(new)) - head and old[-1 - tail] == new[-1 - tail]:
            tail += 1
        span = Span(m.start() + head, m.end() - tail)
        after = new[head : len(new) - tail]
        found.append(Edit(span, span.of(text), after, "decomposed", "Unicode normal form C", 1.0))
    return tuple(found)
