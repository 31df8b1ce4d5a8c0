"""`kiosk voice remove`: what was installed goes, somebody else does its work, and nobody is cut off."""

from __future__ import annotations

import json
import os
import shutil
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from click.testing import CliRunner, Result

from kiosk.cli import main
from tests.voice.test_recorded import LIST
from tests.voice.tone_voice import make_tone_voice
from voice.engines.ready import ready_engines
from voice.fitting import Fitting
from voice.install.shelf import Kind, Note, Shelf
from voice.mouth import PROGRAM

if TYPE_CHECKING:
    from kiosk.flow.page import Page
    from tests.voice.conftest import Booth

KNOWS = "您给谁办自己家里人请把身份证放在读卡器上好以后会响一声再拿走现说选"
SITE = '[site]\nname = { zh = "某中心", en = "A centre" }\nphone = "000-1"\n'
WAIT = 20.0

needs_sherpa = pytest.mark.skipif(find_spec("sherpa_onnx") is None, reason="sherpa-onnx is not installed")


class Box:
    """A kiosk's data folder with what a site installed."""

    def __init__(self, folder: Path) -> None:
        self.state, self.config = folder / "state", folder / "my.toml"
        self.shelf = Shelf(self.state / "voices")
        self.set_voice("")

    def set_voice(self, name: str) -> None:
        self.config.write_text(SITE + f'[voice]\nvoice = "{name}"\n', encoding="utf-8")

    def put(self, name: str, kind: Kind, *languages: str) -> None:
        place = self.shelf.workplace()
        folder = make_tone_voice(place / name, KNOWS)
        if kind is Kind.RECORDINGS:
            (folder / "index.toml").write_text(LIST, encoding="utf-8")
        self.shelf.put(name, folder, Note(kind, languages, "tests", name))
        place.rmdir()

    def remove(self, *words: str) -> Result:
        given = ["--config", str(self.config), "--data", str(self.state)]
        return CliRunner().invoke(main, ["voice", "remove", *words, *given])

    def there(self) -> list[str]:
        return [one.name for one in self.shelf.all()]

    def files(self) -> list[Path]:
        return [path for path in self.state.rglob("*") if path.is_file()]


@pytest.fixture
def box(tmp_path: Path) -> Box:
    return Box(tmp_path)


def test_what_is_taken_away_is_gone_with_all_its_files(box: Box) -> None:
    box.put("tone", Kind.VOICE, "zh")
    size = sum(path.stat().st_size for path in box.files())
    ran = box.remove("tone", "--yes", "--json")
    assert ran.exit_code == 0, ran.output
    told = json.loads(ran.stdout)
    assert told == {"name": "tone", "kind": "voice", "bytes": size, "instead": {"zh": "the built-in voice"}}
    assert box.there() == [] and box.files() == []


def test_nothing_is_taken_away_by_a_slip_of_the_hand(box: Box) -> None:
    box.put("tone", Kind.VOICE, "zh")
    ran = box.remove("tone")
    assert ran.exit_code == 1 and "--yes" in ran.output and box.there() == ["tone"]


def test_a_name_that_is_not_there_is_answered_with_those_that_are(box: Box) -> None:
    box.put("tone", Kind.VOICE, "zh")
    for name in ("tune", "../voices/tone", ".downloads"):
        ran = box.remove(name, "--yes")
        assert ran.exit_code == 2 and "Installed: tone" in ran.output and box.there() == ["tone"]


def test_what_does_its_work_from_now_on_is_named_for_each_language(box: Box) -> None:
    """Recordings, then networks, then what is built in; of models another one, else keys and touch."""
    box.put("alto", Kind.VOICE, "zh", "en")
    box.put("bass", Kind.VOICE, "zh")
    box.put("ours", Kind.RECORDINGS, "zh")
    box.put("hears-all", Kind.MODEL, "zh", "en")
    box.put("hears-zh", Kind.MODEL, "zh")
    instead = [
        json.loads(box.remove(name, "--yes", "--json").stdout)["instead"]
        for name in ("ours", "alto", "hears-all", "hears-zh")
    ]
    assert instead == [
        {"zh": "alto"},
        {"zh": "bass", "en": "the built-in voice"},
        {"zh": "hears-zh", "en": "keys and touch"},
        {"zh": "keys and touch"},
    ]


def test_settings_that_still_name_it_are_pointed_at_and_keep_others_silent(box: Box) -> None:
    box.put("alto", Kind.VOICE, "zh")
    box.put("bass", Kind.VOICE, "zh")
    box.set_voice("alto")
    ran = box.remove("alto", "--yes")
    assert "In its place, zh: the built-in voice." in ran.output and "voice.voice" in ran.output


def test_what_was_half_taken_away_is_no_voice_and_goes_with_the_next(box: Box) -> None:
    box.put("tone", Kind.VOICE, "zh")
    box.put("other", Kind.VOICE, "zh")
    os.rename(box.state / "voices" / "tone", box.state / "voices" / ".old-tone")
    assert box.there() == ["other"]
    assert "tone" not in [e.voices().get("zh") for e in ready_engines(Fitting(str(box.state / "voices")))]
    box.put("tone", Kind.VOICE, "zh")
    shutil.copytree(box.state / "voices" / "tone", box.state / "voices" / ".old-tone")
    assert box.remove("tone", "--yes").exit_code == 0
    assert box.there() == ["other"] and all("other" in path.parts for path in box.files())


def test_what_cannot_be_taken_away_stays_whole(box: Box) -> None:
    box.put("tone", Kind.VOICE, "zh")
    before = box.files()
    (box.state / "voices" / ".old-tone").write_text("in the way", encoding="ascii")
    ran = box.remove("tone", "--yes")
    assert ran.exit_code == 1 and "still there" in ran.output and box.there() == ["tone"]
    assert set(before) < set(box.files())


@needs_sherpa
def test_a_visit_that_speaks_with_it_goes_on_speaking(box: Box, booth: Booth, who_page: Page) -> None:
    """The pages after that are said by the same process, whole."""
    box.put("tone", Kind.VOICE, "zh")
    fitting = Fitting(voices=str(box.state / "voices"))
    speaker = booth.speaker(program=(*PROGRAM, *fitting.arguments()))
    speaker.present(who_page, "zh")
    assert speaker.wait_quiet(WAIT)
    child = speaker.child
    assert box.remove("tone", "--yes").exit_code == 0
    speaker.present(who_page, "zh")
    assert speaker.wait_quiet(WAIT) and speaker.child == child
    said = [text for event, text in booth.events() if event == "end"]
    assert said and said[: len(said) // 2] == said[len(said) // 2 :]
