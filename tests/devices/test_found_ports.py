"""`kiosk reader list`: what each port is, its lasting name, whether it can be used, and what to do if not."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tty
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
from click.testing import CliRunner

from kiosk.catalogue import load_catalogue
from kiosk.cli import main
from kiosk.cli._reader_list import told
from kiosk.config import DeviceSettings
from kiosk.devices.adapters import adapter_of, load_adapters
from kiosk.devices.emulator import sdt_emulator
from kiosk.devices.found import Entry, Found, FoundPort, FoundUsb, Holder, Remark, Use, explained
from kiosk.devices.port import SerialPort
from kiosk.devices.sysfs import look_around
from kiosk.text import LANGUAGES

ROOT = Path(__file__).resolve().parents[2]
NOBODY = 65534
CH340 = "1a86:7523"
BY_ID = "/dev/serial/by-id/usb-1a86_USB_Serial-if00-port0"
BY_PATH = "/dev/serial/by-path/pci-0000:00:14.0-usb-0:2:1.0-port0"
READER = FoundPort("/dev/ttyUSB0", (BY_ID,), (BY_PATH,), CH340, product="USB Serial")
TWIN = FoundPort("/dev/ttyUSB1", (), (BY_PATH.replace("0:2:", "0:3:"),), CH340)


def reader(port: str, purpose: str = "identity_card", protocol: str = "sdt") -> DeviceSettings:
    return DeviceSettings(purpose, protocol, port)  # type: ignore[arg-type]


def entry_of(*ports: FoundPort, settings: tuple[DeviceSettings, ...] = (), **more: Any) -> Entry:
    """The first of what is explained."""
    return explained(Found(ports=ports, **more), settings, load_adapters())[0]


def words(entry: Entry, language: str = "zh") -> str:
    """All that is said of it."""
    texts, parts = load_catalogue("devices"), load_catalogue("box")
    return "\n".join(text.show(language) for text in told(entry, texts, parts))


# What it is and what to call it


@pytest.mark.parametrize(
    ("usb", "name"),
    [
        *((CH340, "CH340"), ("1a86:55d4", "CH9102"), ("10c4:ea60", "CP210x"), ("0403:6001", "FTDI")),
        *(("067b:2303", "PL2303"), ("067b:23a3", "PL2303")),
    ],
)
def test_an_adapter_is_known_by_its_usb_id(usb: str, name: str) -> None:
    known = adapter_of(usb, load_adapters())
    assert known is not None and known.name == name
    assert name in words(entry_of(FoundPort("/dev/ttyUSB0", usb=usb)))


def test_another_usb_device_with_a_port_is_called_that() -> None:
    entry = entry_of(FoundPort("/dev/ttyACM0", usb="28e9:018a", product="QR Scanner"))
    assert "自己带串口" in words(entry)
    assert "QR Scanner" in words(entry)


def test_a_port_is_named_by_id_whichever_socket_it_is_in() -> None:
    assert entry_of(READER).put == BY_ID
    assert f'port = "{BY_ID}"' in words(entry_of(READER))


def test_two_of_a_kind_without_serial_numbers_are_told_apart_by_their_sockets() -> None:
    first, second = explained(Found(ports=(READER, TWIN)), (), load_adapters())
    assert (first.put, second.put) == (READER.by_path[0], TWIN.by_path[0])
    assert first.remarks == second.remarks == (Remark.TWINS,)
    assert "别换插口" in words(first)


def test_two_of_a_kind_with_serial_numbers_keep_their_names() -> None:
    ports = [
        FoundPort(f"/dev/ttyUSB{n}", (f"/dev/serial/by-id/{n}",), usb="0403:6001", serial=f"A{n}")
        for n in (0, 1)
    ]
    entries = explained(Found(ports=tuple(ports)), (), load_adapters())
    assert [(entry.put, entry.remarks) for entry in entries] == [
        ("/dev/serial/by-id/0", ()),
        ("/dev/serial/by-id/1", ()),
    ]


def test_a_port_without_lasting_names_is_called_what_it_is_called() -> None:
    assert entry_of(FoundPort("/dev/ttyS0")).put == "/dev/ttyS0"
    assert "机器自带" in words(entry_of(FoundPort("/dev/ttyS0")))


# Whether it can be used


def test_a_port_in_order_can_be_used() -> None:
    entry = entry_of(READER)
    assert (entry.use, entry.remarks) == (Use.FINE, ())
    assert "可以用。" in words(entry)


def test_a_port_of_a_group_says_which_to_join() -> None:
    entry = entry_of(FoundPort("/dev/ttyUSB0", permitted=False, group="dialout"))
    assert entry.use is Use.NOT_PERMITTED
    assert "dialout" in words(entry) and "dialout" in words(entry, "en")


def test_a_port_that_no_group_may_use_needs_a_rule() -> None:
    assert "udev" in words(entry_of(FoundPort("/dev/ttyUSB0", permitted=False)))


def test_a_port_that_is_held_says_by_whom() -> None:
    entry = entry_of(FoundPort("/dev/ttyUSB0", holders=(Holder(812, "minicom"), Holder(900, ""))))
    assert entry.use is Use.BUSY
    assert "minicom (812), ? (900) 正占着它" in words(entry)


def test_an_adapter_that_brltty_took_is_told_though_it_has_no_port() -> None:
    found = Found(bare=(FoundUsb(CH340, taken=True),), running=frozenset({"brltty"}))
    (entry,) = explained(found, (), load_adapters())
    assert entry.use is Use.TAKEN
    assert "brltty" in words(entry) and "别删" in words(entry)


def test_an_adapter_without_a_port_that_nobody_took_lacks_a_driver() -> None:
    (entry,) = explained(Found(bare=(FoundUsb(CH340),)), (), load_adapters())
    assert entry.use is Use.NO_DRIVER
    assert "dmesg" in words(entry)


def test_a_reader_with_plain_usb_is_no_serial_port() -> None:
    (entry,) = explained(Found(bare=(FoundUsb("0400:c35a"),)), (), load_adapters())
    assert entry.use is Use.NO_PORT
    assert "身份证读卡器" in words(entry) and "不是串口" in words(entry)


def test_mice_and_sticks_are_not_told() -> None:
    assert explained(Found(bare=(FoundUsb("046d:c077"),)), (), load_adapters()) == []


def test_an_adapter_that_the_rules_give_to_brltty_is_told_of_it() -> None:
    entry = entry_of(replace(READER, braille=True))
    assert entry.remarks == (Remark.BRLTTY,)
    assert "盲文" in words(entry)


@pytest.mark.parametrize(
    ("path", "running", "ignored", "minds"),
    [
        ("/dev/ttyACM0", True, False, True),
        ("/dev/ttyACM0", True, True, False),
        ("/dev/ttyACM0", False, False, False),
        ("/dev/ttyUSB0", True, False, False),
    ],
)
def test_modem_manager_is_told_of_where_it_meddles(
    path: str, running: bool, ignored: bool, minds: bool
) -> None:
    port = FoundPort(path, usb="28e9:018a", modem_ignored=ignored)
    entry = entry_of(port, running=frozenset({"ModemManager"} if running else ()))
    assert (Remark.MODEM_MANAGER in entry.remarks) is minds


# What the settings say


def test_a_port_that_is_set_says_for_what() -> None:
    entry = entry_of(READER, settings=(reader(BY_ID),), names={BY_ID: "/dev/ttyUSB0"})
    assert entry.purposes == ("identity_card",)
    assert "身份证读卡器就是它" in words(entry)
    assert entry.remarks == ()


def test_a_port_that_is_set_by_a_passing_name_is_told_the_lasting_one() -> None:
    names = {"/dev/ttyUSB0": "/dev/ttyUSB0"}
    entry = entry_of(READER, settings=(reader("/dev/ttyUSB0"),), names=names)
    assert entry.remarks == (Remark.NAME_CHANGES,)
    assert BY_ID in words(entry)


def test_a_name_by_id_that_two_could_have_is_a_passing_one() -> None:
    entry = entry_of(READER, TWIN, settings=(reader(BY_ID),), names={BY_ID: "/dev/ttyUSB0"})
    assert entry.remarks == (Remark.TWINS, Remark.NAME_CHANGES)


def test_a_name_that_a_rule_of_the_site_gives_is_left_in_peace() -> None:
    names = {"/dev/id-reader": "/dev/ttyUSB0"}
    entry = entry_of(READER, settings=(reader("/dev/id-reader"),), names=names)
    assert (entry.purposes, entry.remarks) == (("identity_card",), ())


def test_a_port_that_is_set_and_not_there_is_told_last() -> None:
    entries = explained(Found(ports=(READER,)), (reader(BY_ID, "code", "scanner"),), load_adapters())
    assert [(entry.path, entry.use) for entry in entries] == [
        ("/dev/ttyUSB0", Use.FINE),
        (BY_ID, Use.MISSING),
    ]
    assert "没有这个口" in words(entries[1]) and "扫码器" in words(entries[1])


def test_a_path_that_is_set_and_is_no_port_is_told() -> None:
    found = Found(names={"/dev/null": "/dev/null"})
    (entry,) = explained(found, (reader("/dev/null"),), load_adapters())
    assert entry.use is Use.NO_PORT


def test_what_needs_no_port_is_not_missed() -> None:
    settings = (reader("", "code", "keyboard"), reader("Feitian R502", "social_card", "pcsc"))
    assert explained(Found(), settings, load_adapters()) == []


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("use", Use)
@pytest.mark.parametrize("remark", Remark)
def test_everything_has_words_in_both_languages(language: str, use: Use, remark: Remark) -> None:
    purposes = ("identity_card", "member_card", "code", "social_card", "printer")
    entry = Entry("/dev/x", use, "/dev/x", "CH340", CH340, "p", "g", (Holder(1, "h"),), purposes, (remark,))
    assert "{" not in words(entry, language)


# What Linux shows


class Picture:
    """A machine as Linux shows it, below a folder; its ports are the ends of real pseudo-terminals."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self._ends: list[int] = []

    def write(self, path: str, text: str) -> None:
        (self.root / path).parent.mkdir(parents=True, exist_ok=True)
        (self.root / path).write_text(text)

    def link(self, path: str, target: str | Path) -> None:
        (self.root / path).parent.mkdir(parents=True, exist_ok=True)
        (self.root / path).symlink_to(target)

    def usb(self, place: str, usb: str, *, product: str = "", serial: str = "", driver: str = "") -> str:
        """A USB device; the path of its first interface."""
        device = f"sys/devices/pci0/usb1/{place}"
        vendor, number = usb.split(":")
        self.write(f"{device}/idVendor", f"{vendor}\n")
        self.write(f"{device}/idProduct", f"{number}\n")
        self.write(f"{device}/product", f"{product}\n")
        if serial:
            self.write(f"{device}/serial", f"{serial}\n")
        (self.root / f"{device}/{place}:1.0").mkdir()
        if driver:
            (self.root / "sys/bus/usb/drivers" / driver).mkdir(parents=True)
            self.link(f"{device}/{place}:1.0/driver", self.root / "sys/bus/usb/drivers" / driver)
        self.link(f"sys/bus/usb/devices/{place}", self.root / device)
        return f"{device}/{place}:1.0"

    def port(self, name: str, interface: str, *, numbers: str = "188:0") -> str:
        """A port at this interface; the pseudo-terminal that it really is."""
        far, near = os.openpty()
        tty.setraw(near)
        self._ends += [far, near]
        (self.root / interface / name).mkdir(parents=True)
        self.link(f"sys/class/tty/{name}/device", self.root / interface / name)
        self.write(f"sys/class/tty/{name}/dev", f"{numbers}\n")
        self.link(f"dev/{name}", os.ttyname(near))
        return os.ttyname(near)

    def close(self) -> None:
        for end in self._ends:
            os.close(end)


