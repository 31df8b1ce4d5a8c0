"""A manager takes everything out; a colleague confirms it with their own PIN, within five minutes (K42)."""

from __future__ import annotations

from pathlib import Path

import pytest
from argon2 import PasswordHasher
from textual import events
from textual.pilot import Pilot
from textual.widgets import Input

from kiosk.cases.states import Role
from kiosk.security.accounts import Accounts
from kiosk.security.export_file import opened
from screens.desk.board import Board
from screens.desk.export import ExportPage
from screens.desk.sign_in import SignInPage
from tests.desk_screens.desk_site import (
    NUMBER,
    WANG,
    XIAOLIN,
    Site,
    page,
    press,
    screen_lines,
    seen,
    settle,
    told,
    write,
)
from tests.desk_screens.manager import ZHOU, add_manager, at_manager_page, to_row
from tests.desk_screens.test_desk_fits import SIZES, assert_fits


@pytest.fixture
def site(site: Site) -> Site:
    """Whoever works here has done so for a week."""
    site.clock.forward(days=7)
    return site


async def asks(pilot: Pilot[None], site: Site) -> None:
    """The manager opens the page of the export."""
    await at_manager_page(pilot, site, "export")
    assert isinstance(page(pilot), ExportPage)


async def confirms(pilot: Pilot[None], site: Site, name: str, pin: str = "") -> None:
    await write(pilot, name)
    await press(pilot, "enter")
    await write(pilot, pin or site.pins[name])
    await press(pilot, "enter")


def files(site: Site) -> list[Path]:
    return sorted((site.folder / "exports").glob("*"))


async def test_two_persons_make_a_locked_file(site: Site) -> None:
    add_manager(site)
    site.submit("case-1")
    async with site.desk().run_test(size=(100, 30)) as pilot:
        await asks(pilot, site)
        assert "1件" in seen(pilot)
        await confirms(pilot, site, WANG)
        (file,) = files(site)
        (code,) = [line.strip() for line in screen_lines(pilot) if len(line.split()) == 7]
        assert NUMBER.encode() not in file.read_bytes()
        assert NUMBER in opened(file.read_bytes(), code)[1]
        assert site.kinds()[-1] == "exported"
        await press(pilot, "escape")
        assert code not in "\n".join(screen_lines(pilot))


async def test_the_pin_of_a_colleague_typed_at_once_is_never_readable(site: Site) -> None:
    """However slow the machine: keys that come in one burst."""
    add_manager(site)
    async with site.desk().run_test(size=(100, 30)) as pilot:
        await asks(pilot, site)
        for key in (*WANG, "enter", *site.pins[WANG]):
            pilot.app.post_message(events.Key(key, key if len(key) == 1 else None))
        await settle(pilot)
        assert pilot.app.screen.query_one("#name", Input).value == WANG
        assert pilot.app.screen.query_one("#pin", Input).value == site.pins[WANG]
        assert site.pins[WANG] not in seen(pilot)


async def test_a_key_after_the_confirmation_adds_no_case_to_it(site: Site) -> None:
    """K42: what is taken out is what stood there when the colleague confirmed it."""
    add_manager(site)
    site.submit("case-1")
    site.submit("case-2")
    actor = site.actor(WANG)
    site.store.complete("case-2", actor, site.store.claim("case-2", actor).epoch, "每月 50 元")
    async with site.desk().run_test(size=(100, 30)) as pilot:
        await asks(pilot, site)
        await write(pilot, WANG)
        await press(pilot, "enter")
        await write(pilot, site.pins[WANG])
        export = page(pilot)
        assert isinstance(export, ExportPage)
        export._confirm()
        export.action_every()
        await settle(pilot)
    assert len(files(site)) == 1
    assert [event.kind for event in site.store.case("case-2").events].count("exported") == 0


@pytest.mark.parametrize(
    ("who", "why"), [(ZHOU, "不能是您自己"), (XIAOLIN, "志愿者不能确认")], ids=["herself", "volunteer"]
)
async def test_who_cannot_confirm_is_told(site: Site, who: str, why: str) -> None:
    add_manager(site)
    site.submit("case-1")
    async with site.desk().run_test() as pilot:
        await asks(pilot, site)
        await confirms(pilot, site, who)
        assert why in told(pilot)
    assert files(site) == []
    assert "exported" not in site.kinds()


