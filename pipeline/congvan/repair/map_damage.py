"""The kind of damage that made a font's map what it is, from what its codes are said to mean and what they mean."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence

from congvan.language.ghostscript import forward, sign_sources
from congvan.language.glyph_ids import characters

GHOSTSCRIPT = "ghostscript-range"
WRONG, NONE = "wrong-map", "no-map"


def family_of_maps(changes: Sequence[tuple[str, str, int]]) -> str:
    """The family that explains most of the changes.

    Args:
        changes: what the file says, what is true, and the glyph id, of each code.
    """
    counts: Counter[str] = Counter()
    for shown, text, glyph in changes:
        counts.update(_families(shown, text, glyph))
    return max(counts, key=lambda family: (counts[family], family == GHOSTSCRIPT, family)) if counts else WRONG


def _families(shown: str, text: str, glyph: int) -> Iterable[str]:
    if not shown or "\ufffd" in shown:
        return (NONE,)
    if len(shown) != 1 or len(text) != 1:
        return (WRONG,)
    found = []
    value, code = ord(shown), ord(text)
    once = forward().get(text, {})
    if shown in once or sign_sources().get(shown) == text or any(shown in forward().get(v, {}) for v in once):
        found.append(GHOSTSCRIPT)
    if value == glyph or characters().get(shown) == text:
        found.append("ascii-shift" if text.isascii() else "glyph-id-as-code")
    if value == (code & 0xFF) << 8 | code >> 8:
        found.append("byte-swap")
    if value == code & 0xFF:
        found.append("low-byte")
    return found or (WRONG,)
