"""Encodings from before Unicode on held-out text: wrong letters per 1,000, beside viparse's ``fix``.

Held-out pieces of the corpora (never counted into the model) are written in each encoding, as documents of 100 lines, and
repaired. In ``mixed`` documents every run of ten lines is in another encoding or in Unicode; ``lines`` are repaired one by one.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from difflib import SequenceMatcher
from functools import partial
from itertools import cycle

import bench_repair
from bench_conditions import viparse_fix
from congvan.repair import repair_text
from corpora.generator.damage.encodings import encode, letters, viqr
from measuring import ABSENT, KB, SHARED, Bench, table

Damage = Callable[[str], str]
_RUN = 10  # lines of one encoding in a mixed document


def _tcvn3(line: str, shift: bool) -> str:
    """As .VnTime and .VnTimeH have it: with Shift held among capitals, or all small."""
    return "".join(piece.text for piece in letters(line, "tcvn3", shift))


ENCODINGS: Mapping[str, Damage] = {
    "TCVN3": partial(_tcvn3, shift=False),
    "TCVN3, Shift": partial(_tcvn3, shift=True),
    "TCVN 5712": partial(encode, name="tcvn5712"),
    "VNI": partial(encode, name="vni_win"),
    "VISCII": partial(encode, name="viscii"),
    "VPS": partial(encode, name="vps"),
    "cp1258": partial(encode, name="cp1258"),
    "VIQR": viqr,
}
_MIXED = ("TCVN3", "VNI", "", "VISCII", "VPS", "", "cp1258", "TCVN3", "VNI", "")


def mixed(lines: Sequence[str]) -> str:
    """A document that changes its encoding every few lines."""
    names = cycle(_MIXED)
    out: list[str] = []
    for start in range(0, len(lines), _RUN):
        change = ENCODINGS.get(next(names), str)
        out += [change(line) for line in lines[start : start + _RUN]]
    return "\n".join(out)


def wrong_letters(true: str, found: str) -> int:
    """Letters of a line that differ; where the lengths do, what no alignment brings together."""
    if len(true) == len(found):
        return sum(a != b for a, b in zip(true, found, strict=True))
    same = SequenceMatcher(None, true, found, autojunk=False).get_matching_blocks()
    return max(len(true), len(found)) - sum(block.size for block in same)


def measure(texts: Sequence[tuple[str, str]], repair: Callable[[str], str]) -> tuple[int, int, int]:
    """Letters of some (true, damaged) texts, wrong ones after repair, and those that are wrong but for their case."""
    total = wrong = cased = 0
    for true, damaged in texts:
        for a, b in zip(true.split("\n"), (repair(damaged) + "\n" * true.count("\n")).split("\n"), strict=False):
            total += sum(c.isalpha() for c in a)
            if a != b:
                cased += wrong_letters(a, b)
                wrong += wrong_letters(a.lower(), b.lower())
    return total, wrong, cased


def legacy(bench: Bench) -> list[str]:
    """Wrong letters per 1,000 in each encoding, without and with case."""
    out = [
        "## Encodings from before Unicode",
        "",
        "Held-out text in each encoding, as its bytes show in cp1252, in documents of 100 lines: wrong letters per 1,000, and the same counting case. TCVN3 has no",
        "codes for capitals with a tone. `mixed`: another encoding, or Unicode, every ten lines; `lines`: each line alone, without its document. viparse is `fix`.",
        "",
    ]
    if not SHARED.joinpath("corpora").is_dir():
        return [*out, ABSENT]
    tools: dict[str, Callable[[str], str]] = {"congvan": lambda text: repair_text(text).text}
    if (other := viparse_fix()) is not None:
        tools["viparse"] = other
    rows: list[Sequence[object]] = []
    for corpus in bench_repair.CORPORA:
        documents = list(bench_repair.documents(SHARED, corpus, bench.size(30_000, 4_000)))
        cases = {name: [_written(lines, change) for lines in documents] for name, change in ENCODINGS.items()}
        cases["mixed"] = [("\n".join(lines), mixed(lines)) for lines in documents]
        for name in ("TCVN3", "VNI"):
            lines = [line for document in documents for line in document]
            cases[f"{name}, lines"] = [(line, ENCODINGS[name](line)) for line in lines]
        for name, texts in cases.items():
            row: list[object] = [f"{corpus}, {name}"]
            for tool, repair in tools.items():
                total, wrong, cased = measure(texts, repair)
                if tool == "congvan":
                    bench.keep(f"legacy/{name}/{corpus}", wrong)
                    row.append(f"{total / KB:,.0f}k")
                row += [f"{KB * wrong / total:.2f}", f"{KB * cased / total:.2f}"]
            rows.append(row)
    heads = [head for tool in tools for head in (tool, f"{tool}, case")]
    return out + table(("text, encoding", "letters", *heads), rows)


def _written(lines: Sequence[str], change: Damage) -> tuple[str, str]:
    return "\n".join(lines), "\n".join(map(change, lines))


if __name__ == "__main__":
    print("\n".join(legacy(Bench(quick=True))))
