"""What the demo's libraries tell: days ago, address, title, line, by whom, and the parts."""

from typing import Any

Part = tuple[str, dict[str, Any]]
Told = tuple[int, str, str, str, str, tuple[Part, ...]]


def lead(text: str) -> Part:
    return "lead", {"text": text}


def text(heading: str, *paragraphs: str) -> Part:
    return "text", {"heading": heading, "text": "".join(f"<p>{one}</p>" for one in paragraphs)}


def quote(said: str, by: str) -> Part:
    return "quote", {"text": said, "by": by}


def questions(heading: str, *pairs: tuple[str, str]) -> Part:
    asked = [{"question": question, "answer": f"<p>{answer}</p>"} for question, answer in pairs]
    return "questions", {"heading": heading, "questions": asked}


def timeline(heading: str, *moments: tuple[str, str, str]) -> Part:
    found = [{"when": when, "title": title, "text": more} for when, title, more in moments]
    return "timeline", {"heading": heading, "moments": found}


def people(heading: str, *named: tuple[str, str, str]) -> Part:
    return "people", {
        "heading": heading,
        "people": [{"name": name, "role": role, "text": more, "picture": None} for name, role, more in named],
    }


def sessions(heading: str, **wish: Any) -> Part:
    return "sessions", {
        "heading": heading, "brand": "", "district": "", "age": None, "when": "", "most": 4, **wish,
    }  # fmt: skip


def way(label: str, line: str, address: str) -> Part:
    return "way", {"label": label, "text": line, "page": None, "address": address}


SIGN_UP = way("看看活动", "这个周末，离家不远就有", "/events/")

NANJING: tuple[Told, ...] = (
    (
        2,
        "zhong-xia-yi-li-zi",
        "种下一粒字",
        "三十个孩子在清凉门阅读空间写下自己的第一粒“字种子”",
        "清凉门阅读空间",
        (
            lead("周六上午十点，故事还没开始，门口已经排起了小小的队。孩子们手里捏着一粒豆子，那是今天的入场券。"),
            text(
                "从一粒豆子讲起",
                "绘本讲的是一颗迟迟不肯发芽的种子。讲到一半，分享人停下来问：你们等过什么？有的孩子等过弟弟出生，有的等过雪。",
                "故事讲完，每个孩子在纸杯上写一个字，把豆子种下去。春、家、鱼、跑、甜，三十个纸杯，三十个字。",
            ),
            quote("我写的是“等”，因为它要等很久才会长出来。", "一位六岁的读者"),
            text("带回家之后", "豆芽大约七天出土。下一场故事会欢迎带着它回来，给大家看看那个字长成了什么样子。"),
            sessions("下一场故事会", age=5),
        ),
    ),
    (
        6,
        "nainai-de-shujia",
        "奶奶的书架",
        "七十二岁的读者把三十年的连环画搬进了社区阅读空间",
        "周敏",
        (
            lead("书架不高，四层，最下面一层留给刚会走路的孩子。"),
            text(
                "一本一本擦干净",
                "这些连环画陪过她的两个女儿。搬来之前，她把每一本都擦了一遍，用铅笔在扉页写上：看完请放回原处。",
                "现在每周三下午，她坐在书架旁边，谁来了就给谁讲。",
            ),
            quote("书放在家里是我的，放在这里是大家的。", "捐书的读者"),
            SIGN_UP,
        ),
    ),
    (
        11,
        "yue-mei-si-ji",
        "阅美四季：一年怎么过",
        "冬谋、春征、夏评、秋展，一份写给全市阅读空间的年历",
        "金陵图书馆阅读推广部",
        (
            lead("一座城市的阅读，像四季一样有自己的节拍。"),
            timeline(
                "四个阶段",
                ("12 月—次年 2 月", "冬谋", "各馆点提出想法，一起定下这一年的主题。"),
                ("3 月—5 月", "春征", "向读者征集作品，走进学校和社区。"),
                ("6 月—8 月", "夏评", "评选与展读，暑假里天天有活动。"),
                ("9 月—11 月", "秋展", "把一年的收获展出来，巡回到每个区。"),
            ),
            questions(
                "常被问到的",
                ("要不要交钱？", "所有活动免费，报名即可。"),
                ("没有读者证可以来吗？", "可以。第一次来的家庭在报名时登记孩子的姓名和出生年月就行。"),
                ("临时有事怎么办？", "请在活动开始前取消，名额会自动给候补的家庭。"),
            ),
            sessions("近期活动"),
        ),
    ),
    (
        104,
        "ting-jian-changjiang",
        "听见长江",
        "江边的朗读会，风把句子吹得很远",
        "何平",
        (
            text(
                "",
                "傍晚的江边有风。我们没有用话筒，孩子们站成半圈，一人一句，把《长江之歌》念给江水听。",
                "念到最后一句，正好有船经过，汽笛响了一声。",
            ),
            quote("船在给我们鼓掌。", "一位八岁的读者"),
            SIGN_UP,
        ),
    ),
    (
        19,
        "yue-mei-fenxiangren",
        "认识三位阅美分享人",
        "讲故事的人，平时都在做什么",
        "阅美分享团",
        (
            people(
                "这个月请到的",
                ("林晚", "绘本分享人", "幼儿园老师，讲故事二十年，最怕孩子们问：后来呢？"),
                ("孙朗", "自然观察者", "植物园讲解员，随身带放大镜。"),
                ("顾青", "皮影手艺人", "第三代传人，每次都让孩子先上手。"),
            ),
            way("报名来听", "他们的下一场", "/events/"),
        ),
    ),
    (
        118,
        "shujia-qian-de-xiatian",
        "书架前的夏天",
        "暑假里，102 个阅读空间天天开门",
        "金陵图书馆",
        (
            lead("空调开着，水杯添满，地板上坐满了人。"),
            text(
                "这个夏天",
                "最小的读者四个月，最大的九十一岁。借得最多的是《父与子》，被翻得最旧的是一本讲恐龙的书。",
                "有个孩子每天来，说要把这一排读完。到八月底，他读完了，又从头开始。",
            ),
            SIGN_UP,
        ),
    ),
    (
        171,
        "yi-feng-gei-zuozhe-de-xin",
        "一封给作者的信",
        "两百封信寄出去，收到了四十七封回信",
        "江宁区图书馆",
        (
            text(
                "写信",
                "“您写的那只狗后来怎么样了？”这是被问得最多的一句。孩子们用铅笔写，不会写的字画出来。",
                "回信陆续到了。有一位作者寄来一张狗的照片，背面写着：它很好，就在我脚边。",
            ),
            quote("原来作者也会回信。", "三年级的读者"),
        ),
    ),
    (
        236,
        "di-yi-ci-dang-xiaozhi-guanliyuan",
        "第一次当小小图书管理员",
        "八岁的她学会了给书找家",
        "玄武区图书馆",
        (
            lead("索书号像门牌，每本书都有自己的家。"),
            text("半天的工作", "上架、整理、给来找书的弟弟妹妹指路。中午她在登记本上写：今天送了六十三本书回家。"),
            questions(
                "怎么参加", ("几岁可以？", "八到十二岁，由监护人报名。"), ("要培训吗？", "先上一次课，再来值班。")
            ),
        ),
    ),
)

