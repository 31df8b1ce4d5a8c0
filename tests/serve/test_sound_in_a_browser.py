"""What a visit says sounds in its own page in a real Chromium, after the touch that browsers ask for, and
nowhere else."""

from __future__ import annotations

import json
import math
import time
from array import array
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import pytest

from kiosk.catalogue import load_catalogue
from kiosk.identity.people import load_people
from kiosk.paths import shipped_config
from tests.journeys.resident import words
from tests.robots.test_old_people import figures_said
from tests.serve.chromium import PATIENCE, NeverThere, Page
from tests.serve.conftest import PER_MM, Serve, Served, Tablet
from tests.serve.ear import Ear
from tests.serve.glass import FIRST, ZHANG, Glass, at_the_first_page, come_with_card
from tests.serve.slow_line import SlowLine
from tests.slowness import slowness

pytestmark = pytest.mark.slow
STATE = "document.body?.dataset.state"
SOON = 0.2
"""Seconds in which it is silent (K08)."""
STILL = 5.0
"""Seconds in which a voice is begun anew and a sentence begins; who begins none by then has none to say."""
_TONE = """(() => {
  const message = (kind, at, samples) => {
    const bytes = new ArrayBuffer(10 + 2 * samples.length), view = new DataView(bytes);
    view.setUint8(0, kind), view.setUint32(2, 77, true), view.setUint32(6, at, true);
    new Int16Array(bytes, 10).set(samples);
    return kind === 2 ? bytes.slice(0, 6) : bytes;
  };
  sound.take(message(2, 0, []));
  for (let at = 0; at < 25 * 882; at += 882) {
    sound.take(message(1, at, Int16Array.from({ length: 882 }, (_, n) => 16384 * Math.sin((at + n) / 10))));
  }
})()"""


def touch(page: Page) -> None:
    """Once the page asks for it."""
    page.until(STATE, lambda state: state == "touch")
    page.touch((640, 400))


def ear_at(page: Page) -> Ear:
    """At the first page of a visit that somebody has touched for."""
    touch(page)
    ear = Ear(page)
    at_the_first_page(page)
    return ear


def press_until(glass: Glass, key: str, wanted: str) -> None:
    """As often as people do."""
    end = time.monotonic() + PATIENCE
    while wanted not in glass.text:
        assert time.monotonic() < end, glass.picture()
        glass.tap(key)
        glass.sees(lambda text: wanted in text)


def until_all_is_said(ear: Ear, log: Path) -> None:
    """Also by a voice that had to be begun anew in between, or by captions alone."""
    said, since = said_in(log), time.monotonic()
    end = since + PATIENCE
    while not said or said[-1]["event"] == "start" or time.monotonic() < since + STILL:
        assert time.monotonic() < end
        ear.page.browser.listen(0.1)
        if (now := said_in(log)) != said:
            said, since = now, time.monotonic()
    ear.until_quiet(1.0)


def devices(log: Path) -> set[str]:
    """Where it was said; some of it in captions alone, where a busy machine was too late."""
    return {line["device"] for line in said_in(log)} - {"none"}


def said_in(log: Path) -> list[dict[str, str]]:
    """What the visits have said so far."""
    return [json.loads(line) for line in log.read_text(encoding="utf-8").splitlines()] if log.exists() else []


@pytest.fixture
def log(tmp_path: Path) -> Path:
    return tmp_path / "speech.jsonl"


@pytest.fixture
def served(serve: Serve, log: Path) -> Served:
    """One whose visits speak."""
    return serve("--demo", KIOSK_SOUND="on", KIOSK_SPEECH_LOG=str(log))


