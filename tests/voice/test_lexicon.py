"""Characters with several readings are read as people here read them."""

from __future__ import annotations

import re
from itertools import chain
from pathlib import Path

import pytest

from kiosk.paths import data_file
from voice.engines.espeak import EspeakEngine
from voice.engines.pinyin import teach_site, to_pinyin
from voice.lexicon import LexiconFault, read_lexicon

SHIPPED = read_lexicon(data_file("lexicon/readings.toml"))
SAID = {
    "places": """
        重庆 chong2qing4, 成都 cheng2du1, 都江堰 du1jiang1yan4, 长乐 chang2le4, 六安 lu4an1, 厦门 xia4men2,
        乐清 yue4qing1, 乐山 le4shan1, 丽水 li2shui3, 台州 tai1zhou1, 蚌埠 beng4bu4, 亳州 bo2zhou1,
        歙县 she4xian4, 番禺 pan1yu2, 东莞 dong1guan3, 洪洞 hong2tong2, 单县 shan4xian4, 曲阜 qu1fu4,
        会稽 kuai4ji1, 渑池 mian3chi2, 浚县 xun4xian4, 枞阳 zong1yang2, 铅山 yan2shan1, 綦江 qi2jiang1,
        犍为 qian2wei2, 郫都 pi2du1, 邛崃 qiong2lai2, 筠连 jun1lian2, 荥经 ying2jing1, 荥阳 xing2yang2,
        什邡 shi2fang1, 阆中 lang4zhong1, 十里堡 shi2li3pu4, 莘庄 xin1zhuang1, 大埔 da4bu4, 黄陂 huang2pi2,
        监利 jian4li4, 涡阳 guo1yang2, 喀什 ka1shi2, 井陉 jing3xing2, 蔚县 yu4xian4, 乐亭 lao4ting2,
        新都 xin1du1, 朝阳区 chao2yang2qu1, 大厦 da4sha4, 双流 shuang1liu2
    """,
    "words": """
        银行 yin2hang2, 行动不便 xing2dong4bu2bian4, 第一行 di4yi1hang2, 行人 xing2ren2, 还款 huan2kuan3,
        还给您 huan2gei3nin2, 还要 hai2yao4, 还没办完 hai2mei2ban4wan2, 归还 gui1huan2,
        您得带 nin2dei3dai4, 都得 dou1dei3, 觉得 jue2de5, 取得 qu3de2, 办得怎么样 ban4de5zen3me5yang4,
        听得清 ting1de5qing1, 慢慢地 man4man4de5, 地址 di4zhi3, 户籍地 hu4ji2di4, 拿着 na2zhe5,
        着急 zhao2ji2, 睡着 shui4zhao2, 了解 liao3jie3, 办不了 ban4bu4liao3, 忘了 wang4le5, 长大 zhang3da4,
        长期 chang2qi1, 家长 jia1zhang3, 重新 chong2xin1, 重填 chong2tian2, 重要 zhong4yao4,
        体重 ti3zhong4, 数字 shu4zi4, 为您 wei4nin2, 成为 cheng2wei2, 便宜 pian2yi5, 方便 fang1bian4,
        都可以 dou1ke3yi3, 种地 zhong4di4, 种类 zhong3lei4, 教您 jiao1nin2, 教育 jiao4yu4, 有空 you3kong4,
        调查 diao4cha2, 调解 tiao2jie3, 应该 ying1gai1, 反应 fan3ying4, 转账 zhuan3zhang4,
        差不多 cha4bu5duo1, 办事处 ban4shi4chu4, 处理 chu3li3, 几个 ji3ge4, 请假 qing3jia4, 真假 zhen1jia3,
        看护 kan1hu4, 量血压 liang2xue4ya1, 数量 shu4liang4, 落户 luo4hu4, 答应 da1ying5, 当作 dang4zuo4,
        跌倒 die1dao3, 勉强 mian3qiang3, 人参 ren2shen1, 下载 xia4zai4, 角落 jiao3luo4, 相片 xiang4pian4,
        没收到 mei2shou1dao4, 困难 kun4nan5, 称职 chen4zhi2, 腊月廿八 la4yue4nian4ba1
    """,
    "surnames": """
        单先生 shan4xian1sheng5, 解女士 xie4nv3shi4, 仇某某 qiu2mou3mou3, 区大爷 ou1da4ye5,
        曾奶奶 zeng1nai3nai5, 任医生 ren2yi1sheng1, 华老师 hua4lao3shi1, 查先生 zha1xian1sheng5,
        翟某 zhai2mou3, 覃女士 qin2nv3shi4, 尉迟先生 yu4chi2xian1sheng5, 万俟某 mo4qi2mou3,
        他姓曾 ta1xing4zeng1, 姓名：单小梅 xing4ming2：shan4xiao3mei2, 户主：解放 hu4zhu3：xie4fang4,
        曾经 ceng2jing1, 简单 jian3dan1, 解释 jie3shi4, 区别 qu1bie2, 检查 jian3cha2
    """,
}
EVERY = [
    tuple(pair.split(" ")) for kind in SAID.values() for pair in re.split(r",\s+", " ".join(kind.split()))
]


