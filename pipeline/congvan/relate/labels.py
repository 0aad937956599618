"""Tasks whose agencies stand behind labels: "Đơn vị chủ trì: …; Đơn vị phối hợp: …; Thời gian hoàn thành: …", in one paragraph
or as items below the task. Source: Decree 30/2020, Annex IV, form VII has the same three columns."""

from __future__ import annotations

from collections.abc import Sequence

import regex

from congvan.document import Finding, Layout, Paragraph
from congvan.language.markers import marker_of
from congvan.relate.actors import HEAD, people
from congvan.relate.clauses import Clause
from congvan.relate.subjects import JOIN, Mention, Mentions, chain
from congvan.relate.task import Task, mentions_of

# accepts the label of who leads: "Đơn vị chủ trì: ", "- Chủ trì: ", "; người chịu trách nhiệm chính: ", " - trách nhiệm: "
_LEAD_LABEL = regex.compile(
    r"(?:^|(?<=[.;,(–-] )|(?<=\())(?:(?:đơn vị|cơ quan|bộ phận|người|ai|nơi|bên|phòng|ban|cấp|tổ chức|giao cho|thuộc) ){0,2}(?:được giao )?"
    r"(?:chủ trì|đầu mối|thực hiện|triển khai|phụ trách|(?:chịu )?trách nhiệm|đảm nhận|đảm nhiệm|giao cho|phân công|(?<=(?:vị|quan|phận|người|ai|nơi|bên|phòng|ban|cấp) )(?:làm|lo|nhận việc))(?: (?!phối hợp)\p{Ll}+){0,2}\s*:\s*",
    regex.IGNORECASE,
)
# accepts a line of a letter of invitation, whose "Chủ trì:" is who chairs: "Thành phần: … Chủ trì: đồng chí …"
_INVITES = regex.compile(
    r"[^.]{0,10}(?:Thành phần|Địa điểm|Thời gian|Nội dung|Hình thức)(?: \p{L}+){0,3}\s*:", regex.IGNORECASE
)
# accepts the label of who takes part: "Đơn vị phối hợp: ", "; cùng làm: ", "Hỗ trợ: "
_PARTNER_LABEL = regex.compile(
    r"(?:^|(?<=[.;,(–-] )|(?<=\())(?:(?:đơn vị|cơ quan|bộ phận|người|nơi|bên|phòng|ban|cấp) ){0,2}(?:cùng )?"
    r"(?:phối hợp|tham gia|hỗ trợ|cùng (?:làm|thực hiện)|giúp(?: sức)?)(?: (?!chủ trì)\p{Ll}+){0,2}\s*:\s*",
    regex.IGNORECASE,
)
# accepts what stands behind a label, and one name of it
_LABEL_VALUE = regex.compile(r"[^;.:]+")
_LABEL_PART = regex.compile(r"[^;.:,]*[^;.:,\s](?:, (?!các |những |và |cùng )(?=\p{Ll})[^;.:,]*[^;.:,\s])*")
# accepts how a group goes on behind its first noun: ", làng", ", thị trấn"
_GROUP_REST = regex.compile(r"(?:, (?!các |những |và |cùng )\p{Ll}+(?: \p{Ll}+)?)+(?=$|[;.,])")
# accepts the bracket that may hold who does the task before it
_OPENING = regex.compile(r"\(\s*(?P<giao>giao |phân công )?(?:do )?", regex.IGNORECASE)
# accepts the role of those named first in such brackets: " chủ trì, ", " thực hiện;"
_LEADS = regex.compile(r" (?:chủ trì|thực hiện|phụ trách|đầu mối)(?: thực hiện)?(?:[,;] ?|(?=\)))", regex.IGNORECASE)
# accepts the role of those named behind them: " phối hợp"
_TAKES_PART = regex.compile(r" (?:cùng )?(?:phối hợp|tham gia)\b", regex.IGNORECASE)
# accepts the words before the partners: "phối hợp với "
_TOGETHER = regex.compile(r"(?:và )?(?:phối hợp (?:với|cùng)|cùng(?: với)?) ", regex.IGNORECASE)
# accepts the label of the time: "Thời gian hoàn thành: ", "Tiến độ: "
_TIME_LABEL = regex.compile(r"\b(?:Thời (?:gian|hạn)|Hoàn thành|Tiến độ)[^:.;]{0,40}:", regex.IGNORECASE)


def labelled(text: str, mentions: Mentions, start: int) -> tuple[int, list[Mention], list[Mention]] | None:
    """Agencies behind labels: "… Đơn vị chủ trì: Sở A; đơn vị phối hợp: Sở B, Sở C; thời gian: …".

    Returns:
        Where the labels begin, who leads, who coordinates; None without a label for the lead and a name behind it.
    """
    first = _LEAD_LABEL.search(text, start)
    if first is None or _INVITES.match(text, start):
        return None
    lead = _named(text, mentions, first.end())
    if lead and lead[0].finding is None and HEAD.match(text, people(text, lead[0].start)) is None:
        return None
    second = _PARTNER_LABEL.search(text, start)
    partners = _named(text, mentions, second.end()) if second is not None else []
    return (
        (min(first.start(), second.start()) if second is not None else first.start(), lead, partners) if lead else None
    )


