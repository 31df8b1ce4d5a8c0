"""A PN532 from power-up to a card and back: what the visit is told, under a clock that only tests move."""

from __future__ import annotations

import random
from collections.abc import Callable

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kiosk.config import DeviceSettings
from kiosk.devices.events import (
    DeviceEvent,
    DeviceFault,
    DeviceReady,
    DeviceTrouble,
    MemberCardRead,
    MemberCardRemoved,
    MemberCardUnfit,
)
from kiosk.devices.line import NEVER, Order, Send
from kiosk.devices.pn532.command import WAKE, Command
from kiosk.devices.pn532.dialogue import Pn532Dialogue
from kiosk.devices.pn532.emulated import EmulatedPn532
from kiosk.devices.pn532.family import FAMILY
from kiosk.devices.pn532.framing import ACK, CHIP, ERROR, HOST, NACK, Frame, Pn532Framing, enclose
from tests.devices.meeting import Meeting
from tests.devices.vectors_of_readers import VECTORS

READY = DeviceReady("PN532 1.6")
CANTEEN = bytes.fromhex("04112233445566")
SENIOR = bytes.fromhex("a1b2c3d4")
PHONE = bytes.fromhex("08a1b2c3")
READ_CANTEEN = MemberCardRead("04112233445566")
READ_SENIOR = MemberCardRead("A1B2C3D4")


def meet(chip: EmulatedPn532 | None = None, spoil: Callable[[bytes], bytes] = bytes) -> Meeting:
    """A dialogue that has just been started, and the chip."""
    return Meeting(Pn532Dialogue(), Pn532Framing(), chip or EmulatedPn532(), FAMILY.silence, spoil)


@pytest.fixture
def met() -> Meeting:
    """A reader that is ready; no card lies there."""
    meeting = meet()
    assert meeting.run(1.0) == [READY]
    return meeting


def spoiled(meeting: Meeting, how: Callable[[bytes], bytes]) -> None:
    meeting.spoil = how


def test_the_chip_is_woken_and_set_up_before_it_looks() -> None:
    meeting = meet()
    meeting.run(0.2)
    vectors = {vector["id"]: bytes.fromhex(vector["hex"]) for vector in VECTORS}
    assert meeting.sent == [
        ACK,
        WAKE + bytes.fromhex("0000ff05fbd4140114010200"),
        bytes.fromhex("0000ff02fed4022a00"),
        vectors["pn532-req-retries"],
        vectors["pn532-req-inlist-a"],
    ]


def test_it_looks_four_times_a_second(met: Meeting) -> None:
    met.sent.clear()
    met.run(10.0)
    assert set(met.sent) == {Command.LIST.frame}
    assert 38 <= len(met.sent) <= 40


def test_a_card_is_told_once_however_long_it_lies_and_its_removal_once(met: Meeting) -> None:
    met.emulated.lay(CANTEEN, met.now)
    assert met.run(0.3) == [READ_CANTEEN]
    assert met.run(600.0) == []
    met.emulated.lift()
    assert met.run(0.9) == []
    assert met.run(0.5) == [MemberCardRemoved()]
    assert met.run(600.0) == []


def test_the_next_card_is_told_without_a_gap(met: Meeting) -> None:
    met.emulated.lay(CANTEEN, met.now)
    met.run(1.0)
    met.emulated.lay(SENIOR, met.now)
    assert met.run(1.0) == [MemberCardRemoved(), READ_SENIOR]


def test_a_card_that_is_missed_for_a_moment_is_the_same_visit(met: Meeting) -> None:
    met.emulated.lay(CANTEEN, met.now)
    met.run(1.0)
    met.emulated.lift()
    met.run(0.8)
    met.emulated.lay(CANTEEN, met.now)
    assert met.run(1.0) == []


def test_a_card_that_is_seen_at_every_other_look_stays(met: Meeting) -> None:
    for _ in range(10):
        met.emulated.lay(CANTEEN, met.now)
        met.run(0.6)
        met.emulated.lift()
        met.run(0.6)
    assert met.told == [READY, READ_CANTEEN]


def test_the_same_card_laid_down_again_later_is_a_new_visit(met: Meeting) -> None:
    met.emulated.lay(CANTEEN, met.now)
    met.run(1.0)
    met.emulated.lift()
    met.run(2.0)
    met.emulated.lay(CANTEEN, met.now)
    assert met.run(1.0) == [READ_CANTEEN]


