"""Guards of the read stage: what is asked of a file before and after its own reader."""

from __future__ import annotations

import io
import os
import subprocess
import sys
from pathlib import Path

import pytest

from congvan.config import Config
from congvan.errors import EmptyInput, ExitCode, InputError, InputNotFound, InputTooLarge, UnsupportedInput
from congvan.read import READABLE, at_most, read, read_bytes


def test_source_says_where_and_what(tmp_path: Path) -> None:
    path = tmp_path / "công văn.txt"
    path.write_bytes(b"abc\n")
    document = read(path, Config(), name="kho/công văn.txt")
    # the digest of "abc\n" by sha256sum
    assert document.source.sha256 == "edeaaff3f1774ad2888673770c6d64097e391bc362d7d6fb34982ddf0efd18cb"
    assert (document.source.path, document.source.size, document.source.media_type) == (
        "kho/công văn.txt",
        4,
        "text/plain",
    )
    assert read(path, Config()).source.path == str(path)


def test_the_name_does_not_decide_the_kind(tmp_path: Path) -> None:
    path = tmp_path / "a.pdf"
    path.write_text("Ủy ban nhân dân", encoding="utf-8")
    assert read(path, Config()).reader == "text"


def test_a_missing_file(tmp_path: Path) -> None:
    with pytest.raises(InputNotFound, match=r"không có\.txt") as caught:
        read(tmp_path / "không có.txt", Config())
    assert caught.value.exit_code == ExitCode.NOT_FOUND
    assert caught.value.hint
    (tmp_path / "tệp").write_text("x")
    with pytest.raises(InputNotFound):
        read(tmp_path / "tệp" / "dưới.txt", Config())
    with pytest.raises(InputError):
        read(tmp_path / "a\0b", Config())


def test_a_folder_is_for_import(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="is a folder") as caught:
        read(tmp_path, Config())
    assert "congvan import" in caught.value.hint


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b" \r\n\t\f\n",
        b"\xef\xbb\xbf",
        b"\xef\xbb\xbf \n",
        "\ufeff \n".encode("utf-16-le"),
        "\xa0\u200b\n".encode(),
    ],
)
def test_nothing_but_white_space_is_empty(tmp_path: Path, data: bytes) -> None:
    path = tmp_path / "rỗng.txt"
    path.write_bytes(data)
    with pytest.raises(EmptyInput, match=r"rỗng\.txt"):
        read(path, Config())


def test_nul_bytes_are_no_text() -> None:
    with pytest.raises(UnsupportedInput):
        read_bytes(bytes(5000), "-", Config())


def test_size_is_checked_before_reading(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "lớn.txt"
    with path.open("wb") as file:
        file.truncate(200_000_000)  # a sparse file: no space is taken

    def never(*args: object, **kwargs: object) -> None:
        raise AssertionError("opened")

    monkeypatch.setattr(Path, "open", never)
    with pytest.raises(InputTooLarge, match="200,000,000") as caught:
        read(path, Config())
    assert "CONGVAN_MAX_BYTES" in caught.value.hint


def test_size_of_standard_input_is_checked_too() -> None:
    with pytest.raises(InputTooLarge):
        read_bytes(b"x" * 101, "-", Config(max_bytes=100))
    assert read_bytes(b"x" * 100, "-", Config(max_bytes=100)).source.path == "-"


def test_a_limit_beyond_all_memory_takes_no_memory(tmp_path: Path) -> None:
    path = tmp_path / "nhỏ.txt"
    path.write_bytes(b"Kon Tum")
    assert read(path, Config(max_bytes=10**24)).pages[0].blocks[0].text == "Kon Tum"


def test_a_stream_is_read_in_pieces_up_to_the_limit(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("congvan.read._PIECE", 3)
    assert [at_most(io.BytesIO(b"0123456789"), most) for most in (0, 3, 7, 10, 99)] == [
        b"",
        b"012",
        b"0123456",
        b"0123456789",
        b"0123456789",
    ]


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read everything")
def test_a_file_that_may_not_be_read(tmp_path: Path) -> None:
    path = tmp_path / "khóa.txt"
    path.write_text("x")
    path.chmod(0)
    with pytest.raises(InputError, match="may not be read"):
        read(path, Config())


def test_a_file_that_may_not_be_read_as_the_system_says_so(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "khóa.txt"
    path.write_text("x")

    def refused(*args: object, **kwargs: object) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(Path, "open", refused)
    with pytest.raises(InputError, match=r"khóa\.txt may not be read"):
        read(path, Config())


def test_a_pipe_is_read_to_its_end(tmp_path: Path) -> None:
    path = tmp_path / "ống"
    os.mkfifo(path)
    with subprocess.Popen([sys.executable, "-c", f"open({str(path)!r}, 'w').write('Kon Tum')"]):
        assert read(path, Config()).pages[0].blocks[0].text == "Kon Tum"


def test_suffixes_for_folder_walks() -> None:
    assert {".txt", ".md", ".pdf", ".docx", ".html"} <= READABLE
    assert all(suffix == suffix.lower() and suffix.startswith(".") for suffix in READABLE)


def test_importing_the_stage_loads_no_library_of_a_format() -> None:
    code = "import sys, congvan.read; print([m for m in ('pypdfium2', 'pdfplumber', 'pdfminer', 'lxml', 'docx', 'charset_normalizer', 'fontTools') if m in sys.modules])"
    out = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert out.stdout.strip() == "[]"
