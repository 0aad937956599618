"""Make the sample documents of ``corpora/samples`` from the texts in ``corpora/sources``.

    .venv/bin/python corpora/make_samples.py            write them, and the clean twin into corpora/truth
    .venv/bin/python corpora/make_samples.py --check    fail where a file differs from what would be written

The same bytes come out on every run: dates, ids and archive times are fixed. A source is one paragraph a line, the
first word saying what it is: ``L`` and ``R`` letterhead left and right, ``K`` addressee, ``T`` title, ``B`` bold
heading, ``P`` paragraph, ``#`` and ``##`` automatically numbered item, ``TB`` table row, ``F`` footnote,
``N`` recipient, ``S`` signature. The PDF files need the package fonts-liberation2 (Liberation Serif).
"""

from __future__ import annotations

import argparse
import html
import sys
import textwrap
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import NamedTuple

import make_docx
import make_pdf
from ghostscript_damage import damage

HERE = Path(__file__).parent
WIDTH = 84  # characters a line of the text samples, as a page of Times 14 has them


class Item(NamedTuple):
    """A paragraph of a source and what it is."""

    kind: str
    text: str


def read_source(name: str) -> list[Item]:
    """The paragraphs of ``sources/NAME.txt``."""
    items = []
    for line in (HERE / "sources" / f"{name}.txt").read_text(encoding="utf-8").splitlines():
        kind, _, text = line.partition(" ")
        items.append(Item(kind, text))
    return items


def of(items: Iterable[Item], kinds: str) -> list[str]:
    """Texts of the items of one or several kinds."""
    return [item.text for item in items if item.kind in kinds.split()]


def numbered(items: list[Item]) -> list[Item]:
    """The items with the automatic numbers ("1.", "a)") written out as paragraphs."""
    out: list[Item] = []
    major = minor = 0
    for item in items:
        if item.kind == "#":
            major, minor = major + 1, 0
            out.append(Item("P", f"{major}. {item.text}"))
        elif item.kind == "##":
            minor += 1
            out.append(Item("P", f"{'abcdđe'[minor - 1]}) {item.text}"))
        else:
            out.append(item)
    return out


# ---------------------------------------------------------------- bare text


def text_lines(items: list[Item], *, beside: bool = False, footnote_at: int = 0) -> list[Item]:
    """The document as lines, each with the kind of its paragraph (which tells the font).

    Args:
        items: the source.
        beside: print the two sides of the letterhead beside each other, as ``pdftotext -layout`` does.
        footnote_at: after that many lines of the body a page ends: footnote, then the number of the next page.
    """
    lines: list[Item] = []
    left, right = of(items, "L"), of(items, "R")
    if beside:
        rows = max(len(left), len(right))
        sides = zip(left + [""] * (rows - len(left)), right + [""] * (rows - len(right)), strict=True)
        lines += [Item("L", f"{a:<44}{b}".rstrip()) for a, b in sides]
    else:
        lines += [Item("L", t) for t in left] + [Item("R", t) for t in right]
    lines.append(Item("", ""))
    notes = [Item("F", row) for note in of(items, "F") for row in textwrap.wrap(note, WIDTH + 8)]
    body = 0
    for item in items:
        if item.kind not in ("K", "T", "B", "P"):
            continue
        for row in textwrap.wrap(item.text, WIDTH if item.kind in ("P", "K") else WIDTH - 20, break_on_hyphens=False):
            lines.append(Item(item.kind, row))
            body += 1
            if body == footnote_at:
                lines += [Item("", ""), *notes, Item("", ""), Item("F", "2"), Item("", "")]
    lines.append(Item("", ""))
    lines += [item for item in items if item.kind == "N"] + [Item("", "")]
    lines += [Item("S", item.text) for item in items if item.kind == "S"]
    return lines


def joined(lines: Iterable[Item], gap: str = "\n") -> bytes:
    """Lines as the bytes of a file."""
    return (gap.join(line.text for line in lines) + "\n").encode()


# which font a kind of paragraph is set in: each is damaged by its own runs of letters
FONTS = {"L": "bold", "T": "bold", "B": "bold", "S": "bold", "R": "bold", "N": "small"}


def damaged(lines: list[Item]) -> list[Item]:
    """The lines as extracted from a PDF that Ghostscript 10.00 has written, each font damaged by its own runs."""
    out = list(lines)
    for font in ("body", "bold", "small"):
        mine = [i for i, line in enumerate(lines) if FONTS.get(line.kind, "body") == font]
        garbled = damage([lines[i].text for i in mine])
        for i, text in zip(mine, garbled, strict=True):
            out[i] = Item(lines[i].kind, text)
    return out


# ---------------------------------------------------------------- Markdown, HTML


