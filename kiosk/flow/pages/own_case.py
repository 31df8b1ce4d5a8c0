"""Pages of a case of one's own: what staff changed, with the reason; taking an authority back."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace

from kiosk.flow.own_case import change_at
from kiosk.flow.page import Page
from kiosk.flow.pages.parts import call_person, house_page, way
from kiosk.flow.sitting import Sitting, World
from kiosk.text import same


def change(sitting: Sitting, world: World) -> Page:
    """One change: what it says now, why, and whether that is right."""
    told, texts = change_at(sitting), world.texts
    if told is None:
        return house_page(world, sitting.place, "query_change", (way(texts, "common.ok", "later"),))
    heading = texts.text("query_change.heading", field=told.label)
    reason = texts.text("query_change.reason", reason=same(told.reason))
    if told.value is None:
        ways = (call_person(texts), way(texts, "query_change.later", "later"))
        body = (texts["query_change.covered"], reason)
        return house_page(world, sitting.place, "query_change", ways, *body, heading=heading)
    now = texts.text("query_change.now", value=told.value)
    ways = (way(texts, "query_change.yes", "yes"), way(texts, "query_change.no", "no"))
    page = house_page(world, sitting.place, "query_change", ways, now, reason, heading=heading, focus="no")
    return replace(page, binding=True)


def authority(sitting: Sitting, world: World) -> Page:
    """Shall nobody act for them any more? What follows is said before it is done."""
    texts = world.texts
    ways = (way(texts, "query_authority.yes", "yes"), way(texts, "query_authority.no", "no"))
    body = texts["query_authority.body"]
    page = house_page(world, sitting.place, "query_authority", ways, body, focus="no")
    return replace(page, binding=True)


PAGES: Mapping[str, Callable[[Sitting, World], Page]] = {
    "query-change": change,
    "query-authority": authority,
}
