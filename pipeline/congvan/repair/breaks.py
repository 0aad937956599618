"""Where something new begins in a text although no stop stands before: a heading, a point, another column."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence

import regex

from congvan.repair.lines import Line
from congvan.repair.tokens import Token

UNWRAPPED = 160  # characters: a text with lines of this length has a paragraph on each line
FULL = 0.9  # share of the width that a full line has
BULLETS = frozenset("-+*•–—")
HEAD = 6  # words of a line that tell whether it is written in capitals

# accepts the gap between two columns ("Số: 15/QĐ      Hà Nội")
_GAP = regex.compile(r"\S(?:[ \t]*\t[ \t]*| {3,})(?=\S)")


def breaks(text: str, tokens: Sequence[Token], numbers: Sequence[int], lines: Sequence[Line]) -> frozenset[int]:
    """The tokens with which something new begins; ``numbers`` are the lines of the tokens.

    A line goes on in the next one where that begins small or with a figure (the cells of a table often stand on lines of
    their own), or where it is full: where the next word had no place.
    """
    starts = [i for i in range(1, len(tokens)) if numbers[i] != numbers[i - 1]]
    lengths = [line.stop - line.start for line in lines]
    full = sorted(n for n in lengths if n)
    width = full[len(full) * 9 // 10] if full else 0
    steps = sorted(numbers[i] - numbers[i - 1] for i in starts)
    step = steps[len(steps) // 2] if steps else 1  # 2: a blank line stands after every line
    found = _columns(text, tokens)
    capitals = _in_capitals(tokens, 0, starts[0] if starts else len(tokens))
    for n, i in enumerate(starts):
        before, capitals = capitals, _in_capitals(tokens, i, starts[n + 1] if n + 1 < len(starts) else len(tokens))
        first = tokens[i].text
        anew = (
            width > UNWRAPPED
            or numbers[i] - numbers[i - 1] > step
            or before != capitals
            or lengths[numbers[i - 1]] + 1 + len(first) < FULL * width
        )
        if first in BULLETS or _is_mark(tokens, i) or (anew and not ("a" <= first[0] <= "z" or first[0].isdigit())):
            found.add(i)
    return frozenset(found)


def _columns(text: str, tokens: Sequence[Token]) -> set[int]:
    """The tokens with which a column begins inside a line."""
    gaps = [m.end() for m in _GAP.finditer(text)] if "   " in text or "\t" in text else []
    if not gaps:
        return set()
    starts = [token.start for token in tokens]
    return {i for at in gaps if (i := bisect_left(starts, at)) < len(starts)}


def _in_capitals(tokens: Sequence[Token], start: int, stop: int) -> bool:
    """True where the letters of the first words of a line that tell their case are capitals."""
    shown = "".join([t.text for t in tokens[start : min(start + HEAD, stop)] if t.is_word])
    plain = [c for c in shown if "a" <= c <= "z" or "A" <= c <= "Z"]
    return bool(plain) and sum(c < "a" for c in plain) * 2 > len(plain)


def _is_mark(tokens: Sequence[Token], i: int) -> bool:
    """True where a point begins: "1.", "a)"."""
    return i + 1 < len(tokens) and tokens[i].end - tokens[i].start <= 2 and tokens[i + 1].text in {".", ")"}
