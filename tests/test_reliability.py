"""The table and chart of confidence, and the counts that confidence is made of."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from xml.etree import ElementTree

import pytest

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT / "tests" / "benchmarks"))

from reliability import bins_of, chart, gap  # noqa: E402
from scorer import Judged, score_spans  # noqa: E402


def judged(confidence: float, right: int, wrong: int) -> list[Judged]:
    return [Judged("dates", "r", n < right, confidence, "") for n in range(right + wrong)]


def test_bins_count_what_is_right() -> None:
    bins = bins_of([*judged(0.92, 9, 1), *judged(0.75, 3, 1), *judged(1.0, 2, 0)])
    assert [(b.count, b.right, round(b.mean, 2)) for b in bins] == [(4, 3, 0.75), (10, 9, 0.92), (2, 2, 1.0)]
    assert gap(bins) == pytest.approx((10 * 0.02) / 16)


def test_the_chart_has_a_disc_for_each_bin() -> None:
    bins = bins_of([*judged(0.92, 9, 1), *judged(0.3, 1, 3)])
    root = ElementTree.fromstring(chart(bins))
    assert len(root.findall("{http://www.w3.org/2000/svg}circle")) == 2


def test_scores_judge_each_finding_once() -> None:
    gold = [{"span": [0, 5], "name": "Sở Y tế"}]
    found = [
        {"span": [0, 5], "name": "Sở Y tế", "rule": "a", "text": "Sở Y tế", "confidence": 0.9},
        {"span": [9, 12], "name": None, "rule": "b", "text": "x", "confidence": 0.4},
    ]
    assert score_spans("d", "agencies", gold, found).judged == [
        Judged("agencies", "a", True, 0.9, "Sở Y tế"),
        Judged("agencies", "b", False, 0.4, "x"),
    ]


def test_agencies_obligations_and_quantities_have_counts() -> None:
    rules = json.loads((ROOT / "models" / "rule_precision.json").read_text(encoding="utf-8"))["rules"]
    for kind in ("agencies", "obligations", "quantities", "dates", "citations", "targets"):
        assert sum(sum(counts) for rule, counts in rules.items() if rule.startswith(f"{kind}.")) > 50, kind
