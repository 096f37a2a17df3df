"""Plans in the file: every key survives, every fault has a path, and what is paid is what the company wrote."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import Any

import attrs
import jsonschema
import pytest

from svcstd import Period, ServiceStandard, StandardError, dumps, loads
from svcstd.conditions import Eq
from svcstd.curves import Rounding, Tiers
from svcstd.documents import Format, json_schema, parse_text
from svcstd.errors import DefinitionError, FactError, SvcstdError, UnknownName
from svcstd.incentives import Draw, Eligibility, Figure, HoldBack, PayTerms, Roster, Served, Sharing, Validity
from svcstd.money import Money
from svcstd.scoring import Tally
from svcstd.standard import PayInputs

FORMATS: tuple[Format, ...] = ("toml", "yaml", "json")
SCHEMA = jsonschema.Draft202012Validator(json_schema())
JANUARY = Period.of("month", date(2026, 1, 1), "Asia/Shanghai")
BASE = """svcstd = 1
id = "5s4e"
name = "5S4E"
zone = "Asia/Shanghai"
[scales]
customer = { from = "-50 %", to = "200 %", step = "10 %" }
[records.rating]
fields = { engineer = "text", technical = "number", attitude = "number", on = "date" }
[records.repair]
fields = { engineer = "text", points = "number", on = "date" }
[records.person]
fields = { engineer = "text", status = "text", centre = "text", team = "text", days = "integer", all = "integer" }
[records.permit]
fields = { engineer = "text", name = { one_of = ["permit", "forklift"] }, first = "date", last = "date" }
[records.member]
fields = { engineer = "text", mechanic = "text", since = "date" }
at = "since"
[kpis.technical]
of = "rating"
mean = "technical"
better = "more"
unit = "share"
at = "on"
[kpis.attitude]
of = "rating"
mean = "attitude"
better = "more"
unit = "share"
at = "on"
[kpis.points]
of = "repair"
sum = "points"
empty = "missing"
better = "more"
unit = "points"
at = "on"
[scorecards.engineer]
of = "engineer"
every = "month"
weights = { technical = 0.6, attitude = 0.4 }
mean = "arithmetic"
missing = "withhold"
least_covered = "100 %"
round = "0.01 half up"
"""
MONTHLY = """[plans.monthly]
name = "Monthly pay"
of = "engineer"
every = "month"
currency = "CNY"
round = "0.01 half up"
round_at = "line"
[plans.monthly.lines]
score = { pays = "2000.00 CNY", times = "scorecards.engineer", missing = "withhold" }
points = { pays = "15.00 CNY", times = "kpis.points", missing = "nothing" }
[[plans.monthly.steps]]
name = "floor"
least = "0.00 CNY"
"""
FULL = """[plans.full]
name = "All that a plan can say"
version = "2026-01"
of = "engineer"
people = "person"
every = "month"
currency = "CNY"
round = "0.05 half up"
round_at = "total"
prorate = { by = "working days", of = "both" }
[plans.full.eligible]
when = { status = "employed" }
needs = ["permit"]
valid = "at end"
least_days = 10
days = "working days"
[plans.full.gates.rated]
figure = "scorecards.engineer"
keeps = ">= 85 %"
reads = "exact"
missing = "nothing"
shuts = ["tiers"]
[plans.full.gates.low]
figure = "kpis.points"
keeps = "< 1/3"
reads = "rounded"
missing = "withhold"
whose = "team"
[plans.full.lines.tiers]
name = "By tiers"
pays = "1.00 CNY"
times = "kpis.points"
missing = "refuse"
curve = { tiers = { "<= 300" = 0, "<= 500" = 1, else = 1.5 }, kind = "marginal", start = 0, beyond = "refuse" }
quota = 50
part = "3/5"
during = "[2026-01-01..2026-01-15]"
clause = "7.2"
[plans.full.lines.whole]
pays = "1.00 CNY"
times = "kpis.points"
missing = "refuse"
whose = "team"
curve = { tiers = { ">= 0.97" = 0.10, ">= 0.90" = "1/3", else = 0 }, kind = "whole", start = 0, beyond = "clamp" }
[plans.full.lines.line]
pays = "-1.00 CNY"
times = "kpis.points"
missing = "refuse"
curve = { points = [[0, 0], [1, 2]], beyond = "clamp" }
[[plans.full.steps]]
name = "factor"
times = "scorecards.engineer"
missing = "nothing"
curve = { steps = [1], values = [1, 1.1], bound = "upper" }
[[plans.full.steps]]
name = "kicker"
adds = "50.00 CNY"
gate = { figure = "kpis.points", keeps = "> 10", reads = "exact", missing = "nothing" }
[[plans.full.steps]]
name = "cap"
most = "500.00 CNY"
"""


def tiers_of(standard: ServiceStandard, plan: str, line: str) -> Tiers:
    """The curve of a line, which is made of tiers."""
    curve = standard.current.plans[plan].lines[line].curve
    assert isinstance(curve, Tiers)
    return curve


def load(*parts: str) -> ServiceStandard:
    """A standard of the base and these parts."""
    return loads("".join((BASE, *parts)))


@pytest.mark.parametrize("form", FORMATS)
@pytest.mark.parametrize("text", [MONTHLY, FULL], ids=["monthly", "full"])
def test_round_trip(text: str, form: Format) -> None:
    """Whatever the format, nothing is lost."""
    standard = load(text)
    assert loads(dumps(standard, format=form), format=form) == standard


@pytest.mark.parametrize("text", [MONTHLY, FULL], ids=["monthly", "full"])
def test_schema(text: str) -> None:
    """The schema allows what the loader reads."""
    raw, _ = parse_text(BASE + text, "toml")
    plain = {key: value for key, value in raw.items() if key == "plans"}
    head = {"svcstd": 1, "id": "a", "name": "a", "zone": "UTC"}
    SCHEMA.validate(head | _plain(plain))


def _plain(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _plain(one) for key, one in value.items()}
    if isinstance(value, list):
        return [_plain(one) for one in value]
    return float(value) if isinstance(value, Decimal) else value


def test_what_is_read() -> None:
    """The spellings mean what they say."""
    standard = load(FULL)
    plan = standard.current.plans["full"]
    tiers, rising, falling = (
        plan.lines["tiers"],
        tiers_of(standard, "full", "tiers"),
        tiers_of(standard, "full", "whole"),
    )
    assert rising == Tiers([300, 500], [0, 1, Fraction(3, 2)], kind="marginal", bound="lower", start=0, beyond="refuse")
    rates = [0, Fraction(1, 3), Fraction(1, 10)]
    bounds = [Fraction(9, 10), Fraction(97, 100)]
    assert falling == Tiers(bounds, rates, kind="whole", bound="upper", start=0, beyond="clamp")
    assert (tiers.quota, tiers.part) == (Fraction(50), Fraction(3, 5))
    assert tiers.during == Validity(date(2026, 1, 1), date(2026, 1, 15))
    assert [plan.gates[key].keeps.test for key in plan.gates] == [">= 0.85", "< 1/3"]
    assert plan.lines["line"].pays == Money.of(-1, "CNY")


FAULTS = [
    ("= 'month'", ('every = "month"\ncurrency', 'every = "fortnight"\ncurrency'), "$.plans.monthly.every"),
    ("money", ('"15.00 CNY"', '"15"'), "$.plans.monthly.lines.points.pays"),
    ("currency", ('"15.00 CNY"', '"15.00 EUR"'), "$.plans.monthly.lines.points.pays"),
    ("unknown card", ("scorecards.engineer", "scorecards.enginer"), "$.plans.monthly"),
    ("unknown figure", ("kpis.points", "kpis.pionts"), "$.plans.monthly"),
    ("unknown key", ('of = "engineer"\nevery', 'off = "engineer"\nevery'), "$.plans.monthly.off"),
    ("policy", ('"withhold"', '"wait"'), "$.plans.monthly.lines.score.missing"),
    ("step", ('least = "0.00 CNY"', "leest = 3"), "$.plans.monthly.steps[0]"),
    ("people", ('of = "engineer"\nevery', 'people = "persons"\nevery'), "$.plans.monthly.people"),
    ("people of no text", ('of = "engineer"\nevery', "people = 3\nevery"), "$.plans.monthly.people"),
]


@pytest.mark.parametrize(("change", "where"), [pytest.param(*one[1:], id=one[0]) for one in FAULTS])
def test_faults(change: tuple[str, str], where: str) -> None:
    """Each with its path."""
    text = BASE + MONTHLY
    at = text.index("[plans.monthly]")
    changed = text[:at] + text[at:].replace(*change, 1)
    assert changed != text
    with pytest.raises(StandardError) as caught:
        loads(changed)
    assert where in [fault.where for fault in caught.value.faults]


FULL_FAULTS = [
    ('">= 85 %"', '"85 %"', "$.plans.full.gates.rated.keeps", "85 % is no bound"),
    ('">= 85 %"', '">= 1.5/3"', "$.plans.full.gates.rated.keeps", "is no bound"),
    ('">= 85 %"', "0.85", "$.plans.full.gates.rated.keeps", ""),
    ('"<= 500" = 1,', '"< 500" = 1,', "$.plans.full.lines.tiers.curve.tiers", "several signs: <, <="),
    ('"<= 500" = 1,', '"<= 300.0" = 1,', "$.plans.full.lines.tiers.curve.tiers", "300 comes before 300"),
    ('">= 0.90" =', '">= 0.98" =', "$.plans.full.lines.whole.curve.tiers", "comes before"),
    ('"<= 500" = 1,', '"500" = 1,', "$.plans.full.lines.tiers.curve.tiers", "500 is no bound"),
    ('"<= 500" = 1,', '"<= 500" = "x",', "$.plans.full.lines.tiers.curve.tiers.<= 500", ""),
    (", else = 1.5 }", " }", "$.plans.full.lines.tiers.curve.tiers", "else"),
    ('tiers = { "<= 300" = 0, "<= 500" = 1, else = 1.5 }', "tiers = 3", "$.plans.full.lines.tiers.curve.tiers", ""),
    ("[2026-01-01..2026-01-15]", "[2026-01-01..)", "$.plans.full.lines.tiers.during", "no first or no last"),
    ('status = "employed"', 'stauts = "employed"', "$.plans.full.eligible.when.stauts", ""),
    ('people = "person"\n', "", "$.plans.full.eligible.when", "name a kind of records"),
    ('shuts = ["tiers"]', 'shuts = ["tires"]', "$.plans.full.gates.rated.shuts", ""),
]


@pytest.mark.parametrize(("old", "new", "where", "words"), FULL_FAULTS)
def test_more_faults(old: str, new: str, where: str, words: str) -> None:
    """Tiers without gap or overlap, bounds with a sign, days with both ends."""
    assert old in FULL
    with pytest.raises(StandardError) as caught:
        load(FULL.replace(old, new, 1))
    assert any(fault.where == where and words in fault.text() for fault in caught.value.faults)


@pytest.mark.parametrize("text", ["plans = 3\n", "[plans]\nmonthly = 3\n"])
def test_no_table(text: str) -> None:
    """Plans are a table of tables."""
    with pytest.raises(StandardError, match="a table"):
        loads(text + BASE if text.startswith("plans") else BASE + text)


def test_tiers_of_one() -> None:
    """Only else: one rate for all."""
    one = MONTHLY.replace(
        'times = "kpis.points"',
        'times = "kpis.points", curve = { tiers = { else = 2 }, kind = "whole", start = 0, beyond = "refuse" }',
    )
    standard = load(one)
    assert tiers_of(standard, "monthly", "points") == Tiers(
        [], [2], kind="whole", bound="lower", start=0, beyond="refuse"
    )
    assert loads(dumps(standard)) == standard


@pytest.mark.parametrize(("sign", "bound"), [("<=", "lower"), ("<", "upper")])
def test_the_sign_is_the_side(sign: str, bound: str) -> None:
    """And is written back."""
    curve = f'curve = {{ tiers = {{ "{sign} 1.5" = 1, else = 2 }}, kind = "whole", start = 0, beyond = "refuse" }}'
    standard = load(MONTHLY.replace('times = "kpis.points"', f'times = "kpis.points", {curve}'))
    assert tiers_of(standard, "monthly", "points").bound == bound
    assert f'"{sign} 1.5"' in dumps(standard)


def test_unreadable_people() -> None:
    """A kind of records that is at fault itself is not called unknown as well."""
    broken = BASE.replace('status = "text"', 'status = "txt"') + FULL
    with pytest.raises(StandardError) as caught:
        loads(broken)
    assert not [fault for fault in caught.value.faults if fault.where.startswith("$.plans")]


# ── paid by the standard ─────────────────────────────────────────────────────────────────────────────────────────────

RATINGS = [
    {"engineer": "E07", "technical": Decimal(technical), "attitude": Decimal(attitude), "on": date(2026, 1, 9)}
    for technical, attitude in (("1.20", "2.00"), ("0.80", "1.00"), ("-0.50", "0.00"))
]
REPAIRS = [
    {"engineer": "E07", "points": Decimal(points), "on": date(2026, 1, 9)}
    for points, count in (("1", 10), ("1.5", 6), ("2", 3), ("3", 1))
    for _ in range(count)
]
RECORDS = {
    "rating": [
        *RATINGS,
        {"engineer": "F", "technical": Decimal("-0.5"), "attitude": Decimal("-0.5"), "on": date(2026, 1, 9)},
    ],
    "repair": [*REPAIRS, *({"engineer": "F", "points": Decimal(1), "on": date(2026, 1, 9)} for _ in range(4))],
}


def test_from_records_to_pay() -> None:
    """Scenario A09: three ratings and twenty repairs of January."""
    standard = load(MONTHLY)
    found = standard.pay("monthly", PayInputs(records=RECORDS, cost_centre="4711"), of="E07", period=JANUARY)
    assert (found.total, found.cost_centre) == (Money.of(1820, "CNY"), "4711")
    floor = standard.pay("monthly", PayInputs(records=RECORDS), of="F", period=JANUARY)
    assert (floor.total, floor.amount("floor")) == (Money.of(0, "CNY"), Money.of(940, "CNY"))


def test_with_scores_at_hand() -> None:
    """What was worked out already is taken; only the rest is counted."""
    standard = load(MONTHLY)
    score = standard.score("engineer", {"rating": RATINGS}, of="E07", period=JANUARY)
    known = PayInputs(scores=[score], measures={"points": Tally(28, 20, empty_is_zero=False)})
    assert standard.pay("monthly", known, of="E07", period=JANUARY).total == Money.of(1820, "CNY")
    empty = PayInputs(scores=[score], records={"repair": []})
    assert standard.pay("monthly", empty, of="E07", period=JANUARY).total == Money.of(1400, "CNY")


def test_records_are_read_once() -> None:
    """Two figures over one stream of records see all of it."""
    twice = MONTHLY.replace('times = "scorecards.engineer"', 'times = "kpis.attitude"')
    also = 'also = { pays = "1.00 CNY", times = "kpis.technical", missing = "refuse" }'
    more = twice.replace("[plans.monthly.lines]\n", f"[plans.monthly.lines]\n{also}\n")
    streams = {kind: (record for record in records) for kind, records in RECORDS.items()}
    listed = load(more).pay("monthly", PayInputs(records=RECORDS), of="E07", period=JANUARY)
    assert load(more).pay("monthly", PayInputs(records=streams), of="E07", period=JANUARY) == listed
    assert listed.amount("also") == Money.of("0.50", "CNY")


CAMPAIGN = MONTHLY.replace(
    "[plans.monthly.lines]\n",
    "[plans.monthly.lines]\n"
    'launch = { pays = "1.00 CNY", times = "kpis.points", missing = "nothing", during = "[2026-01-20..2026-02-03]" }\n',
)


def test_a_campaign_counts_its_own_days() -> None:
    """Only the records of the days that are in the month and in the campaign."""
    late = [{"engineer": "E07", "points": Decimal(7), "on": date(2026, 1, day)} for day in (19, 20, 31)]
    known = PayInputs(records={"rating": RATINGS, "repair": [*REPAIRS, *late]})
    found = load(CAMPAIGN).pay("monthly", known, of="E07", period=JANUARY)
    assert (found.amount("launch"), found.amount("points")) == (Money.of(14, "CNY"), Money.of(735, "CNY"))
    march = load(CAMPAIGN).pay("monthly", known, of="E07", period=JANUARY.next.next)
    assert march.state == "withheld"  # no rating in March; the campaign is over and asks for nothing
    at_hand = PayInputs(records=known.records, measures={"points@launch": Tally(5, 1, empty_is_zero=False)})
    assert load(CAMPAIGN).pay("monthly", at_hand, of="E07", period=JANUARY).amount("launch") == Money.of(5, "CNY")


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        (
            '"kpis.points", missing = "nothing", during',
            '"scorecards.engineer", missing = "nothing", during',
            "counts a figure",
        ),
        ('unit = "points"\nat = "on"', 'unit = "points"', "counts records by their day"),
    ],
)
def test_campaigns_that_cannot_be_counted(old: str, new: str, words: str) -> None:
    """A score has its own cycle, and records without a day belong to no campaign."""
    text = BASE + CAMPAIGN
    assert old in text
    with pytest.raises(StandardError) as caught:
        loads(text.replace(old, new))
    assert [fault.where for fault in caught.value.faults if words in fault.text()] == ["$.plans.monthly.lines.launch"]


def test_the_field_that_names_whose_it_is() -> None:
    """It must be one of the records that the plan counts."""
    with pytest.raises(StandardError) as caught:
        load(MONTHLY.replace('of = "engineer"', 'of = "enginer"', 1))
    assert [fault.where for fault in caught.value.faults] == ["$.plans.monthly.of"]
    assert "have no field enginer" in caught.value.text()


def test_two_scores_of_one_card() -> None:
    """Nobody chooses between them silently."""
    standard = load(MONTHLY)
    score = standard.score("engineer", {"rating": RATINGS}, of="E07", period=JANUARY)
    with pytest.raises(DefinitionError, match="two scores of the card engineer"):
        standard.pay("monthly", PayInputs(scores=[score, score]), of="E07", period=JANUARY)


def test_all_records_of_one() -> None:
    """Where the plan names no field, all records are the payee's."""
    standard = load(MONTHLY.replace('of = "engineer"\n', "", 1))
    score = standard.score("engineer", {"rating": RATINGS}, of="E07", period=JANUARY)
    known = PayInputs(scores=[score], records={"repair": REPAIRS})
    assert standard.pay("monthly", known, of="E07", period=JANUARY).total == Money.of(1820, "CNY")


