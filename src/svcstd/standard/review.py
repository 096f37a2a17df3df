"""The review of a whole standard: everything that can be said against it, each with a rule id, and what is waived."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date, time, timedelta
from fractions import Fraction
from typing import TYPE_CHECKING

import attrs

from svcstd.calendars import At, WeeklyHours
from svcstd.curves import shown
from svcstd.keyed import Keyed, as_keyed, as_tuple
from svcstd.rules import Severity
from svcstd.rules.findings import by_severity
from svcstd.scoring import Dimension, ImprovementFinding
from svcstd.sla import Objective
from svcstd.sla.targets import CalendarDays, ElapsedTime, Target, WorkingDays, WorkingTime
from svcstd.standard.edition import CHANNEL, Edition
from svcstd.standard.findings import PartFinding, part_findings, remark
from svcstd.standard.gaps import gaps
from svcstd.standard.handbook_faults import is_in
from svcstd.standard.horizon import horizons
from svcstd.standard.naming import unnamed
from svcstd.standard.remark import RemarkKind
from svcstd.standard.waiver import ReviewWaiver

if TYPE_CHECKING:
    from svcstd.standard.service_standard import ServiceStandard

__all__ = ["Review", "review_of"]

ALMOST = Fraction(1, 10)
FOUND: Keyed[ImprovementFinding, RemarkKind] = as_keyed(
    {
        "no cause": "no_cause",
        "no owner": "no_owner",
        "overdue": "overdue",
        "not judged": "not_judged",
        "judged too early": "judged_early",
        "helped and not kept": "not_kept_up",
        "kept without help": "kept_in_vain",
        "did not help": "no_help",
    }
)
"""What a round of getting better may lack, as a rule of the review."""
"""How far weights may miss 1 or 100 to look as if they were meant to sum to it."""
COMPLAINT = "complaint"
"""The value of a fact by which cases of complaint are known."""


@attrs.frozen
class Review:
    """What a review found.

    Attributes:
        findings: errors first.
        waived: findings that are accepted, each with its waiver.
    """

    findings: tuple[PartFinding, ...] = attrs.field(converter=as_tuple)
    waived: tuple[tuple[PartFinding, ReviewWaiver], ...] = attrs.field(default=(), converter=as_tuple)

    def beside(self, more: Iterable[PartFinding]) -> Review:
        """With findings of somebody else, such as of the files of a folder."""
        return attrs.evolve(self, findings=by_severity((*self.findings, *more)))

    @property
    def errors(self) -> tuple[PartFinding, ...]:
        """Those that fail a check."""
        return tuple(one for one in self.findings if one.severity == "error")


def review_of(standard: ServiceStandard, today: date) -> Review:
    """All findings on rules, steps and plans of every edition, and remarks on the whole of the newest."""
    found = by_severity((*part_findings(standard), *_remarks(standard, today)))
    waived = {}
    for one in found:
        waiver = next((waiver for waiver in standard.waivers if waiver.covers(one)), None)
        if waiver is not None:
            waived[one] = waiver
    kept = [one for one in found if one not in waived]
    for number, waiver in enumerate(standard.waivers):
        if waiver not in waived.values():
            told = {"rule": waiver.rule, "place": waiver.where or "*"}
            kept.append(remark(f"waivers[{number}]", "idle", "warning", "review.idle_waiver", **told))
    return Review(by_severity(kept), tuple(waived.items()))


def _remarks(standard: ServiceStandard, today: date) -> Iterator[PartFinding]:
    edition = standard.current
    yield from horizons(standard, today)
    yield from gaps(standard)
    yield from _of_pilots(standard)
    yield from _of_clauses(edition)
    yield from _of_channels(edition)
    yield from _of_objectives(edition)
    yield from _doubles(edition)
    yield from _of_training(edition)
    for key, card in edition.scorecards.items():
        yield from _of_weights(f"scorecards.{key}", card.root)
    for key, article in edition.articles.items():
        if article.reviewed is None:
            yield remark(f"articles.{key}", "unreviewed", "info", "review.unreviewed", name=article.title)
    for key, one in standard.improvements.items():
        for finding in one.findings(today):
            kind = FOUND[finding]
            severity: Severity = "warning" if finding == "overdue" else "info"
            told = {"name": key, "action": one.action}
            yield remark(f"improvements.{key}", kind, severity, f"review.improvement_{kind}", **told)
    for part, key in unnamed(edition):
        yield remark(f"{part}.{key}", "unused", "info", "review.unused", name=f"{part}.{key}")
    for before, after in zip(standard.editions, standard.editions[1:], strict=False):
        if attrs.evolve(after, starts=before.starts, why=before.why, approved=before.approved) == before:
            yield remark(f"changes.{after.label}", "idle", "warning", "review.idle_change", day=after.label)


def _of_pilots(standard: ServiceStandard) -> Iterator[PartFinding]:
    """Pilots that change nothing, and those beside which a new edition begins, of which they know nothing."""
    for key, pilot in standard.pilots.items():
        before = standard.edition_on(pilot.starts)
        bare = attrs.evolve(pilot.edition, why=before.why, approved=before.approved)
        if attrs.evolve(bare, starts=before.starts, pilot="") == before:
            yield remark(f"pilots.{key}", "idle", "warning", "review.idle_pilot", pilot=key)
        for edition in standard.editions:
            if (
                edition.starts
                and pilot.starts < edition.starts
                and (pilot.until is None or edition.starts < pilot.until)
            ):
                yield remark(f"pilots.{key}", "overtaken", "info", "review.overtaken", pilot=key, day=edition.starts)


def _of_clauses(edition: Edition) -> Iterator[PartFinding]:
    for key, clause in edition.clauses.items():
        where = f"clauses.{key}"
        if clause.status == "needs_value":
            yield remark(where, "symbolic", "warning", "review.symbolic", clause=key)
        for path in clause.means if clause.status in ("aspirational", "pending") else ():
            kept = (objective for name, objective in edition.objectives.items() if is_in(f"objectives.{name}", path))
            if any(objective.status == "in_force" for objective in kept):
                yield remark(where, "wished_kept", "warning", "review.wished_kept", clause=key, path=path)
        if clause.kind == "commitment" and clause.binds and not clause.means:
            yield remark(where, "not_kept", "warning", "review.not_kept", clause=key)


def _of_channels(edition: Edition) -> Iterator[PartFinding]:
    """Channels in use to which no objective can apply."""
    running = [one for one in edition.objectives.values() if one.status == "in_force"]
    for key, channel in edition.channels.items():
        known = {CHANNEL: key}
        if channel.status == "in_force" and all(one.when.holds(known) is False for one in running):
            yield remark(f"channels.{key}", "no_objective", "warning", "review.no_objective", channel=key)


def _of_objectives(edition: Edition) -> Iterator[PartFinding]:
    for key, objective in edition.objectives.items():
        other = _slower_than(objective)
        if other is not None:
            yield remark(f"objectives.{key}", "slower", "warning", "review.slower", objective=key, other=other)
        late = sorted({at for target in objective.targets if (at := _by(target)) is not None})
        hours = [
            entry.hours
            for name in sorted(edition.reachable(objective))
            if (entry := edition.calendars.get(name)) is not None and entry.hours is not None
        ]
        for at in late:
            if hours and not any(_is_worked(week, at) for week in hours):
                told = {"objective": key, "at": at.isoformat("minutes")}
                yield remark(f"objectives.{key}", "after_hours", "warning", "review.after_hours", **told)


def _by(target: Target) -> time | None:
    """The time of day of a promise in working days."""
    return target.mode.at if isinstance(target, WorkingDays) and isinstance(target.mode, At) else None


def _is_worked(week: WeeklyHours, at: time) -> bool:
    """Whether somebody works right before a time of day, on any weekday."""
    second = (at.hour * 60 + at.minute) * 60 + at.second
    return any(
        span.start < second <= span.end or (span.end <= span.start and not span.end < second <= span.start)
        for spans in week.days
        for span in spans
    )


def _slower_than(objective: Objective) -> str | None:
    """A value of the fact whose promise is shorter than that to complaints, counted in the same way."""
    complaint = objective.rows.get(COMPLAINT)
    least = None if complaint is None else _length(complaint)
    others = dict(objective.rows) | ({} if objective.target is None else {"else": objective.target})
    for key, target in others.items():
        if least is not None and type(target) is type(complaint) and (_length(target) or least) < least:
            return key
    return None


def _length(target: Target) -> timedelta | None:
    """How long a promise is, in its own way of counting; ``None`` for one that has no length."""
    match target:
        case WorkingTime() | ElapsedTime():
            return target.amount
        case WorkingDays() | CalendarDays():
            return timedelta(target.days)
        case _:
            return None


def _doubles(edition: Edition) -> Iterator[PartFinding]:
    """A follow-up that begins and ends with the events of an objective: one act, owed twice."""
    for key, rule in edition.follow_ups.items():
        begins, ends = ({on.kind for on in signals} for signals in (rule.on, rule.done))
        for name, objective in edition.objectives.items():
            starts, stops = ({on.kind for on in signals} for signals in (objective.clock.start, objective.clock.stop))
            if begins & starts and ends & stops:
                told = {"rule": key, "objective": name}
                yield remark(f"follow_ups.{key}", "double", "warning", "review.double", **told)


def _of_training(edition: Edition) -> Iterator[PartFinding]:
    """Certificates that a role needs and that its course is not for."""
    for key, role in edition.roles.items():
        for need in role.needs:
            audience = edition.courses[edition.certificates[need].course].audience
            if audience and key not in audience:
                told = {"role": key, "certificate": need}
                yield remark(f"roles.{key}", "not_taught", "warning", "review.not_taught", **told)


def _of_weights(where: str, level: Dimension) -> Iterator[PartFinding]:
    total = sum(level.mean.weights.values(), Fraction(0))
    if any(total != whole and abs(total - whole) <= whole * ALMOST for whole in (1, 100)):
        yield remark(where, "weights", "info", "review.weights", total=shown(total))
    for key, part in level.parts.items():
        if isinstance(part, Dimension):
            yield from _of_weights(f"{where}.{key}", part)
