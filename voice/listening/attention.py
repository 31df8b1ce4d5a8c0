"""Who is listened to, and what for: the one thread that owns the page, the question and the ears."""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping
from contextlib import suppress
from pathlib import Path
from queue import Empty, SimpleQueue

from kiosk.flow.page import Page
from kiosk.ports import Deaf, Hearing, Level, NotUnderstood, Opened, Shut
from voice.listening import messages
from voice.listening.ears import Deliver, Ears, State
from voice.listening.messages import Hush, Mute, Report
from voice.listening.questions import PageQuestion
from voice.listening.recogniser import NO_MODEL
from voice.understanding import PackFault

WATCH_SECONDS = 0.25
IDLE_WATCH_SECONDS = 5.0
SILENCES = 3
"""After so many questions in a row without a voice staff should look at the microphone."""
SILENT = "silent"
NO_WORDS = "no_words"


class Attention:
    """The state of the listening. Every method but `post` runs on the thread that runs `run`."""

    def __init__(
        self,
        on_hearing: Callable[[Hearing, int], None],
        ears: Callable[[Deliver], Ears],
        models: Mapping[str, Path],
        accents: Path | None,
    ) -> None:
        """`on_hearing` is told what was heard, and on which page."""
        self._jobs: SimpleQueue[Callable[[], None]] = SimpleQueue()
        self._on_hearing = on_hearing
        self.ears = ears(lambda life, report: self.post(lambda: self._reported(life, report)))
        self._models, self._accents = models, accents
        self._language = ""
        """Whose model is loaded, or being loaded."""
        self._question: PageQuestion | None = None
        self._number = 0
        self._asked: int | None = None
        """The number under which an answer is waited for."""
        self._wanted = False
        """The microphone should be open as soon as it can be."""
        self._shown_open = False
        self._silences = 0
        self._page = 0
        self._absent = ""
        """Why there is no microphone; empty while there is one."""
        self._alive = True

    # From any thread

    def post(self, job: Callable[[], None]) -> None:
        """Have this done on the listening thread, after what was posted before."""
        self._jobs.put(job)

    # What the screens ask for

    def attend(self, page: Page, language: str, number: int) -> None:
        self._forget()
        self._page = number
        self._question = None
        with suppress(PackFault):
            self._question = PageQuestion(page, language, self._accents)
        if language != self._language:
            self._load(language)

    def open(self) -> None:
        if why := self._hindrance():
            self._say_deaf(why)
        else:
            self._wanted = True
            self._listen()

    def shut(self) -> None:
        self._wanted = False
        if self._asked is not None:
            self.ears.send(Hush(take=True), time.monotonic())

    def mute(self, *, on: bool) -> None:
        self.ears.send(Mute(on), time.monotonic())

    def close(self) -> None:
        self._forget()
        self._question = None
        self._alive = False
        self.ears.close()

    # The thread

    def run(self) -> None:
        while self._alive:
            with suppress(Empty):
                self._jobs.get(timeout=self._until_next())()
            self._watch()

    def _watch(self) -> None:
        if self._alive and self.ears.hung(time.monotonic()):
            self._replace()

    def _until_next(self) -> float | None:
        if self.ears.state is State.GONE:
            return None
        return WATCH_SECONDS if self._asked is not None else IDLE_WATCH_SECONDS

    def _load(self, language: str) -> None:
        self._language = language
        model = self._models.get(language)
        if model is not None:
            self.ears.prepare(language, str(model), time.monotonic())
        if why := self._hindrance():
            self._say_deaf(why)

    def _hindrance(self) -> str:
        """Why nobody can be heard now; empty where they can, or soon."""
        if self._language not in self._models:
            return NO_MODEL
        if self.ears.state is State.GONE:
            return self.ears.reason
        return self._absent or (NO_WORDS if self._question is None else "")

    def _listen(self) -> None:
        """Ask the child, once it can hear this language; until then the wish stays."""
        if self._question is None or self._asked is not None or self.ears.state is not State.READY:
            return
        self._number += 1
        self._asked, self._wanted = self._number, False
        self.ears.send(self._question.listen(self._number), time.monotonic())

    def _forget(self) -> None:
        """What is being said is for nobody any more."""
        self._wanted = False
        if self._asked is not None:
            self.ears.send(Hush(take=False), time.monotonic())
        self._asked = None
        self._show(open_=False)

    def _show(self, *, open_: bool) -> None:
        if open_ != self._shown_open:
            self._shown_open = open_
            self._tell(Opened() if open_ else Shut())

    # The ears

    def _reported(self, life: int, report: Report | None) -> None:
        if life != self.ears.life or not self._alive or self.ears.state is State.GONE:
            return
        if report is None:
            self._replace()
            return
        self.ears.take_note(report, time.monotonic())
        match report:
            case messages.Ready() if self._wanted:
                self._listen()
            case messages.Fault():
                self._check_gone()
            case messages.Device(name=name, reason=reason):
                self._absent = reason
                if name is None:
                    self._forget()
                    self._say_deaf(reason)
            case messages.Opened(number=number) if number == self._asked:
                self._show(open_=True)
            case messages.Shut(number=number) if number == self._asked:
                self._show(open_=False)
            case messages.Level(height=height) if self._shown_open:
                self._tell(Level(height))
            case messages.Answer(number=number) if number == self._asked:
                self._answered(report)

    def _answered(self, answer: messages.Answer) -> None:
        self._asked = None
        self._show(open_=False)
        self._silences = self._silences + 1 if answer.silent else 0
        if self._silences == SILENCES:
            self._say_deaf(SILENT)
        assert self._question
        self._tell(NotUnderstood(silent=True) if answer.silent else self._question.understood(answer.texts))

    def _replace(self) -> None:
        """A new child; who was speaking is asked again, as half an answer is none."""
        cut_off = self._asked is not None
        self._asked = None
        self._show(open_=False)
        self.ears.replace(time.monotonic())
        self._check_gone()
        if cut_off:
            self._tell(NotUnderstood())

    def _check_gone(self) -> None:
        if self.ears.state is State.GONE:
            self._forget()
            self._say_deaf(self.ears.reason)

    def _say_deaf(self, reason: str) -> None:
        self._tell(Deaf(reason))

    def _tell(self, hearing: Hearing) -> None:
        """A listener that fails (its screen is gone already) must not make the kiosk deaf."""
        try:
            self._on_hearing(hearing, self._page)
        except Exception:
            return
