"""The authority file of agencies (danh mục cơ quan), and the resolution of mentions to full official names and keys.

A key names one body: the unit it belongs to (:attr:`congvan.language.gazetteer.Unit.key`), a slash, the slug of its name
without the place:

    63:62/so-tai-chinh         Sở Tài chính tỉnh Kon Tum (gazetteer until 30 June 2025)
    63:62.617/ubnd             Ủy ban nhân dân of a district
    63:62.617.23500/ubnd       … of a commune
    34:51.23293/ubnd           … of a commune since 1 July 2025: there are no districts
    vn/bo-tai-chinh            a central body

Codes mean other provinces since July 2025, so the gazetteer is part of the key; the date of the document chooses it.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from functools import cache, lru_cache

import regex

from congvan.language.acronyms import expand
from congvan.language.bodies import Body, IssuerLevel, body_at, fold_words
from congvan.language.gazetteer import (
    REFORM,
    Era,
    Level,
    Unit,
    era_of,
    find_unit,
    find_units,
    proper_name,
    split_kind,
    units,
)
from congvan.language.succession import merged_into


@dataclass(frozen=True, slots=True)
class AgencyContext:
    """What a document says about itself, for resolving what it only names in part.

    Attributes:
        province, district, commune: names of the issuer's units as written ("tỉnh Kon Tum", "Kon Tum"), None where unknown.
        on: date of issue. level: level of the issuer; "Ủy ban nhân dân" alone is the issuer's own.
        issuer: full name of the department that writes ("Sở Y tế tỉnh Kon Tum"), whose units it names without it.
    """

    province: str | None = None
    district: str | None = None
    commune: str | None = None
    on: date | None = None
    level: IssuerLevel | None = None
    issuer: str | None = None


@dataclass(frozen=True, slots=True)
class Resolved:
    """Full official name and key; each None where it is not certain. The name is then as far as it is certain."""

    name: str | None
    key: str | None


def canonical(text: str) -> str:
    """The mention with acronyms written out and the names of the authority file in their official spelling.

    ``CÁC SỞ`` stays; ``UỶ BAN NHÂN DÂN tỉnh`` becomes ``Ủy ban nhân dân tỉnh``; ``Sở NN&PTNT``, the full name.
    """
    full = expand(text)
    words = fold_words(full)
    out: list[str] = []
    done = i = 0
    while i < len(words):
        found = body_at(words, i)
        if found is None or found[1] < 2:
            i += 1
            continue
        body, count = found
        start, end = words[i].start, words[i + count - 1].end
        if full[start].islower() and full[:start].endswith(_NO_NAME_BEFORE):  # "cơ sở y tế"
            i += 1
            continue
        keep = body.generic and full[start:end].lower() == body.name.lower() and not full[start:end].isupper()
        out += (full[done:start], full[start:end] if keep else body.name)
        done = end
        i += count
    rest = full[done:]
    return "".join(out) + (_small_place(rest) if out and rest.isupper() else rest)


# what makes the first syllable of a name in small letters the second half of another word
_NO_NAME_BEFORE = ("cơ ", "trụ ", "toàn ", "cán ", "công ", "cục ")


def _small_place(tail: str) -> str:
    """`` TỈNH KON TUM`` as in running text: `` tỉnh Kon Tum``; the tail as it is where the place is not known."""
    m = _KIND.match(tail.strip())
    if m is None:
        return tail
    name = proper_name(m["name"]) if m["name"] else None
    if m["name"] and name is None:
        return tail
    return f" {m['kind'].lower()}" + (f" {name}" if name else "")


# accepts words before a name that make the mention more, or other, than that one body: "các", "thành viên", "thuộc"
_OTHER_THAN = regex.compile(
    r"\b(?:các|những|mọi|mỗi|từng|toàn thể|thành viên|cơ quan|đơn vị|thuộc|văn phòng|thường trực|phòng|trung tâm)\b",
    regex.IGNORECASE,
)
# accepts the level of one body, alone or with the name of its place: "tỉnh", "huyện Kon Rẫy", "Chi nhánh tỉnh"
_KIND = regex.compile(
    r"(?:[-–] ?)?(?:chi nhánh )?(?P<kind>tỉnh|thành phố|thị xã|thị trấn|huyện|quận|phường|xã|đặc khu)(?!\p{L})\.?(?: (?P<name>\p{Lu}.*|\d+))?$",
    regex.IGNORECASE,
)
_KIND_LEVELS: dict[str, tuple[Level, ...]] = {
    "tỉnh": ("province",),
    "thành phố": ("province", "district"),
    "huyện": ("district",),
    "quận": ("district",),
    "thị xã": ("district",),
    "xã": ("commune",),
    "phường": ("commune",),
    "thị trấn": ("commune",),
    "đặc khu": ("commune",),
}
_ORDER: tuple[Level, ...] = ("province", "district", "commune")


@dataclass(frozen=True, slots=True)
class _Places:
    """The issuer's units in one gazetteer, by level; None where not known."""

    era: Era
    province: Unit | None
    district: Unit | None
    commune: Unit | None

    def at(self, level: Level) -> Unit | None:
        return {"province": self.province, "district": self.district, "commune": self.commune}[level]


