"""Papers at the desk: ticked, asked for all at once, kept as copies, looked at."""

from __future__ import annotations

import io
import sys
from dataclasses import replace
from pathlib import Path

import pytest
from PIL import Image
from textual.widgets import Input

from kiosk.cases.materials import Copy, Kind, Standing
from kiosk.config import Materials
from kiosk.paper.sample import sample_paper
from kiosk.paper.taking import FILE
from screens.desk.app import DeskApp
from screens.desk.copies import CopiesPage
from screens.desk.copy_file import CopyFile
from screens.desk.in_terminal import can_draw, drawn
from screens.desk.materials import MaterialsPage
from screens.desk.sure import Sure
from tests.desk_screens.desk_site import CHEN, WANG, XIAOLIN, Site, page, press, seen, sign_in, told, write
from tests.desk_screens.test_desk_fits import NEW_SIZES, assert_fits

BOOKLET = Copy(Kind.PNG, sample_paper("样张", "户口簿"))


def desk(site: Site, language: str = "zh", *, demo: bool = False, **settings: object) -> DeskApp:
    app = site.desk(language)
    app.counter.materials = replace(Materials(), **settings)  # type: ignore[arg-type]
    app.counter.demo = demo
    return app


def taken_case(site: Site) -> str:
    case_id = site.submit()
    site.store.claim(case_id, site.actor(WANG))
    return case_id


async def test_each_paper_is_ticked_under_the_name_of_whoever_saw_it(site: Site) -> None:
    taken_case(site)
    async with desk(site).run_test(size=(80, 60)) as pilot:
        await sign_in(pilot, site)
        await press(pilot, "enter", "m")
        assert isinstance(page(pilot), MaterialsPage)
        assert "老人身份证" in seen(pilot) and "还没看" in seen(pilot)
        await press(pilot, "s")
        assert "看过原件" in seen(pilot) and "记下了" in told(pilot)
        await press(pilot, "escape")
        assert "王丽看过原件：老人身份证" in seen(pilot)
    assert site.store.case("case-1").standings == {"id-card": Standing.SEEN}


async def test_what_is_missing_stands_ticked_where_it_is_asked_for(site: Site) -> None:
    """K36: all at once."""
    taken_case(site)
    async with desk(site).run_test(size=(80, 24)) as pilot:
        await sign_in(pilot, site)
        await press(pilot, "enter", "m", "x", "escape")
        assert "！缺" in seen(pilot)
        await press(pilot, "i", "f10")
    assert site.store.case("case-1").missing == "老人身份证"


async def test_a_copy_comes_from_a_file_without_what_the_telephone_wrote_beside_it(
    site: Site, tmp_path: Path
) -> None:
    taken_case(site)
    exif = Image.Exif()
    exif[0x010E] = "样本市幸福路一号"
    photograph = tmp_path / "booklet.jpg"
    Image.new("RGB", (80, 60), "white").save(photograph, "JPEG", exif=exif)
    async with desk(site).run_test(size=(80, 24)) as pilot:
        await sign_in(pilot, site)
        await press(pilot, "enter", "m", "f")
        assert isinstance(page(pilot), CopyFile)
        await write(pilot, str(photograph))
        await press(pilot, "enter")
        assert isinstance(page(pilot), MaterialsPage) and "存好了" in told(pilot)
    kept = site.store.look_at("case-1", site.actor(WANG), 1)
    assert not Image.open(io.BytesIO(kept.content)).getexif()


async def test_a_file_that_cannot_be_kept_says_why_and_its_name_stays_to_be_put_right(
    site: Site, tmp_path: Path
) -> None:
    """K14."""
    taken_case(site)
    (tmp_path / "letter.doc").write_bytes(b"PK\x03\x04" * 20)
    async with desk(site).run_test(size=(80, 24)) as pilot:
        await sign_in(pilot, site)
        await press(pilot, "enter", "m", "f")
        await write(pilot, str(tmp_path / "letter"))
        await press(pilot, "enter")
        assert "找不到" in told(pilot)
        await write(pilot, ".doc")
        await press(pilot, "enter")
        assert "JPEG、PNG或PDF" in told(pilot).replace(" ", "")
    assert site.store.attachments("case-1") == ()


@pytest.mark.parametrize("typed", ["", "~nobody-has-this-name/x", "长" * 10_000], ids=["", "home", "long"])
async def test_what_is_no_file_at_all_is_told(site: Site, typed: str) -> None:
    """K14."""
    taken_case(site)
    async with desk(site).run_test(size=(80, 24)) as pilot:
        await sign_in(pilot, site)
        await press(pilot, "enter", "m", "f")
        page(pilot).query_one(Input).value = typed
        await press(pilot, "enter")
        assert "找不到" in told(pilot)


