"""What a helper says of a kiosk becomes a line with what to do, or none where nothing has to be done."""

from __future__ import annotations

import pytest

from kiosk.catalogue import load_catalogue
from kiosk.cli._guided_check import steps_of
from kiosk.config import load_settings
from kiosk.selftest import guided
from kiosk.selftest.finding import Finding, State
from kiosk.selftest.guided import PATIENCE, Asked, Side, Step, Walk
from kiosk.selftest.guided_pages import page
from kiosk.text import LANGUAGES, same

KEYS = tuple(Asked(name, same(name)) for name in ("1", "2", "enter"))
TEXTS, PARTS = load_catalogue("guided"), load_catalogue("box")


def at(step: Step) -> Walk:
    """Begun, with this step alone."""
    return guided.choose(guided.begin([step], KEYS, 0), "begin", 0)


def found(walk: Walk, now: float = 5) -> Finding:
    """Of what does not work somebody says first that it stays so."""
    walk = guided.choose(walk, "note", now) if walk.side is Side.FAILED else walk
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


def test_a_keypad_of_which_no_key_came_is_one_fault_and_not_fifteen() -> None:
    one = found(guided.choose(guided.choose(at(Step.KEYPAD), "rest", 1), "broken", 2))
    assert one.state is State.BAD and "cable" in one.words.show("en")


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
        assert shown.help[0].show(language)
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
    walk = guided.choose(guided.choose(walk, "nothing", 1), "note", 1)
    assert page(walk, TEXTS, PARTS, 1).error == silent


def test_a_card_that_lies_there_too_early_answers_for_its_reader_alone() -> None:
    walk = guided.begin([Step.TOUCH, Step.IDENTITY_CARD, Step.SOUND], KEYS, 0)
    walk = guided.read(guided.choose(walk, "begin", 0), Step.IDENTITY_CARD, 1)
    assert (walk.step, walk.results) == (Step.TOUCH, {})
    walk = guided.choose(guided.skip(walk), "later", 2)
    assert walk.step is Step.SOUND and walk.results[Step.IDENTITY_CARD].state is State.GOOD


def test_what_was_heard_and_not_understood_is_another_fault_than_silence() -> None:
    silent = found(guided.choose(at(Step.MICROPHONE), "deaf", 1))
    other = guided.misheard(at(Step.MICROPHONE), TEXTS["microphone_asked.other"], sounded=True)
    unclear = found(guided.choose(other, "deaf", 1))
    missed = guided.misheard(at(Step.MICROPHONE), TEXTS["microphone_asked.silent"], sounded=False)
    assert page(missed, TEXTS, PARTS, 1).error == TEXTS["microphone_asked.silent"]
    # what to do is what helps the device, not what helps once more to speak
    assert found(guided.choose(missed, "deaf", 1)) == silent
    assert (silent.state, unclear.state) == (State.BAD, State.LOOK)
    assert found(guided.understood(at(Step.MICROPHONE), 1)).state is State.GOOD


def test_the_microphone_opens_again_by_itself_and_not_for_ever() -> None:
    """Who has just been told to say it again is listened to."""
    walk = at(Step.MICROPHONE)
    opened = []
    for _ in range(PATIENCE + 2):
        walk = guided.misheard(walk, TEXTS["microphone_asked.silent"], sounded=False)
        opened.append(walk.listened)
    assert opened == [2, 3, 3, 3, 3]
    assert page(walk, TEXTS, PARTS, 1).body == (TEXTS["microphone_asked.enough"],)
    again = guided.choose(walk, "again", 1)
    assert again.listened == 4 and page(again, TEXTS, PARTS, 1).error is None


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
    walk = guided.choose(guided.choose(guided.choose(walk, "begin", 0), "nothing", 1), "note", 1)
    walk = guided.choose(guided.back(walk, 2), "well", 3)
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


@pytest.mark.parametrize(
    ("step", "choices"),
    [
        (Step.KEYPAD, ("rest", "broken")),
        (Step.SOUND, ("nothing",)),
        (Step.HEADPHONES, ("in", "both")),
        (Step.MICROPHONE, ("deaf",)),
        (Step.CODE, ("nothing",)),
        (Step.PRINTER, ("faint",)),
        (Step.TOUCH, ("nothing",)),
    ],
)
def test_what_does_not_work_says_what_to_do_and_can_be_tried_once_more(
    step: Step, choices: tuple[str, ...]
) -> None:
    """A helper pushes the plug in and goes on; only what stays broken is noted."""
    walk = at(step)
    for choice in choices:
        walk = guided.choose(walk, choice, 1)
    shown = page(walk, TEXTS, PARTS, 1)
    assert [one.id for one in shown.choices] == ["retry", "note"]
    assert not walk.results
    again = guided.choose(walk, "retry", 2)
    assert page(again, TEXTS, PARTS, 2).id == page(at(step), TEXTS, PARTS, 2).id
    noted = found(walk)
    assert noted.state is not State.GOOD
    for language in LANGUAGES:
        assert noted.words.show(language) in shown.body[0].show(language)


