"""A kiosk that was offline for a month hands over what it has, to the database and over HTTPS."""

from __future__ import annotations

import os
import time
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import pytest

from kiosk.cases.parcels import Parcel, batch, fits
from kiosk.hub.direct import DirectLink, Entry, entering
from kiosk.hub.https import HttpsLink
from kiosk.hub.link import Link
from kiosk.hub.members import Kind, role_of
from tests.hub.front import front
from tests.hub.https_hub import HOST, open_office, parcel
from tests.hub.hubs import Hub

CASES = 2000
BYTES = 8000
"""Sealed, of one case."""
ROUNDS = 3
MOST_SECONDS = 10.0


def _month(name: str) -> list[Parcel]:
    return [replace(parcel(n, os.urandom(BYTES)), id=f"{name}-{n}") for n in range(1, CASES + 1)]


def _handed_over(link: Link, parcels: Sequence[Parcel]) -> float:
    """Seconds."""
    link.key()  # the connection stands
    begun, done = time.monotonic(), 0
    while done < len(parcels):
        some = list(batch(parcels[done:]))
        receipts = link.offer(some)
        assert all(fits(one, receipt) for one, receipt in zip(some, receipts, strict=True))
        done += len(some)
    seconds = time.monotonic() - begun
    link.close()
    return seconds


@pytest.mark.soak
def test_a_month_is_handed_over_in_seconds_either_way(hub: Hub, tmp_path: Path) -> None:
    """The best of some rounds, as other programs may be at work."""
    office = open_office(tmp_path / "office")
    hub.centre("east")
    program = front(hub, office)
    program.start()
    direct, https = [], []
    for n in range(ROUNDS):
        entry = Entry(hub.kiosk(f"direct_{n}", "east"))
        direct.append(_handed_over(DirectLink(entering(entry)), _month(f"d{n}")))
        hub.kiosk(f"https_{n}", "east")
        papers = office.papers(role_of(Kind.KIOSK, f"https_{n}"))
        https.append(_handed_over(HttpsLink(f"https://{HOST}:{program.port}", papers), _month(f"h{n}")))
    assert program.end()[0] == 0
    best = min(direct), min(https)
    print(f"\n{CASES} cases of {BYTES} bytes: direct {best[0]:.1f} s, over HTTPS {best[1]:.1f} s")
    assert max(best) < MOST_SECONDS
