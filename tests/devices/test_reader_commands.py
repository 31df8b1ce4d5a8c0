"""`kiosk reader` and `kiosk id` as staff and developers use them."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from kiosk.cli import main
from kiosk.devices.emulator import sdt_emulator

Vector = dict[str, Any]
MakeBlock = Callable[..., bytes]
KIOSK = [sys.executable, "-c", "from kiosk.cli import main; main(prog_name='kiosk')"]


def lines(output: str) -> list[dict[str, Any]]:
    return [json.loads(line) for line in output.splitlines()]


@pytest.mark.parametrize("options", [[], ["--chunk", "1"], ["--chunk", "7"]])
def test_decode_prints_the_events_of_every_stream(
    stream_vector: Vector, vectors: dict[str, Vector], options: list[str]
) -> None:
    raw = bytes.fromhex(stream_vector["hex"])
    shown = CliRunner().invoke(main, ["reader", "decode", "--protocol", "sdt", "--text", *options], input=raw)
    assert shown.exit_code == 0
    events = lines(shown.output)
    found = [event for event in events if event["type"] == "frame"]
    expected = [dict(event) for event in stream_vector["expect"]["events"]]
    assert len(found) == len(expected)
    for event, expect in zip(found, expected, strict=True):
        text = vectors.get(expect.pop("text_ref", ""))
        expect.pop("reply_to", None)
        assert {key: event.get(key) for key in expect} == expect
        if text is not None:
            card = {key: value for key, value in text["expect"].items() if key != "warnings_include"}
            assert {key: event["text"].get(key) for key in card} == card
    kinds = {event["kind"] for event in events if event["type"] == "problem"}
    assert kinds >= set(stream_vector["expect"].get("problems_include", []))


def test_decode_shows_what_silence_brings_out(vectors: dict[str, Vector]) -> None:
    raw = bytes.fromhex(vectors["sdt-vendor-timeout-public"]["hex"])
    shown = CliRunner().invoke(main, ["reader", "decode", "--protocol", "sdt", "--idle"], input=raw)
    assert {"type": "problem", "kind": "timeout"} in lines(shown.output)


def test_decode_keeps_personal_texts_to_itself_unless_asked(vectors: dict[str, Vector]) -> None:
    """K32."""
    raw = bytes.fromhex(vectors["sdt-read-cn-long"]["hex"])
    shown = CliRunner().invoke(main, ["reader", "decode", "--protocol", "sdt"], input=raw)
    assert lines(shown.output) == [
        {"type": "frame", "status": "000090", "payload_len": 1284, "text_len": 256, "photo_len": 1024}
    ]


def test_id_check_gives_the_verdict_of_every_vector(number_vector: Vector) -> None:
    expect = dict(number_vector["expect"])
    warnings = expect.pop("warnings_include", [])
    shown = CliRunner().invoke(main, ["id", "check", expect["number"], "--json"])
    record = json.loads(shown.output)
    assert {key: record.get(key) for key in expect} == expect
    assert set(warnings) <= set(record["warnings"])
    assert shown.exit_code == (0 if expect["valid"] else 1)


def test_id_check_reads_a_number_that_no_process_list_shows() -> None:
    shown = CliRunner().invoke(main, ["id", "check", "-"], input="990101194403050029\n")
    assert shown.exit_code == 0
    assert shown.output.startswith("990*************29: valid")


def test_list_names_ports_as_json() -> None:
    shown = CliRunner().invoke(main, ["reader", "list", "--json"])
    assert shown.exit_code == 0
    assert all(set(port) == {"path", "description", "usb"} for port in json.loads(shown.output))


def test_watch_shows_a_card_masked(tmp_path: Path, block: MakeBlock) -> None:
    """K26."""
    with sdt_emulator(tmp_path / "reader") as emulator:
        emulator.lay(block())
        shown = CliRunner().invoke(main, ["reader", "watch", emulator.path, "--cards", "1", "--json"])
    assert shown.exit_code == 0
    assert lines(shown.output)[-1] == {
        "event": "card-read",
        "card": "resident",
        "name": "张**",
        "number": "990*************29",
    }


@pytest.fixture
def emulate(tmp_path: Path) -> Iterator[subprocess.Popen[str]]:
    """`kiosk reader emulate` in a process of its own, with its menu shown."""
    process = subprocess.Popen(
        [*KIOSK, "reader", "emulate", "--link", str(tmp_path / "reader")],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        env={**os.environ, "PYTHONIOENCODING": "utf-8"},
    )
    assert process.stdout is not None
    while "quit" not in process.stdout.readline():
        assert process.poll() is None
    yield process
    process.kill()
    process.wait()
    process.stdout.close()


def test_a_card_laid_down_from_the_menu_is_read_by_another_program(
    emulate: subprocess.Popen[str], tmp_path: Path
) -> None:
    assert emulate.stdin is not None
    emulate.stdin.write("nonsense\n3\n")
    emulate.stdin.flush()
    shown = CliRunner().invoke(main, ["reader", "watch", str(tmp_path / "reader"), "--cards", "1", "--json"])
    assert lines(shown.output)[-1]["number"] == "990*************13"
    emulate.stdin.write("0\nq\n")
    emulate.stdin.flush()
    assert emulate.wait(timeout=10) == 0
    assert not (tmp_path / "reader").is_symlink()


def test_the_emulator_outlives_its_input_and_stops_when_told(
    emulate: subprocess.Popen[str], tmp_path: Path
) -> None:
    assert emulate.stdin is not None
    emulate.stdin.write("1\n")
    emulate.stdin.close()
    shown = CliRunner().invoke(main, ["reader", "watch", str(tmp_path / "reader"), "--cards", "1"])
    assert "990*************29" in shown.output
    emulate.send_signal(signal.SIGTERM)
    assert emulate.wait(timeout=10) == 0
    assert not (tmp_path / "reader").is_symlink()


def test_a_file_that_holds_no_people_is_refused_in_words(tmp_path: Path) -> None:
    (tmp_path / "people.toml").write_text("[[card]]\nid = 'x'\n")
    shown = CliRunner().invoke(
        main, ["reader", "emulate", "--link", str(tmp_path / "r"), "--people", str(tmp_path / "people.toml")]
    )
    assert shown.exit_code == 2
    assert "not a file of fictional people" in shown.output


def test_identity_numbers_are_checked_without_loading_serial_ports_or_screens() -> None:
    probe = (
        "import sys; from kiosk.identity import id_number, content; from kiosk.devices.sdt import framing; "
    )
    probe += "print([m for m in ('serial', 'textual', 'sqlite3', 'pydantic') if m in sys.modules])"
    shown = subprocess.run([sys.executable, "-c", probe], capture_output=True, text=True, check=True)
    assert shown.stdout.strip() == "[]"
