"""Staff put an answer right at the desk, by the rules of the field, and read it to the person (K40)."""

from __future__ import annotations

from kiosk.flow.source import Source
from tests.desk_screens.desk_site import Site, press, seen, sign_in, told, write


async def test_an_answer_is_put_right_and_read_to_the_person(site: Site) -> None:
    site.submit()
    async with site.desk().run_test(size=(80, 40)) as pilot:
        await sign_in(pilot, site)
        await press(pilot, "enter", "c", "k")
        assert "要念给本人听" in seen(pilot)
        await press(pilot, "end", "enter")
        assert "2在外地" in seen(pilot)
        await write(pilot, "2")
        await press(pilot, "enter")
        await write(pilot, "户口簿上是外地")
        await press(pilot, "enter")
        assert "按H记下" in told(pilot).replace(" ", "")
        assert "本区改成在外地" in seen(pilot) and "户口簿上是外地" in seen(pilot)
        assert "还没念给本人听" in seen(pilot)
        await press(pilot, "h")
        assert "改成了：在外地。原因：户口簿上是外地。对吗？" in seen(pilot)
        await press(pilot, "enter")
        assert "本人听过，说对" in seen(pilot)
    assert site.kinds()[-2:] == ["corrected", "correction_heard_telephone"]
    answers = {one.field: one for one in site.store.case("case-1").answers}
    assert (answers["hukou"].value, answers["hukou"].source) == ("other", Source.STAFF)


async def test_what_the_field_would_not_take_is_not_taken_and_stays_to_be_mended(site: Site) -> None:
    site.submit()
    async with site.desk().run_test(size=(80, 40)) as pilot:
        await sign_in(pilot, site)
        await press(pilot, "enter", "c", "k", "end", "enter")
        for typed, answer in (("7", "请再对一对"), ("2", "写一句为什么改")):
            await press(pilot, "home", "shift+end", "delete")
            await write(pilot, typed)
            await press(pilot, "f10")
            assert answer in told(pilot)
        assert site.kinds()[-1] == "claimed"


async def test_a_private_number_stays_covered_while_it_is_put_right(site: Site) -> None:
    site.submit()
    async with site.desk().run_test(size=(80, 40)) as pilot:
        await sign_in(pilot, site)
        await press(pilot, "enter", "c", "k")
        assert "990101194403050029" not in seen(pilot) and "990*" in seen(pilot)
        await press(pilot, "home", "down", "enter")
        assert "990101194403050029" not in seen(pilot)
        await write(pilot, "990101194403050021")
        await press(pilot, "f10")
        assert "请再对一对" in told(pilot)


async def test_the_worksheet_copies_the_newest_answer(site: Site) -> None:
    site.submit()
    async with site.desk().run_test(size=(80, 40)) as pilot:
        await sign_in(pilot, site)
        await press(pilot, "enter", "c", "k", "end", "enter")
        await write(pilot, "2")
        await press(pilot, "enter")
        await write(pilot, "户口簿上是外地")
        await press(pilot, "enter", "w", "end", "c")
        assert pilot.app.clipboard == "在外地"
