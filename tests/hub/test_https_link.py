"""A kiosk speaks to its hub over HTTPS: who may, what arrives, and what goes wrong on the way."""

from __future__ import annotations

import socket
import ssl
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

import httpx
import pytest

from kiosk.cases.parcels import News, NoProgress, Receipt, Unread, fits
from kiosk.cases.states import State
from kiosk.hub import wire
from kiosk.hub.certificates import make_authority
from kiosk.hub.https import HttpsLink, Papers, body_of
from kiosk.hub.ingest import Answer, Way
from kiosk.hub.limits import Limits
from kiosk.hub.link import Fault, Link, LinkTrouble
from kiosk.security.device_key import device_key
from tests.hub.free_port import free_port
from tests.hub.https_hub import HOST, Office, Shelf, open_office, parcel, port_of, serving
from tests.hub.line import Line

ROLE = "bb_kiosk_hall"


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> Office:
    return open_office(tmp_path_factory.mktemp("office"))


@pytest.fixture(scope="module")
def papers(office: Office) -> Papers:
    return office.papers(ROLE)


@pytest.fixture
def shelf() -> Shelf:
    return Shelf()


@pytest.fixture
def address(office: Office, shelf: Shelf) -> Iterator[str]:
    with serving(office, shelf.way) as opened:
        yield opened


@pytest.fixture
def link(address: str, papers: Papers) -> Iterator[HttpsLink]:
    opened = HttpsLink(address, papers)
    yield opened
    opened.close()


def fault_of(address: str, papers: Papers, timeout: float = 20.0) -> tuple[Fault, str]:
    """What is wrong when this kiosk offers a parcel there."""
    link = HttpsLink(address, papers, timeout)
    with pytest.raises(LinkTrouble) as raised:
        link.offer([parcel()])
    link.close()
    return raised.value.fault, str(raised.value)


def test_a_parcel_arrives_as_it_was_sent_in_the_name_of_the_certificate(
    link: HttpsLink, shelf: Shelf
) -> None:
    sent = [parcel(1, bytes(range(256))), parcel(2, "办事".encode())]
    receipts = link.offer(sent)
    assert shelf.brought == [(ROLE, one) for one in sent]
    assert all(fits(one, receipt) for one, receipt in zip(sent, receipts, strict=True))


def test_news_is_fetched_and_acknowledged(link: HttpsLink, shelf: Shelf) -> None:
    at = datetime(2026, 3, 10, 1, 30, tzinfo=UTC)
    told = News(7, "case-1", 3, "asked_for_more", at, 2, State.NEEDS_INFO, date(2026, 3, 20), missing="照片")
    shelf.news.append(told)
    assert link.mail() == [told]
    link.acknowledge([7])
    assert shelf.kept == [7]


def test_news_of_a_later_version_comes_as_something_unread_beside_the_others(
    link: HttpsLink, shelf: Shelf
) -> None:
    at = datetime(2026, 3, 10, 1, 30, tzinfo=UTC)
    known = News(7, "case-1", 3, "a_kind_of_next_year", at, 2, State.NEEDS_INFO, date(2026, 3, 20))
    shelf.news += [Unread(6), known]
    assert link.mail() == [Unread(6), known]
    assert link.mail(after=6) == [known]
    told = wire.written(wire.Mailed(news=[known])).replace(b"needs_info", b"a_state_of_next_year")
    assert wire.read(wire.Mailed, told).news == [Unread(7)]


def test_a_case_is_asked_for_by_its_number_and_the_key_of_the_centre_is_told(
    link: HttpsLink, shelf: Shelf
) -> None:
    assert link.progress("A-2026-0001") is NoProgress.UNKNOWN
    assert shelf.asked == ["A-2026-0001"]
    key = link.key()
    assert key is not None and key.centre == "lakeside"


