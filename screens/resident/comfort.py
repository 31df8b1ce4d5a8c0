"""What a person sets for their own comfort. Begins as the site has it, ends with the sitting (K33)."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from kiosk.ports import Speaker
from kiosk.text import Catalogue, Text
from screens.keys import Act
from screens.theme import PALETTES, Palette

if TYPE_CHECKING:
    from kiosk.config import Screen, Voice

SLOWEST, FASTEST = 1, 7
LOUDEST = 10


class Comfort:
    """Rate, volume, colours. Each change is announced at every press (K21)."""

    def __init__(self, texts: Catalogue, speaker: Speaker, screen: Screen, voice: Voice) -> None:
        self._texts, self._speaker = texts, speaker
        self._rate, self._volume = voice.rate, voice.volume
        self._muted = not voice.sound
        self.changed = False
        """Something is not as the site has it."""
        self.palette: Palette = next(p for p in PALETTES if p.name == screen.colours)
        speaker.set_rate(self._rate)
        speaker.set_volume(0 if self._muted else self._volume)
        self._changes: dict[Act, Callable[[], Text]] = {
            Act.SLOWER: lambda: self._set_rate(-1),
            Act.FASTER: lambda: self._set_rate(+1),
            Act.QUIETER: lambda: self._set_volume(-1),
            Act.LOUDER: lambda: self._set_volume(+1),
            Act.MUTE: self._mute,
            Act.COLOURS: self._next_colours,
            Act.SIZE: lambda: texts["setting.size_fixed"],
        }

    def change(self, act: Act) -> Text | None:
        """Make the change an act asks for; what to announce, or None for an act of another kind."""
        made = self._changes.get(act)
        self.changed = self.changed or made is not None
        return made() if made else None

    def speak_slower(self, *, slower: bool) -> None:
        """One step slower than it is set, while something is said again; or as it is set."""
        self._speaker.set_rate(max(self._rate - slower, SLOWEST))

    def _set_rate(self, by: int) -> Text:
        self._rate = min(max(self._rate + by, SLOWEST), FASTEST)
        self._speaker.set_rate(self._rate)
        return self._texts.text("setting.rate", step=self._rate)

    def _set_volume(self, by: int) -> Text:
        self._muted = False
        self._volume = min(max(self._volume + by, 1), LOUDEST)
        self._speaker.set_volume(self._volume)
        return self._texts.text("setting.volume", step=self._volume)

    def _mute(self) -> Text:
        self._muted = not self._muted
        self._speaker.set_volume(0 if self._muted else self._volume)
        return self._texts["setting.muted" if self._muted else "setting.sounding"]

    def _next_colours(self) -> Text:
        self.palette = PALETTES[(PALETTES.index(self.palette) + 1) % len(PALETTES)]
        name = self._texts[f"setting.colours_{self.palette.name}"]
        return self._texts.text("setting.colours", name=name)
