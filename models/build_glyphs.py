"""Build ``glyphs.npz``: ``python models/build_glyphs.py``.

Hashes of the outlines of free fonts as Debian packages them, for the letters, figures and signs of Vietnamese and other
Latin text. A hash is a figure: no outline can be drawn from it. The packages have to be installed (see ``glyphs.md``); with the same
packages the same file comes out, byte for byte.
"""

from __future__ import annotations

import io
import sys
import zipfile
from collections import Counter
from pathlib import Path

import numpy as np
import regex
from fontTools.ttLib import TTFont

from congvan.language.glyph_index import RARE, USUAL
from congvan.read.glyf import BadGlyph
from congvan.read.outlines import Drawn, open_program, outline_hash

MODELS = Path(__file__).parent
ROOT = Path("/usr/share/fonts")
# package -> its fonts
FONTS = {
    "fonts-liberation2": ["truetype/liberation2/*.ttf"],
    "fonts-liberation": ["truetype/liberation/*.ttf"],
    "fonts-croscore": ["truetype/croscore/*.ttf"],
    "fonts-dejavu-extra": ["truetype/dejavu/DejaVuS*.ttf"],
    "fonts-noto-core": [f"truetype/noto/Noto{f}-*.ttf" for f in ("Sans", "Serif", "SansDisplay", "SerifDisplay")],
    "fonts-freefont-ttf": ["truetype/freefont/*.ttf"],
    "fonts-sil-gentiumplus": ["truetype/gentiumplus/*.ttf"],
    "fonts-sil-charis": ["truetype/charis/*.ttf"],
    "fonts-linuxlibertine": [
        "opentype/linux-libertine/LinLibertine_[RI]*.otf",
        "opentype/linux-libertine/LinBiolinum_R*.otf",
    ],
}
# features that give Vietnamese its own forms: local forms, and in SIL's fonts stacked marks
FORMS = ("locl", "cv75")
# accepts the name of a ligature of plain letters: "T_h", "f_f_i"
LIGATURE = regex.compile(r"[A-Za-z](?:_[A-Za-z]){1,3}")
PRIVATE = 0xE000  # from here on a character of the index is the number of a ligature
SECOND = ("fonts-liberation",)  # older versions of fonts of the same name: told apart by a word behind it


def main() -> None:
    """Write the index next to this program, and say what is in it."""
    repertoire = [*sorted(USUAL), *sorted(RARE)]
    rows: dict[tuple[int, int], tuple[int, int, int]] = {}
    faces: list[str] = []
    ids: list[list[int]] = []
    alike: set[tuple[int, int]] = set()
    ligatures: dict[str, int] = {}
    for package, patterns in FONTS.items():
        paths = sorted(path for pattern in patterns for path in ROOT.glob(pattern))
        if not paths:
            print(f"{package} is not installed", file=sys.stderr)
        for path in paths:
            program, cmaps = open_program(path.read_bytes())
            glyphs = cmaps.unicode or {}
            number = len(faces)
            faces.append(path.stem + (f" {package}" if package in SECOND else ""))
            ids.append([glyphs.get(ord(c), 0) for c in repertoire])
            forms = _vietnamese_forms(path)
            keys = {c: _hash(program, glyphs.get(ord(c), 0)) for c in repertoire}
            letters = Counter(key for c, key in keys.items() if c.isalpha() and c in USUAL)
            drawn: dict[int, str] = {}
            for rank, character in enumerate(repertoire):
                key = keys[character]
                if key is None or letters[key] > 1:  # one drawing for two letters: the font lacks one of them
                    continue
                drawn.setdefault(key, character)
                advance = round(program.advance(glyphs[ord(character)]) or 0)
                rows.setdefault((key, ord(character)), (rank, number, advance))
                for form in _whole_units(program, glyphs[ord(character)]):
                    rows.setdefault((form, ord(character)), (rank, number, advance))
                other = forms.get(glyphs[ord(character)], 0)
                if (form := _hash(program, other)) is not None:
                    rows.setdefault((form, ord(character)), (rank, number, round(program.advance(other) or 0)))
            for glyph, text in _ligatures(path).items():
                if (key := _hash(program, glyph)) is not None and key not in drawn:
                    code = PRIVATE + ligatures.setdefault(text, len(ligatures))
                    rows.setdefault((key, code), (len(repertoire), number, round(program.advance(glyph) or 0)))
            by_glyph = {glyphs[ord(c)]: c for c in reversed(repertoire) if ord(c) in glyphs}
            for code, glyph in glyphs.items():
                if code >= 0x10000 or 0xE000 <= code < 0xF900:
                    continue
                same = by_glyph.get(glyph)
                if same is None and (0x100 <= code < 0x530 or 0x2000 <= code < 0x2100 or 0x1E00 <= code < 0x2000):
                    key = _hash(program, glyph)
                    same = drawn.get(key) if key is not None else None
                if same is not None and ord(same) != code and not {same, chr(code)} <= USUAL:
                    alike |= {(ord(same), code), (code, ord(same))}
    order = sorted(rows, key=lambda row: (row[0], rows[row][0]))
    columns = {
        "hash": np.array([key for key, _ in order], dtype="<u8"),
        "character": np.array([character for _, character in order], dtype="<u2"),
        "face": np.array([rows[row][1] for row in order], dtype="<u1"),
        "advance": np.array([rows[row][2] for row in order], dtype="<u2"),
        "faces": np.array(faces),
        "glyph_ids": np.array(ids, dtype="<u2"),
        "repertoire": np.array([ord(c) for c in repertoire], dtype="<u2"),
        "ligatures": np.array(list(ligatures)),
        "alike": np.array(sorted(alike), dtype="<u2"),
    }
    target = MODELS / "glyphs.npz"
    _write(target, columns)
    print(
        f"{len(faces)} fonts, {len(order):,} outlines, {len(alike) // 2:,} pairs alike, {target.stat().st_size:,} bytes"
    )


