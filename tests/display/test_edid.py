"""What a monitor says of its size, read from bytes made by hand."""

from __future__ import annotations

from pathlib import Path

import pytest

from kiosk.config import Screen
from kiosk.display.edid import panel_of
from kiosk.display.tables import UnknownDisplay, panel_here, panels

FULL_HD_15 = 344, 194, 1920, 1080


def edid(
    width: int, height: int, across: int, down: int, *, name: str = "BB-156", head: bytes = b"\x22\x13"
) -> bytes:
    """The first block of a monitor with this one timing."""
    timing = bytes([
        0x02, 0x3A, across & 255, 0x18, (across >> 8) << 4, down & 255, 0x2D, (down >> 8) << 4,
        0x58, 0x2C, 0x45, 0x00, width & 255, height & 255, (width >> 8) << 4 | height >> 8, 0, 0, 0x1E,
    ])  # fmt: skip
    named = b"\x00\x00\x00\xfc\x00" + (name + "\n").ljust(13).encode()
    empty = b"\x00\x00\x00\x10\x00" + bytes(13)
    block = (
        b"\x00\xff\xff\xff\xff\xff\xff\x00"
        + bytes(12)
        + b"\x80"
        + head
        + bytes(31)
        + timing
        + named
        + 2 * empty
    )
    block += b"\x00"
    return block + bytes([-sum(block) % 256])


def test_millimetres_and_pixels_come_from_the_detailed_timing() -> None:
    panel = panel_of(edid(*FULL_HD_15))
    assert panel is not None
    assert [panel.width, panel.height, panel.across, panel.down] == [*FULL_HD_15]
    assert panel.name == "BB-156"
    assert panel.inches == pytest.approx(15.55, abs=0.01)


def test_a_wide_screen_needs_the_high_bits_of_every_length() -> None:
    panel = panel_of(edid(708, 398, 3840, 2160))
    assert panel is not None
    assert (panel.width, panel.height, panel.across, panel.down) == (708, 398, 3840, 2160)


def test_whole_centimetres_are_taken_where_the_timing_is_silent() -> None:
    panel = panel_of(edid(0, 0, 1280, 800, head=bytes([22, 14])))
    assert panel is not None
    assert (panel.width, panel.height) == (220, 140)


@pytest.mark.parametrize(
    "bytes_read",
    [
        b"",
        b"\x00" * 128,
        edid(*FULL_HD_15)[:127],
        edid(*FULL_HD_15)[:-1] + b"\x00",
        edid(0, 0, 1920, 1080, head=b"\x00\x00"),
        edid(16, 9, 1920, 1080),
        edid(344, 194, 0, 0),
    ],
    ids=["nothing", "zeros", "cut", "wrong sum", "a virtual screen", "a ratio for a size", "no pixels"],
)
def test_what_tells_no_size_is_not_taken(bytes_read: bytes) -> None:
    assert panel_of(bytes_read) is None


def test_the_one_screen_that_is_connected_is_found_and_the_ruler_corrects_it(tmp_path: Path) -> None:
    for port, read in (("card0-HDMI-A-1", edid(*FULL_HD_15)), ("card0-DP-1", b"")):
        (tmp_path / port).mkdir()
        (tmp_path / port / "edid").write_bytes(read)
    panel = panel_here(Screen(ruler=98), tmp_path)
    assert panel is not None
    assert panel.width == pytest.approx(344 * 0.98)


def test_of_two_screens_nobody_knows_which_is_meant(tmp_path: Path) -> None:
    for port, read in (("card0-HDMI-A-1", edid(*FULL_HD_15)), ("card0-DP-1", edid(708, 398, 3840, 2160))):
        (tmp_path / port).mkdir()
        (tmp_path / port / "edid").write_bytes(read)
    assert panel_here(Screen(), tmp_path) is None


def test_a_panel_can_be_named_or_written_by_hand(tmp_path: Path) -> None:
    assert panel_here(Screen(display="15.6"), tmp_path) == panels()["15.6"]
    panel = panel_here(Screen(display="344x194 mm, 1920x1080"), tmp_path)
    assert panel is not None
    assert (panel.width, panel.down) == (344, 1080)
    with pytest.raises(UnknownDisplay):
        panel_here(Screen(display="big"), tmp_path)