def _places(context: AgencyContext, era: Era) -> _Places:
    """The issuer's units in a gazetteer; a district or commune of a name that is there once tells its province."""
    province = find_unit(context.province, era=era, level="province") if context.province else None
    within = province.code if province else None
    district = None
    if context.district and era == "63":
        district = find_unit(context.district, era=era, level="district", within=within)
    commune = None
    if context.commune:
        commune = find_unit(context.commune, era=era, level="commune", within=district.code if district else within)
    seat = district or commune
    if province is None and seat is not None:
        province = _unit_of(seat.code.split(".")[0], era)
    return _Places(era, province, district, commune)


@cache
def _unit_of(code: str, era: Era) -> Unit | None:
    return next((u for u in units(era) if u.code == code), None)


def _told(levels: Iterable[Level], kind: str | None, context: AgencyContext) -> str | None:
    """The unit of one of the levels as the document itself names it ("xã Thành Công"), where no gazetteer says which one it is."""
    told = {"province": context.province, "district": context.district, "commune": context.commune}
    if kind is None:
        names = [name for level in levels if (name := told[level]) is not None and level == context.level]
    else:
        names = [name for level in levels if (name := told[level]) is not None and name.lower().startswith(f"{kind} ")]
    return names[0] if len(names) == 1 else None


def _eras(body: Body, context: AgencyContext) -> tuple[Era, ...]:
    """Gazetteers that can be meant: by the date, else those in which the body and the named places exist."""
    era = era_of(context.on)
    if era is not None:
        gone = era == "34" and body.until is not None and body.until < REFORM
        return () if gone else (era,)
    eras: list[Era] = []
    if body.since is None or body.since < REFORM:
        eras.append("63")
    if body.until is None or body.until >= REFORM:
        eras.append("34")
    if context.district:
        eras = [e for e in eras if e == "63"]
    if context.province:
        eras = [e for e in eras if find_units(context.province, era=e, level="province")]
    return tuple(eras)


# units that ended in July 2025: a document of today that names one means the former body
_FORMER_KINDS = frozenset({"huyện", "quận", "thị xã", "thị trấn"})


def _named_eras(body: Body, tail: str, context: AgencyContext) -> tuple[Era, ...]:
    """As :func:`_eras`; the gazetteer until June 2025 for a unit that no later one has ("UBND thị trấn Mường Ảng")."""
    m = _KIND.fullmatch(tail)
    if m is not None and m["name"] and (body.since is None or body.since < REFORM):
        kind, name = m["kind"].lower(), m["name"].partition(",")[0]
        if kind in _FORMER_KINDS or (kind == "thành phố" and not find_units(name, era="34", level="province")):
            return ("63",)
    return _eras(body, context)


