"""Bodies in time: from when to when a body of the authority file stood, what it became, and what it was before.

Steps that are known, each with its source; what has none is not here:

* the mergers of ministries and departments of 2025 (``models/agencies.json``, "changes"): within one unit, or centrally;
* 1 July 2025: provinces merged, communes made anew (``models/succession.csv.gz``): a body of a unit goes on as the body of the same
  name of the new unit. The bodies of the districts, which ended that day, have no successor here: no source says which.
"""

from __future__ import annotations

import csv
import gzip
import io
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache

from congvan.config import models_dir
from congvan.errors import CongvanError
from congvan.language.bodies import Body, bodies, body_named, changes
from congvan.language.gazetteer import ERAS, REFORM, Era, Unit, find_units, units

_CHANGES = "models/agencies.json: reform of 2025"
_UNITS = "models/succession.csv.gz: units of 1 July 2025"


@dataclass(frozen=True, slots=True)
class Step:
    """A body that another one became, or was before.

    Attributes:
        key: key of the other body. name: its full name. on: first day of the later one of the two. firm: False where the day
            differs from province to province, or where the unit was divided among several. source: where it is told.
    """

    key: str
    name: str
    on: date
    firm: bool
    source: str


@dataclass(frozen=True, slots=True)
class Validity:
    """First and last day of a body, None where unknown or still open; ``firm`` is False where the day differs from province to
    province (departments of 2025); ``source`` is None where neither day is known."""

    valid_from: date | None
    valid_to: date | None
    firm: bool
    source: str | None


@cache
def _steps() -> tuple[dict[str, tuple[tuple[str, bool], ...]], dict[str, tuple[tuple[str, bool], ...]]]:
    """(code until June 2025 -> codes since, the reverse), each code with whether the unit went there undivided."""
    path = models_dir() / "succession.csv.gz"
    try:
        text = gzip.decompress(path.read_bytes()).decode("utf-8")
    except OSError as err:
        raise CongvanError(f"The model file {path.name} cannot be read.", "Run models/build_agencies.py.") from err
    after: dict[str, list[tuple[str, bool]]] = {}
    before: dict[str, list[tuple[str, bool]]] = {}
    for old, new, divided in csv.reader(io.StringIO(text)):
        after.setdefault(old, []).append((new, not divided))
        before.setdefault(new, []).append((old, not divided))
    return {k: tuple(v) for k, v in after.items()}, {k: tuple(v) for k, v in before.items()}


@cache
def _unit(era: Era, code: str) -> Unit | None:
    return _by_code(era).get(code)


@cache
def _by_code(era: Era) -> dict[str, Unit]:
    return {u.code: u for u in units(era)}


@cache
def _by_slug() -> dict[str, Body]:
    return {body.slug: body for body in bodies()}


def split_key(key: str) -> tuple[Unit | None, Body] | None:
    """The unit (None for a central body) and the body of a key; None for a key that the authority file does not have."""
    place, _, slug = key.partition("/")
    body = _by_slug().get(slug)
    if body is None:
        return None
    if place == "vn":
        return None, body
    era, _, code = place.partition(":")
    unit = _unit(era, code) if era in ERAS else None
    return None if unit is None else (unit, body)


def _key(unit: Unit | None, body: Body) -> str:
    return f"{'vn' if unit is None else unit.key}/{body.slug}"


def _name(unit: Unit | None, body: Body) -> str:
    return body.name if unit is None else f"{body.name} {unit.name if body.bare else unit.full}"


def _step(unit: Unit | None, body: Body, on: date, firm: bool, source: str) -> Step:
    return Step(_key(unit, body), _name(unit, body), on, firm, source)


def validity(key: str) -> Validity:
    """From when to when the body of a key stood, as far as a source says."""
    found = split_key(key)
    if found is None:
        return Validity(None, None, True, None)
    unit, body = found
    first, last = body.since, body.until
    source = _CHANGES if first or last else None
    firm = unit is None or source is None
    if unit is not None:
        ended, made = REFORM - timedelta(days=1), REFORM
        if unit.era == "63" and (last is None or last > ended):
            last, source, firm = ended, _UNITS, firm and first is None
        if unit.era == "34" and (first is None or first < made):
            first, source, firm = made, _UNITS, last is None
    return Validity(first, last, firm, source)


