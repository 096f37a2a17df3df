"""A few small standards, ready to be varied: one promise alone, a log of events, a team's figures, a whole shop."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from typing import Any

import attrs

from svcstd.documents import loads, parse_text, read_standard
from svcstd.standard import ServiceStandard

__all__ = ["DESKS", "desk", "with_example"]

PLAIN = """
svcstd = 1
id = "plain"
name = "Desk"
zone = "UTC"

[events]
opened = "asked"
closed = "answered"

[objectives.close]
clock = { start = "opened", stop = "closed" }
target = "8 hours"
"""

FIGURES = """
[records.call]
at = "day"
fields = { agent = "text", day = "date", solved = "number", asked = "integer" }

[kpis.solved]
of = "call"
better = "more"
unit = "share"
mean = "solved"

[kpis.calls]
of = "call"
better = "more"
unit = "calls"
sum = "asked"
empty = "zero"

[scorecards.month]
of = "agent"
every = "month"
weights = { solved = 1 }
mean = "arithmetic"
missing = "withhold"
least_covered = "100 %"
round = "0.1 half up"
[scorecards.month.parts.solved]
kpi = "solved"
curve = { worst = 0, best = 1, scale = 100, beyond = "clamp" }

[plans.bonus]
of = "agent"
every = "month"
currency = "CNY"
round = "0.01 half up"
round_at = "line"
[plans.bonus.lines.calls]
pays = "1.00 CNY"
times = "kpis.calls"
missing = "nothing"
curve = { steps = [10, 20], values = [0, 5, 30], bound = "upper" }
"""

TEAM = """
svcstd = 1
id = "team"
name = "Team"
zone = "Asia/Shanghai"

[courses.listen]
name = "Listening"
teaches = "kpis.solved"

[courses.talk]
name = "Talking"
after = "listen"
teaches = "scorecards.month"
"""

SHOP = """
svcstd = 1
id = "shop"
name = "网店客服"
zone = "Asia/Shanghai"
calendar = "office"
approved = { role = "lead", on = 2025-12-01 }

[facts]
kind = { one_of = ["fault", "order", "complaint"], also = { fault = ["broken"] } }
channel = { one_of = ["phone", "mail"] }
worth = { kind = "number", unit = "CNY", within = "[0..20000]" }
solved = "true or false"

[events]
opened = "the customer asks"
held = "we wait for the customer"
resumed = "the customer has answered"
closed = { name = "the customer is answered", also = ["done"] }

[calendars.office]
hours = "Mon-Fri 09:00-12:00 13:00-18:00"
holidays = { days = { 2026-01-01 = "元旦" }, make_up = { 2026-01-04 = "" }, covers = "[2024-01-01..2028-12-31]" }
make_up_hours = "09:00-17:00"

[channels]
phone = { name = "Telephone", at = ["400 1"] }
mail = { name = "Mail", status = "pending" }

[teams]
first = { name = "First line" }
second = { calendar = "office" }

[objectives.answer]
clock = { start = "opened", stop = "closed", pause = "held", resume = "resumed" }
by = "kind"
target = { fault = "4 working hours", complaint = "1 working hour", else = "1 working day by 12:00" }
options = { pause_days = "whole" }
goal = "95 %"
notify = { due = "lead" }
order = 1

[objectives.settle]
name = "settled"
clock = { start = "opened", stop = "closed" }
target = "2 hours"
when = { channel = "phone" }
order = 2

[objectives.soon]
clock = { start = "opened", stop = "closed" }
target = "?"
status = "needs_value"

[roles]
desk = { name = "Front desk", escalates_to = "lead", needs = ["talk"] }
lead = { name = "Lead", authority = ["refund up to 200 CNY"] }

[routing.intake]
hit = "first"
in = ["kind", "worth"]
out = ["role"]
[routing.intake.rules]
complaint = ["complaint", "-", "lead"]
dear = ["-", ">= 1000", "lead"]
other = ["fault", "-", "desk"]

[scripts]
greeting = "Good morning."

[forms]
note = { name = "Note", fields = ["customer", "problem?"] }

