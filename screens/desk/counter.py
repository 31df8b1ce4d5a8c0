"""What all pages of the desk share: who sits there, in which language, and what they work with."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime, tzinfo

from kiosk.cases.states import Actor
from kiosk.cases.submission import Words
from kiosk.ports import Clock
from kiosk.text import LANGUAGES, Catalogue, Text
from screens.desk.records import Records

IDLE = 5 * 60
"""Seconds without a key or a click before the desk locks itself (K42)."""

SHIFT = 12 * 60 * 60
"""Seconds after which everybody signs in anew, however busy they are (K42)."""


@dataclass
class Counter:
    """One desk while its program runs."""

    records: Records
    clock: Clock
    zone: tzinfo
    texts: Catalogue
    language: str = LANGUAGES[0]
    actor: Actor | None = None
    """Who is signed in."""
    _touched: float = field(default=0.0, repr=False)
    _came: float = field(default=0.0, repr=False)

    @property
    def staff(self) -> Actor:
        """Who is signed in; only pages behind the sign-in ask for it."""
        if self.actor is None:
            raise AssertionError("nobody is signed in")
        return self.actor

    def sign_in(self, actor: Actor) -> None:
        """From now on this person sits here."""
        self.actor = actor
        self._came = self._touched = self.clock.monotonic()

    def touch(self) -> None:
        """Somebody pressed a key or clicked."""
        self._touched = self.clock.monotonic()

    @property
    def idle(self) -> bool:
        """Nobody has touched anything for so long that the desk must lock."""
        return self.actor is not None and self.clock.monotonic() - self._touched >= IDLE

    @property
    def shift_over(self) -> bool:
        """Signed in for so long that it must end, used or not."""
        return self.actor is not None and self.clock.monotonic() - self._came >= SHIFT

    def next_language(self) -> None:
        """The other language."""
        self.language = LANGUAGES[(LANGUAGES.index(self.language) + 1) % len(LANGUAGES)]

    def text(self, key: str, /, **values: str | int | Text) -> Text:
        """A text of the desk in every language."""
        return self.texts.text(key, **values)

    def words(self, key: str, /, **values: str | int | Text) -> str:
        """A text of the desk in the language of the moment."""
        return self.text(key, **values).show(self.language)

    def read(self, words: Words) -> str:
        """A wording of a service or a case, in the language of the moment."""
        return Text(words).show(self.language)

    def today(self) -> date:
        """The site's date."""
        return self.clock.now().astimezone(self.zone).date()

    def time(self, at: datetime) -> str:
        """An instant as the clock on the wall here shows it."""
        return f"{at.astimezone(self.zone):%Y-%m-%d %H:%M}"
