"""The service standard of this desk, read once for each process."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from django.conf import settings

from svcstd import ServiceStandard, load


@cache
def standard() -> ServiceStandard:
    """The standard that the setting ``PROMISES_STANDARD`` names; frozen, and safe to share between threads.

    Raises:
        StandardError: the file has faults; all are listed.
    """
    with Path(settings.PROMISES_STANDARD).open(encoding="utf-8") as file:
        return load(file)
