"""A lattice of readings of a text, and the best way through it under the trigram model."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from congvan.language.ngrams import NgramModel
from congvan.repair.cipher.columns import spread

if TYPE_CHECKING:
    from congvan.repair.cipher.columns import Floats, Ints

BEAM = 10.0  # paths that are this much less likely than the best are dropped
SURE = 17.0  # log odds of a reading that has no other beside it


@dataclass(slots=True)
class Lattice:
    """Places of a chain of words that have several readings, laid end to end.

    Attributes:
        chain: the text in numbers of the model, each place as it stands.
        places: the places with several readings, ascending.
        counts: how many readings each of them has.
        numbers, costs: of each reading: its number in the model, and its cost in nats.
        labels: of each reading: the same number where two readings of a place are the same text.
    """

    chain: Ints
    places: Ints
    counts: Ints
    numbers: Ints
    costs: Floats
    labels: Ints

    @property
    def starts(self) -> Ints:
        """Where the readings of each place begin."""
        starts: Ints = np.cumsum(self.counts) - self.counts
        return starts

    def __len__(self) -> int:
        return len(self.places)


def decode(lattice: Lattice, lm: NgramModel) -> Ints:
    """The row of the best reading of each place: Viterbi over pairs of readings.

    Two neighbours with one reading each part the lattice into islands that can be decided alone.
    """
    best: Ints = np.zeros(len(lattice), np.int64)
    if not len(lattice):
        return best
    parted = np.diff(lattice.places) >= 3
    begins = np.concatenate([[True], parted])
    alone = np.flatnonzero(begins & np.concatenate([parted, [True]]))
    best[alone] = _alone(lattice, alone, lm)
    firsts = np.flatnonzero(begins)
    lasts = np.concatenate([firsts[1:], [len(lattice)]])
    several = lasts - firsts > 1
    if several.any():
        _islands(lattice, firsts[several].tolist(), lasts[several].tolist(), best, lm)
    return best


def _around(chain: Ints, lm: NgramModel) -> Ints:
    """The chain with two places before and behind it."""
    ends = np.full(2, lm.start, np.int64)
    return np.concatenate([ends, chain, ends])


def _totals(lattice: Lattice, rows: Ints, at: Ints, chain: Ints, lm: NgramModel) -> Floats:
    """Costs of readings at places, what stands around as in a chain (with two places before it)."""
    a, b, d, e = chain[at], chain[at + 1], chain[at + 3], chain[at + 4]
    c = lattice.numbers[rows]
    scores = lm.fit_all(np.concatenate([a, b, c]), np.concatenate([b, c, d]), np.concatenate([c, d, e]))
    totals: Floats = lattice.costs[rows] - scores.reshape(3, len(rows)).sum(axis=0)
    return totals


def _alone(lattice: Lattice, nodes: Ints, lm: NgramModel) -> Ints:
    """The best rows of places with two words of one reading on either side."""
    counts = lattice.counts[nodes]
    rows = spread(lattice.starts[nodes], counts)
    totals = _totals(lattice, rows, np.repeat(lattice.places[nodes], counts), _around(lattice.chain, lm), lm)
    if not len(nodes):
        return nodes
    starts = np.cumsum(counts) - counts
    least = np.repeat(np.minimum.reduceat(totals, starts), counts)
    winners = np.flatnonzero(totals <= least)
    _, first = np.unique(np.repeat(np.arange(len(nodes)), counts)[winners], return_index=True)
    return rows[winners[first]]


def _islands(lattice: Lattice, firsts: Sequence[int], lasts: Sequence[int], best: Ints, lm: NgramModel) -> None:
    chain, places, starts = lattice.chain.tolist(), lattice.places.tolist(), lattice.starts.tolist()
    numbers, costs, counts = lattice.numbers.tolist(), lattice.costs.tolist(), lattice.counts.tolist()
    for first, last in zip(firsts, lasts, strict=True):
        nodes = {
            places[n]: (
                numbers[starts[n] : starts[n] + counts[n]],
                costs[starts[n] : starts[n] + counts[n]],
            )
            for n in range(first, last)
        }
        for n, row in zip(range(first, last), _island(chain, nodes, lm), strict=True):
            best[n] = starts[n] + row


def _island(fixed: Sequence[int], nodes: dict[int, tuple[list[int], list[float]]], lm: NgramModel) -> list[int]:
    """The best reading of each node of an island, by Viterbi."""
    start, stop = min(nodes), max(nodes) + 1
    score, known, size = lm.fit, lm.fits, lm.size
    a_numbers = [fixed[start - 2] if start > 1 else lm.start]
    b_numbers = [fixed[start - 1] if start > 0 else lm.start]
    # state (reading of the node before, reading of this node) -> cost; the way back for each node
    states: dict[tuple[int, int], float] = {(0, 0): 0.0}
    back: list[dict[tuple[int, int], int]] = []
    for k in range(start, stop + 2):
        node = nodes.get(k)
        numbers, costs = node if node is not None else ([fixed[k] if k < len(fixed) else lm.start], [0.0])
        new: dict[tuple[int, int], float] = {}
        way: dict[tuple[int, int], int] = {}
        for (a, b), so_far in states.items():
            na, nb = a_numbers[a], b_numbers[b]
            context = (na * size + nb) * size
            for c, nc in enumerate(numbers):
                gain = known.get(context + nc)
                cost = so_far + costs[c] - (score(na, nb, nc) if gain is None else gain)
                key = (b, c)
                old = new.get(key)
                if old is None or cost < old:
                    new[key] = cost
                    way[key] = a
        back.append(way)
        if len(new) > 1:
            bound = min(new.values()) + BEAM
            new = {key: cost for key, cost in new.items() if cost <= bound}
        states = new
        a_numbers, b_numbers = b_numbers, numbers
    state = min(states, key=lambda s: states[s])
    found: list[int] = []
    for k in range(stop + 1, start - 1, -1):
        if k in nodes:
            found.append(state[1])
        state = (back[k - start][state], state[0])
    return found[::-1]


def margins(lattice: Lattice, best: Ints, nodes: Ints, lm: NgramModel) -> Floats:
    """Log odds of the chosen readings of some nodes against the next best other text, their neighbours as chosen."""
    if not len(nodes):
        return np.zeros(0)
    chain = _around(lattice.chain, lm)
    chain[lattice.places + 2] = lattice.numbers[best]
    counts = lattice.counts[nodes]
    rows = spread(lattice.starts[nodes], counts)
    totals = _totals(lattice, rows, np.repeat(lattice.places[nodes], counts), chain, lm)
    starts = np.cumsum(counts) - counts
    same = lattice.labels[rows] == np.repeat(lattice.labels[best[nodes]], counts)
    own = np.minimum.reduceat(np.where(rows == np.repeat(best[nodes], counts), totals, np.inf), starts)
    others = np.minimum.reduceat(np.where(same, np.inf, totals), starts)
    leads: Floats = np.where(np.isinf(others), SURE, others - own)
    return leads
