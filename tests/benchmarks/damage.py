"""Damage made by the formula: what Ghostscript 10.00.0 makes of Word's text, without Word or Ghostscript."""

from __future__ import annotations

from collections.abc import Iterable

from congvan.language.ghostscript import LETTER_BLOCKS, SIGN_BLOCKS, garbled

# neighbours by glyph id in Times New Roman: Đ and đ are none, so they stay right
BLOCKS = tuple(b for b in (*LETTER_BLOCKS, *SIGN_BLOCKS) if b != (0x110, 0x111))


def word_runs(letters: Iterable[str]) -> dict[str, str]:
    """letter -> value of one font in one document: runs of neighbours among the letters it uses; lone ones stay right."""
    used = {ord(c) for c in letters}
    values: dict[str, str] = {}
    for first, last in BLOCKS:
        code = first
        while code <= last:
            stop = code
            while stop in used and stop <= last:
                stop += 1
            if stop - code > 1:
                values.update({chr(u): garbled(chr(u), u - code) for u in range(code, stop)})
            code = max(stop, code + 1)
    return values


def one_entry() -> dict[str, str]:
    """letter -> value where every range has one entry (iTextSharp 5, older pdfwrite)."""
    return {
        chr(u): garbled(chr(u), 0) for first, last in (*LETTER_BLOCKS, *SIGN_BLOCKS) for u in range(first, last + 1)
    }


def damage(lines: list[str], kind: str) -> list[str]:
    """The lines of one document, damaged.

    ``runs``: one font. ``fonts``: every sixth line, and the first words of every tenth, in a second font.
    ``one-entry``: one font, every letter damaged. ``clean``: nothing.
    """
    if kind == "clean":
        return lines
    if kind == "one-entry":
        table = str.maketrans(one_entry())
        return [line.translate(table) for line in lines]
    if kind == "runs":
        table = str.maketrans(word_runs("".join(lines)))
        return [line.translate(table) for line in lines]
    parts = []
    for n, line in enumerate(lines):
        words = line.split(" ")
        cut = len(words) if n % 6 == 0 else 4 if n % 10 == 1 else 0
        parts.append((" ".join(words[:cut]), " ".join(words[cut:])))
    bold = str.maketrans(word_runs("".join(p[0] for p in parts)))
    body = str.maketrans(word_runs("".join(p[1] for p in parts)))
    return [" ".join(t for t in (a.translate(bold), b.translate(body)) if t) for a, b in parts]
