"""The first of a hundred rules for each of ten thousand tickets, beside every installed peer, in one process.

Workload: rules of two to four conditions (a value, a list, a range, the beginning of a text), tickets of eight facts;
every engine must give the number that plain closures give. Then what no peer does: a full decision with its reasons,
and the analysis of 100 and of 1,000 rules, with the memory that the rules take.

Usage: python bench/routing.py [--quick] [--json FILE]
Needs: svcstd; better with the dependency group ``bench``.
"""

from __future__ import annotations

import json
import random
import tracemalloc
from collections.abc import Callable, Iterator, Sequence
from typing import Any

from calendars import ROWS, measure, show
from svcstd.conditions import AllOf, Condition, Eq, FactSchema, FactType, In, Interval, Prefix, Range
from svcstd.rules import DecisionTable, Index, Output, Rule, analyse

Test = tuple[str, str, Any]
Ticket = dict[str, Any]
CATEGORIES = [f"cat{number:02}" for number in range(20)]
REGIONS = [f"reg{number:02}" for number in range(12)]
CHANNELS = ["phone", "email", "web", "chat", "visit"]
TIERS = ["gold", "silver", "bronze", "none"]
FAMILIES = ["AB", "CD", "EF", "GH", "JK"]
KINDS = ["category", "region", "channel", "tier", "severity", "amount", "product", "vip"]
SELECTIVE = {"category", "region", "product"}
FACTS = FactSchema(
    {
        "category": FactType(one_of=tuple(CATEGORIES)),
        "region": FactType(one_of=tuple(REGIONS)),
        "channel": FactType(one_of=tuple(CHANNELS)),
        "tier": FactType(one_of=tuple(TIERS)),
        "severity": FactType("integer", within=Interval(1, 5)),
        "amount": FactType("integer", within=Interval(0, None)),
        "product": FactType(),
        "vip": FactType("true or false"),
    }
)
GROUP = "first of 100 rules"


def made_rules(source: random.Random, count: int) -> list[tuple[Test, ...]]:
    """Rules as books have them: most with one selective condition."""
    rules = []
    for _ in range(count):
        kinds = source.sample(KINDS, source.randint(2, 4))
        if not SELECTIVE & set(kinds):
            kinds[0] = "category"
        rules.append(tuple(made_test(kind, source) for kind in kinds))
    return rules


def made_test(kind: str, source: random.Random) -> Test:
    """One condition on a fact."""
    match kind:
        case "category":
            return kind, "eq", source.choice(CATEGORIES)
        case "region":
            return kind, "in", tuple(source.sample(REGIONS, source.randint(2, 4)))
        case "channel":
            return kind, "eq", source.choice(CHANNELS)
        case "tier":
            return kind, "in", tuple(source.sample(TIERS, 2))
        case "severity":
            low = source.randint(1, 4)
            return kind, "range", (low, source.randint(low + 1, 6))
        case "amount":
            low = source.randrange(0, 9_000, 50)
            return kind, "range", (low, low + source.randrange(500, 4_000, 50))
        case "product":
            return kind, "prefix", f"{source.choice(FAMILIES)}-{source.randint(0, 9)}"
        case _:
            return kind, "eq", source.random() < 0.5


def made_tickets(source: random.Random, count: int) -> list[Ticket]:
    """Tickets with every fact known."""
    return [
        {
            "category": source.choice(CATEGORIES),
            "region": source.choice(REGIONS),
            "channel": source.choice(CHANNELS),
            "tier": source.choice(TIERS),
            "severity": source.randint(1, 5),
            "amount": source.randrange(12_000),
            "product": f"{source.choice(FAMILIES)}-{source.randint(0, 9)}{source.randint(100, 999)}",
            "vip": source.random() < 0.3,
        }
        for _ in range(count)
    ]


RULES = made_rules(random.Random(20240611), 100)
TICKETS = made_tickets(random.Random(20240612), 10_000)


def closure(test: Test) -> Callable[[Ticket], bool]:
    """A condition as a developer would write it."""
    field, sign, value = test
    match sign:
        case "eq":
            return lambda ticket: bool(ticket[field] == value)
        case "in":
            values = frozenset(value)
            return lambda ticket: ticket[field] in values
        case "range":
            low, high = value
            return lambda ticket: bool(low <= ticket[field] < high)
        case _:
            return lambda ticket: bool(ticket[field].startswith(value))


def closures() -> Callable[[Ticket], int]:
    """The reference: one closure for each condition, asked in order."""
    rules = [tuple(closure(test) for test in rule) for rule in RULES]

    def first(ticket: Ticket) -> int:
        for number, tests in enumerate(rules):
            for test in tests:
                if not test(ticket):
                    break
            else:
                return number
        return -1

    return first


