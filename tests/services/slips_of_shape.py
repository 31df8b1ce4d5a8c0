"""Parts that are misspelt, missing, or of another kind than they should be."""

from __future__ import annotations

from tests.services.seeded import Slip, part

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
        part("[[guide.basis]]", "\n[[guide.amount]]"),
        "",
        "E202",
        at="[guide]",
    ),
    Slip('include = "blocks/holder"', 'include = "holder"', "E204"),
    Slip('include = "blocks/holder"', 'include = "blocks/holder"\nid = "holder"', "E204", at="include ="),
    Slip('include = "blocks/holder"', 'include = "blocks/holders"', "E205"),
    Slip("hint.zh = ", "hint.zh ＝ ", "E206", at="include =", block=True, told_in_block=False),
    Slip("[[consent]]", "[handling]", "E207", block=True),
    Slip('id = "id_number"\n', 'include = "blocks/other"\n', "E208", block=True),
    Slip(
        part('options = [\n  { value = "self"', '\n[[question]]\nid = "birth_date"'),
        "",
        "E210",
        at='[[question]]\nid = "who"',
    ),
    Slip(
        'id = "tables"\n', 'id = "tables"\noptions = [{ value = "one", zh = "一张", en = "One" }]\n', "E210"
    ),
    Slip(
        'material = "kitchen-card"\n',
        'material = "kitchen-card"\noptions = [{ value = "yes", zh = "带了", en = "Yes" }]\n',
        "E211",
        at="options = [{",
    ),
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
    ),
    Slip(
        'id = "tables"\ntype = "number"',
        'id = "tables"\ntype = "repeat"',
        "E218",
        at='[[question]]\nid = "tables"',
    ),
    Slip('id = "tables"\n', 'id = "tables"\nsource = "social-insurance"\n', "E219", at="source ="),
    Slip('id = "tables"\n', 'id = "tables"\nwithin = "99"\n', "E220", at="within ="),
    Slip(
        'not_after = "today" }',
        'not_after = "today", not_before = 1900-01-01 }',
        "E221",
        at="rule = { not_after",
    ),
    Slip('is = { count = "goods" }', 'is = { count = "goods", sum = ["tables"] }', "E222"),
    Slip('is = { count = "goods" }', "is = { }", "E222"),
    Slip(
        "yuan_once = 120\n", "", "E223", at='when = { field = "age", at_least = 70 }\nvalid = { from = 2027'
    ),
    Slip("visits = 0\n", 'visits = 0\nhere = "part"\n', "E224", at='here = "part"'),
    Slip('is = "self" }\n\n[[question]]', 'is = "self", all = [] }\n\n[[question]]', "E227", at="self_when"),
    Slip('id = "tables"\n', 'id = "tables"\nlook_up = "name"\n', "E229", at="look_up ="),
    Slip('{ field = "tables", is = 3 }', "{ is = 3 }", "E226"),
    Slip('{ field = "tables", is = 3 }', '{ field = "tables" }', "E227"),
    Slip('type = "date"', 'type = "dates"', "E230"),
    Slip('status  = "draft"', 'status  = "alive"', "E230"),
    Slip('from_card = "subject"', 'from_card = "anybody"', "E230"),
    Slip('id = "birth_date"', 'id = "出生日期"', "E231"),
    Slip('id = "birth_date"', 'id = "birth\u200b_date"', "E104"),
    Slip('desk = "民政"', 'desk = ""', "E232"),
    Slip('zh = "一个摊位"', f'zh = "{"很" * 401}"', "E233"),
    Slip("visits = 0", "visits = -1", "E234"),
    Slip("visits = 0", 'visits = "no"', "E235"),
    Slip('also_called = ["摆地摊"]', 'also_called = "摆地摊"', "E235"),
    Slip("optional = true", 'optional = "yes please"', "E235"),
    Slip(
        part("rows = [", "\n\n[[story]]"),
        "rows = []",
        "E236",
    ),
)
