"""A lattice of readings of a text, and the best way through it under the trigram model."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from congvan.language.ngrams import NgramModel
from congvan.repair.candidates import Candidate

BEAM = 10.0  # paths that are this much less likely than the best are dropped
SURE = 17.0  # log odds of a reading that has no other beside it


@dataclass(slots=True)
class Node:
    """A token: numbers of its readings in the model, their costs in nats, and the readings (None: as it is)."""

    index: int
    numbers: list[int]
    costs: list[float]
    readings: list[Candidate | None]


def decode(numbers: Sequence[int], nodes: Mapping[int, Node], lm: NgramModel) -> dict[int, int]:
    """The best reading of each node: Viterbi over pairs of readings.

    Two neighbours with one reading each part the lattice into islands that can be decided alone.

    Args:
        numbers: the text in numbers of the model. nodes: place in it -> readings, ascending; the first is the word as it is.
        lm: the model.
    """
    best: dict[int, int] = {}
    places = list(nodes)
    i = 0
    while i < len(places):
        j = i + 1
        while j < len(places) and places[j] - places[j - 1] < 3:
            j += 1
        if j == i + 1:
            best[places[i]] = _alone(numbers, nodes[places[i]], places[i], lm)
        else:
            _island(numbers, nodes, places[i], places[j - 1] + 1, best, lm)
        i = j
    return best


def _alone(fixed: Sequence[int], node: Node, k: int, lm: NgramModel) -> int:
    """The best reading of a node with two words of one reading on either side."""
    if len(node.numbers) == 1:
        return 0
    score, start, end = lm.score, lm.start, len(fixed)
    a, b = fixed[k - 2] if k > 1 else start, fixed[k - 1] if k > 0 else start
    d, e = fixed[k + 1] if k + 1 < end else start, fixed[k + 2] if k + 2 < end else start
    totals = [
        cost - score(a, b, c) - score(b, c, d) - score(c, d, e)
        for c, cost in zip(node.numbers, node.costs, strict=True)
    ]
    return totals.index(min(totals))


def _island(
    fixed: Sequence[int], nodes: Mapping[int, Node], start: int, stop: int, best: dict[int, int], lm: NgramModel
) -> None:
    score, known, size = lm.score, lm.scores, lm.size
    a_numbers = [fixed[start - 2] if start > 1 else lm.start]
    b_numbers = [fixed[start - 1] if start > 0 else lm.start]
    # state (reading of the node before, reading of this node) -> cost; the way back for each node
    states: dict[tuple[int, int], float] = {(0, 0): 0.0}
    back: list[dict[tuple[int, int], int]] = []
    for k in range(start, stop + 2):
        node = nodes.get(k) if k < stop else None
        if node is not None:
            numbers, costs = node.numbers, node.costs
        else:
            numbers, costs = [fixed[k] if k < len(fixed) else lm.start], [0.0]
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
    for k in range(stop + 1, start - 1, -1):
        if k in nodes and k < stop:
            best[k] = state[1]
        state = (back[k - start][state], state[0])


def margin(numbers: Sequence[int], nodes: Mapping[int, Node], best: Mapping[int, int], k: int, lm: NgramModel) -> float:
    """Log odds of the chosen reading of a node against the next best other text, its neighbours as chosen."""
    around = [
        (nodes[n].numbers[best[n]] if n in nodes else numbers[n]) if 0 <= n < len(numbers) else lm.start
        for n in (k - 2, k - 1, k, k + 1, k + 2)
    ]
    node = nodes[k]
    chosen = node.readings[best[k]]
    own, others = 0.0, [SURE]
    for number, cost, reading in zip(node.numbers, node.costs, node.readings, strict=True):
        around[2] = number
        total = cost - sum(lm.score(*around[n : n + 3]) for n in range(3))
        if reading is chosen:
            own = total
        elif (reading and reading.text) != (chosen and chosen.text):
            others.append(total)
    return min(others[1:], default=own + SURE) - own
