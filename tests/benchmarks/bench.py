"""``make bench``: measurements beside the peers, on the same input in the same run, written to ``docs/benchmarks.md``.

    PYTHONPATH=. .venv/bin/python tests/benchmarks/bench.py [--quick] [--only SECTION] [--output FILE] [--store]

Rows that need the reference material (``CONGVAN_SHARED``), or a program, font or peer that is not installed, say so. The whole
takes less than forty minutes, ``--quick`` about two. ``--store`` makes the counts the baseline for gains and losses.
"""

from __future__ import annotations

import argparse
import sys
import time
from collections.abc import Callable
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

import baseline
import bench_conditions
import bench_extraction
import bench_hundred
import bench_layout
import bench_legacy
import bench_pdf
import bench_scans
import bench_sides
import bench_speed
import bench_text
import bench_values
import congvan
from measuring import ROOT, Bench, machine

PEERS = (
    "ftfy",
    "viparse",
    "underthesea",
    "dateparser",
    "pdfplumber",
    "pdfminer.six",
    "pypdfium2",
    "tesserocr",
    "weasyprint",
)
SECTIONS: dict[str, Callable[[Bench], list[str]]] = {
    "findings": bench_extraction.generated_documents,
    "findings by hand": bench_extraction.by_hand,
    "findings pointers": bench_extraction.pointers,
    "findings peers": bench_extraction.peers,
    "findings hundred": bench_hundred.hundred,
    "repair held out": bench_text.repair_of_held_out_text,
    "repair passages": bench_text.passages,
    "repair sides": bench_sides.sides,
    "repair conditions": bench_conditions.bare_text,
    "repair legacy": bench_legacy.legacy,
    "repair clean": bench_conditions.broken,
    "files": bench_conditions.files,
    "pages": bench_layout.pages,
    "pdf letters": bench_pdf.letters,
    "pdf unknown": bench_pdf.unknown_fonts,
    "pdf paths": bench_pdf.paths,
    "pdf repaired": bench_pdf.repaired,
    "pdf memory": bench_pdf.memory,
    "scans": bench_scans.scans,
    "words": bench_text.words,
    "speed stages": bench_speed.stages,
    "speed size": bench_speed.sizes,
    "speed values": bench_values.values,
    "speed repair": bench_speed.speed_of_repair,
    "speed parse": bench_speed.speed_of_parse,
    "speed pdf": bench_speed.speed_of_pdf,
    "weight": bench_speed.weight,
}


def _version(name: str) -> str:
    try:
        return f"{name} {version(name)}"
    except PackageNotFoundError:
        return f"{name} not installed"


def _parts(lines: list[str]) -> dict[str, list[str]]:
    """The sections of a page by their heading; what stands above the first one is that of ""."""
    parts: dict[str, list[str]] = {"": []}
    heading = ""
    for line in lines:
        if line.startswith("## "):
            heading = line
        parts.setdefault(heading, []).append(line)
    return parts


def _renewed(old: str, page: list[str]) -> str:
    """The page with the sections that were measured now; each says on which machine and under which load."""
    parts = _parts(old.rstrip().split("\n"))
    last = parts.pop("## Gains and losses", None)
    for heading, lines in _parts(page).items():
        if heading and heading != "## Gains and losses":
            parts[heading] = [heading, "", f"Measured apart from the others: {machine()}", *lines[1:]]
    if last is not None:
        parts["## Gains and losses"] = last
    return "\n".join("\n".join(lines).rstrip() + "\n" for lines in parts.values())


def main() -> int:
    """Measure, write the page, print it."""
    parser = argparse.ArgumentParser(description="Measure congvan beside its peers.")
    parser.add_argument("--output", type=Path, default=ROOT / "docs" / "benchmarks.md", metavar="FILE")
    parser.add_argument(
        "--quick",
        action="store_true",
        help="few documents, two minutes; prints and writes nothing unless --output is given",
    )
    parser.add_argument(
        "--only",
        action="append",
        metavar="SECTION",
        help=f"sections that begin so: {', '.join(SECTIONS)}; writes nothing",
    )
    parser.add_argument(
        "--renew",
        action="store_true",
        help="with --only: the sections take the place of their older ones in the page, each with its own line of machine and load",
    )
    parser.add_argument("--store", action="store_true", help="make the counts of this run the baseline")
    args = parser.parse_args()
    chosen = {name: section for name, section in SECTIONS.items() if not args.only or name.startswith(tuple(args.only))}
    if not chosen:
        parser.error(f"no such section; there are: {', '.join(SECTIONS)}")
    began = time.perf_counter()
    bench = Bench(args.quick)
    page = [
        "# Measurements",
        "",
        "Written by `make bench` (`tests/benchmarks/bench.py`); not edited by hand. Peers ran on the same input in the same run; what a peer cannot do is said.",
        "",
        f"congvan {congvan.__version__}; {', '.join(map(_version, PEERS))}.",
        machine(),
    ]
    for name, section in chosen.items():
        print(f"{time.perf_counter() - began:5.0f} s  {name}", file=sys.stderr, flush=True)
        page += ["", *section(bench)]
    page += ["", *baseline.changes(bench.figures), "", f"The whole run took {time.perf_counter() - began:.0f} seconds."]
    if args.store:
        baseline.store(baseline.load() | bench.figures if args.only else bench.figures)
    if args.renew:
        args.output.write_text(_renewed(args.output.read_text(encoding="utf-8"), page), encoding="utf-8")
        print("\n".join(page))
        return 0
    partial = args.quick or args.only
    if not partial or args.output != parser.get_default("output"):
        args.output.write_text("\n".join(page) + "\n", encoding="utf-8")
    print("\n".join(page))
    return 0


if __name__ == "__main__":
    sys.exit(main())
