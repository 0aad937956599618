"""Measured statements: indicator, verb and value in the sentences of a paragraph, whether they are aimed at or reached.

"Tỷ lệ hộ nghèo giảm còn 5%", "tối thiểu 80% hộ dân được dùng nước sạch", "giải ngân 11.592 triệu đồng, đạt 30% kế hoạch": the text
between two values is read from its end: the words of a verb, before them the phrase that is measured. A value whose own text
names nothing belongs to the statement before it (", tăng 4,1 điểm phần trăm so với cùng kỳ").
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Literal

import regex

from congvan.document import Finding
from congvan.language.sentences import sentences_of
from congvan.relate import indicators
from congvan.relate.indicators import VALUES, Stretch

Form = Literal["level", "change", "bare", "first", "object"]

# accepts a bracket without another inside: "(từ 24,86% năm 2021 xuống còn 16,88% cuối năm 2022)"
_BRACKET = regex.compile(r"\([^()]*\)")
# accepts the end of a clause: ";", and the comma between items of a bracket
_CLAUSE = regex.compile(r";")
# accepts the words of a verb at the end of a stretch, with what may stand between verb and value: "ước đạt ", "giảm xuống còn ", ": "
_VERB = regex.compile(
    r"(?:(?:^|(?<=[\s,:(]))(?:ước(?: tính)?|đã|(?<!(?:nông thôn|đổi|xây|làm|trồng|thành lập) )mới(?= (?:chỉ )?(?:đạt|có|bằng|được|giải))|chỉ|cần|phải|sẽ|phấn đấu|dự kiến|luôn|cũng|đều|lần lượt|đạt(?: được| và vượt)?|là|còn(?: lại)?|chiếm|(?<!(?:mặt|công|cân) )bằng|ở|"
    r"duy trì|giữ(?: vững| ở)?|ổn định|vượt|đạt(?: được)? (?:dự toán|kế hoạch|chỉ tiêu|mục tiêu)[^,;:.\d]{0,60} giao|thực hiện(?: được| đạt|(?=\s*:?\s*$))|có|được|gồm|với|mức|tỷ lệ|tỉ lệ|khoảng|bình quân|trung bình|tương đương|tương ứng|"
    r"con số|tổng số|xuống|lên|đến|tới|về|thêm|mạnh|nhẹ|tăng trưởng|tăng|giảm|kéo giảm|cắt giảm|rút ngắn|tiết kiệm|hạ|nâng|từ|tối thiểu|tối đa|ít nhất|không quá)"
    r"(?:\s+|:\s*|$)|:\s*)+$",
    regex.IGNORECASE,
)
# accepts a verb that tells of a change, not of a level: "tăng", "kéo giảm thêm"
_UP = regex.compile(r"\b(?:tăng|nâng|vượt)\b", regex.IGNORECASE)
_DOWN = regex.compile(r"\b(?:giảm|hạ|rút ngắn|tiết kiệm)\b", regex.IGNORECASE)
# accepts the word that makes a level of it: "xuống còn", "lên", "đạt"
_TO = regex.compile(r"\b(?:còn|xuống|lên|đến|tới|về|đạt|là|bằng|ở)\b", regex.IGNORECASE)
# accepts what stands between a part and its whole: "/", " / "
_SLASH = regex.compile(r" ?/ ?")
# accepts the first figure of a change: "giảm từ |24,86%| năm 2021 xuống còn"
_FROM = regex.compile(r"\btừ\s*$", regex.IGNORECASE)
# accepts what a value is compared with, behind it: " so với cùng kỳ năm 2022", " kế hoạch", ", bằng cùng kỳ năm trước"
_BASIS = regex.compile(
    r"(?P<link>,? ?(?:cao hơn |thấp hơn |tăng |giảm )?(?:nếu )?(?:so với|so) (?:với )?|,? (?:và )?(?:bằng|tương đương|cao hơn|thấp hơn|vượt|chưa đạt|không đạt|đạt)(?: so với)? (?=cùng kỳ|kế hoạch|chỉ tiêu|mục tiêu|mức|năm)| )"
    r"(?P<basis>(?:(?:tổng|số) )?(?:(?<=\bso (?:với )?)[^,;.()]{2,70}?|(?:kế hoạch|dự toán|chỉ tiêu|mục tiêu|nhu cầu|cùng kỳ|nghị quyết|năm trước|tháng trước|quý trước|đầu năm|cả năm)(?: [^,;.()]{1,60}?)?))"
    r"(?=[,;.()]|$| và | trong đó|,? (?:tăng|giảm|đạt|bằng|ước|còn|với) )",
    regex.IGNORECASE,
)


@dataclass(slots=True)
class Statement:
    """A measured value as a sentence states it. Offsets are of the flow of the paragraph.

    Attributes:
        value: the finding that is its value. form: how value and indicator stand to each other: after a verb of level or change,
            right behind the indicator, before it, or as the object of a verb of doing.
        indicator: the phrase measured, as written. at: where it begins.
        change: "increase" or "decrease" where the value is a change. difference: how the level differs from what it is compared
            with, as written. others: values that belong to it besides: the whole of a share, the differences.
        sentence: the stretch of its sentence. since: where the words of its own begin, behind the value before it. verb: the words between indicator and value, with the verb of change or keeping before them.
    """

    start: int
    end: int
    value: Finding
    form: Form
    indicator: str
    sentence: Stretch
    since: int
    verb: str = ""
    change: Literal["increase", "decrease"] | None = None
    compared_with: str | None = None
    difference: str | None = None
    subject: Finding | None = None
    others: list[Finding] = field(default_factory=list)


def statements_in(text: str, begin: int, findings: Sequence[Finding], breaks: Sequence[int] = ()) -> list[Statement]:
    """The measured statements of a flow from ``begin`` (behind the marker), in text order.

    Args:
        text: the flow. findings: values, dates and agencies of the paragraph. breaks: where the actions of its tasks begin.
    """
    values = [f for f in findings if f.kind in VALUES and f.at >= begin and not _is_aside(f)]
    if not values:
        return []
    aside = indicators.Aside.of(findings, breaks)
    out: list[Statement] = []
    for start, end in sentences_of(text, begin):
        inside = [m.span() for m in _BRACKET.finditer(text, start, end)]
        reader = _Sentence(text, (start, end), aside, out)
        last = start
        for a, b in _clauses(text, start, end, inside):
            reader.clause((a, b), [f for f in values if a <= f.at < b and not _within(f, inside)], inside)
            for x, y in inside:
                if a <= x < b:
                    reader.bracket((x + 1, y - 1), [f for f in values if x < f.at < y])
            last = b
        assert last <= end
    return sorted(out, key=lambda s: s.start)


def _is_aside(f: Finding) -> bool:
    """Whether a value only says whose share is told ("trẻ em dưới 5 tuổi"), or counts targets ("9 chỉ tiêu vượt")."""
    unit = f.value["unit"] if f.kind == "quantities" else ""
    return unit == "chỉ tiêu" or (unit in {"tuổi", "tháng tuổi"} and f.value["operator"] != "=")


def _within(f: Finding, inside: Sequence[Stretch]) -> bool:
    return any(a < f.at < b for a, b in inside)


def _clauses(text: str, start: int, end: int, inside: Sequence[Stretch]) -> list[Stretch]:
    """The stretches between semicolons that stand in no bracket."""
    out: list[Stretch] = []
    at = start
    for m in _CLAUSE.finditer(text, start, end):
        if not any(a < m.start() < b for a, b in inside):
            out.append((at, m.start()))
            at = m.end()
    return [*out, (at, end)]


class _Sentence:
    """Reads one sentence; appends to ``out``."""

    def __init__(self, text: str, sentence: Stretch, aside: indicators.Aside, out: list[Statement]) -> None:
        self.text, self.sentence, self.aside, self.out = text, sentence, aside, out
        self.first = len(out)

    def clause(self, stretch: Stretch, values: Sequence[Finding], inside: Sequence[Stretch]) -> None:
        """A clause outside brackets."""
        shown = self.text
        for a, b in inside:  # what stands in brackets is no part of the clause; offsets stay
            if any(a < v.at < b for v in self.aside.values):
                shown = shown[:a] + " " * (b - a) + shown[b:]
        self._walk(shown, stretch, values, len(self.out))

    def bracket(self, stretch: Stretch, values: Sequence[Finding]) -> None:
        """What stands in brackets behind a statement."""
        at = stretch[0]
        for m in _CLAUSE.finditer(self.text, *stretch):
            self._walk(self.text, (at, m.start()), [v for v in values if at <= v.at < m.start()], self.first)
            at = m.end()
        self._walk(self.text, (at, stretch[1]), [v for v in values if v.at >= at], self.first)

    def _walk(self, text: str, stretch: Stretch, values: Sequence[Finding], first: int) -> None:
        cursor = stretch[0]
        origin: Finding | None = None
        left = list(values)
        while left:
            value = left.pop(0)
            whole = left.pop(0) if left and _SLASH.fullmatch(text, value.at + len(value.quote), left[0].at) else None
            limit = left[0].at if left else stretch[1]
            gap = text[cursor : value.at]
            if origin is None and left and _FROM.search(gap) and _TO.search(text[value.at : limit]):
                origin = value  # "giảm từ |24,86%| năm 2021 xuống còn 16,88%"
                continue
            self._read(text, (cursor, limit), value, whole, first, origin, stretch[1])
            origin, last = None, whole or value
            cursor = max(last.at + len(last.quote), self.out[-1].end if len(self.out) > self.first else 0)
            cursor = min(cursor, limit)

    def _read(
        self,
        text: str,
        stretch: Stretch,
        value: Finding,
        whole: Finding | None,
        first: int,
        origin: Finding | None,
        end: int,
    ) -> None:
        """Read one value with the words before it; ``whole`` is the second figure of "14.770,5/101.294 triệu đồng", ``end``
        the end of its clause."""
        start, limit = stretch
        verb = _VERB.search(text[start : origin.at if origin is not None else value.at])
        at = start + verb.start() if verb is not None else value.at
        words = " ".join(verb[0].split()) if verb is not None else ""
        before = self.aside.core(text, start, at)
        if origin is not None:
            words = f"{words} {text[origin.at + len(origin.quote) : value.at].strip()}"
        last = whole or value
        after = last.at + len(last.quote)
        basis = _BASIS.match(text, after, limit)
        previous = self.out[-1] if len(self.out) > first else None
        if before.empty and previous is not None and self._goes_on(previous, value, words, basis):
            previous.others.append(value)
            previous.end = basis.end() if basis is not None else after
            said = text[at : previous.end].strip(" ,()")
            previous.difference = f"{previous.difference}, {said}" if previous.difference else said
            if basis is not None and (previous.compared_with is None or previous.compared_with[0].isdigit()):
                previous.compared_with = basis["basis"].strip()
            return
        made = self._made(text, (start, limit), before, (value, after), words, basis, limit < end)
        if made is None or (len(made.indicator.split()) < 2 and not indicators.is_measure(made.indicator)):
            return
        if made.end > after and basis is None:
            basis = _BASIS.match(text, made.end, limit)
            basis = basis if basis is not None and "so" in basis["link"] else None
        if whole is not None:
            made.others.append(whole)
            made.compared_with = whole.quote
        if origin is not None:
            made.others.append(origin)
            made.compared_with = self.aside.with_time(text, origin)
        if basis is not None and not (basis["link"] == " " and value.kind != "percentages"):
            made.compared_with = basis["basis"].strip()
            made.end = max(made.end, basis.end())
            if value.kind == "percentages" and made.form == "level" and basis["link"].strip(" ,"):
                made.difference = basis[0].strip(" ,") if "so" not in basis["link"] else None
        self.out.append(made)

    def _goes_on(self, previous: Statement, value: Finding, words: str, basis: regex.Match[str] | None) -> bool:
        """Whether a value without words of its own says more of the statement before it."""
        if basis is not None or _UP.search(words) or _DOWN.search(words):
            return True
        if value.kind == "percentages" and words and value.value["operator"] == "=":
            return previous.value.kind != "percentages" or "đạt" in words or "bằng" in words
        return "tương" in words

    def _made(
        self,
        text: str,
        stretch: Stretch,
        before: indicators.Core,
        said: tuple[Finding, int],
        words: str,
        basis: regex.Match[str] | None,
        more: bool,
    ) -> Statement | None:
        """The statement of a value (``said``: the finding and where its figures end), None where nothing is measured."""
        (since, limit), (value, after) = stretch, said
        change = self._change(f"{before.lead} {words}", words)
        form: Form
        of = None
        if change is not None and value.kind == "percentages" and not indicators.is_measure(before.text):
            of = (
                self.aside.tail(text, after, limit, value, more, True)
                if basis is None or basis.start() > after
                else None
            )
        if of is not None:  # "giảm 10% |số ca mắc|"
            form, indicator, start, end = "change", of[0], value.at, of[1]
        elif before.empty:
            tail = self.aside.tail(text, after, limit, value, more)
            if tail is None:
                return None
            form, indicator, start, end = "first", tail[0], value.at, tail[1]
        elif words or before.lead:
            form = "change" if change is not None else "level"
            indicator, start, end = before.text, before.start, after
        elif indicators.is_measure(before.text):
            form, indicator, start, end = ("change" if change else "bare"), before.text, before.start, after
        else:
            tail = (
                None
                if basis is not None and basis.start() == after
                else self.aside.tail(text, after, limit, value, more)
            )
            form, start, end = "object", before.start, tail[1] if tail is not None else after
            indicator = f"{before.text} {tail[0]}" if tail is not None else before.text
        return Statement(
            start,
            end,
            value,
            form,
            indicator,
            self.sentence,
            since,
            words,
            change,
            before.basis,
            subject=before.subject,
        )

    @staticmethod
    def _change(said: str, words: str) -> Literal["increase", "decrease"] | None:
        if _TO.search(words):
            return None
        return "increase" if _UP.search(said) else "decrease" if _DOWN.search(said) else None
