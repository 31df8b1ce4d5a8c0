"""What is confirmed at the end is true of whoever confirms it (K40)."""

from __future__ import annotations

import datetime

import pytest

from kiosk.flow.moves import Choose
from kiosk.flow.pages.now import page_of
from kiosk.flow.sitting import Sitting
from kiosk.sitting.submission import build_submission
from tests.flow.residents import AT_EIGHTY, WORLD, begun, led

NOW = datetime.datetime(2026, 11, 2, 9, tzinfo=datetime.UTC)


def at_the_signature(who: str) -> Sitting:
    return led(begun(None), {**AT_EIGHTY, "question:who": Choose(who)}, "sign")


@pytest.mark.parametrize(
    ("who", "said"), [("self", "这是我自己的意思"), ("family", "我是替本人来办的")], ids=["self", "family"]
)
def test_a_daughter_does_not_say_that_it_is_her_own_wish(who: str, said: str) -> None:
    """The page says what is true of her, and the same words are handed in."""
    sitting = at_the_signature(who)
    assert sitting.place == "sign"
    (shown,) = page_of(sitting, WORLD).body
    assert shown.show("zh").startswith(said)
    handed_in = build_submission(sitting, WORLD, None, NOW, None, None)
    assert handed_in.signature is not None
    assert handed_in.signature.statement == dict(shown.shown)
