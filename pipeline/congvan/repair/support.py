"""How often a letter was read as a value near a place: the evidence that one font writes one letter in one way."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from math import exp

REACH = 60.0  # distance at which a reading counts 1/e


class Track:
    """Positions of one event, and their sum weighted by distance around any position. Positions must be added ascending."""

    __slots__ = ("_left", "_right", "at")

    def __init__(self) -> None:
        self.at: list[float] = []
        self._left: list[float] = []
        self._right: list[float] = []

    def add(self, position: float) -> None:
        """Count one event."""
        self.at.append(position)

    def _sum_up(self) -> None:
        """For each event the weighted number of those up to it, and of those from it on."""
        at = self.at
        total, last = 0.0, 0.0
        self._left = []
        for position in at:
            total = 1.0 + total * exp((last - position) / REACH)
            last = position
            self._left.append(total)
        total, right = 0.0, []
        for position in reversed(at):
            total = 1.0 + total * exp((position - last) / REACH)
            last = position
            right.append(total)
        self._right = right[::-1]

    def near(self, position: float) -> float:
        """Weighted number of events around a position, those at the position itself left out."""
        return self.around(position)[0]

    def around(self, position: float) -> tuple[float, int]:
        """Weighted number of events around a position, and the plain number, those at the position itself left out."""
        at = self.at
        if len(self._left) != len(at):
            self._sum_up()
        i = bisect_left(at, position)
        j = i
        while j < len(at) and at[j] == position:
            j += 1
        total = 0.0
        if i:
            total += self._left[i - 1] * exp((at[i - 1] - position) / REACH)
        if j < len(at):
            total += self._right[j] * exp((position - at[j]) / REACH)
        return total, len(at) - j + i

    def count(self, position: float) -> int:
        """Number of events, those at the position left out."""
        return len(self.at) - (bisect_right(self.at, position) - bisect_left(self.at, position))


def share(pair: Track | None, letters: Track | None, position: float, prior: float, alpha: float, beta: float) -> float:
    """Share of the readings of a letter that are of one value, around a position: see :meth:`Support.emission`."""
    pairs_near, pairs_all = pair.around(position) if pair else (0.0, 0)
    letters_near, letters_all = letters.around(position) if letters else (0.0, 0)
    whole = (pairs_all + alpha * prior) / (letters_all + alpha)
    return (pairs_near + beta * whole) / (letters_near + beta)


class Support:
    """Counts of readings (letter, value), around a place or in a whole font."""

    def __init__(self, by_font: bool) -> None:
        self._by_font = by_font
        self._pairs: dict[tuple[int, str, str | int], Track] = {}
        self._letters: dict[tuple[int, str], Track] = {}
        self._keys: dict[tuple[int, str | int], Track] = {}
        self._right: dict[str, tuple[list[float], list[float]]] = {}  # letter -> positions of both kinds

    def add(self, group: int, letter: str, key: str | int, position: float) -> None:
        """Count one reading of ``key`` (a value, or a code of a font) as ``letter`` in a group (a font, or -1)."""
        pair = self._pairs.get((group, letter, key))
        if pair is None:
            pair = self._pairs[group, letter, key] = Track()
        pair.add(position)
        letters = self._letters.get((group, letter))
        if letters is None:
            letters = self._letters[group, letter] = Track()
        letters.add(position)
        if self._by_font:
            self._keys.setdefault((group, key), Track()).add(position)

    def add_right(self, letter: str, position: float) -> None:
        """Count one letter of bare text that is right as it stands: most letters are."""
        tracks = self._right.get(letter)
        if tracks is None:
            pair = self._pairs.setdefault((-1, letter, letter), Track())
            tracks = self._right[letter] = pair.at, self._letters.setdefault((-1, letter), Track()).at
        tracks[0].append(position)
        tracks[1].append(position)

    def emission(
        self, group: int, letter: str, key: str | int, position: float, prior: float, alpha: float, beta: float
    ) -> float:
        """P(the font writes ``key`` | it draws ``letter``) around a position, own occurrence left out.

        ``prior`` is the share before any evidence with the weight of ``alpha`` readings; the whole document weighs as
        much as ``beta`` readings at the place itself. In a font all readings count alike.
        """
        pair, letters = self.tracks(group, letter, key)
        if group >= 0:
            pairs_all = pair.count(position) if pair else 0
            return (pairs_all + alpha * prior) / ((letters.count(position) if letters else 0) + alpha)
        return share(pair, letters, position, prior, alpha, beta)

    def tracks(self, group: int, letter: str, key: str | int) -> tuple[Track | None, Track | None]:
        """Where a letter was read from a value, and where at all."""
        return self._pairs.get((group, letter, key)), self._letters.get((group, letter))

    def reading(self, group: int, letter: str, key: str | int, position: float, prior: float, alpha: float) -> float:
        """P(``letter`` | the group shows ``key``): in a font one code has one letter."""
        pair, keys = self._pairs.get((group, letter, key)), self._keys.get((group, key))
        return ((pair.count(position) if pair else 0) + alpha * prior) / ((keys.count(position) if keys else 0) + alpha)
