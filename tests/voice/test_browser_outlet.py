"""A voice whose loudspeaker is a page: what is sent ahead, what is told, and what a lost network costs."""

from __future__ import annotations

import queue
import socket
import struct
import subprocess
import threading
import time
from array import array
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import pytest

from kiosk.flow.page import Page
from kiosk.serve.stream import SAMPLES, SILENCE, Heard
from tests.slowness import slowness
from tests.voice.conftest import Booth
from voice import browser_outlet
from voice.browser_outlet import AHEAD_SECONDS, NAME, BrowserOutlet
from voice.engines import Mark, Rendered
from voice.engines.samples import SAMPLE_RATE as RATE
from voice.fitting import Fitting
from voice.messages import Device, Ended, Report, Started, Unspeakable, Word
from voice.mouth import PROGRAM
from voice.player import Player

WAIT = 20.0
SECONDS = 2
MIDDLE = RATE * SECONDS // 2
SENTENCE = Rendered(
    array("h", [at % 9000 for at in range(RATE * SECONDS)]).tobytes(),
    RATE,
    (Mark(0, 0, 1), Mark(MIDDLE, 1, 1)),
)
IN_HAND = 0.1
"""Seconds, as in data/serve/loudspeaker.js."""
AHEAD = int(AHEAD_SECONDS * RATE)


class TwinPage:
    """A page that keeps what it gets, and plays as far as a test says."""

    def __init__(self, line: socket.socket) -> None:
        self._line = line
        line.settimeout(WAIT)
        self.run = self.first = 0
        self._heard = 0
        self.samples = array("h")
        """Of this run."""

    def take(self) -> int:
        """The next message; which kind it was."""
        packet = self._line.recv(1 << 14)
        kind, run = struct.unpack_from("<BxI", packet)
        if kind == SILENCE:
            self.run, self.samples, self._heard = run, array("h"), 0
        else:
            (at,) = struct.unpack_from("<I", packet, 6)
            self.first = self.first if self.samples else at
            assert run == self.run and at == self.first + len(self.samples), "a hole"
            self.samples.frombytes(packet[10:])
        return int(kind)

    def take_all(self) -> None:
        """What is there now, and what comes until nothing has for a while."""
        self._line.settimeout(0.3)
        with suppress(TimeoutError):
            while True:
                self.take()
        self._line.settimeout(WAIT)

    def until(self, kind: int) -> None:
        while self.take() != kind:
            pass

    def tell(self, count: int, *, on: bool = True, run: int | None = None) -> None:
        """So many samples of all are heard."""
        self._line.send(Heard(self.run if run is None else run, count, on).packed())

    def answer(self) -> None:
        """As one that sounds does to the first silence."""
        assert self.take() == SILENCE
        self.tell(0)

    def gaps_far_away(self, player: Player, number: int, late: float) -> int:
        """How often it has nothing to sound within a sentence, where all it tells is so many seconds old."""
        player.play(number, SENTENCE)
        begin = heard = self.first + len(self.samples)
        ends, gaps, end = 0.0, 0, time.monotonic() + WAIT
        pieces: list[tuple[float, int]] = []
        """When a piece has sounded, and how many samples have by then."""
        self._line.settimeout(0.01)
        while heard - begin < RATE * SECONDS and time.monotonic() < end:
            before = len(self.samples)
            with suppress(TimeoutError):
                self.take()
            now = time.monotonic()
            if (more := len(self.samples) - before) > 0:
                gaps += bool(pieces) and now > ends
                ends = (ends if now < ends else now + IN_HAND) + more / RATE
                pieces.append((ends, self.first + len(self.samples)))
            heard = max([begin, *(count for at, count in pieces if at <= now - late)])
            self.tell(heard)
        self._line.settimeout(WAIT)
        return gaps

    def hear(self, seconds: float) -> None:
        """People listen on for so long; the page tells of it as it does."""
        begun, before = time.monotonic(), self._heard
        while (passed := time.monotonic() - begun) < seconds:
            self._line.settimeout(0.02)
            with suppress(TimeoutError):
                self.take()
            self._heard = min(before + int(passed * RATE), len(self.samples))
            self.tell(self.first + self._heard)
        self._line.settimeout(WAIT)


