"""Deadlines (thời hạn): dates with a direction, terms from an event, recurring days."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace

import regex

from congvan.extract import recurrences, terms
from congvan.extract.found import Found
from congvan.extract.moods import COMMA, END, NEAR, Moods
from congvan.extract.recurrences import deadline_value
from congvan.rules.load import Match, rules

_RECURRING = 8  # priority from which a rule makes recurring deadlines

# accepts the word before a day by which a task is to be reached: "phấn đấu đến ngày 31/12/2024 giải ngân từ 95%"
_STRIVE = regex.compile(r"phấn đấu", regex.IGNORECASE)
# accepts the interval at which something recurs: "hằng tháng"
_EVERY = regex.compile(r"(?<!\p{L})(?:hằng|hàng|mỗi) (?P<unit>tháng|năm)(?!\p{L})", regex.IGNORECASE)
_FINISHED = frozenset({"hoàn thành", "hoàn tất", "xong", "dứt điểm", "phải"})
# rules of dates whose spans are no terms: years name budgets, plans and reports
_LONG = frozenset({"dates.years", "dates.year"})
_SHORT = frozenset({"day", "month", "quarter"})  # periods that an order names more often than a report
# accepts what joins two dates of a list: ", ", " và "
_JOIN = regex.compile(r"(?:,| và|, và) ")


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

    ``told`` is the date that the words name. A deadline with ``tentative`` may as well be the time of a fact: its date stays one.

    ``due`` is the day, or the last day of the period: "trong tháng 6 năm 2023" is 2023-06-30. A period that is excluded
    ends the term before it begins: "trước tháng 6 năm 2023" is 2023-06-01, ``inclusive`` false. "đầu" and "giữa" of a
    period name no last day: ``due`` is None, ``part`` says which.
    """
    finder = Moods(masked, text or masked, dates, rules("deadlines"))
    found: list[Found] = []
    taken = bytearray(len(masked))
    for match in _matches(finder):
        if not any(taken[match.start : match.end]):
            for built in _build(finder, match):
                if built.value.get("tentative"):
                    found.append(built)
                    continue
                taken[built.start : built.end] = b"\1" * (built.end - built.start)
                found.append(built)
    found += [f for d in dates if not any(taken[d.start : d.end]) for f in _bare(finder, d)]
    found.sort(key=lambda f: (f.start, f.end))
    return found, {(d.start, d.end) for d in dates if any(taken[d.start : d.end])}


def _matches(finder: Moods) -> list[Match]:
    """Matches of all but the guards, in the order in which they take the text: recurring days first, then by start."""
    out = finder.ruleset.all_matches(finder.masked, skip="guard")
    out.sort(key=_rank)
    return out


def _bare(finder: Moods, on: Found) -> list[Found]:
    """What a month, quarter or day without a word of direction may be: "Quý II/2025: trình đề án", "…, tháng 6/2025."."""
    if on.value["grain"] is None or on.value["relative"] or on.rule in _LONG:
        return []
    clause = finder.clause(on.start)
    before = finder.masked[: on.start].rstrip()
    if finder.opens(clause):
        open_ = on.value["grain"] != "day" and (finder.asks(on.end) or finder.might(on.end))
    else:
        open_ = before.endswith((",", "(", ";", ":")) and finder.may_ask(clause, clause, on.end)
    if not open_:
        return []
    value = on.value
    due = None if value["part"] in ("start", "middle") else value["end"]
    told = {"start": on.start, "end": on.end, "value": value, "rule": on.rule}
    given = deadline_value(due=due, inclusive=True, time=value["time"], part=value["part"], told=told, tentative="open")
    return [Found("deadlines", on.start, on.end, given, "deadlines.column")]


def _rank(match: Match) -> tuple[int, int, int, int]:
    """Recurring ones first, the surer before the others; then by start."""
    priority = match.rule.priority
    return (-priority if priority >= _RECURRING else 0, match.start, -priority, -match.end)


def _dated(match: Match, on: Found, time: str | None = None) -> list[Found]:
    """The deadline of a trigger and the date after it; ``time`` is told between them."""
    value = on.value
    inclusive = match.rule.set["inclusive"]
    due = value["end"]
    if value["part"] in ("start", "middle"):
        due = None
    elif (
        not inclusive
        and value["part"] is None
        and value["grain"] != "day"
        and " khi " not in match.text[match.start : match.end]
    ):
        due = value["start"]
    labelled = match.rule.id in ("deadlines.label", "deadlines.time")
    given = deadline_value(
        due=due,
        inclusive=inclusive,
        start=value["start"] if labelled and value["grain"] == "period" else None,
        time=value["time"] or time,
        part=value["part"],
        relative=value["relative"],
        lunar=value["lunar"],
        told={"start": on.start, "end": on.end, "value": value, "rule": on.rule},
    )
    return [Found("deadlines", match.start, on.end, given, match.rule.id)]


