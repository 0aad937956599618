"""Verbs of two syllables (``models/verbs.txt``): where a clause goes on in small letters behind the name of a body, they tell where
the name ends: "Phòng Nghiệp vụ tổng hợp | xử phạt các cơ sở"."""

from __future__ import annotations

from functools import cache

from congvan.config import models_dir
from congvan.errors import CongvanError
from congvan.language.folding import fold_word


@cache
def _verbs() -> frozenset[str]:
    path = models_dir() / "verbs.txt"
    try:
        text = path.read_text(encoding="utf-8")
    except OSError as err:
        raise CongvanError("The model file verbs.txt cannot be read.", "Run models/build_verbs.py.") from err
    return frozenset(line for line in text.splitlines() if line)


def is_verb(first: str, second: str) -> bool:
    """True for two syllables that are a verb ("xử", "phạt"), in either style of tone placement."""
    return f"{fold_word(first)} {fold_word(second)}" in _verbs()
