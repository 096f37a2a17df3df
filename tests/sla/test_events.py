"""Events are immutable, keep their instant, and count in one order."""

from __future__ import annotations

import copy
import pickle
from datetime import UTC, datetime, timedelta
from itertools import permutations
from typing import Any
from zoneinfo import ZoneInfo

import pendulum
import pytest
from hypothesis import given
from hypothesis import strategies as st

from svcstd.errors import DefinitionError, MomentError
from svcstd.keyed import Keyed
from svcstd.sla import Case, Event
from svcstd.sla.events import in_order

NINE = datetime(2026, 2, 9, 9, tzinfo=UTC)
RANKS = {"start": 0, "stop": 1}
KINDS = ["start", "stop", "note"]


def order(*events: Event, as_of: datetime | None = None, known_at: datetime | None = None) -> list[str]:
    """The ids of the events that count."""
    asked = Event("x", at=as_of or NINE + timedelta(days=9)).instant
    known = None if known_at is None else Event("x", at=known_at).instant
    found = in_order(events, RANKS, as_of=asked, known_at=known)
    return [event.id or event.kind for event in found]


def event(kind: str, minute: int = 0, **parts: Any) -> Event:
    """An event so many minutes after nine."""
    return Event(kind, at=NINE + timedelta(minutes=minute), **parts)


def test_what_an_event_holds() -> None:
    """Wall times become instants; it was recorded when it happened, unless it says otherwise."""
    said = Event("reply", at=pendulum.datetime(2026, 2, 9, 17, tz="Asia/Shanghai"), actor="Li", facts={"city": "Bari"})
    assert said.at == NINE
    assert said.recorded_at == NINE
    assert said.at.timezone_name == "UTC"
    assert (said.actor, said.group, said.id, said.seq) == ("Li", None, None, None)
    assert said.facts == Keyed({"city": "Bari"})
    assert repr(said) == "<Event reply 2026-02-09T09:00:00+00:00>"
    assert Event("reply", at=NINE, recorded_at=NINE + timedelta(1)).recorded_at == NINE + timedelta(1)


@pytest.mark.parametrize("argument", ["at", "recorded_at", "due", "since"])
def test_naive_moments(argument: str) -> None:
    """A moment without zone is refused by the name of its argument."""
    with pytest.raises(MomentError) as caught:
        Event("reply", **{"at": NINE, argument: datetime(2026, 2, 9, 9)})  # type: ignore[arg-type]  # noqa: DTZ001
    assert caught.value.where == argument
    assert str(caught.value).startswith(f"{argument}: 2026-02-09T09:00:00 has no time zone; give an aware datetime")


@pytest.mark.parametrize(("fold", "hour"), [(0, 5), (1, 6)])
def test_a_repeated_hour(fold: int, hour: int) -> None:
    """Of 01:30 that happens twice, the one that was meant survives pickling and copying."""
    said = Event("reply", at=datetime(2026, 11, 1, 1, 30, fold=fold, tzinfo=ZoneInfo("America/New_York")))
    for again in (pickle.loads(pickle.dumps(said)), copy.deepcopy(said)):  # noqa: S301 - our own bytes
        assert again == said
        assert hash(again) == hash(said)
        assert again.at == datetime(2026, 11, 1, hour, 30, tzinfo=UTC)


@pytest.mark.parametrize("argument", ["at", "recorded_at", "due", "since"])
@pytest.mark.parametrize("junk", ["tomorrow", 3, b"", (2026, 2, 9)])
def test_no_moments(argument: str, junk: Any) -> None:
    """What is no moment is refused by the name of its argument."""
    parts: dict[str, Any] = {"at": NINE, argument: junk}
    with pytest.raises(MomentError) as caught:
        Event("reply", **parts)
    assert (caught.value.where, caught.value.message) == (argument, "moment.type")


def test_what_a_decision_holds() -> None:
    """A due time by hand, an older start, words and details are parts of an event, and travel with it."""
    later = NINE + timedelta(hours=3)
    said = Event("promised", at=NINE, due=later, since=NINE, reason="agreed", details={"by": "agent"})
    assert (said.due, said.since) == (said.instant + 3 * 3_600_000_000, said.instant)
    assert (said.reason, said.details, said.facts) == ("agreed", Keyed({"by": "agent"}), Keyed())
    again = pickle.loads(pickle.dumps(said))  # noqa: S301 - our own bytes
    assert again == said
    assert hash(again) == hash(said)
    plain = Event("promised", at=NINE)
    assert (plain.due, plain.since, plain.reason, plain.details) == (None, None, None, Keyed())


def test_details_are_no_facts() -> None:
    """What is true of one event alone is not known afterwards; a fact is."""
    case = Case("T1", {"kind": "fault"}, [event("note", 1, facts={"city": "Bari"}, details={"by": "agent"})])
    assert case.facts_at(Event("x", at=NINE).instant) == {"kind": "fault"}
    assert case.facts_at(Event("x", at=NINE + timedelta(minutes=1)).instant) == {"kind": "fault", "city": "Bari"}