def bracketed(text: str, mentions: Mentions, start: int) -> tuple[int, list[Mention], list[Mention]] | None:
    """Agencies in brackets behind the task: "Số hóa hồ sơ (Sở A chủ trì; Sở B, Sở C phối hợp; trước ngày 30/6)".

    Returns:
        As :func:`labelled`; None without brackets that begin with who leads.
    """
    for opening in _OPENING.finditer(text, start):
        lead = chain(text, mentions, opening.end())
        role = _LEADS.match(text, lead[-1].end) if lead else None
        if role is None:
            continue
        together = _TOGETHER.match(text, role.end())
        partners = chain(text, mentions, together.end() if together is not None else role.end())
        if together is None and partners and _TAKES_PART.match(text, partners[-1].end) is None:
            partners = []
        return opening.start(), lead, partners
    return None


def _named(text: str, mentions: Mentions, at: int) -> list[Mention]:
    """The list of agencies behind a label: as known, and what is not known as it stands between commas."""
    out: list[Mention] = []
    value = _LABEL_VALUE.match(text, at)
    if value is None:
        return out
    while at < value.end():
        known = chain(text, mentions, at)
        if known:
            more = _GROUP_REST.match(text, known[-1].end, value.end())
            if more is not None:
                known[-1] = Mention(known[-1].start, more.end())
            out.extend(known)
            at = known[-1].end
        else:
            part = _LABEL_PART.match(text, at, value.end())
            if part is None:
                break
            out.append(Mention(part.start(), part.end()))
            at = part.end()
        gap = JOIN.match(text, at, value.end())
        at = gap.end() if gap is not None else value.end()
    return out


def partners_behind(text: str, mentions: Mentions, start: int) -> list[Mention]:
    """The coordinating agencies of an item that begins with their label."""
    label = _PARTNER_LABEL.match(text, start)
    return _named(text, mentions, label.end()) if label is not None else []


def names_in(text: str, mentions: Mentions) -> list[Mention]:
    """The agencies of a cell or value that holds nothing else."""
    return _named(text, mentions, 0)


def listed_tasks(
    layout: Layout, by_paragraph: dict[int, list[Finding]], sections: dict[str | None, str | None]
) -> tuple[dict[int, Task], set[int]]:
    """Tasks whose agencies and time stand labelled below them, as items or as a paragraph of their own.

    Returns:
        The tasks by their paragraph, and the paragraphs used up.
    """
    starts = {node.id: node.paragraph for node in layout.outline}
    parents = {node.id: node.parent for node in layout.outline}
    tasks: dict[int, Task] = {}
    consumed: set[int] = set()
    for i, p in enumerate(layout.paragraphs):
        if p.node is None or p.kind not in {"body", "item"}:
            continue
        home = parents[p.node] if p.kind == "item" else p.node  # the node whose task the labels may be of
        above = starts.get(home) if home is not None else None
        if above is None:
            continue
        marker = marker_of(p.text) if p.kind == "item" else None
        begin = marker.length if marker else 0
        findings = by_paragraph.get(i, [])
        mentions = mentions_of(findings)
        labels = labelled(p.text, mentions, begin)
        if labels is not None and labels[0] == begin:
            task = task_of(layout.paragraphs[above], above, sections.get(home))
            task.lead = [(i, m) for m in labels[1]]
            task.coordinating = [(i, m) for m in labels[2]]
            task.deadline = labelled_time(p.text, begin, findings)
            tasks[above] = task
            consumed |= {above, i}
        elif above in tasks and (partners := partners_behind(p.text, mentions, begin)):
            tasks[above].coordinating.extend((i, m) for m in partners)
            consumed.add(i)
        elif above in tasks and _TIME_LABEL.match(p.text, begin):
            tasks[above].deadline = labelled_time(p.text, begin, findings) or tasks[above].deadline
            consumed.add(i)
    for i, task in tasks.items():
        findings = by_paragraph.get(i, [])
        task.amounts = [f.id for f in findings if f.kind == "amounts"]
        task.citations = [f.id for f in findings if f.kind == "citations"]
        task.deadline = task.deadline or next((f.id for f in findings if f.kind == "deadlines"), None)
    return tasks, consumed


def labelled_time(text: str, begin: int, findings: Sequence[Finding]) -> str | None:
    """What stands behind "Thời gian:": a deadline, or a bare date as "quý III/2023"."""
    label = _TIME_LABEL.search(text, begin)
    if label is None:
        return None
    timed = [f for f in findings if f.at >= label.start()]
    due = next((f.id for f in timed if f.kind == "deadlines"), None)
    return due or next((f.id for f in timed if f.kind == "dates" and f.at - label.end() < 12), None)


def task_of(p: Paragraph, index: int, section: str | None) -> Task:
    """The whole of a paragraph as a task; who leads it is yet to be set."""
    marker = marker_of(p.text)
    begin, end = marker.length if marker else 0, len(p.text.rstrip())
    clause = Clause(begin, end, leads=True, must=True, action=(begin, end), rule="obligations.labelled")
    return Task(index, clause, begin, end, [], [], None, section, "obligations.labelled")
