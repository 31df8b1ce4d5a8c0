"""When the microphone is open: by a key, or by itself once the page has been said."""

from __future__ import annotations

import logging
from collections.abc import Callable
from typing import TYPE_CHECKING

from kiosk.flow.hearing import PATIENCE
from kiosk.flow.moves import Miss, Overlay
from kiosk.flow.pages.hearing import hint
from kiosk.ports import Deaf, Hearing, Level, Listener, NotUnderstood, Opened, Shut, Speaker, Wish, Wished
from kiosk.text import Catalogue

if TYPE_CHECKING:
    from textual.timer import Timer

    from screens.resident.controls import Controls
    from screens.resident.spoken_answers import SpokenAnswers
    from screens.resident.stage import Stage

log = logging.getLogger(__name__)

LOOK_EVERY = 0.1
"""Seconds between two looks whether the page has been said; only while that is waited for."""
READY_WITHIN = 1.5
"""Seconds after which somebody who pressed the key is told that it is not listening yet."""
_NOT_SPOKEN_TO = {"language", "goodbye"}
"""Where nobody may be there: only a key opens the microphone."""


class Listening:
    """Opens and shuts; what was said goes on to `SpokenAnswers`."""

    def __init__(
        self,
        make_listener: Callable[[Callable[[Hearing], None]], Listener],
        post: Callable[[Hearing, int], None],
        stage: Stage,
        controls: Controls,
        speaker: Speaker,
        answers: SpokenAnswers,
        texts: Catalogue,
        *,
        by_itself: bool,
        tone: bool,
        hears: Callable[[], bool],
        set_timer: Callable[[float, Callable[[], None]], Timer],
    ) -> None:
        """`post` brings what is heard back to this thread, with the number of the page it was said to.
        `hears`: is no move under way? `tone`: it sounds before the microphone opens."""
        self._stage, self._controls, self._speaker, self._answers = stage, controls, speaker, answers
        self._texts, self._by_itself, self._hears, self._set_timer = texts, by_itself, hears, set_timer
        self._tone = tone
        self._page = 0
        """Counts what was attended to: what was said to an older page is for nobody any more."""
        self._on = self._pressed = self._asked = False
        """The microphone is to be open; because the key was pressed; and an answer may still come."""
        self._free = True
        """No key was pressed since the page came up: the hands are free."""
        self._waiting_for: Timer | None = None
        self._introduced = self._slowed = self._patient = self._deaf = False
        self._place = self._language = ""
        self._warned = self._agreed = ""
        """The field where it was said that others would hear it, and where it is to be said all the same."""
        self._listener = make_listener(lambda hearing: post(hearing, self._page))
        stage.on_presented, stage.on_missed = self.follow, self.explain
        stage.view.offer_listening()
        if stage.ready:
            self.follow()

    def close(self) -> None:
        """Nothing of this sitting stays."""
        self._stop_waiting()
        self._listener.close()

    # what the page and the person do

    def follow(self) -> None:
        """A page, or a part of one, is being said."""
        place = self._stage.part.id.rpartition("@")[2]
        if place != self._place:
            self._place, self._warned, self._agreed = place, "", ""
        if self._stage.language != self._language:
            self._language = self._stage.language
            self._show_deaf(deaf=False)
        self._patient = False
        self._attend()
        self.after_speech()

    def explain(self) -> None:
        """Nothing came of listening: what helps differs each time."""
        sitting, part = self._stage.sitting, self._stage.part
        silent = sitting.miss is Miss.SILENT and self._by_itself
        if silent and sitting.unheard == 1:
            self._slowed = True
            self._controls.comfort.speak_slower(slower=True)
            self._speaker.repeat(whole=True)
        elif silent and part.help and sitting.unheard < PATIENCE:
            self._stage.announce(part.help[0])
        else:
            self._stage.announce(hint(part, sitting.miss, sitting.unheard, self._texts))
        self.after_speech()

    def press(self) -> None:
        """The key: opens the microphone; again, and what was said until then is taken."""
        if self._on:
            self._on = False
            self._listener.shut()
        elif self._private and self._warned != self._place:
            self._warned = self._place
            self._stage.announce(self._texts["listen.aloud"])
        else:
            self._agreed = self._place if self._private else self._agreed
            self._introduced = True
            self._open(pressed=True)
            self._set_timer(READY_WITHIN, self._excuse)

    def cease(self) -> None:
        """Another key: what was being said is for nobody."""
        self._free = self._patient = False
        if self._asked:
            self._listener.shut()
            self._attend()

    def after_speech(self) -> None:
        """Something is being said: when that is over, the microphone opens by itself where it may."""
        self._free = True
        if self._waiting_for is None:
            self._look_later()

    # what is heard

    def hear(self, hearing: Hearing, page: int) -> None:
        """News of the listener, said to that page."""
        match hearing:
            case Shut():
                self._stage.view.caption.show_level(None)
            case Deaf(reason=reason):
                self._go_deaf(reason)
            case Opened() if page == self._page:
                self._show_deaf(deaf=False)
                self._stage.view.caption.show_level(0.0)
            case Level(height=height) if page == self._page:
                self._stage.view.caption.show_level(height)
            case Opened() | Level():
                pass
            case NotUnderstood(silent=True) if self._patient and page == self._page:
                self._open(silently=True)
            case _ if page == self._page:
                self._on = self._asked = False
                if self._hears():
                    self._take(hearing)

    def _take(self, hearing: Hearing) -> None:
        self._patient = hearing == Wished(Wish.STOP)
        self._answers.take(hearing)
        if self._patient and self._by_itself:
            # Who asks for a moment is heard when they speak again, and not asked anything till then.
            self._open(silently=True)
        elif isinstance(hearing, Wished):
            self.after_speech()

    # the microphone

    @property
    def _private(self) -> bool:
        return self._stage.part.overheard

    def _attend(self) -> None:
        self._on = self._asked = False
        self._listener.attend(self._stage.part, self._stage.language)
        # Not before: what was said to the old page must not have the number of the new one.
        self._page += 1
        self._stage.view.caption.show_level(None)

    def _open(self, *, pressed: bool = False, silently: bool = False) -> None:
        """The microphone opens when the tone is over, so that it does not hear it."""
        self._on, self._pressed, self._asked = True, pressed, True
        lasts = 0.0 if silently or not self._tone else self._speaker.tone()
        page = self._page

        def begin() -> None:
            if self._on and self._page == page:
                self._listener.open()

        if lasts:
            self._set_timer(lasts, begin)
        else:
            begin()

    @property
    def _opens_by_itself(self) -> bool:
        sitting = self._stage.sitting
        private = self._private and self._agreed != self._place
        spoken_to = self._place not in _NOT_SPOKEN_TO and sitting.overlay is not Overlay.CALLED
        asked_enough = sitting.unheard >= PATIENCE and sitting.overlay is not Overlay.UNHEARD
        here = spoken_to and not private and not asked_enough
        return self._by_itself and self._free and not self._deaf and not self._on and here

    def _look_later(self) -> None:
        self._waiting_for = self._set_timer(LOOK_EVERY, self._look)

    def _look(self) -> None:
        self._waiting_for = None
        if self._speaker.speaking or not self._hears():
            self._look_later()
        else:
            self._has_been_said()

    def _has_been_said(self) -> None:
        if self._slowed:
            self._slowed = False
            self._controls.comfort.speak_slower(slower=False)
        if self._has_to_introduce:
            self._introduced = True
            self._stage.announce(self._texts["listen.how_free" if self._by_itself else "listen.how_push"])
            self._look_later()
        elif self._opens_by_itself:
            self._open()

    @property
    def _has_to_introduce(self) -> bool:
        """Once in a visit it is told how to answer aloud."""
        plain = self._place not in _NOT_SPOKEN_TO and not self._stage.sitting.overlay
        return plain and self._free and not self._deaf and not self._introduced

    def _stop_waiting(self) -> None:
        if self._waiting_for is not None:
            self._waiting_for.stop()
            self._waiting_for = None

    # what is lacking

    def _excuse(self) -> None:
        """Who pressed the key and sees nothing must not speak to a deaf machine."""
        if self._pressed and self._on and not self._stage.view.caption.open:
            self._stage.announce(self._texts["listen.wait"])

    def _go_deaf(self, reason: str) -> None:
        """Staff read why in the log; the person is told to use the keys, which work as ever."""
        log.warning("nothing can be heard: %s", reason)
        pressed, self._on = self._on and self._pressed, False
        self._stage.view.caption.show_level(None)
        self._show_deaf(deaf=True)
        if pressed:
            self._stage.announce(self._texts["listen.cannot"])

    def _show_deaf(self, *, deaf: bool) -> None:
        self._deaf = deaf
        self._stage.view.show_deaf(deaf=deaf)
