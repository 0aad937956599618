"""Import of many files: what is found, what is skipped, what one bad file does to the others."""

from __future__ import annotations

import contextlib
import hashlib
import logging
import os
import signal
import sys
import time
import types
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Any

import pytest
from make_inputs import docx, picture_pdf

from congvan.config import Config, load_config
from congvan.errors import CongvanError, DamagedInput, EmptyInput, InputTooLarge, UsageError
from congvan.record import Record, SourceInfo, Versions
from congvan.run.discover import Found, Refused, discover
from congvan.run.document import Task, parse_document
from congvan.run.importing import import_paths
from congvan.run.limits import time_limit
from congvan.store.catalogue import Catalogue
from congvan.store.filters import Filters

CONFIG = Config(max_bytes=1000)


class FakeParse:
    """Stands for congvan.parse: a text file is a document; some words make it fail."""

    def __init__(self) -> None:
        self.parsed: list[str] = []
        self.version = "1"

    def versions(self, config: Config | None = None) -> Versions:
        return Versions(version=self.version, rules="r", models="m")

    def parse(self, path: Path, config: Config | None = None, *, name: str | None = None) -> list[Record]:
        try:
            return self.parse_bytes(path.read_bytes(), name or str(path), config)
        except FileNotFoundError as err:
            raise DamagedInput(f"{name} vanished.") from err

    def parse_and_learn(self, content: Path | bytes, name: str, config: Config) -> tuple[list[Record], tuple[()]]:
        module = sys.modules["congvan.parse"]
        if isinstance(content, bytes):
            return module.parse_bytes(content, name, config), ()
        return module.parse(content, config, name=name), ()

    def parse_bytes(self, data: bytes, name: str, config: Config | None = None) -> list[Record]:
        assert config is not None
        self.parsed.append(name)
        text = data.decode("utf-8")
        if len(data) > config.max_bytes:
            raise InputTooLarge(f"{name} is too large.")
        if text == "":
            raise EmptyInput(f"{name} has no content.")
        if "damaged" in text:
            raise DamagedInput(f"{name} is damaged.", "Get it again.")
        if "bug" in text:
            raise KeyError("no such thing")
        if "interrupt" in text:
            raise KeyboardInterrupt
        sha = hashlib.sha256(data).hexdigest()
        parts = text.split("\f")
        return [
            Record(
                produced_by=self.versions(),
                id=f"{sha[:12]}-{i}",
                source=SourceInfo(
                    path=name, sha256=sha, size=len(data), media_type="text/plain", pages=None, reader="text"
                ),
                text=part,
            )
            for i, part in enumerate(parts)
        ]


@pytest.fixture
def fake(monkeypatch: pytest.MonkeyPatch) -> FakeParse:
    fake = FakeParse()
    module = types.ModuleType("congvan.parse")
    for name in ("parse", "parse_bytes", "parse_and_learn", "versions"):
        setattr(module, name, getattr(fake, name))
    monkeypatch.setitem(sys.modules, "congvan.parse", module)
    return fake


