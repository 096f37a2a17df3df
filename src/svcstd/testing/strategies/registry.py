"""Which strategy draws which public type: Hypothesis is told, so that ``st.from_type`` just works."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, get_args, get_origin

from hypothesis import strategies as st

from svcstd.conditions import TooManyCells
from svcstd.errors import DefinitionError
from svcstd.exchange import Imported, Untranslated
from svcstd.keyed import Keyed, as_keyed
from svcstd.testing.strategies.calendars import STRATEGIES as CALENDARS
from svcstd.testing.strategies.conditions import STRATEGIES as CONDITIONS
from svcstd.testing.strategies.curves import STRATEGIES as CURVES
from svcstd.testing.strategies.documents import STRATEGIES as DOCUMENTS
from svcstd.testing.strategies.drawn import Strategies
from svcstd.testing.strategies.exchange import STRATEGIES as EXCHANGE
from svcstd.testing.strategies.explain import STRATEGIES as EXPLAIN
from svcstd.testing.strategies.handbook import STRATEGIES as HANDBOOK
from svcstd.testing.strategies.incentives import STRATEGIES as INCENTIVES
from svcstd.testing.strategies.money import STRATEGIES as MONEY
from svcstd.testing.strategies.procedures import STRATEGIES as PROCEDURES
from svcstd.testing.strategies.routing import STRATEGIES as ROUTING
from svcstd.testing.strategies.rules import STRATEGIES as RULES
from svcstd.testing.strategies.scoring import STRATEGIES as SCORING
from svcstd.testing.strategies.sla import STRATEGIES as SLA
from svcstd.testing.strategies.standard import STRATEGIES as STANDARD
from svcstd.testing.strategies.training import STRATEGIES as TRAINING

__all__ = ["NOT_DRAWN", "STRATEGIES", "resolve"]

NOT_DRAWN: Mapping[type, str] = {
    TooManyCells: "it is raised",
}
"""Public classes that no strategy draws, and why: errors are raised, programs are written."""

STRATEGIES: Strategies = {
    **CURVES,
    **MONEY,
    **EXPLAIN,
    **CALENDARS,
    **CONDITIONS,
    **RULES,
    **SCORING,
    **INCENTIVES,
    **SLA,
    **PROCEDURES,
    **TRAINING,
    **ROUTING,
    **STANDARD,
    **DOCUMENTS,
    **HANDBOOK,
    **EXCHANGE,
}


def resolve(kind: Any) -> st.SearchStrategy[Any]:  # noqa: ANN401 - a type, or one with arguments
    """Valid values of a public type, as ``st.from_type`` asks for them.

    Raises:
        DefinitionError: a type that is not drawn, with the reason.
    """
    if (get_origin(kind) or kind) is Keyed:
        keys, values = get_args(kind) or (str, int)
        return st.dictionaries(st.from_type(keys), st.from_type(values), max_size=3).map(as_keyed)
    if get_origin(kind) is Imported:
        told = st.lists(st.from_type(Untranslated), max_size=2)
        return st.builds(Imported, *map(st.from_type, get_args(kind)), told)
    if kind in NOT_DRAWN:
        raise DefinitionError("kind", "testing.not_drawn", value=kind.__name__, reason=NOT_DRAWN[kind])
    return STRATEGIES[kind]()
