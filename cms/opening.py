"""What a new network needs of Wagtail: a site, a front page, its lists and shelves, a place for files, and a group of editors."""

from typing import Any

from django.conf import settings
from django.contrib.auth.models import Group, Permission
from django.db import transaction
from wagtail.models import Collection, GroupCollectionPermission, GroupPagePermission, Page, Site

from cms.keeping import keep_all_pages
from cms.models import Corner, GalleryPage, HomePage, ShelfPage, Shelved, StoriesPage
from cms.planting import plant
from kit.command import step
from networks.engine.scopes import in_each_network
from networks.models import Network
from networks.registers import OpeningPlan

PAGE_RIGHTS = ("add_page", "change_page", "publish_page")
FILE_RIGHTS = (
    "add_image",
    "change_image",
    "choose_image",
    "add_document",
    "change_document",
    "choose_document",
)
WAYS = (
    ("calendar", "最近的活动", "今天、周末，按年龄和区找", "/events/"),
    ("pin", "附近的馆点", "今天开放的、周日开放的、推车能进的", "/venues/"),
    ("people", "家长与孩子", "登记孩子，邀请家人一起用", "/me/family/"),
)

LISTS = ((StoriesPage, "故事与消息", "stories"), (GalleryPage, "影像", "gallery"))
SHELVES = {Shelved.ACTIVITIES: "活动", Shelved.PROGRAMMES: "项目", Shelved.BRANDS: "品牌", Shelved.SEASONS: "年度"}
OPERATORS_WAYS = (("desk", "图书馆体系", "登录后开通城市，填写开通清单", "/plan/operator/"),)


@step
def open_corner(network: Network, _plan: OpeningPlan | None) -> None:
    """Completes what is missing. What editors have written stays."""
    home = HomePage.objects.filter(network=network).first() or _home(network)
    if not network.is_operator:
        _lists(network, home)
        _shelves(network, home)
        keep_all_pages()
    site = _site(network, home)
    collection = _collection(network)
    editors = _editors(network, home, collection)
    Corner.objects.get_or_create(network=network, defaults={"site": site, "collection": collection, "editors": editors})


def complete_corners(**_signal: Any) -> None:
    """After each migration: what a new version asks of a corner, the libraries that were there before get as well."""
    in_each_network(_complete)


def _complete(network: Network) -> None:
    with transaction.atomic():
        open_corner(network, None)


def _home(network: Network) -> HomePage:
    for_readers = f"{network.library_name}和全市的阅读空间，一年四季为孩子备好故事、讲座与手作。"
    home = HomePage(
        network=network,
        title=network.library_name,
        slug=network.code,
        line="一座城，四季有书声",
        intro="在这里开通图书馆体系，查看各馆的开通清单。" if network.is_operator else for_readers,
        doors=[
            ("door", {"icon": icon, "title": title, "text": text, "address": address})
            for icon, title, text, address in (OPERATORS_WAYS if network.is_operator else WAYS)
        ],
    )
    Page.get_first_root_node().add_child(instance=home)
    return home


def _lists(network: Network, home: HomePage) -> None:
    for kind, title, slug in LISTS:
        if not kind.objects.child_of(home).exists():
            home.refresh_from_db()
            plant(home, [kind(network=network, title=title, slug=slug)])


def _shelves(network: Network, home: HomePage) -> None:
    known = set(ShelfPage.objects.filter(network=network).values_list("kind", flat=True))
    missing = [kind for kind in SHELVES if kind not in known]
    home.refresh_from_db()
    plant(home, [ShelfPage(network=network, kind=kind, slug=kind, title=SHELVES[kind]) for kind in missing])


def _site(network: Network, home: HomePage) -> Site:
    """Wagtail asks it for links only: which site a request means is known from its network."""
    host = network.hosts.order_by("-is_primary", "pk").values_list("host", flat=True).first()
    port = 443 if settings.IS_PRODUCTION else settings.PORT
    site = Site.objects.filter(root_page=home).first() or Site(root_page=home)
    wanted = (host or f"{network.code}.invalid", port, network.name)
    if (site.hostname, site.port, site.site_name) != wanted:
        site.hostname, site.port, site.site_name = wanted
        site.save()
    return site


def _collection(network: Network) -> Collection:
    corner = Corner.objects.filter(network=network).select_related("collection").first()
    if corner:
        return corner.collection
    return Collection.get_first_root_node().add_child(name=network.name)


def _editors(network: Network, home: HomePage, collection: Collection) -> Group:
    editors, _ = Group.objects.get_or_create(name=f"{network.code}: editors")
    rights = _rights()
    editors.permissions.add(rights["access_admin"])
    GroupPagePermission.objects.bulk_create(
        [GroupPagePermission(group=editors, page=home, permission=rights[name]) for name in PAGE_RIGHTS],
        ignore_conflicts=True,
    )
    GroupCollectionPermission.objects.bulk_create(
        [
            GroupCollectionPermission(group=editors, collection=collection, permission=rights[name])
            for name in FILE_RIGHTS
        ],
        ignore_conflicts=True,
    )
    return editors


def _rights() -> dict[str, Permission]:
    """Of Wagtail's own, by their names. Those for its own kind of picture count for ours."""
    rows = Permission.objects.filter(content_type__app_label__startswith="wagtail")
    return {row.codename: row for row in rows.filter(codename__in=("access_admin", *PAGE_RIGHTS, *FILE_RIGHTS))}
