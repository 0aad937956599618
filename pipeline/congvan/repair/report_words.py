"""Words and looks of the report: labels in Vietnamese and English, and the style sheet."""

from __future__ import annotations

#: What a kind of damage is, in Vietnamese and in English. One that is not here is shown by its id alone.
FAMILIES = {
    "ghostscript-range": ("Ghostscript ghi sai bảng mã", "wrong Unicode map by Ghostscript"),
    "glyph-id-as-code": ("số hiệu nét chữ bị hiểu là mã chữ", "glyph ids taken for characters"),
    "low-byte": ("mã chữ bị cắt còn một byte", "characters cut to their low byte"),
    "ascii-shift": ("mã chữ bị dời chỗ", "characters shifted"),
    "byte-swap": ("hai byte bị đảo", "bytes swapped"),
    "look-alike": ("chữ của hệ chữ khác trông giống", "letters of other scripts that look alike"),
    "utf8-mojibake": ("UTF-8 bị đọc theo bảng mã khác", "UTF-8 read as another encoding"),
    "inserted-space": ("dấu cách chen vào giữa âm tiết", "space inside a syllable"),
    "lost-space": ("mất dấu cách", "space lost"),
    "decomposed": ("dấu rời, gộp lại theo Unicode NFC", "decomposed letters, composed (Unicode NFC)"),
    "legacy": ("bảng mã cũ", "encoding of before Unicode"),
    "tcvn3": ("bảng mã TCVN3 (ABC)", "TCVN3 (ABC) encoding"),
    "vni": ("bảng mã VNI", "VNI encoding"),
    "viscii": ("bảng mã VISCII", "VISCII encoding"),
    "vps": ("bảng mã VPS", "VPS encoding"),
    "viqr": ("kiểu gõ VIQR", "VIQR writing"),
    "tcvn5712": ("bảng mã TCVN 5712", "TCVN 5712 encoding"),
    "bkhcm1": ("bảng mã BK HCM 1", "BK HCM 1 encoding"),
    "bkhcm2": ("bảng mã BK HCM 2", "BK HCM 2 encoding"),
    "cp1258": ("bảng mã Windows-1258", "Windows-1258 encoding"),
}

#: What a verdict is called, in Vietnamese and in English, with a sign that does not need colour.
VERDICTS = {
    "clean": ("✓", "nguyên vẹn", "clean"),
    "repaired": ("✎", "đã sửa", "repaired"),
    "damaged": ("⚠", "còn hỏng", "damaged"),
    "not-evaluated": ("–", "không đánh giá", "not evaluated"),
}

#: The levels of confidence: what they are called, and from where on.
LEVELS = {
    "sure": ("chắc chắn", "sure", "≥ 0.99"),
    "likely": ("khá chắc", "likely", "0.90–0.99"),
    "doubt": ("cần xem lại", "doubtful", "< 0.90"),
}


def both(vietnamese: str, english: str) -> str:
    """A label in both languages, as HTML."""
    return f'{vietnamese} <span class="en" lang="en">/ {english}</span>'


def number(value: int) -> str:
    """A figure in groups of three; a narrow space parts them, as comma and point mean other things in Vietnamese."""
    return f"{value:,}".replace(",", "\u202f")


