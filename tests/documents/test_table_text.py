"""Decision tables as Markdown and CSV: written as they are read, and every fault told with its line and column."""

from __future__ import annotations

from contextlib import suppress
from datetime import date
from decimal import Decimal
from time import process_time
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from svcstd.conditions import AllOf, AnyOf, Eq, FactSchema, FactType, In, Not, Prefix, Present, Range
from svcstd.documents import TableFormat, read_table, write_table
from svcstd.errors import DefinitionError, StandardError, SvcstdError
from svcstd.rules import DecisionTable, Else, Output, Rule

FACTS = FactSchema(
    {
        "kind": FactType(one_of=("fault", "complaint")),
        "amount": FactType("number"),
        "vip": FactType("true or false"),
        "then wait": FactType("integer"),
        "(from)": FactType(),
    }
)
OUTPUTS = {"role": Output(one_of=("engineer", "manager", "desk")), "wait": Output("integer")}
TABLE = DecisionTable(
    facts=FACTS,
    outputs=OUTPUTS,
    rules={
        "dear": Rule(
            AllOf((Eq("kind", "fault"), Range("amount", Decimal("1000.50"), None))),
            {"role": "manager", "wait": 5},
            first=date(2026, 1, 1),
            last=date(2026, 12, 31),
            because="a | b, said the board",
        ),
        "plain": Rule(Not(Eq("kind", "complaint")), {"role": "engineer"}),
    },
    hit="first",
    otherwise=Else({"role": "desk"}, "the desk takes the rest"),
    on_no_match="error",
)
MARKDOWN = r"""
| first, no match is an error | kind | amount | then role | then wait | (from) | (until) | (because) |
| --- | --- | --- | --- | --- | --- | --- | --- |
| dear | "fault" | >= 1000.50 | "manager" | 5 | 2026-01-01 | 2026-12-31 | "a \| b, said the board" |
| plain | not("complaint") | - | "engineer" | | | | |
| else | - | - | "desk" | | | | the desk takes the rest |
"""
CSV = '''"first, no match is an error",kind,amount,then role,then wait,(from),(until),(because)
dear,"""fault""",>= 1000.50,"""manager""",5,2026-01-01,2026-12-31,"""a | b, said the board"""
plain,"not(""complaint"")",-,"""engineer""",,,,
else,-,-,"""desk""",,,,the desk takes the rest
'''


def read(text: str, form: TableFormat = "markdown") -> DecisionTable:
    """A table over the facts and outputs above."""
    return read_table(text, facts=FACTS, outputs=OUTPUTS, format=form)


def test_a_table_is_written_as_a_reviewer_would_read_it() -> None:
    """The hit policy, the facts, the outputs and the notes; a row for each rule; the rest at the end."""
    squeezed = [line.replace(" ", "").replace("-", "") for line in MARKDOWN.strip().splitlines()]
    assert [line.replace(" ", "").replace("-", "") for line in write_table(TABLE).splitlines()] == squeezed
    assert write_table(TABLE, format="csv") == CSV


def test_both_forms_are_read_as_the_same_table() -> None:
    """Whatever stands around the Markdown."""
    assert read(f"# Intake\n\nWho takes what.\n{MARKDOWN}\nMore.\n\n| another | table |\n") == TABLE
    assert read(CSV, "csv") == TABLE
    assert read("\ufeff" + CSV.replace("\n", "\r\n") + "\r\n,,\r\n", "csv") == TABLE


def test_a_table_lines_up() -> None:
    """Every line of the Markdown is as long as the others."""
    assert len({len(line) for line in write_table(TABLE).splitlines()}) == 1


@pytest.mark.parametrize("form", ["markdown", "csv"])
def test_names_that_could_be_taken_for_something_else_are_quoted(form: TableFormat) -> None:
    """Facts called like a note or an output, ids a spreadsheet would compute, reasons with breaks and bars."""
    odd = DecisionTable(
        facts=FACTS,
        outputs=OUTPUTS,
        rules={
            "=1+1": Rule(Eq("(from)", 'a|b\\"\n'), {"role": "desk"}, because="-\n|\\"),
            " x ": Rule(Eq("then wait", 3), because='"'),
            "@SUM": Rule(),
            "a\\": Rule(Present("vip")),
        },
        hit="collect",
        aggregate="count",
    )
    text = write_table(odd, format=form)
    assert read(text, form) == odd
    assert text.startswith(("| collect count |", "collect count,"))
    assert not [line for line in text.splitlines() if line.startswith(("=", "+", "@"))]


