"""File or bytes -> RawDocument: sniff the kind by content, guard size and time, collect text and facts, decide nothing."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

from congvan.config import Config
from congvan.document import RawDocument, Source
from congvan.errors import (
    CongvanError,
    DamagedInput,
    EmptyInput,
    InputError,
    InputNotFound,
    InputTooLarge,
    MissingDependency,
)

#: Suffixes that a walk through a folder takes up. A hint only: what a file is, its content decides.
READABLE = frozenset({".txt", ".md", ".markdown", ".pdf", ".docx", ".doc", ".rtf", ".xls", ".html", ".htm", ".xhtml",
    ".tif", ".tiff", ".png", ".jpg", ".jpeg"})  # fmt: skip

_PIECE = 1 << 24  # bytes that are read at a time
_NOTHING = " \t\r\n\f\v\xa0\u200b\u2060\ufeff"


def read(path: Path, config: Config, *, name: str | None = None) -> RawDocument:
    """Read a file, whatever kind it is.

    Args:
        path: the file. name: how the document calls its source, None for the path as given.

    Raises:
        InputError: one of its kinds (missing, empty, unsupported, damaged, encrypted, too large), or a folder.
    """
    called = str(path) if name is None else name
    return read_bytes(load(path, config, name=called), called, config)


def read_evidence(
    path: Path, config: Config, *, name: str | None = None, pages: list[int] | None = None
) -> RawDocument:
    """Read a PDF with character codes and font facts (slow path).

    Args:
        path: a PDF. pages: page numbers from 1, None for all.

    Raises:
        InputError: as :func:`read`.
    """
    called = str(path) if name is None else name
    return read_bytes_evidence(load(path, config, name=called), called, config, pages=pages)


def load(path: Path, config: Config, *, name: str | None = None) -> bytes:
    """Bytes of a file; the size is checked before anything is read."""
    called = str(path) if name is None else name
    with _reading(called):
        size = path.stat().st_size
        if path.is_dir():
            raise _is_folder(called)
        if size > config.max_bytes:
            raise _too_large(called, size, config)
        with path.open("rb") as file:
            return at_most(file, config.max_bytes + 1)  # one more: a pipe or a growing file has no size before


def blocks(path: Path, size: int = _PIECE) -> Iterator[bytes]:
    """Bytes of a file in parts of at most ``size``, however large it is."""
    with _reading(str(path)):
        if path.is_dir():
            raise _is_folder(str(path))
        with path.open("rb") as file:
            while part := file.read(size):
                yield part


@contextmanager
def _reading(called: str) -> Iterator[None]:
    """Errors of the system while a file is read, as ours."""
    try:
        yield
    except (FileNotFoundError, NotADirectoryError) as err:
        raise InputNotFound(f"{called} does not exist.", "Check the name and the folder.") from err
    except PermissionError as err:
        raise InputError(f"{called} may not be read by this user.", "Check the permissions of the file.") from err
    except (OSError, ValueError) as err:  # ValueError: a NUL in the name
        raise InputError(f"{called} cannot be read: {err}.", "Check the disk and the name of the file.") from err


def _is_folder(called: str) -> InputError:
    return InputError(f"{called} is a folder.", "Give a file, or use `congvan import` for a folder.")


def at_most(file: BinaryIO, most: int) -> bytes:
    """Content of a stream, up to some number of bytes; room is taken for what is there, not for what may be."""
    pieces: list[bytes] = []
    while most > 0 and (piece := file.read(min(most, _PIECE))):
        pieces.append(piece)
        most -= len(piece)
    return b"".join(pieces)


def is_pdf(data: bytes, config: Config) -> bool:
    """True for content that will be read as a PDF, if it can be read."""
    from congvan.read.sniff import PDF, sniff

    try:
        return 0 < len(data) <= config.max_bytes and sniff(data, "") == PDF
    except InputError:
        return False


def read_bytes(data: bytes, name: str, config: Config) -> RawDocument:
    """Read a document from memory; ``name`` stands for it in messages and in its source ("-" for standard input).

    Raises:
        InputError: as :func:`read`.
    """
    from congvan.read.surrogates import checked

    media_type, source = _identified(data, name, config)
    try:
        document = checked(_dispatch(data, media_type, source, config))
    except CongvanError:
        raise
    except ImportError as err:
        raise _missing(err) from err
    except Exception as err:  # the libraries below raise all kinds of exceptions on malformed files
        raise _damaged(name, err) from err
    has_text = any(run.text.strip(_NOTHING) for _, block in document.blocks() for run in block.runs)
    if not has_text:
        categories = {problem.category for problem in document.problems}
        if "too-deep" in categories:
            raise InputTooLarge(
                f"{name} is a web page that nests its elements too deeply to be read.",
                "Save the page from a browser as text or PDF.",
            )
        if not categories & {"no-text-layer", "ocr-missing", "page-failed"}:
            raise _empty(name)
    return document


def read_bytes_evidence(
    data: bytes,
    name: str,
    config: Config,
    *,
    pages: list[int] | None = None,
    letters: Mapping[tuple[int, int], str] | None = None,
) -> RawDocument:
    """As :func:`read_evidence`, from memory.

    Args:
        letters: (number of the font, code) -> what is known to be drawn. The layout goes by it; the text stays as said.
    """
    from congvan.read.pdf import read_pdf
    from congvan.read.sniff import PDF
    from congvan.read.surrogates import checked

    media_type, source = _identified(data, name, config)
    if media_type != PDF:
        raise InputError(f"{name} is no PDF.", "Font evidence exists in PDF files only.")
    try:
        return checked(read_pdf(data, source, config, evidence=True, pages=pages, letters=letters))
    except CongvanError:
        raise
    except ImportError as err:
        raise _missing(err) from err
    except Exception as err:
        raise _damaged(name, err) from err


def _identified(data: bytes, name: str, config: Config) -> tuple[str, Source]:
    from congvan.read.sniff import sniff

    if len(data) > config.max_bytes:
        raise _too_large(name, len(data), config)
    if not data.strip():
        raise _empty(name)
    media_type = sniff(data, name)
    return media_type, Source(name, hashlib.sha256(data).hexdigest(), len(data), media_type)


def _dispatch(data: bytes, media_type: str, source: Source, config: Config) -> RawDocument:
    from congvan.read import sniff
    from congvan.read.encoding import Decoded, decode

    if media_type == sniff.PDF:
        from congvan.read.pdf import read_pdf

        return read_pdf(data, source, config)
    if media_type in sniff.PICTURES:
        from congvan.read.scan.pages import read_images

        return read_images(data, source, config)
    if media_type == sniff.DOCX:
        from congvan.read.docx import read_docx

        return read_docx(data, source, config)
    if media_type in (sniff.DOC, sniff.RTF, sniff.XLS):
        from congvan.read.office import read_office

        return read_office(data, media_type, source, config)
    if media_type == sniff.HTML:
        from congvan.read.html import read_html

        return read_html(data, source)
    decoded = decode(data) or Decoded("", "")
    if media_type == sniff.MARKDOWN:
        from congvan.read.markdown import read_markdown

        return read_markdown(decoded, source)
    from congvan.read.text import read_text

    return read_text(decoded, source)


def _empty(name: str) -> EmptyInput:
    return EmptyInput(f"{name} has no content.", "Check that the file was saved or downloaded completely.")


def _too_large(name: str, size: int, config: Config) -> InputTooLarge:
    return InputTooLarge(
        f"{name} has {size:,} bytes, the limit is {config.max_bytes:,}.",
        "Split it, or raise the setting max_bytes (environment variable CONGVAN_MAX_BYTES).",
    )


def _damaged(name: str, err: Exception) -> DamagedInput:
    return DamagedInput(
        f"{name} breaks its own format ({type(err).__name__}: {err}).", "Get the file again from its source."
    )


def _missing(err: ImportError) -> MissingDependency:
    return MissingDependency(
        f"The package {err.name} is not installed.", "Install congvan again, with its dependencies."
    )
