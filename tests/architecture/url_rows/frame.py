"""The frame, texts and files of a network, Wagtail."""

from tests.architecture.url_rows.row import IN, Row, public

ROWS: dict[str, Row] = {
    # The frame
    "look/<int:hue>-<int:strength>-<slug:digest>.css": public("/look/15-17-0a1b2c3d.css"),
    "look/type/": public("/look/type/", 405),
    "look/language/": public("/look/language/", 405),
    "dev/gallery/": public("/dev/gallery/"),
    "dev/pages/<int:status>/": public("/dev/pages/404/", 404),
    # Texts and files of a network
    "privacy/<slug:kind>/": public("/privacy/children/"),
    "privacy/<slug:kind>/<int:version>/": public("/privacy/children/1/"),
    r"^(?P<name>[A-Za-z0-9_-]+\.txt)$": public("/MP_verify_a1.txt", stranger=404),
    r"^media/(?!documents/)(?P<path>(?:[\w-]+/)*\w[\w.-]*)$": public("/media/none.png", 404),
    "sitemap.xml": public("/sitemap.xml"),
    "sitemap-<slug:key>-<int:number>.xml": public("/sitemap-events-1.xml"),
    "robots.txt": public("/robots.txt"),
    "picture-<slug:version>.png": public("/picture-0.png", 302),
    # Wagtail, one row each
    "cms/": Row("/cms/", IN, 403, 200, 403, 200, "editor", "planner"),
    "search/": public("/search/?q=钟山"),
    "search/suggest/": public("/search/suggest/?q=钟山"),
    "stories.rss": public("/stories.rss"),
    "documents/": public("/documents/1/none.pdf", 404),
    "_util/login/": Row("/_util/login/", IN, IN, IN, IN, IN),
    "_util/authenticate_with_password/": public("/_util/authenticate_with_password/1/1/", 404),
    r"^((?:[\w\-]+/)*)$": public("/"),
    "sw.js": public("/sw.js"),
}
