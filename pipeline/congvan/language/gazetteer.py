"""Provinces, districts and communes of Viet Nam: before 1 July 2025 ("63") and since ("34").

Codes are those of the General Statistics Office. The same code can mean another province since the reform, so a unit is
always named with its gazetteer: ``63:62`` is Kon Tum, ``63:62.617`` its district Kon Rẫy, ``34:51`` the new Quảng Ngãi.
Names are looked up folded: Đăk = Đắk, Qui = Quy, Hoà = Hòa, Ia H' Drai = Ia H’Drai, Kontum = Kon Tum.
"""

from __future__ import annotations

import csv
import gzip
import io
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from functools import cache, lru_cache
from typing import Literal

import regex

from congvan.config import models_dir
from congvan.errors import CongvanError
from congvan.language.folding import fold_word, strip_marks

Era = Literal["63", "34"]
Level = Literal["province", "district", "commune"]
ERAS: tuple[Era, ...] = ("63", "34")
REFORM = date(2025, 7, 1)

_TYPES = ("Thành phố", "Thị trấn", "Thị xã", "Đặc khu", "Huyện", "Phường", "Quận", "Tỉnh", "Xã")
# accepts a run of letters with marks of a name: "Plông", "H", "Drai"
_WORD = regex.compile(r"[\p{L}\p{M}\d]+")
_VARIANTS = str.maketrans({"y": "i", "ý": "í", "ỳ": "ì", "ỷ": "ỉ", "ỹ": "ĩ", "ỵ": "ị"})


@dataclass(frozen=True, slots=True)
class Unit:
    """An administrative unit (đơn vị hành chính).

    Attributes:
        era: gazetteer, "63" or "34". code: path of codes ("62", "62.617", "62.617.23500").
        kind: "tỉnh", "thành phố", "huyện", "xã" …, lower case. name: without the kind ("Kon Rẫy").
    """

    era: Era
    code: str
    kind: str
    name: str

    @property
    def key(self) -> str:
        """Key of the unit, the first part of the keys of its agencies: ``63:62.617``."""
        return f"{self.era}:{self.code}"

    @property
    def full(self) -> str:
        """Name with the kind, as in running text: ``huyện Kon Rẫy``."""
        return f"{self.kind} {self.name}"

    @property
    def level(self) -> Level:
        """Level of administration."""
        depth = self.code.count(".")
        return "province" if depth == 0 else "commune" if depth == 2 or self.era == "34" else "district"

    @property
    def parent(self) -> str | None:
        """Code of the unit above, None for a province."""
        return self.code.rpartition(".")[0] or None


# Names that a unit had before the gazetteer was made: Huế was made a city on 1 January 2025.
_FORMER = (Unit("63", "46", "tỉnh", "Thừa Thiên Huế"),)


def era_of(on: date | None) -> Era | None:
    """The gazetteer in force on a day; None for an unknown day."""
    return None if on is None else "63" if on < REFORM else "34"


@lru_cache(maxsize=50_000)
def fold_place(name: str) -> str:
    """Look-up form of a place name: letters only, lower case, old tone placement, i for y, ă for Đắk and Đăk."""
    words = [fold_word(w).translate(_VARIANTS) for w in _WORD.findall(name)]
    return "".join("đăk" if w in ("đắk", "đắc", "dak", "đak", "đác", "dak") else w for w in words)


def fold_bare(name: str) -> str:
    """Looser look-up form without any marks (``Đăk Ruông`` and ``Đắk Ruồng`` are one)."""
    return strip_marks(fold_place(name))


