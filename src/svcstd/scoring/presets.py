"""The KPIs that service desks know by name, each with the variants that must be told apart.

A preset takes the fields of the caller's records, by their customary names, and gives a :class:`Kpi` that
``attrs.evolve`` may change further. Where the trade has several formulas, the variant has no default. All of them stand
in :data:`KPIS`.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import timedelta
from decimal import Decimal
from fractions import Fraction
from typing import Literal, TypeAlias, get_args

import attrs

from svcstd.conditions import ANYTHING, AllOf, AnyOf, Condition, Eq, Not, Present, Range
from svcstd.curves import Scale, exact
from svcstd.errors import DefinitionError, must_be_one_of
from svcstd.keyed import Keyed, as_keyed
from svcstd.scoring.backlog import Backlog
from svcstd.scoring.first_contact import FirstContact
from svcstd.scoring.formula import Average, Net, Proportion, Quantile, Ratio, Total
from svcstd.scoring.kpi import Direction, Formula, Kpi
from svcstd.scoring.rank import QuantileMethod

__all__ = ["KPIS", "HoldIn", "NpsScale", "ServiceLevelBase", "Statistic"]

ServiceLevelBase: TypeAlias = Literal["answered", "offered", "less short abandons", "short abandons kept"]
"""Of what a service level is a share: of calls answered; of all offered; of these without the ones given up at once; or
of all, where one given up at once counts as answered in time."""
Statistic: TypeAlias = "Literal['mean', 'median'] | int | Decimal | Fraction"
"""The mean, the median, or the quantile of a share such as ``Decimal("0.9")``."""
HoldIn: TypeAlias = Literal["talk", "apart"]
"""Whether the talk time recorded holds the time on hold, or that is recorded apart."""
NpsScale: TypeAlias = Literal["0..10", "1..10"]
NPS = {"0..10": Scale(0, 10, step=1), "1..10": Scale(1, 10, step=1)}
HALF = Fraction(1, 2)
PROMOTER, DETRACTOR = 9, 6


def _share(count: Condition, direction: Direction, out_of: Condition = ANYTHING, variant: str = "") -> Kpi:
    return Kpi(formula=Proportion(count, out_of), direction=direction, unit="share", variant=variant)


def _flag(field: str, direction: Direction) -> Kpi:
    """The share of records in which a field says yes."""
    return _share(Eq(field, value=True), direction)


def _statistic(statistic: Statistic, method: QuantileMethod | None) -> Fraction | None:
    """The share of a quantile, or ``None`` for the mean."""
    if (statistic == "mean") != (method is None):
        raise DefinitionError("method", "kpis.quantile")
    if statistic == "mean":
        return None
    return HALF if statistic == "median" else exact(statistic, "statistic")


def _length(field: str, statistic: Statistic, method: QuantileMethod | None) -> Kpi:
    share = _statistic(statistic, method)
    formula: Formula = (
        Average(field) if share is None or method is None else Quantile(field, share=share, method=method)
    )
    return Kpi(formula=formula, direction="less", unit="seconds", variant=str(statistic))


def service_level(
    *,
    within: timedelta,
    base: ServiceLevelBase,
    short: timedelta | None = None,
    answered: str = "answered",
    wait: str = "wait",
) -> Kpi:
    """The share of calls answered in time.

    Args:
        within: how long a caller may wait; exactly so long is in time.
        base: of what it is a share.
        short: up to which wait a call given up is a short one; *within* by default.
        answered: the field that says whether somebody answered.
        wait: the field with the wait until the answer, or until the caller gave up.

    Source: Cisco Workforce Optimization 2.4.1 for the last base; the others are customary.
    """
    must_be_one_of(base, get_args(ServiceLevelBase), "base")
    taken = Eq(answered, value=True)
    brief = AllOf((Eq(answered, value=False), Range(wait, None, within if short is None else short)))
    in_time = AllOf((taken, Range(wait, None, within)))
    bases: dict[str, tuple[Condition, Condition]] = {
        "answered": (in_time, taken),
        "offered": (in_time, ANYTHING),
        "less short abandons": (in_time, Not(brief)),
        "short abandons kept": (AnyOf((in_time, brief)), ANYTHING),
    }
    return _share(bases[base][0], "more", bases[base][1], variant=base)


def speed_of_answer(
    *, statistic: Statistic, method: QuantileMethod | None = None, answered: str = "answered", wait: str = "wait"
) -> Kpi:
    """How long callers wait who are answered (ASA, for the mean)."""
    return attrs.evolve(_length(wait, statistic, method), where=Eq(answered, value=True))


def handle_time(*, hold: HoldIn, talk: str = "talk", held: str = "hold", wrap: str = "wrap") -> Kpi:
    """How long a contact takes: talk, hold and wrap-up (AHT)."""
    must_be_one_of(hold, get_args(HoldIn), "hold")
    fields = (talk, wrap) if hold == "talk" else (talk, held, wrap)
    return Kpi(formula=Average(fields), direction="less", unit="seconds", variant=f"hold {hold}")


def abandon_rate(*, short: timedelta | None, answered: str = "answered", wait: str = "wait") -> Kpi:
    """The share of callers who give up; with *short*, those who give up so soon count for nothing."""
    gone = Eq(answered, value=False)
    if short is None:
        return _share(gone, "less", variant="of all")
    brief = AllOf((gone, Range(wait, None, short)))
    return _share(gone, "less", Not(brief), variant="less short abandons")


def occupancy(*, handling: str = "handling", available: str = "available") -> Kpi:
    """The share of time at work in which somebody is served."""
    return Kpi(formula=Ratio(handling, per=(handling, available)), direction="more", unit="share")


def adherence(*, scheduled: str = "scheduled", out: str = "out_of_adherence") -> Kpi:
    """The share of scheduled time spent as scheduled."""
    return Kpi(formula=Ratio({scheduled: 1, out: -1}, per=scheduled), direction="more", unit="share")


def first_contact_resolution(
    *,
    key: Sequence[str],
    window: timedelta,
    inclusive: bool,
    at: str = "at",
    channel: str = "",
    resolved: Condition = ANYTHING,
) -> Kpi:
    """The share of matters settled at the first contact; see :class:`FirstContact`."""
    rule = FirstContact(key=key, at=at, window=window, inclusive=inclusive, channel=channel, resolved=resolved)
    return Kpi(formula=rule, direction="more", unit="share", at=at, variant="by channel" if channel else "any channel")


def resolution_rate(*, resolved: str = "resolved") -> Kpi:
    """The share of cases resolved."""
    return _flag(resolved, "more")


def reopen_rate(*, reopened: str = "reopened", resolved: str = "resolved") -> Kpi:
    """The share of resolved cases that came back."""
    return _share(Eq(reopened, value=True), "less", Eq(resolved, value=True))


def transfer_rate(*, transferred: str = "transferred") -> Kpi:
    """The share of contacts handed on."""
    return _flag(transferred, "less")


def backlog_age(
    *, statistic: Statistic, method: QuantileMethod | None = None, opened: str = "opened", closed: str = "closed"
) -> Kpi:
    """How old the open cases are."""
    rule = Backlog(opened=opened, closed=closed, share=_statistic(statistic, method), method=method)
    return Kpi(formula=rule, direction="less", unit="seconds", variant=str(statistic))


def response_time(*, statistic: Statistic, method: QuantileMethod | None = None, field: str = "response_time") -> Kpi:
    """How long customers wait for the first reply."""
    return _length(field, statistic, method)


def resolution_time(
    *, statistic: Statistic, method: QuantileMethod | None = None, field: str = "resolution_time"
) -> Kpi:
    """How long cases take."""
    return _length(field, statistic, method)


def csat_mean(*, scale: Scale, score: str = "score") -> Kpi:
    """The mean mark of satisfaction of those who answered."""
    return Kpi(
        formula=Average(score),
        direction="more",
        unit="points",
        variant="mean",
        where=Present(score),
        scales={score: scale},
    )


def csat_top(*, scale: Scale, boxes: int, score: str = "score") -> Kpi:
    """The share of those who answered with one of the highest marks (top-2-box, for two boxes).

    Args:
        scale: of the marks, with its step.
        boxes: how many of the highest marks count.
        score: the field with the mark.
    """
    size, step = scale.size or 0, scale.step or Fraction(0)
    least = scale.high - (boxes - 1) * step
    if not 0 < boxes < size or Fraction(_decimal(least)) != least:
        raise DefinitionError("boxes", "kpis.boxes", value=boxes)
    return Kpi(
        formula=Proportion(Range(score, _decimal(least), None)),
        direction="more",
        unit="share",
        variant=f"top-{boxes}-box",
        where=Present(score),
        scales={score: scale},
    )


def _decimal(value: Fraction) -> Decimal:
    return Decimal(value.numerator) / Decimal(value.denominator)


def nps(*, scale: NpsScale, score: str = "score") -> Kpi:
    """Promoters (9 and 10) less detractors (up to 6), of all who answered: from -1 to 1.

    Source: Reichheld 2003, on a scale from 0 to 10; a scale from 1 is met in practice.
    """
    must_be_one_of(scale, get_args(NpsScale), "scale")
    return Kpi(
        formula=Net(Range(score, PROMOTER, None), Range(score, None, DETRACTOR)),
        direction="more",
        unit="share",
        variant=scale,
        where=Present(score),
        scales={score: NPS[scale]},
    )


def customer_effort(*, scale: Scale, direction: Direction, score: str = "score") -> Kpi:
    """The mean mark of effort (CES); whether a high mark is good depends on the question."""
    return Kpi(formula=Average(score), direction=direction, unit="points", where=Present(score), scales={score: scale})


def churn(*, left: str = "left") -> Kpi:
    """The share of customers lost; :meth:`Kpi.split` tells the reasons apart."""
    return _flag(left, "less")


def complaint_rate(*, complaints: str = "complaints", per: str = "cases") -> Kpi:
    """Complaints over cases."""
    return Kpi(formula=Ratio(complaints, per=per), direction="less", unit="share")


def callback_coverage(*, called_back: str = "called_back") -> Kpi:
    """The share of cases whose customer was called back."""
    return _flag(called_back, "more")


def training_attendance(*, attended: str = "attended") -> Kpi:
    """The share of invitations to training that were followed."""
    return _flag(attended, "more")


def training_mark(*, scale: Scale, mark: str = "mark") -> Kpi:
    """The mean mark of those who sat the exam."""
    return Kpi(formula=Average(mark), direction="more", unit="points", where=Present(mark), scales={mark: scale})


def project_completion(*, completed: str = "completed") -> Kpi:
    """The share of projects completed as agreed."""
    return _flag(completed, "more")


def suggestions_adopted(*, adopted: str = "adopted") -> Kpi:
    """How many suggestions were adopted."""
    counted = Total(None, empty_is_zero=True)
    return Kpi(formula=counted, direction="more", unit="suggestions", where=Eq(adopted, value=True))


def suggestions_implemented(*, implemented: str = "implemented") -> Kpi:
    """How many suggestions were put into practice."""
    counted = Total(None, empty_is_zero=True)
    return Kpi(formula=counted, direction="more", unit="suggestions", where=Eq(implemented, value=True))


def knowledge_contribution(*, points: str = "points") -> Kpi:
    """The points of articles written or mended."""
    return Kpi(formula=Total(points, empty_is_zero=True), direction="more", unit="points")


def contacts_per_case(*, contacts: str = "contacts") -> Kpi:
    """How often customers had to get in touch about one case."""
    return Kpi(formula=Average(contacts), direction="less", unit="contacts")


KPIS: Keyed[str, Callable[..., Kpi]] = as_keyed(
    {
        preset.__name__: preset
        for preset in (
            service_level,
            speed_of_answer,
            handle_time,
            abandon_rate,
            occupancy,
            adherence,
            first_contact_resolution,
            resolution_rate,
            reopen_rate,
            transfer_rate,
            backlog_age,
            response_time,
            resolution_time,
            csat_mean,
            csat_top,
            nps,
            customer_effort,
            churn,
            complaint_rate,
            callback_coverage,
            training_attendance,
            training_mark,
            project_completion,
            suggestions_adopted,
            suggestions_implemented,
            knowledge_contribution,
            contacts_per_case,
        )
    }
)
"""Presets by name."""
