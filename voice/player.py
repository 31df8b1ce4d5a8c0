"""One output stream and what is played on it. Runs in the child process."""

from __future__ import annotations

import threading
from array import array
from collections import deque
from collections.abc import Callable

from voice.engines import Rendered
from voice.engines.samples import from_bytes, resampled
from voice.messages import Ended, Report, Started, Unspeakable, Word

FADE_SECONDS = 0.003
"""At a cut the sound goes out in this time, so that the speaker does not click."""
LOUDEST = 10
DEFAULT_VOLUME = 8
_DECIBELS_A_STEP = 3.0


class Player:
    """Fills the blocks of a stream. `fill` is called by the audio thread, the rest by the child's own."""

    def __init__(self, rate: int, report: Callable[[Report], None]) -> None:
        self.rate = rate
        self.blocks = 0
        """How many blocks were asked for: the sign that the stream lives."""
        self._report = report
        self._lock = threading.Lock()
        self._samples: array[int] = array("h")
        self._words: list[tuple[int, Word]] = []
        self._next_word = 0
        self._at = 0
        self._number: int | None = None
        self._ending = False
        """All of it has gone out; it ends once it is heard."""
        self._for_one = self._one_hears = False
        self._tail: array[int] = array("h")
        self._held = False
        self._gain = _gain(DEFAULT_VOLUME)
        self.in_hand = 0.0
        """Seconds between a sample's going out and its being heard, where that is long enough to matter."""
        self.given = 0
        """Samples that went out so far."""
        self._heard: int | None = None
        """How many of them are heard by now, where the outlet is told."""
        self._due: deque[tuple[int, Word | Ended]] = deque()
        """What is told once so many samples have gone out: then it is heard."""
        self._quiet = 0
        """Samples of silence since the last sound."""
        self._resting = False
        self.wanted = threading.Event()
        """Set while there is something to play."""

    @property
    def sounding(self) -> bool:
        """True while sound should be going out (a held utterance does not count)."""
        return self._number is not None and not self._held

    def play(self, number: int, sound: Rendered, *, for_one: bool = False) -> bool:
        """Start this utterance in the next block, in place of whatever sounds. False, and nothing happens, if
        it is `for_one` and a room would hear it."""
        samples = from_bytes(sound.pcm)
        samples = resampled(samples, sound.rate, self.rate)
        scale = self.rate / sound.rate
        words = [(int(m.sample * scale), Word(number, m.start, m.length)) for m in sound.marks]
        with self._lock:
            if for_one and not self._one_hears:
                return False
            self._end(whole=False)
            self._samples, self._at = samples, 0
            self._words, self._next_word = words, 0
            self._number, self._for_one, self._ending = number, for_one, False
            self.wanted.set()
        return True

    def signal(self, samples: array[int]) -> None:
        """Play a short sign, unless an utterance is under way; it is none itself, and nothing is reported."""
        with self._lock:
            if self._number is None:
                self._tail = self._loud(samples)
                self.wanted.set()

    def heard_by(self, *, one: bool) -> None:
        """Who hears it from now on: one person, or a room, to which not a sample goes of what is for one."""
        with self._lock:
            self._one_hears = one
            if self._for_one and not one and self._number is not None:
                number = self._number
                self._end(whole=False)
                self._tail = array("h")
                self._report(Unspeakable(number))

    def cut(self) -> bool:
        """Fade out and forget. False where nothing was under way."""
        with self._lock:
            sounding = self._number is not None
            self._end(whole=False)
            return sounding

    def hold(self, on: bool) -> None:
        """Stop where we are, or go on from there."""
        with self._lock:
            self._held = on
            if not on and self._number is not None:
                self.wanted.set()

    def set_volume(self, step: int) -> None:
        """0 (off) to 10, three decibels a step; heard in the next block."""
        self._gain = _gain(step)

    def rest(self, after: float) -> bool:
        """Give out nothing but silence until `wake`, so that the stream can be stopped between two sounds
        and never within one. Refused (False) unless the last sound is so many seconds ago."""
        with self._lock:
            self._resting = not self.wanted.is_set() and self._quiet >= after * self.rate
            return self._resting

    def wake(self) -> None:
        """Go on with what is wanted."""
        with self._lock:
            self._resting, self._quiet = False, 0

    def fill(self, frames: int) -> bytes:
        """The next block, always of full length."""
        with self._lock:
            self.blocks += 1
            block = array("h") if self._resting else self._wanted(frames)
            self._quiet = 0 if block else self._quiet + frames
            self.given += frames
            self._tell_due()
        return block.tobytes().ljust(frames * 2, b"\0")

    # For an outlet that is told what was heard

    def give(self, frames: int) -> array[int]:
        """As much of the next block as there is anything to hear: shorter at the end, then empty."""
        with self._lock:
            block = self._wanted(frames)
            self.given += len(block)
            self._tell_due()
        return block

    def hears(self, count: int | None) -> None:
        """So many of the samples that went out are heard by now; None: nobody can tell any more. That alone
        shows that the outlet lives: there may be nothing to give for a while."""
        with self._lock:
            self.blocks += 1
            self._heard = count
            self._tell_due()

    def take_back(self) -> None:
        """What went out and was not heard yet is going to be dropped: it goes out again."""
        with self._lock:
            if self._number is None or self._heard is None:
                return
            self._at = max(0, self._at - (self.given - self._heard))
            self._next_word = sum(sample < self._at for sample, _ in self._words)
            self._ending = False
            self._due.clear()

    def hush(self) -> None:
        """Not even the few samples in which it fades out: whoever drops the rest fades it, too."""
        with self._lock:
            self._tail = array("h")

    def _wanted(self, frames: int) -> array[int]:
        block, self._tail = self._tail[:frames], self._tail[frames:]
        if self._number is not None and not self._held:
            block += self._next(frames - len(block))
        elif not self._tail:
            self.wanted.clear()
        return block

    def _next(self, frames: int) -> array[int]:
        assert self._number is not None
        if self._at == 0:
            self._report(Started(self._number))
        start, self._at = self._at, min(self._at + frames, len(self._samples))
        while self._next_word < len(self._words) and self._words[self._next_word][0] < self._at:
            sample, word = self._words[self._next_word]
            self._next_word += 1
            self._tell_later(word, sample - start)
        if self._at >= len(self._samples) and not self._ending:
            self._ending = True
            self._tell_later(Ended(self._number, True), self._at - start)
        return self._loud(self._samples[start : self._at])

    def _tell_later(self, report: Word | Ended, ahead: int) -> None:
        """Once it is heard, that is `ahead` samples into the block that goes out next, and what the stream
        has in hand; at the end of this block, where it has nothing."""
        wait = int(self.in_hand * self.rate)
        at_once = not wait and self._heard is None
        self._due.append((0 if at_once else self.given + ahead + wait, report))

    def _tell_due(self) -> None:
        heard = self.given if self._heard is None else self._heard
        while self._due and self._due[0][0] <= heard:
            report = self._due.popleft()[1]
            self._report(report)
            if isinstance(report, Ended):
                self._number = None

    def _end(self, *, whole: bool) -> None:
        """Forget the utterance; what is left of it is the few samples in which it fades out."""
        if self._number is None:
            return
        self._due.clear()
        self._report(Ended(self._number, whole))
        if not self._held and self._at:
            length = int(FADE_SECONDS * self.rate)
            tail = self._loud(self._samples[self._at : self._at + length])
            self._tail = array("h", [s * (len(tail) - at) // len(tail) for at, s in enumerate(tail)])
        self._number = None

    def _loud(self, block: array[int]) -> array[int]:
        gain = self._gain
        return array("h", [sample * gain >> 10 for sample in block])


def _gain(step: int) -> int:
    step = min(max(step, 0), LOUDEST)
    return 0 if step == 0 else round(1024 * 10 ** (-_DECIBELS_A_STEP * (LOUDEST - step) / 20))
