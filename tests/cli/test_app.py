"""The command line as a user meets it: commands, options, exit codes, sentences."""

from __future__ import annotations

import csv
import gzip
import io
import json
import os
import re
import subprocess
import sys
from importlib import import_module
from importlib.resources import as_file, files
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from svcstd import cli
from svcstd.cli.app import app, main

STANDARD = """
svcstd = 1
id = "desk"
name = "Service desk"
zone = "America/New_York"

[facts]
kind = { one_of = ["lamp", "sign"] }

[events]
opened = "the request arrives"
closed = "it is answered"

[calendars.office]
hours = "Mon-Fri 09:00-17:00"
holidays = { covers = "[2025-01-01..2026-12-31]", days = { 2026-02-16 = "Washington's Birthday" } }

[objectives.answer]
name = "request answered"
calendar = "office"
clock = { start = "opened", stop = "closed" }
by = "kind"

[objectives.answer.target]
lamp = "1 working day"

[log]
id = "id"
time = "YYYY-MM-DD HH:mm"
zone = "America/New_York"
folds = "reject"
events = { opened = "opened", closed = "closed" }
facts = { kind = "kind" }

[reports.attainment]
by = "started"
week = "Monday"

[examples.holiday]
given = { kind = "lamp" }
events = { opened = 2026-02-13T10:00:00 }
expect = { answer.due = 2026-02-17T10:00:00 }
because = { answer = "Washington's Birthday" }
"""
CASES = """\
id,kind,opened,closed
A,lamp,2026-02-13 10:00,2026-02-17 10:00
B,lamp,2026-02-13 10:00,2026-02-17 10:01
C,sign,2026-02-13 10:00,
D,lamp,2026-02-30 10:00,
E,lamp,2026-02-17 10:00,
F,wig,2026-02-17 10:00,
"""
AS_OF = "2026-02-18T12:00:00"

run = CliRunner().invoke


