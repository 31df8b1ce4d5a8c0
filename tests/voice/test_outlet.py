"""When the stream runs, when it rests, and when a missing device is looked for."""

from __future__ import annotations

import queue
import sys
import threading
from array import array
from collections.abc import Callable, Iterator
from contextlib import suppress
from typing import NoReturn

import pytest

from voice import outlet
from voice.engines import Rendered
from voice.messages import Device, Report, Started
from voice.outlet import STEADY_LATENCY, Outlet, look_again
from voice.player import Player

WAIT = 20.0
SOUND = Rendered(array("h", [9000] * 440).tobytes(), 22050, ())


class TwinSound:
    """A twin of the sound library: its device can be plugged in and pulled out by hand."""

    class PortAudioError(Exception):
        pass

    def __init__(self) -> None:
        self.plugged = False
        self.looks = 0
        self.streams: queue.Queue[TwinStream] = queue.Queue()
        self._made: list[TwinStream] = []
        self._threads: list[threading.Thread] = []
        self._over = False

    def serve(self, outlet: Outlet) -> None:
        """Let it run until the end of the test."""

        def run() -> None:
            with suppress(SystemExit):
                outlet.run()

        self._threads.append(threading.Thread(target=run, daemon=True))
        self._threads[-1].start()

    def end(self, player: Player) -> None:
        """One that is left behind would look for real devices, beside those of other tests."""
        self._over = True
        player.fill = self._leave  # type: ignore[method-assign, assignment]
        for stream in self._made:
            stream.pull_out()
        for thread in self._threads:
            while thread.is_alive():
                player.wanted.set()
                thread.join(0.01)

    def _leave(self, _frames: int = 0) -> NoReturn:
        raise SystemExit

    def _terminate(self) -> None: ...

    def _initialize(self) -> None: ...

    def query_devices(self, _device: int) -> dict[str, str]:
        return {"name": "twin"}

    def RawOutputStream(self, **how: object) -> TwinStream:  # noqa: N802 (the library's own name)
        if self._over:
            self._leave()
        self.looks += 1
        if not self.plugged:
            raise self.PortAudioError
        stream = TwinStream(self, **how)
        self._made.append(stream)
        self.streams.put(stream)
        return stream


class TwinStream:
    """Runs or stands still; gives blocks when the test asks for them."""

    device = 0
    latency = 0.0

    def __init__(self, library: TwinSound, **how: object) -> None:
        self._library = library
        callback, finished = how["callback"], how["finished_callback"]
        assert callable(callback)
        assert callable(finished)
        self._callback: Callable[..., None] = callback
        self._finished: Callable[[], None] = finished
        if how["latency"] != "low":
            self.latency = float(str(how["latency"]))
        self.changes: queue.Queue[str] = queue.Queue()

    def start(self) -> None:
        if not self._library.plugged:
            raise self._library.PortAudioError
        self.changes.put("started")

    def stop(self) -> None:
        self._finished()
        self.changes.put("stopped")

    def abort(self) -> None:
        self._finished()
        self.changes.put("emptied")

    def close(self, ignore_errors: bool) -> None:
        self.changes.put("closed")

    def block(self, frames: int = 220) -> list[int]:
        out = bytearray(frames * 2)
        self._callback(out, frames, None, None)
        return list(array("h", bytes(out)))

    def run_dry(self) -> None:
        """All that is wanted, and a while of silence after it."""
        for _ in range(2):
            self.block(22050)

    def pull_out(self) -> None:
        self._library.plugged = False
        self._finished()


@pytest.fixture
def sound(monkeypatch: pytest.MonkeyPatch, player: Player) -> Iterator[TwinSound]:
    """The times are short here, but the order of things is the real one."""
    twin = TwinSound()
    monkeypatch.setitem(sys.modules, "sounddevice", twin)
    monkeypatch.setattr(outlet, "REST_SECONDS", 0.01)
    monkeypatch.setattr(outlet, "FRESH_SECONDS", 0.0)
    monkeypatch.setattr(outlet, "LOOK_AGAIN_SECONDS", (600.0,))
    monkeypatch.setattr(outlet, "SOON_SECONDS", (600.0,))
    yield twin
    twin.end(player)


@pytest.fixture
def said() -> queue.Queue[Report]:
    return queue.Queue()


@pytest.fixture
def player(said: queue.Queue[Report]) -> Player:
    return Player(22050, said.put)


def test_a_missing_device_is_looked_for_less_and_less_often() -> None:
    assert [look_again(looks) for looks in range(7)] == [5, 5, 10, 20, 30, 30, 30]


def test_a_device_plugged_in_is_found_when_somebody_is_spoken_to(
    sound: TwinSound, player: Player, said: queue.Queue[Report]
) -> None:
    """K03: the page does not wait for the next look of an idle kiosk."""
    sound.serve(Outlet(player, said.put))
    assert said.get(timeout=WAIT) == Device(None)
    sound.plugged = True
    player.play(1, SOUND)
    assert said.get(timeout=WAIT) == Device("twin")
    stream = sound.streams.get(timeout=WAIT)
    assert stream.block()[0] > 0 and said.get(timeout=WAIT) == Started(1)


def test_a_silent_stream_rests_and_runs_again_for_the_next_sentence(
    sound: TwinSound, player: Player, said: queue.Queue[Report]
) -> None:
    sound.plugged = True
    sound.serve(Outlet(player, said.put))
    stream = sound.streams.get(timeout=WAIT)
    for number in range(3):
        assert stream.changes.get(timeout=WAIT) == "started"
        stream.run_dry()
        assert stream.changes.get(timeout=WAIT) == "stopped"
        player.play(number, SOUND)
    assert sound.looks == 1


def test_a_stream_with_sound_in_hand_is_emptied_when_it_is_cut_and_not_taken_for_lost(
    sound: TwinSound, player: Player, said: queue.Queue[Report]
) -> None:
    """K03: who presses a key does not hear the old sentence for another second."""
    sound.plugged = True
    steady = Outlet(player, said.put, steady=True)
    sound.serve(steady)
    assert said.get(timeout=WAIT) == Device("twin", in_hand=STEADY_LATENCY)
    stream = sound.streams.get(timeout=WAIT)
    assert stream.changes.get(timeout=WAIT) == "started"
    player.play(1, SOUND)
    stream.block()
    assert player.cut()
    steady.drop()
    assert [stream.changes.get(timeout=WAIT) for _ in range(2)] == ["emptied", "started"]
    stream.run_dry()
    assert stream.changes.get(timeout=WAIT) == "stopped" and sound.looks == 1


@pytest.mark.parametrize("resting", [False, True])
def test_a_device_pulled_out_is_noticed_and_captions_go_on(
    sound: TwinSound, player: Player, said: queue.Queue[Report], resting: bool
) -> None:
    """K06: also when it is pulled out while nobody speaks."""
    sound.plugged = True
    sound.serve(Outlet(player, said.put))
    assert said.get(timeout=WAIT) == Device("twin")
    stream = sound.streams.get(timeout=WAIT)
    assert stream.changes.get(timeout=WAIT) == "started"
    if resting:
        stream.run_dry()
        assert stream.changes.get(timeout=WAIT) == "stopped"
    stream.pull_out()
    player.play(1, SOUND)
    assert stream.changes.get(timeout=WAIT) == "closed"
    assert [said.get(timeout=WAIT) for _ in range(2)] == [Device(None), Started(1)]
