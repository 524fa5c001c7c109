"""The database: each patient's stay as careplan saves it, and the answers to requests with a key."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from sqlalchemy import JSON, Engine, create_engine, event
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column


class Base(DeclarativeBase):
    """All tables."""


class Patient(Base):
    """One stay. `version` counts its changes: a change on top of an outdated version is refused."""

    __tablename__ = "patients"

    id: Mapped[str] = mapped_column(primary_key=True)
    plan: Mapped[str]
    stay: Mapped[str]  # JSON, of `Stay.to_json`
    ended: Mapped[bool] = mapped_column(default=False, index=True)
    version: Mapped[int] = mapped_column()

    __mapper_args__ = {"version_id_col": version}  # noqa: RUF012 - SQLAlchemy's base declares its type


class Answered(Base):
    """A request that was answered, by its idempotency key: the same request gets the same answer."""

    __tablename__ = "answered"

    key: Mapped[str] = mapped_column(primary_key=True)
    request: Mapped[str]  # a hash of what was asked
    status: Mapped[int]
    answer: Mapped[dict[str, Any]] = mapped_column(JSON)
    version: Mapped[int]  # of the patient, afterwards


def open_store(path: Path) -> Engine:
    """The database in that file, made if it is not there. What was committed survives a crash."""
    # Without `hide_parameters`, the text of a database error would hold what is known of a patient.
    engine = create_engine(f"sqlite:///{path}", connect_args={"timeout": 10}, hide_parameters=True)

    @event.listens_for(engine, "connect")
    def _set_up(connection: Any, _record: Any) -> None:
        connection.execute("PRAGMA journal_mode = WAL")
        connection.execute("PRAGMA synchronous = FULL")

    Base.metadata.create_all(engine)
    return engine
