"""How terminals are started, and what the commands say of the screen."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from kiosk.cli import main
from kiosk.display.launching import RESTARTS, foot, kitty, xterm
from kiosk.display.tables import faces, panels
from kiosk.display.type_size import fits

PANEL = panels()["15.6"]
USUAL = fits(PANEL, faces()["kitty"])[1]
PROGRAM = ("kiosk", "run")
SETTINGS = """
[site]
name = {{ zh = "幸福路社区服务中心", en = "Xingfu Road Community Centre" }}
phone = "000-12345"
[screen]
display = "{display}"
"""


def kiosk(tmp_path: Path, *words: str, display: str = "15.6") -> Result:
    settings = tmp_path / "kiosk.toml"
    settings.write_text(SETTINGS.format(display=display), encoding="utf-8")
    return CliRunner().invoke(main, [*words, "--config", str(settings)])


@pytest.mark.parametrize(("version", "height"), [((0, 26), "adjust_line_height"), ((0, 35), "modify_font")])
def test_kitty_obeys_its_own_socket_only_and_opens_nothing_else(
    version: tuple[int, int], height: str
) -> None:
    start = kitty(PANEL, faces()["kitty"], USUAL, "/run/x/terminal", PROGRAM, version=version)
    assert {"allow_remote_control=socket-only", "clear_all_shortcuts=yes", "scrollback_lines=0"} <= set(start)
    assert start[start.index("--listen-on") + 1] == "unix:/run/x/terminal"
    assert "font_size=35.25" in start
    assert any(word.startswith(f"{height}=") and "115.5%" in word for word in start)
    assert start[-2:] == [*PROGRAM]


def test_xterm_takes_a_font_and_a_grid_and_nothing_else() -> None:
    start = xterm(PANEL, faces()["xterm"], USUAL, "", PROGRAM)
    allowed = next(word for word in start if "disallowedWindowOps" in word).partition(": ")[2].split(",")
    assert "8" not in allowed
    assert {"1", "2", "3", "20", "21"} <= set(allowed)
    assert start[start.index("-geometry") + 1] == f"{USUAL.columns}x{USUAL.rows}+0+0"
    assert start[-2:] == [*PROGRAM]


def test_foot_is_as_large_as_computed_and_obeys_no_key_of_its_own() -> None:
    """47 pixels of font, and lines of 63."""
    start = foot(PANEL, faces()["foot"], USUAL, "", PROGRAM)
    assert "--font=Noto Sans Mono CJK SC:pixelsize=47" in start
    assert {"--config=/dev/null", "--override=line-height=63px", "--override=scrollback.lines=0"} <= set(
        start
    )
    assert {f"--override=key-bindings.{key}=none" for key in ("spawn-terminal", "font-increase")} <= set(
        start
    )
    assert start[-2:] == [*PROGRAM]


def test_a_terminal_that_is_opened_anew_takes_nothing_from_the_screen() -> None:
    """Neither a size nor a font, nor a word on a socket."""
    told = " ".join(RESTARTS["xterm"](PANEL, faces()["xterm"], USUAL, "", PROGRAM))
    assert "allowFontOps: false" in told and "disallowedWindowOps: 8," in told
    told = " ".join(RESTARTS["kitty"](PANEL, faces()["kitty"], USUAL, "", PROGRAM))
    assert "allow_remote_control=no" in told and "--listen-on" not in told


def test_the_settings_name_the_terminal_and_how_it_changes(tmp_path: Path) -> None:
    foot_here = SETTINGS + 'terminal = "foot"\n'
    (tmp_path / "kiosk.toml").write_text(foot_here.format(display="15.6"), encoding="utf-8")
    words = ["--config", str(tmp_path / "kiosk.toml")]
    launched = CliRunner().invoke(main, ["launch", "--dry-run", *words])
    assert launched.output.startswith("foot ")
    told = CliRunner().invoke(main, ["screen", "--lang", "en", *words])
    assert "With foot: T and F3 open the terminal anew around the same visit" in told.output


TAKES_SIZES = {"xterm": "allowFontOps: true", "kitty": "allow_remote_control=socket-only"}


@pytest.mark.parametrize(
    ("settings", "asked", "told"),
    [
        ("", [], {"kitty"}),
        ('restart = "auto"', [], {"kitty"}),
        ("restart = false", [], {"kitty", "xterm"}),
        ("restart = true", [], set()),
        ("restart = true", ["--no-restart"], {"kitty", "xterm"}),
        ("", ["--restart"], set()),
    ],
)
def test_a_terminal_that_falls_when_it_is_told_a_size_is_told_none_unless_somebody_says_so(
    settings: str, asked: list[str], told: set[str], tmp_path: Path
) -> None:
    (tmp_path / "kiosk.toml").write_text(SETTINGS.format(display="15.6") + settings, encoding="utf-8")
    words = ["--config", str(tmp_path / "kiosk.toml"), "launch", "--dry-run", *asked]
    started = {name: CliRunner().invoke(main, [*words, "--terminal", name]) for name in TAKES_SIZES}
    assert [one.exit_code for one in started.values()] == [0, 0]
    assert {name for name, option in TAKES_SIZES.items() if option in started[name].output} == told


def test_launch_shows_its_command(tmp_path: Path) -> None:
    shown = kiosk(tmp_path, "launch", "--terminal", "xterm", "--dry-run")
    assert shown.exit_code == 0, shown.output
    assert "pixelsize=47" in shown.output and shown.output.rstrip().endswith("kiosk.cli run")


@pytest.mark.parametrize(
    ("display", "said"),
    [("huge", "screen.display"), ("90x90 mm, 400x400", "too small even for the smallest")],
)
def test_a_screen_that_cannot_be_used_is_said_in_words(tmp_path: Path, display: str, said: str) -> None:
    refused = kiosk(tmp_path, "launch", "--terminal", "xterm", "--lang", "en", display=display)
    assert refused.exit_code == 1
    assert said in refused.output


def test_the_sizes_are_told_in_millimetres(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """By whichever of the two terminals is here; this folder holds one by its name."""
    (tmp_path / "kitty").touch(mode=0o755)
    monkeypatch.setenv("PATH", str(tmp_path))
    told = kiosk(tmp_path, "screen", "--lang", "en")
    assert "Size 2: capitals 6.2 mm high, Han characters 8.5 mm, 68x16 cells" in told.output
    assert "With kitty: T and F3 change the letters at once" in told.output
    assert "tells" not in told.output and "tell the pixels" in told.output
    sizes = json.loads(kiosk(tmp_path, "screen", "--json").output)
    assert [size["size"] for size in sizes] == [1, 2, 3, 4]
    checked = kiosk(tmp_path, "check", "--lang", "en", "--no-report", "--data", str(tmp_path / "data"))
    assert "Screen: 15.6 inches, with kitty. Begins with capitals of 6.2 mm" in checked.output
