"""Papers laid under the kiosk's camera: in memory, sealed with the application, or gone with the visit."""

from __future__ import annotations

import io
import queue
import sys
import time
from collections.abc import Callable, Mapping
from dataclasses import replace
from pathlib import Path

import pytest
from PIL import Image

from kiosk.cases.materials import Kind
from kiosk.cases.states import RESIDENT, Actor, Role
from kiosk.flow.moves import Back, Choose, Move, Quiet
from kiosk.flow.pictures import PapersShown, PictureTaken
from kiosk.paper.cameras import DrawnPapers, PaperCamera, ProgramSource
from kiosk.paper.sample import sample_paper
from kiosk.sitting.visit import Visit
from kiosk.store import Store
from tests.conftest import StandingClock
from tests.flow.residents import AT_EIGHTY, WORLD, ways_on
from tests.sitting.conftest import START, ZONE, made

SEEING = replace(WORLD, camera=True)
CARD = sample_paper("样张", "身份证")
WANG = Actor("王丽", Role.STAFF)
AT_CAMERA: Mapping[str, Move] = {**AT_EIGHTY, "papers": Choose("yes")}


def writes(content: bytes) -> tuple[str, ...]:
    return (sys.executable, "-c", f"import sys; sys.stdout.buffer.write({content!r})")


def visit_with(store: Store, clock: StandingClock, camera: PaperCamera, most_mib: int = 40) -> Visit:
    return Visit(SEEING, store, b"k" * 32, clock, zone=ZONE, camera=camera, papers_mib=most_mib)


def behind(*command: str, longest: float = 30.0) -> PaperCamera:
    return PaperCamera(ProgramSource(command, longest), 8)


def led_to(visit: Visit, until: str, said: Mapping[str, Move] = AT_CAMERA) -> None:
    """On, with the first way on of every page."""
    for _ in range(60):
        if visit.sitting.place.startswith(until):
            return
        visit.do(said.get(visit.sitting.place) or next(ways_on(visit.sitting), Choose("go")))
    raise AssertionError(f"never came to {until}, but to {visit.sitting.place}")


def laying(visit: Visit) -> Visit:
    made(visit, *START)
    led_to(visit, "papers-lay")
    return visit


def test_what_was_taken_is_sealed_with_the_application_under_the_paper_it_is_of(
    store: Store, clock: StandingClock
) -> None:
    visit = laying(visit_with(store, clock, behind(*writes(CARD))))
    made(visit, Choose("take"), Choose("again"), Choose("take"), Choose("go"))
    led_to(visit, "submit")
    visit.do(Choose("submit"))
    receipt = visit.sitting.receipt
    assert receipt is not None
    case = store.case(receipt.case_id)
    assert [(one.material, one.kind, one.by) for one in case.attachments] == [
        ("id-card", Kind.PNG, RESIDENT.name)
    ] * 2
    assert case.standings == {}, "nobody of the centre has looked at it yet"
    assert store.look_at(receipt.case_id, WANG, 1).kind is Kind.PNG
    assert [event.kind for event in case.events][:3] == ["submitted", "attached", "attached"]


@pytest.mark.parametrize("laid", [True, False])
def test_a_paper_that_was_here_and_laid_has_its_line_at_the_desk(
    store: Store, clock: StandingClock, laid: bool
) -> None:
    """Where staff look for its picture. Without one it was only shown, and nobody brings it again."""
    service = SEEING.services["disability-allowance"]
    without = {f"papers-lay:{one.id}": Choose("done") for one in service.material}
    said = {**AT_CAMERA, **without, "question:certificate_paper": Choose("here")}
    visit = visit_with(store, clock, behind(*writes(CARD)))
    made(visit, *START[:-1], Choose(service.id))
    if laid:
        led_to(visit, "papers-lay:certificate", said)
        made(visit, Choose("take"), Choose("go"))
    led_to(visit, "submit", said)
    visit.do(Choose("submit"))
    assert visit.sitting.receipt is not None
    case = store.case(visit.sitting.receipt.case_id)
    assert ("certificate" in {one.id for one in case.submission.materials}) is laid
    assert ("certificate" in {one.material for one in case.attachments}) is laid


def test_a_press_that_is_sent_twice_keeps_the_pictures_once(store: Store, clock: StandingClock) -> None:
    """K13."""
    visit = laying(visit_with(store, clock, behind(*writes(CARD))))
    made(visit, Choose("take"), Choose("go"))
    led_to(visit, "submit")
    before = visit.sitting
    visit.do(Choose("submit"))
    first = visit.sitting.receipt
    visit.sitting = before
    visit.do(Choose("submit"))
    assert first is not None and visit.sitting.receipt == first
    assert len(store.attachments(first.case_id)) == 1


@pytest.mark.parametrize(
    "leaving",
    [(Quiet(), Quiet(over=True)), (Choose("wrong"),)],
    ids=["goes away", "a wrong one"],
)
def test_what_is_not_handed_in_is_nowhere(
    store: Store, clock: StandingClock, tmp_path: Path, leaving: tuple[Move, ...]
) -> None:
    """K32: no file ever held it, and the visit has let go of it."""
    visit = laying(visit_with(store, clock, behind(*writes(CARD))))
    made(visit, Choose("take"))
    assert visit._paper_room._copies
    made(visit, *leaving)
    assert visit._paper_room._copies == {} and visit.sitting.papers.taken == ()
    assert not any(CARD[-64:] in one.read_bytes() for one in tmp_path.rglob("*") if one.is_file())


def test_a_kept_draft_holds_no_picture(store: Store, clock: StandingClock) -> None:
    visit = laying(visit_with(store, clock, behind(*writes(CARD))))
    made(visit, Choose("take"), Choose("go"))
    draft = store._db.execute("SELECT length(sealed) AS size FROM draft").fetchone()
    assert draft["size"] < len(CARD)


