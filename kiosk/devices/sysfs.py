"""Finds the serial ports of this machine in what Linux shows of them. No port is opened.

Opening would raise the modem lines, and what hangs on an unknown port (a power supply, say) may act on that.
"""

from __future__ import annotations

import contextlib
import grp
import os
import re
import stat
from collections.abc import Iterable, Iterator
from dataclasses import replace
from pathlib import Path

from kiosk.devices.found import MEDDLERS, Found, FoundPort, FoundUsb, Holder

_BRAILLE = re.compile(r"^E:BRLTTY_BRAILLE_DRIVER=\S", re.MULTILINE)
_NO_MODEM = "E:ID_MM_DEVICE_IGNORE=1"
_NO_HARDWARE = "0"


def look_around(paths: Iterable[str] = (), root: Path = Path("/")) -> Found:
    """What there is, and where `paths` lead to. `root` is where `/sys`, `/dev`, `/proc` and `/etc` lie."""
    ports = [_port(tty, root) for tty in sorted(_ttys(root), key=_by_number)]
    names = {path: os.path.realpath(path) for path in paths if Path(path).exists()}
    known = {port.path for port in ports}
    # A path may lead to a terminal that is no hardware: an emulated device.
    ports += [_described(Path(path), root) for path in sorted({*names.values()} - known) if _is_tty(path)]
    return Found(
        ports=tuple(ports),
        bare=tuple(_bare_usb(root)),
        names=names,
        running=frozenset(_running(root)),
    )


def _ttys(root: Path) -> Iterator[Path]:
    """Those with a device behind them. A PC announces serial ports that it was built without."""
    for tty in (root / "sys/class/tty").glob("*"):
        if (tty / "device").exists() and _line(tty / "type") != _NO_HARDWARE:
            yield tty


def _by_number(tty: Path) -> tuple[str, int]:
    digits = re.search(r"\d*$", tty.name)
    return tty.name.rstrip("0123456789"), int(digits[0]) if digits and digits[0] else 0


def _port(tty: Path, root: Path) -> FoundPort:
    port, usb = _described(root / "dev" / tty.name, root), _usb_above((tty / "device").resolve())
    if usb is None:
        return port
    return replace(
        port,
        usb=_usb_id(usb),
        serial=_line(usb / "serial"),
        product=_line(usb / "product"),
        modem_ignored=_NO_MODEM in _rules_say(tty, root),
        braille=bool(_BRAILLE.search(_rules_say(usb, root))),
    )


def _described(node: Path, root: Path) -> FoundPort:
    return FoundPort(
        path=str(node),
        by_id=_links(root / "dev/serial/by-id", node),
        by_path=_links(root / "dev/serial/by-path", node),
        permitted=os.access(node, os.R_OK | os.W_OK),
        group=_group(node),
        holders=tuple(_holders(node, root)),
    )


def _rules_say(device: Path, root: Path) -> str:
    """What the udev rules made of a device, those of the site included."""
    return _text(root / "run/udev/data" / f"c{_line(device / 'dev')}")


def _usb_above(place: Path) -> Path | None:
    """The USB device that an interface or a port belongs to."""
    return next((folder for folder in (place, *place.parents) if (folder / "idVendor").is_file()), None)


def _usb_id(usb: Path) -> str:
    return f"{_line(usb / 'idVendor')}:{_line(usb / 'idProduct')}".lower()


def _links(folder: Path, node: Path) -> tuple[str, ...]:
    with contextlib.suppress(OSError):
        return tuple(sorted(str(link) for link in folder.iterdir() if _leads_to(link, node)))
    return ()


def _leads_to(link: Path, node: Path) -> bool:
    # Compared as written, not through the node: in a picture of a machine it may itself be a link.
    return os.path.normpath(link.parent / os.readlink(link)) == str(node) if link.is_symlink() else False


def _group(node: Path) -> str:
    """The group whose members may use it."""
    with contextlib.suppress(OSError, KeyError):
        seen = node.stat()
        if seen.st_mode & stat.S_IRGRP and seen.st_mode & stat.S_IWGRP:
            return grp.getgrgid(seen.st_gid).gr_name
    return ""


def _is_tty(path: str) -> bool:
    """A pseudo-terminal's far end; anything with hardware is in sysfs."""
    with contextlib.suppress(OSError):
        seen = os.stat(path)
        return stat.S_ISCHR(seen.st_mode) and path.startswith("/dev/pts/")
    return False


def _holders(node: Path, root: Path) -> list[Holder]:
    """Who has it open. Of other accounts' programs only those that keep it locked can be seen."""
    try:
        seen = node.stat()
    except OSError:
        return []
    pids = {pid for pid in _pids(root) if _has_open(root / "proc" / str(pid) / "fd", seen.st_rdev)}
    place = f"{os.major(seen.st_dev):02x}:{os.minor(seen.st_dev):02x}:{seen.st_ino}"
    for line in _text(root / "proc/locks").splitlines():
        fields = line.split()
        if len(fields) > 5 and fields[1] == "FLOCK" and fields[5] == place and fields[4].isdigit():
            pids.add(int(fields[4]))
    return [Holder(pid, _line(root / "proc" / str(pid) / "comm")) for pid in sorted(pids)]


def _has_open(fds: Path, device: int) -> bool:
    with contextlib.suppress(OSError):
        for fd in fds.iterdir():
            with contextlib.suppress(OSError):
                seen = fd.stat()
                if stat.S_ISCHR(seen.st_mode) and seen.st_rdev == device:
                    return True
    return False


def _bare_usb(root: Path) -> Iterator[FoundUsb]:
    for usb in sorted((root / "sys/bus/usb/devices").glob("*")):
        if not (usb / "idVendor").is_file():
            continue
        inside = sorted(usb.resolve().glob(f"{usb.name}:*"))
        if any((part / "tty").exists() or list(part.glob("tty*")) for part in inside):
            continue
        taken = any((part / "driver").resolve().name == "usbfs" for part in inside)
        yield FoundUsb(_usb_id(usb), _line(usb / "product"), taken)


def _running(root: Path) -> Iterator[str]:
    yield from {_line(root / "proc" / str(pid) / "comm") for pid in _pids(root)} & set(MEDDLERS)


def _pids(root: Path) -> list[int]:
    with contextlib.suppress(OSError):
        return [int(name) for name in os.listdir(root / "proc") if name.isdigit()]
    return []


def _line(path: Path) -> str:
    """A file's one line, fit for a terminal: what a USB device says of itself is its maker's text."""
    return "".join(sign for sign in _text(path).strip() if sign.isprintable())


def _text(path: Path) -> str:
    with contextlib.suppress(OSError):
        return path.read_text(encoding="utf-8", errors="replace")
    return ""
