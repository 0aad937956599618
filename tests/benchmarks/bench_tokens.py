"""Wrong word boundaries per 1,000 on the hand-made gold: congvan beside plain underthesea, in one run.

    .venv/bin/python tests/benchmarks/bench_tokens.py [--show]

A boundary is a place inside a line where one word ends; wrong are those missed and those added. Odd lines of the gold
served to tune our corrections, even lines did not: the two halves are printed apart. ``fresh`` are lines written after
the corrections were finished, on other subjects: the fairer figure. ``--show`` prints each wrong line of ours. Speed is in syllables a second over the same lines, ten times, model loaded.
"""

from __future__ import annotations

import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

GOLD = Path(__file__).parents[1] / "goldens" / "tokens" / "admin.txt"
FRESH = GOLD.with_name("fresh.txt")


class Line(NamedTuple):
    """A line of the gold: its text and its words as (start, end)."""

    text: str
    words: list[tuple[int, int]]


def read_gold(path: Path = GOLD) -> list[Line]:
    """The lines of the gold; ``|`` is a boundary with a space, ``||`` one without."""
    lines = []
    for row in path.read_text(encoding="utf-8").splitlines():
        if not row or row.startswith("#"):
            continue
        text = ""
        words = []
        for glued in row.split("||"):
            for i, word in enumerate(glued.split("|")):
                text += " " * (i > 0)
                words.append((len(text), len(text) + len(word)))
                text += word
        lines.append(Line(text, words))
    return lines


def boundaries(words: list[tuple[int, int]]) -> set[int]:
    """Ends of all words but the last."""
    return {end for _, end in words[:-1]}


def congvan_words(text: str) -> list[tuple[int, int]]:
    """Ours."""
    from congvan.segment.tokens import tokenize

    return [(s.start, s.end) for s in tokenize(text)]


def underthesea_words(text: str) -> list[tuple[int, int]]:
    """The library as it comes, without the normalisation that would rewrite the text."""
    from underthesea import word_tokenize

    words = []
    at = 0
    for word in word_tokenize(text, use_token_normalize=False):
        start = text.index(word, at)
        at = start + len(word)
        words.append((start, at))
    return words


def wrong(lines: list[Line], cut: Callable[[str], list[tuple[int, int]]]) -> tuple[int, int, int]:
    """(boundaries of the gold, missed, added)."""
    total = missed = added = 0
    for line in lines:
        gold, found = boundaries(line.words), boundaries(cut(line.text))
        total += len(gold)
        missed += len(gold - found)
        added += len(found - gold)
    return total, missed, added


def main() -> None:
    """Print the table."""
    lines = read_gold()
    halves = {"odd (tuned on)": lines[::2], "even (held out)": lines[1::2], "all": lines, "fresh": read_gold(FRESH)}
    systems = {"congvan": congvan_words, "underthesea": underthesea_words}
    print(f"{'lines':<16} {'system':<12} {'gold':>6} {'missed':>7} {'added':>6} {'wrong per 1,000':>16}")
    for half, part in halves.items():
        for name, cut in systems.items():
            total, missed, added = wrong(part, cut)
            print(f"{half:<16} {name:<12} {total:>6} {missed:>7} {added:>6} {1000 * (missed + added) / total:>16.1f}")
    syllables = 10 * sum(len(line.text.split()) for line in lines)
    for name, cut in systems.items():
        start = time.perf_counter()
        for line in lines * 10:
            cut(line.text)
        print(f"{name:<12} {syllables / (time.perf_counter() - start):>10,.0f} syllables/s")
    if "--show" in sys.argv:
        for number, line in enumerate(lines, 1):
            found = congvan_words(line.text)
            if boundaries(found) != boundaries(line.words):
                print(number, "|".join(line.text[a:b] for a, b in found))


if __name__ == "__main__":
    main()
