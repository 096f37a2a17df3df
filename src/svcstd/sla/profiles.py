"""How other products keep time: their answers, as named options of ours.

A profile is made from what a product's own tests, code or manual assert, and says where it cannot follow. It holds
terms for each measure and says whose clocks its pauses stop. No product of that name stands behind it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

import attrs

from svcstd.errors import DefinitionError, nearest
from svcstd.keyed import Keyed, as_keyed
from svcstd.sla.clock_rule import ClockRule, Pause
from svcstd.sla.presets import PRESETS, preset
from svcstd.sla.terms import OPTIONS, Terms

__all__ = ["PROFILES", "Profile", "profile"]


@attrs.frozen
class Profile:
    """The terms of one product.

    Attributes:
        name: of the product.
        common: terms of every measure.
        pauses: names of the presets whose clocks a pause stops.
    """

    name: str
    common: Terms
    pauses: frozenset[str] = frozenset()

    def terms(self, measure: str) -> Terms:
        """The terms of a measure, by the name of its preset: what makes that measure what it is stays as it is."""
        if measure and measure not in PRESETS:
            raise DefinitionError("preset", "choice.nearest", value=measure, nearest=nearest(measure, PRESETS))
        own, usual = PRESETS[measure].terms if measure else Terms(), Terms()
        kept = {name: getattr(own, name) for name in OPTIONS if getattr(own, name) != getattr(usual, name)}
        return attrs.evolve(self.common, **kept)

    def rule(self, measure: str, pauses: Iterable[Pause] = (), **signals: Any) -> ClockRule:  # noqa: ANN401 - as preset
        """The clock rule of a measure; what pauses it is left out where the product lets nothing stop it."""
        if measure in self.pauses:
            return preset(measure, pauses=tuple(pauses), **signals)
        return preset(measure, pauses=(), **signals | {"paused_while": None})


EVERY = frozenset(PRESETS)


def zammad() -> Profile:
    """Zammad.

    Read: the escalation examples of its current test suite and those of the suite before, documentation of SLAs. A
    budget that ends at closing is due at the next opening, and escalates when that is reached; every state flagged as
    pausing stops every clock, the closed state with them; a change of SLA counts as if it had always held; a reopened
    ticket goes on.
    Cannot follow: whole minutes (it floors what is elapsed, ours is exact); a calendar edited afterwards changes also
    what was decided.
    """
    return Profile("zammad", Terms(landing="next_open", at_due="late_if_open", retarget="from_start"), EVERY)


def glpi() -> Profile:
    """GLPI.

    Read: its tests of SLM and calendars. Waiting stops the time to resolve, not the time to own; another SLA counts as
    if it had always held, an OLA from its attachment; a budget that ends at closing is due at the next opening.
    Cannot follow: months of thirty days; pauses that are forgotten when the SLA changes.
    """
    return Profile("glpi", Terms(landing="next_open", retarget="from_start"), frozenset({"resolution"}))


def rt() -> Profile:
    """Request Tracker.

    Read: its tests of service levels. Ignored statuses hide the due time and do not move it; another level counts as if
    it had always held; a reply is owed only to messages of a requestor who does not own the ticket.
    Cannot follow: one due for all measures (take the earliest of the readings); extending by excluded time as a switch
    of each level (give ``pausing = "stops"``).
    """
    return Profile("rt", Terms(retarget="from_start", pausing="hides_due"), EVERY)


def erpnext() -> Profile:
    """ERPNext's Issue.

    Read: its tests of issues and the code of its service level agreement. Time on hold moves the due by its length on
    the wall, closed hours included; replies are not paused; a reopened issue begins anew.
    Cannot follow: at least one second elapsed, a lateness under eighteen seconds that rounds to none, several holds
    counted twice.
    """
    common = Terms(retarget="from_start", reopen="new_cycle", pausing="adds_wall_time")
    return Profile("erpnext", common, frozenset({"resolution"}))


def frappe() -> Profile:
    """Frappe Helpdesk.

    Read: its tests of tickets and the code of its service level agreement. Paused statuses stop the resolution only;
    a reopened ticket goes on, its resolved time as hold; another agreement counts as if it had always held; late is
    strictly after the due time.
    Cannot follow: a hold that is lost when a paused ticket is resolved; one span of hours a day.
    """
    return Profile("frappe", Terms(retarget="from_start"), frozenset({"resolution"}))


def chatwoot() -> Profile:
    """Chatwoot (enterprise).

    Read: its tests of business hours and the code that evaluates an applied SLA. Nothing pauses; the policy cannot
    change; an unanswered conversation is late at the due time itself, an answer at that instant is in time.
    Cannot follow: wall-clock time where every day is closed (ours says that it never opens); a resolution past its
    target that counts as kept because the evaluation ran later.
    """
    return Profile("chatwoot", Terms(at_due="late_if_open", retarget="stay"))


PROFILES: Keyed[str, Callable[[], Profile]] = as_keyed(
    {one.__name__: one for one in (zammad, glpi, rt, erpnext, frappe, chatwoot)}
)


def profile(name: str) -> Profile:
    """The profile of a product.

    Raises:
        DefinitionError: none of that name.

    >>> profile("rt").common.pausing
    'hides_due'
    """
    if name not in PROFILES:
        raise DefinitionError("like", "choice.nearest", value=name, nearest=nearest(name, PROFILES))
    return PROFILES[name]()
