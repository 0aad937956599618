"""Deadline or date: sentences by hand, and the known ones that come out wrong."""

from __future__ import annotations

from pathlib import Path

import pytest

from congvan.extract.values import find_values

LINES = [
    line.split("|", 1)
    for line in (Path(__file__).parent / "goldens" / "moods.txt").read_text(encoding="utf-8").splitlines()
    if line and not line.startswith("#")
]
# come out wrong today: a subject without a body at its head, a verb that also names meetings
KNOWN = {
    "Trước ngày [01/7/2025], nhiệm vụ này do Ủy ban nhân dân cấp huyện thực hiện.",
    "Chủ đầu tư bàn giao công trình cho địa phương quản lý đúng ngày [30/6/2023].",
}


@pytest.mark.parametrize(
    ("wanted", "sentence"),
    [
        pytest.param(wanted, s, marks=[pytest.mark.xfail(reason="known", strict=True)] if s in KNOWN else [])
        for wanted, s in LINES
    ],
)
def test_a_time_is_a_deadline_where_something_is_asked_for(wanted: str, sentence: str) -> None:
    first, last = sentence.index("["), sentence.index("]") - 1
    text = sentence.replace("[", "").replace("]", "")
    near = [f for f in find_values(text) if f.kind in ("dates", "deadlines") and f.start < last and first < f.end]
    assert [f.kind for f in near] == [{"D": "deadlines", "d": "dates"}[wanted]]


def test_there_are_enough_of_both() -> None:
    kinds = [wanted for wanted, _ in LINES]
    assert kinds.count("D") >= 80
    assert kinds.count("d") >= 60
