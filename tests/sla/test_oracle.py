"""Every option of a clock against a slow oracle that counts seconds, written from the design and not from the fold."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any, NamedTuple

from hypothesis import assume, example, given, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

from svcstd.calendars import BusinessCalendar
from svcstd.conditions import ANYTHING, AllOf, Eq
from svcstd.moment import SECOND, micros
from svcstd.sla import (
    Case,
    ClockRule,
    CountLimit,
    ElapsedTime,
    Event,
    Objective,
    On,
    Pause,
    Reading,
    Target,
    Terms,
    WorkingTime,
    fold,
    read_life,
)

ZERO = datetime(2026, 1, 5, tzinfo=UTC)
"""Monday midnight; times are seconds from here."""
OPEN = [(5, 12), (20, 31), (31, 33), (40, 55), (60, 75), (90, 91), (100, 130), (140, 180), (200, 210), (250, 420)]
"""The seconds at which the desk is open."""
OPEN_SECONDS = {second for a, b in OPEN for second in range(a, b)}
DESK = BusinessCalendar(
    zone="UTC",
    hours="Mon " + " ".join(f"00:{a // 60:02}:{a % 60:02}-00:{b // 60:02}:{b % 60:02}" for a, b in OPEN),
)
HORIZON = 420
"""By then every budget is used up."""
HAND = "by hand"


class Amount(NamedTuple):
    """What a row promises: so many seconds, of open time or of the line."""

    seconds: int
    working: bool = True

    @property
    def target(self) -> Target:
        """The same as a target of the library."""
        kind = WorkingTime if self.working else ElapsedTime
        return kind(timedelta(seconds=self.seconds))


class Told(NamedTuple):
    """One thing that happened, for the oracle and for the library."""

    at: int
    kind: str
    facts: tuple[tuple[str, str], ...] = ()
    due: int | None = None
    since: int | None = None

    @property
    def event(self) -> Event:
        """The same as an event of the library."""
        due = None if self.due is None else ZERO + timedelta(seconds=self.due)
        since = None if self.since is None else ZERO + timedelta(seconds=self.since)
        return Event(self.kind, at=ZERO + timedelta(seconds=self.at), facts=dict(self.facts), due=due, since=since)


class Plan(NamedTuple):
    """A promise, for the oracle and for the library."""

    rows: dict[str, Amount]
    otherwise: Amount | None = None
    cycles: bool = False
    scoped: bool = False
    terms: Terms = Terms()

    @property
    def objective(self) -> Objective:
        """The same as an objective of the library."""
        clock = ClockRule(
            [On("start")],
            [On("stop")],
            [Pause([On("hold")], [On("go")]), Pause([On("wait")], [On("went")]), Pause([On("ask")])],
            [On("cancel")],
            reopen=(On("reopen"),),
            waive=(On("waive"),),
            promise=(On("promise"),),
            merge=(On("merge"),),
            paused_while=AllOf((Eq("state", "asleep"),)),
            cycles=self.cycles,
        )
        return Objective(
            clock,
            self.otherwise.target if self.otherwise else None,
            by="p",
            rows={key: amount.target for key, amount in self.rows.items()},
            when=AllOf((Eq("kind", "fault"),)) if self.scoped else ANYTHING,
            terms=self.terms,
        )


class Made(NamedTuple):
    """A promise that was in force from a second on: its row or none, and from when its budget counts."""

    at: int
    row: str | None
    base: int
    due: int | None = None
    working: bool = True

    @property
    def what(self) -> tuple[str | None, int | None, bool]:
        """The promise itself, whenever it was made."""
        return self.row, self.due, self.working


@dataclass
class Cycle:
    """One run of the clock, as a stop watch sees it."""

    start: int | None = None
    ended: int | None = None
    how: str = "not_started"
    hand: int | None = None
    by_desk: bool = True
    ahead: bool = False
    merged: int | None = None
    waived: list[int] = field(default_factory=list)
    stood: bool = False
    stands: dict[int, bool] = field(default_factory=dict)
    seconds: dict[int, str] = field(default_factory=dict)
    made: list[Made] = field(default_factory=list)

    @property
    def row(self) -> str | None:
        """The promise in force."""
        return self.made[-1].row if self.made else None

    @property
    def gone(self) -> bool:
        """Whether its promise ceased to apply."""
        return bool(self.made) and self.row is None


class Answer(NamedTuple):
    """What is compared, of each cycle; amounts and instants are microseconds after midnight."""

    activity: str
    verdict: str
    elapsed: int
    due: int | None
    remaining: int | None
    ended: int | None
    breaches: tuple[tuple[int, str], ...]


ONCE = ["start", "merge", "stop", "cancel", "reopen", "waive", "hold", "wait", "ask", "note", "promise", "go", "went"]
AGAIN = ["stop", *(kind for kind in ONCE if kind != "stop")]
"""How events of one second count. What pauses is of one rank, and so are facts and promises by hand."""
SAME = {"wait": "hold", "ask": "hold", "promise": "note", "went": "go"}
ENDS = {"go": "hold", "went": "wait"}


class Watch:
    """A stop watch, a list of what happened, and somebody who knows the terms."""

    def __init__(self, plan: Plan, facts: dict[str, str]) -> None:
        self.plan, self.terms, self.facts = plan, plan.terms, dict(facts)
        self.keys: set[str] = set()
        self.past: list[Cycle] = []
        self.cycle = Cycle()

    def watch(self, history: list[Told], as_of: int) -> list[Answer]:
        """Let second by second go by."""
        order = AGAIN if self.plan.cycles else ONCE
        ranked = sorted(history, key=lambda told: order.index(SAME.get(told.kind, told.kind)))
        for second in range(as_of + 1):
            for told in ranked:
                if told.at == second:
                    self.hear(told)
            if second < as_of:
                self.tick(second)
        cycles = [*self.past, self.cycle]
        return [self.judge(one, as_of) for one in cycles if self.promised_once(one)]

    def promised_once(self, cycle: Cycle) -> bool:
        """Whether any row was in force, or is before the start."""
        return any(made.row for made in cycle.made) if cycle.made else self.promised() is not None

    @property
    def paused(self) -> bool:
        """Paused while any key is open, or the condition holds."""
        return bool(self.keys) or self.facts.get("state") == "asleep"

    def tick(self, second: int) -> None:
        """One second goes by."""
        cycle = self.cycle
        if cycle.start is not None:
            cycle.seconds[second] = cycle.how if cycle.ended is not None else "paused" if self.paused else "running"

    def hear(self, told: Told) -> None:
        """Something happens: first what starts, stops and pauses, then facts, then what resumes."""
        self.signal(told)
        self.facts |= dict(told.facts)
        if told.facts or told.kind == "promise":
            self.retarget(told.at)
        self.keys.discard(ENDS.get(told.kind, ""))
        if told.kind != "ask":
            self.keys.discard("ask")

    def signal(self, told: Told) -> None:
        """What the kind of event says."""
        cycle, at = self.cycle, told.at
        self.keys |= {told.kind} & {"hold", "wait", "ask"}
        match told.kind:
            case "start":
                if cycle.ended is not None and self.plan.cycles:
                    cycle = self.archive()
                if cycle.start is None:
                    self.begin(at, at)
            case "merge" if told.since is not None:
                self.merge(at, told.since)
            case "stop" | "cancel" if cycle.start is not None and cycle.ended is None:
                cycle.ended, cycle.how = at, {"stop": "stopped", "cancel": "cancelled"}[told.kind]
            case "reopen" if cycle.ended is not None:
                self.reopen(at)
            case "waive":
                cycle.waived.append(at)
            case "promise":
                self.promise_by_hand(told.due)

    def promise_by_hand(self, due: int | None) -> None:
        """A due time by hand counts as the row that it replaces; without one the table holds again."""
        cycle = self.cycle
        row = cycle.row if cycle.made else self.promised()
        if due is not None and row != HAND:
            cycle.by_desk = row is not None and self.amount(row).working
        cycle.hand, cycle.ahead = due, cycle.ended is not None

    def archive(self) -> Cycle:
        """The next cycle begins; a due time that was set since the last one ended is meant for it."""
        before = self.cycle
        self.past.append(before)
        self.cycle = Cycle(hand=before.hand, by_desk=before.by_desk) if before.ahead else Cycle()
        return self.cycle

    def begin(self, at: int, base: int) -> None:
        """The clock starts, with the promise that applies."""
        self.cycle.start = base
        self.cycle.made = [self.offer(at, self.promised(), base)]
        self.fill(base, at)

    def fill(self, since: int, until: int) -> None:
        """A start in the past: the time of the older case counts in full, whatever paused this one."""
        self.cycle.seconds |= dict.fromkeys(range(since, until), "running")

    def merge(self, at: int, since: int) -> None:
        """The survivor keeps the earliest start."""
        cycle = self.cycle
        if cycle.ended is not None:
            return
        if cycle.start is None:
            self.begin(at, min(since, at))
        elif since < cycle.start:
            self.fill(since, cycle.start)
            cycle.start, cycle.merged = since, at
            self.make(self.offer(at, cycle.row, since))

    def reopen(self, at: int) -> None:
        """A stopped clock is set going again; a stop ends pauses."""
        if self.terms.reopen == "stay":
            return
        self.keys.clear()
        if self.terms.reopen == "new_cycle":
            self.archive()
            self.begin(at, at)
            return
        ended = self.cycle.ended
        assert ended is not None
        if self.terms.reopen == "through":
            self.cycle.seconds |= dict.fromkeys(range(ended, at), "counted though stopped")
        self.cycle.ended = None
        self.retarget(at)

    def promised(self, before: int = HORIZON) -> str | None:
        """The row that applies now, to a promise that may replace those made from *before* on."""
        if self.plan.scoped and self.facts.get("kind") != "fault":
            return None
        if self.cycle.hand is not None:
            return HAND
        table = self.facts.get("p")
        row = table if table in self.plan.rows else "else" if self.plan.otherwise else None
        first = [made.row for made in self.cycle.made if made.row not in (None, HAND) and made.at < before]
        return first[0] if first and self.terms.retarget == "stay" else row

    def retarget(self, at: int) -> None:
        """A promise made in a second in which another was made replaces it, as if that had never been."""
        cycle = self.cycle
        if cycle.start is None or cycle.ended is not None:
            return
        made = self.offer(at, self.promised(at), cycle.start)
        if made.what == cycle.made[-1].what:
            return
        before = [one for one in cycle.made if one.at < at]
        held = before[-1] if before else made
        if before and held.row is None and made.row is not None and self.terms.attach == "from_attachment":
            self.attach(made)
            return
        base = cycle.start if cycle.merged == at else held.base
        if self.terms.retarget == "restart" and None not in (held.row, made.row) and made.what != held.what:
            base = at
        self.make(made._replace(base=base))

    def offer(self, at: int, row: str | None, base: int) -> Made:
        """A promise of a row."""
        if row == HAND:
            return Made(at, row, base, self.cycle.hand, self.cycle.by_desk)
        return Made(at, row, base, None, row is None or self.amount(row).working)

    def attach(self, made: Made) -> None:
        """It counts from now on; what was promised before is a clock of its own."""
        before = self.cycle
        if any(one.row for one in before.made if one.at < made.at):
            self.archive()
            self.cycle.hand, self.cycle.by_desk = before.hand, before.by_desk
        self.cycle.seconds = {}
        self.cycle.start, self.cycle.made = made.at, [made._replace(base=made.at)]

    def make(self, made: Made) -> None:
        """Of several promises at one instant the last was made; the same promise again is no change."""
        cycle = self.cycle
        cycle.made = [one for one in cycle.made if one.at < made.at]
        if not cycle.made or cycle.made[-1][1:] != made[1:]:
            cycle.made.append(made)
            cycle.stands[made.at] = self.paused
        cycle.stood = cycle.stands.get(cycle.made[-1].at, False)

    # What the watch has seen is judged.

    def judge(self, cycle: Cycle, as_of: int) -> Answer:
        """Due, elapsed and verdict of one cycle."""
        if not cycle.made:
            row = self.promised()
            left = None if row is None or row == HAND else self.amount(row).seconds * SECOND
            return Answer("not_started", "waived" if cycle.waived else "open", 0, None, left, None, ())
        now, activity = as_of if cycle.ended is None else cycle.ended, self.activity(cycle)
        if cycle.gone:
            now = cycle.made[-1].at
        seen = self.seen(cycle, now)
        due = self.due(seen, now, activity)
        ended = now if activity in ("stopped", "cancelled") else None
        late = due is not None and self.late(now, due, answered=activity == "stopped")
        verdict = self.verdict(activity, late=late)
        silent = min(cycle.waived, default=HORIZON) * SECOND
        if cycle.waived and (verdict != "met" or min(cycle.waived) < now):  # what was kept before has nothing to waive
            verdict = "waived"
        broken = [one for one in self.breaches(seen, now, late=late) if verdict != "waived" or one[0] < silent]
        hidden = (
            self.terms.pausing == "hides_due"
            and activity == "paused"
            and not (broken and broken[-1][0] >= [one for one in seen.made if one.row is not None][-1].at * SECOND)
        )
        return Answer(
            activity,
            verdict,
            self.elapsed(seen, now),
            None if hidden else due,
            self.remaining(seen, now, due),
            None if ended is None else ended * SECOND,
            tuple(broken),
        )

    def activity(self, cycle: Cycle) -> str:
        """What the clock does."""
        if cycle.gone:
            return "cancelled"
        return cycle.how if cycle.ended is not None else "paused" if self.paused else "running"

    @staticmethod
    def verdict(activity: str, *, late: bool) -> str:
        """Kept or broken, decided or not."""
        if activity == "stopped":
            return "met_late" if late else "met"
        return "late_open" if late else "excluded" if activity == "cancelled" else "open"

    def late(self, now: int, due: int, *, answered: bool) -> bool:
        """Later than the due time, or at it where the terms say so."""
        exactly = self.terms.at_due == "late" or (self.terms.at_due == "late_if_open" and not answered)
        return now * SECOND > due or (exactly and now * SECOND == due)

    def seen(self, cycle: Cycle, now: int) -> Cycle:
        """The cycle up to now, with its promises as the terms see them."""
        seconds = {second: what for second, what in cycle.seconds.items() if second < now}
        made = cycle.made
        if self.terms.retarget == "from_start":
            start, last = min(one.base for one in made), [one for one in made if one.row is not None][-1]
            made = [last._replace(at=start, base=start)]
        stood = cycle.stood if cycle.gone else cycle.ended is None and self.paused and cycle is self.cycle
        return Cycle(stood=stood, seconds=seconds, made=made)

    def amount(self, row: str) -> Amount:
        """What a row promises."""
        return self.plan.rows.get(row) or self.plan.otherwise or Amount(0)

    def measure(self, seen: Cycle, second: int) -> int:
        """What a second uses up, under the row in force then, or the next."""
        activity = seen.seconds.get(second, "paused" if seen.stood else "running")
        if activity not in ("running", "counted though stopped") and not (
            activity == "paused" and self.terms.pausing == "hides_due"
        ):
            return 0
        if second in OPEN_SECONDS:
            return SECOND
        made = [one for one in seen.made if one.row is not None]
        held = [one for one in made if one.at <= second] or made[:1]
        return 0 if held[-1].working else SECOND

    def course(self, seen: Cycle, number: int) -> Iterator[tuple[int, int, int]]:
        """Each second with what was left of a promise before it, and what it uses up."""
        made = seen.made[number]
        assert made.row is not None
        if made.due is not None:
            yield from ((second, (made.due - second) * SECOND, SECOND) for second in range(made.base, HORIZON))
            return
        shares = {one.at: one.row for one in seen.made[: number + 1] if one.row is not None}
        if self.terms.retarget != "proportional":
            shares = {made.at: made.row}
        held, *_ = (self.amount(row).seconds * SECOND for row in shares.values())
        left, first = held, min(shares)
        for second in range(made.base, HORIZON):
            if second > first and second in shares:
                budget = self.amount(shares[second]).seconds * SECOND
                left, held = -(-budget * left // held) if left > 0 else left, budget
            use = self.measure(seen, second)
            yield second, left, use
            left -= use

    def due(self, seen: Cycle, now: int, activity: str) -> int | None:
        """When the promise in force is used up, if the clock goes on as it does."""
        number = max(place for place, made in enumerate(seen.made) if made.row is not None)
        by_hand = seen.made[number].due
        if by_hand is not None:
            return by_hand * SECOND
        if self.terms.pausing == "adds_wall_time":
            return self.wall_due(seen, number, now, activity)
        for second, left, use in self.course(seen, number):
            if 0 < left <= use:
                return second * SECOND + left
        return None

    def wall_due(self, seen: Cycle, number: int, now: int, activity: str) -> int | None:
        """Every paused second before the due time moves it by one."""
        free = Cycle(made=seen.made)
        due = next(second * SECOND + left for second, left, use in self.course(free, number) if 0 < left <= use)
        for second in range(seen.made[number].base, now):
            if seen.seconds[second] == "paused" and second * SECOND < due:
                due += SECOND
        return None if activity == "paused" and now * SECOND < due else due

    def elapsed(self, seen: Cycle, now: int) -> int:
        """What was used up since the promise began to count."""
        return sum(self.measure(seen, second) for second in range(seen.made[-1].base, now))

    def remaining(self, seen: Cycle, now: int, due: int | None) -> int:
        """What is left, zero or more."""
        number = max(place for place, made in enumerate(seen.made) if made.row is not None)
        made = seen.made[number]
        if due is not None and (made.due is not None or self.terms.pausing == "adds_wall_time"):
            until = due // SECOND
            return sum(SECOND for one in range(now, until) if one in OPEN_SECONDS or not made.working)
        return max(next(left for second, left, _ in self.course(seen, number) if second == now), 0)

    def breaches(self, seen: Cycle, now: int, *, late: bool) -> Iterator[tuple[int, str]]:
        """For each promise the first second in which the clock was open though nothing was left."""
        last = max(place for place, made in enumerate(seen.made) if made.row is not None)
        for number, made in enumerate(seen.made):
            if made.row is None:
                continue
            until = seen.made[number + 1].at if number + 1 < len(seen.made) else now
            broken = self.broken(seen, number, until)
            if broken is None and late and number == last:
                broken = now * SECOND  # in this very instant
            if broken is not None:
                yield broken, made.row

    def broken(self, seen: Cycle, number: int, until: int) -> int | None:
        """The instant from which one promise was broken; its due may lie within a second."""
        made = seen.made[number]
        if self.terms.pausing == "adds_wall_time":
            left_at = None
            due = self.wall_due(seen, number, until, "running")
            assert due is not None
            left_at = due
        else:
            left_at = None
            for second, left, use in self.course(seen, number):
                if left <= 0 or 0 < left <= use:
                    left_at = second * SECOND + max(left, 0)
                    break
        if left_at is None:
            return None
        for second in range(made.at, until):
            is_open = seen.seconds.get(second) in ("running", "paused")
            if is_open and (second + 1) * SECOND > left_at:
                return max(second * SECOND, left_at)
        return None


def library(plan: Plan, history: list[Told], facts: dict[str, str], as_of: int) -> list[Reading]:
    """The cycles as the library reads them; none if nothing was ever promised."""
    objective, until = plan.objective, micros(ZERO) + as_of * SECOND
    case = Case("T1", facts, [told.event for told in history])
    life = fold(objective, case, as_of=until, choose="desk")
    if not any(one.last_row is not None for one in (*life.earlier, life)):
        return []
    found = read_life("x", objective, life, {"desk": DESK}, zone="UTC", edition="", as_of=until)
    return list(found.cycles)


def answer(found: Reading) -> Answer:
    """A reading as the oracle would say it."""
    zero = micros(ZERO)

    def after(instant: int | None) -> int | None:
        return None if instant is None else instant - zero

    def amount(time: timedelta | None) -> int | None:
        return None if time is None else time // timedelta(microseconds=1)

    elapsed = amount(found.elapsed)
    assert elapsed is not None
    return Answer(
        found.activity,
        found.verdict,
        elapsed,
        after(found.due_at),
        amount(found.remaining),
        after(found.ended),
        tuple((one.instant - zero, one.target) for one in found.breaches),
    )


def check(plan: Plan, history: list[Told], facts: dict[str, str], as_of: int) -> None:
    """The library says what the stop watch says, of every cycle."""
    said = Watch(plan, facts).watch(history, as_of)
    assert [answer(one) for one in library(plan, history, facts, as_of)] == said


ROWS = {"a": Amount(20), "b": Amount(45), "c": Amount(30, working=False)}
FACTS = {"p": "a", "kind": "fault"}
MAIN = ["stop", "hold", "go", "wait", "went", "ask", "cancel", "reopen", "waive", "note"]
SECONDS = st.integers(0, 140)
WHEN = st.integers(0, 200)


def kinds(*names: str) -> st.SearchStrategy[Told]:
    """Events that say nothing but their kind."""
    return st.tuples(SECONDS, st.sampled_from(names)).map(lambda one: Told(*one))


def facts(name: str, *values: str, kind: str = "note") -> st.SearchStrategy[Told]:
    """Events that tell a fact."""
    return st.tuples(SECONDS, st.sampled_from(values)).map(lambda one: Told(one[0], kind, ((name, one[1]),)))


TABLE = facts("p", *ROWS)
SLEEP = facts("state", "asleep", "awake")
KIND = facts("kind", "fault", "question")
BY_HAND = st.tuples(SECONDS, st.none() | st.integers(0, 260)).map(lambda one: Told(one[0], "promise", due=one[1]))
MERGES = st.tuples(SECONDS, SECONDS).map(lambda one: Told(max(one), "merge", since=min(one)))
PAUSES = kinds("hold", "go", "wait", "went", "ask")


def history(*parts: st.SearchStrategy[Told], size: int = 7) -> st.SearchStrategy[list[Told]]:
    """Random histories in which the clock starts."""
    lists = st.tuples(st.lists(kinds("start"), min_size=1, max_size=2), st.lists(st.one_of(*parts), max_size=size))
    return lists.map(lambda both: [*both[0], *both[1]])


class Life(RuleBasedStateMachine):
    """A case goes on, event by event; some are told late; after each the clock says what the stop watch says."""

    def __init__(self) -> None:
        super().__init__()
        self.now = 0
        self.told: list[Told] = []
        self.plan = Plan(ROWS)
        self.facts: dict[str, str] = {}

    @initialize(cycles=st.booleans(), scoped=st.booleans(), otherwise=st.booleans(), p=st.sampled_from([*ROWS, "z"]))
    def begins(self, *, cycles: bool, scoped: bool, otherwise: bool, p: str) -> None:
        """A promise is written, and a case opened."""
        self.plan = Plan(ROWS, Amount(15) if otherwise else None, cycles=cycles, scoped=scoped)
        self.facts = {"p": p, "kind": "fault"}

    def hear(self, kind: str, wait: int, **parts: Any) -> None:
        """Something happens a little later."""
        self.now += wait
        self.told.append(Told(self.now, kind, **parts))

    @rule(wait=st.integers(0, 9))
    def starts(self, wait: int) -> None:
        """It is asked, perhaps again."""
        self.hear("start", wait)

    @rule(kind=st.sampled_from(MAIN), wait=st.integers(0, 20))
    def goes_on(self, kind: str, wait: int) -> None:
        """It is answered, paused, reopened, waived."""
        self.hear(kind, wait)

    @rule(
        wait=st.integers(0, 20),
        fact=st.sampled_from([("p", p) for p in (*ROWS, "z")] + [("state", "asleep"), ("state", "awake")]),
        kind=st.sampled_from(["note", "start", "hold", "go", "stop"]),
    )
    def learns(self, kind: str, wait: int, fact: tuple[str, str]) -> None:
        """A fact becomes known, with whatever else happens."""
        self.hear(kind, wait, facts=(fact,))

    @rule(wait=st.integers(0, 20), kind=st.sampled_from(["fault", "question"]))
    def turns_out(self, wait: int, kind: str) -> None:
        """It turns out to be something else."""
        self.hear("note", wait, facts=(("kind", kind),))

    @rule(wait=st.integers(0, 20), after=st.none() | st.integers(-30, 90))
    def is_promised_by_hand(self, wait: int, after: int | None) -> None:
        """Somebody sets a due time, or takes it back."""
        self.hear("promise", wait, due=None if after is None else max(self.now + wait + after, 0))

    @rule(kind=st.sampled_from(MAIN), share=st.integers(0, 9))
    def is_told_late(self, kind: str, share: int) -> None:
        """Something happened some time ago."""
        self.told.append(Told(self.now * share // 10, kind))

    @invariant()
    def agrees(self) -> None:
        """Now, and if nothing else happens, some time later."""
        for later in (0, 13):
            check(self.plan, self.told, self.facts, self.now + later)


TestLife = Life.TestCase
TestLife.settings = settings(stateful_step_count=20)


@given(st.booleans(), history(kinds(*MAIN), TABLE, SLEEP, KIND, BY_HAND, size=9), WHEN)
@example(cycles=True, told=[Told(0, "start"), Told(9, "stop"), Told(9, "start")], when=30)
@example(cycles=False, told=[Told(0, "start"), Told(1, "hold"), Told(1, "note", (("kind", "question"),))], when=1)
@example(
    cycles=False,
    told=[Told(0, "start", (("state", "asleep"),)), Told(0, "stop"), Told(0, "note", (("p", "z"),)), Told(1, "reopen")],
    when=1,
)  # reopened into no promise, while the condition that pauses it holds
@example(
    cycles=False,
    told=[Told(0, "start"), Told(0, "waive"), Told(0, "promise", due=0), Told(1, "waive")],
    when=1,
)  # waived twice
def test_all_together(cycles: bool, told: list[Told], when: int) -> None:  # noqa: FBT001
    """Pauses, retargets, reopening, cycles, promises by hand and waivers, in any order."""
    check(Plan(ROWS, cycles=cycles, scoped=True), told, FACTS, when)


@given(
    st.sampled_from(["continue", "through", "new_cycle", "stay"]), history(kinds("stop", "reopen"), TABLE, PAUSES), WHEN
)
@example("continue", [Told(0, "start"), Told(33, "stop"), Told(34, "reopen")], 34)  # late in the instant of reopening
def test_reopening(reopen: Any, told: list[Told], when: int) -> None:
    """What a reopened clock does, with pauses and changes while it was stopped."""
    check(Plan(ROWS, terms=Terms(reopen=reopen)), told, FACTS, when)


RETARGETS = st.sampled_from(["keep_elapsed", "from_start", "restart", "proportional", "stay"])
ATTACHES = st.sampled_from(["from_start", "from_attachment"])


@given(RETARGETS, history(TABLE, kinds("stop", "reopen"), PAUSES, facts("p", "b", kind="start")), WHEN)
@example("stay", [Told(0, "start"), Told(0, "note", (("p", "a"),))], 0)
@example("restart", [Told(0, "start"), Told(6, "note", (("p", "b"),)), Told(6, "note", (("p", "z"),))], 20)
def test_retargeting(retarget: Any, told: list[Told], when: int) -> None:
    """What a change of facts does to a running clock, with rows of working time and of the line."""
    check(Plan(ROWS, Amount(15), terms=Terms(retarget=retarget)), told, {"p": "z"}, when)


@given(
    RETARGETS,
    ATTACHES,
    st.sampled_from(["fault", "question"]),
    history(KIND, TABLE, PAUSES, kinds("stop", "reopen")),
    WHEN,
)
@example("restart", "from_attachment", "question", [Told(0, "start"), Told(0, "note", (("kind", "fault"),))], 0)
@example(
    "keep_elapsed",
    "from_attachment",
    "fault",
    [Told(0, "start"), Told(1, "note", (("kind", "question"),)), Told(1, "note", (("kind", "fault"),))],
    1,
)
@example(
    "restart",
    "from_start",
    "fault",
    [Told(0, "start"), Told(6, "note", (("p", "b"),)), Told(6, "note", (("kind", "question"),))],
    6,
)  # begun anew and given up at one instant
def test_attachment(retarget: Any, attach: Any, kind: str, told: list[Told], when: int) -> None:
    """A promise begins to apply late, ceases to apply, and applies again."""
    check(Plan(ROWS, scoped=True, terms=Terms(retarget=retarget, attach=attach)), told, {"p": "a", "kind": kind}, when)


@given(RETARGETS.filter(lambda one: one != "proportional"), ATTACHES, history(BY_HAND, TABLE, KIND, PAUSES), WHEN)
@example(
    "keep_elapsed",
    "from_attachment",
    [
        Told(0, "start"),
        Told(0, "promise", due=0),
        Told(1, "note", (("kind", "question"),)),
        Told(2, "note", (("kind", "fault"),)),
        Told(2, "note", (("p", "b"),)),
    ],
    2,
)
@example("stay", "from_start", [Told(0, "promise", due=9), Told(1, "start"), Told(2, "promise")], 20)
def test_by_hand(retarget: Any, attach: Any, told: list[Told], when: int) -> None:
    """A due time set by hand holds until it is taken back."""
    check(Plan(ROWS, scoped=True, terms=Terms(retarget=retarget, attach=attach)), told, FACTS, when)


DESK_ROWS = {"a": Amount(20), "b": Amount(45)}


@given(
    st.sampled_from(["keep_elapsed", "restart"]),
    history(MERGES, facts("p", *DESK_ROWS), kinds("stop", "hold", "go")),
    WHEN,
)
@example("restart", [Told(0, "start"), Told(6, "note", (("p", "b"),)), Told(7, "merge", since=0)], 7)
@example("restart", [Told(0, "start"), Told(6, "note", (("p", "b"),)), Told(7, "merge", since=3)], 7)
@example("keep_elapsed", [Told(0, "hold"), Told(6, "merge", since=0)], 6)
def test_merging(retarget: Any, told: list[Told], when: int) -> None:
    """A case that absorbs an older one counts as if it had been opened then."""
    check(Plan(DESK_ROWS, terms=Terms(retarget=retarget)), told, FACTS, when)


@given(st.sampled_from(["stops", "adds_wall_time", "hides_due"]), history(PAUSES, SLEEP, kinds("stop", "cancel")), WHEN)
def test_pausing(pausing: Any, told: list[Told], when: int) -> None:
    """What a pause does to the due time and to what was used."""
    check(Plan(ROWS, terms=Terms(pausing=pausing)), told, FACTS, when)


@given(
    st.sampled_from(["in_time", "late", "late_if_open"]),
    st.integers(1, 12),
    history(kinds("stop", "cancel", "reopen", "hold", "go"), KIND),
    st.integers(0, 60),
)
@example("late", 3, [Told(48, "start"), Told(92, "note", (("kind", "question"),))], 23)
def test_at_due(at_due: Any, budget: int, told: list[Told], when: int) -> None:
    """What happens exactly at the due time."""
    near = [one._replace(at=one.at // 4) for one in told]
    check(Plan({"a": Amount(budget)}, scoped=True, terms=Terms(at_due=at_due)), near, FACTS, when)


RINGS = ClockRule([On("start")], [On("stop")], cancel=[On("cancel")], reopen=(On("reopen"),), count=(On("ring"),))


def count(told: list[Told], high: int, as_of: int) -> tuple[str, str, int, list[int]]:
    """Count rings with a tally: activity, verdict, count, and the second in which it became too many."""
    activity, rings = "not_started", list[int]()
    order = ["start", "ring", "stop", "cancel", "reopen"]
    for one in sorted(told, key=lambda each: (each.at, order.index(each.kind))):
        if one.at > as_of:
            break
        match one.kind:
            case "start" if activity == "not_started":
                activity = "running"
            case "ring" if activity == "running":
                rings.append(one.at)
            case "stop" | "cancel" if activity == "running":
                activity = {"stop": "stopped", "cancel": "cancelled"}[one.kind]
            case "reopen" if activity in ("stopped", "cancelled"):
                activity = "running"
    over = rings[high : high + 1]
    late = "met_late" if activity == "stopped" else "late_open"
    kept = {"stopped": "met", "cancelled": "excluded"}.get(activity, "open")
    return activity, late if over else kept, len(rings), over


@given(history(kinds("ring"), kinds("ring", "start", "stop", "cancel", "reopen")), st.integers(0, 3), WHEN)
def test_counting(told: list[Told], high: int, when: int) -> None:
    """Rings are counted while the clock runs; one more than the limit breaks the promise there and then."""
    found = read_count(Objective(RINGS, CountLimit(0, high, "rings")), told, when)
    breaches = [(one.instant - micros(ZERO)) // SECOND for one in found.breaches]
    assert (found.activity, found.verdict, found.count or 0, breaches) == count(told, high, when)
    assert (found.due, found.remaining) == (None, None)


def read_count(promise: Objective, told: list[Told], when: int) -> Reading:
    """A clock that counts."""
    until = micros(ZERO) + when * SECOND
    life = fold(promise, Case("T1", FACTS, [one.event for one in told]), as_of=until)
    return read_life("x", promise, life, {}, zone="UTC", edition="", as_of=until)


@given(st.lists(SECONDS, max_size=5), st.integers(1, 60), st.integers(0, 2), WHEN)
@example([10, 11, 12], 11, 1, 20)
@example([10, 30], 20, 1, 40)
def test_counting_ends_where_the_promise_does(rings: list[int], gone: int, high: int, when: int) -> None:
    """What rings after a promise ceased to apply is counted against nobody."""
    scoped = Objective(RINGS, CountLimit(0, high, "rings"), when=AllOf((Eq("kind", "fault"),)))
    told = [Told(0, "start"), Told(gone, "note", (("kind", "question"),)), *(Told(at, "ring") for at in rings)]
    heard = sorted(at for at in rings if at <= min(when, gone))
    found = read_count(scoped, told, when)
    over = len(heard) > high
    assert found.count == len(heard)
    assert found.verdict == ("late_open" if over else "open" if when < gone else "excluded")
    assert [one.instant - micros(ZERO) for one in found.breaches] == [at * SECOND for at in heard[high : high + 1]]


IDS = st.sampled_from(["1", "2", "3", "4", None])


@given(
    history(PAUSES, kinds("stop")),
    st.lists(st.tuples(IDS, st.integers(0, 3)), min_size=9, max_size=9),
    st.randoms(),
    WHEN,
)
def test_told_twice(told: list[Told], marks: list[tuple[str | None, int]], chance: Any, when: int) -> None:
    """Of events with one id that counts which was recorded first; the rest never happened."""
    recorded = [one.at * 4 + late for one, (_, late) in zip(told, marks, strict=False)]
    order = sorted(range(len(told)), key=lambda number: (recorded[number], told[number].at))
    seen: set[str] = set()
    kept = []
    for number in order:
        name = marks[number][0]
        if name is None or name not in seen:
            kept.append(told[number])
        seen |= {name} if name is not None else set()
    moments = {(one.at, at) for one, at in zip(told, recorded, strict=False)}
    assume(len(moments) == len(told))  # of two recorded at once either may count
    events = [
        Event(one.kind, at=one.event.at, id=name, recorded_at=ZERO + timedelta(seconds=at))
        for one, (name, _), at in zip(told, marks, recorded, strict=False)
    ]
    chance.shuffle(events)
    plan = Plan(ROWS)
    until = micros(ZERO) + when * SECOND
    life = fold(plan.objective, Case("T1", FACTS, events), as_of=until, choose="desk")
    found = read_life("x", plan.objective, life, {"desk": DESK}, zone="UTC", edition="", as_of=until)
    assert [answer(found)] == Watch(plan, FACTS).watch(kept, when)
