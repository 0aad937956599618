r"""Tokens of text that may be damaged: a word keeps the values that stand for letters ("n\x03m", "PH¯¡NG")."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

import regex

from congvan.document import Span
from congvan.language.ghostscript import sources

if TYPE_CHECKING:
    from congvan.repair.cipher.columns import Flags, Ints

_VALUES = "".join(
    regex.escape(v, special_only=False) if ord(v) >= 0x20 else f"\\x{ord(v):02x}"
    for v in sorted(sources())
    if not v.isascii() or ord(v) < 0x20
)
# accepts a word with damage inside ("qußc", "n\ufffdm"), a bracket or star for ĩ between letters ("NGH)A")
_WORD = rf"(?:[\p{{L}}\p{{M}}{_VALUES}]|(?<=[\p{{L}}])[)*](?=\p{{L}}))+"
# accepts a word; a figure ("1.700"); one sign; or white space: together they cover a text
_TOKEN = regex.compile(rf"{_WORD}|\p{{Nd}}+(?:[.,]\p{{Nd}}+)*|[^\s\p{{L}}\p{{Nd}}]|\s+")
_A_WORD = regex.compile(_WORD)
_BLANK = regex.compile(r"\s")


@dataclass(frozen=True, slots=True)
class Tokens:
    """The words, figures and signs of a text, in order, in columns.

    Attributes:
        texts: each as written. starts, ends: where it stands. ids: its number in ``distinct``.
        distinct: all texts, once each. words: of these, which are words.
    """

    texts: list[str]
    starts: Ints
    ends: Ints
    ids: Ints
    distinct: list[str]
    words: Flags

    def __len__(self) -> int:
        return len(self.texts)


def tokenize(text: str, within: Sequence[Span] | None = None) -> Tokens:
    """The tokens of a text; only those of the spans ``within``, where these are given."""
    import numpy as np

    found: list[str] = []
    offsets: list[tuple[int, int]] = []  # how many tokens a span has, and where it begins
    for start, stop in [(0, len(text))] if within is None else within:
        own = _TOKEN.findall(text, start, stop)
        offsets.append((len(own), start))
        found += own
    lengths: Ints = np.fromiter(map(len, found), np.int64, len(found))
    ends = np.cumsum(lengths)
    at = 0
    for count, start in offsets:
        if count:
            ends[at : at + count] += start - (int(ends[at]) - int(lengths[at]))
        at += count
    known: dict[str, int] = {}
    ids: Ints = np.fromiter((known.setdefault(token, len(known)) for token in found), np.int64, len(found))
    distinct = list(known)
    blank = np.fromiter((_BLANK.match(token) is not None for token in distinct), bool, len(distinct))
    kept = np.flatnonzero(~blank[ids])
    words = np.fromiter((is_word(token) for token in distinct), bool, len(distinct))
    texts = [found[i] for i in kept.tolist()]
    return Tokens(texts, (ends - lengths)[kept], ends[kept], ids[kept], distinct, words)


def words_of(text: str) -> list[str]:
    """The words of a text."""
    return [token for token in _TOKEN.findall(text) if is_word(token)]


@lru_cache(maxsize=20_000)
def is_word(token: str) -> bool:
    """True for a token that is a word, damaged or not."""
    return _A_WORD.fullmatch(token) is not None
