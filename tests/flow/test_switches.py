"""One switch or two, and keypad practice: the pages in Help that lead there, and what becomes of a trial."""

from __future__ import annotations

from dataclasses import replace

import pytest

from kiosk.flow.moves import Back, Choose, Cue, Help, Move, Overlay, Quiet, Struck
from kiosk.flow.page import PageKind
from kiosk.flow.pages.now import page_of
from kiosk.flow.sitting import Sitting
from kiosk.flow.switches import LONGEST, SHORTEST, Switches, stay_for
from tests.flow.residents import WORLD, at_home, moved

AT_KEYS = (Help(), Choose("keys"))


def tried(count: str, *presses: float) -> Sitting:
    """Each press after its tone."""
    strikes: list[Move] = [move for after in presses for move in (Cue(), Struck(after))]
    return moved(at_home(), *AT_KEYS, Choose(count), *strikes)


def test_practice_is_reached_from_help_and_left_by_help() -> None:
    """K29."""
    there = moved(at_home(), *AT_KEYS, Choose("practice"))
    assert there.overlay is Overlay.PRACTICE
    assert moved(there, Help()) == at_home()


@pytest.mark.parametrize("tries", ["practice", "one", "two"])
def test_where_keys_are_tried_the_page_itself_says_how_it_ends(tries: str) -> None:
    """K29: Enter chooses nothing there, or is the switch."""
    assert page_of(moved(at_home(), *AT_KEYS, Choose(tries)), WORLD).kind is PageKind.KEYS


def test_one_switch_is_tried_twice_and_the_slower_press_counts() -> None:
    """K28: a press takes 0.65 of the time on an item at the most."""
    assert tried("one", 0.9).overlay is Overlay.SWITCH
    done = tried("one", 0.9, 1.3)
    assert done.overlay is Overlay.SWITCHED
    assert done.switches == Switches(1, 2.0)
    assert "2" in page_of(done, WORLD).body[0].show("zh")


def test_two_switches_are_tried_twice_each() -> None:
    """K28."""
    third = tried("two", 0.5, 0.5)
    assert third.trial is not None and (third.trial.switch, third.trial.left) == (2, 2)
    assert tried("two", 0.5, 0.5, 0.5).overlay is Overlay.SWITCH
    assert tried("two", 0.5, 0.5, 0.5, 0.5).switches == Switches(2)


@pytest.mark.parametrize(("taken", "stays"), [((0.01, 0.02), SHORTEST), ((3.0, 60.0), LONGEST)])
def test_nobody_gets_a_time_that_cannot_be_used(taken: tuple[float, ...], stays: float) -> None:
    assert stay_for(taken) == stays


def test_a_press_before_the_tone_counts_for_nothing() -> None:
    waiting = tried("one")
    assert moved(waiting, Struck(0.1)) == waiting


def test_a_trial_can_be_skipped_and_the_switch_is_used_all_the_same() -> None:
    """K28: as fast as the site has it."""
    skipped = moved(tried("one", 0.9), Choose("skip"))
    assert skipped == replace(at_home(), switches=Switches(1))


def test_back_from_a_trial_changes_nothing() -> None:
    assert moved(tried("one", 0.9), Back(), Back()) == at_home()


def test_the_time_can_be_made_longer_and_shorter_within_its_ends() -> None:
    done = tried("one", 0.9, 1.3)
    assert moved(done, Choose("slower")).switches == Switches(1, 2.5)
    assert moved(done, *[Choose("faster")] * 9).switches == Switches(1, SHORTEST)
    assert moved(done, *[Choose("slower")] * 99).switches == Switches(1, LONGEST)
    assert moved(done, Choose("again")).overlay is Overlay.SWITCH


def test_the_switch_stays_through_the_visit_and_ends_with_it() -> None:
    """K33."""
    kept = moved(tried("one", 0.9, 1.3), Choose("go"), Choose("do"))
    assert kept.switches == Switches(1, 2.0)
    assert moved(kept, Quiet(over=True)).switches is None


def test_goodbye_begins_no_trial() -> None:
    gone = Sitting(place="goodbye")
    assert moved(gone, *AT_KEYS) == gone