def test_facts_and_the_team() -> None:
    """Facts are those of the declared people; the team's figures are given."""
    standard = load(FULL)
    score = standard.score("engineer", {"rating": RATINGS}, of="E07", period=JANUARY)
    known = PayInputs(
        scores=[score],
        records={"repair": REPAIRS},
        team={"kpis.points": Figure(Fraction(1, 4), Fraction(1, 4))},
        facts={"status": "employed"},
        certificates={"permit": [Validity(date(2026, 1, 1), date(2026, 12, 31))]},
        served={"working days": Served(21, 21)},
    )
    found = standard.pay("full", known, of="E07", period=JANUARY)
    assert (found.state, [one.key for one in found.refusals]) == ("due", ["rated"])
    with pytest.raises(FactError, match="stauts"):
        standard.pay(
            "full",
            PayInputs(facts={"stauts": "employed"}, scores=[score], records={"repair": []}),
            of="E07",
            period=JANUARY,
        )


@pytest.mark.parametrize(
    ("plan", "known", "kind", "words"),
    [
        ("montly", PayInputs(), UnknownName, "montly is no plan of the standard; write monthly"),
        ("monthly", PayInputs(), UnknownName, "scorecards.engineer is counted over records of the kind rating"),
        ("monthly", PayInputs(records={"rating": RATINGS}), UnknownName, "kpis.points is counted over records"),
        (
            "monthly",
            PayInputs(records={"rating": RATINGS, "repair": [{"points": 1, "on": date(2026, 1, 9)}]}),
            FactError,
            r"records\.repair\[0\]\.engineer",
        ),
    ],
)
def test_what_is_not_known(plan: str, known: PayInputs, kind: type[SvcstdError], words: str) -> None:
    """No plan, no records, or records of nobody."""
    with pytest.raises(kind, match=words):
        load(MONTHLY).pay(plan, known, of="E07", period=JANUARY)


