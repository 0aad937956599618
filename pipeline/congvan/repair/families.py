"""Kinds of damage that a line still has after their repair: named with their evidence, and left alone by later steps.

What the steps of repair recognise, they undo; a line is named here where they could not, so that nobody takes it for clean.
"""

from __future__ import annotations

from typing import NamedTuple

from congvan.document import Span
from congvan.repair.lookalikes import FAMILY as LOOK_ALIKE
from congvan.repair.lookalikes import look_alike, may_look_alike
from congvan.repair.suspects import suspects


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
    return None


def damaged_lines(text: str) -> list[tuple[Span, Family]]:
    """The lines that have one of these kinds of damage."""
    if not may_look_alike(text):
        return []
    found: list[tuple[Span, Family]] = []
    seen = suspects(text)
    for line in (seen.lines[number] for number in seen.unusual):
        family = family_of(text[line.start : line.stop])
        if family is not None:
            found.append((Span(line.start, line.stop), family))
    return found
