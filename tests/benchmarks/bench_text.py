"""Repair of held-out prose and word boundaries, beside ftfy and underthesea."""

from __future__ import annotations

import unicodedata
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from typing import cast

import ftfy

import bench_repair
import bench_tokens
from congvan.repair import repair_text
from corpora.generator.damage import bare_lines
from corpora.generator.damage.bare_lines import Kind
from measuring import ABSENT, KB, ROOT, SHARED, Bench, table

# of each source and damage: tokens of the corpora or generated documents in a full run, in a quick one; more are not there
SIZES = {
    ("law", "runs"): (10**6, 6_000),
    ("law", "fonts"): (10**6, 6_000),
    ("law", "one-entry"): (50_000, 3_000),
    ("wiki", "runs"): (10**6, 6_000),
    ("wiki", "fonts"): (60_000, 3_000),
    ("wiki", "one-entry"): (30_000, 3_000),
    ("a", "runs"): (300, 10),
    ("a", "arrays"): (60, 5),
    ("a", "one-entry"): (40, 4),
    ("b", "runs"): (300, 10),
    ("b", "arrays"): (60, 5),
    ("b", "one-entry"): (40, 4),
}
PEER = 50_000  # tokens on which ftfy runs beside


def repair_of_held_out_text(bench: Bench) -> list[str]:
    """Garbled words still wrong, good words broken, signs, beside ftfy."""
    out = [
        "## Repair of held-out text",
        "",
        "Documents of 100 held-out pieces (never counted into the model) and generated documents (bank b blind), damaged by the formula, repaired, compared word by",
        "word. `runs`: as Word writes fonts; `fonts`: two fonts in one text (generated documents have two to four); `arrays`: with Word's lists; `one-entry`: every letter",
        "damaged (iTextSharp, older pdfwrite). Signs (“ ” ‘ ’ – — … •) are counted apart. Words that run together in the corpora themselves and came out parted are neither",
        f"wrong nor broken. ftfy is `fix_text` with its defaults, on {PEER:,} words at most. Held-out documents 0, 4, 8, ... and bank a served to develop; the rest is blind.",
        "",
    ]
    shared = SHARED.joinpath("corpora").is_dir()
    corpora = {
        c: list(bench_repair.documents(SHARED, c, bench.size(10**6, 6_000))) for c in bench_repair.CORPORA if shared
    }
    rows: list[Sequence[object]] = []
    whole: Counter[str] = Counter()
    for (source, kind), sizes in SIZES.items():
        size = bench.size(*sizes)
        if source in bench_repair.CORPORA:
            if not shared:
                continue
            pairs = list(damaged(corpora[source], kind, size))
            name = source
        else:
            pairs = list(bench_repair.generated(kind, source, size))
            name = f"generated, {source}"
        c = bench_repair.measure_pairs(pairs, lambda t: repair_text(t).text)
        bench.keep(f"held out/{kind}/{source}", int(c["wrong"] + c["broken"]))
        rows.append((f"{name}, {kind}", "congvan", *_figures(c)))
        if kind in ("runs", "fonts") and source != "wiki":
            whole.update(
                {key: int(value) for key, value in c.items() if key != "seconds"} | {"ms": int(KB * c["seconds"])}
            )
        if kind == "one-entry":
            few = list(_few(pairs, PEER))
            rows.append((f"{name}, {kind}", "ftfy", *_figures(bench_repair.measure_pairs(few, ftfy.fix_text))))
    total = {key: float(value) for key, value in whole.items()} | {"seconds": whole["ms"] / KB}
    rows.append(("law and generated, Word's runs", "congvan", *_figures(total)))
    head = (
        "text, damage",
        "tool",
        "garbled words",
        "wrong per 1,000",
        "good words",
        "broken per 100,000",
        "signs lost",
        "right of 100",
        "words/s",
    )
    return [*out, *table(head, rows), *([] if shared else ["", f"Held-out text {ABSENT}"])]


def _figures(c: Mapping[str, float]) -> tuple[str, ...]:
    """The cells of a row: counts, rates, speed."""
    wrong = f"{KB * c['wrong'] / c['garbled']:,.2f}" if c["garbled"] else "-"
    signs = f"{100 * (1 - c['signs wrong'] / c['signs']):.0f}" if c["signs"] else "-"
    speed = f"{(c['garbled'] + c['good']) / c['seconds']:,.0f}"
    broken = f"{100 * KB * c['broken'] / c['good']:,.2f}"
    return f"{c['garbled']:,.0f}", wrong, f"{c['good']:,.0f}", broken, f"{c['signs']:,.0f}", signs, speed


def damaged(documents: Sequence[list[str]], kind: str, tokens: int) -> Iterator[tuple[str, str]]:
    """Documents of lines, true and damaged, about so many tokens."""
    for lines in documents:
        if tokens <= 0:
            return
        tokens -= sum(len(line.split()) for line in lines)
        yield "\n".join(lines), "\n".join(bare_lines.damage(lines, cast("Kind", kind)))


def _few(pairs: Sequence[tuple[str, str]], tokens: int) -> Iterator[tuple[str, str]]:
    for true, shown in pairs:
        if tokens <= 0:
            return
        tokens -= len(true.split())
        yield true, shown


def passages(bench: Bench) -> list[str]:
    """Negatives that stand in one file with a damaged document."""
    rows: list[Sequence[object]] = []
    listed: list[str] = []
    negatives = sorted((ROOT / "corpora" / "negatives").glob("*.txt"))
    sources = sorted((ROOT / "corpora" / "sources").glob("*.txt"))[: bench.size(3, 1)]
    for kind in ("one-entry", "runs"):
        changed = edits = 0
        for source in sources:
            lines = [row.partition(" ")[2] for row in source.read_text(encoding="utf-8").splitlines()]
            shown = "\n".join(bare_lines.damage([line for line in lines if line], cast("Kind", kind)))
            for path in negatives:
                clean = path.read_text(encoding="utf-8").rstrip("\n")
                found = [e for e in repair_text(f"{clean}\n\n{shown}").edits if e.span.start < len(clean)]
                found = [e for e in found if unicodedata.normalize("NFC", e.before) != e.after]
                changed += bool(found)
                edits += len(found)
                listed += [
                    f"- {path.name} before {source.name}, {kind}: `{e.before}` became `{e.after}`" for e in found
                ]
        bench.keep(f"passages/{kind}", edits)
        rows.append((f"before a document damaged with {kind}", len(negatives) * len(sources), changed, edits))
    head = ("negatives", "files", "files changed", "changes")
    return ["## Clean passages of damaged files", "", *table(head, rows), "", *listed]


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
