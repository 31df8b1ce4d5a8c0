"""Who is let in at the door of `kiosk serve`, and who is not; no browser is needed for that."""

from __future__ import annotations

import json
import os
import select
import signal
import socket
import ssl
import subprocess
import sys
from contextlib import AbstractContextManager, ExitStack
from pathlib import Path

import httpx
import pytest
import trustme
from websockets.exceptions import ConnectionClosed, InvalidStatus
from websockets.sync.client import ClientConnection, connect
from websockets.typing import Origin

from kiosk.serve.doorman import MOST
from tests.serve.conftest import PER_MM, Serve, Served

PATIENCE = 60.0
SAID = {
    "across": 1280,
    "down": 800,
    "per_mm": PER_MM,
    "advance": 0.5,
    "capital": 0.735,
    "natural_line": 1.448,
}
WINDOW = {"columns": 51, "rows": 11, "across": 1275, "down": 792}
FULL, SMALL, NONSENSE = 4001, 4002, 4003


def line_to(served: Served, *, token: str = "", origin: str = "") -> AbstractContextManager[ClientConnection]:
    """As the page opens it, with what it shows."""
    cookies = {"Cookie": f"bangban={token or served.token}"}
    where = served.base.replace("http", "ws") + "/sitting"
    return connect(
        where,
        additional_headers=cookies,
        origin=Origin(origin or served.base),
        compression=None,
        open_timeout=PATIENCE,
        ping_interval=None,
    )


def begin(line: ClientConnection) -> None:
    """As a page does, until something is drawn."""
    line.send(json.dumps(SAID))
    told = json.loads(line.recv(PATIENCE))
    assert told["pixels"] > 0
    line.send(json.dumps(WINDOW))
    assert isinstance(line.recv(PATIENCE), bytes)


def end_of(line: ClientConnection) -> int | None:
    """The number with which it is closed."""
    try:
        while True:
            line.recv(PATIENCE)
    except ConnectionClosed as closed:
        return closed.rcvd.code if closed.rcvd else None


def test_only_whoever_was_brought_in_gets_a_page_or_a_visit(serve: Serve) -> None:
    served = serve("--demo")
    for path in ("/", "/glass.js", "/xterm.js", "/enter/", "/enter/x", f"/enter/{'x' * 43}", "/nothing"):
        refused = httpx.get(served.base + path, timeout=PATIENCE)
        assert refused.status_code == 403
        assert "请叫工作人员" in refused.text and "set-cookie" not in refused.headers
    for token, origin in (("x" * 43, ""), ("", "http://elsewhere.example"), ("", "null")):
        with pytest.raises(InvalidStatus) as answer, line_to(served, token=token, origin=origin):
            pass
        assert answer.value.response.status_code == 403
    assert served.visits() == set()
    with line_to(served) as line:
        begin(line)
        assert len(served.visits()) == 1


def test_a_helper_brings_a_browser_in_once(serve: Serve) -> None:
    served = serve("--demo")
    with httpx.Client(base_url=served.base, timeout=PATIENCE) as browser:
        entered = browser.get(served.address)
        assert entered.status_code == 303 and entered.headers["location"].startswith("/")
        cookie = entered.headers["set-cookie"]
        assert "HttpOnly" in cookie and "SameSite=Strict" in cookie and "Secure" not in cookie
        page = browser.get("/")
        assert page.status_code == 200
        assert "default-src 'none'" in page.headers["content-security-policy"]
        assert page.headers["cache-control"] == "no-store"
        assert served.token not in page.text
        assert browser.post("/").status_code == 405 and browser.get("/../kiosk.log").status_code == 404


def test_what_lets_in_is_told_to_nobody_else(serve: Serve, data: Path) -> None:
    served = serve("--demo")
    assert served.token not in served.said
    for name in ("browser-token", "browser-address"):
        assert (data / name).stat().st_mode & 0o777 == 0o600
    assert served.token.encode() not in Path(f"/proc/{served.process.pid}/cmdline").read_bytes()
    token = served.token
    served.end()
    assert serve("--demo").token == token
    another = serve("--demo", "--new-token")
    assert another.token != token
    with pytest.raises(InvalidStatus), line_to(another, token=token):
        pass


def test_a_place_is_free_again_however_the_visit_ended(serve: Serve) -> None:
    """Also where its process was killed."""
    served = serve("--demo", "--visits", "1")
    with line_to(served) as line:
        begin(line)
        (visit,) = served.visits()
        with line_to(served) as other:
            assert end_of(other) == FULL
        guest = int(Path(f"/proc/{visit}/stat").read_text().rpartition(")")[2].split()[1])
        os.kill(guest, signal.SIGKILL)
        end_of(line)
    with line_to(served) as line:
        begin(line)
        assert visit not in served.visits()


