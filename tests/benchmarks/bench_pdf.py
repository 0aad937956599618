"""PDF by the evidence in its fonts: letters by damage and by producer, unknown fonts, both paths, the repaired file, memory."""

from __future__ import annotations

import io
import subprocess
import tempfile
import unicodedata
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from shutil import which
from typing import Any

import pikepdf
import pypdfium2

from congvan.config import Config
from congvan.document import RawDocument
from congvan.language.glyph_index import glyph_index
from congvan.language.glyph_shapes import glyph_shapes
from congvan.parse import clean_bytes
from congvan.parse_pdf import RepairedPdf, repaired_pdf
from congvan.read import pdf_font, read_bytes, read_bytes_evidence
from congvan.repair import font_evidence
from corpora.generator.damage.genuine import NoBuggyGhostscript, genuine_gs
from corpora.generator.render.pdf_office import office_pdfs
from corpora.generator.render.peers import Missing
from corpora.generator.render.web import print_page
from corpora.generator.render.word import docx
from corpora.generator.renderings import PDF_DAMAGE, renderings
from generated import Case, cases
from measuring import KB, PROGRAM, Bench, child, table

# the language model off, and on; a file of outlines that is not there, so that what this machine learned plays no part
OFF, ON = (Config(language_model=on, glyphs="no such file") for on in (False, True))
DAMAGES = (*(f"pdf-{name}" for name in PDF_DAMAGE), "pdf-mixed-fonts")
FAMILIES = {"FreeSerif": ("FreeS",), "Linux Libertine O": ("LinL", "LinB"), "Gentium Plus": ("Gent", "Char")}
PART = 10_000


def characters(text: str) -> Counter[str]:
    """What a text shows but for white space, however its letters are composed."""
    return Counter(c for c in unicodedata.normalize("NFC", text) if not c.isspace())


def wrong(truth: str, found: str) -> tuple[int, int]:
    """Characters of the truth that a text lacks, and those of it that it lists as unread."""
    lacking = sum((characters(truth) - characters(found)).values())
    return lacking, found.count("\ufffd")


def truth_of(case: Case) -> str:
    """All the text of a document."""
    return "\n".join(leaf.text.text for leaf in case.file.leaves())


def without_maps(data: bytes) -> bytes:
    """The file without any ToUnicode map."""
    with pikepdf.open(io.BytesIO(data)) as pdf:
        for thing in pdf.objects:
            if isinstance(thing, pikepdf.Dictionary) and thing.get("/Type") == "/Font" and "/ToUnicode" in thing:
                del thing["/ToUnicode"]
        out = io.BytesIO()
        pdf.save(out)
        return out.getvalue()


def _row(name: str, made: Sequence[bytes], truths: Sequence[str], keep: Callable[[str, int], None]) -> Sequence[object]:
    total = sum(sum(characters(truth).values()) for truth in truths)
    cells: list[object] = []
    for label, config in (("off", OFF), ("on", ON)):
        counts = [wrong(t, clean_bytes(data, "a.pdf", config).text) for t, data in zip(truths, made, strict=True)]
        lacking, unread = (sum(column) for column in zip(*counts, strict=True))
        keep(f"{name}/model {label}", lacking)
        cells += [lacking, f"{PART * lacking / total:.1f}", unread]
    return (name, f"{total:,}", *cells)


_HEAD = ("file", "letters", "wrong, model off", "per 10,000", "listed as unread", "wrong, model on", "per 10,000", "listed as unread")  # fmt: skip


