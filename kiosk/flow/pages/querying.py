"""The door 查: the person's own cases."""

from __future__ import annotations

from collections.abc import Callable

from kiosk.flow.fields.dates import date_text
from kiosk.flow.moves import CaseLine
from kiosk.flow.page import Choice, Page, PageKind, Role
from kiosk.flow.pages.parts import house_page, way
from kiosk.flow.sitting import Sitting, World
from kiosk.text import Text


def query(sitting: Sitting, world: World) -> Page:
    """The person's own cases, and one of them."""
    _, _, number = sitting.place.partition(":")
    texts = world.texts
    if number:
        case = sitting.cases[int(number)]
        choices = (way(texts, "common.ok"),)
        return house_page(
            world, sitting.place, "query", choices, *_progress(case, world), heading=_case_title(case, world)
        )
    if not sitting.cases:
        return house_page(world, "query", "query", (way(texts, "common.back_home"),), texts["query.none"])
    cases = tuple(
        Choice(str(n), _case_title(case, world), Role.DOOR, case.stage)
        for n, case in enumerate(sitting.cases)
    )
    return house_page(world, "query", "query", cases)


def _case_title(case: CaseLine, world: World) -> Text:
    return world.texts.text("query.line", title=case.title, ticket=case.ticket)


def _progress(case: CaseLine, world: World) -> tuple[Text, ...]:
    texts = world.texts
    lines = [texts.text("query.stage", stage=case.stage)]
    if case.missing.shown:
        lines.append(texts.text("query.missing", words=case.missing))
    if case.result.shown:
        lines.append(texts.text("query.result", words=case.result))
    if case.due is not None and not case.result.shown:
        lines.append(texts.text("query.due", date=date_text(case.due)))
    lines.append(texts.text("query.number", number=case.number))
    return tuple(lines)


def query_card(sitting: Sitting, world: World) -> Page:
    """Progress is shown to the owner of the card only."""
    texts = world.texts
    trouble = texts[sitting.card_trouble] if sitting.card_trouble else None
    return house_page(
        world,
        "query-card",
        "query",
        (way(texts, "common.back_home"),),
        texts["query.need_card_body"],
        heading=texts["query.need_card"],
        kind=PageKind.CARD,
        error=trouble,
    )


PAGES: dict[str, Callable[[Sitting, World], Page]] = {"query": query, "query-card": query_card}
