"""Sticks are made once for all tests of a process; each test has a box of its own."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from tests.update.sticks import (
    FALLS,
    FALLS_IN_PLACE,
    FALLS_ON_A_SCREEN,
    NEW,
    NEW_FORM,
    OLD,
    Maker,
    Place,
    packages,
    settle_in,
    wheel,
)

KINDS = {
    "good": None,
    "falls": FALLS,
    "new_form": NEW_FORM,
    "falls_in_place": FALLS_IN_PLACE,
    "falls_on_a_screen": FALLS_ON_A_SCREEN,
    "new_form_falls_on_a_screen": {**NEW_FORM, **FALLS_ON_A_SCREEN},
}


@pytest.fixture(scope="session")
def maker(tmp_path_factory: pytest.TempPathFactory) -> Maker:
    return Maker(tmp_path_factory.mktemp("maker") / "release.key")


@pytest.fixture(scope="session")
def locked(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return packages(tmp_path_factory.mktemp("locked"))


@pytest.fixture(scope="session")
def first_stick(tmp_path_factory: pytest.TempPathFactory, maker: Maker, locked: Path) -> Path:
    """With all packages, as for a box that has nothing."""
    folder = tmp_path_factory.mktemp("first")
    return maker.stick(folder / "stick", wheel(folder, OLD), locked)


@pytest.fixture(scope="session")
def new_stick(tmp_path_factory: pytest.TempPathFactory, maker: Maker, locked: Path) -> Callable[[str], Path]:
    """The next version, one of KINDS; the program alone, as the packages are on the box already."""
    made: dict[str, Path] = {}

    def make(kind: str) -> Path:
        if kind not in made:
            folder = tmp_path_factory.mktemp(kind)
            made[kind] = maker.stick(folder / "stick", wheel(folder, NEW, KINDS[kind]))
        return made[kind]

    return make


@pytest.fixture
def box(tmp_path: Path, maker: Maker, first_stick: Path) -> Place:
    return settle_in(tmp_path / "box", maker, first_stick)
