"""Whatever goes wrong with a card or a reader, there are words for it."""

from __future__ import annotations

import pytest

from kiosk.catalogue import load_catalogue
from kiosk.devices.events import CardFault, DeviceFault
from kiosk.devices.pcsc.reading import SocialCardFault

KEYS = [*CardFault, *SocialCardFault, *(f"card.reader_{fault}" for fault in DeviceFault)]


@pytest.mark.parametrize("key", KEYS)
def test_every_fault_has_words_in_both_languages(key: str) -> None:
    words = load_catalogue("resident")[key]
    assert words.shown["zh"]
    assert words.shown["en"]
