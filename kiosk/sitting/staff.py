"""A visit of staff: card and PIN, then the kiosk stands still until the morning, begins anew, or is tried."""

from __future__ import annotations

import logging
from collections.abc import Callable
from dataclasses import replace
from math import ceil

from kiosk.cases.states import Actor
from kiosk.flow import switches
from kiosk.flow.holders import is_document, slot_of
from kiosk.flow.moves import (
    Back,
    CallPerson,
    CardLaid,
    CardLifted,
    Choose,
    Enter,
    Help,
    Move,
    NextLanguage,
    Overlay,
    Quiet,
    ReaderSays,
    Settings,
)
from kiosk.flow.page import ENTER, Entry, Keyboard, Page, PageKind
from kiosk.flow.pages import overlays
from kiosk.flow.pages.parts import way
from kiosk.flow.sitting import Sitting, World
from kiosk.flow.source import CardFields
from kiosk.flow.turn import turn
from kiosk.ports import Clock
from kiosk.security.accounts import PIN_DIGITS, Accounts, Denied, SignIn
from kiosk.security.keys import person_key
from kiosk.security.staff_cards import StaffCards
from kiosk.sitting.supervisor import End
from kiosk.store import Store, StoreTrouble
from kiosk.text import Catalogue, Text

log = logging.getLogger(__name__)

CARD, PIN, IN = "staff-card", "staff-pin", "staff"
"""Where the visit is: waiting for the card, for the PIN, or for what is to be done."""
_MINUTE = 60
_ENDS = {"stop": End.CLOSED, "again": End.AGAIN, "walk": End.WALK}


def card_page(texts: Catalogue, centre: Text, trouble: str = "") -> Page:
    """The first page; `trouble`: what is to be done about the card or the reader, by its key."""
    return Page(
        id=CARD,
        kind=PageKind.CARD,
        heading=texts["staff.heading"],
        body=(texts["staff.card"],),
        choices=(way(texts, "staff.back", "back"),),
        error=texts[trouble] if trouble else None,
        banner=centre,
        help=(texts["staff.help"],),
    )


def pin_page(texts: Catalogue, centre: Text, place: str = PIN, error: Text | None = None) -> Page:
    """Six digits that nobody sees; `error`: why the last ones did not do."""
    return Page(
        id=place,
        kind=PageKind.ENTRY,
        heading=texts["staff.pin"],
        choices=(way(texts, "common.go", ENTER),),
        entry=Entry(Keyboard.DIGITS, longest=PIN_DIGITS, secret=True, hidden=True),
        error=error,
        banner=centre,
        help=(texts["staff.help"],),
    )


def what_page(texts: Catalogue, centre: Text, *, card_lies: bool = False, walk: bool = True) -> Page:
    """What shall the kiosk do? `card_lies`: nothing yet, as the next person would find the card there.
    `walk`: its devices can be tried."""
    ways = ("back", *(("walk",) if walk else ()), "again", "stop")
    return Page(
        id=IN,
        kind=PageKind.CHOICE,
        heading=texts["staff.what"],
        body=(texts["staff.what_body"],),
        choices=tuple(way(texts, f"staff.{name}", name) for name in ways),
        error=texts["staff.take_card"] if card_lies else None,
        banner=centre,
        help=(texts["staff.what_help"],),
    )


class StaffVisit:
    """Whoever is not staff comes no further than a PIN that is never right; the page does not tell which."""

    def __init__(
        self,
        world: World,
        store: Store,
        site_key: bytes,
        clock: Clock,
        cards: StaffCards,
        *,
        walk: bool = False,
    ) -> None:
        """`walk`: keys, sound and devices can be tried at this screen."""
        self.sitting = Sitting(place=CARD)
        self.ended, self.leaving = False, int(End.DONE)
        self._world, self._store, self._site_key = world, store, site_key
        self._accounts, self._cards = Accounts(store, clock), cards
        self._name = ""
        """The account whose card was laid; empty where the card is nobody's."""
        self._actor: Actor | None = None
        self._error: Text | None = None
        self._asked_to_end = False
        """While a card lay there, which has to be taken away first."""
        self._tries = 0
        self._ends = {name: end for name, end in _ENDS.items() if walk or end is not End.WALK}

    def close(self) -> None:
        """Give the store back."""
        self._store.close()

    def listen(self, tell: Callable[[Move], None]) -> None:
        """Nothing comes later."""

    def page(self) -> Page:
        """What to show and say."""
        page = self._page()
        laid_over = self.sitting.overlay is not Overlay.NONE
        return overlays.over(page, self.sitting, self._world) if laid_over else page

    def do(self, move: Move) -> Page:
        """Make a move; whoever goes away ends it."""
        if (made := switches.answer(self.sitting, move)) is not None:
            self.sitting = made.sitting
            return self.page()
        match move:
            case Choose() | Back() if self.sitting.overlay:
                self.sitting = turn(self.sitting, move, self._world).sitting
            case Quiet() | Back() | CallPerson() | Choose(id="back"):
                self.ended = True
            case NextLanguage() | Help() | Settings():
                self.sitting = turn(self.sitting, move, self._world).sitting
            case CardLaid(fields=card):
                self._card(card)
            case CardLifted(slot=slot):
                self.sitting = replace(self.sitting, card_lying=self.sitting.card_lying & ~slot)
                self._asked_to_end = False
            case ReaderSays(key=key):
                self.sitting = replace(self.sitting, card_trouble=key)
            case Enter(typed=pin) if self.sitting.place.startswith(PIN):
                self._try(pin)
            case Choose(id=what) if self._actor is not None and what in self._ends:
                self._asked_to_end = True
                if not self.sitting.card_lying:
                    self._end(_ENDS[what])
        return self.page()

    def _card(self, card: CardFields) -> None:
        lying = self.sitting.card_lying | slot_of(card)
        self.sitting = replace(self.sitting, card_lying=lying, card_trouble="")
        if self.sitting.place == CARD:
            number = card.get("id_number") if is_document(card) else None
            self._name = self._cards.name_of(person_key(number, self._site_key)) if number else ""
            self.sitting = self.sitting.go(PIN)

    def _try(self, pin: str) -> None:
        """Another page for each try: what was typed before does not stand there again."""
        self._tries += 1
        self.sitting = self.sitting.go(f"{PIN}:{self._tries}")
        try:
            tried = self._accounts.sign_in(self._name, pin)
        except StoreTrouble as trouble:
            log.error("no PIN can be looked at: store %s", trouble.kind)
            self._error = self._world.texts["staff.not_now"]
            return
        self._actor, self._error = tried.actor, None
        if tried.actor is None:
            self._error = self._denied(tried)
        else:
            self.sitting = self.sitting.go(IN)

    def _denied(self, tried: SignIn) -> Text:
        texts = self._world.texts
        if tried.denied is Denied.DEAD:
            return texts["staff.dead"]
        if not tried.wait:
            return texts["staff.wrong"]
        return texts.text("staff.wait", minutes=ceil(tried.wait.total_seconds() / _MINUTE))

    def _end(self, how: End) -> None:
        log.warning("staff at the screen: %s", how.name.lower())
        self.ended, self.leaving = True, int(how)

    def _page(self) -> Page:
        texts, centre, place = self._world.texts, self._world.centre, self.sitting.place
        if place == CARD:
            return card_page(texts, centre, self.sitting.card_trouble)
        if place == IN:
            return what_page(texts, centre, card_lies=self._asked_to_end, walk="walk" in self._ends)
        return pin_page(texts, centre, place, self._error)
