"""What Hypothesis calls when it is imported: every public type gets its strategy, so that ``st.from_type`` just works.

Nothing of svcstd is imported for that: the types of a room are told when somebody imports it, and their strategies are
made when one is drawn.
"""

from __future__ import annotations

import sys
from functools import partial
from importlib.abc import Loader, MetaPathFinder
from importlib.machinery import ModuleSpec
from importlib.util import find_spec
from types import ModuleType
from typing import Any, get_origin

__all__ = ["ROOMS", "register", "types_of"]

ROOMS = (
    "explain",
    "keyed",
    "curves",
    "money",
    "calendars",
    "conditions",
    "rules",
    "sla",
    "procedures",
    "training",
    "routing",
    "scoring",
    "incentives",
    "standard",
    "documents",
    "handbook",
    "exchange",
)
"""Where public types live."""


def register() -> None:
    """Tell Hypothesis of every public type: at once where its room is imported already, else when it will be."""
    awaited = {f"svcstd.{room}" for room in ROOMS}
    for name in sorted(awaited & sys.modules.keys()):
        awaited.discard(name)
        _tell(sys.modules[name])
    sys.meta_path.insert(0, _Awaiting(awaited))


def types_of(room: ModuleType) -> list[type]:
    """The public classes of a room that can be drawn: all but errors and protocols."""
    found = [getattr(room, name) for name in room.__all__]
    return [
        kind
        for kind in found
        if isinstance(kind, type) and not issubclass(kind, BaseException) and not getattr(kind, "_is_protocol", False)
    ]


def _tell(room: ModuleType) -> None:
    from hypothesis.strategies import register_type_strategy  # noqa: PLC0415 - it calls us while it is being imported

    for kind in types_of(room):
        register_type_strategy(kind, partial(_drawn, kind))


def _drawn(own: type, asked: Any) -> Any:  # noqa: ANN401 - a type, or one with arguments; its strategy
    """The strategy of a type of ours; whoever asks for a parent of it, such as ``object``, is left to Hypothesis."""
    if (get_origin(asked) or asked) is not own:
        return NotImplemented
    from svcstd.testing.strategies.registry import resolve  # noqa: PLC0415 - made when it is drawn

    return resolve(asked)


class _Awaiting(MetaPathFinder):
    """Sees rooms being imported."""

    def __init__(self, names: set[str]) -> None:
        self.names = names

    def find_spec(self, fullname: str, *_: object) -> ModuleSpec | None:
        """As everybody else finds it; when it has run, its types are told."""
        if fullname not in self.names:
            return None
        self.names.discard(fullname)  # the others are asked, not we again
        try:
            found = find_spec(fullname)
        finally:
            self.names.add(fullname)  # to look for a room is not to import it
        if found is not None and found.loader is not None:
            found.loader = _Telling(found.loader)
        return found


class _Telling(Loader):
    """Loads a room as another loader would, then tells its types."""

    def __init__(self, loader: Loader) -> None:
        self.loader = loader

    def create_module(self, spec: ModuleSpec) -> ModuleType | None:
        """As the other."""
        return self.loader.create_module(spec)

    def exec_module(self, module: ModuleType) -> None:
        """As the other; then tell."""
        self.loader.exec_module(module)
        _tell(module)

    def __getattr__(self, name: str) -> Any:  # noqa: ANN401 - whatever else the other can: sources, resources
        return getattr(self.loader, name)