def test_scores_of_others() -> None:
    """A score of another person or month pays nobody."""
    standard = load(MONTHLY)
    score = standard.score("engineer", {"rating": RATINGS}, of="E07", period=JANUARY)
    for of, period in (("E08", JANUARY), ("E07", JANUARY.next)):
        with pytest.raises(DefinitionError, match="the score engineer of E07 for 2026-01 is not that of"):
            standard.pay("monthly", PayInputs(scores=[score]), of=of, period=period)
    with pytest.raises(DefinitionError, match="a Period"):
        standard.pay("monthly", PayInputs(), of="E07", period=date(2026, 1, 1))  # type: ignore[arg-type]


def test_eligible_without_a_condition() -> None:
    """Certificates and days alone; or a condition alone."""
    bare = FULL.replace('when = { status = "employed" }\n', "").replace('people = "person"\n', "")
    only = FULL.replace('needs = ["permit"]\nvalid = "at end"\nleast_days = 10\ndays = "working days"\n', "")
    for text in (bare, only):
        standard = load(text)
        assert loads(dumps(standard)) == standard


def test_no_eligible_table() -> None:
    """A text tells nothing of who takes part."""
    with pytest.raises(StandardError, match=r"plans\.monthly\.eligible"):
        load(MONTHLY.replace("[plans.monthly.lines]", 'eligible = "all"\n[plans.monthly.lines]'))


