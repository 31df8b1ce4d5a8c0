"""What is chosen, ticked, listed and signed."""

from __future__ import annotations

import json

import pytest

from kiosk.flow import fields
from kiosk.flow.fields.lists import RepeatField
from kiosk.services.question import FieldKind
from kiosk.text import Privacy
from tests.flow.asked import TODAY, question, refused, understood


@pytest.mark.parametrize(
    ("kind", "value"),
    [
        (FieldKind.CHOICE, "here"),
        (FieldKind.YES_NO, "no"),
        (FieldKind.DOCUMENT, "later"),
        (FieldKind.RECORD, "staff"),
    ],
)
def test_one_option_is_chosen_by_its_code(kind: FieldKind, value: str) -> None:
    assert understood(kind, value) == value
    assert refused(kind, "elsewhere") == "field.choose_one"
    assert refused(kind, "") == "field.choose_one"
    assert fields.show(question(kind), value).show("zh") == f"选{value}"


def test_an_option_that_was_taken_out_of_the_question_no_longer_fits() -> None:
    asked = question(FieldKind.MANY)
    kind = fields.field_type(asked)
    assert kind.still_fits("left,right", asked, TODAY)
    assert not kind.still_fits("left,top", asked, TODAY)
    assert not fields.field_type(asked).still_fits("top", question(FieldKind.CHOICE), TODAY)


def test_several_options_stand_in_their_order_whatever_was_ticked_first() -> None:
    assert understood(FieldKind.MANY, "left,right") == "right,left"
    assert understood(FieldKind.MANY, "left,left,") == "left"
    shown = fields.show(question(FieldKind.MANY), "right,left")
    assert (shown.show("zh"), shown.show("en")) == ("选right、选left", "right, left")


def test_how_many_may_be_chosen_is_told() -> None:
    assert refused(FieldKind.MANY, "") == "field.many_least"
    assert refused(FieldKind.MANY, "left", at_least=2) == "field.many_least"
    assert refused(FieldKind.MANY, "left,right", at_most=1) == "field.many_most"
    assert refused(FieldKind.MANY, "top") == "field.choose_one"
    assert understood(FieldKind.MANY, "", optional=True) == fields.SKIPPED
    assert understood(FieldKind.MANY, "", at_least=0) == ""


RICE = {"name": " 大米 ", "price": "35块5", "phone": "139 0000 0000"}
OIL = {"name": "油", "price": "60"}


def test_a_list_keeps_every_thing_in_canonical_form() -> None:
    value = understood(FieldKind.REPEAT, json.dumps([RICE, OIL]))
    assert json.loads(value) == [
        {"name": "大米", "price": "35.50", "phone": "13900000000"},
        {"name": "油", "price": "60.00", "phone": ""},
    ]


def test_a_list_is_shown_with_how_many_and_what_and_hides_what_is_private_in_it() -> None:
    """K26: items have their own privacy."""
    asked = question(FieldKind.REPEAT, privacy=Privacy.OPEN)
    value = understood(FieldKind.REPEAT, json.dumps([RICE, OIL]))
    assert fields.display(asked, value).show("zh") == "2项：大米 35.50元 139******00；油 60元"
    assert fields.show(asked, value).show("zh") == "2项：大米 35.50元 13900000000；油 60元"
    assert fields.show(asked, value).show("en") == "2 in all: 大米 35.50 yuan 13900000000; 油 60 yuan"
    assert fields.display(asked, value).privacy is Privacy.PRIVATE
    kind = fields.field_type(asked)
    assert isinstance(kind, RepeatField)
    assert kind.thing(json.loads(value)[0], asked).show("zh") == "大米 35.50元 139******00"


def test_a_list_has_its_bounds() -> None:
    three = json.dumps([OIL] * 3)
    assert refused(FieldKind.REPEAT, "[]") == "field.repeat_least"
    assert refused(FieldKind.REPEAT, three, at_least=4) == "field.repeat_least"
    assert refused(FieldKind.REPEAT, three, at_most=2) == "field.repeat_most"
    assert refused(FieldKind.REPEAT, json.dumps([OIL] * 21)) == "field.repeat_most"
    assert understood(FieldKind.REPEAT, "[]", optional=True) == "[]"
    assert understood(FieldKind.REPEAT, "[]", at_least=0) == "[]"


@pytest.mark.parametrize(
    ("typed", "key"),
    [
        ("", "field.repeat_again"),
        ("{}", "field.repeat_again"),
        ("[3]", "field.repeat_again"),
        ('[{"price": "3"}]', "field.text_missing"),
        ('[{"name": "米", "price": "很多"}]', "field.money_digits"),
        ('[{"name": "米", "price": "3", "phone": "139"}]', "field.phone_length"),
    ],
)
def test_a_thing_that_is_not_complete_is_told(typed: str, key: str) -> None:
    assert refused(FieldKind.REPEAT, typed) == key


def test_a_signature_is_drawn_or_a_key_pressed() -> None:
    strokes = "[[[1,2,0],[3,4,50]],[[5,6,90]]]"
    assert json.loads(understood(FieldKind.SIGNATURE, strokes)) == [[[1, 2, 0], [3, 4, 50]], [[5, 6, 90]]]
    assert understood(FieldKind.SIGNATURE, "key") == "key"
    asked = question(FieldKind.SIGNATURE, privacy=Privacy.OPEN)
    assert fields.show(asked, "key").show("zh") == "已按键确认"
    assert fields.show(asked, strokes).show("en") == "signed"


@pytest.mark.parametrize(
    "typed", ["", "[]", "[[]]", "[[[1]]]", "[[[1,-1]]]", "[[[true,1]]]", "[[[NaN,1]]]", "张"]
)
def test_what_is_no_signature_is_told(typed: str) -> None:
    assert refused(FieldKind.SIGNATURE, typed) == "field.signature_missing"
