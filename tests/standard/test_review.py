"""The review of a whole standard: each rule has a file that breaks it and one that does not; waivers need a reason."""

from __future__ import annotations

from datetime import date
from fractions import Fraction

import attrs
import pytest

from svcstd import StandardError, dumps, loads
from svcstd.errors import DefinitionError
from svcstd.scoring import Dimension
from svcstd.standard import Remark, ReviewWaiver
from svcstd.standard.review import _of_weights

DAY = date(2026, 3, 1)
HEAD = """svcstd = 1
id = "desk"
name = "Desk"
zone = "Asia/Shanghai"
calendar = "office"
[facts]
channel = { one_of = ["phone", "web"] }
kind = { one_of = ["fault", "question", "complaint"] }
[events]
opened = "opened"
closed = "closed"
called = "called"
[calendars]
office = "Mon-Fri 09:00-17:00"
[objectives.close]
clock = { start = "opened", stop = "closed" }
target = "8 working hours"
"""


def rules(text: str, day: date = DAY) -> list[tuple[str, str, str]]:
    """Rule, severity and place of each finding."""
    found = loads(HEAD + text).review(as_of=day).findings
    return [(one.rule, one.severity, one.where) for one in found]


def test_nothing_to_say() -> None:
    """A small sound standard."""
    assert rules("") == []


KEPT = '[clauses."1"]\nkind = "commitment"\ntext = "In a day."\n'
NOTE = """[follow_ups.call]
on = "opened"
done = "closed"
due = "1 working day"
"""
PEOPLE = """[roles]
engineer = { name = "Engineer", needs = ["permit"] }
[courses.repair]
name = "Repair"
audience = ["engineer"]
[certificates.permit]
name = "Permit"
course = "repair"
issuer = "engineer"
"""
BY_KIND = '[objectives.other]\nclock = { start = "opened", stop = "called" }\norder = 2\nby = "kind"\n'
CARD = """[records.rating]
fields = { agent = "text", a = "number", b = "number" }
[kpis.a]
of = "rating"
mean = "a"
better = "more"
unit = "share"
[kpis.b]
of = "rating"
mean = "b"
better = "more"
unit = "share"
[scorecards.card]
of = "agent"
every = "month"
weights = { a = 0.6, b = 0.4 }
mean = "arithmetic"
missing = "withhold"
least_covered = 1
round = "0.01 half up"
"""
LATER = """[objectives.later]
clock = { start = "opened", stop = "called" }
order = 2
target = "3 working days by 17:00"
"""
SCALED = """[scales]
hundred = { from = 0, to = 100, step = 1 }
[records.exam.fields]
mark = "integer"
[kpis.exam]
of = "exam"
better = "more"
unit = "points"
mean = "mark"
scales = { mark = "hundred" }
"""
CASES = [
    (
        KEPT + 'means = "objectives.close"\n',
        'means = "objectives.close"',
        "",
        ("clauses.not_kept", "warning", "clauses.1"),
    ),
    (
        KEPT + 'means = "objectives.close"\n',
        '"commitment"',
        '"commitment"\nstatus = "aspirational"',
        ("clauses.wished_kept", "warning", "clauses.1"),
    ),
    (
        KEPT + 'means = "calendars.office"\n',
        '"commitment"',
        '"commitment"\nstatus = "needs_value"',
        ("clauses.symbolic", "warning", "clauses.1"),
    ),
    ('[channels]\nphone = { name = "Phone" }\n', "target", "target", ("", "", "")),
    (
        BY_KIND + 'target = { complaint = "2 hours", else = "4 hours" }\n',
        '"2 hours"',
        '"6 hours"',
        ("objectives.slower", "warning", "objectives.other"),
    ),
    (
        BY_KIND + 'target = { complaint = "2 working days", else = "3 working days" }\n',
        '"2 working',
        '"4 working',
        ("objectives.slower", "warning", "objectives.other"),
    ),
    (BY_KIND + 'target = { complaint = "2 working days", else = "30 minutes" }\n', "x", "x", ("", "", "")),
    (
        LATER,
        "by 17:00",
        "by 18:00",
        ("objectives.after_hours", "warning", "objectives.later"),
    ),
    (
        NOTE.replace('done = "closed"', 'done = "called"'),
        'done = "called"',
        'done = "closed"',
        ("follow_ups.double", "warning", "follow_ups.call"),
    ),
    (
        PEOPLE,
        'audience = ["engineer"]',
        'audience = ["clerk"]\n[roles.clerk]\nname = "Clerk"',
        ("roles.not_taught", "warning", "roles.engineer"),
    ),
    (CARD, "b = 0.4", "b = 0.3", ("scorecards.weights", "info", "scorecards.card")),
    (
        CARD.replace("0.6", "60").replace("0.4", "40"),
        "b = 40",
        "b = 41",
        ("scorecards.weights", "info", "scorecards.card"),
    ),
    (
        '[articles.a]\ntitle = "A"\ntext = "B"\nreviewed = 2026-01-01\n',
        "reviewed = 2026-01-01",
        "",
        ("articles.unreviewed", "info", "articles.a"),
    ),
    (
        '[channels.phone]\ncalendar = "late"\n[calendars.late]\nhours = "daily 08:00-22:00"\n',
        'calendar = "late"',
        'name = "Phone"',
        ("calendars.unused", "info", "calendars.late"),
    ),
    (
        SCALED,
        'scales = { mark = "hundred" }',
        "",
        ("scales.unused", "info", "scales.hundred"),
    ),
    (
        '[changes.2026-07-01]\nobjectives.close.target = "7 working hours"\n',
        '"7 working hours"',
        '"8 working hours"',
        ("changes.idle", "warning", "changes.2026-07-01"),
    ),
]


