"""Calendars over columns: every row what the calendar itself says of it, faults too, however the rows are cut."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from svcstd.calendars import BusinessCalendar, Calendar, History, public_holidays
from svcstd.errors import DefinitionError, DurationError, SvcstdError
from svcstd.moment import FIRST, LAST, moment

np: Any = pytest.importorskip("numpy")
pytest.importorskip("scipy")
batch: Any = pytest.importorskip("svcstd.batch")
kernel: Any = pytest.importorskip("svcstd.batch.calendars.kernel")
parts: Any = pytest.importorskip("svcstd.batch.chunks")

HOUR = 3_600_000_000
DAY = 24 * HOUR
CHINA = public_holidays("CN", years=range(2022, 2026))
OFFICE = BusinessCalendar(zone="Asia/Shanghai", hours="Mon-Fri 09:00-12:00 13:30-18:00", holidays=CHINA)
NIGHT = BusinessCalendar(zone="Europe/Berlin", hours="Mon-Fri 22:00-06:00")
DAILY = BusinessCalendar(zone="America/New_York", hours="daily 08:00-20:00", landing="next_open")
NEVER = DAILY - DAILY
CALENDARS: dict[str, Calendar] = {
    "office": OFFICE,
    "night": NIGHT,
    "daily": DAILY,
    "always": BusinessCalendar(zone="UTC", hours="24x7"),
    "never": NEVER,
    "both": OFFICE | NIGHT,
    "less": DAILY - NIGHT,
    "ends": History(NIGHT, {date(2024, 6, 1): NEVER}, zone="Europe/Berlin"),
    "begins": History(NEVER, {date(2024, 6, 1): NIGHT}, zone="Europe/Berlin"),
    "grows": History(OFFICE, {date(2024, 6, 1): DAILY}, zone="Asia/Shanghai"),
}
LOW, HIGH = (int(datetime(year, 1, 1, tzinfo=UTC).timestamp()) * 1_000_000 for year in (2021, 2028))
instants = st.one_of(st.integers(LOW, HIGH), st.integers(LOW // HOUR, HIGH // HOUR).map(lambda n: n * HOUR))
far = st.sampled_from([FIRST - 1, FIRST, FIRST + DAY, LAST - DAY, LAST - 1, LAST])
amounts = st.one_of(st.just(0), st.integers(0, 40 * HOUR), st.integers(0, 400 * DAY), st.just(-1))
beyond = st.sampled_from([0, HOUR, -1, 10**17])
calendars = st.sampled_from(sorted(CALENDARS))


def alone(ask: Callable[[], Any]) -> tuple[int, str]:
    """What the calendar says of one row: the answer, or the message of its error."""
    try:
        return ask(), ""
    except SvcstdError as error:
        return 0, error.message


def within(at: int) -> bool:
    """Whether an instant can be computed at all."""
    return FIRST <= at < LAST


def rows_of(found: Any) -> list[tuple[int, str]]:
    """The answers of a column, each with its fault."""
    return list(zip(found.values.reshape(-1).tolist(), found.faults.reshape(-1).tolist(), strict=True))


def expected(ask: Callable[..., Any], *columns: Sequence[int], spans: int = 1) -> list[tuple[int, str]]:
    """What each row alone says; the first *spans* columns are instants, what is left an amount."""
    told = []
    for row in zip(*columns, strict=True):
        if not all(within(at) for at in row[:spans]):
            told.append((0, "moment.years"))
        elif any(amount < 0 for amount in row[spans:]):
            told.append((0, "duration.negative"))
        else:
            told.append(alone(lambda row=row: ask(*row)))  # type: ignore[misc]
    return told


@pytest.mark.long
@given(calendars, st.lists(st.tuples(instants, amounts), min_size=1, max_size=12))
def test_every_row_is_what_the_calendar_says(name: str, rows: list[tuple[int, int]]) -> None:
    """All verbs, on the same rows, answers and reasons."""
    compare(name, rows)


@pytest.mark.long
@settings(max_examples=2)
@given(
    st.sampled_from(["always", "never", "night"]), st.lists(st.tuples(instants | far, beyond), min_size=1, max_size=12)
)
def test_the_ends_of_the_years(name: str, rows: list[tuple[int, int]]) -> None:
    """Six centuries are compiled, and lengths lead beyond them."""
    compare(name, rows)


def compare(name: str, rows: list[tuple[int, int]]) -> None:
    """Every verb over the rows, and over each alone."""
    calendar, line = CALENDARS[name], CALENDARS[name].timeline
    starts, lengths = ([row[place] for row in rows] for place in (0, 1))
    at, amount = np.array(starts), np.array(lengths)
    assert rows_of(batch.add(calendar, at, amount, landing="close")) == expected(line.add, starts, lengths)
    assert rows_of(batch.subtract(calendar, at, amount)) == expected(line.subtract, starts, lengths)
    assert rows_of(batch.is_open(calendar, at)) == expected(line.is_open, starts)
    assert rows_of(batch.next_open(calendar, at)) == expected(line.next_open, starts)
    later = expected(lambda *row: line.next_open(line.add(*row)), starts, lengths)
    assert rows_of(batch.add(calendar, at, amount, landing="next_open")) == later


@pytest.mark.long
@given(calendars, st.lists(st.tuples(instants, instants), min_size=1, max_size=12))
@example("night", [(LAST - 1, FIRST), (FIRST, LAST - 1), (LAST, 0), (0, FIRST - 1), (LOW, HIGH)])
def test_time_between_two_instants(name: str, rows: list[tuple[int, int]]) -> None:
    """Swapped instants count backwards; what leads through unknown days is a fault."""
    starts, ends = ([row[place] for row in rows] for place in (0, 1))
    found = batch.elapsed(CALENDARS[name], np.array(starts), np.array(ends))
    assert rows_of(found) == expected(CALENDARS[name].timeline.elapsed, starts, ends, spans=2)


@given(calendars, st.lists(st.tuples(st.integers(18_600, 20_900), st.integers(18_600, 20_900)), min_size=1, max_size=8))
def test_working_days(name: str, rows: list[tuple[int, int]]) -> None:
    """Day by day, as the calendar tells them; a calendar of several zones has no days."""
    calendar = CALENDARS[name]
    first, last = (np.array([row[place] for row in rows]) for place in (0, 1))
    if len(calendar.zones) > 1 or name == "grows":
        with pytest.raises(DefinitionError, match="zone"):
            batch.count_working_days(calendar, np.array([18_600]), np.array([20_900]))
        return
    days = [[date.fromordinal(day + kernel.EPOCH) for day in row] for row in rows]
    told = [alone(lambda row=row: calendar.count_working_days(*row)) for row in days]  # type: ignore[misc]
    assert rows_of(batch.count_working_days(calendar, first, last)) == told
    dates = [np.array(column, dtype="datetime64[D]") for column in (first, last)]
    assert rows_of(batch.count_working_days(calendar, *dates)) == told


@given(calendars, st.lists(instants, min_size=1, max_size=40), st.integers(1, 7))
def test_chunks_change_nothing(name: str, starts: list[int], chunk: int) -> None:
    """However few rows are worked out at a time."""
    calendar, at = CALENDARS[name], np.array(starts)
    whole = [rows_of(batch.add(calendar, at, 8 * HOUR)), rows_of(batch.elapsed(calendar, at, at[::-1]))]
    with pytest.MonkeyPatch.context() as small:
        small.setattr(parts, "CHUNK", chunk)
        cut = [rows_of(batch.add(calendar, at, 8 * HOUR)), rows_of(batch.elapsed(calendar, at, at[::-1]))]
    assert cut == whole


@given(st.lists(st.tuples(instants, calendars | st.just("nobody")), min_size=1, max_size=20))
def test_a_calendar_for_each_row(rows: list[tuple[int, str]]) -> None:
    """By key; a key that names none is a fault of its row."""
    at, keys = np.array([row[0] for row in rows]), [row[1] for row in rows]
    found = rows_of(batch.add(CALENDARS, at, timedelta(hours=8), by=keys))
    for row, (value, key) in zip(found, rows, strict=True):
        if key == "nobody":
            assert row == (0, "batch.no_calendar")
        else:
            assert [row] == rows_of(batch.add(CALENDARS[key], np.array([value]), 8 * HOUR))


def test_a_row_without_a_key_is_a_fault_of_that_row() -> None:
    """As a column of objects from a data frame: on Monday 10:00 is open, 12:30 is the break, null names no calendar."""
    at = np.array(["2024-10-21T02:00", "2024-10-21T02:00", "2024-10-21T04:30"], dtype="datetime64[m]")
    found = batch.is_open({"a": OFFICE}, at, by=np.array(["a", None, "a"], dtype=object))
    assert found.values.tolist() == [True, False, False]
    assert found.valid.tolist() == [True, False, True]
    assert found.faults.tolist() == ["", "batch.no_calendar", ""]


def test_a_supervisor_would_sign() -> None:
    """Friday afternoon plus eight hours; over National Day; the hour that begins the lunch break."""
    start = np.array(["2024-09-30T08:00", "2024-10-08T01:00"], dtype="datetime64[m]")  # 16:00 and 09:00 in Shanghai
    due = batch.add(OFFICE, start, timedelta(hours=8)).datetimes()
    assert due.tolist() == [datetime(2024, 10, 8, 8, 30), datetime(2024, 10, 9, 1, 30)]  # noqa: DTZ001 - UTC, as NumPy
    noon = np.array(["2024-10-08T04:00"], dtype="datetime64[m]")
    assert not batch.is_open(OFFICE, noon).values[0]
    assert batch.next_open(OFFICE, noon).datetimes().tolist() == [datetime(2024, 10, 8, 5, 30)]  # noqa: DTZ001


@pytest.mark.parametrize("unit", ["D", "h", "m", "s", "ms", "us", "ns", "25us", "25ns", "ps"])
def test_units(unit: str) -> None:
    """Of any unit, exactly; NaT and what is masked stay nulls."""
    base = "2024-03-04" if unit == "D" else "2024-03-04T12:00" if unit == "h" else "2024-03-04T12:30"
    if unit == "ps":
        base = "1970-01-01T12:30"
    at = np.array([base, "NaT", base], dtype=f"datetime64[{unit}]")
    masked = np.ma.masked_array(at, mask=[False, False, True])
    exact = int(np.datetime64(base, "us").astype(np.int64))
    found = batch.next_open(CALENDARS["always"], masked)
    assert found.values.tolist() == [exact, 0, 0]
    assert found.valid.tolist() == [True, False, False]
    assert found.faults.tolist() == ["", "", ""]
    assert found.datetimes().astype(str).tolist()[1:] == ["NaT", "NaT"]


def test_what_is_no_microsecond() -> None:
    """A nanosecond beside it is a fault of its row; so is an instant beyond the years, in whatever unit."""
    at = np.array([1_000, 1_001, 1_999_000], dtype="datetime64[ns]")
    assert batch.is_open(CALENDARS["always"], at).faults.tolist() == ["", "batch.precision", ""]
    ends = np.array([-(2**62), 0, 2**62], dtype="datetime64[s]")
    assert batch.is_open(CALENDARS["always"], ends).faults.tolist() == ["moment.years", "", "moment.years"]
    days = np.array([0, 200_000]), np.array([10, 400_000])
    assert batch.count_working_days(NIGHT, *days).faults.tolist() == ["", "moment.years"]


def test_lengths() -> None:
    """A column of lengths, of any unit, with nulls; one length for all rows."""
    at = np.full((2, 3), LOW, dtype=np.int64)
    lengths = np.array([1, 2, "NaT"], dtype="timedelta64[h]")
    found = batch.add(CALENDARS["always"], at, lengths)
    assert found.values.shape == found.valid.shape == found.codes.shape == (2, 3)
    assert (found.values - LOW).tolist() == [[HOUR, 2 * HOUR, -LOW]] * 2
    assert found.valid.tolist() == [[True, True, False]] * 2
    assert batch.elapsed(CALENDARS["always"], at, at + HOUR).timedeltas().tolist() == [[timedelta(hours=1)] * 3] * 2
    scalar = batch.add(CALENDARS["always"], np.int64(LOW), HOUR)
    assert (scalar.values.shape, int(scalar.values)) == ((), LOW + HOUR)


@pytest.mark.long
@pytest.mark.parametrize("hidden", [[-(2**63)], [2**63 - 1, -(2**63) + 1], [0], [FIRST - 1, LAST], [FIRST, LAST - 1]])
@pytest.mark.parametrize("chunk", [1, 2, 1 << 15])
def test_what_stands_under_a_mask_matters_to_nobody(
    hidden: list[int], chunk: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Neither to the rows beside it nor to its own: NaT, zero, the ends of the numbers and of the years."""
    monkeypatch.setattr(parts, "CHUNK", chunk)
    at = int(datetime(2024, 3, 4, 1, tzinfo=UTC).timestamp()) * 1_000_000
    start = np.array([at, at + 7_200_000_000, *hidden, at])
    mask = [False, False, *(True for _ in hidden), False]
    end = np.full(len(start), at + 3_600_000_000)
    for one, other in ((start, end), (end, start)):
        found = batch.elapsed(OFFICE, np.ma.masked_array(one, mask), other)
        plain = batch.elapsed(OFFICE, one[~np.array(mask)], other[~np.array(mask)])
        assert (plain.valid.all(), found.values[found.valid].tolist()) == (True, plain.values.tolist())
        assert found.valid.tolist() == [not hides for hides in mask]
        assert not found.values[~found.valid].any()


