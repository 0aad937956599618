"""Obligations (nhiệm vụ): who leads, who coordinates, what, by when, for how much, on what basis.

Nested lists are linearised first: the subject and verb of an introductory line ("Giao Sở X:", "- Sở X chủ trì:") go to the
items below it. Then each clause is read by :mod:`congvan.relate.clauses`, and deadlines, amounts and citations of its
stretch are attached. Facts, results and evaluations are no obligations.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Sequence

import regex

from congvan.document import Finding, Layout, Paragraph
from congvan.language.markers import marker_of
from congvan.language.sentences import sentences_of
from congvan.relate.actors import listed, whole
from congvan.relate.clauses import Clause, parse_clause
from congvan.relate.intros import (
    FACT_HEADING,
    MONEY_HEADING,
    TASK_HEADING,
    Intro,
    inherited_by,
    is_caption,
    is_preface,
    is_under,
    opens_list,
    sections_of,
)
from congvan.relate.labels import bracketed, labelled, labelled_time, listed_tasks, task_of
from congvan.relate.predicates import predicate_at
from congvan.relate.subjects import Mention, Words, chain, role_words
from congvan.relate.task import Task, mentions_of
from congvan.relate.task_tables import table_tasks

# accepts the start of a new clause of the same sentence behind a semicolon
_CLAUSE = regex.compile(r";\s+(?:\(?(?:[a-zđ\d]{1,2}|[ivx]{1,4})\)\s*)?")
# accepts a comma behind which the next task of a sentence may begin: ", mặt khác …", ", Sở B thẩm định"
_GOES_ON_WITH = regex.compile(r",\s+(?:(?P<other>(?=mặt khác\b))|(?=\p{Lu}))")
# accepts the opening of a sentence that only says by when: "Hoàn thành trước ngày …", "Thời gian hoàn thành: …", "Xong trong Quý I"
_DEADLINE_ONLY = regex.compile(
    r"(?:Yêu cầu |Phải |Cần )?(?:Hoàn thành|Thời (?:gian|hạn)|Xong|Tiến độ)(?: (?:hoàn thành|thực hiện|xong|báo cáo))?\s*[:,]?\s*",
    regex.IGNORECASE,
)
# accepts a verb of completion
_COMPLETES = regex.compile(r"\b(?:hoàn thành|hoàn tất|xong|phấn đấu)\b", regex.IGNORECASE)
# accepts a verb of what goes on and is never done: "tiếp tục đẩy mạnh", "duy trì"
_GOES_ON = regex.compile(
    r"(?:tiếp tục|đẩy mạnh|tăng cường|duy trì|thường xuyên|phát huy|nâng cao|giữ vững)\b", regex.IGNORECASE
)
# accepts what makes a period the length of something: "được kéo dài"
_PROLONGED = regex.compile(r"\b(?:kéo dài|gia hạn|áp dụng|có hiệu lực|duy trì)\b")
# accepts the end of a paragraph behind which the orders of the issuer stand: "kết luận:", "chỉ đạo như sau:", "yêu cầu:"
_ORDERS_FOLLOW = regex.compile(
    r"(?:kết luận|chỉ đạo|chỉ thị|yêu cầu|đề nghị|ý kiến|giao|quyết định|thông báo|kế hoạch)(?: như sau)?(?:\(\d{1,2}\))?\s*:\s*$|\bsau(?: đây)?[^:]{0,60}:\s*$",
    regex.IGNORECASE,
)
# accepts a sentence that sets the time of all tasks before it: "Các nội dung trên hoàn thành trước ngày 20/9/2024"
_ALL_DUE = regex.compile(
    r"(?:Các|Những|Tất cả(?: các)?|Toàn bộ(?: các)?) (?:nội dung|nhiệm vụ|công việc|việc|hạng mục|phần việc) (?:nêu )?(?:trên|này)\b[^.]{0,60}?(?:hoàn thành|xong|báo cáo)",
    regex.IGNORECASE,
)
# accepts the word before who passes a report on: "(qua ", "thông qua "
_THROUGH = regex.compile(r"(?:\(|thông )qua ")
# accepts a word of taking part that names with whom: "phối hợp với", "có sự tham gia của"
_PARTNERS_NAMED = regex.compile(r"(?:với|của|cùng)$")
# accepts what stands behind the names of a heading: " (cơ quan thường trực)", " - cơ quan thường trực Ban Chỉ đạo"
_ROLE_AT_END = regex.compile(
    r" (?:\([^()]{2,60}\)|[-–] (?:cơ quan|đơn vị|bộ phận) (?:thường trực|chủ trì|đầu mối)[^,.;:]{0,60})$"
)
# accepts what a line declares, reports or decides, so that a body in it is who speaks: "có ý kiến như sau", "báo cáo kết quả"
_DECLARES = regex.compile(
    r"\b(?:thống nhất|thông qua|quyết nghị|quyết định|ban hành|xác định|đề ra|có ý kiến|kết luận|báo cáo|thông báo|kính mời|trân trọng|xây dựng (?:kế hoạch|chương trình|nội dung)|tổ chức (?:cuộc )?họp|đánh giá|kết quả|tình hình|đã|được|thành phần|thành lập|kiến nghị|đề xuất|khó khăn|hạn chế|tồn tại)\b",
    regex.IGNORECASE,
)
# accepts what makes a body behind it a part of a citation or of a place: "của ", "tại ", "theo đề nghị của "
_CITED = regex.compile(
    r"(?:\d[^.;:]{0,40} của|(?:đề nghị|ý kiến|chỉ đạo|quyền hạn|thẩm quyền|trụ sở|địa bàn) (?:của|tại) ?|tại|theo|thuộc) $",
    regex.IGNORECASE,
)
# accepts the end of a line that names who does what stands below: " - Công an xã chịu trách nhiệm:", ": Sở Y tế"
_DOER = regex.compile(r" ?(?:[-–]|:|do) (?=\p{Lu}|các )")
_IN_CHARGE = regex.compile(r"(?: (?:chịu trách nhiệm|chủ trì|thực hiện|phụ trách|đảm nhiệm|là đầu mối))?\s*:?\s*$")
# accepts the number before a clause: "(2) ", "(iii) ", or its comma
_NUMBER_BEFORE = regex.compile(r"(?:\((?:\d{1,2}|[ivx]{1,4})\)\s*|, )$")
# accepts the verb of a clause that only ends the task before it, or reports on it
_ENDS_TASK = regex.compile(
    r"(?:(?:bảo đảm|phấn đấu|yêu cầu|phải|thực hiện|cụ thể:?|kết quả|đề nghị) )?(?:(?:định kỳ|hằng tháng|hàng tháng|hằng quý|hàng quý|hằng năm|hàng năm|hằng tuần|hàng tuần),? báo cáo|(?:tổ chức )?thực hiện xong|thời (?:gian|hạn)|trình|báo cáo|gửi|hoàn thành|xong|phấn đấu|tổng hợp|nộp|kết thúc|kết quả|chịu trách nhiệm|lấy|thông qua)\b",
    regex.IGNORECASE,
)
# accepts a clause that reports the result of the task before it to somebody, a task of its own: "báo cáo kết quả về "
_REPORTS_RESULT = regex.compile(
    r"báo cáo (?:kết quả|tình hình)(?: \p{Ll}+){0,4}? (?:về|cho|lên) (?=\p{Lu})", regex.IGNORECASE
)
# accepts the closing order of a document, which sets no task of its own: "nghiêm túc triển khai thực hiện", "thi hành Quyết định này"
_CLOSING = regex.compile(
    r"(?:(?:kịp thời )?(?:phản ánh|báo cáo|thông tin)(?: kịp thời)? để (?:được )?(?:xem xét|tổng hợp|hướng dẫn|giải quyết|chỉ đạo)[\p{L}, ]*|(?:(?:nghiêm túc|khẩn trương|kịp thời|chịu trách nhiệm|căn cứ \p{L}+ này|tổ chức|triển khai|thực hiện|thi hành|quán triệt|chấp hành|phối hợp|quan tâm|và)[\s,]*)+"
    r"(?:(?:tốt |đầy đủ |đúng )?(?:các )?(?:nội dung|nhiệm vụ) (?:nêu )?trên|\p{Lu}\p{Ll}+(?: \p{Ll}+){0,2} này)?)(?:\(\d{1,2}\))?[\s./,;]*$",
    regex.IGNORECASE,
)
_HEADING_WORDS = 14
_REPORTS = frozenset({"BÁO CÁO", "TỜ TRÌNH", "BIÊN BẢN"})


def find_obligations(layout: Layout, findings: Sequence[Finding], document_type: str | None) -> list[Task]:
    """All obligations of a document, in text order.

    Args:
        layout: the structure. findings: values and agencies of the paragraphs, with ``paragraph`` and ``at``.
        document_type: canonical name; in a report only orders without doubt count outside its sections of tasks.
    """
    by_paragraph: dict[int, list[Finding]] = {}
    for finding in findings:
        by_paragraph.setdefault(finding.paragraph, []).append(finding)
    parents = {node.id: node.parent for node in layout.outline}
    sections = sections_of(layout)
    holders: set[str | None] = {node.parent for node in layout.outline if node.parent is not None}
    intros: dict[str | None, Intro] = {}
    tasks: list[Task] = []
    report = document_type in _REPORTS
    orders: set[str | None] = {n.id for n in layout.outline if TASK_HEADING.search(n.title)}
    facts: set[str | None] = {n.id for n in layout.outline if FACT_HEADING.match(n.title) and n.id not in orders}
    money: set[str | None] = {n.id for n in layout.outline if MONEY_HEADING.match(n.title)}
    ordering = False
    passing: set[str | None] = set()  # nodes whose introductory line holds for the list right below it only
    said: dict[str | None, Intro] = {}  # what the item of a node said itself, for the paragraphs that go on after it
    listed, consumed = listed_tasks(layout, by_paragraph, sections)
    tabled, cells = table_tasks(layout, by_paragraph)
    consumed |= cells
    above = max((i for i, p in enumerate(layout.paragraphs) if p.kind in {"head", "title"}), default=-1)
    for i, p in enumerate(layout.paragraphs):
        if i < above:
            continue  # the head, and the lines of a web portal over it
        if i in listed:
            tasks.append(listed[i])
        if i in consumed or p.kind not in {"body", "item", "heading", "footnote", "cell"} or is_caption(layout, i):
            continue
        strict = (report and not is_under(p.node, parents, orders)) or is_under(p.node, parents, facts)
        section = f"footnote {p.note_ref}" if p.kind == "footnote" else sections.get(p.node)
        reader = _Reader(i, p, by_paragraph.get(i, []), section, strict, ordering or p.node is not None)
        ordering = ordering or _ORDERS_FOLLOW.search(p.text) is not None
        opens, above_list = opens_list(layout, i, parents)
        if p.kind == "body" and passing:
            for node in [node for node in passing if node == p.node or is_under(p.node, parents, {node})]:
                intros.pop(node, None)  # the list that stood below a line without a marker is over
                passing.discard(node)
        found = reader.tasks(
            inherited_by(p, parents, intros, money),
            Intro() if p.kind != "body" else said.get(p.node, Intro()),
            opens,
            p.node in holders and p.kind in {"item", "heading"},
        )
        if p.kind not in {"footnote", "cell"}:
            if reader.intro is not None:
                node = above_list if opens else p.node
                intros[node] = reader.intro
                if opens and p.kind == "body" and (not reader.preface or node != p.node):
                    passing.add(node)
            ordering = ordering or any(t.rule == "obligations.assigned" for t in found)
            if p.kind == "item" and found:
                said[p.node] = Intro(found[-1].lead, [], found[-1].modality)
        tasks.extend(found)
        if not found and (due := reader.due_of_all()) is not None:
            for task in tasks:
                task.deadline = task.deadline or due
    return sorted([*tasks, *tabled], key=lambda t: (t.paragraph, t.start))


def text_before(text: str, begin: int, clause: Clause) -> str:
    """What of a line stands before its order: nothing, where the line begins with "Giao", "Yêu cầu"."""
    return text[begin : clause.start].strip()


class _Reader:
    """Reads one paragraph."""

    def __init__(
        self, index: int, p: Paragraph, findings: Iterable[Finding], section: str | None, strict: bool, ordering: bool
    ) -> None:
        self.index = index
        self.p = p
        self.text = p.text
        self.findings = sorted(findings, key=lambda f: f.at)
        self.mentions = mentions_of(self.findings)
        self.words: Words = role_words(self.text)
        self.section = section
        self.strict = strict
        self.ordering = ordering
        self.begin = 0  # where the text begins behind its marker
        self.intro: Intro | None = None
        self.preface = is_preface(p)

    def _is_heading(self, begin: int, holds: bool) -> bool:
        """True for a short line without a stop above a list; who it names is handed down."""
        text = self.text[begin:].rstrip()
        if not holds or text[-1:] in {".", ";", ":", "/", ","} or len(text.split()) > _HEADING_WORDS:
            return False
        end = len(self.text.rstrip())
        bracket = _ROLE_AT_END.search(self.text, begin, end)
        named = whole(self.text, self.mentions, begin, bracket.start() if bracket is not None else end, self.words)
        clause = None if named else parse_clause(self.text, begin, len(self.text), self.mentions, self.words)
        if clause is not None and clause.lead and clause.action[0] < clause.end:
            return False
        lead = clause.lead if clause is not None else named or self._only_actors(begin, end)
        if lead:
            self.intro = Intro(
                [(self.index, m) for m in lead], modality=clause.modality if clause is not None else None
            )
        return True

    def tasks(self, inherited: Intro, continued: Intro, opens: bool, holds: bool) -> list[Task]:
        """The tasks of the paragraph; sets ``intro`` where it hands a subject down.

        Args:
            inherited: what the introductory line above hands down. continued: what the item said that this paragraph goes
                on with; counts for orders without doubt only. opens: the last sentence introduces the list below. holds: a list
                stands below.
        """
        marker = marker_of(self.text) if self.p.marker is not None or self.p.kind == "footnote" else None
        out: list[Task] = []
        end_of_text = len(self.text.rstrip())
        if not opens and self._is_heading(marker.length if marker else 0, holds):
            return out
        self.begin = begin = marker.length if marker else 0
        labels = labelled(self.text, self.mentions, begin) or bracketed(self.text, self.mentions, begin)
        if labels is not None and labels[0] > begin:
            out.append(self._labelled(begin, *labels))
            self._attach(out, Intro())
            out[0].deadline = out[0].deadline or labelled_time(self.text, begin, self.findings)
            return out
        for start, end in sentences_of(self.text, marker.length if marker else 0):
            if out and (self._only_deadline(start, end) or _ALL_DUE.match(self.text, start, end)):
                continue
            own = Intro(out[-1].lead, [], out[-1].modality) if out else inherited
            self._sentence(start, end, own, continued, opens and end >= end_of_text, out)
        self._attach(out, inherited)
        return out

    def _sentence(self, start: int, end: int, inherited: Intro, continued: Intro, opens: bool, out: list[Task]) -> None:
        before = len(out)
        for a, b in self._clauses(start, end):
            clause = parse_clause(
                self.text,
                a,
                b,
                self.mentions,
                self.words,
                item=self.ordering,
                first=(a == self.begin or (a == start and bool(self.words.between("must", a, b))))
                and self.p.kind in {"item", "heading"},
                below=bool(inherited.lead),
            )
            if clause is None or (clause.rule == "obligations.inherited" and a > start):
                listed = _NUMBER_BEFORE.search(self.text, max(start, a - 8), a) is not None
                if clause is not None and len(out) > before and (listed or self._second_task(a, b, out[-1])):
                    out.append(self._task(clause, b, Intro(out[-1].lead, [], out[-1].modality)))
                elif len(out) > before:
                    out[-1].end = b
                continue
            above = inherited
            if not clause.lead and not above.lead and clause.must:
                above = continued
            if not self._counts(clause, above):
                continue
            if clause.action[0] >= b or (opens and b >= end):
                self._hand_down(clause, above)
                continue
            out.append(self._task(clause, b, above))
        if opens and self.intro is None and (lead := self._doers(start, end)):
            self.intro = Intro([(self.index, m) for m in lead])
        if opens and self.intro is None:
            due = next(
                (f.id for f in self.findings if f.kind == "deadlines" and start <= f.at < end), inherited.deadline
            )
            if len(out) > before:
                self.intro = Intro(out[-1].lead, [], out[-1].modality, due)
            elif due is not None:
                self.intro = Intro(inherited.lead, [], inherited.modality, due)

    def _doers(self, start: int, end: int) -> list[Mention]:
        """Who is named at the end of a line above a list: "Giai đoạn phòng ngừa - Công an xã chịu trách nhiệm:"."""
        for m in _DOER.finditer(self.text, start, end):
            named = listed(self.text, self.mentions, m.end(), end, self.words)
            if named and _IN_CHARGE.match(self.text, named[-1].end, end):
                return named
        return self._only_actors(start, end)

    def _only_actors(self, start: int, end: int) -> list[Mention]:
        """The one list of bodies that a line above a list names, where nothing tells that it gives the orders itself or is cited."""
        found = self.mentions.between(start, end)
        if not found or _DECLARES.search(self.text, start, end):
            return []
        first = found[0].start
        if _CITED.search(self.text, max(start, first - 60), first):
            return []
        named = listed(self.text, self.mentions, first, end, self.words)
        return named if named and named[-1].end >= found[-1].end else []

    def _second_task(self, start: int, end: int, first: Task) -> bool:
        """True for a clause with a deadline of its own, where the one before has its own too, or where it says more than
        when the first task is due."""
        timed = [f.at for f in self.findings if f.kind == "deadlines" and first.start <= f.at < end]
        own = [at for at in timed if at >= start]
        if own and _REPORTS_RESULT.match(self.text, start, end):
            return True
        if self._only_deadline(start, end) or len(own) == len(timed):
            return False
        return bool(own) or not _ENDS_TASK.match(self.text, start, end)

    def due_of_all(self) -> str | None:
        """The deadline of "Các nội dung trên hoàn thành trước …", None where the paragraph says no such thing."""
        m = _ALL_DUE.search(self.text)
        return next((f.id for f in self.findings if f.kind == "deadlines" and f.at >= m.start()), None) if m else None

    def _counts(self, clause: Clause, above: Intro) -> bool:
        """True where a clause is an order: it has a subject, and more than a bare verb where facts are told."""
        if not clause.lead and not above.lead:
            return False
        intro = clause.action[0] >= clause.end
        if self.p.kind == "cell" and (not clause.must or not clause.lead):
            return False
        if not intro and _CLOSING.match(self.text, clause.action[0], clause.end):
            return False
        if self.strict and not intro:
            due = any(f.kind == "deadlines" and clause.start <= f.at < clause.end for f in self.findings)
            return clause.leads and due
        if clause.rule == "obligations.subject" and not intro:
            return clause.must or bool(clause.coordinating) or self.ordering or self.p.kind == "footnote"
        return True

    def _labelled(self, begin: int, end: int, lead: list[Mention], partners: list[Mention]) -> Task:
        """The task before the labels "Đơn vị chủ trì: …; Đơn vị phối hợp: …"."""
        task = task_of(self.p, self.index, self.section)
        task.clause.action = (begin, end)
        task.lead = [(self.index, m) for m in lead]
        task.coordinating = [(self.index, m) for m in partners]
        return task

    def _only_deadline(self, start: int, end: int) -> bool:
        """True for a sentence that says no more than by when the task before it is due."""
        opening = _DEADLINE_ONLY.match(self.text, start, end)
        return opening is not None and any(
            f.kind == "deadlines" and start <= f.at < opening.end() + 4 for f in self.findings
        )

    def _clauses(self, start: int, end: int) -> list[tuple[int, int]]:
        """The clauses of a sentence: parted at semicolons outside of lists of agencies."""
        cuts = [start]
        for m in _CLAUSE.finditer(self.text, start, end):
            before = self.mentions.ending(m.start())
            inside_list = before is not None and len(chain(self.text, self.mentions, before.start)) > 1
            if not inside_list:
                cuts.append(m.end())
        cuts += [m.end() for m in _GOES_ON_WITH.finditer(self.text, start, end) if self._next_actor(m, end)]
        cuts = sorted(set(cuts))
        return [(a, b) for a, b in zip(cuts, [*cuts[1:], end], strict=True) if a < b]

    def _next_actor(self, comma: regex.Match[str], end: int) -> bool:
        """True for a comma behind a deadline, or before "mặt khác", with which the next task begins."""
        if comma["other"] is not None:
            return True
        timed = any(f.kind == "deadlines" and f.at + len(f.quote) == comma.start() for f in self.findings)
        named = listed(self.text, self.mentions, comma.end(), end, self.words) if timed else []
        return bool(named) and predicate_at(self.text, named[-1].end + 1, end, self.words)

    def _hand_down(self, clause: Clause, above: Intro) -> None:
        lead = [(self.index, m) for m in clause.lead] or above.lead
        coordinating = [(self.index, m) for m in clause.coordinating] or ([] if clause.lead else above.coordinating)
        over = above.deadline if self.p.kind == "item" else None  # a new preface sets no store by the one before
        deadline = next((f.id for f in self.findings if f.kind == "deadlines"), over)
        order = clause.rule == "obligations.assigned" and text_before(self.text, self.begin, clause) == ""
        self.intro = Intro(lead, coordinating, clause.modality if clause.lead else above.modality, deadline, order)

    def _task(self, clause: Clause, end: int, inherited: Intro) -> Task:
        own = bool(clause.lead)
        return Task(
            paragraph=self.index,
            clause=clause,
            start=clause.start,
            end=end,
            lead=[(self.index, m) for m in clause.lead] if own else list(inherited.lead),
            coordinating=[(self.index, m) for m in clause.coordinating]
            or ([] if own else list(inherited.coordinating)),
            modality=clause.modality or (inherited.modality if not own or inherited.order else None),
            section=self.section,
            rule="obligations.lead" if clause.leads else clause.rule,
        )

    def _attach(self, tasks: list[Task], inherited: Intro) -> None:
        """Deadlines, amounts and citations to the task in whose stretch they stand, or to the one before."""
        common = self.due_of_all()
        starts = [task.start for task in tasks]
        for f in self.findings:
            last = bisect_right(starts, f.at) - 1
            task = tasks[last] if last >= 0 else None
            if task is not None and f.at >= task.end and (f.kind != "deadlines" or f.id == common):
                task = None
            if task is None:
                continue
            if f.kind == "deadlines" and task.deadline is None and self._binds(f, task):
                task.deadline = f.id
            elif f.kind == "amounts":
                task.amounts.append(f.id)
            elif f.kind == "citations":
                task.citations.append(f.id)
        for task in tasks:
            task.deadline = task.deadline or common or inherited.deadline
            task.coordinating = task.coordinating or self._partners(task)
            task.reports_to = [(self.index, m) for m in self._reports_to(task)]

    def _binds(self, deadline: Finding, task: Task) -> bool:
        """False for a period that only says how long something runs: "vốn được kéo dài từ nay đến cuối năm 2023", "tiếp tục
        đẩy mạnh tuyên truyền trong năm 2023"."""
        begin = task.clause.action[0]
        runs = deadline.rule in {"deadlines.from-now", "deadlines.within"} and (
            _GOES_ON.match(self.text, begin) is not None or _PROLONGED.search(self.text, begin, deadline.at) is not None
        )
        if not runs or deadline.at <= begin:
            return True
        return _COMPLETES.search(self.text, max(task.start, deadline.at - 40), deadline.at) is not None

    def _reports_to(self, task: Task) -> list[Mention]:
        out: list[Mention] = []
        for kind in ("report", "send", "submit"):
            for _, stop in self.words.between(kind, task.clause.action[0], task.end):
                out += self._receivers(stop, task.end, out)
        if out:
            through = _THROUGH.search(self.text, task.clause.action[0], task.end)
            if through is not None:
                out += self._receivers(through.end(), task.end, out)
        return sorted(out, key=lambda m: m.start)

    def _receivers(self, at: int, end: int, known: list[Mention]) -> list[Mention]:
        """Bodies at a place that are not among the receivers yet."""
        at = at + 1 if self.text[at : at + 1] == " " else at
        return [m for m in listed(self.text, self.mentions, at, end, self.words) if m not in known]

    def _partners(self, task: Task) -> list[tuple[int, Mention]]:
        """Partners that are named inside the action: "rà soát hồ sơ, phối hợp với Sở A hướng dẫn", "…, có sự tham gia của Sở B"."""
        for position, stop in self.words.between("coordinate", task.clause.action[0] + 1, task.end):
            if not _PARTNERS_NAMED.search(self.text, position, stop) and self.mentions.at(stop + 1) is None:
                continue
            named = listed(self.text, self.mentions, stop + 1, task.end, self.words)
            if named:
                return [(self.index, m) for m in named]
        return []
