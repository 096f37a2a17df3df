"""First-contact resolution: was the first contact about a matter also the last, once enough time has passed to tell?"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any, TypeVar

import attrs

from svcstd.conditions import ANYTHING, AllOf, as_all
from svcstd.durations import duration_micros
from svcstd.errors import DefinitionError, FactError
from svcstd.keyed import as_tuple
from svcstd.moment import micros
from svcstd.scoring.formula import IfMissing
from svcstd.scoring.measure import Measure
from svcstd.scoring.record import Record, at_of

__all__ = ["FirstContact"]

T = TypeVar("T")
SETTLED = "first_contact"
"""The field that tells of a first contact whether nobody had to come back."""


@attrs.frozen(kw_only=True)
class FirstContact:
    """Matters settled at the first contact, of all first contacts that are old enough to judge.

    A contact is a first one if none about the same matter came within the window before it. It settled the matter if
    it is marked as resolved and none came within the window after it.

    Attributes:
        key: the fields that tell matters apart, such as customer and category.
        at: the field with the moment of a contact.
        window: how long a matter may come back.
        inclusive: whether a contact exactly at the end of the window has come back within it.
        channel: the field with the channel, if only a contact by the same channel counts as coming back; else empty.
        resolved: what marks a contact as resolved; nothing by default, so that only coming back counts.

    Raises:
        DefinitionError: no key, or no window.

    >>> from datetime import UTC
    >>> rule = FirstContact(key=["customer"], at="at", window=timedelta(hours=72), inclusive=True)
    >>> days = [("a", 1), ("b", 1), ("a", 3)]
    >>> calls = [{"customer": who, "at": datetime(2026, 3, day, tzinfo=UTC)} for who, day in days]
    >>> rule.measure(rule.derive(calls, datetime(2026, 4, 1, tzinfo=UTC)), "refuse").value
    Fraction(1, 2)
    """

    key: tuple[str, ...] = attrs.field(converter=as_tuple)
    at: str
    window: timedelta
    inclusive: bool
    channel: str = ""
    resolved: AllOf = attrs.field(default=ANYTHING, converter=as_all)
    _length: int = attrs.field(init=False, eq=False, repr=False)

    def __attrs_post_init__(self) -> None:
        if not self.key:
            raise DefinitionError("key", "shape.empty")
        object.__setattr__(self, "_length", duration_micros(self.window))
        if not self._length:
            raise DefinitionError("window", "scoring.no_time")

    def derive(self, records: Sequence[Record], as_of: datetime | None) -> list[Record]:
        """The first contacts that are old enough, each with what came of it.

        Raises:
            DefinitionError: nobody says when we ask.
            FactError: a contact without its moment or without a part of the key.
        """
        if as_of is None:
            raise DefinitionError("as_of", "kpis.as_of")
        asked = micros(as_of, "as_of")
        matters: dict[tuple[Any, ...], list[tuple[int, int, Record]]] = {}
        for place, record in enumerate(records):
            moment = micros(_needed(at_of(record, self.at), self.at))
            if moment <= asked:
                matters.setdefault(self._matter(record), []).append((moment, place, record))
        found = [one for contacts in matters.values() for one in self._firsts(contacts, asked)]
        return [record for _, record in sorted(found, key=lambda pair: pair[0])]

    def _matter(self, record: Record) -> tuple[Any, ...]:
        fields = (*self.key, *((self.channel,) if self.channel else ()))
        return tuple(_needed(record.get(field), field) for field in fields)

    def _firsts(self, contacts: list[tuple[int, int, Record]], asked: int) -> list[tuple[int, Record]]:
        contacts.sort(key=lambda one: one[:2])
        found: list[tuple[int, Record]] = []
        before: int | None = None
        for number, (moment, place, record) in enumerate(contacts):
            is_first = before is None or not self._is_near(before, moment)
            before = moment
            is_old = moment + self._length + self.inclusive <= asked
            if is_first and is_old:
                later = contacts[number + 1][0] if number + 1 < len(contacts) else None
                came_back = later is not None and self._is_near(moment, later)
                settled = self.resolved.holds(record)
                found.append((place, {**record, SETTLED: False if came_back else settled}))
        return found

    def _is_near(self, one: int, other: int) -> bool:
        return other - one <= self._length if self.inclusive else other - one < self._length

    def measure(self, records: Sequence[Record], missing: IfMissing, as_of: datetime | None = None) -> Measure:
        """Settled, over all first contacts of :meth:`derive`.

        Raises:
            FactError: a contact that does not say whether it was resolved, where that is refused.
        """
        del as_of
        if missing == "refuse" and any(record[SETTLED] is None for record in records):
            raise FactError(f"records.{min(self.resolved.fields)}", "kpis.missing", value=min(self.resolved.fields))
        decided = [record[SETTLED] for record in records if missing == "as zero" or record[SETTLED] is not None]
        return Measure(sum(map(bool, decided)), len(decided), len(decided))

    @property
    def fields(self) -> frozenset[str]:
        """The fields it reads."""
        channel = (self.channel,) if self.channel else ()
        return frozenset((*self.key, self.at, *channel)) | self.resolved.fields


def _needed(value: T | None, field: str) -> T:
    if value is None:
        raise FactError(f"records.{field}", "kpis.missing", value=field)
    return value
