"""Tesseract with the Vietnamese model: whether it is there, whether it knows every letter, and what it reads in a picture of a line."""

from __future__ import annotations

import os
from dataclasses import dataclass
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Any

from congvan.document import Reading
from congvan.errors import MissingDependency
from congvan.language.syllables import syllables

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

LANGUAGE = "vie"
INSTALL = 'Install it: pip install "congvan[ocr]" and apt-get install tesseract-ocr-vie.'
_PACKAGES = ("tesserocr", "cv2", "PIL")
_FOLDERS = (
    "/usr/share/tesseract-ocr/5/tessdata",
    "/usr/share/tesseract-ocr/4.00/tessdata",
    "/usr/share/tessdata",
    "/usr/local/share/tessdata",
)
_SCALE = 7.0  # Tesseract's certainties are natural logarithms times this
_MOST = 6.0  # nats above the best reading: other readings that are less likely are not kept
_READINGS = 6  # of one character
#: letters that Debian's model does not have; the correction (:mod:`congvan.repair.ocr`) gives them back: kỵ is read as ky, ký
GIVEN_BACK = frozenset("Ỵỵ")
Choices = tuple[tuple[tuple[str, float], ...], ...]
_SINGLE_LINE, _BLOCK = 7, 6  # Tesseract's page segmentation modes


@dataclass(frozen=True, slots=True)
class Found:
    """A word in a picture. ``edges``: left and right edge of each character in pixels; ``bottom``: of the word."""

    reading: Reading
    edges: tuple[float, ...]
    top: float
    bottom: float
    line: int


def model_folder() -> Path | None:
    """The folder with the Vietnamese model; ``TESSDATA_PREFIX`` comes first. None where there is none."""
    own = os.environ.get("TESSDATA_PREFIX")
    folders = [Path(own), Path(own) / "tessdata"] if own else []
    return next(
        (f for f in (*folders, *map(Path, _FOLDERS)) if (f / f"{LANGUAGE}.traineddata").is_file()),
        None,
    )


def missing() -> str | None:
    """What is missing to read pictures, in one sentence; None where all is there."""
    absent = [name for name in _PACKAGES if find_spec(name) is None]
    if absent:
        return f"OCR (reading pictures of text) needs the package{'s' if len(absent) > 1 else ''} {', '.join(absent)}."
    if model_folder() is None:
        return "OCR (reading pictures of text) needs Tesseract's Vietnamese model (vie.traineddata)."
    letters = "".join(c for c in unknown_letters() or "" if c not in GIVEN_BACK)
    if letters:
        return f"Tesseract's model does not know the letters {letters}."
    return None


@cache
def unknown_letters() -> str | None:
    """Letters of Vietnamese that the model cannot read; None where the model is not there."""
    folder = model_folder()
    if folder is None:
        return None
    alphabet = _alphabet((folder / f"{LANGUAGE}.traineddata").read_bytes())
    needed = {c for s in syllables() for c in s}
    needed |= {c.upper() for c in needed}
    return "".join(sorted(c for c in needed if c not in alphabet))


def _alphabet(model: bytes) -> frozenset[str]:
    """The characters of a model: the first word of each line of its ``lstm-unicharset`` (and of the older ``unicharset``).

    A ``traineddata`` file begins with the number of its parts (32 bits) and the offset of each (64 bits, -1 for none).
    """
    count = int.from_bytes(model[:4], "little")
    if not 0 < count < 64:
        return frozenset()
    offsets = [int.from_bytes(model[4 + 8 * i : 12 + 8 * i], "little", signed=True) for i in range(count)]
    found: set[str] = set()
    for number in (1, 21):  # TESSDATA_UNICHARSET, TESSDATA_LSTM_UNICHARSET
        if number >= count or offsets[number] < 0:
            continue
        end = min((o for o in offsets if o > offsets[number]), default=len(model))
        lines = model[offsets[number] : end].decode("utf-8", errors="replace").splitlines()
        found.update(line.split(" ", 1)[0] for line in lines[1:] if line)
    return frozenset(found)


