"""Build ``ngrams.npz`` from the corpora: ``python models/build_ngrams.py [shared folder]``. Same input, same bytes.

Left out: documents with OCR confusions or look-alike letters, held-out pieces (:mod:`congvan.language.heldout`), and all
but ``CAP`` copies of a piece that recurs (figures folded: the lines by which the codification refers to its sources).
"""

from __future__ import annotations

import gzip
import hashlib
import json
import sys
from array import array
from pathlib import Path
from typing import Any

import numpy as np
import regex

from congvan.language.folding import fold_word
from congvan.language.heldout import fold_piece, held_out, pieces
from congvan.language.ngrams import (
    ABBREVIATION,
    CAPITAL_CONTEXTS,
    CLASSES,
    START,
    STEP,
    UNKNOWN,
    capital_context,
    model_tokens,
    pack_keys,
)
from congvan.language.syllables import place_words, syllables

MODELS = Path(__file__).parent
CORPORA = ("phapdien_2026_diepxuan", "phapdien_2025_quangthai", "underthesea_vlc", "viwiki_2017")
CAP = 2
MIN_SYLLABLE, MIN_OTHER = 3, 150  # fewer occurrences make a word unknown
MIN_BIGRAM, MIN_TRIGRAM = 2, 2
MAX_DAMAGE = 0.0012  # share of accented tokens that are no syllables; more is an OCR-damaged document
# accepts a word with at least one letter that is not ASCII ("đâu", "Ĉӝc")
ACCENTED = regex.compile(r"\p{L}*[^\p{ASCII}\P{L}]\p{L}*")
# accepts letters and signs of damage that no clean Vietnamese text has (Ð for Đ, ƣ for ư, "Công ¿ an")
STRAY = regex.compile(r"[ÐƢƣ¿ÿþß¢¯]")


def damaged(text: str, known: frozenset[str]) -> bool:
    """True for a document that would teach the model confusions.

    Two words run together are longer than seven letters, and no confusion; capitals are abbreviations; đ) is a point.
    """
    words = [w for w in ACCENTED.findall(text) if 1 < len(w) < 8 and w[1:].islower()]
    wrong = sum(1 for w in words if fold_word(w) not in known) + 3 * len(STRAY.findall(text))
    return wrong > max(4, MAX_DAMAGE * len(words))


def read(shared: Path, known: frozenset[str], capitals: dict[str, list[int]]) -> tuple[list[str], np.ndarray]:
    """All words seen (by first occurrence) and the text as their numbers; 0 (START) stands between sentences.

    ``capitals`` is filled: word -> how often it is written small and with a capital, for each of the contexts.
    """
    numbers: dict[str, int] = {START: 0}
    stream = array("I", [0])
    seen: dict[bytes, int] = {}
    for name in CORPORA:
        documents = dropped = before = 0
        before = len(stream)
        wiki = name.startswith("viwiki")
        with gzip.open(shared / "corpora" / f"{name}.jsonl.gz", "rt", encoding="utf-8") as lines:
            for line in lines:
                text = json.loads(line)["text"]
                documents += 1
                if STRAY.search(text) if wiki else damaged(text, known):
                    dropped += 1
                    continue
                for piece in pieces(text):
                    key = hashlib.blake2b(regex.sub(r"\d+", "0", fold_piece(piece)).encode(), digest_size=8).digest()
                    seen[key] = seen.get(key, 0) + 1
                    if seen[key] > CAP or held_out(piece):
                        continue
                    tokens = list(model_tokens(piece))
                    count_capitals(tokens, capitals)
                    for token, kind in tokens:
                        if kind not in known and len(token) > 1 and token.isupper():
                            kind = ABBREVIATION
                        stream.append(numbers.setdefault(kind, len(numbers)))
                    if stream[-1]:
                        stream.append(0)
        print(f"{name}: {documents} documents, {dropped} left out, {len(stream) - before:,} tokens counted", flush=True)
    return list(numbers), np.frombuffer(stream, dtype=np.uint32)


