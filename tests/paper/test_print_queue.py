"""A real queue: CUPS itself takes the sheet and hands it on, under a title that tells nothing."""

from __future__ import annotations

import os
import shutil
import subprocess
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from kiosk.flow.papers import guide_paper
from kiosk.paper.printers import QueuePrinter
from kiosk.ports import PrintTrouble
from tests.flow.residents import ALLOWANCE, WORLD

CUPSD = shutil.which("cupsd", path=f"{os.environ.get('PATH', '')}:/usr/sbin:/sbin")
LPADMIN = shutil.which("lpadmin", path=f"{os.environ.get('PATH', '')}:/usr/sbin:/sbin")
pytestmark = [
    pytest.mark.skipif(
        not (CUPSD and LPADMIN and shutil.which("lp")), reason="no CUPS here: cups-daemon and cups-client"
    ),
    pytest.mark.skipif(os.geteuid() != 0, reason="a CUPS of one's own needs root"),
]
PATIENCE = 30.0
GUIDE = guide_paper(ALLOWANCE, WORLD)


def until(there: Callable[[], bool]) -> None:
    end = time.monotonic() + PATIENCE
    while not there():
        assert time.monotonic() < end, "CUPS took too long"
        time.sleep(0.05)


@pytest.fixture
def house(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A folder with a CUPS of its own; the printer of its queue `hall` is the file `paper`."""
    assert CUPSD and LPADMIN
    folder = tmp_path / "cups"
    for name in ("cache", "state", "spool", "tmp", "root"):
        (folder / name).mkdir(parents=True)
    socket, printer = folder / "s", folder / "bin" / "backend" / "tray"
    printer.parent.mkdir(parents=True)
    (folder / "bin" / "daemon").symlink_to("/usr/lib/cups/daemon")
    printer.write_text(
        f'#!/bin/sh\nprintf %s "$3" > {folder}/title\n'
        f'cat ${{6:+"$6"}} > {folder}/coming && mv {folder}/coming {folder}/paper\n'
    )
    printer.chmod(0o700)
    (folder / "cupsd.conf").write_text(
        f"Listen {socket}\nDefaultAuthType None\nPreserveJobHistory Yes\n"
        "<Policy default>\n<Limit All>\nOrder allow,deny\nAllow all\n</Limit>\n</Policy>\n"
    )
    (folder / "cups-files.conf").write_text(
        f"ServerBin {folder}/bin\nServerRoot {folder}/root\n"
        f"CacheDir {folder}/cache\nStateDir {folder}/state\n"
        f"RequestRoot {folder}/spool\nTempDir {folder}/tmp\nErrorLog {folder}/errors\n"
        f"AccessLog {folder}/access\nPageLog {folder}/pages\n"
    )
    order = [CUPSD, "-f", "-c", str(folder / "cupsd.conf"), "-s", str(folder / "cups-files.conf")]
    daemon = subprocess.Popen(order, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    monkeypatch.setenv("CUPS_SERVER", str(socket))
    try:
        until(socket.exists)
        queue = [LPADMIN, "-p", "hall", "-E", "-v", "tray:/one", "-m", "raw"]
        subprocess.run(queue, check=True, capture_output=True)
        yield folder
    finally:
        daemon.terminate()
        daemon.wait(PATIENCE)


def test_the_sheet_comes_out_whole_and_the_queue_tells_nobody_what_it_is(house: Path) -> None:
    QueuePrinter("hall").print(GUIDE, "zh")
    paper = house / "paper"
    until(paper.exists)
    assert paper.read_bytes().startswith(b"%PDF") and paper.read_bytes().rstrip().endswith(b"%%EOF")
    assert (house / "title").read_text() == "bangban"
    jobs = subprocess.run(["lpstat", "-W", "all", "-o"], capture_output=True, text=True, check=True).stdout
    assert jobs.startswith("hall-1") and ALLOWANCE.title.zh not in jobs
    logs = b"".join(path.read_bytes() for path in house.iterdir() if path.name in {"errors", "access"})
    assert ALLOWANCE.title.zh.encode() not in logs


def test_a_queue_that_is_not_there_is_told(house: Path) -> None:
    with pytest.raises(PrintTrouble) as trouble:
        QueuePrinter("elsewhere").print(GUIDE, "zh")
    assert trouble.value.key == "trouble.not_printed"
    assert not (house / "paper").exists()
