"""A sound service with one slip in it: what was written, what is told, and on which line of which file.

The market stall and its shared block are for these tests only; each slip is one that people make.
"""

from __future__ import annotations

import datetime
from dataclasses import dataclass
from pathlib import Path

from kiosk.services.load import look_over
from kiosk.services.model import Service
from kiosk.services.problem import Problem

STALLS = Path(__file__).resolve().parent / "stalls"
GOOD = (STALLS / "market-stall.toml").read_text(encoding="utf-8")
BLOCK = (STALLS / "blocks" / "holder.toml").read_text(encoding="utf-8")
BLOCK_NAME = "blocks/holder.toml"
TODAY = datetime.date(2026, 11, 2)


@dataclass(frozen=True)
class Slip:
    """`wrong` stands where `right` stood; `code` is told on the line of `at`, else on that of the slip."""

    right: str
    wrong: str
    code: str
    at: str = ""
    block: bool = False
    """The slip is in the shared block, and told there."""
    told_in_block: bool | None = None
    """Where it is told, if not in the file with the slip."""
    then: tuple[tuple[str, str], ...] = ()
    """More of the same kind: a slip that takes several places."""

    def spoil(self) -> tuple[str, str]:
        """The service and its block with the slip in one of them."""
        whole = BLOCK if self.block else GOOD
        assert self.right in whole, self.right
        spoiled = whole.replace(self.right, self.wrong, 1)
        for right, wrong in self.then:
            assert right in spoiled, right
            spoiled = spoiled.replace(right, wrong)
        return (GOOD, spoiled) if self.block else (spoiled, BLOCK)

    @property
    def file(self) -> str:
        """The file it is told in."""
        inside = self.block if self.told_in_block is None else self.told_in_block
        return BLOCK_NAME if inside else "service.toml"

    def line(self) -> int:
        """Where it should be told, from 1."""
        told = self.spoil()[self.file == BLOCK_NAME]
        if self.at:
            return told[: told.index(self.at)].count("\n") + 1
        good = BLOCK if self.block else GOOD
        start = next(n for n, (a, b) in enumerate(zip(good, told, strict=False)) if a != b)
        return told[:start].count("\n") + 1


def looked_over(
    folder: Path, service: str | bytes = GOOD, block: str | bytes = BLOCK
) -> tuple[Service | None, tuple[Problem, ...]]:
    """What an author is told about these two files."""
    (folder / "blocks").mkdir(exist_ok=True)
    for name, source in (("service.toml", service), (BLOCK_NAME, block)):
        (folder / name).write_bytes(source if isinstance(source, bytes) else source.encode())
    return look_over(folder / "service.toml", TODAY)


BANK_CARD = """[[question]]
id = "card"
type = "bank_card"
label = { zh = "卡号", en = "Card" }
ask = { zh = "银行卡号是多少？", en = "What is the card number?" }
help = { zh = "印在卡上。", en = "On the card." }
privacy = "private"

"""
SEVERAL_MORE = "".join(
    f"""[[question]]
id = "more-{n}"
type = "text"
label = {{ zh = "别的", en = "More" }}
ask = {{ zh = "还有什么要说的（{n}）？", en = "Anything else ({n})?" }}
help = {{ zh = "随便写。", en = "Whatever you like." }}

"""
    for n in range(5)
)