def condition(test: Test) -> Condition:
    """The same condition in our algebra."""
    field, sign, value = test
    match sign:
        case "eq":
            return Eq(field, value)
        case "in":
            return In(field, value)
        case "range":
            return Range(field, *value, high_closed=False)
        case _:
            return Prefix(field, value)


def table(rules: Sequence[tuple[Test, ...]]) -> DecisionTable:
    """The rules as a table of first hits, each with one of twenty outcomes."""
    made = {
        f"r{number}": Rule(AllOf(tuple(condition(test) for test in rule)), {"queue": f"q{number % 20}"})
        for number, rule in enumerate(rules)
    }
    return DecisionTable(facts=FACTS, outputs={"queue": Output()}, rules=made, hit="first")


def logic(test: Test, *, prefix: bool = True) -> Any:
    """The same condition as JsonLogic; without a word for beginnings, by cutting the text."""
    field, sign, value = test
    known = {"var": field}
    match sign:
        case "eq":
            return {"==": [known, value]}
        case "in":
            return {"in": [known, list(value)]}
        case "range":
            return {"and": [{">=": [known, value[0]]}, {"<": [known, value[1]]}]}
        case _ if prefix:
            return {"starts_with": [known, value]}
        case _:
            return {"==": [{"substr": [known, 0, len(value)]}, value]}


def chain(*, prefix: bool = True) -> Any:
    """All rules as one JsonLogic choice."""
    parts: list[Any] = []
    for number, rule in enumerate(RULES):
        parts += [{"and": [logic(test, prefix=prefix) for test in rule]}, number]
    return {"if": [*parts, -1]}


def words(test: Test) -> str:
    """The same condition in the language of rule-engine."""
    field, sign, value = test
    match sign:
        case "eq":
            return f"{field} == {json.dumps(value)}"
        case "in":
            return f"{field} in {json.dumps(list(value))}"
        case "range":
            return f"{field} >= {value[0]} and {field} < {value[1]}"
        case _:
            return f"{field}.starts_with({json.dumps(value)})"


def cell(test: Test) -> str:
    """The same condition as a cell of zen's decision table."""
    _, sign, value = test
    match sign:
        case "eq":
            return json.dumps(value)
        case "in":
            return ", ".join(map(json.dumps, value))
        case "range":
            return f"[{value[0]}..{value[1]})"
        case _:
            return f"startsWith($, {json.dumps(value)})"


def zen_table() -> Any:
    """All rules as zen's decision table."""
    rows = [
        {"_id": str(number), "o": str(number)} | dict.fromkeys(KINDS, "") | {test[0]: cell(test) for test in rule}
        for number, rule in enumerate(RULES)
    ]
    columns = [{"id": kind, "name": kind, "field": kind} for kind in KINDS]
    answer = [{"id": "o", "name": "o", "field": "o"}]
    content = {"hitPolicy": "first", "inputs": columns, "outputs": answer, "rules": rows}
    place = {"position": {"x": 0, "y": 0}}
    nodes = [
        {"id": "in", "type": "inputNode", "name": "in"} | place,
        {"id": "dt", "type": "decisionTableNode", "name": "dt", "content": content} | place,
        {"id": "out", "type": "outputNode", "name": "out"} | place,
    ]
    edges = [
        {"id": f"{one}{other}", "sourceId": one, "targetId": other, "type": "edge"}
        for one, other in (("in", "dt"), ("dt", "out"))
    ]
    return {"nodes": nodes, "edges": edges}


def datalogic_chain() -> tuple[Callable[[Any], int], int]:
    """datalogic-py: one choice, compiled."""
    import datalogic_py

    rule = datalogic_py.Engine().compile(chain())
    return rule.evaluate, 10_000


def datalogic_batch() -> tuple[Callable[[Any], Any], int]:
    """datalogic-py: one call for all tickets, already parsed."""
    import datalogic_py

    engine = datalogic_py.Engine()
    rule, session = engine.compile(chain()), engine.session()
    handles = [datalogic_py.DataHandle(ticket) for ticket in TICKETS]
    return (lambda _: [int(one) for one in session.evaluate_batch(rule, handles)]), 0


def zen_batch() -> tuple[Callable[[Any], Any], int]:
    """zen-engine: its decision table, one call for two thousand tickets."""
    import zen

    engine = zen.ZenEngine({"loader": {"type": "static", "content": {"rules": zen_table()}}})
    asked = [{"key": "rules", "context": ticket} for ticket in TICKETS[:2_000]]
    return (lambda _: [one["data"]["result"].get("o", -1) for one in engine.evaluate_batch(asked)]), 0


