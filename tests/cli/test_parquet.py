"""Logs in Parquet: what the report of the same log as CSV says, however many parts it takes and files it has."""

from __future__ import annotations

import csv
import io
import json
import sys
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path
from random import Random
from typing import Any

import attrs
import pytest
from hypothesis import given
from hypothesis import strategies as st
from typer.testing import CliRunner

from svcstd import dumps, loads
from svcstd.cli.app import app
from svcstd.cli.doors import read_cases
from svcstd.durations import iso_duration
from svcstd.errors import DefinitionError
from svcstd.handbook import evaluate, tally

pa: Any = pytest.importorskip("pyarrow", reason="the extra arrow is not installed")
np: Any = pytest.importorskip("numpy", reason="the extra batch is not installed")
pq: Any = pytest.importorskip("pyarrow.parquet", reason="the extra arrow is not installed")
parquet: Any = pytest.importorskip("svcstd.cli.parquet")

from tests.batch.logs import STANDARD as DESK  # noqa: E402 - skipped where pyarrow is absent
from tests.batch.logs import messy  # noqa: E402 - the same

from svcstd.batch.logs.reported import Asked  # noqa: E402 - the same
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


LOG = pa.concat_tables([messy(40), pa.Table.from_pylist(strays())], promote_options="default").append_column(
    "desk due", pa.nulls(messy(40).num_rows + len(strays()), pa.string())
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


def weeks_of(standard: str, log: str) -> list[dict[str, Any]]:
    """The weeks of a CSV, as the library counts them case by case."""
    found = loads(Path(standard).read_text(encoding="utf-8"))
    read, as_of = read_cases(found, Path(log)), datetime.fromisoformat(AS_OF)
    counted = tally(found, evaluate(found, read.rows, as_of=as_of), read, as_of=as_of)
    return [{"week": week.label, **attrs.asdict(count)} for week, count in counted.weeks]


def in_parts_of(rows: int, monkeypatch: pytest.MonkeyPatch) -> None:
    """From now on so many rows are read together."""
    monkeypatch.setattr(parquet_report, "open_log", partial(parquet.open_log, part=rows))


@pytest.fixture(params=[10_000, 40])
def part(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> int:
    """One part, and several."""
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
    assert found["weeks"] == weeks_of("desk.toml", "log.csv")
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


@pytest.mark.long
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


def wide() -> Any:
    """A row a case: names twice, kept, late and given up, and what cannot be read."""
    random = Random(3)
    begun = datetime(2026, 1, 1, tzinfo=UTC)
    rows = []
    for number in range(80):
        opened = begun + timedelta(hours=random.randint(0, 1_500))
        after = [random.choice([None, opened + timedelta(hours=random.randint(1, 5))]) for _ in range(2)]
        stamps = [None if at is None else at.isoformat() for at in (opened, *after)]
        rows.append([f"W{number % 70}", random.choice(["lamp", "sign", "lamp", "wig"]), *stamps])
    return pa.table(
        dict(zip(("id", "kind", "opened", "closed", "waived"), map(list, zip(*rows, strict=True)), strict=True))
    )


@pytest.mark.usefixtures("part")
def test_a_row_a_case(desk: Path) -> None:
    """Of a case that comes twice the first row counts, wherever the second stands; weeks by what was decided."""
    pq.write_table(wide(), desk / "wide.parquet")
    (desk / "wide.csv").write_text(as_csv(wide()), encoding="utf-8")
    wanted = figures("wide.csv", "--out", "a", standard="wide.toml")
    found = figures("wide.parquet", "--out", "b", standard="wide.toml")
    assert wanted["promises"] == found["promises"]
    assert found["promises"][0]["waived"] > 0
    assert found["weeks"] == weeks_of("wide.toml", "wide.csv")
    rows = answers(desk / "b" / "results.parquet")
    assert [told(row) for row in rows] == [in_utc(row) for row in csv_rows(desk / "a" / "results.csv")]
    assert {"log.case_twice", "facts.value"} <= {*pq.read_table(desk / "b" / "rejected.parquet")["fault"].to_pylist()}


@pytest.mark.long
@pytest.mark.parametrize(
    ("by", "span"),
    [
        ("started", ("--since", "2026-03-01")),
        ("due", ("--until", "2026-03-01")),
        ("decided", ("--period", "2026-03", "--against", "2026-02")),
        ("decided", ("--period", "2026-03-02")),
    ],
)
@pytest.mark.usefixtures("desk")
def test_a_span_counts_what_the_csv_counts(by: str, span: Sequence[str], monkeypatch: pytest.MonkeyPatch) -> None:
    """By each membership, and what changed since another period."""
    in_parts_of(100, monkeypatch)
    path = Path("desk.toml")
    path.write_text(path.read_text(encoding="utf-8").replace('"started"', f'"{by}"'), encoding="utf-8")
    wanted, found = (figures(log, *span) for log in ("log.csv", "log.parquet"))
    assert wanted["promises"] == found["promises"]
    assert wanted.get("changes") == found.get("changes")


def test_a_log_of_one_case(desk: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Parts to which no case belongs say nothing."""
    in_parts_of(1, monkeypatch)
    pq.write_table(pa.concat_tables([LOG.slice(LOG.num_rows - 1)] * 3), desk / "one.parquet")
    found = figures("one.parquet")
    assert (found["rows"], found["cases"]) == (3, 1)


def test_what_is_printed(desk: Path) -> None:
    """The answer first, then the table, then what stands where; the desk's own answers are for CSV."""
    found = report("log.parquet", "--out", "out", "--period", "2026-03", "--against", "2026-02")
    lines = found.stdout.splitlines()
    assert "promises were kept" in lines[0]
    assert lines[1].split()[:3] == ["promise", "share", "kept"]
    assert "beyond chance" in found.stdout or "too few" in found.stdout
    assert f"Read {LOG.num_rows} rows of 45 cases." in lines
    assert any(line.startswith("Cases or rows that could not be read: ") for line in lines)
    assert any("telephoned" in line and "rung 2" in line for line in lines)
    assert "The desk's own answers are not compared; give CSV or JSON Lines for that." in lines
    assert lines[-1] == "Every promise stands in out/results.parquet; report.html is written of CSV or JSON Lines only."
    assert (desk / "out" / "results.parquet").exists()
    assert found.stderr == ""


def test_without_promises(desk: Path) -> None:
    """A log without rows, and a span in which nothing lies: told, not an error; weeks are none."""
    pq.write_table(wide(), desk / "wide.parquet")
    pq.write_table(wide().slice(0, 0), desk / "none.parquet")
    found = report("none.parquet", standard="wide.toml")
    assert found.stdout.startswith("No promise to count: 0 cases were read")
    assert len(found.stdout.splitlines()) == 6
    outside = report("wide.parquet", "--since", "2030-01-01", standard="wide.toml")
    assert outside.stdout.startswith("70 cases were read, and none lies in the span asked for.")
    assert figures("none.parquet", standard="wide.toml")["weeks"] == []


def test_several_files_and_folders_are_one_log(desk: Path) -> None:
    """In the order in which they are given, in a folder by name; types that hold each other's values are one."""
    wanted = figures("log.parquet", "--out", "a")
    first, second = LOG.slice(0, 100), LOG.slice(100)
    (desk / "logs" / "deep").mkdir(parents=True)
    pq.write_table(first, desk / "logs" / "1.parquet")
    coded = second.set_column(1, "event", second.column("event").dictionary_encode())
    pq.write_table(coded.set_column(0, "case.id", coded.column(0).cast(pa.large_string())), "logs/deep/2.parquet")
    (desk / "logs" / "notes.txt").write_text("no log", encoding="utf-8")
    for words in (["logs"], ["logs/1.parquet", "logs/deep"]):
        found = figures(*words, "--out", "logs")
        assert found | {"files": 0} == wanted | {"files": 0}
        assert pq.read_table("logs/results.parquet").equals(pq.read_table("a/results.parquet"))


def test_types_of_arrow(desk: Path) -> None:
    """Names that are numbers, timestamps with a zone, and dictionaries are read as texts are."""
    rows = [(1, "opened", 9), (2, "opened", 9), (1, "closed", 10), (None, "opened", 9)]
    at = [datetime(2026, 3, 2, hour, tzinfo=UTC) for _, _, hour in rows]
    table = pa.table(
        {
            "case.id": pa.array([name for name, _, _ in rows], pa.int32()),
            "event": pa.array([kind for _, kind, _ in rows]).dictionary_encode(),
            "at": pa.array(at, pa.timestamp("ms", "UTC")),
            "priority": pa.array(["P1"] * len(rows)),
            "city": pa.nulls(len(rows), pa.string()),
            "team": pa.nulls(len(rows)),
        }
    )
    pq.write_table(table, desk / "typed.parquet")
    found = figures("typed.parquet", "--out", "out")
    assert (found["cases"], found["rejected"], found["promises"][0]["met"]) == (2, 1, 1)
    assert pq.read_table("out/results.parquet")["case"].to_pylist() == ["1", "1", "2", "2"]


def column(name: str, values: Any) -> Any:
    """The log with another column."""
    return LOG.set_column(LOG.column_names.index(name), name, values)


NAIVE = pa.array([0] * LOG.num_rows, pa.timestamp("us"))
SURE = pa.array([0] * LOG.num_rows, pa.timestamp("us", "UTC"))


@pytest.mark.parametrize(
    ("table", "words"),
    [
        (LOG.drop_columns("team"), "bad.parquet, header: the log has no column 'team'"),
        (LOG.append_column("team", LOG["team"]), "bad.parquet, header: the log has the column 'team' twice"),
        (column("at", NAIVE), "bad.parquet, at: a column of timestamp[us], which has no time zone"),
        (column("city", pa.array([[1]] * LOG.num_rows)), "bad.parquet, city: "),
    ],
)
def test_columns_that_do_not_fit(table: Any, words: str, desk: Path) -> None:
    """A fault of the log: exit code 3, before anything is written."""
    pq.write_table(table, desk / "bad.parquet")
    found = report("bad.parquet", "--out", "out")
    assert (found.exit_code, found.stdout) == (3, "")
    assert words in found.stderr
    assert not (desk / "out").exists()


def test_files_that_do_not_fit_together(desk: Path) -> None:
    """A column of texts here and of instants there, or another file that is no Parquet."""
    pq.write_table(column("at", SURE), desk / "other.parquet")
    found = report("log.parquet", "other.parquet")
    assert found.exit_code == 3
    assert "other.parquet: a column has another type than in log.parquet: " in found.stderr
    mixed = report("log.parquet", "log.csv")
    assert (mixed.exit_code, mixed.stdout) == (3, "")
    assert "CASES: several files are one log only as Parquet" in mixed.stderr


def test_files_that_are_none(desk: Path) -> None:
    """No such file, a folder without any: exit code 4; no Parquet, or one that breaks off: 3, and no trace."""
    (desk / "text.parquet").write_bytes(b"case,event")
    whole = (desk / "log.parquet").read_bytes()
    (desk / "short.parquet").write_bytes(whole[:-20])
    (desk / "torn.parquet").write_bytes(whole[:4] + bytes(400) + whole[404:])
    (desk / "empty").mkdir()
    found = {name: report(name, "--out", "out") for name in ("none.parquet", "empty", "text.parquet", "short.parquet")}
    assert [one.exit_code for one in found.values()] == [4, 4, 3, 3]
    assert found["none.parquet"].stderr == "svcstd: none.parquet: No such file or directory\n"
    assert "text.parquet: this is no whole Parquet file: " in found["text.parquet"].stderr
    assert not (desk / "out").exists()
    torn = report("torn.parquet", "--out", "out")
    assert torn.exit_code == 3
    assert "torn.parquet: this is no whole Parquet file: " in torn.stderr
    assert list((desk / "out").iterdir()) == []
    figures("log.parquet", "--out", "again")
    alone = report("again", "--out", "again")
    assert alone.exit_code == 3
    assert "again: the folder holds no .parquet file" in alone.stderr


def test_nothing_is_left_of_a_log_that_fails(desk: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Answers of an earlier run stay as they are, and no part waits beside them."""
    in_parts_of(20, monkeypatch)
    figures("log.parquet", "--out", "out")
    before = (desk / "out" / "results.parquet").read_bytes()
    asked = []

    def refused(*told: Any) -> Any:
        asked.append(told)
        if len(asked) > 2:
            raise DefinitionError("city", "batch.column", value="text")
        return part_of(*told)

    part_of = parquet.report_part
    monkeypatch.setattr(parquet, "report_part", refused)
    found = report("log.parquet", "--out", "out")
    assert found.exit_code == 3
    assert sorted(path.name for path in (desk / "out").iterdir()) == ["rejected.parquet", "results.parquet"]
    assert (desk / "out" / "results.parquet").read_bytes() == before


@pytest.mark.parametrize(("part_name", "words"), [("[log]", "log: "), ("[reports.attainment]", "reports: ")])
def test_a_standard_that_does_not_say_how(part_name: str, words: str, desk: Path) -> None:
    """Without a log, or a way of counting, there is no report: exit code 3."""
    text = (dumps(DESK) + LONG).partition(part_name)[0]
    extra = "" if part_name != "[log]" else LONG[LONG.index("[reports") :]
    (desk / "bare.toml").write_text(text + extra, encoding="utf-8")
    found = report("log.parquet", standard="bare.toml")
    assert found.exit_code == 3
    assert words in found.stderr


class Terminal(io.StringIO):
    """Somebody looks on."""

    def isatty(self) -> bool:
        """They do."""
        return True


def test_a_bar_only_on_a_terminal(monkeypatch: pytest.MonkeyPatch) -> None:
    """It moves as rows are read; into a pipe nothing is written."""
    monkeypatch.setenv("TERM", "xterm")
    for stream, moves in ((Terminal(), True), (io.StringIO(), False)):
        monkeypatch.setattr(sys, "stderr", stream)
        with parquet_report._bar(100) as progress:
            progress(50)
        assert ("Reading clocks" in stream.getvalue()) == moves


@pytest.mark.parametrize("rows", [10_000, 100])
def test_every_row_is_told_to_the_bar(rows: int, desk: Path) -> None:
    """Once where a log fits, twice where it is spread."""
    standard = loads((desk / "desk.toml").read_text(encoding="utf-8"))
    log = parquet.open_log(standard, [desk / "log.parquet"], beside=desk, part=rows)
    assert standard.reports is not None
    asked = Asked(as_of=datetime.fromisoformat(AS_OF), reports=standard.reports, spans=((None, None),))
    told: list[int] = []
    counted = parquet.report_log(standard, log, desk / "out", asked, progress=told.append)
    assert sum(told) == LOG.num_rows * (2 if log.parts > 1 else 1)
    assert counted.cases == 45


def test_without_pyarrow(desk: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The sentence that tells what to install; CSV needs nothing."""
    for name in ("svcstd.cli.parquet_report", "svcstd.cli.parquet"):
        monkeypatch.delitem(sys.modules, name)
    monkeypatch.setitem(sys.modules, "pyarrow", None)
    found = report("log.parquet")
    assert (found.exit_code, found.stdout) == (3, "")
    assert "pip install 'svcstd[arrow]'" in found.stderr
    assert report("log.csv").exit_code == 0
    assert not (desk / "svcstd-report" / "results.parquet").exists()
