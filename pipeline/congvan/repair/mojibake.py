"""UTF-8 that was read as cp1252 or Latin-1 ("Chá»§ tá»‹ch"), once or several times, undone line by line.

Two readings of a line are weighed: ftfy's, and the one that decodes each stretch that is UTF-8 by itself, whatever
stands beside it (ftfy leaves what it finds too short to tell, as "quÃ½"). Either counts only where it leaves the line
with fewer strange words.
"""

from __future__ import annotations

from functools import cache
from typing import Any

import regex

from congvan.document import Edit, Span
from congvan.language.folding import fold_word
from congvan.language.syllables import syllables
from congvan.repair.lines import lines_of
from congvan.repair.regions import is_abbreviation

FAMILY = "utf8-mojibake"
MAX_ROUNDS = 4  # how often a text was read wrong at most
# accepts the beginning of a letter of two or three bytes shown as cp1252 ("á»§", "Ã´", "Æ°", "â€œ")
_SEQUENCE = regex.compile(
    r"á[º»][\u0080-¿€‚ƒ„…†‡ˆ‰Š‹ŒŽ‘’“”•–—˜™š›œžŸ ]|[ÃÄÅÆ][\u0080-¿€‚ƒ„…†‡ˆ‰Š‹ŒŽ‘’“”•–—˜™š›œžŸ ]|â€."
)
_HEADS = ("Ã", "Ä", "Å", "Æ", "áº", "á»", "â€")  # what each of them begins with
# accepts the same with a character after the letter that no text of another kind has there ("á»§"; not "Ã ")
_TRUE_SEQUENCE = regex.compile(rf"(?:{_SEQUENCE.pattern})(?<![ \u00a0])")
# accepts the same where it cannot be a letter and the blank after it, as in "XÃ HỘI" (but "ngÃ y")
_SURE_SEQUENCE = regex.compile(rf"(?:{_SEQUENCE.pattern})(?<![ \u00a0])|(?<=\p{{Ll}})Ã[ \u00a0]|Ã\u00a0(?=\p{{Ll}})")
# accepts a word ("Chá")
_WORD = regex.compile(r"[\p{L}\p{M}]+")
# accepts a stretch without ASCII, where a letter of several bytes stands; the codec would take U+FFFD for a byte ("á»§")
_STRETCH = regex.compile(r"[^\x00-\x7f\ufffd]+")


@cache
def _config() -> Any:
    import ftfy

    # the defaults would uncurl quotes and delete control characters, which are evidence of other damage
    return ftfy.TextFixerConfig(
        unescape_html=False,
        remove_terminal_escapes=False,
        fix_latin_ligatures=False,
        fix_character_width=False,
        uncurl_quotes=False,
        fix_line_breaks=False,
        remove_control_chars=False,
        normalization=None,
        explain=False,
    )


def mojibake_edits(text: str) -> tuple[Edit, ...]:
    """The edits that decode the lines which are UTF-8 read as something else; none in other lines."""
    if not any(head in text for head in _HEADS):
        return ()
    if not _TRUE_SEQUENCE.search(text):  # "ThÃ hiÇn" is other damage
        return ()
    import ftfy

    found: list[Edit] = []
    for start, stop, _ in lines_of(text):
        line = text[start:stop]
        if not _SEQUENCE.search(line):
            continue
        theirs = ftfy.fix_text(line, _config())
        # of two that are as good, ftfy's
        fixed = min((theirs, _by_stretches(theirs), _by_stretches(line)), key=lambda one: _counts(one)[1])
        if fixed != line and _better(line, fixed):
            found += _edits(line, fixed, start)
    return tuple(found)


def _better(line: str, fixed: str) -> bool:
    """True where decoding leaves fewer strange words and signs, and more syllables with marks; of signs alone, no fewer."""
    (good, bad), (good_after, bad_after) = _counts(line), _counts(fixed)
    more = good_after > good or {c for c in fixed if c.isalpha()} <= set(line)
    return bad_after < bad and more and good_after >= max(good, 1)


def _counts(line: str) -> tuple[int, int]:
    """Syllables with marks; and what is strange: other words with marks, signs beyond ASCII, sequences.

    Ã alone is a syllable, but not where it begins a sequence.
    """
    rest, strange = _SURE_SEQUENCE.subn(" ", line)
    words = [w for w in _WORD.findall(rest) if not w.isascii()]
    good = sum(fold_word(w) in syllables() or is_abbreviation(w) for w in words)
    return good, strange + len(words) - good + sum(not c.isalnum() for c in rest if c > "\x7f")


def _by_stretches(line: str) -> str:
    """The line with each stretch beyond ASCII decoded as often as it is UTF-8."""
    return _STRETCH.sub(lambda m: _decoded(m[0]), line)


def _edits(line: str, fixed: str, at: int) -> list[Edit]:
    """One edit for each stretch that is not ASCII where that gives the same, else one for the line."""
    if _by_stretches(line) != fixed:
        return [_edit(line, fixed, at)]
    stretches = ((m[0], _decoded(m[0]), at + m.start()) for m in _STRETCH.finditer(line))
    return [_edit(old, new, place) for old, new, place in stretches if old != new]


def _decoded(stretch: str) -> str:
    """The stretch as the UTF-8 that it was, however often it was read wrong; as it is where its bytes are none."""
    import ftfy.bad_codecs  # registers the codec

    assert ftfy.bad_codecs
    for _ in range(MAX_ROUNDS):
        try:
            stretch = stretch.encode("sloppy-windows-1252").decode("utf-8")
        except UnicodeError:
            break
    return stretch


def _edit(before: str, after: str, at: int) -> Edit:
    return Edit(Span(at, at + len(before)), before, after, FAMILY, "bytes of UTF-8 read as cp1252 (ftfy)", 0.99)