def test_after_one_touch_a_visit_is_said_from_its_first_word(
    served: Served, tablet: Tablet, log: Path, tmp_path: Path
) -> None:
    """K03: nobody is spoken to before they have come; then the page sounds by itself."""
    page = tablet(served)
    page.until(STATE, lambda state: state == "touch")
    page.picture(tmp_path / "touch.png")
    texts = load_catalogue("browser")
    shown = str(page.value("document.body.innerText"))
    for key in ("tablet.touch", "tablet.touch_how"):
        assert all(texts[key].show(language) in shown for language in ("zh", "en"))
    assert page.value("sound.context.state") == "suspended", "the browser lets no page sound by itself"
    assert served.visits() == set()
    ear = ear_at(page)
    ear.until_loud()
    until_all_is_said(ear, log)
    assert len(ear.loud()) > 50
    first = next(line for line in said_in(log) if line["device"] == "browser")
    assert first["event"] == "start"
    assert first["text"] and first["text"][:2] in load_catalogue("resident")["language.heading"].show("zh")
    assert page.complaints() == []
    ours = (served.base, served.base.replace("http", "ws"))
    assert all(asked.startswith(ours) for asked in page.asked_for())


@pytest.mark.parametrize("begun_by", ["touch", "key"])
def test_what_begins_a_visit_begins_it_once(served: Served, tablet: Tablet, begun_by: str) -> None:
    """The other way to begin is a touch or a key as any other from then on, even one that says nothing."""
    page = tablet(served)
    page.until(STATE, lambda state: state == "touch")
    page.value(_NOTES_STATES)
    page.touch((640, 400)) if begun_by == "touch" else page.press("Enter", 13, "\r")
    at_the_first_page(page)
    assert page.value("window.states") == ["wait", "sitting"]
    page.press("Shift", 16) if begun_by == "touch" else page.touch((5, 5))
    assert page.value("window.states") == ["wait", "sitting"]


_NOTES_STATES = """(() => {
  window.states = [];
  new MutationObserver(() => {
    const [last, now] = [window.states.at(-1), document.body.dataset.state];
    if (now !== last) window.states.push(now);
  }).observe(document.body, { attributes: true });
})()"""


def test_where_the_sound_opens_late_and_unasked_nobody_has_to_touch(served: Served, tablet: Tablet) -> None:
    """A browser that wants no touch, and a loudspeaker that is long about it."""
    page = tablet(served)
    page.until(STATE, lambda state: state == "touch")
    page.call("Runtime.evaluate", {"expression": "void sound.context.resume()", "userGesture": True})
    at_the_first_page(page)


@pytest.mark.alone
@pytest.mark.parametrize("how", ["touch", "key", "kiosk"])
def test_a_touch_or_a_key_is_followed_by_silence(served: Served, tablet: Tablet, how: str) -> None:
    """K08: in the page at once, and soon from the kiosk, also where the page itself does nothing."""
    page = tablet(served)
    ear = ear_at(page)
    if how == "kiosk":
        page.value("sound.touched = () => {}")
    glass = Glass(page)
    # a busy machine, or a touch that falls between two sentences
    assert any(is_silenced(page, ear, glass, how) for _ in range(3))
    ear.until_loud(ear.now)


def is_silenced(page: Page, ear: Ear, glass: Glass, how: str) -> bool:
    """By one touch, in the midst of what it says, soon and for good."""
    since = ear.now
    if ear.touched:
        glass.type("r")
    ear.until_loud(since)
    page.until("sound.context.currentTime", lambda now: now > ear.loud(since)[0] + 0.5)
    before = len(ear.touched)
    glass.tap("2") if how == "touch" else glass.type("2")
    page.until("window.ear.touched.length", lambda count: count > before)
    touched = ear.touched[before]
    with suppress(NeverThere):
        page.until(f"window.ear.told.some(([at, kind]) => kind === 2 && at > {touched})", bool, 5.0)
    told = ear.silenced(touched)
    if told is None or told - touched >= SOON * slowness():
        return False
    page.until("sound.context.currentTime", lambda now: now > told + SOON)
    went_on = ear.loud(told + 0.03 if how == "kiosk" else touched + 0.05)
    return not [at for at in went_on if at < told + 0.09]


