"""The scope lives and ends with its transaction, nests, and is gone with whatever failed."""

from __future__ import annotations

import pytest
from django.db import connection, transaction

from tests.builders import BUILDER, Cast
from unionhall.foundation import scoping
from unionhall.foundation.actor import NOBODY, Actor, Scope
from unionhall.unions.models import Union

NAMES = ("unionhall.low", "unionhall.high", "unionhall.user")
NOTHING = ["", "", ""]
DISTRICT = Actor(user_id=7, name="区", branch_path="00010002", scope=Scope.of_branch("00010002"))
STREET = Actor(user_id=8, name="街道", branch_path="000100020001", scope=Scope.of_branch("000100020001"))


def current() -> list[str]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT " + ", ".join("coalesce(current_setting(%s, true), '')" for _ in NAMES), NAMES)
        return list(cursor.fetchone())


def stamped(actor: Actor) -> list[str]:
    return [actor.scope.low, actor.scope.high, str(actor.user_id)]


@pytest.mark.django_db
def test_a_scope_is_that_of_the_actor_and_ends_with_its_block() -> None:
    with scoping.acting(DISTRICT) as by:
        assert by is DISTRICT
        assert current() == ["00010002", "00010002~", "7"]

    assert current() == NOTHING


@pytest.mark.django_db
def test_scopes_nest_and_the_outer_one_comes_back() -> None:
    with scoping.acting(DISTRICT):
        with scoping.acting(STREET):
            assert current() == stamped(STREET)
        assert current() == stamped(DISTRICT)
        with scoping.whole_registry():
            assert current() == ["", "~", "7"]
            with scoping.acting(STREET):
                assert current() == stamped(STREET)
            assert current() == ["", "~", "7"]
        assert current() == stamped(DISTRICT)


@pytest.mark.django_db
def test_the_scope_before_comes_back_after_a_failure() -> None:
    def fail(deeper: Actor | None) -> None:
        with scoping.acting(deeper) if deeper else scoping.whole_registry():
            raise ZeroDivisionError

    with scoping.acting(DISTRICT):
        for deeper in (STREET, None):
            with pytest.raises(ZeroDivisionError):
                fail(deeper)
            assert current() == stamped(DISTRICT)


@pytest.mark.django_db
def test_nobody_sees_nothing(cast: Cast) -> None:
    with scoping.acting(NOBODY):
        assert Union.objects.count() == 0


@pytest.mark.django_db
def test_entering_replaces_the_scope_for_the_rest_of_the_transaction(cast: Cast) -> None:
    with scoping.acting(BUILDER):
        assert Union.objects.count() == 7
        scoping.enter(cast.actor("factory_clerk"))
        assert Union.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_a_scope_is_never_set_outside_a_transaction() -> None:
    with pytest.raises(RuntimeError, match="within a transaction"):
        scoping.enter(DISTRICT)


@pytest.mark.django_db(transaction=True)
def test_a_connection_carries_no_scope_into_the_next_transaction() -> None:
    with transaction.atomic():
        scoping.enter(DISTRICT)
        assert current() == stamped(DISTRICT)

    assert current() == NOTHING
    with transaction.atomic():
        assert current() == NOTHING


@pytest.mark.parametrize(
    ("low", "high", "empty"), [("", "", True), ("b", "a", True), ("a", "a", True), ("a", "b", False)]
)
def test_a_scope_without_extent_is_empty(low: str, high: str, empty: bool) -> None:
    assert Scope(low, high).is_empty is empty


@pytest.mark.django_db
@pytest.mark.parametrize("name", ["city", "longhua", "street", "factory", "meilan"])
def test_python_and_postgresql_draw_the_same_line(cast: Cast, name: str) -> None:
    with scoping.whole_registry():
        paths = sorted(Union.objects.values_list("path", flat=True))
    scope = Scope.of_branch(getattr(cast, name).path)

    with scoping.whole_registry():
        filtered = sorted(Union.objects.filter(scope.condition()).values_list("path", flat=True))
    with scoping.acting(Actor(user_id=9, scope=scope)):
        visible = sorted(Union.objects.values_list("path", flat=True))

    assert filtered == visible == [path for path in paths if scope.covers(path)]
