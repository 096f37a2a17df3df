"""A folder wherever the command line takes a standard: files, links, languages, what is not translated."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.documents.test_folder import CHINESE
from typer.testing import CliRunner

from svcstd.cli.app import app

run = CliRunner().invoke


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """The standard in its files, beside what is none."""
    top = tmp_path / "desk"
    for name, text in CHINESE.items():
        path = top / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    (top / "README.md").write_text("# Desk", encoding="utf-8")
    (top / ".hidden.toml").write_text("[", encoding="utf-8")
    (top / ".git").mkdir()
    (top / ".git" / "x.toml").write_text("[", encoding="utf-8")
    (top / "odd.toml").mkdir()
    return top


def test_check_and_handbook(folder: Path) -> None:
    """In the language that is asked for, where the folder has its words."""
    found = run(app, ["check", str(folder), "--as-of", "2026-08-01"])
    assert found.exit_code == 0, found.output
    assert "lang." not in found.output
    page = folder.parent / "book.md"
    for language, name in (("en", "# Service desk"), ("zh", "# 服务台")):
        run(app, ["handbook", str(folder), "--to", "md", "--out", str(page), "--language", language])
        assert page.read_text(encoding="utf-8").startswith(name)


def test_what_is_not_translated(folder: Path) -> None:
    """Told by the check, the first of them by name."""
    (folder / "lang" / "en.toml").write_text('name = "Desk"\n', encoding="utf-8")
    found = run(app, ["check", str(folder), "--as-of", "2026-08-01"])
    assert found.exit_code == 0
    assert "lang.untranslated" in found.output
    assert "words that lang/en.toml lacks: 12, among them $.events.opened, $.events.closed," in " ".join(
        found.output.split()
    )
    (folder / "lang" / "en.toml").write_text(
        CHINESE["lang/en.toml"].replace('hello = "Good morning"\n', ""), encoding="utf-8"
    )
    found = run(app, ["check", str(folder), "--as-of", "2026-08-01"])
    assert "words that lang/en.toml lacks: 1, among them $.scripts.hello" in " ".join(found.output.split())


def test_faults_name_folder_and_file(folder: Path) -> None:
    """And its path."""
    (folder / "roles.toml").write_text(
        '[roles]\nclerk = "文员"\nlead = { name = "主管", escalates_to = "boss" }\n', encoding="utf-8"
    )
    found = run(app, ["check", str(folder)])
    assert found.exit_code == 3
    assert "roles.toml: $.roles.lead" in found.stderr


def test_a_file_of_other_bytes(folder: Path) -> None:
    """Is named."""
    (folder / "roles.toml").write_bytes(b"\xff\xfe")
    found = run(app, ["check", str(folder)])
    assert found.exit_code == 3
    assert "roles.toml" in found.stderr


def test_a_link_out_of_the_folder(folder: Path) -> None:
    """Is refused, whatever it leads to; one within the folder is fine."""
    outside = folder.parent / "secret.toml"
    outside.write_text("[roles]\nspy = 'Spy'\n", encoding="utf-8")
    (folder / "linked.toml").symlink_to(outside)
    found = run(app, ["check", str(folder)])
    assert found.exit_code == 3
    assert "outside of the folder" in found.stderr
    (folder / "linked.toml").unlink()
    (folder / "scripts.txt").write_text('[scripts]\nbye = "再见"\n', encoding="utf-8")
    (folder / "linked.toml").symlink_to(folder / "scripts.txt")
    assert run(app, ["check", str(folder), "--as-of", "2026-08-01"]).exit_code == 0


def test_freeze(folder: Path) -> None:
    """Blocks of a folder are TOML."""
    (folder / "calendars.toml").write_text(
        'years = "2026"\n[calendars]\noffice = { hours = "Mon-Fri 09:00-17:00", holidays = "CN" }\n', encoding="utf-8"
    )
    found = run(app, ["freeze", str(folder)])
    assert found.exit_code == 0
    assert "[calendars.office.holidays]" in found.stdout
