"""Working days by the Vietnamese calendar. All expectations by hand, from the calendars of the years."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from congvan.language.working_days import is_working_day, term_end, working_day


@pytest.mark.parametrize(
    ("on", "works"),
    [
        (date(2024, 2, 7), True),  # the last day before Tết
        (date(2024, 2, 8), False), (date(2024, 2, 14), False), (date(2024, 2, 15), True),  # Tết Giáp Thìn
        (date(2024, 4, 29), False), (date(2024, 5, 4), True),  # a Monday off, worked for on a Saturday
        (date(2025, 5, 2), False), (date(2025, 4, 26), True),
        (date(2023, 5, 3), False),  # days off that fell on a weekend
        (date(2024, 4, 18), False),  # the Hùng Kings
        (date(2023, 3, 11), False), (date(2023, 3, 13), True),
        (date(1995, 3, 13), None), (date(2090, 3, 13), None),  # not known
    ],
)  # fmt: skip
def test_days_on_which_offices_work(on: date, works: bool | None) -> None:
    assert is_working_day(on) is works


@pytest.mark.parametrize(
    ("begin", "length", "working", "back", "end"),
    [
        (date(2023, 3, 10), "P5D", True, False, date(2023, 3, 17)),
        (date(2024, 2, 5), "P10D", True, False, date(2024, 2, 26)),
        (date(2023, 3, 20), "P3D", True, True, date(2023, 3, 15)),
        (date(2023, 4, 1), "P30D", False, False, date(2023, 5, 1)),
        (date(2023, 1, 31), "P1M", False, False, date(2023, 2, 28)),
        (date(2024, 2, 29), "P1Y", False, False, date(2025, 2, 28)),
        (date(2023, 4, 1), "P2W", False, False, date(2023, 4, 15)),
        (date(2023, 4, 1), "PT24H", False, False, None),
        (date(2023, 4, 1), "P2M", True, False, None),
        (date(2030, 4, 1), "P5D", True, False, None),
        (date(9999, 12, 31), "P5D", False, False, None),
    ],
)
def test_terms(begin: date, length: str, working: bool, back: bool, end: date | None) -> None:
    assert term_end(begin, length, working_days=working, back=back) == end


@given(st.dates(date(2001, 1, 1), date(2025, 6, 30)), st.integers(1, 120))
def test_a_term_of_working_days_ends_on_one_and_holds_as_many(begin: date, count: int) -> None:
    end = working_day(begin, count)
    assert end is not None
    assert is_working_day(end)
    days = [begin + timedelta(days=n) for n in range(1, (end - begin).days + 1)]
    assert sum(bool(is_working_day(day)) for day in days) == count
