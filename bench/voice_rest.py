"""What the voice costs while nobody speaks, and how soon it is heard again.

    .venv/bin/python -m bench.voice_rest [--seconds N] [--json]

A speaker without a sound device and one on PulseAudio's null sink rest side by side, beside the plain way to
play sound (a stream that is always open). bench/README.md says how to read the answers.
"""

from __future__ import annotations

import argparse
import json
import os
import shutil
import subprocess
import sys
import tempfile
import threading
import time
from array import array
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path
from statistics import median

from kiosk.catalogue import load_catalogue
from kiosk.flow.page import Page, PageKind
from kiosk.text import same
from voice.speaker import PageSpeaker

RATE, LOUD = 22050, 300
SETTLE, TRIES, LIMIT = 15.0, 7, 20.0
"""The first seconds are left out: a missing device is looked for more often at first."""
MOST_CPU_AT_REST, MOST_TO_SOUND = 0.3, 100.0
NO_GOAL = float("inf")
PAGE = Page("bench", PageKind.CARD, same("Good morning."))
ALWAYS_OPEN = (
    "import sounddevice, threading\n"
    "def silence(out, frames, time, status): out[:] = bytes(len(out))\n"
    f"sounddevice.RawOutputStream(samplerate={RATE}, channels=1, dtype='int16', latency='low',"
    " callback=silence).start()\n"
    "threading.Event().wait()"
)


@dataclass(frozen=True)
class Line:
    """One number and what we hold ourselves to."""

    what: str
    measure: float
    unit: str
    goal: float = NO_GOAL

    def __str__(self) -> str:
        kept = "kept" if self.measure <= self.goal else "MISSED"
        verdict = f"(goal {self.goal:g})  {kept}" if self.goal != NO_GOAL else ""
        return f"{self.what:<44} {self.measure:8.2f} {self.unit:<4} {verdict}".rstrip()


def settings(folder: Path, *, device: bool) -> dict[str, str]:
    """Point ALSA and PulseAudio at a server in this folder, which is there only if `device`."""
    sound = "type pulse" if device else "type hw card 99"
    (folder / ".asoundrc").write_text(f"pcm.!default {{ {sound} }}\n", encoding="ascii")
    run = {name: str(folder) for name in ("HOME", "XDG_RUNTIME_DIR", "PULSE_RUNTIME_PATH")}
    return run | {"PULSE_SERVER": f"unix:{folder}/native"}


@contextmanager
def started(command: list[str], environment: dict[str, str]) -> Iterator[subprocess.Popen[bytes]]:
    """A program for as long as the block runs."""
    quiet = subprocess.DEVNULL
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=quiet, env=environment) as program:
        try:
            yield program
        finally:
            program.kill()


@contextmanager
def hall(folder: Path, environment: dict[str, str]) -> Iterator[None]:
    """A sound server with one null sink, kept at a short latency by one silent stream."""
    server = [
        "pulseaudio", "-n", "--daemonize=no", "--exit-idle-time=-1", "--use-pid-file=no",
        "-L", f"module-native-protocol-unix socket={folder}/native auth-anonymous=1",
        "-L", f"module-null-sink sink_name=hall rate={RATE} channels=1",
    ]  # fmt: skip
    silence = ["pacat", "-d", "hall", "--latency-msec=10", "/dev/zero"]
    with started(server, environment):
        until = time.monotonic() + LIMIT
        while subprocess.run(["pactl", "info"], env=environment, capture_output=True, check=False).returncode:
            if time.monotonic() > until:
                raise SystemExit("the sound server did not start")
        with started(silence, environment):
            yield


