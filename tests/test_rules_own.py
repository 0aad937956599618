"""Rules of the user: folders, checks, their hash; and what explains which rule fired."""

from __future__ import annotations

import json
import pickle
from pathlib import Path

import pytest
from typer.testing import CliRunner

import congvan
from congvan.cli.app import app
from congvan.config import Config
from congvan.errors import RuleError, UsageError
from congvan.parse import versions
from congvan.rules.own import use_rules
from congvan.run.explain import explain_bytes

OWN = """
kind = "agencies"
[[rule]]
id = "agencies.own-cooperative"
about = "The cooperatives of our district, which have no head noun."
set = { role = "name", name = "Hợp tác xã Rau sạch Măng Đen" }
phrases = ["Rau sạch Măng Đen"]
  [[rule.example]]
  text = "Rau sạch Măng Đen cung ứng rau"
  find = "Rau sạch Măng Đen"
  [[rule.counter]]
  text = "rau sạch ở Măng Đen"
"""
NUMBERS = """
kind = "quantities"
[define]
own_head = 'bó mạ'
[[rule]]
id = "quantities.own-bundles"
about = "Bundles of rice seedlings."
pattern = '(?P<value>\\d+) (?P<unit><<own_head>>)'
build = "BUILD"
  [[rule.example]]
  text = "phát 25 bó mạ"
  find = "25 bó mạ"
"""
TEXT = "Giao Rau sạch Măng Đen chủ trì cung ứng 25 tấn rau trước ngày 30/6/2024."


@pytest.fixture
def own(tmp_path: Path) -> Path:
    folder = tmp_path / "own"
    folder.mkdir()
    (folder / "ours.toml").write_text(OWN, encoding="utf-8")
    return folder


def parsed(config: Config | None = None) -> congvan.Record:
    [record] = congvan.parse_bytes(TEXT.encode(), "x.txt", config)
    return record


def test_rules_of_a_folder_are_used_and_stand_in_produced_by(own: Path) -> None:
    plain, mine = parsed(), parsed(Config(rules=str(own)))
    assert [a.rule for a in plain.agencies] == []
    assert [(a.text, a.name, a.rule) for a in mine.agencies] == [
        ("Rau sạch Măng Đen", "Hợp tác xã Rau sạch Măng Đen", "agencies.own-cooperative")
    ]
    assert plain.produced_by.rules != mine.produced_by.rules == versions(Config(rules=str(own))).rules
    assert parsed().produced_by == plain.produced_by  # nothing is left behind
    assert [a.rule for a in parsed().agencies] == []


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ('role = "name"', 'role = "nobody"', "ours.toml: rule agencies.own-cooperative: set.role 'nobody' is unknown"),
        ('role = "name"', 'role = "name", colour = "red"', "set.colour is unknown"),
        ('kind = "agencies"', 'kind = "animals"', "ours.toml: there are no rules of kind 'animals'"),
        ("agencies.own-cooperative", "agencies.post", "the id is taken by congvan's own rules"),
        ('text = "rau sạch ở Măng Đen"', 'text = "Rau sạch Măng Đen"', "must not find"),
        ('phrases = ["Rau sạch Măng Đen"]', "pattern = '('", "does not compile"),
        ('phrases = ["Rau sạch Măng Đen"]', "tokens = [[{ NOPE = 1 }]]", "token pattern of rule"),
        ("set =", "sett =", "Extra inputs are not permitted"),
        ("kind =", "kind", "not valid TOML"),
    ],
)
def test_a_mistake_is_told_before_a_document_is_read(own: Path, old: str, new: str, message: str) -> None:
    file = own / "ours.toml"
    file.write_text(OWN.replace(old, new), encoding="utf-8")
    with pytest.raises(RuleError) as err, use_rules((own,)):
        pass
    assert message in str(err.value)
    result = CliRunner().invoke(app, ["rules", "test", "--rules", str(own)])
    assert result.exit_code == 12


def test_a_folder_that_is_missing_or_empty_is_an_error(tmp_path: Path) -> None:
    for folder in (tmp_path / "none", tmp_path):
        with pytest.raises(RuleError), use_rules((folder,)):
            pass


def test_an_example_without_its_find_is_an_error(own: Path) -> None:
    (own / "numbers.toml").write_text(NUMBERS.replace("BUILD", "no such builder"), encoding="utf-8")
    with pytest.raises(RuleError, match="build 'no such builder' is unknown"), use_rules((own,)):
        pass


def test_the_command_line_takes_folders(own: Path, tmp_path: Path) -> None:
    file = tmp_path / "letter.txt"
    file.write_text(TEXT, encoding="utf-8")
    run = CliRunner()
    [record] = json.loads(run.invoke(app, ["parse", str(file), "--rules", str(own)]).stdout)
    assert record["agencies"][0]["rule"] == "agencies.own-cooperative"
    listed = run.invoke(app, ["rules", "list", "--kind", "agencies", "--rules", str(own)]).stdout
    assert "agencies.own-cooperative" in listed
    assert run.invoke(app, ["rules", "test", "--rules", str(own)]).exit_code == 0
    at = str(record["text"].index("sạch"))
    told = run.invoke(app, ["explain", str(file), "--at", at, "--rules", str(own), "--format", "json"])
    assert {(r["rule"], r["verdict"]) for r in json.loads(told.stdout)["rules"]} >= {
        ("agencies.own-cooperative", "won")
    }
    assert run.invoke(app, ["parse", str(file), "--rules", str(tmp_path / "none")]).exit_code == 12


def test_a_configuration_with_rules_travels_to_other_processes(own: Path) -> None:
    assert pickle.loads(pickle.dumps(Config(rules=str(own)))).rules == str(own)


LETTER = "Kính gửi: Sở Tài chính.\nĐề nghị báo cáo chậm nhất ngày 15/6/2024; giải ngân đạt từ 95% trở lên.\n"


def explained(part: str) -> set[tuple[str, str, str | None]]:
    _, fired = explain_bytes(LETTER.encode(), "x.txt", LETTER.index(part))
    return {(f.rule, f.verdict, f.by) for f in fired}


def test_explain_names_winner_and_loser() -> None:
    assert ("dates.day-figures", "lost", "deadlines.latest") in explained("15/6")
    assert {r for r, verdict, _ in explained("95%") if verdict == "won"} == {"percentages.figure"}
    assert ("agencies.name", "won", None) in explained("Tài chính")
    assert explained("Kính") == set()


def test_explain_says_by_what_a_match_lost() -> None:
    _, fired = explain_bytes(LETTER.encode(), "x.txt", LETTER.index("95%"))
    why = {f.rule: f.why for f in fired}
    assert any("percentages" in text for rule, text in why.items() if not rule.startswith("percentages"))


@pytest.mark.parametrize("at", [-1, 10_000])
def test_explain_outside_the_text_is_a_wrong_call(at: int) -> None:
    with pytest.raises(UsageError):
        explain_bytes(LETTER.encode(), "x.txt", at)
