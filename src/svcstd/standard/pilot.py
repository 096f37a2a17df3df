"""Pilots: an edition that is tried on some cases for some time, beside the one in force."""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import suppress
from datetime import date
from typing import Any

import attrs

from svcstd.conditions import AllOf, Facts, FactValue, as_all
from svcstd.errors import DefinitionError, FactError, must_be, must_be_date
from svcstd.standard.edition import Edition

__all__ = ["Pilot", "piloted"]


@attrs.frozen(kw_only=True)
class Pilot:
    """An edition for the cases of a scope that begin on some days.

    Attributes:
        scope: what must hold of the facts with which a case begins; unknown is no.
        edition: that holds for them; its first day is that of the pilot.
        until: the date after the last day; ``None`` for no end yet.

    Raises:
        DefinitionError: an edition without a first day, or an end that does not come after it.
    """

    scope: AllOf = attrs.field(converter=as_all)
    edition: Edition
    until: date | None = None

    def __attrs_post_init__(self) -> None:
        must_be(self.edition, Edition, "edition", "an Edition")
        must_be_date(self.edition.starts, "from")
        if self.until is not None:
            must_be_date(self.until, "until")
            if self.until <= self.starts:
                raise DefinitionError("until", "period.order", first=self.starts, last=self.until)

    @property
    def starts(self) -> date:
        """Its first day."""
        return self.edition.starts or date.min

    def takes(self, day: date, facts: Mapping[str, Any]) -> bool:
        """Whether a case that begins on a day with these facts is tried on it."""
        within = self.starts <= day and (self.until is None or day < self.until)
        return within and self.scope.holds(self._known(facts)) is True

    def _known(self, facts: Mapping[str, Any]) -> Facts:
        """What the scope asks for, as the edition takes it; a fact of another kind is not known."""
        known: dict[str, FactValue] = {}
        for name in self.scope.fields:
            value = _fact(facts, name)
            if value is not None:
                with suppress(FactError):
                    known[name] = self.edition.facts.types[name].exact(name, value)
        return known


def _fact(facts: object, name: str) -> object:
    """A fact by its name, told flat or within others."""
    if not isinstance(facts, Mapping):
        return None
    if name in facts:
        return facts[name]
    first, _, rest = name.partition(".")
    return _fact(facts.get(first), rest) if rest else None


def piloted(pilots: Mapping[str, Pilot], day: date, facts: Mapping[str, Any]) -> Edition | None:
    """The edition of the first pilot that takes a case; ``None`` where none does."""
    return next((one.edition for one in pilots.values() if one.takes(day, facts)), None)
