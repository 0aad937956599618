"""Every condition that a document can come in, by name: what ``--as`` of the command line and the benchmark ask for.

A rendering makes the bytes of one file. What needs a program or font that is not installed says so with the package's name when
it is asked for, not before.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, partial
from importlib import import_module
from typing import Any

from corpora.generator.model import File
from corpora.generator.plain import Printed, Style, plain, styled

FACES = ("liberation", "tinos", "gentium")


@dataclass(frozen=True, slots=True)
class Rendering:
    """How a condition is made.

    Attributes:
        suffix: of the file's name.
        make: the bytes of a file.
        clean: the name of the rendering that shows the same undamaged; empty where this one is not damaged.
        about: one line for ``--list``.
        truth: what is true of this rendering beyond the gold (scans: profile, pages, what the pen wrote); None: nothing.
    """

    suffix: str
    make: Callable[[File], bytes]
    about: str
    clean: str = ""
    truth: Callable[[File], dict[str, Any]] | None = None


def style(file: File) -> Style:
    """How the bare text of a file is printed; it follows from the seed, so that every way occurs."""
    n = int(file.about["seed"])
    return Style(beside=n % 2 == 1, wrapped=n % 5 != 4, paged=n % 3 != 2)


def printed(file: File) -> Printed:
    """The bare text for which the gold's spans hold."""
    return plain(file, style(file))


def _text(file: File) -> bytes:
    return printed(file).text.encode()


def _blank(file: File) -> bytes:
    own = style(file)
    return plain(file, Style(own.beside, own.wrapped, own.paged, blank=True)).text.encode()


def _call(module: str, name: str) -> Callable[..., Any]:
    """A function of a renderer, imported when it is needed."""
    found: Callable[..., Any] = getattr(import_module(f"corpora.generator.{module}"), name)
    return found


def _damaged_text(family: str, file: File) -> bytes:
    families: Mapping[str, Any] = import_module("corpora.generator.damage.text").FAMILIES
    return "".join(families[family](styled(file, printed(file)))).encode()


def _made(module: str, name: str, file: File, **options: Any) -> bytes:
    made: bytes = _call(module, name)(file, **options)
    return made


def _word(face: str, file: File) -> bytes:
    return _made("render.pdf_word", "word_pdf", file, face=face)


def _damaged_pdf(module: str, name: str, file: File, **options: Any) -> bytes:
    made: bytes = _call(module, name)(_word("liberation", file), **options)
    return made


def _mixed_fonts(file: File) -> bytes:
    return _damaged_pdf("damage.pdf_fonts", "mixed_fonts", file, seed=int(file.about["seed"]))


def _office(face: str, file: File) -> bytes:
    fonts = {"liberation": "Liberation Serif", "tinos": "Tinos", "gentium": "Gentium Plus"}
    word = _made("render.word", "docx", file, font=fonts[face])
    [made] = _call("render.pdf_office", "office_pdfs")({file.name: word}).values()
    return bytes(made)


def _scan(profile: str, layer: str, file: File) -> bytes:
    shape = _call("scan.profiles", "profile")(profile)
    options: dict[str, Any] = {"layer": layer or None}
    seen = file
    if "pen" in shape.extras:
        seen = _call("scan.blanks", "blank_number_and_date")(file)
        options["fills"] = _call("scan.blanks", "fills")(file)
    made: bytes = _call("scan.pdf", "scanned_pdf")(_word("liberation", seen), shape, int(file.about["seed"]), **options)
    return made


def _scan_truth(profile: str, layer: str, pages: Sequence[int] | None, file: File) -> dict[str, Any]:
    """How a file was scanned, what the pen wrote, and what its text layer is worth."""
    import pypdfium2

    shape = _call("scan.profiles", "profile")(profile)
    library: Any = pypdfium2  # it has no types
    count = len(library.PdfDocument(_word("liberation", file)))
    options: dict[str, Any] = {"layer": layer or None, "scanned_pages": pages}
    if "pen" in shape.extras:
        options["fills"] = _call("scan.blanks", "fills")(file)
    made: dict[str, Any] = _call("scan.truth", "scan_truth")(count, shape, int(file.about["seed"]), **options)
    return made


def _mixed(file: File) -> bytes:
    shape = _call("scan.profiles", "profile")("C300")
    made: bytes = _call("scan.pdf", "mixed_pdf")(_word("liberation", file), [0], shape, int(file.about["seed"]))
    return made