@pytest.fixture
def desk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with a standard and its cases, where the commands run."""
    (tmp_path / "desk.toml").write_text(STANDARD, encoding="utf-8")
    (tmp_path / "cases.csv").write_text(CASES, encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    return tmp_path


def _report(*more: str) -> Any:
    return run(app, ["report", "desk.toml", "cases.csv", "--out", "out", *more])


def _rows(path: Path) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(path.read_text(encoding="utf-8"), newline="")))


def _shell(*words: str, folder: Path, **environment: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "svcstd", *words],
        cwd=folder,
        env={**os.environ, **environment},
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
    )


@pytest.mark.parametrize("command", ["report", "demo", "check", "explain", "freeze", "schema"])
def test_help_shows_an_example(command: str) -> None:
    """Every command shows a line to copy."""
    found = run(app, [command, "--help"])
    assert found.exit_code == 0
    assert f"Example: svcstd {command}" in found.stdout


def test_help_lists_the_commands_and_the_exit_codes() -> None:
    """Without a command the help is shown, and that is wrong usage; asked for, it is not."""
    bare, asked = run(app, []), run(app, ["--help"])
    assert (bare.exit_code, asked.exit_code) == (2, 0)
    for word in ("report", "demo", "check", "explain", "freeze", "schema", "Exit codes", "Example: svcstd demo"):
        assert word in asked.stdout


def test_version() -> None:
    """It tells its release, and those of what it uses, and stops."""
    found = run(app, ["--version"])
    assert found.exit_code == 0
    assert re.match(r"svcstd \d+\.\d+\.\d+\n\w+ 3\.\d+\.\d+\nzones ", found.stdout)


def test_report_tells_the_answer_first(desk: Path) -> None:
    """The sentence, the table, and where the pages are."""
    found = _report("--as-of", AS_OF)
    assert found.exit_code == 0
    lines = found.stdout.splitlines()
    assert lines[0] == "33.3 % of 3 promises were kept."
    assert re.split(r" {2,}", lines[1].strip()) == ["promise", "share kept", "kept", "late", "overdue"]
    assert re.split(r" {2,}", lines[2].strip()) == ["lamp", "33.3 %", "1", "1", "1"]
    assert "Rows that could not be read: 2; see out/rejected.csv." in found.stdout
    assert "As of 2026-02-18T12:00:00-05:00." in found.stdout
    assert (desk / "out" / "report.html").read_text(encoding="utf-8").startswith("<!doctype html>")


def test_results_list_every_promise(desk: Path) -> None:
    """One row a promise, and a case without promise keeps its row with the reason."""
    _report("--as-of", AS_OF)
    found = {row["case"]: row for row in _rows(desk / "out" / "results.csv")}
    assert {case: row["verdict"] for case, row in found.items()} == {
        "A": "met",
        "B": "met_late",
        "C": "",
        "E": "late_open",
    }
    assert found["A"]["due"] == found["B"]["due"] == "2026-02-17T10:00:00-05:00"
    assert found["B"]["breached_at"] == "2026-02-17T10:00:00-05:00"
    assert "kind = sign" in found["C"]["problem"]


def test_rejected_rows_name_line_and_reason(desk: Path) -> None:
    """What cannot be read is written down: 30 February, and a kind that nobody declared."""
    _report("--as-of", AS_OF)
    found = _rows(desk / "out" / "rejected.csv")
    assert [(row["line"], row["case"], row["where"]) for row in found] == [
        ("5", "D", "opened"),
        ("7", "F", "facts.kind"),
    ]
    assert "2026-02-30" in found[0]["problem"]
    assert "wig" in found[1]["problem"]


@pytest.mark.usefixtures("desk")
def test_report_as_json() -> None:
    """The same figures as plain data."""
    found = _report("--as-of", AS_OF, "--json")
    told = json.loads(found.stdout)
    assert told["promises"] == [
        {
            "objective": "answer",
            "row": "lamp",
            "met": 1,
            "met_late": 1,
            "late_open": 1,
            "not_yet_due": 0,
            "waived": 0,
            "excluded": 0,
            "unknown": 0,
        }
    ]
    assert (told["standard"], told["as_of"], told["rejected"]) == ("desk", "2026-02-18T12:00:00-05:00", 2)
    assert all(Path(path).is_file() for path in told["files"].values())


@pytest.mark.usefixtures("desk")
@pytest.mark.parametrize("as_of", [AS_OF, "2026-02-18T17:00:00Z", "2026-02-19T01:00:00+08:00"])
def test_as_of_is_local_or_has_an_offset(as_of: str) -> None:
    """A moment without offset is on the wall of the standard."""
    assert "As of 2026-02-18T12:00:00-05:00." in _report("--as-of", as_of).stdout


@pytest.mark.usefixtures("desk")
def test_without_as_of_the_clock_is_read_and_told() -> None:
    """The moment of asking stands in the answer, so that it can be asked again."""
    found = _report()
    assert found.exit_code == 0
    assert re.search(r"As of 20\d\d-\d\d-\d\dT\d\d:\d\d:\d\d", found.stdout)


@pytest.mark.usefixtures("desk")
@pytest.mark.parametrize(
    ("options", "kept", "decided"),
    [
        (("--since", "2026-02-17"), "0 %", 1),
        (("--until", "2026-02-17"), "50.0 %", 2),
        (("--since", "2026-02-13", "--until", "2026-02-18"), "33.3 %", 3),
    ],
)
def test_since_and_until_are_half_open(options: tuple[str, ...], kept: str, decided: int) -> None:
    """The first date counts, the last does not."""
    assert _report("--as-of", AS_OF, *options).stdout.startswith(f"{kept} of {decided} promises were kept.")


@pytest.mark.parametrize(
    ("options", "words"),
    [
        (("--as-of", "noon"), ("--as-of", "noon", "ISO 8601")),
        (("--as-of", "2026-03-08T02:30:00"), ("--as-of", "2026-03-08")),
        (("--as-of", "9999-12-31T23:59:59"), ("--as-of", "9999")),
        (("--since", "2026-13-01"), ("--since", "2026-13-01", "YYYY-MM-DD")),
        (("--until", "tomorrow"), ("--until", "tomorrow")),
        (("--since", "2026-02-02", "--until", "2026-02-02"), ("--until", "2 Feb 2026")),
    ],
)
def test_wrong_options_are_wrong_usage(desk: Path, options: tuple[str, ...], words: tuple[str, ...]) -> None:
    """Exit code 2 and a sentence that names the option; nothing is written."""
    found = _report(*options)
    assert found.exit_code == 2
    assert found.stderr.startswith("svcstd: --")
    assert all(word in found.stderr for word in words)
    assert not (desk / "out").exists()


@pytest.mark.usefixtures("desk")
def test_an_unspoken_language_is_wrong_usage() -> None:
    """The languages are named."""
    found = _report("--language", "tlh")
    assert found.exit_code == 2
    assert "'tlh' has no catalogue" in " ".join(found.stderr.split())


@pytest.mark.parametrize("words", [["report"], ["explain", "desk.toml", "cases.csv"], ["paint"], ["check", "--loud"]])
def test_wrong_usage(words: list[str]) -> None:
    """A missing argument, an unknown command or option: exit code 2."""
    assert run(app, words).exit_code == 2


def test_files_that_cannot_be_read(desk: Path) -> None:
    """A missing file: exit code 4, and the name; a folder without a standard: 3."""
    (desk / "folder.toml").mkdir()
    for name, code, words in (("none.toml", 4, "No such file"), ("folder.toml", 3, "one file for the head, but none")):
        found = run(app, ["check", name])
        assert (found.exit_code, found.stdout) == (code, "")
        assert found.stderr.startswith("svcstd: ")
        assert words in found.stderr
    assert run(app, ["report", "desk.toml", str(desk)]).exit_code == 4


def test_a_folder_that_cannot_be_written(desk: Path) -> None:
    """A file stands where the folder should be: exit code 4, and the name."""
    (desk / "taken").write_text("", encoding="utf-8")
    found = run(app, ["report", "desk.toml", "cases.csv", "--as-of", AS_OF, "--out", "taken"])
    assert found.exit_code == 4
    assert "taken" in found.stderr


@pytest.mark.parametrize(
    ("name", "content", "words"),
    [
        ("cases.csv", b"id,kind,opened\nA,lamp,2026-02-13 10:00\n", "closed"),
        ("cases.csv", b"", "empty"),
        ("cases.csv", "id,kind,opened,closed\nÄ".encode("latin-1"), "byte 22 is not UTF-8"),
        ("cases.csv", b"x" * 20_000 + "Ä".encode("latin-1"), "byte 20000 is not UTF-8"),
        ("cases.csv.gz", CASES.encode(), "gzip"),
        ("cases.csv.gz", gzip.compress(CASES.encode())[:40], "gzip"),
        ("cases.csv.gz", b"\x1f\x8b\x08\x00" + b"\x00" * 6 + b"\xff" * 40, "gzip"),
    ],
)
def test_faults_of_a_log(desk: Path, name: str, content: bytes, words: str) -> None:
    """No such column, not UTF-8, not gzip: exit code 3 and a sentence."""
    (desk / name).write_bytes(content)
    found = run(app, ["report", "desk.toml", name, "--as-of", AS_OF])
    assert found.exit_code == 3
    assert found.stderr.startswith("svcstd: ")
    assert words in found.stderr


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"\xff", ("byte 0 is not UTF-8",)),
        (b"svcstd = ", ("not TOML",)),
        (b'svcstd = 1\nid = "x"\nname = "X"\nzone = "Mars"\nhat = 1', ("faults found: 2", "$.hat", "'Mars'")),
    ],
)
def test_faults_of_a_standard(desk: Path, content: bytes, words: tuple[str, ...]) -> None:
    """All faults at once, exit code 3, as sentences or as JSON."""
    (desk / "bad.toml").write_bytes(content)
    found = run(app, ["check", "bad.toml"])
    assert found.exit_code == 3
    assert all(word in found.stderr for word in words)
    told = run(app, ["check", "bad.toml", "--json"])
    assert told.exit_code == 3
    assert json.loads(told.stdout)["ok"] is False
    assert json.loads(told.stdout)["faults"][0]["fix"]


def test_a_standard_without_log_or_reports(desk: Path) -> None:
    """A report needs [log] and [reports.attainment]; the sentence says which is missing."""
    for part in ("log", "reports.attainment"):
        text = re.sub(rf"\[{re.escape(part)}\].*?(?=\n\[)", "", STANDARD, flags=re.DOTALL)
        (desk / "less.toml").write_text(text, encoding="utf-8")
        found = run(app, ["report", "less.toml", "cases.csv", "--as-of", AS_OF])
        assert found.exit_code == 3
        assert part in found.stderr


@pytest.mark.usefixtures("desk")
def test_check_is_content() -> None:
    """Counts, and nothing found."""
    found = run(app, ["check", "desk.toml", "--as-of", "2026-02-18"])
    assert found.exit_code == 0
    summary, head, row = found.stdout.splitlines()
    assert summary == (
        "Service desk, as of 2026-02-18: editions 1, objectives 1, example cases 1, failing 0, findings 1, waived 0."
    )
    assert head.split() == ["severity", "rule", "where", "finding", "example"]
    assert row.split("  ")[0] == "warning"
    assert row.rstrip().endswith(
        "objectives.no_row  objectives.answer  answer promises nothing to kind = sign, and has no else"
    )


def test_check_finds_a_wrong_example(desk: Path) -> None:
    """Exit code 1, what was expected and what came out."""
    (desk / "wrong.toml").write_text(STANDARD.replace("02-17T10:00:00 }", "02-16T10:00:00 }"), encoding="utf-8")
    found = run(app, ["check", "wrong.toml", "--as-of", "2026-02-18"])
    assert found.exit_code == 1
    assert (
        "examples.holiday: answer.due should be 2026-02-16T10:00:00-05:00, but is 2026-02-17T10:00:00-05:00"
        in found.stdout
    )
    told = run(app, ["check", "wrong.toml", "--as-of", "2026-02-18", "--json"])
    assert told.exit_code == 1
    assert json.loads(told.stdout) == {
        "ok": False,
        "as_of": "2026-02-18",
        "faults": [],
        "examples": 1,
        "failing": [
            {
                "where": "examples.holiday",
                "objective": "answer",
                "field": "due",
                "expected": "2026-02-16T10:00:00-05:00",
                "got": "2026-02-17T10:00:00-05:00",
            }
        ],
        "findings": [
            {
                "rule": "objectives.no_row",
                "where": "objectives.answer",
                "severity": "warning",
                "sentence": "answer promises nothing to kind = sign, and has no else",
                "example": None,
            }
        ],
        "waived": [],
    }


def test_check_in_a_job(desk: Path) -> None:
    """As annotations: what fails, what is found, and faults; a stranger's text ends no command."""
    text = STANDARD.replace("02-17T10:00:00 }", "02-16T10:00:00 }")
    (desk / "wrong.toml").write_text(text, encoding="utf-8")
    found = run(app, ["check", "wrong.toml", "--as-of", "2026-02-18", "--format", "github"])
    assert found.exit_code == 1
    failing, row = found.stdout.splitlines()
    assert failing.startswith("::error file=wrong.toml,title=examples.failing::examples.holiday: answer.due should be ")
    assert row == (
        "::warning file=wrong.toml,title=objectives.no_row::"
        "objectives.answer: answer promises nothing to kind = sign, and has no else"
    )
    (desk / "bad,1.toml").write_text('svcstd = 1\nid = "x"\nname = "X"\nzone = "100%\\n::Mars"', encoding="utf-8")
    bad = run(app, ["check", "bad,1.toml", "--format", "github"])
    assert bad.exit_code == 3
    (line,) = bad.stdout.splitlines()
    assert line.startswith("::error file=bad%2C1.toml,title=fault::$.zone: '100%25")
    assert json.loads(run(app, ["check", "bad,1.toml", "--format", "json"]).stdout)["ok"] is False


