"""DMN in and out: what we write we read as the same table, files of other tools are read, hostile ones refused."""

from __future__ import annotations

import importlib
import sys
from contextlib import suppress
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from time import process_time
from typing import Any
from xml.etree import ElementTree as ET

import attrs
import pytest
from hypothesis import given
from hypothesis import strategies as st

from svcstd.conditions import AllOf, AnyOf, Eq, FactSchema, FactType, In, Interval, Not, Prefix, Present, Range
from svcstd.documents.dmn import read_dmn, write_dmn
from svcstd.errors import DefinitionError, ExtraMissing, StandardError, SvcstdError
from svcstd.rules import DecisionTable, Else, Output, Rule

DISCOUNT = """<?xml version="1.0" encoding="UTF-8" standalone="yes"?>
<definitions xmlns="{model}" id="d" name="Pricing" namespace="http://example.org/pricing">
  <inputData id="i1" name="Age"/>
  <decision id="ad" name="Advertisement">
    <informationRequirement id="r"><requiredInput href="#i1"/></informationRequirement>
    <decisionTable id="t" hitPolicy="FIRST" outputLabel="Ad">
      <input id="c1" label="Age of the customer">
        <inputExpression typeRef="{prefix}number"><text> Age </text></inputExpression>
      </input>
      <input id="c2" label="Risk">
        <inputExpression typeRef="string"><text>Risk Class</text></inputExpression>
        <inputValues><text>"High", "Low"</text></inputValues>
      </input>
      <output id="o1" typeRef="string">
        <outputValues><text>"Cars","Toys","Videos"</text></outputValues>
        <defaultOutputEntry><text>"Videos"</text></defaultOutputEntry>
      </output>
      <rule id="x1">
        <description>grown-ups drive</description>
        <inputEntry id="e1"><text>&gt;= 18</text></inputEntry>
        <inputEntry id="e2"><text>"Low"</text></inputEntry>
        <outputEntry id="e3"><text>"Cars"</text></outputEntry>
      </rule>
      <rule id="x2" label="children">
        <inputEntry id="e4"><text>[0..18)</text></inputEntry>
        <inputEntry id="e5"><text/></inputEntry>
        <outputEntry id="e6"><text>"Toys"</text></outputEntry>
      </rule>
    </decisionTable>
  </decision>
</definitions>
"""
VERSIONS = {
    "1.1": "http://www.omg.org/spec/DMN/20151101/dmn.xsd",
    "1.2": "http://www.omg.org/spec/DMN/20180521/MODEL/",
    "1.3": "https://www.omg.org/spec/DMN/20191111/MODEL/",
    "1.4": "https://www.omg.org/spec/DMN/20211108/MODEL/",
    "1.5": "https://www.omg.org/spec/DMN/20230324/MODEL/",
}
ADVERTISEMENT = DecisionTable(
    facts=FactSchema(
        {
            "Age": FactType("number", name="Age of the customer"),
            "Risk Class": FactType(one_of=("High", "Low"), name="Risk"),
        }
    ),
    outputs={"Advertisement": Output(one_of=("Cars", "Toys", "Videos"), default="Videos")},
    rules={
        "x1": Rule(
            AllOf((Range("Age", 18, None), Eq("Risk Class", "Low"))),
            {"Advertisement": "Cars"},
            because="grown-ups drive",
        ),
        "children": Rule(Range("Age", 0, 18, high_closed=False), {"Advertisement": "Toys"}),
    },
    hit="first",
    name="Advertisement",
)


@pytest.mark.parametrize("version", VERSIONS)
def test_files_of_every_version_are_read(version: str) -> None:
    """By the names of their elements; a single output without a name is called as the decision."""
    text = DISCOUNT.format(model=VERSIONS[version], prefix="feel:" if version == "1.1" else "")
    assert read_dmn(text) == ADVERTISEMENT
    assert read_dmn(text).decide({"Age": 40, "Risk Class": "Low"})["Advertisement"] == "Cars"
    assert read_dmn(text).decide({"Age": 40})["Advertisement"] == "Videos"


