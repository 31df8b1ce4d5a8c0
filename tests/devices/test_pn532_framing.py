"""The PN532's frames: the same events however the bytes are cut, and none lost behind damaged ones."""

from __future__ import annotations

import random
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk.devices.line import Problem, ProblemKind
from kiosk.devices.pn532.content import Target, chip_name, listed_targets
from kiosk.devices.pn532.framing import (
    ACK,
    CHIP,
    ERROR,
    LONGEST,
    LONGEST_FRAME,
    NACK,
    START,
    Event,
    Frame,
    Pn532Framing,
    Signal,
    enclose,
)
from kiosk.devices.pn532.record import event_record
from tests.devices.meeting import CUTS, cut
from tests.devices.vectors_of_readers import VECTORS

PN532 = [vector for vector in VECTORS if vector["protocol"] == "pn532"]
NONE_THERE = enclose(CHIP, b"\x4b\x00")
ABOUT_THE_CARD = ("uid", "sens_res", "sel_res", "ats", "random_uid", "content_error")


def heard(*pieces: bytes) -> list[Event]:
    """All events of the pieces and of the silence behind them."""
    framing = Pn532Framing()
    return [*(event for piece in pieces for event in framing.feed(piece)), *framing.idle()]


def frames(events: list[Event]) -> list[Frame]:
    return [event for event in events if isinstance(event, Frame)]


def kinds(events: list[Event]) -> list[str]:
    return [event.kind.value for event in events if isinstance(event, Problem)]


@pytest.mark.parametrize("how", CUTS)
@pytest.mark.parametrize("vector", PN532, ids=lambda vector: vector["id"])
def test_every_stream_gives_its_events_however_it_is_cut(vector: dict[str, Any], how: str) -> None:
    expect = vector["expect"]
    framing = Pn532Framing()
    events = [e for piece in cut(bytes.fromhex(vector["hex"]), how) for e in framing.feed(piece)]
    records = [event_record(event) for event in events if not isinstance(event, Problem)]
    plain = [{k: v for k, v in record.items() if k not in ABOUT_THE_CARD} for record in records]
    assert plain == expect["events"]
    about_the_card = {key: value for record in records for key, value in record.items()}
    for key in ABOUT_THE_CARD:
        assert key not in expect or about_the_card[key] == expect[key]
    assert set(kinds(events)) == set(expect.get("problems_include", []))
    assert framing.waiting == (expect["then"] == "incomplete")
    assert framing.idle() == []


def test_signals_are_told_apart_and_frames_of_both_sides_are_read() -> None:
    request = bytes.fromhex("0000ff04fcd44a0100e100")
    events = heard(ACK + NACK + ERROR + request)
    assert events == [Signal.ACK, Signal.NACK, Signal.ERROR, Frame(0xD4, b"\x4a\x01\x00")]
    assert event_record(Signal.ERROR) == {"type": "error"}


@pytest.mark.parametrize("zeros", [0, 1, 2, 15, 5000])
def test_any_number_of_zeros_may_come_before_and_after(zeros: int) -> None:
    assert heard(bytes(zeros) + NONE_THERE[1:-1] + bytes(zeros) + ACK[1:] + bytes(zeros)) == [
        Frame(CHIP, b"\x4b\x00"),
        Signal.ACK,
    ]


def test_a_frame_is_told_with_its_last_byte_not_with_the_zero_behind_it() -> None:
    framing = Pn532Framing()
    assert framing.feed(NONE_THERE[:-2]) == []
    assert framing.waiting
    assert framing.feed(NONE_THERE[-2:-1]) == [Frame(CHIP, b"\x4b\x00")]
    assert not framing.waiting


@pytest.mark.parametrize("size", [2, 252, 253, 254, LONGEST - 2])
def test_long_frames_are_whole(size: int) -> None:
    assert heard(enclose(CHIP, b"\x41" + bytes(size))) == [Frame(CHIP, b"\x41" + bytes(size))]


def test_a_short_frame_may_have_the_long_kind_of_length() -> None:
    inner = b"\xd5\x4b\x00"
    extended = START + bytes.fromhex("ffff0003fd") + inner + bytes([-sum(inner) & 0xFF])
    assert heard(extended) == [Frame(CHIP, b"\x4b\x00")]


def test_noise_is_told_once_as_garbage_and_costs_no_frame() -> None:
    assert heard(b"\x55\x55\x80\x00\x12" + ACK + NONE_THERE) == [
        Problem(ProblemKind.GARBAGE),
        Signal.ACK,
        Frame(CHIP, b"\x4b\x00"),
    ]


@pytest.mark.parametrize(
    ("bad", "kind"),
    [
        ("0000ff03fcd54b00e000", "length"),  # LEN and LCS do not fit
        ("0000ff0000", "length"),  # a frame without anything in it
        ("0000ffffff010af5", "length"),  # longer than any frame
        ("0000ffffff0003fc", "length"),  # the long kind: its check does not fit
        ("0000ff01ffd52b00", "length"),  # neither code nor error
        ("0000ff03fdd54b01e000", "checksum"),
        ("0000ff03fdd54b", "timeout"),
        ("0000ff", "timeout"),
    ],
)
def test_a_bad_frame_is_told_and_the_next_one_is_found(bad: str, kind: str) -> None:
    events = heard(bytes.fromhex(bad))
    assert kind in kinds(events)
    assert frames(events) == []
    assert frames(heard(bytes.fromhex(bad), NONE_THERE)) == [Frame(CHIP, b"\x4b\x00")]


