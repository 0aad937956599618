"""Percentages and percentage points (điểm phần trăm)."""

from __future__ import annotations

import regex

from congvan.extract.bounds import Bounds, read_bounds
from congvan.extract.found import Found
from congvan.extract.measured import agreeing, items_before, per_of
from congvan.rules.load import Match, rules

# accepts the word before the number that makes it the most that is given: "hỗ trợ đến ", "lãi suất tới "
_UP_TO = regex.compile(
    r"(?r)(?<!\p{L})(?:hỗ trợ|mức|vay|vốn|ưu đãi|cấp|chi|phạt|thưởng|lãi suất|chiết khấu|bù) (?:đến|tới) ",
    regex.IGNORECASE,
)


def find_percentages(text: str) -> list[Found]:
    """Percentages of a flow, by start.

    Value: ``operator``, ``value``, ``low``, ``high``, ``per`` (text, or None), ``points``, ``in_words`` (the value of
    "(năm phần trăm)" behind it, or None) and ``agrees`` (whether the two are the same).
    """
    found: list[Found] = []
    for match in rules("percentages").find(text):
        bounds = read_bounds(match)
        if bounds is None:
            continue
        if bounds.operator == "=" and _UP_TO.match(text, 0, match.start):
            bounds = Bounds(bounds.start, bounds.end, "<=", bounds.value, in_words=bounds.in_words)
        if match.rule.build == "list":
            found += [_found(match, Bounds(n.start, n.end, "=", n.value)) for n in items_before(match)]
        found.append(_found(match, bounds))
    return agreeing(text, found)


def _found(match: Match, bounds: Bounds) -> Found:
    value = {
        "operator": bounds.operator,
        "value": bounds.value,
        "low": bounds.low,
        "high": bounds.high,
        "per": per_of(match),
        "points": match["points"] is not None,
        "in_words": bounds.in_words,
        "agrees": None if bounds.in_words is None else bounds.in_words == bounds.value,
    }
    return Found("percentages", bounds.start, bounds.end, value, match.rule.id)