FACTS = FactSchema(
    {
        "kind": FactType(one_of=("fault", "complaint")),
        "only": FactType(one_of=("one",)),
        "amount": FactType("number", within=Interval(0, 10_000, low_closed=False)),
        "count": FactType("integer"),
        "vip": FactType("true or false"),
        "bought": FactType("date"),
        "opened": FactType("moment"),
        "age": FactType("duration", within=Interval(timedelta(0), None)),
        "site.city": FactType(name="City"),
    }
)
OUTPUTS = {
    "role": Output(one_of=("manager", "desk"), default="desk"),
    "wait": Output("integer"),
    "until": Output("date"),
}
TABLE = DecisionTable(
    facts=FACTS,
    outputs=OUTPUTS,
    rules={
        "dear & <odd>": Rule(
            AllOf(
                (
                    Eq("kind", "fault"),
                    Eq("only", "one"),
                    Range("amount", Decimal("0.50"), None),
                    Eq("count", 3),
                    Eq("vip", True),
                    Range("bought", date(2026, 1, 1), date(2026, 6, 30)),
                    Range("opened", None, datetime(2026, 1, 1, 8, tzinfo=UTC)),
                    Eq("age", timedelta(hours=36)),
                    Prefix("site.city", "New"),
                )
            ),
            {"role": "manager", "wait": -5, "until": date(2026, 5, 1)},
            first=date(2026, 1, 1),
            because='the "board" said so',
        ),
        "b": Rule(Not(In("kind", ("fault", "complaint"))), {"role": "desk"}, last=date(2026, 12, 31)),
        "rest": Rule(),
    },
    hit="output order",
    otherwise=Else({"role": "manager"}, "somebody must"),
    on_no_match="error",
    name="Intake",
)


def test_a_table_comes_back_as_it_was() -> None:
    """With every kind of fact, dates, reasons, defaults and else; the name of the decision is its own or given."""
    assert read_dmn(write_dmn(TABLE)) == TABLE
    assert read_dmn(write_dmn(TABLE, name="X")) == TABLE
    assert read_dmn(write_dmn(TABLE), facts=FACTS, outputs=OUTPUTS) == TABLE
    nameless = attrs.evolve(TABLE, name="", otherwise=None, hit="collect", aggregate="count", on_no_match="outcome")
    assert read_dmn(write_dmn(nameless), facts=FACTS) == nameless


def test_what_we_write_says_to_other_engines_what_it_says_to_us() -> None:
    """The hit policy, the types and the default that an engine without our words answers where no rule fits."""
    text = write_dmn(TABLE)
    root = ET.fromstring(text)  # noqa: S314 - ours
    at = {"m": VERSIONS["1.3"]}
    table = root.find("m:decision/m:decisionTable", at)
    assert table is not None
    assert table.get("hitPolicy") == "OUTPUT ORDER"
    asked = root.findall(".//m:inputExpression", at)
    assert [(one.get("typeRef"), one.findtext("m:text", "", at)) for one in asked][4:8] == [
        ("boolean", "vip"),
        ("date", "bought"),
        ("date and time", "opened"),
        ("days and time duration", "age"),
    ]
    assert [one.findtext("m:text", "", at) for one in root.findall(".//m:defaultOutputEntry", at)] == ['"manager"']
    assert len({one.get("id") for one in root.iter() if one.get("id")}) == len(
        [1 for one in root.iter() if one.get("id")]
    )


GRID = """<definitions><decision name="D"><decisionTable {policy}>
{columns}{rules}</decisionTable></decision></definitions>"""
KIND = '<input><inputExpression typeRef="string"><text>kind</text></inputExpression></input>'
ROLE = '<output name="role" typeRef="string"/>'
ROW = "<rule><inputEntry><text>{test}</text></inputEntry><outputEntry><text>{answer}</text></outputEntry>{more}</rule>"


def grid(policy: str = "", columns: str = KIND + ROLE, rules: str = "") -> str:
    """A document with one table."""
    return GRID.format(policy=policy, columns=columns, rules=rules)


def listed(columns: str, tag: str, cell: str, values: str) -> str:
    """The columns with a list of values in one of them."""
    return columns.replace("/>", f"></{tag}>").replace(f"</{tag}>", f"<{values}><text>{cell}</text></{values}></{tag}>")


def row(test: str = "-", answer: str = '"desk"', more: str = "") -> str:
    """A rule of one test and one answer."""
    return ROW.format(test=test, answer=answer, more=more)