def test_check_with_an_example_and_a_waiver(desk: Path) -> None:
    """The example case stands in the annotation; what is waived is told in the data."""
    waiver = '[[waivers]]\nrule = "objectives.no_row"\nbecause = "signs are promised by hand"\n'
    rules = '[routing.intake]\nhit = "first"\nin = ["kind"]\nout = ["role"]\nrules.one = ["lamp", "engineer"]\n'
    (desk / "more.toml").write_text(f"{STANDARD}\n{waiver}{rules}", encoding="utf-8")
    told = json.loads(run(app, ["check", "more.toml", "--as-of", "2026-02-18", "--json"]).stdout)
    assert [(one["rule"], one["because"]) for one in told["waived"]] == [
        ("objectives.no_row", "signs are promised by hand")
    ]
    lines = run(app, ["check", "more.toml", "--as-of", "2026-02-18", "--format", "github"]).stdout.splitlines()
    assert lines[0] == (
        "::warning file=more.toml,title=routing.gap::routing.intake: nothing fits kind = sign (kind = sign)"
    )


@pytest.mark.usefixtures("desk")
def test_check_in_chinese() -> None:
    """The summary and the findings."""
    found = run(app, ["check", "desk.toml", "--as-of", "2026-02-18", "--language", "zh"])
    assert found.stdout.splitlines()[0].startswith("Service desk，2026-02-18：版本 1，目标 1")
    assert "answer 对 kind = sign 没有承诺，也没有 else" in found.stdout


