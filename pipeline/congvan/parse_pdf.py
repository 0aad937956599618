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
_NO_FONT_DAMAGE = frozenset({None, "inserted-space", "lost-space", "decomposed"})
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


def clean_pdf(raw: RawDocument, data: bytes, name: str, config: Config) -> CleanDocument:
    """Repair a PDF that was read by the fast path, with evidence where its fonts or its text ask for it.

    Args:
        raw: as the fast path read it. data: the file. name: for messages.
    """
    from congvan.read.pdf import look_at_fonts

    learned = own_glyphs(config.glyphs)
    look: FontLook | None = None
    problems: list[Problem] = []
    pages: list[int] = []
    judged: list[Letters] = []
    try:
        look = look_at_fonts(data, name, config)
        judged = judge_fonts(look.facts, learned)
        pages = sorted({*_suspect_pages(look, judged, len(raw.pages)), *_unread_pages(raw)})
    except CongvanError as err:
        problems = [Problem("read", "fonts-unread", f"The fonts cannot be looked at: {err.message}", err.hint)]
    clean: CleanDocument | None = None
    if not pages:
        clean = repair_document(raw, language_model=config.language_model)
        if any(v.family not in _NO_FONT_DAMAGE for v in clean.verdicts):
            pages = [page.number for page in raw.pages]
    lessons: Sequence[Lesson] = ()
    if clean is None or pages:
        seen = _second_look(raw, data, name, config, pages, _letters_of(judged))
        clean = repair_document(seen, learned, config.language_model)
    elif look is not None:
        lessons = lessons_of(look.facts, clean)
    return replace(clean, problems=(*clean.problems, *problems), lessons=tuple(lessons))


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


def _suspect_pages(look: FontLook, judged: Sequence[Letters], count: int) -> list[int]:
    """Numbers of the pages that use a font whose map is wrong or wanting."""
    suspect = {number for number, letters in enumerate(judged) if is_suspect(letters)}
    return [n + 1 for n, fonts in enumerate(look.of_page[:count]) if not suspect.isdisjoint(fonts)]


def _unread_pages(raw: RawDocument) -> list[int]:
    """Numbers of the pages with characters that the fast path could not read."""
    return [page.number for page in raw.pages if any("\ufffd" in block.text for block in page.blocks)]


def _letters_of(judged: Sequence[Letters]) -> dict[tuple[int, int], str]:
    """(font, code) -> what is drawn, where the file says otherwise."""
    return {
        (number, code): letter.text
        for number, letters in enumerate(judged)
        for code, letter in letters.items()
        if letter.changed
    }


def _second_look(
    raw: RawDocument, data: bytes, name: str, config: Config, wanted: list[int], letters: Mapping[tuple[int, int], str]
) -> RawDocument:
    """The PDF with character codes and font facts; a page that this look loses keeps what the first one gave."""
    from congvan.read import read_bytes_evidence

    try:
        seen = read_bytes_evidence(data, name, config, pages=wanted, letters=letters)
    except InputTooLarge:
        raise
    except CongvanError as err:
        return replace(raw, problems=(*raw.problems, _evidence_failed(str(err), None)))
    pages = {page.number: page for page in seen.pages}
    out: list[RawPage] = []
    lost: list[Problem] = []
    for page in raw.pages:
        second = pages.get(page.number)
        if second is not None and _letters(second) >= _WHOLE * _letters(page):
            out.append(second)
            continue
        out.append(_with_fonts_moved(page, len(seen.fonts)))
        if second is not None:
            lost.append(_evidence_failed("The page gives less text with its fonts' codes than without.", page.number))
    kept = [p for p in seen.problems if p not in raw.problems and p.page not in {problem.page for problem in lost}]
    return replace(seen, pages=tuple(out), fonts=(*seen.fonts, *raw.fonts), problems=(*raw.problems, *kept, *lost))


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