def test_what_is_left_out_has_the_meaning_that_dmn_gives_it() -> None:
    """The policy is unique, an id is made up, an empty cell asks or answers nothing."""
    table = read_dmn(grid(rules=row() + row('"a"', "")))
    assert (table.hit, table.aggregate, list(table.rules), table.name) == ("unique", "list", ["r1", "r2"], "D")
    assert [dict(rule.then) for rule in table.rules.values()] == [{"role": "desk"}, {}]
    assert read_dmn(grid(columns=ROLE, rules="")).facts == FactSchema()


def test_an_output_may_list_a_single_value() -> None:
    """As a fact may."""
    table = read_dmn(grid(columns=KIND + listed(ROLE, "output", "&quot;desk&quot;", "outputValues")))
    assert table.outputs == {"role": Output(one_of=("desk",))}


def test_the_missing_extra_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    """Without its package, the module says how to install it."""
    monkeypatch.delitem(sys.modules, "svcstd.documents.dmn")
    monkeypatch.setitem(sys.modules, "defusedxml.common", None)
    with pytest.raises(ExtraMissing) as refused:
        importlib.import_module("svcstd.documents.dmn")
    assert str(refused.value) == "format: DMN needs a package that is not installed; pip install 'svcstd[dmn]'"


@pytest.mark.parametrize(
    ("policy", "hit", "aggregate"),
    [
        ('hitPolicy="RULE ORDER"', "rule order", "list"),
        ('hitPolicy="COLLECT"', "collect", "list"),
        ('hitPolicy="COLLECT" aggregation="COUNT"', "collect", "count"),
        ('hitPolicy="ANY"', "any", "list"),
    ],
)
def test_hit_policies_by_their_names(policy: str, hit: str, aggregate: str) -> None:
    """As DMN spells them."""
    table = read_dmn(grid(policy))
    assert (table.hit, table.aggregate) == (hit, aggregate)


def test_other_notes_become_the_reason() -> None:
    """Of a rule of another tool: its annotations, or else its description."""
    notes = '<annotation name="from"/><annotation name="Law"/><annotation name="Contact"/>'
    cells = "".join(f"<annotationEntry><text>{text}</text></annotationEntry>" for text in ("2026-01-01", "§ 5", "Li"))
    table = read_dmn(grid(columns=KIND + ROLE + notes, rules=row(more="<description>no</description>" + cells)))
    assert table.rules["r1"] == Rule(then={"role": "desk"}, first=date(2026, 1, 1), because="§ 5; Li")


@pytest.mark.parametrize(
    ("text", "where", "message"),
    [
        (grid('hitPolicy="FRIST"'), "table.hit", "choice.nearest"),
        (grid('aggregation="AVG"'), "table.aggregate", "choice.nearest"),
        (grid(columns=KIND.replace("string", "strng") + ROLE), "input 1", "dmn.type"),
        (grid(columns=KIND.replace(">kind<", ">kind + 1<") + ROLE), "input 1", "dmn.expression"),
        (grid(columns="<input/>" + ROLE), "input 1", "dmn.expression"),
        (grid(columns=KIND * 2 + ROLE), "input 2", "table.twice"),
        (grid(columns=KIND + ROLE * 2), "output 2", "table.twice"),
        (grid(columns=KIND + ROLE.replace("string", "context")), "output 1", "dmn.type"),
        (grid(rules=row() + row().replace("<rule>", '<rule id="r1">')), "rule 2", "table.id"),
        (grid(rules=row("a")), "rule 1, input 1", "unary.quotes"),
        (grid(rules=row(answer="desk")), "rule 1, output 1", "unary.quotes"),
        (grid(rules=row(answer="5")), "rule 1, output 1", "facts.kind"),
        (grid(rules="<rule/>"), "rule 1, inputs", "table.width"),
        (grid(rules=row(more="<outputEntry/>")), "rule 1, outputs", "table.width"),
        (
            grid(columns=listed(KIND, "input", "not(&quot;a&quot;)", "inputValues") + ROLE),
            "input 1",
            "dmn.domain",
        ),
        (
            grid(columns=listed(KIND, "input", "&quot;a", "inputValues") + ROLE),
            "input 1",
            "unary.unclosed",
        ),
        (
            grid(columns=listed(KIND.replace("string", "number"), "input", "1,2", "inputValues") + ROLE),
            "input 1",
            "dmn.domain",
        ),
        (
            grid(columns=KIND + listed(ROLE, "output", "&lt; 3", "outputValues")),
            "output 1",
            "facts.kind",
        ),
        (
            grid(
                columns=KIND
                + ROLE.replace("/>", "><outputValues><text>not(&quot;a&quot;)</text></outputValues></output>")
            ),
            "output 1",
            "dmn.domain",
        ),
        (
            grid(
                columns=KIND + ROLE + '<annotation name="from"/>',
                rules=row(more="<annotationEntry><text>soon</text></annotationEntry>"),
            ),
            "rule 1",
            "day.text",
        ),
    ],
)
def test_a_fault_is_told_with_its_place(text: str, where: str, message: str) -> None:
    """One fault each, with the message that names the way out."""
    with pytest.raises(StandardError) as refused:
        read_dmn(text)
    assert (where, message) in [(one.where, one.message) for one in refused.value.faults]