@pytest.mark.usefixtures("desk")
def test_check_warns_of_ending_holidays() -> None:
    """Sixty days before the table ends, a warning; warnings do not fail."""
    found = run(app, ["check", "desk.toml", "--as-of", "2026-12-01"])
    assert found.exit_code == 0
    assert "calendars.coverage_ends" in found.stdout
    assert "the holidays of the calendar office are known up to Thu 31 Dec 2026 only" in found.stdout


@pytest.mark.usefixtures("desk")
def test_explain() -> None:
    """The reckoning of one case, with the holiday that moved it, and when it was asked."""
    found = run(app, ["explain", "desk.toml", "cases.csv", "--case", "B", "--as-of", AS_OF])
    assert found.exit_code == 0
    for words in ("request answered: answered late", "Washington's Birthday", "As of 2026-02-18T12:00:00-05:00."):
        assert words in found.stdout


@pytest.mark.usefixtures("desk")
def test_explain_a_case_without_promise() -> None:
    """The reason, too, is an answer."""
    found = run(app, ["explain", "desk.toml", "cases.csv", "--case", "C", "--as-of", AS_OF])
    assert found.stdout.startswith("answer: no promise for kind = sign")


@pytest.mark.usefixtures("desk")
def test_explain_as_json() -> None:
    """The readings as plain data."""
    found = run(app, ["explain", "desk.toml", "cases.csv", "--case", "A", "--as-of", AS_OF, "--json"])
    assert json.loads(found.stdout)["case"] == "A"


