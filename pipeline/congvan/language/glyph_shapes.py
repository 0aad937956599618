"""What letters look like in some free fonts (``models/glyph_shapes.npz``): for fonts that no index knows."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from congvan.config import models_dir
from congvan.language.glyph_index import USUAL

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt

    Floats = npt.NDArray[np.float32]

_LATIN = frozenset("ÀÁÂÃÈÉÊÌÍÒÓÔÕÙÚÝàáâãèéêìíòóôõùúý°²³§«»½")
CHARACTERS = tuple(sorted(c for c in USUAL if c.isascii() or c > "\xff" or c in _LATIN))


class GlyphShapes:
    """Pictures of fonts.

    Attributes:
        faces: name of a font -> a row for each of CHARACTERS, of length 1; zeros where the font lacks it.
    """

    def __init__(self, faces: dict[str, Floats]) -> None:
        self.faces = faces

    def likeness(self, pictures: Floats, without: tuple[str, ...] = (), use: int = 3) -> Floats:
        """How much each picture is like each of CHARACTERS, in the few fonts that are most alike as a whole; 1 is the same.

        Args:
            pictures: one a row, all of one font. without: fonts to leave out. use: fonts that are asked.
        """
        import numpy as np

        scores = [pictures @ rows.T for name, rows in self.faces.items() if not name.startswith(without or ("\0",))]
        scores.sort(key=lambda s: -float(s.max(axis=1).mean()))
        found: Floats = np.max(np.stack(scores[:use]), axis=0)
        return found


@cache
def glyph_shapes() -> GlyphShapes:
    """The pictures that are shipped; loaded once."""
    import numpy as np

    place = {ord(c): n for n, c in enumerate(CHARACTERS)}
    with np.load(models_dir() / "glyph_shapes.npz") as columns:
        names = [str(name) for name in columns["faces"]]
        pictures = columns["picture"].astype(np.float32)
        pictures /= np.sqrt((pictures * pictures).sum(axis=1, keepdims=True))
        faces = {name: np.zeros((len(CHARACTERS), pictures.shape[1]), np.float32) for name in names}
        for face, character, row in zip(columns["face"].tolist(), columns["character"].tolist(), pictures, strict=True):
            faces[names[face]][place[character]] = row
    return GlyphShapes(faces)
