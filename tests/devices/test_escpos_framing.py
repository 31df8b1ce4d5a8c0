"""What a receipt printer sends, and what its bytes mean."""

from __future__ import annotations

import random
import tracemalloc
from itertools import pairwise
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk.devices.escpos.command import NUMBERED, Question
from kiosk.devices.escpos.family import FAMILY
from kiosk.devices.escpos.framing import (
    Asked,
    EscposFraming,
    Event,
    Flow,
    HostFraming,
    PaperAnswer,
    Printed,
    Status,
    StatusBlock,
    is_status,
)
from kiosk.devices.escpos.meaning import block_state, ready_to_print, state_of
from kiosk.devices.escpos.record import event_record
from kiosk.devices.events import Paper, PrinterState
from kiosk.devices.line import Problem, ProblemKind
from tests.devices.vectors_of_readers import VECTORS

PRINTERS = [vector for vector in VECTORS if vector["protocol"] == "escpos"]
REPLIES = [vector for vector in PRINTERS if vector["kind"] == "reply"]
REQUESTS = [vector for vector in PRINTERS if vector["kind"] == "request"]


def heard(stream: bytes, *, paper_answers: bool = True) -> list[Event]:
    return EscposFraming(paper_answers=paper_answers).feed(stream)


@pytest.mark.parametrize("vector", REPLIES, ids=lambda vector: vector["id"])
def test_every_reply_of_the_vectors_means_what_they_say(vector: dict[str, Any]) -> None:
    expect = vector["expect"]
    framing = FAMILY.decoding.framing(str(expect.get("n", "")))
    (event,) = framing.feed(bytes.fromhex(vector["hex"]))
    record = FAMILY.decoding.record(event, False)
    assert {key: record[key] for key in expect} == expect
    assert not framing.waiting


@pytest.mark.parametrize("vector", REQUESTS, ids=lambda vector: vector["id"])
def test_every_question_of_the_vectors_is_recognised(vector: dict[str, Any]) -> None:
    assert FAMILY.decoding.requests is not None
    (event,) = FAMILY.decoding.requests().feed(bytes.fromhex(vector["hex"]))
    assert event_record(event)["n"] == vector["expect"]["n"]


def test_only_sixteen_bytes_are_a_status() -> None:
    """0xx1xx10."""
    assert [byte for byte in range(256) if is_status(byte)] == [
        *(0x12, 0x16, 0x1A, 0x1E),
        *(0x32, 0x36, 0x3A, 0x3E),
        *(0x52, 0x56, 0x5A, 0x5E),
        *(0x72, 0x76, 0x7A, 0x7E),
    ]


def test_a_byte_whose_question_nobody_knows_is_told_as_an_answer_to_each() -> None:
    events = FAMILY.decoding.framing("").feed(b"\x72")
    assert [event_record(event) for event in events] == [
        {"type": "status", "valid": True, "n": 1, "online": True},
        {"type": "status", "valid": True, "n": 2, "cover_open": False, "paper_stop": True, "error": True},
        {
            "type": "status",
            "valid": True,
            "n": 3,
            "cutter_error": False,
            "unrecoverable": True,
            "auto_recoverable": True,
        },
        {"type": "status", "valid": True, "n": 4, "paper_near_end": False, "paper_out": True},
    ]


def test_a_status_block_is_one_event_and_what_follows_it_is_heard() -> None:
    assert heard(bytes.fromhex("14 00 0f 00 12")) == [StatusBlock(bytes.fromhex("14000f00")), Status(0x12)]


def test_flow_control_stands_anywhere_and_hurts_nothing() -> None:
    assert heard(bytes.fromhex("14 00 13 0f 11 00")) == [
        Flow(wait=True),
        Flow(wait=False),
        StatusBlock(bytes.fromhex("14000f00")),
    ]


def test_a_block_that_breaks_off_costs_no_answer() -> None:
    assert heard(b"\x14\x00\x12") == [Problem(ProblemKind.LENGTH), Status(0x12)]


def test_half_a_block_is_given_up_in_silence() -> None:
    framing = EscposFraming()
    assert framing.feed(b"\x14\x00") == []
    assert framing.waiting
    assert framing.idle() == [Problem(ProblemKind.TIMEOUT)]
    assert framing.feed(b"\x12") == [Status(0x12)]


def test_garbage_is_told_once() -> None:
    assert heard(b"\xff\x92\x81\x12\xff", paper_answers=False) == [
        Problem(ProblemKind.GARBAGE),
        Status(0x12),
        Problem(ProblemKind.GARBAGE),
    ]


