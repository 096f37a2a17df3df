"""The handbook on the command line: one file, as a page or as Markdown, of a year, in a language."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest
from typer.testing import CliRunner

from svcstd.cli import handbook as command
from svcstd.cli.app import app

run = CliRunner().invoke
HELPDESK = str(Path(__file__).parents[2] / "examples" / "helpdesk" / "helpdesk.toml")


def test_a_page_beside_you(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Named after the standard; the year is that of the clock on the wall, in the zone of the standard."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(command, "asked", lambda _day, _zone: datetime(2024, 5, 1, tzinfo=UTC))
    found = run(app, ["handbook", HELPDESK])
    assert found.exit_code == 0
    assert found.stdout == "Objectives with a promise: 3; editions: 1.\n"
    assert "helpdesk-handbook.html" in found.stderr
    page = (tmp_path / "helpdesk-handbook.html").read_text(encoding="utf-8")
    assert page.startswith("<!doctype html>")
    assert ", 2024: Mon-Fri" in page


def test_markdown_in_chinese(tmp_path: Path) -> None:
    """Another form, another file, another year, another language."""
    out = tmp_path / "book.md"
    found = run(app, ["handbook", HELPDESK, "--to", "md", "--out", str(out), "--year", "2023", "--language", "zh"])
    assert found.exit_code == 0
    text = out.read_text(encoding="utf-8")
    assert "## 时限目标" in text
    assert ", 2023: Mon-Fri" in text


@pytest.mark.parametrize("more", [["--to", "pdf"], ["--year", "1800"], ["--language", "fr"]])
def test_refused(more: list[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Another form, a year beyond the calendar, another language."""
    monkeypatch.chdir(tmp_path)
    found = run(app, ["handbook", HELPDESK, *more])
    assert found.exit_code == 2
    assert "Traceback" not in found.output
    assert list(tmp_path.iterdir()) == []


def test_no_standard(tmp_path: Path) -> None:
    """All faults at once, as everywhere."""
    broken = tmp_path / "broken.toml"
    broken.write_text("svcstd = 1\nzone = 5\n", encoding="utf-8")
    found = run(app, ["handbook", str(broken)])
    assert found.exit_code == 3
    assert "$.zone" in found.stderr
