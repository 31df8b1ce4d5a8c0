"""The store shares a process with the screen: it loads what it uses, and no more."""

from __future__ import annotations

import importlib.util
import subprocess
import sys

import pytest


@pytest.mark.skipif(importlib.util.find_spec("numpy") is None, reason="numpy is not installed")
def test_the_store_leaves_numpy_alone_and_to_whoever_wants_it() -> None:
    code = (
        "import sys, kiosk.store.store\n"
        "assert 'numpy' not in sys.modules, 'loaded'\n"
        "import numpy\n"
        "assert numpy.array([1]).sum() == 1"
    )
    ended = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert ended.returncode == 0, ended.stderr
