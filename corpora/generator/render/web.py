"""Web pages: a letter on the portal of a province, and a page laid out for printing by Decree 30/2020/NĐ-CP."""

from __future__ import annotations

from html import escape

from corpora.generator.model import File, Node
from corpora.generator.render.html_blocks import HtmlBlocks
from corpora.generator.render.shape import marks, parts

_MENU = ("Trang chủ", "Giới thiệu", "Tin tức - Sự kiện", "Văn bản chỉ đạo điều hành", "Thủ tục hành chính", "Liên hệ")

# What Word leaves in a page when a clerk pastes a letter into the editor of the portal.
_PASTED = {
    "letterhead": "width: 100%; border: none; border-collapse: collapse",
    "ending": "width: 100%; border: none; border-collapse: collapse",
    "left": "width: 42%; border: none; vertical-align: top",
    "right": "width: 58%; border: none; vertical-align: top",
    "head": "margin: 0; text-align: center",
    "recipient": "margin: 0; text-align: left",
    "signature": "margin: 0; text-align: center",
    "title": "margin: 6px 0; text-align: center",
    "addressee": "margin: 6px 0 6px 120px",
    "basis": "text-align: justify; text-indent: 36pt",
    "entry": "margin-left: 160px",
    "enact": "text-align: center",
    "heading": "text-align: justify; text-indent: 36pt",
    "body": "text-align: justify; text-indent: 36pt",
    "item": "text-align: justify; text-indent: 36pt",
    "unit": "text-align: right",
    "table": "width: 100%; border-collapse: collapse",
    "cell": "border: 1px solid #000; padding: 3px 6px",
    "centred": "text-align: center; margin-left: 0",
    "small": "font-size: 85%",
}
_ALIGN = {"left": "text-align: left", "centre": "text-align: center", "right": "text-align: right"}

_PORTAL_STYLE = """\
body { margin: 0; font-family: Arial, Helvetica, sans-serif; background: #eef1f5; }
header { background: #b5121b; color: #ffd75e; padding: 18px 32px; font-size: 22px; text-transform: uppercase; }
nav { background: #0a4f8f; padding: 8px 32px; }
nav a { color: #fff; margin-right: 24px; text-decoration: none; }
article { max-width: 900px; margin: 16px auto; padding: 24px 40px; background: #fff;
  font-family: "Times New Roman", "Liberation Serif", serif; font-size: 18px; line-height: 1.4; }
footer { background: #333; color: #ddd; padding: 12px 32px; font-size: 13px; }"""

# WeasyPrint moves a note to the next page when rounding lets it seem a hair higher than its area: all that adds up to the
# height of the area is in whole pixels.
_PRINT_STYLE = """\
@page { size: A4; margin: 20mm 15mm 20mm 30mm; @top-center { content: counter(page); font: 13pt "%(family)s"; }
  @footnote { margin-top: 8px; padding-top: 5px; border-top: 1px solid; border-image: linear-gradient(to right, #000 33%%, #fff 33%%) 1; } }
@page wide { size: A4 landscape; margin: 20mm 20mm 15mm 20mm; }
%(firsts)s
html { font: 14pt/1.2 "%(family)s"; hyphens: none; }
body { margin: 0; }
section { break-before: page; }
section.upright { page: upright; }
section.wide { page: wide; }
p { margin: 0; orphans: 2; widows: 2; }
table { width: 100%%; border-collapse: collapse; }
.letterhead { table-layout: fixed; width: 106%%; margin: 0 -3%% 14pt; font-size: 13pt; break-inside: avoid; }
.letterhead td { padding: 0; vertical-align: top; }
.letterhead .left { width: 44%%; }
.letterhead .right { width: 56%%; }
.letterhead .name { font-size: 12pt; }
.letterhead .right .name + .name { font-size: 13pt; }
.letterhead .small { font-size: 12pt; padding: 0 6mm; }
.head, .signature, .title, .enact, p.centred { text-align: center; text-indent: 0; }
.rule { border-top: 0.7pt solid #000; width: 30mm; margin: 2pt auto 6pt; }
.letterhead .left .rule { width: 22mm; }
.letterhead .right .rule { width: 58mm; }
.title + .title { margin-bottom: 2pt; }
.rule + .body, .rule + .basis { margin-top: 12pt; }
.basis, .body, .item, .heading { text-align: justify; text-indent: 12.7mm; margin-top: 6pt; }
.heading, .title, .unit, p.centred { break-after: avoid; }
.addressee { margin: 6pt 0 0 35mm; }
.addressee.entry { margin: 3pt 0 0 50mm; }
p.addressee.centred { margin: 10pt 0 8pt; }
.enact { margin: 10pt 0 4pt; }
.unit { text-align: right; margin: 6pt 0 3pt; font-size: 13pt; }
.table { table-layout: fixed; border: 0.7pt solid #000; font-size: 12pt; margin: 6pt 0; }
.cell { border: 0.7pt solid #000; padding: 2pt 4pt; vertical-align: middle; overflow-wrap: anywhere; }
.cell.centre { text-align: center; }
.cell.right { text-align: right; }
tr { break-inside: avoid; }
.ending { table-layout: fixed; margin-top: 14pt; break-inside: avoid; break-before: avoid; }
.ending td { padding: 0; vertical-align: top; }
.recipient { font-size: 12pt; }
.recipient.small { font-size: 11pt; }
.note { float: footnote; footnote-policy: line; font-size: 10pt; line-height: 16px; font-weight: normal; font-style: normal; text-align: justify; text-indent: 0; }
.note::footnote-call { content: attr(data-mark); font-size: 70%%; vertical-align: super; line-height: 0; }
.note::footnote-marker { content: attr(data-mark) " "; font-size: 70%%; vertical-align: super; line-height: 0; }"""