async def test_a_manager_alone_cannot_be_both(site: Site) -> None:
    """K42: who resets a colleague's PIN may know it. The book says that it was tried."""
    add_manager(site)
    site.submit("case-1")
    light = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1)
    accounts = Accounts(site.store, site.clock, light)
    site.pins[WANG] = accounts.reset(WANG, site.actor(ZHOU))
    site.pins["新人"] = accounts.add("新人", Role.STAFF)
    async with site.desk().run_test(size=(100, 30)) as pilot:
        await asks(pilot, site)
        assert "现在能确认的：陈明。" in seen(pilot)
        await confirms(pilot, site, WANG)
        assert "您给的" in told(pilot)
        await press(pilot, "escape", "escape")
        await press(pilot, "g")
        await to_row(pilot, "export")
        await confirms(pilot, site, "新人")
        assert "不到七天" in told(pilot)
        await press(pilot, "escape", "escape")
        await press(pilot, "g")
        await to_row(pilot, "house_log")
        assert "王丽的账号不能确认" in seen(pilot) and "新人的账号不能确认" in seen(pilot)
    assert files(site) == []


async def test_too_many_for_one_file_is_told_with_a_way_out(
    site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    add_manager(site)
    for n in range(3):
        site.submit(f"case-{n}")
    monkeypatch.setattr("kiosk.store.exporting.MOST", 2)
    monkeypatch.setattr("screens.desk.export.MOST", 2)
    async with site.desk().run_test(size=(57, 12)) as pilot:
        await asks(pilot, site)
        assert "超过2件" in seen(pilot) and "做备份" in seen(pilot)
        assert_fits(pilot)
        await confirms(pilot, site, WANG)
        assert "超过 2 件" in told(pilot)
    assert files(site) == []
    assert "exported" not in site.kinds("case-0")


async def test_on_the_smallest_screen_the_field_shows_what_is_written(site: Site) -> None:
    """Nobody writes a name where they cannot read it, also below a long line that nobody can confirm."""
    add_manager(site)
    for colleague in {one.name for one in site.store.accounts()} - {ZHOU}:
        site.store.replace_pin(colleague, "-", site.actor(ZHOU))
    async with site.desk("en").run_test(size=(40, 10)) as pilot:
        await asks(pilot, site)
        await write(pilot, "Wang Li")
        assert any("Wang Li" in line for line in screen_lines(pilot))


async def test_after_five_minutes_it_begins_anew(site: Site) -> None:
    """Keys are pressed meanwhile, so that the desk does not lock."""
    add_manager(site)
    site.submit("case-1")
    async with site.desk().run_test() as pilot:
        await asks(pilot, site)
        for _ in range(2):
            site.clock.forward(minutes=2, seconds=40)
            await press(pilot, "backspace")
        await confirms(pilot, site, WANG)
        assert "过了五分钟" in told(pilot)
    assert files(site) == []


async def test_a_wrong_pin_counts_for_the_colleague(site: Site) -> None:
    add_manager(site)
    site.submit("case-1")
    async with site.desk().run_test() as pilot:
        await asks(pilot, site)
        await confirms(pilot, site, WANG, f"{(int(site.pins[WANG]) + 1) % 10**6:06d}")
        assert "对不上" in told(pilot)
    account = site.store.account(WANG)
    assert account is not None and account.tries.wrong == 1
    assert files(site) == []


async def test_a_lock_takes_the_code_from_the_screen(site: Site) -> None:
    """K42: five minutes alone; behind the lock it is gone for good."""
    add_manager(site)
    site.submit("case-1")
    async with site.desk().run_test(size=(100, 30)) as pilot:
        await asks(pilot, site)
        await confirms(pilot, site, WANG)
        (code,) = [line.strip() for line in screen_lines(pilot) if len(line.split()) == 7]
        site.clock.forward(minutes=6)
        await press(pilot, "x")
        assert isinstance(page(pilot), SignInPage)
        await write(pilot, site.pins[ZHOU])
        await press(pilot, "enter")
        assert code not in "\n".join(screen_lines(pilot))
        assert "再导出一次" in seen(pilot)
        await press(pilot, "escape", "escape")
        assert isinstance(page(pilot), Board)


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize("size", [*SIZES, (57, 12)], ids=str)
async def test_the_pages_fit(site: Site, size: tuple[int, int], language: str) -> None:
    add_manager(site)
    site.submit("case-1")
    async with site.desk(language).run_test(size=size) as pilot:
        await asks(pilot, site)
        assert_fits(pilot)
        labels = ("同事姓名", "同事密码") if language == "zh" else ("Colleague'sname", "Colleague'sPIN")
        assert all(label in seen(pilot) for label in labels)  # whole, beside its field
        await press(pilot, "f6")
        await confirms(pilot, site, WANG)
        assert_fits(pilot)
        assert site.actor(ZHOU).role is Role.MANAGER
