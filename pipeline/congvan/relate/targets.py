"""Targets (chỉ tiêu) and results (kết quả) of a document: measured statements with owner, period and section."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import regex

from congvan.document import Finding, Layout, Node
from congvan.language.folding import strip_marks
from congvan.language.markers import marker_of
from congvan.record import Result, Target
from congvan.relate.intros import sections_of
from congvan.relate.measured_tables import table_measures
from congvan.relate.moods import Mood, Setting, mood_of, of_clause, titles_above
from congvan.relate.statements import Statement, statements_in
from congvan.relate.subjects import Mention
from congvan.relate.task import Task

# accepts a line that the orders of a letter follow: "… yêu cầu:", "… một số nội dung sau:"
_ORDERS = regex.compile(r":\s*$")
# accepts the position before an agency's name in a list of who answers for what: "Giám đốc ", "1. Thủ trưởng "
_POSITION = regex.compile(
    r"(?:Giám đốc|Thủ trưởng|Trưởng|Chủ tịch|Cục trưởng|Chánh|Tổng Giám đốc|Viện trưởng|Hiệu trưởng|Giao|Đối với|UBND)?\s*$",
    regex.IGNORECASE,
)
# accepts what stands behind the name of an owner: ":" or the end of a heading
_OWNS = regex.compile(r"(?:\s*\([^)]{1,40}\))?\s*(?::|$|\.$)")
# accepts what tells that the time before it is that of the first figure: "24,86% năm 2021 |xuống còn| 16,88%"
_ORIGIN = regex.compile(r" (?:giảm |tăng )?(?:xuống|lên|còn|đến)\b")
# accepts the rest of a line that makes its subject answer for the list below: " chịu trách nhiệm bảo đảm:"
_HANDS_DOWN = regex.compile(r"[^:;.]{1,70}:\s*$")
# accepts a time without a date: "hằng năm", "6 tháng cuối năm"
_TIMES = regex.compile(
    r"\b(?:hằng năm|hàng năm|mỗi năm|hằng quý|hằng tháng|cả năm|giai đoạn (?:tiếp theo|tới)|(?:thời gian|những năm) (?:tới|tiếp theo))\b",
    regex.IGNORECASE,
)
_Measured = Target | Result
_ALIKE = 0.8  # part of the words of an indicator that another of the same thing has
_HEADING_WORDS = 24
_NEAR = 60  # characters behind a statement within which its time may stand
_TELLS = frozenset({"body", "item", "heading", "footnote"})


@dataclass(slots=True)
class Measure:
    """A target or result before it becomes part of the record. Offsets are of the flow of ``paragraph``."""

    kind: Mood
    paragraph: int
    statement: Statement
    owner: tuple[int, Mention] | None
    period: str | None
    section: str | None
    rule: str


def find_measures(
    layout: Layout,
    findings: Sequence[Finding],
    tasks: Sequence[Task],
    document_type: str | None,
    issued_on: str | None,
) -> list[Measure]:
    """All targets and results of the running text, in text order.

    Args:
        layout: the structure. findings: values, dates and agencies with ``paragraph`` and ``at``. tasks: the obligations: a value
            in one is no result, and a target only where its words say so. issued_on: day of issue, which tells past from future.
    """
    by_paragraph: dict[int, list[Finding]] = {}
    for f in findings:
        by_paragraph.setdefault(f.paragraph, []).append(f)
    titles, sections = titles_above(layout), sections_of(layout)
    nodes = {n.id: n for n in layout.outline}
    owners = _Owners(layout, by_paragraph)
    above = max((i for i, p in enumerate(layout.paragraphs) if p.kind in {"head", "title"}), default=-1)
    first_task = min((t.paragraph for t in tasks), default=len(layout.paragraphs))
    out: list[Measure] = []
    for i, p in enumerate(layout.paragraphs):
        here = by_paragraph.get(i, [])
        own = [t for t in tasks if t.paragraph == i]
        if i < above or (p.kind not in _TELLS and not (p.kind == "cell" and own)):
            continue
        marker = marker_of(p.text) if p.marker is not None or p.kind == "footnote" else None
        opens = p.node is not None and nodes[p.node].paragraph == i  # a list item is no heading over itself
        over = titles.get(nodes[p.node].parent if p.node is not None and opens else p.node, [])
        times = [f for f in here if f.kind in {"dates", "deadlines"}]
        for s in statements_in(p.text, marker.length if marker else 0, here, [t.clause.action[0] for t in own]):
            task = next((t for t in own if t.start <= s.value.at < t.end), None)
            setting = Setting(over, document_type, issued_on, task is not None, p.node is None and i < first_task)
            cited = any(f.kind == "citations" and s.start <= f.at < s.value.at for f in here)
            if cited and s.form == "object":
                continue  # "mới có QĐ 05/QĐ-UBND cho 20 ngành"
            mood = mood_of(p.text, s, times, setting)
            if mood is None:
                continue
            section = f"footnote {p.note_ref}" if p.kind == "footnote" else sections.get(p.node)
            owner = (task.lead[0] if task is not None and task.lead else None) or owners.of(i, s)
            period = _period(p.text, s, times) or _time_above(layout, nodes, by_paragraph, p.node)
            out.append(Measure(mood, i, s, owner, period, section, f"{mood}.{s.form}"))
    for i, mood, s, time, who in table_measures(layout):
        node = next((q.node for q in layout.paragraphs[i::-1] if q.kind in {"heading", "item"}), None)
        period = time or _time_above(layout, nodes, by_paragraph, node)
        owner = owners.of_cell(who) if who is not None else None
        out.append(Measure(mood, i, s, owner, period, sections.get(node), f"{mood}.table"))
    return out


def _time_above(
    layout: Layout, nodes: Mapping[str, Node], by_paragraph: Mapping[int, Sequence[Finding]], node: str | None
) -> str | None:
    """The time that the nearest heading names: "II. CHỈ TIÊU ĐẾN HẾT |NĂM 2025|"."""
    while node is not None:
        at = nodes[node].paragraph
        times = [f for f in by_paragraph.get(at, []) if f.kind in {"dates", "deadlines"}]
        text = layout.paragraphs[at].text.rstrip()
        if times and len(text.split()) <= _HEADING_WORDS and text[-1] not in ".;":
            return times[-1].quote
        node = nodes[node].parent
    return None


def linked(measures: Sequence[_Measured]) -> list[_Measured]:
    """The targets or results of a document, each that states again what an earlier one states pointing to it by ``same_as``.

    The same is: the same bounds, unit and time, and indicators of which one says nearly all that the other does.
    """
    out: list[_Measured] = []
    for m in measures:
        first = next((o for o in out if o.same_as is None and _same(o, m)), None)
        out.append(m.model_copy(update={"same_as": first.id}) if first is not None else m)
    return out


def _same(a: _Measured, b: _Measured) -> bool:
    keys = ("operator", "value", "low", "high", "unit", "per", "points", "change")
    if any(getattr(a, key) != getattr(b, key) for key in keys):
        return False
    if a.period is not None and b.period is not None and strip_marks(a.period) != strip_marks(b.period):
        return False
    if a.owner is not None and b.owner is not None and a.owner.name != b.owner.name:
        return False
    left, right = (set(strip_marks(m.indicator).lower().split()) for m in (a, b))
    return (
        len(left & right) >= _ALIKE * min(len(left), len(right))
        and len(left & right) >= _ALIKE * max(len(left), len(right)) / 2
    )


def _period(text: str, s: Statement, times: Sequence[Finding]) -> str | None:
    """The time a value is of, as written: the nearest in its sentence before the value, else behind it."""
    inside = [f for f in times if s.sentence[0] <= f.at < s.sentence[1] and f.quote not in (s.compared_with or "")]
    before = [f for f in inside if of_clause(text, s, f)]
    behind = [
        f
        for f in inside
        if f.at > s.value.at
        and ";" not in text[s.end : f.at]
        and f.at - s.end < _NEAR
        and not _ORIGIN.match(text, f.at + len(f.quote))
    ]
    if before:
        return before[-1].quote
    if behind:
        return behind[0].quote
    m = _TIMES.search(text, *s.sentence)
    return m[0] if m is not None else None


class _Owners:
    """Who answers for what a list item says: the agency that it begins with, or the heading over it."""

    def __init__(self, layout: Layout, by_paragraph: Mapping[int, Sequence[Finding]]) -> None:
        self.layout, self.by_paragraph = layout, by_paragraph
        self.parents = {n.id: n.parent for n in layout.outline}
        self.at_node = {n.id: n.paragraph for n in layout.outline}

    def of(self, i: int, s: Statement) -> tuple[int, Mention] | None:
        """The owner of a statement of a paragraph."""
        if s.subject is not None:
            f = s.subject
            return i, Mention(f.at, f.at + len(f.quote), f.id)
        own = self._named(i, s.start)
        if own is not None:
            return own
        node = self.layout.paragraphs[i].node
        while node is not None:
            at = self.at_node[node]
            if at != i and (named := self._named(at, None)) is not None:
                return named
            node = self.parents.get(node)
        return None

    def of_cell(self, i: int) -> tuple[int, Mention] | None:
        """The owner that a cell names: the first agency in it, else all that it says."""
        for f in self.by_paragraph.get(i, []):
            if f.kind == "agencies":
                return i, Mention(f.at, f.at + len(f.quote), f.id)
        text = self.layout.paragraphs[i].text.rstrip()
        return (i, Mention(0, len(text), None, False)) if any(c.isalpha() for c in text) else None

    def _named(self, i: int, before: int | None) -> tuple[int, Mention] | None:
        p = self.layout.paragraphs[i]
        marker = marker_of(p.text) if p.marker is not None else None
        begin = marker.length if marker else 0
        for f in self.by_paragraph.get(i, []):
            if f.kind != "agencies" or (before is not None and f.at >= before):
                continue
            behind = p.text[f.at + len(f.quote) :]
            opens = _OWNS.match(behind) or (_HANDS_DOWN.match(behind) if before is None else None)
            if _POSITION.fullmatch(p.text[begin : f.at].strip()) and opens is not None:
                if before is None and ":" in opens[0] and behind[opens.end() :].strip():
                    return None  # a list item of its own, not a heading
                return i, Mention(f.at, f.at + len(f.quote), f.id)
            return None
        return None