def _whole_units(program: object, glyph: int) -> list[int]:
    """Hash of a cubic outline as browsers draw it: they cut what stands behind the point of a coordinate."""
    if not isinstance(program, Drawn):
        return []
    try:
        contours = program.contours(glyph)
    except BadGlyph:
        return []
    cut = [[(float(int(x)), float(int(y)), kind) for x, y, kind in contour] for contour in contours]
    return [outline_hash(cut, program.em)] if cut and cut != contours else []


def _ligatures(path: Path) -> dict[int, str]:
    """Glyph -> the letters of a ligature ("T_h" is Th), by the names of the glyphs."""
    font = TTFont(path, lazy=True)
    names = font.getGlyphOrder()
    if "post" in font and font["post"].formatType == 3.0 and "CFF " not in font:
        return {}
    return {n: name.replace("_", "") for n, name in enumerate(names) if LIGATURE.fullmatch(name)}


def _vietnamese_forms(path: Path) -> dict[int, int]:
    """Glyph -> the glyph that a font puts in its place in Vietnamese text (OpenType)."""
    font = TTFont(path, lazy=True)
    table = font["GSUB"].table if "GSUB" in font else None
    if table is None or table.ScriptList is None:
        return {}
    languages = [
        system.LangSys
        for script in table.ScriptList.ScriptRecord
        if script.ScriptTag == "latn"
        for system in script.Script.LangSysRecord
        if system.LangSysTag.strip() == "VIT"
    ]
    features = [table.FeatureList.FeatureRecord[n] for language in languages for n in language.FeatureIndex]
    lookups = [table.LookupList.Lookup[n] for f in features if f.FeatureTag in FORMS for n in f.Feature.LookupListIndex]
    found: dict[int, int] = {}
    for lookup in lookups:
        for subtable in lookup.SubTable:
            inner = getattr(subtable, "ExtSubTable", subtable)
            for old, new in getattr(inner, "mapping", {}).items():
                if isinstance(new, str):
                    found[font.getGlyphID(old)] = font.getGlyphID(new)
    return found


def _hash(program: object, glyph: int) -> int | None:
    """Hash of a glyph, None where there is nothing to hash."""
    if not glyph:
        return None
    try:
        contours = program.contours(glyph)  # type: ignore[attr-defined]
    except BadGlyph:
        return None
    return outline_hash(contours, program.em) if contours else None  # type: ignore[attr-defined]


def _write(target: Path, columns: dict[str, np.ndarray]) -> None:
    """As ``numpy.savez_compressed``, without the time of writing."""
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, column in columns.items():
            buffer = io.BytesIO()
            np.lib.format.write_array(buffer, column, allow_pickle=False)
            archive.writestr(zipfile.ZipInfo(f"{name}.npy"), buffer.getvalue(), zipfile.ZIP_DEFLATED)


if __name__ == "__main__":
    main()
