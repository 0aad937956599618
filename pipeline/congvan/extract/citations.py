"""Mentions of other documents: by number and symbol, laws by name, back references."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

import regex

from congvan.extract.found import Found
from congvan.language.numerals import parse_number as parse_words
from congvan.language.symbols import canonical_type, parse_number
from congvan.rules.load import Match, RuleSet, rules

_RELATIONS = (
    ("based", "căn cứ"),
    ("answer", "trả lời"),
    ("guide", "hướng dẫn"),
    ("carry", "thực hiện"),
    ("amend", "sửa đổi"),
    ("supplement", "bổ sung"),
    ("replace", "thay thế"),
    ("repeal", "bãi bỏ"),
    ("according", "theo"),
)
_MENTIONS = tuple(
    f"citations.{name}" for name in ("number", "party", "lost", "law", "laws", "short", "back")
)  # rules that find one
_REACH = 80  # characters between a relation word and the mention

# accepts one of the figures that share a symbol, perhaps with its year: "21", "22a", "21/2022"
_LISTED = regex.compile(r"(?P<figures>\d{1,5}\p{Ll}?)(?:/(?:19|20)\d\d)?")
# accepts one of several laws behind one word: "Đầu tư công"
_NAME = regex.compile(r"(?:, | và )?(\p{Lu}[^,]*?)(?=, | và \p{Lu}|$)")
# accepts the figures at the start of a number: "23" in "23/2022/NQ-HĐND", "23 " in "23 /QĐ-UBND"
_FIGURES = regex.compile(r"\d{1,5}\p{Ll}?")
# accepts what stands between a provision and its document: " của ", "” ", " tại "
_OF = regex.compile(r"[\"”»)]?,? ?(?:của |tại |trong |thuộc |ban hành kèm theo |kèm theo )?(?:các )?", regex.IGNORECASE)
# accepts what joins two numbers that share date and issuer: ", ", " và "
_JOINED = regex.compile(r"(?:, ?| và |, và )", regex.IGNORECASE)
# accepts the start of a number without a type of its own: "số 22", "22"
_BARE = regex.compile(r"\d|số ", regex.IGNORECASE)
# accepts what stands between the name of a law and its number: " số ", " "
_SO = regex.compile(r",? (?:số ?:? ?)?|,? luật số ?:? ?", regex.IGNORECASE)
# accepts the end of a clause: a relation word does not reach over it
_BREAK = regex.compile(r"[.;:()](?!\d)")


@dataclass(frozen=True, slots=True)
class Mention:
    """A citation with the ranges of the flow that it takes from other kinds (its number, date, provision)."""

    found: Found
    masked: tuple[tuple[int, int], ...]


def find_citations(text: str) -> list[Mention]:
    """Citations of a flow, by start.

    Value: ``number``, ``document_type``, ``issued_on``, ``issuer_text`` and ``issuer_span`` (the relate stage makes the
    agency reference ``issuer``), ``title``, ``provision``, ``relation``, ``resolved`` (None), ``year`` (of a law by
    name), ``reference`` ("this" or "above" for back references, else None), ``figures`` ("12", "100/2019") of a document named
    by type and figures alone.
    """
    ruleset = rules("citations")
    low = text.lower()
    hits = _matches(ruleset, text, low, *_MENTIONS)
    if not hits:
        return []
    parts = _Parts.of(ruleset, text, low)
    mentions: list[Mention] = []
    law: tuple[Match, Mention] | None = None
    for match in hits:
        if match.rule.id == "citations.law":
            law = (match, _law(text, match, parts))
            mentions.append(law[1])
        elif match.rule.id == "citations.lost":
            mentions.append(_lost(match, parts))
        elif match.rule.id == "citations.laws":
            mentions.extend(_laws(text, match, parts))
        elif match.rule.id == "citations.short":
            mentions.append(_short(match, parts))
        elif match.rule.id == "citations.back":
            mentions.append(_back(match, parts))
        else:
            named = law if law is not None and _SO.fullmatch(text, law[0].end, match.start) else None
            if named is not None:
                mentions.pop()
            mentions.extend(_numbered(text, match, parts, named))
    return _shared(text, mentions)


def _matches(ruleset: RuleSet, text: str, low: str, *names: str) -> list[Match]:
    """Matches of the rules named, without overlaps: the first wins, then the longer."""
    out: list[Match] = []
    for name in names:
        rule = ruleset.rule(name)
        if any(n in low for n in rule.needs):
            out.extend(ruleset.all_matches(text, only=name))
    out.sort(key=lambda m: (m.start, -m.end))
    kept: list[Match] = []
    for match in out:
        if not kept or match.start >= kept[-1].end:
            kept.append(match)
    return kept


@dataclass(frozen=True, slots=True)
class _Parts:
    """Provisions and relation words of a flow, and the patterns of what follows a number."""

    text: str
    provisions: tuple[Match, ...]
    provision_ends: tuple[int, ...]
    relations: tuple[Match, ...]
    relation_ends: tuple[int, ...]
    patterns: Mapping[str, regex.Pattern[str]]

    @classmethod
    def of(cls, ruleset: RuleSet, text: str, low: str) -> _Parts:
        provisions = tuple(_matches(ruleset, text, low, "citations.provision"))
        relations = tuple(_matches(ruleset, text, low, "citations.relation"))
        return cls(
            text,
            provisions,
            tuple(m.end for m in provisions),
            relations,
            tuple(m.end for m in relations),
            ruleset.patterns,
        )

    def provision(self, start: int) -> Match | None:
        """The provision that stands just before ``start``."""
        at = bisect_left(self.provision_ends, start + 1) - 1
        if at < 0 or start - self.provision_ends[at] > 30:
            return None
        match = self.provisions[at]
        return match if _OF.fullmatch(self.text, match.end, start) else None

    def relation(self, start: int) -> str | None:
        """The relation word that stands before ``start`` in the same clause."""
        at = bisect_left(self.relation_ends, start + 1) - 1
        if at < 0:
            return None
        match = self.relations[at]
        if start - match.end > _REACH or _BREAK.search(self.text, match.end, start):
            return None
        return next(name for group, name in _RELATIONS if match[group])

    def after(self, name: str, at: int) -> regex.Match[str] | None:
        """The part ``citations.<name>`` that begins at ``at``."""
        return self.patterns[f"citations.{name}"].match(self.text, at)


def _value(**given: Any) -> dict[str, Any]:
    return {
        "number": None,
        "document_type": None,
        "issued_on": None,
        "issuer_text": None,
        "issuer_span": None,
        "title": None,
        "provision": None,
        "relation": None,
        "resolved": None,
        "year": None,
        "reference": None,
        "figures": None,
        **given,
    }


def _before(parts: _Parts, start: int) -> tuple[dict[str, Any], list[tuple[int, int]], int]:
    """Provision and relation before a mention, what they mask, and where the whole begins."""
    provision = parts.provision(start)
    masked: list[tuple[int, int]] = []
    if provision is not None:
        start = provision.start
        masked.append((provision.start, provision.end))
    value = {"provision": provision["provision"] if provision else None, "relation": parts.relation(start)}
    return value, masked, start


def _after(parts: _Parts, at: int) -> tuple[dict[str, Any], int]:
    """Date, issuer and title after a number, and the end of the date or of the number."""
    value: dict[str, Any] = {"issued_on": None, "issuer_text": None, "issuer_span": None, "title": None}
    end = at
    for _ in range(2):  # the date stands before the issuer, rarely after it
        dated = parts.after("date", at) if value["issued_on"] is None else None
        if dated is not None:
            value["issued_on"] = _date(dated)
            at = end = (
                dated.end() if dated[0].startswith((" (", "(")) or not dated[0].endswith(")") else dated.end() - 1
            )
        issuer = parts.after("issuer", at) if value["issuer_text"] is None else None
        if issuer is not None:
            value["issuer_text"], value["issuer_span"] = issuer["issuer"], issuer.span("issuer")
            at = issuer.end()
    title = parts.after("title", at)
    if title is not None:
        value["title"] = title["title"].rstrip(" ,")
    return value, end


def _date(match: regex.Match[str]) -> str | None:
    month = parse_words(match["month"])
    try:
        return date(int(match["year"]), int(month or 0), int(match["day"])).isoformat()
    except ValueError:
        return None


def _numbered(text: str, match: Match, parts: _Parts, law: tuple[Match, Mention] | None) -> list[Mention]:
    """The mentions that one match holds: one, or several in a list that shares the symbol."""
    start, end = match.groups["number"]
    parsed = parse_number(text[start:end])
    named = canonical_type(match["type"] or "")
    if parsed is None or (match["so"] is None and named is None and law is None and not _safe(parsed.symbol)):
        return []
    whole_start = min(match.groups[g][0] for g in ("type", "so", "number") if g in match.groups)
    document_type, title = named or parsed.document_type, None
    before, masked, provision_start = _before(parts, whole_start)
    if law is not None:
        known = law[1].found
        before = {"provision": known.value["provision"], "relation": known.value["relation"]}
        whole_start, document_type, title = known.start, known.value["document_type"], known.value["title"]
        masked, provision_start = list(law[1].masked), known.start
    after, stop = _after(parts, end)
    if title is not None:
        after["title"] = title
    value = _value(document_type=document_type, **before, **after)
    listed: list[tuple[str, int, int]] = []
    if "list" in match.groups:
        tail = text[_FIGURES.match(text, start).end() : end]  # type: ignore[union-attr]  # the rule begins with figures
        for item in _LISTED.finditer(text, *match.groups["list"]):
            other = parse_number(item["figures"] + tail)
            if other is not None:
                listed.append((other.number, item.start(), item.end()))
    out = [
        Mention(Found("citations", a, b, {**value, "number": number}, match.rule.id), ((a, b),))
        for number, a, b in listed
    ]
    first = start if listed else provision_start
    if listed:
        a = out[0]
        out[0] = Mention(replace(a.found, start=provision_start), ((provision_start, a.found.end), *masked))
    found = Found("citations", first, stop, {**value, "number": parsed.number}, match.rule.id)
    out.append(Mention(found, ((min(start, whole_start) if not listed else start, stop), *masked)))
    return out


# accepts a symbol that no other kind of text uses: type or agency with another part ("QĐ-UBND"), National Assembly ("QH15")
_SAFE = regex.compile(r"\p{Lu}[\p{L}&]+[-/]\p{Lu}[\p{L}\d&/-]*|(?:UBTV)?QH\d{1,2}")


def _safe(symbol: str) -> bool:
    return _SAFE.fullmatch(symbol) is not None


def _law(text: str, match: Match, parts: _Parts) -> Mention:
    before, masked, start = _before(parts, match.start)
    after, stop = _after(parts, match.end)
    title = match["title"] or ""
    year = match["year"]
    value = _value(
        document_type=canonical_type(match["kind"] or "Hiến pháp"),
        year=int(year) if year else None,
        issued_on=after["issued_on"],
        title=title,
        **before,
    )
    found = Found("citations", start, stop, value, match.rule.id)
    return Mention(found, ((match.start, stop), *masked))


def _laws(text: str, match: Match, parts: _Parts) -> list[Mention]:
    """The laws of "các Luật: Đất đai, Đầu tư công và Đấu thầu", one mention each."""
    before, masked, _ = _before(parts, match.start)
    kind = match["kind"] or ""
    out: list[Mention] = []
    for m in _NAME.finditer(text, *match.groups["names"]):
        value = _value(document_type=canonical_type(kind), title=f"{kind} {m[1]}", **before)
        start = m.start(1) if out else match.start
        span = (start, m.end(1))
        out.append(Mention(Found("citations", *span, value, match.rule.id), (span, *masked)))
    return out


def _short(match: Match, parts: _Parts) -> Mention:
    """A document by its figures alone: the number stays open, since the symbol is part of it."""
    before, masked, start = _before(parts, match.start)
    after, stop = _after(parts, match.end)
    value = _value(
        document_type=canonical_type(match["type"] or ""),
        figures=(match["figures"] or "") + (f"/{match['year']}" if match["year"] else ""),
        **before,
        **after,
    )
    return Mention(Found("citations", start, stop, value, match.rule.id), ((match.start, stop), *masked))


def _lost(match: Match, parts: _Parts) -> Mention:
    """A document whose number is not there: type, date and issuer all the same."""
    before, masked, start = _before(parts, match.start)
    after, stop = _after(parts, match.end)
    value = _value(document_type=canonical_type(match["type"] or ""), **before, **after)
    return Mention(Found("citations", start, stop, value, match.rule.id), ((match.start, stop), *masked))


def _back(match: Match, parts: _Parts) -> Mention:
    before, masked, start = _before(parts, match.start)
    value = _value(
        document_type=canonical_type(match["type"] or ""), reference="this" if match["this"] else "above", **before
    )
    return Mention(Found("citations", start, match.end, value, match.rule.id), ((match.start, match.end), *masked))


def _shared(text: str, mentions: list[Mention]) -> list[Mention]:
    """Numbers that are joined and have one date and issuer between them ("số A và số B ngày …") all get it."""
    out = list(mentions)
    for i in range(len(out) - 2, -1, -1):
        here, following = out[i].found, out[i + 1].found
        if (
            here.value["number"]
            and following.value["number"]
            and here.value["issued_on"] is None
            and following.value["issued_on"]
            and here.end <= following.start
            and _JOINED.fullmatch(text, here.end, following.start)
            and _BARE.match(text, following.start)
        ):
            keys = ("issued_on", "issuer_text", "issuer_span", "title")
            value = {**here.value, **{k: here.value[k] or following.value[k] for k in keys}}
            out[i] = Mention(replace(here, value=value), out[i].masked)
    return out