def test_columns_are_held_against_the_facts_and_outputs_that_are_given() -> None:
    """With the nearest names; what the file says of their kinds does not count."""
    facts = FactSchema({"kinds": FactType(), "kind2": FactType()})
    with pytest.raises(StandardError) as refused:
        read_dmn(grid(rules=row()), facts=facts, outputs={"roles": Output(), "wait": Output()})
    assert [(one.where, one.message, one.params["nearest"]) for one in refused.value.faults] == [
        ("input 1", "facts.name", "kinds"),
        ("output 1", "rules.output", "roles"),
    ]
    ordered = read_dmn(grid(rules=row("&gt; 5")), facts=FactSchema({"kind": FactType("integer")}))
    assert ordered.rules["r1"].when == AllOf((Range("kind", 5, None, low_closed=False),))
    with pytest.raises(StandardError) as listed:
        read_dmn(grid(rules=row()), outputs={"role": Output(one_of=("engineer",))})
    assert [(one.where, one.message) for one in listed.value.faults] == [("rule 1, output 1", "rules.output_value")]


SEVERAL = "<definitions>" + "".join(
    f'<decision id="d{n}" name="N{n}"><decisionTable>{KIND}{ROLE}</decisionTable></decision>' for n in (1, 2)
)


def test_of_several_tables_one_is_named() -> None:
    """By name or id, with the nearest."""
    text = f'{SEVERAL}<decision id="text"><literalExpression/></decision></definitions>'
    assert read_dmn(text, decision="N2").name == "N2"
    assert read_dmn(text, decision="d1").name == "N1"
    for wanted, message in (("", "dmn.several"), ("N3", "dmn.unknown"), ("text", "dmn.unknown")):
        with pytest.raises(DefinitionError) as refused:
            read_dmn(text, decision=wanted)
        assert refused.value.message == message


BOMB = """<!DOCTYPE d [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]><definitions>&b;</definitions>"""
FETCH = '<!DOCTYPE d SYSTEM "file:///secret"><definitions/>'


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("", "dmn.xml"),
        ("no xml", "dmn.xml"),
        ("<definitions>", "dmn.xml"),
        ("<definitions>\0</definitions>", "dmn.xml"),
        ("<definitions>\ud800</definitions>", "dmn.xml"),
        ("<x:definitions/>", "dmn.xml"),
        ("<html/>", "dmn.root"),
        ("<definitions/>", "dmn.none"),
        ("<definitions><decision><decisionTables/></decision></definitions>", "dmn.none"),
        (BOMB, "dmn.doctype"),
        (FETCH, "dmn.doctype"),
        ("<!DOCTYPE d><definitions/>", "dmn.doctype"),
        (" " * 5_000_001, "text.long"),
    ],
)
def test_what_is_no_table_of_dmn_is_refused(text: str, message: str) -> None:
    """No XML, no DMN, a document type with or without entities; nothing is fetched."""
    with pytest.raises(DefinitionError) as refused:
        read_dmn(text)
    assert refused.value.message == message


