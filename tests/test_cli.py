"""The command line: what each verb prints, its exit codes, and what it must not load."""

from __future__ import annotations

import csv
import importlib.metadata
import io
import json
import os
import signal
import sqlite3
import subprocess
import sys
import time
import unicodedata
import zipfile
from pathlib import Path
from typing import Any, get_args

import jsonschema
import pandas
import pikepdf
import pytest
from make_inputs import picture_pdf
from rich.console import Console
from typer.testing import CliRunner

from congvan.cli import output
from congvan.cli.app import app
from congvan.cli.failures import exit_code
from congvan.cli.listing import Kind
from congvan.cli.output import _widest, cell
from congvan.errors import DamagedInput, EmptyInput
from congvan.read.scan.engine import missing
from congvan.record import KINDS

CONGVAN = str(Path(sys.executable).parent / "congvan")

NOTICE = """ỦY BAN NHÂN DÂN
TỈNH KON TUM
Số: 12/TB-UBND

CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
Độc lập - Tự do - Hạnh phúc
Kon Tum, ngày 01 tháng 02 năm 2024

THÔNG BÁO
Về việc rà soát thuế đất

1. Sở Tài chính chủ trì, phối hợp với Sở Y tế rà soát các khoản thu. Hoàn thành trước ngày 15 tháng 3 năm 2024.
2. Kinh phí thực hiện là 6.909 triệu đồng, đạt 14,58% kế hoạch.
"""
PLAN = "KẾ HOẠCH\nTrồng rừng năm 2024\n\n1. Diện tích rừng trồng mới tăng 12,5% so với năm trước.\n"


def _documents(folder: Path) -> None:
    (folder / "in").mkdir()
    (folder / "in" / "notice.txt").write_text(NOTICE, encoding="utf-8")
    (folder / "in" / "plan.md").write_text(PLAN, encoding="utf-8")


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A working folder of our own, with two documents in ``in/``."""
    monkeypatch.chdir(tmp_path)
    _documents(tmp_path)
    return tmp_path


@pytest.fixture(scope="module")
def _imported_once(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("imported")
    _documents(folder)
    run("import", str(folder / "in"), "--catalogue", str(folder / "congvan.sqlite"))
    return folder


@pytest.fixture
def imported(_imported_once: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A working folder with the two documents in its catalogue, for tests that only read."""
    monkeypatch.chdir(_imported_once)
    return _imported_once


def run(*args: str, code: int = 0, stdin: bytes | None = None) -> Any:
    """Run a verb in this process; the exit code must be as said."""
    result = CliRunner().invoke(app, list(args), input=stdin)
    if result.exception is not None and not isinstance(result.exception, SystemExit):
        raise result.exception
    assert result.exit_code == code, result.output
    return result


# ---------------------------------------------------------------- parse


def test_parse_prints_an_array_that_follows_the_schema(here: Path) -> None:
    schema = json.loads(run("schema").stdout)
    (record,) = json.loads(run("parse", "in/notice.txt").stdout)
    jsonschema.validate(record, schema)
    assert record["source"]["path"] == "in/notice.txt"
    assert [p["value"] for p in record["percentages"]] == [14.58]
    assert [a["value"] for a in record["amounts"]] == [6_909_000_000]


def test_parse_jsonl_is_an_object_a_line(here: Path) -> None:
    lines = run("parse", "in/notice.txt", "in/plan.md", "--format", "jsonl").stdout.splitlines()
    assert [json.loads(line)["source"]["path"] for line in lines] == ["in/notice.txt", "in/plan.md"]


