"""Find, select, read: what the person and staff are told, under a clock that only the test moves."""

from __future__ import annotations

import itertools
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kiosk.devices.events import (
    CardFault,
    CardRead,
    CardRemoved,
    CardTrouble,
    DeviceFault,
    DeviceReady,
    DeviceTrouble,
    NothingLies,
)
from kiosk.devices.line import Problem, ProblemKind
from kiosk.devices.sdt.command import Command
from kiosk.devices.sdt.emulated import Behaviour, EmulatedModule
from kiosk.devices.sdt.framing import request
from kiosk.identity.content import parse_text

if TYPE_CHECKING:
    from tests.devices.conftest import Talk

MakeBlock = Callable[..., bytes]
MakeTalk = Callable[[], "Talk"]
FOUND, NO_CARD, DONE = "00009f", "000080", "000090"
OTHER = {"name": "李梅", "birth": "19700612", "number": "99010119700612004X"}


def read_payload(block: bytes) -> bytes:
    return b"\x01\x00\x04\x00" + block + bytes(1024)


def test_every_scenario_sends_its_requests_and_tells_its_outcome(
    talk: Talk, scenario_vector: dict[str, Any], vectors: dict[str, dict[str, Any]]
) -> None:
    talk.hello()
    told_before = len(talk.told)
    for step in scenario_vector["steps"]:
        asked = talk.next_request().hex()
        if asked == request(Command.ADDRESS.value).hex():  # the scenarios are about find, select and read
            talk.answer("000091")
            asked = talk.next_request().hex()
        assert asked == step["host"]
        device = vectors[step["device_ref"]]["hex"] if "device_ref" in step else step["device"]
        if device is not None:
            talk.hear(bytes.fromhex(device))
    expect = scenario_vector["expect"]
    told = talk.told[told_before:]
    if expect["card"] is None:
        assert talk.dialogue.end() == []
        assert not talk.dialogue.card_present
        assert told == []
        return
    if talk.told[told_before:] == []:
        talk.never_moved()
        told = talk.told[told_before:]
    card = parse_text(bytes.fromhex(vectors[expect["card"]]["hex"]))
    assert told == [CardRead(card)]


def test_the_module_is_asked_how_it_is_before_any_card(talk: Talk) -> None:
    talk.expect("11ff").answer(DONE)
    talk.expect("12ff").answer(DONE, bytes.fromhex("05000300d5af340187d6120059000000"))
    assert talk.told == [DeviceReady("05.03-20230101-0001234567-0000000089")]
    talk.expect("10ff").answer(DONE).expect("2001")


def test_a_card_left_by_the_person_before_is_seen(talk: Talk, block: MakeBlock) -> None:
    """K34: a reader that keeps silent about a card it has read must not hide it from the next sitting."""
    module = EmulatedModule(Behaviour.NEEDS_RESET)
    module.lay(block())
    talk.serve(module, 2.0)
    again = type(talk)()
    again.serve(module, 1.0)
    assert again.dialogue.card_present


def test_a_card_is_looked_for_twice_and_then_again_soon(talk: Talk) -> None:
    talk.hello().expect("2001").answer(NO_CARD).expect("2001").answer(NO_CARD)
    asked = talk.now
    talk.expect("2001")
    assert talk.now - asked == pytest.approx(0.15)


def test_stale_bytes_before_the_first_request_are_not_heard(talk: Talk) -> None:
    talk.answer(FOUND).answer(DONE, bytes(16))
    assert talk.told == []
    assert not talk.dialogue.card_present
    talk.expect("11ff")


@pytest.mark.parametrize("behaviour", list(Behaviour))
@pytest.mark.parametrize("habit", [True, False])
def test_a_card_that_stays_is_read_once_whatever_the_reader_does(
    talk: Talk, block: MakeBlock, behaviour: Behaviour, habit: bool
) -> None:
    module = EmulatedModule(behaviour, first_find_misses=habit)
    ready = DeviceReady("05.03-20230101-0001234567-0000000089")
    assert talk.serve(module, 1.0) == [ready, NothingLies()]
    module.lay(block())
    assert talk.serve(module, 60.0) == [CardRead(parse_text(block()))]
    assert talk.dialogue.card_present
    module.lift()
    assert talk.serve(module, 3.0) == [CardRemoved()]
    assert not talk.dialogue.card_present


@pytest.mark.parametrize("behaviour", list(Behaviour))
@pytest.mark.parametrize("habit", [True, False])
def test_a_card_that_lies_there_from_the_start_is_never_called_gone(
    talk: Talk, block: MakeBlock, behaviour: Behaviour, habit: bool
) -> None:
    """K34: the next person waits for it, so "nothing lies there" must be true."""
    module = EmulatedModule(behaviour, first_find_misses=habit)
    module.lay(block())
    told = talk.serve(module, 5.0)
    assert NothingLies() not in told
    assert CardRead(parse_text(block())) in told


