"""Who speaks when: the one thread that owns the queue, and what is said next."""

from __future__ import annotations

import time
from collections.abc import Callable
from contextlib import suppress
from queue import Empty, SimpleQueue

from voice.audience import Audience
from voice.delivery import Delivery
from voice.messages import Report
from voice.mouth import Deliver, Mouth
from voice.utterances import Rank, Utterance, Waiting


class Turn:
    """The state of the speech. Every method but `post` runs on the thread that runs `run`."""

    def __init__(
        self,
        mouth: Callable[[Deliver], Mouth] | None,
        audience: Audience,
        on_settled: Callable[[], None],
    ) -> None:
        """`mouth` makes one, unless there are to be captions only; `on_settled`: nothing is left to say."""
        self._jobs: SimpleQueue[Callable[[], None]] = SimpleQueue()
        self._audience, self._on_settled = audience, on_settled
        self._delivery = Delivery(
            mouth, lambda life, report: self.post(lambda: self._reported(life, report)), audience
        )
        self._waiting = Waiting()
        self._page: tuple[Utterance, ...] = ()
        self._last: Utterance | None = None
        self._open = True

    @property
    def mouth(self) -> Mouth | None:
        """Where there is a voice: who it is heard by, and its process."""
        return self._delivery.mouth

    # From any thread

    def post(self, job: Callable[[], None]) -> None:
        """Have this done on the speech thread, after what was posted before."""
        self._jobs.put(job)

    # What the screens ask for

    def present(self, page: tuple[Utterance, ...]) -> None:
        self._audience.turns_page()
        self.stop()
        self._page, self._last = page, None
        self._waiting.add(page)

    def focus(self, choice: tuple[Utterance, ...]) -> None:
        self._delivery.release()
        self._waiting.drop(Rank.NEXT)
        current = self._delivery.current
        if current and current.rank is Rank.NEXT:
            self._delivery.cut()
        self._waiting.add(choice)

    def notice(self, words: tuple[Utterance, ...]) -> None:
        self._waiting.drop(Rank.NOW)
        interrupted = self._delivery.current
        self._silence()
        if interrupted and interrupted.rank is not Rank.NOW:
            self._waiting.again(interrupted)
        self._waiting.add(words)

    def repeat(self, *, whole: bool) -> None:
        last = self._last
        if whole:
            self.present(self._page)
        elif last:
            self._silence()
            self._waiting.again(last)

    def stop(self) -> None:
        self._waiting.clear()
        self._silence()

    def pause(self) -> None:
        self._delivery.pause()

    def set_rate(self, step: int) -> None:
        self._delivery.set_rate(step)

    def set_volume(self, step: int) -> None:
        self._delivery.set_volume(step)

    def tone(self) -> None:
        self._delivery.tone()

    def close(self) -> None:
        self.stop()
        self._open = False
        self._delivery.close()
        self._audience.close()

    # The thread

    def run(self) -> None:
        self._delivery.open(time.monotonic())
        while self._open:
            wait = self._delivery.until_next(time.monotonic(), waiting=bool(self._waiting))
            with suppress(Empty):
                self._jobs.get(timeout=wait)()
            if self._open:
                self._go_on(time.monotonic())
        self._on_settled()

    def _go_on(self, now: float) -> None:
        self._again(self._delivery.look(now))
        if self._waiting and self._delivery.may_begin(now):
            self._begin(now)
        self._delivery.note_sounding()
        if self._delivery.current is None and not self._waiting and self._jobs.empty():
            self._on_settled()

    def _begin(self, now: float) -> None:
        utterance = self._waiting.take()
        assert utterance
        again = self._last is utterance
        self._last = utterance
        self._delivery.begin(utterance, now, again=again)

    def _reported(self, life: int, report: Report | None) -> None:
        if self._open:
            self._again(self._delivery.reported(life, report, waiting=bool(self._waiting)))

    def _again(self, cut_off: Utterance | None) -> None:
        if cut_off:
            self._waiting.again(cut_off)

    def _silence(self) -> None:
        self._delivery.cut()
        self._delivery.release()