def test_a_byte_by_itself_is_an_answer_about_paper_only_where_one_was_asked_for() -> None:
    assert heard(b"\x0f") == [PaperAnswer(0x0F)]
    assert heard(b"\x0f", paper_answers=False) == [Problem(ProblemKind.GARBAGE)]


@given(st.binary(max_size=40), st.lists(st.integers(0, 40), max_size=5))
def test_the_same_events_however_the_stream_is_cut(stream: bytes, places: list[int]) -> None:
    framing, cuts = EscposFraming(), [0, *sorted(places), len(stream)]
    pieces = [event for a, b in pairwise(cuts) for event in framing.feed(stream[a:b])]
    assert [*pieces, *framing.idle()] == [*(whole := EscposFraming()).feed(stream), *whole.idle()]


def test_random_bytes_neither_stop_nor_fill_it() -> None:
    framing, chance = EscposFraming(paper_answers=False), random.Random(4)
    framing.feed(chance.randbytes(65536))
    tracemalloc.start()
    for _ in range(30):
        framing.feed(chance.randbytes(65536))
    left, _ = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert left < 200_000
    framing.idle()
    assert framing.feed(b"\x1a") == [Status(0x1A)]


@given(st.binary(max_size=60))
def test_what_is_no_question_is_for_the_paper_every_byte_of_it(paper: bytes) -> None:
    framing = HostFraming(paper=True)
    events = [*framing.feed(paper), *framing.idle()]
    kept = b"".join(e.question.value if isinstance(e, Asked) else bytes([e.byte]) for e in events)
    assert kept == paper


def test_a_question_in_the_middle_of_a_paper_is_heard() -> None:
    assert HostFraming(paper=True).feed(b"a\x10\x10\x04\x04b") == [
        Printed(0x61),
        Printed(0x10),
        Asked(Question.PAPER),
        Printed(0x62),
    ]
    assert "97" not in repr(Printed(97))


def said(**bytes_of: int) -> PrinterState:
    return state_of({NUMBERED[int(name[1])]: byte for name, byte in bytes_of.items()})


@pytest.mark.parametrize(
    ("answers", "state"),
    [
        ({}, PrinterState()),
        ({"n1": 0x12}, PrinterState(online=True)),
        ({"n1": 0x1A}, PrinterState(online=False)),
        ({"n2": 0x16}, PrinterState(cover_open=True, error=False)),
        ({"n2": 0x32}, PrinterState(cover_open=False, error=False, paper=Paper.OUT)),
        ({"n2": 0x52}, PrinterState(cover_open=False, error=True)),
        ({"n3": 0x1A}, PrinterState(error=True)),
        ({"n3": 0x32}, PrinterState(error=True)),
        ({"n3": 0x52}, PrinterState(error=True)),
        ({"n4": 0x12}, PrinterState(paper=Paper.ENOUGH)),
        ({"n4": 0x1E}, PrinterState(paper=Paper.LOW)),
        ({"n4": 0x7E}, PrinterState(paper=Paper.OUT)),
        ({"n1": 0x12, "n2": 0x12, "n3": 0x12, "n4": 0x12}, PrinterState(True, False, Paper.ENOUGH, False)),
    ],
)
def test_what_nobody_answered_is_unknown(answers: dict[str, int], state: PrinterState) -> None:
    assert said(**answers) == state


@pytest.mark.parametrize(
    ("block", "state"),
    [
        ("14000000", PrinterState(True, False, Paper.ENOUGH, False)),
        ("1c000c00", PrinterState(False, False, Paper.OUT, False)),
        ("38000300", PrinterState(False, True, Paper.LOW, False)),
        ("18080000", PrinterState(False, False, Paper.ENOUGH, True)),
    ],
)
def test_a_status_block_says_it_all_at_once(block: str, state: PrinterState) -> None:
    assert block_state(bytes.fromhex(block)) == state


def test_what_is_unknown_hinders_no_paper_and_what_is_known_does() -> None:
    assert ready_to_print(PrinterState())
    assert ready_to_print(PrinterState(paper=Paper.LOW))
    for hindered in (
        PrinterState(online=False),
        PrinterState(online=True, cover_open=True),
        PrinterState(online=True, error=True),
        PrinterState(online=True, paper=Paper.OUT),
    ):
        assert not ready_to_print(hindered)
