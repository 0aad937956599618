"""`congvan doctor`: what is installed, what is missing, and how to get it."""

from __future__ import annotations

import platform
import sqlite3
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass, fields
from importlib.util import find_spec
from itertools import takewhile
from pathlib import Path
from shutil import which
from typing import Literal

import typer

from congvan._version import __version__
from congvan.config import load_config, models_dir
from congvan.errors import ExitCode

#: parts that congvan uses where they are there: module, what for, how to install
_OPTIONAL = (
    ("psycopg", "catalogues on PostgreSQL", 'pip install "congvan[postgres]"'),
    ("openpyxl", "worksheets of tasks", 'pip install "congvan[office]"'),
    ("icalendar", "calendars of deadlines", 'pip install "congvan[office]"'),
    ("ocrmypdf", "pages that are pictures", 'pip install "congvan[ocr]"'),
    ("cv2", "pages that are pictures: straightening", 'pip install "congvan[ocr]"'),
    ("PIL", "pages that are pictures: pictures", 'pip install "congvan[ocr]"'),
    ("tesserocr", "pages that are pictures: the engine", 'pip install "congvan[ocr]"'),
)

#: programs that congvan uses where they are there: any of these names, what for, how to install
_PROGRAMS = (
    (
        ("soffice", "libreoffice"),
        "old Word, RTF and Excel files",
        "apt-get install libreoffice-writer-nogui libreoffice-calc-nogui",
    ),
)

State = Literal["ok", "missing", "optional"]


@dataclass(frozen=True, slots=True)
class Finding:
    """One line of the diagnosis. ``missing`` means that congvan does not work as it should."""

    state: State
    part: str
    detail: str


def doctor() -> None:
    """Show versions, models and missing parts; exit code 10 when a part that congvan needs is missing.

    \b
    Example:
      congvan doctor
    """
    config = load_config()
    missing = False
    print(f"congvan {__version__}, Python {platform.python_version()}, {platform.platform()}")
    for field in fields(config):
        value = getattr(config, field.name)
        print(f"{'setting':<9} {field.name:<22} {_without_password(value) if field.name == 'catalogue' else value}")
    for finding in (*_packages(), *_models(models_dir()), _full_text(), *_optional()):
        print(f"{finding.state:<9} {finding.part:<22} {finding.detail}")
        missing = missing or finding.state == "missing"
    if missing:
        print("congvan is not complete; see the lines that say missing.")
        raise typer.Exit(ExitCode.MISSING_DEPENDENCY)
    print("congvan is complete.")


def _without_password(catalogue: str) -> str:
    from congvan.store.engine import address

    return address(catalogue).render_as_string(hide_password=True)


def _packages() -> Iterator[Finding]:
    """The packages that congvan needs at run time."""
    from importlib.metadata import PackageNotFoundError, version

    for requirement in _requirements():
        name = "".join(takewhile(lambda c: c.isalnum() or c in "._-", requirement))
        try:
            yield Finding("ok", name, version(name))
        except PackageNotFoundError:
            yield Finding("missing", name, f'pip install "{requirement}"')


def _requirements() -> list[str]:
    """What the checkout asks for, else what the installed package does.

    An editable installation keeps the list of the day on which it was made.
    """
    from importlib.metadata import requires

    if (folder := checkout()) is not None:
        project = tomllib.loads((folder / "pyproject.toml").read_text(encoding="utf-8"))["project"]
        return list(project["dependencies"])
    return [requirement for requirement in requires("congvan") or [] if "extra ==" not in requirement]


def checkout() -> Path | None:
    """The folder of the sources that are running, None where congvan runs from an installed package."""
    folder = Path(__file__).parents[3]
    return folder if (folder / "pipeline" / "congvan").is_dir() and (folder / "pyproject.toml").is_file() else None


def _models(folder: Path) -> Iterator[Finding]:
    """The models: files of data in their folder."""
    files = sorted(p for p in folder.glob("*") if p.suffix not in (".py", ".md") and p.is_file())
    if not files:
        yield Finding("missing", "models", f"{folder} holds none; install congvan again")
    for path in files:
        yield Finding("ok", f"model {path.name}", f"{path.stat().st_size:,} bytes")


def _full_text() -> Finding:
    """The full-text index of SQLite."""
    with sqlite3.connect(":memory:") as connection:
        (there,) = connection.execute("SELECT sqlite_compileoption_used('ENABLE_FTS5')").fetchone()
    connection.close()
    name = f"SQLite {sqlite3.sqlite_version}"
    if there:
        return Finding("ok", name, "with full-text search (FTS5)")
    return Finding("optional", name, "without FTS5: `congvan find` is slower and does not rank; use a newer Python")


def _optional() -> Iterator[Finding]:
    """Parts that some uses need."""
    for module, use, how in _OPTIONAL:
        found = find_spec(module) is not None
        yield Finding("ok" if found else "optional", module, use if found else f"for {use}: {how}")
    yield _ocr()
    for names, use, how in _PROGRAMS:
        there = any(which(name) for name in names)
        yield Finding("ok" if there else "optional", names[0], use if there else f"for {use}: {how}")


def _ocr() -> Finding:
    """What reading pictures of text needs: the packages of the extra, Tesseract's model, every letter in it."""
    from congvan.read.scan.engine import GIVEN_BACK, INSTALL, missing, model_folder, unknown_letters

    what = missing()
    if what is not None:
        return Finding("optional", "OCR", f"{what} {INSTALL}")
    given_back = "".join(c for c in unknown_letters() or "" if c in GIVEN_BACK)
    note = f"; its letters {given_back} are given back by the correction" if given_back else ""
    return Finding("ok", "OCR", f"scans and pictures, by Tesseract with {model_folder()}/vie.traineddata{note}")
