"""What is told of the package: its releases, what a shell completes, licences, lowest releases, and what is shipped."""

from __future__ import annotations

import os
import re
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from importlib import import_module
from importlib.metadata import PackageNotFoundError, version
from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path
from types import ModuleType
from zipfile import ZipFile
from zoneinfo import TZPATH

import pytest
from packaging.requirements import Requirement

from svcstd.cli.version import version_lines, zones_line

PATH = "/" + "home/anna/desk.toml"
"""In parts, or the archives that hold this file would name it."""
ROOT = Path(__file__).parents[1]
COMPLETES = """
source "$HOME/.bash_completions/svcstd.sh"
complete -p svcstd
COMP_WORDS=(svcstd re) COMP_CWORD=1; _svcstd_completion svcstd; echo "${COMPREPLY[*]}"
COMP_WORDS=(svcstd check --format g) COMP_CWORD=3; _svcstd_completion svcstd; echo "${COMPREPLY[*]}"
"""
"""What bash does at a press of Tab: it tells the words so far, and takes what comes back."""


def _tool(name: str) -> ModuleType:
    spec = spec_from_file_location(name, ROOT / "tools" / f"{name}.py")
    assert spec is not None
    assert spec.loader is not None
    found = module_from_spec(spec)
    spec.loader.exec_module(found)
    return found


def test_version_tells_what_answers_depend_on() -> None:
    """The library, the interpreter, the zones, then packages by name as the installation has them."""
    library, python, zones, *packages = version_lines()
    assert library == f"svcstd {version('svcstd')}"
    assert python.endswith(f" {sys.version.split()[0]}")
    assert zones == zones_line(TZPATH)
    named = dict(line.split(" ") for line in packages)
    assert list(named) == sorted(named)
    assert {"attrs", "holidays", "pendulum", "tzdata"} <= named.keys()
    assert all(version(name) == release for name, release in named.items())
    assert not named.keys() & {"jsonschema", "svcstd", "sybil"}


def test_version_leaves_out_what_is_not_installed(monkeypatch: pytest.MonkeyPatch) -> None:
    """An engine that is absent has no line; a package for tests alone has none either."""
    asked = [
        "attrs>=24.2",
        "No-Such.engine>=1; extra == 'spark'",
        "svcstd[spark]; extra == 'more'",
        'pytest>=8; extra == "test"',
    ]
    monkeypatch.setattr("svcstd.cli.version.requires", lambda _: asked)
    assert list(version_lines())[3:] == [f"attrs {version('attrs')}"]
    monkeypatch.setattr("svcstd.cli.version.requires", lambda _: None)
    assert len(list(version_lines())) == 3


@pytest.mark.parametrize(
    ("name", "first", "told"),
    [
        ("tzdata.zi", "# version 2025b\n# ddeps", "zones 2025b, from {}"),
        ("+VERSION", "2024a\n", "zones 2024a, from {}"),
        ("tzdata.zi", "# redistributed\n# version 2025b", "zones of a release that is not told, from {}"),
        ("zone.tab", "# version 2025b\n", "zones of a release that is not told, from {}"),
    ],
)
def test_zones_of_the_system_come_first(tmp_path: Path, name: str, first: str, told: str) -> None:
    """Python reads the first folder that has zones, as zoneinfo does."""
    zones = tmp_path / "zones"
    (zones / "Europe").mkdir(parents=True)
    (zones / "Europe/London").touch()
    (zones / name).write_text(first, encoding="utf-8")
    assert zones_line([str(tmp_path / "none"), str(zones)]) == told.format(zones)


def test_zones_of_the_package(tmp_path: Path) -> None:
    """Where no folder has zones, the package tzdata is asked; its own constant names the release."""
    assert zones_line([str(tmp_path)]) == f"zones {import_module('tzdata').IANA_VERSION}, from the package tzdata"


def _run(*words: str, home: Path, **environment: str) -> str:
    path = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
    done = subprocess.run(
        words,
        env={**os.environ, "HOME": str(home), "PATH": path, **environment},
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=True,
    )
    return done.stdout


@pytest.mark.long
def test_bash_completes_commands_and_values(tmp_path: Path) -> None:
    """Installed as the page says, then asked as bash asks."""
    _run("bash", "-c", "svcstd --install-completion; true", home=tmp_path)
    assert ".bash_completions/svcstd.sh" in (tmp_path / ".bashrc").read_text(encoding="utf-8")
    (registered, commands, values) = _run("bash", "--norc", "-c", COMPLETES, home=tmp_path).splitlines()
    assert registered == "complete -o default -F _svcstd_completion svcstd"
    assert commands.split() == ["report"]
    assert values.split() == ["github"]


