"""From a visit to the Page it is on. Pure: same visit, same page, in every language at once."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from kiosk.flow.moves import Overlay
from kiosk.flow.page import Page
from kiosk.flow.pages import (
    asking,
    codes,
    earlier,
    house,
    overlays,
    own_case,
    own_data,
    photographing,
    querying,
    rating,
    remembering,
    same_case,
    shelf,
    steps,
    stopped,
    waiting,
)
from kiosk.flow.pages.cards import newcomer_page
from kiosk.flow.pages.hearing import said_back_page
from kiosk.flow.path import StepKind
from kiosk.flow.sitting import Sitting, World

_PAGES: dict[str, Callable[[Sitting, World], Page]] = {
    **house.PAGES,
    **shelf.PAGES,
    **stopped.PAGES,
    **asking.PAGES,
    **querying.PAGES,
    **own_case.PAGES,
    **own_data.PAGES,
    **photographing.PAGES,
    **rating.PAGES,
    **earlier.PAGES,
    **remembering.PAGES,
    **same_case.PAGES,
    **waiting.PAGES,
    **{str(kind): steps.step_page for kind in StepKind},
}


def _open_page(sitting: Sitting, world: World) -> Page:
    """The page of the place, with what is told once of a card: first of all, at home after the greeting."""
    page = _PAGES[sitting.place.partition(":")[0]](sitting, world)
    if not sitting.told:
        return page
    after = 1 if sitting.place == "home" else 0
    return replace(page, body=(*page.body[:after], *sitting.told, *page.body[after:]))


def page_of(sitting: Sitting, world: World) -> Page:
    """What the person sees and hears now."""
    page = newcomer_page(sitting, world) if sitting.newcomer is not None else _open_page(sitting, world)
    page = codes.with_code_trouble(page, sitting, world)
    if sitting.said_back is not None:
        page = said_back_page(page, sitting.said_back, world.texts)
    shown = overlays.over(page, sitting, world) if sitting.overlay is not Overlay.NONE else page
    if not world.demo:
        return shown
    return replace(shown, banner=world.texts.text("common.demo", banner=shown.banner))
