"""Settings may follow the card: asked once, back at once, put off or forgotten by one choice (K33, K35)."""

from __future__ import annotations

from dataclasses import replace

import pytest

from kiosk.flow.moves import (
    Back,
    CardLaid,
    Choose,
    Found,
    Help,
    Move,
    NextLanguage,
    Overlay,
    PreferencesKept,
    Prefers,
    Quiet,
    Settings,
)
from kiosk.flow.pages.now import page_of
from kiosk.flow.preferences import Preferences
from kiosk.flow.remembering import wishes
from kiosk.flow.sitting import Errand, Sitting
from kiosk.flow.switches import Switches
from kiosk.flow.turn import turn
from kiosk.text import LANGUAGES
from tests.flow.residents import GUIFANG, LI_MEI, WORLD, at_home, moved

LARGE = Preferences(size="large", rate=2)
GUIFANG_SET = moved(at_home(GUIFANG), Prefers(LARGE))
BACK = moved(at_home(GUIFANG), Found((), None, preferences=LARGE))
LEAVE = (Back(), Choose("leave"))


def test_whoever_has_set_something_is_asked_as_they_leave_and_no_comes_first() -> None:
    """K35: a purpose of its own, in at most 40 characters a sentence, default no."""
    page = page_of(moved(GUIFANG_SET, *LEAVE), WORLD)
    assert page.id == "remember"
    assert [choice.id for choice in page.choices] == ["yes", "no"]
    assert page.focus == "no"
    assert page.binding
    assert all(len(line.show("zh")) <= 40 for line in (page.heading, *page.body))


def test_the_settings_page_asks_when_it_is_left_and_leads_back() -> None:
    for way_out in (Back(), Choose("go"), Settings()):
        asked = moved(GUIFANG_SET, Settings(), way_out)
        assert page_of(asked, WORLD).id == "remember@home"
        assert moved(asked, Choose("no")).place == "home"
        assert moved(asked, Back()).overlay is Overlay.NONE


@pytest.mark.parametrize("no", [Choose("no"), Back()], ids=["no", "back"])
def test_who_says_no_is_not_asked_again(no: Move) -> None:
    refused = moved(GUIFANG_SET, Settings(), Back(), no)
    assert moved(refused, Settings(), Back()).overlay is Overlay.NONE
    assert moved(refused, *LEAVE).place == "goodbye"


@pytest.mark.parametrize(
    "sitting",
    [
        at_home(GUIFANG),
        moved(at_home(), Prefers(LARGE)),
        moved(at_home(GUIFANG), NextLanguage()),
        moved(at_home({"name": "李梅", "by": "social_card"}), Prefers(LARGE)),
        replace(GUIFANG_SET, guarded=True),
    ],
    ids=["nothing set", "no card", "only the language", "a card that is no proof", "another card came"],
)
def test_nobody_else_is_asked(sitting: Sitting) -> None:
    assert moved(sitting, Settings(), Back()).overlay is Overlay.NONE
    assert moved(sitting, *LEAVE).place == "goodbye"


def test_a_centre_that_keeps_nothing_asks_nobody_and_brings_nothing_back() -> None:
    bare = replace(WORLD, remembers=False)
    assert moved(GUIFANG_SET, *LEAVE, world=bare).place == "goodbye"
    assert moved(at_home(GUIFANG), Found((), None, preferences=LARGE), world=bare) == at_home(GUIFANG)


def test_who_has_walked_away_is_asked_nothing() -> None:
    assert moved(GUIFANG_SET, Quiet(), Quiet(over=True)).place == "goodbye"


def test_a_yes_is_an_errand_and_the_goodbye_says_that_it_was_kept() -> None:
    asked = moved(GUIFANG_SET, *LEAVE)
    made = turn(asked, Choose("yes"), WORLD)
    assert made.errands == (Errand.KEEP_PREFERENCES,)
    assert wishes(made.sitting) == LARGE
    gone = moved(made.sitting, PreferencesKept(LARGE))
    assert gone.place == "goodbye"
    assert WORLD.texts["remember.kept"] in page_of(gone, WORLD).body


def test_what_is_set_after_the_yes_is_kept_too_without_another_question() -> None:
    agreed = moved(GUIFANG_SET, Settings(), Back(), Choose("yes"), PreferencesKept(LARGE))
    assert agreed.overlay is Overlay.NONE
    louder = moved(agreed, Prefers(replace(LARGE, volume=9)), Settings(), Back())
    assert louder.overlay is Overlay.NONE
    made = turn(louder.go("leave"), Choose("leave"), WORLD)
    assert made.errands == (Errand.KEEP_PREFERENCES,)
    assert moved(made.sitting, PreferencesKept(wishes(made.sitting))).place == "goodbye"


