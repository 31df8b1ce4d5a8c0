"""Sources of the sample city, and the fictional people who stand in them."""

from __future__ import annotations

import ssl
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

import pytest
import trustme

from kiosk.flow.records import KeyKind, RecordKey
from kiosk.paths import data_file
from kiosk.records.definition import RecordSource
from kiosk.records.load import load_sources
from kiosk.records.reference_server import fictional_tables
from kiosk.records.table_file import OwnedRow
from kiosk.store import Store, open_store
from kiosk.store.calendars import load_calendar
from tests.conftest import StandingClock

GUIFANG = "990101194403050029"
SHULAN = "990101195105060039"
UNKNOWN = "99010119420909006X"
"""Chen Yan, whom no office knows."""


def of(number: str) -> RecordKey:
    """As their card says it."""
    return RecordKey(KeyKind.ID_NUMBER, number)


def under(code: str) -> RecordKey:
    """As somebody typed it."""
    return RecordKey(KeyKind.CODE, code)


SOURCES = load_sources(data_file("records")).sources
TABLES: Mapping[str, tuple[OwnedRow, ...]] = fictional_tables(data_file("demo/records"), SOURCES)


@dataclass(frozen=True)
class Certificates:
    """An office with TLS, and a kiosk it knows; `folder` is the kiosk's data folder."""

    folder: Path
    office: ssl.SSLContext
    """Lets in only who shows the kiosk's certificate."""


@pytest.fixture(scope="session")
def certificates(tmp_path_factory: pytest.TempPathFactory) -> Certificates:
    folder = tmp_path_factory.mktemp("box")
    authority, stranger = trustme.CA(), trustme.CA()
    authority.cert_pem.write_to_path(folder / "office-ca.pem")
    stranger.cert_pem.write_to_path(folder / "stranger-ca.pem")
    for name, issuer in (("kiosk", authority), ("stranger", stranger)):
        issued = issuer.issue_cert(f"{name}@example.invalid")
        issued.private_key_pem.write_to_path(folder / f"{name}.key")
        issued.cert_chain_pems[0].write_to_path(folder / f"{name}.pem")
    office = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    authority.issue_cert("127.0.0.1").configure_cert(office)
    authority.configure_trust(office)
    office.verify_mode = ssl.CERT_REQUIRED
    return Certificates(folder, office)


def asked_at(source: str, url: str, **changed: object) -> RecordSource:
    """The shipped source, connected to that address."""
    shipped = SOURCES[source]
    assert shipped.http is not None
    return shipped.model_copy(update={"http": shipped.http.model_copy(update={"url": url, **changed})})


@pytest.fixture
def store(tmp_path: Path, clock: StandingClock) -> Iterator[Store]:
    kept = open_store(tmp_path / "state", clock=clock, calendar=load_calendar(data_file("calendars")))
    yield kept
    kept.close()
