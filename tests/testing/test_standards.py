"""What is drawn from one standard: facts that meet each row, cases that it can read, records on its scales, days."""

from __future__ import annotations

from collections import Counter
from datetime import date, datetime, timedelta
from decimal import Decimal
from fractions import Fraction
from pathlib import Path
from typing import Any

import attrs
import pytest
from hypothesis import find, given, settings
from hypothesis import strategies as st

from svcstd import Period, ServiceStandard, loads
from svcstd.conditions import FactSchema, FactType, Range
from svcstd.documents import loads_folder
from svcstd.errors import DefinitionError, FactError, UnknownName
from svcstd.moment import micros, moment, timezone
from svcstd.scoring import Record, demand
from svcstd.sla import Case
from svcstd.standard import PayInputs
from svcstd.testing import strategies as sv
from svcstd.testing.simulation import simulate
from svcstd.testing.strategies.standards import fact_values
from svcstd.testing.vocabulary import Vocabulary, told_apart

FOLDER = Path(__file__).parents[2] / "examples" / "5s4e" / "5s4e"
FIELD = loads_folder({str(path.relative_to(FOLDER)): path.read_text("utf-8") for path in FOLDER.rglob("*.toml")})
SAAS = loads((FOLDER.parents[1] / "saas-europe" / "saas-europe.yaml").read_text("utf-8"), format="yaml")
DAY = Period.of("day", date(2026, 2, 3), FIELD.zone)
MAY = Period.of("month", date(2025, 5, 1), FIELD.zone)
NOON = moment(micros(datetime.fromisoformat("2026-02-03T12:00:00+08:00")), timezone(FIELD.zone))


def seen_of(values: st.SearchStrategy[Any], count: int) -> list[Any]:
    """What a strategy draws, always the same."""
    found: list[Any] = []

    @settings(max_examples=count, derandomize=True, database=None)
    @given(values)
    def draw(value: Any) -> None:
        found.append(value)

    draw()
    return found


# ───────────────────────────────────────────────── the promises of users, as they would write them


@settings(max_examples=30)
@given(case=sv.cases(FIELD, kind="fault"), later=sv.durations(max_days=30))
def test_more_waiting_never_unbreaches(case: Case, later: timedelta) -> None:
    """Of any fault."""
    first = FIELD.clocks(case, as_of=case.last.at)["resolve"]
    second = FIELD.clocks(case, as_of=case.last.at + later)["resolve"]
    assert case.facts["kind"] == "fault"
    assert not first.breached or second.breached


@given(ticket=sv.facts(FIELD, for_="routing.intake"))
def test_somebody_always_answers(ticket: dict[str, Any]) -> None:
    """In a role that there is."""
    assert FIELD.route("intake", ticket, as_of=NOON)["role"] in FIELD.current.roles


@settings(max_examples=20)
@given(
    records=sv.records(FIELD, of="rating", min_size=1, agent="E07", period=MAY),
    data=sv.data(),
)
def test_a_better_rating_never_pays_less(records: list[Record], data: st.DataObject) -> None:
    """Of one engineer in one month, all else being equal."""
    better = data.draw(sv.improved(records, field="attitude"))

    def pay(rated: list[Record]) -> Any:
        known = PayInputs(records={"rating": rated, "repair": [], "certificate": []})
        return FIELD.pay("monthly", known, of="E07", period=MAY).total

    assert pay(better) >= pay(records)


# ───────────────────────────────────────────────── facts


@pytest.mark.parametrize("standard", [FIELD, SAAS], ids=["5s4e", "saas"])
def test_facts_meet_every_row(standard: ServiceStandard) -> None:
    """A small table is met in each of its rows; every fact is one of those that it reads."""
    for key, table in standard.current.routing.items():
        drawn = seen_of(sv.facts(standard, for_=f"routing.{key}", missing=False), 150)
        assert {name for facts in drawn for name in facts} == table.fields
        assert len({rule for facts in drawn for rule in standard.route(key, facts, as_of=NOON).rules}) > 2


