"""Days, periods and durations as intervals. What the date of issue must complete stays open in ``relative``."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import date
from typing import Any

import regex

from congvan.extract.found import Found
from congvan.language.calendar import day_of, month_end, open_interval
from congvan.language.numerals import parse_number
from congvan.rules.load import Match, rules

_MONTHS = {"giêng": 1, "tư": 4, "chạp": 12}
_QUARTERS = {"I": 1, "II": 2, "III": 3, "IV": 4, "NHẤT": 1, "MỘT": 1, "HAI": 2, "BA": 3, "TƯ": 4}
_UNITS = {
    "ngày làm việc": "P{}D",
    "ngày": "P{}D",
    "tuần": "P{}W",
    "tháng": "P{}M",
    "quý": "P{}M",
    "năm": "P{}Y",
    "giờ": "PT{}H",
    "phút": "PT{}M",
}
_UNIT_NAMES = {"tuần": "week", "tháng": "month", "quý": "quarter", "năm": "year"}

# accepts a year in four figures: "2023"
_YEAR = regex.compile(r"(?:1[0-9]|20|21)\d\d")
# accepts a day or a month in figures: "05"
_DAY = regex.compile(r"\d{1,2}")
# accepts what joins two dates of a list: ", ", " và ", " đến "
_JOINED = regex.compile(r"(?:,| và|, và|;| đến| hoặc) ")


def find_dates(text: str) -> list[Found]:
    """Dates, periods and durations of a flow, by start.

    Value: ``start`` and ``end`` (ISO, both included; None where the text leaves them open), ``grain`` ("day", "month",
    "quarter", "year", "period", or None for a duration), ``duration`` (ISO 8601), ``part`` ("start", "middle", "end" of
    the period, or None), ``time`` ("17:30"), ``lunar``, ``working_days`` and ``relative``: what the text gives of an open
    date, as :mod:`congvan.language.calendar` reads it. Lunar dates have no ``start`` and ``end``.
    """
    found: list[Found] = []
    for match in rules("dates").find(text):
        for start, end, value in _BUILD[match.rule.build](match):
            found.append(Found("dates", start, end, value, match.rule.id))
    return _inherit_year(text, found)


Built = list[tuple[int, int, dict[str, Any]]]


def _value(start: date | None, end: date | None, grain: str | None, match: Match, **more: Any) -> dict[str, Any]:
    part = "start" if match["first"] else "middle" if match["middle"] else "end" if match["last"] else None
    return {
        "start": start.isoformat() if start else None,
        "end": end.isoformat() if end else None,
        "grain": grain,
        "duration": None,
        "part": part,
        "time": None,
        "lunar": False,
        "working_days": False,
        "relative": None,
        **more,
    }


def _int(text: str | None) -> int | None:
    if text is None:
        return None
    value = parse_number(text)
    return int(value) if value is not None else None


def _month(text: str | None) -> int | None:
    if text is None:
        return None
    value = _MONTHS.get(text.lower()) or _int(text)
    return value if value is not None and 1 <= value <= 12 else None


def _year_shift(match: Match) -> dict[str, int]:
    """The year of an open date where it is named from the year of writing: "năm nay", "năm sau", "năm ngoái"."""
    shift = next((n for group, n in (("now", 0), ("next", 1), ("past", -1)) if match[group]), None)
    return {} if shift is None else {"year_shift": shift}


def _build_day(match: Match) -> Built:
    day, month = _int(match["day"]), _month(match["month"])
    if day is None or not 1 <= day <= 31 or (match["month"] is not None and month is None):
        return []
    year = _int(match["year"])
    if year is not None and year < 100:
        year += 2000
    time = f"{int(match['hour'] or 0):02}:{match['minute'] or '00'}" if match["hour"] else None
    lunar = match["lunar"] is not None
    if lunar or year is None:
        relative = {k: v for k, v in (("year", year), ("month", month), ("day", day)) if v is not None}
        relative |= _year_shift(match)
        value = _value(None, None, "day", match, time=time, lunar=lunar, relative=relative)
    else:
        on = day_of(year, month or 0, day)
        if on is None:
            return []
        value = _value(on, on, "day", match, time=time)
    return [(match.start, match.end, value)]


def _build_day_list(match: Match) -> Built:
    year, month = int(match["year"] or 0), int(match["month"] or 0)
    built: Built = []
    for m in _DAY.finditer(match.text, match.groups["days"][0], match.groups["day"][1]):
        on = day_of(year, month, int(m[0]))
        if on is None and not match["lunar"]:
            return []
        last = m.end() == match.groups["day"][1]
        start, end = (m.start() if built else match.start), (match.end if last else m.end())
        if match["lunar"]:
            relative = {"year": year, "month": month, "day": int(m[0])}
            value = _value(None, None, "day", match, lunar=True, relative=relative)
        else:
            value = _value(on, on, "day", match)
        built.append((start, end, value))
    return built


def _build_day_range(match: Match) -> Built:
    year2, month2, day2 = _int(match["year2"]), _month(match["month2"]), _int(match["day2"])
    month, day = _month(match["month"]) or (month2 if match["month"] is None else None), _int(match["day"])
    if year2 is None or month2 is None or day2 is None or month is None or day is None:
        return []
    first = day_of(_int(match["year"]) or _year_before(month, month2, year2), month, day)
    last = day_of(year2, month2, day2)
    if match["lunar"]:
        return [(match.start, match.end, _value(None, None, "period", match, lunar=True))]
    if first is None or last is None or first > last:
        return []
    return [(match.start, match.end, _value(first, last, "period", match))]


def _year_before(month: int, month2: int, year2: int) -> int:
    """Year of the first month of a range that names only the second's: "tháng 12 đến tháng 3 năm 2024" begins in 2023."""
    return year2 - 1 if month > month2 else year2


