"""What analysis finds in a table: a kind, how bad it is, the rules, and an example that shows it."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Literal, Protocol, TypeVar

import attrs

from svcstd.catalogues import catalogue
from svcstd.conditions import AllOf, FactValue, show_condition, show_value
from svcstd.keyed import Keyed, as_tuple

__all__ = ["FindingKind", "RuleFinding", "Severity", "by_severity", "shown_facts", "shown_region"]

Severity = Literal["error", "warning", "info"]
FindingKind = Literal[
    "duplicate",
    "conflict",
    "violation",
    "shadowed",
    "unreachable",
    "gap",
    "missing",
    "swallowed",
    "subsumed",
    "constant",
    "policy",
    "impossible",
    "unknown",
]


class HasSeverity(Protocol):
    """Any finding."""

    @property
    def severity(self) -> Severity:
        """How bad it is."""
        ...


Found = TypeVar("Found", bound=HasSeverity)
SEVERITIES: tuple[Severity, ...] = ("error", "warning", "info")


@attrs.frozen
class RuleFinding:
    """One finding about a table.

    Attributes:
        kind: ``duplicate`` (same condition and outcome), ``conflict`` (same condition, another outcome), ``violation``
            (two rules fit where the hit policy allows one, or equal ones), ``shadowed`` (an earlier rule takes all its
            cases), ``unreachable`` (earlier rules together do), ``gap`` (nothing fits), ``missing`` (nothing fits
            while a fact is missing), ``swallowed`` (what ``else`` takes), ``subsumed`` (a broader rule gives the same
            anyway), ``constant`` (an output never differs), ``policy`` (a stricter hit policy would do),
            ``impossible`` (no case can fit it), ``unknown`` (the analysis did not get that far).
        severity: ``error``, ``warning`` or ``info``, by the hit policy.
        rules: ids of the rules it speaks of, in order.
        witness: facts that show it, checked by asking the rules; ``None`` where there is nothing to show.
        region: the condition of all cases it holds for.
        on: the day of the witness, where rules are dated.
        about: the output or the fact it speaks of, if any.
    """

    kind: FindingKind
    severity: Severity
    rules: tuple[str, ...] = attrs.field(default=(), converter=as_tuple)
    witness: Keyed[str, FactValue] | None = None
    region: AllOf | None = None
    on: str = ""
    about: str = ""

    def sentence(self, language: str = "en") -> str:
        """The finding in words."""
        words = {"rules": ", ".join(self.rules), "region": shown_region(self.region), "about": self.about}
        first, last = (self.rules[0], self.rules[-1]) if self.rules else ("", "")
        return catalogue(language).sentence(f"rules.found_{self.kind}", words | {"first": first, "last": last})

    @property
    def example(self) -> str:
        """The witness on one line.

        >>> RuleFinding("gap", "warning", witness=Keyed({"kind": "fault"})).example
        'kind = fault'
        """
        return shown_facts(self.witness, f"on {self.on}" if self.on else "")


def shown_facts(witness: Keyed[str, FactValue] | None, day: str = "") -> str:
    """A witness on one line; a dash for a case of which nothing is known, empty for no witness."""
    if witness is None:
        return ""
    return (
        ", ".join([*(f"{name} = {show_value(value)}" for name, value in witness.items()), *filter(None, [day])]) or "-"
    )


def shown_region(region: AllOf | None) -> str:
    """A region in words; empty for none."""
    return "" if region is None else show_condition(region)


def by_severity(found: Iterable[Found]) -> tuple[Found, ...]:
    """Errors first, else in the order they were found."""
    return tuple(sorted(found, key=lambda one: SEVERITIES.index(one.severity)))
