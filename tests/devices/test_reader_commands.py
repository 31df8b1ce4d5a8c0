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
from kiosk.devices.sdt.framing import reply

Vector = dict[str, Any]
MakeBlock = Callable[..., bytes]
KIOSK = [sys.executable, "-c", "from kiosk.cli import main; main(prog_name='kiosk')"]


def lines(output: str) -> list[dict[str, Any]]:
    return [json.loads(line) for line in output.splitlines()]


def test_decode_shows_events_as_lines_for_people(vectors: dict[str, Vector]) -> None:
    raw = bytes.fromhex(
        vectors["sdt-rsp-find-ok"]["hex"] + "00" + vectors["sdt-vendor-timeout-public"]["hex"]
    )
    shown = CliRunner().invoke(main, ["reader", "decode", "--protocol", "sdt"], input=raw)
    assert shown.output.splitlines() == [
        "frame  status 00009f  payload_len 4",
        "problem  kind garbage",
        "end  state incomplete",
    ]


def test_decode_keeps_a_card_s_texts_to_itself_unless_asked(vectors: dict[str, Vector]) -> None:
    """K32."""
    raw = bytes.fromhex(vectors["sdt-read-cn-long"]["hex"])
    shown = CliRunner().invoke(main, ["reader", "decode", "--protocol", "sdt"], input=raw)
    assert shown.output.splitlines() == [
        "frame  status 000090  payload_len 1284  text_len 256  photo_len 1024",
        "end  state idle",
    ]
    asked = CliRunner().invoke(main, ["reader", "decode", "--protocol", "sdt", "--personal"], input=raw)
    assert "text.name 测试甲" in asked.output


@pytest.mark.parametrize("size", [5, 100, 220, 1283, 1285, 2000])
def test_a_read_reply_of_another_length_than_it_promises_is_told_as_such(size: int) -> None:
    payload = (bytes.fromhex("01000400") + bytes(2310))[:size]
    shown = CliRunner().invoke(
        main, ["reader", "decode", "--protocol", "sdt", "--json"], input=reply("000090", payload)
    )
    frame = {"type": "frame", "status": "000090", "payload_len": size, "inner": "inconsistent"}
    assert lines(shown.output)[0] == frame


def test_a_reply_as_long_as_four_addresses_is_a_card_where_its_lengths_fit() -> None:
    payload = bytes.fromhex("01000014") + bytes(256 + 20)
    shown = CliRunner().invoke(
        main, ["reader", "decode", "--protocol", "sdt", "--json"], input=reply("000090", payload)
    )
    assert lines(shown.output)[0] == {
        "type": "frame", "status": "000090", "payload_len": 280, "text_len": 256, "photo_len": 20,
    }  # fmt: skip


def test_a_text_block_is_a_card_field_by_field(block: MakeBlock) -> None:
    shown = CliRunner().invoke(main, ["reader", "decode", "--text"], input=block(name="张\ue863芳"))
    assert shown.output.splitlines()[:2] == ["card_type resident", "name 张\\ue863芳"]
    assert "valid_forever yes" in shown.output


@pytest.mark.parametrize("raw", [b"", bytes(257)], ids=["nothing", "too much"])
def test_what_is_no_text_block_is_refused_in_words(raw: bytes) -> None:
    shown = CliRunner().invoke(main, ["reader", "decode", "--text"], input=raw)
    assert shown.exit_code == 2
    assert "a text block has 256 bytes" in shown.output


def test_decode_asks_what_the_bytes_are() -> None:
    shown = CliRunner().invoke(main, ["reader", "decode"], input=b"x")
    assert shown.exit_code == 2
    assert "--protocol" in shown.output


def test_what_a_device_says_never_commands_the_terminal() -> None:
    shown = CliRunner().invoke(
        main, ["reader", "decode", "--text"], input="\x1b[2J\u202eevil".encode("utf-16-le")
    )
    assert shown.exit_code == 0
    assert not set(shown.output) & {"\x1b", "\u202e"}


@pytest.mark.parametrize("size", [1 << 20, 10**13, 10**30])
def test_a_chunk_may_be_larger_than_any_memory(size: int) -> None:
    shown = CliRunner().invoke(
        main, ["reader", "decode", "--protocol", "sdt", "--chunk", str(size)], input=reply("000080")
    )
    assert shown.output.splitlines() == ["frame  status 000080  payload_len 0", "end  state idle"]


def without(streams: str, *words: str) -> subprocess.CompletedProcess[str]:
    """A command whose streams a shell redirects like this."""
    line = f'exec "$@" {streams}'
    return subprocess.run(
        ["sh", "-c", line, "sh", *KIOSK, *words], capture_output=True, text=True, timeout=60, check=False
    )


