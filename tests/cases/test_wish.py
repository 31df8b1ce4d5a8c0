"""A mark at a kiosk is called what it is: proof of a wish (K41)."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from itertools import product

import pytest

from kiosk.cases.wish import Claim, EvidenceOfWish, claim_of, page_shown, strokes_digest

AT = datetime(2026, 11, 2, 1, 30, tzinfo=UTC)
PAGE = page_shown("sign", "zh", AT, ("请签名", "这是我的意思。"), ("请签名", "这是我的意思。"))
WISH = EvidenceOfWish((PAGE,), "2026.11.1", None, {"subject": "claimed"}, AT, "ab12", "1.0")


@pytest.mark.parametrize("four", list(product([False, True], repeat=4)))
def test_only_all_four_conditions_make_a_reliable_signature(four: tuple[bool, bool, bool, bool]) -> None:
    """K41: a proof of wish, unless all four conditions hold."""
    own, alone, mark, text = four
    claim = claim_of(signers_own=own, signer_alone=alone, mark_guarded=mark, text_guarded=text)
    assert (claim is Claim.RELIABLE) == all(four)


def test_what_is_drawn_at_a_kiosk_proves_a_wish() -> None:
    assert WISH.claim is Claim.WISH
    assert replace(WISH, box="").claim is Claim.WISH


def test_a_word_that_is_changed_on_a_page_is_seen() -> None:
    assert WISH.whole
    assert not replace(WISH, pages=(replace(PAGE, shown=("请签名", "这不是我的意思。")),)).whole
    assert not replace(WISH, pages=(replace(PAGE, said=("请签名",)),)).whole
    assert not replace(WISH, pages=(replace(PAGE, language="en"),)).whole


def test_nothing_that_was_on_a_page_is_in_a_repr() -> None:
    assert "意思" not in repr(WISH)


def test_a_key_that_was_pressed_has_no_strokes() -> None:
    assert strokes_digest(None) is None
    assert strokes_digest("[[1,2]]") != strokes_digest("[[1,3]]")
