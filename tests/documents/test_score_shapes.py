"""Scales, records, KPIs, scorecards and panels in the file: every key survives, every fault has a path."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal
from fractions import Fraction
from typing import Any

import jsonschema
import pytest
from hypothesis import given
from hypothesis import strategies as st

from svcstd import ServiceStandard, StandardError, dumps, loads
from svcstd.conditions import AllOf, Eq, Present, Range
from svcstd.curves import DistanceToTarget, Goalposts, GradeScale, PiecewiseLinear, Rounding, Scale, Steps
from svcstd.documents import Format, json_schema, parse_text
from svcstd.documents.number_shapes import plain_number
from svcstd.documents.standard_file import read_standard, write_standard
from svcstd.errors import DefinitionError
from svcstd.scoring import (
    KPIS,
    Average,
    Backlog,
    Bonus,
    Cap,
    CohortRule,
    Criterion,
    Dimension,
    FirstContact,
    Floor,
    Formula,
    Grades,
    KnockOut,
    Kpi,
    Mean,
    Multiplier,
    Net,
    Panel,
    Penalty,
    Proportion,
    Quantile,
    RaterGroup,
    Ratio,
    Scorecard,
    Total,
)

FORMATS: tuple[Format, ...] = ("toml", "yaml", "json")
SCHEMA = jsonschema.Draft202012Validator(json_schema())
HALF = Fraction(1, 2)
BASE = """svcstd = 1
id = "desk"
name = "Desk"
zone = "UTC"
[scales]
customer = { from = "-50 %", to = "200 %", step = "10 %" }
five = { from = 1, to = 5, step = 1 }
free = { from = 0, to = "1/3" }
difficulty = { grades = { I = 1, II = 1.5, III = 2 } }
[records.call]
at = "day"
nothing = ["n/a"]
[records.call.fields]
who = "text"
day = "date"
at = "moment"
closed = "moment"
wait = "duration"
answered = "true or false"
mark = "number"
weight = "number"
level = "text"
channel = "text"
done = "true or false"
score = "number"
[records.other]
fields = { who = "text", mark = "number" }
"""
FIVE = Scale(1, 5, step=1)
DIFFICULTY = GradeScale({"I": 1, "II": Decimal("1.5"), "III": 2})


def read(text: str) -> ServiceStandard:
    """A standard with more below the records; the schema takes it, and it survives every format."""
    found = loads(BASE + text)
    SCHEMA.validate(parse_text(BASE + text, "toml")[0])
    for form in FORMATS:
        assert loads(dumps(found, format=form), format=form) == found
    return found


def faults(text: str) -> list[tuple[str, str]]:
    """Path and message of every fault."""
    with pytest.raises(StandardError) as caught:
        loads(BASE + text)
    return [(fault.where.partition(" (line")[0], fault.message) for fault in caught.value.faults]


def kpi(text: str, head: str = 'of = "call"\nbetter = "more"\nunit = "share"\n') -> Kpi:
    """The KPI that these keys describe."""
    return read(f"[kpis.k]\n{head}{text}\n").current.kpis["k"]


def test_scales_and_kinds_of_records() -> None:
    """Percentages, fractions, grades; the field of the day, and texts for nothing."""
    edition = read("").current
    assert dict(edition.scales) == {
        "customer": Scale(-HALF, 2, step=Fraction(1, 10)),
        "five": FIVE,
        "free": Scale(0, Fraction(1, 3)),
        "difficulty": DIFFICULTY,
    }
    assert (edition.records["call"].at, edition.records["call"].nothing) == ("day", ("n/a",))
    assert edition.records["other"].at == ""


@pytest.mark.parametrize(
    ("text", "formula"),
    [
        ("count = { answered = true }", Proportion(Eq("answered", value=True))),
        (
            'count = { mark = ">= 4" }\nout_of = { answered = true }',
            Proportion(Range("mark", 4, None), Eq("answered", value=True)),
        ),
        ('count = "all"\nempty = "missing"', Total(None, empty_is_zero=False)),
        ('plus = { mark = ">= 9" }\nminus = { mark = "<= 6" }', Net(Range("mark", 9, None), Range("mark", None, 6))),
        (
            "plus = { mark = 1 }\nminus = { mark = 0 }\nout_of = { done = true }",
            Net(Eq("mark", 1), Eq("mark", 0), Eq("done", value=True)),
        ),
        ('mean = "mark"', Average("mark")),
        ('mean = ["mark", "wait"]', Average(["mark", "wait"])),
        ("mean = { mark = 1, wait = -0.5 }", Average({"mark": 1, "wait": -HALF})),
        ('mean = "mark"\nweight = "weight"', Average("mark", weight="weight")),
        ('mean = "level"\ngrades = "difficulty"', Average("level", grades=DIFFICULTY)),
        ('sum = "level"\ngrades = "difficulty"\nempty = "zero"', Total("level", empty_is_zero=True, grades=DIFFICULTY)),
        ('sum = "mark"\nempty = "missing"', Total("mark", empty_is_zero=False)),
        ('sum = "mark"\nper = ["mark", "wait"]', Ratio("mark", per=["mark", "wait"])),
        (
            'quantile = "wait"\nshare = "90 %"\nmethod = "linear"',
            Quantile("wait", share=Fraction(9, 10), method="linear"),
        ),
        ('backlog = { opened = "at", closed = "closed" }', Backlog(opened="at", closed="closed")),
        (
            'backlog = { opened = "at", closed = "closed", share = 0.5, method = "hazen" }',
            Backlog(opened="at", closed="closed", share=HALF, method="hazen"),
        ),
        (
            'first_contact = { key = "who", at = "at", window = "72 hours", inclusive = true }',
            FirstContact(key=["who"], at="at", window=timedelta(3), inclusive=True),
        ),
        (
            """first_contact = { key = ["who", "level"], at = "at", window = "PT1H", inclusive = false,
            channel = "channel", resolved = { done = true } }""".replace("\n", " "),
            FirstContact(
                key=["who", "level"],
                at="at",
                window=timedelta(hours=1),
                inclusive=False,
                channel="channel",
                resolved=Eq("done", value=True),
            ),
        ),
    ],
)
def test_every_way_to_count(text: str, formula: Formula) -> None:
    """As it would be built in Python."""
    assert kpi(text).formula == formula


def test_everything_about_a_kpi() -> None:
    """Name, variant, version, who is eligible, who is excepted, when, how long, who does not say, on which scale."""
    text = """mean = "mark"
