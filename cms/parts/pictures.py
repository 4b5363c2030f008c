"""Parts that are pictures. What is seen stands with the picture itself, so that nobody forgets to say it."""

from django.utils.translation import gettext_lazy as _
from wagtail import blocks

from cms.own import OwnImage


class Picture(blocks.StructBlock):
    image = OwnImage(label=_("Picture"))
    caption = blocks.CharBlock(label=_("Words below it"), max_length=80, required=False)

    class Meta:
        icon = "image"
        label = _("Picture")
        description = _("One picture across the page.")
        template = "cms/parts/picture.html"


class Pictures(blocks.StructBlock):
    heading = blocks.CharBlock(label=_("Heading"), max_length=40, required=False)
    pictures = blocks.ListBlock(Picture(), label=_("Pictures"), min_num=2, max_num=24)

    class Meta:
        icon = "image"
        label = _("Several pictures")
        description = _("Two to twenty-four pictures side by side; each opens on its own.")
        template = "cms/parts/pictures.html"
