"""The example of a field-service handbook, as its reader runs it: the hole in the chart, the standard without it."""

from __future__ import annotations

import doctest
import json
import shutil
import xml.etree.ElementTree as ET
from collections.abc import Iterator
from functools import reduce
from pathlib import Path
from typing import Any

import pytest
from tests.requirements.page import read
from typer.testing import CliRunner

from svcstd.cli.app import app
from svcstd.documents import json_schema, parse_text
from svcstd.procedures import Done, walk

FOLDER = Path(__file__).parents[2] / "examples" / "5s4e"
STANDARD, DRAWN = str(FOLDER / "5s4e"), str(FOLDER / "as-drawn.toml")
AS_OF = ("--as-of", "2026-04-01")
VALUES = {"true": True, "false": False, "else": "complaint"}
"""What the words of a way stand for; any kind but a fault goes the other way."""

run = CliRunner().invoke


def joined(one: dict[str, Any], other: dict[str, Any]) -> dict[str, Any]:
    """Two tables as one; no key but of tables stands in both."""
    both = {key: joined(one[key], other[key]) for key in one.keys() & other.keys()}
    return {**one, **other, **both}


def written() -> dict[str, Any]:
    """The files of the folder as the one file that they stand for, without changes and languages."""
    texts = [path.read_text("utf-8") for path in sorted(Path(STANDARD).glob("*.toml"))]
    return reduce(joined, (parse_text(text, "toml")[0] for text in texts))


def test_editors_agree() -> None:
    """Both standards fit the JSON Schema."""
    jsonschema: Any = pytest.importorskip("jsonschema")
    schema = jsonschema.Draft202012Validator(json_schema())
    schema.validate(written())
    schema.validate(parse_text(Path(DRAWN).read_text("utf-8"), "toml")[0])


def test_the_hole_in_the_chart_is_found() -> None:
    """The internet chart has no box for other problems: an error, with the case that falls into it."""
    found = run(app, ["check", DRAWN, *AS_OF, "--json"])
    assert found.exit_code == 1
    errors = [one for one in json.loads(found.stdout)["findings"] if one["severity"] == "error"]
    assert [(one["where"], one["rule"], one["example"]) for one in errors] == [
        ("procedures.internet", "procedures.gap", {"type": "other"})
    ]


def test_the_standard_without_the_hole_has_no_errors() -> None:
    """Nor examples that come out otherwise."""
    found = run(app, ["check", STANDARD, *AS_OF, "--json"])
    assert found.exit_code == 0, found.stdout
    told = json.loads(found.stdout)
    assert (told["ok"], told["failing"]) == (True, [])
    assert [one for one in told["findings"] if one["severity"] == "error"] == []


def test_a_problem_that_no_chart_sorts_goes_to_somebody_with_a_reason() -> None:
    """The case A07 of the worked scenarios: internet, other."""
    found = run(app, ["route", STANDARD, "intake", "channel=internet", "type=其他", *AS_OF, "--json"])
    told = json.loads(found.stdout)
    assert (told["rules"], told["rows"]) == (["else"], [{"role": "hotline_lead"}])
    routed = run(
        app, ["route", STANDARD, "intake", "channel=phone", "type=技术质量问题", "software=false", *AS_OF, "--json"]
    )
    assert json.loads(routed.stdout)["rows"] == [{"role": "field_engineer"}]


def paths(steps: dict[str, Any], path: list[str]) -> Iterator[tuple[list[str], list[Done]]]:
    """Every path of the file from its last step to an end, no step more than three times, with the answers on it."""
    step = steps[path[-1]]
    if "end" in step:
        yield path, []
        return
    then = step["then"] if "by" in step else {"": step["then"]}
    for answer, to in then.items():
        learnt = {step["by"]: VALUES.get(answer, answer)} if "by" in step else {}
        if path.count(to) < 3:
            for whole, done in paths(steps, [*path, to]):
                yield whole, [Done(path[-1], learnt), *done]


@pytest.mark.parametrize(("key", "count"), [("phone", 78), ("internet", 5)])
def test_every_path_can_be_walked_to_its_end(key: str, count: int) -> None:
    """As the file draws it, answer by answer; what a question learns is known at the step done before it.

    By telephone 7 ways on from the call back, reached from 10 hand-overs and one consultation, and one without it.
    """
    procedure, flow = read(Path(STANDARD)).current.procedures[key], written()["procedures"][key]
    found = list(paths(flow["steps"], [flow["start"]]))
    assert len(found) == count
    for path, learnt in found:
        done: list[Done] = []
        for one in learnt:
            if "ask" not in flow["steps"][one.step]:
                done.append(one)
            else:
                done[-1] = Done(done[-1].step, {**done[-1].facts, **one.facts})
        walked = walk(procedure, {}, done)
        assert (walked.standing, list(walked.path), walked.strays) == ("finished", path, ())


