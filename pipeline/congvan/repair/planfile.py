"""A repair plan as JSON lines: what was changed and why, what is left, and what it takes to replay or undo it exactly.

The lines, in this order (a text that is repaired piece by piece has the first three kinds for each piece in turn):

- an edit: ``span`` in the text before repair, ``before``, ``after``, ``family``, ``evidence``, ``confidence``;
- a verdict: ``unit``, ``verdict``, ``after_span`` in the repaired text, ``family``, ``evidence``, ``confidence``;
- a place that looks damaged and could not be repaired: ``unresolved``, its span in the repaired text, and ``text``;
- the end: ``plan`` (version of this form), and what the plan was made of (:class:`Origin`). A file without it was cut off.

Spans count code points, in the text without its byte order mark.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import asdict, dataclass, fields
from typing import Any, Protocol

from congvan.document import Edit, Span, Verdict
from congvan.errors import UsageError

VERSION = 1
_ANEW = "Make the plan anew with `congvan repair FILE --plan PLAN.jsonl`."


class Repaired(Protocol):
    """What a repair gives: a text, or a whole document."""

    @property
    def text(self) -> str:
        """The repaired text."""

    @property
    def edits(self) -> Sequence[Edit]:
        """The plan that made it."""

    @property
    def verdicts(self) -> Sequence[Verdict]:
        """Judgement of each unit."""

    @property
    def unresolved(self) -> Sequence[Span]:
        """What looks damaged still."""


@dataclass(frozen=True, slots=True)
class Origin:
    """What a plan was made of.

    Attributes:
        media_type: kind of the input; only plans of bare text can be replayed on a file.
        encoding: how the input was written, "" where it was no text. bom: its byte order mark, in hexadecimal.
        exact: the input can be written again to the byte (False where bytes were no text and read as U+FFFD).
        sha256_before: of the input's bytes. sha256_after: of the bytes that repair wrote.
    """

    media_type: str
    encoding: str
    bom: str
    exact: bool
    sha256_before: str
    sha256_after: str


@dataclass(frozen=True, slots=True)
class Plan:
    """The edits of a plan and what it was made of."""

    edits: tuple[Edit, ...]
    origin: Origin


def sha256(data: bytes) -> str:
    """SHA-256 of some bytes, in hexadecimal."""
    return hashlib.sha256(data).hexdigest()


def explained(repaired: Repaired, raw_at: int = 0, clean_at: int = 0) -> Iterator[dict[str, Any]]:
    """The edits, the verdicts, the unresolved places, as objects for JSON.

    Args:
        repaired: a repaired text or document.
        raw_at, clean_at: where it stands in a longer text, before and after repair.
    """
    for edit in repaired.edits:
        yield {
            "span": list(edit.span.shift(raw_at)),
            "before": edit.before,
            "after": edit.after,
            "family": edit.family,
            "evidence": edit.evidence,
            "confidence": edit.confidence,
        }
    for verdict in repaired.verdicts:
        yield {
            "unit": verdict.unit,
            "verdict": verdict.verdict,
            "after_span": list(verdict.span.shift(clean_at)),
            "family": verdict.family,
            "evidence": verdict.evidence,
            "confidence": verdict.confidence,
        }
    for span in repaired.unresolved:
        yield {"unresolved": list(span.shift(clean_at)), "text": span.of(repaired.text)}


def end_line(origin: Origin) -> dict[str, Any]:
    """The last line of a plan."""
    return {"plan": VERSION, **asdict(origin)}


def as_line(value: dict[str, Any]) -> str:
    """One object as a line of JSON."""
    line = json.dumps(value, ensure_ascii=False)
    try:
        line.encode("utf-8")
    except UnicodeEncodeError:  # half a surrogate pair, from a broken file
        line = json.dumps(value)
    return line + "\n"


def read_plan(lines: Iterable[str], name: str = "The plan") -> Plan:
    """A plan from its lines; verdicts and unresolved places are passed over.

    Args:
        lines: the lines of the file. name: how messages call it.

    Raises:
        UsageError: a line is no part of a plan, or the last one is missing; the message names the line.
    """
    edits: list[Edit] = []
    origin: Origin | None = None
    for number, line in enumerate(lines, 1):
        if not line.strip():
            continue
        if origin is not None:
            raise UsageError(f"{name}, line {number}: something stands after the end of the plan.", _ANEW)
        try:
            value = json.loads(line)
            if "before" in value:
                edits.append(_edit(value))
            elif "plan" in value:
                if value["plan"] != VERSION:
                    raise UsageError(
                        f"{name} has version {value['plan']}, this program reads {VERSION}.",
                        "Use the congvan that made it.",
                    )
                origin = Origin(**{key: value[key] for key in (f.name for f in fields(Origin))})
            elif "verdict" not in value and "unresolved" not in value:
                raise ValueError
        except (ValueError, TypeError, KeyError, AttributeError) as err:
            raise UsageError(f"{name}, line {number}, is no line of a repair plan.", _ANEW) from err
    if origin is None:
        raise UsageError(f"{name} is cut off: its last line is missing.", _ANEW)
    return Plan(tuple(edits), origin)


def _edit(value: dict[str, Any]) -> Edit:
    start, end = map(int, value["span"])
    before, after = value["before"], value["after"]
    if not (isinstance(before, str) and isinstance(after, str) and 0 <= start <= end):
        raise ValueError
    return Edit(Span(start, end), before, after, value["family"], value["evidence"], float(value["confidence"]))
