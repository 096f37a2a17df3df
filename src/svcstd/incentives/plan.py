"""A plan: what is paid for which result, to whom, after which gates, in which order of steps. Nothing is by default."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from typing import Any, Literal, TypeAlias, get_args

import attrs

from svcstd.calendars import PeriodKind
from svcstd.conditions import ANYTHING, AllOf, as_all
from svcstd.curves import Curve, Goalposts, PiecewiseLinear, Rounding, Steps, Tiers, exact
from svcstd.errors import DefinitionError, must_be, must_be_one_of, one_of
from svcstd.incentives.payee import ProratedBy, Validity
from svcstd.incentives.requirement import Requirement
from svcstd.incentives.roster import Roster
from svcstd.incentives.sharing import Sharing
from svcstd.incentives.terms import PayTerms
from svcstd.keyed import Keyed, as_keyed, as_tuple
from svcstd.money import Money

__all__ = [
    "Eligibility",
    "Gate",
    "IfNoFigure",
    "Kicker",
    "Modifier",
    "PayCap",
    "PayCurve",
    "PayFactor",
    "PayFloor",
    "PayLine",
    "Plan",
    "Proration",
    "Reads",
    "RoundAt",
    "ValidWhen",
]

PayCurve: TypeAlias = "Curve | Tiers"
"""From a result, or its attainment of a quota, to what the line's money is multiplied by."""
IfNoFigure: TypeAlias = Literal["refuse", "nothing", "withhold"]
"""A figure that is missing is an error; it earns nothing (a factor changes nothing); the whole pay waits for it."""
Reads: TypeAlias = Literal["exact", "rounded"]
"""Whether a gate sees a figure as it was counted, or as it was published."""
RoundAt: TypeAlias = Literal["line", "total"]
"""Each line and step is rounded, or only their sum."""
Whose: TypeAlias = Literal["own", "team"]
ValidWhen: TypeAlias = Literal["throughout", "at start", "at end"]
"""On which days of the period a certificate must be valid."""
Prorates: TypeAlias = Literal["quota", "payout", "both"]


def _above_zero(_: object, field: attrs.Attribute[Any], value: Fraction | None) -> None:
    if value is not None and value <= 0:
        raise DefinitionError(field.name, "pay.above_zero", value=str(value))


@attrs.frozen(kw_only=True)
class Eligibility:
    """Who takes part at all; it comes before every gate and amount.

    Attributes:
        when: what must hold of the payee's facts, such as the status; an unknown fact does not make eligible.
        needs: certificates that must be valid.
        valid: on which days of the period they must be.
        least_days: days of service in the period, in the unit of *days*.
        days: that unit; needed where there is a least.

    Raises:
        DefinitionError: another choice, or days without their unit.
    """

    when: AllOf = attrs.field(default=ANYTHING, converter=as_all)
    needs: tuple[str, ...] = attrs.field(default=(), converter=as_tuple)
    valid: ValidWhen = attrs.field(default="throughout", validator=one_of(get_args(ValidWhen)))
    least_days: int = 0
    days: ProratedBy | None = attrs.field(default=None)

    def __attrs_post_init__(self) -> None:
        must_be(self.least_days, int, "least_days", "a whole number of days")
        if self.least_days < 0 or (self.least_days and self.days is None):
            raise DefinitionError("days", "pay.least_days", value=self.least_days)
        if self.days is not None:
            must_be_one_of(self.days, get_args(ProratedBy), "days")


@attrs.frozen(kw_only=True)
class Gate:
    """A result without which some lines, or all, earn nothing.

    Attributes:
        figure: reference of the result.
        keeps: the bound that it must keep.
        reads: the exact or the published figure.
        missing: what becomes of the lines where there is no figure.
        shuts: keys of lines; none for all of them.
        whose: the payee's figure or that of the team.

    Raises:
        DefinitionError: another choice.
    """

    figure: str
    keeps: Requirement
    reads: Reads = attrs.field(validator=one_of(get_args(Reads)))
    missing: IfNoFigure = attrs.field(validator=one_of(get_args(IfNoFigure)))
    shuts: tuple[str, ...] = attrs.field(default=(), converter=as_tuple)
    whose: Whose = attrs.field(default="own", validator=one_of(get_args(Whose)))

    def __attrs_post_init__(self) -> None:
        must_be(self.keeps, Requirement, "keeps", "a Requirement, such as Requirement(at_least=1)")


