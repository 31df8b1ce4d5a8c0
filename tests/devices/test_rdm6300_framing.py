"""The RDM6300's tags: the same ones however the bytes are cut, and none made up of damaged ones."""

from __future__ import annotations

import random
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk.devices.line import Problem, ProblemKind
from kiosk.devices.rdm6300.content import Tag
from kiosk.devices.rdm6300.framing import Event, Rdm6300Framing, enclose
from kiosk.devices.rdm6300.record import event_record
from tests.devices.meeting import CUTS, cut
from tests.devices.vectors_of_readers import VECTORS

RDM6300 = [vector for vector in VECTORS if vector["protocol"] == "rdm6300"]
DOOR = Tag(bytes.fromhex("67003B51C6"))
FRAME = enclose(b"67003B51C6")
LONGEST_FRAME = 14
"""Twelve digits and a line end."""


def heard(*pieces: bytes) -> list[Event]:
    """All events of the pieces and of the silence behind them."""
    framing = Rdm6300Framing()
    return [*(event for piece in pieces for event in framing.feed(piece)), *framing.idle()]


def kinds(events: list[Event]) -> list[str]:
    return [event.kind.value for event in events if isinstance(event, Problem)]


@pytest.mark.parametrize("how", CUTS)
@pytest.mark.parametrize("vector", RDM6300, ids=lambda vector: vector["id"])
def test_every_stream_gives_its_events_however_it_is_cut(vector: dict[str, Any], how: str) -> None:
    expect = vector["expect"]
    framing = Rdm6300Framing()
    events = [e for piece in cut(bytes.fromhex(vector["hex"]), how) for e in framing.feed(piece)]
    assert [event_record(event) for event in events if isinstance(event, Tag)] == expect["events"]
    assert kinds(events) == expect.get("problems_include", [])
    assert framing.waiting == (expect["then"] == "incomplete")
    assert framing.idle() == []


@pytest.mark.parametrize("end", [b"", b"\r", b"\n", b"\r\n"])
@pytest.mark.parametrize("digits", [b"67003B51C6", b"67003b51c6", b"67003b51C6"])
def test_small_letters_and_a_line_end_are_the_same_tag(digits: bytes, end: bytes) -> None:
    frame = enclose(digits)
    assert heard(frame[:-1] + end + frame[-1:]) == [DOOR]
    assert heard(frame.lower()) == [DOOR]


def test_a_tag_has_the_numbers_that_are_printed_on_it() -> None:
    assert (DOOR.hex, DOOR.version, DOOR.number) == ("67003B51C6", 0x67, 3887558)
    assert (DOOR.printed10, DOOR.printed_3_5) == ("0003887558", "059,20934")
    greatest = Tag(bytes.fromhex("FFFFFFFFFF"))
    assert (greatest.printed10, greatest.printed_3_5) == ("4294967295", "255,65535")
    least = Tag(bytes(5))
    assert (least.hex, least.printed10, least.printed_3_5) == ("0000000000", "0000000000", "000,00000")


@pytest.mark.parametrize(
    ("bad", "kind"),
    [
        (b"\x0267003B51C6B9\x03", "checksum"),  # a sum, as a public sketch has it
        (b"\x0267003B51C7CB\x03", "checksum"),
        (b"\x0267003B51C6C\x03", "length"),
        (b"\x0267003B51C6CB0", "length"),
        (b"\x02\x03", "length"),
        (b"\x0267003B51C6CB\r\r\x03", "length"),
        (b"\x0267003B51C6CB\n\n\x03", "length"),
        (b"\x0267003B51C6CB\n\r\x03", "length"),
        (b"\x026700\r\n3B51C6\x03", "garbage"),
        (b"\x0267003G51C6CB\x03", "garbage"),
        (b"\x0267003B51 6CB\x03", "garbage"),
        (b"\x0267003B", "timeout"),
        (b"\x02", "timeout"),
        (b"67003B51C6CB\x03", "garbage"),  # its beginning is missing
        (b"AT+CGMM\r\n\x00\xff", "garbage"),
    ],
)
def test_a_bad_frame_is_told_once_and_the_next_tag_is_found(bad: bytes, kind: str) -> None:
    assert heard(bad) == [Problem(ProblemKind(kind))]
    assert DOOR in heard(bad, FRAME)
    for single in (cut(bad + FRAME, "single"), cut(FRAME + bad, "single")):
        assert heard(*single).count(DOOR) == 1


def test_a_tag_that_is_cut_short_by_the_next_one_costs_only_itself() -> None:
    assert heard(FRAME[:9] + FRAME) == [Problem(ProblemKind.LENGTH), DOOR]


def test_silence_ends_half_a_tag() -> None:
    framing = Rdm6300Framing()
    assert framing.feed(FRAME[:9]) == []
    assert framing.waiting
    assert framing.idle() == [Problem(ProblemKind.TIMEOUT)]
    assert framing.feed(FRAME[9:]) == []
    assert framing.idle() == []
    assert framing.feed(FRAME) == [DOOR]


def test_garbage_is_told_again_after_a_tag_came_between() -> None:
    assert heard(b"\x00\x01" + FRAME + b"\x00\x01") == [
        Problem(ProblemKind.GARBAGE),
        DOOR,
        Problem(ProblemKind.GARBAGE),
    ]


JUNK = st.one_of(st.binary(max_size=100), st.text("\x02\x0367003B51C6\r\n", max_size=60).map(str.encode))


@given(st.lists(JUNK, max_size=20))
def test_junk_never_raises_and_never_piles_up(junk: list[bytes]) -> None:
    framing = Rdm6300Framing()
    for piece in junk:
        framing.feed(piece)
        assert framing.held <= LONGEST_FRAME
    framing.idle()
    assert framing.held == 0
    assert not framing.waiting


@given(before=JUNK, after=JUNK, raw=st.binary(min_size=5, max_size=5))
def test_a_tag_between_junk_is_found_and_any_cut_gives_the_same(
    before: bytes, after: bytes, raw: bytes
) -> None:
    stream = before + enclose(raw.hex().encode()) + after
    whole = heard(stream)
    assert Tag(raw) in whole
    assert heard(*cut(stream, "single")) == whole
    assert heard(*cut(stream, "random")) == whole


def test_a_megabyte_of_noise_hides_no_tag() -> None:
    framing = Rdm6300Framing()
    framing.feed(random.Random(7).randbytes(1_000_000))
    assert framing.held <= LONGEST_FRAME
    assert framing.feed(FRAME)[-1] == DOOR


@pytest.mark.parametrize(
    "wrong", [b"", b"67003B51C", b"67003B51C67", b"67003B51CG", b"67 00 3B 5", b"\xff" * 10]
)
def test_a_tag_has_ten_digits(wrong: bytes) -> None:
    with pytest.raises(ValueError):
        enclose(wrong)


def test_a_tag_never_shows_its_number() -> None:
    """K32, K46."""
    assert repr(DOOR) == "Tag()"
    assert DOOR.harmless() == "a tag"
