"""Kinds of damage that a line still has after their repair: named with their evidence, and left alone by later steps.

What the steps of repair recognise, they undo; a line is named here where they could not, so that nobody takes it for clean.
"""

from __future__ import annotations

from typing import NamedTuple

import regex

from congvan.document import Span
from congvan.repair.legacy_readings import reading
from congvan.repair.lookalikes import FAMILY as LOOK_ALIKE
from congvan.repair.lookalikes import look_alike, may_look_alike
from congvan.repair.suspects import suspects

# accepts a sign that TCVN3 has for đ, Đ or ư and that nothing else puts into a word: "®" of "®ång", "§" of "§iÒu" and "N§"
_SIGN_OF_TCVN3 = regex.compile(r"[®§](?=\p{L})|(?<=\p{L})[\xad¬]|(?<=\p{Lu})§")
_REACH = 8  # letters on either side of such a sign that can be of its word
# accepts a Latin letter beside one of a script that never meets it in a word: "TڲNH", "phát triڭn", as glyph ids look
_STRANGE_SCRIPTS = r"[\p{Arabic}\p{Armenian}\p{Hebrew}\p{Syriac}\p{Thaana}\p{NKo}]"
_MIXED_SCRIPTS = regex.compile(rf"\p{{Latin}}{_STRANGE_SCRIPTS}|{_STRANGE_SCRIPTS}\p{{Latin}}")


class Family(NamedTuple):
    """A kind of damage and why a line is thought to have it."""

    id: str
    evidence: str


def family_of(line: str) -> Family | None:
    """The kind of damage of a line, None where none of these is recognised."""
    if line.isascii():
        return None
    if (evidence := look_alike(line)) is not None:
        return Family(LOOK_ALIKE, evidence)
    if (m := _MIXED_SCRIPTS.search(line)) is not None:
        return Family("glyph-id-as-code", f"letters of scripts that never stand in one word: {m[0]}")
    for m in _SIGN_OF_TCVN3.finditer(line):
        word = _around(line, m.start())
        found = reading(word, "tcvn3")
        if found.valid:
            return Family("tcvn3", f"{word} is {found.text} in TCVN3: too little of it to convert")
    return None


def _around(line: str, at: int) -> str:
    """The letters on both sides of a sign, with it."""
    start, end = at, at + 1
    while start > max(at - _REACH, 0) and line[start - 1].isalpha():
        start -= 1
    while end < min(at + _REACH, len(line)) and line[end].isalpha():
        end += 1
    return line[start:end]


def damaged_lines(text: str) -> list[tuple[Span, Family]]:
    """The lines that have one of these kinds of damage."""
    if not may_look_alike(text) and not _SIGN_OF_TCVN3.search(text) and not _MIXED_SCRIPTS.search(text):
        return []
    found: list[tuple[Span, Family]] = []
    seen = suspects(text)
    for line in (seen.lines[number] for number in seen.unusual):
        family = family_of(text[line.start : line.stop])
        if family is not None:
            found.append((Span(line.start, line.stop), family))
    return found
