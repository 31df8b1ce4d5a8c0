"""A file from an address, fetched to its end however often the line is cut, and checked."""

from __future__ import annotations

import errno
import hashlib
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import httpx

MOST_BYTES = 4_000_000_000
_CUTS = 5
"""So often in a row the line may be cut without a byte in between."""
_ROOM = 3
"""A file and what is unpacked from it take about so many times its size."""
_SECONDS = 30.0


class FetchTrouble(Exception):
    """It was not brought; the message is for staff, and says what to do."""


Progress = Callable[[int, int], None]
"""Bytes that are there, and bytes of the whole (0: not known)."""


def fetch(address: str, target: Path, on_progress: Progress, most: int = MOST_BYTES) -> None:
    """Into `target`, going on where an earlier run stopped. Raises FetchTrouble; what was fetched stays."""
    import httpx

    cuts = 0
    with httpx.Client(follow_redirects=True, timeout=_SECONDS) as client:
        while True:
            before = _size(target)
            try:
                if _fetch_on(client, address, target, on_progress, most):
                    return
            except httpx.TransportError as fault:
                cuts = 0 if _size(target) > before else cuts + 1
                if cuts == _CUTS:
                    raise FetchTrouble(
                        f"the line was cut {_CUTS} times in a row ({type(fault).__name__}); what is there is"
                        " kept, the same command goes on from it"
                    ) from None
            except httpx.InvalidURL:
                raise FetchTrouble("that is no address") from None
            except OSError as fault:
                raise FetchTrouble(_disk_words(fault)) from fault


def check_sum(file: Path, wanted: str) -> str:
    """The SHA-256 of the file. Raises FetchTrouble, and takes the file away, where it is another one."""
    with file.open("rb") as content:
        found = hashlib.file_digest(content, "sha256").hexdigest()
    if wanted and found != wanted.lower():
        file.unlink()
        raise FetchTrouble(
            "the file is not the one that was meant: its checksum is another one. It was taken away; see"
            " whether the address and the checksum belong together"
        )
    return found


def _fetch_on(client: httpx.Client, address: str, target: Path, on_progress: Progress, most: int) -> bool:
    """One try. True once it is whole; False to begin again from nothing."""
    have = _size(target)
    with client.stream("GET", address, headers=_only_the_rest(target, have)) as answer:
        if answer.status_code == 416:
            return _is_whole(answer, target, have)
        if answer.status_code not in (200, 206):
            raise FetchTrouble(f"the other end answered {answer.status_code} instead of the file")
        have = have if answer.status_code == 206 else 0
        whole = have + int(answer.headers.get("content-length", 0))
        _check_room(target, whole, have, most)
        _mark(target).write_text(answer.headers.get("etag", ""), encoding="utf-8")
        with target.open("ab" if have else "wb") as file:
            for block in answer.iter_raw():
                file.write(block)
                have += len(block)
                if have > most:
                    raise FetchTrouble("the file is larger than any voice")
                on_progress(have, whole)
    _mark(target).unlink(missing_ok=True)
    return True


def _only_the_rest(target: Path, have: int) -> dict[str, str]:
    """Of the same file: if it changed meanwhile, all of it comes again."""
    if not have:
        return {"Accept-Encoding": "identity"}
    headers = {"Range": f"bytes={have}-", "Accept-Encoding": "identity"}
    mark = _mark(target).read_text(encoding="utf-8") if _mark(target).is_file() else ""
    return headers | ({"If-Range": mark} if mark and not mark.startswith("W/") else {})


def _is_whole(answer: httpx.Response, target: Path, have: int) -> bool:
    """There is nothing after what we have: it is whole, or it is something else."""
    if answer.headers.get("content-range", "").rpartition("/")[2] == str(have):
        return True
    target.unlink(missing_ok=True)
    return False


def _check_room(target: Path, whole: int, have: int, most: int) -> None:
    if whole > most:
        raise FetchTrouble("the file is larger than any voice")
    needed, free = whole * _ROOM - have, shutil.disk_usage(target.parent).free
    if free < needed:
        megabytes = f"{needed // 1_000_000} MB are needed, {free // 1_000_000} MB are free"
        raise FetchTrouble(f"the disk is too full: {megabytes}; make room and give the same command again")


def _disk_words(fault: OSError) -> str:
    if fault.errno == errno.ENOSPC:
        return "the disk is full; what is there is kept, make room and give the same command again"
    return f"cannot write there: {fault.strerror}"


def _mark(target: Path) -> Path:
    """Which edition of the file was begun."""
    return target.with_name(target.name + ".etag")


def _size(path: Path) -> int:
    return path.stat().st_size if path.is_file() else 0
