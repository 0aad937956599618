"""Compare n-grams that see what stands before with those that see what stands behind, and both: ``python models/compare_sides.py [shared folder]``.

The backward model is estimated as the shipped one, from the same text read from its end; ``both`` is the mean of the two log
probabilities of each trigram, so that a word is judged by its left and its right context alike. All three decipher the
same damaged text: held-out law and Wikipedia (every fourth document, which served to develop), generated documents.
"""

from __future__ import annotations

import copy
import os
import sys
from pathlib import Path
from typing import Any

import numpy as np

MODELS = Path(__file__).parent
sys.dont_write_bytecode = True
sys.path[:0] = [str(MODELS), str(MODELS.parent), str(MODELS.parent / "tests" / "benchmarks")]

from build_ngrams import Neighbours, estimate, read, vocabulary  # noqa: E402

import bench_repair  # noqa: E402
from congvan.language.ngrams import NgramModel, model  # noqa: E402
from congvan.language.syllables import place_words, syllables  # noqa: E402
from congvan.repair import repair_text  # noqa: E402
from congvan.repair.cipher import decipher  # noqa: E402
from corpora.generator.damage.bare_lines import damage  # noqa: E402


class TwoSided(NgramModel):
    """A model and one of the text read backwards; ``share`` is the weight of the first."""

    back: NgramModel
    share: float

    def _score(self, key: int, context: int, b: int, c: int) -> float:
        ahead = super()._score(key, context, b, c)
        behind = self.back.score(c, b, context // self.size)
        return self.share * ahead + (1 - self.share) * behind

    def score_all(self, a: Any, b: Any, c: Any) -> Any:
        """The mean of both, of many places at once."""
        return self.share * super().score_all(a, b, c) + (1 - self.share) * self.back.score_all(c, b, a)


def two_sided(back: NgramModel, share: float) -> TwoSided:
    """The shipped model joined with a backward one."""
    both: Any = copy.copy(model())
    both.__class__ = TwoSided
    both.back, both.share, both.scores = back, share, {}
    return both  # type: ignore[no-any-return]


def backward(words: list[str], ids: np.ndarray) -> NgramModel:
    """The model of a text read from its end."""
    tables = estimate(ids[::-1].copy(), len(words))
    empty = np.zeros(0, np.int64)
    tables |= dict.fromkeys(("capital_words", "capital_shares", "capital_keys", "capital_gains"), empty)
    return NgramModel(words, tables)


def texts(shared: Path) -> dict[str, list[tuple[str, str]]]:
    """Texts, true and damaged, by name."""
    found: dict[str, list[tuple[str, str]]] = {}
    for corpus in bench_repair.CORPORA:
        documents = list(bench_repair.documents(shared, corpus, 10**9))[::4]
        for kind, number in (("runs", 1000), ("one-entry", 8)):
            found[f"held out, {corpus}, {kind}"] = [
                ("\n".join(lines), "\n".join(damage(lines, kind)))  # type: ignore[arg-type]
                for lines in documents[:number]
            ]
    for bank in ("a", "b"):
        found[f"generated, {bank}, runs"] = list(bench_repair.generated("runs", bank, 100))
        found[f"generated, {bank}, one-entry"] = list(bench_repair.generated("one-entry", bank, 30))
    return found


def compare(words: list[str], ids: np.ndarray, shared: Path) -> None:
    """Print the table: wrong of so many garbled words, by text and model."""
    back = backward(words, ids)
    models = {"forward": 1.0, "backward": 0.0, "both": 0.5}
    print(f"| text, damage | garbled words | {' | '.join(models)} |")
    print("|---|---:|" + "---:|" * len(models))
    totals = dict.fromkeys(models, 0.0)
    for name, pairs in texts(shared).items():
        wrong: dict[str, float] = {}
        garbled = 0.0
        for title, share in models.items():
            decipher.model = lambda share=share: two_sided(back, share)  # type: ignore[attr-defined, misc]
            c = bench_repair.measure_pairs(pairs, lambda t: repair_text(t).text)
            garbled, wrong[title] = c["garbled"], c["wrong"] + c["broken"]
            totals[title] += wrong[title]
        print(f"| {name} | {garbled:,.0f} | {' | '.join(f'{n:.0f}' for n in wrong.values())} |", flush=True)
    print(f"| all | | {' | '.join(f'{n:.0f}' for n in totals.values())} |")


def main(shared: Path) -> None:
    """Read and count the corpora as the shipped model was, then compare."""
    words, stream = read(shared, syllables() | place_words(), {}, Neighbours())
    compare(*vocabulary(words, stream, syllables() | place_words()), shared)


if __name__ == "__main__":
    default = os.environ.get("CONGVAN_SHARED", str(MODELS.parent.parent / "shared"))
    main(Path(sys.argv[1] if len(sys.argv) > 1 else default))
