"""Measure repair on held-out text: ``python tests/benchmarks/bench_repair.py [tokens per row]``.

Held-out pieces of the corpora (never counted into the model) are put together to documents of 100 lines, damaged by the
formula, repaired, and compared word by word; ftfy's ``fix_text`` stands beside. Prints a table, for ``make bench``.
"""

from __future__ import annotations

import gzip
import json
import os
import sys
import time
import unicodedata
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path

import ftfy
import regex

ROOT = Path(__file__).parents[2]
sys.dont_write_bytecode = True  # models/ goes into the wheel as it is
sys.path[:0] = [str(ROOT), str(ROOT / "models"), str(Path(__file__).parent)]

from build_ngrams import damaged  # noqa: E402

from congvan.language.heldout import held_out, pieces  # noqa: E402
from congvan.language.syllables import place_words, syllables  # noqa: E402
from congvan.repair import repair_text  # noqa: E402
from corpora.generator.damage.bare_lines import KINDS, Kind, damage  # noqa: E402

LINES = 100
SPACE = regex.compile(r"[ \n]")
CORPORA = {"law": ("phapdien_2026_diepxuan", "underthesea_vlc"), "wiki": ("viwiki_2017",)}


def documents(shared: Path, corpus: str, tokens: int) -> Iterator[list[str]]:
    """Held-out documents of ``LINES`` pieces, about ``tokens`` tokens in all; no piece twice."""
    known = syllables() | place_words()
    seen: set[str] = set()
    lines: list[str] = []
    for name in CORPORA[corpus]:
        with gzip.open(shared / "corpora" / f"{name}.jsonl.gz", "rt", encoding="utf-8") as rows:
            for row in rows:
                text = json.loads(row)["text"]
                if damaged(text, known):
                    continue
                for piece in map(" ".join, map(str.split, pieces(unicodedata.normalize("NFC", text)))):
                    if piece in seen or not held_out(piece) or len(piece) < 30:
                        continue
                    seen.add(piece)
                    lines.append(piece)
                    if len(lines) == LINES:
                        yield lines
                        tokens -= sum(len(line.split()) for line in lines)
                        lines = []
                        if tokens <= 0:
                            return


def measure(
    docs: list[list[str]], kind: Kind, repair: Callable[[str], str], wrong: Counter[str] | None = None
) -> dict[str, float]:
    """Counts over documents: garbled tokens and those still wrong, good tokens and those broken, seconds."""
    counts = dict.fromkeys(("garbled", "wrong", "good", "broken", "seconds"), 0.0)
    for lines in docs:
        shown = "\n".join(damage(lines, kind))
        began = time.perf_counter()
        out = repair(shown)
        counts["seconds"] += time.perf_counter() - began
        for true, bad, new in zip(*(SPACE.split(t) for t in ("\n".join(lines), shown, out)), strict=True):
            counts["garbled" if true != bad else "good"] += 1
            if new != true:
                counts["wrong" if true != bad else "broken"] += 1
                if wrong is not None:
                    wrong[f"{bad} > {new} ({true})"] += 1
    return counts


def main(tokens: int) -> None:
    """Print the table."""
    shared = Path(os.environ.get("CONGVAN_SHARED", ROOT.parent / "shared"))
    print(
        f"{'text':6}{'damage':12}{'tool':9}{'garbled':>9}{'wrong/1000':>12}{'good':>9}{'broken/100k':>13}{'tokens/s':>10}"
    )
    for corpus in CORPORA:
        docs = list(documents(shared, corpus, tokens))
        for kind in KINDS:
            for tool, repair in (("congvan", lambda t: repair_text(t).text), ("ftfy", ftfy.fix_text)):
                wrong: Counter[str] | None = Counter() if "-v" in sys.argv and tool == "congvan" else None
                c = measure(docs, kind, repair, wrong)
                rate = 1000 * c["wrong"] / c["garbled"] if c["garbled"] else 0.0
                speed = (c["garbled"] + c["good"]) / c["seconds"]
                print(
                    f"{corpus:6}{kind:12}{tool:9}{c['garbled']:9.0f}{rate:12.1f}{c['good']:9.0f}"
                    f"{1e5 * c['broken'] / c['good']:13.1f}{speed:10,.0f}",
                    flush=True,
                )
                if wrong:
                    print("   ", "; ".join(f"{k}: {n}" for k, n in wrong.most_common(60)))


if __name__ == "__main__":
    main(int(next((a for a in sys.argv[1:] if a.isdigit()), "100000")))
