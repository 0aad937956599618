"""``make bench``: measurements beside the peers, on the same input in the same run, written to ``docs/benchmarks.md``.

    .venv/bin/python tests/benchmarks/bench.py [--output FILE] [--tokens N]

Rows that need the reference material (``CONGVAN_SHARED``) say so where it is absent. Takes some minutes.
"""

from __future__ import annotations

import argparse
import io
import os
import platform
import subprocess
import sys
import time
from collections.abc import Callable, Iterable, Sequence
from importlib.metadata import version
from pathlib import Path
from statistics import median

import ftfy
import pdfplumber
import pikepdf

import bench_growth
import bench_repair
import bench_tokens
import congvan
import score
from congvan.config import Config, models_dir
from congvan.read import read_bytes, read_bytes_evidence
from congvan.repair import repair_text
from damage import damage
from scorer import Score

ROOT = Path(__file__).parents[2]
SAMPLES = ROOT / "corpora" / "samples"
PROGRAM = Path(sys.executable).with_name("congvan")
PEERS = ("ftfy", "underthesea", "pdfplumber", "pdfminer.six", "pypdfium2", "spacy")
KB = 1000
ABSENT = "absent: needs the reference material (`CONGVAN_SHARED`)"


def table(head: Sequence[str], rows: Iterable[Sequence[object]]) -> list[str]:
    """A Markdown table; the first column is text, the others are figures."""
    lines = [f"| {' | '.join(head)} |", "|---" + "|---:" * (len(head) - 1) + "|"]
    return lines + [f"| {' | '.join(str(cell) for cell in row)} |" for row in rows]


def once(work: Callable[[], object], clock: Callable[[], float] = time.perf_counter) -> float:
    """Seconds that some work takes."""
    began = clock()
    work()
    return clock() - began


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


def damaged_text(size: int) -> str:
    """A text of about so many bytes in UTF-8: the sources of our samples, damaged as one document, over and over."""
    lines = []
    for path in sorted((ROOT / "corpora" / "sources").glob("*.txt")):
        lines += [line.partition(" ")[2] for line in path.read_text(encoding="utf-8").splitlines()]
    shown = [line for line in damage([line for line in lines if line], "runs") if line]
    out: list[str] = []
    while size > 0:
        line = shown[len(out) % len(shown)]
        out.append(line)
        size -= len(line.encode()) + 1
    return "\n".join(out) + "\n"


# ---------------------------------------------------------------- the sections


def repair_of_held_out_text(tokens: int) -> list[str]:
    """Garbled words still wrong, good words broken, beside ftfy."""
    out = [
        "## Repair of held-out text",
        "",
        "Documents of 100 held-out pieces (never counted into the model), damaged by the formula, repaired, compared word by word. `runs`: one font as Word",
        "writes it; `fonts`: two fonts in one text; `one-entry`: every letter damaged (iTextSharp, older pdfwrite); `clean`: nothing damaged.",
        "Lower is better but for speed. ftfy is `fix_text` with its defaults, which also straighten quotes; that counts as broken.",
        "",
    ]
    if not score.SHARED.joinpath("corpora").is_dir():
        return [*out, ABSENT]
    rows: list[Sequence[object]] = []
    for corpus in bench_repair.CORPORA:
        docs = list(bench_repair.documents(score.SHARED, corpus, tokens))
        for kind in bench_repair.KINDS:
            for tool, repair in (("congvan", lambda t: repair_text(t).text), ("ftfy", ftfy.fix_text)):
                c = bench_repair.measure(docs, kind, repair)
                wrong = f"{KB * c['wrong'] / c['garbled']:,.1f}" if c["garbled"] else "-"
                broken = f"{100 * KB * c['broken'] / c['good']:,.1f}"
                speed = f"{(c['garbled'] + c['good']) / c['seconds']:,.0f}"
                figures = (f"{c['garbled']:,.0f}", wrong, f"{c['good']:,.0f}", broken, speed)
                rows.append((f"{corpus}, {kind}", tool, *figures))
    head = ("text, damage", "tool", "garbled words", "wrong per 1,000", "good words", "broken per 100,000", "words/s")
    return out + table(head, rows)