def test_bounds_of_a_declaration() -> None:
    """Values lie within what is declared, whatever the kind, and reach both ends."""
    zone = "Europe/Berlin"
    kinds: dict[str, tuple[FactType, Any, Any]] = {
        "level": (FactType("integer", within=Range("x", 1, 5).interval), 1, 5),
        "share": (
            FactType("number", within=Range("x", Decimal("0.5"), Decimal("1.5")).interval),
            Decimal("0.5"),
            Decimal("1.5"),
        ),
        "half": (
            FactType("number", within=Range("x", Decimal("0.25"), Decimal("0.75")).interval),
            Decimal("0.25"),
            Decimal("0.75"),
        ),
        "day": (
            FactType("date", within=Range("x", date(2026, 3, 28), date(2026, 3, 30)).interval),
            date(2026, 3, 28),
            date(2026, 3, 30),
        ),
        "long": (
            FactType("duration", within=Range("x", timedelta(1), timedelta(2)).interval),
            timedelta(1),
            timedelta(2),
        ),
    }
    for name, (kind, low, high) in kinds.items():
        found = seen_of(fact_values(kind, zone), 200)
        for value in found:
            kind.check(name, value)
        assert (min(found), max(found)) == (low, high), name


@given(st.data())
def test_every_kind_of_fact(data: st.DataObject) -> None:
    """Without bounds too."""
    for kind in (
        FactType(one_of=("a", "b")),
        FactType("true or false"),
        FactType(),
        FactType("integer"),
        FactType("number"),
        FactType("date"),
        FactType("moment"),
        FactType("duration"),
    ):
        value = data.draw(fact_values(kind))
        assert value is not None
        kind.check("x", value)


@pytest.mark.parametrize(
    ("kind", "low", "high"),
    [
        ("integer", None, -20),
        ("integer", 500, None),
        ("number", None, Decimal("-20.5")),
        ("number", 500, None),
        ("date", date(2030, 1, 1), None),
        ("date", None, date(2001, 1, 1)),
        ("moment", datetime.fromisoformat("2031-01-01T00:00:00+00:00"), None),
        ("moment", None, datetime.fromisoformat("2001-01-01T00:00:00+00:00")),
        ("duration", timedelta(days=60), None),
    ],
)
def test_a_bound_that_lies_far_away(kind: Any, low: Any, high: Any) -> None:
    """Is kept all the same."""
    declared = FactType(kind, within=Range("x", low, high).interval)
    for value in seen_of(fact_values(declared, "Europe/Berlin"), 20):
        declared.check("x", value)


def test_what_cannot_be_drawn() -> None:
    """No such part, no such table, no such fact, a value that is none; a fact's tests by the thousand."""
    for path, word in (("rooting.intake", "routing"), ("routing.intke", "routing.intake")):
        with pytest.raises(UnknownName) as caught:
            sv.facts(FIELD, for_=path)
        assert caught.value.params["nearest"] == word
    with pytest.raises(FactError, match="kind"):
        sv.facts(FIELD, knd="fault")
    with pytest.raises(FactError, match="fault"):
        sv.cases(FIELD, kind="fualt")
    with pytest.raises(DefinitionError, match="events"):
        sv.cases(loads('svcstd = 1\nid = "x"\nname = "X"\nzone = "UTC"\n'))
    schema = FactSchema({"n": FactType("integer"), "kind": FactType(one_of=("a",))})
    assert told_apart([Range("n", n, None) for n in range(9_000)], schema) == {"kind": ("a",)}


@pytest.mark.long
def test_only_what_is_asked() -> None:
    """Of the whole vocabulary, or of a promise; missing facts or none; some given."""
    every = set(FIELD.current.facts.types)
    assert set(find(sv.facts(FIELD, missing=False), lambda _: True)) == every
    assert find(sv.facts(FIELD), lambda _: True) == {}
    told = find(sv.facts(FIELD, for_="objectives.resolve", missing=False, kind="fault"), lambda _: True)
    assert set(told) == set(FIELD.current.objectives["resolve"].fields) | {"kind"}