TYPING = (
    Slip('id = "birth_date"', 'id ＝ "birth_date"', "E101"),
    Slip('id = "birth_date"', "id = “birth_date”", "E101"),
    Slip('id = "birth_date"', 'id = "birth_date”', "E101"),
    Slip('id = "birth_date"', 'id = ‘birth_date"', "E101"),
    Slip("[[stop]]", "［[stop]]", "E101"),
    Slip("[[stop]]", "【【stop】】", "E101"),
    Slip("valid   = { from", "valid   = ｛ from", "E101"),
    Slip("2026-11-01, to", "2026-11-01，to", "E101"),
    Slip("visits = 0", "visits = ０", "E101"),
    Slip('"goods", "tables"]\nleg', '"goods"、"tables"]\nleg', "E101"),
    Slip('id = "name"', 'id ＝ "name"', "E101", block=True),
    Slip("visits = 0", "visits 0", "E109"),
    Slip("[guide]\n", "[guide\n", "E110"),
    Slip("visits = 0", "visits\u3000= 0", "E104"),
    Slip("visits = 0", "visits =\u00a00", "E104"),
    Slip('id = "goods"', '\u200bid = "goods"', "E104"),
    Slip("visits = 0", "visits = 0\nvisits = 1", "E105", at="visits = 1"),
    Slip("[applicant]", "[guide]", "E105", at="[guide]\nself_when"),
    Slip('type = "date"', 'type = "date', "E106"),
    Slip('zh = "一个摊位"', 'zh = "一个"摊位""', "E107"),
    Slip("legal_workdays = 20", "legal_workdays = 二十", "E108"),
    Slip('desk = "民政"', "desk = 民政", "E108"),
    Slip('desk = "民政"', "desk =", "E108"),
    Slip('is = "self" }', 'is = "self"', "E110"),
    Slip('["id_number"],\n', '["id_number"]\n', "E110", at='  ["goods", "tables"],\n  ["@m'),
    Slip("birth_date = 1944-03-05", "birth_date = 1944-02-30", "E111"),
    Slip("下大雪才停", "下大雪\\才停", "E102"),
)

