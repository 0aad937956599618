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
from collections.abc import Callable, Iterable, Iterator, Sequence
from difflib import SequenceMatcher
from pathlib import Path

import ftfy
import regex

ROOT = Path(__file__).parents[2]
sys.dont_write_bytecode = True  # models/ goes into the wheel as it is
sys.path[:0] = [str(ROOT), str(ROOT / "models"), str(Path(__file__).parent)]

from build_ngrams import damaged  # noqa: E402

from congvan.language.folding import fold_word  # noqa: E402
from congvan.language.heldout import held_out, pieces  # noqa: E402
from congvan.language.syllables import place_words, syllables  # noqa: E402
from congvan.repair import repair_text  # noqa: E402
from corpora.generator.compose import compose  # noqa: E402
from corpora.generator.damage.bare_lines import KINDS, Kind, damage  # noqa: E402
from corpora.generator.renderings import printed, renderings  # noqa: E402

LINES = 100
SPACE = regex.compile(r"[ \n]")
SIGNS = frozenset("“”‘’–—•…")  # counted apart from words
FAMILIES = ("runs", "arrays", "one-entry", "twice", "replaced")
SEEDS = ("001", "004")
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
    """Counts over documents of lines, damaged in one way: see :func:`measure_pairs`."""
    pairs = [("\n".join(lines), "\n".join(damage(lines, kind))) for lines in docs]
    return measure_pairs(pairs, repair, wrong)


def measure_pairs(
    pairs: Iterable[tuple[str, str]], repair: Callable[[str], str], wrong: Counter[str] | None = None
) -> dict[str, float]:
    """Counts over texts (true, shown): garbled tokens and those still wrong, good tokens and those broken; the signs that
    were lost to the damage and those still wrong, counted apart; seconds.

    ``mended``: words that run together in the source itself ("phícho") and came out with the space put in: damage of the
    corpora, neither wrong nor broken.
    """
    names = ("garbled", "wrong", "good", "broken", "mended", "signs", "signs wrong", "seconds")
    counts = dict.fromkeys(names, 0.0)
    for true, shown in pairs:
        began = time.perf_counter()
        out = repair(shown)
        counts["seconds"] += time.perf_counter() - began
        lines = [text.split("\n") for text in (true, shown, out)]
        if len({*map(len, lines)}) > 1:
            lines = [[text.replace("\n", " ")] for text in (true, shown, out)]
        for line in zip(*lines, strict=True):
            _count_line(*line, counts, wrong)
    return counts


def _count_line(true: str, shown: str, out: str, counts: dict[str, float], wrong: Counter[str] | None) -> None:
    places = [i for i, (t, s) in enumerate(zip(true, shown, strict=True)) if t in SIGNS and s != t]
    counts["signs"] += len(places)
    if len(out) == len(true):
        counts["signs wrong"] += sum(out[i] != true[i] for i in places)
        out = _with(out, true, places)
    else:
        counts["signs wrong"] += sum((Counter(true[i] for i in places) - Counter(out)).values())
    a, b, c = (SPACE.split(text) for text in (true, _with(shown, true, places), out))
    bad = sum(x != y for x, y in zip(a, b, strict=True))
    counts["garbled"] += bad
    counts["good"] += len(a) - bad
    if len(a) == len(c):
        misses = [(t, s, o) for t, s, o in zip(a, b, c, strict=True) if t != o]
    else:  # a space was taken out or put in
        blocks = SequenceMatcher(None, a, c, autojunk=False).get_opcodes()
        misses = [
            (t, b[i], " ".join(c[k:m])) for tag, i, j, k, m in blocks if tag != "equal" for i, t in enumerate(a[i:j], i)
        ]
    for t, s, o in misses:
        if o.replace(" ", "") == t and " " in o and _runs_together(t):
            counts["mended"] += 1
            continue
        counts["wrong" if t != s else "broken"] += 1
        if wrong is not None:
            wrong[f"{s} > {o} ({t})"] += 1


def _runs_together(token: str) -> bool:
    """True for letters that are no word and are two syllables."""
    word = fold_word(token.strip('().,;:“”"'))
    parts = [(word[:i], word[i:]) for i in range(1, len(word))]
    return word not in syllables() and any(a in syllables() and b in syllables() for a, b in parts)


def _with(text: str, true: str, places: Sequence[int]) -> str:
    """A text with the characters of the true one at some places."""
    letters = list(text)
    for i in places:
        letters[i] = true[i]
    return "".join(letters)


def generated(family: str, bank: str, count: int) -> Iterator[tuple[str, str]]:
    """Generated documents, true and damaged as text: heading, body and italics are fonts of their own, two to four in each."""
    for seed in range(count):
        file = compose(seed, bank)
        yield printed(file).text, renderings()[f"txt-ghostscript-{family}"].make(file).decode()


def seeds(shared: Path, kind: Kind) -> Iterator[tuple[str, str]]:
    """The two real documents that are sound, damaged."""
    for name in SEEDS:
        for path in sorted(shared.glob(f"seeds/{name}_*.txt")):
            text = unicodedata.normalize("NFC", path.read_text(encoding="utf-8"))
            lines = [" ".join(line.split()) for line in text.split("\n")]
            yield "\n".join(lines), "\n".join(damage(lines, kind))


def main(tokens: int) -> None:
    """Print the table."""
    shared = Path(os.environ.get("CONGVAN_SHARED", ROOT.parent / "shared"))
    print(
        f"{'text':13}{'damage':12}{'tool':9}{'garbled':>9}{'wrong/1000':>12}{'good':>9}{'broken/100k':>13}{'signs':>7}{'wrong':>7}{'tokens/s':>10}"
    )
    rows: dict[tuple[str, str], list[tuple[str, str]]] = {}
    for corpus in CORPORA:
        docs = list(documents(shared, corpus, tokens))
        for kind in KINDS:
            rows[corpus, kind] = [("\n".join(lines), "\n".join(damage(lines, kind))) for lines in docs]
    for bank in ("a", "b"):
        for family in FAMILIES:
            rows[f"generated, {bank}", family] = list(generated(family, bank, tokens // 500))
    for kind in KINDS:
        rows["seeds 001,004", kind] = list(seeds(shared, kind))
    for (text, kind_of), pairs in rows.items():
        for tool, repair in (("congvan", lambda t: repair_text(t).text), ("ftfy", ftfy.fix_text)):
            wrong: Counter[str] | None = (
                Counter() if "-v" in sys.argv and tool == "congvan" and "b" not in text else None
            )
            c = measure_pairs(pairs, repair, wrong)
            rate = 1000 * c["wrong"] / c["garbled"] if c["garbled"] else 0.0
            speed = (c["garbled"] + c["good"]) / c["seconds"]
            print(
                f"{text:13}{kind_of:12}{tool:9}{c['garbled']:9.0f}{rate:12.1f}{c['good']:9.0f}"
                f"{1e5 * c['broken'] / c['good']:13.1f}{c['signs']:7.0f}{c['signs wrong']:7.0f}{speed:10,.0f}",
                flush=True,
            )
            if wrong:
                print("   ", "; ".join(f"{k}: {n}" for k, n in wrong.most_common(60)))


if __name__ == "__main__":
    main(int(next((a for a in sys.argv[1:] if a.isdigit()), "100000")))
