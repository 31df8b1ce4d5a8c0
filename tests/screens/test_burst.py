"""A scanner that types is told from a person by the pace of its keys, and nobody's key is lost."""

from __future__ import annotations

from collections.abc import Awaitable, Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st
from textual.events import Key

from kiosk.flow.moves import Move, Scanned
from screens.burst import LONGEST, Bursts, Code
from screens.resident.codes import TypedCodes


def key(name: str, at: float) -> Key:
    """A key that came at this moment."""
    made = Key(name, name if len(name) == 1 else {"space": " ", "enter": "\r", "tab": "\t"}.get(name))
    made.time = at
    return made


def typed(*names: str, apart: float = 0.005) -> list[str]:
    """What becomes of these keys: a code in angle brackets, or their names."""
    bursts, out = Bursts(), []
    for number, name in enumerate(names):
        out += bursts.take(key(name, number * apart))
    out += bursts.settle()
    return [f"<{one.text}>" if isinstance(one, Code) else one.key for one in out]


@pytest.mark.parametrize("end", ["enter", "tab", "ctrl+j"])
def test_keys_in_one_breath_with_an_end_are_a_code(end: str) -> None:
    assert typed(*"A1-b", "space", *"9", end) == ["<A1-b 9>"]


def test_keys_in_one_breath_without_an_end_are_a_code_once_it_is_silent() -> None:
    bursts = Bursts()
    for number, name in enumerate("KIOSK"):
        assert bursts.take(key(name, number * 0.02)) == []
    assert bursts.wait == pytest.approx(0.1)
    assert bursts.settle() == [Code("KIOSK")]
    assert bursts.wait is None


def test_a_persons_keys_are_theirs_whatever_they_spell() -> None:
    """Each is held back for a moment only."""
    assert typed(*"1234", "enter", apart=0.08) == [*"1234", "enter"]
    bursts = Bursts()
    assert bursts.take(key("1", 0.0)) == []
    assert bursts.wait == pytest.approx(0.04)
    assert [one.key for one in bursts.settle() if isinstance(one, Key)] == ["1"]


@pytest.mark.parametrize("names", [["1", "2", "3", "enter"], ["h"], ["1", "up"], ["f1"], ["enter"]])
def test_a_few_keys_in_one_breath_are_no_code(names: list[str]) -> None:
    assert typed(*names) == names


def test_a_key_that_is_held_down_is_no_code() -> None:
    assert typed(*["1"] * 40, apart=0.03) == ["1"] * 40


def test_the_words_of_an_input_method_are_no_code() -> None:
    assert typed(*"张桂芳您好") == [*"张桂芳您好"]


def test_other_keys_than_those_of_a_scanner_pass_at_once_behind_what_was_typed_before() -> None:
    bursts = Bursts()
    assert bursts.take(key("f9", 0.0))
    assert bursts.take(key("1", 1.0)) == []
    assert [one.key for one in bursts.take(key("down", 1.01)) if isinstance(one, Key)] == ["1", "down"]


def test_two_codes_after_one_another_are_two() -> None:
    assert typed(*"KIOSK-1", "enter", *"KIOSK-2", "enter") == ["<KIOSK-1>", "<KIOSK-2>"]


def test_a_code_that_is_too_long_cannot_be_read_and_does_not_pile_up() -> None:
    assert typed(*"ab" * LONGEST, "enter") == ["<>"]


@given(st.lists(st.tuples(st.sampled_from([*"12hs0", "enter", "up", "张"]), st.floats(0, 0.2)), max_size=30))
def test_every_key_comes_out_once_in_its_order(strokes: list[tuple[str, float]]) -> None:
    bursts, at, out = Bursts(), 0.0, []
    for name, pause in strokes:
        at += pause
        out += bursts.take(key(name, at))
    out += bursts.settle()
    spelled = "".join(one.text if isinstance(one, Code) else one.key for one in out)
    whole = "".join(name for name, _ in strokes)
    assert spelled.replace("enter", "") == whole.replace("enter", "")


def test_a_code_is_in_no_repr() -> None:
    """K46."""
    assert "990101" not in repr(Code("990101194403050029"))


async def test_a_key_waits_only_for_the_keys_that_come_behind_it() -> None:
    """The clock that was set for the first key is of no account once the second one has come."""
    passed: list[str] = []
    made: list[Move] = []
    clocks: list[Callable[[], Awaitable[None]]] = []

    async def pass_on(one: Key) -> None:
        passed.append(one.key)

    async def make(move: Move) -> None:
        made.append(move)

    codes = TypedCodes(pass_on, make, lambda _, callback: clocks.append(callback))
    for number, name in enumerate("KIOSK"):
        await codes.key(key(name, number * 0.03))
    for rings in clocks[:-1]:
        await rings()
    assert (passed, made) == ([], [])
    await clocks[-1]()
    assert (passed, made) == ([], [Scanned("KIOSK")])
    await codes.key(key("1", 1.0))
    await clocks[-1]()
    assert passed == ["1"]