SHAPE = (
    Slip("optional = true", "optinal = true", "E201"),
    Slip("[handling]", "[handeling]", "E201", at="[handeling]"),
    Slip('hint.zh = "一共 18 位"', 'hint.cn = "一共 18 位"', "E201", block=True),
    Slip("keep_days = 90", "keep_dayz = 90", "E201"),
    Slip("rule = { not_after", "rule = { not_aftr", "E201"),
    Slip('zh = "水果蔬菜",', 'zhh = "水果蔬菜",', "E201"),
    Slip('type = "date"\n', "", "E202", at='[[question]]\nid = "birth_date"'),
    Slip('desk = "民政"\n', "", "E202", at="[handling]"),
    Slip('ask.en = "Who is it for?"\n', "", "E202", at='ask.zh = "您给谁办？"'),
    Slip('en = "Small things"', 'eng = "Small things"', "E202", at='{ value = "toys"'),
    Slip(
        '[[guide.basis]]\nlaw.zh = "试验用的依据（待业务负责人核对）"\nlaw.en = "A basis for trials (to be confirmed by the owner)"\n',
        "",
        "E202",
        at="[guide]",
    ),  # noqa: E501
    Slip('include = "blocks/holder"', 'include = "holder"', "E204"),
    Slip('include = "blocks/holder"', 'include = "blocks/holder"\nid = "holder"', "E204", at="include ="),
    Slip('include = "blocks/holder"', 'include = "blocks/holders"', "E205"),
    Slip("hint.zh = ", "hint.zh ＝ ", "E206", at="include =", block=True, told_in_block=False),
    Slip("[[consent]]", "[handling]", "E207", block=True),
    Slip('id = "id_number"\n', 'include = "blocks/other"\n', "E208", block=True),
    Slip(
        'options = [\n  { value = "self",   zh = "给我自己办", en = "Myself" },\n  { value = "family", zh = "帮家里人办", en = "A relative" },\n]\n',
        "",
        "E210",
        at='[[question]]\nid = "who"',
    ),  # noqa: E501
    Slip(
        'id = "tables"\n', 'id = "tables"\noptions = [{ value = "one", zh = "一张", en = "One" }]\n', "E210"
    ),  # fmt: skip
    Slip(
        'material = "kitchen-card"\n',
        'material = "kitchen-card"\noptions = [{ value = "yes", zh = "带了", en = "Yes" }]\n',
        "E211",
        at="options = [{",
    ),  # noqa: E501
    Slip('{ value = "toys", ', '{ value = "fruit",', "E212", at='options = [\n  { value = "fruit"'),
    Slip('{ value = "toys", ', '{ value = "person",', "E228", at='value = "person"'),
    Slip('privacy = "private"', 'privacy = "open"', "E213", block=True),
    Slip('id = "who"\n', 'id = "who"\nat_most = 2\n', "E214", at="at_most = 2\ntype"),
    Slip('material = "kitchen-card"\n', "", "E215", at='[[question]]\nid = "kitchen"'),
    Slip('id = "hours"\ntype = "number"', 'id = "hours"\ntype = "signature"', "E216"),
    Slip(
        'id = "tables"\n',
        'id = "tables"\nfrom_card = "subject"\n',
        "E217",
        at='from_card = "subject"\ntype = "number"',
    ),  # noqa: E501
    Slip(
        'id = "tables"\ntype = "number"',
        'id = "tables"\ntype = "repeat"',
        "E218",
        at='[[question]]\nid = "tables"',
    ),  # noqa: E501
    Slip('id = "tables"\n', 'id = "tables"\nsource = "social-insurance"\n', "E219", at="source ="),
    Slip('id = "tables"\n', 'id = "tables"\nwithin = "99"\n', "E220", at="within ="),
    Slip(
        'not_after = "today" }',
        'not_after = "today", not_before = 1900-01-01 }',
        "E221",
        at="rule = { not_after",
    ),  # noqa: E501
    Slip('is = { count = "goods" }', 'is = { count = "goods", sum = ["tables"] }', "E222"),
    Slip('is = { count = "goods" }', "is = { }", "E222"),
    Slip(
        "yuan_once = 120\n", "", "E223", at='when = { field = "age", at_least = 70 }\nvalid = { from = 2027'
    ),
    Slip("visits = 0\n", 'visits = 0\nhere = "part"\n', "E224", at='here = "part"'),
    Slip('is = "self" }\n\n[[question]]', 'is = "self", all = [] }\n\n[[question]]', "E227", at="self_when"),
    Slip('{ field = "tables", is = 3 }', "{ is = 3 }", "E226"),
    Slip('{ field = "tables", is = 3 }', '{ field = "tables" }', "E227"),
    Slip('type = "date"', 'type = "dates"', "E230"),
    Slip('status  = "draft"', 'status  = "alive"', "E230"),
    Slip('from_card = "subject"', 'from_card = "anybody"', "E230"),
    Slip('id = "birth_date"', 'id = "出生日期"', "E231"),
    Slip('desk = "民政"', 'desk = ""', "E232"),
    Slip('zh = "一个摊位"', f'zh = "{"很" * 401}"', "E233"),
    Slip("visits = 0", "visits = -1", "E234"),
    Slip("visits = 0", 'visits = "no"', "E235"),
    Slip('also_called = ["摆地摊"]', 'also_called = "摆地摊"', "E235"),
    Slip("optional = true", 'optional = "yes please"', "E235"),
    Slip(
        'rows = [\n  ["name", "birth_date"],\n  ["id_number"],\n  ["goods", "tables"],\n  ["@materials"],\n  ["@signature_or_fingerprint", "@date"],\n]',
        "rows = []",
        "E236",
    ),  # noqa: E501
)