def test_the_least_number_beside_a_mask_is_an_instant() -> None:
    """And beyond the years that can be computed."""
    at = np.ma.masked_array([-(2**63), 1_709_514_000_000_000, 0], [False, False, True])
    for found in (
        batch.elapsed(OFFICE, at, 1_709_514_000_000_000),
        batch.is_open(OFFICE, at),
        batch.next_open(OFFICE, at),
        batch.add(OFFICE, at, HOUR),
        batch.subtract(OFFICE, at, HOUR),
    ):
        assert found.faults.tolist() == ["moment.years", "", ""]


def test_a_chunk_of_nulls(monkeypatch: pytest.MonkeyPatch) -> None:
    """Among others is passed over."""
    monkeypatch.setattr(parts, "CHUNK", 2)
    at = np.array(["2024-03-04T12", "2024-03-05T12", "NaT", "NaT", "2024-03-06T12"], dtype="datetime64[h]")
    found = batch.next_open(CALENDARS["always"], at)
    assert found.valid.tolist() == [True, True, False, False, True]
    assert found.datetimes().astype("datetime64[h]").astype(str).tolist() == at.astype(str).tolist()


def test_nothing_to_do() -> None:
    """No rows, or none that is known."""
    empty = batch.add(OFFICE, np.array([], dtype=np.int64), HOUR)
    assert (empty.values.tolist(), empty.faults.tolist()) == ([], [])
    nulls = batch.elapsed(OFFICE, np.array(["NaT"], dtype="datetime64[us]"), np.array([0], dtype="datetime64[us]"))
    assert (nulls.valid.tolist(), nulls.timedeltas().tolist()) == ([False], [None])