@pytest.fixture
def picture(tmp_path: Path) -> Iterator[Picture]:
    """An empty machine."""
    drawn = Picture(tmp_path)
    yield drawn
    drawn.close()


def test_an_adapter_is_seen_with_its_ids_and_names(picture: Picture) -> None:
    picture.port("ttyUSB0", picture.usb("1-2", "1A86:7523", product="USB Serial\x1b[31m", driver="ch341"))
    picture.link("dev/serial/by-id/usb-1a86", "../../ttyUSB0")
    picture.link("dev/serial/by-id/usb-other", "../../ttyUSB1")
    picture.link("dev/serial/by-path/pci-0", "../../ttyUSB0")
    (port,) = look_around(root=picture.root).ports
    node = picture.root / "dev"
    assert port == FoundPort(
        path=str(node / "ttyUSB0"),
        by_id=(str(node / "serial/by-id/usb-1a86"),),
        by_path=(str(node / "serial/by-path/pci-0"),),
        usb=CH340,
        product="USB Serial[31m",
        group=port.group,
    )


def test_a_port_that_this_account_may_not_open_is_seen_without_opening_it() -> None:
    """Seen by a process of another account; as an ordinary one, at a terminal that nobody may open."""
    with TemporaryDirectory() as folder:
        os.chmod(folder, 0o755)
        drawn = Picture(Path(folder))
        os.chmod(drawn.port("ttyUSB0", drawn.usb("1-2", CH340)), 0o060 if os.getuid() == 0 else 0)
        shown = _seen_by_nobody(drawn.root)
        drawn.close()
    assert (shown.stdout.split(), shown.stderr) == (["False", str(os.getuid() == 0)], "")


