"""Standards and calendars as bytes that other processes read: their text, and what the data around them must come to.

A text names holidays by place and zones by name, so a worker with another release of either would answer otherwise.
Each value travels with digests of its calendars and zones; a worker whose own data come to others refuses.
"""

from __future__ import annotations

import json
import pickle
from collections.abc import Iterable, Mapping
from datetime import date
from functools import lru_cache
from hashlib import sha256

from svcstd.calendars import Calendar
from svcstd.documents import dumps, loads
from svcstd.errors import DefinitionError
from svcstd.moment import DAY, offset_at, offset_change, timezone, year_start
from svcstd.standard import ServiceStandard

__all__ = ["calendars_from", "calendars_to_bytes", "check_zone", "standard_from", "standard_to_bytes", "zone_digest"]

STEP = 7 * DAY
"""No zone has changed its offset twice within a week."""
YEARS = range(1970, 2100)


def standard_to_bytes(standard: ServiceStandard) -> bytes:
    """The text of a standard, with the digests of its calendars and zones.

    Raises:
        DefinitionError: it holds what has no text, such as a program.
    """
    return json.dumps({"text": dumps(standard), "digests": _digests_of(standard)}).encode()


@lru_cache(maxsize=16)
def standard_from(found: bytes) -> ServiceStandard:
    """The standard that :func:`standard_to_bytes` wrote; loaded once in a process.

    Raises:
        DefinitionError: the data of this process come to other digests.
    """
    read = json.loads(found)
    standard = loads(read["text"])
    _check(read["digests"], _digests_of(standard))
    return standard


def calendars_to_bytes(calendars: Calendar | Mapping[str, Calendar]) -> bytes:
    """Calendars with their hours and every holiday, day by day; zones go by name.

    Compiled calendars are smaller, but end with their range of years, and instants of any year may be asked about.
    """
    return pickle.dumps((calendars, _digests_of_calendars(calendars)))


@lru_cache(maxsize=16)
def calendars_from(found: bytes) -> Calendar | Mapping[str, Calendar]:
    """The calendars that :func:`calendars_to_bytes` wrote, which must come from those who may run programs here.

    Raises:
        DefinitionError: the data of this process come to other digests.
    """
    calendars: Calendar | Mapping[str, Calendar]
    calendars, digests = pickle.loads(found)  # noqa: S301 - an engine ships programs the same way
    _check(digests, _digests_of_calendars(calendars))
    return calendars


def _digests_of(standard: ServiceStandard) -> dict[str, str]:
    digests, zones = {}, {standard.zone} | ({standard.log.zone} if standard.log is not None else set())
    for edition in standard.every_edition:
        zones.add(edition.zone)
        where = f"editions.{edition.label}.calendars" if edition.label else "calendars"
        for key, calendar in edition.calendars_in("as it goes", date.min).items():
            digests[f"{where}.{key}"] = calendar.digest
            zones |= calendar.zones
    return digests | _of_zones(zones)


def _digests_of_calendars(calendars: Calendar | Mapping[str, Calendar]) -> dict[str, str]:
    named = {"calendar": calendars} if isinstance(calendars, Calendar) else calendars
    digests = {f"calendars.{key}": calendar.digest for key, calendar in named.items()}
    return digests | _of_zones(zone for calendar in named.values() for zone in calendar.zones)


def _of_zones(names: Iterable[str]) -> dict[str, str]:
    return {f"zones.{name}": zone_digest(name) for name in sorted({*names} - {""})}


@lru_cache(maxsize=64)
def zone_digest(name: str) -> str:
    """Sixteen hex digits that stand for every change of a zone's offset from 1970 to 2099."""
    zone = timezone(name)
    before = year_start(YEARS.start)
    offset = offset_at(before, zone)
    changes = [(before, offset)]
    for instant in range(before + STEP, year_start(YEARS.stop), STEP):
        later = offset_at(instant, zone)
        if later != offset:
            changes.append((offset_change(instant - STEP, instant, zone), later))
            offset = later
    return sha256(repr(changes).encode()).hexdigest()[:16]


def check_zone(name: str, digest: str) -> None:
    """Refuse a zone whose changes come to another digest here; no name is no zone.

    Raises:
        DefinitionError: they do.
    """
    if name:
        _check({f"zones.{name}": digest}, _of_zones([name]))


def _check(expected: Mapping[str, str], found: Mapping[str, str]) -> None:
    for where, digest in expected.items():
        if found.get(where) != digest:
            raise DefinitionError(where, "batch.other_data", got=found.get(where, ""), expected=digest)
