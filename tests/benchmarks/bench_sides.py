"""N-grams by the side that they see: what stands before a word, what stands behind it, or both, as the repair uses them."""

from __future__ import annotations

import copy
from collections.abc import Sequence
from typing import Any
from unittest.mock import patch

import numpy as np

import bench_repair
from bench_text import damaged
from congvan.language.ngrams import NgramModel, model
from congvan.repair import repair_text
from measuring import ABSENT, SHARED, Bench, table

AHEAD, BEHIND = ("_uni_b", "_uni_p", "_bi_b", "_bi_p", "_tri_p"), ("_uni_c", "_uni_q", "_bi_c", "_bi_q", "_tri_q")


def one_sided(kept: Sequence[str], dropped: Sequence[str]) -> NgramModel:
    """The shipped model with the costs of one direction counted twice and those of the other not at all."""
    one: Any = copy.copy(model())
    one.fits = {}
    one.unigram, one.unigrams = model().unigram, model().unigrams  # a frequency has no side
    for name, other in zip(kept, dropped, strict=True):
        costs = np.asarray(getattr(one, name)).astype(np.int64)
        setattr(one, name, memoryview(2 * costs))
        setattr(one, other, memoryview(np.zeros_like(np.asarray(getattr(one, other)), np.int64)))
    found: NgramModel = one
    return found


def sides(bench: Bench) -> list[str]:
    """Wrong and broken words by model, on the same damaged texts."""
    models = {"before": one_sided(AHEAD, BEHIND), "behind": one_sided(BEHIND, AHEAD), "both": model()}
    texts: dict[str, list[tuple[str, str]]] = {}
    if SHARED.joinpath("corpora").is_dir():
        for corpus in bench_repair.CORPORA:
            documents = list(bench_repair.documents(SHARED, corpus, bench.size(10**6, 6_000)))[:: bench.size(4, 1)]
            texts[f"{corpus}, runs"] = list(damaged(documents, "runs", 10**6))
            texts[f"{corpus}, one-entry"] = list(damaged(documents, "one-entry", bench.size(20_000, 3_000)))
    for bank in ("a", "b"):
        texts[f"generated, {bank}, runs"] = list(bench_repair.generated("runs", bank, bench.size(100, 5)))
        texts[f"generated, {bank}, one-entry"] = list(bench_repair.generated("one-entry", bank, bench.size(30, 3)))
    rows: list[Sequence[object]] = []
    totals = dict.fromkeys(models, 0)
    for name, pairs in texts.items():
        garbled, wrong = 0.0, []
        for side, lm in models.items():
            with patch("congvan.repair.cipher.decipher.model", lambda lm=lm: lm):
                c = bench_repair.measure_pairs(pairs, lambda t: repair_text(t).text)
            garbled = c["garbled"]
            wrong.append(int(c["wrong"] + c["broken"]))
            totals[side] += wrong[-1]
        rows.append((name, f"{garbled:,.0f}", *wrong))
    rows.append(("all", "", *totals.values()))
    return [
        "## N-grams by the side they see",
        "",
        "Words wrong or broken after repair of the same damaged texts, with trigrams that know what stands before a word, what stands behind it, and both (as shipped).",
        "",
        *table(("text, damage", "garbled words", *models), rows),
        *([] if SHARED.joinpath("corpora").is_dir() else ["", f"Held-out text {ABSENT}"]),
    ]
