"""The catalogue: what goes in comes out, twice is once, nothing half-written, and errors that say what to do."""

from __future__ import annotations

import shutil
import sqlite3
import subprocess
import sys
from dataclasses import replace
from decimal import Decimal
from itertools import count
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import update

from congvan.document import Source
from congvan.errors import CatalogueError, MissingDependency, UsageError
from congvan.record import (
    AgencyMention,
    AgencyRef,
    Amount,
    Citation,
    DateMention,
    Deadline,
    DeadlineValue,
    Obligation,
    Percentage,
    ProblemInfo,
    Record,
    Signatory,
    SourceInfo,
    Target,
    Versions,
)
from congvan.store.catalogue import Catalogue
from congvan.store.filters import Filters
from congvan.store.rows import content_id, fold
from congvan.store.tables import Base, DocumentRow

TEXT = (
    "ỦY BAN NHÂN DÂN TỈNH ĐẮK TÔ\nSố: 12/TB-UBND\nSở Tài chính chủ trì, phối hợp với Sở Y tế rà soát\n"
    "thuế đất, hoàn thành trước ngày 15/3/2024; kinh phí 6.909 triệu đồng."
)
ME = Versions(version="0.1.0", rules="r1", models="m1")
NEWER = Versions(version="0.2.0", rules="r1", models="m1")


def agency(text: str, name: str | None = None, key: str | None = None) -> AgencyRef:
    return AgencyRef(text=text, name=name, key=key, span=(0, len(text)))


def common(identity: str, text: str) -> dict[str, Any]:
    return {"id": identity, "text": text, "span": (3, 9), "rule": "test.rule", "confidence": 0.9}


def record(identity: str = "doc-1", **changes: Any) -> Record:
    values: dict[str, Any] = {
        "produced_by": ME,
        "id": identity,
        "source": SourceInfo(
            path="a.txt", sha256="0" * 64, size=10, media_type="text/plain", pages=None, reader="text"
        ),
        "text": TEXT,
        "document_type": "THÔNG BÁO",
        "number": "12/TB-UBND",
        "symbol": "TB-UBND",
        "issued_on": "2024-02-01",
        "issuer": agency("UBND tỉnh", "Ủy ban nhân dân tỉnh Đắk Tô", "63:99/ubnd"),
        "subject": "Rà soát thuế đất",
        "signatory": Signatory(name=None, position="CHỦ TỊCH", authority=["TM."]),
        "amounts": [
            Amount(**common("am-1", "6.909 triệu đồng"), operator="=", value=Decimal(6909000000), currency="VND")
        ],
        "deadlines": [Deadline(**common("de-1", "trước ngày 15/3/2024"), due="2024-03-15", inclusive=False)],
        "obligations": [
            Obligation(
                **common("ob-1", "Sở Tài chính chủ trì"),
                lead=[agency("Sở Tài chính", "Sở Tài chính tỉnh Đắk Tô", "63:99/so-tai-chinh")],
                coordinating=[agency("Sở Y tế")],
                action="rà soát thuế đất",
                headline="Rà soát thuế đất",
                deadline=DeadlineValue(due="2024-03-15", inclusive=False),
                amounts=["am-1"],
            )
        ],
        "agencies": [AgencyMention(**common("ag-1", "Sở Y tế"), name="Sở Y tế tỉnh Đắk Tô")],
    }
    return Record(**(values | changes))


def source(sha: str = "a", path: str = "/in/a.txt") -> Source:
    return Source(path, sha * 64, 10, "text/plain")