def test_given_in_python() -> None:
    """A plan under another key, and one of undeclared people, are told as in a file."""
    edition = load(MONTHLY).current
    plan = attrs.evolve(edition.plans["monthly"], people=Roster(records="persons"))
    with pytest.raises(StandardError) as caught:
        attrs.evolve(edition, plans={"other": plan})
    assert [fault.where for fault in caught.value.faults] == ["plans.other", "plans.other.people"]


@pytest.mark.parametrize(
    ("people", "words"),
    [(Roster(records="person"), "have no field stauts"), (None, "name a kind of records under people")],
)
def test_conditions_given_in_python(people: Roster | None, words: str) -> None:
    """Nothing is left that could not be written down."""
    edition = load(MONTHLY).current
    rules = Eligibility(when=Eq("stauts", "employed"))
    plan = attrs.evolve(edition.plans["monthly"], people=people, eligibility=rules)
    with pytest.raises(StandardError) as caught:
        attrs.evolve(edition, plans={"monthly": plan})
    ((fault),) = caught.value.faults
    assert fault.where == "plans.monthly.eligible.when"
    assert words in fault.text()


# ── people, certificates, terms and pools ────────────────────────────────────────────────────────────────────────────

STAFF = MONTHLY.replace(
    'every = "month"',
    """certificates = "permit"
every = "month"
people = { records = "person", cost_centre = "centre", team = "team", served = { "working days" = ["days", "all"] } }
prorate = { by = "working days", of = "payout" }
eligible = { when = { status = "employed" }, needs = ["permit"] }
""",
    1,
).replace(
    "[[plans.monthly.steps]]",
    """[plans.monthly.lines.together]
pays = "1.00 CNY"
times = "kpis.points"
missing = "nothing"
whose = "team"
[[plans.monthly.steps]]""",
    1,
)
POOL = """[plans.team]
of = "engineer"
every = "month"
currency = "CNY"
round = "0.01 half up"
round_at = "line"
share = { records = "member", of = "mechanic", by = "equally" }
[plans.team.lines]
points = { pays = "10.00 CNY", times = "kpis.points", missing = "nothing" }
[plans.team.terms]
round = "0.01 half up"
negative = "carry"
draw = { amount = "500.00 CNY", recovery = "50 %" }
hold_back = { part = "10 %", periods = 2 }
"""
TEAM = BASE.replace('fields = { engineer = "text", points', 'fields = { engineer = "text", mechanic = "text", points')


