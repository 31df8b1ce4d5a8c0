"""Every status that a module can send, after every command: what happens next, and what the person hears."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

import pytest

from kiosk.devices.events import CardFault, CardRead, CardTrouble, DeviceFault, DeviceReady, DeviceTrouble
from kiosk.devices.sdt.command import Command
from kiosk.devices.sdt.emulated import NUMBER, PHOTO

if TYPE_CHECKING:
    from tests.devices.conftest import Talk

MakeBlock = Callable[..., bytes]

DONE, FOUND, NO_SUCH_ITEM, NO_CARD = "000090", "00009f", "000091", "000080"
REFUSED = ["000010", "000011", "000021", "000023", "000024"]
BROKEN = ["000060", "000066"]
CARD_FAILED = [f"0000{code}" for code in "31 32 33 37 3f 40 41 47 80 81".split()]
"""With the commands for which they make sense."""
OF_NO_MODULE = ["000001", "000002", "000003", "000005", "000009", "000000", "0000ee", "000190", "010090"]
"""The PC library's own codes, unknown ones, and a success whose first bytes are not zero."""
ALL = [DONE, FOUND, NO_SUCH_ITEM, *REFUSED, *BROKEN, *CARD_FAILED, *OF_NO_MODULE]

Rows = dict[str, str]


def rows(otherwise: str, *groups: tuple[list[str], str]) -> Rows:
    """What each status leads to: the next request, and after how many seconds."""
    table = dict.fromkeys(ALL, otherwise) | dict.fromkeys(BROKEN, "STATUS after 1.0")
    for statuses, outcome in groups:
        table |= dict.fromkeys(statuses, outcome)
    return table


TABLE: dict[Command, Rows] = {
    Command.STATUS: rows("STATUS after 0.1", ([DONE], "NUMBER at once"), (REFUSED, "STATUS at once")),
    # A module without a number is as good as any other.
    Command.NUMBER: rows("RESET at once", (REFUSED, "NUMBER at once")),
    Command.RESET: rows("FIND after 0.1", ([DONE], "FIND at once"), (REFUSED, "RESET at once")),
    Command.FIND: rows(
        "FIND after 0.1", ([FOUND], "SELECT at once"), ([NO_CARD], "FIND at once"), (REFUSED, "FIND at once")
    ),
    Command.SELECT: rows(
        "FIND after 0.1",
        ([DONE], "READ at once"),
        (CARD_FAILED, "FIND after 0.05"),
        (REFUSED, "SELECT at once"),
    ),
    Command.READ: rows(
        "RESET after 0.1",
        ([DONE], "ADDRESS at once"),
        ([NO_SUCH_ITEM, *CARD_FAILED], "FIND after 0.05"),
        (REFUSED, "READ at once"),
    ),
    Command.ADDRESS: rows("FIND after 0.3", (REFUSED, "ADDRESS at once")),
}


def lead_to(talk: Talk, command: Command, block: bytes) -> Talk:
    """The dialogue has just sent this command."""
    match command:
        case Command.STATUS:
            return talk.expect("11ff")
        case Command.NUMBER:
            return talk.expect("11ff").answer(DONE).expect("12ff")
        case Command.RESET:
            return lead_to(talk, Command.NUMBER, block).answer(DONE, NUMBER).expect("10ff")
        case Command.FIND:
            return talk.hello().expect("2001")
        case Command.SELECT:
            return talk.hello().expect("2001").answer(FOUND, bytes(4)).expect("2002")
        case Command.READ:
            return lead_to(talk, Command.SELECT, block).answer(DONE, bytes(8)).expect("3001")
        case Command.ADDRESS:
            return talk.hello().read(block).expect("3003")


def payload(command: Command, status: str, block: bytes) -> bytes:
    """What comes with a success."""
    if status != DONE:
        return b""
    return {
        Command.NUMBER: NUMBER,
        Command.SELECT: bytes(8),
        Command.READ: b"\x01\x00\x04\x00" + block + PHOTO,
        Command.ADDRESS: "示例省样本市东湖区".ljust(35).encode("utf-16-le"),
    }.get(command, b"")


def what_comes_next(talk: Talk) -> str:
    """The next request by name, and how long the dialogue waited before it."""
    begun = talk.now
    command = Command(talk.next_request()[7:9])
    waited = round(talk.now - begun, 3)
    return f"{command.name} {f'after {waited}' if waited else 'at once'}"