@pytest.mark.parametrize(("text", "old", "new", "wanted"), CASES)
def test_rules(text: str, old: str, new: str, wanted: tuple[str, str, str]) -> None:
    """The sound file has no such finding; the changed one has it."""
    assert [one for one in rules(text) if one[0] == wanted[0]] == []
    changed = text.replace(old, new) if old in text else text
    found = [one for one in rules(changed) if one[0] == wanted[0]]
    assert found == ([wanted] if wanted[0] else [])


def test_what_is_no_finding() -> None:
    """A wish that only a calendar, or an objective that is pending as well, keeps; counts, which have no length."""
    wish = KEPT.replace('"commitment"', '"commitment"\nstatus = "aspirational"')
    assert rules(wish + 'means = ["calendars.office"]\n') == []
    deep = wish + 'means = ["objectives.close.clock"]\n'
    assert rules(deep) == [("clauses.wished_kept", "warning", "clauses.1")]
    no_else = BY_KIND + 'target = { complaint = "2 hours", fault = "2 hours", question = "3 hours" }\n'
    assert rules(no_else) == []
    pending = wish + 'means = ["objectives.later"]\n' + LATER + 'status = "pending"\n'
    assert rules(pending) == []
    rings = BY_KIND.replace('stop = "called" }', 'stop = "called", count = "called" }')
    assert rules(rings + 'target = { complaint = "3..4 rings", else = "2..3 rings" }\n') == []


def test_channels_without_a_promise() -> None:
    """Only what is in use, and only where no objective can apply."""
    phone = 'when = { channel = "phone" }\n'
    text = '[channels]\nphone = { name = "Phone" }\nweb = { name = "Web" }\n'
    assert rules(phone + text) == [("channels.no_objective", "warning", "channels.web")]
    assert rules(phone + text.replace('{ name = "Web" }', '{ name = "Web", status = "pending" }')) == []
    assert rules(text) == []
    off = 'status = "pending"\n' + text
    assert {rule for rule, _, _ in rules(off)} == {"channels.no_objective"}


def test_a_night_desk_works_at_night() -> None:
    """Hours that run into the next day."""
    night = HEAD.replace("Mon-Fri 09:00-17:00", "daily 22:00-06:00")
    night = night.replace('"8 working hours"', '"2 working days by 05:00"')
    assert loads(night).review(as_of=DAY).findings == ()
    noon = loads(night.replace("by 05:00", "by 12:00")).review(as_of=DAY).findings
    assert [one.rule for one in noon] == ["objectives.after_hours"]


