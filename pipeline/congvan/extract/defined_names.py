"""Names that a document gives bodies for itself: "… tỉnh (sau đây gọi tắt là Ban Chỉ đạo)", and short forms of the one body that it
speaks of ("Ban Chỉ đạo" for the only Ban Chỉ đạo with a full name)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import regex

from congvan.extract.found import Found
from congvan.language.bodies import is_generic
from congvan.rules.load import rules

# accepts a word before or behind a short name that makes it a part of another one
_INSIDE_BEFORE = regex.compile(r"[\p{L}\p{M}\d/-]$")
_INSIDE_AFTER = regex.compile(r"[\p{L}\p{M}\d/]|[-–]\p{Lu}")


def followed(texts: Sequence[str], founds: Sequence[Sequence[Found]]) -> list[list[Found]]:
    """The mentions of a document, paragraph by paragraph, with those by names that it defines itself: they get the full name.

    Args:
        texts: flows of the paragraphs. founds: the mentions of agencies in each.
    """
    names = _defined(texts, founds) | _only_one(founds)
    if not names:
        return [list(found) for found in founds]
    return [_with_names(text, found, names) for text, found in zip(texts, founds, strict=True)]


def _defined(texts: Sequence[str], founds: Sequence[Sequence[Found]]) -> dict[str, str]:
    """Short name -> full name, as the text itself says."""
    out: dict[str, str] = {}
    for text, found in zip(texts, founds, strict=True):
        if " là" not in text or not found:
            continue
        for m in rules("agencies").all_matches(text, only="agencies.definition"):
            of = next((f for f in found if f.end == m.start and not f.value.get("soft")), None)
            short = m["short"]
            if of is not None and short is not None and short not in out and len(short) > 1:
                out[short] = _name(of, text)
    return out


def _name(of: Found, text: str) -> str:
    name = str(of.value["name"])
    return (
        name[of.value.get("body", 0) :]
        if name.startswith(text[of.start : of.start + of.value.get("body", 0)])
        else name
    )


def _only_one(founds: Sequence[Sequence[Found]]) -> dict[str, str]:
    """Generic names ("Ban Chỉ đạo") of which the document has just one full name ("Ban Chỉ đạo giảm nghèo tỉnh")."""
    full: dict[str, set[str]] = {}
    names = {str(f.value["name"]) for found in founds for f in found if f.value["form"] == "agency"}
    for short in (n for n in names if " " in n and is_generic(n)):
        full[short] = {n for n in names if n.startswith(short + " ")}
    return {short: longer.pop() for short, longer in full.items() if len(longer) == 1}


def _with_names(text: str, found: Sequence[Found], names: dict[str, str]) -> list[Found]:
    out = [
        replace(f, value={**f.value, "name": names[f.value["name"]]}, rule="agencies.definition")
        if f.value["name"] in names
        else f
        for f in found
    ]
    for short, name in names.items():
        for m in regex.finditer(regex.escape(short), text):
            if any(f.start < m.end() and m.start() < f.end for f in out):
                continue
            if _INSIDE_BEFORE.search(text, 0, m.start()) or _INSIDE_AFTER.match(text, m.end()):
                continue
            value = {"name": name, "key": None, "form": "agency", "body": 0}
            out.append(Found("agencies", m.start(), m.end(), value, "agencies.definition"))
    return sorted(out, key=lambda f: f.start)