def person(name: str, status: str = "employed", team: str = "Jinan", days: int | None = 20) -> dict[str, Any]:
    """A record of somebody."""
    return {"engineer": name, "status": status, "centre": "4711", "team": team, "days": days, "all": 20}


def permit(name: str, last: date = date(2026, 12, 31)) -> dict[str, Any]:
    """A certificate for the year."""
    return {"engineer": name, "name": "permit", "first": date(2026, 1, 1), "last": last}


def test_people_in_records() -> None:
    """Who is paid, by which facts, days, certificates and team: all of it stands in records."""
    people = [person("E07"), person("F", days=10), person("G", team=""), person("H", status="left")]
    records = RECORDS | {"person": people, "permit": [permit("E07"), permit("F"), permit("H")]}
    with pytest.raises(UnknownName, match=r"team_figures\.kpis\.points"):
        load(STAFF).pay_all("monthly", PayInputs(records=records), period=JANUARY)
    records |= {"person": [*people[:2], person("G"), people[3]]}
    found = load(STAFF).pay_all("monthly", PayInputs(records=records), period=JANUARY)
    assert list(found) == ["E07", "F", "G", "H"]
    assert [one.state for one in found.values()] == ["due", "due", "refused", "refused"]
    assert {one.cost_centre for one in found.values()} == {"4711"}
    assert found["E07"].total == Money.of(1820 + 32, "CNY")  # the team repaired 28 and 4
    assert found["F"].amount("together") == Money.of(16, "CNY")  # for half of the month
    assert [one.key for one in found["G"].refusals] == ["permit"]
    assert [one.key for one in found["H"].refusals] == ["when"]
    alone = load(STAFF).pay("monthly", PayInputs(records=records), of="F", period=JANUARY)
    assert alone == found["F"]