@pytest.mark.long
@pytest.mark.parametrize(
    ("shell", "words", "answer"),
    [
        ("zsh", {"_TYPER_COMPLETE_ARGS": "svcstd free"}, '"freeze":'),
        ("fish", {"_TYPER_COMPLETE_ARGS": "svcstd free", "_TYPER_COMPLETE_FISH_ACTION": "get-args"}, "freeze\t"),
    ],
)
def test_other_shells_ask_the_same_command(tmp_path: Path, shell: str, words: dict[str, str], answer: str) -> None:
    """The questions that the scripts of zsh and fish put, without these shells."""
    assert answer in _run("svcstd", home=tmp_path, _SVCSTD_COMPLETE=f"complete_{shell}", **words)


def _declared() -> Iterator[Requirement]:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    extras = project["optional-dependencies"]
    lists = [project["dependencies"], *(lines for extra, lines in extras.items() if extra not in {"test", "testing"})]
    for lines in lists:
        yield from (one for one in map(Requirement, lines) if one.name != "svcstd")


def test_lowest_releases_are_those_declared() -> None:
    """The job with the lowest releases tests what pyproject.toml promises, no more and no less."""
    lines = (ROOT / "constraints-lowest.txt").read_text(encoding="utf-8").splitlines()
    pinned = dict(line.split("==") for line in lines if not line.startswith("#"))
    lowest: dict[str, set[str]] = {}
    for one in _declared():
        lowest.setdefault(one.name, set()).update(part.version for part in one.specifier if part.operator == ">=")
    assert lowest == {name: {release} for name, release in pinned.items()}
    assert list(pinned) == sorted(pinned, key=lambda name: name.replace("-", "~"))


def test_licences_of_programs_are_permissive() -> None:
    """Of everything installed that svcstd itself needs; with every extra, the gate runs the tool over all."""
    licences = _tool("licences")
    extras = licences.declared()
    for extra, requirements in extras.items():
        try:
            names = licences.needed(requirements, extras, set())
        except PackageNotFoundError:
            assert extra, "what is no extra is always there"
            continue
        assert not list(licences.refused({name: {extra} for name in names}))


@pytest.mark.parametrize(
    ("licence", "permissive"),
    [
        ("MIT", True),
        ("GPL-3.0-only", False),
        ("GPL-3.0-only OR MIT", True),
        ("MIT AND LGPL-2.1-only", False),
        ("BSD-3-Clause AND (MPL-2.0 OR ISC)", True),
        ("none told", False),
    ],
)
def test_expressions_of_licences(licence: str, permissive: bool) -> None:  # noqa: FBT001 - the value expected
    """Of alternatives one suffices; of parts all must be permissive."""
    assert _tool("licences").is_permissive(licence) is permissive


def test_packages_of_an_unknown_licence_are_named() -> None:
    """A licence that is not permissive passes only in the extras for tests, and only the one that is known."""
    refused = _tool("licences").refused
    assert list(refused({"hypothesis": {"test", "testing"}})) == []
    assert list(refused({"hypothesis": {"batch", "test"}})) == ["hypothesis (MPL-2.0) comes with batch, test"]


@pytest.mark.parametrize(
    ("name", "held", "told"),
    [
        ("svcstd/desk.py", "x = 1", ""),
        ("svcstd-1.dist-info/RECORD", "", ""),
        ("tests/test_desk.py", "", "does not belong there"),
        ("svcstd/notes.txt", "", "does not belong there"),
        ("svcstd/__pycache__/desk.cpython-311.pyc", "", "does not belong there"),
        ("svcstd/desk.py", f"open('{PATH}')", f"names a path of a machine, {PATH}"),
        ("svcstd/desk.py", "see https://files.python" + "hosted.org/x", "names an address of a registry"),
    ],
)
def test_what_does_not_belong_into_an_archive_is_named(tmp_path: Path, name: str, held: str, told: str) -> None:
    """Tests, caches, paths and registries, each by the name of the file."""
    archive = tmp_path / "desk-1-py3-none-any.whl"
    with ZipFile(archive, "w") as packed:
        packed.writestr(name, held)
    found = list(_tool("reproducible").faults(archive))
    assert bool(found) is bool(told)
    assert not told or re.search(re.escape(told), found[0])


def test_archives_that_differ_are_named(tmp_path: Path) -> None:
    """One byte is enough."""
    one, other = tmp_path / "one" / "a.whl", tmp_path / "other" / "a.whl"
    for path, held in ((one, b"1"), (other, b"2")):
        path.parent.mkdir()
        path.write_bytes(held)
    differences = _tool("reproducible").differences
    assert list(differences([one], [other])) == ["a.whl differs between two builds"]
    assert list(differences([one], [one])) == []
