"""spaCy documents over Vietnamese text that keep the text exactly.

``syllable_doc`` has one token for each syllable, number or sign: fast (no word model), for token patterns. Words by
underthesea are made in :mod:`congvan.segment.tokens`.
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

import regex

from congvan.language.folding import fold_word

if TYPE_CHECKING:
    from spacy.tokens import Doc
    from spacy.vocab import Vocab

# accepts a run of letters with marks ("Uỷ", "Plông"), a figure with separators ("1.700", "14,58"), or one other sign
PIECE = regex.compile(r"\p{L}[\p{L}\p{M}]*|\d+(?:[.,]\d+)*|[^\s\p{L}\d]|\s+")


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


def syllable_doc(text: str) -> Doc:
    """A Doc with a token for each syllable, figure or sign; a single space between tokens belongs to the token before it,
    as spaCy has it, other white space is a token of its own, so that ``doc.text == text``."""
    from spacy.tokens import Doc

    words: list[str] = []
    spaces: list[bool] = []
    for m in PIECE.finditer(text):
        piece = m[0]
        if piece[0].isspace():
            if words and not spaces[-1] and piece[0] == " ":
                spaces[-1] = True
                piece = piece[1:]
            if not piece:
                continue
        words.append(piece)
        spaces.append(False)
    return Doc(vocab(), words=words, spaces=spaces)
