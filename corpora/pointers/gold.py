"""The labelled sentences with their texts, in the form the scorer reads."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from corpora.pointers.read import pointers, sentences

LABELS = Path(__file__).parent / "labels"
KINDS = ("agencies", "percentages", "amounts", "quantities", "dates", "deadlines", "citations")


@dataclass(frozen=True)
class Labelled:
    """A sentence, and its labels by kind with ``span`` in the sentence and the keys of the record."""

    id: str
    text: str
    labels: Mapping[str, Sequence[Mapping[str, Any]]]


def labelled(shared: Path) -> Iterator[Labelled]:
    """Every sentence that has labels, in the order of its id.

    Raises:
        PointerError: the corpora are not at hand, or differ.
    """
    rows = [
        json.loads(line)
        for path in sorted(LABELS.glob("*.jsonl"))
        for line in path.read_text(encoding="utf-8").splitlines()
    ]
    by_id = {row["id"]: row["labels"] for row in rows}
    for sentence in sentences(shared, [p for p in pointers() if p.id in by_id]):
        key = sentence.pointer.id
        kinds: dict[str, list[dict[str, Any]]] = {kind: [] for kind in KINDS}
        for label in by_id[key]:
            kinds[label["kind"]].append(_finding(label))
        yield Labelled(key, sentence.text, kinds)


def _finding(label: Mapping[str, Any]) -> dict[str, Any]:
    """A label with the record's keys: a date's first and last day are ``start`` and ``end`` there."""
    out = {k: v for k, v in label.items() if k not in ("kind", "start", "end", "start_date", "end_date")}
    out["span"] = [label["start"], label["end"]]
    if label["kind"] == "dates" and "start_date" in label:
        out |= {"start": label["start_date"], "end": label["end_date"]}
    return out