name = "Mark"
variant = "mean"
version = "2"
where = { answered = true }
exclude = { who = "test" }
at = "at"
window = "month"
missing = "leave out"
scales = { mark = "five" }
"""
    assert kpi(text) == Kpi(
        formula=Average("mark"),
        direction="more",
        unit="share",
        of="call",
        name="Mark",
        variant="mean",
        version="2",
        where=Eq("answered", value=True),
        exclude=Eq("who", "test"),
        at="at",
        window="month",
        missing="leave out",
        scales={"mark": FIVE},
    )
    assert kpi('mean = "mark"').at == "day"


@pytest.mark.parametrize(
    ("text", "like", "options"),
    [
        (
            'like = "service_level"\nwith = { within = "20 seconds", base = "offered" }',
            "service_level",
            {"within": timedelta(seconds=20), "base": "offered"},
        ),
        ('like = "abandon_rate"\nwith = { short = "none" }', "abandon_rate", {"short": None}),
        ('like = "abandon_rate"\nwith = { short = "5 seconds" }', "abandon_rate", {"short": timedelta(seconds=5)}),
        (
            'like = "response_time"\nwith = { statistic = "90 %", method = "linear", field = "wait" }',
            "response_time",
            {"statistic": Fraction(9, 10), "method": "linear", "field": "wait"},
        ),
        (
            'like = "response_time"\nwith = { statistic = "mean", field = "wait" }',
            "response_time",
            {"statistic": "mean", "field": "wait"},
        ),
        ('like = "csat_top"\nwith = { scale = "five", boxes = 2 }', "csat_top", {"scale": FIVE, "boxes": 2}),
        (
            """like = "first_contact_resolution"
