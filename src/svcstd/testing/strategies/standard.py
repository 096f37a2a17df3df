"""Standards with their editions, everything that stands in them, and what they answer and are told in a review."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime, timedelta
from functools import cache
from typing import Any, get_args

import attrs
from hypothesis import strategies as st

from svcstd.calendars import Period, PeriodKind
from svcstd.conditions import AllOf, Eq
from svcstd.incentives import Figure, Served, Validity
from svcstd.keyed import Keyed
from svcstd.moment import moment, timezone
from svcstd.scoring import Floor, Measure
from svcstd.sla import ElapsedTime
from svcstd.standard import (
    Approval,
    Article,
    CalendarEntry,
    Check,
    Chronicle,
    Clause,
    ClauseKind,
    ClauseStatus,
    CustomerSegment,
    Desk,
    DeskMapping,
    DeskVerdict,
    Edition,
    Effect,
    EventName,
    Example,
    FigureCheck,
    Finding,
    Keep,
    LogMapping,
    PartFinding,
    PayCheck,
    PayInputs,
    Pilot,
    Provenance,
    PublicHolidays,
    Remark,
    ReportDuty,
    Reports,
    Review,
    ReviewWaiver,
    Role,
    SegmentKind,
    ServiceStandard,
    Suggestion,
    Survey,
    SurveyMethod,
    what_if,
)
from svcstd.standard.example import check_examples
from svcstd.testing.strategies.calendars import day_hours, holiday_tables, weekly_hours
from svcstd.testing.strategies.conditions import VOCABULARY, conditions, facts_of
from svcstd.testing.strategies.desks import DESKS, desk, with_example
from svcstd.testing.strategies.drawn import Strategies, found_in
from svcstd.testing.strategies.moments import ZONES, dates, durations, instants, zones
from svcstd.testing.strategies.standards import cases, records

__all__ = [
    "STRATEGIES",
    "calendar_entries",
    "clauses",
    "editions",
    "log_mappings",
    "pilots",
    "reviews",
    "roles",
    "standards",
]

NAMES = st.sampled_from(["", "Desk", "服务台"])
TITLES = st.sampled_from(["Desk", "服务台", "what we do when nobody else is there to do it"])
TEXTS = st.sampled_from(["We answer in time.", "我们礼貌问候。", "| not *always*\n<b>plain</b>"])
ROLES = ("lead", "desk", "组长")
EVERY: tuple[PeriodKind, ...] = get_args(PeriodKind)
ZONE = "Asia/Shanghai"
MONTH = Period.of("month", date(2026, 2, 1), ZONE)
PEOPLE = ("ann", "bob", "李工")
FIRST_DAYS = (date(2023, 1, 1), date(2025, 12, 31))
"""Between which a standard begins, earlier than any change or pilot of those that are ready."""


def _some(values: Sequence[str], *, least: int = 0) -> st.SearchStrategy[list[str]]:
    return st.lists(st.sampled_from(values), min_size=least, max_size=2, unique=True)


def _maybe(values: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
    return st.one_of(st.none(), values)


def _whens() -> st.SearchStrategy[AllOf]:
    return st.one_of(st.just(AllOf()), conditions(VOCABULARY, max_tests=2).map(lambda one: AllOf([one])))


def roles(*above: str, certificates: Sequence[str] = ()) -> st.SearchStrategy[Role]:
    """What somebody does.

    Args:
        above: roles of which one may be the next higher; none by default.
        certificates: of which some may be needed; none by default.
    """
    needs = _some(certificates) if certificates else st.just([])
    return st.builds(Role, NAMES, st.sampled_from(["", *above]), _some(["refund up to 200 CNY", "叫停"]), needs)


def clauses(*means: str) -> st.SearchStrategy[Clause]:
    """Sentences of a handbook, of every kind and status.

    Args:
        means: paths of parts, of which some may keep it; none by default.
    """
    return st.builds(
        Clause,
        text=TEXTS,
        kind=st.sampled_from(get_args(ClauseKind)),
        status=st.sampled_from(get_args(ClauseStatus)),
        means=_some(means) if means else st.just([]),
        rows=_some(["A013", "B2"]),
        provenance=_maybe(_provenances()),
    )


def _provenances() -> st.SearchStrategy[Provenance]:
    source = st.sampled_from(["", "handbook", "员工手册"])
    return st.builds(Provenance, source=source, consulted=_some(["employees", "客户"]), on=_maybe(dates()))


@st.composite
def calendar_entries(
    draw: st.DrawFn, *others: str, by: str = "", values: Sequence[str] = ("a", "故障"), places: bool = True
) -> CalendarEntry:
    """Calendars as a file writes them: hours of their own, or made of others.

    Args:
        draw: of Hypothesis.
        others: keys of the calendars it may be made of; only hours of its own by default.
        by: the fact by which it may pick one of these; by none by default.
        values: of that fact.
        places: whether it may ask for the public holidays of a place, for which an edition needs years.
    """
    about: dict[str, Any] = {"zone": draw(st.sampled_from(["", *ZONES])), "name": draw(NAMES)}
    others_ = st.sampled_from(others) if others else st.nothing()
    composed = ["several", "versions", *(["family"] if by else [])] if others else []
    match draw(st.sampled_from(["hours", *composed])):
        case "hours":
            tables = holiday_tables(make_up=True)
            held = st.one_of(st.none(), tables, _public_holidays()) if places else st.one_of(st.none(), tables)
            return CalendarEntry(
                hours=draw(weekly_hours()),
                holidays=draw(held),
                exceptions=draw(st.dictionaries(dates(), day_hours(), max_size=2)),
                make_up_hours=draw(day_hours()),
                overnight=draw(st.sampled_from(["drop_shift", "cut_day"])),
                landing=draw(st.sampled_from(["close", "next_open"])),
                **about,
            )
        case "several":
            parts = draw(st.lists(others_, min_size=1, max_size=2))
            less = draw(st.lists(others_, max_size=1))
            about[draw(st.sampled_from(["any_of", "all_of"]))] = parts
            return CalendarEntry(less=less, **about)
        case "versions":
            return CalendarEntry(
                otherwise=draw(others_), versions=draw(st.dictionaries(dates(), others_, max_size=2)), **about
            )
        case _:
            dated = st.dictionaries(dates(), others_, min_size=1, max_size=2).map(Keyed)
            use = st.dictionaries(st.sampled_from(values), st.one_of(others_, dated), min_size=1, max_size=2)
            return CalendarEntry(otherwise=draw(others_), by=by, use=draw(use), **about)


def _public_holidays() -> st.SearchStrategy[PublicHolidays]:
    """Of places that everybody knows, in their own language or in English."""
    return st.builds(
        PublicHolidays,
        st.sampled_from(["DE", "CN", "US-MA"]),
        categories=_some(["public"]),
        observed=st.sampled_from([True, False]),
        language=st.sampled_from(["", "en_US"]),
    )


@st.composite
def log_mappings(draw: st.DrawFn, *, layout: str | None = None) -> LogMapping:
    """Where a table of rows keeps cases of the events ``opened`` and ``closed``, and how its stamps are read.

    Args:
        draw: of Hypothesis.
        layout: ``wide`` for a row a case, ``long`` for a row an event; either by default.
    """
    time = draw(st.sampled_from(["ISO 8601", "YYYY-MM-DD HH:mm", "DD.MM.YYYY hh:mm:ss A"]))
    about: dict[str, Any] = {"id": draw(st.sampled_from(["Ticket", "工单"])), "time": time, "zone": draw(zones())}
    about["folds"] = draw(st.sampled_from(["earlier", "later", "reject"]))
    about["facts"] = draw(st.dictionaries(st.sampled_from(["kind", "note"]), st.sampled_from(["Kind", "种类"])))
    about["desk"] = draw(_maybe(_desk_mappings()))
    if (layout or draw(st.sampled_from(["wide", "long"]))) == "wide":
        return LogMapping(events={"opened": "Opened", "closed": "Closed"}, **about)
    about |= {name: draw(st.sampled_from(["", f"The {name}"])) for name in ("recorded", "event_id", "actor", "group")}
    kinds = draw(st.dictionaries(st.sampled_from(["New", "完成"]), st.sampled_from(["opened", "closed"]), max_size=2))
    return LogMapping(event="What", at="When", kinds=kinds, **about)


def _desk_mappings() -> st.SearchStrategy[DeskMapping]:
    return st.builds(
        DeskMapping,
        objective=st.sampled_from(["", "close"]),
        due=st.sampled_from(["", "Due"]),
        verdict=_maybe(_desk_verdicts()),
        within=durations(1, of=timedelta(minutes=1)),
    )


def _desk_verdicts() -> st.SearchStrategy[DeskVerdict]:
    words = st.sampled_from([("yes", "no"), ("ONTIME", "OVERDUE"), ("是", "否")])
    return words.map(lambda pair: DeskVerdict("Kept", *pair))


def _keeps() -> st.SearchStrategy[Keep]:
    return st.builds(
        Keep,
        st.sampled_from(["at creation", "latest"]),
        st.sampled_from(["as it goes", "at creation", "latest"]),
        st.sampled_from(["order", "earliest due"]),
    )


def _reports() -> st.SearchStrategy[Reports]:
    return st.builds(Reports, st.sampled_from(["started", "due", "decided"]), st.sampled_from(["Monday", "Sunday"]))


def _waivers() -> st.SearchStrategy[ReviewWaiver]:
    return st.builds(
        ReviewWaiver,
        rule=st.sampled_from(["clauses.not_kept", "routing.gap", "articles.unreviewed"]),
        where=st.sampled_from(["", "clauses.1.2", "routing.intake"]),
        because=TEXTS,
    )


def _approvals() -> st.SearchStrategy[Approval]:
    return st.builds(Approval, st.sampled_from(ROLES), dates())


def _event_names() -> st.SearchStrategy[EventName]:
    return st.builds(EventName, NAMES, _some(["Done", "完成"]))


def _desks() -> st.SearchStrategy[Desk]:
    traits = st.dictionaries(st.sampled_from(["residency", "region"]), st.sampled_from(["EU", "华东"]), max_size=2)
    numbers = _some(["8008581191", "a@b.example"])
    return st.builds(Desk, name=NAMES, traits=traits, at=numbers, status=st.sampled_from(["in_force", "pending"]))


@st.composite
def editions(draw: st.DrawFn, *names: str, zone: str | None = None) -> Edition:
    """Editions: those of :func:`standards`, with roles, desks, clauses and calendars of their own beside.

    Args:
        draw: of Hypothesis.
        names: keys of :data:`DESKS`; any of them by default.
        zone: IANA name; any by default.
    """
    name = draw(st.sampled_from(names or tuple(DESKS)))
    return _varied(desk(name, draw(zones()) if zone is None else zone).current, draw(_changed()))


@cache
def _changed() -> st.SearchStrategy[Mapping[str, Any]]:
    """What an edition is varied by: how long it promises, and entries that nobody names."""
    hours, made = calendar_entries(places=False), calendar_entries("early", places=False)
    return st.fixed_dictionaries(
        {
            "hours": st.integers(1, 72),
            "calendars": st.one_of(st.just({}), st.fixed_dictionaries({"early": hours}, optional={"two": made})),
            "roles": st.dictionaries(st.sampled_from(["boss", "clerk"]), roles(), max_size=1),
            "teams": st.dictionaries(st.sampled_from(["third", "夜班"]), _desks(), max_size=1),
            "clauses": st.dictionaries(st.just("9.1"), clauses(), max_size=1),
            "why": TEXTS,
            "approved": _maybe(_approvals()),
        }
    )


def _varied(found: Edition, by: Mapping[str, Any]) -> Edition:
    other = ElapsedTime(timedelta(hours=by["hours"]))
    objectives = {
        key: attrs.evolve(one, target=other) if isinstance(one.target, ElapsedTime) else one
        for key, one in found.objectives.items()
    }
    return attrs.evolve(
        found,
        objectives=objectives,
        **{part: getattr(found, part) | by[part] for part in ("calendars", "roles", "teams", "clauses")},
        why=by["why"] if found.starts else "",
        approved=by["approved"],
    )


@cache
def _whole() -> st.SearchStrategy[Mapping[str, Any]]:
    """What a whole standard is varied by."""
    return st.fixed_dictionaries(
        {
            "name": TITLES,
            "keep": _keeps(),
            "reports": _reports(),
            "waivers": st.lists(_waivers(), max_size=1),
            "first": _maybe(dates(*FIRST_DAYS)),
        }
    )


@st.composite
def standards(draw: st.DrawFn, *names: str, zone: str | None = None) -> ServiceStandard:
    """Whole standards, of one promise or of everything; each can be written and read back.

    Args:
        draw: of Hypothesis.
        names: keys of :data:`DESKS`; any of them by default.
        zone: IANA name; any by default.
    """
    name = draw(st.sampled_from(names or tuple(DESKS)))
    found = desk(name, draw(zones()) if zone is None else zone)
    first, *later = [*found.editions[:-1], _varied(found.current, draw(_changed()))]
    by = draw(_whole())
    return attrs.evolve(
        found,
        id=draw(st.sampled_from([name, "a", "standard-2"])),
        name=by["name"],
        editions=[attrs.evolve(first, starts=by["first"]), *later],
        keep=by["keep"],
        reports=found.reports and by["reports"],
        waivers=by["waivers"],
    )


@st.composite
def pilots(draw: st.DrawFn, key: str = "north") -> Pilot:
    """Editions on trial, of the standard ``shop``.

    Args:
        draw: of Hypothesis.
        key: of the pilot.
    """
    first = draw(dates(date(2026, 1, 1), date(2026, 6, 1)))
    until = draw(_maybe(st.integers(1, 90).map(lambda days: first + timedelta(days=days))))
    edition = attrs.evolve(draw(editions("shop")), starts=first, pilot=key)
    return Pilot(scope=draw(st.sampled_from([AllOf(), AllOf([Eq("channel", "phone")])])), edition=edition, until=until)


def reviews(*names: str) -> st.SearchStrategy[Review]:
    """What is said of ready standards, on several days.

    Args:
        names: keys of :data:`DESKS`; any of them by default.
    """
    days = st.sampled_from([date(2026, 1, 1), date(2026, 3, 1), date(2029, 1, 1)])
    return st.builds(_review, st.sampled_from(names or tuple(DESKS)), zones(), days)


@cache
def _review(name: str, zone: str, day: date) -> Review:
    return desk(name, zone).review(as_of=day)


def _local(at: datetime) -> str:
    return at.strftime("%Y-%m-%dT%H:%M:%SZ")


@st.composite
def _with_case(draw: st.DrawFn, *, wrong: bool = False) -> ServiceStandard:
    """With an example of a case, in one or two variants."""
    at = draw(instants("UTC"))
    answered = draw(st.lists(durations(3), max_size=2))
    events = [{"event": "opened", "at": _local(at)}]
    events += [{"event": "closed", "at": _local(at + later)} for later in answered]
    asked = [_local(at + later) for later in draw(st.lists(durations(5), min_size=1, max_size=2))]
    expect = {"row": "nobody"} if wrong else {"verdict": draw(st.sampled_from(["open", "met", "met_late"]))}
    return with_example("plain", {"events": events, "each": {"as_of": asked}, "expect": {"close": expect}})


@st.composite
def _with_figures(draw: st.DrawFn, *, wrong: bool = False) -> ServiceStandard:
    """With an example of a figure and a score over a few calls."""
    rows = draw(st.lists(st.sampled_from(["none", 0, 1]), min_size=1, max_size=3))
    value = -1 if wrong else draw(st.sampled_from([0, 1]))
    example = {
        "of": "ann",
        "period": "2026-02",
        "records": {"call": {"all": {"agent": "ann", "day": "2026-02-03"}, "fields": ["solved"], "rows": rows}},
        "expect": {"kpis": {"solved": value}, "scorecards": {"month": {"state": "scored"}}},
    }
    return with_example("team", example)


@st.composite
def _with_pay(draw: st.DrawFn, *, wrong: bool = False) -> ServiceStandard:
    """With an example of what a month of calls pays."""
    calls = draw(st.integers(0, 30))
    pays = -1 if wrong else 30 if calls >= 20 else 5 if calls >= 10 else 0  # noqa: PLR2004 - the steps of the plan
    told = {"results": {"kpis.calls": calls}, "expect": {"total": f"{pays}.00 CNY", "state": "due"}}
    return with_example("team", {"pay": "bonus", "period": "2026-02", **told})


def _exampled() -> st.SearchStrategy[ServiceStandard]:
    return st.one_of(_with_case(), _with_figures(), _with_pay())


def _findings() -> st.SearchStrategy[list[Finding]]:
    """Of examples that expect what never comes out."""
    wrong = st.one_of(_with_case(wrong=True), _with_figures(wrong=True), _with_pay(wrong=True))
    return wrong.map(lambda one: list(check_examples(one)))


def _calls(*, period: Period = MONTH, least: int = 0) -> st.SearchStrategy[list[Any]]:
    """Records of calls of one agent or several."""
    made = (records(desk("team"), of="call", min_size=least, max_size=2, period=period, agent=one) for one in PEOPLE)
    return st.one_of(*made)


def _pay_inputs() -> st.SearchStrategy[PayInputs]:
    """Records of everybody, or everything that is known of one payee."""
    told = st.builds(lambda calls: PayInputs(records={"call": calls}), _calls())
    measures = st.integers(0, 30).map(lambda calls: {"calls": Measure(calls, 1, calls)})
    validity = st.builds(lambda first, days: Validity(first, first + timedelta(days)), dates(), st.integers(0, 400))
    alone = st.builds(
        PayInputs,
        measures=measures,
        team=st.dictionaries(st.just("kpis.calls"), st.integers(0, 9).map(lambda n: Figure(n, n)), max_size=1),
        facts=facts_of(VOCABULARY),
        certificates=st.dictionaries(st.just("talk"), st.lists(validity, max_size=2).map(tuple), max_size=1),
        served=st.dictionaries(st.just("working days"), st.integers(0, 22).map(lambda n: Served(n, 22)), max_size=1),
        cost_centre=st.sampled_from(["", "4711"]),
    )
    return st.one_of(told, alone)


@st.composite
def _chronicles(draw: st.DrawFn) -> Chronicle:
    """Cases of the plain standard, or the calls of a month."""
    if draw(st.booleans()):
        told = draw(st.lists(cases(desk("plain"), max_events=3), max_size=2))
        return Chronicle(as_of=draw(instants()), cases=told)
    cards, plans = draw(_some(["month"])), draw(_some(["bonus"]))
    return Chronicle(as_of=MONTH.end, records={"call": draw(_calls())}, period=MONTH, cards=cards, plans=plans)


@st.composite
def _effects(draw: st.DrawFn) -> tuple[Effect, ...]:
    """Of more time for a case that was opened, or of more points than anybody had."""
    if draw(st.booleans()):
        old = desk("plain")
        promise = old.current.objectives["close"]
        longer = attrs.evolve(promise, target=ElapsedTime(timedelta(hours=draw(st.integers(9, 99)))))
        edition = attrs.evolve(old.current, objectives={"close": longer})
        case = draw(cases(old, max_events=1))
        known = Chronicle(as_of=moment(case.events[0].instant, timezone("UTC")), cases=[case])
        return tuple(what_if(old, attrs.evolve(old, editions=[edition]), known))
    old = desk("team")
    lifted = attrs.evolve(
        old.current.scorecards["month"], adjustments=[Floor("lifted", least=draw(st.integers(101, 999)))]
    )
    edition = attrs.evolve(old.current, scorecards={"month": lifted})
    known = Chronicle(as_of=MONTH.end, records={"call": draw(_calls(least=1))}, period=MONTH, cards=["month"])
    return tuple(what_if(old, attrs.evolve(old, editions=[edition]), known))


@st.composite
def _suggestions(draw: st.DrawFn) -> tuple[Suggestion, ...]:
    """For whoever has fewer points than there are."""
    of = draw(st.sampled_from(PEOPLE))
    calls = draw(records(desk("team"), of="call", min_size=1, max_size=3, period=MONTH, agent=of))
    score = desk("team").score("month", {"call": calls}, of=of, period=MONTH)
    return desk("team").suggested_courses(score, least=101)


def _articles() -> st.SearchStrategy[Article]:
    return st.builds(
        Article, title=TITLES, text=TEXTS, when=_whens(), clauses=_some(["1.1", "2.1"]), reviewed=_maybe(dates())
    )


def _segments() -> st.SearchStrategy[CustomerSegment]:
    kinds = st.sampled_from(get_args(SegmentKind))
    return st.builds(CustomerSegment, name=TITLES, kind=kinds, when=_whens(), order=_maybe(st.integers(1, 3)))


def _surveys() -> st.SearchStrategy[Survey]:
    return st.builds(
        Survey,
        name=TITLES,
        method=st.sampled_from(get_args(SurveyMethod)),
        every=st.sampled_from(EVERY),
        records=st.sampled_from(["", "call"]),
        exclude=_maybe(_whens()),
        owner=st.sampled_from(["", *ROLES]),
    )


def _report_duties() -> st.SearchStrategy[ReportDuty]:
    return st.builds(
        ReportDuty,
        name=TITLES,
        every=st.sampled_from(EVERY),
        owner=st.sampled_from(ROLES),
        to=_some(ROLES, least=1),
        has=_some(["objectives.close", "kpis.solved"], least=1),
    )


STRATEGIES: Strategies = {
    Approval: _approvals,
    Article: _articles,
    CalendarEntry: lambda: calendar_entries("office", "night", by="kind"),
    Check: lambda: found_in(_with_case(), Check),
    Chronicle: _chronicles,
    Clause: lambda: clauses("objectives.close", "handoffs"),
    CustomerSegment: _segments,
    Desk: _desks,
    DeskMapping: _desk_mappings,
    DeskVerdict: _desk_verdicts,
    Edition: editions,
    Effect: lambda: found_in(_effects(), Effect),
    EventName: _event_names,
    Example: lambda: found_in(_exampled(), Example),
    FigureCheck: lambda: found_in(_with_figures(), FigureCheck),
    Finding: lambda: found_in(_findings(), Finding),
    Keep: _keeps,
    LogMapping: log_mappings,
    PartFinding: lambda: found_in(reviews("shop"), PartFinding),
    PayCheck: lambda: found_in(_with_pay(), PayCheck),
    PayInputs: _pay_inputs,
    Pilot: pilots,
    Provenance: _provenances,
    PublicHolidays: _public_holidays,
    Remark: lambda: found_in(reviews("shop"), Remark),
    ReportDuty: _report_duties,
    Reports: _reports,
    Review: reviews,
    ReviewWaiver: _waivers,
    Role: lambda: roles(*ROLES, certificates=["talk"]),
    ServiceStandard: standards,
    Suggestion: lambda: found_in(_suggestions(), Suggestion),
    Survey: _surveys,
}
