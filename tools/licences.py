"""Write docs/reference/licences.md: the licence of every package that svcstd and its extras bring.

Usage: python tools/licences.py [--check]
Needs: svcstd with every extra, and packaging. With --check nothing is written; the page must say what is installed.
"""

from __future__ import annotations

import re
import sys
import tomllib
from collections.abc import Iterator, Mapping
from importlib.metadata import PackageNotFoundError, distribution, metadata
from pathlib import Path

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).resolve().parents[1]
PAGE = ROOT / "docs/reference/licences.md"
PERMISSIVE = {
    *("0BSD", "Apache-2.0", "BSD-2-Clause", "BSD-3-Clause", "CC0-1.0", "ISC", "MIT", "PSF-2.0", "Unlicense", "Zlib"),
    *("BSD (clauses not told)",),
}
FOR_TESTS = {"test", "testing"}
"""Extras that only tests ask for; what they bring is never imported by a program that answers questions."""
WRITTEN = {
    "Apache Software License": "Apache-2.0",
    "Apache-2.0": "Apache-2.0",
    "Apache 2.0": "Apache-2.0",
    "BSD License": "BSD (clauses not told)",
    "BSD": "BSD (clauses not told)",
    "BSD 3-Clause": "BSD-3-Clause",
    "3-Clause BSD License": "BSD-3-Clause",
    "ISC License": "ISC",
    "ISC License (ISCL)": "ISC",
    "MIT License": "MIT",
    "MIT": "MIT",
    "Mozilla Public License 2.0 (MPL 2.0)": "MPL-2.0",
    "PSFL": "PSF-2.0",
    "Python Software Foundation License": "PSF-2.0",
}
"""How packages without an expression of SPDX write what it has a name for."""
HEAD = """# Licences of what svcstd brings

svcstd is under the MIT licence.
This page is written by `tools/licences.py` from what the packages themselves tell; the gate holds it against what is installed.
Releases are not named: `svcstd --version` lists those of your installation.

- Everything that a program needs to answer questions is under a permissive licence.
- `hypothesis` is under MPL-2.0, which asks that changes to its own files stay open. Only the extras for tests bring it; no other part of svcstd imports it.
- Nothing of these packages is copied into svcstd's own files.
- Data: the demo's log of requests is open data of the City of Boston (PDDL 1.0); the example `hvbp` holds figures published by the US Government (public domain). Only the first is in the wheel.

| package | licence | comes with |
| --- | --- | --- |
"""


def declared() -> dict[str, list[Requirement]]:
    """What pyproject.toml asks for, by extra; what everybody gets stands under an empty name."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    lists = {"": project["dependencies"], **project["optional-dependencies"]}
    return {extra: [Requirement(line) for line in lines] for extra, lines in lists.items()}


def needed(requirements: list[Requirement], extras: Mapping[str, list[Requirement]], found: set[str]) -> set[str]:
    """Names of all installed packages that some requirements bring, directly or through others."""
    for one in requirements:
        if str(one) not in found:
            found.add(str(one))
            needed(inner(one, extras), extras, found)
    return {str(canonicalize_name(Requirement(line).name)) for line in found} - {"svcstd"}


def inner(one: Requirement, extras: Mapping[str, list[Requirement]]) -> list[Requirement]:
    """What a requirement asks for in its turn, on this machine."""
    if one.name == "svcstd":
        return [line for extra in one.extras for line in extras[extra]]
    lines = map(Requirement, distribution(one.name).requires or ())
    asked = [{"extra": extra} for extra in ("", *one.extras)]
    return [line for line in lines if line.marker is None or any(map(line.marker.evaluate, asked))]


def licence_of(name: str) -> str:
    """The licence of an installed package: its expression of SPDX, its classifiers, or its own word for it."""
    told = metadata(name).json
    if "license_expression" in told:
        return str(told["license_expression"])
    classified = [
        line.rpartition(" :: ")[2] for line in told.get("classifier", ()) if line.startswith("License :: OSI")
    ]
    own = str(told.get("license", "")).strip().splitlines()
    words = classified or own[:1] or ["none told"]
    return " OR ".join(WRITTEN.get(word, word) for word in words)


def is_permissive(licence: str) -> bool:
    """Whether an expression asks for no more than a notice, whichever of its choices is taken best.

    >>> is_permissive("MIT AND (Apache-2.0 OR MPL-2.0)"), is_permissive("MIT AND MPL-2.0")
    (True, False)
    """
    inner = re.search(r"\(([^()]* (?:AND|OR) [^()]*)\)", licence)
    if inner:
        return is_permissive(licence.replace(inner[0], "MIT" if is_permissive(inner[1]) else "refused"))
    return any(all(part in PERMISSIVE for part in choice.split(" AND ")) for choice in licence.split(" OR "))


def brought() -> dict[str, set[str]]:
    """By package: the extras that bring it, with an empty name for what everybody gets.

    Raises:
        SystemExit: an extra is not installed.
    """
    extras, found = declared(), dict[str, set[str]]()
    for extra, requirements in extras.items():
        try:
            names = needed(requirements, extras, set())
        except PackageNotFoundError as error:
            sys.exit(f"{error.name} is not installed; install svcstd with the extra {extra}")
        for name in names:
            found.setdefault(name, set()).add(extra)
    return found


def refused(found: Mapping[str, set[str]]) -> Iterator[str]:
    """Packages whose licence is not permissive although programs need them."""
    for name, extras in sorted(found.items()):
        if not is_permissive(licence_of(name)) and not (extras <= FOR_TESTS and licence_of(name) == "MPL-2.0"):
            yield f"{name} ({licence_of(name)}) comes with {', '.join(sorted(extras)) or 'svcstd itself'}"


def page(found: Mapping[str, set[str]]) -> str:
    """The page as Markdown."""
    rows = (
        f"| `{name}` | {licence_of(name)} | {', '.join(f'`{one}`' for one in sorted(extras)) if all(extras) else 'svcstd'} |"
        for name, extras in sorted(found.items())
    )
    return HEAD + "\n".join(rows) + "\n"


def main() -> int:
    """Write the page, or hold it against what is installed; 1 if anything is wrong."""
    found = brought()
    wrong = list(refused(found))
    if "--check" not in sys.argv:
        PAGE.write_text(page(found), encoding="utf-8")
    elif PAGE.read_text(encoding="utf-8") != page(found):
        wrong.append(f"{PAGE.name} is not what is installed; run python tools/licences.py")
    print("\n".join(wrong) or f"{len(found)} packages, their licences as told")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
