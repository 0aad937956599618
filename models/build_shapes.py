"""Build ``glyph_shapes.npz``: ``python models/build_shapes.py``.

Small grey pictures of the letters, figures and signs of some free fonts (40 x 32 values of 4 bits), for fonts that no index knows. From
the same packages as ``glyphs.npz``.
"""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

import numpy as np

from congvan.language.glyph_shapes import CHARACTERS
from congvan.read.glyf import BadGlyph
from congvan.read.outlines import characters_of, open_program
from congvan.read.rasters import picture

MODELS = Path(__file__).parent
ROOT = Path("/usr/share/fonts")
FONTS = (
    *(f"truetype/liberation2/LiberationSerif-{s}.ttf" for s in ("Regular", "Bold", "Italic", "BoldItalic")),
    *(f"truetype/liberation2/LiberationSans-{s}.ttf" for s in ("Regular", "Bold", "Italic", "BoldItalic")),
    *(f"truetype/dejavu/DejaVu{s}.ttf" for s in ("Serif", "Serif-Bold", "Sans", "Sans-Bold")),
    *(
        f"truetype/noto/Noto{s}.ttf"
        for s in ("Serif-Regular", "Serif-Bold", "Serif-Italic", "Sans-Regular", "Sans-Bold")
    ),
    *(f"truetype/freefont/FreeSerif{s}.ttf" for s in ("", "Bold", "Italic", "BoldItalic")),
    *(f"truetype/gentiumplus/GentiumPlus-{s}.ttf" for s in ("Regular", "Bold", "Italic", "BoldItalic")),
    *(f"opentype/linux-libertine/LinLibertine_{s}.otf" for s in ("R", "RB", "RI")),
)


def main() -> None:
    """Write the pictures next to this program."""
    face_of: list[int] = []
    character_of: list[int] = []
    pictures: list[np.ndarray] = []
    for number, name in enumerate(FONTS):
        program, cmaps = open_program((ROOT / name).read_bytes())
        glyphs = characters_of(program, cmaps)
        for character in CHARACTERS:
            try:
                contours = program.contours(glyphs[ord(character)])
            except (KeyError, BadGlyph):
                continue
            if contours:
                grey = picture(contours, program.em)
                face_of.append(number)
                character_of.append(ord(character))
                pictures.append(np.round(15 * grey / grey.max()).astype(np.uint8))
    columns = {
        "face": np.array(face_of, dtype="<u1"),
        "character": np.array(character_of, dtype="<u2"),
        "picture": np.stack(pictures),
        "faces": np.array([Path(name).stem for name in FONTS]),
    }
    target = MODELS / "glyph_shapes.npz"
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as archive:
        for name, column in columns.items():
            buffer = io.BytesIO()
            np.lib.format.write_array(buffer, column, allow_pickle=False)
            archive.writestr(zipfile.ZipInfo(f"{name}.npy"), buffer.getvalue(), zipfile.ZIP_DEFLATED, 9)
    print(f"{len(FONTS)} fonts, {len(pictures):,} pictures, {target.stat().st_size:,} bytes")


if __name__ == "__main__":
    main()
