"""The handbook: every part of a standard has its chapter, every name leads to its entry, in both languages."""

from __future__ import annotations

import re
from datetime import date, timedelta
from typing import Any

import pytest
from tests.documents.test_handbook_shapes import TEXT
from tests.handbook.test_page import Page
from tests.requirements.page import STANDARDS, read

from svcstd import ServiceStandard, loads
from svcstd.calendars import BusinessCalendar, HolidayTable
from svcstd.catalogues import LANGUAGES
from svcstd.errors import DefinitionError
from svcstd.handbook import (
    NOTHING,
    Book,
    Chapter,
    Heading,
    Link,
    Picture,
    Table,
    YearDay,
    book_headline,
    book_markdown,
    book_of,
    day_words,
    draw_year,
    inline_text,
    render_book,
    year_days,
)

FIELD = read(STANDARDS["5s4e"])
HOUR = 3_600_000_000
MORE = """years = "2026"
calendar = "office"
approved = { role = "board", on = 2025-12-01 }
[calendars]
always = "24x7"
office = { name = "Office", hours = "Mon-Fri 09:00-17:00", holidays = "CN" }
other = "Mon-Sat 10:00-18:00"
both = { any_of = ["office", "other"] }
branch = { by = "product", use = { ATM = "always", APM = { 2026-06-01 = "other" } }, else = "office" }
[objectives.reply]
name = "First reply"
order = 1
when = { kind = "fault" }
clock = { start = "opened", stop = "closed" }
calendar = "branch"
goal = "99.5 %"
by = "product"
target = { ATM = "4 working hours", else = "8 working hours" }
notify = { "75 %" = "engineer", "100 %" = ["lead", "clerk"] }
[follow_ups.call]
name = "Call back"
on = { event = "closed", when = { kind = "fault" } }
due = "next calendar day by 18:00"
done = "called"
role = "clerk"
[follow_ups.spring]
dates = [2026-02-17]
due = "0 calendar days by 18:00"
done = "called"
[routing.small]
hit = "unique"
in = ["kind"]
out = ["role"]
else = { role = "clerk", because = "nobody else" }
[routing.small.rules]
faults = ["fault", "engineer"]
[routing.tree]
out = ["role"]
[routing.tree.routes.all]
when = {}
set = { role = "clerk" }
[routing.tree.routes.all.routes.faults]
when = { kind = "fault" }
set = { role = "engineer" }
"""
EVENTS = 'closed = "closed"\ncalled = { name = "called back", also = ["rang"] }\n'
RICH = loads(
    TEXT.replace("from = 2026-01-01\n", f"from = 2026-01-01\n{MORE.split('[', 1)[0]}", 1)
    .replace('closed = "closed"\n', EVENTS, 1)
    .replace("[changes.2026-07-01]", '[changes.2026-07-01]\napproved = { role = "board", on = 2026-06-15 }', 1)
    .replace("[roles]", "[" + MORE.split("[", 1)[1] + "[roles]", 1)
)


def chapter(book: Book, key: str) -> list[Any]:
    """The blocks of a chapter."""
    return next(list(one.blocks) for one in book.chapters if one.key == key)


def rows(block: Any) -> list[list[str]]:
    """A table without its links."""
    return [[inline_text(cell) for cell in row] for row in block.rows]


BOOK = book_of(RICH, year=2026)


def test_promises() -> None:
    """Objectives in their order, with calendar, goal and who is told when; then what is owed afterwards."""
    first, later = chapter(BOOK, "objectives")
    assert rows(first) == [
        ["close", NOTHING, "24 hours", "Office", NOTHING, NOTHING, "in force"],
        [
            "First reply",
            "kind = fault",
            "ATM: 4 working hours; else: 8 working hours",
            "branch",
            "99.5 %",
            "75 %: Engineer; due: Lead, Clerk",
            "in force",
        ],
    ]
    assert first.anchors == ("objectives.close", "objectives.reply")
    assert first.rows[1][3] == (Link("branch", "calendars.branch"),)
    assert rows(later) == [
        ["Call back", "closed", "1 calendar day by 18:00", "Office", "Clerk"],
        ["spring", "on dates", "0 calendar days by 18:00", "Office", NOTHING],
    ]


