"""Lines without styles, damaged by Ghostscript's formula: what measurements of the repair alone make of clean text."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final, Literal

from corpora.generator.damage.text import FAMILIES
from corpora.generator.damage.times_new_roman import glyph_ids
from corpora.generator.model import Run

Kind = Literal["runs", "fonts", "one-entry", "clean"]
KINDS: Final[tuple[Kind, ...]] = ("runs", "fonts", "one-entry", "clean")


def damage(lines: Sequence[str], kind: Kind) -> list[str]:
    """The lines of one document, damaged.

    ``runs``: one font with Word's ranges. ``fonts``: every sixth line, and the first words of every tenth, in a second font.
    ``one-entry``: one font, every letter damaged. ``clean``: nothing.
    """
    if kind == "clean":
        return list(lines)
    if kind == "fonts":
        return _two_fonts(lines)
    if kind == "one-entry":
        return _one_entry(lines)
    return FAMILIES["ghostscript-runs"]([Run(line) for line in lines])


def _one_entry(lines: Sequence[str]) -> list[str]:
    """Letters that Vietnamese offices do not use (Greek, Chinese) stand in fonts of their own, which are sound."""
    letters = "".join(glyph_ids(italic=False))
    [shown] = FAMILIES["ghostscript-one-entry"]([Run(letters)])
    table = str.maketrans(letters, shown)
    return [line.translate(table) for line in lines]


def _two_fonts(lines: Sequence[str]) -> list[str]:
    runs: list[Run] = []
    for n, line in enumerate(lines):
        words = line.split(" ")
        cut = len(words) if n % 6 == 0 else 4 if n % 10 == 1 else 0
        runs += [Run(" ".join(words[:cut]), bold=True), Run(" ".join(words[cut:]))]
    shown = FAMILIES["ghostscript-runs"](runs)
    return [" ".join(filter(None, pair)) for pair in zip(shown[::2], shown[1::2], strict=True)]