async def test_a_scanner_brings_the_picture_and_where_there_is_none_no_key_offers_it(site: Site) -> None:
    taken_case(site)
    program = f"import sys; sys.stdout.buffer.write({BOOKLET.content!r})"
    async with desk(site, command=(sys.executable, "-c", program)).run_test(size=(80, 24)) as pilot:
        await sign_in(pilot, site)
        await press(pilot, "enter", "m", "t")
        assert "存好了" in told(pilot)
    assert [one.material for one in site.store.attachments("case-1")] == ["id-card"]
    async with desk(site).run_test(size=(80, 24)) as pilot:
        await sign_in(pilot, site)
        await press(pilot, "enter", "m")
        assert "扫描" not in seen(pilot)


async def test_a_scanner_that_is_off_is_told_with_the_way_on(site: Site) -> None:
    taken_case(site)
    async with desk(site, command=(sys.executable, "-c", "raise SystemExit(1)")).run_test() as pilot:
        await sign_in(pilot, site)
        await press(pilot, "enter", "m", "t")
        assert "机器没有反应" in told(pilot)


async def test_the_same_key_takes_the_next_page_and_says_how_many_and_how_large(site: Site) -> None:
    taken_case(site)
    async with desk(site, demo=True).run_test(size=(80, 24)) as pilot:
        await sign_in(pilot, site)
        await press(pilot, "enter", "m", "t")
        assert "第1份" in told(pilot).replace(" ", "") and "KB" in told(pilot)
        await press(pilot, "t")
        assert "第2份" in told(pilot).replace(" ", "")
    assert site.store.case("case-1").standings == {"id-card": Standing.KEPT}


@pytest.mark.parametrize(
    ("grey", "size", "said"),
    [(5, (800, 1100), "太暗"), (250, (800, 1100), "没有字"), (250, (160, 120), "图太小")],
    ids=["dark", "empty", "small"],
)
async def test_a_picture_of_nothing_is_not_kept_and_it_is_said_what_to_do(
    site: Site, grey: int, size: tuple[int, int], said: str
) -> None:
    """K14."""
    taken_case(site)
    out = io.BytesIO()
    Image.new("L", size, grey).save(out, "PNG")
    program = f"import sys; sys.stdout.buffer.write({out.getvalue()!r})"
    async with desk(site, command=(sys.executable, "-c", program)).run_test(size=(80, 24)) as pilot:
        await sign_in(pilot, site)
        await press(pilot, "enter", "m", "t")
        assert said in told(pilot)
    assert site.store.attachments("case-1") == ()


async def test_a_wrong_picture_is_left_out_after_one_more_question(site: Site) -> None:
    """K15."""
    case_id = taken_case(site)
    for _ in range(2):
        site.store.attach(case_id, site.actor(WANG), "id-card", BOOKLET, 40)
    async with desk(site).run_test(size=(80, 60)) as pilot:
        await sign_in(pilot, site)
        await press(pilot, "enter", "m", "enter", "x")
        assert isinstance(page(pilot), Sure) and "找不回来" in seen(pilot)
        await press(pilot, "enter")
        assert [one.n for one in site.store.attachments(case_id)] == [1, 2]
        await press(pilot, "x", "down", "enter")
        assert isinstance(page(pilot), CopiesPage) and "图已经删了" in told(pilot)
        assert [one.n for one in site.store.attachments(case_id)] == [2]
        await press(pilot, "x", "down", "enter")
        assert isinstance(page(pilot), MaterialsPage)
        await press(pilot, "escape")
        assert "王丽去掉了一份图：老人身份证" in seen(pilot).replace(" ", "")
    assert site.store.case(case_id).standings == {}


async def test_who_may_not_add_a_copy_may_not_leave_one_out(site: Site) -> None:
    """K42."""
    site.store.attach(taken_case(site), site.actor(WANG), "id-card", BOOKLET, 40)
    async with desk(site).run_test(size=(80, 24)) as pilot:
        await sign_in(pilot, site, CHEN)
        await press(pilot, "enter", "m", "enter", "x")
        assert isinstance(page(pilot), CopiesPage) and "去掉这份" not in seen(pilot)


async def test_a_pdf_says_that_what_its_program_wrote_into_it_stays(site: Site, tmp_path: Path) -> None:
    taken_case(site)
    (tmp_path / "paper.pdf").write_bytes(b"%PDF-1.7\n" + bytes(50) + b"\n%%EOF\n")
    async with desk(site).run_test(size=(80, 24)) as pilot:
        await sign_in(pilot, site)
        await press(pilot, "enter", "m", "f")
        await write(pilot, str(tmp_path / "paper.pdf"))
        await press(pilot, "enter")
        assert isinstance(page(pilot), MaterialsPage) and "PDF里" in told(pilot).replace(" ", "")