def test_calendars() -> None:
    """A picture where there is something to see, a sentence where it never closes, a table for a family."""
    always, picture, days, other, both, family, used = chapter(BOOK, "calendars")
    assert always == Heading("always: open at all times.", "calendars.always")
    assert (picture.title, picture.anchor, other.title) == (
        "Office, 2026: Mon-Fri 09:00-17:00",
        "calendars.office",
        "other, 2026: Mon-Sat 10:00-18:00",
    )
    assert ["Thu 1 Jan 2026: 元旦, closed"] in rows(days)
    assert days.folded
    assert both.title == "both, 2026"
    assert family == Heading("branch: by product", "calendars.branch")
    assert rows(used) == [["ATM", "always"], ["APM", "Office; from Mon 1 Jun 2026 other"], ["else", "Office"]]


def test_a_clause_leads_to_what_keeps_it() -> None:
    """And so do courses, roles and reports; no link of the book leads nowhere."""
    (clauses,) = chapter(BOOK, "clauses")
    assert rows(clauses)[1] == [
        "4.5.2",
        "Closed within half a day.",
        "commitment",
        "in force",
        "objectives.close",
        "A011 C071",
    ]
    found = {
        piece.to
        for one in BOOK.chapters
        for block in one.blocks
        if isinstance(block, Table)
        for row in block.rows
        for cell in row
        if not isinstance(cell, str)
        for piece in cell
        if isinstance(piece, Link)
    }
    assert {"objectives.close", "clauses.4.5.3", "roles.lead", "certificates.permit", "kpis.skill"} <= found
    assert found <= BOOK.anchors


def test_routing() -> None:
    """Tables as they are exchanged, trees route by route."""
    small, table, tree, routes = chapter(BOOK, "routing")
    assert (small, tree) == (Heading("small", "routing.small"), Heading("tree", "routing.tree"))
    assert table.columns == ("unique", "kind", "then role", "(because)")
    assert rows(table) == [["faults", "fault", "engineer", ""], ["else", "-", "clerk", "nobody else"]]
    assert rows(routes) == [["all: anything", "clerk"], ["all/faults: kind = fault", "engineer"]]


def test_training_and_knowledge() -> None:
    """Courses with their least marks, certificates with their term, answers, groups, surveys, reports."""
    courses, certificates = chapter(BOOK, "training")
    assert rows(courses)[1] == ["Repair", NOTHING, "4.5.2", "kpis.skill", "exam 60, practical 80"]
    assert rows(certificates) == [["Permit", "Repair", "24", "a new edition"]]
    answers, groups, surveys, reports = chapter(BOOK, "knowledge")
    assert rows(answers)[0] == ["Paper jam", "kind = fault and product = ATM", "Open the cover."]
    assert rows(groups)[0] == ["New", "by lifecycle", "years < 1"]
    assert rows(surveys) == [
        ["After the repair", "phone interview", "month", "Clerk"],
        ["What people say of us", "social monitoring", "week", NOTHING],
    ]
    assert rows(reports) == [["Weekly report", "week", "Lead", "Clerk", "objectives.close, kpis.skill"]]


def test_glossary_and_changes() -> None:
    """The words of the standard, what a status means, and what each edition changed."""
    facts, events, statuses = chapter(BOOK, "glossary")
    assert rows(facts)[0] == ["kind", "kind", "fault, question, test"]
    assert rows(facts)[2] == ["years", "years", "whole number"]
    assert ["called back", "called", "rang"] in rows(events)
    assert len(rows(statuses)) == 5
    head, table = chapter(BOOK, "changes")
    assert head.text.startswith("Edition of Wed 1 Jul 2026")
    assert rows(table) == [
        ['clauses.4.5.2.text: "Closed within a day." before, "Closed within half a day." now'],
    ]


