"""A box that is a virtual machine: its power, keyboard, screen, cables and way in for staff.

QEMU's machine protocol (QMP, one JSON object a line) presses keys at the kernel's own keyboard, touches its
screen and takes pictures of it; ssh is the way in that docs/install.md names.
"""

from __future__ import annotations

import json
import os
import signal
import socket
import subprocess
import time
from collections.abc import Callable, Iterable, Sequence
from contextlib import suppress
from pathlib import Path
from typing import Any

PATIENCE = 900.0
"""Seconds: a machine that is computed is some thirty times as slow as one of metal."""
USB_SERIAL = "0403:6001"
"""What QEMU's serial adapters say they are."""
READER = "/dev/serial/by-id/usb-QEMU_QEMU_USB_SERIAL_1-0000:00:05.0-3-if00-port0"


class NeverCame(AssertionError):
    """What was waited for at the box did not come."""


class VirtualBox:
    """One box from its disk: `power_on`, then use it, then `power_cut` or `power_off`."""

    def __init__(self, folder: Path, accelerator: str) -> None:
        self._folder, self._accelerator = folder, accelerator
        self._machine: subprocess.Popen[bytes] | None = None
        self._control: socket.socket | None = None
        self._port = _free_port()

    # power

    def power_on(self) -> None:
        """Begin to boot."""
        for left in ("qmp.sock", "ssh.sock", "reader.sock"):
            (self._folder / left).unlink(missing_ok=True)
        with (self._folder / "qemu.log").open("ab") as log:
            self._machine = subprocess.Popen(
                self._command(), cwd=self._folder, stdin=subprocess.DEVNULL, stdout=log, stderr=log
            )
        self._control = _connected(self._folder / "qmp.sock", self._machine)
        self._lines = self._control.makefile("r")
        self._lines.readline()
        self.tell("qmp_capabilities")

    def _command(self) -> list[str]:
        return [
            *("qemu-system-x86_64", "-machine", "q35", "-accel", self._accelerator, "-cpu", "max"),
            *("-smp", "2", "-m", "3072", "-display", "none", "-serial", "file:console.log"),
            *("-kernel", "vmlinuz", "-initrd", "initrd.img"),
            *("-append", "root=/dev/vda rw net.ifnames=0 console=ttyS0 console=tty1 quiet"),
            *("-drive", "file=disk.img,format=raw,if=virtio"),
            *("-vga", "none", "-device", "VGA,edid=on,xres=1280,yres=800"),
            *(
                "-netdev",
                f"user,id=n,hostfwd=tcp:127.0.0.1:{self._port}-:22",
                "-device",
                "virtio-net,netdev=n",
            ),
            *("-qmp", "unix:qmp.sock,server=on,wait=off"),
            *("-device", "i6300esb", "-action", "watchdog=reset"),
            *("-audiodev", "wav,id=a,path=sound.wav", "-device", "intel-hda"),
            *("-device", "hda-output,audiodev=a"),
            *("-device", "qemu-xhci", "-device", "usb-kbd", "-device", "usb-tablet"),
            *("-chardev", "socket,id=reader,path=reader.sock,server=on,wait=off"),
            *("-device", "usb-serial,chardev=reader,always-plugged=on"),
        ]

    def power_cut(self) -> None:
        """The plug is pulled: what the box had not written to its disk is gone."""
        self._close()
        if self._machine:
            self._machine.send_signal(signal.SIGKILL)
            self._machine.wait(60)

    def wait_until_off(self) -> None:
        """It was told to switch itself off."""
        assert self._machine
        self._machine.wait(PATIENCE)
        self._close()

    def _close(self) -> None:
        with suppress(subprocess.SubprocessError, OSError):
            self._ssh("-O", "exit", capture_output=True, timeout=20)
        if self._control:
            self._lines.close()
            self._control.close()
            self._control = None

    # what a person does to it

    def tell(self, command: str, **arguments: Any) -> Any:
        """One command of the machine protocol; what it answers."""
        assert self._control
        self._control.sendall(json.dumps({"execute": command, "arguments": arguments}).encode() + b"\n")
        while line := self._lines.readline():
            answer = json.loads(line)
            if "error" in answer:
                raise NeverCame(f"{command}: {answer['error']}")
            if "return" in answer:
                return answer["return"]
        raise NeverCame(f"{command}: the machine is gone")

    def press(self, *keys: str, hold: float = 0.04) -> None:
        """Keys at once, by QEMU's names (QKeyCode), held for so many seconds.

        And a while afterwards: its keyboard remembers sixteen events and drops more, also that a key is up.
        """
        codes = [{"type": "qcode", "data": key} for key in keys]
        self.tell("send-key", keys=codes, **{"hold-time": int(hold * 1000)})
        time.sleep(2 * hold)

    def touch(self, x: float, y: float) -> None:
        """A finger at these parts of the screen's width and height."""
        place = [
            {"type": "abs", "data": {"axis": axis, "value": int(part * 0x7FFF)}}
            for axis, part in (("x", x), ("y", y))
        ]
        self.tell("input-send-event", events=place)
        for down in (True, False):
            button = {"type": "btn", "data": {"down": down, "button": "left"}}
            self.tell("input-send-event", events=[button])

    def keyboard(self) -> list[str]:
        """Every key that a keyboard of this machine may have."""
        schema = self.tell("query-qmp-schema")
        return next(
            kind["values"]
            for kind in schema
            if kind["meta-type"] == "enum" and "ctrl_r" in kind.get("values", ())
        )

    def photograph(self, name: str) -> Path:
        """What stands on the screen, as a PNG."""
        path = self._folder / f"{name}.png"
        self.tell("screendump", filename=str(path), format="png")
        return path

    @property
    def reader_cable(self) -> Path:
        """The far end of the card reader's line: a socket."""
        return self._folder / "reader.sock"

    @property
    def heard(self) -> Path:
        """What came out of its loudspeaker: a WAV without a length in its head."""
        return self._folder / "sound.wav"

    # the way in that staff have

    def _ssh(self, *words: str, **how: Any) -> subprocess.CompletedProcess[str]:
        return subprocess.run(self.ssh_command(*words), text=True, check=False, **how)

    def ssh_command(self, *words: str) -> list[str]:
        """ssh to the box's root, for other programs."""
        options = (
            "StrictHostKeyChecking=no",
            "UserKnownHostsFile=/dev/null",
            "ConnectTimeout=30",
            "ServerAliveInterval=15",
        )
        shared = ("ControlMaster=auto", "ControlPath=ssh.sock", "ControlPersist=600")
        flags = [word for option in (*options, *shared) for word in ("-o", option)]
        command = ["ssh", "-q", "-i", "key", "-p", str(self._port), *flags, "root@127.0.0.1", *words]
        # Sockets have short names only: the folder's own path may be long.
        return ["env", "-C", str(self._folder), *command]

    def run(self, command: str, given: str = "", *, may_fail: bool = False) -> str:
        """What a shell command prints there."""
        done = self._ssh(command, input=given, capture_output=True, timeout=PATIENCE)
        if done.returncode and not may_fail:
            raise NeverCame(f"{command}: {done.returncode}\n{done.stdout}{done.stderr}")
        return done.stdout.strip()

    def wait_until_up(self) -> None:
        """Until somebody can be let in."""
        self.until(lambda: self._ssh("true", capture_output=True).returncode == 0, "ssh")

    def come_back(self, boot: str) -> None:
        """Until it has begun anew by itself, after the boot with that id."""

        def begun_anew() -> bool:
            asked = self._ssh("cat /proc/sys/kernel/random/boot_id", capture_output=True)
            return asked.returncode == 0 and asked.stdout.strip() not in {"", boot}

        self.until(begun_anew, "another boot")

    def wait_for_unit(self, unit: str, state: str = "active") -> float:
        """Seconds until the unit is in that state."""
        return self.until(lambda: self.shows(unit, "ActiveState") == state, f"{unit} {state}")

    def shows(self, unit: str, what: str) -> str:
        """A property of a unit."""
        return self.run(f"systemctl show -P {what} {unit}", may_fail=True)

    def journal(self, unit: str) -> str:
        """What the unit and systemd about it have said since the box came up."""
        return self.run(f"journalctl -b --no-pager -o cat -u {unit}")

    def until(self, seen: Callable[[], object], what: str, limit: float = PATIENCE) -> float:
        """Look until it is so; the seconds that took."""
        begun = time.monotonic()
        while not seen():
            if time.monotonic() - begun > limit:
                raise NeverCame(f"{what} never came; see {self.photograph('never')}")
            time.sleep(0.5)
        return time.monotonic() - begun