@settings(max_examples=40, deadline=None)
@given(
    behaviour=st.sampled_from(Behaviour),
    visits=st.lists(
        st.tuples(st.booleans(), st.floats(0.5, 6.0), st.floats(3.0, 5.0)), min_size=1, max_size=5
    ),
)
def test_one_visit_is_one_event_for_any_row_of_people(
    new_talk: MakeTalk,
    block: MakeBlock,
    behaviour: Behaviour,
    visits: list[tuple[bool, float, float]],
) -> None:
    talk, module = new_talk(), EmulatedModule(behaviour)
    talk.serve(module, 1.0)
    for first_person, dwell, gap in visits:
        memory = block() if first_person else block(**OTHER)
        module.lay(memory)
        assert talk.serve(module, dwell) == [CardRead(parse_text(memory))]
        module.lift()
        assert talk.serve(module, gap) == [CardRemoved()]


@settings(max_examples=40, deadline=None)
@given(behaviour=st.sampled_from(Behaviour), gap=st.floats(0.0, 2.0), dwell=st.floats(0.5, 3.0))
def test_a_card_swapped_for_another_is_never_taken_for_the_first(
    new_talk: MakeTalk, block: MakeBlock, behaviour: Behaviour, gap: float, dwell: float
) -> None:
    talk, module = new_talk(), EmulatedModule(behaviour)
    talk.serve(module, 1.0)
    module.lay(block())
    talk.serve(module, dwell)
    module.lift()
    told = talk.serve(module, gap)
    module.lay(block(**OTHER))
    told += talk.serve(module, 3.0)
    assert told == [CardRemoved(), CardRead(parse_text(block(**OTHER)))]


@settings(max_examples=40, deadline=None)
@given(behaviour=st.sampled_from(Behaviour), waited=st.floats(0.0, 2.0))
def test_a_card_is_read_soon_after_it_is_laid_down(
    new_talk: MakeTalk, block: MakeBlock, behaviour: Behaviour, waited: float
) -> None:
    """At most 0.2 s without the wire time, so that the page is there within 0.3 s."""
    talk, module = new_talk(), EmulatedModule(behaviour)
    talk.serve(module, 1.0 + waited)
    module.lay(block())
    assert [type(event) for event in talk.serve(module, 0.2)] == [CardRead]


def test_a_flicker_is_no_removal(talk: Talk, block: MakeBlock) -> None:
    module = EmulatedModule(Behaviour.FINDS_AGAIN, first_find_misses=False)
    talk.serve(module, 1.0)
    module.lay(block())
    talk.serve(module, 1.0)
    for _ in range(5):
        module.lift()
        assert talk.serve(module, 0.5) == []
        module.lay(block())
        assert talk.serve(module, 2.0) == []


def test_a_removal_takes_at_least_a_second_of_misses(talk: Talk, block: MakeBlock) -> None:
    module = EmulatedModule(Behaviour.FINDS_AGAIN)
    talk.serve(module, 1.0)
    module.lay(block())
    talk.serve(module, 1.0)
    module.lift()
    assert talk.serve(module, 0.99) == []
    assert talk.serve(module, 1.5) == [CardRemoved()]


def test_a_person_hears_of_a_moving_card_only_after_three_attempts(talk: Talk) -> None:
    """K34: told within 3 s, and not scolded again before ten seconds have passed."""
    talk.hello()
    begun = len(talk.told)
    for attempt in range(1, 4):
        assert talk.told[begun:] == [], attempt
        talk.expect("2001").answer(FOUND).expect("2002").answer(DONE).expect("3001").answer("000041")
    assert talk.told[begun:] == [CardTrouble(CardFault.HOLD_STILL)]
    told_at = talk.now
    talk.expect("10ff").answer(DONE)
    while len(talk.told) == begun + 1:
        if talk.next_request()[7:9].hex() == "10ff":
            talk.answer(DONE).expect("2001")
        talk.answer(FOUND).expect("2002").answer("000081")
    assert talk.told[begun + 1 :] == [CardTrouble(CardFault.HOLD_STILL)]
    assert talk.now - told_at >= 10


def test_silence_in_the_middle_of_a_read_is_told_within_three_seconds(talk: Talk) -> None:
    """K34."""
    talk.hello().expect("2001")
    begun = talk.now
    talk.answer(FOUND).expect("2002").answer(DONE).expect("3001").silence()
    assert talk.told[-1] == CardTrouble(CardFault.HOLD_STILL)
    assert talk.now - begun <= 3.0


@pytest.mark.parametrize("behaviour", list(Behaviour))
def test_a_card_that_cannot_be_right_is_told_within_three_seconds(
    talk: Talk, block: MakeBlock, behaviour: Behaviour
) -> None:
    """K34."""
    module = EmulatedModule(behaviour)
    talk.serve(module, 1.0)
    module.lay(block(number="990101194403050028"))
    assert talk.serve(module, 2.0) == [CardTrouble(CardFault.BAD_READ)]


