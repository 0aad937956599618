"""THE recipe: the one place that knows all stages. Reads top to bottom."""

from __future__ import annotations

import hashlib
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from congvan._version import __version__
from congvan.config import Config, models_dir
from congvan.document import Problem, RawPage
from congvan.errors import CongvanError, InputTooLarge
from congvan.record import Record, Versions
from congvan.rules.load import rule_files

if TYPE_CHECKING:
    from congvan.document import CleanDocument, RawDocument
    from congvan.language.authority import AgencyContext
    from congvan.repair import RepairedText


def parse(path: str | Path, config: Config | None = None, *, name: str | None = None) -> list[Record]:
    """Read a file, repair its text and extract its record.

    Args:
        path: a TXT, Markdown, HTML, DOCX or PDF file; the kind is told from its content. config: limits; None is the
            default. name: path to write into the record, where it should differ from ``path``.

    Returns:
        One record for each document in the file, in order.

    Raises:
        InputError: the file cannot be read; the subclasses say why. Everything else that goes wrong is a problem in the
            record.
    """
    from congvan.read import load

    config = config or Config()
    path = Path(path)
    return parse_bytes(load(path, config, name=name), name or str(path), config)


def parse_bytes(data: bytes, name: str, config: Config | None = None) -> list[Record]:
    """As :func:`parse`, for content in memory. ``name`` is the path written into the record."""
    return records_of(clean_bytes(data, name, config))


def clean_bytes(data: bytes, name: str, config: Config | None = None) -> CleanDocument:
    """Read and repair content in memory, without extracting anything.

    A PDF whose text looks damaged is read a second time with the codes of its fonts, and repaired with them.
    """
    from congvan.read import read_bytes
    from congvan.repair import repair_document

    config = config or Config()
    raw = read_bytes(data, name, config)
    if raw.reader != "pdf-text":
        return repair_document(raw, language_model=config.language_model)
    pages, problems = _pages_to_see_again(raw, data, name, config)
    clean = None
    if not pages:
        clean = repair_document(raw, language_model=config.language_model)
        if any(v.family not in _NO_FONT_DAMAGE for v in clean.verdicts):
            pages = [page.number for page in raw.pages]
    if clean is None or pages:
        seen = _second_look(raw, data, name, config, pages)
        clean = repair_document(seen, language_model=config.language_model)
    return replace(clean, problems=(*clean.problems, *problems))


# families of a verdict that the codes of the fonts say nothing about; None is a clean stretch
_NO_FONT_DAMAGE = frozenset({None, "inserted-space", "lost-space", "decomposed"})


def _pages_to_see_again(raw: RawDocument, data: bytes, name: str, config: Config) -> tuple[list[int], list[Problem]]:
    """Numbers of the pages that use a font whose map is wrong or wanting."""
    from congvan.read.pdf import look_at_fonts
    from congvan.repair.font_evidence import is_suspect, judge_fonts

    try:
        look = look_at_fonts(data, name, config)
    except CongvanError as err:
        return [], [Problem("read", "fonts-unread", f"The fonts cannot be looked at: {err.message}", err.hint)]
    suspect = {n for n, letters in enumerate(judge_fonts(look.facts)) if is_suspect(letters)}
    return [n + 1 for n, fonts in enumerate(look.of_page) if not suspect.isdisjoint(fonts) and n < len(raw.pages)], []


# a page that gives less than this part of the letters of the first look has failed
_WHOLE = 0.8


def _second_look(raw: RawDocument, data: bytes, name: str, config: Config, wanted: list[int]) -> RawDocument:
    """The PDF with character codes and font facts; a page that this look loses keeps what the first one gave."""
    from congvan.read import read_bytes_evidence

    try:
        seen = read_bytes_evidence(data, name, config, pages=wanted)
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
        else:
            out.append(_with_fonts_moved(page, len(seen.fonts)))
        if page.number in wanted and out[-1] is not second:
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


def records_of(clean: CleanDocument) -> list[Record]:
    """Segment a repaired document, extract its findings and relate them to a record; a file that bundles several gives several.

    What was issued with a document, and has no letterhead, is read in the light of that document: its date, its province.
    """
    from congvan.extract.findings import extract
    from congvan.relate.build import relate
    from congvan.relate.context import own_context
    from congvan.rules.anchors import Anchors
    from congvan.segment.bundle import documents_in
    from congvan.segment.layout import segment

    records: list[Record] = []
    parts = documents_in(clean)
    above: AgencyContext | None = None
    for place, part in enumerate(parts):
        layout = segment(part)
        anchors = Anchors()
        findings = extract(layout, anchors)
        record = relate(part, layout, findings, anchors, versions(), place, above)
        records.append(record)
        if len(parts) > 1 and record.issued_with is None:
            above = own_context(part, layout)
    return records


def repair(text: str) -> RepairedText:
    """Repair a bare text. Clean text comes back unchanged, but for NFC."""
    from congvan.repair import repair_text

    return repair_text(text)


@cache
def versions() -> Versions:
    """Version of the program, and hashes of the rules and of the models that it runs with."""
    return Versions(
        version=__version__,
        rules=_hash(rule_files()),
        models=_hash(sorted(p for p in models_dir().iterdir() if p.suffix in {".npz", ".json", ".gz", ".tsv", ".txt"})),
    )


def _hash(paths: list[Path]) -> str:
    digest = hashlib.blake2s(digest_size=8)
    for path in paths:
        digest.update(path.name.encode() + b"\0" + path.read_bytes())
    return digest.hexdigest()