def letters(bench: Bench) -> list[str]:
    """Wrong letters by damage, and by producer where the maps are gone."""
    documents: list[Case] = [*cases("a", bench.size(6, 2)), *cases("b", bench.size(6, 2))]
    truths = [truth_of(c) for c in documents]

    def keep(name: str, count: int) -> None:
        bench.keep(f"pdf/{name}", count)

    rows: list[Sequence[object]] = []
    for name in DAMAGES:
        try:
            made = [renderings()[name].make(c.file) for c in documents]
        except NoBuggyGhostscript as err:
            rows.append((name, f"absent: {err}", *[""] * 6))
            continue
        rows.append(_row(name, made, truths, keep))
    some = documents[: bench.size(4, 2)]
    for producer, make in _producers().items():
        try:
            made = [without_maps(make(c)) for c in some]
        except (Missing, FileNotFoundError, NoBuggyGhostscript, subprocess.SubprocessError) as err:
            rows.append((f"{producer}, no maps", f"absent: {str(err).splitlines()[0]}", *[""] * 6))
            continue
        rows.append(_row(f"{producer}, no maps", made, truths[: len(some)], keep))
    return [
        "## PDF: letters by damage and producer",
        "",
        "Generated documents of both banks; characters of the truth that the text lacks. With the language model off, only the fonts decide.",
        "",
        *table(_HEAD, rows),
    ]


def _producers() -> dict[str, Callable[[Case], bytes]]:
    """Ways to make a PDF, by name; each may say that its program is not installed."""
    faces = {"Liberation Serif": "liberation", "Tinos": "tinos", "Gentium Plus": "gentium"}
    found: dict[str, Callable[[Case], bytes]] = {}
    for family, face in faces.items():
        found[f"Word-like, {family}"] = lambda c, face=face: renderings()[f"pdf-word-{face}"].make(c.file)  # type: ignore[misc]
    for family in ("Liberation Serif", "DejaVu Serif", "FreeSerif", "Linux Libertine O"):
        found[f"WeasyPrint, {family}"] = lambda c, family=family: weasyprint_pdf(c, family)  # type: ignore[misc]
        found[f"Chromium, {family}"] = lambda c, family=family: chromium_pdf(c, family)  # type: ignore[misc]
        found[f"LibreOffice, {family}"] = lambda c, family=family: office_pdf(c, family)  # type: ignore[misc]
    found["Ghostscript of WeasyPrint, FreeSerif"] = lambda c: genuine_gs(weasyprint_pdf(c, "FreeSerif"))
    found["Ghostscript of LibreOffice, Linux Libertine O"] = lambda c: genuine_gs(office_pdf(c, "Linux Libertine O"))
    return found


def weasyprint_pdf(case: Case, family: str) -> bytes:
    """The print page of a document by WeasyPrint."""
    try:
        import weasyprint
    except (ImportError, OSError) as err:
        raise Missing("WeasyPrint is not installed") from err
    made: bytes = weasyprint.HTML(string=print_page(case.file, family)).write_pdf()
    return made


def chromium_pdf(case: Case, family: str) -> bytes:
    """The print page of a document by Chromium."""
    if which("chromium") is None:
        raise Missing("Chromium is not installed")
    with tempfile.TemporaryDirectory() as folder:
        page, out = Path(folder, "a.html"), Path(folder, "a.pdf")
        page.write_text(print_page(case.file, family), encoding="utf-8")
        command = ["chromium", "--headless", "--no-sandbox", "--disable-gpu", f"--user-data-dir={folder}/profile"]
        command += ["--no-pdf-header-footer", f"--print-to-pdf={out}", page.as_uri()]
        subprocess.run(command, capture_output=True, check=True, timeout=120)
        return out.read_bytes()


def office_pdf(case: Case, family: str) -> bytes:
    """The Word file of a document by LibreOffice."""
    [made] = office_pdfs({"a": docx(case.file, font=family)}).values()
    return made


@contextmanager
def index_without(prefixes: tuple[str, ...]) -> Iterator[None]:
    """The shipped index and pictures as if some fonts were not in them."""
    bare, faces = glyph_index(prefixes), glyph_shapes().faces
    kept = dict(faces)
    for module in (font_evidence, pdf_font):
        module.glyph_index = lambda without=(): bare  # type: ignore[attr-defined]
    for name in [name for name in faces if name.startswith(prefixes)]:
        del faces[name]
    try:
        yield
    finally:
        for module in (font_evidence, pdf_font):
            module.glyph_index = glyph_index  # type: ignore[attr-defined]
        faces.update(kept)


