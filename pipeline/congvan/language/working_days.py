"""Working days (ngày làm việc) by the Vietnamese calendar: weekends, public holidays, days off that are worked for on Saturdays.

A term counts from the day after its first (Civil Code, Article 147). Of years whose days off are not settled yet, nothing is
computed: the Government moves working days every year.
"""

from __future__ import annotations

from datetime import date, timedelta
from functools import cache
from typing import TYPE_CHECKING

import regex

from congvan.language.calendar import day_of, month_end

if TYPE_CHECKING:
    from holidays import HolidayBase

_SINCE = 2000
"""First year with two free days a week throughout (Decision 188/1999/QĐ-TTg)."""

# accepts a length of time in whole days, weeks, months or years: "P10D", "P3M"
_LENGTH = regex.compile(r"P(?P<count>\d{1,4})(?P<unit>[DWMY])")
_MOST = 1000  # working days of a term; longer ones are none


@cache
def _calendar() -> tuple[HolidayBase, range]:
    """The holidays, and the years whose days off are settled: up to the last with a moved working day in the tables."""
    from holidays import country_holidays
    from holidays.countries.vietnam import VietnamStaticHolidays

    return country_holidays("VN"), range(_SINCE, max(VietnamStaticHolidays.special_public_holidays) + 1)


def is_working_day(on: date) -> bool | None:
    """Whether offices work that day; None for a year whose days off are not known."""
    holidays, years = _calendar()
    return holidays.is_working_day(on) if on.year in years else None


def working_day(begin: date, count: int) -> date | None:
    """The day that ends a term of so many working days, counted from the day after ``begin``; back from it if negative.

    None where a year in between has no known days off.
    """
    if not 0 < abs(count) <= _MOST:
        return None
    step, left, on = timedelta(days=1 if count > 0 else -1), abs(count), begin
    while left:
        on += step
        works = is_working_day(on)
        if works is None:
            return None
        left -= works
    return on


def term_end(begin: date, length: str, *, working_days: bool = False, back: bool = False) -> date | None:
    """The last day of a term of a length (ISO 8601) from a day, or the day as long before it; None where it has none.

    Days and weeks are added; months and years end on the day of that number, or on the last of its month (Article 148).
    """
    given = _LENGTH.fullmatch(length)
    if given is None:
        return None
    count, unit = int(given["count"]), given["unit"]
    sign = -1 if back else 1
    try:
        if working_days:
            return working_day(begin, sign * count) if unit == "D" else None
        if unit in "DW":
            return begin + timedelta(days=sign * count * (7 if unit == "W" else 1))
        months = begin.year * 12 + begin.month - 1 + sign * count * (12 if unit == "Y" else 1)
        year, month = months // 12, months % 12 + 1
        return day_of(year, month, begin.day) or month_end(year, month)
    except (OverflowError, ValueError):
        return None
