"""The repaired PDF: the ToUnicode maps of its fonts written anew; nothing that is drawn changes."""

from __future__ import annotations

import io
from collections.abc import Mapping
from typing import Any

from pikepdf import Array, Dictionary, ObjectStreamMode

from congvan.errors import SignedInput
from congvan.read.pdf_cmaps import write_cmap
from congvan.read.pdf_font import PdfFont
from congvan.read.pdf_objects import FontObjects

_MOST_FIELDS = 10_000


def with_maps(
    data: bytes, name: str, maps: Mapping[int, Mapping[int, str]], password: str = "", break_signature: bool = False
) -> bytes:
    """The file with other ToUnicode maps.

    Args:
        data: the file. name: for messages. maps: number of a font (as the evidence path numbers them) -> code -> text, for
            the codes whose meaning changes. password: of an encrypted file; the copy is encrypted in the same way.
        break_signature: change the file although that makes its digital signature invalid.

    Raises:
        SignedInput: it is signed. EncryptedInput, DamagedInput: as the file is.
    """
    if not maps:
        return data
    with FontObjects(data, name, password) as objects:
        if not break_signature and is_signed(objects.pdf):
            raise SignedInput(
                f"{name} is digitally signed; any change makes the signature invalid.",
                "Use --break-signature to write a repaired copy all the same; keep the signed file.",
            )
        for number, meanings in maps.items():
            font = PdfFont(objects.specs[number])
            whole = {**(font.to_unicode or {}), **meanings}
            font.spec["/ToUnicode"] = objects.pdf.make_stream(write_cmap(whole, font.composite))
        out = io.BytesIO()
        objects.pdf.save(
            out,
            object_stream_mode=ObjectStreamMode.preserve,
            linearize=objects.pdf.is_linearized,
            encryption=bool(objects.pdf.is_encrypted),
            deterministic_id=not objects.pdf.is_encrypted,
        )
        return out.getvalue()


def is_signed(pdf: Any) -> bool:
    """True for a file with a digital signature."""
    form = pdf.Root.get("/AcroForm")
    if "/Perms" in pdf.Root and isinstance(pdf.Root["/Perms"], Dictionary):
        return True
    if not isinstance(form, Dictionary):
        return False
    flags = form.get("/SigFlags", 0)
    if isinstance(flags, int) and flags & 1 and not isinstance(form.get("/Fields"), Array):
        return True
    waiting, seen = _items(form.get("/Fields")), 0
    while waiting and seen < _MOST_FIELDS:
        field = waiting.pop()
        seen += 1
        if isinstance(field, Dictionary):
            value = field.get("/V")
            if field.get("/FT", "/Sig") == "/Sig" and isinstance(value, Dictionary) and "/ByteRange" in value:
                return True
            waiting += _items(field.get("/Kids"))
    return False


def _items(value: Any) -> list[Any]:
    return list(value) if isinstance(value, Array) else []
