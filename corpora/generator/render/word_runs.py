"""Runs and paragraphs as WordprocessingML: fonts, sizes, footnote marks, the short lines under names."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from itertools import count
from typing import TypeAlias
from xml.sax.saxutils import escape

import regex

from corpora.generator.model import Node, Run

Recode: TypeAlias = Callable[[Run], tuple[str, str]]
"""Gives text and font of a run as they stand in the file: legacy documents hold other characters in fonts of their own."""

# accepts the mark of a footnote that Word can count: "(1)", "[12]", "3"
_COUNTED = regex.compile(r"(\D*)([1-9]\d*)(\D*)")

_NOTE_SIZE = 20  # half points

_RULE = (
    '<w:r><mc:AlternateContent><mc:Choice Requires="wps"><w:drawing>'
    '<wp:anchor distT="0" distB="0" distL="0" distR="0" simplePos="0" relativeHeight="{height}" behindDoc="0" locked="0" '
    'layoutInCell="1" allowOverlap="1"><wp:simplePos x="0" y="0"/>'
    '<wp:positionH relativeFrom="column"><wp:align>center</wp:align></wp:positionH>'
    '<wp:positionV relativeFrom="paragraph"><wp:posOffset>40640</wp:posOffset></wp:positionV>'
    '<wp:extent cx="{width}" cy="0"/><wp:effectExtent l="0" t="0" r="0" b="0"/><wp:wrapNone/>'
    '<wp:docPr id="{n}" name="Straight Connector {n}"/><wp:cNvGraphicFramePr/>'
    '<a:graphic><a:graphicData uri="http://schemas.microsoft.com/office/word/2010/wordprocessingShape">'
    '<wps:wsp><wps:cNvCnPr/><wps:spPr><a:xfrm><a:off x="0" y="0"/><a:ext cx="{width}" cy="0"/></a:xfrm>'
    '<a:prstGeom prst="line"><a:avLst/></a:prstGeom>'
    '<a:ln w="9525"><a:solidFill><a:srgbClr val="000000"/></a:solidFill></a:ln></wps:spPr><wps:bodyPr/></wps:wsp>'
    "</a:graphicData></a:graphic></wp:anchor></w:drawing></mc:Choice></mc:AlternateContent></w:r>"
)


@dataclass(frozen=True, slots=True)
class Form:
    """How a paragraph is set; sizes in half points, distances in twentieths of a point, 0 where Word's own holds.

    ``number`` is its place in a list that Word counts (an element of its properties); ``strong`` sets that number bold.
    """

    align: str = "both"
    size: int = 0
    before: int = 0
    after: int = 0
    first: int = 0
    left: int = 0
    right: int = 0
    keep: bool = False
    exact: int = 0
    number: str = ""
    strong: bool = False


@dataclass(slots=True)
class WordRuns:
    """Writes paragraphs; keeps the footnotes met, and counts what must have a number in the file.

    Attributes:
        recode: text and font of each run; ``None`` leaves the text alone, in the font of the style.
        notes: the footnotes so far, as elements of the part that Word keeps them in.
    """

    recode: Recode | None = None
    notes: list[str] = field(default_factory=list)
    _counted: int = 0
    _shapes: count[int] = field(default_factory=lambda: count(1))

    def paragraph(self, runs: Iterable[Run], form: Form, more: str = "") -> str:
        """A paragraph; ``more`` stands behind its runs."""
        return f"<w:p>{properties(form)}{''.join(self._run(run, form.size) for run in runs)}{more}</w:p>"

    def rule(self, points: int) -> str:
        """A paragraph of no height with a line of so many points in the middle, as offices draw under names."""
        n = next(self._shapes)
        line = _RULE.format(width=points * 12700, n=n, height=251658240 + n)
        return self.paragraph((), Form("center", size=8, exact=130), line)

    def _run(self, run: Run, size: int) -> str:
        text, font = self._shown(run)
        if run.note is not None:
            return self._reference(text, font, run.note)
        look = _look(font, bold=run.bold, italic=run.italic, size=size)
        return f"<w:r>{look}{_text(text)}</w:r>"

    def _shown(self, run: Run) -> tuple[str, str]:
        return self.recode(run) if self.recode else (run.text, "")

    def _reference(self, mark: str, font: str, note: Node) -> str:
        """The mark of a footnote: its number is counted by Word where that gives the mark, else the mark is typed by hand.

        Word counts through the whole file, so that in the second document of a bundle, which begins again with "(1)", a
        clerk types the marks. A typed mark stands in the text alone, since LibreOffice shows it before the note of itself;
        and its characters are elements of their own, since LibreOffice shows longer ones twice.
        """
        raised = _look(font, raised=True)
        counted = _COUNTED.fullmatch(mark)
        n = len(self.notes) + 1
        self.notes.append("")  # its place: a note is written after those before it
        if counted and int(counted[2]) == self._counted + 1:
            self._counted += 1
            inner = [_text(counted[1]), f'<w:footnoteReference w:id="{n}"/>', _text(counted[3])]
            own = f"<w:r>{raised}<w:footnoteRef/></w:r>"
        else:
            typed = "".join(_text(character) for character in mark)
            inner, own = [f'<w:footnoteReference w:customMarkFollows="1" w:id="{n}"/>{typed}'], ""
        reference = "".join(f"<w:r>{raised}{part}</w:r>" for part in inner if part)
        blank = f'<w:r>{_look("", size=_NOTE_SIZE)}<w:t xml:space="preserve"> </w:t></w:r>'
        words = "".join(self._run(run, _NOTE_SIZE) for run in note.runs())
        set_as = properties(Form(size=_NOTE_SIZE), style="FootnoteText")
        self.notes[n - 1] = f'<w:footnote w:id="{n}"><w:p>{set_as}{own}{blank}{words}</w:p></w:footnote>'
        return reference


def properties(form: Form, section: str = "", style: str = "") -> str:
    """The properties of a paragraph; with ``section`` it ends one."""
    line = f' w:line="{form.exact}" w:lineRule="exact"' if form.exact else ""
    look = _look("", bold=form.strong, size=form.size)
    parts = [
        f'<w:pStyle w:val="{style}"/>' if style else "",
        "<w:keepNext/>" if form.keep else "",
        form.number,
        f'<w:spacing w:before="{form.before}" w:after="{form.after}"{line}/>',
        f'<w:ind w:left="{form.left}" w:right="{form.right}" w:firstLine="{form.first}"/>'
        if form.left or form.first
        else "",
        f'<w:jc w:val="{form.align}"/>',
        look,
        section,
    ]
    return f"<w:pPr>{''.join(parts)}</w:pPr>"


def _look(font: str, *, bold: bool = False, italic: bool = False, size: int = 0, raised: bool = False) -> str:
    name = escape(font, {'"': "&quot;"})
    parts = [
        '<w:rStyle w:val="FootnoteReference"/>' if raised else "",
        f'<w:rFonts w:ascii="{name}" w:hAnsi="{name}" w:cs="{name}"/>' if font else "",
        "<w:b/><w:bCs/>" if bold else "",
        "<w:i/><w:iCs/>" if italic else "",
        f'<w:sz w:val="{size}"/><w:szCs w:val="{size}"/>' if size else "",
        '<w:vertAlign w:val="superscript"/>' if raised else "",
    ]
    return f"<w:rPr>{''.join(parts)}</w:rPr>" if any(parts) else ""


def _text(text: str) -> str:
    """The content of a run; line ends and tabs are elements in Word."""
    lines = (
        "<w:tab/>".join(
            f'<w:t xml:space="preserve">{escape(piece)}</w:t>' if piece else "" for piece in line.split("\t")
        )
        for line in text.split("\n")
    )
    return "<w:br/>".join(lines)
