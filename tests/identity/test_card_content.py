"""The 256 bytes on a card become a Card; odd ones warn, unsound ones offer nothing."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from kiosk.devices.sdt.replies import module_number, slice_read_reply
from kiosk.identity.card import CardKind, CardWarning
from kiosk.identity.content import addresses, parse_text
from kiosk.identity.layout import LAYOUTS
from kiosk.identity.people import NOBODYS, load_people
from kiosk.identity.record import card_record

Vector = dict[str, Any]
MakeBlock = Callable[..., bytes]


def test_every_text_block_gives_the_card_of_its_vector(text_vector: Vector) -> None:
    card = parse_text(bytes.fromhex(text_vector["hex"]))
    expect = dict(text_vector["expect"])
    assert set(expect.pop("warnings_include", [])) <= set(card.warnings)
    record = card_record(card)
    assert {key: record.get(key) for key in expect} == expect
    assert card.sound


def test_every_layout_fills_256_bytes_without_overlap() -> None:
    for kind, layout in LAYOUTS.items():
        taken = [
            place
            for spans in layout.values()
            for start, size in spans
            for place in range(start, start + size)
        ]
        assert len(taken) == len(set(taken)), kind
        assert max(taken) < 256


def test_a_sound_card_offers_its_five_fields(block: MakeBlock) -> None:
    assert parse_text(block()).fields() == {
        "name": "张桂芳",
        "birth_date": "1944-03-05",
        "id_number": "990101194403050029",
        "address": "示例省样本市和平区梧桐街道12号楼2单元101室",
        "sex": "女",
    }


def test_a_failing_check_digit_is_a_bad_read_and_offers_nothing(block: MakeBlock) -> None:
    card = parse_text(block(number="990101194403050028"))
    assert not card.sound
    assert not card.number_valid
    assert card.fields() == {}


def test_a_birth_date_that_is_not_the_number_s_offers_nothing(block: MakeBlock) -> None:
    card = parse_text(block(birth="19440306"))
    assert CardWarning.NUMBER_BIRTH in card.warnings
    assert card.fields() == {}


def test_a_sex_that_is_not_the_number_s_is_left_out(block: MakeBlock) -> None:
    card = parse_text(block(sex_code="1"))
    assert CardWarning.NUMBER_SEX in card.warnings
    assert "sex" not in card.fields()
    assert card.fields()["name"] == "张桂芳"


def test_blank_and_erased_memory_are_bad_reads() -> None:
    for memory in (b"\xff" * 256, bytes(256), b" \0" * 128, b""):
        card = parse_text(memory)
        assert not card.sound
        assert card.fields() == {}


def test_nul_padding_reads_like_spaces(block: MakeBlock) -> None:
    assert parse_text(block().replace(b" \0", b"\0\0")) == parse_text(block())


def test_a_text_cut_behind_its_last_date_is_still_a_card(block: MakeBlock) -> None:
    card = parse_text(block()[:220])
    assert card.fields()["id_number"] == "990101194403050029"
    assert card.warnings == (CardWarning.SHORT_TEXT,)


def test_a_lone_surrogate_or_an_escape_never_reaches_a_name(block: MakeBlock) -> None:
    for name in ("张\ud842芳", "张\x1b[2J"):
        card = parse_text(block(name=name))
        assert CardWarning.UNREADABLE_CHARACTER in card.warnings
        assert "\x1b" not in card.name
        assert "name" not in card.fields()


def test_an_unknown_ethnic_code_shows_nothing(block: MakeBlock) -> None:
    card = parse_text(block(ethnic_code="77"))
    assert (card.ethnic_code, card.ethnic) == ("77", "")
    assert card.sound


def test_a_card_ends_with_its_last_valid_day(block: MakeBlock) -> None:
    card = parse_text(block(valid_to="20241201"))
    assert not card.expired(date(2024, 12, 1))
    assert card.expired(date(2024, 12, 2))
    assert not parse_text(block()).expired(date(2099, 1, 1))


def test_a_foreign_resident_s_two_layouts_are_read() -> None:
    for kind, mark, number in (
        (CardKind.FOREIGN_2023, "Y", "932682198501010017"),
        (CardKind.FOREIGN_2017, "I", "SAU110000000001"),
    ):
        texts = {"name_latin": "SAMPLE, PERSON", "sex_code": "1", "birth": "19850101", "number": number}
        texts |= {"nationality": "682", "valid_from": "20230101", "valid_to": "20330101"}
        memory = bytearray(b" \0" * 128)
        for field, text in texts.items():
            start, size = LAYOUTS[kind][field][0]
            memory[start : start + 2 * len(text)] = text.encode("utf-16-le")[:size]
        memory[248:250] = mark.encode("utf-16-le")
        card = parse_text(bytes(memory))
        assert card.kind is kind
        assert card.fields()["name"] == "SAMPLE, PERSON"
        assert card.fields()["id_number"] == number


@given(st.binary(max_size=300))
def test_any_bytes_make_a_card_without_raising(memory: bytes) -> None:
    card = parse_text(memory)
    assert card.fields() == {} or card.sound
    slice_read_reply(memory)
    slice_read_reply(memory, fingerprints=True)
    addresses(memory)
    module_number(memory)


def test_a_card_does_not_show_who_it_belongs_to(block: MakeBlock) -> None:
    """K32."""
    card = parse_text(block())
    shown = f"{card!r} {card}"
    assert not any(value in shown for value in card.fields().values())
    assert card.masked_number == "990*************29"


def test_every_fictional_person_has_a_sound_card() -> None:
    people = load_people()
    assert len(people) >= 6
    for person in people:
        card = parse_text(person.text_block())
        assert card.sound
        assert (card.name, card.number, card.birth) == (person.name, person.number, person.birth)
        assert (card.kind, card.sex, card.address) == (person.kind, person.sex, person.address)
        assert (card.ethnic == "汉") == (person.kind is CardKind.RESIDENT and not person.ethnic)
        assert (card.name_latin, card.nationality) == (person.name_latin, person.nationality)
        assert (card.pass_number, card.issue_count) == (person.pass_number, person.issue_count)
        assert NOBODYS[person.kind].fullmatch(person.number)
        assert not set(card.warnings)
    assert {person.kind for person in people} == set(CardKind)
