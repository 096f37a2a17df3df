"""KPIs over columns: every figure, to the last digit, what the KPI says of the rows; and every refusal too."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from fractions import Fraction
from typing import Any, get_args

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from svcstd.conditions import AllOf, AnyOf, Eq, In, Not, Opaque, Prefix, Present, Range
from svcstd.curves import GradeScale, Rounding, RoundingMode, Scale
from svcstd.errors import CurrencyError, DefinitionError, FactError, SvcstdError
from svcstd.moment import FIRST, LAST
from svcstd.money import Money, total_of
from svcstd.scoring import Average, Backlog, FirstContact, Kpi, Net, Proportion, Quantile, Ratio, Total

np: Any = pytest.importorskip("numpy")
sums: Any = pytest.importorskip("svcstd.batch.sums")
exact_sums: Any = pytest.importorskip("svcstd.batch.sums.exact_sums")
encoded: Any = pytest.importorskip("svcstd.batch.encoded")
minor_units: Any = pytest.importorskip("svcstd.batch.sums.minor_units")

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
INT64 = st.one_of(st.integers(-(2**63), 2**63 - 1), st.sampled_from([-(2**63), 2**63 - 1, 0, 1, -1]))
GRADES = GradeScale({"I": 1, "II": Fraction(3, 2), "III": 2})
PASSED = Range("score", 4, None)
WAITED = Range("wait", timedelta(seconds=20), None)
FORMULAS = {
    "share": Proportion(PASSED, out_of=Present("team")),
    "share of those that are known": Proportion(AnyOf((PASSED, WAITED)), out_of=Not(Eq("team", "b"))),
    "net": Net(plus=Range("score", 4, None), minus=Range("score", None, 2)),
    "net of some": Net(plus=Range("score", 3, None), minus=Range("score", None, 3), out_of=In("team", ("a", "b"))),
    "mean": Average("wait"),
    "mean of several": Average({"score": Fraction(1, 3), "cost": Decimal("-0.5")}),
    "weighted": Average(["score", "cost"], weight="weight"),
    "mean of grades": Average("grade", grades=GRADES),
    "ratio": Ratio("score", per=["cost", "weight"]),
    "ratio of little": Ratio("wait", per={"score": 1, "weight": Fraction(-1, 2)}),
    "count": Total(None, empty_is_zero=False),
    "sum": Total({"cost": 2, "score": Fraction(1, 7)}, empty_is_zero=True),
    "points": Total("grade", empty_is_zero=True, grades=GRADES),
}
CONDITIONS = [AllOf(()), Eq("team", "a"), Not(Prefix("team", "b")), Range("score", None, 5), Eq("at", date(2026, 3, 1))]
NEAR = int(datetime(2026, 10, 1, tzinfo=UTC).timestamp()) * 1_000_000
instants = st.one_of(
    st.integers(NEAR, NEAR + 60 * 86_400_000_000), st.integers(1, 1_500).map(lambda n: NEAR + n * 3_600_000_000)
)
moments = instants.map(lambda at: EPOCH + timedelta(microseconds=at))
costs = st.one_of(st.decimals(0, 9, places=2), st.integers(0, 3), st.fractions(0, 2, max_denominator=7))
records = st.fixed_dictionaries(
    {},
    optional={
        "team": st.sampled_from(["a", "b", "bb", "", None]),
        "score": st.integers(0, 5),
        "wait": st.integers(0, 60).map(lambda seconds: timedelta(seconds=seconds)),
        "cost": costs,
        "weight": st.integers(0, 3),
        "grade": st.sampled_from(sorted(GRADES.points)),
        "at": moments,
    },
)
wrong = st.fixed_dictionaries(
    {},
    optional={
        "team": st.sampled_from(["a", "b", 1, True]),
        "score": st.sampled_from([1, 4, 99, True, 2.5, "4", timedelta(1), 10**30, -(10**30)]),
        "wait": st.sampled_from([timedelta(1), timedelta(-1), 30, "20"]),
        "cost": st.sampled_from([1, Decimal("NaN"), Decimal("0.1"), -2, []]),
        "weight": st.sampled_from([1, -1, "1", 10**20]),
        "grade": st.sampled_from(["I", "IV", 2]),
        "at": st.sampled_from([EPOCH, date(2026, 3, 1), datetime(2026, 3, 1), "today", 5]),  # noqa: DTZ001 - refused
    },
)
wholes = st.fixed_dictionaries(
    {},
    optional={
        "team": st.integers(0, 3),
        "score": INT64,
        "cost": INT64,
        "weight": st.integers(0, 2**63 - 1),
        "wait": st.integers(0, 2**50).map(lambda micros: timedelta(microseconds=micros)),
        "at": moments,
    },
)
kpis = st.builds(
    Kpi,
    formula=st.sampled_from(sorted(FORMULAS)).map(FORMULAS.__getitem__),
    direction=st.just("more"),
    unit=st.just("points"),
    where=st.sampled_from(CONDITIONS),
    exclude=st.sampled_from([None, *CONDITIONS[1:]]),
    at=st.sampled_from(["at", "at", "at", ""]),
    missing=st.sampled_from(["leave out", "as zero", "refuse"]),
    scales=st.sampled_from([{}, {}, {"score": Scale(0, 5, step=1)}]),
)
asks = st.fixed_dictionaries(
    {},
    optional={
        "period": st.sampled_from(["day", "week", "month", "quarter", "half", "year", "fiscal"]),
        "zone": st.sampled_from(["Asia/Shanghai", "America/Havana", "Europe/Berlin", "Pacific/Apia", "no zone"]),
        "week": st.sampled_from(["Monday", "Sunday", "Moonday"]),
    },
)
fields = st.lists(st.sampled_from(["team", "score", "cost", "at", "nowhere"]), max_size=3)


def columns_of(rows: Sequence[Mapping[str, Any]]) -> dict[str, list[Any]]:
    """The fields of all rows as lists; one of them at least, or nobody knows how many there are."""
    names = {"team", *(name for row in rows for name in row)}
    return {name: [row.get(name) for row in rows] for name in sorted(names)}


def typed(name: str, values: list[Any]) -> Any:
    """A list as a column of NumPy, with its gaps."""
    if name in ("at", "wait"):
        kind = "datetime64[us]" if name == "at" else "timedelta64[us]"
        naive = [one.replace(tzinfo=None) if isinstance(one, datetime) else one for one in values]
        return np.array(naive, dtype=kind)
    if name == "team" and None in values:
        return values
    gaps = [one is None for one in values]
    column = np.array([0 if one is None else one for one in values], dtype=np.int64)
    return np.ma.MaskedArray(column, mask=gaps) if any(gaps) else column


def kpi_of(formula: Any, **more: Any) -> Kpi:
    """A KPI of a formula."""
    return Kpi(formula=formula, direction="more", unit="points", at="at", **more)


def told(ask: Callable[[], Any]) -> Any:
    """The keys in order with their figures; or the error."""
    try:
        return [*ask().items()]
    except SvcstdError as error:
        return type(error), error.where, error.message, error.params


def compare(kpi: Kpi, rows: Sequence[Mapping[str, Any]], columns: Mapping[str, Any], by: list[str], ask: Any) -> None:
    """Columns and records say the same."""
    assert told(lambda: sums.measure_by(kpi, columns, *by, **ask)) == told(lambda: kpi.by(rows, *by, **ask))


@given(kpis, st.lists(records, min_size=1, max_size=12), fields, asks)
def test_every_figure_is_that_of_the_records(kpi: Kpi, rows: list[dict[str, Any]], by: list[str], ask: Any) -> None:
    """Values of Python, gaps, all policies, all periods."""
    compare(kpi, rows, columns_of(rows), by, {"zone": "UTC", **ask})


@given(kpis, st.lists(wholes, min_size=1, max_size=12), fields, asks)
def test_columns_of_numpy(kpi: Kpi, rows: list[dict[str, Any]], by: list[str], ask: Any) -> None:
    """Integers of any size, moments and lengths of time."""
    columns = {name: typed(name, values) for name, values in columns_of(rows).items()}
    compare(kpi, rows, columns, by, {"zone": "UTC", **ask})


@given(kpis, st.lists(wrong | records, min_size=1, max_size=6), fields, asks)
def test_what_the_records_refuse(kpi: Kpi, rows: list[dict[str, Any]], by: list[str], ask: Any) -> None:
    """The same error, of the same row."""
    compare(kpi, rows, columns_of(rows), by, {"zone": "UTC", **ask})


@given(kpis, st.lists(wholes, min_size=2, max_size=12), st.integers(1, 11), fields, asks)
def test_parts_of_the_rows_add_up(kpi: Kpi, rows: list[dict[str, Any]], cut: int, by: list[str], ask: Any) -> None:
    """Two shards come to what all rows come to."""
    columns = {name: typed(name, values) for name, values in columns_of(rows).items()}
    ask = {"zone": "UTC", **ask}
    whole = told(lambda: sums.measure_by(kpi, columns, *by, **ask))
    if isinstance(whole, list):
        shards = [{name: column[part] for name, column in columns.items()} for part in (slice(cut), slice(cut, None))]
        added: dict[Any, Any] = {}
        for shard in shards:
            for key, figure in sums.measure_by(kpi, shard, *by, **ask).items():
                added[key] = added[key] + figure if key in added else figure
        assert sorted(added.items(), key=lambda pair: pair[0]) == whole


EVERY: list[dict[str, Any]] = [
    {"team": "a", "score": 5, "wait": timedelta(seconds=20), "cost": Decimal("0.1"), "weight": 2, "grade": "I"},
    {"team": "a", "score": 3, "wait": timedelta(seconds=19), "cost": Fraction(1, 7), "weight": 10**30, "grade": "II"},
    {"team": "b", "score": 1, "cost": 10**40, "weight": 1},
    {"team": "b", "wait": timedelta(), "cost": -3, "weight": 0, "grade": "III"},
    {"score": 4, "weight": 1},
]


@pytest.mark.parametrize("missing", ["leave out", "as zero", "refuse"])
@pytest.mark.parametrize("name", sorted(FORMULAS))
def test_every_formula(name: str, missing: Any) -> None:
    """Under every policy, over numbers of any size."""
    compare(kpi_of(FORMULAS[name], missing=missing), EVERY, columns_of(EVERY), ["team"], {})
    for rows in ([{**one, "score": 10**25} for one in EVERY], [{**one, "weight": -1} for one in EVERY]):
        compare(kpi_of(FORMULAS[name], missing=missing), rows, columns_of(rows), ["team"], {})


@pytest.mark.parametrize(
    "condition", [*CONDITIONS, Present("score"), Eq("score", "5"), In("score", (4, 5)), Prefix("score", "5")]
)
def test_every_kind_of_column(condition: Any) -> None:
    """Integers are asked as integers where the test is about numbers, and by their values where it is not."""
    rows = [{"score": one, "team": "a", "at": EPOCH} for one in (4, 5, 6)]
    columns = {name: typed(name, values) for name, values in columns_of(rows).items() if name != "team"}
    kpi = kpi_of(FORMULAS["count"], where=condition, exclude=Eq("score", 6))
    compare(kpi, rows, {**columns, "team": ["a"] * 3}, ["score"], {})


def test_a_month_of_a_team() -> None:
    """What a supervisor would sign: the first instant of March in Shanghai is still February in UTC."""
    kpi = Kpi(
        formula=Proportion(Range("wait", None, timedelta(seconds=20))),
        direction="more",
        unit="share",
        exclude=Eq("test", True),
        at="at",
    )
    records = {
        "team": encoded.Encoded(("phone", "chat"), np.array([0, 0, 1, 0, 0], dtype=np.int32)),
        "wait": np.array([20, 21, 5, 3, 1], dtype="timedelta64[s]"),
        "at": np.array(["2026-02-28T16:00", "2026-02-28T15:59", "2026-03-31T15:59", "2026-03-01T00", "2026-03-01T00"],
            dtype="datetime64[m]"),
        "test": np.array([False, False, False, False, True]),
    }  # fmt: skip
    found = sums.measure_by(kpi, records, "team", period="month", zone="Asia/Shanghai")
    assert {key: (one.numerator, one.denominator) for key, one in found.items()} == {
        ("2026-02", "phone"): (0, 1),
        ("2026-03", "chat"): (1, 1),
        ("2026-03", "phone"): (2, 2),
    }
    assert sums.count_sifted(kpi, records) == sums.SiftedCounts(counted=4, not_eligible=0, excluded=1, unknown=0)


@given(kpis, st.lists(records, min_size=1, max_size=12))
def test_how_many_were_left_aside(kpi: Kpi, rows: list[dict[str, Any]]) -> None:
    """As many as the KPI itself leaves aside."""

    def left_aside() -> dict[str, int]:
        found = kpi.sift(rows)
        return {"counted": len(found.counted), **{name: getattr(found, name) for name in ASIDE}}

    def columns() -> dict[str, int]:
        found = sums.count_sifted(kpi, columns_of(rows))
        return {name: getattr(found, name) for name in ("counted", *ASIDE)}

    assert told(columns) == told(left_aside)


ASIDE = ("not_eligible", "excluded", "unknown")


@pytest.mark.parametrize(
    ("kpi", "name"),
    [
        (Quantile("score", share=Fraction(1, 2), method="linear"), "Quantile"),
        (FirstContact(key=["team"], at="at", window=timedelta(hours=1), inclusive=True), "FirstContact"),
        (Backlog(opened="at", closed="closed"), "Backlog"),
    ],
)
def test_what_has_no_form_refuses_by_name(kpi: Any, name: str) -> None:
    """Nothing is computed another way behind the caller's back."""
    with pytest.raises(DefinitionError) as error:
        sums.measure_by(Kpi(formula=kpi, direction="less", unit="seconds"), {"score": [1]})
    assert (error.value.message, error.value.params) == ("batch.formula", {"formula": name})


