"""The speaker of a sitting, with its real child process."""

from __future__ import annotations

import os
import re
import select
import signal
import subprocess
import sys
import threading
import time
from dataclasses import replace
from itertools import pairwise
from pathlib import Path
from statistics import median
from typing import TYPE_CHECKING

import pytest

from kiosk.flow.page import Choice, Page, PageKind
from kiosk.ports import Speaker
from kiosk.text import Catalogue, Privacy, Text, same
from tests.slowness import slowness
from voice.privacy import Output
from voice.speaker import PageSpeaker

if TYPE_CHECKING:
    from tests.voice.conftest import Booth

WAIT = 20.0
BLOCKED = 0.05
"""Seconds: longer than this a call on the UI thread would be felt."""
PROJECT = str(Path(__file__).parents[2])


def both(zh: str, en: str) -> Text:
    return Text({"zh": zh, "en": en})


def gone(pid: int, timeout: float = WAIT) -> bool:
    """Wait for a process to end, whoever's child it is."""
    try:
        descriptor = os.pidfd_open(pid)
    except ProcessLookupError:
        return True
    try:
        return bool(select.select([descriptor], [], [], timeout)[0])
    finally:
        os.close(descriptor)


def test_a_page_is_said_sentence_by_sentence_with_captions(booth: Booth, who_page: Page) -> None:
    """K03, K04: the caption shows what is heard; each sentence starts when the one before has ended."""
    speaker: Speaker = booth.speaker()
    speaker.present(who_page, "zh")
    assert speaker.speaking
    assert booth.speakers[0].wait_quiet(WAIT)
    assert booth.ear.texts() == ["您给谁办？", "1，给我自己办。", "2，给家里人办。", "请按数字键选。"]
    heard = ["您给谁办？", "一，给我自己办。", "二，给家里人办。", "请按数字键选。"]
    assert booth.events() == [(event, text) for text in heard for event in ("start", "end")]
    assert not speaker.speaking


def test_the_speech_log_says_when_where_and_how(booth: Booth, who_page: Page) -> None:
    speaker = booth.speaker()
    speaker.present(who_page, "en")
    assert speaker.wait_quiet(WAIT)
    first = booth.log()[0]
    assert set(first) == {"time", "screen", "lang", "text", "event", "device"}
    assert (first["screen"], first["lang"], first["text"]) == ("question:who", "en", "Who is it for?")
    assert first["device"] == "none"


def test_without_a_device_captions_go_on_and_staff_are_told_once(booth: Booth, who_page: Page) -> None:
    """K06: eye-only completion; no sound is said once."""
    speaker = booth.speaker()
    speaker.present(who_page, "en")
    assert speaker.wait_quiet(WAIT)
    assert len(booth.ear.captions) == 4
    assert not any(caption.sounding for caption in booth.ear.captions)
    assert booth.ear.no_sound == 1


def test_any_key_stops_the_speech(booth: Booth, long_page: Page) -> None:
    """K08: start, cut, and nothing after it."""
    speaker = booth.speaker()
    speaker.present(long_page, "zh")
    assert booth.ear.wait(lambda ear: bool(ear.captions))
    speaker.stop()
    assert speaker.wait_quiet(WAIT)
    assert booth.events() == [("start", "请把身份证放在读卡器上。"), ("cut", "请把身份证放在读卡器上。")]


def test_a_new_page_cuts_the_old_one(booth: Booth, long_page: Page, who_page: Page) -> None:
    """K08: never two voices at once."""
    speaker = booth.speaker()
    speaker.present(long_page, "zh")
    assert booth.ear.wait(lambda ear: bool(ear.captions))
    speaker.present(who_page, "en")
    assert speaker.wait_quiet(WAIT)
    assert [event for event, _ in booth.events()][:3] == ["start", "cut", "start"]
    assert {line["screen"] for line in booth.log()[2:]} == {"question:who"}


