"""Logs in Parquet: what the report of the same log as CSV says, however many parts it takes and files it has."""

from __future__ import annotations

import csv
import io
import json
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from typer.testing import CliRunner

from svcstd import dumps
from svcstd.cli.app import app
from svcstd.durations import iso_duration

pa: Any = pytest.importorskip("pyarrow", reason="the extra arrow is not installed")
np: Any = pytest.importorskip("numpy", reason="the extra batch is not installed")
pq: Any = pytest.importorskip("pyarrow.parquet", reason="the extra arrow is not installed")
parquet: Any = pytest.importorskip("svcstd.cli.parquet")

from tests.batch.logs import STANDARD as DESK  # noqa: E402 - skipped where pyarrow is absent
from tests.batch.logs import messy  # noqa: E402 - the same

from svcstd.cli import parquet_report  # noqa: E402 - the same

LONG = """
[log]
id = "case.id"
time = "ISO 8601"
event = "event"
at = "at"
facts = { priority = "priority", city = "city" }
group = "team"

[log.desk]
objective = "close"
due = "desk due"

[reports.attainment]
by = "started"
week = "Monday"
"""
WIDE = """
svcstd = 1
id = "wide"
name = "Wide"
zone = "Asia/Shanghai"
[facts]
kind = { one_of = ["lamp", "sign"] }
[events]
opened = ""
given_up = ""
closed = ""
[objectives.answer]
target = "2 hours"
clock = { start = "opened", stop = "closed", waive = "given_up" }
[log]
id = "id"
time = "ISO 8601"
events = { opened = "opened", closed = "closed", given_up = "waived" }
facts = { kind = "kind" }
[reports.attainment]
by = "decided"
week = "Sunday"
"""
AS_OF = "2026-04-01T00:00:00Z"
TEXTS = ("case", "objective", "row", "edition", "activity", "verdict")
MOMENTS = ("start", "due", "stop", "breached_at")
LENGTHS = ("elapsed", "remaining")
STRAY = {"report.not_started": "has started its clock", "report.stopped_first": "stopped before it was started"}

run = CliRunner().invoke


def strays() -> list[dict[str, Any]]:
    """Cases that were closed before they were opened, or not opened, or closed again."""
    rows = [("S1", "closed", 1), ("S1", "opened", 2), ("S2", "closed", 1), ("S2", "opened", 2), ("S2", "closed", 3)]
    rows += [("S3", "hold", 5), ("S4", "rung", 5), ("S4", " rung", 6), ("S5", "opened", 7)]
    begun = datetime(2026, 3, 2, 9, tzinfo=UTC)
    return [
        {"case.id": name, "event": kind, "at": (begun + timedelta(hours=hour)).isoformat(), "priority": "P1"}
        for name, kind, hour in rows
    ]


LOG = pa.concat_tables([messy(60), pa.Table.from_pylist(strays())], promote_options="default").append_column(
    "desk due", pa.nulls(messy(60).num_rows + len(strays()), pa.string())
)


def as_csv(table: Any) -> str:
    """A log as CSV; what is missing is empty."""
    text = io.StringIO()
    writer = csv.DictWriter(text, table.column_names)
    writer.writeheader()
    writer.writerows(table.to_pylist())
    return text.getvalue()