REFUSED: list[tuple[Callable[[], Any], type[Exception], str]] = [
    (lambda: batch.is_open(OFFICE, np.array([1.5])), DefinitionError, "float64"),
    (lambda: batch.is_open(OFFICE, np.array(["x"])), DefinitionError, "U1"),
    (lambda: batch.is_open(OFFICE, np.array([True])), DefinitionError, "bool"),
    (lambda: batch.is_open(OFFICE, np.array([1], dtype=np.uint64)), DefinitionError, "uint64"),
    (lambda: batch.is_open(OFFICE, np.array(["2024-01"], dtype="datetime64[M]")), DefinitionError, r"datetime64\[M\]"),
    (lambda: batch.is_open(OFFICE, np.array([1], dtype="datetime64[3ns]")), DefinitionError, r"datetime64\[3ns\]"),
    (lambda: batch.is_open({"a": OFFICE}, np.array([1])), DefinitionError, "by"),
    (lambda: batch.is_open(OFFICE, np.array([1]), by=["a"]), DefinitionError, "by key"),
    (lambda: batch.is_open({"a": 1}, np.array([1]), by=["a"]), DefinitionError, "a calendar"),
    (lambda: batch.add(OFFICE, np.array([1]), timedelta(-1)), DurationError, "negative"),
    (lambda: batch.add(OFFICE, np.array([1]), HOUR, landing="later"), DefinitionError, "landing"),
    (
        lambda: batch.count_working_days(OFFICE, np.array(["2024-01-01T00"], dtype="datetime64[h]"), np.array([1])),
        DefinitionError,
        r"datetime64\[h\]",
    ),
]


