"""Offices and their bodies: provinces, districts and communes before and after July 2025, who exists there, how it is written.

Places come from the gazetteers of ``models/``; the bodies of a level are listed here by their names, so that the full official
name of a mention is known by construction.
"""

from __future__ import annotations

import csv
import gzip
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from random import Random
from typing import Literal

from corpora.generator.model import Gold, Node
from corpora.generator.surfaces import mentions

MODELS = Path(__file__).parents[2] / "models"
Era = Literal["63", "34"]
Level = Literal["province", "department", "district", "commune"]


@dataclass(frozen=True, slots=True)
class Place:
    """A province, district or commune by its full name ("Tỉnh Gia Lai", "Huyện Chư Sê", "Xã Ia Blang")."""

    code: str
    full: str

    @property
    def kind(self) -> str:
        """The kind in small letters: tỉnh, thành phố, huyện, xã ..."""
        for kind in ("Thành phố", "Thị xã", "Thị trấn", "Đặc khu"):
            if self.full.startswith(kind + " "):
                return kind.lower()
        return self.full.partition(" ")[0].lower()

    @property
    def name(self) -> str:
        """The name without its kind."""
        return self.full[len(self.kind) + 1 :]

    def __str__(self) -> str:
        """As it stands behind "Ủy ban nhân dân": "tỉnh Gia Lai"."""
        return f"{self.kind} {self.name}"


@dataclass(frozen=True, slots=True)
class Agency:
    """A body: as written, its full official name (None for a group such as "các sở, ban, ngành"), its letters in symbols.

    ``shown``: the writing with its agencies in brackets, where they are not the whole ("Giám đốc [Sở Y tế]").
    """

    text: str
    name: str | None
    letters: str = ""
    shown: str = ""

    def node(self, text: str = "", *, bold: bool = False) -> Node:
        """The mention as a node with its gold."""
        if self.shown and not text:
            return mentions(self.shown)
        return Node((text or self.text,), Gold("agencies", {"name": self.name}), bold=bold)


@cache
def gazetteer(era: Era) -> tuple[tuple[str, str], ...]:
    """(code, full name) of every place of an era."""
    with gzip.open(MODELS / f"gazetteer_{era}.csv.gz", "rt", encoding="utf-8", newline="") as rows:
        return tuple((code, " ".join(name.split())) for code, name in csv.reader(rows))


@cache
def under(era: Era, code: str) -> tuple[Place, ...]:
    """The places directly below a place; below "" the provinces."""
    depth = code.count(".") + 2 if code else 1
    prefix = f"{code}." if code else ""
    return tuple(Place(c, name) for c, name in gazetteer(era) if c.startswith(prefix) and c.count(".") == depth - 1)


