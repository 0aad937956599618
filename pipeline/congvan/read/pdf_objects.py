"""The font objects of a PDF, and the pages that use them, by pikepdf (qpdf)."""

from __future__ import annotations

import io
import logging
from collections.abc import Iterator
from typing import Any

import pikepdf

from congvan.errors import DamagedInput, EncryptedInput

logging.getLogger("pikepdf").addHandler(logging.NullHandler())  # a library must not print on standard error

_MAX_DEPTH = 8  # forms within forms
_MAX_FONTS = 2_000


class FontObjects:
    """The fonts of an open PDF, numbered in the order in which its pages name them.

    Attributes:
        pdf: the open file (close it by leaving the context). specs: the font dictionaries.
        of_page: for each page the numbers of the fonts in its resources, forms included.
    """

    def __init__(self, data: bytes, name: str, password: str = "") -> None:
        try:
            self.pdf: Any = pikepdf.open(io.BytesIO(data), password=password, suppress_warnings=True)
        except pikepdf.PasswordError as err:
            raise EncryptedInput(f"{name} is a PDF with a password.", "Give it with --password.") from err
        except Exception as err:  # qpdf raises all kinds of exceptions on malformed files
            raise DamagedInput(
                f"{name} is damaged ({type(err).__name__}).", "Get the file again from its source."
            ) from err
        self.specs: list[Any] = []
        self.of_page: list[tuple[int, ...]] = []
        self._numbers: dict[tuple[int, int], int] = {}
        self._resources: dict[tuple[int, int], tuple[int, ...]] = {}
        for page in self._pages():
            try:
                self.of_page.append(tuple(sorted(set(self._fonts_in(page)))))
            except Exception:  # a page with malformed resources has no fonts that can be looked at
                self.of_page.append(())

    def __enter__(self) -> FontObjects:
        return self

    def __exit__(self, *exc: object) -> None:
        self.pdf.close()

    def _pages(self) -> Iterator[Any]:
        try:
            yield from self.pdf.pages
        except Exception:  # a tree of pages that qpdf cannot follow
            return

    def _fonts_in(self, page: Any) -> Iterator[int]:
        node, seen = page.obj, 0
        while "/Resources" not in node and "/Parent" in node and seen < 50:
            node, seen = node["/Parent"], seen + 1
        if "/Resources" in node:
            yield from self._of_resources(node["/Resources"], 0, set())

    def _of_resources(self, resources: Any, depth: int, open_: set[tuple[int, int]]) -> tuple[int, ...]:
        """Numbers of the fonts in a resource dictionary and in the forms that it names."""
        place: tuple[int, int] = resources.objgen
        if place[0] and place in self._resources:
            return self._resources[place]
        if depth > _MAX_DEPTH or (place[0] and place in open_):
            return ()
        found: list[int] = []
        inside = open_ | {place}
        fonts = resources.get("/Font")
        if isinstance(fonts, pikepdf.Dictionary):
            for _, spec in fonts.items():
                if isinstance(spec, pikepdf.Dictionary) and (number := self._number(spec)) >= 0:
                    found.append(number)
        for kind in ("/XObject", "/Pattern"):
            things = resources.get(kind)
            if not isinstance(things, pikepdf.Dictionary):
                continue
            for _, thing in things.items():
                if isinstance(thing, pikepdf.Stream) and thing.get("/Subtype") != "/Image":
                    own = thing.get("/Resources")
                    if isinstance(own, pikepdf.Dictionary):
                        found += self._of_resources(own, depth + 1, inside)
        if place[0]:
            self._resources[place] = tuple(found)
        return tuple(found)

    def _number(self, spec: Any) -> int:
        place: tuple[int, int] = spec.objgen
        if place[0] and place in self._numbers:
            return self._numbers[place]
        if len(self.specs) >= _MAX_FONTS:
            return -1
        self.specs.append(spec)
        if place[0]:
            self._numbers[place] = len(self.specs) - 1
        return len(self.specs) - 1
