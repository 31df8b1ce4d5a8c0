"""How much of the Mandarin a recogniser understands: the character error of each voice at each speed.

It judges voices beside one another; what a person understands it does not say. Measured only where
faster-whisper is installed and KIOSK_JUDGE names the folder of its whisper-base (never downloaded here).
"""

from __future__ import annotations

import os
import wave
from array import array
from collections.abc import Iterator
from importlib.util import find_spec
from io import BytesIO
from pathlib import Path
from typing import Any

from bench.voice_rest import Line
from voice.engines import Engine, Rendered
from voice.engines.ready import ready_engines
from voice.spoken_forms import spoken

GOAL, RATES, EAR = 0.6, (2, 4, 7), 16000
SENTENCES = (
    "请把身份证放在读卡器上。",
    "您是给自己办，还是帮家里人办？",
    "请按数字键选，再按确认键。",
    "您的申请已经交给工作人员。",
    "请到二号窗口领取您的材料。",
    "办好以后，我们会打电话告诉您。",
    "请您看一看，写得对不对。",
    "您要带户口本和身份证。",
    "没听清楚，可以再听一遍。",
    "别忘了把卡拿走，慢走。",
    "请插好您的社会保障卡。",
    "房子是租的还是自己的？",
    "上一步选错了，不要紧，可以改。",
    "您可以让家里人陪着一起办。",
    "现在打印回执，请稍等。",
    "请说出您的手机号码。",
    "工作人员正在过来，请坐一会儿。",
    "这一项办不了，请到服务大厅。",
    "您对今天的服务满意吗？",
    "水费和电费可以在这里交。",
    "请在屏幕上写上您的名字。",
    "您今年多大年纪？",
    "读好了，请收好您的身份证。",
    "今天要办的事都办完了吗？",
    "如果不对，请按返回键改一改。",
    "这张表要您自己签字。",
    "明天上午九点到下午五点都可以来。",
    "您的电话号码是多少？",
    "社区工作人员会帮您办理。",
    "养老金每个月发到银行卡里。",
)
"""Thirty: with ten, the same voice is judged up to 0.15 better or worse by the choice of them."""
_IN_CHINESE = "以下是普通话的句子，用简体字写。"


def judged() -> Iterator[Line | str]:
    """A line for each voice and speed, or the reason why there is none."""
    folder = Path(os.environ.get("KIOSK_JUDGE", ""))
    if find_spec("faster_whisper") is None:
        yield "Mandarin understood by a recogniser: not measured: faster-whisper is not installed"
        return
    if not (folder / "model.bin").is_file():
        yield "Mandarin understood by a recogniser: not measured: KIOSK_JUDGE names no folder of whisper-base"
        return
    from faster_whisper import WhisperModel  # type: ignore[import-not-found]

    judge = WhisperModel(str(folder), device="cpu", compute_type="int8")
    for engine in ready_engines():
        voice = engine.voices().get("zh")
        for rate in RATES if voice else ():
            worst = sum(_error(judge, engine, sentence, rate) for sentence in SENTENCES) / len(SENTENCES)
            yield Line(f"Mandarin not understood, {voice}, rate {rate}", worst, "CER", GOAL)


def _error(judge: Any, engine: Engine, sentence: str, rate: int) -> float:
    """Of one sentence, at most 1: a judge that loops is not to count more than one that hears nothing."""
    sound = _at_its_rate(engine.render(spoken(sentence, "zh"), "zh", rate))
    pieces, _ = judge.transcribe(
        sound, language="zh", initial_prompt=_IN_CHINESE, condition_on_previous_text=False,
        no_repeat_ngram_size=3, max_new_tokens=2 * len(sentence), temperature=0.0,
    )  # fmt: skip
    return min(1.0, character_error(sentence, "".join(piece.text for piece in pieces)))


def _at_its_rate(sound: Rendered) -> Any:
    """As a recogniser takes it, by its own decoder: what lies above its range must not fold into speech."""
    from faster_whisper.audio import decode_audio  # type: ignore[import-not-found]

    file = BytesIO()
    with wave.open(file, "wb") as written:
        written.setnchannels(1)
        written.setsampwidth(2)
        written.setframerate(sound.rate)
        written.writeframes(sound.pcm)
    file.seek(0)
    return decode_audio(file, sampling_rate=EAR)


def character_error(wanted: str, heard: str) -> float:
    """Characters to change, to add and to take away, of those that there are; signs do not count."""
    wanted, heard = (_characters(text) for text in (wanted, heard))
    row = array("i", range(len(heard) + 1))
    for at, sign in enumerate(wanted, 1):
        last, row[0] = row[0], at
        for place, other in enumerate(heard, 1):
            kept = last + (sign != other)
            last, row[place] = row[place], min(kept, row[place] + 1, row[place - 1] + 1)
    return row[-1] / max(len(wanted), 1)


def _characters(text: str) -> str:
    return "".join(sign for sign in text if sign.isalnum())
