"""Words: underthesea's model decides which syllables belong together, our rules correct it on administrative text.

    text ─_ATOM→ atoms (syllables, figures, symbols, signs) ─_pieces→ sentences
         ─_model_joins→ which neighbours are one word ─_RULES→ corrected ─→ spans of the text

The model only ever decides whether two neighbouring syllables are one word. Signs, figures and symbols are settled by
the pattern of atoms, so a line break inside a word, two blanks in a row or letters in decomposed form cost nothing:
every span points into the text exactly as it was given.

What counts as one word (the hand-made gold in ``tests/goldens/tokens`` states the same):

* the symbol of a document ("86/QĐ-UBND"), a date or period with strokes ("22/02/2022", "I/2023"), a figure
  ("1.250,5"); the percent sign is a word of its own, as in "18,6 %" ; "2021-2025" is three;
* an abbreviation with its dot or stroke ("TM.", "T.Ư", "V/v", "b/c"); the end mark "./.";
* the name of a person or place ("Kon Plông", "Ia H'Drai"), without the noun before it ("huyện");
* "Ủy ban nhân dân", "Hội đồng nhân dân"; of other agencies their words ("Sở", "Kế hoạch", "và", "Đầu tư").
"""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Iterator
from functools import cache
from itertools import accumulate, pairwise
from typing import Any, Literal, NamedTuple

import regex

from congvan.document import Span
from congvan.language.folding import fold_word
from congvan.language.syllables import is_syllable, place_words

Kind = Literal["word", "figure", "symbol", "sign"]

# The atoms, first match wins. Each alternative with one real example; bounded repeats keep the work linear:
_ATOM = regex.compile(
    r"""
      (?P<symbol>
        https?://\S{0,2000}[\p{L}\p{N}/] | [\w.+-]{1,64}@[\w-]+(?:\.[\w-]+)+ # vpubnd@kontum.gov.vn
      | (?:\d{1,6}\p{L}?(?:/\d{4})?[/-]|(?<![\p{L}\d])/)                     # 1719/QĐ-TTg, 23-NQ/TU, 60/2021/NĐ-CP,
        \p{Lu}\p{L}?\p{Lu}[\p{L}\d]*(?:[/.-]\p{L}[\p{L}\d]*)*                #   /BC-UBND (the number is lost)
      | [BCDĐGHKLMNPQRSTVX]{2,8}\p{Ll}?\p{Lu}{0,8}(?:[/-]\p{Lu}{2,}\p{Ll}?\d*)+ # NĐ-CP, QĐ-UBND, KT-XH
      | \p{Lu}{2,}-\d+ | \p{Lu}+\d+                                         # COVID-19, TH2
      | \p{Lu}\p{L}?(?:\.\p{Lu}\p{L}?)+\b                                    # T.Ư, Th.S
      | (?:TM|KT|TL|TUQ|TP|Tp|TX|Tx|TT|ThS|TS|PGS|GS|BS|KS)\.                # TM., TP.
      | [QPH]\.(?=[ ]?[\p{Lu}\d])                                            # Q. GIÁM ĐỐC
      | (?<![\p{L}/])\p{L}/\p{L}(?![\p{L}/])                                 # V/v, b/c
      | v\.v(?:\.(?!\.))?                                                    # v.v.
      )
    | (?P<figure>
        \d{1,2}-\d{1,2}-\d{4} | \d{1,2}:\d{2}(?!\d)                          # 02-03-2024, 14:30
      | \d{1,3}(?:,\d{3}){2,8}(?![\d,])                                      # 12,500,000
      | (?&number)(?:/(?&number))*                                           # 22/02/2022, 1.250,5, 6.909/75.337
      | [IVX]+/\d{4}                                                         # I/2023
      )
    | (?P<word> \p{L}[\p{L}\p{M}]*(?:['’ʼ]\p{L}[\p{L}\p{M}]*)* )             # Plông, H'Drai
    | (?P<sign> \./\. | \.{2,} | [^\s\p{M}]\p{M}* | \p{M} )                  # ./. ... %
    (?(DEFINE)(?P<number> \d+(?:\.\d+)*                                      # in "21,22,23/2022/NQ-HĐND" the commas
      (?:,\d++(?!,\d|(?:/\d{4})?[/-]\p{Lu}))? ))                             #   part numbers, they mark no decimals
    """,
    regex.VERBOSE,
)
# a sign that may end a sentence
_ENDS = frozenset({".", ";", "!", "?", "./.", "…", "..."})
# a sign after which a line break ends the piece
_CLOSES = _ENDS | {":"}
# most atoms that the model sees at a time; its cost grows faster than the length of what it is given
_LONGEST = 160
# a line break before a list item: "…\n- Chủ trì", "…\n2. Sở", "…\na) Sở"
_ITEM = regex.compile(r"[^\S\n]*+\n\s*+(?:[-+•*–]|\d{1,2}(?:\.\d{1,2})*[.)]\s|\p{L}[.)]\s)")


