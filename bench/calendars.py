"""Business-time arithmetic beside its peers: one workload, one process, ns per operation and ratios.

Workload: Mon-Fri 09:00-12:30 and 13:30-18:00 Europe/Berlin, German public holidays 2020-2027; 10,000 pairs of moments
(gaps exponential, mean 5 days) and 10,000 additions of 8 hours. A peer that is not installed is left out and named.

Usage: python bench/calendars.py [--quick] [--json FILE]
Needs: svcstd; better with the dependency group ``peers`` and numpy.
"""

from __future__ import annotations

import gc
import json
import random
import statistics
import subprocess
import sys
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterator, Sequence
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path
from time import perf_counter
from typing import Any
from zoneinfo import ZoneInfo

from svcstd.calendars import BusinessCalendar, public_holidays

QUICK = "--quick" in sys.argv
REPEATS = 3 if QUICK else 5
BUDGET = 0.5 if QUICK else 1.5
BERLIN = ZoneInfo("Europe/Berlin")
EIGHT = timedelta(hours=8)
ROWS: list[dict[str, Any]] = []
HOLIDAYS: list[date] = []


def measure(
    group: str,
    name: str,
    ask: Callable[..., object],
    arguments: Sequence[tuple[Any, ...]],
    expected: Sequence[object] = (),
    per: int = 1,
) -> None:
    """Median ns a call, or a piece where one call does several, over several passes; answers are held to *expected*."""
    found: list[float] = []
    answers: list[object] = []
    for _ in range(REPEATS):
        gc.collect()
        answers = []
        begun = perf_counter()
        for argument in arguments:
            answers.append(ask(*argument))
            if not len(answers) & 255 and perf_counter() - begun > BUDGET:
                break
        found.append((perf_counter() - begun) / len(answers) / per * 1e9)
    wrong = sum(got != want for got, want in zip(answers, expected, strict=False))
    ROWS.append({"group": group, "name": name, "ns": statistics.median(found), "wrong": wrong, "of": len(answers)})


def germany() -> list[date]:
    """The holidays of the workload."""
    return [day for day, _ in public_holidays("DE", years=range(2020, 2028)).holidays]


class Plain:
    """The limit in plain Python: bisect over sorted whole seconds, nothing else."""

    def __init__(self, holidays: list[date]) -> None:
        self.starts: list[int] = []
        self.ends: list[int] = []
        closed, day = set(holidays), date(2020, 1, 1)
        while day < date(2028, 1, 1):
            if day.weekday() < 5 and day not in closed:
                for opens, closes in ((time(9), time(12, 30)), (time(13, 30), time(18))):
                    self.starts.append(int(datetime.combine(day, opens, BERLIN).timestamp()))
                    self.ends.append(int(datetime.combine(day, closes, BERLIN).timestamp()))
            day += timedelta(1)
        self.before = [0]
        for start, end in zip(self.starts, self.ends, strict=True):
            self.before.append(self.before[-1] + end - start)

    def counted(self, at: int) -> int:
        """Open seconds before an instant."""
        i = bisect_right(self.starts, at) - 1
        return self.before[i] + min(at, self.ends[i]) - self.starts[i] if i >= 0 else 0

    def between(self, start: int, end: int) -> int:
        """Open seconds between two instants."""
        return self.counted(end) - self.counted(start)

    def add(self, start: int, amount: int) -> int:
        """The instant at which so many open seconds have passed."""
        goal = self.counted(start) + amount
        i = bisect_left(self.before, goal) - 1
        return self.starts[i] + goal - self.before[i]


def workload(plain: Plain) -> dict[str, Any]:
    """Moments and the answers of the plain baseline."""
    chance = random.Random(7)
    low, high = int(datetime(2020, 1, 10, tzinfo=UTC).timestamp()), int(datetime(2026, 6, 1, tzinfo=UTC).timestamp())
    starts = [chance.randrange(low, high) for _ in range(10_000)]
    ends = [start + int(chance.expovariate(1 / (5 * 86_400))) for start in starts]
    year = [start + 365 * 86_400 + 7 for start in starts[:2_000]]

    def aware(seconds: Sequence[int]) -> list[datetime]:
        return [datetime.fromtimestamp(second, BERLIN) for second in seconds]

    return {
        "ints": list(zip(starts, ends, strict=True)),
        "pairs": list(zip(aware(starts), aware(ends), strict=True)),
        "years": list(zip(aware(starts[:2_000]), aware(year), strict=True)),
        "singles": [(at,) for at in aware(starts)],
        "between": [timedelta(seconds=plain.between(a, b)) for a, b in zip(starts, ends, strict=True)],
        "between_int": [plain.between(a, b) for a, b in zip(starts, ends, strict=True)],
        "between_year": [timedelta(seconds=plain.between(a, b)) for a, b in zip(starts, year, strict=False)],
        "add": aware([plain.add(start, 28_800) for start in starts]),
        "add_int": [plain.add(start, 28_800) for start in starts],
    }


