"""Phrase banks: templates in TOML, and the little language they are written in.

A template is text with slots and tags. ``{deadline}`` is a slot: a value or an agency that the writer makes, or another list of
phrases of the bank; ``{deadline:before_day}`` narrows it. Tags say what a stretch is::

    <o>Giao {lead} {action} {deadline}</o>; <o same>báo cáo {reports_to} kết quả</o>.

``<o>`` an obligation (``same``: of the lead before it; ``also``: of the same order too; ``under``: of its own lead, with order, partners and deadline of the line above);
inside it ``<a>`` the action, ``<m>`` the word of modality ("Giao"), ``<c>`` a condition; ``<t>`` a target, ``<r>`` a result, inside
these ``<i>`` the indicator, ``<w>`` whose it is, ``<p>`` the time it is for, ``<v>`` what it is compared with. ``optional`` on any of
``o``, ``t``, ``r``: found or not, it counts neither way. A bank is a folder of TOML files; their tables are merged.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import regex

BANKS = Path(__file__).parent / "banks"

# accepts a slot "{deadline:before_day}", an opening tag "<o same>" or a closing one "</o>"
_PIECE = regex.compile(
    r"\{(?P<slot>[A-Za-z_0-9]+)(?::(?P<arg>[^}]*))?\}|<(?P<close>/?)(?P<tag>[oatricmwpv])(?: (?P<how>[a-z]+))?>"
)


@dataclass(frozen=True, slots=True)
class Slot:
    """A place to be filled."""

    name: str
    arg: str = ""


@dataclass(frozen=True, slots=True)
class Tag:
    """A stretch that means something."""

    name: str
    how: str
    parts: tuple[str | Slot | Tag, ...]


Template = tuple[str | Slot | Tag, ...]


class BankError(ValueError):
    """A bank that cannot be used: an unknown slot, an open tag, a missing list."""


@cache
def template(text: str) -> Template:
    """Parse a template.

    Raises:
        BankError: where tags do not close in order.
    """
    stack: list[tuple[str, str, list[str | Slot | Tag]]] = [("", "", [])]
    at = 0
    for m in _PIECE.finditer(text):
        if m.start() > at:
            stack[-1][2].append(text[at : m.start()])
        at = m.end()
        if m["slot"]:
            stack[-1][2].append(Slot(m["slot"], m["arg"] or ""))
        elif not m["close"]:
            stack.append((m["tag"], m["how"] or "", []))
        elif len(stack) == 1 or stack[-1][0] != m["tag"]:
            raise BankError(f"</{m['tag']}> closes nothing: {text!r}")
        else:
            name, how, parts = stack.pop()
            stack[-1][2].append(Tag(name, how, tuple(parts)))
    if len(stack) > 1:
        raise BankError(f"<{stack[-1][0]}> is left open: {text!r}")
    if at < len(text):
        stack[-1][2].append(text[at:])
    return tuple(stack[0][2])


def slots(parts: Template) -> Iterator[Slot]:
    """All slots of a template, inside tags too."""
    for part in parts:
        if isinstance(part, Slot):
            yield part
        elif isinstance(part, Tag):
            yield from slots(part.parts)


@cache
def bank(name: str) -> Mapping[str, Any]:
    """The tables of a bank: the files of ``banks/NAME`` merged, in the order of their names.

    Raises:
        BankError: where there is no such bank, or a table stands in two files.
    """
    files = sorted((BANKS / name).glob("*.toml"))
    if not files:
        raise BankError(f"no phrase bank {name!r}; there are: {', '.join(sorted(p.name for p in BANKS.iterdir()))}")
    tables: dict[str, Any] = {}
    for path in files:
        for key, value in tomllib.loads(path.read_text(encoding="utf-8")).items():
            tables[key] = _merged(tables[key], value, f"{path.name}: {key}") if key in tables else value
    return tables


def _merged(old: Any, new: Any, where: str) -> Any:
    """A list after the other, or two tables of lists key by key."""
    if isinstance(old, list) and isinstance(new, list):
        return [*old, *new]
    if isinstance(old, dict) and isinstance(new, dict):
        more = {key: _merged(old[key], value, f"{where}.{key}") if key in old else value for key, value in new.items()}
        return old | more
    raise BankError(f"{where} stands in an earlier file of the bank too")
