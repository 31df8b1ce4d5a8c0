"""A paper laid under the kiosk's camera, in a real terminal: said back in words, handed in, nowhere else."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.journeys.conftest import OpenStore, StartKiosk
from tests.journeys.kiosk_terminal import ROOT
from tests.journeys.resident import Resident, words

PNG = b"\x89PNG\r\n"


@pytest.mark.slow
def test_a_paper_is_laid_taken_and_handed_in_sealed(
    folder: Path, tmp_path: Path, store: OpenStore, kiosk: StartKiosk
) -> None:
    """K32: the picture of it is in no file but sealed."""
    settings = tmp_path / "kiosk.toml"
    shipped = (ROOT / "kiosk.toml").read_text(encoding="utf-8")
    set_up = shipped.replace("kiosk_command = []", 'kiosk_command = ["not-called-in-a-demo"]')
    settings.write_text(set_up, encoding="utf-8")
    terminal = kiosk("--demo", columns=40, rows=10, more={"KIOSK_CONFIG": str(settings)})
    resident = Resident(terminal, changed={"papers.heading": "papers.yes"})
    resident.go_to("请放到镜头下面")
    resident.choose("papers_lay.take")
    terminal.shows("拍好了")
    resident.choose("papers_taken.go")
    resident.go_to("receipt.heading")
    resident.look_for_receipt()
    resident.go_to("goodbye.heading")
    (receipt,) = resident.receipts
    case_id = store().case_id_of(receipt)
    assert case_id is not None
    (kept,) = store().attachments(case_id)
    assert kept.material == "id-card"
    assert words("papers_taken.go") not in terminal.text
    files = [path for path in (*folder.rglob("*"), *(tmp_path / "tmp").rglob("*")) if path.is_file()]
    assert not [path.name for path in files if PNG in path.read_bytes()]