# ───────────────────────────────────────────────── cases


@pytest.mark.parametrize("standard", [FIELD, SAAS], ids=["5s4e", "saas"])
def test_every_case_can_be_read(standard: ServiceStandard) -> None:
    """No fact and no event that is not declared; it begins with what starts a clock; each state is met."""
    vocabulary, seen = Vocabulary.of(standard.current), Counter[str]()

    @settings(max_examples=60, derandomize=True, database=None)
    @given(sv.cases(standard, max_events=6))
    def read(case: Case) -> None:
        assert 1 <= len(case.events) <= 6
        first = min(case.events, key=lambda event: event.instant)
        assert any(event.kind in vocabulary.starts for event in case.events if event.instant == first.instant)
        for reading in standard.clocks(case, as_of=case.last.at + timedelta(days=2)).values():
            seen.update([reading.activity, reading.verdict])

    read()
    assert {"running", "not_started", "open", "late_open"} <= set(seen)


@pytest.mark.long
def test_everything_that_an_event_can_tell() -> None:
    """Late, twice, by hand, in other hands, merged; told out of order."""
    text = """
svcstd = 1
id = "x"
name = "X"
zone = "UTC"
[events]
opened = ""
closed = ""
promised = ""
merged = ""
[facts]
kind = { one_of = ["a", "b"] }
[objectives.close]
target = "4 hours"
clock = { start = "opened", stop = "closed", promise = "promised", merge = "merged" }
when = { kind = "a" }
"""
    standard = loads(text)
    seen = Counter[str]()

    @settings(max_examples=300, derandomize=True, database=None)
    @given(sv.cases(standard))
    def told(case: Case) -> None:
        ids = [event.id for event in case.events if event.id is not None]
        seen.update(
            name for event in case.events for name in ("due", "since", "group", "facts") if getattr(event, name)
        )
        seen["recorded late"] += any(event.recorded > event.instant for event in case.events)
        seen["told twice"] += len({*ids}) < len(ids)
        seen["out of order"] += case.events[0].instant > case.last.instant - 1 and len(case.events) > 1
        seen["no facts"] += not case.facts

    told()
    wanted = ("due", "since", "group", "facts", "recorded late", "told twice", "out of order", "no facts")
    assert not [name for name in wanted if not seen[name]]
    smallest = find(sv.cases(standard), lambda case: len(case.events) > 1)
    assert len(smallest.events) == 2
    assert smallest.facts == {}


def test_a_case_that_nobody_told_of() -> None:
    """Has no last event."""
    with pytest.raises(DefinitionError):
        _ = Case("x").last


# ───────────────────────────────────────────────── records and periods


@pytest.mark.long
@pytest.mark.parametrize("kind", sorted(FIELD.current.records))
def test_records_are_on_their_scales(kind: str) -> None:
    """Of every kind, in a period, with fields that are given; each can be counted."""
    fields = FIELD.current.records[kind].fields.types
    given_: dict[str, Any] = {"agent": "E07"} if "agent" in fields else {}

    @settings(max_examples=8, derandomize=True, database=None)
    @given(sv.records(FIELD, of=kind, period=MAY, max_size=3, **given_))
    def counted(records: list[dict[str, Any]]) -> None:
        for key, kpi in FIELD.current.kpis.items():
            if kpi.of == kind:
                FIELD.measure(key, records, period=MAY if kpi.at else None, as_of=MAY.end)
        for record in records:
            assert set(record) == set(fields)
            assert given_.items() <= record.items()

    counted()
    assert find(sv.records(FIELD, of=kind, min_size=1, missing=True), lambda _: True) == [{}]


