"""From keys and touches to moves of the visit."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import TYPE_CHECKING

from textual.events import Key

from kiosk.flow.moves import (
    Back,
    CallPerson,
    Choose,
    Draw,
    Enter,
    Help,
    Move,
    NextLanguage,
    Overlay,
    Settings,
)
from kiosk.flow.page import ENTER, SETS, Choice, Role
from kiosk.ports import Speaker
from screens.keys import Act, KeyGuard, act_of, number_of
from screens.layout import CHOOSE, PRESS, TYPE
from screens.resident.comfort import Comfort
from screens.resident.parts import CLEAR, DRAWN, MORE
from screens.resident.stage import Stage

if TYPE_CHECKING:
    from kiosk.flow.preferences import Remembering
    from screens.keypads import Keypad
    from screens.resident.listening import Listening
    from screens.resident.switching import Switching

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
        stage.dress = comfort.dress
        self.keypad: Keypad = {}
        """What its keys mean where that is not what they mean everywhere."""
        self.switching: Switching | None = None
        """None while the first page is only drawn."""
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
            Act.SETTINGS: lambda: make(Settings()),
            Act.PERSON: lambda: make(CallPerson()),
            Act.LANGUAGE: lambda: make(NextLanguage()),
            Act.PAUSE: speaker.pause,
            Act.LISTEN: self._listen,
            Act.ALOUD: self._aloud,
        }

    def _aloud(self) -> None:
        """What stands in the field, in full (K26). Where it is private that is asked twice, for each page."""
        stage, page = self._stage, self._stage.part
        if page.entry is None or page.entry.hidden:
            return
        if not (stage.typed or stage.field.writing):
            stage.announce(stage.texts["bar.nothing_yet"])
        elif page.overheard and self._aloud_at != page.id:
            self._aloud_at = page.id
            stage.announce(stage.texts["bar.aloud"])
        else:
            stage.pen.speak_out()
            if not stage.typed:
                stage.announce(stage.texts["bar.nothing_yet"])
                return
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
        act = act_of(event.key, in_field=in_field, keypad=self.keypad)
        number = None if in_field or act is not None else number_of(event.key)
        self._hush(act)
        if self.switching is not None:
            if self.switching.takes(act, number, event.time):
                return
            act = self.switching.meant(act)
        asked_whether_there = self._stage.sitting.overlay is Overlay.IDLE
        if act is Act.REPEAT and not asked_whether_there:
            self._repeat(event.time)
            return
        if act is not Act.PAUSE:
            self._speaker.stop()
        if asked_whether_there:
            self._make(Back())
        elif number is not None:
            self._choose_numbered(number)
        elif act is not None:
            if self.switching is not None:
                self.switching.tell_of(act)
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
        if self._stage.pen.open and not self._stage.key and event.key in _ALONG:
            self._stage.move_focus(+1)
            return True
        if event.is_printable or event.key in _TYPED_ALL_THE_SAME:
            self._stage.enter_field()
            self._stage.field.on_key(event)
            return True
        return False

    def touch(self, act: str, at: float) -> None:
        """Press and release on a target."""
        self._hush(Act.LISTEN if act == f"{PRESS}{Act.LISTEN}" else None)
        pressed = Act(act.removeprefix(PRESS)) if act.startswith(PRESS) else None
        if self.switching is not None and self.switching.touched(pressed, at):
            return
        if self._stage.sitting.overlay is Overlay.IDLE and act != f"{PRESS}{Act.PERSON}":
            self._make(Back())
            return
        if act == f"{PRESS}{Act.REPEAT}":
            self._repeat(at)
            return
        self._speaker.stop()
        if act.startswith(CHOOSE):
            wanted = act.removeprefix(CHOOSE)
            self.choose(next((c for c in self._stage.part.choices if c.id == wanted), None))
        elif act.startswith(TYPE):
            self._touch_key(act.removeprefix(TYPE))
        elif act.startswith(PRESS):
            self.do(Act(act.removeprefix(PRESS)))

    def _touch_key(self, key: str) -> None:
        self._stage.enter_field()
        self._stage.pen.touch(key)

    def enter(self) -> None:
        """The field is finished; not yet, while something in it is only half written."""
        self._hush()
        self._speaker.stop()
        if self._stage.pen.unfinished:
            self._stage.pen.take_best()
        else:
            self._make(Enter(self._stage.field.value))

    def do(self, act: Act) -> None:
        """What a key, a touch or a word asks for."""
        change = self.comfort.change(act)
        if change is not None:
            self._stage.recolour(self.comfort.palette)
            self._stage.dress_anew(dark=self.comfort.dark)
            self._stage.announce(change)
            self._stage.new_size = change if act is Act.SIZE else None
        elif act in self._acts:
            self._acts[act]()

    def follow(self, remembering: Remembering) -> bool:
        """What was kept with a card has come back, or was put off: screen and voice are as it says. False
        where nothing has changed by that; else the page is to be laid out again."""
        if not self.comfort.follow(remembering):
            return False
        self._stage.recolour(self.comfort.palette)
        self._stage.view.dark = self._stage.field.dark = self.comfort.dark
        return True

    def lose_sound(self) -> None:
        """There is no sound device."""
        self.comfort.lose_sound()
        self._stage.dress_anew(dark=self.comfort.dark)

    def _repeat(self, at: float) -> None:
        whole = at - self._repeated_at < REPEAT_WHOLE
        self._repeated_at = at
        self.say_again(whole=whole)
        if self.listening is not None:
            self.listening.after_speech()

    def say_again(self, *, whole: bool) -> None:
        """The last sentence or all of the page; of a page that is shown in short, what it leaves out, too."""
        part = self._stage.part
        spoken = self.comfort.detail.whole(part)
        if self._stage.amended:
            self._stage.present()
        elif spoken == part:
            self._speaker.repeat(whole=whole)
        else:
            self._speaker.present(spoken, self._stage.language)

    def _back(self) -> None:
        if not self._stage.turn_over(-1) and self._stage.part.back:
            self._make(Back(self._stage.typed))

    def _choose_focused(self) -> None:
        if self._stage.key:
            self._stage.pen.strike_focused()
        elif self._stage.button == f"{PRESS}{Act.REPEAT}":
            self.say_again(whole=True)
        elif self._stage.button:
            self.do(Act(self._stage.button.removeprefix(PRESS)))
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
            case str(sets) if sets.startswith(SETS):
                self._stage.take(choice)
                self.do(Act(sets.removeprefix(SETS)))
            case str(clear) if clear == CLEAR:
                self._stage.view.clear_mark()
                self._stage.mark_changed()
            case chosen:
                if choice.role is Role.TOGGLE and not self._stage.in_field:
                    self._stage.take(choice)
                self._make(Choose(chosen))
