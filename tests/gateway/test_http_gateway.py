"""A gateway over real sockets: what it took, what may be tried again, and what goes out at all."""

from __future__ import annotations

import socket
import time
from pathlib import Path

import pytest

from kiosk.gateway.http_gateway import Answer, HttpGateway, Message, Taken
from kiosk.gateway.secret import FILE_NAME, LooseSecret, gateway_secret
from kiosk.safe_address import is_safe
from tests.gateway.ringing import Mood, RingingGateway

HASTE = 1.0
"""Seconds, where the settings give eight."""
MESSAGE = Message("9f" * 16, "13900000000", "社区服务中心有您的新消息。")


def sent_to(ringing: RingingGateway, secret: str = "", timeout: float = 8.0) -> Taken:
    return HttpGateway(ringing.url, secret, timeout).send(MESSAGE)


def test_a_message_is_a_number_neutral_words_and_a_key_and_nothing_else() -> None:
    with RingingGateway(secret="s3cret") as ringing:
        assert sent_to(ringing, "s3cret") is Taken.YES
    ((headers, body),) = ringing.asked
    assert body == {"key": MESSAGE.key, "to": MESSAGE.to, "text": MESSAGE.text}
    assert headers["Idempotency-Key"] == MESSAGE.key
    assert headers["Authorization"] == "Bearer s3cret"


def test_one_key_rings_once_however_often_it_is_sent() -> None:
    """The answer was lost: it is sent again, and the telephone rings no second time."""
    with RingingGateway(Mood.BROKEN) as ringing:
        assert sent_to(ringing) is Taken.LATER
        ringing.mood = Mood.GOOD
        assert sent_to(ringing) is Taken.YES
        assert (len(ringing.asked), len(ringing.sent)) == (2, 1)
        ringing.mood = Mood.HAD_IT
        assert sent_to(ringing) is Taken.YES


@pytest.mark.parametrize(
    ("mood", "taken"),
    [
        (Mood.BUSY, Taken.LATER),
        (Mood.LIMITED, Taken.LATER),
        (Mood.BROKEN, Taken.LATER),
        (Mood.LOG_IN_PAGE, Taken.LATER),
        (Mood.SILENT_YES, Taken.LATER),
        (Mood.NOT_TAKEN, Taken.LATER),
        (Mood.REFUSES, Taken.NEVER),
        (Mood.STRANGER, Taken.LATER),
        (Mood.ELSEWHERE, Taken.LATER),
    ],
)
def test_what_it_says_decides_whether_it_is_tried_again(mood: Mood, taken: Taken) -> None:
    with RingingGateway(mood) as ringing:
        assert sent_to(ringing) is taken


@pytest.mark.parametrize("mood", [Mood.SLOW, Mood.DRIPS])
def test_one_that_does_not_come_to_an_end_is_left(mood: Mood) -> None:
    with RingingGateway(mood) as ringing:
        begun = time.monotonic()
        assert sent_to(ringing, timeout=HASTE) is Taken.LATER
        assert time.monotonic() - begun < 30


def test_where_nobody_listens_it_is_tried_again() -> None:
    # The port is held, so that no other program comes to listen there meanwhile.
    with socket.socket() as held:
        held.bind(("127.0.0.1", 0))
        gone = HttpGateway(f"http://127.0.0.1:{held.getsockname()[1]}/messages", "", HASTE)
        assert gone.send(MESSAGE) is Taken.LATER
        assert gone.look() is Answer.SILENT


def test_a_look_sends_nothing_and_says_whether_we_are_let_in() -> None:
    with RingingGateway() as ringing:
        assert HttpGateway(ringing.url, "", 8.0).look() is Answer.THERE
        ringing.mood = Mood.STRANGER
        assert HttpGateway(ringing.url, "", 8.0).look() is Answer.NOT_LET_IN
    assert ringing.asked == []


@pytest.mark.parametrize(
    "url",
    ["https://sms.example.invalid/send", "http://127.0.0.1:8080/", "http://[::1]/", "http://localhost/"],
)
def test_numbers_go_over_tls_or_stay_on_this_machine(url: str) -> None:
    assert is_safe(url)


@pytest.mark.parametrize(
    "url",
    [
        "http://sms.example.invalid/send",
        "http://192.168.1.9/",
        "http://localhost.example.invalid/",
        "http://127.0.0.1.example.invalid/",
        "https://name:word@sms.example.invalid/",
        "ftp://127.0.0.1/",
        "https://",
        "https://sms.example.invalid:port/",
        "sms",
    ],
)
def test_numbers_go_nowhere_else(url: str) -> None:
    assert not is_safe(url)
    with pytest.raises(ValueError, match="https"):
        HttpGateway(url, "", HASTE)


def test_neither_number_nor_words_show_in_a_repr() -> None:
    assert "139" not in repr(MESSAGE) and "消息" not in repr(MESSAGE)


def test_the_secret_is_read_from_a_file_that_is_ours_alone(tmp_path: Path) -> None:
    assert gateway_secret(tmp_path) == ""
    file = tmp_path / FILE_NAME
    file.write_text("s3cret\n", encoding="ascii")
    file.chmod(0o600)
    assert gateway_secret(tmp_path) == "s3cret"


@pytest.mark.parametrize("mode", [0o640, 0o604, 0o644])
def test_a_secret_that_others_can_read_is_not_used(tmp_path: Path, mode: int) -> None:
    file = tmp_path / FILE_NAME
    file.write_text("s3cret", encoding="ascii")
    file.chmod(mode)
    with pytest.raises(LooseSecret) as loose:
        gateway_secret(tmp_path)
    assert "s3cret" not in str(loose.value)


def test_a_secret_of_several_lines_or_strange_signs_is_not_used(tmp_path: Path) -> None:
    for content in ("a\nb: c", "密码"):
        file = tmp_path / FILE_NAME
        file.write_text(content, encoding="utf-8")
        file.chmod(0o600)
        with pytest.raises(LooseSecret):
            gateway_secret(tmp_path)
    file.unlink()
    (tmp_path / "other").write_text("s", encoding="ascii")
    file.symlink_to(tmp_path / "other")
    with pytest.raises(LooseSecret):
        gateway_secret(tmp_path)
