"""Parts to listen to and to watch. What is said stands beside them, for those who do not hear it."""

from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from wagtail import blocks
from wagtail.blocks.struct_block import StructBlockValidationError

from cms.own import OwnDocument, OwnImage
from cms.playing import CAPTIONS, FILMS, SOUNDS, provider_of

LONGEST = 6000


class FileOfKind(OwnDocument):
    """`kinds`: by the ends of their names."""

    def __init__(self, *, kinds: dict[str, str], **options: Any) -> None:
        super().__init__(**options)
        self.kinds = kinds

    def clean(self, value: Any) -> Any:
        file = super().clean(value)
        if file is not None and file.file_extension.lower() not in self.kinds:
            names = "、".join(self.kinds)
            raise ValidationError(_("Choose a file of this kind: %(names)s.") % {"names": names})
        return file


class Sound(blocks.StructBlock):
    title = blocks.CharBlock(label=_("Title"), max_length=60)
    by = blocks.CharBlock(label=_("Who is heard"), max_length=40, required=False)
    file = FileOfKind(label=_("File"), kinds=SOUNDS, help_text=_("MP3, M4A or WAV"))
    text = blocks.TextBlock(
        label=_("What is said"),
        max_length=LONGEST,
        help_text=_("For those who cannot hear it, and for searching: the text, or what it is about."),
    )

    class Meta:
        icon = "media"
        label = pgettext_lazy("a part of a page", "Sound")
        description = _("A story read aloud, a song, a conversation. Nothing is loaded before somebody presses play.")
        template = "cms/parts/sound.html"
        preview_value = {"title": "小种子", "by": "林晚", "file": None, "text": "秋天来了，风把花的种子吹上天空……"}


class Film(blocks.StructBlock):
    title = blocks.CharBlock(label=_("Title"), max_length=60)
    file = FileOfKind(label=_("File"), kinds=FILMS, required=False, help_text=_("MP4 or WebM"))
    captions = FileOfKind(
        label=_("Captions"),
        kinds=CAPTIONS,
        required=False,
        help_text=_("A WebVTT file; wanted with a file of your own."),
    )
    address = blocks.URLBlock(
        label=_("or the address of the film elsewhere"),
        max_length=200,
        required=False,
        help_text=_(
            "Bilibili, Tencent Video, Youku, or WeChat. Nothing of theirs is loaded until a reader goes there."
        ),
    )
    picture = OwnImage(label=_("Picture before it begins"), required=False)
    text = blocks.TextBlock(
        label=_("What is seen and said"), max_length=LONGEST, help_text=_("For those who cannot see or hear it.")
    )

    class Meta:
        icon = "media"
        label = _("Film")
        description = _("A file of your own with captions, or a film elsewhere that a picture leads to.")
        template = "cms/parts/film.html"
        preview_value = {
            "title": "读者节开幕",
            "file": None,
            "captions": None,
            "address": "https://www.bilibili.com/video/BV1xx",
            "picture": None,
            "text": "孩子们在台上朗读自己写的诗。",
        }

    def clean(self, value: Any) -> Any:
        cleaned = super().clean(value)
        wrong = {}
        if bool(cleaned["file"]) == bool(cleaned["address"]):
            wrong["address"] = ValidationError(_("Choose a file, or write an address."))
        elif cleaned["address"] and not provider_of(cleaned["address"]):
            wrong["address"] = ValidationError(_("This address is none of Bilibili, Tencent Video, Youku or WeChat."))
        if cleaned["file"] and not cleaned["captions"]:
            wrong["captions"] = ValidationError(_("A film of your own needs captions, for those who do not hear it."))
        if wrong:
            raise StructBlockValidationError(wrong)
        return cleaned

    def get_context(self, value: Any, parent_context: Any = None) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context(value, parent_context=parent_context)
        return context | {"provider": provider_of(value["address"] or "")}
