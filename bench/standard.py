"""A whole standard: loading, review, handbook, what another one would have changed, and files that mean harm.

Usage: python bench/standard.py [--quick] [--json FILE]
Needs: svcstd with the extras ``pages`` and ``yaml``.
"""

from __future__ import annotations

import json
import random
import sys
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from time import perf_counter
from typing import Any

from svcstd import Case, Event, ServiceStandard, loads, loads_folder
from svcstd.cli.compare import effects_by
from svcstd.errors import SvcstdError
from svcstd.handbook import book_of, render_book
from svcstd.standard import Chronicle

QUICK = "--quick" in sys.argv
OBJECTIVES, RULES, CALENDARS, PLANS = (20, 50, 4, 2) if QUICK else (500, 1_000, 50, 20)
TABLES = 10
CASES = 1_000 if QUICK else 100_000
ROWS: list[dict[str, Any]] = []


def timed(name: str, run: Callable[[], Any], note: Callable[[Any], str] = lambda _: "") -> Any:
    """The result, with its seconds in the table."""
    begun = perf_counter()
    found = run()
    ROWS.append({"name": name, "s": perf_counter() - begun, "note": note(found)})
    return found


def lines_of(source: random.Random) -> Iterator[str]:
    """A standard of many parts, each of which is used."""
    kinds = [f"k{number}" for number in range(40)]
    yield 'svcstd = 1\nid = "large"\nname = "Large"\nzone = "Asia/Shanghai"\nyears = "2025..2027"\n'
    yield '[events]\nopened = "opened"\nclosed = "closed"\n[roles]\nlead = "Lead"\n'
    yield f"[facts]\nkind = {{ one_of = {json.dumps(kinds)} }}\n"
    yield 'size = { kind = "integer", within = "[0..100000]" }\ncity = "text"\nurgent = "true or false"\n[calendars]\n'
    for number in range(CALENDARS):
        yield f'c{number} = {{ hours = "Mon-Fri {8 + number % 3:02d}:00-18:00", holidays = "CN" }}\n'
    for number in range(OBJECTIVES):
        low = number * 10
        yield f'[objectives.o{number}]\nname = "Promise {number}"\norder = {number}\n'
        yield f'calendar = "c{number % CALENDARS}"\n'
        yield f'when = {{ kind = "{kinds[number % 40]}", size = "[{low}..{low + 9}]" }}\n'
        yield f'clock = {{ start = "opened", stop = "closed" }}\ntarget = "{1 + number % 40} working hours"\n'
        yield 'notify = { "75 %" = "lead" }\n'
    for table in range(TABLES):
        yield f'[routing.t{table}]\nhit = "first"\nin = ["kind", "size", "urgent"]\nout = ["to"]\n'
        yield f'else = {{ to = "desk", because = "nobody else" }}\n[routing.t{table}.rules]\n'
        for number in range(RULES // TABLES):
            low = source.randint(0, 90_000)
            urgent = source.choice(["true", "false", '"-"'])
            sizes = f'"[{low}..{low + source.randint(1, 9_000)}]"'
            yield f'r{number} = ["{source.choice(kinds)}", {sizes}, {urgent}, "q{number % 7}"]\n'
    yield '[records.call]\nat = "day"\nfields = { agent = "text", day = "date", mark = "number" }\n'
    yield '[kpis.mark]\nof = "call"\nmean = "mark"\nbetter = "more"\nunit = "marks"\n'
    for number in range(PLANS):
        yield f'[plans.p{number}]\nof = "agent"\nevery = "month"\ncurrency = "CNY"\n'
        yield 'round = "0.01 half up"\nround_at = "line"\n'
        yield f'[plans.p{number}.lines.a]\npays = "{number + 1}.00 CNY"\ntimes = "kpis.mark"\nmissing = "nothing"\n'
        yield 'curve = { tiers = { "<= 300" = 0.5, "<= 500" = 1, else = 1.5 }, kind = "marginal", '
        yield 'start = 0, beyond = "clamp" }\n'


SMALL = """svcstd = 1
id = "desk"
name = "Desk"
zone = "Asia/Shanghai"
[facts]
kind = { one_of = ["fault", "question"] }
[events]
opened = "opened"
closed = "closed"
[calendars]
office = "Mon-Fri 09:00-17:00"
[objectives.close]
calendar = "office"
clock = { start = "opened", stop = "closed" }
target = "8 working hours"
[routing.desk]
hit = "unique"
in = ["kind"]
out = ["to"]
[routing.desk.rules]
fault = ["fault", "field"]
question = ["question", "desk"]
"""


def cases(source: random.Random) -> list[Case]:
    """A year of them."""
    first = datetime(2026, 1, 1, tzinfo=UTC)
    found = []
    for number in range(CASES):
        opened = first + timedelta(minutes=source.randint(0, 500_000))
        closed = opened + timedelta(minutes=source.randint(5, 4_000))
        facts = {"kind": source.choice(["fault", "question"])}
        found.append(Case(f"c{number}", facts, [Event("opened", at=opened), Event("closed", at=closed)]))
    return found


HEAD = 'svcstd = 1\nid = "a"\nname = "a"\nzone = "UTC"\n'
MANY = 46_000


def hostile() -> dict[str, Callable[[], ServiceStandard]]:
    """Files that mean harm: how they are refused, or loaded, within a second."""
    laughs = "\n".join(
        ["a0: &a0 [x, x, x, x, x, x, x, x, x]"]
        + [f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 9)}]" for n in range(1, 12)]
    )
    wide = (
        "[routing.a]\nhit='first'\nin=[" + ",".join(f"'f{n}'" for n in range(30)) + "]\nout=['x']\n[routing.a.rules]\n"
    )
    facts = "[facts]\n" + "".join(f"f{n}='integer'\n" for n in range(30))
    rules = "".join(
        f"r{n}=[" + ",".join(f"'[{n + k}..{n + k + 40}]'" for k in range(30)) + ",'y']\n" for n in range(200)
    )
    return {
        "YAML: nine to the twelfth by aliases": lambda: loads(laughs, format="yaml"),
        "YAML: one alias in itself": lambda: loads("a: &a [*a]", format="yaml"),
        "YAML: depth 100,000": lambda: loads("a: " + "[" * 100_000, format="yaml"),
        "JSON: depth 100,000": lambda: loads("[" * 100_000, format="json"),
        "JSON: a number of 590,000 digits": lambda: loads('{"svcstd": ' + "9" * 590_000 + "}", format="json"),
        "TOML: depth 100,000": lambda: loads(HEAD + "x = " + "[" * 100_000),
        "TOML: a dotted key of 100,000 parts": lambda: loads(HEAD + ".".join("a" * 100_000) + " = 1"),
        "TOML: 1E999999999": lambda: loads(HEAD + "x = 1E999999999"),
        "a file of two million characters": lambda: loads(HEAD + "#" * 2_000_000),
        f"{MANY:,} unknown keys": lambda: loads(HEAD + "".join(f"k{n} = 1\n" for n in range(MANY))),
        f"{MANY:,} events": lambda: loads(HEAD + "[events]\n" + "".join(f"e{n} = 'x'\n" for n in range(MANY))),
        f"{MANY:,} faulty events": lambda: loads(HEAD + "[events]\n" + "".join(f"e{n} = 5\n" for n in range(MANY))),
        "30 columns of ranges, 200 rules, reviewed": lambda: reviewed(HEAD + facts + wide + rules),
        "a list of 65,000 values for a fact": lambda: loads(
            HEAD + "[facts]\na = { one_of = [" + ",".join(f"'v{n}'" for n in range(65_000)) + "] }"
        ),
        "1,001 changes": lambda: loads(
            HEAD + "".join(f"[changes.{date(2020, 1, 1) + timedelta(n)}]\nwhy='x'\n" for n in range(1_001))
        ),
        "a folder of 10,000 files": lambda: loads_folder({f"f{n}.toml": "" for n in range(10_000)}),
        "years of a thousand centuries": lambda: loads(HEAD + 'years = "1..99999"'),
    }


