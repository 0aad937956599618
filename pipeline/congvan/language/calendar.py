"""Days and periods of the calendar that a text leaves open ("ngày 25 tháng 3", "Quý II", "06 tháng đầu năm", "tháng sau").

What the text gives of an open date is a mapping, here called ``relative``, with the keys

- ``day``, ``month``, ``quarter``: numbers; ``day`` alone is a day of the month that is running;
- ``months`` with ``part`` ("start" or "end"): the first or last months of a year;
- ``unit`` ("month", "quarter", "year") with ``shift`` (-1, 0, 1): tháng trước, quý này, năm sau;
- ``year_shift`` (-1, 0, 1) beside any but ``unit``: "ngày 15 tháng 3 năm sau".
"""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Mapping
from datetime import date
from typing import Any

Interval = tuple[date, date]
"""First and last day, both included."""


def month_end(year: int, month: int) -> date:
    """The last day of a month."""
    return date(year, month, monthrange(year, month)[1])


def day_of(year: int, month: int, day: int) -> date | None:
    """The day, or None where the calendar has none such: 31 February."""
    try:
        return date(year, month, day)
    except ValueError:
        return None


def next_month(on: date) -> date:
    """The first day of the month after."""
    return date(on.year + on.month // 12, on.month % 12 + 1, 1)


def last_month(relative: Mapping[str, Any]) -> int | None:
    """The month (1 to 12) in which an open day or period ends; None where the text names neither month nor part of a year."""
    if "months" in relative:
        return 12 if relative["part"] == "end" else int(relative["months"])
    if "quarter" in relative:
        return 3 * int(relative["quarter"])
    return int(relative["month"]) if "month" in relative else None


def open_interval(relative: Mapping[str, Any], on: date) -> Interval | None:
    """The interval that an open day or period has in the year (a day alone: in the month) of ``on``.

    None where the calendar has no such day, and for what is no part of one calendar year (a week, a school year).
    """
    if "shift" in relative:
        return _shifted(str(relative["unit"]), int(relative["shift"]), on)
    year = on.year + int(relative.get("year_shift", 0))
    if "day" in relative:
        day = day_of(year, int(relative.get("month", on.month)), int(relative["day"]))
        return None if day is None else (day, day)
    last = last_month(relative)
    if last is None:
        return None
    length = int(relative.get("months", 3 if "quarter" in relative else 1))
    return date(year, last - length + 1, 1), month_end(year, last)


def _shifted(unit: str, shift: int, on: date) -> Interval | None:
    """This, the next or the last year, quarter or month."""
    if unit == "year":
        return date(on.year + shift, 1, 1), date(on.year + shift, 12, 31)
    length = {"month": 1, "quarter": 3}.get(unit)
    if length is None:
        return None
    year, index = divmod(on.year * 12 + on.month - 1 + shift * length, 12)
    first = index - index % length + 1
    return date(year, first, 1), month_end(year, first + length - 1)
