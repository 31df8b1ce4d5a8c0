"""Chinese words compared by how they sound, whatever the accent. Pure but for the table of readings."""

from __future__ import annotations

from functools import lru_cache

from kiosk.hanzi.readings import syllables
from kiosk.hanzi.tones import toneless
from voice.understanding.accents import Accents, Syllable
from voice.understanding.phrases import Phrase, is_han, written

MERGED, HALF, OTHER = 0.2, 0.5, 1.0
"""What it costs where two syllables are one in some accent, share initial or final, or nothing."""
MOST = 0.34
"""A syllable, at most: beyond it, it is another word."""
BETTER = 0.25
"""A syllable, at least, that the best has to be ahead of the second."""

_SAID = {"嗯": "en", "哎": "ai", "欸": "ei", "诶": "ei", "呣": "mu", "哼": "heng"}
"""Where the library writes a mere sound without a vowel."""

Sounds = tuple[Syllable, ...]


def sounds(tokens: Phrase, accents: Accents) -> Sounds:
    """The syllables of Chinese words; none where something else is among them."""
    if not tokens or not all(map(is_han, tokens)):
        return ()
    plain = [toneless(syllable) for syllable in syllables(written(tokens))]
    return tuple(accents.syllable(_SAID.get(sign, said)) for sign, said in zip(tokens, plain, strict=True))


known_sounds = lru_cache(maxsize=2048)(sounds)
"""The same, remembered: for words of the program, never for what somebody said."""


def unlikeness(one: Syllable, other: Syllable) -> float:
    """0 for the same syllable, 1 for one that has nothing of it."""
    if one.plain == other.plain:
        return 0.0
    alike = (one.initial == other.initial) + (one.final == other.final)
    return (OTHER, HALF, MERGED)[alike]


def distance(one: Sounds, other: Sounds) -> float:
    """How far apart, a syllable; a syllable more or less counts as another one."""
    row: list[float] = list(range(len(other) + 1))
    for at, heard in enumerate(one, 1):
        above = row
        row = [float(at)]
        for place, meant in enumerate(other, 1):
            replaced = above[place - 1] + unlikeness(heard, meant)
            row.append(min(replaced, above[place] + OTHER, row[-1] + OTHER))
    return row[-1] / max(len(one), len(other), 1)
