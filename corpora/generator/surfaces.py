"""From a surface of a phrase bank ("từ {a} đến {b} {unit}") to text with gold.

A surface is a Python format string. Square brackets bound what the gold covers where that is not the whole: "[{a}]/[{b}
{unit}]" are two findings, "[{n} đồng] ([?{words} đồng])" a second that may be found or not.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

import regex

from corpora.generator.model import Gold, Node

# accepts a bracketed stretch "[{a} {unit}]" or an optional one "[?{words} đồng]", after formatting
_BOUNDED = regex.compile(r"\[(\??)([^\[\]]*)\]")


def fill(surface: str, fields: Mapping[str, object], golds: Sequence[Gold]) -> Node:
    """Format a surface; its brackets take the golds in turn, the whole text the only gold where there are no brackets.

    Raises:
        ValueError: where brackets and golds differ in number.
    """
    text = surface.format_map(fields)
    found = list(_BOUNDED.finditer(text))
    if not found:
        if len(golds) != 1:
            raise ValueError(f"{surface!r} has no brackets for {len(golds)} findings")
        return Node((text,), golds[0])
    if len(found) != len(golds):
        raise ValueError(f"{surface!r} has {len(found)} brackets for {len(golds)} findings")
    parts: list[str | Node] = []
    at = 0
    for m, gold in zip(found, golds, strict=True):
        parts += [text[at : m.start()]] if m.start() > at else []
        parts.append(Node((m[2],), optional(gold) if m[1] else gold))
        at = m.end()
    return Node((*parts, text[at:]) if at < len(text) else tuple(parts))


def mentions(text: str) -> Node:
    """A name as written, its agencies in brackets: "Giám đốc [Sở Y tế]"; "[?các đơn vị liên quan]" may be found or not."""
    parts: list[str | Node] = []
    at = 0
    for m in _BOUNDED.finditer(text):
        parts += [text[at : m.start()]] if m.start() > at else []
        gold = Gold("agencies", {"name": None})
        parts.append(Node((m[2],), optional(gold) if m[1] else gold))
        at = m.end()
    return Node((*parts, text[at:]) if at < len(text) else tuple(parts))


def optional(gold: Gold) -> Gold:
    """The same finding, counted neither way."""
    return replace(gold, values={**gold.values, "optional": True})
