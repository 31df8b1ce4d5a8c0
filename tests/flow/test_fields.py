"""All kinds of answer: each reads, shows, masks and says, keeps what is private, and never comes down."""

from __future__ import annotations

import datetime
import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk.flow import fields
from kiosk.flow.fields import FIELD_TYPES, Refused, Taken
from kiosk.flow.page import Keyboard
from kiosk.services.question import PRIVATE_KINDS, FieldKind
from kiosk.text import LANGUAGES, Privacy
from tests.flow.asked import CHOSEN, NOTHING, TEXTS, TODAY, id_number, question, understood


def test_every_kind_of_answer_has_a_class() -> None:
    assert set(FIELD_TYPES) == set(FieldKind)


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


def test_an_older_number_of_a_foreigner_tells_no_century_to_compare_with() -> None:
    rule = {"rule": {"birth_date_same_as": "born"}, "zh": "不一样", "en": "differs"}
    number = question(FieldKind.ID_NUMBER, check=[rule], accepts=["foreigner"])
    assert isinstance(fields.parse(number, "XXX990144030501", {"born": "1970-01-01"}, TODAY), Taken)


def test_two_numbers_that_must_differ_are_told_apart() -> None:
    rule = {"rule": {"differs_from": "own"}, "zh": "两个一样", "en": "the same"}
    other = question(FieldKind.PHONE, check=[rule])
    assert isinstance(fields.parse(other, "139 0000 0000", {"own": "13900000000"}, TODAY), Refused)
    assert isinstance(fields.parse(other, "139 0000 0001", {"own": "13900000000"}, TODAY), Taken)
    assert isinstance(fields.parse(other, "139 0000 0000", NOTHING, TODAY), Taken)


@pytest.mark.parametrize(
    ("kind", "value", "shown"),
    [
        (FieldKind.ID_NUMBER, "990101194403050029", "990*************29"),
        (FieldKind.PHONE, "13800138000", "138******00"),
        (FieldKind.BANK_CARD, "6200000000000005", "620***********05"),
        (FieldKind.NAME, "张桂芳", "张**"),
        (FieldKind.DATE, "1944-03-27", "1944-**-**"),
        (FieldKind.NUMBER, "12345", "*****"),
        (FieldKind.MONEY, "12345.00", "***"),
        (FieldKind.CHOICE, "here", "***"),
        (FieldKind.MANY, "left,right", "***"),
        (FieldKind.TEXT, "心脏不好", "***"),
        (FieldKind.ADDRESS, '["990101", "样本市 和平区", "文化路1号"]', "样本市 和平区 ***"),
        (FieldKind.ADDRESS, '["", "", "样本市和平区文化路1号"]', "***"),
        (FieldKind.REPEAT, '[{"name": "米", "price": "3.00", "phone": ""}]', "1项"),
    ],
)
def test_a_private_answer_shows_little_of_itself(kind: FieldKind, value: str, shown: str) -> None:
    """K26: the first three and the last two, of a name and a date less, of what is told in words nothing."""
    assert fields.display(question(kind), value).show("zh") == shown


@pytest.mark.parametrize("privacy", list(Privacy))
@pytest.mark.parametrize("kind", sorted(set(FieldKind) - PRIVATE_KINDS - {FieldKind.REPEAT}))
def test_an_answer_in_words_stays_as_private_as_its_question(kind: FieldKind, privacy: Privacy) -> None:
    """K26: the voice is told the level with every answer, also where a unit or a month is written out.

    Half of an option would be another word: it is heard whole, or not at all.
    """
    asked = question(kind, privacy=privacy, unit={"zh": "个", "en": "pieces"})
    value = understood(kind, FIELD_TYPES[kind].sample(asked))
    assert fields.show(asked, value).privacy is privacy
    whole_or_nothing = privacy is Privacy.MASKED and kind in CHOSEN
    assert fields.display(asked, value).privacy is (Privacy.PRIVATE if whole_or_nothing else privacy)
    assert fields.speak(asked, value).privacy is privacy