LOGIC = (
    Slip('id = "tables"\ntype', 'id = "goods"\ntype', "E301", at='id = "goods"\ntype = "number"'),
    Slip('id = "age"', 'id = "rent"', "E301"),
    Slip('id = "entrust"', 'id = "id-card"', "E301", at='id = "id-card"\nzh = "委托书"'),
    Slip('id = "too-many"', 'id = "too-young"', "E301", at='id = "too-young"\nafter = "helpers"'),
    Slip('id = "hours"\ntype', 'id = "helper"\ntype', "E301", at='id = "helper"\ntype = "number"'),
    Slip('field = "goods", includes', 'field = "good", includes', "E302"),
    Slip('ask_if = { field = "goods", includes = "food" }', 'ask_if = { field = "tables", is = 1 }', "E302"),
    Slip('after = "birth_date"', 'after = "birthdate"', "E302"),
    Slip('years_from = "birth_date"', 'years_from = "birthdate"', "E302"),
    Slip('to = "today"', 'to = "tomorrow"', "E302"),
    Slip('self_when = { field = "who"', 'self_when = { field = "whom"', "E302"),
    Slip('form_order = ["name"', 'form_order = ["names"', "E302"),
    Slip('material = "kitchen-card"', 'material = "kitchencard"', "E302"),
    Slip('  ["goods", "tables"],\n', '  ["goods", "table"],\n', "E302", at='  ["goods", "table"]'),
    Slip('  ["@materials"],\n', '  ["@material"],\n', "E302", at='  ["@material"]'),
    Slip('birth_date_same_as = "birth_date"', 'birth_date_same_as = "birthday"', "E302", block=True),
    Slip('covers = ["id_number"]', 'covers = ["id_nummer"]', "E302", block=True),
    Slip('before = "start"', 'before = "begin"', "E302"),
    Slip('field = "who", is = "family"', 'field = "who", includes = "family"', "E303"),
    Slip('sum = ["helpers.hours", "tables"]', 'sum = ["helpers.helper", "tables"]', "E304", at="is = { sum"),
    Slip('count = "goods"', 'count = "tables"', "E304"),
    Slip('years_from = "birth_date"', 'years_from = "who"', "E304"),
    Slip('is = { count = "goods" }', 'is = { sex_in = "name" }', "E304"),
    Slip('field = "who", is = "family"', 'field = "who", is = "daughter"', "E305"),
    Slip('includes = "food" }\nask', 'includes = "meat" }\nask', "E305"),
    Slip('field = "goods", includes = "food"', 'field = "goods", is = "food"', "E306"),
    Slip('field = "age", at_most = 17', 'field = "age", before = 2026-01-01', "E306"),
    Slip('field = "age", at_most = 17', 'field = "age", is = "young"', "E306"),
    Slip('field = "age", at_most = 17', 'field = "birth_date", at_most = 17', "E306"),
    Slip('field = "hours", at_least = 12', 'field = "helpers", is = "none"', "E306"),
    Slip(
        '[applicant]\nself_when = { field = "who", is = "self" }\n',
        "",
        "E307",
        at="ask_self.zh",
        told_in_block=True,
    ),  # noqa: E501
    Slip(
        'rule = { birth_date_same_as = "birth_date" }', 'rule = { not_after = "today" }', "E308", block=True
    ),
    Slip('rule = { not_after = "today" }', 'rule = { birth_date_same_as = "who" }', "E308"),
    Slip(
        'includes = "food" }\nask', 'includes = "food", answered = false }\nask', "E309", at='id = "kitchen"'
    ),
    Slip('field = "hours", at_least = 12', 'field = "tables", at_least = 4', "E310"),
    Slip('field = "age", at_most = 17', 'field = "age", at_least = 0', "E311", at="[[question]]"),
    Slip(
        'covers = ["id_number"]',
        'covers = ["id_number"]\nneed_if = { field = "age", at_most = 17 }',
        "E312",
        block=True,
        at='id = "id-data"',
    ),  # noqa: E501
    Slip(
        'need_if = { field = "goods", includes = "food" }',
        'need_if = { field = "age", at_most = 17 }',
        "E313",
    ),
    Slip(
        "[[staff_note]]",
        '[[stop]]\nid = "again"\nafter = "helpers"\nwhen = { field = "hours", at_least = 12 }\ntell.zh = "请改短一点再来办。"\ntell.en = "Please name fewer."\n\n[[staff_note]]',
        "E314",
        at='when = { field = "hours", at_least = 12 }\ntell.zh = "请改',
    ),  # noqa: E501
    Slip("at_least = 1\nat_most = 3", "at_least = 5\nat_most = 3", "E315"),
    Slip("at_most = 3\noptions", "at_least = 4\noptions", "E315"),
    Slip("from = 60, to = 69", "from = 69, to = 60", "E315"),
    Slip('after = "helpers"', 'after = "rent"', "E302", at='when = { field = "hours"'),
    Slip('after = "birth_date"', 'after = "tables"', "E316"),
    Slip(
        'when = { field = "age", from = 60, to = 69 }',
        'when = { field = "age", at_least = 75 }\nvalid = { from = 2026-02-01, to = 2026-03-01 }',
        "E317",
        at='when = { field = "age", at_least = 75 }',
    ),  # noqa: E501
    Slip('before = "id_number"', 'before = "submit"', "E318", block=True),
    Slip(
        'ask.zh = "要摆几张桌子？"',
        'ask.zh = "您打算卖什么？"',
        "W320",
        at='ask.zh = "您打算卖什么？"\nask.en = "How',
    ),
    Slip('{ field = "tables", is = 3 }', '{ field = "age", at_most = 17 }', "W321", at="when = { all"),
)