class Engine:
    """Tesseract, loaded once for a process.

    Raises:
        MissingDependency: a package, the model, or letters of it are missing.
    """

    def __init__(self) -> None:
        what = missing()
        if what is not None:
            raise MissingDependency(what, INSTALL)
        os.environ.setdefault("OMP_THREAD_LIMIT", "1")  # its threads slow each other down
        import tesserocr

        self._library: Any = tesserocr
        self._api: Any = tesserocr.PyTessBaseAPI(path=str(model_folder()), lang=LANGUAGE)
        for name, value in (("debug_file", os.devnull), ("lstm_choice_mode", "2"), ("tessedit_do_invert", "0")):
            self._api.SetVariable(name, value)

    @property
    def version(self) -> str:
        """Version of the engine and size of the model: what a stored reading depends on."""
        folder = model_folder()
        size = (folder / f"{LANGUAGE}.traineddata").stat().st_size if folder else 0
        return f"{self._library.tesseract_version().split()[1]}-{size}"

    def read(self, picture: NDArray[np.uint8], dpi: int, single: bool = True) -> list[Found]:
        """The words of a grey picture of one line (``single``) or of a few."""
        from PIL import Image

        level = self._library.RIL
        self._api.SetPageSegMode(_SINGLE_LINE if single else _BLOCK)
        self._api.SetImage(Image.fromarray(picture))
        self._api.SetSourceResolution(dpi)
        self._api.Recognize()
        at = self._api.GetIterator()
        out: list[Found] = []
        line = -1
        while at is not None:
            if at.IsAtBeginningOf(level.TEXTLINE):
                line += 1
            found = self._word(at, line)
            if found is not None:
                out.append(found)
            if not at.Next(level.WORD):
                break
        return out

    def _word(self, at: Any, line: int) -> Found | None:
        level = self._library.RIL
        try:
            text: str = at.GetUTF8Text(level.WORD)
        except RuntimeError:  # nothing was recognised
            return None
        box = at.BoundingBox(level.WORD)
        if not text.strip() or box is None:
            return None
        confidence = max(0.0, min(1.0, at.Confidence(level.WORD) / 100))
        text, choices = _vietnamese(text, _choices(text, at.GetBestLSTMSymbolChoices() or []))
        x0, top, x1, bottom = box
        step = (x1 - x0) / len(text)
        edges: list[float] = []
        for i in range(len(text)):
            edges += (x0 + i * step, x0 + (i + 1) * step)
        return Found(Reading(text, confidence, choices), tuple(edges), top, bottom, line)


def _vietnamese(text: str, choices: Choices) -> tuple[str, Choices]:
    """The Icelandic Ð, which the model has too, as Đ ("ĐÐ" is one letter that it saw twice); the stroke of fractions as a stroke."""
    text = text.replace("⁄", "/")
    if "Ð" not in text and "ð" not in text:
        return text, choices
    letters = ["Đ" if c == "Ð" else "đ" if c == "ð" else c for c in text]
    kept = [
        i for i, c in enumerate(letters) if not (i and c in "Đđ" and c == letters[i - 1] and text[i] != text[i - 1])
    ]
    return "".join(letters[i] for i in kept), tuple(choices[i] for i in kept) if choices else ()


def _choices(text: str, given: list[list[tuple[str, float]]]) -> Choices:
    """For each character its readings with their cost in nats above the best one; empty where they do not fit the text."""
    places = [place for place in given if place and min(place, key=lambda c: c[1])[0] != " "]
    if len(places) != len(text):
        return ()
    out = []
    for shown, place in zip(text, places, strict=True):
        costs = {c: cost / _SCALE for c, cost in sorted(place, key=lambda c: -c[1])}
        own = costs.get(
            shown, min(costs.values())
        )  # of the best way through the line: a single place may have a better one
        kept = [
            (c, round(max(cost - own, 0.0), 2))
            for c, cost in costs.items()
            if c not in (shown, " ") and cost - own < _MOST
        ]
        out.append(tuple(sorted(kept, key=lambda c: c[1])[:_READINGS]))
    return tuple(out)