def test_many_questions_go_over_one_connection(office: Office, papers: Papers, shelf: Shelf) -> None:
    with serving(office, shelf.way) as address, Line(port_of(address)) as line:
        link = HttpsLink(f"https://{HOST}:{line.port}", papers)
        for kseq in range(1, 6):
            link.offer([parcel(kseq)])
        assert (len(shelf.brought), line.carried) == (5, 1)
        line.cut()
        assert link.offer([parcel(6)])
        assert line.carried == 2
        link.close()


class TestWhoMayComeIn:
    def test_a_kiosk_of_another_authority_is_not_let_in(
        self, office: Office, address: str, shelf: Shelf
    ) -> None:
        stranger = make_authority("Somebody", datetime.now(UTC))
        fault, _ = fault_of(address, office.papers("bb_kiosk_stranger", authority=stranger))
        assert fault in {Fault.REFUSED, Fault.AWAY}
        assert not shelf.brought

    def test_a_certificate_that_has_ended_lets_nobody_in(
        self, office: Office, address: str, shelf: Shelf
    ) -> None:
        for _ in range(3):
            assert fault_of(address, office.papers("bb_kiosk_old", days=-5))[0] is Fault.REFUSED
        assert not shelf.brought

    def test_nobody_comes_in_without_a_certificate(self, office: Office, address: str) -> None:
        context = ssl.create_default_context(cafile=str(office.folder / "authority.crt"))
        with (
            socket.create_connection((HOST, port_of(address))) as plain,
            context.wrap_socket(plain, server_hostname=HOST) as talking,
        ):
            talking.sendall(b'POST /1/key HTTP/1.1\r\nHost: hub\r\nContent-Length: 10\r\n\r\n{"form":1}')
            assert _heard(talking) == b""

    def test_a_hub_cannot_come_as_a_kiosk_nor_a_kiosk_stand_in_for_the_hub(
        self, office: Office, address: str, papers: Papers, shelf: Shelf, tmp_path: Path
    ) -> None:
        as_hub = replace(papers, certificate=office.folder / "hub.crt", key=office.folder / "hub.key")
        assert fault_of(address, as_hub)[0] in {Fault.REFUSED, Fault.AWAY}
        stolen = Office(tmp_path, office.authority, office.key)
        for name, source in (("hub.crt", papers.certificate), ("hub.key", papers.key)):
            stolen.write(name, source.read_bytes())
        stolen.write("authority.crt", office.authority.certificate)
        with serving(stolen, shelf.way) as elsewhere:
            assert fault_of(elsewhere, papers)[0] is Fault.STRANGE
        assert not shelf.brought

    def test_a_kiosk_that_was_revoked_is_told_so(self, office: Office, papers: Papers) -> None:
        with serving(office, _failing(LinkTrouble(Fault.REFUSED))) as address:
            assert fault_of(address, papers)[0] is Fault.REFUSED


