"""Styles of a Word document: what a run or paragraph inherits."""

from __future__ import annotations

from dataclasses import dataclass, field, replace

import regex
from lxml import etree

from congvan.read.docx_xml import child, children, integer, local, switched_on, value
from congvan.read.look import Look

# accepts the built-in heading styles, whose names Word never translates: "heading 2"
_HEADING = regex.compile(r"heading ([1-9])", regex.IGNORECASE)


@dataclass(frozen=True, slots=True)
class WordLook(Look):
    """How a run is drawn; ``hidden``: not at all."""

    hidden: bool = False

    def changed(self, properties: etree._Element | None) -> WordLook:
        """This look with the properties (w:rPr) of a style or run applied."""
        if properties is None:
            return self
        look = self
        for e in properties:
            name = local(e)
            if name == "rFonts":
                look = replace(look, font=value(e, "ascii") or value(e, "hAnsi") or value(e, "cs") or look.font)
            elif name == "sz":
                look = replace(look, size=integer(value(e, "val")) / 2)
            elif name == "b":
                look = replace(look, bold=switched_on(e))
            elif name == "i":
                look = replace(look, italic=switched_on(e))
            elif name == "vertAlign":
                look = replace(look, raised=value(e, "val") == "superscript")
            elif name == "vanish":
                look = replace(look, hidden=switched_on(e))
        return look


@dataclass(frozen=True, slots=True)
class ParagraphStyle:
    """Heading level (0: none) and list of a paragraph style; ``list_style`` is the style that the list comes from."""

    level: int = 0
    number: str = ""
    list_level: int | None = None
    list_style: str = ""


@dataclass(slots=True)
class Styles:
    """The styles part."""

    elements: dict[str, etree._Element] = field(default_factory=dict)
    default: str = ""
    base: WordLook = field(default_factory=WordLook)
    _looks: dict[str, WordLook] = field(default_factory=dict)
    _paragraphs: dict[str, ParagraphStyle] = field(default_factory=dict)

    def chain(self, style: str) -> list[etree._Element]:
        """A style and what it is based on, the base first."""
        out: list[etree._Element] = []
        seen: set[str] = set()
        while style in self.elements and style not in seen:
            seen.add(style)
            out.append(self.elements[style])
            based = child(self.elements[style], "basedOn")
            style = value(based, "val") if based is not None else ""
        return out[::-1]

    def paragraph_look(self, style: str) -> WordLook:
        """Look of the text of a paragraph style."""
        style = style if style in self.elements else self.default
        if style not in self._looks:
            look = self.base
            for e in self.chain(style):
                look = look.changed(child(e, "rPr"))
            self._looks[style] = look
        return self._looks[style]

    def run_look(self, look: WordLook, properties: etree._Element | None) -> WordLook:
        """Look of a run: the paragraph's, its character style's, its own."""
        if properties is None:
            return look
        if (named := child(properties, "rStyle")) is not None:
            for e in self.chain(value(named, "val")):
                look = look.changed(child(e, "rPr"))
        return look.changed(properties)

    def paragraph(self, style: str) -> ParagraphStyle:
        """Heading level and list of a paragraph style."""
        style = style if style in self.elements else self.default
        if style not in self._paragraphs:
            found = ParagraphStyle()
            for e in self.chain(style):
                found = _with(found, e)
            self._paragraphs[style] = found
        return self._paragraphs[style]


def _with(found: ParagraphStyle, e: etree._Element) -> ParagraphStyle:
    """What one style adds to those that it is based on."""
    properties = child(e, "pPr")
    name = child(e, "name")
    title = value(name, "val") if name is not None else ""
    if heading := _HEADING.fullmatch(title):
        found = replace(found, level=int(heading[1]))
    elif title.lower() == "title":
        found = replace(found, level=1)
    elif (outline := child(properties, "outlineLvl")) is not None:
        found = replace(found, level=outline_level(outline))
    numbers = child(properties, "numPr")
    if numbers is not None:
        number, level = child(numbers, "numId"), child(numbers, "ilvl")
        if number is not None:
            found = replace(found, number=value(number, "val"), list_style=value(e, "styleId"))
        if level is not None:
            found = replace(found, list_level=integer(value(level, "val")))
    return found


def outline_level(e: etree._Element) -> int:
    """Heading level of w:outlineLvl: 0 to 8 are levels 1 to 9, 9 is body text."""
    level = integer(value(e, "val"), 9)
    return level + 1 if 0 <= level < 9 else 0


def read_styles(root: etree._Element | None) -> tuple[Styles, dict[str, str]]:
    """The styles, and the numId of each list style."""
    styles = Styles()
    lists: dict[str, str] = {}
    if root is None:
        return styles, lists
    defaults = child(child(child(root, "docDefaults"), "rPrDefault"), "rPr")
    styles.base = WordLook().changed(defaults)
    for e in children(root, "style"):
        key = value(e, "styleId")
        styles.elements[key] = e
        if value(e, "type") == "paragraph" and value(e, "default") in ("1", "true"):
            styles.default = key
        number = child(child(child(e, "pPr"), "numPr"), "numId")
        if value(e, "type") == "numbering" and number is not None:
            lists[key] = value(number, "val")
    return styles, lists
