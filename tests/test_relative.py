"""Dates that the text leaves open, completed by the date of issue. All expectations by hand."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from congvan.document import Finding, Span
from congvan.extract.values import find_values
from congvan.relate.relative import resolve_relative

MARCH = date(2023, 3, 16)


def resolved(text: str, issued_on: date | None = MARCH, kind: str = "deadlines") -> list[dict[str, Any]]:
    """Values of the findings of a kind, completed."""
    out = []
    for f in find_values(text):
        if f.kind == kind:
            finding = Finding("x", f.kind, Span(f.start, f.end), f.value, f.rule, 1.0, text[f.start : f.end])
            out.append(dict(resolve_relative(finding, issued_on).value))
    return out


@pytest.mark.parametrize(
    ("text", "issued_on", "due", "inclusive"),
    [
        ("báo cáo trước ngày 25", MARCH, "2023-03-25", False),
        ("báo cáo trước ngày 16", MARCH, "2023-03-16", False),
        ("báo cáo trước ngày 05", MARCH, "2023-04-05", False),
        ("báo cáo trước ngày 05", date(2023, 12, 20), "2024-01-05", False),
        ("báo cáo trước ngày 31", date(2023, 2, 10), None, False),
        ("báo cáo trước ngày 20 tháng 6", MARCH, "2023-06-20", False),
        ("báo cáo trước ngày 15 tháng 3", MARCH, "2023-03-15", False),
        ("báo cáo trước ngày 15 tháng 01", MARCH, "2023-01-15", False),
        ("báo cáo trước ngày 15 tháng 01", date(2023, 12, 8), "2024-01-15", False),
        ("báo cáo trước ngày 15 tháng 01", date(2023, 10, 8), "2023-01-15", False),
        ("báo cáo trước ngày 29 tháng 02", date(2023, 11, 30), "2024-02-29", False),
        ("báo cáo trước ngày 29 tháng 02", MARCH, None, False),
        ("báo cáo trước ngày 05 tháng 12", date(2023, 12, 8), "2023-12-05", False),
        ("báo cáo trước ngày 15 tháng 7", date(2023, 12, 8), "2023-07-15", False),
        ("báo cáo trước ngày 15 tháng 3 năm sau", MARCH, "2024-03-15", False),
        ("báo cáo trước ngày 15 tháng 3 năm sau", date(2023, 12, 8), "2024-03-15", False),
        ("hoàn thành trong tháng 3 năm sau", MARCH, "2024-03-31", True),
        ("hoàn thành trong 6 tháng đầu năm sau", MARCH, "2024-06-30", True),
        ("hoàn thành trong nửa đầu năm sau", MARCH, "2024-06-30", True),
        ("hoàn thành trước quý II năm nay", date(2023, 11, 20), "2023-04-01", False),
        ("hoàn thành trước tháng 7", MARCH, "2023-07-01", False),
        ("hoàn thành trước tháng 7 năm 2023", MARCH, "2023-07-01", False),
        ("hoàn thành trước quý II", MARCH, "2023-04-01", False),
        ("hoàn thành trước quý II năm 2023", MARCH, "2023-04-01", False),
        ("hoàn thành trước quý II", date(2023, 11, 20), "2024-04-01", False),
        ("hoàn thành trong quý II", MARCH, "2023-06-30", True),
        ("hoàn thành trong quý I", date(2023, 12, 1), "2024-03-31", True),
        ("hoàn thành trong 6 tháng cuối năm", date(2023, 12, 1), "2023-12-31", True),
        ("hoàn thành trước cuối tháng 5", MARCH, "2023-05-31", False),
        ("hoàn thành trước đầu tháng 6", MARCH, None, False),
        ("hoàn thành trước đầu tháng 6 năm 2023", MARCH, None, False),
        ("chậm nhất giữa tháng 9", MARCH, None, True),
        ("chậm nhất giữa tháng 9 năm 2023", MARCH, None, True),
        ("chậm nhất cuối tháng 9", MARCH, "2023-09-30", True),
        ("chậm nhất trong tháng sau", date(2023, 12, 8), "2024-01-31", True),
        ("chậm nhất trong quý sau", date(2023, 11, 8), "2024-03-31", True),
        ("chậm nhất trong tuần sau", MARCH, None, True),
        ("chậm nhất cuối năm nay", MARCH, "2023-12-31", True),
        ("báo cáo trước ngày 10 tháng 3 âm lịch", MARCH, None, False),
        ("báo cáo trước ngày 10 tháng 3 năm 2024 (âm lịch)", MARCH, None, False),
        ("báo cáo trước ngày 10/3/2024 âm lịch", MARCH, None, False),
        ("báo cáo trước ngày 10 tháng 3 năm Giáp Thìn", MARCH, None, False),
        ("hoàn thành trong tháng 7 âm lịch", MARCH, None, True),
        ("báo cáo trước ngày 20 tháng 6", None, None, False),
        ("báo cáo trước ngày 20 tháng 6", date(9999, 3, 1), None, False),
        ("chậm nhất trong năm sau", date(9999, 12, 31), None, True),
        ("chậm nhất trong tháng sau", date(9999, 12, 31), None, True),
        ("hoàn thành trước quý II", date(1, 1, 1), None, False),
    ],
)
def test_due(text: str, issued_on: date | None, due: str | None, inclusive: bool) -> None:
    [value] = resolved(text, issued_on)
    assert (value["due"], value["inclusive"]) == (due, inclusive)


@pytest.mark.parametrize(
    ("text", "assumed"),
    [
        ("báo cáo trước ngày 20 tháng 6", True),
        ("báo cáo trước ngày 20", True),
        ("hoàn thành trong quý II", True),
        ("báo cáo trước ngày 20 tháng 6 năm 2023", False),
        ("báo cáo trước ngày 15 tháng 3 năm sau", False),
        ("chậm nhất trong tháng sau", False),
        ("từ nay đến cuối năm 2023", False),
        ("từ nay đến ngày 30 tháng 6", True),
        ("báo cáo trước ngày 10 tháng 3 âm lịch", False),
        ("hoàn thành trong 6 tháng đầu năm nay", False),
    ],
)
def test_a_year_that_is_not_named_is_marked_as_assumed(text: str, assumed: bool) -> None:
    [value] = resolved(text)
    assert value.get("assumed_year", False) is assumed


def test_from_now_begins_on_the_day_of_issue() -> None:
    assert [(v["start"], v["due"]) for v in resolved("từ nay đến cuối năm")] == [("2023-03-16", "2023-12-31")]
    assert [(v["start"], v["due"]) for v in resolved("từ nay đến hết năm 2025")] == [("2023-03-16", "2025-12-31")]


@pytest.mark.parametrize(
    ("text", "intervals"),
    [
        ("họp ngày 20 tháng 6 tại huyện", [("2023-06-20", "2023-06-20", True)]),
        ("số liệu tháng 3 của huyện", [("2023-03-01", "2023-03-31", True)]),
        ("kết quả 06 tháng đầu năm", [("2023-01-01", "2023-06-30", True)]),
        ("tăng so với năm trước nhiều, chuyển sang năm sau", []),
        ("kế hoạch năm nay", [("2023-01-01", "2023-12-31", False)]),
        ("họp tuần này tại huyện", [(None, None, False)]),
        ("giỗ Tổ ngày 10 tháng 3 âm lịch", [(None, None, False)]),
        ("giỗ Tổ ngày 10 tháng 3 năm 2024 âm lịch", [(None, None, False)]),
        ("lễ hội tháng 7 năm 2024 âm lịch", [(None, None, False)]),
        ("trực từ ngày 06 đến ngày 10 tháng 3 (âm lịch)", [(None, None, False)]),
        ("trực từ ngày 06 đến ngày 10 tháng 4", [("2023-04-06", "2023-04-10", True)]),
    ],
)
def test_dates(text: str, intervals: list[tuple[str | None, str | None, bool]]) -> None:
    found = [(v["start"], v["end"], v.get("assumed_year", False)) for v in resolved(text, kind="dates")]
    assert found == intervals


@given(st.dates(), st.sampled_from(["day", "month", "quarter", "months", "shift"]), st.data())
def test_no_date_of_issue_makes_it_fail(issued_on: date, key: str, data: st.DataObject) -> None:
    limits = {"day": (1, 31), "month": (1, 12), "quarter": (1, 4), "months": (1, 12), "shift": (-1, 1)}
    relative: dict[str, Any] = {key: data.draw(st.integers(*limits[key]))}
    if key == "day" and data.draw(st.booleans()):
        relative["month"] = data.draw(st.integers(1, 12))
    if key == "months":
        relative["part"] = data.draw(st.sampled_from(["start", "end"]))
    if key == "shift":
        relative["unit"] = data.draw(st.sampled_from(["week", "month", "quarter", "year"]))
    value = {"due": None, "inclusive": True, "part": None, "relative": relative}
    got = resolve_relative(Finding("x", "deadlines", Span(0, 1), value, "r", 1.0, "x"), issued_on).value
    if got["due"] is not None:
        assert 1900 <= issued_on.year <= 2100
        assert abs(date.fromisoformat(got["due"]).year - issued_on.year) <= 1
