"""`kiosk.toml`: the shipped file explains every setting, and a slip is told with its line."""

from __future__ import annotations

import dataclasses
import re
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import get_args, get_origin, get_type_hints

import pytest

from kiosk.cases.numbers import ticket
from kiosk.config import ConfigFault, Services, Settings, load_settings
from kiosk.paths import data_dir, shipped_config

SHIPPED = shipped_config().read_text(encoding="utf-8")
SITE = '[site]\nname = { zh = "某中心", en = "A centre" }\nphone = "000-1"\n'
LETTER = '[[waiting_letter]]\nletter = "A"\nname = { zh = "社保", en = "Pensions" }\n'
DEVICE = '[[device]]\npurpose = "identity_card"\nprotocol = "sdt"\n'


def settings_of(folder: Path, words: str) -> Settings:
    path = folder / "my.toml"
    path.write_text(words, encoding="utf-8")
    return load_settings(path)


def with_example(source: str) -> str:
    """The shipped file as it is when the device in its comments is written out."""
    return re.sub(r"(?m)^# (?=# |\[\[|\w+ = )", "", source)


def every_key() -> Iterator[tuple[str, str]]:
    for section, kind in get_type_hints(Settings).items():
        one = get_args(kind)[0] if get_origin(kind) is tuple else kind
        yield from ((section, key.name) for key in dataclasses.fields(one))


def test_the_shipped_settings_are_good() -> None:
    settings = load_settings()
    assert settings.site.name.show("zh")
    assert settings.services.path() == data_dir() / "services"


def test_every_setting_stands_in_the_shipped_file_with_a_word_about_it() -> None:
    table = ""
    explained: set[tuple[str, str]] = set()
    above = ""
    for line in with_example(SHIPPED).splitlines():
        if header := re.fullmatch(r"\[+(\w+)\]+", line):
            table = header[1]
        elif (key := re.match(r"(\w+) = ", line)) and above.startswith("#"):
            explained.add((table, key[1]))
        above = line
    assert explained == set(every_key())


def test_the_shipped_file_names_no_setting_that_is_not() -> None:
    document = tomllib.loads(with_example(SHIPPED))
    (document["device"],) = document["device"]
    (document["waiting_letter"],) = document["waiting_letter"]
    assert {(section, key) for section, keys in document.items() for key in keys} == set(every_key())


def test_no_example_gives_waiting_numbers_the_letter_of_a_receipt() -> None:
    """Who holds the receipt A001 is not to get up when A1 is called."""
    page = (shipped_config().parent / "docs/install.md").read_text(encoding="utf-8")
    shown = [re.findall(r'(?m)^ *letter = "(.)"', text) for text in (with_example(SHIPPED), page)]
    assert all(shown)
    assert ticket(1)[0] not in {letter for letters in shown for letter in letters}


def test_what_is_left_out_has_the_value_shown(tmp_path: Path) -> None:
    """The shipped file says so; only the site's own name and phone have none."""
    little = settings_of(tmp_path, SITE)
    shipped = load_settings()
    for section in ("screen", "voice", "times", "services"):
        assert getattr(little, section) == getattr(shipped, section), section
    assert little.site.zone == shipped.site.zone


@pytest.mark.parametrize(
    ("words", "line", "named"),
    [
        (SITE + "[times]\nidel = 180\n", 5, "times.idel"),
        (SITE + "[tmies]\nidle = 180\n", 4, "tmies"),
        (SITE + "[times]\nidle = 5\n", 5, "times.idle"),
        (SITE + "\n[voice]\nsound = true\nrate = 9\n", 7, "voice.rate"),
        (SITE + 'zone = "Nowhere/Here"\n', 4, "site.zone"),
        (SITE + 'zone = "Asia"\n', 4, "site.zone"),
        (SITE + '[screen]\ncolours = "pink"\n', 5, "screen.colours"),
        (SITE + '[screen]\nrestart = "yes"\n', 5, "screen.restart"),
        (SITE + "[screen]\nrestart = 1\n", 5, "screen.restart"),
        (SITE + DEVICE + DEVICE + "baud = 1\n", 10, "device.2.baud"),
        (SITE + "[[device]]\nprotocol = 'sdt'\n", 4, "device.1.purpose"),
        (SITE + "[device]\nbaud = 0\n", 4, "device"),
        ('[site]\nname = { zh = "某中心", en = "A centre" }\n', 1, "site.phone"),
        ('[site]\nname = { zh = "某中心", en = 3 }\nphone = "1"\n', 2, "site.name.en"),
        ('[site]\nname = { zh = " ", en = "A" }\nphone = "1"\n', 2, "site.name.zh"),
        ('[site]\nname = { zh = "某中心" }\nphone = "1"\n', 2, "site.name"),
        ('[site]\nname = "某中心"\nphone = "1"\n', 2, "site.name"),
        (SITE + DEVICE + "baud = 9600.0\n", 7, "device.1.baud"),
        (SITE + "[voice]\nsound = 1\n", 5, "voice.sound"),
        (SITE + "[voice]\nvolume = true\n", 5, "voice.volume"),
        ("times = 3\n" + SITE, 1, "times"),
        (SITE + LETTER + LETTER, 8, "waiting_letter.2.letter"),
        (SITE + LETTER + "windows = []\n", 7, "waiting_letter.1.windows"),
        (SITE + LETTER.replace('"A"', '"I"'), 5, "waiting_letter.1.letter"),
    ],
)
def test_a_slip_names_its_line_and_key(words: str, line: int, named: str, tmp_path: Path) -> None:
    with pytest.raises(ConfigFault) as fault:
        settings_of(tmp_path, words)
    assert f"my.toml:{line} {named}" in str(fault.value)


@pytest.mark.parametrize("words", ["[site", "a = “b”", "\x00", "a = " + "[" * 3000, "a = " + "9" * 5000])
def test_a_file_that_cannot_be_read_is_told_by_name(words: str, tmp_path: Path) -> None:
    with pytest.raises(ConfigFault, match=r"my\.toml"):
        settings_of(tmp_path, words)


def test_a_file_that_is_not_there_is_told_by_name(tmp_path: Path) -> None:
    with pytest.raises(ConfigFault, match=r"none\.toml"):
        load_settings(tmp_path / "none.toml")


def test_a_file_from_another_editor_is_read(tmp_path: Path) -> None:
    assert settings_of(tmp_path, "\ufeff" + SITE).site.phone == "000-1"


def test_several_devices_are_read_in_their_order(tmp_path: Path) -> None:
    settings = settings_of(
        tmp_path, SITE + DEVICE + '[[device]]\npurpose = "code"\nprotocol = "scanner"\nbaud = 9600\n'
    )
    assert [(one.purpose, one.protocol, one.baud) for one in settings.device] == [
        ("identity_card", "sdt", 0),
        ("code", "scanner", 9600),
    ]


def test_a_folder_of_services_can_be_named() -> None:
    assert Services(folder="/somewhere").path() == Path("/somewhere")


def test_settings_cannot_be_changed_while_running() -> None:
    with pytest.raises(dataclasses.FrozenInstanceError):
        load_settings().times.idle = 300  # type: ignore[misc]
