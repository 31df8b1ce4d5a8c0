"""The sound itself, recorded from a sound server without a sound card."""

from __future__ import annotations

import shutil
import time
from collections.abc import Callable
from typing import TYPE_CHECKING

import pytest

from kiosk.flow.page import Choice, Page
from kiosk.text import same
from voice.outlet import REST_SECONDS
from voice.tone import SECONDS

if TYPE_CHECKING:
    from tests.voice.conftest import Booth
    from tests.voice.sound_hall import Hall

WAIT = 20.0
SILENT_WITHIN = 0.2
"""Seconds after a key (K08)."""
HEARD_WITHIN = 0.75
"""Seconds from a page to its first sound (K03)."""

pytestmark = pytest.mark.skipif(
    not all(map(shutil.which, ("pulseaudio", "parec", "pacat", "pactl"))),
    reason="pulseaudio is not installed",
)


@pytest.mark.slow
def test_the_hall_hears_the_page_and_then_silence_after_a_key(
    hall: Hall, booth: Booth, long_page: Page, record_property: Callable[[str, object], None]
) -> None:
    """K03, K08: speech reaches the device, and any key stops it within 200 ms."""
    hall.listen_on(1.0)
    speaker = booth.speaker()
    begun = time.monotonic()
    speaker.present(long_page, "zh")
    assert hall.wait_loud(begun)
    assert booth.ear.captions[0].sounding and booth.ear.no_sound == 0
    hall.listen_on(1.0)
    stopped = time.monotonic()
    speaker.stop()
    hall.listen_on(1.5)
    assert hall.loud_at
    silent = hall.loud_at - stopped
    assert silent < SILENT_WITHIN
    again = time.monotonic()
    speaker.present(long_page, "en")
    assert hall.wait_loud(again)
    record_property("stop to silence, s", round(silent, 3))
    record_property("page to first sound, s", round(hall.loud_at - again, 3))


@pytest.mark.slow
def test_a_stream_that_rested_is_heard_again_at_once_and_does_not_click(
    hall: Hall, booth: Booth, long_page: Page, record_property: Callable[[str, object], None]
) -> None:
    """K03: resting between pages costs a listener nothing, and the watch over the child is not misled."""
    speaker = booth.speaker()
    speaker.focus(long_page, Choice("go", same("Go on")), "en")
    assert speaker.wait_quiet(WAIT)
    child, shown = speaker.child, len(booth.ear.captions)
    hall.listen_on(1.0)
    hall.loudest = 0
    hall.listen_on(2 * REST_SECONDS + 0.5)
    assert hall.loudest == 0
    again = time.monotonic()
    speaker.present(long_page, "zh")
    assert hall.wait_loud(again)
    assert hall.loud_at
    first_sound = hall.loud_at - again
    assert first_sound < HEARD_WITHIN
    assert speaker.wait_quiet(WAIT)
    assert speaker.child == child and all(caption.sounding for caption in booth.ear.captions[shown:])
    record_property("page to first sound after a rest, s", round(first_sound, 3))


@pytest.mark.slow
def test_the_hall_hears_a_short_tone_that_is_no_sentence(hall: Hall, booth: Booth, long_page: Page) -> None:
    speaker = booth.speaker()
    speaker.focus(long_page, Choice("go", same("Go on")), "en")
    assert speaker.wait_quiet(WAIT)
    hall.listen_on(0.5)
    begun, captions = time.monotonic(), len(booth.ear.captions)
    assert speaker.tone() == SECONDS
    assert hall.wait_loud(begun)
    hall.listen_on(SECONDS + 0.3)
    assert hall.loud_at and hall.loud_at - begun < SECONDS + 0.3, "it is short"
    assert len(booth.ear.captions) == captions, "and no sentence"
