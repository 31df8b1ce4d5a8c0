"""How a person likes to see and hear the kiosk, as far as they have set it themselves. Pure."""

from __future__ import annotations

from dataclasses import dataclass, field, fields, replace


@dataclass(frozen=True, slots=True)
class Preferences:
    """None is: as the site has it."""

    size: str | None = None
    """Of the type, by its name."""
    colours: str | None = None
    rate: int | None = None
    volume: int | None = None
    sound: bool | None = None
    short: bool | None = None
    """Questions and options only."""
    dark: bool | None = None
    """No picture, only the voice."""
    language: str | None = None
    switches: int | None = None
    """How many they choose with."""
    stay: float | None = None
    """Seconds on each item, with one switch; 0: as the site has it."""

    @property
    def worth_keeping(self) -> bool:
        """Is anything set but the language, which each visit begins by asking for?"""
        return replace(self, language=None) != Preferences()

    def over(self, kept: Preferences) -> Preferences:
        """These, and where nothing was set now, what was kept."""
        mine = {one.name: getattr(self, one.name) for one in fields(self)}
        return replace(kept, **{name: value for name, value in mine.items() if value is not None})


@dataclass(frozen=True, slots=True)
class Remembering:
    """What is set in this visit, and what is kept of it for the next."""

    now: Preferences = Preferences()
    """As the screens have told it; language and switches are the visit's own."""
    recalls: int = 0
    """One more each time the screens are to set everything as `now` says."""
    kept: Preferences | None = field(default=None, repr=False)
    """What is in the store under this person's card."""
    recalled: bool = False
    """It came back in this visit, and was not put off again."""
    agreed: bool = False
    """The person has said yes in this visit."""
    settled: bool = False
    """They said no, or put it off: they are not asked again."""


NOTHING_SET = Remembering()