# PDF damage: name -> (module, function, what it is)
PDF_DAMAGE = {
    "gs": ("damage.ghostscript", "gs_bug", "Ghostscript's bug by its formula"),
    "gs-twice": ("damage.ghostscript", "gs_bug_twice", "the bug twice"),
    "gs-one-entry": (
        "damage.ghostscript",
        "one_entry_ranges",
        "ranges of one entry, as iText writes them, then the bug",
    ),
    "glyph-id": ("damage.pdf_fonts", "glyph_id_as_code", "glyph ids as code points"),
    "low-byte": ("damage.pdf_fonts", "low_byte", "code points cut to their low byte"),
    "ascii-shift": ("damage.pdf_fonts", "ascii_shift", "glyph ids of ASCII as code points"),
    "byte-swap": ("damage.pdf_fonts", "byte_swap", "bytes swapped"),
    "no-map": ("damage.pdf_fonts", "no_tounicode", "ToUnicode deleted"),
    "tcvn3": ("damage.legacy_pdf", "tcvn3_pdf", "fonts .VnTime and .VnTimeH"),
    "vni": ("damage.legacy_pdf", "vni_pdf", "fonts VNI-Times"),
    "gs-genuine": ("damage.genuine", "genuine_gs", "Debian 12's Ghostscript 10.00.0 itself"),
}
SCANS = (
    "C300",
    "D200",
    "C300c+seal",
    "C300c+seal+pen",
    "D200c+seal+pen",
    "C300+bleed+holes",
    "D200+streaks",
    "C300+twoup",
)


@cache
def renderings() -> Mapping[str, Rendering]:
    """All conditions by name."""
    out = {
        "txt": Rendering(".txt", _text, "bare text; the gold's spans hold for it"),
        "txt-blank": Rendering(".txt", _blank, "an empty line after every line"),
        "md": Rendering(".md", partial(_made, "render.markdown", "markdown"), "Markdown as converters write it"),
        "html": Rendering(".html", partial(_made, "render.web", "web_page"), "a page of a portal"),
        "docx": Rendering(".docx", partial(_made, "render.word", "docx"), "Word"),
        "docx-automatic": Rendering(
            ".docx", partial(_made, "render.word", "docx", automatic=True), 'Word that counts "1." and "a)" itself'
        ),
    }
    for face in FACES:
        out[f"pdf-word-{face}"] = Rendering(".pdf", partial(_word, face), f"PDF as Word writes it, {face}")
        out[f"pdf-office-{face}"] = Rendering(".pdf", partial(_office, face), f"PDF by LibreOffice, {face}")
        web = partial(_made, "render.pdf_web", "weasyprint_pdf", face=face)
        out[f"pdf-web-{face}"] = Rendering(".pdf", web, f"PDF by WeasyPrint, {face}")
    for name, (module, function, about) in PDF_DAMAGE.items():
        make = partial(_damaged_pdf, module, function)
        out[f"pdf-{name}"] = Rendering(".pdf", make, f"PDF as Word writes it: {about}", "pdf-word-liberation")
    about = "PDF as Word writes it: each font damaged in another way, one sound"
    out["pdf-mixed-fonts"] = Rendering(".pdf", _mixed_fonts, about, "pdf-word-liberation")
    for family in import_module("corpora.generator.damage.text").FAMILIES:
        out[f"txt-{family}"] = Rendering(".txt", partial(_damaged_text, family), f"bare text, damaged: {family}", "txt")
    for name in ("tcvn3", "vni"):
        make = partial(_made, "damage.legacy_docx", f"{name}_docx")
        out[f"docx-{name}"] = Rendering(".docx", make, f"Word with fonts of {name}", "docx")
    for scan in SCANS:
        truth = partial(_scan_truth, scan, "", None)
        about = f"scan, profile {scan}"
        out[f"scan-{scan}"] = Rendering(".pdf", partial(_scan, scan, ""), about, "pdf-word-liberation", truth)
    for layer in ("good", "bad"):
        about = f"scan C300 with a {layer} text layer"
        out[f"scan-layer-{layer}"] = Rendering(
            ".pdf",
            partial(_scan, "C300", layer),
            about,
            "pdf-word-liberation",
            partial(_scan_truth, "C300", layer, None),
        )
    about = "first page scanned, the others born digital"
    out["pdf-mixed-scan"] = Rendering(
        ".pdf", _mixed, about, "pdf-word-liberation", partial(_scan_truth, "C300", "", [0])
    )
    return out
