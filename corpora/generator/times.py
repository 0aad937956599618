"""Deadlines, dates and periods: the time is drawn and its meaning written down, then a surface of the bank chosen.

Classes of a bank's table ``deadline``: ``before_day`` and ``by_day`` (also ``_noyear``: the year of issue), ``hour``, ``in_month``,
``in_quarter``, ``half``, ``year``, ``within`` (days), ``within_working`` (working days), ``event``, ``weekly``, ``monthly``,
``quarterly``, ``yearly``, ``until`` (the end of a time that something lasts). ``once`` and ``again`` ask for any that does not or
does recur. Of ``date``: ``day``, ``month``, ``quarter``, ``months`` (N tháng đầu năm), ``year``, ``period``; "day=30" is a day of the
last 30.
"""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from random import Random

from corpora.generator.amounts import drawn
from corpora.generator.model import Gold, Node
from corpora.generator.numerals import roman
from corpora.generator.surfaces import fill

DEADLINE_CLASSES = {
    "before_day": 10, "by_day": 6, "before_day_noyear": 2, "by_day_noyear": 1, "hour": 1, "in_month": 3, "in_quarter": 3, "half": 1,
    "year": 2, "within": 1, "within_working": 2, "event": 1, "weekly": 1, "monthly": 3, "quarterly": 1, "yearly": 1, "until": 0,
}  # fmt: skip
AGAIN = ("weekly", "monthly", "quarterly", "yearly")
DATE_CLASSES = {"day": 5, "month": 2, "quarter": 2, "months": 2, "year": 2, "period": 2}
WEEKDAYS = {"thứ Hai": "MO", "thứ Ba": "TU", "thứ Tư": "WE", "thứ Năm": "TH", "thứ Sáu": "FR"}


def parts(day: date) -> dict[str, object]:
    """The fields of a day that surfaces use: d m y without zeros, dd mm with, yy of two figures; m2 has a zero for months 1 and 2 only (Decree 30)."""
    m2 = f"{day.month:02}" if day.month < 3 else str(day.month)
    two = f"{day.year % 100:02}"
    return {
        "d": day.day,
        "m": day.month,
        "y": day.year,
        "yy": two,
        "dd": f"{day.day:02}",
        "mm": f"{day.month:02}",
        "m2": m2,
    }


def last_of_month(year: int, month: int) -> date:
    """The last day of a month."""
    return date(year, month, monthrange(year, month)[1])


def _due(day: date, inclusive: bool, **more: object) -> Gold:
    return Gold("deadlines", {"due": day.isoformat(), "inclusive": inclusive, **more})


def _inclusive(surface: str) -> bool:
    """Whether the day or period that is named is part of the term: not behind trước, wherever it stands ("hằng tháng, trước ngày 20")."""
    return "trước" not in surface.lower().split()


def _again(rule: str, inclusive: bool) -> Gold:
    return Gold("deadlines", {"due": None, "recurrence": rule, "inclusive": inclusive})


def deadline(
    rng: Random,
    table: Mapping[str, Sequence[str]],
    days: Sequence[str],
    events: Sequence[str],
    issued: date,
    wanted: str = "",
) -> Node:
    """A deadline after the date of issue; ``days`` are the surfaces of a day ("{d}/{m}/{y}")."""
    if wanted in ("once", "again"):
        table = {name: surfaces for name, surfaces in table.items() if (name in AGAIN) == (wanted == "again")}
        wanted = ""
    name, surface = drawn(rng, DEADLINE_CLASSES, table, wanted)
    if name.endswith("_noyear") and (issued.month, issued.day) > (12, 20):  # the year would end before
        name = name.removesuffix("_noyear")
        surface = rng.choice(list(table[name]))
    day = issued + timedelta(days=rng.randrange(5, 300))
    if name.endswith("_noyear"):
        day = min(issued + timedelta(days=rng.randrange(5, 90)), date(issued.year, 12, 31))
    fields = parts(day) | {"day": rng.choice(list(days)).format_map(parts(day))}
    inclusive = _inclusive(surface)
    if name == "until" and "{day}" not in surface:
        day = date(issued.year + (issued.month == 12), 12, 31)
        return fill(surface, fields | parts(day), [_due(day, True)])
    if name.startswith(("before_day", "by_day", "until")):
        return fill(surface, fields, [_due(day, not name.startswith("before_day"))])
    if name == "hour":
        hour = rng.choice((8, 9, 10, 11, 14, 15, 16, 17))
        return fill(surface, fields | {"hour": hour}, [_due(day, inclusive, time=f"{hour:02}:00")])
    if name in ("in_month", "in_quarter", "half", "year"):
        return _in_period(rng, name, surface, fields, issued)
    if name in ("within", "within_working"):
        n, event = rng.randrange(3, 31), rng.choice(list(events))
        values = {"due": None, "offset": f"P{n}D", "working_days": name == "within_working", "inclusive": True}
        return fill(surface, fields | {"n": f"{n:02}", "event": event}, [Gold("deadlines", values)])
    if name == "event":
        event = rng.choice(list(events))
        return fill(
            surface, fields | {"event": event}, [Gold("deadlines", {"due": None, "event": event, "optional": True})]
        )
    return _recurring(rng, name, surface)