def _seen_by_nobody(root: Path) -> subprocess.CompletedProcess[str]:
    script = (
        "import os, sys; from pathlib import Path; from kiosk.devices.sysfs import look_around\n"
        f"if os.getuid() == 0: os.setgroups([]); os.setgid({NOBODY}); os.setuid({NOBODY})\n"
        "(port,) = look_around(root=Path(sys.argv[1])).ports\n"
        "print(port.permitted, bool(port.group))"
    )
    run = [sys.executable, "-c", script, str(root)]
    return subprocess.run(run, cwd=ROOT, capture_output=True, text=True, check=False)


def test_a_serial_port_that_a_machine_was_built_without_is_not_told(picture: Picture) -> None:
    for name, kind in (("ttyS0", "4"), ("ttyS1", "0")):
        picture.write(f"sys/class/tty/{name}/type", f"{kind}\n")
        picture.link(f"sys/class/tty/{name}/device", picture.root)
    picture.write("sys/class/tty/tty1/dev", "4:1\n")
    assert [Path(port.path).name for port in look_around(root=picture.root).ports] == ["ttyS0"]


def test_ports_stand_in_the_order_of_their_numbers(picture: Picture) -> None:
    for number in (10, 2, 1):
        picture.port(f"ttyUSB{number}", picture.usb(f"1-{number}", CH340))
    names = [Path(port.path).name for port in look_around(root=picture.root).ports]
    assert names == ["ttyUSB1", "ttyUSB2", "ttyUSB10"]


