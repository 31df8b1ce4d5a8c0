"""What is listened for now, and what of the sound is heard. It keeps no sound and knows no page."""

from __future__ import annotations

import time
from array import array
from collections.abc import Callable
from math import log10
from pathlib import Path

from voice.listening.gate import Gate
from voice.listening.hearer import Hearer, Nobody, Question
from voice.listening.messages import (
    Answer,
    Fault,
    Hush,
    Level,
    Listen,
    Mute,
    Opened,
    Order,
    Prepare,
    Ready,
    Report,
    Shut,
)
from voice.listening.microphone import Block
from voice.listening.recogniser import BAD_MODEL, BLOCK_SECONDS, GrammarFault, Heard, ModelFault
from voice.listening.speech_end import Patience

OLDEST = 0.5
"""Seconds after which sound is too old to be answered: the person has long seen that nothing happens."""
LEVEL_BLOCKS = 4
"""A level is reported every 128 ms."""
_FAINT, _LOUD = -55.0, -8.0
"""Decibels below the loudest sample that stand at the two ends of the meter."""


class Ear:
    """Used by one thread, which hands it orders and blocks in the order in which they came."""

    def __init__(
        self,
        report: Callable[[Report], None],
        want_sound: Callable[[bool], None],
        load: Callable[[Path, str], Hearer],
        room: Callable[[], bool] = lambda: False,
    ) -> None:
        """`room`: may one more model be loaded beside the one before? Else that goes first."""
        self._report, self._want_sound, self._load, self._room = report, want_sound, load, room
        self._hearer: Hearer | None = None
        self._loaded: dict[Prepare, Hearer] = {}
        """Kept, so that who changes the language and back is listened to at once."""
        self._language = ""
        self._listen: Listen | None = None
        self._question = Question()
        self._gate = Gate()
        self._open = False
        """What is said now is heard."""
        self._peak = self._metered = 0
        self.taken = 0
        """Blocks that were taken in, heard or not."""

    @property
    def listening(self) -> bool:
        """An answer is waited for, so that sound should come."""
        return self._listen is not None

    def obey(self, order: Order, at: float) -> None:
        """`at`: when the order came."""
        match order:
            case Prepare():
                self._prepare(order)
            case Listen():
                self._begin(order, at)
            case Hush(take=take):
                self._hush(take)
            case Mute(on=on):
                self._gate.mute(at, on=on)
                if on:
                    self._shut()

    def hear(self, block: Block) -> None:
        """The next sound from the microphone."""
        self.taken += 1
        if self._hearer is None or self._listen is None or not self._gate.lets_through(block.since):
            return
        if time.monotonic() - block.since > OLDEST + BLOCK_SECONDS:
            self._end(())
            return
        if not self._open:
            self._open_for(self._listen, self._hearer)
        self._meter(block.pcm)
        outcome = self._hearer.feed(block.pcm)
        if outcome is not None:
            self._conclude(outcome)

    def _prepare(self, order: Prepare) -> None:
        self._hush(take=False)
        self._hearer, self._language = None, order.language
        try:
            self._hearer = self._loaded.get(order) or self._load_anew(order)
        except ModelFault as fault:
            self._report(Fault(order.language, fault.reason, fault.spoken))
        else:
            self._report(Ready(order.language))

    def _load_anew(self, order: Prepare) -> Hearer:
        if self._loaded and not self._room():
            self._loaded.clear()
        self._loaded[order] = self._load(Path(order.model), order.language)
        return self._loaded[order]

    def _begin(self, order: Listen, at: float) -> None:
        self._hush(take=False)
        if self._hearer is None:
            return
        self._question = Question(
            None if order.phrases is None else tuple(order.phrases),
            Patience(
                hang=order.hang, lengths=tuple(order.lengths), digit_words=tuple(order.digit_words),
                silence=order.silence, longest=order.longest,
            ),
        )  # fmt: skip
        self._listen = order
        self._gate.open(at)
        self._want_sound(True)

    def _open_for(self, listen: Listen, hearer: Hearer) -> None:
        """The first sound that may be heard, at the beginning or after the kiosk has spoken in between."""
        try:
            hearer.begin(self._question)
        except GrammarFault:
            self._stop()
            self._report(Fault(self._language, BAD_MODEL))
            return
        self._open = True
        self._peak = self._metered = 0
        self._report(Opened(listen.number))

    def _hush(self, take: bool) -> None:
        if take and self._listen is not None and self._hearer is not None:
            self._conclude(self._hearer.finish())
        self._stop()

    def _conclude(self, outcome: Heard | Nobody) -> None:
        if isinstance(outcome, Heard):
            self._end(outcome.texts)
        else:
            self._end((), silent=True)

    def _end(self, texts: tuple[str, ...], *, silent: bool = False) -> None:
        listen, self._open = self._listen, False
        self._stop()
        if listen is not None:
            self._report(Answer(listen.number, list(texts), silent))

    def _stop(self) -> None:
        self._shut()
        self._listen = None
        self._gate.shut()
        self._want_sound(False)

    def _shut(self) -> None:
        """Nothing is heard for now; what was begun is forgotten."""
        if self._hearer is not None:
            self._hearer.forget()
        if self._open and self._listen is not None:
            self._report(Shut(self._listen.number))
        self._open = False

    def _meter(self, pcm: bytes) -> None:
        samples = array("h", pcm)
        loudest, lowest = max(samples), min(samples)
        self._peak = max(self._peak, loudest, -lowest)
        self._metered += 1
        if self._metered % LEVEL_BLOCKS == 0:
            self._report(Level(height(self._peak)))
            self._peak = 0


def height(peak: int) -> float:
    """How high a meter stands for this sample: even steps for the ear, 0 for silence, 1 for loud speech."""
    decibels = 20 * log10(max(peak, 1) / 32768)
    return round(min(max((decibels - _FAINT) / (_LOUD - _FAINT), 0.0), 1.0), 2)
