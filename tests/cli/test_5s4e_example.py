"""The example of a field-service handbook, as its reader runs it: the hole in the chart, the standard without it."""

from __future__ import annotations

import doctest
import json
import xml.etree.ElementTree as ET
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from svcstd import load
from svcstd.cli.app import app
from svcstd.conditions import FactSchema
from svcstd.documents import json_schema, parse_text
from svcstd.procedures import Procedure, walk
from svcstd.standard import ServiceStandard

FOLDER = Path(__file__).parents[2] / "examples" / "5s4e"
STANDARD, DRAWN = str(FOLDER / "5s4e.toml"), str(FOLDER / "as-drawn.toml")
AS_OF = ("--as-of", "2026-04-01")

run = CliRunner().invoke


def opened(path: str) -> ServiceStandard:
    """A standard of the example."""
    with Path(path).open(encoding="utf-8") as file:
        return load(file)


@pytest.mark.parametrize("path", [STANDARD, DRAWN])
def test_editors_agree(path: str) -> None:
    """Both files fit the JSON Schema."""
    jsonschema: Any = pytest.importorskip("jsonschema")
    jsonschema.Draft202012Validator(json_schema()).validate(parse_text(Path(path).read_text("utf-8"), "toml")[0])


def test_the_hole_in_the_chart_is_found() -> None:
    """The internet chart has no box for other problems: an error, with the case that falls into it."""
    found = run(app, ["check", DRAWN, *AS_OF, "--json"])
    assert found.exit_code == 1
    errors = [one for one in json.loads(found.stdout)["rules"] if one["severity"] == "error"]
    assert [(one["where"], one["kind"], one["example"]) for one in errors] == [
        ("procedures.internet", "gap", {"type": "other"})
    ]


def test_the_standard_without_the_hole_has_no_errors() -> None:
    """Nor examples that come out otherwise."""
    found = run(app, ["check", STANDARD, *AS_OF, "--json"])
    assert found.exit_code == 0, found.stdout
    told = json.loads(found.stdout)
    assert (told["ok"], told["findings"]) == (True, [])
    assert [one for one in told["rules"] if one["severity"] == "error"] == []


def test_a_problem_that_no_chart_sorts_goes_to_somebody_with_a_reason() -> None:
    """The case A07 of the worked scenarios: internet, other."""
    found = run(app, ["route", STANDARD, "intake", "channel=internet", "type=其他", *AS_OF, "--json"])
    told = json.loads(found.stdout)
    assert (told["rules"], told["rows"]) == (["else"], [{"role": "hotline_lead"}])
    routed = run(
        app, ["route", STANDARD, "intake", "channel=phone", "type=技术质量问题", "software=false", *AS_OF, "--json"]
    )
    assert json.loads(routed.stdout)["rows"] == [{"role": "field_engineer"}]


@pytest.mark.parametrize("key", ["phone", "internet"])
def test_every_case_comes_to_an_end(key: str) -> None:
    """However the questions are answered, doing the step at which the case stands leads to an end."""
    procedure = opened(STANDARD).current.procedures[key]
    for facts in answers(procedure.facts, sorted(procedure.fields)):
        done: list[str] = []
        found = walk(procedure, facts, done)
        while found.standing == "open" and len(done) < 100:
            done.append(found.step)
            found = walk(procedure, facts, done)
        assert found.standing in ("finished", "exhausted"), (facts, found.path)
        ends(procedure, found.step)


def ends(procedure: Procedure, step: str) -> None:
    """It is an end, or a step that was tried as often as it may be."""
    assert procedure.steps[step].kind == "end" or procedure.steps[step].again


def answers(facts: FactSchema, names: list[str]) -> list[dict[str, Any]]:
    """Every way to answer the questions of a procedure."""
    found: list[dict[str, Any]] = [{}]
    for name in names:
        values = facts.types[name].one_of or (True, False)
        found = [one | {name: value} for one in found for value in values]
    return found


def test_its_procedures_are_drawn(tmp_path: Path) -> None:
    """A picture and a Mermaid text for each, in a folder that need not be there yet."""
    folder = tmp_path / "new" / "flows"
    found = run(app, ["flow", STANDARD, "--out", str(folder), *AS_OF])
    assert found.exit_code == 0, found.stderr
    assert sorted(path.name for path in folder.iterdir()) == ["internet.mmd", "internet.svg", "phone.mmd", "phone.svg"]
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
