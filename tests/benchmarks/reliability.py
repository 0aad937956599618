"""``make reliability``: is a confidence of 0.9 right nine times of ten? Writes ``docs/reliability.md`` and ``docs/reliability.svg``.

Confidence is the measured precision of a rule on the gold that it was developed on (``models/measure_rules.py``). Here the findings in documents
that nobody who wrote rules has seen (bank b) are put into bins by the confidence that they carry, and each bin's share of right ones is counted.
"""

from __future__ import annotations

import sys
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

from bench_extraction import scores_of_case
from generated import case
from measuring import table
from scorer import Judged

DOCS = Path(__file__).parents[2] / "docs"
EDGES = (0.0, 0.5, 0.7, 0.8, 0.9, 0.95, 0.98, 0.99, 1.01)
SIZE, LEFT, TOP = 360, 60, 20  # of the square of the chart, and its margins, in pixels


@dataclass(frozen=True)
class Bin:
    """Findings whose confidence lies in [low, high): how many, their mean confidence, how many are right."""

    low: float
    high: float
    count: int
    mean: float
    right: int

    @property
    def precision(self) -> float:
        """Share of right ones."""
        return self.right / self.count


def bins_of(judged: Sequence[Judged]) -> list[Bin]:
    """The bins that hold findings."""
    out = []
    for low, high in pairwise(EDGES):
        inside = [one for one in judged if low <= one.confidence < high]
        if inside:
            mean = sum(one.confidence for one in inside) / len(inside)
            out.append(Bin(low, high, len(inside), mean, sum(one.right for one in inside)))
    return out


def gap(bins: Sequence[Bin]) -> float:
    """Mean distance of confidence and precision over all findings (expected calibration error)."""
    return sum(b.count * abs(b.mean - b.precision) for b in bins) / sum(b.count for b in bins)


def chart(bins: Sequence[Bin]) -> str:
    """The chart as SVG: a disc for each bin, as large as it holds findings; on the diagonal confidence is what it says."""
    low = min(0.5, *(min(b.mean, b.precision) for b in bins))
    low = int(low * 10) / 10

    def x(value: float) -> float:
        return LEFT + SIZE * (value - low) / (1 - low)

    def y(value: float) -> float:
        return TOP + SIZE * (1 - (value - low) / (1 - low))

    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{LEFT + SIZE + 30}" height="{TOP + SIZE + 60}" font-family="sans-serif" font-size="12">',
        '<rect width="100%" height="100%" fill="white"/>',
        f'<rect x="{LEFT}" y="{TOP}" width="{SIZE}" height="{SIZE}" fill="none" stroke="#888"/>',
        f'<line x1="{x(low)}" y1="{y(low)}" x2="{x(1)}" y2="{y(1)}" stroke="#888" stroke-dasharray="4 4"/>',
    ]
    steps = round((1 - low) * 10)
    for n in range(steps + 1):
        value = low + n / 10
        parts += [
            f'<text x="{x(value):.0f}" y="{TOP + SIZE + 18}" text-anchor="middle">{value:.1f}</text>',
            f'<text x="{LEFT - 8}" y="{y(value) + 4:.0f}" text-anchor="end">{value:.1f}</text>',
        ]
    most = max(b.count for b in bins)
    for b in sorted(bins, key=lambda b: -b.count):
        radius = 4 + 14 * (b.count / most) ** 0.5
        parts.append(
            f'<circle cx="{x(b.mean):.1f}" cy="{y(b.precision):.1f}" r="{radius:.1f}" fill="#2a6fb0" fill-opacity="0.55" stroke="#174a7c"/>'
        )
    parts += [
        f'<text x="{LEFT + SIZE / 2}" y="{TOP + SIZE + 42}" text-anchor="middle">confidence that findings carry</text>',
        f'<text x="16" y="{TOP + SIZE / 2}" text-anchor="middle" transform="rotate(-90 16 {TOP + SIZE / 2})">share that is right (bank b)</text>',
        "</svg>",
    ]
    return "\n".join(parts) + "\n"


def rows(judged: Sequence[Judged]) -> list[Sequence[object]]:
    """The table: bins of all findings."""
    return [
        (f"{b.low:.2f} to {min(b.high, 1):.2f}", b.count, f"{b.mean:.3f}", f"{b.precision:.3f}")
        for b in bins_of(judged)
    ]


def main(documents: int) -> None:
    """Measure on so many documents of bank b, and write table and chart."""
    judged = [one for seed in range(documents) for score in scores_of_case(case(seed, "b")) for one in score.judged]
    kinds = sorted({one.kind for one in judged})
    by_kind = []
    for kind in kinds:
        mine = [one for one in judged if one.kind == kind]
        bins = bins_of(mine)
        mean = sum(one.confidence for one in mine) / len(mine)
        share = sum(one.right for one in mine) / len(mine)
        by_kind.append((kind, len(mine), f"{mean:.3f}", f"{share:.3f}", f"{gap(bins):.3f}"))
    bins = bins_of(judged)
    lines = [
        "# Is confidence what it says?",
        "",
        f"Findings in {documents} generated documents of bank b, which nobody who writes rules has seen, by the confidence that they carry. Confidence is the smoothed",
        "precision of the rule on other gold (`models/rule_precision.md`). Made by `make reliability`.",
        "",
        "![confidence against the share that is right](reliability.svg)",
        "",
        *table(("confidence", "findings", "mean confidence", "share right"), rows(judged)),
        "",
        f"Mean distance of confidence and share right, over all findings: {gap(bins):.3f}.",
        "",
        *table(("kind", "findings", "mean confidence", "share right", "mean distance"), by_kind),
    ]
    (DOCS / "reliability.md").write_text("\n".join(lines) + "\n", encoding="utf-8")
    (DOCS / "reliability.svg").write_text(chart(bins), encoding="utf-8")
    print("\n".join(lines[7:]))


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 200)