def _date(finder: Moods, match: Match) -> list[Found]:
    named = finder.date(match.end)
    if named is None:
        return []
    on, time = named
    if match.rule.id == "deadlines.before" and not _due_before(finder, match, on):
        return _tentative(finder, match, on, time, open_=False)
    again = _again(finder, match, on)
    if again is not None:
        value = deadline_value(recurrence=again, inclusive=match.rule.set["inclusive"], time=on.value["time"] or time)
        return [Found("deadlines", match.start, on.end, value, match.rule.id)]
    return _dated(match, on, time) + _joined(finder, match, on)


def _again(finder: Moods, match: Match, on: Found) -> str | None:
    """The recurrence of a day without its month or year, where the sentence begins with the interval: "Hằng tháng, …"."""
    relative = on.value["relative"] or {}
    if (
        on.value["grain"] != "day"
        or not relative.keys() <= {"day", "month"}
        or "day" not in relative
        or on.value["lunar"]
    ):
        return None
    named = list(_EVERY.finditer(finder.clause(match.start)))
    return (
        recurrences.day_of_every(named[-1]["unit"].lower(), relative["day"], relative.get("month")) if named else None
    )


def _due_before(finder: Moods, match: Match, on: Found) -> bool:
    """Whether trước names the end of a task, not what lay before a day."""
    clause, part = finder.clause(match.start), finder.clause(match.start, COMMA)
    if "nhất" in match.text[match.start : match.start + 20].lower():
        return True
    if finder.opens(clause):
        after = finder.following(on.end)
        if not after.strip(", ") or finder.order.search(after) or finder.strong(after):
            return True
        stated = finder.stated.match(finder.masked, on.end) or finder.inside.match(finder.masked, on.end)
        return on.value["grain"] == "day" and not stated and not finder.fact.search(after) and not finder.idle(after)
    if finder.part_of_subject(on.end, part) or finder.told(part, clause):
        return False
    if finder.strong(part):
        return True
    return on.value["grain"] == "day" or (finder.ends(on.end) and finder.asked(clause))


def _joined(finder: Moods, match: Match, on: Found) -> list[Found]:
    """The dates of the same grain that a list joins to the first: "trước ngày 15/6/2023 và ngày 15/12/2023" is two."""
    found: list[Found] = []
    for following in _list(finder, on):
        found += [replace(f, start=following.start) for f in _dated(match, following)]
    return found


def _list(finder: Moods, on: Found) -> list[Found]:
    """The dates of the same grain that a list joins to a date."""
    out: list[Found] = []
    while (join := _JOIN.match(finder.masked, on.end)) is not None:
        following = finder.dates.get(join.end())
        if following is None or following.value["grain"] != on.value["grain"]:
            break
        out.append(following)
        on = following
    return out


def _until(finder: Moods, match: Match) -> list[Found]:
    named = finder.date(match.end)
    if named is None:
        return []
    on, time = named
    clause, part = finder.clause(match.start), finder.clause(match.start, COMMA)
    if finder.opens(clause) and match.rule.id != "deadlines.done-by" and finder.following(on.end).strip():
        return (
            _dated(match, on, time)
            if finder.asks(on.end)
            else _tentative(finder, match, on, time, open_=finder.might(on.end))
        )
    after = finder.following(on.end)[:NEAR]
    if finder.indicated(after.lstrip(", ")) and not finder.opens(
        after
    ):  # an aim: "đến hết năm 2025, tỷ lệ hộ nghèo còn 5%"
        return []
    told = finder.told(clause) or finder.told(part, clause) or finder.part_of_subject(on.end, part)
    if told or (finder.fact.search(after) and not finder.order.search(after)):
        return _tentative(finder, match, on, time, open_=False)
    return _dated(match, on, time)


def _by(finder: Moods, match: Match) -> list[Found]:
    named = finder.date(match.end)
    if named is None:
        return []
    on, time = named
    clause, part = finder.clause(match.start), finder.clause(match.start, COMMA)
    if finder.told(clause) or finder.told(part, clause):
        return _tentative(finder, match, on, time, open_=False)
    strives = _STRIVE.search(part) is not None
    if finder.opens(clause) or finder.opens(part):
        after = finder.following(on.end)
        told = on.value["grain"] != "day" and not (finder.order.search(after) or finder.strong(after))
        return (
            _dated(match, on, time)
            if finder.asks(on.end) and not told
            else _tentative(finder, match, on, time, open_=finder.might(on.end))
        )
    if finder.ends(on.end) and (finder.done.search(clause) or finder.imperative(part)) and not finder.resulted(clause):
        return _dated(match, on, time)
    if on.value["grain"] != "day":
        return []
    after = finder.following(on.end)[:NEAR]
    return _dated(match, on, time) if (finder.strong(after) or strives) and not finder.fact.search(after) else []


