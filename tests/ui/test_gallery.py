"""Every piece and account page renders, obeys the content policy and is tied together for screen readers."""

from __future__ import annotations

import re
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.test import Client, override_settings

from tests.ui import gallery
from unionhall.foundation.actor import Actor
from unionhall.foundation.capabilities import Capability

HERE = Path(__file__).parent
WITHOUT_DATABASE: dict[str, Any] = {
    "ROOT_URLCONF": "tests.ui.gallery",
    "SESSION_ENGINE": "django.contrib.sessions.backends.signed_cookies",
    "MIDDLEWARE": [
        "django.contrib.sessions.middleware.SessionMiddleware",
        "django.middleware.csrf.CsrfViewMiddleware",
        "django.contrib.messages.middleware.MessageMiddleware",
        "django_htmx.middleware.HtmxMiddleware",
        "allauth.account.middleware.AccountMiddleware",
    ],
}
ACCOUNT_PAGES = (
    "account/account_inactive.html",
    "account/logout.html",
    "account/signup_closed.html",
    "mfa/authenticate.html",
    "mfa/index.html",
    "mfa/reauthenticate.html",
    "mfa/recovery_codes/generate.html",
    "mfa/recovery_codes/index.html",
    "mfa/totp/activate_form.html",
    "mfa/totp/deactivate_form.html",
    "usersessions/usersession_list.html",
    "403.html",
    "403_csrf.html",
    "404.html",
    "429.html",
    "500.html",
)


class Reader(HTMLParser):
    """Gathers what a browser and a screen reader would stumble over."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.ids: list[str] = []
        self.wanted: set[str] = set()
        self.labels: set[str] = set()
        self.controls: dict[str, bool] = {}
        self.inline: list[str] = []
        self.headings: list[str] = []
        self._open: list[str] = []
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        found = {name: value or "" for name, value in attrs}
        self.ids += [found["id"]] if "id" in found else []
        for name in ("aria-describedby", "aria-labelledby", "aria-controls"):
            self.wanted |= set(found.get(name, "").split())
        if found.get("for"):
            self.labels.add(found["for"])
        self.inline += [f"{tag} {name}" for name in found if name == "style" or name.startswith("on")]
        if (tag == "script" and "src" not in found) or tag == "style":
            self.inline.append(tag)
        if tag in {"input", "select", "textarea"} and found.get("type") not in {"hidden", "submit"}:
            named = "aria-label" in found or "label" in self._open
            self.controls[found.get("id", found.get("name", "?"))] = named
        if tag == "h1":
            self.headings.append(tag)
        if tag not in {"input", "img", "meta", "link", "br", "path", "use", "rect", "circle"}:
            self._open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        if tag in self._open:
            while self._open.pop() != tag:
                pass

    @property
    def unlabeled(self) -> list[str]:
        return [key for key, named in self.controls.items() if not named and key not in self.labels]


@pytest.fixture(autouse=True)
def templates() -> Iterator[None]:
    """Let the gallery find its templates, and leave the database out."""
    engine: dict[str, Any] = dict(settings.TEMPLATES[0])
    engine["DIRS"] = [*engine["DIRS"], HERE / "templates"]
    with override_settings(TEMPLATES=[engine], **WITHOUT_DATABASE):
        yield


def fetch(address: str, **cookies: str) -> str:
    client = Client()
    client.cookies.load(cookies)
    response = client.get(address)
    assert response.status_code == 200
    return response.content.decode()


def faults(text: str) -> dict[str, object]:
    reader = Reader(text)
    return {
        "inline": reader.inline,
        "doubled": sorted({name for name in reader.ids if reader.ids.count(name) > 1}),
        "dangling": sorted(reader.wanted - set(reader.ids)),
        "unlabeled": reader.unlabeled,
        "headings": len(reader.headings),
    }


SOUND = {"inline": [], "doubled": [], "dangling": [], "unlabeled": [], "headings": 1}


@pytest.mark.parametrize("address", ["/", "/gallery", "/sign-in", "/sign-in?bad=1"])
def test_the_pieces_are_sound(address: str) -> None:
    assert faults(fetch(address)) == SOUND


@pytest.mark.parametrize("template", ACCOUNT_PAGES)
@pytest.mark.parametrize("known", ["", "?known=1"])
def test_account_and_error_pages_are_sound(template: str, known: str) -> None:
    assert faults(fetch(f"/page/{template}{known}")) == SOUND


@pytest.mark.parametrize("template", ACCOUNT_PAGES)
def test_account_pages_speak_chinese(template: str) -> None:
    text = re.sub(
        r"<[^>]*>|JBSWY\w+|TOTP|Cookie|Windows|Mozilla.*|MicroMessenger.*|QIHU.*|Ctrl|Enter|Esc",
        " ",
        fetch(f"/page/{template}"),
    )
    assert re.findall(r"[A-Za-z]{4,}", text) == []


def test_navigation_marks_where_we_are() -> None:
    text = fetch("/gallery")
    assert re.findall(r'class="sidenav-link" href="([^"]+)" aria-current="page"', text) == ["/member-roll"]


def test_navigation_shows_only_what_the_actor_may(monkeypatch: pytest.MonkeyPatch) -> None:
    clerk = Actor(
        user_id=8, name="何志强", role="填报员", capabilities=frozenset({Capability.COLLECTION_VIEW})
    )
    monkeypatch.setattr(gallery, "OFFICER", clerk)
    text = fetch("/")
    assert re.findall(r'class="sidenav-link" href="([^"]+)"', text) == ["/", "/batch-list"]
    assert 'role="search"' not in text


def test_senior_mode_is_remembered() -> None:
    assert '<html lang="zh-CN" class="senior">' in fetch("/", senior="1")
    assert '<html lang="zh-CN">' in fetch("/", senior="0")


def test_pager_keeps_the_filters_and_drops_the_place() -> None:
    text = fetch("/gallery?state=1&page=7&after=old")
    assert '<a class="btn btn-sm" rel="next" href="?state=1&amp;after=n">' in text
    assert '<a class="btn btn-sm" rel="prev" href="?state=1&amp;page=1">' in text
    assert 'href="?state=1&amp;size=100"' in text


def test_an_unknown_page_and_a_fault_have_pages_of_their_own() -> None:
    client = Client(raise_request_exception=False)
    assert "找不到这个页面" in client.get("/nowhere").content.decode()
    assert "系统出错了" in client.get("/broken").content.decode()