def test_a_wrong_length_gives_back_the_frames_it_swallowed() -> None:
    swallowing = bytes.fromhex("0000ff20e0d54b00e000")
    framing = Pn532Framing()
    assert framing.feed(swallowing + ACK + NONE_THERE) == []
    assert framing.waiting
    assert framing.idle() == [
        Problem(ProblemKind.TIMEOUT),
        Problem(ProblemKind.GARBAGE),
        Signal.ACK,
        Frame(CHIP, b"\x4b\x00"),
    ]
    assert not framing.waiting


@given(st.lists(st.binary(max_size=400), max_size=20))
def test_junk_never_raises_and_never_piles_up(junk: list[bytes]) -> None:
    framing = Pn532Framing()
    for piece in junk:
        framing.feed(piece)
        assert framing.held <= LONGEST_FRAME
    framing.idle()
    assert framing.held == 0
    assert not framing.waiting


JUNK = st.one_of(
    st.binary(max_size=200),
    st.lists(
        st.sampled_from([b"\x00", b"\xff", START, ACK, NACK, b"\x00\xff\xff\xff\x01\x00", b"\x55", b"\xd5"]),
        max_size=12,
    ).map(b"".join),
)


@given(before=JUNK, after=JUNK, payload=st.binary(max_size=250), data=st.data())
def test_a_frame_between_junk_is_found_once_the_line_is_silent(
    before: bytes, after: bytes, payload: bytes, data: st.DataObject
) -> None:
    stream = before + enclose(CHIP, b"\x41" + payload) + after
    places = sorted(data.draw(st.lists(st.integers(0, len(stream)), max_size=6)))
    pieces = [stream[a:b] for a, b in zip([0, *places], [*places, len(stream)], strict=True)]
    assert b"\x41" + payload in [frame.body for frame in frames(heard(*pieces))]


@given(before=JUNK, after=JUNK)
def test_any_cut_gives_the_same_events(before: bytes, after: bytes) -> None:
    stream = before + NONE_THERE + after
    whole = Pn532Framing().feed(stream)
    framing = Pn532Framing()
    assert [event for piece in cut(stream, "single") for event in framing.feed(piece)] == whole


def test_a_megabyte_of_noise_hides_no_frame() -> None:
    framing = Pn532Framing()
    framing.feed(random.Random(7).randbytes(1_000_000))
    assert framing.held <= LONGEST_FRAME
    assert Frame(CHIP, b"\x4b\x00") in [*framing.feed(NONE_THERE), *framing.idle()]


def test_a_card_s_answer_is_read_with_the_length_it_names() -> None:
    """The bytes behind the number are no part of it."""
    card = bytes.fromhex("010100442007" + "04112233445566" + "067577810280")
    (target,) = listed_targets(card) or ()
    assert target == Target(b"\x00\x44", 0x20, bytes.fromhex("04112233445566"), bytes.fromhex("067577810280"))
    assert not target.random_uid


def test_two_cards_are_told_apart_by_what_the_first_one_promises() -> None:
    first = "0100042804" + "a1b2c3d4" + "0578807002"
    second = "0200440007" + "04112233445566"
    targets = listed_targets(bytes.fromhex("02" + first + second))
    assert targets is not None
    assert [target.uid.hex() for target in targets] == ["a1b2c3d4", "04112233445566"]


@pytest.mark.parametrize(
    "wrong",
    [
        "",  # not even a count
        "01",
        "0101000408",
        "01010004080a01020304",  # ten bytes promised, four given
        "010100040805" + "0102030405",  # no number has five bytes
        "010100040800",
        "010100042804" + "a1b2c3d4" + "20aabb",  # an ATS longer than what is there
        "010100042804" + "a1b2c3d4" + "00",
        "010100042804" + "a1b2c3d4" + "02aabb",  # and bytes that belong to nothing
        "020100040804" + "a1b2c3d4",  # two cards promised
        "00aa",
    ],
)
def test_an_answer_that_does_not_fit_names_no_card(wrong: str) -> None:
    assert listed_targets(bytes.fromhex(wrong)) is None
    record = event_record(Frame(CHIP, b"\x4b" + bytes.fromhex(wrong)))
    assert (record["uid"], record["content_error"]) == (None, True)


def test_no_card_is_no_mistake() -> None:
    assert listed_targets(b"\x00") == ()
    assert "content_error" not in event_record(Frame(CHIP, b"\x4b\x00"))


@pytest.mark.parametrize(("uid", "random_uid"), [("08a1b2c3", True), ("18a1b2c3", False), ("08" * 7, False)])
def test_only_a_short_number_that_begins_with_08_changes_at_every_tap(uid: str, random_uid: bool) -> None:
    assert Target(b"\x00\x04", 0x08, bytes.fromhex(uid), b"").random_uid is random_uid


def test_the_chip_says_what_it_is() -> None:
    assert chip_name(bytes.fromhex("32010607")) == "PN532 1.6"
    assert chip_name(b"\x32\x01") == ""


def test_a_frame_or_a_card_never_shows_its_number() -> None:
    """K32, K46."""
    uid = bytes.fromhex("a1b2c3d4")
    frame = Frame(CHIP, b"\x4b\x01\x01\x00\x04\x08\x04" + uid)
    shown = repr(frame) + frame.harmless() + repr(Target(b"\x00\x04", 0x08, uid, uid))
    assert "a1b2" not in shown
    assert repr(uid) not in shown
    assert frame.harmless() == "d5 4b, 10 bytes"
