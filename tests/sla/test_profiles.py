"""Other products' answers, each as terms and pauses of ours."""

from __future__ import annotations

from typing import Any

import attrs
import pytest

from svcstd.errors import DefinitionError
from svcstd.sla import PRESETS, PROFILES, On, Pause, Profile, Terms, preset, profile

HOLD = Pause([On("hold")], [On("resumed")])
ANEW: dict[str, Any] = {"reopen": "new_cycle"}
OWN: dict[str, dict[str, Any]] = {
    "next_reply": ANEW,
    "update": ANEW,
    "pausable_update": ANEW,
    "time_in_group": {"attach": "from_attachment", "reopen": "new_cycle"},
    "hand_off": {"attach": "from_attachment", "reopen": "new_cycle"},
}
"""What makes these measures what they are, in whatever product."""
EXPECTED: dict[str, Terms] = {
    "zammad": Terms(landing="next_open", at_due="late_if_open", retarget="from_start"),
    "glpi": Terms(landing="next_open", retarget="from_start"),
    "rt": Terms(retarget="from_start", pausing="hides_due"),
    "erpnext": Terms(retarget="from_start", reopen="new_cycle", pausing="adds_wall_time"),
    "frappe": Terms(retarget="from_start"),
    "chatwoot": Terms(at_due="late_if_open", retarget="stay"),
}
PAUSING: dict[str, set[str]] = {
    "zammad": set(PRESETS),
    "glpi": {"resolution"},
    "rt": set(PRESETS),
    "erpnext": {"resolution"},
    "frappe": {"resolution"},
    "chatwoot": set(),
}


def test_all_of_them() -> None:
    """The list is complete; each names itself and says what was read and what it cannot follow."""
    assert list(PROFILES) == list(EXPECTED)
    for name, make in PROFILES.items():
        assert make().name == name
        assert make.__doc__ is not None
        assert "Read:" in make.__doc__
        assert "Cannot follow:" in make.__doc__


@pytest.mark.parametrize("name", EXPECTED)
@pytest.mark.parametrize("measure", PRESETS)
def test_terms(name: str, measure: str) -> None:
    """The terms of each measure: the product's, but a reply begins anew and a hand-off attaches late."""
    assert profile(name).terms(measure) == attrs.evolve(EXPECTED[name], **OWN.get(measure, {}))
    assert profile(name).terms("") == EXPECTED[name]


@pytest.mark.parametrize("name", EXPECTED)
@pytest.mark.parametrize("measure", PRESETS)
def test_pauses(name: str, measure: str) -> None:
    """A pause stops the clocks that it stops in that product, and no other."""
    rule = profile(name).rule(measure, [HOLD])
    assert rule.pauses == ((HOLD,) if measure in PAUSING[name] else ())
    assert (rule.start, rule.stop) == (preset(measure).start, preset(measure).stop)
    assert profile(name).rule(measure).pauses == ()


def test_own_words() -> None:
    """A profile takes a desk's own words, as a preset does, also pauses that can be read only once."""
    rule = profile("zammad").rule("resolution", iter([HOLD]), stop="closed", declared=["withdrawn"])
    assert (rule.stop, rule.pauses, rule.reopen) == ((On("closed"),), (HOLD,), ())


def test_an_own_profile() -> None:
    """A product of one's own is a value like ours."""
    mine = Profile("mine", Terms(reopen="stay"), frozenset({"update"}))
    assert (mine.terms("update").reopen, mine.terms("resolution").reopen) == ("new_cycle", "stay")
    assert hash(mine) == hash(Profile("mine", Terms(reopen="stay"), frozenset({"update"})))


@pytest.mark.parametrize(("name", "nearest"), [("zamad", "zammad"), ("erp_next", "erpnext"), ("Frappe", "frappe")])
def test_unknown(name: str, nearest: str) -> None:
    """What is no product here is refused with the nearest that is."""
    with pytest.raises(DefinitionError) as caught:
        profile(name)
    assert (caught.value.where, caught.value.message) == ("like", "choice.nearest")
    assert caught.value.params == {"value": name, "nearest": nearest}


@pytest.mark.parametrize("measure", ["reply", ""])
def test_unknown_measure(measure: str) -> None:
    """A rule is asked for by the name of a preset."""
    with pytest.raises(DefinitionError) as caught:
        profile("rt").rule(measure)
    assert caught.value.where == "preset"


def test_terms_of_an_unknown_measure() -> None:
    """So are its terms."""
    with pytest.raises(DefinitionError):
        profile("rt").terms("reply")