@pytest.mark.parametrize("kind", list(FieldKind))
def test_nothing_that_was_typed_stands_in_a_representation(kind: FieldKind) -> None:
    asked = question(kind)
    typed = FIELD_TYPES[kind].sample(asked)
    outcome = fields.parse(asked, typed, NOTHING, TODAY)
    assert isinstance(outcome, Taken)
    assert outcome.value not in repr(outcome)


WORDS_TYPED = st.one_of(
    st.text(max_size=40),
    st.text(
        "0123456789０１２３Xx年月日 -.·+()（），。张桂芳元块毛分万零一二三十百初闰\u3000\u200b\ue000\ud800",
        max_size=30,
    ),
    st.dates(datetime.date(1900, 1, 1), TODAY).map(lambda day: f"{day:%Y %m %d}"),
    st.dates(datetime.date(1900, 1, 1), TODAY).map(lambda day: f"农历 {day:%Y %m %d}"),
    st.dates(datetime.date(1900, 1, 1), TODAY).map(id_number),
    st.from_regex(r"1[3-9][0-9]{9}|0[0-9]{9,11}|[0-9]{1,6}(\.[0-9]{0,3})?元?", fullmatch=True),
    st.sampled_from(["张桂芳", "here", "yes", "6200 0000 0000 0005", "9" * 6000, "[" * 100_000, "key"]),
)
MADE_BY_A_PAGE = st.one_of(
    st.lists(st.sampled_from(["left", "middle", "right", "here", ""]), max_size=5).map(",".join),
    st.lists(WORDS_TYPED, min_size=3, max_size=3).map(json.dumps),
    st.tuples(st.sampled_from(["", "99", "990101"]), st.text(), st.text()).map(json.dumps),
    st.lists(
        st.fixed_dictionaries(
            {"name": WORDS_TYPED, "price": st.sampled_from(["3", "3.5元", ""])},
            optional={"phone": st.sampled_from(["139 0000 0000", "", "139"])},
        ),
        max_size=3,
    ).map(json.dumps),
    st.lists(st.lists(st.tuples(st.integers(-1, 99), st.integers(0, 99)), max_size=3), max_size=3).map(
        json.dumps
    ),
    st.recursive(
        st.none() | st.integers() | st.text(max_size=3), lambda inner: st.lists(inner, max_size=3)
    ).map(json.dumps),
)
TYPED = WORDS_TYPED | MADE_BY_A_PAGE
KINDS = st.sampled_from(list(FieldKind))


@given(kind=KINDS, typed=TYPED, lunar=st.booleans(), optional=st.booleans())
def test_nothing_that_is_typed_brings_it_down_and_what_is_taken_stays_taken(
    kind: FieldKind, typed: str, lunar: bool, optional: bool
) -> None:
    asked = question(kind, calendar="lunar_ok" if lunar else "solar", optional=optional)
    outcome = fields.parse(asked, typed, NOTHING, TODAY)
    if isinstance(outcome, Refused):
        assert TEXTS.text(outcome.key, **outcome.values).show("zh")
        return
    if outcome.read_back is not None:
        assert TEXTS.text(outcome.read_back.key, **outcome.read_back.values).show("zh")
    if outcome.value:
        assert fields.parse(asked, outcome.value, NOTHING, TODAY) == Taken(outcome.value)
        assert FIELD_TYPES[kind].still_fits(outcome.value, asked, TODAY)
    outcome.value.encode()
    fields.show(asked, outcome.value)
    fields.speak(asked, outcome.value)


@given(kind=KINDS, typed=TYPED)
def test_a_private_answer_never_shows_more_than_five_of_its_characters(kind: FieldKind, typed: str) -> None:
    """K26, whatever was taken. Of an address the regions may be read, which are on every map."""
    asked = question(kind)
    outcome = fields.parse(asked, typed, NOTHING, TODAY)
    if isinstance(outcome, Refused) or outcome.value == fields.SKIPPED:
        return
    shown = fields.display(asked, outcome.value)
    open_to_all = json.loads(outcome.value)[1] if kind is FieldKind.ADDRESS else ""
    for words in shown.shown.values():
        assert sum(sign.isalnum() for sign in words.replace(open_to_all, "", 1)) <= (
            8 if kind is FieldKind.REPEAT else 5
        )
        assert words != outcome.value
