"""A pool: what a team earned by a plan, shared among its members to the last minor unit."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction

from svcstd.curves import Number, exact, shown
from svcstd.errors import DefinitionError
from svcstd.explain import because
from svcstd.incentives.statement import LedgerLine, Statement
from svcstd.keyed import EMPTY, Keyed
from svcstd.money import allocate

__all__ = ["share_pool"]


def share_pool(
    pool: Statement, weights: Mapping[str, Number], *, cost_centres: Mapping[str, str] = EMPTY
) -> Keyed[str, Statement]:
    """A statement for each member; together they are the pool, to the last minor unit.

    The pool is the statement of the team: its plan's lines, gates and caps are how it is funded.

    Args:
        pool: money due to the team.
        weights: by member, such as points; all the same shares equally, and a weight of 0 gets nothing.
        cost_centres: by member, where it is booked.

    Raises:
        DefinitionError: a pool that is not due, weights below 0, or nothing but zeros.

    >>> from svcstd.money import Money
    >>> earned = LedgerLine(key="team", kind="line", amount=Money.of(1000, "CNY"), why=because("pay.no_service"))
    >>> pool = Statement(plan="team", of="Jinan", period="2026-Q1", currency="CNY", state="due", lines=[earned])
    >>> [str(one.total) for one in share_pool(pool, {"m1": 1, "m2": 1, "m3": 1}).values()]
    ['333.34 CNY', '333.33 CNY', '333.33 CNY']
    """
    if pool.state != "due":
        raise DefinitionError("pool", "pay.no_pool", label=pool.label, state=pool.state)
    shares = allocate(pool.total, weights)
    whole = sum(map(exact, weights.values()), Fraction(0))
    return Keyed(
        {
            member: Statement(
                plan=pool.plan,
                of=member,
                period=pool.period,
                currency=pool.currency,
                state="due",
                version=pool.version,
                edition=pool.edition,
                cost_centre=cost_centres.get(member, ""),
                lines=[
                    LedgerLine(
                        key=pool.of,
                        kind="share",
                        amount=share,
                        value=exact(weights[member]),
                        why=because(
                            "pay.pool_share",
                            team=pool.of,
                            pool=str(pool.total),
                            weight=shown(exact(weights[member])),
                            whole=shown(whole),
                            amount=str(share),
                        ),
                    )
                ],
            )
            for member, share in shares.items()
        }
    )
