"""What is sealed opens with its key, in its place, unchanged; in every other case it stays closed."""

from __future__ import annotations

import os
from dataclasses import fields, replace

import pytest

from kiosk.security.envelope import (
    ID,
    Binding,
    Fault,
    SealTrouble,
    key_id,
    public_of,
    recipients,
    seal,
    unseal,
    unwrap,
    wrap,
)

PLAIN = "张桂芳 990101194403050029".encode()
HERE = Binding("case-1", "submission", "elderly-allowance", "2026.11.1", "c0ffee")
CENTRE, DISTRICT, STRANGER = (os.urandom(32) for _ in range(3))


def keys(*privates: bytes) -> dict[bytes, bytes]:
    return {key_id(public_of(private)): private for private in privates}


def sealed(*privates: bytes, plain: bytes = PLAIN) -> bytes:
    return seal(plain, [public_of(private) for private in privates], HERE)


def fault_of(closed: bytes, ring: dict[bytes, bytes], bound: Binding = HERE) -> Fault:
    with pytest.raises(SealTrouble) as trouble:
        unseal(closed, ring, bound)
    assert "张桂芳" not in str(trouble.value)
    return trouble.value.fault


@pytest.mark.parametrize("plain", [b"", PLAIN, os.urandom(70_000)], ids=["empty", "short", "long"])
def test_the_centre_reads_what_was_sealed_for_it(plain: bytes) -> None:
    assert unseal(sealed(CENTRE, plain=plain), keys(CENTRE), HERE) == plain


def test_each_recipient_opens_it_alone() -> None:
    closed = sealed(CENTRE, DISTRICT)
    assert [unseal(closed, keys(one), HERE) for one in (CENTRE, DISTRICT)] == [PLAIN, PLAIN]
    assert recipients(closed) == tuple(keys(CENTRE, DISTRICT))


def test_nothing_of_it_can_be_read_in_the_bytes_and_no_two_are_alike() -> None:
    one, other = sealed(CENTRE), sealed(CENTRE)
    assert PLAIN[:9] not in one
    assert one[6 + ID :] != other[6 + ID :]


def test_a_wrong_key_opens_nothing() -> None:
    assert fault_of(sealed(CENTRE), keys(STRANGER)) is Fault.KEY
    assert fault_of(sealed(CENTRE), {key_id(public_of(CENTRE)): STRANGER}) is Fault.BROKEN


@pytest.mark.parametrize("moved", [field.name for field in fields(Binding)])
def test_a_body_laid_into_another_place_does_not_open(moved: str) -> None:
    elsewhere = replace(HERE, **{moved: "another"})
    assert fault_of(sealed(CENTRE), keys(CENTRE), elsewhere) is Fault.BROKEN


def test_no_two_places_have_the_same_bytes() -> None:
    shifted = replace(HERE, case_id="case-", part="1submission")
    assert shifted.packed() != HERE.packed()


def test_every_flipped_bit_is_found() -> None:
    closed = sealed(CENTRE, DISTRICT)
    for place in range(len(closed)):
        for bit in (0, 7):
            broken = bytearray(closed)
            broken[place] ^= 1 << bit
            fault_of(bytes(broken), keys(CENTRE))


def test_a_cut_body_is_found_wherever_it_is_cut() -> None:
    closed = sealed(CENTRE)
    for length in range(len(closed)):
        fault_of(closed[:length], keys(CENTRE))


def test_swapped_recipients_are_found() -> None:
    closed = sealed(CENTRE, DISTRICT)
    each = 8 + 80
    swapped = closed[:6] + closed[6 + each : 6 + 2 * each] + closed[6 : 6 + each] + closed[6 + 2 * each :]
    assert fault_of(swapped, keys(CENTRE)) is Fault.BROKEN


def test_ids_exchanged_between_recipients_are_found() -> None:
    closed = bytearray(sealed(CENTRE, DISTRICT))
    each = 8 + 80
    closed[6:14], closed[6 + each : 14 + each] = closed[6 + each : 14 + each], closed[6:14]
    assert fault_of(bytes(closed), keys(CENTRE)) is Fault.BROKEN


def test_a_suite_of_a_newer_program_is_named_as_such() -> None:
    closed = sealed(CENTRE)
    assert fault_of(closed[:4] + b"\x02" + closed[5:], keys(CENTRE)) is Fault.SUITE
    assert fault_of(closed[:3] + b"\x02" + closed[4:], keys(CENTRE)) is Fault.SUITE


def test_other_bytes_are_no_sealed_body() -> None:
    assert fault_of(b"", keys(CENTRE)) is Fault.FORM
    assert fault_of(b'{"answers": []}' * 20, keys(CENTRE)) is Fault.FORM


def test_nothing_is_sealed_for_nobody() -> None:
    with pytest.raises(ValueError, match="nobody"):
        seal(PLAIN, [], HERE)


def test_what_is_wrapped_opens_under_its_key_for_its_purpose() -> None:
    wrapped = wrap(CENTRE, PLAIN, "draft 1")
    assert unwrap(CENTRE, wrapped, "draft 1") == PLAIN
    for key, purpose in ((STRANGER, "draft 1"), (CENTRE, "draft 2")):
        with pytest.raises(SealTrouble):
            unwrap(key, wrapped, purpose)
    with pytest.raises(SealTrouble):
        unwrap(CENTRE, wrapped[:5], "draft 1")