class Ear:
    """Hears the null sink's monitor, and when it is loud."""

    def __init__(self, recording: subprocess.Popen[bytes]) -> None:
        self._recording = recording
        self._changed = threading.Condition()
        self._loud_at = 0.0
        self._listening = threading.Thread(target=self._listen, daemon=True)
        self._listening.start()

    def _listen(self) -> None:
        assert self._recording.stdout
        while block := self._recording.stdout.read(RATE // 200 * 2):
            if max(array("h", block[: len(block) // 2 * 2]), default=0) > LOUD:
                with self._changed:
                    self._loud_at = time.monotonic()
                    self._changed.notify_all()

    def wait_loud(self, since: float) -> float:
        """Seconds from then to the first sound after it."""
        with self._changed:
            if not self._changed.wait_for(lambda: self._loud_at > since, LIMIT):
                raise SystemExit("nothing was heard")
            return self._loud_at - since

    def close(self) -> None:
        self._recording.kill()
        self._listening.join()


@contextmanager
def speaker(where: dict[str, str]) -> Iterator[PageSpeaker]:
    """One that has said a page; its child has these settings."""
    before = dict(os.environ)
    os.environ.update(where)
    said = PageSpeaker(load_catalogue("voice"), lambda _: None, lambda: None)
    said.present(PAGE, "en")
    try:
        if not said.wait_quiet(LIMIT):
            raise SystemExit("the voice did not start")
        os.environ.clear()
        os.environ.update(before)
        yield said
    finally:
        said.close()
        said.wait_quiet(LIMIT)


def cpu_seconds(pid: int | None) -> float:
    """What a process has used so far."""
    fields = Path(f"/proc/{pid}/stat").read_text(encoding="ascii").rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def shares(pids: dict[str, int | None], seconds: float) -> dict[str, float]:
    """Percent of one core that each process uses over so many seconds."""
    begun, before = time.monotonic(), {name: cpu_seconds(pid) for name, pid in pids.items()}
    time.sleep(seconds)
    passed = time.monotonic() - begun
    return {name: 100 * (cpu_seconds(pid) - before[name]) / passed for name, pid in pids.items()}


def to_first_sound(said: PageSpeaker, ear: Ear, pause: float) -> float:
    """Milliseconds from a page to its first loud sample, after so many seconds of silence; the median."""
    times = []
    for _ in range(TRIES):
        time.sleep(pause)
        begun = time.monotonic()
        said.present(PAGE, "en")
        times.append(1000 * ear.wait_loud(begun))
        said.wait_quiet(LIMIT)
    return median(times)


def measured(seconds: float, rest: float, silent: Path, loud: Path) -> Iterator[Line]:
    without, sink = settings(silent, device=False), settings(loud, device=True)
    environment = {**os.environ, **sink}
    record = ["parec", "-d", "hall.monitor", "--format=s16le", f"--rate={RATE}", "--channels=1"]
    with (
        hall(loud, environment),
        speaker(without) as mute,
        speaker(sink) as heard,
        started([sys.executable, "-c", ALWAYS_OPEN], environment) as plain,
    ):
        time.sleep(SETTLE)
        names = {"no device": mute.child, "a device": heard.child, "plain": plain.pid, "screen": os.getpid()}
        used = shares(names, seconds)
        yield Line("CPU at rest, no device", used["no device"], "%", MOST_CPU_AT_REST)
        yield Line("CPU at rest, with a device", used["a device"], "%", MOST_CPU_AT_REST)
        yield Line("CPU of a plain stream that is always open", used["plain"], "%")
        yield Line("CPU in the screen's process, each speaker", used["screen"] / 2, "%")
        with (
            started([*record, "--latency-msec=10"], environment) as recording,
            closing(Ear(recording)) as ear,
        ):
            yield Line("page to first sound, just after speech", to_first_sound(heard, ear, 0.5), "ms")
            slow = to_first_sound(heard, ear, rest)
            yield Line("page to first sound, after a rest", slow, "ms", MOST_TO_SOUND)


def main() -> None:
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--seconds", type=float, default=60.0, help="how long to watch the rest")
    asked.add_argument("--pause", type=float, default=11.0, help="silence that counts as a rest")
    asked.add_argument("--json", action="store_true", help="one object a line")
    how = asked.parse_args()
    if not all(map(shutil.which, ("pulseaudio", "parec", "pacat", "pactl"))):
        raise SystemExit("pulseaudio and pulseaudio-utils are needed for the null sink")
    with tempfile.TemporaryDirectory() as silent, tempfile.TemporaryDirectory() as loud:
        for line in measured(how.seconds, how.pause, Path(silent), Path(loud)):
            print(json.dumps(asdict(line)) if how.json else line, flush=True)


if __name__ == "__main__":
    main()
