"""`congvan repair`: garbled text to clean text."""

from __future__ import annotations

import codecs
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from congvan.cli.failures import of_problems
from congvan.cli.inputs import STDIN, PasswordOption, parts_of, read_stdin, with_password
from congvan.cli.repair_output import Sinks, say_unresolved
from congvan.cli.repair_replay import replay
from congvan.cli.repair_stream import repair_parts
from congvan.cli.writing import output_file
from congvan.config import Config, load_config
from congvan.document import Problem
from congvan.errors import InputError, UsageError

if TYPE_CHECKING:
    from congvan.document import CleanDocument
    from congvan.repair import RepairedText

LONG = 500_000  # bytes of text from which on it is repaired piece by piece


def repair(
    file: Annotated[Path, typer.Argument(metavar="[FILE]", help='A document; "-" is standard input.')] = STDIN,
    explain: Annotated[
        bool, typer.Option("--explain", help="Print the repair plan as JSON lines instead of the text.")
    ] = False,
    plan: Annotated[
        Path | None, typer.Option("--plan", metavar="PLAN", help="Write the repair plan to a file as well.")
    ] = None,
    report: Annotated[
        Path | None,
        typer.Option("--report", metavar="HTML", help="Write a page that shows before and after side by side as well."),
    ] = None,
    apply: Annotated[
        Path | None,
        typer.Option("--apply", metavar="PLAN", help="Make the edits of a plan on the text it was made for."),
    ] = None,
    undo: Annotated[
        Path | None,
        typer.Option(
            "--undo", metavar="PLAN", help="FILE is a repaired text: print what it was made from, to the byte."
        ),
    ] = None,
    output: Annotated[
        Path | None,
        typer.Option("--output", "-o", metavar="PDF", help="Of a PDF: write the repaired PDF instead of the text."),
    ] = None,
    break_signature: Annotated[
        bool, typer.Option("--break-signature", help="Write a repaired copy even of a digitally signed PDF.")
    ] = False,
    password: PasswordOption = None,
) -> None:
    """Print the repaired text of a document, or write a PDF with repaired text.

    Plain text and Markdown come back as they are but for the repair: clean text is unchanged to the byte (in NFC).
    Of other documents it prints the text alone. Output is UTF-8. Places that look damaged and could not be repaired
    stay as they are; stderr says how many there are.

    The repair plan has a JSON object a line. First the edits: span in the text before repair, before, after, family,
    evidence, confidence. Then a verdict for each stretch (clean, repaired, damaged, not-evaluated) and the places that
    are unresolved, both by their span in the repaired text; last what the plan was made of. Of text and Markdown it
    can be replayed (--apply) and undone (--undo).

    Text of more than 500 kB, from a file or a pipe, is repaired piece by piece: output begins at once, memory stays
    that of a piece, and the limit max_bytes does not hold. --report reads all of a text and keeps the limit.

    With --output a PDF is written in which copying and searching give the true text in every viewer: the maps of its
    fonts are corrected, its pages stay as they are. A digitally signed file is not changed unless asked for.

    \b
    Examples:
      congvan repair letter.txt > clean.txt
      congvan repair garbled.pdf -o repaired.pdf
      pdftotext directive.pdf - | congvan repair
      congvan repair --explain letter.txt
      congvan repair letter.txt --plan plan.jsonl --report report.html > clean.txt
      congvan repair clean.txt --undo plan.jsonl > letter.txt
      zcat dump.txt.gz | congvan repair > dump.clean.txt
    """
    config = with_password(load_config(), password)
    name = "standard input" if file == STDIN else str(file)
    if output is not None:
        _pdf(file, name, output, config, break_signature, apply or undo or plan or report or explain)
        return
    if apply is not None or undo is not None:
        if (apply is not None) + (undo is not None) + (plan is not None) + (report is not None) + explain > 1:
            raise UsageError("--apply and --undo go with no other option.", "Repair first, then replay the plan.")
        replay(file, name, apply or undo or Path(), undo is not None, config)
        return
    for option, output in (("--plan", plan), ("--report", report)):
        if output is not None and file != STDIN and output.exists() and file.exists() and output.samefile(file):
            raise UsageError(f"{option} would overwrite the input {file}.", "Name another file.")
    parts = parts_of(file)
    head = _head(parts)
    with output_file(plan, "--plan") as plan_file:
        sinks = Sinks(plan_file if plan is not None else None, explain)
        if len(head) > LONG and report is None and _is_text(head, name):
            left = repair_parts(head, parts, name, sinks, None if file == STDIN else file)
        else:
            left = _whole(file, name, head, parts, sinks, report, config)
    say_unresolved(left, name, explain, plan or report)


