"""The writer: expands templates of a bank for one office, topic and date of issue into text with gold.

Inside ``<o>`` it keeps who leads, who coordinates, to whom is reported, and which values were drawn: that is the obligation's
gold. An item of a list inherits what its introductory line said (:attr:`Writer.inherited`, set by who writes the list).
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import date
from random import Random
from typing import Any

from corpora.generator import bodies
from corpora.generator.bank import BankError, Slot, Tag, Template, slots, template
from corpora.generator.model import Gold, Node, node
from corpora.generator.places import Agency, Office, headed, literal
from corpora.generator.task import Task
from corpora.generator.values import ValueSlots

SINGULAR = {"quantities": "quantity", "agencies": "agency"}
# what a tag inside an obligation says of it
ASPECTS = {"a": "action", "c": "condition", "m": "modality"}
# what a tag inside a target or result says of it
MEASURED = {"i": "indicator", "w": "owner", "p": "period", "v": "compared_with"}

# in a wide bank: how often a body is written otherwise than in full
OTHER_WRITINGS = 0.15


class Writer(ValueSlots):
    """Expands templates; one for each document.

    Args:
        rng: the only source of chance.
        bank: tables of the phrase bank.
        office: who writes.
        topic: a table of ``topics`` of the bank: actions, facts, titles and the like go before the bank's own lists.
        issued: date of issue, from which deadlines and dates follow.
    """

    def __init__(self, rng: Random, bank: Mapping[str, Any], office: Office, topic: Mapping[str, Any], issued: date):
        self.rng, self.bank, self.office, self.topic, self.issued = rng, bank, office, topic, issued
        self.task: Task | None = None
        self.inherited: Task | None = None
        self.section: str | None = None
        self.measure: dict[str, Any] | None = None
        self.last_lead: list[Agency] = []
        self.last_modality: str | None = None
        self.counts: dict[str, int] = {}
        self.wide = "groups" in bank
        self.us = office.body
        self.above: Agency | None = None
        self.told: Node | None = None
        self._lately: list[str] = []
        self._deck: dict[str, list[str]] = {}
        self._agencies = self._of_topic()

    def _of_topic(self) -> list[Agency]:
        """The bodies of the office, those that the topic is about first."""
        bodies = self.office.bodies()
        near = [b for b in bodies if any(word in b.text for word in self.topic.get("bodies", ()))]
        return near * 6 + bodies

    def only(self, bodies: Sequence[Agency]) -> None:
        """Task these bodies and no others."""
        self._agencies = list(bodies)

    # ------------------------------------------------------------ templates

    def pick(self, name: str) -> str:
        """A phrase of a list, topic's before bank's; each is used once before any comes again.

        Raises:
            BankError: where neither has it.
        """
        deck = self._deck.get(name)
        if not deck:
            phrases = self.topic.get(name) or self.bank.get("phrases", {}).get(name)
            if not phrases:
                raise BankError(f"the bank has no phrases {name!r}")
            deck = self._deck[name] = self.rng.sample(list(phrases), len(phrases))
        return deck.pop()

    def write(self, text: str) -> Node:
        """A template as text with gold."""
        return node(*self._expand(template(text)))

    def phrase(self, name: str) -> Node:
        """A phrase of a list, expanded."""
        return self.write(self.pick(name))

    def _expand(self, parts: Template) -> list[str | Node]:
        out: list[str | Node] = []
        for part in parts:
            if isinstance(part, str):
                out.append(part)
            elif isinstance(part, Tag):
                out.append(self._tagged(part))
            else:
                out.append(self._filled(part))
        return out

    def _tagged(self, tag: Tag) -> Node:
        if tag.name == "o":
            return self._obligation(tag)
        if tag.name in "tr":
            return self._measured(tag)
        made = node(*self._expand(tag.parts))
        if tag.name in MEASURED and self.measure is not None:
            self.measure[MEASURED[tag.name]] = {"text": made.text, "name": None} if tag.name == "w" else made.text
        elif self.task is not None and tag.name in ASPECTS:
            setattr(self.task, ASPECTS[tag.name], made.text)
        return made

    def _obligation(self, tag: Tag) -> Node:
        """A stretch that is an obligation.

        One that names no lead of its own has that of its list (:attr:`inherited`), or with ``same`` that of the one before.
        """
        own = any(slot.name.lower() == "lead" for slot in slots(tag.parts))
        if tag.how in ("same", "also"):
            task = Task(list(self.last_lead), section=self.section)
            task.modality = self.last_modality if tag.how == "also" else None
        elif self.inherited is not None and tag.how == "under":
            task = replace(self.inherited.heir(self.section), lead=[])
        elif self.inherited is not None and not own:
            task = self.inherited.heir(self.section)
        else:
            task = Task(section=self.section)
        task.optional = tag.how == "optional"
        self.task = task
        parts = self._expand(tag.parts)
        self.last_lead, self.last_modality, self.task = list(task.lead), task.modality, None
        return Node(tuple(parts), task.gold())

    def introduce(self, text: str, above: Task | None = None) -> tuple[Node, Task]:
        """An introductory line and what it says for the items of its list; what it leaves unsaid is that of the line ``above``."""
        task = above.heir(self.section) if above else Task(section=self.section)
        if any(slot.name.lower() == "lead" for slot in slots(template(text))):
            task.lead = []
        self.task = task
        made = self.write(text)
        self.last_lead, self.task = list(task.lead), None
        return made, task

    def _measured(self, tag: Tag) -> Node:
        """A target or result: the first value inside is its value, and that of what is told around it."""
        outer = self.measure
        if outer is not None and "done" in outer:  # what was aimed at is reached
            return node(*self._expand(tag.parts))
        self.measure = {"indicator": "", "kind": tag.name}
        if self.wide:
            owner = self.inherited.lead[0] if self.inherited and self.inherited.lead else None
            self.measure |= {
                "section": self.section,
                "owner": {"text": owner.text, "name": owner.name} if owner else None,
            }
        if tag.how == "optional":
            self.measure["optional"] = True
        parts = self._expand(tag.parts)
        values, self.measure = self.measure, outer
        del values["kind"]
        values.pop("currency", None)  # it is the unit
        if outer is not None and "operator" not in outer:
            outer |= values
        return Node(tuple(parts), Gold("targets" if tag.name == "t" else "results", values))

    # ------------------------------------------------------------ slots

    def _filled(self, slot: Slot) -> Node:
        name = slot.name.lower()
        make: Callable[[str], Node] | None = getattr(self, f"_slot_{name}", None)
        made = make(slot.arg) if make else self.phrase(name)
        return capitalised(made) if slot.name[0].isupper() else made

    def kept(self, made: Node) -> Node:
        """Values get names, so that the obligation or target around them can point to them."""
        # the figures of a check are findings of their own
        if made.gold is None or (made.gold.kind == "checks" and (self.wide or made.gold.values["kind"] == "words")):
            return replace(made, parts=tuple(self.kept(p) if isinstance(p, Node) else p for p in made.parts))
        kind = made.gold.kind
        if kind == "agencies" or made.gold.values.get("optional"):
            return made
        self.counts[kind] = self.counts.get(kind, 0) + 1
        ref = f"{SINGULAR.get(kind, kind.removesuffix('s'))}-{self.counts[kind]}"
        if self.task is not None:
            if kind == "amounts":
                self.task.amounts.append(ref)
            elif kind == "citations":
                self.task.citations.append(ref)
            elif kind == "deadlines":
                self.task.deadline = made.gold.values
        value = next((gold for gold, _, _ in made.marks() if "operator" in gold.values), None)  # of a sum the whole
        if self.measure is not None and "operator" not in self.measure and value is not None:
            unit = "%" if value.kind == "percentages" else value.values.get("unit") or value.values.get("currency")
            self.measure |= {**value.values, "unit": unit}
        return replace(made, gold=replace(made.gold, ref=ref))

    def _agency(self, arg: str, beside: Sequence[Agency] = ()) -> Agency:
        """One body not yet named in this task, nor ``beside`` this one; ``group`` a collective one, ``committee`` the people's committee."""
        if arg == "committee" and self.above is not None:
            return self.above
        if arg == "committee":
            return replace(self.office.committee, text=f"Ủy ban nhân dân {self.office.seat.kind}")
        if arg.startswith("="):
            return literal(arg[1:])
        if arg == "group":
            return self._group() if self.wide else self.rng.choice(self.office.groups())
        if arg == "us":
            return self.us
        task = self.task or Task()
        spoken_of = (*task.lead, *task.coordinating, *task.reports_to, *beside)
        taken = {a.text for a in spoken_of}
        if self.wide and self.task is None:  # nobody is spoken of twice in a line
            taken |= set(self._lately[-3:])
        named = {a.name for a in spoken_of if a.name} if self.wide else set()
        free = [a for a in self._agencies if a.text not in taken and a.name not in named] or self._agencies
        if self.wide:  # neither a body beside its own head, nor a head of what has none
            free = [a for a in free if not any(t.endswith(f" {a.text}") for t in taken)] or free
        if arg == "post":
            free = [a for a in free if headed(a) is not a] or free
        one = self.rng.choice(free)
        self._lately.append(one.text)
        if arg == "post":
            return headed(one)
        return bodies.rewritten(self.rng, one, self.office) if self.wide and self.rng.random() < OTHER_WRITINGS else one

    def _group(self) -> Agency:
        """A collective reference: those of the office, or one that the bank has for its level and era."""
        office, table = self.office, self.bank["groups"]
        more = [*table.get("all", ()), *table.get(office.level, ()), *table.get(f"{office.level}{office.era}", ())]
        taken = {a.text for a in (self.task.lead if self.task else ())}
        free = [a for a in (*office.groups(), *map(literal, more)) if a.text not in taken]
        return self.rng.choice(free)

    def _named(self, arg: str, into: list[Agency] | None, tail: Agency | None = None) -> Node:
        """One or several bodies ("2", "3", "1-3", "group", "committee", "post", "=Giám đốc [Sở Y tế]"), joined as offices join them.

        ``tail``: one more behind them ("các đơn vị liên quan").
        """
        least, _, most = arg.partition("-")
        count = self.rng.randint(int(least), int(most or least)) if least.isdigit() else 1
        kind = "" if least.isdigit() else arg
        parts: list[str | Node] = []
        named: list[Agency] = []
        for n in range(count + (tail is not None)):
            one = tail if tail is not None and n == count else self._agency(kind, named)
            named.append(one)
            if into is not None:
                into.append(one)
            last = n == count - 1 + (tail is not None)
            parts += [" và " if last and (count > 2 or tail is not None) else ", "] if n else []
            parts.append(one.node())
        return node(*parts)

    def _slot_lead(self, arg: str) -> Node:
        if not arg:
            chance = self.rng.random()
            if chance < 0.12:
                arg = "group"
            elif self.wide and chance < 0.24:
                arg = "post"
            elif self.wide and chance < 0.3:
                arg = "2"
        return self._named(arg, self.task.lead if self.task else None)

    def _slot_partners(self, arg: str) -> Node:
        tail = None
        if self.wide and not arg and self.rng.random() < 0.2:
            tail = literal(self.rng.choice(self.bank["groups"]["tails"]))
        return self._named(arg or "1-3", self.task.coordinating if self.task else None, tail)

    def _slot_reports_to(self, arg: str) -> Node:
        return self._named(arg or "committee", self.task.reports_to if self.task else None)

    def _slot_agency(self, arg: str) -> Node:
        return self._named(arg, None)

    def _slot_action(self, arg: str) -> Node:
        """An action of the topic, marked as the action of the task."""
        return self._tagged(Tag("a", "", template(self.pick(arg or "actions"))))

    def _slot_actions(self, arg: str) -> Node:
        """The words of an action; where it is told of, its figures may be found as a result or not.

        ``{actions:done}``: it was done, so that an aim inside is none any more.
        """
        if self.task is not None or self.measure is not None:
            return self.phrase("actions")
        values: dict[str, Any] = {"indicator": ""} | ({"done": True} if arg == "done" else {})
        self.measure = values
        made = self.phrase("actions")
        self.measure = None
        values.pop("done", None)
        values.pop("currency", None)
        return Node((made,), Gold("results", {**values, "optional": True})) if "operator" in values else made

    def _slot_us(self, arg: str) -> Node:
        """The office that writes, as it speaks of itself."""
        return self.us.node()

    def _slot_place(self, arg: str) -> Node:
        return node(str(self.office.seat) if arg != "name" else self.office.seat.name)

    def _slot_level(self, arg: str) -> Node:
        return node(self.office.seat.kind)

    def _slot_year(self, arg: str) -> Node:
        """The year of issue, or some years on; a year alone may be found as a period or not."""
        year = self.issued.year + int(arg or 0)
        values = {"start": f"{year}-01-01", "end": f"{year}-12-31", "grain": "year", "optional": True}
        return Node((str(year),), Gold("dates", values))

    def _slot_int(self, arg: str) -> Node:
        """A bare number that is no finding: ``{int:2-9}``."""
        least, _, most = arg.partition("-")
        return node(str(self.rng.randint(int(least), int(most))))

    def _slot_one(self, arg: str) -> Node:
        """One of several words that mean the same: ``{one:hoàn thành|xong|thực hiện xong}``."""
        return node(self.rng.choice(arg.split("|")))


def capitalised(made: Node) -> Node:
    """The same text beginning with a capital."""
    for n, part in enumerate(made.parts):
        if isinstance(part, Node):
            if not part.text:
                continue
            new: str | Node = capitalised(part)
        elif part:
            new = part[0].upper() + part[1:]
        else:
            continue
        gold = made.gold
        return replace(made, parts=(*made.parts[:n], new, *made.parts[n + 1 :]), gold=gold)
    return made
