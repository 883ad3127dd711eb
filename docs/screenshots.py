"""Take the pictures of this documentation: `.venv/bin/python docs/screenshots.py` (after `./hall` was run once).

Tells the demo in a data directory of its own, serves it on a free port of this machine, walks through the pages
in Chromium as the people of the story, and writes `docs/screenshots/*.png`. With `--data DIR` the directory is
kept and a later run only looks at it again. Everybody in the pictures is invented.
"""

from __future__ import annotations

import argparse
import json
import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from playwright.sync_api import Browser, Page, ViewportSize, sync_playwright

ROOT = Path(__file__).resolve().parent.parent
PICTURES = ROOT / "docs" / "screenshots"
CHROMIUM = ("chromium", "chromium-browser", "google-chrome-stable", "google-chrome")
SWITCHES = ("--no-sandbox", "--disable-gpu", "--force-color-profile=srgb", "--lang=zh-CN")
DESK = ViewportSize(width=1366, height=768)
PHONE = ViewportSize(width=390, height=844)
PATIENCE_SECONDS = 60
SIZE_LIMIT = 3 * 1024 * 1024

NOBODY = ""
STREET_CLERK, STREET, DISTRICT, CITY, FINANCE = "街道填报员", "街道审核员", "区审核员", "市审核员", "财务人员"
Way = Callable[[Page], None]


@dataclass(frozen=True, slots=True)
class Picture:
    """One picture: its file, whose eyes see it, and the clicks that lead there from the workbench."""

    name: str
    role: str
    way: Way
    viewport: ViewportSize


def at(address: str) -> Way:
    """Go to an address."""
    return lambda page: _go(page, address)


def first(address: str, link: str) -> Way:
    """Go to an address and open the first link of a kind there."""

    def walk(page: Page) -> None:
        _go(page, address)
        page.locator(link).first.click()
        page.wait_for_load_state("networkidle")

    return walk


def mending(page: Page) -> None:
    """Open the batch with faults, and one of its faulty rows."""
    faulty(page)
    page.locator("tr:has(td.cell-error) th a[data-open]").first.click()
    page.wait_for_selector("#editor form")
    page.wait_for_load_state("networkidle")


def faulty(page: Page) -> None:
    """Open a batch that has rows with errors, as the workbench names it."""
    _go(page, "/")
    page.locator("tr:has(td[data-label=有错误] .tone-stop) a[data-open]").first.click()
    page.wait_for_load_state("networkidle")


def findings(page: Page) -> None:
    """Open the member rows with errors of that batch."""
    faulty(page)
    _go(page, f"{page.url.partition('?')[0]}?kind=members&state=faulty")


FIRST_CASE = first("/reviews/", "main a[href^='/reviews/'][data-open]")
FIRST_MEMBER = first("/members/", "main th a[data-open]")

ALBUM = (
    Picture("sign-in", NOBODY, at("/account/login/"), DESK),
    Picture("workbench", DISTRICT, at("/"), DESK),
    Picture("union-tree", CITY, at("/unions/"), DESK),
    Picture("union", DISTRICT, first("/unions/", "main a.btn-primary"), DESK),
    Picture("roll", CITY, at("/members/"), DESK),
    Picture("member", CITY, FIRST_MEMBER, DESK),
    Picture("batch", STREET_CLERK, findings, DESK),
    Picture("row", STREET_CLERK, mending, DESK),
    Picture("review", DISTRICT, FIRST_CASE, DESK),
    Picture("progress", CITY, at("/progress/"), DESK),
    Picture("settlement", FINANCE, at("/settlement/"), DESK),
    Picture("phone-workbench", STREET_CLERK, at("/"), PHONE),
    Picture("phone-row", STREET_CLERK, mending, PHONE),
    Picture("phone-member", CITY, FIRST_MEMBER, PHONE),
)