READING = (
    Slip(
        'tell.zh = "满十八岁才能摆摊，可以请家里大人来办。"',
        f'tell.zh = "{"满十八岁才能摆摊" * 6}。"',
        "W401",
    ),
    Slip("您给自己办，还是帮家里人办？", "您给自己" * 12, "W401"),
    Slip("有。下大雪才停。", "有。下大雪才停。下小雪不停。下雨也不停。", "W402"),
    Slip("没有可以跳过。", "没有可以跳过。有也可以跳过。不跳也行。", "W402"),
    Slip("要摆几张桌子？", "要摆几张桌子？要几把椅子？", "W403"),
    Slip("要摆几张桌子？", "要摆几张桌子以及几把椅子？", "W403"),
    Slip("要摆几张桌子？", "几张？", "W404"),
    Slip(
        '  { value = "toys",',
        "".join(f'  {{ value = "x{n}", zh = "东西{n}", en = "Thing {n}" }},\n' for n in range(7))
        + '  { value = "toys",',
        "W405",
        at='options = [\n  { value = "fruit"',
    ),  # noqa: E501
    Slip('help.zh = "最多三张。"\nhelp.en = "Three at most."\n', "", "W406", at='ask.zh = "要摆几张桌子？"'),
    Slip("要摆几张桌子？", "要摆几张饔飧桌子？", "W407"),
    Slip("没带也可以先登记。", "没带也可以先受理。", "W408"),
    Slip("You can go on without it.", "You can submit it prior to the market.", "W408"),
    Slip("这一天还没到，请看看年份。", "日期无效。", "E409"),
    Slip("This day has not come yet. Please look at the year.", "Invalid date.", "E409"),
    Slip("最多三张。", "最多③张。", "W410"),
    Slip("最多三张。", "最多\u200b三张。", "W411"),
    Slip("How many tables?", "几张桌子？", "W412"),
    Slip('zh = "水果蔬菜"', 'zh = "Fruit"', "W412"),
    Slip('zh = "水果蔬菜"', 'zh = "自己家地里种的水果和新鲜的蔬菜"', "W413"),
    Slip('en = "Small things"', 'en = "Small things of every kind and of every colour"', "W413"),
    Slip("您打算卖什么？", "你打算卖什么？", "W414"),
    Slip("Whoever wants a stall at the market", " ".join(["very"] * 26), "W415"),
    Slip('hint.zh = "一共 18 位"', 'hint.zh = "一共 18 位。在正面。在最下面。"', "W416", block=True),
)

