"""A scanner's bytes become the same codes however they are cut, and nothing in a code is ever obeyed."""

from __future__ import annotations

import random
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk.devices.line import Problem, ProblemKind
from kiosk.devices.scanner import gm65
from kiosk.devices.scanner.family import FAMILY
from kiosk.devices.scanner.framing import LONGEST, TAB, Code, Event, Overlong, ScannerFraming, Unreadable
from kiosk.devices.scanner.record import event_record
from tests.devices.vectors_of_readers import VECTORS

SCANNERS = [vector for vector in VECTORS if vector["protocol"] == "scanner"]
ACK = bytes.fromhex("02000001003331")


def cut(whole: bytes, how: str) -> list[bytes]:
    """The bytes in one of the four ways."""
    if how == "single":
        return [whole[i : i + 1] for i in range(len(whole))]
    chance = random.Random(len(whole))
    count = {"whole": 0, "halves": 1, "random": 9}[how]
    places = sorted(chance.randrange(len(whole) + 1) for _ in range(count))
    if how == "halves":
        places = [len(whole) // 2]
    return [whole[a:b] for a, b in zip([0, *places], [*places, len(whole)], strict=True)]


def heard(stream: bytes, how: str = "whole", ends: bytes = b"\r\n", *, silence: bool = True) -> list[Event]:
    """All events of a stream, by default up to the silence after it."""
    framing = ScannerFraming(ends)
    events = [event for piece in cut(stream, how) for event in framing.feed(piece)]
    return [*events, *framing.idle()] if silence else events


def texts(events: list[Event]) -> list[str]:
    return [event.line for event in events if isinstance(event, Code)]


@pytest.mark.parametrize("how", ["whole", "halves", "single", "random"])
@pytest.mark.parametrize("vector", SCANNERS, ids=lambda vector: vector["id"])
def test_every_stream_gives_its_events_however_it_is_cut(vector: dict[str, Any], how: str) -> None:
    expect = vector["expect"]
    framing = FAMILY.decoding.framing(expect.get("terminators", ""))
    events = [e for piece in cut(bytes.fromhex(vector["hex"]), how) for e in framing.feed(piece)]
    assert [FAMILY.decoding.record(event, False) for event in events] == expect["events"]
    assert framing.waiting == (expect["then"] == "incomplete")
    assert framing.idle() == []


@pytest.mark.parametrize("end", [b"\r", b"\n", b"\r\n", b"\n\r\n", b"\x00\r\x00\n"])
def test_a_code_ends_with_any_kind_of_line_end(end: bytes) -> None:
    assert texts(heard(b"KIOSK-0001" + end + b"KIOSK-0002" + end, silence=False)) == [
        "KIOSK-0001",
        "KIOSK-0002",
    ]


def test_a_code_without_an_end_is_complete_when_the_line_falls_silent() -> None:
    framing = ScannerFraming()
    assert framing.feed(b"KIOSK-0001") == []
    assert framing.waiting
    assert texts(framing.idle()) == ["KIOSK-0001"]
    assert not framing.waiting


def test_where_tab_ends_a_code_its_lines_become_one() -> None:
    assert texts(heard(b"first\r\nsecond\t", ends=TAB, silence=False)) == ["first second"]


@pytest.mark.parametrize("nothing", [b"\x00", b"\r\n\r\n", b"\x00\x00\r\x00", b"  \r", b"\x1b[2J\r"])
def test_nuls_and_empty_lines_are_nothing(nothing: bytes) -> None:
    assert heard(nothing) == []


@pytest.mark.parametrize(
    ("raw", "encoding", "text"),
    [
        ("社区:测试甲".encode(), "utf-8", "社区:测试甲"),
        ("社区:测试甲".encode("gb18030"), "gb18030", "社区:测试甲"),
        ("䶮".encode("gb18030"), "gb18030", "䶮"),
        (b"\xef\xbb\xbfKIOSK", "utf-8", "\ufeffKIOSK"),
    ],
)
def test_chinese_is_read_in_either_of_its_encodings(raw: bytes, encoding: str, text: str) -> None:
    assert heard(raw + b"\r") == [Code(text, encoding)]


@pytest.mark.parametrize(
    ("sent", "shown"),
    [
        (b"\x1b[31mA\x1b[0m", "A"),
        (b"\x1b]0;title\x07B", "B"),
        (b"\x1b]52;c;QUJD\x1b\\B", "B"),
        (b"\x1bPq#0\x1b\\B", "B"),
        (b"half \x1b] open", "half ] open"),
        (b"\x02framed\x03", "framed"),
        (b"two\tcolumns", "two columns"),
        (b"bell\x07 back\x08space\x7f", "bell backspace"),
        ("left\u202eright\u2066\u200b".encode(), "leftright"),
        ("\x9b31mC1\x85next".encode(), "C1 next"),
        ("one\u2028two".encode(), "one two"),
        ("\ue863".encode(), "\ue863"),
    ],
)
def test_nothing_that_a_terminal_would_obey_is_left_in_a_code(sent: bytes, shown: str) -> None:
    assert texts(heard(sent + b"\r")) == [shown]


@given(st.binary(max_size=400))
def test_whatever_was_scanned_no_control_character_comes_through(junk: bytes) -> None:
    for text in texts(heard(junk)):
        assert not any(ord(sign) < 0x20 or 0x7F <= ord(sign) < 0xA0 for sign in text)


@pytest.mark.parametrize("how", ["whole", "halves", "single", "random"])
@pytest.mark.parametrize("end", [b"\r", ACK, b""])
def test_a_code_that_is_too_long_is_one_event_and_harms_no_other(end: bytes, how: str) -> None:
    events = heard(b"A" * (LONGEST + 1) + end, how)
    assert next(event for event in events if not isinstance(event, Code)) == Overlong()
    assert texts(events) == []
    assert texts(heard(b"A" * 9000 + b"\rKIOSK-0002\r", how)) == ["KIOSK-0002"]
    assert len(texts(heard(b"\x00" * 9000 + b"A" * LONGEST + b"\r", how))) == 1


@pytest.mark.parametrize("how", ["whole", "halves", "single", "random"])
def test_an_engines_answer_before_between_or_behind_codes_is_never_part_of_one(how: str) -> None:
    events = heard(ACK + b"KIOSK-0001" + ACK + ACK + b"KIOSK-0002\r" + ACK, how)
    assert [event_record(event)["type"] for event in events] == [
        "gm65_ack", "code", "gm65_ack", "gm65_ack", "code", "gm65_ack",
    ]  # fmt: skip
    assert texts(events) == ["KIOSK-0001", "KIOSK-0002"]


@pytest.mark.parametrize("how", ["whole", "halves", "single", "random"])
def test_behind_a_damaged_answer_no_wrong_code_is_told_and_the_next_one_is(how: str) -> None:
    """A byte of the answer is lost: what follows would be taken for it, and the code lack its beginning."""
    damaged = ACK[:4] + ACK[5:]
    events = heard(damaged + b"KIOSK-0001\rKIOSK-0002\r", how)
    assert events == [Problem(ProblemKind.CHECKSUM), Code("KIOSK-0002", "ascii")]


@pytest.mark.parametrize("how", ["whole", "halves", "single", "random"])
def test_half_an_answer_is_given_up_in_the_silence_and_takes_no_later_code_with_it(how: str) -> None:
    framing = ScannerFraming()
    pieces = cut(b"\x02\x00\x00\x40" + b"KIOSK-0001\rKIOSK-0002\r", how)
    assert [event for piece in pieces for event in framing.feed(piece)] == []
    assert framing.idle() == [Problem(ProblemKind.TIMEOUT), Code("KIOSK-0002", "ascii")]
    assert texts(framing.feed(b"KIOSK-0003\r")) == ["KIOSK-0003"]


def test_an_answer_without_a_legal_length_is_a_problem() -> None:
    assert heard(b"\x02\x00\x00\x00KIOSK\r") == [Problem(ProblemKind.LENGTH)]


def test_what_a_host_tells_an_engine_decodes_too() -> None:
    covered = bytes.fromhex("0801000201")
    (told,) = heard(b"\x7e\x00" + covered + gm65.crc(covered))
    assert event_record(told) == {"type": "gm65_write", "address": "0002", "data": "01", "crc": "ok"}
    assert [event_record(event)["type"] for event in heard(gm65.START + gm65.STOP)] == ["gm65_write"] * 2
    (asked,) = heard(bytes.fromhex("7e000701000001abcd"))
    assert event_record(asked)["type"] == "gm65_read"
    assert heard(b"\x7e\x00" + covered + b"\x00\x00") == [Problem(ProblemKind.CHECKSUM)]


def test_the_engine_is_told_in_the_bytes_of_its_manual() -> None:
    assert gm65.START.hex() == "7e000801000201abcd"
    assert gm65.STOP.hex() == "7e000801000200abcd"
    assert gm65.answer().hex() == "02000001003331"


PARTS = st.one_of(
    st.binary(max_size=60),
    st.sampled_from([ACK, ACK[:4], gm65.START, b"\x02\x00", b"\x7e\x00", b"\r\n", b"\x00", b"A" * 5000]),
)


@given(st.lists(PARTS, max_size=12).map(b"".join), st.data())
def test_junk_gives_the_same_however_cut_and_never_piles_up(stream: bytes, data: st.DataObject) -> None:
    framing, events = ScannerFraming(), []
    cuts = sorted(data.draw(st.lists(st.integers(0, len(stream)), max_size=6)))
    for start, end in zip([0, *cuts], [*cuts, len(stream)], strict=True):
        events += framing.feed(stream[start:end])
        assert framing.held <= LONGEST
    events += framing.idle()
    assert events == heard(stream)
    assert not framing.waiting
    assert framing.held == 0


@given(st.lists(PARTS, max_size=8).map(b"".join))
def test_a_code_after_junk_and_silence_is_read(junk: bytes) -> None:
    framing = ScannerFraming()
    framing.feed(junk)
    framing.idle()
    assert framing.feed(b"KIOSK-0001\r") == [Code("KIOSK-0001", "ascii")]


def test_what_a_log_may_hold_says_nothing_of_a_code() -> None:
    """K46."""
    for event in (Code("990101194403050029", "ascii"), Unreadable(b"\xff990101194403050029")):
        assert "9901" not in event.harmless() + repr(event)
