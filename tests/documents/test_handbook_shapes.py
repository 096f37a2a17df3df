"""What the handbook tells, in the file: every key survives, every name leads somewhere, and the verbs answer by it."""

from __future__ import annotations

from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

import jsonschema
import pytest

from svcstd import Case, Event, Period, ServiceStandard, StandardError, dumps, loads
from svcstd.documents import Format, json_schema, parse_text
from svcstd.errors import DefinitionError, FactError, UnknownName
from svcstd.standard import Clause, Desk, ReportDuty, Role

FORMATS: tuple[Format, ...] = ("toml", "yaml", "json")
TEXT = """svcstd = 1
id = "desk"
name = "Desk"
zone = "Asia/Shanghai"
from = 2026-01-01
[facts]
kind = { one_of = ["fault", "question", "test"] }
product = { one_of = ["ATM", "APM"] }
years = "integer"
spend = "number"
[events]
opened = "opened"
closed = "closed"
[roles]
lead = { name = "Lead", authority = ["refund up to 200.00 CNY"], needs = ["permit"] }
engineer = { name = "Engineer", escalates_to = "lead", needs = ["permit"] }
clerk = "Clerk"
[channels]
phone = { name = "Hotline", at = ["8008581191", "8008581056"] }
site = { name = "On site", status = "pending" }
[facts.channel]
one_of = ["phone", "site"]
[objectives.close]
clock = { start = "opened", stop = "closed" }
target = "24 hours"
[records.rating]
fields = { agent = "text", attitude = "number", skill = "number" }
[kpis.attitude]
of = "rating"
mean = "attitude"
better = "more"
unit = "share"
[kpis.skill]
of = "rating"
mean = "skill"
better = "more"
unit = "share"
[scorecards.engineer]
of = "agent"
every = "month"
weights = { attitude = 1, skill = 1 }
mean = "arithmetic"
missing = "withhold"
least_covered = 1
round = "0.01 half up"
[clauses]
"1.1" = { kind = "commitment", status = "needs_value", text = "At once.", provenance = { source = "old handbook" } }
"4.5.2" = { kind = "commitment", text = "Closed within a day.", means = "objectives.close", rows = ["A011", "C071"] }
[clauses."4.5.3"]
kind = "conduct"
text = "Politely."
means = ["courses.manners", "kpis.attitude"]
provenance = { source = "meeting", consulted = ["employees", "customers"], on = 2025-12-01 }
[courses.manners]
name = "Manners"
goals = ["greet", "listen"]
covers = "4.5.3"
modes = ["role play", "online"]
audience = ["engineer", "lead"]
teaches = "kpis.attitude"
hours = 8
[courses.repair]
name = "Repair"
covers = ["4.5.2"]
level = 2
after = "manners"
teaches = ["kpis.skill"]
passing = { exam = 60, practical = 80 }
[certificates.permit]
name = "Permit"
course = "repair"
issuer = "lead"
per = "product"
months = 24
stale = "new edition"
grace = 90
[articles.jam]
title = "Paper jam"
text = "Open the cover."
when = { kind = "fault", product = "ATM" }
clauses = "4.5.2"
reviewed = 2026-01-02
[articles.any]
title = "Anything"
text = "Call us."
[segments.new]
name = "New"
kind = "lifecycle"
when = { years = "< 1" }
[segments.gold]
name = "Gold"
kind = "value"
when = { spend = ">= 1000" }
order = 1
[surveys.after]
name = "After the repair"
method = "phone interview"
every = "month"
records = "rating"
exclude = { kind = "test" }
owner = "clerk"
[surveys.street]
name = "What people say of us"
method = "social monitoring"
every = "week"
[report_duties.weekly]
name = "Weekly report"
every = "week"
owner = "lead"
to = ["clerk"]
has = ["objectives.close", "kpis.skill"]
[changes.2026-07-01]
clauses."4.5.2".text = "Closed within half a day."
"""
STANDARD = loads(TEXT)


