"""What the standard owes later: follow-ups of a period, and cases that come out of events, each under its edition."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest

from svcstd import Case, Event, ServiceStandard, loads
from svcstd.calendars import Period
from svcstd.errors import CoverageError, DefinitionError, FactError, MomentError, UnknownName
from svcstd.sla import Coverage, coverage

TEXT = """
svcstd = 1
id = "desk"
name = "Desk"
zone = "Asia/Shanghai"
calendar = "office"
[facts]
phone = "text"
born = "date"
mood = { one_of = ["calm", "extreme"] }
kind = { one_of = ["fault", "complaint"] }
[events]
resolved = ""
called = ""
no_answer = ""
rated = ""
opened = ""
talked = ""
greeted = ""
[calendars]
office = "Mon-Fri 09:00-17:00"
short = { hours = "Mon-Fri 09:00-17:00", holidays = { days = [], covers = "[2026-01-01..2026-01-09]" } }
[objectives.settle]
when = { kind = "complaint" }
target = "2 hours"
clock = { start = "opened", stop = "resolved" }
[follow_ups.callback]
on = "resolved"
due = "next calendar day by 18:00"
together = "phone"
done = "called"
tried = "no_answer"
tries = 2
retry = "next calendar day by 18:00"
role = "callback"
[follow_ups.birthday]
each_year = "born"
leap = "feb_28"
due = "0 calendar days by 18:00"
done = "greeted"
[follow_ups.appraisal]
each = "month"
due = "2 working days by closing"
done = "talked"
[conversions.complaint]
on = { event = "rated", when = { mood = "extreme" } }
opens = "opened"
facts = { kind = "complaint" }
[changes.2026-02-01]
follow_ups.callback.due = "2 calendar days by 18:00"
follow_ups.callback.role = "night desk"
conversions.complaint.facts.phone = "none"
"""


@pytest.fixture(scope="module")
def desk() -> ServiceStandard:
    """A desk that calls back, congratulates and appraises."""
    return loads(TEXT)


def at(month: int, day: int, hour: int = 0, minute: int = 0) -> datetime:
    """A moment of 2026 on the wall of Shanghai, in UTC."""
    return datetime(2026, month, day, hour, minute, tzinfo=UTC) - timedelta(hours=8)


def case(name: str, *events: tuple[str, datetime], **facts: Any) -> Case:
    """A case with these events."""
    return Case(name, facts, [Event(kind, at=when) for kind, when in events])


def period(kind: Any, month: int, day: int) -> Period:
    """A period in Shanghai."""
    return Period.of(kind, date(2026, month, day), "Asia/Shanghai", week="Monday" if kind == "week" else None)


ONE = case("1", ("resolved", at(1, 5, 10)), phone="555")
TWO = case("2", ("resolved", at(1, 5, 15)), phone="555")
OTHER = case("3", ("resolved", at(1, 5, 15)), phone="777")


def test_one_call_a_number(desk: ServiceStandard) -> None:
    """Two faults of one number are one call, the next day until 18:00; the key names the rule, the day, the number."""
    found = desk.follow_ups([ONE, TWO, OTHER], period("day", 1, 6), as_of=at(1, 6, 9))
    assert [(one.key, one.cases, one.state, one.role) for one in found] == [
        ("callback/2026-01-06/phone 555", ("1", "2"), "owed", "callback"),
        ("callback/2026-01-06/phone 777", ("3",), "owed", "callback"),
    ]
    assert {one.due for one in found} == {at(1, 6, 18)}
    assert coverage(found) == Coverage(0, 0)  # none was owed by now


@pytest.mark.parametrize(("day", "many"), [(5, 0), (6, 1), (7, 0)])
def test_a_duty_of_an_event_belongs_to_the_period_of_its_due(desk: ServiceStandard, day: int, many: int) -> None:
    """It arose on Monday, and is due on Tuesday."""
    found = desk.follow_ups([ONE], period("day", 1, day), as_of=at(1, 8))
    assert len([one for one in found if one.rule == "callback"]) == many


def test_an_attempt_moves_the_due_but_not_the_period(desk: ServiceStandard) -> None:
    """Nobody answered on Tuesday: due on Wednesday, and then given up; it stays a duty of Tuesday, under one key."""
    tried = ONE.with_event(Event("no_answer", at=at(1, 6, 12)))
    assert desk.follow_ups([tried], period("day", 1, 7), as_of=at(1, 6, 13)) == ()
    (again,) = desk.follow_ups([tried], period("day", 1, 6), as_of=at(1, 6, 13))
    assert (again.key, again.due, again.tries, again.state) == (
        "callback/2026-01-06/phone 555",
        at(1, 7, 18),
        1,
        "owed",
    )
    twice = tried.with_event(Event("no_answer", at=at(1, 7, 12)))
    states = [one.state for one in desk.follow_ups([twice], period("week", 1, 5), as_of=at(1, 8))]
    assert states == ["given_up"]


@pytest.mark.parametrize(
    ("called", "known", "state"),
    [(at(1, 6, 17), None, "done"), (at(1, 6, 19), None, "done_late"), (at(1, 6, 17), at(1, 7), "late")],
)
def test_what_was_known_of_a_duty(desk: ServiceStandard, called: datetime, known: datetime | None, state: str) -> None:
    """A call that was recorded on the ninth is not known on the seventh."""
    one = ONE.with_event(Event("called", at=called, recorded_at=at(1, 9)))
    (found,) = desk.follow_ups([one], period("day", 1, 6), as_of=at(1, 10), known_at=known)
    assert found.state == state


def test_dates_give_rise_to_duties(desk: ServiceStandard) -> None:
    """A birthday of 29 February is on the 28th in 2026; who has told no birthday has none."""
    born = case("ann", born=date(1996, 2, 29))
    found = desk.follow_ups([born], period("month", 2, 1), as_of=at(2, 28, 9))
    (birthday,) = [one for one in found if one.rule == "birthday"]
    assert (birthday.due, birthday.begun, birthday.state) == (
        at(2, 28, 18),
        int(at(2, 28).timestamp()) * 1_000_000,
        "owed",
    )
    assert not [one for one in desk.follow_ups([born], period("day", 3, 1), as_of=at(3, 1)) if one.rule == "birthday"]
    nobody = desk.follow_ups([case("bob")], period("month", 2, 1), as_of=at(2, 28))
    assert {one.rule for one in nobody} == {"appraisal"}


def test_a_duty_of_a_date_belongs_to_the_period_of_the_date(desk: ServiceStandard) -> None:
    """The talk about January arises on 1 February, a Sunday: asked on Monday, due on Wednesday at closing."""
    ann = case("ann")
    (found,) = [one for one in desk.follow_ups([ann], period("day", 2, 1), as_of=at(2, 1)) if one.rule == "appraisal"]
    assert (found.due, found.cases) == (at(2, 4, 17), ("ann",))
    assert desk.follow_ups([ann], period("day", 2, 4), as_of=at(2, 4)) == ()


def test_each_case_owes_under_its_own_edition(desk: ServiceStandard) -> None:
    """From February on there are two days for the call; a case of January that is resolved later keeps one."""
    january = case("1", ("opened", at(1, 31)), ("resolved", at(2, 2, 10)), phone="555")
    february = case("2", ("opened", at(2, 1)), ("resolved", at(2, 2, 10)), phone="777")
    found = desk.follow_ups([february, january], period("week", 2, 2), as_of=at(2, 3))
    calls = [(one.cases, one.due, one.role) for one in found if one.rule.startswith("callback")]
    assert calls == [(("1",), at(2, 3, 18), "callback"), (("2",), at(2, 4, 18), "night desk")]


JANUARY = case("1", ("opened", at(1, 31)), ("resolved", at(2, 2, 10)), phone="555")
FEBRUARY = case("2", ("opened", at(2, 1)), ("resolved", at(2, 2, 11)), phone="555")


def test_one_call_a_number_whatever_the_edition() -> None:
    """Faults under two editions that promise the same call are still one call."""
    kept = TEXT.replace('follow_ups.callback.due = "2 calendar days by 18:00"\n', "")
    standard = loads(kept.replace('follow_ups.callback.role = "night desk"\n', ""))
    found = standard.follow_ups([JANUARY, FEBRUARY], period("day", 2, 3), as_of=at(2, 3))
    assert [one.cases for one in found if one.rule == "callback"] == [("1", "2")]


def test_a_number_is_not_called_by_two_desks() -> None:
    """Two editions owe calls to one number on one day, to different roles: one call, as the earlier fault asks."""
    standard = loads(TEXT.replace('follow_ups.callback.due = "2 calendar days by 18:00"\n', ""))
    found = standard.follow_ups([JANUARY, FEBRUARY], period("day", 2, 3), as_of=at(2, 3))
    assert [(one.cases, one.role) for one in found if one.rule == "callback"] == [(("1", "2"), "callback")]


def test_a_key_of_two_words_is_a_key() -> None:
    """Where the period of a date decides, the key of the rule decides nothing."""
    standard = loads(TEXT.replace("[follow_ups.appraisal]", '[follow_ups."callback talk"]'))
    found = standard.follow_ups([case("ann")], period("day", 2, 1), as_of=at(2, 1))
    assert [one.due for one in found] == [at(2, 4, 17)]


def test_the_same_cases_owe_the_same(desk: ServiceStandard) -> None:
    """Told again, in another order, and later: the same keys."""
    first = desk.follow_ups([ONE, TWO, OTHER], period("day", 1, 6), as_of=at(1, 6, 9))
    again = desk.follow_ups([OTHER, TWO, ONE], period("week", 1, 5), as_of=at(1, 6, 20))
    assert {one.key for one in first} == {one.key for one in again}
    assert {one.state for one in again} == {"late"}


def test_a_due_time_that_cannot_be_told_is_an_error() -> None:
    """Unknown holidays are no working days, and no holidays."""
    text = TEXT.replace('calendar = "office"', 'calendar = "short"', 1)
    standard = loads(text.replace("next calendar day", "2 working days"))
    with pytest.raises(CoverageError):
        standard.follow_ups([case("1", ("resolved", at(1, 9, 10)))], period("month", 1, 1), as_of=at(1, 12))


def test_a_family_of_calendars_does_not_bother_what_needs_none() -> None:
    """The standard's calendar depends on a fact; a call until 18:00 counts in none."""
    family = '[calendars.site]\nby = "phone"\nuse = { x = "office" }\nelse = "office"\n[follow_ups.callback]'
    text = TEXT.replace('calendar = "office"', 'calendar = "site"', 1).replace("[follow_ups.callback]", family)
    standard = loads(text.replace('due = "2 working days', 'calendar = "office"\ndue = "2 working days'))
    (found,) = standard.follow_ups([ONE], period("day", 1, 6), as_of=at(1, 6))
    assert found.due == at(1, 6, 18)


