"""`make shots`: pictures of key pages on a phone and a desk, light and dark, to be looked at by somebody."""

import os
import secrets
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

from playwright.sync_api import Browser, Page, sync_playwright

from deploy.local import ports
from deploy.local.children import ROOT
from deploy.local.demo import answers, port
from deploy.local.trouble import Trouble

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
PATIENCE = 180


@dataclass(frozen=True)
class Scene:
    """A page and how to come to see it. `large` is 关怀版; `code` asks for one on the way."""

    name: str
    path: str
    host: str = "nanjing.localhost"
    large: bool = False
    code: bool = False


SCENES = (
    Scene("home", "/"),
    Scene("home-large", "/", large=True),
    Scene("home-shenzhen", "/", host="shenzhen.localhost"),
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


@contextmanager
def a_demo(at: int) -> Iterator[None]:
    """The one that runs on this port, or one of its own in a folder that goes with it."""
    if answers(at):
        yield
        return
    with tempfile.TemporaryDirectory(prefix="siji-shots-") as folder:
        environment = os.environ | {"DEMO_DIR": folder, "PORT": str(at)}
        demo = subprocess.Popen([sys.executable, "-m", "deploy.local.demo"], cwd=ROOT, env=environment)
        try:
            _wait_for(demo, at=at)
            yield
        finally:
            demo.terminate()
            demo.wait()


def _wait_for(demo: "subprocess.Popen[bytes]", *, at: int) -> None:
    over = time.monotonic() + PATIENCE
    while not answers(at):
        if demo.poll() is not None or time.monotonic() > over:
            raise Trouble("The demo did not start; its own words are above.")
        time.sleep(0.5)


def take(browser: Browser, scene: Scene, *, at: int, width: str, scheme: str) -> Path:
    context = browser.new_context(
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
    if scene.large:
        page.get_by_role("button", name="关怀版").click()
        page.wait_for_load_state("networkidle")
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
    at = port() if answers(port()) or os.environ.get("PORT") else ports.free_port()
    wanted = set(sys.argv[1:])
    with a_demo(at), sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=ARGUMENTS)
        for scene in SCENES:
            if wanted and scene.name not in wanted:
                continue
            for width in WIDTHS:
                for scheme in SCHEMES:
                    print(take(browser, scene, at=at, width=width, scheme=scheme).relative_to(ROOT))
        browser.close()


if __name__ == "__main__":
    try:
        main()
    except Trouble as trouble:
        sys.exit(f"✗ {trouble}")