@pytest.mark.parametrize(("ask", "kind", "words"), REFUSED)
def test_refusals(ask: Callable[[], Any], kind: type[Exception], words: str) -> None:
    """What is wrong with the whole call is an error, not a fault of each row."""
    with pytest.raises(kind, match=words):
        ask()


def test_compiled_calendars_travel_as_bytes() -> None:
    """And count the same on the other side; anything else is refused."""
    table = batch.compile_calendar(OFFICE, LOW, HIGH)
    again = batch.CompiledCalendar.from_bytes(table.to_bytes())
    at = np.arange(LOW, HIGH, 7 * HOUR)
    assert (again.counted(at) == table.counted(at)).all()
    assert (again.settled, again.first, again.last) == (table.settled, table.first, table.last)
    for wrong in (b"", b"no archive", table.to_bytes()[:200]):
        with pytest.raises(DefinitionError, match="calendar"):
            batch.CompiledCalendar.from_bytes(wrong)


def test_answers_read_as_moments() -> None:
    """A due time of the batch is that of the calendar, in its zone."""
    start = datetime(2024, 3, 4, 9, tzinfo=DAILY.tz)
    found = batch.add(DAILY, np.array([int(start.timestamp()) * 1_000_000]), timedelta(hours=11))
    assert moment(int(found.values[0]), DAILY.tz) == DAILY.add(start, hours=11)


@pytest.mark.parametrize("threads", [2, 3, 7])
def test_threads_change_nothing(threads: int) -> None:
    """Each thread has a part of the rows; answers and faults stand where they would."""
    start = np.arange(LOW, HIGH, 997 * HOUR)
    keys = np.arange(len(start)) % 3
    several = {0: OFFICE, 1: NIGHT, 2: DAILY}
    for verb, amounts in ((batch.elapsed, start[::-1]), (batch.add, 9 * HOUR), (batch.subtract, 9 * HOUR)):
        one, many = verb(several, start, amounts, by=keys), verb(several, start, amounts, by=keys, threads=threads)
        assert one.values.tolist() == many.values.tolist()
        assert one.faults.tolist() == many.faults.tolist()
    for verb in (batch.is_open, batch.next_open):
        assert verb(OFFICE, start).values.tolist() == verb(OFFICE, start, threads=threads).values.tolist()


@pytest.mark.parametrize("threads", [0, 65, 2.0, True])
def test_threads_are_a_few(threads: Any) -> None:
    """No thread, too many, or no whole number."""
    with pytest.raises(DefinitionError, match="threads"):
        batch.is_open(OFFICE, np.array([LOW]), threads=threads)
