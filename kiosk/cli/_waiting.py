"""Waiting numbers, put together from the settings: for the kiosk, the desk and the waiting screen."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

    from kiosk.cases.calling import Numbers
    from kiosk.config import Settings
    from kiosk.flow.document import Document
    from kiosk.flow.moves import NumberDrawn
    from kiosk.flow.numbering import Numbering
    from kiosk.ports import Clock
    from kiosk.sitting.number_room import NumberRoom
    from kiosk.store import Store
    from screens.desk.number_desk import NumberDesk


def numbers_of(settings: Settings) -> Numbers | None:
    """How this centre calls; None where nobody is called by number."""
    from kiosk.cases.calling import Numbers, Window

    letters = settings.waiting_letter
    if not letters:
        return None
    names = dict.fromkeys(name for one in letters for name in one.windows)
    windows = (Window(name, "".join(one.letter for one in letters if name in one.windows)) for name in names)
    return Numbers(tuple(one.letter for one in letters), tuple(windows), settings.waiting.cap)


def numbering_of(settings: Settings) -> Numbering | None:
    """What people choose from; None where nobody is called by number."""
    from kiosk.flow.numbering import Numbering

    letters = {str(one.letter): one.name for one in settings.waiting_letter}
    return Numbering(letters, settings.waiting.from_age) if letters else None


def number_room(settings: Settings, store: Store, clock: Clock) -> NumberRoom | None:
    """Where a kiosk draws numbers and looks for calls."""
    from kiosk.sitting.number_room import NumberRoom

    numbers = numbers_of(settings)
    return NumberRoom(store, clock, numbers, number_paper(settings, clock)) if numbers else None


def number_desk(settings: Settings, clock: Clock) -> NumberDesk | None:
    """What a desk calls with; None where nobody is called by number."""
    from screens.desk.number_desk import NumberDesk

    numbers, numbering = numbers_of(settings), numbering_of(settings)
    if numbers is None or numbering is None:
        return None
    return NumberDesk(numbers, numbering.letters, number_paper(settings, clock))


def number_paper(settings: Settings, clock: Clock) -> Callable[[NumberDrawn], Document]:
    """The slip of a number that was drawn just now."""

    def paper(drawn: NumberDrawn) -> Document:
        from zoneinfo import ZoneInfo

        from kiosk.catalogue import load_catalogue
        from kiosk.paper.house import House
        from kiosk.paper.letters import number_slip

        site = settings.site
        house = House(site.name, site.phone, ZoneInfo(site.zone), load_catalogue("paper"))
        now = clock.now().astimezone(house.zone)
        return number_slip(drawn.label, drawn.ahead or 0, f"{now:%H:%M}", house, now.date())

    return paper