def count_capitals(tokens: list[tuple[str, str]], capitals: dict[str, list[int]]) -> None:
    """Count the capitals of words that begin with a letter beyond Latin-1 (damage hides its case), but for the first word."""
    for i in range(1, len(tokens)):
        token, kind = tokens[i]
        if kind[0] > "\xff" and not (len(token) > 1 and token.isupper()):
            context = capital_context(tokens[i - 1][0], tokens[i + 1][0] if i + 1 < len(tokens) else "")
            row = capitals.setdefault(kind, [0] * (2 * CAPITAL_CONTEXTS))
            row[2 * context + token[0].isupper()] += 1


def capital_shares(words: list[str], capitals: dict[str, list[int]]) -> dict[str, np.ndarray]:
    """Numbers of the words, ascending, and their shares of capitals in 1/255 for each context, smoothed by the word's own."""
    found = sorted((n, capitals[w]) for n, w in enumerate(words) if w in capitals)
    counts = np.array([row for _, row in found], dtype=float).reshape(len(found), CAPITAL_CONTEXTS, 2)
    total = counts.sum(axis=1)
    overall = (total[:, 1] + 0.1) / (total.sum(axis=1) + 2)
    shares = (counts[:, :, 1] + 2 * overall[:, None]) / (counts.sum(axis=2) + 2)
    return {
        "capital_words": np.array([n for n, _ in found], dtype=np.uint16),
        "capital_shares": np.clip(np.rint(shares * 255), 1, 254).astype(np.uint8),
    }


def vocabulary(words: list[str], stream: np.ndarray, known: frozenset[str]) -> tuple[list[str], np.ndarray]:
    """The words that are kept, classes first, and the stream in their numbers."""
    counts = np.bincount(stream, minlength=len(words))
    kept = [
        w
        for w, n in zip(words, counts.tolist(), strict=True)
        if w not in CLASSES and n >= (MIN_SYLLABLE if w in known else MIN_OTHER)
    ]
    final = [*CLASSES, *sorted(kept)]
    number = {w: i for i, w in enumerate(final)}
    table = np.array([number.get(w, number[UNKNOWN]) for w in words], dtype=np.int64)
    return final, table[stream]


