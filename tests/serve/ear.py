"""An ear in a page: what really comes out of its sound, by the clock of the sound itself."""

from __future__ import annotations

from array import array
from typing import Any

from tests.serve.chromium import PATIENCE, NeverThere, Page

LOUD = 0.01
"""Of 1: a voice is above it, and noise is not."""
_EAR = """(() => {
  const ear = sound.context.createScriptProcessor(256, 1, 1);
  window.ear = { heard: [], touched: [], told: [], samples: [], keep: false };
  ear.onaudioprocess = (event) => {
    if (window.ear.keep) window.ear.samples.push(...event.inputBuffer.getChannelData(0));
  };
  // What sounds at the moment of looking: a page that is busy looks less often, and never later than it says.
  const level = new AnalyserNode(sound.context, { fftSize: 256 }), last = new Float32Array(256);
  setInterval(() => {
    level.getFloatTimeDomainData(last);
    const peak = last.reduce((most, one) => Math.max(most, Math.abs(one)), 0);
    window.ear.heard.push([sound.context.currentTime, peak]);
  }, 5);
  sound.speaker.connect(level);
  sound.speaker.connect(ear);
  ear.connect(sound.context.destination);
  for (const name of ["pointerdown", "keydown"]) {
    addEventListener(name, () => window.ear.touched.push(sound.context.currentTime), true);
  }
  const take = sound.take;
  sound.take = (message) => {
    const bytes = new Uint8Array(message);
    window.ear.told.push([sound.context.currentTime, bytes[0]]);
    take(message);
  };
  return true;
})()"""


class Ear:
    """Listens from when the page sounds."""

    def __init__(self, page: Page) -> None:
        self.page = page
        page.until("sound.context?.state", lambda state: state == "running")
        assert page.value(_EAR)

    @property
    def now(self) -> float:
        """Seconds of the sound's own clock."""
        return float(self.page.value("sound.context.currentTime"))

    @property
    def touched(self) -> list[float]:
        """When somebody touched the page or pressed a key."""
        return [float(at) for at in self.page.value("window.ear.touched")]

    def loud(self, since: float = 0.0) -> list[float]:
        """When it was."""
        return [at for at, peak in self._heard(since) if peak > LOUD]

    def silenced(self, since: float) -> float | None:
        """When the kiosk said that it is to be silent."""
        told = self.page.value("window.ear.told.filter(([at, kind]) => kind === 2)")
        return next((float(at) for at, _ in told if at >= since), None)

    def until_loud(self, since: float = 0.0, limit: float = PATIENCE) -> None:
        """Wait for a sound."""
        self.page.until(f"window.ear.heard.some(([at, peak]) => at > {since} && peak > {LOUD})", bool, limit)

    def until_quiet(self, seconds: float = 3.0) -> float:
        """Wait until nothing has sounded for so long; when it ended."""
        last = f"Math.max(0, ...window.ear.heard.filter(([, peak]) => peak > {LOUD}).map(([at]) => at))"
        told: Any = self.page.until(
            f"[sound.context.currentTime, {last}]", lambda at: at[0] - at[1] > seconds
        )
        return float(told[1])

    def stays_quiet(self, seconds: float, since: float) -> bool:
        """Nothing sounds for so long, counted by the sound's own clock."""
        self.page.until("sound.context.currentTime", lambda now: now > since + seconds)
        return not self.loud(since)

    def record(self, what: str, seconds: float) -> array[float]:
        """Every sample of what the page is made to sound. A busy machine may lose some on their way to the
        ear, not to the loudspeaker."""
        self.page.value("window.ear.samples = [], window.ear.keep = true")
        until = self.now + seconds
        self.page.value(what)
        self.page.until(f"sound.context.currentTime > {until}", bool)
        return array("d", self.page.value("window.ear.keep = false, window.ear.samples"))

    def _heard(self, since: float) -> list[tuple[float, float]]:
        heard = self.page.value(f"window.ear.heard.filter(([at]) => at > {since})")
        if heard is None:
            raise NeverThere("no ear")
        return [(float(at), float(peak)) for at, peak in heard]
