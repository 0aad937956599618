"""The wheel alone, in an empty environment outside the repository: what a user gets who has never seen the source."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import venv
import zipfile
from importlib.metadata import requires
from pathlib import Path

import pytest
import regex
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).parents[1]
SAMPLE = ROOT / "corpora" / "samples" / "06_cong_dien_bao.txt"
DAMAGED = ROOT / "corpora" / "samples" / "13_thong_bao_thien_tai_gs.pdf"

# accepts the first line of a locked requirement: "alembic==1.20.1 \"
_LOCKED = regex.compile(r"^(?P<name>[A-Za-z0-9._-]+)==", regex.MULTILINE)

# one environment for all: run with --dist loadgroup where tests run side by side
pytestmark = [pytest.mark.wheel, pytest.mark.timeout(300), pytest.mark.xdist_group("wheel")]


def needed(name: str) -> set[str]:
    """Names of all packages that a package needs at run time, on this machine."""
    found: set[str] = set()
    waiting = [name]
    while waiting:
        for line in requires(waiting.pop()) or []:
            requirement = Requirement(line)
            one = canonicalize_name(requirement.name)
            if one not in found and (requirement.marker is None or requirement.marker.evaluate({"extra": ""})):
                found.add(one)
                waiting.append(one)
    return found


def locked(names: set[str]) -> str:
    """The locked requirements of these packages, with their hashes; those of development alone are left out."""
    text = (ROOT / "requirements" / "dev.txt").read_text(encoding="utf-8")
    starts = [*_LOCKED.finditer(text)]
    ends = [m.start() for m in starts[1:]] + [len(text)]
    return "".join(
        text[m.start() : end] for m, end in zip(starts, ends, strict=True) if canonicalize_name(m["name"]) in names
    )


def run(*command: str | Path, cwd: Path, given: str | None = None) -> str:
    """Standard output of a command that must succeed, run without any setting of ours or of Python's."""
    environment = {k: v for k, v in os.environ.items() if not k.startswith(("CONGVAN_", "PYTHON", "VIRTUAL_ENV"))}
    done = subprocess.run(
        [str(word) for word in command], cwd=cwd, env=environment, input=given, capture_output=True, encoding="utf-8"
    )
    assert done.returncode == 0, done.stdout[-2000:] + done.stderr[-2000:]
    return done.stdout


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    out = tmp_path_factory.mktemp("wheel")
    run(sys.executable, "-m", "build", "--wheel", "--no-isolation", "--outdir", out, ROOT, cwd=out)
    [made] = out.glob("*.whl")
    return made


