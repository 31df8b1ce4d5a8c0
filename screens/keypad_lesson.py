"""A site shows the program its keypad: it asks for each key in turn and hears what the terminal calls it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from textual.app import App, ComposeResult
from textual.events import Event, Key
from textual.widgets import Static

from screens.keys import Act, KeyGuard, act_of
from screens.tolerant_driver import TolerantDriver

if TYPE_CHECKING:
    from screens.keypads import Keypad

ASKED = (
    Act.UP, Act.DOWN, Act.CHOOSE, Act.BACK, Act.HELP, Act.REPEAT, Act.PERSON, Act.LOUDER, Act.QUIETER,
    Act.SLOWER, Act.FASTER, Act.PAUSE, Act.MUTE, Act.NEXT, Act.SIZE, Act.COLOURS, Act.LANGUAGE,
)  # fmt: skip
"""What a keypad may have a key for, those first that every one has."""
SKIP, DONE, GIVE_UP = "space", "tab", "ctrl+c"
"""On the ordinary keyboard: the keypad has no such key; it has no more of them; nothing is kept."""


@dataclass(frozen=True, slots=True)
class Lesson:
    """How far it has come."""

    learned: tuple[tuple[str, Act], ...] = ()
    asked: int = 0
    taken: Act | None = None
    """What the key that was just pressed was already shown for."""

    @property
    def wanted(self) -> Act | None:
        """What is asked for now; None at the end."""
        return ASKED[self.asked] if self.asked < len(ASKED) else None

    def press(self, key: str) -> Lesson:
        """The lesson after a key, by Textual's name."""
        if key == SKIP:
            return replace(self, asked=self.asked + 1, taken=None)
        if key == DONE:
            return replace(self, asked=len(ASKED), taken=None)
        name = key.removeprefix("upper_").lower()
        taken = dict(self.learned).get(name)
        if taken is not None or self.wanted is None:
            return replace(self, taken=taken)
        return Lesson((*self.learned, (name, self.wanted)), self.asked + 1)

    @property
    def keypad(self) -> Keypad:
        """The keys that mean something else than the table says."""
        return {key: act for key, act in self.learned if act_of(key, in_field=False) is not act}


class KeypadLesson(App[Lesson | None]):
    """Asks until it knows all. Returns the lesson, or None where somebody gave up."""

    ENABLE_COMMAND_PALETTE = False

    def __init__(self, told: Callable[[Lesson], str]) -> None:
        super().__init__(driver_class=TolerantDriver)
        self.lesson = Lesson()
        self._told, self._guard = told, KeyGuard()
        self._words = Static(told(self.lesson), markup=False)

    def compose(self) -> ComposeResult:
        yield self._words

    async def on_event(self, event: Event) -> None:
        """Every key is what it is here, whatever it does elsewhere."""
        if not isinstance(event, Key):
            await super().on_event(event)
        elif event.key == GIVE_UP:
            self.exit(None)
        elif self._guard.lets_through(event.key, event.time, in_field=False):
            self.lesson = self.lesson.press(event.key)
            if self.lesson.wanted is None:
                self.exit(self.lesson)
            self._words.update(self._told(self.lesson))
