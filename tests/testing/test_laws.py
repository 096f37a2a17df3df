"""Every law has a broken standard, or a broken calendar, that it catches; and no standard that we ship breaks any."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from datetime import UTC, date, datetime, timedelta
from fractions import Fraction
from pathlib import Path
from typing import Any

import attrs
import pytest
from pendulum import DateTime

from svcstd import Case, ServiceStandard, incentives, loads
from svcstd.calendars import BusinessCalendar, Calendar, Composite, HolidayTable, Span, WeeklyHours
from svcstd.documents import loads_folder
from svcstd.errors import UnknownName
from svcstd.incentives import Statement
from svcstd.keyed import Keyed
from svcstd.money import Money
from svcstd.scoring import Measured, Score
from svcstd.sla import Reading, Readings
from svcstd.testing import laws
from svcstd.testing.laws import LawBroken, calendar, clock, pay, routing, score, written

EXAMPLES = Path(__file__).parents[2] / "examples"
DESK = """
svcstd = 1
id = "desk"
name = "Desk"
zone = "Europe/Berlin"
years = "2025..2026"

[facts]
priority = { one_of = ["P1", "P2", "P3"] }
level = { one_of = ["first", "second", "third"] }
vip = "true or false"

[events]
opened = "the request arrives"
hold = "we wait for the customer"
resumed = "the customer has answered"
closed = "it is done"

[calendars.office]
hours = "Mon-Fri 09:00-17:00"
holidays = "DE"

[roles.lead]

[objectives.close]
order = 1
calendar = "office"
by = "priority"
target = { P1 = "4 working hours", P2 = "8 working hours", P3 = "16 working hours" }
clock = { start = "opened", stop = "closed", pause = "hold", resume = "resumed" }
notify = { "50 %" = "lead", "due" = "lead" }

[routing.intake]
hit = "unique"
out = ["level"]
[routing.intake.rules.urgent]
when = { priority = "P1" }
then = { level = "first" }
[routing.intake.rules.usual]
when = { priority = ["P2", "P3"] }
then = { level = "second" }

[records.rating.fields]
agent = "text"
mark = "number"
[kpis.mark]
of = "rating"
better = "more"
unit = "points"
mean = "mark"
[kpis.late]
of = "rating"
better = "less"
unit = "times"
sum = "mark"
empty = "zero"
[scorecards.agent]
of = "agent"
mean = "arithmetic"
weights = { mark = 1, late = 1 }
missing = "withhold"
least_covered = 1
round = "0.01 half up"
[scorecards.agent.parts.mark]
kpi = "mark"
curve = { points = [[0, 0], [50, 80], [100, 100]], beyond = "clamp" }
[scorecards.agent.parts.late]
kpi = "late"
curve = { worst = 10, best = 0, scale = 100, beyond = "clamp" }

[plans.monthly]
of = "agent"
every = "month"
currency = "CHF"
round = "0.05 half up"
round_at = "total"
lines.marks.pays = "1.01 CHF"
lines.marks.times = "kpis.mark"
lines.marks.missing = "nothing"
lines.marks.curve = { tiers = { "<= 10" = 0, "<= 50" = 1, else = 2 }, kind = "whole", start = 0, beyond = "clamp" }
steps = [{ name = "floor", least = "0.00 CHF" }]

[clauses."4.5"]
kind = "commitment"
text = "Answered by priority."
means = "objectives.close"

