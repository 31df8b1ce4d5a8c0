"""An office's own service, over real sockets and real TLS: what comes of it on good and bad days."""

from __future__ import annotations

import logging
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from threading import Event

import pytest
from cryptography.hazmat.primitives.serialization import (
    BestAvailableEncryption,
    Encoding,
    PrivateFormat,
    load_pem_private_key,
)

from kiosk.records.deadline import Deadline, TookTooLong, within
from kiosk.records.definition import HttpService, RecordSource
from kiosk.records.driver import Away, Found, Nothing, Outcome, Why
from kiosk.records.http_service import HttpDriver
from kiosk.records.reference_server import Fault, ReferenceServer
from tests.records.conftest import (
    GUIFANG,
    SHULAN,
    SOURCES,
    TABLES,
    UNKNOWN,
    Certificates,
    asked_at,
    of,
    under,
)

HASTE = 2.0
"""Seconds that a look-up may take in these tests, where a kiosk gives it seven and a half."""


@contextmanager
def office(fault: Fault = Fault.NONE) -> Iterator[ReferenceServer]:
    with ReferenceServer(TABLES, fault=fault) as server:
        yield server


def looked_up(
    source: RecordSource, number: str = GUIFANG, folder: Path = Path(), limit: float = HASTE
) -> Outcome:
    return HttpDriver(source, folder, limit=limit, wait=lambda seconds: None).look_up(of(number))


def test_who_is_known_is_found_and_who_is_not_is_not() -> None:
    with office() as server:
        source = asked_at("income-tax", server.url)
        found = looked_up(source)
        assert isinstance(found, Found)
        assert found.rows == ({"year": "2025", "income": "0.00", "tax_paid": "0.00", "standing": "none"},)
        assert looked_up(source, UNKNOWN) == Nothing()


def test_somebody_may_have_several_rows() -> None:
    with office() as server:
        found = looked_up(asked_at("court-cases", server.url), SHULAN)
        assert isinstance(found, Found)
        assert [row["stage"] for row in found.rows] == ["judged", "closed"]
        assert "hearing_on" not in found.rows[1]


@pytest.mark.parametrize(
    ("fault", "why", "times"),
    [
        (Fault.FAILS, Why.REFUSED, 1),
        (Fault.WRONG_SHAPE, Why.UNEXPECTED, 1),
        (Fault.SOMEBODY_ELSE, Why.UNEXPECTED, 1),
        (Fault.NOT_JSON, Why.UNEXPECTED, 1),
        (Fault.NO_NUMBER, Why.UNEXPECTED, 1),
        (Fault.ENDLESS, Why.UNEXPECTED, 1),
        (Fault.PACKED, Why.UNEXPECTED, 1),
    ],
)
def test_an_answer_that_cannot_be_right_is_not_asked_for_again(fault: Fault, why: Why, times: int) -> None:
    with office(fault) as server:
        assert looked_up(asked_at("income-tax", server.url)) == Away(why)
        assert server.asked == times


def test_an_office_that_is_busy_is_asked_again() -> None:
    with office(Fault.BUSY_ONCE) as server:
        assert isinstance(looked_up(asked_at("income-tax", server.url)), Found)
        assert server.asked == 2


def test_it_is_asked_no_more_often_than_it_was_agreed() -> None:
    with office(Fault.BUSY_ONCE) as server:
        assert looked_up(asked_at("income-tax", server.url, tries=1)) == Away(Why.REFUSED)
        assert server.asked == 1


@pytest.mark.parametrize("fault", [Fault.SLOW, Fault.DRIPS])
def test_an_office_that_is_slow_holds_nobody_up(fault: Fault) -> None:
    """Also one that sends a little now and then, which no timeout of the network notices."""
    with office(fault) as server:
        begun = time.monotonic()
        source = asked_at("income-tax", server.url, timeout_seconds=0.5, tries=3)
        assert looked_up(source, limit=1.2) == Away(Why.SLOW)
        assert time.monotonic() - begun < 2


def test_a_try_ends_with_its_own_time_also_where_a_little_comes_now_and_then() -> None:
    """Else a thread would listen to it for ever."""
    with office(Fault.DRIPS) as server:
        begun = time.monotonic()
        source = asked_at("income-tax", server.url, timeout_seconds=0.5, tries=1)
        assert looked_up(source, limit=20) == Away(Why.SLOW)
        assert time.monotonic() - begun < 5


def test_whatever_hangs_is_left_to_itself() -> None:
    hangs, over = Event(), Event()

    def hang() -> None:
        hangs.wait(60)
        over.set()

    with pytest.raises(TookTooLong):
        within(Deadline(0.1), hang)
    assert not over.is_set()
    hangs.set()


