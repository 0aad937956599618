"""Sums of tables: the rows "Tổng", "Cộng" against the rows above (or below) them, and columns that follow from others.

Of rows only those that do not follow are told: a table of a hundred rows would else give a hundred checks.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

import regex

from congvan.document import Layout
from congvan.language.numerals import parse_number
from congvan.record import CheckKind
from congvan.relate.stated import Checked, Verdict, grouped

# accepts the name of the row of sums: "Tổng cộng", "CỘNG", "Tổng số (I+II)"
_SUM_ROW = regex.compile(r"(?:tổng(?: cộng| số| chung)?|cộng)\s*(?:\([^)]{1,20}\))?\s*:?", regex.IGNORECASE)
# accepts a cell that is a figure: "1.234,5", "35,0%", "12"
_NUMBER = regex.compile(r"-?\d+(?:[.,]\d+)*\s*%?")
# accepts the head of a column that cannot be added up: "Tỷ lệ (%)", "Đơn giá", "Năm"
_NOT_ADDED = regex.compile(
    r"tỷ lệ|tỉ lệ|%|đơn giá|bình quân|năm (?:hoàn|khởi|sinh)|so (?:với|sánh)|định mức|mức |hệ số|thời gian|số hiệu|mã|ghi chú|\b(?:stt|tt)\b",
    regex.IGNORECASE,
)
# accepts the number of a main row: "I", "A", "II.", and of one under it: "1", "1.1", "a"
_MAIN = regex.compile(r"[IVX]+\.?|[A-ZĐ]\.?")
_UNDER = regex.compile(r"\d{1,3}\.?|\d+\.\d+\.?|[a-zđ]\)?|[-+]")
# accepts the head of a column of what is left, and of a share
_LEFT = regex.compile(r"còn lại|chưa|chênh lệch", regex.IGNORECASE)
_SHARE = regex.compile(r"tỷ lệ|tỉ lệ|%", regex.IGNORECASE)
_FEWEST = 2  # rows that make a sum
_MOST_OFF = Decimal("0.3")  # of the total: a sum that is farther off is not meant as one


@dataclass(frozen=True, slots=True)
class _Cell:
    """A figure of a table: its value, decimals, paragraph."""

    value: Decimal
    places: int
    paragraph: int
    length: int


@dataclass(slots=True)
class _Table:
    """The cells of a table: text and figure by row and column; titles of the columns; rows below the head."""

    texts: dict[tuple[int, int], str]
    figures: dict[tuple[int, int], _Cell]
    titles: dict[int, str]
    rows: list[int]
    columns: list[int]


def table_checks(layout: Layout) -> list[Checked]:
    """The checks of all tables."""
    cells: dict[int, dict[tuple[int, int], list[int]]] = {}
    for i, p in enumerate(layout.paragraphs):
        if p.kind == "cell" and p.table is not None and p.row is not None and p.column is not None:
            cells.setdefault(p.table, {}).setdefault((p.row, p.column), []).append(i)
    out: list[Checked] = []
    for group in cells.values():
        table = _read(layout, group)
        if table is not None:
            out += _column_sums(table)
            out += _rows(table)
    return out


def _read(layout: Layout, cells: dict[tuple[int, int], list[int]]) -> _Table | None:
    texts = {at: " ".join(layout.paragraphs[i].text for i in part).strip() for at, part in cells.items()}
    figures: dict[tuple[int, int], _Cell] = {}
    for at, text in texts.items():
        value = parse_number(text.rstrip("% ")) if _NUMBER.fullmatch(text) else None
        if value is not None and len(cells[at]) == 1:
            decimals = text.rstrip("% ").rpartition(",")[2] if "," in text else ""
            figures[at] = _Cell(value, len(decimals), cells[at][0], len(layout.paragraphs[cells[at][0]].text))
    rows = sorted({row for row, _ in texts})
    body = [row for row in rows if sum((row, c) in figures for c in {c for r, c in texts if r == row and c > 0}) > 0]
    columns = sorted({c for _, c in texts if c > 0})
    if len(body) < _FEWEST + 1:
        return None
    heads = [row for row in rows if row < body[0]]
    titles = {c: " ".join(texts.get((row, c), "") for row in heads).strip() for c in columns}
    return _Table(texts, figures, titles, [row for row in rows if row >= body[0]], columns)


def _is_sum(table: _Table, row: int) -> bool:
    return any(_SUM_ROW.fullmatch(table.texts.get((row, c), "")) for c in (0, 1))


def _column_sums(table: _Table) -> list[Checked]:
    sums = [row for row in table.rows if _is_sum(table, row)]
    if len(sums) != 1:
        return []  # none, or subtotals whose rows nobody names
    total = sums[0]
    others = [row for row in table.rows if row != total]
    main = [row for row in others if _MAIN.fullmatch(table.texts.get((row, 0), ""))]
    nested = bool(main) and len(main) < len(others)
    rows = main if nested else others
    out: list[Checked] = []
    for c in table.columns:
        stated = table.figures.get((total, c))
        parts = [table.figures[row, c] for row in rows if (row, c) in table.figures]
        if stated is None or len(parts) < _FEWEST or _NOT_ADDED.search(table.titles.get(c, "")):
            continue
        computed = sum((p.value for p in parts), Decimal(0))
        places = max(stated.places, *(p.places for p in parts))
        least = min(stated.places, *(p.places for p in parts))
        tolerance = len(parts) * Decimal(1).scaleb(-least) if places else Decimal(0)
        off = abs(stated.value - computed)
        gaps = any((row, c) not in table.figures and table.texts.get((row, c), "").strip(" -–") for row in rows)
        verdict: Verdict = "agrees"
        if off > tolerance:
            sure = not nested and not gaps and off <= _MOST_OFF * abs(stated.value)
            verdict = "disagrees" if sure else "unclear"
        out.append(_checked("sum", stated, grouped(computed), verdict))
    return out


def _checked(kind: CheckKind, cell: _Cell, computed: str, verdict: Verdict) -> Checked:
    return Checked(kind, cell.paragraph, 0, cell.length, grouped(cell.value), computed, verdict)


def _rows(table: _Table) -> list[Checked]:
    """Rows in which what is left, or a share, does not follow from two other columns, where it does in all others but one."""
    out: list[Checked] = []
    plain = [c for c in table.columns if not _SHARE.search(table.titles.get(c, ""))]
    for c in table.columns:
        title = table.titles.get(c, "")
        left, share = _LEFT.search(title) is not None, _SHARE.search(title) is not None
        if not left and not share:
            continue
        before = [k for k in plain if k < c and not _LEFT.search(table.titles.get(k, ""))]
        for a, b in ((x, y) for x in before for y in before if x != y):
            found = _follows(table, (a, b, c), share)
            if found is not None:
                out += found
                break
    return out


def _follows(table: _Table, columns: Sequence[int], share: bool) -> list[Checked] | None:
    """The rows in which column c is not a - b (or 100 b / a); None where that is not what the column holds."""
    a, b, c = columns
    right, wrong = 0, []
    for row in (row for row in table.rows if not _is_sum(table, row)):
        x, y, z = (table.figures.get((row, k)) for k in (a, b, c))
        if x is None or y is None or z is None or (share and not x.value):
            continue
        computed = 100 * y.value / x.value if share else x.value - y.value
        places = max(x.places, y.places, z.places)
        tolerance = (
            Decimal(1).scaleb(-z.places) if share else (2 * Decimal(1).scaleb(-places) if places else Decimal(0))
        )
        if abs(computed - z.value) <= tolerance:
            right += 1
        else:
            wrong.append((z, grouped(computed, max(z.places, 2) if share else None)))
    if right < 2 or len(wrong) > 1 or right < 3 * len(wrong):
        return None
    return [_checked("share" if share else "difference", z, told, "disagrees") for z, told in wrong]
