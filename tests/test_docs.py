"""The documents tell the truth: verbs, settings, links, examples, snippets; and nothing of the machine they were written on."""

from __future__ import annotations

import ast
import doctest
import importlib
import os
import subprocess
import sys
import tokenize
import tomllib
from collections.abc import Iterator
from dataclasses import fields
from io import StringIO
from pathlib import Path
from typing import Any
from urllib.parse import unquote

import pytest
import regex
import typer.main

import congvan
from congvan.cli.app import app
from congvan.config import Config

ROOT = Path(__file__).parents[1]
PACKAGE = ROOT / "pipeline" / "congvan"
PAGES = [ROOT / "README.md", ROOT / "CONTRIBUTING.md", ROOT / "CHANGELOG.md", *sorted((ROOT / "docs").glob("*.md"))]
README = (ROOT / "README.md").read_text(encoding="utf-8")

# accepts a link or image of Markdown that leads to no other host: "[design](docs/design.md#stages)"
LINK = regex.compile(r"\[[^\]\n]*\]\((?!https?:|mailto:)(?P<to>[^)\s]+)\)")
# accepts a fenced block with its language: "```python … ```"
FENCE = regex.compile(r"^```(?P<language>\w*)\n(?P<code>.*?)^```$", regex.MULTILINE | regex.DOTALL)
# accepts a call of the program in a shell line: "$ pdftotext a.pdf - | congvan repair --explain"
CALL = regex.compile(r"(?:^\$ |[|;] ?|^ +)congvan (?P<words>[^|;>#\n]*)", regex.MULTILINE)


def verbs() -> Iterator[tuple[tuple[str, ...], Any]]:
    """All commands of the program that do something, by their words."""

    def walk(command: Any, words: tuple[str, ...]) -> Iterator[tuple[tuple[str, ...], Any]]:
        if hasattr(command, "commands"):
            for name, child in command.commands.items():
                yield from walk(child, (*words, name))
        else:
            yield words, command

    yield from walk(typer.main.get_command(app), ())


VERBS = dict(verbs())
TOP = sorted({words[0] for words in VERBS})


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_nothing_is_left_to_fill_in(page: Path) -> None:
    assert not [mark for mark in ("@@", "TODO", "TBD", "FIXME") if mark in page.read_text(encoding="utf-8")]


# ---------------------------------------------------------------- the command line


def test_there_are_the_verbs_that_this_file_thinks_of() -> None:
    assert set(TOP) >= {"parse", "repair", "import", "find", "list", "tokens", "rules", "schema", "doctor"}


@pytest.mark.parametrize("verb", TOP)
def test_verb_stands_in_the_readme(verb: str) -> None:
    assert f"congvan {verb}" in README


@pytest.mark.parametrize("words", VERBS, ids=" ".join)
def test_help_of_a_verb_has_an_example_of_it(words: tuple[str, ...]) -> None:
    text = VERBS[words].help or ""
    assert "Example" in text
    assert f"congvan {' '.join(words)}" in text.partition("Example")[2]
    for parameter in VERBS[words].params:
        assert getattr(parameter, "help", None) or parameter.name == "help", f"{parameter.name} is not explained"


def documented_calls() -> list[str]:
    """What the pages and the help call ``congvan`` with."""
    texts = [block["code"] for page in PAGES for block in FENCE.finditer(page.read_text(encoding="utf-8"))]
    texts += [VERBS[words].help or "" for words in VERBS]
    return sorted({m["words"].strip() for text in texts for m in CALL.finditer(text)})


@pytest.mark.parametrize("call", documented_calls())
def test_documented_calls_name_verbs_and_options_that_exist(call: str) -> None:
    words = call.split()
    command = VERBS.get(tuple(words[:1])) or VERBS.get(tuple(words[:2]))
    if words and words[0].startswith("-"):
        assert words[0] in ("--version", "--help")
        return
    assert command is not None, f"no verb for: congvan {call}"
    known = {option for parameter in command.params for option in parameter.opts} | {"--help", "-h"}
    assert [w for w in words if regex.match(r"--?[a-z]", w) and w not in known] == []


# ---------------------------------------------------------------- settings, links


@pytest.mark.parametrize("setting", [f.name for f in fields(Config)])
def test_setting_is_documented(setting: str) -> None:
    assert f"`{setting}`" in README
    assert regex.search(rf"^\s+{setting}: ", Config.__doc__ or "", regex.MULTILINE)


@pytest.mark.parametrize("page", PAGES, ids=lambda p: p.name)
def test_links_lead_somewhere(page: Path) -> None:
    text = page.read_text(encoding="utf-8")
    dead = [to for to in LINK.findall(text) if not (page.parent / unquote(to.partition("#")[0])).exists()]
    assert [to for to in dead if not to.startswith("#")] == []


def test_targets_of_make_that_pages_name_exist() -> None:
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    for page in PAGES:
        for target in regex.findall(r"(?:`|\$ )make ([a-z]+)", page.read_text(encoding="utf-8")):
            assert regex.search(rf"^{target}:", makefile, regex.MULTILINE), f"{page.name}: make {target}"