def combinations(keys: Iterable[str], held: Sequence[Sequence[str]]) -> Iterable[tuple[str, ...]]:
    """Each key alone and with each of what may be held with it, but for the box's own power switch."""
    holding = {"ctrl", "ctrl_r", "shift", "shift_r", "alt", "alt_r", "meta_l", "meta_r", "sysrq"}
    for with_it in held:
        for key in keys:
            if key not in holding | {"unmapped", "power"}:
                yield (*with_it, key)


def accelerator() -> str:
    """How the machine is computed: by the processor where it can."""
    return "kvm" if os.access("/dev/kvm", os.W_OK) and _has_virtualisation() else "tcg,thread=multi"


def _has_virtualisation() -> bool:
    flags = Path("/proc/cpuinfo").read_text(encoding="ascii", errors="replace").split()
    return bool({"vmx", "svm"} & set(flags))


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def _connected(path: Path, machine: subprocess.Popen[bytes]) -> socket.socket:
    end = time.monotonic() + 60
    while time.monotonic() < end and machine.poll() is None:
        control = socket.socket(socket.AF_UNIX)
        try:
            control.connect(os.path.relpath(path) if len(str(path)) > 100 else str(path))
            return control
        except OSError:
            control.close()
            time.sleep(0.2)
    raise NeverCame("QEMU does not start; see qemu.log")