# departments of a province: name, letters in symbols, eras in which they stand
DEPARTMENTS = (
    ("Sở Kế hoạch và Đầu tư", "SKHĐT", "63"),
    ("Sở Tài chính", "STC", "63 34"),
    ("Sở Giao thông vận tải", "SGTVT", "63"),
    ("Sở Xây dựng", "SXD", "63 34"),
    ("Sở Tài nguyên và Môi trường", "STNMT", "63"),
    ("Sở Nông nghiệp và Phát triển nông thôn", "SNNPTNT", "63"),
    ("Sở Nông nghiệp và Môi trường", "SNNMT", "34"),
    ("Sở Thông tin và Truyền thông", "STTTT", "63"),
    ("Sở Khoa học và Công nghệ", "SKHCN", "63 34"),
    ("Sở Lao động - Thương binh và Xã hội", "SLĐTBXH", "63"),
    ("Sở Nội vụ", "SNV", "63 34"),
    ("Sở Y tế", "SYT", "63 34"),
    ("Sở Giáo dục và Đào tạo", "SGDĐT", "63 34"),
    ("Sở Văn hóa, Thể thao và Du lịch", "SVHTTDL", "63 34"),
    ("Sở Công Thương", "SCT", "63 34"),
    ("Sở Tư pháp", "STP", "63 34"),
    ("Sở Dân tộc và Tôn giáo", "SDTTG", "34"),
    ("Công an tỉnh", "CAT", "63 34"),
    ("Bộ Chỉ huy Quân sự tỉnh", "BCH", "63 34"),
    ("Thanh tra tỉnh", "TTr", "63 34"),
    ("Kho bạc Nhà nước tỉnh", "KB", "63"),
    ("Cục Thuế tỉnh", "CT", "63"),
    ("Ban Quản lý Khu kinh tế tỉnh", "BQLKKT", "63 34"),
    ("Đài Phát thanh và Truyền hình tỉnh", "PTTH", "63"),
    ("Văn phòng Ủy ban nhân dân tỉnh", "VP", "63 34"),
)
DISTRICT_ROOMS = (
    ("Phòng Tài chính - Kế hoạch", "TCKH"),
    ("Phòng Nội vụ", "NV"),
    ("Phòng Giáo dục và Đào tạo", "PGDĐT"),
    ("Phòng Tài nguyên và Môi trường", "TNMT"),
    ("Phòng Kinh tế và Hạ tầng", "KTHT"),
    ("Phòng Văn hóa và Thông tin", "VHTT"),
    ("Phòng Tư pháp", "TP"),
    ("Trung tâm Y tế huyện", "TTYT"),
    ("Công an huyện", "CAH"),
)
# inside a department; its other bodies are the committees below, which it may ask but not command
DEPARTMENT_ROOMS = (
    ("Văn phòng Sở", "VP"),
    ("Thanh tra Sở", "TTr"),
    ("Phòng Kế hoạch - Tài chính", "KHTC"),
    ("Phòng Tổ chức - Hành chính", "TCHC"),
    ("Phòng Nghiệp vụ tổng hợp", "NVTH"),
    ("Trung tâm Thông tin và Dịch vụ công", "TTDVC"),
)
# communes before July 2025 had no rooms of their own, but officials and a few bodies
COMMUNE_BODIES = (
    ("Công an xã", "CAX"),
    ("Ban Chỉ huy Quân sự xã", "BCHQS"),
    ("Trạm Y tế xã", "TYT"),
    ("Văn phòng Ủy ban nhân dân xã", "VP"),
    ("Bộ phận Tài chính - Kế toán xã", "TCKT"),
    ("Bộ phận Địa chính - Xây dựng xã", "ĐCXD"),
    ("Bộ phận Văn hóa - Xã hội xã", "VHXH"),
    ("Hội Nông dân xã", "HND"),
    ("Hội Liên hiệp Phụ nữ xã", "HPN"),
)
COMMUNE_ROOMS = (
    ("Phòng Kinh tế", "KT"),
    ("Phòng Văn hóa - Xã hội", "VHXH"),
    ("Văn phòng Hội đồng nhân dân và Ủy ban nhân dân xã", "VP"),
    ("Trung tâm Phục vụ hành chính công xã", "TTPVHCC"),
    ("Công an xã", "CAX"),
    ("Ban Chỉ huy Quân sự xã", "BCHQS"),
    ("Trạm Y tế xã", "TYT"),
)


@dataclass(frozen=True, slots=True)
class Office:
    """Who writes: level, era, place; the bodies that it can name.

    ``body`` is the issuer, ``parent`` the line above it in the letterhead (None for a people's committee of a province).
    """

    level: Level
    era: Era
    province: Place
    district: Place | None
    commune: Place | None
    body: Agency
    parent: Agency | None

    @property
    def seat(self) -> Place:
        """The place whose bodies this office speaks of."""
        return self.commune or self.district or self.province

    @property
    def committee(self) -> Agency:
        """The people's committee of the place: who is reported to."""
        return _committee(self.seat)

    def bodies(self) -> list[Agency]:
        """Bodies that get tasks: departments, rooms, and committees of places below."""
        if self.level == "department":
            own = [
                Agency(text, f"{text.removesuffix(' Sở')} {self.body.name}", code) for text, code in DEPARTMENT_ROOMS
            ]
            return [*own, *(_committee(p) for p in under(self.era, self.province.code)[:6])]
        if self.level == "province":
            own = [
                Agency(text, f"{_own(text, self.province)}", letters)
                for text, letters, eras in DEPARTMENTS
                if self.era in eras.split()
            ]
            below = [_committee(p) for p in under(self.era, self.province.code)[:12]]
            return [*own, *below]
        old, new = (COMMUNE_BODIES, COMMUNE_ROOMS) if self.level == "commune" else (DISTRICT_ROOMS, DISTRICT_ROOMS)
        rooms = old if self.era == "63" else new
        own = [Agency(text, _own(text, self.seat), letters) for text, letters in rooms]
        if self.district and not self.commune:
            own += [_committee(p) for p in under(self.era, self.district.code)[:8]]
        return own

    def groups(self) -> list[Agency]:
        """Collective references, which have no name in any authority file."""
        kinds = {
            ("province", "63"): (
                "các sở, ban, ngành",
                "Ủy ban nhân dân các huyện, thị xã, thành phố",
                "các chủ đầu tư",
            ),
            ("province", "34"): ("các sở, ban, ngành", "Ủy ban nhân dân các xã, phường", "các chủ đầu tư"),
            ("district", "63"): ("các phòng, ban chuyên môn", "Ủy ban nhân dân các xã, thị trấn"),
            ("commune", "63"): ("các ban, ngành, đoàn thể", "Trưởng các thôn, làng"),
            ("commune", "34"): ("các phòng, ban chuyên môn", "Trưởng các thôn, làng"),
        }
        if self.level == "department":  # its own rooms, and the committees below
            below = kinds["province", self.era][1]
            return [Agency(text, None) for text in ("các phòng, đơn vị trực thuộc Sở", below)]
        level = self.level
        return [Agency(text, None) for text in kinds[level, self.era]]


