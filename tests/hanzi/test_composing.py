"""What is typed becomes characters step by step, and nothing of it is lost on the way."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from kiosk.hanzi.candidates import Wanted
from kiosk.hanzi.composing import MOST_KEYS, Composing


def typed(keys: str, wanted: Wanted = Wanted.WORDS) -> Composing:
    composing = Composing(wanted=wanted)
    for key in keys:
        composing = composing.key(key)
    return composing


def test_a_whole_name_is_taken_surname_first_and_the_rest_stays() -> None:
    composing = typed("zhangxiuying", Wanted.SURNAME)
    surname = composing.shown(5)[0]
    assert surname.text == "张"
    composing = composing.take(surname)
    assert composing.typed == "xiuying" and composing.wanted is Wanted.GIVEN
    assert composing.shown(5)[0].text == "秀英"
    assert not composing.take(composing.shown(5)[0])


def test_the_same_on_nine_keys() -> None:
    composing = typed("94264" + "9489464", Wanted.SURNAME)
    surname = next(one for one in composing.shown(5) if one.text == "张")
    assert "秀英" in [one.text for one in composing.take(surname).shown(5)]


def test_what_was_typed_is_shown_as_syllables() -> None:
    assert typed("zhangsan").spelled == "zhang'san"
    assert typed("94264", Wanted.SURNAME).spelled == "zhang"
    assert typed("zhongguo").spelled == "zhong'guo"


def test_a_syllable_only_begun_is_shown_as_it_is() -> None:
    assert typed("zhan").spelled == "zhan"
    assert typed("z").spelled == "z"


def test_pages_follow_each_other_and_end() -> None:
    composing = typed("zhang")
    first, second = composing.shown(5), composing.turn(1, 5).shown(5)
    assert len(first) == len(second) == 5 and not set(first) & set(second)
    last = composing.turn(500, 5)
    assert last.shown(5) and not last.more(5)
    assert composing.more(5) and composing.turn(-1).page == 0


def test_a_key_more_or_less_begins_at_the_first_page() -> None:
    composing = typed("zhan").turn(1, 5)
    assert composing.page == 1
    assert composing.key("g").page == 0 and composing.erase().page == 0
    assert composing.erase().typed == "zha"


def test_what_is_no_key_changes_nothing() -> None:
    composing = typed("zhang")
    for stray in ("1", "0", " ", "，", "张", "", "ab", "é"):
        assert composing.key(stray) == composing
    assert Composing().key("'") == Composing()
    assert composing.key("G").typed == "zhangg" and Composing().key("Ü").typed == "v"


def test_letters_after_digits_begin_anew() -> None:
    assert typed("942").key("z").typed == "z"
    assert typed("zh").key("9").typed == "9"


def test_a_break_keeps_syllables_apart_and_goes_with_what_is_taken() -> None:
    composing = typed("xi'an")
    assert composing.shown(1)[0].text == "西安"
    single = next(one for one in composing.shown(20) if one.text == "西")
    assert composing.take(single).typed == "an"


def test_a_held_key_ends_somewhere() -> None:
    assert len(typed("z" * 200).typed) == MOST_KEYS


@given(st.text("abcdefghijklmnopqrstuwxyz'23456789", max_size=25))
def test_taking_the_first_candidate_again_and_again_always_ends(keys: str) -> None:
    composing = typed(keys)
    for _ in range(len(composing.typed)):
        if not (shown := composing.shown(5)):
            assert composing.typed[:1] in ("i", "u", "'", "")
            break
        shorter = composing.take(shown[0])
        assert len(shorter.typed) < len(composing.typed)
        composing = shorter
    assert len(composing.spelled.replace("'", "")) <= MOST_KEYS * 2


def test_the_keys_show_in_no_repr() -> None:
    """K46."""
    assert "zhang" not in repr(typed("zhang"))
