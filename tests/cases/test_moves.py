"""The table of states and moves, tried against every pair and a hundred thousand random acts (K39)."""

from __future__ import annotations

import random
from itertools import product

import pytest

from kiosk.cases.states import DECIDED, MOVES, OPEN, Act, IllegalMove, Need, Role, State, may_see, move
from kiosk.catalogue import load_catalogue

STATES: tuple[State | None, ...] = (None, *State)
EVERYTHING = frozenset(Need)

LEGAL = {
    (None, Act.SUBMIT): State.QUEUED,
    (State.QUEUED, Act.CLAIM): State.CLAIMED,
    (State.CLAIMED, Act.CLAIM): State.CLAIMED,
    (State.CLAIMED, Act.RELEASE): State.QUEUED,
    (State.CLAIMED, Act.ASK_INFO): State.NEEDS_INFO,
    (State.NEEDS_INFO, Act.RECEIVE_INFO): State.CLAIMED,
    (State.CLAIMED, Act.COMPLETE): State.COMPLETED,
    (State.CLAIMED, Act.REJECT): State.REJECTED,
    (State.QUEUED, Act.WITHDRAW): State.WITHDRAWN,
    (State.CLAIMED, Act.WITHDRAW): State.WITHDRAWN,
    (State.NEEDS_INFO, Act.WITHDRAW): State.WITHDRAWN,
}
"""Written out a second time, on purpose: whoever changes the table changes this sentence too."""


def test_exactly_the_moves_of_the_list_are_legal() -> None:
    found = {
        (state, act): MOVES[act].target
        for state, act, role in product(STATES, Act, Role)
        if _allowed(act, state, role, EVERYTHING)
    }
    assert found == LEGAL


def test_a_hundred_thousand_random_acts_never_leave_the_list() -> None:
    dice = random.Random(20261122)
    state: State | None = None
    made = 0
    for _ in range(100_000):
        act, role = dice.choice(list(Act)), dice.choice(list(Role))
        present = frozenset(need for need in Need if dice.random() < 0.8)
        before = state
        try:
            step = move(act, state, role, present)
        except IllegalMove:
            assert state == before
            continue
        assert LEGAL[(before, act)] == step.target
        assert step.needs <= present
        assert role in step.who
        made += 1
        state = None if step.target in {*DECIDED, State.WITHDRAWN} else step.target
    assert made > 5_000


@pytest.mark.parametrize("act", list(Act))
def test_leaving_out_any_one_thing_that_is_needed_refuses_the_move(act: Act) -> None:
    wanted = MOVES[act]
    for state, role, need in product(wanted.sources, wanted.who, wanted.needs):
        assert not _allowed(act, state, role, EVERYTHING - {need})


def test_nothing_leads_out_of_a_finished_case() -> None:
    for wanted in MOVES.values():
        assert not wanted.sources & {*DECIDED, State.WITHDRAWN}


def test_everything_a_resident_is_told_is_there_in_both_languages() -> None:
    moves, pages = load_catalogue("case"), load_catalogue("resident")
    told = [moves[wanted.told] for wanted in MOVES.values() if wanted.told]
    stages = [pages[f"stage.{state}"] for state in State]
    for words in (*told, *stages):
        assert words.show("zh")
        assert words.show("en") != words.show("zh")


def test_who_may_open_which_cases() -> None:
    """K42: volunteers cannot see finished cases."""
    assert all(may_see(Role.STAFF, state) and may_see(Role.MANAGER, state) for state in State)
    assert {state for state in State if may_see(Role.VOLUNTEER, state)} == OPEN
    assert not any(may_see(Role.RESIDENT, state) for state in State)


def _allowed(act: Act, state: State | None, role: Role, present: frozenset[Need]) -> bool:
    try:
        move(act, state, role, present)
    except IllegalMove:
        return False
    return True
