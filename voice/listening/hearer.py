"""Sound in, answers out: what the listening process and `kiosk voice listen` both use.

The recogniser gets only what is spoken, with a little of what was before it: coughs and steps in a quiet hall
are then not searched for words, and while nobody speaks only the detector works.
"""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass, field

from voice.listening.detector import Detector
from voice.listening.recogniser import BLOCK_BYTES, BLOCK_SECONDS, Heard, Recogniser
from voice.listening.speech_end import STILL_VOICE, Patience, SpeechEnd, Stage

RUN_UP = 0.4
"""Seconds before the voice that the recogniser hears too: the detector misses soft consonants."""


@dataclass(frozen=True, slots=True)
class Question:
    """What is listened for on one page."""

    phrases: tuple[str, ...] | None = field(default=None, repr=False)
    """All that can be heard; None: any words."""
    patience: Patience = field(default_factory=Patience)


@dataclass(frozen=True, slots=True)
class Nobody:
    """Nobody began to speak in time."""


class Hearer:
    """Takes sound in pieces of any size. Used by one thread."""

    def __init__(self, recogniser: Recogniser, detector: Detector) -> None:
        self._recogniser, self._detector = recogniser, detector
        self._speech_end = SpeechEnd()
        self._question: Question | None = None
        self._rest = bytearray()
        self._run_up: deque[bytes] = deque(maxlen=round(RUN_UP / BLOCK_SECONDS))
        self._blocks = 0
        self._feeding = False
        self._settled: str | None = None
        """What was heard before the present pause, once it was asked for."""

    @property
    def speaking(self) -> bool:
        """Somebody speaks, and has not ended."""
        return self._question is not None and self._speech_end.stage is Stage.SPEAKING

    def begin(self, question: Question) -> None:
        """Listen for one answer to this; what was begun before is forgotten. Raises GrammarFault."""
        self.forget()
        self._recogniser.begin(question.phrases)
        self._detector.reset()
        self._speech_end.begin(question.patience)
        self._question = question

    def forget(self) -> None:
        """Nothing is listened for, and nothing of the sound stays here."""
        self._question = None
        self._rest.clear()
        self._run_up.clear()
        self._blocks, self._feeding, self._settled = 0, False, None

    def feed(self, pcm: bytes) -> Heard | Nobody | None:
        """The next sound: 16 kHz, mono, 16 bit. The answer once it is over; then `begin` again.

        Sound that comes while nothing is listened for is thrown away.
        """
        if self._question is None:
            return None
        self._rest += pcm
        while len(self._rest) >= BLOCK_BYTES:
            block = bytes(self._rest[:BLOCK_BYTES])
            del self._rest[:BLOCK_BYTES]
            stage = self._take(block, self._question)
            if stage is Stage.ENDED:
                return self._answer()
            if stage is Stage.SILENT:
                self.forget()
                return Nobody()
        return None

    def finish(self) -> Heard | Nobody:
        """No more sound comes (the key was let go, the file is at its end): what was said so far."""
        if self.speaking and self._rest:
            self._recogniser.feed(bytes(self._rest.ljust(BLOCK_BYTES, b"\0")))
        if self.speaking:
            return self._answer()
        self.forget()
        return Nobody()

    def _answer(self) -> Heard:
        heard = self._recogniser.end()
        self.forget()
        return heard

    def _take(self, block: bytes, question: Question) -> Stage:
        start = self._blocks * BLOCK_SECONDS
        self._blocks += 1
        voice = self._detector.voice(block)
        if voice >= STILL_VOICE:
            self._settled = None
        stage = self._speech_end.heed(voice, start, start + BLOCK_SECONDS, self._words_so_far)
        self._hand_over(block, question)
        return stage

    def _words_so_far(self) -> str:
        if self._settled is None:
            self._settled = self._recogniser.settle()
        return self._settled

    def _hand_over(self, block: bytes, question: Question) -> None:
        """Give the recogniser what belongs to the answer; take back what turned out to be a noise."""
        begun = self._speech_end.voice_begun is not None
        if begun and not self._feeding:
            for earlier in self._run_up:
                self._recogniser.feed(earlier)
        elif self._feeding and not begun:
            self._recogniser.begin(question.phrases)
        self._feeding = begun
        if begun:
            self._recogniser.feed(block)
        self._run_up.append(block)
