"""Repair of bare text."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from congvan.document import Edit, Span, Verdict
from congvan.repair.normal import nfc_edits
from congvan.repair.plan import apply_plan


@dataclass(frozen=True, slots=True)
class RepairedText:
    """A text after repair.

    Attributes:
        text: the repaired text, in NFC.
        edits: the plan; spans point into the text before repair (:func:`congvan.repair.plan.apply_plan` replays it).
        verdicts: judgement of each stretch of lines; spans point into ``text``.
        unresolved: spans of ``text`` that look damaged and could not be repaired.
    """

    text: str
    edits: tuple[Edit, ...]
    verdicts: tuple[Verdict, ...]
    unresolved: tuple[Span, ...]


def repair_text(text: str, fonts: Sequence[int] | None = None, codes: Sequence[int] | None = None) -> RepairedText:
    """Repair a text.

    Args:
        text: the text as read.
        fonts: for each character the number of its font, -1 where not known; None for bare text. One font draws one
            letter for one code, or where codes are unknown for one value.
        codes: for each character its code in the font, -1 where not known; None where no codes are known.
    """
    edits = nfc_edits(text)
    return RepairedText(apply_plan(text, edits), edits, (), ())
