"""Names for the demo's people. All of them are drawn by lot; nobody is meant."""

from random import Random

SURNAMES = "王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗梁宋郑谢韩唐冯于董萧程曹袁邓许傅沈曾彭吕苏卢蒋蔡贾丁魏薛叶阎余潘杜戴夏钟汪田任姜范方石姚谭廖邹熊金陆郝孔白崔康邱秦江史顾侯邵孟龙万段雷钱汤尹黎易常武乔贺赖龚文"
_GIVEN = {
    "woman": "静 敏 丽 娟 艳 秀兰 慧 雪梅 玉华 婷 晓燕 海霞 倩 佳怡 文君 春梅 莉 琳 颖 雅琴 思琪 月 红霞 晓岚 素珍 欣 悦 瑶 冬梅",
    "man": "伟 超 建国 志强 海波 文斌 永康 浩 宇航 国栋 立新 子轩 振华 一鸣 少峰 天佑 学文 立 家明 启东 宏图 正阳",
    "elder_woman": "桂英 秀英 玉兰 凤英 素芬 淑珍 玉梅 桂兰 秀珍 爱华 金凤 惠芳",
    "elder_man": "建国 国强 德明 长根 福生 永年 志远 家驹 庆余 树林 宝山 文奎",
    "child": (
        "子涵 一诺 雨桐 梓萱 沐辰 若汐 宇轩 诗涵 奕辰 依诺 浩然 欣怡 可馨 俊熙 语桐 思远 嘉禾 知夏 书瑶 明轩 安然 小满 "
        "星野 云舒 乐天 允儿 承泽 梓晨 佑宁 清越 禾苗 以沫 元宝 听雨 南星 半夏 景行 念初 行远 舒窈"
    ),
}

GIVEN = {kind: names.split() for kind, names in _GIVEN.items()}


def surname(chance: Random) -> str:
    # The first of them are the common ones.
    return SURNAMES[min(int(chance.expovariate(0.05)), len(SURNAMES) - 1)]


def full(kind: str, chance: Random, *, family: str = "") -> str:
    return (family or surname(chance)) + chance.choice(GIVEN[kind])
