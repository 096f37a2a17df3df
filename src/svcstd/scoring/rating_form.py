"""Rating forms: what customers fill in, read into records without moving, guessing or losing anything."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date, datetime
from typing import Any, Literal, TypeAlias, get_args

import attrs

from svcstd.curves import Scale
from svcstd.errors import DefinitionError, FactError, must_be_one_of, nearest
from svcstd.keyed import Keyed, as_keyed, as_tuple

__all__ = ["Again", "RatingForm"]

Again: TypeAlias = Literal["refuse", "keep all", "keep last"]
"""What becomes of a second rating of the same thing by the same rater in one month."""
HEAD = ("rater", "date")
OWN = (*HEAD, "items", "item", "project")
"""Fields that a form has whatever it asks."""


@attrs.frozen(kw_only=True)
class RatingForm:
    """A form on which a rater judges items, each of a project, by several attributes on one scale each.

    Attributes:
        items: that may be rated, e.g. presales, implementation, aftersales.
        attributes: by name, the scale that marks must be on.
        required: further fields that a form must fill in, e.g. province and unit.
        again: what becomes of a second rating of the same item and project by the same rater in one month.

    Raises:
        DefinitionError: no items, no attributes, one named as a field of every form, or another policy.

    >>> from fractions import Fraction
    >>> percent = Scale(Fraction(-1, 2), 2, step=Fraction(1, 10))
    >>> form = RatingForm(items=["presales", "aftersales"], attributes={"technical": percent}, again="refuse")
    >>> filled = {"rater": "bank", "date": date(2026, 1, 9), "items": {"aftersales": {"project": "P1", "technical": 1}}}
    >>> form.records([filled])
    ({'rater': 'bank', 'date': datetime.date(2026, 1, 9), 'item': 'aftersales', 'project': 'P1', 'technical': 1},)
    """

    items: tuple[str, ...] = attrs.field(converter=as_tuple)
    attributes: Keyed[str, Scale] = attrs.field(converter=as_keyed)
    required: tuple[str, ...] = attrs.field(default=(), converter=as_tuple)
    again: Again

    def __attrs_post_init__(self) -> None:
        for name in ("items", "attributes"):
            if not getattr(self, name):
                raise DefinitionError(name, "shape.empty")
        for name in self.attributes:
            if name in OWN:
                raise DefinitionError(f"attributes.{name}", "ratings.own", value=name)
        must_be_one_of(self.again, get_args(Again), "again")

    def records(self, filled: Iterable[Mapping[str, Any]]) -> tuple[dict[str, Any], ...]:
        """One record for each item rated: the fields of the form, the item, its project and its marks.

        Args:
            filled: forms with ``rater``, ``date`` and ``items``: by item, a ``project`` and the marks.

        Raises:
            FactError: a form that is incomplete, an unknown item or attribute, a mark off its scale, or a second
                rating where that is refused.
        """
        found = [record for form in filled for record in self._read(form)]
        if self.again == "keep all":
            return tuple(found)
        last: dict[tuple[object, ...], dict[str, Any]] = {}
        for record in found:
            key = _once(record)
            if key in last and self.again == "refuse":
                raise FactError("records.rater", "ratings.again", value=str(record["rater"]), item=record["item"])
            if key not in last or last[key]["date"] <= record["date"]:
                last[key] = record
        kept = {id(record) for record in last.values()}
        return tuple(record for record in found if id(record) in kept)

    def _read(self, form: Mapping[str, Any]) -> list[dict[str, Any]]:
        head = {key: value for key, value in form.items() if key != "items"}
        for field in (*HEAD, *self.required):
            if head.get(field) in (None, ""):
                raise FactError(f"records.{field}", "kpis.missing", value=field)
        for field in ("item", "project", *self.attributes):
            if field in head:
                raise FactError(f"records.{field}", "ratings.own", value=field)
        day = head["date"]
        if not isinstance(day, date) or isinstance(day, datetime):
            raise FactError("records.date", "facts.kind", value=repr(day), kind="date")
        items = form.get("items")
        if not isinstance(items, Mapping) or not items:
            raise FactError("records.items", "kpis.missing", value="items")
        return [head | {"item": item} | self._marks(item, given) for item, given in items.items()]

    def _marks(self, item: str, given: object) -> dict[str, Any]:
        where = f"records.items.{item}"
        if item not in self.items:
            raise FactError(where, "ratings.item", value=item, nearest=nearest(item, self.items))
        if not isinstance(given, Mapping):
            raise FactError(where, "kpis.missing", value="project")
        known = ("project", *self.attributes)
        for key in given:
            if key not in known:
                raise FactError(f"{where}.{key}", "ratings.item", value=key, nearest=nearest(key, known))
        for key in known:
            if given.get(key) in (None, ""):
                raise FactError(f"{where}.{key}", "kpis.missing", value=key)
        for key, scale in self.attributes.items():
            try:
                scale.check(given[key])
            except DefinitionError as error:
                raise FactError(f"{where}.{key}", error.message, **error.params) from None
        return {key: given[key] for key in known}


def _once(record: Mapping[str, Any]) -> tuple[object, ...]:
    day: date = record["date"]
    return str(record["rater"]), record["item"], str(record["project"]), day.year, day.month
