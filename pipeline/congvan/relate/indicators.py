"""The phrase that is measured: where it begins behind the openings of a sentence, and where it ends."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import regex

from congvan.document import Finding

Stretch = tuple[int, int]
VALUES = frozenset({"percentages", "amounts", "quantities"})
# units that say how much, not of what: "500 ha rừng" measures rừng
_MEASURES = frozenset(
    {
        "ha",
        "tấn",
        "tạ",
        "kg",
        "km",
        "km2",
        "m",
        "m2",
        "m3",
        "m²",
        "m³",
        "lít",
        "MW",
        "MWh",
        "kW",
        "kWh",
        "kWp",
        "MWp",
        "độ",
    }
)

# accepts the noun that a measure begins with: "Tỷ lệ hộ nghèo", "tổng thu ngân sách", "Diện tích rừng trồng mới"
_MEASURE = regex.compile(
    r"(?:tổng |số |tỷ lệ|tỉ lệ|tỷ trọng|tỉ trọng|mức|chỉ số|chỉ tiêu|thu nhập|thu (?:ngân sách|nội địa|hút|từ)|tổng thu|tổng chi|chi ngân sách|diện tích|sản lượng|giá trị|kim ngạch|"
    r"tốc độ|tăng trưởng|doanh thu|doanh số|năng suất|dân số|quy mô|GRDP|GDP|nguồn vốn|kế hoạch vốn|vốn đầu tư|lượng |lượt |khối lượng|độ che phủ|tuổi thọ|mật độ|hệ số|dư nợ|nợ |"
    r"công suất|chỉ số|điểm |cơ cấu|bình quân|thời gian (?:giải quyết|thực hiện|xử lý|cấp|chờ)|số lượng|tiến độ|tuổi thọ)",
    regex.IGNORECASE,
)
# accepts the same nouns and those of money, before which a sentence is cut: ", kinh phí xử lý"
_NEW_PHRASE = regex.compile(rf"(?:{_MEASURE.pattern}|(?:tổng )?kinh phí|giải ngân|nguồn lực|vốn )", regex.IGNORECASE)
# accepts what opens a sentence or part of it and measures nothing: "Phấn đấu", "trong đó", "Chỉ tiêu:", "- "
_OPENING = regex.compile(
    r"(?:[\s,:\-–+*•“”\"]+|(?:(?:về|đối với) (?:tình hình|kết quả|công tác)|(?:tình hình|kết quả|công tác)(?= (?:giải|thu|thực))|và|trong đó|riêng|đồng thời|cụ thể|gồm|bao gồm|ngoài ra|nhất là|như sau|từ đó|do đó|qua đó|nhờ đó|theo đó|tuy nhiên|nhưng|trước mắt|"
    r"phấn đấu|quyết tâm|bảo đảm|đảm bảo|(?:đặt |đề ra |xác định )?(?:các )?(?:mục tiêu|chỉ tiêu)(?: (?:là|cụ thể|chủ yếu|đề ra))?(?= ?:| (?:là|đến|tỷ|đạt|giảm|tăng|thu|số))|đặt ra|ước|ước tính|dự kiến|sẽ|cần|phải|yêu cầu|tiếp tục|khẩn trương|chủ động|kịp thời|tập trung|giao|đề nghị|về(?= \p{Ll})|"
    r"trên địa bàn (?:tỉnh|huyện|xã|thành phố|toàn tỉnh|toàn huyện)|toàn (?:tỉnh|huyện|xã|ngành|thành phố|quốc)|thêm|cả (?:nước|tỉnh)|theo (?:kế hoạch|báo cáo)|kết quả(?: là)?(?= ?:)|"
    r"hằng năm|hàng năm|mỗi năm|hằng tháng|hằng quý|đến nay|hiện nay|hiện|tới nay|cả năm|trong (?:năm|kỳ|tháng|quý)|năm nay|từ đầu năm|từ đầu năm đến nay|đến thời điểm(?: hiện nay| này)?|lũy kế|"
    r"giai đoạn)(?=[\s,:]|$))",
    regex.IGNORECASE,
)
# accepts the word of aim within a sentence: "nuôi dưỡng nguồn thu |phấn đấu| thu ngân sách"
_AIM = regex.compile(r"\bphấn đấu ", regex.IGNORECASE)
# accepts the words before a date that opens a sentence: "Đến cuối ", "Trong ", "Tính đến hết "
_BEFORE_TIME = regex.compile(
    r"(?:(?:tính|kể|từ|đến|tới|vào|trong|hết|cuối|đầu|giữa|trước|sau|cho|theo|của|cả|toàn)\s+){0,4}", regex.IGNORECASE
)
# accepts the verb of a change or of keeping before what is measured: "Giảm tỷ lệ hộ nghèo", "Nâng tỷ lệ …", "Duy trì tỷ lệ …"
_CHANGING = regex.compile(
    r"(?:(?:kéo |cắt |góp phần )?giảm|tăng(?! (?:cường|trưởng))|nâng(?! cấp)|đưa|hạ|duy trì|giữ vững|đạt|đã|được)\s+(?=\p{L})",
    regex.IGNORECASE,
)
# accepts what ends a phrase and is no part of it: ", ", " đã", " hằng năm", " trong năm"
_ENDING = regex.compile(
    r"(?:[\s,:]+|(?:^|(?<=\s))(?:đã|sẽ|ước|(?<!(?:thực|phát|thể) )hiện|phải|cần|phấn đấu|dự kiến|cũng|đều|(?<!xây dựng )cơ bản|hằng năm|hàng năm|mỗi năm|bình quân|cả|và|trong năm|cả năm|đến nay|đến|trong|vào|tính đến|đến hết|đến cuối|cuối|hết|giảm|tăng|nâng|và))$",
    regex.IGNORECASE,
)
# accepts the same where it has been passed: "So với |cùng kỳ|, "
_COMPARED_FIRST = regex.compile(r"so với (?P<basis>[^,;.]{3,50}),\s*$", regex.IGNORECASE)
# accepts an opening that compares: "So với cùng kỳ, "
_COMPARING = regex.compile(r"so với (?P<basis>[^,;.]{3,50}),\s*", regex.IGNORECASE)
# accepts a comparison before the value: "tăng thêm thu từ đất |so dự toán trung ương giao| 1.345,6 tỷ đồng"
_COMPARED_BEFORE = regex.compile(r" so (?:với )?(?P<basis>[^,;.]{3,60})$", regex.IGNORECASE)
# accepts the purpose or manner behind a measure: " để cả năm", " đảm bảo theo tiến độ"
_PURPOSE = regex.compile(r" (?:để (?:cả năm|đạt|hoàn thành|bảo đảm|đảm bảo)|đảm bảo|bảo đảm|theo tiến độ) ")
# accepts the end of the phrase behind a value: a stop, a date, a comparison, the next value's verb
_TAIL_END = regex.compile(
    r"[;:(]|\.(?!\d)|,(?! \p{Ll}+(?: \p{L}+){0,8} (?:được|có|đạt|thực hiện|sử dụng|hoàn thành|tham gia)| được | (?:trừ|ngoại trừ|kể cả) | \p{Ll}+(?: \p{Ll}+){0,3}\s*(?:[;.]|$))| so với| trở lên| trở xuống| vào (?:cuối|năm|đầu)| trong (?:năm|quý|tháng|giai đoạn)| (?:đến|trước) (?:cuối |hết |ngày |năm )| trên tổng số|"
    r",? (?:và )?(?:tăng|giảm|bằng|đạt(?! (?:chuẩn|tiêu chí|danh hiệu|yêu cầu))|chiếm|(?<!quy )ước|còn lại|phấn đấu|trong đó)\b",
    regex.IGNORECASE,
)
# accepts what stands between a range's number and its noun: " trở lên"
_AFTER_VALUE = regex.compile(r"\s*(?:trở (?:lên|xuống)\s*)?(?:trên\s+)?(?P<of>tổng số\s+|số\s+)?")


_LONG = 12  # words from which a measure is cut before its purpose
_SHORT = 5  # words before a comma that belong to the phrase behind it: "bồi thường, giải phóng mặt bằng"


@dataclass(frozen=True, slots=True)
class Core:
    """What is left of a stretch without opening and ending. ``lead`` is the verb of change before it, ``subject`` the agency,
    ``basis`` what it is compared with."""

    text: str
    start: int
    lead: str = ""
    subject: Finding | None = None
    basis: str | None = None

    @property
    def empty(self) -> bool:
        """Whether nothing is left that could be measured."""
        return not any(c.isalpha() for c in self.text)


@dataclass(frozen=True, slots=True)
class Aside:
    """Values, times and agencies of a paragraph, by where they start and end."""

    values: tuple[Finding, ...]
    starts: dict[int, Finding]
    ends: dict[int, Finding]
    agencies: dict[int, Finding]
    breaks: tuple[int, ...] = ()

    @staticmethod
    def of(findings: Iterable[Finding], breaks: Iterable[int] = ()) -> Aside:
        """From the findings of a paragraph. ``breaks``: where what comes next is told anew, as the action of a task."""
        kept = list(findings)
        times = [f for f in kept if f.kind in {"dates", "deadlines"}]
        return Aside(
            tuple(f for f in kept if f.kind in VALUES),
            {f.at: f for f in times},
            {f.at + len(f.quote): f for f in times},
            {f.at: f for f in kept if f.kind == "agencies"},
            tuple(sorted(breaks)),
        )

    def core(self, text: str, start: int, end: int) -> Core:
        """The phrase between an opening and the verb."""
        start = max([start, *(at for at in self.breaks if at < end)])
        start, subject = self._opened(text, start, end)
        opened = _COMPARED_FIRST.search(text[max(0, start - 60) : start])
        topic = text.rfind(": ", start, end)
        if topic >= 0 and any(c.isalpha() for c in text[topic:end]):
            start, named = self._opened(text, topic + 2, end)
            subject = named or subject
        if (m := _COMPARED_BEFORE.search(text[start:end])) is not None:
            end = start + m.start()
        m = m or opened
        basis = m["basis"].strip() if m is not None else None
        lead, first = "", start
        while (change := _CHANGING.match(text, start, end)) is not None:
            lead, start = f"{lead} {_changing(change)}".strip(), change.end()
        if self._adverb_only(text, start, end):
            return Core("", end, lead, subject, basis)
        end = self._closed(text, start, end)
        cut = _comma(text, start, end)
        if cut > start:
            first, lead = cut, ""
        again, other = self._opened(text, cut, end)
        if (change := _CHANGING.match(text, again, end)) is not None:
            first, lead, again = again, f"{lead} {_changing(change)}".strip(), change.end()
        phrase = " ".join(text[again:end].split())
        purpose = _PURPOSE.search(phrase) if is_measure(phrase) and len(phrase.split()) > _LONG else None
        return Core(
            phrase[: purpose.start()] if purpose is not None else phrase,
            first if lead else again,
            lead,
            subject or other,
            basis,
        )

    def _adverb_only(self, text: str, start: int, end: int) -> bool:
        """Whether behind the last comma there is but a time or an adverb: "…, đến nay đã có 7/7 xã" begins anew."""
        comma = text.rfind(",", start, end)
        if comma < 0 or not any(c.isalpha() for c in text[comma:end]):
            return False
        return not any(c.isalpha() for c in text[self._opened(text, comma + 1, end)[0] : end])

    def _opened(self, text: str, at: int, end: int) -> tuple[int, Finding | None]:
        subject = None
        while at < end:
            before = at
            if (m := _COMPARING.match(text, at, end)) is not None:
                at = m.end()
            m = _BEFORE_TIME.match(text, at, end)
            time = self.starts.get(at) or self.starts.get(m.end() if m is not None else at)
            if time is not None and time.at < end:
                at = min(time.at + len(time.quote), end)
            elif (m := _OPENING.match(text, at, end)) is not None:
                at = m.end()
            elif (who := self.agencies.get(at)) is not None and who.at + len(who.quote) <= end:
                behind = text[who.at + len(who.quote) : end]
                if behind.startswith(" giao "):
                    at = who.at + len(who.quote)
                elif (
                    behind.lstrip()[:1] in {":", ",", ""}
                    or _OPENING.match(behind.lstrip())
                    or _CHANGING.match(behind.lstrip())
                ):
                    subject, at = who, who.at + len(who.quote)
            if at == before:
                break
        return at, subject

    def _closed(self, text: str, start: int, end: int) -> int:
        while end > start:
            before = end
            time = self.ends.get(end)
            if time is not None and time.at >= start:
                end = time.at
            elif (m := _ENDING.search(text[start:end])) is not None and m.end() > m.start():
                end = start + m.start()
            if end == before:
                break
        return end

    def tail(
        self, text: str, after: int, limit: int, value: Finding, more: bool, change: bool = False
    ) -> tuple[str, int] | None:
        """The phrase behind a value and where it ends: "80% |hộ dân được dùng nước sạch|"; None where there is none.

        ``more``: the next value follows at ``limit``; what stands right before it is its own. ``change``: the value
        is a change of the phrase, not a share of it.
        """
        m = _AFTER_VALUE.match(text, after, limit)
        start = m.end() if m is not None else after
        if change and m is not None and m["of"]:
            start = m.start("of")  # "giảm 10% |số vụ tai nạn|"
        stop = _TAIL_END.search(text, start, limit)
        end = stop.start() if stop is not None else limit
        if more and (stop is None or stop[0][0] not in ";:.(,"):
            end = max(text.rfind(",", start, end), text.rfind(" và ", start, end), start)
        for f in self.starts.values():
            if start <= f.at < end:
                end = f.at
        end = self._closed(text, start, end)
        said = " ".join(text[start:end].split()).strip(" /.")
        if value.kind == "quantities" and value.value["unit"] not in _MEASURES:
            said = f"{value.value['unit']} {said}".strip().replace(" ,", ",")
        return (said, max(end, after)) if len(said) > 1 and any(c.isalpha() for c in said) else None

    def with_time(self, text: str, value: Finding) -> str:
        """A value with the time right behind it: "24,86% năm 2021"."""
        end = value.at + len(value.quote)
        time = next((f for at, f in self.starts.items() if 0 <= at - end <= 6), None)
        return text[value.at : time.at + len(time.quote) if time is not None else end]


def is_measure(phrase: str) -> bool:
    """Whether a phrase begins with the noun of a measure."""
    return _MEASURE.match(phrase) is not None


def _changing(m: regex.Match[str]) -> str:
    """The verb of change or keeping; "đã", "được" and "đạt" before an indicator say nothing of it."""
    said = m[0].strip()
    return "" if said.lower() in {"đã", "được", "đạt"} else said


def _comma(text: str, start: int, end: int) -> int:
    """Where the phrase begins behind the last comma before the noun of a measure; the whole where it begins with one itself."""
    if _NEW_PHRASE.match(text, start, end):
        best = start
    else:
        last = text.rfind(", ", start, end)
        best = last + 2 if last >= 0 and len(text[start:last].split()) > _SHORT else start
    at = text.find(", ", start, end)
    while at >= 0:
        if (
            _NEW_PHRASE.match(text, at + 2, end)
            or _OPENING.match(text, at + 2, end)
            or _CHANGING.match(text, at + 2, end)
        ):
            best = at + 2
        at = text.find(", ", at + 2, end)
    for aim in _AIM.finditer(text, start, end):
        if _NEW_PHRASE.match(text, aim.end(), end):
            best = aim.end()
    return best
