"""`congvan repair` on the command line: plan, undo, report, long text, and what it says of damage that stays."""

from __future__ import annotations

import json
import subprocess
from pathlib import Path
from typing import Any

import pytest
from test_cli import CONGVAN, FULL, GARBLED, NOTICE, no_full_disk, run

from congvan.repair.stream import repair_pieces

LEFT = "Quyết định của Ủy ban về \x05\x06q\x06 này\n"
SAMPLES = Path(__file__).parents[1] / "corpora" / "samples"


@pytest.fixture(autouse=True)
def _here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)


@pytest.fixture
def long_from_1_kb(monkeypatch: pytest.MonkeyPatch) -> None:
    """Text of more than 1,000 bytes is repaired piece by piece, pieces are small, and the limit is 2,000 bytes."""
    monkeypatch.setattr("congvan.cli.repair.LONG", 1_000)
    monkeypatch.setattr("congvan.cli.inputs._PART", 700)
    monkeypatch.setattr(repair_pieces, "__defaults__", (900,))
    monkeypatch.setenv("CONGVAN_MAX_BYTES", "2000")


# ---------------------------------------------------------------- plan, apply, undo

ENCODED = {
    "utf-8": (GARBLED + LEFT).encode(),
    "crlf": GARBLED.replace("\n", "\r\n").encode() * 2,
    "bom": b"\xef\xbb\xbf" + GARBLED.encode(),
    "utf-16": GARBLED.encode("utf-16"),
    "utf-32": b"\xff\xfe\0\0" + GARBLED.encode("utf-32-le"),
    "decomposed": "Sở Ta\u0300i chi\u0301nh\n".encode(),
    "cp1258": "Đơn vi\u0323 thư\u0323c hiê\u0323n kê\u0301 hoa\u0323ch năm 2023 cua\u0309 ti\u0309nh\n".encode(
        "cp1258"
    ),
    "cp1252": b"C\xe9ng h\xdfa x\xb7 h\xe9i ch\xf1 ngh\xdca Vi\xd6t Nam \x81 \x8d \xadu\n" * 3,
    "clean": NOTICE.encode(),
}


@pytest.mark.parametrize("name", ENCODED)
def test_undo_gives_the_file_back_to_the_byte(name: str) -> None:
    data = ENCODED[name]
    Path("a.txt").write_bytes(data)
    clean = run("repair", "a.txt", "--plan", "p.jsonl").stdout_bytes
    Path("clean.txt").write_bytes(clean)
    assert run("repair", "clean.txt", "--undo", "p.jsonl").stdout_bytes == data
    assert run("repair", "--undo", "p.jsonl", stdin=clean).stdout_bytes == data
    assert run("repair", "a.txt", "--apply", "p.jsonl").stdout_bytes == clean
    assert run("repair", "a.txt", "--explain").stdout == Path("p.jsonl").read_text(encoding="utf-8")


def test_explain_and_plan_at_once() -> None:
    shown = run("repair", "--explain", "--plan", "p.jsonl", stdin=GARBLED.encode()).stdout
    assert shown == Path("p.jsonl").read_text(encoding="utf-8")
    assert [json.loads(line)["verdict"] for line in shown.splitlines() if '"verdict"' in line] == ["repaired"]


@pytest.mark.parametrize(
    ("args", "text", "words"),
    [
        (["--apply", "p.jsonl"], GARBLED.replace("tßch", "tịch"), "line 1, character 4, should read “tßch”"),
        (["--apply", "p.jsonl"], GARBLED.replace("các", "CÁC"), "differs from it outside of the edits"),
        (["--undo", "p.jsonl"], GARBLED, "there stands “Chā”"),
        (["--undo", "p.jsonl"], "Ch", "should read “Chủ”, there stands “Ch”"),
        (["--undo", "p.jsonl", "--explain"], GARBLED, "go with no other option"),
        (["--undo", "p.jsonl", "--apply", "p.jsonl"], GARBLED, "go with no other option"),
        (["--undo", "a.txt"], GARBLED, "a.txt, line 1, is no line"),
        (["--plan", "no/p.jsonl"], GARBLED, "no/p.jsonl cannot be written"),
        (["--report", "no/r.html"], GARBLED, "no/r.html cannot be written"),
    ],
)
def test_wrong_calls_say_what_to_do(args: list[str], text: str, words: str) -> None:
    Path("a.txt").write_text(GARBLED, encoding="utf-8")
    run("repair", "a.txt", "--plan", "p.jsonl")
    result = run("repair", "-", *args, stdin=text.encode(), code=2)
    first, hint = result.stderr.splitlines()
    assert words in first
    assert hint.startswith("  ")
    assert result.stdout == ""


