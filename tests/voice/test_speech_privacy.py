"""Nobody in the hall hears a number that is nobody's business (K26)."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk.catalogue import load_catalogue
from kiosk.flow.fields.written import listed
from kiosk.text import Catalogue, Privacy, Text, same
from voice.privacy import Output, heard
from voice.spoken_forms import spoken

ID_NUMBER = "990101195003051234"


def in_the_hall(words: Catalogue, text: str, privacy: Privacy, language: str = "zh") -> str:
    return heard(same(text, privacy), language, Output.LOUDSPEAKER, words)


@pytest.mark.parametrize(
    ("shown", "privacy", "said"),
    [
        (ID_NUMBER, Privacy.PRIVATE, "已读取，尾号34"),
        ("99010119500305002X", Privacy.PRIVATE, "已读取，尾号2X"),
        (f"身份证号：{ID_NUMBER}", Privacy.PRIVATE, "身份证号：已读取，尾号34"),
        ("6222 0000 1111 2202，王秀英", Privacy.PRIVATE, "已读取，尾号02"),
        ("990***********0002", Privacy.PRIVATE, "已读取，尾号02"),
        ("1234", Privacy.PRIVATE, "已读取，不念出来"),
        ("王秀英", Privacy.PRIVATE, "已读取，不念出来"),
        ("王秀英", Privacy.MASKED, "王某某"),
        ("姓名：王秀英", Privacy.MASKED, "姓名：王某某"),
        ("案由：借钱不还", Privacy.MASKED, "案由：已读取，不念出来"),
        ("案号：(2026)示例0001民初118号", Privacy.MASKED, "案号：已读取，不念出来"),
        ("王*英", Privacy.MASKED, "王某英"),
        ("138******02", Privacy.MASKED, "尾号02"),
        ("住址：某省某市光明路12号", Privacy.MASKED, "住址：某省某，后面不念出来"),
        ("您好，王秀英。", Privacy.MASKED, "您好，王秀英。"),
        ("内容：她说话很不耐烦，让我等了一上午。", Privacy.MASKED, "内容：她说话，后面不念出来"),
        ("个人账户：8643.20元", Privacy.MASKED, "个人账户：已读取，不念出来"),
        ("一共8643.20元", Privacy.OPEN, "一共8643.20元"),
        ("例如 1944 3 27", Privacy.OPEN, "例如 1944 3 27"),
        ("电话13800138000", Privacy.OPEN, "电话尾号00"),
        ("电话138-0013-8000", Privacy.OPEN, "电话尾号00"),
        ("生日1950-03-05", Privacy.OPEN, "生日1950-03-05"),
        ("一共12000元", Privacy.OPEN, "一共12000元"),
        ("您的号码是A017", Privacy.OPEN, "您的号码是A017"),
        ("请打 12345 热线", Privacy.OPEN, "请打 12345 热线"),
        ("请打 13800138000", Privacy.OPEN, "请打 尾号00"),
    ],
)
def test_on_the_loudspeaker(words: Catalogue, shown: str, privacy: Privacy, said: str) -> None:
    """K26: 已读取 and the last two figures, a name by its family name only."""
    assert in_the_hall(words, shown, privacy) == said


def test_of_a_row_each_part_is_heard_as_it_may_be(words: Catalogue) -> None:
    """K26: a list of people is told apart by their names, not by the ends of their numbers alone."""
    name, number = same("王秀英", Privacy.MASKED), same("139******01", Privacy.PRIVATE)
    row = listed([same("女儿"), name, number])
    assert row.privacy is Privacy.PRIVATE
    assert heard(row, "zh", Output.LOUDSPEAKER, words) == "女儿，王某某，已读取，尾号01"
    assert heard(row, "zh", Output.PRIVATE, words) == row.show("zh")


def test_in_headphones_the_person_hears_all_of_it(words: Catalogue) -> None:
    """K26: full reading only where nobody else hears."""
    private = same(ID_NUMBER, Privacy.PRIVATE)
    assert heard(private, "zh", Output.PRIVATE, words) == ID_NUMBER


@given(
    st.text(alphabet="您的号是，：:.0123456789 -·", max_size=20),
    st.integers(10**10, 10**18 - 1),
    st.sampled_from(["zh", "en"]),
)
def test_a_private_number_never_leaves_more_than_two_figures(around: str, number: int, language: str) -> None:
    """K26: 0 private digits in the hall, whatever stands before the number."""
    from kiosk.catalogue import load_catalogue

    said = in_the_hall(load_catalogue("voice"), f"{around}{number}", Privacy.PRIVATE, language)
    assert len(re.findall(r"[0-9]", said)) <= 2


@given(st.integers(10**8, 10**18 - 1), st.sampled_from(list(Privacy)), st.sampled_from(["", " ", "-", "·"]))
def test_the_last_net_holds_for_texts_marked_wrongly(number: int, privacy: Privacy, between: str) -> None:
    """K26: a long number is never said in full on the loudspeaker, even if its text is marked open."""
    from kiosk.catalogue import load_catalogue

    figures = f"{number}"
    written = between.join([figures[:4], figures[4:8], figures[8:]])
    said = in_the_hall(load_catalogue("voice"), f"号码{written}", privacy)
    assert len(re.findall(r"[0-9]", said)) <= 2
    assert spoken(said, "zh")


def test_a_name_read_from_a_card_is_not_said_in_full_on_the_check_page() -> None:
    """K26: where the value came from is said after it, and hides nothing."""
    line = same("姓名：张桂芳（来自身份证）", Privacy.MASKED)
    said = heard(line, "zh", Output.LOUDSPEAKER, load_catalogue("voice"))
    assert said == "姓名：张某某（来自身份证）"
    long = same("Name: 阿不都热西提·吐尔逊示例 (from the card)", Privacy.MASKED)
    assert "吐尔逊" not in heard(long, "en", Output.LOUDSPEAKER, load_catalogue("voice"))


SENTENCE = Text(
    {
        "zh": "{person}请{helper}帮忙办「高龄津贴」。",
        "en": "{person} asks {helper} to see to it.",
    }
)


@pytest.mark.parametrize(
    ("person", "helper", "zh", "en"),
    [
        (
            *("王秀英", "李梅"),
            "王某某请李某帮忙办「高龄津贴」。",
            "Wang asks Li to see to it.",
        ),
        (
            *("阿不都热西提·吐尔逊示例", "John Example"),
            "这位请这位帮忙办「高龄津贴」。",
            "this person asks this person to see to it.",
        ),
        ("王**", "李*", "王某某请李某帮忙办「高龄津贴」。", "Wang asks Li to see to it."),
    ],
    ids=["han", "of other scripts", "masked on the screen"],
)
def test_a_name_inside_a_sentence_is_not_said_in_full(
    words: Catalogue, person: str, helper: str, zh: str, en: str
) -> None:
    """K26: the sentence is heard as it is shown, the names in it by the family name; headphones hear all."""
    filled = SENTENCE.fill(person=same(person, Privacy.MASKED), helper=same(helper, Privacy.MASKED))
    for text in (filled, Text({"zh": "委托书：{text}", "en": "{text}"}).fill(text=filled)):
        assert heard(text, "zh", Output.LOUDSPEAKER, words).removeprefix("委托书：") == zh
        assert heard(text, "en", Output.LOUDSPEAKER, words) == en
        assert heard(text, "zh", Output.PRIVATE, words) == text.show("zh")


def test_an_address_inside_a_sentence_is_said_in_part(words: Catalogue) -> None:
    """K26."""
    value = same("某省某市光明路12号", Privacy.MASKED)
    kept = Text({"zh": "已填 {value}。不用改就按继续。"}).fill(value=value)
    assert heard(kept, "zh", Output.LOUDSPEAKER, words) == "已填 某省某，后面不念出来。不用改就按继续。"


@pytest.mark.parametrize(
    ("shown", "said"),
    [
        ("张秀英", "Zhang, the rest is not said aloud"),
        ("Name: 吕大为", "Name: Lü, the rest is not said aloud"),
    ],
)
def test_an_english_ear_hears_a_chinese_surname_as_it_sounds(words: Catalogue, shown: str, said: str) -> None:
    """K26: an English voice has no characters."""
    assert in_the_hall(words, shown, Privacy.MASKED, "en") == said
