"""A page to say, and an ear that keeps what it was told."""

from __future__ import annotations

import json
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest

from kiosk.catalogue import load_catalogue
from kiosk.flow.page import Choice, Page, PageKind
from kiosk.ports import Caption
from kiosk.text import Catalogue, Text
from tests.voice.sound_hall import Hall, point_to
from voice.speaker import PageSpeaker

WAIT = 20.0
"""Seconds that a test waits for an event before it fails; a busy machine is slow, not broken."""


@dataclass
class Ear:
    """Takes the speaker's callbacks."""

    captions: list[Caption] = field(default_factory=list)
    no_sound: int = 0
    changed: threading.Condition = field(default_factory=threading.Condition)

    def hear(self, caption: Caption) -> None:
        with self.changed:
            self.captions.append(caption)
            self.changed.notify_all()

    def note_no_sound(self) -> None:
        with self.changed:
            self.no_sound += 1
            self.changed.notify_all()

    def wait(self, until: Callable[[Ear], bool]) -> bool:
        with self.changed:
            return self.changed.wait_for(lambda: until(self), WAIT)

    def texts(self) -> list[str]:
        return [caption.text for caption in self.captions]


@dataclass
class Booth:
    """Makes speakers that write a speech log, and closes them."""

    path: Path
    words: Catalogue
    ear: Ear = field(default_factory=Ear)
    speakers: list[PageSpeaker] = field(default_factory=list)

    def speaker(self, **how: Any) -> PageSpeaker:
        made = PageSpeaker(self.words, self.ear.hear, self.ear.note_no_sound, demo=True, **how)
        made.set_rate(7)
        self.speakers.append(made)
        return made

    def log(self) -> list[dict[str, str]]:
        return [json.loads(line) for line in self.path.read_text(encoding="utf-8").splitlines()]

    def events(self) -> list[tuple[str, str]]:
        return [(line["event"], line["text"]) for line in self.log()]


@pytest.fixture
def words() -> Catalogue:
    return load_catalogue("voice")


@pytest.fixture
def no_device(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """No sound device, also on a machine that has one: the only card is one that does not exist."""
    cards = tmp_path / "alsa.conf"
    cards.write_text("pcm.none { type hw card 99 }\n", encoding="ascii")
    monkeypatch.setenv("PULSE_SERVER", "unix:/nonexistent")
    monkeypatch.setenv("ALSA_CONFIG_PATH", str(cards))


@pytest.fixture
def booth(
    tmp_path: Path, words: Catalogue, monkeypatch: pytest.MonkeyPatch, no_device: None
) -> Iterator[Booth]:
    path = tmp_path / "speech.jsonl"
    monkeypatch.setenv("KIOSK_SPEECH_LOG", str(path))
    made = Booth(path, words)
    yield made
    for speaker in made.speakers:
        speaker.close()
        assert speaker.wait_quiet(WAIT)


@pytest.fixture
def hall(tmp_path: Path, booth: Booth, monkeypatch: pytest.MonkeyPatch) -> Iterator[Hall]:
    """A sound server that hears what the booth's speakers say."""
    point_to(tmp_path / "pulse", tmp_path, monkeypatch)
    made = Hall(tmp_path / "pulse")
    yield made
    close(made, booth)


@pytest.fixture
def bursty_hall(tmp_path: Path, booth: Booth, monkeypatch: pytest.MonkeyPatch) -> Iterator[Hall]:
    """One whose sink takes two seconds of sound at a time, and then none for as long."""
    point_to(tmp_path / "pulse", tmp_path, monkeypatch)
    made = Hall(tmp_path / "pulse", in_bursts=True)
    yield made
    close(made, booth)


def close(hall: Hall, booth: Booth) -> None:
    """The speakers first, so that none of them waits for a server that is gone."""
    hall.thaw()
    for speaker in booth.speakers:
        speaker.close()
        assert speaker.wait_quiet(WAIT)
    hall.kill()


def both(zh: str, en: str) -> Text:
    return Text({"zh": zh, "en": en})


@pytest.fixture
def who_page() -> Page:
    return Page(
        "question:who",
        PageKind.CHOICE,
        both("您给谁办？", "Who is it for?"),
        choices=(
            Choice("self", both("给我自己办", "Myself")),
            Choice("family", both("给家里人办", "A family member")),
        ),
    )


@pytest.fixture
def long_page() -> Page:
    return Page(
        "info:long",
        PageKind.CARD,
        both("请把身份证放在读卡器上", "Put your card on the reader"),
        body=(
            both("读好以后会响一声，您再把身份证拿走。", "You will hear a tone. Then take the card away."),
        ),
    )


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Whoever listens in a hall has to be quicker than the sound."""
    for item in items:
        if {"hall", "bursty_hall"} & set(getattr(item, "fixturenames", ())):
            item.add_marker(pytest.mark.alone)
