"""Figures in tables take the unit of the head of their column, of their row, or of the line above the table."""

from __future__ import annotations

from typing import Any

import pytest

from congvan.language.table_heads import column_unit, stated_unit
from congvan.parse import parse_bytes

TABLE = "<p>{above}</p><table>{rows}</table>"


def table(above: str, *rows: str) -> dict[str, Any]:
    """The record of a page with a table; cells are parted by "|"."""
    lines = "".join(f"<tr>{''.join(f'<td>{cell}</td>' for cell in row.split('|'))}</tr>" for row in rows)
    page = f"<html><body><h1>BÁO CÁO</h1>{TABLE.format(above=above, rows=lines)}</body></html>"
    [record] = parse_bytes(page.encode(), "table.html")
    return record.to_dict()


def found(record: dict[str, Any], kind: str) -> list[tuple[Any, ...]]:
    return [(f["text"], f["operator"], f["value"], f["low"], f["high"]) for f in record[kind]]


def test_the_unit_above_the_table_counts_for_columns_of_money_alone() -> None:
    record = table(
        "Đơn vị tính: triệu đồng",
        "TT|Dự án|Số hộ|Kế hoạch vốn|Năm",
        "1|Cầu Đăk Bla|120|1.234,5|2023",
        "2|Đường nội thị|85|800|2024",
    )
    assert found(record, "amounts") == [("1.234,5", "=", 1234500000, None, None), ("800", "=", 800000000, None, None)]
    assert found(record, "quantities") == []
    assert all(record["text"][f["span"][0] : f["span"][1]] == f["text"] for f in record["amounts"])


def test_the_head_of_a_column_has_the_unit() -> None:
    record = table(
        "Biểu chi tiết",
        "TT|Xã|Diện tích (ha)|Kinh phí (1.000 đồng)|Tỷ lệ (%)",
        "1|Đăk Hà|12,5|1.500|35,2",
        "2|Ngọk Réo|8|2.000|≥ 95",
    )
    assert found(record, "amounts") == [("1.500", "=", 1500000, None, None), ("2.000", "=", 2000000, None, None)]
    assert found(record, "percentages") == [("35,2", "=", 35.2, None, None), ("≥ 95", ">=", 95, None, None)]
    assert found(record, "quantities") == [("12,5", "=", 12.5, None, None), ("8", "=", 8, None, None)]


def test_a_column_of_units() -> None:
    record = table(
        "Bảng chỉ tiêu",
        "TT|Chỉ tiêu|ĐVT|Kế hoạch",
        "1|Thu ngân sách|tỷ đồng|345",
        "2|Tỷ lệ hộ nghèo|%|3 - 4",
        "3|Trồng rừng|ha|150",
    )
    assert found(record, "amounts") == [("345", "=", 345000000000, None, None)]
    assert found(record, "percentages") == [("3 - 4", "range", None, 3, 4)]
    assert found(record, "quantities") == [("150", "=", 150, None, None)]


def test_no_unit_no_value() -> None:
    record = table("Danh sách", "TT|Họ và tên|Điểm", "1|Y Thơm|95", "2|A Biên|87")
    assert [found(record, kind) for kind in ("amounts", "percentages", "quantities")] == [[], [], []]


@pytest.mark.parametrize(
    ("text", "unit"),
    [
        ("Đơn vị tính: triệu đồng", "triệu đồng"),
        ("(ĐVT: 1.000 đồng)", "1.000 đồng"),
        ("Đơn vị: %", "%"),
        ("Kon Tum", None),
    ],
)
def test_units_that_are_stated(text: str, unit: str | None) -> None:
    assert stated_unit(text) == unit


@pytest.mark.parametrize(
    ("title", "unit"),
    [("Kinh phí (triệu đồng)", "triệu đồng"), ("Tỷ lệ %", "%"), ("Chi (1.000 đồng)", "nghìn đồng"), ("Diện tích (m2)", "m2"),
     ("Họ và tên", None)],
)  # fmt: skip
def test_units_in_the_head_of_a_column(title: str, unit: str | None) -> None:
    assert column_unit(title) == unit


def test_figures_and_words_that_disagree_are_to_be_reviewed() -> None:
    text = (
        "Hỗ trợ 150.000.000 đồng (Bằng chữ: Một trăm sáu mươi triệu đồng); tặng 05 (năm) bộ; giảm 5% (năm phần trăm)."
    )
    [record] = parse_bytes(text.encode(), "a.txt")
    [amount], [quantity], [share] = record.amounts, record.quantities, record.percentages
    assert (amount.value, amount.in_words, amount.agrees) == (150_000_000, 160_000_000, False)
    assert (quantity.agrees, share.agrees) == (True, True)
    assert [r.finding for r in record.review if "disagree" in r.reason] == [amount.id]
