"""What the handbooks demand, row by row, and where it is met: ``python -m tests.requirements.page`` writes the page."""

from __future__ import annotations

import ast
import csv
import tomllib
from collections.abc import Iterator
from pathlib import Path

import attrs

from svcstd import ServiceStandard, load
from svcstd.documents import loads_folder

ROOT = Path(__file__).parents[2]
HERE = Path(__file__).parent
PAGE = ROOT / "docs" / "reference" / "requirements.md"
STANDARDS = {
    "5s4e": ROOT / "examples" / "5s4e" / "5s4e",
    "retail-shanghai": ROOT / "examples" / "retail-shanghai" / "shop",
    "saas-europe": ROOT / "examples" / "saas-europe" / "saas-europe.yaml",
}
SOURCES = {
    "A": "Handbook A: process and standard",
    "B": "Handbook B: people, figures and reward",
    "C": "Handbook C: the 5S4E field service",
    "D": "Handbook D: the desk of many channels",
    "N": "Documents and systems that the handbooks name",
}
INTRODUCTION = (
    "# What the handbooks demand",
    "",
    "Four customer-service handbooks were read row by row: {rows} demands, and {named} documents and systems.",
    "{met} are met, by a test or by a clause of one of the three",
    "[complete standards](../explanation/three-standards.md), which names the parts that keep it.",
    "{held} of these are held as what they are, a wish, a plan, or a time that nobody can count.",
    "{left} are left out, with the reason.",
    "",
    "This page is generated from the rows that standards and tests cite.",
    "A test fails where it is out of date, or where a row is cited that there is not.",
    "",
)


@attrs.frozen
class Demand:
    """A row of the handbooks.

    Attributes:
        row: its id.
        part: of what it speaks.
        text: what is demanded.
    """

    row: str
    part: str
    text: str


@attrs.frozen
class Place:
    """Where a row is met.

    Attributes:
        text: for people.
        status: of the clause; ``in_force`` for tests.
    """

    text: str
    status: str = "in_force"


def demands() -> list[Demand]:
    """All rows, in order."""
    with (HERE / "rows.csv").open(encoding="utf-8", newline="") as file:
        return [Demand(one["row"], one["part"], one["demand"]) for one in csv.DictReader(file)]


def left_out() -> dict[str, str]:
    """Rows that are not met, with the reason."""
    return {row: str(told) for row, told in tomllib.loads((HERE / "out_of_scope.toml").read_text("utf-8")).items()}


def read(path: Path) -> ServiceStandard:
    """A standard, a file or a folder."""
    if path.is_dir():
        files = sorted(path.rglob("*.toml"))
        return loads_folder({one.relative_to(path).as_posix(): one.read_text("utf-8") for one in files})
    with path.open(encoding="utf-8") as file:
        return load(file)


def places() -> dict[str, list[Place]]:
    """Where each cited row is met, standards first."""
    found: dict[str, list[Place]] = {}
    for name, path in STANDARDS.items():
        for key, clause in read(path).current.clauses.items():
            kept = ", ".join(f"`{part}`" for part in clause.means)
            said = "" if clause.status == "in_force" else f", {clause.status.replace('_', ' ')}"
            for row in clause.rows:
                found.setdefault(row, []).append(
                    Place(f"{name} {key}{said}" + (f": {kept}" if kept else ""), clause.status)
                )
    for row, test in _cited():
        found.setdefault(row, []).append(Place(f"test `{test}`"))
    return found


def _cited() -> Iterator[tuple[str, str]]:
    """Rows that tests cite by the marker ``rows``, with the test."""
    for path in sorted((ROOT / "tests").rglob("test_*.py")):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            for mark in getattr(node, "decorator_list", ()):
                if isinstance(mark, ast.Call) and ast.unparse(mark.func) == "pytest.mark.rows":
                    test = f"{path.relative_to(ROOT).as_posix()}::{getattr(node, 'name', '')}"
                    yield from ((ast.literal_eval(row), test) for row in mark.args)


def page() -> str:
    """The page."""
    met, apart, rows = places(), left_out(), demands()
    held = [one for one in rows if one.row in met and all(place.status != "in_force" for place in met[one.row])]
    told = {
        "rows": sum(one.row[0] != "N" for one in rows),
        "named": sum(one.row[0] == "N" for one in rows),
        "met": sum(one.row in met for one in rows),
        "held": len(held),
        "left": len(apart),
    }
    lines = [line.format(**told) for line in INTRODUCTION]
    for letter, title in SOURCES.items():
        lines += [f"## {title}", "", "| row | demand | met by |", "| --- | --- | --- |"]
        for one in rows:
            if one.row.startswith(letter):
                where = "<br>".join(place.text for place in met.get(one.row, ()))
                lines.append(f"| {one.row} | {one.text} | {where or 'left out: ' + apart.get(one.row, '?')} |")
        lines.append("")
    return "\n".join(lines).rstrip() + "\n"


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8")
