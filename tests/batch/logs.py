"""What the tests of logs share: a log with all that goes wrong in logs, and tables of clocks as rows."""

from __future__ import annotations

from collections import Counter
from datetime import UTC, datetime, timedelta
from random import Random
from typing import Any

import pyarrow as pa

from svcstd import loads
from svcstd.standard import LogMapping

AS_OF = datetime(2026, 4, 1, tzinfo=UTC)
STANDARD = loads("""
svcstd = 1
id = "desk"
name = "Service desk"
zone = "Europe/Rome"
years = "2025..2026"
calendar = "office"

[facts]
priority = { one_of = ["P1", "P2"] }
city = "text"

[events]
opened = "the request arrives"
hold = "we wait for the customer"
resumed = "the customer has answered"
closed = "it is done"

[calendars.office]
hours = "Mon-Fri 09:00-18:00"
holidays = "IT"

[calendars.nights]
hours = "daily 22:00-06:00"

[calendars.site]
by = "city"
use = { Roma = "nights" }
else = "office"

[objectives.close]
order = 1
by = "priority"
target = { P1 = "4 working hours", P2 = "8 working hours" }
clock = { start = "opened", stop = "closed", pause = "hold", resume = "resumed" }

[objectives.visit]
order = 2
calendar = "site"
target = "6 working hours"
clock = { start = "opened", stop = "closed" }

[changes.2026-03-01]
objectives.close.target = { P1 = "2 working hours", P2 = "6 working hours" }
calendars.office.hours = "Mon-Fri 08:00-18:00"
""")
LOG = LogMapping(
    id="case.id",
    time="ISO 8601",
    event="event",
    at="at",
    facts={"priority": "priority", "city": "city"},
    group="team",
)
KINDS = ("opened", "hold", "resumed", "hold", "resumed", "closed", "telephoned")


def messy(cases: int, *, seed: int = 5) -> Any:
    """A log in no order: nulls, names with spaces around them, stamps and facts that mean nothing, ties, DST."""
    random = Random(seed)
    rows: list[dict[str, Any]] = []
    for number in range(cases):
        at = datetime(2026, 2, 20, tzinfo=UTC) + timedelta(minutes=random.randint(0, 40 * 24 * 60))
        for kind in KINDS[: random.randint(1, len(KINDS))]:
            rows.append(
                {
                    "case.id": random.choice(["", " ", "\t"]) + f"C{number}" + random.choice(["", "", "\u3000"]),
                    "event": random.choice([kind] * 30 + [None]),
                    "at": random.choice([at.isoformat()] * 300 + ["soon", None]),
                    "priority": random.choice(["P1", "P2", None, "P1", "P2"] * 20 + ["P9"]),
                    "city": random.choice(["Roma", "Milano", None]),
                    "team": random.choice(["north", None]),
                }
            )
            at += timedelta(minutes=random.choice([0, 1, 30, 600, 3_000]))
    rows += [dict(rows[0]) | {"case.id": name} for name in (None, "", " ", "C0 ")]
    random.shuffle(rows)
    columns = {name: [row[name] for row in rows] for name in rows[0]}
    return pa.table({**columns, "line": list(range(len(rows))), "unread": ["x"] * len(rows)})


def counted(table: Any) -> Counter[tuple[Any, ...]]:
    """The rows of a table in no order."""
    return Counter(zip(*(column.to_pylist() for column in table.columns), strict=True))