def markdown(items: list[Item]) -> bytes:
    """As PDF-to-Markdown converters write it."""
    parts = ["**" + " ".join(t for t in of(items, "L") if t.isupper()) + "**"]
    parts += [t for t in of(items, "L") if not t.isupper()]
    parts += [f"**{t}**" for t in of(items, "R")[:2]] + [f"*{of(items, 'R')[2]}*"]
    parts += [f"{'#' * (2 + n)} **{t}**" for n, t in enumerate(of(items, "T"))]
    rows: list[str] = []
    for item in items:
        if item.kind == "TB":
            rows.append("| " + " | ".join(item.text.split("|")) + " |")
            if len(rows) == 1:
                rows.append("|" + "---|" * len(item.text.split("|")))
            continue
        if rows:
            parts.append("\n".join(rows))
            rows = []
        if item.kind == "B":
            parts.append(f"{'##' if item.text[0] in 'IVX' else '###'} **{item.text}**")
        elif item.kind in ("K", "P"):
            parts.append(item.text)
    parts += ["---"] + [f"<sup>{n[:3]}</sup>{n[3:]}" for n in of(items, "F")] if of(items, "F") else []
    parts += ["**Nơi nhận:**", "\n".join(of(items, "N")[1:])]
    parts += [f"**{t}**" for t in of(items, "S") if t]
    return ("\n\n".join(parts) + "\n").encode()


def web_page(items: list[Item]) -> bytes:
    """As the portals of the provinces publish a letter: letterhead and ending are tables without borders."""

    def lines(texts: Iterable[str]) -> str:
        return "<br/>\n".join(html.escape(t, quote=False) for t in texts)

    left, right = of(items, "L"), of(items, "R")
    body = "\n".join(
        f"<p class='{i.kind}'>{html.escape(i.text, quote=False)}</p>" for i in items if i.kind in ("K", "P", "T", "B")
    )
    page = f"""<!DOCTYPE html>
<html lang="vi">
<head>
<meta charset="utf-8"/>
<title>{html.escape(left[-1])}</title>
<style>td {{ vertical-align: top; text-align: center }} .T {{ text-align: center }}</style>
</head>
<body>
<nav><a href="/">Trang chủ</a> | <a href="/van-ban">Văn bản</a></nav>
<main>
<table width="100%"><tr>
<td><b>{lines(left)}</b></td>
<td><b>{lines(right[:2])}</b><br/>
<i>{lines(right[2:])}</i></td>
</tr></table>
{body}
<table width="100%"><tr>
<td style="text-align: left">{lines(of(items, "N"))}</td>
<td><b>{lines(of(items, "S"))}</b></td>
</tr></table>
</main>
</body>
</html>
"""
    return page.encode()


# ---------------------------------------------------------------- all of them


def samples() -> dict[Path, Callable[[], bytes]]:
    """File -> what makes its bytes."""
    s, truth = HERE / "samples", HERE / "truth"
    flood = "03_thong_bao_thien_tai"
    return {
        s / "01_cong_van_giai_ngan.txt": lambda: joined(
            text_lines(read_source("01_cong_van_giai_ngan"), beside=True, footnote_at=19)
        ),
        s / "02_chi_thi_bao_ve_rung.txt": lambda: joined(text_lines(read_source("02_chi_thi_bao_ve_rung")), " \n\n"),
        s / f"{flood}.txt": lambda: joined(damaged(text_lines(read_source(flood)))),
        truth / f"{flood}.clean.txt": lambda: joined(text_lines(read_source(flood))),
        s / "04_quyet_dinh_to_cong_tac.txt": lambda: joined(text_lines(read_source("04_quyet_dinh_to_cong_tac"))),
        s / "05_ke_hoach_chuyen_doi_so.txt": lambda: joined(text_lines(read_source("05_ke_hoach_chuyen_doi_so"))[1:-2]),
        s / "06_cong_dien_bao.txt": lambda: joined(text_lines(read_source("06_cong_dien_bao"))),
        s / "07_bao_cao_giam_ngheo.md": lambda: markdown(read_source("07_bao_cao_giam_ngheo")),
        s / "08_ke_hoach_tiem_chung.md": lambda: markdown(read_source("08_ke_hoach_tiem_chung")),
        s / "09_cong_van_so_noi_vu.html": lambda: web_page(read_source("09_cong_van_so_noi_vu")),
        s / "10_to_trinh_du_an_duong.docx": lambda: make_docx.document(read_source("10_to_trinh_du_an_duong")),
        s / "11_thong_bao_nong_thon_moi.docx": lambda: make_docx.document(read_source("11_thong_bao_nong_thon_moi")),
        s / "12_quyet_dinh_ho_tro.pdf": lambda: make_pdf.reportlab_pdf(read_source("12_quyet_dinh_ho_tro")),
        s / "13_thong_bao_thien_tai_gs.pdf": lambda: make_pdf.garbled_pdf(read_source(flood)),
    }


def main() -> int:
    """Write or check."""
    parser = argparse.ArgumentParser(description="Make the sample documents.")
    parser.add_argument("--check", action="store_true", help="write nothing; fail where a file differs")
    check = parser.parse_args().check
    differs = 0
    for path, make in samples().items():
        content = make()
        if check and (not path.is_file() or path.read_bytes() != content):
            print(f"differs: {path.relative_to(HERE)}")
            differs += 1
        elif not check:
            path.parent.mkdir(exist_ok=True)
            path.write_bytes(content)
    return 1 if differs else 0


if __name__ == "__main__":
    sys.exit(main())
