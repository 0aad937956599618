"""Where something new begins in a text although no stop stands before: a heading, a point, another column."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import numpy as np
import regex

from congvan.repair.lines import Line
from congvan.repair.tokens import Tokens, is_word

if TYPE_CHECKING:
    from congvan.repair.cipher.columns import Ints

UNWRAPPED = 160  # characters: a text with lines of this length has a paragraph on each line
FULL = 0.9  # share of the width that a full line has
BULLETS = frozenset("-+*•–—")
HEAD = 6  # words of a line that tell whether it is written in capitals

# accepts the gap between two columns ("Số: 15/QĐ      Hà Nội")
_GAP = regex.compile(r"\S(?:[ \t]*\t[ \t]*| {3,})(?=\S)")


def breaks(text: str, tokens: Tokens, numbers: Ints, lines: Sequence[Line]) -> Ints:
    """The tokens with which something new begins, ascending; ``numbers`` are the lines of the tokens.

    A line goes on in the next one where that begins small or with a figure (the cells of a table often stand on lines of
    their own), or where it is full: where the next word had no place.
    """
    ahead = np.diff(numbers)
    starts = (np.flatnonzero(ahead) + 1).tolist()
    steps = ahead[ahead > 0]
    lengths = [line.stop - line.start for line in lines]
    full = sorted(n for n in lengths if n)
    width = full[len(full) * 9 // 10] if full else 0
    step = int(np.sort(steps)[len(steps) // 2]) if len(steps) else 1  # 2: a blank line stands after every line
    found = set(_columns(text, tokens))
    texts, ends = tokens.texts, [*starts, len(tokens)]
    capitals = _in_capitals(texts[: min(HEAD, ends[0])])
    before_starts = numbers[np.array(starts, np.int64) - 1].tolist()
    for i, end, gap, line in zip(starts, ends[1:], steps.tolist(), before_starts, strict=True):
        before, capitals = capitals, _in_capitals(texts[i : min(i + HEAD, end)])
        first = texts[i]
        anew = width > UNWRAPPED or gap > step or before != capitals or lengths[line] + 1 + len(first) < FULL * width
        if first in BULLETS or _is_mark(texts, i) or (anew and not ("a" <= first[0] <= "z" or first[0].isdigit())):
            found.add(i)
    return np.array(sorted(found), np.int64)


def _columns(text: str, tokens: Tokens) -> list[int]:
    """The tokens with which a column begins inside a line."""
    gaps = [m.end() for m in _GAP.finditer(text)] if "   " in text or "\t" in text else []
    return [i for i in np.searchsorted(tokens.starts, gaps).tolist() if i < len(tokens)]


def _in_capitals(texts: Sequence[str]) -> bool:
    """True where the letters of the first words of a line that tell their case are capitals."""
    shown = "".join(filter(is_word, texts))
    plain = [c for c in shown if "a" <= c <= "z" or "A" <= c <= "Z"]
    return bool(plain) and sum(c < "a" for c in plain) * 2 > len(plain)


def _is_mark(texts: Sequence[str], i: int) -> bool:
    """True where a point begins: "1.", "a)"."""
    return i + 1 < len(texts) and len(texts[i]) <= 2 and texts[i + 1] in {".", ")"}