DUTY = (
    Slip('covers = ["id_number"]\n', "", "E501", block=True, at='id = "id_number"'),
    Slip("separate = true", "separate = false", "E501", block=True, at='id = "id_number"'),
    Slip("yuan_once = 100 }", "yuan_once = 50 }", "E502"),
    Slip('end = "too-young", not_asked', 'end = "submit", not_asked', "E502"),
    Slip('"entrust"], yuan', '"kitchen-card"], yuan', "E502"),
    Slip("legal_workdays = 20", "legal_workdays = 3", "E504", at="promised_workdays"),
    Slip(
        "valid   = {",
        f'checked = {{ by = "李", on = 2026-10-28, digest = "{"0" * 64}" }}\nvalid   = {{',
        "W505",
    ),
    Slip('status  = "draft"', 'status  = "live"', "E506"),
    Slip('label.zh = "卖什么"', 'label.zh = "健康状况"', "W507", at='id = "goods"'),
    Slip('label.zh = "卖什么"', 'label.zh = "健康状况"', "W509", at='id = "goods"'),
    Slip(
        '[[question]]\nid = "name"',
        BANK_CARD + '[[question]]\nid = "name"',
        "E501",
        block=True,
        at='id = "card"',
    ),  # noqa: E501
    Slip("to = 2027-12-31 }", "to = 2026-11-01 }", "W510"),
    Slip("to = 2027-12-31 }", "to = 2026-10-01 }", "E517"),
    Slip('expect = { end = "too-many" }', 'expect = { end = "submit" }', "E502"),
    Slip("hours = 10 }", "hours = 1 }", "E511", at='id = "too-many"'),
    Slip('goods = ["food", "toys"]', 'goods = ["food"]', "W513", at='{ value = "toys"'),
    Slip(
        'zh = "委托书"\nen = "Letter of authority"\nneed_if = { field = "who", is = "family" }',
        'zh = "委托书"\nen = "Letter of authority"\nneed_if = { field = "who", is = "self" }',
        "E514",
        at="self_when",
    ),  # noqa: E501
    Slip(
        '[[faq]]\nask.zh = "下雨天也有集吗？"\nask.en = "Is there a market when it rains?"\nanswer.zh = "有。下大雪才停。"\nanswer.en = "Yes. Only heavy snow stops it."\n',
        "",
        "W515",
        at='id      = "market-stall"',
    ),  # noqa: E501
    Slip("valid = { from = 2027-01-01 }", "valid = { from = 2026-07-01 }", "E516"),
    Slip("keep_days = 90\n", "", "W518", at='id = "use"'),
    Slip('status  = "draft"', 'status  = "live"', "E520", at="law.zh"),
    Slip(
        '[[question]]\nid = "name"',
        BANK_CARD + '[[question]]\nid = "name"',
        "E508",
        block=True,
        at="covers =",
        then=(('covers = ["id_number"]', 'covers = ["id_number", "card"]'),),
    ),  # noqa: E501
    Slip(
        'name = "奶奶卖菜"',
        'name = "奶奶卖花"',
        "E512",
        at="[[story]]",
        then=(
            ('expect = { end = "submit"', 'expect = { end = "refused"'),
            ('tables = 1, rent = "", helpers = "" }', "tables = 1 }"),
            ("hours = 4 }", "hours = 14 }"),
        ),
    ),  # noqa: E501
    Slip(
        '[[question]]\nid = "tables"', SEVERAL_MORE + '[[question]]\nid = "tables"', "W519", at='id = "who"'
    ),
    Slip('goods = ["fruit"], tables = 1', 'good = ["fruit"], tables = 1', "E522"),
    Slip('refuse = ["id-data"]', 'refuse = ["id-date"]', "E522"),
    Slip('expect = { end = "refused" }', 'expect = { end = "refuse" }', "E522"),
    Slip('materials = ["id-card"], consents', 'materials = ["idcard"], consents', "E522"),
    Slip('goods = ["fruit"], tables = 1', 'goods = ["fruits"], tables = 1', "E523"),
    Slip('goods = ["fruit"], tables = 1', 'goods = ["fruit"], tables = 9', "E523"),
)

SLIPS = (*TYPING, *SHAPE, *LOGIC, *READING, *DUTY)
