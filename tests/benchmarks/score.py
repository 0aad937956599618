"""``make score``: parse and repair against gold; per document and kind wanted, found, missed, false, with the missed named.

Gold of the seeds is read from the shared folder (``CONGVAN_SHARED``), gold of our own samples from ``corpora/truth``.
"""

from __future__ import annotations

import json
import os
import sys
from pathlib import Path
from typing import Any

import congvan
from scorer import RepairScore, Score, score_record, score_repair

ROOT = Path(__file__).parents[2]
SHARED = Path(os.environ.get("CONGVAN_SHARED", ROOT.parent / "shared"))


def cases() -> list[tuple[Path, dict[str, Any]]]:
    """Documents with gold: the seeds where they are at hand, and our own samples."""
    out: list[tuple[Path, dict[str, Any]]] = []
    for gold_path in sorted(SHARED.glob("gold/*.records.json")):
        gold = json.loads(gold_path.read_text(encoding="utf-8"))
        out.append((SHARED / "seeds" / gold["source"], gold))
    for gold_path in sorted((ROOT / "corpora" / "truth").glob("*.records.json")):
        gold = json.loads(gold_path.read_text(encoding="utf-8"))
        out.append((ROOT / "corpora" / "samples" / gold["source"], gold))
    return out


def blind() -> dict[str, list[Score]]:
    """Scores of the documents that were written apart from the program (``corpora/heldout``).

    Those from 07 on are held out: nothing but their totals is looked at. The others, and those of ``dev2``, served development.
    """
    groups: dict[str, list[Score]] = {"blind, for development": [], "blind, held out": []}
    for path in sorted((ROOT / "corpora" / "heldout").rglob("*.records.json")):
        gold = json.loads(path.read_text(encoding="utf-8"))
        held_out = path.parent.name == "heldout" and path.name >= "07"
        [record] = congvan.parse(path.with_name(gold["source"]))
        groups["blind, held out" if held_out else "blind, for development"] += score_record(
            gold["source"], gold, record.to_dict()
        )
    return groups


def totals(scores: list[Score]) -> dict[str, tuple[int, int, int, int, int]]:
    """Documents, wanted, found, missed and false of each kind."""
    out: dict[str, tuple[int, int, int, int, int]] = {}
    for s in scores:
        n, wanted, found, missed, false = out.get(s.kind, (0, 0, 0, 0, 0))
        out[s.kind] = (n + 1, wanted + s.wanted, found + s.found, missed + len(s.missed), false + len(s.false))
    return out


def repair_cases() -> list[tuple[str, str, str]]:
    """(name, text, truth) of texts whose repair is known; a clean text is its own truth."""
    out: list[tuple[str, str, str]] = []
    truth = SHARED / "gold" / "000.repaired.txt"
    for path in sorted(SHARED.glob("seeds/*.txt")):
        number = path.name[:3]
        if number in {"000", "001", "004"}:
            text = path.read_text(encoding="utf-8")
            clean = text.replace("mục t iêu", "mục tiêu")  # the one flaw of 001, see the README of the gold
            out.append((path.name, text, truth.read_text(encoding="utf-8") if number == "000" else clean))
    for path in sorted((ROOT / "corpora" / "truth").glob("*.clean.txt")):
        sample = ROOT / "corpora" / "samples" / path.name.replace(".clean", "")
        out.append((sample.name, sample.read_text(encoding="utf-8"), path.read_text(encoding="utf-8")))
    return out


def run() -> tuple[list[Score], list[RepairScore]]:
    """Score everything that has gold."""
    scores: list[Score] = []
    for path, gold in cases():
        records = congvan.parse(path)
        scores.extend(score_record(path.name, gold, records[0].to_dict()))
    repairs = [score_repair(name, text, congvan.repair(text).text, truth) for name, text, truth in repair_cases()]
    return scores, repairs


def main() -> int:
    """Print the scores."""
    scores, repairs = run()
    if not scores:
        print("no gold found: set CONGVAN_SHARED", file=sys.stderr)
        return 1
    print(f"{'document':34} {'kind':12} {'wanted':>6} {'found':>6} {'missed':>6} {'false':>6}")
    for s in scores:
        print(f"{s.document[:34]:34} {s.kind:12} {s.wanted:6} {s.found:6} {len(s.missed):6} {len(s.false):6}")
    print(f"\n{'document':34} {'garbled':>8} {'still wrong':>12} {'broken':>7}")
    for r in repairs:
        print(f"{r.document[:34]:34} {r.garbled:8} {len(r.wrong):12} {len(r.broken):7}")
    groups = blind()
    print(f"\n{'written apart from the program':34} {'kind':12} {'wanted':>6} {'found':>6} {'missed':>6} {'false':>6}")
    for group, of_group in groups.items():
        for kind, (_, *counts) in totals(of_group).items():
            print(f"{group:34} {kind:12} " + " ".join(f"{n:6}" for n in counts))
    scores = [*scores, *groups["blind, for development"]]
    print("\nmissed, false, wrong and broken, by name (of the held-out documents totals alone):")
    for s in scores:
        for text in s.missed:
            print(f"  {s.document[:12]} {s.kind}: missed {text}")
        for text in s.false:
            print(f"  {s.document[:12]} {s.kind}: false {text}")
    for r in repairs:
        for text in r.wrong:
            print(f"  {r.document[:12]} repair: wrong {text}")
        for text in r.broken:
            print(f"  {r.document[:12]} repair: broken {text}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