@pytest.mark.parametrize(
    ("head", "hit", "aggregate", "on_no_match"),
    [
        ("UNIQUE", "unique", "list", "outcome"),
        ("rule order", "rule order", "list", "outcome"),
        ("Output Order , no match is an error", "output order", "list", "error"),
        ("collect  max", "collect", "max", "outcome"),
    ],
)
def test_the_first_cell_is_the_hit_policy(head: str, hit: str, aggregate: str, on_no_match: str) -> None:
    """With what becomes of collected rows, and of no match."""
    table = read_table(
        f"| {head} | kind | then points |\n|---|:-:|--:|\n| a | - | 1 |",
        facts=FACTS,
        outputs={"points": Output("number", (1, 2))},
        name="Points",
    )
    assert (table.hit, table.aggregate, table.on_no_match, table.name) == (hit, aggregate, on_no_match, "Points")


def test_cells_of_answers_may_be_empty_or_a_dash() -> None:
    """Both answer nothing."""
    table = read("| first | then role | then wait |\n|---|---|---|\n| a | - | |\n| b | null | 5 |")
    assert [dict(rule.then) for rule in table.rules.values()] == [{}, {"wait": 5}]


HEAD = "| first | kind | amount | then role | then wait | (from) | (because) |\n|-|-|-|-|-|-|-|\n"


@pytest.mark.parametrize(
    ("text", "where", "message"),
    [
        ("| frist | then role | then wait |", "line 1, column 1", "choice.nearest"),
        ("| collect avg | then role | then wait |", "line 1, column 1", "choice.nearest"),
        ("| first, or so | then role | then wait |", "line 1, column 1", "table.strict"),
        ("| first | knd | then role | then wait |", "line 1, column 2", "facts.name"),
        ("| first | then roll | then wait | then role |", "line 1, column 2", "rules.output"),
        ("| first | kind | kind | then role | then wait |", "line 1", "table.twice"),
        ("| first | then role |", "line 1", "table.missing"),
        ('| first | "kind | then role | then wait |', "line 1, column 2", "unary.unclosed"),
        (HEAD + "| a | - |", "line 3", "table.width"),
        (HEAD + "| a | fault | - | - | - | | |", "line 3, column 2", "unary.quotes"),
        (HEAD + '| a | "claim" | - | - | - | | |', "line 3, column 2", "facts.value"),
        (HEAD + '| a | - | >= "5" | - | - | | |', "line 3, column 3", "facts.kind"),
        (HEAD + '| a | - | - | "chef" | - | | |', "line 3, column 4", "rules.output_value"),
        (HEAD + "| a | - | - | - | 1.5 | | |", "line 3, column 5", "facts.kind"),
        (HEAD + "| a | - | - | - | - | 20260101 | |", "line 3, column 6", "day.text"),
        (HEAD + '| a | - | - | - | - | | "half |', "line 3, column 7", "unary.unclosed"),
        (HEAD + "| | - | - | - | - | | |", "line 3, column 1", "table.id"),
        (HEAD + '| "a | - | - | - | - | | |', "line 3, column 1", "unary.unclosed"),
        (HEAD + "| a | - | - | - | - | | |\n" * 2, "line 4, column 1", "table.id"),
        (HEAD + '| else | "fault" | - | - | - | | why |', "line 3", "table.else"),
        (HEAD + "| else | - | - | - | - | 2026-01-01 | why |", "line 3", "table.else"),
        (HEAD + "| else | - | - | - | - | | |", "line 3", "rules.else"),
        (HEAD + "| else | - | - | - | - | | why |\n" * 2, "line 4", "table.twice"),
    ],
)
def test_a_fault_is_told_with_its_line_and_column(text: str, where: str, message: str) -> None:
    """One fault each, with the message that names the way out."""
    with pytest.raises(StandardError) as refused:
        read(text)
    assert [(one.where, one.message) for one in refused.value.faults][:1] == [(where, message)]


def test_dates_the_wrong_way_round_are_told_at_their_row() -> None:
    """As of a rule of the file."""
    with pytest.raises(StandardError) as refused:
        read(
            "| first | then role | then wait | (from) | (until) |\n|-|-|-|-|-|\n| a | - | - | 2026-02-01 | 2026-01-01 |"
        )
    assert [(one.where, one.message) for one in refused.value.faults] == [("line 3", "range.empty")]


def test_all_faults_are_told_at_once_with_the_text_at_fault() -> None:
    """And a caret under the place."""
    with pytest.raises(StandardError) as refused:
        read(HEAD.replace("kind", "knd") + '| a | - | > "5" | - | - | | |\n| b | - |')
    assert len(refused.value.faults) == 3
    assert '\n  > "5"\n    ^' in str(refused.value)


@pytest.mark.parametrize("form", ["markdown", "csv"])
@pytest.mark.parametrize("text", ["", "no table here\n", "\n \n"])
def test_a_text_without_a_table_is_refused(text: str, form: TableFormat) -> None:
    """An empty one, blank lines, prose; in CSV prose is a head, and says so."""
    with pytest.raises(SvcstdError) as refused:
        read(text, form)
    if text.strip() and form == "csv":
        assert refused.value.message == "standard.faults"
    else:
        assert (refused.value.where, refused.value.message) == ("table", "table.none")


