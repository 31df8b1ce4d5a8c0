"""What people type is understood where it can be, and refused in words that say what to do."""

from __future__ import annotations

import datetime
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk.flow import fields
from kiosk.flow.fields import FIELD_TYPES, Refused, Taken
from kiosk.flow.page import Keyboard
from kiosk.services.question import FIXED_OPTIONS, PRIVATE_KINDS, FieldKind, Question
from kiosk.text import LANGUAGES, Privacy
from tests.flow.residents import GUIFANG, TODAY, WORLD, id_number

NOTHING: dict[str, str | int] = {}


CHOSEN: dict[FieldKind, tuple[str, ...]] = {
    FieldKind.CHOICE: ("here", "away"),
    FieldKind.MANY: ("left", "middle", "right"),
    **FIXED_OPTIONS,
}
WORDS = {"zh": "问", "en": "ask"}
GOODS = (
    {"id": "name", "type": "text", "ask": WORDS, "label": WORDS},
    {"id": "price", "type": "money", "ask": WORDS, "label": WORDS},
    {"id": "phone", "type": "cn_phone", "ask": WORDS, "label": WORDS, "privacy": "private", "optional": True},
)


def question(kind: FieldKind, **parts: Any) -> Question:
    """A question of that kind, private unless `parts` say otherwise, with all that the kind needs."""
    needs: dict[FieldKind, dict[str, Any]] = {
        FieldKind.DOCUMENT: {"material": "paper"},
        FieldKind.RECORD: {"source": "pension"},
        FieldKind.REPEAT: {"item": GOODS},
    }
    options = tuple({"value": value, "zh": f"选{value}", "en": value} for value in CHOSEN.get(kind, ()))
    basis = {"id": "q", "type": kind, "ask": WORDS, "label": WORDS, "options": options, "privacy": "private"}
    return Question.model_validate({**basis, **needs.get(kind, {}), **parts})


def understood(kind: FieldKind, typed: str, **parts: Any) -> str:
    outcome = fields.parse(question(kind, **parts), typed, NOTHING, TODAY)
    assert isinstance(outcome, Taken), outcome
    return outcome.value


def refused(kind: FieldKind, typed: str, **parts: Any) -> str:
    outcome = fields.parse(question(kind, **parts), typed, NOTHING, TODAY)
    assert isinstance(outcome, Refused), outcome
    assert WORLD.texts.text(outcome.key, **outcome.values).show("zh")
    assert WORLD.texts.text(outcome.key, **outcome.values).show("en")
    return outcome.key


def test_every_kind_of_answer_has_a_class() -> None:
    assert set(FIELD_TYPES) == set(FieldKind)


@pytest.mark.parametrize(
    ("kind", "typed", "value"),
    [
        (FieldKind.DATE, "1944 3 27", "1944-03-27"),
        (FieldKind.DATE, "1944年3月27日", "1944-03-27"),
        (FieldKind.DATE, "１９４４　３　２７", "1944-03-27"),
        (FieldKind.DATE, "19440327", "1944-03-27"),
        (FieldKind.DATE, " 1944.03.27。", "1944-03-27"),
        (FieldKind.DATE, "1944-3-27\n", "1944-03-27"),
        (FieldKind.DATE, "我是1944年3月27号生的", "1944-03-27"),
        (FieldKind.DATE, "2000 2 29", "2000-02-29"),
        (FieldKind.NUMBER, " ３ ", "3"),
        (FieldKind.NUMBER, "007", "7"),
        (FieldKind.NUMBER, "1 000", "1000"),
        (FieldKind.PHONE, "138 0013 8000", "13800138000"),
        (FieldKind.PHONE, "１３８－００１３－８０００", "13800138000"),
        (FieldKind.PHONE, "+86 138-0013-8000", "13800138000"),
        (FieldKind.PHONE, "138，0013，8000。", "13800138000"),
        (FieldKind.PHONE, "(0990) 1234567", "09901234567"),
        (FieldKind.NAME, "张桂芳", "张桂芳"),
        (FieldKind.NAME, " 张 桂　芳 ", "张桂芳"),
        (FieldKind.NAME, "张桂芳。", "张桂芳"),
        (FieldKind.NAME, "，张桂芳！", "张桂芳"),
        (FieldKind.NAME, "阿依古丽•买买提", "阿依古丽·买买提"),
        (FieldKind.NAME, "Mary   Ann O'Neil", "Mary Ann O'Neil"),
        (FieldKind.NAME, "नेहा शर्मा", "नेहा शर्मा"),
        (FieldKind.NAME, "张\ue000芳", "张\ue000芳"),
        (FieldKind.NAME, "𠮷\U00031350明", "𠮷\U00031350明"),
        (FieldKind.ID_NUMBER, "990101 19440305 002 9", "990101194403050029"),
        (FieldKind.ID_NUMBER, "９９０１０１１９４４０３０５００２９", "990101194403050029"),
        (FieldKind.ID_NUMBER, "99010119700612004x", "99010119700612004X"),
        (FieldKind.BANK_CARD, "6200 0000 0000 0005", "6200000000000005"),
        (FieldKind.BANK_CARD, "6200-0000-0000-0005", "6200000000000005"),
        (FieldKind.CHOICE, "here", "here"),
        (FieldKind.YES_NO, "no", "no"),
    ],
)
def test_it_is_understood_however_it_is_written(kind: FieldKind, typed: str, value: str) -> None:
    assert understood(kind, typed) == value