def words() -> list[str]:
    """Wrong word boundaries per 1,000, beside underthesea."""
    lines, fresh = bench_tokens.read_gold(), bench_tokens.read_gold(bench_tokens.FRESH)
    parts = {"tuned on": lines[::2], "held out": lines[1::2], "fresh": fresh}
    rows: list[Sequence[object]] = []
    for name, part in parts.items():
        for tool, cut in (("congvan", bench_tokens.congvan_words), ("underthesea", bench_tokens.underthesea_words)):
            total, missed, added = bench_tokens.wrong(part, cut)
            rows.append((name, tool, len(part), total, missed, added, f"{KB * (missed + added) / total:.1f}"))
    return [
        "## Words",
        "",
        "Administrative lines split by hand. Corrections were tuned on the odd lines; `fresh` lines were written after them.",
        "",
        *table(("lines", "tool", "number", "boundaries", "missed", "added", "wrong per 1,000"), rows),
    ]


def gold() -> list[str]:
    """Wanted, found, missed and false by kind."""
    scores, repairs = score.run()
    groups: dict[str, list[Score]] = {"seeds": [], "samples": []}
    for one in scores:
        known = (score.SHARED / "seeds" / one.document).exists()
        groups["seeds" if known else "samples"].append(one)
    rows: list[Sequence[object]] = []
    for group, of_group in (groups | score.blind()).items():
        rows += [(f"{group}: {kind}", *counts) for kind, counts in score.totals(of_group).items()]
    out = [
        "## Records against gold",
        "",
        "Gold made by hand. Seeds (reference material) and samples (`corpora/truth`) were in sight when the rules were written: they show what is lost. The",
        "blind documents (`corpora/heldout`) were written by someone who had not seen the program; those held out are looked at as totals alone:",
        "the fairest figures here. `make score` names what is missed in the others.",
        "",
        *table(("kind", "documents", "wanted", "found", "missed", "false"), rows),
        "",
        "Repair of whole texts, in words:",
        "",
        *table(
            ("document", "garbled", "still wrong", "broken"),
            [(r.document, r.garbled, len(r.wrong), len(r.broken)) for r in repairs],
        ),
    ]
    return out if groups["seeds"] else [*out, "", f"Seeds {ABSENT}"]


def speed_of_repair() -> list[str]:
    """The program on 70 kB, and time against length."""
    text = damaged_text(70 * KB).encode()
    rows: list[Sequence[object]] = []
    seconds, memory = thrice([PROGRAM, "repair"], text)
    rows.append((f"`congvan repair`, {len(text) / KB:.0f} kB made from the samples", f"{seconds:.2f}", f"{memory:.0f}"))
    for seed in sorted(score.SHARED.glob("seeds/003_*.txt")):
        seconds, memory = thrice([PROGRAM, "repair", seed])
        rows.append(
            (f"`congvan repair`, seed 003, {seed.stat().st_size / KB:.0f} kB", f"{seconds:.2f}", f"{memory:.0f}")
        )
    repair_text(damaged_text(KB))
    growth: list[Sequence[object]] = []
    for size in (10, 20, 40, 80, 160):
        text_of_size = damaged_text(size * KB)
        best = min(once(lambda: repair_text(text_of_size), time.process_time) for _ in range(2))  # noqa: B023  # called at once
        growth.append((f"{size} kB", f"{best:.2f}", f"{best / size * 10:.3f}"))
    return [
        "## Speed of repair",
        "",
        "The program, start-up included (median of three runs, highest memory):",
        "",
        *table(("run", "seconds", "peak MB"), rows),
        "",
        "Time against length, in one process (seconds of the processor, better of two): linear where the last column stays level.",
        "",
        *table(("text", "seconds", "seconds per 10 kB"), growth),
        "",
        "Text made to be hard: one piece over and over. `growth`: times as long for four times the text; 4 is linear, 16 would be quadratic.",
        "",
        *table(("work", "piece", "characters", "seconds", "growth"), bench_growth.rows()),
    ]


def speed_of_parse() -> list[str]:
    """Milliseconds a document, by format, in a warm process."""
    rows: list[Sequence[object]] = []
    for path in sorted(SAMPLES.iterdir()):
        data = path.read_bytes()
        congvan.parse_bytes(data, path.name)
        took = median(once(lambda: congvan.parse_bytes(data, path.name)) for _ in range(3))  # noqa: B023
        [record] = congvan.parse_bytes(data, path.name)
        rows.append((path.name, record.source.reader, f"{len(record.text):,}", f"{KB * took:.0f}"))
    return [
        "## Speed of parse",
        "",
        "Read, repair, segment, extract, relate; median of three in a warm process.",
        "",
        *table(("sample", "reader", "characters", "ms"), rows),
    ]


