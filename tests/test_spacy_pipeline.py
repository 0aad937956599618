"""The spaCy pipeline vi_congvan: loaded by name and by path, kept on disk and in a DocBin, with the findings of congvan.parse."""

from __future__ import annotations

from pathlib import Path

import pytest
import spacy
from spacy.language import Language
from spacy.tokens import DocBin

import congvan
from congvan.config import models_dir
from congvan.record import FINDING_MODELS

SAMPLES = Path(__file__).parents[1] / "corpora" / "samples"
FILES = sorted(SAMPLES.glob("0[1-6]*.txt"))
Marks = dict[str, set[tuple[str, str]]]


@pytest.fixture(scope="module")
def nlp() -> Language:
    return spacy.load("vi_congvan")


def spans_of(doc: spacy.tokens.Doc) -> Marks:
    return {kind: {(s.id_, s.label_) for s in doc.spans[kind]} for kind in FINDING_MODELS}


@pytest.mark.parametrize("path", FILES[:3], ids=lambda p: p.stem)
def test_it_finds_what_parse_finds(nlp: Language, path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    doc = nlp(text)
    assert doc.text == text
    records = congvan.parse_bytes(path.read_bytes(), "doc.txt")
    assert doc._.congvan == [record.to_dict() for record in records]
    for record in records:
        for kind in FINDING_MODELS:
            found = getattr(record, kind)
            assert {one.id for one in found} <= {id_ for id_, _ in spans_of(doc)[kind]}
    [record] = records
    by_id = {s.id_: s for s in doc.spans["deadlines"]}
    for one in record.deadlines:  # a span covers the words of its finding
        assert text[one.span[0] : one.span[1]] in by_id[one.id].text


def test_spans_lie_in_the_text_as_given_where_it_was_repaired(nlp: Language) -> None:
    text = "Sở Tài chính báo cáo UBND tỉnh trước ngày 30/6/2024, kinh phí 25 triệu đồng."
    doc = nlp(text.replace("Sở", "So\u031b\u0309"))  # decomposed: two code points more
    assert [s.text for s in doc.spans["amounts"]] == ["25 triệu đồng"]
    assert doc._.congvan[0]["agencies"][0]["text"] == "Sở Tài chính"


def test_by_path_and_from_disk(tmp_path: Path, nlp: Language) -> None:
    text = FILES[0].read_text(encoding="utf-8")
    wanted = spans_of(nlp(text))
    assert spans_of(spacy.load(models_dir() / "vi_congvan")(text)) == wanted
    nlp.to_disk(tmp_path / "kept")
    assert spans_of(spacy.load(tmp_path / "kept")(text)) == wanted
    again = spacy.blank("vi", config={"nlp": {"tokenizer": {"@tokenizers": "congvan.words.v1"}}})
    again.add_pipe("congvan")
    assert spans_of(again.from_bytes(nlp.to_bytes())(text)) == wanted


def test_a_docbin_keeps_the_findings(nlp: Language) -> None:
    doc = nlp(FILES[0].read_text(encoding="utf-8"))
    packed = DocBin(store_user_data=True, docs=[doc]).to_bytes()
    [back] = DocBin().from_bytes(packed).get_docs(nlp.vocab)
    assert back.text == doc.text
    assert [t.text for t in back] == [t.text for t in doc]
    assert back._.congvan == doc._.congvan
    assert spans_of(back) == spans_of(doc)


@pytest.mark.parametrize("text", ["", "   ", "\n", "x", "<html><b>Sở Y tế</b> báo cáo</html>", "\ud800"])
def test_no_text_stops_it(nlp: Language, text: str) -> None:
    try:
        doc = nlp(text)
    except UnicodeEncodeError:  # spaCy's own words cannot hold half a character
        assert text == "\ud800"
    else:
        assert isinstance(doc._.congvan, list)
