"""Other kinds of damage, told apart line by line. They are named with their evidence; their repair comes family by family.

A line is suspected by its characters (or by having hardly a Vietnamese word) and judged by what its words become under
the inverse of the damage: a family is named only where that makes syllables of words that are none.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from functools import cache, lru_cache, partial
from typing import NamedTuple

import regex

from congvan.config import models_dir
from congvan.document import Edit, Span
from congvan.errors import CongvanError
from congvan.language.folding import fold_word
from congvan.language.syllables import syllables
from congvan.repair.candidates import analyse
from congvan.repair.lines import lines_of

# accepts a word with anything but ASCII signs and white space inside ("Céng", "x·", "ӫa")
_WORD = regex.compile(r"[^\s!-/:-@\[-`{-~0-9]+")
# accepts letters of other scripts inside a Latin word ("ΗỌເ", "Ĉӝc"): Greek, Cyrillic, Lao, rare Latin
_FOREIGN_LETTER = regex.compile(r"[\p{Greek}\p{Cyrillic}\p{Lao}ƚǤǥɣĈĉƬƭǉǊ]")
# accepts a Latin letter ("n", "ĝ")
_LATIN = regex.compile(r"\p{Latin}")
# accepts two CJK characters whose bytes, swapped, are Latin letters ("昀椀")
_SWAPPED = regex.compile(r"[\u4100\u4200-\u7a00]{2,}")
# accepts five or more characters that 29 more would make letters ("7KHGDQFHUV", "QJKLrQ")
_SHIFTED = regex.compile(r"[$-=D-]{4,}")
# accepts a letter that no encoding of one byte shows: a line with one is Unicode
_UNICODE_LETTER = regex.compile(
    r"[\u0100-\u0151\u0154-\u015f\u0162-\u0177\u0179-\u017c\u017f-\u0191\u0193-\u02c5\u1e00-\u1eff\x01-\x08\x0e-\x1f\ufffd]"
)
# A line is in an old encoding where it has this many words that are none, and this share of them are syllables in it.
LEGACY_WORDS, LEGACY_SHARE = 3, 0.85


class Family(NamedTuple):
    """A kind of damage and why a line is thought to have it."""

    id: str
    evidence: str


def family_of(line: str) -> Family | None:
    """The kind of damage of a line, None where none of these is recognised."""
    if line.isascii():
        return _ascii_shift(line)
    words = _WORD.findall(line)
    strange = [w for w in words if not _is_known(w)]
    if not strange:
        return None
    mixed = [w for w in strange if _FOREIGN_LETTER.search(w) and _LATIN.search(w)]
    if any(c > "\u0150" and _FOREIGN_LETTER.match(c) for w in mixed for c in w):  # Ĉ ĉ alone may be Ghostscript's
        fixed = sum(_is_known(w.translate(GLYPH_IDS)) for w in mixed)
        if fixed * 2 > len(mixed):
            return Family("glyph-id-as-code", f"{fixed} of {len(mixed)} words are syllables by glyph id: {mixed[0]}")
        if len(mixed) > 1:
            return Family("look-alike", f"letters of other scripts in {len(mixed)} words: {mixed[0]}")
    if swapped := [m[0] for m in _SWAPPED.finditer(line) if all(ord(c) & 0xFF == 0 for c in m[0])]:
        return Family("byte-swap", f"bytes of Latin letters swapped: {swapped[0]}")
    legacy = _legacy(line, strange)
    return legacy or _ascii_shift(line)


def damaged_lines(text: str) -> list[tuple[Span, Family]]:
    """The lines that have one of these kinds of damage."""
    found: list[tuple[Span, Family]] = []
    for line in lines_of(text):
        family = family_of(text[line.start : line.stop])
        if family is not None:
            found.append((Span(line.start, line.stop), family))
    return found


def glyph_id_edits(text: str) -> tuple[Edit, ...]:
    """The edits that undo glyph ids shown as code points, in the lines that have them: a table, nothing to guess."""
    found: list[Edit] = []
    for span, family in damaged_lines(text):
        if family.id != "glyph-id-as-code":
            continue
        for m in _WORD.finditer(text, span.start, span.end):
            new = m[0].translate(GLYPH_IDS)
            if new != m[0] and not _is_known(m[0]) and (_is_known(new) or _FOREIGN_LETTER.search(m[0])):
                found.append(Edit(Span(*m.span()), m[0], new, family.id, "glyph ids of Times New Roman", 0.99))
    return tuple(found)


@lru_cache(maxsize=65536)
def _is_known(word: str) -> bool:
    return fold_word(word) in syllables()


def _legacy(line: str, strange: list[str]) -> Family | None:
    """An encoding of the time before Unicode: bytes shown as cp1252."""
    if len(strange) < LEGACY_WORDS or _UNICODE_LETTER.search(line):
        return None
    best, name = max((sum(_is_known(decode(w)) for w in strange), name) for name, decode in _decoders().items())
    if best < LEGACY_SHARE * len(strange) or best <= sum(bool(analyse(w).candidates) for w in strange):
        return None  # Ghostscript's damage explains the line as well
    return Family("legacy", f"{best} of {len(strange)} words are syllables in {name}: {strange[0]}")


@cache
def _decoders() -> dict[str, Callable[[str], str]]:
    path = models_dir() / "legacy.json"
    try:
        tables = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError) as err:
        raise CongvanError("The model file legacy.json cannot be read.", "Run models/build_tables.py.") from err
    return {name: partial(_decoded, table) for name, table in tables.items()}


def _decoded(table: dict[str, str], word: str) -> str:
    """A word with its characters, or pairs of them, replaced by what they mean."""
    out: list[str] = []
    i = 0
    while i < len(word):
        for length in (2, 1):
            letter = table.get(word[i : i + length])
            if letter is not None or length == 1:
                out.append(letter or word[i])
                i += length
                break
    return "".join(out)


def _share(words: list[str], undo: Callable[[str], str]) -> float:
    return sum(_is_known(undo(w)) for w in words) / len(words)


def _ascii_shift(line: str) -> Family | None:
    """Glyph ids shown as codes: every letter 29 below itself."""
    if not _SHIFTED.search(line):
        return None
    words = [w for w in regex.split(r"[\s\x03]+", line) if len(w) > 1]
    if len(words) < 3 or _share(words, str) > 0.2:
        return None
    fixed = sum(_is_known(_shifted(w)) for w in words)
    if fixed < 3 or fixed * 2 < len(words):
        return None
    return Family("ascii-shift", f"{fixed} of {len(words)} words are syllables 29 code points on: {words[0]}")


def _shifted(word: str) -> str:
    return "".join(chr(ord(c) + 29) if ord(c) < 0x60 else c for c in word)


def _glyph_ids() -> dict[int, str]:
    """Glyph ids of Times New Roman upright, as code points, to letters."""
    table = {u - 6652: chr(u) for u in range(0x1EA0, 0x1EF2)} | {u - 6654: chr(u) for u in range(0x1EF4, 0x1EFA)}
    table |= {0x1E4: "ỳ", 0x108: "Đ", 0xFF: "đ", 0x1AC: "Ĩ", 0x1AD: "ĩ", 0x1C9: "Ũ", 0x1CA: "ũ"}
    return table | {0x46A: "Ơ", 0x46B: "ơ", 0x46C: "Ư", 0x46D: "ư"}


GLYPH_IDS = _glyph_ids()
