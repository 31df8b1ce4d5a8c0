"""Files of things for emulated devices: what is read, for whom, and what is refused."""

from __future__ import annotations

from pathlib import Path

import pytest

from kiosk.devices.family import family
from kiosk.devices.things import load_things

FILE = """
[[thing]]
label = "a card"
for = ["pn532"]
hex = "a1 b2 c3 d4"

[[thing]]
label = "a tag"
for = ["rdm6300"]
content = "67003B51C6"

[[thing]]
label = "a code, for any device"
content = "取号 A012"
"""


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "things.toml"
    path.write_text(FILE, "utf-8")
    return path


def test_a_thing_is_a_text_or_hex_digits_for_some_devices_or_any(file: Path) -> None:
    everything = load_things(file, "tags")
    assert [thing.content for thing in everything] == [
        bytes.fromhex("a1b2c3d4"),
        b"67003B51C6",
        "取号 A012".encode(),
    ]
    assert [thing.label for thing in load_things(file, "tags", "pn532")] == [
        "a card",
        "a code, for any device",
    ]


def test_without_a_file_there_are_those_that_are_shipped() -> None:
    assert load_things(None, "tags", "pn532")
    assert load_things(None, "tags", "rdm6300")


@pytest.mark.parametrize(
    ("wrong", "says"),
    [
        ("", "thing"),
        ('[[thing]]\nlabel = "a card"', "either content or hex"),
        ('[[thing]]\nlabel = "a card"\nhex = "00"\ncontent = "0"', "either content or hex"),
        ('[[thing]]\nlabel = "a card"\nhex = "0g"', "hexadecimal"),
        ('[[thing]]\nlabel = "a card"\nhex = "00"\ncolour = "red"', "colour"),
        ("[[thing", "Expected"),
    ],
)
def test_a_bad_file_is_refused_with_its_reason(tmp_path: Path, wrong: str, says: str) -> None:
    path = tmp_path / "things.toml"
    path.write_text(wrong, "utf-8")
    with pytest.raises(ValueError, match=says):
        load_things(path, "tags")


@pytest.mark.parametrize(
    ("protocol", "thing", "says"),
    [
        ("pn532", 'hex = "a1b2c3"', "a UID has 4, 7 or 10 bytes"),
        ("rdm6300", 'content = "67003B"', "a tag has ten hex digits"),
    ],
)
def test_a_thing_that_fits_no_such_device_is_refused_by_its_label(
    tmp_path: Path, protocol: str, thing: str, says: str
) -> None:
    path = tmp_path / "things.toml"
    path.write_text(f'[[thing]]\nlabel = "the blue one"\n{thing}\n', "utf-8")
    with pytest.raises(ValueError, match=f"the blue one: {says}"):
        family(protocol).things(path)
