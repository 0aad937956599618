"""The mood of a sentence around a date: does it tell what is to be done, or what was?

A date with a word of direction ("trước ngày 25/3/2023") is a deadline in the sentence of a task and a plain date in a
statement ("Các dự án được phê duyệt trước ngày 01/7/2023 tiếp tục thực hiện"). The words that tell are the guards of deadlines.toml.
"""

from __future__ import annotations

from collections.abc import Sequence

import regex

from congvan.extract.date_values import clock_time
from congvan.extract.found import Found
from congvan.rules.load import RuleSet

REACH = 160  # characters of the clause that a guard looks at
NEAR = 60  # characters after a date in which its verb or a word of fact is looked for

# accepts the end of a clause before a trigger: "." not inside a number, ";", ":", brackets
BREAK = regex.compile(r"[.;:()?!](?!\d)")
# accepts the end of a part of a clause: as above, and the comma
COMMA = regex.compile(r"[,.;:()?!](?!\d)")
# accepts the end of a sentence or item behind a date, perhaps with the mark of a footnote: ".", ";", ".(1)", "(2)"
END = regex.compile(r"(?: ?\(\d{1,2}\))?(?:\)?[.;](?!\d)|\)?$|/\.)")
# accepts words that make a clause a statement or a heading, where no verb of a task is known in it
_NOMINAL = regex.compile(
    r"(?<!\p{L})(?:có|là|gồm|toàn (?:tỉnh|huyện|xã|quốc|ngành)|số|tổng|công tác|việc|các|những|kế hoạch|chương trình|báo cáo|danh (?:mục|sách)|nhiệm vụ|chỉ số|giá|mưa|bão|dịch)(?!\p{L})",
    regex.IGNORECASE,
)
# accepts a body at the head of a clause: "- Công an xã …", "đồng chí Giám đốc …"
_BODY = regex.compile(
    r"(?:[-+•*–]|\p{Ll}\)|\d{1,2}\.)? ?(?:Giao |Đề nghị |Yêu cầu |[Đđ]ồng chí )?(?:các )?(?:Sở|Ủy ban|Uỷ ban|UBND|Công an|Phòng|Ban|Trạm|Chi cục|Cục|Văn phòng|Trung tâm|Thanh tra|Hội|Bộ|Tỉnh ủy|Huyện ủy|Đảng ủy|Giám đốc|Chủ tịch|Trưởng|Thủ trưởng|Hiệu trưởng|[Cc]hủ đầu tư|[Nn]hà thầu|[Cc]ác (?:sở|phòng|đơn vị|cơ quan|chủ đầu tư|xã|huyện|địa phương|ngành|ban|nhà thầu|đồng chí|trường))(?!\p{L})"
)
# accepts signs and words before the first verb of an item: "- ", "a) ", "Khẩn trương ", "đồng thời "
_OPENING = regex.compile(
    r"(?:[-+•*–]|\p{Ll}\)|\d{1,2}(?:\.\d{1,2}){0,3}[.)])? ?(?:(?:và|đồng thời|tiếp tục|khẩn trương|chủ động|kịp thời|tập trung|nghiêm túc|tích cực|sớm|phải|cần|phấn đấu|ngay|tự|tham mưu|phối hợp|chủ trì),? ){0,3}",
    regex.IGNORECASE,
)
# accepts what stands in brackets inside a clause: "(qua Phòng Kinh tế)"
_ASIDE = regex.compile(r"\([^()]{1,100}\)")
# accepts what says how a task is to be done, behind its time: ", không để dồn vào cuối năm", ", bảo đảm chất lượng"
_MANNER = regex.compile(
    r"(?:không|bảo đảm|đảm bảo|tránh|phục vụ|làm cơ sở|làm căn cứ|theo|góp phần|đáp ứng|kịp thời)(?!\p{L})",
    regex.IGNORECASE,
)
# accepts an indicator at the head of a clause, of which a value is told or aimed at: "Phấn đấu tỷ lệ …"
_INDICATOR = regex.compile(
    r"(?:[-+•*–]|\p{Ll}\)|\d{1,2}\.)? ?(?:phấn đấu,? )?(?:nâng |giảm |tăng |duy trì |đưa )?(?:các )?(?:tỷ lệ|tỉ lệ|mức độ|chỉ số|chỉ tiêu|tổng|số lượng|tốc độ|thu nhập|sản lượng|diện tích)(?!\p{L})",
    regex.IGNORECASE,
)
# accepts what holds for a time or comes of itself: validity, leave, weather
_LASTING = regex.compile(
    r"(?<!\p{L})(?:hiệu lực|có giá trị|áp dụng|được hưởng|được nghỉ|nghỉ (?:lễ|tết)|dự báo|nắng nóng|mưa|mùa (?:khô|lũ)|kinh phí|ngân sách|dự toán|đối với|sinh)(?!\p{L})",
    regex.IGNORECASE,
)
# accepts a noun at the head of a clause that tells of something, or heads a section
_NOUN = regex.compile(
    r"(?:có|là|gồm|tổng|số|toàn|công tác|việc|các|những|một số|nhiều|hầu hết|phần lớn|mỗi|mọi|kế hoạch|chương trình|đề án|dự án|tiểu dự án|công trình|danh (?:mục|sách)|nhiệm vụ|nội dung|mục tiêu|giải pháp|chỉ (?:tiêu|số)|kết quả|tình hình|kinh phí|nguồn|vốn|ngân sách|chi phí|giá|mức|thời (?:gian|hạn|điểm)|hội nghị|cuộc họp|lễ|đại hội|kỳ họp|hạn hán|dịch|bão|mưa|nắng|lũ|thời tiết|người|hộ|nhân dân|cử tri|doanh nghiệp|học sinh|thí sinh|quyết định|nghị quyết|hợp đồng|giấy phép|văn bản|thông báo này)(?!\p{L})",
    regex.IGNORECASE,
)
# accepts the end of the part of a clause that says on what a task rests: ", "
_PART = regex.compile(r", ")
# accepts a weekday, a part of the day or an hour between a trigger and its date: "16 giờ thứ Sáu, ", "chiều ", "lúc 8h30 "
_LEAD = regex.compile(
    r"(?:lúc )?(?:(?P<hour>\d{1,2}) ?(?:giờ|h|:) ?(?P<minute>\d{2})?(?: ?phút)?(?: (?:sáng|trưa|(?P<late>chiều|tối|đêm)))?,? )?(?:(?:sáng|trưa|chiều|tối),? )?(?:(?:ngày )?(?:thứ (?:hai|ba|tư|năm|sáu|bảy|[2-7])|chủ nhật),? ?\(?)?",
    regex.IGNORECASE,
)
# accepts a figure behind a word of result: "đạt 95%" (the share overwritten), "còn khoảng 12"
_FIGURE = regex.compile(r" (?:khoảng |hơn |trên |gần |dưới )?[\d\ufffc]")
_MARKERS = " -+•*–"  # signs before the first word of an item


