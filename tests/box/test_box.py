"""A box made as docs/install.md says boots, stands there by itself and heals itself: for script/box.

The tests go through one box in their order, as one day there would. A machine that is computed is some thirty
times as slow as one of metal: only what the box's own clock says between two events is looked at.
"""

from __future__ import annotations

import array
import json
import re
import textwrap
from collections.abc import Iterator

import pytest

from tests.box.box_screen import BoxScreen
from tests.box.reader_cable import ReaderCable
from tests.box.virtual_box import READER, VirtualBox, accelerator, combinations
from tests.journeys import resident
from tests.journeys.kiosk_terminal import ROOT
from tests.journeys.resident import Resident, words

pytestmark = pytest.mark.box

KIOSK, STAFF_PAGE = "bangban.service", "bangban-out-of-order.service"
FOLDER = ROOT / "build" / "box"
HELD: tuple[list[str], ...] = (
    [],
    ["ctrl"],
    ["alt"],
    ["ctrl", "alt"],
    ["shift"],
    ["ctrl", "shift"],
    ["alt", "sysrq"],
    ["meta_l"],
)
AGAIN = 60.0
"""Seconds after which a key that did nothing is pressed once more."""
OWN_SERVICE = """
set -eu
mkdir -p /srv/bangban/services
cp /opt/bangban/data/services/elderly-allowance.toml /srv/bangban/services/
cd /srv/bangban/services
export LC_ALL=C.UTF-8
sed -i 's/（待业务负责人核对）//g; s/ (to be confirmed by the owner)//g' elderly-allowance.toml
/opt/bangban/.venv/bin/kiosk service sign elderly-allowance.toml --by 王示例 --live
sed -i 's|^folder = ""|folder = "/srv/bangban/services"|' /etc/bangban/kiosk.toml
mkdir -p /media/stick && chown bangban /media/stick
"""
DEVICE = f"""
[[device]]
purpose = "identity_card"
protocol = "sdt"
port = "{READER}"
baud = 0
"""


@pytest.fixture(scope="module")
def box() -> Iterator[VirtualBox]:
    """The box, switched on."""
    assert (FOLDER / "disk.img").is_file(), "script/box makes the disk"
    box = VirtualBox(FOLDER, accelerator())
    box.power_on()
    box.wait_until_up()
    yield box
    box.power_cut()


@pytest.fixture(scope="module")
def reader(box: VirtualBox) -> Iterator[ReaderCable]:
    """Its card reader."""
    cable = ReaderCable(FOLDER, box.reader_cable)
    yield cable
    cable.close()


@pytest.fixture
def screen(box: VirtualBox) -> Iterator[BoxScreen]:
    """What stands on it."""
    if (FOLDER / "shell").read_text(encoding="ascii").strip() != "x11":
        pytest.skip("what stands on the screen is read from kitty: script/box --shell x11")
    box.wait_for_unit(KIOSK)
    screen = BoxScreen(box)
    screen.open()
    yield screen
    screen.close()


def _stands(box: VirtualBox) -> tuple[str, ...]:
    """What a way out would change: the console, the boot, the programs."""
    seen = "cat /sys/class/tty/tty0/active /proc/sys/kernel/random/boot_id; pgrep -x kitty; pgrep -x Xorg"
    return (*box.run(seen).split(), box.shows(KIOSK, "MainPID"), box.shows(KIOSK, "NRestarts"))


def test_it_stands_there_by_itself(box: VirtualBox, screen: BoxScreen) -> None:
    """Power comes: nobody does anything, and a person can begin."""
    screen.shows(words("language.heading"))
    box.photograph("begins")
    assert box.run("systemctl --failed --no-legend") == ""
    assert "bangban-night.timer" in box.run("systemctl list-timers --no-legend")
    assert "hardware watchdog" in box.run("journalctl -b --no-pager")
    found = json.loads(box.run("bangban check --json", may_fail=True))["findings"]
    assert {"screen": "good", "voice": "good"}.items() <= {(one["part"], one["state"]) for one in found}