def test_head() -> None:
    """One sentence to repeat, and who approved it."""
    assert BOOK.headline == "2 of 3 clauses are in force; objectives with a promise: 2."
    assert BOOK.meta == "Edition 2026-07-01, zone Asia/Shanghai. Approved by board on Mon 15 Jun 2026."
    plain = loads('svcstd = 1\nid = "a"\nname = "A"\nzone = "UTC"\n')
    assert book_headline(plain) == "Objectives with a promise: 0; editions: 1."
    book = book_of(plain, year=2026)
    assert (book.meta, book.chapters) == ("Edition the first, zone UTC.", ())


def test_the_field_company() -> None:
    """Flowcharts, forms, scripts, grades, pay, awards and ladder of the example."""
    book = book_of(FIELD, year=2026)
    flows = ["电话接听流程", "互联网问题回复流程", "网上绩效评定"]
    assert [one.title for one in chapter(book, "procedures")] == flows
    forms, scripts = chapter(book, "forms")
    assert rows(forms)[1] == ["800用户问题受理登记表", "customer, contact, problem, received_on"]
    assert rows(scripts)[0][0] == "greeting"
    _, scales, card, weights, grades, manner, _, _, adjusted = chapter(book, "scores")
    assert rows(scales)[:2] == [["rating", "-0.5 to 2 in steps of 0.1"], ["difficulty", "I 1; II 1.5; III 2; IV 3"]]
    assert (card.text, manner.text, rows(weights)) == (
        "客服评价",
        "服务质检",
        [["technical", "0.6", "技术水平"], ["attitude", "0.4", "服务态度"]],
    )
    assert rows(grades) == [["A", ">= 1.2"], ["B", ">= 0.92"], ["C", ">= 0.6"], ["D", "else"]]
    assert rows(adjusted)[0][0] == "禁令"
    plan, terms, lines, steps, awards, ladder, ways = chapter(book, "pay")
    assert rows(terms) == [["every", "month"], ["needs", "上岗证"]]
    assert rows(steps) == [["floor", "≥ 0.00 CNY"]]
    assert (plan.text, ladder.text) == ("月绩效工资", "工程师职级")
    assert rows(lines)[0] == ["score", "2000.00 CNY", "客服评价", NOTHING, "1"]
    assert rows(awards) == [
        [
            "合理化建议奖",
            "innovation",
            "200.00 CNY; a certificate: 荣誉证书",
            "for each suggestion.number, implemented = true",
        ],
        ["优秀维修中心", "team", "3000.00 CNY; praise: 通报表扬", "best 1 of each quarter, n ≥ 30, by 回访证实修复率"],
    ]
    assert rows(ways)[0] == ["助理工程师 → 工程师", "scorecards.engineer >= B", "2"]


DESK = """svcstd = 1
id = "desk"
name = "Desk"
zone = "UTC"
years = "2026"
[facts]
city = "text"
sentiment = "text"
[events]
opened = "opened"
rated = "rated"
[calendars]
warsaw = { zone = "Europe/Warsaw", hours = "Mon-Fri 08:00-16:00", holidays = "PL" }
singapore = { zone = "Asia/Singapore", hours = "Mon-Fri 09:00-17:00" }
both = { any_of = ["warsaw", "singapore"] }
[roles]
engineer = "Engineer"
[objectives.soon]
clock = { start = "opened", stop = "rated" }
status = "needs_value"
target = "?"
[conversions.angry]
name = "An angry opinion"
on = [{ event = "rated", when = { sentiment = "angry" } }, "opened"]
opens = "opened"
facts = { city = "Oslo" }
[conversions.plain]
on = "rated"
opens = "opened"
[assignment.field]
name = "Dispatch"
role = "engineer"
prefer = ["nearest", { skill = "pumps" }, "id"]
relax = [{ after = "1 hour", drop = "room" }]
[assignment.field.needs]
near = { serves = "city", else = ["north"] }
room = "below capacity"
[assignment.any]
prefer = ["id"]
[teams.north]
[handoffs]
owner = "engineer"
most = 3
[scales]
score = { from = 0, to = 10 }
[forms]
intake = { name = "Intake", fields = ["city"] }
[articles.how]
title = "How it is done"
text = "Like this."
[clauses.1]
kind = "conduct"
text = "Near first."
means = ["assignment.field.needs.near", "forms.intake.city", "articles.how", "handoffs"]
"""


