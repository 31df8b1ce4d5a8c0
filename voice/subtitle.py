"""What the screen is told while something is said: the sentence, and which word of it sounds."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress

from kiosk.ports import Caption
from voice.utterances import Utterance

SHORTEST_MARK = 0.1
"""Seconds from one mark to the next: an eye follows no faster, and a screen need not draw more often."""
_STOPS = "，。！？；：、,.!?;: "


class Subtitle:
    """Belongs to the speech thread. A screen that fails (it is gone already) must not silence the kiosk."""

    def __init__(self, on_caption: Callable[[Caption], None]) -> None:
        self._on_caption = on_caption
        self._said: Utterance | None = None
        self._sounding = False
        self._word: tuple[int, int] | None = None
        self._marked_at = 0.0

    def begin(self, utterance: Utterance, *, sounding: bool) -> None:
        """Its first sample goes out, or it is shown alone."""
        self._said, self._sounding, self._word = utterance, sounding, None
        self._tell()

    def mark(self, start: int, length: int, now: float) -> None:
        """These characters of the words begin to sound: mark what they stand for, of a number all of it."""
        if self._said is None or not self._sounding or now - self._marked_at < SHORTEST_MARK:
            return
        word = written_word(self._said, start, length)
        if word is not None and word != self._word:
            self._word, self._marked_at = word, now
            self._tell()

    def end(self) -> None:
        """Nothing of it sounds any more; its words stay to be read."""
        if self._word is not None:
            self._word = None
            self._tell()
        self._said = None

    def drop(self) -> None:
        """The page it belonged to is gone."""
        self._said = self._word = None

    def _tell(self) -> None:
        assert self._said
        with suppress(Exception):
            self._on_caption(Caption(self._said.sentence.text, self._sounding, self._word))


def written_word(utterance: Utterance, start: int, length: int) -> tuple[int, int] | None:
    """Where it stands in the caption, from and how long; None for what is not written there at all."""
    words, caption = utterance.words, utterance.sentence.text
    if utterance.sentence.said:
        return None
    first, last = start, min(start + max(length, 1), len(words))
    while first > 0 and _same_word(words, first):
        first -= 1
    while last < len(words) and _same_word(words, last):
        last += 1
    begin, size = utterance.spoken.written(first, last - first)
    whole = caption[begin : begin + size]
    bare = whole.rstrip(_STOPS)
    return (begin, len(bare)) if bare else None


def _same_word(words: str, at: int) -> bool:
    """Do the characters around this place belong to one Latin word?"""
    return all(sign.isascii() and sign.isalpha() for sign in words[at - 1 : at + 1])