class _Atom(NamedTuple):
    """The smallest piece: ``key`` is the folded form, ``gap`` is true where white space stands before it."""

    start: int
    end: int
    kind: Kind
    text: str
    key: str
    gap: bool


def tokenize(text: str) -> list[Span]:
    """The words of a text as spans of it, in order; white space between words is in no span.

    Args:
        text: a sentence or paragraph, in any Unicode normal form. A line break inside counts as a blank, unless a list
            marker follows or a finished clause goes before.

    Returns:
        Spans that do not overlap and together cover all that is not white space. A word that runs over a line break
        has the break inside its span.
    """
    spans: list[Span] = []
    for piece in _pieces(text):
        joins = _model_joins(piece)
        for rule in _RULES:
            rule(piece, joins)
        start = piece[0].start
        for left, right, join in zip(piece, piece[1:], joins, strict=False):
            if not (join and right.gap and left.kind == right.kind == "word"):
                spans.append(Span(start, left.end))
                start = right.start
        spans.append(Span(start, piece[-1].end))
    return spans


def _pieces(text: str) -> Iterator[list[_Atom]]:
    """Atoms of one sentence at a time: what the model is given at once."""
    piece: list[_Atom] = []
    end = 0
    for m in _ATOM.finditer(text):
        between = text[end : m.start()]
        if piece and "\n" in between and (piece[-1].text in _CLOSES or _ITEM.match(text, end)):
            yield piece
            piece = []
        atom = unicodedata.normalize("NFC", m[0])
        kind: Any = m.lastgroup
        piece.append(_Atom(m.start(), m.end(), kind, atom, fold_word(atom), bool(between)))
        end = m.end()
        if (m[0] in _ENDS and text[end : end + 1].isspace()) or len(piece) >= _LONGEST:
            yield piece
            piece = []
    if piece:
        yield piece


# ---------------------------------------------------------------- the model


def _model_joins(piece: list[_Atom]) -> list[bool]:
    """For each pair of neighbours, whether underthesea has them in one word.

    The model is given the piece in the form it knows best (:func:`_model_forms`) and answers in words whose letters
    follow one another as ours do. Should it ever drop a letter, nothing is joined.
    """
    import underthesea

    word_tokenize: Any = underthesea.word_tokenize
    forms = _model_forms(piece)
    # no normalisation: it would rewrite letters (hoà to hòa) and change the segmentation
    words = word_tokenize(" ".join(forms), use_token_normalize=False)
    ends = set(accumulate(sum(not c.isspace() for c in word) for word in words))
    ours = list(accumulate(map(len, forms)))
    aligned = ours[-1] in ends
    return [aligned and end not in ends for end in ours[:-1]]


def _model_forms(piece: list[_Atom]) -> list[str]:
    """Capitals of headings as small letters, "Uỷ" as the model was trained on it, a figure in place of each symbol."""
    capital = [a.kind == "word" and len(a.text) > 1 and a.text.isupper() and is_syllable(a.text) for a in piece]
    forms = []
    for i, atom in enumerate(piece):
        if atom.kind == "symbol" or any(c.isspace() for c in atom.text):
            forms.append("1")
            continue
        heading = atom.text.isupper() and (capital[i - 1 : i] == [True] or capital[i + 1 : i + 2] == [True])
        form = atom.text.lower() if heading else atom.text
        forms.append(form.replace("ủy", "uỷ").replace("Ủy", "Uỷ"))
    return forms


# ---------------------------------------------------------------- corrections
# A rule sets joins[i] for the neighbours piece[i], piece[i + 1]. Later rules overrule earlier ones.


def _word(piece: list[_Atom], joins: list[bool], start: int, end: int) -> None:
    """Make ``piece[start:end]`` one word, apart from what stands around it."""
    for i in range(start, end - 1):
        joins[i] = True
    if start:
        joins[start - 1] = False
    if end < len(piece):
        joins[end - 1] = False


def _capitalised(atom: _Atom) -> bool:
    """A capital first, and not an abbreviation: "Plông", "H'Drai", "Y", but not "UBND"."""
    return atom.kind == "word" and atom.text[0].isupper() and (len(atom.text) == 1 or not atom.text.isupper())


def _run(piece: list[_Atom], start: int, most: int) -> int:
    """End of the run of capitalised words from ``start``, of at most ``most``, before the first word of an office."""
    end = start
    while end < len(piece) and end - start < most and _capitalised(piece[end]) and piece[end].key not in _OFFICE:
        if end > start and not piece[end].gap:
            break
        end += 1
    return end


