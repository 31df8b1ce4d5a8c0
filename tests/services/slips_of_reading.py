"""Words that are hard to read or to hear."""

from __future__ import annotations

from tests.services.seeded import Slip

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
    ),
    Slip('help.zh = "最多三张。"\nhelp.en = "Three at most."\n', "", "W406", at='ask.zh = "要摆几张桌子？"'),
    Slip("要摆几张桌子？", "要摆几张饔飧桌子？", "W407"),
    Slip("没带也可以先登记。", "没带也可以先受理。", "W408"),
    Slip("没带也可以先登记。", "没带也可以先立案。", "W417"),
    Slip("下大雪才停。", "摊位要先立案。", "W417"),
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
