"""The inventory of Vietnamese syllables, and the place names that are none.

``models/syllables.txt`` holds every written form that onset, rhyme and tone allow and that is kept by its counts;
``models/place_words.txt`` the words of commune, district and province names that are no syllables (Plông, Rẫy is one).
"""

from __future__ import annotations

from functools import cache

from congvan.config import models_dir
from congvan.errors import CongvanError
from congvan.language.folding import fold_word, new_style


def _lines(name: str) -> list[str]:
    path = models_dir() / name
    try:
        text = path.read_text(encoding="utf-8")
    except OSError as err:
        raise CongvanError(f"The model file {name} cannot be read.", "Run models/build_tables.py.") from err
    return [line for line in text.splitlines() if line and not line.startswith("#")]


@cache
def syllables() -> frozenset[str]:
    """All syllables, lower case, tone placement of the old style."""
    return frozenset(fold_word(line) for line in _lines("syllables.txt"))


@cache
def place_words() -> frozenset[str]:
    """Words of place names that are no syllables (``plông``, ``đăk``), folded by :func:`fold_word`."""
    return frozenset(fold_word(line) for line in _lines("place_words.txt"))


def is_syllable(word: str) -> bool:
    """True for a word that is a Vietnamese syllable, in any case and either style of tone placement."""
    return fold_word(word) in syllables()


@cache
def prefixes() -> frozenset[str]:
    """Every beginning of a syllable, lower case, both styles of tone placement."""
    both = {form for s in syllables() for form in (s, new_style(s))}
    return frozenset(form[:i] for form in both for i in range(1, len(form) + 1))


@cache
def place_prefixes() -> frozenset[str]:
    """Everything that a place word can begin with, the words themselves included."""
    return frozenset(word[:i] for word in place_words() for i in range(1, len(word) + 1))
