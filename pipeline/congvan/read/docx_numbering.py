"""Automatic numbers of a Word document as the text that Word draws: "1.", "a)", "II.3", "-"."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace

import regex
from lxml import etree

from congvan.read.docx_xml import child, children, integer, switched_on, value

# accepts the place of a level's number in its pattern: "%1" in "%1.%2."
_PLACE = regex.compile(r"%([1-9])")

# bullets that Word takes from the Symbol and Wingdings fonts (private use code points) -> the Unicode character
_BULLETS = {"\uf0b7": "•", "\uf0a7": "▪", "\uf0d8": "➢", "\uf0fc": "✓", "\uf076": "❖", "\uf02d": "-", "\uf0e0": "→"}

_ROMAN = (
    (1000, "m"),
    (900, "cm"),
    (500, "d"),
    (400, "cd"),
    (100, "c"),
    (90, "xc"),
    (50, "l"),
    (40, "xl"),
    (10, "x"),
    (9, "ix"),
    (5, "v"),
    (4, "iv"),
    (1, "i"),
)


def roman(n: int) -> str:
    """Lower-case Roman numeral; figures above 3,999 and below 1."""
    if not 0 < n < 4000:
        return str(n)
    out = []
    for worth, sign in _ROMAN:
        while n >= worth:
            out.append(sign)
            n -= worth
    return "".join(out)


def letters(n: int) -> str:
    """Word's letters: a … z, aa, bb …"""
    return chr(ord("a") + (n - 1) % 26) * min((n - 1) // 26 + 1, 50) if n > 0 else str(n)


_FORMATS: dict[str, Callable[[int], str]] = {
    "decimal": str,
    "decimalZero": lambda n: f"{n:02d}",
    "lowerRoman": roman,
    "upperRoman": lambda n: roman(n).upper(),
    "lowerLetter": letters,
    "upperLetter": lambda n: letters(n).upper(),
    "none": lambda n: "",
}


def number_text(n: int, form: str) -> str:
    """A number in one of Word's formats; formats of other scripts come as figures."""
    return _FORMATS.get(form, str)(n)


@dataclass(frozen=True, slots=True)
class _Level:
    start: int = 1
    form: str = "decimal"
    pattern: str = ""
    suffix: str = "tab"
    legal: bool = False
    restart: bool = True
    style: str = ""


@dataclass(slots=True)
class Numbering:
    """Lists of a document and how far each has counted."""

    lists: dict[str, tuple[str, dict[int, _Level]]] = field(default_factory=dict)  # numId -> abstract list, levels
    restarts: dict[str, set[int]] = field(default_factory=dict)  # numId -> levels that start anew with it
    counts: dict[str, dict[int, int]] = field(default_factory=dict)  # abstract list -> level -> last number

    def label(self, number: str, level: int) -> str:
        """Count one paragraph of a list and give its label with the space after it; "" where there is no such list."""
        if number not in self.lists:
            return ""
        abstract, levels = self.lists[number]
        if level not in levels:
            return ""
        counts = self.counts.setdefault(abstract, {})
        if level in (waiting := self.restarts.get(number, set())):
            counts.pop(level, None)
            waiting.discard(level)
        counts[level] = counts[level] + 1 if level in counts else levels[level].start
        for deeper in [d for d in counts if d > level and levels.get(d, _Level()).restart]:
            del counts[deeper]
        form = levels[level]
        if form.form == "bullet":
            text = "".join(_BULLETS.get(c, "•" if "\ue000" <= c <= "\uf8ff" else c) for c in form.pattern)
        else:
            text = _PLACE.sub(lambda m: self._figure(int(m[1]) - 1, counts, levels, form.legal), form.pattern)
        if not text.strip():
            return ""
        return text if form.suffix == "nothing" else text.rstrip() + " "

    def level_of_style(self, number: str, style: str) -> int:
        """Level of a list that a paragraph style is tied to, 0 where none is."""
        levels = self.lists.get(number, ("", {}))[1]
        return next((n for n, level in levels.items() if level.style == style), 0)

    @staticmethod
    def _figure(level: int, counts: dict[int, int], levels: dict[int, _Level], legal: bool) -> str:
        form = levels.get(level, _Level())
        return number_text(counts.setdefault(level, form.start), "decimal" if legal else form.form)


def read_numbering(root: etree._Element | None, style_lists: dict[str, str]) -> Numbering:
    """Lists of numbering.xml.

    Args:
        root: the part, None where the document has none. style_lists: numId of each list style.
    """
    numbering = Numbering()
    if root is None:
        return numbering
    abstract: dict[str, dict[int, _Level]] = {}
    links: dict[str, str] = {}
    for e in children(root, "abstractNum"):
        key = value(e, "abstractNumId")
        abstract[key] = {integer(value(lvl, "ilvl")): _level(lvl) for lvl in children(e, "lvl")}
        if (link := child(e, "numStyleLink")) is not None:
            links[key] = value(link, "val")
    chosen: dict[str, str] = {}
    for e in children(root, "num"):
        target = child(e, "abstractNumId")
        chosen[value(e, "numId")] = value(target, "val") if target is not None else ""
    for e in children(root, "num"):
        number = value(e, "numId")
        key = chosen[number]
        if key in links and (other := style_lists.get(links[key])) in chosen:
            key = chosen[str(other)]
        levels = dict(abstract.get(key, {}))
        anew: set[int] = set()
        for override in children(e, "lvlOverride"):
            n = integer(value(override, "ilvl"))
            if (lvl := child(override, "lvl")) is not None:
                levels[n] = _level(lvl)
            if (start := child(override, "startOverride")) is not None:
                levels[n] = replace(levels.get(n, _Level()), start=integer(value(start, "val"), 1))
                anew.add(n)
        numbering.lists[number] = (key, levels)
        numbering.restarts[number] = anew
    return numbering


def _level(e: etree._Element) -> _Level:
    def of(name: str, default: str) -> str:
        found = child(e, name)
        return value(found, "val") if found is not None else default

    return _Level(
        start=integer(of("start", "0")),
        form=of("numFmt", "decimal"),
        pattern=of("lvlText", ""),
        suffix=of("suff", "tab"),
        legal=switched_on(child(e, "isLgl")),
        restart=of("lvlRestart", "") != "0",
        style=of("pStyle", ""),
    )
