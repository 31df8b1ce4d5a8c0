"""While the store cannot be opened: help, settings and a person are there all the same."""

from __future__ import annotations

import pytest

from kiosk.flow.moves import Back, CallPerson, Choose, Help, Move, Settings
from kiosk.sitting.closed import ClosedVisit
from tests.flow.residents import WORLD


@pytest.mark.parametrize(
    ("ways", "place"),
    [
        ((Help(),), "help@closed"),
        ((Help(), Choose("settings")), "settings@closed"),
        ((Settings(),), "settings@closed"),
        ((Settings(), Choose("volume")), "volume@closed"),
        ((Settings(), Choose("volume"), Back()), "settings@closed"),
        ((Settings(), Choose("go")), "closed"),
        ((Help(), Back()), "closed"),
        ((Back(),), "closed"),
        ((Help(), Choose("person")), "closed-called"),
        ((Settings(), CallPerson()), "closed-called"),
    ],
    ids=str,
)
def test_its_pages_lead_to_one_another_and_back(ways: tuple[Move, ...], place: str) -> None:
    visit = ClosedVisit(WORLD)
    for way in ways:
        visit.do(way)
    assert visit.page().id == place and not visit.ended


@pytest.mark.parametrize("unprotected", [False, True])
def test_staff_read_on_it_what_they_can_do(unprotected: bool) -> None:
    """Where the store does not open there are no accounts: the power button is the way that is left."""
    said = " ".join(text.show("en") for text in ClosedVisit(WORLD, unprotected=unprotected).page().body)
    assert ("keys make" if unprotected else "power button") in said