def test_everybody_whom_records_name() -> None:
    """Without records of people, whoever is counted is paid; scores at hand name people too."""
    standard = load(MONTHLY)
    known = PayInputs(records=RECORDS)
    found = standard.pay_all("monthly", known, period=JANUARY)
    assert {of: str(one.total) for of, one in found.items()} == {"E07": "1820.00 CNY", "F": "0.00 CNY"}
    for of, one in found.items():
        assert one == standard.pay("monthly", known, of=of, period=JANUARY)
    scores = [standard.score("engineer", RECORDS_OF_RATING, of=of, period=JANUARY) for of in ("E07", "F", "G")]
    at_hand = PayInputs(scores=scores, records={"repair": RECORDS["repair"]})
    assert list(standard.pay_all("monthly", at_hand, period=JANUARY)) == ["E07", "F", "G"]
    nobody = PayInputs(records={"rating": [], "repair": []})
    assert standard.pay_all("monthly", nobody, period=JANUARY) == {}
    assert load(STAFF).pay_all("monthly", nobody, period=JANUARY) == {}


RECORDS_OF_RATING = {"rating": RECORDS["rating"]}


def test_somebody_only_repaired() -> None:
    """Whoever has no rating at all has no score, among others as alone."""
    records = RECORDS | {
        "repair": [*RECORDS["repair"], {"engineer": "G", "points": Decimal(1), "on": date(2026, 1, 2)}]
    }
    standard = load(MONTHLY)
    found = standard.pay_all("monthly", PayInputs(records=records), period=JANUARY)
    assert found["G"].state == "withheld"
    assert found["G"] == standard.pay("monthly", PayInputs(records=records), of="G", period=JANUARY)


ONE_ONLY: list[dict[str, Any]] = [
    {"facts": {"status": "employed"}},
    {"served": {"working days": Served(1, 2)}},
    {"cost_centre": "1"},
    {"certificates": {"permit": []}},
]


@pytest.mark.parametrize("told", ONE_ONLY, ids=lambda told: next(iter(told)))
def test_told_twice(told: dict[str, Any]) -> None:
    """What records tell is not given by hand as well, and what is of one payee is not given for all."""
    records = RECORDS | {"person": [person("E07")], "permit": [permit("E07")]}
    with pytest.raises(DefinitionError, match="by records and by hand"):
        load(STAFF).pay("monthly", PayInputs(records=records, **told), of="E07", period=JANUARY)
    with pytest.raises(DefinitionError, match="everybody is to be paid"):
        load(STAFF).pay_all("monthly", PayInputs(records=records, **told), period=JANUARY)


