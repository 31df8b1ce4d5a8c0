"""Services that come while somebody is at the kiosk: the next person has them, this one is not disturbed."""

from __future__ import annotations

import datetime
import json
from pathlib import Path

from kiosk.editions.edition import Kind
from kiosk.editions.keeping import Editions
from kiosk.security.device_key import DeviceKey
from tests.editions.publisher import edition, publisher_key, stall
from tests.journeys.conftest import StartKiosk
from tests.journeys.kiosk_terminal import ESCAPE, KioskTerminal
from tests.journeys.resident import Resident, words

SITE = '[site]\nname = { zh = "某中心", en = "A centre" }\nphone = "000-1"\n'
TODAY = datetime.date(2026, 11, 2)
FIRST, SECOND = "领早饭券登记", "领晚饭券登记"


def published(key: DeviceKey, folder: Path, title: str, serial: int) -> None:
    """It is in use on this box from now on."""
    kept = Editions(folder, Kind.SERVICES, (key.public,))
    kept.take(edition(stall(folder.parent / title, title), key, serial), TODAY)


def knows(key: DeviceKey, folder: Path) -> Path:
    config = folder / "my.toml"
    config.write_text(f"{SITE}[hub]\npublisher_keys = {json.dumps([key.public.hex()])}\n", encoding="utf-8")
    return config


def to_the_list(terminal: KioskTerminal, title: str) -> None:
    Resident(terminal).go_to(title)


def test_the_visit_that_runs_keeps_its_services_and_the_next_one_has_the_new_ones(
    kiosk: StartKiosk, folder: Path, tmp_path: Path
) -> None:
    key = publisher_key(tmp_path)
    published(key, folder, FIRST, 1)
    terminal = kiosk("--demo", "--config", str(knows(key, tmp_path)))
    to_the_list(terminal, FIRST)
    published(key, folder, SECOND, 2)
    terminal.press_for(ESCAPE, words("home.heading"))
    to_the_list(terminal, FIRST)
    terminal.kill_sitting()
    terminal.shows(words("language.heading")[:8])
    to_the_list(terminal, SECOND)
    assert FIRST not in terminal.text
