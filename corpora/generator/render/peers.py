"""Programs and fonts that some renderers need and that are not part of the project: found, or named in a clear error."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from corpora.generator.render.fonts import face

FAMILIES: Mapping[str, str] = MappingProxyType(
    {"liberation": "Liberation Serif", "tinos": "Tinos", "gentium": "Gentium Plus"}
)
"""What programs that ask fontconfig call the faces of :data:`corpora.generator.render.fonts.FACES`."""


class Missing(RuntimeError):
    """A program or library that a renderer needs is not installed; the message says what to install."""


def family(name: str) -> str:
    """The family of a face, after a look whether it is there: another font in its place would give other line ends.

    Raises:
        corpora.generator.render.fonts.MissingFont: it is not installed. ValueError: no such face.
    """
    face(name)
    return FAMILIES[name]
