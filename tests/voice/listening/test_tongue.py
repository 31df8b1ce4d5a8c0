"""Which language a listening model is of is told by the words that it knows."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from kiosk.text import LANGUAGES
from tests.voice.listening.korean_speech import korean, needs_korean  # noqa: F401 - a fixture
from voice.listening.recogniser import Recogniser
from voice.listening.tongue import spoken_instead, tongues


def model_of(*languages: str, but: float = 0.0) -> Callable[[str], bool]:
    """A model that knows the everyday words of these, and lacks the first of them as `but` says."""
    words = [word for code in languages for word in tongues()[code].words[int(but * 8) :]]
    return words.__contains__


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_model_of_the_right_language_is_taken_even_if_it_lacks_some_words(language: str) -> None:
    assert spoken_instead(language, model_of(language, but=0.5)) is None


@pytest.mark.parametrize("other", [code for code in tongues() if code != "zh"])
def test_a_model_of_another_language_is_named(other: str) -> None:
    """Whichever it is, and also if its publisher put some Chinese words in."""
    stray = tongues()["zh"].words[0]
    assert spoken_instead("zh", lambda word: word == stray or model_of(other)(word)) == other


def test_a_model_of_both_languages_serves_both() -> None:
    assert [spoken_instead(language, model_of("zh", "en")) for language in LANGUAGES] == [None, None]


def test_a_model_of_a_language_that_is_not_in_the_table_is_still_not_ours() -> None:
    assert spoken_instead("zh", {"moja", "mbili"}.__contains__) == ""


@needs_korean
def test_the_real_korean_model_is_korean(korean: Recogniser) -> None:  # noqa: F811
    assert spoken_instead("zh", korean.known) == "ko"
    assert spoken_instead("ko", korean.known) is None


def test_the_table_tells_its_languages_apart() -> None:
    """No word stands in two of them, and each is named for staff in both of ours."""
    words = [word for tongue in tongues().values() for word in tongue.words]
    assert {word for word in words if words.count(word) > 1} <= {"quando"}
    assert all(set(tongue.name.shown) == set(LANGUAGES) for tongue in tongues().values())