def json_logic() -> tuple[Callable[[Any], int], int]:
    """panzi-json-logic: one choice."""
    from json_logic import jsonLogic

    rules = chain(prefix=False)
    return (lambda ticket: int(jsonLogic(rules, ticket))), 500


def rule_engine() -> tuple[Callable[[Any], int], int]:
    """rule-engine: its rules in order."""
    import rule_engine as peer

    rules = [peer.Rule(" and ".join(words(test) for test in rule)) for rule in RULES]
    return (lambda ticket: next((n for n, rule in enumerate(rules) if rule.matches(ticket)), -1)), 500


def celpy() -> tuple[Callable[[Any], int], int]:
    """cel-python: its programs in order."""
    import celpy as peer

    environment = peer.Environment()
    texts = [
        " && ".join(words(test).replace(" and ", " && ").replace("starts_with", "startsWith") for test in rule)
        for rule in RULES
    ]
    programs = [environment.program(environment.compile(text)) for text in texts]

    def first(ticket: Ticket) -> int:
        known = peer.json_to_cel(ticket)
        return next((number for number, program in enumerate(programs) if program.evaluate(known)), -1)

    return first, 60


PEERS: tuple[Callable[[], tuple[Callable[[Any], Any], int]], ...] = (
    datalogic_chain,
    datalogic_batch,
    zen_batch,
    json_logic,
    rule_engine,
    celpy,
)


def run_peers(expected: Sequence[int]) -> Iterator[str]:
    """Each installed peer; those that answer a whole batch in one call are measured by the ticket."""
    for peer in PEERS:
        said = str(peer.__doc__)
        try:
            ask, count = peer()
        except ImportError as error:
            yield f"left out: {said} ({error})"
            continue
        name = said.rstrip(".")
        if count:
            asked = [(ticket,) for ticket in TICKETS[:count]]
            measure(GROUP, name, lambda ticket, ask=ask: int(ask(ticket)), asked, expected)
        else:
            answers = [int(one) for one in ask(None)]
            assert answers == list(expected[: len(answers)]), said
            measure(f"{GROUP}, all in one call", name, ask, [(None,)] * 5, per=len(answers))


def run_ours(expected: Sequence[int]) -> None:
    """The index alone, and a whole decision with reasons and near misses."""
    index = Index.of([AllOf(tuple(condition(test) for test in rule)) for rule in RULES], FACTS)
    asked = [(ticket,) for ticket in TICKETS]
    measure(GROUP, "svcstd index, number alone", index.first, asked, expected)
    whole = table(RULES)
    answers = [f"r{number}" if number >= 0 else "" for number in expected]
    measure(GROUP, "svcstd decide, with reasons", lambda ticket: whole.decide(ticket).rule, asked, answers)


def book() -> list[tuple[Test, ...]]:
    """A thousand rules as a large desk has them: one for each category, region and channel, and thirty exceptions."""
    grid: list[tuple[Test, ...]] = [
        (("category", "eq", category), ("region", "in", (region,)), ("channel", "eq", channel))
        for category in CATEGORIES
        for region in REGIONS
        for channel in CHANNELS
    ][:970]
    source = random.Random(5)
    return grid + [(*source.choice(grid), ("vip", "eq", True)) for _ in range(30)]


def run_analysis() -> None:
    """Every gap, overlap and dead rule, each with its example; and what the rules take in memory."""
    books = {
        "100 rules at random": made_rules(random.Random(7), 100),
        "1,000 rules, a grid with exceptions": book(),
        "1,000 rules at random": made_rules(random.Random(7), 1_000),
    }
    for name, rules in books.items():
        tracemalloc.start()
        made = table(rules)
        made.index.first(TICKETS[0])
        held, _ = tracemalloc.get_traced_memory()
        analyse(made)
        _, most = tracemalloc.get_traced_memory()
        tracemalloc.stop()
        print(f"{name}: {held / 1e6:.1f} MB with their index, at most {most / 1e6:.1f} MB under analysis")
        measure("analysis", f"svcstd analyse, {name}", lambda made=made: analyse(made), [()] * 3)
        ROWS[-1]["peak_mb"] = most / 1e6


def main() -> None:
    """Run everything that is installed and print the table."""
    reference = closures()
    expected = [reference(ticket) for ticket in TICKETS]
    measure(GROUP, "closures", reference, [(one,) for one in TICKETS], expected)
    run_ours(expected)
    run_analysis()
    for line in run_peers(expected):
        print(line)
    show()


if __name__ == "__main__":
    main()
