"""`congvan repair in.pdf -o out.pdf`: the same pages, with text that can be copied and searched."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

from congvan.cli.writing import write_bytes
from congvan.config import Config
from congvan.errors import UsageError

if TYPE_CHECKING:
    from congvan.parse_pdf import RepairedPdf

_SHOWN = 8  # codes that a message names


def repair_pdf(data: bytes, name: str, output: Path, config: Config, break_signature: bool) -> None:
    """Write the repaired PDF and say on stderr what was done, and what stays open.

    Raises:
        UsageError: the input is no PDF. InputError: as the file is.
    """
    from congvan.parse_pdf import repaired_pdf
    from congvan.read.sniff import PDF, sniff

    if not data.strip() or sniff(data, name) != PDF:
        raise UsageError(
            f"{name} is no PDF.", "Of other documents `congvan repair` prints the text: leave --output out."
        )
    done = repaired_pdf(data, name, config, break_signature)
    write_bytes(output, done.data)
    for problem in done.clean.problems:
        if problem.category != "damaged-text":
            print(f"congvan: {name}: {problem.message} {problem.hint}".rstrip(), file=sys.stderr)
    for line in report(done):
        print(f"congvan: {output}: {line}", file=sys.stderr)


def report(done: RepairedPdf) -> list[str]:
    """What was done to the fonts, in a few lines."""
    changed = [len(found.changed) for found in done.maps if found.changed]
    if not changed:
        lines = ["the fonts say the truth; nothing was changed"]
    else:
        lines = [f"{sum(changed)} codes of {len(changed)} fonts corrected"]
    for number, found in enumerate(done.maps):
        if found.open:
            codes = ", ".join(map(str, found.open[:_SHOWN])) + (" …" if len(found.open) > _SHOWN else "")
            lines.append(f"font {number}: {len(found.open)} codes stay undecided ({codes})")
        for code, letters in list(found.torn.items())[:_SHOWN]:
            meanings = ", ".join(f"{text} {count} times" for text, count in letters.items())
            kept = found.meant.get(code)
            outcome = f"written as {kept}" if kept else "left as it was"
            lines.append(f"font {number}, code {code} would need several letters ({meanings}): {outcome}")
    return lines
