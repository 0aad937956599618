"""Quantities (số lượng): a figure and what it counts or measures."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from typing import Any

import regex

from congvan.extract.bounds import Bounds, bounds_before, read_bounds
from congvan.extract.found import Found
from congvan.extract.measured import THOUSANDS, agreeing, items_before, number_of, per_of
from congvan.language.numbers import Number
from congvan.language.numerals import LIMIT
from congvan.rules.load import Match, rules

# a fraction with a whole this small is a share of what is counted ("2/3 thành viên"), no count
_SHARE = 4
# accepts a row of figures that is a code or the number of a telephone, and no count: "02603862320", "007"
_CODE = regex.compile(r"0\d{2,}|\d{8,}")
# accepts the first sign of a measure, of which there may be a thousandth: "1,250 km"; of what is counted there is none
_MEASURE = regex.compile(
    r"[\p{Ll}\p{Lu}°º‰µ][\w²³/.°]{0,3}|tấn|tạ|yến|lít|mét|độ|độ .|ki.+|héc.+|hecta|mã lực|hải lý|dặm|công đất|gram"
)


def find_quantities(text: str) -> list[Found]:
    """Quantities of a flow, by start; money, shares, dates, deadlines and citations are overwritten in it.

    Value: ``operator``, ``value``, ``low``, ``high``, ``per`` (text, or None), ``unit``: the measure or the noun
    counted, as written; ``in_words`` and ``agrees``: what a bracket tells in words, and whether it is the same.
    """
    return agreeing(text, [found for match in rules("quantities").find(text) for found in _read(match)])


def _read(match: Match) -> Iterator[Found]:
    if _heads_a_row(match) or any(
        _CODE.fullmatch(match[name] or "") for name in ("value", "low", "high", "part", "whole")
    ):
        return
    if match.rule.build == "ratio":
        yield from _ratio(match)
        return

    def value_of(number: Number) -> Decimal:
        counted = THOUSANDS.fullmatch(match.text, number.start, number.end) and not _MEASURE.fullmatch(
            match["unit"] or ""
        )
        return number.value * 1000 if counted else number.value

    bounds = read_bounds(match, value_of)
    if bounds is None:
        return
    if match.rule.build == "list":
        for n in items_before(match):
            yield _found(match, Bounds(n.start, n.end, "=", value_of(n)))
    yield _found(match, bounds)


def _heads_a_row(match: Match) -> bool:
    """Whether the figure is the number of a row or item that begins with a capital: "2 Xã Tân Lập"."""
    unit = match["unit"] or ""
    behind = match.text[match.groups["unit"][1] :][1:2]
    return unit[:1].isupper() and unit[1:].islower() and (match.start == 0 or behind.isupper())


def _found(match: Match, bounds: Bounds) -> Found:
    value: dict[str, Any] = {
        "operator": bounds.operator,
        "value": bounds.value,
        "low": bounds.low,
        "high": bounds.high,
        "per": per_of(match),
        "unit": match["unit"],
        "in_words": bounds.in_words,
        "agrees": None if bounds.in_words is None else bounds.in_words == bounds.value,
    }
    return Found("quantities", bounds.start, bounds.end, value, match.rule.id)


def _ratio(match: Match) -> Iterator[Found]:
    """Part and whole of "7/12 xã", each a quantity."""
    part, whole = number_of(match, "part"), number_of(match, "whole")
    if part is None or whole is None or not _counts(part.value, whole.value):
        return
    end = match.groups.get("part_unit", (0, part.end))[1]
    before = bounds_before(match.text, part.start)
    operator = {"about": "~", "gt": ">"}.get(before.bound or "", "=")
    start = before.start if operator != "=" else part.start
    yield _found(match, Bounds(start, end, operator, part.value))
    yield _found(match, Bounds(whole.start, match.end, "=", whole.value))


def _counts(part: Decimal, whole: Decimal) -> bool:
    """Whether two figures with a slash between them are a count of a total."""
    return part <= whole < LIMIT and (whole > _SHARE or part == whole)
