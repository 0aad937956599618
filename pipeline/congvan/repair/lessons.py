"""What a healthy document teaches: which characters the outlines of its unknown fonts draw."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from congvan.document import CleanDocument, FontFacts, Lesson
from congvan.language.ghostscript import tell_tale
from congvan.language.glyph_index import USUAL, glyph_index
from congvan.language.syllables import is_syllable
from congvan.repair.legacy_fonts import hinted_family

_ENOUGH_WORDS = 200  # of the whole text
_ENOUGH_CODES = 25  # of a font: a few letters may all be wrong without anybody seeing it
_SYLLABLES = 0.9  # part of the words that must be Vietnamese


def lessons_of(fonts: Sequence[FontFacts], clean: CleanDocument) -> tuple[Lesson, ...]:
    """The outlines that are not known yet, of a document whose text is Vietnamese and clean; none of any other.

    Args:
        fonts: what the file says of its fonts, none of which is suspect.
    """
    if clean.unresolved or any(v.verdict in ("repaired", "damaged") for v in clean.verdicts):
        return ()
    words = [word for word in clean.text.split() if word.isalpha()]
    if len(words) < _ENOUGH_WORDS or sum(map(is_syllable, words)) < _SYLLABLES * len(words):
        return ()
    return tuple(lesson for font in fonts for lesson in _of_font(font))


def _of_font(font: FontFacts) -> Iterator[Lesson]:
    told = {code: text for code, text in (font.to_unicode or {}).items() if text in USUAL}
    if len(told) < _ENOUGH_CODES or hinted_family(font.name) or not tell_tale().isdisjoint(told.values()):
        return
    index = glyph_index()
    letters: dict[int, set[str]] = {}
    for code, text in told.items():
        if (outline := font.outlines.get(font.glyph_ids.get(code, -1))) is not None:
            letters.setdefault(outline, set()).add(text)
    name = font.name.partition("+")[2] or font.name
    for code, text in told.items():
        outline = font.outlines.get(font.glyph_ids.get(code, -1))
        if outline is not None and len(letters[outline]) == 1 and not index.drawings(outline):
            yield Lesson(outline, text, name, font.widths.get(code, 0.0))