def _unit(body: Body, tail: str, places: _Places, context: AgencyContext) -> Unit | None:
    """The unit that a body belongs to, None where it is not certain."""
    levels = [level for level in _ORDER if level in body.levels]
    if not tail:
        return None if body.part else _own_unit(body, levels, places, context)
    kind, name = _kind_of(tail)
    if kind is not None:
        levels = [level for level in _KIND_LEVELS[kind] if level in body.levels]
    if name:
        name, _, larger = name.partition(",")
        if larger:
            places = _within(larger, places)
        found = [u for level in levels for u in _named(kind, name, level, places, context)]
        return found[0] if len(found) == 1 else None
    found = [u for level in levels if (u := places.at(level)) is not None and u.kind == kind]
    if not found and kind in ("thành phố", "thị xã") and places.province is not None and "district" in levels:
        found = [u for u in units(places.era) if u.parent == places.province.code and u.kind == kind]
    if len(found) > 1:
        found = [u for u in found if u.level == context.level]
    return found[0] if len(found) == 1 else None


def _own_unit(body: Body, levels: list[Level], places: _Places, context: AgencyContext) -> Unit | None:
    """The unit of a body named without level or place: of its only level, or of the issuer's."""
    central = "central" in body.levels
    if central and (body.central_since is None or context.on is None or context.on >= body.central_since):
        return None
    if len(levels) == 1:
        return places.at(levels[0])
    return next((places.at(level) for level in levels if level == context.level), None)


def _within(larger: str, places: _Places) -> _Places:
    """The places with the province or district that the mention itself names ("…, tỉnh Kon Tum")."""
    for level in ("province", "district"):
        unit = find_unit(larger.partition(",")[0], era=places.era, level=level)
        if unit is not None and level == "province":
            return _Places(places.era, unit, None, None)
        if unit is not None:
            province = next(u for u in units(places.era) if u.code == unit.parent)
            return _Places(places.era, province, unit, None)
    return places


def _kind_of(tail: str) -> tuple[str | None, str | None]:
    m = _KIND.match(tail)
    if m is not None:
        return m["kind"].lower(), m["name"]
    return None, tail


def _named(kind: str | None, name: str, level: Level, places: _Places, context: AgencyContext) -> list[Unit]:
    full = f"{kind} {name}" if kind else name
    within = None
    if level != "province":
        owner = places.district if level == "commune" and places.district is not None else places.province
        if owner is None:
            return find_units(full, era=places.era, level=level)
        within = owner.code
    found = find_units(full, era=places.era, level=level, within=within)
    if not found and level == "commune" and places.province is not None:
        found = find_units(full, era=places.era, level=level, within=places.province.code)
    if not found and context.on is not None and context.on >= REFORM and places.era == "63":
        # a unit of before July 2025 in a document of after: in one of the provinces that the issuer's was made of
        found = [u for u in find_units(full, era="63", level=level) if merged_into(u, context.province)]
    return found


def _told_names(body: Body, tail: str, context: AgencyContext) -> set[str]:
    """The place of a body by its name in the document alone; at most one."""
    levels = [level for level in _ORDER if level in body.levels]
    kind = None
    if tail:
        m = _KIND.fullmatch(tail)
        if m is None or m["name"]:
            return set()
        kind = m["kind"].lower()
        levels = [level for level in _KIND_LEVELS[kind] if level in body.levels]
    elif "central" in body.levels or context.on is None or not _stands(body, context.on):
        return set()
    name = _told(levels, kind, context)
    if name is None and not tail and len(levels) == 1:
        name = {"province": context.province, "district": context.district, "commune": context.commune}[levels[0]]
    if name is None:
        return set()
    return {split_kind(name)[1] if body.bare else name}


def _stands(body: Body, on: date) -> bool:
    return (body.since is None or body.since <= on) and (body.until is None or on <= body.until)