@pytest.mark.parametrize("width", [60, 80, 200])
def test_a_narrow_terminal_cuts_nothing_and_breaks_no_figure(width: int, monkeypatch: pytest.MonkeyPatch) -> None:
    out = io.StringIO()
    screen = Console(file=out, width=width, force_terminal=True, color_system=None)
    monkeypatch.setattr(output, "console", lambda _out=None: screen)
    headline = "tham mưu Ủy ban nhân dân tỉnh phân bổ kinh phí sự nghiệp ngân sách trung ương cho các đơn vị"
    output.show(output.table(("headline", "value"), [{"headline": headline, "value": 1_700_000_000_000}]))
    shown = out.getvalue()
    assert "1,700,000,000,000" in shown
    assert headline.split() == shown.replace("1,700,000,000,000", "").split()[3:]
    assert max(map(len, shown.splitlines())) <= width


def test_parse_table_shows_what_a_person_looks_for(here: Path) -> None:
    shown = run("parse", "in/notice.txt", "--format", "table").stdout
    for wanted in ("12/TB-UBND", "THÔNG BÁO", "2024-03-15", "6,909,000,000", "14.58", "Sở Tài chính"):
        assert wanted in shown
    assert "\x1b" not in shown


def test_parse_reads_standard_input(here: Path) -> None:
    (record,) = json.loads(run("parse", "-", stdin=NOTICE.encode()).stdout)
    assert record["source"]["path"] == "-"
    assert record["number"] == "12/TB-UBND"


def test_parse_to_a_file(here: Path) -> None:
    assert run("parse", "in/notice.txt", "--output", "out.json").stdout == ""
    assert len(json.loads((here / "out.json").read_text(encoding="utf-8"))) == 1
    assert sorted(p.name for p in here.iterdir()) == ["in", "out.json"]
    run("parse", "in/notice.txt", "--output", "no/out.json", code=2)


def test_parse_one_bad_file_among_good_ones(here: Path) -> None:
    result = run("parse", "in/notice.txt", "gone.txt", "in/plan.md", code=13)
    assert [r["source"]["path"] for r in json.loads(result.stdout)] == ["in/notice.txt", "in/plan.md"]
    assert "gone.txt does not exist" in result.stderr


def test_exit_codes_of_several_inputs() -> None:
    empty, damaged = EmptyInput("e"), DamagedInput("d")
    assert exit_code([], 2) == 0
    assert exit_code([empty], 1) == 5
    assert exit_code([empty, empty], 2) == 5
    assert exit_code([empty, damaged], 2) == 13
    assert exit_code([empty], 2) == 13


# ---------------------------------------------------------------- bad input, for parse and import alike


