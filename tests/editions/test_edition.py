"""An edition counts by its signature: whoever carries it can change nothing of it."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from kiosk.editions.edition import (
    LARGEST,
    Edition,
    Kind,
    Refused,
    Signed,
    Why,
    files_in,
    opened,
    signed,
)
from kiosk.security.device_key import DeviceKey
from tests.editions.publisher import AT, edition, publisher_key, stall, year


@pytest.fixture
def key(tmp_path: Path) -> DeviceKey:
    return publisher_key(tmp_path)


def why(came: Signed, *keys: DeviceKey, kind: Kind = Kind.SERVICES) -> Why:
    with pytest.raises(Refused) as refused:
        opened(came, kind, [one.public for one in keys])
    return refused.value.why


def forged(key: DeviceKey, **changed: Any) -> Signed:
    """Signed by the publisher's own key, but not made by this program."""
    told = {"form": 1, "kind": "services", "serial": 7, "made_at": AT.isoformat(), "files": {"a.toml": "x"}}
    body = json.dumps(told | changed).encode()
    return Signed(body, key.sign(b"bangban edition 1\n" + body))


def test_what_was_signed_comes_out_as_it_went_in(tmp_path: Path, key: DeviceKey) -> None:
    folder = stall(tmp_path / "new")
    came = opened(
        edition(folder, key, 3), Kind.SERVICES, [publisher_key(tmp_path, "other").public, key.public]
    )
    assert came.serial == 3 and came.files == files_in(folder, Kind.SERVICES)
    assert set(came.files) == {"market-stall.toml", "blocks/holder.toml"}


def test_a_byte_that_was_changed_on_the_way_is_seen(tmp_path: Path, key: DeviceKey) -> None:
    came = edition(stall(tmp_path / "new"), key)
    at = len(came.body) // 2
    changed = came.body[:at] + bytes([came.body[at] ^ 1]) + came.body[at + 1 :]
    assert why(replace(came, body=changed), key) is Why.SIGNATURE
    assert why(replace(came, signature=bytes(64)), key) is Why.SIGNATURE


def test_another_key_and_no_key_open_nothing(tmp_path: Path, key: DeviceKey) -> None:
    came = edition(stall(tmp_path / "new"), key)
    assert why(came, publisher_key(tmp_path, "other")) is Why.SIGNATURE
    assert why(came) is Why.SIGNATURE


def test_a_receipts_signature_over_the_same_bytes_is_none(tmp_path: Path, key: DeviceKey) -> None:
    came = edition(stall(tmp_path / "new"), key)
    assert why(replace(came, signature=key.sign(came.body)), key) is Why.SIGNATURE


def test_a_calendar_is_not_taken_for_services(tmp_path: Path, key: DeviceKey) -> None:
    came = edition(year(tmp_path / "new", 2027), key, kind=Kind.CALENDAR)
    assert why(came, key) is Why.SIGNATURE


@pytest.mark.parametrize(
    "changed",
    [
        {"form": 2},
        {"serial": 0},
        {"serial": 2**63},
        {"serial": True},
        {"made_at": "2026-11-02T06:00:00"},
        {"files": {"../a.toml": "x"}},
        {"files": {"/etc/a.toml": "x"}},
        {"files": {"blocks/../../a.toml": "x"}},
        {"files": {".hidden.toml": "x"}},
        {"files": {"a.py": "x"}},
        {"files": {f"a{n}.toml": "x" for n in range(401)}},
        {"files": {"a.toml": 7}},
        {"files": []},
    ],
    ids=str,
)
def test_a_form_that_is_not_known_is_read_no_further(changed: dict[str, Any], key: DeviceKey) -> None:
    assert opened(forged(key), Kind.SERVICES, [key.public]).files == {"a.toml": b"x"}
    assert why(forged(key, **changed), key) is Why.NOT_READ


def test_what_is_too_large_is_neither_signed_nor_read(key: DeviceKey) -> None:
    with pytest.raises(ValueError, match="4 MiB"):
        signed(Edition(Kind.SERVICES, 1, AT, {"a.toml": b"x" * LARGEST}), key)
    assert why(forged(key, files={"a.toml": "x" * LARGEST}), key) is Why.SIGNATURE
