"""Targets and results set as a table: an indicator a row, with its unit and columns of what is planned and what was reached."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import NamedTuple

import regex

from congvan.document import Finding, FindingKind, Layout
from congvan.language.numerals import SCALES, parse_number
from congvan.relate.moods import Mood
from congvan.relate.statements import Statement

# accepts the head of the column of indicators: "Chỉ tiêu", "Tên chỉ tiêu", "Nội dung chỉ tiêu", "CHỈ TIÊU CHỦ YẾU"
_NAMES = regex.compile(
    r"(?:(?:tên|nội dung|danh mục) (?:các )?(?:chỉ tiêu|mục tiêu)|(?:các )?(?:chỉ tiêu|mục tiêu)(?! (?:năm|giao|kế hoạch|đến|được|\d)))",
    regex.IGNORECASE,
)
# accepts the head of the column of units: "Đơn vị tính", "ĐVT", "Đơn vị"
_UNITS = regex.compile(r"(?:đơn vị(?: tính|$)|đvt\b)", regex.IGNORECASE)
# accepts the head of the column of who answers for it: "Cơ quan chịu trách nhiệm", "Đơn vị chủ trì"
_OWNERS = regex.compile(
    r"(?:cơ quan|đơn vị|địa phương)?[^()]{0,12}(?:chủ trì|thực hiện(?! (?:năm|\d|tháng|quý))|chịu trách nhiệm|phụ trách|theo dõi|được giao)$",
    regex.IGNORECASE,
)
# accepts the head of a column of what is aimed at: "Kế hoạch năm 2025", "Mục tiêu đến 2030", "Chỉ tiêu giao"
_PLANNED = regex.compile(r"\b(?:kế hoạch|mục tiêu|chỉ tiêu|phấn đấu|dự kiến|giao|kh)\b", regex.IGNORECASE)
# accepts the head of a column of what was reached: "Thực hiện năm 2024", "Ước thực hiện", "Kết quả"
_REACHED = regex.compile(r"\b(?:thực hiện|kết quả|ước|đạt được|hiện trạng|th)\b", regex.IGNORECASE)
# accepts the head of a column that compares the others: "So với kế hoạch (%)", "Tỷ lệ TH/KH", "Tăng, giảm"
_COMPARED = regex.compile(r"so (?:với|sánh)|/|tỷ lệ|tỉ lệ|tăng|giảm|%", regex.IGNORECASE)
# accepts a year, or a period with its years, in a head: "năm 2025", "đến năm 2030", "2021-2025", "6 tháng đầu năm 2024"
_TIME = regex.compile(
    r"(?:(?:\d+ tháng (?:đầu|cuối) |quý \p{L}+ )?(?:đến )?(?:hết )?năm |giai đoạn )?\d{4}(?: ?[-–] ?\d{4})?",
    regex.IGNORECASE,
)
# accepts a year: "2024"
_YEAR = regex.compile(r"\d{4}")
# accepts a bound before a figure: "≥ 95", "trên 20", "Tối thiểu 80"
_BOUND = regex.compile(
    r"(?P<ge>≥|>=|tối thiểu|ít nhất|từ)|(?P<le>≤|<=|tối đa|không quá)|(?P<gt>>|trên|hơn)|(?P<lt><|dưới)",
    regex.IGNORECASE,
)
# accepts a range: "85 - 90", "3-4"
_RANGE = regex.compile(r"(?P<low>[\d.,]+)\s*[-–]\s*(?P<high>[\d.,]+)")
# accepts a unit of money: "triệu đồng", "Tỷ đồng", "1.000 đồng"
_MONEY = regex.compile(r"(?P<thousand>1[.,]?000 ?)?(?P<scale>nghìn|ngàn|triệu|tỷ|tỉ)?(?: |\b)đồng", regex.IGNORECASE)
_HEAD_ROWS = 3
_HEAD_LENGTH = 70
_OPERATORS = {"ge": ">=", "le": "<=", "gt": ">", "lt": "<"}
Cells = Mapping[tuple[int, int], Sequence[int]]


class TableMeasure(NamedTuple):
    """A value of a table: the paragraph of its cell, its mood, statement and time, and the paragraph of who answers for it."""

    paragraph: int
    mood: Mood
    statement: Statement
    time: str | None
    owner: int | None


@dataclass(frozen=True, slots=True)
class _Head:
    """What the columns of a table hold: the indicator, its unit, and values with their mood and time."""

    row: int
    name: int
    unit: int | None
    values: Mapping[int, tuple[Mood, str | None, str | None]]  # column: mood, time, unit in the head
    compared: int | None
    compared_title: str
    owner: int | None = None

    @property
    def held_against(self) -> int | None:
        """The column whose values are compared: of "So với năm 2024 (%)" the last that is not of 2024 itself."""
        year = _YEAR.search(self.compared_title)
        own = [
            c for c, (mood, time, _) in self.values.items()
            if (mood == "results" if year is None else year[0] not in (time or ""))
        ]  # fmt: skip
        return own[-1] if own else None


def table_measures(layout: Layout) -> list[TableMeasure]:
    """The values of every row of the tables of indicators."""
    tables: dict[int, dict[tuple[int, int], list[int]]] = {}
    for i, p in enumerate(layout.paragraphs):
        if p.kind == "cell" and p.table is not None and p.row is not None and p.column is not None:
            tables.setdefault(p.table, {}).setdefault((p.row, p.column), []).append(i)
    out: list[TableMeasure] = []
    for cells in tables.values():
        head = _head(layout, cells)
        if head is not None:
            for row in sorted({row for row, _ in cells if row > head.row}):
                out.extend(_row(layout, cells, head, row))
    return out


def _said(layout: Layout, cells: Cells, row: int, column: int | None) -> str:
    return " ".join(layout.paragraphs[i].text for i in cells.get((row, column if column is not None else -1), ()))


def _head(layout: Layout, cells: Cells) -> _Head | None:
    for row in sorted({row for row, _ in cells})[:_HEAD_ROWS]:
        titles = {column: _said(layout, cells, row, column) for r, column in cells if r == row}
        names = [c for c, t in titles.items() if len(t) <= _HEAD_LENGTH and _NAMES.match(t)]
        if not names:
            continue
        name = min(names)
        unit = next((c for c, t in titles.items() if c != name and _UNITS.match(t)), None)
        values: dict[int, tuple[Mood, str | None, str | None]] = {}
        compared: int | None = None
        owner: int | None = None
        for c, title in sorted(titles.items()):
            if c <= name or c == unit:
                continue
            if _OWNERS.fullmatch(title):
                owner = c
                continue
            planned, reached = _PLANNED.search(title), _REACHED.search(title)
            if values and _COMPARED.search(title):
                compared = c if compared is None else compared
            elif planned is not None or reached is not None:
                mood: Mood = (
                    "targets"
                    if reached is None or (planned is not None and planned.start() < reached.start())
                    else "results"
                )
                time = _TIME.search(title)
                values[c] = (mood, time[0] if time is not None else None, _unit_in(title))
        if values:
            title = titles[compared] if compared is not None else ""
            return _Head(row, name, unit, values, compared, title, owner)
    return None


def _unit_in(title: str) -> str | None:
    """The unit in brackets of a head: "Kế hoạch (triệu đồng)"."""
    return title[title.rfind("(") + 1 : -1].strip() if title.endswith(")") else None


def _row(layout: Layout, cells: Cells, head: _Head, row: int) -> list[TableMeasure]:
    name = _said(layout, cells, row, head.name)
    if not any(c.isalpha() for c in name):
        return []
    unit = _said(layout, cells, row, head.unit).strip() or None
    out: list[TableMeasure] = []
    for column, (mood, time, above) in head.values.items():
        at = cells.get((row, column), ())
        if len(at) != 1:
            continue
        text = layout.paragraphs[at[0]].text
        value = _value(text, unit or above)
        if value is None:
            continue
        figure = Finding(
            "", value[0], layout.paragraphs[at[0]].span, value[1], "", 0.0, text.strip(), paragraph=at[0], at=0
        )  # fmt: skip
        s = Statement(0, len(text), figure, "level", " ".join(name.split()), (0, len(text)), 0)
        ratio = _said(layout, cells, row, head.compared).strip() if column == head.held_against else ""
        if any(c.isdigit() for c in ratio):
            s.difference, s.compared_with = ratio, head.compared_title
        who = cells.get((row, head.owner if head.owner is not None else -1), ())
        out.append(TableMeasure(at[0], mood, s, time, who[0] if who else None))
    return out


def _value(text: str, unit: str | None) -> tuple[FindingKind, dict[str, object]] | None:
    """Kind and value of a cell; None where it holds no figure, or two that are no range."""
    said = text.strip().removesuffix("%").strip()
    percent = text.strip().endswith("%") or (unit is not None and unit.strip().startswith("%"))
    bound = _BOUND.match(said)
    figure = said[bound.end() :].strip() if bound is not None else said
    operator = _OPERATORS[str(bound.lastgroup)] if bound is not None else "="
    money = _MONEY.search(unit) if unit is not None and not percent else None
    scale = Decimal(1)
    if money is not None:
        scale = Decimal(SCALES.get((money["scale"] or "").lower(), 1)) * (1000 if money["thousand"] else 1)
    low = high = value = None
    if (two := _RANGE.fullmatch(figure)) is not None:
        low, high = parse_number(two["low"]), parse_number(two["high"])
        if low is None or high is None or low >= high:
            return None
        low, high, operator = low * scale, high * scale, "range"
    else:
        value = parse_number(figure)
        if value is None or not figure[:1].isdigit():
            return None
        value *= scale
    kind: FindingKind = "percentages" if percent else "amounts" if money is not None else "quantities"
    return kind, {
        "operator": operator,
        "value": value,
        "low": low,
        "high": high,
        "per": None,
        "unit": unit if kind == "quantities" else None,
        "currency": "VND" if kind == "amounts" else None,
    }
