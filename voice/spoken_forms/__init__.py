"""Written text to words as they are said: dates, money, times, numbers, tickets. Pure."""

from __future__ import annotations

from voice.spoken_forms import en, zh

_LANGUAGES = {"zh": zh.spoken, "en": en.spoken}


def spoken(text: str, language: str) -> str:
    """The words to say for `text`; a text that already is words comes back unchanged."""
    return _LANGUAGES.get(language, zh.spoken)(text)