@pytest.mark.parametrize(
    ("kind", "record", "words"),
    [
        ("person", person("E07"), "records.person[1]: records tell of E07 twice in 2026-01"),
        ("person", person("F", days=None), "records.person[1].days"),
        ("person", person("F", days=21), "records.person[1].days"),
        ("person", person("F") | {"engineer": None}, "records.person[1].engineer"),
        ("person", person("F") | {"stauts": "left"}, "records.person[1].stauts"),
        ("permit", permit("F", date(2025, 1, 1)), "records.permit[1].last"),
        ("permit", permit("F") | {"first": None}, "records.permit[1].first"),
        ("permit", permit("F") | {"name": None}, "records.permit[1].name"),
        ("permit", permit("F") | {"name": "driver"}, "records.permit[1].name"),
        ("permit", permit("F") | {"engineer": None}, "records.permit[1].engineer"),
    ],
)
def test_records_of_people_that_are_wrong(kind: str, record: dict[str, Any], words: str) -> None:
    """Each with its place."""
    records = RECORDS | {"person": [person("E07")], "permit": [permit("E07")]}
    records[kind] = [*records[kind], record]
    with pytest.raises(SvcstdError) as caught:
        load(STAFF).pay_all("monthly", PayInputs(records=records), period=JANUARY)
    assert words in caught.value.text()


def test_records_that_nobody_declares() -> None:
    """A misspelt kind is told."""
    with pytest.raises(UnknownName, match="write rating"):
        load(MONTHLY).pay_all("monthly", PayInputs(records=RECORDS | {"ratings": []}), period=JANUARY)


def test_what_the_file_says_of_people() -> None:
    """A name alone, or a table."""
    assert load(FULL).current.plans["full"].people == Roster(records="person")
    told = Roster(records="person", cost_centre="centre", team="team", served={"working days": ("days", "all")})
    standard = load(STAFF)
    assert standard.current.plans["monthly"].people == told
    assert loads(dumps(standard)) == standard


def test_terms_and_sharing() -> None:
    """Read, written back, and kept by the plan."""
    standard = loads(TEAM + POOL)
    plan = standard.current.plans["team"]
    assert plan.terms == PayTerms(
        rounding=Rounding(Decimal("0.01"), "half up"),
        negative="carry",
        draw=Draw(amount=Money.of(500, "CNY"), recovery=Fraction(1, 2)),
        hold_back=HoldBack(part=Fraction(1, 10), periods=2),
    )
    assert plan.share == Sharing(records="member", of="mechanic", by="equally")
    assert loads(dumps(standard)) == standard
    guaranteed = POOL.replace('draw = { amount = "500.00 CNY", recovery = "50 %" }', 'guarantee = "5.00 CNY"')
    again = loads(TEAM + guaranteed)
    assert again.current.plans["team"].terms == PayTerms(
        rounding=Rounding(Decimal("0.01"), "half up"),
        negative="carry",
        guarantee=Money.of(5, "CNY"),
        hold_back=HoldBack(part=Fraction(1, 10), periods=2),
    )
    assert loads(dumps(again)) == again


MEMBERS = [
    {"engineer": team, "mechanic": name, "since": day}
    for team, name, day in (
        ("Jinan", "m2", date(2026, 1, 1)),
        ("Jinan", "m1", date(2026, 1, 31)),
        ("Jinan", "m3", date(2026, 1, 5)),
        ("Jinan", "late", date(2026, 2, 1)),
        ("Qingdao", "m4", date(2026, 1, 1)),
    )
]
OF_TEAM = [
    {"engineer": "Jinan", "mechanic": name, "points": Decimal(points), "on": date(2026, 1, 9)}
    for name, points in (("m1", 50), ("m2", 50))
]


def test_a_pool_is_shared() -> None:
    """Equally, or by points of the members; whoever came later is no member, whoever has no points gets nothing."""
    records = {"repair": OF_TEAM, "member": MEMBERS}
    standard = loads(TEAM + POOL)
    pool = standard.pay("team", PayInputs(records=records), of="Jinan", period=JANUARY)
    shares = standard.share(pool, records, period=JANUARY)
    assert {of: str(one.total) for of, one in shares.items()} == {
        "m1": "333.34 CNY",
        "m2": "333.33 CNY",
        "m3": "333.33 CNY",
    }
    by_points = POOL.replace('by = "equally"', 'by = "kpis.points", missing = "nothing"')
    shared = loads(TEAM + by_points).share(pool, records, period=JANUARY)
    assert {of: str(one.total) for of, one in shared.items()} == {
        "m1": "500.00 CNY",
        "m2": "500.00 CNY",
        "m3": "0.00 CNY",
    }
    refusing = loads(TEAM + by_points.replace('"nothing" }\n[plans.team.lines]', '"refuse" }\n[plans.team.lines]'))
    with pytest.raises(DefinitionError, match=r"nothing tells kpis\.points of m3"):
        refusing.share(pool, records, period=JANUARY)


def test_no_sharing() -> None:
    """A policy that is none, or that does not fit."""
    for told in ({"by": "kpis.a", "missing": "perhaps"}, {"by": "kpis.a"}, {"by": "equally", "missing": "nothing"}):
        with pytest.raises(DefinitionError):
            Sharing(records="m", of="a", **told)  # type: ignore[arg-type]


