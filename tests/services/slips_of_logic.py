"""Names and conditions that make no sense together, and parts that nobody reaches."""

from __future__ import annotations

from tests.services.seeded import Slip, part

SECOND_STOP = part('when = { field = "hours"', "\n\n[[staff_note]]") + "\n\n[[staff_note]]"

A_CHOICE = """[[question]]
id = "{id}"
type = "choice"
label = {{ zh = "哪天", en = "Day" }}
ask = {{ zh = "{ask}", en = "Which day ({id})?" }}
help = {{ zh = "选一天。", en = "Choose one." }}
options = [
{options}]
{check}
"""
FAIR_DAYS = A_CHOICE.format(
    id="first", ask="头一天哪天来？", options='  { value = "mon", zh = "星期一", en = "Monday" },\n', check=""
) + A_CHOICE.format(
    id="second",
    ask="下一回哪天来？",
    options='  { value = "mon", zh = "还是星期一", en = "Monday again" },\n'
    '  { value = "tue", zh = "星期二", en = "Tuesday" },\n',
    check='check = [{ rule = { differs_from = "first" }, zh = "请换一天。", en = "Another day, please." }]',
)

A_RECORD = """[[question]]
id = "paper"
type = "record"
source = "licence-codes"
look_up = "{look_up}"
label = {{ zh = "执照", en = "Licence" }}
ask = {{ zh = "跟执照一样吗？", en = "Is it the same?" }}
help = {{ zh = "看一看。", en = "Have a look." }}

"""

LOGIC = (
    Slip(
        '[[question]]\nid = "tables"',
        FAIR_DAYS + '[[question]]\nid = "tables"',
        "E319",
        at='  { value = "mon", zh = "还',
    ),
    Slip('id = "tables"\ntype', 'id = "goods"\ntype', "E301", at='id = "goods"\ntype = "number"'),
    Slip('id = "age"', 'id = "rent"', "E301"),
    Slip('id = "entrust"', 'id = "id-card"', "E301", at='id = "id-card"\nzh = "委托书，请家里人代办"'),
    Slip('id = "too-many"', 'id = "too-young"', "E301", at='id = "too-young"\nafter = "helpers"'),
    Slip('id = "hours"\ntype', 'id = "helper"\ntype', "E301", at='id = "helper"\ntype = "number"'),
    Slip('field = "goods", includes', 'field = "good", includes', "E302"),
    Slip('ask_if = { field = "goods", includes = "food" }', 'ask_if = { field = "tables", is = 1 }', "E322"),
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
    Slip(
        '[[question]]\nid = "tables"',
        A_RECORD.format(look_up="code") + '[[question]]\nid = "tables"',
        "E302",
        at='look_up = "code"',
    ),
    Slip(
        '[[question]]\nid = "tables"',
        A_RECORD.format(look_up="id_number") + '[[question]]\nid = "tables"',
        "E302",
        at='look_up = "id_number"',
    ),
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
    ),
    Slip(
        "keep_days = 90\n",
        'keep_days = 90\nother = { zh = "我替家里人同意。", en = "I agree for them." }\n',
        "E324",
    ),
    Slip('id = "use"\nbefore = "start"', 'id = "use"\nbefore = "submit"', "E323", at='id = "use"'),
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
    ),
    Slip(
        'need_if = { field = "goods", includes = "food" }',
        'need_if = { field = "age", at_most = 17 }',
        "E313",
    ),
    Slip(
        "[[staff_note]]",
        part('[[stop]]\nid = "too-many"', "[[staff_note]]").replace("too-many", "again") + "[[staff_note]]",
        "E314",
        at=SECOND_STOP,
    ),
    Slip("at_least = 1\nat_most = 3", "at_least = 5\nat_most = 3", "E315"),
    Slip("at_most = 3\noptions", "at_least = 4\noptions", "E315"),
    Slip("from = 60, to = 69", "from = 69, to = 60", "E315"),
    Slip('after = "helpers"', 'after = "rent"', "E322", at='when = { field = "hours"'),
    Slip('after = "birth_date"', 'after = "tables"', "E316"),
    Slip(
        'when = { field = "age", from = 60, to = 69 }',
        'when = { field = "age", at_least = 75 }\nvalid = { from = 2026-02-01, to = 2026-03-01 }',
        "E317",
        at='when = { field = "age", at_least = 75 }',
    ),
    Slip('before = "id_number"', 'before = "submit"', "E318", block=True),
    Slip(
        'ask.zh = "要摆几张桌子？"',
        'ask.zh = "您打算卖什么？"',
        "W320",
        at='ask.zh = "您打算卖什么？"\nask.en = "How',
    ),
    Slip('{ field = "tables", is = 3 }', '{ field = "age", at_most = 17 }', "W321", at="when = { all"),
)
