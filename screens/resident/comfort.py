"""What a person sets for their own comfort. Begins as the site has it, ends with the sitting (K33)."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import TYPE_CHECKING, TypeVar

from kiosk.display.type_size import Size
from kiosk.flow.page import SETS, Choice, Page
from kiosk.flow.preferences import Preferences
from kiosk.ports import Speaker
from kiosk.text import EMPTY, Catalogue, Text
from screens.keys import Act
from screens.resident.detail import Detail
from screens.theme import PALETTES, Palette

if TYPE_CHECKING:
    from kiosk.config import Screen, Voice
    from kiosk.flow.preferences import Remembering
    from screens.resident.type_sizes import ChangesSize

SLOWEST, FASTEST = 1, 7
LOUDEST = 10


class Comfort:
    """Rate, volume, colours, type size. Each change is announced at every press (K21)."""

    def __init__(
        self,
        texts: Catalogue,
        speaker: Speaker,
        screen: Screen,
        voice: Voice,
        sizes: ChangesSize | None = None,
    ) -> None:
        self._texts, self._speaker, self._sizes = texts, speaker, sizes
        self._site = (screen, voice)
        self._rate, self._volume = voice.rate, voice.volume
        self._muted = not voice.sound
        self._told = Preferences()
        """What the visit knows of this."""
        self._recalls = 0
        self.changed = False
        """Something is not as the site has it."""
        self.detail = Detail()
        self.dark = False
        """The picture is off: there is only the voice."""
        self.soundless = not voice.sound
        """There is no sound here, whatever is set."""
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
            Act.SIZE: self._next_size,
            Act.DETAIL: self._more_or_less,
            Act.PICTURE: self._picture,
        }
        self._now: dict[str, Callable[[], Text]] = {
            f"{SETS}size": self._size_now,
            f"{SETS}detail": lambda: texts[f"settings.detail_{'short' if self.detail.short else 'all'}"],
            f"{SETS}colours": lambda: texts[f"setting.colours_{self.palette.name}"],
            "speed": lambda: texts.text("settings.step", step=self._rate),
            "volume": lambda: texts.text("settings.step", step=self._volume),
        }

    def change(self, act: Act) -> Text | None:
        """Make the change an act asks for; what to announce, or None for an act of another kind."""
        made = self._changes.get(act)
        self.changed = self.changed or made is not None
        return made() if made else None

    def dress(self, page: Page) -> Page:
        """A page as it is shown to this person: as much of it as they want, settings with what they are."""
        if page.id.startswith("settings@"):
            offered = [choice for choice in page.choices if self._can_be_set(choice)]
            return replace(page, choices=tuple(map(self._as_it_is, offered)))
        return self.detail.shown(page)

    def _can_be_set(self, choice: Choice) -> bool:
        """Nobody is offered another size of type where there is only one."""
        return choice.id != f"{SETS}size" or (self._sizes is not None and self._sizes.can_change)

    def _as_it_is(self, choice: Choice) -> Choice:
        now = self._now.get(choice.id)
        return replace(choice, detail=now()) if now else choice

    @property
    def preferences(self) -> Preferences:
        """What is not as the site has it."""
        screen, voice = self._site
        size = self._sizes.chosen if self._sizes is not None else None
        return Preferences(
            size=size.name.lower() if size is not None else None,
            colours=_other(self.palette.name, screen.colours),
            rate=_other(self._rate, voice.rate),
            volume=_other(self._volume, voice.volume),
            sound=_other(not self._muted, voice.sound),
            short=_other(self.detail.short, False),
            dark=_other(self.dark, False),
        )

    def news(self) -> Preferences | None:
        """The same, where the visit does not know it yet."""
        now = self.preferences
        if now == self._told:
            return None
        self._told = now
        return now

    def follow(self, remembering: Remembering) -> bool:
        """Set everything as the visit says, once each time it says so; False where it has not."""
        if remembering.recalls <= self._recalls:
            return False
        self._recalls = remembering.recalls
        self._set_all(remembering.now)
        self._told = self.preferences
        return True

    def _set_all(self, now: Preferences) -> None:
        screen, voice = self._site
        self._rate = min(max(now.rate or voice.rate, SLOWEST), FASTEST)
        self._volume = min(now.volume or voice.volume, LOUDEST)
        self._muted = not (voice.sound if now.sound is None else now.sound)
        self._speaker.set_rate(self._rate)
        self._speaker.set_volume(0 if self._muted else self._volume)
        names = {palette.name: palette for palette in PALETTES}
        self.palette = names.get(now.colours or "", names[screen.colours])
        self.detail.short = bool(now.short)
        self.dark = bool(now.dark) and not self._muted and not self.soundless
        if self._sizes is not None:
            self._sizes.choose(next((size for size in Size if size.name.lower() == now.size), None))
        self.changed = self.changed or now != Preferences()

    def lose_sound(self) -> None:
        """There is no sound device: nobody may be left with nothing at all."""
        self.soundless, self.dark = True, False

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
        self.dark = self.dark and not self._muted
        return self._texts["setting.muted" if self._muted else "setting.sounding"]

    def _next_size(self) -> Text:
        if self._sizes is None or not self._sizes.can_change:
            return self._texts["setting.size_fixed"]
        size = self._sizes.next()
        assert size is not None
        return self._texts[f"setting.size_{size.name.lower()}"]

    def _size_now(self) -> Text:
        size = self._sizes.size if self._sizes is not None else None
        return self._texts[f"settings.size_{size.name.lower()}"] if size is not None else EMPTY

    def _next_colours(self) -> Text:
        self.palette = PALETTES[(PALETTES.index(self.palette) + 1) % len(PALETTES)]
        name = self._texts[f"setting.colours_{self.palette.name}"]
        return self._texts.text("setting.colours", name=name)

    def _more_or_less(self) -> Text:
        self.detail.short = not self.detail.short
        return self._texts["setting.detail_short" if self.detail.short else "setting.detail_all"]

    def _picture(self) -> Text:
        if not self.dark and (self._muted or self.soundless):
            return self._texts["setting.picture_needs_sound"]
        self.dark = not self.dark
        return self._texts["setting.picture_off" if self.dark else "setting.picture_on"]


_Setting = TypeVar("_Setting")


def _other(now: _Setting, site: _Setting) -> _Setting | None:
    """What it is now, where that is not what the site has."""
    return now if now != site else None
