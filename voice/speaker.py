"""The speaker of a sitting: says pages, shows captions, never makes the screen wait."""

from __future__ import annotations

import os
import threading
from collections.abc import Callable

from kiosk.flow.page import Choice, Entry, Page
from kiosk.ports import Caption
from kiosk.text import Text
from voice import tone
from voice.audience import Audience
from voice.mouth import PROGRAM, Mouth
from voice.privacy import Output, Wording
from voice.script import Reading, Sentence, choice_script, entry_script, script, text_script
from voice.speech_log import speech_log
from voice.spoken_forms import traced
from voice.turn import Turn
from voice.utterances import Rank, Utterance


class PageSpeaker:
    """A `kiosk.ports.Speaker`. Callbacks come from its own thread; what they raise is dropped."""

    def __init__(
        self,
        catalogue: Wording,
        on_caption: Callable[[Caption], None],
        on_no_sound: Callable[[], None],
        demo: bool = False,
        output: Output = Output.LOUDSPEAKER,
        sound: bool = True,
        program: tuple[str, ...] = PROGRAM,
        on_sounding: Callable[[bool], None] = lambda _on: None,
        inherited: tuple[int, ...] = (),
    ) -> None:
        """`catalogue` is `voice`; `sound=False` means captions only, and no child. `on_sounding` is told when
        it begins to sound and when it ends. `inherited`: descriptors that the speaking process has, too.
        Raises ValueError where a speech log is asked for outside demo mode."""
        log = speech_log(os.environ, demo=demo)
        self._words, self._output = catalogue, output
        self._asked = self._answered = 0
        self._quiet = threading.Condition()
        self._done = 0
        self._closed = False
        self._screen = ""
        self._say_again: Callable[[], None] = lambda: None
        """The page that is on the screen, worded for whoever hears it now."""
        self._turn = Turn(
            (lambda deliver: Mouth(deliver, program, inherited)) if sound else None,
            Audience(on_caption, on_no_sound, on_sounding, self._word_anew, log),
            self._settle,
        )
        threading.Thread(target=self._turn.run, name="speech", daemon=True).start()

    # kiosk.ports.Speaker

    def present(self, page: Page, language: str) -> None:
        def work() -> None:
            self._screen = page.id
            self._say_again = work
            self._turn.present(self._utterances(script(page, self._reading(language)), language, Rank.NORMAL))

        self._ask(work)

    def focus(self, page: Page, choice: Choice, language: str) -> None:
        def work() -> None:
            number = page.choices.index(choice) + 1 if choice in page.choices else 0
            said = choice_script(choice, number, self._reading(language))
            self._turn.focus(self._utterances(said, language, Rank.NEXT))

        self._ask(work)

    def notice(self, text: Text, language: str) -> None:
        def work() -> None:
            said = text_script(text, "notice", self._reading(language))
            self._turn.notice(self._utterances(said, language, Rank.NOW))

        self._ask(work)

    def aloud(self, entry: Entry, language: str) -> None:
        def work() -> None:
            said = entry_script(entry, language, self._words)
            self._turn.notice(self._utterances(said, language, Rank.NOW))

        self._ask(work)

    def repeat(self, *, whole: bool) -> None:
        self._ask(lambda: self._turn.repeat(whole=whole))

    def stop(self) -> None:
        self._ask(self._turn.stop)

    def pause(self) -> None:
        self._ask(self._turn.pause)

    def set_rate(self, step: int) -> None:
        self._ask(lambda: self._turn.set_rate(step))

    def set_volume(self, step: int) -> None:
        self._ask(lambda: self._turn.set_volume(step))

    def tone(self) -> float:
        mouth = self._turn.mouth
        self._ask(self._turn.tone)
        return tone.SECONDS if mouth and mouth.device is not None else 0.0

    @property
    def speaking(self) -> bool:
        return self._answered != self._asked

    def close(self) -> None:
        self._ask(self._turn.close)
        self._closed = True

    # For the demo and the tests

    def wait_quiet(self, timeout: float) -> bool:
        """Wait until all that was asked for is said, or cut. False if that took longer."""
        with self._quiet:
            return self._quiet.wait_for(lambda: not self.speaking, timeout)

    @property
    def child(self) -> int | None:
        """The speaking process, while there is one."""
        return self._turn.mouth.pid if self._turn.mouth else None

    def _ask(self, work: Callable[[], None]) -> None:
        """Only the UI thread asks, so counting needs no lock. After `close` nobody answers."""
        if self._closed:
            return
        self._asked += 1

        def counted(number: int = self._asked) -> None:
            work()
            self._done = number

        self._turn.post(counted)

    def _settle(self) -> None:
        """Nothing is left to say of what was asked so far."""
        if self._answered != self._done:
            with self._quiet:
                self._answered = self._done
                self._quiet.notify_all()

    def _word_anew(self) -> None:
        self._say_again()

    def _reading(self, language: str) -> Reading:
        return Reading(language, self._hearer, self._words)

    @property
    def _hearer(self) -> Output:
        """Who hears it: by the settings, or because the device in use is a pair of headphones."""
        mouth = self._turn.mouth
        return Output.PRIVATE if mouth and mouth.for_one else self._output

    def _utterances(self, said: tuple[Sentence, ...], language: str, rank: Rank) -> tuple[Utterance, ...]:
        for_one = self._output is Output.LOUDSPEAKER and self._hearer is Output.PRIVATE
        lines = (
            Utterance(s, traced(s.said or s.text, language), language, self._screen, rank, for_one)
            for s in said
        )
        return tuple(line for line in lines if any(character.isalnum() for character in line.words))
