"""An obligation while it is written: who leads, who helps, by when, and what its list has told already."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from corpora.generator.model import Gold
from corpora.generator.places import Agency


@dataclass(slots=True)
class Task:
    """What is known of an obligation while it is written; lists of agencies as written and by name."""

    lead: list[Agency] = field(default_factory=list)
    coordinating: list[Agency] = field(default_factory=list)
    reports_to: list[Agency] = field(default_factory=list)
    modality: str | None = None
    section: str | None = None
    condition: str | None = None
    action: str = ""
    deadline: Mapping[str, Any] | None = None
    amounts: list[str] = field(default_factory=list)
    citations: list[str] = field(default_factory=list)
    optional: bool = False

    def heir(self, section: str | None) -> Task:
        """A task under this one: the same lead, modality and deadline; partners named once hold for all."""
        return Task(
            list(self.lead), list(self.coordinating), modality=self.modality, section=section, deadline=self.deadline
        )

    def gold(self) -> Gold:
        """The obligation as the record has it; agencies as written, with their full names beside."""

        def refs(agencies: Sequence[Agency]) -> list[dict[str, str | None]]:
            return [{"text": a.text, "name": a.name} for a in agencies]

        values: dict[str, Any] = {
            "lead": refs(self.lead), "coordinating": refs(self.coordinating), "reports_to": refs(self.reports_to),
            "action": self.action, "modality": self.modality, "section": self.section, "deadline": self.deadline,
            "condition": self.condition,
            "amounts": list(self.amounts), "citations": list(self.citations),
        }  # fmt: skip
        if self.optional:
            values["optional"] = True
        return Gold("obligations", values)
