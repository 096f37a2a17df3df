"""The terms of a promise: every decision on which products disagree, each a named option with our default.

Source: the comparison of products in docs/reference/options.md.
"""

from __future__ import annotations

from typing import Literal, TypeAlias, get_args

import attrs

from svcstd.errors import DefinitionError, nearest

__all__ = ["OPTIONS", "AtDue", "Attach", "Pausing", "Reopen", "Retarget", "Terms"]

Landing: TypeAlias = Literal["calendar", "close", "next_open"]
AtDue: TypeAlias = Literal["in_time", "late", "late_if_open"]
Retarget: TypeAlias = Literal["keep_elapsed", "from_start", "restart", "proportional", "stay"]
Attach: TypeAlias = Literal["from_start", "from_attachment"]
Reopen: TypeAlias = Literal["continue", "through", "new_cycle", "stay"]
Pausing: TypeAlias = Literal["stops", "adds_wall_time", "hides_due"]
PauseDays: TypeAlias = Literal["refused", "whole"]

OPTIONS: dict[str, tuple[str, ...]] = {
    "landing": get_args(Landing),
    "at_due": get_args(AtDue),
    "retarget": get_args(Retarget),
    "attach": get_args(Attach),
    "reopen": get_args(Reopen),
    "pausing": get_args(Pausing),
    "pause_days": get_args(PauseDays),
}
"""The values of each option, the default first."""


@attrs.frozen(kw_only=True)
class Terms:
    """What a promise means where products disagree.

    Attributes:
        landing: where a budget that ends exactly at closing falls due: as the ``calendar`` says, at ``close``, or at
            the ``next_open``.
        at_due: an answer exactly at the due time is ``in_time``, and an open clock late strictly after it; ``late``
            makes both late at the due time itself, ``late_if_open`` only the open clock.
        retarget: what a change of promise does to a running clock: ``keep_elapsed`` keeps what was counted and
            measures it against the new target; ``from_start`` counts as if the new row had always held; ``restart``
            begins at zero; ``proportional`` keeps the share of the target that was left, rounded up to the microsecond;
            ``stay`` keeps the first promise.
        attach: a promise that begins to apply later counts ``from_start`` or ``from_attachment``.
        reopen: a reopened clock goes on and the stopped time does not count (``continue``) or does (``through``); or a
            new clock starts (``new_cycle``); or it stays decided (``stay``).
        pausing: a pause stops the counting (``stops``), moves the due by its length on the wall
            (``adds_wall_time``), or only hides the due while it lasts (``hides_due``).
        pause_days: promises in days cannot pause (``refused``), or move by the days that lie wholly inside pauses
            (``whole``).

    Raises:
        DefinitionError: a value that is no choice.

    >>> Terms(retarget="from_start").retarget
    'from_start'
    """

    landing: Landing = "calendar"
    at_due: AtDue = "in_time"
    retarget: Retarget = "keep_elapsed"
    attach: Attach = "from_start"
    reopen: Reopen = "continue"
    pausing: Pausing = "stops"
    pause_days: PauseDays = "refused"

    def __attrs_post_init__(self) -> None:
        for name, choices in OPTIONS.items():
            value = getattr(self, name)
            if value not in choices:
                near = nearest(str(value), choices)
                raise DefinitionError(f"options.{name}", "choice.nearest", value=str(value), nearest=near)
