"""What is stored. Instants are whole microseconds since 1970 in UTC; what was told is kept as JSON, as it was told."""

from __future__ import annotations

from sqlalchemy import BigInteger, ForeignKey, String, Text
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column

__all__ = ["Base", "CaseRow", "EventRow", "MoveRow", "NoticeRow", "ReadingRow", "StandardRow"]

LONGEST = 200
"""Letters of an id."""


class Base(DeclarativeBase):
    """All tables."""


class StandardRow(Base):
    """A standard that was deployed; its digest is its name."""

    __tablename__ = "standards"

    digest: Mapped[str] = mapped_column(String(64), primary_key=True)
    text: Mapped[str] = mapped_column(Text)
    deployed: Mapped[int] = mapped_column(BigInteger, index=True)


class CaseRow(Base):
    """A case, pinned to the standard under which it began.

    Attributes:
        standard: digest of the standard, until somebody moves the case to another.
        facts: as they were told, JSON.
        wake_at: when its readings will differ if nothing else happens; ``None`` for never.
        fault: why it could not be read again; ``None`` for a sound case.
    """

    __tablename__ = "cases"

    id: Mapped[str] = mapped_column(String(LONGEST), primary_key=True)
    standard: Mapped[str] = mapped_column(ForeignKey("standards.digest"))
    facts: Mapped[str] = mapped_column(Text)
    wake_at: Mapped[int | None] = mapped_column(BigInteger, index=True)
    fault: Mapped[str | None] = mapped_column(Text)


class MoveRow(Base):
    """A case was moved to another standard, and why."""

    __tablename__ = "moves"

    number: Mapped[int] = mapped_column(primary_key=True)
    case: Mapped[str] = mapped_column(ForeignKey("cases.id"))
    at: Mapped[int] = mapped_column(BigInteger)
    old: Mapped[str] = mapped_column(ForeignKey("standards.digest"))
    new: Mapped[str] = mapped_column(ForeignKey("standards.digest"))
    because: Mapped[str] = mapped_column(Text)


class EventRow(Base):
    """An event of a case, told once.

    Attributes:
        place: of the telling, among the events of the case: events of one instant count in this order.
        recorded: when the service heard of it.
        told: the event as it was told, JSON.
    """

    __tablename__ = "events"

    case: Mapped[str] = mapped_column(ForeignKey("cases.id"), primary_key=True)
    id: Mapped[str] = mapped_column(String(LONGEST), primary_key=True)
    place: Mapped[int]
    recorded: Mapped[int] = mapped_column(BigInteger)
    told: Mapped[str] = mapped_column(Text)


class ReadingRow(Base):
    """What one promise of a case came to, when it was last read; right until the case's ``wake_at``.

    Attributes:
        whole: the whole reading, JSON as svcstd writes it.
    """

    __tablename__ = "readings"

    case: Mapped[str] = mapped_column(ForeignKey("cases.id"), primary_key=True)
    objective: Mapped[str] = mapped_column(String(LONGEST), primary_key=True)
    as_of: Mapped[int] = mapped_column(BigInteger)
    edition: Mapped[str] = mapped_column(String(LONGEST))
    activity: Mapped[str] = mapped_column(String(20))
    verdict: Mapped[str] = mapped_column(String(20), index=True)
    due: Mapped[int | None] = mapped_column(BigInteger, index=True)
    whole: Mapped[str] = mapped_column(Text)


class NoticeRow(Base):
    """A notice to be sent, once: the key of svcstd is the primary key.

    Attributes:
        to: roles, JSON.
        at: when the threshold was reached.
        sent: when it was sent; ``None`` while it waits.
    """

    __tablename__ = "outbox"

    key: Mapped[str] = mapped_column(String(1000), primary_key=True)
    case: Mapped[str] = mapped_column(ForeignKey("cases.id"))
    objective: Mapped[str] = mapped_column(String(LONGEST))
    threshold: Mapped[str] = mapped_column(String(LONGEST))
    to: Mapped[str] = mapped_column(Text)
    at: Mapped[int] = mapped_column(BigInteger)
    sent: Mapped[int | None] = mapped_column(BigInteger, index=True)