@pytest.mark.parametrize(
    ("words", "code", "said"),
    [
        (["reader", "decode", "--protocol", "sdt"], 0, "end  state idle\n"),
        (["reader", "decode", "--text"], 2, "nothing came"),
        (["id", "check", "-"], 1, "not valid (form)"),
    ],
)
def test_a_closed_input_is_an_empty_one(words: list[str], code: int, said: str) -> None:
    done = without("<&-", *words)
    assert done.returncode == code
    assert said in done.stdout + done.stderr
    assert "Traceback" not in done.stderr


@pytest.mark.parametrize(
    "words",
    [
        ["reader", "decode", "--protocol", "sdt"],
        ["reader", "list"],
        ["id", "check", "990101194403050029", "--json"],
    ],
    ids=" ".join,
)
def test_an_output_that_is_full_is_said_in_a_line(words: list[str]) -> None:
    done = without("</dev/null >/dev/full", *words)
    assert (done.returncode, done.stderr) == (1, "Error: No space left on device\n")


@pytest.mark.parametrize("as_json", [True, False])
def test_a_scanned_code_is_decoded_whole_and_what_a_terminal_obeys_is_escaped(as_json: bool) -> None:
    sent = "\x1b[2J10\x1d21\t\x9b31m\u202eA"
    options = ["--protocol", "scanner", *(["--json"] if as_json else [])]
    shown = CliRunner().invoke(main, ["reader", "decode", *options], input=f"{sent}\r".encode())
    assert all(sign.isprintable() for line in shown.output.splitlines() for sign in line)
    assert "\\u001b[2J10\\u001d21\\t" in shown.output
    if as_json:
        assert lines(shown.output)[0] == {"type": "code", "text": sent, "encoding": "utf-8"}


def test_id_check_tells_all_it_knows_and_null_for_the_rest() -> None:
    shown = CliRunner().invoke(main, ["id", "check", " 99010119440305002 9", "--json"])
    assert json.loads(shown.output) == {
        "number": "990101194403050029",
        "normalised": "990101194403050029",
        "kind": "foreign_2023",
        "valid": True,
        "reason": None,
        "birth": "1944-03-05",
        "sex": "女",
        "warnings": ["unknown_region"],
    }


def test_id_check_reads_a_number_that_no_process_list_shows() -> None:
    shown = CliRunner().invoke(main, ["id", "check", "-"], input="990101194403050029\n")
    assert shown.exit_code == 0
    assert shown.output.startswith("990*************29: valid")


def test_list_names_ports_as_json() -> None:
    shown = CliRunner().invoke(main, ["reader", "list", "--json"])
    assert shown.exit_code == 0
    assert all({"path", "use", "put", "usb"} <= set(port) for port in json.loads(shown.output))


def watched(port: str, *options: str) -> str:
    """What `kiosk reader watch` prints of it. Bounded: a reader that never answers fails the test."""
    done = subprocess.run(
        [*KIOSK, "reader", "watch", port, *options], capture_output=True, text=True, timeout=60, check=True
    )
    return done.stdout


def test_watch_shows_a_card_masked(tmp_path: Path, block: MakeBlock) -> None:
    """K26."""
    with sdt_emulator(tmp_path / "reader") as emulator:
        emulator.lay(block())
        shown = watched(emulator.path, "--cards", "1", "--json")
    assert lines(shown)[-1] == {
        "event": "card",
        "kind": "resident",
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
    shown = watched(str(tmp_path / "reader"), "--cards", "1", "--json")
    assert lines(shown)[-1]["number"] == "990*************13"
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
    shown = watched(str(tmp_path / "reader"), "--cards", "1")
    assert "990*************29" in shown
    emulate.send_signal(signal.SIGTERM)
    assert emulate.wait(timeout=10) == 0
    assert not (tmp_path / "reader").is_symlink()


def test_a_file_that_holds_no_people_is_refused_in_words(tmp_path: Path) -> None:
    (tmp_path / "people.toml").write_text("[[card]]\nid = 'x'\n")
    shown = CliRunner().invoke(
        main, ["reader", "emulate", "--link", str(tmp_path / "r"), "--cards", str(tmp_path / "people.toml")]
    )
    assert shown.exit_code == 2
    assert "not a file of what can be laid on it" in shown.output


def test_identity_numbers_are_checked_without_loading_serial_ports_or_screens() -> None:
    probe = (
        "import sys; from kiosk.identity import id_number, content; from kiosk.devices.sdt import framing; "
    )
    probe += "print([m for m in ('serial', 'textual', 'sqlite3', 'pydantic') if m in sys.modules])"
    shown = subprocess.run([sys.executable, "-c", probe], capture_output=True, text=True, check=True)
    assert shown.stdout.strip() == "[]"