def test_where_a_case_came_from() -> None:
    """A case that was split off names its origin, and is another case for it."""
    assert Case("T1").origin is None
    assert Case("T1", origin="T0").origin == "T0"
    assert Case("T1", origin="T0") != Case("T1")


def test_cases() -> None:
    """A case is a value; one more event makes another case."""
    case = Case("T1", {"kind": "fault"}, [event("start")])
    more = case.with_event(event("stop", 5))
    assert len(case.events) == 1
    assert [one.kind for one in more.events] == ["start", "stop"]
    assert pickle.loads(pickle.dumps(more)) == more  # noqa: S301 - our own bytes
    assert hash(case) == hash(Case("T1", Keyed({"kind": "fault"}), (event("start"),)))
    assert repr(more) == "<Case T1: {'kind': 'fault'}, 2 events>"


def test_a_case_of_something_else() -> None:
    """What is no event is refused and shown."""
    with pytest.raises(DefinitionError) as caught:
        Case("T1", {}, ("opened",))
    assert (caught.value.where, caught.value.message) == ("events", "case.events")
    assert str(caught.value) == "events: 'opened' is no event; give Event(kind, at=...)"


def test_order_at_one_instant() -> None:
    """Events of one instant count by rank, in whatever order they were given."""
    events = [event("note"), event("stop"), event("start")]
    for given_order in permutations(events):
        assert order(*given_order) == ["start", "stop", "note"]


def test_seq_wins() -> None:
    """A declared sequence beats the rank, and an event without one comes after those that have one."""
    assert order(event("start", seq=2), event("stop", seq=1)) == ["stop", "start"]
    assert order(event("start"), event("note", seq=9)) == ["note", "start"]
    assert order(event("note", seq=0), event("start", seq=-1)) == ["start", "note"]
    assert order(event("start", 1, seq=1), event("stop", 0, seq=2)) == ["stop", "start"]  # only at one instant


def test_equal_ranks_keep_their_order() -> None:
    """Last of all, the order given decides."""
    assert order(event("note", id="b"), event("note", id="a")) == ["b", "a"]


def test_duplicates() -> None:
    """A duplicate is the same id; equal content is three rings in one second."""
    assert order(event("note", id="a"), event("note", id="a"), event("note", 5, id="a")) == ["a"]
    assert order(event("note"), event("note"), event("note")) == ["note"] * 3


def test_the_horizon_of_the_asker() -> None:
    """What happens later is not there yet; what happens at that very instant is."""
    assert order(event("start"), event("stop", 5), as_of=NINE + timedelta(minutes=5)) == ["start", "stop"]
    assert order(event("start"), event("stop", 5), as_of=NINE + timedelta(minutes=4)) == ["start"]


def test_a_duplicate_does_not_depend_on_when_we_ask() -> None:
    """What was recorded first counts, in whatever order it is told: a later question must not move the past."""
    told = [event("start", 30, id="a"), event("start", 10, id="a")]
    assert order(*told, as_of=NINE + timedelta(minutes=20)) == ["a"]
    assert order(*told[::-1], as_of=NINE + timedelta(minutes=20)) == ["a"]
    assert order(*told, as_of=NINE + timedelta(minutes=40)) == ["a"]


def test_what_was_known() -> None:
    """An event recorded later is hidden, and its retelling takes its place."""
    late = event("start", id="a", recorded_at=NINE + timedelta(hours=2))
    known = NINE + timedelta(hours=1)
    assert order(late, known_at=known) == []
    assert order(late, known_at=NINE + timedelta(hours=2)) == ["a"]
    assert order(late, event("start", 1, id="a"), known_at=known) == ["a"]


@given(st.lists(st.tuples(st.sampled_from(KINDS), st.integers(0, 2)), unique=True), st.randoms())
def test_order_is_blind_to_the_list(told: list[tuple[str, int]], chance: Any) -> None:
    """Distinct events count in one order, however the log was sorted."""
    events = [event(kind, minute) for kind, minute in told]
    shuffled = list(events)
    chance.shuffle(shuffled)
    assert order(*shuffled) == order(*events)


CASE: Any = Case
EVENT: Any = Event
"""Both as an untyped caller sees them."""


@pytest.mark.parametrize(
    ("make", "message"),
    [
        (lambda: CASE(5), "case.id"),
        (lambda: CASE("x", ["kind"]), "case.facts"),
        (lambda: EVENT(None, at=NINE), "case.kind"),
        (lambda: EVENT("x", at=NINE, facts=["kind"]), "case.facts"),
        (lambda: EVENT("x", at=NINE, details="by agent"), "case.facts"),
    ],
)
def test_parts_are_checked_at_birth(make: Any, message: str) -> None:
    """A name is text, facts are a mapping: what could not be written as JSON is refused at once."""
    with pytest.raises(DefinitionError) as caught:
        make()
    assert caught.value.message == message
