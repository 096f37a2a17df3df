"""Before any amount: who is eligible, which gates are shut, and what is still waited for."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import timedelta
from fractions import Fraction

from svcstd.calendars import Period
from svcstd.conditions import judge
from svcstd.curves import shown
from svcstd.errors import DefinitionError, UnknownName, nearest
from svcstd.explain import Explanation, because
from svcstd.incentives.payee import Figure, Payee, Served
from svcstd.incentives.plan import Gate, IfNoFigure, Kicker, PayFactor, Plan, Whose
from svcstd.incentives.statement import Refusal

__all__ = [
    "check_figures",
    "figure_of",
    "idle_lines",
    "not_eligible",
    "served_of",
    "shut_by",
    "shut_gates",
    "waiting_for",
]


def check_figures(plan: Plan, payee: Payee) -> None:
    """Refuse a payee without a figure that the plan reads."""
    for whose, name in plan.figures:
        held = payee.figures if whose == "own" else payee.team_figures
        if name not in held:
            where = "figures" if whose == "own" else "team_figures"
            raise UnknownName(f"{where}.{name}", "pay.no_figure", value=name, of=payee.of, nearest=nearest(name, held))


def figure_of(payee: Payee, whose: Whose, name: str) -> Figure:
    """A figure of the payee or of the team."""
    return (payee.figures if whose == "own" else payee.team_figures)[name]


def served_of(payee: Payee, unit: str) -> Served:
    """The days of service in a unit."""
    if unit not in payee.served:
        near = nearest(unit, payee.served)
        raise UnknownName(f"served.{unit}", "pay.no_days", value=unit, of=payee.of, nearest=near)
    return payee.served[unit]


def not_eligible(plan: Plan, payee: Payee, period: Period) -> Iterator[Refusal]:
    """Everything that is not fulfilled, not only the first."""
    asked = plan.eligibility
    last = period.last - timedelta(1)
    judged = judge(asked.when, payee.facts)
    if not judged.holds:
        yield Refusal(kind="eligibility", key="when", why=because("pay.not_eligible", judged.explanation))
    span = {"throughout": (period.first, last), "at start": (period.first,) * 2, "at end": (last,) * 2}[asked.valid]
    for name in asked.needs:
        if not payee.is_certified(name, *span):
            why = because("pay.no_certificate", name=name, first=span[0], last=span[1])
            yield Refusal(kind="eligibility", key=name, why=why)
    if asked.days is not None and (days := served_of(payee, asked.days).days) < asked.least_days:
        why = because("pay.few_days", days=days, least=asked.least_days, unit=asked.days)
        yield Refusal(kind="eligibility", key=asked.days, why=why, lack=Fraction(asked.least_days - days))


def shut_by(key: str, gate: Gate, payee: Payee) -> Refusal | None:
    """What a gate says; ``None`` where it is open."""
    figure = figure_of(payee, gate.whose, gate.figure)
    value = figure.exact if gate.reads == "exact" else figure.rounded
    if value is None:
        _must_not_refuse(gate.missing, gate.figure)
        why = because("pay.gate_missing", gate=key, figure=gate.figure)
        return Refusal(kind="missing", key=key, why=why, lines=gate.shuts)
    lack = gate.keeps.lack(value)
    if lack is None:
        return None
    told = {"gate": key, "figure": gate.figure, "value": shown(value), "lack": shown(lack), "test": gate.keeps.test}
    return Refusal(kind="gate", key=key, why=because("pay.gate", **told), lack=lack, lines=gate.shuts)


def _must_not_refuse(missing: IfNoFigure, name: str) -> None:
    if missing == "refuse":
        raise DefinitionError(f"figures.{name}", "pay.missing_refused", value=name)


def shut_gates(plan: Plan, payee: Payee) -> Iterator[Refusal]:
    """Every gate that is shut, in the order of the plan."""
    for key, gate in plan.gates.items():
        found = shut_by(key, gate, payee)
        if found is not None:
            yield found


def idle_lines(plan: Plan, period: Period, shut: tuple[Refusal, ...]) -> Mapping[str, Explanation]:
    """By line, why it earns nothing whatever its result: the first gate that shuts it, or days that are not its own."""
    found: dict[str, Explanation] = {}
    for key, line in plan.lines.items():
        name, during = line.name or key, line.during
        gate = next((one for one in shut if not one.lines or key in one.lines), None)
        if gate is not None:
            found[key] = because("pay.shut", line=name, gate=gate.key)
        elif during is not None and not (during.first < period.last and period.first <= during.last):
            found[key] = because("pay.not_during", line=name, first=during.first, last=during.last)
    return found


def waiting_for(
    plan: Plan, payee: Payee, shut: tuple[Refusal, ...], idle: Mapping[str, Explanation]
) -> Iterator[Refusal]:
    """Missing results without which nothing can be told yet; one that the plan refuses is an error."""
    yield from (one for one in shut if one.kind == "missing" and plan.gates[one.key].missing == "withhold")
    read: list[tuple[str, Whose, str, IfNoFigure]] = [
        (key, line.whose, plan.reads(key), line.missing) for key, line in plan.lines.items() if key not in idle
    ]
    for step in plan.modifiers:
        if isinstance(step, PayFactor):
            read.append((step.name, step.whose, step.times, step.missing))
        if isinstance(step, Kicker):
            read.append((step.name, step.gate.whose, step.gate.figure, step.gate.missing))
    for key, whose, name, missing in read:
        if figure_of(payee, whose, name).exact is None:
            _must_not_refuse(missing, name)
            if missing == "withhold":
                yield Refusal(kind="missing", key=key, why=because("pay.waits", key=key, figure=name))