def test_two_visits_do_not_hear_one_another(served: Served, tablet: Tablet, log: Path) -> None:
    one, other = tablet(served), tablet(served)
    ears = [ear_at(one), ear_at(other)]
    for ear in ears:
        ear.until_loud()
    for ear in ears:
        until_all_is_said(ear, log)
    since = [ear.now for ear in ears]
    glass = Glass(other)
    glass.type("r")
    ears[1].until_loud(since[1])
    until_all_is_said(ears[1], log)
    assert not ears[0].loud(since[0])
    for address in one.asked_for() + other.asked_for():
        assert address.startswith((served.base, served.base.replace("http", "ws")))


def test_whoever_comes_next_is_spoken_to_without_another_touch_to_begin(
    served: Served, tablet: Tablet, log: Path
) -> None:
    """A sitting ends with its process; the page stays, and takes the voice of the next one."""
    page = tablet(served)
    ear = ear_at(page)
    glass = at_the_first_page(page)
    press_until(glass, "1", words("home.heading"))
    press_until(glass, "0", words("leave.heading"))
    press_until(glass, "1", FIRST)
    since = ear.now
    ear.until_loud(since)
    until_all_is_said(ear, log)
    begun = [line["screen"] for line in said_in(log) if line["event"] == "start"]
    left = max(at for at, screen in enumerate(begun) if screen == "leave")
    assert "language" in begun[left:] and begun[-1] == "language"
    assert devices(log) == {"browser"}


@pytest.mark.alone
def test_what_comes_in_pieces_sounds_as_one(served: Served, tablet: Tablet, log: Path) -> None:
    page = tablet(served)
    ear = ear_at(page)
    ear.until_loud()
    until_all_is_said(ear, log)
    # a busy machine may lose a piece on its way to the ear
    assert any(is_the_tone(ear.record(_TONE, 1.5)) for _ in range(3))


def is_the_tone(recorded: array[float]) -> bool:
    """Sample for sample, and silence behind it."""
    begun = next((at for at, sample in enumerate(recorded) if abs(sample) > 1e-4), 0) - 1
    length = 25 * 882
    if begun < 0 or len(recorded) < begun + length + 2000:
        return False
    right = all(abs(recorded[begun + at] - math.sin(at / 10) / 2) < 0.01 for at in range(length))
    return right and not any(recorded[begun + length + 10 : begun + length + 2000])


def test_a_visit_works_in_a_browser_that_never_sounds(served: Served, tablet: Tablet, log: Path) -> None:
    page = tablet(served)
    page.call(
        "Page.addScriptToEvaluateOnNewDocument",
        {"source": "AudioContext.prototype.resume = () => new Promise(() => {});"},
    )
    page.reload()
    touch(page)
    glass = at_the_first_page(page)
    glass.type_until("2", _SHOWS_ENGLISH, bool)
    glass.shows("Help")
    assert page.value("sound.context.state") == "suspended"
    page.until("true", lambda _: said_in(log))
    assert {line["device"] for line in said_in(log)} == {"none"}
    assert page.complaints() == []


_SHOWS_ENGLISH = """(() => {
  for (let row = 0; row < terminal.rows; row++) {
    if (terminal.buffer.active.getLine(row).translateToString().includes("Help")) return true;
  }
  return false;
})()"""


@pytest.mark.parametrize("way", ["option", "settings"])
def test_where_it_is_switched_off_nobody_is_asked_to_touch(
    serve: Serve, tablet: Tablet, log: Path, tmp_path: Path, way: str
) -> None:
    settings = tmp_path / "kiosk.toml"
    shipped = shipped_config().read_text(encoding="utf-8")
    assert shipped.count("\nsound = true") == 1
    settings.write_text(shipped.replace("\nsound = true", "\nsound = false"), encoding="utf-8")
    options = ("--silent",) if way == "option" else ("--config", str(settings))
    served = serve("--demo", *options, KIOSK_SOUND="on", KIOSK_SPEECH_LOG=str(log))
    page = tablet(served)
    at_the_first_page(page)
    assert page.value("sound.context") is None
    page.touch((640, 400))
    page.until("document.body.innerText", bool)
    assert page.value("sound.context") is None
    assert {line["device"] for line in said_in(log)} <= {"none"}


