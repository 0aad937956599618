"""The best way through readings of different length: one word for several tokens, several words for one."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from congvan.language.ngrams import NgramModel

BEAM = 12.0  # ways that are this much less likely than the best to the same place are dropped


class Edge(NamedTuple):
    """A reading of the tokens up to ``stop``: its words as numbers, its cost in nats, and its text (None: as it stands)."""

    stop: int
    numbers: tuple[int, ...]
    cost: float
    text: str | None


class _Way(NamedTuple):
    cost: float
    back: _Way | None
    start: int
    edge: Edge | None


def best_path(
    edges: Sequence[Sequence[Edge]], before: Sequence[int], after: Sequence[int], lm: NgramModel
) -> list[tuple[int, Edge]]:
    """The readings of the best way: (place, reading), under the trigram model between the words before and after.

    Args:
        edges: for each place the readings that begin there; together they lead from 0 to ``len(edges)``.
    """
    first = ((lm.start, lm.start, *before))[-2:]
    states: list[dict[tuple[int, int], _Way]] = [{} for _ in range(len(edges) + 1)]
    states[0][first[0], first[1]] = _Way(0.0, None, 0, None)
    for i, here in enumerate(edges):
        if not states[i]:
            continue
        bound = min(way.cost for way in states[i].values()) + BEAM
        for (a, b), way in states[i].items():
            if way.cost > bound:
                continue
            for edge in here:
                key, cost = _walked(a, b, edge.numbers, lm)
                total = way.cost + cost + edge.cost
                old = states[edge.stop].get(key)
                if old is None or total < old.cost:
                    states[edge.stop][key] = _Way(total, way, i, edge)
    ends = [(way.cost + _walked(a, b, tuple(after), lm)[1], n) for n, ((a, b), way) in enumerate(states[-1].items())]
    last: _Way | None = list(states[-1].values())[min(ends)[1]]
    found: list[tuple[int, Edge]] = []
    while last is not None and last.edge is not None:
        found.append((last.start, last.edge))
        last = last.back
    return found[::-1]


def _walked(a: int, b: int, numbers: tuple[int, ...], lm: NgramModel) -> tuple[tuple[int, int], float]:
    """The last two words and the cost after some more."""
    cost = 0.0
    for c in numbers:
        cost -= lm.score(a, b, c)
        a, b = b, c
    return (a, b), cost