@pytest.fixture(scope="module")
def _new(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A new catalogue, made once."""
    path = tmp_path_factory.mktemp("new") / "c.sqlite"
    Catalogue(str(path)).close()
    return path


@pytest.fixture
def catalogue(_new: Path, tmp_path: Path) -> Any:
    path = shutil.copy(_new, tmp_path / "c.sqlite")
    with Catalogue(str(path)) as opened:
        yield opened


def ids(catalogue: Catalogue, kind: str, **filters: Any) -> list[str]:
    return [found.finding.id for found in catalogue.findings(kind, Filters(**filters))]


# ---------------------------------------------------------------- in and out


def test_a_record_comes_out_equal(catalogue: Catalogue) -> None:
    assert catalogue.add([record()], source()) == "imported"
    assert catalogue.get("doc-1") == record()


# what PostgreSQL and JSON can hold: no NUL, no lone surrogates
_text = st.text(st.characters(exclude_characters="\0", exclude_categories=["Cs"]), max_size=60)
_number = st.decimals(allow_nan=False, allow_infinity=False, places=4) | st.integers(-(10**18), 10**18).map(Decimal)
_maybe = st.none() | _text


@st.composite
def records(draw: st.DrawFn) -> Record:
    amounts = [
        Amount(**common(f"a{i}", draw(_text)), operator="=", value=value, currency="VND")
        for i, value in enumerate(draw(st.lists(_number, max_size=3)))
    ]
    percent = Percentage(
        **common("p", draw(_text)), operator="range", low=draw(_number), high=draw(_number), points=True
    )
    target = Target(
        **common("t", draw(_text)), indicator=draw(_text), operator=">=", value=draw(_number), owner=agency(draw(_text))
    )
    cited = Citation(**common("c", draw(_text)), number=draw(_maybe), issuer=agency(draw(_text), draw(_maybe)))
    problem = ProblemInfo(stage="read", category="no-text-layer", page=2, message=draw(_text), hint=draw(_text))
    return record(
        text=draw(_text),
        subject=draw(_maybe),
        number=draw(_maybe),
        amounts=amounts,
        percentages=[percent],
        targets=[target],
        citations=[cited],
        problems=[problem],
        status="partial",
    )


@pytest.fixture(scope="module")
def memory() -> Any:
    with Catalogue("sqlite://") as opened:
        yield opened


_numbers = count()


@settings(max_examples=60, deadline=None)
@given(made=records())
def test_every_record_comes_out_equal(memory: Catalogue, made: Record) -> None:
    identity = f"made-{next(_numbers)}."
    made = made.model_copy(update={"id": identity})
    memory.add([made], Source(identity, identity, 1, "text/plain"))
    assert memory.get(identity) == made
    for kind in ("amounts", "percentages", "targets", "citations", "obligations"):
        found = memory.findings(kind, Filters(document=identity))
        assert [one.finding for one in found] == made.findings(kind)


def test_amounts_are_exact_and_compare_exactly(catalogue: Catalogue) -> None:
    values = ["999999999999999999", "1000000000000000000", "1000000000000000001", "9", "10.5"]
    amounts = [
        Amount(**common(f"a{i}", v), operator="=", value=Decimal(v), currency="VND") for i, v in enumerate(values)
    ]
    catalogue.add([record(amounts=amounts)], source())
    assert ids(catalogue, "amounts", low=Decimal("1000000000000000001")) == ["a2"]
    assert ids(catalogue, "amounts", high=Decimal("10.5")) == ["a3", "a4"]
    assert ids(catalogue, "amounts", sort="-value") == ["a2", "a1", "a0", "a4", "a3"]


def test_several_documents_of_one_file_keep_their_order(catalogue: Catalogue) -> None:
    catalogue.add([record("z"), record("b", number="13/TB-UBND")], source())
    assert [row["id"] for row in catalogue.documents()] == ["z", "b"]
    assert catalogue.counts()["sources"] == 1
    assert catalogue.counts()["obligations"] == 2


# ---------------------------------------------------------------- twice is once


def test_the_same_content_twice_adds_only_its_path(catalogue: Catalogue) -> None:
    catalogue.add([record()], source(path="/in/a.txt"))
    before = catalogue.counts()
    assert catalogue.add([record()], source(path="/in/copy.txt")) == "unchanged"
    assert catalogue.counts() == before
    assert catalogue.paths("doc-1") == ["/in/a.txt", "/in/copy.txt"]


def test_met_knows_content_of_this_program_only(catalogue: Catalogue) -> None:
    assert not catalogue.met(source(), ME.model_dump())
    catalogue.add([record()], source())
    assert catalogue.met(source(path="/elsewhere.txt"), ME.model_dump())
    assert catalogue.paths("doc-1") == ["/elsewhere.txt", "/in/a.txt"]
    assert not catalogue.met(source(), NEWER.model_dump())


def test_a_newer_program_replaces_the_record_and_keeps_what_archivists_set(catalogue: Catalogue) -> None:
    catalogue.add([record()], source())
    with catalogue._writing() as session:
        session.execute(update(DocumentRow).values(file_code="H01.2024", doc_ordinal=7))
    newer = record(produced_by=NEWER, text="Công văn về đường sá", amounts=[])
    assert catalogue.add([newer], source()) == "imported"
    assert catalogue.get("doc-1") == newer
    assert catalogue.counts()["documents"] == 1
    assert catalogue.counts()["amounts"] == 0
    row = next(catalogue.documents())
    assert (row["file_code"], row["doc_ordinal"]) == ("H01.2024", 7)
    assert catalogue.find("thuế") == []
    assert [hit.document for hit in catalogue.find("đường sá")] == ["doc-1"]


def test_content_id_ignores_container_marks_and_layout() -> None:
    assert content_id("Số: 12/TB-UBND\n\n Đường") == content_id("SỐ 12 / TB – UBND Đường")
    assert content_id("Số 12") != content_id("Số 13")
    assert content_id(" \n–") is None


# ---------------------------------------------------------------- one path, one content


def listed_ids(catalogue: Catalogue, **filters: Any) -> list[str]:
    return [row["id"] for row in catalogue.documents(Filters(**filters))]


def test_an_edited_file_supersedes_its_older_version(catalogue: Catalogue) -> None:
    catalogue.add([record("old")], source("a"))
    catalogue.add([record("new", text="Quyết định về thuế đất")], source("b"))
    assert listed_ids(catalogue) == ["new"]
    assert [hit.document for hit in catalogue.find("thuế đất")] == ["new"]
    assert [found.document for found in catalogue.findings("amounts")] == ["new"]
    counts = catalogue.counts()
    assert (counts["sources"], counts["documents"], counts["amounts"]) == (1, 1, 1)
    catalogue._indexed = False
    assert [hit.document for hit in catalogue.find("thuế đất")] == ["new"]


def test_a_superseded_document_is_kept(catalogue: Catalogue) -> None:
    catalogue.add([record("old")], source("a"))
    catalogue.add([record("new")], source("b"))
    assert catalogue.get("old") == record("old")
    rows = {row["id"]: row for row in catalogue.documents(Filters(superseded=True))}
    assert set(rows) == {"old", "new"}
    assert rows["old"]["superseded_at"] is not None
    assert rows["new"]["superseded_at"] is None
    assert rows["old"]["path"] == rows["new"]["path"] == "/in/a.txt"
    assert catalogue.paths("old") == ["/in/a.txt"]


def test_a_document_with_another_path_stays(catalogue: Catalogue) -> None:
    catalogue.add([record("old")], source("a"))
    catalogue.add([record("old")], source("a", "/in/copy.txt"))
    catalogue.add([record("new")], source("b"))
    assert listed_ids(catalogue) == ["old", "new"]
    assert catalogue.paths("old") == ["/in/copy.txt"]
    assert catalogue.paths("new") == ["/in/a.txt"]
    assert [row["path"] for row in catalogue.documents()] == ["/in/copy.txt", "/in/a.txt"]
    catalogue.add([record("newer")], source("c", "/in/copy.txt"))
    assert listed_ids(catalogue) == ["new", "newer"]


@pytest.mark.parametrize("path", ["/in/a.txt", "/elsewhere.txt"])
@pytest.mark.parametrize("way", ["met", "add"])
def test_old_content_that_comes_back_is_current_again(catalogue: Catalogue, way: str, path: str) -> None:
    catalogue.add([record("old")], source("a"))
    catalogue.add([record("new")], source("b"))
    if way == "met":
        assert catalogue.met(source("a", path), ME.model_dump())
    else:
        assert catalogue.add([record("old")], source("a", path)) == "unchanged"
    assert listed_ids(catalogue) == (["old"] if path == "/in/a.txt" else ["old", "new"])
    assert catalogue.paths("old") == [path]


def test_a_failed_import_supersedes_nothing(catalogue: Catalogue) -> None:
    catalogue.add([record("old")], source("a"))
    twice = [Amount(**common("same", "1"), operator="=", value=Decimal(1), currency="VND")] * 2
    with pytest.raises(CatalogueError):
        catalogue.add([record("new", amounts=twice)], source("b"))
    assert listed_ids(catalogue) == ["old"]
    assert catalogue.paths("old") == ["/in/a.txt"]


# ---------------------------------------------------------------- nothing half-written


def test_a_file_that_fails_half_way_leaves_nothing(catalogue: Catalogue) -> None:
    twice = [Amount(**common("same", "1"), operator="=", value=Decimal(1), currency="VND")] * 2
    with pytest.raises(CatalogueError, match="two findings have the id same"):
        catalogue.add([record(), record("doc-2", amounts=twice)], source())
    assert set(catalogue.counts().values()) == {0}
    assert catalogue.find("thuế") == []


def test_an_interrupt_leaves_nothing(catalogue: Catalogue, monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupted(_: Record) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("congvan.store.catalogue.problem_values", interrupted)
    with pytest.raises(KeyboardInterrupt):
        catalogue.add([record()], source())
    assert set(catalogue.counts().values()) == {0}


def test_a_document_of_another_file_is_not_overwritten(catalogue: Catalogue) -> None:
    catalogue.add([record()], source("a"))
    with pytest.raises(CatalogueError, match="taken by another document"):
        catalogue.add([record(text="other")], source("b"))
    assert catalogue.get("doc-1") == record()


@pytest.mark.slow
def test_two_programs_write_at_the_same_time(tmp_path: Path) -> None:
    place = tmp_path / "c.sqlite"
    program = (
        "import sys; sys.path.insert(0, sys.argv[1])\n"
        "from test_store import *\n"
        "with Catalogue(sys.argv[2]) as c:\n"
        "    for i in range(20): c.add([record(f'{sys.argv[3]}{i}')], Source(f'{sys.argv[3]}{i}', f'{sys.argv[3]}{i}', 1, 'x'))\n"
    )
    here = str(Path(__file__).parent)
    running = [subprocess.Popen([sys.executable, "-c", program, here, str(place), name]) for name in "xy"]
    assert [p.wait(60) for p in running] == [0, 0]
    with Catalogue(str(place), create=False) as catalogue:
        assert catalogue.counts()["documents"] == 40


# ---------------------------------------------------------------- find


@pytest.mark.parametrize(
    "query",
    ["thuế đất", "thue dat", "ĐẮK TÔ", "dak to", '"Sở Tài chính"', "12/TB-UBND", "rà soát 6.909", "phoi hop"],
)
def test_find_with_and_without_marks(catalogue: Catalogue, query: str) -> None:
    catalogue.add([record(), record("other", text="Kế hoạch trồng rừng năm 2024")], source())
    assert [hit.document for hit in catalogue.find(query)] == ["doc-1"]


def test_a_phrase_is_a_phrase(catalogue: Catalogue) -> None:
    catalogue.add([record()], source())
    assert catalogue.find('"chính tài"') == []
    assert len(catalogue.find("chính tài")) == 1


def test_what_is_written_as_typed_ranks_first(catalogue: Catalogue) -> None:
    filler = [record(f"f{i}", text=f"Báo cáo số {i}") for i in range(5)]
    rent = record("rent", text="Hợp đồng thuê nhà, giá thuê, tiền thuê, người thuê, thuê")
    tax = record("tax", text="Báo cáo về việc thu các khoản thuế của tỉnh trong năm qua và phương hướng")
    catalogue.add([*filler, rent, tax], source())
    assert [hit.document for hit in catalogue.find("thuế")] == ["tax", "rent"]
    assert {hit.document for hit in catalogue.find("thue")} == {"tax", "rent"}


def test_the_snippet_is_the_true_text(catalogue: Catalogue) -> None:
    catalogue.add([record()], source())
    (hit,) = catalogue.find("thue dat")
    assert "rà soát [thuế đất], hoàn thành" in hit.marked("[", "]")
    assert (hit.number, hit.issued_on, hit.path) == ("12/TB-UBND", "2024-02-01", "/in/a.txt")


def test_without_the_index_find_gives_the_same_documents(catalogue: Catalogue) -> None:
    catalogue.add([record(), record("other", text="100% rừng_phòng hộ")], source())
    catalogue._indexed = False
    (hit,) = catalogue.find('thue "tai chinh"')
    assert hit.document == "doc-1"
    assert "soát [thuế] đất" in catalogue.find("thue")[0].marked("[", "]")
    assert "tỉnh [ĐẮK TÔ] Số" in catalogue.find('so "dak to"')[0].marked("[", "]").replace("TỈNH", "tỉnh")
    assert catalogue.find("rừng%hộ") == []


@pytest.mark.parametrize("query", ["", "  ", '"', "-–*", '"" ()'])
def test_a_query_without_words_is_an_error(catalogue: Catalogue, query: str) -> None:
    with pytest.raises(UsageError, match="no word"):
        catalogue.find(query)


@settings(max_examples=100, deadline=None)
@given(query=st.text(max_size=30))
def test_no_query_breaks_the_search(memory: Catalogue, query: str) -> None:
    try:
        memory.find(query)
    except UsageError as err:
        assert "no word" in str(err)  # noqa: PT017


def test_fold() -> None:
    assert fold("Đường ƯỚT Ắ") == "duong uot a"


# ---------------------------------------------------------------- lists


@pytest.fixture(scope="module")
def listed(_new: Path, tmp_path_factory: pytest.TempPathFactory) -> Any:
    catalogue = Catalogue(str(shutil.copy(_new, tmp_path_factory.mktemp("listed"))))
    catalogue.add([record()], source())
    report = record(
        "doc-2",
        text="Báo cáo thu ngân sách",
        number="99/BC-STC",
        document_type="BÁO CÁO",
        issued_on="2023-12-31",
        issuer=agency("Sở Tài chính"),
        amounts=[
            Amount(
                **common("am-2", "từ 1 đến 3 tỷ"),
                operator="range",
                low=Decimal(10**9),
                high=Decimal(3 * 10**9),
                currency="VND",
            )
        ],
        deadlines=[Deadline(**common("de-2", "ngày 20 hằng tháng"), recurrence="FREQ=MONTHLY;BYMONTHDAY=20")],
        dates=[DateMention(**common("da-2", "năm 2023"), start="2023-01-01", end="2023-12-31", grain="year")],
        obligations=[],
    )
    catalogue.add([report], source("b", "/in/b.txt"))
    yield catalogue
    catalogue.close()


@pytest.mark.parametrize(
    ("filters", "wanted"),
    [
        ({}, ["doc-1", "doc-2"]),
        ({"type": "thông báo"}, ["doc-1"]),
        ({"type": "bao cao"}, ["doc-2"]),
        ({"type": "báo"}, []),
        ({"issuer": "dak to"}, ["doc-1"]),
        ({"agency": "63:99/ubnd"}, ["doc-1"]),
        ({"document": "doc-"}, ["doc-1", "doc-2"]),
        ({"document": "99/BC-STC"}, ["doc-2"]),
        ({"since": "2024-01-01"}, ["doc-1"]),
        ({"until": "2023-12-31"}, ["doc-2"]),
        ({"text": "NGAN SACH"}, ["doc-2"]),
        ({"sort": "issued_on"}, ["doc-2", "doc-1"]),
        ({"sort": "-issued_on", "limit": 1}, ["doc-1"]),
    ],
)
def test_documents(listed: Catalogue, filters: dict[str, Any], wanted: list[str]) -> None:
    assert [row["id"] for row in listed.documents(Filters(**filters))] == wanted


@pytest.mark.parametrize(
    ("kind", "filters", "wanted"),
    [
        ("obligations", {"lead": "tài chính"}, ["ob-1"]),
        ("obligations", {"lead": "y te"}, []),
        ("obligations", {"agency": "y te"}, ["ob-1"]),
        ("obligations", {"until": "2024-03-14"}, []),
        ("obligations", {"since": "2024-03-15", "until": "2024-03-15"}, ["ob-1"]),
        ("obligations", {"text": "TAI CHINH chu tri"}, ["ob-1"]),
        ("agencies", {"agency": "sở y tế tỉnh"}, ["ag-1", "ag-1"]),
        ("agencies", {"document": "doc-2"}, ["ag-1"]),
        ("amounts", {"low": Decimal(3 * 10**9)}, ["am-1", "am-2"]),
        ("amounts", {"low": Decimal(3 * 10**9 + 1)}, ["am-1"]),
        ("amounts", {"high": Decimal(10**9)}, ["am-2"]),
        ("amounts", {"high": Decimal(10**9 - 1)}, []),
        ("amounts", {"type": "báo cáo"}, ["am-2"]),
        ("amounts", {"since": "2024-01-01"}, ["am-1"]),
        ("deadlines", {"sort": "-due"}, ["de-1", "de-2"]),
        ("deadlines", {"sort": "due"}, ["de-1", "de-2"]),
        ("deadlines", {"until": "2030-01-01"}, ["de-1"]),
        ("dates", {"since": "2023-06-01", "until": "2023-06-30"}, ["da-2"]),
    ],
)
def test_findings(listed: Catalogue, kind: str, filters: dict[str, Any], wanted: list[str]) -> None:
    assert ids(listed, kind, **filters) == wanted


@pytest.mark.parametrize(
    ("kind", "filters", "message"),
    [
        ("tasks", {}, "no kind 'tasks'"),
        ("deadlines", {"lead": "x"}, "--lead does not apply to deadlines"),
        ("obligations", {"low": Decimal(1)}, "--min does not apply to obligations"),
        ("amounts", {"agency": "x"}, "--agency does not apply to amounts"),
        ("amounts", {"sort": "size"}, "no column 'size'"),
    ],
)
def test_filters_that_mean_nothing_are_errors(
    listed: Catalogue, kind: str, filters: dict[str, Any], message: str
) -> None:
    with pytest.raises(UsageError, match=message):
        list(listed.findings(kind, Filters(**filters)))


def test_an_unknown_document_is_an_error(listed: Catalogue) -> None:
    with pytest.raises(UsageError, match="no document doc-9"):
        listed.get("doc-9")


# ---------------------------------------------------------------- opening


def test_there_is_none(tmp_path: Path) -> None:
    with pytest.raises(CatalogueError, match=r"There is no catalogue at .*no\.sqlite") as caught:
        Catalogue(str(tmp_path / "no.sqlite"), create=False)
    assert "congvan import" in caught.value.hint
    assert list(tmp_path.iterdir()) == []


def test_a_folder_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(CatalogueError, match="folder of the catalogue"):
        Catalogue(str(tmp_path / "no" / "c.sqlite"))


def test_a_file_that_is_no_database(tmp_path: Path) -> None:
    path = tmp_path / "letter.txt"
    path.write_text("Kính gửi: các Sở, ban, ngành" * 100, encoding="utf-8")
    with pytest.raises(CatalogueError, match=r"letter.txt cannot be used: file is not a database") as caught:
        Catalogue(str(path))
    assert "copy" in caught.value.hint


def test_a_damaged_catalogue(tmp_path: Path) -> None:
    path = tmp_path / "c.sqlite"
    with Catalogue(str(path)) as catalogue:
        catalogue.add([record()], source())
    data = path.read_bytes()
    path.write_bytes(data[:5000] + b"\xff" * (len(data) - 5000))
    with pytest.raises(CatalogueError, match="cannot be used"), Catalogue(str(path)) as catalogue:
        catalogue.counts()


def test_the_database_of_another_program_is_left_alone(tmp_path: Path) -> None:
    path = tmp_path / "other.sqlite"
    with sqlite3.connect(path) as other:
        other.execute("CREATE TABLE songs (title TEXT)")
    other.close()
    before = path.read_bytes()
    with pytest.raises(CatalogueError, match="another program"):
        Catalogue(str(path))
    assert path.read_bytes() == before


def test_a_newer_catalogue(tmp_path: Path) -> None:
    path = tmp_path / "c.sqlite"
    Catalogue(str(path)).close()
    with sqlite3.connect(path) as newer:
        newer.execute("UPDATE congvan_version SET version_num = '9999'")
    newer.close()
    with pytest.raises(CatalogueError, match="newer congvan") as caught:
        Catalogue(str(path))
    assert "Upgrade" in caught.value.hint


@pytest.mark.parametrize(
    ("place", "error"),
    [
        ("nonsense://x", UsageError),
        ("sqlite+nodriver:///x", UsageError),
        ("://", UsageError),
        ("postgresql+no_such_driver_here://h/d", UsageError),
    ],
)
def test_bad_addresses(place: str, error: type[Exception]) -> None:
    with pytest.raises(error):
        Catalogue(place)


def test_a_missing_driver_says_how_to_install_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "psycopg", None)
    with pytest.raises(MissingDependency) as caught:
        Catalogue("postgresql+psycopg://nobody:secret@nowhere/x")
    assert 'pip install "congvan[postgres]"' in caught.value.hint
    assert "secret" not in str(caught.value)


def test_the_migrations_make_the_tables_of_the_program(tmp_path: Path) -> None:
    from alembic.autogenerate import compare_metadata
    from alembic.config import Config
    from alembic.migration import MigrationContext
    from alembic.script import ScriptDirectory

    import congvan.store
    from congvan.store.engine import HEAD, VERSION_TABLE

    config = Config()
    config.set_main_option("script_location", str(Path(congvan.store.__file__).parent / "migrations"))
    assert ScriptDirectory.from_config(config).get_current_head() == HEAD
    with Catalogue(str(tmp_path / "c.sqlite")) as catalogue, catalogue._engine.connect() as connection:
        context = MigrationContext.configure(
            connection,
            opts={
                "version_table": VERSION_TABLE,
                "compare_type": True,
                "include_name": lambda name, kind, _: kind != "table" or not name.startswith("document_search"),
            },
        )
        assert compare_metadata(context, Base.metadata) == []


def test_a_path_with_percent_signs(tmp_path: Path) -> None:
    place = tmp_path / "50% xong" / "c d.sqlite"
    place.parent.mkdir()
    with Catalogue(str(place)) as catalogue:
        assert catalogue.add([record()], replace(source(), path="/in/100%.txt")) == "imported"
