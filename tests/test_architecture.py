"""The shape of the program: layers, weight of imports, public names, types between stages, rules, the published schema."""

from __future__ import annotations

import ast
import importlib
import json
import pickle
import pkgutil
import re
import subprocess
import sys
import tomllib
from array import array
from collections import Counter
from decimal import Decimal
from pathlib import Path
from typing import Any, get_args

import jsonschema
import pytest

import congvan
from congvan import document as d
from congvan import errors
from congvan.record import KINDS, Record, json_schema
from congvan.rules.check import failures
from congvan.rules.load import read_rules, rule_files, rules

ROOT = Path(__file__).parents[1]
PACKAGE = ROOT / "pipeline" / "congvan"
MODULES = sorted(PACKAGE.rglob("*.py"))

# modules that take long to import; none of them belongs into `import congvan`
HEAVY = {
    *("pandas", "numpy", "spacy", "underthesea", "pydantic", "regex", "sqlalchemy", "alembic"),
    *("pdfplumber", "pdfminer", "pypdfium2", "docx", "lxml", "ftfy", "charset_normalizer", "typer", "rich"),
}


def loaded_by(code: str, given: str = "") -> set[str]:
    """Top-level modules that a new interpreter has loaded after running some code."""
    report = "\nimport sys\nprint('LOADED', *{name.partition('.')[0] for name in sys.modules}, file=sys.stderr)"
    done = subprocess.run(
        [sys.executable, "-c", code + report], input=given, capture_output=True, text=True, check=True, timeout=60
    )
    return set(done.stderr.rpartition("LOADED")[2].split())


def run_verb(*words: str) -> str:
    """Code that runs the program in the interpreter and survives its exit."""
    return (
        "import sys\nfrom congvan.cli.app import main\n"
        f"sys.argv = ['congvan', *{words!r}]\n"
        "try: main()\nexcept SystemExit as end: assert not end.code, end.code"
    )


# ---------------------------------------------------------------- layers, weight


def test_imports_go_one_way() -> None:
    done = subprocess.run(
        [Path(sys.executable).with_name("lint-imports"), "--no-cache"], cwd=ROOT, capture_output=True, text=True
    )
    assert done.returncode == 0, done.stdout
    assert "1 kept, 0 broken" in done.stdout


def test_import_of_the_package_is_light() -> None:
    assert loaded_by("import congvan") & HEAVY == set()


@pytest.mark.parametrize("words", [("--help",), ("--version",), ("parse", "--help"), ("list", "--help")])
def test_help_loads_no_library_of_a_stage(words: tuple[str, ...]) -> None:
    # typer itself loads rich, and looks for pydantic
    assert loaded_by(run_verb(*words)) & (HEAVY - {"typer", "rich", "pydantic", "regex"}) == set()


def test_repair_of_a_text_loads_no_library_of_other_stages() -> None:
    loaded = loaded_by(run_verb("repair"), given="Chā tịch Āy ban nhân dân tỉnh\n")
    assert loaded & {"pandas", "spacy", "underthesea", "sqlalchemy", "pdfplumber", "pypdfium2", "docx"} == set()


# ---------------------------------------------------------------- names


def test_public_names() -> None:
    assert sorted(congvan.__all__) == [
        "Config",
        "CongvanError",
        "Record",
        "__version__",
        "parse",
        "parse_bytes",
        "repair",
    ]
    for name in congvan.__all__:
        assert getattr(congvan, name) is not None


def test_verbs_stay_functions_when_the_submodules_are_imported() -> None:
    importlib.import_module("congvan.repair.text")
    importlib.import_module("congvan.parse")
    assert callable(congvan.repair)
    assert callable(congvan.parse)


def test_unknown_names_are_attribute_errors() -> None:
    with pytest.raises(AttributeError, match="'parse_url'"):
        congvan.parse_url  # noqa: B018


@pytest.mark.parametrize("path", MODULES, ids=lambda p: p.relative_to(PACKAGE).as_posix())
def test_module(path: Path) -> None:
    tree = ast.parse(path.read_text(encoding="utf-8"))
    if path.name != "_version.py":
        assert ast.get_docstring(tree), "no docstring"
    assert path.stem not in {"utils", "util", "helpers", "helper", "common", "misc"}
    imported = {
        name.partition(".")[0]
        for node in ast.walk(tree)
        if isinstance(node, (ast.Import, ast.ImportFrom))
        for name in ([node.module or ""] if isinstance(node, ast.ImportFrom) else [a.name for a in node.names])
    }
    assert "re" not in imported, "use the regex module"


