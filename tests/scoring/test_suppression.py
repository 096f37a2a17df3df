"""Anonymity: for every small cell there are two worlds that look the same from outside and differ in it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from svcstd.errors import DefinitionError
from svcstd.scoring import Suppression, solved, suppress

HALF = Fraction(1, 2)
CELLS, GONE = ["a", "b", "c", "d"], ["x", "y"]
"""Cells that are there, and cells that only earlier figures speak of."""
PEOPLE = st.fixed_dictionaries({key: st.integers(1, 5) for key in CELLS})
SMALL = st.sets(st.sampled_from(CELLS))
FACTORS = st.integers(-2, 3) | st.just(HALF)
SUMS = st.dictionaries(st.sampled_from("pqrs"), st.dictionaries(st.sampled_from(CELLS), FACTORS, min_size=1))
EARLIER = st.lists(st.dictionaries(st.sampled_from(CELLS + GONE), FACTORS, min_size=1), max_size=4)
World = dict[str, Fraction]


def figure(told: Mapping[str, Any], world: World) -> Fraction:
    """What a sum of cells comes to."""
    return sum((factor * world[key] for key, factor in told.items()), Fraction(0))


def another_world(told: Iterable[Mapping[str, Any]], cell: str) -> World | None:
    """How cells may change, this one too, while no figure that is told does; ``None`` where none is possible.

    What is left of the cell when everything told is projected out (Gram and Schmidt): it stands upright on all of it.
    """
    names = CELLS + GONE
    base: list[World] = []

    def upright(row: World) -> World:
        for one in base:
            part = figure(row, one) / figure(one, one)
            row = {key: row[key] - part * one[key] for key in names}
        return row

    for one in told:
        left = upright({key: Fraction(one.get(key, 0)) for key in names})
        if any(left.values()):
            base.append(left)
    left = upright({key: Fraction(key == cell) for key in names})
    return left if any(left.values()) else None


def published(found: Suppression, sums: Mapping[str, Mapping[str, Any]]) -> list[Mapping[str, Any]]:
    """All that is told."""
    return [
        *({key: 1} for key, told in found.cells.items() if told),
        *(sums[name] for name, told in found.sums.items() if told),
    ]


def hides(told: list[Mapping[str, Any]], cell: str) -> bool:
    """Whether two worlds are found that differ in the cell and in no figure."""
    change = another_world(told, cell)
    return change is not None and change[cell] != 0 and all(figure(one, change) == 0 for one in told)


@pytest.mark.parametrize(
    ("cells", "sums", "small", "before", "hidden"),
    [
        ({"a": 2, "b": 9}, {}, ["a"], [], "a"),  # nothing to subtract from
        ({"a": 2}, {"all": {"a": 1}}, ["a"], [], "a all"),  # alone, it is the whole
        ({"a": 2, "b": 9}, {"all": {"a": 1, "b": 1}}, ["a"], [], "a b"),  # the other one hides it
        ({"a": 2, "b": 9, "c": 5}, {"all": {"a": 1, "b": 1, "c": 1}}, ["a"], [], "a c"),  # that of fewer people
        ({"a": 2, "b": 5, "c": 5}, {"all": {"a": 1, "b": 1, "c": 1}}, ["a"], [], "a b"),  # then by name
        ({"a": 2, "b": 1, "c": 5}, {"all": {"a": 1, "b": 1, "c": 1}}, ["a", "b"], [], "a b"),  # they hide each other
        ({"a": 2, "b": 9, "c": 5}, {"all": {"b": 1, "c": 1}}, ["a"], [], "a"),  # it does not count in the sum
        ({"a": 2, "b": 3, "c": 9}, {"all": {"a": 1, "b": 0, "c": 1}}, ["a"], [], "a c"),  # a factor of 0 hides nothing
        ({"a": 2, "b": 9}, {"one": {"a": 1, "b": 1}, "two": {"a": 1, "b": 2}}, ["a"], [], "a b two"),  # two equations
        ({"a": 2, "b": 9}, {"one": {"a": 1, "b": 1}, "two": {"a": 2, "b": 2}}, ["a"], [], "a b"),  # the same one twice
        ({"a": 2, "b": 9}, {"one": {"a": 1}, "two": {"b": 1}}, ["a"], [], "a one"),  # two does not speak of it
        ({"a": 2, "b": 9}, {"one": {"a": 1, "b": 1}}, ["a"], [{"b": 1}], "a b one"),  # b was told last week
        ({"a": 2, "b": 9}, {}, ["a"], [{"a": 1, "b": 1}], "a b"),  # the whole was told last week
        ({"a": 2, "c": 9}, {}, ["a"], [{"a": 1, "x": 1}, {"x": 1, "c": 1}], "a c"),  # by way of a cell that is gone
        ({"c": 9}, {}, ["x"], [{"x": 1, "c": 1}], "c"),  # the small cell itself is gone, and still protected
        ({"a": 2, "b": 9}, {"all": {"a": 1, "b": 1}}, [], [], ""),
        ({}, {}, [], [], ""),
        ({}, {"none": {}}, ["a"], [], ""),
    ],
)
def test_what_is_hidden(cells: Any, sums: Any, small: list[str], before: Any, hidden: str) -> None:
    """Small cells, the fewest further ones, and sums last."""
    found = suppress(cells, sums, small=iter(small), published=iter(before))
    assert list(found.cells) == list(cells)
    assert list(found.sums) == list(sums)
    assert [key for key, told in [*found.cells.items(), *found.sums.items()] if not told] == hidden.split()


@pytest.mark.parametrize(
    ("call", "where", "message"),
    [
        (lambda: suppress({"a": 1}, {"all": {"b": 1}}, small=[]), "sums.all", "panels.cell"),
        (lambda: suppress({"a": 1}, {}, small=["a"], published=[{"a": 1}]), "published", "panels.solved"),
        (lambda: suppress({}, {}, small=["a"], published=[{"a": 1, "b": 1}, {"b": 2}]), "published", "panels.solved"),
        (lambda: suppress({"a": 1}, {"all": {"a": 0.5}}, small=[]), "sums.all.a", "curves.number"),  # type: ignore[dict-item]
        (lambda: suppress({"a": 1}, {}, small=[], published=[{}, {"a": True}]), "published[1].a", "curves.number"),
        (lambda: solved([{"a": "1"}]), "told[0].a", "curves.number"),  # type: ignore[dict-item]
    ],
)
def test_what_cannot_be_hidden_is_refused(call: Any, where: str, message: str) -> None:
    """A sum over nobody, what is known already, and floats."""
    with pytest.raises(DefinitionError) as refused:
        call()
    assert (refused.value.where, refused.value.message) == (where, message)


def test_the_one_that_was_given_away_is_named() -> None:
    """The first by name, whatever the order."""
    with pytest.raises(DefinitionError) as refused:
        suppress({"b": 1, "a": 1}, {}, small=["b", "a"], published=[{"b": 1}, {"a": -2}])
    assert refused.value.params == {"value": "a"}


@given(EARLIER)
def test_what_follows_is_what_cannot_change(told: Any) -> None:
    """A cell is solved exactly if no other world looks the same."""
    assert solved(told) == {cell for cell in CELLS + GONE if not hides(told, cell)}


@given(PEOPLE, SUMS, SMALL, EARLIER, st.sets(st.sampled_from(CELLS)))
@example({"a": 2, "b": 1, "c": 9, "d": 1}, {}, {"a"}, [{"a": 1, "x": 1}, {"x": 1, "c": 1}], set())
@example({"a": 2, "b": 1, "c": 9, "d": 1}, {"p": {"a": 1}, "q": {"b": 1}}, {"a"}, [], set())
def test_no_small_cell_is_told(people: Any, sums: Any, small: set[str], before: Any, gone: set[str]) -> None:
    """Not by this publication, not with the earlier ones, not of cells that are no longer there."""
    cells = {key: number for key, number in people.items() if key not in gone}
    left = {name: {key: factor for key, factor in one.items() if key in cells} for name, one in sums.items()}
    if not all(hides(before, cell) for cell in small):
        with pytest.raises(DefinitionError, match="gives"):
            suppress(cells, left, small=small, published=before)
        return
    found = suppress(cells, left, small=small, published=before)
    assert all(hides([*before, *published(found, left)], cell) for cell in small)
    assert not any(found.cells[cell] for cell in small & set(cells))


@given(PEOPLE, SUMS, SUMS, SMALL)
def test_one_publication_after_another(people: Any, first: Any, second: Any, small: set[str]) -> None:
    """Each knows what was told before; together they still give nobody away."""
    one = suppress(people, first, small=small)
    two = suppress(people, second, small=small, published=published(one, first))
    assert all(hides([*published(one, first), *published(two, second)], cell) for cell in small)


def test_what_is_not_passed_on_is_not_known() -> None:
    """Two publications that are safe by themselves give a cell away, and only who passes the first on is warned."""
    people, first, second = {"a": 2, "b": 9}, {"p": {"a": 1, "b": 1}}, {"q": {"a": 1, "b": 2}}
    one, blind = suppress(people, first, small=["a"]), suppress(people, second, small=["a"])
    assert not hides([*published(one, first), *published(blind, second)], "a")
    seen = suppress(people, second, small=["a"], published=published(one, first))
    assert dict(seen.sums) == {"q": False}


@given(PEOPLE, SUMS, SMALL)
def test_nothing_is_hidden_without_need(people: Any, sums: Any, small: set[str]) -> None:
    """Where all other figures together leave the small cells open, they are all told."""
    found = suppress(people, sums, small=small)
    others = [*({key: 1} for key in CELLS if key not in small), *sums.values()]
    if all(hides(others, cell) for cell in small):
        assert {key for key, told in found.cells.items() if not told} == small
        assert all(found.sums.values())


@given(PEOPLE, SUMS, SMALL, st.permutations(CELLS), st.sampled_from([-3, HALF, 7]))
def test_order_and_unit_change_nothing(people: Any, sums: Any, small: Any, order: list[str], unit: Any) -> None:
    """Cells in another order, and figures in another unit, hide the same."""
    turned = {key: people[key] for key in order}
    scaled = {name: {key: unit * one[key] for key in order if key in one} for name, one in sums.items()}
    assert suppress(turned, scaled, small=small) == suppress(people, sums, small=small)
