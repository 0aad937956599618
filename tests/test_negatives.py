"""Clean texts come back from repair as they are: whole, line by line, and without the verdict "repaired".

The texts are in ``corpora/negatives`` (its README says why each is hard).
"""

from __future__ import annotations

import subprocess
import sys
import unicodedata
from functools import cache
from pathlib import Path
from typing import NamedTuple

import pytest

import congvan
from corpora.generator.damage.bare_lines import damage

NEGATIVES = Path(__file__).parents[1] / "corpora" / "negatives"
SOURCE = NEGATIVES.parent / "sources" / "01_cong_van_giai_ngan.txt"
FILES = sorted(path.name for path in NEGATIVES.glob("*.txt"))


class Reading(NamedTuple):
    """A line before and after repair, and whether a verdict that covers it says that it was repaired."""

    before: str
    after: str
    repaired: bool

    @property
    def kept(self) -> bool:
        """True where the line is the same to the byte and no verdict claims otherwise."""
        return self.after.encode("utf-8") == self.before.encode("utf-8") and not self.repaired


@cache
def text_of(name: str) -> str:
    return (NEGATIVES / name).read_bytes().decode("utf-8")


@cache
def whole(name: str) -> tuple[Reading, ...]:
    """The lines of a file that was repaired as a whole."""
    text = text_of(name)
    result = congvan.repair(text)
    before, after = text.split("\n"), result.text.split("\n")
    assert len(before) == len(after), "lines were joined or split"
    found, start = [], 0
    for old, new in zip(before, after, strict=True):
        end = start + len(new)
        verdicts = [v for v in result.verdicts if v.span.start <= end and v.span.end > start]
        found.append(Reading(old, new, any(v.verdict == "repaired" for v in verdicts)))
        start = end + 1
    return tuple(found)


def alone(line: str) -> Reading:
    """A line that was repaired without what stands around it."""
    result = congvan.repair(line)
    return Reading(line, result.text, any(v.verdict == "repaired" for v in result.verdicts))


def test_there_are_negatives() -> None:
    assert len(FILES) >= 30


@pytest.mark.parametrize("name", FILES)
def test_files_are_in_normal_form(name: str) -> None:
    text = text_of(name)
    assert unicodedata.is_normalized("NFC", text)
    assert text.endswith("\n") and "\r" not in text and "\ufeff" not in text


@pytest.mark.parametrize("name", FILES)
def test_whole_file_comes_back(name: str) -> None:
    assert [(n, r) for n, r in enumerate(whole(name), 1) if not r.kept] == []
    assert congvan.repair(text_of(name)).text == text_of(name)


@pytest.mark.parametrize("name", FILES)
def test_each_line_alone_comes_back(name: str) -> None:
    lines = [(n, line) for n, line in enumerate(text_of(name).split("\n"), 1) if line]
    assert [(n, r) for n, line in lines if not (r := alone(line)).kept] == []


def test_figures_are_made_the_same_again() -> None:
    made = subprocess.run([sys.executable, str(NEGATIVES / "make_numbers.py"), "--check"], check=False)
    assert made.returncode == 0


@pytest.mark.parametrize("name", ["01_hanh_chinh.txt", "24_ma_nguon.txt", "28_hoa_hoc.txt", "38_ky_tu_hu_hong.txt"])
def test_clean_passage_of_a_damaged_text_stays(name: str) -> None:
    """Damage elsewhere in a text is no reason to doubt a passage that has none: letters, signs and formulas stay."""
    clean = text_of(name)
    lines = [row.partition(" ")[2] for row in SOURCE.read_text(encoding="utf-8").splitlines()]
    shown = clean + "\n" + "\n".join(damage([line for line in lines if line], "one-entry"))
    repaired = congvan.repair(shown)
    assert repaired.text.startswith(clean)
    assert repaired.text.count("\x11") == 0 and len(repaired.edits) > 200