COUNT = kpi_of(Total(None, empty_is_zero=True))


def test_programs_and_columns_that_do_not_fit_are_refused() -> None:
    """Before anything is counted."""
    opaque = Proportion(Opaque("luck", lambda _: True))
    with pytest.raises(DefinitionError, match="luck"):
        sums.measure_by(kpi_of(opaque), {"score": [1]})
    with pytest.raises(DefinitionError, match="2 rows beside one of 1"):
        sums.measure_by(COUNT, {"score": [1], "team": ["a", "b"]})
    assert [*sums.measure_by(COUNT, {})] == []


@pytest.mark.parametrize(
    ("at", "message"),
    [
        (np.array(["2026-01-01T00:00:00.0000001"], dtype="datetime64[ns]"), "batch.precision"),
        (np.array([LAST]).view("datetime64[us]"), "moment.years"),
        (np.array(["2500"], dtype="datetime64[h]"), "moment.years"),
        (np.array(["NaT"], dtype="datetime64[s]"), "kpis.no_moment"),
        (np.array([1.5]), "facts.kind"),
    ],
)
def test_instants_that_lie_in_no_period(at: Any, message: str) -> None:
    """The row is refused, and no figure is told."""
    with pytest.raises(SvcstdError) as error:
        sums.measure_by(COUNT, {"at": at}, period="month", zone="UTC")
    assert error.value.message == message