# Blue, yellow and red-purple of a palette that people with any colour vision tell apart; each has its own underline too.
STYLE = """
:root { color-scheme: light dark; --page: #fff; --ink: #1b1b1b; --soft: #5c5c5c; --line: #d5d5d5; --quiet: #f6f6f4;
  --sure: #d9eafb; --sure-line: #0b5cad; --likely: #fff0bf; --likely-line: #8a6100; --doubt: #fbd9ea; --doubt-line: #a3165f;
  --left: #1b1b1b; --left-page: #fff3ec; --sign: #5c5c5c; }
@media (prefers-color-scheme: dark) { :root { --page: #17181a; --ink: #ececec; --soft: #a9a9a9; --line: #3d4043;
  --quiet: #1f2123; --sure: #14365a; --sure-line: #7db8f2; --likely: #4a3a08; --likely-line: #f0c64a; --doubt: #551436;
  --doubt-line: #f58cc0; --left: #ffb68a; --left-page: #3a2418; --sign: #b5b5b5; } }
* { box-sizing: border-box; }
body { margin: 0 auto; padding: 1.5rem; max-width: 84rem; background: var(--page); color: var(--ink);
  font: 16px/1.55 "Liberation Sans", "Noto Sans", Arial, sans-serif; }
h1 { margin: 0; font-size: 1.5rem; line-height: 1.3; } h2 { margin: 2rem 0 .5rem; font-size: 1.15rem; }
.soft, caption, .en { color: var(--soft); } .en { font-size: .92em; }
.sum { font-size: 1.05rem; margin: .8rem 0; } .sum b { font-size: 1.15em; }
code { font-family: "Liberation Mono", monospace; font-size: .88em; overflow-wrap: anywhere; }
table { border-collapse: collapse; } .list td, .list th { padding: .2rem .8rem .2rem 0; text-align: left;
  vertical-align: top; border-bottom: 1px solid var(--line); } .list .n { text-align: right; }
.list th { font-weight: 600; } .list code { white-space: nowrap; } .scroll { overflow-x: auto; }
.text { width: 100%; table-layout: fixed; font-family: "Liberation Serif", "Noto Serif", "Times New Roman", serif;
  font-size: 1.08rem; }
.text col.no { width: 4rem; } .text td, .text th { padding: .12rem .6rem; vertical-align: top; }
.text th { font: .8rem/1.9 "Liberation Mono", monospace; color: var(--soft); text-align: right; }
.text td { white-space: pre-wrap; overflow-wrap: anywhere; border-left: 1px solid var(--line); }
.text tr.quiet td { color: var(--soft); } .text tr.open th { color: var(--ink); font-weight: 700; }
.cols { position: sticky; top: 0; display: grid; grid-template-columns: 4rem 1fr 1fr; background: var(--page); z-index: 1;
  border-bottom: 2px solid var(--ink); font-weight: 600; } .cols span { padding: .3rem .6rem; }
.hide { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); }
.verdict { margin: 0; padding: .25rem .6rem; background: var(--quiet); border-top: 1px solid var(--line); font-size: .86rem; }
.verdict b { white-space: nowrap; } .verdict.damaged { background: var(--left-page); border-left: .35rem solid var(--left); }
details { border-top: 1px solid var(--line); } details > summary { padding: .2rem .6rem; color: var(--soft); font-size: .86rem;
  cursor: pointer; } details > summary .verdict { display: inline; border: 0; background: none; padding: 0; }
del, ins { text-decoration: none; color: inherit; border-radius: .15rem; padding: 0 .1rem; -webkit-box-decoration-break: clone;
  box-decoration-break: clone; }
.sure { background: var(--sure); border-bottom: 2px solid var(--sure-line); }
.likely { background: var(--likely); border-bottom: 2px dashed var(--likely-line); }
.doubt { background: var(--doubt); border-bottom: 4px double var(--doubt-line); font-weight: 600; }
.left { background: var(--left-page); outline: 2px solid var(--left); outline-offset: 1px; border-radius: .1rem; }
.sign { border: 1px dotted var(--sign); border-radius: .2rem; font: .78em "DejaVu Sans Mono", "Liberation Mono", monospace;
  padding: 0 .12em; }
:target { outline: 3px solid var(--doubt-line); outline-offset: 2px; scroll-margin-top: 5rem; }
.legend > span { margin-right: 1.2rem; white-space: nowrap; } a { color: var(--sure-line); }
.sign-off { display: grid; grid-template-columns: repeat(3, 1fr); gap: 2rem; margin-top: 2.5rem; }
.sign-off div { border-top: 1px solid var(--ink); padding-top: .3rem; margin-top: 3rem; font-size: .9rem; }
@media (max-width: 48rem) { body { padding: .6rem; } .text col.no { width: 2.4rem; } .cols { grid-template-columns: 2.4rem 1fr 1fr; } }
@media print { body { max-width: none; padding: 0; font-size: 10pt; } .cols { position: static; }
  * { print-color-adjust: exact; -webkit-print-color-adjust: exact; } tr { break-inside: avoid; } }
"""
