"""Validate the labels and count them: ``python -m corpora.pointers.check [FILE ...]`` (default: all of ``labels/``).

Where the corpora are at hand, the words of a label are compared with its values too; without them only the form is checked.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

from corpora.pointers.read import HERE, PointerError, pointers, sentences, shared_folder
from corpora.pointers.surface import disagreement

OPERATORS = ("=", ">=", ">", "<=", "<", "~", "range")
GRAINS = ("day", "week", "month", "quarter", "year", "period")
_OPERATOR, _BOUNDS = {"operator"}, {"value", "low", "high", "per"}
# kind -> keys that must be there, keys that may be there; what may be null is told in _values
KEYS: dict[str, tuple[set[str], set[str]]] = {
    "agencies": ({"name"}, set()),
    "percentages": (_OPERATOR, _BOUNDS | {"points"}),
    "amounts": (_OPERATOR | {"currency"}, _BOUNDS),
    "quantities": (_OPERATOR | {"unit"}, _BOUNDS),
    "dates": (set(), {"start_date", "end_date", "grain", "duration"}),
    "deadlines": ({"inclusive"}, {"due", "start_date", "recurrence", "event", "offset", "working_days", "time"}),
    "citations": ({"number", "document_type", "issued_on", "provision"}, {"title"}),
}
_COMMON = {"kind", "start", "end", "optional", "note"}

Label = Mapping[str, Any]


def problems_of(label: Label, text: str | int) -> Iterator[str]:
    """What is wrong with one label.

    Args:
        label: as it stands in the file.
        text: the sentence, or its length alone where the corpora are absent.
    """
    kind = label.get("kind")
    if kind not in KEYS:
        yield f"unknown kind {kind!r}"
        return
    start, end = label.get("start"), label.get("end")
    length = text if isinstance(text, int) else len(text)
    if not (isinstance(start, int) and isinstance(end, int) and 0 <= start < end <= length):
        yield f"span {start}-{end} is not inside the sentence of {length} characters"
        return
    required, allowed = KEYS[kind]
    keys = set(label) - _COMMON
    if required - keys:
        yield f"without {', '.join(sorted(required - keys))}"
    if keys - required - allowed:
        yield f"unknown keys {', '.join(sorted(keys - required - allowed))}"
    if not isinstance(label.get("optional", False), bool):
        yield "optional is neither true nor false"
    yield from _values(kind, label)
    if isinstance(text, str):
        surface = text[start:end]
        if surface != surface.strip() or surface[-1:] in ",;":
            yield f"span begins or ends with a space or comma: {surface!r}"
        wrong = disagreement(kind, label, surface)
        if wrong:
            yield f"{wrong}: {surface!r}"


def _values(kind: str, label: Label) -> Iterator[str]:
    if "operator" in KEYS[kind][0]:
        operator = label.get("operator")
        told = {key for key in ("value", "low", "high") if _is_number(label.get(key))}
        if operator not in OPERATORS:
            yield f"unknown operator {operator!r}"
        elif told != ({"low", "high"} if operator == "range" else {"value"}):
            yield "a range needs low and high and no value, every other operator needs value alone"
        elif operator == "range" and label["low"] > label["high"]:
            yield "low is above high"
    for key in ("currency", "unit"):
        if key in KEYS[kind][0] and not (isinstance(label.get(key), str) and label[key]):
            yield f"{key} is empty"
    if kind == "amounts" and len(str(label.get("currency"))) != 3:
        yield "currency is no code of three letters"
    if kind == "dates":
        day = bool(label.get("start_date") or label.get("end_date"))
        if not day and not label.get("duration") and not label.get("optional"):
            yield "a date needs start_date, end_date or duration (or is optional)"
        if day and label.get("grain") not in GRAINS:
            yield f"unknown grain {label.get('grain')!r}"
    if kind == "deadlines":
        if not any(label.get(key) for key in ("due", "recurrence", "event", "offset")):
            yield "a deadline needs due, recurrence, event or offset"
        if not isinstance(label.get("inclusive"), bool):
            yield "inclusive is neither true nor false"
    if kind == "citations" and not label.get("document_type") and not label.get("optional"):
        yield "a citation without document_type must be optional"


def _is_number(value: object) -> bool:
    return isinstance(value, (int, float)) and not isinstance(value, bool)


def problems(files: Iterable[Path], texts: Mapping[str, str | int], counts: Counter[str]) -> Iterator[str]:
    """What is wrong with some files of labels, a line each; ``counts`` is filled: labels of each kind, optional ones apart."""
    seen: dict[str, str] = {}
    for path in files:
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
            where = f"{path.name}:{number}"
            try:
                row = json.loads(line)
                name, labels = row["id"], row["labels"]
            except (ValueError, KeyError, TypeError) as error:
                yield f"{where}: not a line of labels: {error}"
                continue
            if name not in texts:
                yield f"{where}: there is no sentence {name}"
                continue
            if name in seen:
                yield f"{where}: {name} is labelled in {seen[name]} already"
            seen[name] = where
            counts["sentences"] += 1
            spans: set[tuple[object, ...]] = set()
            for label in labels:
                place = (label.get("kind"), label.get("start"), label.get("end"))
                if place in spans:
                    yield f"{where}: {name}: twice {place}"
                spans.add(place)
                counts[f"{label.get('kind')}{' optional' if label.get('optional') else ''}"] += 1
                yield from (f"{where}: {name}: {label.get('kind')}: {told}" for told in problems_of(label, texts[name]))


def main(arguments: list[str]) -> int:
    """The program; exit code 1 where a label is wrong."""
    parser = argparse.ArgumentParser(prog="python -m corpora.pointers.check", description=__doc__)
    parser.add_argument("files", nargs="*", type=Path, help="files of labels")
    files = parser.parse_args(arguments).files or sorted((HERE / "labels").glob("*.jsonl"))
    texts: dict[str, str | int] = {pointer.id: pointer.length for pointer in pointers()}
    try:
        texts |= {sentence.pointer.id: sentence.text for sentence in sentences(shared_folder())}
    except PointerError as error:
        print(f"{error} Only the form of the labels is checked.", file=sys.stderr)
    counts: Counter[str] = Counter()
    found = list(problems(files, texts, counts))
    print(*found, *(f"{name}\t{counts[name]}" for name in sorted(counts)), sep="\n")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
