"""The one scorer: what was wanted, found, missed and false, against gold in the keys of RECORD.md.

A gold item is a set of keys that a finding must have; ``X_optional`` lists what may be found or not. Used by ``make score``
(the seeds and our own samples) and ``make bench``.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from difflib import SequenceMatcher
from typing import Any, NamedTuple

import regex

VALUE_KINDS = ("percentages", "amounts", "quantities", "dates", "citations", "deadlines")
FIELDS = ("document_type", "number", "symbol", "issued_on", "issued_at", "signatory")


class Judged(NamedTuple):
    """A finding that gold decides on: kind, rule, whether it is right, the confidence that it was given, its words."""

    kind: str
    rule: str
    right: bool
    confidence: float
    text: str


@dataclass
class Score:
    """The count of one kind in one document; ``rules`` has (right, wrong) for each rule."""

    document: str
    kind: str
    wanted: int
    found: int = 0
    missed: list[str] = field(default_factory=list)
    false: list[str] = field(default_factory=list)
    rules: dict[str, list[int]] = field(default_factory=dict)
    judged: list[Judged] = field(default_factory=list)

    def count(self, rule: str, right: bool, item: Mapping[str, Any]) -> None:
        """Count one finding of a rule."""
        self.rules.setdefault(rule, [0, 0])[0 if right else 1] += 1
        self.judged.append(Judged(self.kind, rule, right, item.get("confidence", 0.0), str(item.get("text", ""))))


def same(wanted: Any, found: Any) -> bool:
    """True where a found value is the wanted one; a gold object needs only its own keys."""
    if isinstance(wanted, Mapping):
        return isinstance(found, Mapping) and all(same(v, found.get(k)) for k, v in wanted.items())
    if isinstance(wanted, (int, float)) and not isinstance(wanted, bool):
        return isinstance(found, (int, float)) and abs(wanted - found) <= 1e-9 * max(1.0, abs(wanted))
    return bool(wanted == found)


def short(item: Mapping[str, Any]) -> str:
    """A gold item or finding for a list of what was missed."""
    keys = ("number", "issued_on", "due", "recurrence", "operator", "value", "low", "high", "text")
    return " ".join(str(item[k]) for k in keys if item.get(k) is not None)


def score_values(document: str, kind: str, gold: Mapping[str, Any], record: Mapping[str, Any]) -> Score:
    """Compare a multiset of values, one to one."""
    found = [f for f in record[kind] if kind != "citations" or f["number"] is not None]
    wanted: list[Mapping[str, Any]] = list(gold[kind])
    optional = list(gold.get(f"{kind}_optional", []))
    out = Score(document, kind, len(wanted))
    left = list(wanted)
    rest = []
    for item in found:
        hit = next((w for w in left if same(w, item)), None)
        if hit is not None:
            left.remove(hit)
            out.found += 1
            out.count(item["rule"], True, item)
        else:
            rest.append(item)
    for item in rest:
        hit = next((o for o in optional if same(o, item)), None)
        if hit is not None:
            optional.remove(hit)
        else:
            out.false.append(short(item))
            out.count(item["rule"], False, item)
    out.missed = [short(w) for w in left]
    return out


# accepts signs and articles that do not tell two agencies apart
_LOOSE = regex.compile(r"[^\p{L}\d]+|\bcác\b")


def folded(name: str) -> str:
    """An agency's name for comparison: case, "các", hyphens and UBND folded (the gold's README)."""
    text = name.lower().replace("ubnd", "ủy ban nhân dân").replace("uỷ", "ủy")
    return " ".join(_LOOSE.sub(" ", text).split())


def _names(refs: Sequence[Mapping[str, Any]]) -> list[set[str]]:
    return [{folded(n) for n in (ref["text"], ref["name"]) if n} for ref in refs]


def _all_among(wanted: Sequence[str], found: list[set[str]]) -> bool:
    """A resolved name may have its place besides: "Sở Nội vụ tỉnh Kon Tum" is "Sở Nội vụ"."""
    return all(
        any(name == folded(w) or name.startswith(f"{folded(w)} tỉnh ") for names in found for name in names)
        for w in wanted
    )


def hits(gold: Mapping[str, Any], obligation: Mapping[str, Any]) -> bool:
    """True where an obligation has all lead and coordinating agencies of the gold, at most one besides, and its due date."""
    lead, partners = _names(obligation["lead"]), _names(obligation["coordinating"])
    if not _all_among(gold["lead"], lead) or not _all_among(gold.get("coordinating", []), partners):
        return False
    extra = len(lead) + len(partners) - len(gold["lead"]) - len(gold.get("coordinating", []))
    due = (gold.get("deadline") or {}).get("due")
    own = obligation["deadline"] or {}
    if "recurrence" in (gold.get("deadline") or {}) and not same(gold["deadline"]["recurrence"], own.get("recurrence")):
        return False
    return extra <= 1 and ("deadline" not in gold or due == own.get("due"))


def score_obligations(document: str, gold: Mapping[str, Any], record: Mapping[str, Any]) -> Score:
    """Compare obligations one to one; further tasks of the same lead are neither hit nor false."""
    out = Score(document, "obligations", len(gold["obligations"]))
    left = list(record["obligations"])
    for item in gold["obligations"]:
        hit = next((o for o in left if hits(item, o)), None)
        if hit is None:
            out.missed.append(f"{item.get('section')}: {', '.join(item['lead'])}")
        else:
            left.remove(hit)
            out.found += 1
            out.count(hit["rule"], True, hit)
    known = [*gold["obligations"], *gold.get("obligations_optional", [])]
    for obligation in left:
        lead = _names(obligation["lead"])
        if any(_all_among(item["lead"], lead) for item in known):
            continue
        out.false.append(
            f"{obligation['section']}: {', '.join(a['text'] for a in obligation['lead'])}: {obligation['headline']}"
        )
        out.count(obligation["rule"], False, obligation)
    return out


def score_spans(
    document: str, kind: str, wanted: Sequence[Mapping[str, Any]], found: Sequence[Mapping[str, Any]]
) -> Score:
    """Compare findings by place and value, one to one: a hit overlaps a gold item and has its values.

    Gold items have ``span`` besides their values; those with ``optional`` count neither way. Wording left open by the gold
    (``event``, ``title``, ``text``) is not compared; of a ``name`` null on either side matches, of a ``unit`` one may begin with
    the other; an ``indicator`` has nearly all words of the wanted one and not many besides; a ``stated`` figure is read with its unit; of an ``owner``, ``section``,
    ``period`` or ``compared_with`` that the gold leaves open any will do, times and comparisons may be named longer or shorter.
    """
    out = Score(document, kind, sum(not w.get("optional") for w in wanted))
    left = sorted(wanted, key=lambda w: bool(w.get("optional")))
    for item in found:
        near = [
            w
            for w in left
            if _meet(w["span"], item["span"]) and all(_open_same(k, v, item.get(k)) for k, v in w.items())
        ]
        if near:
            left.remove(near[0])
            if not near[0].get("optional"):
                out.found += 1
                out.count(item["rule"], True, item)
        elif not any(w.get("optional") and _meet(w["span"], item["span"]) for w in wanted):
            out.false.append(short(item))
            out.count(item["rule"], False, item)
    out.missed = [short(w) for w in left if not w.get("optional")]
    return out


def _meet(a: Sequence[int], b: Sequence[int]) -> bool:
    return a[0] < b[1] and b[0] < a[1]


def _same_indicator(wanted: str, found: str | None) -> bool:
    """Whether what is measured is the same: four in five of the wanted words, and at most four more than twice as many."""
    left, right = folded(wanted).split(), folded(found or "").split()
    common = sum((Counter(left) & Counter(right)).values())
    return common >= 0.8 * len(left) and len(right) <= 2 * len(left) + 4


# accepts a figure as offices write it, with the scale behind it: "26.884 triệu đồng", "10,8%", "1.126 hộ"
_STATED = regex.compile(r"(?P<figure>\d+(?:\.\d{3})*(?:,\d+)?) ?(?P<scale>nghìn|triệu|tỷ)?")


def _readings(text: str) -> list[float]:
    """What a figure with its unit can be in numbers: as written (of a table), and in base units."""
    m = _STATED.match(text)
    if m is None:
        return []
    value = float(m["figure"].replace(".", "").replace(",", "."))
    return [value, value * {"nghìn": 1e3, "triệu": 1e6, "tỷ": 1e9}.get(m["scale"] or "", 1.0)]


def _same_owner(wanted: Mapping[str, Any], found: Mapping[str, Any] | None) -> bool:
    """Whether the owner is the same body, as written or as resolved; of "Giám đốc Sở Y tế" the department will do."""
    names = [
        {folded(n) for n in (ref["text"], ref["name"]) if n} for ref in (wanted, found or {"text": "", "name": ""})
    ]
    return any(a and b and (a in b or b in a) for a in names[0] for b in names[1])


def _open_same(key: str, wanted: Any, found: Any) -> bool:
    """Whether one key of a gold item is met."""
    if key in ("id", "span", "at", "text", "optional", "note", "event", "title"):
        return True
    if key == "name":
        return wanted is None or found is None or folded(wanted) == folded(found)
    if key == "indicator":
        return _same_indicator(wanted, found)
    if key == "section" and wanted is None:
        return True
    if key == "owner":
        return wanted is None or _same_owner(wanted, found)
    if key in ("period", "compared_with"):
        left, right = folded(wanted or ""), folded(found or "")
        return not left or (bool(right) and (left in right or right in left))
    if key == "stated" and isinstance(found, str):
        return any(same(wanted, value) for value in _readings(found))
    if key == "unit" and isinstance(found, str):
        return found.startswith(wanted) or wanted.startswith(found)
    return same(wanted, found)


def score_fields(document: str, gold: Mapping[str, Any], record: Mapping[str, Any]) -> Score:
    """Compare the letterhead's fields that the gold names."""
    names = [name for name in FIELDS if name in gold]
    out = Score(document, "letterhead", len(names))
    for name in names:
        right = same(gold[name], record[name])
        out.found += right
        evidence = record["evidence"].get("signatory" if name == "signatory" else name)
        if evidence is not None:
            out.count(evidence["rule"], right, evidence)
        if not right and gold[name] is not None:
            out.missed.append(f"{name} {gold[name]}")
        if not right and record[name] is not None:
            out.false.append(f"{name} {record[name]}")
    return out


