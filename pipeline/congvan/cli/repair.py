"""`congvan repair`: garbled text to clean text."""

from __future__ import annotations

import codecs
import json
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from congvan.cli.inputs import STDIN, content
from congvan.config import Config, load_config
from congvan.document import Edit, Problem, Span

if TYPE_CHECKING:
    from congvan.document import CleanDocument
    from congvan.repair import RepairedText


def repair(
    file: Annotated[Path, typer.Argument(metavar="[FILE]", help='A document; "-" is standard input.')] = STDIN,
    explain: Annotated[bool, typer.Option("--explain", help="Print the replacements as JSON lines instead.")] = False,
) -> None:
    """Print the repaired text of a document.

    Plain text and Markdown come back as they are but for the repair: clean text is unchanged to the byte (in NFC).
    Of other documents it prints the text alone. Output is UTF-8.
    With --explain each line is a replacement (span in the text before repair, before, after, family, evidence,
    confidence), then come the places that look damaged and could not be repaired.

    \b
    Examples:
      congvan repair letter.txt > clean.txt
      pdftotext directive.pdf - | congvan repair
      congvan repair --explain letter.txt
    """
    config = load_config()
    name = "standard input" if file == STDIN else str(file)
    prefix, repaired, problems = _repaired(content(file, config), name, config)
    for problem in problems:
        print(f"congvan: {name}: {problem.message} {problem.hint}".rstrip(), file=sys.stderr)
    if explain:
        for line in explanation(repaired.text, repaired.edits, repaired.unresolved):
            print(json.dumps(line, ensure_ascii=False))
    else:
        sys.stdout.flush()
        sys.stdout.buffer.write(prefix + repaired.text.encode("utf-8", errors="surrogatepass"))
        sys.stdout.buffer.flush()


def _repaired(
    given: Path | bytes, name: str, config: Config
) -> tuple[bytes, RepairedText | CleanDocument, Sequence[Problem]]:
    """Byte order mark, repaired text, and what had to be forgiven on reading."""
    from congvan.read import load
    from congvan.read.encoding import decode
    from congvan.read.sniff import MARKDOWN, PLAIN, sniff
    from congvan.repair import repair_text

    data = load(given, config, name=name) if isinstance(given, Path) else given
    bare = data.strip() and len(data) <= config.max_bytes and sniff(data, name) in (PLAIN, MARKDOWN)
    decoded = decode(data) if bare else None
    if decoded is None:
        from congvan.parse import clean_bytes  # also raises what is wrong with an empty or too large input

        clean = clean_bytes(data, name, config)
        return b"", clean, clean.problems
    bom = codecs.BOM_UTF8 if data.startswith(codecs.BOM_UTF8) else b""
    return bom, repair_text(decoded.text), decoded.problems


def explanation(text: str, edits: Sequence[Edit], unresolved: Sequence[Span]) -> list[dict[str, Any]]:
    """Replacements, then unresolved places, as JSON objects."""
    replaced = [
        {
            "span": list(edit.span),
            "before": edit.before,
            "after": edit.after,
            "family": edit.family,
            "evidence": edit.evidence,
            "confidence": edit.confidence,
        }
        for edit in edits
    ]
    return [*replaced, *({"unresolved": list(span), "text": span.of(text)} for span in unresolved)]