def test_only_text_is_replayed() -> None:
    pdf = str(next(SAMPLES.glob("*_gs.pdf")))
    Path("a.txt").write_text(GARBLED, encoding="utf-8")
    run("repair", "a.txt", "--plan", "p.jsonl")
    Path("fixed.txt").write_bytes(run("repair", pdf, "--plan", "pdf.jsonl").stdout_bytes)
    assert "no text (application/pdf)" in run("repair", pdf, "--apply", "p.jsonl", code=2).stderr
    refused = run("repair", "fixed.txt", "--undo", "pdf.jsonl", code=2)
    assert "plan of a document (application/pdf)" in refused.stderr


def test_undo_says_what_cannot_come_back() -> None:
    Path("a.txt").write_bytes(GARBLED.encode() * 5 + b"n\xffm\n")
    Path("clean.txt").write_bytes(run("repair", "a.txt", "--plan", "p.jsonl").stdout_bytes)
    result = run("repair", "clean.txt", "--undo", "p.jsonl")
    assert result.stdout == GARBLED * 5 + "n\ufffdm\n"
    assert "U+FFFD" in result.stderr


# ---------------------------------------------------------------- what stays damaged, and the report


def test_what_stays_damaged_is_said_on_stderr() -> None:
    said = "congvan: standard input: 1 place looks damaged and could not be repaired"
    assert run("repair", stdin=LEFT.encode()).stderr == f"{said}: see --explain\n"
    assert run("repair", "--explain", stdin=LEFT.encode()).stderr == f"{said}\n"
    assert run("repair", "--plan", "p", "--report", "r", stdin=LEFT.encode()).stderr == f"{said}: see p\n"
    assert "2 places look damaged" in run("repair", stdin=LEFT.encode() * 2).stderr
    assert run("repair", stdin=GARBLED.encode()).stderr == ""


def test_report_is_written_beside_the_text() -> None:
    text = run("repair", "--report", "r.html", stdin=GARBLED.encode()).stdout
    assert text.startswith("Chủ tịch")
    shown = Path("r.html").read_text(encoding="utf-8")
    assert shown.startswith("<!DOCTYPE html>")
    assert ">tịch</ins>" in shown
    pdf = str(next(SAMPLES.glob("*_gs.pdf")))
    run("repair", pdf, "--report", "r.html")
    assert "font 1" in Path("r.html").read_text(encoding="utf-8")


# ---------------------------------------------------------------- long text


@pytest.mark.usefixtures("long_from_1_kb")
def test_long_text_goes_through_in_pieces_whatever_its_size() -> None:
    data = (NOTICE + GARBLED + LEFT).encode() * 8
    assert len(data) > 4_000
    Path("a.txt").write_bytes(data)
    result = run("repair", "a.txt")
    assert result.stdout == (NOTICE + "Chủ tịch Ủy ban nhân dân tỉnh yêu cầu các sở, ban ngành khẩn trương thực hiện.\n" + LEFT) * 8  # fmt: skip
    assert result.stderr == "congvan: a.txt: 8 places look damaged and could not be repaired: see --explain\n"
    assert run("repair", stdin=data).stdout == result.stdout
    explained = run("repair", "--explain", "a.txt", "--plan", "p.jsonl").stdout
    assert explained == Path("p.jsonl").read_text(encoding="utf-8")
    lines = [json.loads(line) for line in explained.splitlines()]
    assert all(
        result.stdout[slice(*line["unresolved"])] == line["text"] == "\x05\x06q\x06"
        for line in lines
        if "unresolved" in line
    )
    assert run("repair", "a.txt", "--report", "r.html", code=9).stderr.startswith("congvan: a.txt has ")


