"""Whatever goes wrong with a card or a reader, there are words for it."""

from __future__ import annotations

import pytest

from kiosk.catalogue import load_catalogue
from kiosk.identity.events import CardFault, ReaderFault


@pytest.mark.parametrize("fault", [*CardFault, *ReaderFault])
def test_every_fault_has_words_in_both_languages(fault: CardFault | ReaderFault) -> None:
    words = load_catalogue("resident")[fault.value]
    assert words.shown["zh"]
    assert words.shown["en"]
