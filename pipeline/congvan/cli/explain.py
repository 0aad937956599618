"""`congvan explain`: which rules fire at a place of a document, and which lost."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Annotated, Literal

import typer

from congvan.cli.inputs import PasswordOption, RulesOption, content, with_password, with_rules
from congvan.config import load_config


def explain(
    file: Annotated[Path, typer.Argument(metavar="FILE", help='A document; "-" is standard input.')],
    at: Annotated[int, typer.Option("--at", metavar="OFFSET", help="Place in the text of the record, from 0.")],
    format_: Annotated[
        Literal["table", "json"], typer.Option("--format", help="For people or for programs.")
    ] = "table",
    password: PasswordOption = None,
    rules: RulesOption = None,
) -> None:
    """Say which rules match at a place of a document's text (`span` of a finding), which won, which lost to which, and why.

    \b
    Examples:
      congvan explain notice.txt --at 1204
      congvan explain notice.pdf --at 1204 --rules my-rules/ --format json
    """
    from congvan.cli.output import show, table
    from congvan.read import load
    from congvan.run.discover import printable
    from congvan.run.explain import explain_bytes

    config = with_rules(with_password(load_config(), password), rules)
    given, name = content(file, config), printable(file)
    data = given if isinstance(given, bytes) else load(given, config, name=name)
    flow, fired = explain_bytes(data, name, at, config)
    rows = [
        {
            "kind": one.kind, "rule": one.rule, "span": f"{one.span.start}-{one.span.end}", "match": one.text,
            "verdict": one.verdict, "to": one.by, "why": one.why,
        }
        for one in fired
    ]  # fmt: skip
    if format_ == "json":
        json.dump({"at": at, "paragraph": flow, "rules": rows}, sys.stdout, ensure_ascii=False, indent=2)
        print()
    elif rows:
        show(table(("kind", "rule", "span", "match", "verdict", "to", "why"), rows))
    else:
        print("No rule matches there.", file=sys.stderr)
