"""The walk through this kiosk as a visit: its pages, and over them those that every visit has. Pure.

Help, what a person sets for themselves, and the trial of a switch are the residents' own: who sees or hears
badly, or presses one switch, tries a kiosk like everybody else.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from kiosk.flow.moves import Back, CallPerson, Choose, Help, Move, NextLanguage, Settings
from kiosk.flow.page import Page
from kiosk.flow.pages import overlays
from kiosk.flow.sitting import Sitting, World
from kiosk.flow.turn import turn
from kiosk.selftest import guided, guided_pages
from kiosk.selftest.guided import Walk
from kiosk.text import LANGUAGES, Catalogue

_SKIP = "person"
"""The choice of Help that calls somebody in a visit."""


@dataclass(frozen=True, slots=True)
class Guided:
    """The walk, and what lies over its page."""

    walk: Walk
    sitting: Sitting


def begun(walk: Walk, language: str) -> Guided:
    """With nothing over the page."""
    return led(Guided(walk, Sitting(language=language, language_chosen=language != LANGUAGES[0])), walk)


def led(now: Guided, walk: Walk) -> Guided:
    """The walk has gone on, by itself or by what somebody did; what lay over another page is gone."""
    place = f"try-{walk.place}:{walk.side}"
    sitting = now.sitting if now.sitting.place == place else now.sitting.go(place)
    return Guided(walk, sitting)


def moved(now: Guided, move: Move, world: World, at: float) -> Guided:
    """After a move, made at this second."""
    walk, sitting = now.walk, now.sitting
    skips = isinstance(move, CallPerson) or (bool(sitting.overlay) and move == Choose(_SKIP))
    if skips:
        return led(Guided(walk, sitting.go(sitting.place)), guided.skip(walk))
    if sitting.overlay or isinstance(move, NextLanguage | Help | Settings):
        return replace(now, sitting=turn(sitting, move, world).sitting)
    match move:
        case Choose(id=choice):
            return led(now, guided.choose(walk, choice, at))
        case Back():
            return led(now, guided.back(walk, at))
    return now


def page(now: Guided, world: World, texts: Catalogue, parts: Catalogue, at: float) -> Page:
    """What is on the screen. `texts`, `parts`: as in `guided_pages.page`."""
    shown = guided_pages.page(now.walk, texts, parts, at)
    if not now.sitting.overlay:
        return shown
    over = overlays.over(shown, now.sitting, world)
    if now.walk.step is not None:
        return over
    # there is nothing to skip at the two ends
    return replace(over, choices=tuple(one for one in over.choices if one.id != _SKIP))
