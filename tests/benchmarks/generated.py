"""Generated documents with their gold, in the form the scorer reads; and how whole obligations compare, field by field."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from corpora.generator.compose import compose
from corpora.generator.gold import gold as gold_of
from corpora.generator.model import File
from corpora.generator.renderings import printed
from scorer import VALUE_KINDS, folded, same

# keys of a generated finding that are no values of the record
_PLACES = frozenset({"id", "text", "span", "at", "optional"})
FIELDS = ("lead", "coordinating", "reports_to", "action", "deadline", "amounts", "citations", "section", "modality")


@dataclass(frozen=True)
class Case:
    """A generated file: its bare text, its gold as generated, and the same as the scorer reads it."""

    name: str
    file: File
    text: str
    records: Sequence[Mapping[str, Any]]
    gold: Mapping[str, Any]

    def findings(self, kind: str) -> Iterator[Mapping[str, Any]]:
        """All findings of a kind that count, of all documents of the file."""
        return (item for record in self.records for item in record[kind] if not item.get("optional"))

    @property
    def bodies(self) -> list[Sequence[int]]:
        """The spans outside letterheads and endings, where every mention has gold."""
        return [span for record in self.records for span in record["bodies"]]


def case(seed: int, bank: str) -> Case:
    """The case of a seed. The letterhead of a file is that of its first document."""
    file = compose(seed, bank)
    shown = printed(file)
    records = gold_of(file, shown, file.name)["records"]
    merged: dict[str, Any] = dict(records[0])
    for kind in VALUE_KINDS:
        items = [item for record in records for item in record[kind]]
        if kind == "citations":
            items = [item for item in items if item["number"] is not None]
        merged[kind] = [_values(item) for item in items if not item.get("optional")]
        merged[f"{kind}_optional"] = [_values(item) for item in items if item.get("optional")]
    tasks = [
        {**t, "lead": [a["text"] for a in t["lead"]], "coordinating": [a["text"] for a in t["coordinating"]]}
        for record in records
        for t in record["obligations"]
    ]
    merged["obligations"] = [t for t in tasks if not t.get("optional")]
    merged["obligations_optional"] = [t for t in tasks if t.get("optional")]
    return Case(file.name, file, shown.text, records, merged)


def _values(item: Mapping[str, Any]) -> dict[str, Any]:
    """What the record must have; wording that is left open (event) is not part of it."""
    return {k: v for k, v in item.items() if k not in _PLACES and k != "event"}


def cases(bank: str, count: int, first: int = 0) -> list[Case]:
    """So many cases, from a seed on."""
    return [case(seed, bank) for seed in range(first, first + count)]


# ---------------------------------------------------------------- whole obligations


def overlap(a: Sequence[int], b: Sequence[int]) -> int:
    """Code points that two spans share."""
    return max(0, min(a[1], b[1]) - max(a[0], b[0]))


def right_fields(
    wanted: Mapping[str, Any], found: Mapping[str, Any], gold: Mapping[str, Any], record: Mapping[str, Any]
) -> set[str]:
    """The fields of an obligation that are as they should be; ``gold`` and ``record`` hold the findings it points to."""
    out = {name for name in ("lead", "coordinating", "reports_to") if _same_agencies(wanted[name], found[name])}
    if _plain(wanted["action"]) in _plain(found["action"]):
        out.add("action")
    due, own = wanted["deadline"], found["deadline"]
    if (due is None) == (own is None) and (due is None or same({k: v for k, v in due.items() if k != "event"}, own)):
        out.add("deadline")
    out |= {
        kind
        for kind, key in (("amounts", "value"), ("citations", "number"))
        if _linked(wanted, gold, kind, key) == _linked(found, record, kind, key)
    }
    out |= {"section"} if wanted["section"] == found["section"] else set()
    out |= {"modality"} if (wanted["modality"] or "").lower() == (found["modality"] or "").lower() else set()
    return out


def _plain(text: str) -> str:
    return " ".join(text.lower().split())


def _same_agencies(wanted: Sequence[Mapping[str, Any]], found: Sequence[Mapping[str, Any]]) -> bool:
    """The same bodies in number and name, as written or as resolved."""
    left = [{folded(n) for n in (ref["text"], ref["name"]) if n} for ref in found]
    for ref in wanted:
        names = {folded(n) for n in (ref["text"], ref["name"]) if n}
        hit = next((one for one in left if one & names), None)
        if hit is None:
            return False
        left.remove(hit)
    return not left


def _linked(obligation: Mapping[str, Any], owner: Mapping[str, Any], kind: str, key: str) -> list[str]:
    """Values of the findings that an obligation points to."""
    by_id = {item["id"]: item for item in owner[kind]}
    return sorted(str(by_id[ref].get(key)) for ref in obligation[kind] if ref in by_id)


def compare_obligations(
    one: Case, records: Sequence[Mapping[str, Any]]
) -> list[tuple[Mapping[str, Any], set[str] | None]]:
    """Each obligation of the gold with the fields that are right in the one found at its place; None where none is there."""
    found = [(o, record) for record in records for o in record["obligations"]]
    out: list[tuple[Mapping[str, Any], set[str] | None]] = []
    for gold in one.records:
        for wanted in (task for task in gold["obligations"] if not task.get("optional")):
            near = [(overlap(wanted["span"], o["span"]), n) for n, (o, _) in enumerate(found)]
            best, n = max(near, default=(0, 0), key=lambda pair: (pair[0], -pair[1]))
            if not best:
                out.append((wanted, None))
                continue
            hit, record = found.pop(n)
            out.append((wanted, right_fields(wanted, hit, gold, record)))
    return out
