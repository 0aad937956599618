"""The parts of mentions of agencies: names, posts, groups, levels and places, each found in the flow by its rule.

:mod:`congvan.extract.agencies` joins them to mentions.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cache
from typing import TYPE_CHECKING, NamedTuple

import regex

from congvan.extract.agency_names import name_end
from congvan.language.acronyms import acronyms
from congvan.language.bodies import is_field, phrases
from congvan.language.gazetteer import Level, known_place, place_end
from congvan.language.syllables import is_syllable
from congvan.rules.load import Match, rules

if TYPE_CHECKING:
    from spacy.matcher import PhraseMatcher
    from spacy.tokens import Doc

# accepts a place name without its kind right after a name: the "Kon Rẫy" of "Huyện ủy Kon Rẫy"
_BARE_PLACE = regex.compile(r" (\p{Lu}[\p{L}\p{M}]*(?:[-'’ ]{1,3}\p{Lu}[\p{L}\p{M}]*){0,3})")
# accepts the first name behind a level in the plural: " Kỳ Sơn" in "các huyện Kỳ Sơn, Tương Dương", ": Đăk Hà"
_UNIT_NAME = regex.compile(
    r":? (?P<name>\p{Lu}[\p{L}\p{M}]*(?:['’]\p{L}+)?(?: \p{Lu}[\p{L}\p{M}]*(?:['’]\p{L}+)?){0,3})"
)
# accepts a further one: ", Tương Dương", " và huyện Con Cuông", ", thành phố Bảo Lộc"
_NEXT_UNIT_NAME = regex.compile(
    r"(?:,| và|, và) (?:(?:huyện|quận|thị xã|thành phố|TP\.?|xã|phường|thị trấn) )?(?P<name>\p{Lu}[\p{L}\p{M}]*(?:['’]\p{L}+)?(?: \p{Lu}[\p{L}\p{M}]*(?:['’]\p{L}+)?){0,3})"
)
# accepts the gap between a place and the next larger one: "huyện Kon Rẫy, tỉnh Kon Tum"
_LARGER = regex.compile(r",? (?=(?:tỉnh|huyện|quận|thành phố|thị xã) (?:\p{Lu}|\d))", regex.IGNORECASE)
# accepts the space before a word in small letters
_SMALL_WORD = regex.compile(r" (?=\p{Ll})")
# accepts the dash inside or behind a place: the " - " of "Bà Rịa - Vũng Tàu"
_DASH = regex.compile(r" ?[-–]")
# accepts the number of a region: the " XIV" of "Kho bạc Nhà nước khu vực XIV"
_AREA = regex.compile(r" (?:[IVX]+|\d{1,2})(?![\p{L}\d])")
# accepts a person's name: family name, and one to three more: "Trần Quốc Thái"
_FAMILY = regex.compile(
    r"(?:Nguyễn|Trần|Lê|Phạm|Hoàng|Huỳnh|Phan|Vũ|Võ|Đặng|Bùi|Đỗ|Hồ|Ngô|Dương|Lý|Đinh|Trịnh|Mai|Tô|Lương|Đoàn|Trương|Cao|Tạ|Hà|Lưu|Thái|Tống|Nông|Lò|Vàng|Giàng|Rơ|Ksor|Siu) \p{Lu}"
)
# accepts the number of a body: " số 3" of "Đội Quản lý thị trường số 3"
_ORDINAL = regex.compile(r" số \d{1,3}(?![\d/.,-]*\d|/)")
# accepts the province behind the number of a region: " - Đắk Lắk"
_SEAT = regex.compile(r" [-–] (\p{Lu}[\p{L}\p{M}]*(?: \p{Lu}[\p{L}\p{M}]*){0,3})")
# accepts the number that tells two places of one name apart: the " 2" of "xã Sơn Kim 2"
_NUMBER = regex.compile(r" \d{1,2}(?![\d/]|[.,]\d)")
# accepts what stands between a bank and the place of its branch: " Chi nhánh ", " - Chi nhánh "
_BRANCH = regex.compile(r"(?: ?[-–])? [Cc]hi nhánh ")
# accepts the sign that makes an acronym a part of a document symbol: the "/" of "449/UBND-KTTH"
_SYMBOL = frozenset("/-–")
# words before a name that make it something else: "phi Chính phủ", "trái phiếu Chính phủ"
_NOT_AFTER = regex.compile(r"(?:phi|trái phiếu|công báo|tín phiếu) $", regex.IGNORECASE)
# words before a web portal that make it a place to publish and no agent: "đăng tải trên Cổng Thông tin điện tử"
_PUBLISHED = regex.compile(r"(?:trên|tại|lên|vào|qua) (?:các )?$")
# words behind an office that make it another thing: "Văn phòng đại diện", "Thủ tướng Seán Lemass"
_NOT_BEFORE = regex.compile(r" (?:đại diện|công chứng|luật sư|phẩm|cho thuê|làm việc)(?!\p{L})")
_NEXT_NAME = regex.compile(r" (\p{Lu}\p{Ll}+) \p{Lu}")
# accepted as names only before their place: "Báo Kon Tum", "Thuế tỉnh"
_SHORT_NAMES = frozenset({"Báo", "Thuế"})
# accepts what makes a group of territories a place and no agent: "tại các huyện", "trên địa bàn các xã"
_PLACE_BEFORE = regex.compile(r"(?:tại|ở|địa bàn) $", regex.IGNORECASE)
_TERRITORY = regex.compile(r"(?:các|một số|những) (?:huyện|xã|cấp|địa phương)", regex.IGNORECASE)
# accepts a name in small letters that is no common word: "ủy ban nhân dân", "sở kế hoạch và đầu tư", "ban chỉ đạo"
_SMALL_NAME = regex.compile(
    r"(?:[uủ][ỷy] ban|hội đồng|sở|ban|chi cục|phòng|văn phòng|t[oò][àa] án|viện kiểm|bộ|kho bạc|ngân hàng) \p{L}+ \p{L}+ \p{L}|ban chỉ đạo"
)


class Part(NamedTuple):
    """End of a part that starts at a known place, and the id of the rule that found it."""

    end: int
    rule: str


@dataclass(slots=True)
class Chart:
    """The parts of one flow by role and start; of several parts at one place the longest.

    Attributes:
        parts: role -> start -> part. Roles: "post", "name", "unknown" (a name that is not in the authority file), "small" (a
            name in small letters), "short" (a name of one syllable), "group", "kind", "several", "elided", "level",
            "place", "link", "modifier"; see ``rules/vi/agencies.toml``.
        headless: starts of posts that are known to lead to no agency.
    """

    text: str
    parts: dict[str, dict[int, Part]] = field(default_factory=dict)
    headless: set[int] = field(default_factory=set)

    def add(self, role: str, start: int, end: int, rule: str) -> None:
        """Enter a part, unless a longer one of that role starts there."""
        column = self.parts.setdefault(role, {})
        known = column.get(start)
        if known is None or known.end < end or (known.end == end and rule == "agencies.name"):
            column[start] = Part(end, rule)

    def at(self, role: str, start: int) -> Part | None:
        """The part of a role that starts at ``start``."""
        return self.parts.get(role, {}).get(start)

    def skip(self, position: int) -> int:
        """Position after one space."""
        return position + 1 if self.text[position : position + 1] == " " else position


@cache
def _name_matcher() -> PhraseMatcher:
    """The names of the authority file, folded, with the variants of their punctuation."""
    from spacy.matcher import PhraseMatcher

    from congvan.language.spacy_vi import syllable_doc, vocab

    matcher = PhraseMatcher(vocab(), attr="NORM")
    matcher.add("agencies.name", [syllable_doc(p) for p in phrases()])
    return matcher


def find_parts(text: str, doc: Doc | None) -> Chart:
    """All parts in a flow; ``doc`` is its Doc of syllables, made when None."""
    if doc is None:
        from congvan.language.spacy_vi import syllable_doc

        doc = syllable_doc(text)
    chart = Chart(text)
    for m in rules("agencies").all_matches(text, doc):
        _add_rule(chart, m)
    for _, first, stop in _name_matcher()(doc):
        span = doc[first:stop]
        if _is_name(text, span.start_char, span.end_char, stop - first):
            chart.add("name", span.start_char, span.end_char, "agencies.name")
        elif stop - first > 1:
            chart.add("small", span.start_char, span.end_char, "agencies.name")
        elif span.text in _SHORT_NAMES:
            chart.add("short", span.start_char, span.end_char, "agencies.name")
    return chart


def _add_rule(chart: Chart, m: Match) -> None:
    role = str(m.rule.set["role"])
    start, end = m.start, m.end
    if role == "place":
        named = m.groups.get("name")
        if named is not None:
            end = _named_place_end(chart.text, m)
    elif role in ("name", "unknown", "post") and _in_symbol(chart.text, start, end):
        return
    elif m.rule.id == "agencies.head-acronym":
        acronym = chart.text[start:end].partition(" ")[2]
        if not acronym.isalpha() and not is_field(acronym):  # "Sở KHĐT và UBND": two names
            return
    elif role == "group" and _PLACE_BEFORE.search(chart.text, max(start - 8, 0), start):
        if _TERRITORY.match(chart.text, start):
            return
    elif role == "post" and chart.text[start:end] == "lãnh đạo":  # mostly the verb
        return
    if start > 0 and chart.text[start - 1].isalpha() and role not in ("gap", "definition"):
        return
    if m.rule.id == "agencies.company":
        end = _company_end(chart.text, start, end)
    if role == "unknown" or (m.rule.id == "agencies.company" and not chart.text[:end].endswith("chủ sở hữu")):
        end = name_end(chart.text, start, end)
    chart.add(role, start, end, m.rule.id)


# levels of the units that a kind of unit can be
_LEVELS: dict[str, tuple[Level, ...]] = {
    "tỉnh": ("province",),
    "thành phố": ("province", "district"),
    "tp": ("province", "district"),
    "huyện": ("district",),
    "quận": ("district",),
    "thị xã": ("district",),
    "tx": ("district",),
}
_UPPER: tuple[Level, ...] = ("province", "district")


def _named_place_end(text: str, m: Match) -> int:
    """End of a kind of unit with its name; without the name where it is not known and does not look like one."""
    start, stop = m.groups["name"]
    unit = m.groups["unit"]
    levels = _LEVELS.get(text[unit[0] : unit[1]].lower(), ("commune",))
    known = place_end(text, start, stop, levels)
    if known is not None:
        numbered = _NUMBER.match(text, known)  # "phường Hà Giang 1"
        return numbered.end() if numbered is not None and known_place(text[start : numbered.end()], levels) else known
    dash = _DASH.search(text, start, stop)
    stop = stop if dash is None else dash.start()
    numbered = _NUMBER.match(text, stop)
    if numbered is not None and known_place(
        text[start : numbered.end()], levels
    ):  # "xã Sơn Kim 2"; there is no "xã Sơn Kim"
        return numbered.end()
    name = text[start:stop]
    if _FAMILY.match(name):  # "Phó Chủ tịch UBND tỉnh Trần Quốc Thái"
        return unit[1]
    # "tỉnh Cam Túc" is a name, the capital of "tỉnh Quy định" is not
    return stop if (levels[0] != "province" or " " in name) and not name.isupper() else unit[1]


def _company_end(text: str, start: int, end: int) -> int:
    """End of a company's name: a place in it is its last word, "Công ty Điện lực Kon Tum | lắp đặt"."""
    for gap in _SMALL_WORD.finditer(text, start, end):
        words = text[start : gap.start()].split(" ")
        if any(known_place(" ".join(words[-n:]), _UPPER) for n in (2, 3) if len(words) > n and words[-n][:1].isupper()):
            return gap.start()
    return end


