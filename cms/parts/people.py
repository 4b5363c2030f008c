from django.utils.translation import gettext_lazy as _
from wagtail import blocks

from cms.own import OwnImage


class Someone(blocks.StructBlock):
    name = blocks.CharBlock(label=_("Name"), max_length=20)
    role = blocks.CharBlock(label=_("Who that is"), max_length=40, required=False)
    text = blocks.TextBlock(label=_("More about them"), max_length=200, required=False)
    picture = OwnImage(label=_("Picture"), required=False)

    class Meta:
        label = _("Person")


class People(blocks.StructBlock):
    heading = blocks.CharBlock(label=_("Heading"), max_length=40, required=False)
    people = blocks.ListBlock(Someone(), label=_("People"), min_num=1, max_num=24)

    class Meta:
        icon = "group"
        label = _("People")
        description = _("Who tells the stories, who sits on the jury. Name those who agreed to it.")
        template = "cms/parts/people.html"
        preview_value = {
            "heading": "阅美分享人",
            "people": [
                {"name": "林晚", "role": "绘本分享人", "text": "讲了二十年故事。", "picture": None},
                {"name": "周敏", "role": "儿童文学作家", "text": "", "picture": None},
            ],
        }
