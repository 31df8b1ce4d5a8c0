"""Which sounds are one sound in old people's mouths, among the files of words."""

from __future__ import annotations

from pathlib import Path

from kiosk.hanzi.accents import Accents, AccentsFault, Syllable
from kiosk.hanzi.accents import load_accents as _load_accents
from voice.understanding.faults import PackFault

__all__ = ["Accents", "Syllable", "load_accents"]


def load_accents(path: Path | None = None) -> Accents:
    """The shipped table, or a site's own. Raises PackFault naming the file and what is wrong in it."""
    try:
        return _load_accents(path)
    except AccentsFault as fault:
        raise PackFault(str(fault)) from fault