def test_fifty_pages_in_a_hurry_leave_only_the_last_one(
    booth: Booth, long_page: Page, who_page: Page
) -> None:
    """K08: an old utterance is never heard after a newer one was asked for."""
    speaker = booth.speaker()
    for at in range(50):
        speaker.present(replace(long_page, id=f"page:{at}"), "zh")
    speaker.present(who_page, "en")
    assert speaker.wait_quiet(WAIT)
    events = [event for event, _ in booth.events()]
    assert all((before == "start") != (after == "start") for before, after in pairwise(events))
    assert [line["screen"] for line in booth.log() if line["event"] == "end"] == ["question:who"] * 4


@pytest.mark.slow
def test_no_private_number_reaches_the_hall(booth: Booth) -> None:
    """K26: 0 private digits in the speaker log."""
    page = Page(
        "check",
        PageKind.CHOICE,
        both("请您看一看", "Please check"),
        body=(same("990101195003050002", Privacy.PRIVATE),),
        choices=(
            Choice(
                "bank", both("银行卡号", "Bank card"), detail=same("6222 0000 1111 2202", Privacy.PRIVATE)
            ),
            Choice("phone", both("电话", "Phone"), detail=same("13800138000")),
        ),
        error=both("号码990101195003050002不对", "The number 990101195003050002 is wrong"),
    )
    speaker = booth.speaker(sound=False)
    for language in ("zh", "en"):
        speaker.present(page, language)
        assert speaker.wait_quiet(3 * WAIT)
    everything = booth.path.read_text(encoding="utf-8") + " ".join(booth.ear.texts())
    assert "尾号零二" in everything and "ending in zero two" in everything
    figures = "零幺一二三四五六七八九"
    heard = re.sub(r'"time": "[^"]*"', "", everything)
    assert not re.search(rf"[{figures}]{{3}}|[0-9]{{3}}|(?:(?:one|two|three|zero|nine|eight) ){{3}}", heard)


def test_in_headphones_the_number_is_read_in_groups(booth: Booth) -> None:
    """K23, K26."""
    page = Page("check", PageKind.CARD, same("13800138000", Privacy.PRIVATE))
    speaker = booth.speaker(sound=False, output=Output.PRIVATE)
    speaker.present(page, "zh")
    assert speaker.wait_quiet(WAIT)
    assert booth.log()[0]["text"] == "幺三八，零零幺三，八零零零。"


def test_a_notice_interrupts_and_the_page_goes_on_from_that_sentence(booth: Booth, long_page: Page) -> None:
    """K21: a change of the rate is announced at every press, even while speaking."""
    speaker = booth.speaker(sound=False)
    speaker.present(long_page, "zh")
    assert booth.ear.wait(lambda ear: bool(ear.captions))
    speaker.notice(both("说慢一点了", "Slower now"), "zh")
    speaker.notice(both("说得更慢了", "Even slower"), "zh")
    assert booth.ear.wait(lambda ear: len(ear.captions) >= 3)
    assert booth.events()[:2] == [("start", "请把身份证放在读卡器上。"), ("cut", "请把身份证放在读卡器上。")]
    texts = [text for text in booth.ear.texts() if text != "说慢一点了。"]
    assert texts[:3] == ["请把身份证放在读卡器上。", "说得更慢了。", "请把身份证放在读卡器上。"][: len(texts)]


def test_moving_the_focus_says_only_the_last_choice(booth: Booth, who_page: Page) -> None:
    """K20: the focused item is spoken."""
    speaker = booth.speaker(sound=False)
    speaker.focus(who_page, who_page.choices[0], "zh")
    assert booth.ear.wait(lambda ear: bool(ear.captions))
    speaker.focus(who_page, who_page.choices[1], "zh")
    assert speaker.wait_quiet(WAIT)
    assert booth.events() == [
        ("start", "一，给我自己办。"),
        ("cut", "一，给我自己办。"),
        ("start", "二，给家里人办。"),
        ("end", "二，给家里人办。"),
    ]


def test_repeat_says_the_last_sentence_and_then_the_whole_page(booth: Booth, who_page: Page) -> None:
    """K07."""
    speaker = booth.speaker(sound=False)
    speaker.repeat(whole=False)
    speaker.present(who_page, "en")
    assert speaker.wait_quiet(WAIT)
    speaker.repeat(whole=False)
    assert speaker.wait_quiet(WAIT)
    assert booth.ear.texts()[4:] == ["Press the number of your choice."]
    speaker.repeat(whole=True)
    assert speaker.wait_quiet(WAIT)
    assert booth.ear.texts()[5:] == booth.ear.texts()[:4]


