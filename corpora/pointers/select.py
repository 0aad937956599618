"""Choose the sentences at random, the same each time: ``python -m corpora.pointers.select [--check]``.

A sentence's place in the draw is the SHA-256 of seed and text, so that neither the order of files nor a random generator
matters. ``--check`` draws again and compares with ``sentences.jsonl``; without it the file is written, but never once
labels point into it.
"""

from __future__ import annotations

import argparse
import gzip
import hashlib
import heapq
import importlib
import json
import sys
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import NamedTuple, get_args

import regex

from congvan.language.heldout import fold_piece
from congvan.language.syllables import place_words, syllables
from corpora.pointers.candidates import Stratum, candidates
from corpora.pointers.read import HERE, POINTERS, Pointer, PointerError, shared_folder

SEED = "congvan pointers 1"
# corpus -> sentences of each stratum (measures, figures, agencies): two in three have figures that are values
QUOTAS: dict[str, tuple[int, int, int]] = {
    "phapdien_2026_diepxuan.jsonl.gz": (30, 50, 40),
    "phapdien_2025_quangthai.jsonl.gz": (30, 50, 40),
    "underthesea_vlc.jsonl.gz": (10, 17, 13),
    "viwiki_2017.jsonl.gz": (20, 34, 26),
}
PER_DOCUMENT = 3
RESERVE = 40  # drawn for each place, because many fall out: third of its document, repeated, damaged
VIETNAMESE = 0.7  # share of words that are syllables; less is a list of foreign names
# accepts a word of letters: "khoản", "Kon"
_WORD = regex.compile(r"\p{L}+")


def damage_of(wiki: bool) -> Callable[[str], bool]:
    """The test of a document by which the language model leaves out damaged ones. In Wikipedia foreign names are no damage."""
    sys.dont_write_bytecode = True  # models/ goes into the source archive as it is
    ngrams = importlib.import_module("models.build_ngrams")
    known = syllables() | place_words()
    return lambda text: bool(ngrams.STRAY.search(text) if wiki else ngrams.damaged(text, known))


class Drawn(NamedTuple):
    """A candidate with its place in the draw."""

    key: bytes
    doc: str
    offset: int
    text: str


def key_of(*parts: str) -> bytes:
    """Place in the draw: a hash of the seed and what is drawn."""
    return hashlib.sha256("\0".join((SEED, *parts)).encode()).digest()


def documents(path: Path) -> Iterator[tuple[str, str]]:
    """(id, text) of all documents of a corpus."""
    if not path.is_file():
        raise PointerError(f"There is no corpus {path}: set CONGVAN_SHARED to the folder that holds corpora/.")
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        for line in lines:
            row = json.loads(line)
            yield row["id"], row["text"]


def draw(path: Path, quotas: tuple[int, int, int]) -> tuple[dict[Stratum, list[Drawn]], set[str]]:
    """The first of the draw for each stratum, some forty for each place, and which of their documents are damaged."""
    sizes = dict(zip(get_args(Stratum), quotas, strict=True))
    heaps: dict[Stratum, list[tuple[int, Drawn]]] = {stratum: [] for stratum in get_args(Stratum)}
    for doc, text in documents(path):
        for offset, sentence, stratum in candidates(text):
            drawn = Drawn(key_of(sentence), doc, offset, sentence)
            entry = (-int.from_bytes(drawn.key), drawn)
            heap = heaps[stratum]
            if len(heap) < RESERVE * sizes[stratum]:
                heapq.heappush(heap, entry)
            elif entry > heap[0]:
                heapq.heapreplace(heap, entry)
    out = {stratum: sorted(drawn for _, drawn in heap) for stratum, heap in heaps.items()}
    wanted = {drawn.doc for rows in out.values() for drawn in rows}
    damage = damage_of(wiki=path.name.startswith("viwiki"))
    bad = {doc for doc, text in documents(path) if doc in wanted and damage(text)}
    return out, bad


def vietnamese(sentence: str) -> bool:
    """True where most words are Vietnamese syllables."""
    words = [word.lower() for word in _WORD.findall(sentence)]
    known = syllables() | place_words()
    return sum(word in known for word in words) >= VIETNAMESE * len(words)


def select(shared: Path) -> list[Pointer]:
    """The pointers to the chosen sentences, numbered in the order of the draw, so that the corpora are mixed.

    Raises:
        PointerError: a corpus is absent, or has too few sentences.
    """
    taken: list[tuple[str, Drawn]] = []
    seen: set[str] = set()
    for corpus, quotas in QUOTAS.items():
        strata, bad = draw(shared / "corpora" / corpus, quotas)
        per_document: Counter[str] = Counter()
        for (stratum, rows), quota in zip(strata.items(), quotas, strict=True):
            left = quota
            for drawn in rows:
                # two sentences that differ in figures alone are one formula
                fold = regex.sub(r"\d+", "0", fold_piece(drawn.text))
                full = per_document[drawn.doc] == PER_DOCUMENT
                if not left or full or fold in seen or drawn.doc in bad or not vietnamese(drawn.text):
                    continue
                seen.add(fold)
                per_document[drawn.doc] += 1
                taken.append((corpus, drawn))
                left -= 1
            if left:
                raise PointerError(f"{corpus} has too few sentences of {stratum}: {left} missing")
    taken.sort(key=lambda item: key_of("order", item[1].text))
    return [
        Pointer(f"P{n:03}", corpus, d.doc, d.offset, len(d.text), hashlib.sha256(d.text.encode()).hexdigest())
        for n, (corpus, d) in enumerate(taken, 1)
    ]


def main(arguments: list[str]) -> int:
    """The program; exit code 1 where the draw differs from the file or cannot be made."""
    parser = argparse.ArgumentParser(prog="python -m corpora.pointers.select", description=__doc__)
    parser.add_argument("--check", action="store_true", help="compare with sentences.jsonl, write nothing")
    options = parser.parse_args(arguments)
    try:
        made = "".join(pointer.line() + "\n" for pointer in select(shared_folder()))
    except PointerError as error:
        print(error, file=sys.stderr)
        return 1
    same = POINTERS.is_file() and POINTERS.read_text(encoding="utf-8") == made
    if options.check or same:
        print("the same" if same else "the draw differs from sentences.jsonl")
        return 0 if same else 1
    if any((HERE / "labels").glob("*.jsonl")):
        print("There are labels: they would point to other sentences. Remove them first.", file=sys.stderr)
        return 1
    POINTERS.write_text(made, encoding="utf-8")
    print(f"{made.count(chr(10))} pointers")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
