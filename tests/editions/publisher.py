"""Whoever publishes: a key, and small sets of services and calendars to sign with it."""

from __future__ import annotations

import datetime
from pathlib import Path

from kiosk.editions.edition import Edition, Kind, Signed, files_in, signed
from kiosk.security.device_key import DeviceKey, signing_key
from kiosk.services.sign_off import Signed as SignedOff
from kiosk.services.sign_off import sign
from tests.services.seeded import GOOD, TODAY, looked_over

AT = datetime.datetime(2026, 11, 2, 6, 0, tzinfo=datetime.UTC)
_CONFIRMED = GOOD.replace("（待业务负责人核对）", "").replace(" (to be confirmed by the owner)", "")
_TITLE = "title.zh ="


def publisher_key(folder: Path, name: str = "publisher.key") -> DeviceKey:
    return signing_key(folder / name)


def stall(folder: Path, title: str = "摆摊", *, id_: str = "market-stall", signed_off: bool = True) -> Path:
    """A folder with one small service of this title, and the block that it needs."""
    source = "\n".join(
        f'{_TITLE} "{title}"' if line.startswith(_TITLE) else line for line in _CONFIRMED.splitlines()
    )
    source = source.replace('id      = "market-stall"', f'id      = "{id_}"')
    folder.mkdir(parents=True, exist_ok=True)
    looked_over(folder, source + "\n")
    path = (folder / "service.toml").rename(folder / f"{id_}.toml")
    if signed_off:
        assert isinstance(sign(path, "民政岗 李", TODAY, live=True), SignedOff)
    return folder


def year(folder: Path, number: int, *holidays: str) -> Path:
    """A folder with the calendar of one year, these days off."""
    folder.mkdir(parents=True, exist_ok=True)
    lines = [f'year = {number}\nsource = "通知"\ntext = "放假"\nholiday = []\n' if not holidays else ""]
    if holidays:
        lines = [f'year = {number}\nsource = "通知"\ntext = "放假"\n']
    lines += [
        f'[[holiday]]\nname = {{ zh = "假", en = "Holiday" }}\nfrom = {day}\nto = {day}\nworkdays = []\n'
        for day in holidays
    ]
    (folder / f"{number}.toml").write_text("".join(lines), encoding="utf-8")
    return folder


def edition(folder: Path, key: DeviceKey, serial: int = 1, kind: Kind = Kind.SERVICES) -> Signed:
    """What the folder holds, signed."""
    made_at = AT + datetime.timedelta(days=serial % 1000)
    return signed(Edition(kind, serial, made_at, files_in(folder, kind)), key)