def unknown_fonts(bench: Bench) -> list[str]:
    """Fonts that are left out of the index: what is still read, and what stays undecided."""
    documents = cases("a", bench.size(6, 2))
    truths = [truth_of(c) for c in documents]
    rows: list[Sequence[object]] = []

    def keep(name: str, count: int) -> None:
        bench.keep(f"pdf unknown/{name}", count)

    for family, prefixes in FAMILIES.items():
        try:
            if family == "Gentium Plus":
                made = [renderings()["pdf-word-gentium"].make(c.file) for c in documents]
            else:
                made = [weasyprint_pdf(c, family) for c in documents]
            damaged = [genuine_gs(data) for data in made]
        except (Missing, FileNotFoundError, NoBuggyGhostscript) as err:
            rows.append((family, f"absent: {err}", *[""] * 6))
            continue
        with index_without(prefixes):
            rows.append(_row(f"{family}: genuine Ghostscript output", damaged, truths, keep))
            rows.append(_row(f"{family}: no maps", [_no_names(data) for data in made], truths, keep))
    return [
        "## PDF: fonts that are not in the index",
        "",
        "Each font and its kin left out of the index. `no maps`: neither maps nor cmaps are left, only drawings: with the language model on, letters are chosen by their likeness to other fonts and by the words they make.",
        "",
        *table(_HEAD, rows),
    ]


def _no_names(data: bytes) -> bytes:
    """The file without maps, and without what else says in its fonts what a glyph means."""
    from fontTools.ttLib import TTFont

    with pikepdf.open(io.BytesIO(without_maps(data))) as pdf:
        for thing in pdf.objects:
            if isinstance(thing, pikepdf.Dictionary) and isinstance(thing.get("/FontFile2"), pikepdf.Stream):
                font = TTFont(io.BytesIO(thing["/FontFile2"].read_bytes()), recalcTimestamp=False)
                subtypes = {(t.platformID, t.platEncID) for t in font["cmap"].tables} if "cmap" in font else set()
                if subtypes & {(3, 1), (3, 10), (0, 3), (0, 4)}:
                    del font["cmap"]
                    font.setGlyphOrder([f"g{n}" for n in range(font["maxp"].numGlyphs)])
                    out = io.BytesIO()
                    font.save(out)
                    thing["/FontFile2"].write(out.getvalue())
        out = io.BytesIO()
        pdf.save(out)
        return out.getvalue()


def paths(bench: Bench) -> list[str]:
    """Healthy files by both paths: the same characters, boxes that agree."""
    rows: list[Sequence[object]] = []
    documents = cases("a", bench.size(10, 3))
    for name in (
        "pdf-word-liberation",
        "pdf-word-tinos",
        "pdf-word-gentium",
        "pdf-web-liberation",
        "pdf-office-liberation",
    ):
        pages = differing = 0
        off = 0.0
        for case in documents:
            try:
                data = renderings()[name].make(case.file)
            except Missing:
                continue
            fast, slow = read_bytes(data, "a.pdf", OFF), read_bytes_evidence(data, "a.pdf", OFF)
            pages += len(fast.pages)
            differing += sum((_shown(fast) - _shown(slow)).values()) + sum((_shown(slow) - _shown(fast)).values())
            boxes = [_boxes(document) for document in (fast, slow)]
            if len(boxes[0]) == len(boxes[1]):
                off = max(off, max((abs(a - b) for a, b in zip(*boxes, strict=True)), default=0.0))
            else:
                off = float("inf")
        bench.keep(f"pdf paths/{name}", differing)
        rows.append((name, pages, differing, f"{off:.3f}"))
    return [
        "## PDF: two paths, one result",
        "",
        "Healthy files read by the fast path, and by the evidence path although they need it not.",
        "",
        *table(("rendering", "pages", "characters that differ", "largest distance of boxes, points"), rows),
    ]


def _shown(document: RawDocument) -> Counter[str]:
    return characters("".join(block.text for _, block in document.blocks()))


def _boxes(document: RawDocument) -> list[float]:
    return [v for _, block in document.blocks() for run in block.runs if run.places for v in run.places.values]


