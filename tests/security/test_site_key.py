"""The site's key and the stable, silent name it gives a person."""

from __future__ import annotations

import stat
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from kiosk.security.keys import FILE_NAME, KeyTrouble, person_key, site_key

KEY = bytes(range(32))


def test_the_key_is_made_once_for_its_owner_only(tmp_path: Path) -> None:
    key = site_key(tmp_path)
    assert len(key) == 32
    assert site_key(tmp_path) == key
    assert stat.S_IMODE((tmp_path / FILE_NAME).stat().st_mode) == 0o600
    assert [path.name for path in tmp_path.iterdir() if path.is_file()] == [FILE_NAME]


def test_programs_starting_together_agree_on_one_key(tmp_path: Path) -> None:
    with ThreadPoolExecutor(8) as pool:
        assert len(set(pool.map(site_key, [tmp_path] * 32))) == 1


def test_a_key_file_others_could_read_is_closed_to_them(tmp_path: Path) -> None:
    site_key(tmp_path)
    (tmp_path / FILE_NAME).chmod(0o644)
    site_key(tmp_path)
    assert stat.S_IMODE((tmp_path / FILE_NAME).stat().st_mode) == 0o600


def test_a_broken_key_is_never_replaced(tmp_path: Path) -> None:
    (tmp_path / FILE_NAME).write_bytes(b"short")
    with pytest.raises(KeyTrouble):
        site_key(tmp_path)
    assert (tmp_path / FILE_NAME).read_bytes() == b"short"


@pytest.mark.parametrize(
    "typed", ["99010119440305002x", "990101 1944 0305 002X", "９９０１０１１９４４０３０５００２Ｘ"]
)
def test_however_a_number_is_typed_the_person_is_the_same(typed: str) -> None:
    assert person_key(typed, KEY) == person_key("99010119440305002X", KEY)


def test_a_person_key_is_stable_and_says_nothing() -> None:
    made = person_key("990101194403050029", KEY)
    assert made == "11a5e1e4c8efc524b297876d4850d4d0ad85391773ac3c618fa6dc80fd21c3f7"
    assert made != person_key("990101194403050029", bytes(32))
    assert made != person_key("990101194403050037", KEY)
