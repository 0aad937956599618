"""Conditions of scans, with fixed figures so that measurements can be repeated and compared.

========== ====== ============= ======= ======== ======== ======== ======= =======
profile    dpi    picture       skew    blur     noise    ragged   shade   JPEG
========== ====== ============= ======= ======== ======== ======== ======= =======
C300       300    grey          0.12°   0.55 px  2.0      0        0.00    85
C300c      300    colour        0.12°   0.55 px  2.0      0        0.00    85
D200       200    grey          1.3°    1.0 px   5.0      0.36     0.05    35
D200c      200    colour        1.3°    1.0 px   5.0      0.36     0.05    35
========== ====== ============= ======= ======== ======== ======== ======= =======

Tesseract 5 with ``vie`` (page segmentation 3, no cleaning) reads about 1 of 100 words of running text wrong on C300 and
10 on D200. Files with tables and footnotes: 5 and 11 of 100 (3 where the page is rendered and not scanned: their cells
and marks). Shade and noise are kept low enough for it to find the text of nearly empty pages.

The side to which a page leans comes from the seed; its size is fixed. The other columns are told at :class:`Profile`.

Extras are joined to a name by "+", in any order and number ("C300c+seal+pen"):

- ``seal``: a signature in blue ink (45 mm wide) in the room over the signatory's name and a round red seal (36 mm
  across) over the left third of it, on the page where the ending stands. Ink covers 86 % at most.
- ``pen``: number and day (and month where it is blank) written by hand in blue ink, digits 4.6 mm high (smaller where
  room is short), into the blanks of "Số:      /…" and "ngày      tháng" that
  :mod:`corpora.generator.scan.blanks` leaves.
- ``bleed``: the next page of the file (the first behind the last) shines through, mirrored, blurred by 0.25 mm, 13 %
  dark.
- ``holes``: two punch holes, 6 mm across, 80 mm apart, their centres 12 mm from the left edge.
- ``twoup``: two pages side by side on one landscape scan (two A4 pages give an A3 sheet); an odd last page stands
  alone at the left.
- ``streaks``: two to four vertical lines and specks of dust from the glass of a copier.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Literal, get_args

Extra = Literal["seal", "pen", "bleed", "holes", "twoup", "streaks"]
EXTRAS: tuple[Extra, ...] = get_args(Extra)
Colour = tuple[int, int, int]


@dataclass(frozen=True, slots=True)
class Profile:
    """A condition of scanning.

    Attributes:
        name: as it stands in the table, without the extras.
        dpi: pixels per inch.
        colour: colour or grey.
        skew: degrees by which the sheet lies askew.
        paper: colour of the paper.
        toner: colour of black print.
        blur: standard deviation of the Gaussian blur, in pixels.
        noise: standard deviation of the sensor's noise, in steps of 0 to 255.
        ragged: how much print frays at its edges as in a copy of a copy, 0 to 1.
        shade: how much darker the corners are, 0 to 1.
        jpeg: quality of the JPEG picture.
        extras: what else is on the sheet.
    """

    name: str
    dpi: int
    colour: bool
    skew: float
    paper: Colour
    toner: Colour
    blur: float
    noise: float
    ragged: float
    shade: float
    jpeg: int
    extras: tuple[Extra, ...] = ()

    @property
    def full_name(self) -> str:
        """The name with its extras: what :func:`profile` accepts."""
        return "+".join((self.name, *self.extras))

    def plus(self, *extras: Extra) -> Profile:
        """This condition with more on the sheet. Extras keep the order of :data:`EXTRAS`."""
        return replace(self, extras=tuple(e for e in EXTRAS if e in extras or e in self.extras))


C300 = Profile(
    name="C300", dpi=300, colour=False, skew=0.12, paper=(247, 246, 242), toner=(38, 36, 38), blur=0.55, noise=2.0,
    ragged=0.0, shade=0.0, jpeg=85,
)  # fmt: skip
D200 = Profile(
    name="D200", dpi=200, colour=False, skew=1.3, paper=(230, 221, 203), toner=(62, 60, 60), blur=1.0, noise=5.0,
    ragged=0.36, shade=0.05, jpeg=35,
)  # fmt: skip
PROFILES = {
    p.name: p for p in (C300, replace(C300, name="C300c", colour=True), D200, replace(D200, name="D200c", colour=True))
}


def profile(name: str) -> Profile:
    """The profile of a name such as "D200" or "C300c+seal+pen".

    Raises:
        ValueError: no such profile or extra.
    """
    base, *extras = name.split("+")
    known = [e for e in EXTRAS if e in extras]
    if base not in PROFILES or len(known) != len(extras):
        raise ValueError(f"no profile {name!r}: one of {', '.join(PROFILES)}, then any of +{', +'.join(EXTRAS)}")
    return PROFILES[base].plus(*known)