def repaired(bench: Bench) -> list[str]:
    """The repaired file: what other readers take from it, its pages, its size."""
    rows: list[Sequence[object]] = []
    documents = cases("a", bench.size(8, 2))
    for name in DAMAGES:
        pages = pixels = broken = 0
        differ = [0, 0, 0]
        largest = 0.0
        try:
            made = [renderings()[name].make(c.file) for c in documents]
        except NoBuggyGhostscript:
            continue
        for data in made:
            done = repaired_pdf(data, "a.pdf", OFF)
            largest = max(largest, len(done.data) / len(data))
            found = compare(data, done)
            pages += found[0]
            pixels += found[1]
            broken += found[2]
            differ = [a + b for a, b in zip(differ, found[3], strict=True)]
        bench.keep(f"pdf repaired/{name}", sum(differ) + pixels + broken)
        rows.append((name, pages, *differ, pixels, broken, f"{100 * (largest - 1):+.1f}"))
    head = ("file", "pages", "pdftotext", "pdfminer", "pypdfium2", "pages whose pixels differ", "files that `qpdf --check` refuses", "size, % at most")  # fmt: skip
    return [
        "## PDF: the repaired file",
        "",
        "`congvan repair in.pdf -o out.pdf`, language model off: characters on which each reader and our text differ, page by page.",
        "",
        *table(head, rows),
    ]


def compare(data: bytes, done: RepairedPdf) -> tuple[int, int, int, list[int]]:
    """Pages; pages whose pixels differ; 1 where qpdf refuses the file; characters that each reader has otherwise."""
    import pdfplumber

    library: Any = pypdfium2
    before, after = library.PdfDocument(data), library.PdfDocument(done.data)
    ours: dict[int, Counter[str]] = {}
    places = done.clean.places
    for start, end, page in zip(places.starts, (*places.starts[1:], places.length), places.pages, strict=True):
        ours.setdefault(page, Counter()).update(characters(done.clean.text[start:end]))
    differ, pixels = [0, 0, 0], 0
    with tempfile.NamedTemporaryFile(suffix=".pdf") as file, pdfplumber.open(io.BytesIO(done.data)) as plumber:
        file.write(done.data)
        file.flush()
        for n in range(len(before)):
            shown = subprocess.run(
                ["pdftotext", "-f", str(n + 1), "-l", str(n + 1), file.name, "-"], capture_output=True, check=True
            ).stdout.decode()
            texts = (
                shown,
                "".join(c["text"] for c in plumber.pages[n].chars),
                after[n].get_textpage().get_text_range(),
            )
            for i, text in enumerate(texts):
                one, other = ours.get(n + 1, Counter()), characters(text)
                differ[i] += sum((one - other).values()) + sum((other - one).values())
            a, b = (pdf[n].render(scale=2).to_numpy() for pdf in (before, after))
            pixels += int(a.shape != b.shape or bool((a != b).any()))
        broken = subprocess.run(["qpdf", "--check", file.name], capture_output=True, check=False).returncode != 0
    return len(before), pixels, int(broken), differ


def memory(bench: Bench) -> list[str]:
    """Memory by page of a long file."""
    one = renderings()["pdf-word-liberation"].make(cases("a", 1)[0].file)
    rows: list[Sequence[object]] = []
    few, many = 20, bench.size(2000, 200)
    for damage in ("", "gs"):
        data = renderings()[f"pdf-{damage}"].make(cases("a", 1)[0].file) if damage else one
        peaks = []
        for count in (few, many):
            with pikepdf.new() as joined, pikepdf.open(io.BytesIO(data)) as source, tempfile.NamedTemporaryFile(suffix=".pdf") as file:  # fmt: skip
                while len(joined.pages) < count:
                    joined.pages.extend(source.pages)
                del joined.pages[count:]
                joined.save(file.name)
                peaks.append(child([PROGRAM, "repair", file.name])[1])
        a_page = (peaks[1] - peaks[0]) * KB / (many - few)
        rows.append((f"`congvan repair`, {damage or 'healthy'}", f"{many:,}", f"{peaks[1]:,.0f}", f"{a_page:,.0f}"))
    return [
        "## PDF: memory",
        "",
        f"Peak of a file of many pages, and what a page adds to that of {few}.",
        "",
        *table(("run", "pages", "peak MB", "kB a page"), rows),
    ]
