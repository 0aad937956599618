r"""Lines of a text, however its system ends them: "\r\n", "\n", or "\r" alone."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

import regex

# accepts the end of a line as any system writes it ("\r\n"); a form feed is part of its line
LINE_END = regex.compile(r"\r\n|[\r\n]")


class Line(NamedTuple):
    """Offsets of a line: its first character, the one after its last, the one after its line end."""

    start: int
    stop: int
    end: int


def lines_of(text: str) -> Iterator[Line]:
    """The lines of a text, in order; they cover it. Nothing after the last line end is no line."""
    at = 0
    for m in LINE_END.finditer(text):
        yield Line(at, m.start(), m.end())
        at = m.end()
    if at < len(text):
        yield Line(at, len(text), len(text))
