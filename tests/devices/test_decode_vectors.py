"""Every vector of the readers, through the commands that a person would try it with."""

from __future__ import annotations

import json
import random
from collections.abc import Callable
from typing import Any

import pytest
from click.testing import CliRunner

from kiosk.cli import main
from tests.devices.vectors_of_readers import VECTORS, Vector

Record = dict[str, Any]
BY_ID = {vector["id"]: vector for vector in VECTORS}
CONTENT = ("uid", "sens_res", "sel_res", "ats", "random_uid", "content_error")
"""Fields that a vector names beside its events: they stand in the frame that holds the card."""

CUTS: dict[str, Callable[[bytes], list[str]]] = {
    "whole": lambda raw: [],
    "halved": lambda raw: ["--chunk", str(len(raw) // 2 + 1)],
    "byte by byte": lambda raw: ["--chunk", "1"],
    "in sevens": lambda raw: ["--chunk", "7"],
    "in pieces of any size": lambda raw: ["--chunk", str(random.Random(raw).randint(2, len(raw) + 2))],
}


def of_kind(*kinds: str) -> pytest.MarkDecorator:
    chosen = [vector for vector in VECTORS if vector["kind"] in kinds]
    return pytest.mark.parametrize("vector", chosen, ids=[vector["id"] for vector in chosen])


def decoded(raw: bytes, *options: str) -> list[Record]:
    """The lines that `kiosk reader decode` prints; the last one is the state."""
    shown = CliRunner().invoke(main, ["reader", "decode", "--json", *options], input=raw)
    assert shown.exit_code == 0, shown.output
    return [json.loads(line) for line in shown.output.splitlines()]


def expected_events(expect: Record) -> list[Record]:
    unprinted = {"text_ref", "reply_to"}
    return [{key: event[key] for key in event if key not in unprinted} for event in expect["events"]]


def holds(lines: list[Record], expect: Record) -> None:
    """The events are these, in this order, and these problems were told."""
    events = [line for line in lines if line["type"] not in {"problem", "end"}]
    wanted = expected_events(expect)
    assert len(events) == len(wanted)
    for event, want in zip(events, wanted, strict=True):
        assert {key: event.get(key) for key in want} == want
    problems = {line["kind"] for line in lines if line["type"] == "problem"}
    assert problems >= set(expect.get("problems_include", []))


@pytest.mark.parametrize("cut", CUTS)
@of_kind("stream")
def test_a_stream_tells_the_same_events_however_it_is_cut(vector: Vector, cut: str) -> None:
    raw, expect = bytes.fromhex(vector["hex"]), vector["expect"]
    options = ["--protocol", vector["protocol"], *CUTS[cut](raw)]
    if expect.get("terminators") == "09":
        options += ["--ends", "tab"]
    lines = decoded(raw, *options)
    holds(lines, expect)
    assert lines[-1] == {"type": "end", "state": expect["then"]}
    about_card = {key: expect[key] for key in CONTENT if key in expect}
    if about_card:
        (frame,) = [line for line in lines if line["type"] == "frame"]
        assert {key: frame.get(key) for key in about_card} == about_card


@of_kind("stream")
def test_after_silence_nothing_waits_any_more(vector: Vector) -> None:
    expect = vector["expect"]
    options = ["--protocol", vector["protocol"]]
    if expect.get("terminators") == "09":
        options += ["--ends", "tab"]
    before = decoded(bytes.fromhex(vector["hex"]), *options)
    after = decoded(bytes.fromhex(vector["hex"]), *options, "--idle")
    assert after[-1] == {"type": "end", "state": "idle"}
    assert after[: len(before) - 1] == before[:-1]
    holds(after[len(before) - 1 :], expect.get("after_idle_timeout", {"events": []}))


@of_kind("stream")
def test_a_card_in_a_stream_is_shown_in_full_only_where_asked(vector: Vector) -> None:
    """K32."""
    raw, protocol = bytes.fromhex(vector["hex"]), ["--protocol", vector["protocol"]]
    referred = [event["text_ref"] for event in vector["expect"]["events"] if "text_ref" in event]
    cards = [line["text"] for line in decoded(raw, *protocol, "--personal") if line.get("text_len")]
    assert len(cards) == len(referred)
    assert not [line for line in decoded(raw, *protocol) if line.get("text_len") and "text" in line]
    for card, name in zip(cards, referred, strict=True):
        assert card["number_valid"]
        expect = BY_ID.get(name, {"expect": {}})["expect"]
        assert {key: card.get(key) for key in expect} == expect


@pytest.mark.parametrize("cut", CUTS)
@of_kind("request")
def test_a_request_is_told_as_the_device_hears_it(vector: Vector, cut: str) -> None:
    raw, expect = bytes.fromhex(vector["hex"]), vector["expect"]
    lines = decoded(raw, "--protocol", vector["protocol"], "--requests", *CUTS[cut](raw))
    if "events" in expect:
        holds(lines, expect)
        assert lines[-1]["state"] == expect["then"]
    else:
        (request,) = [line for line in lines if line["type"] == "request"]
        wanted = {key: value for key, value in expect.items() if key != "emulator_reply"}
        assert {key: request.get(key) for key in wanted} == wanted


@pytest.mark.parametrize("told", [True, False])
@of_kind("reply")
def test_a_printer_s_byte_means_what_was_asked(vector: Vector, told: bool) -> None:
    """Without the question it is told as an answer to each of the four: one of them is meant."""
    expect = vector["expect"]
    asked = ["--ask", str(expect["n"])] if told and "n" in expect else []
    lines = decoded(bytes.fromhex(vector["hex"]), "--protocol", vector["protocol"], *asked)
    answers = [line for line in lines if "valid" in line]
    fitting = [line for line in answers if {key: line.get(key) for key in expect} == expect]
    assert fitting
    assert len(fitting) == 1 or not expect["valid"]
    assert len({line["valid"] for line in answers}) == 1
    if asked:
        assert answers == fitting


@of_kind("text_block")
def test_a_text_block_is_one_card(vector: Vector) -> None:
    (card,) = decoded(bytes.fromhex(vector["hex"]), "--text", "--protocol", "sdt")
    expect = dict(vector["expect"])
    assert set(card["warnings"]) >= set(expect.pop("warnings_include", []))
    assert {key: card.get(key) for key in expect} == expect


@of_kind("number")
def test_a_number_is_judged_as_its_vector_says(vector: Vector) -> None:
    expect = dict(vector["expect"])
    shown = CliRunner().invoke(main, ["id", "check", "--json", bytes.fromhex(vector["hex"]).decode()])
    verdict = json.loads(shown.output)
    assert set(verdict["warnings"]) >= set(expect.pop("warnings_include", []))
    assert {key: verdict[key] for key in expect} == expect
    assert verdict["normalised"] == expect["number"]
    assert shown.exit_code == (0 if expect["valid"] else 1)


@of_kind("scenario")
def test_both_sides_of_a_conversation_are_told(vector: Vector) -> None:
    for step in vector["steps"]:
        request, end = decoded(bytes.fromhex(step["host"]), "--protocol", vector["protocol"], "--requests")
        assert (request["valid"], end["state"]) == (True, "idle")
        device = step.get("device") or BY_ID.get(step.get("device_ref"), {}).get("hex")
        if device:
            reply, end = decoded(bytes.fromhex(device), "--protocol", vector["protocol"])
            assert (reply["type"], end["state"]) == ("frame", "idle")


def test_no_vector_is_left_out() -> None:
    tried = {"stream", "request", "reply", "text_block", "number", "scenario"}
    assert {vector["kind"] for vector in VECTORS} == tried
    assert len(VECTORS) == 85