@pytest.fixture(scope="module")
def installed(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The ``bin`` folder of an environment that holds the wheel and what it needs, at the locked versions."""
    home = tmp_path_factory.mktemp("empty")
    venv.create(home / "venv", with_pip=True)
    python = home / "venv" / "bin" / "python"
    (home / "core.txt").write_text(locked(needed("congvan")), encoding="utf-8")
    pip = (python, "-m", "pip", "--quiet", "--disable-pip-version-check", "install", "--no-compile")
    run(*pip, "--require-hashes", "-r", home / "core.txt", cwd=home)
    run(*pip, "--no-deps", wheel, cwd=home)
    return python.parent


def test_wheel_holds_models_rules_and_licence(wheel: Path) -> None:
    names = set(zipfile.ZipFile(wheel).namelist())
    models = {
        f"congvan/models/{path.relative_to(ROOT / 'models')}"
        for path in (ROOT / "models").rglob("*")
        if path.is_file() and path.suffix != ".py"
    }
    assert "congvan/models/ngrams.npz" in models
    assert sorted(name for name in models - names if "__pycache__" not in name) == []
    assert "congvan/rules/vi/amounts.toml" in names
    assert "congvan/store/migrations/versions/r0001_catalogue.py" in names
    assert any(name.endswith("licenses/LICENSE") for name in names)
    assert not [name for name in names if name.startswith(("tests/", "corpora/", "pipeline/")) or "__pycache__" in name]


def test_environment_is_complete_and_apart(installed: Path, tmp_path: Path) -> None:
    run(installed / "python", "-m", "pip", "--disable-pip-version-check", "check", cwd=tmp_path)
    assert "congvan is complete." in run(installed / "congvan", "doctor", cwd=tmp_path)
    where = "import congvan.config as c, sys; print(c.models_dir().resolve(), *sys.path, sep='\\n')"
    models, *path = run(installed / "python", "-c", where, cwd=tmp_path).splitlines()
    assert models.startswith(str(installed.parent.resolve()))
    assert models.endswith("site-packages/congvan/models")
    assert not [place for place in path if place.startswith(str(ROOT))]
    listed = run(installed / "python", "-m", "pip", "--disable-pip-version-check", "list", cwd=tmp_path)
    assert "pytest" not in listed, "a package of development came along"


def test_version(installed: Path, tmp_path: Path) -> None:
    from congvan import __version__

    assert run(installed / "congvan", "--version", cwd=tmp_path) == f"congvan {__version__}\n"


def test_repair(installed: Path, tmp_path: Path) -> None:
    garbled = "Chā tịch Āy ban nhân dân tỉnh giao Sở Tài chính.\n"
    repaired = run(installed / "congvan", "repair", cwd=tmp_path, given=garbled)
    assert repaired == "Chủ tịch Ủy ban nhân dân tỉnh giao Sở Tài chính.\n"


def test_parse(installed: Path, tmp_path: Path) -> None:
    copy = tmp_path / "dien.txt"
    copy.write_bytes(SAMPLE.read_bytes())
    [record] = json.loads(run(installed / "congvan", "parse", "dien.txt", cwd=tmp_path))
    assert (record["document_type"], record["status"], record["source"]["path"]) == ("CÔNG ĐIỆN", "ok", "dien.txt")
    assert (record["number"], record["issued_on"]) == ("21/CĐ-UBND", "2024-09-18")
    assert record["issuer"]["name"] == "Ủy ban nhân dân tỉnh Nghệ An"
    assert [(a["operator"], a["value"], a["currency"]) for a in record["amounts"]] == [("~", 45_000_000_000, "VND")]
    first = record["obligations"][0]
    assert first["lead"][0]["text"] == "Bộ Chỉ huy Bộ đội Biên phòng tỉnh"
    assert first["coordinating"][0]["text"] == "Sở Nông nghiệp và Phát triển nông thôn"
    assert first["deadline"]["due"] == "2024-09-18"


def test_damaged_pdf(installed: Path, tmp_path: Path) -> None:
    (tmp_path / "thong_bao.pdf").write_bytes(DAMAGED.read_bytes())
    [record] = json.loads(run(installed / "congvan", "parse", "thong_bao.pdf", cwd=tmp_path))
    assert (record["source"]["reader"], record["status"], record["number"]) == ("pdf-evidence", "ok", "96/TB-UBND")
    assert record["issuer"]["name"] == "Ủy ban nhân dân tỉnh Đắk Lắk"


def test_catalogue(installed: Path, tmp_path: Path) -> None:
    (tmp_path / "dien.txt").write_bytes(SAMPLE.read_bytes())
    assert "1 imported" in run(installed / "congvan", "import", "dien.txt", cwd=tmp_path)
    [found] = json.loads(run(installed / "congvan", "list", "documents", "--format", "json", cwd=tmp_path))
    assert found["document_type"] == "CÔNG ĐIỆN"


def test_spacy_pipeline(installed: Path, tmp_path: Path) -> None:
    by_name = "import spacy; doc = spacy.load('vi_congvan')('Giao Sở Y tế báo cáo trước ngày 30/6/2024.')"
    shown = "; print([s.text for s in doc.spans['agencies']], doc._.congvan[0]['deadlines'][0]['due'])"
    assert run(installed / "python", "-c", by_name + shown, cwd=tmp_path) == "['Sở Y tế'] 2024-06-30\n"
    # by path nothing of congvan is imported first: spaCy finds tokenizer and component by the entry points
    path = next((installed.parent / "lib").glob("python3*/site-packages/congvan/models/vi_congvan"))
    by_path = by_name.replace("'vi_congvan'", repr(str(path)))
    assert run(installed / "python", "-c", by_path + shown, cwd=tmp_path) == "['Sở Y tế'] 2024-06-30\n"