def grey(light: int) -> bytes:
    out = io.BytesIO()
    Image.new("L", (800, 1100), light).save(out, "PNG")
    return out.getvalue()


@pytest.mark.parametrize(
    ("camera", "trouble"),
    [
        (behind(*writes(grey(3))), "dark"),
        (behind(*writes(grey(250))), "blank"),
        (behind(*writes(b"GIF89a")), "failed"),
        (behind(sys.executable, "-c", "raise SystemExit(1)"), "failed"),
        (behind("no-such-camera"), "failed"),
        (behind(sys.executable, "-c", "import time; time.sleep(60)", longest=1.0), "failed"),
    ],
    ids=["dark", "empty", "no picture", "off", "not there", "hangs"],
)
def test_a_picture_that_did_not_come_out_is_told_and_nothing_is_kept(
    store: Store, clock: StandingClock, camera: PaperCamera, trouble: str
) -> None:
    """K14."""
    visit = laying(visit_with(store, clock, camera))
    page = visit.do(Choose("take"))
    assert page.id == "papers-lay:id-card" and page.error == WORLD.texts[f"papers_trouble.{trouble}"]
    assert visit._paper_room._copies == {}


def test_more_than_a_case_may_hold_is_not_kept_and_staff_are_shown_it(
    store: Store, clock: StandingClock, tmp_path: Path
) -> None:
    large = tmp_path / "large.jpg"
    Image.effect_noise((1100, 1100), 90).save(large, quality=95)
    visit = laying(visit_with(store, clock, behind("cat", str(large)), most_mib=1))
    made(visit, Choose("take"), Choose("again"))
    page = visit.do(Choose("take"))
    assert page.error == WORLD.texts["papers_trouble.full"] and len(visit.sitting.papers.taken) == 1


def test_in_a_demo_a_paper_of_that_name_is_drawn(store: Store, clock: StandingClock) -> None:
    visit = laying(visit_with(store, clock, PaperCamera(DrawnPapers("样张"), 8)))
    assert visit.do(Choose("take")).id == "papers-taken:id-card"


def until(holds: Callable[[], bool]) -> None:
    late = time.monotonic() + 20
    while not holds():
        assert time.monotonic() < late
        time.sleep(0.01)


WAITS = """
import os, subprocess, sys
child = subprocess.Popen([sys.executable, "-c", "import time; time.sleep(300)"])
open(sys.argv[1], "w").write(f"{os.getpid()} {child.pid}\\n")
child.wait()
"""


class Beside:
    """A visit that is told of its pictures while the person goes on, as at the kiosk."""

    def __init__(self, store: Store, clock: StandingClock, camera: PaperCamera) -> None:
        self.visit = visit_with(store, clock, camera)
        self.told: queue.SimpleQueue[Move] = queue.SimpleQueue()
        self.visit.listen(self.told.put)
        laying(self.visit)


def alive(pid: int) -> bool:
    """Ended and not yet taken note of by its parent counts as ended."""
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except OSError:
        return False


def test_the_page_says_at_once_that_it_is_being_taken_and_then_that_it_is_there(
    store: Store, clock: StandingClock
) -> None:
    beside = Beside(store, clock, behind(*writes(CARD)))
    assert beside.visit.do(Choose("take")).id == "papers-taking:id-card"
    news = beside.told.get(timeout=20)
    assert beside.visit.do(news).id == "papers-taken:id-card"


@pytest.mark.parametrize("leaving", ["back", "away"])
def test_a_camera_runs_no_longer_than_somebody_waits_for_it_nor_what_it_has_started(
    store: Store, clock: StandingClock, tmp_path: Path, leaving: str
) -> None:
    """K32: nothing is looked at that they do not know of; whoever comes next finds the camera free."""
    pids = tmp_path / "pids"
    beside = Beside(store, clock, behind(sys.executable, "-c", WAITS, str(pids)))
    beside.visit.do(Choose("take"))
    until(lambda: pids.exists() and pids.read_text().endswith("\n"))
    running = [int(pid) for pid in pids.read_text().split()]
    assert all(alive(pid) for pid in running)
    if leaving == "back":
        beside.visit.do(Back())
    else:
        # the visit's own store is closed with it; the fixture closes another handle of the same
        beside.visit._paper_room.close()
    until(lambda: not any(alive(pid) for pid in running))


def test_who_goes_back_and_presses_again_gets_the_second_picture_and_not_the_first(
    store: Store, clock: StandingClock, tmp_path: Path
) -> None:
    gate = tmp_path / "first"
    waits_once = (
        "import os, sys, time\n"
        "first = not os.path.exists(sys.argv[1])\n"
        "open(sys.argv[1], 'w').close()\n"
        "time.sleep(300) if first else sys.stdout.buffer.write(bytes.fromhex(sys.argv[2]))"
    )
    beside = Beside(store, clock, behind(sys.executable, "-c", waits_once, str(gate), CARD.hex()))
    beside.visit.do(Choose("take"))
    until(gate.exists)
    made(beside.visit, Back(), Choose("take"))
    news = beside.told.get(timeout=20)
    assert isinstance(news, PictureTaken) and not news.trouble
    assert beside.visit.do(news).id == "papers-taken:id-card"
    assert beside.told.empty()


def test_a_switch_in_the_middle_leaves_no_picture(store: Store, clock: StandingClock) -> None:
    visit = laying(visit_with(store, clock, behind(*writes(CARD))))
    made(visit, Choose("take"))
    store.stop_service("elderly-allowance", Actor("陈明", Role.MANAGER), "换了规定")
    visit.do(Choose("go"))
    assert visit.sitting.papers == PapersShown() and visit._paper_room._copies == {}
