"""The people and places that every test knows. The same names stand in the docs and the pictures."""

from networks.registers import OpeningPlan

NANJING = OpeningPlan(
    code="nanjing",
    name="阅美四季",
    library_name="金陵图书馆",
    city="南京市",
    hosts=("nanjing.test",),
    districts=("玄武区", "鼓楼区", "江宁区"),
    zones=("江北新区",),
    responsible="许文静",
    responsible_contact="privacy@nanjing.test",
)
SHENZHEN = OpeningPlan(
    code="shenzhen",
    name="图书馆之城",
    library_name="深圳图书馆",
    city="深圳市",
    hosts=("shenzhen.test",),
    districts=("福田区", "南山区"),
    brand_hue=215,
    responsible="郑海珊",
    responsible_contact="privacy@shenzhen.test",
)
OPERATOR = OpeningPlan(
    code="operator",
    name="四季运营",
    library_name="四季运营团队",
    city="运营",
    hosts=("operator.test",),
    is_operator=True,
)
