"""The hundred labelled sentences are sound, and the page that shows three tools on them tells of those sentences."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from congvan.record import FINDING_MODELS

KINDS = {"percentages", "amounts", "quantities", "dates", "deadlines", "citations", "agencies"}


@pytest.fixture(scope="module")
def rows(root: Path) -> list[dict[str, Any]]:
    lines = (root / "corpora" / "hundred" / "sentences.jsonl").read_text(encoding="utf-8").splitlines()
    return [json.loads(line) for line in lines]


def test_a_hundred_sentences_with_labels_inside_them(rows: list[dict[str, Any]]) -> None:
    assert len(rows) == len({row["text"] for row in rows}) == 100
    for row in rows:
        for label in row["find"]:
            start, end = label["span"]
            stretch = row["text"][start:end]
            assert stretch and stretch == stretch.strip(" ,.;"), row["text"]
            assert label["kind"] in KINDS
            assert set(label) - {"kind", "optional"} <= set(FINDING_MODELS[label["kind"]].model_fields)


def test_every_kind_is_there_and_some_sentences_hold_none(rows: list[dict[str, Any]]) -> None:
    assert {label["kind"] for row in rows for label in row["find"]} == KINDS
    assert sum(not row["find"] for row in rows) >= 3


def test_the_page_shows_every_sentence(root: Path, rows: list[dict[str, Any]]) -> None:
    page = (root / "docs" / "hundred.md").read_text(encoding="utf-8")
    for number, row in enumerate(rows, 1):
        assert f"\n**{number}.** {row['text']}\n" in page
    assert page.count("\n- dateparser: ") == page.count("\n- underthesea names: ") == page.count("\n- congvan: ") == 100