# ---------------------------------------------------------------- errors


def all_errors() -> list[type[errors.CongvanError]]:
    """Every exception class of the package, wherever it is defined."""
    for module in pkgutil.walk_packages([str(PACKAGE)], "congvan."):
        if ".versions." not in module.name and not module.name.endswith(".env"):
            importlib.import_module(module.name)
    found, waiting = [], [errors.CongvanError]
    while waiting:
        found.append(waiting.pop())
        waiting += found[-1].__subclasses__()
    return [cls for cls in found if cls.__module__.startswith("congvan")]


def test_every_error_has_its_category_and_every_code_its_error() -> None:
    classes = all_errors()
    assert {cls.__name__ for cls in classes} >= {"UsageError", "DamagedInput", "PartialFailure", "InternalError"}
    assert [c for c, n in Counter(cls.category for cls in classes).items() if n > 1] == []
    # an error that congvan did not foresee ends with 1, as the base of the tree; every other has a code of its own
    codes = Counter(cls.exit_code for cls in classes if cls.__name__ != "InternalError")
    assert [code for code, n in codes.items() if n > 1] == []
    assert set(codes) == set(errors.ExitCode) - {errors.ExitCode.OK}


def test_errors_are_described_and_survive_a_process_boundary() -> None:
    for cls in all_errors():
        assert cls.__doc__
        again = pickle.loads(pickle.dumps(cls("a.pdf is bad.", "Mend it.")))
        assert (type(again), str(again)) == (cls, "a.pdf is bad. Mend it.")


def test_the_table_of_exit_codes_is_documented() -> None:
    design = (ROOT / "docs" / "design.md").read_text(encoding="utf-8")
    for cls in all_errors():
        assert re.search(rf"^\| {int(cls.exit_code)} \|.*`{cls.__name__}`", design, re.MULTILINE), cls.__name__


# ---------------------------------------------------------------- types between stages

SOURCE = d.Source("a/b.pdf", "0" * 64, 12, "application/pdf")
BOXES = d.CharBoxes(array("f", [0, 0, 5, 10, 5, 0, 9, 10]))
FLOW = d.Flow("Điều 1", (0,), (0,))
LITERALS: list[Any] = [
    SOURCE,
    d.Problem("read", "page-failed", "Page 3 fails.", "Look at it.", 3),
    d.RawDocument(
        SOURCE,
        "pdf-evidence",
        (d.RawPage(1, (d.Block("text", (d.Run("Đi", array("L", [3, 4]), 0, 14.0, BOXES),)),), 595.0, 842.0),),
        (d.FontFacts("ABCDEF+Tinos", "TrueType", {3: "Đ"}, None, {3: 17}, {17: "9f"}, {3: 722.0}, True),),
        paged=True,
    ),
    d.CleanDocument(
        SOURCE,
        "pdf-evidence",
        "Āi",
        "Ủi",
        (d.Edit(d.Span(0, 1), "Ā", "Ủ", "ghostscript-range", "syllables", 0.9),),
        (d.Verdict("line", d.Span(0, 2), "repaired", "ghostscript-range", "1 of 1", 0.9),),
        (d.Span(1, 2),),
        (d.BlockSpan("text", d.Span(0, 2), 1),),
        places=d.Places((0,), (1,), (BOXES,), 2),
        pages=1,
    ),
    d.Layout(
        (d.Zone("body", d.Span(0, 6)),),
        (d.Node("1", "1", "", "article", d.Span(0, 6), None, 0),),
        (d.Paragraph("item", FLOW, d.Span(0, 6), marker="1", node="1"),),
        (d.Span(0, 6),),
        (0,),
    ),
    d.Place(1, d.Box(0.0, 0.0, 5.0, 10.0)),
    d.Finding("amount-1", "amounts", d.Span(0, 6), {"value": Decimal("1.5")}, "amounts.figure", 0.9, "1,5 đồng"),
]


@pytest.mark.parametrize("value", LITERALS, ids=lambda v: type(v).__name__)
def test_types_between_stages_cross_processes_and_print(value: Any) -> None:
    assert pickle.loads(pickle.dumps(value)) == value
    shown = d.to_json(value)
    assert json.loads(json.dumps(shown, allow_nan=False)) == shown