@pytest.mark.parametrize("sound", [True, False])
def test_a_pause_holds_the_sentence_until_it_is_lifted(booth: Booth, who_page: Page, sound: bool) -> None:
    speaker = booth.speaker(sound=sound)
    speaker.focus(who_page, who_page.choices[1], "en")
    assert booth.ear.wait(lambda ear: bool(ear.captions))
    speaker.pause()
    assert not speaker.wait_quiet(2.0)
    assert booth.events() == [("start", "two, A family member.")]
    speaker.pause()
    assert speaker.wait_quiet(WAIT)
    assert booth.events()[-1] == ("end", "two, A family member.")


def test_eyes_only_needs_no_child_and_tells_nobody(booth: Booth, who_page: Page) -> None:
    """K06: the sound is off because somebody wants it off."""
    speaker = booth.speaker(sound=False)
    speaker.present(who_page, "en")
    assert speaker.wait_quiet(WAIT)
    assert speaker.child is None and booth.ear.no_sound == 0 and len(booth.ear.captions) == 4


def test_a_killed_child_is_replaced_and_the_sentence_said_again(booth: Booth, long_page: Page) -> None:
    speaker = booth.speaker()
    speaker.present(long_page, "zh")
    assert booth.ear.wait(lambda ear: bool(ear.captions))
    first = speaker.child
    assert first
    sentence = "请把身份证放在读卡器上。"
    os.kill(first, signal.SIGKILL)
    assert booth.ear.wait(lambda _: booth.events().count(("start", sentence)) == 2)
    assert speaker.child not in (None, first)
    assert booth.events()[:3] == [("start", sentence), ("cut", sentence), ("start", sentence)]


def test_a_frozen_child_never_blocks_the_screen_and_is_replaced(booth: Booth, long_page: Page) -> None:
    """The sound server that hangs: every call returns at once, and the speech comes back."""
    speaker = booth.speaker()
    speaker.present(long_page, "zh")
    assert booth.ear.wait(lambda ear: bool(ear.captions))
    first = speaker.child
    assert first
    os.kill(first, signal.SIGSTOP)
    took = []
    for at in range(100):
        before = time.perf_counter()
        speaker.present(replace(long_page, id=f"page:{at}"), "zh")
        speaker.focus(long_page, Choice("x", both("下一步", "Next")), "zh")
        speaker.set_volume(at % 10)
        took.append(time.perf_counter() - before)
    # A busy machine keeps a thread waiting now and then; a child that hangs would each time, or for long.
    assert median(took) < BLOCKED
    assert max(took) < 100 * BLOCKED
    shown = len(booth.ear.captions)
    assert booth.ear.wait(lambda ear: len(ear.captions) > shown)
    assert gone(first)
    assert speaker.child != first


def test_a_child_that_always_falls_leaves_captions(booth: Booth, who_page: Page) -> None:
    """Three restarts in a minute are enough: captions only, staff told once."""
    speaker = booth.speaker(program=(sys.executable, "-c", "raise SystemExit(1)"))
    speaker.present(who_page, "en")
    assert speaker.wait_quiet(WAIT)
    assert booth.ear.wait(lambda ear: ear.no_sound == 1)
    assert len(booth.ear.captions) == 4 and speaker.child is None


def test_a_child_that_cannot_be_started_leaves_captions(booth: Booth, who_page: Page) -> None:
    speaker = booth.speaker(program=("/nonexistent/python", "-m", "voice.child"))
    speaker.present(who_page, "en")
    assert speaker.wait_quiet(WAIT)
    assert len(booth.ear.captions) == 4 and booth.ear.no_sound == 1


def test_a_screen_that_is_gone_does_not_silence_the_speaker(booth: Booth, who_page: Page) -> None:
    def broken(_: object) -> None:
        raise RuntimeError("the app is closed")

    speaker = PageSpeaker(booth.words, broken, lambda: None, demo=True, sound=False)
    booth.speakers.append(speaker)
    speaker.present(who_page, "en")
    assert speaker.wait_quiet(WAIT)
    assert len(booth.events()) == 8


