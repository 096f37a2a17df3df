"""Routing on the command line: dry runs with reasons, counts over a log, tables as files, findings with examples."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from svcstd import loads
from svcstd.cli.app import app

STANDARD = """
svcstd = 1
id = "desk"
name = "Desk"
zone = "UTC"
[facts]
kind = { one_of = ["fault", "claim", "other"], also = { fault = ["broken"] } }
vip = "true or false"
[events]
opened = ""
[routing.intake]
name = "Intake"
hit = "unique"
in = ["kind", "vip"]
out = ["role", "queue"]
[routing.intake.rules]
fault = ["fault", "-", "engineer", "-"]
vip = ["-", true, "lead", "q1"]
[routing.points]
hit = "collect"
aggregate = "sum"
in = ["kind"]
out = { points = { kind = "number" } }
[routing.points.rules]
one = ["fault", 1.5]
two = [["fault", "claim"], 2]
[routing.tree]
out = ["queue"]
routes = { faults = { when = { kind = "fault" }, set = { queue = "q" } } }
[log]
id = "id"
time = "YYYY-MM-DD HH:mm"
zone = "UTC"
folds = "reject"
events = { opened = "opened" }
facts = { kind = "kind" }
"""
CASES = """id,kind,opened
1,fault,2026-04-01 09:00
2,fault,2026-04-01 09:00
3,other,2026-04-01 09:00
"""
AS_OF = ("--as-of", "2026-04-02")

run = CliRunner().invoke


@pytest.fixture(autouse=True)
def desk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with a standard and its cases, where the commands run."""
    (tmp_path / "desk.toml").write_text(STANDARD, encoding="utf-8")
    (tmp_path / "cases.csv").write_text(CASES, encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    return tmp_path


def route(*more: str) -> Any:
    """A dry run."""
    return run(app, ["route", "desk.toml", *more, *AS_OF])


def test_a_dry_run_says_what_a_table_answers_and_why() -> None:
    """The outputs, the rule with what it saw, and what came close; other spellings of a value are read."""
    found = route("intake", "kind=broken")
    assert found.exit_code == 0, found.stderr
    assert found.stdout.splitlines() == [
        "role = engineer, queue = -",
        "decided by fault",
        "  fault fits: kind = fault (kind is fault)",
        "  vip would have fitted if vip = true, but vip is missing",
    ]


def test_a_dry_run_as_data() -> None:
    """Numbers as text where they are no whole ones."""
    told = json.loads(route("points", "kind=fault", "--json").stdout)
    assert (told["rules"], told["matched"], told["value"]) == (["one", "two"], True, "3.5")
    assert told["rows"] == [{"points": "1.5"}, {"points": 2}]
    assert told["explanation"]["message"] == "rules.decided"
    assert "value = 3.5" in route("points", "kind=fault").stdout


def test_no_answer_and_a_broken_policy_are_findings() -> None:
    """Exit code 1: nothing fits, or several rules where one may."""
    nothing = route("intake", "kind=other")
    assert (nothing.exit_code, nothing.stdout.splitlines()[0]) == (1, "no rule fits")
    several = route("intake", "kind=fault", "vip=true")
    assert several.exit_code == 1
    assert "fault, vip" in several.stderr


def test_why_a_rule_was_not_taken() -> None:
    """In words, and as data."""
    found = route("intake", "kind=fault", "--why-not", "vip")
    assert found.stdout.splitlines() == ["vip does not fit", "  vip = true is not so: vip is missing"]
    assert json.loads(route("intake", "--why-not", "vip", "--json").stdout)["message"] == "rules.not_held"
    assert "took it before" not in route("tree", "kind=claim", "--why-not", "faults").stdout


def test_rules_are_counted_over_a_log() -> None:
    """A rule that never decided is marked; as data too."""
    found = route("intake", "--cases", "cases.csv")
    assert found.exit_code == 0, found.stderr
    lines = [line.split() for line in found.stdout.splitlines()]
    assert ["fault", "2"] in lines
    assert ["vip", "never", "0"] in lines
    assert ["no", "rule", "1"] in lines
    told = json.loads(route("intake", "--cases", "cases.csv", "--json").stdout)
    assert told == {"rules": {"fault": 2, "vip": 0}, "otherwise": 0, "none": 1, "violations": 0}


@pytest.mark.parametrize(
    ("more", "words"),
    [
        (["intke"], "intake"),
        (["intake", "knd=fault"], "kind"),
        (["intake", "kind=falt"], "write fault"),
        (["intake", "fault"], "'fault' is no fact, or told twice"),
        (["intake", "kind=fault", "kind=claim"], "told twice"),
        (["intake", "vip=yes"], "yes"),
        (["intake", "kind=fault", "--cases", "cases.csv"], "leave out the facts, or --cases"),
        (["intake", "--why-not", "vip", "--cases", "cases.csv"], "leave out the facts, or --cases"),
        (["intake", "--why-not", "vp"], "vip"),
    ],
)
def test_a_wrong_question_is_refused(more: list[str], words: str) -> None:
    """With the way out: exit code 2 for words that make no question, 3 for what the standard does not know."""
    found = route(*more)
    assert found.exit_code == (2 if words.startswith(("leave", "told", "'fault'")) else 3)
    assert words in found.stderr


def test_the_route_of_a_case_of_a_log_is_explained() -> None:
    """Instead of its promises; a case that nothing takes is a finding."""
    found = run(app, ["explain", "desk.toml", "cases.csv", "--case", "1", "--route", "intake", *AS_OF])
    assert found.exit_code == 0, found.stderr
    assert found.stdout.splitlines()[:2] == ["role = engineer, queue = -", "decided by fault"]
    for more in ([], ["--json"]):
        none = run(app, ["explain", "desk.toml", "cases.csv", "--case", "3", "--route", "intake", *AS_OF, *more])
        assert none.exit_code == 1


def test_check_prints_findings_with_examples(desk: Path) -> None:
    """Errors first, and then the exit code is 1; without errors it is 0."""
    found = run(app, ["check", "desk.toml", *AS_OF])
    assert found.exit_code == 1
    rows = [line for line in found.stdout.splitlines() if "routing.intake" in line]
    assert rows[0].split()[:6] == ["error", "routing.violation", "routing.intake", "fault", "and", "vip"]
    assert rows[0].rstrip().endswith("  kind = fault, vip = true")
    told = json.loads(run(app, ["check", "desk.toml", *AS_OF, "--json"]).stdout)
    assert told["ok"] is False
    assert told["findings"][0] == {
        "rule": "routing.violation",
        "where": "routing.intake",
        "severity": "error",
        "sentence": "fault and vip both fit kind = fault and vip = true",
        "example": {"kind": "fault", "vip": True},
    }
    (desk / "desk.toml").write_text(STANDARD.replace('"unique"', '"first"'), encoding="utf-8")
    assert run(app, ["check", "desk.toml", *AS_OF]).exit_code == 0
    mild = json.loads(run(app, ["check", "desk.toml", *AS_OF, "--json"]).stdout)
    assert mild["ok"] is True
    assert [one["example"] for one in mild["findings"] if one["rule"] == "routing.constant"] == []


@pytest.mark.long
@pytest.mark.parametrize(("form", "suffix"), [("markdown", "md"), ("csv", "csv"), ("dmn", "dmn"), ("dmn", "xml")])
def test_a_table_goes_out_as_a_file_and_comes_back(desk: Path, form: str, suffix: str) -> None:
    """As the block of the standard that it came from."""
    out = run(app, ["table", "desk.toml", "intake", "--as", form, *AS_OF])
    assert out.exit_code == 0, out.stderr
    (desk / f"intake.{suffix}").write_text(out.stdout, encoding="utf-8")
    for block in ("toml", "yaml", "json"):
        back = run(app, ["table", "desk.toml", "intake", "--from", f"intake.{suffix}", "--as", block, *AS_OF])
        straight = run(app, ["table", "desk.toml", "intake", "--as", block, *AS_OF])
        assert back.stdout == straight.stdout
    blocks = STANDARD[: STANDARD.index("[routing.intake]")] + STANDARD[STANDARD.index("[routing.points]") :]
    block = run(app, ["table", "desk.toml", "intake", "--from", f"intake.{suffix}", "--as", "toml", *AS_OF]).stdout
    assert loads(blocks + block).current.routing["intake"] == loads(STANDARD).current.routing["intake"]


def test_a_table_is_printed_for_reading() -> None:
    """As Markdown where nothing else is said."""
    assert run(app, ["table", "desk.toml", "intake", *AS_OF]).stdout.startswith("| unique | kind ")


def test_what_is_no_file_of_a_table_is_refused(desk: Path) -> None:
    """Another suffix, a tree, faults with the name of the file, a file that is not there."""
    (desk / "a.md").write_text("| unique | knd | then role | then queue |", encoding="utf-8")
    (desk / "a.dmn").write_text("<html/>", encoding="utf-8")
    for more, code, words in (
        (["intake", "--from", "a.xlsx"], 3, "give one of .md, .csv, .dmn, .xml"),
        (["tree"], 3, "a tree of routes is no decision table"),
        (["intke"], 3, "intake"),
        (["intake", "--from", "a.md"], 3, "a.md: table: faults found: 1"),
        (["intake", "--from", "a.dmn"], 3, "a.dmn: dmn: the document begins with 'html'"),
        (["intake", "--from", "none.csv"], 4, "none.csv"),
    ):
        found = run(app, ["table", "desk.toml", *more, *AS_OF])
        assert (found.exit_code, words in found.stderr) == (code, True), found.stderr


def test_a_standard_without_procedures_draws_none() -> None:
    """And says so, with exit code 1."""
    found = run(app, ["flow", "desk.toml", *AS_OF])
    assert found.exit_code == 1
    assert "desk.toml has no procedures" in found.stderr