def main() -> int:
    """Take all pictures, or those named."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("names", nargs="*", help="only these pictures")
    parser.add_argument("--data", type=Path, help="a data directory to keep; default: a temporary one")
    parser.add_argument("--members", type=int, default=3000, help="members in the story (default 3000)")
    asked = parser.parse_args()
    data = asked.data or Path(tempfile.mkdtemp(prefix="unionhall-pictures-"))
    try:
        with _site(data.resolve(), asked.members) as site, _chromium() as browser:
            accounts = json.loads((data / "demo" / "accounts.json").read_text(encoding="utf-8"))
            passwords = {each["role"]: (each["username"], each["password"]) for each in accounts}
            for picture in ALBUM:
                if not asked.names or picture.name in asked.names:
                    _take(picture, browser, site, passwords.get(picture.role))
    finally:
        if asked.data is None:
            shutil.rmtree(data, ignore_errors=True)
    return _weigh()


def _take(picture: Picture, browser: Browser, site: str, account: tuple[str, str] | None) -> None:
    on_phone = picture.viewport == PHONE
    context = browser.new_context(
        base_url=site, viewport=picture.viewport, is_mobile=on_phone, has_touch=on_phone, locale="zh-CN",
        timezone_id="Asia/Shanghai", reduced_motion="reduce",
    )  # fmt: skip
    page = context.new_page()
    if account is not None:
        _sign_in(page, *account)
    picture.way(page)
    page.screenshot(path=PICTURES / f"{picture.name}.png", animations="disabled", caret="hide")
    print(f"{picture.name}.png")
    context.close()


def _sign_in(page: Page, account: str, password: str) -> None:
    page.goto("/account/login/")
    page.fill("input[name=login]", account)
    page.fill("input[name=password]", password)
    page.press("input[name=password]", "Enter")
    page.wait_for_url("**/")


def _go(page: Page, address: str) -> None:
    page.goto(address)
    page.wait_for_load_state("networkidle")


@contextmanager
def _site(data: Path, members: int) -> Iterator[str]:
    """Tell the demo and serve it."""
    environment = {name: value for name, value in os.environ.items() if not name.startswith("UNIONHALL_")}
    environment |= {"UNIONHALL_DATA": str(data), "PYTHONPATH": str(ROOT / "src")}
    environment.pop("DATABASE_URL", None)
    hall = [sys.executable, "-m", "unionhall"]
    subprocess.run([*hall, "demo", "--no-serve", "--members", str(members)], env=environment, check=True)
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    served = [*hall, "serve", "--port", str(port), "--workers", "1", "--no-worker"]
    server = subprocess.Popen(served, env=environment)
    try:
        _wait_for(f"http://127.0.0.1:{port}/account/login/", server)
        yield f"http://127.0.0.1:{port}"
    finally:
        server.send_signal(signal.SIGTERM)
        server.wait(PATIENCE_SECONDS)


@contextmanager
def _chromium() -> Iterator[Browser]:
    path = next(filter(None, map(shutil.which, CHROMIUM)), None)
    if path is None:
        raise SystemExit("Chromium is needed: install the package chromium.")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=list(SWITCHES))
        yield browser
        browser.close()


def _wait_for(address: str, server: subprocess.Popen[bytes]) -> None:
    deadline = time.monotonic() + PATIENCE_SECONDS
    while time.monotonic() < deadline:
        if server.poll() is not None:
            raise SystemExit("The server ended by itself; its log stands above.")
        try:
            urllib.request.urlopen(address, timeout=5)  # noqa: S310 - our own address
        except OSError:
            time.sleep(0.3)
        else:
            return
    raise SystemExit("The server did not answer in time.")


def _weigh() -> int:
    """Say how heavy the pictures are; a repository is not an album."""
    total = sum(path.stat().st_size for path in PICTURES.glob("*.png"))
    print(f"{total / 1024 / 1024:.1f} MiB in all")
    return 0 if total <= SIZE_LIMIT else 1


if __name__ == "__main__":
    sys.exit(main())
