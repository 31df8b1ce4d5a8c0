"""People for the emulated reader: cards of all kinds, of nobody, and what is on them is what is read."""

from __future__ import annotations

import datetime
from pathlib import Path
from typing import Any

import pytest
from pydantic import ValidationError

from kiosk.identity import id_number
from kiosk.identity.card import CardKind, CardWarning
from kiosk.identity.content import addresses, parse_text
from kiosk.identity.ethnic import ETHNIC
from kiosk.identity.layout import KIND_AT, LAYOUTS, compose
from kiosk.identity.people import NOBODYS, Person, load_people
from kiosk.services.question import FieldKind, NumberOf
from tests.devices.vectors_of_readers import VECTORS
from tests.flow.asked import understood

TODAY = datetime.date(2026, 11, 22)
SOMEBODY: dict[str, Any] = {
    "id": "somebody",
    "name": "张桂芳",
    "sex": "女",
    "birth": datetime.date(1944, 3, 5),
    "number": "990101194403050029",
    "valid_from": datetime.date(2006, 5, 10),
}


def test_the_shipped_people_have_one_card_of_each_kind_at_least() -> None:
    people = load_people()
    assert {person.kind for person in people} == set(CardKind)
    assert len({person.id for person in people}) == len({person.number for person in people}) == len(people)
    assert any(person.moved_to for person in people)


@pytest.mark.parametrize("person", load_people(), ids=lambda person: person.id)
def test_what_a_card_says_fits_the_questions_that_it_answers(person: Person) -> None:
    """A name with a comma, a number of three letters, an address that is only on the chip: all are taken."""
    card = parse_text(person.text_block())
    offered = card.fields()
    assert understood(FieldKind.NAME, offered["name"]) == person.label
    assert understood(FieldKind.DATE, offered["birth_date"]) == person.birth.isoformat()
    assert understood(FieldKind.ID_NUMBER, offered["id_number"], accepts=list(NumberOf)) == person.number
    if person.kind in {CardKind.FOREIGN_2023, CardKind.FOREIGN_2017}:
        assert "address" not in offered
    else:
        assert person.address in understood(FieldKind.ADDRESS, offered["address"])


def test_the_addresses_of_a_card_stand_behind_its_text() -> None:
    for person in load_people():
        memory = person.memory()
        assert memory[:256] == person.text_block()
        assert addresses(memory[256:]) == list(person.moved_to)


@pytest.mark.parametrize(
    "wrong",
    [
        {"number": "990102194403050029"},
        {"number": "99010119440305002"},
        {"name": ""},
        {"name": "一" * 16},
        {"address": "路" * 36},
        {"nationality": "XAA"},
        {"pass_number": "H00000000"},
        {"moved_to": ["路" * 36]},
        {"moved_to": ["路"] * 5},
        {"kind": "hmt"},
        {"kind": "hmt", "number": "810000194403050027"},
        {"kind": "foreign_2023", "number": "911010194403050029"},
        {"kind": "foreign_2017", "number": "CAN110081082601"},
        {"kind": "passport"},
        {"colour": "red"},
    ],
    ids=str,
)
def test_a_card_that_could_be_somebody_s_or_does_not_fit_is_refused(wrong: dict[str, Any]) -> None:
    Person.model_validate(SOMEBODY)
    with pytest.raises(ValidationError):
        Person.model_validate(SOMEBODY | wrong)


def test_a_file_of_people_that_is_no_such_file_is_said(tmp_path: Path) -> None:
    for text in ("", "[[card]]\n", "card = 3", "[[card"):
        (tmp_path / "people.toml").write_text(text)
        with pytest.raises(ValueError):
            load_people(tmp_path / "people.toml")
    with pytest.raises(OSError):
        load_people(tmp_path / "nobody.toml")


def test_the_numbers_of_nobody_hold() -> None:
    """Published samples and regions that do not exist: their check digits are right all the same."""
    for person in load_people():
        assert NOBODYS[person.kind].fullmatch(person.number)
        verdict = id_number.check(person.number, TODAY)
        assert verdict.valid
        assert verdict.birth in {person.birth, None}


@pytest.mark.parametrize("kind", list(CardKind))
def test_every_field_of_every_layout_comes_back_full_to_its_last_character(kind: CardKind) -> None:
    """Fields without padding, all at once: none runs into the next one."""
    fixed = {"birth": "19440305", "valid_from": "20200101", "valid_to": "20300101", "sex_code": "2"}
    texts = {}
    for place, (field, spans) in enumerate(LAYOUTS[kind].items()):
        room = sum(size for _, size in spans) // 2
        texts[field] = fixed.get(field, (chr(0x4E00 + place) * room)[:room])
    card = parse_text(compose(kind, texts))
    assert card.kind is kind
    for field, text in texts.items():
        if field not in fixed and field != "number":
            assert getattr(card, field) == text, field
    assert card.number == id_number.normalise(texts["number"])


def test_the_mark_tells_the_layout_and_any_other_one_is_a_resident_s() -> None:
    for mark, kind in {"I": CardKind.FOREIGN_2017, "J": CardKind.HMT, "Y": CardKind.FOREIGN_2023}.items():
        memory = bytearray(b" \0" * 128)
        memory[KIND_AT : KIND_AT + 2] = mark.encode("utf-16-le")
        assert parse_text(bytes(memory)).kind is kind
    for other in ("  ", "\0\0", "i\0", "Q\0", "\xff\xff"):
        memory[KIND_AT : KIND_AT + 2] = other.encode("latin-1")
        assert parse_text(bytes(memory)).kind is CardKind.RESIDENT


def test_only_residents_have_an_ethnic_group_and_every_code_has_its_name() -> None:
    assert set(ETHNIC) == {f"{code:02d}" for code in range(1, 57)} | {"97", "98"}
    slips = {"德昴", "傈傈", "毛难", "崩龙", "基洛"}
    assert not slips & set(ETHNIC.values())
    assert (ETHNIC["20"], ETHNIC["36"], ETHNIC["46"], ETHNIC["56"]) == ("傈僳", "毛南", "德昂", "基诺")
    for vector in VECTORS:
        if vector["kind"] == "text_block":
            card = parse_text(bytes.fromhex(vector["hex"]))
            assert bool(card.ethnic) == (card.kind is CardKind.RESIDENT)


def test_a_sex_that_is_not_told_is_no_contradiction() -> None:
    for code, sex in {"0": "未知", "9": "未说明"}.items():
        texts = {"name": "张桂芳", "sex_code": code, "birth": "19440305", "number": "990101194403050029"}
        texts |= {"valid_from": "20060510", "valid_to": "长期"}
        card = parse_text(compose(CardKind.RESIDENT, texts))
        assert (card.sex, card.valid_forever) == (sex, True)
        assert CardWarning.NUMBER_SEX not in card.warnings
        assert "sex" not in card.fields()