@pytest.mark.parametrize("form", FORMATS)
def test_round_trip(form: Format) -> None:
    """Whatever the format, nothing is lost."""
    assert loads(dumps(STANDARD, format=form), format=form) == STANDARD


def test_schema() -> None:
    """The schema allows what the loader reads."""
    raw, _ = parse_text(TEXT, "toml")
    head = {"svcstd": 1, "id": "a", "name": "a", "zone": "UTC"}
    parts = (
        "roles",
        "channels",
        "clauses",
        "courses",
        "certificates",
        "articles",
        "segments",
        "surveys",
        "report_duties",
    )
    jsonschema.Draft202012Validator(json_schema()).validate(head | {key: raw[key] for key in parts})


def test_what_is_read() -> None:
    """The spellings mean what they say."""
    first = STANDARD.editions[0]
    assert first.clauses["4.5.2"] == Clause(
        kind="commitment", text="Closed within a day.", means=["objectives.close"], rows=["A011", "C071"]
    )
    assert [clause.binds for clause in first.clauses.values()] == [False, True, True]
    assert first.roles["lead"] == Role("Lead", authority=["refund up to 200.00 CNY"], needs=["permit"])
    assert first.channels["site"] == Desk(name="On site", status="pending")
    assert first.report_duties["weekly"] == ReportDuty(
        name="Weekly report", every="week", owner="lead", to=["clerk"], has=["objectives.close", "kpis.skill"]
    )
    assert STANDARD.current.clauses["4.5.2"].text == "Closed within half a day."


FAULTS = [
    ('means = "objectives.close"', 'means = "objectives.closed"', "clauses.4.5.2.means", "objectives.close"),
    ('means = "objectives.close"', 'means = "zone.close"', "clauses.4.5.2.means", "leads to no part"),
    ('means = "objectives.close"', 'means = "objectives"', "clauses.4.5.2.means", "leads to no part"),
    ('kind = "conduct"', 'kind = "wish"', "clauses.4.5.3.kind", "conduct"),
    ('text = "Politely."', 'text = " "', "clauses.4.5.3.text", "says nothing"),
    ('status = "needs_value"', 'status = "red"', "clauses.1.1.status", "aspirational"),
    ('covers = "4.5.3"', 'covers = "4.5.4"', "courses.manners.covers", "4.5."),
    ('after = "manners"', 'after = "manner"', "courses.repair.after", "write manners"),
    ('name = "Manners"\n', 'name = "Manners"\nafter = "repair"\n', "courses.manners.after", "comes before itself"),
    ('name = "Manners"\n', 'name = "Manners"\nafter = "manners"\n', "courses.manners.after", "comes before itself"),
    ('audience = ["engineer", "lead"]', 'audience = ["enginer"]', "courses.manners.audience", "write engineer"),
    ('teaches = "kpis.attitude"', 'teaches = "kpis.atitude"', "courses.manners.teaches", "write kpis.attitude"),
    ('modes = ["role play", "online"]', 'modes = ["play"]', "courses.manners.modes[0]", "role play"),
    ("level = 2", "level = 0", "courses.repair.level", ""),
    ("passing = { exam = 60", "passing = { exams = 60", "courses.repair.passing", "exam"),
    ('course = "repair"', 'course = "repairs"', "certificates.permit.course", "write repair"),
    ('issuer = "lead"', 'issuer = "leader"', "certificates.permit.issuer", "write lead"),
    ('per = "product"', 'per = "prodcut"', "certificates.permit.per", "write product"),
    ("months = 24", "months = 0", "certificates.permit.months", ""),
    ('escalates_to = "lead", needs = ["permit"]', 'needs = ["premit"]', "roles.engineer.needs", "write permit"),
    ('clauses = "4.5.2"', 'clauses = "4.5"', "articles.jam.clauses", "no clause"),
    ('product = "ATM" }', 'prodct = "ATM" }', "articles.jam.when.prodct", "product"),
    ('text = "Call us."', 'text = ""', "articles.any.text", "says nothing"),
    ('when = { years = "< 1" }', 'when = { year = "< 1" }', "segments.new.when.year", "years"),
    ('kind = "value"', 'kind = "worth"', "segments.gold.kind", "lifecycle"),
    ('method = "phone interview"', 'method = "phone"', "surveys.after.method", "phone interview"),
    ('records = "rating"', 'records = "ratings"', "surveys.after.records", "write rating"),
    ('owner = "clerk"', 'owner = "clark"', "surveys.after.owner", "write clerk"),
    ('exclude = { kind = "test" }', 'exclude = { kid = "test" }', "surveys.after.exclude.kid", "kind"),
    ('to = ["clerk"]', "to = []", "report_duties.weekly.to", ""),
    ('to = ["clerk"]', 'to = ["clark"]', "report_duties.weekly.to", "write clerk"),
    ('has = ["objectives.close", "kpis.skill"]', 'has = "kpis.skll"', "report_duties.weekly.has", "kpis.skill"),
    ('status = "pending"', 'status = "perhaps"', "channels.site.status", "pending"),
]


