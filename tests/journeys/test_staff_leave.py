"""Staff at the screen: card and PIN, and the kiosk stands still or begins anew. Nobody else gets there."""

from __future__ import annotations

import signal
import sys
import time
from contextlib import suppress
from functools import partial
from pathlib import Path

import pytest
from click.testing import CliRunner

from kiosk.catalogue import load_catalogue
from kiosk.cli import main
from kiosk.identity.people import load_people
from tests.journeys.conftest import StartKiosk
from tests.journeys.kiosk_terminal import (
    BRISK,
    ENTER,
    PATIENCE,
    PRESS_AGAIN,
    KioskTerminal,
    NeverShown,
    alive,
)
from tests.journeys.resident import Resident, squeezed, words
from tests.journeys.test_store_bad_luck import fill_the_disk, make_room
from tests.slowness import slowness

NAME = "王五"
MINE, ANOTHERS = 1, 2
"""Cards of the demo's people."""
NUMBER = load_people()[MINE - 1].number
SOON_MORNING = (sys.executable, str(Path(__file__).with_name("soon_morning.py")), "run")
CLOSED = squeezed(load_catalogue("box")["closed_by_staff.heading"].show("zh"))


def command(folder: Path, *given: str, typed: str = "") -> str:
    done = CliRunner().invoke(main, ["--data", str(folder), *given], input=typed)
    assert done.exit_code == 0, done.output
    return done.output


@pytest.fixture
def pin(folder: Path) -> str:
    """Of an account whose card is registered."""
    told = command(folder, "account", "add", NAME)
    command(folder, "account", "card", NAME, typed=f"{NUMBER}\n")
    return told.split("PIN ")[1][:6]


def knock(terminal: KioskTerminal, key: str = "0") -> None:
    """Five times on the page at rest."""
    terminal.shows(words("language.heading")[:8])
    limit = time.monotonic() + PATIENCE
    while words("staff.heading") not in terminal.text and time.monotonic() < limit:
        terminal.tap(*[key] * 5)
        # once more too soon would be Back on the page that comes
        with suppress(NeverShown):
            terminal.shows(words("staff.heading"), limit=PRESS_AGAIN * slowness())
    terminal.shows(words("staff.heading"))


def come_in(terminal: KioskTerminal, pin: str, card: int = MINE) -> None:
    knock(terminal)
    Resident(terminal).lay(card)
    terminal.shows(words("staff.pin"))
    enter(terminal, pin)


def contains(stars: str, text: str) -> bool:
    return stars in text


def enter(terminal: KioskTerminal, pin: str) -> None:
    """Digit by digit, as a star comes for each; a page that has just come takes no key that is older."""
    for count, digit in enumerate(pin, 1):
        stars = "*" * count
        terminal.press_until(digit, partial(contains, stars), f"{count} stars")
    terminal.press_until(ENTER, lambda text: "*" not in text, "what comes of the PIN")


def choose(terminal: KioskTerminal, number: str) -> None:
    """What the kiosk shall do, once the card is off the reader; pressed no more once it does it."""
    what = words("staff.what")
    terminal.shows(what)
    terminal.press_until(number, lambda text: words("staff.take_card") in text, "the card to be taken first")
    Resident(terminal).lift()
    terminal.shows(what)
    terminal.press_until(number, lambda text: what not in text, "what was chosen")


def test_with_card_and_pin_the_kiosk_stands_still_until_it_is_told_to_end(
    pin: str, folder: Path, kiosk: StartKiosk
) -> None:
    terminal = kiosk("--demo")
    come_in(terminal, pin)
    terminal.shows(words("staff.what"))
    assert pin not in terminal.raw.decode(errors="replace")
    choose(terminal, "3")
    terminal.shows(CLOSED)
    assert terminal.sittings() == []
    terminal.tap("0", ENTER, "1", "\x1a", "\x1c")
    terminal.rest(0.5)
    assert CLOSED in terminal.text and alive(terminal.pid)
    terminal.send(signal.SIGTERM)
    assert terminal.wait_end() == 0


def test_in_the_morning_it_opens_by_itself(pin: str, kiosk: StartKiosk) -> None:
    terminal = kiosk("--demo", program=SOON_MORNING)
    come_in(terminal, pin)
    choose(terminal, "3")
    terminal.shows(words("language.heading")[:8])
    assert CLOSED.encode() in terminal.raw
    assert len(terminal.sittings()) == 1


def test_it_begins_anew_in_the_same_process_with_its_settings_read_again(
    pin: str, folder: Path, kiosk: StartKiosk, tmp_path: Path
) -> None:
    settings = tmp_path / "kiosk.toml"
    site = '[site]\nname = { zh = "幸福路社区服务中心", en = "Xingfu Road" }\nphone = "000-12345"\n'
    settings.write_text(site, encoding="utf-8")
    terminal = kiosk("--demo", more={"KIOSK_CONFIG": str(settings)})
    come_in(terminal, pin)
    terminal.shows(words("staff.what"))
    settings.write_text(site.replace("幸福路", "平安里"), encoding="utf-8")
    choose(terminal, "2")
    terminal.shows("平安里")
    terminal.shows(words("language.heading")[:8])
    assert terminal.status() is None


def test_another_card_or_a_wrong_pin_opens_nothing_and_too_many_have_to_wait(
    pin: str, folder: Path, kiosk: StartKiosk
) -> None:
    wrong = f"{(int(pin) + 1) % 10**6:06d}"
    terminal = kiosk("--demo")
    come_in(terminal, pin, ANOTHERS)
    terminal.shows(words("staff.wrong"))
    terminal.press_until("\x1b", lambda text: words("staff.pin") not in text, "a way back")
    Resident(terminal).lift()
    come_in(terminal, wrong)
    terminal.shows(words("staff.wrong"))
    for _ in range(4):
        enter(terminal, wrong)
    terminal.shows(words("staff.wait")[:6])
    enter(terminal, pin)
    assert words("staff.what") not in terminal.text


def test_a_resident_who_presses_other_keys_between_never_comes_there(kiosk: StartKiosk) -> None:
    terminal = kiosk("--demo")
    terminal.shows(words("language.heading")[:8])
    terminal.rest(1.0)
    for _ in range(4):
        terminal.tap("0", "0", "+")
    terminal.rest(0.5)
    assert words("staff.heading") not in terminal.text


def test_five_touches_on_the_name_of_the_centre_lead_there_too(kiosk: StartKiosk) -> None:
    knock(kiosk("--demo"), "\x1b[<0;20;1M\x1b[<0;20;1m")


def test_staff_close_a_kiosk_that_can_take_nothing_in(folder: Path, kiosk: StartKiosk, pin: str) -> None:
    """Its calm page stands as soon as it starts, so that there is no page at rest to knock on."""
    terminal = kiosk("--demo", program=BRISK)
    terminal.shows(words("language.heading")[:8])
    fill_the_disk(terminal)
    terminal.kill_sitting()
    terminal.shows(words("closed.heading"))
    make_room(terminal)
    limit = time.monotonic() + PATIENCE
    while words("staff.heading") not in terminal.text and time.monotonic() < limit:
        terminal.tap(*"00000")
        with suppress(NeverShown):
            terminal.shows(words("staff.heading"), limit=PRESS_AGAIN * slowness())
    Resident(terminal).lay(MINE)
    terminal.shows(words("staff.pin"))
    enter(terminal, pin)
    choose(terminal, "3")
    terminal.shows(CLOSED)