DAYS = 10 * 86_400_000_000


@pytest.mark.parametrize("at", [[FIRST + DAYS, FIRST], [LAST - 1, LAST - DAYS], [LAST - DAYS]])
@pytest.mark.parametrize("period", ["day", "week", "year"])
@pytest.mark.parametrize("zone", ["UTC", "Asia/Shanghai", "America/New_York"])
def test_the_ends_of_the_years(at: list[int], period: str, zone: str) -> None:
    """Where zones lead beyond the years that can be computed."""
    ask = {"period": period, "zone": zone, "week": "Sunday"}
    rows = [{"at": EPOCH + timedelta(0, 0, one)} for one in at]
    compare(COUNT, rows, {"at": np.array(at).view("datetime64[us]")}, [], ask)


def test_dates_and_other_columns() -> None:
    """Dates lie in the period of their day, whatever the zone; all columns of NumPy are told apart as Python would."""
    days = np.array(["2026-01-31", "2026-02-01", "NaT"], dtype="datetime64[D]")
    rows = [{"at": date(2026, 1, 31), "team": 2**63, "n": 1}, {"at": date(2026, 2, 1), "team": 5, "n": 10**9}]
    columns = {"at": days[:2], "team": np.array([2**63, 5], dtype=np.uint64), "n": np.array([1, 10**9])}
    compare(COUNT, rows, columns, ["team", "n", "at"], {"period": "month", "zone": "Asia/Shanghai"})
    mean = kpi_of(Average("team"), where=Range("at", date(2026, 1, 1), None))
    compare(mean, rows, columns, ["n"], {})
    years = np.array([20_485, 10**9]).view("datetime64[D]")
    with pytest.raises(FactError):
        sums.measure_by(COUNT, {"at": years}, period="month", zone="UTC")
    some = kpi_of(Total(None, empty_is_zero=True), where=Eq("at", date(2026, 2, 1)))
    assert [*sums.measure_by(some, {"at": years}, period="month", zone="UTC")] == [("2026-02",)]
    assert [*sums.measure_by(COUNT, {"at": days[2:], "team": [1]}, "at")] == [("",)]
    masked = np.ma.MaskedArray(np.array(["x", "y"], dtype=object), mask=[True, False])
    assert [*sums.measure_by(COUNT, {"team": masked}, "team")] == [("",), ("y",)]


