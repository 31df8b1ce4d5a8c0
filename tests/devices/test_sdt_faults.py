"""What goes wrong on the line, in the module and on the card, as bytes: the card is read in the end, once."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kiosk.devices.events import CardFault, CardRead, CardRemoved, CardTrouble, DeviceReady, NothingLies
from kiosk.devices.sdt import framing as sdt
from kiosk.devices.sdt.command import Command
from kiosk.devices.sdt.emulated import Behaviour, EmulatedModule
from kiosk.devices.sdt.framing import Frame, enclose, reply
from kiosk.identity.card import CardWarning
from kiosk.identity.content import parse_text

if TYPE_CHECKING:
    from tests.devices.conftest import Talk

MakeBlock = Callable[..., bytes]
MakeTalk = Callable[..., "Talk"]
Spoil = Callable[[bytes], bytes]
DONE, FOUND, NO_CARD = "000090", "00009f", "000080"
OTHER = {"name": "李梅", "birth": "19700612", "number": "99010119700612004X"}

BESIDE: dict[str, Spoil] = {
    "NULs before it": lambda good: bytes(64) + good,
    "boot text before it": lambda good: b"\r\nSAM_V boot 3.1 ... ok\r\n" + good,
    "a modem probe before it": lambda good: b"AT+GMM\r\nATI\r\n" + good,
    "one more AA": lambda good: b"\xaa" + good,
    "five more AA": lambda good: b"\xaa" * 5 + good,
    "half a preamble before it": lambda good: sdt.PREAMBLE[:4] + good,
    "a preamble without a frame before it": lambda good: sdt.PREAMBLE + good,
    "a stray byte after it": lambda good: good + b"\x00",
    "half a preamble after it": lambda good: good + sdt.PREAMBLE[:3],
    "junk after it": lambda good: good + bytes(range(1, 200, 7)),
    "a frame of length 0 before it": lambda good: sdt.PREAMBLE + b"\x00\x00" + good,
    "a frame of length 3 before it": lambda good: sdt.PREAMBLE + b"\x00\x03" + good,
    "a frame of length FFFF before it": lambda good: sdt.PREAMBLE + b"\xff\xff" + good,
    "a bad frame glued before it": lambda good: reply(NO_CARD)[:-1] + b"\x00" + good,
}
"""Junk beside a good reply: the reply counts, nothing is repeated."""


def without(good: bytes, at: int, count: int = 2) -> bytes:
    return good[:at] + good[at + count :]


SPOILED: dict[str, Spoil] = {
    "a wrong checksum": lambda good: good[:-1] + bytes([good[-1] ^ 1]),
    "length 0": lambda good: good[:5] + b"\x00\x00" + good[7:],
    "length 3": lambda good: good[:5] + b"\x00\x03" + good[7:],
    "length FFFF": lambda good: good[:5] + b"\xff\xff" + good[7:],
    "a plausible wrong length": lambda good: good[:5] + bytes([good[5] | 9]) + good[6:],
    "a wrong length with a checksum that fits": lambda good: EmulatedModule().wrong_length(good),
    "a length of one less": lambda good: good[:5] + (len(good) - 8).to_bytes(2, "big") + good[7:],
    "00 in the preamble": lambda good: good[:3] + b"\x00" + good[3:],
    "00 behind the preamble": lambda good: good[:5] + b"\x00" + good[5:],
    "two bytes of the preamble missing": lambda good: without(good, 0),
    "two bytes of the length missing": lambda good: without(good, 5),
    "two bytes of the body missing": lambda good: without(good, 7),
    "two bytes of the end missing": lambda good: without(good, len(good) - 2),
    "00 in the preamble and two bytes missing": lambda good: without(good[:4] + b"\x00" + good[4:], 8),
    "the second half missing": lambda good: good[: len(good) // 2],
    "one byte of it": lambda good: good[:1],
    "a vendor's mark for a timeout": lambda good: sdt.PREAMBLE + b"\x00\x05\x05\x05\x05",
    "such a mark glued before it, so that together they have a sound checksum": lambda good: (
        sdt.PREAMBLE + b"\x00\x05\x05\x05\x05" + good
    ),
    "another speed": lambda good: bytes((byte * 7 + 3) & 0xF0 for byte in good[::6]),
    "nothing": lambda good: b"",
}
"""The reply itself is lost."""

CARD_COMMANDS = [Command.FIND, Command.SELECT, Command.READ, Command.ADDRESS]


def once(command: Command, spoil: Spoil) -> Callable[[Frame, bytes], bytes]:
    """Spoils the first reply to this command that is no "no card"."""
    spoiled: list[bytes] = []

    def arrives(request: Frame, good: bytes) -> bytes:
        if request.command != command.value.hex() or good == reply(NO_CARD) or spoiled:
            return good
        spoiled.append(good)
        return spoil(good)

    return arrives


@pytest.mark.parametrize("fault", BESIDE)
@pytest.mark.parametrize("command", CARD_COMMANDS)
def test_junk_beside_a_reply_changes_nothing(
    talk: Talk, block: MakeBlock, command: Command, fault: str
) -> None:
    module = EmulatedModule()
    talk.serve(module, 1.0)
    talk.arrives = once(command, BESIDE[fault])
    module.lay(block())
    before = len(talk.ever_sent)
    assert talk.serve(module, 1.0) == [CardRead(parse_text(block()))]
    asked = [sent[7:9] for sent in talk.ever_sent[before:]]
    assert asked.count(Command.READ.value) == 1
    assert Command.RESET.value not in asked


@pytest.mark.parametrize("fault", SPOILED)
@pytest.mark.parametrize("command", CARD_COMMANDS)
@pytest.mark.parametrize("behaviour", list(Behaviour))
def test_a_reply_that_is_lost_costs_no_card(
    talk: Talk, block: MakeBlock, behaviour: Behaviour, command: Command, fault: str
) -> None:
    """K34: the card comes, once. Only who waits longer than 2.9 s hears of it before."""
    module = EmulatedModule(behaviour)
    talk.serve(module, 1.0)
    talk.arrives = once(command, SPOILED[fault])
    module.lay(block())
    laid = talk.now
    told = talk.serve(module, 2.8)
    if not told:
        assert talk.serve(module, 3.0 - (talk.now - laid)) == [CardTrouble(CardFault.HOLD_STILL)]
        told = talk.serve(module, 2.0)
    assert told == [CardRead(parse_text(block()))]
    assert talk.serve(module, 10.0) == []
    module.lift()
    assert talk.serve(module, 4.0) == [CardRemoved()]


@pytest.mark.parametrize("command", [Command.STATUS, Command.NUMBER, Command.RESET])
@pytest.mark.parametrize("fault", SPOILED)
def test_a_start_that_goes_wrong_once_is_no_trouble(talk: Talk, command: Command, fault: str) -> None:
    talk.arrives = once(command, SPOILED[fault])
    told = talk.serve(EmulatedModule(), 5.0)
    assert [type(event) for event in told] == [DeviceReady, NothingLies]


def test_an_adapter_that_echoes_every_request_changes_nothing(talk: Talk, block: MakeBlock) -> None:
    talk.arrives = lambda request, good: enclose(request.body) + good
    module = EmulatedModule()
    assert [type(event) for event in talk.serve(module, 2.0)] == [DeviceReady, NothingLies]
    module.lay(block())
    assert talk.serve(module, 0.4) == [CardRead(parse_text(block()))]
    module.lift()
    assert talk.serve(module, 4.0) == [CardRemoved()]


def test_a_length_of_a_vendor_s_own_swallows_the_next_frame_only_for_a_moment(talk: Talk) -> None:
    """0904 for 0004: the reply that it swallows comes out once the line is silent."""
    talk.hello().expect("2001")
    talk.hear(sdt.PREAMBLE + bytes.fromhex("0904000080") + reply(FOUND, bytes(4)))
    assert not talk.dialogue.card_present
    talk.hush().expect("2002")
    assert talk.dialogue.card_present


def test_a_photo_that_holds_a_frame_is_a_photo(talk: Talk, block: MakeBlock) -> None:
    photo = (b"\x17" * 100 + reply(NO_CARD) + sdt.PREAMBLE + b"\x00\x04").ljust(1024, b"\x55")
    talk.hello().expect("2001").answer(FOUND).expect("2002").answer(DONE).expect("3001")
    talk.hear(reply(DONE, b"\x01\x00\x04\x00" + block() + photo), piece=1)
    talk.never_moved()
    assert talk.told[1:] == [CardRead(parse_text(block()))]


def test_the_late_reply_of_one_command_never_counts_for_the_next(talk: Talk, block: MakeBlock) -> None:
    """Every reply comes one command late, for a while; then the reader is quick again."""
    module = EmulatedModule(first_find_misses=False)
    talk.serve(module, 1.0)
    waiting: list[bytes] = []

    def one_late(request: Frame, good: bytes) -> bytes:
        waiting.append(good)
        return waiting.pop(0) if len(waiting) > 1 else b""

    talk.arrives = one_late
    module.lay(block())
    told = talk.serve(module, 8.0)
    talk.arrives = lambda request, good: good
    told += talk.serve(module, 20.0)
    assert [event for event in told if isinstance(event, CardRead)] == [CardRead(parse_text(block()))]
    assert talk.dialogue.card_present


def test_a_reader_that_starts_again_in_the_middle_of_a_visit(talk: Talk, block: MakeBlock) -> None:
    """60 while it starts, then boot text, then well; the same card lies there all the time."""
    module = EmulatedModule(Behaviour.FINDS_AGAIN)
    talk.serve(module, 1.0)
    module.lay(block())
    talk.serve(module, 2.0)
    module.reset()
    talk.arrives = once(Command.FIND, lambda good: reply("000060") + b"boot\r\n")
    assert talk.serve(module, 5.0) == []
    module.lift()
    assert talk.serve(module, 4.0) == [CardRemoved()]


@pytest.mark.parametrize("cut", ["lifted and refused", "cut and then silent"])
def test_a_card_lifted_while_it_is_read_is_read_when_it_lies_again(
    talk: Talk, block: MakeBlock, cut: str
) -> None:
    module = EmulatedModule()
    talk.serve(module, 1.0)
    spoil: Spoil = (lambda good: reply("000041")) if "refused" in cut else (lambda good: good[:700])
    talk.arrives = once(Command.READ, spoil)
    module.lay(block())
    talk.serve(module, 0.1)
    module.lift()
    assert talk.serve(module, 2.0) == []
    assert not talk.dialogue.card_present
    module.lay(block())
    assert talk.serve(module, 1.0) == [CardRead(parse_text(block()))]


def test_a_card_swapped_between_find_and_read_is_the_one_that_was_read(talk: Talk, block: MakeBlock) -> None:
    talk.hello().expect("2001").answer(FOUND).expect("2002").answer("000081")
    talk.read(block(**OTHER)).never_moved()
    assert talk.told[1:] == [CardRead(parse_text(block(**OTHER)))]


def test_a_card_swapped_in_a_blink_is_a_new_visit(talk: Talk, block: MakeBlock) -> None:
    """One look saw nothing: what is found then is read before it is believed."""
    talk.hello().read(block()).never_moved()
    talk.expect("2001").answer(NO_CARD).read(block(**OTHER)).never_moved()
    assert talk.told[2:] == [CardRemoved(), CardRead(parse_text(block(**OTHER)))]


def test_one_bad_moment_of_a_card_that_was_read_is_not_spoken_of(talk: Talk, block: MakeBlock) -> None:
    """Minutes into a visit a look misses, the card is found again and not selected at once: no trouble."""
    module = EmulatedModule(Behaviour.FINDS_AGAIN)
    talk.serve(module, 1.0)
    module.lay(block())
    talk.serve(module, 60.0)
    told = len(talk.told)
    talk.next_request()
    talk.answer(NO_CARD).expect("2001").answer(FOUND).expect("2002").answer("000081")
    talk.read(block())
    assert talk.told[told:] == []


def good_payloads(block: MakeBlock) -> Iterator[tuple[str, bytes, dict[str, object]]]:
    """Odd contents that are a card all the same, and what is odd about it."""
    sizes = b"\x01\x00\x04\x00"
    photo = bytes(1024)
    full = {
        "name": "阿不都热西提·样本示例名字长度",
        "address": "一二三四五六七" * 5,
        "authority": "样本市公安局" * 2 + "和平区",
    }
    yield "no photo", b"\x01\x00\x00\x00" + block(), {}
    yield "a text of 220 bytes", b"\x00\xdc\x04\x00" + block()[:220] + photo, {}
    yield "fields without padding", sizes + block(**full) + photo, {"name": full["name"]}
    yield "NULs for padding", sizes + block().replace(b" \0", b"\0\0") + photo, {"name": "张桂芳"}
    yield "a rare character", sizes + block(name="陈\ue863") + photo, {"name": "陈\ue863"}
    yield "half a character", sizes + block(address="样本市\ud842路") + photo, {"address": None}
    yield "an unknown group", sizes + block(ethnic_code="77") + photo, {"name": "张桂芳"}
    yield "an unknown sex", sizes + block(sex_code="7") + photo, {"sex": None}
    yield "a sex that is not the number's", sizes + block(sex_code="1") + photo, {"sex": None}
    yield "an unknown mark", sizes + block()[:248] + b"Q\0" + block()[250:] + photo, {"name": "张桂芳"}
    yield "expired", sizes + block(valid_to="20100101") + photo, {"name": "张桂芳"}


def test_odd_contents_are_a_card_without_what_is_odd(new_talk: MakeTalk, block: MakeBlock) -> None:
    for name, payload, fields in good_payloads(block):
        talk = new_talk().hello()
        talk.expect("2001").answer(FOUND).expect("2002").answer(DONE).expect("3001")
        talk.hear(reply(DONE, payload)).never_moved()
        (event,) = talk.told[1:]
        assert isinstance(event, CardRead), name
        offered = event.card.fields()
        assert offered["id_number"] == "990101194403050029", name
        assert {key: offered.get(key) for key in fields} == fields, name
        assert event.card.expired(date(2026, 1, 1)) == (name == "expired")
        assert (CardWarning.PRIVATE_USE_CHARACTER in event.card.warnings) == (name == "a rare character")


def bad_payloads(block: MakeBlock) -> Iterator[tuple[str, bytes]]:
    """Replies that are a success by their status, and no card."""
    sizes, photo = b"\x01\x00\x04\x00", bytes(1024)
    yield "nothing", b""
    yield "half a header", b"\x01\x00\x04"
    yield "lengths that promise more", sizes + block() + bytes(700)
    yield "lengths that promise less", b"\x01\x00\x02\x00" + block() + photo
    yield "lengths of FFFF", b"\xff\xff\xff\xff" + block() + photo
    yield "no text", b"\x00\x00\x04\x00" + photo
    yield "too little text", b"\x00\xdb\x04\x00" + block()[:219] + photo
    yield "erased", sizes + b"\xff" * 256 + photo
    yield "never written", sizes + bytes(256) + photo
    yield "blank", sizes + b" \0" * 128 + photo
    yield "a header with fingerprints", b"\x01\x00\x04\x00\x00\x00" + block() + photo
    yield "a failing check digit", sizes + block(number="990101194403050028") + photo
    yield "another birth date than the number's", sizes + block(birth="19440306") + photo
    yield "no birth date", sizes + block(birth="") + photo


def test_contents_that_are_no_card_are_read_again_and_then_told(new_talk: MakeTalk, block: MakeBlock) -> None:
    """K34: three attempts, then "lay it down again"; half a card is never shown."""
    for name, payload in bad_payloads(block):
        talk = new_talk().hello()
        for _ in range(3):
            assert talk.told[1:] == [], name
            talk.expect("2001").answer(FOUND).expect("2002").answer(DONE).expect("3001")
            talk.hear(reply(DONE, payload)).expect("10ff").answer(DONE)
        assert talk.told[1:] == [CardTrouble(CardFault.BAD_READ)], name
        talk.read(block()).never_moved()
        assert talk.told[2:] == [CardRead(parse_text(block()))], name


LINE = st.one_of(st.sampled_from([*BESIDE.values(), *SPOILED.values()]), st.just(lambda good: good))


@settings(max_examples=60, deadline=None)
@given(behaviour=st.sampled_from(Behaviour), row=st.lists(LINE, max_size=40), dwell=st.floats(0.1, 3.0))
def test_any_row_of_bad_replies_ends_with_the_card_read_once(
    new_talk: MakeTalk, block: MakeBlock, behaviour: Behaviour, row: list[Spoil], dwell: float
) -> None:
    """K34: whatever happened before, a card is read when the line is good again; nobody is read twice."""
    talk, module = new_talk(), EmulatedModule(behaviour)
    left = list(row)
    talk.arrives = lambda request, good: left.pop(0)(good) if left else good
    talk.serve(module, dwell)
    module.lay(block())
    told = talk.serve(module, 60.0)
    left.clear()
    told += talk.serve(module, 30.0)
    state = [event for event in told if isinstance(event, CardRead | CardRemoved)]
    assert state[-1:] == [CardRead(parse_text(block()))]
    assert [type(event) for event in state] == [
        CardRemoved if place % 2 else CardRead for place in range(len(state))
    ]
    module.lift()
    assert talk.serve(module, 5.0) == [CardRemoved()]
    assert not talk.asked_for_fingerprints()


@settings(max_examples=60, deadline=None)
@given(noise=st.lists(st.binary(max_size=60), max_size=40))
def test_no_bytes_whatever_stop_the_dialogue(new_talk: MakeTalk, noise: list[bytes]) -> None:
    talk = new_talk()
    for piece in noise:
        talk.next_request()
        talk.hear(piece).hush()
    talk.line.idle()
    talk.next_request()
    assert not [event for event in talk.told if isinstance(event, CardRead)]
    assert not talk.asked_for_fingerprints()


def test_no_command_of_ours_asks_for_fingerprints_or_sets_the_speed() -> None:
    """A kiosk has no use for prints; the speed would be remembered over power cycles."""
    assert {command.value for command in Command} == {
        bytes.fromhex(code) for code in ("10ff", "11ff", "12ff", "2001", "2002", "3001", "3003")
    }
