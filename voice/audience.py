"""Who is told what is said: the captions, the speech log, whoever listens for answers, staff."""

from __future__ import annotations

from collections.abc import Callable

from kiosk.ports import Caption
from voice.speech_log import Event, SpeechLog
from voice.subtitle import Subtitle
from voice.utterances import Utterance


class Audience:
    """Belongs to the speech thread. A listener that fails (its screen is gone already) must not silence the
    kiosk."""

    def __init__(
        self,
        on_caption: Callable[[Caption], None],
        on_no_sound: Callable[[], None],
        on_sounding: Callable[[bool], None] = lambda _on: None,
        on_room: Callable[[], None] = lambda: None,
        log: SpeechLog | None = None,
    ) -> None:
        """`on_no_sound` is told once. `on_sounding`: it begins to sound, or ends. `on_room`: the headphones
        are gone while something was being said; it has to be worded anew."""
        self._subtitle = Subtitle(on_caption)
        self._on_no_sound, self._no_sound_said = on_no_sound, False
        self._on_sounding, self._sounding = on_sounding, False
        self._on_room = on_room
        self._log = log

    def begins(self, utterance: Utterance, device: str | None, *, sounding: bool) -> None:
        """It sounds there; without a device its words go alone."""
        self._note(utterance, "start", device)
        self._subtitle.begin(utterance, sounding=sounding)

    def shows(self, utterance: Utterance) -> None:
        """Its words alone: nobody waits for them until a voice is there again."""
        self._subtitle.begin(utterance, sounding=False)

    def marks(self, start: int, length: int, now: float) -> None:
        self._subtitle.mark(start, length, now)

    def ends(self, utterance: Utterance, device: str | None) -> None:
        """It was said whole."""
        self._note(utterance, "end", device)
        self._subtitle.end()

    def cut(self, utterance: Utterance, device: str | None, *, begun: bool) -> None:
        """It was not said to its end, or not `begun` at all."""
        if begun:
            self._note(utterance, "cut", device)
        self._subtitle.end()

    def turns_page(self) -> None:
        """The captions of the old page are gone with it."""
        self._subtitle.drop()

    def sounds(self, on: bool) -> None:
        """Before the first sample goes out, and after the last: who listens shuts their ears."""
        if on != self._sounding:
            self._sounding = on
            _tell(lambda: self._on_sounding(on))

    def no_sound(self) -> None:
        if not self._no_sound_said:
            self._no_sound_said = True
            _tell(self._on_no_sound)

    def room(self) -> None:
        """More than one person hears it from now on."""
        _tell(self._on_room)

    def close(self) -> None:
        if self._log:
            self._log.close()

    def _note(self, utterance: Utterance, event: Event, device: str | None) -> None:
        if self._log:
            self._log.write(utterance, event, device)


def _tell(listener: Callable[[], None]) -> None:
    try:
        listener()
    except Exception:
        return
