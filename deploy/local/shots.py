"""`make shots`: pictures of key pages on a phone and a desk, light and dark, to be looked at by somebody."""

import itertools
import secrets
import sys
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

from playwright.sync_api import Browser, Page, StorageState, sync_playwright

from deploy.local.a_demo import a_demo, where
from deploy.local.children import ROOT
from deploy.local.trouble import Trouble
from people.rules.codes import DEMO_CODE

OUT = ROOT / "var" / "shots"
CHROMIUM = Path("/usr/bin/chromium")
ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
WIDTHS = {"390": {"width": 390, "height": 844}, "1280": {"width": 1280, "height": 900}}
SCHEMES = ("light", "dark")


@dataclass(frozen=True)
class Scene:
    """A page and how to come to see it. `large` is 关怀版; `code` asks for one on the way; `phone` signs in first; `follow`: the first
    link of this kind leads there; `scans`: what is typed at a door.
    """

    name: str
    path: str
    host: str = "nanjing.localhost"
    large: bool = False
    code: bool = False
    phone: str = ""
    follow: str = ""
    scans: str = ""


PLANNER, KEEPER, PARENT = "13800000001", "13800000003", "13800000010"
DOOR, COUNT = ".desk-line a:not([href$='/count/'])", ".desk-line a[href$='/count/']"
NOBODYS = "0" * 16
SCENES = (
    Scene("home", "/"),
    Scene("home-large", "/", large=True),
    Scene("home-shenzhen", "/", host="shenzhen.localhost"),
    Scene("venues", "/venues/"),
    Scene("venues-large", "/venues/?open=sunday&with=step_free", large=True),
    Scene("venue", "/venues/nj028/"),
    Scene("venue-sheet", "/venues/nj028/sheet/"),
    Scene("events", "/events/"),
    Scene("events-large", "/events/?when=weekend", large=True),
    Scene("events-month", "/events/month/"),
    Scene("events-past", "/events/past/"),
    Scene("events-nothing", "/events/?when=weekend&age=0&class=training&free=yes"),
    Scene("stories", "/stories/"),
    Scene("story", "/stories/", follow=".story-card a"),
    Scene("story-large", "/stories/", follow=".story-card a", large=True),
    Scene("about", "/about/"),
    Scene("activity", "/activities/hui-ben-gu-shi-hui/"),
    Scene("activity-large", "/activities/hui-ben-gu-shi-hui/", large=True),
    Scene("programme", "/programmes/du-zhe-jie/"),
    Scene("brand", "/brands/yue-mei-si-ji/"),
    Scene("season", "/seasons/", follow=".shelf-line a"),
    Scene("me", "/me/", phone=PARENT),
    Scene("family", "/me/family/", phone=PARENT),
    Scene("family-large", "/me/family/", phone=PARENT, large=True),
    Scene("privacy", "/me/privacy/", phone=PARENT),
    Scene("plan", "/plan/", phone=PLANNER),
    Scene("plan-keeper", "/plan/", phone=KEEPER),
    Scene("plan-venues", "/plan/venues/", phone=PLANNER),
    Scene("plan-season", "/plan/seasons/", phone=PLANNER),
    Scene("plan-sessions", "/plan/sessions/", phone=PLANNER),
    Scene("plan-week", "/plan/week/", phone=PLANNER),
    Scene("plan-table", "/plan/table/", phone=PLANNER),
    Scene("plan-staff", "/plan/staff/", phone=PLANNER),
    Scene("today", "/plan/today/", phone=KEEPER),
    Scene("desk", "/desk/", phone=KEEPER),
    Scene("door", "/desk/", phone=KEEPER, follow=DOOR),
    Scene("door-large", "/desk/", phone=KEEPER, follow=DOOR, large=True),
    Scene("door-card", "/desk/", phone=KEEPER, follow=DOOR, scans=NOBODYS),
    Scene("count", "/desk/", phone=KEEPER, follow=COUNT),
    Scene("count-large", "/desk/", phone=KEEPER, follow=COUNT, large=True),
    Scene("screens", "/desk/screens/", phone=KEEPER),
    Scene("sign-in", "/sign-in/"),
    Scene("code", "/sign-in/", code=True),
    Scene("gallery", "/dev/gallery/"),
    Scene("400", "/dev/pages/400/"),
    Scene("403", "/dev/pages/403/"),
    Scene("404", "/nowhere/"),
    Scene("429", "/dev/pages/429/"),
    Scene("500", "/dev/pages/500/"),
    Scene("unknown-host", "/", host="nobody.localhost"),
)