# accepts a unit of a department, named without it: "Phòng Tổ chức - Hành chính", "Thanh tra Sở"
_INNER = regex.compile(
    r"(?:(?:Phòng|Trung tâm|Ban|Bộ phận|Tổ) \p{Lu}(?!.*(?<!\p{L})(?:Sở|tỉnh|thành phố|huyện|quận|thị xã|xã(?! hội)|phường|khu vực)(?!\p{L})).*|(?:Thanh tra|Văn phòng|Công đoàn|Đảng ủy) Sở)"
)
# accepts a name that ends in its level, without the name of the unit: "Bộ phận Tài chính - Kế toán xã"
_LEVELLED = regex.compile(
    r"\p{Lu}(?!.*(?<!\p{L})các(?!\p{L})).* (?P<kind>tỉnh|thành phố|thị xã|thị trấn|huyện|quận|phường|xã|đặc khu)"
)


def _completed(text: str, context: AgencyContext) -> str:
    """The name of a body that is not in the authority file with what the issuer tells: the department that it is a unit of,
    or the name of the unit of its level. As it is where that is not certain."""
    if context.issuer is not None and context.issuer.startswith("Sở ") and _INNER.fullmatch(text):
        return f"{text.removesuffix(' Sở')} {context.issuer}"
    levelled = _LEVELLED.fullmatch(text)
    if levelled is None or text.startswith("Các ") or text.endswith(f" cấp {levelled['kind']}"):
        return text
    era = era_of(context.on)
    kind = levelled["kind"]
    names = set()
    for each in ("63", "34") if era is None else (era,):
        places = _places(context, each)
        names |= {u.name for level in _KIND_LEVELS[kind] if (u := places.at(level)) and u.kind == kind}
    if not names and (told := _told(_KIND_LEVELS[kind], kind, context)) is not None:
        names = {split_kind(told)[1]}
    return f"{text} {names.pop()}" if len(names) == 1 else text


@lru_cache(maxsize=4096)
def resolve(mention_text: str, context: AgencyContext) -> Resolved:
    """Full official name and key of a mention.

    The key is that of the body named ("Giám đốc Sở Y tế": of the department that he heads; the name keeps the post). Groups
    ("các đơn vị liên quan", "UBND các huyện"), bodies that are not in the authority file and those whose place is not
    certain have no key; their name is the mention with its acronyms written out. A province is never invented.
    """
    text = canonical(" ".join(mention_text.split()))
    words = fold_words(text)
    first, found = next(((i, b) for i in range(len(words)) if (b := body_at(words, i)) is not None), (0, None))
    if found is None:
        return Resolved(_completed(text, context) or None, None)
    body, count = found
    prefix = text[: words[first].start]
    tail = text[words[first + count - 1].end :].strip(" ,")
    one = not (prefix and _OTHER_THAN.search(prefix))
    if tail and not _OTHER_THAN.match(tail):
        owner = body_at(words, first + count)
        if owner is not None and not owner[0].part:  # "Văn phòng | Sở Nội vụ", "Đảng ủy | Sở Tài chính"
            whose = resolve(tail, context).name
            return Resolved(f"{prefix}{body.name} {whose}", None)
    if body.generic:
        return Resolved(_completed(text, context), None)
    if body.levels == {"central"}:
        return Resolved(text, None) if tail else Resolved(prefix + body.name, f"vn/{body.slug}" if one else None)
    owners = [
        unit
        for era in _named_eras(body, tail, context)
        if (unit := _unit(body, tail, _places(context, era), context)) is not None
    ]
    names = {owner.name if body.bare else owner.full for owner in owners}
    if not names and not (body.part and not tail):
        names = _told_names(body, tail, context)
    if len(names) != 1:
        return Resolved(_completed(text, context) if body.part else text, None)
    key = f"{owners[0].key}/{body.slug}" if one and len(owners) == 1 else None
    return Resolved(f"{prefix}{body.name} {names.pop()}", key)