[examples.one]
given = { priority = "P1" }
events = { opened = 2026-02-03T10:00:00 }
as_of = 2026-02-03T11:00:00
expect.close = { due = 2026-02-03T14:00:00 }
"""
OFFICE = BusinessCalendar(
    zone="Europe/Berlin", hours="Mon-Fri 09:00-17:00", holidays=HolidayTable({date(2026, 1, 1): "New Year"})
)
TICK = timedelta(microseconds=1)


@pytest.fixture(scope="module")
def desk() -> ServiceStandard:
    """A small desk that keeps every law."""
    return loads(DESK)


def changed(*parts: tuple[str, str]) -> ServiceStandard:
    """The desk with other words in its file."""
    text = DESK
    for before, after in parts:
        assert before in text
        text = text.replace(before, after)
    return loads(text)


def test_a_good_standard_keeps_every_law(desk: ServiceStandard) -> None:
    """Nineteen laws of a desk; each has a name of its own."""
    found = laws.for_(desk, as_of=date(2026, 1, 1))
    assert len({str(law) for law in found}) == len(found)
    assert {
        "examples.one",
        "review",
        "calendars.office.add_then_elapsed",
        "objectives.close.no_inversion_by_priority",
    } < {str(law) for law in found}
    for law in found:
        law.check(max_examples=4)
    assert not [law for law in laws.for_(desk) if str(law) == "review"]


@pytest.mark.long
@pytest.mark.parametrize(
    "name", ["5s4e/5s4e", "saas-europe/saas-europe.yaml", "helpdesk/helpdesk.toml", "hvbp/hvbp.toml"]
)
def test_no_standard_that_we_ship_breaks_a_law(name: str) -> None:
    """Those of the examples."""
    path = EXAMPLES / name
    if path.is_dir():
        files = {str(file.relative_to(path)): file.read_text("utf-8") for file in path.rglob("*.toml")}
        standard = loads_folder(files)
    else:
        standard = loads(path.read_text("utf-8"), format="yaml" if path.suffix == ".yaml" else "toml")
    for law in laws.for_(standard):
        law.check(max_examples=2)


# ───────────────────────────────────────────────── calendars


class AddsTooMuch(BusinessCalendar):
    """Due a second late."""

    def add(self, *args: Any, **options: Any) -> DateTime:
        """As its name says."""
        return super().add(*args, **options).add(seconds=1)


class SubtractsNothing(BusinessCalendar):
    """Begins when it ends."""

    def subtract(self, end: datetime, *_: Any, **__: Any) -> DateTime:
        """As its name says."""
        return self.next_open(end)


class CountsOneMore(BusinessCalendar):
    """A microsecond for every question."""

    def elapsed(self, start: datetime, end: datetime) -> timedelta:
        """As its name says."""
        return super().elapsed(start, end) + TICK


class LosesASpan(BusinessCalendar):
    """The first."""

    def spans(self, start: datetime, end: datetime) -> tuple[Span, ...]:
        """As its name says."""
        return super().spans(start, end)[1:]


class PrefersTheLate(BusinessCalendar):
    """Who asks in the afternoon is served on the spot."""

    def add(self, start: datetime, *args: Any, **options: Any) -> DateTime:
        """As its name says."""
        found = super().add(start, *args, **options)
        return found.subtract(days=9) if start.hour >= 12 else found


class OpensTooLate(BusinessCalendar):
    """A day after the door was opened."""

    def next_open(self, at: datetime) -> DateTime:
        """As its name says."""
        return super().next_open(at).add(days=1)


SUMMER = {date(2026, 6, 1) + timedelta(days=n): "summer" for n in range(40)}
BROKEN: list[tuple[Any, Calendar]] = [
    (calendar.add_then_elapsed, AddsTooMuch(zone="Europe/Berlin", hours="Mon-Fri 09:00-17:00")),
    (calendar.subtract_then_elapsed, SubtractsNothing(zone="Europe/Berlin", hours="Mon-Fri 09:00-17:00")),
    (calendar.elapsed_adds_up, CountsOneMore(zone="Europe/Berlin", hours="Mon-Fri 09:00-17:00")),
    (calendar.spans_are_counted, LosesASpan(zone="Europe/Berlin", hours="Mon-Fri 09:00-17:00")),
    (calendar.later_starts_are_due_later, PrefersTheLate(zone="Europe/Berlin", hours="Mon-Fri 09:00-17:00")),
    (calendar.next_open_is_open, OpensTooLate(zone="Europe/Berlin", hours="Mon-Fri 09:00-17:00")),
    (calendar.opens_again, attrs.evolve(OFFICE, holidays=HolidayTable(SUMMER))),
    (
        calendar.opens_again,
        BusinessCalendar(zone="Europe/Berlin", hours=WeeklyHours({}), exceptions={date(2024, 1, 2): "09:00-10:00"}),
    ),
    (
        calendar.known_in_its_years,
        attrs.evolve(OFFICE, holidays=HolidayTable(covers=(date(2023, 1, 1), date(2026, 1, 1)))),
    ),
    (
        calendar.a_new_holiday_never_hurries,
        Composite("difference", [BusinessCalendar(zone="UTC", hours="24x7"), OFFICE], zone="UTC"),
    ),
]


@pytest.mark.parametrize(("law", "broken"), BROKEN, ids=lambda one: getattr(one, "__name__", type(one).__name__))
def test_laws_of_calendars_catch(law: Any, broken: Calendar) -> None:
    """A calendar that breaks it, and not the office, which keeps all of them."""
    found = law(broken, where="calendars.odd").find(max_examples=300, shrink=False)
    assert found is not None
    assert law(OFFICE).find(max_examples=5) is None


def test_what_never_opens_is_known() -> None:
    """That it opens again is asked by another law; a standard of a few days has a middle too."""
    never = BusinessCalendar(zone="UTC", hours=WeeklyHours({}), exceptions={date(2022, 1, 3): "09:00-10:00"})
    week = date(2026, 3, 2), date(2026, 3, 9)
    assert calendar.known_in_its_years(never, years=week).find(max_examples=5) is None
    assert calendar.opens_again(never, years=week).find(max_examples=5) is not None


def test_a_smallest_case_can_be_read() -> None:
    """The first instant of the years, and the least amount."""
    found = calendar.add_then_elapsed(AddsTooMuch(zone="Asia/Shanghai", hours="24x7")).find()
    assert found is not None
    assert found.case == "2023-01-01T00:00:00+08:00, add 0:00:00, due 2023-01-01T00:00:01+08:00"
    assert (found.expected, found.got) == ("0:00:00 of open time until then", "0:00:01")


def test_a_history_gets_its_holiday_in_every_version() -> None:
    """Also an unknown kind of calendar, which is left as it is."""
    history = calendar.with_holiday(OFFICE, date(2026, 2, 3))
    assert isinstance(history, BusinessCalendar)
    assert dict(history.holidays.holidays) == {date(2026, 1, 1): "New Year", date(2026, 2, 3): "one more"}
    assert calendar.with_holiday(history, date(2026, 2, 3)) == history


# ───────────────────────────────────────────────── clocks


Hand = Callable[[Case, datetime, Readings], Readings]


@attrs.frozen(kw_only=True, repr=False)
class Tampered(ServiceStandard):
    """Somebody has put a hand into its clocks."""

    hand: Hand

    def clocks(self, case: Case, *, as_of: datetime, **options: Any) -> Readings:
        """As read, and then changed."""
        return self.hand(case, as_of, super().clocks(case, as_of=as_of, **options))


def copied(standard: ServiceStandard) -> dict[str, Any]:
    """Its fields."""
    return {field.name: getattr(standard, field.name) for field in attrs.fields(ServiceStandard) if field.init}


def each(found: Readings, **fields: Callable[[Reading], Any]) -> Readings:
    """All readings with other fields."""
    told = {key: attrs.evolve(one, **{name: of(one) for name, of in fields.items()}) for key, one in found.items()}
    return attrs.evolve(found, found=Keyed(told))


def forgets(case: Case, as_of: datetime, found: Readings) -> Readings:
    """What was broken an hour ago."""
    old = as_of - max(event.at for event in case.events) > timedelta(hours=1)
    return each(found, breached=lambda _: None) if old else found


def hurries(_: Case, __: datetime, found: Readings) -> Readings:
    """Due before it began."""
    return each(found, due_at=lambda one: one.due_at and one.started and one.started - 1)


def hears_the_first(case: Case, _: datetime, found: Readings) -> Readings:
    """Event that is told, and no other."""
    return each(found, elapsed=lambda _: case.events[0].at - DateTime(2020, 1, 1, tzinfo=UTC))


def counts_tellings(case: Case, _: datetime, found: Readings) -> Readings:
    """An event told twice makes it later."""
    return each(found, due_at=lambda one: one.due_at and one.due_at + len(case.events))


def keeps_quiet(_: Case, __: datetime, found: Readings) -> Readings:
    """Of the next change."""
    return each(found, changes=lambda _: None)


def repeats_itself(_: Case, as_of: datetime, found: Readings) -> Readings:
    """Each time with another key."""
    return each(found, notices=lambda one: [attrs.evolve(it, key=f"{it.key} {as_of}") for it in one.notices])


CLOCKS = [
    (clock.waiting_never_unbreaches, forgets),
    (clock.due_after_the_start, hurries),
    (clock.the_order_of_telling_is_free, hears_the_first),
    (clock.telling_twice_changes_nothing, counts_tellings),
    (clock.nothing_changes_unannounced, keeps_quiet),
    (clock.notices_come_once, repeats_itself),
]


@pytest.mark.parametrize(("law", "hand"), CLOCKS, ids=lambda one: one.__name__)
def test_laws_of_clocks_catch(law: Any, hand: Hand, desk: ServiceStandard) -> None:
    """A standard that breaks it; the failure names clause, smallest case, and what was expected."""
    with pytest.raises(LawBroken) as caught:
        law(Tampered(**copied(desk), hand=hand)).check(max_examples=400, shrink=False)
    text = str(caught.value)
    assert text.startswith(f"clocks.{law.__name__}")
    assert "opened" in text
    assert "we ask" in text
    assert "expected: " in text
    if law is not clock.notices_come_once:
        assert caught.value.clause == "4.5"
        assert ", clause 4.5 is broken" in text


def test_a_priority_in_the_middle_is_due_in_the_middle(desk: ServiceStandard) -> None:
    """P2 after P3 is an inversion; an order from the least to the most urgent is none."""
    odd = changed(('P2 = "8 working hours", P3 = "16', 'P2 = "16 working hours", P3 = "8'))
    with pytest.raises(LawBroken) as caught:
        clock.no_priority_inversion(odd, "close", by="priority").check()
    assert caught.value.breach.expected == "P2 due between P1 and P3"
    assert "objectives.close.no_inversion_by_priority, clause 4.5 is broken" in str(caught.value)
    back = changed(
        (
            'P1 = "4 working hours", P2 = "8 working hours", P3 = "16',
            'P1 = "16 working hours", P2 = "8 working hours", P3 = "4',
        )
    )
    clock.no_priority_inversion(back, "close", by="priority").check(max_examples=10)
    with pytest.raises(UnknownName, match="close"):
        clock.no_priority_inversion(desk, "closed", by="priority")


# ───────────────────────────────────────────────── tables


def test_laws_of_tables_catch(desk: ServiceStandard) -> None:
    """A gap, two rules for one case, an urgent case that is put last."""
    gap = changed(('["P2", "P3"]', '"P3"'))
    found = routing.total(gap, "intake").find()
    assert found is not None
    assert found.case == "priority = P2\n2025-01-01T00:00:00+01:00 we ask"
    both = changed(('["P2", "P3"]', '["P1", "P2", "P3"]'))
    found = routing.deterministic(both, "intake").find()
    assert found is not None
    assert "urgent" in found.got
    late = changed(('then = { level = "first" }', 'then = { level = "third" }'))
    found = routing.no_priority_inversion(late, "intake", by="priority", output="level").find()
    assert found is not None
    assert found.got == "second"
    routing.no_priority_inversion(desk, "intake", by="priority", output="level").check(max_examples=10)
    with pytest.raises(UnknownName):
        routing.total(desk, "intke")
    with pytest.raises(UnknownName):
        routing.no_priority_inversion(desk, "intake", by="priority", output="lvl")


def test_an_answer_that_hangs_on_the_order_of_facts() -> None:
    """Is none."""

    @attrs.frozen(kw_only=True, repr=False)
    class Flips(ServiceStandard):
        """By the first fact that is told."""

        def route(self, table: str, facts: Any, **options: Any) -> Any:
            """As its name says."""
            first = next(iter(facts), "")
            return super().route(table, {"priority": "P1" if first == "priority" else "P2"}, **options)

    two = changed(('when = { priority = "P1" }', 'when = { priority = "P1", vip = true }'))
    assert routing.deterministic(Flips(**copied(two)), "intake").find(shrink=False) is not None


# ───────────────────────────────────────────────── scores and pay


def test_laws_of_scores_catch(desk: ServiceStandard) -> None:
    """A curve that falls, one that goes the wrong way, and contributions that somebody has changed."""
    dip = changed(("[[0, 0], [50, 80], [100, 100]]", "[[0, 0], [50, 80], [100, 40]]"))
    found = score.monotone(dip, "agent").find(max_examples=300, shrink=False)
    assert found is not None
    assert "mark gets better" in found.case
    wrong = changed(("worst = 10, best = 0", "worst = 0, best = 10"))
    found = score.monotone(wrong, "agent").find(max_examples=300, shrink=False)
    assert found is not None
    assert "late gets better" in found.case

    @attrs.frozen(kw_only=True, repr=False)
    class Adds(ServiceStandard):
        """A point to everybody."""

        def scores_over(
            self, card: str, measures: Mapping[str, Mapping[str, Measured]], **options: Any
        ) -> Keyed[str, Score]:
            """As its name says."""
            found = super().scores_over(card, measures, **options)
            return Keyed(
                {who: attrs.evolve(one, value=one.value + 1) for who, one in found.items() if one.value is not None}
            )

    middle = changed(
        ('mean = "mark"\n[kpis.late]', 'quantile = "mark"\nshare = "50 %"\nmethod = "linear"\n[kpis.late]')
    )
    assert score.monotone(middle, "agent").find(max_examples=30) is None
    assert score.adds_up(Adds(**copied(desk)), "agent").find(shrink=False) is not None
    with pytest.raises(UnknownName):
        score.monotone(desk, "agnt")


def test_laws_of_pay_catch(desk: ServiceStandard) -> None:
    """A tier that pays less, and a figure of which less is better, where more is paid for more."""
    dip = changed(('"<= 50" = 1, else = 2', '"<= 50" = 2, else = 1'))
    found = pay.monotone(dip, "monthly").find(max_examples=300, shrink=False)
    assert found is not None
    assert "kpis.mark gets better" in found.case
    less = changed(('better = "more"\nunit = "points"', 'better = "less"\nunit = "points"'))
    assert pay.monotone(less, "monthly").find(max_examples=300, shrink=False) is not None
    with pytest.raises(UnknownName):
        pay.exact(desk, "mnthly")


def test_what_no_coin_pays(desk: ServiceStandard, monkeypatch: pytest.MonkeyPatch) -> None:
    """A cent too much, and a statement that does not read back as it was."""
    honest = incentives.pay

    def generous(*args: Any, **options: Any) -> Statement:
        found = honest(*args, **options)
        return attrs.evolve(found, lines=[*found.lines, attrs.evolve(found.lines[0], amount=Money(1, "CHF"))])

    monkeypatch.setattr(pay, "pay", generous)
    found = pay.exact(desk, "monthly").find()
    assert found is not None
    assert (found.expected, found.got) == ("a whole number of 0.05", "0.01 CHF, 0.01 too much")
    monkeypatch.setattr(pay, "pay", honest)
    to_json = Statement.to_json
    monkeypatch.setattr(Statement, "to_json", lambda self: {**to_json(self), "of": "b"})
    found = pay.exact(desk, "monthly").find()
    assert found is not None
    assert found.expected == "the statement that was written"


# ───────────────────────────────────────────────── what is written


def test_laws_of_what_is_written_catch() -> None:
    """An example that comes out otherwise, and an error of the review."""
    wrong = changed(("due = 2026-02-03T14:00:00", "due = 2026-02-03T15:00:00"))
    with pytest.raises(LawBroken) as caught:
        written.comes_out(wrong, "one").check()
    assert str(caught.value) == (
        "examples.one, clause 4.5 is broken: it comes out as written\n"
        "  the smallest case found (objectives.close):\n"
        "    examples.one.close.due\n"
        "  expected: 2026-02-03T15:00:00+01:00\n"
        "  got:      2026-02-03T14:00:00+01:00"
    )
    both = changed(('["P2", "P3"]', '["P1", "P2", "P3"]'))
    found = written.reviewed(both, as_of=date(2026, 1, 1)).find()
    assert found is not None
    assert re.search("routing.intake", found.case)
    with pytest.raises(UnknownName):
        written.comes_out(wrong, "two")


def test_a_law_that_cannot_answer_is_broken() -> None:
    """What the library refuses is told with the case, rather than thrown."""

    def refuse(_: object) -> None:
        raise UnknownName("card", "scoring.unknown_card", value="x", nearest="y")

    law = laws.Law(where="here", name="it", says="it answers", breach=refuse)
    found = law.find()
    assert found is not None
    assert found.expected == "an answer"
    assert str(law) == "here.it"
    assert Fraction(1) in score.knots(OFFICE)
