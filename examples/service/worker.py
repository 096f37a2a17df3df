"""What happens without a request: clocks that are due are read again, notices sent, reports written after midnight."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from threading import Event
from typing import Literal

from .desk import Desk
from .outbox import Outgoing, dispatch
from .reports import page, period_of, report_of

__all__ = ["nightly", "work", "work_once"]

EVERY = 5
"""Seconds between two looks; each asks one index for cases whose time has come."""


def work(desk: Desk, send: Callable[[Outgoing], None], folder: Path, stop: Event) -> None:
    """Work until *stop* is set; any number of workers may share a database."""
    while not stop.wait(EVERY):
        work_once(desk, send, folder)


def work_once(desk: Desk, send: Callable[[Outgoing], None], folder: Path) -> None:
    """One round."""
    desk.wake()
    dispatch(desk.database, send, desk.now)
    nightly(desk, folder)


def nightly(desk: Desk, folder: Path) -> list[Path]:
    """Write the report of yesterday, and of the last whole week, unless they are there; the new files."""
    kinds: tuple[Literal["day", "week"], ...] = ("day", "week")
    written = []
    for kind in kinds:
        period = period_of(desk, kind)
        file = folder / f"{kind}-{period.first}.html"
        if not file.exists():
            unfinished = file.with_suffix(".part")
            unfinished.write_text(page(report_of(desk, period)), encoding="utf-8")
            unfinished.replace(file)
            written.append(file)
    return written
