"""First-contact resolution: by window, key and channel, held to a quadratic look at every pair."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from svcstd.conditions import Eq
from svcstd.errors import DefinitionError, FactError
from svcstd.scoring import FirstContact

START = datetime(2026, 3, 1, tzinfo=UTC)
DAYS = timedelta(1)
CONTACTS = st.lists(
    st.builds(
        lambda who, hour, channel, done: {"who": who, "at": START + timedelta(hours=hour), "by": channel, "done": done},
        st.sampled_from("ab"),
        st.integers(0, 240),
        st.sampled_from(["phone", "mail"]),
        st.sampled_from([True, False]),
    ),
    max_size=9,
    unique_by=lambda one: (one["who"], one["at"]),
)


def rule(**changes: Any) -> FirstContact:
    """Three days, the last instant included."""
    given_: dict[str, Any] = {"key": ["who"], "at": "at", "window": 3 * DAYS, "inclusive": True}
    return FirstContact(**given_ | changes)


def share(of: FirstContact, contacts: list[dict[str, Any]], as_of: datetime = START + 30 * DAYS) -> Any:
    """The figure over these contacts."""
    found = of.measure(of.derive(contacts, as_of), "refuse")
    return found.numerator, found.denominator


def calls(*days: float, who: str = "a") -> list[dict[str, Any]]:
    """Contacts about one matter after so many days."""
    return [{"who": who, "at": START + day * DAYS, "by": "phone"} for day in days]


@pytest.mark.parametrize(
    ("days", "inclusive", "expected"),
    [
        ([0], True, (1, 1)),
        ([0, 3], True, (0, 1)),  # exactly at the end has come back
        ([0, 3], False, (2, 2)),  # or is a new matter
        ([0, 2, 4], True, (0, 1)),  # a chain is one matter
        ([0, 4], True, (2, 2)),
        ([0, 0], True, (0, 1)),  # two contacts at one instant
    ],
)
def test_within_the_window(days: list[float], inclusive: bool, expected: tuple[int, int]) -> None:  # noqa: FBT001 - a row
    """What counts as coming back."""
    assert share(rule(inclusive=inclusive), calls(*days)) == expected


def test_only_what_is_old_enough_is_judged() -> None:
    """A matter of today may still come back."""
    young = rule(inclusive=False)
    assert share(young, calls(0), START + 3 * DAYS) == (1, 1)
    assert share(young, calls(0), START + 3 * DAYS - timedelta(microseconds=1)) == (0, 0)
    assert share(rule(), calls(0), START + 3 * DAYS) == (0, 0)  # that very instant may still bring it back
    assert share(rule(), calls(0, 1), START + timedelta(hours=1)) == (0, 0)  # and tomorrow is not known


def test_channels_and_keys_tell_matters_apart() -> None:
    """Another customer, and, if only that counts, another channel."""
    mail = {**calls(1)[0], "by": "mail"}
    assert share(rule(), [*calls(0), mail]) == (0, 1)
    assert share(rule(channel="by"), [*calls(0), mail]) == (2, 2)
    assert share(rule(), calls(0) + calls(1, who="b")) == (2, 2)
    assert rule(channel="by", resolved=Eq("done", value=True)).fields == {"who", "at", "by", "done"}


def test_marked_as_resolved() -> None:
    """Nobody came back, and it was not solved all the same."""
    marked = rule(resolved=Eq("done", value=True))
    contacts = [{**calls(0)[0], "done": False}, {**calls(9)[0], "done": True}]
    assert share(marked, contacts) == (1, 2)
    silent = marked.derive([*contacts, *calls(20)], START + 30 * DAYS)
    with pytest.raises(FactError) as caught:
        marked.measure(silent, "refuse")
    assert caught.value.where == "records.done"
    assert marked.measure(silent, "leave out").denominator == 2
    assert marked.measure(silent, "as zero").denominator == 3


@given(CONTACTS, st.booleans(), st.integers(1, 100), st.integers(0, 400))
def test_every_pair(contacts: list[dict[str, Any]], inclusive: bool, hours: int, asked: int) -> None:  # noqa: FBT001 - drawn
    """A first contact has none near before it, and is settled if none is near after it."""
    window, as_of = timedelta(hours=hours), START + timedelta(hours=asked)

    def near(one: dict[str, Any], other: dict[str, Any]) -> bool:
        apart = other["at"] - one["at"]
        within = apart <= window if inclusive else apart < window
        return one is not other and one["who"] == other["who"] and timedelta() <= apart and within

    known = [one for one in contacts if one["at"] <= as_of]
    old = [one for one in known if (one["at"] + window < as_of if inclusive else one["at"] + window <= as_of)]
    firsts = [one for one in old if not any(near(other, one) for other in known)]
    settled = [one for one in firsts if not any(near(one, other) for other in known)]
    found = share(rule(window=window, inclusive=inclusive), contacts, as_of)
    assert found == (len(settled), len(firsts))
    assert share(rule(window=window, inclusive=inclusive), contacts[::-1], as_of) == found


@pytest.mark.parametrize(("changes", "where"), [({"key": []}, "key"), ({"window": timedelta()}, "window")])
def test_no_such_rule(changes: dict[str, Any], where: str) -> None:
    """It needs a key and a window."""
    with pytest.raises(DefinitionError) as caught:
        rule(**changes)
    assert caught.value.where == where


def test_contacts_that_do_not_say() -> None:
    """Without moment or key nothing can be judged; nor without a moment at which we ask."""
    for contact, where in (({"who": "a"}, "records.at"), ({"at": START}, "records.who")):
        with pytest.raises(FactError) as caught:
            rule().derive([contact], START)
        assert caught.value.where == where
    with pytest.raises(DefinitionError):
        rule().derive([], None)
