"""How a word reads under an encoding from before Unicode, and how likely that is beside what it shows.

A character that is also a sign of its own ("“" is Ộ in VISCII, "×" is ì in TCVN3) is read as the letter only where that makes
a syllable.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache
from math import inf
from typing import NamedTuple

import regex

from congvan.language.folding import fold_word
from congvan.language.ngrams import model
from congvan.language.syllables import place_words, syllables
from congvan.repair.candidates import analyse
from congvan.repair.legacy_tables import Encoding, by_family, decoded

# signs that stand beside words in any text; each is also a letter in some encoding
SIGNS = frozenset("“”‘’„‚«»‹›–—…•·§°±×÷©®™¶¬†‡¨´¸¯¹²³¼½¾¡¿£¥¢€¤\xa0\xad")
PUNCTUATION = frozenset("“”‘’„‚«»‹›–—…•\xa0")
EDGES = "".join(sorted(PUNCTUATION))
_DASHES = frozenset("–—")
_OPENING, _CLOSING = "“‘„‚«‹", "”’»›…"
# accepts a dash, or what stands between two ("Trung", "–", "NhËt")
_PARTS = regex.compile(r"[–—]|[^–—]+")
# words of one letter, so that a sign that stands alone may be one: "ë" is read as ở, "®" before a bracket as đ
ONE_LETTER = frozenset("đĐởỞýÝàÀáÁạẠảẢồờừôơ")
# accepts an abbreviation with Đ or Ư, of consonants and at most two vowels ("QĐ", "HĐND", "TƯ")
_ABBREVIATION = regex.compile(r"(?=.*[ĐƯ])(?!.*[AEIOUY].*[AEIOUY].*[AEIOUY])[A-ZĐƯ]{2,8}")
# accepts a letter that no encoding of one byte shows: a word with one is Unicode ("ệ", "ă")
UNICODE = regex.compile(
    r"[\u0100-\u0151\u0154-\u015f\u0162-\u0177\u0179-\u017c\u017f-\u0191\u0193-\u02c5\u0300-\u1fff\u2c00-\uffff]"
)

# Costs in nats. Of a syllable that the model does not know; of a word of a place name that is none; of a word of another language, and each of its letters; of a
# letter beyond ASCII there; of a sign among letters.
RARE, PLACE, FOREIGN, LETTER, ACCENTED, ODD_SIGN = 13.5, 10.0, 2.0, 2.3, 3.6, 5.0
# Of an abbreviation; of a word that an encoding does not make a Vietnamese one; of one that it cannot hold; of one that
# Ghostscript's damage explains.
ABBREVIATION, INVALID, IMPOSSIBLE, GHOSTSCRIPT = 8.0, 7.0, 30.0, 4.0
BESIDE, JOINED = 0.5, 3.0  # of a quote beside a word; of a dash without white space


def known(word: str) -> float | None:
    """Log probability of a word as Vietnamese, None where it is no syllable and no word of a place name."""
    folded = fold_word(word)
    lm = model()
    if folded in syllables():
        return max(lm.unigram(lm.number(folded)), -RARE) if folded in lm else -RARE
    if folded in place_words():
        return -PLACE
    return -RARE if folded == "đ" else None


def foreign(word: str) -> float:
    """Log probability of a word of any language, by its length."""
    total = FOREIGN
    for c in word:
        total += LETTER if c.isascii() and c.isalpha() else ACCENTED if c.isalpha() else ODD_SIGN
    return -total


class Reading(NamedTuple):
    """A word as an encoding reads it.

    Attributes:
        start, end: of its letters in the word; signs at its ends that stand for themselves are outside.
        text: what the letters are. score: log probability. valid: a Vietnamese word or abbreviation.
    """

    start: int
    end: int
    text: str
    score: float
    valid: bool


@lru_cache(maxsize=20_000)
def plain(word: str) -> float:
    """Log probability of a word that is what it shows: Vietnamese, foreign, or damaged by Ghostscript."""
    word = word.strip(EDGES)
    if not word:
        return 0.0
    best = max(foreign(word), -99.0 if (own := known(word)) is None else own)
    if not word.isascii():
        best = max([best, *(s - GHOSTSCRIPT for c in analyse(word).candidates if (s := known(c.text)) is not None)])
    return best


@lru_cache(maxsize=60_000)
def reading(word: str, family: str) -> Reading:
    """The best way to read a word of :data:`WORD` in an encoding."""
    encoding = by_family()[family]
    if word.isascii() and word.isprintable():
        return Reading(0, len(word), word, max(plain(word), foreign(word) - 1.0), False)
    if UNICODE.search(word):
        return Reading(0, len(word), word, foreign(word) - IMPOSSIBLE, False)
    if len(word) == 1:  # a letter alone tells nothing
        letter = encoding.table.get(word, word)
        fits = letter in ONE_LETTER or word not in SIGNS
        return Reading(0, 1 if fits else 0, letter if fits else "", plain(word), fits and letter != word)
    best = Reading(0, 0, "", -inf, False)
    if all(c in SIGNS for c in word):
        only_punctuation = all(c in PUNCTUATION for c in word)
        best = Reading(0, 0, "", -sum(BESIDE if only_punctuation else ODD_SIGN for c in word), False)
    for start, end in _ways(word):
        shown = word[start:end]
        text = decoded(shown, encoding)
        outside = sum(_beside(c, _CLOSING) for c in word[:start]) + sum(_beside(c, _OPENING) for c in word[end:])
        score = _word(text) if _holds(encoding, shown) and is_cased(text) else None
        whole = (foreign(shown) - INVALID if score is None else score) - outside
        if whole > best.score:
            best = Reading(start, end, text, whole, score is not None and text != shown)
    if best.valid or not any(c in _DASHES for c in word[1:-1]):
        return best
    return max(best, _in_parts(word, family), key=lambda r: r.score)


def _in_parts(word: str, family: str) -> Reading:
    """The reading of a word whose dashes part words of their own ("Trung–NhËt")."""
    text: list[str] = []
    score, valid = 0.0, False
    for part in _PARTS.findall(word):
        r = reading(part, family) if part not in _DASHES else Reading(0, 0, "", -_beside(part), False)
        text += (part[: r.start], r.text, part[r.end :])
        score += r.score
        valid |= r.valid
    return Reading(0, len(word), "".join(text), score, valid)


def _ways(word: str) -> Iterator[tuple[int, int]]:
    """Where the letters of a word may begin and end: signs at its ends may be letters or stand for themselves."""
    first, last = 0, len(word)
    while first < last and word[first] in SIGNS:
        first += 1
    while last > first and word[last - 1] in SIGNS:
        last -= 1
    yield from ((start, end) for start in range(first + 1) for end in range(len(word), last - 1, -1) if start < end)


def _word(text: str) -> float | None:
    """Log probability of a Vietnamese word, or of an abbreviation with Đ or Ư ("QĐ")."""
    found = known(text)
    return -ABBREVIATION if found is None and _ABBREVIATION.fullmatch(text) else found


def _holds(encoding: Encoding, shown: str) -> bool:
    """True where the encoding has every character beyond ASCII."""
    return all(c.isascii() or c in encoding.shown for c in shown)


def is_cased(text: str) -> bool:
    """False where a code of a capital follows a small letter: no writing has that ("vẦ" of "v…")."""
    small = False
    for c in text:
        if c.isupper() and small and not c.isascii():
            return False
        small = small or c.islower()
    return True


def _beside(sign: str, never: str = "") -> float:
    """Cost in nats of a sign that stands for itself beside a word; ``never``: signs that do not stand on that side."""
    if sign not in PUNCTUATION or sign in never:
        return ODD_SIGN
    return JOINED if sign in _DASHES and never else BESIDE
