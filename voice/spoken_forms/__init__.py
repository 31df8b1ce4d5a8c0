"""Written text to words as they are said: dates, money, times, numbers, tickets. Pure."""

from __future__ import annotations

from voice.spoken_forms import en, zh
from voice.spoken_forms.traced import Traced

_LANGUAGES = {"zh": zh.traced, "en": en.traced}


def spoken(text: str, language: str) -> str:
    """The words to say for `text`; a text that already is words comes back unchanged."""
    return traced(text, language).words


def traced(text: str, language: str) -> Traced:
    """The same, with the place of each word in `text`."""
    return _LANGUAGES.get(language, zh.traced)(text)