@attrs.frozen(kw_only=True)
class PayLine:
    """Money times a result.

    Attributes:
        pays: what one unit of the result earns, after the curve.
        times: reference of the result.
        missing: what becomes of the line where there is no result.
        curve: from the result to units; ``None`` for the result itself.
        quota: what the result is divided by first, to give its attainment; ``None`` for no quota.
        part: of the money, where a person's and a team's result share a line's worth, e.g. 3/5 and 2/5.
        whose: the payee's result or that of the team.
        during: the days of a short campaign; a period without any of them earns nothing. The result is that of the
            days in both, and stands under a reference of its own: :meth:`Plan.reads`.
        name: for people.
        clause: of the standard.

    Raises:
        DefinitionError: a quota or part that is not above 0, a float, or another choice.
    """

    pays: Money
    times: str
    missing: IfNoFigure = attrs.field(validator=one_of(get_args(IfNoFigure)))
    curve: PayCurve | None = None
    quota: Fraction | None = attrs.field(
        default=None, converter=attrs.converters.optional(exact), validator=_above_zero
    )
    part: Fraction = attrs.field(default=Fraction(1), converter=exact, validator=_above_zero)
    whose: Whose = attrs.field(default="own", validator=one_of(get_args(Whose)))
    during: Validity | None = None
    name: str = ""
    clause: str = ""


@attrs.frozen(kw_only=True)
class PayFactor:
    """A step: all that was earned so far, times a result.

    Attributes:
        name: of the step.
        times: reference of the result, such as a customer's rating.
        curve: from the result to the factor; ``None`` for the result itself, which may be below 0.
        missing: what becomes of the step where there is no result.
        whose: the payee's result or that of the team.
    """

    name: str
    times: str
    curve: PayCurve | None = None
    missing: IfNoFigure = attrs.field(validator=one_of(get_args(IfNoFigure)))
    whose: Whose = attrs.field(default="own", validator=one_of(get_args(Whose)))


@attrs.frozen(kw_only=True)
class Kicker:
    """A step: an amount on top where a gate is open.

    Attributes:
        name: of the step.
        adds: the amount.
        gate: the result that opens it.
    """

    name: str
    adds: Money
    gate: Gate


@attrs.frozen(kw_only=True)
class PayCap:
    """A step: no more than this.

    Attributes:
        name: of the step.
        most: the amount.
    """

    name: str
    most: Money


@attrs.frozen(kw_only=True)
class PayFloor:
    """A step: no less than this.

    Attributes:
        name: of the step.
        least: the amount.
    """

    name: str
    least: Money


Modifier: TypeAlias = "PayFactor | Kicker | PayCap | PayFloor"
"""What happens to the sum of the lines, in the order of the plan."""


@attrs.frozen(kw_only=True)
class Proration:
    """What a part of a period does.

    Attributes:
        by: the days that count, which the payee's :class:`~svcstd.incentives.Served` tells.
        of: the quota, the payout, or both.

    Raises:
        DefinitionError: another choice.
    """

    by: ProratedBy = attrs.field(validator=one_of(get_args(ProratedBy)))
    of: Prorates = attrs.field(validator=one_of(get_args(Prorates)))


