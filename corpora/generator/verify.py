"""Check generated documents by their pictures: ``python -m corpora.generator.verify --count 200 --jobs 2``.

For each document: every damage by formula leaves the page pictures equal to the clean twin's, pixel by pixel, and garbles what
pdfplumber extracts; genuine Ghostscript's output differs by less than 1 of 255 on average; Tesseract reads from the clean twin's
pages what the document says. Exits with 1 where one of these does not hold. Programs that are not installed are named as absent.
"""

from __future__ import annotations

import argparse
import io
import os
import sys
from collections import Counter
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, field
from functools import cache, partial
from pathlib import Path
from typing import Any

import regex

from corpora.generator.compose import compose
from corpora.generator.model import File
from corpora.generator.renderings import PDF_DAMAGE, renderings

DPI = 72
OCR_DPI = 300
# redrawn with fonts of another encoding, or by another program: nearly the same pictures, not the same
REDRAWN = {"tcvn3": 1.0, "vni": 1.0, "gs-genuine": 1.0}
SYLLABLES_RIGHT = 0.99
MODES = (3, 11)  # of Tesseract: by columns and blocks; text in no particular order
# accepts a syllable or a figure: "Ủy", "2024"
_WORD = regex.compile(r"\w+")
TESSDATA = ("/usr/share/tesseract-ocr/5/tessdata", "/usr/share/tesseract-ocr/4.00/tessdata", "/usr/share/tessdata")


@dataclass
class Seen:
    """What was found of one document."""

    pages: int = 0
    wrong: list[str] = field(default_factory=list)
    absent: set[str] = field(default_factory=set)
    syllables: int = 0
    missed: int = 0
    difference: float = 0.0


def pictures(pdf: bytes, dpi: int = DPI) -> list[Any]:
    """The pages as arrays of pixels."""
    import pypdfium2

    library: Any = pypdfium2  # it has no types
    return [page.render(scale=dpi / 72).to_numpy() for page in library.PdfDocument(pdf)]


def extracted(pdf: bytes) -> str:
    """The text as pdfplumber extracts it."""
    import pdfplumber

    with pdfplumber.open(io.BytesIO(pdf)) as document:
        return "\n".join(page.extract_text() for page in document.pages)


@cache
def engine() -> Any:
    """Tesseract with the Vietnamese model; None where it is not installed."""
    data = next((path for path in TESSDATA if (Path(path) / "vie.traineddata").is_file()), None)
    if data is None:
        return None
    try:
        import tesserocr
    except ImportError:
        return None
    return tesserocr.PyTessBaseAPI(path=data, lang="vie")


def _damaged(file: File, name: str, clean: bytes, seen: Seen) -> None:
    """Compare one damaged rendering with the clean twin."""
    try:
        pdf = renderings()[f"pdf-{name}"].make(file)
    except RuntimeError as err:  # no such Ghostscript, no such font
        seen.absent.add(f"{name}: {str(err).splitlines()[0]}")
        return
    ours, twins = pictures(pdf), pictures(clean)
    if [p.shape for p in ours] != [p.shape for p in twins]:
        seen.wrong.append(f"{file.name} {name}: other pages")
        return
    difference = max(float(abs(a.astype(int) - b.astype(int)).mean()) for a, b in zip(ours, twins, strict=True))
    seen.difference = max(seen.difference, difference)
    if difference > REDRAWN.get(name, 0.0):
        seen.wrong.append(f"{file.name} {name}: pictures differ by {difference:.3f}")
    if extracted(pdf) == extracted(clean):
        seen.wrong.append(f"{file.name} {name}: extracts as if it were sound")


def syllables(text: str) -> list[str]:
    """Syllables and figures without signs and case, which say nothing of whether a page shows its text."""
    return _WORD.findall(text.lower())


def _read(picture: Any) -> Counter[str]:
    """What Tesseract reads from a page, by columns or as scattered text: alone each mode misses cells or lone figures."""
    from PIL import Image

    tesseract = engine()
    found: Counter[str] = Counter()
    for mode in MODES:
        tesseract.SetPageSegMode(mode)
        tesseract.SetImage(Image.fromarray(picture[:, :, ::-1].copy()))
        found |= Counter(syllables(str(tesseract.GetUTF8Text())))
    return found


def look(seed: int, bank: str, ocr: bool, damages: tuple[str, ...]) -> Seen:
    """All checks of the document of a seed."""
    file = compose(seed, bank)
    clean = renderings()["pdf-word-liberation"].make(file)
    seen = Seen(pages=len(pictures(clean)))
    for name in damages:
        _damaged(file, name, clean, seen)
    if ocr and engine() is not None:
        truth = Counter(syllables("\n".join(leaf.text.text for leaf in file.leaves())))
        found: Counter[str] = Counter()
        for picture in pictures(clean, OCR_DPI):
            found += _read(picture)
        seen.syllables, seen.missed = truth.total(), (truth - found).total()
    return seen


def main() -> int:
    """Check, print a summary."""
    parser = argparse.ArgumentParser(prog="python -m corpora.generator.verify", description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)  # fmt: skip
    parser.add_argument("--count", type=int, default=200)
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--bank", default="a")
    parser.add_argument("--jobs", type=int, default=1)
    parser.add_argument("--no-ocr", action="store_true", help="leave out Tesseract: some seconds a document less")
    args = parser.parse_args()
    os.environ["OMP_THREAD_LIMIT"] = "1"
    work: Callable[[int], Seen] = partial(
        look, bank=args.bank, ocr=not args.no_ocr, damages=(*PDF_DAMAGE, "mixed-fonts")
    )
    with ProcessPoolExecutor(args.jobs) as pool:
        found = list(pool.map(work, range(args.seed, args.seed + args.count)))
    wrong = [line for seen in found for line in seen.wrong]
    absent = sorted({line for seen in found for line in seen.absent})
    print(
        f"{len(found)} documents, {sum(seen.pages for seen in found)} pages, {len(PDF_DAMAGE) + 1} kinds of damage each"
    )
    print(
        f"pictures: {len(wrong)} failures; greatest mean difference {max(seen.difference for seen in found):.3f} of 255"
    )
    syllables, missed = sum(seen.syllables for seen in found), sum(seen.missed for seen in found)
    if syllables:
        print(
            f"OCR of the clean twins: {syllables - missed:,} of {syllables:,} syllables read ({(syllables - missed) / syllables:.2%})"
        )
        if missed > (1 - SYLLABLES_RIGHT) * syllables:
            wrong.append(f"fewer than {SYLLABLES_RIGHT:.0%} of the syllables are read from the clean pictures")
    else:
        print(
            "OCR of the clean twins: not run"
            + ("" if args.no_ocr else " (install tesseract-ocr-vie and the extra bench)")
        )
    for line in [*(f"absent: {a}" for a in absent), *wrong[:50]]:
        print(line)
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
