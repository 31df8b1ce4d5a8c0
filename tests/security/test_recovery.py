"""A code off paper: read back however it is typed, and a slip is found in its group."""

from __future__ import annotations

import os
import random

import pytest

from kiosk.security.recovery import GROUPS, SIGNS, CodeFault, code_of, pair_of, secret_of


@pytest.mark.parametrize("secret", [bytes(16), b"\xff" * 16, os.urandom(16)], ids=["low", "high", "any"])
def test_a_code_is_read_back(secret: bytes) -> None:
    code = code_of(secret)
    assert secret_of(code) == secret
    assert [len(group) for group in code.split()] == [5] * GROUPS


def test_it_may_be_typed_small_without_spaces_and_with_letters_that_look_alike() -> None:
    secret = bytes(range(16))
    code = code_of(secret)
    typed = code.lower().replace(" ", "").replace("1", "l").replace("0", "o")
    assert secret_of(typed) == secret
    assert secret_of(code.replace(" ", "-")) == secret


def test_every_single_wrong_sign_is_found_in_its_group() -> None:
    code = code_of(os.urandom(16)).split()
    for number, group in enumerate(code):
        for place, sign in enumerate(group):
            other = SIGNS[(SIGNS.index(sign) + 1 + place * 5) % 31]
            if other == sign:
                continue
            wrong = [*code[:number], group[:place] + other + group[place + 1 :], *code[number + 1 :]]
            with pytest.raises(CodeFault) as fault:
                secret_of(" ".join(wrong))
            assert fault.value.group == number + 1


def test_groups_in_another_order_and_half_a_code_are_none() -> None:
    groups = code_of(bytes(range(16))).split()
    for typed in (" ".join([groups[1], groups[0], *groups[2:]]), " ".join(groups[:-1]), ""):
        with pytest.raises(CodeFault):
            secret_of(typed)


def test_a_code_stands_for_one_pair_and_its_fault_tells_nothing_of_it() -> None:
    dice = random.Random(7)
    secrets = [dice.randbytes(16) for _ in range(5)]
    assert len({pair_of(secret).public for secret in secrets}) == 5
    assert pair_of(secrets[0]) == pair_of(secrets[0])
    with pytest.raises(CodeFault) as fault:
        secret_of("ABCDE" * GROUPS)
    assert "ABCDE" not in str(fault.value)