@attrs.frozen(kw_only=True)
class Plan:
    """How results become pay.

    Attributes:
        key: of the plan.
        currency: of all its money.
        every: its cycle.
        lines: what is paid for what, by key.
        rounding: to minor units or coins of the currency.
        round_at: each line, or the sum.
        gates: before any amount.
        eligibility: before any gate.
        modifiers: steps on the sum of the lines, in order.
        proration: for a part of a period; ``None`` pays it as a whole one.
        of: field of a record that names whose it is; empty where all records are the payee's.
        people: the records that tell of payees; ``None`` for none.
        certificates: kind of records with the certificates of payees, by name, first and last day; empty for none.
        terms: how it is paid out; ``None`` pays all of it at once.
        share: how the pay of a team is shared among its members; ``None`` where payees keep it.
        name, version: for people.

    Raises:
        DefinitionError: money of another currency, a gate that shuts no line of the plan, a step named twice, a
            rounding that is no whole number of minor units, or no line.
    """

    key: str
    currency: str
    every: PeriodKind = attrs.field(validator=one_of(get_args(PeriodKind)))
    lines: Keyed[str, PayLine] = attrs.field(converter=as_keyed)
    rounding: Rounding
    round_at: RoundAt = attrs.field(validator=one_of(get_args(RoundAt)))
    gates: Keyed[str, Gate] = attrs.field(factory=Keyed, converter=as_keyed)
    eligibility: Eligibility = attrs.field(factory=Eligibility)
    modifiers: tuple[Modifier, ...] = attrs.field(default=(), converter=as_tuple)
    proration: Proration | None = None
    of: str = ""
    people: Roster | None = None
    certificates: str = ""
    terms: PayTerms | None = None
    share: Sharing | None = None
    name: str = ""
    version: str = ""

    def __attrs_post_init__(self) -> None:
        if not self.lines:
            raise DefinitionError("lines", "pay.no_lines")
        Money.of(0, self.currency, self.rounding)
        for where, money in self._amounts():
            must_be(money, Money, where, "Money, such as Money.of(15, 'CNY')")
            if money.currency != self.currency:
                raise DefinitionError(where, "pay.currency", value=str(money), currency=self.currency)
        for key, gate in self.gates.items():
            for line in gate.shuts:
                must_be_one_of(line, self.lines, f"gates.{key}.shuts")
        names = [*self.lines, *(step.name for step in self.modifiers), "rounding"]
        for name in names:
            if names.count(name) > 1:
                raise DefinitionError("modifiers", "pay.named_twice", value=name)

    def _amounts(self) -> Iterator[tuple[str, Money]]:
        for key, line in self.lines.items():
            yield f"lines.{key}.pays", line.pays
        for number, step in enumerate(self.modifiers):
            match step:
                case Kicker():
                    yield f"modifiers[{number}].adds", step.adds
                case PayCap():
                    yield f"modifiers[{number}].most", step.most
                case PayFloor():
                    yield f"modifiers[{number}].least", step.least
                case _:  # a factor has no money of its own
                    pass
        if self.terms is not None:
            yield from ((f"terms.{where}", money) for where, money in self.terms.amounts)

    def reads(self, key: str) -> str:
        """The reference under which a line's result stands; a campaign has one of its own: ``kpis.sold@launch``."""
        line = self.lines[key]
        return line.times if line.during is None else f"{line.times}@{key}"

    @property
    def figures(self) -> tuple[tuple[Whose, str], ...]:
        """Every result that it reads, whose, and by which reference, each once."""
        gates = [*self.gates.values(), *(step.gate for step in self.modifiers if isinstance(step, Kicker))]
        factors = [step for step in self.modifiers if isinstance(step, PayFactor)]
        read: dict[tuple[Whose, str], None] = {}
        read |= {(gate.whose, gate.figure): None for gate in gates}
        read |= {(line.whose, self.reads(key)): None for key, line in self.lines.items()}
        read |= {(step.whose, step.times): None for step in factors}
        return tuple(read)


def bounds_of(curve: PayCurve) -> tuple[Fraction, ...]:
    """Where a curve bends or jumps, rising."""
    match curve:
        case Steps() | Tiers():
            return curve.bounds
        case PiecewiseLinear():
            return tuple(value for value, _ in curve.points)
        case Goalposts():
            return tuple(sorted((curve.worst, curve.best)))
        case _:  # a distance to its target
            return (curve.target,)


def limits_of(curve: PayCurve) -> tuple[Fraction | None, Fraction | None]:
    """The least and the greatest result that a curve takes; ``None`` where it has no end."""
    match curve:
        case Tiers(beyond="refuse"):
            return curve.start, None
        case PiecewiseLinear(beyond="refuse") | Goalposts(beyond="refuse"):
            bounds = bounds_of(curve)
            return bounds[0], bounds[-1]
        case _:
            return None, None
