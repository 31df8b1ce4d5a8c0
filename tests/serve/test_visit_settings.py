"""What a visit in a browser takes from this box's settings, and where its voice goes."""

from __future__ import annotations

import os
import socket
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from click import UsageError

from kiosk.cli._browser import fitted_to, sound_line
from kiosk.config import Settings, load_settings
from kiosk.paths import shipped_config
from kiosk.serve.browser import Browser
from kiosk.serve.stream import VARIABLE

TABLET = Browser(1280, 800, 5.88, 0.5, 0.735, 1.448)


@pytest.fixture
def settings() -> Settings:
    shipped = load_settings(shipped_config())
    return replace(shipped, voice=replace(shipped.voice, output="private", device="USB Headset"))


@pytest.fixture
def ends() -> Iterator[tuple[socket.socket, socket.socket]]:
    one, other = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
    with one, other:
        yield one, other


def test_a_tablet_is_a_room_whatever_hangs_on_this_box(settings: Settings) -> None:
    """K26: headphones of the box say nothing of who hears a tablet."""
    voice = fitted_to(settings, TABLET, sounds=True).voice
    assert voice.sound and voice.output == "loudspeaker" and voice.device == ""
    assert voice.rate == settings.voice.rate and voice.volume == settings.voice.volume


def test_without_a_line_to_its_page_a_visit_never_sounds(settings: Settings) -> None:
    assert not fitted_to(settings, TABLET).voice.sound


def test_a_box_that_is_silent_has_silent_tablets(settings: Settings) -> None:
    silent = replace(settings, voice=replace(settings.voice, sound=False))
    assert not fitted_to(silent, TABLET, sounds=True).voice.sound


def test_the_browser_of_the_box_itself_keeps_what_is_set(settings: Settings) -> None:
    assert fitted_to(settings, replace(TABLET, here=True)) == settings


def test_the_line_is_a_socket_that_is_open(ends: tuple[socket.socket, socket.socket], tmp_path: Path) -> None:
    line = ends[0].fileno()
    assert sound_line({VARIABLE: str(line)}) == line
    assert sound_line({}) is None
    with (tmp_path / "file").open("w") as file:
        for told in ("", "page", "-1", "65000", str(file.fileno())):
            with pytest.raises(UsageError):
                sound_line({VARIABLE: told})
    os.fstat(line)