@pytest.mark.parametrize(
    ("kind", "typed", "key"),
    [
        (FieldKind.DATE, "", "field.date_missing"),
        (FieldKind.DATE, "春天", "field.date_missing"),
        (FieldKind.DATE, "1944 3", "field.date_three_parts"),
        (FieldKind.DATE, "1944 3 27 5", "field.date_three_parts"),
        (FieldKind.DATE, "1944 3 " + "7" * 5000, "field.date_three_parts"),
        (FieldKind.DATE, "44 3 27", "field.date_year_four_digits"),
        (FieldKind.DATE, "1944 13 1", "field.date_month"),
        (FieldKind.DATE, "1943 2 29", "field.date_day"),
        (FieldKind.DATE, "1944 4 31", "field.date_day"),
        (FieldKind.DATE, "1844 3 27", "field.date_year_early"),
        (FieldKind.NUMBER, "", "field.number_digits"),
        (FieldKind.NUMBER, "很多", "field.number_digits"),
        (FieldKind.NUMBER, "1234567890", "field.number_digits"),
        (FieldKind.PHONE, "", "field.phone_digits"),
        (FieldKind.PHONE, "138 0013 80O0", "field.phone_digits"),
        (FieldKind.PHONE, "138 0013 800", "field.phone_length"),
        (FieldKind.PHONE, "238 0013 8000", "field.phone_length"),
        (FieldKind.NAME, "", "field.name_short"),
        (FieldKind.NAME, "张", "field.name_short"),
        (FieldKind.NAME, "··", "field.name_short"),
        (FieldKind.NAME, "- -", "field.name_short"),
        (FieldKind.NAME, "张桂芳2", "field.name_letters"),
        (FieldKind.NAME, "张（桂芳）", "field.name_letters"),
        (FieldKind.ID_NUMBER, "", "field.id_length"),
        (FieldKind.ID_NUMBER, "990101440305002", "field.id_old"),
        (FieldKind.ID_NUMBER, "990101194403050028", "field.id_check"),
        (FieldKind.ID_NUMBER, "99010119440305002", "field.id_length"),
        (FieldKind.BANK_CARD, "6200 0000 0000 0006", "field.bank_check"),
        (FieldKind.BANK_CARD, "6200", "field.bank_length"),
        (FieldKind.BANK_CARD, "", "field.bank_length"),
        (FieldKind.CHOICE, "elsewhere", "field.choose_one"),
        (FieldKind.YES_NO, "", "field.choose_one"),
    ],
)
def test_a_slip_is_told_in_words_of_its_own(kind: FieldKind, typed: str, key: str) -> None:
    """K11: every validator has its own message, in both languages."""
    assert refused(kind, typed) == key


def test_an_id_number_with_a_day_that_never_was_is_told_so() -> None:
    from kiosk.identity.id_number import check_character

    first_17 = "99010119440231002"
    assert refused(FieldKind.ID_NUMBER, first_17 + check_character(first_17)) == "field.id_date"


def test_a_count_stays_within_its_bounds() -> None:
    bounds = {"at_least": 1, "at_most": 5}
    assert refused(FieldKind.NUMBER, "0", **bounds) == "field.number_least"
    assert refused(FieldKind.NUMBER, "6", **bounds) == "field.number_most"
    assert [understood(FieldKind.NUMBER, typed, **bounds) for typed in "15"] == ["1", "5"]


def test_the_services_own_rules_speak_in_their_own_words() -> None:
    rule = {"rule": {"not_after": "today"}, "zh": "这一天还没到。", "en": "Not yet."}
    born = question(FieldKind.DATE, check=[rule])
    tomorrow = TODAY + datetime.timedelta(days=1)
    outcome = fields.parse(born, tomorrow.isoformat(), NOTHING, TODAY)
    assert isinstance(outcome, Refused) and outcome.text is not None
    assert outcome.text.show("zh") == "这一天还没到。"
    assert fields.parse(born, TODAY.isoformat(), NOTHING, TODAY) == Taken(TODAY.isoformat())


def test_the_birth_date_in_a_number_is_compared_with_the_one_given() -> None:
    rule = {"rule": {"birth_date_same_as": "born"}, "zh": "不一样", "en": "differs"}
    number = question(FieldKind.ID_NUMBER, check=[rule])
    typed = id_number(datetime.date(1944, 3, 5))
    assert isinstance(fields.parse(number, typed, {"born": "1944-03-05"}, TODAY), Taken)
    assert isinstance(fields.parse(number, typed, {"born": "1944-03-06"}, TODAY), Refused)
    assert isinstance(fields.parse(number, typed, NOTHING, TODAY), Taken)