@pytest.fixture
def catalogue(tmp_path: Path) -> Iterator[Catalogue]:
    with Catalogue(str(tmp_path / "catalogue.sqlite")) as opened:
        yield opened


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder with documents, other files, hidden ones, and a loop of links."""
    top = tmp_path / "in"
    for name in ["b.txt", "a.md", "z/c.TXT", "z/deep/d.html", "notes.xyz", ".hidden.txt", ".git/e.txt", "m/f.pdf"]:
        path = top / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(f"Nội dung của {name}", encoding="utf-8")
    (top / "z" / "loop").symlink_to(top, target_is_directory=True)
    return top


def names(found: Iterable[Found | Refused]) -> list[str]:
    return [one.name for one in found]


def summary(report: Any) -> tuple[int, int, int, int]:
    assert report.found == report.imported + report.unchanged + len(report.failed)
    return report.found, report.imported, report.unchanged, len(report.failed)


# ---------------------------------------------------------------- discover


def test_folders_to_the_bottom_sorted_without_hidden_files_and_loops(folder: Path) -> None:
    assert names(discover([folder])) == ["a.md", "b.txt", "m/f.pdf", "z/c.TXT", "z/deep/d.html"]


def test_a_named_file_is_always_taken_and_only_once(folder: Path) -> None:
    odd = folder / "notes.xyz"
    found = discover([odd, folder / "m" / ".." / "notes.xyz", folder / "m", folder])
    assert names(found) == [str(odd), "f.pdf", "a.md", "b.txt", "z/c.TXT", "z/deep/d.html"]


def test_a_folder_without_documents_is_refused(tmp_path: Path) -> None:
    (tmp_path / "x.bin").write_bytes(b"1")
    (refused,) = discover([tmp_path])
    assert isinstance(refused, Refused)
    assert refused.error.category == "not-found"
    assert ".docx" in refused.error.hint


def test_a_folder_that_may_not_be_listed_is_refused(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    listed = Path.iterdir

    def iterdir(path: Path) -> Iterator[Path]:
        if path.name == "z":
            raise PermissionError(13, "Permission denied")
        return listed(path)

    monkeypatch.setattr(Path, "iterdir", iterdir)
    found = discover([folder])
    assert names(found) == ["a.md", "b.txt", "m/f.pdf", str(folder / "z")]
    assert isinstance(found[-1], Refused)
    assert "Permission denied" in found[-1].error.message


def test_a_broken_link_is_not_passed_over(tmp_path: Path) -> None:
    (tmp_path / "gone.pdf").symlink_to(tmp_path / "nowhere.pdf")
    assert names(discover([tmp_path])) == ["gone.pdf"]


def test_names_that_are_not_utf8(tmp_path: Path, fake: FakeParse, catalogue: Catalogue) -> None:
    top = tmp_path / "odd"
    top.mkdir()
    path = os.fsencode(top) + b"/c\xf4ng.txt"
    with open(path, "wb") as file:  # noqa: PTH123
        file.write("văn bản".encode())
    assert summary(import_paths([top], catalogue, CONFIG)) == (1, 1, 0, 0)
    assert fake.parsed == ["c\ufffdng.txt"]


# ---------------------------------------------------------------- import


def test_import_a_folder_twice(folder: Path, fake: FakeParse, catalogue: Catalogue) -> None:
    assert summary(import_paths([folder], catalogue, CONFIG)) == (5, 5, 0, 0)
    assert fake.parsed == ["a.md", "b.txt", "m/f.pdf", "z/c.TXT", "z/deep/d.html"]
    before = catalogue.counts()
    fake.parsed.clear()
    assert summary(import_paths([folder], catalogue, CONFIG)) == (5, 0, 5, 0)
    assert fake.parsed == []
    assert catalogue.counts() == before


def test_a_copy_adds_its_path_and_a_changed_file_is_another(
    tmp_path: Path, fake: FakeParse, catalogue: Catalogue
) -> None:
    a, b = tmp_path / "a.txt", tmp_path / "b.txt"
    a.write_text("một", encoding="utf-8")
    b.write_text("một", encoding="utf-8")
    assert summary(import_paths([a, b], catalogue, CONFIG)) == (2, 1, 1, 0)
    (row,) = catalogue.documents()
    assert catalogue.paths(row["id"]) == [str(a), str(b)]
    b.write_text("hai", encoding="utf-8")
    assert summary(import_paths([a, b], catalogue, CONFIG)) == (2, 1, 1, 0)
    assert catalogue.counts()["documents"] == 2


def test_an_edited_file_takes_the_place_of_its_older_version(
    tmp_path: Path, fake: FakeParse, catalogue: Catalogue
) -> None:
    path = tmp_path / "a.txt"
    for text in ("một", "hai", "ba"):
        path.write_text(text, encoding="utf-8")
        assert summary(import_paths([path], catalogue, CONFIG)) == (1, 1, 0, 0)
    (row,) = catalogue.documents()
    assert catalogue.get(row["id"]).text == "ba"
    assert len(list(catalogue.documents(Filters(superseded=True)))) == 3
    path.write_text("hai", encoding="utf-8")
    assert summary(import_paths([path], catalogue, CONFIG)) == (1, 0, 1, 0)
    (row,) = catalogue.documents()
    assert catalogue.get(row["id"]).text == "hai"


def test_another_version_parses_again(tmp_path: Path, fake: FakeParse, catalogue: Catalogue) -> None:
    path = tmp_path / "a.txt"
    path.write_text("một\fhai", encoding="utf-8")
    report = import_paths([path], catalogue, CONFIG)
    assert (report.imported, report.documents) == (1, 2)
    fake.version = "2"
    assert summary(import_paths([path], catalogue, CONFIG)) == (1, 1, 0, 0)
    assert catalogue.counts()["documents"] == 2
    assert len(fake.parsed) == 2


def test_bad_files_cost_only_themselves(
    tmp_path: Path, fake: FakeParse, catalogue: Catalogue, caplog: pytest.LogCaptureFixture
) -> None:
    top = tmp_path / "in"
    top.mkdir()
    contents = {
        "1.txt": "tốt",
        "2.txt": "",
        "3.txt": "damaged",
        "4.txt": "bug",
        "5.txt": "x" * 1001,
        "6.txt": "cũng tốt",
    }
    for name, text in contents.items():
        (top / name).write_text(text, encoding="utf-8")
    seen: list[tuple[int, int, str]] = []
    with caplog.at_level(logging.ERROR):
        report = import_paths(
            [top, tmp_path / "missing.txt"], catalogue, CONFIG, lambda done, of, name: seen.append((done, of, name))
        )
    assert summary(report) == (7, 2, 0, 5)
    assert [(name.split("/")[-1], error.category) for name, error in report.failed] == [
        ("2.txt", "empty"),
        ("3.txt", "damaged"),
        ("4.txt", "internal"),
        ("5.txt", "too-large"),
        ("missing.txt", "damaged"),
    ]
    assert "KeyError: 'no such thing'" in caplog.text
    assert "Traceback" in caplog.text
    assert catalogue.counts()["documents"] == 2
    assert [done for done, _, _ in seen] == [1, 2, 3, 4, 5, 6, 7]


def test_a_bug_in_the_catalogue_costs_one_file(
    tmp_path: Path, fake: FakeParse, catalogue: Catalogue, monkeypatch: pytest.MonkeyPatch
) -> None:
    add = catalogue.add

    def broken(records: Any, source: Any) -> Any:
        if records[0].text == "một":
            raise TypeError("a bug")
        return add(records, source)

    monkeypatch.setattr(catalogue, "add", broken)
    for name in ("một", "hai"):
        (tmp_path / f"{name}.txt").write_text(name, encoding="utf-8")
    report = import_paths([tmp_path / "một.txt", tmp_path / "hai.txt"], catalogue, CONFIG)
    assert summary(report) == (2, 1, 0, 1)
    assert report.failed[0][1].category == "internal"


def test_an_interrupt_keeps_what_was_done(tmp_path: Path, fake: FakeParse, catalogue: Catalogue) -> None:
    for name, text in {"1.txt": "tốt", "2.txt": "interrupt", "3.txt": "sau"}.items():
        (tmp_path / name).write_text(text, encoding="utf-8")
    with pytest.raises(KeyboardInterrupt):
        import_paths([tmp_path], catalogue, CONFIG)
    assert [hit.path for hit in catalogue.find("tốt")] == [str(tmp_path / "1.txt")]
    assert catalogue.counts()["documents"] == 1


@pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")
def test_an_interrupt_that_a_destructor_swallows_stops_after_the_document(
    tmp_path: Path, fake: FakeParse, catalogue: Catalogue
) -> None:
    for name in ("1.txt", "2.txt", "3.txt"):
        (tmp_path / name).write_text(name, encoding="utf-8")

    class Swallows:
        def __del__(self) -> None:
            signal.raise_signal(signal.SIGINT)

    class Interrupted:
        def map(self, function: Callable[[Any], Any], items: Iterable[Any]) -> Iterator[Any]:
            for number, item in enumerate(items):
                done = function(item)
                if number == 1:
                    Swallows()
                yield done

    with pytest.raises(KeyboardInterrupt):
        import_paths([tmp_path], catalogue, CONFIG, executor=Interrupted())
    assert catalogue.counts()["documents"] == 1
    assert signal.getsignal(signal.SIGINT) is signal.default_int_handler


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no named pipes here")
def test_a_pipe_is_not_waited_for(tmp_path: Path, fake: FakeParse, catalogue: Catalogue) -> None:
    os.mkfifo(tmp_path / "pipe.txt")
    report = import_paths([tmp_path], catalogue, CONFIG)
    assert [error.category for _, error in report.failed] == ["unsupported"]


def test_another_executor(folder: Path, fake: FakeParse, catalogue: Catalogue) -> None:
    class Eager:
        """Takes all items before the first result, as a pool may."""

        def map(self, function: Callable[[Any], Any], items: Iterable[Any]) -> Iterator[Any]:
            return iter([function(item) for item in list(items)])

    assert summary(import_paths([folder], catalogue, CONFIG, executor=Eager())) == (5, 5, 0, 0)
    assert summary(import_paths([folder], catalogue, CONFIG, executor=Eager())) == (5, 0, 5, 0)


# ---------------------------------------------------------------- limits


def _busy(seconds: float) -> None:
    start = time.monotonic()
    while time.monotonic() < start + seconds:
        pass


def test_the_time_limit_stops_a_document() -> None:
    start = time.monotonic()
    with pytest.raises(InputTooLarge, match=r"slow takes longer than 0\.05 seconds"), time_limit(0.05, "slow"):
        _busy(5)
    assert time.monotonic() < start + 4  # before the work would have ended by itself


def test_the_time_limit_rings_again_where_it_is_swallowed() -> None:
    def stubborn() -> None:
        with contextlib.suppress(BaseException):
            _busy(5)
        _busy(5)

    start = time.monotonic()
    with pytest.raises(InputTooLarge), time_limit(0.05, "stubborn"):
        stubborn()
    assert time.monotonic() < start + 8  # before the work would have ended by itself


def test_code_that_goes_on_after_any_exception_does_not_swallow_the_limit() -> None:
    rounds = 0

    def pages() -> None:
        nonlocal rounds
        for _ in range(20):
            rounds += 1
            with contextlib.suppress(Exception):
                _busy(0.1)

    with pytest.raises(InputTooLarge), time_limit(0.05, "pages"):
        pages()
    assert rounds == 1


def test_the_limit_ends_the_reading_of_a_pdf(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("congvan.read.pdf.page_of", lambda chars: _busy(5))
    result = parse_document(Task(picture_pdf(), "slow.pdf", Config(max_seconds=0.5)))
    assert isinstance(result.error, InputTooLarge)
    assert "slow.pdf takes longer than 0.5 seconds" in result.error.message


def test_the_limit_ends_the_unpacking_of_a_docx(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("congvan.read.docx.parse", lambda data: _busy(5))
    result = parse_document(Task(docx("<w:p/>"), "slow.docx", Config(max_seconds=0.5)))
    assert isinstance(result.error, InputTooLarge)


@pytest.mark.parametrize("seconds", [float("inf"), 1e300, 0.0])
def test_no_limit(seconds: float) -> None:
    before = signal.getsignal(signal.SIGALRM)
    with time_limit(seconds, "endless"):
        assert signal.getsignal(signal.SIGALRM) is before


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("max_seconds", "-1"),
        ("max_seconds", "nan"),
        ("max_bytes", "-5"),
        ("max_pages", "0"),
        ("unpack_ratio", "0"),
        ("max_seconds", "soon"),
    ],
)
def test_settings_out_of_range(name: str, text: str) -> None:
    with pytest.raises(UsageError, match=name):
        load_config(environ={f"CONGVAN_{name.upper()}": text})


def test_settings_in_range() -> None:
    assert load_config(environ={"CONGVAN_MAX_SECONDS": "inf"}).max_seconds == float("inf")
    assert load_config(environ={"CONGVAN_MAX_SECONDS": "0"}).max_seconds == 0
    assert load_config(environ={"CONGVAN_MAX_BYTES": "1_000"}).max_bytes == 1000


def test_after_the_limit_nothing_rings() -> None:
    with time_limit(0.05, "fast"):
        pass
    time.sleep(0.1)


@pytest.mark.parametrize("error", [MemoryError, RecursionError, ValueError])
def test_no_exception_leaves_a_document(
    fake: FakeParse, monkeypatch: pytest.MonkeyPatch, error: type[Exception]
) -> None:
    def fail(*_: object) -> list[Record]:
        raise error

    monkeypatch.setattr(sys.modules["congvan.parse"], "parse_bytes", fail)
    result = parse_document(Task(b"x", "x", CONFIG))
    assert isinstance(result.error, CongvanError)
    assert result.records == ()


def test_files_left_in_a_folder_are_counted(tmp_path: Path) -> None:
    for name in ("a.txt", "b.odt", "c.ODT", "d", ".hidden"):
        (tmp_path / name).write_text("Kính gửi")
    skipped: Counter[str] = Counter()
    found = discover([tmp_path], skipped)
    assert [one.name for one in found] == ["a.txt"]
    assert skipped == {".odt": 2, "": 1}
