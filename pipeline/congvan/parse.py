"""THE recipe: the one place that knows all stages. Reads top to bottom."""

from __future__ import annotations

import hashlib
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from congvan._version import __version__
from congvan.config import Config, models_dir
from congvan.record import Record, Versions
from congvan.rules.load import piece_files, rule_files
from congvan.rules.own import active, folders_of, own_files, use_rules

if TYPE_CHECKING:
    from congvan.document import CleanDocument, Lesson
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
    return records_of(clean_bytes(data, name, config), config)


def parse_and_learn(content: Path | bytes, name: str, config: Config) -> tuple[list[Record], tuple[Lesson, ...]]:
    """As :func:`parse`, and what the document teaches of its fonts; ``content`` is a file or what is in one."""
    from congvan.read import load

    data = content if isinstance(content, bytes) else load(content, config, name=name)
    clean = clean_bytes(data, name, config)
    return records_of(clean, config), clean.lessons


def clean_bytes(data: bytes, name: str, config: Config | None = None) -> CleanDocument:
    """Read and repair content in memory, without extracting anything.

    Pages of a PDF whose fonts do not say the truth are read with the codes of the fonts, and repaired with them.
    """
    from congvan.read import is_pdf, read_bytes
    from congvan.repair import repair_document

    config = config or Config()
    if is_pdf(data, config):
        from congvan.parse_pdf import clean_pdf

        return clean_pdf(data, name, config)
    return repair_document(read_bytes(data, name, config), language_model=config.language_model)


def records_of(clean: CleanDocument, config: Config | None = None) -> list[Record]:
    """Segment a repaired document, extract its findings and relate them to a record; a file that bundles several gives several.

    What was issued with a document, and has no letterhead, is read in the light of that document: its date, its province.
    """
    with use_rules(folders_of(config.rules if config is not None else "")):
        return _records(clean)


def _records(clean: CleanDocument) -> list[Record]:
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


def versions(config: Config | None = None) -> Versions:
    """Version of the program, and hashes of the rules (the user's among them) and of the models that it runs with."""
    return _versions(active() if config is None else folders_of(config.rules))


@cache
def _versions(folders: tuple[Path, ...]) -> Versions:
    return Versions(
        version=__version__,
        rules=_hash([*rule_files(), *piece_files(), *own_files(folders)]),
        models=_hash(sorted(p for p in models_dir().iterdir() if p.suffix in {".npz", ".json", ".gz", ".tsv", ".txt"})),
    )


def _hash(paths: list[Path]) -> str:
    digest = hashlib.blake2s(digest_size=8)
    for path in paths:
        digest.update(path.name.encode() + b"\0" + path.read_bytes())
    return digest.hexdigest()
