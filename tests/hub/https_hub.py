"""A hub that kiosks reach over HTTPS: its own parts on a thread, and behind them what a test gives."""

from __future__ import annotations

import asyncio
import socket
import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path

from kiosk.cases.parcels import (
    MOST,
    CentreKey,
    Kind,
    News,
    NoProgress,
    Parcel,
    Progress,
    Receipt,
    Unread,
    hash_of,
)
from kiosk.editions.edition import Holding, Signed
from kiosk.hub.certificates import Identity, make_authority, make_request, sign_hub, sign_kiosk
from kiosk.hub.https import Papers
from kiosk.hub.ingest import Answer, Ingest, Way
from kiosk.hub.limits import Limits
from kiosk.hub.link import Link
from kiosk.hub.report import Report, Seen
from kiosk.hub.serving import Serving, server_context
from kiosk.security.device_key import DeviceKey, device_key

HOST = "127.0.0.1"


@dataclass(frozen=True)
class Office:
    """A folder with all that is needed for kiosks to meet their hub: an authority, a hub, its signing key."""

    folder: Path
    authority: Identity
    key: DeviceKey

    def papers(self, role: str, *, days: int = 30, authority: Identity | None = None) -> Papers:
        """Of a new kiosk. `authority`: whoever vouches for it, if not this office."""
        asked = make_request(role)
        vouching = authority or self.authority
        signed_at = datetime.now(UTC) - timedelta(days=max(0, -days) * 2)
        certificate = sign_kiosk(vouching, asked.request, role, signed_at, abs(days))
        return Papers(
            self.write(f"{role}.crt", certificate),
            self.write(f"{role}.key", asked.key),
            self.folder / "authority.crt",
            self.key.public,
        )

    def write(self, name: str, content: bytes) -> Path:
        path = self.folder / name
        path.write_bytes(content)
        return path


def open_office(folder: Path, hosts: Sequence[str] = (HOST,), *, days: int = 30) -> Office:
    """With a certificate for a hub at `hosts`; with fewer than no days it ended that long ago."""
    folder.mkdir(parents=True, exist_ok=True)
    now = datetime.now(UTC)
    authority = make_authority("Office in a test", now - timedelta(days=400))
    office = Office(folder, authority, device_key(folder))
    asked = make_request(hosts[0])
    signed_at = now - timedelta(days=max(0, -days) * 2)
    office.write("authority.crt", authority.certificate)
    office.write("hub.crt", sign_hub(authority, asked.request, hosts, signed_at, abs(days)))
    office.write("hub.key", asked.key)
    return office


@contextmanager
def serving(
    office: Office,
    way: Way,
    limits: Limits | None = None,
    *,
    key: DeviceKey | None = None,
    answer: Callable[[str, str, bytes], Answer] | None = None,
) -> Iterator[str]:
    """Its address. `key`: with which it signs, if not with the office's; `answer`: what it says instead."""
    listening = socket.create_server((HOST, 0))
    listening.setblocking(False)
    address = f"https://{HOST}:{listening.getsockname()[1]}"
    answering = answer or Ingest(way, key or office.key).answer
    context = server_context(*(office.folder / name for name in ("hub.crt", "hub.key", "authority.crt")))
    begun: list[tuple[asyncio.AbstractEventLoop, Serving]] = []
    ready = threading.Event()

    async def run() -> None:
        begun.append((asyncio.get_running_loop(), Serving(answering, context, limits)))
        ready.set()
        await begun[0][1].run(listening)

    thread = threading.Thread(target=lambda: asyncio.run(run()), name="hub")
    thread.start()
    ready.wait()
    try:
        yield address
    finally:
        loop, server = begun[0]
        loop.call_soon_threadsafe(server.end)
        thread.join()


@dataclass
class Shelf:
    """A hub that keeps parcels in memory, and notes which kiosk brought them."""

    brought: list[tuple[str, Parcel]] = field(default_factory=list)
    news: list[News | Unread] = field(default_factory=list)
    kept: list[int] = field(default_factory=list)
    asked: list[str] = field(default_factory=list)
    reports: list[tuple[str, Report]] = field(default_factory=list)

    @contextmanager
    def way(self, role: str) -> Iterator[Link]:
        yield OnShelf(self, role)


@dataclass
class OnShelf:
    """One kiosk's way to it."""

    shelf: Shelf
    role: str

    def offer(self, parcels: Sequence[Parcel]) -> list[Receipt]:
        self.shelf.brought += [(self.role, one) for one in parcels]
        now = datetime.now(UTC).astimezone()
        return [Receipt(one.id, one.hash, one.kseq, now) for one in parcels]

    def mail(self, most: int = MOST, after: int = 0, have: int | None = None) -> list[News | Unread]:
        return [one for one in self.shelf.news if one.id > after][:most]

    def acknowledge(self, ids: Sequence[int], have: int | None = None) -> None:
        self.shelf.kept += ids

    def progress(self, number: str) -> Progress | NoProgress:
        self.shelf.asked.append(number)
        return NoProgress.UNKNOWN

    def key(self) -> CentreKey | None:
        return CentreKey("lakeside", b"12345678", bytes(32), True)

    def tell(self, report: Report) -> None:
        self.shelf.reports.append((self.role, report))

    def call(self, name: str, waits: float) -> Seen | None:
        return None

    def edition(self, holding: Holding) -> Signed | None:
        return None

    def close(self) -> None:
        pass


def parcel(kseq: int = 1, body: bytes = b"{}") -> Parcel:
    """Of a case."""
    return Parcel(kseq, f"parcel-{kseq}", Kind.CASE, f"case-{kseq}", hash_of(body), body)


def port_of(address: str) -> int:
    """Where it listens."""
    return int(address.rpartition(":")[2])