def signed_in(browser: Browser, phone: str, *, origin: str) -> StorageState:
    """What a browser keeps once this number has signed in. A number gets one code each half minute, so only once."""
    context = browser.new_context(locale="zh-CN")
    page = context.new_page()
    page.goto(f"{origin}/sign-in/")
    page.locator("input[type=tel]").fill(phone)
    for box in page.locator("main form input[type=checkbox]").all():
        box.check()
    page.locator("main form button").first.click()
    page.locator("input[name=code]").fill(DEMO_CODE)
    page.locator("main form button").first.click()
    page.wait_for_load_state("networkidle")
    if "/sign-in/" in page.url:
        raise Trouble(f"{phone} could not sign in: {page.locator('main').inner_text()}")
    state = context.storage_state()
    context.close()
    return state


def take(
    browser: Browser, scene: Scene, *, at: int, width: str, scheme: str, state: StorageState | None = None
) -> Path:
    context = browser.new_context(
        storage_state=state,
        viewport=WIDTHS[width],  # type: ignore[arg-type]
        color_scheme=scheme,  # type: ignore[arg-type]
        locale="zh-CN",
        reduced_motion="reduce",
    )
    page = context.new_page()
    _come_to(page, scene, origin=f"http://{scene.host}:{at}")
    path = OUT / f"{scene.name}-{width}-{scheme}.png"
    # A screen as tall as the page: what stays at the foot of the screen stands at the foot of the picture.
    tall = page.evaluate("document.documentElement.scrollHeight")
    page.set_viewport_size({"width": WIDTHS[width]["width"], "height": tall})
    page.screenshot(path=path)
    context.close()
    return path


def _come_to(page: Page, scene: Scene, *, origin: str) -> None:
    page.goto(f"{origin}{scene.path}", wait_until="networkidle")
    if scene.follow:
        page.locator(scene.follow).first.click()
        page.wait_for_load_state("networkidle")
    if scene.scans:
        page.locator("#code").fill(scene.scans)
        page.keyboard.press("Enter")
        page.locator("#answer[data-outcome]").wait_for()
    if scene.large:
        # In the staff's frame it stands in a menu.
        with page.expect_navigation(wait_until="networkidle"):
            page.locator("button[name=type][value=large]").evaluate("button => button.click()")
    if scene.follow:
        page.locator(scene.follow).first.click()
        page.wait_for_load_state("networkidle")
    if scene.scans:
        page.locator("#code").fill(scene.scans)
        page.keyboard.press("Enter")
        page.locator("#answer[data-outcome]").wait_for()
    if scene.code:
        # A number of nobody's: one that just had a code would have to wait for the next.
        page.locator("input[type=tel]").fill(f"1380001{secrets.randbelow(10_000):04}")
        page.locator("main form button").first.click()
        page.wait_for_load_state("networkidle")
        if urlsplit(page.url).path == scene.path:
            raise Trouble(f"No code was sent: {page.locator('main').inner_text()}")


def main() -> None:
    if not CHROMIUM.exists():
        raise Trouble(f"{CHROMIUM} is missing: as root on Debian, apt-get install chromium fonts-noto-cjk.")
    OUT.mkdir(parents=True, exist_ok=True)
    at = where()
    wanted = set(sys.argv[1:])
    with a_demo(at), sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=ARGUMENTS)
        states: dict[str, StorageState] = {}
        for scene in SCENES:
            if wanted and scene.name not in wanted:
                continue
            if scene.phone and scene.phone not in states:
                states[scene.phone] = signed_in(browser, scene.phone, origin=f"http://{scene.host}:{at}")
            for width, scheme in itertools.product(WIDTHS, SCHEMES):
                state = states.get(scene.phone)
                print(take(browser, scene, at=at, width=width, scheme=scheme, state=state).relative_to(ROOT))
        browser.close()


if __name__ == "__main__":
    try:
        main()
    except Trouble as trouble:
        sys.exit(f"✗ {trouble}")
