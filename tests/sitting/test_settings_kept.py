"""Settings kept with the card, over a real store: for her alone, as agreed, and gone when she wants (K33)."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

import pytest

from kiosk.flow.moves import Back, CardLaid, Choose, Prefers, Settings
from kiosk.flow.preferences import Preferences
from kiosk.flow.switches import Switches
from kiosk.security.keys import person_key
from kiosk.sitting.preferences import from_json, to_json
from kiosk.sitting.visit import Visit
from kiosk.store import Store
from tests.conftest import StandingClock
from tests.flow.residents import GUIFANG, LI_MEI, WORLD
from tests.sitting.conftest import Open, made
from tests.sitting.test_visit import read_only

LIKED = Preferences(size="largest", colours="yellow", rate=2, volume=9, sound=True, short=True)


@pytest.fixture
def agreed(open_visit: Open) -> Visit:
    """She came, set what she likes, and said yes as she left."""
    visit = open_visit()
    made(visit, CardLaid(GUIFANG), Prefers(LIKED), Back(), Choose("leave"), Choose("yes"))
    assert visit.sitting.place == "goodbye"
    return visit


def test_her_card_brings_them_back(agreed: Visit, open_visit: Open) -> None:
    visit = open_visit()
    page = made(visit, CardLaid(GUIFANG))
    assert visit.sitting.remembering.now == LIKED
    assert WORLD.texts["remember.recalled"] in page.body


def test_nobody_elses_card_does(agreed: Visit, open_visit: Open) -> None:
    visit = open_visit()
    made(visit, CardLaid(LI_MEI))
    assert visit.sitting.remembering.now == Preferences()


def test_no_leaves_nothing_behind(open_visit: Open, store: Store) -> None:
    made(open_visit(), CardLaid(GUIFANG), Prefers(LIKED), Back(), Choose("leave"), Choose("no"))
    assert store._db.execute("SELECT count(*) FROM preference").fetchone()[0] == 0


def test_the_store_has_the_words_she_agreed_to_and_no_number(
    agreed: Visit, store: Store, clock: StandingClock
) -> None:
    """K35, K46."""
    (row,) = store._db.execute("SELECT * FROM preference").fetchall()
    assert json.loads(row["agreed_to"])["zh"].startswith(WORLD.texts["remember.heading"].show("zh"))
    assert WORLD.texts["remember.body"].show("zh") in json.loads(row["agreed_to"])["zh"]
    assert row["person_key"] == person_key(GUIFANG["id_number"], b"k" * 32)
    for private in (GUIFANG["id_number"], GUIFANG["name"]):
        assert private not in " ".join(map(str, tuple(row)))


def test_forgotten_is_forgotten(agreed: Visit, open_visit: Open) -> None:
    visit = open_visit()
    page = made(visit, CardLaid(GUIFANG), Settings(), Choose("forget"))
    assert WORLD.texts["remember.forgotten"] in page.body
    again = open_visit()
    made(again, CardLaid(GUIFANG))
    assert again.sitting.remembering.now == Preferences()


def test_put_off_for_a_day_they_are_there_the_next_time(agreed: Visit, open_visit: Open) -> None:
    made(open_visit(), CardLaid(GUIFANG), Settings(), Choose("usual"), Back(), Choose("leave"))
    again = open_visit()
    made(again, CardLaid(GUIFANG))
    assert again.sitting.remembering.now == LIKED


def test_after_a_year_away_they_are_gone(agreed: Visit, open_visit: Open, clock: StandingClock) -> None:
    clock.moment += timedelta(days=366)
    visit = open_visit()
    made(visit, CardLaid(GUIFANG))
    assert visit.sitting.remembering.kept is None


def test_a_store_that_takes_nothing_holds_nobody_up(open_visit: Open, store: Store) -> None:
    visit = open_visit()
    made(visit, CardLaid(GUIFANG), Prefers(LIKED), Back(), Choose("leave"))
    with read_only(store):
        page = made(visit, Choose("yes"))
    assert page.body == (WORLD.texts["trouble.not_remembered"],)
    made(visit, Back(), Choose("no"))
    assert visit.sitting.place == "goodbye"


@pytest.mark.parametrize(
    "liked", [Preferences(), LIKED, Preferences(sound=False, dark=False, language="en", switches=1, stay=1.5)]
)
def test_what_was_set_comes_back_as_it_was(liked: Preferences) -> None:
    assert from_json(to_json(liked)) == liked


@pytest.mark.parametrize("body", ['{"form":0,"rate":3}', '{"form":1,"scent":3}', '{"rate":3}'])
def test_what_a_later_program_has_written_is_let_be(body: str) -> None:
    assert from_json(body) is None


def test_switches_are_kept_with_the_rest(open_visit: Callable[[], Visit]) -> None:
    visit = open_visit()
    made(visit, CardLaid(GUIFANG))
    visit.sitting = replace(visit.sitting, switches=Switches(1, 1.4))
    made(visit, Back(), Choose("leave"), Choose("yes"))
    again = open_visit()
    made(again, CardLaid(GUIFANG))
    assert again.sitting.switches == Switches(1, 1.4)