@pytest.mark.usefixtures("desk")
def test_explain_what_is_not_there() -> None:
    """No such case: exit code 1. A case that could not be read: exit code 3, its line and the reason."""
    nobody = run(app, ["explain", "desk.toml", "cases.csv", "--case", "Z", "--as-of", AS_OF])
    assert (nobody.exit_code, nobody.stderr) == (1, "svcstd: cases.csv has no case Z\n")
    broken = run(app, ["explain", "desk.toml", "cases.csv", "--case", "D", "--as-of", AS_OF])
    assert broken.exit_code == 3
    assert broken.stderr.startswith("svcstd: line 5: opened: ")


def test_freeze_prints_blocks(desk: Path) -> None:
    """The table behind a place, to paste into the file."""
    text = re.sub(r"holidays = \{.*", 'holidays = "US-MA"', STANDARD).replace("[facts]", 'years = "2026"\n[facts]')
    (desk / "place.toml").write_text(text, encoding="utf-8")
    found = run(app, ["freeze", "place.toml"])
    assert found.exit_code == 0
    assert found.stdout.startswith("[calendars.office.holidays]\n")
    assert '2026-04-20 = "Patriots\' Day"' in found.stdout


def test_schema_is_json() -> None:
    """For editors."""
    assert json.loads(run(app, ["schema"]).stdout)["title"] == "svcstd standard, format 1"


