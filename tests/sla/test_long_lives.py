"""Long histories: thousands of events in one case are read in one pass, to the same end as a few."""

from __future__ import annotations

from datetime import timedelta
from fractions import Fraction
from typing import Any

import pendulum
import pytest

from svcstd.conditions import AllOf, Eq
from svcstd.errors import DefinitionError
from svcstd.sla import (
    Attainment,
    CalendarDays,
    Case,
    ClockRule,
    Conversion,
    ElapsedTime,
    ErrorBudget,
    Event,
    FollowUpRule,
    Level,
    Objective,
    Offset,
    On,
    Pause,
    Share,
    Terms,
    fold,
    merge,
    ownership,
    preset,
    profile,
    read_life,
    read_threshold,
)
from svcstd.sla.fold import Life
from svcstd.sla.measure import Measured
from svcstd.sla.reading import Reading, Segment

ANY: Any = None
BEGUN = pendulum.datetime(2026, 1, 5)
MANY = 3_000
HOUR = timedelta(hours=1)


def at(seconds: int) -> pendulum.DateTime:
    """So many seconds after the start."""
    return BEGUN.add(seconds=seconds)


def read(objective: Objective, *events: Event, seconds: int) -> Reading:
    """The clock after so many seconds."""
    as_of = int(at(seconds).timestamp()) * 1_000_000
    case = Case("c", {"p": "a"}, [Event("opened", at=BEGUN), *events])
    life: Life = fold(objective, case, as_of=as_of)
    return read_life("x", objective, life, {}, zone="UTC", edition="", as_of=as_of, case="c")


def test_many_pauses_and_thresholds() -> None:
    """One second on, one second off: the share of 80 % is reached in the pause-free time alone."""
    rule = ClockRule([On("opened")], [On("closed")], [Pause([On("hold")], [On("go")])])
    levels = [Level(read_threshold("80 %"), ["lead"]), Level(read_threshold("10 minutes before due"), ["gm"])]
    objective = Objective(rule, ElapsedTime(timedelta(seconds=MANY)), notify=levels)
    events = [Event(kind, at=at(2 * n + late)) for n in range(MANY) for kind, late in (("hold", 1), ("go", 2))]
    found = read(objective, *events, seconds=2 * MANY - 2)
    assert (found.elapsed, found.verdict) == (timedelta(seconds=MANY - 1), "open")
    # 2,400 running seconds are used up with the 2,400th of them, which ends 4,799 seconds after the start.
    fired = {one.threshold: one.at for one in found.notices}
    assert fired["80 %"] == at(4_799)
    # With 600 left it is paused at once, and no due is seen; running again, the due is 600 seconds ahead.
    assert fired["10 minutes before due"] == at(4_800)


