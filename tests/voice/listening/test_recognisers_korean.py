"""A real recogniser with a real model: what is spoken is understood, and what is none of the answers is not.

The speech is eSpeak's, and its Korean is poor: only utterances that were proven with it are asked for.
"""

from __future__ import annotations

import gc
import os
import shutil
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest

from kiosk.cli._voice_listen import expected_of
from kiosk.ports import NotUnderstood, Understood
from tests.voice.listening.korean_speech import (
    QUIET,
    Say,
    hearer,
    korean,
    model_folder,
    needs_korean,
    say,
    spoken,
)
from voice.listening.asking import question_for
from voice.listening.hear_file import heard_in
from voice.listening.hearer import Hearer, Nobody, Question
from voice.listening.recogniser import GrammarFault, Heard, ModelFault, Recogniser, load_recogniser
from voice.understanding import load_pack, understand

__all__ = ["hearer", "korean", "say"]
pytestmark = needs_korean

NUMBERS = "options:하나,둘,셋,넷,다섯,여섯,일곱,여덟,아홉"
OTHER_WORDS = (
    "의자 창문 신발 모자 우산 가방 연필 시계 전화 냉장고 자동차 버스 지하철 병원 약국 "
    "시장 공원 산 강 나무 꽃 고양이 강아지 커피 우유 빵 밥 김치 여름 겨울"
).split()


@pytest.mark.parametrize(
    ("words", "expect", "answer"),
    [
        ("아니요", "yesno", "no"),
        ("네", "yesno", "yes"),
        ("넷", NUMBERS, "넷"),
        ("여섯", NUMBERS, "여섯"),
        ("여덟", NUMBERS, "여덟"),
    ],
)
@pytest.mark.parametrize("speed", [130, 140, 150])
def test_what_somebody_says_is_understood(
    hearer: Hearer, tmp_path: Path, words: str, expect: str, answer: str, speed: int
) -> None:
    expected, pack = expected_of(expect, "ko"), load_pack("ko")
    hearer.begin(question_for(expected, pack))
    heard = hearer.feed(spoken(words, tmp_path / "said.wav", speed) + QUIET)
    assert isinstance(heard, Heard)
    assert understand(heard.texts, expected, pack) == Understood(choice=answer)


def test_two_answers_in_a_row_do_not_run_together(hearer: Hearer, say: Say) -> None:
    expected, pack = expected_of("yesno", "ko"), load_pack("ko")
    for words, answer in (("네", "yes"), ("아니요", "no"), ("네", "yes")):
        hearer.begin(question_for(expected, pack))
        heard = hearer.feed(say(words))
        assert isinstance(heard, Heard)
        assert understand(heard.texts, expected, pack) == Understood(choice=answer)


def test_with_decoys_other_words_are_hardly_ever_taken_for_a_yes_or_a_no(hearer: Hearer, say: Say) -> None:
    """Of thirty unrelated words at most three; without decoys most of them are a yes or a no."""
    expected, pack = expected_of("yesno", "ko"), load_pack("ko")
    guarded = question_for(expected, pack)
    bare = replace(guarded, phrases=("네", "예", "아니요"))
    taken = {"with decoys": 0, "without": 0}
    for words in OTHER_WORDS:
        sound = say(words)
        for name, question in (("with decoys", guarded), ("without", bare)):
            hearer.begin(question)
            heard = hearer.feed(sound)
            if isinstance(heard, Heard):
                taken[name] += not isinstance(understand(heard.texts, expected, pack), NotUnderstood)
    print("taken of", len(OTHER_WORDS), "other words:", taken)
    assert taken["with decoys"] <= 3
    assert taken["without"] >= 15


def test_silence_is_nobody(hearer: Hearer) -> None:
    hearer.begin(Question(("네", "아니요")))
    assert hearer.feed(QUIET * 11) == Nobody()


def test_the_model_knows_its_words_and_says_which_it_lacks(korean: Recogniser) -> None:
    assert korean.known("아니요") and korean.known("여덟")
    assert not korean.known("[unk]") and not korean.known("맞습니다") and not korean.known("")
    korean.begin(["네", "맞습니다", "네 맞습니다", "아니요"])
    assert korean.missing == ("맞습니다", "네 맞습니다")


def test_a_page_in_words_that_the_model_lacks_is_refused(korean: Recogniser) -> None:
    with pytest.raises(GrammarFault):
        korean.begin(["맞습니다", "不对"])


