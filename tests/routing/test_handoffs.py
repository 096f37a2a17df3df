"""Work moves on while its owner stays: who has it, how often it was handed on, and who gives it back to whom."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from svcstd.errors import DefinitionError, MomentError
from svcstd.routing import Handoff, HandoffRule, custody

NINE = datetime(2026, 4, 1, 9, tzinfo=UTC)


def moves(path: str) -> list[Handoff]:
    """One hand-off an hour, by first letters."""
    return [Handoff(NINE + timedelta(hours=hour), to) for hour, to in enumerate(path)]


@pytest.mark.parametrize(
    ("path", "most", "returns", "holder", "hops", "back", "broken"),
    [
        ("", 0, 0, "D", 0, 0, ()),
        ("D", 0, 0, "D", 0, 0, ()),
        ("ADAD", 0, 0, "D", 0, 0, ()),  # the owner gives it out and takes it back: no hop, no ping-pong
        ("AB", 1, 0, "B", 1, 0, ()),
        ("ABC", 1, 0, "C", 2, 0, ("hops",)),
        ("ABA", None, 0, "A", 2, 1, ("ping-pong",)),
        ("ABA", 1, 0, "A", 2, 1, ("hops", "ping-pong")),
        ("ABAB", None, 1, "B", 3, 2, ("ping-pong",)),
        ("ABAB", None, 2, "B", 3, 2, ()),
        ("ABAB", None, None, "B", 3, 2, ()),
        ("AADDB", 0, 0, "B", 0, 0, ()),  # to the same hands is no hand-off
        ("ABCA", 3, 0, "A", 3, 0, ()),  # a round trip is no ping-pong
        ("ABDBA", None, 0, "A", 2, 1, ("ping-pong",)),  # the owner in between excuses nothing
        ("ABDAB", None, 0, "B", 2, 0, ()),
    ],
)
def test_hops_and_returns(
    path: str, most: int | None, returns: int | None, holder: str, hops: int, back: int, broken: Any
) -> None:
    """Between others than the owner D; each limit holds up to the last one allowed."""
    found = custody(HandoffRule("D", most, returns), moves(path))
    assert (found.owner, found.holder, found.hops, found.returns, found.broken) == ("D", holder, hops, back, broken)


def test_the_reasons_name_each_move_and_each_limit() -> None:
    """With times and counts."""
    found = custody(HandoffRule("D", 0, 0), moves("ABA"))
    assert found.explanation.sentence() == "A has it, D answers for it"
    assert [one.sentence() for one in found.explanation.children] == [
        "Wed 1 Apr 2026 09:00 UTC: from D to A",
        "Wed 1 Apr 2026 10:00 UTC: from A to B",
        "Wed 1 Apr 2026 11:00 UTC: from B to A",
        "handed on 2 times, 0 at most",
        "A and B gave it back to each other 1 times",
    ]
    assert found.path == ("D", "A", "B", "A")


def test_those_of_one_moment_go_in_the_order_given() -> None:
    """And others by time, however they come."""
    same = [Handoff(NINE, "A"), Handoff(NINE, "B")]
    assert custody(HandoffRule("D"), same).path == ("D", "A", "B")
    assert custody(HandoffRule("D"), same[::-1]).path == ("D", "B", "A")
    assert custody(HandoffRule("D"), moves("ABC")[::-1]) == custody(HandoffRule("D"), moves("ABC"))


@given(st.text("ABD", max_size=8))
def test_the_last_of_the_path_has_it(path: str) -> None:
    """And no step of the path stays where it is."""
    found = custody(HandoffRule("D"), moves(path))
    assert found.holder == found.path[-1] == (path[-1] if path else "D")
    assert all(one != other for one, other in zip(found.path, found.path[1:], strict=False))
    assert found.broken == ()


@pytest.mark.parametrize(
    ("made", "where"),
    [
        (lambda: HandoffRule(""), "owner"),
        (lambda: HandoffRule("D", -1), "most"),
        (lambda: HandoffRule("D", most_returns=True), "most_returns"),
        (lambda: HandoffRule("D", most="1"), "most"),  # type: ignore[arg-type] # on purpose
        (lambda: Handoff(NINE, 1), "to"),  # type: ignore[arg-type] # on purpose
    ],
)
def test_what_cannot_be_is_refused(made: Any, where: str) -> None:
    """No owner, a negative limit, a hand that is no text."""
    with pytest.raises(DefinitionError) as refused:
        made()
    assert refused.value.where == where


def test_a_moment_without_an_offset_is_refused() -> None:
    """As everywhere."""
    with pytest.raises(MomentError):
        Handoff(datetime(2026, 4, 1), "A")  # noqa: DTZ001 - on purpose
