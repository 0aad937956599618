"""`congvan rules`: the rules that find values in the text."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from congvan.cli.inputs import RulesOption, with_rules
from congvan.config import load_config
from congvan.errors import RuleError, UsageError

if TYPE_CHECKING:
    from congvan.rules.load import RuleSet

app = typer.Typer(no_args_is_help=True, rich_markup_mode=None, help="List, test and explain the rules.")

KindOption = Annotated[str | None, typer.Option("--kind", metavar="KIND", help="Rules of one kind only.")]


@app.command("list")
def list_(kind: KindOption = None, rules: RulesOption = None) -> None:
    """List the rules with what each accepts.

    \b
    Examples:
      congvan rules list
      congvan rules list --kind percentages
      congvan rules list --rules my-rules/
    """
    from congvan.cli.output import show, table
    from congvan.rules.check import confidence

    rows = [
        {"rule": rule.id, "accepts": rule.about, "example": rule.example[0].find, "confidence": confidence(rule.id)}
        for _, ruleset in _rulesets(kind, rules)
        for rule in ruleset.rules
    ]
    show(table(("rule", "accepts", "example", "confidence"), rows))


@app.command("test")
def run_examples(kind: KindOption = None, rules: RulesOption = None) -> None:
    """Run every rule on its own examples and counter-examples; exit code 12 when one fails.

    \b
    Examples:
      congvan rules test
      congvan rules test --rules my-rules/
    """
    from congvan.rules.check import failures

    count = failed = 0
    for path, ruleset in _rulesets(kind, rules):
        found = failures(ruleset)
        for line in found:
            print(f"{path.name}: {line}")
        failed += len(found)
        count += sum(len(rule.example) + len(rule.counter) for rule in ruleset.rules)
    if failed:
        raise RuleError(f"{failed} of {count} examples fail.", "Correct the rules or the examples named above.")
    print(f"{count} examples pass.")


@app.command("explain")
def explain(
    text: Annotated[list[str], typer.Argument(metavar="TEXT", help="A sentence.")],
    kind: KindOption = None,
    rules: RulesOption = None,
) -> None:
    """Show which rules match what in a text; "overruled" is a match that lost against one that overlaps it.

    \b
    Example:
      congvan rules explain "giải ngân đạt trên 95% trước ngày 31/12/2024"
    """
    import unicodedata

    from congvan.cli.output import show, table

    given = unicodedata.normalize("NFC", " ".join(" ".join(text).split()))
    rows = []
    for _, ruleset in _rulesets(kind, rules):
        kept = {(m.rule.id, m.start, m.end) for m in ruleset.find(given)}
        for m in ruleset.all_matches(given):
            parts = "; ".join(f"{name}={m[name]}" for name in m.groups)
            won = "" if (m.rule.id, m.start, m.end) in kept else "overruled"
            where = f"{m.start}-{m.end}"
            match = given[m.start : m.end]
            rows.append({"span": where, "match": match, "rule": m.rule.id, "parts": parts, "": won})
    if rows:
        show(table(("span", "match", "rule", "parts", ""), rows))
    else:
        print("No rule matches.")


def _rulesets(kind: str | None, own: list[Path] | None) -> list[tuple[Path, RuleSet]]:
    """The rule files with their compiled rules, those of the folders ``own`` among them.

    Raises:
        UsageError: no rules of that kind.
    """
    from congvan.rules.load import rule_files, rules
    from congvan.rules.own import folders_of, use_rules

    with use_rules(folders_of(with_rules(load_config(), own).rules)):
        found = [(path, rules(path.stem)) for path in rule_files()]
    chosen = [(path, ruleset) for path, ruleset in found if kind in (None, ruleset.kind)]
    if kind is not None and not chosen:
        kinds = ", ".join(sorted({ruleset.kind for _, ruleset in found}))
        raise UsageError(f"There are no rules of kind {kind!r}.", f"Kinds: {kinds}.")
    return chosen