def test_other_formats(desk: Path) -> None:
    """A YAML standard, JSON Lines and zipped files give the same answer."""
    from svcstd.documents import dumps, loads  # noqa: PLC0415 - only here

    (desk / "desk.YML").write_text(dumps(loads(STANDARD), format="yaml"), encoding="utf-8")
    (desk / "desk.json").write_text(dumps(loads(STANDARD), format="json"), encoding="utf-8")
    lines = "\n".join(json.dumps(row) for row in csv.DictReader(io.StringIO(CASES)))
    (desk / "cases.jsonl").write_text("\ufeff" + lines, encoding="utf-8")
    (desk / "CASES.JSONL.GZ").write_bytes(gzip.compress(lines.encode()))
    (desk / "cases.csv.gz").write_bytes(gzip.compress(CASES.encode()))
    _report("--as-of", AS_OF)
    expected = [{**row, "line": ""} for row in _rows(desk / "out" / "results.csv")]
    for standard, cases in (
        ("desk.YML", "cases.csv.gz"),
        ("desk.json", "cases.jsonl"),
        ("desk.toml", "CASES.JSONL.GZ"),
    ):
        found = run(app, ["report", standard, cases, "--as-of", AS_OF, "--out", "other"])
        assert found.exit_code == 0
        assert [{**row, "line": ""} for row in _rows(desk / "other" / "results.csv")] == expected


def test_hostile_names_stay_text(desk: Path) -> None:
    """Markup, control characters and half characters of a stranger are shown, never obeyed."""
    names = ["[/]", "[bold red]x", "\x1b[31mred", "名" * 300, "\ud800"]
    target = "\n".join(f'"{name}" = "1 working day"' for name in ("[/]", "[bold red]x", r"\u001b[31mred"))
    text = STANDARD.replace('{ one_of = ["lamp", "sign"] }', '"text"').replace('lamp = "1 working day"', target)
    (desk / "odd.toml").write_text(text.replace('kind = "lamp"', 'kind = "[/]"'), encoding="utf-8")
    rows = [
        {"id": f"{name}{number}", "kind": name, "opened": "2026-02-13 10:00", "closed": ""}
        for number, name in enumerate(names)
    ]
    (desk / "odd.jsonl").write_text("\n".join(map(json.dumps, rows)), encoding="utf-8")
    found = run(app, ["report", "odd.toml", "odd.jsonl", "--as-of", AS_OF, "--out", "out"])
    assert found.exit_code == 0
    assert "\x1b" not in found.stdout
    assert "[/]" in found.stdout
    assert "[bold red]x" in found.stdout
    assert [row["case"] for row in _rows(desk / "out" / "results.csv")][-1] == "\\ud8004"


