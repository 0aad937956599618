"""For every kind of damage that the generator makes: a second repair changes nothing, the plan replays and can be undone."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from congvan.repair import apply_plan, repair_text, reverse_plan
from corpora.generator.damage.text import FAMILIES
from corpora.generator.model import Run

SOURCES = Path(__file__).parents[1] / "corpora" / "sources"


@cache
def lines() -> tuple[str, ...]:
    """The lines of the sources of our samples."""
    rows = [row for path in sorted(SOURCES.glob("*.txt")) for row in path.read_text(encoding="utf-8").splitlines()]
    return tuple(line for row in rows if (line := row.partition(" ")[2]))


@pytest.mark.parametrize("family", FAMILIES)
@settings(max_examples=3, deadline=None)
@given(data=st.data())
def test_repair_is_final_and_its_plan_replays(family: str, data: st.DataObject) -> None:
    first = data.draw(st.integers(0, len(lines()) - 1))
    count = data.draw(st.integers(1, 25))
    bold = data.draw(st.sets(st.integers(0, count)))
    runs = [Run(f"{line}\n", bold=n in bold) for n, line in enumerate(lines()[first : first + count])]
    shown = "".join(FAMILIES[family](runs))
    done = repair_text(shown)
    assert apply_plan(shown, done.edits) == done.text
    assert reverse_plan(done.text, done.edits) == shown
    again = repair_text(done.text)
    assert again.text == done.text
    assert not again.edits
