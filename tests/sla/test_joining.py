"""Two cases about one thing become one, and a part goes its own way."""

from __future__ import annotations

from datetime import datetime, timedelta

import pendulum
import pytest
from hypothesis import given
from hypothesis import strategies as st

from svcstd.errors import DefinitionError, MomentError
from svcstd.moment import micros
from svcstd.sla import Case, ClockRule, ElapsedTime, Event, Objective, On, Reading, fold, merge, read_life, split

CLOSE = Objective(
    ClockRule([On("opened")], [On("closed")], cancel=[On("absorbed")], merge=(On("merged"),)),
    ElapsedTime(timedelta(hours=4)),
)


def at(text: str) -> datetime:
    """A time of Monday 9 February 2026, in Shanghai."""
    hour, minute = text.split(":")
    return pendulum.datetime(2026, 2, 9, int(hour), int(minute), tz="Asia/Shanghai")


def case(name: str, *opened: str) -> Case:
    """A case that was opened then."""
    return Case(name, {}, [Event("opened", at=at(one)) for one in opened])


def read(found: Case, as_of: str) -> Reading:
    """The clock of four hours."""
    asked = micros(at(as_of))
    life = fold(CLOSE, found, as_of=asked)
    return read_life("close", CLOSE, life, {}, zone="Asia/Shanghai", edition="", as_of=asked)


def joined(survivor: Case, absorbed: Case, when: str) -> tuple[Case, Case]:
    """Both after the merge."""
    return merge(survivor, absorbed, at=at(when), merged="merged", ended="absorbed")


def test_merge() -> None:
    """The survivor counts from the earlier start; the other ends; both say which other case it was."""
    survivor, absorbed = joined(case("T2", "10:00"), case("T1", "09:00"), "11:00")
    told, gone = survivor.events[-1], absorbed.events[-1]
    assert (told.kind, told.at, told.since, told.reason) == ("merged", at("11:00"), micros(at("09:00")), "T1")
    assert (gone.kind, gone.at, gone.since, gone.reason) == ("absorbed", at("11:00"), None, "T2")
    assert told.id != gone.id
    assert (read(survivor, "12:00").due, read(survivor, "12:00").elapsed) == (at("13:00"), timedelta(hours=3))
    ended = read(absorbed, "12:00")
    assert (ended.activity, ended.verdict, ended.stop) == ("cancelled", "excluded", at("11:00"))
    assert read(survivor, "10:59").due == at("14:00")  # before they were merged


@pytest.mark.parametrize(
    ("survivor", "absorbed", "merged", "due", "breached"),
    [
        ("09:00", "10:00", "11:00", "13:00", None),  # the younger one changes nothing
        ("09:00", "09:00", "11:00", "13:00", None),
        ("12:00", "06:00", "13:00", "10:00", "13:00"),  # a promise made by the merge is not broken before it
    ],
)
def test_which_start_counts(survivor: str, absorbed: str, merged: str, due: str, breached: str | None) -> None:
    """The earlier of both starts."""
    found, _ = joined(case("T1", survivor), case("T2", absorbed), merged)
    reading = read(found, "13:00" if breached is None else "14:00")
    assert reading.due == at(due)
    assert reading.breached_at == (None if breached is None else at(breached))


def test_merged_twice() -> None:
    """The same merge told twice changes nothing."""
    once = joined(case("T2", "10:00"), case("T1", "09:00"), "11:00")
    twice = joined(*once, "11:00")
    assert [read(each, "12:00") for each in twice] == [read(each, "12:00") for each in once]


def test_a_chain_of_merges() -> None:
    """Three cases become one that counts from the first start of all."""
    middle, _ = joined(case("T2", "10:00"), case("T1", "09:00"), "10:30")
    last, _ = joined(case("T3", "11:00"), middle, "11:30")
    assert read(last, "12:00").due == at("13:00")


def test_merge_is_refused() -> None:
    """A case is not merged with itself, nor with one in which nothing happened; moments have a zone."""
    with pytest.raises(DefinitionError) as caught:
        joined(case("T1", "09:00"), case("T1", "10:00"), "11:00")
    assert (caught.value.where, caught.value.message) == ("absorbed", "case.itself")
    assert "T1" in str(caught.value)
    with pytest.raises(DefinitionError) as caught:
        joined(case("T1", "09:00"), case("T2"), "11:00")
    assert (caught.value.where, caught.value.message) == ("absorbed", "case.no_events")
    assert "T2" in str(caught.value)
    naive = datetime(2026, 2, 9, 11)  # noqa: DTZ001 - that is refused
    with pytest.raises(MomentError):
        merge(case("T1", "09:00"), case("T2", "10:00"), at=naive, merged="merged", ended="absorbed")


def test_split() -> None:
    """A part starts when it was split off, knows what was known then, and names the whole."""
    facts = {"kind": "fault", "tier": "gold"}
    learned = [Event("note", at=at(f"{hour}:00"), facts={"seat": hour}) for hour in (10, 12)]
    whole = Case("T1", facts, [Event("opened", at=at("09:00")), *learned])
    part = split(whole, id="T1b", at=at("11:00"), started="opened", facts={"kind": "question"})
    assert part.facts == {"kind": "question", "tier": "gold", "seat": 10}
    assert (part.id, part.origin, len(part.events)) == ("T1b", "T1", 1)
    assert (read(part, "12:00").due, read(whole, "12:00").due) == (at("15:00"), at("13:00"))
    assert split(whole, id="T1b", at=at("11:00"), started="opened").facts["kind"] == "fault"
    assert split(whole, id="T1b", at=at("11:00"), started="opened") == split(
        whole, id="T1b", at=at("11:00"), started="opened"
    )


def test_split_is_refused() -> None:
    """A part needs a name of its own."""
    with pytest.raises(DefinitionError) as caught:
        split(case("T1", "09:00"), id="T1", at=at("10:00"), started="opened")
    assert (caught.value.where, caught.value.message) == ("id", "case.itself")


@given(st.integers(0, 11), st.integers(0, 11), st.integers(12, 23))
def test_a_merge_never_gives_time(survivor: int, absorbed: int, merged: int) -> None:
    """A merge never moves a due time later, and both orders count from the same start."""
    one, other = case("T1", f"{survivor}:00"), case("T2", f"{absorbed}:00")
    first, second = joined(one, other, f"{merged}:00")[0], joined(other, one, f"{merged}:00")[0]
    due = read(first, "23:59").due
    assert due == read(second, "23:59").due == at(f"{min(survivor, absorbed)}:00") + timedelta(hours=4)
