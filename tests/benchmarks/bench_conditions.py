"""Wrong syllables by condition: every way in which the generator damages a document, before and after, beside the peers."""

from __future__ import annotations

import io
import time
from collections import Counter
from collections.abc import Callable, Sequence
from difflib import SequenceMatcher

import ftfy
import pdfplumber

import congvan
from bench_clean import broken
from congvan.errors import CongvanError
from congvan.parse import clean_bytes
from corpora.generator.damage.text import FAMILIES
from corpora.generator.renderings import PDF_DAMAGE, renderings
from generated import Case, cases
from measuring import Bench, per_thousand, table

TEXTS = tuple(f"txt-{family}" for family in FAMILIES)
FILES = ("txt-blank", "md", "html", "docx", "docx-tcvn3", "docx-vni", "pdf-word-liberation", "pdf-word-tinos", "pdf-word-gentium",
         "pdf-web-liberation", "pdf-office-liberation", *(f"pdf-{name}" for name in PDF_DAMAGE), "pdf-mixed-fonts")  # fmt: skip


def syllables(text: str) -> list[str]:
    """What stands between white space, as it stands: a decomposed letter is another letter."""
    return text.split()


def wrong_in_order(truth: Sequence[str], found: Sequence[str]) -> int:
    """Syllables of the truth that a text has otherwise, or not at all, plus those it has besides."""
    wrong = 0
    for tag, a, b, c, d in SequenceMatcher(None, truth, found, autojunk=False).get_opcodes():
        if tag != "equal":
            wrong += max(b - a, d - c)
    return wrong


def missing(truth: Sequence[str], found: Sequence[str]) -> int:
    """Syllables of the truth that a text lacks, wherever it has them: footnotes and tables may stand elsewhere."""
    return sum((Counter(truth) - Counter(found)).values())


def viparse_fix() -> Callable[[str], str] | None:
    """The peer's repair, where the extra ``bench`` is installed."""
    try:
        import viparse
    except ImportError:
        return None
    fix: Callable[[str], str] = viparse.fix
    return fix


def bare_text(bench: Bench) -> list[str]:
    """Repair of bare text by family."""
    fix = viparse_fix()
    tools: dict[str, Callable[[str], str] | None] = {
        "before": lambda text: text,
        "congvan": lambda text: congvan.repair(text).text,
        "ftfy": ftfy.fix_text,
        "viparse": fix,
    }
    rows: list[Sequence[object]] = []
    for bank in ("a", "b"):
        documents = cases(bank, bench.size(30, 4))
        truths = [syllables(c.text) for c in documents]
        total = sum(map(len, truths))
        for name in TEXTS:
            shown = [renderings()[name].make(c.file).decode() for c in documents]
            cells = []
            for tool, repair in tools.items():
                if repair is None:
                    cells.append("not installed")
                    continue
                counts = [wrong_in_order(t, syllables(_tried(repair, s))) for t, s in zip(truths, shown, strict=True)]
                cells.append(per_thousand(sum(counts), total))
                if tool == "congvan":
                    for c, count in zip(documents, counts, strict=True):
                        bench.keep(f"repair/{name}/{c.name}", count)
            rows.append((f"{bank}: {name.removeprefix('txt-')}", f"{total:,}", *cells))
    return [
        "## Bare text by kind of damage",
        "",
        "Generated documents of both phrase banks, damaged as text; wrong syllables per 1,000 of the truth, in order, before and after. Lower is better.",
        "",
        *table(("bank: damage", "syllables", "before", "congvan", "ftfy", "viparse"), rows),
    ]


def _tried(repair: Callable[[str], str], text: str) -> str:
    """A peer that fails on a text has left it as it was."""
    try:
        return repair(text)
    except (ValueError, RuntimeError, IndexError, KeyError):
        return text


def files(bench: Bench) -> list[str]:
    """Reading of files by rendering: what the text lacks, whole way, beside pdfplumber for PDF."""
    documents: list[Case] = [*cases("a", bench.size(8, 2)), *cases("b", bench.size(8, 2))]
    truths = [[s for leaf in c.file.leaves() for s in syllables(leaf.text.text)] for c in documents]
    total = sum(map(len, truths))
    rows: list[Sequence[object]] = []
    for name in FILES:
        rendering = renderings()[name]
        try:
            made = [rendering.make(c.file) for c in documents]
        except Exception as err:  # a program, font or package that this machine lacks: the row says which
            rows.append((name, f"absent: {str(err).splitlines()[0]}", "", "", ""))
            continue
        peer = (
            sum(missing(t, syllables(_plumbed(data))) for t, data in zip(truths, made, strict=True))
            if rendering.suffix == ".pdf"
            else None
        )
        began = time.perf_counter()
        texts = [_read(data, f"{c.name}{rendering.suffix}") for c, data in zip(documents, made, strict=True)]
        seconds = time.perf_counter() - began
        counts = [missing(t, syllables(text)) for t, text in zip(truths, texts, strict=True)]
        for c, count in zip(documents, counts, strict=True):
            bench.keep(f"files/{name}/{c.name}", count)
        rows.append(
            (
                name,
                per_thousand(peer, total) if peer is not None else "-",
                per_thousand(sum(counts), total),
                sum(counts),
                f"{len(documents) / seconds:.1f}",
            )
        )
    return [
        "## Files by rendering",
        "",
        f"{len(documents)} generated documents of both banks, {total:,} syllables; syllables of the truth that the text lacks, wherever it has them, per 1,000.",
        "",
        *table(("rendering", "pdfplumber", "congvan", "syllables lacking", "documents/s"), rows),
    ]


def _read(data: bytes, name: str) -> str:
    try:
        return clean_bytes(data, name).text
    except CongvanError:
        return ""


def _plumbed(data: bytes) -> str:
    with pdfplumber.open(io.BytesIO(data)) as pdf:
        return "\n".join(page.extract_text() for page in pdf.pages)


def sections() -> dict[str, Callable[[Bench], list[str]]]:
    """The sections of this file."""
    return {"bare text by damage": bare_text, "clean text": broken, "files by rendering": files}
