"""The morning check tells of a better voice that somebody installed and nobody hears, and what to do."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import sysconfig
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import pytest

from tests.voice.tone_voice import make_tone_voice
from voice.install.shelf import Kind, Note, Shelf

SITE = '[site]\nname = { zh = "某中心", en = "A centre" }\nphone = "000-1"\n'
SENTENCE = "您好，请把身份证放在读卡器上。"
ROOT = Path(__file__).parents[2]
CHECK = "import sys; sys.path.append(sys.argv.pop(1)); from kiosk.cli import main; main()"

needs_sherpa = pytest.mark.skipif(find_spec("sherpa_onnx") is None, reason="sherpa-onnx is not installed")


class Box:
    """A box on which somebody installed a voice. Its Python has all that this one has, but one package."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.shelf = Shelf(folder / "box" / "voices")
        workplace = self.shelf.workplace()
        made = make_tone_voice(workplace / "tone", SENTENCE)
        self.voice = self.shelf.put("tone", made, Note(Kind.VOICE, ("zh",), "tests", "tone")).folder

    def python(self, without: str) -> Path:
        packages = self.folder / "packages"
        packages.mkdir()
        for one in Path(sysconfig.get_path("purelib")).iterdir():
            if not one.name.startswith(without):
                (packages / one.name).symlink_to(one)
        return packages

    def check(self, settings: str = "", without: str = "nothing") -> dict[str, dict[str, Any]]:
        """What is told of the voices, by part."""
        config = self.folder / "my.toml"
        config.write_text(SITE + settings, encoding="utf-8")
        given = ("--config", config, "--data", self.folder / "box", "check", "--json", "--no-report")
        order = (sys.executable, "-S", "-c", CHECK, self.python(without), *given)
        where = {**os.environ, "PYTHONPATH": str(ROOT)}
        told = subprocess.run(order, env=where, cwd=ROOT, capture_output=True, text=True, check=False).stdout
        return {one["part"]: one for one in json.loads(told)["findings"] if "voice" in one["part"]}


@pytest.fixture
def box(tmp_path: Path) -> Box:
    return Box(tmp_path)


@needs_sherpa
def test_a_voice_that_speaks_is_named_and_nothing_more_is_said(box: Box) -> None:
    told = box.check()
    assert list(told) == ["voice"] and "tone" in told["voice"]["zh"]


def test_a_voice_without_what_it_runs_in_is_told_with_the_one_command_that_brings_it(box: Box) -> None:
    told = box.check(without="sherpa_onnx")
    found = told["better_voice"]
    assert found["state"] == "look" and found["zh"].startswith("tone")
    assert all("script/setup --run-only --neural" in found[language] for language in ("zh", "en"))
    assert "tone" not in told["voice"]["zh"] and "en-us" in told["voice"]["zh"]


@needs_sherpa
def test_a_damaged_voice_is_told_and_not_counted_among_those_that_speak(box: Box) -> None:
    (box.voice / "model.onnx").write_bytes(b"damaged")
    told = box.check()
    assert "kiosk voice install" in told["better_voice"]["en"] and "tone" not in told["voice"]["en"]


@needs_sherpa
def test_a_voice_that_the_settings_name_and_nobody_installed_is_told(box: Box) -> None:
    told = box.check('[voice]\nvoice = "another"\n')
    assert "another" in told["better_voice"]["zh"] and "tone" not in told["voice"]["zh"]
