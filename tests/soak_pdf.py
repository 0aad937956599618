"""Mutated PDFs by the thousand: each ends with a record or a clear problem, in time. ``python tests/soak_pdf.py [COUNT] [FIRST]``.

The work is done in other processes, a hundred files each, so that a crash of native code is seen and named.
"""

from __future__ import annotations

import subprocess
import sys
import time
from pathlib import Path

from mutate_pdf import mutated

from congvan.config import Config
from congvan.run.document import Task, parse_document

HERE = Path(__file__).parent
BATCH = 100
SECONDS = 20.0  # the limit for one file; a run over it by more is a hang
OVER = 10.0


def sources() -> list[bytes]:
    """The files that are mutated: generated documents, sound and damaged, of several producers."""
    from corpora.generator.compose import compose
    from corpora.generator.renderings import renderings

    names = ("pdf-word-liberation", "pdf-gs", "pdf-no-map", "pdf-tcvn3", "pdf-mixed-fonts")
    return [renderings()[name].make(compose(seed)) for seed, name in enumerate(names)]


def outcome(data: bytes, name: str, seconds: float = SECONDS) -> str:
    """What became of a file: "record", "error", or what is wrong with the way it ended."""
    began = time.monotonic()
    parsed = parse_document(Task(data, name, Config(max_seconds=seconds)))
    if time.monotonic() - began > seconds + OVER:
        return "hang"
    if parsed.error is not None:
        if type(parsed.error).__name__ == "InternalError":
            return f"bug: {parsed.error.message}"
        return "error" if parsed.error.message and parsed.error.hint else "unclear error"
    if any(record.status != "ok" and not record.problems for record in parsed.records):
        return "no problem named"
    return "record"


def batch(first: int, count: int) -> None:
    """Run some files here and print what became of each."""
    files = sources()
    for seed in range(first, first + count):
        print(seed, outcome(mutated(files[seed % len(files)], seed), f"{seed}.pdf"), flush=True)


def main() -> int:
    """Run all batches; 1 where a file did not end as it should."""
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 2000
    start = int(sys.argv[2]) if len(sys.argv) > 2 else 0
    counts: dict[str, int] = {}
    bad: list[str] = []
    for first in range(start, start + count, BATCH):
        size = min(BATCH, start + count - first)
        command = [sys.executable, __file__, "--batch", str(first), str(size)]
        done = subprocess.run(command, capture_output=True, text=True, timeout=size * (SECONDS + OVER), check=False)
        lines = [line.partition(" ")[2] for line in done.stdout.splitlines()]
        for n, line in enumerate(lines):
            counts[line.partition(":")[0]] = counts.get(line.partition(":")[0], 0) + 1
            if line not in ("record", "error"):
                bad.append(f"{first + n}: {line}")
        if done.returncode or len(lines) != size:
            bad.append(f"{first + len(lines)}: crash ({done.returncode}) {done.stderr[-300:]}")
    print(f"{count} mutated PDFs: " + ", ".join(f"{n} {what}" for what, n in sorted(counts.items())))
    for line in bad:
        print(line)
    return 1 if bad else 0


if __name__ == "__main__":
    sys.path.insert(0, str(HERE.parent))
    if sys.argv[1:2] == ["--batch"]:
        batch(int(sys.argv[2]), int(sys.argv[3]))
    else:
        sys.exit(main())
