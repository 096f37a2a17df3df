"""Laws for your own standard (extra ``testing``): strategies, laws, simulated cases, and a plugin of pytest.

Nothing is loaded before it is asked for: ``from svcstd.testing import laws, strategies``.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from svcstd.testing import laws, simulation, strategies

__all__ = ["laws", "simulation", "strategies"]


def __getattr__(name: str) -> object:
    if name not in __all__:
        raise AttributeError(f"module 'svcstd.testing' has no attribute {name!r}")
    return import_module(f"svcstd.testing.{name}")
