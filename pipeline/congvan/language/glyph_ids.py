"""Glyph ids of Times New Roman: what a reader shows that takes the code in the font for the character.

Word writes the glyph id as code. Seen in the ToUnicode maps of about 100 fonts of Word 2013 to 365: Regular and Bold agree, and
so do Italic and BoldItalic. Upright and italic ids of letters do not meet, so one table decodes both.
"""

from __future__ import annotations

from functools import cache

ASCII_SHIFT = 29  # code point less glyph id of the characters of ASCII
# code point less glyph id of U+1EA0 to U+1EF1, upright and italic; of U+1EF4 to U+1EF9 it is two more
BLOCK_SHIFTS = (6652, 7032)

# letters and signs of Latin-1 and the signs of typesetting, all of one byte
_LOW = {
    0x65: "É", 0x69: "á", 0x6A: "à", 0x6B: "â", 0x6D: "ã", 0x70: "é", 0x71: "è", 0x72: "ê", 0x74: "í", 0x75: "ì",
    0x79: "ó", 0x7A: "ò", 0x7B: "ô", 0x7D: "õ", 0x7E: "ú", 0x7F: "ù", 0x83: "°", 0x86: "§", 0x87: "•", 0xAB: "…",
    0xAC: "À", 0xAD: "Ã", 0xAE: "Õ", 0xB1: "–", 0xB2: "—", 0xB3: "“", 0xB4: "”", 0xB5: "‘", 0xB6: "’", 0xC6: "Â",
    0xC7: "Ê", 0xC8: "Á", 0xCA: "È", 0xCB: "Í", 0xCE: "Ì", 0xCF: "Ó", 0xD0: "Ô", 0xD1: "Ò", 0xD2: "Ú", 0xD4: "Ù",
    0xE9: "Ý", 0xEA: "ý",
}  # fmt: skip
_LETTERS = {
    0xFF: "đ", 0x102: "Ă", 0x103: "ă", 0x108: "Đ", 0x1AC: "Ĩ", 0x1AD: "ĩ", 0x1C9: "Ũ", 0x1CA: "ũ", 0x1E3: "Ỳ",
    0x1E4: "ỳ", 0x2EE: "Ơ", 0x2EF: "ơ", 0x2F0: "Ư", 0x2F1: "ư", 0x46A: "Ơ", 0x46B: "ơ", 0x46C: "Ư", 0x46D: "ư",
}  # fmt: skip


@cache
def letters() -> dict[str, str]:
    """Glyph id as a character -> the Vietnamese letter beyond Latin-1, upright and italic."""
    table = dict(_LETTERS)
    for shift in BLOCK_SHIFTS:
        table |= {u - shift: chr(u) for u in range(0x1EA0, 0x1EF2)}
        table |= {u - shift - 2: chr(u) for u in range(0x1EF4, 0x1EFA)}
    return {chr(gid): letter for gid, letter in table.items()}


@cache
def signs() -> dict[str, str]:
    """Glyph id as a character -> the sign beyond Latin-1 (dash, quote, ellipsis, bullet)."""
    return {chr(gid): sign for gid, sign in _LOW.items() if sign > "\xff"}


@cache
def characters() -> dict[str, str]:
    """Glyph id as a character -> the character, for all that are known: ASCII, Latin-1, letters and signs."""
    ascii_part = {chr(u - ASCII_SHIFT): chr(u) for u in range(0x20, 0x7F)}
    return ascii_part | {chr(gid): character for gid, character in _LOW.items()} | letters()