def _function_words(piece: list[_Atom], joins: list[bool]) -> None:
    """Words such as "và", "của" are never part of a longer word: "Giáo dục | và | Đào tạo"."""
    for i, atom in enumerate(piece):
        if atom.key in _FUNCTION:
            _word(piece, joins, i, i + 1)


def _heads(piece: list[_Atom], joins: list[bool]) -> None:
    """The noun before a proper name stays apart: "Ban | Chấp hành", "Luật | Tổ chức", "Đài | Phát thanh"."""
    for i, (left, right) in enumerate(pairwise(piece)):
        if left.key in _HEADS and left.text.istitle() and _capitalised(right):
            joins[i] = False


def _compounds(piece: list[_Atom], joins: list[bool]) -> None:
    """The compounds of :data:`_COMPOUNDS`, longest first from the left."""
    table = _compound_table()
    i = 0
    while i < len(piece):
        for length in table.get(piece[i].key, ()):
            atoms = piece[i : i + length]
            if tuple(a.key for a in atoms) in _compound_set() and all(a.gap for a in atoms[1:]):
                _word(piece, joins, i, i + len(atoms))
                i += len(atoms) - 1
                break
        i += 1


def _dates(piece: list[_Atom], joins: list[bool]) -> None:
    """The nouns of a date whose figures are blank stay apart: "ngày | tháng | năm | 2024"."""
    keys = [a.key for a in piece]
    for i in range(len(piece) - 2):
        if keys[i : i + 3] == ["ngày", "tháng", "năm"]:
            joins[i] = joins[i + 1] = False


def _places(piece: list[_Atom], joins: list[bool]) -> None:
    """Names of places: after the noun of a unit ("huyện | Tu Mơ Rông"), next in a list of such names, or with a word of
    no Vietnamese shape ("Báo | Kon Tum")."""
    after_name = -1  # index of the comma or "và" after the last name
    i = 0
    while i < len(piece):
        named = i > 0 and (piece[i - 1].key in _UNITS or piece[i - 1].text == "TP." or _unit_pair(piece, i))
        if not named and piece[i].key in _UNITS:
            i += 1
            continue
        end = max(_run(piece, i, 4), i + 1)
        listed = i > 0 and after_name == i - 1 and piece[i - 1].key in (",", "và")
        start = i
        if named and _capital_name(piece, i):
            end = i + 2
        elif not named and not (listed and not any(joins[end - 1 : end])):
            # the first foreign word begins the name, with what the model has joined to it
            start = next((k for k in range(i, end) if _foreign(piece[k])), end)
            while i < start < end and joins[start - 1]:
                start -= 1
        if end - start > 1:
            _word(piece, joins, start, end)
        if named or listed or start < end:
            after_name = end
        i = end


def _capital_name(piece: list[_Atom], i: int) -> bool:
    """A foreign word and its neighbour in a heading: "KON PLÔNG"."""
    return _foreign(piece[i]) and all(a.text.isupper() for a in piece[i : i + 2]) and i + 1 < len(piece)


def _foreign(atom: _Atom) -> bool:
    """A word of place names that is no Vietnamese syllable: "Plông", "H'Drai", "Ia"."""
    return atom.kind == "word" and (atom.key in place_words() or "'" in atom.text or "’" in atom.text)


def _unit_pair(piece: list[_Atom], i: int) -> bool:
    """True where "thành phố", "thị xã" or "thị trấn" stands before ``piece[i]``."""
    return i > 1 and (piece[i - 2].key, piece[i - 1].key) in _UNIT_PAIRS


def _persons(piece: list[_Atom], joins: list[bool]) -> None:
    """Names of persons after "ông", "bà", "đồng chí", and alone on the line below a signature."""
    for i, atom in enumerate(piece):
        if atom.key in _SURNAMES and _capitalised(atom):
            alone = i == 0 and 2 <= _run(piece, 0, 5) == len(piece)
            addressed = i > 0 and (piece[i - 1].key in ("ông", "bà") or (i > 1 and _addressed(piece, i)))
            if alone or addressed:
                _word(piece, joins, i, _run(piece, i, 5))


def _addressed(piece: list[_Atom], i: int) -> bool:
    return (piece[i - 2].key, piece[i - 1].key) == ("đồng", "chí")


_RULES: tuple[Callable[[list[_Atom], list[bool]], None], ...] = (
    _heads,
    _compounds,
    _function_words,
    _dates,
    _places,
    _persons,
)


def _set(words: str) -> frozenset[str]:
    return frozenset(fold_word(word) for word in words.split())


