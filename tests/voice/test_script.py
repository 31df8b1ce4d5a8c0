"""A page becomes sentences, in the order a listener needs them."""

from __future__ import annotations

from dataclasses import replace

import pytest

from kiosk.flow.page import Choice, Entry, Keyboard, Page, PageKind, Role
from kiosk.text import Catalogue, Privacy, Text, same
from voice.privacy import Output
from voice.script import LONGEST, Reading, Sentence, choice_script, han, pieces, script


def both(zh: str, en: str) -> Text:
    return Text({"zh": zh, "en": en})


@pytest.fixture
def reading(words: Catalogue) -> Reading:
    return Reading("zh", Output.LOUDSPEAKER, words)


def texts(sentences: tuple[Sentence, ...]) -> list[str]:
    return [sentence.text for sentence in sentences]


def test_a_question_is_said_from_its_heading_with_numbered_choices(who_page: Page, reading: Reading) -> None:
    """K03: every screen speaks from the heading; K05: an ear alone knows which key to press."""
    assert texts(script(who_page, reading)) == [
        "您给谁办？",
        "1，给我自己办。",
        "2，给家里人办。",
        "请按数字键选。",
    ]


def test_nobody_is_told_to_press_a_key_that_chooses_nothing(who_page: Page, reading: Reading) -> None:
    """K29: in keypad practice 1 and Enter say their names only."""
    practice = replace(who_page, kind=PageKind.KEYS, choices=(Choice("leave", both("用手点这里", "Touch")),))
    assert texts(script(practice, reading)) == ["您给谁办？", "1，用手点这里。"]


def test_the_same_question_in_english(who_page: Page, words: Catalogue) -> None:
    said = texts(script(who_page, Reading("en", Output.LOUDSPEAKER, words)))
    assert said[:3] == ["Who is it for?", "1, Myself.", "2, A family member."]


def test_what_is_wrong_is_said_first(who_page: Page, reading: Reading) -> None:
    """K11: errors are spoken, and before everything else."""
    said = script(replace(who_page, error=both("请您先选一个", "Please choose one")), reading)
    assert (said[0].text, said[0].place) == ("请您先选一个。", "error")


def test_the_answer_given_before_is_heard(who_page: Page, reading: Reading) -> None:
    """K18: chosen is told by word."""
    chosen = replace(who_page.choices[0], chosen=True)
    assert texts(choice_script(chosen, 1, reading)) == ["1，给我自己办，已选。"]


def test_a_short_choice_becomes_a_phrase(reading: Reading) -> None:
    """K23: no prompt shorter than four Han characters, digits apart."""
    (said,) = choice_script(Choice("yes", both("是", "Yes")), 2, reading)
    assert said.text == "第2个，是。"


def test_a_short_heading_leans_on_the_next_sentence(reading: Reading) -> None:
    """K23."""
    page = Page(
        "receipt", PageKind.CARD, both("回执", "Receipt"), body=(both("已经收到了。", "We have it."),)
    )
    assert texts(script(page, reading)) == ["回执，已经收到了。"]


def test_everything_on_the_page_is_said_and_decoration_is_not(reading: Reading) -> None:
    """K04: every string on screen has speech or is declared decoration."""
    page = Page(
        "question:birth",
        PageKind.ENTRY,
        both("您哪天出生？", "When were you born?"),
        body=(both("请看身份证正面。", "See your card."), Text({"zh": "━━━━"}, decoration=True)),
        entry=Entry(Keyboard.DATE),
        banner=both("高龄津贴", "Elderly allowance"),
        progress=both("第3步，共7步", "Step 3 of 7"),
        big=same("A017"),
        parts=2,
    )
    said = "".join(texts(script(page, reading)))
    for shown in (
        "您哪天出生",
        "请看身份证正面",
        "A017",
        "高龄津贴",
        "第3步，共7步",
        "2部分",
    ):
        assert shown in said
    assert "━" not in said


def test_a_private_detail_does_not_take_its_label_away(reading: Reading) -> None:
    """K12, K26: the check page reads every answer by name, and the number by its last two figures."""
    choice = Choice(
        "account", both("银行卡号", "Bank card"), detail=same("6222000011112202", Privacy.PRIVATE)
    )
    assert texts(choice_script(choice, 3, reading)) == ["3，银行卡号。", "已读取，尾号02。"]


