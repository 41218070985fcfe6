"""The README's pictures, taken anew from the running site: `make pictures`.

The seed article's graph is built and served as a user would; Playwright drives the browser of the tests.
"""

import shutil
import sys
import tempfile
from pathlib import Path

from playwright.sync_api import sync_playwright

from graph import build, settings
from tests.conftest import BROWSERS, SEED
from tests.journeys.visits import ask, path_of
from tests.server.running import ROOT, Server, open_port

FOLDER = ROOT / "server" / "static" / "pictures"
PICTURES = {"event": ("?x a pg:Call ; pg:duration ?d", "/page/{path}", 1180, 1000)}
"""Name → how the thing shown is found, its page, and the window's width and height."""


def main() -> int:
    """Takes every picture; 1 where there is no browser."""
    browser_path = next((found for name in BROWSERS if (found := shutil.which(name))), None)
    if browser_path is None:
        print("no browser: apt-get install chromium", file=sys.stderr)
        return 1
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        store = Path(folder) / "store"
        build.build([SEED], store, settings.BASE.default)
        server = Server(store, open_port())
        browser = playwright.chromium.launch(executable_path=browser_path, args=["--no-sandbox"])
        try:
            server.wait()
            for name, (pattern, page, width, height) in PICTURES.items():
                size = {"width": width, "height": height}
                context = browser.new_context(locale="en-GB", color_scheme="light", viewport=size)
                shown = context.new_page()
                shown.goto(server.url + page.format(path=path_of(ask(server, pattern)[0])))
                shown.screenshot(path=FOLDER / f"{name}.png")
                print(FOLDER / f"{name}.png")
        finally:
            browser.close()
            server.stop()
    return 0


if __name__ == "__main__":
    sys.exit(main())
