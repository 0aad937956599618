"""UTF-8 that was read as cp1252 or Latin-1 ("Chá»§ tá»‹ch"), undone by ftfy, line by line."""

from __future__ import annotations

from functools import cache
from typing import Any

import regex

from congvan.document import Edit, Span
from congvan.language.folding import fold_word
from congvan.language.syllables import syllables
from congvan.repair.lines import lines_of

FAMILY = "utf8-mojibake"
# accepts the beginning of a letter of two or three bytes shown as cp1252 ("á»§", "Ã´", "Æ°", "â€œ")
_SEQUENCE = regex.compile(
    r"á[º»][\u0080-¿€‚ƒ„…†‡ˆ‰Š‹ŒŽ‘’“”•–—˜™š›œžŸ ]|[ÃÄÅÆ][\u0080-¿€‚ƒ„…†‡ˆ‰Š‹ŒŽ‘’“”•–—˜™š›œžŸ ]|â€."
)
# accepts a word ("Chá")
_WORD = regex.compile(r"[\p{L}\p{M}]+")
# accepts a stretch without ASCII, where a letter of several bytes stands
_STRETCH = regex.compile(r"[^\x00-\x7f]+")


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
    if not _SEQUENCE.search(text):
        return ()
    import ftfy

    found: list[Edit] = []
    for start, stop, _ in lines_of(text):
        line = text[start:stop]
        if _SEQUENCE.search(line):
            fixed = ftfy.fix_text(line, _config())
            if fixed != line and _better(line, fixed):
                found += _edits(line, fixed, start)
    return tuple(found)


def _better(line: str, fixed: str) -> bool:
    """True where decoding leaves fewer strange words and signs, and not fewer syllables with marks."""
    (good, bad), (good_after, bad_after) = _counts(line), _counts(fixed)
    return bad_after < bad and good_after >= max(good, 1)


def _counts(line: str) -> tuple[int, int]:
    """Syllables with marks; and other words with marks and signs beyond ASCII."""
    words = [w for w in _WORD.findall(line) if not w.isascii()]
    good = sum(fold_word(w) in syllables() for w in words)
    return good, len(words) - good + sum(not c.isalnum() for c in line if c > "\x7f")


def _edits(line: str, fixed: str, at: int) -> list[Edit]:
    """One edit for each stretch that is not ASCII where that gives the same, else one for the line."""
    found: list[Edit] = []
    pieces: list[str] = []
    done = 0
    for m in _STRETCH.finditer(line):
        new = _decoded(m[0])
        pieces += (line[done : m.start()], new)
        done = m.end()
        if new != m[0]:
            found.append(_edit(m[0], new, at + m.start()))
    pieces.append(line[done:])
    return found if "".join(pieces) == fixed else [_edit(line, fixed, at)]


def _decoded(stretch: str) -> str:
    """The stretch as the UTF-8 that it was; as it is where its bytes are none."""
    import ftfy.bad_codecs  # registers the codec

    assert ftfy.bad_codecs
    try:
        return stretch.encode("sloppy-windows-1252").decode("utf-8")
    except UnicodeError:
        return stretch


def _edit(before: str, after: str, at: int) -> Edit:
    return Edit(Span(at, at + len(before)), before, after, FAMILY, "bytes of UTF-8 read as cp1252 (ftfy)", 0.99)
