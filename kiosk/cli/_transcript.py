"""A speaker that writes down what a page says, each sentence rendered by the real engine but not played."""

from __future__ import annotations

from dataclasses import dataclass

from kiosk.catalogue import load_catalogue
from kiosk.flow.page import Choice, Entry, Page
from kiosk.text import Text
from voice.engines.ready import ready_engines
from voice.privacy import Output
from voice.script import Reading, Sentence, choice_script, entry_script, script, text_script
from voice.spoken_forms import spoken


@dataclass(frozen=True, slots=True)
class Said:
    """A sentence as a caption shows it, as it is spoken, and how long it sounds (0 without an engine)."""

    text: str
    spoken: str
    seconds: float


class Transcript:
    """A `kiosk.ports.Speaker` for the demo: quicker than the ear, and it forgets nothing."""

    def __init__(self) -> None:
        self.said: list[Said] = []
        engines = ready_engines()
        self.engine = engines[0] if engines else None
        self._words = load_catalogue("voice")
        self._rate = 4

    def present(self, page: Page, language: str) -> None:
        self._write(script(page, self._reading(language)), language)

    def focus(self, page: Page, choice: Choice, language: str) -> None:
        number = page.choices.index(choice) + 1
        self._write(choice_script(choice, number, self._reading(language)), language)

    def notice(self, text: Text, language: str) -> None:
        self._write(text_script(text, "notice", self._reading(language)), language)

    def aloud(self, entry: Entry, language: str) -> None:
        self._write(entry_script(entry, language, self._words), language)

    def repeat(self, *, whole: bool) -> None:
        """Nothing new is said."""

    def stop(self) -> None:
        """Nothing sounds."""

    def pause(self) -> None:
        """Nothing sounds."""

    def set_rate(self, step: int) -> None:
        self._rate = step

    def set_volume(self, step: int) -> None:
        """Nothing sounds."""

    def tone(self) -> float:
        return 0.0

    @property
    def speaking(self) -> bool:
        return False

    def close(self) -> None:
        """Nothing is open."""

    def take(self) -> list[Said]:
        """What was said since the last call."""
        said, self.said = self.said, []
        return said

    def _reading(self, language: str) -> Reading:
        return Reading(language, Output.LOUDSPEAKER, self._words)

    def _write(self, sentences: tuple[Sentence, ...], language: str) -> None:
        for sentence in sentences:
            words = spoken(sentence.said or sentence.text, language)
            seconds = self.engine.render(words, language, self._rate).seconds if self.engine else 0.0
            self.said.append(Said(sentence.text, words, seconds))
