"""People and stock of an example: who might get the work, and what the teams have."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any

from pendulum import Timezone

from svcstd.documents.dates import DAY_RANGE
from svcstd.documents.shapes import Anything, Reader, Text, Whole
from svcstd.documents.structures import Field, OneOrMore, Record, Table
from svcstd.documents.vocabulary_shapes import read_local
from svcstd.errors import SvcstdError
from svcstd.keyed import EMPTY
from svcstd.moment import moment
from svcstd.routing import Agent, Credential

__all__ = ["AGENTS", "STOCK", "read_agents"]

MOST = 1_000_000
COUNT = Whole(0, MOST)


def _credential(days: tuple[date | None, date | None], **said: Any) -> Credential:
    first, after = days
    return Credential(**said, first=first, last=None if after is None else after - timedelta(1))


CREDENTIAL = Record(
    _credential,
    (
        Field("subject", Text("what it certifies")),
        Field("product", Text(), ""),
        Field("level", COUNT, 0),
        Field("days", DAY_RANGE, (None, None), says="on which it is valid; by default always"),
        Field("edition", Text(), ""),
    ),
    "a certificate",
)
AGENT = Record(
    dict,
    (
        Field("team", Text(), ""),
        Field("roles", OneOrMore(Text("role")), ()),
        Field("credentials", OneOrMore(CREDENTIAL), ()),
        Field("skills", Table(COUNT, free=True), EMPTY),
        Field("languages", OneOrMore(Text("language")), ()),
        Field("load", COUNT, 0, says="units of work in hand"),
        Field("capacity", Whole(1, MOST), says="units of work at most"),
        Field("assigned", COUNT, 0),
        Field("weight", Whole(1, MOST), 1),
        Field("idle_since", Anything("a local time"), None),
        Field("status", Text(), ""),
    ),
    "somebody who might get the work",
)
AGENTS = Table(AGENT, free=True)
STOCK = Table(Table(COUNT, free=True), free=True)


def read_agents(tables: Mapping[str, Any], zone: Timezone, path: str, reader: Reader) -> tuple[Agent, ...]:
    """Those who might get the work, by id whatever their order in the file; faults go to the reader.

    Args:
        tables: by id, as :data:`AGENTS` reads them.
        zone: of local times.
        path: of the table.
        reader: to tell faults.
    """
    found = []
    for key in sorted(tables):
        told, below = dict(tables[key]), f"{path}.{key}"
        idle = told.pop("idle_since")
        try:
            since = None if idle is None else moment(read_local(idle, zone, f"{below}.idle_since"), zone)
        except SvcstdError as error:
            reader.fault(error, f"{below}.idle_since")
        else:
            found.append(Agent(id=key, idle_since=since, **told))
    return tuple(found)
