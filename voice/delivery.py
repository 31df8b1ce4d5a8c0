"""One sentence from its order to its last sample, whatever happens to the voice on the way."""

from __future__ import annotations

import time
from collections.abc import Callable

from voice.audience import Audience
from voice.engines import DEFAULT_RATE
from voice.messages import (
    Cut,
    Device,
    Ended,
    Hold,
    Ready,
    Report,
    Say,
    Started,
    Tone,
    Unspeakable,
    Volume,
    Word,
)
from voice.mouth import Deliver, Mouth, State
from voice.pace import Pace, seconds_to_say
from voice.player import DEFAULT_VOLUME
from voice.utterances import Utterance

PATIENCE = 1.5
"""Seconds a sentence waits for a child that is starting, before its caption goes on alone (K03: 1,850 ms)."""
RENDER_LIMIT = 2.0
"""Seconds in which a sentence has to begin to sound; longer means a hung engine."""
WATCH_SECONDS = 0.25
IDLE_WATCH_SECONDS = 5.0
BAD_AFTER = 2
"""A sentence on which the child hung so often is shown and not said."""


class Delivery:
    """All methods belong to the speech thread. Those that return an utterance give back one that was cut off
    by a fault: it has to be said again from its beginning."""

    def __init__(
        self, mouth: Callable[[Deliver], Mouth] | None, deliver: Deliver, audience: Audience
    ) -> None:
        """Without a `mouth` there are captions only. It gives its reports to `deliver`."""
        self.mouth = mouth(deliver) if mouth else None
        self._audience = audience
        self._pace = Pace()
        self.current: Utterance | None = None
        self._started = False
        self._sent_at: float | None = None
        """When the current sentence went to the child; None while it is paced without it."""
        self._number = 0
        self._hangs = 0
        self._held = False
        self._rate, self._volume = DEFAULT_RATE, DEFAULT_VOLUME
        self._patient_until = 0.0

    def open(self, now: float) -> None:
        """Start the voice; nobody waits for it longer than a person does."""
        if self.mouth:
            self.mouth.start(now)
            self._patient_until = now + PATIENCE
            self._check_gone()

    def close(self) -> None:
        if self.mouth:
            self.mouth.close()

    def until_next(self, now: float, *, waiting: bool) -> float | None:
        """How long nothing can happen by itself; None: until somebody asks."""
        watch = WATCH_SECONDS if self.current or waiting else IDLE_WATCH_SECONDS
        times = [] if not self.mouth or self.mouth.state is State.GONE else [watch]
        if self._pace.due is not None:
            times.append(max(0.0, self._pace.due - now))
        return min(times) if times else None

    def look(self, now: float) -> Utterance | None:
        """Whether the voice hangs, and whether the sentence is over."""
        again = self._replace(now) if self.mouth and self._stuck(now) else None
        if self._pace.due is not None and now >= self._pace.due:
            self._finish()
        return again

    def may_begin(self, now: float) -> bool:
        """Nothing is being said, and the voice is ready, or not waited for any more."""
        starting = self.mouth is not None and self.mouth.state is State.STARTING
        return self.current is None and not (starting and now < self._patient_until)

    def begin(self, utterance: Utterance, now: float, *, again: bool) -> None:
        """`again`: the last one was the same, and it was cut off."""
        self._hangs = self._hangs if again else 0
        self.current = utterance
        self._started = False
        self._number += 1
        if self.mouth and self.mouth.state is State.READY and self._hangs < BAD_AFTER:
            self._sent_at = now
            say = Say(self._number, utterance.words, utterance.language, self._rate, utterance.for_one)
            self.mouth.send(say, now)
        else:
            self._pace_current(now)

    def cut(self) -> None:
        """Silence now, and on."""
        if self.current is None:
            return
        if self.mouth:
            self.mouth.send(Cut(self._number), time.monotonic())
        self._audience.cut(self.current, self._device, begun=self._started)
        self._forget()

    def pause(self) -> None:
        """Stop where it is, or go on from there."""
        if self.current:
            self._hold(not self._held)

    def release(self) -> None:
        """Something new is wanted: nothing is held any more."""
        if self._held:
            self._hold(False)

    def set_rate(self, step: int) -> None:
        self._rate = step

    def set_volume(self, step: int) -> None:
        self._volume = step
        self._send_volume()

    def tone(self) -> None:
        """The tone that says: speak now. Never over a sentence."""
        if self.mouth and self.current is None:
            self.mouth.send(Tone(), time.monotonic())

    def note_sounding(self) -> None:
        """Tell who has to know whether something sounds."""
        audible = self.mouth is not None and self.mouth.device is not None and self._volume > 0
        self._audience.sounds(audible and self._sent_at is not None and not self._held)

    # What the child says

    def reported(self, life: int, report: Report | None, *, waiting: bool) -> Utterance | None:
        """Of the child with that life's number; None: it has ended. `waiting`: there is more to be said."""
        if not self.mouth or life != self.mouth.life:
            return None
        now = time.monotonic()
        if report is None:
            return self._replace(now)
        one_heard = self.mouth.for_one
        self.mouth.take_note(report, now)
        if one_heard and not self.mouth.for_one and (self.current or waiting):
            self._audience.room()
        match report:
            case Ready():
                self._send_volume()
                self._check_gone()
            case Device(name=name):
                again = self._break_off()
                if name is None:
                    self._audience.no_sound()
                return again
            case Started(number=number) | Word(number=number) | Ended(number=number):
                if self._sent_at is not None and number == self._number:
                    self._follow(report, now)
            case Unspeakable(number=number) if self._sent_at is not None and number == self._number:
                self._pace_current(now)
        return None

    def _follow(self, report: Started | Word | Ended, now: float) -> None:
        match report:
            case Started() if not self._started:
                self._start(self._device)
            case Word(start=start, length=length):
                self._audience.marks(start, length, now)
            case Ended(whole=True):
                self._finish()

    def _break_off(self) -> Utterance | None:
        """In the middle of a sentence the sound goes another way."""
        interrupted = self.current
        if self._sent_at is None or not self._started or self._held:
            return None
        self.cut()
        return interrupted

    def _stuck(self, now: float) -> bool:
        assert self.mouth
        late = self._sent_at is not None and not self._started and now - self._sent_at > RENDER_LIMIT
        return late or self.mouth.hung(now)

    def _replace(self, now: float) -> Utterance | None:
        """A new child in place of one that fell or hangs."""
        assert self.mouth
        self._patient_until = now + PATIENCE
        interrupted = self.current if self._sent_at is not None else None
        if interrupted:
            self._hangs += 1
            self._audience.cut(interrupted, self._device, begun=self._started)
            self._audience.shows(interrupted)
            self._forget()
            self._held = False
        self.mouth.replace(now)
        self._check_gone()
        return interrupted

    # The sentence

    @property
    def _device(self) -> str | None:
        return self.mouth.device if self.mouth and self._sent_at is not None else None

    def _pace_current(self, now: float) -> None:
        """The caption goes alone, for as long as the words would take."""
        assert self.current
        self._sent_at = None
        self._start(None)
        self._pace.begin(seconds_to_say(self.current.words, self.current.language, self._rate), now)

    def _start(self, device: str | None) -> None:
        assert self.current
        self._started = True
        self._audience.begins(self.current, device, sounding=device is not None and self._volume > 0)

    def _finish(self) -> None:
        assert self.current
        self._audience.ends(self.current, self._device)
        self._forget()

    def _forget(self) -> None:
        self.current, self._sent_at, self._started = None, None, False
        self._pace.forget()

    def _hold(self, on: bool) -> None:
        self._held = on
        now = time.monotonic()
        self._pace.hold(on, now)
        if self.mouth:
            self.mouth.send(Hold(on), now)

    def _send_volume(self) -> None:
        if self.mouth:
            self.mouth.send(Volume(self._volume), time.monotonic())

    def _check_gone(self) -> None:
        if self.mouth and self.mouth.state is State.GONE:
            self._audience.no_sound()
