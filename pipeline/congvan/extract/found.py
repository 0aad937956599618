"""What the extractors of values hand back."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from congvan.document import FindingKind


@dataclass(frozen=True, slots=True)
class Found:
    """A value found in a flow.

    Attributes:
        kind: key of the record ("percentages", "amounts", "agencies" …).
        start, end: ``flow[start:end]`` is the text as written.
        value: keys of the record; numbers are ``Decimal``, dates ISO strings. See the extractor for keys beyond the
            record, which the relate stage resolves and drops.
        rule: id of the rule that found it.
    """

    kind: FindingKind
    start: int
    end: int
    value: Mapping[str, Any]
    rule: str
