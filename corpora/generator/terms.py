"""More deadlines and dates, for a bank that asks for them: periods by their end, terms without a year, terms counted from a day or an event.

Classes of the table ``term``: :data:`ONCE` and :data:`AGAIN`. Classes of the table ``span`` (no deadlines): ``days``, ``days_month``, ``months``,
``years``, ``term``, ``half``, ``so_far``, ``moment``, ``duration``, ``service``
(years only).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from random import Random

from corpora.generator.amounts import drawn
from corpora.generator.model import Gold, Node
from corpora.generator.numerals import roman, words
from corpora.generator.surfaces import fill
from corpora.generator.times import WEEKDAYS, last_of_month, parts

ONCE = {
    "month_end": 4, "quarter_end": 4, "year_end": 2, "from_now": 2, "bare_month": 2, "bare_quarter": 2, "this": 1, "next": 1, "day_next": 1,
    "half_hour": 2, "counted": 1, "counted_working": 1, "days": 2, "working": 3, "hours": 1, "weeks": 1, "months": 1, "ahead": 1,
}  # fmt: skip
AGAIN = {"daily": 1, "weekly_hour": 1, "first_month": 1}
SPANS = {
    "days": 2,
    "days_month": 1,
    "months": 1,
    "years": 1,
    "term": 1,
    "half": 1,
    "so_far": 1,
    "moment": 1,
    "duration": 2,
}
# letters of a duration and how many of each a term has
LENGTHS = {"hours": ("PT{}H", (24, 48, 72)), "weeks": ("P{}W", (1, 2, 3)), "months": ("P{}M", (1, 2, 3, 6))}


def _due(day: date, inclusive: bool = True, **more: object) -> Gold:
    return Gold("deadlines", {"due": day.isoformat(), "inclusive": inclusive, **more})


def _offset(surface: str, fields: Mapping[str, object], offset: str, working: bool, event: str) -> Node:
    values = {"due": None, "offset": offset, "working_days": working, "inclusive": True, "event": event}
    return fill(surface, fields, [Gold("deadlines", values)])


def _quiet(day: date) -> date:
    """The first working day from a day on in a time of year without public holidays near: what is counted from it is plain."""
    while day.weekday() > 4 or not (day.month in (6, 7, 10) or (day.month == 3 and day.day <= 8)):
        day += timedelta(days=1)
    return day


def working_days_after(day: date, n: int) -> date:
    """The n-th working day after a day, in a time without public holidays."""
    while n:
        day += timedelta(days=1)
        n -= day.weekday() < 5
    return day


def term(
    rng: Random,
    table: Mapping[str, Sequence[str]],
    days: Sequence[str],
    events: Sequence[str],
    issued: date,
    wanted: str = "",
) -> Node:
    """A deadline of the table ``term``; ``wanted`` is a class, ``once`` or ``again``."""
    classes = AGAIN if wanted == "again" else ONCE
    name, surface = drawn(rng, classes, table, "" if wanted in ("once", "again") else wanted)
    event = rng.choice(list(events))
    if name in ("daily", "weekly_hour", "first_month"):
        return _again(rng, name, surface)
    if name in ("days", "working"):
        n = rng.randrange(2, 31)
        return _offset(surface, {"n": f"{n:02}", "w": words(n), "event": event}, f"P{n}D", name == "working", event)
    if name in LENGTHS:
        pattern, counts = LENGTHS[name]
        n = rng.choice(counts)
        return _offset(surface, {"n": f"{n:02}", "event": event}, pattern.format(n), False, event)
    if name == "ahead":
        n = rng.randrange(2, 8)
        occasion = rng.choice(("họp", "khai mạc", "tổ chức hội nghị", "diễn tập"))
        return _offset(surface, {"n": f"{n:02}", "event": occasion}, f"-P{n}D", "làm việc" in surface, occasion)
    if name.startswith("counted"):
        return _counted(rng, surface, days, issued, name == "counted_working")
    return _by_calendar(rng, name, surface, days, issued)


def _counted(rng: Random, surface: str, days: Sequence[str], issued: date, working: bool) -> Node:
    """So many days from a day that is told; the first day is not counted, the last is a working day."""
    first, n = _quiet(issued), rng.randrange(3, 16)
    due = working_days_after(first, n) if working else first + timedelta(days=n)
    while due.weekday() > 4:
        due, n = due + timedelta(days=1), n + 1
    fields = {"n": f"{n:02}", "day": rng.choice(list(days)).format_map(parts(first))}
    return fill(surface, fields, [_due(due, offset=f"P{n}D", working_days=working)])


def _by_calendar(rng: Random, name: str, surface: str, days: Sequence[str], issued: date) -> Node:
    """A day, or the end of a period."""
    ahead = issued + timedelta(days=rng.randrange(20, 260))
    inclusive = not surface.startswith("trước")
    fields: dict[str, object] = {}
    more: dict[str, object] = {}
    if name == "half_hour":
        day, hour = ahead, rng.choice((7, 8, 9, 10, 13, 14, 15, 16))
        fields, more = {"hour": hour, "hh": f"{hour:02}"}, {"time": f"{hour:02}:30"}
    elif name == "day_next":
        year, month = divmod(issued.year * 12 + issued.month, 12)
        day = date(year, month + 1, rng.randrange(1, 29))
    elif name == "next":
        year, month = divmod(issued.year * 12 + issued.month, 12)
        day = date(issued.year + 1, 12, 31) if "năm" in surface else last_of_month(year, month + 1)
    elif name == "this":
        quarter = (issued.month - 1) // 3 * 3 + 3
        month = 12 if "năm" in surface else quarter if "quý" in surface else issued.month
        day = last_of_month(issued.year, month)
    elif name == "bare_month":
        day = last_of_month(issued.year, rng.randrange(issued.month, 13))
    elif name == "bare_quarter":
        day = last_of_month(issued.year, rng.randrange((issued.month - 1) // 3, 4) * 3 + 3)
    elif name == "year_end" or (
        name == "from_now" and "{m}" not in surface and "{day}" not in surface and "{q}" not in surface
    ):
        day = date(issued.year + (issued.month > 9), 12, 31)
    elif name == "quarter_end" or "{q}" in surface:
        day = last_of_month(ahead.year, (ahead.month - 1) // 3 * 3 + 3)
    else:
        day = ahead if "{day}" in surface else last_of_month(ahead.year, ahead.month)
    quarter = (day.month + 2) // 3
    fields |= parts(day) | {"day": rng.choice(list(days)).format_map(parts(day)), "q": roman(quarter), "Q": quarter}
    return fill(surface, fields, [_due(day, inclusive, **more)])


def _again(rng: Random, name: str, surface: str) -> Node:
    """Daily and weekly by the hour; on a day of the first month after a quarter."""
    inclusive = not surface.startswith("trước")
    hour, d, weekday = rng.choice((8, 9, 10, 14, 15, 16, 17)), rng.randrange(1, 21), rng.choice(list(WEEKDAYS))
    rule = {"daily": "FREQ=DAILY", "weekly_hour": f"FREQ=WEEKLY;BYDAY={WEEKDAYS[weekday]}"}.get(
        name, f"FREQ=YEARLY;BYMONTH=1,4,7,10;BYMONTHDAY={d}"
    )
    values: dict[str, object] = {"due": None, "recurrence": rule, "inclusive": inclusive}
    if "{hour}" in surface:
        values["time"] = f"{hour:02}:00"
    return fill(surface, {"hour": hour, "d": d, "dd": f"{d:02}", "weekday": weekday}, [Gold("deadlines", values)])


def _period(start: date, end: date, grain: str = "period") -> Gold:
    return Gold("dates", {"start": start.isoformat(), "end": end.isoformat(), "grain": grain})


def span(rng: Random, table: Mapping[str, Sequence[str]], days: Sequence[str], issued: date, wanted: str = "") -> Node:
    """A date, period or duration of the table ``span``, before the date of issue where it has a place in time."""
    name, surface = drawn(rng, SPANS, table, wanted)
    last = issued - timedelta(days=rng.randrange(3, 300))
    first = last - timedelta(days=rng.randrange(4, 40))
    if name in ("duration", "service"):
        n = rng.randrange(2, 37)
        unit = next(
            letters
            for word, letters in (("giờ", "PT{}H"), ("ngày", "P{}D"), ("tháng", "P{}M"), ("năm", "P{}Y"))
            if word in surface
        )
        return fill(surface, {"n": f"{n:02}", "w": words(n)}, [Gold("dates", {"duration": unit.format(n)})])
    if name == "years":
        years = [issued.year - 3, issued.year - 2, issued.year - 1]
        golds = [_period(date(y, 1, 1), date(y, 12, 31), "year") for y in years]
        return fill(surface, dict(zip(("y1", "y2", "y3"), years, strict=True)), golds)
    if name == "moment":
        fields = parts(last) | {"day": rng.choice(list(days)).format_map(parts(last)), "hour": rng.randrange(7, 18)}
        return fill(surface, fields, [_period(last, last, "day")])
    fields = {}
    if name == "days_month":
        first = last.replace(day=rng.randrange(1, 10))
        last = last.replace(day=rng.randrange(12, 28))
    elif name == "months":
        first, last = date(last.year, rng.randrange(1, 5), 1), last_of_month(last.year, rng.randrange(6, 13))
        if last >= issued:
            first, last = first.replace(year=first.year - 1), last_of_month(last.year - 1, last.month)
    elif name == "term":
        begun, length = issued.year - 4, 3
        if "nhiệm kỳ" in surface:
            begun, length = issued.year - issued.year % 5, 5
        elif "thời kỳ" in surface:
            begun, length = (issued.year - 1) // 10 * 10 + 1, 9
        first, last = date(begun, 1, 1), date(begun + length, 12, 31)
    elif name == "half":
        first, last = date(issued.year - 1, 7, 1), date(issued.year - 1, 12, 31)
    elif name == "so_far":
        n = rng.choice((9, 10, 11))
        first, last = date(issued.year - 1, 1, 1), last_of_month(issued.year - 1, n)
        fields["n"] = n
    fields |= {f"{key}1": value for key, value in parts(first).items()} | {
        f"{key}2": value for key, value in parts(last).items()
    }
    fields |= {
        "day1": rng.choice(list(days)).format_map(parts(first)), "day2": rng.choice(list(days)).format_map(parts(last)),
    }  # fmt: skip
    return fill(surface, fields, [_period(first, last)])
