"""The recipe for PDF: look at the fonts, read, read again with codes what the fonts do not say truly, repair; and write it back."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from congvan.config import Config
from congvan.document import CleanDocument, Lesson, Problem, RawDocument, RawPage
from congvan.errors import CongvanError, InputTooLarge
from congvan.language.own_glyphs import own_glyphs
from congvan.repair import repair_document
from congvan.repair.font_evidence import Letters, is_suspect, judge_fonts
from congvan.repair.font_maps import FontMap, font_maps
from congvan.repair.lessons import lessons_of

if TYPE_CHECKING:
    from congvan.read.pdf import FontLook

# families of a verdict that the codes of the fonts say nothing about; None is a clean stretch
_NO_FONT_DAMAGE = frozenset({None, "inserted-space", "lost-space", "decomposed", "ocr", "ocr-layer"})
# a page that gives less than this part of the letters of the first look has failed
_WHOLE = 0.8


@dataclass(frozen=True, slots=True)
class RepairedPdf:
    """A PDF whose text is right in every viewer.

    Attributes:
        data: the file; the same bytes as before where nothing had to change.
        clean: its text, as read by the evidence of its fonts. maps: what each code of each font means.
    """

    data: bytes
    clean: CleanDocument
    maps: tuple[FontMap, ...]


def clean_pdf(data: bytes, name: str, config: Config) -> CleanDocument:
    """Read and repair a PDF: by the fast path where all fonts say the truth, else by the evidence of the fonts.

    Args:
        data: the file. name: for messages.

    Raises:
        InputError: as the file is.
    """
    from congvan.read import read_bytes
    from congvan.read.scan.pages import with_scans

    learned = own_glyphs(config.glyphs)
    look, problems = _look(data, name, config)
    judged = judge_fonts(look.facts, learned) if look is not None else []
    letters = _letters_of(judged)
    if any(map(is_suspect, judged)):
        raw = with_scans(_by_evidence(data, name, config, letters, look), data, config)
        clean = repair_document(raw, learned, config.language_model)
        return replace(clean, problems=(*clean.problems, *problems))
    raw = read_bytes(data, name, config)
    seen = with_scans(raw, data, config)
    clean = repair_document(seen, language_model=config.language_model)
    lessons: Sequence[Lesson] = ()
    if seen.reader == "ocr":
        pass  # no page is drawn with a font
    elif _has_unread(seen) or any(v.family not in _NO_FONT_DAMAGE for v in clean.verdicts):
        raw = _with_read(_by_evidence(data, name, config, letters, look, raw), raw, seen)
        clean = repair_document(raw, learned, config.language_model)
    elif look is not None:
        lessons = lessons_of(look.facts, clean)
    return replace(clean, problems=(*clean.problems, *problems), lessons=tuple(lessons))


def _with_read(evidence: RawDocument, fast: RawDocument, seen: RawDocument) -> RawDocument:
    """The evidence's pages, those that are pictures as they were read or judged (``seen``, made from ``fast``)."""
    pictures = {page.number: page for page in seen.pages if page.scan is not None}
    if not pictures:
        return evidence
    moved = tuple(
        _with_fonts_moved(pictures[p.number], len(evidence.fonts)) if p.number in pictures else p
        for p in evidence.pages
    )
    kept = [p for p in evidence.problems if p.page not in pictures]
    told = [p for p in seen.problems if p not in fast.problems]
    return replace(
        evidence,
        reader=f"{evidence.reader}+ocr" if seen.readings else evidence.reader,
        pages=moved,
        fonts=(*evidence.fonts, *seen.fonts),
        readings=seen.readings,
        problems=(*kept, *told),
    )


def _look(data: bytes, name: str, config: Config) -> tuple[FontLook | None, list[Problem]]:
    """The fonts before anything is read; None where they cannot be looked at, with the reason."""
    from congvan.read.pdf import look_at_fonts

    try:
        return look_at_fonts(data, name, config), []
    except CongvanError as err:
        return None, [Problem("read", "fonts-unread", f"The fonts cannot be looked at: {err.message}", err.hint)]


