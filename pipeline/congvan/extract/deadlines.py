"""Deadlines (thời hạn): dates with a direction, terms from an event, recurring days."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import regex

from congvan.extract.found import Found
from congvan.rules.load import Match, RuleSet, rules

_WEEKDAYS = {"hai": "MO", "ba": "TU", "tư": "WE", "năm": "TH", "sáu": "FR", "bảy": "SA", "nhật": "SU",
             "2": "MO", "3": "TU", "4": "WE", "5": "TH", "6": "FR", "7": "SA"}  # fmt: skip
_FREQ = {"tuần": ("WEEKLY", 1), "tháng": ("MONTHLY", 1), "quý": ("MONTHLY", 3), "năm": ("YEARLY", 1)}
_RECURRING = 8  # priority from which a rule makes recurring deadlines
_NEAR = 40  # characters after a date in which its verb or a word of fact is looked for
_REACH = 120  # characters of the clause that a guard looks at

# accepts the end of a clause before a trigger: "." not inside a number, ";", ":", brackets
_BREAK = regex.compile(r"[.;:()?!](?!\d)")
# accepts the end of a part of a clause: as above, and the comma
_COMMA = regex.compile(r"[,.;:()?!](?!\d)")
# accepts one interval of a list: "hằng tháng", "06 tháng", "năm"
_INTERVAL = regex.compile(
    r"(?:(?:hằng|hàng|mỗi) )?(?:(?P<count>\d{1,2}) )?(?P<unit>tuần|tháng|quý|năm)", regex.IGNORECASE
)
# accepts what joins two dates of a list: ", ", " và "
_JOIN = regex.compile(r"(?:,| và|, và) ")
# accepts the days of a term in ISO: "P30D"
_DAYS = regex.compile(r"P(\d+)D")


def find_deadlines(
    masked: str, dates: Sequence[Found], text: str | None = None
) -> tuple[list[Found], set[tuple[int, int]]]:
    """Deadlines of a flow, by start, and the ranges of the dates that they take.

    Args:
        masked: the flow, citations and numbers overwritten. dates: of :func:`congvan.extract.dates.find_dates`.
        text: the flow itself, where ``event`` is read from; default ``masked``.

    Value: ``due``, ``inclusive``, ``start``, ``recurrence``, ``event``, ``offset``, ``working_days`` as in the record;
    ``time`` ("17:00"), ``part`` and ``relative`` of the date where the date of issue must complete it ("from": "issue"
    for "từ nay đến"), ``lunar``: a date of the lunar calendar, which is not resolved.

    ``due`` is the day, or the last day of the period: "trong tháng 6 năm 2023" is 2023-06-30. A period that is excluded
    ends the term before it begins: "trước tháng 6 năm 2023" is 2023-06-01, ``inclusive`` false. "đầu" and "giữa" of a
    period name no last day: ``due`` is None, ``part`` says which.
    """
    finder = _Finder(masked, text or masked, dates, rules("deadlines"))
    found: list[Found] = []
    taken = bytearray(len(masked))
    for match in finder.matches():
        if not any(taken[match.start : match.end]):
            for built in _BUILD[match.rule.build](finder, match):
                taken[built.start : built.end] = b"\1" * (built.end - built.start)
                found.append(built)
    found.sort(key=lambda f: (f.start, f.end))
    return found, {(d.start, d.end) for d in dates if any(taken[d.start : d.end])}


class _Finder:
    """One flow with its dates by where they start."""

    def __init__(self, masked: str, text: str, dates: Sequence[Found], ruleset: RuleSet) -> None:
        self.masked, self.text, self.ruleset = masked, text, ruleset
        self.dates = {d.start: d for d in dates}
        self.done = ruleset.patterns["deadlines.guard-done"]
        self.fact = ruleset.patterns["deadlines.guard-fact"]
        self.may = ruleset.patterns["deadlines.guard-may"]
        self.event = ruleset.patterns["deadlines.from-event"]
        self.stated = ruleset.patterns["deadlines.guard-follow"]

    def matches(self) -> list[Match]:
        """Matches of all but the guards, in the order in which they take the text: recurring days first, then by start."""
        low = self.masked.lower()
        out: list[Match] = []
        for rule in self.ruleset.rules:
            if rule.build != "guard" and any(n in low for n in rule.needs):
                out.extend(self.ruleset.all_matches(self.masked, only=rule.id))
        out.sort(key=lambda m: (m.rule.priority < _RECURRING, m.start, -m.rule.priority, -m.end))
        return out

    def clause(self, at: int, stops: regex.Pattern[str] = _BREAK) -> str:
        """The clause before ``at``, as far as a guard looks."""
        first = max(0, at - _REACH)
        last = 0
        piece = self.masked[first:at]
        for stop in stops.finditer(piece):
            last = stop.end()
        return piece[last:]

    def following(self, at: int) -> str:
        """The clause after ``at``."""
        piece = self.masked[at : at + _REACH]
        stop = _BREAK.search(piece)
        return piece[: stop.start()] if stop else piece


def _value(**given: Any) -> dict[str, Any]:
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


def _dated(match: Match, on: Found) -> list[Found]:
    """The deadline of a trigger and the date after it."""
    value = on.value
    inclusive = match.rule.set["inclusive"]
    due = value["end"]
    if value["part"] in ("start", "middle"):
        due = None
    elif not inclusive and value["part"] is None and value["grain"] != "day":
        due = value["start"]
    given = _value(
        due=due,
        inclusive=inclusive,
        start=value["start"] if match.rule.id == "deadlines.label" and value["grain"] == "period" else None,
        time=value["time"],
        part=value["part"],
        relative=value["relative"],
        lunar=value["lunar"],
    )
    return [Found("deadlines", match.start, on.end, given, match.rule.id)]


def _date(finder: _Finder, match: Match) -> list[Found]:
    on = finder.dates.get(match.end)
    if on is None or on.value["grain"] is None:
        return []
    if match.rule.id == "deadlines.before":
        clause = finder.clause(match.start, _COMMA)
        done = any(m["strong"] for m in finder.done.finditer(clause))
        if not done and (finder.fact.search(clause) or on.value["grain"] != "day"):
            return []
    return _dated(match, on) + _joined(finder, match, on)


def _joined(finder: _Finder, match: Match, on: Found) -> list[Found]:
    """The dates of the same grain that a list joins to the first: "trước ngày 15/6/2023 và ngày 15/12/2023" is two."""
    found: list[Found] = []
    while (join := _JOIN.match(finder.masked, on.end)) is not None:
        following = finder.dates.get(join.end())
        if following is None or following.value["grain"] != on.value["grain"]:
            break
        found += [replace(f, start=following.start) for f in _dated(match, following)]
        on = following
    return found


def _until(finder: _Finder, match: Match) -> list[Found]:
    on = finder.dates.get(match.end)
    if on is None or on.value["grain"] is None:
        return []
    if finder.fact.search(finder.clause(match.start)) or finder.fact.search(finder.following(on.end)[:_NEAR]):
        return []
    return _dated(match, on)


def _by(finder: _Finder, match: Match) -> list[Found]:
    on = finder.dates.get(match.end)
    if on is None or on.value["grain"] != "day" or finder.fact.search(finder.clause(match.start)):
        return []
    after = finder.following(on.end)[:_NEAR]
    done = any(m["strong"] for m in finder.done.finditer(after))
    return _dated(match, on) if done and not finder.fact.search(after) else []


def _from_now(finder: _Finder, match: Match) -> list[Found]:
    on = finder.dates.get(match.end)
    if on is None or on.value["grain"] is None:
        return []
    relative = {**(on.value["relative"] or {}), "from": "issue"}
    found = _dated(match, on)[0]
    return [Found(found.kind, found.start, found.end, {**found.value, "relative": relative}, found.rule)]


def _within(finder: _Finder, match: Match) -> list[Found]:
    on = finder.dates.get(match.end)
    if on is None or on.value["grain"] is None:
        return []
    if (on.value["relative"] or {}).get("shift", 0) < 0:
        return []
    clause = finder.clause(match.start)
    if finder.fact.search(clause) or finder.stated.match(finder.masked, on.end):
        return []
    verbs = list(finder.done.finditer(clause))
    short = on.value["grain"] in ("day", "month", "quarter")
    if any(m["strong"] for m in verbs) or (verbs and short) or (clause.strip(" -+•*") and on.value["grain"] == "day"):
        return _dated(match, on)
    if not clause.strip(" -+•*"):
        after = finder.following(on.end)
        if any(m["strong"] for m in finder.done.finditer(after)) and not finder.fact.search(after):
            return _dated(match, on)
    return []


def _offset(finder: _Finder, match: Match) -> list[Found]:
    length = finder.dates.get(match.end)
    if length is None or length.value["duration"] is None or length.value["grain"] is not None:
        return []
    event = finder.event.match(finder.text, length.end)
    duration, working = length.value["duration"], length.value["working_days"]
    if event is None:
        named = finder.masked[match.start : match.end].lower()
        if not duration.endswith("D") or not ("vòng" in named or "thời hạn" in named or working):
            return []
        value = _value(inclusive=True, offset=duration, working_days=working)
        return [Found("deadlines", match.start, length.end, value, match.rule.id)]
    before = event["how"].lower() == "trước"
    if before and "nhất" not in finder.masked[match.start : match.end].lower():
        return []
    due = None
    first, last = event.span("event")
    on = next((finder.dates[at] for at in range(first, last) if at in finder.dates), None)
    days = _DAYS.fullmatch(duration)
    if on is not None and on.value["start"] and days is not None and not working and not before:
        due = (date.fromisoformat(on.value["start"]) + timedelta(days=int(days[1]))).isoformat()
    value = _value(
        due=due,
        inclusive=True,
        event=event["event"].strip(),
        offset=("-" if before else "") + duration,
        working_days=working,
    )
    return [Found("deadlines", match.start, event.end("event"), value, match.rule.id)]


def _event(finder: _Finder, match: Match) -> list[Found]:
    if finder.may.search(finder.clause(match.start, _COMMA)):
        return []
    clauses = (finder.clause(match.start), finder.following(match.end))
    if not any(m["strong"] or m["report"] for clause in clauses for m in finder.done.finditer(clause)):
        return []
    start, end = match.groups["event"]
    return [Found("deadlines", match.start, match.end, _value(event=finder.text[start:end].strip()), match.rule.id)]


def _recurring(match: Match, recurrence: str) -> list[Found]:
    value = _value(recurrence=recurrence, inclusive=match["before"] is None)
    return [Found("deadlines", match.start, match.end, value, match.rule.id)]


def _monthly(_: _Finder, match: Match) -> list[Found]:
    day = int(match["day"] or 0)
    return _recurring(match, f"FREQ=MONTHLY;BYMONTHDAY={day}") if 1 <= day <= 31 else []


def _quarterly(_: _Finder, match: Match) -> list[Found]:
    day = int(match["day"] or 0)
    months = "1,4,7,10" if match["first"] else "3,6,9,12"
    return _recurring(match, f"FREQ=YEARLY;BYMONTH={months};BYMONTHDAY={day}") if 1 <= day <= 31 else []


def _yearly(_: _Finder, match: Match) -> list[Found]:
    """One for each day that is named: "ngày 15/6 và 15/12 hằng năm" is two."""
    found: list[Found] = []
    for day_group, month_group in (("day", "month"), ("day2", "month2")):
        if day_group not in match.groups:
            continue
        day, month = int(match[day_group] or 0), int(match[month_group] or 0)
        if 1 <= day <= 31 and 1 <= month <= 12:
            value = _value(
                recurrence=f"FREQ=YEARLY;BYMONTH={month};BYMONTHDAY={day}", inclusive=match["before"] is None
            )
            start = match.start if day_group == "day" else match.groups[day_group][0]
            end = match.end if day_group == "day2" or "day2" not in match.groups else match.groups["month"][1]
            found.append(Found("deadlines", start, end, value, match.rule.id))
    return found


def _yearly_month(_: _Finder, match: Match) -> list[Found]:
    month = int(match["month"] or 0)
    return _recurring(match, f"FREQ=YEARLY;BYMONTH={month}") if 1 <= month <= 12 else []


def _weekly(_: _Finder, match: Match) -> list[Found]:
    weekday = _WEEKDAYS.get((match["weekday"] or "").lower().split()[-1])
    return _recurring(match, f"FREQ=WEEKLY;BYDAY={weekday}") if weekday else []


def _daily(_: _Finder, match: Match) -> list[Found]:
    return _recurring(match, "FREQ=DAILY")


def _periodic(_: _Finder, match: Match) -> list[Found]:
    """One for each interval of "định kỳ hằng tháng, quý, 06 tháng, năm"."""
    found: list[Found] = []
    for m in _INTERVAL.finditer(match.text, *match.groups["list"]):
        freq, step = _FREQ[m["unit"].lower()]
        step *= int(m["count"] or 1)
        if step:
            recurrence = f"FREQ={freq}" + (f";INTERVAL={step}" if step > 1 else "")
            start = m.start() if found else match.start
            found.append(
                Found("deadlines", start, m.end(), _value(recurrence=recurrence, inclusive=True), match.rule.id)
            )
    return found


_BUILD: Mapping[str, Callable[[_Finder, Match], list[Found]]] = {
    "date": _date,
    "until": _until,
    "by": _by,
    "from-now": _from_now,
    "within": _within,
    "offset": _offset,
    "event": _event,
    "monthly": _monthly,
    "quarterly": _quarterly,
    "yearly": _yearly,
    "yearly-month": _yearly_month,
    "weekly": _weekly,
    "daily": _daily,
    "periodic": _periodic,
}