def web_page(file: File) -> bytes:
    """The file as a province publishes it on its portal, UTF-8: menu, letter with tables, footnotes at the end, imprint."""
    notes = marks(file)
    order = iter(range(1, len(notes) + 1))

    def mark(text: str, _note: Node) -> str:
        n = next(order)
        return f'<sup><a href="#_ftn{n}" name="_ftnref{n}">{escape(text)}</a></sup>'

    blocks = HtmlBlocks(_pasted, mark, '<hr style="width: 30%; height: 1px; border: none; background: #000">')
    letters = "\n".join(blocks.part(document, part) for document in file.documents for part in parts(document))
    links = "".join(f'<a href="#">{name}</a>' for name in _MENU)
    # By its place alone: the name of an agency outside the letter would be text to find that no gold knows of.
    portal = escape(f"Cổng thông tin điện tử {file.documents[0].fields.get('issued_at') or ''}".rstrip())
    # The notes' texts come after the letter, so that their own marks never disturb the count.
    listed = "\n".join(
        f'<div id="_ftn{n}"><p><sup><a href="#_ftnref{n}">{escape(text)}</a></sup> {blocks.inline(note.runs())}</p></div>'
        for n, (text, note) in enumerate(notes, 1)
    )
    tail = f'\n<hr style="width: 33%; margin-left: 0">\n<div class="footnotes">\n{listed}\n</div>' if notes else ""
    return f"""<!DOCTYPE html>
<html lang="vi">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>{portal}</title>
<style>
{_PORTAL_STYLE}
</style>
</head>
<body>
<header><div class="banner">{portal}</div></header>
<nav class="menu">{links}</nav>
<main>
<article class="content-detail">
{letters}{tail}
</article>
</main>
<footer><p>Bản quyền thuộc {portal}</p></footer>
</body>
</html>
""".encode()


def print_page(file: File, face: str) -> str:
    """The file as HTML with print CSS in the font family ``face``: A4, margins 30/15/20/20 mm, numbers from page 2."""
    blocks = HtmlBlocks(_classes, _note, '<div class="rule"></div>')
    sections, firsts = [], []
    for d, document in enumerate(file.documents):
        # Each document counts its pages from 1 and does not show that 1, so that its first part is a kind of page of its own.
        first = f"document{d}"
        firsts.append(f"@page :nth(1 of {first}) {{ counter-reset: page 1; @top-center {{ content: none; }} }}")
        for n, part in enumerate(parts(document)):
            name = first if n == 0 else "wide" if part.landscape else "upright"
            if n == 0 and part.landscape:
                firsts.append(f"@page {first} {{ size: A4 landscape; margin: 20mm 20mm 15mm 20mm; }}")
            sections.append(f'<section style="page: {name}">\n{blocks.part(document, part)}\n</section>')
    style = _PRINT_STYLE % {"family": face, "firsts": "\n".join(firsts)}
    return (
        f'<!DOCTYPE html>\n<html lang="vi">\n<head>\n<meta charset="utf-8">\n<style>\n{style}\n</style>\n</head>\n<body>\n'
        + "\n".join(sections)
        + "\n</body>\n</html>\n"
    )


def _pasted(*names: str) -> str:
    aligned = [_ALIGN[n] if names[0] == "cell" and n in _ALIGN else _PASTED.get(n, "") for n in names]
    return f' style="{"; ".join(filter(None, aligned))}"'


def _classes(*names: str) -> str:
    return f' class="{" ".join(names)}"'


def _note(mark: str, note: Node) -> str:
    inside = HtmlBlocks(_classes, _note, "").inline(note.runs())
    return f'<span class="note" data-mark="{escape(mark)}">{inside}</span>'