def repaired_pdf(data: bytes, name: str, config: Config, break_signature: bool = False) -> RepairedPdf:
    """A PDF with right ToUnicode maps: the same pages, and the text that was meant when it is copied or searched.

    Args:
        data: the file. name: for messages. break_signature: change a file that is digitally signed.

    Raises:
        InputError: as the file is; SignedInput, EncryptedInput among them.
    """
    from congvan.read import read_bytes_evidence
    from congvan.read.pdf import look_at_fonts
    from congvan.read.pdf_write import with_maps

    learned = own_glyphs(config.glyphs)
    letters = _letters_of(judge_fonts(look_at_fonts(data, name, config).facts, learned))
    raw = read_bytes_evidence(data, name, config, letters=letters)
    clean = repair_document(raw, learned, config.language_model)
    maps = tuple(font_maps(raw, clean, judge_fonts(raw.fonts, learned)))
    changes = {number: found.changed for number, found in enumerate(maps) if found.changed}
    return RepairedPdf(with_maps(data, name, changes, config.password, break_signature), clean, maps)


def _has_unread(raw: RawDocument) -> bool:
    """The fast path met characters that it could not read."""
    return any("\ufffd" in block.text for _, block in raw.blocks())


def _letters_of(judged: Sequence[Letters]) -> dict[tuple[int, int], str]:
    """(font, code) -> what is drawn, where the file says otherwise."""
    return {
        (number, code): letter.text
        for number, letters in enumerate(judged)
        for code, letter in letters.items()
        if letter.changed
    }


def _by_evidence(
    data: bytes,
    name: str,
    config: Config,
    letters: Mapping[tuple[int, int], str],
    look: FontLook | None,
    fast: RawDocument | None = None,
) -> RawDocument:
    """The PDF with character codes and font facts; a page that this loses is taken from the fast path.

    Args:
        letters: what is known to be drawn. look: the fonts of each page. fast: as the fast path read it, if it did.
    """
    from congvan.read import read_bytes, read_bytes_evidence

    try:
        seen = read_bytes_evidence(data, name, config, letters=letters)
    except InputTooLarge:
        raise
    except CongvanError as err:
        raw = fast or read_bytes(data, name, config)
        return replace(raw, problems=(*raw.problems, _evidence_failed(str(err), None)))
    used = look.of_page if look is not None else ()
    empty = [p for p in seen.pages if not _letters(p) and p.number <= len(used) and used[p.number - 1]]
    if not empty and fast is None:
        return seen
    other = fast or read_bytes(data, name, config)
    first = {page.number: page for page in other.pages}
    lost = {
        page.number
        for page in (seen.pages if fast is not None else empty)
        if _letters(page) < _WHOLE * _letters(first[page.number])
    }
    pages = tuple(_with_fonts_moved(first[p.number], len(seen.fonts)) if p.number in lost else p for p in seen.pages)
    told = [_evidence_failed("The page gives less text with its fonts' codes than without.", n) for n in sorted(lost)]
    kept = [p for p in seen.problems if p.page not in lost]
    return replace(seen, pages=pages, fonts=(*seen.fonts, *other.fonts), problems=(*kept, *told))


def _letters(page: RawPage) -> int:
    return sum(c > " " and not c.isspace() for block in page.blocks for c in block.text)


def _with_fonts_moved(page: RawPage, by: int) -> RawPage:
    """The page with the numbers of its fonts moved behind those of another document."""
    blocks = (
        replace(block, runs=tuple(run if run.font is None else replace(run, font=run.font + by) for run in block.runs))
        for block in page.blocks
    )
    return replace(page, blocks=tuple(blocks))


def _evidence_failed(message: str, page: int | None) -> Problem:
    return Problem(
        "read", "evidence-failed", message, "The text was repaired without the fonts' codes: check it.", page
    )