def test_who_gets_the_work() -> None:
    """Assignments, hand-offs and conversions; a path into an entry leads to the entry."""
    book = book_of(loads(DESK), year=2026)
    assigned, heading, handed = chapter(book, "routing")
    assert heading == Heading("Hand-offs", "handoffs")
    assert assigned.anchors == ("assignment.field", "assignment.any")
    assert rows(assigned) == [
        [
            "Dispatch",
            "Engineer",
            "near: serves city else north; room: below capacity",
            "nearest, skill pumps, id",
            "1 h: room",
        ],
        ["any", NOTHING, NOTHING, "id", NOTHING],
    ]
    assert rows(handed) == [["Engineer", "3", NOTHING]]
    assert rows(chapter(book, "scores")[0]) == [["score", "0 to 10"]]
    promises, conversions = chapter(book, "objectives")
    assert rows(promises)[0][2] == "?"
    assert rows(conversions) == [
        ["An angry opinion", "rated, sentiment = angry; opened", "opened, city = Oslo"],
        ["plain", "rated", "opened"],
    ]
    (clauses,) = chapter(book, "clauses")
    assert [piece for piece in clauses.rows[0][4] if isinstance(piece, Link)] == [
        Link("Dispatch: needs.near", "assignment.field"),
        Link("Intake: city", "forms.intake"),
        Link("How it is done", "articles.how"),
        Link("handoffs", "handoffs"),
    ]


def test_a_year_of_several_zones() -> None:
    """A date of the calendar's own zone holds what is open then, wherever; a working day of an unknown year is none."""
    both = loads(DESK).current.hours("both")
    days = {one.day: one.hours for one in year_days(both, 2026)}
    assert days[date(2026, 1, 5)] == 14 * HOUR  # Singapore 01-09 UTC, Krakow 07-15
    assert days[date(2026, 1, 6)] == 8 * HOUR  # Epiphany
    unknown = year_days(both, 2027)
    assert unknown[3].hours is None  # Monday 4 January: whether Krakow works, nobody knows
    assert {one.hours for one in unknown if one.day.isoweekday() > 5} == {0}


def test_a_calendar_that_changed() -> None:
    """The picture says from which day another holds; a claim without a condition, an award that others bring."""
    text = DESK.replace("[calendars]\n", '[calendars]\noslo = { else = "warsaw", 2026-06-01 = "singapore" }\n')
    text += """[records.idea]
at = "day"
fields = { agent = "text", number = "text", day = "date" }
[awards.idea]
kind = "innovation"
currency = "EUR"
gives = [{ praise = "well done" }]
goes_to = { records = "idea", of = "agent", cause = "number" }
"""
    book = book_of(loads(text), year=2026)
    titles = [one.title for one in chapter(book, "calendars") if isinstance(one, Picture)]
    assert titles[0] == "oslo, 2026: warsaw; from Mon 1 Jun 2026 singapore"
    assert titles[-1] == "both, 2026"
    assert rows(chapter(book, "pay")[-1])[0][3] == "for each idea.number"