def test_whoever_has_a_port_open_is_seen(picture: Picture) -> None:
    path = picture.port("ttyUSB0", picture.usb("1-2", CH340))
    picture.link("proc", "/proc")
    mine = Holder(os.getpid(), Path("/proc/self/comm").read_text().strip())
    port = SerialPort(path, 9600)
    assert mine in look_around(root=picture.root).ports[0].holders
    port.close()


def test_whoever_keeps_a_port_locked_is_seen_though_nothing_else_may_be(picture: Picture) -> None:
    """Programs of other accounts show no descriptors, but their locks are in one list for all."""
    path = picture.port("ttyUSB0", picture.usb("1-2", CH340))
    seen = os.stat(path)
    place = f"{os.major(seen.st_dev):02x}:{os.minor(seen.st_dev):02x}:{seen.st_ino}"
    picture.write(
        "proc/locks",
        f"1: POSIX  ADVISORY  WRITE 700 {place} 0 EOF\n2: FLOCK  ADVISORY  WRITE 812 {place} 0 EOF\n",
    )
    picture.write("proc/812/comm", "minicom\n")
    assert look_around(root=picture.root).ports[0].holders == (Holder(812, "minicom"),)


def test_the_list_of_locks_of_this_machine_is_understood(tmp_path: Path) -> None:
    """Held by this process, found by its lock alone."""
    with sdt_emulator(tmp_path / "reader") as emulator:
        port = SerialPort(emulator.path, 9600)
        (tmp_path / "proc").mkdir()
        (tmp_path / "proc/locks").symlink_to("/proc/locks")
        found = look_around([emulator.path], tmp_path)
        port.close()
    assert [holder.pid for holder in found.ports[0].holders] == [os.getpid()]