def test_pools_that_nobody_can_share() -> None:
    """A plan without share, another month, no members, no records."""
    standard = loads(TEAM + POOL + MONTHLY)
    pool = standard.pay("team", PayInputs(records={"repair": OF_TEAM}), of="Jinan", period=JANUARY)
    with pytest.raises(DefinitionError, match="no pool of 2026-02"):
        standard.share(pool, {"member": MEMBERS}, period=JANUARY.next)
    with pytest.raises(DefinitionError, match="no pool of 2026-01"):
        standard.share(attrs.evolve(pool, plan="monthly"), {"member": MEMBERS}, period=JANUARY)
    with pytest.raises(DefinitionError, match="names a member of Jinan"):
        standard.share(pool, {"member": MEMBERS[3:]}, period=JANUARY)
    with pytest.raises(UnknownName, match=r"records\.member"):
        standard.share(pool, {"repair": OF_TEAM}, period=JANUARY)
    with pytest.raises(FactError, match=r"records\.member\[0\]\.since"):
        standard.share(pool, {"member": [MEMBERS[0] | {"since": None}]}, period=JANUARY)


OF_THE_TEAM = """times = "kpis.points"
missing = "nothing"
whose"""
PEOPLE_FAULTS = [
    (STAFF, '"centre"', '"center"', "$.plans.monthly.people.cost_centre", "no field center"),
    (STAFF, 'team = "team"', 'team = "days"', "$.plans.monthly.people.team", "'days' is of the kind integer, not text"),
    (STAFF, '"days", "all"', '"days", "al"', "$.plans.monthly.people.served.working days", "no field al"),
    (STAFF, '["days", "all"]', '["days"]', "$.plans.monthly.people.served.working days", "two fields"),
    (STAFF, '"working days" = [', '"work days" = [', "$.plans.monthly.people.served", "working days"),
    (STAFF, 'records = "person"', 'records = "persons"', "$.plans.monthly.people", "called persons"),
    (STAFF, 'needs = ["permit"]', 'needs = ["premit"]', "$.plans.monthly.eligible.needs", "write permit"),
    (STAFF, 'certificates = "permit"', 'certificates = "premit"', "$.plans.monthly.certificates", "write permit"),
    (STAFF, 'certificates = "permit"', 'certificates = "person"', "$.plans.monthly.certificates", "no field first"),
    (STAFF, OF_THE_TEAM, OF_THE_TEAM.replace("kpis.points", "scorecards.engineer"), "$.plans.monthly", "of one person"),
    (POOL, 'of = "mechanic"', 'of = "engineer "', "$.plans.team.share.of", "no field"),
    (POOL, '"equally"', '"equal"', "$.plans.team.share.missing", "missing does not fit"),
    (POOL, '"equally"', '"kpis.pionts", missing = "nothing"', "$.plans.team.share.by", "write kpis.points"),
    (POOL, '"equally"', '"kpis.technical", missing = "nothing"', "$.plans.team.share.of", "no field mechanic"),
    (POOL, 'records = "member"', 'records = "members"', "$.plans.team.share.records", "write member"),
    (POOL, '"500.00 CNY"', '"500.00 EUR"', "$.plans.team.terms.draw.amount", "CNY"),
    (POOL, '"carry"', '"keep"', "$.plans.team.terms.negative", "carry"),
    (POOL, "periods = 2", "periods = 0", "$.plans.team.terms.hold_back.periods", ""),
]  # fmt: skip


@pytest.mark.parametrize(("text", "old", "new", "where", "words"), PEOPLE_FAULTS)
def test_faults_of_people_and_pools(text: str, old: str, new: str, where: str, words: str) -> None:
    """Each with its path and the way out."""
    assert old in text
    with pytest.raises(StandardError) as caught:
        loads(TEAM + text.replace(old, new, 1))
    told = [(fault.where, fault.text()) for fault in caught.value.faults]
    assert any(place == where and words in said for place, said in told), told


def test_a_guarantee_of_another_currency() -> None:
    """Is no money of the plan."""
    terms = POOL.replace('draw = { amount = "500.00 CNY", recovery = "50 %" }', 'guarantee = "5.00 EUR"')
    with pytest.raises(StandardError, match=r"terms\.guarantee"):
        loads(TEAM + terms)


def test_a_team_card() -> None:
    """A card whose records name teams scores the team."""
    card = BASE[BASE.index("[scorecards.engineer]") :].replace("scorecards.engineer", "scorecards.centre")
    rated = BASE.replace('engineer = "text", technical', 'engineer = "text", team = "text", technical')
    team = STAFF.replace(
        'times = "kpis.points"\nmissing = "nothing"\nwhose', 'times = "scorecards.centre"\nmissing = "nothing"\nwhose'
    )
    standard = loads(rated + card.replace('of = "engineer"', 'of = "team"') + team)
    ratings = [one | {"team": "Jinan"} for one in RECORDS["rating"]]
    records = RECORDS | {"rating": ratings, "person": [person("E07"), person("F")], "permit": [permit("E07")]}
    found = standard.pay_all("monthly", PayInputs(records=records), period=JANUARY)
    assert found["E07"].amount("together") == Money.of("0.40", "CNY")  # 0.6 x 0.25 + 0.4 x 0.625
