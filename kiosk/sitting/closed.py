"""A visit while the store cannot be opened: it says so, and helps to call somebody."""

from __future__ import annotations

from collections.abc import Callable

from kiosk.flow import switches
from kiosk.flow.moves import (
    Back,
    CallPerson,
    Choose,
    Heard,
    Help,
    Move,
    NextLanguage,
    Overlay,
    Quiet,
    Settings,
)
from kiosk.flow.page import Page, PageKind
from kiosk.flow.pages import overlays
from kiosk.flow.pages.parts import call_person, way
from kiosk.flow.sitting import Sitting, World
from kiosk.flow.turn import turn

_CLOSED, _CALLED = "closed", "closed-called"


class ClosedVisit:
    """Nothing is asked, because nothing could be kept. Ends to look whether the store is back."""

    leaving = 0

    def __init__(self, world: World, *, unprotected: bool = False) -> None:
        """`unprotected`: staff have not made the keys yet that what is handed in would be sealed to."""
        self.sitting = Sitting(place=_CLOSED)
        self._body = ("closed.body", "closed.keys" if unprotected else "closed.staff")
        self.ended = False
        self._world = world

    def close(self) -> None:
        """There is nothing to give back."""

    def listen(self, tell: Callable[[Move], None]) -> None:
        """Nothing comes later."""

    def page(self) -> Page:
        """What to show and say. A call cannot reach the desk without a store: the page itself calls out."""
        texts, called = self._world.texts, self.sitting.place == _CALLED
        page = Page(
            id=self.sitting.place,
            kind=PageKind.CHOICE,
            heading=texts["closed.call" if called else "closed.heading"],
            body=tuple(texts[line] for line in (("closed.wait",) if called else self._body)),
            choices=(call_person(texts), way(texts, "trouble.retry", "retry")),
            banner=self._world.centre,
            help=(texts["closed.help"],),
            back=False,
        )
        laid_over = self.sitting.overlay is not Overlay.NONE
        return overlays.over(page, self.sitting, self._world) if laid_over else page

    def do(self, move: Move) -> Page:
        """Cards and readers change nothing here. With nobody there, the next sitting looks again."""
        if (made := switches.answer(self.sitting, move)) is not None:
            self.sitting = made.sitting
            return self.page()
        match move:
            case Choose(id="retry") | Quiet():
                self.ended = True
            case CallPerson() | Choose(id="person"):
                self.sitting = self.sitting.go(_CALLED)
            case NextLanguage() | Help() | Settings():
                self.sitting = turn(self.sitting, move, self._world).sitting
            case Heard(choice=choice) if choice:
                # Nothing here counts, so nothing has to be said back.
                return self.do(Choose(choice))
            case Choose() | Back() if self.sitting.overlay:
                self.sitting = turn(self.sitting, move, self._world).sitting
        return self.page()