def test_a_full_disk_under_the_speech_log_does_not_silence_the_speaker(
    booth: Booth, who_page: Page, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("KIOSK_SPEECH_LOG", "/dev/full")
    speaker = booth.speaker(sound=False)
    speaker.present(who_page, "en")
    assert speaker.wait_quiet(WAIT)
    assert len(booth.ear.captions) == 4


def test_half_a_character_in_a_text_does_not_silence_the_speaker(booth: Booth, who_page: Page) -> None:
    """From a terminal or a card that writes otherwise; the thread that speaks fell over it."""
    speaker = booth.speaker()
    speaker.present(replace(who_page, heading=both("您\udcff好", "Hel\udcfflo")), "zh")
    assert speaker.wait_quiet(WAIT)
    assert len(booth.ear.captions) == 4


def test_the_speech_log_is_refused_outside_the_demo(booth: Booth, words: Catalogue) -> None:
    """K46: logs hold events, not content."""
    with pytest.raises(ValueError, match="demo"):
        PageSpeaker(words, lambda _: None, lambda: None)
    assert not booth.path.exists()


def test_closing_ends_the_child(booth: Booth) -> None:
    speaker = booth.speaker()
    assert booth.ear.wait(lambda ear: ear.no_sound == 1)
    child = speaker.child
    assert child
    speaker.close()
    assert speaker.wait_quiet(WAIT)
    assert gone(child)


def test_after_closing_nothing_remains(booth: Booth, who_page: Page) -> None:
    """K46: no thread, no open file and no process outlives the sitting, wherever it was closed."""
    threads, files = set(threading.enumerate()), len(os.listdir("/proc/self/fd"))
    speaker = booth.speaker()
    speaker.present(who_page, "zh")
    assert booth.ear.wait(lambda ear: bool(ear.captions))
    child = speaker.child
    assert child
    speaker.close()
    assert speaker.wait_quiet(WAIT)
    for thread in set(threading.enumerate()) - threads:
        thread.join(WAIT)
    assert set(threading.enumerate()) <= threads
    assert len(os.listdir("/proc/self/fd")) == files
    with pytest.raises(ProcessLookupError):
        os.killpg(child, 0)


def test_a_child_that_froze_while_nobody_spoke_is_replaced_when_somebody_is_spoken_to(
    booth: Booth, who_page: Page
) -> None:
    """K03: its slow heartbeat does not make a person wait."""
    speaker = booth.speaker()
    speaker.focus(who_page, who_page.choices[0], "en")
    assert speaker.wait_quiet(WAIT)
    first, shown = speaker.child, len(booth.ear.captions)
    assert first
    os.kill(first, signal.SIGSTOP)
    slow, asked = slowness(), time.monotonic()
    speaker.present(who_page, "en")
    assert booth.ear.wait(lambda ear: len(ear.captions) > shown)
    assert time.monotonic() - asked < 6.0 * max(slow, slowness())
    assert gone(first) and speaker.child != first


def test_the_child_ends_with_a_screen_that_was_killed(no_device: None) -> None:
    """kill -9 of the sitting leaves no voice behind."""
    program = (
        "import threading\n"
        "from kiosk.catalogue import load_catalogue\n"
        "from voice.speaker import PageSpeaker\n"
        "silent = threading.Event()\n"
        "speaker = PageSpeaker(load_catalogue('voice'), print, silent.set)\n"
        "silent.wait(); print(speaker.child, flush=True); threading.Event().wait()"
    )
    screen = subprocess.Popen(
        [sys.executable, "-c", program],
        stdout=subprocess.PIPE,
        env={**os.environ, "PYTHONPATH": PROJECT},
    )
    assert screen.stdout
    with screen:
        child = int(screen.stdout.readline())
        screen.kill()
        assert gone(child)


def test_the_screen_s_process_loads_no_sound_library() -> None:
    program = "import sys, voice.speaker; print(*sys.modules)"
    loaded = subprocess.check_output(
        [sys.executable, "-c", program], env={**os.environ, "PYTHONPATH": PROJECT}
    )
    heavy = {"sounddevice", "pyttsx3", "pypinyin", "espeakng_loader", "textual"}
    assert not heavy & set(loaded.decode().split())
