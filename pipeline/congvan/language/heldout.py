"""The held-out split: which pieces of text are never counted into any model, so that measurements on them are honest.

Text is cut into pieces at line ends and after ``. ; ! ?`` before white space. A piece is held out where the SHA-256 of
its folded form is divisible by 50. The folding makes the decision the same for every spelling of a piece (case, marks,
punctuation), so that a sentence that recurs in two corpora falls on the same side in both.
"""

from __future__ import annotations

import hashlib
import unicodedata
from collections.abc import Iterator

import regex

MODULUS = 50

# accepts the gap between two pieces: a line end ("\n"), or the white space after a stop ("năm 2023. Hoàn thành")
_CUT = regex.compile(r"\r\n|[\n\r\v\f\x1c-\x1e\x85\u2028\u2029]|(?<=[.;!?])\s+")
# accepts what folding turns into one space: all but letters and digits (" - ", ", ")
_OTHER = regex.compile(r"[^\p{L}\p{Nd}]+")


def pieces(text: str) -> Iterator[str]:
    """The pieces of a text that are not blank, in order."""
    for piece in _CUT.split(text):
        if piece and not piece.isspace():
            yield piece


def fold_piece(piece: str) -> str:
    """The form of a piece that is hashed: no marks, đ as d, lower case, letters and digits only, single spaces."""
    bare = "".join(c for c in unicodedata.normalize("NFD", piece) if not unicodedata.combining(c))
    return _OTHER.sub(" ", bare.replace("đ", "d").replace("Đ", "d").lower()).strip()


def held_out(piece: str) -> bool:
    """True where a piece must not be counted into any model."""
    return int(hashlib.sha256(fold_piece(piece).encode()).hexdigest(), 16) % MODULUS == 0
