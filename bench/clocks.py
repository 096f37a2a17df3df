"""One case through an SLA clock beside loops that a developer would write over two peers: one process, ns per case.

Workload: a case of six events (opened, accepted, hold, resumed, note, closed), one promise of eight working hours with
one pause, the calendar of bench/calendars.py, events already built; the answer is elapsed time, due time and verdict.

Usage: python bench/clocks.py [--quick] [--json FILE]
Needs: svcstd; better with the dependency group ``peers``.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, time, timedelta
from typing import Any

from calendars import BERLIN, HOLIDAYS, germany, measure, ours, show
from svcstd import Case, Event
from svcstd.sla import ClockRule, Level, Objective, On, Pause, WorkingTime, read_threshold
from svcstd.standard import CalendarEntry, Edition, EventName, ServiceStandard

KINDS = ("opened", "accepted", "hold", "resumed", "note", "closed")
BEGUN = datetime(2026, 6, 1, 10, 0, tzinfo=BERLIN)
MOMENTS = [BEGUN + timedelta(hours=5 * number) for number in range(len(KINDS))]
TARGET = timedelta(hours=8)
AS_OF = BEGUN + timedelta(days=3)
Answer = tuple[timedelta, datetime | None, str]


def desk(**more: Any) -> ServiceStandard:
    """A standard with the one promise."""
    clock = ClockRule([On("opened")], [On("closed")], [Pause([On("hold")], (On("resumed"),))])
    edition = Edition(
        zone="Europe/Berlin",
        events={kind: EventName() for kind in KINDS},
        calendars={"office": CalendarEntry(hours=ours().hours, holidays=ours().holidays)},
        objectives={"resolve": Objective(clock, WorkingTime(TARGET), calendar="office", **more)},
    )
    return ServiceStandard(id="bench", name="Bench", zone="Europe/Berlin", editions=[edition])


def by_hand(between: Callable[..., timedelta], add: Callable[..., datetime]) -> Answer:
    """The loop that a developer writes: one pause, one target, no reasons."""
    elapsed, running, stopped = timedelta(), None, None
    due: datetime | None = None
    for kind, at in zip(KINDS, MOMENTS, strict=True):
        if kind in ("opened", "resumed") and running is None:
            running = at
        elif kind in ("hold", "closed") and running is not None:
            passed = between(running, at)
            if due is None and elapsed + passed >= TARGET:
                due = add(running, TARGET - elapsed)
            elapsed, running = elapsed + passed, None
        if kind == "closed":
            stopped = at
            break
    end = stopped if stopped is not None else AS_OF
    if due is None:
        due = add(end, TARGET - elapsed)
    return elapsed, due, "met" if end <= due else "met_late"


def run_ours(expected: Answer) -> None:
    """The library: the whole reading, without and with its explanation, and with two escalations."""
    standard = desk()
    case = Case("T-1", {}, [Event(kind, at=at) for kind, at in zip(KINDS, MOMENTS, strict=True)])

    def ask() -> Answer:
        reading = standard.clocks(case, as_of=AS_OF)["resolve"]
        return reading.elapsed or timedelta(), reading.due, reading.verdict

    assert ask() == expected, ask()
    measure("6-event case", "svcstd clocks", lambda: standard.clocks(case, as_of=AS_OF), [()] * 5_000)
    measure("6-event case", "svcstd clocks, due as a moment", ask, [()] * 5_000)
    measure(
        "6-event case",
        "svcstd clocks with explanation",
        lambda: standard.clocks(case, as_of=AS_OF)["resolve"].explanation,
        [()] * 1_000,
    )
    levels = [Level(read_threshold("80 %"), ["lead"]), Level(read_threshold("30 minutes before due"), ["lead"])]
    escalating = desk(notify=levels)
    measure(
        "6-event case", "svcstd clocks with two escalations", lambda: escalating.clocks(case, as_of=AS_OF), [()] * 2_000
    )


def run_workclock() -> Answer:
    """The same loop over workclock (Rust)."""
    from workclock import Break, Holidays, Schedule, WorkDay

    days = [WorkDay(time(9), time(18)), Break(time(12, 30), time(13, 30)), Holidays(HOLIDAYS)]
    peer = Schedule(days, time_zone="Europe/Berlin")
    measure("6-event case", "loop by hand over workclock", lambda: by_hand(peer.between, peer.add), [()] * 2_000)
    return by_hand(peer.between, peer.add)


def run_bizcal() -> Answer:
    """The same loop over django-bizcal (Python)."""
    from django_bizcal.calendars.working import WorkingCalendar
    from django_bizcal.providers import SetHolidayProvider
    from django_bizcal.windows import ScheduleBlock

    blocks = [ScheduleBlock(time(9), time(12, 30)), ScheduleBlock(time(13, 30), time(18))]
    peer = WorkingCalendar(
        tz="Europe/Berlin",
        weekly_schedule=dict.fromkeys(range(5), blocks),
        holiday_provider=SetHolidayProvider.from_dates(HOLIDAYS),
    )
    between, add = peer.business_time_between, peer.add_business_time
    measure("6-event case", "loop by hand over django-bizcal", lambda: by_hand(between, add), [()] * 500)
    return by_hand(between, add)


def main() -> None:
    """Run everything that is installed and print the table."""
    HOLIDAYS.extend(germany())
    calendar = ours()
    expected = by_hand(calendar.elapsed, calendar.add)
    for peer in (run_workclock, run_bizcal):
        try:
            assert peer() == expected, peer.__doc__
        except ImportError as error:
            print(f"left out: {peer.__doc__} ({error})")
    measure(
        "6-event case",
        "loop by hand over svcstd calendars",
        lambda: by_hand(calendar.elapsed, calendar.add),
        [()] * 5_000,
    )
    run_ours(expected)
    show()


if __name__ == "__main__":
    main()
