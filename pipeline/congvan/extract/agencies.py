"""Mentions of agencies (cơ quan) in a flow: ``UBND các huyện, thành phố``, ``Giám đốc Sở Y tế``, ``các đơn vị liên quan``.

A mention is put together from parts, each found by a rule of ``rules/vi/agencies.toml`` or by a phrase of the authority
file (spaCy's PhraseMatcher over folded syllables):

    mention = posts (name place* | group) | name place* | group [link name place*]

Always the longest; the place and level belong to it. What a mention refers to is resolved later, with the document's
place and date (:func:`congvan.language.authority.resolve`).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache, lru_cache
from typing import TYPE_CHECKING, Literal, NamedTuple

import regex

from congvan.extract.found import Found
from congvan.language.acronyms import acronyms
from congvan.language.authority import canonical, elided, is_organ, is_person, phrases
from congvan.language.gazetteer import known_place
from congvan.rules.load import Match, rules

if TYPE_CHECKING:
    from spacy.matcher import PhraseMatcher
    from spacy.tokens import Doc

Form = Literal["agency", "group", "person"]

# accepts a place name without its kind right after a name: the "Kon Rẫy" of "Huyện ủy Kon Rẫy"
_BARE_PLACE = regex.compile(r" (\p{Lu}[\p{L}\p{M}]*(?:[-'’ ]{1,3}\p{Lu}[\p{L}\p{M}]*){0,3})")
# accepts the gap between a place and the next larger one: "huyện Kon Rẫy, tỉnh Kon Tum"
_LARGER = regex.compile(r",? (?=(?:tỉnh|huyện|thành phố|thị xã) \p{Lu})", regex.IGNORECASE)
# accepts the number of a region: the " XIV" of "Kho bạc Nhà nước khu vực XIV"
_AREA = regex.compile(r" (?:[IVX]+|\d{1,2})(?![\p{L}\d])")
# accepts what stands between a bank and the place of its branch: " Chi nhánh ", " - Chi nhánh "
_BRANCH = regex.compile(r"(?: ?[-–])? [Cc]hi nhánh ")
# accepts a company without a name, which is one only in the plural: "các Công ty"
_BARE_COMPANY = regex.compile(r"(?:Tổng c|Tổng C|C)ông ty")
# accepts what joins two posts of one agency: "Chủ tịch, các PCT UBND tỉnh"
_POSTS = regex.compile(r"(?:,| và|, và|;)? (?:các )?(?:đồng chí )?")
# accepts the end of a group that the body it serves follows at once: "các đơn vị thành viên Ban Chỉ đạo"
_MEMBERS = regex.compile(r"(?:thành viên|giúp việc)$", regex.IGNORECASE)
# accepts what joins two agencies of a list: ", ", " và ", "; ", " cùng với "
_JOIN = regex.compile(r" ?[,;] (?:và |cùng (?:với )?)?| và (?:của )?| cùng (?:với )?| với ")
# accepts what stands between names that share a head noun: "Tài chính, Nội vụ và Y tế"
_LISTED = regex.compile(r"(?:,? và |[,;] )(?=\p{Lu})")
# accepts the plural inside a name: "Ủy ban nhân dân các huyện", "UBND cấp xã"
_PLURAL = regex.compile(
    r" (?:các|cấp|hai|02|2) (?!chương trình|khu |dự án|công trình|cơ quan|tổ chức)", regex.IGNORECASE
)
# accepts the sign that makes an acronym a part of a document symbol: the "/" of "449/UBND-KTTH"
_SYMBOL = frozenset("/-–")
# words before a name that make it something else: "phi Chính phủ", "trái phiếu Chính phủ"
_NOT_AFTER = regex.compile(r"(?:phi|trái phiếu|công báo|tín phiếu) $", regex.IGNORECASE)
# accepts the start of a further word of a name: " Khu", "-Tài"
_GOES_ON = regex.compile(r"(?: | ?[-–] ?)\p{Lu}\p{Ll}")
# names that mean a body only with their level or the body that they are a part of
_NEEDS_MORE = frozenset({"thường trực", "thanh tra", "đảng bộ", "trường cao đẳng", "hội đồng thẩm định"})
_SHORT_NAMES = frozenset({"Báo", "Thuế"})
# accepts what makes a group of territories a place and no agent: "tại các huyện", "trên địa bàn các xã"
_PLACE_BEFORE = regex.compile(r"(?:tại|ở|địa bàn) $", regex.IGNORECASE)
_TERRITORY = regex.compile(r"(?:các|một số|những) (?:huyện|xã|cấp|địa phương)", regex.IGNORECASE)
# accepts a name in small letters that is no common word: "ủy ban nhân dân", "sở kế hoạch và đầu tư", "ban chỉ đạo"
_SMALL_NAME = regex.compile(
    r"(?:[uủ][ỷy] ban|hội đồng|sở|ban|chi cục|phòng|văn phòng|t[oò][àa] án|viện kiểm|bộ|kho bạc|ngân hàng) \p{L}+ \p{L}+ \p{L}|ban chỉ đạo"
)


class _Part(NamedTuple):
    end: int
    rule: str


@dataclass(slots=True)
class _Chart:
    """The parts of one flow by role and start; of several parts at one place the longest."""

    text: str
    parts: dict[str, dict[int, _Part]] = field(default_factory=dict)

    def add(self, role: str, start: int, end: int, rule: str) -> None:
        column = self.parts.setdefault(role, {})
        known = column.get(start)
        if known is None or known.end < end or (known.end == end and rule == "agencies.name"):
            column[start] = _Part(end, rule)

    def at(self, role: str, start: int) -> _Part | None:
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


def _chart(text: str, doc: Doc | None) -> _Chart:
    if doc is None:
        from congvan.language.spacy_vi import syllable_doc

        doc = syllable_doc(text)
    chart = _Chart(text)
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


def _add_rule(chart: _Chart, m: Match) -> None:
    role = str(m.rule.set["role"])
    start, end = m.start, m.end
    if role == "place":
        named = m.groups.get("name")
        if named is not None:
            end = _named_place_end(chart.text, m)
    elif role in ("name", "unknown") and _in_symbol(chart.text, start, end):
        return
    elif role == "group" and _PLACE_BEFORE.search(chart.text, max(start - 8, 0), start):
        if _TERRITORY.match(chart.text, start):
            return
    elif role == "post" and chart.text[start:end] == "lãnh đạo":  # mostly the verb
        return
    if start > 0 and chart.text[start - 1].isalpha():
        return
    chart.add(role, start, end, m.rule.id)


def _named_place_end(text: str, m: Match) -> int:
    """End of a kind of unit with its name; without the name where it is not known and does not look like one."""
    start, stop = m.groups["name"]
    known = _place_end(text, start, stop)
    if known is not None:
        return known
    unit = m.groups["unit"]
    small = text[unit[0] : unit[1]].lower() in ("huyện", "xã", "phường", "thị trấn", "quận")
    name = text[start:stop]
    # "tỉnh Cam Túc" is a name, the capital of "tỉnh Quy định" is not
    return stop if (small or " " in name) and not name.isupper() else unit[1]


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
    if (
        text.startswith(" viên", end)
        or _in_symbol(text, start, end)
        or _NOT_AFTER.search(text, max(start - 12, 0), start)
    ):
        return False
    return written[0].isupper() or _SMALL_NAME.match(written) is not None


def _place_end(text: str, start: int, stop: int, *, communes: bool = True) -> int | None:
    """End of the longest place name of the gazetteers that starts at ``start``; None where none does."""
    end = stop
    while end > start:
        if known_place(text[start:end], communes=communes):
            return end
        end = text.rfind(" ", start, end)
    return None


def _tail(chart: _Chart, end: int) -> int:
    """End of the level and places that follow a name."""
    text = chart.text
    numbered = _AREA.match(text, end) if text.endswith("khu vực", 0, end) else None
    if numbered is not None:
        return numbered.end()
    branch = _BRANCH.match(text, end)
    here = chart.skip(end) if branch is None else branch.end()
    level = chart.at("level", here)
    if level is not None and here > end:
        end = level.end
    else:
        place = chart.at("place", here)
        if place is None or here == end:
            bare = _BARE_PLACE.match(text, end)
            stop = _place_end(text, bare.start(1), bare.end(1), communes=False) if bare else None
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


def _longer(chart: _Chart, known: _Part | None, unknown: _Part | None) -> _Part | None:
    """The name of the authority file, unless one that is not in it goes on with a capital right behind its end."""
    if known is None or unknown is None:
        return known or unknown
    goes_on = _GOES_ON.match(chart.text, known.end) is not None and unknown.end > known.end
    return unknown if goes_on and _tail(chart, known.end) == known.end else known


def _name(chart: _Chart, start: int, *, small: bool = False, several: bool = False) -> _Part | None:
    """A name with its place and level; one in small letters only where ``small``."""
    part = _longer(chart, chart.at("name", start), chart.at("unknown", start))
    if small:
        low = chart.at("small", start)
        part = low if low is not None and (part is None or low.end > part.end) else part
    if part is None:
        short = chart.at("short", start)
        if short is None or (end := _tail(chart, short.end)) == short.end:
            return None
        return _Part(end, short.rule)
    if _BARE_COMPANY.fullmatch(chart.text, start, part.end) and not several:
        return None
    end = _tail(chart, part.end)
    if end == part.end and chart.text[start:end].lower() in _NEEDS_MORE and not small:
        owner = chart.at("name", chart.skip(end))
        return None if owner is None or chart.skip(end) == end else _Part(_tail(chart, owner.end), part.rule)
    if end == part.end and is_organ(chart.text[start:end]):
        owner = chart.at("name", chart.skip(end))
        if owner is not None and chart.skip(end) > end:
            end = _tail(chart, owner.end)
    return _Part(end, part.rule)


def _group(chart: _Chart, start: int) -> _Part | None:
    """A group, with the body that it belongs to."""
    part = chart.at("group", start)
    if part is None:
        return None
    here = chart.skip(part.end)
    link = chart.at("link", here) or chart.at("link", part.end)
    if link is not None:
        owner = _name(chart, chart.skip(link.end))
        if owner is not None:
            return _Part(owner.end, part.rule)
    direct = _name(chart, here) if _MEMBERS.search(chart.text, start, part.end) else None
    if direct is not None:
        return _Part(direct.end, part.rule)
    if chart.text[start : part.end].lower() in ("thành viên", "cơ quan giúp việc"):
        return None
    return part


def _posts(chart: _Chart, start: int) -> _Part | None:
    """Posts and the agency or group they belong to, one mention."""
    post = chart.at("post", start)
    while post is not None:
        end, longest = post.end, 0
        while end > start:
            body = _headed(chart, end)
            longest = max(longest, body.end if body is not None else 0)
            # "Trưởng Ban Chỉ đạo", "Chánh Thanh tra tỉnh": the end of the post can be the start of the name
            end = chart.text.rfind(" ", start, end)
        if longest:
            return _Part(longest, post.rule)
        gap = _POSTS.match(chart.text, post.end)
        post = chart.at("post", gap.end()) if gap is not None else None
    return None


def _headed(chart: _Chart, end: int) -> _Part | None:
    """The agency or group after a post that ends at ``end``."""
    here = chart.skip(end)
    if here == end:
        return None
    body = _name(chart, here, small=True) or _group(chart, here) or chart.at("kind", here)
    if body is None and chart.text.startswith("của ", here):
        body = _name(chart, here + 4) or _group(chart, here + 4)
    return body


def _several(chart: _Chart, start: int) -> tuple[_Part, Form] | None:
    """Several bodies or posts of one name: "các Công ty …", "các Phó Chủ tịch UBND tỉnh"."""
    word = chart.at("several", start)
    if word is None:
        return None
    here = chart.skip(word.end)
    persons = _posts(chart, here)
    if persons is not None:
        return persons, "person"
    part = _name(chart, here, several=True)
    if part is None:
        return None
    after = chart.at("modifier", chart.skip(part.end))
    form: Form = "person" if is_person(chart.text[here : part.end]) else "group"
    return (part if after is None else _Part(after.end, part.rule)), form


def _mention(chart: _Chart, start: int) -> tuple[_Part, Form] | None:
    """The longest mention that starts at ``start``, and its form."""
    found: list[tuple[_Part, Form]] = []
    posts, name, group, several = (
        _posts(chart, start),
        _name(chart, start),
        _group(chart, start),
        _several(chart, start),
    )
    if posts is not None:
        found.append((posts, "person"))
    if name is not None:
        end = chart.text[start : name.end]
        found.append((name, "person" if is_person(end) else "group" if _PLURAL.search(end) else "agency"))
    if group is not None:
        found.append((group, "group"))
    if several is not None:
        found.append(several)
    return max(found, key=lambda f: f[0].end, default=None)


def _listed(chart: _Chart, start: int) -> list[Found]:
    """The bodies of "[Giám đốc] các Sở: Tài chính, Nội vụ", each its own mention; the first covers the head noun."""
    text = chart.text
    post = chart.at("post", start)
    head = chart.at("elided", start if post is None else chart.skip(post.end))
    if head is None:
        return []
    noun = text[: head.end].rstrip(": ").rpartition(" ")[2].capitalize()
    title = "" if post is None else text[start : post.end] + " "
    form: Form = "agency" if post is None else "person"
    out: list[Found] = []
    here = head.end
    while (end := elided(noun, text, here)) is not None and text[here].isupper():
        value = {"name": canonical(f"{title}{noun} {text[here:end]}"), "key": None, "form": form}
        out.append(Found("agencies", here if out else start, end, value, head.rule))
        gap = _LISTED.match(text, end)
        if gap is None:
            break
        here = gap.end()
    alone = len(out) == 1 and ":" not in text[head.end - 2 : head.end]  # "các Sở Tư pháp": all of that name
    return [] if alone else out


@lru_cache(maxsize=64)
def _mentions(text: str) -> tuple[Found, ...]:
    return tuple(_scan(_chart(text, None)))


def _scan(chart: _Chart) -> Iterator[Found]:
    starts = sorted(
        {
            s
            for role in ("post", "name", "unknown", "short", "group", "several", "elided")
            for s in chart.parts.get(role, ())
        }
    )
    done = 0
    for start in starts:
        if start < done:
            continue
        listed = _listed(chart, start)
        if listed:
            yield from listed
            done = listed[-1].end
            continue
        mention = _mention(chart, start)
        if mention is not None:
            part, form = mention
            done = part.end
            yield _found(chart.text, start, part, form)


def _found(text: str, start: int, part: _Part, form: Form) -> Found:
    value = {"name": canonical(text[start : part.end]), "key": None, "form": form}
    return Found("agencies", start, part.end, value, part.rule)


def find_agencies(text: str, doc: Doc | None = None) -> list[Found]:
    """All mentions of agencies in a flow, in order, without overlaps.

    The value has ``name`` (acronyms written out, as far as the mention alone tells), ``key`` (None until it is resolved) and
    ``form``: "agency" (one body), "group" (several, or a kind of them) or "person" (who heads or represents it).

    Args:
        text: flow of a paragraph (NFC, lines joined by single spaces).
        doc: its Doc of syllables (:func:`congvan.language.spacy_vi.syllable_doc`), made when None.
    """
    if doc is None:
        return list(_mentions(text))
    return list(_scan(_chart(text, doc)))


def chain(text: str, start: int) -> list[Found]:
    """The agencies of the list that starts at ``start`` (white space before the first is skipped): "A, B và C" or "A cùng với B".

    The list ends where no further agency follows a comma, semicolon, "và", "cùng", "với"; its end is that of the last Found.
    Empty where no agency starts there. Calls for the same text share one search.
    """
    while start < len(text) and text[start].isspace():
        start += 1
    by_start = {f.start: f for f in _mentions(text)}
    out: list[Found] = []
    found = by_start.get(start)
    while found is not None:
        out.append(found)
        join = _JOIN.match(text, found.end)
        found = by_start.get(join.end()) if join is not None else None
    return out