def _in_symbol(text: str, start: int, end: int) -> bool:
    before = text[start - 1] if start else " "
    if before == " " and text[start - 2 : start - 1] in _SYMBOL and text[start - 3 : start - 2].isupper():
        return True  # "QĐ- BXD"
    after = text[end] if end < len(text) else " "
    return before in _SYMBOL or (after in _SYMBOL and text[end - 1].isupper() and text[end + 1 : end + 2].isalnum())


def _is_name(text: str, start: int, end: int, length: int) -> bool:
    """True for a name of the authority file that is one wherever it stands; small letters need a post before them."""
    written = text[start:end]
    if length == 1:
        return len(written) > 1 and written in acronyms() and not _in_symbol(text, start, end)
    if written.startswith(("Cổng", "Trang")) and _PUBLISHED.search(text, max(start - 10, 0), start):
        return False
    if written == "Văn phòng" and _NOT_BEFORE.match(text, end):
        return False
    if written in ("Thủ tướng", "Phó Thủ tướng"):
        named = _NEXT_NAME.match(text, end)
        if named is not None and named[1] != "Chính" and not is_syllable(named[1]):
            return False
    if (
        text.startswith(" viên", end)
        or _in_symbol(text, start, end)
        or _NOT_AFTER.search(text, max(start - 12, 0), start)
    ):
        return False
    return written[0].isupper() or _SMALL_NAME.match(written) is not None


