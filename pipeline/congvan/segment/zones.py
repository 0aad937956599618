"""Zones of a letter (thể thức): head, title, addressees, body, recipients, signature, annex. Source: Decree 30/2020, Article 8 and Annex I.

Zones are found from the text alone, so that they hold for bare text whose head is lost; where layout gives cells and
headings, the same words decide.
"""

from __future__ import annotations

from dataclasses import replace

import regex

from congvan.document import Paragraph, ParagraphKind, Span, Zone
from congvan.language.letterforms import (
    ADDRESS_LINE,
    ANNEX_LINE,
    BODY_START,
    DATE_LINE,
    ISSUED_WITH,
    MARK_LINE,
    MOTTO,
    NUMBER_LINE,
    POSITION,
    RECIPIENTS_LINE,
    SIGNING,
    SUBJECT_LINE,
    TYPE_LINE,
)

# accepts the addressees of a công điện in small letters: "Chủ tịch Ủy ban nhân dân tỉnh Lào Cai điện:"
_CALLED = regex.compile(r"(?:Chủ tịch|Thủ tướng|Bộ trưởng|Giám đốc|Trưởng ban|Ủy ban)[\p{L} ,-]{0,90} điện ?:")
_HEAD_REACH = 40  # paragraphs from the start in which a head is looked for
_ABOVE_HEAD = 16  # paragraphs from the start in which the motto of the state is looked for
_SUBJECT_PARTS = 4


def zones_of(paragraphs: list[Paragraph]) -> tuple[list[Paragraph], tuple[Zone, ...]]:
    """Give paragraphs of the letterhead and of the end their kinds, and name the zones."""
    names = _names(paragraphs)
    kinds: dict[str, ParagraphKind] = {
        "head": "head",
        "title": "title",
        "addressees": "recipients",
        "recipients": "recipients",
        "signature": "signature",
    }
    out = [
        p if p.kind in {"running", "footnote"} or name not in kinds else replace(p, kind=kinds[name])
        for p, name in zip(paragraphs, names, strict=True)
    ]
    zones: list[Zone] = []
    for p, name in zip(paragraphs, names, strict=True):
        if p.kind in {"running", "footnote"}:
            continue
        if zones and zones[-1].name == name:
            zones[-1] = Zone(name, Span(zones[-1].span.start, p.span.end))
        else:
            zones.append(Zone(name, p.span))
    return out, tuple(zones)


def _names(paragraphs: list[Paragraph]) -> list[str]:
    names = ["body"] * len(paragraphs)
    flow = [i for i, p in enumerate(paragraphs) if p.kind not in {"running", "footnote"}]
    at = _head(paragraphs, flow, names)
    _end(paragraphs, flow[at:], names)
    return names


def _head(paragraphs: list[Paragraph], flow: list[int], names: list[str]) -> int:
    """Name head, title and addressees; returns the position in ``flow`` behind them."""
    at = _before_head(paragraphs, flow)
    titled = addressed = False
    parts = 0
    noted = next((n for n, i in enumerate(flow[:8]) if ISSUED_WITH.match(paragraphs[i].text)), 0)
    while at < min(len(flow), _HEAD_REACH):
        i = flow[at]
        p = paragraphs[i]
        text = p.text
        cell = p.kind == "cell"
        if cell and (titled or addressed):
            break  # a table of the body
        if not titled and (p.kind != "item") and TYPE_LINE.match(text) and (text.isupper() or len(text) < 60):
            names[i], titled = "title", True
        elif ADDRESS_LINE.match(text) or _CALLED.match(text):
            at = _addressees(paragraphs, flow, names, at)
            addressed = True
            continue
        elif ISSUED_WITH.match(text):
            names[i], titled = "title", True
        elif (
            not addressed
            and (
                MOTTO.search(text[:160])
                or NUMBER_LINE.match(text)
                or DATE_LINE.match(text)
                or MARK_LINE.fullmatch(text)
                or (cell and len(text) < 200 and not titled)
            )
        ) or (not titled and not addressed and SUBJECT_LINE.match(text) and not text.endswith(".")):
            names[i] = "head"
        elif not addressed and text.isupper() and p.marker is None and len(text) < 160 and not _heading_of_body(text):
            names[i] = "title" if titled and parts == 0 and not POSITION.match(text) else "head"
            parts += names[i] == "title"
        elif titled and not addressed and parts < _SUBJECT_PARTS and _is_subject(p, parts):
            names[i] = "title"
            parts += 1
        elif at < noted and not titled and len(text) < 300:
            names[i] = "title"  # what is left of a title above "(Ban hành kèm theo ...)"
        else:
            break
        at += 1
    return at