def _truncated_pdf(path: Path) -> None:
    whole = io.BytesIO()
    _pdf(whole)
    path.write_bytes(whole.getvalue()[: len(whole.getvalue()) // 3])


def _encrypted_pdf(path: Path) -> None:
    whole = io.BytesIO()
    _pdf(whole)
    with pikepdf.open(whole) as pdf:
        pdf.save(path, encryption=pikepdf.Encryption(owner="o", user="u"))


def _pdf(out: Any) -> None:
    from reportlab.pdfgen.canvas import Canvas

    canvas = Canvas(out)
    for _ in range(3):
        canvas.drawString(72, 720, "Thong bao so 12")
        canvas.showPage()
    canvas.save()


def _other_zip(path: Path) -> None:
    with zipfile.ZipFile(path, "w") as other:
        other.writestr("song.txt", "la la la")


def _too_large(path: Path) -> None:
    with path.open("wb") as file:
        file.truncate(200_000_000)


BAD: dict[str, tuple[Any, int, str]] = {
    "missing.txt": (lambda path: None, 4, "does not exist"),
    "folder": (lambda path: path.mkdir(), 4, "holds no document"),
    "empty.txt": (lambda path: path.write_bytes(b""), 5, "no content"),
    "blank.txt": (lambda path: path.write_bytes(b" \n\n\t"), 5, "no content"),
    "random.pdf": (lambda path: path.write_bytes(bytes((i * 7919 + i // 3) % 256 for i in range(4096))), 6, ""),
    "other.docx": (_other_zip, 6, ""),
    "truncated.pdf": (_truncated_pdf, 7, ""),
    "locked.pdf": (_encrypted_pdf, 8, "password"),
    "large.txt": (_too_large, 9, "200,000,000 bytes"),
}


@pytest.mark.parametrize("name", BAD)
def test_bad_input(here: Path, name: str) -> None:
    make, code, words = BAD[name]
    make(here / name)
    for verb in ["import"] if name == "folder" else ["parse", "import"]:
        result = run(verb, name, code=code)
        first, *hint = result.stderr.splitlines()
        assert first.startswith(f"congvan: {name} ")
        assert words in first
        assert hint
        assert "Traceback" not in result.stderr
    assert result.stdout == "1 found = 0 imported + 0 unchanged + 1 failed\n"


def test_one_import_of_all_bad_inputs_and_a_good_one(here: Path) -> None:
    for name, (make, _, _) in BAD.items():
        make(here / name)
    result = run("import", *BAD, "in", code=13)
    assert result.stdout == "11 found = 2 imported + 0 unchanged + 9 failed\n"
    assert len([line for line in result.stderr.splitlines() if line.startswith("congvan: ")]) == 9
    rows = csv.DictReader(io.StringIO(run("list", "documents", "--format", "csv").stdout))
    assert [Path(row["path"]).name for row in rows] == ["notice.txt", "plan.md"]


def test_a_failure_in_a_folder_is_named_in_full(here: Path) -> None:
    (here / "in" / "deep").mkdir()
    (here / "in" / "deep" / "empty.txt").touch()
    result = run("import", "in", code=13)
    assert result.stderr.startswith("congvan: in/deep/empty.txt: deep/empty.txt has no content.\n")


@pytest.mark.slow
def test_an_interrupted_import_keeps_whole_documents(here: Path) -> None:
    for i in range(300):
        (here / "in" / f"{i:03}.txt").write_text(f"{NOTICE * 20}\n{i}\n", encoding="utf-8")
    with subprocess.Popen([CONGVAN, "import", "in"], stdout=subprocess.PIPE, stderr=subprocess.PIPE) as running:
        deadline = time.monotonic() + 30
        while running.poll() is None and not _documents_in(here / "congvan.sqlite") and time.monotonic() < deadline:
            time.sleep(0.02)
        running.send_signal(signal.SIGINT)
        out, err = running.communicate(timeout=30)
    assert running.returncode == 130, err.decode()
    assert b"Traceback" not in err
    assert out == b""
    done = _documents_in(here / "congvan.sqlite")
    assert 0 < done < 302
    with sqlite3.connect(here / "congvan.sqlite") as database:
        (whole,) = database.execute("SELECT count(DISTINCT document_id) FROM findings").fetchone()
        assert database.execute("PRAGMA integrity_check").fetchone() == ("ok",)
    database.close()
    assert whole == done


def _documents_in(catalogue: Path) -> int:
    try:
        database = sqlite3.connect(f"file:{catalogue}?mode=ro", uri=True)
        found: int = database.execute("SELECT count(*) FROM documents").fetchone()[0]
    except sqlite3.OperationalError:
        return 0
    database.close()
    return found


# ---------------------------------------------------------------- repair


@pytest.mark.parametrize(
    "data",
    [
        NOTICE.encode(),
        NOTICE.replace("\n", "\r\n").encode(),
        b"\xef\xbb\xbf" + NOTICE.encode(),
        NOTICE.rstrip("\n").encode(),
        PLAN.encode(),
        ("\n\n  \t" + PLAN + "\f\n").encode(),
    ],
)
def test_repair_gives_clean_text_back_to_the_byte(here: Path, data: bytes) -> None:
    (here / "a.txt").write_bytes(data)
    assert run("repair", "a.txt").stdout_bytes == data
    assert run("repair", stdin=data).stdout_bytes == data


def test_repair_composes_letters(here: Path) -> None:
    composed = "Sở Tài chính"
    data = unicodedata.normalize("NFD", composed).encode()
    assert data != composed.encode()
    assert run("repair", "-", stdin=data).stdout_bytes == composed.encode()


GARBLED = "Chā tßch Āy ban nhân dân tãnh yêu cầu các sở, ban ngành khẩn tr°¡ng thực hiện.\n"


def test_repair_explains_itself(here: Path) -> None:
    repaired = run("repair", "-", stdin=GARBLED.encode()).stdout
    assert repaired.startswith("Chủ t")
    edits = [json.loads(line) for line in run("repair", "--explain", stdin=GARBLED.encode()).stdout.splitlines()]
    replaced = [edit for edit in edits if "span" in edit]
    assert set(replaced[0]) == {"span", "before", "after", "family", "evidence", "confidence"}
    text = GARBLED
    for edit in reversed(replaced):
        start, end = edit["span"]
        assert text[start:end] == edit["before"]
        text = text[:start] + edit["after"] + text[end:]
    assert text == repaired


def test_repair_of_an_empty_input(here: Path) -> None:
    run("repair", "-", stdin=b"", code=5)
    run("repair", "gone.txt", code=4)


def test_repair_of_a_pdf_prints_its_text(here: Path) -> None:
    with (here / "a.pdf").open("wb") as out:
        _pdf(out)
    assert "Thong bao so 12" in run("repair", "a.pdf").stdout


# ---------------------------------------------------------------- import, find, list


def test_import_twice(here: Path) -> None:
    assert run("import", "in").stdout == "2 found = 2 imported + 0 unchanged + 0 failed\n"
    assert run("import", "in").stdout == "2 found = 0 imported + 2 unchanged + 0 failed\n"
    assert (here / "congvan.sqlite").is_file()


def test_import_says_what_came_in_without_text(here: Path) -> None:
    from reportlab.pdfgen.canvas import Canvas

    canvas = Canvas(str(here / "in" / "scan.pdf"))
    for _ in range(3):
        canvas.rect(100, 100, 300, 300)
        canvas.showPage()
    canvas.save()
    (here / "in" / "half.pdf").write_bytes(picture_pdf())
    result = run("import", "in")
    assert result.stdout == "4 found = 4 imported + 0 unchanged + 0 failed\n"
    half, hint, scan, same_hint, count = result.stderr.splitlines()
    assert half == "congvan: in/half.pdf: Page 2 has no text."
    assert scan == "congvan: in/scan.pdf: Page 1 has no text. (2 more problems like this)"
    assert hint == same_hint
    assert "OCR" in hint
    assert count == f"of these 1 without text ({'no-text-layer' if missing() is None else 'ocr-missing'}), 1 partial"


def test_import_of_whole_documents_says_nothing_more(here: Path) -> None:
    assert run("import", "in").stderr == ""


def test_an_edited_file_is_listed_once(here: Path) -> None:
    run("import", "in")
    (here / "in" / "plan.md").write_text(PLAN + "2. Chăm sóc rừng.\n", encoding="utf-8")
    assert run("import", "in").stdout == "2 found = 1 imported + 1 unchanged + 0 failed\n"
    names = [Path(row["path"]).name for row in json.loads(run("list", "documents", "--format", "json").stdout)]
    assert names == ["notice.txt", "plan.md"]
    every = json.loads(run("list", "documents", "--superseded", "--format", "json").stdout)
    assert [row["superseded_at"] is None for row in every] == [True, False, True]


def test_another_catalogue(here: Path) -> None:
    run("import", "in/plan.md", "--catalogue", "other.sqlite")
    run("import", "in/notice.txt", "--catalogue", f"sqlite:///{here}/third.sqlite")
    assert not (here / "congvan.sqlite").exists()
    assert "rừng" in run("find", "rung", "--catalogue", "other.sqlite").stdout
    assert run("find", "rung", "--catalogue", "third.sqlite").stdout == ""


def test_verbs_that_read_make_no_catalogue(here: Path) -> None:
    for args in (["find", "x"], ["list", "documents"]):
        assert "There is no catalogue" in run(*args, code=11).stderr
    assert not (here / "congvan.sqlite").exists()


def test_find(imported: Path) -> None:
    (hit,) = json.loads(run("find", "thue", "dat", "--format", "json").stdout)
    assert hit["number"] == "12/TB-UBND"
    assert "rà soát thuế đất" in hit["snippet"]
    rows = list(csv.DictReader(io.StringIO(run("find", '"trồng mới"', "--format", "csv").stdout)))
    assert [Path(row["path"]).name for row in rows] == ["plan.md"]
    assert "12/TB-UBND" in run("find", "12/TB-UBND").stdout
    nothing = run("find", "không-có-gì-đâu")
    assert (nothing.stdout, nothing.stderr) == ("", "No document matches.\n")
    assert run("find", "nothing", "--format", "json").stdout == "[]\n"
    run("find", "--", "-", code=2)


def test_the_kinds_of_list_are_those_of_the_record() -> None:
    assert get_args(Kind) == ("documents", *KINDS)


@pytest.mark.parametrize("kind", ["documents", *KINDS])
def test_every_list_is_csv_that_pandas_reads_and_json(imported: Path, kind: str) -> None:
    frame = pandas.read_csv(io.StringIO(run("list", kind, "--format", "csv").stdout))
    objects = json.loads(run("list", kind, "--format", "json").stdout)
    assert len(frame) == len(objects)
    assert set(objects[0] if objects else ()) <= set(frame.columns)
    assert "\x1b" not in run("list", kind).stdout


def test_list_amounts(imported: Path) -> None:
    frame = pandas.read_csv(io.StringIO(run("list", "amounts", "--format", "csv").stdout))
    assert frame[["document_number", "value", "currency"]].to_numpy().tolist() == [["12/TB-UBND", 6_909_000_000, "VND"]]
    assert run("list", "amounts", "--min", "6909000000", "--format", "json").stdout != "[]\n"
    assert run("list", "amounts", "--min", "6909000001", "--format", "json").stdout == "[]\n"
    assert run("list", "amounts", "--min", "6909000001").stderr == "No amounts match.\n"


def test_list_obligations(imported: Path) -> None:
    found = json.loads(
        run("list", "obligations", "--lead", "tai chinh", "--to", "2024-03-31", "--format", "json").stdout
    )
    assert [f["deadline"]["due"] for f in found] == ["2024-03-15"]
    assert "Sở Y tế" in found[0]["coordinating"][0]["text"]
    shown = run("list", "obligations").stdout
    assert "2024-03-15" in shown
    assert "12/TB-UBND" in shown


@pytest.mark.parametrize(
    ("args", "words"),
    [
        (["tasks"], "tasks"),
        (["amounts", "--from", "31/12/2024"], "is not a date"),
        (["amounts", "--min", "much"], "is not a number"),
        (["amounts", "--min", "nan"], "is not a number"),
        (["deadlines", "--min", "1"], "does not apply"),
        (["amounts", "--sort", "colour"], "no column"),
        (["amounts", "--limit", "0"], "--limit"),
    ],
)
def test_wrong_calls_of_list(imported: Path, args: list[str], words: str) -> None:
    assert words in run("list", *args, code=2).stderr


def test_settings_are_checked(here: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CONGVAN_MAX_BYTES", "10")
    run("parse", "in/notice.txt", code=9)
    monkeypatch.setenv("CONGVAN_COLOUR", "red")
    assert "Unknown setting" in run("parse", "in/notice.txt", code=2).stderr


# ---------------------------------------------------------------- the other verbs


def test_tokens(here: Path) -> None:
    (here / "a.txt").write_text("Ủy ban nhân dân tỉnh Kon Tum ban hành kế hoạch.\n", encoding="utf-8")
    assert run("tokens", "a.txt").stdout == "Ủy ban nhân dân|tỉnh|Kon Tum|ban hành|kế hoạch|.\n"
    (line,) = run("tokens", "a.txt", "--format", "json").stdout.splitlines()
    assert json.loads(line)["words"][1] == {"span": [16, 20], "text": "tỉnh"}


def test_rules(here: Path) -> None:
    assert "percentages.figure" in run("rules", "list", "--kind", "percentages").stdout
    assert run("rules", "test").stdout.endswith("examples pass.\n")
    explained = run("rules", "explain", "đạt 95% kế hoạch", "--kind", "percentages").stdout
    assert "4-7" in explained
    assert run("rules", "explain", "không có gì", "--kind", "percentages").stdout == "No rule matches.\n"
    run("rules", "list", "--kind", "poems", code=2)


def test_rules_test_fails_loudly(here: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("congvan.rules.check.failures", lambda ruleset: [f"{ruleset.kind}: wrong"])
    assert "fail" in run("rules", "test", code=12).stderr


def test_doctor(here: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    healthy = run("doctor").stdout
    assert "congvan is complete." in healthy
    assert "ngrams.npz" in healthy
    monkeypatch.setenv("CONGVAN_CATALOGUE", "postgresql://me:secret@server/db")
    monkeypatch.setenv("CONGVAN_MODELS", str(here / "in"))
    (here / "in" / "notice.txt").unlink()
    (here / "in" / "plan.md").unlink()
    sick = run("doctor", code=10).stdout
    assert "missing" in sick
    assert "secret" not in sick


def test_doctor_lists_what_congvan_needs_now_whatever_the_installation_says(
    here: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(importlib.metadata, "requires", lambda name: ["python-docx>=1.2", 'psycopg; extra == "x"'])
    lines = [line.split()[:2] for line in run("doctor").stdout.splitlines()]
    assert ["ok", "spacy"] in lines
    assert ["ok", "python-docx"] not in lines


def test_doctor_outside_a_checkout(here: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("congvan.cli.doctor.checkout", lambda: None)
    monkeypatch.setattr(importlib.metadata, "requires", lambda name: ["regex>=2026.9", 'no-such-thing; extra == "x"'])
    lines = [line.split()[:2] for line in run("doctor").stdout.splitlines()]
    assert ["ok", "regex"] in lines
    assert ["ok", "spacy"] not in lines
    assert ["missing", "no-such-thing"] not in lines


def test_doctor_names_a_missing_package(here: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def version(name: str) -> str:
        if name == "ftfy":
            raise importlib.metadata.PackageNotFoundError(name)
        return "1"

    monkeypatch.setattr(importlib.metadata, "version", version)
    (line,) = [line for line in run("doctor", code=10).stdout.splitlines() if line.startswith("missing")]
    assert line.split()[:2] == ["missing", "ftfy"]
    assert 'pip install "ftfy' in line


def test_help_has_examples() -> None:
    for verb in ("parse", "repair", "import", "find", "list", "tokens", "schema", "doctor"):
        assert f"congvan {verb}" in run(verb, "--help").stdout
    assert run("--version").stdout.startswith("congvan ")


def test_cells() -> None:
    assert [cell(v) for v in (None, True, 6909000000, 14.58, "a\n b")] == ["", "yes", "6,909,000,000", "14.58", "a b"]


def test_short_columns_are_not_cut_for_long_ones() -> None:
    assert _widest([10, 10, 100], 60) == 40
    assert _widest([10, 90, 100], 60) == 25
    assert _widest([10, 10], 60) == 10
    assert _widest([], 60) == 6


# ---------------------------------------------------------------- as a program


def program(*args: str, **kwargs: Any) -> subprocess.CompletedProcess[bytes]:
    return subprocess.run([CONGVAN, *args], capture_output=True, timeout=60, check=False, **kwargs)


def test_output_is_utf8_in_the_c_locale(here: Path) -> None:
    environment = {
        "PATH": os.environ["PATH"],
        "LANG": "C",
        "LC_ALL": "C",
        "PYTHONUTF8": "0",
        "PYTHONCOERCECLOCALE": "0",
    }
    environment["PYTHONIOENCODING"] = "ascii"
    result = program("parse", "in/notice.txt", "--format", "jsonl", env=environment)
    assert result.returncode == 0, result.stderr.decode()
    assert "THÔNG BÁO" in result.stdout.decode("utf-8")


def test_a_closed_pipe_is_quiet(here: Path) -> None:
    command = f"'{CONGVAN}' schema | head -c 10"
    result = subprocess.run(["bash", "-c", command], capture_output=True, timeout=60, check=False)
    assert result.stderr == b""


FULL = Path("/dev/full")  # a disk without room
no_full_disk = pytest.mark.skipif(not FULL.is_char_device(), reason="no /dev/full here")


@no_full_disk
@pytest.mark.parametrize(
    "args",
    [
        ["parse", "in/notice.txt"],
        ["repair", "in/notice.txt"],
        ["import", "in"],
        ["--version"],
    ],
)
def test_output_that_cannot_be_written(here: Path, args: list[str]) -> None:
    with FULL.open("wb") as full:
        result = subprocess.run([CONGVAN, *args], stdout=full, stderr=subprocess.PIPE, timeout=60, check=False)
    assert result.returncode == 1
    first, hint = result.stderr.decode().splitlines()
    assert first == "congvan: The output cannot be written: No space left on device."
    assert hint.startswith("  ")


def test_no_standard_output_at_all(here: Path) -> None:
    result = subprocess.run(["bash", "-c", f"'{CONGVAN}' schema >&-"], capture_output=True, timeout=60, check=False)
    assert result.returncode == 1
    assert result.stderr.startswith(b"congvan: There is no standard output.\n")


def test_help_to_a_closed_pipe_is_quiet(here: Path) -> None:
    command = f"'{CONGVAN}' --help | head -c 0"
    result = subprocess.run(["bash", "-c", command], capture_output=True, timeout=60, check=False)
    assert result.stderr == b""


@no_full_disk
def test_an_output_file_on_a_full_disk(here: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_: object, **__: object) -> Any:
        return FULL.open("w", encoding="utf-8")

    monkeypatch.setattr("congvan.cli.writing.os.fdopen", full)
    result = run("parse", "in/notice.txt", "--output", "out.json", code=1)
    assert result.stderr.startswith("congvan: out.json cannot be written: No space left on device.\n")
    assert sorted(p.name for p in here.iterdir()) == ["in"]


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no named pipes here")
def test_a_pipe_named_as_output_is_written_to_and_not_replaced(here: Path) -> None:
    os.mkfifo(here / "pipe")
    with subprocess.Popen([CONGVAN, "parse", "in/notice.txt", "--output", "pipe"]) as running:
        assert len(json.loads((here / "pipe").read_text(encoding="utf-8"))) == 1
        assert running.wait(30) == 0
    assert (here / "pipe").is_fifo()


def test_repair_and_help_load_nothing_heavy(here: Path) -> None:
    code = (
        "import sys\n"
        "from congvan.cli.app import app\n"
        "try: app(sys.argv[1:])\n"
        "except SystemExit: pass\n"
        "heavy = {'sqlalchemy', 'pandas', 'spacy', 'underthesea', 'pdfplumber', 'pypdfium2', 'docx', 'alembic'}\n"
        "sys.stderr.write(','.join(sorted(heavy & set(sys.modules))))\n"
    )
    for args in (["repair", "in/notice.txt"], ["--help"], ["list", "--help"]):
        result = subprocess.run([sys.executable, "-c", code, *args], capture_output=True, timeout=60, check=False)
        assert result.stdout
        assert result.stderr == b""