def successors(key: str) -> tuple[Step, ...]:
    """What the body of a key became; empty where nothing is known, or where it stands."""
    found = split_key(key)
    if found is None:
        return ()
    unit, body = found
    out = [
        _step(unit, after, change.since, change.firm, _CHANGES)
        for change in changes()
        if body.slug in change.before and change.after != body.slug and (after := _by_slug().get(change.after)) is not None
        and (unit is None or unit.era == "63")
    ]  # fmt: skip
    if not out and unit is not None and unit.era == "63" and (body.until is None or body.until >= REFORM):
        for code, whole in _steps()[0].get(unit.code, ()):
            new = _unit("34", code)
            if new is not None and new.level in body.levels:
                out.append(_step(new, body, REFORM, whole, _UNITS))
    return tuple(out)


def predecessors(key: str) -> tuple[Step, ...]:
    """What became the body of a key: the bodies of the units that its unit was made of, and those merged into it."""
    found = split_key(key)
    if found is None:
        return ()
    unit, body = found
    if unit is not None and unit.era == "34":
        out = []
        for code, whole in _steps()[1].get(unit.code, ()):
            old = _unit("63", code)
            if old is not None and old.level in body.levels and (body.since is None or body.since < REFORM):
                out.append(_step(old, body, REFORM, whole, _UNITS))
        return tuple(out)
    return tuple(
        _step(unit, before, change.since, change.firm, _CHANGES)
        for change in changes()
        if change.after == body.slug
        for slug in change.before
        if slug != body.slug and (before := _by_slug().get(slug)) is not None
    )


def lineage(key: str) -> tuple[Step, ...]:
    """All predecessors of a body, those of its predecessors too, each once."""
    out: dict[str, Step] = {}
    todo = list(predecessors(key))
    while todo:
        step = todo.pop(0)
        if step.key != key and step.key not in out:
            out[step.key] = step
            todo.extend(predecessors(step.key))
    return tuple(out.values())


def earlier_names(text: str) -> tuple[str, ...]:
    """Names and keys under which the documents of a body's predecessors stand, for a name of today with or without its place
    ("Sở Nông nghiệp và Môi trường", "Sở Tài chính tỉnh Quảng Ngãi"), or a key. Empty where no predecessor is known."""
    keys = [text] if split_key(text) is not None else list(_keys_of(text))
    steps = [step for key in keys for step in lineage(key)]
    out = dict.fromkeys(step.key for step in steps)
    if not keys:
        body = body_named(text)
        merged = [c for c in changes() if body is not None and c.after == body.slug]
        out = dict.fromkeys(_by_slug()[slug].name for c in merged for slug in c.before if slug in _by_slug())
        out.pop(text, None)
    return tuple(out)


def _keys_of(text: str) -> Iterable[str]:
    """Keys of the bodies of today that a full name means: "Sở Tài chính tỉnh Quảng Ngãi", "Bộ Xây dựng"."""
    for body in bodies():
        for name in (body.name, *body.other):
            if text.lower() == name.lower() and "central" in body.levels and len(body.levels) == 1:
                yield _key(None, body)
            elif text.lower().startswith(name.lower() + " "):
                place = text[len(name) + 1 :]
                for unit in find_units(place, era="34"):
                    if unit.level in body.levels:
                        yield _key(unit, body)


def merged_into(unit: Unit, province: str | None) -> bool:
    """True for a unit of before July 2025 in one of the provinces that a province of today was made of; of an unknown province too."""
    if province is None:
        return True
    today = {u.code for u in find_units(province, era="34", level="province")}
    own = unit.code.split(".")[0]
    return any(code in today for code, _ in _steps()[0].get(own, ()))
