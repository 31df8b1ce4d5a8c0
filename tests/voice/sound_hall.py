"""A hall without a sound card: a sound server of our own with one null sink, and an ear at its monitor."""

from __future__ import annotations

import os
import signal
import subprocess
import threading
import time
from array import array
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from kiosk.flow.page import Page
    from voice.speaker import PageSpeaker

WAIT = 20.0
LOUD = 300
RATE = 22050
TRIES = 3
STEADY_BLOCKS = 100
STEADY_GAP = 0.2
"""Seconds: a server that has just begun may stand still for two, and what plays to it then is given up."""


class Hall:
    """Knows when it last was loud. Its server can be frozen, killed and started again."""

    def __init__(self, folder: Path, *, in_bursts: bool = False) -> None:
        """`in_bursts`: the sink takes its sound every two seconds, as it does by itself."""
        self._folder, self._in_bursts = folder, in_bursts
        self.changed = threading.Condition()
        self.blocks = 0
        self.loud_at: float | None = None
        self.loudest = 0
        """The largest sample so far, of either sign; a test may set it back."""
        self.tape: list[tuple[float, bytes]] | None = None
        """Where a test wants all of it: each block with the time at which it came."""
        self._programs: list[subprocess.Popen[bytes]] = []
        for _ in range(TRIES):
            self.start()
            if self._is_steady():
                return
            self.kill()
        pytest.fail("the sound server never ran evenly")

    def _is_steady(self) -> bool:
        """Within a while of its beginning the ear gets the sound as it comes; in bursts, any of it."""
        even, wanted = 0, 1 if self._in_bursts else STEADY_BLOCKS
        until = time.monotonic() + WAIT
        with self.changed:
            while even < wanted and time.monotonic() < until:
                heard = self.blocks
                in_time = self.changed.wait(WAIT if self._in_bursts else STEADY_GAP)
                even = even + self.blocks - heard if in_time else 0
        return even >= wanted

    def start(self) -> None:
        """The server, one silent stream that keeps it at a short latency (none in bursts), and the ear."""
        socket = f"{self._folder}/native"
        self._program(
            "pulseaudio", "-n", "--daemonize=no", "--exit-idle-time=-1", "--use-pid-file=no",
            "-L", f"module-native-protocol-unix socket={socket} auth-anonymous=1",
            "-L", f"module-null-sink sink_name=hall rate={RATE} channels=1",
        )  # fmt: skip
        ready = "for n in $(seq 100); do pactl info >/dev/null 2>&1 && exit 0; sleep 0.1; done; exit 1"
        assert subprocess.run(["sh", "-c", ready], check=False).returncode == 0, "no sound server"
        latency = "--latency-msec=2000" if self._in_bursts else "--latency-msec=10"
        if not self._in_bursts:
            self._program("pacat", "-d", "hall", latency, "/dev/zero")
        recording = self._program(
            *("parec", "-d", "hall.monitor", "--format=s16le", f"--rate={RATE}"),
            *("--channels=1", latency),
        )
        self._ear = threading.Thread(target=self._listen, args=(recording,), daemon=True)
        self._ear.start()

    def _program(self, *command: str) -> subprocess.Popen[bytes]:
        quiet = subprocess.DEVNULL
        self._programs.append(
            subprocess.Popen(command, stdout=subprocess.PIPE, stderr=quiet, env=dict(os.environ))
        )
        return self._programs[-1]

    def _listen(self, recording: subprocess.Popen[bytes]) -> None:
        assert recording.stdout
        while block := recording.stdout.read(RATE // 100 * 2):
            peak = max(map(abs, array("h", block[: len(block) // 2 * 2])), default=0)
            loud = peak > LOUD
            with self.changed:
                self.blocks += 1
                if self.tape is not None:
                    self.tape.append((time.monotonic(), block))
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

    def freeze(self) -> None:
        os.kill(self._programs[0].pid, signal.SIGSTOP)

    def thaw(self) -> None:
        for server in self._programs[:1]:
            os.kill(server.pid, signal.SIGCONT)

    def kill(self) -> None:
        """The server and all that hangs on it."""
        for program in self._programs:
            program.kill()
        for program in self._programs:
            program.wait()
        self._ear.join(WAIT)
        for program in self._programs:
            assert program.stdout
            program.stdout.close()
        self._programs.clear()


def heard(hall: Hall, speaker: PageSpeaker, page: Page, language: str) -> bool:
    """Say the page until it sounds: while the speaking process starts, the first words may go without."""
    until = time.monotonic() + 3 * WAIT
    while time.monotonic() < until:
        begun = time.monotonic()
        speaker.present(page, language)
        assert speaker.wait_quiet(WAIT)
        # The end of it is still on its way to the ear.
        hall.listen_on(0.5)
        if hall.loud_at is not None and hall.loud_at > begun:
            return True
    return False


def point_to(folder: Path, home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Everything that is started from here on plays to the server in this folder."""
    folder.mkdir(mode=0o700)
    monkeypatch.delenv("ALSA_CONFIG_PATH", raising=False)
    monkeypatch.setenv("PULSE_SERVER", f"unix:{folder}/native")
    monkeypatch.setenv("XDG_RUNTIME_DIR", str(folder))
    monkeypatch.setenv("PULSE_RUNTIME_PATH", str(folder))
    monkeypatch.setenv("HOME", str(home))
    sound = "pcm.!default { type pulse }\nctl.!default { type pulse }\n"
    (home / ".asoundrc").write_text(sound, encoding="ascii")
