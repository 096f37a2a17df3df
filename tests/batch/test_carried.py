"""A log in batches: the same rows however it is cut, with memory for one case."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from svcstd import ServiceStandard, loads
from svcstd.errors import DefinitionError, RowError

pa: Any = pytest.importorskip("pyarrow", reason="the extra arrow is not installed")
carried: Any = pytest.importorskip("svcstd.batch.arrow.carried")

from tests.batch.engines import refuses_without  # noqa: E402 - skipped where NumPy is absent
from tests.batch.logs import AS_OF, LOG, STANDARD, counted, messy  # noqa: E402 - the same

from svcstd.batch.arrow import logs as arrow_clocks  # noqa: E402 - the same

TABLE = messy(12)


def together(table: Any) -> Any:
    """The log with the rows of each case together, in the order in which they were written."""
    names = [(name or "").strip() for name in table.column("case.id").to_pylist()]
    return table.append_column("bare", [names]).sort_by([("bare", "ascending"), ("line", "ascending")])


SORTED = together(TABLE)
WANTED = counted(arrow_clocks.clocks(STANDARD, TABLE, LOG, as_of=AS_OF).cast(arrow_clocks.SCHEMA))


def test_the_log_has_all_that_goes_wrong() -> None:
    """Each fault that a log can have, two editions, paused and stopped clocks."""
    told = arrow_clocks.clocks(STANDARD, messy(200), LOG, as_of=AS_OF)
    of = {name: {*told.column(name).to_pylist()} for name in ("fault", "edition", "activity", "verdict")}
    assert {"log.no_id", "facts.value", "stamp.text"} <= of["fault"]
    assert of["edition"] == {None, "", "2026-03-01"}
    assert {"paused", "running", "stopped"} <= of["activity"]


def cut(table: Any, sizes: list[int]) -> Iterator[Any]:
    """Record batches of these sizes, and the rest."""
    done = 0
    for size in sizes:
        yield from table.slice(done, size).combine_chunks().to_batches()
        done += size
    yield from table.slice(done).combine_chunks().to_batches()


@given(st.lists(st.integers(0, 20), max_size=9), st.integers(5, 50))
def test_wherever_it_is_cut(sizes: list[int], rows: int) -> None:
    """Nothing is lost, doubled or read in halves."""
    found = list(carried.clocks_of_batches(STANDARD, cut(SORTED, sizes), LOG, as_of=AS_OF, rows=rows))
    assert all(batch.schema == arrow_clocks.SCHEMA for batch in found)
    assert counted(pa.Table.from_batches(found)) == WANTED


def helpdesk() -> tuple[ServiceStandard, Any, datetime]:
    """The example of a help desk: its standard, its log with the place of each row, and when it is read."""
    folder = Path(__file__).parents[2] / "examples" / "helpdesk"
    with (folder / "tickets.csv").open(encoding="utf-8", newline="") as file:
        head, *rows = csv.reader(file)
    told = {name: pa.array([row[place] or None for row in rows], pa.string()) for place, name in enumerate(head)}
    standard = loads((folder / "helpdesk.toml").read_text(encoding="utf-8"))
    return standard, pa.table({**told, "line": list(range(len(rows)))}), datetime(2026, 2, 11, tzinfo=UTC)


@pytest.mark.parametrize(("verb", "more"), [("notices", {}), ("owners", {"by": "agent"})])
def test_any_question(verb: str, more: dict[str, Any]) -> None:
    """Escalations and owners as clocks: of whole cases, in batches of their own schema."""
    standard, table, as_of = helpdesk()
    ask = partial(getattr(arrow_clocks, verb), standard, as_of=as_of, **more)
    schema = {"notices": arrow_clocks.NOTICES, "owners": arrow_clocks.OWNERS}[verb]
    laid = table.sort_by([("ticket", "ascending"), ("line", "ascending")])
    found = list(carried.answers_of_batches(ask, cut(laid, [3, 1, 800]), "ticket", schema, rows=300))
    assert all(batch.schema == schema for batch in found)
    assert len(found) > 1
    assert counted(pa.Table.from_batches(found)) == counted(ask(table).cast(schema))


@pytest.mark.parametrize("kind", ["dictionary", "large_string", "string_view"])
def test_names_of_any_kind_of_text(kind: str) -> None:
    """As Arrow writes them."""
    column = SORTED.column("case.id")
    typed = column.dictionary_encode() if kind == "dictionary" else column.cast(getattr(pa, kind)())
    table = SORTED.set_column(0, "case.id", typed)
    found = list(carried.clocks_of_batches(STANDARD, table.to_batches(max_chunksize=7), LOG, as_of=AS_OF, rows=20))
    assert counted(pa.Table.from_batches(found)) == WANTED


def test_names_that_are_numbers() -> None:
    """Numbers, one case over many batches, empty batches between them."""
    kinds = ["opened", "hold", "resumed", "closed"]
    at = [f"2026-03-0{day}T10:00+01:00" for day in (2, 3, 4, 5)]
    rows = {"event": kinds * 2, "at": at * 2, "priority": ["P1"] * 8, "city": ["Roma"] * 8, "team": ["x"] * 8}
    table = pa.table({"case.id": [1] * 4 + [2] * 4, **rows})
    batches = [one for batch in table.to_batches(max_chunksize=1) for one in (batch, batch.slice(0, 0))]
    found = pa.Table.from_batches(carried.clocks_of_batches(STANDARD, batches, LOG, as_of=AS_OF, rows=1))
    assert found.column("case").to_pylist() == ["1", "1", "2", "2"]
    assert {*found.column("activity").to_pylist()} == {"stopped"}


def test_memory_is_bounded() -> None:
    """Batches are asked for when they are needed: what was read before is told before."""
    asked: list[int] = []

    def batches() -> Iterator[Any]:
        for batch in SORTED.to_batches(max_chunksize=10):
            asked.append(batch.num_rows)
            yield batch

    found = carried.clocks_of_batches(STANDARD, batches(), LOG, as_of=AS_OF, rows=20)
    next(found)
    assert len(asked) < SORTED.num_rows // 10 - 1


def test_nothing_comes_of_nothing() -> None:
    """No batches, no rows; the log of the standard; a header that is not there."""
    assert list(carried.clocks_of_batches(STANDARD, [], LOG, as_of=AS_OF)) == []
    with pytest.raises(DefinitionError, match="log"):
        list(carried.clocks_of_batches(STANDARD, [], as_of=AS_OF))
    with pytest.raises(RowError, match="line"):
        list(carried.clocks_of_batches(STANDARD, SORTED.select(["line"]).to_batches(), LOG, as_of=AS_OF))


def test_spaces() -> None:
    """All that Python strips, and nothing else."""
    assert "".join(chr(code) for code in range(0x110000) if chr(code).isspace()) == carried.WHITESPACE


def test_without_arrow(monkeypatch: pytest.MonkeyPatch) -> None:
    """The extra is named."""
    refuses_without(carried, "pyarrow.compute", monkeypatch)
