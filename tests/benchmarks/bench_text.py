"""Repair of held-out prose and word boundaries, beside ftfy and underthesea."""

from __future__ import annotations

from collections.abc import Sequence

import ftfy

import bench_repair
import bench_tokens
from congvan.repair import repair_text
from measuring import ABSENT, KB, SHARED, Bench, table


def repair_of_held_out_text(bench: Bench) -> list[str]:
    """Garbled words still wrong, good words broken, beside ftfy."""
    out = [
        "## Repair of held-out text",
        "",
        "Documents of 100 held-out pieces (never counted into the model), damaged by the formula, repaired, compared word by word. `runs`: one font as Word",
        "writes it; `fonts`: two fonts in one text; `one-entry`: every letter damaged (iTextSharp, older pdfwrite); `clean`: nothing damaged.",
        "Lower is better but for speed. ftfy is `fix_text` with its defaults, which also straighten quotes; that counts as broken.",
        "",
    ]
    if not SHARED.joinpath("corpora").is_dir():
        return [*out, ABSENT]
    rows: list[Sequence[object]] = []
    for corpus in bench_repair.CORPORA:
        docs = list(bench_repair.documents(SHARED, corpus, bench.size(50_000, 6_000)))
        for kind in bench_repair.KINDS:
            for tool, repair in (("congvan", lambda t: repair_text(t).text), ("ftfy", ftfy.fix_text)):
                c = bench_repair.measure(docs, kind, repair)
                wrong = f"{KB * c['wrong'] / c['garbled']:,.1f}" if c["garbled"] else "-"
                broken = f"{100 * KB * c['broken'] / c['good']:,.1f}"
                speed = f"{(c['garbled'] + c['good']) / c['seconds']:,.0f}"
                if tool == "congvan":
                    bench.keep(f"held out/{kind}/{corpus}", int(c["wrong"] + c["broken"]))
                figures = (f"{c['garbled']:,.0f}", wrong, f"{c['good']:,.0f}", broken, speed)
                rows.append((f"{corpus}, {kind}", tool, *figures))
    head = ("text, damage", "tool", "garbled words", "wrong per 1,000", "good words", "broken per 100,000", "words/s")
    return out + table(head, rows)


def words(bench: Bench) -> list[str]:
    """Wrong word boundaries per 1,000, beside underthesea."""
    lines, fresh = bench_tokens.read_gold(), bench_tokens.read_gold(bench_tokens.FRESH)
    parts = {"tuned on": lines[::2], "held out": lines[1::2], "fresh": fresh}
    rows: list[Sequence[object]] = []
    for name, part in parts.items():
        for tool, cut in (("congvan", bench_tokens.congvan_words), ("underthesea", bench_tokens.underthesea_words)):
            total, missed, added = bench_tokens.wrong(part, cut)
            if tool == "congvan":
                bench.keep(f"words/boundaries/{name}", missed + added)
            rows.append((name, tool, len(part), total, missed, added, f"{KB * (missed + added) / total:.1f}"))
    return [
        "## Words",
        "",
        "Administrative lines split by hand. Corrections were tuned on the odd lines; `fresh` lines were written after them.",
        "",
        *table(("lines", "tool", "number", "boundaries", "missed", "added", "wrong per 1,000"), rows),
    ]