SCORED = """svcstd = 1
id = "shop"
name = "Shop"
zone = "UTC"
[facts.severity]
kind = "integer"
within = "[1..5]"
[facts.length]
kind = "number"
unit = "km"
[records.chat]
at = "date"
fields = { agent = "text", date = "date", stars = "number", seconds = "number" }
[records.staff.fields]
agent = "text"
status = "text"
days = "integer"
of = "integer"
[records.paper.fields]
agent = "text"
name = { one_of = ["permit"] }
first = "date"
last = "date"
[kpis.stars]
of = "chat"
mean = "stars"
better = "more"
unit = "stars"
[kpis.speed]
of = "chat"
mean = "seconds"
better = "less"
unit = "seconds"
[scorecards.agent]
name = "Agent"
of = "agent"
every = "month"
weights = { service = 0.5, speed = 0.5 }
mean = "arithmetic"
missing = "withhold"
least_covered = 1
round = "0.01 half up"
grades = { A = "> 0.9", B = "else" }
[[scorecards.agent.adjust]]
name = "ko"
knock_out = "stars"
below = 1
above = 9
to = 0
missing = "refuse"
[[scorecards.agent.adjust]]
name = "low"
knock_out = "stars"
below = 2
to = 0.5
missing = "refuse"
[[scorecards.agent.adjust]]
name = "up"
bonus = "stars"
each = 2
most = 5
missing = "skip"
[[scorecards.agent.adjust]]
name = "down"
penalty = "speed"
each = 0.1
missing = "skip"
[[scorecards.agent.adjust]]
name = "rating"
times = "stars"
missing = "skip"
[[scorecards.agent.adjust]]
name = "cap"
most = 100
[[scorecards.agent.adjust]]
name = "floor"
least = -5
[scorecards.agent.parts.service]
weights = { stars = 1 }
mean = "arithmetic"
missing = "withhold"
least_covered = 1
[scorecards.agent.parts.service.parts.stars]
kpi = "stars"
curve = { worst = 1, best = 5, scale = 1, beyond = "clamp" }
[scales]
five = { from = 1, to = 5, step = 1 }
[panels.desk]
scale = "five"
weights = { supervisor = 0.4, peer = 0.2, customer = 0.4 }
at_least = { peer = 3 }
missing = "reweight"
least_covered = "50 %"
below = "left out"
[plans.month]
of = "agent"
every = "month"
currency = "EUR"
round = "0.01 half up"
round_at = "line"
people = { records = "staff", served = { "working days" = ["days", "of"] } }
certificates = "paper"
prorate = { by = "working days", of = "payout" }
[plans.month.eligible]
when = { status = "employed" }
needs = ["permit"]
valid = "at end"
least_days = 5
days = "working days"
[plans.month.gates.polite]
figure = "kpis.stars"
keeps = ">= 4"
reads = "exact"
missing = "nothing"
shuts = ["stars"]
[plans.month.gates.quick]
figure = "kpis.speed"
keeps = "< 90"
reads = "exact"
missing = "nothing"
[plans.month.terms]
round = "0.01 half up"
negative = "carry"
draw = { amount = "1000.00 EUR", recovery = "50 %" }
hold_back = { part = "10 %", periods = 3 }
[[plans.month.steps]]
name = "quality"
times = "kpis.stars"
missing = "nothing"
[[plans.month.steps]]
name = "kick"
adds = "5.00 EUR"
gate = { figure = "kpis.speed", keeps = "< 30", reads = "exact", missing = "nothing" }
[[plans.month.steps]]
name = "cap"
most = "500.00 EUR"
[[plans.month.steps]]
name = "floor"
least = "0.00 EUR"
[plans.month.lines.stars]
pays = "100.00 EUR"
times = "kpis.stars"
quota = 4
missing = "nothing"
curve = { tiers = { "<= 1" = 1, else = 2 }, kind = "marginal", start = 0, beyond = "clamp" }
"""


def test_every_reward() -> None:
    """In words that name what is given."""
    gives = """
[awards.all]
name = "All"
kind = "team"
currency = "EUR"
gives = [
  { cash = "5.00 EUR" },
  { gift = "a watch", worth = "50.00 EUR" },
  { praise = "well done" },
  { tuition = { part = "50 %", most = "900.00 EUR", round = "0.01 half up" } },
  { equity = "options", schedule = { 2027-01-01 = 100, 2028-01-01 = 300 } },
]
"""
    awards = chapter(book_of(loads(SCORED + gives), year=2026), "pay")[-1]
    told = "5.00 EUR; a watch (50.00 EUR); praise: well done; tuition: 50 %, ≤ 900.00 EUR; 400 options"
    assert rows(awards) == [["All", "team", told, NOTHING]]
    least = SCORED.replace('draw = { amount = "1000.00 EUR", recovery = "50 %" }', 'guarantee = "600.00 EUR"')
    least = least.replace('when = { status = "employed" }\nneeds = ["permit"]\nvalid = "at end"\n', "", 1)
    terms = chapter(book_of(loads(least), year=2026), "pay")[1]
    assert ["least days", "5 working days"] in rows(terms)
    assert "needs" not in [row[0] for row in rows(terms)]
    assert ["guarantee", "600.00 EUR"] in rows(terms)


