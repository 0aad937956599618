"""How often a letter was read as a value near a place: the evidence that one font writes one letter in one way.

Readings are counted by tracks: of a letter, of a letter that shows one value, of a code of a font. What a reading tells of
other letters (:mod:`congvan.repair.cipher.runs`) counts as a reading of those. All sums are taken at once.
"""

from __future__ import annotations

from collections.abc import Hashable
from typing import TYPE_CHECKING

import numpy as np

from congvan.language.ghostscript import forward
from congvan.repair.cipher.columns import Ragged
from congvan.repair.cipher.runs import implied

if TYPE_CHECKING:
    from congvan.repair.cipher.columns import Flags, Floats, Ints

REACH = 60.0  # distance at which a reading counts 1/e
SWITCH = 0.03  # share of words of bare text that are in another font than what is around
ALPHA, BETA = 1.0, 0.7  # weights, in readings, of the prior, and of the whole document against one reading at the place
# Shares of damage among the letters beyond Latin-1, before evidence: in a word that cannot be right; in one that can.
DAMAGE_ODD, DAMAGE_VALID = 0.3, 0.02
UNHEARD = 1e-4  # share of a value that the formula does not give
# P(letter | what a font shows) before evidence: for a letter that damage can change, for another one
CHANGED, KEPT = 0.3, 0.9
LEAST = 1e-12  # no probability is less


class Tracks:
    """Positions of events, by track, and their sums weighted by distance around any position."""

    def __init__(self, tracks: Ints, positions: Floats, last: float, count: int) -> None:
        """``last``: no position is beyond it. ``count``: of the tracks."""
        self._span = last + 50 * REACH  # so far apart, tracks tell nothing of each other
        keys = tracks * self._span + positions
        keys.sort(kind="stable")
        self._keys = keys
        self._all: Ints = np.bincount(tracks, minlength=count)
        steps = keys / REACH
        self._left = np.exp(np.logaddexp.accumulate(steps) - steps) if len(keys) else steps
        self._right = np.exp(np.logaddexp.accumulate(-steps[::-1])[::-1] + steps) if len(keys) else steps

    def around(self, tracks: Ints, positions: Floats) -> tuple[Floats, Floats]:
        """Weighted and plain number of events around positions, those at the position itself left out."""
        at = tracks * self._span + positions
        before, behind = np.searchsorted(self._keys, at, "left"), np.searchsorted(self._keys, at, "right")
        total = np.zeros(len(at))
        some = before > 0
        last = before[some] - 1
        total[some] = self._left[last] * np.exp((self._keys[last] - at[some]) / REACH)
        some = behind < len(self._keys)
        first = behind[some]
        total[some] += self._right[first] * np.exp((at[some] - self._keys[first]) / REACH)
        return total, (self._all[tracks] - (behind - before)).astype(float)


class Ledger:
    """The kinds of readings and of questions, with the tracks that each concerns; kinds and tracks are numbers."""

    def __init__(self) -> None:
        self._tracks: dict[Hashable, int] = {}
        self._kinds: dict[tuple[int, str, str, int | str], int] = {}
        self._own: list[tuple[int, ...]] = []  # of each kind of reading, the tracks of what it reads
        self._implied: list[tuple[int, ...]] = []  # and of what it tells of other letters
        self._questions: dict[tuple[int, str, str, int | str, bool], int] = {}
        self._pairs: list[int] = []  # of each question
        self._letters: list[int] = []
        self._read: list[int] = []
        self._shown: list[int] = []
        self._priors: list[float] = []
        self._readings: list[float] = []

    def _track(self, *key: Hashable) -> int:
        return self._tracks.setdefault(key, len(self._tracks))

    def kind(self, group: int, letter: str, shown: str, key: int | str) -> int:
        """The kind of a reading: a group (a font, or -1) shows ``shown`` by ``key`` (a code or the same), read as ``letter``."""
        known = self._kinds.get((group, letter, shown, key))
        if known is None:
            known = self._kinds[group, letter, shown, key] = len(self._kinds)
            own = [self._track(group, letter, shown), self._track(group, letter)]
            if group >= 0:
                own += [self._track(group, key, letter, "read"), self._track(group, key, "shown")]
            others = []
            for other, values in implied(letter, shown):
                others.append(self._track(group, other))
                others += [self._track(group, other, value) for value in values]
            self._own.append(tuple(own))
            self._implied.append(tuple(others))
        return known

    def question(self, group: int, letter: str, shown: str, key: int | str, valid: bool) -> int:
        """How likely is it that a group shows ``letter`` so? ``valid``: in a word that can be right as it stands."""
        known = self._questions.get((group, letter, shown, key, valid))
        if known is None:
            known = self._questions[group, letter, shown, key, valid] = len(self._questions)
            values = forward().get(letter)
            damage = DAMAGE_VALID if valid else DAMAGE_ODD
            if values is None:
                self._priors.append(1.0)
            else:
                self._priors.append(1 - damage if letter == shown else damage * values.get(shown, UNHEARD))
            self._pairs.append(self._track(group, letter, shown) if values is not None else -1)
            self._letters.append(self._track(group, letter))
            self._read.append(self._track(group, key, letter, "read") if group >= 0 else -1)
            self._shown.append(self._track(group, key, "shown") if group >= 0 else -1)
            self._readings.append(KEPT if values is None else CHANGED)
        return known

    def without(self, questions: Ints) -> Floats:
        """Costs, -log P, before any evidence."""
        costs: Floats = -np.log(np.array(self._priors))[questions] if len(questions) else np.zeros(0)
        return costs

    def tracks(self, kinds: Ints, positions: Floats, last: float, ranges: bool) -> Tracks:
        """The tracks of readings at positions. ``ranges``: letters of one range tell of each other."""
        numbers, counts = Ragged(self._own).of(kinds)
        where = np.repeat(positions, counts)
        if ranges:
            others, counts = Ragged(self._implied).of(kinds)
            numbers, where = np.concatenate([numbers, others]), np.concatenate([where, np.repeat(positions, counts)])
        return Tracks(numbers, where, last, len(self._tracks))

    def costs(self, tracks: Tracks, questions: Ints, positions: Floats) -> Floats:
        """Costs, -log P, with the evidence around positions, own occurrences left out.

        Of bare text the prior has the weight of ``ALPHA`` readings, the whole document that of ``BETA`` readings at the
        place. In a font all readings count alike, and one code has one letter.
        """
        prior = np.array(self._priors)[questions]
        pairs, letters = np.array(self._pairs)[questions], np.array(self._letters)[questions]
        p = np.ones(len(questions))
        in_font: Flags = np.array(self._read)[questions] >= 0
        known = pairs >= 0
        pairs_near, pairs_all, letters_near, letters_all = (np.zeros(len(questions)) for _ in range(4))
        pairs_near[known], pairs_all[known] = tracks.around(pairs[known], positions[known])
        letters_near[known], letters_all[known] = tracks.around(letters[known], positions[known])
        whole = (pairs_all + ALPHA * prior) / (letters_all + ALPHA)
        local = (pairs_near + BETA * whole) / (letters_near + BETA)
        p = np.where(in_font, whole, (1 - SWITCH) * local + SWITCH * prior)
        if in_font.any():
            at, own = positions[in_font], questions[in_font]
            _, read = tracks.around(np.array(self._read)[own], at)
            _, shown = tracks.around(np.array(self._shown)[own], at)
            base = np.array(self._readings)[own]
            p[in_font] = np.where(known[in_font], p[in_font], 1.0) * (read + ALPHA * base) / (shown + ALPHA)
        costs: Floats = -np.log(np.maximum(p, LEAST))
        return costs
