"""How sure it is who somebody is, at the desk: in plain words, and noted by whoever has seen them."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest
from click.testing import CliRunner
from textual.pilot import Pilot

from kiosk.cases.identity import Shown
from kiosk.cases.states import State
from kiosk.cases.submission import IdentityRecord, Submission
from kiosk.cli import main
from kiosk.flow.proof import Basis, Proof
from kiosk.services.proof import CardRole
from screens.desk.case import CasePage
from screens.desk.pick_list import PickList
from screens.desk.seen import SeenNote, SeenPage
from screens.desk.writing import Writing
from tests.desk_screens.desk_site import (
    CHEN,
    MONDAY,
    WANG,
    XIAOLIN,
    Site,
    application,
    page,
    press,
    screen_lines,
    seen,
    sign_in,
    told,
    write,
)
from tests.desk_screens.test_desk_fits import assert_fits

LARGE = (120, 60)
SUBJECT, ACTOR = CardRole.SUBJECT, CardRole.ACTOR


def person(role: CardRole, level: Proof, by: Basis, **more: object) -> IdentityRecord:
    return IdentityRecord(role, level, by, MONDAY, **more)  # type: ignore[arg-type]


READ = person(SUBJECT, Proof.PRESENTED, Basis.ID_CARD)
SAID = person(SUBJECT, Proof.CLAIMED, Basis.TYPED)
MEMBER = person(SUBJECT, Proof.KNOWN, Basis.MEMBER_CARD, member_key="c3" * 32, member_tail="E5F6")


def handed_in(*people: IdentityRecord, needed: Proof = Proof.PRESENTED, case: str = "case-1") -> Submission:
    return replace(application(case), identity=people, proof_needed=needed)


async def opened(pilot: Pilot[None], site: Site, who: str = WANG) -> str:
    """The case on the desk of somebody, and all that stands on it."""
    await sign_in(pilot, site, who)
    await press(pilot, "enter")
    return seen(pilot)


@pytest.mark.parametrize(
    ("people", "words"),
    [
        ((READ,), ["办事的人：身份证在机器上读过", "交件时读了身份证，2026-11-0209:30"]),
        ((SAID,), ["办事的人：只是自己说的，还没看过证件", "交件时没有刷卡"]),
        ((person(SUBJECT, Proof.CLAIMED, Basis.SCAN),), ["扫码得来的", "扫码不算证件"]),
        ((person(SUBJECT, Proof.CLAIMED, Basis.SOCIAL_CARD),), ["读了社保卡", "不算证件"]),
        ((person(SUBJECT, Proof.CLAIMED, Basis.UNNAMED),), ["不留名", "请不要问是谁"]),
        ((MEMBER,), ["只刷了会员卡", "尾号E5F6", "头一次用"]),
        ((replace(READ, expired=True),), ["身份证在机器上读过", "过期了，请提醒换新证"]),
        ((SAID, person(ACTOR, Proof.PRESENTED, Basis.ID_CARD)), ["代办的人：身份证在机器上读过"]),
    ],
    ids=["card", "said", "code", "social", "unnamed", "member", "expired", "two"],
)
async def test_staff_read_how_sure_it_is_and_why(
    site: Site, people: tuple[IdentityRecord, ...], words: list[str]
) -> None:
    site.store.submit(handed_in(*people, needed=Proof.CLAIMED))
    async with site.desk().run_test(size=LARGE) as pilot:
        shown = await opened(pilot, site)
        assert [word for word in words if word not in shown] == []
        assert "办结前" not in shown


async def test_what_is_still_needed_is_said_with_the_key_for_it(site: Site) -> None:
    site.store.submit(handed_in(SAID))
    async with site.desk().run_test(size=LARGE) as pilot:
        assert "!办结前要看过证件。看过人和证件，按P记下。" in await opened(pilot, site)


async def test_the_earlier_cases_of_a_member_card_are_told_by_number_and_day(site: Site) -> None:
    first = site.store.submit(handed_in(MEMBER, needed=Proof.CLAIMED, case="case-0"))
    site.clock.forward(days=1)
    site.store.submit(handed_in(MEMBER, needed=Proof.CLAIMED))
    async with site.desk().run_test(size=LARGE) as pilot:
        await sign_in(pilot, site)
        await press(pilot, "down", "enter")
        shown = seen(pilot)
        assert "以前还办过1件，不一定是同一个人" in shown
        assert f"{first.number}2026-11-0209:30" in shown


async def test_done_is_refused_in_plain_words_until_the_document_was_seen(site: Site) -> None:
    case_id = site.store.submit(handed_in(SAID)).case_id
    async with site.desk().run_test(size=LARGE) as pilot:
        await opened(pilot, site)
        await press(pilot, "c", "d")
        assert isinstance(page(pilot), CasePage)
        assert "要先看过人和证件，才能办结" in told(pilot)
        await press(pilot, "p")
        assert isinstance(page(pilot), SeenPage)
        await press(pilot, "enter")
        assert isinstance(page(pilot), CasePage)
        assert told(pilot) == "记下了：您见过人和证件。"
        assert "王丽见过本人和身份证，2026-11-0209:30" in seen(pilot)
        assert "办结前" not in seen(pilot)
        await press(pilot, "d")
        await write(pilot, "批准")
        await press(pilot, "f10", "down", "enter")
    assert site.store.case(case_id).summary.state is State.DECIDED
    assert site.kinds() == ["submitted", "claimed", "identity_seen", "completed"]


@pytest.mark.parametrize("key", ["j", "i"])
async def test_not_granting_and_asking_for_more_work_all_the_same(site: Site, key: str) -> None:
    site.store.submit(handed_in(SAID))
    async with site.desk().run_test(size=LARGE) as pilot:
        await opened(pilot, site)
        await press(pilot, "c", key)
        assert isinstance(page(pilot), Writing)


async def test_another_paper_is_named_and_what_was_written_is_not_lost(site: Site) -> None:
    case_id = site.store.submit(handed_in(SAID)).case_id
    async with site.desk().run_test(size=LARGE) as pilot:
        await opened(pilot, site)
        await press(pilot, "c", "p", "down", "enter")
        assert isinstance(page(pilot), SeenNote)
        await press(pilot, "f10")
        assert told(pilot) == "请写明看了什么证件。"
        await write(pilot, "户口簿，李大姐认得")
        await press(pilot, "escape", "enter")
        assert "户口簿，李大姐认得" in "".join(screen_lines(pilot))
        await press(pilot, "f10")
        assert isinstance(page(pilot), CasePage)
        assert "别的证件（户口簿，李大姐认得）" in seen(pilot)
    (sighting,) = site.store.case(case_id).sightings
    assert (sighting.by, sighting.note) == (WANG, "户口簿，李大姐认得")


async def test_each_of_two_people_is_seen_by_themselves(site: Site) -> None:
    case_id = site.store.submit(handed_in(SAID, person(ACTOR, Proof.CLAIMED, Basis.TYPED))).case_id
    async with site.desk().run_test(size=LARGE) as pilot:
        await opened(pilot, site)
        await press(pilot, "c", "p")
        rows = page(pilot).query_one(PickList).lines()
        assert [row.removeprefix("> ").strip()[:4] for row in rows] == ["办事的人"] * 2 + ["代办的人"] * 2
        await press(pilot, "down", "down", "enter", "d")
        assert "才能办结" in told(pilot)
        assert site.store.case(case_id).unproven == (SUBJECT,)


async def test_only_who_holds_the_case_has_the_key(site: Site) -> None:
    """K42: a volunteer reads how sure it is, and cannot say that they have seen somebody."""
    site.store.submit(handed_in(SAID))
    for who in (WANG, XIAOLIN):
        async with site.desk().run_test(size=LARGE) as pilot:
            assert "只是自己说的" in await opened(pilot, site, who)
            await press(pilot, "p")
            assert isinstance(page(pilot), CasePage)


async def test_who_stays_unnamed_is_not_asked_for(site: Site) -> None:
    site.store.submit(handed_in(person(SUBJECT, Proof.CLAIMED, Basis.UNNAMED), needed=Proof.CLAIMED))
    async with site.desk().run_test(size=LARGE) as pilot:
        await opened(pilot, site)
        await press(pilot, "c", "p")
        assert isinstance(page(pilot), CasePage)


async def test_a_claim_lost_meanwhile_is_told_and_nothing_is_noted(site: Site) -> None:
    case_id = site.store.submit(handed_in(SAID)).case_id
    async with site.desk().run_test(size=LARGE) as pilot:
        await opened(pilot, site)
        await press(pilot, "c", "p")
        site.clock.moment = site.clock.moment.replace(hour=2, minute=5)
        site.store.claim(case_id, site.actor(CHEN))
        site.clock.moment = MONDAY
        await press(pilot, "enter")
        assert "不在您手上" in told(pilot)
    assert site.store.case(case_id).sightings == ()


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize("size", [(60, 18), (80, 24)], ids=str)
async def test_its_pages_fit(site: Site, size: tuple[int, int], language: str) -> None:
    site.store.submit(handed_in(replace(SAID, expired=True), person(ACTOR, Proof.CLAIMED, Basis.SCAN)))
    async with site.desk(language).run_test(size=size) as pilot:
        await opened(pilot, site)
        for keys in ("c", "d", "p", "down", "enter", "f10", "escape", "escape"):
            await press(pilot, keys)
            assert_fits(pilot)


def test_the_command_prints_the_level_and_what_it_rests_on(site: Site) -> None:
    receipt = site.store.submit(handed_in(replace(SAID, expired=False)))
    held = site.store.claim(receipt.case_id, site.actor(WANG))

    def shown(*words: str) -> str:
        run = CliRunner().invoke(main, ["--data", str(site.folder), "case", "show", receipt.number, *words])
        assert run.exit_code == 0, run.output
        return run.output

    assert "subject      claimed by typed, needed: presented" in shown()
    site.store.see_person(
        receipt.case_id, site.actor(WANG), held.epoch, SUBJECT, Shown.OTHER, "户口簿，李大姐"
    )
    assert "subject      seen by typed, seen by 王丽" in shown()
    (told_of,) = json.loads(shown("--json"))["identity"]
    assert (told_of["level"], told_of["reached"], told_of["seen"][0]["note"]) == ("seen", True, "")
    assert json.loads(shown("--json", "--full"))["identity"][0]["seen"][0]["note"] == "户口簿，李大姐"