def _units_end(text: str, start: int, end: int) -> int:
    """End of the names behind a level in the plural: "các huyện Kỳ Sơn, Tương Dương và Con Cuông"; names that are no
    places are left out."""
    if not text.startswith(("các ", "Các ", "CÁC "), start):
        return end
    named = _UNIT_NAME.match(text, end)
    while named is not None and known_place(named["name"]):
        end = named.end()
        named = _NEXT_UNIT_NAME.match(text, end)
    return end


def tail(chart: Chart, end: int) -> int:
    """End of the level and places that follow a name."""
    text = chart.text
    numbered = _AREA.match(text, end) if text.endswith("khu vực", 0, end) else None
    if numbered is not None:  # "khu vực 5 - Đắk Lắk"
        seat = _SEAT.match(text, numbered.end())
        stop = place_end(text, seat.start(1), seat.end(1), ("province",)) if seat is not None else None
        return stop or numbered.end()
    ordinal = _ORDINAL.match(text, end)
    if ordinal is not None and text[:end].rpartition(" ")[2] not in ("văn", "báo", "định"):
        end = ordinal.end()
    branch = _BRANCH.match(text, end)
    here = chart.skip(end) if branch is None else branch.end()
    level = chart.at("level", here)
    if level is not None and here > end:
        end = _units_end(text, here, level.end)
    else:
        place = chart.at("place", here)
        if place is None or here == end:
            bare = _BARE_PLACE.match(text, end)
            stop = place_end(text, bare.start(1), bare.end(1), _UPPER) if bare else None
            return end if stop is None else stop
        end = place.end
    larger = _LARGER.match(text, end)
    while larger is not None:
        place = chart.at("place", larger.end())
        if place is None:
            break
        end = place.end
        larger = _LARGER.match(text, end)
    return end
