"""A long number dictated in groups, read back and mended; no wrong one is ever kept (K05, K23)."""

from __future__ import annotations

import random

import pytest

from kiosk.flow.fields.numbers import luhn_holds
from kiosk.flow.page import Figures, Keyboard
from kiosk.identity.id_number import check_character
from tests.voice.understanding import spoken_pages as pages
from tests.voice.understanding.spoken_pages import EN, ZH, on, takes
from voice.understanding import Ask, DigitDialogue, Finished, Keypad, ReadBack

PHONE = "13800138000"
FIELDS = {
    Figures.PHONE: pages.PHONE,
    Figures.IDENTITY: pages.IDENTITY,
    Figures.BANK_CARD: pages.CARD,
    Figures.RECEIPT: pages.RECEIPT,
}
SAID = dict(zip("0123456789X", "零幺二三四五六七八九叉", strict=True))


def begin(figures: Figures = Figures.PHONE) -> DigitDialogue:
    """Nothing said yet."""
    return DigitDialogue.begin(on(FIELDS[figures], ZH))


def after(dialogue: DigitDialogue, *said: str) -> DigitDialogue:
    """After all of this was heard."""
    for words in said:
        dialogue = dialogue.hear([words], ZH)
    return dialogue


def test_zhang_says_her_number_in_three_groups_and_hears_each_again() -> None:
    dialogue = begin()
    assert dialogue.step == Ask(3)
    dialogue = after(dialogue, "幺三八")
    assert dialogue.step == ReadBack("138")
    dialogue = after(dialogue, "对")
    assert dialogue.step == Ask(4)
    dialogue = after(dialogue, "零零幺三", "对的")
    assert dialogue.step == Ask(4)
    dialogue = after(dialogue, "八零零零")
    assert dialogue.step == ReadBack("8000", whole=11)
    assert after(dialogue, "是的").step == Finished(PHONE)


def test_she_says_it_in_one_breath_and_hears_it_once() -> None:
    dialogue = after(begin(), "我的电话是幺三八零零幺三八零零零")
    assert dialogue.step == ReadBack(PHONE, whole=11)
    assert after(dialogue, "对").step == Finished(PHONE)


def test_a_landline_is_taken_in_one_breath() -> None:
    dialogue = after(begin(), "零八一六 二二三三 四四五")
    assert dialogue.step == ReadBack("08162233445", whole=11)
    assert after(dialogue, "对头").step == Finished("08162233445")


def test_a_no_takes_back_this_group_alone() -> None:
    dialogue = after(begin(), "幺三八", "对", "零零幺四", "不对")
    assert dialogue.step == Ask(4, again=True)
    assert dialogue.kept == "138"
    assert after(dialogue, "零零幺三", "对", "八零零零", "对").step == Finished(PHONE)


@pytest.mark.parametrize(
    "said", ["不对，是三", "不对是三", "不是，是三", "错了，三", "不对，应该是三", "不，三"]
)
def test_a_no_with_one_digit_mends_the_last_one(said: str) -> None:
    dialogue = after(begin(), "幺三八", "对", "零零幺四", said)
    assert dialogue.step == ReadBack("0013")
    assert dialogue.failures == 0


@pytest.mark.parametrize("said", ["不对，是零零幺三", "不是，零零幺三", "零零幺三", "不对零零幺三"])
def test_the_whole_group_may_be_said_anew(said: str) -> None:
    assert after(begin(), "幺三八", "对", "零零七三", said).step == ReadBack("0013")


def test_a_correction_that_cannot_be_is_not_taken() -> None:
    dialogue = after(begin(), "幺三八", "不对，是二五八")
    assert dialogue.step == Ask(3, again=True)


@pytest.mark.parametrize("said", ["不对不对", "嗯不是", "不对，错了", "哎不对"])
def test_a_no_is_a_no_however_it_is_said(said: str) -> None:
    assert after(begin(), "幺三八", said).step == Ask(3, again=True)


@pytest.mark.parametrize("said", ["嗯", "啊", "天气", "是不是", "", "对不对"])
def test_what_is_neither_yes_nor_no_lets_it_be_asked_again(said: str) -> None:
    dialogue = after(begin(), "幺三八", said)
    assert dialogue.step == ReadBack("138", again=True)
    assert dialogue.kept == ""


def test_after_two_failures_at_one_group_the_keypad_opens_with_what_counts() -> None:
    dialogue = after(begin(), "幺三八", "对", "零零幺四", "不对", "七七", "零零幺三")
    assert dialogue.step == Keypad("138")


def test_a_failure_at_one_group_is_forgotten_at_the_next() -> None:
    dialogue = after(begin(), "幺三", "幺三八", "对")
    assert dialogue.step == Ask(4)
    assert after(dialogue, "零零").step == Ask(4, again=True)


def test_digits_that_were_typed_before_are_gone_on_from() -> None:
    field = takes("电话", Keyboard.DIGITS, figures=Figures.PHONE, value="138 00")
    dialogue = DigitDialogue.begin(on(field, ZH))
    assert dialogue.step == Ask(2)
    assert after(dialogue, "幺三", "对", "八零零零", "对").step == Finished(PHONE)


def test_a_full_field_is_finished_and_a_wrong_one_is_for_the_keypad() -> None:
    full = takes("电话", Keyboard.DIGITS, figures=Figures.PHONE, value=PHONE)
    wrong = takes("电话", Keyboard.DIGITS, figures=Figures.PHONE, value="23800138000")
    assert DigitDialogue.begin(on(full, ZH)).step == Finished(PHONE)
    assert DigitDialogue.begin(on(wrong, ZH)).step == Keypad("23800138000")
    assert after(DigitDialogue.begin(on(wrong, ZH)), "对").step == Keypad("23800138000")


