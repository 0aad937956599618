"""Quantities (số lượng): a figure and what it counts or measures."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from congvan.extract.bounds import Bounds, read_bounds
from congvan.extract.found import Found
from congvan.language.numerals import LIMIT, parse_number
from congvan.rules.load import Match, rules

# a fraction with a whole this small is a share of what is counted ("2/3 thành viên"), no count
_SHARE = 4


def find_quantities(text: str) -> list[Found]:
    """Quantities of a flow, by start; money, shares, dates, deadlines and citations are overwritten in it.

    Value: ``operator``, ``value``, ``low``, ``high``, ``per`` (text, or None) and ``unit``: the measure or the noun
    counted, as written.
    """
    found: list[Found] = []
    for match in rules("quantities").find(text):
        if match.rule.build == "ratio":
            found.extend(_ratio(match))
            continue
        bounds = read_bounds(match, parse_number)
        if bounds is not None and not _heads_a_row(match):
            found.append(_found(match, bounds))
    return found


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
        "per": match["per"],
        "unit": match["unit"],
    }
    return Found("quantities", bounds.start, bounds.end, value, match.rule.id)


def _ratio(match: Match) -> list[Found]:
    """Part and whole of "7/12 xã", each a quantity."""
    part, whole = parse_number(match["part"] or ""), parse_number(match["whole"] or "")
    if part is None or whole is None or not _counts(part, whole):
        return []
    (start, end), (whole_start, _) = match.groups["part"], match.groups["whole"]
    end = match.groups.get("part_unit", (0, end))[1]
    return [_found(match, Bounds(start, end, "=", part)), _found(match, Bounds(whole_start, match.end, "=", whole))]


def _counts(part: Decimal, whole: Decimal) -> bool:
    """Whether two figures with a slash between them are a count of a total."""
    return part <= whole < LIMIT and (whole > _SHARE or part == whole)
