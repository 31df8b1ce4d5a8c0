"""Which of the installed terminals a session can show."""

from __future__ import annotations

from pathlib import Path

import pytest

from kiosk.cli._type_sizes import installed

X11, WAYLAND = {"DISPLAY": ":0"}, {"WAYLAND_DISPLAY": "wayland-1"}


@pytest.mark.parametrize(
    ("environment", "expected"),
    [
        (X11, ["kitty", "xterm"]),
        (WAYLAND, ["kitty", "foot"]),
        (X11 | WAYLAND, ["kitty", "xterm", "foot"]),
        ({}, ["kitty", "xterm", "foot"]),
    ],
    ids=["x11", "wayland", "both", "over ssh"],
)
def test_a_terminal_that_can_open_no_window_is_not_chosen(
    environment: dict[str, str], expected: list[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("kitty", "xterm", "foot"):
        (tmp_path / name).write_text("#!/bin/sh\n", encoding="utf-8")
        (tmp_path / name).chmod(0o755)
    monkeypatch.setenv("PATH", str(tmp_path))
    assert list(installed(environment)) == expected
