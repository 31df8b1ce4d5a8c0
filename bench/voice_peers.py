"""Other ways to speak the same sentence on the same sink, taking turns with ours."""

from __future__ import annotations

import io
import os
import signal
import subprocess
import sys
import wave
from array import array
from typing import Protocol

from bench.voice_rest import LOUD

_ESPEAK = ("espeak-ng", "-v", "en-us+f3", "-s", "150")
_PYTTSX = """
import sys, pyttsx3
engine = pyttsx3.init("espeak")
engine.setProperty("voice", "gmw/en-us")
engine.setProperty("rate", 150)
print("ready", flush=True)
for line in sys.stdin:
    engine.say(line)
    engine.runAndWait()
"""


class Peer(Protocol):
    """Says one sentence, and can be silenced."""

    name: str

    def lead(self) -> float:
        """Seconds of its sound before it is loud enough to be noticed on the sink."""
        ...

    def get_ready(self) -> None: ...

    def begin(self) -> None: ...

    def stop(self) -> None: ...


class _Programs:
    """Started in a group of their own, so that killing reaches whatever they started."""

    def __init__(self, environment: dict[str, str], words: str) -> None:
        self._environment, self._words = environment, words
        self._running: list[subprocess.Popen[bytes]] = []

    def lead(self) -> float:
        with wave.open(io.BytesIO(subprocess.check_output((*_ESPEAK, "--stdout", self._words)))) as sound:
            samples = array("h", sound.readframes(sound.getframerate() * 10))
            rate: int = sound.getframerate()
        return first_loud(samples, 0) / rate

    def get_ready(self) -> None:
        return

    def stop(self) -> None:
        for program in self._running:
            os.killpg(program.pid, signal.SIGKILL)
        for program in self._running:
            program.wait()
            for end in (program.stdin, program.stdout):
                if end:
                    end.close()
        self._running.clear()

    def _start(self, *command: str, **ends: int) -> subprocess.Popen[bytes]:
        quiet = {"stderr": subprocess.DEVNULL, **ends}
        program = subprocess.Popen(command, env=self._environment, start_new_session=True, **quiet)  # type: ignore[call-overload]
        self._running.append(program)
        started: subprocess.Popen[bytes] = program
        return started


class Piped(_Programs):
    """The program's speech into the sound server's own player."""

    name = "espeak-ng | paplay"

    def begin(self) -> None:
        speech = self._start(*_ESPEAK, "--stdout", self._words, stdout=subprocess.PIPE)
        assert speech.stdout
        self._start("paplay", "--latency-msec=30", stdin=speech.stdout.fileno())


class Alone(_Programs):
    """The program with its own playback."""

    name = "espeak-ng alone"

    def begin(self) -> None:
        self._start(*_ESPEAK, self._words)


class Pyttsx(_Programs):
    """pyttsx3 in a process that waits for its sentence; silenced by killing it, as its own stop does not."""

    name = "pyttsx3"

    def get_ready(self) -> None:
        worker = self._start(sys.executable, "-c", _PYTTSX, stdin=subprocess.PIPE, stdout=subprocess.PIPE)
        assert worker.stdout
        worker.stdout.readline()

    def begin(self) -> None:
        (worker,) = self._running
        assert worker.stdin
        worker.stdin.write(self._words.encode() + b"\n")
        worker.stdin.flush()


def first_loud(samples: array[int], start: int) -> int:
    """The number of the first sample that can be noticed on the sink."""
    return next(at for at in range(start, len(samples)) if abs(samples[at]) > LOUD)
