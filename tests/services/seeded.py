"""The shipped service with one slip of the pen: what was written, what is told, and on which line."""

from __future__ import annotations

from dataclasses import dataclass

from kiosk.paths import data_file

FILE = data_file("services/elderly-allowance.toml")
GOOD = FILE.read_text(encoding="utf-8")


@dataclass(frozen=True)
class Slip:
    """`wrong` stands where `right` stood; `code` is told on the line of `at`, else on that of the slip."""

    right: str
    wrong: str
    code: str
    at: str = ""

    def spoil(self) -> str:
        """The file with the slip in it."""
        return GOOD.replace(self.right, self.wrong, 1)

    def line(self) -> int:
        """Where it should be told, from 1."""
        spoiled = self.spoil()
        if self.at:
            return spoiled[: spoiled.index(self.at)].count("\n") + 1
        start = next(n for n, (a, b) in enumerate(zip(GOOD, spoiled, strict=False)) if a != b)
        return spoiled[:start].count("\n") + 1


SLIPS = (
    # typing
    Slip('id = "hukou"', 'id ＝ "hukou"', "E101"),
    Slip('id = "hukou"', "id = “hukou”", "E101"),
    Slip("[[stop]]", "［[stop]]", "E101"),
    Slip("valid   = { from", "valid   = ｛ from", "E101"),
    Slip("2026-11-01 }", "2026-11-01，}", "E101"),
    Slip('type = "date"', 'type = "date', "E102"),
    Slip("visits = 0", "visits 0", "E102"),
    Slip("visits = 0", "visits = 0\nvisits = 1", "E102", at="visits = 1"),
    Slip("birth_date = 1944-03-05", "birth_date = 1944-13-05", "E102"),
    # shape
    Slip("optional = true", "optinal = true", "E201"),
    Slip("[handling]", "[handeling]", "E201", at="[handeling]"),
    Slip('hint.zh = "跟身份证上写的一样"', 'hint.cn = "跟身份证上写的一样"', "E201"),
    Slip("keep_days = 90", "keep_dayz = 90", "E201"),
    Slip("rule = { not_after", "rule = { not_aftr", "E201"),
    Slip('zh = "在本市",', 'zhh = "在本市",', "E201"),
    Slip('type = "date"\n', "", "E202", at='[[question]]\nid = "birth_date"'),
    Slip('desk = "民政"\n', "", "E202", at="[handling]"),
    Slip('ask.en = "How are you related?"\n', "", "E202", at='ask.zh = "您是老人的什么人？"'),
    Slip('type = "date"', 'type = "dates"', "E203"),
    Slip("legal_workdays = 30", "legal_workdays = 3", "E203", at="[handling]"),
    Slip("legal_workdays = 30", 'legal_workdays = "many"', "E203"),
    Slip("visits = 0", "visits = -1", "E203"),
    Slip('id = "hukou"', 'id = "户口"', "E203"),
    Slip('status  = "draft"', 'status  = "alive"', "E203"),
    Slip(
        '{ value = "other",  zh = "在外地"',
        '{ value = "local",  zh = "在外地"',
        "E203",
        at='[[question]]\nid = "hukou"',
    ),
    Slip('privacy = "private"', 'privacy = "open"', "E203", at='[[question]]\nid = "id_number"'),
    Slip('from_card = "actor"', 'from_card = "anybody"', "E203"),
    # logic
    Slip('id = "relation"', 'id = "hukou"', "E301"),
    Slip('id = "age"', 'id = "phone"', "E301"),
    Slip('id = "entrust"', 'id = "agent-id"', "E301"),
    Slip('field = "account", is = "bank"', 'field = "acount", is = "bank"', "E302"),
    Slip('after = "hukou"', 'after = "hukuo"', "E302"),
    Slip('years_from = "birth_date"', 'years_from = "birthdate"', "E302"),
    Slip('before = "bank_card"', 'before = "bankcard"', "E302"),
    Slip('self_when = { field = "who"', 'self_when = { field = "whom"', "E302"),
    Slip('form_order = ["name"', 'form_order = ["names"', "E302"),
    Slip('birth_date_same_as = "birth_date"', 'birth_date_same_as = "hukou"', "E302"),
    Slip('covers = ["id_number"]', 'covers = ["id_nummer"]', "E302"),
    Slip('ask_if = { field = "who", is = "family" }', 'ask_if = { field = "who", is = "daughter" }', "E305"),
    Slip('when = { field = "hukou", is = "other" }', 'when = { field = "hukou", at_least = 3 }', "E306"),
    Slip('when = { field = "age", at_most = 79 }', 'when = { field = "age", is = "old" }', "E306"),
    Slip('when = { field = "age", at_most = 79 }', 'when = { field = "age", before = 2026-01-01 }', "E306"),
    Slip('rule = { birth_date_same_as = "birth_date" }', 'rule = { not_after = "today" }', "E306"),
    Slip('[applicant]\nself_when = { field = "who", is = "self" }\n', "", "E307", at="ask_self.zh"),
    # duty
    Slip('covers = ["id_number"]\n', "", "E501", at='id = "id_number"'),
    Slip("separate = true", "separate = false", "E501", at='id = "id_number"'),
    Slip("yuan_per_month = 50\n", "yuan_per_month = 60\n", "E502", at="expect = "),
    Slip('end = "too-young"', 'end = "submit"', "E502"),
)
