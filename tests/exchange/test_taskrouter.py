"""Workflows of TaskRouter: expressions as conditions, the first filter that fits, and what belongs to queues."""

from __future__ import annotations

import json
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from svcstd import StandardError
from svcstd.errors import DefinitionError, SvcstdError
from svcstd.exchange import read_taskrouter_workflow
from svcstd.exchange.task_expression import LONGEST, read_expression
from svcstd.exchange.taskrouter import LONGEST as LONGEST_TEXT

HEAD: dict[str, Any] = {"key": "desk", "name": "Desk", "zone": "UTC"}


@pytest.mark.parametrize(
    ("text", "test"),
    [
        ("lang == 'fr'", {"lang": "fr"}),
        ('lang = "fr"', {"lang": "fr"}),
        ("'fr' == lang", {"lang": "fr"}),
        ("lang != 'fr'", {"lang": {"not": "fr"}}),
        ("lang <> 'fr'", {"lang": {"not": "fr"}}),
        ("n == 5", {"n": Decimal(5)}),
        ("n > 5", {"n": "> 5"}),
        ("5 < n", {"n": "> 5"}),
        ("5 >= n", {"n": "<= 5"}),
        ("n <= -1.50", {"n": "<= -1.50"}),
        ("vip == true", {"vip": True}),
        ("vip != FALSE", {"vip": {"not": False}}),
        ("a.b == 'x'", {"a.b": "x"}),
        ("lang IN ['fr', 'en']", {"lang": ["fr", "en"]}),
        ("lang in ['fr']", {"lang": ["fr"]}),
        ("lang NOT IN ['fr']", {"not": {"lang": ["fr"]}}),
        ("lang IN []", False),
        ("lang NOT IN []", True),
        ("a == 'x' AND b == 'y'", {"all_of": [{"a": "x"}, {"b": "y"}]}),
        ("a == 'x' and b == 'y' or c == 'z'", {"any_of": [{"all_of": [{"a": "x"}, {"b": "y"}]}, {"c": "z"}]}),
        ("a == 'x' AND (b == 'y' OR c == 'z')", {"all_of": [{"a": "x"}, {"any_of": [{"b": "y"}, {"c": "z"}]}]}),
        ("NOT a == 'x'", {"not": {"a": "x"}}),
        ("NOT (a == 'x')", {"not": {"a": "x"}}),
        ("NOT 1 == 1", False),
        ("1==1", True),
        ("1 == 0", False),
        ("'a' != 'b'", True),
        ("1==1 AND a == 'x'", {"a": "x"}),
        ("1==0 AND a == 'x'", False),
        ("1==1 OR a == 'x'", True),
        ("1==0 OR a == 'x'", {"a": "x"}),
        ("1==1 AND 2==2", True),
        ("1==0 OR 2==0", False),
    ],
)
def test_expressions(text: str, test: Any) -> None:
    """As the file of a standard writes them; what asks nothing is true or false."""
    assert read_expression(text)[0] == test


@pytest.mark.parametrize(
    ("text", "at"),
    [
        ("", 1),
        ("lang NOT == 'fr'", 6),
        ("lang NOT 'fr'", 6),
        ("'fr' IN ['fr']", 6),
        ("any_of == 'x'", 1),
        ("not.all == 'x' AND all_of IN ['x']", 20),
        ("a ==", 5),
        ("a == b", 3),
        ("1 < 2", 3),
        ("a < 'x'", 3),
        ("a HAS 'x'", 3),
        ("a == 'x' b == 'y'", 10),
        ("(a == 'x'", 10),
        ("a == 'x')", 9),
        ("a IN ['x'", 10),
        ("a IN 'x'", 6),
        ("a IN [b]", 7),
        ("a IN ['x' 'y']", 11),
        ("a IN ['x', 5]", 6),
        ("a == 'x' AND a == 5", 16),
        ("a ( 'x'", 3),
        ("a == 'x", 6),
        ("a == AND", 6),
        ("a == 5x", 6),
        ("a ~ 'x'", 3),
        ("NOT " * 40 + "a == 'x'", 121),
        ("(" * 40 + "a == 'x'" + ")" * 40, 31),
    ],
)
def test_no_translation(text: str, at: int) -> None:
    """With the place at which it ends."""
    with pytest.raises(DefinitionError) as refused:
        read_expression(text)
    assert (refused.value.message, refused.value.params["at"]) == ("task.text", at)


@pytest.mark.parametrize("text", [5, None, "a" * (LONGEST + 1)])
def test_no_expression(text: Any) -> None:
    """No text, or too long a one."""
    with pytest.raises(DefinitionError):
        read_expression(text)


@given(st.text("ab.=!<>()[],'\"15 \\\nANDORNOTIN", max_size=60))
def test_no_text_breaks_the_reader(text: str) -> None:
    """Only refusals of ours."""
    try:
        read_expression(text)
    except SvcstdError as error:
        assert error.problem  # noqa: PT017 - any refusal will do


def workflow(*filters: Any, default: Any = "Q0") -> str:
    """A configuration; a filter is its expression and its queue, or told in full."""
    told = [
        {"expression": one[0], "targets": [{"queue": one[1]}]} if isinstance(one, tuple) else one for one in filters
    ]
    return json.dumps({"task_routing": {"filters": told, "default_filter": {"queue": default}}})


