"""A small box has little memory: the speaking process takes 60 MiB at most, with both languages said."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from voice.messages import Ended, Ready, Report, Say, from_line, to_line

LIMIT_MIB = 60
SAID = (
    Say(1, "您好，请把身份证放在读卡器上，听到一声响再拿开。", "zh", 7),
    Say(2, "Please put your card on the reader.", "en", 7),
)


@pytest.fixture
def child(no_device: None) -> Iterator[subprocess.Popen[bytes]]:
    command = [sys.executable, "-m", "voice.child"]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as speaking:
        yield speaking
        assert speaking.stdin
        speaking.stdin.close()


def wait_for(kind: type[Report], child: subprocess.Popen[bytes]) -> None:
    assert child.stdout
    assert any(isinstance(from_line(line), kind) for line in child.stdout), "the child ended"


def held(child: subprocess.Popen[bytes]) -> float:
    """MiB in memory, with what is shared."""
    status = Path(f"/proc/{child.pid}/status").read_text(encoding="ascii")
    return next(int(line.split()[1]) for line in status.splitlines() if line.startswith("VmRSS")) / 1024


def test_the_speaking_process_stays_small_with_both_languages_said(child: subprocess.Popen[bytes]) -> None:
    wait_for(Ready, child)
    assert child.stdin
    for order in SAID:
        child.stdin.write(to_line(order))
        child.stdin.flush()
        wait_for(Ended, child)
    assert held(child) < LIMIT_MIB


def test_reading_chinese_brings_less_than_two_mib_along() -> None:
    """The table stays on the disk; nothing else is loaded for it."""
    program = """
import sys
def held():
    with open("/proc/self/status") as status:
        return next(int(line.split()[1]) for line in status if line.startswith("VmRSS"))
from voice.engines.pinyin import to_pinyin
before = held()
to_pinyin("您好，请把身份证放在读卡器上，听到一声响再拿开。")
print(held() - before, "pypinyin" in sys.modules)
"""
    grown, pypinyin = subprocess.check_output([sys.executable, "-c", program], text=True).split()
    assert int(grown) < 2 * 1024
    assert pypinyin == "False"
