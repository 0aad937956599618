"""The slots of templates that are values: numbers, times, citations; and bodies that get no task."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from random import Random
from typing import Any

from corpora.generator import amounts, bodies, citing, counts, sources, sums, terms, times
from corpora.generator.model import Gold, Node
from corpora.generator.numerals import figures
from corpora.generator.places import Office

# in a wide bank: how often a deadline is one of its own classes, and a quantity has a bound
OTHER_TERMS, OTHER_BOUNDS = 0.35, 0.12


class ValueSlots:
    """What fills slots with values; the writer keeps account of them (:meth:`kept`)."""

    rng: Random
    bank: Mapping[str, Any]
    office: Office
    topic: Mapping[str, Any]
    issued: date
    wide: bool
    measure: dict[str, Any] | None
    told: Node | None

    def kept(self, made: Node) -> Node:
        """The value with a name, so that the task or target around it can point to it."""
        raise NotImplementedError

    def _own(self, name: str) -> Sequence[str]:
        """A list of the topic, or the bank's."""
        mine: Sequence[str] = self.topic.get(name) or self.bank["phrases"][name]
        return mine

    def _slot_amount(self, arg: str) -> Node:
        return self.kept(amounts.amount(self.rng, self.bank["amount"], arg))

    def _slot_sum_told(self, arg: str) -> Node:
        """An amount that :meth:`_slot_sum_again` tells once more: ``{sum_told:triệu đồng}``."""
        self.told = amounts.amount(self.rng, {"exact": ["{n} {unit}"]}, f"exact={arg.removesuffix(' đồng')}")
        return self.kept(self.told)

    def _slot_sum_again(self, arg: str) -> Node:
        assert self.told is not None, "{sum_again} stands before {sum_told}"
        return self.kept(counts.again(self.rng, self.told, arg))

    def _slot_part_of(self, arg: str) -> Node:
        """``{part_of:xã}``: "12/18 xã, đạt 66,67%"."""
        return self.kept(counts.share(self.rng, arg))

    def _slot_made_of(self, arg: str) -> Node:
        """``{made_of:hộ|nghèo|cận nghèo}``: a number and its parts."""
        unit, *names = arg.split("|")
        return self.kept(counts.split(self.rng, unit, names))

    def _slot_bare(self, arg: str) -> Node:
        """A bare figure in a table whose unit stands elsewhere: ``{bare:%=60-98}``; a finding that may be found or not."""
        unit, _, bounds = arg.partition("=")
        least, _, most = bounds.partition("-")
        value = self.rng.randint(int(least), int(most))
        kind = "percentages" if unit == "%" else "quantities"
        if self.measure is not None:
            self.measure |= {"operator": "=", "value": value, "unit": unit}
        return Node((figures(value),), Gold(kind, {"operator": "=", "value": value, "optional": True}))

    def _slot_percentage(self, arg: str) -> Node:
        """``{percentage:~exact}``: one that is not the value of the target or result around it ("từ 52% lên 60%")."""
        measure = self.measure
        if arg.startswith("~"):
            self.measure = None
        made = self.kept(amounts.percentage(self.rng, self.bank["percentage"], arg.removeprefix("~")))
        self.measure = measure
        return made

    def _slot_quantity(self, arg: str) -> Node:
        """``{quantity}``, ``{quantity:ge}``, ``{quantity:=hộ}`` (this thing), ``{quantity:scaled=m3}``."""
        wanted, _, thing = arg.partition("=")
        if self.wide and not wanted and self.rng.random() < OTHER_BOUNDS:
            wanted = self.rng.choice(("lt", "le", "range"))
        things = [thing] if thing else self._own("things")
        return self.kept(amounts.quantity(self.rng, self.bank["quantity"], things, wanted))

    def _slot_sum(self, arg: str) -> Node:
        """Several numbers of one kind; their things are those of the topic."""
        return self.kept(sums.several(self.rng, self.bank["sum"], self._own("things"), arg))

    def _slot_term(self, arg: str) -> Node:
        table, days = self.bank["term"], self.bank["day"]["surfaces"]
        return self.kept(terms.term(self.rng, table, days, self._own("events"), self.issued, arg))

    def _slot_span(self, arg: str) -> Node:
        return self.kept(terms.span(self.rng, self.bank["span"], self.bank["day"]["surfaces"], self.issued, arg))

    def _slot_source(self, arg: str) -> Node:
        """``{source:law}`` a class, ``{source:party}`` a family, ``{source:plain=ministry}`` both."""
        table, days = self.bank["source"], self.bank["day"]["surfaces"]
        return self.kept(sources.source(self.rng, table, days, self.topic["titles"], self.office, self.issued, arg))

    def _slot_body(self, arg: str) -> Node:
        """A body that need not be one that the office commands: ``{body:justice}``, ``{body:party|front}``."""
        return bodies.body(self.rng, self.office, arg)

    def _slot_deadline(self, arg: str) -> Node:
        if self.wide and arg in ("", "once", "again") and self.rng.random() < OTHER_TERMS:
            return self._slot_term(arg or "once")
        table, days = self.bank["deadline"], self.bank["day"]["surfaces"]
        return self.kept(times.deadline(self.rng, table, days, self._own("events"), self.issued, arg))

    def _slot_date(self, arg: str) -> Node:
        table, days = self.bank["date"], self.bank["day"]["surfaces"]
        return self.kept(times.span_of_time(self.rng, table, days, self.issued, arg))

    def _slot_citation(self, arg: str) -> Node:
        """``{citation}``, or a class or source of it: ``{citation:law}``, ``{citation:national}``."""
        table, days = self.bank["citation"], self.bank["day"]["surfaces"]
        made = citing.citation(self.rng, table, days, self.topic["titles"], self.office, self.issued, arg)
        return self.kept(made)