@pytest.mark.parametrize(
    "column",
    [
        np.array([10**18], dtype="datetime64[s]"),
        np.array([2**62]).view("datetime64[us]"),
        np.array(["2026-01-01T00:00:00.0000001"], dtype="datetime64[ns]"),
    ],
)
def test_instants_that_no_record_holds_tell_no_groups_apart(column: Any) -> None:
    """They are no values of Python."""
    with pytest.raises(DefinitionError, match="no record holds"):
        sums.measure_by(kpi_of(Total(None, empty_is_zero=True), where=Present("at")), {"at": column}, "at")


def alone(units: int, rate: Fraction, mode: RoundingMode, step: int) -> int | str:
    """What Money and a rounding give for one amount."""
    found = Money.of(Money(units, "JPY").times(rate), "JPY", Rounding(Decimal(step), mode)).minor
    return found if -(2**63) <= found < 2**63 else "batch.units"


LARGE = st.one_of(INT64, st.integers(-(10**6), 10**6), st.integers(-(2**32), 2**32))
rates = st.tuples(LARGE, LARGE.filter(lambda one: one > 0))


@given(LARGE, rates, st.sampled_from(get_args(RoundingMode)), st.sampled_from([1, 5, 10**6, 2**62]))
@example(-(2**63), (-(2**63), 2**63 - 1), "half up", 1)
@example(-(2**63), (2**63 - 1, 2**63 - 1), "half up", 1)
@example(2**63 - 1, (1, 2), "half even", 1)
@example(2**63 - 2, (1, 2**62), "up", 2**62)
@example(0, (-5, 3), "floor", 1)
def test_products_are_those_of_fractions(units: int, rate: tuple[int, int], mode: RoundingMode, step: int) -> None:
    """Whatever int64 holds, and refused where the product is more."""
    wanted = alone(units, Fraction(*rate), mode, step)

    def column() -> dict[str, int]:
        found = minor_units.multiply(np.array([units]), *rate, mode=mode, step=step)
        return {"minor": found.values.item()}

    found = told(column)
    assert wanted == (found[0][1] if isinstance(found, list) else found[2])


