"""The demo's library systems: sample data, modelled on two real cities, and the operator's own home."""

from networks.registers import OpeningPlan

NANJING = OpeningPlan(
    code="nanjing",
    name="阅美四季",
    library_name="金陵图书馆",
    city="南京市",
    hosts=("nanjing.localhost", "127.0.0.1", "localhost"),
    districts=(
        "玄武区",
        "秦淮区",
        "建邺区",
        "鼓楼区",
        "栖霞区",
        "雨花台区",
        "江宁区",
        "浦口区",
        "六合区",
        "溧水区",
        "高淳区",
    ),
    zones=("江北新区",),
    responsible="许文静",
    responsible_contact="privacy@nanjing.example，025-0000 0000",
    tagline="春种一粒字，秋收满架书",
    brand_hue=15,
    details={
        "contact": "咨询电话 025-0000 0000（周二至周日 9:00–17:00）",
        "address": "南京市建邺区乐山路 158 号",
        "icp_number": "苏ICP备00000000号-1（示例）",
        "police_number": "苏公网安备 00000000000000号（示例）",
    },
)

SHENZHEN = OpeningPlan(
    code="shenzhen",
    name="图书馆之城",
    library_name="深圳图书馆",
    city="深圳市",
    hosts=("shenzhen.localhost",),
    districts=("福田区", "罗湖区", "南山区", "盐田区", "宝安区", "龙岗区", "龙华区", "坪山区", "光明区"),
    zones=("大鹏新区",),
    responsible="郑海珊",
    responsible_contact="privacy@shenzhen.example，0755-0000 0000",
    tagline="一座城，一间大书房",
    brand_hue=215,
    details={
        "contact": "咨询电话 0755-0000 0000（周二至周日 9:00–21:00）",
        "address": "深圳市福田区福中一路 2001 号",
        "icp_number": "粤ICP备00000000号-1（示例）",
        "police_number": "粤公网安备 00000000000000号（示例）",
    },
)

OPERATOR = OpeningPlan(
    code="operator",
    name="四季运营",
    library_name="四季运营团队",
    city="运营",
    hosts=("operator.localhost",),
    responsible="高远",
    responsible_contact="privacy@operator.example",
    brand_hue=265,
    is_operator=True,
)

CITIES = (NANJING, SHENZHEN, OPERATOR)
