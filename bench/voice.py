"""How soon the voice is heard, how soon it is silent, how exactly its words are marked, and what it costs.

    .venv/bin/python -m bench.voice [--tries N] [--json]

The real speaker with its child on PulseAudio's null sink, taking turns with espeak-ng alone, the same into
`paplay`, and pyttsx3 (where there is `aplay`, with which it plays).
bench/README.md says how to read the answers.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import os
import shutil
import subprocess
import sys
import tempfile
import time
from array import array
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from dataclasses import asdict, dataclass, field
from pathlib import Path
from statistics import median

from bench.voice_judge import judged
from bench.voice_peers import Alone, Piped, Pyttsx, first_loud
from bench.voice_rest import LIMIT, NO_GOAL, RATE, Line, hall, settings, started
from bench.voice_tape import Tape
from kiosk.catalogue import load_catalogue
from kiosk.flow.page import Choice, Page, PageKind
from kiosk.ports import Caption
from kiosk.text import same
from voice.engines import DEFAULT_RATE
from voice.engines.cache import SpeechCache, key_of
from voice.engines.espeak import EspeakEngine
from voice.fitting import Fitting
from voice.mouth import PROGRAM
from voice.player import DEFAULT_VOLUME, Player
from voice.speaker import PageSpeaker
from voice.spoken_forms import spoken

GOALS = {"sound": 30.0, "silence": 30.0, "mark": 40.0, "stall": 10.0, "memory": 60.0}
GAP = 0.4
"""Seconds between two tries, in which the last sound dies away."""
STEP = 0.001
TALK = "Please put your card on the reader, and wait until you hear a tone. Then take it away."
BEATS = "ten, two, ten, ten, two, ten, two, ten, ten, two."
"""Words with a pause before each, so that on the recording it can be seen where each begins."""
CHINESE = "您好，请把身份证放在读卡器上，听到一声响再拿开。"
BARE = "import sounddevice; print(sounddevice.get_portaudio_version(), flush=True); input()"
"""A program that has done nothing but load the sound library."""
PREPARED = "Please press the number of your choice."


def card(words: str, number: int = 0) -> Page:
    return Page(f"bench:{number}", PageKind.CARD, same(words))


def p95(values: list[float]) -> float:
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, int(0.95 * len(ordered)))]


@contextmanager
def speaking(
    where: dict[str, str], fitting: Fitting, on_caption: Callable[[Caption], None] = lambda _: None
) -> Iterator[PageSpeaker]:
    """The speaker of a sitting; its child is on this sink."""
    before = dict(os.environ)
    os.environ.update(where)
    program = (*PROGRAM, *fitting.arguments())
    said = PageSpeaker(load_catalogue("voice"), on_caption, lambda: None, program=program)
    said.present(card("Good morning."), "en")
    try:
        if not said.wait_quiet(LIMIT):
            raise SystemExit("the voice did not start")
        os.environ.clear()
        os.environ.update(before)
        yield said
    finally:
        said.close()
        said.wait_quiet(LIMIT)


@dataclass
class Delays:
    """Milliseconds to the first sample and to silence, of one way of speaking."""

    lead: float
    """Seconds of its sound before it is loud enough to be noticed on the sink."""
    to_sound: list[float] = field(default_factory=list)
    to_silence: list[float] = field(default_factory=list)

    def take(self, tape: Tape, begin: Callable[[], None], stop: Callable[[], None]) -> None:
        """Once: begin, a second of speech, stop."""
        begun = time.monotonic()
        begin()
        self.to_sound.append(1000 * (tape.first_loud(begun) - begun - self.lead))
        time.sleep(1.0)
        stopped = time.monotonic()
        stop()
        time.sleep(GAP)
        self.to_silence.append(1000 * (tape.last_loud(stopped) - stopped))


def delays(said: PageSpeaker, tape: Tape, environment: dict[str, str], tries: int) -> Iterator[Line]:
    kinds = (Piped, Alone, Pyttsx) if shutil.which("aplay") else (Piped, Alone)
    peers = [kind(environment, TALK) for kind in kinds]
    live, cached = Delays(leads(TALK)[0]), Delays(leads(PREPARED)[0])
    others = {peer.name: Delays(peer.lead()) for peer in peers}
    for _ in range(tries):
        live.take(tape, lambda: said.present(card(TALK), "en"), said.stop)
        cached.take(tape, lambda: said.present(card(PREPARED), "en"), said.stop)
        for peer in peers:
            peer.get_ready()
            others[peer.name].take(tape, peer.begin, peer.stop)
    yield from both("page to first sample, eSpeak", live.to_sound, GOALS["sound"])
    yield from both("page to first sample, prepared", cached.to_sound, GOALS["sound"])
    for name, other in others.items():
        yield from both(f"peer: {name}", other.to_sound)
    yield from both("stop to silence", [*live.to_silence, *cached.to_silence], GOALS["silence"])
    for name, other in others.items():
        yield from both(f"peer: {name}, killed", other.to_silence)


def both(what: str, values: list[float], goal: float = NO_GOAL) -> Iterator[Line]:
    """The middle, and the goal's 95 of 100."""
    yield Line(f"{what}, median", median(values), "ms")
    yield Line(f"{what}, p95", p95(values), "ms", goal)


def leads(words: str) -> list[float]:
    """Seconds from each mark of the voice to the first sample that is loud at the volume of the bench."""
    sound = EspeakEngine().render(spoken(words, "en"), "en", DEFAULT_RATE)
    player = Player(sound.rate, lambda _: None)
    player.set_volume(DEFAULT_VOLUME)
    player.play(1, sound)
    samples = array("h", player.fill(sound.samples))
    starts = [mark.sample for mark in sound.marks]
    return [(first_loud(samples, start) - start) / sound.rate for start in starts]


