"""An obligation before it becomes part of the record."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

import regex

from congvan.document import Finding
from congvan.relate.clauses import Clause
from congvan.relate.subjects import Mention

# accepts the action up to where a headline may end
_HEADLINE_END = regex.compile(r"[;.:](?= |$)|,(?= )| \(")
_HEADLINE_WORDS = 19
# rules whose names end where a guess says
_GUESSED = frozenset({"agencies.unknown-name", "agencies.group", "agencies.bare-group"})


@dataclass(slots=True)
class Task:
    """An obligation before it becomes part of the record. Offsets are of the flow of ``paragraph``."""

    paragraph: int
    clause: Clause
    start: int
    end: int
    lead: list[tuple[int, Mention]]
    coordinating: list[tuple[int, Mention]]
    modality: str | None
    section: str | None
    rule: str
    reports_to: list[tuple[int, Mention]] = field(default_factory=list)
    deadline: str | None = None
    amounts: list[str] = field(default_factory=list)
    citations: list[str] = field(default_factory=list)

    def action(self, text: str) -> str:
        """The action as written, without the white space and stops around it."""
        end = self.clause.action[1] if self.rule == "obligations.labelled" else self.end
        return text[self.clause.action[0] : end].strip(" ,;.:/-–")


def mentions_of(findings: Iterable[Finding]) -> list[Mention]:
    """The agencies of one paragraph, by start."""
    return sorted(
        (Mention(f.at, f.at + len(f.quote), f.id, f.rule not in _GUESSED) for f in findings if f.kind == "agencies"),
        key=lambda m: m.start,
    )


def headline(action: str) -> str:
    """The action in under 20 words: up to the first stop that leaves at least four words, else cut at the limit."""
    words = action.split()
    for m in _HEADLINE_END.finditer(action):
        head = action[: m.start()].strip()
        if 4 <= len(head.split()) <= _HEADLINE_WORDS:
            return head
        if len(head.split()) > _HEADLINE_WORDS:
            break
    return action if len(words) <= _HEADLINE_WORDS else " ".join(words[: _HEADLINE_WORDS - 1]) + " …"