def test_of_what_was_heard_the_check_digit_chooses() -> None:
    dialogue = after(begin(Figures.IDENTITY), "九九零幺零幺", "对", "一九四四零三零五", "对")
    heard = dialogue.hear(["零零二八", "零零二九"], ZH)
    assert heard.step == ReadBack("0029", whole=18)
    assert dialogue.hear(["零零二八"], ZH).step == Ask(4, again=True)


def test_a_day_that_there_was_not_is_not_taken() -> None:
    dialogue = after(begin(Figures.IDENTITY), "九九零幺零幺", "对", "一九四四幺三零五")
    assert dialogue.step == Ask(8, again=True)


def test_a_card_may_have_more_digits_so_their_number_is_said_too() -> None:
    dialogue = after(
        begin(Figures.BANK_CARD), "六二零零", "对", "零零零零", "对", "零零零零", "对", "零零零五"
    )
    assert dialogue.step == ReadBack("0005", whole=16)


def test_nothing_more_need_be_waited_for_when_a_group_is_there() -> None:
    dialogue = begin()
    heard = ["幺", "幺三", "幺三八", "幺三八零", "幺三八零零幺三", "幺三八零零幺三八零零零"]
    assert [dialogue.enough(words, ZH) for words in heard] == [False, False, True, False, True, True]


def test_it_is_the_same_in_english() -> None:
    dialogue = DigitDialogue.begin(on(pages.PHONE, EN))
    for words in (
        "one three eight",
        "yes",
        "double oh one four",
        "no, three",
        "that's right",
        "eight triple oh",
        "yes",
    ):
        dialogue = dialogue.hear([words], EN)
    assert dialogue.step == Finished(PHONE)


def test_none_of_it_is_shown_by_accident() -> None:
    """Whatever ends up in a log or a traceback has no digit of hers."""
    dialogue = after(begin(), "幺三八", "对", "零零幺三")
    shown = repr(dialogue) + repr(dialogue.step) + repr(after(dialogue, "对", "八零零零", "对").step)
    assert "138" not in shown and "0013" not in shown and "8000" not in shown


def test_a_field_that_is_no_number_has_no_dialogue() -> None:
    with pytest.raises(ValueError, match="no number"):
        DigitDialogue.begin(on(pages.NAME, ZH))


# A recogniser that hears three digits in a hundred wrong.


class Ear:
    """Hears 97 digits in a hundred as they were said; the rest as another one, twice, or not at all."""

    def __init__(self, chance: random.Random) -> None:
        self._chance = chance

    def hear(self, digits: str) -> list[str]:
        """Two alternatives, either of which may be wrong."""
        return [self._once(digits), self._once(digits)]

    def _once(self, digits: str) -> str:
        heard = ""
        for digit in digits:
            if self._chance.random() < 0.97:
                heard += digit
            else:
                heard += self._chance.choice([self._chance.choice("0123456789"), digit * 2, ""])
        return "".join(SAID[digit] for digit in heard)


def number_of(figures: Figures, chance: random.Random) -> str:
    """Somebody's, of a kind that there is."""
    some = "".join(chance.choice("0123456789") for _ in range(19))
    match figures:
        case Figures.PHONE:
            return "1" + chance.choice("3456789") + some[:9]
        case Figures.IDENTITY:
            month, day = chance.randint(1, 12), chance.randint(1, 28)
            first = f"51{some[:4]}{chance.randint(1926, 1966)}{month:02}{day:02}{some[4:7]}"
            return first + check_character(first)
        case Figures.BANK_CARD:
            start = "62" + some[: chance.choice([13, 14, 15, 16])]
            return next(start + last for last in "0123456789" if luhn_holds(start + last))
        case Figures.RECEIPT:
            return f"2026{chance.randint(1, 12):02}{chance.randint(1, 28):02}{some[:8]}"


def dictate(number: str, figures: Figures, ear: Ear, *, at_once: bool) -> DigitDialogue:
    """Somebody who says it, answers truly, and has no end of patience."""
    dialogue = begin(figures)
    for _ in range(100):
        match dialogue.step:
            case Ask(size=size):
                rest = number[len(dialogue.kept) :]
                last = figures is Figures.BANK_CARD and len(dialogue.kept) == 12
                dialogue = dialogue.hear(ear.hear(rest if at_once or last else rest[:size]), ZH)
            case ReadBack(digits=digits, whole=whole):
                meant = number[len(dialogue.kept) :][: len(digits)]
                right = digits == meant and whole in (0, len(number))
                better = f"不对，是{ear.hear(meant)[0]}" if dialogue.failures else "不对"
                dialogue = dialogue.hear(["对的" if right else better], ZH)
            case Finished() | Keypad():
                return dialogue
    raise AssertionError("it never ended")


@pytest.mark.parametrize("at_once", [False, True], ids=["in groups", "in one breath"])
@pytest.mark.parametrize("figures", list(Figures))
def test_of_a_thousand_numbers_not_one_is_kept_wrong(figures: Figures, at_once: bool) -> None:
    chance = random.Random(f"{figures} {at_once}")
    ear = Ear(chance)
    ended: dict[str, int] = {"right": 0, "wrong": 0, "keypad": 0}
    for _ in range(1000):
        number = number_of(figures, chance)
        dialogue = dictate(number, figures, ear, at_once=at_once)
        match dialogue.step:
            case Finished(number=kept):
                ended["right" if kept == number else "wrong"] += 1
            case Keypad(kept=kept):
                ended["keypad" if number.startswith(kept) else "wrong"] += 1
            case _:
                raise AssertionError(dialogue.step)
    print(figures, "at once" if at_once else "in groups", ended)
    assert ended["wrong"] == 0
    assert ended["right"] >= (700 if at_once else 900)