def test_a_phone_is_unfit_once_though_its_number_changes_at_every_look(met: Meeting) -> None:
    met.emulated.lay(PHONE, met.now)
    assert met.run(60.0) == [MemberCardUnfit()]
    met.emulated.lay(CANTEEN, met.now)
    assert met.run(1.0) == [MemberCardRemoved(), READ_CANTEEN]


def test_a_card_whose_number_does_not_fit_is_no_card(met: Meeting) -> None:
    overrun = next(v for v in VECTORS if v["id"] == "pn532-inlist-uid-overrun")
    met.emulated.lay(CANTEEN, met.now)
    spoiled(met, lambda reply: reply if reply == ACK else bytes.fromhex(overrun["hex"]))
    assert met.run(5.0) == []


@pytest.mark.parametrize("after", [0.0, 0.07, 1.0])
def test_a_chip_that_lost_its_power_is_woken_again_and_nobody_notices(met: Meeting, after: float) -> None:
    met.emulated.lay(CANTEEN, met.now)
    met.run(1.0 + after)
    met.sent.clear()
    met.emulated.reset()
    assert met.run(3.0) == []
    assert any(sent.startswith(WAKE) for sent in met.sent)
    met.emulated.lift()
    met.until_told(MemberCardRemoved(), patience=2.0)


def test_a_chip_that_was_left_looking_for_ever_is_stopped() -> None:
    chip = EmulatedPn532()
    chip.hear(WAKE + Command.LIST.frame, 0.0)
    chip.lay(CANTEEN, 0.0)
    assert chip.deadline == 0.0
    meeting = meet(chip)
    assert meeting.run(1.0) == [READY, READ_CANTEEN]


def test_a_silent_line_is_told_after_two_rounds_and_a_late_chip_is_found(met: Meeting) -> None:
    spoiled(met, lambda reply: b"")
    met.emulated.lay(CANTEEN, met.now)
    assert met.run(5.0) == [DeviceTrouble(DeviceFault.SILENT)]
    assert met.run(60.0) == []
    spoiled(met, bytes)
    met.until_told(READ_CANTEEN, patience=5.0)
    assert met.told[-2:] == [READY, READ_CANTEEN]


def test_a_reader_that_falls_silent_ends_the_visit_first(met: Meeting) -> None:
    met.emulated.lay(CANTEEN, met.now)
    met.run(1.0)
    spoiled(met, lambda reply: b"")
    assert met.run(6.0) == [MemberCardRemoved(), DeviceTrouble(DeviceFault.SILENT)]


def test_an_adapter_may_hold_the_first_answer_back_for_a_second_and_a_half() -> None:
    dialogue = Pn532Dialogue()
    dialogue.start(0.0)
    assert dialogue.on_tick(0.1) == [Send(WAKE + Command.SAM.frame)]
    assert dialogue.on_tick(1.55) == []
    for event in Pn532Framing().feed(ACK + enclose(CHIP, b"\x15")):
        answered = dialogue.on_event(event, 1.55)
    assert answered == [Send(Command.FIRMWARE.frame)]


def test_a_chip_that_only_answers_with_errors_is_out_of_order() -> None:
    meeting = meet(spoil=lambda reply: reply if reply == ACK or reply[6] == 0x15 else ERROR)
    meeting.until_told(DeviceTrouble(DeviceFault.OUT_OF_ORDER), patience=15.0)
    assert meeting.told == [DeviceTrouble(DeviceFault.OUT_OF_ORDER)]
    spoiled(meeting, bytes)
    meeting.until_told(READY, patience=5.0)


def test_a_line_that_only_echoes_what_is_sent_is_silent() -> None:
    class Echo(EmulatedPn532):
        def hear(self, received: bytes, now: float) -> list[bytes]:
            return [received]

    meeting = meet(Echo())
    meeting.run(10.0)
    assert meeting.told == [DeviceTrouble(DeviceFault.SILENT)]


def once(damage: Callable[[bytes], bytes], of: int) -> Callable[[bytes], bytes]:
    """Damage only the reply of this many (ACKs are counted too)."""
    seen = 0

    def spoil(reply: bytes) -> bytes:
        nonlocal seen
        seen += 1
        return damage(reply) if seen == of else reply

    return spoil