def test_it_is_heard(box: VirtualBox) -> None:
    """K03: the first page sounds from the loudspeaker."""

    def loudest() -> int:
        told = box.heard.read_bytes()[44:]
        samples = array.array("h", told[: len(told) // 2 * 2])
        return max(map(abs, samples), default=0)

    box.until(lambda: loudest() > 1000, "a voice")


def test_no_key_leads_out(box: VirtualBox, screen: BoxScreen) -> None:
    """Every key of the keyboard, alone and with what can be held, as the kernel sees them."""
    before = _stands(box)
    for keys in combinations(box.keyboard(), HELD):
        box.press(*keys)
    for key in ("ctrl", "alt", "shift", "meta_l", "sysrq"):
        box.press(key)
    box.tell("system_powerdown")
    screen.take(5)
    assert _stands(box) == before
    assert screen.text
    box.photograph("after-every-key")


def test_a_finger_chooses(box: VirtualBox, screen: BoxScreen) -> None:
    """A touch of the second choice leads on in English."""
    box.run(f"systemctl restart {KIOSK}")
    screen.close()
    screen.open()
    screen.shows(words("language.heading"))
    row = next(number for number, line in enumerate(screen.picture().splitlines()) if "2  English" in line)
    height = len(screen.picture().splitlines())

    def leads_on() -> bool:
        # A page that has only just come takes no touch: it is touched again, as people do.
        box.touch(0.4, (row + 0.5) / height)
        screen.take(AGAIN / 4)
        return words("language.heading") not in screen.text

    box.until(leads_on, "a page in English")
    assert re.search("[A-Za-z]{4}", screen.text)


def test_from_card_to_receipt_and_the_plug_is_pulled(
    box: VirtualBox, reader: ReaderCable, screen: BoxScreen, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A service of the centre, a card, a number; then no power: the case is there."""
    monkeypatch.setattr(resident, "PRESS_AGAIN", AGAIN)
    _open_for_business(box)
    screen.close()
    box.run(f"systemctl restart {KIOSK}")
    screen.open()
    zhang = Resident(screen)
    zhang.go_to("card.heading", limit=900)
    reader.lay(1)
    screen.until(lambda text: words("card.heading") not in text)
    zhang.go_to("receipt.heading", limit=1800)
    screen.take()
    zhang.look_for_receipt()
    box.photograph("receipt")
    reader.lay(0)
    box.power_cut()
    box.power_on()
    box.wait_until_up()
    kept = json.loads(box.run("bangban case list --json"))
    assert [zhang.receipts[0]] == [case["number"] for case in kept]
    assert box.run("bangban verify") != ""


def _open_for_business(box: VirtualBox) -> None:
    box.run(OWN_SERVICE)
    box.run("cat >> /etc/bangban/kiosk.toml", DEVICE)
    pin = re.search(r"\d{6}", box.run("bangban account add Wang --role manager"))
    assert pin
    given = f"{pin[0]}\n" * 3
    box.run("bangban keys make Wang --stick /media/stick/bangban.key", given)


def test_a_screen_that_falls_is_begun_anew_within_five_seconds(box: VirtualBox) -> None:
    """By the box's own clock, from the fall to the next start."""
    box.wait_for_unit(KIOSK)
    main = box.shows(KIOSK, "MainPID")
    box.run("pkill -9 -x Xorg")
    fell = "ExecMainExitTimestampMonotonic", "ExecMainStartTimestampMonotonic"
    box.until(lambda: box.shows(KIOSK, "MainPID") not in {main, "0"}, "another start")
    started = int(box.shows(KIOSK, fell[1]))
    ends = re.findall(r"^(\d+\.\d+).*Main process exited", _precise(box), re.MULTILINE)
    assert started / 1e6 - float(ends[-1]) < 5
    box.wait_for_unit(KIOSK)


def _precise(box: VirtualBox) -> str:
    told = box.run(f"journalctl -b --no-pager -o short-monotonic -u {KIOSK}")
    return re.sub(r"(?m)^\[\s*([\d.]+)\]", r"\1", told)


def test_a_loop_that_stands_still_is_begun_anew(box: VirtualBox) -> None:
    """The watchdog hears the sitting itself, not the terminal around it."""
    box.wait_for_unit(KIOSK)
    box.run("pkill -STOP -f 'kiosk.cli run$'")
    box.until(lambda: "Watchdog timeout" in box.journal(KIOSK), "the watchdog")
    box.wait_for_unit(KIOSK)


def test_three_falls_show_the_page_for_staff_and_then_it_tries_again(box: VirtualBox) -> None:
    """No shell, no black screen; and nobody has to come for it."""
    box.run(f"systemctl reset-failed {KIOSK}; systemctl restart --no-block {KIOSK}")
    while box.shows(STAFF_PAGE, "ActiveState") != "activating":
        box.run("pkill -9 -x Xorg", may_fail=True)
    box.until(
        lambda: "out-of-order" in box.run("ps -C kiosk,python,python3 -o args= ", may_fail=True), "page"
    )
    box.photograph("out-of-order")
    assert box.run("cat /sys/class/tty/tty0/active") == "tty1"
    box.wait_for_unit(KIOSK)
    assert box.shows(STAFF_PAGE, "ActiveState") == "inactive"


def test_the_morning_and_the_night(box: VirtualBox) -> None:
    """A check before the house opens, a backup at night; and the kiosk stands again."""
    box.run("systemctl start bangban-night.service")
    assert box.run("ls /var/backups/bangban") != ""
    before = box.run("ls /var/lib/bangban/data/checks").split()
    box.run("systemctl start bangban-morning.service")
    assert len(box.run("ls /var/lib/bangban/data/checks").split()) > len(before)
    box.wait_for_unit(KIOSK)
    assert box.shows(STAFF_PAGE, "Result") == "success"


def test_tablets_are_served_beside_it(box: VirtualBox) -> None:
    """The unit of docs/serve.md, on loopback; a browser with the address is let in, one without is not."""
    written = (ROOT / "docs" / "serve.md").read_text(encoding="utf-8")
    unit = textwrap.dedent(
        written[written.index("    [Service]") : written.index("**A kiosk that is a browser")]
    )
    alone = re.sub(r"(?m)^(ExecStart=.* serve).*$", r"\1", unit)
    box.run("cat > /etc/systemd/system/bangban-serve.service && systemctl daemon-reload", alone)
    box.run("systemctl start bangban-serve.service")
    asked = "python3 -c 'import sys, urllib.request as web; print(web.urlopen(sys.argv[1]).status)' "
    address = "$(cat /var/lib/bangban/data/browser-address)"
    box.until(lambda: box.run(f'{asked} "{address}"', may_fail=True) == "200", "the page for tablets")
    assert box.run(f"{asked} http://127.0.0.1:8090/", may_fail=True) == ""
    box.run("systemctl stop bangban-serve.service")


def test_told_to_stop_it_stays_away(box: VirtualBox) -> None:
    """No page for staff, and no kiosk by itself."""
    box.wait_for_unit(KIOSK)
    box.run(f"systemctl stop {KIOSK}")
    assert box.shows(KIOSK, "ActiveState") in {"inactive", "failed"}
    assert box.shows(STAFF_PAGE, "ActiveState") == "inactive"
    box.run(f"systemctl start {KIOSK}")
    box.wait_for_unit(KIOSK)


def test_a_kernel_that_falls_comes_back(box: VirtualBox) -> None:
    """After ten seconds, and the kiosk stands there again."""
    before = box.run("cat /proc/sys/kernel/random/boot_id")
    box.run("nohup sh -c 'sleep 1; echo c > /proc/sysrq-trigger' >/dev/null 2>&1 &")
    box.come_back(before)
    box.wait_for_unit(KIOSK)


def test_a_system_that_hangs_is_restarted_by_the_machine(box: VirtualBox) -> None:
    """systemd itself falls: the hardware's watchdog is fed no more."""
    before = box.run("cat /proc/sys/kernel/random/boot_id")
    box.run("nohup sh -c 'sleep 1; kill -SEGV 1' >/dev/null 2>&1 &")
    box.come_back(before)
    box.wait_for_unit(KIOSK)


def test_a_long_press_of_the_power_key_switches_it_off(box: VirtualBox) -> None:
    """The one key that is left to a keyboard, and nothing that a touch of it does."""
    box.press("power", hold=12)
    box.wait_until_off()
