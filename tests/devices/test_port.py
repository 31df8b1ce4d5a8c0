"""Every way to lose a serial port is one PortGone that says why, and never what was on the line."""

from __future__ import annotations

import contextlib
import os
import subprocess
import sys
import termios
import threading
import time
import tty
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
import serial

from kiosk.devices.events import DeviceFault
from kiosk.devices.port import PortGone, SerialPort

ROOT = Path(__file__).resolve().parents[2]
NOBODY = 65534
SECRET = b"\x01990101194403050029"


class Line:
    """A real line: the far end is ours, the near end is for a port to open."""

    def __init__(self) -> None:
        self.far, self._near = os.openpty()
        tty.setraw(self._near)
        self.path = os.ttyname(self._near)

    def send(self, sent: bytes) -> None:
        os.write(self.far, sent)

    def hang_up(self) -> None:
        """The cable is pulled: whoever has the port open hears of it. Harmless when it is pulled already."""
        for end in (self.far, self._near):
            with contextlib.suppress(OSError):
                os.close(end)
        self.far = self._near = -1


@pytest.fixture
def line() -> Iterator[Line]:
    """A line that is plugged in."""
    plugged = Line()
    yield plugged
    plugged.hang_up()


@pytest.fixture
def port(line: Line) -> Iterator[SerialPort]:
    """The line's port, open."""
    opened = SerialPort(line.path, 115200)
    yield opened
    opened.close()


def reason(call: Callable[[], object]) -> DeviceFault:
    with pytest.raises(PortGone) as gone:
        call()
    assert str(gone.value) == gone.value.reason.value
    return gone.value.reason


def open_at(path: Path | str) -> Callable[[], SerialPort]:
    return lambda: SerialPort(os.fspath(path), 115200)


USES: dict[str, Callable[[SerialPort], object]] = {
    "read": lambda port: port.read(1.0),
    "read without waiting": lambda port: port.read(0.0),
    "read for ever": lambda port: port.read(float("inf")),
    "write": lambda port: port.write(SECRET),
    "drain": lambda port: port.drain(0.1),
    "another speed": lambda port: port.set_speed(9600),
}


def test_bytes_go_both_ways(line: Line, port: SerialPort) -> None:
    line.send(b"hello")
    assert port.read(1.0) == b"hello"
    port.write(b"good day")
    assert os.read(line.far, 100) == b"good day"


@pytest.mark.parametrize("use", USES.values(), ids=USES.keys())
def test_whatever_is_done_on_a_pulled_cable_the_device_is_missing(
    line: Line, port: SerialPort, use: Callable[[SerialPort], object]
) -> None:
    line.hang_up()
    assert reason(lambda: use(port)) is DeviceFault.MISSING


@pytest.mark.parametrize("use", USES.values(), ids=USES.keys())
def test_whatever_is_done_after_closing_the_device_is_missing(
    port: SerialPort, use: Callable[[SerialPort], object]
) -> None:
    port.close()
    port.close()
    assert reason(lambda: use(port)) is DeviceFault.MISSING


def test_a_cable_pulled_during_a_read_ends_it(line: Line, port: SerialPort) -> None:
    puller = threading.Timer(0.05, line.hang_up)
    puller.start()
    assert reason(lambda: port.read(float("inf"))) is DeviceFault.MISSING
    puller.join()


def test_a_read_hears_within_a_second_or_so_that_its_port_was_closed(port: SerialPort) -> None:
    closer = threading.Timer(0.05, port.close)
    closer.start()
    begun = time.monotonic()
    assert reason(lambda: port.read(float("inf"))) is DeviceFault.MISSING
    assert time.monotonic() - begun < 2.0
    closer.join()


def test_pulled_while_it_is_being_closed_nothing_is_raised(line: Line, port: SerialPort) -> None:
    line.hang_up()
    port.close()


def test_a_path_that_is_not_there_is_a_missing_device(tmp_path: Path) -> None:
    assert reason(open_at(tmp_path / "reader")) is DeviceFault.MISSING


def test_a_name_that_leads_nowhere_is_a_missing_device(tmp_path: Path) -> None:
    (tmp_path / "reader").symlink_to(tmp_path / "pulled")
    assert reason(open_at(tmp_path / "reader")) is DeviceFault.MISSING


@pytest.mark.parametrize("kind", ["file", "folder", "fifo", "/dev/null"])
def test_a_path_that_is_no_serial_port_is_a_missing_device(tmp_path: Path, kind: str) -> None:
    path = tmp_path / "reader"
    match kind:
        case "file":
            path.write_bytes(b"kept")
        case "folder":
            path.mkdir()
        case "fifo":
            os.mkfifo(path)
        case _:
            path = Path(kind)
    before = descriptors()
    assert reason(open_at(path)) is DeviceFault.MISSING
    assert descriptors() == before
    assert kind != "file" or path.read_bytes() == b"kept"


def test_a_port_that_another_program_holds_is_busy(line: Line, port: SerialPort) -> None:
    assert reason(open_at(line.path)) is DeviceFault.BUSY
    port.close()
    SerialPort(line.path, 115200).close()