def test_records_of_a_moment() -> None:
    """Lie in the period too; without a scale any number does; grades are those of the scale."""
    desk = loads(
        """
svcstd = 1
id = "x"
name = "X"
zone = "America/New_York"
[scales]
five = { from = 1, to = 5, step = 0.5 }
whole = { from = 1, to = 5, step = 0.5 }
grade = { grades = { low = 1, high = 2 } }
[records.call]
at = "at"
[records.call.fields]
at = "moment"
mark = "number"
stars = "integer"
grade = "text"
[kpis.mark]
of = "call"
better = "more"
unit = "points"
mean = "mark"
scales = { mark = "five" }
[kpis.stars]
of = "call"
better = "more"
unit = "stars"
mean = "stars"
scales = { stars = "whole" }
[kpis.grade]
of = "call"
better = "more"
unit = "points"
sum = "grade"
grades = "grade"
empty = "zero"
[kpis.calls]
of = "call"
better = "more"
unit = "calls"
count = {}
""".replace('[kpis.calls]\nof = "call"\nbetter = "more"\nunit = "calls"\ncount = {}\n', "")
    )
    march = Period.of("month", date(2026, 3, 1), desk.zone)
    seen: set[Any] = set()

    @settings(max_examples=100, derandomize=True, database=None)
    @given(sv.records(desk, of="call", period=march, min_size=1))
    def drawn(records: list[dict[str, Any]]) -> None:
        for record in records:
            assert march.start <= record["at"] < march.end
            seen.update((record["mark"], record["stars"], record["grade"]))
        desk.measure("mark", records, period=march)

    drawn()
    assert {Decimal("1.5"), 1, 5, "low", "high"} <= seen
    with pytest.raises(UnknownName, match="call"):
        sv.records(desk, of="cal")
    with pytest.raises(FactError):
        sv.records(desk, of="call", grade=3)


@given(st.data())
def test_improved(data: st.DataObject) -> None:
    """Nothing gets worse, nothing else changes, and the highest can be said."""
    records: list[Record] = [{"mark": 1}, {"mark": None}, {"mark": 3}, {}]
    better = data.draw(sv.improved(records, field="mark"))
    assert [one.get("mark") for one in better][1:] == [None, 3, None]
    assert better[0]["mark"] in (1, 3)
    assert better[3] == {}
    assert data.draw(sv.improved([{"mark": 1}], field="mark", most=2))[0]["mark"] in (1, 2)
    with pytest.raises(UnknownName):
        data.draw(sv.improved([{}], field="mark"))


@given(st.data())
def test_periods_of_a_standard(data: st.DataObject) -> None:
    """In its zone, within its years; weeks begin as its reports say."""
    first, last = sv.years_of(FIELD)
    for kind in ("day", "week", "month", "quarter", "fiscal"):
        period = data.draw(sv.periods(kind, FIELD))
        assert (period.kind, period.zone) == (kind, FIELD.zone)
        assert first <= period.last
        assert period.first < last
    assert data.draw(sv.periods("week", SAAS)).first.weekday() == 0


def test_years_of_a_standard() -> None:
    """Those that its holidays are known for; not before it begins; else a few about now."""
    head = 'svcstd = 1\nid = "x"\nname = "X"\nzone = "UTC"\n'
    assert sv.years_of(loads(head)) == (date(2023, 1, 1), date(2028, 1, 1))
    assert sv.years_of(loads(head + 'years = "2025..2026"\n')) == (date(2025, 1, 1), date(2027, 1, 1))
    begun = attrs.evolve(loads(head), editions=[attrs.evolve(loads(head).current, starts=date(2026, 7, 1))])
    assert sv.years_of(begun) == (date(2026, 7, 1), date(2028, 1, 1))


# ───────────────────────────────────────────────── days that are simulated


@pytest.mark.long
def test_the_same_seed_gives_the_same_day() -> None:
    """On every machine; another seed gives another."""
    day = simulate(FIELD, DAY, arrivals=3, seed=7)
    assert day == simulate(FIELD, DAY, arrivals=3, seed=7)
    assert day != simulate(FIELD, DAY, arrivals=3, seed=8)
    assert 40 <= len(day) <= 110
    assert len({case.id for case in day}) == len(day)
    assert all(DAY.start <= case.events[0].at < DAY.end for case in day)
    assert day.end >= max(case.last.at for case in day)
    assert simulate(FIELD, DAY, arrivals=0, seed=1).end == DAY.end