def turned(reply: bytes) -> bytes:
    """With one bit turned in its last byte but one: DCS."""
    return reply[:-2] + bytes([reply[-2] ^ 1]) + reply[-1:]


def test_a_damaged_answer_is_asked_for_again(met: Meeting) -> None:
    met.sent.clear()
    spoiled(met, once(turned, of=2))
    met.emulated.lay(CANTEEN, met.now)
    assert met.run(0.3) == [READ_CANTEEN]
    assert met.sent == [Command.LIST.frame, NACK]


def test_a_lost_answer_costs_one_look_and_no_new_beginning(met: Meeting) -> None:
    met.sent.clear()
    spoiled(met, once(lambda reply: b"", of=2))
    met.run(1.0)
    assert met.sent == [Command.LIST.frame, ACK, Command.LIST.frame]


DAMAGE: dict[str, Callable[[bytes], bytes]] = {
    "lost": lambda reply: b"",
    "half": lambda reply: reply[: len(reply) // 2],
    "turned": turned,
    "noisy": lambda reply: b"\x55\x00\x80\xff\x00" + reply,
    "wrong length": EmulatedPn532().wrong_length,
    "error": lambda reply: ERROR,
    "another's": lambda reply: enclose(CHIP, b"\x03\x32\x01\x06\x07"),
    "twice": lambda reply: reply + reply,
}


@pytest.mark.parametrize("name", DAMAGE)
@pytest.mark.parametrize("of", range(1, 11))
def test_one_damaged_reply_delays_a_card_and_tells_nobody(name: str, of: int) -> None:
    """The first eight set the chip up, the next two are the first look that sees the card."""
    meeting = meet(spoil=once(DAMAGE[name], of))
    meeting.emulated.lay(CANTEEN, meeting.now)
    meeting.run(5.0)
    assert meeting.told == [READY, READ_CANTEEN]


@pytest.mark.parametrize("name", DAMAGE)
def test_damage_now_and_then_never_ends_a_visit(met: Meeting, name: str) -> None:
    chance = random.Random(name)
    met.emulated.lay(CANTEEN, met.now)
    met.run(1.0)
    spoiled(met, lambda reply: DAMAGE[name](reply) if chance.random() < 0.1 else reply)
    assert met.run(60.0) == []
    met.emulated.lift()
    met.until_told(MemberCardRemoved(), patience=10.0)


@settings(max_examples=60, deadline=None)
@given(
    st.lists(
        st.one_of(
            st.sampled_from([ACK, NACK, ERROR, b""]),
            st.binary(max_size=6).map(lambda data: enclose(CHIP, b"\x4b" + data)),
            st.tuples(st.sampled_from([HOST, CHIP, 0x00]), st.binary(min_size=1, max_size=12)).map(
                lambda frame: enclose(*frame)
            ),
            st.binary(max_size=40),
        ),
        max_size=60,
    )
)
def test_whatever_a_line_says_the_dialogue_goes_on_and_finds_the_card(junk: list[bytes]) -> None:
    waiting = list(junk)
    meeting = meet(spoil=lambda reply: waiting.pop() if waiting else reply)
    meeting.run(1.0)
    meeting.emulated.lay(CANTEEN, meeting.now)
    meeting.run(90.0)
    assert not waiting
    cards = [event for event in meeting.told if isinstance(event, MemberCardRead | MemberCardRemoved)]
    assert cards[-1] == READ_CANTEEN


def test_orders_are_nothing_to_it_and_the_end_closes_the_visit(met: Meeting) -> None:
    met.emulated.lay(CANTEEN, met.now)
    met.run(1.0)
    assert [met.dialogue.on_order(order, met.now) for order in Order] == [[], [], []]
    (ended,) = met.dialogue.end()
    assert not isinstance(ended, Send)
    assert ended.event == MemberCardRemoved()
    assert met.dialogue.end() == []


def test_stale_bytes_before_the_first_request_are_not_heard() -> None:
    dialogue = Pn532Dialogue()
    dialogue.start(0.0)
    lies: list[DeviceEvent] = []
    for event in Pn532Framing().feed(ACK + enclose(CHIP, b"\x4b\x01\x01\x00\x04\x08\x04" + SENIOR)):
        lies += [action.event for action in dialogue.on_event(event, 0.05) if not isinstance(action, Send)]
    assert lies == []


def test_a_late_answer_to_what_was_asked_before_is_not_heard() -> None:
    """Only behind the ACK of a command can its reply come."""
    dialogue = Pn532Dialogue()
    dialogue.start(0.0)
    dialogue.on_tick(0.1)
    late = enclose(CHIP, b"\x4b\x01\x01\x00\x04\x08\x04" + SENIOR)
    for event in Pn532Framing().feed(late + enclose(CHIP, b"\x15")):
        assert dialogue.on_event(event, 0.2) == []
    for event in Pn532Framing().feed(ACK + enclose(CHIP, b"\x15")):
        answered = dialogue.on_event(event, 0.3)
    assert answered == [Send(Command.FIRMWARE.frame)]


# The emulated chip


def test_the_emulated_chip_sleeps_until_it_is_woken() -> None:
    chip = EmulatedPn532()
    assert chip.hear(Command.FIRMWARE.frame, 0.0) == []
    assert chip.hear(WAKE + Command.FIRMWARE.frame, 0.0) == [ACK, enclose(CHIP, b"\x03\x32\x01\x06\x07")]
    chip.reset()
    assert chip.hear(Command.FIRMWARE.frame, 0.0) == []


def test_the_emulated_chip_answers_as_one_did_in_the_field() -> None:
    captured = next(v for v in VECTORS if v["id"] == "pn532-inlist-4byte-4")
    chip = EmulatedPn532()
    chip.lay(bytes.fromhex(captured["expect"]["uid"]))
    assert b"".join(chip.hear(WAKE + Command.LIST.frame, 0.0)) == bytes.fromhex(captured["hex"])


def test_without_a_limit_it_looks_until_a_card_comes_or_it_is_stopped() -> None:
    chip = EmulatedPn532()
    assert chip.hear(WAKE + Command.LIST.frame, 0.0) == [ACK]
    assert chip.deadline == NEVER
    chip.lay(SENIOR, 1.0)
    assert chip.deadline <= 1.0
    (listed,) = chip.tick(1.0)
    assert chip.deadline == NEVER
    assert listed in chip.hear(NACK, 1.0)
    chip.lift()
    chip.hear(Command.LIST.frame + ACK, 2.0)
    chip.lay(SENIOR, 3.0)
    assert chip.deadline == NEVER


def test_it_releases_says_what_it_does_not_know_and_forgets_half_a_request() -> None:
    chip = EmulatedPn532()
    assert chip.hear(WAKE + enclose(HOST, b"\x52\x00"), 0.0) == [ACK, enclose(CHIP, b"\x53\x00")]
    assert chip.hear(enclose(HOST, b"\x99"), 0.0) == [ACK, ERROR]
    assert chip.hear(Command.SAM.frame[:6], 0.0) == []
    assert chip.tick(chip.deadline) == []
    assert chip.deadline == NEVER
    assert len(chip.hear(Command.SAM.frame, 1.0)) == 2


def test_a_card_has_a_number_of_a_length_that_exists() -> None:
    with pytest.raises(ValueError, match="4, 7 or 10"):
        EmulatedPn532().lay(bytes(5))


def test_the_wrong_length_is_one_that_its_own_check_agrees_with() -> None:
    right = enclose(CHIP, b"\x4b\x00")
    wrong = EmulatedPn532().wrong_length(right)
    assert wrong[3] == right[3] + 4
    framing = Pn532Framing()
    assert framing.feed(wrong) == []
    assert [event for event in framing.feed(ACK + right) if isinstance(event, Frame)]


def test_a_card_s_number_is_not_in_the_repr_of_what_is_told() -> None:
    """K32."""
    assert "A1B2" not in repr(READ_SENIOR)


def test_the_settings_make_its_parts() -> None:
    setting = DeviceSettings("member_card", "pn532", "/dev/null")
    assert isinstance(FAMILY.framing(setting), Pn532Framing)
    assert isinstance(FAMILY.dialogue(setting), Pn532Dialogue)
    assert {len(thing.content) for thing in FAMILY.things(None)} == {4, 7, 10}