@pytest.mark.parametrize(
    ("kind", "value", "shown"),
    [
        (FieldKind.ID_NUMBER, "990101194403050029", "990*************29"),
        (FieldKind.PHONE, "13800138000", "138******00"),
        (FieldKind.BANK_CARD, "6200000000000005", "620***********05"),
        (FieldKind.NAME, "张桂芳", "张**"),
        (FieldKind.DATE, "1944-03-27", "1944-**-**"),
        (FieldKind.NUMBER, "12345", "*****"),
        (FieldKind.CHOICE, "here", "***"),
    ],
)
def test_a_private_answer_shows_little_of_itself(kind: FieldKind, value: str, shown: str) -> None:
    """K26: the first three and the last two, of a name and a date less."""
    assert fields.display(question(kind), value).show("zh") == shown


@pytest.mark.parametrize("privacy", list(Privacy))
@pytest.mark.parametrize(
    ("kind", "value"),
    [
        (FieldKind.DATE, "1944-03-27"),
        (FieldKind.NUMBER, "3"),
        (FieldKind.CHOICE, "here"),
        (FieldKind.NAME, "张桂芳"),
    ],
)
def test_an_answer_in_words_stays_as_private_as_its_question(
    kind: FieldKind, value: str, privacy: Privacy
) -> None:
    """K26: the voice is told the level with every answer, also where a unit or a month is written out."""
    asked = question(
        kind, privacy=privacy, **({"unit": {"zh": "个", "en": "pieces"}} if kind == "number" else {})
    )
    assert fields.show(asked, value).privacy is privacy
    assert fields.display(asked, value).privacy is privacy


def test_staff_see_the_words_of_each_language() -> None:
    born = question(FieldKind.DATE, privacy=Privacy.MASKED)
    assert fields.show(born, "1944-03-05").show("zh") == "1944年3月5日"
    assert fields.show(born, "1944-03-05").show("en") == "5 March 1944"
    count = question(FieldKind.NUMBER, unit={"zh": "个", "en": "pieces"})
    assert fields.show(count, "3").show("zh") == "3个"
    assert fields.show(count, "3").show("en") == "3 pieces"
    assert fields.show(question(FieldKind.CHOICE), "away").show("zh") == "选away"


@pytest.mark.parametrize("kind", list(FieldKind))
def test_each_kind_takes_its_sample_and_can_show_mask_and_say_it(kind: FieldKind) -> None:
    """All kinds, all that a kind must be able to do."""
    asked = question(kind, privacy=Privacy.PRIVATE if kind in PRIVATE_KINDS else Privacy.OPEN)
    kept = FIELD_TYPES[kind]
    value = understood(kind, kept.sample(asked))
    assert kept.still_fits(value, asked, TODAY)
    for language in LANGUAGES:
        assert fields.show(asked, value).show(language)
        assert fields.display(asked, value).show(language)
        assert fields.speak(asked, value).say(language)
    assert kept.mask(value) != value
    assert kept.keyboard in Keyboard
    assert kept.room(asked) > 0


@pytest.mark.parametrize(
    "kind", sorted(set(FieldKind) - set(CHOSEN) - {FieldKind.REPEAT, FieldKind.SIGNATURE})
)
def test_each_example_is_taken_and_fits_its_field(kind: FieldKind) -> None:
    kept = FIELD_TYPES[kind]
    assert 0 < len(kept.example) <= kept.longest
    assert understood(kind, kept.example)


KINDS = st.sampled_from(list(FieldKind))
LIKELY = st.one_of(
    st.text(),
    st.text("0123456789０１２３Xx年月日 -.·+()（），。张桂芳\u3000\u200b\ue000\ud800", max_size=30),
    st.dates(datetime.date(1900, 1, 1), TODAY).map(lambda day: f"{day:%Y %m %d}"),
    st.dates(datetime.date(1900, 1, 1), TODAY).map(id_number),
    st.from_regex(r"1[3-9][0-9]{9}|0[0-9]{9,11}", fullmatch=True),
    st.sampled_from([*GUIFANG.values(), "here", "yes", "6200 0000 0000 0005", "9" * 6000]),
)


@given(kind=KINDS, typed=LIKELY)
def test_nothing_that_is_typed_brings_it_down_and_what_is_taken_stays_taken(
    kind: FieldKind, typed: str
) -> None:
    asked = question(kind)
    outcome = fields.parse(asked, typed, NOTHING, TODAY)
    if isinstance(outcome, Taken):
        assert fields.parse(asked, outcome.value, NOTHING, TODAY) == outcome
        outcome.value.encode()
    else:
        assert outcome.key in WORLD.texts


@given(kind=KINDS, typed=LIKELY)
def test_a_private_answer_never_shows_more_than_five_of_its_characters(kind: FieldKind, typed: str) -> None:
    """K26, whatever was taken."""
    asked = question(kind)
    outcome = fields.parse(asked, typed, NOTHING, TODAY)
    if isinstance(outcome, Taken):
        shown = fields.display(asked, outcome.value)
        for words in shown.shown.values():
            assert sum(sign.isalnum() for sign in words) <= 5
            assert words != outcome.value