def test_a_customer_whom_nobody_reaches_is_tried_three_times() -> None:
    """Then the call back is exhausted, and the case stands there."""
    procedure = read(Path(STANDARD)).current.procedures["phone"]
    facts = {"direct": True, "solved": True, "kind": "fault", "reached": False}
    for tries in range(4):
        found = walk(procedure, facts, ["P0", "P1", "P2", "P3", "P4", "P5", *["P9"] * tries])
        assert (found.step, found.standing) == ("P9", "open" if tries < 3 else "exhausted")


def test_its_procedures_are_drawn(tmp_path: Path) -> None:
    """A picture and a Mermaid text for each, in a folder that need not be there yet."""
    folder = tmp_path / "new" / "flows"
    found = run(app, ["flow", STANDARD, "--out", str(folder), *AS_OF])
    assert found.exit_code == 0, found.stderr
    assert sorted(path.name for path in folder.iterdir()) == [
        *("internet.mmd", "internet.svg"),
        *("phone.mmd", "phone.svg"),
        *("rate.mmd", "rate.svg"),
    ]
    english = tmp_path / "en"
    assert run(app, ["flow", STANDARD, "--out", str(english), *AS_OF, "--language", "en"]).exit_code == 0
    assert "prepare materials" in (english / "phone.mmd").read_text("utf-8")
    for path in folder.glob("*.svg"):
        assert ET.fromstring(path.read_text("utf-8")).tag == "{http://www.w3.org/2000/svg}svg"  # noqa: S314 - ours
    assert (folder / "phone.mmd").read_text("utf-8").startswith("flowchart TD\n")


def test_the_lines_of_its_readme(monkeypatch: pytest.MonkeyPatch) -> None:
    """What the page shows of Python is what Python says, in that folder."""
    monkeypatch.chdir(FOLDER)
    text = (FOLDER / "README.md").read_text("utf-8").replace("```", "")
    lines = doctest.DocTestParser().get_doctest(text, {}, "README", None, 0)
    assert doctest.DocTestRunner().run(lines) == (0, len(lines.examples))
    assert len(lines.examples) > 8


def test_the_quarter_of_an_engineer() -> None:
    """As the README shows it: from the ratings, not from the means of the months."""
    ratings = f"rating={FOLDER / 'ratings.csv'}"
    for period, value in (("2026-01", "0.70"), ("2026-02", None), ("2026-Q1", "0.95")):
        found = run(app, ["score", STANDARD, "engineer", ratings, "--period", period, "--json"])
        assert found.exit_code == 0, found.stderr
        scores = {one["of"]: one["value"] for one in json.loads(found.stdout)}
        assert scores["E07"] == value
    told = run(app, ["score", STANDARD, "engineer", ratings, "--period", "2026-Q1", "--of", "E07"])
    assert told.stdout.rstrip() in (FOLDER / "README.md").read_text("utf-8")


def test_the_month_is_paid_as_the_readme_shows(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Every command that pays or shows a statement prints what stands below it."""
    shutil.copytree(FOLDER, tmp_path, dirs_exist_ok=True)
    monkeypatch.chdir(tmp_path)
    shown: list[tuple[str, list[str]]] = []
    for line in (FOLDER / "README.md").read_text("utf-8").splitlines():
        if line.startswith("$ svcstd "):
            shown.append((line.removeprefix("$ svcstd "), []))
        elif line.startswith("```"):
            shown.append(("", []))
        elif shown:
            shown[-1][1].append(line)
    paying = [(command, lines) for command, lines in shown if command.startswith(("pay", "statement"))]
    assert len(paying) == 5
    for command, lines in paying:
        words, _, file = command.partition(" > ")
        told = run(app, words.split())
        assert told.exit_code == 0, command
        if file:
            Path(file).write_text(told.stdout, encoding="utf-8")
        elif "--out" not in words:
            assert told.stdout.rstrip().splitlines() == lines, command
    assert "1 of 2 are paid 1,820.00 CNY in all" in (tmp_path / "january.html").read_text("utf-8")
