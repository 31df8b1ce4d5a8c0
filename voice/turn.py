"""Who speaks when: the one thread that owns the queue, the current sentence and the mouth."""

from __future__ import annotations

import time
from collections.abc import Callable
from contextlib import suppress
from queue import Empty, SimpleQueue

from kiosk.ports import Caption
from voice.engines import DEFAULT_RATE
from voice.messages import Cut, Device, Ended, Hold, Ready, Report, Say, Started, Unspeakable, Volume, Word
from voice.mouth import Deliver, Mouth, State
from voice.pace import Pace, seconds_to_say
from voice.player import DEFAULT_VOLUME
from voice.speech_log import Event, SpeechLog
from voice.subtitle import Subtitle
from voice.utterances import Rank, Utterance, Waiting

PATIENCE = 1.5
"""Seconds a sentence waits for a child that is starting, before its caption goes on alone (K03: 1,850 ms)."""
RENDER_LIMIT = 2.0
"""Seconds in which a sentence has to begin to sound; longer means a hung engine."""
WATCH_SECONDS = 0.25
IDLE_WATCH_SECONDS = 5.0
BAD_AFTER = 2
"""A sentence on which the child hung so often is shown and not said."""


class Turn:
    """The state of the speech. Every method but `post` runs on the thread that runs `run`."""

    def __init__(
        self,
        on_caption: Callable[[Caption], None],
        on_no_sound: Callable[[], None],
        mouth: Callable[[Deliver], Mouth] | None,
        log: SpeechLog | None,
        on_settled: Callable[[], None],
        on_sounding: Callable[[bool], None] = lambda _on: None,
        on_room: Callable[[], None] = lambda: None,
    ) -> None:
        """`on_room`: the headphones are gone while something was being said; it has to be worded anew."""
        self._jobs: SimpleQueue[Callable[[], None]] = SimpleQueue()
        self._subtitle = Subtitle(on_caption)
        self._on_no_sound, self._on_settled = on_no_sound, on_settled
        self._on_room = on_room
        self._on_sounding, self._sounding = on_sounding, False
        self.mouth = (
            mouth(lambda life, report: self.post(lambda: self._reported(life, report))) if mouth else None
        )
        self._log = log
        self._waiting = Waiting()
        self._pace = Pace()
        self._page: tuple[Utterance, ...] = ()
        self._current: Utterance | None = None
        self._last: Utterance | None = None
        self._started = False
        self._sent_at: float | None = None
        """When the current sentence went to the child; None while it is paced without it."""
        self._number = 0
        self._hangs = 0
        self._held = False
        self._no_sound_said = False
        self._rate, self._volume = DEFAULT_RATE, DEFAULT_VOLUME
        self._patient_until = 0.0
        self._open = True

    # From any thread

    def post(self, job: Callable[[], None]) -> None:
        """Have this done on the speech thread, after what was posted before."""
        self._jobs.put(job)

    # What the screens ask for

    def present(self, page: tuple[Utterance, ...]) -> None:
        self._subtitle.drop()
        self.stop()
        self._page, self._last = page, None
        self._waiting.add(page)

    def focus(self, choice: tuple[Utterance, ...]) -> None:
        self._release()
        self._waiting.drop(Rank.NEXT)
        if self._current and self._current.rank is Rank.NEXT:
            self._cut()
        self._waiting.add(choice)

    def notice(self, words: tuple[Utterance, ...]) -> None:
        self._waiting.drop(Rank.NOW)
        interrupted = self._current
        self._cut()
        self._release()
        if interrupted and interrupted.rank is not Rank.NOW:
            self._waiting.again(interrupted)
        self._waiting.add(words)

    def repeat(self, *, whole: bool) -> None:
        last = self._last
        if whole:
            self.present(self._page)
        elif last:
            self._cut()
            self._release()
            self._waiting.again(last)

    def stop(self) -> None:
        self._waiting.clear()
        self._cut()
        self._release()

    def pause(self) -> None:
        if self._current:
            self._hold(not self._held)

    def set_rate(self, step: int) -> None:
        self._rate = step

    def set_volume(self, step: int) -> None:
        self._volume = step
        self._send_volume()

    def close(self) -> None:
        self.stop()
        self._open = False
        if self.mouth:
            self.mouth.close()
        if self._log:
            self._log.close()

    # The thread

    def run(self) -> None:
        now = time.monotonic()
        if self.mouth:
            self.mouth.start(now)
            self._patient_until = now + PATIENCE
            self._check_gone()
        while self._open:
            with suppress(Empty):
                self._jobs.get(timeout=self._until_next(time.monotonic()))()
            if self._open:
                self._go_on(time.monotonic())
        self._on_settled()

    def _until_next(self, now: float) -> float | None:
        """How long nothing can happen by itself; None: until somebody asks."""
        watch = WATCH_SECONDS if self._current or self._waiting else IDLE_WATCH_SECONDS
        times = [] if not self.mouth or self.mouth.state is State.GONE else [watch]
        if self._pace.due is not None:
            times.append(max(0.0, self._pace.due - now))
        return min(times) if times else None

    def _go_on(self, now: float) -> None:
        if self.mouth and self._stuck(now):
            self._replace_mouth(now)
        if self._pace.due is not None and now >= self._pace.due:
            self._finish()
        if self._current is None and self._waiting and self._may_begin(now):
            self._begin(now)
        self._note_sounding()
        if self._current is None and not self._waiting and self._jobs.empty():
            self._on_settled()

    def _note_sounding(self) -> None:
        """Told before the first sample goes out, and once after the last: who listens shuts their ears."""
        audible = self.mouth is not None and self.mouth.device is not None and self._volume > 0
        sounding = audible and self._sent_at is not None and not self._held
        if sounding != self._sounding:
            self._sounding = sounding
            self._tell(lambda: self._on_sounding(sounding))

    def _may_begin(self, now: float) -> bool:
        starting = self.mouth is not None and self.mouth.state is State.STARTING
        return not (starting and now < self._patient_until)

    def _begin(self, now: float) -> None:
        utterance = self._waiting.take()
        assert utterance
        if self._last is not utterance:
            self._hangs = 0
        self._current = self._last = utterance
        self._started = False
        self._number += 1
        if self.mouth and self.mouth.state is State.READY and self._hangs < BAD_AFTER:
            self._sent_at = now
            say = Say(self._number, utterance.words, utterance.language, self._rate, utterance.for_one)
            self.mouth.send(say, now)
        else:
            self._pace_current(now)

    def _pace_current(self, now: float) -> None:
        """The caption goes alone, for as long as the words would take."""
        assert self._current
        self._sent_at = None
        self._start(None)
        self._pace.begin(seconds_to_say(self._current.words, self._current.language, self._rate), now)

    def _start(self, device: str | None) -> None:
        assert self._current
        self._started = True
        self._note("start")
        sounding = device is not None and self._volume > 0
        self._subtitle.begin(self._current, sounding=sounding)

    def _finish(self) -> None:
        self._note("end")
        self._subtitle.end()
        self._forget()

    def _cut(self) -> None:
        if self._current is None:
            return
        if self.mouth:
            self.mouth.send(Cut(self._number), time.monotonic())
        if self._started:
            self._note("cut")
        self._subtitle.end()
        self._forget()

    def _forget(self) -> None:
        self._current, self._sent_at, self._started = None, None, False
        self._pace.forget()

    def _hold(self, on: bool) -> None:
        self._held = on
        now = time.monotonic()
        self._pace.hold(on, now)
        if self.mouth:
            self.mouth.send(Hold(on), now)

    def _release(self) -> None:
        if self._held:
            self._hold(False)

    # The mouth

    def _reported(self, life: int, report: Report | None) -> None:
        if not self.mouth or life != self.mouth.life or not self._open:
            return
        now = time.monotonic()
        if report is None:
            self._replace_mouth(now)
            return
        one_heard = self.mouth.for_one
        self.mouth.take_note(report, now)
        if one_heard and not self.mouth.for_one and (self._current or self._waiting):
            self._tell(self._on_room)
        match report:
            case Started(number=number) if self._is_current(number) and not self._started:
                self._start(self.mouth.device)
            case Word(number=number, start=start, length=length) if self._is_current(number):
                self._subtitle.mark(start, length, now)
            case Ended(number=number, whole=True) if self._is_current(number):
                self._finish()
            case Unspeakable(number=number) if self._is_current(number):
                self._pace_current(now)
            case Ready():
                self._send_volume()
                self._check_gone()
            case Device(name=name):
                self._say_over()
                if name is None:
                    self._say_no_sound()

    def _say_over(self) -> None:
        """In the middle of a sentence the sound goes another way: it is said again from its beginning."""
        interrupted = self._current
        if interrupted and self._sent_at is not None and self._started and not self._held:
            self._cut()
            self._waiting.again(interrupted)

    def _is_current(self, number: int) -> bool:
        return self._sent_at is not None and number == self._number

    def _stuck(self, now: float) -> bool:
        assert self.mouth
        late = self._sent_at is not None and not self._started and now - self._sent_at > RENDER_LIMIT
        return late or self.mouth.hung(now)

    def _replace_mouth(self, now: float) -> None:
        """A new child; the sentence that was cut off by the fault is said again from its beginning."""
        assert self.mouth
        self._patient_until = now + PATIENCE
        interrupted = self._current if self._sent_at is not None else None
        if interrupted:
            self._hangs += 1
            if self._started:
                self._note("cut")
            # Nobody waits for the words until a voice is there again.
            self._subtitle.begin(interrupted, sounding=False)
            self._forget()
            self._held = False
        self.mouth.replace(now)
        if interrupted:
            self._waiting.again(interrupted)
        self._check_gone()

    def _check_gone(self) -> None:
        if self.mouth and self.mouth.state is State.GONE:
            self._say_no_sound()

    def _send_volume(self) -> None:
        if self.mouth:
            self.mouth.send(Volume(self._volume), time.monotonic())

    def _say_no_sound(self) -> None:
        if not self._no_sound_said:
            self._no_sound_said = True
            self._tell(self._on_no_sound)

    def _note(self, event: Event) -> None:
        if self._log and self._current:
            device = self.mouth.device if self.mouth and self._sent_at is not None else None
            self._log.write(self._current, event, device)

    def _tell(self, listener: Callable[[], None]) -> None:
        """A listener that fails (its screen is gone already) must not silence the kiosk."""
        try:
            listener()
        except Exception:
            return
