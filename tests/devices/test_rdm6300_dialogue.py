"""A tag is laid down, lies there, is taken away: what is told, under a clock that only tests move."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from kiosk.config import DeviceSettings
from kiosk.devices.events import DeviceReady, MemberCardRead, MemberCardRemoved
from kiosk.devices.line import NEVER, Order, Problem, ProblemKind
from kiosk.devices.rdm6300.dialogue import Rdm6300Dialogue
from kiosk.devices.rdm6300.emulated import EmulatedRdm6300
from kiosk.devices.rdm6300.family import FAMILY
from kiosk.devices.rdm6300.framing import Rdm6300Framing
from tests.devices.meeting import Meeting

DOOR, OTHER = b"67003B51C6", b"0100ABCDEF"
READ_DOOR, READ_OTHER = MemberCardRead("67003B51C6"), MemberCardRead("0100ABCDEF")


@pytest.fixture
def met() -> Meeting:
    """A reader without a tag; it counts as ready at once."""
    meeting = Meeting(Rdm6300Dialogue(), Rdm6300Framing(), EmulatedRdm6300(), FAMILY.silence)
    assert meeting.told == [DeviceReady("")]
    return meeting


def test_a_tag_is_told_once_however_often_it_is_repeated(met: Meeting) -> None:
    met.emulated.lay(DOOR, met.now)
    assert met.run(0.0) == [READ_DOOR]
    assert met.run(600.0) == []
    met.emulated.lift()
    assert met.run(0.4) == []
    assert met.run(0.2) == [MemberCardRemoved()]
    assert met.run(600.0) == []
    assert met.dialogue.deadline == NEVER


def test_the_next_tag_is_told_without_a_gap(met: Meeting) -> None:
    met.emulated.lay(DOOR, met.now)
    met.run(1.0)
    met.emulated.lay(OTHER, met.now)
    assert met.run(1.0) == [MemberCardRemoved(), READ_OTHER]


@pytest.mark.parametrize(("away", "again"), [(0.3, []), (1.0, [MemberCardRemoved(), READ_DOOR])])
def test_a_tag_that_is_away_for_a_moment_is_the_same_visit(
    met: Meeting, away: float, again: list[object]
) -> None:
    met.emulated.lay(DOOR, met.now)
    met.run(1.0)
    met.emulated.lift()
    before = met.run(away)
    met.emulated.lay(DOOR, met.now)
    assert [*before, *met.run(1.0)] == again


DAMAGE: dict[str, Callable[[bytes], bytes]] = {
    "lost": lambda frame: b"",
    "half": lambda frame: frame[:7],
    "turned": lambda frame: frame[:4] + bytes([frame[4] ^ 1]) + frame[5:],
    "turned at its end": lambda frame: frame[:-1] + b"\x02",
    "noisy": lambda frame: b"\x00\x7f\x02" + frame,
    "wrong length": EmulatedRdm6300().wrong_length,
}


@pytest.mark.parametrize("name", DAMAGE)
@pytest.mark.parametrize("every", [2, 3, 5])
def test_damage_now_and_then_neither_ends_a_visit_nor_makes_up_a_tag(
    met: Meeting, name: str, every: int
) -> None:
    count = 0

    def spoil(frame: bytes) -> bytes:
        nonlocal count
        count += 1
        return DAMAGE[name](frame) if count % every == 1 else frame

    met.spoil = spoil
    met.emulated.lay(DOOR, met.now)
    assert met.run(30.0) == [READ_DOOR]


def test_a_tag_that_never_arrives_whole_is_told_to_nobody(met: Meeting) -> None:
    met.spoil = DAMAGE["turned"]
    met.emulated.lay(DOOR, met.now)
    assert met.run(30.0) == []


def test_problems_orders_and_the_end(met: Meeting) -> None:
    assert met.dialogue.end() == []
    met.emulated.lay(DOOR, met.now)
    met.run(1.0)
    assert [met.dialogue.on_event(Problem(kind), met.now) for kind in ProblemKind] == [[]] * 4
    assert [met.dialogue.on_order(order, met.now) for order in Order] == [[], [], []]
    assert len(met.dialogue.end()) == 1
    assert met.dialogue.deadline == NEVER


def test_the_emulated_reader_repeats_its_tag_and_does_not_listen() -> None:
    reader = EmulatedRdm6300()
    assert reader.deadline == NEVER
    assert reader.hear(b"hello", 0.0) == []
    reader.lay(DOOR, 1.0)
    assert reader.deadline == 1.0
    assert reader.tick(1.0) == reader.tick(reader.deadline) == [b"\x0267003B51C6CB\x03"]
    assert reader.tick(1.07) == []
    reader.reset()
    assert reader.tick(2.0)
    reader.lift()
    assert reader.tick(9.0) == []
    with pytest.raises(ValueError):
        reader.lay(b"not a tag", 3.0)


def test_the_settings_make_its_parts() -> None:
    setting = DeviceSettings("member_card", "rdm6300", "/dev/null")
    assert isinstance(FAMILY.framing(setting), Rdm6300Framing)
    assert isinstance(FAMILY.dialogue(setting), Rdm6300Dialogue)
    assert len(FAMILY.things(None)) == 2
