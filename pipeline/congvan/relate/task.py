"""An obligation before it becomes part of the record."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

import regex

from congvan.document import Finding
from congvan.relate.clauses import Clause
from congvan.relate.subjects import Mention, Mentions

# accepts the end of the first part of an action: ";", ". ", ": "
_STOP = regex.compile(r"[;.:](?= |$)")
# accepts what is left at the end of an action when its deadline is gone: "; hoàn thành", ", xong", " ("
_LOOSE_END = regex.compile(r"(?:[\s,;.(]|\b(?:và|hoàn thành|hoàn tất|xong|thời gian)\b:?)+$", regex.IGNORECASE)
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
        cut = self.rule == "obligations.labelled" or self.clause.rule == "obligations.done_by"
        end = self.clause.action[1] if cut else self.end
        return text[self.clause.action[0] : end].strip(" ,;.:/-–")


def mentions_of(findings: Iterable[Finding]) -> Mentions:
    """The agencies of one paragraph."""
    return Mentions(
        Mention(f.at, f.at + len(f.quote), f.id, f.rule not in _GUESSED) for f in findings if f.kind == "agencies"
    )


def headline(action: str, due: str | None = None) -> str:
    """The action in under 20 words: to its first full stop or semicolon where that is near enough, else to the last comma
    that leaves most of it, else cut at the limit. ``due``, the deadline as written, is left out."""
    if due is not None and due in action:
        rest = action.replace(due, "", 1)
        action = _LOOSE_END.sub("", " ".join(rest.split())) or action
    if len(action.split()) <= _HEADLINE_WORDS:
        return action
    stop = _STOP.search(action)
    head = action[: stop.start()].strip() if stop is not None else action
    if len(head.split()) <= _HEADLINE_WORDS:
        return head
    cut = " ".join(head.split()[: _HEADLINE_WORDS - 1])
    comma = max(cut.rfind(", "), cut.rfind(" ("))
    return cut[:comma] if comma > len(cut) // 2 else f"{cut} …"
