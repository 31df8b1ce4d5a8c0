"""An authority of one's own: keys stay where they were made, and a name is given, not taken."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from click.testing import CliRunner
from cryptography import x509
from cryptography.hazmat.primitives.serialization import Encoding

from kiosk.cli import main
from kiosk.hub.certificates import (
    BadRequest,
    ends_at,
    make_authority,
    make_request,
    name_in,
    sign_hub,
    sign_kiosk,
)

NOW = datetime(2026, 3, 10, 1, 30, tzinfo=UTC)


def der(pem: bytes) -> bytes:
    return x509.load_pem_x509_certificate(pem).public_bytes(Encoding.DER)


def test_a_kiosk_is_known_by_the_name_that_the_authority_gives_it_not_by_its_own_word() -> None:
    asked = make_request("bb_kiosk_somebody_else")
    made = sign_kiosk(make_authority("Office", NOW), asked.request, "bb_kiosk_hall", NOW)
    assert name_in(der(made)) == "bb_kiosk_hall"
    assert b"PRIVATE" not in asked.request and b"PRIVATE" not in made


def test_a_certificate_ends_and_counts_from_the_day_before_as_clocks_differ() -> None:
    made = sign_kiosk(make_authority("Office", NOW), make_request("a").request, "a", NOW, 30)
    assert ends_at(made) == NOW + timedelta(days=30)
    assert x509.load_pem_x509_certificate(made).not_valid_before_utc == NOW - timedelta(days=1)


def test_what_is_no_request_or_was_changed_on_the_way_is_not_signed() -> None:
    office, asked = make_authority("Office", NOW), make_request("a").request
    lines = asked.splitlines(keepends=True)
    changed = lines[2][:-6] + (b"AAAAA\n" if lines[2][-6:-1] != b"AAAAA" else b"BBBBB\n")
    for brought in (b"", b"hello", office.certificate, b"".join([*lines[:2], changed, *lines[3:]])):
        with pytest.raises(BadRequest):
            sign_kiosk(office, brought, "a", NOW)


def test_a_hub_needs_a_name_under_which_it_is_reached() -> None:
    with pytest.raises(ValueError, match="at least one name"):
        sign_hub(make_authority("Office", NOW), make_request("hub").request, (), NOW)


def test_what_names_nobody_is_nobody() -> None:
    assert name_in(b"") == ""
    assert name_in(b"no certificate") == ""


def run(*words: str | Path) -> tuple[int, str]:
    """The command, as somebody types it: how it ended, and what it said."""
    result = CliRunner().invoke(main, ["hub", "certificate", *map(str, words)])
    return result.exit_code, result.output


def test_from_nothing_to_a_kiosk_and_a_hub_that_meet(tmp_path: Path) -> None:
    office, box, front = (tmp_path / name for name in ("office", "box", "front"))
    assert run("authority", office, "--name", "街道办") == (
        0,
        "authority.crt goes to the hub and to every kiosk; authority.key stays here.\n",
    )
    for folder in (box, front):
        assert run("ask", folder)[0] == 0
    signed = "--authority", office
    assert run("sign", box / "bangban.request", box / "box.crt", *signed, "--kiosk", "hall_1")[0] == 0
    assert run("sign", front / "bangban.request", front / "hub.crt", *signed, "--hub", "127.0.0.1")[0] == 0
    assert name_in(der((box / "box.crt").read_bytes())) == "bb_kiosk_hall_1"
    for key in (office / "authority.key", box / "bangban.key", front / "bangban.key"):
        assert key.stat().st_mode & 0o077 == 0


def test_nothing_that_is_there_is_written_over(tmp_path: Path) -> None:
    run("authority", tmp_path)
    before = (tmp_path / "authority.key").read_bytes()
    code, said = run("authority", tmp_path)
    assert (code, (tmp_path / "authority.key").read_bytes()) == (1, before)
    assert str(tmp_path) not in said


def test_a_request_is_signed_for_a_kiosk_or_for_the_hub_never_for_both(tmp_path: Path) -> None:
    run("authority", tmp_path)
    run("ask", tmp_path)
    asked = "sign", tmp_path / "bangban.request", tmp_path / "made.crt", "--authority", tmp_path
    assert run(*asked)[0] == 2
    assert run(*asked, "--kiosk", "a", "--hub", "b")[0] == 2
    assert run(*asked, "--kiosk", "No Such Name!")[0] == 1
    assert not (tmp_path / "made.crt").exists()


def test_the_key_of_the_receipts_is_made_once_and_its_public_half_told(tmp_path: Path) -> None:
    first, again = run("receipt-key", tmp_path / "receipt.key"), run("receipt-key", tmp_path / "receipt.key")
    assert first == again and len(bytes.fromhex(first[1])) == 32
    (tmp_path / "receipt.key").write_bytes(b"short")
    assert run("receipt-key", tmp_path / "receipt.key")[0] == 1
