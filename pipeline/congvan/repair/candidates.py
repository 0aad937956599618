"""What a damaged word may have been: syllables that the formula can turn into it."""

from __future__ import annotations

from functools import lru_cache
from typing import NamedTuple

import regex

from congvan.language.folding import fold_word
from congvan.language.ghostscript import forward, sources, tell_tale
from congvan.language.ngrams import model
from congvan.language.syllables import place_prefixes, place_words, prefixes, syllables

MAX_CANDIDATES = 400
LONGEST = 9  # letters of a word, values of damage included
# Of two words that run together: letters, at least and at most; cost in nats by their frequency; readings that are kept.
LEAST_GLUED, LONGEST_GLUED, MOST_GLUED, MAX_GLUED = 5, 14, 18.0, 6
# i and j for ũ: considered only on request, or in a word that cannot be right with them; i is too common as what it is
ASCII_VALUES = frozenset("ij")
# Costs in nats of a word as it stands, on top of its class: of one that cannot be right, of a syllable that the corpora do
# not know, of a word of plain letters that is no syllable.
STRANGE, RARE, FOREIGN = 17.0, 8.0, 9.0
OTHER_CASE = 2.0  # cost in nats of a case that the neighbours do not have, where the word does not tell
# control characters that stand for Đ or đ
_SHOWS_D = frozenset("\x10\x11\x12\ufffd")


class Candidate(NamedTuple):
    """A reading of a word.

    Attributes:
        text: the word as it should be. number: of the folded word in the language model.
        pairs: (position, letter) of each letter that is read for another character.
        cost: in nats, of a case that the neighbours do not have.
        letters: (position, letter) of each letter that damage can change.
    """

    text: str
    number: int
    pairs: tuple[tuple[int, str], ...]
    cost: float = 0.0
    letters: tuple[tuple[int, str], ...] = ()


class Form(NamedTuple):
    """A written word and its readings.

    Attributes:
        number: of the word as it stands, in the language model.
        valid: it is a known syllable, place word, abbreviation or plain ASCII word as it stands.
        odd: it holds a character that no clean Vietnamese word has, or has its case or spelling wrong for one.
        cost: in nats of the word as it stands, on top of its class in the language model.
        candidates: other readings, all of them syllables.
        letters: (position, letter) of each letter of the word itself that damage can change.
        unigrams: log probability of each candidate, whatever stands around.
    """

    number: int
    valid: bool
    odd: bool
    cost: float
    candidates: tuple[Candidate, ...]
    letters: tuple[tuple[int, str], ...] = ()
    unigrams: tuple[float, ...] = ()


def _shape(word: str) -> str:
    if word.islower():
        return "lower"
    if word.isupper():
        return "upper"
    return "title" if word[0].isupper() and (len(word) == 1 or word[1:].islower()) else "mixed"


def _has_shape(word: str) -> bool:
    return _shape(word) != "mixed"


def _abbreviation(word: str) -> bool:
    return word.isupper() and all(c.isascii() or c in "ĐƯ" for c in word)


def _valid(word: str) -> bool:
    if any(v in tell_tale() for v in word):
        return False
    folded = fold_word(word)
    if folded in syllables() or (len(word) == 1 and word.isalpha()):
        return _shape(word) != "mixed"
    return folded in place_words() or (word.isalpha() and (word.isascii() or _abbreviation(word)))


def _standing(word: str, unknown: bool, ascii_values: bool) -> tuple[bool, float]:
    """Whether a word can be right as it stands, and the cost of that."""
    if not _valid(word):
        return False, STRANGE
    if not unknown or fold_word(word) in place_words():
        return True, 0.0
    if word.isascii():
        strange = ascii_values and (word.islower() or "j" in word or not _has_shape(word))
        return not strange, FOREIGN if word.islower() else 0.0
    return len(word) == 1, RARE


def _cases(word: str, capitals: bool) -> tuple[tuple[bool, float], ...]:
    """The cases that the letters after the first may have: (capitals or not, cost in nats).

    Only ASCII letters tell: a value has no case. ``capitals`` says that the neighbours are written in capitals.
    """
    later = [c for c in word[1:] if c.isascii() and c.isalpha()]
    if later:
        return ((sum(c.isupper() for c in later) * 2 > len(later), 0.0),)
    if len(word) == 1 or (word[0].isascii() and word[0].islower()):
        return ((False, 0.0),)
    return ((capitals, 0.0), (not capitals, OTHER_CASE))


def _readings(
    word: str, upper: bool, ascii_values: bool, places: bool = False
) -> list[tuple[str, tuple[tuple[int, str], ...]]]:
    """The syllables that a word may be, with the letters that are read for others; ``upper``: all but the first in capitals.

    ``places``: the words of minority languages in place names ("Đắk", "Lắk") instead of the syllables.
    """
    table = sources()
    known, words = (place_prefixes(), place_words()) if places else (prefixes(), syllables())
    found: list[tuple[str, tuple[tuple[int, str], ...]]] = []

    def grow(i: int, so_far: str, pairs: tuple[tuple[int, str], ...]) -> None:
        if i == len(word):
            if pairs and fold_word(so_far) in words and len(found) < MAX_CANDIDATES:
                found.append((so_far, pairs))
            return
        c = word[i]
        options = [(c, pairs)]
        if c in table and (ascii_values or c not in ASCII_VALUES):
            options += [(letter, (*pairs, (i, letter))) for letter, _ in table[c]]
        for letter, new in options:
            fits = letter.isupper() == upper or not letter.isalpha() or (i == 0 and (not upper or len(word) == 1))
            if fits and (so_far + letter).lower() in known:
                grow(i + 1, so_far + letter, new)

    grow(0, "", ())
    return found