def _tentative(finder: Moods, match: Match, on: Found, time: str | None, *, open_: bool) -> list[Found]:
    """The deadline that a date may be, which the date of issue decides: "open" where the words leave it open, "ahead" where
    they look like those of a fact, which a time that is wholly to come cannot be of."""
    clause = finder.clause(match.start)
    if on.rule == "dates.years" or finder.lasts(clause, on.end) or finder.part_of_subject(on.end, clause):
        return []
    return [replace(f, value={**f.value, "tentative": "open" if open_ else "ahead"}) for f in _dated(match, on, time)]


def _from_now(finder: Moods, match: Match) -> list[Found]:
    named = finder.date(match.end)
    if named is None:
        return []
    on, time = named
    relative = {**(on.value["relative"] or {}), "from": "issue"}
    found = _dated(match, on, time)[0]
    return [Found(found.kind, found.start, found.end, {**found.value, "relative": relative}, found.rule)]


def _within(finder: Moods, match: Match) -> list[Found]:
    named = finder.date(match.end)
    if named is None:
        return []
    on, time = named
    if (on.value["relative"] or {}).get("shift", 0) < 0 or (on.value["relative"] or {}).get("toward", 0) < 0:
        return []
    joined = _list(finder, on)
    last = joined[-1] if joined and on.value["grain"] != "day" else on
    if finder.stated.match(finder.masked, last.end):
        return []
    if _ordered(finder, match, last):
        return _dated(match, last, time)
    clause, part = finder.clause(match.start), finder.clause(match.start, COMMA)
    if on.rule == "dates.years":
        return []
    open_ = finder.might(last.end) if finder.opens(clause) else finder.may_ask(clause, part, last.end)
    within = match.text[match.start : match.end].lower().startswith(("trong", "ngay", "nội"))
    if not within and (not open_ or on.value["grain"] == "day"):  # "vào ngày 16/3/2023" is when something is
        return []
    return _tentative(finder, match, last, time, open_=open_)


def _ordered(finder: Moods, match: Match, on: Found) -> bool:
    """Whether the period that begins where ``match`` ends is the time of an order, not of a fact."""
    grain, end = on.value["grain"], finder.ends(on.end)
    word = match.text[match.start : match.end].lower()
    clause, part = finder.clause(match.start), finder.clause(match.start, COMMA)
    if finder.opens(clause):
        if (
            END.match(finder.masked, on.end) and match.start - len(clause) <= 0
        ):  # a cell of its own: "Trong quý II/2025"
            return "trong " in word
        return finder.asks(on.end)
    if finder.told(part, clause) or finder.part_of_subject(on.end, part):
        return False
    if finder.indicated(part) and finder.result.search(part):
        return False
    told = [m for m in finder.done.finditer(part) if m["strong"] or m["report"]]
    if word.startswith(("vào", "đúng")):  # the time at which something is: only of a task that ends with it
        return (bool(told) and grain == "day") or (
            grain != "day" and end and finder.imperative(part) and not finder.told(clause)
        )
    after = finder.following(on.end)[:NEAR]
    verb = finder.done.match(after.lstrip())
    if finder.order.search(part) and verb is not None and verb["strong"]:
        return True
    if told and on.rule == "dates.years":
        return any(m[0].lower() in _FINISHED for m in told)
    if told:
        return end or grain in _SHORT or any(m["strong"] for m in told)
    if finder.told(clause):
        return False
    if on.rule == "dates.years":  # "tổ chức thực hiện trong giai đoạn 2021-2025" is no term
        return False
    verbs = list(finder.done.finditer(clause))
    if any(m["strong"] for m in verbs) or (verbs and grain in _SHORT) or grain == "day":
        return True
    if not end or finder.resulted(part if finder.imperative(part) else clause):
        return False
    return bool(verbs) or (grain in _SHORT and not finder.nominal(clause))


def _time(finder: Moods, match: Match) -> list[Found]:
    """thời gian behind a task of the same item; alone it may be the time of a meeting."""
    named = finder.date(match.end)
    before = finder.masked[: match.start].rstrip(" ,;.(")
    if named is None or not finder.imperative(finder.clause(len(before))):
        return []
    return _dated(match, *named)


def _last_day(finder: Moods, match: Match) -> list[Found]:
    on = next((d for d in finder.dates.values() if d.end == match.start and d.value["grain"] is not None), None)
    return [] if on is None else [replace(f, start=on.start, end=match.end) for f in _dated(match, on)]


def _build(finder: Moods, match: Match) -> list[Found]:
    recurring = recurrences.BUILD.get(match.rule.build)
    return recurring(match) if recurring is not None else _BUILD[match.rule.build](finder, match)


_BUILD: Mapping[str, Callable[[Moods, Match], list[Found]]] = {
    "date": _date,
    "until": _until,
    "by": _by,
    "from-now": _from_now,
    "within": _within,
    "time": _time,
    "last-day": _last_day,
    **terms.BUILD,
}