def test_json_of_a_type_is_what_it_says() -> None:
    clean = d.to_json(LITERALS[3])
    assert clean["edits"][0] == {
        "span": [0, 1],
        "before": "Ā",
        "after": "Ủ",
        "family": "ghostscript-range",
        "evidence": "syllables",
        "confidence": 0.9,
    }
    assert clean["places"]["boxes"] == [{"values": [0, 0, 5, 10, 5, 0, 9, 10]}]
    assert d.to_json(LITERALS[-1])["value"] == {"value": 1.5}


def test_types_between_stages_are_frozen() -> None:
    for value in LITERALS:
        if hasattr(value, "__dataclass_fields__"):
            with pytest.raises((AttributeError, TypeError)):
                setattr(value, next(iter(value.__dataclass_fields__)), None)


# ---------------------------------------------------------------- rules


@pytest.mark.parametrize("path", rule_files(), ids=lambda p: p.name)
def test_rules_keep_their_examples(path: Path) -> None:
    file = read_rules(path)
    assert all(rule.about.strip() and rule.example for rule in file.rule)
    assert failures(rules(path.stem)) == []


def test_ids_of_rules_are_unique() -> None:
    ids = Counter(rule.id for path in rule_files() for rule in read_rules(path).rule)
    assert [name for name, n in ids.items() if n > 1] == []


# ---------------------------------------------------------------- the record


@pytest.fixture(scope="module")
def record() -> Record:
    [made] = congvan.parse(ROOT / "corpora" / "samples" / "01_cong_van_giai_ngan.txt")
    return made


def test_published_schema_is_that_of_the_models() -> None:
    published = (ROOT / "docs" / "record.schema.json").read_text(encoding="utf-8")
    assert json.loads(published) == json_schema(), "run `make schema`"


def test_a_record_is_valid_by_the_published_schema(record: Record) -> None:
    schema = json.loads((ROOT / "docs" / "record.schema.json").read_text(encoding="utf-8"))
    jsonschema.Draft202012Validator.check_schema(schema)
    validator = jsonschema.Draft202012Validator(schema)
    shown = json.loads(record.to_json())
    assert [error.message for error in validator.iter_errors(shown)] == []
    assert shown["obligations"]
    shown["amounts"].append({"text": "an amount without its value"})
    assert list(validator.iter_errors(shown)), "the schema takes anything"


def test_a_record_comes_back_from_its_json(record: Record) -> None:
    assert Record.model_validate_json(record.to_json()) == record
    assert pickle.loads(pickle.dumps(record)) == record


def test_ids_of_findings_do_not_hang_on_offsets(record: Record) -> None:
    source = (ROOT / "corpora" / "samples" / "01_cong_van_giai_ngan.txt").read_text(encoding="utf-8")
    [moved] = congvan.parse_bytes(("\n\n\n" + source).encode(), "moved.txt")
    assert {f.id for _, f in moved.all_findings()} == {f.id for _, f in record.all_findings()}
    assert moved.amounts[0].span != record.amounts[0].span


def test_kinds_of_findings_are_the_same_everywhere() -> None:
    from congvan.cli.listing import Kind

    assert get_args(d.FindingKind) == KINDS
    assert get_args(Kind) == ("documents", *KINDS)


# ---------------------------------------------------------------- samples


def test_samples_are_made_anew_byte_for_byte() -> None:
    fonts = Path("/usr/share/fonts/truetype")
    if not all(
        (fonts / name).is_file() for name in ("liberation2/LiberationSerif-Regular.ttf", "croscore/Tinos-Regular.ttf")
    ):
        pytest.skip("the PDF samples need the fonts of Debian's packages fonts-liberation2 and fonts-croscore")
    done = subprocess.run(
        [sys.executable, ROOT / "corpora" / "make_samples.py", "--check"], capture_output=True, text=True, timeout=120
    )
    assert done.returncode == 0, done.stdout + done.stderr


def test_every_model_is_in_the_wheel(root: Path) -> None:
    included = tomllib.loads((root / "pyproject.toml").read_text())["tool"]["hatch"]["build"]["targets"]["wheel"][
        "force-include"
    ]
    found = (p for p in (root / "models").rglob("*") if p.is_file() and p.suffix not in {".py", ".pyc"})
    models = {p.relative_to(root / "models").as_posix() for p in found}
    assert included == {f"models/{name}": f"congvan/models/{name}" for name in models}
