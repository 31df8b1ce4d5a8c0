"""For the tests of listening: a sound server without a card, models, people who speak, and what was heard."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from kiosk.flow.page import Choice, Page, PageKind
from kiosk.ports import Hearing, Level
from kiosk.text import Text

WAIT = 30.0
"""Seconds that a test waits for an event before it fails; a busy machine is slow, not broken."""

needs_sound_server = pytest.mark.skipif(
    not all(map(shutil.which, ("pulseaudio", "paplay", "pacat", "pactl"))),
    reason="pulseaudio is not installed",
)


@dataclass
class Notes:
    """Takes the listener's callbacks; how loud it was is kept apart."""

    heard: list[Hearing] = field(default_factory=list)
    levels: list[float] = field(default_factory=list)
    changed: threading.Condition = field(default_factory=threading.Condition)

    def take(self, hearing: Hearing) -> None:
        with self.changed:
            if isinstance(hearing, Level):
                self.levels.append(hearing.height)
            else:
                self.heard.append(hearing)
            self.changed.notify_all()

    def wait(self, until: Callable[[Notes], bool], seconds: float = WAIT) -> bool:
        with self.changed:
            return self.changed.wait_for(lambda: until(self), seconds)

    def wait_for(self, hearing: Hearing, times: int = 1) -> None:
        assert self.wait(lambda notes: notes.heard.count(hearing) >= times), (hearing, self.heard)


def page(name: str = "own", *choices: Choice) -> Page:
    """Somebody is asked whether it is for themselves."""
    asked = Text({"zh": "是给您自己办吗？", "en": "Is it for you?", "ko": "본인입니까?"})
    yes = Choice("yes", Text({"zh": "是", "en": "Yes", "ko": "네"}))
    no = Choice("no", Text({"zh": "不是", "en": "No", "ko": "아니요"}))
    return Page(f"question:{name}", PageKind.CHOICE, asked, choices=choices or (yes, no))


@dataclass
class Room:
    """A sound server of our own: what is played to `mic` is what its microphone catches."""

    folder: Path
    server: subprocess.Popen[bytes]

    def speak(self, words: str, language: str = "ko") -> None:
        """Somebody says this at the microphone; returns when they have ended."""
        said = self.folder / "said.wav"
        subprocess.run(["espeak-ng", "-v", language, "-s", "130", "-w", said, words], check=True)
        subprocess.run(["paplay", "-d", "mic", said], check=True, stderr=subprocess.DEVNULL, timeout=WAIT)

    def freeze(self) -> None:
        os.kill(self.server.pid, signal.SIGSTOP)

    def thaw(self) -> None:
        os.kill(self.server.pid, signal.SIGCONT)

    def pull_out(self) -> None:
        """The only microphone goes."""
        self.server.kill()
        self.server.wait()


@contextmanager
def room(folder: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Room]:
    """With one null sink, kept at a short latency by one silent stream."""
    run = folder / "pulse"
    run.mkdir(mode=0o700)
    monkeypatch.setenv("PULSE_SERVER", f"unix:{run}/native")
    for name in ("XDG_RUNTIME_DIR", "PULSE_RUNTIME_PATH", "HOME"):
        monkeypatch.setenv(name, str(run))
    (run / ".asoundrc").write_text(
        "pcm.!default { type pulse }\nctl.!default { type pulse }\n", encoding="ascii"
    )
    server = subprocess.Popen(
        [
            "pulseaudio", "-n", "--daemonize=no", "--exit-idle-time=-1", "--use-pid-file=no",
            "-L", f"module-native-protocol-unix socket={run}/native auth-anonymous=1",
            "-L", "module-null-sink sink_name=mic rate=16000 channels=1",
        ],
        stderr=subprocess.DEVNULL,
    )  # fmt: skip
    ready = "for n in $(seq 100); do pactl info >/dev/null 2>&1 && exit 0; sleep 0.1; done; exit 1"
    assert subprocess.run(["sh", "-c", ready], check=False).returncode == 0, "the sound server did not start"
    silence = subprocess.Popen(
        ["pacat", "-d", "mic", "--latency-msec=10", "/dev/zero"], stderr=subprocess.DEVNULL
    )
    try:
        yield Room(run, server)
    finally:
        if server.poll() is None:
            server.send_signal(signal.SIGCONT)
        for process in (silence, server):
            process.kill()
            process.wait()


def no_sound_device(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Also on a machine that has one: the only card is one that does not exist."""
    cards = folder / "alsa.conf"
    cards.write_text("pcm.none { type hw card 99 }\n", encoding="ascii")
    monkeypatch.setenv("PULSE_SERVER", "unix:/nonexistent")
    monkeypatch.setenv("ALSA_CONFIG_PATH", str(cards))
