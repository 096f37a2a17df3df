"""Reasons: told in words, as Markdown, and as plain data that comes back equal."""

from __future__ import annotations

import json
import pickle
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from typing import Any
from zoneinfo import ZoneInfo

import pendulum
import pytest
from hypothesis import given
from hypothesis import strategies as st

from svcstd.errors import DefinitionError
from svcstd.explain import DEEPEST, Explanation, because, privately

SHANGHAI = pendulum.timezone("Asia/Shanghai")
TREE = because(
    "sla.promise_row",
    because("calendar.closed", because("calendar.weekday", day=date(2026, 2, 15)), start="Fri", end="Mon"),
    because("sla.assumption", text="no_holidays"),
    row="P1",
    target="8 working hours",
)


def test_text() -> None:
    """Each level is indented by two spaces."""
    assert TREE.sentence() == "promised to P1: 8 working hours"
    assert TREE.text() == (
        "promised to P1: 8 working hours\n"
        "  closed from Fri to Mon\n"
        "    no hours on Sun 15 Feb 2026\n"
        "  assumed where holidays are unknown: no_holidays"
    )


def test_walk() -> None:
    """Every reason with its depth, the top first."""
    assert [(depth, node.message) for depth, node in TREE.walk()] == [
        (0, "sla.promise_row"),
        (1, "calendar.closed"),
        (2, "calendar.weekday"),
        (1, "sla.assumption"),
    ]


def test_markdown() -> None:
    """A nested list, in which no mark of Markdown survives."""
    assert TREE.markdown() == (
        "- promised to P1: 8 working hours\n"
        "  - closed from Fri to Mon\n"
        "    - no hours on Sun 15 Feb 2026\n"
        "  - assumed where holidays are unknown: no\\_holidays"
    )


@pytest.mark.parametrize(
    ("name", "line"),
    [
        ("*bold* _it_ `code`", r"- \*bold\* \_it\_ \`code\`: not started by now"),
        ("[x](http://e) <b> #1 a|b", r"- \[x\](http://e) \<b\> \#1 a\|b: not started by now"),
        ("![x] ~~y~~ &amp;", r"- !\[x\] \~\~y\~\~ \&amp;: not started by now"),
        ("a\\b", r"- a\\b: not started by now"),
        ("1. Answer", r"- 1\. Answer: not started by now"),  # would open a numbered list
        ("2) Answer", r"- 2\) Answer: not started by now"),
        ("- Answer", r"- \- Answer: not started by now"),
        ("+ Answer", r"- \+ Answer: not started by now"),
        ("    Answer", "- Answer: not started by now"),  # would open a block of code
        ("1.5 h", "- 1.5 h: not started by now"),
        ("two\nlines", r"- two\\nlines: not started by now"),
    ],
)
def test_markdown_of_a_strangers_text(name: str, line: str) -> None:
    """A name that looks like Markdown is shown as it stands."""
    assert because("sla.not_started", name=name, as_of="now").markdown() == line


VALUES: list[Any] = [
    "text",
    "",
    0,
    -3,
    None,
    Decimal("1.50"),
    date(2026, 2, 14),
    timedelta(hours=76, microseconds=1),
    -timedelta(minutes=5),
    pendulum.datetime(2026, 2, 14, 9, tz=SHANGHAI),
    pendulum.datetime(2026, 11, 1, 1, 30, tz="America/New_York").add(hours=1),  # the second 01:30
    datetime(1850, 1, 1, tzinfo=ZoneInfo("Asia/Shanghai")),  # local mean time, +08:05:43
    pendulum.datetime(2026, 2, 14, 9, tz=pendulum.tz.timezone.FixedTimezone(19_800)),
]


@pytest.mark.parametrize("value", VALUES, ids=repr)
def test_values_come_back(value: Any) -> None:
    """A typed value is a typed value after JSON; a moment keeps its instant and its words."""
    told = because("sla.promise", target=value)
    again = Explanation.from_json(json.loads(json.dumps(told.to_json())))
    assert again == told
    assert again.text() == told.text()
    assert isinstance(dict(again.params)["target"], datetime if isinstance(value, datetime) else type(value))


def test_a_tree_comes_back() -> None:
    """The whole tree is equal after JSON and after pickling, and empty parts are left out."""
    assert Explanation.from_json(json.loads(json.dumps(TREE.to_json()))) == TREE
    assert pickle.loads(pickle.dumps(TREE)) == TREE  # noqa: S301 - our own bytes
    assert because("sla.promise").to_json() == {"message": "sla.promise"}


def test_a_fold_comes_back() -> None:
    """Of a wall time that happens twice, the one that was meant comes back."""
    second = datetime(2026, 11, 1, 1, 30, fold=1, tzinfo=ZoneInfo("America/New_York"))
    told = because("sla.promise", target=second)
    again = dict(Explanation.from_json(told.to_json()).params)["target"]
    assert isinstance(again, datetime)
    assert again.fold == 1
    assert again.astimezone(UTC) == datetime(2026, 11, 1, 6, 30, tzinfo=UTC)


def nested(depth: int) -> dict[str, Any]:
    """An explanation so many levels deep."""
    found: dict[str, Any] = {"message": "sla.promise"}
    for _ in range(depth - 1):
        found = {"message": "sla.promise", "children": [found]}
    return found


def test_depth() -> None:
    """Reasons nest a hundred levels, and no deeper."""
    assert max(depth for depth, _ in Explanation.from_json(nested(DEEPEST)).walk()) == DEEPEST - 1
    with pytest.raises(DefinitionError) as caught:
        Explanation.from_json(nested(DEEPEST + 1))
    assert caught.value.message == "json.shape"
    with pytest.raises(DefinitionError):
        Explanation.from_json(nested(50_000))