class Moods:
    """One flow with its dates by where they start, and what the clauses around a place tell."""

    def __init__(self, masked: str, text: str, dates: Sequence[Found], ruleset: RuleSet) -> None:
        self.masked, self.text, self.ruleset = masked, text, ruleset
        self.dates = {d.start: d for d in dates}
        guards = ruleset.patterns
        self.done = guards["deadlines.guard-done"]
        self.order = guards["deadlines.guard-order"]
        self.fact = guards["deadlines.guard-fact"]
        self.result = guards["deadlines.guard-result"]
        self.may = guards["deadlines.guard-may"]
        self.inside = guards["deadlines.guard-inside"]
        self.event = guards["deadlines.from-event"]
        self.stated = guards["deadlines.guard-follow"]

    def date(self, at: int) -> tuple[Found, str | None] | None:
        """The date that begins at ``at``, perhaps behind a weekday or an hour, and the time told before it; no duration."""
        lead = _LEAD.match(self.masked, at)
        for start in (at, lead.end() if lead else at):
            on = self.dates.get(start)
            if on is not None and on.value["grain"] is not None:
                told = clock_time(lead["hour"], lead["minute"], lead["late"]) if lead and start > at else None
                return on, on.value["time"] or told
        return None

    def clause(self, at: int, stops: regex.Pattern[str] = BREAK) -> str:
        """The clause before ``at``, as far as a guard looks; of a bracket that holds the date alone, what stands before it."""
        before = self._piece(at, stops)
        if not before.strip() and at and self.masked[at - 1] == "(":
            return self._piece(at - 1, stops)
        return before

    def _piece(self, at: int, stops: regex.Pattern[str]) -> str:
        piece = _ASIDE.sub(lambda m: " " * len(m[0]), self.masked[max(0, at - REACH) : at])
        last = 0
        for stop in stops.finditer(piece):
            last = stop.end()
        return piece[last:]

    def following(self, at: int) -> str:
        """The clause after ``at``; behind a colon that follows at once, what it announces."""
        at += 2 if self.masked.startswith(": ", at) else 0
        piece = self.masked[at : at + REACH]
        stop = BREAK.search(piece)
        return piece[: stop.start()] if stop else piece

    def ends(self, at: int) -> bool:
        """Whether a task ends at ``at``: with its sentence or item, or before another body or a report ("…, gửi báo cáo về")."""
        if END.match(self.masked, at) is not None or self.masked.startswith((":", " để ", " nhằm "), at):
            return True
        if not self.masked.startswith((", ", "; "), at):
            return False
        if _MANNER.match(self.masked, at + 2) is not None:
            return True
        verb = self.done.match(self.masked, at + 2)
        return _BODY.match(self.masked, at + 2) is not None or (
            verb is not None and (verb["strong"] or verb["report"]) is not None
        )

    def imperative(self, clause: str) -> bool:
        """Whether a clause begins with a verb of a task, or with the body that has it."""
        return self._verb(clause, 0) or _BODY.match(clause.lstrip()) is not None

    def verb_first(self, clause: str, until: int | None = None) -> bool:
        """Whether a clause, or a part of it behind a comma and before ``until``, begins with a verb of a task."""
        until = len(clause) if until is None else until
        starts = [0, *(m.end() for m in _PART.finditer(clause, 0, until))]
        return any(self._verb(clause, start) for start in starts if start < until)

    def _verb(self, clause: str, start: int) -> bool:
        while start < len(clause) and clause[start].isspace():
            start += 1
        opening = _OPENING.match(clause, start)
        return any(self.done.match(clause, at) is not None for at in {start, opening.end() if opening else start})

    def told(self, clause: str, whole: str | None = None) -> bool:
        """Whether a clause tells what was; ``whole``: the sentence as far as it, where an order may stand.

        Words of fact behind an order or behind the verb of a task belong to its object ("xử lý các dự án đã có vốn"), those
        before an order to its subject ("các dự án đã có mặt bằng phải khởi công"); what is told of may be what is to be sent.
        """
        facts = list(self.fact.finditer(clause))
        if not facts:
            return False
        if (
            whole is not None and _BODY.match(clause.lstrip()) is not None
        ):  # "giao Sở A …, Sở đã cấp xong trong tháng 4"
            whole = None
        orders = list(self.order.finditer(whole if whole is not None else clause))
        text = whole if whole is not None else clause
        first = facts[0].start() + len(text) - len(clause)
        if any(order["must"] or order.start() < first or text[: order.start()].endswith(", ") for order in orders):
            return False
        if facts[0].start() > 0 and self.verb_first(clause, facts[0].start()):
            return False
        last = facts[-1]
        if all(fact["noun"] for fact in facts):
            return not any(m["strong"] or m["report"] for m in self.done.finditer(clause, last.end()))
        return True

    def indicated(self, clause: str) -> bool:
        """Whether a clause is about an indicator and its value: a result or an aim, no task."""
        return _INDICATOR.match(clause.lstrip()) is not None

    def resulted(self, clause: str) -> bool:
        """Whether a clause tells a result: with a figure, or about something that is no object of a task."""
        return any(
            _FIGURE.match(clause, m.end()) is not None or not self.verb_first(clause, m.start())
            for m in self.result.finditer(clause)
        )

    def asked(self, clause: str) -> bool:
        """Whether a clause tells what to do, and no result."""
        return self.done.search(clause) is not None and not self.resulted(clause) and not self.told(clause)

    def strong(self, clause: str) -> bool:
        """Whether a clause has a verb of completion."""
        return any(m["strong"] for m in self.done.finditer(clause))

    def nominal(self, clause: str) -> bool:
        """Whether a clause looks like a heading or a statement."""
        return _NOMINAL.search(clause) is not None

    def opens(self, clause: str) -> bool:
        """Whether a date stands at the head of its sentence."""
        return not clause.strip(_MARKERS)

    def asks(self, at: int) -> bool:
        """Whether what follows a date at the head of a sentence asks for something: "…, các chủ đầu tư phải giải ngân 50%"."""
        after = self.following(at).lstrip(", ")
        order, fact, announced = self.order.search(after), self.fact.search(after), self.masked.startswith(":", at)
        if order is not None and not self.indicated(after) and (fact is None or not self.told(after)):
            return True
        if self.indicated(after) and not (order is not None and order["must"]):
            return False
        if announced and (self._verb(after, 0) or (after[:1].islower() and not self.nominal(after[:NEAR]))):
            return not fact or not self.told(after)
        if fact is not None or self.stated.match(self.masked, at):
            return False
        for m in self.done.finditer(after[: REACH // 2]):
            if m["strong"]:
                return self.result.search(after, 0, m.start()) is None
            if m["report"] and not announced:
                return self.result.search(after) is None
        return False

    def lasts(self, clause: str, at: int) -> bool:
        """Whether a clause is about what holds for a time, comes of itself or is aimed at: no task ends with its time."""
        return (
            _LASTING.search(clause) is not None
            or self.indicated(clause)
            or self.indicated(self.following(at).lstrip(", "))
            or self.stated.match(self.masked, at) is not None
        )

    def might(self, at: int) -> bool:
        """Whether what follows a date at the head of a sentence has the verb of a task, told or asked for: the words leave it open."""
        after = self.following(at).lstrip(", ")
        if self.fact.search(after) or self.stated.match(self.masked, at) or self.indicated(after):
            return False
        return self._verb(after, 0) or (not self._named(after) and not self.resulted(after))

    def may_ask(self, clause: str, part: str, at: int) -> bool:
        """The same for a date behind its verb."""
        if self.told(part, clause) or self.part_of_subject(at, part) or self.indicated(part):
            return False
        if not self.ends(at) or self.told(clause):
            return False
        return self.imperative(part) or self.imperative(clause) or not (self._named(part) or self.resulted(clause))

    def _named(self, clause: str) -> bool:
        """Whether a clause begins with a noun that is no body: a statement about it, or a heading."""
        opening = _OPENING.match(clause.lstrip())
        text = clause.lstrip()[opening.end() if opening else 0 :]
        return _NOUN.match(text) is not None and _BODY.match(clause.lstrip()) is None

    def idle(self, clause: str) -> bool:
        """Whether a clause has no verb of a task at all, and no body that might have one."""
        return self.done.search(clause) is None and not self.imperative(clause.lstrip(", "))

    def part_of_subject(self, at: int, clause: str) -> bool:
        """Whether a date ends the subject of a statement: "hồ sơ tiếp nhận trước ngày 01/7/2023 | thì giải quyết …"."""
        return self.inside.match(self.masked, at) is not None and not self.verb_first(clause)