SHENZHEN: tuple[Told, ...] = (
    (
        4,
        "huiyuyue-qinzi",
        "海边的图书馆",
        "把书车推到沙滩上的一个下午",
        "深圳图书馆",
        (
            lead("书车上有八十本书，两小时后只剩下三本。"),
            text(
                "", "孩子们坐在遮阳伞下，翻书的声音和浪的声音混在一起。", "收摊的时候，有人捡到一枚书签，是用贝壳做的。"
            ),
            SIGN_UP,
        ),
    ),
    (
        13,
        "ba-ge-gushi",
        "一百个爸爸讲故事",
        "周末的晚上，讲故事的换成了爸爸",
        "福田区图书馆",
        (quote("他讲得没有妈妈好，但是他会学恐龙叫。", "一位五岁的读者"), sessions("近期活动")),
    ),
)

# Address, title, line, parts.
ABOUT: tuple[str, str, str, tuple[Part, ...]] = (
    "about",
    "关于我们",
    "为全市的孩子和大人，一年四季开着门",
    (
        text(
            "我们做什么",
            "我们和各区图书馆、社区、书店一起，在全市办阅读活动：讲故事、展览、征文、读书节。所有活动免费。",
        ),
        ("venues", {"heading": "就近去读书", "district": "", "most": 6}),
        questions(
            "第一次来",
            ("怎么报名？", "在活动页面点“立即报名”，用手机号登录，写下孩子的名字和出生年月就可以。"),
            ("到了怎么签到？", "打开“入场码”，给工作人员扫一下，全家一起进。"),
            ("孩子的信息安全吗？", "只留活动需要的几项，您随时可以查看、导出或删除。"),
        ),
        way("联系我们", "有什么想说的", "/#reach"),
    ),
)