@pytest.mark.parametrize(
    "found",
    [
        {},
        [],
        None,
        "sla.promise",
        {"message": 3},
        {"message": None},
        {"message": "x", "params": []},
        {"message": "x", "params": "abc"},
        {"message": "x", "children": {}},
        {"message": "x", "children": "abc"},
        {"message": "x", "children": [None]},
        {"message": "x", "params": {"a": 1.5}},
        {"message": "x", "params": {"a": [1]}},
        {"message": "x", "params": {"a": {}}},
        {"message": "x", "params": {"a": {"unknown": "1"}}},
        {"message": "x", "params": {"a": {"date": "2026-02-30"}}},
        {"message": "x", "params": {"a": {"date": 20260214}}},
        {"message": "x", "params": {"a": {"decimal": "many"}}},
        {"message": "x", "params": {"a": {"duration": "8h"}}},
        {"message": "x", "params": {"a": {"duration": "P99999999999999D"}}},
        {"message": "x", "params": {"a": {"moment": "2026-02-14T09:00:00", "zone": "Asia/Shanghai"}}},
        {"message": "x", "params": {"a": {"moment": "now", "zone": "Asia/Shanghai"}}},
        {"message": "x", "params": {"a": {"moment": "2026-02-14T09:00:00+08:00", "zone": "Asia/Shangai"}}},
        {"message": "x", "params": {"a": {"moment": "2026-02-14T09:00:00+08:00", "zone": "../../etc/passwd"}}},
        {"message": "x", "params": {"a": {"moment": "9999-12-31T23:59:59-12:00", "zone": ""}}},
    ],
)
def test_hostile_data(found: Any) -> None:
    """Whatever is no explanation is refused with one kind of error."""
    with pytest.raises(DefinitionError) as caught:
        Explanation.from_json(found)
    assert (caught.value.where, caught.value.message) == ("explanation", "json.shape")
    assert str(caught.value).startswith("explanation: the mapping has another shape; give what to_json wrote (")


SCALARS = st.none() | st.text() | st.integers() | st.dates() | st.timedeltas() | st.decimals(allow_nan=False)
TREES = st.recursive(
    st.builds(
        Explanation, st.text(), st.lists(st.tuples(st.text(), SCALARS), unique_by=lambda pair: pair[0]).map(tuple)
    ),
    lambda below: st.builds(Explanation, st.text(), st.just(()), st.lists(below, max_size=3).map(tuple)),
    max_leaves=5,
)


@given(TREES)
def test_round_trip(told: Explanation) -> None:
    """Any explanation is equal to itself after JSON."""
    assert Explanation.from_json(json.loads(json.dumps(told.to_json()))) == told


MIXED = because(
    "sla.waiver",
    privately("sla.by_whom", because("sla.cycle", cycle=2), actor="Li"),
    because("sla.assumption", text="no_holidays"),
    privately("sla.words", words="flood"),
    at="noon",
)


def test_what_is_private() -> None:
    """A customer reads nothing private, nor what stands below it; a colleague reads all."""
    assert MIXED.text() == (
        "waived at noon\n"
        "  by Li\n"
        "    cycle 2 of this clock\n"
        "  assumed where holidays are unknown: no_holidays\n"
        "  because: flood"
    )
    assert MIXED.text(for_="customer") == "waived at noon\n  assumed where holidays are unknown: no_holidays"
    assert MIXED.markdown(for_="customer") == (
        "- waived at noon\n  - assumed where holidays are unknown: no\\_holidays"
    )
    assert [depth for depth, _ in MIXED.walk(for_="customer")] == [0, 1]


def test_what_is_private_as_data() -> None:
    """Plain data keeps who may read it, and leaves out what a customer may not."""
    again = Explanation.from_json(json.loads(json.dumps(MIXED.to_json())))
    assert again == MIXED
    assert again.text(for_="customer") == MIXED.text(for_="customer")
    shown = MIXED.to_json(for_="customer")
    assert "Li" not in json.dumps(shown)
    assert "flood" not in json.dumps(shown)
    assert Explanation.from_json(shown).text() == MIXED.text(for_="customer")
    assert "private" not in MIXED.to_json()


def test_a_private_top() -> None:
    """Of a reason that is private as a whole a customer gets nothing: no words, and no data in their place."""
    secret = privately("sla.by_whom", actor="Li")
    assert secret.text(for_="customer") == ""
    assert secret.markdown(for_="customer") == ""
    with pytest.raises(DefinitionError, match="for colleagues only") as caught:
        secret.to_json(for_="customer")
    assert caught.value.message == "explain.private"


AS_ANYBODY: Any = "boss"


@pytest.mark.parametrize("form", [Explanation.text, Explanation.markdown, Explanation.to_json])
def test_who_asks(form: Any) -> None:
    """Whoever is neither colleague nor customer is refused, in whatever form he asks."""
    with pytest.raises(DefinitionError) as caught:
        form(MIXED, for_=AS_ANYBODY)
    assert (caught.value.where, caught.value.message) == ("for_", "choice.unknown")
    assert str(caught.value) == "for_: boss is not a choice here; choose one of agent, customer"


@pytest.mark.parametrize("private", [1, "yes", None, []])
def test_hostile_privacy(private: Any) -> None:
    """What is private is true or false."""
    with pytest.raises(DefinitionError) as caught:
        Explanation.from_json({"message": "sla.words", "private": private})
    assert caught.value.message == "json.shape"