with = { key = "who", window = "72 hours", inclusive = true, resolved = { done = true } }""",
            "first_contact_resolution",
            {"key": ["who"], "window": timedelta(3), "inclusive": True, "resolved": Eq("done", value=True)},
        ),
        ('like = "transfer_rate"\nwith = { transferred = "done" }', "transfer_rate", {"transferred": "done"}),
    ],
)
def test_kpis_known_by_name(text: str, like: str, options: dict[str, Any]) -> None:
    """With their options; direction and unit come with them, and so do tests and scales."""
    found, preset = kpi(text, 'of = "call"\n'), KPIS[like](**options)
    assert (found.formula, found.direction, found.unit, found.variant) == (
        preset.formula,
        preset.direction,
        preset.unit,
        preset.variant,
    )
    assert found.where == preset.where
    assert found.scales == preset.scales


def test_a_known_kpi_with_more_said() -> None:
    """A test comes on top of its own, a name beside it."""
    text = 'like = "csat_mean"\nwith = { scale = "five" }\nwhere = { done = true }\nname = "CSAT"\n'
    found = kpi(text, 'of = "call"\n')
    assert found.where == AllOf((Present("score"), Eq("done", value=True)))
    assert found.name == "CSAT"
    assert dict(found.scales) == {"score": FIVE}


CARD = """[kpis.a]
of = "call"
better = "more"
unit = "share"
mean = "mark"
[kpis.b]
of = "call"
better = "more"
unit = "share"
mean = "mark"
[scorecards.c]
name = "Card"
version = "3"
of = "who"
every = "month"
mean = "arithmetic"
missing = "reweight"
least_covered = "50 %"
round = "0.01 half up"
weights = { a = 2, rest = 1 }
grades = { A = "> 90 %", B = "> 0.5", C = "else" }
adjust = [
  { name = "ko", knock_out = "b", below = 1, above = 9, to = 0, missing = "refuse" },
  { name = "up", bonus = "b", each = 2, most = 5, missing = "skip" },
  { name = "down", penalty = "b", each = "1/3", missing = "withhold" },
  { name = "rating", times = "b", missing = "skip" },
  { name = "cap", most = 100 },
  { name = "floor", least = -5 },
]
[scorecards.c.parts.rest]
weights = { b = 1, x = 1, y = 1, z = 1 , v = 1 }
mean = "geometric"
digits = 4
missing = "zero"
round = "1 half even"
[scorecards.c.parts.rest.parts.b]
kpi = "b"
curve = { worst = 0, best = 5, scale = 100, beyond = "clamp" }
least = 5
round = "0.1 up"
[scorecards.c.parts.rest.parts.x]
kpi = "b"
curve = { points = [[0, 0], [5, "1/3"]], beyond = "extend" }
[scorecards.c.parts.rest.parts.y]
kpi = "b"
curve = { steps = [1, 2], values = [0, 50, 100], bound = "lower" }
[scorecards.c.parts.rest.parts.z]
kpi = "b"
curve = { target = 5, worst = 0, cap = true }
[scorecards.c.parts.rest.parts.v]
kpi = "b"
curve = { cohort = "standard deviations", better = "less", flat = "none", scale = 10, digits = 3 }
"""


def test_a_card_with_every_key() -> None:
    """As it would be built in Python."""
    rule = CohortRule(method="standard deviations", better="less", flat="none", scale=10, digits=3)
    goalposts = Goalposts(0, 5, scale=100, beyond="clamp")
    rest = Dimension(
        {
            "b": Criterion("b", curve=goalposts, least=5, rounding=Rounding(Decimal("0.1"), "up")),
            "x": Criterion("b", curve=PiecewiseLinear([(0, 0), (5, Fraction(1, 3))], beyond="extend")),
            "y": Criterion("b", curve=Steps([1, 2], [0, 50, 100], bound="lower")),
            "z": Criterion("b", curve=DistanceToTarget(5, worst=0, cap=True)),
            "v": Criterion("b", curve=rule),
        },
        Mean(weights=dict.fromkeys("bxyzv", 1), method="geometric", missing="zero", digits=4),
        rounding=Rounding(Decimal(1), "half even"),
    )
    mean = Mean(weights={"a": 2, "rest": 1}, method="arithmetic", missing="reweight", least_covered=HALF)
    assert read(CARD).current.scorecards["c"] == Scorecard(
        key="c",
        name="Card",
        version="3",
        of="who",
        every="month",
        root=Dimension({"a": Criterion("a"), "rest": rest}, mean),
        rounding=Rounding(Decimal("0.01"), "half up"),
        adjustments=[
            KnockOut("ko", kpi="b", below=1, above=9, to=0, missing="refuse"),
            Bonus("up", kpi="b", each=2, most=5, missing="skip"),
            Penalty("down", kpi="b", each=Fraction(1, 3), most=None, missing="withhold"),
            Multiplier("rating", kpi="b", missing="skip"),
            Cap("cap", most=100),
            Floor("floor", least=-5),
        ],
        grades=Grades(["C", "B", "A"], [HALF, Fraction(9, 10)], bound="lower"),
    )


PANEL = """[panels.p]
scale = "five"
weights = { boss = 0.5, peer = 0.3, self = 0.2 }
at_least = { peer = 3 }
missing = "withhold"
least_covered = "2/3"
below = "counted"
self = "self"
self_for_pay = 0.1
trim = "10 %"
"""


def test_a_panel_with_every_key() -> None:
    """As it would be built in Python."""
    groups = {"boss": RaterGroup(HALF), "peer": RaterGroup(Fraction(3, 10), 3), "self": RaterGroup(Fraction(1, 5))}
    assert read(PANEL).current.panels["p"] == Panel(
        groups=groups,
        scale=FIVE,
        missing="withhold",
        least_covered=Fraction(2, 3),
        below="counted",
        self_group="self",
        self_for_pay=Fraction(1, 10),
        trim=Fraction(1, 10),
    )
    assert read(
        '[panels.q]\nscale = "five"\nweights = { a = 1 }\nmissing = "zero"\nbelow = "left out"\n'
    ).current.panels


TWICE = '[{ name = "a", most = 1 }, { name = "a", least = 0 }]'
FALLING = '{ A = ">= 1", B = ">= 2", C = "else" }'
MIXED = '{ A = ">= 2", B = "> 1", C = "else" }'
RESOLVED = '{ key = "who", at = "at", window = "1 hours", inclusive = true, resolved = { x = 1 } }'
LONG_POINT = '{ points = [[1, 2, 3], [2, 3]], beyond = "clamp" }'
SHORT_POINT = '{ points = [[1], [2, 3]], beyond = "clamp" }'
K = '[kpis.k]\nof = "call"\nbetter = "more"\nunit = "share"\n'
S = '[scorecards.s]\nmean = "arithmetic"\nmissing = "refuse"\nround = "1 up"\n'
P = '[panels.p]\nscale = "five"\nmissing = "zero"\nbelow = "counted"\n'


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("[scales.x]\nfrom = 1\nto = 1\n", [("$.scales.x.high", "curves.rising")]),
        ("[scales.x]\ngrades = { I = 1 }\n", [("$.scales.x.points", "scales.grades")]),
        ('[scales.x]\nfrom = "1/0"\nto = true\n', [("$.scales.x.from", "shape.kind"), ("$.scales.x.to", "shape.kind")]),
        ('[records.x]\nfields = { a = "text" }\nat = "a"\n', [("$.records.x.at", "facts.other_kind")]),
        (K, [("$.kpis.k", "kpis.way")]),
        (K + 'mean = "mark"\nsum = "mark"\n', [("$.kpis.k", "kpis.way")]),
        (K + 'mean = "mark"\nshare = 0.5\n', [("$.kpis.k.share", "kpis.beside")]),
        (K + 'sum = "mark"\n', [("$.kpis.k.empty", "shape.missing")]),
        (K + 'count = "all"\n', [("$.kpis.k.empty", "shape.missing")]),
        (K + "plus = { mark = 1 }\n", [("$.kpis.k.minus", "shape.missing")]),
        (K + 'quantile = "mark"\n', [("$.kpis.k.quantile", "kpis.quantile")]),
        (K + 'quantile = "mark"\nshare = 2\nmethod = "linear"\n', [("$.kpis.k.share", "shape.bounds")]),
        (K + "count = { makr = 1 }\n", [("$.kpis.k.count.makr", "facts.name")]),
        (K + 'mean = "makr"\n', [("$.kpis.k", "records.field")]),
        (K + 'mean = "mark"\nwhere = { nobody = 1 }\n', [("$.kpis.k.where.nobody", "facts.name")]),
        (K + 'mean = "mark"\nscales = { mark = "six" }\n', [("$.kpis.k.scales.mark", "scales.unknown")]),
        (K + 'mean = "mark"\nscales = { mark = "difficulty" }\n', [("$.kpis.k.scales.mark", "scales.unknown")]),
        (K + 'mean = "level"\ngrades = "five"\n', [("$.kpis.k.grades", "scales.unknown")]),
        (K + 'sum = "level"\ngrades = "five"\nempty = "zero"\n', [("$.kpis.k.grades", "scales.unknown")]),
        (
            K + 'first_contact = { key = [], at = "at", window = "1 hours", inclusive = true }\n',
            [("$.kpis.k.first_contact.key", "shape.empty")],
        ),
        (
            f"{K}first_contact = {RESOLVED}\n",
            [("$.kpis.k.first_contact.resolved.x", "facts.name")],
        ),
        (K + 'like = "service"\n', [("$.kpis.k.like", "kpis.like")]),
        (K + 'like = "churn"\nwith = 5\n', [("$.kpis.k.with", "shape.kind")]),
        (K + 'like = "churn"\nwith = { lost = "done" }\n', [("$.kpis.k.with.lost", "shape.unknown_key")]),
        (K + 'like = "service_level"\nwith = { base = "offered" }\n', [("$.kpis.k.with.within", "shape.missing")]),
        (
            K + 'like = "service_level"\nwith = { within = "20s", base = "offered" }\n',
            [("$.kpis.k.with.within", "duration.iso")],
        ),
        (
            K + 'like = "service_level"\nwith = { within = "20 seconds", base = "some" }\n',
            [("$.kpis.k.base", "choice.unknown")],
        ),
        (K + 'like = "csat_mean"\nwith = { scale = "six" }\n', [("$.kpis.k.with.scale", "scales.unknown")]),
        (
            '[kpis.k]\nof = "cal"\nbetter = "up"\n',
            [("$.kpis.k.better", "choice.nearest"), ("$.kpis.k.unit", "shape.missing")],
        ),
        ('[kpis.k]\nof = "cal"\nbetter = "more"\nunit = "x"\nmean = "a"\n', [("$.kpis.k.of", "records.unknown")]),
        (S + "weights = { k = 1 }\n", [("$.scorecards.s", "kpis.unknown")]),
        (S + "weights = {}\n", [("$.scorecards.s.weights", "shape.empty")]),
        (S + "weights = { k = 0 }\n", [("$.scorecards.s.weights.k", "scoring.weight")]),
        (
            S.replace("1 up", "a cent"),
            [("$.scorecards.s.weights", "shape.missing"), ("$.scorecards.s.round", "rounding.text")],
        ),
        (S.replace("1 up", "1 away") + "weights = { k = 1 }\n", [("$.scorecards.s.round", "choice.unknown")]),
        (S + 'weights = { k = 1 }\nparts = { j = { kpi = "k" } }\n', [("$.scorecards.s.parts.j", "scoring.no_weight")]),
        (
            S + f'weights = {{ k = 1 }}\nparts = {{ k = {{ kpi = "k", curve = {SHORT_POINT} }} }}\n',
            [("$.scorecards.s.parts.k.curve.points[0]", "shape.empty")],
        ),
        (
            S + f'weights = {{ k = 1 }}\nparts = {{ k = {{ kpi = "k", curve = {LONG_POINT} }} }}\n',
            [("$.scorecards.s.parts.k.curve.points[0]", "shape.kind")],
        ),
        (
            S + 'weights = { k = 1 }\nparts = { k = { kpi = "k", curve = "steep" } }\n',
            [("$.scorecards.s.parts.k.curve", "shape.kind")],
        ),
        (
            S + "weights = { k = 1 }\nparts = { k = { weights = { x = 1 } } }\n",
            [("$.scorecards.s.parts.k.mean", "shape.missing"), ("$.scorecards.s.parts.k.missing", "shape.missing")],
        ),
        (S + f"weights = {{ k = 1 }}\nadjust = {TWICE}\n", [("$.scorecards.s.adjustments", "shape.twice")]),
        (S + "weights = { k = 1 }\ngrades = 5\n", [("$.scorecards.s.grades", "shape.kind")]),
        (S + "weights = { k = 1 }\ngrades = {}\n", [("$.scorecards.s.grades", "grades.else")]),
        (S + f"weights = {{ k = 1 }}\ngrades = {FALLING}\n", [("$.scorecards.s.grades.bounds", "curves.rising")]),
        (
            S + 'weights = { k = 1 }\ngrades = { A = "from 1", B = "else" }\n',
            [("$.scorecards.s.grades.A", "grades.text")],
        ),
        (S + f"weights = {{ k = 1 }}\ngrades = {MIXED}\n", [("$.scorecards.s.grades", "grades.else")]),
        (K + 'mean = "mark"\n' + S + 'of = "whose"\nweights = { k = 1 }\n', [("$.scorecards.s.of", "records.field")]),
        ("scorecards = 5\n" + K + 'mean = "mark"\n', [("$.scorecards", "shape.kind")]),
        (P, [("$.panels.p.weights", "shape.missing")]),
        (P + "weights = { a = 0 }\n", [("$.panels.p.weight", "scoring.weight")]),
        (P + "weights = { a = 1 }\nat_least = { b = 2 }\n", [("$.panels.p.at_least.b", "panels.group")]),
        (P.replace("five", "difficulty") + "weights = { a = 1 }\n", [("$.panels.p.scale", "scales.unknown")]),
        # What could not be read is told once, and not again at what names it.
        (
            "[scales.x]\nfrom = 2\nto = 1\n"
            + K
            + 'mean = "mark"\nscales = { mark = "x" }\n'
            + P.replace("five", "x")
            + "weights = { a = 1 }\n",
            [("$.scales.x.high", "curves.rising")],
        ),
        (
            '[records.x]\nfields = { a = "txt" }\n' + K.replace("call", "x") + 'mean = "a"\n',
            [("$.records.x.fields.a", "choice.nearest")],
        ),
    ],
)
def test_every_fault_has_its_place(text: str, found: list[tuple[str, str]]) -> None:
    """Path and reason, all at once."""
    if text.startswith("scorecards"):
        head, rest = text.split("\n", 1)
        with pytest.raises(StandardError) as caught:
            loads(BASE.replace("[scales]", f"{head}\n[scales]", 1) + rest)
        assert [(f.where.partition(" (line")[0], f.message) for f in caught.value.faults] == found
        return
    assert faults(text) == found


def test_what_the_file_cannot_hold() -> None:
    """A card that is fixed to a cohort; a scale that nobody declared."""
    standard = read(CARD)
    raw = write_standard(standard)
    assert read_standard(raw, {}) == standard
    import attrs  # noqa: PLC0415 - beside its only use

    card = standard.current.scorecards["c"]
    rule = CohortRule(method="range", better="more", flat="none").over([1, 2])
    fixed = attrs.evolve(card.root, parts={**card.root.parts, "a": Criterion("a", curve=rule)})
    edition = attrs.evolve(standard.current, scorecards={"c": attrs.evolve(card, root=fixed)})
    with pytest.raises(DefinitionError) as caught:
        dumps(attrs.evolve(standard, editions=[edition]))
    assert caught.value.message == "cohorts.fixed"
    for changes in (
        {"kpis": {"k": attrs.evolve(kpi('mean = "mark"'), scales={"mark": Scale(0, 9)})}},
        {
            "kpis": {
                "k": attrs.evolve(kpi('mean = "mark"'), formula=Average("level", grades=GradeScale({"x": 1, "y": 2})))
            }
        },
        {
            "panels": {
                "p": Panel(
                    groups={"a": RaterGroup(1)}, scale=Scale(0, 9), missing="zero", below="counted", self_group=""
                )
            }
        },
        {"scorecards": {"other": card}},
        {"kpis": {"k": attrs.evolve(kpi('mean = "mark"'), of="nowhere")}},
    ):
        with pytest.raises(StandardError):
            attrs.evolve(standard.current, **changes)


def test_numbers_without_end() -> None:
    """Are refused where plain data hold them, too."""
    raw, places = parse_text(BASE, "toml")
    with pytest.raises(StandardError) as caught:
        read_standard({**raw, "scales": {"x": {"from": Decimal("1e999"), "to": 1}}}, places)
    assert [fault.message for fault in caught.value.faults] == ["curves.number"]


def test_an_overlay_changes_one_kpi() -> None:
    """The rest stays as it was."""
    text = K + 'mean = "mark"\n[changes.2026-07-01]\nkpis.k.missing = "leave out"\n'
    found = read(text)
    assert [edition.kpis["k"].missing for edition in found.editions] == ["refuse", "leave out"]


JUNK = st.recursive(
    st.one_of(
        st.none(),
        st.booleans(),
        st.integers(-9, 9),
        st.decimals(-9, 9, places=2),
        st.sampled_from(["x", "call", "five", "mark", "> 1", "else"]),
    ),
    lambda below: st.one_of(
        st.lists(below, max_size=3),
        st.dictionaries(
            st.sampled_from(["of", "mean", "weights", "parts", "curve", "scale", "with", "like", "k"]),
            below,
            max_size=4,
        ),
    ),
    max_leaves=12,
)


@given(st.sampled_from(["scales", "records", "kpis", "scorecards", "panels"]), JUNK)
def test_whatever_stands_there(part: str, junk: Any) -> None:
    """It is read, or refused as faults of the file; nothing else ever comes out."""
    raw, places = parse_text(BASE, "toml")
    try:
        read_standard({**raw, part: junk}, places)
    except StandardError as error:
        assert error.faults  # noqa: PT017 - either way is right


@given(st.fractions())
def test_numbers_come_back(value: Fraction) -> None:
    """Whole, decimal, or as a fraction."""
    plain = plain_number(value)
    assert Fraction(plain) == value
