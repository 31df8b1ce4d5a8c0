"""Promises that are not kept, and sample people who are wrong."""

from __future__ import annotations

from tests.services.seeded import Slip, part

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
    ),
    Slip("to = 2027-12-31 }", "to = 2026-11-01 }", "W510"),
    Slip("to = 2027-12-31 }", "to = 2026-10-01 }", "E517"),
    Slip('expect = { end = "too-many" }', 'expect = { end = "submit" }', "E502"),
    Slip("hours = 10 }", "hours = 1 }", "E511", at='id = "too-many"'),
    Slip('goods = ["food", "toys"]', 'goods = ["food"]', "W513", at='{ value = "toys"'),
    Slip(
        'zh = "委托书，请家里人代办"\nen = "Letter of authority"\nneed_if = { field = "who", is = "family" }',
        'zh = "委托书，请家里人代办"\nen = "Letter of authority"\nneed_if = { field = "who", is = "self" }',
        "E514",
        at="self_when",
    ),
    Slip(
        part("[[faq]]", "\n[applicant]"),
        "",
        "W515",
        at='id      = "market-stall"',
    ),
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
    ),
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
    ),
    Slip(
        '[[question]]\nid = "tables"', SEVERAL_MORE + '[[question]]\nid = "tables"', "W519", at='id = "who"'
    ),
    Slip('status  = "draft"', 'status  = "draft"\nproof   = "presented"', "E525", at="proof   ="),
    Slip(
        'status  = "draft"',
        'status  = "draft"\nproof   = "seen"',
        "E525",
        at="proof   =",
        then=(('card = "subject"\n', 'card = "actor"\n'),),
    ),
    Slip('status  = "draft"', 'status  = "draft"\nproof   = "presnted"', "E230", at="proof   ="),
    Slip(
        'status  = "draft"',
        'status  = "draft"\nproof   = "known"',
        "E526",
        at="proof   =",
        then=(("[applicant]\n", '[applicant]\nanonymous_when = { field = "who", is = "family" }\n'),),
    ),
    Slip(
        "[applicant]\n",
        '[authority]\nmay = { zh = "递交", en = "submit" }\npaper = "letter-of-nobody"\n\n[applicant]\n',
        "E527",
        at='paper = "letter',
    ),
    Slip('goods = ["fruit"], tables = 1', 'good = ["fruit"], tables = 1', "E522"),
    Slip('refuse = ["id-data"]', 'refuse = ["id-date"]', "E522"),
    Slip('expect = { end = "refused" }', 'expect = { end = "refuse" }', "E522"),
    Slip('materials = ["id-card"], consents', 'materials = ["idcard"], consents', "E522"),
    Slip('goods = ["fruit"], tables = 1', 'goods = ["fruits"], tables = 1', "E523"),
    Slip('goods = ["fruit"], tables = 1', 'goods = ["fruit"], tables = 9', "E523"),
)
