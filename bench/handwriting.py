"""How often a character drawn with the finger is recognised, by the size of the canvas.

The strokes come from elsewhere than the kiosk's table: KanjiVG, drawn in Japan by other hands (the PyPI
package kanjivg, CC BY-SA 3.0). Of the characters below those are measured that it has; where Japan writes
another form, the kiosk pays for it. With --hanzi-writer only those of the same number of strokes count.
"""

from __future__ import annotations

import argparse
import json
import random
import resource
import statistics
import time
from collections.abc import Iterator, Mapping
from importlib.util import find_spec
from pathlib import Path

from kiosk.handwriting.recognise import recognise
from tables.writing import Canvas, Hand, Model, hanzi_writer, kanjivg, written

CANVASES = tuple(
    Canvas(columns, rows, pixels)
    for columns, rows in ((12, 6), (16, 8), (20, 10), (24, 12), (28, 14), (40, 20))
    for pixels in (False, True)
)
HANDS = {
    "taught": Hand(reordered=0, joined=0),
    "own way": Hand(reordered=0.5, joined=0.5),
}
FIRST = (1, 5, 8)

SURNAMES = """
王李张刘陈杨黄赵吴周徐孙马朱胡郭何林高罗郑梁谢宋唐许韩邓冯曹彭曾肖田董潘袁蔡蒋余于杜叶程魏苏吕丁任卢姚沈钟姜崔谭陆范汪
廖石金韦贾夏付方邹熊白孟秦邱侯江尹薛闫段雷龙黎史陶贺毛郝顾龚邵万覃武钱戴严莫孔向常汤康易乔文赖樊齐庄殷施颜倪葛季俞章
鲁申焦左吉岳牛关柴翟梅温欧辛管祝耿霍房路尤柳童舒翁聂殷卞柯阮纪符项邢宁安伍包米谷凌盛甘苗卜巩裴
"""
GIVEN_NAMES = """
伟芳娜敏静丽强磊军洋勇艳杰娟涛明超秀霞平刚桂英华玉兰红梅建国志文斌辉力学祥才发武新利清飞彬富顺信子生龙元全国胜学祥海山
仁波宁贵福淑惠珠翠雅芝萍荣爱妹香月莺媛瑞凡佳嘉琼勤珍贞莉叶璧璐娅琦晶妍茜秋珊莎锦黛青倩婷姣婉娴瑾颖露瑶怡婵雁蓓纨仪荷丹
蓉眉君琴蕊薇菁梦岚苑筠柔竹霭凝晓欢霄枫芸菲寒欣滢伊亚宜可姬舒影荔枝思毓悦昭冰爽琬茗羽希春庆根宝金银凤莲菊
"""
COMMON = """
的一是在不了有和人这中大为上个国我以要他时来用们生到作地于出就分对成会可主发年动同工也能下过子说产种面而方后多定行学法所
民得经十三之进着等部度家电力里如水化高自二理起小物现实加量都两体制机当使点从业本去把性好应开它合还因由其些然前外天政四日
那社义事平形相全表间样与关各重新线内数正心反你明看原又么利比或但质气第向道命此变条只没结解问意建月公无系军很情者最立代想
已通并提直题党程展五果料象员革位入常文总次品式活设及管特件长求老头基资边流路级少图山统接知较将组见计别她手角期根论运农指
几九区强放决西被干做必战先回则任取据处队南给色光门即保治北造百规热领七海口东导器压志世金增争济阶油思术极交受联什认六共权
收证改清己美再采转更单风切打白教速花带安场身车例真务具万每目至达走积示议声报斗完类八离华名确才科张信马节话米整空元况今集
温传土许步群广石记需段研界拉林律叫且究观越织装影算低持音众书布复容儿须际商非验连断深难近矿千周委素技备半办青省列习响约支
"""


def main() -> None:
    asked = argparse.ArgumentParser(prog="python -m bench.handwriting", description=__doc__)
    asked.add_argument("--kanjivg", type=Path, help="its folder of pictures; else that of the package")
    asked.add_argument("--hanzi-writer", type=Path, help="leave out what it writes with other strokes")
    asked.add_argument("--every", type=int, default=1, metavar="N", help="only each N-th of the characters")
    asked.add_argument("--json", action="store_true")
    how = asked.parse_args()
    models = models_of(how.kanjivg, how.hanzi_writer)
    for line in measured(dict(list(models.items())[:: how.every])):
        print(json.dumps(line) if how.json else "  ".join(f"{name} {value}" for name, value in line.items()))


def models_of(folder: Path | None, copybook: Path | None) -> dict[str, Model]:
    """The characters to write, and how they are meant."""
    wanted = dict.fromkeys(c for c in SURNAMES + GIVEN_NAMES + COMMON if not c.isspace())
    if folder is None:
        found = find_spec("kanji")
        if found is None or not found.submodule_search_locations:
            raise SystemExit("KanjiVG is not here: pip install kanjivg, or give --kanjivg FOLDER")
        folder = Path(found.submodule_search_locations[0])
    every = {character: model for character in wanted if (model := kanjivg(folder, character))}
    ours = hanzi_writer(copybook) if copybook else every
    return {
        character: model for character, model in every.items() if len(model) == len(ours.get(character, ()))
    }


def measured(models: Mapping[str, Model]) -> Iterator[dict[str, object]]:
    """A line for each hand and canvas, and one for time and memory."""
    took: list[float] = []
    for name, hand in HANDS.items():
        for canvas in CANVASES:
            rng = random.Random(f"{name} {canvas}")
            places: list[int] = []
            for character, model in models.items():
                strokes = written(model, rng, canvas, hand)
                begun = time.perf_counter()
                candidates = recognise(strokes, max(FIRST))
                took.append(time.perf_counter() - begun)
                places.append(candidates.index(character) if character in candidates else max(FIRST))
            yield {
                "hand": name,
                "canvas": f"{canvas.columns}x{canvas.rows}",
                "tells": "pixels" if canvas.pixels else "cells",
                **{f"in_{few}": round(sum(at < few for at in places) / len(places), 3) for few in FIRST},
            }
    took.sort()
    yield {
        "characters": len(models),
        "middle_ms": round(1000 * statistics.median(took), 1),
        "p95_ms": round(1000 * took[int(0.95 * len(took))], 1),
        "memory_MB": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024,
    }


if __name__ == "__main__":
    main()