@pytest.fixture
def patient(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nothing is late, however long a busy machine takes."""
    monkeypatch.setattr(browser_outlet, "FIRST_NEWS_SECONDS", 2 * WAIT)
    monkeypatch.setattr(browser_outlet, "LATE_SECONDS", 2 * WAIT)


unhurried = pytest.mark.usefixtures("patient")


@pytest.fixture
def said() -> queue.Queue[Report]:
    return queue.Queue()


@pytest.fixture
def player(said: queue.Queue[Report]) -> Player:
    made = Player(RATE, said.put)
    made.set_volume(10)
    return made


@pytest.fixture
def ends() -> Iterator[tuple[socket.socket, socket.socket]]:
    page, voice = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
    with page, voice:
        yield page, voice


@pytest.fixture
def outlet(
    ends: tuple[socket.socket, socket.socket], player: Player, said: queue.Queue[Report]
) -> Iterator[BrowserOutlet]:
    made = BrowserOutlet(player, said.put, ends[1])

    def run() -> None:
        with suppress(SystemExit):
            made.run()

    thread = threading.Thread(target=run, daemon=True)
    thread.start()
    yield made

    def leave(_: object = None) -> None:
        raise SystemExit

    player.fill = leave  # type: ignore[method-assign, assignment]
    ends[0].close()
    while thread.is_alive():
        player.wanted.set()
        thread.join(0.01)


@pytest.fixture
def page(ends: tuple[socket.socket, socket.socket], outlet: BrowserOutlet) -> TwinPage:
    made = TwinPage(ends[0])
    assert made.take() == SILENCE, "it begins with silence: what an older voice left is forgotten"
    return made


@pytest.fixture
def touched(page: TwinPage, said: queue.Queue[Report]) -> TwinPage:
    """One that sounds."""
    page.tell(0)
    assert said.get(timeout=WAIT) == Device(NAME)
    return page


@unhurried
def test_only_little_is_sent_ahead_of_what_is_heard(
    touched: TwinPage, player: Player, said: queue.Queue[Report]
) -> None:
    player.play(1, SENTENCE)
    touched.take_all()
    assert AHEAD <= len(touched.samples) <= AHEAD * 1.2
    touched.tell(RATE // 10)
    touched.take_all()
    assert AHEAD + RATE // 10 <= len(touched.samples) <= AHEAD * 1.2 + RATE // 10
    assert said.get(timeout=WAIT) == Started(1) and said.get(timeout=WAIT) == Word(1, 0, 1) and said.empty()


@unhurried
def test_all_of_it_comes_and_words_are_told_as_they_are_heard(
    touched: TwinPage, player: Player, said: queue.Queue[Report]
) -> None:
    player.play(1, SENTENCE)
    begun = time.monotonic()
    touched.until(SAMPLES)
    touched.hear(SECONDS / 2 - 0.2)
    assert [said.get(timeout=WAIT) for _ in range(2)] == [Started(1), Word(1, 0, 1)] and said.empty()
    while said.empty() and time.monotonic() < begun + WAIT:
        touched.hear(0.3)
    assert said.get(timeout=WAIT) == Word(1, 1, 1)
    assert time.monotonic() - begun >= SECONDS / 2 - 0.2
    while said.empty() and time.monotonic() < begun + WAIT:
        touched.hear(0.3)
    assert said.get(timeout=WAIT) == Ended(1, True)
    assert touched.samples.tobytes() == SENTENCE.pcm


@unhurried
def test_a_cut_is_silence_at_once_and_nothing_of_it_comes_behind(
    touched: TwinPage, outlet: BrowserOutlet, player: Player
) -> None:
    player.play(1, SENTENCE)
    touched.until(SAMPLES)
    before = touched.run
    cut = time.monotonic()
    assert player.cut()
    outlet.drop()
    touched.until(SILENCE)
    assert time.monotonic() - cut < 0.2 * slowness() and touched.run != before
    player.play(2, SENTENCE)
    touched.take_all()
    assert not touched.samples, "not before the page has said that it is silent"
    touched.tell(RATE, run=before)
    touched.take_all()
    assert not touched.samples, "what it tells of what was cut is nothing"
    touched.tell(0)
    touched.take_all()
    assert list(touched.samples[:100]) == list(range(100))


@unhurried
def test_a_pause_goes_on_from_what_was_heard(
    touched: TwinPage, outlet: BrowserOutlet, player: Player
) -> None:
    player.play(1, SENTENCE)
    touched.take_all()
    touched.tell(touched.first + 1000)
    touched.take_all()
    player.hold(on=True)
    outlet.hold()
    touched.until(SILENCE)
    touched.tell(0)
    touched.take_all()
    assert not touched.samples
    player.hold(on=False)
    touched.take_all()
    assert list(touched.samples[:50]) == list(range(1000, 1050))


@unhurried
def test_a_page_that_nobody_has_touched_is_silent_and_captions_go_on(
    page: TwinPage, player: Player, said: queue.Queue[Report]
) -> None:
    page.tell(0, on=False)
    assert said.get(timeout=WAIT) == Device(None)
    begun = time.monotonic()
    player.play(1, SENTENCE)
    wanted = [Started(1), Word(1, 0, 1), Word(1, 1, 1), Ended(1, True)]
    assert [said.get(timeout=WAIT) for _ in range(4)] == wanted
    assert time.monotonic() - begun > SECONDS * 0.9
    page.take_all()
    assert not page.samples
    page.tell(0)
    assert said.get(timeout=WAIT) == Device(NAME)
    player.play(2, SENTENCE)
    page.until(SAMPLES)
    page.take_all()
    assert list(page.samples[:100]) == list(range(100)), "from its first word"


def test_a_page_that_says_nothing_at_first_is_not_waited_for(
    page: TwinPage, outlet: BrowserOutlet, player: Player, said: queue.Queue[Report]
) -> None:
    assert outlet.settled.wait(WAIT) and said.get(timeout=WAIT) == Device(None)
    player.play(1, SENTENCE)
    assert said.get(timeout=WAIT) == Started(1)
    page.tell(0)
    while said.get(timeout=WAIT) != Device(NAME):
        pass


def test_a_lost_network_costs_the_sound_and_not_the_captions_and_it_comes_back(
    touched: TwinPage, player: Player, said: queue.Queue[Report], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(browser_outlet, "AGAIN_SECONDS", 0.0)
    player.play(1, SENTENCE)
    touched.take_all()
    blocks = player.blocks
    told = [said.get(timeout=WAIT) for _ in range(4)]
    assert told == [Started(1), Word(1, 0, 1), Device(None), Word(1, 1, 1)] or Device(None) in told
    assert player.blocks > blocks, "and nobody takes it for hung"
    while said.get(timeout=WAIT) != Ended(1, True):
        pass
    touched.take_all()
    assert not touched.samples, "what would come too late is forgotten"
    touched.tell(0)
    assert said.get(timeout=WAIT) == Device(NAME)
    touched.take_all()
    touched.tell(0)
    player.play(2, SENTENCE)
    touched.until(SAMPLES)


def test_a_network_that_stalls_again_lets_no_sentence_wait_to_begin(
    touched: TwinPage, player: Player, said: queue.Queue[Report], monkeypatch: pytest.MonkeyPatch
) -> None:
    """A voice whose sentence does not begin is taken for hung."""
    monkeypatch.setattr(browser_outlet, "AGAIN_SECONDS", 0.0)
    player.play(1, SENTENCE)
    while said.get(timeout=WAIT) != Device(None):
        pass
    while said.get(timeout=WAIT) != Ended(1, True):
        pass
    monkeypatch.setattr(browser_outlet, "LATE_SECONDS", 2 * WAIT)
    touched.take_all()
    touched.tell(0)
    assert said.get(timeout=WAIT) == Device(NAME)
    player.play(2, SENTENCE)
    assert said.get(timeout=WAIT) == Started(2)


class JustInTime(threading.Event):
    """It is set when whoever waits for it has just given up."""

    def __init__(self, page: socket.socket) -> None:
        super().__init__()
        self._page = page

    def wait(self, timeout: float | None = None) -> bool:
        TwinPage(self._page).answer()
        assert super().wait(WAIT)
        return False


def test_news_in_the_last_moment_are_not_told_as_none(
    ends: tuple[socket.socket, socket.socket], player: Player, said: queue.Queue[Report]
) -> None:
    made = BrowserOutlet(player, said.put, ends[1])
    made.settled = JustInTime(ends[0])
    threading.Thread(target=made.run, daemon=True).start()
    assert said.get(timeout=WAIT) == Device(NAME)
    player.play(1, SENTENCE)
    assert said.get(timeout=WAIT) == Started(1)


@pytest.mark.alone
def test_a_network_a_third_of_a_second_long_and_a_loudspeaker_that_is_late_cost_no_gap(
    touched: TwinPage, player: Player, said: queue.Queue[Report]
) -> None:
    """A mobile network, and headphones without a wire."""
    gaps = []
    for number in range(1, 4):
        gaps.append(touched.gaps_far_away(player, number, 0.3 + 0.25))
        told = [Started(number), Word(number, 0, 1), Word(number, 1, 1), Ended(number, True)]
        assert [said.get(timeout=WAIT) for _ in told] == told
    assert 0 in gaps


def test_a_network_that_is_too_slow_is_not_tried_again_within_the_sentence(
    touched: TwinPage, player: Player, said: queue.Queue[Report]
) -> None:
    """Half as fast as it is said: nobody understands that."""
    player.play(1, SENTENCE)
    begun = time.monotonic()
    while Device(None) not in said.queue:
        assert time.monotonic() < begun + WAIT
        touched.tell(touched.first + int((time.monotonic() - begun) * RATE / 3))
        time.sleep(0.02)
    touched.take_all()
    touched.tell(0)
    touched.take_all()
    assert not touched.samples
    while Ended(1, True) not in said.queue:
        assert time.monotonic() < begun + WAIT
        time.sleep(0.02)
    player.play(2, SENTENCE)
    touched.take_all()
    assert not touched.samples and list(said.queue).count(Device(None)) == 1
    assert Device(NAME) not in said.queue


@unhurried
def test_a_page_that_is_not_looked_at_any_more_is_silent(
    touched: TwinPage, player: Player, said: queue.Queue[Report]
) -> None:
    player.play(1, SENTENCE)
    touched.until(SAMPLES)
    touched.tell(0, on=False)
    while said.get(timeout=WAIT) != Device(None):
        pass
    touched.until(SILENCE)
    touched.take_all()
    assert not touched.samples


@unhurried
def test_what_is_for_one_person_alone_is_not_said_to_a_tablet(
    touched: TwinPage, player: Player, said: queue.Queue[Report]
) -> None:
    """K26: it may lie on a table with others around it."""
    assert not player.play(1, SENTENCE, for_one=True)
    touched.take_all()
    assert not touched.samples and Unspeakable not in map(type, list(said.queue))


@unhurried
def test_a_page_that_has_gone_is_no_trouble(
    touched: TwinPage,
    ends: tuple[socket.socket, socket.socket],
    outlet: BrowserOutlet,
    player: Player,
    said: queue.Queue[Report],
) -> None:
    ends[0].close()
    assert said.get(timeout=WAIT) == Device(None)
    player.play(1, SENTENCE)
    assert said.get(timeout=WAIT) == Started(1)
    player.cut()
    outlet.drop()


_TRAP = """
import os
open(os.environ["TRAP"], "w").close()
raise OSError
"""
"""In place of the library that knows this box's loudspeaker."""


def test_a_speaker_with_a_page_sounds_there_and_never_asks_for_a_loudspeaker_here(
    ends: tuple[socket.socket, socket.socket],
    booth: Booth,
    long_page: Page,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    (tmp_path / "trap").mkdir()
    (tmp_path / "trap" / "sounddevice.py").write_text(_TRAP)
    monkeypatch.setenv("PYTHONPATH", str(tmp_path / "trap"))
    monkeypatch.setenv("TRAP", str(tmp_path / "asked"))
    page, voice = ends
    fitting = Fitting(browser=voice.fileno())
    speaker = booth.speaker(program=(*PROGRAM, *fitting.arguments()), inherited=(voice.fileno(),))
    hearer = TwinPage(page)
    assert hearer.take() == SILENCE
    hearer.tell(0)
    speaker.present(long_page, "zh")
    hearer.until(SAMPLES)
    until = time.monotonic() + WAIT
    while len(booth.events()) < 3 and time.monotonic() < until:
        hearer.hear(0.3)
    assert [event for event, _ in booth.events()][:3] == ["start", "end", "start"]
    assert {NAME} <= {line["device"] for line in booth.log()} <= {NAME, "none"}
    assert any(caption.sounding and caption.word for caption in booth.ear.captions), "words are marked"
    pressed = time.monotonic()
    speaker.stop()
    hearer.until(SILENCE)
    assert time.monotonic() - pressed < 0.2 * slowness()
    assert not (tmp_path / "asked").exists()


def test_a_visit_that_ends_is_silent_in_its_page_at_once(
    ends: tuple[socket.socket, socket.socket], booth: Booth, long_page: Page
) -> None:
    """Its last words are not for whoever comes next."""
    page, voice = ends
    fitting = Fitting(browser=voice.fileno())
    speaker = booth.speaker(program=(*PROGRAM, *fitting.arguments()), inherited=(voice.fileno(),))
    hearer = TwinPage(page)
    hearer.answer()
    speaker.present(long_page, "zh")
    hearer.until(SAMPLES)
    speaker.close()
    hearer.until(SILENCE)


def test_a_voice_whose_visit_has_fallen_is_silent_in_its_page(
    ends: tuple[socket.socket, socket.socket],
) -> None:
    page, voice = ends
    command = (*PROGRAM, *Fitting(browser=voice.fileno()).arguments())
    with subprocess.Popen(
        command, stdin=subprocess.PIPE, stdout=subprocess.DEVNULL, pass_fds=(voice.fileno(),)
    ) as child:
        hearer = TwinPage(page)
        hearer.answer()
        assert child.stdin is not None
        child.stdin.close()
        hearer.until(SILENCE)
        assert child.wait(WAIT) == 0