def counted(keys: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Distinct keys, ascending, and how often each occurs."""
    keys = np.sort(keys)
    first = np.flatnonzero(np.diff(keys, prepend=-1))
    return keys[first], np.diff(first, append=len(keys))


def discounts(counts: np.ndarray) -> np.ndarray:
    """Discount for each count, modified Kneser-Ney (Chen and Goodman 1998)."""
    n1, n2, n3, n4 = (max(float(np.count_nonzero(counts == i)), 1.0) for i in (1, 2, 3, 4))
    y = n1 / (n1 + 2 * n2)
    steps = np.array([0.0, 1 - 2 * y * n2 / n1, 2 - 3 * y * n3 / n2, 3 - 4 * y * n4 / n3])
    return np.clip(steps, 0.0, [0.0, 0.99, 1.99, 2.99])[np.minimum(counts, 3)]


def estimate(ids: np.ndarray, size: int) -> dict[str, Any]:
    """Probabilities and back-off weights of the three orders."""
    a, b, c = ids[:-2], ids[1:-1], ids[2:]
    inside = b != 0  # a trigram does not reach over a sentence end; START START w is added below
    tri, n3 = counted(np.concatenate([((a * size + b) * size + c)[inside], b[b == 0] * size + c[b == 0]]))
    # continuation counts of the lower orders
    pair_of = tri % (size * size)
    bi, n2 = counted(pair_of)
    uni, n1 = counted(bi % size)
    p1 = np.full(size, 0.5 / size)
    weight = np.zeros(size)
    weight[uni] = np.maximum(n1 - 0.75, 0)
    p1 = (weight + (n1.sum() - weight.sum()) / size) / n1.sum()
    # bigrams
    total = np.bincount(bi // size, weights=n2, minlength=size)
    d2 = discounts(n2)
    gamma = np.bincount(bi // size, weights=d2, minlength=size) / np.maximum(total, 1)
    p2 = (n2 - d2) / total[bi // size] + gamma[bi // size] * p1[bi % size]
    # trigrams; a context is the number of its bigram in `contexts`
    contexts, first = np.unique(tri // size, return_index=True)
    sums = np.add.reduceat(n3, first)
    of = np.repeat(np.arange(len(contexts)), np.diff(first, append=len(tri)))
    d3 = discounts(n3)
    gamma3 = np.add.reduceat(d3, first) / sums
    lower = p2[np.searchsorted(bi, pair_of)]
    p3 = (n3 - d3) / sums[of] + gamma3[of] * lower
    # pruning: what is dropped goes to the back-off weights
    keep3 = n3 >= MIN_TRIGRAM
    needed = np.isin(bi, np.unique(tri[keep3] // size))
    count2 = np.zeros(len(bi), dtype=np.int64)
    np.add.at(count2, np.searchsorted(bi, pair_of), n3)
    keep2 = (count2 >= MIN_BIGRAM) | needed
    of1 = bi[keep2] // size
    mass2 = np.bincount(of1, weights=p2[keep2], minlength=size)
    mass1 = np.bincount(of1, weights=p1[bi[keep2] % size], minlength=size)
    b1 = np.clip(1 - mass2, 1e-6, 1) / np.clip(1 - mass1, 1e-6, 1)
    kept2 = keep2[np.searchsorted(bi, pair_of)]
    backed = np.where(kept2, lower, b1[(pair_of // size)] * p1[pair_of % size])
    mass3 = np.bincount(of[keep3], weights=p3[keep3], minlength=len(contexts))
    mass = np.bincount(of[keep3], weights=backed[keep3], minlength=len(contexts))
    b3 = np.clip(1 - mass3, 1e-6, 1) / np.clip(1 - mass, 1e-6, 1)
    b2 = np.ones(len(bi))
    at = np.searchsorted(bi, contexts)
    at_ok = (at < len(bi)) & (bi[np.minimum(at, len(bi) - 1)] == contexts)
    b2[at[at_ok]] = b3[at_ok]
    return {
        "uni_p": quantised(p1),
        "uni_b": quantised(b1),
        "bi": bi[keep2],
        "bi_p": quantised(p2[keep2]),
        "bi_b": quantised(b2[keep2]),
        "tri": tri[keep3],
        "tri_p": quantised(p3[keep3]),
    }


def quantised(p: np.ndarray) -> np.ndarray:
    """-log p in steps of 1/STEP nat; a back-off weight above 1 counts as 1."""
    return np.clip(np.rint(-np.log(p) * STEP), 0, 255).astype(np.uint8)


def main(shared: Path) -> None:
    """Read, count, estimate, write."""
    known = syllables() | place_words()
    capitals: dict[str, list[int]] = {}
    words, stream = read(shared, known, capitals)
    words, ids = vocabulary(words, stream, known)
    tables = estimate(ids, len(words))
    for key in ("bi", "tri"):
        print(f"{key}: {len(tables[key]):,}")
        tables[key] = pack_keys(tables[key])
    tables |= capital_shares(words, capitals)
    tables["words"] = np.frombuffer("\n".join(words).encode(), dtype=np.uint8)
    np.savez_compressed(MODELS / "ngrams.npz", **tables)
    print(f"words: {len(words):,}; ngrams.npz: {(MODELS / 'ngrams.npz').stat().st_size:,} bytes")


if __name__ == "__main__":
    main(Path(sys.argv[1] if len(sys.argv) > 1 else MODELS.parent.parent / "shared"))
