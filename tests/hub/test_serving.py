"""What a stranger or a slow line can take of the hub's HTTPS program: a bounded share."""

from __future__ import annotations

import socket
import ssl
import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor, as_completed
from contextlib import ExitStack, contextmanager, suppress

import pytest

from kiosk.hub import wire
from kiosk.hub.https import HttpsLink, Papers, client_context
from kiosk.hub.ingest import Answer
from kiosk.hub.limits import Limits
from kiosk.hub.link import Fault, LinkTrouble
from tests.hub.https_hub import HOST, Office, Shelf, open_office, parcel, port_of, serving

_KEY = wire.written(wire.WantedKey(asked=bytes(16)))
_PATIENCE_S = 60


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> Office:
    return open_office(tmp_path_factory.mktemp("office"))


@pytest.fixture(scope="module")
def papers(office: Office) -> Papers:
    return office.papers("bb_kiosk_hall")


@contextmanager
def talking(address: str, papers: Papers) -> Iterator[ssl.SSLSocket]:
    """A connection that is let in, to be used by hand."""
    with (
        socket.create_connection((HOST, port_of(address)), timeout=_PATIENCE_S) as plain,
        client_context(papers).wrap_socket(plain, server_hostname=HOST) as opened,
    ):
        yield opened


def ask(path: str, body: bytes = _KEY, method: str = "POST", *more: str) -> bytes:
    """A question as it is written on the line."""
    head = [f"{method} {path} HTTP/1.1", "Host: hub", f"Content-Length: {len(body)}", *more, "", ""]
    return "\r\n".join(head).encode() + body


def heard(line: ssl.SSLSocket) -> bytes:
    """All that comes until the other side ends it."""
    said = b""
    try:
        while piece := line.recv(65536):
            said += piece
    except OSError:
        pass
    return said


def test_who_connects_and_says_nothing_holds_up_nobody(office: Office, papers: Papers) -> None:
    limits = Limits(handshake=1.0)
    with ExitStack() as silent, serving(office, Shelf().way, limits) as address:
        ones = [
            silent.enter_context(socket.create_connection((HOST, port_of(address)), timeout=_PATIENCE_S))
            for _ in range(20)
        ]
        link = HttpsLink(address, papers)
        _until_it_answers(link)
        link.close()
        assert all(one.recv(1) == b"" for one in ones)


def test_one_address_cannot_take_all_the_room(office: Office, papers: Papers) -> None:
    with ExitStack() as silent, serving(office, Shelf().way, Limits(from_one_address=3)) as address:
        for _ in range(3):
            silent.enter_context(socket.create_connection((HOST, port_of(address))))
        link = HttpsLink(address, papers)
        with pytest.raises(LinkTrouble) as raised:
            link.key()
        assert raised.value.fault is Fault.AWAY
        silent.close()
        _until_it_answers(link)
        link.close()


def test_more_connections_than_there_is_room_for_wait_for_their_turn(office: Office, papers: Papers) -> None:
    with serving(office, Shelf().way, Limits(connections=2, idle=0.3)) as address:
        with ThreadPoolExecutor(8) as kiosks:
            links = [HttpsLink(address, papers) for _ in range(8)]
            list(kiosks.map(_until_it_answers, links))
        for link in links:
            link.close()


def test_who_does_not_finish_a_question_is_let_go(office: Office, papers: Papers) -> None:
    with serving(office, Shelf().way, Limits(idle=0.3, question=0.3, slowest=10**9)) as address:
        for begun in (b"", b"POST /1/key HT", ask(wire.KEY)[:-3]):
            with talking(address, papers) as line:
                with suppress(OSError):  # let go before it came so far
                    line.sendall(begun)
                assert heard(line) == b""


def test_a_long_answer_is_taken_by_a_slow_line_as_well(office: Office, papers: Papers) -> None:
    length = 12 * 1024 * 1024
    with (
        serving(
            office, Shelf().way, Limits(answer=0.2, idle=3.0), answer=lambda *_: Answer(200, bytes(length))
        ) as address,
        talking(address, papers) as line,
    ):
        line.sendall(ask(wire.KEY, _KEY, "POST"))
        # A line that carries nothing for so long, not somebody who waits for an event.
        threading.Event().wait(5.0)
        taken = 0
        while taken <= length and (piece := line.recv(65536)):
            taken += len(piece)
    assert taken > length


@pytest.mark.parametrize(
    "junk",
    [
        b"\x00" * 3000,
        b"HELO hub\r\n\r\n",
        b"POST /1/key HTTP/1.1\r\nContent-Length: 4\r\nContent-Length: 5\r\n\r\n",
        b"POST /1/key HTTP/1.1\r\nHost: a\r\nContent-Length: -1\r\n\r\n",
        b"POST /1/key HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\nZZZ\r\n",
        b"POST /1/key HTTP/1.1\r\nX: " + b"a" * 40_000,
    ],
)
def test_what_is_no_http_ends_the_connection_and_nothing_else(
    office: Office, papers: Papers, junk: bytes, caplog: pytest.LogCaptureFixture
) -> None:
    with serving(office, Shelf().way) as address:
        with talking(address, papers) as line:
            line.sendall(junk)
            assert b" 200 " not in heard(line)
        with talking(address, papers) as line:
            line.sendall(ask(wire.KEY, _KEY, "POST", "Connection: close"))
            assert heard(line).startswith(b"HTTP/1.1 200 ")
    assert not caplog.records


