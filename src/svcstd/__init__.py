"""svcstd: a company's service standard as values that compute.

The door is lazy: ``import svcstd`` loads nothing; a name is loaded when it is first used.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from svcstd.calendars import Period
    from svcstd.documents import dumps, load, loads, loads_folder
    from svcstd.errors import StandardError, SvcstdError
    from svcstd.sla import Case, Event
    from svcstd.standard import ServiceStandard

__all__ = [
    "Case",
    "Event",
    "Period",
    "ServiceStandard",
    "StandardError",
    "SvcstdError",
    "dumps",
    "load",
    "loads",
    "loads_folder",
]

_HOMES = {
    "Case": "sla",
    "Event": "sla",
    "Period": "calendars",
    "ServiceStandard": "standard",
    "StandardError": "errors",
    "SvcstdError": "errors",
    "dumps": "documents",
    "load": "documents",
    "loads": "documents",
    "loads_folder": "documents",
}


def __getattr__(name: str) -> object:
    if name not in _HOMES:
        raise AttributeError(f"module 'svcstd' has no attribute {name!r}")
    return getattr(import_module(f"svcstd.{_HOMES[name]}"), name)


def __dir__() -> list[str]:
    return sorted(__all__)
