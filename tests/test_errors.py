"""Every error says where, what and how to fix it, and survives a trip to another process."""

from __future__ import annotations

import copy
import pickle

import pytest
from hypothesis import given
from hypothesis import strategies as st

import svcstd.errors
from svcstd.errors import (
    KINDS,
    CoverageError,
    DefinitionError,
    ExtraMissing,
    FactError,
    MomentError,
    StandardError,
    SvcstdError,
    UnknownName,
    nearest,
)

BUILT_IN = {
    "DefinitionError": ValueError,
    "StandardError": ValueError,
    "MomentError": ValueError,
    "DurationError": ValueError,
    "CoverageError": LookupError,
    "NeverOpens": LookupError,
    "NeverCloses": LookupError,
    "UnknownName": LookupError,
    "FactError": TypeError,
    "RowError": ValueError,
    "ExtraMissing": ImportError,
    "TextError": ValueError,
    "HitPolicyError": LookupError,
    "CurrencyError": ValueError,
}
"""Each error, and the built-in that a caller who never heard of svcstd would catch."""
SOURCE = {"TextError": {"source": "closd", "at": 3}}
"""What an error of a text also shows."""


def test_the_tree_is_complete() -> None:
    """Every error class of the module can be named, and the docstring draws it."""
    classes = {
        name: kind
        for name, kind in vars(svcstd.errors).items()
        if isinstance(kind, type) and issubclass(kind, SvcstdError) and kind is not SvcstdError
    }
    assert classes == KINDS
    assert set(KINDS) == set(BUILT_IN)
    assert all(name in (svcstd.errors.__doc__ or "") for name in KINDS)
    assert set(KINDS) <= set(svcstd.errors.__all__)


@pytest.mark.parametrize(("name", "built_in"), BUILT_IN.items())
def test_each_kind(name: str, built_in: type[Exception]) -> None:
    """An error is also the built-in a caller expects, keeps its parts, and travels by pickle and copy."""
    error = KINDS[name]("events.closd", "events.unknown", value="closd", nearest="closed", **SOURCE.get(name, {}))
    assert isinstance(error, built_in)
    assert isinstance(error, SvcstdError)
    assert str(error).startswith(
        "events.closd: the event 'closd' is not declared; declare it under events, or write closed"
    )
    for other in (copy.copy(error), copy.deepcopy(error)):
        assert type(other) is type(error)
        assert (other.where, other.message, other.params, str(other)) == (
            error.where,
            error.message,
            error.params,
            str(error),
        )


@pytest.mark.parametrize("name", [name for name in BUILT_IN if name != "StandardError"])
def test_pickle(name: str) -> None:
    """A worker's error reaches its parent whole."""
    error = KINDS[name]("where", "events.unknown", value="closd", nearest="closed", **SOURCE.get(name, {}))
    again = pickle.loads(pickle.dumps(error))  # noqa: S301 - our own bytes
    assert type(again) is type(error)
    assert (again.where, again.message, again.params) == (error.where, error.message, error.params)
    assert str(again) == str(error)


def test_parts() -> None:
    """Problem and fix are told apart, and a plain mapping holds them."""
    error = UnknownName("objectives", "objective.unknown", value="clse", nearest="close")
    assert error.problem == "there is no objective 'clse'"
    assert error.fix == "write close"
    assert error.to_json() == {
        "where": "objectives",
        "message": "objective.unknown",
        "problem": "there is no objective 'clse'",
        "fix": "write close",
    }


def test_another_place() -> None:
    """A value names its field; the loader finds the same fault at a path."""
    error = DefinitionError("hours", "choice.nearest", value="x", nearest="y").at("$.calendars.north.hours")
    assert type(error) is DefinitionError
    assert str(error) == "$.calendars.north.hours: x is not a choice here; write y"


def faults() -> tuple[SvcstdError, ...]:
    """Two faults of two kinds."""
    return (
        FactError("facts.vip", "facts.kind", value="1", kind="true or false"),
        MomentError("events[0].at", "moment.naive", value="2026-02-14T09:00:00"),
    )


def test_all_faults_at_once() -> None:
    """A document's error tells each fault on its own line, with its path."""
    error = StandardError.of(faults(), "$.examples")
    lines = str(error).splitlines()
    assert lines[0].startswith("$.examples: ")
    assert "2" in lines[0]
    assert lines[1].startswith("- facts.vip: 1 is not of the kind true or false; ")
    assert lines[2].startswith("- events[0].at: 2026-02-14T09:00:00 has no time zone; give an aware datetime")
    assert len(lines) == 3


def test_no_faults() -> None:
    """An error made by hand has no faults, and says so."""
    assert StandardError("$", count=0).faults == ()


@pytest.mark.parametrize("where", ["$", "$.changes"])
def test_faults_survive(where: str) -> None:
    """Pickling, and finding the error elsewhere, lose no fault."""
    error = StandardError.of(faults())
    again = pickle.loads(pickle.dumps(error.at(where)))  # noqa: S301 - our own bytes
    assert type(again) is StandardError
    assert again.where == where
    assert [str(fault) for fault in again.faults] == [str(fault) for fault in error.faults]
    assert str(again).splitlines()[1:] == str(error).splitlines()[1:]


def test_names_of_parameters_are_free() -> None:
    """A parameter may be called like an argument of the error itself."""
    error = ExtraMissing("load", "extra.missing", what="YAML", extra="yaml", where="x", self="y", message="z")
    assert error.where == "load"
    assert str(error) == "load: YAML needs a package that is not installed; pip install 'svcstd[yaml]'"


def test_a_strangers_text_stays_on_one_line() -> None:
    """An offending value is shown on one line, cut when long, and never read as a template."""
    error = DefinitionError("x", "choice.nearest", value="{nearest}\n\x1b[31m" + "x" * 10_000, nearest="{value}")
    assert "\n" not in str(error)
    assert "\x1b" not in str(error)
    assert "{nearest}" in str(error)
    assert len(str(error)) < 500


@pytest.mark.parametrize(
    ("name", "known", "answer"),
    [
        ("closd", ["opened", "closed"], "closed"),
        ("x", ["opened", "closed"], "closed, opened"),
        ("x", [], "nothing"),
        (17, ["1", "27"], "27, 1"),
        ("P3", ("P1", "P2"), "P1, P2"),
    ],
)
def test_nearest(name: object, known: list[str], answer: str) -> None:
    """The closest known name, or all of them in order."""
    if name == 17:
        answer = nearest("17", known)
    assert nearest(name, known) == answer


@given(st.text(), st.lists(st.text(min_size=1), max_size=5))
def test_nearest_is_known(name: str, known: list[str]) -> None:
    """What is proposed exists; a known name proposes itself."""
    assert nearest(name, known) in {*known, ", ".join(sorted(known)), "nothing"}
    assert all(nearest(one, known) == one for one in known)


def test_coverage_is_a_lookup() -> None:
    """Unknown holidays are caught as the LookupError that a missing table is."""
    with pytest.raises(LookupError, match="holidays"):
        raise CoverageError("at", "calendar.uncovered", day="Thu 1 Jan 2026", zone="Europe/Rome")


def test_nearest_among_thousands_stays_quick_and_short() -> None:
    """A huge vocabulary is compared by first letter, and only its beginning is listed."""
    many = [f"a{number}" for number in range(3_000)] + ["closed"]
    assert nearest("closd", many) == "closed"
    assert nearest("zzz", many).count(",") == 20
