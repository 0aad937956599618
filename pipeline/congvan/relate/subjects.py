"""The agencies of a flow by their places, lists of them, and the words of roles."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

import regex

from congvan.rules.load import rules

# accepts what joins two agencies of one list: ", ", " và ", "; ", ", cùng với "
JOIN = regex.compile(
    r"\s*(?:[,;]\s*(?:và|cùng|cùng với|các đồng chí)?\s*|\s(?:và|cùng|cùng với|hoặc)\s)(?:với\s)?", regex.IGNORECASE
)
# accepts a name between two agencies that no list knows: "Viettel Sóc Trăng", "VNPT"
_NAME = regex.compile(r"\p{Lu}[\p{L}\d]*(?: \p{Lu}[\p{L}\d]*){0,4}")


@dataclass(frozen=True, slots=True)
class Mention:
    """An agency in a flow: where it stands, and the id of its finding, None where only the formula tells that it is one.

    ``known`` is False for a name that stands in no list, whose end is a guess.
    """

    start: int
    end: int
    finding: str | None = None
    known: bool = True


class Mentions:
    """The agencies of a flow, found by where they start or end."""

    def __init__(self, found: Iterable[Mention]) -> None:
        self._by_start = {m.start: m for m in found}
        self._by_end = {m.end: m for m in self._by_start.values()}
        self._starts = sorted(self._by_start)

    def at(self, position: int) -> Mention | None:
        """The agency that starts at a place."""
        return self._by_start.get(position)

    def between(self, start: int, end: int) -> list[Mention]:
        """The agencies that start in a stretch, in order."""
        return [
            self._by_start[at] for at in self._starts[bisect_left(self._starts, start) : bisect_left(self._starts, end)]
        ]

    def ending(self, position: int) -> Mention | None:
        """The agency that ends at a place."""
        return self._by_end.get(position)


class Words:
    """Role words of a flow: for each kind of word where they start and end, the longest at each start."""

    def __init__(self, by_kind: Mapping[str, Mapping[int, int]]) -> None:
        self._by_kind = by_kind
        self._starts = {kind: sorted(found) for kind, found in by_kind.items()}

    def at(self, kind: str, position: int) -> int | None:
        """End of a word of that kind that starts at the position."""
        return self._by_kind.get(kind, {}).get(position)

    def between(self, kind: str, start: int, end: int) -> list[tuple[int, int]]:
        """Starts and ends of the words of that kind that start in ``[start, end)``, in order."""
        starts = self._starts.get(kind, [])
        found = starts[bisect_left(starts, start) : bisect_left(starts, end)]
        return [(position, self._by_kind[kind][position]) for position in found]


def role_words(text: str) -> Words:
    """Find the role words of a flow by the rules of ``rules/vi/roles.toml``."""
    found: dict[str, dict[int, int]] = {}
    for m in rules("roles").all_matches(text):
        kind = found.setdefault(m.rule.id.removeprefix("roles."), {})
        kind[m.start] = max(m.end, kind.get(m.start, 0))
    return Words(found)


def chain(text: str, mentions: Mentions, at: int) -> list[Mention]:
    """The list of agencies that starts at ``at``: mentions joined by commas, "và", semicolons."""
    out: list[Mention] = []
    while True:
        here = mentions.at(at)
        if here is None and out:
            here = unknown_between(text, mentions, at)
        if here is None:
            return out
        out.append(here)
        m = JOIN.match(text, here.end)
        if m is None:
            return out
        at = m.end()


def unknown_between(text: str, mentions: Mentions, at: int) -> Mention | None:
    """A name that no list knows before one that is known: "Công an tỉnh, | Viettel Sóc Trăng | và các địa phương"."""
    unknown = _NAME.match(text, at)
    gap = JOIN.match(text, unknown.end()) if unknown is not None else None
    if unknown is None or gap is None or mentions.at(gap.end()) is None:
        return None
    return Mention(at, unknown.end())
