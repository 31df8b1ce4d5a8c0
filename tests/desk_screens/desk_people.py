"""A case that somebody brings for another."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from kiosk.cases.authority import Agreed, AuthorityRecord, digest_of
from kiosk.services.acting import Acting
from tests.desk_screens.desk_site import MONDAY, Site, application

LETTER = ({"zh": "张桂芳请李梅帮忙办「高龄津贴申请」。", "en": "Zhang Guifang asks Li Mei."},)
LI_MEI = "b2" * 32


def bring(site: Site, case: str = "case-1", person: str = "a1" * 32, acting: Acting = Acting.FAMILY) -> None:
    """Brought by her daughter; nothing shows yet that she may."""
    letter = AuthorityRecord(
        acting, date(2026, 12, 31), LETTER, digest_of(LETTER), Agreed.SAID, MONDAY, {"zh": "儿子或女儿"}
    )
    brought = replace(application(case), authority=letter, agent_key=LI_MEI, person_key=person)
    site.store.submit(brought)
