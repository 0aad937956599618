r"""Tokens of text that may be damaged: a word keeps the values that stand for letters ("n\x03m", "PH¯¡NG")."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import regex

from congvan.document import Span
from congvan.language.ghostscript import sources
from congvan.repair.lines import Line

_VALUES = "".join(
    regex.escape(v, special_only=False) if ord(v) >= 0x20 else f"\\x{ord(v):02x}"
    for v in sorted(sources())
    if not v.isascii() or ord(v) < 0x20
)
# accepts a word with damage inside ("qußc", "n\ufffdm"), a bracket or star for ĩ between letters ("NGH)A"); a figure
# ("1.700"); or one sign
_TOKEN = regex.compile(
    rf"(?P<word>(?:[\p{{L}}\p{{M}}{_VALUES}]|(?<=[\p{{L}}])[)*](?=\p{{L}}))+)|(?P<figure>\p{{Nd}}+(?:[.,]\p{{Nd}}+)*)|[^\s\p{{L}}\p{{Nd}}]"
)


class Token(NamedTuple):
    """A word, figure or sign: its place and text."""

    start: int
    end: int
    text: str
    is_word: bool


def tokenize(text: str, within: Sequence[Span] | None = None) -> list[Token]:
    """The tokens of a text, in order; only those of the spans ``within``, where these are given."""
    found: list[Token] = []
    for start, stop in [(0, len(text))] if within is None else within:
        found += [Token(*m.span(), m[0], m.lastgroup == "word") for m in _TOKEN.finditer(text, start, stop)]
    return found


def line_numbers(lines: Sequence[Line], tokens: Sequence[Token]) -> list[int]:
    """The line (from 0) in which each token begins."""
    ends = [line.end for line in lines]
    found: list[int] = []
    number = 0
    for token in tokens:
        while ends[number] <= token.start:
            number += 1
        found.append(number)
    return found
