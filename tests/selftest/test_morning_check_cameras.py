"""The morning check looks for the programs that take pictures of papers, before a resident waits for one."""

from __future__ import annotations

from pathlib import Path

import pytest

from kiosk.config import Materials
from kiosk.selftest.cameras import cameras
from kiosk.selftest.finding import State


def test_a_program_that_is_not_there_is_told_by_its_name(tmp_path: Path) -> None:
    (one,) = cameras(Materials(kiosk_command=(str(tmp_path / "no-camera"), "-")))
    assert (one.part, one.state) == ("kiosk_camera", State.BAD)
    assert "no-camera" in one.words.show("zh") and "no-camera" in one.words.show("en")


@pytest.mark.parametrize("mode", [0o755, 0o644], ids=["a program", "no program"])
def test_a_file_that_cannot_be_run_is_no_camera(tmp_path: Path, mode: int) -> None:
    script = tmp_path / "camera"
    script.write_text("#!/bin/sh\n", encoding="utf-8")
    script.chmod(mode)
    (one,) = cameras(Materials(command=(str(script),)))
    assert one.part == "desk_camera"
    assert (one.state is State.GOOD) is (mode == 0o755)


def test_where_no_camera_is_set_nothing_is_said_of_one() -> None:
    assert cameras(Materials()) == []
