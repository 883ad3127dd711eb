"""A live server with its worker and a small city of its own, and a real Chromium to walk through it."""

from __future__ import annotations

import os
import shutil
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, ViewportSize, sync_playwright

from tests.journeys.city import PASSWORD

ROOT = Path(__file__).resolve().parents[2]
NAMES = ("chromium", "chromium-browser", "google-chrome-stable", "google-chrome")
SWITCHES = ("--no-sandbox", "--headless=new", "--disable-gpu", "--disable-quic", "--no-first-run",
            "--disable-background-networking")  # fmt: skip
DESK = ViewportSize(width=1366, height=768)
PHONE = ViewportSize(width=390, height=844)
PATIENCE_SECONDS = 60


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Serve the city on a free port from a data directory of its own; the worker runs beside it."""
    environment = _environment(tmp_path_factory.mktemp("data"))
    subprocess.run([sys.executable, "-m", "tests.journeys.city"], env=environment, cwd=ROOT, check=True)
    port = _free_port()
    serve = [sys.executable, "-m", "unionhall", "serve", "--port", str(port), "--workers", "1"]
    server = subprocess.Popen(serve, env=environment, cwd=ROOT)
    try:
        _wait_for(port, server)
        yield f"http://127.0.0.1:{port}"
    finally:
        server.send_signal(signal.SIGTERM)
        server.wait(PATIENCE_SECONDS)


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Start the machine's own Chromium."""
    path = next(filter(None, map(shutil.which, NAMES)), None)
    assert path, "a journey needs Chromium"
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=path, args=list(SWITCHES), headless=True)
        yield chromium
        chromium.close()


@pytest.fixture
def pictures(tmp_path: Path) -> Path:
    """Say where screenshots go: `--basetemp` keeps them for somebody who wants to look."""
    return tmp_path


@pytest.fixture
def enter(site: str, browser: Browser) -> Iterator[Callable[..., Page]]:
    """Sign a person in, at a desk or on a phone; a page that throws a script error fails the journey."""
    contexts: list[BrowserContext] = []
    faults: list[str] = []

    def sign_in(account: str, *, viewport: ViewportSize = DESK) -> Page:
        on_phone = viewport == PHONE
        context = browser.new_context(
            viewport=viewport, is_mobile=on_phone, has_touch=on_phone, locale="zh-CN"
        )
        contexts.append(context)
        page = context.new_page()
        page.on("pageerror", lambda error: faults.append(str(error)))
        page.goto(f"{site}/account/login/")
        page.fill("input[name=login]", account)
        page.fill("input[name=password]", PASSWORD)
        page.press("input[name=password]", "Enter")
        page.wait_for_url(f"{site}/")
        return page

    yield sign_in
    for context in contexts:
        context.close()
    assert faults == []


def _environment(data: Path) -> dict[str, str]:
    kept = {name: value for name, value in os.environ.items() if not name.startswith("UNIONHALL_")}
    paths = os.pathsep.join((str(ROOT / "src"), str(ROOT)))
    return {**kept, "UNIONHALL_DATA": str(data), "PYTHONPATH": paths}


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _wait_for(port: int, server: subprocess.Popen[bytes]) -> None:
    deadline = time.monotonic() + PATIENCE_SECONDS
    while time.monotonic() < deadline:
        assert server.poll() is None, "the server ended by itself"
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.3)
    raise AssertionError("the server did not answer in time")
