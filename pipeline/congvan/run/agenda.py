"""The deadlines of tasks as a calendar (RFC 5545): an event a deadline, all day or at its hour, with reminders and recurrence."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import UTC, date, datetime, time, timedelta
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

from congvan._version import __version__
from congvan.errors import MissingDependency
from congvan.run.register import Row

if TYPE_CHECKING:
    from icalendar import Calendar, Event

ZONE = "Asia/Ho_Chi_Minh"
REMIND = (3, 1)  # days before
_AT = time(9)  # of the day, when an all-day deadline is reminded of


def calendar(
    rows: Iterable[Row], *, remind: Sequence[int] = REMIND, now: datetime | None = None
) -> tuple[bytes, list[Row]]:
    """The calendar, and the rows that are not in it because no day is known.

    A deadline with a day is one event on that day (on the day named, also for "trước ngày"); one that recurs has its rule, and begins with
    its first day after the document was issued.

    Args:
        remind: days before the deadline on which to remind, at nine in the morning. now: the moment that stamps the events.

    Raises:
        MissingDependency: the extra ``office`` is not installed.
    """
    try:
        from icalendar import Calendar
    except ImportError as err:
        raise MissingDependency("A calendar needs the package icalendar.", 'pip install "congvan[office]"') from err

    stamp = now or datetime.now(UTC)
    out: Calendar = Calendar()
    out.add("prodid", f"-//congvan//congvan {__version__}//VI")
    out.add("version", "2.0")
    out.add("calscale", "GREGORIAN")
    out.add("method", "PUBLISH")
    out.add("x-wr-calname", "Thời hạn giải quyết")
    out.add("x-wr-timezone", ZONE)
    left: list[Row] = []
    for row in rows:
        event = _event(row, remind, stamp)
        if event is None:
            left.append(row)
        else:
            out.add_component(event)
    if any(isinstance(e.decoded("dtstart"), datetime) for e in out.walk("VEVENT")):
        out.add_missing_timezones()
    return out.to_ical(), left


def _event(row: Row, remind: Sequence[int], stamp: datetime) -> Event | None:
    from icalendar import Alarm, Event, vRecur

    deadline = row.deadline
    if deadline is None or (row.due is None and deadline.recurrence is None):
        return None
    rule = vRecur.from_ical(deadline.recurrence) if row.due is None and deadline.recurrence is not None else None
    day = row.due if row.due is not None else _first(deadline.recurrence or "", row.issued_on, stamp.date())
    if day is None:
        return None
    event: Event = Event()
    event.add("uid", f"{row.document_id}-{row.obligation}@congvan")
    event.add("dtstamp", stamp)
    hour = time.fromisoformat(deadline.time) if deadline.time is not None else None
    event.add("dtstart", day if hour is None else datetime.combine(day, hour, ZoneInfo(ZONE)))
    if rule is not None:
        event.add("rrule", rule)
    event.add("summary", f"{row.lead}: {row.headline}" if row.lead else row.headline)
    event.add("description", _description(row))
    event.add("categories", ["Thời hạn"])
    event.add("transp", "TRANSPARENT")  # a deadline takes no time
    for days in remind:
        alarm: Any = Alarm()
        alarm.add("action", "DISPLAY")
        alarm.add("description", row.headline)
        before = timedelta(days=days)
        if hour is None:
            before -= timedelta(hours=_AT.hour)  # counted from midnight, where an all-day event begins
        alarm.add("trigger", -before)
        event.add_component(alarm)
    return event


def _first(recurrence: str, issued_on: str | None, today: date) -> date | None:
    """The first day of a rule after the day of issue (after today where that is not known)."""
    from dateutil.rrule import rrulestr

    since = date.fromisoformat(issued_on) if issued_on is not None else today
    try:
        found = rrulestr(recurrence, dtstart=datetime.combine(since, time())).after(
            datetime.combine(since, time()), inc=False
        )
    except ValueError:
        return None
    return found.date() if found is not None else None


def _description(row: Row) -> str:
    lines = [
        row.task,
        f"Chủ trì: {row.lead}" if row.lead else "",
        f"Phối hợp: {row.coordinating}" if row.coordinating else "",
        f"Thời hạn: {row.term}" if row.term else "",
        f"Kinh phí: {row.amounts}" if row.amounts else "",
        f"Căn cứ: {row.basis}" if row.basis else "",
        f"Văn bản: {row.document}",
        row.path,
    ]
    return "\n".join(line for line in lines if line)
