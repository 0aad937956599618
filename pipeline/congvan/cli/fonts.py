"""`congvan fonts`: the outlines by which the fonts of damaged PDFs are known again."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from congvan.config import load_config
from congvan.errors import DamagedInput, UsageError

if TYPE_CHECKING:
    from congvan.document import Lesson
    from congvan.language.own_glyphs import OwnGlyphs

app = typer.Typer(
    no_args_is_help=True, rich_markup_mode=None, help="Add, list, export and import outlines of fonts for damaged PDFs."
)


def _own() -> OwnGlyphs:
    from congvan.language.own_glyphs import OwnGlyphs, default_place

    setting = load_config().glyphs
    return OwnGlyphs(Path(setting).expanduser() if setting else default_place())


@app.command("add")
def add(
    files: Annotated[list[Path], typer.Argument(metavar="FILE", help="Font files: TTF, OTF, TTC, PFB.")],
) -> None:
    """Learn what the glyphs of fonts draw; damaged PDFs that embed these fonts are then read exactly.

    Only hashes of the outlines are kept, no font. Most letters come from Times New Roman and Arial: add them where
    you have them.

    \b
    Example:
      congvan fonts add times.ttf timesbd.ttf timesi.ttf timesbi.ttf
    """
    from congvan.read import load

    own = _own()
    for file in files:
        lessons = _lessons(load(file, load_config()), file)
        new = own.add(lessons, "added", file.name)
        print(f"{file}: {len(lessons)} characters, {new} outlines that were not known")


def _lessons(data: bytes, file: Path) -> list[Lesson]:
    from congvan.document import Lesson
    from congvan.language.glyph_index import RARE, USUAL
    from congvan.read.glyf import BadGlyph
    from congvan.read.outlines import characters_of, open_program, outline_hash

    try:
        program, cmaps = open_program(data)
        glyphs = characters_of(program, cmaps)
    except BadGlyph as err:
        raise DamagedInput(f"{file} is no font that can be read ({err}).", "Give a TTF, OTF, TTC or PFB file.") from err
    found: list[Lesson] = []
    for character in sorted(USUAL) + sorted(RARE):
        glyph = glyphs.get(ord(character))
        if glyph is None:
            continue
        try:
            contours = program.contours(glyph)
        except BadGlyph:
            continue
        if contours:
            found.append(
                Lesson(outline_hash(contours, program.em), character, file.stem, program.advance(glyph) or 0.0)
            )
    if not found:
        raise UsageError(f"{file} has no Latin letters.", "Add the fonts that documents are written in.")
    return found


@app.command("list")
def list_() -> None:
    """List the fonts whose outlines were added, or learned from healthy documents at import.

    \b
    Example:
      congvan fonts list
    """
    from congvan.cli.output import show, table

    rows = [
        {"font": font, "from": kind, "outlines": str(count), "votes": str(votes)}
        for font, kind, count, votes in _own().fonts()
    ]
    show(table(("font", "from", "outlines", "votes"), rows))


@app.command("export")
def export(
    output: Annotated[Path | None, typer.Option("--output", "-o", metavar="FILE", help="Write to a file.")] = None,
) -> None:
    """Print all outlines that were added or learned, with their sources and votes, as JSON lines.

    \b
    Example:
      congvan fonts export -o outlines.jsonl
    """
    from congvan.cli.writing import output_file

    with output_file(output) as out:
        for line in _own().export():
            out.write(line + "\n")


@app.command("import")
def import_(
    files: Annotated[list[Path], typer.Argument(metavar="FILE", help="What `congvan fonts export` wrote.")],
) -> None:
    """Take in outlines that another archive has exported.

    \b
    Example:
      congvan fonts import outlines.jsonl
    """
    from congvan.read import load

    own = _own()
    for file in files:
        lines = load(file, load_config()).decode("utf-8", errors="replace").splitlines()
        print(f"{file}: {own.take_in(lines, str(file))} outlines that were not known")
