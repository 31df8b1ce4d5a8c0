"""What the desk offers is what the table allows: nothing that is refused for who one is or how it stands."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from kiosk.cases.deadline import Deadline
from kiosk.cases.moves import MOVES, Act
from kiosk.cases.possible import held_by_other, next_step, possible
from kiosk.cases.states import Actor, Role, State
from kiosk.cases.views import CaseSummary

NOW = datetime(2026, 11, 2, 1, 30, tzinfo=UTC)
WANG, CHEN = Actor("王丽", Role.STAFF), Actor("陈明", Role.STAFF)
ZHOU, XIAOLIN = Actor("周洁", Role.MANAGER), Actor("小林", Role.VOLUNTEER)


def case(state: State, holder: Actor | None = None, minutes: int = 20) -> CaseSummary:
    until = NOW + timedelta(minutes=minutes) if holder else None
    return CaseSummary(
        case_id="c",
        number="2026-1102-00000001",
        ticket="A001",
        service_id="s",
        title={"zh": "高龄津贴"},
        desk="民政",
        state=state,
        deadline=Deadline(date(2026, 11, 16), False, False, True),
        received_at=NOW,
        holder=holder.name if holder else None,
        lease_until=until,
        epoch=1,
    )


@pytest.mark.parametrize("state", State)
@pytest.mark.parametrize("actor", [WANG, ZHOU, XIAOLIN], ids=lambda actor: actor.role)
def test_only_moves_of_the_table_are_offered(state: State, actor: Actor) -> None:
    """K39."""
    for holder in (None, WANG, CHEN):
        for act in possible(case(state, holder), actor, NOW):
            assert actor.role in MOVES[act].who
            assert state in MOVES[act].sources


def test_a_volunteer_is_offered_nothing() -> None:
    assert all(possible(case(state), XIAOLIN, NOW) == () for state in State if state is not State.DRAFT)


def test_what_a_colleague_has_in_hand_can_only_be_looked_at() -> None:
    assert possible(case(State.CHECKING, CHEN), WANG, NOW) == ()
    assert held_by_other(case(State.CHECKING, CHEN), WANG, NOW)


def test_a_manager_can_give_a_held_case_to_somebody_else() -> None:
    assert possible(case(State.CHECKING, CHEN), ZHOU, NOW) == (Act.ASSIGN,)


def test_after_the_lease_the_case_can_be_taken() -> None:
    assert possible(case(State.CHECKING, CHEN, minutes=-1), WANG, NOW) == (Act.CLAIM,)


def test_whoever_holds_a_case_is_not_offered_it_again() -> None:
    assert Act.CLAIM not in possible(case(State.CLAIMED, WANG), WANG, NOW)


def test_only_who_was_asked_can_answer_and_only_who_was_offered_can_take_over() -> None:
    asked = replace(case(State.ON_HOLD), colleague=CHEN.name)
    assert Act.ANSWER_COLLEAGUE in possible(asked, CHEN, NOW)
    assert Act.ANSWER_COLLEAGUE not in possible(asked, WANG, NOW)
    offered = replace(case(State.ACCEPTED), colleague=CHEN.name)
    assert {Act.TAKE_OVER, Act.DECLINE} <= set(possible(offered, CHEN, NOW))
    assert not {Act.TAKE_OVER, Act.DECLINE} & set(possible(offered, WANG, NOW))


def test_the_usual_way_leads_from_the_queue_to_the_archive() -> None:
    way = [State.CLAIMED, State.ACCEPTED, State.FILING, State.DECIDED, State.TOLD]
    steps = [next_step(case(state, WANG), WANG, NOW) for state in way]
    assert steps == [Act.ACCEPT, Act.FILE, Act.CONFIRM_FILING, Act.TELL, Act.CLOSE]
    assert next_step(case(State.CLAIMED, CHEN), WANG, NOW) is None
