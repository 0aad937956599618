"""The kinds of bodies of the authority file ``models/agencies.json``, and their names as they are looked up."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Literal, NamedTuple

import regex

from congvan.language.acronyms import acronyms, agency_table, expand
from congvan.language.folding import fold_word

IssuerLevel = Literal["central", "province", "district", "commune"]
_LEVELS: dict[str, IssuerLevel] = {"C": "central", "P": "province", "D": "district", "M": "commune"}

# accepts a word, figure or sign of a name; dashes and commas are left out of look-ups
_TOKEN = regex.compile(r"[\p{L}\p{M}]+|\d+|[^\s\p{L}\d]")
_IGNORED = frozenset("-–—,.")


# accepts the noun that the name of a body begins with: "Bộ phận", "Trạm", "Ủy ban"
HEAD_NOUN = regex.compile(
    r"(?:Sở|Bộ phận|Bộ|Phòng|Ban|Cục|Chi cục|Tổng cục|Vụ|Thanh tra|Văn phòng|Tổ|Đội|Khoa|Trạm|Hạt|Kho bạc|Trung tâm|Viện|Trường|Học viện|Bệnh viện|Đài|Hội|Liên đoàn|Đoàn|"
    r"Công đoàn|Quỹ|Công ty|Ngân hàng|Công an|Tòa án|Toà án|Ủy ban|Uỷ ban|UBND|HĐND|Hội đồng|Mặt trận|Đảng ủy|Huyện ủy|Tỉnh ủy|Thành ủy|Chi bộ|Đảng bộ|Bảo hiểm)(?!\p{L})"
)


@dataclass(frozen=True, slots=True)
class Body:
    """A kind of body: one central agency, or what each unit of some levels has one of.

    Attributes:
        slug: last part of its key. name: official name without the place. levels: where it exists.
        other: other spellings. since, until: first and last day, None where unknown or open.
        central_since: day from which there is a central one too, where it is not older than the others.
        bare: the place follows without its kind ("Tỉnh ủy Kon Tum"). part: means one body only with its level or place.
        generic: never one body by itself. person: an office held by one person.
    """

    slug: str
    name: str
    levels: frozenset[IssuerLevel]
    other: tuple[str, ...] = ()
    since: date | None = None
    until: date | None = None
    central_since: date | None = None
    bare: bool = False
    part: bool = False
    generic: bool = False
    person: bool = False


@cache
def bodies() -> tuple[Body, ...]:
    """All bodies of the authority file."""
    out = []
    for row in agency_table()["bodies"]:
        out.append(
            Body(
                slug=row["slug"],
                name=row["name"],
                levels=frozenset(_LEVELS[c] for c in row["levels"]),
                other=tuple(row.get("aka", ())),
                since=date.fromisoformat(row["since"]) if "since" in row else None,
                until=date.fromisoformat(row["until"]) if "until" in row else None,
                central_since=date.fromisoformat(row["central"]) if "central" in row else None,
                bare=row.get("form") == "bare",
                part=row.get("part", False),
                generic=row.get("generic", False),
                person=row.get("person", False),
            )
        )
    return tuple(out)


@dataclass(frozen=True, slots=True)
class Change:
    """A merger or change of name of 2025: the bodies of ``before`` became ``after``. ``firm`` is False where the day differs
    from province to province; ``note`` says what went elsewhere. Bodies by slug."""

    before: tuple[str, ...]
    after: str
    since: date
    firm: bool
    note: str | None = None


@cache
def changes() -> tuple[Change, ...]:
    """What became of ministries and departments in the reform of 2025."""
    return tuple(
        Change(tuple(row["before"]), row["after"], date.fromisoformat(row["since"]), row["firm"], row["note"])
        for row in agency_table()["changes"]
    )


@cache
def phrases() -> tuple[str, ...]:
    """All names, spellings and acronyms to look for in a text, with the variants of their punctuation."""
    out: set[str] = set()
    for body in bodies():
        for name in (body.name, *body.other):
            out.update(_variants(name))
    words = agency_table()["words"]
    out.update(short for short in acronyms() if short not in words)
    return tuple(sorted(out))


def _variants(name: str) -> Iterator[str]:
    """The name as it is, and without, with other, or with fewer signs between its words."""
    yield name
    if " - " in name:
        yield name.replace(" - ", " ")
        yield name.replace(" - ", ", ")
        yield name.replace(" - ", " và ")
    if ", " in name:
        yield name.replace(", ", " ")
        yield name.replace(", ", " - ")
    if " và " in name:
        yield name.replace(" và ", " & ")
        yield name.replace(" và ", " - ")
    for full, acronym in (("Thường trực ", "TT"), ("Văn phòng ", "VP")):
        if name.startswith(full):
            for rest in (name[len(full) :], _shortened(name[len(full) :])):
                yield f"{acronym} {rest}"
                yield f"{acronym}. {rest}"
    short = _shortened(name)
    if short != name:
        yield short
        yield short.replace(" và ", " & ")
        yield short.replace("TB&XH", "TBXH")


# what stands for a part of a name in running text
_SHORT = {
    "Ủy ban nhân dân": "UBND",
    "Hội đồng nhân dân": "HĐND",
    "đại biểu Quốc hội": "ĐBQH",
    "Mặt trận Tổ quốc": "MTTQ",
    "mục tiêu quốc gia": "MTQG",
    "Ban Chỉ đạo": "BCĐ",
    "Phát triển nông thôn": "PTNT",
    "Thương binh và Xã hội": "TB&XH",
    "Ngân hàng Chính sách xã hội": "NHCSXH",
    "Ngân hàng Nhà nước": "NHNN",
    "Bảo hiểm xã hội": "BHXH",
    "Kho bạc Nhà nước": "KBNN",
}


class Word(NamedTuple):
    """A folded word of a text and its place."""

    folded: str
    start: int
    end: int


def _shortened(name: str) -> str:
    for full, acronym in _SHORT.items():
        name = name.replace(full, acronym)
    return name


def fold_words(text: str) -> list[Word]:
    """Folded words of a text; the signs that names are spelt with or without (dashes, commas) are left out."""
    return [
        Word("và" if m[0] == "&" else fold_word(m[0]), m.start(), m.end())
        for m in _TOKEN.finditer(text)
        if m[0] not in _IGNORED
    ]


@cache
def _index() -> dict[tuple[str, ...], Body]:
    index: dict[tuple[str, ...], Body] = {}
    for body in bodies():
        for name in (body.name, *body.other):
            for written in (name, expand(name), *_variants(name)):
                index.setdefault(tuple(word.folded for word in fold_words(written)), body)
    return index


@cache
def _longest() -> int:
    return max(map(len, _index()))


def body_at(words: Sequence[Word], first: int) -> tuple[Body, int] | None:
    """The body whose name is the longest that starts at word ``first``, and the number of its words."""
    index = _index()
    for count in range(min(_longest(), len(words) - first), 0, -1):
        body = index.get(tuple(word.folded for word in words[first : first + count]))
        if body is not None:
            return body, count
    return None


def is_person(text: str) -> bool:
    """True where the text starts with an office held by one person ("Thủ tướng Chính phủ", "Chủ tịch nước")."""
    found = body_at(fold_words(text), 0)
    return found is not None and found[0].person


# accepts an acronym of a field, with or without signs: "NN&PTNT", "LĐ-TB&XH", "KHĐT"
_FIELD = regex.compile(r"\p{Lu}{2,}(?:[&-]\p{Lu}{2,})*(?![\p{L}\d])")


def is_field(acronyms_of_a_field: str) -> bool:
    """True for the acronym of a field that departments are named by ("NN&PTNT", "VH,TT&DL", "NN và PTNT")."""
    return "".join(c for c in acronyms_of_a_field if c.isupper()) in agency_table()["fields"]


def elided(head: str, text: str, start: int) -> int | None:
    """End of the rest of a name whose head noun stands elsewhere: "Tài chính" or "TC" after ``head`` "Sở"; None where none
    starts."""
    short = _FIELD.match(text, start)
    if short is not None and is_field(short[0]):
        return short.end()
    words = [Word(fold_word(head), start, start)]
    words += [Word(w.folded, w.start + start, w.end + start) for w in fold_words(text[start : start + 80])]
    found = body_at(words, 0)
    return words[found[1] - 1].end if found is not None and found[1] > 1 else None


def is_central(text: str) -> bool:
    """True where the text starts with the name of a body that there is once in the country ("Chính phủ")."""
    found = body_at(fold_words(text), 0)
    return found is not None and "central" in found[0].levels and not found[0].part


def is_generic(text: str) -> bool:
    """True for the whole name of a kind of bodies, which is never one by itself ("Ban Chỉ đạo")."""
    body = body_named(text)
    return body is not None and body.generic


def body_named(text: str) -> Body | None:
    """The body whose whole name a text is, None for another text."""
    words = fold_words(text)
    found = body_at(words, 0)
    return found[0] if found is not None and found[1] == len(words) else None
