"""The pages that say that the same was handed in before, and ask why it is handed in again."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace

from kiosk.flow.fields.dates import date_text
from kiosk.flow.page import Page, Role
from kiosk.flow.pages.parts import call_person, house_page, way
from kiosk.flow.same_case import PLACE, REASONS, WHY
from kiosk.flow.sitting import Sitting, World


def same_case(sitting: Sitting, world: World) -> Page:
    """The first focus is on looking, which hands nothing in."""
    texts, known = world.texts, sitting.same
    service = world.services[sitting.service].title.text()
    if sitting.place == WHY:
        ways = tuple(way(texts, f"same_case.{reason}", reason, Role.ANSWER) for reason in REASONS)
        page = house_page(world, WHY, "same_case_why", (*ways, call_person(texts)))
        return replace(page, banner=service)
    see = "see" if known.by_card else "see_by_receipt"
    ways = (way(texts, f"same_case.{see}", "see"), way(texts, "same_case.again", "again"))
    if not known.by_card or known.case is None:
        heading, body = texts["same_case.heading_maybe"], texts["same_case.maybe"]
        page = house_page(world, PLACE, "same_case", ways, body, heading=heading, focus="see")
        return replace(page, banner=service)
    stands = "open" if known.case.open else "granted"
    body = texts.text(f"same_case.{stands}", date=date_text(known.case.received))
    return replace(house_page(world, PLACE, "same_case", ways, body, focus="see"), banner=service)


PAGES: Mapping[str, Callable[[Sitting, World], Page]] = {PLACE: same_case}
