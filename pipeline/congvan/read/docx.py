"""DOCX: the package, its guards, its parts in reading order."""

from __future__ import annotations

import io
import posixpath
import zipfile
from dataclasses import dataclass, replace

from lxml import etree

from congvan.config import Config
from congvan.document import Block, BlockKind, RawDocument, RawPage, Run, Source
from congvan.errors import DamagedInput, EncryptedInput, InputTooLarge
from congvan.read.docx_body import Body, Notes
from congvan.read.docx_numbering import read_numbering
from congvan.read.docx_styles import read_styles
from congvan.read.docx_xml import child, children, integer, local, parse, value
from congvan.read.sniff import ENCRYPTED

_SMALL = 1_000_000  # bytes: parts below are never a bomb, however well they pack


@dataclass(slots=True)
class _Package:
    """A ZIP whose parts are unpacked one by one, within limits."""

    archive: zipfile.ZipFile
    name: str
    config: Config
    unpacked: int = 0

    def part(self, path: str) -> etree._Element | None:
        """Root of an XML part, None where the package has no such part.

        Raises:
            InputTooLarge: the part, or all so far, grow over the limits when unpacked. DamagedInput: malformed.
            EncryptedInput: a password of the ZIP is needed.
        """
        try:
            info = self.archive.getinfo(path)
        except KeyError:
            return None
        if info.flag_bits & ENCRYPTED:
            raise EncryptedInput(f"{self.name} is a DOCX with a password.", "Save a copy without the password.")
        self.unpacked += info.file_size
        grows = info.file_size > _SMALL and info.file_size > self.config.unpack_ratio * max(info.compress_size, 1)
        if grows or self.unpacked > self.config.max_bytes:
            raise InputTooLarge(
                f"{self.name} unpacks to more than the limits allow ({path}: {info.file_size:,} bytes "
                f"from {info.compress_size:,}).",
                "If the file is genuine, raise the settings unpack_ratio and max_bytes.",
            )
        try:
            return parse(self.archive.read(info))  # zipfile never gives more than the size it declares
        except (zipfile.BadZipFile, etree.XMLSyntaxError, EOFError, OSError, RuntimeError, NotImplementedError) as err:
            raise self.damaged(path, err) from err
        except Exception as err:  # zlib.error and what other compressors raise
            raise self.damaged(path, err) from err

    def damaged(self, path: str, err: Exception) -> DamagedInput:
        """The error of a part that cannot be unpacked or parsed."""
        return DamagedInput(
            f"{self.name} is a DOCX whose part {path} is damaged: {err}.", "Get the file again from its source."
        )

    def related(self, path: str) -> dict[str, tuple[str, str]]:
        """Relations of a part: id -> (last word of the type, path of the target)."""
        folder, base = posixpath.split(path)
        root = self.part(posixpath.join(folder, "_rels", base + ".rels"))
        found: dict[str, tuple[str, str]] = {}
        for e in children(root, "Relationship"):
            if value(e, "TargetMode") != "External":
                target = posixpath.normpath(posixpath.join("/", folder, value(e, "Target"))).lstrip("/")
                found[value(e, "Id")] = (value(e, "Type").rpartition("/")[2], target)
        return found


def read_docx(data: bytes, source: Source, config: Config) -> RawDocument:
    """Headers, text with tables in place, notes, footers of a Word document.

    Raises:
        DamagedInput: malformed package or XML. EncryptedInput: a ZIP with a password. InputTooLarge: a packed bomb.
    """
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        package = _Package(archive, source.path, config)
        related = package.related("").values()
        main = next((target for kind, target in related if kind == "officeDocument"), "word/document.xml")
        document = package.part(main)
        content = child(document, "body")
        if document is None or content is None:
            raise DamagedInput(f"{source.path} is a DOCX without text body.", "Get the file again from its source.")
        relations = package.related(main)
        parts = dict(relations.values())
        styles, style_lists = read_styles(package.part(parts.get("styles", "")))
        numbering = read_numbering(package.part(parts.get("numbering", "")), style_lists)
        settings = package.part(parts.get("settings", ""))
        section = _last_section(content)
        body = Body(
            styles,
            numbering,
            _notes("footnotePr", "decimal", section, settings),
            _notes("endnotePr", "lowerRoman", section, settings),
        )
        text = list(body.blocks(content))
        notes = _note_blocks(package.part(parts.get("footnotes", "")), body, body.footnotes)
        notes += _note_blocks(package.part(parts.get("endnotes", "")), body, body.endnotes)
        heads = _running(package, relations, "header", body)
        feet = _running(package, relations, "footer", body)
        producer = _producer(package)
    blocks = (*heads, *text, *notes, *feet)
    return RawDocument(source, "docx", (RawPage(1, blocks),), body.fonts.facts(), producer=producer)


def _last_section(content: etree._Element) -> etree._Element | None:
    return next((e for e in reversed(content) if local(e) == "sectPr"), None)


def _notes(name: str, form: str, *places: etree._Element | None) -> Notes:
    """Format and first number of notes: the section's, else the document's, else Word's own."""
    for place in places:
        properties = child(place, name)
        chosen, start = child(properties, "numFmt"), child(properties, "numStart")
        if chosen is not None or start is not None:
            return Notes(
                value(chosen, "val") if chosen is not None else form,
                integer(value(start, "val"), 1) if start is not None else 1,
            )
    return Notes(form)


def _note_blocks(root: etree._Element | None, body: Body, notes: Notes) -> list[Block]:
    """One block for each note that the text refers to, in the order of reference."""
    if root is None:
        return []
    found = {value(e, "id"): e for e in root if local(e) in ("footnote", "endnote")}
    out: list[Block] = []
    for key, mark in list(notes.marks.items()):
        if key not in found:
            continue
        runs: list[Run] = []
        kind: BlockKind = "footnote"
        for block in body.blocks(found[key], kind, own_mark=mark):
            runs += [Run("\n"), *block.runs] if runs else [*block.runs]
        if runs:
            out.append(Block(kind, tuple(runs), note_ref=mark))
    return out


def _running(package: _Package, relations: dict[str, tuple[str, str]], name: str, body: Body) -> list[Block]:
    """Blocks of all heads or feet, equal ones once."""
    out: list[Block] = []
    seen: set[str] = set()
    for target in sorted({target for kind, target in relations.values() if kind == name}):
        root = package.part(target)
        for block in body.blocks(root, "running") if root is not None else ():
            if block.text.strip() and block.text not in seen:
                seen.add(block.text)
                out.append(replace(block, kind="running", table=None, row=None, column=None))
    return out


def _producer(package: _Package) -> str:
    root = package.part("docProps/app.xml")
    words = [e.text for name in ("Application", "AppVersion") if (e := child(root, name)) is not None and e.text]
    return " ".join(words)
