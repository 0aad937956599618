"""Columns of numbers of which each row belongs to several values of another table: laid end to end, expanded at once."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Ints = NDArray[np.int64]
    Floats = NDArray[np.float64]
    Flags = NDArray[np.bool_]


class Ragged:
    """Rows of different lengths, laid end to end."""

    def __init__(self, rows: Sequence[Sequence[int]]) -> None:
        self.lengths: Ints = np.fromiter(map(len, rows), np.int64, len(rows))
        self.starts: Ints = np.concatenate([np.zeros(1, np.int64), np.cumsum(self.lengths)])
        self.values: Ints = np.fromiter((v for row in rows for v in row), np.int64, int(self.starts[-1]))

    def places(self, rows: Ints) -> tuple[Ints, Ints]:
        """Where the values of some rows stand in ``values``, one row after the other; and how many each row has."""
        counts = self.lengths[rows]
        return spread(self.starts[rows], counts), counts

    def of(self, rows: Ints) -> tuple[Ints, Ints]:
        """The values of some rows, one row after the other; and how many each row has."""
        at, counts = self.places(rows)
        return self.values[at], counts


def spread(starts: Ints, counts: Ints) -> Ints:
    """start, start + 1, ... for each start, so many as its count."""
    ends = np.cumsum(counts)
    total = int(ends[-1]) if len(ends) else 0
    return np.arange(total, dtype=np.int64) + np.repeat(starts - ends + counts, counts)
