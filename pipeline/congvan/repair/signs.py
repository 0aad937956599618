"""Signs that Ghostscript damaged: “ ” as < =, ‘ ’ as 8 9, – — as 3 4, • as ", … as &.

The values are common signs and digits, so each is replaced only in a text that is damaged, where it cannot be what it
shows: quotes as a pair, dashes and dots only where the damage has ranges of one entry (in Word's runs a lone sign stays
right). A digit is never touched unless it stands alone between spaces, where no number can stand, or inside a name.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Sequence

import regex

from congvan.document import Edit, Span
from congvan.language.ngrams import FIGURE, SIGN, START, model, model_tokens
from congvan.language.syllables import is_syllable
from congvan.repair.lines import LINE_END

FAMILY = "ghostscript-range"
MAX_QUOTE = 800  # characters between two quotes
REACH = 300  # characters before a closing bracket where the opening one is looked for
NEAR = 100  # characters to the next damaged word, where no word is sound
DASH_MARGIN = 3.0  # log odds of a dash against the figure 3

# accepts < where a quote opens ("<Đoàn kết", "(<Luật") or = where one closes ("hiệu quả=.", "sắc=,")
_QUOTE = regex.compile(
    r"(?:(?<![^\s(\[/*_.])<(?!\p{L}+\p{Nd}?/?>)(?=[*_]*[\p{L}\p{Nd}\x01-\x12¡-ÿ]))|(?:(?<=[\p{L}\p{Nd}.,;:!?%)…&][*_]*)=(?![^\s.,;:!?)\]/&*_]))"
)
# accepts an apostrophe inside a name of the highlands ("Ia H9Drai", "M9Đrắk")
_APOSTROPHE = regex.compile(r"(?<=(?:^|[^\p{L}\p{Nd}])\p{Lu}\p{Ll}?)9(?=\p{Lu}\p{Ll}{2})")
# accepts a 3 that stands alone between spaces, or opens a line ("Độc lập 3 Tự do")
_DASH = regex.compile(r"(?<![^ \t\r\n\f])3(?=[ \t])")
# accepts & where an ellipsis ends a list ("v.v&", "khó khăn,&;"), stands behind a small letter ("súp lơ& đã"), or beside
# one that is sound
_ELLIPSIS = regex.compile(
    r"(?<=[\p{L},.&]|[\p{L},] )&(?=[&);,./]|[ \t]*+(?![^\r\n\f]))|(?<=\p{Ll}\p{Ll})&(?= \p{L})|&(?=…)|(?<=…)&"
)
# accepts what stands between quotes of one stroke ("8Never Miss a Shot9"): words, the first and last of two letters at least
_STROKES = regex.compile(r"(?<![^\s(\[])8(?=\p{L}\p{Ll})[^\r\n89]{2,80}(?<=\p{L}\p{Ll}[.?!]?)9(?![\p{L}\p{Nd}])")
# accepts a double quote that opens a line as a bullet ('" Sở Tài chính')
_BULLET = regex.compile(r'(?<=(?<![^\r\n\f])[ \t]*)"(?=[ \t]+\p{L}[^"\r\n]*+(?!"))')
# accepts ĩ at the end of a word, shown as a closing bracket ("bác s)", "v) mô")
_TILDE_I = regex.compile(r"(?<![\p{L}(])((?:ngh|s|v|nh|th|m|l|k|x|t|d|n)\p{L}?)\)", regex.I)


# accepts ĩ in a word that has no vowel else, shown as a star, as in a range with Ĩ ("chiến s*.")
_STAR_I = regex.compile(r"(?<![\p{L}*])(?:ngh|nh|th|s|v|m|l|k|x|t|n)\*(?![\p{L}*])", regex.I)


def sign_edits(text: str, one_entry: bool, damaged: Sequence[int]) -> tuple[Edit, ...]:
    """The edits that bring signs back, in a text that is known to be damaged.

    Args:
        text: with its words repaired. one_entry: the damage has ranges of one entry, so that hardly a word is sound.
        damaged: where words were repaired, ascending.
    """
    found = [*_quotes(text)]
    found += [_edit(text, m.start(), "’", "inside a name", 0.9) for m in _APOSTROPHE.finditer(text)]
    stars = [
        _edit(text, m.end() - 1, "Ĩ" if m[0][:-1].isupper() else "ĩ", "no word without it", 0.9)
        for m in _STAR_I.finditer(text)
    ]
    found += [edit for edit in stars if _is_near(edit.span.start, damaged, REACH)]
    for m in _STROKES.finditer(text):
        found += [_edit(text, m.start(), "‘", "a pair", 0.95), _edit(text, m.end() - 1, "’", "a pair", 0.95)]
    if one_entry:
        other = _dashes(text)
        other += [_edit(text, m.start(), "…", "ends a list", 0.9) for m in _ELLIPSIS.finditer(text)]
        other += [_edit(text, m.start(), "•", "opens a line", 0.9) for m in _BULLET.finditer(text)]
        other += _tildes(text)
        found += [edit for edit in other if _is_near(edit.span.start, damaged)]
    found.sort(key=lambda e: e.span)
    return tuple(found)


def _is_near(at: int, places: Sequence[int], reach: int = NEAR) -> bool:
    n = bisect_left(places, at - reach)
    return n < len(places) and places[n] <= at + reach


def quote_edits(text: str) -> tuple[Edit, ...]:
    """The edits that bring quotes back in a text that shows no other damage: what its fonts draw may need no more.

    Nobody writes "<Quy chuẩn quốc gia=" otherwise; but all < of the text must be such, and one pair hold Vietnamese.
    """
    if "<" not in text or "=" not in text or ">" in text:
        return ()
    found = _quotes(text)
    if not found or len(found) != 2 * text.count("<"):
        return ()
    quoted = (text[a.span.end : b.span.start] for a, b in zip(found[::2], found[1::2], strict=True) if a.after == "“")
    prose = any(sum(not w.isascii() and is_syllable(w) for w in words.split()) > 1 for words in quoted)
    return tuple(found) if prose and all(e.evidence.endswith("a pair") for e in found) else ()


def _edit(text: str, at: int, after: str, evidence: str, sure: float) -> Edit:
    return Edit(Span(at, at + 1), text[at], after, FAMILY, f"{after} as {text[at]}: {evidence}", sure)


def _quotes(text: str) -> list[Edit]:
    """Pairs of < and =; where there is a pair, also a lone one."""
    pairs: list[Edit] = []
    lone: list[Edit] = []
    opened = -1
    for m in _QUOTE.finditer(text):
        at = m.start()
        if m[0] == "<":
            if opened >= 0:
                lone.append(_edit(text, opened, "“", "opens a quotation", 0.9))
            opened = at
        elif opened >= 0 and at - opened <= MAX_QUOTE and ">" not in text[opened:at]:
            pairs += (_edit(text, opened, "“", "a pair", 0.98), _edit(text, at, "”", "a pair", 0.98))
            opened = -1
        else:
            lone.append(_edit(text, at, "”", "closes a quotation", 0.9))
    if opened >= 0:
        lone.append(_edit(text, opened, "“", "opens a quotation", 0.9))
    return pairs + lone if pairs else []


def _dashes(text: str) -> list[Edit]:
    """A lone 3 where the language model wants a sign and no figure."""
    lm = model()
    sign, figure = lm.number(SIGN), lm.number(FIGURE)
    found: list[Edit] = []
    for m in _DASH.finditer(text):
        at = m.start()
        line = LINE_END.split(text[max(at - 40, 0) : at])[-1]
        before = [lm.number(START)] * 2 + [lm.number(kind, token) for token, kind in model_tokens(line)]
        after = [lm.number(kind, token) for token, kind in model_tokens(LINE_END.split(text[at + 1 : at + 30])[0])][:2]
        window = before[-2:], after
        if _cost(lm.score, window, figure) - _cost(lm.score, window, sign) > DASH_MARGIN:
            found.append(_edit(text, at, "–", "no figure can stand here", 0.8))
    return found


def _cost(score: Callable[[int, int, int], float], window: tuple[Sequence[int], Sequence[int]], middle: int) -> float:
    words = [*window[0], middle, *window[1]]
    return -sum(score(*words[i : i + 3]) for i in range(len(words) - 2))


def _opens_line(text: str, at: int) -> bool:
    """True where nothing but blanks stands before ``at`` on its line."""
    while at and text[at - 1] not in "\r\n" and text[at - 1].isspace():
        at -= 1
    return not at or text[at - 1] in "\r\n"


def _tildes(text: str) -> list[Edit]:
    """A closing bracket that none opened, after what with ĩ is a syllable."""
    lm = model()
    found: list[Edit] = []
    for m in _TILDE_I.finditer(text):
        at = m.end() - 1
        before = text[max(at - REACH, 0) : at]
        if before.count("(") > before.count(")") or _opens_line(text, m.start()):
            continue  # a bracket is open, or a list mark such as "n)" opens the line
        word = m[1] + ("Ĩ" if m[1].isupper() and len(m[1]) > 1 else "ĩ")
        if lm.number(word.lower()) != lm.unknown:
            found.append(_edit(text, at, word[-1], "no bracket is open", 0.9))
    return found
