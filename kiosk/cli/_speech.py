"""What the speaking process finds on this box."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from kiosk.config import Voice

if TYPE_CHECKING:
    from voice.fitting import Fitting

VOICES, PREPARED = "voices", "prepared"
"""Folders in the data folder: what was installed, and the sentences rendered beforehand."""
HEARD = ("zh", "en", "ko")
"""Languages that there are words to listen with for; no page is in the last one."""


def speech_of(voice: Voice, state: Path, *, browser: int | None = None) -> Fitting:
    """By the settings, with the folders of this box. `browser`: the descriptor at which it has a page."""
    from voice.fitting import Fitting

    return Fitting(
        voices=str(state / VOICES),
        prepared=str(state / PREPARED),
        voice=voice.voice,
        device=voice.device,
        headphones=voice.headphones,
        lexicon=voice.lexicon,
        private=voice.output == "private",
        browser=browser,
    )