class TestWhoeverAnswersIsNotTheHub:
    def test_its_certificate_has_ended(self, tmp_path: Path, shelf: Shelf) -> None:
        late = open_office(tmp_path, days=-5)
        with serving(late, shelf.way) as address:
            assert fault_of(address, late.papers(ROLE)) == (Fault.STRANGE, "hub strange (certificate)")

    def test_its_certificate_is_for_another_name(self, tmp_path: Path, shelf: Shelf) -> None:
        other = open_office(tmp_path, ("hub.example.invalid",))
        with serving(other, shelf.way) as address:
            assert fault_of(address, other.papers(ROLE))[0] is Fault.STRANGE

    def test_another_authority_vouches_for_it(self, papers: Papers, tmp_path: Path, shelf: Shelf) -> None:
        other = open_office(tmp_path)
        with serving(other, shelf.way) as address:
            assert fault_of(address, papers)[0] is Fault.STRANGE
        assert not shelf.brought

    def test_receipts_signed_with_another_key_are_no_receipts(
        self, office: Office, papers: Papers, shelf: Shelf, tmp_path: Path
    ) -> None:
        with serving(office, shelf.way, key=device_key(tmp_path)) as address:
            assert fault_of(address, papers) == (Fault.STRANGE, "hub strange (signature)")

    def test_a_key_to_seal_to_counts_only_from_the_hub(
        self, office: Office, papers: Papers, shelf: Shelf, tmp_path: Path
    ) -> None:
        """Else a proxy on the way could read everything that is handed in from then on."""
        with serving(office, shelf.way, key=device_key(tmp_path)) as address:
            link = HttpsLink(address, papers)
            with pytest.raises(LinkTrouble) as raised:
                link.key()
            link.close()
        assert raised.value.fault is Fault.STRANGE

    @pytest.mark.parametrize("change", [
        lambda receipt: replace(receipt, id="another"),
        lambda receipt: replace(receipt, hash=bytes(32)),
        lambda receipt: replace(receipt, kseq=receipt.kseq + 1),
        lambda receipt: replace(receipt, received_at=datetime(2020, 1, 1, tzinfo=UTC)),
        lambda receipt: replace(receipt, set_aside=not receipt.set_aside),
    ])  # fmt: skip
    def test_a_receipt_that_was_changed_on_the_way_is_none(
        self, office: Office, papers: Papers, change: Callable[[Receipt], Receipt], shelf: Shelf
    ) -> None:
        from kiosk.hub import wire
        from kiosk.hub.ingest import Ingest

        def changed(name: str, path: str, body: bytes) -> Answer:
            answer = Ingest(shelf.way, office.key).answer(name, path, body)
            receipts = wire.read(wire.Received, answer.body).receipts
            return Answer(200, wire.written(wire.Received(receipts=[change(one) for one in receipts])))

        with serving(office, shelf.way, answer=changed) as address:
            assert fault_of(address, papers)[1] == "hub strange (signature)"

    @pytest.mark.parametrize(
        ("status", "body"),
        [
            (200, b"<html>Please log in to the free network</html>"),
            (200, b"{}"),
            (200, b'{"form": 2, "receipts": []}'),
            (200, b'{"form": 1, "receipts": [{"id": 1}]}'),
            (302, b"{}"),
            (404, b"{}"),
        ],
    )
    def test_a_portal_answers_with_a_page_of_its_own(
        self, office: Office, papers: Papers, status: int, body: bytes, shelf: Shelf
    ) -> None:
        with serving(office, shelf.way, answer=lambda *_: Answer(status, body)) as address:
            assert fault_of(address, papers)[0] is Fault.STRANGE

    def test_a_portal_that_knows_no_tls(self, papers: Papers) -> None:
        page = b"HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nhello"
        with _saying(page) as port:
            assert fault_of(f"https://{HOST}:{port}", papers) == (Fault.STRANGE, "hub strange (no TLS)")


