"""SQLite by default, PostgreSQL by its address; a writer locks what it is about to judge."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Any

import attrs
from sqlalchemy import Connection, Engine, create_engine, event, literal, make_url
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session

from .tables import Base

__all__ = ["Database", "connect"]

PATIENCE = 30
"""Seconds that a writer waits for another one on SQLite."""


@attrs.frozen
class Database:
    """Where everything is kept."""

    engine: Engine

    @contextmanager
    def reads(self) -> Iterator[Session]:
        """A session that changes nothing."""
        with Session(self.engine) as session:
            yield session

    @contextmanager
    def writes(self) -> Iterator[Session]:
        """One transaction: all of it is stored, or nothing."""
        with Session(self.engine.execution_options(writes=True)) as session, session.begin():
            yield session

    def add_once(self, session: Session, table: type[Base], values: Mapping[str, Any]) -> bool:
        """Insert a row unless its primary key is there, also while another writer does the same; whether it did."""
        insert = sqlite.insert if self.engine.dialect.name == "sqlite" else postgresql.insert
        added = session.execute(insert(table).values(values).on_conflict_do_nothing().returning(literal(1)))
        return added.first() is not None

    def close(self) -> None:
        """Give all connections back."""
        self.engine.dispose()


def connect(url: str) -> Database:
    """A database with its tables.

    Args:
        url: ``sqlite:///desk.db``, or ``postgresql://user@host/name``.
    """
    address = make_url(url)
    if address.drivername in ("postgres", "postgresql"):
        address = address.set(drivername="postgresql+psycopg")
    waits = {"timeout": PATIENCE} if address.get_backend_name() == "sqlite" else {}
    engine = create_engine(address, connect_args=waits)
    if engine.dialect.name == "sqlite":
        event.listen(engine, "connect", _begin_is_ours)
        event.listen(engine, "begin", _begin)
    Base.metadata.create_all(engine.execution_options(writes=True))
    return Database(engine)


def _begin_is_ours(connection: Any, _record: object) -> None:  # noqa: ANN401 - sqlite3's own, or a pool's
    connection.isolation_level = None  # else sqlite3 begins only at the first change, after what we read
    connection.execute("PRAGMA journal_mode=WAL")  # who reads waits for no writer
    connection.execute("PRAGMA synchronous=NORMAL")
    connection.execute("PRAGMA foreign_keys=ON")


def _begin(connection: Connection) -> None:
    """SQLite has no row locks: a writer takes the one lock before it reads."""
    writes = connection.get_execution_options().get("writes", False)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")