def test_paper_that_did_not_come_is_asked_for_again_on_the_second_try() -> None:
    walk = guided.choose(at(Step.PRINTER), "nothing", 1)
    assert walk.printed == 1
    assert guided.choose(walk, "retry", 2).printed == 2


def half() -> Walk:
    """Stopped at the second of three, where the first does not work."""
    walk = guided.begin([Step.SOUND, Step.PRINTER, Step.TOUCH], KEYS, 0)
    for choice in ("begin", "nothing", "note"):
        walk = guided.choose(walk, choice, 1)
    return guided.choose(guided.skip(walk), "stop", 9)


def test_who_stops_half_way_keeps_what_was_tried_and_the_rest_is_named() -> None:
    walk = half()
    assert walk.ended and not walk.left
    assert [(one.part, one.state) for one in walk.findings(9)] == [
        ("sound", State.BAD),
        ("printer", State.LOOK),
        ("touch", State.LOOK),
    ]
    shown = page(walk, TEXTS, PARTS, 9)
    assert shown.heading == TEXTS["end.stopped"]
    assert "没有试到" in shown.body[3].show("zh")


def test_back_from_where_somebody_stopped_goes_on_there() -> None:
    walk = guided.back(half(), 10)
    assert (walk.step, walk.stopped) == (Step.PRINTER, None)
    walk = guided.choose(guided.choose(guided.skip(guided.choose(walk, "well", 11)), "none", 12), "leave", 13)
    assert walk.left and [one.state for one in walk.findings(13)] == [State.BAD, State.GOOD, State.GOOD]


def test_what_was_just_found_broken_is_not_lost_to_who_stops_there() -> None:
    walk = guided.choose(at(Step.PRINTER), "nothing", 1)
    for stopped in (guided.stop(walk, 2), guided.choose(guided.skip(walk), "stop", 2)):
        assert [one.state for one in stopped.findings(2)] == [State.BAD]
    assert found(guided.choose(guided.skip(walk), "later", 2)).state is State.BAD


def test_who_stops_before_anything_was_tried_just_leaves() -> None:
    assert guided.choose(guided.begin([Step.SOUND], KEYS, 0), "leave", 1).left
    walk = guided.choose(guided.skip(at(Step.SOUND)), "stop", 1)
    assert walk.left and not walk.results


def test_back_from_the_first_thing_leads_to_the_beginning_and_forgets_nothing() -> None:
    walk = guided.begin([Step.SOUND, Step.TOUCH], KEYS, 0)
    walk = guided.choose(guided.choose(walk, "begin", 10), "well", 20)
    walk = guided.back(guided.back(walk, 21), 22)
    assert page(walk, TEXTS, PARTS, 22).id == "try-start"
    again = guided.choose(walk, "begin", 30)
    assert again.results.keys() == {Step.SOUND} and again.taken(40) == 30
    assert guided.choose(walk, "leave", 30).findings(30)[0].state is State.GOOD


def test_the_time_stands_still_once_all_was_tried() -> None:
    """However long the last page is read."""
    walk = guided.choose(guided.skip(at(Step.TOUCH)), "none", 100)
    assert [one.part for one in walk.findings(900)] == ["touch"]


def test_a_card_that_is_forgotten_is_asked_for_at_the_end() -> None:
    walk = guided.read(at(Step.IDENTITY_CARD), Step.IDENTITY_CARD, 1)
    assert page(walk, TEXTS, PARTS, 2).error == TEXTS["end.card"]
    assert page(guided.lifted(walk, Step.IDENTITY_CARD), TEXTS, PARTS, 2).error is None
    assert page(guided.read(at(Step.CODE), Step.CODE, 1), TEXTS, PARTS, 2).error is None


def test_what_is_found_good_by_itself_is_said_before_the_next_page() -> None:
    walk = guided.begin([Step.IDENTITY_CARD, Step.TOUCH, Step.SOUND], KEYS, 0)
    walk = guided.read(guided.choose(walk, "begin", 0), Step.IDENTITY_CARD, 1)
    for corner in guided.CORNERS:
        walk = guided.touch(walk, corner, 2)
    shown = page(walk, TEXTS, PARTS, 3)
    assert shown.banner.show("zh") == "✓ 触摸"
    assert shown.heading.say("en").startswith("Good. ")
    assert shown.heading.show("en") == TEXTS["sound_asked.heading"].show("en")
