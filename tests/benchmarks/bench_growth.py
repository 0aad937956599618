"""How the time grows with the text, on text that is hard: four times the text should take about four times as long."""

from __future__ import annotations

import time
import unicodedata
from collections.abc import Callable

from congvan.extract.agencies import find_agencies
from congvan.repair import repair_text
from congvan.segment.tokens import tokenize

ONE_ENTRY = "Chÿ tåch Āy ban nhân dân tãnh, ch±¡ng trình, nhißm vā cāa t¿nh, đ±ÿc s) ; & v.v& 3 "
AGENCIES = (
    "Sở Kế hoạch và Đầu tư chủ trì, phối hợp với Sở Tài chính, UBND các huyện, thành phố và các đơn vị liên quan; "
)
#: (what, work, piece of text that is repeated, characters of the smaller text)
CASES: list[tuple[str, Callable[[str], object], str, int]] = [
    *(
        ("repair", repair_text, unit, size)
        for unit, size in (
            ("a", 30_000),
            ("Ā", 30_000),
            ("a\u0301", 30_000),
            ("\u0301", 30_000),
            ("\u0301\u0323", 30_000),
            ("ÿ", 30_000),
            ("a\x04", 30_000),
            ("n\ufffdm \x04\n Céng hßa x· héi chñ nghÜa\n", 5_000),
            (ONE_ENTRY, 10_000),
            ("mục tiêu chung ", 20_000),
            ("cÿa s) ±ÿc s) (s) 3 tåch    ", 5_000),
        )
    ),
    *(
        ("tokens", tokenize, unit, 8_000)
        for unit in ("-", "\n", ",1", "A", "a.", "BB/", ".", "I", "1/", "A-", "Ủy ban ")
    ),
    ("agencies", find_agencies, AGENCIES, 100 * len(AGENCIES)),
]


def rows() -> list[tuple[str, str, str, str, str]]:
    """(work, text, characters, seconds, times as long for four times the text) of each case."""
    out = []
    for what, work, unit, size in CASES:
        work(unit)  # tables loaded
        text = unit * (size // len(unit))
        once, four = _least(work, text), _least(work, text * 4)
        plain = unit.isprintable() and not any(map(unicodedata.combining, unit))
        shown = unit[:12].strip() if plain else ascii(unit[:12])[1:-1]
        out.append((what, f"`{shown}`", f"{len(text):,}", f"{once:.3f}", f"{four / max(once, 1e-4):.1f}"))
    return out


def _least(work: Callable[[str], object], text: str) -> float:
    """Least processor time of three runs; a longer text each time, as equal ones may be kept."""
    times = []
    for run in range(3):
        given = text + " " * run
        began = time.process_time()
        work(given)
        times.append(time.process_time() - began)
    return min(times)
