"""The example of a help desk, as its reader runs it: checked, reported, one ticket explained and drawn."""

from __future__ import annotations

import csv
import doctest
import json
import xml.etree.ElementTree as ET
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from svcstd.cli.app import app
from svcstd.documents import json_schema, parse_text

FOLDER = Path(__file__).parents[2] / "examples" / "helpdesk"
STANDARD, TICKETS = str(FOLDER / "helpdesk.toml"), str(FOLDER / "tickets.csv")
AS_OF = ("--as-of", "2026-03-31T18:00")
AGENTS = {"Ada", "Ben", "Cora", "Dan", "Eve", "Finn"}

run = CliRunner().invoke


def explained(*more: str) -> str:
    """What the command says of one ticket."""
    found = run(app, ["explain", STANDARD, TICKETS, "--case", "T-1055", *AS_OF, *more])
    assert found.exit_code == 0, found.stderr
    return str(found.stdout)


def test_it_checks() -> None:
    """Every example holds, nothing is found, and editors agree."""
    found = run(app, ["check", STANDARD, *AS_OF, "--json"])
    assert found.exit_code == 0
    told = json.loads(found.stdout)
    assert (told["ok"], told["examples"], told["failing"], told["findings"]) == (True, 4, [], [])
    jsonschema: Any = pytest.importorskip("jsonschema")
    jsonschema.Draft202012Validator(json_schema()).validate(parse_text(Path(STANDARD).read_text("utf-8"), "toml")[0])


def test_every_ticket_is_reported(tmp_path: Path) -> None:
    """No row is rejected, each ticket has its promises, and the page tells of escalation, owners and error budget."""
    found = run(app, ["report", STANDARD, TICKETS, "--out", str(tmp_path), *AS_OF])
    assert found.exit_code == 0, found.stderr
    with Path(TICKETS).open(encoding="utf-8", newline="") as file:
        tickets = {row["ticket"] for row in csv.DictReader(file)}
    with (tmp_path / "results.csv").open(encoding="utf-8", newline="") as file:
        results = list(csv.DictReader(file))
    assert {row["case"] for row in results} == tickets
    assert {row["objective"] for row in results} == {"first_reply", "next_reply", "resolve"}
    assert (tmp_path / "rejected.csv").read_text("utf-8").count("\n") == 1
    page = (tmp_path / "report.html").read_text("utf-8")
    assert all(words in page for words in ("Error budget", "Escalation", "hands"))


def test_a_ticket_is_drawn_and_explained() -> None:
    """Each promise as a line for each pair of hands, a legend, and the reckoning below."""
    text = explained()
    for words in (
        "first line",
        "field  ",
        "█ counted  ▓ late  / paused",
        "resolved: answered late at Wed 28 Jan 2026 09:49 Berlin, due Wed 28 Jan 2026 08:15 Berlin",
        "in the hands of group field, agent Eve",
        "told lead: 80 %",
    ):
        assert words in text
    assert max(len(line) for line in text.splitlines() if "█" in line) <= 160  # what a pipe is given


def test_a_customer_reads_no_names() -> None:
    """Who held the ticket and who was told is for colleagues; when it is due is for everybody."""
    text = explained("--for", "customer")
    assert not [name for name in AGENTS if name in text]
    assert not [words for words in ("field, agent", "told ", "first line") if words in text]
    assert "due Wed 28 Jan 2026 08:15 Berlin" in text
    plain = json.dumps(json.loads(explained("--for", "customer", "--json")))
    assert not [name for name in AGENTS if name in plain]


def test_who_else_asks_is_refused() -> None:
    """Agents and customers, nobody else."""
    found = run(app, ["explain", STANDARD, TICKETS, "--case", "T-1055", *AS_OF, "--for", "boss"])
    assert found.exit_code == 2


@pytest.mark.parametrize("audience", ["agent", "customer"])
def test_pictures_of_a_ticket(tmp_path: Path, audience: str) -> None:
    """One file a promise, complete in itself, in a folder that need not be there yet."""
    folder = tmp_path / "new" / "pictures"
    explained("--svg", str(folder), "--for", audience)
    assert sorted(path.name for path in folder.iterdir()) == ["first_reply.svg", "next_reply.svg", "resolve.svg"]
    for path in folder.iterdir():
        text = path.read_text("utf-8")
        root = ET.fromstring(text)  # noqa: S314 - ours
        assert root.tag == "{http://www.w3.org/2000/svg}svg"
        assert root.find("{http://www.w3.org/2000/svg}title") is not None
        assert ("Eve" in text) <= (audience == "agent")


def test_a_picture_that_cannot_be_written(tmp_path: Path) -> None:
    """A file where the folder should be: exit code 4, and its name."""
    (tmp_path / "taken").write_text("")
    found = run(app, ["explain", STANDARD, TICKETS, "--case", "T-1055", *AS_OF, "--svg", str(tmp_path / "taken")])
    assert found.exit_code == 4
    assert "taken" in found.stderr


def test_a_terminal_without_letters() -> None:
    """Where the terminal knows only ASCII the picture is drawn in it."""
    text = CliRunner(charset="ascii").invoke(app, ["explain", STANDARD, TICKETS, "--case", "T-1055", *AS_OF]).stdout
    assert "# counted" in text
    assert "█" not in text


def test_the_lines_of_its_readme(monkeypatch: pytest.MonkeyPatch) -> None:
    """What the page shows of Python is what Python says, in that folder."""
    monkeypatch.chdir(FOLDER)
    text = (FOLDER / "README.md").read_text("utf-8").replace("```", "")
    lines = doctest.DocTestParser().get_doctest(text, {}, "README", None, 0)
    assert doctest.DocTestRunner().run(lines) == (0, len(lines.examples))
    assert len(lines.examples) > 8


def test_what_was_agreed_is_read() -> None:
    """Due times that agents agreed, and why, come from the log; the first reply is not moved by them."""
    found = run(app, ["explain", STANDARD, TICKETS, "--case", "T-1007", *AS_OF])
    assert "due time set by hand at Wed 14 Jan 2026 09:36 Berlin: Fri 16 Jan 2026 16:00 Berlin" in found.stdout
    assert "because: the customer moved the appointment" in found.stdout
    assert "first reply: met" in found.stdout


def test_what_the_table_of_promises_shows(tmp_path: Path) -> None:
    """The table of the standard, whatever a factor made of it for gold, and no single due time of those agreed."""
    run(app, ["report", STANDARD, TICKETS, "--out", str(tmp_path), *AS_OF])
    page = (tmp_path / "report.html").read_text("utf-8")
    table = page[page.index("<table") : page.index("</table>")]
    assert all(f">{words}</td>" in table for words in ("8 working hours", "16 working hours", "32 working hours"))
    assert "as agreed with each" in table
    assert "2026-" not in table


def test_a_clock_that_never_began_has_no_picture(tmp_path: Path) -> None:
    """Its reckoning still says so; a slash in a key makes no folder."""
    text = Path(STANDARD).read_text("utf-8")
    for before in ("[objectives.first_reply]", "expect = { first_reply ="):
        text = text.replace(before, before.replace("first_reply", '"first/reply"'))
    (tmp_path / "desk.toml").write_text(text, "utf-8")
    words = [str(tmp_path / "desk.toml"), TICKETS, "--case", "T-1000", *AS_OF, "--svg", str(tmp_path / "out")]
    found = run(app, ["explain", *words])
    assert "next reply: not started" in found.stdout
    assert sorted(path.name for path in (tmp_path / "out").iterdir()) == ["first-reply.svg", "resolve.svg"]
