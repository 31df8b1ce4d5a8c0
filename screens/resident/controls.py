"""From keys and touches to moves of the visit."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import TYPE_CHECKING

from textual.events import Key

from kiosk.flow.moves import Back, CallPerson, Choose, Draw, Enter, Help, Move, NextLanguage, Overlay
from kiosk.flow.page import ENTER, Choice, Role
from kiosk.ports import Speaker
from screens.keys import Act, KeyGuard, act_of, number_of
from screens.layout import CHOOSE, PRESS, TYPE
from screens.resident.comfort import Comfort
from screens.resident.parts import CLEAR, DRAWN, MORE
from screens.resident.stage import Stage

if TYPE_CHECKING:
    from screens.resident.listening import Listening

_ALONG = {"left": -1, "right": +1}
"""Along the keys on the screen."""
_TYPED_ALL_THE_SAME = ("backspace", "delete", "home", "end")
REPEAT_WHOLE = 3.0
"""Seconds in which a second press of Repeat says the whole page (K07)."""


class Controls:
    """What a person does with keys, switches and fingers; every way leads to the same moves."""

    def __init__(
        self, stage: Stage, comfort: Comfort, speaker: Speaker, make: Callable[[Move], None]
    ) -> None:
        self._stage, self.comfort, self._speaker, self._make = stage, comfort, speaker, make
        self.listening: Listening | None = None
        """None while nobody is listened to."""
        self._guard = KeyGuard()
        self._repeated_at = float("-inf")
        self._aloud_at = ""
        """The page on which it was said that others would hear it."""
        self._acts: dict[Act, Callable[[], None]] = {
            Act.UP: lambda: stage.move_focus(-1),
            Act.DOWN: lambda: stage.move_focus(+1),
            Act.NEXT: stage.scan,
            Act.BACK: self._back,
            Act.CHOOSE: self._choose_focused,
            Act.HELP: lambda: make(Help()),
            Act.PERSON: lambda: make(CallPerson()),
            Act.LANGUAGE: lambda: make(NextLanguage()),
            Act.PAUSE: speaker.pause,
            Act.LISTEN: self._listen,
            Act.ALOUD: self._aloud,
        }

    def _aloud(self) -> None:
        """What stands in the field, in full (K26). Where it is private that is asked twice, for each page."""
        stage, page = self._stage, self._stage.part
        if page.entry is None or not stage.typed:
            return
        if page.overheard and self._aloud_at != page.id:
            self._aloud_at = page.id
            stage.announce(stage.texts["bar.aloud"])
        else:
            self._speaker.aloud(replace(page.entry, value=stage.typed), stage.language)

    def _listen(self) -> None:
        if self.listening is not None:
            self.listening.press()

    def _hush(self, act: Act | None = None) -> None:
        """Any key shuts the microphone, but the one that opens it."""
        if self.listening is not None and act is not Act.LISTEN:
            self.listening.cease()

    def key(self, event: Key) -> None:
        """A key that the field has not taken for itself."""
        in_field = self._stage.in_field
        if not self._guard.lets_through(event.key, event.time, in_field=in_field):
            return
        if in_field and self._for_the_field(event):
            return
        act = act_of(event.key, in_field=in_field)
        number = None if in_field else number_of(event.key)
        self._hush(act)
        if act is Act.REPEAT:
            self._repeat(event.time)
            return
        if act is not Act.PAUSE:
            self._speaker.stop()
        if self._stage.sitting.overlay is Overlay.IDLE:
            self._make(Back())
        elif number is not None:
            self._choose_numbered(number)
        elif act is not None:
            self.do(act)

    def _choose_numbered(self, number: int) -> None:
        """A slip of the finger has stopped the voice: who cannot see hears how to go on."""
        stage = self._stage
        choice = stage.numbered(number)
        if choice is None and stage.part.choices:
            count = len(stage.part.choices)
            key = "bar.no_such" if count > 1 else "bar.only_one"
            stage.announce(stage.texts.text(key, count=count) if count > 1 else stage.texts[key])
        self.choose(choice)

    def _for_the_field(self, event: Key) -> bool:
        """A key meant for the field that has not come to it, because one on the screen has the focus, or
        because the field has only just got it; False for keys that mean the same anywhere."""
        if self._stage.key and event.key in _ALONG:
            self._speaker.stop()
            self._stage.move_along_keys(_ALONG[event.key])
            return True
        if event.is_printable or event.key in _TYPED_ALL_THE_SAME:
            self._stage.enter_field()
            self._stage.field.on_key(event)
            return True
        return False

    def touch(self, act: str, at: float) -> None:
        """Press and release on a target."""
        self._hush(Act.LISTEN if act == f"{PRESS}{Act.LISTEN}" else None)
        if act == f"{PRESS}{Act.REPEAT}":
            self._repeat(at)
            return
        self._speaker.stop()
        if act.startswith(CHOOSE):
            wanted = act.removeprefix(CHOOSE)
            self.choose(next((c for c in self._stage.part.choices if c.id == wanted), None))
        elif act.startswith(TYPE):
            self._stage.enter_field()
            self._stage.field.strike(act.removeprefix(TYPE))
        elif act.startswith(PRESS):
            self.do(Act(act.removeprefix(PRESS)))

    def enter(self) -> None:
        """The field is finished."""
        self._hush()
        self._speaker.stop()
        self._make(Enter(self._stage.field.value))

    def do(self, act: Act) -> None:
        """What a key, a touch or a word asks for."""
        change = self.comfort.change(act)
        if change is not None:
            self._stage.recolour(self.comfort.palette)
            self._stage.announce(change)
        elif act in self._acts:
            self._acts[act]()

    def _repeat(self, at: float) -> None:
        whole = at - self._repeated_at < REPEAT_WHOLE
        self._repeated_at = at
        self._speaker.repeat(whole=whole)
        if self.listening is not None:
            self.listening.after_speech()

    def _back(self) -> None:
        if not self._stage.turn_over(-1) and self._stage.part.back:
            self._make(Back(self._stage.typed))

    def _choose_focused(self) -> None:
        if self._stage.key:
            self._stage.strike_focused()
        elif self._stage.in_field:
            self.enter()
        else:
            self.choose(self._stage.focused)

    def choose(self, choice: Choice | None) -> None:
        """A choice of the part on the screen, or none."""
        if choice is None:
            return
        match choice.id:
            case str(more) if more == MORE:
                self._stage.turn_over(+1)
            case str(enter) if enter == ENTER:
                self.enter()
            case str(drawn) if drawn == DRAWN:
                self._make(Draw(self._stage.view.strokes))
            case str(clear) if clear == CLEAR:
                self._stage.view.clear_mark()
                self._stage.mark_changed()
            case chosen:
                if choice.role is Role.TOGGLE and not self._stage.in_field:
                    self._stage.take(choice)
                self._make(Choose(chosen))