class TestTheLineIsBad:
    @pytest.mark.parametrize("after", [1, 100, 1500, 2500, 3000])
    def test_half_an_answer_is_no_receipt_and_the_same_parcel_may_be_sent_again(
        self, office: Office, papers: Papers, shelf: Shelf, after: int
    ) -> None:
        with serving(office, shelf.way) as address, Line(port_of(address), cut_after=after) as line:
            link = HttpsLink(f"https://{HOST}:{line.port}", papers)
            with pytest.raises(LinkTrouble) as raised:
                link.offer([parcel(kseq) for kseq in range(1, 60)])
            assert raised.value.fault is Fault.AWAY
            assert line.cuts
            line.cut_after = None
            assert len(link.offer([parcel(1)])) == 1
            link.close()

    def test_nobody_is_there(self, papers: Papers) -> None:
        assert fault_of(f"https://{HOST}:{free_port()}", papers)[0] is Fault.AWAY

    def test_somebody_is_there_and_says_nothing(self, papers: Papers) -> None:
        with socket.create_server((HOST, 0)) as silent:
            assert fault_of(f"https://{HOST}:{silent.getsockname()[1]}", papers, 0.3)[0] is Fault.AWAY

    def test_the_hub_takes_too_long(self, office: Office, papers: Papers, shelf: Shelf) -> None:
        over = threading.Event()

        def slow(*_: object) -> Answer:
            over.wait()
            return Answer(200)

        with serving(office, shelf.way, answer=slow) as address:
            try:
                assert fault_of(address, papers, 0.5)[0] is Fault.AWAY
            finally:
                over.set()

    def test_a_long_answer_may_take_its_time_and_one_that_drips_may_not(self) -> None:
        over = time.monotonic() - 1.0
        pieces = [bytes(65536)] * 16
        assert len(body_of(httpx.Response(200, content=iter(pieces)), over)) == 1024 * 1024
        with pytest.raises(LinkTrouble) as raised:
            body_of(httpx.Response(200, content=iter([b"a", b"b"])), over)
        assert raised.value.fault is Fault.AWAY

    @pytest.mark.parametrize("trouble", [LinkTrouble(Fault.AWAY), ValueError("Zhang Guihua")])
    def test_the_database_is_away_or_something_breaks(
        self, office: Office, papers: Papers, trouble: Exception, caplog: pytest.LogCaptureFixture
    ) -> None:
        with serving(office, _failing(trouble)) as address:
            fault, said = fault_of(address, papers)
        assert fault is Fault.AWAY
        assert "Zhang" not in said


class TestWhatIsNotTaken:
    def test_a_question_that_is_too_long(self, office: Office, papers: Papers, shelf: Shelf) -> None:
        with serving(office, shelf.way, Limits(longest=5000)) as address:
            link = HttpsLink(address, papers)
            with pytest.raises(LinkTrouble) as raised:
                link.offer([parcel(1, bytes(200_000))])
            assert raised.value.fault in {Fault.STRANGE, Fault.AWAY}
            assert link.offer([parcel(2)])
            link.close()

    def test_neither_bodies_nor_numbers_stand_in_a_repr(self) -> None:
        from kiosk.hub.conversation import Question
        from kiosk.hub.wire import Asked, Offered

        told = repr(
            [Offered(parcels=[parcel(1, b"secret")]), Asked(number="secret"), Question("/", b"secret")]
        )
        assert "secret" not in told


def test_an_address_without_tls_is_none(papers: Papers) -> None:
    for address in ("http://127.0.0.1:1", "https://user:word@127.0.0.1", "ftp://127.0.0.1", "https://"):
        with pytest.raises(LinkTrouble):
            HttpsLink(address, papers)


def test_papers_that_are_not_there_are_named_as_such(papers: Papers, tmp_path: Path) -> None:
    with pytest.raises(LinkTrouble, match="papers"):
        HttpsLink("https://127.0.0.1", replace(papers, key=tmp_path / "gone.key"))


def _heard(talking: ssl.SSLSocket) -> bytes:
    """Of TLS 1.3 a client hears only with the first answer that it is not let in."""
    try:
        return talking.recv(1)
    except OSError:
        return b""


def _failing(trouble: Exception) -> Way:
    return lambda role: Refusing(trouble)


class Refusing:
    """A way to the database on which each parcel meets this trouble."""

    def __init__(self, trouble: Exception) -> None:
        self._trouble = trouble

    def __enter__(self) -> Link:
        raise self._trouble

    def __exit__(self, *_: object) -> None:
        return None


@contextmanager
def _saying(words: bytes) -> Iterator[int]:
    """A port that says this to whoever comes, whatever they say."""
    with socket.create_server((HOST, 0)) as listening:

        def answer() -> None:
            with listening.accept()[0] as met:
                met.recv(4096)
                met.sendall(words)

        thread = threading.Thread(target=answer)
        thread.start()
        yield int(listening.getsockname()[1])
        thread.join()