def ours() -> BusinessCalendar:
    """The workload's calendar in svcstd."""
    table = public_holidays("DE", years=range(2020, 2028))
    return BusinessCalendar(zone="Europe/Berlin", hours="Mon-Fri 09:00-12:30 13:30-18:00", holidays=table)


def run_baselines(work: dict[str, Any], plain: Plain) -> None:
    """Limits: whole seconds, and aware datetimes through the same bisect."""
    measure("between", "limit: bisect on ints", plain.between, work["ints"], work["between_int"])
    measure(
        "add 8 h",
        "limit: bisect on ints",
        lambda a: plain.add(a, 28_800),
        [(a,) for a, _ in work["ints"]],
        work["add_int"],
    )

    def between(start: datetime, end: datetime) -> timedelta:
        return timedelta(seconds=plain.between(int(start.timestamp()), int(end.timestamp())))

    def add(start: datetime) -> datetime:
        return datetime.fromtimestamp(plain.add(int(start.timestamp()), 28_800), BERLIN)

    measure("between", "plain Python: bisect, datetimes in, timedelta out", between, work["pairs"], work["between"])
    measure("add 8 h", "plain Python: bisect, datetimes in and out", add, work["singles"], work["add"])

    def stepping(start: datetime, end: datetime) -> timedelta:
        at, open_minutes = start, 0
        closed = set(HOLIDAYS)
        while at < end:
            minute = at.hour * 60 + at.minute
            open_minutes += (
                at.weekday() < 5 and at.date() not in closed and (540 <= minute < 750 or 810 <= minute < 1080)
            )
            at = (at.astimezone(UTC) + timedelta(minutes=1)).astimezone(BERLIN)
        return timedelta(minutes=open_minutes)

    measure("between", "plain Python: minute by minute (inexact)", stepping, work["pairs"][:20])


def run_ours(work: dict[str, Any], calendar: BusinessCalendar) -> None:
    """The library itself."""
    measure("between", "svcstd elapsed", calendar.elapsed, work["pairs"], work["between"])
    measure("between, 365 days", "svcstd elapsed", calendar.elapsed, work["years"], work["between_year"])
    measure("add 8 h", "svcstd add", lambda at: calendar.add(at, EIGHT), work["singles"], work["add"])
    base = datetime(2020, 6, 1, 10, 0, tzinfo=BERLIN)
    for name, gap in (("1 hour", 1), ("1 day", 24), ("30 days", 720), ("1 year", 8_760), ("7 years", 61_320)):
        measure("flat", f"svcstd elapsed over {name}", calendar.elapsed, [(base, base + timedelta(hours=gap))] * 5_000)


def run_workclock(work: dict[str, Any]) -> None:
    """Peer workclock (Rust)."""
    from workclock import Break, Holidays, Schedule, WorkDay

    days = [WorkDay(time(9), time(18)), Break(time(12, 30), time(13, 30)), Holidays(HOLIDAYS)]
    peer = Schedule(days, time_zone="Europe/Berlin")
    measure("between", "workclock", peer.between, work["pairs"], work["between"])
    measure("between, 365 days", "workclock", peer.between, work["years"], work["between_year"])
    measure("add 8 h", "workclock", lambda at: peer.add(at, EIGHT), work["singles"], work["add"])


def run_bizcal(work: dict[str, Any]) -> None:
    """Peer django-bizcal (Python)."""
    from django_bizcal.calendars.working import WorkingCalendar
    from django_bizcal.providers import SetHolidayProvider
    from django_bizcal.windows import ScheduleBlock

    blocks = [ScheduleBlock(time(9), time(12, 30)), ScheduleBlock(time(13, 30), time(18))]
    peer = WorkingCalendar(
        tz="Europe/Berlin",
        weekly_schedule=dict.fromkeys(range(5), blocks),
        holiday_provider=SetHolidayProvider.from_dates(HOLIDAYS),
    )
    measure("between", "django-bizcal", peer.business_time_between, work["pairs"], work["between"])
    measure("between, 365 days", "django-bizcal", peer.business_time_between, work["years"][:50], work["between_year"])
    measure("add 8 h", "django-bizcal", lambda at: peer.add_business_time(at, EIGHT), work["singles"], work["add"])


