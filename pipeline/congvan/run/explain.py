"""Which rules fire at a place of a document, which of them lost against which, and why."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from congvan.config import Config
from congvan.document import CleanDocument, Flow, Span
from congvan.errors import UsageError
from congvan.extract.agencies import find_agencies
from congvan.extract.found import Found
from congvan.extract.values import find_values
from congvan.parse import clean_bytes
from congvan.rules.load import Match, RuleSet, rule_files, rules
from congvan.rules.own import folders_of, use_rules
from congvan.segment.layout import segment

Verdict = Literal["won", "part", "lost", "no value", "needs"]

# the order in which kinds take text: what one takes, those behind it do not see
_ORDER = ("citations", "percentages", "amounts", "deadlines", "dates", "quantities")


@dataclass(frozen=True, slots=True)
class Fired:
    """A rule that matches at the place.

    Attributes:
        kind, rule: kind and id of the rule. span: of the match in the text of the record; ``text``: the match as matched.
        verdict: "won" (a finding has this rule), "part" (a finding of this kind was put together with it), "lost" (another rule took the
            text), "no value" (it matches, but no value comes of it), "needs" (it would match, but its cheap test ``needs`` keeps it
            from running). by: the rule that won against it. why: in words.
    """

    kind: str
    rule: str
    span: Span
    text: str
    verdict: Verdict
    by: str | None
    why: str


def explain_bytes(data: bytes, name: str, at: int, config: Config | None = None) -> tuple[str, list[Fired]]:
    """The text of the paragraph at an offset of the record's text, and the rules that match there.

    Args:
        data, name: as for :func:`congvan.parse.parse_bytes`. at: offset in the record's text; of a file that bundles several documents,
            in the text of all of them.

    Raises:
        UsageError: the offset lies outside the text, or between two paragraphs.
    """
    config = config or Config()
    clean = clean_bytes(data, name, config)
    flow = _flow_at(clean, at)
    position = flow.position(at)
    if position is None:
        raise UsageError(f"At {at} stands nothing that rules see.", "Name the offset of a letter or figure.")
    with use_rules(folders_of(config.rules)):
        return flow.text, list(_fired(flow, position))


def _flow_at(clean: CleanDocument, at: int) -> Flow:
    if not 0 <= at < len(clean.text):
        raise UsageError(f"The text has no offset {at}.", f"It has {len(clean.text)} characters, counted from 0.")
    for paragraph in segment(clean).paragraphs:
        inside = paragraph.kind != "running" and paragraph.span.start <= at < paragraph.span.end
        if inside and paragraph.flow.position(at) is not None:
            return paragraph.flow
    raise UsageError(f"At {at} stands no paragraph.", "Name the offset of a letter or figure of the text.")


def _fired(flow: Flow, position: int) -> Iterator[Fired]:
    """Every match at a position of the flow, by kind, the longest first."""
    found = [*find_values(flow.text), *find_agencies(flow.text)]
    matched = {m.rule.id for path in rule_files() for m in rules(path.stem).all_matches(flow.text)}
    for f in found:
        if f.start <= position < f.end and f.rule not in matched:  # names are looked up, not matched
            quote = flow.text[f.start : f.end]
            why = (
                "a name of the authority file"
                if f.rule == "agencies.name"
                else "put together from what other rules match"
            )
            yield Fired(f.kind, f.rule, flow.span(f.start, f.end), quote, "won", None, why)
    for path in rule_files():
        ruleset = rules(path.stem)
        here = [m for m in ruleset.all_matches(flow.text) if m.start <= position < m.end]
        for match in sorted(here, key=lambda m: m.start - m.end):
            yield _judged(flow, match, ruleset, found, here)
        for match in ruleset.kept_out(flow.text):
            if match.start <= position < match.end:
                why = f"none of {', '.join(map(repr, match.rule.needs))} stands in the paragraph"
                yield _make(flow, match, ruleset.kind, "needs", None, why)


def _make(flow: Flow, m: Match, kind: str, verdict: Verdict, by: str | None, why: str) -> Fired:
    return Fired(kind, m.rule.id, flow.span(m.start, m.end), flow.text[m.start : m.end], verdict, by, why)


def _judged(flow: Flow, m: Match, ruleset: RuleSet, found: Sequence[Found], here: Sequence[Match]) -> Fired:
    kind = ruleset.kind
    if kind == "roles":
        return _make(flow, m, kind, "part", None, "words of tasks are read together: who, what, with whom")
    over = [f for f in found if f.start < m.end and m.start < f.end]
    own = [f for f in over if f.kind == kind]
    if any(f.rule == m.rule.id for f in own):
        return _make(flow, m, kind, "won", None, f"made the finding {_quote(flow, own)}")
    if kind == "agencies":
        covering = [f for f in own if f.start <= m.start and m.end <= f.end]
        if covering:
            return _make(flow, m, kind, "part", covering[0].rule, f"a part of {_quote(flow, covering)}")
    if own:
        winner = next((o for o in here if any(f.rule == o.rule.id for f in own)), None)
        why = "overlaps it" if winner is None else _ranked(m, winner)
        return _make(flow, m, kind, "lost", own[0].rule, f"{why}; the finding is {_quote(flow, own)}")
    if over:
        taker = over[0]
        first = {kind, taker.kind} <= set(_ORDER) and _ORDER.index(taker.kind) < _ORDER.index(kind)
        order = f", which takes text before {kind}" if first else ""
        return _make(flow, m, kind, "lost", taker.rule, f"the text is a finding of {taker.kind}{order}")
    return _make(
        flow, m, kind, "no value", None, "the match alone makes no value, or one that its surroundings rule out"
    )


def _ranked(loser: Match, winner: Match) -> str:
    """Why one match of a kind goes before another that overlaps it: priority, then length, then which is first."""
    if loser.rule.priority != winner.rule.priority:
        return f"priority {winner.rule.priority} goes before {loser.rule.priority}"
    if loser.end - loser.start != winner.end - winner.start:
        return f"{winner.end - winner.start} characters go before {loser.end - loser.start}"
    return "of two as long the first goes before"


def _quote(flow: Flow, found: Sequence[Found]) -> str:
    return repr(flow.text[found[0].start : found[0].end])
