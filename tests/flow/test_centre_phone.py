"""The telephone number of the centre, which everybody may hear in full."""

from kiosk.flow.pages.parts import spelled
from tests.flow.residents import WORLD
from voice.spoken_forms import spoken


def test_it_is_said_in_two_breaths_and_not_digit_by_digit() -> None:
    """K23: a stop after each digit took nine seconds, and nobody keeps a number that is said so."""
    number = spelled(WORLD.texts, "000-12345")
    assert number.say("zh") == "零零零，幺二三四五"
    assert number.say("en") == "zero zero zero, one two three four five"
    assert spoken(f"要问就打{number.say('zh')}。", "zh") == "要问就打零零零，幺二三四五。"
    assert number.show("zh") == number.show("en") == "000-12345"
