"""What is owed later: obligations that events or dates give rise to, each with a due time and a key of its own.

One call may cover several faults; an attempt that reaches nobody is followed by another; what nobody did is late. The
same cases give the same keys, so that a second run owes nothing twice.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from itertools import accumulate, islice, pairwise
from typing import NamedTuple

import attrs

from svcstd.calendars import Calendar
from svcstd.conditions import FactValue
from svcstd.errors import DefinitionError
from svcstd.moment import LAST, date_of, timezone
from svcstd.sla.clock_rule import On
from svcstd.sla.dues import due_after
from svcstd.sla.events import Case, Event, in_order
from svcstd.sla.follow_up import FollowUp, FollowUpRule, FollowUpState
from svcstd.sla.targets import Target
from svcstd.sla.yardstick import counts_in

__all__ = ["follow_ups", "together"]


class _Told(NamedTuple):
    """Something that happened to a duty: when, which word of the rule it is, and what tells it from others."""

    instant: int
    word: str
    mark: tuple[str, ...]


@attrs.frozen
class _Origin:
    """Why something is owed: one case, from an instant on, with what happened to it since.

    Attributes:
        instant: from when.
        case: its id.
        told: what happened to it, in order.
        first: when something of each word first happened.
        rule, due: what is owed, and until when.
    """

    instant: int
    case: str
    told: tuple[_Told, ...]
    first: Mapping[str, int]
    rule: FollowUpRule
    due: _Due = attrs.field(eq=False)


def follow_ups(
    key: str,
    rule: FollowUpRule,
    cases: Iterable[Case],
    hours: Calendar | None,
    *,
    zone: str,
    as_of: int,
    dates: tuple[date, date] | None = None,
    known_at: int | None = None,
) -> tuple[FollowUp, ...]:
    """Everything that a rule owes to some cases, in order of due time.

    Args:
        key: of the rule.
        rule: what is owed.
        cases: their histories; for dates, a customer or colleague each.
        hours: the calendar in which due times count, if they need one.
        zone: whose dates these are.
        as_of: later events are not yet there, UTC microseconds.
        dates: half-open span of local dates to look for dates in; needed where dates give rise to it.
        known_at: leave out what was recorded after this.

    Raises:
        DefinitionError: a rule of dates without their span, or working time without a calendar.
        CoverageError, NeverOpens: a due time that cannot be told.
    """
    told = [(rule, hours, tuple(cases))]
    return together(key, told, zone=zone, as_of=as_of, dates=dates, known_at=known_at)


def together(
    key: str,
    told: Iterable[tuple[FollowUpRule, Calendar | None, Iterable[Case]]],
    *,
    zone: str,
    as_of: int,
    dates: tuple[date, date] | None = None,
    known_at: int | None = None,
) -> tuple[FollowUp, ...]:
    """As :func:`follow_ups`, for a rule that changed: each of its versions with its calendar and its cases.

    What is owed on one date to one number is one duty, whichever version each of its cases falls under; the earliest
    says how.
    """
    tz = timezone(zone)
    groups: dict[tuple[date, str], list[_Origin]] = {}
    for rule, hours, cases in told:
        if hours is None and any(map(counts_in, rule.targets)):
            raise DefinitionError("calendar", "objective.calendar")
        due = _Due(hours, zone)
        for case in cases:
            for shared, origin in _origins(rule, due, case, zone, as_of, dates, known_at):
                name = f"case {case.id}" if shared is None else f"{rule.together} {shared}"
                groups.setdefault((date_of(due(rule.due, origin.instant), tz), name), []).append(origin)
    found: list[FollowUp] = []
    for (day, name), unsorted in groups.items():
        origins = sorted(unsorted, key=lambda one: (one.instant, one.case))
        for number, batch in enumerate(_batches(origins), 1):
            suffix = f"/{number}" if number > 1 else ""
            found += _chain(f"{key}/{day}/{name}{suffix}", key, batch, zone, as_of)
    return tuple(sorted(found, key=lambda one: (one.due_at, one.key)))


@attrs.frozen
class _Due:
    """Until when, counted from an instant, in one calendar."""

    hours: Calendar | None
    zone: str

    def __call__(self, target: Target, start: int) -> int:
        return due_after(target, self.hours, self.zone, start)


def _origins(
    rule: FollowUpRule,
    due: _Due,
    case: Case,
    zone: str,
    as_of: int,
    dates: tuple[date, date] | None,
    known_at: int | None,
) -> Iterator[tuple[FactValue, _Origin]]:
    """Each instant from which something is owed, with what the duty has in common with others."""
    begun, told, facts = _hear(rule, case, as_of, known_at)
    spans = [(at, LAST, shared) for at, shared in begun]
    if rule.dates is not None:
        if dates is None:
            raise DefinitionError("dates", "follow_up.dates")
        days = sorted(rule.dates.instants(facts, zone, *dates)) if rule.when.holds(facts) else []
        spans = [(at, end, _shared(rule, facts)) for at, end in pairwise([*days, LAST])]  # one talk is that of the last
    by_word = {word: [one.instant for one in told if one.word == word] for word in WORDS}
    for at, end, shared in spans:
        since = told[bisect_left(told, at, key=lambda one: one.instant) :]
        mine = since if end == LAST else [one for one in since if one.instant < end]
        first = {}
        for word, times in by_word.items():
            place = bisect_left(times, at)
            if place < len(times) and times[place] < end:
                first[word] = times[place]
        yield shared, _Origin(at, case.id, tuple(mine), first, rule, due)


def _shared(rule: FollowUpRule, facts: Mapping[str, FactValue]) -> FactValue:
    return (facts.get(rule.together) if rule.together else None) or None


def _hear(
    rule: FollowUpRule, case: Case, as_of: int, known_at: int | None
) -> tuple[list[tuple[int, FactValue]], list[_Told], Mapping[str, FactValue]]:
    """The instants at which something became owed and to whom, what happened to that, and the facts at the end."""
    begun: list[tuple[int, FactValue]] = []
    told: list[_Told] = []
    facts: Mapping[str, FactValue] = case.facts
    for number, event in enumerate(in_order(case.events, {}, as_of=as_of, known_at=known_at)):
        facts = {**facts, **event.facts} if event.facts else facts
        context = {**facts, **event.details} if event.details else facts
        mark = (event.id,) if event.id is not None else (case.id, str(number))
        told += [_Told(event.instant, word, mark) for word in WORDS if _heard(getattr(rule, word), event, context)]
        shared = _shared(rule, facts)
        if event.facts and shared is not None:  # what was unknown is what becomes known first; a change moves nothing
            begun = [(at, shared if known is None else known) for at, known in begun]
        if _heard(rule.on, event, context) and rule.when.holds(facts):
            begun.append((event.instant, shared))
    return begun, told, facts


WORDS = ("done", "tried", "settled", "ends")


def _heard(signal: tuple[On, ...], event: Event, context: Mapping[str, FactValue]) -> bool:
    return any(on.kind == event.kind and on.when.holds(context) for on in signal)


def _batches(origins: list[_Origin]) -> Iterator[list[_Origin]]:
    """Origins that one act can cover: what arises after it was done is another duty."""
    done = [origin.first.get("done", LAST) for origin in origins]
    soonest = list(accumulate(reversed(done), min))[::-1]  # from each origin on
    start = 0
    while start < len(origins):
        first = origins[start]
        if first.rule.repeats or soonest[start] == LAST:
            yield origins[start:]
            return
        covered = max(soonest[start], first.instant)
        end = bisect_right(origins, covered, start, key=lambda one: one.instant)
        yield origins[start:end]
        start = end


def _chain(key: str, rule_key: str, origins: list[_Origin], zone: str, as_of: int) -> Iterator[FollowUp]:
    """The duty of some origins, and after each time it was done, the next if it repeats."""
    rule, due = origins[0].rule, origins[0].due
    told = sorted({one for origin in origins for one in origin.told}, key=lambda one: (one.instant, one.mark))
    acts = [one for one in told if one.word == "done"]
    first = {one.mark: one for one in reversed(told) if one.word == "tried"}  # told of several cases, one attempt
    tried = sorted(first.values(), key=lambda one: one.instant)
    for number, (begun, done) in enumerate(_links(rule, origins, acts), 1):
        active = [one for one in origins if not _ended(one, done)]
        act, over = (done, None) if active and done is not None else (None, _over(rule, origins))
        start = min(one.instant for one in active or origins) if number == 1 else begun
        listed = [one for one in _from(tried, begun) if act is None or one.instant < act]
        owed = due(rule.due, start)
        until, missed = _deadline(rule, owed, listed, due)
        if number > 1 and over is not None and over <= until and not missed:
            return  # nothing is owed any more
        yield FollowUp(
            key=key if number == 1 else f"{key}/{number}",
            rule=rule_key,
            cases=tuple(sorted({one.case for one in active or origins})),
            unsettled=tuple(sorted({one.case for one in active or origins if "settled" not in one.first})),
            role=rule.role,
            state=_state(rule, until, act, len(listed), as_of, missed=missed, over=over),
            begun=start,
            owed_until=owed,
            due_at=until,
            done_at=act,
            tries=len(listed),
            zone=zone,
        )


def _from(told: list[_Told], instant: int) -> Iterator[_Told]:
    return islice(told, bisect_left(told, instant, key=lambda one: one.instant), None)


def _links(rule: FollowUpRule, origins: list[_Origin], acts: list[_Told]) -> Iterator[tuple[int, int | None]]:
    """From when each duty of a chain is owed, and when it was done."""
    begun = origins[0].instant
    for act in acts:
        yield begun, act.instant
        if not rule.repeats:
            return
        begun = act.instant
    yield begun, None


def _ended(origin: _Origin, act: int | None) -> bool:
    """Whether nothing was owed to it any more before it was done."""
    ended = origin.first.get("ends")
    return ended is not None and (act is None or ended < act)


def _over(rule: FollowUpRule, origins: list[_Origin]) -> int | None:
    """When nothing is owed any more: all ended, or settled where a duty repeats until then."""
    ends = []
    for origin in origins:
        words = ("ends", "settled") if rule.repeats else ("ends",)
        instants = [origin.first[word] for word in words if word in origin.first]
        if not instants:
            return None
        ends.append(min(instants))
    return max(ends)


def _deadline(rule: FollowUpRule, owed: int, tries: list[_Told], due: _Due) -> tuple[int, bool]:
    """Until when the next attempt is owed, and whether one came too late: then it stays late."""
    until = owed
    for one in tries[: rule.tries]:
        if one.instant > until:
            return until, True
        until = until if rule.retry is None else due(rule.retry, one.instant)
    return until, False


def _state(
    rule: FollowUpRule, until: int, act: int | None, tries: int, as_of: int, *, missed: bool, over: int | None
) -> FollowUpState:
    if act is not None:
        return "done_late" if missed or act > until else "done"
    if over is not None:
        return "late" if missed or over > until else "ended"
    if rule.tried and tries >= rule.tries:
        return "given_up"
    return "late" if missed or as_of > until else "owed"
