"""How well people and teams do: ratings from all sides, fairness, charts, staffing, beside scorecards and figures."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from fractions import Fraction
from functools import cache
from typing import get_args

from hypothesis import strategies as st

from svcstd.calendars import BusinessCalendar, Period
from svcstd.curves import GradeScale, Scale
from svcstd.moment import micros
from svcstd.scoring import (
    ActionKind,
    Again,
    Appraisal,
    Attribution,
    BeforeAfter,
    Below,
    Bounds,
    Cell,
    Centred,
    Chart,
    ChartPoint,
    CoverageGap,
    Demand,
    Grading,
    HourOfWeek,
    Improvement,
    Indirect,
    MissingPolicy,
    Panel,
    ParetoRow,
    Queue,
    RaterGroup,
    RatingForm,
    Record,
    Regrade,
    Shift,
    StepLoad,
    Suppression,
    Suspicion,
    before_after,
    bottlenecks,
    centred,
    clopper_pearson,
    coverage_gaps,
    demand,
    indirect,
    p_chart,
    pareto,
    period_end_closing,
    queue_of,
    regrades,
    survey_selection,
    threshold_heaping,
    u_chart,
    wilson,
    xmr_chart,
)
from svcstd.testing.strategies.calendars import business_calendars
from svcstd.testing.strategies.curves import GRADES, numbers, scales
from svcstd.testing.strategies.drawn import Strategies, found_in
from svcstd.testing.strategies.kpis import NAMES, measures, periods_of, some_of
from svcstd.testing.strategies.kpis import STRATEGIES as KPIS
from svcstd.testing.strategies.moments import dates, durations, instants
from svcstd.testing.strategies.scorecards import STRATEGIES as SCORECARDS

__all__ = ["STRATEGIES", "attributions", "gradings", "improvements", "panels", "ratings"]

ZONE = "Asia/Shanghai"
PEOPLE = st.sampled_from(NAMES)
CONFIDENCE = st.sampled_from([Fraction(19, 20), Fraction(1, 2), Fraction(99, 100)])
LEVEL = Fraction(1, 100)
DIGITS = st.integers(0, 6)
BETTER = st.sampled_from(["more", "less"])
SHARES = measures()
MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep")
POINTS = GradeScale({grade: number for number, grade in enumerate(GRADES, 1)})
SIDES = ("supervisor", "peer", "customer", "self")


def attributions(names: tuple[str, ...] = NAMES) -> st.SearchStrategy[Attribution]:
    """Whose work something was: shares that add up to 1.

    Args:
        names: of people; some of them, from the first on.
    """

    def shared(weights: dict[str, int]) -> Attribution:
        whole = sum(weights.values())
        return Attribution({name: Fraction(weight, whole) for name, weight in weights.items()})

    return some_of(names, st.integers(1, 5)).map(shared)


@cache
def panels(*, sure: bool = False) -> st.SearchStrategy[Panel]:
    """Who rates whom; supervisors always, and some others.

    Args:
        sure: whether any ratings come to something, or to nothing by a policy: no group is refused for having none.
    """
    groups = st.builds(RaterGroup, st.sampled_from([1, 2, Fraction(1, 3)]), st.integers(1, 3))
    return st.builds(
        _panel,
        some_of(SIDES, groups),
        scales(stepped=True),
        st.sampled_from([one for one in get_args(MissingPolicy) if not (sure and one == "refuse")]),
        st.sampled_from(get_args(Below)),
        st.sampled_from([0, 1]),
        st.sampled_from([0, Fraction(1, 5)]),
    )


def _panel(
    groups: Mapping[str, RaterGroup], scale: Scale, missing: MissingPolicy, below: Below, for_pay: int, trim: Fraction
) -> Panel:
    """What people say of themselves has a weight for pay only where they rate themselves."""
    own = "self" if "self" in groups else ""
    return Panel(
        groups=groups,
        scale=scale,
        missing=missing,
        least_covered=Fraction(1, 2) if missing == "withhold" else 0,
        below=below,
        self_group=own,
        self_for_pay=for_pay if own else 0,
        trim=trim,
    )


def ratings(panel: Panel, *, min_size: int = 0, max_size: int = 6) -> st.SearchStrategy[list[Record]]:
    """Ratings that a panel takes: of its groups, on its scale.

    Args:
        panel: with a scale that counts in steps.
        min_size: how many at least.
        max_size: how many at most.
    """
    low, step, size = panel.scale.low, panel.scale.step or Fraction(1), panel.scale.size or 1
    marks = st.integers(0, size - 1).map(lambda number: low + number * step)
    rating = st.fixed_dictionaries({"rater": PEOPLE, "group": st.sampled_from(tuple(panel.groups)), "value": marks})
    return st.lists(rating, min_size=min_size, max_size=max_size)


@st.composite
def _appraisals(draw: st.DrawFn) -> Appraisal:
    panel = draw(panels(sure=True))
    return panel.rate(draw(ratings(panel, min_size=1)), for_pay=draw(st.booleans()))


def _rating_forms() -> st.SearchStrategy[RatingForm]:
    return st.builds(
        RatingForm,
        items=st.sampled_from([("aftersales",), ("presales", "implementation", "aftersales")]),
        attributes=some_of(("technical", "attitude", "响应"), scales()),
        required=st.sampled_from([(), ("province", "unit")]),
        again=st.sampled_from(get_args(Again)),
    )


def _centred() -> st.SearchStrategy[tuple[Centred, ...]]:
    rating = st.fixed_dictionaries({"rater": PEOPLE, "subject": PEOPLE, "value": st.integers(1, 5)})
    return st.builds(
        lambda found, least, strength: centred(found, least=least, strength=strength),
        st.lists(rating, min_size=1, max_size=5),
        st.integers(1, 3),
        st.integers(1, 9),
    )


def gradings(*, case: str = "c1", grades: tuple[str, ...] = GRADES) -> st.SearchStrategy[Grading]:
    """Judgements of how hard a case was, some recorded later than they were made.

    Args:
        case: its id.
        grades: that may be given.
    """
    return st.builds(
        lambda grade, by, at, late, subject: Grading(
            case=case, grade=grade, by=by, at=at, recorded_at=None if late is None else at + late, subject=subject
        ),
        st.sampled_from(grades),
        PEOPLE,
        instants(ZONE),
        st.one_of(st.none(), durations(9)),
        st.sampled_from(["", *NAMES]),
    )


def _regrades() -> st.SearchStrategy[tuple[Regrade, ...]]:
    """The last grade, of which nobody knew when it was paid, is another one; the first was known, if it could be."""

    def regraded(pair: tuple[Grading, Grading]) -> tuple[Regrade, ...]:
        first, last = sorted(pair, key=lambda one: (micros(one.at), one.known_from))
        known = first.at if first.recorded_at is None else first.recorded_at
        paid = known if first.known_from < last.known_from else first.at - timedelta(days=1)
        return regrades(pair, POINTS, paid_at=paid)

    return st.tuples(gradings(grades=GRADES[:2]), gradings(grades=GRADES[2:])).map(regraded)


def _before_after() -> st.SearchStrategy[BeforeAfter]:
    return st.builds(
        lambda before, after, better, least, confidence, digits: before_after(
            before, after, better=better, least=least, confidence=confidence, digits=digits
        ),
        SHARES,
        SHARES,
        BETTER,
        st.integers(1, 9),
        CONFIDENCE,
        DIGITS,
    )


@st.composite
def improvements(draw: st.DrawFn) -> Improvement:
    """Rounds of getting better: just found, done, or judged too."""
    opened = draw(dates())
    done = draw(st.one_of(st.none(), st.integers(0, 90)))
    return Improvement(
        key=draw(st.sampled_from(["i1", "i2"])),
        kpi="speed",
        shortfall="62 % instead of 75 %",
        cause=draw(st.sampled_from(["", "no parts in the van", "备件不足"])),
        action="stock list by region",
        kind=draw(st.sampled_from(get_args(ActionKind))),
        owner=draw(st.sampled_from(["", *NAMES])),
        opened=opened,
        due=opened + timedelta(days=draw(st.integers(0, 90))),
        done=None if done is None else opened + timedelta(days=done),
        result=None if done is None else draw(st.one_of(st.none(), _before_after())),
        edition=draw(st.sampled_from(["", "2026"])),
    )


def _bounds() -> st.SearchStrategy[Bounds]:
    counts = st.tuples(st.integers(0, 20), st.integers(0, 20)).map(lambda pair: (pair[0], max(sum(pair), 1)))
    return st.builds(
        lambda way, pair, confidence, digits: way(*pair, confidence=confidence, digits=digits),
        st.sampled_from([wilson, clopper_pearson]),
        counts,
        CONFIDENCE,
        DIGITS,
    )


def _charts() -> st.SearchStrategy[Chart]:
    shared = st.sampled_from([p_chart, u_chart])
    counted = some_of(MONTHS, measures(1))
    single = some_of(MONTHS, numbers(0, 50), 2)
    return st.one_of(
        st.builds(lambda chart, periods, digits: chart(periods, digits=digits), shared, counted, DIGITS),
        st.builds(lambda periods, digits: xmr_chart(periods, digits=digits), single, DIGITS),
    )


def _demands() -> st.SearchStrategy[Demand]:
    arrivals = st.lists(instants(ZONE), max_size=3)
    return st.builds(demand, arrivals, st.one_of(periods_of("week", ZONE), periods_of("day", "Europe/Berlin")))


DESKS = st.sampled_from(
    [
        BusinessCalendar(zone=zone, hours=hours)
        for zone, hours in ((ZONE, "Mon-Fri 09:00-17:00"), ("Europe/Berlin", "24x7"), (ZONE, "Mon-Sat 22:00-06:00"))
    ]
)


@st.composite
def _hours(draw: st.DrawFn) -> HourOfWeek:
    """In which something arrives."""
    period = draw(periods_of("week", ZONE))
    arrivals = draw(st.lists(instants(ZONE, period.first, period.last), min_size=1, max_size=4))
    return demand(arrivals, period).at(arrivals[0])


def _shifts(calendars: st.SearchStrategy[BusinessCalendar]) -> st.SearchStrategy[Shift]:
    return st.builds(Shift, calendar=calendars, people=st.integers(0, 5))


def _gaps() -> st.SearchStrategy[tuple[CoverageGap, ...]]:
    """At noon of one weekday there is always one too few."""

    def gaps(shifts: list[Shift], day: int, period: Period) -> tuple[CoverageGap, ...]:
        return coverage_gaps({(day, 12): 1 + sum(one.people for one in shifts)}, shifts, period)

    return st.builds(gaps, st.lists(_shifts(DESKS), max_size=2), st.integers(0, 6), periods_of("week", ZONE))


def _indirect() -> st.SearchStrategy[Indirect]:
    strata = some_of(GRADES, st.tuples(SHARES, numbers(0, 1)))
    return strata.map(
        lambda found: indirect(
            {key: one for key, (one, _) in found.items()}, {key: rate for key, (_, rate) in found.items()}
        )
    )


def _pareto() -> st.SearchStrategy[tuple[ParetoRow, ...]]:
    causes, share = some_of(("parts", "access", "power", "其他"), numbers(0, 20)), st.sampled_from([Fraction(4, 5), 1])
    return st.builds(
        lambda found, more, part: pareto({**found, "work": more}, share=part), causes, st.integers(1, 9), share
    )


def _queues() -> st.SearchStrategy[Queue]:
    return st.builds(
        lambda load, agents, digits: queue_of(
            load, agents, handle_time=timedelta(minutes=3), within=timedelta(seconds=20), digits=digits
        ),
        numbers(0, 20),
        st.integers(1, 30),
        DIGITS,
    )


def _loads() -> st.SearchStrategy[tuple[StepLoad, ...]]:
    length = durations(2)
    passage = st.fixed_dictionaries(
        {
            "step": st.sampled_from(["diagnose", "parts", "回访"]),
            "handling": length,
            "waiting": st.one_of(length, st.none()),
        }
    )
    return st.lists(passage, min_size=1, max_size=4).map(bottlenecks)


def _suspicions() -> st.SearchStrategy[Suspicion]:
    month = Period.of("month", date(2026, 3, 1), ZONE)
    heaps = st.builds(
        lambda values, better: threshold_heaping(values, threshold=10, width=5, better=better, level=LEVEL),
        st.lists(st.integers(0, 20), max_size=12),
        BETTER,
    )
    ends = st.builds(
        lambda days, last: period_end_closing(days, month, last=last, level=LEVEL),
        st.lists(dates(date(2026, 2, 20), date(2026, 4, 10)), max_size=9),
        st.integers(1, 30),
    )
    surveys = st.builds(
        lambda kept, late: survey_selection({"kept": kept, "late": late}, suspect="late", level=LEVEL),
        measures(1),
        SHARES,
    )
    return st.one_of(heaps, ends, surveys)


STRATEGIES: Strategies = {
    **KPIS,
    **SCORECARDS,
    Appraisal: _appraisals,
    Attribution: attributions,
    BeforeAfter: _before_after,
    Bounds: _bounds,
    Cell: lambda: found_in(_appraisals(), Cell),
    Centred: lambda: found_in(_centred(), Centred),
    Chart: _charts,
    ChartPoint: lambda: found_in(_charts(), ChartPoint),
    CoverageGap: lambda: found_in(_gaps(), CoverageGap),
    Demand: _demands,
    Grading: gradings,
    HourOfWeek: _hours,
    Improvement: improvements,
    Indirect: _indirect,
    Panel: panels,
    ParetoRow: lambda: found_in(_pareto(), ParetoRow),
    Queue: _queues,
    RaterGroup: lambda: st.builds(RaterGroup, numbers(1, 9), st.integers(1, 5)),
    RatingForm: _rating_forms,
    Regrade: lambda: found_in(_regrades(), Regrade),
    Shift: lambda: _shifts(st.one_of(DESKS, business_calendars())),
    StepLoad: lambda: found_in(_loads(), StepLoad),
    Suppression: lambda: found_in(_appraisals(), Suppression),
    Suspicion: _suspicions,
}
