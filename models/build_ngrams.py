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
    neighbour_keys,
    pack_keys,
)
from congvan.language.syllables import place_words, syllables

MODELS = Path(__file__).parent
CORPORA = ("phapdien_2026_diepxuan", "phapdien_2025_quangthai", "underthesea_vlc", "viwiki_2017")
CAP = 2
MIN_SYLLABLE, MIN_OTHER = 3, 150  # fewer occurrences make a word unknown
MIN_BIGRAM, MIN_TRIGRAM = 2, 2
MIN_NEIGHBOURS, MIN_GAIN = 4, 0.7  # occurrences, and log odds that they add, of neighbours that tell of a capital
# Names of places and agencies and the wording of letters count so often: enough to keep their words and trigrams.
PLACE_COPIES, AGENCY_COPIES, FORMULA_COPIES = 3, 10, 10
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


def read(
    shared: Path, known: frozenset[str], capitals: dict[str, list[int]], neighbours: Neighbours
) -> tuple[list[str], np.ndarray]:
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
                    neighbours.add(tokens)
                    for token, kind in tokens:
                        if kind not in known and len(token) > 1 and token.isupper():
                            kind = ABBREVIATION
                        stream.append(numbers.setdefault(kind, len(numbers)))
                    if stream[-1]:
                        stream.append(0)
        print(f"{name}: {documents} documents, {dropped} left out, {len(stream) - before:,} tokens counted", flush=True)
    for phrases, copies in (
        (place_names(), PLACE_COPIES),
        (agency_names(), AGENCY_COPIES),
        (formulas(), FORMULA_COPIES),
    ):
        for phrase in phrases:
            if held_out(phrase):
                continue
            tokens = list(model_tokens(phrase))
            for _ in range(copies):
                count_capitals(tokens, capitals)
                neighbours.add(tokens)
                stream.extend(numbers.setdefault(kind, len(numbers)) for _, kind in tokens)
                stream.append(0)
    return list(numbers), np.frombuffer(stream, dtype=np.uint32)


def agency_names() -> list[str]:
    """The names of agencies, as they are written inside a sentence."""
    bodies = json.loads((MODELS / "agencies.json").read_text(encoding="utf-8"))["bodies"]
    return [f"của {body['name']}" for body in bodies]


def formulas() -> list[str]:
    """The fixed wording of official letters."""
    lines = (MODELS / "formulas.txt").read_text(encoding="utf-8").splitlines()
    return [line for line in lines if line and not line.startswith("#")]


def place_names() -> list[str]:
    """The names of all provinces, districts and communes with their kinds, each once."""
    names: dict[str, None] = {}
    for era in ("63", "34"):
        with gzip.open(MODELS / f"gazetteer_{era}.csv.gz", "rt", encoding="utf-8") as lines:
            names |= dict.fromkeys(line.rstrip("\n").partition(",")[2].strip('"') for line in lines)
    return list(names)


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


class Neighbours:
    """How often words whose case the damage hides have a capital inside a sentence, by the words around them.

    A word and its neighbours are one integer, in numbers of their own until the vocabulary is known.
    """

    def __init__(self) -> None:
        self._numbers: dict[str, int] = {"": 0}
        self._counts: dict[int, int] = {}  # key -> how often, and in the upper half how often with a capital

    def add(self, tokens: list[tuple[str, str]]) -> None:
        """Count the words of a sentence, but for the first."""
        kinds: list[int] | None = None
        for i in range(1, len(tokens)):
            token, kind = tokens[i]
            if kind[0] > "\xff" and not (len(token) > 1 and token.isupper()):
                if kinds is None:
                    known = self._numbers
                    kinds = [known.setdefault(k, len(known)) for _, k in tokens] + [0, 0]
                one = 1 + (token[0].isupper() << 32)
                for key in neighbour_keys(
                    kinds[i], kinds[i - 2] if i > 1 else 0, kinds[i - 1], kinds[i + 1], kinds[i + 2], 1 << 20
                ):
                    self._counts[key] = self._counts.get(key, 0) + one

    def table(self, words: list[str]) -> dict[str, np.ndarray]:
        """Keys in the numbers of the model, ascending, and what the neighbours add to the log odds of a capital."""
        final = {w: i for i, w in enumerate(words)}
        names = list(self._numbers)
        to = np.array([final.get(w, -1) for w in names], dtype=np.int64)
        to[0] = 0
        keys = np.fromiter(self._counts, dtype=np.int64, count=len(self._counts))
        values = np.fromiter(self._counts.values(), dtype=np.int64, count=len(self._counts))
        total, cap = values & 0xFFFFFFFF, values >> 32
        mask = (1 << 20) - 1
        w, y, x, kind = keys & mask, keys >> 20 & mask, keys >> 40 & mask, keys >> 60
        overall_total = np.bincount(w[kind == 0], weights=total[kind == 0], minlength=len(names))
        overall_cap = np.bincount(w[kind == 0], weights=cap[kind == 0], minlength=len(names))
        prior = (overall_cap + 0.1) / (overall_total + 2)
        share = (cap + 2 * prior[w]) / (total + 2)
        gain = np.log(share / (1 - share)) - np.log(prior[w] / (1 - prior[w]))
        keep = (total >= MIN_NEIGHBOURS) & (np.abs(gain) > MIN_GAIN) & (to[w] >= 0) & (to[x] >= 0) & (to[y] >= 0)
        size = len(words)
        packed = ((kind * size + to[x]) * size + to[y]) * size + to[w]
        packed, gain = packed[keep], gain[keep]
        order = np.argsort(packed, kind="stable")
        steps = np.clip(np.rint(gain[order] * STEP), -127, 127).astype(np.int8)
        print(f"capitals by neighbours: {len(order):,}")
        return {"capital_keys": pack_keys(packed[order]), "capital_gains": steps}


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