BEYOND = """[handoffs]
owner = "lead"
[improvements.parts]
kpi = "skill"
shortfall = "60 % instead of 80 %"
action = "a course"
kind = "training"
owner = "lead"
opened = 2026-01-05
due = 2026-03-01
[pilots.quick]
from = 2026-03-01
scope = { product = "ATM" }
why = "try it"
objectives.close.target = "12 hours"
"""


@pytest.mark.parametrize("path", ["handoffs", "improvements.parts", "pilots.quick"])
def test_a_clause_may_be_kept_by_what_is_beyond_an_edition(path: str) -> None:
    """An improvement, a pilot, the rule of hand-offs; in an owed report too, and only if it is there."""
    text = TEXT.replace('means = "objectives.close"', f'means = "{path}"') + BEYOND
    assert loads(text).current.clauses["4.5.2"].means == (path,)
    assert loads(dumps(loads(text))) == loads(text)
    wrong = path + "s"
    with pytest.raises(StandardError, match="leads to no part") as caught:
        loads(text.replace(f'"{path}"', f'"{wrong}"'))
    assert [fault.where.partition(" ")[0] for fault in caught.value.faults] == ["$.clauses.4.5.2.means"]


def test_an_improvement_that_a_report_names() -> None:
    """Must be there as well."""
    text = TEXT.replace('has = ["', 'has = ["improvements.prats", "') + BEYOND
    with pytest.raises(StandardError, match=r"such as improvements\.parts") as caught:
        loads(text)
    assert "report_duties" in caught.value.faults[0].where


def test_an_unreadable_part_is_not_called_missing_as_well() -> None:
    """One fault is one fault, however many clauses name the part."""
    text = TEXT.replace('target = "24 hours"', 'target = "24 hours"\ngaol = "90 %"')
    with pytest.raises(StandardError) as caught:
        loads(text)
    assert [fault.where.partition(" ")[0] for fault in caught.value.faults] == ["$.objectives.close.gaol"]


@pytest.mark.parametrize(("old", "new", "where", "words"), FAULTS)
def test_faults(old: str, new: str, where: str, words: str) -> None:
    """Each with its path and the way out."""
    assert old in TEXT
    with pytest.raises(StandardError) as caught:
        loads(TEXT.replace(old, new, 1))
    told = [(fault.where, fault.text()) for fault in caught.value.faults]
    assert any(place == f"$.{where}" and words in said for place, said in told), told


def test_a_report_to_nobody() -> None:
    """Is none; nor is one that tells nothing."""
    changes: list[dict[str, Any]] = [{"to": []}, {"has": []}]
    for change in changes:
        told: dict[str, Any] = {"name": "x", "every": "week", "owner": "a", "to": ["b"], "has": ["kpis.c"]}
        told |= change
        with pytest.raises(DefinitionError):
            ReportDuty(**told)