@pytest.mark.alone
def test_a_line_that_is_cut_is_silent(served: Served, tablet: Tablet) -> None:
    with line_to(served) as (line, base):
        page = tablet_at(tablet, served, base)
        ear = ear_at(page)
        ear.until_loud()
        line.close()
        page.until(STATE, lambda state: state == "wait")
        cut = ear.now
        assert ear.stays_quiet(1.0, cut + 0.25)


@pytest.mark.alone
def test_a_slow_line_costs_the_sound_and_not_the_visit(served: Served, tablet: Tablet, log: Path) -> None:
    """Half of what sound needs: pages turn, and what would come too late is not said behind them."""
    with line_to(served) as (line, base):
        page = tablet_at(tablet, served, base)
        ear = ear_at(page)
        ear.until_loud()
        line.bytes_a_second = 20_000
        glass = Glass(page)
        glass.type_until("2", _SHOWS_ENGLISH, bool)
        end = time.monotonic() + PATIENCE
        while said_in(log)[-1]["device"] != "none":
            assert time.monotonic() < end
            glass.take()
        line.bytes_a_second = 0
        say_again_until_loud(glass, ear)


@pytest.mark.alone
def test_where_the_line_stands_still_no_more_sounds_than_was_sent_ahead_and_then_it_goes_on(
    served: Served, tablet: Tablet
) -> None:
    with line_to(served) as (line, base):
        page = tablet_at(tablet, served, base)
        ear = ear_at(page)
        ear.until_loud()
        glass = Glass(page)
        line.open.clear()
        stood = ear.now
        page.until("sound.context.currentTime", lambda now: now > stood + 3.5)
        assert max(ear.loud(stood), default=stood) < stood + 1.5
        line.open.set()
        say_again_until_loud(glass, ear)


def say_again_until_loud(glass: Glass, ear: Ear) -> None:
    """Once the line is well again, and has been for a while."""
    since, end = ear.now, time.monotonic() + PATIENCE
    while not ear.loud(since):
        assert time.monotonic() < end
        glass.type("r")
        glass.sees(lambda _: ear.loud(since))


@pytest.mark.parametrize("output", ["loudspeaker", "private"])
def test_a_tablet_is_a_room(
    serve: Serve, tablet: Tablet, log: Path, data: Path, tmp_path: Path, output: str
) -> None:
    """K26: whatever the box itself has, no number of a card is said in full; and nothing said is kept."""
    settings = tmp_path / "kiosk.toml"
    shipped = shipped_config().read_text(encoding="utf-8")
    settings.write_text(shipped.replace('output = "loudspeaker"', f'output = "{output}"'), encoding="utf-8")
    served = serve("--demo", "--config", str(settings), KIOSK_SOUND="on", KIOSK_SPEECH_LOG=str(log))
    page = tablet(served)
    ear = ear_at(page)
    come_with_card(page)
    ear.until_loud()
    until_all_is_said(ear, log)
    person = load_people()[ZHANG - 1]
    said = "".join(line["text"] for line in said_in(log))
    assert said and person.name not in said
    assert not any(person.number[:-1] in figures for figures in figures_said(log))
    assert devices(log) == {"browser"}
    events = (data / "kiosk.log").read_text(encoding="utf-8") if (data / "kiosk.log").exists() else ""
    assert FIRST not in events and person.name not in events and person.number not in events


@contextmanager
def line_to(served: Served) -> Iterator[tuple[SlowLine, str]]:
    """A line to the kiosk that can be made slow, and the address at its other end."""
    line = SlowLine(int(served.base.rpartition(":")[2]))
    try:
        yield line, f"http://127.0.0.1:{line.port}"
    finally:
        line.close()


def tablet_at(tablet: Tablet, served: Served, base: str) -> Page:
    """One that has another address for the kiosk."""
    page = tablet(served)
    page.go(f"{base}/")
    page.until(STATE, lambda state: state in ("touch", "measure"))
    page.value(f"localStorage.setItem(MEASURED, '{PER_MM}')")
    page.go(f"{base}/")
    return page