def test_what_fails_in_time_fails_here() -> None:
    with pytest.raises(ZeroDivisionError):
        within(Deadline(5), lambda: 1 // 0)


def test_nobody_there_is_told_as_such() -> None:
    with office() as server:
        url = server.url
    assert looked_up(asked_at("income-tax", url)) == Away(Why.UNREACHED)


def test_what_the_office_does_not_know_by_that_name_is_refused() -> None:
    with office() as server:
        source = asked_at("income-tax", server.url).model_copy(update={"id": "another"})
        assert looked_up(source) == Away(Why.REFUSED)


def mutual(server: ReferenceServer, who: str = "kiosk", ca: str = "office-ca.pem") -> RecordSource:
    files = {"client_cert": f"{who}.pem", "client_key": f"{who}.key"} if who else {}
    return asked_at("income-tax", server.url, ca=ca, **files)


@pytest.fixture
def guarded(certificates: Certificates) -> Iterator[ReferenceServer]:
    with ReferenceServer(TABLES, context=certificates.office) as server:
        assert server.url.startswith("https://")
        yield server


def test_both_sides_show_who_they_are(guarded: ReferenceServer, certificates: Certificates) -> None:
    assert isinstance(looked_up(mutual(guarded), folder=certificates.folder), Found)


@pytest.mark.parametrize(("who", "ca"), [("", "office-ca.pem"), ("stranger", "office-ca.pem")])
def test_a_kiosk_that_the_office_does_not_know_hears_nothing(
    who: str, ca: str, guarded: ReferenceServer, certificates: Certificates
) -> None:
    assert looked_up(mutual(guarded, who, ca), folder=certificates.folder) == Away(Why.UNREACHED)
    assert guarded.asked == 0


def test_an_office_that_nobody_vouches_for_is_told_no_number(
    guarded: ReferenceServer, certificates: Certificates
) -> None:
    source = mutual(guarded, ca="stranger-ca.pem")
    assert looked_up(source, folder=certificates.folder) == Away(Why.UNREACHED)
    assert guarded.asked == 0


@pytest.mark.parametrize("changed", [{"ca": "missing.pem"}, {"ca": "kiosk.key"}])
def test_a_certificate_that_is_no_good_is_told_as_such(
    changed: dict[str, str], guarded: ReferenceServer, certificates: Certificates
) -> None:
    source = asked_at("income-tax", guarded.url, **changed)
    assert looked_up(source, folder=certificates.folder) == Away(Why.SETTINGS)


def test_a_key_behind_a_passphrase_is_no_good_and_nobody_is_asked_for_it(certificates: Certificates) -> None:
    """OpenSSL would ask on the terminal, which is the resident's screen."""
    known = load_pem_private_key((certificates.folder / "kiosk.key").read_bytes(), None)
    sealed = known.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, BestAvailableEncryption(b"a passphrase"))
    (certificates.folder / "locked.key").write_bytes(sealed)
    done = subprocess.run(
        [sys.executable, "-c", _LOCKED, str(certificates.folder)],
        input="",
        capture_output=True,
        text=True,
        start_new_session=True,
        cwd=Path(__file__).parents[2],
        check=True,
    )
    assert (done.stdout, done.stderr) == ("settings\n", "")


_LOCKED = """
import sys
from pathlib import Path
from tests.records.conftest import GUIFANG, asked_at, of
from kiosk.records.http_service import HttpDriver
locked = asked_at("income-tax", "https://127.0.0.1:9/", client_cert="kiosk.pem", client_key="locked.key")
print(HttpDriver(locked, Path(sys.argv[1])).look_up(of(GUIFANG)).why)
"""


def test_the_number_is_in_no_address_and_in_no_log(
    guarded: ReferenceServer, certificates: Certificates, caplog: pytest.LogCaptureFixture
) -> None:
    """Not even where every library tells all it knows."""
    with caplog.at_level(logging.DEBUG):
        looked_up(mutual(guarded), folder=certificates.folder)
        looked_up(mutual(guarded, "stranger"), folder=certificates.folder)
    assert GUIFANG not in caplog.text
    assert GUIFANG[6:14] not in caplog.text
    assert GUIFANG not in guarded.url


def test_an_office_may_be_asked_by_code() -> None:
    """However the office writes it in its answer, it is the same code."""
    shipped = SOURCES["licence-codes"]
    with office() as server:
        asked = shipped.model_copy(update={"http": HttpService(url=server.url)})
        driver = HttpDriver(asked, Path(), limit=HASTE, wait=lambda seconds: None)
        found = driver.look_up(under("9901-2026-0417"))
        assert isinstance(found, Found)
        assert found.rows[0]["standing"] == "open"
        assert driver.look_up(under("990120260418")) == Nothing()
