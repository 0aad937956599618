"""What one reading tells of its neighbours in the alphabet: the letters of one range must fit one start.

A font that uses neighbouring letters writes them as one range, and the bug counts up from the start of the range. So a
letter that shows the value of a range that starts at s says of each letter between s and itself, and of the next one, which
value that shows in this font, and that the letter before s is not used in it. A letter that is right has no neighbour in use.
"""

from __future__ import annotations

from functools import cache

from congvan.language.ghostscript import LETTER_BLOCKS, garbled, starts

LONGEST = 16  # letters of a range, at most; a value that fits two starts was made from the nearer one


@cache
def implied(letter: str, shown: str) -> tuple[tuple[str, tuple[str, ...]], ...]:
    """Other letters of a font that shows ``letter`` so, each with the values that it then has: none where it is not used."""
    code = ord(letter)
    block = next((block for block in LETTER_BLOCKS if block[0] <= code <= block[1]), None)
    if block is None:
        return ()
    first, last = block
    if shown == letter:
        return tuple((chr(n), ()) for n in (code - 1, code + 1) if first <= n <= last)
    near = [start for start in starts(letter, shown) if code - start < LONGEST]
    found: dict[str, dict[str, None]] = {}
    for start in near:
        for n in range(start, min(code + 1, last) + 1):
            if n != code:
                found.setdefault(chr(n), {})[garbled(chr(n), n - start)] = None
    if len(near) == 1 and near[0] > first:
        found[chr(near[0] - 1)] = {}
    return tuple((other, tuple(values)) for other, values in found.items())
