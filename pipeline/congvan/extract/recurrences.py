"""Recurring deadlines (định kỳ): a day of every week, month, quarter or year, as an RRULE (RFC 5545)."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import regex

from congvan.extract.date_values import clock_time, quarter_of
from congvan.extract.found import Found
from congvan.language.numerals import parse_number
from congvan.rules.load import Match

_WEEKDAYS = {"hai": "MO", "ba": "TU", "tư": "WE", "năm": "TH", "sáu": "FR", "bảy": "SA", "nhật": "SU",
             "2": "MO", "3": "TU", "4": "WE", "5": "TH", "6": "FR", "7": "SA"}  # fmt: skip
_FREQ = {
    "ngày": ("DAILY", 1),
    "tuần": ("WEEKLY", 1),
    "tháng": ("MONTHLY", 1),
    "quý": ("MONTHLY", 3),
    "năm": ("YEARLY", 1),
}
# accepts one interval of a list: "hằng tháng", "06 tháng", "năm"
_INTERVAL = regex.compile(
    r"(?:(?:hằng|hàng|mỗi|từng) )?(?:(?P<count>\d{1,2}|một|hai|ba|sáu|mười lăm|mười) )?(?P<unit>ngày|tuần|tháng|quý|năm)",
    regex.IGNORECASE,
)
# accepts a day of the week in a list: "thứ Sáu", "chủ nhật"
_WEEKDAY = regex.compile(r"(?:thứ|chủ) (\p{L}+|\d)", regex.IGNORECASE)
# accepts a day with its month: "15/6", "15 tháng 12"
_DAY_OF_YEAR = regex.compile(r"(?P<day>\d{1,2})(?: tháng |/)(?P<month>\d{1,2})", regex.IGNORECASE)
# accepts a number in figures: "05"
_NUMBER = regex.compile(r"\d{1,2}")
_OFFICE_DAYS = "MO,TU,WE,TH,FR"


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
        "told": None,
        **given,
    }


def _recurring(match: Match, recurrence: str, **more: Any) -> list[Found]:
    value = deadline_value(recurrence=recurrence, inclusive=match["before"] is None, **more)
    return [Found("deadlines", match.start, match.end, value, match.rule.id)]


def _time(match: Match) -> str | None:
    return clock_time(match["hour"], match["minute"], match["late"])


def _monthly(match: Match) -> list[Found]:
    """One for each day that is named: "các ngày 10 và 25 hằng tháng" is two."""
    last = match.groups["day"]
    first = match.groups["days"][0] if match["days"] else last[0]
    found: list[Found] = []
    for m in _NUMBER.finditer(match.text, first, last[1]):
        if not 1 <= int(m[0]) <= 31:
            continue
        value = deadline_value(recurrence=f"FREQ=MONTHLY;BYMONTHDAY={int(m[0])}", inclusive=match["before"] is None)
        start, end = (m.start() if found else match.start, match.end if m.end() == last[1] else m.end())
        found.append(Found("deadlines", start, end, value, match.rule.id))
    return found


def _month_end(match: Match) -> list[Found]:
    unit = (match["unit"] or "").lower()
    if match["end"]:
        days = {"tháng": "FREQ=MONTHLY;BYMONTHDAY=-1", "quý": "FREQ=YEARLY;BYMONTH=3,6,9,12;BYMONTHDAY=-1",
                "năm": "FREQ=YEARLY;BYMONTH=12;BYMONTHDAY=31"}  # fmt: skip
        return _recurring(match, days[unit]) if unit in days else []
    position = 1 if match["first"] else -1
    if unit == "tuần":
        return _recurring(match, f"FREQ=WEEKLY;BYDAY={_OFFICE_DAYS};BYSETPOS={position}")
    months = {"tháng": "", "quý": ";BYMONTH=1,4,7,10" if position > 0 else ";BYMONTH=3,6,9,12",
              "năm": ";BYMONTH=1" if position > 0 else ";BYMONTH=12"}[unit]  # fmt: skip
    return _recurring(match, f"FREQ=MONTHLY{months};BYDAY={_OFFICE_DAYS};BYSETPOS={position}")


def _weekdays(match: Match) -> list[str]:
    return [_WEEKDAYS[m[1].lower()] for m in _WEEKDAY.finditer(match["weekday"] or "") if m[1].lower() in _WEEKDAYS]


def _month_weekday(match: Match) -> list[Found]:
    position = 1 if match["first"] else -1
    return [
        f
        for day in _weekdays(match)
        for f in _recurring(match, f"FREQ=MONTHLY;BYDAY={position}{day}", time=_time(match))
    ]


def _quarterly(match: Match) -> list[Found]:
    day = int(match["day"] or 0)
    months = "1,4,7,10" if match["first"] else "3,6,9,12"
    return _recurring(match, f"FREQ=YEARLY;BYMONTH={months};BYMONTHDAY={day}") if 1 <= day <= 31 else []


def _yearly(match: Match) -> list[Found]:
    """One for each day that is named: "ngày 15/6 và 15/12 hằng năm" is two, "ngày 20 tháng 6 và tháng 12 hằng năm" one."""
    found: list[Found] = []
    first, last = match.groups["dates"]
    for m in _DAY_OF_YEAR.finditer(match.text, first, last):
        months = [int(m["month"])]
        if match["months"] and m.end() == last:
            months += [int(n[0]) for n in _NUMBER.finditer(match["months"] or "")]
        recurrence = _of_months(int(m["day"]), months)
        if recurrence is not None:
            value = deadline_value(recurrence=recurrence, inclusive=match["before"] is None)
            start, end = (m.start() if found else match.start), (match.end if m.end() == last else m.end())
            found.append(Found("deadlines", start, end, value, match.rule.id))
    return found


def _of_months(day: int, months: list[int]) -> str | None:
    if not 1 <= day <= 31 or not all(1 <= month <= 12 for month in months):
        return None
    return f"FREQ=YEARLY;BYMONTH={','.join(str(month) for month in months)};BYMONTHDAY={day}"


def _yearly_months(match: Match) -> list[Found]:
    recurrence = _of_months(int(match["day"] or 0), [int(m[0]) for m in _NUMBER.finditer(match["months"] or "")])
    return _recurring(match, recurrence) if recurrence else []


def _yearly_month(match: Match) -> list[Found]:
    quarter = quarter_of(match["quarter"])
    if quarter is not None:  # by the last day of the quarter
        return _recurring(match, f"FREQ=YEARLY;BYMONTH={3 * quarter};BYMONTHDAY=-1")
    month = int(match["month"] or 0)
    return _recurring(match, f"FREQ=YEARLY;BYMONTH={month}") if 1 <= month <= 12 else []


def _first_days(match: Match) -> list[Found]:
    """The first days of a month, quarter or year end with a day of that number, the last days with the last."""
    count, unit = int(match["count"] or 0), (match["unit"] or "").lower()
    if not 1 <= count <= 31:
        return []
    day = count if match["first"] else -1
    if unit == "tháng":
        return _recurring(match, f"FREQ=MONTHLY;BYMONTHDAY={day}")
    months = {"quý": ("1,4,7,10", "3,6,9,12"), "năm": ("1", "12")}[unit][match["first"] is None]
    return _recurring(match, f"FREQ=YEARLY;BYMONTH={months};BYMONTHDAY={day}")


def _weekly(match: Match) -> list[Found]:
    days = _weekdays(match)
    return _recurring(match, f"FREQ=WEEKLY;BYDAY={','.join(days)}", time=_time(match)) if days else []


def _daily(match: Match) -> list[Found]:
    return _recurring(match, "FREQ=DAILY", time=_time(match))


def day_of_every(unit: str, day: int, month: int | None) -> str | None:
    """The rule of a day that a sentence names after its interval: "Hằng tháng, … trước ngày 20"; None where it is not known."""
    if unit == "tháng" and month is None:
        return f"FREQ=MONTHLY;BYMONTHDAY={day}"
    return f"FREQ=YEARLY;BYMONTH={month};BYMONTHDAY={day}" if unit == "năm" and month is not None else None


def _periodic(match: Match) -> list[Found]:
    """One for each interval of "định kỳ hằng tháng, quý, 06 tháng, năm"."""
    found: list[Found] = []
    for m in _INTERVAL.finditer(match.text, *match.groups["list"]):
        freq, step = _FREQ[m["unit"].lower()]
        count = parse_number(m["count"]) if m["count"] else 1
        step *= int(count or 0)
        if step:
            recurrence = f"FREQ={freq}" + (f";INTERVAL={step}" if step > 1 else "")
            start = m.start() if found else match.start
            end = match.end if m.end() == match.groups["list"][1] else m.end()
            found.append(
                Found("deadlines", start, end, deadline_value(recurrence=recurrence, inclusive=True), match.rule.id)
            )
    return found


BUILD: Mapping[str, Callable[[Match], list[Found]]] = {
    "monthly": _monthly,
    "month-end": _month_end,
    "quarterly": _quarterly,
    "yearly": _yearly,
    "yearly-month": _yearly_month,
    "yearly-months": _yearly_months,
    "first-days": _first_days,
    "month-weekday": _month_weekday,
    "weekly": _weekly,
    "daily": _daily,
    "periodic": _periodic,
}
"""What makes the deadlines of a rule, by its ``build``."""
