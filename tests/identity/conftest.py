"""The vectors of the readers that are about what a card says and about numbers."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from tests.devices.vectors_of_readers import card_of, give_vectors


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """Vectors by name of the argument."""
    give_vectors(metafunc)


@pytest.fixture(scope="session")
def block() -> Callable[..., bytes]:
    """Makes text blocks: `block()` is a sound card, `block(number="...")` one with that changed."""
    return card_of
