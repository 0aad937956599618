"""Make documents with their gold.

    python -m corpora.generator --count 200 --to out/corpus --as txt --as docx --as pdf-gs
    python -m corpora.generator --list

Each file gets ``NAME.gold.json`` beside its renderings ``NAME.RENDERING.SUFFIX`` (bare text: ``NAME.txt``), and scans
``NAME.RENDERING.truth.json``: how they were scanned and what is written by hand.
"""

from __future__ import annotations

import argparse
import json
import sys
import time
from collections.abc import Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor
from functools import partial
from pathlib import Path
from typing import Any

from corpora.generator.bank import BankError
from corpora.generator.bank import bank as load_bank
from corpora.generator.compose import compose
from corpora.generator.gold import gold
from corpora.generator.heads import TYPES
from corpora.generator.model import File
from corpora.generator.renderings import printed, renderings


def name_of(file: File, rendering: str) -> str:
    """The name of a rendered file: "a00012.txt", "a00012.pdf-gs.pdf"."""
    return f"{file.name}.txt" if rendering == "txt" else f"{file.name}.{rendering}{renderings()[rendering].suffix}"


def write(seed: int, bank: str, kind: str, to: Path, wanted: Sequence[str]) -> int:
    """Write one file in the renderings wanted, and its gold; the number of bytes."""
    file = compose(seed, bank, kind)
    size = 0
    for rendering in wanted:
        content = renderings()[rendering].make(file)
        (to / name_of(file, rendering)).write_bytes(content)
        size += len(content)
        more = renderings()[rendering].truth
        if more is not None:
            _write_json(to / f"{file.name}.{rendering}.truth.json", more(file))
    truth = gold(file, printed(file), f"{file.name}.txt")
    _write_json(to / f"{file.name}.gold.json", truth)
    return size


def _write_json(path: Path, content: Mapping[str, Any]) -> None:
    path.write_text(json.dumps(content, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")


def _arguments() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m corpora.generator", description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)  # fmt: skip
    parser.add_argument("--count", type=int, default=10, help="how many files (default 10)")
    parser.add_argument("--seed", type=int, default=0, help="seed of the first; the others follow (default 0)")
    parser.add_argument("--bank", default="a", help="phrase bank: a to develop on, b to be measured by (default a)")
    parser.add_argument("--type", default="", choices=["", *TYPES], help="only documents of this type")
    parser.add_argument("--to", type=Path, metavar="FOLDER", help="where they are written")
    parser.add_argument(
        "--as",
        dest="wanted",
        action="append",
        metavar="RENDERING",
        help="a rendering; may be given again (default txt)",
    )
    parser.add_argument("--jobs", type=int, default=1, help="processes (default 1)")
    parser.add_argument("--list", action="store_true", help="list the renderings and end")
    return parser


def main() -> int:
    """Run the command line."""
    parser = _arguments()
    args = parser.parse_args()
    if args.list:
        for name, rendering in renderings().items():
            print(f"{name:24} {rendering.about}")
        return 0
    wanted = args.wanted or ["txt"]
    if unknown := [name for name in wanted if name not in renderings()]:
        parser.error(f"no rendering {', '.join(unknown)}; --list shows them")
    if args.to is None:
        parser.error("say where to write: --to FOLDER")
    if args.count < 1:
        parser.error("--count must be at least 1")
    try:
        load_bank(args.bank)
        args.to.mkdir(parents=True, exist_ok=True)
    except (BankError, OSError) as err:
        parser.error(str(err))
    began = time.perf_counter()
    work = partial(write, bank=args.bank, kind=args.type, to=args.to, wanted=wanted)
    seeds = range(args.seed, args.seed + args.count)
    if args.jobs > 1:
        with ProcessPoolExecutor(args.jobs) as pool:
            size = sum(pool.map(work, seeds, chunksize=4))
    else:
        size = sum(map(work, seeds))
    print(f"{args.count} files, {size / 1e6:.1f} MB, {time.perf_counter() - began:.1f} s", file=sys.stderr)
    return 0


if __name__ == "__main__":
    sys.exit(main())