def _build_month(match: Match) -> Built:
    month, year = _month(match["month"]), _int(match["year"])
    if month is None:
        return []
    if match["lunar"] or year is None:
        relative = {"month": month, **_year_shift(match)} if year is None else {"year": year, "month": month}
        value = _value(None, None, "month", match, lunar=match["lunar"] is not None, relative=relative)
        return [(match.start, match.end, value)]
    return [(match.start, match.end, _value(date(year, month, 1), month_end(year, month), "month", match))]


def _build_month_list(match: Match) -> Built:
    year = int(match["year"] or 0)
    built: Built = []
    for m in _DAY.finditer(match.text, match.groups["months"][0], match.groups["month"][1]):
        month = int(m[0])
        if not 1 <= month <= 12:
            return []
        start = m.start() if built else match.start
        end = match.end if m.end() == match.groups["month"][1] else m.end()
        built.append((start, end, _value(date(year, month, 1), month_end(year, month), "month", match)))
    return built


def _build_month_range(match: Match) -> Built:
    year2, month2, month = _int(match["year"]), _month(match["month2"]), _month(match["month"])
    if year2 is None or month2 is None or month is None:
        return []
    first, last = date(_int(match["year1"]) or _year_before(month, month2, year2), month, 1), month_end(year2, month2)
    return [(match.start, match.end, _value(first, last, "period", match))] if first < last else []


def _quarter(text: str | None) -> int | None:
    if text is None:
        return None
    return int(text) if text.isdecimal() else _QUARTERS.get(text.upper())


def _build_quarter(match: Match) -> Built:
    first, last, year = _quarter(match["quarter"]), _quarter(match["quarter2"]), _int(match["year"])
    if first is None:
        return []
    if year is None:
        relative = {"quarter": first, **_year_shift(match)}
        return [(match.start, match.end, _value(None, None, "quarter", match, relative=relative))]
    if last is not None and last <= first:
        return []
    grain = "quarter" if last is None else "period"
    end = month_end(year, 3 * (last or first))
    return [(match.start, match.end, _value(date(year, 3 * first - 2, 1), end, grain, match))]


def _build_year(match: Match) -> Built:
    built: Built = []
    text = match.text
    for m in _YEAR.finditer(text, match.groups["year"][0], match.end):
        year = int(m[0])
        start = match.start if not built else m.start()
        built.append((start, m.end(), _value(date(year, 1, 1), date(year, 12, 31), "year", match)))
    return built


