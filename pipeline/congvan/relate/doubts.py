"""What OCR was not sure of: findings and fields whose words are doubtful lose confidence, and a person is asked to look."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from typing import Any

from congvan.document import Span
from congvan.record import Evidence, FindingInfo, Record, ReviewItem

VALUES = frozenset({"percentages", "amounts", "quantities", "dates", "deadlines", "citations"})
_SHOWN = 0.5  # a value that is less sure is shown to a person
# fields whose few characters no context gives back
_EXACT = ("number", "symbol", "issued_on")


def with_doubts(record: Record, doubts: Sequence[tuple[Span, float]]) -> Record:
    """The record with confidences that count how surely the words were read.

    Args:
        doubts: words that were read without certainty, ascending, with the probability that they are right.
    """
    if not doubts:
        return record
    read = _Read(doubts)
    review: list[ReviewItem] = []
    evidence: dict[str, Evidence] = {}
    for name, found in record.evidence.items():
        sure = read.sure(found.span)
        evidence[name] = found.model_copy(update={"confidence": round(found.confidence * sure, 4)})
        if name in _EXACT and sure < _SHOWN and getattr(record, name) is not None:
            review.append(ReviewItem(field=name, reason=f"read from the picture with a probability of {sure:.0%}"))
    changed: dict[str, Any] = {}
    for kind in {kind for kind, _ in record.all_findings()}:
        out: list[FindingInfo] = []
        for finding in record.findings(kind):
            sure = read.sure(finding.span) if kind in VALUES else read.mean(finding.span)
            out.append(finding.model_copy(update={"confidence": round(finding.confidence * sure, 4)}))
            if kind in VALUES and sure < _SHOWN:
                reason = f"read from the picture with a probability of {sure:.0%}"
                review.append(ReviewItem(finding=finding.id, reason=reason))
        changed[kind] = out
    return record.model_copy(update={**changed, "evidence": evidence, "review": [*review, *record.review]})


class _Read:
    """How surely the words of a stretch were read."""

    def __init__(self, doubts: Sequence[tuple[Span, float]]) -> None:
        self._doubts = doubts
        self._ends = [span.end for span, _ in doubts]

    def _of(self, span: tuple[int, int]) -> list[float]:
        at = bisect_left(self._ends, span[0] + 1)
        out = []
        while at < len(self._doubts) and self._doubts[at][0].start < span[1]:
            out.append(self._doubts[at][1])
            at += 1
        return out

    def sure(self, span: tuple[int, int]) -> float:
        """The probability that every word is right."""
        product = 1.0
        for one in self._of(span):
            product *= one
        return product

    def mean(self, span: tuple[int, int]) -> float:
        """The share of words that are right, about; the words of a stretch are a fifth of its characters."""
        wrong = sum(1 - one for one in self._of(span))
        return max(0.0, 1 - wrong / max((span[1] - span[0]) / 5, 1.0))
