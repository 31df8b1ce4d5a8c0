"""The sound itself, recorded from a sound server without a sound card."""

from __future__ import annotations

import os
import shutil
import subprocess
import threading
import time
from array import array
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from kiosk.flow.page import Choice, Page
from kiosk.text import same
from voice.outlet import REST_SECONDS

if TYPE_CHECKING:
    from tests.voice.conftest import Booth

WAIT = 20.0
LOUD = 300
RATE = 22050
SILENT_WITHIN = 0.2
"""Seconds after a key (K08)."""
HEARD_WITHIN = 0.75
"""Seconds from a page to its first sound (K03)."""

pytestmark = pytest.mark.skipif(
    not all(map(shutil.which, ("pulseaudio", "parec", "pacat", "pactl"))),
    reason="pulseaudio is not installed",
)


class Recorder:
    """Listens to the null sink's monitor; knows when it last was loud."""

    def __init__(self, environment: dict[str, str]) -> None:
        self._process = subprocess.Popen(
            [
                "parec",
                "-d",
                "hall.monitor",
                "--format=s16le",
                f"--rate={RATE}",
                "--channels=1",
                "--latency-msec=10",
            ],
            stdout=subprocess.PIPE,
            env=environment,
        )
        self.changed = threading.Condition()
        self.blocks = 0
        self.loud_at: float | None = None
        self.loudest = 0
        """The largest sample so far, of either sign; a test may set it back."""
        self._thread = threading.Thread(target=self._listen, daemon=True)
        self._thread.start()

    def _listen(self) -> None:
        assert self._process.stdout
        while block := self._process.stdout.read(RATE // 100 * 2):
            peak = max(map(abs, array("h", block[: len(block) // 2 * 2])), default=0)
            loud = peak > LOUD
            with self.changed:
                self.blocks += 1
                self.loudest = max(self.loudest, peak)
                self.loud_at = time.monotonic() if loud else self.loud_at
                self.changed.notify_all()

    def wait_loud(self, since: float) -> bool:
        with self.changed:
            return self.changed.wait_for(lambda: self.loud_at is not None and self.loud_at > since, WAIT)

    def listen_on(self, seconds: float) -> None:
        """Take so much more of the recording."""
        with self.changed:
            until = self.blocks + int(seconds * 100)
            assert self.changed.wait_for(lambda: self.blocks >= until, WAIT)

    def close(self) -> None:
        self._process.terminate()
        self._process.wait()
        self._thread.join()


@pytest.fixture
def hall(tmp_path: Path, booth: Booth, monkeypatch: pytest.MonkeyPatch) -> Iterator[Recorder]:
    """A sound server of our own with one null sink, kept at a short latency by one silent stream."""
    run = tmp_path / "pulse"
    run.mkdir(mode=0o700)
    monkeypatch.delenv("ALSA_CONFIG_PATH")
    monkeypatch.setenv("PULSE_SERVER", f"unix:{run}/native")
    monkeypatch.setenv("XDG_RUNTIME_DIR", str(run))
    monkeypatch.setenv("PULSE_RUNTIME_PATH", str(run))
    monkeypatch.setenv("HOME", str(tmp_path))
    (tmp_path / ".asoundrc").write_text(
        "pcm.!default { type pulse }\nctl.!default { type pulse }\n", encoding="ascii"
    )
    server = subprocess.Popen(
        [
            "pulseaudio", "-n", "--daemonize=no", "--exit-idle-time=-1", "--use-pid-file=no",
            "-L", f"module-native-protocol-unix socket={run}/native auth-anonymous=1",
            "-L", f"module-null-sink sink_name=hall rate={RATE} channels=1",
        ],
        stderr=subprocess.DEVNULL,
    )  # fmt: skip
    environment = dict(os.environ)
    ready = subprocess.run(
        ["sh", "-c", "for n in $(seq 100); do pactl info >/dev/null 2>&1 && exit 0; sleep 0.1; done; exit 1"],
        env=environment,
        check=False,
    )
    assert ready.returncode == 0, "the sound server did not start"
    silence = subprocess.Popen(
        ["pacat", "-d", "hall", "--latency-msec=10", "/dev/zero"], env=environment, stderr=subprocess.DEVNULL
    )
    recorder = Recorder(environment)
    yield recorder
    for speaker in booth.speakers:
        speaker.close()
        assert speaker.wait_quiet(WAIT)
    recorder.close()
    for process in (silence, server):
        process.terminate()
        process.wait()


@pytest.mark.slow
def test_the_hall_hears_the_page_and_then_silence_after_a_key(
    hall: Recorder, booth: Booth, long_page: Page, record_property: Callable[[str, object], None]
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
    hall: Recorder, booth: Booth, long_page: Page, record_property: Callable[[str, object], None]
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
