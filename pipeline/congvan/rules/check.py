"""Test the rules against their own examples and counter-examples, and measure confidence."""

from __future__ import annotations

import json
from functools import cache

from congvan.config import models_dir
from congvan.rules.load import RuleSet


def failures(ruleset: RuleSet) -> list[str]:
    """What goes against an example or a counter-example of its own rule, one line each; empty when all is well."""
    out: list[str] = []
    for rule in ruleset.rules:
        for example in rule.example:
            found = [example.text[m.start : m.end] for m in ruleset.all_matches(example.text, only=rule.id)]
            if example.find not in found:
                out.append(f"{rule.id}: wanted {example.find!r} in {example.text!r}, found {found}")
        for counter in rule.counter:
            found = [counter.text[m.start : m.end] for m in ruleset.all_matches(counter.text, only=rule.id)]
            if (counter.find is None and found) or (counter.find is not None and counter.find in found):
                out.append(
                    f"{rule.id}: must not find {counter.find or 'anything'!r} in {counter.text!r}, found {found}"
                )
    return out


@cache
def _counts() -> dict[str, list[int]]:
    path = models_dir() / "rule_precision.json"
    if not path.is_file():
        return {}
    counts: dict[str, list[int]] = json.loads(path.read_text(encoding="utf-8"))["rules"]
    return counts


def measured(rule_id: str) -> tuple[int, int]:
    """How often a rule was right and wrong on gold; (0, 0) for a rule that no gold has met."""
    right, wrong = _counts().get(rule_id, (0, 0))
    return right, wrong


def confidence(rule_id: str) -> float:
    """Measured precision of a rule on gold, smoothed: (right + 1) / (right + wrong + 2); 0.5 for a rule without counts."""
    right, wrong = measured(rule_id)
    return round((right + 1) / (right + wrong + 2), 3)
