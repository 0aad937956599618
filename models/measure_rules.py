"""Count how often each rule is right on the gold, and write ``models/rule_precision.json``.

    python models/measure_rules.py

The confidence of a finding is the smoothed precision of its rule: (right + 1) / (right + wrong + 2). The counts come from
the one scorer over the seeds (where the shared folder is at hand), our own samples, and the documents that were written apart
from the program (of those held out too: only counts of rules are taken from them).
"""

from __future__ import annotations

import json
import sys
from pathlib import Path

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT / "tests" / "benchmarks"))

from score import blind, run  # noqa: E402  (the scorer is no package)


def main() -> int:
    """Write the counts."""
    scores, _ = run()
    scores += [score for group in blind().values() for score in group]
    rules: dict[str, list[int]] = {}
    for score in scores:
        for rule, (right, wrong) in score.rules.items():
            total = rules.setdefault(rule, [0, 0])
            total[0] += right
            total[1] += wrong
    target = ROOT / "models" / "rule_precision.json"
    lines = ",\n".join(f'  "{rule}": [{right}, {wrong}]' for rule, (right, wrong) in sorted(rules.items()))
    target.write_text(f'{{"what": "rule: [right, wrong] on gold", "rules": {{\n{lines}\n}}}}\n', encoding="utf-8")
    json.loads(target.read_text(encoding="utf-8"))
    print(f"{len(rules)} rules, {sum(r for r, _ in rules.values())} right, {sum(w for _, w in rules.values())} wrong")
    return 0


if __name__ == "__main__":
    sys.exit(main())