async def test_in_a_demo_a_drawn_paper_stands_for_the_scanner(site: Site) -> None:
    taken_case(site)
    async with desk(site, demo=True).run_test(size=(80, 24)) as pilot:
        await sign_in(pilot, site)
        await press(pilot, "enter", "m", "t")
    assert site.store.look_at("case-1", site.actor(WANG), 1).kind is Kind.PNG


SHOWS = "import sys, time; open(sys.argv[2], 'wb').write(open(sys.argv[1], 'rb').read()); time.sleep(60)"


async def test_a_look_is_recorded_and_the_window_closes_when_the_desk_goes_on(
    site: Site, tmp_path: Path
) -> None:
    """K42."""
    site.store.attach(taken_case(site), site.actor(WANG), "id-card", BOOKLET, 40)
    viewer = (sys.executable, "-c", SHOWS, FILE, str(tmp_path / "shown"))
    async with desk(site, viewer=viewer).run_test(size=(80, 24)) as pilot:
        await sign_in(pilot, site)
        await press(pilot, "enter", "m", "enter")
        picture = page(pilot)
        assert isinstance(picture, CopiesPage)
        await press(pilot, "enter")
        assert "另一个窗口" in told(pilot)
        assert picture._shown is not None
        window = picture._shown._program
        assert window.poll() is None
        site.clock.forward(minutes=6)
        await press(pilot, "x")
        assert window.returncode is not None
    assert site.kinds()[-1] == "viewed"


async def test_where_nothing_can_show_it_that_is_said_and_no_look_is_recorded(site: Site) -> None:
    site.store.attach(taken_case(site), site.actor(WANG), "id-card", BOOKLET, 40)
    async with desk(site).run_test(size=(80, 24)) as pilot:
        await sign_in(pilot, site)
        await press(pilot, "enter", "m", "enter", "enter")
        assert "没有能看它的程序" in told(pilot)
    assert "viewed" not in site.kinds()


async def test_a_volunteer_is_offered_no_papers_and_a_colleague_may_look_and_not_tick(site: Site) -> None:
    """K42."""
    taken_case(site)
    site.store.attach("case-1", site.actor(WANG), "id-card", BOOKLET, 40)
    async with desk(site).run_test(size=(80, 60)) as pilot:
        await sign_in(pilot, site, XIAOLIN)
        await press(pilot, "enter")
        assert "存了1份材料的图。" in seen(pilot) and "按M" not in seen(pilot)
        await press(pilot, "m")
        assert not isinstance(page(pilot), MaterialsPage)
    async with desk(site).run_test(size=(80, 24)) as pilot:
        await sign_in(pilot, site, CHEN)
        await press(pilot, "enter", "m", "s")
        assert isinstance(page(pilot), MaterialsPage) and "缺" not in seen(pilot)
    assert site.store.case("case-1").standings == {"id-card": Standing.KEPT}  # as it was


def test_a_terminal_that_takes_pictures_is_known_and_one_inside_tmux_is_not() -> None:
    assert can_draw({"TERM": "xterm-kitty"}) and can_draw({"TERM_PROGRAM": "WezTerm"})
    assert not can_draw({"TERM": "xterm-256color"})
    assert not can_draw({"TERM": "xterm-kitty", "TMUX": "/tmp/tmux"})


@pytest.mark.parametrize(("size", "side"), [((400, 100), "c=80"), ((100, 400), "r=22")])
def test_a_picture_goes_to_the_terminal_whole_and_in_proportion(size: tuple[int, int], side: str) -> None:
    import base64
    import re

    out = io.BytesIO()
    Image.effect_noise(size, 80).save(out, "JPEG")
    escapes = drawn(out.getvalue(), 80, 22)
    parts = re.findall("\x1b_G([^;]*);([^\x1b]*)\x1b\\\\", escapes)
    assert side in parts[0][0] and all("m=1" in head for head, _ in parts[:-1]) and "m=0" in parts[-1][0]
    assert all(len(part) <= 4096 for _, part in parts)
    sent = base64.b64decode("".join(part for _, part in parts))
    assert Image.open(io.BytesIO(sent)).size == size


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize("size", NEW_SIZES, ids=str)
async def test_the_pages_of_papers_fit(site: Site, size: tuple[int, int], language: str) -> None:
    site.store.attach(taken_case(site), site.actor(WANG), "id-card", BOOKLET, 40)
    async with desk(site, language, demo=True).run_test(size=size) as pilot:
        await sign_in(pilot, site)
        for keys in ("enter", "m", "s", "t", "f", "enter", "escape", "enter", "enter", "x"):
            await press(pilot, keys)
            assert_fits(pilot)
