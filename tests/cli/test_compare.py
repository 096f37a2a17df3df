"""Two standards on the command line: what they say otherwise, and what would have come out otherwise."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from pathlib import Path

import attrs
import pytest
from typer.testing import CliRunner

from svcstd.cli import compare
from svcstd.cli.app import app
from svcstd.cli.compare import effects_by
from svcstd.cli.doors import open_standard, read_cases
from svcstd.standard import Chronicle, as_if_always

run = CliRunner().invoke
STANDARD = """svcstd = 1
id = "desk"
name = "Desk"
zone = "UTC"
from = 2026-01-01
[events]
opened = "opened"
closed = "closed"
[objectives.close]
clock = { start = "opened", stop = "closed" }
target = "8 hours"
[log]
id = "id"
time = "YYYY-MM-DD HH:mm"
zone = "UTC"
folds = "reject"
events = { opened = "opened", closed = "closed" }
[records.sale]
at = "day"
fields = { agent = "text", worth = "number", day = "date" }
[kpis.worth]
of = "sale"
sum = "worth"
empty = "zero"
better = "more"
unit = "CNY"
[scorecards.card]
of = "agent"
every = "month"
weights = { worth = 1 }
mean = "arithmetic"
missing = "withhold"
least_covered = 1
round = "0.01 half up"
[plans.sales]
of = "agent"
every = "month"
currency = "CNY"
round = "0.01 half up"
round_at = "line"
lines.tenth = { pays = "0.10 CNY", times = "kpis.worth", missing = "nothing" }
"""
CASES = "id,opened,closed\nA,2026-03-01 00:00,2026-03-01 06:00\nB,2026-03-01 00:00,2026-03-01 02:00\n"
AS_OF = ("--as-of", "2026-03-02T00:00:00")


@pytest.fixture
def desk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with two standards and what happened."""
    monkeypatch.chdir(tmp_path)
    new = STANDARD.replace('"8 hours"', '"4 hours"').replace('"0.10 CNY"', '"0.20 CNY"')
    for name, text in (
        ("old.toml", STANDARD),
        ("new.toml", new),
        ("cases.csv", CASES),
        ("sales.csv", "agent,worth,day\nada,100,2026-01-09\n"),
        ("later.toml", STANDARD + '[changes.2026-07-01]\nwhy = "faster"\nobjectives.close.target = "4 hours"\n'),
    ):
        (tmp_path / name).write_text(text, encoding="utf-8")
    return tmp_path


@pytest.mark.usefixtures("desk")
def test_two_files() -> None:
    """Place by place, in both languages, and as data."""
    found = run(app, ["diff", "old.toml", "new.toml"])
    assert (found.exit_code, found.stdout.splitlines()) == (
        0,
        [
            'objectives.close.target: "8 hours" before, "4 hours" now',
            'plans.sales.lines.tenth.pays: "0.10 CNY" before, "0.20 CNY" now',
        ],
    )
    assert "原为" in run(app, ["diff", "old.toml", "new.toml", "--language", "zh"]).stdout
    told = json.loads(run(app, ["diff", "old.toml", "new.toml", "--json"]).stdout)
    assert told[0] == {"edition": "", "path": "objectives.close.target", "before": '"8 hours"', "after": '"4 hours"'}
    assert run(app, ["diff", "old.toml", "old.toml"]).stdout == "Nothing differs.\n"


@pytest.mark.usefixtures("desk")
def test_edition_by_edition() -> None:
    """With its day and its reason."""
    assert run(app, ["diff", "later.toml"]).stdout.splitlines() == [
        "Edition of 2026-07-01: faster",
        '  objectives.close.target: "8 hours" before, "4 hours" now',
    ]
    assert run(app, ["diff", "old.toml"]).stdout == "Nothing differs.\n"


