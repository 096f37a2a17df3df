"""Awards: what is given once for a cause, in money or not.

A suggestion that was adopted and then implemented is one cause and gets one award; whoever claimed it first has it.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from fractions import Fraction
from typing import Any, Literal, TypeAlias, get_args

import attrs

from svcstd.curves import Rounding, exact
from svcstd.errors import DefinitionError, must_be, must_be_date, must_be_one_of
from svcstd.explain import Explanation, because
from svcstd.incentives.claim import Best, Claim, ClaimRule
from svcstd.incentives.statement import LedgerLine
from svcstd.keyed import as_tuple
from svcstd.money import Money, total_of

__all__ = [
    "Award",
    "AwardKind",
    "Cash",
    "Equity",
    "Gift",
    "Grant",
    "Granted",
    "Recognition",
    "RecognitionForm",
    "Reward",
    "Tuition",
    "Vesting",
    "grant",
]

AwardKind: TypeAlias = Literal["performance", "innovation", "team"]
"""What it is for."""
RecognitionForm: TypeAlias = Literal["praise", "certificate", "project", "promotion"]
"""What is worth no money: public praise, a certificate, a place in a special project, priority in promotion."""


@attrs.frozen
class Cash:
    """A bonus in money.

    Attributes:
        amount: of it.
    """

    amount: Money


@attrs.frozen
class Gift:
    """A thing. Its worth is told for the books; it is no cash.

    Attributes:
        name: of the thing.
        worth: of it.
    """

    name: str
    worth: Money


@attrs.frozen
class Recognition:
    """Praise, a certificate, a project or priority in promotion: nothing that is worth money.

    Attributes:
        form: which.
        name: the words, the title, the project, the post.

    Raises:
        DefinitionError: another form.
    """

    form: RecognitionForm
    name: str

    def __attrs_post_init__(self) -> None:
        must_be_one_of(self.form, get_args(RecognitionForm), "form")


@attrs.frozen(kw_only=True)
class Tuition:
    """A part of what learning costs, up to a cap.

    Attributes:
        part: of the cost, above 0 and at most 1.
        most: the cap.
        rounding: of the part.

    Raises:
        DefinitionError: a part that is none, or a cap below 0.
    """

    part: Fraction = attrs.field(converter=exact)
    most: Money
    rounding: Rounding

    def __attrs_post_init__(self) -> None:
        if not 0 < self.part <= 1:
            raise DefinitionError("part", "award.part", value=str(self.part))
        if self.most.minor < 0:
            raise DefinitionError("most", "pay.below_zero", value=str(self.most))


@attrs.frozen
class Vesting:
    """Units that become somebody's own on a day.

    Attributes:
        on: the day.
        units: how many.
    """

    on: date
    units: int


def _by_day(given: Iterable[Vesting]) -> tuple[Vesting, ...]:
    return tuple(sorted(given, key=lambda one: one.on))


@attrs.frozen
class Equity:
    """Shares or options by a dated schedule.

    Attributes:
        name: of the units.
        schedule: when how many vest, by day.

    Raises:
        DefinitionError: no schedule, two entries for a day, no date, or units that are no whole number above 0.

    >>> equity = Equity("option", [Vesting(date(2027, 1, 1), 100), Vesting(date(2028, 1, 1), 300)])
    >>> equity.units, equity.vested(date(2027, 6, 30))
    (400, 100)
    """

    name: str
    schedule: tuple[Vesting, ...] = attrs.field(converter=_by_day)

    def __attrs_post_init__(self) -> None:
        for one in self.schedule:
            must_be_date(one.on, "schedule")
            must_be(one.units, int, "schedule", "a whole number of units")
        if not self.schedule or min(one.units for one in self.schedule) < 1:
            raise DefinitionError("schedule", "award.schedule")
        if len({one.on for one in self.schedule}) != len(self.schedule):
            raise DefinitionError("schedule", "award.schedule")

    @property
    def units(self) -> int:
        """All of them."""
        return sum(one.units for one in self.schedule)

    def vested(self, on: date) -> int:
        """Those that have vested by a day, it included."""
        return sum(one.units for one in self.schedule if one.on <= on)


Reward: TypeAlias = "Cash | Gift | Recognition | Tuition | Equity"
"""One thing that an award gives."""


@attrs.frozen(kw_only=True)
class Award:
    """What is given for a cause.

    Attributes:
        key: of the award.
        kind: performance, innovation or team.
        currency: of its money.
        gives: one or several rewards.
        goes_to: which records claim it, or the best of a period; ``None`` where the caller brings claims.
        name: for people.
        clause: of the standard.

    Raises:
        DefinitionError: another kind, nothing to give, or money of another currency.
    """

    key: str
    kind: AwardKind
    currency: str
    gives: tuple[Reward, ...] = attrs.field(converter=as_tuple)
    goes_to: ClaimRule | Best | None = None
    name: str = ""
    clause: str = ""

    def __attrs_post_init__(self) -> None:
        must_be_one_of(self.kind, get_args(AwardKind), "kind")
        if not self.gives:
            raise DefinitionError("gives", "award.nothing")
        for place, reward in enumerate(self.gives):
            for money in attrs.asdict(reward, recurse=False).values():
                if isinstance(money, Money) and money.currency != self.currency:
                    told: dict[str, Any] = {"value": str(money), "currency": self.currency}
                    raise DefinitionError(f"gives[{place}]", "pay.currency", **told)


@attrs.frozen(kw_only=True)
class Grant:
    """An award given.

    Attributes:
        award: its key.
        of: to whom.
        cause: for what.
        on: the day of the claim.
        cash: money paid out.
        worth: of gifts, for the books; no cash.
        rewards: what is given.
        why: in words.
    """

    award: str
    of: str
    cause: str
    on: date
    cash: Money
    worth: Money
    rewards: tuple[Reward, ...]
    why: Explanation

    @property
    def line(self) -> LedgerLine:
        """Its cash as a line of a statement, which a clawback of the cause finds."""
        causes = {self.cause: self.cash}
        return LedgerLine(key=self.award, kind="award", amount=self.cash, causes=causes, why=self.why)


@attrs.frozen
class Granted:
    """The awards given, and the claims that got none.

    Attributes:
        grants: by day, then payee.
        refused: claims with the reason.
    """

    grants: tuple[Grant, ...]
    refused: tuple[tuple[Claim, Explanation], ...]


def grant(award: Award, claims: Iterable[Claim], *, before: Iterable[Grant] = ()) -> Granted:
    """One award for each cause, whatever the order of the claims.

    The earliest claim of a cause has the award; of several on one day that of the smaller name. A cause that got this
    award before gets none.

    Args:
        award: what is given.
        claims: of any causes.
        before: earlier grants; those of other awards do not count.

    Raises:
        DefinitionError: a claim without the cost that the award pays a part of.
        CurrencyError: a cost in another currency.

    >>> award = Award(key="idea", kind="innovation", currency="CNY", gives=[Cash(Money.of(200, "CNY"))])
    >>> adopted = Claim(of="E07", cause="s1", on=date(2026, 1, 9))
    >>> implemented = Claim(of="E07", cause="s1", on=date(2026, 3, 2))
    >>> [(one.on, one.cash) for one in grant(award, [implemented, adopted]).grants]
    [(datetime.date(2026, 1, 9), Money('200.00 CNY'))]
    """
    given = {one.cause: (one.of, one.on) for one in before if one.award == award.key}
    grants, refused = [], []
    for claim in sorted(claims, key=lambda claim: (claim.on, claim.of, claim.cause)):
        if claim.cause in given:
            of, on = given[claim.cause]
            refused.append((claim, because("award.once", cause=claim.cause, of=of, on=on)))
            continue
        given[claim.cause] = (claim.of, claim.on)
        grants.append(_granted(award, claim))
    return Granted(tuple(grants), tuple(refused))


def _granted(award: Award, claim: Claim) -> Grant:
    none = Money(0, award.currency)
    cash = total_of((_cash(reward, claim, none) for reward in award.gives), award.currency)
    worth = total_of((one.worth for one in award.gives if isinstance(one, Gift)), award.currency)
    given = [_in_words(reward, claim, none) for reward in award.gives]
    why = because("award.given", *given, award=award.name or award.key, of=claim.of, cause=claim.cause, on=claim.on)
    return Grant(
        award=award.key,
        of=claim.of,
        cause=claim.cause,
        on=claim.on,
        cash=cash,
        worth=worth,
        rewards=award.gives,
        why=why,
    )


def _cash(reward: Reward, claim: Claim, none: Money) -> Money:
    match reward:
        case Cash():
            return reward.amount
        case Tuition():
            if claim.cost is None:
                raise DefinitionError(f"claims.{claim.cause}.cost", "award.cost", cause=claim.cause)
            part = Money.of((none + claim.cost).times(reward.part), none.currency, reward.rounding)
            return min(part, reward.most)
        case _:
            return none


def _in_words(reward: Reward, claim: Claim, none: Money) -> Explanation:
    match reward:
        case Cash():
            return because("award.cash", amount=str(reward.amount))
        case Gift():
            return because("award.gift", name=reward.name, worth=str(reward.worth))
        case Recognition(form="praise"):
            return because("award.praise", name=reward.name)
        case Recognition(form="certificate"):
            return because("award.certificate", name=reward.name)
        case Recognition(form="project"):
            return because("award.project", name=reward.name)
        case Recognition():
            return because("award.promotion", name=reward.name)
        case Tuition():
            amount = str(_cash(reward, claim, none))
            return because("award.tuition", amount=amount, cost=str(claim.cost), most=str(reward.most))
        case _:  # equity
            last = reward.schedule[-1].on
            return because("award.equity", units=reward.units, name=reward.name, first=reward.schedule[0].on, last=last)
