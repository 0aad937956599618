"""The value of a date, and the readings of its parts that single dates and chains of dates share."""

from __future__ import annotations

from datetime import date
from typing import Any

from congvan.language.numerals import parse_number

Built = list[tuple[int, int, dict[str, Any]]]
"""What a rule makes: (start, end, value) of each date."""

_MONTHS = {"giêng": 1, "tư": 4, "chạp": 12}
LUNAR_MONTHS = frozenset({"giêng", "chạp"})
"""Months that only the lunar calendar has."""
_QUARTERS = {"I": 1, "II": 2, "III": 3, "IV": 4, "NHẤT": 1, "MỘT": 1, "HAI": 2, "BA": 3, "TƯ": 4}
_HALF_DAY = 12


def date_value(start: date | None, end: date | None, grain: str | None, **more: Any) -> dict[str, Any]:
    """A date of which nothing is known but what is given; see :func:`congvan.extract.dates.find_dates`."""
    return {
        "start": start.isoformat() if start else None,
        "end": end.isoformat() if end else None,
        "grain": grain,
        "duration": None,
        "part": None,
        "time": None,
        "lunar": False,
        "working_days": False,
        "relative": None,
        **more,
    }


def month_of(text: str | None) -> int | None:
    """A month in figures or words ("03", "giêng"), or None."""
    if text is None:
        return None
    value = _MONTHS.get(text.lower()) or parse_number(text)
    return int(value) if value is not None and 1 <= value <= 12 else None


def quarter_of(text: str | None) -> int | None:
    """A quarter in Roman or Arabic figures or in words, or None."""
    if text is None:
        return None
    return int(text) if text.isdecimal() else _QUARTERS.get(text.upper())


def clock_time(hour: str | None, minute: str | None, late: str | None) -> str | None:
    """The time of the day: ("5", None, "chiều") is "17:00"; None without an hour, or where the clock has none such."""
    if hour is None:
        return None
    number = int(hour) + (_HALF_DAY if late and int(hour) < _HALF_DAY else 0)
    return f"{number:02}:{minute or '00'}" if number <= 24 and int(minute or 0) < 60 else None
