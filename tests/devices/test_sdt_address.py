"""Where a person lives now stands on the chip, behind what is printed: asked for, and never in the way."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kiosk.devices.events import CardFault, CardRead, CardRemoved, CardTrouble, DeviceEvent, DeviceTrouble
from kiosk.devices.sdt.emulated import Behaviour, EmulatedModule
from kiosk.devices.sdt.framing import reply
from kiosk.identity.card import CardKind
from kiosk.identity.content import addresses, parse_text
from kiosk.identity.layout import compose
from kiosk.identity.people import Person, load_people

if TYPE_CHECKING:
    from tests.devices.conftest import Talk

MakeBlock = Callable[..., bytes]
MakeTalk = Callable[..., "Talk"]
DONE, NO_CARD, FOUND = "000090", "000080", "00009f"
FIRST, NOW = "示例省样本市东湖区柳岸路88号", "示例省样本市西山镇清泉村4组"


def slot(text: str) -> bytes:
    return text.ljust(35).encode("utf-16-le", "surrogatepass")


def people(kind: CardKind) -> Person:
    return next(person for person in load_people() if person.kind is kind)


def moved(memory: bytes) -> list[DeviceEvent]:
    return [CardRead(replace(parse_text(memory), address_now=NOW))]


@pytest.mark.parametrize(
    "appended",
    [
        slot(NOW),
        slot(FIRST) + slot(NOW),
        slot(FIRST) + slot(NOW) + slot("") + bytes(70),
        slot(FIRST) + slot(FIRST) + slot(FIRST) + slot(NOW),
        slot(NOW) + b"\xff" * 210,
    ],
    ids=["one", "two", "empty slots behind it", "four", "slots never written"],
)
def test_the_last_address_on_the_chip_is_where_the_person_lives(
    talk: Talk, block: MakeBlock, appended: bytes
) -> None:
    talk.hello().read(block()).expect("3003").answer(DONE, appended)
    assert talk.told[1:] == moved(block())
    card = parse_text(block())
    now = replace(card, address_now=NOW)
    assert now.fields() == card.fields() | {"address": NOW}
    assert now.address == card.address


@pytest.mark.parametrize("status", ["000091", "000041", "000040", "000080", "000031", "00003f"])
def test_a_card_without_a_second_address_counts_as_it_is_printed(
    talk: Talk, block: MakeBlock, status: str
) -> None:
    talk.hello().read(block()).expect("3003").answer(status)
    assert talk.told[1:] == [CardRead(parse_text(block()))]
    talk.expect("2001")


@pytest.mark.parametrize("size", [1, 16, 69, 71, 139, 281, 350, 1284])
def test_a_reply_that_is_no_row_of_addresses_is_none(talk: Talk, block: MakeBlock, size: int) -> None:
    talk.hello().read(block()).expect("3003").answer(DONE, (slot(NOW) * 20)[:size])
    assert talk.told[1:] == [CardRead(parse_text(block()))]


def test_an_address_that_cannot_be_read_is_not_replaced_by_the_old_one(block: MakeBlock) -> None:
    """The person is asked: the printed address is known not to hold any more."""
    (broken,) = addresses(slot("样本市\ud842柳岸路"))
    assert "address" not in replace(parse_text(block()), address_now=broken).fields()


def test_a_module_that_says_nothing_about_addresses_costs_one_wait(talk: Talk, block: MakeBlock) -> None:
    """K34: the card is there within three seconds of being found, and is never told twice."""
    talk.hello().expect("2001")
    found = talk.now
    talk.answer(FOUND).expect("2002").answer(DONE)
    talk.now += 1.5  # a slow module
    talk.expect("3001").answer(DONE, b"\x01\x00\x00\x00" + block()).expect("3003").silence()
    assert talk.told[1:] == [CardRead(parse_text(block()))]
    assert talk.now - found <= 3.0
    talk.expect("2001").answer(FOUND)
    assert len(talk.told) == 2


def test_a_module_that_stays_silent_about_addresses_is_not_asked_a_third_time(
    talk: Talk, block: MakeBlock
) -> None:
    talk.hello()
    other = block(name="李梅", birth="19700612", number="99010119700612004X")
    for memory in (block(), other):
        talk.read(memory).expect("3003").silence()
        talk.expect("2001").answer(NO_CARD)
    told = len(talk.told)
    talk.read(block())
    assert talk.told[told:] == [CardRemoved(), CardRead(parse_text(block()))]


def test_a_read_that_took_all_the_time_is_told_without_asking_more(talk: Talk, block: MakeBlock) -> None:
    """K34."""
    talk.hello().expect("2001").answer(FOUND).expect("2002").answer(DONE).expect("3001")
    talk.now += 2.7
    talk.answer(DONE, b"\x01\x00\x00\x00" + block())
    assert talk.told[1:] == [CardRead(parse_text(block()))]
    talk.expect("2001")


@pytest.mark.parametrize("kind", [CardKind.FOREIGN_2023, CardKind.FOREIGN_2017])
def test_cards_of_foreign_residents_hold_no_addresses_and_are_not_asked(talk: Talk, kind: CardKind) -> None:
    memory = people(kind).text_block()
    talk.hello().read(memory)
    assert talk.told[1:] == [CardRead(parse_text(memory))]
    talk.expect("2001")


def test_a_port_that_is_lost_while_the_address_is_asked_for_loses_no_card(
    talk: Talk, block: MakeBlock
) -> None:
    talk.hello().read(block()).expect("3003")
    told = talk.dialogue.end()
    assert [getattr(action, "event", None) for action in told] == [
        CardRead(parse_text(block())),
        CardRemoved(),
    ]


def test_a_module_that_breaks_while_the_address_is_asked_for_loses_no_card(
    talk: Talk, block: MakeBlock
) -> None:
    talk.hello().read(block()).expect("3003").answer("000060")
    assert talk.told[1:] == [CardRead(parse_text(block()))]
    talk.expect("11ff").answer("000060")
    assert talk.told[2] == CardRemoved()
    assert isinstance(talk.told[3], DeviceTrouble)


def test_a_late_address_is_not_taken_for_anything_else(talk: Talk, block: MakeBlock) -> None:
    talk.hello().read(block()).expect("3003").silence()
    told = len(talk.told)
    talk.expect("2001").answer(DONE, slot(NOW)).answer(FOUND)
    talk.hello().read(block()).expect("2001")
    assert talk.told[told:] == []


@pytest.mark.parametrize("behaviour", list(Behaviour))
@pytest.mark.parametrize("habit", [True, False])
def test_who_moved_is_read_once_whatever_the_reader_does(
    talk: Talk, block: MakeBlock, behaviour: Behaviour, habit: bool
) -> None:
    module = EmulatedModule(behaviour, first_find_misses=habit)
    talk.serve(module, 1.0)
    module.lay(block() + slot(FIRST) + slot(NOW))
    assert talk.serve(module, 30.0) == moved(block())
    module.lift()
    assert talk.serve(module, 3.0) == [CardRemoved()]


@pytest.mark.parametrize("status", ["000021", None, "000041"])
@pytest.mark.parametrize("behaviour", list(Behaviour))
def test_a_module_that_knows_no_addresses_still_notices_that_the_card_is_gone(
    talk: Talk, block: MakeBlock, behaviour: Behaviour, status: str | None
) -> None:
    """Refused, silent, or "read failed" at every question for an address, before and after the card goes."""
    module = EmulatedModule(behaviour)
    talk.arrives = lambda request, good: (
        good if request.command != "3003" else reply(status) if status else b""
    )
    talk.serve(module, 1.0)
    module.lay(block())
    assert talk.serve(module, 30.0) == [CardRead(parse_text(block()))]
    module.lift()
    assert talk.serve(module, 10.0) == [CardRemoved()]


@settings(max_examples=40, deadline=None)
@given(
    behaviour=st.sampled_from(Behaviour),
    rows=st.lists(st.lists(st.text("示例样本路号", min_size=1, max_size=35), max_size=4), max_size=4),
)
def test_nobody_gets_the_address_of_somebody_else(
    new_talk: MakeTalk, block: MakeBlock, behaviour: Behaviour, rows: list[list[str]]
) -> None:
    talk, module = new_talk(), EmulatedModule(behaviour)
    talk.serve(module, 1.0)
    for turn, row in enumerate(rows):
        memory = block() if turn % 2 else block(name="李梅", birth="19700612", number="99010119700612004X")
        module.lay(memory + b"".join(map(slot, row)))
        card = replace(parse_text(memory), address_now=row[-1] if row else "")
        assert talk.serve(module, 2.0) == [CardRead(card)]
        module.lift()
        assert talk.serve(module, 4.0) == [CardRemoved()]


def test_a_slow_line_gets_the_time_that_its_bytes_take(new_talk: MakeTalk, block: MakeBlock) -> None:
    """K34: at 9600 the bytes alone take 1.35 s. After 2.9 s the person hears why; the reply still counts."""
    talk = new_talk(9600)
    talk.hello().expect("2001").answer(FOUND).expect("2002").answer(DONE).expect("3001")
    begun = talk.now
    talk.silence()
    assert talk.told[1:] == [CardTrouble(CardFault.HOLD_STILL)]
    assert talk.now - begun <= 3.0
    talk.now = begun + 3.4
    talk.answer(DONE, b"\x01\x00\x04\x00" + block() + bytes(1024)).never_moved()
    assert talk.told[2:] == [CardRead(parse_text(block()))]


def test_a_card_of_each_kind_is_read_whatever_the_reader_does(new_talk: MakeTalk) -> None:
    for behaviour in Behaviour:
        talk, module = new_talk(), EmulatedModule(behaviour)
        talk.serve(module, 1.0)
        for person in load_people():
            module.lay(person.memory())
            (told,) = talk.serve(module, 2.0)
            assert isinstance(told, CardRead)
            assert told.card.kind is person.kind
            assert told.card.fields()["name"] == person.label
            assert told.card.fields().get("address", "") == (person.moved_to or (person.address,))[-1]
            assert not told.card.expired(date(2024, 11, 30))
            module.lift()
            talk.serve(module, 4.0)


def test_texts_that_fill_their_fields_do_not_run_into_each_other() -> None:
    texts = {
        "name": "甲" * 15,
        "name_latin": "A" * 35 + "B" * 11,
        "nationality": "XBB",
        "number": "999999194802150016",
        "birth": "19480215",
        "sex_code": "1",
        "issue_count": "01",
        "valid_from": "20240301",
        "valid_to": "20340228",
    }
    card = parse_text(compose(CardKind.FOREIGN_2023, texts))
    assert (card.name, card.name_latin) == ("甲" * 15, "A" * 35 + "B" * 11)
    assert (card.nationality, card.issue_count) == ("XBB", "01")
    assert card.sound
