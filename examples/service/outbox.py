"""The outbox: a notice is stored in the transaction that found it, and sent in one that marks it as sent."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import datetime
from typing import Any

import attrs
from sqlalchemy import select

from svcstd.sla import Notice

from .database import Database
from .instants import Now, micros, moment
from .tables import NoticeRow

__all__ = ["Outgoing", "dispatch", "waiting_notice"]


@attrs.frozen
class Outgoing:
    """A notice as it is sent; sent twice, it has the same key."""

    key: str
    case: str
    objective: str
    threshold: str
    to: tuple[str, ...]
    at: datetime


def waiting_notice(case: str, notice: Notice) -> dict[str, Any]:
    """A notice of a case as a row that waits."""
    return {
        "key": notice.key,
        "case": case,
        "objective": notice.objective,
        "threshold": notice.threshold,
        "to": json.dumps(notice.to),
        "at": notice.instant,
        "sent": None,
    }


def dispatch(database: Database, send: Callable[[Outgoing], None], now: Now) -> int:
    """Send what waits in the outbox, the oldest first; how many were sent.

    A notice is marked in the transaction in which it is sent: if we die in between, it is sent again, with the
    same key. What cannot be sent (an ``OSError``) waits for the next time.
    """
    with database.reads() as session:
        waits = select(NoticeRow.key).where(NoticeRow.sent.is_(None)).order_by(NoticeRow.at, NoticeRow.key)
        keys = list(session.scalars(waits))
    return sum(_send(database, key, send, now) for key in keys)


def _send(database: Database, key: str, send: Callable[[Outgoing], None], now: Now) -> bool:
    mine = select(NoticeRow).where(NoticeRow.key == key, NoticeRow.sent.is_(None))
    with database.writes() as session:
        row = session.scalar(mine.with_for_update(skip_locked=True))
        if row is None:
            return False
        to = tuple(json.loads(row.to))
        try:
            send(Outgoing(row.key, row.case, row.objective, row.threshold, to, moment(row.at)))
        except OSError:
            return False
        row.sent = micros(now())
        return True