def test_an_adapter_without_a_port_is_seen_and_who_took_it(picture: Picture) -> None:
    picture.usb("1-2", CH340, driver="usbfs")
    picture.usb("1-3", "0400:c35a")
    picture.port("ttyUSB0", picture.usb("1-4", CH340, driver="ch341"))
    picture.write("proc/55/comm", "brltty\n")
    found = look_around(root=picture.root)
    assert found.bare == (FoundUsb(CH340, taken=True), FoundUsb("0400:c35a"))
    assert found.running == {"brltty"}


def test_modem_manager_s_orders_are_seen(picture: Picture) -> None:
    picture.port("ttyACM0", picture.usb("1-2", "28e9:018a"), numbers="166:0")
    picture.write("run/udev/data/c166:0", "S:serial/by-id/x\nE:ID_MM_DEVICE_IGNORE=1\n")
    assert look_around(root=picture.root).ports[0].modem_ignored


def test_what_the_rules_give_to_brltty_is_seen_and_what_a_rule_takes_back_is_not(picture: Picture) -> None:
    for number, said in ((1, "E:BRLTTY_BRAILLE_DRIVER=bm\n"), (2, "E:BRLTTY_BRAILLE_DRIVER=\n"), (3, "")):
        picture.port(f"ttyUSB{number}", picture.usb(f"1-{number}", CH340))
        picture.write(f"sys/devices/pci0/usb1/1-{number}/dev", f"189:{number}\n")
        picture.write(f"run/udev/data/c189:{number}", f"I:42\n{said}")
    assert [port.braille for port in look_around(root=picture.root).ports] == [True, False, False]


def test_an_empty_machine_has_nothing(tmp_path: Path) -> None:
    assert look_around(["/nowhere"], tmp_path) == Found()


# The command


def settings_file(folder: Path, *ports: str) -> str:
    own = folder / "kiosk.toml"
    devices = "".join(
        f'\n[[device]]\npurpose = "identity_card"\nprotocol = "sdt"\nport = "{port}"\n' for port in ports
    )
    own.write_text(
        '[site]\nname = { zh = "中心", en = "Centre" }\nphone = "000"\n' + devices, encoding="utf-8"
    )
    return str(own)


def test_the_command_tells_of_the_port_that_is_set_and_of_the_one_that_is_not_there(tmp_path: Path) -> None:
    with sdt_emulator(tmp_path / "reader") as emulator:
        own = settings_file(tmp_path, emulator.path, "/dev/serial/by-id/away")
        chinese = CliRunner().invoke(main, ["--config", own, "reader", "list"])
        english = CliRunner().invoke(main, ["--config", own, "reader", "list", "--lang", "en"])
        as_data = CliRunner().invoke(main, ["--config", own, "reader", "list", "--json"])
    assert chinese.exit_code == english.exit_code == as_data.exit_code == 0
    assert "身份证读卡器就是它" in chinese.stdout
    assert "/dev/serial/by-id/away  现在没有这个口" in chinese.stdout
    assert "Identity card reader" in english.stdout
    entries = {entry["path"]: entry for entry in json.loads(as_data.stdout)}
    assert entries["/dev/serial/by-id/away"]["use"] == "missing"
    (set_one,) = [entry for entry in entries.values() if entry["path"].startswith("/dev/pts/")]
    assert set_one["purposes"] == ["identity_card"]


def test_with_settings_that_cannot_be_used_the_ports_are_listed_all_the_same(tmp_path: Path) -> None:
    """It may be this list that somebody needs to mend them."""
    own = tmp_path / "kiosk.toml"
    own.write_text("[site\n")
    shown = CliRunner().invoke(main, ["--config", str(own), "reader", "list", "--json"])
    assert shown.exit_code == 0
    assert "kiosk.toml" in shown.stderr
    json.loads(shown.stdout)
