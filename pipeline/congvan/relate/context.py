"""What the document as a whole tells about its parts: province, district, level of the issuer, date of issue."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from functools import cache

import regex

from congvan.document import CleanDocument, Layout
from congvan.language.authority import AgencyContext, resolve
from congvan.language.bodies import IssuerLevel
from congvan.language.gazetteer import ERAS, Level, find_units, known_place, place_end
from congvan.relate.ending import RecipientLine, read_recipients
from congvan.relate.letterhead import Letterhead, read_letterhead

# accepts the level that a recipient names: "Chủ tịch và các PCT UBND tỉnh", "CVP, các PCVP UBND huyện"
_OWN_LEVEL = regex.compile(
    r"(?:PCT|Chủ tịch|CT|CVP|PCVP|Thường trực|TT|Lãnh đạo|LĐ|VP|Văn phòng)\b[^;]{0,30}?(?:UBND|HĐND|Ủy ban nhân dân)"
    r" (?P<level>tỉnh|thành phố|huyện|quận|thị xã|xã|phường|thị trấn)",
    regex.IGNORECASE,
)
# accepts a unit with its name and what may belong to it: "huyện Kon Rẫy", "TỈNH BÀ RỊA - VŨNG TÀU", "tỉnh Hà Tĩnh Sở"
_NAMED = regex.compile(
    r"\b(?:(?P<party>(?i:tỉnh|huyện|quận|thành|thị)) (?i:ủy|uỷ|đoàn)|(?P<kind>(?i:tỉnh|thành phố|huyện|quận|thị xã|xã|phường|thị trấn|đặc khu))) (?P<name>\p{Lu}[\p{L}'’]*(?:(?: | ?[-–] ?)\p{Lu}[\p{L}'’]*){0,5}(?: \d{1,2}(?![\d/]|[.,]\d))?|\d{1,2}(?![\d/]|[.,]\d))"
)
_LEVELS: dict[str, tuple[Level, ...]] = {
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
# kinds of the units of committees of the Party: "HUYỆN ỦY LỘC BÌNH", "Thành ủy Kon Tum"
_PARTY_KINDS = {"tỉnh": "tỉnh", "huyện": "huyện", "quận": "quận", "thành": "thành phố", "thị": "thị xã"}
# accepts a central body at the head of its name: "BỘ TÀI CHÍNH", "CHÍNH PHỦ", "VĂN PHÒNG CHÍNH PHỦ"
_CENTRAL = regex.compile(
    r"BỘ (?!CHỈ HUY)|CHÍNH PHỦ|THỦ TƯỚNG|QUỐC HỘI|VĂN PHÒNG CHÍNH PHỦ|NGÂN HÀNG NHÀ NƯỚC VIỆT NAM|THANH TRA CHÍNH PHỦ"
)


def context_of(clean: CleanDocument, head: Letterhead, recipients: list[RecipientLine]) -> AgencyContext:
    """Find what "UBND tỉnh" and "Sở Tài chính" mean in this document.

    The province is the one that the head names, else the only one, or by far the most frequent one, that the text names as
    "tỉnh X"; a district or commune likewise where the issuer is of that level. A document that names none has none.
    """
    on = date.fromisoformat(head.issued_on.value) if head.issued_on else None
    top = "\n".join(field.value for field in (head.parent_agency, head.issuer) if field is not None)
    level = _level(top, recipients)
    text = _units(clean.text)
    named = _units(top)
    province = _name(named, "province") or _province_behind(top)
    if province is None and level != "central":  # a ministry that speaks of one province has none of its own
        province = _name(text, "province")
    district = _name(named, "district") or _name(text, "district") if level in {"district", "commune"} else None
    commune = _name(named, "commune") or _name(text, "commune") if level == "commune" else None
    if level == "district" and district is None and head.issued_at is not None:
        district = head.issued_at.value
    context = AgencyContext(province=province, district=district, commune=commune, on=on, level=level)
    writer = resolve(head.issuer.value, context).name if head.issuer is not None else None
    return replace(context, issuer=writer) if writer is not None and writer.startswith("Sở ") else context


def own_context(clean: CleanDocument, layout: Layout) -> AgencyContext:
    """The context of a document from its letterhead and recipients."""
    return context_of(clean, read_letterhead(clean, layout), read_recipients(clean, layout))


def _named_units(text: str) -> Iterator[tuple[IssuerLevel, str, str]]:
    """Level, kind and name (in title case) of the units that a text names; names as far as the gazetteers know them."""
    for m in _NAMED.finditer(text):
        start, stop = m.span("name")
        kind = _PARTY_KINDS[m["party"].lower()] if m["party"] else m["kind"].lower()
        levels = _LEVELS[kind]
        known = place_end(text, start, stop, levels)
        if known is None and kind == "tỉnh":
            continue
        name = text[start : known or stop]
        name = name.title() if name.isupper() else name
        level = "district" if kind == "thành phố" and not _is_province(name) else levels[0]
        yield level, kind, name


def _units(text: str) -> Counter[tuple[IssuerLevel, str]]:
    """Units named in a text with how often."""
    return Counter((level, f"{kind} {name}") for level, kind, name in _named_units(text))


def _province_behind(top: str) -> str | None:
    """The province whose bare name ends a line of the head: "SỞ Y TẾ LONG AN", "CÔNG AN ĐẮK LẮK"."""
    for line in top.splitlines():
        words = line.split(" ")
        for n in (2, 3, 1):
            name = " ".join(words[-n:])
            if len(words) > n + 1 and known_place(name, ("province",)):
                return name.title()
    return None


@cache
def _is_province(name: str) -> bool:
    return any(find_units(name, era=era, level="province") for era in ERAS)


def _name(named: Counter[tuple[IssuerLevel, str]], level: IssuerLevel) -> str | None:
    """The unit of a level that is the only one named, or at least three times as frequent as the next."""
    counts = sorted(((n, name) for (kind, name), n in named.items() if kind == level), reverse=True)
    if not counts or (len(counts) > 1 and counts[0][0] < 3 * counts[1][0]):
        return None
    return counts[0][1]


def _level(top: str, recipients: list[RecipientLine]) -> IssuerLevel | None:
    """Level of the issuer: from the head, else from how the recipients name their own leaders."""
    if _CENTRAL.match(top):
        return "central"
    named = list(_named_units(top))
    if named:  # the issuer stands last: "UBND TỈNH HÀ TĨNH", "SỞ NỘI VỤ"; "UBND HUYỆN A", "UBND XÃ B"
        return named[-1][0]
    votes = Counter(m["level"].lower() for line in recipients for m in _OWN_LEVEL.finditer(line.text))
    return _LEVELS[votes.most_common(1)[0][0]][0] if votes else None
