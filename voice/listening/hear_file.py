"""The process that hears one file (`python -m voice.listening.hear_file`): a question in, an answer out.

It is a process of its own because some damaged models do not fail in vosk, they end the process; and because
vosk prints on stderr what nobody here can use. `heard_in` starts it and is the only one who does.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from dataclasses import asdict, dataclass, field
from pathlib import Path
from time import monotonic
from typing import Any

from voice.listening.detector import SileroDetector
from voice.listening.hearer import Hearer, Nobody, Question
from voice.listening.recogniser import (
    BAD_MODEL,
    BLOCK_BYTES,
    SAMPLE_RATE,
    GrammarFault,
    Heard,
    ModelFault,
    load_recogniser,
)
from voice.listening.speech_end import Patience
from voice.listening.wave_file import read_wave

LIMIT = 120.0
"""Seconds after which it is taken for hung: a large model on a slow disk may take half a minute."""


@dataclass(frozen=True, slots=True)
class HeardFile:
    """What was said in a file, if anything."""

    heard: Heard
    silent: bool
    """Nobody spoke."""
    seconds: float
    """Of the sound that were heard until the answer was over."""
    work: float
    """Seconds that it took, without loading the model."""
    missing: tuple[str, ...] = field(repr=False)
    """Phrases that the model cannot hear."""


def heard_in(file: Path, model: Path, question: Question) -> HeardFile:
    """The first answer in a WAV file. Raises ModelFault, GrammarFault, OSError and WaveFault."""
    read_wave(file)
    asked = {
        "file": str(file), "model": str(model),
        "phrases": question.phrases, "patience": asdict(question.patience),
    }  # fmt: skip
    try:
        done = subprocess.run(
            (sys.executable, "-m", "voice.listening.hear_file"), input=json.dumps(asked).encode(),
            stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, env=_environment(), timeout=LIMIT, check=False,
        )  # fmt: skip
    except subprocess.TimeoutExpired as fault:
        raise ModelFault(BAD_MODEL) from fault
    if done.returncode:
        raise ModelFault(BAD_MODEL)
    answer = json.loads(done.stdout)
    if "fault" in answer:
        raise ModelFault(answer["fault"]) if answer["fault"] else GrammarFault("no phrase can be heard")
    heard = Heard(tuple(answer["texts"]), answer["confidence"])
    return HeardFile(heard, answer["silent"], answer["seconds"], answer["work"], tuple(answer["missing"]))


def hear(pcm: bytes, hearer: Hearer, question: Question) -> tuple[Heard | Nobody, float]:
    """The first answer in a sound, and how many seconds of it were needed. Raises GrammarFault."""
    hearer.begin(question)
    for at in range(0, len(pcm), BLOCK_BYTES):
        outcome = hearer.feed(pcm[at : at + BLOCK_BYTES])
        if outcome is not None:
            return outcome, (at + BLOCK_BYTES) / (2 * SAMPLE_RATE)
    return hearer.finish(), len(pcm) / (2 * SAMPLE_RATE)


def _environment() -> dict[str, str]:
    """The process finds this package wherever it was started."""
    here = str(Path(__file__).resolve().parent.parent.parent)
    return os.environ | {"PYTHONPATH": os.pathsep.join([here, *filter(None, [os.environ.get("PYTHONPATH")])])}


def _question(asked: dict[str, Any]) -> Question:
    """The question as it came in."""
    patience = asked["patience"]
    for several in ("lengths", "digit_words"):
        patience[several] = tuple(patience[several])
    phrases = asked["phrases"]
    return Question(None if phrases is None else tuple(phrases), Patience(**patience))


def _answer(asked: dict[str, Any]) -> dict[str, object]:
    pcm = read_wave(Path(asked["file"]))
    try:
        recogniser = load_recogniser(Path(asked["model"]))
        hearer = Hearer(recogniser, SileroDetector())
        begun = monotonic()
        outcome, seconds = hear(pcm, hearer, _question(asked))
    except ModelFault as fault:
        return {"fault": fault.reason}
    except GrammarFault:
        return {"fault": ""}
    heard = outcome if isinstance(outcome, Heard) else Heard()
    return {
        "texts": heard.texts, "confidence": heard.confidence, "silent": isinstance(outcome, Nobody),
        "seconds": seconds, "work": monotonic() - begun, "missing": recogniser.missing,
    }  # fmt: skip


def main() -> None:
    """Libraries print on stdout when they please, so the answer goes through a descriptor of its own."""
    answers = os.dup(1)
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, 1)
    answer = _answer(json.load(sys.stdin.buffer))
    with os.fdopen(answers, "w", encoding="utf-8") as out:
        json.dump(answer, out, ensure_ascii=False)


if __name__ == "__main__":
    main()
