"""Speed and weight: stages after loading, time against size, start-up, memory, models."""

from __future__ import annotations

import io
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from statistics import median

import pdfplumber
import pikepdf

import bench_growth
import congvan
from congvan.config import Config, models_dir
from congvan.extract.findings import extract
from congvan.parse import clean_bytes
from congvan.read import read_bytes, read_bytes_evidence
from congvan.repair import repair_document, repair_text
from congvan.rules.anchors import Anchors
from congvan.segment.layout import segment
from corpora.generator.compose import compose
from corpora.generator.damage.bare_lines import damage
from corpora.generator.renderings import printed, renderings
from measuring import KB, PROGRAM, ROOT, SHARED, Bench, child, once, table, thrice, thrice_in_process

SAMPLES = ROOT / "corpora" / "samples"


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


def speed_of_repair(bench: Bench) -> list[str]:
    """The program on 70 kB, and time against length."""
    text = damaged_text(70 * KB).encode()
    rows: list[Sequence[object]] = []
    seconds, memory = thrice([PROGRAM, "repair"], text)
    rows.append((f"`congvan repair`, {len(text) / KB:.0f} kB made from the samples", f"{seconds:.2f}", f"{memory:.0f}"))
    for seed in sorted(SHARED.glob("seeds/003_*.txt")):
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
        "Syllables a second of the processor in one process after loading, median of three: generated documents (bank a, as one text of each run) of which so many",
        "are damaged that six of a hundred words are; and clean ones. First: texts never met before; again: their words were met before.",
        "",
        *table(("text", "syllables", "damaged of 100", "first", "again"), _rates(bench)),
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


def _rates(bench: Bench) -> list[Sequence[object]]:
    """Rows of syllables a second, on three texts of different documents."""
    rows: list[Sequence[object]] = []
    count = bench.size(60, 6)
    for name, share in (("damaged", 1.0), ("clean", 0.0)):
        first: list[float] = []
        again: list[float] = []
        syllables = bad = 0
        for n in range(3):
            files = [compose(seed, "a") for seed in range(1000 + n * count, 1000 + (n + 1) * count)]
            true = [printed(file).text for file in files]
            shown = [renderings()["txt-ghostscript-runs"].make(file).decode() for file in files]
            parts = [s if share and i % 20 < 11 else t for i, (t, s) in enumerate(zip(true, shown, strict=True))]
            wrong = sum(
                a != b for t, s in zip(true, parts, strict=True) for a, b in zip(t.split(), s.split(), strict=True)
            )
            text = "\n\n".join(parts)
            size = len(text.split())
            syllables, bad = syllables + size, bad + wrong
            first.append(size / once(lambda: repair_text(text), time.process_time))  # noqa: B023  # called at once
            again.append(size / once(lambda: repair_text(text + "\n"), time.process_time))  # noqa: B023
        rows.append(
            (name, f"{syllables:,}", f"{100 * bad / syllables:.1f}", f"{median(first):,.0f}", f"{median(again):,.0f}")
        )
    return rows


def speed_of_parse(bench: Bench) -> list[str]:
    """Milliseconds a document, by format, in a warm process."""
    rows: list[Sequence[object]] = []
    for path in sorted(SAMPLES.iterdir()):
        data = path.read_bytes()
        congvan.parse_bytes(data, path.name)
        took = thrice_in_process(lambda: congvan.parse_bytes(data, path.name))  # noqa: B023
        [record] = congvan.parse_bytes(data, path.name)
        rows.append((path.name, record.source.reader, f"{len(record.text):,}", f"{KB * took:.0f}"))
    return [
        "## Speed of parse",
        "",
        "Read, repair, segment, extract, relate; median of three in a warm process.",
        "",
        *table(("sample", "reader", "characters", "ms"), rows),
    ]


def speed_of_pdf(bench: Bench) -> list[str]:
    """Pages a second of reading and of the whole way, sound and damaged, as a ratio to pdfplumber on the same file."""
    rows: list[Sequence[object]] = []
    config = Config()
    for what, data in (
        ("sound", (SAMPLES / "12_quyet_dinh_ho_tro.pdf").read_bytes()),
        ("damaged by Ghostscript", (SAMPLES / "13_thong_bao_thien_tai_gs.pdf").read_bytes()),
    ):
        long, pages = _hundred_pages(data)
        congvan.parse_bytes(long, "a.pdf")
        work: dict[str, Callable[[], object]] = {
            "pdfplumber `extract_text`": lambda: _plumbed(long),  # noqa: B023  # called at once
            "congvan, reading: fast path": lambda: read_bytes(long, "a.pdf", config),  # noqa: B023
            "congvan, reading: evidence of the fonts": lambda: read_bytes_evidence(long, "a.pdf", config),  # noqa: B023
            "congvan, reading and repair": lambda: clean_bytes(long, "a.pdf", config),  # noqa: B023
            "congvan, file to record": lambda: congvan.parse_bytes(long, "a.pdf"),  # noqa: B023
        }
        times = {name: min(once(run) for _ in range(2)) for name, run in work.items()}
        base = times["pdfplumber `extract_text`"]
        rows += [(f"{what}: {name}", pages, f"{pages / t:,.0f}", f"{base / t:.2f}") for name, t in times.items()]
    return [
        "## Speed of reading PDF",
        "",
        "Two samples, each repeated to one file of a hundred pages; better of two.",
        "",
        *table(("file: work", "pages", "pages/s", "times as fast"), rows),
    ]


