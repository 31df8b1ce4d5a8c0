"""What hangs in the gallery: each page of every service, then the house, what lies over pages, a walk."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from kiosk.flow.page import Page
from kiosk.services.paths import survey
from kiosk.services.preview import ways
from tests.flow.residents import EVERY_KIND, SERVICES, TODAY, world_of
from tests.screens.every_page import every_overlay, every_page
from tests.screens.every_try import every_try_page

HOUSE, OVER, TRIED = "house", "over", "tried"
GROUPS = (*SERVICES, EVERY_KIND, HOUSE, OVER, TRIED)
_OF_SERVICES = (*SERVICES, EVERY_KIND)
_TITLES = {
    EVERY_KIND: "每一种回答 · Every kind of answer",
    HOUSE: "帮办自己的页、填错的时候、用卡的时候 · The house, refused answers, cards",
    TRIED: "有人陪着把机器走一遍 · A helper tries the kiosk",
    OVER: "帮助、叫人、提醒、坏了的时候 · Help, calls, warnings, troubles",
}


@dataclass(frozen=True, slots=True)
class Shown:
    """A page, and where it hangs."""

    group: str
    page: Page


def title_of(group: str) -> str:
    """In both languages."""
    if group in _TITLES:
        return _TITLES[group]
    title = SERVICES[group].title
    return f"{title.zh} · {title.en}"


def all_pages(groups: Iterable[str]) -> Sequence[Shown]:
    """Every page of these groups once; the house has only what no service has shown."""
    wanted = tuple(groups)
    services = (name for name in wanted if name in _OF_SERVICES)
    found = [Shown(name, page) for name in services for page in _of_service(name)]
    if HOUSE in wanted:
        hung = {_mark(one.page) for one in found}
        found += [Shown(HOUSE, page) for page in every_page() if _mark(page) not in hung]
    if OVER in wanted:
        found += [Shown(OVER, page) for page in every_overlay()]
    if TRIED in wanted:
        found += [Shown(TRIED, page) for page in every_try_page()]
    return found


def _of_service(name: str) -> Iterator[Page]:
    world = world_of(name)
    service = world.services[name]
    for way in ways(service, world, survey(service, TODAY).covering):
        yield from way.pages


def _mark(page: Page) -> tuple[object, ...]:
    return page.id, page.heading, page.body, page.error, page.kind, tuple(one.label for one in page.choices)
