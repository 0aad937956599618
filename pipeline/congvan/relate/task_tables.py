"""Tasks set as a table: columns of task, lead, coordinating agencies and time. Source: Decree 30/2020, Annex IV, form VII."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

import regex

from congvan.document import Finding, Layout
from congvan.relate.actors import whole
from congvan.relate.clauses import Clause
from congvan.relate.labels import names_in
from congvan.relate.predicates import verb_at
from congvan.relate.subjects import Mention, Mentions, role_words
from congvan.relate.task import Task, mentions_of

# accepts the heads of the columns: "Nhiệm vụ", "Cơ quan chủ trì", "Đơn vị phối hợp", "Thời gian hoàn thành"
_HEADS = {
    "lead": regex.compile(
        r"(?:chủ trì|đầu mối|(?:cơ quan|đơn vị|bộ phận|người)(?: được giao)? (?:thực hiện|làm)|phụ trách|chịu trách nhiệm|giao cho)",
        regex.IGNORECASE,
    ),
    "partners": regex.compile(r"phối hợp|tham gia|cùng (?:thực hiện|làm)|hỗ trợ", regex.IGNORECASE),
    "time": regex.compile(r"thời (?:gian|hạn|điểm)|tiến độ|hoàn thành|\bhạn\b|\bmốc\b", regex.IGNORECASE),
    "task": regex.compile(r"nhiệm vụ|nội dung|việc\b|giải pháp|hoạt động|hạng mục", regex.IGNORECASE),
}
# accepts a time in a cell: "Trước ngày 5/3", "Quý II/2031", "Hằng tháng"
_TIME = regex.compile(r"\b(?:ngày|tháng|quý|năm|tuần|hằng|hàng|thường xuyên)\b|\d{1,2}/\d", regex.IGNORECASE)
_LEAST_ROWS = 3  # the head and two tasks
_MOST_OF = 0.7  # share of the cells of a column that must be of its kind
_VERB_WORDS = 2
# accepts the first words of the row of sums: "Cộng", "Tổng cộng", "Tổng số"
_SUM = regex.compile(r"(?:Tổng(?: cộng| số)?|Cộng)\b(?! (?:cục|công ty|kiểm|hợp|kết|đài|liên|thanh))", regex.IGNORECASE)
# accepts a cell that points to another row: "Như mục 1", "Như trên", "nt"
_AS_ABOVE = regex.compile(r"(?:Như (?:mục|dòng|điểm|khoản|trên)|Nt\b|-nt-)", regex.IGNORECASE)
_HEAD_ROWS = 3  # rows from the top in which the heads are looked for
_HEAD_LENGTH = 60


@dataclass(frozen=True, slots=True)
class _Columns:
    """Which column holds what, and the row of the heads."""

    row: int
    of: Mapping[str, int]


def table_tasks(layout: Layout, by_paragraph: Mapping[int, Sequence[Finding]]) -> tuple[list[Task], set[int]]:
    """Tasks of all tables that have a column of tasks and one of who leads, and the paragraphs that they use up.

    A cell that spans rows counts for each of them; a row without a lead of its own or above it gives no task.
    """
    tables: dict[int, dict[tuple[int, int], list[int]]] = {}
    for i, p in enumerate(layout.paragraphs):
        if p.kind == "cell" and p.table is not None and p.row is not None and p.column is not None:
            tables.setdefault(p.table, {}).setdefault((p.row, p.column), []).append(i)
    tasks: list[Task] = []
    used: set[int] = set()
    for cells in tables.values():
        columns = _columns(layout, cells)
        if columns is None:
            continue
        found = _rows(layout, by_paragraph, cells, columns)
        tasks.extend(found)
        used.update(i for (row, _), part in cells.items() if row >= columns.row for i in part)
    return tasks, used


def _columns(layout: Layout, cells: Mapping[tuple[int, int], list[int]]) -> _Columns | None:
    for row in sorted({row for row, _ in cells})[:_HEAD_ROWS]:
        of: dict[str, int] = {}
        for column in sorted(column for r, column in cells if r == row):
            text = " ".join(layout.paragraphs[i].text for i in cells[row, column])
            name = next((n for n, head in _HEADS.items() if len(text) <= _HEAD_LENGTH and head.search(text)), None)
            if name is not None:
                of.setdefault(name, column)
        if "task" in of and "lead" in of:
            return _Columns(row, of)
    return _by_content(layout, cells)


def _by_content(layout: Layout, cells: Mapping[tuple[int, int], list[int]]) -> _Columns | None:
    """The columns by what stands in them, where their heads say it in other words: names of bodies in one or two columns, the lead's
    first, and the longest column for the tasks, most of which begin with a verb."""
    rows = sorted({row for row, _ in cells})
    texts: dict[int, list[str]] = {}
    for (row, column), part in sorted(cells.items()):
        if row != rows[0]:
            texts.setdefault(column, []).append(" ".join(layout.paragraphs[i].text for i in part))
    if len(rows) < _LEAST_ROWS:
        return None
    named = [column for column, said in texts.items() if _share(said, _is_names) >= _MOST_OF]
    rest = [column for column in texts if column not in named]
    task = max(rest, key=lambda column: sum(map(len, texts[column])), default=None)
    if not named or task is None or _share(texts[task], _is_task) < _MOST_OF:
        return None
    head = {column: " ".join(layout.paragraphs[i].text for i in cells.get((rows[0], column), [])) for column in texts}
    partners = next((column for column in named if _HEADS["partners"].search(head[column])), None)
    lead = next((column for column in named if column != partners), None)
    if lead is None:
        return None
    of = {"task": task, "lead": lead}
    others = [column for column in named if column not in (lead, partners)]
    if partners is not None or others:
        of["partners"] = partners if partners is not None else others[0]
    time = next(
        (c for c in rest if c != task and _share(texts[c], lambda said: _TIME.search(said) is not None) >= _MOST_OF),
        None,
    )
    if time is not None:
        of["time"] = time
    return _Columns(rows[0], of)


def _share(texts: Sequence[str], holds: Callable[[str], bool]) -> float:
    return sum(map(holds, texts)) / len(texts) if texts else 0.0


def _is_names(text: str) -> bool:
    return bool(whole(text, Mentions([]), 0, len(text), role_words(text)))


def _is_task(text: str) -> bool:
    return verb_at(text, 0, len(text), role_words(text), capital=True) and len(text.split()) > _VERB_WORDS


def _rows(
    layout: Layout,
    by_paragraph: Mapping[int, Sequence[Finding]],
    cells: Mapping[tuple[int, int], list[int]],
    columns: _Columns,
) -> list[Task]:
    out: list[Task] = []
    above: dict[str, list[int]] = {}
    for row in sorted({row for row, _ in cells if row > columns.row}):
        here = {name: cells.get((row, column), []) for name, column in columns.of.items()}
        if any(_SUM.match(layout.paragraphs[i].text) for i in here["task"]):
            continue
        if "time" in here and not here["time"]:
            aside = [i for (r, c), part in cells.items() if r == row and c not in columns.of.values() for i in part]
            here["time"] = [i for i in aside if any(f.kind == "deadlines" for f in by_paragraph.get(i, ()))]
        alone = bool(here["lead"])  # a row that names its lead has the partners that it names
        above = {
            name: part or ([] if alone and name == "partners" else above.get(name, [])) for name, part in here.items()
        }
        task = _task(layout, by_paragraph, here["task"], above) if here["task"] else None
        if task is not None:  # money in a column of its own
            money = [i for (r, c), part in cells.items() if r == row and c not in columns.of.values() for i in part]
            task.amounts += [f.id for i in money for f in by_paragraph.get(i, ()) if f.kind == "amounts"]
        if task is not None:
            out.append(task)
    return out


def _task(
    layout: Layout, by_paragraph: Mapping[int, Sequence[Finding]], at: list[int], parts: Mapping[str, list[int]]
) -> Task | None:
    def agencies(name: str) -> list[tuple[int, Mention]]:
        return [
            (i, m)
            for i in parts.get(name, [])
            if not _AS_ABOVE.match(layout.paragraphs[i].text)
            for m in names_in(layout.paragraphs[i].text, mentions_of(by_paragraph.get(i, ())))
        ]

    lead = agencies("lead")
    if not lead:
        return None
    first = at[0]
    end = len(layout.paragraphs[first].text.rstrip())
    clause = Clause(0, end, leads=True, must=True, action=(0, end), rule="obligations.table")
    task = Task(first, clause, 0, end, lead, agencies("partners"), None, None, "obligations.table")
    values = [f for i in at for f in by_paragraph.get(i, ())]
    task.amounts = [f.id for f in values if f.kind == "amounts"]
    task.citations = [f.id for f in values if f.kind == "citations"]
    timed = [f for i in parts.get("time", []) for f in by_paragraph.get(i, ())]
    due = next((f for f in timed if f.kind == "deadlines"), None) or next((f for f in timed if f.kind == "dates"), None)
    due = due or next((f for f in values if f.kind == "deadlines"), None)
    task.deadline = due.id if due is not None else None
    return task