def test_plans_cite_clauses() -> None:
    """Where the handbook stands in the file, what is paid cites it; else it may stand elsewhere."""
    plan = """[plans.p]
of = "agent"
every = "month"
currency = "CNY"
round = "0.01 half up"
round_at = "line"
lines.a = { pays = "1.00 CNY", times = "kpis.skill", missing = "nothing", clause = "7.9" }
[awards.b]
kind = "team"
currency = "CNY"
gives = [{ praise = "x" }]
clause = "7.8"
"""
    head, tail = TEXT.split("[changes", 1)
    with pytest.raises(StandardError) as caught:
        loads(f"{head}{plan}[changes{tail}")
    places = {fault.where for fault in caught.value.faults}
    assert {"$.plans.p.lines.a.clause", "$.awards.b.clause"} <= places
    without = TEXT[: TEXT.index("[clauses]")] + plan
    bare = without.replace(', needs = ["permit"]', "")
    assert loads(bare).current.plans["p"].lines["a"].clause == "7.9"


def test_standard_answers() -> None:
    """Those whose condition holds; an unknown fact does not."""
    at = datetime(2026, 3, 1, tzinfo=UTC)
    assert list(STANDARD.answers({"kind": "fault", "product": "ATM"}, as_of=at)) == ["jam", "any"]
    assert list(STANDARD.answers({"kind": "fault"}, as_of=at)) == ["any"]
    case = Case("1", {"kind": "fault", "product": "ATM"}, [Event("opened", at=at)])
    assert list(STANDARD.answers(case, as_of=at)) == ["jam", "any"]
    with pytest.raises(FactError):
        STANDARD.answers({"knd": "fault"}, as_of=at)
    with pytest.raises(DefinitionError):
        STANDARD.answers({"kind": "fault"})


def test_segments() -> None:
    """The ordered ones first."""
    at = datetime(2026, 3, 1, tzinfo=UTC)
    assert list(STANDARD.segments_of({"years": 0, "spend": Decimal(5000)}, as_of=at)) == ["gold", "new"]
    assert list(STANDARD.segments_of({"spend": Decimal(5)}, as_of=at)) == []


def test_certified_by_the_standard() -> None:
    """A later edition that changes what the course covers ends it after the days of grace."""
    found = STANDARD.certify("permit", {"exam": 80, "practical": 80}, passed=date(2026, 2, 1))
    assert found.last == date(2026, 9, 28)
    later = STANDARD.certify("permit", {"exam": 80, "practical": 80}, passed=date(2026, 7, 1))
    assert later.last == date(2028, 6, 30)
    with pytest.raises(UnknownName, match="write permit"):
        STANDARD.certify("premit", {}, passed=date(2026, 2, 1))


def scored(standard: ServiceStandard, attitude: str, skill: str | None) -> object:
    """Courses for somebody with these ratings."""
    rating = {"agent": "a", "attitude": Decimal(attitude)} | ({} if skill is None else {"skill": Decimal(skill)})
    period = Period.parse("2026-01", "Asia/Shanghai")
    score = standard.score("engineer", {"rating": [rating]}, of="a", period=period)
    found = standard.suggested_courses(score, least=1, period=period)
    assert found == standard.suggested_courses(score, least=1)
    return [(one.course, one.part, str(one.points), one.path) for one in found]


def test_courses_for_what_is_weak() -> None:
    """The weakest part first, each course after those it needs."""
    assert scored(STANDARD, "1.5", "1") == []
    assert scored(STANDARD, "0.9", "0.5") == [
        ("repair", "skill", "1/2", ("manners", "repair")),
        ("manners", "attitude", "9/10", ("manners",)),
    ]
    whole = loads(TEXT.replace('teaches = ["kpis.skill"]', 'teaches = ["scorecards.engineer"]'))
    assert scored(whole, "0.9", "2") == [
        ("manners", "attitude", "9/10", ("manners",)),
        ("repair", "attitude", "9/10", ("manners", "repair")),
    ]
