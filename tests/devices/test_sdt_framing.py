"""Bytes from the reader become the same frames however they are cut, and junk never hurts."""

from __future__ import annotations

import random
import tracemalloc
from functools import reduce
from operator import xor
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kiosk.devices.line import Problem, ProblemKind
from kiosk.devices.sdt import framing as sdt
from kiosk.devices.sdt.emulated import EmulatedModule
from kiosk.devices.sdt.framing import Event, Frame, SdtFraming
from kiosk.devices.sdt.replies import module_number, slice_read_reply
from kiosk.identity.content import addresses, parse_text
from tests.devices.vectors_of_readers import VECTORS

Vector = dict[str, Any]
LONGEST_FRAME = len(sdt.PREAMBLE) + 2 + sdt.LONGEST


def pieces(whole: bytes, how: str) -> list[bytes]:
    """The bytes cut in one of the four ways."""
    if how == "whole":
        return [whole]
    if how == "halves":
        return [whole[: len(whole) // 2], whole[len(whole) // 2 :]]
    if how == "single":
        return [whole[i : i + 1] for i in range(len(whole))]
    chance = random.Random(len(whole))
    cuts = sorted(chance.randrange(len(whole) + 1) for _ in range(9))
    return [whole[a:b] for a, b in zip([0, *cuts], [*cuts, len(whole)], strict=True)]


def frames(events: list[Event]) -> list[Frame]:
    return [event for event in events if isinstance(event, Frame)]


def kinds(events: list[Event]) -> set[str]:
    return {event.kind.value for event in events if isinstance(event, Problem)}


def cut(whole: bytes, cuts: list[int]) -> list[bytes]:
    """The bytes cut at these places."""
    places = sorted(place % (len(whole) + 1) for place in cuts)
    return [whole[a:b] for a, b in zip([0, *places], [*places, len(whole)], strict=True)]


def all_events(parts: list[bytes], shortest: int = sdt.SHORTEST_REPLY) -> list[Event]:
    """What comes of these pieces, and of the silence behind them."""
    framing = SdtFraming(shortest)
    return [event for part in parts for event in framing.feed(part)] + framing.idle()


@settings(max_examples=60, deadline=None)
@given(cuts=st.lists(st.integers(0, 3000), max_size=40))
def test_no_vector_depends_on_how_it_is_cut(cuts: list[int]) -> None:
    """Streams, requests, and all of them in a row: the same frames and problems, in the same order."""
    streams = [bytes.fromhex(v["hex"]) for v in VECTORS if v["protocol"] == "sdt" and v["kind"] == "stream"]
    requests = [bytes.fromhex(v["hex"]) for v in VECTORS if v["protocol"] == "sdt" and v["kind"] == "request"]
    for whole, shortest in [
        *((stream, sdt.SHORTEST_REPLY) for stream in [*streams, b"".join(streams)]),
        *((asked, sdt.SHORTEST_REQUEST) for asked in [*requests, b"".join(requests)]),
    ]:
        assert all_events(cut(whole, cuts), shortest) == all_events([whole], shortest)


@pytest.mark.parametrize("how", ["whole", "halves", "single", "random"])
def test_every_stream_gives_its_frames_however_it_is_cut(stream_vector: Vector, how: str) -> None:
    framing = SdtFraming()
    events = [e for piece in pieces(bytes.fromhex(stream_vector["hex"]), how) for e in framing.feed(piece)]
    expect = stream_vector["expect"]
    seen = [(f.status, len(f.payload)) for f in frames(events)]
    assert seen == [(e["status"], e["payload_len"]) for e in expect["events"]]
    assert kinds(events) >= set(expect.get("problems_include", []))
    assert framing.waiting == (expect["then"] == "incomplete")
    late = framing.idle()
    assert len(frames(late)) == len(expect.get("after_idle_timeout", {}).get("events", []))
    assert kinds(late) >= set(expect.get("after_idle_timeout", {}).get("problems_include", []))
    assert not framing.waiting


def test_what_a_stream_carries_is_read_from_its_payload(stream_vector: Vector) -> None:
    events = frames(SdtFraming().feed(bytes.fromhex(stream_vector["hex"])))
    for frame, expect in zip(events, stream_vector["expect"]["events"], strict=True):
        if "sam_id" in expect:
            assert module_number(frame.payload) == expect["sam_id"]
        if "addresses" in expect:
            assert addresses(frame.payload) == expect["addresses"]
        if "inner" in expect:
            assert slice_read_reply(frame.payload) is None
        if "text_len" in expect:
            parts = slice_read_reply(frame.payload, fingerprints=expect.get("reply_to") == "3010")
            assert parts is not None
            assert (len(parts.text), parts.photo_len) == (expect["text_len"], expect["photo_len"])
            assert parts.fingerprint_len == expect.get("fingerprint_len", 0)
            assert parse_text(parts.text).sound


def test_a_read_reply_holds_the_text_block_it_names(vectors: dict[str, Vector]) -> None:
    (frame,) = frames(SdtFraming().feed(bytes.fromhex(vectors["sdt-read-cn-long"]["hex"])))
    parts = slice_read_reply(frame.payload)
    assert parts is not None
    assert parts.text.hex() == vectors["idtext-cn-long"]["hex"]


def test_every_request_is_judged_and_answered_as_the_module_would(request_vector: Vector) -> None:
    sent = bytes.fromhex(request_vector["hex"])
    expect = request_vector["expect"]
    events = SdtFraming(sdt.SHORTEST_REQUEST).feed(sent)
    assert bool(frames(events)) == expect["valid"]
    if expect["valid"]:
        assert frames(events)[0].command == expect["command"]
        assert sdt.request(bytes.fromhex(expect["command"])) == sent
    if "emulator_reply" in expect:
        assert EmulatedModule().answer(events[0]) == bytes.fromhex(expect["emulator_reply"])


@given(st.lists(st.binary(max_size=300), max_size=20))
def test_junk_never_raises_and_never_piles_up(junk: list[bytes]) -> None:
    framing = SdtFraming()
    for piece in junk:
        framing.feed(piece)
        assert framing.held <= LONGEST_FRAME
    framing.idle()
    assert framing.held == 0


JUNK = st.one_of(
    st.binary(max_size=200),
    st.lists(
        st.sampled_from([b"\xaa", sdt.PREAMBLE, sdt.PREAMBLE[:4], b"\x09\x0a", b"\x00"]), max_size=12
    ).map(b"".join),
)


@given(before=JUNK, after=JUNK, payload=st.binary(max_size=300), data=st.data())
def test_a_frame_between_junk_is_found_once_the_line_is_silent(
    before: bytes, after: bytes, payload: bytes, data: st.DataObject
) -> None:
    good = sdt.reply("000090", payload)
    stream = before + good + after
    cuts = sorted(data.draw(st.lists(st.integers(0, len(stream)), max_size=6)))
    framing = SdtFraming()
    events: list[Event] = []
    for start, end in zip([0, *cuts], [*cuts, len(stream)], strict=True):
        events += framing.feed(stream[start:end])
    events += framing.idle()
    assert bytes.fromhex("000090") + payload in [frame.body for frame in frames(events)]
    assert framing.held == 0


@given(parts=st.lists(JUNK, max_size=5), cuts=st.lists(st.integers(0, 3000), max_size=20))
def test_any_cut_gives_the_same_events(parts: list[bytes], cuts: list[int]) -> None:
    stream = sdt.reply("00009f", bytes(4)).join(parts)
    assert all_events(cut(stream, cuts)) == all_events([stream]) == all_events(pieces(stream, "single"))


@given(body=st.binary(min_size=2, max_size=sdt.LONGEST - 1))
def test_a_frame_comes_back_as_it_was_made(body: bytes) -> None:
    whole = sdt.enclose(body)
    assert SdtFraming(sdt.SHORTEST_REQUEST).feed(whole) == [Frame(body)]
    assert sdt.checksum(whole[len(sdt.PREAMBLE) :]) == 0


@given(st.binary(max_size=600))
def test_the_checksum_is_the_xor_of_every_byte(covered: bytes) -> None:
    assert sdt.checksum(covered) == reduce(xor, covered, 0)


@given(st.lists(st.binary(max_size=40), max_size=20))
def test_an_emulated_module_survives_any_junk_too(junk: list[bytes]) -> None:
    module = EmulatedModule()
    for piece in junk:
        module.hear(piece, 0.0)
    module.tick(10.0)
    assert module.hear(sdt.request(b"\x11\xff"), 20.0) == [sdt.reply("000090")]


def test_megabytes_of_noise_leave_no_memory_behind_and_the_next_frame_is_found() -> None:
    """Random bytes, and the worst there is: preambles with plausible lengths, one behind the other."""
    chance = random.Random(20261122)
    worst = (sdt.PREAMBLE + (2000).to_bytes(2, "big")) * 600
    framing = SdtFraming()
    framing.feed(chance.randbytes(65536))
    tracemalloc.start()
    for _ in range(64):
        framing.feed(chance.randbytes(65536))
        assert framing.held <= LONGEST_FRAME
    framing.feed(worst)
    _, most = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert most < 1_000_000
    framing.idle()
    assert [frame.status for frame in frames(framing.feed(sdt.reply("000080")))] == ["000080"]


def test_endless_noise_fed_at_once_stays_within_one_frame() -> None:
    framing = SdtFraming()
    events = framing.feed(bytes(range(160)) * 7000)
    assert events == [Problem(ProblemKind.GARBAGE)]
    assert framing.held < len(sdt.PREAMBLE)


@pytest.mark.parametrize("length", [0, 3, sdt.LONGEST + 1, 0xFFFF])
def test_an_impossible_length_is_refused_at_once(length: int) -> None:
    impossible = sdt.PREAMBLE + length.to_bytes(2, "big")
    assert Problem(ProblemKind.LENGTH) in SdtFraming().feed(impossible)
    assert [f.status for f in frames(SdtFraming().feed(impossible + sdt.reply("000080")))] == ["000080"]


@pytest.mark.parametrize("before", [b"", sdt.reply("000080")], ids=["alone", "behind a frame"])
@pytest.mark.parametrize("size", range(1, 11))
def test_what_can_still_become_a_frame_waits_until_the_line_is_silent(size: int, before: bytes) -> None:
    framing = SdtFraming()
    framing.feed(before + sdt.reply("00009f")[:size])
    assert framing.waiting
    assert framing.idle().count(Problem(ProblemKind.TIMEOUT)) == 1
    assert not framing.waiting


def test_a_vendor_s_mark_for_timed_out_takes_nothing_from_the_frame_behind_it() -> None:
    """It says five bytes and three follow; with AA AA of the next frame its checksum holds by chance."""
    mark = bytes.fromhex("aaaaaa96690005050505")
    events = all_events([mark + sdt.reply("000080") + mark + mark + sdt.reply("00009f", bytes(4))])
    assert [frame.status for frame in frames(events)] == ["000080", "00009f"]
    assert Problem(ProblemKind.LENGTH) in events


def test_the_longest_reply_is_taken_whole() -> None:
    (frame,) = frames(SdtFraming().feed(sdt.reply("000090", bytes(sdt.LONGEST - 4))))
    assert len(frame.payload) == 2310


def test_a_plausible_wrong_length_gives_back_the_frame_it_swallowed() -> None:
    swallowing = sdt.PREAMBLE + bytes.fromhex("0904") + bytes.fromhex("000080")
    framing = SdtFraming()
    assert framing.feed(swallowing + sdt.reply("00009f", bytes(4))) == []
    assert framing.waiting
    assert [frame.status for frame in frames(framing.idle())] == ["00009f"]


def test_a_frame_never_shows_what_it_carries() -> None:
    """K32."""
    assert "990101" not in repr(Frame(bytes(3) + "990101194403050029".encode("utf-16-le")))
    assert repr(Frame(b"\x00\x00\x90secret")) == "Frame()"
