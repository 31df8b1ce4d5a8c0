"""Root works in the data folder as its owner, whatever that owner has laid in its place."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest

from kiosk.update.refused import Refused
from kiosk.update.rights import as_the_owner, owner_of
from kiosk.update.trial import Box
from kiosk.update.versions import Versions

SOMEBODY, ELSE = 65534, 65533
"""Two accounts that are not root."""

pytestmark = pytest.mark.skipif(os.geteuid() != 0, reason="only root takes another account's rights")


@pytest.fixture
def place() -> Iterator[Path]:
    """Root's, but open: pytest's own folder can be reached by its owner only."""
    with TemporaryDirectory() as folder:
        Path(folder).chmod(0o755)
        yield Path(folder)


def folder_of(path: Path, account: int, mode: int = 0o755) -> Path:
    path.mkdir()
    path.chmod(mode)
    os.chown(path, account, account)
    return path


def link_of(path: Path, account: int, to: Path) -> Path:
    path.symlink_to(to)
    os.chown(path, account, account, follow_symlinks=False)
    return path


def refuses(data: Path) -> bool:
    """All who ask for the owner, or become it."""
    with pytest.raises(Refused) as refused, as_the_owner(data):
        raise AssertionError("as root, in a folder that the account has put there")
    with pytest.raises(Refused):
        Box(data, None).ran(Path(sys.prefix), "--version")
    return refused.value.code == "not_its_own" and os.geteuid() == 0


def test_a_link_that_the_account_has_put_in_place_of_its_data_leads_to_nobody_elses_folder(
    place: Path,
) -> None:
    home = folder_of(place / "home", SOMEBODY)
    shared = folder_of(place / "shared", 0, 0o1777)
    for name, target in {
        "data": shared,
        "of-root": folder_of(place / "root", 0, 0o700),
        "of-another": folder_of(place / "another", ELSE),
    }.items():
        assert refuses(link_of(home / name, SOMEBODY, target))


def test_a_link_of_its_own_or_of_roots_to_its_own_folder_is_followed(place: Path) -> None:
    home = folder_of(place / "home", SOMEBODY)
    data = folder_of(home / "d2", SOMEBODY, 0o700)
    for link in (link_of(home / "data", SOMEBODY, data), link_of(place / "data", 0, data), data):
        with as_the_owner(link):
            assert os.geteuid() == SOMEBODY
        assert owner_of(link) == (SOMEBODY, SOMEBODY)


def test_where_others_can_exchange_a_folder_of_root_or_write_in_it_root_does_not_work(place: Path) -> None:
    home = folder_of(place / "home", SOMEBODY)
    own = folder_of(place / "own", 0)
    # With other accounts' links to root's links a folder could be chosen, too.
    for data in (
        folder_of(home / "data", 0),
        folder_of(folder_of(place / "open", 0, 0o777) / "data", 0),
        folder_of(place / "shared", 0, 0o1777),
        link_of(home / "link", 0, own),
        link_of(place / "link", 0, home / "data"),
    ):
        assert refuses(data), data


def test_a_box_that_is_wholly_roots_is_done_as_root(place: Path) -> None:
    shared = folder_of(place / "shared", 0, 0o1777)
    data = folder_of(shared / "data", 0, 0o700)
    for one in (data, link_of(place / "data", 0, data)):
        with as_the_owner(one):
            assert os.geteuid() == 0
        assert owner_of(one) == (0, 0)


def test_the_command_that_root_runs_before_each_start_leaves_such_a_folder_alone(place: Path) -> None:
    """As the unit has it, with a note in the folder that the link leads to."""
    home = folder_of(place / "home", SOMEBODY)
    shared = folder_of(place / "shared", 0, 0o1777)
    (shared / "fallen").touch()
    data = link_of(home / "data", SOMEBODY, shared)
    versions = Versions(folder_of(place / "program", 0))
    words = [sys.executable, "-m", "kiosk.cli", "--data", str(data), "update", "--into", str(versions.folder)]
    done = subprocess.run(
        [*words, "--after-falls", "--lang", "en"], capture_output=True, text=True, check=False
    )
    assert done.returncode == 1 and "somebody else can exchange it" in done.stderr, done.stderr
    assert {path.name for path in shared.iterdir()} == {"fallen"}