def test_what_is_no_text_of_a_table_is_refused() -> None:
    """Too long, an open quote, a form that we do not know; and rules that fit in no row are not lost."""
    for text, form, where, message in (
        ("|" * 5_000_001, "markdown", "table", "text.long"),
        ("|a" * 1_001, "markdown", "table", "shape.bounds"),
        ('a,"b\n', "csv", "line 2", "table.csv"),
        ("", "html", "format", "choice.nearest"),
    ):
        with pytest.raises(DefinitionError) as refused:
            read(text, form)  # type: ignore[arg-type] # on purpose
        assert (refused.value.where, refused.value.message) == (where, message)
    with pytest.raises(DefinitionError):
        write_table(TABLE, format="html")  # type: ignore[arg-type] # on purpose


def test_rules_that_fit_in_no_row_are_told() -> None:
    """All of them, each with its reason."""
    spans = Rule(AnyOf((Eq("kind", "fault"), Eq("vip", True))))
    twice = Rule(AllOf((Range("amount", 1, None), Range("amount", None, 5))))
    inside = Rule(AllOf((AnyOf((Eq("kind", "fault"), Not(Prefix("kind", "c")))),)))
    with pytest.raises(StandardError) as refused:
        write_table(
            DecisionTable(facts=FACTS, outputs=OUTPUTS, rules={"a": spans, "b": twice, "c": inside, "d": Rule()})
        )
    assert [(one.where, one.message) for one in refused.value.faults] == [
        ("rules.a", "table.no_row"),
        ("rules.b", "table.no_row"),
        ("rules.c.when", "unary.unwritable"),
    ]


TEXTS = st.text(max_size=6)
CELLS: dict[str, st.SearchStrategy[Any]] = {
    "kind": st.sampled_from([Eq("kind", "fault"), Not(In("kind", ("fault", "complaint"))), Present("kind")]),
    "amount": st.sampled_from([Range("amount", Decimal("-0.5"), 7), Eq("amount", -3), Not(Eq("amount", 3))]),
    "(from)": TEXTS.map(lambda text: Eq("(from)", text)),
    "vip": st.sampled_from([Eq("vip", True), Present("vip", expected=False)]),
}
RULES = st.builds(
    Rule,
    st.fixed_dictionaries({}, optional=CELLS).map(lambda cells: AllOf(tuple(cells.values()))),
    st.fixed_dictionaries({}, optional={"role": st.sampled_from(OUTPUTS["role"].one_of), "wait": st.integers()}),
    first=st.none() | st.dates(max_value=date(2026, 1, 1)),
    last=st.none() | st.dates(min_value=date(2026, 1, 1)),
    because=TEXTS,
)
TABLES = st.builds(
    DecisionTable,
    facts=st.just(FACTS),
    outputs=st.just(OUTPUTS),
    rules=st.dictionaries(TEXTS.filter(lambda key: key not in ("", "else")), RULES, max_size=4),
    hit=st.sampled_from(("unique", "first", "priority", "rule order", "collect")),
    otherwise=st.none() | st.builds(Else, st.just({"role": "desk"}), TEXTS.filter(str.strip)),
    on_no_match=st.sampled_from(("outcome", "error")),
)


@given(TABLES, st.sampled_from(("markdown", "csv")))
def test_what_is_written_is_read_as_the_same_table(table: DecisionTable, form: TableFormat) -> None:
    """Whatever its ids, texts and reasons."""
    assert read(write_table(table, format=form), form) == table


HOSTILE = ("|", "|x", "| |", "|kind", '|"', "|(", "|1,", "|\\", "|a\n", '"', ",", '",', "a\n")
SECONDS = 5
"""Of the processor: far above what any machine needs, far below what a reader that goes back and forth would take."""


@pytest.mark.long
@pytest.mark.parametrize("form", ["markdown", "csv"])
def test_no_text_keeps_the_reader_long(form: TableFormat) -> None:
    """Ten thousand characters of whatever repeats, as a table of its own and below a head: the best of three."""
    for part in HOSTILE:
        for text in (part * (10_000 // len(part)), HEAD + part * (9_900 // len(part))):
            assert min(taken(text, form) for _ in range(3)) < SECONDS, part


def taken(text: str, form: TableFormat) -> float:
    """Seconds that the reader takes, refusals included."""
    begun = process_time()
    with suppress(SvcstdError):
        read(text, form)
    return process_time() - begun


@given(st.text('|-\\" \nabc01,()>=[].then firstkindrolewait', max_size=200), st.sampled_from(("markdown", "csv")))
def test_no_text_breaks_the_reader(text: str, form: TableFormat) -> None:
    """Only refusals of ours."""
    with suppress(SvcstdError):
        read(text, form)
