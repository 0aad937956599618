"""Count how often each rule is right on the gold, and write ``models/rule_precision.json``.

    python models/measure_rules.py

The confidence of a finding is the smoothed precision of its rule: (right + 1) / (right + wrong + 2). The counts come from the
one scorer over the seeds (where the shared folder is at hand), our own samples, the documents that were written apart from the
program (of those held out too: only counts of rules are taken from them), the real sentences of the pointers and documents of
the generator's bank a. Bank b is left out: on it the confidence is checked (``make reliability``).

Generated wording repeats itself, so each counts once: findings of one rule whose words differ in figures only are one; a wording that is right in one place and wrong in another counts both ways.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from pathlib import Path

import regex

ROOT = Path(__file__).parents[1]
sys.path[:0] = [str(ROOT / "tests" / "benchmarks"), str(ROOT)]

from bench_extraction import scores_of_case, scores_of_pointers  # noqa: E402  (the scorer is no package)
from generated import case  # noqa: E402
from score import blind, run  # noqa: E402
from scorer import Judged  # noqa: E402

GENERATED = 300  # documents of bank a
# accepts what tells two findings of one wording apart: figures ("30/6/2024")
_VARIES = regex.compile(r"\d+")


def by_hand() -> Iterator[Judged]:
    """Findings judged by gold that was made by hand."""
    scores, _ = run()
    scores += [score for group in blind().values() for score in group]
    scores += scores_of_pointers()
    for score in scores:
        yield from score.judged


def generated() -> Iterator[Judged]:
    """Findings in generated documents, each wording of a rule once as right and once as wrong."""
    seen: dict[tuple[str, str, bool], Judged] = {}
    for seed in range(GENERATED):
        for score in scores_of_case(case(seed, "a")):
            for one in score.judged:
                seen.setdefault((one.rule, _VARIES.sub("0", one.text), one.right), one)
    yield from seen.values()


def main() -> int:
    """Write the counts."""
    rules: dict[str, list[int]] = {}
    for judged in (*by_hand(), *generated()):
        rules.setdefault(judged.rule, [0, 0])[0 if judged.right else 1] += 1
    target = ROOT / "models" / "rule_precision.json"
    lines = ",\n".join(f'  "{rule}": [{right}, {wrong}]' for rule, (right, wrong) in sorted(rules.items()))
    target.write_text(f'{{"what": "rule: [right, wrong] on gold", "rules": {{\n{lines}\n}}}}\n', encoding="utf-8")
    json.loads(target.read_text(encoding="utf-8"))
    print(f"{len(rules)} rules, {sum(r for r, _ in rules.values())} right, {sum(w for _, w in rules.values())} wrong")
    return 0


if __name__ == "__main__":
    sys.exit(main())
