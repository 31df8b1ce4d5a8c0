"""The pages on which papers are laid under the camera."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace

from kiosk.flow.page import Choice, Page, Role
from kiosk.flow.pages.parts import call_person, house_page, in_short, way
from kiosk.flow.photographing import (
    AGAIN,
    DONE,
    DROP,
    LAY,
    PLACE,
    TAKE,
    TAKEN,
    TAKING,
    WRONG,
    handed_in,
    showable,
    still_open,
)
from kiosk.flow.sitting import Sitting, World
from kiosk.text import EMPTY, Text


def papers(sitting: Sitting, world: World) -> Page:
    """Shall pictures be taken? Nothing depends on it."""
    if going_in := handed_in(sitting, world):
        return _more(sitting, world, len(going_in))
    texts = world.texts
    ways = (
        way(texts, "papers.yes", "yes", Role.ANSWER),
        way(texts, "papers.no", "no", Role.ANSWER),
        call_person(texts),
    )
    body = (texts["papers.body"], texts["papers.original"])
    return _of_service(house_page(world, PLACE, "papers", ways, *body), sitting, world)


def _more(sitting: Sitting, world: World, taken: int) -> Page:
    """The same with some taken: they are told of, and may be let go."""
    texts = world.texts
    ways = (
        *((way(texts, "papers.more", "yes", Role.ANSWER),) if still_open(sitting, world) else ()),
        way(texts, "papers.enough", "no", Role.ANSWER),
        way(texts, "papers.drop", DROP, Role.ANSWER),
        call_person(texts),
    )
    body, heading = texts.text("papers.there", n=taken), texts["papers.heading_more"]
    return _of_service(house_page(world, PLACE, "papers", ways, body, heading=heading), sitting, world)


def lay(sitting: Sitting, world: World) -> Page:
    """One paper; what went wrong with the last picture of it stands above."""
    texts, known = world.texts, sitting.papers
    material = sitting.place.partition(":")[2]
    ways = (
        way(texts, "papers_lay.take", TAKE),
        way(texts, "papers_lay.enough" if known.of(material) else "papers_lay.none", DONE),
        call_person(texts),
    )
    error = texts[f"papers_trouble.{known.trouble}"] if known.trouble else None
    page = _about(sitting, world, "papers_lay", ways, texts["papers_lay.body"])
    return replace(page, error=error, progress=_progress(sitting, world))


def taking(sitting: Sitting, world: World) -> Page:
    """It takes seconds; who does not want to wait goes back."""
    ways = (way(world.texts, "papers_taking.back"),)
    return _about(sitting, world, "papers_taking", ways, world.texts["papers_taking.body"])


def taken(sitting: Sitting, world: World) -> Page:
    """What there is a picture of, in words."""
    texts, material = world.texts, sitting.place.partition(":")[2]
    ways = (
        way(texts, "papers_taken.go"),
        way(texts, "papers_taken.again", AGAIN),
        way(texts, "papers_taken.wrong", WRONG),
    )
    return _about(
        sitting, world, "papers_taken", ways, texts.text("papers_taken.body", n=sitting.papers.of(material))
    )


def _about(sitting: Sitting, world: World, group: str, ways: tuple[Choice, ...], body: Text) -> Page:
    """A page about the paper that its place names."""
    material = sitting.place.partition(":")[2]
    names = {one.id: in_short(one.text()) for one in world.services[sitting.service].material}
    heading = world.texts.text(f"{group}.heading", what=names[material])
    return _of_service(house_page(world, sitting.place, group, ways, body, heading=heading), sitting, world)


def _of_service(page: Page, sitting: Sitting, world: World) -> Page:
    return replace(page, banner=world.services[sitting.service].title.text())


def _progress(sitting: Sitting, world: World) -> Text:
    ids = [one.id for one in showable(sitting, world)]
    material = sitting.place.partition(":")[2]
    if material not in ids or len(ids) == 1:
        return EMPTY
    return world.texts.text("papers_lay.progress", n=ids.index(material) + 1, total=len(ids))


PAGES: Mapping[str, Callable[[Sitting, World], Page]] = {
    PLACE: papers,
    LAY: lay,
    TAKING: taking,
    TAKEN: taken,
}