def test_duties_without_any_calendar() -> None:
    """Calendar days and hours on the wall need none."""
    head, _, rest = TEXT.partition('calendar = "office"\n')
    standard = loads((head + rest).replace('due = "2 working days by closing"', 'due = "2 calendar days"'))
    (found,) = standard.follow_ups([ONE], period("day", 1, 6), as_of=at(1, 6))
    assert found.due == at(1, 6, 18)


def test_bad_questions_are_refused(desk: ServiceStandard) -> None:
    """As for clocks."""
    day, naive = period("day", 1, 6), datetime(2026, 1, 5)  # noqa: DTZ001 - what is refused
    with pytest.raises(MomentError):
        desk.follow_ups([ONE], day, as_of=naive)
    with pytest.raises(MomentError):
        desk.follow_ups([ONE], day, as_of=at(1, 6), known_at=naive)
    with pytest.raises(MomentError):
        desk.conversions([ONE], as_of=naive)
    verbs: tuple[Callable[[Any], object], ...] = (
        lambda one: desk.follow_ups([one], day, as_of=at(1, 6)),
        lambda one: desk.conversions([one], as_of=at(1, 6)),
    )
    for verb in verbs:
        with pytest.raises(UnknownName):
            verb(case("x", ("exploded", at(1, 5))))
        with pytest.raises(FactError):
            verb(case("x", fone="555"))
        with pytest.raises(DefinitionError):
            verb({"id": "x"})


