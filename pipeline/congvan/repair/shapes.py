"""Fonts that nobody knows: letters by what they look like, one letter for each code, and by the words that they make.

A font draws each character by one code, so the codes of a font and the characters are matched as a whole, by likeness to the
pictures of other fonts. Where a likeness is too small to tell, the language model chooses among letters, never against a
figure or sign; a code whose words make no sense stays unread.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from congvan.document import FontFacts
from congvan.language.folding import fold_word
from congvan.language.glyph_shapes import CHARACTERS, glyph_shapes
from congvan.language.ngrams import FIGURE, SIGN, START, model

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt

    Floats = npt.NDArray[np.float32]

from congvan.repair.font_evidence import Letter, Letters

_CERTAIN, _LEAD = 0.985, 0.02  # likeness, and lead over the next character, from which on no model is asked
_LEAST = 0.6  # likeness below which a character is no candidate
_CLOSE = 0.13  # a candidate is at most this much less like than the best
_MOST = 8  # candidates of a code
_WEIGHTS = (400.0, 200.0, 120.0)  # nats for a likeness of 1: less and less, while more and more words can be read
_STRANGE = -12.0  # nats of a word that is none, besides its class
_SIGN_LEAST, _SIGN_LEAD = 0.85, 0.04  # likeness and lead that a figure or a sign must have: no words tell of it
_ROUNDS = 3
_SENSE = 0.5  # part of the words with a code that must be syllables
_FEW = 3  # pictures that tell something of a font as a whole


@dataclass(slots=True)
class _Code:
    """A code that its font's evidence leaves open.

    Attributes:
        likeness: of each candidate character. chosen: the character. certain: the drawing alone decides.
        words: numbers of the words that have it. units: of these, and of what stands within two words after.
    """

    likeness: dict[str, float]
    chosen: str
    certain: bool
    words: list[int] = field(default_factory=list)
    units: list[int] = field(default_factory=list)

    @property
    def is_open(self) -> bool:
        """The language model may choose another letter."""
        return not self.certain and self.chosen.isalpha()


Key = tuple[int, int]
_Word = tuple[str | Key, ...]


def shape_letters(
    text: str,
    fonts: Sequence[int],
    codes: Sequence[int],
    facts: Sequence[FontFacts],
    judged: Sequence[Letters],
    language_model: bool,
    without: tuple[str, ...] = (),
) -> dict[Key, Letter]:
    """(font, code) -> judgement, for codes without any other evidence.

    Args:
        text, fonts, codes: the characters as read, and where each comes from. facts, judged: the fonts, and the judgement
            on their codes so far. language_model: ask it where drawings do not tell. without: fonts to leave out.
    """
    found: dict[Key, _Code] = {}
    for number, (font, letters) in enumerate(zip(facts, judged, strict=True)):
        found |= {(number, code): one for code, one in _of_font(font, letters, without).items()}
    if not found:
        return {}
    if language_model:
        _Reader(text, fonts, codes, judged, found).settle()
    return {key: letter for key, one in found.items() if (letter := _judgement(key, one, judged, language_model))}


def _judgement(key: Key, one: _Code, judged: Sequence[Letters], language_model: bool) -> Letter | None:
    before = judged[key[0]].get(key[1])
    shown = before.shown if before is not None else ""
    if one.certain:
        return Letter(one.chosen, shown, "looks like the letter of other fonts", 0.97, "no-map")
    if not language_model or not one.chosen:
        return None
    evidence = "looks like it, and makes words" if one.chosen.isalpha() else "looks like it"
    return Letter(one.chosen, shown, evidence, 0.8, "no-map")


def _of_font(font: FontFacts, letters: Letters, without: tuple[str, ...]) -> dict[int, _Code]:
    """The open codes of a font, each with its most likely character."""
    import numpy as np

    wanted = [
        code
        for code, glyph in font.glyph_ids.items()
        if glyph in font.shapes and not (letters[code].text if code in letters else "")
    ]
    if len(wanted) < _FEW:
        return {}
    pictures = np.stack([np.frombuffer(font.shapes[font.glyph_ids[code]], np.uint8) for code in wanted]).astype(
        np.float32
    )
    pictures /= np.sqrt((pictures * pictures).sum(axis=1, keepdims=True))
    likeness = glyph_shapes().likeness(pictures, without)
    taken = {letter.text for letter in letters.values() if letter.text}
    columns = [n for n, c in enumerate(CHARACTERS) if c not in taken]
    likeness = likeness[:, columns]
    characters = [CHARACTERS[n] for n in columns]
    if len(characters) < len(wanted):
        return {}
    found: dict[int, _Code] = {}
    for row, column in enumerate(matched(likeness)):
        order = np.argsort(-likeness[row])[:_MOST]
        best = float(likeness[row, order[0]])
        if best < _LEAST:
            continue
        near = {characters[n]: float(likeness[row, n]) for n in order if likeness[row, n] > best - _CLOSE}
        chosen = characters[column]
        near.setdefault(chosen, float(likeness[row, column]))
        lead = best - float(likeness[row, order[1]]) if len(order) > 1 else 1.0
        first = chosen == characters[order[0]]
        certain = first and best >= _CERTAIN and lead >= _LEAD
        if not chosen.isalpha() and not (first and best >= _SIGN_LEAST and lead >= _SIGN_LEAD):
            continue
        found[wanted[row]] = _Code(near, chosen, certain)
    return found


def matched(likeness: Floats) -> list[int]:
    """A column for each row, no column twice, so that the sum is the greatest (Hungarian method)."""
    import numpy as np

    rows, columns = likeness.shape
    cost = -np.log(np.clip((likeness.astype(np.float64) - 0.4) / 0.6, 1e-4, 1.0))
    above, beside = np.zeros(rows + 1), np.zeros(columns + 1)
    row_of = np.zeros(columns + 1, np.int64)
    for row in range(1, rows + 1):
        row_of[0] = row
        at = 0
        least = np.full(columns + 1, np.inf)
        came = np.zeros(columns + 1, np.int64)
        used = np.zeros(columns + 1, bool)
        while True:
            used[at] = True
            rest = cost[row_of[at] - 1] - above[row_of[at]] - beside[1:]
            free = ~used[1:]
            better = free & (rest < least[1:])
            least[1:][better] = rest[better]
            came[1:][better] = at
            open_ = np.where(free, least[1:], np.inf)
            next_ = int(open_.argmin()) + 1
            step = open_[next_ - 1]
            above[row_of[used]] += step
            beside[used] -= step
            least[1:][free] -= step
            at = next_
            if not row_of[at]:
                break
        while at:
            row_of[at] = row_of[came[at]]
            at = int(came[at])
    found = [0] * rows
    for column in range(1, columns + 1):
        if row_of[column]:
            found[int(row_of[column]) - 1] = column - 1
    return found


class _Reader:
    """The words of a text with open codes in them, and the search for the letters that make the most sense."""

    def __init__(
        self,
        text: str,
        fonts: Sequence[int],
        codes: Sequence[int],
        judged: Sequence[Letters],
        found: Mapping[Key, _Code],
    ) -> None:
        self.found = found
        self.lm = model()
        self.weight = _WEIGHTS[0]
        self.numbers: dict[str, tuple[int, float]] = {}
        self.plain: dict[_Word, str] = {}  # words without open codes
        self.start = self.lm.number(START)
        triples: Counter[tuple[_Word, _Word, _Word]] = Counter()
        before: tuple[_Word, _Word] = ((), ())
        for word in _words(text, fonts, codes, judged, found):
            triples[(*before, word)] += 1
            before = (before[1], word)
        self.units = [
            unit for unit in triples.items() if any(isinstance(item, tuple) for word in unit[0] for item in word)
        ]
        for n, (words, _) in enumerate(self.units):
            for key in {item for word in words for item in word if isinstance(item, tuple)}:
                found[key].units.append(n)
            for key in {item for item in words[-1] if isinstance(item, tuple)}:
                found[key].words.append(n)

    def settle(self) -> None:
        """Choose letters; a code whose words make no sense gets none."""
        order = sorted((key for key, one in self.found.items() if one.is_open), key=lambda k: -len(self.found[k].words))
        for self.weight in _WEIGHTS:
            for _ in range(_ROUNDS):
                if not sum(self._better(key) for key in order):
                    break
        for one in self.found.values():
            if one.is_open and self._sense(one) < _SENSE:
                one.chosen = ""

    def _better(self, key: Key) -> bool:
        """Take the best letter for a code, changing places with the code that has it now; True for a change."""
        one = self.found[key]
        holder = {other.chosen: k for k, other in self.found.items() if k[0] == key[0]}
        best, gain = "", 1e-6
        for letter in one.likeness:
            if letter == one.chosen or not letter.isalpha():
                continue
            other_key = holder.get(letter)
            other = self.found[other_key] if other_key is not None else None
            if other is not None and (not other.is_open or one.chosen not in other.likeness):
                continue
            found = self._gain(one, letter, other)
            if found > gain:
                best, gain = letter, found
        if not best:
            return False
        other_key = holder.get(best)
        if other_key is not None:
            self.found[other_key].chosen = one.chosen
        one.chosen = best
        return True

    def _gain(self, one: _Code, letter: str, other: _Code | None) -> float:
        """Nats that are won by reading a code otherwise."""
        concerned = {*one.units, *(other.units if other is not None else ())}
        before = sum(self._score(n) for n in concerned)
        old = one.chosen
        gain = self.weight * (one.likeness[letter] - one.likeness[old])
        one.chosen = letter
        if other is not None:
            gain += self.weight * (other.likeness[old] - other.likeness[letter])
            other.chosen = old
        gain += sum(self._score(n) for n in concerned) - before
        one.chosen = old
        if other is not None:
            other.chosen = letter
        return gain

    def _read(self, word: _Word) -> str:
        if word not in self.plain:
            if any(isinstance(item, tuple) for item in word):
                return "".join([item if isinstance(item, str) else self.found[item].chosen for item in word])
            self.plain[word] = "".join(map(str, word))
        return self.plain[word]

    def _score(self, n: int) -> float:
        """Log probability of a word after the two before it; of words that recur, a few times."""
        words, count = self.units[n]
        (first, _), (second, _), (third, cost) = (self._number(self._read(word)) for word in words)
        return (self.lm.score(first, second, third) + cost) * min(count, 3)

    def _number(self, word: str) -> tuple[int, float]:
        """A word in the language model, signs around it left out, and the cost in nats of one that is none."""
        if word not in self.numbers:
            bare = word.strip("()[]{}.,;:!?\"'“”‘’…-–/%*+")
            if not word:
                self.numbers[word] = self.start, 0.0
            elif not bare:
                self.numbers[word] = self.lm.number(SIGN), 0.0
            elif not bare.isalpha():
                self.numbers[word] = self.lm.number(FIGURE), 0.0
            else:
                number = self.lm.number(fold_word(bare), bare)
                one_case = bare.islower() or bare.isupper() or bare[1:].islower()
                self.numbers[word] = number, 0.0 if number != self.lm.unknown and one_case else _STRANGE
        return self.numbers[word]

    def _sense(self, one: _Code) -> float:
        """Part of the words with a code that are known."""
        total = sum(self.units[n][1] for n in one.words)
        right = sum(self.units[n][1] for n in one.words if not self._number(self._read(self.units[n][0][-1]))[1])
        return right / total if total else 0.0


def _words(
    text: str,
    fonts: Sequence[int],
    codes: Sequence[int],
    judged: Sequence[Letters],
    found: Mapping[Key, _Code],
) -> Iterator[_Word]:
    """What stands between white space: known characters, and open codes."""
    current: list[str | Key] = []
    for c, font, code in zip(text + " ", (*fonts, -1), (*codes, -1), strict=True):
        key = (font, code)
        letter = judged[font].get(code) if 0 <= font < len(judged) else None
        shown: str | Key = key if key in found else letter.text if letter is not None and letter.text else c
        if isinstance(shown, str) and shown.isspace():
            if current:
                yield tuple(current)
            current = []
        else:
            current.append(shown)