_FUNCTION = _set("và hoặc của các những")
_HEADS = _set("ban bộ sở cục đài hội luật phòng tổ viện đoàn vườn báo tỉnh huyện đảng")
_UNITS = _set("tỉnh huyện xã phường quận thôn làng")
_UNIT_PAIRS = frozenset({("thành", "phố"), ("thị", "xã"), ("thị", "trấn")})
# first words of offices and titles, where a name before them ends
_OFFICE = _set("sở ban bộ cục phòng chủ phó giám trưởng chánh bí ủy hội công tổ khóa đảng")
_SURNAMES = _set(
    """nguyễn trần lê phạm hoàng huỳnh vũ võ phan trương bùi đặng đỗ ngô hồ dương đinh đoàn lâm mai trịnh đào cao lý hà
    lưu lương thái châu tạ phùng tô vương văn tăng quách lại kiều nghiêm chu triệu la hứa thân tôn đồng tống doãn
    thạch y a siu ksor rơ nay rmah kpă"""
)
_TITLES = """chủ tịch, giám đốc, tổng giám đốc, bí thư, chủ nhiệm, hiệu trưởng, cục trưởng, chi cục trưởng, tổ trưởng, viện trưởng,
    trưởng ban, trưởng phòng, trưởng đoàn, trưởng thôn, thủ tướng, chánh văn phòng, chánh thanh tra, chánh án, tổng cục trưởng"""
_COMPOUNDS = """
    ủy ban nhân dân, hội đồng nhân dân, xã hội chủ nghĩa, việt nam, mặt trận, tổ quốc,
    trưởng ban, trưởng phòng, trưởng đoàn, trưởng thôn, chánh văn phòng, chánh thanh tra, chánh án, tổ trưởng, bộ trưởng,
    kính gửi, nâng cao, so với, đối với, kể từ, kể cả, trở lên, trở xuống, trở đi, trở lại, kèm theo, tiếp theo, sau đây,
    trên đây, dưới đây, trong đó, cùng kỳ, đề ra, toàn trình, diện rộng, một số, hầu hết, thứ nhất, thứ hai, thứ ba,
    hằng ngày, hằng tuần, hằng tháng, hằng quý, hằng năm, hàng ngày, hàng tuần, hàng tháng, hàng quý, hàng năm,
    người dân, người lao động, người đứng đầu, người có công, chủ đầu tư, nhà thầu, nhà đầu tư, doanh nghiệp, hợp tác xã,
    phòng cháy, chữa cháy, cứu nạn, cứu hộ, tìm kiếm, thiên tai, khám bệnh, chữa bệnh, dịch bệnh, mùa khô, mùa mưa, đưa tin,
    nợ đọng, gắn liền, cứng hóa, số hóa, xã hội hóa, hiện đại hóa, công nghiệp hóa, đô thị hóa, chuẩn hóa, cụ thể hóa,
    giải ngân, giải phóng, mặt bằng, tái định cư, quy phạm, pháp luật, quyết toán, dự toán, tổng hợp, trực tuyến, thi công,
    bảo hiểm, y tế, phát thanh, truyền hình, truyền thông, thông tin, giáo dục, đào tạo, lao động, thương binh, xã hội,
    nông nghiệp, nông thôn, phát triển, tài nguyên, môi trường, khoa học, công nghệ, văn hóa, thể thao, du lịch, giao thông,
    vận tải, kế hoạch, đầu tư, tài chính, nội vụ, tư pháp, xây dựng, kho bạc, nhà nước, chính phủ, quốc hội, trung ương,
    công an, quân sự, quốc phòng, an ninh, an toàn, dân tộc, thiểu số, đồng bào, miền núi, tôn giáo, mục tiêu, quốc gia,
    thành lập, tinh thần, chủ yếu, chủ động, kỷ cương, kỷ luật, trách nhiệm, ý thức, nhân dân, chấp hành, sở hữu, hạ tầng,
    kết cấu, cơ sở, quản lý, chuyên môn, tiến độ, hiệu quả, hiệu lực, thi hành, quy định, hướng dẫn, báo cáo, thông báo,
    nghị quyết, nghị định, quyết định, chỉ thị, thông tư, công văn, tờ trình, kết luận, hành chính, sự nghiệp, biên chế,
    chương trình, chính quyền, địa phương, đơn vị, cơ quan, tổ chức, thực hiện, triển khai, chỉ đạo, điều hành, đôn đốc
"""


@cache
def _compound_set() -> frozenset[tuple[str, ...]]:
    """The compounds as tuples of folded syllables, with "phó" before each title ("phó chủ tịch")."""
    plain = [c.split() for c in _COMPOUNDS.split(",")]
    titles = [c.split() for c in _TITLES.split(",")]
    return frozenset(tuple(map(fold_word, c)) for c in plain + titles + [["phó", *t] for t in titles])


@cache
def _compound_table() -> dict[str, tuple[int, ...]]:
    """First syllable -> lengths of the compounds that begin with it, longest first."""
    lengths: dict[str, set[int]] = {}
    for compound in _compound_set():
        lengths.setdefault(compound[0], set()).add(len(compound))
    return {first: tuple(sorted(found, reverse=True)) for first, found in lengths.items()}