def _letter_of_its_own(word: str, abbreviation: int) -> list[Candidate]:
    r"""Đ in an abbreviation ("N\x11" is NĐ), đ as the mark of a point or the sign of the currency ("\x11)" is đ))."""
    at = [i for i, c in enumerate(word) if c in _SHOWS_D]
    rest = "".join(c for c in word if c not in _SHOWS_D)
    if len(word) == 1 and at:
        return [Candidate("đ", model().number("đ"), ((0, "đ"),))]
    if at and rest.isascii() and rest.isupper():
        text = "".join("Đ" if c in _SHOWS_D else c for c in word)
        return [Candidate(text, abbreviation, tuple((i, "Đ") for i in at))]
    return []


def _glued(word: str) -> list[Candidate]:
    """Two words that run together ("quyđßnh"): both syllables as frequent as such words are. The space is put in later.

    None where they are sound as they stand ("thịxã"): that word lacks a space and nothing else.
    """
    lm = model()
    if any(
        fold_word(word[:cut]) in syllables() and fold_word(word[cut:]) in syllables() for cut in range(1, len(word))
    ):
        return []
    found: list[tuple[float, str, tuple[tuple[int, str], ...]]] = []
    for cut in range(2, len(word) - 1):
        ahead = _parts(word[:cut])
        for cost, text, pairs in ahead:
            for other_cost, other, others in _parts(word[cut:]):
                total = cost + other_cost
                if total < MOST_GLUED and (pairs or others) and (text.islower() or text.isupper() == other.isupper()):
                    found.append((total, text + other, (*pairs, *((cut + n, c) for n, c in others))))
    best = sorted(found)[:MAX_GLUED]
    return [Candidate(text, lm.unknown, pairs, cost) for cost, text, pairs in best]


def _parts(part: str) -> list[tuple[float, str, tuple[tuple[int, str], ...]]]:
    """What a part of a word may be, as it stands included: cost by its frequency, text, letters read for others."""
    lm = model()
    found = [(text, pairs) for upper, _ in _cases(part, False) for text, pairs in _readings(part, upper, False)]
    if _valid(part) and fold_word(part) in syllables():
        found.append((part, ()))
    numbers = [(lm.number(fold_word(text)), text, pairs) for text, pairs in found]
    return [(-lm.unigram(number), text, pairs) for number, text, pairs in numbers if number != lm.unknown]


@lru_cache(maxsize=20_000)
def letters_of(word: str) -> tuple[tuple[int, str], ...]:
    """The letters of a word that damage can change, with their places."""
    table = forward()
    return tuple((i, c) for i, c in enumerate(word) if c in table)


# accepts a word with a letter that nobody writes there: j ("Djng", "vj"), a small i among capitals ("LiNG")
_STRANGE_ASCII = regex.compile(r"\p{L}?j\p{L}{0,4}|[A-ZĐ]{1,3}i[A-Z]{1,3}")


@lru_cache(maxsize=20_000)
def analyse(word: str, capitals: bool = False, ascii_values: bool = False) -> Form:
    """The readings of a word.

    Args:
        word: as written. capitals: the words beside it are in capitals. ascii_values: i and j may be ũ.
    """
    lm = model()
    number = lm.number(fold_word(word), word)
    ascii_values = ascii_values or _STRANGE_ASCII.fullmatch(word) is not None
    valid, cost = _standing(word, number == lm.unknown, ascii_values)
    table = sources()
    if not any(c in table and (ascii_values or c not in ASCII_VALUES) for c in word) or len(word) > LONGEST_GLUED:
        return Form(number, valid, False, cost, (), letters_of(word))
    found: list[Candidate] = []
    if len(word) <= LONGEST:
        found = [
            Candidate(text, lm.number(fold_word(text)), pairs, extra)
            for upper, extra in _cases(word, capitals)
            for text, pairs in _readings(word, upper, ascii_values)
        ]
    # a syllable that the corpora do not know explains nothing: it would cost as little as the class of all unknown words
    found = [c for c in found if c.number != lm.unknown]
    if not found and not valid:
        found = [
            Candidate(text, lm.number(fold_word(text)), pairs, extra)
            for upper, extra in _cases(word, capitals)
            for text, pairs in _readings(word, upper, ascii_values, places=True)
        ]
    if not found and not valid:
        found = _letter_of_its_own(word, lm.abbreviation)
    if not found and not valid and LEAST_GLUED <= len(word) <= LONGEST_GLUED:
        found = _glued(word)
    if len(word) == 1 and (word in "đĐ" or not word.isalpha()) and ord(word) >= 0x20:
        found = []  # a sign that stands alone is a sign, đ the mark of a point or the currency
    readings = tuple(c._replace(letters=letters_of(c.text)) for c in found)
    own = letters_of(word)
    unigrams = tuple(lm.unigram(c.number) for c in readings)
    return Form(number, valid, not valid and bool(found), cost, readings, own, unigrams)
