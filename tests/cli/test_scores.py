"""Scores on the command line: who has which, why, as a page, as JSON, and what is refused."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

from svcstd.cli.app import app
from svcstd.scoring import Score

run = CliRunner().invoke
STANDARD = """
svcstd = 1
id = "field"
name = "Field service"
zone = "Asia/Shanghai"
[scales]
percent = { from = "-50 %", to = "200 %" }
[records.rating]
at = "day"
[records.rating.fields]
agent = "text"
day = "date"
technical = "number"
[kpis.technical]
of = "rating"
better = "more"
unit = "share"
mean = "technical"
scales = { technical = "percent" }
[scorecards.engineer]
of = "agent"
mean = "arithmetic"
weights = { technical = 1 }
missing = "withhold"
least_covered = 1
round = "0.01 half up"
grades = { A = ">= 1", B = "else" }
"""
RATINGS = "agent,day,technical\nE07,2026-01-09,1.20\nE07,2026-02-09,0.80\nE08,2026-01-10,-0.50\n"
MANY = "agent,day,technical\n" + "".join(f"E{number:02d},2026-01-09,1\n" for number in range(45))


@pytest.fixture
def desk(tmp_path: Path) -> Path:
    """A folder with the standard and its ratings."""
    (tmp_path / "desk.toml").write_text(STANDARD, encoding="utf-8")
    (tmp_path / "ratings.csv").write_text(RATINGS, encoding="utf-8")
    return tmp_path


def told(desk: Path, *options: str, records: str = "rating=ratings.csv") -> tuple[int, str, str]:
    """Exit code, output and complaints of a command in a folder."""
    name, sign, file = records.partition("=")
    path = f"{name}{sign}{desk / file}" if sign else name
    found = run(app, ["score", str(desk / "desk.toml"), "engineer", path, *options])
    return found.exit_code, found.stdout, found.stderr


def test_who_has_which(desk: Path) -> None:
    """The answer first, the best first; an empty month is no score."""
    code, out, _ = told(desk, "--period", "2026-01")
    lines = out.splitlines()
    assert code == 0
    assert lines[0] == "2 of 2 have a score: 1.20 at best, 1.20 in the middle, -0.50 at worst."
    assert [line.split() for line in lines[1:4]] == [
        ["of", "grade", "state", "score", "records"],
        ["E07", "A", "scored", "1.20", "1"],
        ["E08", "B", "scored", "-0.50", "1"],
    ]
    assert "nothing counted" in told(desk, "--period", "2026-02")[1]
    assert told(desk, "--period", "2027")[1].startswith("None of 2 has a score.")


def test_one_with_its_reasons(desk: Path) -> None:
    """Pooled over the quarter."""
    code, out, _ = told(desk, "--period", "2026-Q1", "--of", "E07")
    assert code == 0
    assert out.splitlines() == [
        "E07: engineer: 1.00",
        "  technical: 1 = 2 / 2 is worth 1 points; times 100 % that gives 1 (n = 2)",
        "  grade A",
    ]


def test_as_json(desk: Path) -> None:
    """Scores that can be read back."""
    code, out, _ = told(desk, "--period", "2026-H1", "--json")
    assert code == 0
    assert [Score.from_json(one).of for one in json.loads(out)] == ["E07", "E08"]


def test_as_a_page(desk: Path) -> None:
    """Written where it is said; the terminal still shows the scores."""
    code, out, err = told(desk, "--as-of", "2026-03-01", "--of", "E07", "--out", str(desk / "out" / "page.html"))
    assert (code, out.splitlines()[0]) == (0, "E07: engineer: 1.00")
    assert err.strip().endswith("page.html")
    page = (desk / "out" / "page.html").read_text(encoding="utf-8")
    assert "<h1>Field service: engineer</h1>" in page
    assert 'class="falls"' in page


def test_a_long_list_is_cut(desk: Path) -> None:
    """And says how many more there are."""
    (desk / "many.csv").write_text(MANY, encoding="utf-8")
    _, out, _ = told(desk, "--period", "2026-01-09", records="rating=many.csv")
    assert out.splitlines()[-1] == "... and 5 more; --json prints them all"


@pytest.mark.parametrize(
    ("options", "records", "says"),
    [
        (["--period", "January"], "rating=ratings.csv", "--period: January is no period"),
        (["--period", "2026-13"], "rating=ratings.csv", "--period: 2026-13 is no period"),
        ([], "ratings", "records: ratings names no records"),
        ([], "ratngs=ratings.csv", "records: no kind of records is called ratngs"),
        ([], "rating=wrong.csv", "line 2, technical"),
    ],
)
def test_refusals(desk: Path, options: list[str], records: str, says: str) -> None:
    """Each with the way out."""
    (desk / "wrong.csv").write_text("agent,day,technical\nE07,2026-01-09,much\n", encoding="utf-8")
    code, _, err = told(desk, *options, records=records)
    assert code != 0
    assert says in err


def test_a_file_that_is_not_there(desk: Path) -> None:
    """Is told as such; and so is a card that is not."""
    code, _, err = told(desk, records="rating=nobody.csv")
    assert (code, "nobody.csv" in err) == (4, True)
    found = run(app, ["score", str(desk / "desk.toml"), "enginer", f"rating={desk / 'ratings.csv'}"])
    assert found.exit_code != 0
    assert "write engineer" in found.stderr
    twice = f"rating={desk / 'ratings.csv'}"
    assert run(app, ["score", str(desk / "desk.toml"), "engineer", twice, twice]).exit_code != 0