def test_folders_and_files_that_pages_name_exist() -> None:
    # accepts a path of the repository in back quotes: "`models/build_tables.py`", "`corpora/`"
    named = regex.compile(r"`(?P<path>(?:pipeline|models|corpora|notebooks|tests|docs|requirements)/[\w./-]*)`")
    for page in PAGES:
        for path in named.findall(page.read_text(encoding="utf-8")):
            assert (ROOT / path).exists() or "NAME" in path, f"{page.name}: {path}"


def test_version_of_the_changelog_is_that_of_the_package() -> None:
    changelog = (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")
    released = regex.findall(r"^## \[(\d+\.\d+\.\d+)\]", changelog, regex.MULTILINE)
    assert congvan.__version__.partition(".dev")[0] in released


# ---------------------------------------------------------------- snippets


def python_snippets() -> list[str]:
    return [block["code"] for block in FENCE.finditer(README) if block["language"] == "python"]


def promises(code: str) -> Iterator[tuple[str, object]]:
    """(expression, value) of the lines whose comment is a literal: ``a.b  # 'text'``."""
    for token in tokenize.generate_tokens(StringIO(code).readline):
        if token.type == tokenize.COMMENT:
            try:
                value = ast.literal_eval(token.string.removeprefix("#").strip())
            except (SyntaxError, ValueError):
                continue
            yield token.line[: token.start[1]].strip(), value


@pytest.mark.parametrize("code", python_snippets(), ids=lambda c: c.strip().splitlines()[0])
def test_python_of_the_readme_runs_and_gives_what_it_promises(code: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(ROOT)
    names: dict[str, object] = {}
    exec(compile(code, "README.md", "exec"), names)
    for expression, value in promises(code):
        assert eval(expression, names) == value, expression


def test_the_readme_has_python_with_promises() -> None:
    assert [p for code in python_snippets() for p in promises(code)]


def shell_examples() -> list[tuple[str, str]]:
    """(line, output) of the shell lines of the README that stand with their output and need no file."""
    out = []
    for block in FENCE.finditer(README):
        if block["language"] == "console":
            for part in regex.split(r"^\$ ", block["code"], flags=regex.MULTILINE)[1:]:
                line, _, output = part.partition("\n")
                if output.strip() and line.startswith("echo "):
                    out.append((line, output))
    return out


@pytest.mark.parametrize(("line", "output"), shell_examples())
def test_shell_of_the_readme_prints_what_it_shows(line: str, output: str) -> None:
    environment = {**os.environ, "PATH": f"{Path(sys.executable).parent}:{os.environ['PATH']}", "LC_ALL": "C.UTF-8"}
    done = subprocess.run(["sh", "-c", line], env=environment, capture_output=True, encoding="utf-8", check=True)
    assert done.stdout.strip() == output.strip()


def modules_with_doctests() -> list[str]:
    return [
        ".".join(path.relative_to(PACKAGE.parent).with_suffix("").parts).removesuffix(".__init__")
        for path in sorted(PACKAGE.rglob("*.py"))
        if ">>>" in path.read_text(encoding="utf-8")
    ]


@pytest.mark.parametrize("name", modules_with_doctests())
def test_examples_in_docstrings(name: str) -> None:
    result = doctest.testmod(importlib.import_module(name))
    assert (result.failed, result.attempted > 0) == (0, True)


# ---------------------------------------------------------------- what must not stand there


def tracked() -> list[Path]:
    """Text files of the repository (sample documents apart)."""
    listed = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, check=False)
    if listed.returncode:
        pytest.skip("no git here")
    paths = [ROOT / os.fsdecode(name) for name in listed.stdout.split(b"\0") if name]
    suffixes = {".py", ".md", ".toml", ".txt", ".sh", ".json", ".ipynb", ".yml", ""}
    return [p for p in paths if p.is_file() and p.suffix in suffixes and p.relative_to(ROOT).parts[0] != "corpora"]


def test_nothing_names_this_machine_or_a_package_registry() -> None:
    # a path of a home or of this checkout; the address of a registry. Written so that this file does not match itself.
    forbidden = regex.compile(
        r"(?<![\w.])/(?:work|root|home/\w+|opt/\w+)/|\b(?:pypi|pythonhosted|anaconda)[.](?:org|io|com)|--(?:extra-)?index[-]url",
    )
    found = []
    for path in tracked():
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
            if forbidden.search(line) and path != Path(__file__):
                found.append(f"{path.relative_to(ROOT)}:{number}: {line.strip()[:100]}")
    assert found == []


def test_project_file_tells_what_the_readme_tells() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    assert project["scripts"] == {"congvan": "congvan.cli.app:main"}
    assert "Apache-2.0" in README
    assert project["license"] == "Apache-2.0"
    assert (ROOT / "LICENSE").read_text(encoding="utf-8").lstrip().startswith("Apache License")


def test_every_key_of_the_record_is_explained() -> None:
    from congvan.record import FINDING_MODELS, Record

    page = (ROOT / "docs" / "record.md").read_text(encoding="utf-8")
    assert [key for key in Record.model_fields if f"`{key}`" not in page] == []
    for kind in ("agencies", "percentages", "deadlines", "citations", "obligations"):
        [row] = regex.findall(rf"^\| `{kind}` \|.*$", page, regex.MULTILINE)
        own = set(FINDING_MODELS[kind].model_fields) - set(FINDING_MODELS["agencies"].__base__.model_fields)
        assert own == set(regex.findall(r"`(\w+)`", row)) - {kind}, kind
