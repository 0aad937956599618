"""Lists that Word counts: "1." and, inside of it, "a)"; the numbers stand in no text of the file."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace

import regex

from corpora.generator.model import Run

_ID = 77  # of the definition; lists have those that follow. The template has ids below
_LEVELS = (("decimal", "%1."), ("lowerLetter", "%2)"))
# accepts a marker that Word can count: "1.", "12.", "a)"; not "đ)", a letter that its lists do not have
_COUNTED = regex.compile(r"(\d+)\.|([a-z])\)")


@dataclass(slots=True)
class WordNumbers:
    """Counts as Word does, and so tells which markers it would write.

    Attributes:
        starts: the level at which each list begins anew; the first list of the file begins all of them.
    """

    starts: list[int] = field(default_factory=list)
    _counts: list[int] = field(default_factory=lambda: [0] * len(_LEVELS))
    _lists: list[int] = field(default_factory=lambda: [_ID] * len(_LEVELS))

    def number(self, marker: str) -> str:
        """The element that makes Word write this marker; "" where its count would be another, so that it is typed."""
        match = _COUNTED.fullmatch(marker)
        if match is None:
            return ""
        level = 0 if match[1] else 1
        n = int(match[1]) if match[1] else ord(match[2]) - ord("a") + 1
        if n != self._counts[level] + 1 and n != 1:
            return ""
        if n != self._counts[level] + 1 or not self.starts:
            self.starts.append(level)
            self._lists[level] = _ID + len(self.starts)
        deeper = len(_LEVELS) - level - 1
        self._counts[level + 1 :] = [0] * deeper
        self._lists[level + 1 :] = [self._lists[level]] * deeper
        self._counts[level] = n
        return f'<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="{self._lists[level]}"/></w:numPr>'

    def definitions(self) -> list[str]:
        """The lists used, for the part that Word keeps them in."""
        if not self.starts:
            return []
        levels = "".join(
            f'<w:lvl w:ilvl="{n}"><w:start w:val="1"/><w:numFmt w:val="{form}"/><w:suff w:val="space"/>'
            f'<w:lvlText w:val="{text}"/><w:lvlJc w:val="left"/></w:lvl>'
            for n, (form, text) in enumerate(_LEVELS)
        )
        kind = '<w:multiLevelType w:val="multilevel"/>'
        lists = [f'<w:abstractNum w:abstractNumId="{_ID}">{kind}{levels}</w:abstractNum>']
        for n, level in enumerate(self.starts):
            anew = f'<w:lvlOverride w:ilvl="{level}"><w:startOverride w:val="1"/></w:lvlOverride>' if n else ""
            lists.append(f'<w:num w:numId="{_ID + n + 1}"><w:abstractNumId w:val="{_ID}"/>{anew}</w:num>')
        return lists


def without(runs: Iterable[Run], count: int) -> Iterator[Run]:
    """The runs without their first characters."""
    for run in runs:
        cut = min(count, len(run.text))
        count -= cut
        if cut < len(run.text):
            yield replace(run, text=run.text[cut:])
