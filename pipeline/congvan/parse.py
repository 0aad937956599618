"""THE recipe: the one place that knows all stages. Reads top to bottom."""

from __future__ import annotations

import hashlib
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from congvan._version import __version__
from congvan.config import Config, models_dir
from congvan.record import Record, Versions
from congvan.rules.load import rule_files

if TYPE_CHECKING:
    from congvan.document import CleanDocument
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
    from congvan.read import read_bytes, read_bytes_evidence
    from congvan.repair import repair_document

    config = config or Config()
    raw = read_bytes(data, name, config)
    clean = repair_document(raw)
    if raw.reader == "pdf-text" and any(v.verdict in {"repaired", "damaged"} for v in clean.verdicts):
        clean = repair_document(read_bytes_evidence(data, name, config))
    return clean


def records_of(clean: CleanDocument) -> list[Record]:
    """Segment a repaired document, extract its findings and relate them to a record."""
    from congvan.extract.findings import extract
    from congvan.relate.build import relate
    from congvan.rules.anchors import Anchors
    from congvan.segment.layout import segment

    layout = segment(clean)
    anchors = Anchors()
    findings = extract(layout, anchors)
    return [relate(clean, layout, findings, anchors, versions())]


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
