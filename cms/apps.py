from functools import partial
from typing import Any

from django.apps import AppConfig
from django.db.models.signals import post_migrate
from django.utils.translation import gettext_lazy as _

from kit import kept_pages


def _let_readers_find() -> None:
    # Models are there only once every app is loaded.
    from cms import found
    from cms.neighbours import address_of, path_of
    from kit import navigation
    from kit.readers_search import Source, readers_search
    from programmes.planning.registers import ReaderPages, reader_pages

    for kind in ("activity", "programme", "brand"):
        reader_pages[kind] = ReaderPages(partial(path_of, kind), address_of)
    navigation.reader_pages.update(search="cms-search", suggest="cms-suggest")
    for key, title, icon, find, place in (
        ("stories", _("Stories"), "book", found.find_stories, 60),
        ("albums", _("Albums"), "share", found.find_albums, 61),
        ("plain", _("About the library"), "info", found.find_plain, 62),
    ):
        readers_search.add(Source(f"cms.{key}", title, icon, find, place=place))


def _forget_pages(**_signal: Any) -> None:
    kept_pages.forget()


class CmsConfig(AppConfig):
    name = "cms"
    verbose_name = _("Public site")

    def ready(self) -> None:
        # Models are not loaded yet when this module is.
        from wagtail.signals import page_published, page_unpublished

        from cms import holdings, listeners  # noqa: F401 - register what it keeps and what it does in the background
        from cms.neighbours import address_of, path_of_activity
        from cms.opening import complete_corners, open_corner
        from cms.site import SITE_PAGES
        from kit import navigation
        from networks.registers import opens_networks, site_map
        from people.choices import Verb
        from people.doors import may_anywhere
        from programmes.planning.registers import ActivityPages, activity_pages

        navigation.staff.add(
            navigation.Entry(
                _("Front page and pictures"),
                "wagtailadmin_home",
                "book",
                place=70,
                shown_to=may_anywhere(Verb.WRITE_PAGES),
                group=navigation.Group.CONTENT,
                line=_("write and publish in the editor"),
            )
        )
        activity_pages.append(ActivityPages(path_of_activity, address_of))
        for signal in (page_published, page_unpublished):
            signal.connect(_forget_pages, dispatch_uid="cms.forget_pages")
        _let_readers_find()
        opens_networks("cms")(open_corner)
        post_migrate.connect(complete_corners, sender=self, dispatch_uid="cms.complete_corners")
        navigation.reader.add(navigation.Entry(_("Front page"), "wagtail_serve", icon="home", place=10, args=("",)))
        site_map.add(SITE_PAGES)
        site_map.hide("/cms/", "/documents/", "/_util/")