def _before_head(paragraphs: list[Paragraph], flow: list[int]) -> int:
    """How many lines stand above the letterhead: the name of the web portal, a line of the scanner or of the archive.

    Only where the motto of the state follows soon: nothing of the letter itself stands above its letterhead in small letters.
    """
    texts = [paragraphs[i].text for i in flow[:_ABOVE_HEAD]]
    motto = next((n for n, text in enumerate(texts) if MOTTO.search(text[:160])), 0)
    above = 0
    for text in texts[:motto]:
        if (
            text.isupper()
            or len(text) > 120
            or NUMBER_LINE.match(text)
            or DATE_LINE.match(text)
            or MARK_LINE.fullmatch(text)
        ):
            break
        above += 1
    return above


def _heading_of_body(text: str) -> bool:
    """True for "QUYẾT ĐỊNH:", the word that opens the articles."""
    return text.endswith(":")


def _is_subject(p: Paragraph, parts: int) -> bool:
    text = p.text
    if p.kind == "item" or text.endswith((".", ":", ";")) or len(text) > 600:
        return False
    return not BODY_START.match(text) or (parts == 0 and SUBJECT_LINE.match(text) is not None)


def _addressees(paragraphs: list[Paragraph], flow: list[int], names: list[str], at: int) -> int:
    """Name the addressees: the line "Kính gửi" and the list below it."""
    first = paragraphs[flow[at]].text
    names[flow[at]] = "addressees"
    at += 1
    if ADDRESS_LINE.sub("", first, count=1).strip(" :") and first.endswith((".", "…")):
        return at
    while at < len(flow):
        text = paragraphs[flow[at]].text
        listed = text.startswith(("-", "–", "•", "+")) or (text.endswith(";") and len(text) < 200)
        if not listed and not (
            text.endswith(".")
            and len(text) < 120
            and not BODY_START.match(text)
            and paragraphs[flow[at]].marker is None
        ):
            break
        if BODY_START.match(text.lstrip("-–•+ ")):
            break
        names[flow[at]] = "addressees"
        at += 1
        if text.endswith(".") and not text.endswith("..."):
            break
    return at


def _end(paragraphs: list[Paragraph], flow: list[int], names: list[str]) -> None:
    """Name recipients, signature and annexes, from the first "Nơi nhận" or signature on."""
    state = "body"
    for i in flow:
        p = paragraphs[i]
        text = p.text
        if ANNEX_LINE.match(text) and len(text) < 200 and state != "body":
            state = "annex"
        elif state == "annex":
            pass
        elif RECIPIENTS_LINE.match(text) and p.marker is None and len(text) < 4000:
            state = "recipients"
        elif (SIGNING.match(text) and text[:80].isupper()) or (
            POSITION.fullmatch(text) and text.isupper() and _near_end(paragraphs, flow, i)
        ):
            state = "signature"
        elif state == "recipients" and not _is_recipient(p):
            state = "signature" if len(text) < 80 else "body"
        elif state == "signature":
            if p.marker is not None and text.startswith("-"):
                state = "recipients"
            elif len(text) > 90 or (TYPE_LINE.match(text) and text.isupper()):
                state = "annex"
        names[i] = state


def _is_recipient(p: Paragraph) -> bool:
    return p.marker in {"-", "+", "•", "*"} or p.text.endswith((";", ".")) or p.kind == "cell"


def _near_end(paragraphs: list[Paragraph], flow: list[int], i: int) -> bool:
    """True where only short lines, or the recipients, follow."""
    rest = [paragraphs[j].text for j in flow if j > i]
    return all(len(text) < 90 or RECIPIENTS_LINE.match(text) for text in rest[:6])
