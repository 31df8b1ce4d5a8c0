"""The engines render what a person can hear, and never Mandarin as English."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from array import array
from pathlib import Path

import pytest

from voice.engines import RATE_STEPS, Engine, EngineFault, Rendered, first_working
from voice.engines.espeak import EspeakEngine
from voice.engines.pinyin import to_pinyin
from voice.script import han
from voice.spoken_forms import spoken

SENTENCES = [
    "您好，请把身份证放在读卡器上。",
    "您给谁办？",
    "一，给我自己办。",
    "请按数字键填，填好按确认键。",
    "您的高龄津贴申请已经交给工作人员。",
    "二零二四年三月五日下午两点半。",
    "绿色的女儿，还款，银行，重庆，长者，了解。",
    "幺三八，零零幺三，八零零零。",
]


@pytest.fixture(scope="module")
def espeak() -> EspeakEngine:
    return EspeakEngine()


def peak(sound: Rendered) -> int:
    return max(map(abs, array("h", sound.pcm)))


def test_the_engine_is_the_one_that_can_speak_mandarin(espeak: EspeakEngine) -> None:
    assert tuple(map(int, espeak.version.split(".")[:2])) >= (1, 52)
    assert espeak.languages() == {"zh", "en"}


@pytest.mark.parametrize("sentence", SENTENCES)
def test_mandarin_is_never_pronounced_as_english(espeak: EspeakEngine, sentence: str) -> None:
    assert "(en)" not in espeak.phonemes(sentence, "zh")


@pytest.mark.parametrize("sentence", SENTENCES)
def test_mandarin_has_sound_at_a_pace_old_people_follow(espeak: EspeakEngine, sentence: str) -> None:
    """K21: between 1.5 and 5 characters a second at every step."""
    for step in RATE_STEPS:
        sound = espeak.render(sentence, "zh", step)
        assert 6000 < peak(sound) <= 32768
        assert 1.0 < han(sentence) / sound.seconds < 5.0


def test_each_rate_step_is_faster_than_the_one_before(espeak: EspeakEngine) -> None:
    """K21: seven steps, 160 characters a minute in the middle, never more than about 200."""
    sentence = SENTENCES[0]
    for language, text in (("zh", sentence), ("en", "Please put your card on the reader.")):
        lengths = [espeak.render(text, language, step).seconds for step in RATE_STEPS]
        assert lengths == sorted(lengths, reverse=True) and len(set(lengths)) == 7
    pace = [han(sentence) / espeak.render(sentence, "zh", step).seconds * 60 for step in RATE_STEPS]
    assert 130 < pace[3] < 185 and pace[6] < 220


def test_word_marks_lie_in_the_text_and_in_the_sound(espeak: EspeakEngine) -> None:
    for language, text in (("zh", "您的号码是 A 零幺七。"), ("en", "Your name is 王秀英, thank you.")):
        sound = espeak.render(text, language, 4)
        assert len(sound.marks) >= 5
        assert [m.sample for m in sound.marks] == sorted(m.sample for m in sound.marks)
        assert all(m.sample < sound.samples and m.start + m.length <= len(text) for m in sound.marks)


def test_letters_in_chinese_are_spoken_by_the_english_voice(espeak: EspeakEngine) -> None:
    """A017 is said letter, then digits: the letter must not vanish in the Mandarin voice."""
    with_letter = espeak.render(spoken("A017", "zh"), "zh", 4)
    without = espeak.render("零幺七", "zh", 4)
    assert with_letter.seconds > without.seconds + 0.15


@pytest.mark.parametrize(
    ("text", "pinyin"),
    [
        ("还款", "huan2kuan3"),
        ("您得先", "nin2 dei3 xian1"),
        ("十一点", "shi2yi1dian3"),
        ("第一个", "di4 yi1ge4"),
        ("一个月", "yi2ge4 yue4"),
        ("银行", "yin2hang2"),
        ("一九五零年", "yi1 jiu2 wu3 ling2 nian2"),
        ("我不去，一次也不去", "wo3 bu2 qu4，yi2 ci4 ye3 bu2 qu4"),
    ],
)
def test_readings_are_ours_where_the_library_is_wrong(text: str, pinyin: str) -> None:
    assert to_pinyin(text).line.replace(" ", "") == pinyin.replace(" ", "")


def test_half_a_character_is_passed_over_and_the_rest_is_said(espeak: EspeakEngine) -> None:
    """What came from a terminal in another encoding."""
    for language, text in (("zh", "您\udcff好"), ("en", "good \udcff morning")):
        assert espeak.render(text, language, 4).seconds > 0.3


def test_a_language_without_a_voice_is_refused(espeak: EspeakEngine) -> None:
    with pytest.raises(EngineFault):
        espeak.render("bonjour", "fr", 4)


_PYTTSX_ALONE = """
import json
from array import array
from voice.engines import EngineFault
from voice.engines.pyttsx import PyttsxEngine
try:
    engine = PyttsxEngine()
except EngineFault as fault:
    print(json.dumps({"missing": str(fault)}))
    raise SystemExit
texts = [("zh", "您好，请把身份证放在读卡器上。"), ("en", "Good morning."), ("zh", "您给谁办？")]
sounds = [engine.render(text, language, 4) for language, text in texts]
peaks = [max(array("h", sound.pcm)) for sound in sounds]
print(json.dumps({"voices": engine.voices(), "peaks": peaks, "seconds": [s.seconds for s in sounds]}))
"""


def test_pyttsx3_renders_without_printing_and_never_with_the_broken_voice() -> None:
    """The renderer for other systems, alone in its process: two libespeaks do not live together."""
    ran = subprocess.run(
        [sys.executable, "-c", _PYTTSX_ALONE],
        capture_output=True,
        timeout=60,
        check=True,
        env={**os.environ, "PYTHONPATH": str(Path(__file__).parents[2])},
    )
    answer = json.loads(ran.stdout)
    if "missing" in answer:
        pytest.skip(f"pyttsx3 finds no system voice here: {answer['missing']}")
    assert min(answer["peaks"]) > 3000 and min(answer["seconds"]) > 0.5
    assert all(not voice.endswith("/cmn") for voice in answer["voices"].values())


def test_engines_that_fail_are_passed_over(espeak: EspeakEngine) -> None:
    def broken() -> Engine:
        raise EngineFault("not here")

    assert first_working([broken, lambda: espeak]) == (espeak,)
    assert first_working([broken]) == ()
