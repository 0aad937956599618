"""Syllable n-grams: how likely is a syllable after the two before it.

A trigram model with interpolated Kneser-Ney smoothing, stored as back-off tables (probabilities and back-off weights in
steps of 1/16 nat) in ``models/ngrams.npz``; ``models/build_ngrams.py`` makes it, ``models/ngrams.md`` is its card. Words
are folded (case, tone placement); figures, signs, abbreviations and unknown words are classes. Look-up is a binary search
in packed integers behind a cache: nothing is built at load time.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator
from functools import cache
from math import exp, log
from pathlib import Path
from typing import TYPE_CHECKING, Any

import regex

from congvan.config import models_dir
from congvan.errors import CongvanError
from congvan.language.folding import fold_word

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

START = "<s>"  # start and end of a sentence
SIGN = "<sign>"  # a comma, bracket, dash, quote
FIGURE = "<figure>"  # a number, with its separators
ABBREVIATION = "<abbr>"  # capitals that are no syllable: UBND, CTMTQG
UNKNOWN = "<unk>"  # any other word
CLASSES = (START, SIGN, FIGURE, ABBREVIATION, UNKNOWN)

MAX_SCORES = 60_000  # scores that are remembered
STEP = 16.0  # quantisation: steps per nat

# accepts a word ("Uỷ"), a figure with separators ("1.700", "14,58"), or one sign; white space falls between
TOKEN = regex.compile(r"\p{L}[\p{L}\p{M}]*|\p{Nd}+(?:[.,]\p{Nd}+)*|[^\s\p{L}\p{Nd}]")
ENDS = frozenset(".;!?")


def classify(token: str) -> str:
    """The folded word, or the class of a token that is no word. Words outside the vocabulary are not known here."""
    first = token[0]
    if first.isalpha():
        return fold_word(token)
    if first.isdigit():
        return FIGURE
    return START if token in ENDS else SIGN


def model_tokens(text: str) -> Iterator[tuple[str, str]]:
    """Tokens of a text as (as written, class or folded word); repeated signs count once."""
    last = ""
    for token in TOKEN.findall(text):
        kind = classify(token)
        if kind == last and kind in (SIGN, START):
            continue
        last = kind
        yield token, kind


CAPITAL_CONTEXTS = 6
# weights of what the words on either side, and both together, add to the log odds of a capital
NEIGHBOUR, BOTH = 0.5, 0.5


def capital_context(before: str, after: str) -> int:
    """Number of the context that tells whether a word has a capital: the word before has one or not, and what follows
    (another word or sign, a figure, a word with a capital: "Điều 5", "Đảng Cộng sản")."""
    ahead = 0 if not after else 1 if after[0].isdigit() else 2 if after[0].isupper() else 0
    return 3 * before[:1].isupper() + ahead


def neighbour_keys(word: int, before_2: int, before: int, after: int, after_2: int, size: int) -> tuple[int, ...]:
    """Keys of what is known of a word's capital from its neighbours (numbers below ``size``, 0: none).

    The word before; the word after; both; the two before; the two after.
    """
    return (
        before * size + word,
        (size * size + after) * size + word,
        ((2 * size + before) * size + after) * size + word,
        ((3 * size + before_2) * size + before) * size + word,
        ((4 * size + after) * size + after_2) * size + word,
    )


class NgramModel:
    """Natural logarithms of probabilities of words after up to two words before.

    Words are numbers: :meth:`number` turns a folded word or class into one.
    """

    def __init__(self, words: list[str], tables: dict[str, Any]) -> None:
        self.words = words
        self._numbers = {w: i for i, w in enumerate(words)}
        self.unknown = self._numbers[UNKNOWN]
        self.abbreviation = self._numbers[ABBREVIATION]
        self.start = self._numbers[START]
        self.size = len(words)
        self._uni_p, self._uni_b = memoryview(tables["uni_p"]), memoryview(tables["uni_b"])
        self._bi, self._bi_p, self._bi_b = (memoryview(tables[k]) for k in ("bi", "bi_p", "bi_b"))
        self._tri, self._tri_p = memoryview(tables["tri"]), memoryview(tables["tri_p"])
        self._uni_q, self._uni_c = memoryview(tables["uni_q"]), memoryview(tables["uni_c"])
        self._bi_q, self._bi_c, self._tri_q = (memoryview(tables[k]) for k in ("bi_q", "bi_c", "tri_q"))
        self._capital_rows = {int(n): i for i, n in enumerate(tables["capital_words"])}
        self._capitals = tables["capital_shares"]
        self._capital_keys, self._capital_gains = (memoryview(tables[k]) for k in ("capital_keys", "capital_gains"))
        self.scores: dict[int, float] = {}  # what score() has found, by (a * size + b) * size + c
        self.fits: dict[int, float] = {}  # what fit() has found, in the same way

    def __contains__(self, word: str) -> bool:
        return word in self._numbers

    def number(self, word: str, written: str = "") -> int:
        """Number of a folded word or class; ``written`` tells abbreviations (capitals) from unknown words."""
        found = self._numbers.get(word)
        if found is not None:
            return found
        return self.abbreviation if len(written) > 1 and written.isupper() else self.unknown

    def capital(
        self, word: int, before: str, after: str, around: tuple[int, int, int, int] | None = None
    ) -> float | None:
        """Share of capitals of a word inside a sentence between two tokens as written; None where it is not known.

        Known for words that begin with a letter beyond Latin-1. ``around`` are the numbers of the two words before and the
        two after.
        """
        row = self._capital_rows.get(word)
        if row is None:
            return None
        share = float(self._capitals[row, capital_context(before, after)]) / 255
        if around is None:
            return share
        left, right, both, left_2, right_2 = (
            self._capital_gain(key) for key in neighbour_keys(word, *around, self.size)
        )
        odds = log(share / (1 - share))
        odds += NEIGHBOUR * ((left_2 or left) + (right_2 or right)) + BOTH * both
        return 1 / (1 + exp(-min(max(odds, -7.0), 7.0)))

    def _capital_gain(self, key: int) -> float:
        i = bisect_left(self._capital_keys, key)
        if i < len(self._capital_keys) and self._capital_keys[i] == key:
            return self._capital_gains[i] / STEP
        return 0.0

    def unigram(self, word: int) -> float:
        """Log P(word), whatever stands before."""
        return -self._uni_p[word] / STEP

    def unigrams(self, words: NDArray[np.int64]) -> NDArray[np.float64]:
        """Log P of many words, whatever stands before."""
        import numpy as np

        costs: NDArray[np.float64] = np.asarray(self._uni_p)[words] / -STEP
        return costs

    def score(self, a: int, b: int, c: int) -> float:
        """Log P(c | a b), words as numbers."""
        key = (a * self.size + b) * self.size + c
        found = self.scores.get(key)
        if found is None:
            if len(self.scores) > MAX_SCORES:
                self.scores.clear()
            found = self.scores[key] = self._score(key, a * self.size + b, b, c)
        return found

    def _score(self, key: int, context: int, b: int, c: int) -> float:
        i = bisect_left(self._tri, key)
        if i < len(self._tri) and self._tri[i] == key:
            return -self._tri_p[i] / STEP
        cost = 0
        i = bisect_left(self._bi, context)
        if i < len(self._bi) and self._bi[i] == context:
            cost = self._bi_b[i]
        pair = b * self.size + c
        i = bisect_left(self._bi, pair)
        if i < len(self._bi) and self._bi[i] == pair:
            return -(cost + self._bi_p[i]) / STEP
        return -(cost + self._uni_b[b] + self._uni_p[c]) / STEP

    def fit(self, a: int, b: int, c: int) -> float:
        """How well three words fit: the mean of log P(c | a b) and of log P(a | b c), what stands before."""
        key = (a * self.size + b) * self.size + c
        found = self.fits.get(key)
        if found is None:
            if len(self.fits) > MAX_SCORES:
                self.fits.clear()
            found = self.fits[key] = self._fit(key, a, b, c)
        return found

    def _fit(self, key: int, a: int, b: int, c: int) -> float:
        i = bisect_left(self._tri, key)
        if i < len(self._tri) and self._tri[i] == key:
            return (self._tri_p[i] + self._tri_q[i]) / (-2 * STEP)
        first, second = a * self.size + b, b * self.size + c
        i, j = bisect_left(self._bi, first), bisect_left(self._bi, second)
        if i < len(self._bi) and self._bi[i] == first:
            cost = self._bi_b[i] + self._bi_q[i]
        else:
            cost = self._uni_c[b] + self._uni_q[a]
        if j < len(self._bi) and self._bi[j] == second:
            cost += self._bi_c[j] + self._bi_p[j]
        else:
            cost += self._uni_b[b] + self._uni_p[c]
        return cost / (-2 * STEP)

    def fit_all(self, a: NDArray[np.int64], b: NDArray[np.int64], c: NDArray[np.int64]) -> NDArray[np.float64]:
        """:meth:`fit` of many places at once."""
        import numpy as np

        keys, back = np.unique((a * self.size + b) * self.size + c, return_inverse=True)
        at, hit = _found(self._tri, keys)
        costs = _taken(self._tri_p, at) + _taken(self._tri_q, at)
        rest = np.flatnonzero(~hit)
        first, middle, last = keys[rest] // self.size**2, keys[rest] // self.size % self.size, keys[rest] % self.size
        i, ahead = _found(self._bi, first * self.size + middle)
        j, behind = _found(self._bi, middle * self.size + last)
        before = np.where(
            ahead,
            _taken(self._bi_b, i) + _taken(self._bi_q, i),
            _taken(self._uni_c, middle) + _taken(self._uni_q, first),
        )
        after = np.where(
            behind,
            _taken(self._bi_c, j) + _taken(self._bi_p, j),
            _taken(self._uni_b, middle) + _taken(self._uni_p, last),
        )
        costs[rest] = before + after
        scores: NDArray[np.float64] = (costs / (-2 * STEP))[back.reshape(-1)]
        return scores

    def numbers(self, text: str) -> list[int]:
        """The tokens of a text as numbers."""
        return [self.number(kind, token) for token, kind in model_tokens(text)]

    def score_text(self, text: str) -> float:
        """Log P of a text, as one sentence."""
        total, a, b = 0.0, self.start, self.start
        for c in (*self.numbers(text), self.start):
            total += self.score(a, b, c)
            a, b = b, c
        return total


def _found(keys: memoryview, wanted: NDArray[np.int64]) -> tuple[NDArray[np.int64], NDArray[np.bool_]]:
    """Where ascending keys have some others, and which of these they have."""
    import numpy as np

    table = np.asarray(keys)
    at = np.minimum(np.searchsorted(table, wanted), len(table) - 1)
    return at, table[at] == wanted


def _taken(values: memoryview, at: NDArray[np.int64]) -> NDArray[np.int64]:
    import numpy as np

    return np.asarray(values)[at].astype(np.int64)


def pack_keys(keys: NDArray[np.int64]) -> NDArray[np.uint8]:
    """Ascending keys as differences, in byte planes (what compresses best)."""
    import numpy as np

    return np.diff(keys, prepend=0).astype("<u8").view(np.uint8).reshape(-1, 8).T.copy()


def unpack_keys(planes: NDArray[np.uint8]) -> NDArray[np.int64]:
    """Undo :func:`pack_keys`."""
    import numpy as np

    return np.cumsum(planes.T.copy().view("<u8").reshape(-1).astype(np.int64))


def load_model(path: Path) -> NgramModel:
    """Read a model.

    Raises:
        CongvanError: the file is missing or not a model.
    """
    import numpy as np

    try:
        with np.load(path) as data:
            words = data["words"].tobytes().decode().split("\n")
            tables = {
                k: data[k]
                for k in (
                    *("uni_p", "uni_b", "bi_p", "bi_b", "tri_p", "uni_q", "uni_c", "bi_q", "bi_c", "tri_q"),
                    *("capital_words", "capital_shares", "capital_gains"),
                )
            }
            tables |= {k: unpack_keys(data[k]) for k in ("bi", "tri", "capital_keys")}
    except (OSError, KeyError, ValueError) as err:
        raise CongvanError(
            f"The language model {path.name} cannot be read: {err}.", "Run models/build_ngrams.py."
        ) from err
    return NgramModel(words, tables)


@cache
def model() -> NgramModel:
    """The model that ships with congvan, loaded when first used."""
    return load_model(models_dir() / "ngrams.npz")
