"""What counts as a yes to what was heard."""

from __future__ import annotations

import pytest

from kiosk.flow.moves import Heard
from kiosk.flow.pages.now import page_of
from kiosk.ports import NotUnderstood, Understood
from tests.flow.residents import AT_EIGHTY, WORLD, begun, led, moved
from voice.understanding import expectation, load_pack, understand

WHO = led(begun(None), AT_EIGHTY, "question:who")
CONSENT = led(begun(None), AT_EIGHTY, "consent:use")
PACK = load_pack("zh")


@pytest.mark.parametrize(
    ("heard", "said", "means"),
    [
        (Heard("family", 2), "对", "yes"),
        (Heard("family", 2), "是的", "yes"),
        (Heard("family", 2), "不对", "no"),
        (Heard("family", 2), "一", ""),
        (Heard("family", 2), "二", ""),
        (Heard("family", 2), "第一个", ""),
        (Heard("family", 2), "下一步", ""),
        (Heard("family", 2), "火车", ""),
    ],
)
def test_a_number_is_no_yes_to_what_is_said_back(heard: Heard, said: str, means: str) -> None:
    """Whoever hears "two" read back, and says "one", puts it right; 1 is the key of the yes all the same."""
    expected = expectation(page_of(moved(WHO, heard), WORLD), "zh")
    answer = understand([said], expected, PACK)
    plain = not isinstance(answer, Understood) or answer.instead
    assert answer == Understood(choice=means) if means else plain


@pytest.mark.parametrize("said", ["同意", "我同意", "好", "要"])
def test_an_agreement_is_no_yes_to_a_misheard_refusal(said: str) -> None:
    """您说的是「不同意」，对吗: 同意 is what they had said."""
    refusal = expectation(page_of(moved(CONSENT, Heard("no", 2)), WORLD), "zh")
    answer = understand([said], refusal, PACK)
    assert answer == Understood(choice="yes", instead=True) or not isinstance(answer, Understood)
    assert understand(["不同意"], refusal, PACK) == Understood(choice="no"), "asked again, nothing is lost"
    agreement = expectation(page_of(moved(CONSENT, Heard("yes", 1)), WORLD), "zh")
    assert understand([said], agreement, PACK) == Understood(choice="yes")
    assert understand(["不同意"], agreement, PACK) == Understood(choice="no")


def test_an_mm_is_no_yes_where_it_binds() -> None:
    for at, answer in ((WHO, Understood(choice="yes")), (CONSENT, NotUnderstood())):
        page = page_of(moved(at, Heard(page_of(at, WORLD).choices[0].id, 1)), WORLD)
        assert understand(["嗯"], expectation(page, "zh"), PACK) == answer