def _in_period(rng: Random, name: str, surface: str, fields: dict[str, object], issued: date) -> Node:
    """The last day of a month, quarter, half-year or year that is named."""
    year, month = issued.year, issued.month
    if name == "in_month":
        # "year, month" counted from 0: month is the next month already; in its first half the present one may be named
        months = year * 12 + month + rng.randrange(-1 if issued.day < 15 else 0, 8)
        year, month = divmod(months, 12)
        end = last_of_month(year, month + 1)
    elif name == "in_quarter":
        quarters = year * 4 + (month - 1) // 3 + rng.randrange(1, 4)
        year, quarter = divmod(quarters, 4)
        end = last_of_month(year, quarter * 3 + 3)
        fields |= {"q": roman(quarter + 1), "Q": quarter + 1}
    elif name == "half":
        first = month in (1, 2, 3, 4, 5, 12)
        end = date(year + (month == 12), 6, 30) if first else date(year, 12, 31)
        fields |= {"half": "đầu" if first else "cuối"}
    else:
        end = date(year + (1 if month > 10 else rng.randrange(0, 2)), 12, 31)
    return fill(surface, fields | parts(end), [_due(end, _inclusive(surface))])


def _recurring(rng: Random, name: str, surface: str) -> Node:
    """Weekly, monthly, quarterly or yearly."""
    inclusive = _inclusive(surface)
    d = rng.randrange(1, 29)
    if name == "weekly":
        weekday = rng.choice(list(WEEKDAYS))
        return fill(surface, {"weekday": weekday}, [_again(f"FREQ=WEEKLY;BYDAY={WEEKDAYS[weekday]}", inclusive)])
    if name == "monthly":
        return fill(surface, {"d": d, "dd": f"{d:02}"}, [_again(f"FREQ=MONTHLY;BYMONTHDAY={d}", inclusive)])
    if name == "quarterly":
        rule = f"FREQ=YEARLY;BYMONTH=3,6,9,12;BYMONTHDAY={d}"
        return fill(surface, {"d": d, "dd": f"{d:02}"}, [_again(rule, inclusive)])
    m = rng.randrange(1, 13)
    fields: dict[str, object] = {"d": d, "m": m, "dd": f"{d:02}", "mm": f"{m:02}"}
    return fill(surface, fields, [_again(f"FREQ=YEARLY;BYMONTH={m};BYMONTHDAY={d}", inclusive)])


def span_of_time(
    rng: Random, table: Mapping[str, Sequence[str]], days: Sequence[str], issued: date, wanted: str = ""
) -> Node:
    """A date or period that is no deadline, before or around the date of issue."""
    wanted, _, last = wanted.partition("=")
    name, surface = drawn(rng, DATE_CLASSES, table, wanted)
    day = issued - timedelta(days=rng.randrange(2, int(last or 400)))
    if name == "quarter":  # one that is over
        day = issued.replace(day=1, month=(issued.month - 1) // 3 * 3 + 1) - timedelta(days=rng.choice((1, 100)))
    fields = parts(day) | {"day": rng.choice(list(days)).format_map(parts(day))}
    start, end, grain = day, day, "day"
    if name == "month":
        start, end, grain = day.replace(day=1), last_of_month(day.year, day.month), "month"
    elif name == "quarter":
        quarter = (day.month - 1) // 3
        start, end, grain = date(day.year, quarter * 3 + 1, 1), last_of_month(day.year, quarter * 3 + 3), "quarter"
        fields |= {"q": roman(quarter + 1), "Q": quarter + 1}
    elif name == "months":
        # the months of the year that are over, the same in the whole document; early in the year those of the last
        year, n = (issued.year, issued.month - 1) if issued.month > 3 else (issued.year - 1, 9 + issued.month % 3)
        start, end, grain = date(year, 1, 1), last_of_month(year, n), "period"
        fields |= parts(end) | {"n": f"{n:02}"}
    elif name == "year":
        start, end, grain = date(day.year, 1, 1), date(day.year, 12, 31), "year"
    elif name == "period":
        first = day.year - day.year % 5 + 1
        start, end, grain = date(first, 1, 1), date(first + 4, 12, 31), "period"
        fields |= {"y1": first, "y2": first + 4}
    values = {"start": start.isoformat(), "end": end.isoformat(), "grain": grain}
    return fill(surface, fields, [Gold("dates", values)])
