"""Inline content of a web page: looks, and white space collapsed as a browser does."""

from __future__ import annotations

from dataclasses import dataclass, replace

import regex
from lxml import etree

from congvan.document import Run
from congvan.read.look import Look

_WHITE = " \t\n\r\f"
# accepts white space that a browser shows as one space: "\n    "
_SPACES = regex.compile(r"[ \t\n\r\f]++")
# accepts the font of a style: "font-family:.VnTime", "font-family: \"Times New Roman\", serif"
_FAMILY = regex.compile(r"""font-family\s*+:\s*+["']?([^;,"']++)""", regex.IGNORECASE)
# accepts a weight of a style: "font-weight:bold", "font-weight: 700"
_WEIGHT = regex.compile(r"font-weight\s*+:\s*+(\w++)", regex.IGNORECASE)
# accepts a slant of a style: "font-style:italic"
_SLANT = regex.compile(r"font-style\s*+:\s*+(\w++)", regex.IGNORECASE)
# accepts a size in points: "font-size:13.0pt"
_SIZE = regex.compile(r"font-size\s*+:\s*+(\d{1,3}(?:\.\d{1,3})?)pt", regex.IGNORECASE)
# accepts a raised stretch: "vertical-align:super"
_RAISED = regex.compile(r"vertical-align\s*+:\s*+super", regex.IGNORECASE)
# accepts white space that is kept: "white-space:pre-wrap"
_PRE = regex.compile(r"white-space\s*+:\s*+(?:pre|break-spaces)", regex.IGNORECASE)


@dataclass(frozen=True, slots=True)
class WebLook(Look):
    """How text is drawn; ``keep``: white space counts as it stands."""

    keep: bool = False


def styled(look: WebLook, e: etree._Element, name: str) -> WebLook:
    """The look inside an element."""
    if name in ("b", "strong", "th"):
        look = replace(look, bold=True)
    elif name in ("i", "em", "cite", "dfn"):
        look = replace(look, italic=True)
    elif name == "sup":
        look = replace(look, raised=True)
    elif name == "pre":
        look = replace(look, keep=True)
    elif name == "font" and (face := e.get("face")):
        look = replace(look, font=face.split(",")[0].strip(" \"'"))
    style = e.get("style")
    if not style:
        return look
    if family := _FAMILY.search(style):
        look = replace(look, font=family[1].strip())
    if weight := _WEIGHT.search(style):
        heavy = int(weight[1]) >= 600 if weight[1].isdecimal() and len(weight[1]) < 5 else "bold" in weight[1].lower()
        look = replace(look, bold=heavy)
    if slant := _SLANT.search(style):
        look = replace(look, italic=slant[1].lower() in ("italic", "oblique"))
    if size := _SIZE.search(style):
        look = replace(look, size=float(size[1]))
    if _RAISED.search(style):
        look = replace(look, raised=True)
    if _PRE.search(style):
        look = replace(look, keep=True)
    return look


def collapsed(pieces: list[tuple[str, WebLook]], fonts: dict[str, int]) -> list[Run]:
    """Runs of a paragraph; empty where it draws nothing."""
    texts: list[tuple[str, WebLook]] = []
    open_end = True  # at the start of a line: white space is not shown
    for text, look in pieces:
        if not look.keep:
            text = _SPACES.sub(" ", text)
            if open_end and text.startswith(" "):
                text = text[1:]
        elif text == "\n" and texts and texts[-1][0].endswith(" "):
            texts[-1] = (texts[-1][0][:-1], texts[-1][1])
        if text:
            open_end = text[-1] in _WHITE
            texts.append((text, look))
    while texts and not texts[-1][0].rstrip(_WHITE):
        texts.pop()
    if texts:
        texts[-1] = (texts[-1][0].rstrip(_WHITE), texts[-1][1])
    while texts and not texts[0][0].strip(_WHITE):
        texts.pop(0)
    if not "".join(text for text, _ in texts).strip(_WHITE + "\xa0"):
        return []
    joined: list[tuple[list[str], WebLook]] = []
    for text, look in texts:
        look = replace(look, keep=False)
        if joined and (joined[-1][1] == look or text == "\n"):
            joined[-1][0].append(text)
        else:
            joined.append(([text], look))
    return [
        look.run("".join(parts), fonts.setdefault(look.font, len(fonts)) if look.font else None)
        for parts, look in joined
    ]