def _pdf(file: Path, name: str, output: Path, config: Config, break_signature: bool, other: object) -> None:
    """Write a repaired PDF."""
    from congvan.cli.repair_pdf import repair_pdf
    from congvan.read import load

    if other:
        raise UsageError("--output goes with no plan and no report.", "Leave them out, or repair twice.")
    if file != STDIN and output.exists() and file.exists() and output.samefile(file):
        raise UsageError(f"--output would overwrite the input {file}.", "Name another file.")
    repair_pdf(
        read_stdin(config) if file == STDIN else load(file, config, name=name), name, output, config, break_signature
    )


def _head(parts: Iterator[bytes]) -> bytes:
    """The first bytes, enough to tell what it is and whether it is long."""
    head = b""
    while len(head) <= LONG and (part := next(parts, b"")):
        head += part
    return head


def _is_text(data: bytes, name: str) -> bool:
    from congvan.read.sniff import MARKDOWN, PLAIN, sniff

    try:
        return sniff(data, name) in (PLAIN, MARKDOWN)
    except InputError:  # a ZIP without its end, for one: seen again when all of it is read
        return False


def _whole(
    file: Path, name: str, head: bytes, parts: Iterator[bytes], sinks: Sinks, report: Path | None, config: Config
) -> int:
    """Repair an input as a whole; the number of places that stay damaged."""
    from congvan.read import load

    if file.is_file() and len(head) > LONG:
        data = load(file, config, name=name)  # looks at the size first
    else:
        read, held = [head], len(head)
        while held <= config.max_bytes and (part := next(parts, b"")):
            read.append(part)
            held += len(part)
        data = b"".join(read)
    done = _repaired(data, name, config)
    if done.problems and not done.repaired.text.strip():
        raise of_problems(name, done.problems)
    for problem in done.problems:
        if problem.category != "damaged-text":  # said at the end
            print(f"congvan: {name}: {problem.message} {problem.hint}".rstrip(), file=sys.stderr)
    if report is not None:
        from congvan.repair.report import report_html

        with output_file(report, "--report") as page:
            page.writelines(report_html(done.raw, done.repaired, name if file == STDIN else file.name))
    sinks.put(done.repaired, done.bom)
    sinks.end(done.media_type, done.encoding, data, done.exact, done.mark)
    return len(done.repaired.unresolved)


@dataclass(frozen=True, slots=True)
class _Done:
    """A repaired input: the byte order mark that it keeps and had, the text before, and what has to be said of its reading."""

    bom: bytes
    raw: str
    repaired: RepairedText | CleanDocument
    problems: Sequence[Problem]
    media_type: str
    encoding: str = ""
    exact: bool = False
    mark: bytes = b""


def _repaired(data: bytes, name: str, config: Config) -> _Done:
    from congvan.read.encoding import bom_of, decode, encoded
    from congvan.read.sniff import MARKDOWN, PLAIN, sniff
    from congvan.repair import repair_text

    kind = sniff(data, name) if data.strip() and len(data) <= config.max_bytes else ""
    decoded = decode(data) if kind in (PLAIN, MARKDOWN) else None
    if decoded is None:
        from congvan.parse import clean_bytes  # also raises what is wrong with an empty or too large input

        clean = clean_bytes(data, name, config)
        return _Done(b"", clean.raw, clean, clean.problems, clean.source.media_type)
    bom = bom_of(data)
    exact = encoded(decoded.text, decoded.encoding) == data[len(bom) :]
    kept = bom if bom == codecs.BOM_UTF8 else b""
    repaired = repair_text(decoded.text)
    return _Done(kept, decoded.text, repaired, decoded.problems, kind, decoded.encoding, exact, bom)
