"""Word files from before Unicode: TCVN3 in .VnTime and .VnTimeH, VNI in VNI-Times."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from itertools import groupby

from corpora.generator.damage.encodings import Face, letters
from corpora.generator.model import Block, Cell, Ending, File, Letterhead, Line, Node, Paragraph, Run, Table, Title
from corpora.generator.render.word import docx

# encoding -> the fonts of its faces; what only Unicode has stands in the font of the style
FONTS: dict[str, dict[Face, str]] = {
    "tcvn3": {"plain": ".VnTime", "capital": ".VnTimeH", "other": "Times New Roman"},
    "vni_win": {"plain": "VNI-Times", "capital": "VNI-Times", "other": "Times New Roman"},
}


def tcvn3_docx(file: File, keep_case: bool = False) -> bytes:
    """The file as DOCX in TCVN3; ``keep_case`` as in :func:`letters`."""
    return _docx(file, "tcvn3", keep_case)


def vni_docx(file: File) -> bytes:
    """The file as DOCX in VNI."""
    return _docx(file, "vni_win", False)


def recode(encoding: str, keep_case: bool = False) -> Callable[[Run], tuple[str, str]]:
    """What stands in the file for a run: text and font.

    A run has one font, so the file should have been through :func:`one_font_each`; of a run that has not, capitals that
    need a font of their own become small letters.
    """
    fonts = FONTS[encoding]

    def of(run: Run) -> tuple[str, str]:
        found = letters(run.text, encoding, keep_case)
        faces = {piece.face for piece in found}
        face: Face = "plain" if not faces or "plain" in faces else min(faces)
        return "".join(piece.text for piece in found), fonts[face]

    return of


def one_font_each(file: File, encoding: str) -> File:
    """The same file, its runs cut where the font changes; texts, gold and leaves stay."""

    def cut(node: Node) -> Node:
        parts: list[str | Node] = []
        for part in node.parts:
            parts += [cut(part)] if isinstance(part, Node) else _stretches(part, encoding)
        return replace(node, parts=tuple(parts), note=None if node.note is None else cut(node.note))

    return replace(
        file,
        documents=tuple(replace(d, blocks=tuple(_block(block, cut) for block in d.blocks)) for d in file.documents),
    )


def _docx(file: File, encoding: str, keep_case: bool) -> bytes:
    return docx(one_font_each(file, encoding), recode=recode(encoding, keep_case))


def _stretches(text: str, encoding: str) -> list[str]:
    found = zip(text, letters(text, encoding), strict=True)
    return ["".join(c for c, _ in group) for _, group in groupby(found, key=lambda pair: pair[1].face)]


def _block(block: Block, cut: Callable[[Node], Node]) -> Block:
    def lines(found: tuple[Line, ...]) -> tuple[Line, ...]:
        return tuple(replace(line, text=cut(line.text)) for line in found)

    def cells(row: tuple[Cell, ...]) -> tuple[Cell, ...]:
        return tuple(replace(cell, text=cut(cell.text)) for cell in row)

    match block:
        case Letterhead(left, right):
            return Letterhead(lines(left), lines(right))
        case Title(found):
            return Title(lines(found))
        case Paragraph(text=text):
            return replace(block, text=cut(text))
        case Table(rows):
            return replace(block, rows=tuple(cells(row) for row in rows))
        case Ending(recipients, signature):
            return Ending(lines(recipients), lines(signature))
        case _:
            return block