def read(*filters: Any, **more: Any) -> Any:
    """The workflow of such filters."""
    return read_taskrouter_workflow(workflow(*filters, **more), **HEAD)


def queue(found: Any, **facts: Any) -> Any:
    """Where a task goes."""
    return found.value.route("workflow", facts).get("queue")


def test_the_first_filter_that_fits() -> None:
    """In their order; else the default; what is not known is no."""
    found = read(("lang == 'fr' AND n > 5", "Q1"), ("lang == 'fr'", "Q2"), ("lang != 'fr'", "Q3"))
    assert found.untranslated == ()
    assert [queue(found, lang="fr", n=n) for n in (6, 5)] == ["Q1", "Q2"]
    assert queue(found, lang="de") == "Q3"
    assert queue(found) == "Q0"


def test_what_holds_always_and_never() -> None:
    """Behind the one nothing is reached, the other is left out; a name is the reason."""
    named = {"filter_friendly_name": "All of them", "expression": "1==1", "targets": [{"queue": "Q2"}]}
    found = read(("1==0", "Q1"), named, ("a == 'x'", "Q3"))
    assert found.report().splitlines() == [
        "filters[0]: it never holds",
        "filters[2]: nobody can tell which tickets are left for it",
    ]
    assert queue(found) == "Q2"
    assert "All of them" in found.value.route("workflow", {}).explanation.text()


def test_a_filter_without_translation() -> None:
    """Is left out with those behind it; the default stands."""
    found = read(("a == 'x'", "Q1"), ("skills HAS 'fr'", "Q2"), ("1==1", "Q3"))
    assert found.report().splitlines() == [
        "filters[1]: left out: character 8: 'HAS 'fr'' has no translation",
        "filters[2]: nobody can tell which tickets are left for it",
    ]
    assert (queue(found, a="x"), queue(found, a="y")) == ("Q1", "Q0")
    clash = read(("a == 'x'", "Q1"), ("a == 5", "Q2"))
    assert clash.report() == "filters[1]: left out: a is compared with values of two kinds"
    assert read({"targets": []}).report().startswith("filters[0]: left out: ")


def test_targets() -> None:
    """The first queue counts; what else they say is told."""
    targets = [{"queue": "Q1", "timeout": 60, "expression": "1==0"}, {"queue": "Q2"}, 5]
    found = read({"friendly_name": "F", "expression": "a == 'x'", "targets": targets})
    assert queue(found, a="x") == "Q1"
    assert found.report().splitlines() == [
        "filters[0] F.targets[0]: what its target says of expression, timeout belongs to queues and workers",
        "filters[0] F.targets[1]: what its target says of queue belongs to queues and workers",
    ]
    for none in (None, [], [{"queue": 5}], [{"queue": ""}]):
        nowhere = read({"expression": "a == 'x'", "targets": none}, ("b == 'y'", "Q1"))
        assert nowhere.report().splitlines() == [
            "filters[0]: left out: none of its targets names a queue",
            "filters[1]: nobody can tell which tickets are left for it",
        ]
    assert queue(read(("a == 'x'", "Q1"), default=None), a="y") is None


@pytest.mark.parametrize(
    "text",
    [
        "",
        "{}",
        "[]",
        '{"task_routing": 5}',
        '{"task_routing": {"filters": 5}}',
        '{"task_routing": {"filters": [5]}}',
        '{"task_routing": {"default_filter": 5}}',
        "[" * 200_000,
        "x" * (LONGEST_TEXT + 1),
        5,
    ],
)
def test_no_workflow(text: Any) -> None:
    """Another shape is refused as a whole, and so is a zone that there is not."""
    with pytest.raises(DefinitionError, match="the text has another shape"):
        read_taskrouter_workflow(text, **HEAD)
    with pytest.raises(StandardError):
        read_taskrouter_workflow(workflow(), **HEAD | {"zone": "Mars/Olympus"})


def test_published_workflows(shared: Path) -> None:
    """Three of them, of which two are whole but for what belongs to workers."""
    folder = shared / "data" / "policies"
    found = {
        path.stem: read_taskrouter_workflow(path.read_text(encoding="utf-8"), **HEAD)
        for path in sorted(folder.glob("twilio_*.json"))
    }
    assert len(found) == 3
    anyone = found["twilio_default__template_example_assign_to_anyone"]
    assert (queue(anyone), anyone.untranslated) == ("${QUEUE_SID_EVERYONE}", ())
    transfer = found["twilio_feature-library__example-taskrouter-workflow"]
    assert queue(transfer, transferQueueName="Parked Calls") == "WQc94a5f5f961a709ddd2dc050ac96e4c9"
    assert queue(transfer, transferTargetType="worker") == "WQe42a800776a447906eaf6a0932e955ff"
    callback = found["twilio_callback-and-voicemail__template_example_callback"]
    assert queue(callback, **{"callBackData.attempts": 1}) == "${QUEUE_SID}"
    assert "belongs to queues and workers" in callback.report()
