"""The three complete standards under ``examples``: every worked case is an example of its standard, and comes out."""

from __future__ import annotations

import json
import shutil
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import attrs
import pytest
from tests.requirements.page import STANDARDS, read
from typer.testing import CliRunner

from svcstd import ServiceStandard, dumps, loads
from svcstd.cli.app import app
from svcstd.documents import untranslated
from svcstd.handbook import book_of, render_book
from svcstd.moment import moment, timezone
from svcstd.standard import Check, Chronicle, as_if_always, replay_history, what_if
from svcstd.standard.example import check_examples

OF = {"5s4e": "5S4E", "retail-shanghai": "SHOP-SH", "saas-europe": "EURO-SAAS"}
AS_OF = date(2026, 4, 1)


@pytest.fixture(scope="module", params=STANDARDS)
def named(request: pytest.FixtureRequest) -> tuple[str, ServiceStandard]:
    """Each standard with its name."""
    return request.param, read(STANDARDS[request.param])


def test_every_worked_case_is_an_example(named: tuple[str, ServiceStandard], shared: Path) -> None:
    """Under the id of the case, or several that begin with it."""
    name, standard = named
    text = (shared / "conformance" / "scenarios.json").read_text(encoding="utf-8")
    (scenario,) = (one for one in json.loads(text)["scenarios"] if one["id"] == OF[name])
    examples = {key.split()[0] for key in standard.examples}
    assert [case["id"] for case in scenario["cases"] if case["id"] not in examples] == []


def instants(raw: object) -> set[datetime]:
    """Every moment that stands in some data, such as ``2026-02-14T16:30:00+08:00``."""
    if isinstance(raw, dict | list):
        return {one for below in (raw.values() if isinstance(raw, dict) else raw) for one in instants(below)}
    try:
        found = datetime.fromisoformat(str(raw))
    except ValueError:
        return set()
    return {found} if found.tzinfo is not None else set()


def test_what_the_cases_expect_is_expected(named: tuple[str, ServiceStandard], shared: Path) -> None:
    """Every due time of the scenarios is one that an example of its case expects."""
    name, standard = named
    text = (shared / "conformance" / "scenarios.json").read_text(encoding="utf-8")
    (scenario,) = (one for one in json.loads(text)["scenarios"] if one["id"] == OF[name])
    compared = 0
    for case in scenario["cases"]:
        checks = [
            check for key, one in standard.examples.items() if key.split()[0] == case["id"] for check in one.checks
        ]
        fields = [field for check in checks if isinstance(check, Check) for field in check.expect.values()]
        told = {moment(at, timezone("UTC")) for field in fields for at in field.values() if isinstance(at, int)}
        wanted = instants(case["expected"])
        compared += len(wanted)
        assert wanted <= told, case["id"]
    assert compared >= 4


def test_the_examples_come_out(named: tuple[str, ServiceStandard]) -> None:
    """All of them."""
    assert list(check_examples(named[1])) == []


def test_the_review_has_no_errors(named: tuple[str, ServiceStandard]) -> None:
    """And its warnings are times that nobody can count, which the clauses say themselves."""
    found = named[1].review(as_of=AS_OF).findings
    assert {one.rule for one in found if one.severity != "info"} <= {"clauses.symbolic"}


def test_it_is_read_back(named: tuple[str, ServiceStandard]) -> None:
    """As one file."""
    assert loads(dumps(named[1], format="toml"), format="toml") == named[1]


def test_asked_again_it_says_the_same(named: tuple[str, ServiceStandard]) -> None:
    """Over the cases of its examples; and its newest edition can be asked as if it had always held."""
    _, standard = named
    found = [check.case for one in standard.examples.values() for check in one.checks if isinstance(check, Check)]
    cases = [attrs.evolve(case, id=f"{number}") for number, case in enumerate(found)]
    history = Chronicle(as_of=datetime(2026, 4, 1, tzinfo=UTC), cases=cases)
    assert len(cases) > 5
    assert list(replay_history(standard, history)) == []
    always = as_if_always(standard)
    assert list(what_if(always, standard, history)) == []


@pytest.mark.long
@pytest.mark.parametrize("language", ["en", "zh"])
def test_its_handbook(named: tuple[str, ServiceStandard], language: Any) -> None:
    """One page under two megabytes, with every clause."""
    _, standard = named
    page = render_book(book_of(standard, year=2026, language=language))
    assert len(page.encode()) < 2_000_000
    assert all(f">{key}<" in page for key in standard.current.clauses)


def test_every_word_is_english_too() -> None:
    """The Chinese standard has its words in English."""
    folder = STANDARDS["5s4e"]
    files = {path.relative_to(folder).as_posix(): path.read_text("utf-8") for path in folder.rglob("*.toml")}
    assert untranslated(files, "en") == ()


def test_the_field_company_has_forty_centres() -> None:
    """The handbook's figure."""
    assert len(read(STANDARDS["5s4e"]).current.teams) == 40


@pytest.mark.long
@pytest.mark.parametrize("folder", ["retail-shanghai", "saas-europe"])
def test_the_commands_of_its_readme(folder: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """As a newcomer runs them."""
    source = STANDARDS[folder].parent
    shutil.copytree(source, tmp_path, dirs_exist_ok=True)
    monkeypatch.chdir(tmp_path)
    lines = (source / "README.md").read_text("utf-8").splitlines()
    commands = [line.removeprefix("$ svcstd ") for line in lines if line.startswith("$ svcstd ")]
    assert len(commands) > 2
    for command in commands:
        found = CliRunner().invoke(app, command.split())
        assert found.exit_code == 0, (command, found.output)
    assert (tmp_path / "handbook.html").stat().st_size > 100_000