def test_many_changes_of_promise() -> None:
    """The share that is left is handed on through every change, however many."""
    rule = ClockRule([On("opened")], [On("closed")])
    rows = {"a": ElapsedTime(2 * HOUR), "b": ElapsedTime(4 * HOUR)}
    objective = Objective(rule, by="p", rows=rows, terms=Terms(retarget="proportional"))
    events = [Event("changed", at=at(n), facts={"p": "ab"[n % 2]}) for n in range(1, MANY)]
    found = read(objective, *events, seconds=MANY)
    assert len(found.promises) == MANY
    # Each second of "a" takes 1/7200 of the whole, each of "b" 1/14400.
    used = Fraction(MANY // 2, 7_200) + Fraction(MANY // 2, 14_400)
    assert abs(found.used - used) < Fraction(1, 1_000_000) if found.used is not None else False


def test_a_promise_that_begins_anew_warns_anew() -> None:
    """Back to an earlier row that counts from zero: its thresholds are reached once more, under keys of their own."""
    rule = ClockRule([On("opened")], [On("closed")])
    rows = {"a": ElapsedTime(2 * HOUR), "b": ElapsedTime(4 * HOUR)}
    level = Level(read_threshold("50 %"), ["lead"])
    objective = Objective(rule, by="p", rows=rows, notify=[level], terms=Terms(retarget="restart"))
    turns = [Event("changed", at=at(minute * 60), facts={"p": row}) for minute, row in ((90, "b"), (100, "a"))]
    found = read(objective, *turns, seconds=200 * 60)
    assert [one.at for one in found.notices] == [at(60 * 60), at(160 * 60)]
    assert len({one.key for one in found.notices}) == 2


def measured(*counted: int | None) -> Measured:
    """Segments of ten microseconds each, that counted so much."""
    segments = [
        Segment(10 * number, 10 * number + 10, "running", None, None, "", "", one, "")
        for number, one in enumerate(counted)
    ]
    return Measured.of(segments, [sum(one or 0 for one in counted[:number]) for number in range(len(counted))])


def test_sums_over_segments() -> None:
    """By hand: 3, nothing, 5, unknown, 2."""
    found = measured(3, 0, 5, None, 2)
    assert (found.totals, found.used, found.unknown) == ([0, 3, 3, 8, 8, 10], [0, 3, 3, 8, 8], [3])
    assert [found.reaching(total, 0, 5) for total in (1, 3, 4, 8, 9, 10)] == [0, 0, 2, 2, 3, 3]
    assert [found.reaching(total, 0, 2) for total in (3, 4)] == [0, 2]  # 2 for none of the first two
    assert [found.reaching(total, 4, 5) for total in (9, 10, 11)] == [4, 4, 5]
    assert [found.ends_after(instant, 5) for instant in (-1, 9, 10, 49, 50)] == [0, 0, 1, 4, 5]
    assert [found.between(*span, 5) for span in ((0, 50), (10, 30), (11, 30), (30, 10), (60, 70))] == [10, 5, 5, 0, 0]
    assert [one.start for one in found.since(11, 4)] == [20, 30]


SHARE: Any = Share
LEVEL: Any = Level
OFFSET: Any = Offset
RULE: Any = FollowUpRule
CONVERSION: Any = Conversion
BUDGET: Any = ErrorBudget
DUE = CalendarDays(1)


@pytest.mark.parametrize(
    ("make", "where"),
    [
        (lambda: SHARE(0.8), "notify"),
        (lambda: SHARE("80 %"), "notify"),
        (lambda: LEVEL("80 %", ["lead"]), "notify"),
        (lambda: OFFSET(DUE, "before due"), "amount"),
        (lambda: RULE(on=[On("a")], done=[On("b")], due="1 day"), "due"),
        (lambda: RULE(on=["a"], done=[On("b")], due=DUE), "on"),
        (lambda: CONVERSION(on=["a"], opens="b"), "on"),
        (lambda: BUDGET(0.95, Attainment()), "goal"),
        (lambda: ownership(ANY, ANY), "by"),
        (lambda: merge(ANY, Case("b"), at=BEGUN, merged="m", ended="e"), "survivor"),
        (lambda: merge(Case("a"), ANY, at=BEGUN, merged="m", ended="e"), "absorbed"),
    ],
)
def test_what_python_gives_is_checked_at_birth(make: Any, where: str) -> None:
    """A float, a text or nothing where a value of ours is wanted is refused there, with the way out."""
    with pytest.raises(DefinitionError) as caught:
        make()
    assert caught.value.where == where


def test_words_of_ones_own_keep_what_the_preset_asks() -> None:
    """Passing a case on within a team is no move, whatever the desk calls it; who says more is heard."""
    rule = preset("time_in_group", start="moved", stop=["moved", "done"])
    moved = On("moved", new_group=True)
    assert (rule.start, rule.stop) == ((moved,), (moved, On("done")))
    alone = preset("time_in_group", start="moved")
    assert alone.start == (moved,)
    said = On("moved", preset("resolution").start[0].when, new_group=True)
    assert preset("time_in_group", start=said, stop=[said, "done"]).start == (said,)


def test_nothing_pauses_where_a_product_lets_nothing() -> None:
    """Neither events nor facts."""
    held = AllOf((Eq("state", "asleep"),))
    assert not profile("chatwoot").rule("resolution", paused_while=held).can_pause
    assert profile("zammad").rule("resolution", paused_while=held).can_pause
