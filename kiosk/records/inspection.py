"""Is every record source as it should be on this box? For `kiosk records list` and `kiosk records check`."""

from __future__ import annotations

import datetime
import socket
import ssl
from collections.abc import Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

from kiosk.records.definition import HttpService, RecordSource, SourceKind
from kiosk.records.http_service import tls_context
from kiosk.store.records import RecordTable

_PATIENCE = 4.0
"""Seconds to wait for an office's door."""
_HEARS_NO = 0.7
"""Seconds in which a door that does not open for us says so."""


@dataclass(frozen=True, slots=True)
class Standing:
    """One source, as it stands. `code` names its words in the catalogue `records`: `standing.<code>`."""

    source: RecordSource
    code: str
    well: bool
    table: RecordTable | None = None
    days: int | None = None
    """How old the table is."""


def standings(
    sources: Mapping[str, RecordSource],
    tables: Mapping[str, RecordTable],
    today: datetime.date,
    folder: Path,
    *,
    knock: bool,
) -> Iterator[Standing]:
    """Each source in turn. `knock`: also whether the offices' doors open, without asking for anybody."""
    for source in sources.values():
        if source.kind is SourceKind.TABLE:
            yield _table_standing(source, tables.get(source.id), today)
        elif source.http is None or not source.connected:
            yield Standing(source, "by_staff" if source.kind is SourceKind.STAFF else "not_connected", True)
        else:
            code = _http_standing(source.http, folder, knock=knock)
            yield Standing(source, code, code in {"set_up", "answers"})


def _table_standing(source: RecordSource, table: RecordTable | None, today: datetime.date) -> Standing:
    assert source.table is not None
    if table is None:
        return Standing(source, "no_table", False)
    days = (today - table.as_of).days
    fresh = days <= source.table.max_age_days
    return Standing(source, "fresh" if fresh else "too_old", fresh, table, days)


def _http_standing(http: HttpService, folder: Path, *, knock: bool) -> str:
    try:
        context = tls_context(http, folder)
    except (OSError, ValueError):
        return "no_certificate"
    if not knock:
        return "set_up"
    try:
        _knock(http.url, context)
    except ssl.SSLError:
        return "not_trusted"
    except OSError:
        return "no_answer"
    return "answers"


def _knock(url: str, context: ssl.SSLContext) -> None:
    """Open a connection as far as TLS goes, and close it again. Raises OSError."""
    parts = urlsplit(url)
    host, port = parts.hostname or "", parts.port or (443 if parts.scheme == "https" else 80)
    with socket.create_connection((host, port), timeout=_PATIENCE) as plain:
        if parts.scheme == "https":
            with context.wrap_socket(plain, server_hostname=host) as secure, suppress(TimeoutError):
                # TLS 1.3 says only now that it does not know us; who is let in hears nothing.
                secure.settimeout(_HEARS_NO)
                secure.recv(1)
