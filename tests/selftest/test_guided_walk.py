"""What a helper says of a kiosk becomes a line with what to do, or none where nothing has to be done."""

from __future__ import annotations

import pytest

from kiosk.catalogue import load_catalogue
from kiosk.cli._guided_check import steps_of
from kiosk.config import load_settings
from kiosk.selftest import guided
from kiosk.selftest.finding import Finding, State
from kiosk.selftest.guided import Asked, Step, Walk
from kiosk.selftest.guided_pages import page
from kiosk.text import LANGUAGES, same

KEYS = tuple(Asked(name, same(name)) for name in ("1", "2", "enter"))
TEXTS, PARTS = load_catalogue("guided"), load_catalogue("box")


def at(step: Step) -> Walk:
    """Begun, with this step alone."""
    return guided.choose(guided.begin([step], KEYS, 0), "begin", 0)


def found(walk: Walk, now: float = 5) -> Finding:
    assert walk.ended
    (one,) = walk.findings(now)
    return one


def test_a_key_that_does_nothing_is_named_and_the_others_are_not() -> None:
    walk = at(Step.KEYPAD)
    for key in ("1", "enter", "enter"):
        walk = guided.press(walk, key, 1)
    one = found(guided.choose(walk, "broken", 2))
    assert (one.part, one.state) == ("keypad", State.BAD)
    assert "from 2." in one.words.show("en")


def test_a_keypad_is_good_as_soon_as_each_key_has_come() -> None:
    walk = at(Step.KEYPAD)
    for key in ("enter", "2", "1"):
        walk = guided.press(walk, key, 1)
    assert found(walk).state is State.GOOD


@pytest.mark.parametrize("step", Step)
def test_every_step_can_be_skipped_and_says_why(step: Step) -> None:
    """Not now asks for another time; not there is a fault only where the settings say that it is there."""
    later = guided.choose(guided.skip(at(step)), "later", 2)
    assert (found(later).state, "not tried" in found(later).words.show("en")) == (State.LOOK, True)
    gone = found(guided.choose(guided.skip(at(step)), "none", 2))
    may_be_without = {Step.KEYPAD, Step.HEADPHONES, Step.TOUCH}
    assert gone.state is (State.GOOD if step in may_be_without else State.LOOK)


@pytest.mark.parametrize("step", Step)
@pytest.mark.parametrize("language", LANGUAGES)
def test_whatever_is_answered_leads_on_in_words_of_both_languages(step: Step, language: str) -> None:
    seen, to_see = set(), [at(step)]
    while to_see:
        walk = to_see.pop()
        shown = page(walk, TEXTS, PARTS, 1)
        if walk.ended:
            assert walk.findings(1)[0].words.show(language)
            continue
        if shown.id in seen:
            continue
        seen.add(shown.id)
        assert shown.choices and all(one.label.show(language) for one in shown.choices)
        assert page(walk, TEXTS, PARTS, 1, helping=True).body[0].show(language)
        moved = [guided.choose(walk, one.id, 1) for one in shown.choices]
        assert all(after != walk for after in moved), shown.id
        to_see += [*moved, guided.skip(walk)]


def test_what_a_device_says_of_itself_is_the_advice() -> None:
    no_paper = PARTS["paper.out"]
    walk = guided.ails(at(Step.PRINTER), Step.PRINTER, no_paper)
    assert found(guided.choose(walk, "nothing", 2)).words.show("zh") == no_paper.show("zh")


def test_a_device_that_complained_before_its_turn_is_heard_in_its_turn() -> None:
    silent = PARTS.text("device.silent", port="x")
    walk = guided.begin([Step.TOUCH, Step.IDENTITY_CARD], KEYS, 0)
    walk = guided.ails(guided.choose(walk, "begin", 0), Step.IDENTITY_CARD, silent)
    assert page(walk, TEXTS, PARTS, 1).error is None
    walk = guided.choose(walk, "nothing", 1)
    assert page(walk, TEXTS, PARTS, 1).error == silent


def test_a_card_that_lies_there_too_early_answers_for_nothing_else() -> None:
    walk = at(Step.TOUCH)
    assert guided.read(walk, Step.IDENTITY_CARD, 1) == walk


def test_what_was_heard_and_not_understood_is_another_fault_than_silence() -> None:
    silent = found(guided.choose(at(Step.MICROPHONE), "deaf", 1))
    unclear = found(guided.choose(guided.sounded(at(Step.MICROPHONE)), "deaf", 1))
    assert (silent.state, unclear.state) == (State.BAD, State.LOOK)
    assert found(guided.understood(at(Step.MICROPHONE), 1)).state is State.GOOD


def test_corners_in_another_place_are_no_dead_screen() -> None:
    dead = found(guided.choose(at(Step.TOUCH), "nothing", 1))
    turned = found(guided.choose(guided.touch(at(Step.TOUCH), "bottom_right", 1), "nothing", 1))
    assert "USB" in dead.words.show("en") and "Calibrate" in turned.words.show("en")
    walk = at(Step.TOUCH)
    for corner in guided.CORNERS:
        walk = guided.touch(walk, corner, 1)
    assert found(walk).state is State.GOOD


def test_back_asks_the_step_before_anew_and_its_new_answer_counts() -> None:
    walk = guided.begin([Step.SOUND, Step.TOUCH], KEYS, 0)
    walk = guided.choose(guided.choose(walk, "begin", 0), "nothing", 1)
    walk = guided.choose(guided.back(walk, 2), "clear", 3)
    walk = guided.choose(guided.skip(walk), "none", 4)
    assert [one.state for one in walk.findings(5)] == [State.GOOD, State.GOOD]


def test_more_than_three_minutes_are_told() -> None:
    walk = guided.choose(guided.skip(at(Step.TOUCH)), "none", 200)
    assert [(one.part, one.state) for one in walk.findings(200)] == [
        ("touch", State.GOOD),
        ("time", State.LOOK),
    ]


def test_only_what_the_settings_name_is_tried() -> None:
    steps = steps_of(load_settings())
    assert not {Step.MICROPHONE, Step.PRINTER, Step.IDENTITY_CARD} & set(steps)
    assert {Step.KEYPAD, Step.SOUND, Step.TOUCH} <= set(steps)
