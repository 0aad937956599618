"""What is found in documents whose truth was made by hand: the seeds, where they are at hand, and our own samples."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

import pytest

import congvan

sys.path.insert(0, str(Path(__file__).parent / "benchmarks"))

from scorer import Score, score_record, score_repair

ROOT = Path(__file__).parents[1]
SAMPLES = sorted((ROOT / "corpora" / "truth").glob("*.records.json"))

# what is known to be missed in the samples: each a note for the issue that will find it
KNOWN = {
    "07_bao_cao_giam_ngheo.md": {"deadlines": 1, "obligations": 1},  # "phấn đấu đến ngày … giải ngân": a target
    "11_thong_bao_nong_thon_moi.docx": {"obligations": 1},  # "các sở phụ trách tiêu chí": the group ends too early
}


def scores_of(folder: Path, gold: dict[str, Any]) -> dict[str, Score]:
    path = folder / gold["source"]
    [record] = congvan.parse(path)
    return {s.kind: s for s in score_record(path.name, gold, record.to_dict())}


@pytest.mark.parametrize("number", ["000", "001", "004"])
def test_seeds(shared: Path, number: str) -> None:
    gold = json.loads((shared / "gold" / f"{number}.records.json").read_text(encoding="utf-8"))
    for kind, score in scores_of(shared / "seeds", gold).items():
        assert not score.false, (kind, score.false)
        assert not score.missed, (kind, score.missed)


@pytest.mark.parametrize("truth", SAMPLES, ids=lambda p: p.name.split(".")[0])
def test_samples(truth: Path) -> None:
    gold = json.loads(truth.read_text(encoding="utf-8"))
    for kind, score in scores_of(ROOT / "corpora" / "samples", gold).items():
        allowed = KNOWN.get(gold["source"], {}).get(kind, 0)
        assert len(score.missed) <= allowed, (kind, score.missed)
        assert not score.false, (kind, score.false)


def test_repair_of_the_seeds(shared: Path) -> None:
    text = next(shared.glob("seeds/000*")).read_text(encoding="utf-8")
    truth = (shared / "gold" / "000.repaired.txt").read_text(encoding="utf-8")
    score = score_repair("000", text, congvan.repair(text).text, truth)
    assert score.garbled == 112
    assert len(score.wrong) <= 3 and not score.broken
    other = next(shared.glob("seeds/001*")).read_text(encoding="utf-8")
    assert congvan.repair(other).text in {other, other.replace("mục t iêu", "mục tiêu")}
    clean = next(shared.glob("seeds/004*")).read_text(encoding="utf-8")
    assert congvan.repair(clean).text == clean


def test_damaged_pdfs_are_said_to_be_damaged_or_repaired(shared: Path) -> None:
    for path in sorted((shared / "pdf").glob("*.pdf")):
        [record] = congvan.parse(path)
        verdicts = {v.verdict for v in record.repair.verdicts}
        if "clean" in path.name:
            assert verdicts == {"clean"}
        else:
            assert verdicts & {"repaired", "damaged"}
            assert all(v.family for v in record.repair.verdicts if v.verdict in {"repaired", "damaged"})


def test_the_scorer_counts_what_is_missed_and_what_is_false() -> None:
    record = {
        "amounts": [
            {"rule": "a", "operator": "=", "value": 5, "currency": "VND"},
            {"rule": "a", "operator": "=", "value": 7},
        ],
        "evidence": {},
    }
    gold = {"amounts": [{"value": 5.0, "currency": "VND"}, {"value": 6}]}
    [amounts, _] = score_record("x", gold, record)
    assert (amounts.wanted, amounts.found, amounts.missed, amounts.false) == (2, 1, ["6"], ["= 7"])
    assert amounts.rules == {"a": [1, 1]}


def test_the_repair_scorer_tells_wrong_from_broken() -> None:
    score = score_repair("x", "cāa tỉnh và xã", "cāa tỉnh và xa", "của tỉnh và xã")
    assert (score.garbled, score.wrong, score.broken) == (1, ["cāa -> cāa (true: của)"], ["xã -> xa"])
