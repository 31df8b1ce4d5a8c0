"""Sound in, answers out: who hears what, with a recogniser that says what it was given."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

import pytest

from voice.listening.detector import SileroDetector
from voice.listening.hearer import RUN_UP, Hearer, Nobody, Question
from voice.listening.recogniser import BLOCK_BYTES, BLOCK_SECONDS, GrammarFault, Heard
from voice.listening.speech_end import Patience

SECOND = 32000


@dataclass
class Script:
    """A recogniser that hears what stands in its script, one word for so many loud blocks."""

    words: Sequence[str] = ("네",)
    blocks_a_word: int = 5
    fed: list[bytes] = field(default_factory=list)
    begun: list[Sequence[str] | None] = field(default_factory=list)
    missing: tuple[str, ...] = ()

    def known(self, word: str) -> bool:
        return word in self.words

    def begin(self, phrases: Sequence[str] | None) -> None:
        if phrases is not None and not any(map(self.known, phrases)):
            raise GrammarFault("none")
        self.fed = []
        self.begun.append(phrases)

    def feed(self, pcm: bytes) -> None:
        assert len(pcm) == BLOCK_BYTES
        self.fed.append(pcm)

    def partial(self) -> str:
        return " ".join(self.words[: sum(map(any, self.fed)) // self.blocks_a_word])

    def settle(self) -> str:
        return self.partial()

    def end(self) -> Heard:
        return Heard((self.partial(),), 1.0) if self.partial() else Heard()


class Loudness:
    """Takes loud blocks for a voice."""

    def reset(self) -> None:
        """It remembers nothing."""

    def voice(self, pcm: bytes) -> float:
        return 0.95 if any(pcm) else 0.02


def loud(seconds: float) -> bytes:
    return b"\x10\x10" * round(seconds * 16000)


def quiet(seconds: float) -> bytes:
    return bytes(2 * round(seconds * 16000))


def made(script: Script, patience: Patience | None = None) -> Hearer:
    hearer = Hearer(script, Loudness())
    hearer.begin(Question(tuple(script.words), patience or Patience()))
    return hearer


@pytest.mark.parametrize("piece", [2, 320, 1000, 1024, 5000, 10**6])
def test_sound_may_come_in_pieces_of_any_size(piece: int) -> None:
    sound = quiet(0.5) + loud(0.5) + quiet(2)
    hearer = made(Script())
    answers = [hearer.feed(sound[at : at + piece]) for at in range(0, len(sound), piece)]
    assert [answer for answer in answers if answer] == [Heard(("네",), 1.0)]


def test_the_recogniser_hears_what_was_just_before_the_voice_and_nothing_earlier() -> None:
    script = Script()
    hearer = made(script)
    hearer.feed(quiet(5) + loud(0.32))
    assert len(script.fed) == round(RUN_UP / BLOCK_SECONDS) + 10


def test_an_answer_at_the_first_sample_is_heard_from_there() -> None:
    script = Script()
    assert made(script).feed(loud(0.32) + quiet(2)) == Heard(("네",), 1.0)
    assert script.fed[0] == loud(0.032)


def test_a_click_is_taken_back_before_the_answer() -> None:
    script = Script()
    hearer = made(script)
    hearer.feed(quiet(1) + loud(0.032) + quiet(1))
    assert script.fed == []
    assert hearer.feed(loud(0.5) + quiet(1)) == Heard(("네",), 1.0)


def test_the_last_digit_ends_the_number_sooner_than_a_pause_in_it() -> None:
    digits = ("하나", "둘", "셋")
    patience = Patience(lengths=(3,), digit_words=digits)
    script = Script(digits)
    hearer = made(script, patience)
    assert hearer.feed(loud(0.16) + quiet(1.4)) is None, "one digit: the person looks for the next"
    assert hearer.feed(loud(0.32)) is None
    assert hearer.feed(quiet(0.35)) == Heard(("하나 둘 셋",), 1.0)


def test_nobody_is_waited_for_without_end() -> None:
    assert made(Script(), Patience(silence=3)).feed(quiet(3.1)) == Nobody()


def test_letting_the_key_go_ends_the_answer_at_once() -> None:
    hearer = made(Script())
    assert hearer.feed(loud(0.5)) is None and hearer.speaking
    assert hearer.finish() == Heard(("네",), 1.0)
    assert not hearer.speaking


def test_letting_the_key_go_without_a_word_is_silence() -> None:
    hearer = made(Script())
    hearer.feed(quiet(1))
    assert hearer.finish() == Nobody()


def test_what_was_begun_is_forgotten_with_the_page() -> None:
    script = Script()
    hearer = made(script)
    hearer.feed(loud(0.5))
    hearer.begin(Question(("네",)))
    assert script.fed == []
    assert hearer.feed(quiet(1)) is None
    assert hearer.finish() == Nobody()


def test_nothing_is_heard_while_nothing_is_asked() -> None:
    script = Script()
    hearer = Hearer(script, Loudness())
    assert hearer.feed(loud(1) + quiet(1)) is None
    assert hearer.finish() == Nobody()
    assert script.begun == []


def test_a_page_of_words_that_the_model_lacks_cannot_be_listened_to() -> None:
    hearer = Hearer(Script(), Loudness())
    with pytest.raises(GrammarFault):
        hearer.begin(Question(("不对",)))
    assert hearer.feed(loud(1)) is None


def test_what_was_said_stands_in_no_repr() -> None:
    """K46: a trace of an error may be read by anybody who repairs the box."""
    assert "네" not in repr(Heard(("네",), 1.0)) + repr(Question(("네",)))


def test_the_real_detector_hears_no_voice_in_silence_and_noise() -> None:
    noise = bytes((7919 * at * at >> 5) % 251 for at in range(SECOND))
    hum = b"".join(
        (round(3000 * ((at // 160) % 2 * 2 - 1))).to_bytes(2, "little", signed=True) for at in range(16000)
    )
    detector = SileroDetector()
    for sound in (quiet(2), hum, noise):
        detector.reset()
        blocks = [sound[at : at + BLOCK_BYTES] for at in range(0, len(sound) - BLOCK_BYTES, BLOCK_BYTES)]
        assert sum(detector.voice(block) > 0.5 for block in blocks) <= 2
