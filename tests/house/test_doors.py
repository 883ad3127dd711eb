"""Every door of the house, tried by nobody, by a stranger, by one without the right, and by one who has it."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterator
from typing import Any
from urllib.parse import urlencode

import pytest
from django.db import transaction
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse
from django.utils import timezone

from tests.builders import Cast
from tests.collection.sheets.sheets import member_row
from tests.house.ledger import DOORS, OWN_DOORS, Door
from tests.house.scene import Scene, set_up
from unionhall.accounts.models import User
from unionhall.collection.models import Row
from unionhall.foundation import scoping
from unionhall.members import queries as members
from unionhall.members.models import Person

METHODS = ("GET", "POST", "htmx GET", "htmx POST")
SIGN_IN = "/account/login/"
NOBODY = ""
Statuses = tuple[int, ...]

pytestmark = pytest.mark.django_db


@pytest.fixture
def scene(cast: Cast) -> Scene:
    return set_up(cast, now=timezone.now())


def patterns(below: list[URLPattern | URLResolver], prefix: str = "") -> Iterator[tuple[str, URLPattern]]:
    """Yield every address of the house with its name, or with its pattern when it has none."""
    for found in below:
        if isinstance(found, URLResolver):
            yield from patterns(found.url_patterns, prefix + str(found.pattern))
        else:
            yield found.name or prefix + str(found.pattern), found


ADDRESSES = dict(patterns(get_resolver().url_patterns))


def knock(scene: Scene, who: str, name: str, door: Door, method: str) -> Any:
    """Try one door in one way, and leave everything as it was."""
    query = urlencode(door.query(scene))
    address = reverse(name, kwargs=door.kwargs(scene)) + (f"?{query}" if query else "")
    headers = {"HX-Request": "true"} if method.startswith("htmx") else {}
    client = scene.signed_in(who)
    with transaction.atomic():
        if method.endswith("GET"):
            response = client.get(address, headers=headers)
        else:
            response = client.post(address, door.data(scene), headers=headers)
        transaction.set_rollback(True)
    return response


def statuses(scene: Scene, who: str, name: str, door: Door) -> Statuses:
    return tuple(knock(scene, who, name, door, method).status_code for method in METHODS)


def text_of(response: Any) -> str:
    """Return everything that a reader of an answer could read; files are opened."""
    content: bytes = b"".join(response) if response.streaming else response.content
    text = content.decode("utf-8", "replace") + " ".join(f"{key}: {value}" for key, value in response.items())
    if content[:2] == b"PK":
        with zipfile.ZipFile(io.BytesIO(content)) as book:
            text += " ".join(book.read(name).decode("utf-8", "replace") for name in book.namelist())
    return text


def told(scene: Scene, who: str, name: str, door: Door) -> set[str]:
    """Return the secrets of the branch that a visitor reads behind a door, whatever way it is opened."""
    texts = [text_of(knock(scene, who, name, door, method)) for method in METHODS]
    return {secret for secret in scene.secrets() if any(secret in text for text in texts)}


# -- The ledger and the house agree --------------------------------------------------------------------


def test_every_address_stands_in_the_ledger_and_every_line_has_its_address() -> None:
    assert set(ADDRESSES) == DOORS.keys() | OWN_DOORS.keys()


def test_every_door_asks_for_the_capability_that_the_ledger_names() -> None:
    asked = {name: getattr(ADDRESSES[name].callback, "capability", None) for name in DOORS}

    assert asked == {name: door.capability for name, door in DOORS.items()}


# -- Four visitors -------------------------------------------------------------------------------------


def test_nobody_is_sent_to_the_sign_in_and_nowhere_else(scene: Scene) -> None:
    answers = {
        (name, method): knock(scene, NOBODY, name, door, method)
        for name, door in DOORS.items()
        for method in METHODS
    }

    assert {visit: answer.status_code for visit, answer in answers.items() if answer.status_code != 302} == {}
    assert {answer["Location"].partition("?")[0] for answer in answers.values()} == {SIGN_IN}


def test_the_unfit_are_turned_away(scene: Scene) -> None:
    guarded = {name: door for name, door in DOORS.items() if door.capability}

    seen = {name: statuses(scene, door.unfit, name, door) for name, door in guarded.items()}

    assert seen == dict.fromkeys(guarded, (403,) * 4)


def test_to_an_outsider_a_thing_of_the_branch_does_not_exist(scene: Scene) -> None:
    things = {name: door for name, door in DOORS.items() if door.outside == 404}

    seen = {name: statuses(scene, door.outsider, name, door) for name, door in things.items()}

    assert seen == {name: _allowed(door, 404, 404) * 2 for name, door in things.items()}


def test_an_outsider_reads_nothing_of_the_branch(scene: Scene) -> None:
    told_outside = {name: told(scene, door.outsider, name, door) for name, door in DOORS.items()}

    assert {name: secrets for name, secrets in told_outside.items() if secrets} == {}


def test_lists_open_for_an_outsider_too(scene: Scene) -> None:
    lists = {name: door for name, door in DOORS.items() if door.outside == 200}

    seen = {
        name: knock(scene, door.outsider, name, door, METHODS[door.get == 405])
        for name, door in lists.items()
    }

    assert {name: answer.status_code for name, answer in seen.items()} == dict.fromkeys(lists, 200)


def test_the_fit_come_in(scene: Scene) -> None:
    seen = {name: statuses(scene, door.fit, name, door) for name, door in DOORS.items()}

    assert seen == {
        name: (door.get, door.post, door.get, door.part or door.post) for name, door in DOORS.items()
    }


def test_behind_every_door_lies_something_that_could_leak(scene: Scene) -> None:
    silent = {name for name, door in DOORS.items() if not told(scene, door.fit, name, door)}

    assert silent == {name for name, door in DOORS.items() if not door.shows}


def _allowed(door: Door, get: int, post: int) -> Statuses:
    return (405 if door.get == 405 else get, 405 if door.post == 405 else post)


# -- Doors with two rights -----------------------------------------------------------------------------


def test_who_may_only_look_at_a_row_may_not_write_it(scene: Scene) -> None:
    door = DOORS["batch-row"]

    assert statuses(scene, "longhua_reviewer", "batch-row", door) == (200, 403, 200, 403)
    with scoping.whole_registry():
        assert Row.objects.get(pk=scene.faulty.pk).version == scene.faulty.version


def test_a_superior_looks_at_a_case_but_does_not_decide_before_its_turn(scene: Scene) -> None:
    door = DOORS["review-decide"]

    assert knock(scene, "city_reviewer", "review-case", DOORS["review-case"], "GET").status_code == 200
    assert knock(scene, "city_reviewer", "review-decide", door, "POST").status_code == 422


# -- What is masked stays masked -----------------------------------------------------------------------


def test_no_page_but_the_one_that_reveals_shows_a_whole_number(scene: Scene) -> None:
    with scoping.whole_registry():
        whole = {members.identity_of(person) for person in Person.objects.all()}
    typed = {str(member_row(number)[key]) for number in (1, 2, 3) for key in ("document_number", "mobile")}
    texts = {
        name: " ".join(text_of(knock(scene, door.fit, name, door, method)) for method in METHODS)
        for name, door in DOORS.items()
    }
    joined = {name: re.sub(r"\s", "", text) for name, text in texts.items()}
    telling = {name for name, text in joined.items() if any(number in text for number in whole | typed)}

    assert whole <= typed
    # The marked workbook is the cadre's own file given back; handing it out is remembered.
    assert telling == {"member-reveal", "batch-workbook"}


# -- One's own account ---------------------------------------------------------------------------------


def own(scene: Scene, who: str, name: str) -> tuple[int, int]:
    with transaction.atomic():
        client = Client(raise_request_exception=False)
        if who:
            client.force_login(scene.users[who])
        shown, sent = client.get(reverse(name)), client.post(reverse(name), {"email": "lin@example.org"})
        transaction.set_rollback(True)
    return shown.status_code, sent.status_code


def test_the_pages_of_ones_own_account_are_ones_own(scene: Scene) -> None:
    assert {name: own(scene, NOBODY, name) for name in OWN_DOORS} == {
        name: door.nobody for name, door in OWN_DOORS.items()
    }


def test_the_pages_of_ones_own_account_answer_whoever_signed_in(scene: Scene) -> None:
    assert {name: own(scene, "factory_clerk", name) for name in OWN_DOORS} == {
        name: door.somebody for name, door in OWN_DOORS.items()
    }


def test_nobody_opens_an_account_for_himself(cast: Cast, client: Client) -> None:
    before = User.objects.count()
    password = "Zhangsan-2019-x"
    form = {"username": "zhangsan", "password1": password, "password2": password}

    shown, sent = client.get(reverse("account_signup")), client.post(reverse("account_signup"), form)

    assert (shown.status_code, sent.status_code) == (200, 405)
    assert "password1" not in shown.content.decode()
    assert User.objects.count() == before
