"""Inline Markdown: emphasis, escapes, raised marks and links of one paragraph become runs.

Emphasis follows CommonMark where that is clear and is more forgiving where converters of Vietnamese documents break it
("**Đánh giá:**Giảm"). A star or underscore that closes nothing stays in the text: it is a footnote star, a
multiplication, a line to fill in.
"""

from __future__ import annotations

import html
from dataclasses import dataclass, field
from typing import Literal

import regex

from congvan.document import Run

_TAGS = "sup|sub|u|b|i|em|strong|s|del|ins|mark|small|big|span|font|center|p|div|a|code|br|hr"

# accepts one piece that may be markup: "\*", "***", "__", "<sup>", "[Nghị định](u)", "&nbsp;", "[^1]"
_PIECE = regex.compile(
    r"\\(?P<escaped>[!-/:-@\[-`{-~])"
    r"|(?P<hard>\\\n|[ ]{2,}\n)"
    r"|(?P<delimiter>\*++|_++|~~)"
    rf"|<(?P<close>/?)(?P<tag>{_TAGS})\b[^<>\n]*+>"
    r"|(?P<comment><!--.{0,2000}?-->)"
    r"|!\[[^\[\]\n]{0,1000}+\]\((?P<picture>[^()\s]{0,2000}+)\)"
    r"|\[\^(?P<note>[\w*]{1,20}+)\]"
    r"|\[(?P<label>[^\[\]\n]{1,1000}+)\]\((?P<target>[^()\s]{1,2000}+)\)"
    r"|(?P<entity>&(?:#[0-9]{1,7}+|#[xX][0-9a-fA-F]{1,6}+|[a-zA-Z]{2,20}+);)",
    regex.IGNORECASE | regex.DOTALL,
)

_BOLD_TAGS = {"b", "strong"}
_ITALIC_TAGS = {"i", "em"}
_LONGEST_EMPHASIS = 4  # "****" closes one bold and opens the next; longer runs are lines to fill in


@dataclass(slots=True)
class _Pieces:
    """Text pieces of a paragraph and the ranges of pieces that carry a style."""

    texts: list[str] = field(default_factory=list)
    bold: list[tuple[int, int]] = field(default_factory=list)
    italic: list[tuple[int, int]] = field(default_factory=list)
    raised: list[tuple[int, int]] = field(default_factory=list)

    def covered(self, ranges: list[tuple[int, int]]) -> list[bool]:
        """For each piece, whether one of the ranges covers it."""
        change = [0] * (len(self.texts) + 1)
        for start, end in ranges:
            change[start] += 1
            change[end] -= 1
        out, depth = [], 0
        for step in change[:-1]:
            depth += step
            out.append(depth > 0)
        return out


@dataclass(slots=True)
class _Opener:
    """A run of stars or underscores that may open emphasis: the piece it stands at, and how many are left."""

    piece: int
    left: int


def inline(text: str) -> tuple[Run, ...]:
    """Runs of a paragraph's text, markup resolved."""
    pieces = _Pieces()
    openers: dict[str, list[_Opener]] = {"*": [], "_": []}
    tags: dict[str, list[int]] = {"bold": [], "italic": [], "raised": []}
    at = 0
    for m in _PIECE.finditer(text):
        if m.start() > at:
            pieces.texts.append(text[at : m.start()])
        at = m.end()
        if (run := m["delimiter"]) is not None:
            before = text[m.start() - 1] if m.start() else " "
            after = text[at] if at < len(text) else " "
            if run == "~~":
                continue
            _delimiter(run, before, after, pieces, openers[run[0]])
        elif (tag := m["tag"]) is not None:
            _tag(tag.lower(), bool(m["close"]), pieces, tags)
        elif m["note"] is not None:
            pieces.raised.append((len(pieces.texts), len(pieces.texts) + 1))
            pieces.texts.append(m["note"])
        else:
            pieces.texts.append(_plain(m))
    pieces.texts.append(text[at:])
    return _runs(pieces)


def _plain(m: regex.Match[str]) -> str:
    """Text of a piece without style."""
    if m["escaped"] is not None:
        return str(m["escaped"])
    if m["hard"] is not None:
        return "\n"
    if m["label"] is not None:
        return "".join(run.text for run in inline(m["label"])) if "[" not in m["label"] else str(m["label"])
    if m["entity"] is not None:
        return html.unescape(m["entity"])
    return ""  # a comment or a picture


def _delimiter(run: str, before: str, after: str, pieces: _Pieces, openers: list[_Opener]) -> None:
    """Close what the run can close, then open with the rest; what pairs with nothing is text."""
    left = len(run)
    # the run's own text, shortened as pairs take from it
    pieces.texts.append(run)
    here = len(pieces.texts) - 1
    if left > _LONGEST_EMPHASIS or (left == 1 and before == "(" and after == ")"):
        return
    word_before, word_after = before.isalnum(), after.isalnum()
    opens, closes = not after.isspace(), not before.isspace()
    if run[0] == "_" or left == 1:  # inside a word only doubled stars are emphasis
        opens, closes = opens and not word_before, closes and not word_after
    while closes and left and openers:
        opener = openers[-1]
        taken = 2 if min(left, opener.left) >= 2 else 1
        if taken == 1 and max(left, opener.left) == 2:
            break  # "**a*": no pair
        (pieces.bold if taken == 2 else pieces.italic).append((opener.piece, here))
        opener.left -= taken
        left -= taken
        pieces.texts[opener.piece] = run[0] * opener.left
        if not opener.left:
            openers.pop()
    pieces.texts[here] = run[0] * left
    if opens and left:
        openers.append(_Opener(here, left))


def _tag(tag: str, closing: bool, pieces: _Pieces, tags: dict[str, list[int]]) -> None:
    """An HTML tag of the known kinds; unknown ones never come here and stay text."""
    if tag == "br":
        pieces.texts.append("\n")
        return
    style = "bold" if tag in _BOLD_TAGS else "italic" if tag in _ITALIC_TAGS else "raised" if tag == "sup" else None
    if style is None:
        return
    if not closing:
        tags[style].append(len(pieces.texts))
    elif tags[style]:
        ranges: list[tuple[int, int]] = getattr(pieces, style)
        ranges.append((tags[style].pop(), len(pieces.texts)))


def _runs(pieces: _Pieces) -> tuple[Run, ...]:
    """Join pieces of equal style."""
    bold, italic, raised = (pieces.covered(r) for r in (pieces.bold, pieces.italic, pieces.raised))
    runs: list[Run] = []
    texts: list[str] = []
    style = (False, False, False)

    def flush() -> None:
        if joined := "".join(texts):
            origin: Literal["sup", "body"] = "sup" if style[2] else "body"
            runs.append(Run(joined, origin=origin, bold=style[0], italic=style[1]))
        texts.clear()

    for text, *flags in zip(pieces.texts, bold, italic, raised, strict=True):
        if text and tuple(flags) != style:
            flush()
            style = (flags[0], flags[1], flags[2])
        texts.append(text)
    flush()
    return tuple(runs)
