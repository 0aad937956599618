"""The language models: folding, syllables, the held-out split, the n-gram model and its build."""

from __future__ import annotations

import hashlib
import subprocess
import sys
import unicodedata
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from congvan.errors import CongvanError
from congvan.language.folding import fold_word, new_style, nfc, strip_marks
from congvan.language.heldout import fold_piece, held_out, pieces
from congvan.language.ngrams import classify, load_model, model, model_tokens, pack_keys, unpack_keys
from congvan.language.syllables import is_syllable, place_words, prefixes, syllables


@pytest.mark.parametrize(
    ("word", "folded"),
    [
        ("Hoà", "hòa"),
        ("THUỶ", "thủy"),
        ("khoẻ", "khỏe"),
        ("Quý", "quý"),
        ("hoàn", "hoàn"),
        ("To\u0301an", "tóan"),
        ("ABC", "abc"),
    ],
)
def test_fold_word(word: str, folded: str) -> None:
    assert fold_word(word) == folded


def test_new_style_and_marks() -> None:
    assert [new_style(s) for s in ("hòa", "thủy", "quý", "tiên")] == ["hoà", "thuỷ", "quý", "tiên"]
    assert strip_marks("Đắk Tô, Ủy ban") == "Dak To, Uy ban"


MARKS = "\u0301\u0323\u0302\u031b\u0f73\u093e\u0344"


@given(st.lists(st.text("aệ " + MARKS, max_size=6) | st.text(MARKS, min_size=32, max_size=60), max_size=4).map("".join))
def test_nfc_is_the_normal_form(text: str) -> None:
    assert nfc(text) == unicodedata.normalize("NFC", text)


def test_syllables() -> None:
    assert all(is_syllable(w) for w in ("nghiêng", "Uỷ", "ủy", "QUYẾT", "lãnh", "rẫy"))
    assert not any(is_syllable(w) for w in ("plông", "cāa", "nghĩaa", "straße", "tiéu", ""))
    assert "plông" in place_words()
    assert {"nghiê", "hoà", "hòa", "x"} <= prefixes()
    assert "zz" not in prefixes()
    assert len(syllables()) == len({fold_word(s) for s in syllables()})


# ------------------------------------------------------------------ held-out split


def test_pieces_are_cut_at_lines_and_after_stops() -> None:
    text = "Điều 1. Phạm vi; đối tượng\n\n1.700 người? Vâng!Không 5.\r\nHết"
    assert list(pieces(text)) == ["Điều 1.", "Phạm vi;", "đối tượng", "1.700 người?", "Vâng!Không 5.", "Hết"]


def test_folding_of_pieces() -> None:
    assert fold_piece("  Điều 1. – Ủy ban (TỈNH),  Đắk_Tô") == "dieu 1 uy ban tinh dak to"
    assert fold_piece("Đie\u0302\u0300u 1") == fold_piece("điều 1")


def test_held_out_is_the_hash_of_the_folded_piece() -> None:
    folded = "hoan thanh truoc ngay 25"
    assert held_out("Hoàn thành trước ngày 25.") == (int(hashlib.sha256(folded.encode()).hexdigest(), 16) % 50 == 0)


@given(st.integers(0, 10_000))
def test_spelling_does_not_move_a_piece_over_the_split(n: int) -> None:
    assert held_out(f"Ủy ban {n} đã họp.") == held_out(f"UỶ BAN – {n} đã họp")


def test_about_one_piece_in_fifty_is_held_out() -> None:
    assert 140 < sum(held_out(f"câu số {n}") for n in range(10_000)) < 260


# ------------------------------------------------------------------ n-grams


def test_capitals_by_context() -> None:
    lm = model()
    figure, word = (lm.capital(lm.number("điều"), "tại", after) for after in ("5", "kiện"))
    assert figure is not None
    assert word is not None
    assert figure > word + 0.4
    assert lm.capital(lm.number("ban"), "", "") is None  # shows its case whatever happens to the letters


def test_tokens_of_the_model() -> None:
    assert [kind for _, kind in model_tokens("Số 15/2023/QĐ-UBND, “Hoà”. Hết 1.700")] == [
        *["số", "<figure>", "<sign>", "<figure>", "<sign>", "qđ", "<sign>", "ubnd", "<sign>", "hòa", "<sign>", "<s>"],
        *["hết", "<figure>"],
    ]
    assert classify("Plông") == "plông"


def test_probabilities_sum_to_one() -> None:
    lm = model()
    for context in (("ủy", "ban"), ("nhiệm", "vụ"), ("<s>", "<s>"), ("xyz", "plông")):
        a, b = (lm.number(w) for w in context)
        total = sum(np.exp([lm.score(a, b, c) for c in range(len(lm.words))]))
        assert total == pytest.approx(1, abs=0.06)  # 1/16 nat steps


def test_model_prefers_what_people_write() -> None:
    lm = model()

    def after(*words: str) -> float:
        a, b, c = (lm.number(w) for w in words)
        return lm.score(a, b, c)

    assert after("ủy", "ban", "nhân") > -0.5
    assert after("toàn", "vẹn", "lãnh") > after("toàn", "vẹn", "lạnh") + 3
    assert lm.score_text("các chỉ tiêu chủ yếu") > lm.score_text("các chá tiêu chă yếu") + 10
    assert lm.number("ctmtqg", "CTMTQG") == lm.abbreviation
    assert lm.number("zzyzx", "zzyzx") == lm.unknown


def test_keys_survive_packing() -> None:
    keys = np.array([0, 1, 5, 2**33, 2**40 + 3], dtype=np.int64)
    assert unpack_keys(pack_keys(keys)).tolist() == keys.tolist()


def test_missing_model_says_what_to_do(tmp_path: Path) -> None:
    with pytest.raises(CongvanError, match="build_ngrams"):
        load_model(tmp_path / "ngrams.npz")
    (tmp_path / "ngrams.npz").write_bytes(b"no zip")
    with pytest.raises(CongvanError, match="build_ngrams"):
        load_model(tmp_path / "ngrams.npz")


def test_model_is_small(root: Path) -> None:
    assert (root / "models" / "ngrams.npz").stat().st_size < 15_000_000


def test_import_of_the_language_is_light(root: Path) -> None:
    code = "import congvan.repair, sys; print(*[m for m in ('numpy','spacy','pandas','underthesea','ftfy') if m in sys.modules])"
    out = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, cwd=root)
    assert out.stdout.strip() == ""


def test_same_stream_gives_the_same_tables(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "dont_write_bytecode", True)  # models/ goes into the wheel as it is
    sys.path.insert(0, str(root / "models"))
    try:
        from build_ngrams import damaged, estimate
    finally:
        sys.path.pop(0)
    # 0 is the sentence end; words 1 to 4
    stream = np.array(([0, 1, 2, 3] * 5 + [0, 1, 2, 4] * 2 + [0, 2, 1] * 3 + [0, 3, 3, 4, 0]) * 2, dtype=np.int64)
    one, two = estimate(stream, 5), estimate(stream, 5)
    assert all(np.array_equal(one[k], two[k]) for k in one)
    seen = dict(zip(one["tri"].tolist(), one["tri_p"].tolist(), strict=True))
    assert seen[(1 * 5 + 2) * 5 + 3] < seen[(1 * 5 + 2) * 5 + 4]  # more often, less costly
    known = frozenset({"đầu", "tư", "công", "an", "ở"})
    assert damaged("đâu tư " * 10, known)
    assert not damaged("đầu tư ở đ) QĐ ", known)