def test_a_bus_card_is_named_as_no_identity_card(talk: Talk) -> None:
    talk.hello()
    for _ in range(2):
        talk.expect("2001").answer(FOUND).expect("2002").answer("000040")
    assert talk.told[-1] == CardTrouble(CardFault.NOT_AN_ID_CARD)


def test_contents_that_contradict_themselves_are_read_again_and_then_told(
    talk: Talk, block: MakeBlock
) -> None:
    talk.hello()
    for memory in (block(number="990101194403050028"), block(birth="19440306"), block()[:200]):
        talk.expect("2001").answer(FOUND).expect("2002").answer(DONE)
        talk.expect("3001").answer(DONE, read_payload(memory))
        talk.expect("10ff").answer(DONE)
    assert talk.told[-1:] == [CardTrouble(CardFault.BAD_READ)]
    talk.read(block()).never_moved()
    assert talk.told[-1] == CardRead(parse_text(block()))


def test_a_late_reply_is_not_taken_for_the_next_one(talk: Talk, block: MakeBlock) -> None:
    talk.hello().expect("2001").answer(FOUND).expect("2002").silence()
    talk.expect("2001").answer(DONE, bytes(8))
    talk.answer(FOUND)
    talk.hello().read(block()).never_moved()
    assert isinstance(talk.told[-1], CardRead)


def test_damaged_bytes_cost_a_moment_and_not_the_whole_budget(talk: Talk) -> None:
    talk.hello().expect("2001")
    begun = talk.now
    talk.hear(b"")
    talk.dialogue.on_event(Problem(ProblemKind.CHECKSUM), talk.now)
    talk.expect("2001")
    assert talk.now - begun <= 0.2


def test_a_refused_request_is_sent_once_more(talk: Talk) -> None:
    talk.hello().expect("2001").answer("000010").expect("2001").answer(NO_CARD)
    assert len(talk.told) == 1


def test_a_silent_module_is_told_once_and_comes_back(talk: Talk) -> None:
    for _ in range(4):
        talk.expect("11ff").silence()
    assert talk.told == [DeviceTrouble(DeviceFault.SILENT)]
    talk.hello()
    assert isinstance(talk.told[-1], DeviceReady)


def test_a_module_that_falls_silent_ends_the_visit_that_was_open(talk: Talk, block: MakeBlock) -> None:
    module = EmulatedModule(Behaviour.FINDS_AGAIN)
    talk.serve(module, 1.0)
    module.lay(block())
    talk.serve(module, 1.0)
    begun = len(talk.told)
    while not isinstance(talk.told[-1], DeviceTrouble):
        talk.next_request()
        talk.silence()
    assert talk.told[begun:] == [CardRemoved(), DeviceTrouble(DeviceFault.SILENT)]


@pytest.mark.parametrize("status", ["000060", "000066"])
def test_a_broken_module_sends_staff(talk: Talk, status: str) -> None:
    talk.expect("11ff").answer(status).expect("11ff").answer(status)
    assert talk.told == [DeviceTrouble(DeviceFault.OUT_OF_ORDER)]
    talk.hello().expect("2001").answer(NO_CARD)
    assert isinstance(talk.told[-1], DeviceReady)


def test_a_module_without_a_number_is_ready_all_the_same(talk: Talk) -> None:
    talk.expect("11ff").answer(DONE).expect("12ff").answer("000021").expect("12ff").answer("000021")
    assert talk.told == [DeviceReady("")]
    talk.expect("10ff").answer(DONE).expect("2001")


def test_a_reader_that_knows_no_addresses_still_reads_once(talk: Talk, block: MakeBlock) -> None:
    talk.hello().read(block()).expect("3003").answer("000021").expect("3003").answer("000021")
    assert isinstance(talk.told[-1], CardRead)
    begun = len(talk.told)
    end = talk.now + 5
    reset = False
    while talk.now < end:
        asked = talk.next_request()[7:9].hex()
        if asked == "2001":
            talk.answer(FOUND if reset else NO_CARD)
        elif asked == "3003":
            talk.answer("000021")
        elif asked == "3001":
            talk.answer(DONE, read_payload(block()))
            reset = False
        else:
            reset = reset or asked == "10ff"
            talk.answer(DONE)
    assert talk.told[begun:] == []


STATUSES = [
    "000010",
    "000021",
    "000040",
    "000041",
    "000060",
    NO_CARD,
    "000081",
    DONE,
    "000091",
    FOUND,
    "0000ee",
]


@settings(max_examples=60, deadline=None)
@given(st.lists(st.one_of(st.sampled_from(STATUSES), st.none()), max_size=60))
def test_no_row_of_replies_stops_the_dialogue_or_tells_the_same_twice(
    new_talk: MakeTalk, replies: list[str | None]
) -> None:
    talk = new_talk()
    for status in replies:
        talk.next_request()
        if status is None:
            talk.silence()
        else:
            talk.answer(status)
    talk.next_request()
    state = [event for event in talk.told if isinstance(event, DeviceReady | DeviceTrouble)]
    assert all(a != b for a, b in itertools.pairwise(state))
