"""Terms (thời hạn) reckoned from an event or a day: so many days after or before it, or at once when it comes about."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import date

import regex

from congvan.extract.found import Found
from congvan.extract.moods import COMMA, Moods
from congvan.extract.recurrences import deadline_value
from congvan.language.working_days import term_end
from congvan.rules.load import Match

# accepts a verb of completion, behind which any length of time is a term: "hoàn thành trong 15 ngày"
_FINISHED = regex.compile(r"(?<!\p{L})(?:hoàn thành|hoàn tất|dứt điểm)(?!\p{L})", regex.IGNORECASE)
# accepts the word that gives an order: "Giao Sở Y tế …", "có trách nhiệm"
_ORDER = regex.compile(r"(?<!\p{L})(?:[Gg]iao(?= \p{Lu})|[Yy]êu cầu|[Đđ]ề nghị|chủ trì|có trách nhiệm)(?!\p{L})")
# accepts a body at the head of a clause: "- Công an xã …"
_BODY = regex.compile(
    r"(?:[-+•*–]|\p{Ll}\)|\d{1,2}\.)? ?(?:Sở|Ủy ban|UBND|Công an|Phòng|Ban|Trạm|Chi cục|Cục|Văn phòng|Trung tâm|Thanh tra|Hội|Các (?:sở|phòng|đơn vị|cơ quan|chủ đầu tư))(?!\p{L})"
)
# accepts a verb of answering, behind which a length of time is a term: "trả lời trong 24 giờ"
_ANSWER = regex.compile(
    r"(?<!\p{L})(?:trả lời|phản hồi|báo cáo|gửi|thông báo|cung cấp|xử lý|giải quyết|khắc phục|thẩm định|cho ý kiến|nộp)(?!\p{L})",
    regex.IGNORECASE,
)
# accepts the event that stands before its term: "kể từ ngày nhận được văn bản này, "
_SINCE = regex.compile(
    r"(?<!\p{L})(?:kể từ|tính từ|sau)(?: thời điểm)? (?P<event>(?:ngày|khi) [^,;.:()]{2,120}), $", regex.IGNORECASE
)
# accepts what goes on with a condition: "… kể từ ngày được giao đất mà không triển khai"
_CONDITION = regex.compile(r",? (?:mà|nhưng|nếu|không|chưa|vẫn|thì)(?!\p{L})", regex.IGNORECASE)
# accepts an event that is a point of time: "ngày nhận được văn bản", "khi có kết quả"
_TIMED = regex.compile(r"(?:ngày|khi|lúc|thời điểm) ", regex.IGNORECASE)
# accepts words of what lasts: validity, keeping, guarantee, leave
_LASTING = regex.compile(
    r"(?<!\p{L})(?:có giá trị|hiệu lực|bảo hành|bảo quản|lưu (?:giữ|trữ|mẫu)|nghỉ|sử dụng|thử việc|được hưởng|cách ly|theo dõi sức khỏe|niêm yết)(?!\p{L})",
    regex.IGNORECASE,
)
# accepts the bound of a length of time that must lie before an event: "ít nhất 05 ngày trước khi khai mạc"
_LEAST = regex.compile(r"ít nhất|tối thiểu", regex.IGNORECASE)


def _offset(finder: Moods, match: Match) -> list[Found]:
    length = finder.dates.get(match.end)
    if length is None or length.value["duration"] is None or length.value["grain"] is not None:
        return []
    event = finder.event.match(finder.text, length.end)
    least = _LEAST.match(finder.masked, match.start) is not None
    if least and (event is None or event["how"].lower() != "trước" or "T" in length.value["duration"]):
        return []
    duration, working = length.value["duration"], length.value["working_days"]
    if event is None:
        since = _SINCE.search(finder.text, max(0, match.start - 200), match.start)
        if since is not None and (working or duration.endswith("D")):
            value = deadline_value(inclusive=True, event=since["event"], offset=duration, working_days=working)
            return [Found("deadlines", match.start, length.end, value, match.rule.id)]
        clause = finder.clause(match.start)
        named = finder.masked[match.start : match.end].lower()
        if "thời" not in named and named.startswith("hạn"):  # "có thời hạn 32 ngày"
            return []
        said = working or "vòng" in named or "hạn" in named or ("thời gian" in named and ":" in named)
        part = finder.clause(match.start, COMMA)
        answered = _ANSWER.search(part) is not None and not finder.told(part) and duration[-1] in "DH"
        if not (duration.endswith("D") and said) and not _FINISHED.search(clause) and not answered:
            return []
        value = deadline_value(inclusive=True, offset=duration, working_days=working)
        return [Found("deadlines", match.start, length.end, value, match.rule.id)]
    before = event["how"].lower() == "trước"
    if before and not least and "nhất" not in finder.masked[match.start : match.end].lower():
        return []
    first, last = event.span("event")
    on = next((finder.dates[at] for at in range(first, last) if at in finder.dates), None)
    due = None
    if on is not None and on.value["start"] and on.value["grain"] == "day":
        begin = date.fromisoformat(on.value["start"])
        due = term_end(begin, duration, working_days=working, back=before)
    value = deadline_value(
        due=due.isoformat() if due else None,
        inclusive=True,
        event=event["event"].strip(),
        offset=("-" if before else "") + duration,
        working_days=working,
    )
    return [Found("deadlines", match.start, event.end("event"), value, match.rule.id)]


def _term(finder: Moods, match: Match) -> list[Found]:
    """A length and an event: a term in the sentence of a task, a condition in "sau 06 tháng kể từ … mà không triển khai"."""
    length = finder.dates.get(match.end)
    if length is None or length.value["duration"] is None or length.value["grain"] is not None:
        return []
    event = finder.event.match(finder.text, length.end)
    if event is None or not event["how"].lower().endswith(("từ", "sau")) or not _TIMED.match(event["event"]):
        return []
    clause, part = finder.clause(match.start), finder.clause(match.start, COMMA)
    after = finder.text[event.end("event") :]
    if _CONDITION.match(after) or _LASTING.search(clause) or finder.told(part, clause):
        return []
    if finder.opens(clause):
        asked = finder.ends(event.end("event")) or finder.asks(event.end("event"))
    else:
        asked = finder.imperative(part) or finder.imperative(clause) or finder.asked(clause)
    if not asked:
        return []
    start = len(match.text) - len(match.text[match.start :].lstrip(" ,;(:-"))
    return [replace(found, start=min(start, length.start)) for found in _offset(finder, match)]


def _after_event(finder: Moods, match: Match) -> list[Found]:
    length = finder.dates.get(match.end)
    clause = finder.clause(match.start)
    if length is None or length.value["duration"] is None or length.value["grain"] is not None:
        return []
    if _CONDITION.match(finder.text[length.end :]) or _LASTING.search(clause) or finder.told(clause):
        return []
    if not (finder.opens(clause) or finder.imperative(clause) or finder.asked(clause)):
        return []
    start, end = match.groups["event"]
    value = deadline_value(
        inclusive=True,
        offset=length.value["duration"],
        event=finder.text[start:end],
        working_days=length.value["working_days"],
    )
    return [Found("deadlines", match.start, length.end, value, match.rule.id)]


def _ahead(finder: Moods, match: Match) -> list[Found]:
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


def _event(finder: Moods, match: Match) -> list[Found]:
    if finder.may.search(finder.clause(match.start, COMMA)):
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


BUILD: Mapping[str, Callable[[Moods, Match], list[Found]]] = {
    "offset": _offset,
    "ahead": _ahead,
    "term": _term,
    "after-event": _after_event,
    "event": _event,
}
"""What makes the deadlines of a rule, by its ``build``."""
