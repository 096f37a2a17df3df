"""What ``--version`` tells: the releases on which answers depend, so that two machines can be compared."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from importlib.metadata import PackageNotFoundError, requires, version
from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path
from platform import python_implementation, python_version
from zoneinfo import TZPATH

__all__ = ["version_lines", "zones_line"]

NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]*")
FOR_TESTS = re.compile(r"""extra\s*==\s*["']test["']""")
PROBE = "Europe/London"
"""A zone that every release has had under this name."""
RELEASE = re.compile(r"\d{4}[a-z]+")
UNTOLD = "of a release that is not told"
RELEASE_FILES = ("tzdata.zi", "+VERSION")
"""Where a folder of zones tells its release, in the first line."""


def version_lines() -> Iterator[str]:
    """Name and release: svcstd, Python, the zone data, then every installed package that svcstd or an extra uses."""
    yield f"svcstd {version('svcstd')}"
    yield f"{python_implementation()} {python_version()}"
    yield zones_line(TZPATH)
    for name in _used():
        found = _release_of(name)
        if found:
            yield f"{name} {found}"


def zones_line(folders: Iterable[str]) -> str:
    """Which zone data Python reads: the first of the folders that has any, else the package tzdata.

    Args:
        folders: ``zoneinfo.TZPATH``, which the variable PYTHONTZPATH sets; without any the package alone is read.
    """
    for folder in map(Path, folders):
        if (folder / PROBE).is_file():
            return f"zones {_release_in(folder) or UNTOLD}, from {folder}"
    return f"zones {_release_in(files('tzdata') / 'zoneinfo') or UNTOLD}, from the package tzdata"


def _release_in(folder: Traversable) -> str:
    """The release of the zone data in a folder, such as 2026f; empty if it does not tell."""
    for name in RELEASE_FILES:
        path = folder / name
        if path.is_file():
            with path.open("r", encoding="utf-8", errors="replace") as lines:
                found = RELEASE.search(lines.readline())
            if found:
                return found[0]
    return ""


def _used() -> list[str]:
    """Names of the packages that svcstd and its extras use; what only its tests need is left out."""
    asked = (line for line in requires("svcstd") or () if not FOR_TESTS.search(line))
    names = {found[0].lower() for line in asked if (found := NAME.match(line))}
    return sorted(names - {"svcstd"})


def _release_of(name: str) -> str:
    """The installed release of a package; empty if it is not there."""
    try:
        return version(name)
    except PackageNotFoundError:
        return ""
