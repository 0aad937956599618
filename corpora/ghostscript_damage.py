"""What Ghostscript 9.56 to 10.00 makes of the text of a PDF that Word has written.

The interpreter read the start b of each ``bfrange`` of a ToUnicode CMap as high byte OR low byte, and counted up from
there: letter k of a range becomes ``(hi(b) | lo(b)) + k``. A letter that stands alone is a ``bfchar`` and stays right.
Word writes a range where glyph ids and code points run on together; which do, depends on the letters that the font
uses in the document. The glyph order is that of Times New Roman.
"""

from __future__ import annotations

from collections.abc import Iterable

# stretches of Times New Roman in which glyph ids and code points grow together (first, last)
RUNS = (
    (0x0020, 0x007E),
    (0x0102, 0x0103),
    (0x0128, 0x0129),
    (0x0168, 0x0169),
    (0x01A0, 0x01A1),
    (0x01AF, 0x01B0),
    (0x1EA0, 0x1EF1),
    (0x1EF4, 0x1EF9),
    (0x2013, 0x2014),
    (0x2018, 0x2019),
    (0x201C, 0x201D),
)


def garbled(letters: Iterable[int]) -> dict[int, int]:
    """Code point -> what it becomes, for the letters that a font uses; those that stay right are left out."""
    used = sorted(set(letters))
    out: dict[int, int] = {}
    for first, last in RUNS:
        run: list[int] = []
        for u in [u for u in used if first <= u <= last] + [0]:
            if run and u != run[-1] + 1:
                if len(run) > 1:
                    base = (run[0] >> 8) | (run[0] & 0xFF)
                    out |= {v: base + k for k, v in enumerate(run) if v != base + k}
                run = []
            run.append(u)
    return out


def damage(texts: list[str]) -> list[str]:
    """The texts, all set in one font, after the damage."""
    table = garbled(ord(c) for text in texts for c in text)
    return [text.translate(table) for text in texts]
