"""Mentions of agencies (cơ quan) in a flow: ``UBND các huyện, thành phố``, ``Giám đốc Sở Y tế``, ``các đơn vị liên quan``.

A mention is put together from parts, each found by a rule of ``rules/vi/agencies.toml`` or by a phrase of the authority
file (spaCy's PhraseMatcher over folded syllables):

    mention = posts (name place* | group) | name place* | group [link name place*]

Always the longest; the place and level belong to it. What a mention refers to is resolved later, with the document's
place and date (:func:`congvan.language.authority.resolve`).
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache, lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

import regex

from congvan.extract.agency_parts import Chart, Part, find_parts, tail
from congvan.extract.found import Found
from congvan.language.authority import canonical
from congvan.language.bodies import elided, is_central, is_person
from congvan.rules.load import rules
from congvan.rules.own import active

if TYPE_CHECKING:
    from spacy.tokens import Doc

Form = Literal["agency", "group", "person"]

# roles of the parts that a mention can start with
_OPENING = ("post", "name", "unknown", "short", "group", "several", "elided")

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
# head nouns that lists share; a longer one before the one that it ends with
_HEADS = ("Chi cục", "Cục", "Sở", "Phòng", "Bộ", "Vụ", "Ban")
# groups that are no bodies by themselves: they count where a task names them
_SOFT = regex.compile(
    r"(?:(?:tất cả |toàn thể )?các|những|mỗi|từng|một số)?\s*(?:doanh nghiệp(?: nhà nước)?|tổ chức(?:,? cá nhân)?|nhà thầu|cơ sở (?:y tế|giáo dục)|hợp tác xã|chủ đầu tư|đơn vị)(?:,? (?:cá nhân|doanh nghiệp|tổ chức))*(?: có liên quan| liên quan| trên địa bàn)*",
    regex.IGNORECASE,
)
_SOFT_STARTS = ("chủ đầu tư", "đơn vị", "những ", "các doanh nghiệp", "các tổ chức", "mỗi ", "các cơ sở", "từng ")
# accepts the plural inside a name: "Ủy ban nhân dân các huyện", "UBND cấp xã"
_PLURAL = regex.compile(
    r" (?:các|cấp|hai|02|2) (?!chương trình|khu |dự án|công trình|cơ quan|tổ chức)", regex.IGNORECASE
)
# accepts the start of a further word of a name: " Khu", "-Tài"
_GOES_ON = regex.compile(r"(?: | ?[-–] ?)\p{Lu}\p{Ll}")
# names that mean a body only with their level or the body that they are a part of
_NEEDS_MORE = frozenset({"thường trực", "thanh tra", "đảng bộ", "trường cao đẳng", "hội đồng thẩm định"})


def _longer(chart: Chart, known: Part | None, unknown: Part | None) -> Part | None:
    """The name of the authority file, unless one that is not in it goes on with a capital right behind its end."""
    if known is None or unknown is None:
        return known or unknown
    goes_on = _GOES_ON.match(chart.text, known.end) is not None and unknown.end > known.end
    return unknown if goes_on and tail(chart, known.end) == known.end else known


def _name(chart: Chart, start: int, *, small: bool = False, several: bool = False) -> Part | None:
    """A name with its place and level; one in small letters only where ``small``."""
    part = _longer(chart, chart.at("name", start), chart.at("unknown", start))
    if small:
        low = chart.at("small", start)
        part = low if low is not None and (part is None or low.end > part.end) else part
    if part is None:
        short = chart.at("short", start)
        if short is None or (end := tail(chart, short.end)) == short.end:
            return None
        return Part(end, short.rule)
    if _BARE_COMPANY.fullmatch(chart.text, start, part.end) and not several:
        return None
    end = tail(chart, part.end)
    if end == part.end and chart.text[start:end] == "thường trực":  # "Ủy viên thường trực": a kind of post
        return None
    if end == part.end and chart.text[start:end].lower() in _NEEDS_MORE and not small:
        owner = chart.at("name", chart.skip(end))
        return None if owner is None or chart.skip(end) == end else Part(tail(chart, owner.end), part.rule)
    if end == part.end and chart.skip(end) > end and not is_person(chart.text[start:end]):
        owner = chart.at("name", chart.skip(end))  # a part of a body, and the body: "Đảng ủy Sở Tài chính"
        if owner is not None and not is_central(chart.text[chart.skip(end) : owner.end]):
            end = tail(chart, owner.end)
    return Part(end, part.rule)


def _group(chart: Chart, start: int) -> Part | None:
    """A group, with the body that it belongs to."""
    part = chart.at("group", start)
    if part is None:
        return None
    here = chart.skip(part.end)
    link = chart.at("link", here) or chart.at("link", part.end)
    if link is not None:
        owner = _name(chart, chart.skip(link.end))
        if owner is not None:
            return Part(owner.end, part.rule)
    direct = _name(chart, here) if _MEMBERS.search(chart.text, start, part.end) else None
    if direct is not None:
        return Part(direct.end, part.rule)
    if chart.text[start : part.end].lower() in ("thành viên", "cơ quan giúp việc"):
        return None
    return part


def _posts(chart: Chart, start: int) -> tuple[Part, int] | None:
    """Posts and the agency or group they belong to, one mention; and where the agency or group begins in it."""
    post = chart.at("post", start)
    here, passed = start, []
    while post is not None and here not in chart.headless:
        end, longest, at = post.end, 0, 0
        while end > here:
            body = _headed(chart, end)
            if body is not None and body[0].end >= longest:  # "Chánh Văn phòng Sở": the office, not its owner
                longest, at = body[0].end, body[1]
            # "Trưởng Ban Chỉ đạo", "Chánh Thanh tra tỉnh": the end of the post can be the start of the name
            end = chart.text.rfind(" ", here, end)
        if longest:
            return Part(longest, post.rule), at
        passed.append(here)
        gap = _POSTS.match(chart.text, post.end)
        here = gap.end() if gap is not None else post.end
        post = chart.at("post", here)
    chart.headless.update(passed)
    return None


def _headed(chart: Chart, end: int) -> tuple[Part, int] | None:
    """The agency or group after a post that ends at ``end``, and where it begins."""
    here = chart.skip(end)
    if here == end:
        return None
    body = _name(chart, here, small=True) or _group(chart, here) or chart.at("kind", here)
    if body is None and chart.text.startswith("của ", here):
        here += 4
        body = _name(chart, here) or _group(chart, here) or chart.at("kind", here)
    return None if body is None else (body, here)


def _several(chart: Chart, start: int) -> tuple[Part, Form, int] | None:
    """Several bodies or posts of one name: "các Công ty …", "các Phó Chủ tịch UBND tỉnh"."""
    word = chart.at("several", start)
    if word is None:
        return None
    here = chart.skip(word.end)
    persons = _posts(chart, here)
    if persons is not None:
        return persons[0], "person", persons[1]
    part = _name(chart, here, several=True)
    if part is None:
        return None
    if chart.text[start : word.end].lower().endswith("đồng chí"):
        return (part, "person", here) if chart.text[start:here].lower() == "đồng chí " else None
    after = chart.at("modifier", chart.skip(part.end))
    form: Form = "person" if is_person(chart.text[here : part.end]) else "group"
    return (part if after is None else Part(after.end, part.rule)), form, start


def _mention(chart: Chart, start: int) -> tuple[Part, Form, int] | None:
    """The longest mention that starts at ``start``, its form, and where the body in it begins."""
    found = [_several(chart, start)]
    if (posts := _posts(chart, start)) is not None:
        found.append((posts[0], "person", posts[1]))
    if (name := _name(chart, start)) is not None:
        written = chart.text[start : name.end]
        form: Form = "person" if is_person(written) else "group" if _PLURAL.search(written) else "agency"
        found.append((name, form, start))
    if (group := _group(chart, start)) is not None:
        found.append((group, "group", start))
    return max((f for f in found if f is not None), key=lambda f: f[0].end, default=None)


def _listed(chart: Chart, start: int) -> list[Found]:
    """The bodies of "[Giám đốc] các Sở: Tài chính, Nội vụ", each its own mention; the first covers the head noun."""
    text = chart.text
    post = chart.at("post", start)
    head = chart.at("elided", start if post is None else chart.skip(post.end))
    if head is None:
        return []
    noun = next(n for n in _HEADS if n.lower() in text[start : head.end].lower())
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
def _mentions(text: str, _folders: tuple[Path, ...]) -> tuple[Found, ...]:
    return tuple(_scan(find_parts(text, None)))


@lru_cache(maxsize=64)
def _by_start(text: str, folders: tuple[Path, ...]) -> dict[int, Found]:
    return {f.start: f for f in _mentions(text, folders)}


def _scan(chart: Chart) -> Iterator[Found]:
    starts = sorted({start for role in _OPENING for start in chart.parts.get(role, ())})
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
            part, form, body = mention
            done = part.end
            yield _found(chart.text, start, part, form, body)
            if part.rule == "agencies.name" and form != "group":
                for further in _sharing_head(chart, body, part.end):
                    yield further
                    done = further.end


def _sharing_head(chart: Chart, start: int, end: int) -> Iterator[Found]:
    """Further departments of a list that names their head noun once: "Sở Tài chính, Kế hoạch và Đầu tư"."""
    text = chart.text
    noun = next((n for n in _HEADS if text.startswith(n + " ", start)), None)
    if noun is None:
        return
    while (gap := chart.at("gap", end)) is not None and not any(
        chart.at(role, gap.end) for role in ("name", "unknown", "post", "group")
    ):
        stop = elided(noun, text, gap.end)
        if stop is None or not text[gap.end].isupper():
            return
        value = {"name": canonical(f"{noun} {text[gap.end : stop]}"), "key": None, "form": "agency"}
        yield Found("agencies", gap.end, stop, value, gap.rule)
        end = stop


def _found(text: str, start: int, part: Part, form: Form, body: int) -> Found:
    told = _told_names(active()).get(part.rule)
    value: dict[str, Any] = {
        "name": text[start:body] + told if told else canonical(text[start : part.end]), "key": None, "form": form, "body": body - start,
    }  # fmt: skip
    if _is_soft(text[body : part.end]):
        value["soft"] = True
    return Found("agencies", start, part.end, value, part.rule)


@cache
def _told_names(_folders: tuple[Path, ...]) -> dict[str, str]:
    """Full names that rules give what they find (``set.name``), by rule."""
    return {rule.id: str(rule.set["name"]) for rule in rules("agencies").rules if "name" in rule.set}


def _is_soft(body: str) -> bool:
    return body.lower().startswith(_SOFT_STARTS) and _SOFT.fullmatch(body) is not None


def find_agencies(text: str, doc: Doc | None = None) -> list[Found]:
    """All mentions of agencies in a flow, in order, without overlaps.

    The value has ``name`` (acronyms written out, as far as the mention alone tells), ``key`` (None until it is resolved),
    ``form``: "agency" (one body), "group" (several, or a kind of them) or "person" (who heads or represents it), and
    ``body``: how many characters of the mention stand before the body itself ("Giám đốc " before "Sở Y tế"); ``soft`` is True for
    a group that is no body by itself ("các doanh nghiệp").

    Args:
        text: flow of a paragraph (NFC, lines joined by single spaces).
        doc: its Doc of syllables (:func:`congvan.language.spacy_vi.syllable_doc`), made when None.
    """
    if doc is None:
        return list(_mentions(text, active()))
    return list(_scan(find_parts(text, doc)))


def chain(text: str, start: int) -> list[Found]:
    """The agencies of the list that starts at ``start`` (white space before the first is skipped): "A, B và C" or "A cùng với B".

    The list ends where no further agency follows a comma, semicolon, "và", "cùng", "với"; its end is that of the last Found.
    Empty where no agency starts there. Calls for the same text share one search.
    """
    while start < len(text) and text[start].isspace():
        start += 1
    by_start = _by_start(text, active())
    out: list[Found] = []
    found = by_start.get(start)
    while found is not None:
        out.append(found)
        join = _JOIN.match(text, found.end)
        found = by_start.get(join.end()) if join is not None else None
    return out
