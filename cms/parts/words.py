"""Parts that are words: to read, to look up, to remember."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from wagtail import blocks

# What comes with a text from elsewhere and is none of these does not stay.
RICH = ["h3", "bold", "italic", "ol", "ul", "link", "document-link"]
PLAIN = ["bold", "italic", "ol", "ul", "link"]


class Lead(blocks.StructBlock):
    text = blocks.TextBlock(label=_("Text"), max_length=200)

    class Meta:
        icon = "pilcrow"
        label = _("Lead")
        description = _("Two or three sentences in larger letters, at the top.")
        template = "cms/parts/lead.html"
        preview_value = {"text": "周六上午，三十个孩子在清凉门阅读空间种下一粒字。"}


class Prose(blocks.StructBlock):
    heading = blocks.CharBlock(label=_("Heading"), max_length=40, required=False)
    text = blocks.RichTextBlock(label=_("Text"), features=RICH, max_length=6000)

    class Meta:
        icon = "doc-full"
        label = _("Text")
        description = _("A section of running text, with a heading if you like.")
        template = "cms/parts/prose.html"
        preview_value = {"heading": "怎么参加", "text": "<p>带上孩子，提前十分钟到。读完一起画。</p>"}


class Quote(blocks.StructBlock):
    text = blocks.TextBlock(label=_("What was said"), max_length=200)
    by = blocks.CharBlock(label=_("By whom"), max_length=40, required=False)

    class Meta:
        icon = "openquote"
        label = _("Quotation")
        description = _("A sentence that deserves a page of its own. Name children only as their families agreed.")
        template = "cms/parts/quote.html"
        preview_value = {"text": "我想把这粒种子带回家。", "by": "一位五岁的读者"}


class Question(blocks.StructBlock):
    question = blocks.CharBlock(label=_("Question"), max_length=60)
    answer = blocks.RichTextBlock(label=_("Answer"), features=PLAIN, max_length=1500)

    class Meta:
        label = _("Question")


class Questions(blocks.StructBlock):
    heading = blocks.CharBlock(label=_("Heading"), max_length=40, required=False)
    questions = blocks.ListBlock(Question(), label=_("Questions"), min_num=1, max_num=20)

    class Meta:
        icon = "help"
        label = _("Questions and answers")
        description = _("Questions that open one by one.")
        template = "cms/parts/questions.html"
        preview_value = {
            "heading": "常见问题",
            "questions": [{"question": "要带什么？", "answer": "<p>带上好奇心就好。</p>"}],
        }


class Moment(blocks.StructBlock):
    when = blocks.CharBlock(label=_("When"), max_length=20)
    title = blocks.CharBlock(label=_("What"), max_length=40)
    text = blocks.TextBlock(label=_("More about it"), max_length=200, required=False)

    class Meta:
        label = pgettext_lazy("of a timeline", "Moment")


class Timeline(blocks.StructBlock):
    heading = blocks.CharBlock(label=_("Heading"), max_length=40, required=False)
    moments = blocks.ListBlock(Moment(), label=_("Moments"), min_num=2, max_num=24)

    class Meta:
        icon = "list-ol"
        label = _("Timeline")
        description = _("What comes after what: the days of a festival, the phases of a year.")
        template = "cms/parts/timeline.html"
        preview_value = {
            "heading": "这一年",
            "moments": [
                {"when": "12 月", "title": "冬谋", "text": "各馆提出想法。"},
                {"when": "3 月", "title": "春征", "text": "面向读者征集。"},
                {"when": "7 月", "title": "夏评", "text": "评选与交流。"},
                {"when": "10 月", "title": "秋展", "text": "展出一年的收获。"},
            ],
        }