@given(st.lists(st.integers(-(10**12), 10**12), max_size=40), st.integers(-(10**7), 10**7), st.integers(1, 10**7))
def test_columns_of_everyday_amounts(units: list[int], numerator: int, denominator: int) -> None:
    """All modes, all rows at once."""
    for mode in get_args(RoundingMode):
        found = minor_units.multiply(np.array(units, dtype=np.int64), numerator, denominator, mode=mode)
        assert found.values.tolist() == [alone(one, Fraction(numerator, denominator), mode, 1) for one in units]


def test_products_keep_gaps() -> None:
    """A row without amount has none after it, whatever stands behind the mask."""
    units = np.ma.MaskedArray(np.array([[100, 2**63 - 1]]), mask=[[False, True]])
    found = minor_units.multiply(units, np.array([3, 3]), np.array([2, -1]), mode="half up")
    assert (found.values.tolist(), found.valid.tolist()) == ([[150, 0]], [[True, False]])


@pytest.mark.parametrize(
    ("units", "numerator", "denominator", "more", "message"),
    [
        ([1], 1, 0, {}, "batch.above_zero"),
        ([1], 1, [-2], {}, "batch.above_zero"),
        ([1], 1, 1, {"step": 0}, "batch.above_zero"),
        ([1], 1, 1, {"step": True}, "batch.above_zero"),
        ([1], 1, 1, {"mode": "nearest"}, "choice.unknown"),
        ([1], 1.5, 1, {}, "batch.column"),
        ([1], 2**63, 1, {}, "batch.column"),
        ([1], True, 1, {}, "batch.column"),
        ([1, 2**62], 2, 1, {}, "batch.units"),
    ],
)
def test_products_that_mean_nothing(
    units: list[int], numerator: Any, denominator: Any, more: dict[str, Any], message: str
) -> None:
    """No float, no rate over nothing, nothing that wraps."""
    with pytest.raises(DefinitionError) as error:
        minor_units.multiply(np.array(units), numerator, denominator, **{"mode": "half up", **more})
    assert error.value.message == message