def _build_years(match: Match) -> Built:
    low, high = int(match["low"] or 0), int(match["high"] or 0)
    if not low < high <= low + 100:
        return []
    if match["school"]:
        value = _value(None, None, "period", match, relative={"school_year": [low, high]})
    else:
        value = _value(date(low, 1, 1), date(high, 12, 31), "period", match)
    return [(match.start, match.end, value)]


def _build_months(match: Match) -> Built:
    count, year = _int(match["count"]), _int(match["year"])
    if count is None or not 1 <= count <= 12:
        return []
    duration, part = f"P{count}M", "end" if match["last"] else "start"
    if year is None:
        relative = {"months": count, "part": part, **_year_shift(match)}
        value = _value(None, None, "period", match, duration=duration, relative=relative)
    elif part == "end":
        value = _value(date(year, 13 - count, 1), date(year, 12, 31), "period", match, duration=duration)
    else:
        value = _value(date(year, 1, 1), month_end(year, count), "period", match, duration=duration)
    return [(match.start, match.end, {**value, "part": None})]


def _build_half(match: Match) -> Built:
    year, late = _int(match["year"]), match["last"] is not None
    if year is None:
        relative = {"months": 6, "part": "end" if late else "start", **_year_shift(match)}
        value = _value(None, None, "period", match, duration="P6M", relative=relative)
    else:
        first, last = (date(year, 7, 1), date(year, 12, 31)) if late else (date(year, 1, 1), date(year, 6, 30))
        value = _value(first, last, "period", match, duration="P6M")
    return [(match.start, match.end, {**value, "part": None})]


def _build_relative(match: Match) -> Built:
    shift = 0 if match["now"] else 1 if match["next"] else -1
    unit = _UNIT_NAMES[(match["unit"] or "").lower()]
    return [(match.start, match.end, _value(None, None, unit, match, relative={"unit": unit, "shift": shift}))]


def iso_duration(count: int, unit: str) -> str:
    """ISO 8601 duration of so many units: (5, "ngày làm việc") -> "P5D"."""
    return _UNITS[unit.lower()].format(count * 3 if unit.lower() == "quý" else count)


def _build_duration(match: Match) -> Built:
    count, unit, low = _int(match["count"]), (match["unit"] or "").lower(), _int(match["low"])
    if unit not in _UNITS or count is None or (low is not None and low >= count):
        return []
    value = _value(None, None, None, match, duration=iso_duration(count, unit), working_days=unit == "ngày làm việc")
    if low is not None:
        value["duration_low"] = iso_duration(low, unit)
    return [(match.start, match.end, value)]


_BUILD: Mapping[str, Callable[[Match], Built]] = {
    "day": _build_day,
    "day-list": _build_day_list,
    "day-range": _build_day_range,
    "month": _build_month,
    "month-list": _build_month_list,
    "month-range": _build_month_range,
    "quarter": _build_quarter,
    "year": _build_year,
    "years": _build_years,
    "months": _build_months,
    "half": _build_half,
    "relative": _build_relative,
    "duration": _build_duration,
}


def _inherit_year(text: str, found: list[Found]) -> list[Found]:
    """In "tháng 3 và tháng 4 năm 2023" the first takes the year of the second, where both are of one grain.

    In "ngày 06 đến ngày 10 tháng 3" the first takes the month, and with it the lunar calendar.
    """
    out = list(found)
    for i in range(len(out) - 2, -1, -1):
        here, following = out[i], out[i + 1]
        relative, start = here.value["relative"], following.value["start"]
        if (
            not relative
            or "year_shift" in relative
            or here.value["lunar"]
            or here.value["grain"] != following.value["grain"]
            or here.value["grain"] not in ("day", "month", "quarter")
            or not _JOINED.fullmatch(text, here.end, following.start)
        ):
            continue
        if start is None:
            named = following.value["relative"] or {}
            if "day" in relative and "month" not in relative and "month" in named:
                value = {**here.value, "lunar": following.value["lunar"], "relative": {**named, **relative}}
                out[i] = replace(here, value=value)
            continue
        interval = open_interval(relative, date.fromisoformat(start))
        if interval is not None:
            first, last = interval
            value = {**here.value, "start": first.isoformat(), "end": last.isoformat(), "relative": None}
            out[i] = replace(here, value=value)
    return out
