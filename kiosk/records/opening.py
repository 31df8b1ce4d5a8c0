"""The record office of a box: over the centre's tables and the offices' services, or over a demo's."""

from __future__ import annotations

import datetime
import logging
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property, partial
from pathlib import Path
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from kiosk.catalogue import load_catalogue
from kiosk.flow.records import RecordKey
from kiosk.paths import data_file
from kiosk.ports import Clock
from kiosk.records.definition import RecordSource, SourceKind
from kiosk.records.driver import Driver, StaffDriver
from kiosk.records.http_service import HttpDriver
from kiosk.records.keys import canonical
from kiosk.records.load import load_sources
from kiosk.records.office import Counter, RecordOffice
from kiosk.records.table import Rows, StoredRows, TableDriver
from kiosk.store import Store

if TYPE_CHECKING:
    from kiosk.records.reference_server import ReferenceServer
    from kiosk.records.table_file import OwnedRow

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Box:
    """What of this box the drivers need."""

    state: Path
    """The folder of `--data`: certificates lie below it."""
    store: Store
    site_key: bytes = field(repr=False)
    clock: Clock
    zone: str

    def today(self) -> datetime.date:
        """Where the box stands."""
        return self.clock.now().astimezone(ZoneInfo(self.zone)).date()


def open_office(folder: Path, box: Box, *, demo: bool) -> RecordOffice:
    """The sources of a folder. In a demo nobody real is asked: fictional tables, and the reference server."""
    return RecordOffice(lambda: _counters(folder, box, demo=demo), load_catalogue("resident"), box.clock)


def _counters(folder: Path, box: Box, *, demo: bool) -> Mapping[str, Counter]:
    loaded = load_sources(folder)
    for problem in loaded.problems:
        log.warning("record source left out: %s", problem.show("en"))
    make = _Demo(loaded.sources, box).driver if demo else partial(_driver, box)
    return {source.id: Counter(source, make) for source in loaded.sources.values()}


def _driver(box: Box, source: RecordSource) -> Driver:
    if not source.connected:
        return StaffDriver()
    if source.kind is SourceKind.TABLE:
        return TableDriver(source, StoredRows(box.store, source.id, box.site_key), box.today)
    return HttpDriver(source, box.state)


@dataclass(frozen=True, slots=True)
class FictionalRows(Rows):
    """A table of fictional people, of today; it never goes into the centre's store."""

    rows: Sequence[OwnedRow]
    today: Callable[[], datetime.date]

    def as_of(self) -> datetime.date | None:
        """It is always of today."""
        return self.today()

    def of(self, key: RecordKey) -> Sequence[Mapping[str, object]]:
        """By the key itself, as there is nobody to protect."""
        return [one.row for one in self.rows if one.key == canonical(key)]


class _Demo:
    """Drivers that lead to fictional people only."""

    def __init__(self, sources: Mapping[str, RecordSource], box: Box) -> None:
        self._sources, self._box = sources, box

    def driver(self, source: RecordSource) -> Driver:
        """As the source is asked in earnest, with the office played by this machine."""
        if source.kind is SourceKind.STAFF or source.id not in self._tables:
            return StaffDriver()
        if source.kind is SourceKind.TABLE:
            return TableDriver(
                source, FictionalRows(self._tables[source.id], self._box.today), self._box.today
            )
        assert source.http is not None
        here = source.http.model_copy(update={"url": self._server.url, "ca": "", "client_cert": ""})
        return HttpDriver(source.model_copy(update={"http": here}), self._box.state)

    @cached_property
    def _tables(self) -> Mapping[str, tuple[OwnedRow, ...]]:
        from kiosk.records.reference_server import fictional_tables

        return fictional_tables(data_file("demo/records"), self._sources)

    @cached_property
    def _server(self) -> ReferenceServer:
        """Answers from its first question to the end of the process."""
        from kiosk.records.reference_server import ReferenceServer

        return ReferenceServer(self._tables).start()