def speed_of_pdf() -> list[str]:
    """Pages a second of both PDF readers, as a ratio to pdfplumber on the same file in the same run."""
    with pikepdf.new() as joined, pikepdf.open(SAMPLES / "12_quyet_dinh_ho_tro.pdf") as one:
        for _ in range(20):
            joined.pages.extend(one.pages)
        buffer = io.BytesIO()
        joined.save(buffer)
        pages = len(joined.pages)
    data, config = buffer.getvalue(), Config()

    def plumber() -> None:
        with pdfplumber.open(io.BytesIO(data)) as pdf:
            for page in pdf.pages:
                page.extract_text()

    readers: dict[str, Callable[[], object]] = {
        "pdfplumber `extract_text`": plumber,
        "congvan, fast path (text, boxes, layout)": lambda: read_bytes(data, "a.pdf", config),
        "congvan, evidence (codes, fonts, layout)": lambda: read_bytes_evidence(data, "a.pdf", config),
    }
    times = {name: min(once(read) for _ in range(2)) for name, read in readers.items()}
    base = times["pdfplumber `extract_text`"]
    return [
        "## Speed of reading PDF",
        "",
        f"The sample `12_quyet_dinh_ho_tro.pdf` twenty times in one file, {pages} pages; better of two.",
        "",
        *table(
            ("reader", "pages/s", "times as fast"),
            [(name, f"{pages / t:,.0f}", f"{base / t:.2f}") for name, t in times.items()],
        ),
    ]


def weight() -> list[str]:
    """Start-up, imports, memory, models."""
    sample = SAMPLES / "01_cong_van_giai_ngan.txt"
    runs: dict[str, Sequence[str | Path]] = {
        "`python -c pass`": [sys.executable, "-c", "pass"],
        "`python -c 'import congvan'`": [sys.executable, "-c", "import congvan"],
        "`congvan --help`": [PROGRAM, "--help"],
        "`congvan repair` of one line": [PROGRAM, "repair"],
        "`congvan parse` of one letter": [PROGRAM, "parse", sample],
    }
    rows = []
    for name, command in runs.items():
        seconds, memory = thrice(command, "Chā tịch Āy ban nhân dân\n".encode())
        rows.append((name, f"{seconds:.2f}", f"{memory:.0f}"))
    models = [(p.name, f"{p.stat().st_size / KB:,.0f}") for p in sorted(models_dir().iterdir()) if p.suffix not in (".py", ".md") and p.is_file()]  # fmt: skip
    return [
        "## Weight",
        "",
        *table(("run", "seconds", "peak MB"), rows),
        "",
        *table(("model", "kB"), models),
    ]


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


def main() -> None:
    """Measure, write the page, print it."""
    parser = argparse.ArgumentParser(description="Measure congvan beside its peers.")
    parser.add_argument("--output", type=Path, default=ROOT / "docs" / "benchmarks.md", metavar="FILE")
    parser.add_argument("--tokens", type=int, default=50_000, help="words of a row of the repair of held-out text")
    args = parser.parse_args()
    began = time.perf_counter()
    page = [
        "# Measurements",
        "",
        "Written by `make bench` (`tests/benchmarks/bench.py`); not edited by hand. Peers ran on the same input in the same run.",
        "",
        f"congvan {congvan.__version__}; {', '.join(f'{name} {version(name)}' for name in PEERS)}.",
        machine(),
    ]
    sections: dict[str, Callable[[], list[str]]] = {
        "repair": lambda: repair_of_held_out_text(args.tokens),
        "words": words,
        "gold": gold,
        "speed of repair": speed_of_repair,
        "speed of parse": speed_of_parse,
        "speed of PDF": speed_of_pdf,
        "weight": weight,
    }
    for name, section in sections.items():
        print(f"{time.perf_counter() - began:5.0f} s  {name}", file=sys.stderr, flush=True)
        page += ["", *section()]
    page += ["", f"The whole run took {time.perf_counter() - began:.0f} seconds."]
    args.output.write_text("\n".join(page) + "\n", encoding="utf-8")
    print("\n".join(page))


if __name__ == "__main__":
    main()