_ASLEEP = """
import json, sys
from websockets.sync.client import connect
address, token, origin, said, window = sys.argv[1:]
shown = {"Cookie": "bangban=" + token}
with connect(address, additional_headers=shown, origin=origin, open_timeout=60, ping_interval=None) as line:
    line.send(said), line.recv(), line.send(window), line.recv()
    print("drawn", flush=True)
    while True:
        line.recv()
"""


@pytest.mark.slow
def test_a_tablet_that_fell_asleep_keeps_no_visit(serve: Serve) -> None:
    """It has closed nothing, and answers nothing any more."""
    served = serve("--demo")
    where = served.base.replace("http", "ws") + "/sitting"
    told = [where, served.token, served.base, json.dumps(SAID), json.dumps(WINDOW)]
    asleep = subprocess.Popen([sys.executable, "-c", _ASLEEP, *told], stdout=subprocess.PIPE, text=True)
    try:
        assert asleep.stdout is not None and asleep.stdout.readline() == "drawn\n"
        (visit,) = served.visits()
        asleep.send_signal(signal.SIGSTOP)
        gone = os.pidfd_open(visit)
        assert select.select([gone], [], [], 3 * PATIENCE)[0]
        os.close(gone)
    finally:
        asleep.kill()
        asleep.wait()


@pytest.mark.parametrize(
    ("words", "code"),
    [("{", NONSENSE), (json.dumps({**SAID, "across": 300, "down": 200}), SMALL)],
    ids=["nonsense", "small"],
)
def test_a_page_that_holds_no_visit_is_told_why(serve: Serve, words: str, code: int) -> None:
    served = serve("--demo")
    with line_to(served) as line:
        line.send(words)
        assert end_of(line) == code
    assert served.visits() == set()


def test_one_address_does_not_shut_the_others_out(serve: Serve) -> None:
    served = serve("--demo")
    port = int(served.base.rpartition(":")[2])
    with ExitStack() as silent:
        for _ in range(2 * MOST):
            silent.enter_context(socket.create_connection(("127.0.0.1", port), PATIENCE))
        elsewhere = httpx.HTTPTransport(local_address="127.0.0.2")
        with httpx.Client(transport=elsewhere, timeout=PATIENCE) as other:
            assert other.get(served.base + "/").status_code == 403


def test_over_the_network_it_comes_encrypted(serve: Serve, tmp_path: Path) -> None:
    authority = trustme.CA()
    issued = authority.issue_cert("127.0.0.1")
    certificate, key = tmp_path / "box.crt", tmp_path / "box.key"
    issued.cert_chain_pems[0].write_to_path(certificate)
    issued.private_key_pem.write_to_path(key)
    served = serve("--demo", "--host", "0.0.0.0", "--certificate", str(certificate), "--key", str(key))
    port = served.base.rpartition(":")[2]
    authority.cert_pem.write_to_path(tmp_path / "authority.crt")
    trusting = ssl.create_default_context(cafile=tmp_path / "authority.crt")
    entered = httpx.get(f"https://127.0.0.1:{port}/enter/{served.token}", verify=trusting, timeout=PATIENCE)
    assert entered.status_code == 303 and "Secure" in entered.headers["set-cookie"]
    shown = {"Cookie": f"bangban={served.token}"}
    there = f"127.0.0.1:{port}"
    with connect(
        f"wss://{there}/sitting",
        additional_headers=shown,
        origin=Origin(f"https://{there}"),
        ssl=trusting,
        open_timeout=PATIENCE,
        ping_interval=None,
    ) as line:
        begin(line)
        assert len(served.visits()) == 1


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (("--host", "0.0.0.0"), "--certificate"),
        (("--host", "0.0.0.0", "--here"), "127.0.0.1"),
        (("--certificate", __file__), "--key"),
        (("--certificate", __file__, "--key", __file__), "do not go together"),
    ],
)
def test_what_would_be_readable_on_the_way_is_refused(data: Path, words: tuple[str, ...], told: str) -> None:
    command = [
        sys.executable,
        "-m",
        "kiosk.cli",
        "--data",
        str(data),
        "serve",
        "--port",
        "0",
        "--demo",
        *words,
    ]
    ended = subprocess.run(command, capture_output=True, text=True, timeout=PATIENCE, check=False)
    assert ended.returncode in (1, 2) and told in ended.stderr and not ended.stdout