def test_parts_of_a_level_are_weighed_too() -> None:
    """Below the first level, with the path of the part."""
    edition = loads(HEAD + CARD).current
    card = edition.scorecards["card"]
    uneven = attrs.evolve(card.root.mean, weights={"a": Fraction(3, 5), "b": Fraction(7, 20)})
    inner = Dimension(card.root.parts, uneven)
    outer = Dimension({"in": inner}, attrs.evolve(uneven, weights={"in": 1}))
    told = list(_of_weights("scorecards.card", outer))
    assert [(one.where, one.sentence()) for one in told] == [("scorecards.card.in", "the weights sum to 0.95")]


def test_findings_of_rules_and_pay_have_rules_too() -> None:
    """The part in which they stand, and their kind; in an edition as well."""
    text = """[routing.intake]
hit = "first"
in = ["kind"]
out = ["role"]
rules.fault = ["fault", "engineer"]
[changes.2026-07-01]
why = "more"
routing.intake.rules.fault = ["fault", "lead"]
"""
    found = rules(text)
    assert ("routing.gap", "warning", "routing.intake") in found
    assert ("routing.gap", "warning", "changes.2026-07-01.routing.intake") in found


def test_holidays_that_end() -> None:
    """As of the day on which we ask."""
    table = """[calendars.office]
hours = "Mon-Fri 09:00-17:00"
[calendars.office.holidays]
covers = "[2026-01-01..2026-12-31]"
days = [2026-05-01]
"""
    standard = loads(HEAD.replace('[calendars]\noffice = "Mon-Fri 09:00-17:00"\n', table))
    assert standard.review(as_of=DAY).findings == ()
    assert [one.rule for one in standard.review(as_of=date(2026, 12, 1)).findings] == ["calendars.coverage_ends"]
    assert [one.rule for one in standard.review(as_of=date(2027, 1, 1)).findings] == ["calendars.coverage_ended"]
    with pytest.raises(DefinitionError):
        standard.review(as_of="2026-01-01")  # type: ignore[arg-type]


WAIVED = KEPT + '[[waivers]]\nrule = "clauses.not_kept"\nbecause = "kept by hand until May"\n'


def test_waivers() -> None:
    """A finding that is accepted is told apart, with the reason; one that accepts nothing is a finding itself."""
    review = loads(HEAD + WAIVED).review(as_of=DAY)
    assert review.findings == ()
    ((finding, waiver),) = review.waived
    assert (finding.rule, waiver.because) == ("clauses.not_kept", "kept by hand until May")
    here = WAIVED.replace("because", 'where = "clauses.1"\nbecause')
    assert loads(HEAD + here).review(as_of=DAY).findings == ()
    around = WAIVED.replace("because", 'where = "clauses"\nbecause')
    assert loads(HEAD + around).review(as_of=DAY).findings == ()
    elsewhere = WAIVED.replace("because", 'where = "clauses.2"\nbecause')
    assert rules(elsewhere) == [
        ("clauses.not_kept", "warning", "clauses.1"),
        ("waivers.idle", "warning", "waivers[0]"),
    ]


@pytest.mark.parametrize("form", ["toml", "yaml", "json"])
def test_waivers_in_the_file(form: str) -> None:
    """Read, written back, and refused without a reason."""
    standard = loads(HEAD + WAIVED)
    assert standard.waivers == (ReviewWaiver(rule="clauses.not_kept", because="kept by hand until May"),)
    assert loads(dumps(standard, format=form), format=form) == standard  # type: ignore[arg-type]
    for broken in (WAIVED.replace("kept by hand until May", " "), WAIVED.replace('"clauses.not_kept"', '""')):
        with pytest.raises(StandardError, match=r"waivers\[0\]"):
            loads(HEAD + broken)


def test_errors_fail() -> None:
    """Only findings of that severity."""
    text = """[routing.intake]
hit = "unique"
in = ["kind"]
out = ["role"]
rules.one = ["fault", "engineer"]
rules.two = ["fault", "lead"]
"""
    review = loads(HEAD + text).review(as_of=DAY)
    assert [one.rule for one in review.errors] == ["routing.conflict", "routing.violation"]
    assert review.findings[0].severity == "error"


def test_a_remark_speaks() -> None:
    """In both languages."""
    (one,) = loads(HEAD + KEPT).review(as_of=DAY).findings
    assert isinstance(one.finding, Remark)
    assert one.sentence() == "clause 1 is a commitment that nothing keeps"
    assert one.sentence("zh") == "条款 1 是承诺，却没有任何部分来兑现"
    assert (one.finding.witness, one.finding.example) == (None, "")
