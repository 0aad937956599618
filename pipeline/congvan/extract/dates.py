"""Days, periods and durations as intervals. What the date of issue must complete stays open in ``relative``."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

import regex

from congvan.extract import date_chains as chains
from congvan.extract.date_values import LUNAR_MONTHS, Built, clock_time, date_value, month_of, quarter_of
from congvan.extract.found import Found
from congvan.language.calendar import day_of, days_of_month, month_end
from congvan.language.numerals import parse_number
from congvan.rules.load import Match, rules

# what takes its words also where it means nothing: of "ngày 31/02/2023" or "đường 30 tháng 4" no part is a date
_WHOLE = frozenset({"day", "name"})
# a century is told by two figures: "75" is 1975, "25" is 2025
_THIS_CENTURY = 60
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


def find_dates(text: str) -> list[Found]:
    """Dates, periods and durations of a flow, by start.

    Value: ``start`` and ``end`` (ISO, both included; None where the text leaves them open), ``grain`` ("day", "month",
    "quarter", "year", "period", or None for a duration), ``duration`` (ISO 8601), ``part`` ("start", "middle", "end" of
    the period, or None), ``time`` ("17:30"), ``lunar``, ``working_days`` and ``relative``: what the text gives of an open
    date, as :mod:`congvan.language.calendar` reads it. Lunar dates have no ``start`` and ``end``.
    """
    ruleset = rules("dates")
    matches = ruleset.all_matches(text, skip="item")
    matches.sort(key=lambda m: (-m.rule.priority, m.start - m.end, m.start))
    found: list[Found] = []
    taken = bytearray(len(text))
    for match in matches:  # of those that overlap the longest that means anything
        if any(taken[match.start : match.end]):
            continue
        built = chains.build(match, ruleset) if match.rule.build in chains.UNITS else _BUILD[match.rule.build](match)
        if built or match.rule.build in _WHOLE:
            taken[match.start : match.end] = b"\1" * (match.end - match.start)
            found += [Found("dates", start, end, value, match.rule.id) for start, end, value in built]
    found.sort(key=lambda f: f.start)
    return found


def _value(start: date | None, end: date | None, grain: str | None, match: Match, **more: Any) -> dict[str, Any]:
    part = "start" if match["first"] else "middle" if match["middle"] else "end" if match["last"] else None
    return date_value(start, end, grain, part=part, **more)


def _int(text: str | None) -> int | None:
    if text is None:
        return None
    value = parse_number(text)
    return int(value) if value is not None else None


def _from_writing(match: Match) -> dict[str, int]:
    """What names an open date from the day of writing: "năm nay", "năm sau", "tháng sau", "tới", "vừa qua"."""
    named = (
        ("now", "year_shift", 0), ("next", "year_shift", 1), ("past", "year_shift", -1),
        ("month_now", "month_shift", 0), ("month_next", "month_shift", 1), ("ahead", "toward", 1), ("gone", "toward", -1),
    )  # fmt: skip
    return {key: n for group, key, n in named if match[group]}


def _build_day(match: Match) -> Built:
    day, month = _int(match["day"]), month_of(match["month"])
    if day is None or not 1 <= day <= 31 or (match["month"] is not None and month is None):
        return []
    year = _int(match["year"])
    if year is not None and year < 100:
        year += 2000 if year < _THIS_CENTURY else 1900
    time = clock_time(match["hour"], match["minute"], match["late"])
    lunar = match["lunar"] is not None or (match["month"] or "").lower() in LUNAR_MONTHS
    if lunar or year is None:
        relative = {k: v for k, v in (("year", year), ("month", month), ("day", day)) if v is not None}
        relative |= _from_writing(match)
        value = _value(None, None, "day", match, time=time, lunar=lunar, relative=relative)
    else:
        on = day_of(year, month or 0, day)
        if on is None:
            return []
        value = _value(on, on, "day", match, time=time)
    return [(match.start, match.end, value)]


def _build_month(match: Match) -> Built:
    month, year = month_of(match["month"]), _int(match["year"])
    if month is None:
        return []
    if match["lunar"] or year is None:
        relative = {"month": month, **_from_writing(match)} if year is None else {"year": year, "month": month}
        value = _value(None, None, "month", match, lunar=match["lunar"] is not None, relative=relative)
        return [(match.start, match.end, value)]
    return [(match.start, match.end, _value(date(year, month, 1), month_end(year, month), "month", match))]


def _build_quarter(match: Match) -> Built:
    quarter, year = quarter_of(match["quarter"]), _int(match["year"])
    if quarter is None:
        return []
    if year is None:
        relative = {"quarter": quarter, **_from_writing(match)}
        return [(match.start, match.end, _value(None, None, "quarter", match, relative=relative))]
    first, last = date(year, 3 * quarter - 2, 1), month_end(year, 3 * quarter)
    return [(match.start, match.end, _value(first, last, "quarter", match))]


def _build_name(match: Match) -> Built:
    """What looks like a date and is a name."""
    return []


def _build_day_words(match: Match) -> Built:
    year, month, day = _int(match["year"]), month_of(match["month"]), _int(match["day"])
    on = day_of(year or 0, month or 0, day or 0) if year in range(1900, 2200) else None
    return [] if on is None else [(match.start, match.end, _value(on, on, "day", match))]


def _build_lunar(match: Match) -> Built:
    """Rằm: the fifteenth by the moon."""
    month, year = month_of(match["month"]), _int(match["year"])
    if month is None:
        return []
    relative = {**({"year": year} if year else {}), "month": month, "day": 15}
    return [(match.start, match.end, _value(None, None, "day", match, lunar=True, relative=relative))]


def _build_today(match: Match) -> Built:
    relative = {"day_shift": 1 if match["next"] else 0}
    time = clock_time(match["hour"], match["minute"], match["late"])
    return [(match.start, match.end, _value(None, None, "day", match, time=time, relative=relative))]


def _build_month_days(match: Match) -> Built:
    """The first or last days of a month, or a half of it: the first has 15 days."""
    month, year, late = month_of(match["month"]), _int(match["year"]), match["last"] is not None
    if month is None:
        return []
    part = "end" if late else "start"
    count = _int(match["count"]) if match["count"] else None
    if year is None:
        relative: dict[str, Any] = {"month": month, "days": count or "half", "part": part, **_from_writing(match)}
        value = _value(None, None, "period", match, relative=relative)
    else:
        days = days_of_month(year, month, count or "half", part)
        if days is None:
            return []
        value = _value(*days, "period", match)
    return [(match.start, match.end, {**value, "part": None, "duration": f"P{count}D" if count else None})]


def _build_half_length(match: Match) -> Built:
    duration = "P6M" if (match["unit"] or "").lower() == "năm" else "P15D"
    return [(match.start, match.end, _value(None, None, None, match, duration=duration))]


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
    count = count * 3 if count is not None and match["quarters"] else count
    if count is None or not 1 <= count <= 12:
        return []
    duration, part = f"P{count}M", "end" if match["last"] else "start"
    if year is None:
        relative = {"months": count, "part": part, **_from_writing(match)}
        value = _value(None, None, "period", match, duration=duration, relative=relative)
    elif part == "end":
        value = _value(date(year, 13 - count, 1), date(year, 12, 31), "period", match, duration=duration)
    else:
        value = _value(date(year, 1, 1), month_end(year, count), "period", match, duration=duration)
    return [(match.start, match.end, {**value, "part": None})]


def _build_half(match: Match) -> Built:
    year, late = _int(match["year"]), match["last"] is not None
    if match["quarter"]:
        quarter = 4 if late else 1
        if year is None:
            relative: dict[str, Any] = {"quarter": quarter, **_from_writing(match)}
            value = _value(None, None, "quarter", match, relative=relative)
        else:
            value = _value(date(year, 3 * quarter - 2, 1), month_end(year, 3 * quarter), "quarter", match)
    elif year is None:
        relative = {"months": 6, "part": "end" if late else "start", **_from_writing(match)}
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
    half = match["rest"] is not None or (match["count"] or "").endswith(",5")
    months = _int(match["months"])
    if months and count:
        duration = f"P{count}Y{months}M"
        return [(match.start, match.end, _value(None, None, None, match, duration=duration))]
    if half:
        count, unit = _halved(count, unit)
    if unit not in _UNITS or count is None or (low is not None and low >= count):
        return []
    value = _value(None, None, None, match, duration=iso_duration(count, unit), working_days=unit == "ngày làm việc")
    if low is not None:
        value["duration_low"] = iso_duration(low, unit)
    return [(match.start, match.end, value)]


def _halved(count: int | None, unit: str) -> tuple[int | None, str]:
    """A length and a half in smaller units: "một năm rưỡi" is 18 months; only years and months have such."""
    smaller = {"năm": (12, 6, "tháng"), "tháng": (30, 15, "ngày")}.get(unit)
    if smaller is None or count is None:
        return None, unit
    whole, half, name = smaller
    return count * whole + half, name


_BUILD: Mapping[str, Callable[[Match], Built]] = {
    "day": _build_day,
    "day-words": _build_day_words,
    "name": _build_name,
    "lunar": _build_lunar,
    "today": _build_today,
    "month": _build_month,
    "month-days": _build_month_days,
    "half-length": _build_half_length,
    "quarter": _build_quarter,
    "year": _build_year,
    "years": _build_years,
    "months": _build_months,
    "half": _build_half,
    "relative": _build_relative,
    "duration": _build_duration,
}
