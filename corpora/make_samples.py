"""Make the sample documents of ``corpora/samples`` from the texts in ``corpora/sources``.

    .venv/bin/python corpora/make_samples.py            write them, and the clean twin into corpora/truth
    .venv/bin/python corpora/make_samples.py --check    fail where a file differs from what would be written

The sources are read by :mod:`corpora.generator.source` and rendered as generated documents are, so the same bytes come out
on every run. The PDF files need the packages fonts-liberation2 and fonts-croscore.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable, Mapping
from functools import partial
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1]))

from corpora.generator.model import File
from corpora.generator.plain import Style, plain
from corpora.generator.renderings import renderings
from corpora.generator.source import read_source

HERE = Path(__file__).parent
# how each sample is rendered; what a sample is called is the name of its source
RENDERINGS = {
    "samples/02_chi_thi_bao_ve_rung.txt": "txt-blank",
    "samples/03_thong_bao_thien_tai.txt": "txt-ghostscript-runs",
    "truth/03_thong_bao_thien_tai.clean.txt": "txt",
    "samples/04_quyet_dinh_to_cong_tac.txt": "txt",
    "samples/05_ke_hoach_chuyen_doi_so.txt": "txt",
    "samples/06_cong_dien_bao.txt": "txt",
    "samples/07_bao_cao_giam_ngheo.md": "md",
    "samples/08_ke_hoach_tiem_chung.md": "md",
    "samples/09_cong_van_so_noi_vu.html": "html",
    "samples/10_to_trinh_du_an_duong.docx": "docx-automatic",
    "samples/11_thong_bao_nong_thon_moi.docx": "docx-automatic",
    "samples/12_quyet_dinh_ho_tro.pdf": "pdf-word-tinos",
}


def source(name: str) -> File:
    """The document of ``sources/NAME.txt``."""
    return read_source(name, (HERE / "sources" / f"{name}.txt").read_text(encoding="utf-8"))


def columns_on_short_pages(file: File) -> bytes:
    """The columns of letterhead and ending side by side, and pages so short that one ends within a task."""
    return plain(file, Style(beside=True, lines=23)).text.encode()


def samples() -> Mapping[Path, Callable[[], bytes]]:
    """File -> what makes its bytes."""
    made = {
        HERE / path: partial(renderings()[name].make, source(Path(path).name.partition(".")[0]))
        for path, name in RENDERINGS.items()
    }
    letter, flood = source("01_cong_van_giai_ngan"), source("03_thong_bao_thien_tai")
    made[HERE / "samples" / f"{letter.name}.txt"] = partial(columns_on_short_pages, letter)
    made[HERE / "samples" / "13_thong_bao_thien_tai_gs.pdf"] = partial(renderings()["pdf-gs"].make, flood)
    return made


def main() -> int:
    """Write or check."""
    parser = argparse.ArgumentParser(description="Make the sample documents.")
    parser.add_argument("--check", action="store_true", help="write nothing; fail where a file differs")
    check = parser.parse_args().check
    differs = 0
    for path, make in samples().items():
        content = make()
        if check and (not path.is_file() or path.read_bytes() != content):
            print(f"differs: {path.relative_to(HERE)}")
            differs += 1
        elif not check:
            path.parent.mkdir(exist_ok=True)
            path.write_bytes(content)
    return 1 if differs else 0


if __name__ == "__main__":
    sys.exit(main())
