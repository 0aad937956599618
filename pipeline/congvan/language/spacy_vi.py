"""spaCy documents over Vietnamese text that keep the text exactly.

``syllable_doc`` has one token for each syllable, number or sign: fast (no word model), for token patterns. Words by
underthesea are made in :mod:`congvan.segment.words`.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache
from typing import TYPE_CHECKING

import regex

from congvan.language.folding import fold_word

if TYPE_CHECKING:
    from spacy.tokens import Doc
    from spacy.vocab import Vocab

# accepts a run of letters with marks ("Uỷ", "Plông"), a figure with separators ("1.700", "14,58"), or one other sign
PIECE = regex.compile(r"\p{L}[\p{L}\p{M}]*|\d+(?:[.,]\d+)*|[^\s\p{L}\d]")


@cache
def vocab() -> Vocab:
    """The vocabulary that all our matchers and documents share.

    Attributes of its words: LOWER; NORM, folded by :func:`congvan.language.folding.fold_word`, with every dash as "-";
    IS_TITLE, true for a word that starts with a capital; IS_UPPER.
    """
    from spacy.attrs import IS_TITLE, IS_UPPER, LOWER, NORM
    from spacy.vocab import Vocab

    return Vocab(lex_attr_getters={LOWER: str.lower, NORM: _norm, IS_TITLE: _starts_upper, IS_UPPER: str.isupper})


def _norm(word: str) -> str:
    return "-" if word in "‐‑–—" else fold_word(word)


def _starts_upper(word: str) -> bool:
    return word[:1].isupper()


def exact_doc(vocab: Vocab, text: str, words: Iterable[tuple[int, int]]) -> Doc:
    """A Doc of the words at some spans, with ``doc.text == text``: a single space between words belongs to the word
    before it, as spaCy has it, what else stands between them is a token of its own."""
    from spacy.tokens import Doc

    tokens: list[str] = []
    spaces: list[bool] = []
    at = 0
    for start, end in (*words, (len(text), len(text))):
        between = text[at:start]
        if tokens and between.startswith(" "):
            spaces[-1] = True
            between = between[1:]
        for piece in (between, text[start:end]):
            if piece:
                tokens.append(piece)
                spaces.append(False)
        at = end
    return Doc(vocab, words=tokens, spaces=spaces)


def syllable_doc(text: str) -> Doc:
    """A Doc with a token for each syllable, figure or sign."""
    return exact_doc(vocab(), text, (m.span() for m in PIECE.finditer(text)))
