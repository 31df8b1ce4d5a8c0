"""How a moment is written: UTC, ISO, microseconds, so that text sorts as time."""

from __future__ import annotations

from datetime import UTC, datetime


def written(at: datetime) -> str:
    """2026-11-22T02:59:00.000000+00:00"""
    return at.astimezone(UTC).isoformat(timespec="microseconds")


def read(text: str) -> datetime:
    """The moment written so."""
    return datetime.fromisoformat(text)


def read_or_none(text: str | None) -> datetime | None:
    """The same where there may be none."""
    return read(text) if text is not None else None
