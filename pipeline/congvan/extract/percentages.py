"""Percentages and percentage points (điểm phần trăm)."""

from __future__ import annotations

from congvan.extract.bounds import read_bounds
from congvan.extract.found import Found
from congvan.language.numerals import parse_number
from congvan.rules.load import rules


def find_percentages(text: str) -> list[Found]:
    """Percentages of a flow, by start.

    Value: ``operator``, ``value``, ``low``, ``high``, ``per`` (text, or None), ``points``.
    """
    found: list[Found] = []
    for match in rules("percentages").find(text):
        bounds = read_bounds(match, parse_number)
        if bounds is None:
            continue
        value = {
            "operator": bounds.operator,
            "value": bounds.value,
            "low": bounds.low,
            "high": bounds.high,
            "per": match["per"],
            "points": match["points"] is not None,
        }
        found.append(Found("percentages", bounds.start, bounds.end, value, match.rule.id))
    return found