@pytest.mark.parametrize("status", ALL)
@pytest.mark.parametrize("command", list(Command))
def test_every_status_after_every_command_leads_on(
    talk: Talk, block: MakeBlock, command: Command, status: str
) -> None:
    lead_to(talk, command, block())
    told = len(talk.told)
    talk.answer(status, payload(command, status, block()))
    assert what_comes_next(talk) == TABLE[command][status]
    news = [type(event) for event in talk.told[told:]]
    if command is Command.NUMBER and status not in [*REFUSED, *BROKEN]:
        assert news == [DeviceReady]
    elif command is Command.ADDRESS and status not in REFUSED:
        assert news == [CardRead]
    else:
        assert news == []


@pytest.mark.parametrize("status", REFUSED)
@pytest.mark.parametrize("command", list(Command))
def test_a_command_refused_twice_is_not_sent_a_third_time(
    talk: Talk, block: MakeBlock, command: Command, status: str
) -> None:
    lead_to(talk, command, block())
    told = len(talk.told)
    talk.answer(status)
    talk.next_request()
    talk.answer(status)
    news = talk.told[told:]
    if command is Command.STATUS:
        assert news == [DeviceTrouble(DeviceFault.OUT_OF_ORDER)]
        assert what_comes_next(talk) == "STATUS after 5.0"
        return
    assert [type(event) for event in news] == {
        Command.NUMBER: [DeviceReady], Command.ADDRESS: [CardRead]
    }.get(command, [])  # fmt: skip
    assert what_comes_next(talk) == TABLE[command]["0000ee"]


@pytest.mark.parametrize("status", CARD_FAILED)
@pytest.mark.parametrize("command", [Command.SELECT, Command.READ])
def test_a_card_that_keeps_failing_is_told_by_what_the_person_can_do(
    talk: Talk, command: Command, status: str
) -> None:
    """K34: "lay it flat and leave it", or "this is no identity card"; never a number."""
    talk.hello()
    told = len(talk.told)
    for _ in range(3):
        if talk.next_request()[7:9].hex() == "10ff":
            talk.answer(DONE).expect("2001")
        talk.answer(FOUND).expect("2002")
        if command is Command.READ:
            talk.answer(DONE).expect("3001")
        talk.answer(status)
    fault = CardFault.NOT_AN_ID_CARD if status == "000040" else CardFault.HOLD_STILL
    assert talk.told[told:] == [CardTrouble(fault)]


def test_a_chip_that_locked_up_gets_a_new_field(talk: Talk) -> None:
    """Only field off and on helps such a card, so after every third failure the module is reset."""
    talk.hello()
    for _ in range(2):
        for _ in range(3):
            talk.expect("2001").answer(FOUND).expect("2002").answer("000081")
        talk.expect("10ff").answer(DONE)


def test_a_long_reply_belongs_to_a_read_and_to_nothing_else(talk: Talk, block: MakeBlock) -> None:
    """A late read, of the person before, must not be taken for any other success."""
    late = b"\x01\x00\x04\x00" + block() + PHOTO
    talk.hello().expect("2001").answer(FOUND).expect("2002").answer(DONE, late)
    assert what_comes_next(talk) == "FIND after 0.1"
    assert talk.told[1:] == []


@pytest.mark.parametrize("status", BROKEN)
def test_a_module_that_starts_again_in_a_visit_is_not_spoken_of(
    talk: Talk, block: MakeBlock, status: str
) -> None:
    """It says once that it cannot work and is well a second later; the card still lies there."""
    talk.hello().read(block()).never_moved()
    told = len(talk.told)
    talk.expect("2001").answer(status)
    talk.hello().read(block())
    assert what_comes_next(talk) == "FIND after 0.3"
    assert talk.told[told:] == []


def test_a_module_that_starts_again_may_meet_another_card(talk: Talk, block: MakeBlock) -> None:
    """Who came meanwhile is never taken for the person before."""
    talk.hello().read(block()).never_moved()
    told = len(talk.told)
    talk.expect("2001").answer("000060")
    talk.hello().read(block(name="李梅", birth="19700612", number="99010119700612004X")).never_moved()
    assert [type(event).__name__ for event in talk.told[told:]] == ["CardRemoved", "CardRead"]


def test_a_module_that_is_well_until_it_must_look_is_out_of_order_once(talk: Talk) -> None:
    """It answers its status and no find: staff are told once, and nothing flickers on the screen."""
    for _ in range(6):
        talk.hello().expect("2001").answer("000066")
    assert [type(event) for event in talk.told] == [DeviceReady, DeviceTrouble]
    talk.hello().expect("2001").answer(NO_CARD)
    assert isinstance(talk.told[-1], DeviceReady)
