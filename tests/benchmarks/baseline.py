"""Gains and losses: counts of mistakes by section, condition and document, against those of the baseline that is stored."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Mapping
from pathlib import Path

BASELINE = Path(__file__).with_name("baseline.json")
LISTED = 40  # documents named in the page; all are in the file


def load() -> dict[str, int]:
    """The stored counts; empty where none are stored."""
    if not BASELINE.is_file():
        return {}
    grouped: dict[str, dict[str, int]] = json.loads(BASELINE.read_text(encoding="utf-8"))
    return {f"{group}/{document}": n for group, documents in grouped.items() for document, n in documents.items()}


def store(figures: Mapping[str, int]) -> None:
    """Make these counts the baseline."""
    grouped: dict[str, dict[str, int]] = defaultdict(dict)
    for name, count in sorted(figures.items()):
        group, _, document = name.rpartition("/")
        grouped[group][document] = count
    lines = [
        f"{json.dumps(group, ensure_ascii=False)}: {json.dumps(documents, ensure_ascii=False)}"
        for group, documents in grouped.items()
    ]
    BASELINE.write_text("{\n" + ",\n".join(lines) + "\n}\n", encoding="utf-8")


def changes(figures: Mapping[str, int]) -> list[str]:
    """The page's section: how many mistakes came and went by group, and in which documents."""
    before = load()
    shared = sorted(set(before) & set(figures))
    head = ["## Gains and losses", ""]
    if not shared:
        return [*head, "No baseline is stored (`make baseline`)."]
    groups: dict[str, list[int]] = defaultdict(lambda: [0, 0, 0, 0])
    moved: list[tuple[int, str]] = []
    for name in shared:
        old, new = before[name], figures[name]
        group = groups[name.rpartition("/")[0]]
        group[0] += old
        group[1] += new
        group[2] += max(0, old - new)
        group[3] += max(0, new - old)
        if old != new:
            moved.append((new - old, name))
    rows = [
        f"| {group} | {old:,} | {new:,} | {gone:,} | {come:,} |"
        for group, (old, new, gone, come) in sorted(groups.items())
        if gone or come
    ]
    out = [
        *head,
        f"Mistakes in the {len(shared):,} counts that the stored baseline has too: those that went and those that came.",
    ]
    if not rows:
        return [*out, "", "None came, none went."]
    out += [
        "",
        "| section | baseline | now | gone | come |",
        "|---|---:|---:|---:|---:|",
        *rows,
        "",
        "Documents that changed most (+ is worse):",
        "",
    ]
    moved.sort(key=lambda pair: (-abs(pair[0]), pair[1]))
    return (
        out
        + [f"- {delta:+d} {name}" for delta, name in moved[:LISTED]]
        + ([f"- and {len(moved) - LISTED} more"] if len(moved) > LISTED else [])
    )