@pytest.mark.parametrize(
    ("asked", "status"),
    [
        (ask("/"), 404),
        (ask("/2/offer"), 404),
        (ask(wire.KEY, _KEY, "GET"), 404),
        (ask(wire.KEY, _KEY, "PUT"), 404),
        (ask(wire.KEY, b""), 400),
        (ask(wire.KEY, b"[" * 100_000), 400),
        (ask(wire.OFFER, b'{"form": 1, "parcels": [{"kseq": "Zhang"}]}'), 400),
        (ask(wire.MAIL, b'{"form": 1, "most": 5000}'), 400),
    ],
)
def test_a_question_that_is_none_is_answered_with_nothing_but_so(
    office: Office, papers: Papers, asked: bytes, status: int, caplog: pytest.LogCaptureFixture
) -> None:
    with serving(office, Shelf().way) as address, talking(address, papers) as line:
        line.sendall(asked.replace(b"Host: hub", b"Host: hub\r\nConnection: close"))
        said = heard(line)
    assert said.startswith(b"HTTP/1.1 %d " % status) and said.endswith(b"\r\n\r\n{}")
    assert "Zhang" not in caplog.text


def test_questions_one_behind_the_other_are_answered_in_order(office: Office, papers: Papers) -> None:
    shelf = Shelf()
    with serving(office, shelf.way) as address, talking(address, papers) as line:
        numbers = [wire.written(wire.Asked(number=str(n))) for n in range(5)]
        ends = [*[()] * 4, ("Connection: close",)]
        line.sendall(
            b"".join(ask(wire.PROGRESS, n, "POST", *end) for n, end in zip(numbers, ends, strict=True))
        )
        assert heard(line).count(b"HTTP/1.1 200 ") == 5
    assert shelf.asked == ["0", "1", "2", "3", "4"]


def test_who_waits_before_a_long_body_is_told_to_go_on(office: Office, papers: Papers) -> None:
    with serving(office, Shelf().way) as address, talking(address, papers) as line:
        line.sendall(ask(wire.KEY, _KEY, "POST", "Expect: 100-continue", "Connection: close")[: -len(_KEY)])
        assert line.recv(65536).startswith(b"HTTP/1.1 100 ")
        line.sendall(_KEY)
        assert heard(line).startswith(b"HTTP/1.1 200 ")


def test_a_large_question_is_taken_whole_however_many_come_at_once(office: Office, papers: Papers) -> None:
    shelf = Shelf()
    with serving(office, shelf.way, Limits(large=50_000, large_at_a_time=1)) as address:
        with ThreadPoolExecutor(4) as kiosks:
            links = [HttpsLink(address, papers) for _ in range(4)]
            sent = [parcel(kseq, bytes([kseq]) * 400_000) for kseq in range(1, 5)]
            assert all(kiosks.map(lambda link, one: link.offer([one]), links, sent))
        for link in links:
            link.close()
    assert sorted(one.kseq for _, one in shelf.brought) == [1, 2, 3, 4]
    assert {one.body for _, one in shelf.brought} == {one.body for one in sent}


@pytest.mark.parametrize("length", [b"Content-Length: 999999999999", b"Transfer-Encoding: chunked"])
def test_a_question_that_is_too_long_or_does_not_say_how_long_is_not_begun(
    office: Office, papers: Papers, length: bytes
) -> None:
    with serving(office, Shelf().way) as address, talking(address, papers) as line:
        line.sendall(b"POST /1/key HTTP/1.1\r\nHost: hub\r\n" + length + b"\r\n\r\n")
        assert heard(line).startswith(b"HTTP/1.1 413 ")


def test_more_questions_than_can_wait_are_asked_to_come_later(office: Office, papers: Papers) -> None:
    held = threading.Event()

    def slow(*_: object) -> Answer:
        held.wait()
        return Answer(200, wire.written(wire.Known(key=None)))

    limits = Limits(answers=1, waiting=1)
    with (
        serving(office, Shelf().way, limits, answer=slow) as address,
        ExitStack() as lines,
        ThreadPoolExecutor(5) as kiosks,
    ):
        asking = [lines.enter_context(talking(address, papers)) for _ in range(5)]
        for line in asking:
            line.sendall(ask(wire.KEY))
        said = as_completed([kiosks.submit(line.recv, 65536) for line in asking])
        at_once = [next(said).result() for _ in range(3)]
        held.set()
        later = [one.result() for one in said]
    assert [one.startswith(b"HTTP/1.1 503 ") for one in at_once] == [True] * 3
    assert [one.startswith(b"HTTP/1.1 200 ") for one in later] == [True] * 2


def test_a_question_under_way_is_answered_when_the_program_ends(office: Office, papers: Papers) -> None:
    held, begun = threading.Event(), threading.Event()
    said: list[bytes] = []

    def slow(*_: object) -> Answer:
        begun.set()
        held.wait()
        return Answer(200, wire.written(wire.Known(key=None)))

    def listen(line: ssl.SSLSocket) -> None:
        said.append(heard(line))

    def release(quiet: ssl.SSLSocket) -> None:
        """Who asks nothing is let go first: then the program is ending."""
        assert heard(quiet) == b""
        held.set()

    with ExitStack() as lines, ThreadPoolExecutor(2) as hands:
        with serving(office, Shelf().way, answer=slow) as address:
            quiet, asking = (lines.enter_context(talking(address, papers)) for _ in range(2))
            asking.sendall(ask(wire.KEY))
            begun.wait(_PATIENCE_S)
            done = [hands.submit(listen, asking), hands.submit(release, quiet)]
        for one in done:
            one.result(_PATIENCE_S)
    assert said[0].startswith(b"HTTP/1.1 200 ") and b"connection: close" in said[0].lower()


def _until_it_answers(link: HttpsLink) -> None:
    for _ in range(200):
        try:
            link.key()
            return
        except LinkTrouble:
            continue
    raise AssertionError("it does not answer any more")