def reviewed(text: str) -> ServiceStandard:
    """Loaded and reviewed."""
    standard = loads(text)
    standard.review(as_of=date(2026, 3, 1))
    return standard


def refusal(run: Callable[[], Any]) -> str:
    """What comes of it."""
    try:
        run()
    except SvcstdError as error:
        return f"refused: {str(error).splitlines()[0][:60]}"
    return "taken"


def main() -> None:
    """Print a table; write JSON where asked."""
    source = random.Random(7)
    text = "".join(lines_of(source))
    standard = timed(
        f"load {OBJECTIVES} objectives, {RULES:,} rules, {CALENDARS} calendars, {PLANS} plans",
        lambda: loads(text),
        lambda _: f"{len(text):,} characters",
    )
    timed("review it", lambda: standard.review(as_of=date(2026, 3, 1)), lambda found: f"{len(found.findings)} findings")
    timed(
        "its handbook", lambda: render_book(book_of(standard, year=2026)), lambda page: f"{len(page.encode()):,} bytes"
    )
    old, new = loads(SMALL), loads(SMALL.replace('"8 working hours"', '"6 working hours"'))
    log = cases(source)
    history = Chronicle(as_of=datetime(2027, 3, 1, tzinfo=UTC), cases=log)
    for jobs in (1, 2):
        name = f"what if over {CASES:,} cases, each of which changes, processes: {jobs}"
        timed(name, lambda jobs=jobs: len(effects_by(jobs, old, new, history, "always")), lambda n: f"{n:,} effects")
    few = loads(SMALL.replace('"question", "desk"', '"question", "shop"'))
    name = f"what if over {CASES:,} cases, of which half change their route"
    timed(name, lambda: len(effects_by(1, old, few, history, "always")), lambda n: f"{n:,} effects")
    for name, run in hostile().items():
        timed(name, lambda run=run: refusal(run), str)
    for row in ROWS:
        print(f"{row['name']:62} {row['s']:8.2f} s  {row['note']}")
    if "--json" in sys.argv:
        Path(sys.argv[sys.argv.index("--json") + 1]).write_text(json.dumps(ROWS, indent=2), encoding="utf-8")


if __name__ == "__main__":
    main()
