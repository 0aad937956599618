"""The pictures of a document's pages: of a PDF, as they lie in it or rendered; of TIFF, PNG and JPEG, frame by frame."""

from __future__ import annotations

import hashlib
import io
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from congvan.errors import DamagedInput, InputTooLarge

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

A4 = (595.28, 841.89)  # points
_RENDERED = 300  # pixels an inch of a page that is drawn of several things
_LEAST, _GREATEST = 72, 1200  # pixels an inch that are believed
_COVERS = 0.85  # of the page's sides: a picture that is the page
_MOST_PIXELS = 120_000_000  # of one picture


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture of a page.

    Attributes:
        data: an encoded picture (JPEG) or the pixels. dpi: pixels an inch. width, height: of the page in points.
        left, top: where on the page it begins, in points. lines: how many lines are enough; 0 for all.
    """

    data: Any
    dpi: float
    width: float
    height: float
    left: float = 0.0
    top: float = 0.0
    lines: int = 0

    @property
    def key(self) -> str:
        """What tells this picture from others: a hash of its content and resolution."""
        digest = hashlib.sha256(f"{self.dpi:.1f} {self.lines} {getattr(self.data, 'shape', '')}".encode())
        digest.update(self.data if isinstance(self.data, bytes) else self.data.tobytes())
        return digest.hexdigest()

    def pixels(self) -> NDArray[np.uint8]:
        """Grey or colour pixels (RGB)."""
        if not isinstance(self.data, bytes):
            found: NDArray[np.uint8] = self.data
            return found
        from PIL import Image

        with Image.open(io.BytesIO(self.data)) as image:
            return _array(image)


def _array(image: Any) -> NDArray[np.uint8]:
    import numpy as np

    if image.width * image.height > _MOST_PIXELS:
        raise InputTooLarge(f"A picture of {image.width} by {image.height} pixels is too large.", "Scan it at 300 dpi.")
    if image.mode in ("1", "L", "I;16", "I", "F", "LA"):
        if image.mode in ("I;16", "I", "F"):
            image = image.point(lambda value: value / 257).convert("L") if image.mode == "I;16" else image.convert("L")
        return np.asarray(image.convert("L"), np.uint8)
    if image.mode in ("RGBA", "P", "PA"):
        from PIL import Image

        image = image.convert("RGBA")
        image = Image.alpha_composite(Image.new("RGBA", image.size, "white"), image)
    return np.asarray(image.convert("RGB"), np.uint8)


def of_pdf_page(page: Any) -> Picture:
    """The picture of an open pypdfium2 page: the scan itself where the page is nothing else, else the page rendered."""
    width, height = page.get_size()
    return _own_picture(page, width, height) or _rendered(page, width, height)


def _own_picture(page: Any, width: float, height: float) -> Picture | None:
    import pypdfium2.raw as raw_module

    raw: Any = raw_module
    if page.get_rotation():
        return None
    drawn = [o for o in page.get_objects(max_depth=2) if o.type != raw.FPDF_PAGEOBJ_TEXT or _is_shown(raw, o)]
    if len(drawn) != 1 or drawn[0].type != raw.FPDF_PAGEOBJ_IMAGE or drawn[0].level:
        return None
    image = drawn[0]
    m = image.get_matrix()
    left, bottom, *_ = page.get_cropbox()
    x, y = m.e - left, m.f - bottom
    if m.b or m.c or m.a < _COVERS * width or m.d < _COVERS * height or abs(x) > 0.1 * width or abs(y) > 0.1 * height:
        return None
    filters = image.get_filters()
    columns, rows = image.get_px_size()
    dpi = columns * 72 / m.a
    if abs(rows * 72 / m.d - dpi) > 0.03 * dpi or not _LEAST <= dpi <= _GREATEST or columns * rows > _MOST_PIXELS:
        return None
    place = (dpi, width, height, x, height - y - m.d)
    if filters == ["DCTDecode"]:
        return Picture(bytes(image.get_data(decode_simple=False)), *place)
    if any(f in ("JBIG2Decode", "CCITTFaxDecode", "FlateDecode", "LZWDecode", "RunLengthDecode") for f in filters):
        bitmap = image.get_bitmap(render=False)
        return Picture(_array(bitmap.to_pil()), *place) if bitmap.n_channels in (1, 3) else None
    return None


def _is_shown(raw: Any, drawn: Any) -> bool:
    """Text that is drawn, unlike the invisible text of an OCR layer."""
    return bool(raw.FPDFTextObj_GetTextRenderMode(drawn.raw) != raw.FPDF_TEXTRENDERMODE_INVISIBLE)


def _rendered(page: Any, width: float, height: float) -> Picture:
    import numpy as np

    scale = min(_RENDERED / 72, (_MOST_PIXELS / max(width * height, 1)) ** 0.5)
    pixels = page.render(scale=scale, rev_byteorder=True, draw_annots=True).to_numpy()[..., :3]
    if (pixels.max(2).astype(np.int16) - pixels.min(2)).max() < 24:
        pixels = pixels[..., 1]
    return Picture(np.ascontiguousarray(pixels), scale * 72, width, height)


def frames(data: bytes, name: str, most: int) -> Iterator[Picture]:
    """The pictures in a TIFF, PNG or JPEG file.

    Args:
        most: pages at most.

    Raises:
        DamagedInput: the file breaks its own format. InputTooLarge: more pages than ``most``, or too many pixels.
    """
    from PIL import Image, ImageOps

    try:
        image = Image.open(io.BytesIO(data))
        count = getattr(image, "n_frames", 1)
    except Exception as err:  # Pillow raises all kinds of exceptions on malformed files
        raise DamagedInput(f"{name} is a damaged picture ({err}).", "Get the file again from its source.") from err
    if count > most:
        raise InputTooLarge(
            f"{name} has {count:,} pages, the limit is {most:,}.", "Split it, or raise the setting max_pages."
        )
    for number in range(count):
        try:
            image.seek(number)
            upright = ImageOps.exif_transpose(image)
            dpi = _dpi(upright, image)
            pixels = _array(upright)
        except InputTooLarge:
            raise
        except Exception as err:
            raise DamagedInput(
                f"{name}: picture {number + 1} is damaged ({type(err).__name__}: {err}).",
                "Get the file again from its source.",
            ) from err
        rows, columns = pixels.shape[:2]
        yield Picture(pixels, dpi, columns * 72 / dpi, rows * 72 / dpi)


def _dpi(image: Any, original: Any) -> float:
    """Pixels an inch: as the file says where that can be, else as if the sheet were A4."""
    given = original.info.get("dpi", (0, 0))
    try:
        dpi = float(given[0])
    except (TypeError, ValueError, IndexError, ZeroDivisionError):
        dpi = 0.0
    side = min(image.width, image.height)
    # 96 and less is what programs write that know nothing of paper; a sheet has 10 to 60 cm
    if 96 < dpi <= _GREATEST and 4 <= side / dpi <= 24:
        return dpi
    return float(max(min(side * 72 / A4[0], _GREATEST), 36.0))