def test_curves_are_drawn() -> None:
    """Of scorecards, also of levels below, and of plans; a figure that counts as it is needs none."""
    book = book_of(loads(SCORED), year=2026)
    *_, card, weights, curve, grades, steps, panels = chapter(book, "scores")
    assert rows(panels) == [["desk", "supervisor 0.4; peer 0.2; customer 0.4"]]
    assert isinstance(curve, Picture)
    assert rows(steps) == [
        ["ko", "stars < 1 / > 9: 0"],
        ["low", "stars < 2: 0.5"],
        ["up", "+ 2 × stars, ≤ 5"],
        ["down", "− 0.1 × speed"],
        ["rating", "× stars"],
        ["cap", "≤ 100"],
        ["floor", "≥ -5"],
    ]
    assert (card.text, curve.title) == ("Agent", "service / stars")
    assert rows(weights) == [["service", "0.5", NOTHING], ["service / stars", "1", "stars"], ["speed", "0.5", "speed"]]
    assert rows(grades) == [["A", "> 0.9"], ["B", "else"]]
    _, terms, gates, lines, steps, picture = chapter(book, "pay")
    assert rows(terms) == [
        ["every", "month"],
        ["applies to", "status = employed"],
        ["needs", "permit"],
        ["least days", "5 working days"],
        ["prorated by", "working days"],
        ["draw / recovered", "1000.00 EUR / 50 %"],
        ["held back / periods", "10 % / 3"],
    ]
    assert rows(gates) == [["polite", "kpis.stars >= 4", "stars"], ["quick", "kpis.speed < 90", NOTHING]]
    assert rows(steps) == [
        ["quality", "× kpis.stars"],
        ["kick", "+ 5.00 EUR: kpis.speed < 30"],
        ["cap", "≤ 500.00 EUR"],
        ["floor", "≥ 0.00 EUR"],
    ]
    assert rows(lines) == [["stars", "100.00 EUR", "kpis.stars", "4", "1"]]
    assert picture.title.startswith("What stars pays")
    facts = chapter(book, "glossary")[0]
    assert rows(facts) == [["severity", "severity", "whole number 1 - 5"], ["length", "length", "number km"]]


@pytest.mark.long
@pytest.mark.rows("A015", "N27", "A001")
@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("standard", [RICH, FIELD, loads(SCORED)])
def test_the_page(standard: ServiceStandard, language: str) -> None:
    """Sound HTML: every id once, every link to an id, every picture with a name, no script, nothing from elsewhere."""
    page = Page(render_book(book_of(standard, year=2026, language=language), version="1"))
    ids = [found["id"] for _, found in page.elements if "id" in found]
    assert len(ids) == len(set(ids))
    targets = [found["href"] for found in page.all("a")]
    assert targets
    assert {str(target).removeprefix("#") for target in targets} <= set(ids)
    assert all(found.get("aria-labelledby") or found.get("aria-label") for found in page.all("svg"))
    assert page.all("script") == page.all("img") == page.all("link") == []
    assert page.all("html")[0]["lang"] == language
    assert len(page.all("main")) == len(page.all("nav")) == 1


def test_strangers_words() -> None:
    """Whatever a standard says is text."""
    text = SCORED.replace('name = "Shop"', 'name = "<script>alert(1)</script> | *"')
    book = book_of(loads(text), year=2026)
    assert "<script>" not in render_book(book)
    assert "<script>" not in book_markdown(book)


def test_a_link_to_nothing_is_text() -> None:
    """A name without an entry in the book is shown without a link."""
    page = Page(render_book(book_of(FIELD, year=2026)))
    assert "客服评价" in "".join(text for _, text in page.texts)
    text = render_book(
        Book(
            title="a",
            headline="b",
            meta="c",
            language="en",
            chapters=[next(one for one in BOOK.chapters if one.key == "clauses")],
        )
    )
    assert "objectives.close" in text
    assert 'href="#objectives.close"' not in text


