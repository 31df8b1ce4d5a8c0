"""Telling people at home from the desk: the list, the words, the number, and what came of it."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from textual.pilot import Pilot
from textual.widgets import Digits

from kiosk.cases.states import State
from kiosk.cases.submission import AnswerRecord, Submission
from kiosk.cases.telling import Came
from kiosk.catalogue import load_catalogue
from kiosk.flow.source import Source
from kiosk.gateway.http_gateway import HttpGateway
from kiosk.gateway.messenger import Messenger
from kiosk.paper.case_papers import CasePapers
from kiosk.paper.house import House
from kiosk.paper.printers import FolderPrinter
from kiosk.text import Privacy, Text, same
from screens.desk.app import DeskApp
from screens.desk.board import Board
from screens.desk.papers import PaperPage
from screens.desk.telling import CallList
from screens.desk.telling_case import TellingPage
from tests.desk_screens.desk_site import (
    CHEN,
    WANG,
    XIAOLIN,
    Site,
    application,
    page,
    press,
    seen,
    settle,
    shelf,
    sign_in,
    told,
)
from tests.desk_screens.test_desk_fits import NEW_SIZES, assert_fits
from tests.desk_screens.test_desk_keys import protect
from tests.gateway.ringing import Mood, RingingGateway

PHONE = "13900001234"
CENTRE = Text({"zh": "幸福路社区服务中心", "en": "Xingfu Road Community Centre"})


def with_phone(case: str = "case-1", number: str = PHONE, language: str = "zh") -> Submission:
    """What is skipped is not among the answers."""
    plain = application(case, language=language)
    phone = AnswerRecord(
        "phone", {"zh": "电话", "en": "Phone"}, number, {"zh": number}, Source.RESIDENT, Privacy.PRIVATE
    )
    return replace(plain, answers=(*plain.answers, phone)) if number else plain


def desk(site: Site, language: str = "zh", out: Path | None = None) -> DeskApp:
    app = site.desk(language)
    zone, texts = app.counter.zone, load_catalogue("paper")
    app.counter.centre, app.counter.phone = CENTRE, "000-12345"
    app.counter.papers = CasePapers(
        lambda services: House(CENTRE, "000-12345", zone, texts, services),
        shelf,
        lambda: load_catalogue("author"),
        a4=FolderPrinter(out) if out else None,
    )
    return app


def granted(site: Site, case: str = "case-1", number: str = PHONE, language: str = "zh") -> None:
    site.store.submit(with_phone(case, number, language))
    actor = site.actor(WANG)
    site.store.complete(case, actor, site.store.claim(case, actor).epoch, "每月 50 元，下月起发")


def asked_for_more(site: Site, case: str = "case-1") -> None:
    site.store.submit(with_phone(case))
    actor = site.actor(WANG)
    site.store.ask_info(case, actor, site.store.claim(case, actor).epoch, "户口簿", date(2026, 11, 9))


async def open_first(pilot: Pilot[None], site: Site) -> None:
    await sign_in(pilot, site)
    await press(pilot, "t", "enter")


async def test_t_opens_the_list_only_while_somebody_has_to_be_told(site: Site) -> None:
    site.store.submit(with_phone("queued"))
    async with desk(site).run_test(size=(80, 24)) as pilot:
        await sign_in(pilot, site)
        assert "要告诉的" not in seen(pilot)
        await press(pilot, "t")
        assert isinstance(page(pilot), Board)
        granted(site)
        await press(pilot, "1", "t")
        assert isinstance(page(pilot), CallList)
        assert "要告诉在家的人：1位" in seen(pilot) and "办好了" in seen(pilot) and "打电话" in seen(pilot)


async def test_volunteers_do_not_call(site: Site) -> None:
    """K42."""
    granted(site)
    async with desk(site).run_test(size=(80, 24)) as pilot:
        await sign_in(pilot, site, XIAOLIN)
        await press(pilot, "t")
        assert isinstance(page(pilot), Board)


async def test_the_list_names_nobody_and_shows_no_number(site: Site) -> None:
    granted(site)
    async with desk(site).run_test(size=(120, 40)) as pilot:
        await sign_in(pilot, site)
        await press(pilot, "t")
        assert "张" not in seen(pilot) and "139" not in seen(pilot)


async def test_the_right_person_is_asked_for_before_a_word_of_the_matter(site: Site) -> None:
    granted(site)
    async with desk(site).run_test(size=(100, 40)) as pilot:
        await open_first(pilot, site)
        said = seen(pilot)
        assert "您好，我是幸福路社区服务中心的工作人员。我找张桂芳，请问是您本人吗？" in said
        assert "不说是什么事" in said
        for later in ("您11月2日交的「高龄津贴申请」，已经办好了：", "每月50元", "您听清楚了吗？"):
            assert said.index("请问是您本人吗") < said.index(later)


async def test_what_to_bring_is_said_with_the_day(site: Site) -> None:
    asked_for_more(site)
    async with desk(site).run_test(size=(100, 40)) as pilot:
        await open_first(pilot, site)
        for words in ("还差一点东西", "户口簿", "请您在11月9日以前拿来", "来不了也不要紧"):
            assert words in seen(pilot)


async def test_who_speaks_english_is_spoken_to_in_english(site: Site) -> None:
    granted(site, language="en")
    async with desk(site).run_test(size=(100, 40)) as pilot:
        await open_first(pilot, site)
        assert "MayIspeakto张桂芳?" in seen(pilot) and "电话里这样说" in seen(pilot)


@pytest.mark.parametrize("height", [40, 12])
async def test_the_number_is_shown_in_fours_and_the_look_is_recorded_first(site: Site, height: int) -> None:
    """K26, K42."""
    granted(site)
    async with desk(site).run_test(size=(80, height)) as pilot:
        await open_first(pilot, site)
        assert PHONE not in seen(pilot) and "139******34" in seen(pilot)
        assert "viewed" not in site.kinds()
        await press(pilot, "s")
        large = pilot.app.screen.query_one("#large", Digits)
        assert large.display == (height == 40)
        assert large.value == "139 0000 1234" if large.display else PHONE in seen(pilot)
        assert site.kinds()[-1] == "viewed"
        await press(pilot, "s")
        assert "139******34" in seen(pilot)


async def test_a_desk_that_locks_covers_the_number(site: Site) -> None:
    granted(site)
    async with desk(site).run_test(size=(80, 40)) as pilot:
        await open_first(pilot, site)
        await press(pilot, "s")
        site.clock.forward(minutes=6)
        await press(pilot, "x")
        held = next(one for one in pilot.app.screen_stack if isinstance(one, TellingPage))
        assert held.query_one("#large", Digits).value == ""


@pytest.mark.parametrize(
    ("letter", "came", "words"),
    [
        ("n", Came.NOT_THERE, "换个时间再打"),
        ("b", Came.CALL_BACK, "过半天再打"),
        ("x", Came.WRONG_NUMBER, "请写信"),
        ("l", Came.LETTER, "信寄出了"),
    ],
)
async def test_one_key_notes_what_came_of_it(site: Site, letter: str, came: Came, words: str) -> None:
    granted(site)
    async with desk(site).run_test(size=(80, 24)) as pilot:
        await open_first(pilot, site)
        await press(pilot, letter)
        assert isinstance(page(pilot), CallList) and words in told(pilot)
    assert site.kinds()[-1] == came
    assert site.store.case("case-1").summary.state is State.DECIDED


async def test_who_was_told_knows_and_is_on_the_list_no_more(site: Site) -> None:
    granted(site)
    async with desk(site).run_test(size=(80, 24)) as pilot:
        await open_first(pilot, site)
        await press(pilot, "s", "t")
        assert "本人知道了" in told(pilot) and "没有要打的电话" in seen(pilot)
    view = site.store.case("case-1")
    assert (view.summary.state, view.events[-1].words) == (State.TOLD, "电话里告诉了本人")


async def test_a_colleague_was_faster(site: Site) -> None:
    granted(site)
    async with desk(site).run_test(size=(80, 24)) as pilot:
        await open_first(pilot, site)
        site.store.note_telling("case-1", site.actor(CHEN), Came.TOLD, "电话")
        await press(pilot, "t")
        assert isinstance(page(pilot), TellingPage) and told(pilot)
        await press(pilot, "escape")
        assert "没有要打的电话" in seen(pilot)
    assert site.kinds().count(Came.TOLD) == 1


async def test_without_a_number_a_letter_is_offered_and_nobody_can_be_not_there(
    site: Site, tmp_path: Path
) -> None:
    granted(site, number="")
    async with desk(site, out=tmp_path / "out").run_test(size=(80, 40)) as pilot:
        await sign_in(pilot, site)
        await press(pilot, "t")
        assert "写信" in seen(pilot)
        await press(pilot, "enter", "n", "x")
        assert isinstance(page(pilot), TellingPage) and "没有留电话" in seen(pilot)
        assert seen(pilot).count("按O打信") == 1 and "按B" not in seen(pilot)
        assert "当面告诉的话" in seen(pilot) and "电话里这样说" not in seen(pilot)
        await press(pilot, "o")
        assert isinstance(page(pilot), PaperPage) and "张桂芳，您好：" in seen(pilot)
        assert "没有您的电话" in seen(pilot)  # nobody has tried to call
        await press(pilot, "enter")
        assert "打好了" in told(pilot)
    assert site.kinds()[-1] == "completed"
    (printed,) = (tmp_path / "out").iterdir()
    assert printed.read_bytes().startswith(b"%PDF")


async def test_whoever_holds_no_key_sees_neither_number_nor_words_and_sends_no_message(site: Site) -> None:
    """K44: the number lies sealed with the case."""
    protect(site)
    granted(site)
    site.clock.forward(hours=1, minutes=1)
    with RingingGateway() as ringing:
        app = desk(site)
        app.counter.messenger = messenger(ringing)
        async with app.run_test(size=(100, 40)) as pilot:
            await sign_in(pilot, site, CHEN)
            await sent(pilot)
            await press(pilot, "t", "enter")
            assert isinstance(page(pilot), TellingPage) and "钥匙" in told(pilot)
            await press(pilot, "s", "t", "n")
            assert "139" not in seen(pilot) and "张桂芳" not in seen(pilot)
    assert ringing.asked == [] and site.store.to_tell()[0].tries == ()


def messenger(ringing: RingingGateway) -> Messenger:
    words = load_catalogue("case").text("message.news", centre=CENTRE, phone=same("000-12345"))
    return Messenger(HttpGateway(ringing.url, "", 8.0), words, shelf)


async def sent(pilot: Pilot[None]) -> None:
    """As the desk does by itself every few seconds."""
    assert isinstance(pilot.app, DeskApp)
    pilot.app.send_messages()
    await settle(pilot)


async def test_a_message_goes_out_beside_the_work_and_says_nothing_of_the_matter(site: Site) -> None:
    granted(site)
    site.clock.forward(hours=1, minutes=1)
    with RingingGateway() as ringing:
        app = desk(site)
        app.counter.messenger = messenger(ringing)
        async with app.run_test(size=(100, 24)) as pilot:
            await sent(pilot)
            assert ringing.asked == [], "nobody has signed in"
            await sign_in(pilot, site)
            await sent(pilot)
            await sent(pilot)
            await press(pilot, "t")
            assert "短信" in seen(pilot) and "发了" in seen(pilot)
    (body,) = ringing.sent.values()
    assert len(ringing.asked) == 1
    assert body["to"] == PHONE
    assert body["text"] == "您好，幸福路社区服务中心有新消息给您，请打 000-12345，或者来窗口问。"
    assert site.kinds()[-1] == Came.MESSAGE
    assert PHONE not in str([tuple(row) for row in site.store._db.execute("SELECT * FROM message")])


async def test_a_message_that_is_refused_is_a_line_in_the_call_list(site: Site) -> None:
    granted(site)
    site.clock.forward(hours=1, minutes=1)
    with RingingGateway(Mood.REFUSES) as ringing:
        app = desk(site)
        app.counter.messenger = messenger(ringing)
        async with app.run_test(size=(100, 24)) as pilot:
            await sign_in(pilot, site)
            await sent(pilot)
            await press(pilot, "t")
            assert "！没发出去" in seen(pilot)
            await press(pilot, "enter")
            assert "短信没发出去" in seen(pilot)


async def test_a_landline_gets_no_message(site: Site) -> None:
    granted(site, number="02012345678")
    site.clock.forward(hours=1, minutes=1)
    with RingingGateway() as ringing:
        app = desk(site)
        app.counter.messenger = messenger(ringing)
        async with app.run_test(size=(100, 24)) as pilot:
            await sign_in(pilot, site)
            await sent(pilot)
    assert ringing.asked == [] and site.kinds()[-1] == "completed"


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize("size", NEW_SIZES, ids=str)
async def test_every_page_of_it_fits(site: Site, size: tuple[int, int], language: str) -> None:
    granted(site)
    asked_for_more(site, "case-2")
    site.store.note_telling("case-1", site.actor(CHEN), Came.NOT_THERE)
    async with desk(site, language).run_test(size=size) as pilot:
        await sign_in(pilot, site)
        assert_fits(pilot)
        for key in ("t", "enter", "s", "escape", "down", "enter", "s", "o", "escape", "n"):
            await press(pilot, key)
            assert_fits(pilot)
