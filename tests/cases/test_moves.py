"""The table of states and moves, tried against every pair and a hundred thousand random acts (K39)."""

from __future__ import annotations

import random
from itertools import product

import pytest

from kiosk.cases.moves import MOVES, REFUSALS, RETURNS, Act, IllegalMove, Need, move, target
from kiosk.cases.roles import may_see
from kiosk.cases.states import DECIDED, OPEN, Role, State
from kiosk.catalogue import load_catalogue

EVERYTHING = frozenset(Need)

LEGAL = """
draft submit>queued
queued claim>claimed assign>queued withdraw>withdrawn
claimed claim>claimed put_down>claimed release>queued check>checking ask_info>needs_info accept>accepted
  complete>decided reject>decided hold>on_hold ask_colleague>on_hold offer>claimed decline>claimed
  take_over>claimed assign>claimed transfer>transferred merge>merged withdraw>withdrawn
  withdraw_for>withdrawn hand_over>handed_over give_back>handed_over
checking claim>checking put_down>checking release>queued ask_info>needs_info accept>accepted
  complete>decided reject>decided hold>on_hold ask_colleague>on_hold offer>checking decline>checking
  take_over>checking assign>checking transfer>transferred merge>merged withdraw>withdrawn
  withdraw_for>withdrawn hand_over>handed_over give_back>handed_over
needs_info receive_info>checking assign>needs_info withdraw>withdrawn
accepted claim>accepted put_down>accepted release>accepted ask_info>needs_info file>filing
  complete>decided reject>decided hold>on_hold ask_colleague>on_hold offer>accepted decline>accepted
  take_over>accepted assign>accepted transfer>transferred withdraw>withdrawn withdraw_for>withdrawn
  hand_over>handed_over
filing claim>filing put_down>filing release>filing fail_filing>filing_failed confirm_filing>filed
  offer>filing decline>filing take_over>filing assign>filing withdraw>withdrawn withdraw_for>withdrawn
filing_failed claim>filing_failed put_down>filing_failed release>filing_failed ask_info>needs_info file>filing
  offer>filing_failed decline>filing_failed take_over>filing_failed assign>filing_failed
  withdraw>withdrawn withdraw_for>withdrawn
filed claim>filed put_down>filed release>filed ask_info>needs_info complete>decided reject>decided
  hold>on_hold ask_colleague>on_hold offer>filed decline>filed take_over>filed assign>filed
  withdraw>withdrawn withdraw_for>withdrawn
decided tell>told hear>told assign>decided reopen>redo
told close>closed rate>rated reopen>redo
closed rate>rated reopen>redo
rated reopen>redo
on_hold wake>back answer_colleague>back assign>on_hold withdraw>withdrawn
handed_over take_back>queued withdraw>withdrawn
transferred claim>claimed assign>transferred withdraw>withdrawn
redo claim>claimed assign>redo withdraw>withdrawn
"""
"""Written out a second time, on purpose: whoever changes the table changes this one too."""

FINAL = {State.WITHDRAWN, State.MERGED}
BACK = "back"


def legal() -> dict[tuple[State, Act], str]:
    """The list above, read."""
    found: dict[tuple[State, Act], str] = {}
    state = State.DRAFT
    for line in LEGAL.strip().splitlines():
        words = line.split()
        if not line.startswith(" "):
            state = State(words.pop(0))
        for word in words:
            act, _, to = word.partition(">")
            found[state, Act(act)] = to
    return found


def test_exactly_the_moves_of_the_list_are_legal() -> None:
    found = {
        (state, act): str(MOVES[act].ways[state] or BACK)
        for state, act, role in product(State, Act, Role)
        if _allowed(act, state, role, EVERYTHING)
    }
    assert found == legal()


def test_a_hundred_thousand_random_acts_never_leave_the_list() -> None:
    dice = random.Random(20261122)
    allowed = legal()
    state, before_hold, made = State.DRAFT, State.CHECKING, 0
    for _ in range(100_000):
        act, role = dice.choice(list(Act)), dice.choice(list(Role))
        present = frozenset(need for need in Need if dice.random() < 0.9)
        before = state
        try:
            step = move(act, state, role, present)
        except IllegalMove:
            continue
        assert allowed[before, act] in {target(act, before, before_hold), BACK}
        assert step.needs <= present
        assert role in step.who
        made += 1
        state = target(act, before, before_hold)
        if state is State.ON_HOLD and before is not State.ON_HOLD:
            before_hold = before
        if state in FINAL:
            state = State.DRAFT
    assert made > 3_500


@pytest.mark.parametrize("act", list(Act))
def test_leaving_out_any_one_thing_that_is_needed_refuses_the_move(act: Act) -> None:
    wanted = MOVES[act]
    for state, role, need in product(wanted.ways, wanted.who, wanted.needs):
        with pytest.raises(IllegalMove) as refused:
            move(act, state, role, EVERYTHING - {need})
        assert refused.value.why is REFUSALS[need]


def test_nothing_leads_out_of_what_was_withdrawn_or_merged() -> None:
    assert not any(step.sources & FINAL for step in MOVES.values())


def test_every_state_can_be_reached_and_every_open_one_left() -> None:
    led_to = {way for step in MOVES.values() for way in step.ways.values()} | {State.DRAFT}
    assert led_to >= set(State)
    left = {source for step in MOVES.values() for source, way in step.ways.items() if way is not source}
    assert left >= OPEN | DECIDED - {State.WITHDRAWN}


def test_after_a_hold_a_case_is_where_it_was() -> None:
    for act in RETURNS:
        assert target(act, State.ON_HOLD, State.FILED) is State.FILED


def test_volunteers_hand_in_for_others_and_change_nothing_after_that() -> None:
    """K42."""
    assert {act for act, step in MOVES.items() if Role.VOLUNTEER in step.who} == {Act.SUBMIT}


def test_everything_a_resident_is_told_is_there_in_both_languages() -> None:
    moves, pages = load_catalogue("case"), load_catalogue("resident")
    told = [moves[wanted.told] for wanted in MOVES.values() if wanted.told]
    stages = [pages[f"stage.{state}"] for state in (*State, "granted", "refused")]
    for words in (*told, *stages):
        assert words.show("zh")
        assert words.show("en") != words.show("zh")


def test_staff_have_words_for_every_state_event_and_refusal() -> None:
    desk = load_catalogue("desk")
    keys = [f"state.{state}" for state in State]
    keys += [f"event.{step.event}" for step in MOVES.values()]
    keys += [f"refused.{why}" for why in REFUSALS.values()]
    assert all(desk[key].show(language) for key in keys for language in ("zh", "en"))


def test_who_may_open_which_cases() -> None:
    """K42: volunteers cannot see finished cases."""
    assert all(may_see(Role.STAFF, state) and may_see(Role.MANAGER, state) for state in State)
    assert {state for state in State if may_see(Role.VOLUNTEER, state)} == OPEN
    assert not any(may_see(Role.RESIDENT, state) for state in State)


def _allowed(act: Act, state: State, role: Role, present: frozenset[Need]) -> bool:
    try:
        move(act, state, role, present)
    except IllegalMove:
        return False
    return True