def test_main_runs_the_app(monkeypatch: pytest.MonkeyPatch) -> None:
    """The entry point takes streams of any kind."""
    monkeypatch.setattr(sys, "argv", ["svcstd", "schema"])
    monkeypatch.setattr(sys, "stdout", io.StringIO())
    with pytest.raises(SystemExit) as stopped:
        main()
    assert stopped.value.code == 0


@pytest.mark.usefixtures("desk")
def test_a_reader_that_leaves_is_no_fault(monkeypatch: pytest.MonkeyPatch) -> None:
    """A pipe that closes early ends the command without a sentence."""

    def closed(*_: object, **__: object) -> None:
        raise BrokenPipeError

    monkeypatch.setattr("svcstd.cli.app.say_json", closed)
    found = run(app, ["check", "desk.toml", "--json"])
    assert "svcstd:" not in found.output


def test_the_module_runs_main(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    """``python -m svcstd`` is the command."""
    monkeypatch.setattr(sys, "argv", ["svcstd", "--version"])
    monkeypatch.delitem(sys.modules, "svcstd.__main__", raising=False)
    with pytest.raises(SystemExit) as stopped:
        import_module("svcstd.__main__")
    assert stopped.value.code == 0
    assert capsys.readouterr().out.startswith("svcstd ")


@pytest.mark.long
def test_as_a_module(desk: Path) -> None:
    """In a pipe: no colours, no progress bar, the exit code of the shell."""
    found = _shell("report", "desk.toml", "cases.csv", "--as-of", AS_OF, folder=desk)
    assert (found.returncode, found.stderr) == (0, "")
    assert found.stdout.startswith("33.3 % of 3 promises were kept.\n")
    assert "\x1b" not in found.stdout
    wrong = _shell("check", "none.toml", folder=desk)
    assert wrong.returncode == 4
    assert "Traceback" not in wrong.stderr


def test_a_terminal_without_unicode(desk: Path) -> None:
    """What it cannot show is written as an escape."""
    (desk / "desk.toml").write_text(STANDARD.replace("Service desk", "服务台"), encoding="utf-8")
    found = _shell("check", "desk.toml", "--as-of", AS_OF, folder=desk, PYTHONIOENCODING="cp1252")
    assert found.returncode == 0
    assert found.stdout.startswith(r"\u670d\u52a1\u53f0, as of 2026-02-18")


@pytest.mark.long
def test_demo(tmp_path: Path) -> None:
    """The real city: the headline, the comparison, and three files."""
    found = run(app, ["demo", "--out", str(tmp_path / "boston")])
    assert found.exit_code == 0
    assert "Compared with the desk's own answers" in found.stdout
    assert "As of 2016-01-12T15:00:00-05:00." in found.stdout
    assert len(_rows(tmp_path / "boston" / "results.csv")) == 21_822
    assert (tmp_path / "boston" / "report.html").stat().st_size < 2_000_000


def test_the_demo_standard_passes_its_own_check() -> None:
    """Its examples hold, and no warning at the time of its log."""
    with as_file(files("svcstd.demo")) as folder:
        found = run(app, ["check", str(folder / "boston311.toml"), "--as-of", "2016-01-12"])
    assert found.exit_code == 0
    assert found.stdout.startswith("City of Boston 311, as of 2016-01-12: editions 2, objectives 1, example cases 4, ")
    assert found.stdout.endswith("failing 0, findings 0, waived 0.\n")


def test_a_standard_by_its_suffix(desk: Path) -> None:
    """Swapped arguments are found by the suffix; faults name the file."""
    found = run(app, ["check", "cases.csv"])
    told = "'.csv' is no suffix of a standard; give the standard first, as one of .toml, .yaml, .yml, .json"
    assert (found.exit_code, found.stderr) == (3, f"svcstd: cases.csv: {told}\n")
    (desk / "odd.toml").write_text("svcstd = 1", encoding="utf-8")
    assert run(app, ["check", "odd.toml"]).stderr.startswith("svcstd: odd.toml: $: faults found: 3")


def test_nothing_to_freeze(desk: Path) -> None:
    """No calendar names a place: nothing on standard output, and a sentence beside it."""
    (desk / "plain.toml").write_text('svcstd = 1\nid = "x"\nname = "X"\nzone = "UTC"', encoding="utf-8")
    found = run(app, ["freeze", "plain.toml"])
    assert (found.exit_code, found.stdout) == (0, "")
    assert found.stderr == "No calendar names its holidays by place; there is nothing to freeze.\n"


def test_without_typer_the_command_says_what_to_install(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """The extra is named, without a traceback."""
    monkeypatch.setattr("builtins.__import__", _without("typer"))
    with pytest.raises(SystemExit) as caught:
        cli.main()
    assert caught.value.code == 4
    assert "pip install 'svcstd[cli]'" in capsys.readouterr().err


def test_another_missing_module_is_no_missing_extra(monkeypatch: pytest.MonkeyPatch) -> None:
    """A fault of ours is not blamed on the installation."""
    monkeypatch.setattr("builtins.__import__", _without("svcstd_has_no_such_part"))
    with pytest.raises(ModuleNotFoundError, match="svcstd_has_no_such_part"):
        cli.main()


def _without(name: str) -> Any:
    """An import that misses a module when the commands are loaded."""
    ordinary = __import__

    def missing(wanted: str, *rest: Any, **more: Any) -> Any:
        if wanted == "svcstd.cli.app":
            raise ModuleNotFoundError(f"No module named {name!r}", name=name)
        return ordinary(wanted, *rest, **more)

    return missing


def test_rows_that_are_no_event_are_told(desk: Path) -> None:
    """A kind that the standard does not know is named with its count."""
    long = STANDARD[: STANDARD.index("[log]")] + LONG_LOG + STANDARD[STANDARD.index("[reports") :]
    (desk / "long.toml").write_text(long, encoding="utf-8")
    rows = "id,what,when\n1,opened,2026-02-10 10:00\n1,Closd,2026-02-10 11:00\n"
    (desk / "long.csv").write_text(rows, encoding="utf-8")
    found = run(app, ["report", "long.toml", "long.csv", "--as-of", AS_OF])
    assert "Rows whose kind is no event of the standard: 1 (Closd 1)." in found.stdout


LONG_LOG = """[log]
id = "id"
time = "YYYY-MM-DD HH:mm"
zone = "UTC"
folds = "reject"
event = "what"
at = "when"
kinds = { open = "opened" }

"""


@pytest.mark.usefixtures("desk")
def test_a_period_against_another() -> None:
    """The report of a month beside that of another: on the screen, on the page, and as data."""
    found = _report("--as-of", AS_OF, "--period", "2026-02", "--against", "2026-01")
    assert found.exit_code == 0, found.output
    assert "too few to tell" in found.stdout
    assert "Before and after" in Path("out/report.html").read_text(encoding="utf-8")
    told = json.loads(_report("--as-of", AS_OF, "--period", "2026-02", "--against", "2026-01", "--json").stdout)
    assert told["changes"][0] == {
        "objective": "",
        "row": "",
        "verdict": "insufficient",
        "before": [0, 0],
        "after": [1, 3],
        "low": None,
        "high": None,
    }
    assert "changes" not in json.loads(_report("--as-of", AS_OF, "--period", "2026", "--json").stdout)
    same = json.loads(_report("--as-of", AS_OF, "--against", "2026-02", "--json").stdout)
    assert same["changes"][0]["before"] == same["changes"][0]["after"]


@pytest.mark.usefixtures("desk")
@pytest.mark.parametrize(
    "more", [["--period", "soon"], ["--against", "soon"], ["--period", "2026-02", "--since", "2026-02-01"]]
)
def test_periods_that_are_none(more: list[str]) -> None:
    """Another label, or days told twice."""
    assert _report("--as-of", AS_OF, *more).exit_code == 2
