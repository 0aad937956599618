"""Build ``verbs.txt``: ``python models/build_verbs.py [shared folder]``.

Verbs of two syllables by which a clause goes on behind the name of a body ("Phòng Tài chính | thẩm định"). A word is taken for one where it
is in the dictionary, in no name of a body, and often enough behind the words that only a verb follows ("phải", "để", "đã" …):
counted in laws, pieces held out left out.
"""

from __future__ import annotations

import gzip
import json
import sys
from collections import Counter
from itertools import pairwise
from pathlib import Path

import regex

from congvan.language.folding import fold_word
from congvan.language.heldout import held_out, pieces

MODELS = Path(__file__).parent
CORPORA = ("phapdien_2025_quangthai", "phapdien_2026_diepxuan", "underthesea_vlc")
# syllables that stand before a verb, also as the end of a word: "phải", "trách nhiệm"
BEFORE = frozenset(["phải", "để", "đã", "sẽ", "đang", "cần", "không", "chưa", "được", "nhiệm"])
LEAST = 4  # times behind such a word
SHARE = 0.018  # of all its uses: below it stand words that name things
# verbs of orders that laws use as nouns or hardly at all
MORE = frozenset(
    [
        "xử phạt",
        "nâng cấp",
        "mua sắm",
        "cử cán",
        "san lấp",
        "nạo vét",
        "truy quét",
        "chốt chặn",
        "cắm mốc",
        "cưỡng chế",
        "di dời",
        "sơ tán",
        "tiêm chủng",
        "phun thuốc",
        "trực ban",
        "ứng trực",
        "nhân rộng",
        "quảng bá",
        "tổng duyệt",
        "rước nước",
    ]
)
# accepts a run of syllables in small letters without a sign between them: "thẩm định hồ sơ"
_RUN = regex.compile(r"\p{Ll}+(?: \p{Ll}+)*")


def main(shared: Path) -> None:
    """Count, choose, write."""
    before: Counter[str] = Counter()
    every: Counter[str] = Counter()
    for name in CORPORA:
        with gzip.open(shared / "corpora" / f"{name}.jsonl.gz", "rt", encoding="utf-8") as lines:
            for line in lines:
                for piece in pieces(json.loads(line)["text"]):
                    if not held_out(piece):
                        _count(piece, before, every)
    words = _dictionary() - _in_names()
    kept = sorted(MORE | {w for w, n in before.items() if w in words and n >= LEAST and n >= SHARE * every[w]})
    (MODELS / "verbs.txt").write_text("\n".join(kept) + "\n", encoding="utf-8")
    print(f"verbs.txt: {len(kept)} words")


def _dictionary() -> set[str]:
    """Words of two syllables of the dictionary that underthesea brings along."""
    import underthesea.corpus

    path = Path(underthesea.corpus.__file__).parent / "data" / "Viet74K.txt"
    words = (line.split() for line in path.read_text(encoding="utf-8").splitlines())
    return {" ".join(map(fold_word, word)) for word in words if len(word) == 2}


def _in_names() -> set[str]:
    """Pairs of syllables that stand in names of the authority file, which end no name."""
    table = json.loads((MODELS / "agencies.json").read_text(encoding="utf-8"))
    names = [name for body in table["bodies"] for name in (body["name"], *body.get("aka", ()))]
    out: set[str] = set()
    for name in [*names, *table["fields"].values()]:
        words = [fold_word(w) for w in regex.findall(r"[\p{L}\p{M}]+", name)]
        out.update(f"{a} {b}" for a, b in pairwise(words))
    return out


def _count(piece: str, before: Counter[str], every: Counter[str]) -> None:
    for run in _RUN.finditer(piece):
        words = [fold_word(w) for w in run[0].split(" ")]
        for i in range(len(words) - 1):
            pair = f"{words[i]} {words[i + 1]}"
            every[pair] += 1
            if i > 0 and words[i - 1] in BEFORE:
                before[pair] += 1


if __name__ == "__main__":
    main(Path(sys.argv[1] if len(sys.argv) > 1 else MODELS.parent.parent / "shared"))
