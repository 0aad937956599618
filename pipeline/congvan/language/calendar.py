"""Days and periods of the calendar that a text leaves open ("ngày 25 tháng 3", "Quý II", "06 tháng đầu năm", "tháng sau").

What the text gives of an open date is a mapping, here called ``relative``, with the keys

- ``day``, ``month``, ``quarter``: numbers; ``day`` alone is a day of the month that is running;
- ``months`` with ``part`` ("start" or "end"): the first or last months of a year;
- ``days`` with ``month`` and ``part``: the first or last days of a month, or "half" of it;
- ``unit`` ("month", "quarter", "year") with ``shift`` (-1, 0, 1): tháng trước, quý này, năm sau;
- ``year_shift`` (-1, 0, 1) beside any but ``unit``: "ngày 15 tháng 3 năm sau"; ``month_shift`` beside ``day``: "ngày 10 tháng sau";
- ``toward`` (1 or -1): the next or the last of that name, "tháng 6 tới", "tháng 3 vừa qua";
- ``day_shift``: days from the day of writing, 0 for "hôm nay";
- ``range``: two such mappings, the first and the last of a span.
"""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Mapping, Sequence
from datetime import date, timedelta
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
    if "range" in relative:
        return _spanned(relative["range"], on)
    if "shift" in relative:
        return _shifted(str(relative["unit"]), int(relative["shift"]), on)
    if "day_shift" in relative:
        day = on + timedelta(days=int(relative["day_shift"]))
        return day, day
    if "toward" in relative:
        return _toward({k: v for k, v in relative.items() if k != "toward"}, int(relative["toward"]), on)
    if "month_shift" in relative:
        on = _month_later(on, int(relative["month_shift"]))
    year = int(relative.get("year", on.year)) + int(relative.get("year_shift", 0))
    if "day" in relative:
        named = day_of(year, int(relative.get("month", on.month)), int(relative["day"]))
        return None if named is None else (named, named)
    if "days" in relative:
        return days_of_month(year, int(relative["month"]), relative["days"], str(relative["part"]))
    last = last_month(relative)
    if last is None:
        return None
    length = int(relative.get("months", 3 if "quarter" in relative else 1))
    return date(year, last - length + 1, 1), month_end(year, last)


def days_of_month(year: int, month: int, days: int | str, part: str) -> Interval | None:
    """The first or last days of a month ("half": 15 first, and the rest), None where it has not as many."""
    last = month_end(year, month)
    if days == "half":
        return (date(year, month, 1), date(year, month, 15)) if part == "start" else (date(year, month, 16), last)
    count = int(days)
    if not 1 <= count <= last.day:
        return None
    return (date(year, month, 1), date(year, month, count)) if part == "start" else (last - timedelta(count - 1), last)


def _spanned(ends: Sequence[Mapping[str, Any]], on: date) -> Interval | None:
    """From the first of one to the last of the other; an end before the start lies in the year after."""
    first, last = open_interval(ends[0], on), open_interval(ends[1], on)
    if first is None or last is None:
        return None
    if last[1] < first[0]:
        last = open_interval(ends[1], on.replace(year=on.year + 1, day=1))
    return None if last is None or last[1] < first[0] else (first[0], last[1])


def _toward(relative: Mapping[str, Any], toward: int, on: date) -> Interval | None:
    """The first that ends on or after ``on``, or the last that begins before it; a day alone is one of a month."""
    step = _month_later if "day" in relative and "month" not in relative else _year_later
    for steps in (-1, 0, 1) if toward > 0 else (1, 0, -1):
        interval = open_interval(relative, step(on, steps))
        if interval is not None and (interval[1] >= on if toward > 0 else interval[0] < on):
            return interval
    return None


def _year_later(on: date, years: int) -> date:
    return date(on.year + years, on.month, 1)


def _month_later(on: date, months: int) -> date:
    index = on.year * 12 + on.month - 1 + months
    return date(index // 12, index % 12 + 1, 1)


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