# who heads a body, by how its name begins; a people's committee is headed by its chairman
CHIEFS = (
    ("Sở ", "Giám đốc"), ("Công an tỉnh", "Giám đốc"), ("Công an ", "Trưởng"), ("Bộ Chỉ huy", "Chỉ huy trưởng"), ("Ban Chỉ huy", "Chỉ huy trưởng"),
    ("Thanh tra ", "Chánh"), ("Văn phòng ", "Chánh"), ("Cục ", "Cục trưởng"), ("Kho bạc", "Giám đốc"), ("Ban Quản lý", "Trưởng ban"),
    ("Đài ", "Giám đốc"), ("Phòng ", "Trưởng"), ("Trung tâm ", "Giám đốc"), ("Trạm ", "Trưởng"), ("Hội ", "Chủ tịch"), ("Ủy ban ", "Chủ tịch"),
)  # fmt: skip


def headed(body: Agency) -> Agency:
    """The holder of the office that heads a body ("Giám đốc Sở Y tế"), the body itself where it has none."""
    chief = next((title for begins, title in CHIEFS if body.text.startswith(begins)), "")
    shown = f"{chief} [{body.text}]"
    return Agency(f"{chief} {body.text}", None, shown=shown) if chief and not body.shown else body


def literal(shown: str) -> Agency:
    """A body as a template writes it, agencies in brackets ("các [Sở Y tế]", "[?các trường học]", "hộ gia đình")."""
    return Agency(mentions(shown).text, None, shown=shown)


def _committee(place: Place) -> Agency:
    text = f"Ủy ban nhân dân {place}"
    return Agency(text, text, "UBND")


def _own(text: str, place: Place) -> str:
    """The full official name: the place behind, in the room of a bare "tỉnh", "huyện", "xã" at the end.

    The treasury of a province bears its name without "tỉnh": Kho bạc Nhà nước Gia Lai.
    """
    if text.startswith("Kho bạc Nhà nước"):
        return f"{text.removesuffix(' tỉnh')} {place.name}"
    for kind in ("tỉnh", "huyện", "xã"):
        if text.endswith(f" {kind}"):
            return f"{text[: -len(kind)]}{place}"
    return f"{text} {place}"


def provinces(era: Era) -> list[Place]:
    """Provinces proper: cities under the centre name their bodies otherwise ("Công an thành phố")."""
    return [p for p in under(era, "") if p.kind == "tỉnh"]


def office(rng: Random, level: Level, era: Era) -> Office:
    """An office of a level and era, at a place chosen at random."""
    if level == "district" and era == "34":
        raise ValueError("there are no districts since July 2025")
    province = rng.choice(provinces(era))
    if level == "province":
        return Office(level, era, province, None, None, _committee(province), None)
    if level == "department":
        text, letters, _ = rng.choice([d for d in DEPARTMENTS if era in d[2].split() and d[0].startswith("Sở")])
        body = Agency(text, _own(text, province), letters)
        return Office(level, era, province, None, None, body, _committee(province))
    if era == "63":
        district = rng.choice(
            [d for d in under(era, province.code) if d.kind == "huyện"] or list(under(era, province.code))
        )
        if level == "district":
            return Office(level, era, province, district, None, _committee(district), _committee(province))
        commune = rng.choice(
            [c for c in under(era, district.code) if c.kind == "xã"] or list(under(era, district.code))
        )
        return Office(level, era, province, district, commune, _committee(commune), _committee(district))
    commune = rng.choice([c for c in under(era, province.code) if c.kind == "xã"])
    return Office(level, era, province, None, commune, _committee(commune), _committee(province))


def offices(rng: Random) -> Iterator[Office]:
    """Offices without end, all levels and both eras."""
    kinds: list[tuple[Level, Era]] = [
        ("province", "63"), ("province", "34"), ("department", "63"), ("department", "34"), ("district", "63"), ("commune", "63"), ("commune", "34"),
    ]  # fmt: skip
    while True:
        yield office(rng, *rng.choice(kinds))
