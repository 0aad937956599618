"""Operator, value and ends of a bounded number, from the groups that the rules of percentages and amounts share."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal

from congvan.rules.load import Match

_OPERATORS = (("ge", ">="), ("le", "<="), ("lt", "<"), ("gt", ">"), ("about", "~"))
_NEAR = 30  # characters between figure and "trở lên" where no "từ" stands before the figure ("6.000 lao động trở lên")


@dataclass(frozen=True, slots=True)
class Bounds:
    """A bounded number and the range of the flow that it takes, operator words included.

    Attributes:
        operator: "=", ">=", ">", "<=", "<", "~" or "range". value: None for a range. low, high: None but for a range.
    """

    start: int
    end: int
    operator: str
    value: Decimal | None
    low: Decimal | None = None
    high: Decimal | None = None


def read_bounds(match: Match, number: Callable[[str], Decimal | None]) -> Bounds | None:
    """The bounds that a match states; None where the number cannot be read.

    A "range" whose first end is not the smaller one ("năm 2022 - 5%") is the second number alone.
    """
    start = min((match.groups[g][0] for g in ("ge", "le", "lt", "gt", "about", "from", "minus") if g in match.groups),
                default=match.start)  # fmt: skip
    start = min(start, match.start)
    low_text, high_text = match["low"], match["high"]
    if low_text is not None and high_text is not None:
        low, high = number(low_text), number(high_text)
        if high is None:
            return None
        if low is None or low >= high:
            return Bounds(match.groups["high"][0], match.end, "=", high)
        return Bounds(start, match.end, "range", None, low, high)
    value = number(match["value"] or "")
    if value is None:
        return None
    if match["minus"]:
        value = value.copy_negate()
    operator = _operator(match)
    if operator == "=" and not match["minus"]:
        start = match.start if match["up"] is None and match["down"] is None else start
    return Bounds(start, match.end, operator, value)


def _operator(match: Match) -> str:
    near = match["from"] is not None or (len(match["gap"] or "") <= _NEAR and "," not in (match["gap"] or ","))
    if match["up"] or (match["far_up"] and near):
        return ">="
    if match["down"] or (match["far_down"] and near):
        return "<="
    if match["than"] and (match["more"] or match["less"]):
        return "="
    for group, operator in _OPERATORS:
        if match[group]:
            return operator
    return "="