def test_what_is_typed_already_is_said_but_not_a_secret(reading: Reading) -> None:
    page = Page("q", PageKind.ENTRY, both("您的电话号码", "Your phone"))
    phone = script(replace(page, entry=Entry(Keyboard.DIGITS, value="13800138000")), reading)
    secret = script(replace(page, entry=Entry(Keyboard.DIGITS, value="13800138000", secret=True)), reading)
    assert "现在填的是：尾号00。" in texts(phone)
    assert not any("138" in text or "00" in text for text in texts(secret))
    told = script(replace(page, entry=Entry(Keyboard.TEXT, value="她说话很不耐烦，", rows=4)), reading)
    assert "这里已经填过了。" in texts(told) and not any("不耐烦" in text for text in texts(told))


def test_long_sentences_are_cut_at_commas() -> None:
    """K24: at most 40 Han characters in a sentence, where the text has a comma to breathe at."""
    long = "，".join(["您可以请家里人或者社区的工作人员帮您办理"] * 4) + "。"
    cut = pieces(long)
    assert len(cut) == 2 and all(han(piece) <= LONGEST for piece in cut)
    assert "".join(cut) == long


def test_sentences_of_one_text_are_said_one_by_one() -> None:
    assert pieces("先放卡。再拿走！好了吗？好") == ["先放卡。", "再拿走！", "好了吗？", "好"]
    assert pieces("Put it down. Take it away.") == ["Put it down.", "Take it away."]


BOXES = (
    Text({"zh": "年", "en": "year"}, {"zh": "哪一年"}),
    Text({"zh": "月", "en": "month"}, {"zh": "哪个月"}),
    Text({"zh": "日", "en": "day"}, {"zh": "哪一天"}),
)


def test_boxes_are_said_by_their_names(words: Catalogue) -> None:
    """An ear alone knows what goes into each."""
    page = Page(
        "question:birth",
        PageKind.ENTRY,
        both("您哪天出生？", "When were you born?"),
        entry=Entry(Keyboard.DATE, boxes=BOXES),
    )
    for language, expected in (
        ("zh", "依次填年、月、日，一格满了自己到下一格。"),
        ("en", "Fill in year, month, day, one box after another."),
    ):
        assert expected in texts(script(page, Reading(language, Output.LOUDSPEAKER, words)))


def test_what_stands_in_the_boxes_is_said_with_their_names(words: Catalogue) -> None:
    """On headphones; a room hears no date of birth."""
    entry = Entry(Keyboard.DATE, value="1944 3 27", boxes=BOXES)
    page = Page("question:birth", PageKind.ENTRY, both("您哪天出生？", "When were you born?"), entry=entry)
    assert "现在填的是：1944年3月27日。" in texts(script(page, Reading("zh", Output.PRIVATE, words)))
    assert not any("1944" in text for text in texts(script(page, Reading("zh", Output.LOUDSPEAKER, words))))
    half = replace(page, entry=replace(entry, value="农历三月初五"))
    assert "现在填的是：农历三月初五。" in texts(script(half, Reading("zh", Output.PRIVATE, words)))


def test_a_sum_that_is_typed_is_heard_as_money_and_not_as_a_number(words: Catalogue) -> None:
    page = Page("question:sum", PageKind.ENTRY, both("一共要多少钱？", "How much do you claim?"))
    page = replace(page, entry=Entry(Keyboard.MONEY, value="13500.55"))
    assert "现在填的是：13500.55元。" in texts(script(page, Reading("zh", Output.PRIVATE, words)))
    assert not any("尾号" in text for text in texts(script(page, Reading("zh", Output.LOUDSPEAKER, words))))


def test_of_several_choices_it_is_said_how_they_are_chosen(reading: Reading) -> None:
    """And which are: K18."""
    page = Page(
        "question:need",
        PageKind.CHOICE,
        both("您需要哪几样？", "What do you need?"),
        choices=(
            Choice("meals", both("送饭上门", "Meals"), Role.TOGGLE, chosen=True),
            Choice("wash", both("帮忙洗澡", "Help with washing"), Role.TOGGLE),
            Choice("done", both("就选这些", "These"), Role.GO),
        ),
    )
    assert texts(script(page, reading)) == [
        "您需要哪几样？",
        "1，送饭上门，已选。",
        "2，帮忙洗澡。",
        "3，就选这些。",
        "请按数字键选，再按一次就取消。",
    ]


@pytest.mark.parametrize("keyboard", Keyboard)
@pytest.mark.parametrize("language", ["zh", "en"])
def test_every_keyboard_says_how_to_fill_the_field(
    keyboard: Keyboard, language: str, words: Catalogue
) -> None:
    page = Page("q", PageKind.ENTRY, both("多少钱？", "How much?"), entry=Entry(keyboard))
    said = script(page, Reading(language, Output.LOUDSPEAKER, words))
    assert [sentence.place for sentence in said] == ["heading", "help"]
