"""The tree of unions and the page of each."""

from __future__ import annotations

import pytest
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from tests.builders import Cast, coverage_of, make_member, make_union
from tests.web.conftest import Enter
from tests.web.reading import linked, main_words
from unionhall.foundation import scoping
from unionhall.unions.choices import UnionKind

pytestmark = pytest.mark.django_db
TREE_QUESTIONS = 28
PAGE_QUESTIONS = 43
BRANCH_QUESTIONS = 23


def addresses(cast: Cast) -> list[str]:
    """Return every address that names the factory."""
    return [
        f"{reverse('union-tree')}?at={cast.factory.pk}",
        reverse("union-page", args=[cast.factory.pk]),
        reverse("union-branch", args=[cast.factory.pk]),
    ]


def test_the_tree_begins_at_ones_own_branch_and_opens_to_the_chosen_union(cast: Cast, enter: Enter) -> None:
    client = enter("longhua_reviewer")
    closed = client.get(reverse("union-tree"))
    opened = client.get(reverse("union-tree"), {"at": cast.joint.pk})

    assert linked(closed, cast.factory.name) == [f"{reverse('union-tree')}?at={cast.factory.pk}"]
    assert linked(closed, cast.joint.name) == []
    assert linked(opened, cast.joint.name) == [f"{reverse('union-tree')}?at={cast.joint.pk}"]
    assert cast.meilan.name not in main_words(opened)


def test_a_branch_is_fetched_when_it_is_opened(cast: Cast, enter: Enter) -> None:
    client = enter("city_reviewer")
    answer = client.get(reverse("union-branch", args=[cast.longhua.pk]), headers={"HX-Request": "true"})

    assert linked(answer, cast.street.name) == [f"{reverse('union-tree')}?at={cast.street.pk}"]
    assert "<html" not in answer.content.decode()


def test_search_finds_by_name_and_only_within_the_scope(cast: Cast, enter: Enter) -> None:
    found = main_words(enter("city_reviewer").get(reverse("union-tree"), {"q": "示范"}))
    assert [name for name in (cast.factory.name, cast.faraway.name) if name in found] == [
        cast.factory.name,
        cast.faraway.name,
    ]
    outside = main_words(enter("outsider").get(reverse("union-tree"), {"q": "机械厂"}))
    assert "没有找到" in outside


def test_the_page_says_who_the_union_is(cast: Cast, enter: Enter) -> None:
    with scoping.whole_registry():
        made = make_union(
            "海口示范电子厂工会委员会",
            UnionKind.SINGLE,
            cast.longhua,
            chair_name="王示范",
            phone="13800000000",
        )
        make_member(coverage_of(cast.factory), 1)
    page = enter("longhua_reviewer").get(reverse("union-page", args=[made.pk]))
    shown = main_words(page)

    facts = ("单独基层工会", "2015-05-01", "王示范", "138****0000", f"{cast.city.name} / {cast.longhua.name}")
    assert [fact for fact in facts if fact not in shown] == []
    assert "13800000000" not in page.content.decode()
    assert linked(page, "会员名册") == [f"{reverse('member-roll')}?union={made.pk}"]


def test_the_chairs_name_is_masked_for_those_who_do_not_keep_the_roll(cast: Cast, enter: Enter) -> None:
    with scoping.whole_registry():
        made = make_union("海口示范电子厂工会委员会", UnionKind.SINGLE, cast.longhua, chair_name="王示范")
    page = enter("supervisor").get(reverse("union-page", args=[made.pk]))

    assert "王**" in main_words(page)
    assert "王示范" not in page.content.decode()


def test_the_page_lists_employers_children_and_affiliation(cast: Cast, enter: Enter) -> None:
    client = enter("longhua_reviewer")
    joint, street = (
        main_words(client.get(reverse("union-page", args=[one.pk]))) for one in (cast.joint, cast.street)
    )

    assert [name for name in ("海口示范餐饮店", "海口示范理发店") if name not in joint] == []
    assert f"{cast.street.name} 2015-05-01 至今" in joint
    assert cast.joint.name in street


def test_an_outsider_cannot_tell_that_the_union_exists(cast: Cast, enter: Enter) -> None:
    client = enter("outsider")
    assert [client.get(address).status_code for address in addresses(cast)] == [404, 404, 404]


def test_who_may_not_see_unions_is_refused_and_nobody_is_sent_to_sign_in(cast: Cast, enter: Enter) -> None:
    client = enter("audit_admin")
    assert [client.get(address).status_code for address in addresses(cast)] == [403, 403, 403]
    assert [Client().get(address).status_code for address in addresses(cast)] == [302, 302, 302]


def test_an_address_that_names_no_number_does_not_exist(enter: Enter) -> None:
    assert enter("city_reviewer").get(reverse("union-tree"), {"at": "x"}).status_code == 404


@pytest.mark.parametrize("unions", [1, 3])
def test_pages_ask_the_same_questions_however_many_unions(
    cast: Cast, enter: Enter, django_assert_num_queries: DjangoAssertNumQueries, unions: int
) -> None:
    with scoping.whole_registry():
        for number in range(unions):
            make_union(f"新建第{number}工会委员会", UnionKind.SINGLE, cast.street)
    client, ask = enter("street_reviewer"), django_assert_num_queries
    with ask(TREE_QUESTIONS):
        client.get(reverse("union-tree"))
    with ask(PAGE_QUESTIONS):
        client.get(reverse("union-page", args=[cast.street.pk]))
    with ask(BRANCH_QUESTIONS):
        client.get(reverse("union-branch", args=[cast.street.pk]))
