"""What a page may point to is the library's own, whatever number somebody sends: Wagtail's choosers show no others, and take any."""

from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from wagtail.blocks import PageChooserBlock
from wagtail.documents.blocks import DocumentChooserBlock
from wagtail.images.blocks import ImageChooserBlock

from cms.models.corner import Corner


def is_own_file(file: Any) -> bool:
    corner: Corner | None = Corner.objects.select_related("collection").first()
    return corner is not None and file.collection.path.startswith(corner.collection.path)


def is_own_page(page: Any) -> bool:
    corner: Corner | None = Corner.objects.select_related("site__root_page").first()
    return corner is not None and page.path.startswith(corner.site.root_page.path)


def refuse_strangers(*, is_own: bool) -> None:
    if not is_own:
        raise ValidationError(_("This is not your library's. Please choose again."))


class OwnImage(ImageChooserBlock):  # type: ignore[misc]
    def clean(self, value: Any) -> Any:
        image = super().clean(value)
        refuse_strangers(is_own=image is None or is_own_file(image))
        return image


class OwnDocument(DocumentChooserBlock):  # type: ignore[misc]
    def clean(self, value: Any) -> Any:
        document = super().clean(value)
        refuse_strangers(is_own=document is None or is_own_file(document))
        return document


class OwnPageChooser(PageChooserBlock):  # type: ignore[misc]
    def clean(self, value: Any) -> Any:
        page = super().clean(value)
        refuse_strangers(is_own=page is None or is_own_page(page))
        return page
