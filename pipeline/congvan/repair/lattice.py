"""A lattice of readings of a text, and the best way through it under the trigram model."""

from __future__ import annotations

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


def decode(nodes: list[Node], lm: NgramModel) -> list[int]:
    """The best reading of each node: Viterbi over pairs of readings.

    Two neighbours with one reading each part the lattice into islands that can be decided alone.
    """
    best = [0] * len(nodes)
    open_nodes = [k for k, node in enumerate(nodes) if len(node.numbers) > 1]
    i = 0
    while i < len(open_nodes):
        j = i + 1
        while j < len(open_nodes) and open_nodes[j] - open_nodes[j - 1] < 3:
            j += 1
        _island(nodes, open_nodes[i], open_nodes[j - 1] + 1, best, lm)
        i = j
    return best


def _island(nodes: list[Node], start: int, stop: int, best: list[int], lm: NgramModel) -> None:
    score = lm.score
    a_numbers = [nodes[start - 2].numbers[0] if start > 1 else lm.start]
    b_numbers = [nodes[start - 1].numbers[0] if start > 0 else lm.start]
    after = [nodes[k].numbers[0] if k < len(nodes) else lm.start for k in (stop, stop + 1)]
    # state (reading of the node before, reading of this node) -> cost; the way back for each node
    states: dict[tuple[int, int], float] = {(0, 0): 0.0}
    back: list[dict[tuple[int, int], int]] = []
    for k in range(start, stop + 2):
        numbers, costs = (nodes[k].numbers, nodes[k].costs) if k < stop else ([after[k - stop]], [0.0])
        new: dict[tuple[int, int], float] = {}
        way: dict[tuple[int, int], int] = {}
        for (a, b), so_far in states.items():
            na, nb = a_numbers[a], b_numbers[b]
            for c, nc in enumerate(numbers):
                cost = so_far + costs[c] - score(na, nb, nc)
                key = (b, c)
                old = new.get(key)
                if old is None or cost < old:
                    new[key] = cost
                    way[key] = a
        back.append(way)
        bound = min(new.values()) + BEAM
        states = {key: cost for key, cost in new.items() if cost <= bound}
        a_numbers, b_numbers = b_numbers, numbers
    state = min(states, key=lambda s: states[s])
    for k in range(stop + 1, start - 1, -1):
        if k < stop:
            best[k] = state[1]
        state = (back[k - start][state], state[0])


def margin(nodes: list[Node], best: list[int], k: int, lm: NgramModel) -> float:
    """Log odds of the chosen reading of a node against the next best other text, its neighbours as chosen."""
    around = [nodes[n].numbers[best[n]] if 0 <= n < len(nodes) else lm.start for n in (k - 2, k - 1, k, k + 1, k + 2)]
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
