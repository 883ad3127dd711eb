"""The audit trail, for auditors alone."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

import unionhall
from tests.builders import Cast, coverage_of, make_member, make_user
from tests.web.conftest import Enter
from tests.web.reading import linked, main_words, row_heads
from unionhall.accounts.choices import Role
from unionhall.audit.models import Event
from unionhall.foundation import scoping
from unionhall.foundation.actor import Scope
from unionhall.web.audit.words import KINDS

pytestmark = pytest.mark.django_db
TRAIL_QUESTIONS = 25
TRAIL = "audit-trail"


def test_deeds_are_told_in_words_newest_first(cast: Cast, enter: Enter) -> None:
    with scoping.whole_registry():
        person = make_member(coverage_of(cast.factory), 1).person_id
    enter("longhua_reviewer").post(reverse("member-reveal", args=[person]), {"reason": "核对入会申请表"})

    shown = main_words(enter("audit_admin").get(reverse(TRAIL), {"kind": "members.identity_revealed"}))
    assert [
        word
        for word in ("查看完整证件号码", "龙华审核", "事由：核对入会申请表", "共 1 条")
        if word not in shown
    ] == []
    sequences = [int(head) for head in row_heads(enter("audit_admin").get(reverse(TRAIL)))]
    assert sequences == sorted(sequences, reverse=True)


def test_the_trail_is_filtered_by_kind_person_and_days(cast: Cast, enter: Enter) -> None:
    client = enter("audit_admin")
    with scoping.whole_registry():
        granted = Event.objects.filter(kind="accounts.granted").count()
    assert len(row_heads(client.get(reverse(TRAIL), {"kind": "accounts.granted"}))) == granted
    assert row_heads(client.get(reverse(TRAIL), {"person": "没有此人"})) == []
    assert row_heads(client.get(reverse(TRAIL), {"since": "2019-06-04", "until": "2019-06-30"})) == []
    faulty = client.get(reverse(TRAIL), {"since": "2019-06-04", "until": "2019-06-01"})
    assert "止日早于起日" in main_words(faulty)


def test_the_trail_is_walked_page_by_page(cast: Cast, enter: Enter) -> None:
    client = enter("audit_admin")
    first = client.get(reverse(TRAIL), {"size": 20})
    second = client.get(reverse(TRAIL) + linked(first, "下一页")[0])
    assert int(row_heads(first)[-1]) - 1 == int(row_heads(second)[0])


def test_an_auditor_of_another_district_sees_nothing_done_here(cast: Cast) -> None:
    with scoping.whole_registry():
        make_member(coverage_of(cast.factory), 1)
        auditor = make_user("meilan_audit", "美兰审计", Role.AUDIT_ADMINISTRATOR, cast.meilan)
        theirs = Event.objects.within(Scope.of_branch(cast.meilan.path)).count()
    client = Client()
    client.force_login(auditor)
    page = client.get(reverse(TRAIL))

    assert len(row_heads(page)) == theirs
    assert [word for word in ("机械厂", "龙华") if word in main_words(page)] == []


def test_only_auditors_read_the_trail(cast: Cast, enter: Enter) -> None:
    for account in ("city_reviewer", "system_admin", "security_admin"):
        assert enter(account).get(reverse(TRAIL)).status_code == 403
    assert Client().get(reverse(TRAIL)).status_code == 302


def test_every_kind_that_is_recorded_has_words() -> None:
    source = Path(unionhall.__file__).parent
    found = set()
    for file in source.rglob("*.py"):
        found |= set(re.findall(r'audit\.record\(\s*"([a-z_.]+)"', file.read_text("utf-8")))
    assert found - set(KINDS) == set()
    assert len(found) > 10


@pytest.mark.parametrize("rows", [1, 3])
def test_the_trail_asks_the_same_questions_however_long(
    cast: Cast, enter: Enter, django_assert_num_queries: DjangoAssertNumQueries, rows: int
) -> None:
    with scoping.whole_registry():
        for one in range(rows):
            make_member(coverage_of(cast.factory), one + 1)
    client = enter("audit_admin")
    with django_assert_num_queries(TRAIL_QUESTIONS):
        client.get(reverse(TRAIL), {"kind": "members.admitted"})
