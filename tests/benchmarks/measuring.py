"""What all benchmarks share: tables, clocks, the memory of a program, the machine, and figures kept for the baseline."""

from __future__ import annotations

import os
import platform
import subprocess
import sys
import time
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from statistics import median

ROOT = Path(__file__).parents[2]
SHARED = Path(os.environ.get("CONGVAN_SHARED", ROOT.parent / "shared"))
PROGRAM = Path(sys.executable).with_name("congvan")
KB = 1000
ABSENT = "absent: needs the reference material (`CONGVAN_SHARED`)"


@dataclass
class Bench:
    """A run: how thorough, and the counts that are compared with the baseline.

    ``figures`` holds counts of mistakes, by "section/condition/document": less is better, zeros included.
    """

    quick: bool = False
    figures: dict[str, int] = field(default_factory=dict)

    def size(self, full: int, quick: int) -> int:
        """How many documents or tokens a section takes."""
        return quick if self.quick else full

    def keep(self, name: str, mistakes: int) -> None:
        """Keep a count of mistakes."""
        self.figures[name] = self.figures.get(name, 0) + mistakes


def table(head: Sequence[str], rows: Iterable[Sequence[object]]) -> list[str]:
    """A Markdown table; the first column is text, the others are figures."""
    lines = [f"| {' | '.join(head)} |", "|---" + "|---:" * (len(head) - 1) + "|"]
    return lines + [f"| {' | '.join(str(cell) for cell in row)} |" for row in rows]


def per_thousand(part: float, whole: float) -> str:
    """A share as a count per 1,000; "-" of nothing."""
    return f"{KB * part / whole:,.1f}" if whole else "-"


def once(work: Callable[[], object], clock: Callable[[], float] = time.perf_counter) -> float:
    """Seconds that some work takes."""
    began = clock()
    work()
    return clock() - began


def thrice_in_process(work: Callable[[], object]) -> float:
    """Median seconds of three runs in this process."""
    return median(once(work) for _ in range(3))


# runs a program and prints its seconds and its peak memory in bytes: from a small process of its own, because Linux
# counts the memory of the process that starts a program to the program
METER = """
import resource, subprocess, sys, time
began = time.perf_counter()
subprocess.run(sys.argv[1:], stdout=subprocess.DEVNULL, check=True)
seconds = time.perf_counter() - began
unit = 1 if sys.platform == "darwin" else 1024
print(seconds, resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss * unit)
"""


def child(command: Sequence[str | Path], given: bytes = b"") -> tuple[float, float]:
    """Seconds and peak memory in MB of a program, start-up included."""
    meter = [sys.executable, "-S", "-c", METER, *map(str, command)]
    seconds, memory = subprocess.run(meter, input=given, stdout=subprocess.PIPE, check=True).stdout.split()
    return float(seconds), float(memory) / KB / KB


def thrice(command: Sequence[str | Path], given: bytes = b"") -> tuple[float, float]:
    """Median seconds and highest memory of three runs."""
    runs = [child(command, given) for _ in range(3)]
    return median(seconds for seconds, _ in runs), max(memory for _, memory in runs)


def machine() -> str:
    """What this ran on."""
    cpu = next(
        (row.partition(":")[2].strip() for row in _lines(Path("/proc/cpuinfo")) if row.startswith("model name")),
        platform.processor(),
    )
    return (
        f"{cpu}, {os.cpu_count()} cores, {platform.system()}, Python {platform.python_version()}; "
        f"load when it began {os.getloadavg()[0]:.1f}."
    )


def _lines(path: Path) -> list[str]:
    return path.read_text(encoding="utf-8").splitlines() if path.is_file() else []
