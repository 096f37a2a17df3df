"""Fill the tables of docs/reference/speed.md from what the benches measured; the prose around them is kept.

Each bench writes its figures with ``--json bench/results/NAME.json``; bench/tables.toml says which of them stand where.
A table stands in the page between ``<!-- bench: NAME -->`` and ``<!-- /bench -->``. A row that was not measured is left
out, and a table without any says which command makes it.

Usage: python bench/page.py [--check]
"""

from __future__ import annotations

import json
import re
import sys
import tomllib
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
PAGE = ROOT / "docs/reference/speed.md"
RESULTS = ROOT / "bench/results"
TABLES = ROOT / "bench/tables.toml"
MARKED = re.compile(r"(?<=<!-- bench: )(\S+)( -->\n).*?(?=<!-- /bench -->)", re.DOTALL)
Row = Mapping[str, Any]


def figure(value: float) -> str:
    """Three digits that count; all of them from a thousand on.

    >>> figure(2371.6), figure(38.04), figure(0.0478)
    ('2,372', '38', '0.0478')
    """
    return f"{value:,.0f}" if value >= 999.5 else f"{value:.3g}"


def measured(file: str) -> list[Row]:
    """What a bench wrote; nothing where it was not run."""
    path = RESULTS / f"{file}.json"
    rows = json.loads(path.read_text(encoding="utf-8")) if path.exists() else []
    return [row for row in rows if "name" in row]


def values(table: Row, rows: list[Row], line: Row) -> list[float] | None:
    """The figures of one line; ``None`` where it was not measured."""
    wanted = {**table.get("where", {}), **line.get("where", {}), "name": line["name"]}
    for row in rows:
        if wanted.items() <= row.items() and row[table["figures"][0]["key"]] is not None:
            return [row[one["key"]] / one.get("over", 1) for one in table["figures"]]
    return None


def lines(table: Row) -> Iterator[str]:
    """A table as Markdown."""
    rows = measured(table["file"])
    found = [(line, got) for line in table["rows"] if (got := values(table, rows, line)) is not None]
    if not found:
        command = f"python bench/{table['file']}.py --json bench/results/{table['file']}.json"
        yield f"Not measured for this page yet: `{command}`, then `python bench/page.py`."
        return
    if table.get("fastest_first", False):
        found.sort(key=lambda pair: pair[1][0])
    base = next((got[0] for line, got in found if line["name"] == table.get("to")), None)
    heads = [table["head"], *(one["head"] for one in table["figures"]), *([table["ratio"]] if base else [])]
    yield f"| {' | '.join(heads)} |"
    yield f"| --- |{' ---: |' * (len(heads) - 1)}"
    for line, got in found:
        cells = [line["label"], *map(figure, got), *([figure(got[0] / base)] if base else [])]
        yield f"| {' | '.join(f'**{cell}**' if line.get('ours') else cell for cell in cells)} |"


def filled(page: str) -> str:
    """The page with its tables as they were measured.

    Raises:
        KeyError: a mark of a table that bench/tables.toml does not have.
    """
    tables = tomllib.loads(TABLES.read_text(encoding="utf-8"))
    return MARKED.sub(lambda found: f"{found[1]}{found[2]}\n{_text(tables[found[1]])}\n\n", page)


def _text(table: Row) -> str:
    return "\n".join(lines(table))


def missing() -> Iterator[str]:
    """Rows that a bench was asked for and did not give: a peer that is not installed, or a row of another name."""
    for name, table in tomllib.loads(TABLES.read_text(encoding="utf-8")).items():
        rows = measured(table["file"])
        yield from (f"{name}: {line['name']}" for line in table["rows"] if rows and values(table, rows, line) is None)


def main() -> None:
    """Write the page, or with ``--check`` fail if it is not what would be written."""
    page = PAGE.read_text(encoding="utf-8")
    if "--check" not in sys.argv:
        PAGE.write_text(filled(page), encoding="utf-8")
        print(*(f"not measured, left out: {one}" for one in missing()), sep="\n")
    elif filled(page) != page:
        sys.exit("docs/reference/speed.md is not what bench/results say; run python bench/page.py")


if __name__ == "__main__":
    main()
