"""Keypad practice: keys say what they are and do nothing (K29)."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from kiosk.flow.moves import Help
from screens.keys import Act

if TYPE_CHECKING:
    from textual.timer import Timer

    from kiosk.flow.moves import Move
    from kiosk.ports import Speaker
    from kiosk.text import Text
    from screens.resident.stage import Stage

LASTS = 20.0
"""Seconds without a key, and without anything being said, after which it is over."""
_LOOK_AGAIN = 1.0


class Practice:
    """From the first key to Help pressed twice, or to a while without any."""

    def __init__(
        self,
        stage: Stage,
        speaker: Speaker,
        make: Callable[[Move], None],
        set_timer: Callable[[float, Callable[[], None]], Timer],
    ) -> None:
        self._stage, self._speaker, self._make, self._set_timer = stage, speaker, make, set_timer
        self._timer: Timer | None = None
        self._helped = False
        """The last key was Help."""

    def begin(self) -> None:
        """Its page is on the screen."""
        self._helped = False
        self._wait(LASTS)

    def end(self) -> None:
        """Another page is there."""
        if self._timer is not None:
            self._timer.stop()
            self._timer = None

    def strike(self, act: Act | None, number: int | None) -> None:
        """A key: its name is said. Help a second time, with no other key between, leads back."""
        self._wait(LASTS)
        if act is Act.HELP and self._helped:
            self._make(Help())
            return
        self._helped = act is Act.HELP
        self._stage.announce(self._name(act, number))

    def _name(self, act: Act | None, number: int | None) -> Text:
        texts = self._stage.texts
        if number is not None:
            return texts.text("practice.number", n=number)
        if act is Act.HELP:
            return texts["practice.once_more"]
        return texts[f"practice.{act}"] if act is not None else texts["practice.unknown"]

    def _wait(self, seconds: float) -> None:
        self.end()
        self._timer = self._set_timer(seconds, self._look)

    def _look(self) -> None:
        if self._speaker.speaking:
            self._wait(_LOOK_AGAIN)
        else:
            self.end()
            self._make(Help())