@pytest.mark.usefixtures("long_from_1_kb")
@pytest.mark.parametrize("name", ENCODED)
def test_plan_of_long_text_undoes_it_to_the_byte(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    once = ENCODED[name]
    bom = next((b for b in (b"\xef\xbb\xbf", b"\xff\xfe\0\0", b"\xff\xfe") if once.startswith(b)), b"")
    data = bom + once.removeprefix(bom) * 25
    Path("a.txt").write_bytes(data)
    clean = run("repair", "a.txt", "--plan", "p.jsonl").stdout_bytes
    monkeypatch.setenv("CONGVAN_MAX_BYTES", "100000000")
    assert run("repair", "--undo", "p.jsonl", stdin=clean).stdout_bytes == data
    Path("b.txt").write_bytes(data)
    assert run("repair", "b.txt", "--apply", "p.jsonl").stdout_bytes == clean


@pytest.mark.usefixtures("long_from_1_kb")
def test_bytes_of_long_text_that_are_no_text_are_said() -> None:
    result = run("repair", stdin=NOTICE.encode() * 4 + b"n\xffm\n", code=0)
    assert "not valid UTF-8" in result.stderr
    assert result.stdout.endswith("n\ufffdm\n")


@pytest.mark.usefixtures("long_from_1_kb")
def test_other_long_files_keep_the_limit() -> None:
    page = "<html><body>" + "<p>Quyết định</p>" * 200 + "</body></html>"
    assert "the limit is 2,000" in run("repair", stdin=page.encode(), code=9).stderr


def _pipe(command: str) -> subprocess.CompletedProcess[bytes]:
    return subprocess.run(["bash", "-c", command], capture_output=True, timeout=120, check=False)


def test_a_reader_that_has_seen_enough_is_no_error() -> None:
    Path("a.txt").write_text((NOTICE + GARBLED) * 1200, encoding="utf-8")
    assert Path("a.txt").stat().st_size > 600_000
    result = _pipe(f"'{CONGVAN}' repair a.txt --plan p.jsonl | head -c 10")
    assert result.stderr == b""
    assert not Path("p.jsonl").exists()  # not half a plan


@no_full_disk
def test_a_full_disk_is_blamed_on_the_right_output() -> None:
    Path("a.txt").write_text(GARBLED, encoding="utf-8")
    result: Any = _pipe(f"'{CONGVAN}' repair a.txt --plan p.jsonl > {FULL}")
    assert result.stderr.startswith(b"congvan: The output cannot be written: No space left on device.\n")
    assert result.returncode == 1
    result = _pipe(f"'{CONGVAN}' repair a.txt --plan {FULL}")
    assert result.stderr.startswith(f"congvan: {FULL} cannot be written: No space left on device.\n".encode())


@pytest.mark.parametrize("option", ["--plan", "--report"])
def test_the_input_is_never_overwritten(option: str, tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_text("Chā tịch Āy ban nhân dân\n", encoding="utf-8")
    assert "overwrite" in run("repair", str(path), option, str(path), code=2).stderr
    assert path.read_text(encoding="utf-8") == "Chā tịch Āy ban nhân dân\n"


def test_text_shown_as_glyph_ids_of_ascii_is_text(tmp_path: Path) -> None:
    clean = "Chi cuc Kiem lam tinh Gia Lai bao cao ket qua 12 thang"
    shifted = "".join(chr(ord(c) - 29) for c in clean)
    path = tmp_path / "a.txt"
    path.write_text(shifted + "\n", encoding="utf-8")
    assert "Kiem lam" in run("repair", str(path)).stdout
