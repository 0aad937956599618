"""A space that was put inside a syllable ("mục t iêu"), taken out where the evidence is overwhelming."""

from __future__ import annotations

from functools import lru_cache

import regex

from congvan.document import Edit, Span
from congvan.language.folding import fold_word
from congvan.language.ngrams import START, model, model_tokens
from congvan.language.syllables import place_words, syllables

FAMILY = "inserted-space"
COMMON = -11.5  # log P that the joined syllable must have
GAIN = 14.0  # log odds of the joined syllable against the two parts

# accepts two short words on a line with one space between, the second in small letters ("t iêu", "Nhiệ m")
_PAIR = regex.compile(
    r"(?<![\p{L}\p{M}\p{Nd}/.’'¡-¿\ufffd\x01-\x08\x0e-\x1b-])(\p{L}\p{Ll}{0,4}) (\p{Ll}{1,6})(?![\p{L}\p{M}\p{Nd}/’'-])"
)
# accepts letters without a vowel ("t", "ng", "đ")
_CONSONANTS = regex.compile(r"[bcdđghklmnpqrstvx]+")


def space_edits(text: str) -> tuple[Edit, ...]:
    """The edits that take spaces out of syllables."""
    found: list[Edit] = []
    for m in _PAIR.finditer(text, overlapped=True):
        if _joinable(m[1], m[2]) and (not found or found[-1].span.end <= m.start()):
            gain = _gain(text, m.start(), m.end(), m[1] + m[2])
            if gain >= GAIN:
                joined = m[1] + m[2]
                evidence = f"{joined} is a syllable, {m[1]} {m[2]} are none"
                found.append(Edit(Span(*m.span()), m[0], joined, FAMILY, evidence, 0.98))
    return tuple(found)


@lru_cache(maxsize=65536)
def _joinable(first: str, second: str) -> bool:
    """True where a part is no word and the whole is a common syllable."""
    lm = model()
    joined = fold_word(first + second)
    if joined not in syllables() or lm.unigram(lm.number(joined)) < COMMON or first.isupper():
        return False
    return any(_no_word(fold_word(w)) for w in (first, second))


def _no_word(folded: str) -> bool:
    """True for what the corpora do not know, and for letters without a vowel."""
    return folded not in place_words() and (folded not in model() or _CONSONANTS.fullmatch(folded) is not None)


def _gain(text: str, start: int, end: int, joined: str) -> float:
    lm = model()
    before = [lm.number(START)] * 2 + [lm.number(kind, t) for t, kind in model_tokens(text[max(start - 30, 0) : start])]
    after = [lm.number(kind, t) for t, kind in model_tokens(text[end : end + 30])][:2]

    def score(middle: str) -> float:
        words = [*before[-2:], *(lm.number(kind, t) for t, kind in model_tokens(middle)), *after]
        return sum(lm.score(*words[i : i + 3]) for i in range(len(words) - 2))

    # an unknown part is one of very many: what the class of unknown words does not say
    unknown = sum(lm.number(kind, t) == lm.unknown for t, kind in model_tokens(text[start:end]))
    return score(joined) - score(text[start:end]) + 9.0 * unknown