def test_a_port_held_by_another_program_stays_as_it_was_set(line: Line) -> None:
    """The speed that the other program works with is not touched."""
    with serial.Serial(line.path, 9600, exclusive=True) as other:
        assert reason(open_at(line.path)) is DeviceFault.BUSY
        assert termios.tcgetattr(other.fileno())[4] == termios.B9600


def test_a_port_that_this_account_may_not_open_is_not_permitted(line: Line) -> None:
    """Opened by a process of another account; as an ordinary one, at a terminal that nobody may open."""
    os.chmod(line.path, 0o000 if os.getuid() else 0o600)
    script = (
        "import os, sys\n"
        "from kiosk.devices.port import PortGone, SerialPort\n"
        f"if os.getuid() == 0: os.setgroups([]); os.setgid({NOBODY}); os.setuid({NOBODY})\n"
        "try:\n    SerialPort(sys.argv[1], 115200)\n"
        "except PortGone as gone:\n    print(gone.reason.value)\n"
    )
    told = subprocess.run(
        [sys.executable, "-c", script, line.path], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert (told.stdout.strip(), told.stderr) == (DeviceFault.NOT_PERMITTED.value, "")


def test_a_device_that_takes_nothing_off_the_line_counts_as_silent(line: Line, port: SerialPort) -> None:
    """An unknown part of what was sent is out there: the port counts as gone."""
    begun = time.monotonic()
    assert reason(lambda: port.write(SECRET * 5000)) is DeviceFault.SILENT
    assert time.monotonic() - begun < 3.0
    port.close()
    assert time.monotonic() - begun < 3.0


def test_what_a_device_did_not_take_is_not_kept_for_later(line: Line, port: SerialPort) -> None:
    """Else the next dialogue would begin with the end of the last one."""
    reason(lambda: port.write(SECRET * 5000))
    port.close()
    os.set_blocking(line.far, False)
    assert len(os.read(line.far, 100_000)) <= 4096
    with pytest.raises(BlockingIOError):
        os.read(line.far, 100_000)


def test_a_long_write_goes_on_as_long_as_the_device_takes_it(line: Line, port: SerialPort) -> None:
    """A receipt on a slow line takes longer than any one wait may."""
    sent, taken = SECRET * 9000, bytearray()

    def print_slowly() -> None:
        while len(taken) < len(sent):
            taken.extend(os.read(line.far, 1024))
            time.sleep(0.01)

    printer = threading.Thread(target=print_slowly, daemon=True)
    begun = time.monotonic()
    printer.start()
    port.write(sent)
    printer.join(timeout=30)
    assert taken == sent
    assert time.monotonic() - begun > 1.0


def test_what_arrived_before_somebody_listens_is_thrown_away(line: Line, port: SerialPort) -> None:
    line.send(b"AT+GMM\r\n")
    late = threading.Timer(0.03, line.send, [b"ready\r\n"])
    late.start()
    port.drain(0.15)
    late.join()
    assert port.read(0.0) == b""
    line.send(b"a card")
    assert port.read(1.0) == b"a card"


def test_endless_noise_does_not_make_draining_endless(line: Line, port: SerialPort) -> None:
    quiet = threading.Event()

    def chatter() -> None:
        while not quiet.is_set():
            with contextlib.suppress(OSError):
                line.send(b"\x55" * 64)

    noise = threading.Thread(target=chatter)
    os.set_blocking(line.far, False)
    noise.start()
    begun = time.monotonic()
    port.drain(0.1)
    assert time.monotonic() - begun < 1.0
    quiet.set()
    noise.join()


def test_a_bell_ends_a_read_and_is_taken_out(port: SerialPort) -> None:
    woken, bell = os.pipe()
    os.set_blocking(woken, False)
    os.write(bell, b"...")
    assert port.read(float("inf"), woken) == b""
    begun = time.monotonic()
    assert port.read(0.05, woken) == b""
    assert time.monotonic() - begun >= 0.05
    os.close(woken)
    os.close(bell)


def test_a_name_that_now_stands_for_another_port_means_gone(line: Line, tmp_path: Path) -> None:
    """A reader plugged in anew becomes another port while the old one is still open."""
    link, other = tmp_path / "by-id", Line()
    link.symlink_to(line.path)
    port = SerialPort(os.fspath(link), 115200)
    link.unlink()
    assert port.read(1.2) == b""
    link.symlink_to(other.path)
    assert reason(lambda: port.read(float("inf"))) is DeviceFault.MISSING
    port.close()
    other.hang_up()


@pytest.mark.parametrize("use", USES.values(), ids=USES.keys())
def test_no_failure_leaves_a_descriptor_behind(use: Callable[[SerialPort], object]) -> None:
    before = descriptors()
    line = Line()
    port = SerialPort(line.path, 115200)
    line.hang_up()
    with pytest.raises(PortGone):
        use(port)
    port.close()
    assert descriptors() == before


def descriptors() -> int:
    return len(os.listdir("/proc/self/fd"))
