"""PDF: opens it, guards it, reads its pages one by one (a page that fails does not end the others)."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from congvan.config import Config
from congvan.document import FontFacts, Problem, RawDocument, RawPage, Source
from congvan.errors import DamagedInput, EmptyInput, EncryptedInput, InputTooLarge, UsageError
from congvan.read.pdf_layout import mark_running, page_of
from congvan.read.pdf_rules import rules_of
from congvan.read.pdf_tables import join_tables

if TYPE_CHECKING:
    from congvan.read.pdf_chars import Chars

_TAIL = 4096  # bytes at the end in which the end mark is looked for; some writers leave a little after it
_NO_TEXT_HINT = "It is a picture (a scan): read it by OCR."


def read_pdf(
    data: bytes,
    source: Source,
    config: Config,
    evidence: bool = False,
    pages: Sequence[int] | None = None,
    letters: Mapping[tuple[int, int], str] | None = None,
) -> RawDocument:
    """Read the text layer of a PDF.

    Args:
        data: the file. evidence: collect character codes and font facts too (about 20 times slower).
        pages: page numbers from 1, None for all.
        letters: with evidence, (font, code) -> what is known to be drawn; the layout goes by it, the text stays as the file
            gives it.

    Raises:
        DamagedInput, EncryptedInput, EmptyInput: as the file is. InputTooLarge: more pages than ``config.max_pages``.
        UsageError: a page number that the file does not have.
    """
    import pypdfium2

    document = opened(data, source.path, config.password)
    try:
        count = len(document)
        if count > config.max_pages:
            raise InputTooLarge(
                f"{source.path} has {count:,} pages, the limit is {config.max_pages:,}.",
                "Split it, or raise the setting max_pages (environment variable CONGVAN_MAX_PAGES).",
            )
        if count == 0:
            raise EmptyInput(f"{source.path} has no pages.", "Get the file again from its source.")
        numbers = list(range(1, count + 1)) if pages is None else sorted(set(pages))
        if numbers and not 1 <= numbers[0] <= numbers[-1] <= count:
            raise UsageError(f"{source.path} has pages 1 to {count}.", "Ask for page numbers in that range.")
        try:
            producer = document.get_metadata_value("Producer") or document.get_metadata_value("Creator")
        except (pypdfium2.PdfiumError, UnicodeDecodeError):
            producer = ""
        if evidence:
            read, problems, fonts = _with_codes(data, source.path, numbers, config, letters or {})
            pages_read = read
        else:
            from congvan.read.pdf_second import second_look
            from congvan.read.pdf_text import FontList, page_chars

            found = FontList()
            read, problems = _pages(
                document,
                numbers,
                lambda page, number: page_chars(page, number, found),
                lambda number: second_look(data, number, found, config.password),
            )
            fonts = tuple(found.facts)
            pages_read = join_tables(mark_running(read))
    finally:
        document.close()
    if b"%%EOF" not in data[-_TAIL:]:
        message = "The file has no end mark: it may be cut off, and later changes to it may be missing."
        problems.append(Problem("read", "truncated", message, "Get the file again from its source."))
    return RawDocument(
        source,
        "pdf-evidence" if evidence else "pdf-text",
        tuple(pages_read),
        fonts,
        tuple(problems),
        producer,
        paged=True,
    )


def _with_codes(
    data: bytes, name: str, numbers: list[int], config: Config, letters: Mapping[tuple[int, int], str]
) -> tuple[Sequence[RawPage], list[Problem], tuple[FontFacts, ...]]:
    """Pages, problems and fonts by the evidence path."""
    from congvan.read.pdf_objects import FontObjects
    from congvan.read.pdf_text import page_chars
    from congvan.read.pdf_tokens import marked_copy

    with FontObjects(data, name, config.password) as objects:
        copy, tokens = marked_copy(objects, letters)
        document = opened(copy, name, "")
        try:
            read, problems = _pages(document, numbers, lambda page, n: tokens.decode(page_chars(page, n, tokens)))
        finally:
            document.close()
        return tokens.as_said(join_tables(mark_running(read))), problems, tuple(tokens.all_facts())


@dataclass(frozen=True, slots=True)
class FontLook:
    """The fonts of a PDF before any page is read: facts of each, and for each page the numbers of its fonts."""

    facts: tuple[FontFacts, ...]
    of_page: tuple[tuple[int, ...], ...]


def look_at_fonts(data: bytes, name: str, config: Config) -> FontLook:
    """What a PDF says of its fonts, for the codes that are likely drawn.

    Raises:
        DamagedInput, EncryptedInput: as the file is.
    """
    from congvan.read.pdf_font import PdfFont, facts_of
    from congvan.read.pdf_objects import FontObjects

    with FontObjects(data, name, config.password) as objects:
        return FontLook(tuple(facts_of(PdfFont(spec)) for spec in objects.specs), tuple(objects.of_page))


def opened(data: bytes, name: str, password: str) -> Any:
    """The document, opened by PDFium.

    Raises:
        EncryptedInput: needs a password. DamagedInput: no PDF after all.
    """
    import pypdfium2

    library: Any = pypdfium2
    try:
        document = library.PdfDocument(data, password=password or None)
        len(document)
    except library.PdfiumError as err:
        code = getattr(err, "err_code", None)
        if code == library.raw.FPDF_ERR_PASSWORD:
            wrong = "The password is wrong" if password else "Give its password with --password"
            raise EncryptedInput(f"{name} is a PDF with a password.", f"{wrong}, or save a copy without one.") from err
        if code == library.raw.FPDF_ERR_SECURITY:
            raise EncryptedInput(
                f"{name} is protected in a way that is not supported.", "Save a copy without protection."
            ) from err
        raise DamagedInput(
            f"{name} begins as a PDF and is cut off or damaged.", "Get the file again from its source."
        ) from err
    return document


def _pages(
    document: Any,
    numbers: list[int],
    chars_of: Callable[[Any, int], Chars],
    again: Callable[[int], Chars] | None = None,
) -> tuple[list[RawPage], list[Problem]]:
    """Read pages; one that fails is read ``again`` by another library, where there is one, and a problem says so."""
    read: list[RawPage] = []
    problems: list[Problem] = []
    for number in numbers:
        try:
            page = document[number - 1]
            try:
                chars = chars_of(page, number)
                chars.rules = rules_of(page)
                raw_page = page_of(chars)
                if not any(block.text.strip() for block in raw_page.blocks) and _draws(page):
                    problems.append(
                        Problem("read", "no-text-layer", f"Page {number} has no text.", _NO_TEXT_HINT, number)
                    )
            finally:
                page.close()
        except Exception as err:  # both libraries raise all kinds of exceptions on malformed pages
            raw_page = _read_again(again, number)
            message = f"Page {number} cannot be read ({type(err).__name__}: {err})."
            hint = "Get the file again from its source."
            if raw_page.blocks:
                message = f"{message[:-1]}; a second reader, without tables, got its text."
                hint = "Compare the page with its picture, or get the file again from its source."
            problems.append(Problem("read", "page-failed", message, hint, number))
        read.append(raw_page)
    return read, problems


def _read_again(again: Callable[[int], Chars] | None, number: int) -> RawPage:
    """The page as the second reader sees it; empty where there is none, or it fails too."""
    if again is not None:
        try:
            return page_of(again(number))
        except Exception:  # as the first one, it raises all kinds; the first one's problem is told
            return RawPage(number, ())
    return RawPage(number, ())


def _draws(page: Any) -> bool:
    """The page shows something: pictures, lines or shapes."""
    return next(iter(page.get_objects(max_depth=1)), None) is not None