def test_free_speech_needs_no_phrases(hearer: Hearer, say: Say) -> None:
    hearer.begin(Question(None))
    heard = hearer.feed(say("아니요"))
    assert isinstance(heard, Heard) and heard.texts and 0 < heard.confidence <= 1


def test_a_day_of_questions_does_not_fill_the_memory(korean: Recogniser, say: Say) -> None:
    sound = say("네")

    def ask(times: int) -> int:
        for _ in range(times):
            korean.begin(["네", "아니요", "여덟"])
            for at in range(0, len(sound) - 1023, 1024):
                korean.feed(sound[at : at + 1024])
            korean.end()
        gc.collect()
        return int(Path("/proc/self/statm").read_text(encoding="ascii").split()[1]) * os.sysconf(
            "SC_PAGE_SIZE"
        )

    before = ask(20)
    assert ask(100) - before < 8 * 2**20


def _copy(folder: Path, broken: str, content: bytes | None) -> Path:
    """The model with one file broken, or gone."""
    shutil.copytree(model_folder(), folder, copy_function=os.symlink)
    (folder / broken).unlink()
    if content is not None:
        (folder / broken).write_bytes(content)
    return folder


@pytest.mark.parametrize(
    ("what", "reason"),
    [
        ("a folder that is not there", "no_model"),
        ("an empty folder", "no_model"),
        ("holiday pictures", "no_model"),
    ],
)
def test_without_a_model_staff_are_told_so(tmp_path: Path, what: str, reason: str) -> None:
    folder = tmp_path / "model"
    if what != "a folder that is not there":
        folder.mkdir()
    if what == "holiday pictures":
        (folder / "beach.jpg").write_bytes(b"jpg")
        (folder / "hill.jpg").write_bytes(b"jpg")
    with pytest.raises(ModelFault) as fault:
        load_recogniser(folder)
    assert fault.value.reason == reason


@pytest.mark.parametrize(
    ("broken", "content"),
    [
        ("am/final.mdl", None),
        ("am/final.mdl", b"half"),
        ("graph/HCLr.fst", None),
        ("graph/HCLr.fst", b""),
        ("graph/HCLr.fst", b"not a graph"),
        ("graph/Gr.fst", b"not a graph"),
        ("conf/mfcc.conf", None),
        ("conf/model.conf", b"rubbish"),
        ("ivector/final.ie", b"half"),
    ],
)
def test_a_damaged_model_is_a_fault_with_a_reason(tmp_path: Path, broken: str, content: bytes | None) -> None:
    with pytest.raises(ModelFault) as fault:
        load_recogniser(_copy(tmp_path / "model", broken, content))
    assert fault.value.reason == "bad_model"


@pytest.mark.parametrize("broken", ["graph/HCLr.fst", "graph/disambig_tid.int"])
def test_a_model_that_would_end_the_process_ends_only_its_own(tmp_path: Path, broken: str) -> None:
    """Vosk does not look at what it reads there, and falls over it later."""
    whole = (model_folder() / broken).read_bytes()
    folder = _copy(tmp_path / "model", broken, whole[: len(whole) // 2] if "HCLr" in broken else b"")
    sound = tmp_path / "said.wav"
    spoken("네", sound)
    with pytest.raises(ModelFault) as fault:
        heard_in(sound, folder, Question(("네", "아니요")))
    assert fault.value.reason == "bad_model"


def test_a_model_that_was_unpacked_one_folder_deeper_is_found(tmp_path: Path) -> None:
    shutil.copytree(model_folder(), tmp_path / "zh" / "vosk-model-small", copy_function=os.symlink)
    assert load_recogniser(tmp_path / "zh").known("아니요")


@pytest.mark.parametrize("networks", [(), ("encoder", "decoder", "joiner")])
def test_a_model_of_the_other_kind_needs_its_own_program_and_all_its_parts(
    tmp_path: Path, networks: tuple[str, ...]
) -> None:
    (tmp_path / "tokens.txt").write_text("一 1\n", encoding="utf-8")
    for part in networks:
        (tmp_path / f"{part}.onnx").write_bytes(b"not a network" * 99)
    with pytest.raises(ModelFault) as fault:
        load_recogniser(tmp_path)
    installed = subprocess.run([sys.executable, "-c", "import sherpa_onnx"], capture_output=True, check=False)
    assert fault.value.reason == ("no_engine" if installed.returncode else "bad_model")