def marks(where: dict[str, str], tape: Tape, tries: int) -> Iterator[Line | str]:
    """From the word in the sound to the word in the caption."""
    told: list[float] = []

    def note(caption: Caption) -> None:
        if caption.word is not None:
            told.append(time.monotonic())

    errors: list[float] = []
    quiet = leads(BEATS)
    with speaking(where, Fitting(), note) as said:
        for at in range(tries):
            told.clear()
            begun = time.monotonic()
            said.present(card(BEATS, at), "en")
            said.wait_quiet(LIMIT)
            time.sleep(GAP)
            heard = tape.onsets(begun, silence=0.06)
            if not len(heard) == len(told) == len(quiet):
                continue
            errors += [1000 * abs(t - (h - first)) for t, h, first in zip(told, heard, quiet, strict=True)]
    if not errors:
        yield "word mark beside its sound: the words could not be told apart on the recording"
        return
    yield from both(f"word mark beside its sound, {len(errors)} words", errors, GOALS["mark"])


async def jitter(each: Callable[[int], None], beats: int) -> list[float]:
    """Milliseconds by which a loop that beats every millisecond is late; `each` is called now and then."""
    late: list[float] = []
    due = time.perf_counter() + STEP
    for at in range(beats):
        await asyncio.sleep(max(0.0, due - time.perf_counter()))
        late.append(1000 * (time.perf_counter() - due))
        if at % 20 == 0:
            each(at)
        due = max(due + STEP, time.perf_counter())
    return late


def stall(said: PageSpeaker, tries: int) -> Iterator[Line]:
    """How long the screen's loop is held up while pages, moves and keys rain on the speaker."""
    choice = Choice("go", same("Go on"))
    page = Page("bench:stall", PageKind.CHOICE, same(TALK), choices=(choice,))

    def rain(_: int) -> None:
        said.stop()
        said.present(page, "en")
        said.focus(page, choice, "en")

    calm = asyncio.run(jitter(lambda _: None, 200 * tries))
    busy = asyncio.run(jitter(rain, 200 * tries))
    said.stop()
    yield Line("screen held up, nothing said, p95", p95(calm), "ms")
    yield Line("screen held up while it speaks, p95", p95(busy), "ms", GOALS["stall"])


def memory(said: PageSpeaker) -> Iterator[Line]:
    """MiB of the speaking process after a sentence in each language."""
    said.present(card(CHINESE), "zh")
    said.wait_quiet(LIMIT)
    held = held_by(Path(f"/proc/{said.child}"))
    yield Line("memory of the speaking process", held["Rss"], "MiB", GOALS["memory"])
    yield Line("of it its own, and its share of what others hold, too", held["Pss"], "MiB")
    bare = subprocess.Popen([sys.executable, "-c", BARE], stdin=subprocess.PIPE, stdout=subprocess.PIPE)
    with bare:
        assert bare.stdout
        bare.stdout.readline()
        yield Line(
            "peer: a Python that holds PortAudio open", held_by(Path(f"/proc/{bare.pid}"))["Rss"], "MiB"
        )
        bare.kill()


def held_by(process: Path) -> dict[str, float]:
    """MiB by the kernel's own names."""
    lines = (process / "smaps_rollup").read_text(encoding="ascii").splitlines()[1:]
    return {name: int(rest.split()[0]) / 1024 for name, _, rest in (line.partition(":") for line in lines)}


def prepared(folder: Path) -> Fitting:
    """One sentence, as `kiosk voice prepare` keeps it."""
    engine, words = EspeakEngine(), spoken(PREPARED, "en")
    SpeechCache(folder).keep(
        key_of(engine, words, "en", DEFAULT_RATE), engine.render(words, "en", DEFAULT_RATE)
    )
    return Fitting(prepared=str(folder))


def measured(tries: int, folder: Path) -> Iterator[Line | str]:
    sink = settings(folder, device=True)
    environment = {**os.environ, **sink}
    record = ["parec", "-d", "hall.monitor", "--format=s16le", f"--rate={RATE}", "--channels=1"]
    with (
        hall(folder, environment),
        started([*record, "--latency-msec=10"], environment) as recording,
        closing(Tape(recording)) as tape,
        speaking(sink, prepared(folder / "prepared")) as said,
    ):
        time.sleep(3.0)
        yield from delays(said, tape, environment, tries)
        yield from marks(sink, tape, max(2, tries // 5))
        yield from stall(said, tries)
        yield from memory(said)


def as_told(line: Line | str, as_json: bool) -> str:
    if not as_json:
        return str(line)
    return json.dumps({"what": line} if isinstance(line, str) else asdict(line))


def main() -> None:
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--tries", type=int, default=20, help="how often each way is taken")
    asked.add_argument("--json", action="store_true", help="one object a line")
    how = asked.parse_args()
    if not all(map(shutil.which, ("pulseaudio", "parec", "pacat", "pactl", "paplay", "espeak-ng"))):
        raise SystemExit("pulseaudio, pulseaudio-utils and espeak-ng are needed")
    with tempfile.TemporaryDirectory() as folder:
        for line in measured(how.tries, Path(folder)):
            print(as_told(line, how.json), flush=True)
    for judgement in judged():
        print(as_told(judgement, how.json), flush=True)


if __name__ == "__main__":
    main()