@pytest.mark.usefixtures("desk")
def test_what_would_have_come_out() -> None:
    """Verdicts of cases, scores and pay of people."""
    found = run(app, ["what-if", "old.toml", "new.toml", "--cases", "cases.csv", *AS_OF])
    assert found.exit_code == 0, found.stderr
    lines = found.stdout.splitlines()
    assert lines[0] == "5 effects on 2 of 2 cases."
    assert "A objectives.close: close: met before, met_late now" in lines
    paid = run(
        app, ["what-if", "old.toml", "new.toml", "sale=sales.csv", "--pay", "sales", "--period", "2026-01", *AS_OF]
    )
    assert paid.stdout.splitlines()[1] == "ada plans.sales: ada: 10.00 CNY (due) before, 20.00 CNY (due) now"
    told = json.loads(run(app, ["what-if", "old.toml", "new.toml", "--cases", "cases.csv", *AS_OF, "--json"]).stdout)
    assert [one["of"] for one in told].count("A") == 3
    assert {one["part"] for one in told} == {"objectives.close"}


@pytest.mark.usefixtures("desk")
def test_nothing_would_have() -> None:
    """The same standard, and an edition that is not yet in force."""
    options = ["--cases", "cases.csv", *AS_OF]
    assert run(app, ["what-if", "old.toml", "old.toml", *options]).stdout == "Nothing comes out otherwise.\n"
    assert (
        run(app, ["what-if", "old.toml", "later.toml", *options, "--dated"]).stdout == "Nothing comes out otherwise.\n"
    )
    scored = ["sale=sales.csv", "--score", "card", "--period", "2026-01", *AS_OF]
    assert run(app, ["what-if", "old.toml", "later.toml", *scored]).stdout == "Nothing comes out otherwise.\n"


@pytest.mark.usefixtures("desk")
def test_a_long_list_is_cut(monkeypatch: pytest.MonkeyPatch) -> None:
    """And says how many more there are."""
    monkeypatch.setattr(compare, "MOST", 2)
    found = run(app, ["what-if", "old.toml", "new.toml", "--cases", "cases.csv", *AS_OF])
    assert found.stdout.splitlines()[-1] == "... and 3 more; --json prints them all"


@pytest.mark.usefixtures("desk")
def test_refusals() -> None:
    """Scores without a period; a file that is not there."""
    found = run(app, ["what-if", "old.toml", "new.toml", "sale=sales.csv", "--pay", "sales", *AS_OF])
    assert (found.exit_code, "belong to a period" in found.stderr) == (3, True)
    assert run(app, ["diff", "old.toml", "none.toml"]).exit_code == 4


@pytest.mark.usefixtures("desk")
def test_several_processes_say_the_same(monkeypatch: pytest.MonkeyPatch) -> None:
    """In the same order, cases first, then people; more processes than cases do no harm."""
    asked = ["what-if", "old.toml", "new.toml", "sale=sales.csv", "--cases", "cases.csv"]
    asked += ["--pay", "sales", "--period", "2026-01", *AS_OF]
    one = run(app, asked)
    assert one.exit_code == 0, one.stderr
    with monkeypatch.context() as small:
        small.setattr(compare, "LEAST", 1)
        for jobs in ("2", "7"):
            assert run(app, [*asked, "--jobs", jobs]).stdout == one.stdout
    old, new = open_standard(Path("old.toml")), open_standard(Path("new.toml"))
    few = [row.case for row in read_cases(old, Path("cases.csv")).rows]
    cases = [attrs.evolve(few[number % 2], id=f"c{number}") for number in range(5)]
    history = Chronicle(as_of=datetime(2026, 3, 1, tzinfo=UTC), cases=cases)
    whole = effects_by(1, old, new, history, "always")
    monkeypatch.setattr(compare, "LEAST", 2)
    assert len(whole) > 5
    assert effects_by(2, old, new, history, "always") == effects_by(9, old, new, history, "always") == whole
    monkeypatch.setattr(compare, "_ASKED", [])
    compare._begin(old, as_if_always(new), history)
    parts = [compare._effects_from(first, 2) for first in (0, 2, 4)]
    assert [effect for part in parts for effect in part] == whole
    nobody = ["what-if", "old.toml", "new.toml", *AS_OF, "--jobs", "3"]
    assert run(app, nobody).stdout == "Nothing comes out otherwise.\n"
    assert run(app, [*nobody[:-1], "0"]).exit_code == 2