[procedures.phone]
name = "Telephone"
start = "call"
lane = "desk"
[procedures.phone.steps]
call = { do = "take the call", say = "greeting", fill = "note", starts = "answer", then = "help" }
help = { do = "give advice", again = 2, by = "solved", then = { true = "end", false = "hand" } }
hand = { hand = "to the lead", to = "lead", then = [{ when = { solved = true }, to = "end" }, { else = "help" }] }
end = { end = "thank the caller", stops = "answer" }

[follow_ups.callback]
on = "closed"
due = "next calendar day by 18:00"
done = "resumed"

[clauses]
"1.1" = { kind = "commitment", text = "We answer in time.", means = "objectives.answer" }
"1.2" = { kind = "commitment", text = "We call back." }
"2.1" = { kind = "conduct", status = "pending", text = "我们礼貌问候。" }

[courses.talk]
name = "Talking"
covers = "2.1"
teaches = "kpis.solved"
audience = "desk"
passing = { exam = 60 }

[certificates.talk]
name = "Talking"
course = "talk"
issuer = "lead"

[articles.hours]
title = "When we are open"
text = "On weekdays."
when = { channel = "phone" }
clauses = "1.1"

[segments.callers]
name = "Callers"
kind = "need"
when = { channel = "phone" }

[surveys.after]
name = "After a call"
method = "questionnaire"
every = "month"
owner = "lead"

[report_duties.weekly]
name = "Weekly report"
every = "week"
owner = "lead"
to = "lead"
has = ["objectives.answer"]

[reports.attainment]
by = "due"
week = "Monday"

[log]
id = "Ticket"
time = "YYYY-MM-DD HH:mm"
folds = "earlier"
zone = "Asia/Shanghai"
events = { opened = "Opened", closed = "Closed" }
facts = { kind = "Kind", channel = "Channel" }
[log.desk]
objective = "answer"
due = "Due"
verdict = { column = "Kept", kept = "yes", late = "no" }
within = "1 minute"

[[waivers]]
rule = "clauses.not_kept"
where = "clauses.1.2"
because = "by hand for now"

[improvements.stock]
kpi = "solved"
shortfall = "62 % instead of 75 %"
action = "a list of parts"
kind = "parts"
opened = 2026-01-05
due = 2026-02-01

[changes.2026-07-01]
why = "faults sooner"
objectives.answer.target.fault = "2 working hours"

[pilots.north]
from = 2026-03-01
until = 2026-04-01
scope = { channel = "phone" }
why = "on trial"
objectives.answer.target.fault = "1 working hour"
"""

STREET = """
svcstd = 1
id = "street"
name = "Street works"
zone = "Europe/Berlin"

[facts]
place = "text"
by = "text"

[events]
opened = "reported"
closed = { name = "mended", also = ["Done"] }

[objectives.mend]
clock = { start = "opened", stop = { event = "closed", when = { by = { present = true } } } }
target = "3 calendar days"

[reports.attainment]
by = "started"
week = "Sunday"

[log]
id = "ticket"
time = "ISO 8601"
event = "what"
at = "when"
facts = { place = "where" }
details = { by = "who" }
event_id = "row"
actor = "who"
"""

DESKS: Mapping[str, str] = {"plain": PLAIN, "street": STREET, "team": TEAM + FIGURES, "shop": SHOP + FIGURES}
"""Texts by id, the plain one first, to which a case shrinks."""


@cache
def desk(name: str, zone: str = "") -> ServiceStandard:
    """One of them.

    Args:
        name: its id.
        zone: IANA name; that of the text by default.
    """
    if not zone:
        return loads(DESKS[name])
    found = desk(name)
    return attrs.evolve(
        found,
        zone=zone,
        editions=[attrs.evolve(one, zone=zone) for one in found.editions],
        pilots={
            key: attrs.evolve(one, edition=attrs.evolve(one.edition, zone=zone)) for key, one in found.pilots.items()
        },
    )


@cache
def _raw(name: str) -> Mapping[str, Any]:
    return parse_text(DESKS[name], "toml")[0]


def with_example(name: str, example: Mapping[str, Any]) -> ServiceStandard:
    """One of them with a single example, as a file would hold it.

    Args:
        name: its id.
        example: the table.
    """
    return read_standard({**_raw(name), "examples": {"one": example}}, {})