def test_the_card_brings_them_back_at_once_and_one_sentence_says_so() -> None:
    assert BACK.remembering.recalls == 1
    assert BACK.remembering.now == LARGE
    said = WORLD.texts["remember.recalled"]
    assert said in page_of(BACK, WORLD).body
    assert len(said.show("zh")) <= 40
    assert moved(BACK, *LEAVE).place == "goodbye", "nothing is new: nothing is asked"


def test_what_was_set_in_this_visit_stands_before_what_was_kept() -> None:
    yellow = moved(at_home(GUIFANG), Prefers(Preferences(colours="yellow", rate=7)))
    back = moved(yellow, Found((), None, preferences=LARGE))
    assert back.remembering.now == Preferences(size="large", colours="yellow", rate=7)


def test_once_back_they_do_not_come_over_what_was_set_since() -> None:
    """The card is looked up again at home after a receipt."""
    faster = moved(BACK, Prefers(replace(LARGE, rate=7)))
    assert moved(faster, Found((), None, preferences=LARGE)).remembering.now.rate == 7


def test_the_language_comes_back_only_where_none_was_chosen() -> None:
    english = replace(LARGE, language="en")
    first = moved(Sitting(), CardLaid(GUIFANG), Found((), None, preferences=english))
    assert first.language == "en"
    chosen = moved(Sitting(), Choose("zh"), CardLaid(GUIFANG), Found((), None, preferences=english))
    assert chosen.language == "zh"


def test_switches_come_back_as_they_were_tried() -> None:
    """K28: nobody tries them twice."""
    mine = replace(at_home(GUIFANG), switches=Switches(1, 1.4))
    liked = wishes(mine)
    assert liked.worth_keeping
    back = moved(at_home(GUIFANG), Found((), None, preferences=liked))
    assert back.switches == Switches(1, 1.4)
    usual = moved(back, Settings(), Choose("usual"))
    assert usual.switches is None


def test_help_leads_to_putting_them_off_which_is_the_first_choice_there() -> None:
    there = moved(BACK, Help(), Choose("settings"))
    assert page_of(there, WORLD).choices[0].id == "usual"
    usual = moved(there, Choose("usual"))
    assert usual.remembering.now == Preferences()
    assert usual.remembering.recalls == 2
    assert WORLD.texts["remember.usual"] in page_of(usual, WORLD).body
    assert "usual" not in [choice.id for choice in page_of(moved(usual, Settings()), WORLD).choices]
    assert moved(usual, *LEAVE).place == "goodbye", "who has put them off is not asked about them"


def test_forgetting_takes_no_more_steps_than_agreeing() -> None:
    """K35: one choice on the settings page, as the yes is one."""
    made = turn(moved(BACK, Settings()), Choose("forget"), WORLD)
    assert made.errands == (Errand.FORGET_PREFERENCES,)
    forgotten = moved(made.sitting, PreferencesKept(None))
    assert WORLD.texts["remember.forgotten"] in page_of(forgotten, WORLD).body
    assert "forget" not in [choice.id for choice in page_of(moved(forgotten, Settings()), WORLD).choices]
    assert forgotten.remembering.now == LARGE, "this visit stays as it is"
    assert moved(forgotten, *LEAVE).place == "goodbye"


def test_while_another_persons_card_lies_nothing_of_hers_is_offered() -> None:
    shut = replace(BACK, guarded=True)
    names = [choice.id for choice in page_of(moved(shut, Settings()), WORLD).choices]
    assert "forget" not in names
    assert "usual" not in names


def test_a_visit_that_becomes_another_persons_gets_theirs() -> None:
    back = moved(BACK, Choose("do"), Choose("elderly-allowance"))
    theirs = moved(back, CardLaid(LI_MEI), Choose("instead"))
    assert theirs.remembering.now == Preferences()
    assert theirs.remembering.kept is None
    found = moved(theirs, Found((), None, preferences=Preferences(colours="calm")))
    assert found.remembering.now == Preferences(colours="calm")


def test_the_sentences_are_there_in_both_languages() -> None:
    for name in ("kept", "recalled", "usual", "forgotten"):
        assert all(WORLD.texts[f"remember.{name}"].say(language) for language in LANGUAGES)