def run_timegrid(work: dict[str, Any]) -> None:
    """Peer timegrid (Rust), fed naive local wall time: it has no zones."""
    from timegrid import TimeGridCalendar, hours

    peer = TimeGridCalendar.weekdays(time(9), time(18)).break_weekdays(time(12, 30), time(13, 30))
    for day in HOLIDAYS:
        peer.close(day)
    line = peer.compile(datetime(2020, 1, 1), datetime(2028, 1, 1))
    pairs = [(a.replace(tzinfo=None), b.replace(tzinfo=None)) for a, b in work["pairs"]]
    measure("between", "timegrid, compiled (no zones)", line.get_working_duration, pairs, work["between"])
    eight = hours(8)
    singles = [(a.replace(tzinfo=None),) for (a,) in work["singles"]]
    expected = [at.replace(tzinfo=None) for at in work["add"]]
    measure("add 8 h", "timegrid (no zones)", lambda at: peer.add_work_duration(at, eight), singles, expected)


def run_businesstimedelta(work: dict[str, Any]) -> None:
    """Peer businesstimedelta (Python)."""
    import businesstimedelta as peer
    import pytz

    zone = pytz.timezone("Europe/Berlin")
    rules = peer.Rules(
        [
            peer.WorkDayRule(time(9), time(18), [0, 1, 2, 3, 4], tz=zone),
            peer.LunchTimeRule(time(12, 30), time(13, 30), tz=zone),
            peer.HolidayRule({*HOLIDAYS, date(2035, 1, 1)}, tz=zone),
        ]
    )

    def ask(start: datetime, end: datetime) -> timedelta:
        return rules.difference(start, end).timedelta

    measure("between", "businesstimedelta", ask, work["pairs"], work["between"])


def run_pandas(work: dict[str, Any]) -> None:
    """Peer pandas CustomBusinessHour: additions only, and to the next opening at a closing."""
    import pandas as pd

    step = pd.offsets.CustomBusinessHour(
        8, start=["09:00", "13:30"], end=["12:30", "18:00"], weekmask="Mon Tue Wed Thu Fri", holidays=HOLIDAYS
    )
    stamps = [(pd.Timestamp(at),) for (at,) in work["singles"]]
    measure("add 8 h", "pandas CustomBusinessHour", lambda at: at + step, stamps, work["add"])


PEERS = (run_workclock, run_bizcal, run_timegrid, run_businesstimedelta, run_pandas)


def run_compile() -> None:
    """Compile a year of the calendar."""
    calendar = ours()
    measure("compile a year", "svcstd", calendar.block, [(2020 + number % 8,) for number in range(40)])


def run_import() -> None:
    """Wall time of `import svcstd` over bare Python, as whole processes."""

    def wall(code: str) -> float:
        begun = perf_counter()
        subprocess.run([sys.executable, "-c", code], check=True)  # noqa: S603 - this interpreter
        return perf_counter() - begun

    for name, code in (
        ("python -c pass", "pass"),
        ("import svcstd", "import svcstd"),
        ("import svcstd; svcstd.loads", "import svcstd; svcstd.loads"),
    ):
        measured = statistics.median(wall(code) for _ in range(7))
        ROWS.append({"group": "import", "name": name, "ns": measured * 1e9, "wrong": 0, "of": 7})


def groups() -> Iterator[tuple[str, list[dict[str, Any]]]]:
    """Rows by group, the fastest first."""
    for group in dict.fromkeys(row["group"] for row in ROWS):
        yield group, sorted((row for row in ROWS if row["group"] == group), key=lambda row: row["ns"])


def main() -> None:
    """Run everything that is installed and print the table."""
    HOLIDAYS.extend(germany())
    plain = Plain(HOLIDAYS)
    work = workload(plain)
    run_baselines(work, plain)
    run_ours(work, ours())
    for peer in PEERS:
        try:
            peer(work)
        except ImportError as error:
            print(f"left out: {peer.__doc__} ({error})")
    run_compile()
    run_import()
    show()


def show() -> None:
    """Print the table, and write it as JSON if asked."""
    for group, rows in groups():
        own = next((row["ns"] for row in rows if row["name"].startswith("svcstd")), rows[0]["ns"])
        print(f"\n{group}")
        for row in rows:
            wrong = f"  {row['wrong']} of {row['of']} answers differ" if row["wrong"] else ""
            print(f"  {row['ns']:14,.0f} ns  x{row['ns'] / own:8.2f}  {row['name']}{wrong}")
    if "--json" in sys.argv:
        path = Path(sys.argv[sys.argv.index("--json") + 1])
        path.write_text(json.dumps(ROWS, indent=1), encoding="utf-8")


if __name__ == "__main__":
    main()
