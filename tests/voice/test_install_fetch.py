"""A file is fetched to its end however often the line is cut, and only the one that was meant is kept."""

from __future__ import annotations

import errno
import hashlib
import shutil
import threading
from collections.abc import Iterator
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import IO, Any

import pytest

from voice.install.fetch import FetchTrouble, check_sum, fetch

CONTENT = bytes(range(256)) * 4096
SUM = hashlib.sha256(CONTENT).hexdigest()


@dataclass
class Site:
    """A server on this machine that can be told to misbehave."""

    address: str = ""
    content: bytes = CONTENT
    etag: str = '"first"'
    cut_after: list[int] = field(default_factory=list)
    """Bytes after which the line is cut, answer by answer."""
    ranges: bool = True
    status: int = 0
    asked: list[str] = field(default_factory=list)
    """The Range of each request; empty for all of it."""


def answering(site: Site) -> type[BaseHTTPRequestHandler]:
    class Answer(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            wanted = self.headers.get("Range", "")
            site.asked.append(wanted)
            if site.status:
                self.send_error(site.status)
                return
            same = self.headers.get("If-Range", site.etag) == site.etag
            start = int(wanted[6:-1]) if wanted and site.ranges and same else 0
            if start >= len(site.content):
                self.send_response(416)
                self.send_header("Content-Range", f"bytes */{len(site.content)}")
                self.send_header("Content-Length", "0")
                self.end_headers()
                return
            self.send_response(206 if start else 200)
            self.send_header("ETag", site.etag)
            self.send_header("Content-Length", str(len(site.content) - start))
            self.end_headers()
            self._give(site.content[start:])

        def _give(self, rest: bytes) -> None:
            self.wfile.write(rest[: site.cut_after.pop(0)] if site.cut_after else rest)
            self.close_connection = True

        def log_message(self, *_what: Any) -> None:
            return

    return Answer


class _Quiet(ThreadingHTTPServer):
    def handle_error(self, *_who: Any) -> None:
        """Whoever fetches may go away in the middle."""


@pytest.fixture
def site() -> Iterator[Site]:
    made = Site()
    server = _Quiet(("127.0.0.1", 0), answering(made))
    made.address = f"http://127.0.0.1:{server.server_address[1]}/voice.zip"
    thread = threading.Thread(target=server.serve_forever, args=(0.05,), daemon=True)
    thread.start()
    yield made
    server.shutdown()
    server.server_close()
    thread.join()


@pytest.fixture
def target(tmp_path: Path) -> Path:
    return tmp_path / "voice.part"


def ignore(_have: int, _whole: int) -> None:
    return


def test_it_comes_whole_and_says_how_far_it_is(site: Site, target: Path) -> None:
    told: list[tuple[int, int]] = []
    fetch(site.address, target, lambda have, whole: told.append((have, whole)))
    assert check_sum(target, SUM) == SUM
    assert told[-1] == (len(CONTENT), len(CONTENT)) and told == sorted(told)


def test_a_cut_line_goes_on_where_it_was(site: Site, target: Path) -> None:
    site.cut_after = [100_000, 300_000]
    fetch(site.address, target, ignore)
    assert check_sum(target, SUM) and site.asked == ["", "bytes=100000-", "bytes=400000-"]


def test_a_line_that_is_cut_again_and_again_is_given_up_and_taken_up_by_the_next_run(
    site: Site, target: Path
) -> None:
    site.cut_after = [200_000, *[0] * 5]
    with pytest.raises(FetchTrouble, match="goes on from it"):
        fetch(site.address, target, ignore)
    assert target.stat().st_size == 200_000
    fetch(site.address, target, ignore)
    assert check_sum(target, SUM) and site.asked[-1] == "bytes=200000-"


def test_a_file_that_changed_meanwhile_is_not_glued_together(site: Site, target: Path) -> None:
    site.cut_after = [200_000, *[0] * 5]
    with pytest.raises(FetchTrouble):
        fetch(site.address, target, ignore)
    site.etag, site.content = '"second"', CONTENT[::-1]
    fetch(site.address, target, ignore)
    assert target.read_bytes() == CONTENT[::-1]


def test_a_server_that_cannot_go_on_sends_all_of_it_again(site: Site, target: Path) -> None:
    site.ranges, site.cut_after = False, [200_000]
    fetch(site.address, target, ignore)
    assert target.read_bytes() == CONTENT


def test_what_is_there_already_is_not_fetched_again(site: Site, target: Path) -> None:
    target.write_bytes(CONTENT)
    fetch(site.address, target, ignore)
    assert target.read_bytes() == CONTENT and len(site.asked) == 1


def test_another_file_is_refused_and_taken_away(target: Path) -> None:
    target.write_bytes(b"something else")
    with pytest.raises(FetchTrouble, match="checksum"):
        check_sum(target, SUM)
    assert not target.exists()


@pytest.mark.parametrize("status", [404, 403, 500])
def test_an_answer_that_is_no_file_is_told(site: Site, target: Path, status: int) -> None:
    site.status = status
    with pytest.raises(FetchTrouble, match=str(status)):
        fetch(site.address, target, ignore)


def test_nobody_at_the_other_end_is_told(target: Path) -> None:
    with pytest.raises(FetchTrouble, match="cut"):
        fetch("http://127.0.0.1:9/voice.zip", target, ignore)


def test_it_says_beforehand_that_the_disk_has_no_room(
    site: Site, target: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    usage = shutil.disk_usage(target.parent)
    monkeypatch.setattr(shutil, "disk_usage", lambda _path: usage._replace(free=2_000_000))
    with pytest.raises(FetchTrouble, match="3 MB are needed, 2 MB are free"):
        fetch(site.address, target, ignore)
    assert not target.exists()


def test_a_disk_that_fills_up_is_told_and_what_is_there_stays(
    site: Site, target: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened = Path.open

    def filling(self: Path, *how: Any, **more: Any) -> IO[Any]:
        file: IO[Any] = opened(self, *how, **more)
        if self == target:

            class Full:
                def write(self, block: bytes) -> int:
                    file.write(block)
                    raise OSError(errno.ENOSPC, "No space left on device")

                def __enter__(self) -> Full:
                    return self

                def __exit__(self, *_what: object) -> None:
                    file.close()

            return Full()  # type: ignore[return-value]
        return file

    monkeypatch.setattr(Path, "open", filling)
    with pytest.raises(FetchTrouble, match="the disk is full"):
        fetch(site.address, target, ignore)
    assert target.stat().st_size > 0


def test_a_file_without_end_is_not_taken(site: Site, target: Path) -> None:
    with pytest.raises(FetchTrouble, match="larger"):
        fetch(site.address, target, ignore, most=1000)
