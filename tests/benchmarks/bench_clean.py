"""Changes to clean text: negatives, generated documents and held-out law text must come through repair as they are."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator

import bench_repair
import congvan
from congvan.document import Edit
from generated import cases
from measuring import ABSENT, KB, ROOT, SHARED, Bench, table


def _texts(bench: Bench) -> dict[str, list[tuple[str, str]]]:
    """Clean texts by kind: (name, text)."""
    out = {
        "negatives": [
            (p.name, p.read_text(encoding="utf-8")) for p in sorted((ROOT / "corpora" / "negatives").glob("*.txt"))
        ],
        "generated, bank a": [(c.name, c.text) for c in cases("a", bench.size(200, 20))],
        "generated, bank b": [(c.name, c.text) for c in cases("b", bench.size(200, 20))],
    }
    if SHARED.joinpath("corpora").is_dir():
        for corpus in bench_repair.CORPORA:
            docs = bench_repair.documents(SHARED, corpus, bench.size(300_000, 20_000))
            out[f"held out, {corpus}"] = [(f"{corpus} {n}", "\n".join(lines)) for n, lines in enumerate(docs)]
    return out


def _changes(text: str) -> Iterator[Edit]:
    """Edits that change more than the form of normalisation."""
    for edit in congvan.repair(text).edits:
        if unicodedata.normalize("NFC", edit.before) != edit.after:
            yield edit


def broken(bench: Bench) -> list[str]:
    """Changes per million tokens, each listed."""
    rows: list[tuple[object, ...]] = []
    listed: list[str] = []
    for kind, texts in _texts(bench).items():
        tokens, count = 0, 0
        for name, text in texts:
            tokens += len(text.split())
            found = list(_changes(text))
            count += len(found)
            bench.keep(f"clean/{kind}/{name}", len(found))
            listed += [f"- {name}: `{e.before}` became `{e.after}` ({e.family})" for e in found]
        rows.append((kind, len(texts), f"{tokens:,}", count, f"{KB * KB * count / max(tokens, 1):,.1f}"))
    out = [
        "## Changes to clean text",
        "",
        "Texts that are as they should be; every change is a mistake and stands below the table.",
        "",
        *table(("texts", "number", "tokens", "changes", "per million tokens"), rows),
    ]
    if not SHARED.joinpath("corpora").is_dir():
        out += ["", f"Held-out text {ABSENT}"]
    return [*out, "", *listed] if listed else out
