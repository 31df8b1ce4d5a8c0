"""A thousand interruptions at random: what was cut off is never heard again, and never two at once."""

from __future__ import annotations

import shutil
import sys
import time
from array import array
from bisect import bisect_left
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import accumulate, pairwise
from math import cos, hypot, inf, pi, sin
from operator import mul
from pathlib import Path
from random import Random
from typing import TYPE_CHECKING

import pytest

from kiosk.flow.page import Page, PageKind
from kiosk.text import same
from tests.voice.notes_voice import RATE, WORDS, pitch

if TYPE_CHECKING:
    from tests.voice.conftest import Booth
    from tests.voice.sound_hall import Hall
    from voice.speaker import PageSpeaker

PROGRAM = (sys.executable, str(Path(__file__).with_name("notes_voice.py")))
INTERRUPTIONS = 1000
LONGEST_PAUSE = 0.07
"""Seconds between two interruptions, at the most: many come before the first sample, many in the sound."""
SILENT_WITHIN = 0.05
"""Seconds from an interruption to the last sample of what was said, for nine of ten."""
SILENT_AT_LAST = 1.0
"""The same for the rest: a busy machine is slow, not broken."""
EARLY = 0.25
"""Seconds before it was asked for in which a sentence may seem to sound: a sound server that stood still
takes all it missed at once."""
BLOCK = RATE // 200
HEARD = 0.25
"""Of full loudness; in 5 ms in which a note ends, others seem to have up to 0.16."""
WAIT = 30.0

pytestmark = pytest.mark.skipif(
    not all(map(shutil.which, ("pulseaudio", "parec", "pacat", "pactl"))),
    reason="pulseaudio is not installed",
)


@dataclass(frozen=True, slots=True)
class Spell:
    """The time in which a word was wanted."""

    word: str
    begun: float
    ended: float


@dataclass(frozen=True, slots=True)
class Sound:
    """What is to be heard in 5 ms of the recording."""

    at: float
    words: tuple[str, ...]


@pytest.mark.slow
def test_of_a_thousand_sentences_cut_off_at_random_none_is_heard_again(
    hall: Hall, booth: Booth, record_property: Callable[[str, object], None]
) -> None:
    """K08: a new page or a key silences the old page for good, whatever was under way."""
    speaker = booth.speaker(program=PROGRAM)
    until_heard(booth, speaker)
    hall.listen_on(1.0)
    hall.tape = []
    spells = list(storm(speaker.present, speaker.stop, Random(20)))
    hall.listen_on(1.0)
    sounds = list(heard(hall.tape))
    late = [lateness(spell, sounds, spells[at + len(WORDS) :]) for at, spell in enumerate(spells)]
    told = sorted(wait for wait in late if wait is not None)
    record_property("sentences that were heard", len(told))
    record_property("from a cut to its last sample, 99 of 100, s", round(told[int(0.99 * len(told))], 3))
    record_property("the latest, s", round(told[-1], 3))
    assert len(told) > INTERRUPTIONS / 3
    assert list(out_of_turn(spells, sounds)) == []
    assert not any(len({*one.words} & {*two.words}) > 1 for one, two in pairwise(sounds))
    assert told[int(0.9 * len(told))] < SILENT_WITHIN and told[-1] < SILENT_AT_LAST
    assert booth.ear.no_sound == 0


def until_heard(booth: Booth, speaker: PageSpeaker) -> None:
    """On a busy machine the first words may go without sound."""
    for _ in range(10):
        speaker.present(page(WORDS[0]), "en")
        assert speaker.wait_quiet(WAIT)
        if booth.ear.captions[-1].sounding:
            return
    raise AssertionError("the voice was never heard")


def page(word: str) -> Page:
    return Page(word, PageKind.CARD, same(f"{word}."))


def storm(present: Callable[[Page, str], None], stop: Callable[[], None], chance: Random) -> Iterator[Spell]:
    """Pages in turn, each cut by the next one or by a key, after a time that nobody knows beforehand."""
    for number in range(INTERRUPTIONS):
        word = WORDS[number % len(WORDS)]
        begun = time.monotonic()
        present(page(word), "en")
        time.sleep(chance.uniform(0.0, LONGEST_PAUSE))
        ended = time.monotonic()
        if number == INTERRUPTIONS - 1 or chance.random() < 0.3:
            stop()
            time.sleep(chance.uniform(0.0, LONGEST_PAUSE))
        yield Spell(word, begun, ended)


def heard(tape: list[tuple[float, bytes]]) -> Iterator[Sound]:
    """The recording in steps of 5 ms."""
    samples = array("h", b"".join(block for _, block in tape))
    shifts = list(behind(tape))
    waves = {word: waves_of(word) for word in WORDS}
    blocks = [samples[at : at + BLOCK] for at in range(0, len(samples) - BLOCK, BLOCK)]
    strengths = [{word: strength(block, waves[word]) for word in WORDS} for block in blocks]
    full = max(max(by_word.values()) for by_word in strengths)
    for number, by_word in enumerate(strengths):
        words = tuple(word for word, loud in by_word.items() if loud > HEARD * full)
        yield Sound(shifts[number * len(shifts) // len(blocks)] + number * BLOCK / RATE, words)


def behind(tape: list[tuple[float, bytes]]) -> Iterator[float]:
    """From the recording's clock to ours, for each block: of the half second after it the soonest one
    tells, as others waited for a busy machine. Where that lost samples, all that comes later is later."""
    ends = accumulate(len(block) // 2 for _, block in tape)
    waits = [came - end / RATE for (came, _), end in zip(tape, ends, strict=True)]
    return (min(waits[at : at + 50]) for at in range(len(waits)))


def waves_of(word: str) -> tuple[list[float], list[float]]:
    turns = [2 * pi * pitch(word) * at / RATE for at in range(BLOCK)]
    return [sin(turn) for turn in turns], [cos(turn) for turn in turns]


def strength(block: array[int], waves: tuple[list[float], list[float]]) -> float:
    return hypot(*(sum(map(mul, block, wave)) for wave in waves))


def out_of_turn(spells: list[Spell], sounds: list[Sound]) -> Iterator[Sound]:
    """Sounds of a sentence after a later one was heard: nothing that is wanted by then can be meant. What a
    block is in which one note goes over into the next cannot be told."""
    here = 0
    for sound in sounds:
        if len(sound.words) == 1:
            meant = next((n for n in range(here, len(spells)) if spells[n].word in sound.words), None)
            if meant is None or spells[meant].begun > sound.at + EARLY:
                yield sound
            else:
                here = meant


def lateness(spell: Spell, sounds: list[Sound], later: list[Spell]) -> float | None:
    """Seconds from the end of its time to its last sample before it is wanted again; None: never heard."""
    until = next((other.begun for other in later if other.word == spell.word), inf)
    first, last = (bisect_left(sounds, at, key=lambda sound: sound.at) for at in (spell.begun, until))
    heard_at = [sound.at for sound in sounds[first:last] if spell.word in sound.words]
    return max(0.0, heard_at[-1] - spell.ended) if heard_at else None
