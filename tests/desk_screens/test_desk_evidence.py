"""What staff see beside a case: the record the resident was shown, and the check before handing in."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from kiosk.cases.submission import EvidenceRecord, FindingRecord
from tests.desk_screens.desk_site import MONDAY, WANG, Site, application, press, seen, sign_in

RECORD = EvidenceRecord(
    field="insurance",
    source="social-insurance",
    title={"zh": "社会保险缴费记录", "en": "Social insurance record"},
    state="found",
    lines=(({"zh": "缴费月数", "en": "Months paid"}, {"zh": "132个月", "en": "132 months"}),),
    at=MONDAY,
    as_of=date(2026, 10, 31),
)
CHECKED = (
    FindingRecord("complete", False, {"zh": "还要带到窗口：户口簿。", "en": "To bring: the booklet."}),
    FindingRecord("eligible", None, {"zh": "工作人员会看：收入。", "en": "Staff will look at: the income."}),
    FindingRecord("eligible", True, {"zh": "对上了：年满八十岁。", "en": "As it should be: aged 80."}),
)
LARGE = (120, 60)


async def test_the_desk_sees_the_record_as_the_resident_saw_it(site: Site) -> None:
    site.store.submit(replace(application("case-1"), evidence=(RECORD,)))
    async with site.desk().run_test(size=LARGE) as pilot:
        await sign_in(pilot, site, WANG)
        await press(pilot, "enter")
        words = seen(pilot)
        assert "社会保险缴费记录（2026-10-31的数据）" in words
        assert "查到的，2026-11-0209:30" in words
        assert "缴费月数" in words and "132个月" in words


async def test_the_desk_sees_the_check_before_handing_in_by_mark_and_word(site: Site) -> None:
    site.store.submit(replace(application("case-1"), precheck=CHECKED))
    async with site.desk().run_test(size=LARGE) as pilot:
        await sign_in(pilot, site, WANG)
        await press(pilot, "enter")
        words = seen(pilot)
        assert "！还差还要带到窗口：户口簿。" in words
        assert "？请核实工作人员会看：收入。" in words
        assert "相符对上了：年满八十岁。" in words


async def test_a_case_with_neither_has_no_empty_sections(site: Site) -> None:
    site.submit()
    async with site.desk().run_test(size=LARGE) as pilot:
        await sign_in(pilot, site, WANG)
        await press(pilot, "enter")
        words = seen(pilot)
        assert "自动核对" not in words and "当时给居民看的记录" not in words
