"""What lies on a stick is looked at as a stranger's: signed, whole, and below its own folder."""

from __future__ import annotations

import io
import json
import shutil
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from kiosk.catalogue import load_catalogue
from kiosk.security.device_key import signing_key
from kiosk.update.contents import SHEET, SIGNATURE, is_name, signature, steps
from kiosk.update.making import sign_folder
from kiosk.update.refused import Refused
from kiosk.update.stick import bring, contents_of, stick_at

OWN = "wheels/bangban-0.2.0-py3-none-any.whl"


@pytest.fixture
def key(tmp_path: Path) -> Path:
    return tmp_path / "release.key"


@pytest.fixture
def stick(tmp_path: Path, key: Path) -> Path:
    folder = tmp_path / "stick"
    (folder / "wheels").mkdir(parents=True)
    (folder / OWN).write_bytes(b"the program")
    (folder / "requirements.lock").write_text("one==1\n")
    sign_folder(folder, signing_key(key), key)
    return folder


def taken(stick: Path, key: Path, into: Path) -> set[str]:
    """The names of the files that came over."""
    with stick_at(stick) as found:
        contents = contents_of(found, (signing_key(key).public.hex(),))
        bring(found, contents, into)
    return {path.relative_to(into).as_posix() for path in into.rglob("*") if path.is_file()}


def why(call: Callable[[], object]) -> str:
    with pytest.raises(Refused) as refused:
        call()
    told = load_catalogue("update").text(f"refused.{refused.value.code}", **refused.value.values)
    assert "{" not in told.show("zh") + told.show("en")
    return refused.value.code


def test_a_folder_its_zip_file_and_a_wheel_in_it_are_the_same_update(
    stick: Path, key: Path, tmp_path: Path
) -> None:
    zipped = shutil.make_archive(str(tmp_path / "update"), "zip", stick)
    for number, path in enumerate((stick, Path(zipped), stick / OWN)):
        assert taken(path, key, tmp_path / f"box{number}") == {OWN, "requirements.lock"}


def test_somebody_elses_signature_is_refused(stick: Path, key: Path, tmp_path: Path) -> None:
    stranger = tmp_path / "stranger.key"
    sign_folder(stick, signing_key(stranger), stranger)
    assert why(lambda: taken(stick, key, tmp_path / "box")) == "signature"
    assert not (tmp_path / "box").exists()


def test_a_sheet_that_was_changed_is_refused(stick: Path, key: Path, tmp_path: Path) -> None:
    told = json.loads((stick / SHEET).read_bytes())
    (stick / SHEET).write_text(json.dumps({**told, "version": "0.3.0"}))
    assert why(lambda: taken(stick, key, tmp_path / "box")) == "signature"


def test_a_signature_made_for_something_else_is_refused(stick: Path, key: Path, tmp_path: Path) -> None:
    (stick / SIGNATURE).write_text(signing_key(key).sign((stick / SHEET).read_bytes()).hex())
    assert why(lambda: taken(stick, key, tmp_path / "box")) == "signature"
    (stick / SIGNATURE).write_bytes(b"\xff no signature")
    assert why(lambda: taken(stick, key, tmp_path / "box")) == "signature"


@pytest.mark.parametrize("content", [b"another one", b"the progra", b"the program and more"])
def test_a_file_that_was_changed_is_refused(stick: Path, key: Path, tmp_path: Path, content: bytes) -> None:
    (stick / OWN).write_bytes(content)
    assert why(lambda: taken(stick, key, tmp_path / "box")) == "file_changed"


def test_a_zip_file_that_cannot_be_unpacked_is_told_in_words(stick: Path, key: Path, tmp_path: Path) -> None:
    zipped = Path(shutil.make_archive(str(tmp_path / "update"), "zip", stick))
    whole = zipped.read_bytes()

    def spoiled(name: str) -> bytes:
        """No packed data begins with these bytes."""
        with zipfile.ZipFile(zipped) as archive:
            begins = archive.getinfo(name).header_offset + 30 + len(name)
        return whole[:begins] + b"\xff\xff" + whole[begins + 2 :]

    nameless = io.BytesIO()
    with zipfile.ZipFile(nameless, "w") as archive:
        archive.writestr("名", b"")
    came = {
        "no_update": (spoiled(SHEET), nameless.getvalue().replace("名".encode(), b"\xff\xff\xff")),
        "file_changed": (spoiled(OWN),),
    }
    path = tmp_path / "spoiled.zip"
    for code, files in came.items():
        for content in files:
            path.write_bytes(content)
            assert why(lambda: taken(path, key, tmp_path / "box")) == code


def test_a_file_that_is_missing_is_named(stick: Path, key: Path, tmp_path: Path) -> None:
    (stick / OWN).unlink()
    assert why(lambda: taken(stick, key, tmp_path / "box")) == "file_gone"


def test_what_was_not_signed_does_not_come_along(stick: Path, key: Path, tmp_path: Path) -> None:
    (stick / "wheels" / "more.whl").write_bytes(b"put there later")
    assert taken(stick, key, tmp_path / "box") == {OWN, "requirements.lock"}


@pytest.mark.parametrize(
    "name", ["../out", "/etc/passwd", "a/../../b", ".ssh/key", "a//b", "", "a\nb", "a\\b"]
)
def test_no_name_leads_out_even_where_it_was_signed(
    stick: Path, key: Path, tmp_path: Path, name: str
) -> None:
    assert not is_name(name)
    told = json.loads((stick / SHEET).read_bytes())
    told["files"][name] = {"sha256": "0" * 64, "size": 0}
    sheet = json.dumps(told).encode()
    (stick / SHEET).write_bytes(sheet)
    (stick / SIGNATURE).write_bytes(signature(sheet, signing_key(key)))
    assert why(lambda: taken(stick, key, tmp_path / "box")) == "sheet"


def test_the_higher_number_is_newer() -> None:
    assert steps("0.10.0") > steps("0.9.12")
    for version in ("1", "1.0rc1", "v1.0", "1.0.", "1..0", ""):
        with pytest.raises(ValueError, match=r"^.*$"):
            steps(version)


def test_the_private_key_is_not_handed_out_with_the_update(stick: Path) -> None:
    inside = stick / "release.key"
    with pytest.raises(Refused) as refused:
        sign_folder(stick, signing_key(inside), inside)
    assert refused.value.code == "key_inside"
