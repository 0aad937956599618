"""Letters of a PDF font by its glyph ids: exact, where the font keeps the block of Vietnamese letters in order.

Word's character codes are glyph ids, and in the fonts of Windows and Liberation the glyphs of U+1EA0 to U+1EF1 stand in
the order of Unicode, a fixed distance (the shift) below. Each code that is drawn votes for the shifts that explain its
value: it is the letter itself, or the formula's value of that letter.
"""

from __future__ import annotations

from collections.abc import Mapping

from congvan.language.ghostscript import garbled

FIRST, LAST = 0x1EA0, 0x1EF1
# code point less glyph id: Times New Roman upright and italic, Arial italic, Courier New, Liberation Serif 2, Tinos
KNOWN_SHIFTS = (6652, 7032, 7016, 6654, 6166, 7100, 7102)
MAX_K = 24
ENOUGH = 4.0  # votes for a shift that is not known
LEAD = 1.5  # votes before the next shift


def font_shift(values: Mapping[int, str], glyphs: Mapping[int, int]) -> int | None:
    """The shift that the codes of a font agree on, None where they do not or nothing is damaged."""
    if not any(_suspect(v) for v in values.values()):
        return None
    drawn = frozenset(glyphs.values())
    shifts = set(KNOWN_SHIFTS)
    for code, glyph in glyphs.items():
        if FIRST <= ord(values[code]) <= LAST:
            shifts.add(ord(values[code]) - glyph)
        elif _suspect(values[code]):
            shifts.update(range(FIRST - glyph, LAST + 1 - glyph))
    scores = sorted(((_votes(values, glyphs, drawn, d) + 0.5 * (d in KNOWN_SHIFTS), d) for d in shifts), reverse=True)
    best, shift = scores[0]
    enough = 2.5 if shift in KNOWN_SHIFTS else ENOUGH
    if best < enough or (len(scores) > 1 and best - scores[1][0] < (0.5 if shift in KNOWN_SHIFTS else LEAD)):
        return None
    return shift


def _suspect(value: str) -> bool:
    return 0xBE <= ord(value) <= 0x14F or ord(value) < 0x05


def _votes(values: Mapping[int, str], glyphs: Mapping[int, int], drawn: frozenset[int], shift: int) -> float:
    total = 0.0
    for code, glyph in glyphs.items():
        value, letter = values[code], glyph + shift
        if not FIRST <= letter <= LAST:
            total -= 2.0 * (FIRST <= ord(value) <= LAST)
        elif value == chr(letter):
            total += 2.0
        else:
            total += _fit(value, chr(letter), glyph, drawn)
    return total


def _fit(value: str, letter: str, glyph: int, drawn: frozenset[int]) -> float:
    """Vote of a damaged code: 1 where a run of drawn glyphs explains the value, 0.4 where any run does, else against."""
    in_run, best = True, -2.0
    for k in range(MAX_K):
        in_run = in_run and glyph - k in drawn
        once = garbled(letter, k)
        twice = {garbled(once, n) for n in range(3)} if ord(once) > 0xFF else set()
        if value == once or value in twice:
            best = max(best, 1.0 if in_run else 0.4)
            if in_run:
                break
    return best