@pytest.fixture
def desk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with two standards and a log, where the commands run."""
    (tmp_path / "desk.toml").write_text(dumps(DESK) + LONG, encoding="utf-8")
    (tmp_path / "wide.toml").write_text(WIDE, encoding="utf-8")
    (tmp_path / "log.csv").write_text(as_csv(LOG), encoding="utf-8")
    pq.write_table(LOG, tmp_path / "log.parquet")
    monkeypatch.chdir(tmp_path)
    return tmp_path


def report(*words: str, standard: str = "desk.toml", as_of: str = AS_OF) -> Any:
    """The command."""
    return run(app, ["report", standard, *words, "--as-of", as_of])


def csv_rows(path: Path) -> list[dict[str, str]]:
    """The rows of results.csv that name a promise which was made."""
    rows = list(csv.DictReader(io.StringIO(path.read_text(encoding="utf-8"), newline="")))
    made = [row for row in rows if row["verdict"] or any(text in row["problem"] for text in STRAY.values())]
    return sorted(made, key=lambda row: (row["case"], row["objective"], row["cycle"]))


def told(row: dict[str, Any], zone: Any = UTC) -> dict[str, str]:
    """A row of results.parquet, as results.csv writes it."""
    found = {name: row[name] or "" for name in TEXTS}
    found |= {name: "" if row[name] is None else row[name].astimezone(zone).isoformat() for name in MOMENTS}
    found |= {name: "" if row[name] is None else iso_duration(row[name]) for name in LENGTHS}
    return found | {"cycle": "" if row["cycle"] is None else str(row["cycle"])}


def in_utc(row: dict[str, str]) -> dict[str, str]:
    """A row of results.csv with its moments in UTC, as far as Parquet tells the same."""
    moments = {
        name: datetime.fromisoformat(row[name]).astimezone(UTC).isoformat() if row[name] else "" for name in MOMENTS
    }
    return {name: row[name] for name in (*TEXTS, *LENGTHS, "cycle")} | moments


def answers(path: Path) -> list[dict[str, Any]]:
    """The rows of results.parquet in the order of names."""
    rows = pq.read_table(path).to_pylist()
    return sorted(rows, key=lambda row: (row["case"], row["objective"], str(row["cycle"] or "")))


def figures(*words: str, standard: str = "desk.toml") -> dict[str, Any]:
    """The summary as plain data."""
    found = report(*words, "--json", standard=standard)
    assert found.exit_code == 0, found.output
    plain: dict[str, Any] = json.loads(found.stdout)
    return plain


def in_parts_of(rows: int, monkeypatch: pytest.MonkeyPatch) -> None:
    """From now on so many rows are read together."""
    monkeypatch.setattr(parquet_report, "open_log", partial(parquet.open_log, part=rows))


@pytest.fixture(params=[10_000, 100, 20])
def part(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> int:
    """One part, a few, and several."""
    in_parts_of(request.param, monkeypatch)
    return int(request.param)


@pytest.mark.usefixtures("part")
def test_it_says_what_the_report_of_the_csv_says(desk: Path) -> None:
    """Every row, every figure, and what was not read, in one part or several."""
    wanted, found = figures("log.csv", "--out", "a"), figures("log.parquet", "--out", "b")
    assert wanted["promises"] == found["promises"]
    assert {"rung": 2}.items() <= found["ignored"].items()
    assert wanted["ignored"] == found["ignored"]
    assert wanted["headline"] == found["headline"]
    rows = answers(desk / "b" / "results.parquet")
    assert [told(row) for row in rows] == [in_utc(row) for row in csv_rows(desk / "a" / "results.csv")]
    assert {row["fault"] for row in rows} == {None, *STRAY}
    problems = [row["problem"] for row in csv_rows(desk / "a" / "results.csv")]
    assert all(STRAY[row["fault"]] in text for row, text in zip(rows, problems, strict=True) if row["fault"])
    rejected = pq.read_table(desk / "b" / "rejected.parquet")
    lines = csv.DictReader(io.StringIO((desk / "a" / "rejected.csv").read_text(encoding="utf-8"), newline=""))
    assert {name or "" for name in rejected.column("case").to_pylist()} == {row["case"] for row in lines}
    assert rejected.column("fault").null_count == 0
    assert found["rejected"] == rejected.num_rows
    assert sorted(path.name for path in (desk / "b").iterdir()) == ["rejected.parquet", "results.parquet"]


@pytest.mark.parametrize(("rows", "parts"), [(0, 1), (100, 1), (101, 2), (10**9, 512)])
def test_a_log_that_fits_is_one_part(rows: int, parts: int) -> None:
    """As many parts as are needed, and no more than files may be open."""
    assert parquet.Log(None, (), None, rows, 100).parts == parts


@given(st.lists(st.text(max_size=8)), st.integers(1, 512))
def test_equal_names_come_into_one_part(names: list[str], count: int) -> None:
    """Wherever a name stands in whatever column, spaces around it aside; no name is the first part's."""
    places = parquet.places_of(pa.array([None, *names]), count).tolist()
    assert places[0] == 0
    assert all(0 <= place < count for place in places)
    padded = pa.array(["x", *(f" {name}\u3000" for name in reversed(names)), None]).dictionary_encode()[1:]
    assert parquet.places_of(padded, count).tolist() == [*reversed(places[1:]), 0]


def test_names_are_spread_evenly() -> None:
    """Numbers, and texts that differ in their ends: no part is twice as large as it should be."""
    for names in (pa.array(range(10_000)), pa.array([f"C-{number:08d}" for number in range(10_000)])):
        parts = np.bincount(parquet.places_of(names, 20), minlength=20)
        assert parts.min() > 250
        assert parts.max() < 1_000
