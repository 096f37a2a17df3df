"""Rating from all sides (360 degrees): groups of raters with weights, anonymity, and self-ratings that pay nothing."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from fractions import Fraction
from typing import Literal, TypeAlias, get_args

import attrs

from svcstd.curves import Scale, exact
from svcstd.errors import DefinitionError, FactError, must_be_one_of, nearest
from svcstd.keyed import Keyed, as_keyed
from svcstd.scoring.mean import Mean, MissingPolicy
from svcstd.scoring.record import Record
from svcstd.scoring.suppression import Combination, Suppression, suppress
from svcstd.scoring.trimmed import trimmed_mean

__all__ = ["Appraisal", "Below", "Cell", "Panel", "RaterGroup"]

Below: TypeAlias = Literal["left out", "counted"]
"""Ratings of a group with too few raters: they count for nothing, or they count and only their figure stays hidden."""


@attrs.frozen
class RaterGroup:
    """Raters of one kind: supervisors, peers, customers, oneself.

    Attributes:
        weight: of the group, above 0; only the proportion counts.
        least: how many raters the group must have before its own figure may be told.

    Raises:
        DefinitionError: a weight that is not above 0, or no raters at least.
    """

    weight: Fraction = attrs.field(converter=exact)
    least: int = 1

    def __attrs_post_init__(self) -> None:
        if self.weight <= 0:
            raise DefinitionError("weight", "scoring.weight", value=str(self.weight))
        if isinstance(self.least, bool) or not isinstance(self.least, int) or self.least < 1:
            raise DefinitionError("least", "agents.some")


@attrs.frozen
class Cell:
    """What one group said.

    Attributes:
        raters: how many people.
        ratings: how many ratings.
        value: their mean.
        counts: whether it counts in the whole.
    """

    raters: int
    ratings: int
    value: Fraction
    counts: bool


@attrs.frozen
class Appraisal:
    """What all sides said, for computing and, without what would give people away, for telling.

    Attributes:
        value: the weighted mean of the groups that count, exact; ``None`` where a policy withholds it.
        cells: by group, what it said. For computing only: :meth:`told` is for people.
        weights: by group, its share of the value.
        covered: the share of the weight that has ratings.
        safe: what may be told.
    """

    value: Fraction | None
    cells: Keyed[str, Cell] = attrs.field(converter=as_keyed)
    weights: Keyed[str, Fraction] = attrs.field(converter=as_keyed)
    covered: Fraction
    safe: Suppression

    @property
    def told(self) -> Keyed[str, Fraction | None]:
        """The figures that may be told, by group; ``None`` for one that is hidden."""
        return Keyed({key: cell.value if self.safe.cells[key] else None for key, cell in self.cells.items()})

    @property
    def told_value(self) -> Fraction | None:
        """The whole, if it may be told."""
        return self.value if self.safe.sums.get(WHOLE, False) else None

    @property
    def published(self) -> tuple[Combination, ...]:
        """All that is told, as sums over groups: to be passed on when more is told later."""
        cells = [{key: 1} for key in self.cells if self.safe.cells[key]]
        return (*cells, *([self.weights] if self.safe.sums.get(WHOLE, False) else []))


WHOLE = "whole"


def _groups(given: Mapping[str, RaterGroup]) -> Keyed[str, RaterGroup]:
    if not given:
        raise DefinitionError("groups", "shape.empty")
    return as_keyed(given)


@attrs.frozen(kw_only=True)
class Panel:
    """Who rates, and how their ratings become one.

    Attributes:
        groups: by name, e.g. supervisor, peer, self, customer.
        scale: that every rating must be on; what is off it is refused.
        missing: what becomes of a group without ratings.
        least_covered: the share of the weight that must have ratings, for ``reweight`` and ``withhold``.
        below: what becomes of a group with too few raters.
        self_group: the group of those who rate themselves; empty if nobody does.
        self_for_pay: the weight of that group where pay depends on it; 0 unless said otherwise.
        trim: the share of the ratings of each group to leave out at each end.

    Raises:
        DefinitionError: no groups, an unknown policy, or options that do not belong together.

    >>> panel = Panel(groups={"supervisor": RaterGroup(2), "peer": RaterGroup(1, least=3), "self": RaterGroup(1)},
    ...     scale=Scale(1, 5, step=1), missing="reweight", below="left out", self_group="self")
    >>> ratings = [{"rater": "s", "group": "supervisor", "value": 4}, {"rater": "me", "group": "self", "value": 5},
    ...     {"rater": "p1", "group": "peer", "value": 1}]
    >>> found = panel.rate(ratings, for_pay=True)
    >>> found.value, found.told["peer"]
    (Fraction(4, 1), None)
    """

    groups: Keyed[str, RaterGroup] = attrs.field(converter=_groups)
    scale: Scale
    missing: MissingPolicy
    least_covered: Fraction = attrs.field(default=Fraction(0), converter=exact)
    below: Below
    self_group: str
    self_for_pay: Fraction = attrs.field(default=Fraction(0), converter=exact)
    trim: Fraction = attrs.field(default=Fraction(0), converter=exact)

    def __attrs_post_init__(self) -> None:
        must_be_one_of(self.below, get_args(Below), "below")
        if self.self_group and self.self_group not in self.groups:
            near = nearest(self.self_group, self.groups)
            raise DefinitionError("self_group", "panels.group", value=self.self_group, nearest=near)
        if self.self_for_pay < 0:
            raise DefinitionError("self_for_pay", "scoring.weight", value=str(self.self_for_pay))
        if self.self_for_pay and not self.self_group:
            near = nearest("oneself", self.groups)
            raise DefinitionError("self_for_pay", "panels.group", value="oneself", nearest=near)
        try:
            trimmed_mean((0,), share=self.trim)
        except DefinitionError as error:
            raise error.at("trim") from None
        self._mean(for_pay=False)
        self._mean(for_pay=True)

    def _mean(self, *, for_pay: bool) -> Mean:
        weights = {key: group.weight for key, group in self.groups.items()}
        if for_pay and self.self_group:
            weights[self.self_group] = self.self_for_pay
        counted = {key: weight for key, weight in weights.items() if weight}
        return Mean(weights=counted, method="arithmetic", missing=self.missing, least_covered=self.least_covered)

    def rate(self, ratings: Iterable[Record], *, for_pay: bool, published: Iterable[Combination] = ()) -> Appraisal:
        """What the ratings come to.

        Args:
            ratings: records with ``rater``, ``group`` and ``value``.
            for_pay: whether pay depends on it.
            published: what was told of the same ratings before; see :attr:`Appraisal.published`.

        Raises:
            FactError: a rating of an unknown group, off the scale, or incomplete.
            DefinitionError: a group without ratings where that is refused, or a small group that was told before.
        """
        read = self._read(ratings)
        small = {key for key, given in read.items() if len({rater for rater, _ in given}) < self.groups[key].least}
        mean = self._mean(for_pay=for_pay)
        cells = {
            key: Cell(
                raters=len({rater for rater, _ in given}),
                ratings=len(given),
                value=trimmed_mean([value for _, value in given], share=self.trim),
                counts=key in mean.weights and not (key in small and self.below == "left out"),
            )
            for key, given in read.items()
        }
        counted = {key: cell.value for key, cell in cells.items() if cell.counts}
        found = mean.of(counted)
        whole = sum((mean.weights[key] for key in counted), Fraction(0))
        if self.missing == "zero":
            whole = sum(mean.weights.values(), Fraction(0))
        weights = {key: mean.weights[key] / whole for key in counted} if found.value is not None else {}
        people = {key: cell.raters for key, cell in cells.items()}
        sums: dict[str, Combination] = {} if found.value is None else {WHOLE: weights}
        safe = suppress(people, sums, small=small, published=published)
        return Appraisal(found.value, cells, weights, found.covered, safe)

    def _read(self, ratings: Iterable[Record]) -> dict[str, list[tuple[str, Fraction]]]:
        found: dict[str, list[tuple[str, Fraction]]] = {}
        for record in ratings:
            group, rater, value = record.get("group"), record.get("rater"), record.get("value")
            if not isinstance(group, str) or group not in self.groups:
                raise FactError("records.group", "panels.group", value=str(group), nearest=nearest(group, self.groups))
            for field in ("rater", "value"):
                if record.get(field) in (None, ""):
                    raise FactError(f"records.{field}", "kpis.missing", value=field)
            try:
                mark = self.scale.check(value)
            except DefinitionError as error:
                raise FactError("records.value", error.message, **error.params) from None
            found.setdefault(group, []).append((str(rater), mark))
        return {key: found[key] for key in self.groups if key in found}
