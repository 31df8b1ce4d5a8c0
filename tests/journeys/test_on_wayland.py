"""The kiosk as `kiosk install --shell sway` starts it: sway on a screen in memory, and a real terminal."""

from __future__ import annotations

import os
import signal
from pathlib import Path

import pytest

from kiosk.display.tables import faces
from kiosk.display.type_size import fits, usual
from tests.journeys.headless_sway import PANEL, SwaySession, sway_session
from tests.journeys.virtual_screen import PATIENCE, needed

USUAL_SIZE, DISTANCE = 2, 500

pytestmark = pytest.mark.slow


def fills_the_screen(session: SwaySession, terminal: str) -> bool:
    """One window, as large as the screen, which hears the keys."""
    windows = session.windows()
    return [
        (one["app_id"], one["focused"], one["fullscreen_mode"], one["rect"]["width"], one["rect"]["height"])
        for one in windows
    ] == [(terminal, True, 1, PANEL.across, PANEL.down)]


@pytest.mark.parametrize("terminal", ["foot", "kitty"])
def test_the_first_page_is_there_and_no_key_is_bound(terminal: str, tmp_path: Path) -> None:
    """And all of it ends when the unit is stopped."""
    needed("sway", "grim", "unshare", "systemd-sysusers", terminal)
    with sway_session(tmp_path, terminal) as session:
        session.ready()
        session.until(lambda: session.row() > 0, "the first page")
        fit = usual(fits(PANEL, faces()[terminal], DISTANCE), USUAL_SIZE)
        assert fit is not None
        assert abs(session.row() / PANEL.per_mm - fit.pitch.height) <= 0.05 * fit.pitch.height
        assert fills_the_screen(session, terminal)
        assert session.bars() == [] and session.bindings() == []
        unit = session.processes()
        for pid in unit:
            os.kill(pid, signal.SIGTERM)
        assert session.ended(unit, PATIENCE) == 0
    assert [*(tmp_path / "tmp").iterdir()] == []


def test_sway_ends_with_the_kiosk(tmp_path: Path) -> None:
    """No empty screen stays behind: systemd begins the whole session anew."""
    needed("sway", "unshare", "systemd-sysusers", "foot")
    with sway_session(tmp_path, "foot") as session:
        session.ready()
        unit = session.processes()
        os.kill(session.launch, signal.SIGTERM)
        assert session.ended(unit, PATIENCE) == 0
