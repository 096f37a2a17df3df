"""A pool: what a team earned by a plan, shared among its members to the last minor unit."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction

import attrs

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
    whole = sum(map(exact, weights.values()), Fraction(0))
    told = {"team": pool.of, "pool": str(pool.total), "whole": shown(whole)}
    found: dict[str, Statement] = {}
    for member, share in allocate(pool.total, weights).items():
        weight = exact(weights[member])
        why = because("pay.pool_share", **told, weight=shown(weight), amount=str(share))
        line = LedgerLine(key=pool.of, kind="share", amount=share, value=weight, why=why)
        centre = cost_centres.get(member, "")
        found[member] = attrs.evolve(pool, of=member, lines=[line], refusals=(), next_tiers=(), cost_centre=centre)
    return Keyed(found)
