"""What is heard on the null sink, and when."""

from __future__ import annotations

import subprocess
import threading
import time
from array import array
from bisect import bisect_right
from dataclasses import dataclass, field

from bench.voice_rest import LIMIT, LOUD, RATE

BLOCK = RATE // 200
"""Samples of 5 ms: the sink is heard so finely."""


@dataclass
class Tape:
    """What the null sink's monitor gives out, with the time at which each 5 ms came."""

    recording: subprocess.Popen[bytes]
    heard: list[tuple[float, int]] = field(default_factory=list)
    changed: threading.Condition = field(default_factory=threading.Condition)

    def __post_init__(self) -> None:
        self._listening = threading.Thread(target=self._listen, daemon=True)
        self._listening.start()

    def _listen(self) -> None:
        assert self.recording.stdout
        while block := self.recording.stdout.read(BLOCK * 2):
            peak = max(map(abs, array("h", block[: len(block) // 2 * 2])), default=0)
            with self.changed:
                self.heard.append((time.monotonic(), peak))
                self.changed.notify_all()

    def first_loud(self, since: float) -> float:
        """When it was loud first, from then on."""
        with self.changed:
            if not self.changed.wait_for(lambda: self._loud(since), LIMIT):
                raise SystemExit("nothing was heard")
            return self._loud(since)[0]

    def last_loud(self, since: float) -> float:
        """When it was loud last; `since` itself if never after it."""
        with self.changed:
            return max(self._loud(since), default=since)

    def onsets(self, since: float, silence: float) -> list[float]:
        """Each time it got loud after so much silence."""
        with self.changed:
            loud = self._loud(since)
        return [at for before, at in zip([0.0, *loud], loud, strict=False) if at - before > silence]

    def _loud(self, since: float) -> list[float]:
        start = bisect_right(self.heard, (since, 0))
        return [at for at, peak in self.heard[start:] if peak > LOUD]

    def close(self) -> None:
        self.recording.kill()
        self._listening.join()
