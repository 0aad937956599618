"""Days, months and quarters that are joined ("từ ngày 28/02 đến 05/3/2024", "tháng 4, 5 và 6 năm 2023", "quý I và quý II").

What one lacks of month and year it takes from the next that has it, else from the one before. A span is one date, a list
several. Without any year all stays open (``relative``).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

import regex

from congvan.extract.date_values import Built, clock_time, date_value, month_of, quarter_of
from congvan.language.calendar import day_of, month_end
from congvan.rules.load import Match, RuleSet

UNITS = {"day-chain": "day", "month-chain": "month", "quarter-chain": "quarter"}
"""Grain of what the rules of a ``build`` join."""

# accepts what makes a span of two: " đến hết ", " - "
_SPAN = regex.compile(r"đến|tới|[-–—÷]")
# accepts the end of a part of a sentence, behind which "từ 10/3 đến 12/3" can be nothing but days
_END = regex.compile(r"[.,;)](?!\d)|$")


@dataclass(frozen=True, slots=True)
class _Item:
    """One day, month or quarter of a chain, as far as the text names it."""

    start: int
    end: int
    spans: bool
    named: bool
    number: int
    month: int | None
    year: int | None
    time: str | None


def build(match: Match, ruleset: RuleSet) -> Built:
    """The dates of a chain; none where one of its parts is no day of the calendar."""
    unit = UNITS[match.rule.build]
    items = list(_items(match, ruleset.patterns[f"dates.{unit}-item"], unit))
    if len(items) < 2 or not _certain(match, items, unit):
        return []
    items = _completed(items)
    built: Built = []
    at = 0
    while at < len(items):
        last = _last(items, at)
        value = _value(items[at : last + 1], unit, match)
        if value is None:
            return []
        built.append((items[at].start, match.end if last + 1 == len(items) else items[last].end, value))
        at = last + 1
    return built


def _items(match: Match, pattern: regex.Pattern[str], unit: str) -> Iterator[_Item]:
    at = match.start
    while at < match.end:
        m = pattern.match(match.text, at, match.end)
        if m is None or m.end() == at:
            return
        own = m.groupdict()
        number = (
            quarter_of(m["quarter"])
            if unit == "quarter"
            else month_of(m["month"])
            if unit == "month"
            else int(m["day"])
        )
        if number is None or (unit == "day" and own["month"] is not None and month_of(own["month"]) is None):
            return
        yield _Item(
            start=m.end("link") if m["link"] else m.start(),
            end=m.end(),
            spans=m["link"] is not None and _SPAN.search(m["link"]) is not None,
            named=m["word"] is not None,
            number=number,
            month=month_of(own["month"]) if unit == "day" else number if unit == "month" else None,
            year=int(m["year"]) if m["year"] else None,
            time=clock_time(own.get("hour"), own.get("minute"), own.get("late")),
        )
        at = m.end()


def _certain(match: Match, items: list[_Item], unit: str) -> bool:
    """Whether the chain is one of dates: "từ 3 đến 5/10 xã" is none, nor "10/12, 11/12 tiêu chí"."""
    if unit != "day":
        return True
    if any(item.month is None for item in items if not item.named) and items[-1].month is None:
        return False
    if any(item.named or item.year is not None for item in items):
        return True
    worded = "tháng" in match.text[match.start : match.end].lower()
    ranged = all(item.month is not None for item in items) and items[1].spans and items[0].number <= 31
    return worded or (ranged and match.text[match.start] in "tT" and _END.match(match.text, match.end) is not None)


def _completed(items: list[_Item]) -> list[_Item]:
    """Month and year from the next that has them, then from the one before; a December before a January is of the year before."""
    out = list(items)
    for i in range(len(out) - 2, -1, -1):
        here, after = out[i], out[i + 1]
        month = here.month if here.month is not None else after.month
        year = here.year
        if year is None and after.year is not None:
            year = after.year - (_order(here, month) > _order(after, after.month))
        out[i] = replace(here, month=month, year=year)
    for i in range(1, len(out)):
        before, here = out[i - 1], out[i]
        month = here.month if here.month is not None else before.month
        year = here.year
        if year is None and before.year is not None:
            year = before.year + (_order(here, month) < _order(before, before.month))
        out[i] = replace(here, month=month, year=year)
    return out


def _order(item: _Item, month: int | None) -> int:
    """What tells whether an item lies before another in its year; days are of one month or told by their months."""
    return item.number if month is None else month


def _last(items: list[_Item], at: int) -> int:
    """Index of the last item of the date that begins at ``at``."""
    if at + 1 < len(items) and items[at + 1].spans:
        return at + 1
    return at


def _value(items: list[_Item], unit: str, match: Match) -> dict[str, Any] | None:
    first, last = items[0], items[-1]
    lunar = unit == "day" and match["lunar"] is not None
    one = len(items) == 1
    shift = next((n for group, n in (("now", 0), ("next", 1), ("past", -1)) if match[group]), None)
    if lunar or first.year is None or last.year is None:
        given = [_relative(item, unit, shift) for item in (first, last)]
        relative = given[0] if one else {"range": given}
        return date_value(None, None, unit if one else "period", lunar=lunar, relative=relative, time=last.time)
    start, end = _day(first, unit, first.year)[0], _day(last, unit, last.year)[1]
    if start is None or end is None or start > end:
        return None
    return date_value(start, end, unit if one else "period", time=last.time)


def _relative(item: _Item, unit: str, shift: int | None) -> dict[str, Any]:
    given: dict[str, Any] = {} if item.year is None else {"year": item.year}
    if item.month is not None:
        given["month"] = item.month
    if unit != "month":
        given[unit] = item.number
    return given if shift is None else {**given, "year_shift": shift}


def _day(item: _Item, unit: str, year: int) -> tuple[date | None, date | None]:
    """First and last day of an item."""
    if unit == "day":
        on = day_of(year, item.month or 0, item.number)
        return on, on
    first, last = (3 * item.number - 2, 3 * item.number) if unit == "quarter" else (item.number, item.number)
    return date(year, first, 1), month_end(year, last)