def test_a_deep_document_is_read_like_any_other() -> None:
    """It has no table where one is looked for."""
    with pytest.raises(DefinitionError) as refused:
        read_dmn("<definitions>" + "<a>" * 100_000 + "</a>" * 100_000 + "</definitions>")
    assert refused.value.message == "dmn.none"


HOSTILE = (
    "<input/>",
    "<output/>",
    "<rule/>",
    '<output typeRef="x"/>',
    "<rule><inputEntry><text>(</text></inputEntry></rule>",
)
SECONDS = 0.1 if sys.gettrace() is None else 0.5
"""Of the processor, that a text of ten thousand characters may take; a tracer slows it down."""


def test_no_document_keeps_the_reader_long() -> None:
    """Ten thousand characters of whatever repeats, within a table and as they are: the best of three."""
    for part in (*HOSTILE, "<a>", "<", "&amp;", "<a b='c'/>"):
        for text in (part * (10_000 // len(part)), grid(rules=part * (9_500 // len(part)))):
            assert min(taken(text) for _ in range(3)) < SECONDS, part


def taken(text: str) -> float:
    """Seconds that the reader takes, refusals included."""
    begun = process_time()
    with suppress(SvcstdError):
        read_dmn(text)
    return process_time() - begun


def test_an_encoding_that_the_text_no_longer_has_does_not_matter() -> None:
    """The text is text already."""
    text = '<?xml version="1.0" encoding="GBK"?>' + grid(rules=row('"故障"'))
    assert read_dmn(text).rules["r1"].when == AllOf((Eq("kind", "故障"),))


def test_rules_that_fit_in_no_row_are_told() -> None:
    """All of them, each with its reason."""
    spans = Rule(AnyOf((Eq("kind", "fault"), Eq("vip", True))))
    with pytest.raises(StandardError) as refused:
        write_dmn(attrs.evolve(TABLE, rules={"a": spans, "b": Rule(), "c": spans}))
    assert [(one.where, one.message) for one in refused.value.faults] == [
        ("rules.a", "table.no_row"),
        ("rules.c", "table.no_row"),
    ]


PLAIN = st.text(st.characters(codec="utf-8", exclude_categories=("Cc", "Cs", "Cn", "Zl", "Zp")), max_size=6)
CELLS: dict[str, st.SearchStrategy[Any]] = {
    "kind": st.sampled_from([Eq("kind", "fault"), Not(In("kind", ("fault", "complaint"))), Present("kind")]),
    "amount": st.sampled_from([Range("amount", Decimal("0.5"), 7), Eq("amount", 3), Not(Eq("amount", 3))]),
    "site.city": st.text(max_size=6).map(lambda text: Eq("site.city", text)),
    "vip": st.sampled_from([Eq("vip", True), Present("vip", expected=False)]),
}
RULES = st.builds(
    Rule,
    st.fixed_dictionaries({}, optional=CELLS).map(lambda cells: AllOf(tuple(cells.values()))),
    st.fixed_dictionaries({}, optional={"role": st.sampled_from(("manager", "desk")), "wait": st.integers(-9, 9)}),
    first=st.none() | st.dates(max_value=date(2026, 1, 1)),
    last=st.none() | st.dates(min_value=date(2026, 1, 1)),
    because=PLAIN.map(str.strip),
)
TABLES = st.builds(
    DecisionTable,
    facts=st.just(FACTS),
    outputs=st.just(OUTPUTS),
    rules=st.dictionaries(PLAIN.filter(lambda key: key not in ("", "else")), RULES, max_size=4),
    hit=st.sampled_from(("unique", "first", "priority", "rule order", "collect")),
    otherwise=st.none() | st.builds(Else, st.just({"role": "desk"}), PLAIN.filter(str.strip)),
    on_no_match=st.sampled_from(("outcome", "error")),
    name=PLAIN,
)


@given(TABLES)
def test_what_is_written_is_read_as_the_same_table(table: DecisionTable) -> None:
    """Whatever its ids, texts and reasons; blanks around a reason are not kept."""
    assert read_dmn(write_dmn(table), facts=FACTS) == table


@given(st.text('<>/="dmn definitions decisionTable rule\0&;', max_size=100))
def test_no_text_breaks_the_reader(text: str) -> None:
    """Only refusals of ours."""
    with suppress(SvcstdError):
        read_dmn(text)