def rated(name: str, when: datetime, *, mood: str = "extreme") -> Case:
    """A case with an opinion."""
    return Case(name, {"phone": "555"}, [Event("rated", at=when, details={"mood": mood})])


def test_strong_dissatisfaction_opens_a_complaint(desk: ServiceStandard) -> None:
    """A case of its own: linked, with the facts of the old one and its own kind, and with a clock of its own."""
    (found,) = desk.conversions([rated("1", at(1, 5, 10)), rated("2", at(1, 5, 10), mood="calm")], as_of=at(1, 6))
    assert (found.id, found.origin) == ("complaint/1/2026-01-05T02:00:00+00:00", "1")
    assert found.facts == {"phone": "555", "kind": "complaint"}
    assert [(event.kind, event.at) for event in found.events] == [("opened", at(1, 5, 10))]
    reading = desk.clocks(found, as_of=at(1, 5, 11))["settle"]
    assert (reading.due, reading.verdict) == (at(1, 5, 12), "open")


def test_each_opinion_once(desk: ServiceStandard) -> None:
    """The same event opens the same case, told twice or asked again; two opinions are two complaints."""
    one = Event("rated", at=at(1, 5, 10), details={"mood": "extreme"}, id="r1")
    twice = Case("1", {"phone": "555"}, [one, one])
    (found,) = desk.conversions([twice], as_of=at(1, 6))
    assert found.id == "complaint/1/r1"
    assert desk.conversions([twice], as_of=at(1, 7)) == (found,)
    more = twice.with_event(Event("rated", at=at(1, 5, 11), details={"mood": "extreme"}, id="r2"))
    assert [one.id for one in desk.conversions([more], as_of=at(1, 6))] == ["complaint/1/r1", "complaint/1/r2"]


def test_what_has_not_happened_opens_nothing(desk: ServiceStandard) -> None:
    """Asked before the opinion, there is no complaint; a complaint out of a complaint needs its own opinion."""
    one = rated("1", at(1, 5, 10))
    assert desk.conversions([one], as_of=at(1, 5, 9)) == ()
    assert desk.conversions(desk.conversions([one], as_of=at(1, 6)), as_of=at(1, 6)) == ()
    assert desk.conversions([], as_of=at(1, 6)) == ()


def test_each_case_is_converted_under_its_own_edition(desk: ServiceStandard) -> None:
    """From February on the new case does not take the number over."""
    found = desk.conversions([rated("1", at(1, 5)), rated("2", at(2, 5))], as_of=at(3, 1))
    assert [one.facts["phone"] for one in found] == ["555", "none"]
