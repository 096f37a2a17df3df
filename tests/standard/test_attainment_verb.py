"""How many promises were kept, over many cases: by promise, by facts, by period; and what is counted apart."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from svcstd import Case, Event, ServiceStandard, loads
from svcstd.calendars import Period
from svcstd.errors import DefinitionError, FactError, MomentError, SvcstdError, UnknownName
from svcstd.sla import Attainment

TEXT = """
svcstd = 1
id = "desk"
name = "Desk"
zone = "Asia/Shanghai"
exclude = { origin = "test" }
[facts]
tier = { one_of = ["gold", "plain"] }
origin = { one_of = ["real", "mystery_shopper", "test"] }
score = "integer"
urgent = "true or false"
[events]
created = ""
asked = ""
replied = ""
resolved = ""
held = ""
freed = ""
waived = ""
[objectives.solve]
order = 1
target = "4 hours"
exclude = { origin = "mystery_shopper" }
clock = { start = "created", stop = "resolved", pause = "held", resume = "freed", waive = "waived" }
[objectives.next]
order = 2
target = "1 hour"
clock = { start = "asked", stop = "replied", cycles = true }
"""
BY = '[reports.attainment]\nby = "{by}"\nweek = "Monday"\n'


def at(day: int, hour: int = 0, minute: int = 0) -> datetime:
    """A moment of January 2026, UTC; Shanghai is eight hours ahead."""
    return datetime(2026, 1, day, hour, minute, tzinfo=UTC)


def case(name: str, *events: tuple[str, datetime], **facts: Any) -> Case:
    """A case with these events."""
    return Case(name, facts, [Event(kind, at=when) for kind, when in events])


CREATED = ("created", at(5))
MET = case("1", CREATED, ("resolved", at(5, 4)), tier="gold", score=3)
LATE = case("2", CREATED, ("resolved", at(5, 5)), tier="plain")
OPEN = case("3", ("created", at(7)), tier="gold")
OVERDUE = case("4", CREATED, tier="gold", urgent=True)
WAIVED = case("5", CREATED, ("waived", at(5, 1)))
SHOPPER = case("6", CREATED, origin="mystery_shopper")
TEST = case("7", CREATED, origin="test")
IDLE = case("8")
CYCLES = case(
    "9", *(("asked", at(5, 1)), ("replied", at(5, 2)), ("asked", at(6, 1)), ("replied", at(6, 3)), ("asked", at(7, 1)))
)
"""Three questions: answered in time, late, and not yet."""
ALL = (MET, LATE, OPEN, OVERDUE, WAIVED, SHOPPER, TEST, IDLE, CYCLES)
ASKED = at(7, 1, 30)


@pytest.fixture(scope="module")
def desk() -> ServiceStandard:
    """A desk that reports by the start."""
    return loads(TEXT + BY.format(by="started"))


def test_every_verdict_has_its_place(desk: ServiceStandard) -> None:
    """Kept, late, overdue; not yet due, waived and excluded apart; every cycle of a clock counts."""
    counts = desk.attainment(ALL, as_of=ASKED)
    # Nothing was promised yet where nothing was created, or nothing asked.
    assert counts["solve",] == Attainment(met=1, met_late=1, late_open=1, not_yet_due=1, waived=1, excluded=2)
    assert counts["next",] == Attainment(met=1, met_late=1, not_yet_due=1)
    assert counts["solve",].share == Fraction(1, 3)


def test_by_the_values_of_facts(desk: ServiceStandard) -> None:
    """In the order asked for; what is missing is empty."""
    counts = desk.attainment([MET, LATE, OVERDUE], as_of=ASKED, by=["tier", "urgent"])
    assert {key: (one.met, one.late) for key, one in counts.items() if key[0] == "solve"} == {
        ("solve", "gold", ""): (1, 0),
        ("solve", "plain", ""): (0, 1),
        ("solve", "gold", "True"): (0, 1),
    }
    assert ("solve", "3") in desk.attainment([MET], as_of=ASKED, by=["score"])


def test_facts_as_they_were_known_when_asked(desk: ServiceStandard) -> None:
    """A tier that became known on the way counts; one that comes later does not yet."""
    told = MET.with_event(Event("held", at=at(8), facts={"tier": "plain"}))
    assert ("solve", "gold") in desk.attainment([told], as_of=ASKED, by=["tier"])
    assert ("solve", "plain") in desk.attainment([told], as_of=at(9), by=["tier"])


@pytest.mark.parametrize("by", [["teir"], ["tier", ""], "tier"])
def test_facts_that_nobody_declared_are_refused(desk: ServiceStandard, by: Any) -> None:
    """A typo must not put everything under one empty heading; a text is no list of facts."""
    with pytest.raises(SvcstdError):
        desk.attainment([MET], as_of=ASKED, by=by)


def day(number: int) -> Period:
    """A local day in Shanghai."""
    return Period.of("day", date(2026, 1, number), "Asia/Shanghai")


@pytest.mark.parametrize(
    ("by", "expected"),
    [
        # Question 1 runs on the 5th 09:00-10:00 in Shanghai, question 2 is due on the 6th at 10:00, answered at 11:00.
        ("started", {5: (1, 0), 6: (0, 1), 7: (0, 0)}),
        ("due", {5: (1, 0), 6: (0, 1), 7: (0, 0)}),
        ("decided", {5: (1, 0), 6: (0, 1), 7: (0, 0)}),
    ],
)
def test_each_cycle_belongs_to_its_own_period(by: str, expected: dict[int, tuple[int, int]]) -> None:
    """Three questions on three days; the third is not decided, and only started or due then."""
    standard = loads(TEXT + BY.format(by=by))
    for number, (met, late) in expected.items():
        one = standard.attainment([CYCLES], day(number), as_of=ASKED)["next",]
        assert (one.met, one.late) == (met, late)
        waiting = 1 if number == 7 and by != "decided" else 0
        assert one.not_yet_due == waiting


NIGHT = case("n", ("created", at(5, 14)), ("resolved", at(6, 17)))
"""Created on the 5th at 22:00 in Shanghai, due on the 6th at 02:00, resolved on the 7th at 01:00."""


@pytest.mark.parametrize(("by", "number"), [("started", 5), ("due", 6), ("decided", 7)])
def test_membership_is_declared(by: str, number: int) -> None:
    """The same promise belongs to another local day, by another instant: to one day only."""
    standard = loads(TEXT + BY.format(by=by))
    found = [n for n in range(4, 9) if standard.attainment([NIGHT], day(n), as_of=at(9))["solve",].met_late]
    assert found == [number]


@pytest.mark.parametrize(
    ("by", "events", "number"),
    [
        ("decided", (), 5),  # overdue: decided when it was broken, on the 5th at 04:00 UTC
        ("due", (("held", at(5, 1)),), None),  # paused: no due time, in no period
        ("decided", (("held", at(5, 1)),), None),  # nor decided
        ("started", (("held", at(5, 1)),), 5),
    ],
)
def test_what_has_no_instant_belongs_to_no_period(
    by: str, events: tuple[tuple[str, datetime], ...], number: int | None
) -> None:
    """Not yet due means not yet anywhere, unless it is counted by its start."""
    standard = loads(TEXT + BY.format(by=by))
    one = case("x", CREATED, *events)
    found = [n for n in range(4, 9) if standard.attainment([one], day(n), as_of=at(7))["solve",] != Attainment()]
    assert found == ([] if number is None else [number])


def test_a_period_needs_a_declared_membership() -> None:
    """Without one, only all of them can be counted."""
    standard = loads(TEXT)
    assert standard.attainment([MET], as_of=ASKED)["solve",].met == 1
    with pytest.raises(DefinitionError) as caught:
        standard.attainment([MET], day(5), as_of=ASKED)
    assert (caught.value.where, caught.value.message) == ("reports", "report.undeclared")


def test_no_cases_no_counts(desk: ServiceStandard) -> None:
    """Nothing is counted, not even zeros; a case outside the period counts zero."""
    assert desk.attainment([], as_of=ASKED) == {}
    assert desk.attainment([MET], day(9), as_of=ASKED)["solve",] == Attainment()


@pytest.mark.parametrize(("origin", "solve", "other"), [("mystery_shopper", 1, 0), ("test", 1, 1), ("real", 0, 0)])
def test_exclusions_of_a_promise_and_of_all(desk: ServiceStandard, origin: str, solve: int, other: int) -> None:
    """A mystery shopper counts for nothing in one promise, a test in any, at every cycle."""
    events = (CREATED, ("asked", at(5, 1)), ("replied", at(5, 2)), ("asked", at(6)), ("replied", at(6, 5)))
    counts = desk.attainment([case("x", *events, origin=origin)], as_of=ASKED)
    assert (counts["solve",].excluded, counts["next",].excluded) == (solve, 2 * other)
    reading = desk.clocks(case("x", *events, origin=origin), as_of=ASKED)["next"]
    assert [one.verdict for one in reading.cycles] == (["excluded"] * 2 if other else ["met", "met_late"])


def test_an_exclusion_may_become_known_later(desk: ServiceStandard) -> None:
    """That it was a test is told after the clock was stopped: it counts for nothing from then on."""
    for origin in ("test", "mystery_shopper"):
        told = MET.with_event(Event("held", at=at(6), facts={"origin": origin}))
        assert desk.clocks(told, as_of=at(5, 12))["solve"].verdict == "met"
        assert desk.clocks(told, as_of=at(6))["solve"].verdict == "excluded"


def test_an_excluded_case_escalates_nothing() -> None:
    """Nobody is woken for a test."""
    standard = loads(TEXT.replace("order = 1\n", 'order = 1\nnotify = { due = "lead" }\n'))
    assert [one.to for one in standard.clocks(OVERDUE, as_of=ASKED).notices()] == [("lead",)]
    assert standard.clocks(TEST, as_of=ASKED).notices() == ()
    assert standard.clocks(SHOPPER, as_of=ASKED).notices() == ()


@pytest.mark.parametrize(("judged", "counted"), [("2026-01-05", True), ("2026-01-06", False)])
def test_clocks_before_the_first_day_are_not_judged(judged: str, counted: bool) -> None:  # noqa: FBT001 - a value
    """By the local date of the start; they are listed with the reason, and not counted."""
    standard = loads(TEXT.replace("order = 1\n", f"order = 1\nenforced_from = {judged}\n"))
    evening = case("x", ("created", at(5, 15, 59)), ("resolved", at(5, 16)))  # 23:59 in Shanghai
    assert (("solve",) in standard.attainment([evening], as_of=ASKED)) is counted
    reasons = standard.clocks(evening, as_of=ASKED).unpromised
    assert list(reasons) == ([] if counted else ["solve"])
    assert counted or "6 Jan 2026" in reasons["solve"].text()


def test_cycles_before_the_first_day_are_not_judged() -> None:
    """Questions of the fifth, sixth and seventh; only those from the sixth on count, and on the eighth none did."""
    for judged, expected in (
        ("2026-01-05", Attainment(met=1, met_late=1, not_yet_due=1)),
        ("2026-01-06", Attainment(met_late=1, not_yet_due=1)),
        ("2026-01-07", Attainment(not_yet_due=1)),
    ):
        standard = loads(TEXT.replace("order = 2\n", f"order = 2\nenforced_from = {judged}\n"))
        assert standard.attainment([CYCLES], as_of=ASKED)["next",] == expected
    late = loads(TEXT.replace("order = 2\n", "order = 2\nenforced_from = 2026-01-08\n"))
    assert ("next",) not in late.attainment([CYCLES], as_of=ASKED)


def test_each_case_counts_under_its_own_edition() -> None:
    """Two hours from the sixth on: the same length is met before and late after."""
    standard = loads(TEXT + '[changes.2026-01-06]\nobjectives.solve.target = "2 hours"\nexclude.origin = "real"\n')
    after = case("x", ("created", at(6)), ("resolved", at(6, 4)))
    assert standard.attainment([MET, after], as_of=ASKED)["solve",] == Attainment(met=1, met_late=1)
    test = case("y", ("created", at(6)), ("resolved", at(6, 1)), origin="test")
    assert standard.attainment([test], as_of=ASKED)["solve",].met == 1  # the later edition excludes others


def test_bad_cases_are_refused(desk: ServiceStandard) -> None:
    """One bad case among many is an error, not a silence."""
    with pytest.raises(UnknownName):
        desk.attainment([MET, case("x", ("exploded", at(5)))], as_of=ASKED)
    with pytest.raises(FactError):
        desk.attainment([MET, case("x", CREATED, tier="silver")], as_of=ASKED)
    with pytest.raises(MomentError):
        desk.attainment([MET], as_of=datetime(2026, 1, 7))  # noqa: DTZ001 - what is refused
    no_case: Any = {"id": "1"}
    with pytest.raises(DefinitionError):
        desk.attainment([no_case], as_of=ASKED)


@given(chosen=st.lists(st.sampled_from(ALL), max_size=8), cut=st.integers(0, 8))
def test_counts_add_up(desk: ServiceStandard, chosen: list[Case], cut: int) -> None:
    """Any split of the cases, by hand or by a fact, sums to the whole."""
    whole = desk.attainment(chosen, as_of=ASKED)
    for key in (("solve",), ("next",)):
        total = whole.get(key, Attainment())
        parts = [desk.attainment(part, as_of=ASKED).get(key, Attainment()) for part in (chosen[:cut], chosen[cut:])]
        assert parts[0] + parts[1] == total
        split = desk.attainment(chosen, as_of=ASKED, by=["tier", "origin"])
        assert sum((one for found, one in split.items() if found[:1] == key), Attainment()) == total


@given(chosen=st.lists(st.sampled_from(ALL), max_size=8))
def test_days_add_up_to_the_week(desk: ServiceStandard, chosen: list[Case]) -> None:
    """By the start, every promise of a week stands in one of its days."""
    week = Period.of("week", date(2026, 1, 5), "Asia/Shanghai", week="Monday")
    days = [day(5 + number) for number in range(7)]
    assert week.last - week.first == timedelta(7)
    whole = desk.attainment(chosen, week, as_of=ASKED)
    for key, total in whole.items():
        parts = (desk.attainment(chosen, one, as_of=ASKED).get(key, Attainment()) for one in days)
        assert sum(parts, Attainment()) == total