def _hundred_pages(data: bytes) -> tuple[bytes, int]:
    """A file repeated until it has a hundred pages."""
    buffer = io.BytesIO()
    with pikepdf.new() as joined, pikepdf.open(io.BytesIO(data)) as one:
        while len(joined.pages) < 100:
            joined.pages.extend(one.pages)
        joined.save(buffer)
        return buffer.getvalue(), len(joined.pages)


def weight(bench: Bench) -> list[str]:
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


def stages(bench: Bench) -> list[str]:
    """Pages a second of the whole way and of each stage, after loading, on PDF as Word writes it, sound and damaged."""
    rows: list[Sequence[object]] = []
    for name in ("pdf-word-liberation", "pdf-gs", "pdf-no-map"):
        data, pages = _pdf_of(name, bench.size(60, 12))
        congvan.parse_bytes(data, "a.pdf")
        times = {"pdfplumber `extract_text`": thrice_in_process(lambda: _plumbed(data))}  # noqa: B023  # called at once
        raw = read_bytes(data, "a.pdf", Config())
        times["read"] = thrice_in_process(lambda: read_bytes(data, "a.pdf", Config()))  # noqa: B023
        times["read by evidence"] = thrice_in_process(lambda: read_bytes_evidence(data, "a.pdf", Config()))  # noqa: B023
        times["repair"] = thrice_in_process(lambda: repair_document(raw))  # noqa: B023
        clean = clean_bytes(data, "a.pdf")
        layout = segment(clean)
        times["segment"] = thrice_in_process(lambda: segment(clean))  # noqa: B023
        times["extract"] = thrice_in_process(lambda: extract(layout, Anchors()))  # noqa: B023
        times["whole way"] = thrice_in_process(lambda: congvan.parse_bytes(data, "a.pdf"))  # noqa: B023
        base = times["pdfplumber `extract_text`"]
        rows += [(f"{name}: {stage}", pages, f"{pages / t:,.0f}", f"{base / t:.2f}") for stage, t in times.items()]
    return [
        "## Speed by stage",
        "",
        "Generated documents in one file, each stage alone after loading, median of three; the ratio is to pdfplumber's `extract_text` on the same file.",
        "",
        *table(("file: stage", "pages", "pages/s", "times as fast"), rows),
    ]


def _pdf_of(rendering: str, pages: int) -> tuple[bytes, int]:
    """About so many pages of generated documents in one PDF."""
    buffer = io.BytesIO()
    with pikepdf.new() as joined:
        seed = 0
        while len(joined.pages) < pages:
            with pikepdf.open(io.BytesIO(renderings()[rendering].make(compose(seed)))) as one:
                joined.pages.extend(one.pages)
            seed += 1
        del joined.pages[pages:]
        joined.save(buffer)
    return buffer.getvalue(), pages


def _plumbed(data: bytes) -> None:
    with pdfplumber.open(io.BytesIO(data)) as pdf:
        for page in pdf.pages:
            page.extract_text()


def sizes(bench: Bench) -> list[str]:
    """The whole way against the number of pages: linear where the last column stays level."""
    rows: list[Sequence[object]] = []
    for pages in (1, 10, 100, *(() if bench.quick else (1000,))):
        data, _ = _pdf_of("pdf-word-liberation", pages)
        with tempfile.NamedTemporaryFile(suffix=".pdf") as file:
            file.write(data)
            file.flush()
            seconds, memory = child([PROGRAM, "parse", file.name, "--format", "jsonl"])
        rows.append(
            (
                f"{pages:,} pages",
                f"{len(data) / KB:,.0f}",
                f"{seconds:.1f}",
                f"{pages / seconds:,.1f}",
                f"{memory:,.0f}",
            )
        )
    return [
        "## Time against size",
        "",
        "`congvan parse` of one PDF as Word writes it, start-up included, one run each.",
        "",
        *table(("file", "kB", "seconds", "pages/s", "peak MB"), rows),
    ]