def score_record(document: str, gold: Mapping[str, Any], record: Mapping[str, Any]) -> list[Score]:
    """All kinds of a document that the gold has."""
    out = [score_values(document, kind, gold, record) for kind in VALUE_KINDS if kind in gold]
    if "obligations" in gold:
        out.append(score_obligations(document, gold, record))
    out.append(score_fields(document, gold, record))
    return out


@dataclass
class RepairScore:
    """Tokens between white space: garbled ones that are still wrong, and good ones that repair broke."""

    document: str
    garbled: int
    wrong: list[str]
    broken: list[str]


def _changed(text: str, truth: list[str]) -> dict[int, str]:
    """Places of the truth's tokens that a text has otherwise, with what it has there."""
    out: dict[int, str] = {}
    tokens = text.split()
    for tag, a, b, c, d in SequenceMatcher(None, tokens, truth, autojunk=False).get_opcodes():
        if tag == "equal":
            continue
        found = tokens[a:b]
        for i in range(c, max(d, c + 1)):
            same_place = b - a == d - c
            out[i] = found[i - c] if same_place else " ".join(found)
    return out


def score_repair(document: str, before: str, after: str, truth: str) -> RepairScore:
    """Compare the tokens of the truth with those before and after repair."""
    tokens = truth.split()
    garbled, wrong = _changed(before, tokens), _changed(after, tokens)
    return RepairScore(
        document,
        len(garbled),
        [f"{garbled[i]} -> {w} (true: {tokens[i]})" for i, w in sorted(wrong.items()) if i in garbled],
        [f"{tokens[i] if i < len(tokens) else ''} -> {w}" for i, w in sorted(wrong.items()) if i not in garbled],
    )
