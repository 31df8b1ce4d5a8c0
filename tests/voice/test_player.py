"""One stream: what goes out on it, block by block."""

from __future__ import annotations

from array import array
from itertools import pairwise

import pytest

from voice.engines import Mark, Rendered
from voice.messages import Ended, Report, Started, Word
from voice.player import FADE_SECONDS, Player
from voice.tone import SECONDS
from voice.tone import tone as tone_samples

RATE = 22050
BLOCK = 220
LOUD = 20000


def tone(samples: int, level: int = LOUD) -> Rendered:
    marks = (Mark(0, 0, 1), Mark(samples // 2, 1, 1))
    return Rendered(array("h", [level] * samples).tobytes(), RATE, marks)


@pytest.fixture
def said() -> list[Report]:
    return []


@pytest.fixture
def player(said: list[Report]) -> Player:
    made = Player(RATE, said.append)
    made.set_volume(10)
    return made


def block(player: Player, frames: int = BLOCK) -> list[int]:
    filled = array("h", player.fill(frames))
    assert len(filled) == frames
    return list(filled)


def test_an_utterance_starts_marks_its_words_and_ends(player: Player, said: list[Report]) -> None:
    player.play(1, tone(1000))
    sound = [sample for _ in range(6) for sample in block(player)]
    assert sound == [LOUD] * 1000 + [0] * 320
    assert said == [Started(1), Word(1, 0, 1), Word(1, 1, 1), Ended(1, True)]


def test_what_is_in_hand_is_told_when_it_is_heard(player: Player, said: list[Report]) -> None:
    """Else the captions run ahead, and the microphone opens while the kiosk still speaks."""
    player.in_hand = 4 * BLOCK / RATE
    player.play(1, tone(2 * BLOCK))
    told = [len(said) for _ in range(7) if block(player)]
    assert told == [1, 1, 1, 2, 3, 4, 4]
    assert said == [Started(1), Word(1, 0, 1), Word(1, 1, 1), Ended(1, True)] and not player.sounding


def test_a_cut_of_what_is_in_hand_is_no_whole_sentence(player: Player, said: list[Report]) -> None:
    player.in_hand = 4 * BLOCK / RATE
    player.play(1, tone(2 * BLOCK))
    for _ in range(3):
        block(player)
    assert player.sounding and player.cut()
    for _ in range(6):
        block(player)
    assert said == [Started(1), Ended(1, False)] and not player.cut()


def test_a_tone_sounds_where_nothing_is_said_and_is_no_utterance(player: Player, said: list[Report]) -> None:
    player.signal(tone_samples(RATE))
    heard = [sample for _ in range(20) for sample in block(player)]
    assert max(heard) > 5000 and not said
    assert abs(len([at for at, (a, b) in enumerate(pairwise(heard)) if a < 0 <= b]) - 660 * SECONDS) < 3
    assert heard[-BLOCK:] == [0] * BLOCK, "and then it is quiet"


def test_a_tone_never_sounds_over_a_sentence(player: Player) -> None:
    player.play(1, tone(1000))
    player.signal(tone_samples(RATE))
    assert block(player) == [LOUD] * BLOCK


def test_a_tone_is_silent_where_the_volume_is_off(player: Player) -> None:
    player.set_volume(0)
    player.signal(tone_samples(RATE))
    assert set(block(player)) == {0}


def test_a_cut_fades_in_three_milliseconds_and_then_there_is_silence(
    player: Player, said: list[Report]
) -> None:
    """K08: any key stops the speech at once, without a click."""
    player.play(1, tone(5000))
    block(player)
    player.cut()
    after = block(player)
    fade = int(FADE_SECONDS * RATE)
    assert after[:fade] == sorted(after[:fade], reverse=True) and after[0] > 0
    assert set(after[fade:]) == {0} and set(block(player)) == {0}
    assert said[-1] == Ended(1, False)


def test_a_new_utterance_takes_the_place_of_the_old(player: Player, said: list[Report]) -> None:
    """K08: never two voices at once."""
    player.play(1, tone(5000, 20000))
    block(player)
    player.play(2, tone(5000, 500))
    assert max(block(player)[int(FADE_SECONDS * RATE) :]) == 500
    assert [r for r in said if isinstance(r, Started | Ended)] == [Started(1), Ended(1, False), Started(2)]


def test_a_pause_keeps_the_place(player: Player) -> None:
    player.play(1, tone(440))
    block(player)
    player.hold(True)
    assert set(block(player)) == {0} and not player.sounding
    player.hold(False)
    assert block(player) == [LOUD] * 220


def test_volume_goes_in_steps_of_three_decibels_down_to_off(player: Player) -> None:
    """K22: steps of at most 10 dB, and 0 is silence."""
    levels = []
    for step in range(11):
        player.set_volume(step)
        player.play(step, tone(220))
        levels.append(block(player)[100])
    assert levels[0] == 0 and levels[10] == LOUD
    assert all(1.35 < louder / quieter < 1.5 for quieter, louder in pairwise(levels[1:]))


def test_sound_of_another_rate_keeps_its_length(player: Player) -> None:
    player.play(1, Rendered(tone(1600).pcm, 16000, ()))
    sound = [sample for _ in range(12) for sample in block(player)]
    assert abs(sum(sample > 0 for sample in sound) - 2205) < 3


def test_a_stream_may_rest_only_after_silence_and_between_two_sounds(player: Player) -> None:
    player.play(1, tone(440))
    assert not player.rest(0.0)
    for _ in range(5):
        block(player)
    assert not player.rest(0.05)
    for _ in range(5):
        block(player)
    assert player.rest(0.05)


def test_what_is_asked_while_the_stream_rests_is_heard_whole_when_it_wakes(
    player: Player, said: list[Report]
) -> None:
    """No word loses its beginning to a stream that is just stopping."""
    block(player)
    assert player.rest(0.0)
    player.play(1, tone(440))
    assert player.wanted.is_set() and set(block(player)) == {0} and said == []
    player.wake()
    assert block(player) + block(player) == [LOUD] * 440


def test_an_outlet_that_is_told_gets_no_more_than_there_is(player: Player, said: list[Report]) -> None:
    """And the end is the end for whoever hears it."""
    player.hears(0)
    player.play(1, tone(2 * BLOCK + 10))
    assert [len(player.give(BLOCK)) for _ in range(4)] == [BLOCK, BLOCK, 10, 0]
    assert said == [Started(1), Word(1, 0, 1)] and player.sounding and player.wanted.is_set()
    player.hears(BLOCK)
    assert said == [Started(1), Word(1, 0, 1)]
    player.hears(2 * BLOCK + 9)
    assert said == [Started(1), Word(1, 0, 1), Word(1, 1, 1)]
    player.hears(2 * BLOCK + 10)
    assert said[3:] == [Ended(1, True)]
    assert len(player.give(BLOCK)) == 0 and not player.wanted.is_set()


def test_what_was_not_heard_goes_out_again_with_its_words(player: Player, said: list[Report]) -> None:
    """Who presses pause hears on from where they were, though more was on its way."""
    steps = array("h", range(3 * BLOCK))
    marks = (Mark(0, 0, 1), Mark(BLOCK, 1, 1), Mark(2 * BLOCK, 2, 1))
    player.hears(0)
    player.play(1, Rendered(steps.tobytes(), RATE, marks))
    for _ in range(4):
        player.give(BLOCK)
    player.hears(BLOCK + 5)
    player.hold(on=True)
    player.take_back()
    player.hears(player.given)
    assert len(player.give(BLOCK)) == 0 and said == [Started(1), Word(1, 0, 1), Word(1, 1, 1)]
    player.hold(on=False)
    assert list(player.give(3 * BLOCK)) == list(range(BLOCK + 5, 3 * BLOCK))
    player.hears(player.given)
    assert said[3:] == [Word(1, 2, 1), Ended(1, True)]


def test_when_nobody_can_tell_any_more_the_words_go_on_by_time(player: Player, said: list[Report]) -> None:
    player.hears(0)
    player.play(1, tone(2 * BLOCK))
    player.give(2 * BLOCK)
    assert said == [Started(1), Word(1, 0, 1)]
    player.hears(None)
    assert said == [Started(1), Word(1, 0, 1), Word(1, 1, 1), Ended(1, True)]


def test_the_volume_is_in_what_is_given(player: Player) -> None:
    player.set_volume(4)
    player.play(1, tone(2 * BLOCK))
    assert LOUD / 9 < max(player.give(BLOCK)) < LOUD / 7
    player.set_volume(0)
    assert set(player.give(BLOCK)) == {0}
