"""What all pages of the desk share: who sits there, in which language, and what they work with."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, tzinfo

from kiosk.cases.states import Actor
from kiosk.cases.submission import Words
from kiosk.cases.telling import Rules
from kiosk.cases.views import Call
from kiosk.config import Materials
from kiosk.gateway.messenger import Messenger
from kiosk.hub.standing import Kiosks
from kiosk.paper.case_papers import CasePapers
from kiosk.ports import Clock
from kiosk.security.signing_in import Keys
from kiosk.selftest.report import Told
from kiosk.services.load import Shelf
from kiosk.services.model import Service
from kiosk.store import Store
from kiosk.text import EMPTY, LANGUAGES, Catalogue, Text
from screens.desk.number_desk import NumberDesk
from screens.desk.records import Records

IDLE = 5 * 60
"""Seconds without a key or a click before the desk locks itself (K42)."""

SHIFT = 12 * 60 * 60
"""Seconds after which everybody signs in anew, however busy they are (K42)."""


@dataclass(frozen=True, slots=True)
class Checks:
    """The newest reports of the box that this desk works with; None where there is none."""

    morning: Told | None
    by_hand: Told | None
    """What a person tried (`kiosk check --guided`)."""


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
    key_stick: str = ""
    """Where the key sticks of staff show (`[security]`)."""
    pin_hash: str = field(default="", repr=False)
    """Of the PIN they signed in with."""
    keys: Keys = Keys.OPEN
    """Can whoever is signed in read what was handed in?"""
    kiosks: Callable[[Store], Kiosks] | None = None
    """How the kiosks of this centre are; None: this desk is of no hub."""
    checks: Callable[[], Checks] | None = None
    """What the morning check and a helper found at this box; None: the desk stands elsewhere."""
    calls: Sequence[Call] = ()
    """Whoever waits at the kiosk, as last looked."""
    desks: Callable[[], Sequence[str]] = tuple
    """The desks of this site, as its services name them."""
    person_key: Callable[[str], str] | None = field(default=None, repr=False)
    """From an identity number to the keyed name that cases are kept under; None: this desk cannot."""
    services: Callable[[], Mapping[str, Service]] = dict
    """The services of this site, by id: what their questions take and who may act in them."""
    shelf: Callable[[], Shelf] = field(default=lambda: Shelf({}, ()), repr=False)
    """The service files as they are at this moment, with what is wrong with them; takes a while."""
    centre: Text = EMPTY
    """What whoever calls somebody at home says where they call from."""
    phone: str = ""
    """Where people can call back."""
    telling: Rules = field(default_factory=Rules)
    """How often people are called (`[telling]`)."""
    messenger: Messenger | None = None
    """What takes messages to the gateway; None: none are sent."""
    calling: NumberDesk | None = None
    """How people are called by number; None where they are not."""
    papers: CasePapers | None = None
    """What can be printed of a case; None: this desk prints nothing."""
    materials: Materials = field(default_factory=Materials)
    """How papers become copies here, and how copies are shown (`[materials]`)."""
    demo: bool = False
    """A drawn paper stands for the scanner."""
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