def test_arrivals_by_the_hour_of_the_week() -> None:
    """None at night; as many as there once were; more than one a second."""
    office = {(1, hour): 6 for hour in range(9, 17)}
    day = simulate(FIELD, DAY, arrivals=office, seed=1, service=[timedelta(hours=1)], paused=Fraction(0), kind="fault")
    hours = Counter(moment(case.events[0].instant, timezone(FIELD.zone)).hour for case in day)
    assert set(hours) <= set(range(9, 17))
    assert 25 <= len(day) <= 75
    assert all(case.facts["kind"] == "fault" for case in day)
    assert {case.last.instant - case.events[0].instant for case in day} == {3_600_000_000}
    again = simulate(FIELD, DAY, arrivals=demand([case.events[0].at for case in day], DAY), seed=2)
    assert {moment(case.events[0].instant, timezone(FIELD.zone)).hour for case in again} <= set(hours)
    busy = simulate(FIELD, DAY, arrivals={(1, 9): 7_200}, seed=3)
    assert len(busy) == 7_200


def test_paused_cases_are_paused_once() -> None:
    """By a pause of the clock that they start; where nothing ends it by name, nothing does."""
    one = loads("""
svcstd = 1
id = "x"
name = "X"
zone = "UTC"
[events]
opened = ""
hold = ""
resumed = ""
closed = ""
[facts]
public = "true or false"
[objectives.close]
target = "4 hours"
[objectives.close.clock]
start = "opened"
stop = { event = "closed", when = { public = true } }
pause = "hold"
resume = "resumed"
""")
    day = simulate(one, Period.of("day", date(2026, 2, 3), "UTC"), arrivals=1, seed=1, paused=Fraction(1))
    for case in day:
        assert [event.kind for event in case.events] == ["opened", "hold", "resumed", "closed"]
        assert [event.instant for event in case.events] == sorted(event.instant for event in case.events)
        assert case.last.details == {"public": True}
        assert one.clocks(case, as_of=day.end)["close"].activity == "stopped"


def test_a_standard_that_promises_nothing() -> None:
    """Still has events."""
    bare = loads('svcstd = 1\nid = "x"\nname = "X"\nzone = "UTC"\n[events]\nopened = ""\n')
    day = simulate(bare, Period.of("day", date(2026, 2, 3), "UTC"), arrivals=1, seed=1)
    assert {event.kind for case in day for event in case.events} == {"opened"}


@pytest.mark.parametrize(
    ("more", "where"),
    [
        ({"arrivals": -1}, "arrivals"),
        ({"arrivals": 0.5}, "arrivals"),
        ({"service": []}, "service"),
        ({"service": [timedelta(-1)]}, "service"),
        ({"paused": Fraction(-1)}, "paused"),
        ({"paused": Fraction(5, 4)}, "paused"),
        ({"arrivals": {(7, 9): 1}}, "arrivals"),
        ({"arrivals": {(0, 24): 1}}, "arrivals"),
        ({"seed": "x"}, "seed"),
        ({"most": 3}, "arrivals"),
        ({"knd": "fault"}, "facts.knd"),
    ],
)
def test_days_that_cannot_be_simulated(more: dict[str, Any], where: str) -> None:
    """Each says what is wrong."""
    with pytest.raises((DefinitionError, FactError)) as caught:
        simulate(FIELD, DAY, **{"arrivals": 2, "seed": 1, **more})
    assert caught.value.where == where


@pytest.mark.long
@settings(max_examples=3, deadline=None)
@given(day=sv.simulated_day(FIELD, arrivals_per_hour=2, seed=7))
def test_a_backtest_is_complete(day: Any) -> None:
    """Every case of a simulated day is read."""
    read = {case.id: FIELD.clocks(case, as_of=day.end) for case in day}
    assert {one.case for one in read.values()} == {case.id for case in day}
    assert day.seed == 7


@given(day=sv.simulated_day(SAAS, arrivals_per_hour=0))
def test_any_seed(day: Any) -> None:
    """Unless one is given."""
    assert day.seed >= 0
    assert not day.cases