@cache
def units(era: Era) -> tuple[Unit, ...]:
    """All units of a gazetteer, by code.

    Raises:
        CongvanError: the model file is missing.
    """
    path = models_dir() / f"gazetteer_{era}.csv.gz"
    try:
        text = gzip.decompress(path.read_bytes()).decode("utf-8")
    except OSError as err:
        raise CongvanError(f"The gazetteer {path.name} cannot be read.", "Run models/build_agencies.py.") from err
    out = []
    for code, full in csv.reader(io.StringIO(text)):
        kind = next((t for t in _TYPES if full.startswith(t + " ")), "")
        out.append(Unit(era, code, kind.lower(), full[len(kind) :].strip()))
    return tuple(out)


@cache
def _index(era: Era) -> tuple[dict[str, list[Unit]], dict[str, list[Unit]]]:
    """Units by folded name, and by bare name."""
    exact: dict[str, list[Unit]] = {}
    bare: dict[str, list[Unit]] = {}
    for unit in (*units(era), *(former for former in _FORMER if former.era == era)):
        key = fold_place(unit.name)
        exact.setdefault(key, []).append(unit)
        bare.setdefault(strip_marks(key), []).append(unit)
    return exact, bare


@cache
def _bare_names(level: Level) -> frozenset[str]:
    return frozenset(fold_bare(u.name) for era in ERAS for u in (*units(era), *_FORMER) if u.level == level)


def known_place(name: str, levels: Iterable[Level] = ("province", "district", "commune")) -> bool:
    """True where a unit of one of the levels, in either gazetteer, has that name (without its kind; marks are ignored)."""
    folded = fold_bare(name)
    return any(folded in _bare_names(level) for level in levels)


def place_end(text: str, start: int, stop: int, levels: Iterable[Level]) -> int | None:
    """End of the longest place name of the gazetteers in ``text[start:stop]`` that begins at ``start``; None where none does."""
    levels, end = tuple(levels), stop
    while end > start:
        if known_place(text[start:end], levels):
            return end
        end = max(text.rfind(" ", start, end), text.rfind("-", start, end), text.rfind("–", start, end))
    return None


def proper_name(name: str) -> str | None:
    """The name of a place as the gazetteers write it ("KON RẪY" becomes "Kon Rẫy"), None for a name that is in neither."""
    for era in ERAS:
        found = find_units(name, era=era)
        if found:
            return found[0].name
    return None


def split_kind(text: str) -> tuple[str | None, str]:
    """``huyện Kon Rẫy`` becomes ("huyện", "Kon Rẫy"); the kind is None where none is named."""
    low = text.strip().lower()
    for kind in _TYPES:
        if low.startswith(kind.lower() + " "):
            return kind.lower(), text.strip()[len(kind) + 1 :].strip()
    return None, text.strip()


def find_units(name: str, *, era: Era, level: Level | None = None, within: str | None = None) -> list[Unit]:
    """Units of that name, with or without its kind ("huyện Kon Rẫy", "Kon Rẫy"); first by marks, else without marks.

    Args:
        level: only units of that level. within: only units under that code ("62").
    """
    kind, rest = split_kind(name)
    exact, bare = _index(era)

    def fits(found: Iterable[Unit]) -> list[Unit]:
        return [
            u
            for u in found
            if (kind is None or u.kind == kind)
            and (level is None or u.level == level)
            and (within is None or u.code.startswith(within + "."))
        ]

    return fits(exact.get(fold_place(rest), ())) or fits(bare.get(fold_bare(rest), ()))


def find_unit(name: str, *, era: Era, level: Level | None = None, within: str | None = None) -> Unit | None:
    """The unit of that name, None where there is none or more than one."""
    found = find_units(name, era=era, level=level, within=within)
    return found[0] if len(found) == 1 else None


def find_province(text: str, on: date | None = None) -> Unit | None:
    """The province named ``text`` ("tỉnh Kon Tum", "Kon Tum", "thành phố Huế").

    With an unknown day the gazetteer is told by which of the two has the name; a province of that name in both is None.
    """
    era = era_of(on)
    found = [u for e in (ERAS if era is None else (era,)) for u in find_units(text, era=e, level="province")]
    return found[0] if len(found) == 1 else None
