"""Deadlines (thời hạn): dates with a direction, terms from an event, recurring days."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import date, timedelta

import regex

from congvan.extract import recurrences
from congvan.extract.found import Found
from congvan.extract.recurrences import deadline_value
from congvan.rules.load import Match, RuleSet, rules

_RECURRING = 8  # priority from which a rule makes recurring deadlines
_NEAR = 40  # characters after a date in which its verb or a word of fact is looked for
_REACH = 120  # characters of the clause that a guard looks at

# accepts the end of a clause before a trigger: "." not inside a number, ";", ":", brackets
_BREAK = regex.compile(r"[.;:()?!](?!\d)")
# accepts the end of a part of a clause: as above, and the comma
_COMMA = regex.compile(r"[,.;:()?!](?!\d)")
# accepts the end of a sentence or item behind a date, perhaps with the mark of a footnote: ".", ";", ".(1)", "(2)"
_END = regex.compile(r"(?: ?\(\d{1,2}\))?(?:[.;](?!\d)|$)")
# accepts the word before a day by which a task is to be reached: "phấn đấu đến ngày 31/12/2024 giải ngân từ 95%"
_STRIVE = regex.compile(r"phấn đấu", regex.IGNORECASE)
# accepts a verb of completion, behind which any length of time is a term: "hoàn thành trong 15 ngày"
_FINISHED = regex.compile(r"(?<!\p{L})(?:hoàn thành|hoàn tất|dứt điểm)(?!\p{L})", regex.IGNORECASE)
# accepts words that make a clause a statement or a heading, where no verb of a task is known in it
_NOMINAL = regex.compile(
    r"(?<!\p{L})(?:có|là|gồm|toàn (?:tỉnh|huyện|xã|quốc|ngành)|số|tổng|công tác|việc|các|những|kế hoạch|chương trình|báo cáo|danh (?:mục|sách)|nhiệm vụ|chỉ số|giá|mưa|bão|dịch)(?!\p{L})",
    regex.IGNORECASE,
)
# accepts the word that gives an order: "Giao Sở Y tế …", "có trách nhiệm"
_ORDER = regex.compile(r"(?<!\p{L})(?:[Gg]iao(?= \p{Lu})|[Yy]êu cầu|[Đđ]ề nghị|chủ trì|có trách nhiệm)(?!\p{L})")
# accepts a body at the head of a clause: "- Công an xã …"
_BODY = regex.compile(
    r"(?:[-+•*–]|\p{Ll}\)|\d{1,2}\.)? ?(?:Sở|Ủy ban|UBND|Công an|Phòng|Ban|Trạm|Chi cục|Cục|Văn phòng|Trung tâm|Thanh tra|Hội|Các (?:sở|phòng|đơn vị|cơ quan|chủ đầu tư))(?!\p{L})"
)
# accepts the bound of a length of time that must lie before an event: "ít nhất 05 ngày trước khi khai mạc"
_LEAST = regex.compile(r"ít nhất|tối thiểu", regex.IGNORECASE)
_MARKERS = " -+•*–"  # signs before the first word of an item
_SHORT = frozenset({"day", "month", "quarter"})  # periods that an order names more often than a report
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
            for built in _build(finder, match):
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
        self.result = ruleset.patterns["deadlines.guard-result"]
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

    def told(self, clause: str) -> bool:
        """Whether a clause tells what was; words of fact behind an order belong to its object: "xử lý các dự án đã có vốn"."""
        fact = self.fact.search(clause)
        if fact is None:
            return False
        if _ORDER.search(clause, 0, fact.start()):
            return False
        first = self.done.search(clause, 0, fact.start())
        return first is None or clause[: first.start()].strip(_MARKERS) != ""

    def closes(self, match: Match, on: Found) -> bool:
        """Whether a date stands at the end of a sentence or item that tells what to do, and no result."""
        clause = self.clause(match.start)
        return (
            _END.match(self.masked, on.end) is not None
            and self.done.search(clause) is not None
            and not self.told(clause)
            and self.result.search(clause) is None
        )

    def following(self, at: int) -> str:
        """The clause after ``at``."""
        piece = self.masked[at : at + _REACH]
        stop = _BREAK.search(piece)
        return piece[: stop.start()] if stop else piece


def _dated(match: Match, on: Found) -> list[Found]:
    """The deadline of a trigger and the date after it."""
    value = on.value
    inclusive = match.rule.set["inclusive"]
    due = value["end"]
    if value["part"] in ("start", "middle"):
        due = None
    elif not inclusive and value["part"] is None and value["grain"] != "day":
        due = value["start"]
    given = deadline_value(
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
        if not done and (finder.told(clause) or (on.value["grain"] != "day" and not finder.closes(match, on))):
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
    if any(finder.told(finder.clause(match.start, stops)) for stops in (_BREAK, _COMMA)):
        return []
    if finder.fact.search(finder.following(on.end)[:_NEAR]):
        return []
    return _dated(match, on)


def _by(finder: _Finder, match: Match) -> list[Found]:
    on = finder.dates.get(match.end)
    if on is None or on.value["grain"] is None or finder.told(finder.clause(match.start)):
        return []
    if finder.closes(match, on):
        return _dated(match, on)
    if on.value["grain"] != "day":
        return []
    after = finder.following(on.end)[:_NEAR]
    done = any(m["strong"] for m in finder.done.finditer(after)) or _STRIVE.search(finder.clause(match.start, _COMMA))
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
    if finder.stated.match(finder.masked, on.end):
        return []
    clause = finder.clause(match.start)
    return _dated(match, on) if _ordered(finder, match, on, clause) else []


def _ordered(finder: _Finder, match: Match, on: Found, clause: str) -> bool:
    """Whether the period that begins where ``match`` ends is the time of an order, not of a fact."""
    grain, end = on.value["grain"], _END.match(finder.masked, on.end)
    if not clause.strip(_MARKERS):
        if end is not None and match.start - len(clause) <= 0:  # a cell of its own: "Trong quý II/2025"
            return True
        after = finder.following(on.end)
        return any(m["strong"] for m in finder.done.finditer(after)) and not finder.fact.search(after)
    last = finder.clause(match.start, _COMMA)
    if finder.told(last):
        return False
    if any(m["strong"] or m["report"] for m in finder.done.finditer(last)):
        return end is not None or grain in _SHORT or any(m["strong"] for m in finder.done.finditer(last))
    if finder.told(clause):
        return False
    verbs = list(finder.done.finditer(clause))
    if any(m["strong"] for m in verbs) or (verbs and grain in _SHORT) or grain == "day":
        return True
    if end is None or finder.result.search(clause):
        return False
    return bool(verbs) or (grain in _SHORT and _NOMINAL.search(clause) is None)


def _offset(finder: _Finder, match: Match) -> list[Found]:
    length = finder.dates.get(match.end)
    if length is None or length.value["duration"] is None or length.value["grain"] is not None:
        return []
    event = finder.event.match(finder.text, length.end)
    least = _LEAST.match(finder.masked, match.start) is not None
    if least and (event is None or event["how"].lower() != "trước" or "T" in length.value["duration"]):
        return []
    duration, working = length.value["duration"], length.value["working_days"]
    if event is None:
        named = finder.masked[match.start : match.end].lower()
        said = working or "vòng" in named or "thời hạn" in named
        if not (duration.endswith("D") and said) and not _FINISHED.search(finder.clause(match.start)):
            return []
        value = deadline_value(inclusive=True, offset=duration, working_days=working)
        return [Found("deadlines", match.start, length.end, value, match.rule.id)]
    before = event["how"].lower() == "trước"
    if before and not least and "nhất" not in finder.masked[match.start : match.end].lower():
        return []
    due = None
    first, last = event.span("event")
    on = next((finder.dates[at] for at in range(first, last) if at in finder.dates), None)
    days = _DAYS.fullmatch(duration)
    if on is not None and on.value["start"] and days is not None and not working and not before:
        due = (date.fromisoformat(on.value["start"]) + timedelta(days=int(days[1]))).isoformat()
    value = deadline_value(
        due=due,
        inclusive=True,
        event=event["event"].strip(),
        offset=("-" if before else "") + duration,
        working_days=working,
    )
    return [Found("deadlines", match.start, event.end("event"), value, match.rule.id)]


def _term(finder: _Finder, match: Match) -> list[Found]:
    length, clause = finder.dates.get(match.end), finder.clause(match.start, _COMMA)
    verbs = [m for m in finder.done.finditer(clause) if (m["strong"] or m["report"]) and m[0].lower() != "phải"]
    if length is None or length.value["duration"] is None or not verbs or finder.told(clause):
        return []
    event = finder.event.match(finder.text, length.end)
    if event is None or not event["how"].endswith("từ") or not _END.match(finder.masked, event.end("event")):
        return []
    return _offset(finder, match)


def _ahead(finder: _Finder, match: Match) -> list[Found]:
    length = finder.dates.get(match.end)
    if length is None or length.value["duration"] is None or length.value["grain"] is not None:
        return []
    start, end = match.groups["event"]
    value = deadline_value(
        inclusive=True,
        offset="-" + length.value["duration"],
        event=finder.text[start:end],
        working_days=length.value["working_days"],
    )
    return [Found("deadlines", match.start, length.end, value, match.rule.id)]


def _event(finder: _Finder, match: Match) -> list[Found]:
    if finder.may.search(finder.clause(match.start, _COMMA)):
        return []
    clauses = (finder.clause(match.start), finder.following(match.end))
    told = any(m["strong"] or m["report"] for clause in clauses for m in finder.done.finditer(clause))
    ordered = _ORDER.search(clauses[0]) or _BODY.match(clauses[0].lstrip())
    if not told and not (ordered and not finder.told(clauses[0])):
        return []
    start, end = match.groups["event"]
    return [
        Found("deadlines", match.start, match.end, deadline_value(event=finder.text[start:end].strip()), match.rule.id)
    ]


def _build(finder: _Finder, match: Match) -> list[Found]:
    recurring = recurrences.BUILD.get(match.rule.build)
    return recurring(match) if recurring is not None else _BUILD[match.rule.build](finder, match)


_BUILD: Mapping[str, Callable[[_Finder, Match], list[Found]]] = {
    "date": _date,
    "until": _until,
    "by": _by,
    "from-now": _from_now,
    "within": _within,
    "offset": _offset,
    "ahead": _ahead,
    "term": _term,
    "event": _event,
}
