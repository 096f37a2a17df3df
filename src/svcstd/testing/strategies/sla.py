"""Promises, the clocks that measure them, cases with their events, and what the clocks say of them."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from fractions import Fraction
from typing import Any, get_args

from hypothesis import strategies as st

from svcstd.calendars import At, BusinessCalendar, CloseOfDay, HolidayTable, KeepTime
from svcstd.conditions import ANYTHING
from svcstd.explain import because
from svcstd.keyed import Keyed
from svcstd.moment import micros
from svcstd.rules import HitPolicy, Output
from svcstd.sla import (
    AT_DUE,
    PRESETS,
    PROFILES,
    Anniversary,
    Attainment,
    Breach,
    CalendarDays,
    Case,
    Change,
    ClockRule,
    Conversion,
    CountLimit,
    Coverage,
    DateTable,
    ElapsedTime,
    ErrorBudget,
    Event,
    Factor,
    FixedInstant,
    FollowUp,
    FollowUpRule,
    Forecast,
    Level,
    Life,
    Notice,
    Objective,
    Offset,
    On,
    Owner,
    Pause,
    PeriodEnd,
    Preset,
    Profile,
    Promise,
    Reading,
    Readings,
    Row,
    Segment,
    Share,
    Status,
    Stretch,
    Target,
    Terms,
    Waiver,
    WorkingDays,
    WorkingThenElapsed,
    WorkingTime,
    changes,
    fold,
    follow_ups,
    ownership,
    read_life,
)
from svcstd.sla.terms import OPTIONS
from svcstd.testing.strategies.conditions import VOCABULARY, fact_values, facts_of
from svcstd.testing.strategies.drawn import Strategies, found_in
from svcstd.testing.strategies.moments import dates, instants
from svcstd.testing.strategies.rules import decision_tables, rule_conditions

__all__ = [
    "EVENTS",
    "STRATEGIES",
    "attainments",
    "cases_of",
    "clock_rules",
    "events",
    "follow_up_rules",
    "objectives",
    "readings",
    "targets",
    "terms",
]

EVENTS = (
    "opened",
    "answered",
    "held",
    "resumed",
    "assigned",
    "withdrawn",
    "reopened",
    "waived",
    "promised",
    "merged",
    "rang",
    "工程师到达",
)
"""Kinds of events that the clocks here listen to; nobody listens to the last."""
OFFICES: Mapping[str, BusinessCalendar] = {
    "office": BusinessCalendar(zone="Asia/Shanghai", hours="Mon-Fri 09:00-12:00 13:00-18:00", holidays=HolidayTable()),
    "night": BusinessCalendar(zone="Europe/Berlin", hours="Mon-Fri 22:00-06:00", holidays=HolidayTable()),
    "island": BusinessCalendar(zone="Australia/Lord_Howe", hours="24x7", holidays=HolidayTable()),
    "two years": BusinessCalendar(
        zone="America/New_York",
        hours="Mon-Sat 08:30-17:00",
        holidays=HolidayTable({date(2025, 12, 25): "Christmas"}, covers=(date(2024, 1, 1), date(2026, 1, 1))),
    ),
}
"""Calendars in which clocks count; the holidays of the last are known for two years only."""
ACTORS = st.sampled_from([None, "ann", "李工"])
GROUPS = st.sampled_from([None, "desk", "field"])
WORDS = st.sampled_from([None, "the customer asked", "客户要求"])
TITLES = st.sampled_from(["", "resolve", "解决"])
ROLES = st.lists(st.sampled_from(["lead", "boss", "组长"]), min_size=1, max_size=2, unique=True)
TIMES = st.sampled_from([time(9), time(17, 30), time(0), time(23, 59, 59)])
MODES = st.sampled_from([KeepTime(), KeepTime("clamp"), CloseOfDay(), At(time(12))])
FACTORS = st.sampled_from([2, Decimal("0.5"), 1])
SELDOM = st.sampled_from([False, False, False, True])
HOUR = timedelta(hours=1)


def _amounts(least: timedelta = timedelta(minutes=1)) -> st.SearchStrategy[timedelta]:
    """Up to some days, whole multiples of the least part."""
    return st.one_of(st.integers(1, 60).map(HOUR.__mul__), st.integers(0, 90).map(least.__mul__))


def _working() -> st.SearchStrategy[WorkingTime]:
    return _amounts().map(WorkingTime)


def _elapsed() -> st.SearchStrategy[ElapsedTime]:
    return _amounts().map(ElapsedTime)


def _then() -> st.SearchStrategy[WorkingThenElapsed]:
    return st.builds(WorkingThenElapsed, _amounts(), _amounts())


def _working_days() -> st.SearchStrategy[WorkingDays]:
    cutoff = st.one_of(st.none(), TIMES)
    return st.builds(WorkingDays, st.integers(0, 10), MODES, cutoff=cutoff, counts_today=st.booleans())


def _calendar_days() -> st.SearchStrategy[CalendarDays]:
    return st.builds(CalendarDays, st.integers(0, 30), st.one_of(st.none(), TIMES))


def _limits() -> st.SearchStrategy[CountLimit]:
    return st.builds(lambda low, more: CountLimit(low, low + more, "rings"), st.integers(0, 3), st.integers(0, 3))


TIMED: Mapping[type, Callable[[], st.SearchStrategy[Any]]] = {
    WorkingTime: _working,
    ElapsedTime: _elapsed,
    WorkingThenElapsed: _then,
}
DAYS: Mapping[type, Callable[[], st.SearchStrategy[Any]]] = {WorkingDays: _working_days, CalendarDays: _calendar_days}
OTHERS: Mapping[type, Callable[[], st.SearchStrategy[Any]]] = {
    FixedInstant: lambda: instants().map(FixedInstant),
    CountLimit: _limits,
}
TARGETS: dict[type, Any] = {**TIMED, **DAYS, **OTHERS}


def targets(*kinds: type) -> st.SearchStrategy[Target]:
    """Promises: amounts of time in whole minutes, days, instants, limits to a count.

    Args:
        kinds: classes of targets; all of them by default.
    """
    return st.one_of(*(TARGETS[kind]() for kind in kinds or TARGETS))


def terms(**fixed: Any) -> st.SearchStrategy[Terms]:  # noqa: ANN401 - the fields of Terms
    """What a promise means where products disagree; every option, its default first.

    Args:
        fixed: options that are not drawn.
    """
    drawn = {name: st.sampled_from(choices) for name, choices in OPTIONS.items() if name not in fixed}
    return st.builds(Terms, **drawn, **{name: st.just(value) for name, value in fixed.items()})


@st.composite
def events(draw: st.DrawFn, kind: str | None = None, at: datetime | None = None) -> Event:
    """Events, some with facts, an id, or recorded late; what sets a due time by hand does so, or takes it back.

    Args:
        draw: of Hypothesis.
        kind: of the event; any of :data:`EVENTS` by default.
        at: when; any moment by default.
    """
    found = draw(st.sampled_from(EVENTS)) if kind is None else kind
    when = draw(instants()) if at is None else at
    about = draw(st.sampled_from(["plain", "facts", "identity", "late"]))
    return Event(
        found,
        at=when,
        actor=draw(ACTORS),
        group=draw(GROUPS),
        facts=draw(facts_of(VOCABULARY)) if about == "facts" else {},
        details={"vip": draw(st.booleans())} if about == "facts" else {},
        reason=draw(WORDS),
        due=draw(st.one_of(st.none(), _amounts().map(when.__add__))) if found == "promised" else None,
        since=when - draw(_amounts()) if found == "merged" else None,
        id=draw(st.sampled_from(["1", "2"])) if about == "identity" else None,
        recorded_at=when + draw(_amounts()) if about == "late" else None,
        seq=draw(st.integers(0, 2)) if about == "identity" else None,
    )


@st.composite
def cases_of(
    draw: st.DrawFn,
    *kinds: str,
    begins: str | None = "opened",
    max_events: int = 5,
    id: str = "T-1",  # noqa: A002 - as Case says
) -> Case:
    """Cases with what happened to them within some days, in order; several events at one instant now and then.

    Args:
        draw: of Hypothesis.
        kinds: of the events; all of :data:`EVENTS` by default.
        begins: kind of the first event; ``None`` for none in particular.
        max_events: the most events after the first.
        id: of the case.
    """
    at = draw(instants())
    told = [] if begins is None else [draw(events(begins, at))]
    for kind in draw(st.lists(st.sampled_from(kinds or EVENTS), max_size=max_events)):
        at += draw(st.sampled_from([HOUR, 5 * HOUR, 30 * HOUR, timedelta()]))
        told.append(draw(events(kind, at)))
    return Case(id, draw(facts_of(VOCABULARY)), told, origin=draw(st.sampled_from([None, "T-0"])))


def _ons(*kinds: str) -> st.SearchStrategy[tuple[On, ...]]:
    """One of these kinds at least, with a condition now and then."""
    when = st.one_of(st.just(ANYTHING), rule_conditions())
    return st.lists(st.builds(On, st.sampled_from(kinds), when), min_size=1, max_size=2).map(tuple)


def _pauses() -> st.SearchStrategy[Pause]:
    until = st.one_of(_ons("resumed"), st.just("any other event"))
    return st.builds(Pause, _ons("held"), until, st.sampled_from(["held", "hold", "等待客户"]))


@st.composite
def clock_rules(draw: st.DrawFn, *, pauses: bool = True, counts: bool = False, sure: bool = False) -> ClockRule:
    """Clocks over :data:`EVENTS`, that run once or in cycles, with all signals now and then.

    Args:
        draw: of Hypothesis.
        pauses: whether anything may pause it.
        counts: whether it counts rings, by their events or by a fact.
        sure: whether any event of the kind ``opened`` starts it.
    """
    maybe = [name for name in SIGNALS if draw(SELDOM)]
    on_fact = counts and draw(st.booleans())
    return ClockRule(
        [On("opened")] if sure else draw(_ons("opened")),
        draw(_ons("answered", "withdrawn")),
        draw(st.lists(_pauses(), max_size=2, unique_by=lambda one: one.key)) if pauses else (),
        **{name: draw(_ons(SIGNALS[name])) for name in maybe},
        count=draw(_ons("rang")) if counts and not on_fact else (),
        count_fact="level" if on_fact else "",
        paused_while=draw(st.one_of(st.none(), rule_conditions())) if pauses else None,
        cycles=draw(st.booleans()),
    )


SIGNALS = {
    "cancel": "withdrawn",
    "reopen": "reopened",
    "waive": "waived",
    "promise": "promised",
    "merge": "merged",
}
"""The kinds that tell a clock what it may be told beside its start and stop."""


def _offsets(*amounts: type) -> st.SearchStrategy[Offset]:
    return st.builds(Offset, targets(*amounts), st.sampled_from(["before due", "after due", "after start"]))


def _shares() -> st.SearchStrategy[Share]:
    return st.sampled_from([AT_DUE, *(Share(Fraction(one, 1000)) for one in (800, 1, 999, 2000, 10_000))])


def _levels(*amounts: type) -> st.SearchStrategy[Level]:
    return st.builds(Level, st.one_of(_shares(), _offsets(*amounts)), ROLES)


@st.composite
def objectives(draw: st.DrawFn, *kinds: type, sure: bool = False) -> Objective:
    """Promises with their clocks: one target, rows by a fact or by a decision table, factors, thresholds, all terms.

    Args:
        draw: of Hypothesis.
        kinds: classes of targets; all by default.
        sure: whether it promises something to every case that opens.
    """
    family = draw(st.sampled_from([one for one in FAMILIES if not kinds or one & {*kinds}]))
    mine = [one for one in TARGETS if one in family and (not kinds or one in kinds)]
    timed, counted = family <= TIMED.keys(), family == {CountLimit}
    pauses = timed or (family <= DAYS.keys() and draw(st.booleans()))
    fixed = {} if timed else {"retarget": draw(st.sampled_from(["keep_elapsed", "from_start", "restart", "stay"]))}
    fixed |= {"pause_days": "whole", "pausing": "stops"} if pauses and not timed else {}
    rows, by = draw(_rows(targets(*mine)))
    working = all(one in WORKING for one in mine)
    levels = st.just(Level(AT_DUE, ["lead"])) if counted else _levels(*([WorkingTime] if working else []), ElapsedTime)
    return Objective(
        draw(clock_rules(pauses=pauses, counts=counted, sure=sure)),
        draw(targets(*mine)) if sure or not rows else draw(st.one_of(st.none(), targets(*mine))),
        **by,
        rows=rows,
        factor=draw(st.one_of(st.none(), _factors())) if timed else None,
        when=ANYTHING if sure else draw(rule_conditions()),
        exclude=draw(st.one_of(st.none(), rule_conditions())),
        terms=draw(terms(**fixed)),
        enforced_from=draw(st.one_of(st.none(), dates())),
        goal=draw(st.sampled_from([None, Fraction(95, 100), Fraction(0), Fraction(1)])),
        notify=draw(st.lists(levels, max_size=3, unique_by=lambda one: one.threshold)),
        order=draw(st.sampled_from([None, 1, 2])),
        status="in_force" if sure else draw(st.sampled_from(get_args(Status))),
        name=draw(TITLES),
    )


SINGLE: tuple[HitPolicy, ...] = ("first", "unique", "priority")
WORKING = (WorkingTime, WorkingThenElapsed, WorkingDays)
"""Targets that a calendar measures."""
FAMILIES: tuple[frozenset[type], ...] = (
    frozenset(TIMED),
    frozenset(DAYS),
    frozenset({FixedInstant}),
    frozenset({CountLimit}),
)
"""Kinds of targets that may stand in one objective here: they bear the same options."""


@st.composite
def _rows(draw: st.DrawFn, of: st.SearchStrategy[Target]) -> tuple[dict[str, Target], dict[str, Any]]:
    """No rows, rows by a fact, or rows by what a decision table answers."""
    match draw(st.sampled_from(["none", "fact", "table"])):
        case "fact":
            return draw(st.dictionaries(st.sampled_from(["a", "b", "故障"]), of, min_size=1)), {"by": "kind"}
        case "table":
            hit: HitPolicy = draw(st.sampled_from(SINGLE))
            answer = Output(one_of=("x", "y"), default="x")
            table = draw(decision_tables(of={"row": answer}, hit=hit, max_rules=2, sure=True))
            keys = [str(one) for one in table.answers]
            return {key: draw(of) for key in keys}, {"by": "routing.rows", "table": table} if keys else {}
        case _:
            return {}, {}


def _factors() -> st.SearchStrategy[Factor]:
    return st.builds(Factor, st.just("kind"), st.dictionaries(st.sampled_from(["a", "b"]), FACTORS, max_size=2))


def _read(objective: Objective, case: Case, office: str, as_of: int, key: str = "resolve") -> Reading:
    life = fold(objective, case, as_of=as_of, choose=office)
    return read_life(key, objective, life, OFFICES, zone="Asia/Shanghai", edition="", as_of=as_of, case=case.id)


@st.composite
def readings(draw: st.DrawFn, objective: st.SearchStrategy[Objective] | None = None) -> Readings:
    """What the clocks of a case say at some instant after it was opened.

    Args:
        draw: of Hypothesis.
        objective: what is promised, to every case that opens; any of :func:`objectives` by default.
    """
    case, office = draw(cases_of()), draw(st.sampled_from([*OFFICES]))
    as_of = case.events[0].instant + draw(st.sampled_from([1, 24, 24 * 10, 24 * 400, 0])) * 3_600_000_000
    promised = draw(st.lists(objectives(sure=True) if objective is None else objective, min_size=1, max_size=2))
    found = {f"o{number}": _read(one, case, office, as_of, f"o{number}") for number, one in enumerate(promised)}
    return Readings(
        case.id,
        "",
        "Asia/Shanghai",
        as_of,
        Keyed(found),
        Keyed({"greet": because("rules.no_match")}) if draw(st.booleans()) else Keyed(),
        draw(st.sampled_from(["order", "earliest due"])),
    )


def attainments(max_count: int = 100, *, decided: bool = False) -> st.SearchStrategy[Attainment]:
    """Counts of promises by verdict.

    Args:
        max_count: the most of each.
        decided: whether one at least was kept.
    """
    counts = {name: st.integers(0, max_count) for name in ("met_late", "late_open", "not_yet_due", "waived", "unknown")}
    return st.builds(Attainment, met=st.integers(int(decided), max_count), **counts)


def _goals() -> st.SearchStrategy[Fraction]:
    return st.integers(0, 1000).map(lambda part: Fraction(1000 - part, 1000))


def _forecasts() -> st.SearchStrategy[Any]:
    return st.builds(ErrorBudget, _goals(), attainments(decided=True)).map(lambda budget: budget.forecast)


@st.composite
def follow_up_rules(draw: st.DrawFn, *, sure: bool = False) -> FollowUpRule:
    """What is owed after an event, or on dates that come again.

    Args:
        draw: of Hypothesis.
        sure: whether every event ``opened`` gives rise to it.
    """
    dated = not sure and draw(st.booleans())
    counted = targets(*TIMED, *DAYS)
    tries = draw(st.integers(1, 3))
    return FollowUpRule(
        on=() if dated else [On("opened")] if sure else draw(_ons("opened", "answered")),
        dates=draw(_recurrences()) if dated else None,
        due=draw(counted),
        when=ANYTHING if sure else draw(rule_conditions()),
        together=draw(st.sampled_from(["", "kind"])),
        done=draw(_ons("answered")),
        tried=draw(_ons("rang")) if tries > 1 else (),
        tries=tries,
        retry=draw(counted) if tries > 1 else None,
        settled=draw(st.one_of(st.just(()), _ons("waived"))),
        ends=draw(st.one_of(st.just(()), _ons("withdrawn"))),
        repeats=draw(st.booleans()),
        role=draw(st.sampled_from(["", "desk"])),
        name=draw(TITLES),
    )


def _recurrences() -> st.SearchStrategy[Any]:
    return st.one_of(_anniversaries(), _date_tables(), _period_ends())


def _anniversaries() -> st.SearchStrategy[Anniversary]:
    return st.builds(Anniversary, st.just("born"), st.sampled_from(["feb_28", "mar_1"]))


def _date_tables() -> st.SearchStrategy[DateTable]:
    return st.builds(DateTable, st.lists(dates(), max_size=3))


def _period_ends() -> st.SearchStrategy[PeriodEnd]:
    plain = st.sampled_from(["day", "month", "quarter", "half", "year"]).map(PeriodEnd)
    return st.one_of(plain, st.sampled_from(["Monday", "Sunday"]).map(lambda first: PeriodEnd("week", first)))


@st.composite
def _follow_ups(draw: st.DrawFn) -> tuple[FollowUp, ...]:
    cases = [draw(cases_of(id=id_)) for id_ in draw(st.sampled_from([["T-1"], ["T-1", "T-2"]]))]
    as_of = max(event.instant for case in cases for event in case.events) + draw(_amounts()) // MICROSECOND
    hours = OFFICES[draw(st.sampled_from(["office", "night", "island"]))]
    return follow_ups("call", draw(follow_up_rules(sure=True)), cases, hours, zone="Asia/Shanghai", as_of=as_of)


@st.composite
def _changes(draw: st.DrawFn) -> tuple[Change, ...]:
    """A clock that is read twice, and one that was not there before."""
    case, office = draw(cases_of()), draw(st.sampled_from([*OFFICES]))
    first, second = draw(objectives(sure=True)), draw(objectives(sure=True))
    opened = case.events[0].instant
    later = opened + draw(_amounts()) // MICROSECOND
    before = {"a": _read(first, case, office, opened, "a")}
    after = {"a": _read(first, case, office, later, "a"), "b": _read(second, case, office, later, "b")}
    told = Readings(case.id, "", "Asia/Shanghai", opened, Keyed(before))
    return changes(told, Readings(case.id, "", "Asia/Shanghai", later, Keyed(after)))


@st.composite
def _lives(draw: st.DrawFn) -> Life:
    """Of clocks that ran for an hour at least."""
    case = draw(cases_of())
    later = draw(st.sampled_from([1, 24, 24 * 30])) * 3_600_000_000
    return fold(draw(objectives(sure=True)), case, as_of=case.events[0].instant + later, choose="office")


@st.composite
def _broken(draw: st.DrawFn) -> Readings:
    """Readings of an answer that came a day late, or never."""
    at, promised = draw(instants()), draw(st.integers(1, 60))
    case = Case(
        "T-1", draw(facts_of(VOCABULARY)), [draw(events("opened", at)), draw(events("answered", at + 48 * HOUR))]
    )
    objective = Objective(
        ClockRule([On("opened")], [On("answered")]),
        ElapsedTime(timedelta(minutes=promised)),
        notify=[Level(one, ["lead"]) for one in draw(st.lists(_shares(), min_size=1, max_size=2, unique=True))],
        name=draw(TITLES),
    )
    as_of = micros(at) + draw(st.sampled_from([24, 96])) * 3_600_000_000
    found = Keyed({"answer": _read(objective, case, "", as_of, "answer")})
    return Readings(case.id, "", "Asia/Shanghai", as_of, found)


def _owners() -> st.SearchStrategy[Any]:
    by = st.sampled_from(["group", "agent"])
    return st.builds(lambda found, kind: ownership(found["answer"], kind), _broken(), by)


@st.composite
def _asked_rows(draw: st.DrawFn) -> Row | None:
    return draw(objectives(sure=True)).row(draw(facts_of(VOCABULARY)), draw(st.sampled_from([*OFFICES])))


def _waivers() -> st.SearchStrategy[Waiver]:
    return st.builds(Waiver, instants().map(micros), ACTORS, WORDS)


def _conversions() -> st.SearchStrategy[Conversion]:
    facts = st.one_of(st.just({}), fact_values(VOCABULARY.types["kind"]).map(lambda kind: {"kind": kind}))
    return st.builds(Conversion, on=_ons("answered"), opens=st.just("opened"), facts=facts, name=TITLES)


MICROSECOND = timedelta(microseconds=1)

STRATEGIES: Strategies = {
    Anniversary: _anniversaries,
    Attainment: attainments,
    Breach: lambda: found_in(_broken(), Breach),
    CalendarDays: _calendar_days,
    Case: cases_of,
    Change: lambda: found_in(_changes(), Change),
    ClockRule: lambda: clock_rules(counts=True),
    Conversion: _conversions,
    CountLimit: _limits,
    Coverage: lambda: st.builds(lambda done, left: Coverage(done, done + left), st.integers(0, 9), st.integers(0, 9)),
    DateTable: _date_tables,
    ElapsedTime: lambda: _amounts(timedelta(seconds=1)).map(ElapsedTime),
    ErrorBudget: lambda: st.builds(ErrorBudget, _goals(), attainments()),
    Event: events,
    Factor: _factors,
    FixedInstant: OTHERS[FixedInstant],
    FollowUp: lambda: found_in(_follow_ups(), FollowUp),
    FollowUpRule: follow_up_rules,
    Forecast: _forecasts,
    Level: lambda: _levels(WorkingTime, ElapsedTime),
    Life: _lives,
    Notice: lambda: found_in(_broken(), Notice),
    Objective: objectives,
    Offset: lambda: _offsets(WorkingTime, ElapsedTime),
    On: lambda: st.builds(On, st.sampled_from(EVENTS), rule_conditions(), new_group=st.booleans()),
    Owner: lambda: found_in(_owners(), Owner),
    Pause: _pauses,
    PeriodEnd: _period_ends,
    Preset: lambda: st.sampled_from([*PRESETS.values()]),
    Profile: lambda: st.sampled_from([made() for made in PROFILES.values()]),
    Promise: lambda: found_in(_lives(), Promise),
    Reading: lambda: found_in(readings(), Reading),
    Readings: readings,
    Row: _asked_rows,
    Segment: lambda: found_in(_broken(), Segment),
    Share: _shares,
    Stretch: lambda: found_in(_lives(), Stretch),
    Terms: terms,
    Waiver: _waivers,
    WorkingDays: _working_days,
    WorkingThenElapsed: _then,
    WorkingTime: lambda: _amounts(timedelta(seconds=1)).map(WorkingTime),
}