def test_markdown() -> None:
    """Chapters, titles of tables, names of pictures, and rows without links."""
    text = book_markdown(BOOK)
    assert text.startswith("# Desk\n")
    assert "## Objectives\n" in text
    assert "### Follow-ups\n" in text
    assert "*Office, 2026: Mon-Fri 09:00-17:00*" in text
    assert "### branch: by product" in text
    assert re.search(
        r"\| 4\.5\.2 \| Closed within half a day\. \| commitment \| in force \| objectives\.close \|", text
    )
    assert "## 条款" in book_markdown(book_of(RICH, year=2026, language="zh"))


def test_a_table_that_cannot_be_exchanged() -> None:
    """Says why, and the other chapters stand."""
    either = 'when = { any_of = [{ length = "> 5" }, { severity = "> 3" }] }'
    rule = f"{either}\nthen = {{ role = 'x' }}\n"
    odd = "[routing.odd]\nhit = 'first'\nin = ['length', 'severity']\nout = ['role']\n[routing.odd.rules.r]\n"
    book = book_of(loads(SCORED + odd + rule), year=2026)
    head, why = chapter(book, "routing")
    assert head.text == "odd"
    assert isinstance(why, Heading)
    assert why.text


def test_days_of_a_year() -> None:
    """Open, closed, holiday, made up, unknown: each in words."""
    calendar = RICH.current.hours("office")
    days = {one.day: one for one in year_days(calendar, 2026)}
    assert len(days) == 365
    told = {
        date(2026, 1, 1): "Thu 1 Jan 2026: 元旦, closed",
        date(2026, 1, 5): "Mon 5 Jan 2026: open for 8 h",
        date(2026, 1, 10): "Sat 10 Jan 2026: closed",
        date(2026, 2, 14): "Sat 14 Feb 2026: make-up workday, open for 8 h",
    }
    assert {day: day_words(days[day]) for day in told} == told
    assert days[date(2026, 1, 5)] == YearDay(day=date(2026, 1, 5), hours=8 * HOUR)
    table = HolidayTable(holidays=[], make_up=[], covers=(date(2026, 1, 1), date(2026, 6, 30)))
    short = BusinessCalendar(zone="UTC", hours="Mon-Fri 09:00-17:00", holidays=table)
    assert day_words(year_days(short, 2026)[-1]) == "Thu 31 Dec 2026: not known yet"


def test_a_year_that_is_nothing_but_words() -> None:
    """A calendar of which nothing is known has no plain day; one that is never open has no filled one."""
    table = HolidayTable(covers=(date(2020, 1, 1), date(2020, 1, 2)))
    unknown = BusinessCalendar(zone="UTC", hours="daily 09:00-17:00", holidays=table)
    assert draw_year(unknown, 2026, "a", "A").count("not known yet") == 365
    closed = BusinessCalendar(
        zone="UTC",
        hours="Mon 00:00-00:01",
        exceptions={date(2026, 1, 5) + timedelta(7 * week): "closed" for week in range(52)},
    )
    drawn = draw_year(closed, 2026, "a", "A", week="Sunday")
    assert 'class="met"' not in drawn
    assert drawn.index(">Su<") < drawn.index(">Mo<")


def test_special_days_say_what_they_are() -> None:
    """And only they: a page of fifty calendars stays a page."""
    drawn = draw_year(RICH.current.hours("office"), 2026, "a", "A")
    assert drawn.count("<title>") < 100
    assert "make-up workday, open for 8 h" in drawn
    assert "元旦, closed" in drawn


@pytest.mark.parametrize("year", [0, -5, 9999, 10_000, 2026.0, "2026", True])
def test_no_year(year: Any) -> None:
    """Beyond the calendar, or no number."""
    with pytest.raises(DefinitionError):
        book_of(RICH, year=year)


def test_heads_of_markdown_tables() -> None:
    """Are text like every cell."""
    odd = Chapter(key="k", title="t", blocks=[Table(columns=["a|<b>"], rows=[["x"]])])
    text = book_markdown(Book(title="a", headline="b", meta="c", language="en", chapters=[odd]))
    assert "<b>" not in text
    assert text.count("|") == text.replace("\\|", "").count("|") + text.count("\\|")
