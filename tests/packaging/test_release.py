"""`script/release` as one command: what it lays out is signed, and is all that a box takes."""

from __future__ import annotations

import os
import re
import subprocess
from pathlib import Path

import pytest

from kiosk import __version__
from kiosk.security.device_key import signing_key
from kiosk.update.stick import bring, contents_of, stick_at

ROOT = Path(__file__).resolve().parents[2]
OWN = f"wheels/bangban-{__version__}-py3-none-any.whl"

pytestmark = pytest.mark.slow


@pytest.fixture
def key(tmp_path: Path) -> Path:
    path = tmp_path / "release.key"
    signing_key(path)
    return path


def release(*words: str | Path) -> subprocess.CompletedProcess[str]:
    ours = {name: value for name, value in os.environ.items() if not name.startswith(("KIOSK_", "PYTHON"))}
    command = [str(ROOT / "script" / "release"), *map(str, words)]
    return subprocess.run(command, env=ours, capture_output=True, text=True, check=False)


def test_the_program_alone_is_two_files_and_a_signature_over_them(tmp_path: Path, key: Path) -> None:
    folder = tmp_path / "stick"
    done = release(folder, "--key", key, "--own-only")
    assert done.returncode == 0, done.stderr
    assert "2 files" in done.stdout
    made = {path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()}
    assert made == {"requirements.lock", "update.json", "update.sig", OWN}

    with stick_at(folder) as stick:
        contents = contents_of(stick, (signing_key(key).public.hex(),))
        bring(stick, contents, tmp_path / "box")
    assert contents.version == __version__ and set(contents.files) == {"requirements.lock", OWN}
    locked = (tmp_path / "box" / "requirements.lock").read_text().splitlines()
    assert all(re.fullmatch(r"[a-z0-9._-]+==\S+( ;.+)?", line) for line in locked), locked
    wanted = re.findall(r"^([a-z0-9._-]+)==", (ROOT / "requirements.lock").read_text(), re.MULTILINE)
    assert sorted(line.partition("==")[0] for line in locked) == sorted(wanted)


def test_a_folder_with_something_in_it_and_a_key_that_is_not_there_are_refused(
    tmp_path: Path, key: Path
) -> None:
    (tmp_path / "stick").mkdir()
    (tmp_path / "stick" / "photo.jpg").touch()
    for words in ((tmp_path / "stick", "--key", key), (tmp_path / "new", "--key", tmp_path / "none")):
        refused = release(*words, "--own-only")
        assert refused.returncode and refused.stderr.startswith("script/release: "), refused.stderr
    assert not (tmp_path / "new").exists()
    assert [path.name for path in (tmp_path / "stick").iterdir()] == ["photo.jpg"]