def behind(ids: np.ndarray, size: int, ahead: dict[str, Any]) -> dict[str, Any]:
    """The same of the text read from its end, for the bigrams and trigrams of the tables ``ahead``.

    ``tri_q``: of a before b and c. ``bi_q``: of a before b; ``bi_c``: back-off weight of a pair to what stands before it.
    What the other direction has pruned gets the value that it backs off to.
    """
    back = estimate(ids[::-1].copy(), size)

    def found(keys: np.ndarray, table: np.ndarray, values: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        at = np.minimum(np.searchsorted(table, keys), len(table) - 1)
        hit = table[at] == keys
        return np.where(hit, values[at].astype(np.int64), 0), hit

    def before(a: np.ndarray, b: np.ndarray) -> np.ndarray:
        costs, hit = found(b * size + a, back["bi"], back["bi_p"])
        return np.where(hit, costs, back["uni_b"][b].astype(np.int64) + back["uni_p"][a])

    x, y = ahead["bi"] // size, ahead["bi"] % size
    weights, _ = found(y * size + x, back["bi"], back["bi_b"])
    a, b, c = ahead["tri"] // (size * size), ahead["tri"] // size % size, ahead["tri"] % size
    costs, hit = found((c * size + b) * size + a, back["tri"], back["tri_p"])
    rest, _ = found(c * size + b, back["bi"], back["bi_b"])
    tables = {"bi_q": before(x, y), "bi_c": weights, "tri_q": np.where(hit, costs, rest + before(a, b))}
    return {"uni_q": back["uni_p"], "uni_c": back["uni_b"]} | {
        key: np.minimum(values, 255).astype(np.uint8) for key, values in tables.items()
    }


def quantised(p: np.ndarray) -> np.ndarray:
    """-log p in steps of 1/STEP nat; a back-off weight above 1 counts as 1."""
    return np.clip(np.rint(-np.log(p) * STEP), 0, 255).astype(np.uint8)


def main(shared: Path) -> None:
    """Read, count, estimate, write."""
    known = syllables() | place_words()
    capitals: dict[str, list[int]] = {}
    neighbours = Neighbours()
    words, stream = read(shared, known, capitals, neighbours)
    words, ids = vocabulary(words, stream, known)
    tables = estimate(ids, len(words))
    tables |= behind(ids, len(words), tables)
    for key in ("bi", "tri"):
        print(f"{key}: {len(tables[key]):,}")
        tables[key] = pack_keys(tables[key])
    tables |= capital_shares(words, capitals)
    tables |= neighbours.table(words)
    tables["words"] = np.frombuffer("\n".join(words).encode(), dtype=np.uint8)
    np.savez_compressed(MODELS / "ngrams.npz", **tables)
    print(f"words: {len(words):,}; ngrams.npz: {(MODELS / 'ngrams.npz').stat().st_size:,} bytes")


if __name__ == "__main__":
    main(Path(sys.argv[1] if len(sys.argv) > 1 else MODELS.parent.parent / "shared"))