def third_for_second(line: str) -> str:
    """Before another third tone a third is said as a second: the same reading."""
    return re.sub(r"(?<=[a-z])2", "3", line.replace(" ", ""))


@pytest.fixture(scope="module")
def espeak() -> EspeakEngine:
    return EspeakEngine()


@pytest.mark.parametrize(("word", "pinyin"), EVERY, ids=[word for word, _ in EVERY])
def test_it_is_read_as_people_read_it(word: str, pinyin: str) -> None:
    assert third_for_second(to_pinyin(word).line) == third_for_second(pinyin)


def test_every_reading_of_the_file_holds_and_is_pronounced(espeak: EspeakEngine) -> None:
    """Alone and at the end of a sentence, as the voice says it; none is taken for English."""
    from pypinyin.contrib.tone_convert import to_tone3

    for word, syllables in SHIPPED.phrases().items():
        wanted = third_for_second("".join(to_tone3(one, neutral_tone_with_five=True) for one in syllables))
        assert third_for_second(to_pinyin(word).line) == wanted, word
        assert third_for_second(to_pinyin(f"您好，{word}。").line).endswith(wanted + "。"), word
    phonemes = espeak.phonemes("，".join(chain(SHIPPED.readings, SHIPPED.surnames)), "zh")
    assert phonemes and "(en)" not in phonemes


def test_different_readings_of_one_character_sound_different(espeak: EspeakEngine) -> None:
    for one, other in (
        ("还款", "还要"),
        ("行人", "行业"),
        ("重要", "重填"),
        ("单先生", "单子"),
        ("您得", "觉得"),
    ):
        assert espeak.phonemes(one, "zh") != espeak.phonemes(other, "zh")
    assert espeak.phonemes("曾先生", "zh").split()[0] != espeak.phonemes("曾经", "zh").split()[0]


def test_a_site_adds_readings_of_its_own_and_they_count_first(tmp_path: Path) -> None:
    own = tmp_path / "own.toml"
    own.write_text('[readings]\n"柏树巷" = "bó shù xiàng"\n[surnames]\n"覃" = "tán"\n', encoding="utf-8")
    assert to_pinyin("柏树巷").line == "bai3 shu4 xiang4"
    teach_site(own)
    try:
        assert to_pinyin("柏树巷").line == "bo2shu4xiang4"
        assert to_pinyin("覃女士").line == "tan2nv3shi4"
        assert to_pinyin("还款").line == "huan2kuan3"
    finally:
        back = tmp_path / "back.toml"
        back.write_text(
            '[readings]\n"柏树巷" = "bǎi shù xiàng"\n[surnames]\n"覃" = "qín"\n', encoding="utf-8"
        )
        teach_site(back)


@pytest.mark.parametrize(
    ("content", "told"),
    [
        ('[readings]\n"银行" = "yín"\n', "银行"),
        ('[readings]\n"银行" = "yín háng"\n"x" = 3\n', "x"),
        ('[readings]\n"银行" = "银 行"\n', "银行"),
        ('[words]\n"银行" = "yín háng"\n', "words"),
        ('[readings]\n"大埔街" = "dà bù jeí"\n', "大埔街"),
        ('[readings]\n"大埔" = "da4 bu4"\n', "大埔"),
        ('[readings]\n"，" = "mā"\n', "，"),
        ('[readings]\n"A" = "ā"\n', "A"),
        ('[readings]\n"" = ""\n', "needs one"),
        ("[readings\n", "own.toml"),
        (None, "own.toml"),
    ],
)
def test_a_file_that_is_not_understood_changes_nothing(
    content: str | None, told: str, tmp_path: Path
) -> None:
    """And the message says which word."""
    own = tmp_path / "own.toml"
    if content is not None:
        own.write_text(content, encoding="utf-8")
    with pytest.raises(LexiconFault, match=told):
        teach_site(own)
    assert to_pinyin("银行").line == "yin2hang2"
