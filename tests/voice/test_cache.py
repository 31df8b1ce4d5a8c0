"""Prepared sentences: found again exactly, rendered anew when anything about them changed, never written at
run time.
"""

from __future__ import annotations

import time
from pathlib import Path

import pytest

from voice.engines import Mark, Rendered
from voice.engines.cache import Prepared, SpeechCache, key_of
from voice.engines.espeak import EspeakEngine

SOUND = Rendered(bytes(range(256)) * 800, 22050, (Mark(0, 0, 1), Mark(4000, 1, 1)))
WITHIN = 0.03
"""Seconds from the wish to the first sample of a prepared sentence (p95)."""


class Counting:
    """An engine whose voice can change; counts what it renders."""

    def __init__(self, name: str = "engine 1", voice: str = "f3") -> None:
        self.name, self.voice = name, voice
        self.rendered = 0

    def languages(self) -> frozenset[str]:
        return frozenset({"zh", "en"})

    def voices(self) -> dict[str, str]:
        return {"zh": self.voice, "en": self.voice}

    def render(self, text: str, language: str, rate_step: int) -> Rendered:
        self.rendered += 1
        return SOUND


@pytest.fixture
def cache(tmp_path: Path) -> SpeechCache:
    return SpeechCache(tmp_path / "prepared")


def files(folder: Path) -> list[Path]:
    return sorted(path for path in folder.rglob("*") if path.is_file())


def test_what_was_prepared_is_said_without_rendering(cache: SpeechCache) -> None:
    engine = Counting()
    cache.keep(key_of(engine, "您好", "zh", 4), SOUND)
    assert Prepared(engine, cache).render("您好", "zh", 4) == SOUND and engine.rendered == 0


def test_another_voice_speed_language_version_or_reading_is_another_sentence(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    engine = Counting()
    keys = {
        key_of(engine, "银行", "zh", 4),
        key_of(engine, "银行", "zh", 5),
        key_of(engine, "银行", "en", 4),
        key_of(engine, "行", "zh", 4),
        key_of(Counting(voice="Annie"), "银行", "zh", 4),
        key_of(Counting(name="engine 2"), "银行", "zh", 4),
    }
    monkeypatch.setattr("voice.engines.cache.FORMAT", 0)
    keys.add(key_of(engine, "银行", "zh", 4))
    assert len(keys) == 7


def test_a_character_that_is_read_otherwise_from_now_on_is_rendered_anew(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    from voice.engines.pinyin import PinyinText

    before = key_of(Counting(), "银行", "zh", 4)
    monkeypatch.setattr("voice.engines.cache.to_pinyin", lambda text: PinyinText("yin2 xing2", ()))
    assert key_of(Counting(), "银行", "zh", 4) != before


def test_speaking_writes_nothing_not_even_a_personal_sentence(cache: SpeechCache, tmp_path: Path) -> None:
    """K26: what is made at run time may be somebody's name; it reaches no disk."""
    engine = Prepared(Counting(), cache)
    assert engine.render("王秀英，您好", "zh", 4) == SOUND
    assert files(tmp_path) == []


def test_no_sentence_shows_in_a_name_or_a_file(cache: SpeechCache, tmp_path: Path) -> None:
    cache.keep(key_of(Counting(), "请选语言", "zh", 4), SOUND)
    (path,) = files(tmp_path)
    assert "请选" not in str(path) and "请选".encode() not in path.read_bytes()


@pytest.mark.parametrize("harm", [b"", b"{}\n", b"nonsense", None])
def test_a_damaged_entry_is_rendered_anew(cache: SpeechCache, tmp_path: Path, harm: bytes | None) -> None:
    engine = Counting()
    cache.keep(key_of(engine, "您好", "zh", 4), SOUND)
    (path,) = files(tmp_path)
    whole = path.read_bytes()
    path.write_bytes(whole[:-2] if harm is None else harm)
    assert Prepared(engine, cache).render("您好", "zh", 4) == SOUND and engine.rendered == 1


def test_what_nothing_asks_for_any_more_is_taken_away_with_halves_of_a_cut_run(
    cache: SpeechCache, tmp_path: Path
) -> None:
    keys = [key_of(Counting(), text, "zh", 4) for text in ("一", "二")]
    for key in keys:
        cache.keep(key, SOUND)
    (tmp_path / "prepared" / keys[0][:2] / "tmphalf").write_bytes(b"half")
    assert cache.sweep({keys[0]}) == 2
    assert cache.find(keys[0]) == SOUND and cache.find(keys[1]) is None


def test_a_prepared_sentence_is_there_within_thirty_milliseconds(cache: SpeechCache) -> None:
    """The longest sentence there is, 40 characters, found and given to the player; the median of many, as
    other work on the machine is not what is measured.
    """
    espeak = EspeakEngine()
    text = "请把身份证放在读卡器上，读好以后会响一声，您再把身份证拿走，然后看屏幕上的字对不对。"
    sound = espeak.render(text, "zh", 1)
    cache.keep(key_of(espeak, text, "zh", 1), sound)
    engine = Prepared(espeak, cache)
    took = []
    for _ in range(21):
        begun = time.perf_counter()
        assert engine.render(text, "zh", 1) == sound
        took.append(time.perf_counter() - begun)
    assert sorted(took)[len(took) // 2] < WITHIN