@given(st.lists(st.tuples(INT64, st.sampled_from(["CNY", "EUR"]), st.sampled_from(["E1", "E2", None])), max_size=9))
def test_money_of_each_group(rows: list[tuple[int, str, str | None]]) -> None:
    """Sums of any size; two currencies never meet."""
    groups: dict[tuple[str, ...], list[Money]] = {}
    for minor, currency, agent in rows:
        groups.setdefault((agent or "",), []).append(Money(minor, currency))
    wanted = told(lambda: {key: total_of(groups[key], groups[key][0].currency) for key in sorted(groups)})
    units, currencies, agents = ([row[place] for row in rows] for place in (0, 1, 2))
    found = told(lambda: minor_units.money_sums(np.array(units, dtype=np.int64), currencies, agents))
    assert found == wanted or (wanted[0] is CurrencyError and found[0] is CurrencyError and found[3] == wanted[3])


def test_money_that_is_not_told() -> None:
    """A gap is no zero, and columns have one length."""
    gap = np.ma.MaskedArray(np.array([5, 7]), mask=[False, True])
    with pytest.raises(DefinitionError, match="row 1 has no amount"):
        minor_units.money_sums(gap, "CNY")
    for columns in ((["CNY"], ["a", "b"]), ("CNY", ["a"])):
        with pytest.raises(DefinitionError, match="1 rows beside one of 2"):
            minor_units.money_sums(np.array([5, 7]), *columns)
    with pytest.raises(DefinitionError, match="2 rows beside one of 2"):
        minor_units.money_sums(np.array([[5, 7]]), ["CNY", "CNY"])
    assert [*minor_units.money_sums(np.array([5, 7]), "CNY").items()] == [((), Money(12, "CNY"))]


@given(st.lists(st.tuples(INT64, INT64, st.integers(0, 2), st.booleans()), max_size=9))
def test_sums_of_whole_numbers(rows: list[tuple[int, int, int, bool]]) -> None:
    """Sums and products of what int64 holds are those of Python."""
    left, right, groups = (np.array([row[place] for row in rows], dtype=np.int64) for place in (0, 1, 2))
    kept = np.array([row[3] for row in rows], dtype=bool)
    for mask in (kept, None):
        told = [(one, other, group) for one, other, group, keep in rows if keep or mask is None]
        assert exact_sums.sum_by(left, groups, 3, mask) == [sum(a for a, _, at in told if at == k) for k in range(3)]
        products = exact_sums.sum_products_by(left, right, groups, 3, mask)
        assert products == [sum(a * b for a, b, at in told if at == k) for k in range(3)]


def test_groups_that_are_many() -> None:
    """More places than groups: those without rows are left out."""
    ids = np.arange(2_000)
    found = sums.measure_by(COUNT, {"team": ids, "n": ids[::-1]}, "team", "n")
    assert [*found] == sorted((str(one), str(1_999 - one)) for one in range(2_000))


def test_numbers_and_lengths_of_numpy_add_up() -> None:
    """Lengths of time count in seconds, in whatever unit; one of centuries in days is refused."""
    for unit, amount in (("ms", 1_500), ("s", 2), ("D", 400)):
        waits = np.array([amount, "NaT"], dtype=f"timedelta64[{unit}]")
        found = sums.measure_by(kpi_of(FORMULAS["mean"], missing="leave out"), {"wait": waits})
        assert found[()].value == Fraction(waits[0].astype("timedelta64[ms]").astype(int).item(), 1_000)
    with pytest.raises(DefinitionError, match="no record holds"):
        sums.measure_by(kpi_of(FORMULAS["mean"]), {"wait": np.array([400_000], dtype="timedelta64[D]")})
    ages = np.ma.MaskedArray(np.array([5, 7], dtype=np.uint8), mask=[False, True])
    assert sums.measure_by(kpi_of(Average("age"), missing="as zero"), {"age": ages})[()].value == Fraction(5, 2)
