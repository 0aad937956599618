"""Recurring deadlines (định kỳ): a day of every week, month, quarter or year, as an RRULE (RFC 5545)."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import regex

from congvan.extract.found import Found
from congvan.rules.load import Match

_WEEKDAYS = {"hai": "MO", "ba": "TU", "tư": "WE", "năm": "TH", "sáu": "FR", "bảy": "SA", "nhật": "SU",
             "2": "MO", "3": "TU", "4": "WE", "5": "TH", "6": "FR", "7": "SA"}  # fmt: skip
_FREQ = {"tuần": ("WEEKLY", 1), "tháng": ("MONTHLY", 1), "quý": ("MONTHLY", 3), "năm": ("YEARLY", 1)}
# accepts one interval of a list: "hằng tháng", "06 tháng", "năm"
_INTERVAL = regex.compile(
    r"(?:(?:hằng|hàng|mỗi) )?(?:(?P<count>\d{1,2}) )?(?P<unit>tuần|tháng|quý|năm)", regex.IGNORECASE
)


def deadline_value(**given: Any) -> dict[str, Any]:
    """A deadline of which nothing is known but what is given."""
    return {
        "due": None,
        "inclusive": None,
        "start": None,
        "recurrence": None,
        "event": None,
        "offset": None,
        "working_days": False,
        "time": None,
        "part": None,
        "relative": None,
        "lunar": False,
        **given,
    }


def _recurring(match: Match, recurrence: str) -> list[Found]:
    value = deadline_value(recurrence=recurrence, inclusive=match["before"] is None)
    return [Found("deadlines", match.start, match.end, value, match.rule.id)]


def _monthly(match: Match) -> list[Found]:
    """One for each day that is named: "các ngày 10 và 25 hằng tháng" is two."""
    found: list[Found] = []
    for name in ("day2", "day"):
        if name not in match.groups or not 1 <= int(match[name] or 0) <= 31:
            continue
        start, end = match.groups[name]
        span = (start if found else match.start, match.end if name == "day" else end)
        value = deadline_value(
            recurrence=f"FREQ=MONTHLY;BYMONTHDAY={int(match[name] or 0)}", inclusive=match["before"] is None
        )
        found.append(Found("deadlines", *span, value, match.rule.id))
    return found


def _month_end(match: Match) -> list[Found]:
    return _recurring(match, "FREQ=MONTHLY;BYMONTHDAY=-1")


def _quarterly(match: Match) -> list[Found]:
    day = int(match["day"] or 0)
    months = "1,4,7,10" if match["first"] else "3,6,9,12"
    return _recurring(match, f"FREQ=YEARLY;BYMONTH={months};BYMONTHDAY={day}") if 1 <= day <= 31 else []


def _yearly(match: Match) -> list[Found]:
    """One for each day that is named: "ngày 15/6 và 15/12 hằng năm" is two."""
    found: list[Found] = []
    for day_group, month_group in (("day", "month"), ("day2", "month2")):
        if day_group not in match.groups:
            continue
        day, month = int(match[day_group] or 0), int(match[month_group] or 0)
        if 1 <= day <= 31 and 1 <= month <= 12:
            value = deadline_value(
                recurrence=f"FREQ=YEARLY;BYMONTH={month};BYMONTHDAY={day}", inclusive=match["before"] is None
            )
            start = match.start if day_group == "day" else match.groups[day_group][0]
            end = match.end if day_group == "day2" or "day2" not in match.groups else match.groups["month"][1]
            found.append(Found("deadlines", start, end, value, match.rule.id))
    return found


def _yearly_month(match: Match) -> list[Found]:
    month = int(match["month"] or 0)
    return _recurring(match, f"FREQ=YEARLY;BYMONTH={month}") if 1 <= month <= 12 else []


def _weekly(match: Match) -> list[Found]:
    weekday = _WEEKDAYS.get((match["weekday"] or "").lower().split()[-1])
    return _recurring(match, f"FREQ=WEEKLY;BYDAY={weekday}") if weekday else []


def _daily(match: Match) -> list[Found]:
    return _recurring(match, "FREQ=DAILY")


def _periodic(match: Match) -> list[Found]:
    """One for each interval of "định kỳ hằng tháng, quý, 06 tháng, năm"."""
    found: list[Found] = []
    for m in _INTERVAL.finditer(match.text, *match.groups["list"]):
        freq, step = _FREQ[m["unit"].lower()]
        step *= int(m["count"] or 1)
        if step:
            recurrence = f"FREQ={freq}" + (f";INTERVAL={step}" if step > 1 else "")
            start = m.start() if found else match.start
            found.append(
                Found("deadlines", start, m.end(), deadline_value(recurrence=recurrence, inclusive=True), match.rule.id)
            )
    return found


BUILD: Mapping[str, Callable[[Match], list[Found]]] = {
    "monthly": _monthly,
    "month-end": _month_end,
    "quarterly": _quarterly,
    "yearly": _yearly,
    "yearly-month": _yearly_month,
    "weekly": _weekly,
    "daily": _daily,
    "periodic": _periodic,
}
"""What makes the deadlines of a rule, by its ``build``."""
