"""A repair plan that is replayed on its text, or undone."""

from __future__ import annotations

import codecs
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from congvan.cli.inputs import content
from congvan.cli.writing import write_text
from congvan.config import Config
from congvan.errors import UsageError

if TYPE_CHECKING:
    from congvan.repair.planfile import Origin

_KINDS = "Only plans of plain text and Markdown can be replayed."


def replay(file: Path, name: str, plan_file: Path, undo: bool, config: Config) -> None:
    """Print what a plan makes of the text it was made for, or what the text was before.

    Raises:
        UsageError: the plan is none, is of another kind of document, or does not fit the text.
    """
    from congvan.read import load
    from congvan.repair import apply_plan, reverse_plan
    from congvan.repair.planfile import read_plan, sha256

    try:
        lines = load(plan_file, config, name=str(plan_file)).decode("utf-8").split("\n")
    except UnicodeDecodeError as err:
        raise UsageError(f"{plan_file} is no repair plan.", "Name a file that --plan wrote.") from err
    plan = read_plan(lines, str(plan_file))
    origin = plan.origin
    if not origin.encoding:
        raise UsageError(f"{plan_file} is the plan of a document ({origin.media_type}), not of a text.", _KINDS)
    given = content(file, config)
    data = given if isinstance(given, bytes) else load(given, config, name=name)
    bom = bytes.fromhex(origin.bom)
    kept = bom if bom == codecs.BOM_UTF8 else b""
    wanted = origin.sha256_after if undo else origin.sha256_before
    text = _text(data, name, "utf-8" if undo else origin.encoding)
    changed = reverse_plan(text, plan.edits) if undo else apply_plan(text, plan.edits)
    if sha256(data) != wanted:
        raise UsageError(
            f"{name} is not the text that the plan was made for: it differs from it outside of the edits.",
            "Use that text, unchanged, or make a new plan.",
        )
    write_text(_written(changed, origin, bom, name) if undo else kept + changed.encode("utf-8"))


def _text(data: bytes, name: str, encoding: str) -> str:
    """The text of a file; one that is no text in the encoding of the plan is another file."""
    from congvan.read.encoding import Decoder
    from congvan.read.sniff import MARKDOWN, PLAIN, sniff

    text = Decoder(data, encoding).text(data, final=True)
    if "\ufffd" in text and (kind := sniff(data, name)) not in (PLAIN, MARKDOWN):
        raise UsageError(f"{name} is no text ({kind}).", _KINDS)
    return text


def _written(text: str, origin: Origin, bom: bytes, name: str) -> bytes:
    """The bytes that the text before repair was read from."""
    from congvan.read.encoding import encoded

    data = encoded(text, origin.encoding) if origin.exact else None
    if data is not None:
        return bom + data
    print(
        f"congvan: {name}: The file before repair had bytes that are no text; they come back as U+FFFD, in UTF-8.",
        file=sys.stderr,
    )
    return text.encode("utf-8")
